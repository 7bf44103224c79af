//! Numbers as lists write them: digits, letters, Roman and other numerals.

use super::{number, ordinal};

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
    /// One, Two, Three.
    InWords,
    /// First, Second, Third.
    OrdinalInWords,
    /// 1, 9, A, FF.
    Hexadecimal,
    /// *, †, ‡, §, **.
    Chicago,
    /// - 1 -
    InDashes,
    /// 一, 二, 十一.
    Chinese,
    /// 一, 二, 一〇.
    ChineseDigits,
    /// 一, 二, 一零.
    SinoKoreanDigits,
    /// 壹, 贰, 壹拾.
    ChineseLegal,
    /// 壹, 貳, 壹拾.
    TraditionalLegal,
    /// 甲, 乙 to 癸.
    Stems,
    /// 子, 丑 to 亥.
    Branches,
    /// ㊀ to ㊉.
    CircledChinese,
    /// 壱, 弐, 壱拾.
    JapaneseLegal,
    /// ア, イ, ウ.
    Katakana,
    /// ｱ, ｲ, ｳ.
    NarrowKatakana,
    /// イ, ロ, ハ.
    Iroha,
    /// ｲ, ﾛ, ﾊ.
    NarrowIroha,
    /// 가, 나, 다.
    Hangul,
    /// ㄱ, ㄴ, ㄷ.
    HangulConsonants,
    /// 일, 이, 십일.
    Korean,
    /// 일, 이, 일영.
    KoreanDigits,
    /// 하나, 둘, 열하나.
    KoreanNative,
    /// ① to ⑳.
    Circled,
    /// ⒈ to ⒛.
    WithFullStop,
    /// ⑴ to ⒇.
    InBrackets,
    /// Digits as wide as Chinese characters.
    Wide,
    /// १, २, ३.
    Devanagari,
    /// ๑, ๒, ๓.
    Thai,
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
            Numerals::InWords => number::in_words(value).map(capital),
            Numerals::OrdinalInWords => ordinal::in_words(value).map(capital),
            Numerals::Hexadecimal => Some(format!("{value:X}")),
            Numerals::Chicago => chicago(value),
            Numerals::InDashes => Some(format!("- {value} -")),
            Numerals::Chinese => counted(value, CHINESE, '十', false),
            Numerals::ChineseDigits => in_digits(value, CHINESE),
            Numerals::SinoKoreanDigits => in_digits(value, "零一二三四五六七八九"),
            Numerals::ChineseLegal => counted(value, "零壹贰叁肆伍陆柒捌玖", '拾', true),
            Numerals::TraditionalLegal => counted(value, "零壹貳參肆伍陸柒捌玖", '拾', true),
            Numerals::Stems => in_row(value, "甲乙丙丁戊己庚辛壬癸"),
            Numerals::Branches => in_row(value, "子丑寅卯辰巳午未申酉戌亥"),
            Numerals::CircledChinese => in_range(value, '㊀', 10),
            Numerals::JapaneseLegal => counted(value, "零壱弐参四伍六七八九", '拾', true),
            Numerals::Katakana => in_row(
                value,
                "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
            ),
            Numerals::NarrowKatakana => in_row(value, "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ"),
            Numerals::Iroha => in_row(
                value,
                "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン",
            ),
            Numerals::NarrowIroha => in_row(value, "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑ"),
            Numerals::Hangul => in_row(value, "가나다라마바사아자차카타파하"),
            Numerals::HangulConsonants => in_row(value, "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
            Numerals::Korean => counted(value, KOREAN, '십', false),
            Numerals::KoreanDigits => in_digits(value, KOREAN),
            Numerals::KoreanNative => korean_native(value),
            Numerals::Circled => in_range(value, '①', 20).or_else(|| Some(value.to_string())),
            Numerals::WithFullStop => in_range(value, '⒈', 20).or_else(|| Some(value.to_string())),
            Numerals::InBrackets => in_range(value, '⑴', 20).or_else(|| Some(value.to_string())),
            Numerals::Wide => in_digits(value, "０１２３４５６７８９"),
            Numerals::Devanagari => in_digits(value, "०१२३४५६७८९"),
            Numerals::Thai => in_digits(value, "๐๑๒๓๔๕๖๗๘๙"),
        }
    }
}

/// The digits of Chinese and of Korean, from nothing to nine.
const CHINESE: &str = "〇一二三四五六七八九";
const KOREAN: &str = "영일이삼사오육칠팔구";

/// A number below 100 in the words that Korean has of its own.
fn korean_native(value: u32) -> Option<String> {
    const ONES: [&str; 10] = ["", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉"];
    const TENS: [&str; 10] = ["", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔"];
    let (tens, ones) = (TENS.get(value as usize / 10)?, ONES[value as usize % 10]);
    (value > 0).then(|| format!("{tens}{ones}"))
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

/// The value of a Roman number below 90 in capitals.
pub(crate) fn from_roman(number: &str) -> Option<u32> {
    // "C" and "D" are letters.
    if number.len() > 8 || !number.bytes().all(|sign| b"IVXL".contains(&sign)) {
        return None;
    }
    // "IIII", "VX": signs, but no number.
    (1..90).find(|&value| roman(value).as_deref() == Some(number))
}

/// A number below 100 as it is counted with these digits, of which the first is nothing, and this ten. `says_one` is true where one ten
/// is said to be one.
fn counted(value: u32, digits: &str, ten: char, says_one: bool) -> Option<String> {
    let digit = |value: u32| digits.chars().nth(value as usize);
    let mut written = String::new();
    match value / 10 {
        0 => {}
        1 if !says_one => written.push(ten),
        tens @ 1..=9 => written.extend([digit(tens)?, ten]),
        _ => return None,
    }
    if !value.is_multiple_of(10) {
        written.push(digit(value % 10)?);
    }
    (!written.is_empty()).then_some(written)
}

/// A number digit by digit.
fn in_digits(value: u32, digits: &str) -> Option<String> {
    value.to_string().chars().map(|digit| digits.chars().nth(digit.to_digit(10)? as usize)).collect()
}

/// A number that is one of a row of signs.
fn in_row(value: u32, row: &str) -> Option<String> {
    row.chars().nth(value.checked_sub(1)? as usize).map(String::from)
}

/// A number that is one of signs that stand one after the other in Unicode, from this one on.
fn in_range(value: u32, first: char, most: u32) -> Option<String> {
    let sign = || char::from_u32(first as u32 + value - 1);
    (1..=most).contains(&value).then(sign)?.map(String::from)
}

/// "*", "†", "‡", "§", then each twice, and so on.
fn chicago(value: u32) -> Option<String> {
    repeated(value, ['*', '†', '‡', '§'].into_iter())
}

/// A text that begins with a capital.
fn capital(text: String) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numbers_are_read_and_written() {
        for (value, written) in
            [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (48, "XLVIII"), (88, "LXXXVIII"), (89, "LXXXIX")]
        {
            assert_eq!((from_roman(written), roman(value).as_deref()), (Some(value), Some(written)));
        }
        for bad in ["IIII", "VX", "IC", "", "Q"] {
            assert_eq!(from_roman(bad), None, "{bad}");
        }
    }

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
                &[(0, None), (3, Some("三")), (10, Some("十")), (12, Some("十二")), (30, Some("三十")), (100, None)],
            ),
            (Numerals::InWords, &[(1, Some("One")), (21, Some("Twenty-one"))]),
            (Numerals::OrdinalInWords, &[(1, Some("First")), (21, Some("Twenty-first")), (100, None)]),
            (Numerals::Hexadecimal, &[(9, Some("9")), (26, Some("1A"))]),
            (Numerals::Chicago, &[(0, None), (1, Some("*")), (4, Some("§")), (5, Some("**"))]),
            (Numerals::InDashes, &[(3, Some("- 3 -"))]),
            (Numerals::ChineseDigits, &[(9, Some("九")), (10, Some("一〇"))]),
            (Numerals::SinoKoreanDigits, &[(20, Some("二零"))]),
            (Numerals::ChineseLegal, &[(2, Some("贰")), (11, Some("壹拾壹"))]),
            (Numerals::TraditionalLegal, &[(2, Some("貳")), (20, Some("貳拾"))]),
            (Numerals::Stems, &[(1, Some("甲")), (10, Some("癸")), (11, None)]),
            (Numerals::Branches, &[(12, Some("亥")), (13, None)]),
            (Numerals::CircledChinese, &[(1, Some("㊀")), (10, Some("㊉")), (11, None)]),
            (Numerals::JapaneseLegal, &[(3, Some("参")), (12, Some("壱拾弐"))]),
            (Numerals::Katakana, &[(2, Some("イ")), (46, Some("ン")), (47, None)]),
            (Numerals::NarrowKatakana, &[(2, Some("ｲ"))]),
            (Numerals::Iroha, &[(2, Some("ロ"))]),
            (Numerals::NarrowIroha, &[(3, Some("ﾊ"))]),
            (Numerals::Hangul, &[(0, None), (1, Some("가")), (14, Some("하")), (15, None)]),
            (Numerals::HangulConsonants, &[(2, Some("ㄴ")), (15, None)]),
            (Numerals::Korean, &[(1, Some("일")), (10, Some("십")), (21, Some("이십일"))]),
            (Numerals::KoreanDigits, &[(10, Some("일영"))]),
            (Numerals::KoreanNative, &[(0, None), (1, Some("하나")), (12, Some("열둘")), (100, None)]),
            (Numerals::WithFullStop, &[(1, Some("⒈")), (21, Some("21"))]),
            (Numerals::InBrackets, &[(20, Some("⒇")), (21, Some("21"))]),
            (Numerals::Devanagari, &[(12, Some("१२"))]),
            (Numerals::Thai, &[(12, Some("๑๒"))]),
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
