//! Paths and addresses as URIs (RFC 3986).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The path with forward slashes, as servers want it.
pub(crate) fn slashes(path: &str) -> Cow<'_, str> {
    if std::path::MAIN_SEPARATOR == '\\' { path.replace('\\', "/").into() } else { path.into() }
}

/// The characters that may stand in a segment of a path of any URI reference (RFC 3986): a colon in the first one would end a
/// scheme.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The path as a URI: relative if it is.
pub(crate) fn uri(path: &str) -> String {
    let path = slashes(path);
    let encoded = utf8_percent_encode(&path, PATH);
    match path.as_bytes() {
        [b'/', ..] => format!("file://{encoded}"),
        [drive, b':', b'/', ..] if drive.is_ascii_alphabetic() => format!("file:///{encoded}"),
        _ => encoded.to_string(),
    }
}

/// True if a browser may be given this to open.
pub(crate) fn is_web_url(url: &str) -> bool {
    ["https://", "http://"].iter().any(|web| url.get(..web.len()).is_some_and(|it| it.eq_ignore_ascii_case(web)))
}

/// The URL of a pack, if a reader can open it in a browser and every character of it may stand in a URI.
pub(crate) fn web_url(url: &str) -> Option<&str> {
    let may_stand = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte);
    (is_web_url(url) && url.bytes().all(may_stand)).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_uri_whatever_is_in_it() {
        let cases = [
            ("drafts/summit.md", "drafts/summit.md"),
            ("./a b/100%,#?.md", "./a%20b/100%25%2C%23%3F.md"),
            ("공동성명.md", "%EA%B3%B5%EB%8F%99%EC%84%B1%EB%AA%85.md"),
            ("javascript:x.md", "javascript%3Ax.md"),
            ("/tmp/a.md", "file:///tmp/a.md"),
            ("<stdin>", "%3Cstdin%3E"),
            ("a\n\"\u{202e}.md", "a%0A%22%E2%80%AE.md"),
        ];
        for (path, expected) in cases {
            assert_eq!(uri(path), expected);
        }
    }

    #[test]
    fn a_url_is_given_on_only_if_it_is_one() {
        for good in ["https://example.org/a?b=%20#c", "HTTPS://example.org"] {
            assert_eq!(web_url(good), Some(good));
        }
        for bad in ["javascript:x", "https://example.org/a b", "https://example.org/\"", "http://é.org", ""] {
            assert_eq!(web_url(bad), None, "{bad}");
        }
    }
}
