//! Character references: `&amp;`, `&#8209;`, `&nbsp` without its semicolon.

/// The context of a character reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReferenceContext {
    Text,
    /// The value of an attribute, where `&copy=1` is part of an address.
    Attribute,
}

/// The most bytes of a name that is looked up; the longest has 32 with its semicolon.
const MAX_NAME: usize = 40;

/// The most bytes of a reference that may lack its semicolon, with its ampersand.
const MAX_BARE: usize = 8;

/// The characters of the reference that `text` begins with, and its length in bytes.
pub(super) fn decode(text: &str, place: ReferenceContext) -> Option<(String, usize)> {
    let inner = text.strip_prefix('&')?;
    if let Some(number) = inner.strip_prefix('#') {
        let (radix, digits) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (16, digits),
            None => (10, number),
        };
        let len = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
        let end = text.len() - digits.len() + len;
        // How a number is written does not matter, and one of a million digits is no character.
        let significant = digits[..len].trim_start_matches('0');
        let prefix = if radix == 16 { "&#x" } else { "&#" };
        let number = format!("{prefix}{};", if significant.is_empty() { "0" } else { significant });
        let number = if significant.len() > 8 { "&#0;".to_owned() } else { number };
        let semicolon = usize::from(text[end..].starts_with(';'));
        return (len > 0).then(|| (htmlize::unescape(&number[..]).into_owned(), end + semicolon));
    }
    let name = 1 + inner.bytes().take(MAX_NAME).take_while(u8::is_ascii_alphanumeric).count();
    if text[name..].starts_with(';') {
        let whole = &text[..name + 1];
        let decoded = htmlize::unescape(whole);
        // A shorter name at its beginning, as in `&notit;`, would leave letters behind it.
        if decoded != whole && decoded.chars().count() <= 2 {
            return Some((decoded.into_owned(), whole.len()));
        }
    }
    (3..=name.min(MAX_BARE)).rev().find_map(|len| {
        let decoded = htmlize::unescape(&text[..len]);
        let is_address =
            place == ReferenceContext::Attribute && text[len..].starts_with(|c: char| c == '=' || c.is_alphanumeric());
        let is_whole = decoded != text[..len] && decoded.chars().count() == 1;
        (is_whole && !is_address).then(|| (decoded.into_owned(), len))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_browsers_read_them() {
        let cases = [
            ("&amp; x", Some(("&", 5))),
            ("&#8209;x", Some(("\u{2011}", 7))),
            ("&#X2011x", Some(("\u{2011}", 7))),
            ("&#00065;", Some(("A", 8))),
            ("&#128;", Some(("\u{20ac}", 6))),
            ("&#0;", Some(("\u{fffd}", 4))),
            ("&#xd800;", Some(("\u{fffd}", 8))),
            ("&#99999999999999999999;", Some(("\u{fffd}", 23))),
            ("&nbsp x", Some(("\u{a0}", 5))),
            ("&nbspx", Some(("\u{a0}", 5))),
            ("&eacutea;", Some(("\u{e9}", 7))),
            ("&notin;", Some(("\u{2209}", 7))),
            ("&notit;", Some(("\u{ac}", 4))),
            ("&semi;", Some((";", 6))),
            ("&NotEqualTilde;", Some(("\u{2242}\u{338}", 15))),
            ("&CounterClockwiseContourIntegral;", Some(("\u{2233}", 33))),
            ("&shy;", Some(("\u{ad}", 5))),
            ("&nosuch;", None),
            ("&;", None),
            ("& amp;", None),
            ("&#;", None),
            ("&#x;", None),
            ("&", None),
            ("x", None),
        ];
        for (text, expected) in cases {
            let expected = expected.map(|(decoded, len)| (decoded.to_owned(), len));
            assert_eq!(decode(text, ReferenceContext::Text), expected, "{text}");
        }
        assert_eq!(decode("&copy=1", ReferenceContext::Attribute), None);
        assert_eq!(decode("&copyx", ReferenceContext::Attribute), None);
        assert_eq!(decode("&copy x", ReferenceContext::Attribute), Some(("\u{a9}".to_owned(), 5)));
    }
}
