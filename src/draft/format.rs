//! The formats that drafts are written in, and the shape of what is declared of each.

use std::io::{Read, Seek};

use super::content::Content;
use super::document::{DocumentError, DocumentReading};
use super::layout::DocumentText;
use super::parsed::ParsedDraft;

/// A format that drafts are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
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
    /// An OpenDocument text in one XML file.
    #[cfg(feature = "office")]
    FlatOpenDocument,
    /// A document in the Rich Text Format. What is checked is what is of a document of Word.
    #[cfg(feature = "office")]
    Rtf,
    /// A document of Word 97 to 2003. What is checked is what is of a document of Word.
    #[cfg(feature = "office")]
    Doc,
    /// A PDF file. What is checked is the text that its pages show.
    #[cfg(feature = "pdf")]
    Pdf,
}

/// The declaration of a format.
pub(super) struct FormatEntry {
    pub(super) format: Format,
    /// Its name in a sentence.
    pub(super) name: &'static str,
    /// Extensions of file names, in lower case. A directory is searched for files that have one.
    pub(super) extensions: &'static [&'static str],
    /// The names that editors have for it.
    pub(super) languages: &'static [&'static str],
    /// Tells by its content if a file is in the format, whatever its name.
    pub(super) is_content: fn(&Content) -> bool,
    /// True if comments that silence rules can be written into its text.
    pub(super) has_comments: bool,
    pub(super) reader: FormatReader,
}

/// A stream of bytes that can be read from any place.
pub(super) trait Stream: Read + Seek {}

impl<T: Read + Seek> Stream for T {}

/// Reads a document in this way: the versions of its text.
pub(super) type ReadsDocument = fn(&mut dyn Stream, DocumentReading<'_>) -> Result<Vec<DocumentText>, DocumentError>;

/// The function that reads a format.
#[derive(Clone, Copy)]
pub(super) enum FormatReader {
    /// The blocks of a text, its markup and its comments; `None` if there are more blocks than so many.
    Text(fn(&str, usize) -> Option<ParsedDraft>),
    /// A document of an office suite.
    Document(ReadsDocument),
}
