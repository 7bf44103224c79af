//! Parts of a new rule that are made from its words: its name, the boundaries of its phrase, sentences that have it in them.

use icu_normalizer::DecomposingNormalizerBorrowed;

use crate::rule::phrase::Boundary;
use crate::text::fold::fold_str;
use crate::text::script::{is_accent, is_han, is_hangul, is_kana};

/// The most words that a name is made of.
const MAX_WORDS: usize = 6;

/// Some words as a name; `None` if they have letters that a name may not have and that no accent makes of others.
pub(super) fn kebab_case(words: &str) -> Option<String> {
    let mut name = String::new();
    let plain = DecomposingNormalizerBorrowed::new_nfkd().normalize(words).to_lowercase();
    for c in plain.chars() {
        match c {
            'a'..='z' | '0'..='9' => name.push(c),
            '\u{df}' => name.push_str("ss"),
            '\u{e6}' => name.push_str("ae"),
            '\u{153}' => name.push_str("oe"),
            '\u{f8}' => name.push('o'),
            '\u{111}' | '\u{f0}' => name.push('d'),
            '\u{fe}' => name.push_str("th"),
            '\u{131}' => name.push('i'),
            '\u{142}' => name.push('l'),
            '\'' | '\u{2019}' => {}
            _ if is_accent(c) => {}
            _ if c.is_alphanumeric() => return None,
            _ => name.push(' '),
        }
    }
    let name = name.split_whitespace().take(MAX_WORDS).collect::<Vec<_>>().join("-");
    (!name.is_empty()).then_some(name)
}

/// Returns the boundaries of a phrase, unless they are those of English: behind a Korean word may be a particle, and around a
/// word of Japanese or Chinese anything.
pub(super) fn boundary(phrase: &str) -> Option<Boundary> {
    let phrase = fold_str(phrase);
    match Script::detect(&phrase) {
        Script::Hangul => Some(Boundary::Left),
        Script::Kana | Script::Han => Some(Boundary::None),
        Script::Other => None,
    }
}

/// The script of some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Hangul,
    Kana,
    Han,
    Other,
}

impl Script {
    fn detect(words: &str) -> Script {
        if words.contains(is_hangul) {
            Script::Hangul
        } else if words.contains(is_kana) {
            Script::Kana
        } else if words.contains(is_han) {
            Script::Han
        } else {
            Script::Other
        }
    }
}

/// The words of a wording, with something in its gaps, or nothing.
pub(super) fn filled(wording: &str, with: Option<&str>) -> String {
    let is_gap =
        |word: &str| word.strip_prefix('*').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    let words = wording.split(' ').filter_map(|word| if is_gap(word) { with } else { Some(word) });
    words.collect::<Vec<_>>().join(" ")
}

/// Sentences that have a wording in them, to be flagged. They speak of it, for nobody knows whether it is a noun or a verb.
pub(super) fn with(wording: &str) -> Vec<String> {
    let texts = [filled(wording, None), filled(wording, Some("some"))];
    let quoting = texts.iter().map(|text| match Script::detect(text) {
        Script::Hangul => format!("초안에는 {} 표현이 있다.", in_quotes(text)),
        Script::Kana => format!("案文には「{text}」とある。"),
        Script::Han | Script::Other => format!("An early draft said {}.", in_quotes(text)),
    });
    let plain = texts.iter().map(|text| format!("An early draft said {text}."));
    quoting.chain(plain).chain(texts.iter().cloned()).collect()
}

/// Some words between quotation marks, unless they have their own.
fn in_quotes(text: &str) -> String {
    if text.contains(['"', '\u{201c}', '\u{201d}']) { text.to_owned() } else { format!("\"{text}\"") }
}

/// Sentences without the wording, to be left alone: with what is suggested in its place, if anything is.
pub(super) fn without<'s>(wording: &str, suggestions: impl Iterator<Item = &'s str>) -> Vec<String> {
    let suggested = suggestions.map(|suggestion| suggestion.replace('~', "")).map(|text| match Script::detect(&text) {
        Script::Hangul => format!("최종안에는 {} 표현이 있다.", in_quotes(&text)),
        Script::Kana => format!("最終案には「{text}」とある。"),
        Script::Han | Script::Other => format!("The final text says {}.", in_quotes(&text)),
    });
    let other: [&str; 3] = match Script::detect(wording) {
        Script::Hangul => ["최종안에는 그런 표현이 없다.", "다른 문제이다.", "42"],
        Script::Kana => ["最終案にその語はない。", "別の話である。", "42"],
        Script::Han | Script::Other => ["The final text puts it in other words.", "Nobody disagrees.", "42"],
    };
    suggested.chain(other.map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_of_latin_letters_with_or_without_accents() {
        let cases = [
            ("junior partner", Some("junior-partner")),
            ("C\u{f4}te d\u{2019}Ivoire", Some("cote-divoire")),
            ("Stra\u{df}e, \u{c6}r\u{f8} & \u{141}\u{f3}d\u{17a}", Some("strasse-aero-lodz")),
            ("\u{ff24}\u{ff30}\u{ff32}\u{ff2b} 2", Some("dprk-2")),
            ("one two three four five six seven", Some("one-two-three-four-five-six")),
            ("한미동맹", None),
            ("THAAD 배치", None),
            ("中国", None),
            ("\u{2014}", None),
        ];
        for (words, expected) in cases {
            assert_eq!(kebab_case(words).as_deref(), expected, "{words}");
        }
    }

    #[test]
    fn a_phrase_ends_where_its_script_lets_words_end() {
        let cases = [
            ("junior partner", None),
            ("동맹", Some(Boundary::Left)),
            ("\u{1103}\u{1169}\u{11bc}", Some(Boundary::Left)),
            ("韓美동맹", Some(Boundary::Left)),
            ("THAAD 배치", Some(Boundary::Left)),
            ("台湾", Some(Boundary::None)),
            ("\u{ff71}\u{ff92}\u{ff98}\u{ff76}", Some(Boundary::None)),
            ("台湾の問題", Some(Boundary::None)),
        ];
        for (phrase, expected) in cases {
            assert_eq!(boundary(phrase), expected, "{phrase}");
        }
    }
}
