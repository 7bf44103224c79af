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
    Row(Change),
    RowProperties,
    /// The paragraphs of a text box: what was open around it.
    Box(Around),
    /// A drawing, and the paragraphs that stand for its images.
    Drawing {
        start: usize,
        captions: Vec<usize>,
    },
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
    pub(super) fields: Vec<bool>,
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
