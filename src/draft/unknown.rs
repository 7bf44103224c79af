//! Files of kinds that no reader knows, told by the ends of their names.

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

/// Extensions of files in which nobody looks for the words of a statement: images that are no scans, fonts, sound and film, code, data,
/// settings and what builds leave behind.
const NO_DRAFT: &[&str] = &[
    // Images, fonts, sound and film.
    "ai", "avi", "avif", "bmp", "eot", "eps", "flac", "gif", "icns", "ico", "jpeg", "jpg", "m4a", "m4v", "mkv", "mov",
    "mp3", "mp4", "ogg", "otf", "png", "psd", "svg", "ttc", "ttf", "wav", "webm", "webp", "woff", "woff2",
    // Code and settings.
    "bash", "bat", "c", "cc", "cfg", "cjs", "cmake", "cmd", "conf", "cpp", "cs", "css", "cts", "el", "fish", "go",
    "gradle", "graphql", "h", "hpp", "ini", "java", "js", "jsx", "kt", "less", "lua", "map", "mjs", "mk", "mts", "nix",
    "php", "pl", "proto", "ps1", "py", "r", "rb", "rs", "sass", "scss", "sh", "sql", "svelte", "swift", "tf", "ts",
    "tsx", "vim", "vue", "zsh", // Data, and what programs make.
    "a", "asc", "bib", "bin", "class", "crt", "csl", "db", "dll", "dylib", "exe", "gpg", "idx", "jar", "json", "json5",
    "jsonc", "jsonl", "lock", "o", "obj", "pack", "pem", "pyc", "sarif", "sha256", "sig", "so", "sqlite", "toml",
    "wasm", "whl", "yaml", "yml",
];

/// Names without an extension of files in which nobody looks for the words of a statement.
const NO_DRAFT_NAMES: &[&str] = &[
    "CNAME", "CODEOWNERS", "Containerfile", "Dockerfile", "Gemfile", "Justfile", "LICENSE", "Makefile", "Procfile",
    "Rakefile",
];

/// The extension, in lower case, of a file in a folder that may hold words and that no reader knows; empty where its name has none.
pub(crate) fn unknown_file(path: &Path) -> Option<String> {
    if Format::from_path(path).is_some() {
        return None;
    }
    let name = path.file_name()?.to_string_lossy();
    // Behind the point of `draft v1.2` no extension stands.
    let is_extension = |c: char| c.is_ascii_alphanumeric() || matches!(c, '~' | '_' | '-');
    let extension =
        path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase()).filter(|extension| {
            extension.len() <= 12
                && extension.chars().all(is_extension)
                && extension.contains(|c: char| c.is_ascii_alphabetic())
        });
    match extension {
        Some(extension) => (!NO_DRAFT.contains(&extension.as_str())).then_some(extension),
        None => (!NO_DRAFT_NAMES.contains(&&*name)).then(String::new),
    }
}

/// The extension, in lower case, of a file that by its name is a document and that no reader knows.
fn unknown_document(path: &Path) -> Option<String> {
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
        for (name, expected) in [
            ("LETTER", Some("")),
            ("draft v1.2", Some("")),
            ("Draft No. 3", Some("")),
            ("a.log", Some("log")),
            ("a.md.BAK", Some("bak")),
            ("a.md~", Some("md~")),
            ("a.xml", Some("xml")),
            ("a.tex", Some("tex")),
            ("a.zip", Some("zip")),
            ("a.mdx", None),
            ("a.rmd", None),
            ("a.shtml", None),
            ("a.PNG", None),
            ("a.rs", None),
            ("LICENSE", None),
        ] {
            assert_eq!(unknown_file(Path::new(name)).as_deref(), expected, "{name}");
        }
        assert_eq!(unknown_binary(Path::new("a.tex")), None);
        assert_eq!(unknown_binary(Path::new("a.hwp")).as_deref(), Some("hwp"));
    }
}
