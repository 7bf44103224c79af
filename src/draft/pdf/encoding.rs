//! The encodings of fonts of one byte a letter (ISO 32000-2, 9.6.5 and annex D), and the names of glyphs.

use encoding_rs::{MACINTOSH, WINDOWS_1252};
use hayro_syntax::object::{Array, Dict, Name, Object};

use crate::draft::code_page;

/// The encoding that the differences of a font are told from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Base {
    Standard,
    WinAnsi,
    MacRoman,
}

/// The text of each code of a font.
#[derive(Debug)]
pub(super) struct SimpleEncoding {
    base: Base,
    /// True for a font whose letters are pictures unless its differences say otherwise.
    is_symbolic: bool,
    /// The text of the codes that differ; `None` of one whose name says nothing.
    differences: Vec<(u8, Option<String>)>,
}

/// The flag of a font whose letters are not those of Latin.
const SYMBOLIC: i32 = 4;

impl SimpleEncoding {
    pub(super) fn read(font: &Dict<'_>, subtype: &str) -> SimpleEncoding {
        let base = |name: &str| match name {
            "WinAnsiEncoding" => Some(Base::WinAnsi),
            "MacRomanEncoding" => Some(Base::MacRoman),
            "StandardEncoding" => Some(Base::Standard),
            _ => None,
        };
        let descriptor = font.get::<Dict<'_>>("FontDescriptor");
        let flags = descriptor.and_then(|descriptor| descriptor.get::<i32>("Flags")).unwrap_or(0);
        let name = font.get::<Name<'_>>("BaseFont").map(|name| name.as_str().to_owned()).unwrap_or_default();
        let mut differences = Vec::new();
        let mut named = None;
        match font.get::<Object<'_>>("Encoding") {
            Some(Object::Name(name)) => named = base(name.as_str()),
            Some(Object::Dict(dict)) => {
                named = dict.get::<Name<'_>>("BaseEncoding").and_then(|name| base(name.as_str()));
                if let Some(array) = dict.get::<Array<'_>>("Differences") {
                    differences = read_differences(&array);
                }
            }
            _ => {}
        }
        let usual = if subtype == "TrueType" { Base::WinAnsi } else { Base::Standard };
        let is_pictures = ["Symbol", "Dingbats", "Wingdings", "Webdings"].iter().any(|part| name.contains(part));
        let is_symbolic = named.is_none() && (is_pictures || flags & SYMBOLIC != 0 || subtype == "Type3");
        SimpleEncoding { base: named.unwrap_or(usual), is_symbolic, differences }
    }

    /// The text of a code; `None` where nothing tells it.
    pub(super) fn text(&self, code: u8) -> Option<String> {
        if let Some((_, text)) = self.differences.iter().rev().find(|(at, _)| *at == code) {
            return text.clone();
        }
        // Most fonts that say that they are symbolic are parts of fonts of letters, in the usual encoding.
        if self.is_symbolic && !(0x20..0x7f).contains(&code) {
            return None;
        }
        let c = match self.base {
            Base::WinAnsi => code_page::decode(&[code], WINDOWS_1252),
            Base::MacRoman => code_page::decode(&[code], MACINTOSH),
            Base::Standard => return standard(code).map(String::from),
        };
        (code >= 0x20).then_some(c)
    }
}

/// The differences of an encoding: a code, and the names of the glyphs of it and those behind it.
fn read_differences(array: &Array<'_>) -> Vec<(u8, Option<String>)> {
    let mut code: i32 = 0;
    let mut differences = Vec::new();
    for object in array.iter::<Object<'_>>().take(1024) {
        match object {
            Object::Number(number) => code = i32::try_from(number.as_i64()).unwrap_or(-1),
            Object::Name(name) => {
                if let Ok(code) = u8::try_from(code) {
                    differences.push((code, of_name(name.as_str())));
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    differences
}

/// The character of a code of the standard encoding.
fn standard(code: u8) -> Option<char> {
    /// From 0xa1 on; a space where there is none.
    const UPPER: &str = "\u{a1}\u{a2}\u{a3}\u{2044}\u{a5}\u{192}\u{a7}\u{a4}'\u{201c}\u{ab}\u{2039}\u{203a}\u{fb01}\u{fb02} \
                         \u{2013}\u{2020}\u{2021}\u{b7} \u{b6}\u{2022}\u{201a}\u{201e}\u{201d}\u{bb}\u{2026}\u{2030} \u{bf} \
                         `\u{b4}\u{2c6}\u{2dc}\u{af}\u{2d8}\u{2d9}\u{a8} \u{2da}\u{b8} \u{2dd}\u{2db}\u{2c7}\u{2014}";
    match code {
        b'\'' => Some('\u{2019}'),
        b'`' => Some('\u{2018}'),
        0x20..0x7f => Some(char::from(code)),
        0xa1..=0xd0 => UPPER.chars().nth(usize::from(code - 0xa1)).filter(|c| *c != ' '),
        0xe1 => Some('\u{c6}'),
        0xe3 => Some('\u{aa}'),
        0xe8 => Some('\u{141}'),
        0xe9 => Some('\u{d8}'),
        0xea => Some('\u{152}'),
        0xeb => Some('\u{ba}'),
        0xf1 => Some('\u{e6}'),
        0xf5 => Some('\u{131}'),
        0xf8 => Some('\u{142}'),
        0xf9 => Some('\u{f8}'),
        0xfa => Some('\u{153}'),
        0xfb => Some('\u{df}'),
        _ => None,
    }
}

/// The characters that stand behind the names of glyphs (Adobe Glyph List 2.0), beside letters, with accents or not.
const NAMES: &[(&str, &str)] = &[
    ("space", " "),
    ("exclam", "!"),
    ("quotedbl", "\""),
    ("numbersign", "#"),
    ("dollar", "$"),
    ("percent", "%"),
    ("ampersand", "&"),
    ("quotesingle", "'"),
    ("quoteright", "\u{2019}"),
    ("quoteleft", "\u{2018}"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("asterisk", "*"),
    ("plus", "+"),
    ("comma", ","),
    ("hyphen", "-"),
    ("sfthyphen", "\u{ad}"),
    ("minus", "\u{2212}"),
    ("period", "."),
    ("slash", "/"),
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("colon", ":"),
    ("semicolon", ";"),
    ("less", "<"),
    ("equal", "="),
    ("greater", ">"),
    ("question", "?"),
    ("at", "@"),
    ("bracketleft", "["),
    ("backslash", "\\"),
    ("bracketright", "]"),
    ("asciicircum", "^"),
    ("underscore", "_"),
    ("grave", "`"),
    ("braceleft", "{"),
    ("bar", "|"),
    ("braceright", "}"),
    ("asciitilde", "~"),
    ("exclamdown", "\u{a1}"),
    ("cent", "\u{a2}"),
    ("sterling", "\u{a3}"),
    ("currency", "\u{a4}"),
    ("yen", "\u{a5}"),
    ("brokenbar", "\u{a6}"),
    ("section", "\u{a7}"),
    ("dieresis", "\u{a8}"),
    ("copyright", "\u{a9}"),
    ("ordfeminine", "\u{aa}"),
    ("guillemotleft", "\u{ab}"),
    ("logicalnot", "\u{ac}"),
    ("registered", "\u{ae}"),
    ("macron", "\u{af}"),
    ("degree", "\u{b0}"),
    ("plusminus", "\u{b1}"),
    ("twosuperior", "\u{b2}"),
    ("threesuperior", "\u{b3}"),
    ("acute", "\u{b4}"),
    ("mu", "\u{b5}"),
    ("paragraph", "\u{b6}"),
    ("periodcentered", "\u{b7}"),
    ("middot", "\u{b7}"),
    ("cedilla", "\u{b8}"),
    ("onesuperior", "\u{b9}"),
    ("ordmasculine", "\u{ba}"),
    ("guillemotright", "\u{bb}"),
    ("onequarter", "\u{bc}"),
    ("onehalf", "\u{bd}"),
    ("threequarters", "\u{be}"),
    ("questiondown", "\u{bf}"),
    ("AE", "\u{c6}"),
    ("Oslash", "\u{d8}"),
    ("Thorn", "\u{de}"),
    ("germandbls", "\u{df}"),
    ("ae", "\u{e6}"),
    ("Eth", "\u{d0}"),
    ("eth", "\u{f0}"),
    ("divide", "\u{f7}"),
    ("multiply", "\u{d7}"),
    ("oslash", "\u{f8}"),
    ("thorn", "\u{fe}"),
    ("dotlessi", "\u{131}"),
    ("Lslash", "\u{141}"),
    ("lslash", "\u{142}"),
    ("Dcroat", "\u{110}"),
    ("dcroat", "\u{111}"),
    ("OE", "\u{152}"),
    ("oe", "\u{153}"),
    ("florin", "\u{192}"),
    ("circumflex", "\u{2c6}"),
    ("caron", "\u{2c7}"),
    ("breve", "\u{2d8}"),
    ("dotaccent", "\u{2d9}"),
    ("ring", "\u{2da}"),
    ("ogonek", "\u{2db}"),
    ("tilde", "\u{2dc}"),
    ("hungarumlaut", "\u{2dd}"),
    ("endash", "\u{2013}"),
    ("emdash", "\u{2014}"),
    ("quotesinglbase", "\u{201a}"),
    ("quotedblleft", "\u{201c}"),
    ("quotedblright", "\u{201d}"),
    ("quotedblbase", "\u{201e}"),
    ("dagger", "\u{2020}"),
    ("daggerdbl", "\u{2021}"),
    ("bullet", "\u{2022}"),
    ("ellipsis", "\u{2026}"),
    ("perthousand", "\u{2030}"),
    ("guilsinglleft", "\u{2039}"),
    ("guilsinglright", "\u{203a}"),
    ("fraction", "\u{2044}"),
    ("Euro", "\u{20ac}"),
    ("trademark", "\u{2122}"),
    ("lessequal", "\u{2264}"),
    ("greaterequal", "\u{2265}"),
    ("notequal", "\u{2260}"),
    ("nbspace", "\u{a0}"),
    ("nonbreakingspace", "\u{a0}"),
    ("ff", "ff"),
    ("fi", "fi"),
    ("fl", "fl"),
    ("ffi", "ffi"),
    ("ffl", "ffl"),
];

/// The accents that the names of letters end in, as characters that combine.
const ACCENTS: &[(&str, char)] = &[
    ("grave", '\u{300}'),
    ("acute", '\u{301}'),
    ("circumflex", '\u{302}'),
    ("tilde", '\u{303}'),
    ("macron", '\u{304}'),
    ("breve", '\u{306}'),
    ("dotaccent", '\u{307}'),
    ("dieresis", '\u{308}'),
    ("ring", '\u{30a}'),
    ("hungarumlaut", '\u{30b}'),
    ("caron", '\u{30c}'),
    ("cedilla", '\u{327}'),
    ("commaaccent", '\u{327}'),
    ("ogonek", '\u{328}'),
];

/// The text that the name of a glyph stands for (Adobe Glyph List Specification 1.7, 2); `None` where it stands for none.
pub(super) fn of_name(name: &str) -> Option<String> {
    // What is behind a point tells the form of the glyph, and a low line divides the parts of a ligature.
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    if name.contains('_') {
        return name.split('_').map(of_name).collect();
    }
    if let Some((_, text)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some((*text).to_owned());
    }
    if name.len() == 1 && name.as_bytes()[0].is_ascii_alphabetic() {
        return Some(name.to_owned());
    }
    let letter = name.chars().next().filter(char::is_ascii_alphabetic)?;
    if let Some((_, accent)) = ACCENTS.iter().find(|(accent, _)| *accent == &name[1..]) {
        let text = String::from_iter([letter, *accent]);
        return Some(icu_normalizer::ComposingNormalizerBorrowed::new_nfc().normalize(&text).into_owned());
    }
    let digits = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'))?;
    if name.starts_with("uni") && digits.len() >= 4 && digits.len() % 4 == 0 && digits.is_ascii() {
        let units = (0..digits.len()).step_by(4).map(|at| u16::from_str_radix(&digits[at..at + 4], 16));
        return String::from_utf16(&units.collect::<Result<Vec<_>, _>>().ok()?).ok();
    }
    if !(4..=6).contains(&digits.len()) {
        return None;
    }
    char::from_u32(u32::from_str_radix(digits, 16).ok()?).map(String::from)
}

/// The same text with the letters of Latin ligatures each by itself, and without what would end a line.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{fb00}' => plain.push_str("ff"),
            '\u{fb01}' => plain.push_str("fi"),
            '\u{fb02}' => plain.push_str("fl"),
            '\u{fb03}' => plain.push_str("ffi"),
            '\u{fb04}' => plain.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => plain.push_str("st"),
            '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => plain.push(' '),
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_glyph_tells_its_text() {
        for (name, expected) in [
            ("A", Some("A")),
            ("eacute", Some("\u{e9}")),
            ("Scaron", Some("\u{160}")),
            ("f_f_i", Some("ffi")),
            ("fi", Some("fi")),
            ("a.sc", Some("a")),
            ("uniD55C", Some("\u{d55c}")),
            ("uniD83DDE00", Some("\u{1f600}")),
            ("u1F600", Some("\u{1f600}")),
            ("quotedblleft", Some("\u{201c}")),
            (".notdef", None),
            ("g123", None),
            ("uniD8", None),
            ("uni\u{d55c}\u{d55c}", None),
        ] {
            assert_eq!(of_name(name).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn the_standard_encoding_is_that_of_annex_d() {
        for (code, expected) in [
            (b'A', Some('A')),
            (b'\'', Some('\u{2019}')),
            (0xae, Some('\u{fb01}')),
            (0xb0, None),
            (0xd0, Some('\u{2014}')),
            (0xfb, Some('\u{df}')),
            (0xb4, Some('\u{b7}')),
            (0xc1, Some('`')),
        ] {
            assert_eq!(standard(code), expected, "{code:x}");
        }
    }
}
