//! The words of a plain text.

use crate::draft::class::is_invisible;

/// A word of a plain text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'t> {
    /// Its first byte.
    pub(super) start: usize,
    pub(super) text: &'t str,
}

impl Word<'_> {
    /// The byte behind it.
    pub(super) fn end(self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it begins with a capital.
    pub(super) fn is_capital(self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// Whether it has several letters, all of them capitals.
    pub(super) fn is_shouted(self) -> bool {
        self.text.chars().filter(|c| c.is_uppercase()).count() > 1 && !self.text.contains(char::is_lowercase)
    }
}

/// The words of `plain`: letters and digits, with the apostrophes and periods between them. A possessive ends a word, and so
/// does a period, but for one between single letters ("U.S").
pub(super) fn words(plain: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut chars = plain.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let begun = start.is_some_and(|start| start < at);
        let inside = is_letter(c)
            || (begun && is_invisible(c))
            || (begun && joins(&plain[..at], c, &plain[at + c.len_utf8()..]));
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(first), false) => {
                words.push(Word { start: first, text: &plain[first..at] });
                start = None;
            }
            _ => {}
        }
        if let (Some(first), None) = (start, chars.peek()) {
            words.push(Word { start: first, text: &plain[first..] });
        }
    }
    words
}

fn is_letter(c: char) -> bool {
    // A mark that is put on a letter by itself is of the letter.
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}')
}

/// Whether a word goes on across `c`.
fn joins(before: &str, c: char, after: &str) -> bool {
    let mut behind = after.chars();
    let Some(next) = behind.next().filter(|&next| is_letter(next)) else {
        return false;
    };
    match c {
        '\'' | '\u{2019}' | '\u{2bc}' => {
            let possessive = next == 's' && !behind.next().is_some_and(is_letter);
            !possessive
        }
        '.' => {
            let alone = before.chars().rev().take_while(|&c| is_letter(c)).count() == 1;
            alone && next.is_uppercase() && !behind.next().is_some_and(char::is_lowercase)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_possessive_and_a_period_end_a_word() {
        let cases = [
            ("The U.S.-ROK alliance", "The|U.S|ROK|alliance"),
            ("Korea\u{2019}s people's d\u{2019}Ivoire O'Brien", "Korea|s|people|s|d\u{2019}Ivoire|O'Brien"),
            ("region.China and J. Smith", "region|China|and|J|Smith"),
        ];
        for (text, expected) in cases {
            let found: Vec<&str> = words(text).iter().map(|word| word.text).collect();
            assert_eq!(found.join("|"), expected);
        }
    }
}
