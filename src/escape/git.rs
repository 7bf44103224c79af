//! Names of files in a patch, as `git diff` writes them (git-config, `core.quotePath`; git-diff, "Generating patch text with -p").

use std::path::{Component, Path};

/// The name of a file as git writes it in a patch: behind `a/` or `b/`, between quotation marks if there is something in it that
/// would end it. A tab keeps what stands behind a space in the name.
pub(crate) fn git_path(side: &str, name: &str) -> String {
    let parts = Path::new(name).components().filter(|part| !matches!(part, Component::CurDir | Component::RootDir));
    let path = parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    let is_special = |c: char| c.is_control() || c == '"' || c == '\\';
    if !path.contains(is_special) {
        let tab = if path.contains(' ') { "\t" } else { "" };
        return format!("{side}/{path}{tab}");
    }
    let mut quoted = format!("\"{side}/");
    for c in path.chars() {
        if is_special(c) {
            quoted.extend(c.encode_utf8(&mut [0; 4]).bytes().map(|byte| format!("\\{byte:03o}")));
        } else {
            quoted.push(c);
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_where_it_is_meant_to() {
        let cases = [
            ("./drafts/a.md", "a/drafts/a.md"),
            ("/tmp/a.md", "a/tmp/a.md"),
            ("a b.md", "a/a b.md\t"),
            ("\u{d55c}.md", "a/\u{d55c}.md"),
            ("a\n\"b\\.md", "\"a/a\\012\\042b\\134.md\""),
            ("a\u{9b}.md", "\"a/a\\302\\233.md\""),
        ];
        for (name, expected) in cases {
            assert_eq!(git_path("a", name), expected);
        }
    }
}
