//! The parts of a Word document whose text is read, and the runs and texts in them.

use std::ops::Range;
use std::sync::Arc;

/// A part of a document whose text is read.
#[derive(Debug)]
pub(crate) struct Story {
    pub(crate) name: Arc<str>,
    pub(crate) xml: String,
}

/// A run: text of one formatting.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// The index of its story.
    pub(crate) story: usize,
    /// All of it, tags included.
    pub(crate) span: Range<usize>,
    /// Its start tag.
    pub(crate) tag: Range<usize>,
    /// Its formatting, the whole element.
    pub(crate) properties: Option<Range<usize>>,
    pub(crate) insertion: Insertion,
}

/// Whether a run stands in a tracked insertion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Insertion {
    None,
    /// It is a child of the insertion that has this start tag.
    Child(Range<usize>),
    /// It is somewhere in one.
    Inside,
}

/// A `w:t` element.
#[derive(Debug, Clone)]
pub(crate) struct TextNode {
    pub(crate) tag: Range<usize>,
    pub(crate) span: Range<usize>,
    /// Whether white space at its ends counts.
    pub(crate) preserves: bool,
}
