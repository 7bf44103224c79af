//! The text of a draft as it is compared: its sentences, and the place of each.

use std::ops::Range;
use std::sync::Arc;

use super::cue::SentenceInBlock;
use super::sentence::Sentence;
use crate::draft::{Draft, Paragraph, Site};
use crate::span::{Position, Span};
use crate::text::fold::OBJECT;

/// A sentence where it stands, or several that moved together.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Excerpt {
    /// Its text, without markup; an ellipsis for what is not text, such as code.
    pub text: String,
    /// The bytes of `text` that the other draft does not have.
    pub differs: Vec<Range<usize>>,
    /// Its bytes in the source.
    pub span: Span,
    /// The position of its first character.
    pub start: Position,
    /// The position behind its last character.
    pub end: Position,
    /// The paragraph in which it begins, in a document of an office suite.
    pub paragraph: Option<Arc<Paragraph>>,
    /// Its block, and its bytes in the text of that.
    pub(crate) site: Site,
}

impl Excerpt {
    /// What a person finds it by: its paragraph, or its line.
    pub(super) fn label(&self) -> String {
        match &self.paragraph {
            Some(paragraph) => paragraph.to_string(),
            None => format!("line {}", self.start.line),
        }
    }
}

/// A sentence of the new draft beside which one stood that is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Beside {
    /// The sentence.
    pub sentence: Excerpt,
    /// True if the other stood behind it, false if before it.
    pub behind: bool,
}

/// A draft and its sentences.
#[derive(Clone, Copy)]
pub(super) struct DraftSentences<'t> {
    pub(super) draft: &'t Draft,
    pub(super) sentences: &'t [Sentence],
}

impl<'t> DraftSentences<'t> {
    pub(super) fn side(self, at: usize) -> SentenceInBlock<'t> {
        let sentence = &self.sentences[at];
        SentenceInBlock { sentence, block: &self.draft.blocks()[sentence.block] }
    }

    /// All its sentences.
    pub(super) fn all(self) -> impl Iterator<Item = SentenceInBlock<'t>> {
        (0..self.sentences.len()).map(move |at| self.side(at))
    }

    /// The sentence at `at`, or those up to `last` of the same block.
    pub(super) fn place(self, at: usize, last: usize, differs: Vec<Range<usize>>) -> Excerpt {
        let sentence = &self.sentences[at];
        let span = Span::new(sentence.span.start(), self.sentences[last].span.end());
        self.excerpt(Site { block: sentence.block, span }, differs)
    }

    /// The whole text of a block.
    pub(super) fn whole_block(self, block: usize) -> Excerpt {
        let span = Span::new(0, self.draft.blocks()[block].text().len());
        self.excerpt(Site { block, span }, Vec::new())
    }

    fn excerpt(self, site: Site, differs: Vec<Range<usize>>) -> Excerpt {
        let block = &self.draft.blocks()[site.block];
        let span = block.source(site.span);
        Excerpt {
            // What is not text is shown by a mark of the same length in bytes.
            text: block.text()[site.span.range()].replace(OBJECT, "\u{2026}"),
            differs,
            span,
            start: self.draft.position(span.start()),
            end: self.draft.position(span.end()),
            paragraph: self.draft.paragraph(span.start()).cloned(),
            site,
        }
    }

    /// The source bytes of a sentence.
    pub(super) fn source(self, at: usize) -> Span {
        let sentence = &self.sentences[at];
        self.draft.blocks()[sentence.block].source(sentence.span)
    }

    /// Some tokens of a sentence, by the bytes of its text.
    pub(super) fn bytes(self, at: usize, tokens: Range<usize>) -> Option<Range<usize>> {
        let sentence = &self.sentences[at];
        let tokens = sentence.tokens.get(tokens)?;
        let base = sentence.span.start();
        Some(tokens.first()?.span.start() - base..tokens.last()?.span.end() - base)
    }
}
