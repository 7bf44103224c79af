//! Comments in a draft that speak to comity, in its text or in the margin of a document: where they stand, for `src/suppress/` to read.

use std::ops::Range;
use std::sync::Arc;

use crate::span::Span;

/// The author of every comment and tracked change that comity puts into a document. What it says itself is not said to it.
pub(crate) const AUTHOR: &str = "comity";

/// The lengths of the marks around a comment: of `<!--` before its text, and of `-->` behind it.
const MARKS: (usize, usize) = ("<!--".len(), "-->".len());

/// The word, before a colon, that begins a comment which speaks to comity.
pub(super) const ADDRESS: &str = "comity";

/// The commands: what follows the name without a colon, or with other capitals, must be one to be meant for comity.
const COMMANDS: &[&str] = &["ignore", "off", "on", "ignore-file"];

/// A comment that begins with `comity:`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Comment {
    /// All of it, with its marks; of one in the margin the words that it stands on, or their paragraph where it stands on none.
    pub(crate) span: Span,
    pub(crate) said: CommentText,
    /// The block whose text goes on around the comment, or ends before it in the same paragraph, by its index.
    pub(crate) block: Option<usize>,
    /// True if it begins a block of HTML of its own, which parts the text before it from the text behind it.
    pub(crate) parts_text: bool,
    /// True if it ends. One that does not hides all that follows; its span is that of its first line.
    pub(crate) closed: bool,
}

/// The text of a comment behind `comity:`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CommentText {
    /// These bytes of the source. In a block quotation the lines behind the first begin with its marks.
    Source(Span),
    /// A text in the margin.
    Margin {
        /// The text, which does not stand in the source.
        text: Arc<str>,
        /// The bytes of the paragraphs that the comment is about.
        paragraphs: Span,
    },
}

impl Comment {
    /// Its text behind `comity:`.
    pub(crate) fn text<'s>(&'s self, source: &'s str) -> &'s str {
        match &self.said {
            CommentText::Source(span) => &source[span.range()],
            CommentText::Margin { text, .. } => text,
        }
    }

    /// The bytes of the source at which these of its text are reported.
    pub(crate) fn place(&self, text: Range<usize>) -> Span {
        match self.said {
            CommentText::Source(said) => Span::new(said.start() + text.start, said.start() + text.end),
            CommentText::Margin { .. } => self.span,
        }
    }

    /// The bytes of the paragraphs that it is about, if it stands in the margin. There is nothing in the source to change then.
    pub(crate) fn paragraphs(&self) -> Option<Span> {
        match self.said {
            CommentText::Source(_) => None,
            CommentText::Margin { paragraphs, .. } => Some(paragraphs),
        }
    }

    /// The byte of the source from which on it holds, if it says that something begins there.
    pub(crate) fn holds_from(&self) -> usize {
        self.paragraphs().map_or(self.span.end(), |paragraphs| paragraphs.start())
    }

    /// The byte of the source up to which what was before it holds, if it says that this ends there.
    pub(crate) fn holds_to(&self) -> usize {
        self.paragraphs().unwrap_or(self.span).start()
    }

    /// The comment at `span`; `None` if it does not speak to comity.
    pub(crate) fn read(source: &str, span: Span) -> Option<Comment> {
        Comment::parse(source, span, span.end().checked_sub(MARKS.1)?)
    }

    /// The comment that begins at byte `start` and is never closed.
    pub(crate) fn read_open(source: &str, start: usize) -> Option<Comment> {
        let len = source.get(start..)?.find(['\n', '\r']).unwrap_or(source.len() - start);
        let comment = Comment::parse(source, Span::new(start, start + len), start + len)?;
        Some(Comment { closed: false, ..comment })
    }

    fn parse(source: &str, span: Span, said_end: usize) -> Option<Comment> {
        let said = said_to_comity(source.get(span.start() + MARKS.0..said_end)?)?;
        let said = CommentText::Source(Span::new(said_end - said.len(), said_end));
        Some(Comment { span, said, block: None, parts_text: false, closed: true })
    }
}

/// The text of a comment behind `comity:`; `None` if it does not speak to comity.
pub(crate) fn said_to_comity(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(|c: char| is_gap(c) || c == '-');
    let (address, said) = text.split_at_checked(ADDRESS.len())?;
    let behind = said.strip_prefix(':');
    let has_colon = behind.is_some();
    // A colon is soon forgotten, and what was to be silenced would be no less silent for it.
    let said = behind.or(Some(said).filter(|said| said.starts_with(is_gap)))?;
    let is_command = |word: &str| COMMANDS.iter().any(|command| command.eq_ignore_ascii_case(word));
    let first = said.split_whitespace().next().unwrap_or_default();
    let is_exact = has_colon && address == ADDRESS;
    let is_meant = is_exact || (address.eq_ignore_ascii_case(ADDRESS) && is_command(first));
    is_meant.then_some(said)
}

/// True for a character between the words of a comment: white space, or a mark of the block quotation around it.
pub(crate) fn is_gap(c: char) -> bool {
    c.is_whitespace() || c == '>'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_comments_that_begin_with_the_name_are_for_comity() {
        let said = |source: &str| {
            let comment = Comment::read(source, Span::new(0, source.len()))?;
            Some(comment.text(source).to_owned())
        };
        let cases = [
            ("<!-- comity: ignore a/b -- c -->", Some(" ignore a/b -- c ")),
            ("<!--comity:on-->", Some("on")),
            ("<!--\n> comity: on\n-->", Some(" on\n")),
            ("<!-- comity:-->", Some("")),
            ("<!-- Comity: a word of ours -->", None),
            ("<!-- Comity: Ignore a/b -- c -->", Some(" Ignore a/b -- c ")),
            ("<!-- comity ignore a/b -- c -->", Some(" ignore a/b -- c ")),
            ("<!--- comity: on --->", Some(" on -")),
            ("<!-- comity among nations -->", None),
            ("<!-- comity -->", None),
            ("<!-- the comity: of nations -->", None),
            ("<!-->", None),
            ("<!--->", None),
            ("<!---->", None),
        ];
        for (source, expected) in cases {
            assert_eq!(said(source).as_deref(), expected, "{source}");
        }
    }
}
