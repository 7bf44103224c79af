//! Comments in the margin of a document that speak to comity: what each says, and the paragraphs that it is about.
//!
//! The text of such a document may be changed to see what a suggestion makes of it, but never its paragraphs: a comment keeps its
//! place by the number of its paragraph.

use std::sync::Arc;

use super::comment::{ADDRESS, AUTHOR, Comment, CommentText, said_to_comity};
use crate::span::{Span, floor_char};

/// A place between two characters of the text of a document: its line, from 0, and the byte in it.
pub(crate) type LinePlace = (usize, usize);

/// A comment in the margin that speaks to comity.
#[derive(Debug, Clone)]
pub(crate) struct MarginComment {
    /// Its text behind `comity:`.
    said: Arc<str>,
    /// The beginning and the end of what it stands on.
    on: [LinePlace; 2],
}

impl MarginComment {
    /// The comment of such an author with this text, that stands on what is between two places; `None` if it does not speak to
    /// comity, as one of comity's own never does.
    pub(crate) fn new(author: &str, text: &str, on: [LinePlace; 2]) -> Option<MarginComment> {
        let said = Some(text).filter(|_| author.trim() != AUTHOR).map(behind_mention).and_then(said_to_comity)?;
        // Programs of an office put hyphens that do not break where one is typed with a key held down.
        Some(MarginComment { said: Arc::from(said.replace(['\u{2010}', '\u{2011}'], "-")), on })
    }
}

/// The most bytes of the mention of a person that a comment begins with.
const MENTION: usize = 80;

/// The text of a comment behind the mention of whom it is for: "@Kim Example comity: ignore ...".
fn behind_mention(text: &str) -> &str {
    let text = text.trim_start();
    let line = text.lines().next().unwrap_or_default();
    let at = line.find(ADDRESS).filter(|at| line.starts_with('@') && *at <= MENTION);
    at.map_or(text, |at| &text[at..])
}

/// Comments in the margin of a document with this text, a line a paragraph, in the order of what they stand on.
pub(super) fn comments(margin: &[MarginComment], text: &str) -> Vec<Comment> {
    if margin.is_empty() {
        return Vec::new();
    }
    // The bytes of each line, without its end.
    let mut lines: Vec<Span> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        lines.push(Span::new(at, at + line.trim_end_matches('\n').len()));
        at += line.len();
    }
    let line = |index: usize| lines.get(index).or(lines.last()).copied().unwrap_or(Span::new(0, 0));
    let byte = |(index, byte): LinePlace| {
        let line = line(index);
        // Beyond the last line there is nothing.
        let byte = if index < lines.len() { byte } else { line.len() };
        line.start() + floor_char(&text[line.range()], byte.min(line.len()))
    };
    let comment = |MarginComment { said, on: [from, to] }: &MarginComment| {
        let first = line(from.0);
        let paragraphs = Span::new(first.start(), line(to.0.max(from.0)).end());
        let words = Span::new(byte(*from), byte((*to).max(*from)).clamp(byte(*from), first.end()));
        let is_blank = text[words.range()].trim().is_empty();
        let span = if is_blank { trimmed(text, first) } else { words };
        let said = CommentText::Margin { text: Arc::clone(said), paragraphs };
        Comment { span, said, block: None, parts_text: false, closed: true }
    };
    let mut comments: Vec<Comment> = margin.iter().map(comment).collect();
    comments.sort_by_key(|comment| comment.span.start());
    comments
}

/// A stretch of a text without the white space at its ends.
fn trimmed(text: &str, span: Span) -> Span {
    let words = &text[span.range()];
    let start = span.start() + words.len() - words.trim_start().len();
    Span::new(start, start + words.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_about_the_paragraphs_that_it_stands_in() {
        let text = "one two\n\u{ad6d}\u{ad6d} three \n\nfour\n";
        let cases = [
            ([(0, 4), (0, 7)], "two", "one two"),
            // A point, and one in an empty paragraph.
            ([(0, 3), (0, 3)], "one two", "one two"),
            ([(1, 0), (1, 0)], "\u{ad6d}\u{ad6d} three", "\u{ad6d}\u{ad6d} three "),
            ([(2, 0), (2, 0)], "", ""),
            // Over several paragraphs it is shown in the first.
            ([(0, 4), (3, 2)], "two", "one two\n\u{ad6d}\u{ad6d} three \n\nfour"),
            // In a text that was changed there may be another character there, or none.
            ([(1, 1), (1, 6)], "\u{ad6d}\u{ad6d}", "\u{ad6d}\u{ad6d} three "),
            ([(3, 40), (3, 50)], "four", "four"),
            ([(9, 0), (9, 1)], "four", "four"),
            ([(3, 2), (1, 0)], "four", "four"),
        ];
        for (on, shown, about) in cases {
            let margin = [MarginComment::new("Ms A", "comity: on", on).unwrap()];
            let [comment] = &comments(&margin, text)[..] else { panic!("one comment: {on:?}") };
            let paragraphs = comment.paragraphs().map(|span| &text[span.range()]);
            assert_eq!((&text[comment.span.range()], paragraphs), (shown, Some(about)), "{on:?}");
        }
    }

    #[test]
    fn only_people_speak_to_comity() {
        for (author, text, speaks) in [
            ("Ms A", "comity: off a -- b", true),
            ("Ms A", "@Kim Example comity: off a\u{2011}b -- c", true),
            ("Ms A", "@Kim Example, the comity of nations", false),
            ("Ms A", "Kim, comity: off a -- b", false),
            ("", "Comity ignore a -- b", true),
            ("comity", "comity: off a -- b", false),
            ("Ms A", "I would ignore that", false),
        ] {
            assert_eq!(MarginComment::new(author, text, [(0, 0); 2]).is_some(), speaks, "{author} {text}");
        }
    }
}
