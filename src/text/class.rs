//! Classes of characters for folding: part of the text, or something between the words.

use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory, GeneralCategoryGroup};
use icu_properties::{CodePointMapData, CodePointSetData};

pub(super) use super::marks::Class;
use super::marks::{MARKS, mark};

/// The class of one ASCII byte.
const fn class_of_ascii(byte: u8) -> Class {
    let mut at = 0;
    while at < MARKS.len() {
        if MARKS[at].char as u32 == byte as u32 {
            return MARKS[at].class;
        }
        at += 1;
    }
    match byte {
        b'\t' | b'\n' | 0x0b | 0x0c | b'\r' | b' ' => Class::Space,
        b'-' => Class::Hyphen,
        b'_' => Class::LowLine,
        b'*' | 0..=0x1f | 0x7f => Class::Nothing,
        _ => Class::Text,
    }
}

pub(super) const ASCII: [Class; 128] = {
    let mut table = [Class::Text; 128];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = class_of_ascii(byte as u8);
        byte += 1;
    }
    table
};

/// The class of a character: that of what NFKC makes of it, but for those that are typed for an apostrophe or for quotation marks.
pub(super) fn class(c: char) -> Class {
    if c.is_ascii() {
        return ASCII[c as usize];
    }
    if let Some(mark) = mark(c) {
        return mark.class;
    }
    match c {
        '\u{207b}'
        | '\u{208b}'
        | '\u{2010}'..='\u{2013}'
        | '\u{2043}'
        | '\u{2212}'
        | '\u{fe32}'
        | '\u{fe63}'
        | '\u{ff0d}' => Class::Hyphen,
        '\u{2014}' | '\u{2015}' | '\u{2e3a}' | '\u{2e3b}' | '\u{fe31}' | '\u{fe58}' => Class::Dash,
        '\u{203f}' | '\u{fe33}' | '\u{fe34}' | '\u{fe4d}'..='\u{fe4f}' | '\u{ff3f}' => Class::LowLine,
        // Double primes, asterisks, daggers.
        '\u{2033}' | '\u{2034}' | '\u{2057}' | '\u{2020}' | '\u{2021}' => Class::Nothing,
        _ if is_asterisk(c) => Class::Nothing,
        // An apostrophe that is a letter, accents of Greek, a prime.
        '\u{2bc}' | '\u{1fef}' | '\u{1ffd}' | '\u{2032}' => Class::Apostrophe,
        // The Braille blank prints as a space but is not white space to Unicode.
        '\u{2800}' => Class::Space,
        _ if c.is_whitespace() || is_mark_on_a_space(c) => Class::Space,
        _ if is_invisible(c) => Class::Nothing,
        _ => Class::Text,
    }
}

/// True if NFKC makes a space, with marks on it, of `c`: a diaeresis, a Greek breathing, a voiced sound mark, a vowel sign of
/// Arabic that stand by themselves.
fn is_mark_on_a_space(c: char) -> bool {
    matches!(
        c,
        '\u{a8}'
            | '\u{af}'
            | '\u{b8}'
            | '\u{2d8}'..='\u{2dd}'
            | '\u{37a}'
            | '\u{384}'
            | '\u{385}'
            | '\u{1fbd}'
            | '\u{1fbf}'..='\u{1fc1}'
            | '\u{1fcd}'..='\u{1fcf}'
            | '\u{1fdd}'..='\u{1fdf}'
            | '\u{1fed}'
            | '\u{1fee}'
            | '\u{1ffe}'
            | '\u{2017}'
            | '\u{203e}'
            | '\u{309b}'
            | '\u{309c}'
            | '\u{fc5e}'..='\u{fc63}'
            | '\u{fe49}'..='\u{fe4c}'
            | '\u{fe70}'
            | '\u{fe72}'
            | '\u{fe74}'
            | '\u{fe76}'
            | '\u{fe78}'
            | '\u{fe7a}'
            | '\u{fe7c}'
            | '\u{fe7e}'
            | '\u{ffe3}'
    )
}

/// True if `c` shows nothing: a control character, or one that Unicode calls default ignorable (zero-width characters, soft
/// hyphens, bidirectional marks, variation selectors, Hangul fillers).
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control() || (!c.is_ascii() && CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c))
}

/// True if `c` is a sign that leads to a note, where it stands behind a word: an asterisk, a dagger, a raised digit.
pub(crate) fn is_note_sign(c: char) -> bool {
    is_asterisk(c) || matches!(c, '\u{2020}' | '\u{2021}') || is_superscript_digit(c)
}

pub(crate) fn is_asterisk(c: char) -> bool {
    matches!(c, '*' | '\u{2217}' | '\u{fe61}' | '\u{ff0a}')
}

/// True if `c` may join the character before it under NFKC.
pub(crate) fn joins(c: char) -> bool {
    if c.is_ascii() {
        return false;
    }
    // Jamo vowels and trailing consonants, those that stand by themselves among them; half-width voiced sound marks.
    let is_jamo = matches!(
        c,
        '\u{1160}'..='\u{11ff}'
            | '\u{3133}'
            | '\u{3135}'
            | '\u{3136}'
            | '\u{313a}'..='\u{313f}'
            | '\u{314f}'..='\u{3164}'
            | '\u{3167}'..='\u{316d}'
            | '\u{316f}'
            | '\u{3170}'
            | '\u{3182}'
            | '\u{3183}'
            | '\u{3187}'..='\u{318e}'
            | '\u{d7b0}'..='\u{d7fb}'
            | '\u{ff9e}'
            | '\u{ff9f}'
            | '\u{ffa0}'
            | '\u{ffa3}'
            | '\u{ffa5}'
            | '\u{ffa6}'
            | '\u{ffaa}'..='\u{ffaf}'
            | '\u{ffc2}'..='\u{ffdc}'
    );
    // The vowels of Thai and Lao that NFKC makes a mark and a letter of.
    if is_jamo || matches!(c, '\u{e33}' | '\u{eb3}') {
        return true;
    }
    GeneralCategoryGroup::Mark.contains(CodePointMapData::<GeneralCategory>::new().get(c))
}

pub(crate) fn is_superscript_digit(c: char) -> bool {
    matches!(c, '\u{b9}' | '\u{b2}' | '\u{b3}' | '\u{2070}' | '\u{2074}'..='\u{2079}')
}
