//! Parses the text of a comment, wherever it stands: `ignore NAMES -- reason`, `off NAMES -- reason`, `on [NAMES]`, `ignore-file NAMES -- reason`.

use std::ops::Range;
use std::sync::Arc;

use crate::draft::Draft;
use crate::draft::comment::{Comment, is_gap};
use crate::rule::message::shorten;
use crate::span::{Position, Span};

/// The kind of a directive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DirectiveKind {
    /// Silence in the block around the comment, or in the next one.
    Ignore,
    /// Silence from here on.
    Off,
    /// No silence from here on.
    On,
    /// Silence in all of the draft.
    IgnoreFile,
}

impl DirectiveKind {
    /// Every command with its name.
    pub(super) const NAMES: &'static [(&'static str, DirectiveKind)] = &[
        ("ignore", DirectiveKind::Ignore),
        ("off", DirectiveKind::Off),
        ("on", DirectiveKind::On),
        ("ignore-file", DirectiveKind::IgnoreFile),
    ];
}

/// A comment, read.
#[derive(Debug)]
pub(super) struct Directive<'d> {
    pub(super) comment: &'d Comment,
    /// Its text behind `comity:`.
    said: &'d str,
    /// The beginning of the comment, or of what it stands on in the margin.
    pub(super) at: Position,
    /// The first word; empty if there is none.
    pub(super) word: &'d str,
    word_range: Range<usize>,
    /// The bytes of the source at which the first word is reported.
    pub(super) word_span: Span,
    /// The kind that the first word names, if any.
    pub(super) command: Option<DirectiveKind>,
    pub(super) names: Vec<DirectiveName<'d>>,
    /// The reason, in one line; `None` if none is given.
    pub(super) reason: Option<Arc<str>>,
}

/// The name of a rule, a pack or a tag in a comment.
#[derive(Debug, Clone, Copy)]
pub(super) struct DirectiveName<'d> {
    pub(super) text: &'d str,
    /// The bytes of the source at which it is reported.
    pub(super) span: Span,
    /// The end of it in the text of the comment.
    end: usize,
}

impl<'d> Directive<'d> {
    pub(super) fn read(draft: &'d Draft, comment: &'d Comment) -> Directive<'d> {
        let said = comment.text(draft.source());
        let word_at = said.find(|c| !is_gap(c)).unwrap_or(said.len());
        let word = said[word_at..].split(is_gap).next().unwrap_or_default();
        let rest_at = word_at + word.len();
        let rest = &said[rest_at..];
        let (names_end, reason_at) = reason(rest).unwrap_or((rest.len(), rest.len()));
        Directive {
            comment,
            said,
            at: draft.position(comment.span.start()),
            word,
            word_range: word_at..rest_at,
            word_span: comment.place(word_at..rest_at),
            command: DirectiveKind::NAMES.iter().find(|(name, _)| *name == word).map(|(_, command)| *command),
            names: names(comment, &rest[..names_end], rest_at),
            reason: Some(in_one_line(&rest[reason_at..])).filter(|r| r.contains(char::is_alphanumeric)).map(Arc::from),
        }
    }

    /// The command with its names, as a message quotes it.
    pub(super) fn quoted(&self) -> String {
        let end = self.names.last().map_or(self.word_range.end, |name| name.end);
        match &self.said[self.word_range.start..end] {
            "" => "comity:".to_owned(),
            said => in_one_line(&shorten(said)),
        }
    }

    /// Returns the bytes to take out of the draft so that the comment is gone: its line with it where it stands alone on it. Of one in
    /// the margin, which is in no line, the words that it stands on.
    pub(super) fn removal(&self, draft: &Draft) -> Span {
        let (source, lines) = (draft.source(), draft.lines());
        let span = self.comment.span;
        if self.comment.paragraphs().is_some() {
            return span;
        }
        let (first, last) = (lines.index(span.start()), lines.index(span.end() - 1));
        let (line, line_end) = (lines.range(source, first).start, lines.range(source, last).end);
        let before = &source[line..span.start()];
        let after = &source[span.end()..line_end];
        // Only as much of a line is looked at as there is white space: it may hold a million comments.
        let (indent, gap) = (before.trim_end_matches(is_blank), after.trim_start_matches(is_blank));
        if indent.is_empty() && gap.is_empty() {
            let is_empty = |index: usize| source[lines.range(source, index)].trim_start_matches(is_blank).is_empty();
            let parted = self.comment.parts_text && first > 0 && !is_empty(first - 1) && !is_empty(last + 1);
            // Without an empty line in its place, the text before it and the text behind it would be one.
            let end = if parted { line_end } else { lines.range_with_end(source, last).end };
            return Span::new(line, end);
        }
        match (indent.is_empty(), gap.is_empty()) {
            (true, _) => Span::new(span.start(), line_end - gap.len()),
            (_, true) => Span::new(line + indent.len(), span.end()),
            _ if after.starts_with(is_blank) => Span::new(line + indent.len(), span.end()),
            _ => span,
        }
    }

    /// Returns the bytes to take out so that the name at `index` is gone, with the comma that parts it from the others. Of a comment
    /// in the margin that is all of what it stands on.
    pub(super) fn name_removal(&self, index: usize) -> Span {
        let span = self.names[index].span;
        if self.comment.paragraphs().is_some() {
            return span;
        }
        match (self.names.get(index + 1), index.checked_sub(1).and_then(|before| self.names.get(before))) {
            (Some(next), _) => Span::new(span.start(), next.span.start()),
            (None, Some(before)) => Span::new(before.span.end(), span.end()),
            (None, None) => span,
        }
    }
}

fn is_blank(c: char) -> bool {
    c == ' ' || c == '\t'
}

/// Returns the end of the names and the start of the reason: at two hyphens, at a dash, or at a hyphen between spaces.
fn reason(rest: &str) -> Option<(usize, usize)> {
    rest.char_indices().find_map(|(at, c)| {
        let behind = &rest[at + c.len_utf8()..];
        match c {
            '\u{2013}' | '\u{2014}' => Some((at, at + c.len_utf8())),
            '-' if behind.starts_with('-') => Some((at, at + 2)),
            '-' if rest[..at].ends_with(is_gap) && (behind.is_empty() || behind.starts_with(is_gap)) => {
                Some((at, at + 1))
            }
            _ => None,
        }
    })
}

/// The names between the commas of `list`, which begins at byte `from` of the text of the comment.
fn names<'d>(comment: &Comment, list: &'d str, from: usize) -> Vec<DirectiveName<'d>> {
    let mut found = Vec::new();
    let mut at = 0;
    for piece in list.split(',') {
        let text = piece.trim_matches(is_gap);
        if !text.is_empty() {
            let start = from + at + (piece.len() - piece.trim_start_matches(is_gap).len());
            let end = start + text.len();
            found.push(DirectiveName { text, span: comment.place(start..end), end });
        }
        at += piece.len() + 1;
    }
    found
}

/// The words of a text that may be wrapped, without the marks of a quotation at the starts of its lines.
fn in_one_line(text: &str) -> String {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    let rest = lines.map(|line| line.trim_start_matches(is_gap));
    let words: Vec<&str> = std::iter::once(first).chain(rest).flat_map(str::split_whitespace).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Format;

    /// The command, the names and the reason.
    fn read(said: &str) -> (String, Vec<String>, Option<String>) {
        let draft = Draft::new(Format::Markdown, format!("<!-- comity: {said} -->"));
        let directive = Directive::read(&draft, &draft.comments()[0]);
        for name in &directive.names {
            assert_eq!(draft.slice(name.span), name.text);
        }
        let names = directive.names.iter().map(|name| name.text.to_owned()).collect();
        (directive.word.to_owned(), names, directive.reason.map(|reason| reason.to_string()))
    }

    #[test]
    fn a_comment_is_a_command_names_and_a_reason() {
        let cases: [(&str, &str, &[&str], Option<&str>); 14] = [
            ("ignore a/b -- c d", "ignore", &["a/b"], Some("c d")),
            ("ignore a/b-c,d ,\te-f--because", "ignore", &["a/b-c", "d", "e-f"], Some("because")),
            ("off a \u{2014} agreed -- in March", "off", &["a"], Some("agreed -- in March")),
            ("off a \u{2013} x", "off", &["a"], Some("x")),
            ("off a - x", "off", &["a"], Some("x")),
            ("ignore a\n  b,\n c --\n  two\n  lines", "ignore", &["a\n  b", "c"], Some("two lines")),
            ("on", "on", &[], None),
            ("on a", "on", &["a"], None),
            ("ignore a --", "ignore", &["a"], None),
            ("ignore a -- ...", "ignore", &["a"], None),
            ("ignore -- why", "ignore", &[], Some("why")),
            ("ignore a,, -- why", "ignore", &["a"], Some("why")),
            ("", "", &[], None),
            ("ignore-file a -- \u{d55c}\u{ad6d}", "ignore-file", &["a"], Some("\u{d55c}\u{ad6d}")),
        ];
        for (said, word, names, reason) in cases {
            let expected = (word.to_owned(), names.iter().map(|&n| n.to_owned()).collect(), reason.map(str::to_owned));
            assert_eq!(read(said), expected, "{said:?}");
        }
    }

    #[test]
    fn a_comment_that_goes_leaves_the_text_around_it_as_it_was() {
        let cases = [
            ("# A\n\n#\nb\n", "# A\n\nb\n"),
            ("a\n#\nb\n", "a\n\nb\n"),
            ("a\r\n\r\n  #  \r\nb\r\n", "a\r\n\r\nb\r\n"),
            ("\u{feff}#\nb", "\u{feff}b"),
            ("a\n\n#", "a\n\n"),
            ("<div>\na\n#\nb\n</div>\n", "<div>\na\nb\n</div>\n"),
            ("a # b", "a b"),
            ("a #\nb", "a\nb"),
            ("a# b", "a b"),
            ("a #b", "a b"),
            ("a  #  \nb", "a  \nb"),
            ("# b", "b"),
            ("> a\n> #\n> b\n", "> a\n>\n> b\n"),
            ("| # | a |\n|---|---|\n", "| | a |\n|---|---|\n"),
        ];
        for (before, after) in cases {
            let before = before.replacen("# A", "= A", 1).replace('#', "<!-- comity: on -->").replace("= A", "# A");
            let draft = Draft::new(Format::Markdown, before.as_str());
            let directive = Directive::read(&draft, &draft.comments()[0]);
            let mut left = before.clone();
            left.replace_range(directive.removal(&draft).range(), "");
            assert_eq!(left, after, "{before:?}");
        }
    }
}
