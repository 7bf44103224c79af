//! Letters that look like those of the Latin alphabet: `о` of Cyrillic for `o`, `Ν` of Greek for `N`.
//!
//! The letters are those of the confusables of Unicode Technical Standard #39, as `build/lookalike.rs` has chosen them. What Unicode takes
//! for another form of the same letter, such as a full-width one, is no matter here: folding makes one of them.

include!(concat!(env!("OUT_DIR"), "/lookalikes.rs"));

/// The first letter behind those of Latin languages; none of them looks like another.
const FIRST: char = '\u{250}';

/// The letter of ASCII that `c` looks like, if it is a letter of another alphabet that does.
pub(crate) fn lookalike(c: char) -> Option<char> {
    if c < FIRST {
        return None;
    }
    LOOKALIKES.binary_search_by_key(&c, |(other, _)| *other).ok().map(|at| LOOKALIKES[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_has_no_letter_of_latin_languages() {
        assert!(LOOKALIKES.is_sorted_by_key(|(c, _)| *c) && LOOKALIKES[0].0 >= FIRST);
        assert!(LOOKALIKES.len() > 200, "{}", LOOKALIKES.len());
    }

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
