//! Residues: what a draft carries that is not the text to be issued. Comments, tracked changes, hidden and marked words, names of people and
//! files.
//!
//! Readers of documents keep them where they are asked to; of text they follow from what is not read and from its markup.

use super::comment::Comment;
use super::inline::{Inline, Markup};
use super::unread::{Unread, UnreadReason};
use crate::declare::choices;
use crate::span::{SourceText, Span, floor_char};
use crate::text::collapsed;

choices! {
    /// A kind of residues.
    #[non_exhaustive]
    pub enum ResidueKind {
        /// A comment, in the margin of a document or in the source of a text.
        Comment = "comment",
        /// Words that a tracked change brings in, or that are marked as inserted.
        Insertion = "insertion",
        /// Words that a tracked change takes out, or that are marked as deleted.
        Deletion = "deletion",
        /// A tracked change of how words look.
        Formatting = "formatting",
        /// Words that are there and not seen.
        HiddenText = "hidden-text",
        /// Words that are marked with a colour.
        Highlight = "highlight",
        /// Words with a line through them.
        StruckOut = "struck-out",
        /// The name of a person who wrote, changed or printed the draft.
        Author = "author",
        /// Another fact in the properties of the document: a company, keywords, a status, what a program of an office has put there.
        Property = "property",
        /// A field that shows the name of the file or of its template.
        FileName = "file-name",
        /// A way to a file on a computer or a server.
        Path = "path",
        /// A thing of another kind in the file: a table or a document, a program, an earlier version, data.
        Embedded = "embedded",
        /// The draft is of a format in which not all of this is looked for.
        NotLookedFor = "not-looked-for",
    }
}

/// The most characters of its words that a residue keeps.
const MAX_WORDS: usize = 160;

/// A residue in a draft, or in a paragraph of a document.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Residue<In = SourceText> {
    /// The kind.
    pub kind: ResidueKind,
    /// The bytes at which it stands, none for what stands between words; `None` for what is of the document as a whole.
    pub span: Option<Span<In>>,
    /// What it is, in words, with who did it where that is told: `a comment by Anna Example`.
    pub what: String,
    /// The first words of it, if it has any.
    pub words: String,
}

impl<In> Residue<In> {
    /// A residue at these bytes.
    pub(super) fn at(kind: ResidueKind, span: Span<In>, what: String, words: &str) -> Residue<In> {
        let mut residue = Residue { kind, span: Some(span), what, words: String::new() };
        residue.add_words(words);
        residue
    }

    /// A residue of the document as a whole.
    #[cfg(feature = "office")]
    pub(super) fn of_document(kind: ResidueKind, what: impl Into<String>, words: &str) -> Residue<In> {
        let mut residue = Residue { kind, span: None, what: what.into(), words: String::new() };
        residue.add_words(&collapsed(words));
        residue
    }

    /// The same residue in another text, which begins so many bytes before this one, and of which it may fill no more than `len` bytes.
    #[cfg(feature = "office")]
    pub(super) fn moved<To>(self, by: usize, len: usize) -> Residue<To> {
        let Residue { kind, span, what, words } = self;
        let span = span.map(|span| Span::new(span.start().min(len) + by, span.end().min(len) + by));
        Residue { kind, span, what, words }
    }

    /// The same residue in a text that may have been changed since, and be shorter.
    pub(super) fn within(&self, text: &str) -> Residue<In> {
        let at = |byte: usize| floor_char(text, byte.min(text.len()));
        let span = self.span.as_ref().map(|span| Span::new(at(span.start()), at(span.end())));
        let Residue { kind, what, words, .. } = self;
        Residue { kind: *kind, span, what: what.clone(), words: words.clone() }
    }

    /// Adds words, until there are enough.
    pub(super) fn add_words(&mut self, words: &str) {
        let left = MAX_WORDS.saturating_sub(self.words.chars().count());
        self.words.extend(words.chars().take(left));
    }
}

/// What somebody did: `a comment by Anna Example`.
#[cfg(feature = "office")]
pub(super) fn by(what: &str, who: &str) -> String {
    let who = collapsed(who);
    if who.is_empty() { what.to_owned() } else { format!("{what} by {who}") }
}

/// True for an address that leads to a file on a computer or a server.
pub(super) fn is_path(address: &str) -> bool {
    let mut chars = address.chars();
    let is_drive = chars.next().is_some_and(|c| c.is_ascii_alphabetic()) && address[1..].starts_with(":");
    let is_file = address.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"));
    is_file || is_drive && matches!(address.as_bytes().get(2), Some(b'/' | b'\\')) || address.starts_with("\\\\")
}

/// The elements and marks that say of the words in them that they are not to stay, or not yet agreed.
const MARKUP: &[(&str, ResidueKind, &str)] = &[
    ("<del", ResidueKind::Deletion, "words marked as deleted"),
    ("<ins", ResidueKind::Insertion, "words marked as inserted"),
    ("<strike", ResidueKind::StruckOut, "words struck out"),
    ("<s", ResidueKind::StruckOut, "words struck out"),
    ("<mark", ResidueKind::Highlight, "words highlighted"),
    ("~", ResidueKind::StruckOut, "words struck out"),
];

/// The marks that stand before and behind words and say the same of them.
const MARKS: &[(&str, &str, ResidueKind, &str)] = &[
    ("{++", "++}", ResidueKind::Insertion, "words marked as inserted"),
    ("++", "++", ResidueKind::Insertion, "words marked as inserted"),
    ("{==", "==}", ResidueKind::Highlight, "words highlighted"),
    ("==", "==", ResidueKind::Highlight, "words highlighted"),
];

/// The residues of a text with such comments that speak to comity, such parts that are not read, and such markup, in its order.
pub(super) fn of_text(source: &str, comments: &[Comment], unread: &[Unread], markup: &Markup) -> Vec<Residue> {
    let written = |kind, what: &str, span: Span| {
        let words = &source[span.range()];
        let inner = words.strip_prefix("<!--").map(|rest| rest.strip_suffix("-->").unwrap_or(rest));
        Residue::at(kind, span, what.to_owned(), &collapsed(inner.unwrap_or(words)))
    };
    let for_comity = comments.iter().map(|comment| written(ResidueKind::Comment, "a comment", comment.span));
    let unread = unread.iter().filter_map(|&Unread { span, reason }| match reason {
        UnreadReason::Comment => Some(written(ResidueKind::Comment, "a comment", span)),
        UnreadReason::Hidden => Some(written(ResidueKind::HiddenText, "hidden text", span)),
        UnreadReason::Deleted => Some(written(ResidueKind::Deletion, "words marked as deleted", span)),
        _ => None,
    });
    let marked = markup.all().iter().filter_map(|inline| marked(source, inline));
    let mut all: Vec<Residue> = for_comity.chain(unread).chain(marked).collect();
    all.extend(between_marks(source, markup));
    sort(&mut all);
    all
}

/// Sorts residues by their places.
pub(super) fn sort(residues: &mut [Residue]) {
    residues.sort_by_key(|residue| residue.span.map(|span| (span.start(), span.end())));
}

/// The residues that pairs of marks make of the words between them.
fn between_marks(source: &str, markup: &Markup) -> Vec<Residue> {
    let mut marks = markup.all().iter().filter(|inline| inline.is_mark()).map(|inline| inline.outer);
    let mut found = Vec::new();
    while let Some(open) = marks.next() {
        let Some(&(_, closer, kind, what)) = MARKS.iter().find(|(mark, ..)| source[open.range()] == **mark) else {
            continue;
        };
        if let Some(close) = marks.clone().find(|mark| source[mark.range()] == *closer) {
            let words = collapsed(&source[open.end()..close.start()]);
            found.push(Residue::at(kind, Span::new(open.start(), close.end()), what.to_owned(), &words));
            // Both ends of a pair may look alike.
            while marks.next().is_some_and(|mark| mark != close) {}
        }
    }
    found
}

/// The residue that a piece of markup makes of the words in it.
fn marked(source: &str, inline: &Inline) -> Option<Residue> {
    if inline.is_mark() {
        return None;
    }
    let outer = &source[inline.outer.range()];
    let is_of = |mark: &str| {
        let begins = outer.get(..mark.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(mark));
        let goes_on =
            outer.as_bytes().get(mark.len()).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
        begins && !(mark.starts_with('<') && goes_on)
    };
    let &(_, kind, what) = MARKUP.iter().find(|(mark, ..)| is_of(mark))?;
    Some(Residue::at(kind, inline.outer, what.to_owned(), &collapsed(&source[inline.inner.range()])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_from_addresses() {
        for path in ["file:///C:/a.docx", "FILE://server/a", "\\\\server\\share\\a.docx", "C:\\a.docx", "d:/a"] {
            assert!(is_path(path), "{path}");
        }
        for address in ["https://example.org/C:/a", "mailto:a@example.org", "#heading", "a.docx", "", "\u{e9}:/"] {
            assert!(!is_path(address), "{address}");
        }
    }
}
