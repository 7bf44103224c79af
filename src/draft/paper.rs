//! The text of a document of an office suite: its paragraphs, a line each, with the way back into the parts of its file.
//!
//! Such a file has no lines to speak of. What readers, rules and reports see in its place is this text; a finding's line is the
//! paragraph's, and [`Paragraph`] says which paragraph of which part that is.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::block::{Block, BlockBuilder, BlockKind};
use crate::span::Span;

/// What stands for a line break inside a paragraph, as in the plain text that Word writes.
pub(crate) const BREAK: char = '\u{b}';

/// The paragraph of a document in which something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// The part of the file, such as `word/document.xml`.
    pub part: Arc<str>,
    /// The number of the paragraph in its part, from 1. Paragraphs of tables, text boxes and lists count, and empty ones.
    pub number: usize,
    /// The text of the last heading above it in its part.
    pub heading: Option<Arc<str>>,
    /// Whether the part is the document itself, not its footnotes or the like.
    pub is_main: bool,
}

/// `¶12` in the document itself, `footnotes:¶3` in another part.
impl fmt::Display for Paragraph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_main {
            let file = self.part.rsplit('/').next().unwrap_or(&self.part);
            write!(f, "{}:", file.strip_suffix(".xml").unwrap_or(file))?;
        }
        write!(f, "\u{b6}{}", self.number)
    }
}

/// What tracked changes have done to some text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Change {
    pub(crate) inserted: bool,
    pub(crate) deleted: bool,
}

/// How characters of a paper stand in a part of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// As they are, byte for byte.
    Copied,
    /// As a whole, in text: a reference such as `&amp;`.
    Reference,
    /// As an element, such as a tab.
    Element,
}

/// Some characters of a paper that stand together in a part of the file.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    /// Their bytes in the text of the paper.
    pub(crate) text: Range<usize>,
    /// What stands for them in the part.
    pub(crate) xml: Range<usize>,
    pub(crate) form: Form,
    pub(crate) change: Change,
    /// The index of the run that holds them, of all runs of the document.
    pub(crate) run: usize,
    /// The index of the text element that holds them, of all of the document; means nothing where they are elements.
    pub(crate) node: usize,
}

/// What a paragraph is in its document.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) kind: BlockKind,
    pub(crate) quoted: bool,
    pub(crate) paragraph: Arc<Paragraph>,
}

/// The text of a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Paper {
    /// One for each line of the text.
    pub(crate) lines: Vec<Line>,
    /// In the order of the text, without overlap.
    pub(crate) pieces: Vec<Piece>,
}

impl Paper {
    /// The blocks of a text whose lines are the paragraphs. A text with other lines than these, which nothing makes, has
    /// paragraphs only.
    pub(crate) fn blocks(&self, text: &str) -> Vec<Block> {
        let mut blocks = Vec::with_capacity(self.lines.len());
        let mut at = 0;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let known = self.lines.get(index);
            let (kind, quoted) = known.map_or((BlockKind::Paragraph, false), |line| (line.kind, line.quoted));
            let mut builder = BlockBuilder::new(kind, quoted);
            builder.text(line.trim_end_matches('\n'), at);
            at += line.len();
            blocks.extend(builder.finish());
        }
        blocks
    }

    /// The paragraph that is the line with this number, from 1.
    pub(crate) fn paragraph(&self, line: usize) -> Option<&Arc<Paragraph>> {
        self.lines.get(line.checked_sub(1)?).map(|line| &line.paragraph)
    }

    /// The pieces that share a byte with `span`.
    pub(crate) fn pieces(&self, span: Span) -> &[Piece] {
        let first = self.pieces.partition_point(|piece| piece.text.end <= span.start());
        let last = self.pieces.partition_point(|piece| piece.text.start < span.end());
        &self.pieces[first..last.max(first)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_named_by_part_and_number() {
        let paragraph = |part: &str, is_main| Paragraph { part: part.into(), number: 3, heading: None, is_main };
        assert_eq!(paragraph("word/document.xml", true).to_string(), "\u{b6}3");
        assert_eq!(paragraph("word/footnotes.xml", false).to_string(), "footnotes:\u{b6}3");
    }
}
