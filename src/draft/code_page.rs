//! Code pages: the encodings of text in documents of programs that did not know Unicode; and UTF-16, of those that did.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, GBK, IBM866, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258, X_MAC_CYRILLIC,
};

use super::oem_pages;

/// A code page that can be read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum CodePage {
    /// One of the standard for encodings of the web.
    Encoding(&'static Encoding),
    /// One whose bytes from 0x80 on are these characters.
    Characters(&'static str),
}

impl CodePage {
    /// The text that bytes are. A byte that is none has a replacement character.
    pub(super) fn decode(self, bytes: &[u8]) -> String {
        match self {
            CodePage::Encoding(encoding) => decode(bytes, encoding),
            CodePage::Characters(characters) => oem_pages::decode(bytes, characters),
        }
    }
}

/// The code page of DOS, Windows or the Macintosh with a number; `None` of one that is not known.
pub(super) fn code_page(number: i32) -> Option<CodePage> {
    if let Some(characters) = oem_pages::characters(number) {
        return Some(CodePage::Characters(characters));
    }
    Some(CodePage::Encoding(match number {
        866 => IBM866,
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 => GBK,
        949 | 51949 => EUC_KR,
        950 => BIG5,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        819 | 1252 | 28591 => WINDOWS_1252,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10000 => MACINTOSH,
        10007 => X_MAC_CYRILLIC,
        54936 => GB18030,
        65001 => UTF_8,
        _ => return None,
    }))
}

/// The code page of DOS on a computer with this one of Windows.
pub(super) fn of_dos(windows: i32) -> i32 {
    match windows {
        874 | 932 | 936 | 949 | 950 | 1258 => windows,
        1250 => 852,
        1251 => 866,
        1253 => 737,
        1254 => 857,
        1255 => 862,
        1256 => 720,
        1257 => 775,
        _ => 850,
    }
}

/// The code page of a character set of fonts of Windows, as RTF and Word name it; `None` of those that leave it to the document.
pub(super) fn of_charset(charset: i32) -> Option<i32> {
    Some(match charset {
        0 => 1252,
        77 => 10000,
        78 | 128 => 932,
        79 | 129 => 949,
        80 | 134 => 936,
        81 | 136 => 950,
        89 | 204 => 1251,
        85 => 10006,
        86 => 10081,
        88 => 10029,
        130 => 1361,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        222 => 874,
        238 => 1250,
        254 => 437,
        _ => return None,
    })
}

/// The character set of fonts of DOS.
pub(super) const DOS: i32 = 255;

/// The character set of fonts whose characters are pictures.
pub(super) const SYMBOL: i32 = 2;

/// The text that bytes are in an encoding. A byte that is none has a replacement character.
pub(super) fn decode(bytes: &[u8], encoding: &'static Encoding) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Text in UTF-16 that comes unit by unit.
#[derive(Debug, Default)]
pub(super) struct Utf16 {
    /// The first half of a character outside the basic plane.
    half: Option<u16>,
}

impl Utf16 {
    /// The characters that a unit ends; none where its second half is still to come. A half without the other is a replacement
    /// character, and what stands behind it is not lost.
    pub(super) fn push(&mut self, unit: u16) -> impl Iterator<Item = char> + use<> {
        let before = self.half.take();
        let is_first = (0xd800..0xdc00).contains(&unit);
        if is_first {
            self.half = Some(unit);
        }
        char::decode_utf16(before.into_iter().chain(Some(unit).filter(|_| !is_first)))
            .map(|decoded| decoded.unwrap_or(char::REPLACEMENT_CHARACTER))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_unit_is_lost_behind_half_a_character() {
        for (units, expected) in [
            (&[0x61, 0xd83d, 0xde00, 0x62][..], "a\u{1f600}b"),
            (&[0xd83d, 0x61], "\u{fffd}a"),
            (&[0xd83d, 0xd83d, 0xde00], "\u{fffd}\u{1f600}"),
            (&[0xde00, 0x61], "\u{fffd}a"),
        ] {
            let mut wide = Utf16::default();
            let text: String = units.iter().flat_map(|unit| wide.push(*unit)).collect();
            assert_eq!(text, expected, "{units:x?}");
        }
    }
}
