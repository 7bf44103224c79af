//! The words of a plain text.

use crate::text::class::is_invisible;
use crate::text::script::is_accent;
use crate::text::tokens::BYTES_A_WORD;

/// A word of a plain text.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlainWord<'t> {
    /// Its first byte.
    pub(super) start: usize,
    pub(super) text: &'t str,
}

impl PlainWord<'_> {
    /// The byte behind it.
    pub(super) fn end(self) -> usize {
        self.start + self.text.len()
    }

    /// True if it begins with a capital.
    pub(super) fn is_capital(self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// True if it has several letters, all of them capitals.
    pub(super) fn is_shouted(self) -> bool {
        self.text.chars().filter(|c| c.is_uppercase()).count() > 1 && !self.text.contains(char::is_lowercase)
    }
}

/// The words of `plain`: letters and digits, with the apostrophes and periods between them. A possessive ends a word, and so
/// does a period, but for one between single letters ("U.S").
pub(super) fn words(plain: &str) -> Vec<PlainWord<'_>> {
    let mut words = Vec::with_capacity(plain.len() / BYTES_A_WORD);
    let mut at = 0;
    while at < plain.len() {
        let start = at;
        loop {
            at += plain.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            let Some(c) = plain[at..].chars().next() else {
                break;
            };
            if c == ' ' {
                break;
            }
            let behind = at + c.len_utf8();
            let is_inside =
                is_letter(c) || (start < at && (is_invisible(c) || joins(&plain[..at], c, &plain[behind..])));
            if !is_inside {
                break;
            }
            at = behind;
        }
        if start < at {
            words.push(PlainWord { start, text: &plain[start..at] });
        }
        at += plain[at..].chars().next().map_or(0, char::len_utf8);
    }
    words
}

fn is_letter(c: char) -> bool {
    // A mark that is put on a letter by itself is of the letter.
    c.is_alphanumeric() || is_accent(c)
}

/// True if a word goes on across `c`.
fn joins(before: &str, c: char, after: &str) -> bool {
    let is_apostrophe = matches!(c, '\'' | '\u{2019}' | '\u{2bc}');
    if !is_apostrophe && c != '.' {
        return false;
    }
    let mut behind = after.chars();
    let Some(next) = behind.next().filter(|&next| is_letter(next)) else {
        return false;
    };
    if is_apostrophe {
        let possessive = next == 's' && !behind.next().is_some_and(is_letter);
        return !possessive;
    }
    let alone = before.chars().rev().take_while(|&c| is_letter(c)).count() == 1;
    alone && next.is_uppercase() && !behind.next().is_some_and(char::is_lowercase)
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
