//! Letters that look like those of the Latin alphabet: `о` of Cyrillic for `o`, `Ν` of Greek for `N`.
//!
//! The letters are those of the confusables of Unicode Technical Standard #39. What Unicode takes for another form of the same letter,
//! such as a full-width one, is no matter here: folding makes one of them.

use std::sync::LazyLock;

use icu_properties::CodePointMapData;
use icu_properties::props::Script;
use unicode_security::confusable_detection::skeleton;

/// The letters of ASCII, each with what Unicode makes of it to compare what looks alike; in the order of that.
static LETTERS: LazyLock<Vec<(String, char)>> = LazyLock::new(|| {
    let mut letters: Vec<(String, char)> =
        ('A'..='Z').chain('a'..='z').map(|letter| (skeleton(&letter.to_string()).collect(), letter)).collect();
    letters.sort();
    letters
});

/// The letter of ASCII that `c` looks like, if it is a letter of another alphabet that does.
pub(crate) fn lookalike(c: char) -> Option<char> {
    // What looks like a letter of a script of Asia is none to a reader of Latin text.
    if c.is_ascii() || !c.is_alphabetic() || !has_lookalikes(c) {
        return None;
    }
    let skeleton: String = skeleton(c.encode_utf8(&mut [0; 4])).collect();
    let first = LETTERS.partition_point(|(other, _)| *other < skeleton);
    let alike = || LETTERS[first..].iter().take_while(|(other, _)| *other == skeleton).map(|(_, letter)| *letter);
    // `I` and `l` look alike as well: of several letters the one of the same case.
    alike().find(|letter| letter.is_uppercase() == c.is_uppercase()).or_else(|| alike().next())
}

/// Whether `c` is of an alphabet whose letters are taken for Latin ones.
fn has_lookalikes(c: char) -> bool {
    let script = CodePointMapData::<Script>::new().get(c);
    matches!(
        script,
        Script::Cyrillic
            | Script::Greek
            | Script::Coptic
            | Script::Armenian
            | Script::Cherokee
            | Script::Lisu
            | Script::Deseret
    ) || (script == Script::Latin && !('\u{c0}'..='\u{24f}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_looks_like_one_of_its_case() {
        let cases = [
            ('\u{43e}', Some('o')),
            ('\u{421}', Some('C')),
            ('\u{406}', Some('I')),
            ('\u{456}', Some('i')),
            ('\u{391}', Some('A')),
            ('\u{3bd}', Some('v')),
            ('\u{578}', Some('n')),
            ('\u{251}', Some('a')),
            ('o', None),
            ('\u{444}', None),
            ('\u{e9}', None),
            ('\u{131}', None),
            ('\u{d55c}', None),
            ('\u{30ed}', None),
        ];
        for (c, expected) in cases {
            assert_eq!(lookalike(c), expected, "{}", c.escape_unicode());
        }
    }
}
