//! Where comments stand on what cannot have one itself, and what paragraphs are counted in.

use std::ops::Range;
pub(super) const MAIN: usize = 0;
pub(super) const FOOTNOTES: usize = 1;
pub(super) const ENDNOTES: usize = 2;
pub(super) const PAGES: usize = 3;

/// The [`run`](crate::draft::paper::Piece::run) of what stands where a comment can stand. Any other is the index of a [`Mark`].
pub(crate) const HERE: usize = usize::MAX;

/// Where a comment stands on words that cannot have one themselves: a deletion, a note, a shape.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mark {
    /// The element in [`CONTENT`](super::CONTENT), all of it; `None` if a comment cannot stand around it.
    pub(crate) around: Option<Range<usize>>,
    /// The byte of the text where it stands, and where what it stands for ends: programs may put a comment on it at either.
    pub(crate) at: usize,
    pub(crate) until: usize,
    /// Another mark that it stands in.
    pub(super) outer: Option<usize>,
    /// Whether the words are not seen there, so that a comment has to say where they are.
    pub(crate) is_elsewhere: bool,
}
