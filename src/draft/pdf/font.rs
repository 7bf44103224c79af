//! The fonts of a page: which letters the bytes of a string stand for, and how wide they are.

use std::collections::HashMap;

use encoding_rs::Encoding;
use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::bound::Budget;
use super::encoding::{self, SimpleEncoding};
use crate::draft::code_page;
use crate::draft::document::DocumentError;

/// The most widths that are read of a font: as many as there are codes of two bytes.
const MAX_WIDTHS: usize = 1 << 16;

/// The width of a letter of which nothing is said, in thousandths of the size.
const USUAL_WIDTH: f64 = 500.0;

/// The way in which the bytes of a string are divided into codes, and what a code means where no other table tells.
#[derive(Debug)]
enum Codes {
    /// A byte each.
    Simple(Box<SimpleEncoding>),
    /// Two bytes each, which are numbers of glyphs.
    Glyphs,
    /// Two bytes each, which are UTF-16.
    Utf16,
    /// One byte or two, in a code page.
    Page(&'static Encoding),
    /// As a table says.
    Table(Box<CMap>),
}

/// A letter of a string.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Letter {
    /// Its text; `None` where the file does not tell.
    pub(super) text: Option<String>,
    /// Its width, in thousandths of the size.
    pub(super) width: f64,
    /// True for the single byte of a space.
    pub(super) is_space: bool,
}

/// A font.
#[derive(Debug)]
pub(super) struct Font {
    codes: Codes,
    to_unicode: Option<CMap>,
    widths: HashMap<u32, f64>,
    usual: f64,
    /// True if it is written from top to bottom.
    pub(super) is_vertical: bool,
}

impl Font {
    /// Reads a font.
    pub(super) fn read(dict: &Dict<'_>, budget: &mut Budget) -> Result<Font, DocumentError> {
        let to_unicode = match dict.get::<Stream<'_>>("ToUnicode") {
            Some(stream) => budget.unpack(&stream)?.and_then(|table| parse(&table)),
            None => None,
        };
        let subtype = dict.get::<Name<'_>>("Subtype").map(|name| name.as_str().to_owned()).unwrap_or_default();
        let font = if subtype == "Type0" { Font::composite(dict, budget)? } else { Font::simple(dict, &subtype) };
        Ok(Font { to_unicode, ..font })
    }

    fn simple(dict: &Dict<'_>, subtype: &str) -> Font {
        let first = dict.get::<i32>("FirstChar").unwrap_or(0);
        let descriptor = dict.get::<Dict<'_>>("FontDescriptor");
        let missing = descriptor.as_ref().and_then(|descriptor| descriptor.get::<f64>("MissingWidth"));
        // The glyphs of a font of type 3 are in a space of their own.
        let unit = match dict.get::<Array<'_>>("FontMatrix") {
            Some(matrix) if subtype == "Type3" => matrix.iter::<f64>().next().unwrap_or(0.001) * 1000.0,
            _ => 1.0,
        };
        let widths = dict.get::<Array<'_>>("Widths");
        let widths: HashMap<u32, f64> = widths
            .into_iter()
            .flat_map(|widths| widths.iter::<f64>().take(256).collect::<Vec<_>>())
            .enumerate()
            .filter_map(|(index, width)| Some((u32::try_from(i64::from(first) + index as i64).ok()?, width * unit)))
            .collect();
        let usual = missing.filter(|width| *width > 0.0).unwrap_or(USUAL_WIDTH);
        let codes = Codes::Simple(Box::new(SimpleEncoding::read(dict, subtype)));
        Font { codes, to_unicode: None, widths, usual, is_vertical: false }
    }

    fn composite(dict: &Dict<'_>, budget: &mut Budget) -> Result<Font, DocumentError> {
        let inner = dict.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
        let inner = inner.unwrap_or_default();
        let mut is_vertical = false;
        let codes = match dict.get::<Object<'_>>("Encoding") {
            Some(Object::Name(name)) => {
                is_vertical = name.as_str().ends_with("-V");
                named(name.as_str())
            }
            Some(Object::Stream(stream)) => {
                let table = budget.unpack(&stream)?.and_then(|table| parse(&table));
                table.map_or(Codes::Glyphs, |table| Codes::Table(Box::new(table)))
            }
            _ => Codes::Glyphs,
        };
        let widths = inner.get::<Array<'_>>("W").map(|array| widths(&array)).unwrap_or_default();
        let usual = inner.get::<f64>("DW").unwrap_or(1000.0);
        Ok(Font { codes, to_unicode: None, widths, usual, is_vertical })
    }

    /// The letters of a string.
    pub(super) fn letters(&self, mut bytes: &[u8]) -> Vec<Letter> {
        let mut letters = Vec::with_capacity(bytes.len());
        while !bytes.is_empty() {
            let len = self.code_len(bytes).clamp(1, bytes.len());
            let (code, rest) = bytes.split_at(len);
            letters.push(self.letter(code));
            bytes = rest;
        }
        letters
    }

    /// The number of bytes of the code that comes first.
    fn code_len(&self, bytes: &[u8]) -> usize {
        match &self.codes {
            Codes::Simple(_) => 1,
            Codes::Glyphs => 2,
            Codes::Utf16 if bytes.first().is_some_and(|byte| (0xd8..0xdc).contains(byte)) => 4,
            Codes::Utf16 => 2,
            Codes::Page(page) => {
                let is_lead = bytes[0] >= 0x81 && bytes.len() > 1;
                // Half-width kana of Shift_JIS are one byte.
                let is_kana = *page == encoding_rs::SHIFT_JIS && (0xa0..0xe0).contains(&bytes[0]);
                if is_lead && !is_kana { 2 } else { 1 }
            }
            Codes::Table(table) => {
                let is_code = |len: &usize| {
                    bytes.get(..*len).is_some_and(|code| table.lookup_cid_code(number(code), *len as u8).is_some())
                };
                (1..=4).find(is_code).unwrap_or(2)
            }
        }
    }

    fn letter(&self, code: &[u8]) -> Letter {
        let value = number(code);
        let glyph = match &self.codes {
            Codes::Table(table) => table.lookup_cid_code(value, code.len() as u8),
            Codes::Simple(_) | Codes::Glyphs => Some(value),
            Codes::Utf16 | Codes::Page(_) => None,
        };
        let known = glyph.and_then(|glyph| self.widths.get(&glyph)).copied();
        let half = matches!(self.codes, Codes::Utf16 | Codes::Page(_)) && (code.len() == 1 || value < 0x80);
        let width = known.unwrap_or(if half { self.usual / 2.0 } else { self.usual });
        let text = self.to_unicode.as_ref().and_then(|table| table.lookup_bf_string(value));
        let text = text.map(|text| match text {
            BfString::Char(c) => c.to_string(),
            BfString::String(text) => text,
        });
        let is_text = |text: &String| !text.is_empty() && !text.contains(['\0', '\u{fffd}']);
        let text = text.filter(is_text).or_else(|| self.meaning(code)).filter(is_text);
        let width = if width.is_finite() { width } else { self.usual };
        Letter { text: text.map(|text| encoding::plain(&text)), width, is_space: code == b" " }
    }

    /// The text of a code of which no table tells it.
    fn meaning(&self, code: &[u8]) -> Option<String> {
        match &self.codes {
            Codes::Simple(encoding) => encoding.text(code[0]),
            Codes::Glyphs | Codes::Table(_) => None,
            Codes::Utf16 => {
                let units = code.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
                char::decode_utf16(units).next()?.ok().map(String::from)
            }
            Codes::Page(page) => Some(code_page::decode(code, page)),
        }
    }
}

/// The codes of a table that every program has (ISO 32000-2, 9.7.5.2), by its name.
fn named(name: &str) -> Codes {
    let has = |part: &str| name.contains(part);
    if has("UCS2") || has("UTF16") {
        Codes::Utf16
    } else if has("KSC") {
        Codes::Page(encoding_rs::EUC_KR)
    } else if has("RKSJ") {
        Codes::Page(encoding_rs::SHIFT_JIS)
    } else if has("GB") {
        Codes::Page(encoding_rs::GB18030)
    } else if has("B5") {
        Codes::Page(encoding_rs::BIG5)
    } else if matches!(name, "EUC-H" | "EUC-V") {
        Codes::Page(encoding_rs::EUC_JP)
    } else {
        Codes::Glyphs
    }
}

fn parse(table: &[u8]) -> Option<CMap> {
    CMap::parse(table, |_| None)
}

fn number(code: &[u8]) -> u32 {
    code.iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// The widths of the glyphs of a composite font (ISO 32000-2, 9.7.4.3): `first [w w ...]` or `first last w`.
fn widths(array: &Array<'_>) -> HashMap<u32, f64> {
    let (mut widths, mut left) = (HashMap::new(), MAX_WIDTHS);
    let mut objects = array.iter::<Object<'_>>();
    while let Some(first) = objects.next().and_then(index) {
        match objects.next() {
            Some(Object::Array(list)) => {
                for (offset, width) in list.iter::<f64>().enumerate().take(left) {
                    widths.insert(first.saturating_add(offset as u32), width);
                    left -= 1;
                }
            }
            Some(last) => {
                let (Some(last), Some(width)) = (index(last), objects.next().and_then(Object::into_f32)) else {
                    break;
                };
                for glyph in (first..=last).take(left) {
                    widths.insert(glyph, f64::from(width));
                    left -= 1;
                }
            }
            None => break,
        }
        if left == 0 {
            break;
        }
    }
    widths
}

fn index(object: Object<'_>) -> Option<u32> {
    u32::try_from(object.into_i32()?).ok()
}
