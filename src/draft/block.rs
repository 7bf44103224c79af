//! Blocks: the stretches of text that a reader takes out of a draft.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use linkify::{LinkFinder, LinkKind};

use super::class::{is_invisible, is_unspaced};
use super::fold::{OBJECT, fold};
use super::language::Language;
use super::map::Derived;
use super::paper;
use super::sentence;
use crate::span::{Folded, Plain, Source, Span};

/// What a block is in its draft. Rules name these in `scope`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The first heading of the highest level.
    Title,
    /// Any other heading.
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list.
    List,
    /// A paragraph of a block quotation.
    Quotation,
    /// A cell of a table.
    Table,
    /// A paragraph of a footnote.
    Footnote,
    /// A caption, or the text that stands for an image.
    Caption,
}

impl BlockKind {
    /// Every kind with the name that packs give it.
    pub const NAMES: &'static [(&'static str, BlockKind)] = &[
        ("title", BlockKind::Title),
        ("heading", BlockKind::Heading),
        ("paragraph", BlockKind::Paragraph),
        ("list", BlockKind::List),
        ("quotation", BlockKind::Quotation),
        ("table", BlockKind::Table),
        ("footnote", BlockKind::Footnote),
        ("caption", BlockKind::Caption),
    ];
}

/// In what the text of a block stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holder {
    /// Among the markup of the draft's format.
    Draft,
    /// In an element of HTML.
    Element,
    /// In the name of a page, in which no tag and no comment is one.
    Name,
    /// In another such text.
    Raw,
    /// In the value of an attribute, between these quotation marks.
    Attribute(Option<char>),
}

/// One block of a draft: its plain text, with the way back to the source.
#[derive(Debug, Clone)]
pub struct Block {
    kind: BlockKind,
    /// The level of a heading, from 1; 0 for what is none.
    level: usize,
    quoted: bool,
    holder: Holder,
    /// The stretches that are marked as being in a language, and may be, in order.
    languages: Vec<(Span<Plain>, Language)>,
    plain: Derived<Plain, Source>,
    folded: Derived<Folded, Plain>,
    /// The block read once more with the words that are divided at line ends put together; only where there are any.
    rejoined: Option<Derived<Folded, Plain>>,
    /// Offsets of the spaces of `plain` that stand for a line break behind a hyphen.
    hyphenated: Vec<usize>,
    sentence_ends: OnceLock<Vec<usize>>,
    quotations: OnceLock<Vec<Span<Plain>>>,
    line_width: OnceLock<usize>,
}

impl Block {
    /// What the block is.
    pub fn kind(&self) -> BlockKind {
        self.kind
    }

    /// The level of a heading, from 1; 0 for what is none, or where the format does not tell.
    pub(crate) fn level(&self) -> usize {
        self.level
    }

    /// Changes what the block is, once the whole draft has told.
    pub(crate) fn set_kind(&mut self, kind: BlockKind) {
        self.kind = kind;
    }

    /// In what the text stands.
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

    /// Forgets that text is marked as these languages.
    pub(crate) fn unmark(&mut self, languages: &BTreeSet<Language>) {
        self.languages.retain(|(_, language)| !languages.contains(language));
    }

    /// Whether all letters and digits of `span` are marked as being in another language than this.
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
        let mut quoted = self.text()[span.range()].to_owned();
        let first = self.hyphenated.partition_point(|&at| at < span.start());
        let last = self.hyphenated.partition_point(|&at| at < span.end());
        for at in self.hyphenated[first..last].iter().rev() {
            quoted.remove(at - span.start());
        }
        quoted
    }

    /// The source bytes from the first to the last character of `span`, whatever markup lies between.
    pub fn source(&self, span: Span<Plain>) -> Span<Source> {
        self.plain.below(span)
    }

    /// The stretches of the plain text that `span` is made of, each with the source bytes that it comes from; what lies between
    /// those is markup, or what is not seen.
    pub(crate) fn stretches(&self, span: Span<Plain>) -> Vec<(Span<Plain>, Span<Source>, bool)> {
        self.plain.stretches(span)
    }

    /// The characters of the longest line of `source` that the block stands on, without white space at its end.
    pub(crate) fn line_width(&self, source: &str) -> usize {
        *self.line_width.get_or_init(|| {
            let whole = self.source(Span::new(0, self.text().len()));
            let start = source[..whole.start()].rfind('\n').map_or(0, |at| at + 1);
            let end = source[whole.end()..].find('\n').map_or(source.len(), |at| whole.end() + at);
            source[start..end].lines().map(|line| line.trim_end().chars().count()).max().unwrap_or(0)
        })
    }

    /// Whether `span` lies in a block quotation or between quotation marks.
    pub fn is_quoted(&self, span: Span<Plain>) -> bool {
        let quotations = self.quotations.get_or_init(|| quotations(self.text()));
        let next = quotations.partition_point(|quotation| quotation.start() <= span.start());
        self.quoted || quotations[..next].last().is_some_and(|quotation| quotation.contains(span))
    }

    /// A block of a text without markup; `None` if there is nothing in it.
    pub(crate) fn of_text(kind: BlockKind, text: &str) -> Option<Block> {
        let mut block = BlockBuilder::new(kind, false);
        block.text(text, 0);
        block.finish()
    }

    /// The folded texts to search: one, or two where words are divided at line ends.
    pub(crate) fn readings(&self) -> impl Iterator<Item = &Derived<Folded, Plain>> {
        std::iter::once(&self.folded).chain(&self.rejoined)
    }

    /// Whether a sentence ends inside `span`.
    pub(crate) fn crosses_sentence(&self, span: Span<Plain>) -> bool {
        let ends = self.sentence_ends();
        let next = ends.partition_point(|&end| end <= span.start());
        ends.get(next).is_some_and(|&end| end < span.end())
    }

    /// Where the sentence that holds byte `at` ends.
    pub(crate) fn sentence_end(&self, at: usize) -> usize {
        let ends = self.sentence_ends();
        ends.get(ends.partition_point(|&end| end <= at)).copied().unwrap_or(self.text().len())
    }

    /// Where the sentence that holds byte `at` begins, with the space before it.
    pub(crate) fn sentence_start(&self, at: usize) -> usize {
        let ends = self.sentence_ends();
        ends[..ends.partition_point(|&end| end <= at)].last().copied().unwrap_or(0)
    }

    /// Whether a sentence begins at byte `at`, or would but for quotation marks and brackets before it.
    pub(crate) fn opens_sentence(&self, at: usize) -> bool {
        let before = self.text()[..at].trim_end_matches(|c: char| !c.is_alphanumeric() && !is_sentence_end(c));
        let ends = self.sentence_ends();
        let next = ends.partition_point(|&end| end < before.len());
        before.is_empty() || ends.get(next).is_some_and(|&end| end <= at)
    }

    /// Where its sentences end; what stands behind the last end is a sentence too.
    pub(crate) fn sentence_ends(&self) -> &[usize] {
        self.sentence_ends.get_or_init(|| sentence::ends(self.text()))
    }
}

fn is_sentence_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '\u{2026}' | '\u{3002}' | '\u{ff01}' | '\u{ff1f}' | '\u{ff61}')
}

/// The stretches of a text that are marked as being in a language. A language does not count whose letters are not those of the
/// text: templates of pages say that all text is in the language of the house.
fn languages(marks: &[(usize, Option<Language>)], text: &str) -> Vec<(Span<Plain>, Language)> {
    let ends = marks.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    let stretch = |((at, language), end): (&(usize, Option<Language>), usize)| {
        let end = end.min(text.len());
        Some((Span::new((*at).min(end), end), (*language)?))
    };
    let mut stretches: Vec<(Span<Plain>, Language)> =
        marks.iter().zip(ends).filter_map(stretch).filter(|(span, _)| !span.is_empty()).collect();
    let mut spoken: Vec<Language> = stretches.iter().map(|(_, language)| *language).collect();
    spoken.sort_unstable();
    spoken.dedup();
    spoken.retain(|language| {
        let own = stretches.iter().filter(|(_, other)| other == language);
        language.is_written_as(own.map(|(span, _)| &text[span.range()]))
    });
    stretches.retain(|(_, language)| spoken.binary_search(language).is_ok());
    stretches
}

/// What stands between double quotation marks or guillemets, marks included. Straight marks pair up in order; a mark that
/// opens once more begins anew.
fn quotations(plain: &str) -> Vec<Span<Plain>> {
    const CURLY: &[char] = &['\u{201c}', '\u{201d}'];
    let mut found = Vec::new();
    let mut open: Option<(usize, &[char])> = None;
    for (at, c) in plain.char_indices() {
        if let Some((start, closers)) = open
            && closers.contains(&c)
        {
            found.push(Span::new(start, at + c.len_utf8()));
            open = None;
            continue;
        }
        let closers: &[char] = match c {
            '"' if open.is_none() => &['"'],
            '\u{201c}' => &['\u{201d}'],
            '\u{201e}' => CURLY,
            '\u{ab}' => &['\u{bb}'],
            '\u{300c}' => &['\u{300d}'],
            '\u{300e}' => &['\u{300f}'],
            _ => continue,
        };
        open = Some((at, closers));
    }
    found
}

/// Gathers the text of one block from the pieces that a reader comes across.
#[derive(Debug)]
pub(crate) struct BlockBuilder {
    kind: BlockKind,
    level: usize,
    quoted: bool,
    holder: Holder,
    /// Where the text goes on in another language, or in none that is known.
    languages: Vec<(usize, Option<Language>)>,
    plain: Derived<Plain, Source>,
    /// Offsets of spaces that stand for a line break behind a hyphen.
    hyphenated: Vec<usize>,
    /// How long the text was when a soft hyphen was last left out: a line break right behind one divides a word.
    soft_hyphen: Option<usize>,
}

impl BlockBuilder {
    pub(crate) fn new(kind: BlockKind, quoted: bool) -> Self {
        BlockBuilder {
            kind,
            level: 0,
            quoted,
            holder: Holder::Draft,
            languages: Vec::new(),
            plain: Derived::with_capacity(256),
            hyphenated: Vec::new(),
            soft_hyphen: None,
        }
    }

    /// A heading of this level, from 1.
    pub(crate) fn heading(level: usize, quoted: bool) -> Self {
        BlockBuilder { level, ..BlockBuilder::new(BlockKind::Heading, quoted) }
    }

    /// The same block, in what it stands in.
    pub(crate) fn held_by(self, holder: Holder) -> Self {
        BlockBuilder { holder, ..self }
    }

    /// Tells the language that the text goes on in, if it is known.
    pub(crate) fn speak(&mut self, language: Option<Language>) {
        if self.languages.last().map_or(language.is_some(), |(_, last)| *last != language) {
            self.languages.push((self.plain.text().len(), language));
        }
    }

    /// Changes what the block is, once a later line has told.
    pub(crate) fn set_kind(&mut self, kind: BlockKind) {
        self.kind = kind;
    }

    /// Adds text that stands at byte `from` of the source as it is.
    pub(crate) fn text(&mut self, text: &str, from: usize) {
        let mut rest = 0;
        while rest < text.len() {
            let tail = &text[rest..];
            let stop = tail
                .char_indices()
                .find(|&(at, c)| {
                    if c == ' ' {
                        return (at == 0 && self.ends_with_space()) || tail[at + 1..].starts_with(char::is_whitespace);
                    }
                    c.is_whitespace() || is_dropped(c)
                })
                .map_or(tail.len(), |(at, _)| at);
            self.plain.copy(&tail[..stop], from + rest);
            rest += stop;
            let Some(c) = text[rest..].chars().next() else {
                break;
            };
            let span = Span::new(from + rest, from + rest + c.len_utf8());
            match c {
                '\n' | '\r' | paper::BREAK => self.line_break(span),
                '\u{ad}' => self.soft_hyphen = Some(self.plain.text().len()),
                _ if c.is_whitespace() => self.space(span),
                _ => {}
            }
            rest += c.len_utf8();
        }
    }

    /// Adds text that stands for all of `from`, such as the character of an entity.
    pub(crate) fn replacement(&mut self, text: &str, from: Span) {
        if text.chars().all(char::is_whitespace) {
            self.space(from);
        } else if text == "\u{ad}" {
            self.soft_hyphen = Some(self.plain.text().len());
        } else if !text.chars().all(is_dropped) {
            self.plain.replace(text, from);
        }
    }

    /// Adds a line break: white space, but for one behind a soft hyphen.
    pub(crate) fn line_break(&mut self, from: Span) {
        if self.soft_hyphen == Some(self.plain.text().len()) {
            return;
        }
        self.space(from);
        let text = self.plain.text().trim_end_matches(' ');
        if text.ends_with(|c: char| matches!(c, '-' | '\u{2010}') || is_unspaced(c)) {
            self.hyphenated.push(text.len());
        }
    }

    /// Adds the mark of something inline that is not text and that no phrase crosses.
    pub(crate) fn object(&mut self, from: Span) {
        self.plain.replace(OBJECT.encode_utf8(&mut [0; 4]), from);
    }

    fn space(&mut self, from: Span) {
        if !self.ends_with_space() {
            self.plain.replace(" ", from);
        }
    }

    fn ends_with_space(&self) -> bool {
        self.plain.is_empty() || self.plain.text().ends_with(' ')
    }

    /// The finished block; `None` where it holds no text.
    pub(crate) fn finish(mut self) -> Option<Block> {
        let text = self.plain.text().trim_end_matches(' ').len();
        self.plain.truncate(text);
        if ["://", "www.", "@"].iter().any(|mark| self.plain.text().contains(mark)) {
            self.take_out_urls();
        }
        if self.plain.is_empty() {
            return None;
        }
        // A draft may be a million blocks of one word.
        self.plain.shrink();
        let languages = languages(&self.languages, self.plain.text());
        let folded = fold(self.plain.text(), &[]);
        let rejoined = (!self.hyphenated.is_empty()).then(|| fold(self.plain.text(), &self.hyphenated));
        Some(Block {
            kind: self.kind,
            level: self.level,
            quoted: self.quoted,
            holder: self.holder,
            languages,
            plain: self.plain,
            folded,
            rejoined,
            hyphenated: self.hyphenated,
            sentence_ends: OnceLock::new(),
            quotations: OnceLock::new(),
            line_width: OnceLock::new(),
        })
    }

    /// Puts the object mark in the place of each URL that was typed into the text.
    fn take_out_urls(&mut self) {
        let text = self.plain.text();
        let mut finder = LinkFinder::new();
        finder.kinds(&[LinkKind::Url, LinkKind::Email]).url_must_have_scheme(false);
        let mut cleaned = Derived::with_capacity(text.len());
        let mut done = 0;
        // Where each URL ended, and how much shorter the text has become up to there.
        let mut cuts: Vec<(usize, usize)> = Vec::new();
        let mut cut = 0;
        for link in finder.links(text) {
            let url = link.as_str();
            if !(url.contains("://") || url.starts_with("www.") || *link.kind() == LinkKind::Email) {
                continue;
            }
            let len = url_end(url);
            cleaned.copy_from(&self.plain, Span::new(done, link.start()));
            let span = Span::new(link.start(), link.start() + len);
            cleaned.replace(OBJECT.encode_utf8(&mut [0; 4]), self.plain.below(span));
            done = span.end();
            cut += span.len() - OBJECT.len_utf8();
            cuts.push((done, cut));
        }
        cleaned.copy_from(&self.plain, Span::new(done, text.len()));
        for at in self.hyphenated.iter_mut().chain(self.languages.iter_mut().map(|(at, _)| at)) {
            let passed = cuts.partition_point(|(end, _)| end <= at);
            *at -= cuts[..passed].last().map_or(0, |(_, cut)| *cut);
        }
        self.plain = cleaned;
    }
}

/// Where a URL ends and the sentence goes on: at typographic punctuation, at a script without spaces or with particles, at a
/// comma that a word follows.
fn url_end(url: &str) -> usize {
    let ends = |(at, c): (usize, char)| match c {
        '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' => true,
        '\u{ff00}'..='\u{ffef}' | '\u{20000}'.. => true,
        ',' | ';' => url[at + 1..].starts_with(char::is_alphabetic),
        _ => false,
    };
    url.char_indices().find(|&found| ends(found)).map_or(url.len(), |(at, _)| at)
}

/// Characters that plain text leaves out, so that patterns need not think of them. Joiners stay: scripts need them.
fn is_dropped(c: char) -> bool {
    !c.is_ascii() && !matches!(c, '\u{200c}' | '\u{200d}') && !is_variation_selector(c) && is_invisible(c)
}

fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> Block {
        let mut builder = BlockBuilder::new(BlockKind::Paragraph, false);
        builder.text(text, 0);
        builder.finish().unwrap()
    }

    #[test]
    fn white_space_becomes_one_space_and_maps_back() {
        let source = "a\u{a0} b\u{200b}c \t\n d  ";
        let block = block(source);
        assert_eq!(block.text(), "a bc d");
        let at = |word: &str| {
            let start = block.text().find(word).unwrap();
            block.source(Span::new(start, start + word.len())).range()
        };
        assert_eq!(&source[at("bc")], "b\u{200b}c");
        assert_eq!(&source[at("a b")], "a\u{a0} b");
        assert_eq!(&source[at("d")], "d");
    }

    #[test]
    fn urls_are_not_text() {
        let source = "see https://a.org/china-containment, www.b.org/x,and https://c.org\u{2014}China e.g. a-b@c.org \
                      region.China https://d.jp/\u{3092}\u{53c2}";
        let block = block(source);
        assert_eq!(
            block.text(),
            "see \u{fffc}, \u{fffc},and \u{fffc}\u{2014}China e.g. \u{fffc} region.China \u{fffc}\u{3092}\u{53c2}"
        );
        let at = block.text().find("China").unwrap();
        assert_eq!(Some(block.source(Span::new(at, at + 5)).start()), source.find("China"));
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
    fn sentences_open_at_the_start_and_behind_an_end() {
        let block = block("China met. \u{201c}Burden sharing\u{201d} of China.");
        let at = |word: &str| block.text().find(word).unwrap();
        assert!(block.opens_sentence(0));
        assert!(block.opens_sentence(at("Burden")));
        assert!(!block.opens_sentence(at("sharing")));
        assert!(!block.opens_sentence(at("met")));
    }
}
