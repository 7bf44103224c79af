//! The parts of a Word document whose text is read, and the runs and texts in them.

use std::sync::Arc;

use crate::draft::document::XmlSpan;

/// A part of a document whose text is read.
#[derive(Debug)]
pub(crate) struct Story {
    pub(crate) name: Arc<str>,
    pub(crate) xml: String,
}

/// A run: text of one formatting.
#[derive(Debug, Clone)]
pub(crate) struct WordRun {
    /// The index of its story.
    pub(crate) story: usize,
    /// All of it, tags included.
    pub(crate) span: XmlSpan,
    /// Its start tag.
    pub(crate) tag: XmlSpan,
    /// Its formatting, the whole element.
    pub(crate) properties: Option<XmlSpan>,
    pub(crate) insertion: RunInsertion,
    /// The index of the innermost field or content control that it stands in.
    pub(crate) seal: Option<usize>,
}

/// The tracked insertion that a run stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RunInsertion {
    None,
    /// It is a child of the insertion that has this start tag.
    Child(XmlSpan),
    /// It is somewhere in one.
    Inside,
}

/// A `w:t` element.
#[derive(Debug, Clone)]
pub(crate) struct TextNode {
    pub(crate) tag: XmlSpan,
    pub(crate) span: XmlSpan,
    /// True if white space at its ends counts.
    pub(crate) preserves: bool,
}
