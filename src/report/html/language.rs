//! The language of a text, where its letters tell it: browsers choose fonts, divide words and read aloud by it.

use crate::text::script::{is_halfwidth_kana, is_han, is_hangul, is_kana};

/// The tag of the language that most of `text` is written in; `None` where it cannot be told.
pub(crate) fn language(text: &str) -> Option<&'static str> {
    let (mut letters, mut hangul, mut kana, mut han) = (0_usize, 0, 0, 0);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        letters += 1;
        match c {
            _ if is_hangul(c) => hangul += 1,
            _ if is_kana(c) || is_halfwidth_kana(c) => kana += 1,
            _ if is_han(c) => han += 1,
            _ => {}
        }
    }
    // Names and terms in Latin letters are long beside a syllable of Hangul.
    match (hangul, kana, han) {
        _ if 4 * hangul >= letters.max(1) => Some("ko"),
        _ if 2 * (kana + han) < letters.max(1) => is_english(text).then_some("en"),
        _ if kana > 0 => Some("ja"),
        _ => Some("zh"),
    }
}

/// True if one in twenty words is one of the smallest of English, "the" among them.
fn is_english(text: &str) -> bool {
    let (mut words, mut small, mut articles) = (0_usize, 0, 0);
    for word in text.split_whitespace() {
        words += 1;
        let is = |other: &str| word.eq_ignore_ascii_case(other);
        articles += usize::from(is("the"));
        small += usize::from(["the", "of", "and"].into_iter().any(is));
    }
    articles > 0 && 20 * small >= words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_the_smallest_words_tell_the_language() {
        let cases = [
            ("The two leaders met in the capital of Korea.", Some("en")),
            ("양 정상은 한미동맹의 미래를 논의하였다.", Some("ko")),
            ("양측은 Extended Deterrence Dialogue를 개최하기로 하였다.", Some("ko")),
            ("The leaders (정상) met in Seoul (서울) and reaffirmed the alliance.", Some("en")),
            ("両首脳は自由で開かれたインド太平洋を確認した。", Some("ja")),
            ("双方重申一个中国原则。", Some("zh")),
            ("Les deux présidents ont réaffirmé leur engagement.", None),
            ("Joint Statement", None),
            ("123 —", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(language(text), expected, "{text}");
        }
    }
}
