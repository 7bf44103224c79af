//! What a format that drafts are written in is, and what is declared of one.

use std::io::{Read, Seek};

use super::document::{DocumentError, Version};
use super::layout::DocumentText;
use super::parts::Parts;

/// A format that drafts are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// CommonMark with tables, footnotes, strikethrough and task lists.
    Markdown,
    /// Plain text.
    Text,
    /// HTML and XHTML.
    Html,
    /// A document of Word: WordprocessingML in a zip archive. What is checked, and what spans, lines and columns are counted in,
    /// is its text: each paragraph a line.
    #[cfg(feature = "office")]
    Word,
    /// An OpenDocument text, as LibreOffice writes it. What is checked is what is of a document of Word.
    #[cfg(feature = "office")]
    OpenDocument,
}

/// What is declared of a format.
pub(super) struct Entry {
    pub(super) format: Format,
    /// Extensions of file names, in lower case. A directory is searched for files that have one.
    pub(super) extensions: &'static [&'static str],
    /// What editors call it.
    pub(super) languages: &'static [&'static str],
    /// Whether comments in it can silence rules.
    pub(super) has_comments: bool,
    pub(super) reader: Reader,
}

/// A stream of bytes that can be read from any place.
pub(super) trait Stream: Read + Seek {}

impl<T: Read + Seek> Stream for T {}

/// Reads these versions of the text of a document, of no more bytes than so many.
pub(super) type ReadsDocument = fn(&mut dyn Stream, u64, &[Version]) -> Result<Vec<DocumentText>, DocumentError>;

/// What reads a format.
#[derive(Clone, Copy)]
pub(super) enum Reader {
    /// The blocks of a text, its markup and its comments; `None` if there are more blocks than so many.
    Text(fn(&str, usize) -> Option<Parts>),
    /// A document of an office suite.
    Document(ReadsDocument),
}
