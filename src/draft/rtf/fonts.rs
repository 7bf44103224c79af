//! The fonts and the code page of a document: which encoding its bytes are in.

use std::collections::HashMap;

use encoding_rs::WINDOWS_1252;

use crate::draft::code_page::{CodePage, DOS, SYMBOL, code_page, of_charset, of_dos};

/// The most fonts that are known. Bytes in another are in the code page of the document.
const MAX_FONTS: usize = 4096;

/// What is known of a font.
#[derive(Debug, Clone, Copy, Default)]
struct Font {
    charset: Option<i32>,
    page: Option<i32>,
}

/// The letters that the bytes of text in a font are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Letters {
    In(CodePage),
    /// Pictures.
    Pictures,
    /// Those of a code page that is not known. The letters of English are in all of them.
    Unknown,
}

/// The fonts of a document, by their numbers, and its code page.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    fonts: HashMap<i32, Font>,
    /// The number of the font that is being declared.
    open: i32,
    /// The code page of the document.
    page: Option<i32>,
}

impl Fonts {
    /// Makes a code page that of the document.
    pub(super) fn set_page(&mut self, page: i32) {
        self.page = Some(page);
    }

    /// Reads a word of the table of fonts.
    pub(super) fn declare(&mut self, word: &str, number: Option<i32>) {
        if word == "f" {
            self.open = number.unwrap_or(0);
        }
        if self.fonts.len() >= MAX_FONTS && !self.fonts.contains_key(&self.open) {
            return;
        }
        match word {
            "fcharset" => self.fonts.entry(self.open).or_default().charset = number,
            "cpg" => self.fonts.entry(self.open).or_default().page = number,
            _ => {}
        }
    }

    /// The letters of a font.
    pub(super) fn letters(&self, font: Option<i32>) -> Letters {
        let font = font.and_then(|font| self.fonts.get(&font)).copied().unwrap_or_default();
        if font.charset == Some(SYMBOL) {
            return Letters::Pictures;
        }
        let of_charset = || match font.charset? {
            DOS => Some(of_dos(self.page.unwrap_or(1252))),
            charset => of_charset(charset),
        };
        match font.page.filter(|page| *page != 0).or_else(of_charset).or(self.page) {
            None => Letters::In(CodePage::Encoding(WINDOWS_1252)),
            Some(page) => code_page(page).map_or(Letters::Unknown, Letters::In),
        }
    }
}
