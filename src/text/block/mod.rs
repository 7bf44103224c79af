//! Blocks: the stretches of text that a reader takes out of a draft.

mod builder;
mod label;
mod quoted;

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::language::Language;
use super::map::Derived;
use super::quotation::{Quotations, quotations};
use super::sentence;
use super::tokens::Tokens;
use crate::declare::choices;
use crate::span::{Folded, Plain, SourceText, Span};
pub(crate) use builder::{BREAK, BlockBuilder};
pub(crate) use label::ListLabel;
pub(crate) use quoted::run_over;

choices! {
    /// The kind of a block in its draft. Rules name these in `scope`.
    pub enum BlockKind {
        /// The first heading of the highest level.
        Title = "title",
        /// Any other heading.
        Heading = "heading",
        /// Running text.
        Paragraph = "paragraph",
        /// An item of a list.
        List = "list",
        /// A paragraph of a block quotation.
        Quotation = "quotation",
        /// A cell of a table.
        Table = "table",
        /// A paragraph of a footnote.
        Footnote = "footnote",
        /// A caption, or the text that stands for an image.
        Caption = "caption",
    }
}

/// The syntax around the text of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holder {
    /// The markup of the draft's format.
    Draft,
    /// An element of HTML.
    Element,
    /// The name of a page, in which no tag and no comment is one.
    Name,
    /// Another such text.
    Raw,
    /// Something that is no markup to its end, so that nothing can be escaped.
    Verbatim,
    /// The value of an attribute, between these quotation marks.
    Attribute(Option<char>),
}

/// One block of a draft: its plain text, with the way back to the source.
#[derive(Debug, Clone)]
pub struct Block {
    kind: BlockKind,
    /// The level of a heading, from 1; 0 for what is none.
    level: u8,
    quoted: bool,
    holder: Holder,
    /// The number or the bullet that a program draws before it.
    list_label: Option<Arc<ListLabel>>,
    /// The stretches that are marked as being in a language, and may be, in order.
    languages: Box<[(Span<Plain>, Language)]>,
    plain: Derived<Plain, SourceText>,
    folded: Derived<Folded, Plain>,
    /// Only where it can be read in another way.
    otherwise: Option<Box<Otherwise>>,
    /// Those of the folded text.
    tokens: OnceLock<Tokens>,
    sentence_ends: OnceLock<Box<[usize]>>,
    /// Nothing is kept of a block that has no quotation mark.
    quotations: OnceLock<Option<Box<Quotations>>>,
    line_width: OnceLock<u32>,
}

/// The ways in which a block can be read besides: see [`crate::text::fold::readings`].
#[derive(Debug, Clone)]
struct Otherwise {
    /// Offsets of the spaces of the plain text that stand for a line break behind a hyphen.
    divided: Vec<usize>,
    readings: Vec<Derived<Folded, Plain>>,
    /// The tokens of each.
    tokens: OnceLock<Box<[Tokens]>>,
}

impl Block {
    /// The kind of the block.
    pub fn kind(&self) -> BlockKind {
        self.kind
    }

    /// The level of a heading, from 1; 0 for what is none, or where the format does not tell.
    pub(crate) fn level(&self) -> usize {
        self.level.into()
    }

    /// The number or the bullet that a program draws before the block, which is not in its text.
    pub(crate) fn list_label(&self) -> Option<&ListLabel> {
        self.list_label.as_deref()
    }

    /// The name by which people refer to the block, if a program numbers it: `paragraph 12 (b)`.
    pub(crate) fn reference(&self) -> Option<String> {
        self.list_label()?.reference(matches!(self.kind, BlockKind::Title | BlockKind::Heading))
    }

    /// Changes what the block is, once the whole draft has told.
    pub(crate) fn set_kind(&mut self, kind: BlockKind) {
        self.kind = kind;
    }

    /// The same block in a source of which its own is part: `places` tells where bytes of its own stand there, in order.
    pub(crate) fn moved(self, holder: Holder, places: &dyn Fn(Span<SourceText>) -> Vec<Span<SourceText>>) -> Block {
        Block { plain: self.plain.moved(places), holder, ..self }
    }

    /// The syntax around the text.
    pub(crate) fn holder(&self) -> Holder {
        self.holder
    }

    /// The languages that stretches of the text are marked as, in order.
    pub(crate) fn languages(&self) -> impl Iterator<Item = Language> {
        self.languages.iter().map(|(_, language)| *language)
    }

    /// The stretches of the text that are marked as a language, in order.
    pub(crate) fn marked(&self) -> impl Iterator<Item = (Language, &str)> {
        self.languages.iter().map(|(span, language)| (*language, &self.text()[span.range()]))
    }

    /// Takes all of the text as being in a language, as if it were marked so.
    pub(super) fn mark_as(&mut self, language: Language) {
        self.languages = Box::new([(Span::new(0, self.text().len()), language)]);
    }

    /// Forgets that text is marked as these languages.
    pub(crate) fn unmark(&mut self, languages: &BTreeSet<Language>) {
        if !languages.is_empty() {
            let kept = self.languages.iter().filter(|(_, language)| !languages.contains(language));
            self.languages = kept.copied().collect();
        }
    }

    /// Keeps the marks of languages for which this is true, of the stretch of text and its language.
    pub(super) fn retain_marks(&mut self, mut is_kept: impl FnMut(&Block, Span<Plain>, Language) -> bool) {
        let marks = self.languages.iter().copied();
        let kept = marks.filter(|(span, language)| is_kept(self, *span, *language)).collect();
        self.languages = kept;
    }

    /// True if all letters and digits of `span` are marked as being in another language than this.
    pub(crate) fn is_foreign(&self, span: Span<Plain>, language: Language) -> bool {
        let is_marked = |at: usize| {
            let next = self.languages.partition_point(|(stretch, _)| stretch.start() <= at);
            let stretch = next.checked_sub(1).map(|before| self.languages[before]);
            stretch.is_some_and(|(stretch, other)| at < stretch.end() && other != language)
        };
        let mut letters = self.text()[span.range()].char_indices().filter(|(_, c)| c.is_alphanumeric()).peekable();
        !self.languages.is_empty() && letters.peek().is_some() && letters.all(|(at, _)| is_marked(span.start() + at))
    }

    /// The text without markup; a run of white space, a line break among them, is one space.
    pub fn text(&self) -> &str {
        self.plain.text()
    }

    /// The text of `span` as a message quotes it: without the space where a line ends behind a hyphen.
    pub(crate) fn quote(&self, span: Span<Plain>) -> String {
        let mut quoted = String::with_capacity(span.len());
        let ends = self.otherwise.as_ref().map_or(&[][..], |otherwise| &otherwise.divided);
        let first = ends.partition_point(|&at| at < span.start());
        let last = ends.partition_point(|&at| at < span.end());
        let mut done = span.start();
        for &at in &ends[first..last] {
            quoted.push_str(&self.text()[done..at]);
            // One space.
            done = at + 1;
        }
        quoted.push_str(&self.text()[done..span.end()]);
        quoted
    }

    /// The source bytes from the first to the last character of `span`, whatever markup lies between.
    pub fn source(&self, span: Span<Plain>) -> Span<SourceText> {
        self.plain.below(span)
    }

    /// The stretches of the plain text that `span` is made of, each with the source bytes that it comes from; what lies between
    /// those is markup, or what is not seen.
    pub(crate) fn stretches(&self, span: Span<Plain>) -> Vec<(Span<Plain>, Span<SourceText>, bool)> {
        self.plain.stretches(span)
    }

    /// The characters of the longest line of `source` that the block stands on, without white space at its end.
    pub(crate) fn line_width(&self, source: &str) -> usize {
        let width = *self.line_width.get_or_init(|| {
            let whole = self.source(Span::new(0, self.text().len()));
            let start = source[..whole.start()].rfind('\n').map_or(0, |at| at + 1);
            let end = source[whole.end()..].find('\n').map_or(source.len(), |at| whole.end() + at);
            source[start..end].lines().map(|line| line.trim_end().chars().count() as u32).max().unwrap_or(0)
        });
        width as usize
    }

    /// True if `span` lies in a block quotation or between quotation marks.
    pub fn is_quoted(&self, span: Span<Plain>) -> bool {
        let quotations = self.quotations();
        let next = quotations.partition_point(|quotation| quotation.start() <= span.start());
        self.quoted || quotations[..next].last().is_some_and(|quotation| quotation.contains(span))
    }

    /// True if `span` stands behind a double mark that opens a quotation and that nothing closes.
    pub(crate) fn may_be_quoted(&self, span: Span<Plain>) -> bool {
        self.read_quotations().unclosed.is_some_and(|start| start < span.start())
    }

    /// True if the whole block is a quotation, by its format.
    pub(crate) fn is_quotation(&self) -> bool {
        self.quoted
    }

    /// The spans between quotation marks, marks included, in order.
    pub(crate) fn quotations(&self) -> &[Span<Plain>] {
        &self.read_quotations().closed
    }

    fn read_quotations(&self) -> &Quotations {
        static NONE: Quotations = Quotations { closed: Vec::new(), open: None, unclosed: None };
        let read = || Some(quotations(self.text())).filter(|found| *found != NONE).map(Box::new);
        self.quotations.get_or_init(read).as_deref().unwrap_or(&NONE)
    }

    /// The offset of the mark `c` that opens a quotation which the block does not close.
    pub(super) fn open_quotation(&self, c: char) -> Option<usize> {
        self.read_quotations().open.filter(|(_, open)| *open == c).map(|(at, _)| at)
    }

    /// Takes notice that a quotation runs from byte `start` into the next block.
    pub(super) fn quote_from(&mut self, start: usize) {
        let mut quotations = self.read_quotations().clone();
        quotations.closed.retain(|quotation| quotation.end() <= start);
        quotations.closed.push(Span::new(start, self.text().len()));
        self.quotations = OnceLock::from(Some(Box::new(quotations)));
    }

    /// The folded texts to search: most blocks can be read in one way only.
    pub(crate) fn readings(&self) -> impl Iterator<Item = &Derived<Folded, Plain>> {
        std::iter::once(&self.folded).chain(self.otherwise.iter().flat_map(|otherwise| &otherwise.readings))
    }

    /// The tokens of each of its readings, in their order.
    pub(crate) fn tokens(&self) -> impl Iterator<Item = &Tokens> {
        let first = self.tokens.get_or_init(|| Tokens::new(self.folded.text()));
        let of_others =
            |otherwise: &Otherwise| otherwise.readings.iter().map(|folded| Tokens::new(folded.text())).collect();
        let others =
            self.otherwise.iter().flat_map(move |otherwise| otherwise.tokens.get_or_init(|| of_others(otherwise)));
        std::iter::once(first).chain(others)
    }

    /// True if a sentence ends inside `span`.
    pub(crate) fn crosses_sentence(&self, span: Span<Plain>) -> bool {
        let ends = self.sentence_ends();
        let next = ends.partition_point(|&end| end <= span.start());
        ends.get(next).is_some_and(|&end| end < span.end())
    }

    /// The end of the sentence that holds byte `at`.
    pub(crate) fn sentence_end(&self, at: usize) -> usize {
        let ends = self.sentence_ends();
        ends.get(ends.partition_point(|&end| end <= at)).copied().unwrap_or(self.text().len())
    }

    /// The beginning of the sentence that holds byte `at`, with the space before it.
    pub(crate) fn sentence_start(&self, at: usize) -> usize {
        let ends = self.sentence_ends();
        ends[..ends.partition_point(|&end| end <= at)].last().copied().unwrap_or(0)
    }

    /// True if a sentence begins at byte `at`, or would but for quotation marks and brackets before it, or for the number or the
    /// letter of a paragraph.
    pub(crate) fn opens_sentence(&self, at: usize) -> bool {
        let before = &self.text()[..at];
        let words = before.trim_end_matches(|c: char| !c.is_alphanumeric() && !is_sentence_end(c));
        let ends = self.sentence_ends();
        let next = ends.partition_point(|&end| end < words.len());
        words.is_empty() || ends.get(next).is_some_and(|&end| end <= at) || sentence::ends_with_label(before)
    }

    /// True if byte `at` stands behind a colon, but for quotation marks and brackets.
    pub(crate) fn follows_colon(&self, at: usize) -> bool {
        sentence::ends_with_colon(&self.text()[..at])
    }

    /// The ends of its sentences; what stands behind the last end is a sentence too.
    pub(crate) fn sentence_ends(&self) -> &[usize] {
        self.sentence_ends.get_or_init(|| sentence::ends(self.text()).into())
    }
}

fn is_sentence_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '\u{2026}' | '\u{3002}' | '\u{ff01}' | '\u{ff1f}' | '\u{ff61}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> Block {
        Block::of_text(BlockKind::Paragraph, text).unwrap()
    }

    #[test]
    fn quotation_marks_enclose_quotations() {
        let block = block("He said \u{201c}no China\u{201d} and \"never\" today");
        let at = |word: &str| block.text().find(word).map(|at| Span::new(at, at + word.len())).unwrap();
        assert!(block.is_quoted(at("no China")));
        assert!(block.is_quoted(at("never")));
        assert!(!block.is_quoted(at("and")));
    }

    #[test]
    fn a_quotation_has_no_space_where_a_line_ends_behind_a_hyphen() {
        let cases = [
            ("a long-\nterm aim", "a long-term aim"),
            ("a long-\r\nterm aim", "a long-term aim"),
            ("a long- \n\n term aim", "a long-term aim"),
            ("a long-\nterm, well-\nmeant aim", "a long-term, well-meant aim"),
            ("a long- or short-term aim", "a long- or short-term aim"),
            ("an aim\nof a long-", "an aim of a long-"),
        ];
        for (source, quoted) in cases {
            let block = block(source);
            assert_eq!(block.quote(Span::new(0, block.text().len())), quoted, "{source:?}");
        }
        let block = block("a long-\nterm, well-\nmeant aim");
        let at = |word: &str| block.text().find(word).map(|at| Span::new(at, at + word.len())).unwrap();
        assert_eq!(
            ["long-", "long- ", "term, well- m", "aim"].map(|words| block.quote(at(words))),
            ["long-", "long-", "term, well-m", "aim"]
        );
    }

    #[test]
    fn sentences_open_at_the_start_and_behind_an_end() {
        let block = block("China met. \u{201c}Burden sharing\u{201d} of China: (a) Trade and more.");
        let at = |word: &str| block.text().find(word).unwrap();
        assert!(block.opens_sentence(0));
        assert!(block.opens_sentence(at("Burden")));
        assert!(!block.opens_sentence(at("sharing")));
        assert!(!block.opens_sentence(at("met")));
        assert!(block.opens_sentence(at("Trade")));
        assert!(block.follows_colon(at("(a)")) && !block.follows_colon(at("Trade")));
    }
}
