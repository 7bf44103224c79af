//! Text in XML 1.0 (W3C, fifth edition): `&` and `<` are references (2.4), and characters that no document may hold (2.2) are not there.

use std::fmt::{self, Write};

use super::terminal::{begins_bracket, show};

/// Text of a document, character by character; U+FFFD stands for what XML forbids. Not for the value of an attribute.
#[cfg(feature = "office")]
pub(crate) fn xml_text(text: &str) -> String {
    quick_xml::escape::partial_escape(xml_chars(text)).into_owned()
}

/// A text with U+FFFD for each character that XML forbids.
#[cfg(feature = "office")]
pub(crate) fn xml_chars(text: &str) -> String {
    let is_forbidden =
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    text.replace(is_forbidden, "\u{fffd}")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_holds_nothing_that_xml_forbids() {
        assert_eq!(Xml("::x ##vso[y] ## z").to_string(), "::x #&#35;vso[y] ## z");
        let hostile = "]]>\"'<a>&amp;\u{1b}\0\n\u{b}\u{fffe}\u{ffff}\u{85}\u{2028}\u{202e}안";
        let expected = "]]&gt;&quot;'&lt;a&gt;&amp;amp;\u{241b}\u{2400}\u{240a}\u{240b}\u{fffd}\u{fffd}\\u{85}\\u{2028}\\u{202e}안";
        assert_eq!(Xml(hostile).to_string(), expected);
    }

    #[test]
    fn a_document_holds_every_character_that_it_may() {
        let text = "a<b>&\"c\"\t\u{202e}\u{85}\0\u{1b}\u{ffff}";
        assert_eq!(xml_text(text), "a&lt;b&gt;&amp;\"c\"\t\u{202e}\u{85}\u{fffd}\u{fffd}\u{fffd}");
    }
}
