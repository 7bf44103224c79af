//! Numbers as lists write them: digits, letters, Roman and other numerals.

use super::ordinal;

/// The numerals that a list is numbered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Numerals {
    /// 1, 2, 3.
    Decimal,
    /// 01, 02, 10.
    DecimalZero,
    /// 1st, 2nd.
    Ordinal,
    /// a to z, then aa, ab.
    Letters,
    /// a to z, then aa, bb.
    RepeatedLetters,
    CapitalLetters,
    RepeatedCapitals,
    Roman,
    CapitalRoman,
    /// The letters of the Russian alphabet that items are counted with.
    Cyrillic,
    CapitalCyrillic,
    /// 一, 二, 十一.
    Chinese,
    /// ① to ⑳.
    Circled,
    /// Digits as wide as Chinese characters.
    Wide,
}

impl Numerals {
    /// The numerals by the first of them, as HTML (`type` of `ol`) and OpenDocument (`style:num-format`) name them.
    pub(crate) fn from_first(first: &str) -> Option<Numerals> {
        Some(match first {
            "1" => Numerals::Decimal,
            "a" => Numerals::Letters,
            "A" => Numerals::CapitalLetters,
            "i" => Numerals::Roman,
            "I" => Numerals::CapitalRoman,
            _ => return None,
        })
    }

    /// The number as it is written; `None` if these numerals cannot write it.
    pub(crate) fn write(self, value: u32) -> Option<String> {
        match self {
            Numerals::Decimal => Some(value.to_string()),
            Numerals::DecimalZero => Some(format!("{value:02}")),
            Numerals::Ordinal => Some(ordinal::in_digits(value)),
            Numerals::Letters => lettered(value),
            Numerals::CapitalLetters => lettered(value).map(|letters| letters.to_uppercase()),
            Numerals::RepeatedLetters => repeated(value, 'a'..='z'),
            Numerals::RepeatedCapitals => repeated(value, 'A'..='Z'),
            Numerals::Roman => roman(value).map(|roman| roman.to_lowercase()),
            Numerals::CapitalRoman => roman(value),
            Numerals::Cyrillic => repeated(value, cyrillic()),
            Numerals::CapitalCyrillic => repeated(value, cyrillic()).map(|letters| letters.to_uppercase()),
            Numerals::Chinese => chinese(value),
            Numerals::Circled => match value {
                1..=20 => char::from_u32(0x2460 + value - 1).map(String::from),
                _ => Some(value.to_string()),
            },
            Numerals::Wide => {
                value.to_string().chars().map(|digit| char::from_u32(0xff10 + digit.to_digit(10)?)).collect()
            }
        }
    }
}

/// The letters of Russian without those that nobody counts with (ISO/IEC 29500-1, 17.18.59, `russianLower`).
fn cyrillic() -> impl Iterator<Item = char> + Clone {
    ('а'..='я').filter(|letter| !matches!(letter, 'й' | 'ъ' | 'ы' | 'ь'))
}

/// a to z, then aa, ab and so on.
fn lettered(value: u32) -> Option<String> {
    let mut letters = Vec::new();
    let mut rest = value;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'a' + (rest % 26) as u8));
        rest /= 26;
    }
    (!letters.is_empty()).then(|| letters.iter().rev().collect())
}

/// Each letter of an alphabet, then each twice, and so on.
fn repeated(value: u32, alphabet: impl Iterator<Item = char> + Clone) -> Option<String> {
    // More often no letter is written by Word.
    const MOST: usize = 30;
    let index = value.checked_sub(1)? as usize;
    let len = alphabet.clone().count();
    let letter = alphabet.clone().nth(index % len)?;
    let times = index / len + 1;
    (times <= MOST).then(|| String::from(letter).repeat(times))
}

/// A number below 4000 in Roman capitals.
pub(crate) fn roman(value: u32) -> Option<String> {
    const SIGNS: &[(u32, &str)] = &[
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let (mut written, mut rest) = (String::new(), value);
    for &(worth, sign) in SIGNS {
        while rest >= worth && value < 4000 {
            written.push_str(sign);
            rest -= worth;
        }
    }
    (!written.is_empty()).then_some(written)
}

/// A number below 100 in Chinese characters.
fn chinese(value: u32) -> Option<String> {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |value: u32| DIGITS[(value % 10) as usize];
    match value {
        1..=9 => Some(digit(value).to_owned()),
        10..=19 => Some(format!("十{}", digit(value))),
        20..=99 => Some(format!("{}十{}", digit(value / 10), digit(value))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_the_numerals_of_their_list() {
        type Written<'t> = (u32, Option<&'t str>);
        let cases: &[(Numerals, &[Written<'_>])] = &[
            (Numerals::Decimal, &[(0, Some("0")), (12, Some("12"))]),
            (Numerals::DecimalZero, &[(3, Some("03")), (12, Some("12")), (123, Some("123"))]),
            (Numerals::Ordinal, &[(1, Some("1st")), (2, Some("2nd")), (11, Some("11th")), (23, Some("23rd"))]),
            (Numerals::Letters, &[(0, None), (1, Some("a")), (26, Some("z")), (27, Some("aa")), (28, Some("ab"))]),
            (Numerals::CapitalLetters, &[(2, Some("B")), (53, Some("BA"))]),
            (Numerals::RepeatedLetters, &[(0, None), (26, Some("z")), (27, Some("aa")), (28, Some("bb"))]),
            (Numerals::RepeatedCapitals, &[(53, Some("AAA")), (u32::MAX, None)]),
            (Numerals::Roman, &[(0, None), (4, Some("iv")), (48, Some("xlviii")), (u32::MAX, None)]),
            (
                Numerals::CapitalRoman,
                &[(9, Some("IX")), (1994, Some("MCMXCIV")), (3999, Some("MMMCMXCIX")), (4000, None)],
            ),
            (Numerals::Cyrillic, &[(1, Some("а")), (10, Some("к")), (28, Some("я")), (29, Some("аа"))]),
            (Numerals::CapitalCyrillic, &[(2, Some("Б"))]),
            (
                Numerals::Chinese,
                &[(3, Some("三")), (10, Some("十")), (12, Some("十二")), (30, Some("三十")), (100, None)],
            ),
            (Numerals::Circled, &[(1, Some("①")), (20, Some("⑳")), (21, Some("21"))]),
            (Numerals::Wide, &[(10, Some("１０"))]),
        ];
        for (numerals, cases) in cases {
            for (value, written) in *cases {
                assert_eq!(numerals.write(*value).as_deref(), *written, "{numerals:?} {value}");
            }
        }
    }
}
