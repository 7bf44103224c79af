//! The formats that drafts are written in.
//!
//! To add one, add a file with an [`Entry`] and a line to [`FORMATS`].

use std::io::{Read, Seek};
use std::path::Path;

use super::document::{DocumentError, Revisions};
use super::paper::Paper;
use super::{Parts, html, markdown, odt, text, word};

/// Every format.
const FORMATS: &[Entry] = &[markdown::FORMAT, text::FORMAT, html::FORMAT, word::FORMAT, odt::FORMAT];

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
    Word,
    /// An OpenDocument text, as LibreOffice writes it. What is checked is what is of a document of Word.
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

/// Reads the text of a document, a paragraph a line, and where it stands in its file; of no more bytes than so many.
pub(super) type ReadsDocument = fn(&mut dyn Stream, u64, Revisions) -> Result<(String, Paper), DocumentError>;

/// What reads a format.
#[derive(Clone, Copy)]
pub(super) enum Reader {
    /// The blocks of a text, its markup and its comments; `None` if there are more blocks than so many.
    Text(fn(&str, usize) -> Option<Parts>),
    /// A document of an office suite.
    Document(ReadsDocument),
}

impl Format {
    /// File name extensions, in lower case, and the format of each. A directory is searched for files that have one.
    pub fn extensions() -> impl Iterator<Item = (&'static str, Format)> {
        FORMATS.iter().flat_map(|entry| entry.extensions.iter().map(|&extension| (extension, entry.format)))
    }

    /// Whether drafts of the format are documents of an office suite, not text.
    pub fn is_document(self) -> bool {
        matches!(self.entry().reader, Reader::Document(_))
    }

    /// The format that the name of a file tells; `None` where it tells nothing.
    pub fn of(path: &Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Format::extensions().find(|(known, _)| *known == extension).map(|(_, format)| format)
    }

    /// The format that an editor means with the name of a language.
    pub(crate) fn of_language(language: &str) -> Option<Format> {
        FORMATS.iter().find(|entry| entry.languages.contains(&language)).map(|entry| entry.format)
    }

    /// Whether comments in a draft can silence rules.
    pub(crate) fn has_comments(self) -> bool {
        self.entry().has_comments
    }

    pub(super) fn entry(self) -> &'static Entry {
        FORMATS.iter().find(|entry| entry.format == self).expect("every format is declared")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_declared_once_and_no_extension_means_two() {
        use Format::{Html, Markdown, OpenDocument, Text, Word};
        for format in [Markdown, Text, Html, Word, OpenDocument] {
            assert_eq!(FORMATS.iter().filter(|entry| entry.format == format).count(), 1, "{format:?}");
        }
        for (extension, format) in Format::extensions() {
            assert_eq!(Format::of(Path::new(&format!("a.{}", extension.to_uppercase()))), Some(format), "{extension}");
        }
        assert_eq!(Format::of(Path::new("md")), None);
    }
}
