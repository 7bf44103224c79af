//! The elements that are open while a part is read.

use crate::draft::document::{TrackedChange, XmlSpan};
use crate::draft::word::seal::{OpenControl, OpenField};
use crate::text::Language;

/// An element that is open.
#[derive(Debug)]
pub(super) enum WordFrame {
    /// One whose content counts as if it were not there.
    Through,
    /// One whose content does not count.
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
    /// A row or a cell of a table, or a note, and the marks of tracked changes of it as a whole.
    Whole(Whole, TrackedChange),
    /// The properties of a row or a cell.
    WholeProperties,
    /// The paragraphs of a text box, with the fields and the runs that are open around it.
    Box(WordEnclosing),
    Drawing {
        start: usize,
    },
    Formula {
        start: usize,
    },
    /// A paragraph of a drawing that is no text box.
    Art,
    /// Text in it.
    ArtText,
    /// A base text with its reading above it.
    Ruby {
        start: usize,
    },
    /// A field that is one element, with the seal around it.
    Field {
        seal: usize,
        outer: Option<usize>,
        paragraphs: usize,
        is_closed: bool,
        code: String,
        /// The byte of its paragraph at which it begins.
        from: usize,
    },
    /// The code of a field.
    Code,
    /// A content control, with the seal around it.
    Control(OpenControl, Option<usize>),
    ControlProperties,
    /// Several versions of one thing, and whether one was read.
    Alternatives {
        chosen: bool,
    },
}

/// A thing that tracked changes bring in or take out as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whole {
    Row,
    Cell,
    Note,
    /// The line that parts notes from the text, with the number of references before it.
    Separator {
        references: usize,
    },
}

/// The text of a `w:t`, as it comes.
#[derive(Debug)]
pub(super) struct OpenText {
    pub(super) tag: XmlSpan,
    pub(super) preserves: bool,
    pub(super) chunks: Vec<(String, XmlSpan)>,
}

/// The tables, fields and runs that are open, which a text box interrupts.
#[derive(Debug, Default)]
pub(super) struct WordEnclosing {
    pub(super) tables: usize,
    /// The fields.
    pub(super) fields: Vec<OpenField>,
    /// The number of them that are not in their results.
    pub(super) codes: usize,
    /// The number of fields that are open and make a table of contents or the like.
    pub(super) indexes: usize,
    /// The innermost field or content control.
    pub(super) seal: Option<usize>,
    /// True at the start of a content control around paragraphs, before the first of them.
    pub(super) is_first: bool,
    /// The seal of the first paragraph of such a control while it is open, and the one around it.
    pub(super) first: Option<(usize, Option<usize>)>,
    pub(super) runs: Vec<OpenRun>,
}

impl WordEnclosing {
    /// The seal of the innermost field that is open.
    pub(super) fn field_seal(&self) -> Option<usize> {
        self.fields.last().and_then(|field| field.seal)
    }
}

/// A run that is open.
#[derive(Debug, Clone, Default)]
pub(super) struct OpenRun {
    pub(super) index: usize,
    pub(super) hidden: Option<bool>,
    pub(super) style: Option<String>,
    pub(super) superscript: bool,
    /// True if it says that it is highlighted, false if it says that it is not.
    pub(super) highlighted: Option<bool>,
    /// True if there is a colour behind it.
    pub(super) shaded: bool,
    /// True if it says that there is a line through it, false if it says that there is none.
    pub(super) struck: Option<bool>,
    /// What a tracked change of how it looks is, if there is one.
    pub(super) restyled: Option<String>,
    /// The language that it says it is in.
    pub(super) language: Option<Option<Language>>,
}
