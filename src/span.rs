//! Byte ranges that know which text they are ranges of, and human positions.
//!
//! A draft exists in three texts: its source, the plain text of each block, and the folded text of each block. A [`Span`]
//! carries its text as a type parameter, so an offset in folded text cannot be taken for an offset in the source.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

/// The text of a draft as it stands in its file (decoded to UTF-8). Marks a [`Span`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceText {}

/// The plain text of one block, without markup. Marks a [`Span`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Plain {}

/// The folded text of one block, in which phrases are found. Marks a [`Span`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Folded {}

/// A half-open range of bytes, 0-based, in the text that `In` names; never out of order.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span<In = SourceText> {
    start: usize,
    end: usize,
    text: PhantomData<In>,
}

impl<In> Span<In> {
    /// The bytes from `start` up to, not including, `end`.
    ///
    /// # Panics
    /// If `end` lies before `start`.
    pub const fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span ends before it starts");
        Span { start, end, text: PhantomData }
    }

    /// The offset of the first byte.
    pub const fn start(self) -> usize {
        self.start
    }

    /// The offset behind the last byte.
    pub const fn end(self) -> usize {
        self.end
    }

    /// The number of bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// True if the span holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True if `other` lies wholly inside this span.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True if the two share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span as a range, to slice a string with.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

// Derived, these would ask that the marker be `Copy` too.
impl<In> Clone for Span<In> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<In> Copy for Span<In> {}

impl<In> fmt::Debug for Span<In> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// A place in a draft as people count it. Lines and columns are 1-based; a column counts Unicode scalar values, and a
/// byte-order mark at the start of a file is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in Unicode scalar values, from 1.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// The start of the character of `text` that byte `at` is in; the end of the text where it is behind it.
pub(crate) fn floor_char(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The end of the character of `text` that byte `at` is in; the end of the text where it is behind it.
pub(crate) fn ceil_char(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_taken_to_the_edge_of_its_character() {
        let text = "a\u{e9}b";
        let floors: Vec<usize> = (0..=5).map(|at| floor_char(text, at)).collect();
        let ceils: Vec<usize> = (0..=5).map(|at| ceil_char(text, at)).collect();
        assert_eq!((floors, ceils), (vec![0, 1, 1, 3, 4, 4], vec![0, 1, 3, 3, 4, 4]));
    }
}
