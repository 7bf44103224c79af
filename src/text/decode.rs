//! Decodes the bytes of a file: UTF-8, with or without a byte-order mark, or UTF-16 with one.

use std::borrow::Cow;

/// The fault of the bytes of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecodeError {
    /// The offset of the first byte that is wrong, from 0.
    pub offset: usize,
    /// Its value.
    pub byte: u8,
    /// The line that it stands on, from 1, counting `\n` bytes.
    pub line: usize,
    /// The encoding that the bytes look like, and what to do.
    pub reason: Cow<'static, str>,
}

impl DecodeError {
    /// The same error of a page that says which encoding it is in.
    pub(crate) fn of_page(self, declared: &str) -> DecodeError {
        let reason = format!(
            "not UTF-8, the page says that it is in {declared}; save it as UTF-8, and write <meta charset=\"utf-8\"> in it"
        );
        DecodeError { reason: reason.into(), ..self }
    }
}

impl std::error::Error for DecodeError {}

impl std::fmt::Display for DecodeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let DecodeError { offset, byte, line, reason } = self;
        write!(f, "byte 0x{byte:02X} at offset {offset} (line {line}): {reason}")
    }
}

pub(crate) const NOT_UTF8: &str = "not UTF-8; save the file as UTF-8, or as UTF-16 with a byte-order mark";
const LATIN: &str = "not UTF-8, it looks like Windows-1252 or Latin-1; save the file as UTF-8";
const NUL: &str = "a zero byte is not text; if this is UTF-16, save it with a byte-order mark, or as UTF-8";
const UTF32: &str = "UTF-32 is not read; save the file as UTF-8";
const SURROGATE: &str = "half of a UTF-16 surrogate pair; save the file as UTF-8";
const ODD: &str = "UTF-16 that ends in the middle of a character; save the file as UTF-8";

/// An encoding that drafts are read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// A byte-order mark is part of the text.
    Utf8,
    /// Low byte first, behind a byte-order mark.
    Utf16Le,
    /// High byte first, behind a byte-order mark.
    Utf16Be,
}

impl Encoding {
    /// The encoding of the bytes of a file, told by their byte-order mark.
    pub(crate) fn detect(bytes: &[u8]) -> Encoding {
        match bytes {
            [0xff, 0xfe, ..] => Encoding::Utf16Le,
            [0xfe, 0xff, ..] => Encoding::Utf16Be,
            _ => Encoding::Utf8,
        }
    }

    /// The bytes of a file that holds `text`: what [`decode`] makes the same text of.
    pub(crate) fn encode(self, text: &str) -> Vec<u8> {
        let units = || std::iter::once(0xfeff).chain(text.encode_utf16());
        match self {
            Encoding::Utf8 => text.as_bytes().to_vec(),
            Encoding::Utf16Le => units().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Be => units().flat_map(u16::to_be_bytes).collect(),
        }
    }
}

/// The text in `bytes`. A UTF-8 byte-order mark stays in it, so that offsets in the text are offsets in the file; UTF-16 is
/// decoded, and its offsets are those of the decoded text.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<String, DecodeError> {
    if bytes.starts_with(&[0xff, 0xfe, 0, 0]) || bytes.starts_with(&[0, 0, 0xfe, 0xff]) {
        return Err(error(&bytes, 0, UTF32));
    }
    if bytes.starts_with(&[0xff, 0xfe]) {
        return decode_utf16(&bytes, u16::from_le_bytes).map_err(|(at, reason)| error(&bytes, at, reason));
    }
    if bytes.starts_with(&[0xfe, 0xff]) {
        return decode_utf16(&bytes, u16::from_be_bytes).map_err(|(at, reason)| error(&bytes, at, reason));
    }
    is_text(&bytes)?;
    String::from_utf8(bytes).map_err(|invalid| {
        let at = invalid.utf8_error().valid_up_to();
        let bytes = invalid.as_bytes();
        let latin =
            bytes[at..].first().is_some_and(|&byte| byte >= 0x80) && bytes[at + 1..].first().is_none_or(u8::is_ascii);
        error(bytes, at, if latin { LATIN } else { NOT_UTF8 })
    })
}

/// Checks that there is no zero byte in UTF-8: what [`decode`] looks for in a text that somebody else has decoded as well.
pub(crate) fn is_text(bytes: &[u8]) -> Result<(), DecodeError> {
    memchr::memchr(0, bytes).map_or(Ok(()), |at| Err(error(bytes, at, NUL)))
}

pub(crate) fn error(bytes: &[u8], offset: usize, reason: &'static str) -> DecodeError {
    DecodeError {
        offset,
        byte: bytes.get(offset).copied().unwrap_or(0),
        line: memchr::memchr_iter(b'\n', &bytes[..offset.min(bytes.len())]).count() + 1,
        reason: reason.into(),
    }
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, (usize, &'static str)> {
    let units = bytes[2..].chunks_exact(2);
    if !units.remainder().is_empty() {
        return Err((bytes.len() - 1, ODD));
    }
    let mut text = String::with_capacity(bytes.len());
    let mut at = 2;
    for decoded in char::decode_utf16(units.map(|pair| unit([pair[0], pair[1]]))) {
        match decoded {
            Ok('\0') => return Err((at, NUL)),
            Ok(c) => {
                text.push(c);
                at += 2 * c.len_utf16();
            }
            Err(_) => return Err((at, SURROGATE)),
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_and_utf16_are_read_and_anything_else_names_the_byte() {
        let utf16 = |text: &str, order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(order).collect()
        };
        for bytes in [utf16("한국 🇰🇷\n", u16::to_le_bytes), utf16("한국 🇰🇷\n", u16::to_be_bytes)] {
            assert_eq!(Encoding::detect(&bytes).encode("한국 🇰🇷\n"), bytes);
            assert_eq!(decode(bytes).unwrap(), "한국 🇰🇷\n");
        }
        assert_eq!(decode("\u{feff}a".into()).unwrap(), "\u{feff}a");

        let cases: [(&[u8], usize, &str); 8] = [
            (b"a\nCura\xe7ao", 6, LATIN),
            (b"a\xe2\x82", 1, NOT_UTF8),
            (b"a\0b\0", 1, NUL),
            (b"\xff\xfe\0\0a\0\0\0", 0, UTF32),
            (b"\xff\xfea\0\0\xd8a\0", 4, SURROGATE),
            (b"\xff\xfea\0b", 4, ODD),
            (b"\xfe\xff\0a\0\0", 4, NUL),
            // Behind a character of two units.
            (b"\xfe\xff\xd8\x3d\xde\0\0\0", 6, NUL),
        ];
        for (bytes, offset, reason) in cases {
            let error = decode(bytes.to_vec()).unwrap_err();
            assert_eq!((error.offset, &*error.reason), (offset, reason), "{bytes:?}");
        }
    }
}
