//! The documents that are open in the editor.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::Uri;

use super::check::CheckResult;
use super::kind::ContentKind;
use super::published::Published;
use super::text::EditorText;
use crate::config;
use crate::draft::Format;

/// An open document.
#[derive(Debug)]
pub(super) struct OpenDocument {
    pub(super) uri: Uri,
    /// The file that it is the text of; an unsaved one has none.
    pub(super) path: Option<PathBuf>,
    pub(super) language: String,
    pub(super) version: i32,
    pub(super) text: EditorText,
    /// A number that no other text of any document has.
    pub(super) revision: u64,
    /// The last check that was finished.
    pub(super) checked: Option<Arc<CheckResult>>,
    /// The diagnostics that the client has been told, or is told when it asks.
    pub(super) published: Published,
}

impl OpenDocument {
    /// Tells the kind of the document, by what the editor calls its language, its name, and what is in it.
    pub(super) fn kind(&self, config: Option<&Path>) -> ContentKind {
        let path = self.path.as_deref();
        let is_named = path.and_then(Path::file_name).is_some_and(|name| name == config::FILE_NAME);
        if is_named || path.is_some_and(|path| Some(path) == config) {
            return ContentKind::Config;
        }
        let extension =
            path.and_then(Path::extension).map(|extension| extension.to_string_lossy().to_ascii_lowercase());
        match (self.language.as_str(), extension.as_deref()) {
            ("yaml", _) | (_, Some("yml" | "yaml")) if is_pack(self.text.as_str()) => ContentKind::Pack,
            ("yaml", _) | (_, Some("yml" | "yaml")) => ContentKind::Other,
            // Editors call any text plain text: what the name says goes first.
            (language, _) => match (Format::from_language(language), path.and_then(Format::from_path)) {
                (None | Some(Format::Text), Some(format)) | (Some(format), _) => ContentKind::Draft(format),
                (None, None) => ContentKind::Other,
            },
        }
    }
}

impl OpenDocument {
    /// True if it may be a pack or a configuration, if perhaps not yet.
    pub(super) fn is_yaml(&self) -> bool {
        let extension = self.path.as_deref().and_then(Path::extension);
        self.language == "yaml" || extension.is_some_and(|extension| extension == "yml" || extension == "yaml")
    }
}

/// True if a YAML file says that it is a pack: `schema:`, and `pack:` or `rules:`, at the start of lines.
fn is_pack(text: &str) -> bool {
    let has = |key: &str| text.lines().any(|line| line.trim_start_matches('\u{feff}').starts_with(key));
    has("schema:") && (has("pack:") || has("rules:"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lsp::text::PositionEncoding;
    use crate::lsp::uri::path_of;

    #[test]
    fn the_language_the_name_and_the_content_tell_what_a_document_is() {
        let [markdown, text, html] = [Format::Markdown, Format::Text, Format::Html].map(ContentKind::Draft);
        let pack = "# ours\nschema: 1\npack: house\n";
        let cases = [
            ("markdown", "untitled:Untitled-1", "", markdown),
            ("plaintext", "untitled:Untitled-1", "", text),
            ("plaintext", "file:///a/b.md", "", markdown),
            ("text", "file:///a/b", "", text),
            ("", "file:///a/%ED%95%9C%20b.TXT", "", text),
            ("yaml", "file:///a/comity.yml", "", ContentKind::Config),
            ("", "file:///a/comity.yml", pack, ContentKind::Config),
            ("yaml", "file:///a/house.yml", pack, ContentKind::Pack),
            ("yaml", "untitled:x", pack, ContentKind::Pack),
            ("", "file:///a/house.yaml", pack, ContentKind::Pack),
            ("yaml", "file:///a/ci.yml", "rules: []\n", ContentKind::Other),
            ("yaml", "file:///a/named.yml", "", ContentKind::Config),
            ("rust", "file:///a/b.rs", "", ContentKind::Other),
            ("html", "untitled:Untitled-1", "", html),
            ("", "file:///a/b.xhtml", "", html),
        ];
        for (language, uri, content, expected) in cases {
            let uri: Uri = uri.parse().unwrap();
            let document = OpenDocument {
                path: path_of(&uri),
                language: language.to_owned(),
                version: 0,
                text: EditorText::new(content.to_owned(), PositionEncoding::Utf16),
                revision: 0,
                checked: None,
                published: Published::default(),
                uri,
            };
            let named = Path::new("/a/named.yml");
            assert_eq!(document.kind(Some(named)), expected, "{language} {:?}", document.uri.as_str());
        }
    }
}
