//! HTML that begins a block and that nothing closes: a comment, a script, a processing instruction. CommonMark has it end with the draft,
//! so that one `<!--` at the start of a line hides all that follows; here it ends at the next empty line.
//!
//! The parser cannot be told so. It reads the draft once more, with letters in the place of the HTML that is passed over.

use std::borrow::Cow;
use std::ops::Range;

use crate::draft::html::Fragment;
use crate::span::Span;

/// The most places at which a draft is read once more. Behind the last of them such HTML is text, marks and all.
const MOST: usize = 8;

/// The byte that stands for each of HTML that is passed over: a letter, so that the parser takes it for words.
const MASK: u8 = b'x';

/// HTML that nothing closes, up to the next empty line: the bytes of the source that its lines are.
pub(super) type Lines = Vec<Range<usize>>;

/// The HTML of a draft that nothing closes.
#[derive(Debug, Default)]
pub(super) struct Masks {
    /// The bytes of each, in order.
    spans: Vec<Span>,
    /// The bytes that the parser is not to see.
    masked: Vec<Range<usize>>,
}

impl Masks {
    /// True if what nothing closes may still be passed over.
    pub(super) fn has_room(&self) -> bool {
        self.spans.len() < MOST
    }

    /// The HTML that is passed over, in order.
    pub(super) fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Adds HTML behind all that was added before.
    pub(super) fn add(&mut self, source: &str, lines: Lines) {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            return;
        };
        let span = Span::new(first.start, last.end);
        self.spans.push(span);
        self.masked.extend(lines);
        if !self.has_room() {
            self.masked.extend(openers(source, span.end()));
        }
    }

    /// The source as the parser is to see it, byte for byte.
    pub(super) fn apply<'s>(&self, source: &'s str) -> Cow<'s, str> {
        if self.masked.is_empty() {
            return Cow::Borrowed(source);
        }
        let mut bytes = source.as_bytes().to_vec();
        self.masked.iter().for_each(|masked| bytes[masked.clone()].fill(MASK));
        String::from_utf8(bytes).map_or(Cow::Borrowed(source), Cow::Owned)
    }
}

/// The `<` of HTML that may hide all behind it, in the lines behind a byte.
fn openers(source: &str, from: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = from;
    source[from..].split_inclusive('\n').filter_map(move |line| {
        let is_mark =
            |c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '>' | '-' | '*' | '+' | '.' | ')');
        let content = line.trim_start_matches(is_mark);
        let start = at + (line.len() - content.len());
        at += line.len();
        closer(content).is_some().then(|| start..start + 1)
    })
}

/// What closes the HTML that a text begins with, in lower case; `None` of what ends by itself.
fn closer(html: &str) -> Option<&'static str> {
    let rest = html.strip_prefix('<')?;
    if rest.starts_with("!--") {
        return Some("-->");
    }
    if rest.starts_with('?') {
        return Some("?>");
    }
    if rest.starts_with("![CDATA[") {
        return Some("]]>");
    }
    if rest.strip_prefix('!').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic())) {
        return Some(">");
    }
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let tags = [("script", "</script"), ("style", "</style"), ("textarea", "</textarea")];
    tags.into_iter().find(|(name, _)| rest[..end].eq_ignore_ascii_case(name)).map(|(_, closer)| closer)
}

/// The lines before the first empty one of a block of HTML that nothing closes; `None` if something closes it, or nothing follows.
pub(super) fn first_lines(html: Fragment<'_>) -> Option<Lines> {
    let text = html.text();
    let closer = closer(text.trim_start())?;
    if text.to_ascii_lowercase().contains(closer) {
        return None;
    }
    let len: usize = text.split_inclusive('\n').take_while(|line| !line.trim().is_empty()).map(str::len).sum();
    if text[len..].trim().is_empty() {
        return None;
    }
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text[..len].split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        lines.extend(html.pieces(Span::new(at, at + content.len())).map(|(piece, from)| from..from + piece.len()));
        at += line.len();
    }
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nothing_closes_is_told_from_what_is_closed() {
        let lines = |text: &str| first_lines(Fragment::new(text, text, &[(0, 0)]));
        for text in
            ["<!-- a\nb\n\nc", "<?php a\r\nb\n\nc", "<SCRIPT>a\nb\n\nc", "<!ELEMENT a\nb\n \nc", "<![CDATA[ a\nb\n\nc"]
        {
            let found = lines(text).unwrap_or_default();
            assert_eq!(found.len(), 2, "{text:?}");
            assert_eq!(text[found[1].clone()], *"b", "{text:?}");
        }
        for text in [
            "<!-- a\n\nb -->",
            "<?a?>\n\nb",
            "<script>\n\n</SCRIPT>",
            "<!-- a\nb",
            "<!-- a\n\n\n",
            "<p>a\n\nb",
            "<pre>\n\na",
        ] {
            assert_eq!(lines(text), None, "{text:?}");
        }
    }
}
