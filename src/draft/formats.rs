//! The formats that drafts are written in.
//!
//! To add one, add a file with a [`FormatEntry`] and a line to [`FORMATS`].

use std::path::Path;

use super::content::Content;
use super::format::{Format, FormatEntry, FormatReader};
#[cfg(feature = "pdf")]
use super::pdf;
#[cfg(feature = "office")]
use super::{doc, odt, rtf, word};
use super::{html, markdown, text};

/// Every format, in the order in which messages list them.
const FORMATS: &[FormatEntry] = &[
    #[cfg(feature = "office")]
    word::FORMAT,
    #[cfg(feature = "office")]
    odt::FORMAT,
    #[cfg(feature = "office")]
    odt::flat::FORMAT,
    #[cfg(feature = "office")]
    rtf::FORMAT,
    #[cfg(feature = "office")]
    doc::FORMAT,
    #[cfg(feature = "pdf")]
    pdf::FORMAT,
    html::FORMAT,
    markdown::FORMAT,
    text::FORMAT,
];

impl Format {
    /// File name extensions, in lower case, and the format of each. A directory is searched for files that have one.
    pub fn extensions() -> impl Iterator<Item = (&'static str, Format)> {
        FORMATS.iter().flat_map(|entry| entry.extensions.iter().map(|&extension| (extension, entry.format)))
    }

    /// True if drafts of the format are documents of an office suite, not text.
    pub fn is_document(self) -> bool {
        matches!(self.entry().reader, FormatReader::Document(_))
    }

    /// True if documents of the format are zip archives.
    pub(super) fn is_archive(self) -> bool {
        match self {
            #[cfg(feature = "office")]
            Format::Word | Format::OpenDocument => true,
            _ => false,
        }
    }

    /// The format that the name of a file tells; `None` where it tells nothing.
    pub fn from_path(path: &Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Format::extensions().find(|(known, _)| *known == extension).map(|(_, format)| format)
    }

    /// The format that the content of a file tells, whose name tells this one; `None` where it tells nothing. A name that tells a
    /// format of text is right unless the content is a document: Markdown may begin with HTML, and a plain text with what it speaks
    /// of.
    pub(super) fn from_content(content: &Content, named: Option<Format>) -> Option<Format> {
        let told = FORMATS.iter().find(|entry| (entry.is_content)(content))?.format;
        (told.is_document() || named.is_none_or(Format::is_document)).then_some(told)
    }

    /// The formats that are read, each with its first extension, to those whose draft is not.
    pub(crate) fn list() -> String {
        let names: Vec<_> = FORMATS.iter().map(|entry| format!("{} (.{})", entry.name, entry.extensions[0])).collect();
        names.split_last().map_or_else(String::new, |(last, others)| format!("{} or {last}", others.join(", ")))
    }

    /// The format that an editor means with the name of a language.
    pub(crate) fn from_language(language: &str) -> Option<Format> {
        FORMATS.iter().find(|entry| entry.languages.contains(&language)).map(|entry| entry.format)
    }

    /// True if comments that silence rules can be written into the text of a draft.
    pub(crate) fn has_comments(self) -> bool {
        self.entry().has_comments
    }

    pub(super) fn entry(self) -> &'static FormatEntry {
        FORMATS.iter().find(|entry| entry.format == self).expect("every format is declared")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_declared_once_and_no_extension_means_two() {
        for FormatEntry { format, .. } in FORMATS {
            assert_eq!(FORMATS.iter().filter(|entry| entry.format == *format).count(), 1, "{format:?}");
        }
        for (extension, format) in Format::extensions() {
            assert_eq!(
                Format::from_path(Path::new(&format!("a.{}", extension.to_uppercase()))),
                Some(format),
                "{extension}"
            );
        }
        assert_eq!(Format::from_path(Path::new("md")), None);
        #[cfg(feature = "pdf")]
        assert_eq!(
            Format::list(),
            "Word (.docx), OpenDocument (.odt), flat OpenDocument (.fodt), RTF (.rtf), Word 97-2003 (.doc), PDF (.pdf), HTML (.html), \
             Markdown (.md) or plain text (.txt)"
        );
    }
}
