//! Documents of kinds that no reader knows, told by the ends of their names.

use std::path::Path;

use super::format::Format;

/// Extensions of documents that are not text, so that reading them as text would be wrong where no reader knows them.
const NOT_TEXT: &[&str] = &[
    "abw", "doc", "docm", "docx", "dot", "dotm", "dotx", "epub", "fodt", "hwp", "hwpx", "key", "msg", "odm", "odp",
    "odt", "ott", "pages", "pdf", "ppt", "pptx", "ps", "rtf", "sxw", "wpd", "wps", "xps",
];

/// Extensions of texts with a markup that no reader knows. Such a draft is read as plain text where the command line names it; a
/// folder is not searched for them.
const OTHER_MARKUP: &[&str] = &["adoc", "asciidoc", "eml", "mht", "mhtml", "org", "rst", "tex", "textile", "typ"];

/// The extension, in lower case, of a file that by its name is a document and that no reader knows.
pub(crate) fn unknown_document(path: &Path) -> Option<String> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    let is_document = NOT_TEXT.contains(&extension.as_str()) || OTHER_MARKUP.contains(&extension.as_str());
    (is_document && Format::from_path(path).is_none()).then_some(extension)
}

/// The extension, in lower case, of a file that by its name is a document, that is no text, and that no reader knows.
pub(super) fn unknown_binary(path: &Path) -> Option<String> {
    unknown_document(path).filter(|extension| NOT_TEXT.contains(&extension.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_that_no_reader_knows_is_told_by_its_name() {
        for (name, expected) in [
            ("a.hwp", Some("hwp")),
            ("A.Pages", Some("pages")),
            ("a.tex", Some("tex")),
            ("a.md", None),
            ("a.rs", None),
            ("pages", None),
            (".tex", None),
        ] {
            assert_eq!(unknown_document(Path::new(name)).as_deref(), expected, "{name}");
        }
        assert_eq!(unknown_binary(Path::new("a.tex")), None);
        assert_eq!(unknown_binary(Path::new("a.hwp")).as_deref(), Some("hwp"));
    }
}
