//! Builds a block: white space, invisible characters and typed URLs are no text, and each character knows its source.

use std::sync::{Arc, OnceLock};

use linkify::{LinkFinder, LinkKind};

use super::{Block, BlockKind, Holder, ListLabel, Otherwise};
use crate::span::{Plain, SourceText, Span};
use crate::text::class::is_invisible;
use crate::text::fold::{OBJECT, readings};
use crate::text::language::Language;
use crate::text::map::Derived;
use crate::text::script::is_unspaced;

/// The sign of a line break inside a paragraph, as in the plain text that Word writes.
pub(crate) const BREAK: char = '\u{b}';

/// Collects the text of one block from the pieces that a reader comes across.
#[derive(Debug)]
pub(crate) struct BlockBuilder {
    kind: BlockKind,
    level: usize,
    quoted: bool,
    holder: Holder,
    list_label: Option<Arc<ListLabel>>,
    /// The offsets at which the text goes on in another language, or in none that is known.
    languages: Vec<(usize, Option<Language>)>,
    plain: Derived<Plain, SourceText>,
    /// Offsets of spaces that stand for a line break behind a hyphen.
    hyphenated: Vec<usize>,
    /// The length of the text when a soft hyphen was last left out: a line break right behind one divides a word.
    soft_hyphen: Option<usize>,
}

impl Block {
    /// A block of a text without markup; `None` if there is nothing in it.
    pub(crate) fn of_text(kind: BlockKind, text: &str) -> Option<Block> {
        let mut block = BlockBuilder::new(kind, false);
        block.text(text, 0);
        block.finish()
    }
}

impl BlockBuilder {
    pub(crate) fn new(kind: BlockKind, quoted: bool) -> Self {
        BlockBuilder {
            kind,
            level: 0,
            quoted,
            holder: Holder::Draft,
            list_label: None,
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

    /// The same block, before which a program draws this label.
    pub(crate) fn labelled(self, label: Option<Arc<ListLabel>>) -> Self {
        BlockBuilder { list_label: label, ..self }
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
            // A carriage return and the line feed behind it are one line break.
            let len = if text[rest..].starts_with("\r\n") { 2 } else { c.len_utf8() };
            let span = Span::new(from + rest, from + rest + len);
            match c {
                '\n' | '\r' | BREAK => self.line_break(span),
                '\u{ad}' => self.soft_hyphen = Some(self.plain.text().len()),
                _ if c.is_whitespace() => self.space(span),
                _ => {}
            }
            rest += len;
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
        let ends_with_hyphen = text.ends_with(|c: char| matches!(c, '-' | '\u{2010}') || is_unspaced(c));
        // A carriage return and a line feed are one space, and so are two lines.
        if ends_with_hyphen && self.hyphenated.last() != Some(&text.len()) {
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
        let (mut folded, readings) = readings(self.plain.text(), &self.hyphenated);
        folded.shrink();
        let is_simple = readings.is_empty() && self.hyphenated.is_empty();
        let otherwise =
            (!is_simple).then(|| Box::new(Otherwise { divided: self.hyphenated, readings, tokens: OnceLock::new() }));
        Some(Block {
            kind: self.kind,
            level: self.level.try_into().unwrap_or(u8::MAX),
            quoted: self.quoted,
            holder: self.holder,
            list_label: self.list_label,
            languages: languages.into(),
            plain: self.plain,
            folded,
            otherwise,
            tokens: OnceLock::new(),
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
        // Where each URL ended, and where its mark ends.
        let mut cuts: Vec<(usize, usize)> = Vec::new();
        for link in finder.links(text) {
            let is_address = *link.kind() == LinkKind::Email;
            // A script without spaces goes over into the name of a mailbox as the end of an address goes over into it.
            let start = if is_address { mailbox_start(link.as_str()) } else { 0 };
            let url = &link.as_str()[start..];
            let url = &url[..url_end(url)];
            let is_url = url.contains("://")
                || url.starts_with("www.")
                || (is_address && url.find('@').is_some_and(|at| at > 0));
            if !is_url {
                continue;
            }
            let span = Span::new(link.start() + start, link.start() + start + url.len());
            cleaned.copy_from(&self.plain, Span::new(done, span.start()));
            cleaned.replace(OBJECT.encode_utf8(&mut [0; 4]), self.plain.below(span));
            done = span.end();
            cuts.push((done, cleaned.text().len()));
        }
        cleaned.copy_from(&self.plain, Span::new(done, text.len()));
        for at in self.hyphenated.iter_mut().chain(self.languages.iter_mut().map(|(at, _)| at)) {
            let passed = cuts.partition_point(|(end, _)| end <= at);
            if let Some((end, mark_end)) = cuts[..passed].last() {
                *at = *at - end + mark_end;
            }
        }
        self.plain = cleaned;
    }
}

/// Returns the end of a URL before which the sentence goes on: at typographic punctuation, at a script without spaces or with
/// particles, at a comma that a word follows.
fn url_end(url: &str) -> usize {
    let ends = |(at, c): (usize, char)| match c {
        ',' | ';' => url[at + 1..].starts_with(char::is_alphabetic),
        _ => is_of_sentence(c),
    };
    url.char_indices().find(|&found| ends(found)).map_or(url.len(), |(at, _)| at)
}

/// Returns the start of an address of mail, behind the letters of the sentence that stand before it without a space.
fn mailbox_start(address: &str) -> usize {
    let mailbox = address.split('@').next().unwrap_or_default();
    mailbox.char_indices().rev().find(|&(_, c)| is_of_sentence(c)).map_or(0, |(at, c)| at + c.len_utf8())
}

/// True for what is of the sentence and not of an address beside it: typographic punctuation, scripts without spaces or with particles.
fn is_of_sentence(c: char) -> bool {
    matches!(
        c,
        '\u{2000}'..='\u{206f}'
            | '\u{3000}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7ff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff00}'..='\u{ffef}'
            | '\u{20000}'..
    )
}

/// Characters that plain text leaves out, so that patterns need not think of them. Joiners stay: scripts need them.
fn is_dropped(c: char) -> bool {
    !c.is_ascii() && !matches!(c, '\u{200c}' | '\u{200d}') && !is_variation_selector(c) && is_invisible(c)
}

fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}')
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
    fn a_url_ends_at_what_the_sentence_goes_on_with() {
        let cases = [
            ("see https://a.org/1,and more", "see \u{fffc},and more"),
            ("see https://a.org/b,1/c and more", "see \u{fffc} and more"),
            ("see https://a.org/1;and more", "see \u{fffc};and more"),
            ("see https://a.org/1\u{ff0c}and more", "see \u{fffc}\u{ff0c}and more"),
            // Nothing of the sentence is of an address, before it as behind it.
            ("write \u{201c}a@b.org\u{201d}", "write \u{201c}\u{fffc}\u{201d}"),
            ("China\u{2019}s\u{2014}a@b.org", "China\u{2019}s\u{2014}\u{fffc}"),
            ("\u{4fe1}\u{7bb1}\u{ff1a}a@b.org", "\u{4fe1}\u{7bb1}\u{ff1a}\u{fffc}"),
            ("\u{bb38}\u{c758}a@b.org\u{b85c}", "\u{bb38}\u{c758}\u{fffc}\u{b85c}"),
            ("a\u{2019}@b.org", "a\u{2019}@b.org"),
            ("a.org/\u{4fe1}?to=https://b.org", "a.org/\u{4fe1}?to=https://b.org"),
        ];
        for (source, expected) in cases {
            assert_eq!(block(source).text(), expected, "{source}");
        }
    }

    #[test]
    fn a_word_that_is_divided_behind_a_url_is_put_together() {
        let block = block("see https://example.org/a/long/address, on contain-\nment and war");
        let readings: Vec<&str> = block.readings().map(|reading| reading.text()).collect();
        assert!(readings.iter().any(|text| text.ends_with(", on containment and war")), "{readings:?}");
        let short = self::block("\u{201c}a@b.io\u{201d} on contain-\nment and war");
        assert!(short.readings().any(|reading| reading.text().ends_with(" on containment and war")));
    }
}
