//! What several formats share: JSON by the item, XML that cannot be broken out of, paths and URLs.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::io;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use termcolor::WriteColor;

use crate::finding::Finding;
use crate::shown::{begins_bracket, show, shown_json};

/// JSON in one line, harmless to a terminal.
pub(super) fn json_line(value: &impl Serialize) -> io::Result<String> {
    Ok(shown_json(&serde_json::to_string(value)?))
}

/// The items of a JSON array, written one by one, a line each.
#[derive(Debug, Default)]
pub(super) struct Items {
    begun: bool,
}

impl Items {
    pub(super) fn write(&mut self, out: &mut dyn WriteColor, item: &impl Serialize) -> io::Result<()> {
        let separator = if self.begun { "," } else { "" };
        self.begun = true;
        write!(out, "{separator}\n{}", json_line(item)?)
    }
}

/// Text of an element or a value between double quotation marks in XML 1.0 or HTML, in one line: control characters, which XML
/// forbids, are shown as on a terminal, and what would begin a command of a CI runner is a reference.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Xml<'t>(pub(crate) &'t str);

impl fmt::Display for Xml<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.char_indices().try_for_each(|(at, c)| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => f.write_char('\u{fffd}'),
            '#' if begins_bracket(self.0, at, c) => f.write_str("&#35;"),
            // What stands behind a tag begins no line.
            ':' => f.write_char(c),
            _ => show(self.0, at..at + c.len_utf8(), f),
        })
    }
}

/// What to write instead: `say: this; or: that`, or to take out what was found.
pub(crate) fn say(finding: &Finding) -> String {
    let wordings: Vec<&str> =
        finding.suggestions.iter().map(|s| s.text.as_str()).filter(|text| !text.is_empty()).collect();
    if wordings.is_empty() { "remove it".to_owned() } else { format!("say: {}", wordings.join("; or: ")) }
}

/// The message with what to write instead, for formats that have no place for it.
pub(super) fn advice(finding: &Finding) -> String {
    if finding.suggestions.is_empty() {
        return finding.message.clone();
    }
    format!("{} ({})", finding.message, say(finding))
}

/// The path with forward slashes, as servers want it.
pub(super) fn slashes(path: &str) -> Cow<'_, str> {
    if std::path::MAIN_SEPARATOR == '\\' { path.replace('\\', "/").into() } else { path.into() }
}

/// What may stand in a segment of a path of any URI reference (RFC 3986): a colon in the first one would end a scheme.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The path as a URI: relative if it is.
pub(super) fn uri(path: &str) -> String {
    let path = slashes(path);
    let encoded = utf8_percent_encode(&path, PATH);
    match path.as_bytes() {
        [b'/', ..] => format!("file://{encoded}"),
        [drive, b':', b'/', ..] if drive.is_ascii_alphabetic() => format!("file:///{encoded}"),
        _ => encoded.to_string(),
    }
}

/// The URL of a pack, if a reader can open it in a browser and every character of it may stand in a URI.
pub(super) fn web_url(url: &str) -> Option<&str> {
    let is_web =
        ["https://", "http://"].iter().any(|web| url.get(..web.len()).is_some_and(|it| it.eq_ignore_ascii_case(web)));
    let may_stand = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte);
    (is_web && url.bytes().all(may_stand)).then_some(url)
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

    #[test]
    fn xml_holds_nothing_that_xml_forbids() {
        assert_eq!(Xml("::x ##vso[y] ## z").to_string(), "::x #&#35;vso[y] ## z");
        let hostile = "]]>\"'<a>&amp;\u{1b}\0\n\u{b}\u{fffe}\u{ffff}\u{85}\u{2028}\u{202e}안";
        let expected = "]]&gt;&quot;'&lt;a&gt;&amp;amp;\u{241b}\u{2400}\u{240a}\u{240b}\u{fffd}\u{fffd}\\u{85}\\u{2028}\\u{202e}안";
        assert_eq!(Xml(hostile).to_string(), expected);
    }
}
