//! Ordinals as English texts write them: "11th", "eleventh", "twenty-first".

use super::number::TENS;
use crate::span::{Plain, Span};

/// The ordinals below the twentieth.
const ONES: &[&str] = &[
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
];

/// The ordinals of [`TENS`].
const TENTHS: [&str; 8] =
    ["twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth"];

/// The ordinals of a text with their places, in order.
pub(crate) fn ordinals(text: &str) -> Vec<(u32, Span<Plain>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_alphanumeric()).map(|next| at + next) {
        let is_word = !text[..start].ends_with(char::is_alphanumeric);
        let ordinal = Some(start).filter(|_| is_word).and_then(|start| self::at(text, start));
        let rest = &text[start..];
        at = ordinal
            .map_or(start + rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len()), |(_, span)| span.end());
        found.extend(ordinal);
    }
    found
}

/// The ordinal that begins at byte `start`, of at most three digits or up to the hundredth.
pub(crate) fn at(text: &str, start: usize) -> Option<(u32, Span<Plain>)> {
    let rest = &text[start..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (number, len) = if digits > 0 {
        let suffix = rest.get(digits..digits + 2)?;
        let is_ordinal = digits <= 3 && matches!(suffix, "st" | "nd" | "rd" | "th");
        (Some(&rest[..digits]).filter(|_| is_ordinal)?.parse().ok()?, digits + 2)
    } else {
        // No ordinal in words is longer than "seventy-seventh".
        let len = rest.bytes().take(17).take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'-').count();
        (number(&Some(&rest[..len]).filter(|word| word.len() <= 16)?.to_ascii_lowercase())?, len)
    };
    let ends = !rest[len..].starts_with(char::is_alphanumeric);
    ends.then(|| (number, Span::new(start, start + len)))
}

/// The number that an ordinal in words stands for.
fn number(word: &str) -> Option<u32> {
    let place = |names: &[&str], word: &str| names.iter().position(|known| *known == word).map(|place| place as u32);
    if let Some((tens, ones)) = word.split_once('-') {
        return Some((place(TENS, tens)? + 2) * 10 + place(&ONES[..9], ones)? + 1);
    }
    let round = || place(&TENTHS, word).map(|place| (place + 2) * 10);
    place(ONES, word).map(|place| place + 1).or_else(round).or((word == "hundredth").then_some(100))
}

/// "21st".
pub(crate) fn in_digits(number: u32) -> String {
    let suffix = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{suffix}")
}

/// "twenty-first", of one below the hundredth.
pub(crate) fn in_words(number: u32) -> Option<String> {
    let one = |number: usize| ONES.get(number.checked_sub(1)?).copied();
    let number = number as usize;
    match (number / 10, number % 10) {
        (0 | 1, _) => one(number).map(str::to_owned),
        (tens, 0) => TENTHS.get(tens - 2).map(|tenth| (*tenth).to_owned()),
        (tens, ones) => Some(format!("{}-{}", TENS.get(tens - 2)?, one(ones)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ordinal_is_read_in_digits_and_in_words() {
        for number in 1..1000 {
            for text in [Some(in_digits(number)), in_words(number)].into_iter().flatten() {
                assert_eq!(ordinals(&format!("the {text}, again")), [(number, Span::new(4, 4 + text.len()))], "{text}");
            }
        }
    }

    #[test]
    fn what_is_part_of_something_longer_is_no_ordinal() {
        for text in ["1000th", "x11th", "11ths", "thirds", "first-ever", "10", "th", "fifth\u{e9}"] {
            assert_eq!(ordinals(text), [], "{text}");
        }
    }
}
