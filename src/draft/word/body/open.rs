//! What is open while a part is read.

use std::ops::Range;

use crate::draft::paper::Change;

/// An element that is open.
#[derive(Debug)]
pub(super) enum Frame {
    /// What is in it counts as if it were not there.
    Through,
    /// Nothing in it counts.
    Skip,
    Paragraph,
    ParagraphProperties,
    /// The formatting of the mark at the end of a paragraph.
    MarkProperties,
    Run,
    RunProperties {
        start: usize,
    },
    Text(OpenText),
    Inserted,
    Deleted,
    Table,
    /// A row or a cell of a table, or a note, and what tracked changes have done to it as a whole.
    Whole(Whole, Change),
    /// What is told of a row or a cell.
    WholeProperties,
    /// The paragraphs of a text box: what was open around it.
    Box(Around),
    /// A drawing, the paragraphs that stand for its images, and what stands for it in the text.
    Drawing {
        start: usize,
        captions: Vec<usize>,
        object: Option<InSlot>,
    },
    /// A formula, and what stands for it.
    Formula {
        start: usize,
        object: Option<InSlot>,
    },
    /// A paragraph of a drawing that is no text box.
    Art,
    /// Text in it.
    ArtText,
    /// A base text with its reading above it, and how many pieces of its paragraph stand before it.
    Ruby {
        start: usize,
        pieces: usize,
    },
    /// Several versions of one thing, and whether one was read.
    Alternatives {
        chosen: bool,
    },
}

/// What tracked changes bring in or take out as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whole {
    Row,
    Cell,
    Note {
        /// Of a line that parts notes from the text: how many paragraphs were before it.
        parts_at: Option<usize>,
    },
}

/// A piece of a paragraph, by their indices.
#[derive(Debug, Clone, Copy)]
pub(super) struct InSlot {
    pub(super) slot: usize,
    pub(super) piece: usize,
}

/// The text of a `w:t`, as it comes.
#[derive(Debug)]
pub(super) struct OpenText {
    pub(super) tag: Range<usize>,
    pub(super) preserves: bool,
    pub(super) chunks: Vec<(String, Range<usize>)>,
}

/// What a text box interrupts.
#[derive(Debug, Default)]
pub(super) struct Around {
    pub(super) open: Vec<usize>,
    pub(super) carried: Option<usize>,
    pub(super) tables: usize,
    /// The fields that are open, and whether each is in its result.
    pub(super) fields: Vec<bool>,
    /// How many of them are not.
    pub(super) codes: usize,
    /// Whether the text box is hidden.
    pub(super) hidden: bool,
    pub(super) runs: Vec<OpenRun>,
}

/// A run that is open.
#[derive(Debug, Clone, Default)]
pub(super) struct OpenRun {
    pub(super) index: usize,
    pub(super) hidden: Option<bool>,
    pub(super) style: Option<String>,
    pub(super) superscript: bool,
}
