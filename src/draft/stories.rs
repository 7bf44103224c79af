//! The paragraphs of a document whose format knows no parts, by the story that each is of: the text, its notes, its headers.

use std::sync::Arc;

use super::document::{DocumentError, TrackedChange};
use super::layout::{Anchor, DocumentText, PieceForm};
use super::paragraph::{ParagraphFacts, RawParagraph};
use crate::span::Span;

/// The fewest bytes of the most text that is read for which there may be a paragraph.
const PARAGRAPH_BYTES: u64 = 64;

/// A paragraph of such a document.
pub(super) type StoryParagraph = RawParagraph<ParagraphFacts>;

/// The paragraphs that are read, bounded in number and in text.
#[derive(Debug)]
pub(super) struct Stories {
    paragraphs: Vec<StoryParagraph>,
    /// The most bytes of text that are read.
    limit: u64,
    /// The bytes of text that were read.
    bytes: u64,
}

impl Stories {
    /// Stories of no more bytes of text than so many.
    pub(super) fn new(limit: u64) -> Stories {
        Stories { paragraphs: Vec::new(), limit, bytes: 0 }
    }

    /// Adds characters to a paragraph that may be part of the stories later. `at` are the bytes of the file that they stand in.
    pub(super) fn push(
        &mut self,
        paragraph: &mut StoryParagraph,
        text: &str,
        at: [usize; 2],
        change: TrackedChange,
    ) -> Result<(), DocumentError> {
        self.count(text.len() as u64)?;
        let at = Span::new(at[0], at[1].max(at[0]));
        // Characters that share their changes share a piece: nothing is ever put between them.
        match paragraph.pieces.last_mut().filter(|last| last.change == change && last.xml.start() <= at.end()) {
            Some(last) => {
                paragraph.text.push_str(text);
                last.text = Span::new(last.text.start(), paragraph.text.len());
                last.xml = Span::new(last.xml.start(), at.end());
            }
            None => paragraph.push(text, at, PieceForm::Element, change, Anchor::Nothing),
        }
        Ok(())
    }

    /// True as long as there is no paragraph.
    #[cfg(feature = "pdf")]
    pub(super) fn is_empty(&self) -> bool {
        self.paragraphs.is_empty()
    }

    /// Adds a paragraph.
    pub(super) fn add(&mut self, paragraph: StoryParagraph) -> Result<(), DocumentError> {
        self.paragraphs.push(paragraph);
        self.count(PARAGRAPH_BYTES)
    }

    fn count(&mut self, bytes: u64) -> Result<(), DocumentError> {
        self.bytes += bytes;
        // What the paragraphs take counts beside the text.
        if self.bytes > self.limit.saturating_mul(2) {
            return Err(DocumentError::TooMuchText { part: "text".to_owned(), limit: self.limit });
        }
        Ok(())
    }

    /// The text of all stories, which have these names. That called `main` is the document itself, if any is. Each stands together.
    pub(super) fn assemble(self, names: &[Arc<str>], main: &str) -> DocumentText {
        let mut paragraphs = self.paragraphs;
        paragraphs.sort_by_key(|paragraph| paragraph.story);
        DocumentText::assemble(paragraphs, names, main).0
    }
}
