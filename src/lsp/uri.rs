//! The names that editors give to files.

use std::path::{Path, PathBuf};

use lsp_types::Uri;

use crate::config;

/// The file that a URI names, as [`config::resolve`] gives it.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    let url = url::Url::parse(uri.as_str()).ok().filter(|url| url.scheme() == "file")?;
    url.to_file_path().ok().map(|path| config::resolve(&path))
}

/// The URI of a file.
pub(super) fn uri_of(path: &Path) -> Option<Uri> {
    let url = url::Url::from_file_path(std::path::absolute(path).ok()?).ok()?;
    url.as_str().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_with_spaces_and_hangul_go_there_and_back() {
        let path = Path::new("/no such folder/한국 b#c%.md");
        let uri = uri_of(path).unwrap();
        assert_eq!(uri.as_str(), "file:///no%20such%20folder/%ED%95%9C%EA%B5%AD%20b%23c%25.md");
        assert_eq!(path_of(&uri).as_deref(), Some(path));
    }
}
