//! The scripts that words are told by, as ranges of the blocks of Unicode (chapter 18): what stands between the letters of a block is
//! unassigned, or a sign of the script. Which script a language is written in is in [`super::language`].

/// True if `c` is a syllable of Hangul or a part of one.
pub(crate) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{a960}'..='\u{a97f}' | '\u{ac00}'..='\u{d7ff}')
}

/// True if `c` is hiragana or katakana, but for those of half a width, which folding makes whole.
pub(crate) fn is_kana(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}')
}

/// True if `c` is katakana of half a width.
pub(crate) fn is_halfwidth_kana(c: char) -> bool {
    matches!(c, '\u{ff66}'..='\u{ff9f}')
}

/// True if `c` is a Han character.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// True if `c` is of a script that puts no spaces between words: Han or kana.
pub(crate) fn is_unspaced(c: char) -> bool {
    is_kana(c) || is_han(c)
}

/// True if `c` is Hangul, Han or kana.
pub(crate) fn is_east_asian(c: char) -> bool {
    is_hangul(c) || is_unspaced(c)
}

/// True if `c` is Cyrillic.
pub(crate) fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}')
}

/// True if `c` is an accent that is put on the letter before it (Combining Diacritical Marks).
pub(crate) fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use icu_properties::CodePointMapData;
    use icu_properties::props::Script;

    use super::*;

    #[test]
    fn a_letter_is_of_the_script_that_unicode_says() {
        type ScriptCase = (fn(char) -> bool, &'static [Script]);
        let cases: &[ScriptCase] = &[
            (is_hangul, &[Script::Hangul]),
            (|c| is_kana(c) || is_halfwidth_kana(c), &[Script::Hiragana, Script::Katakana]),
            (is_han, &[Script::Han]),
            (is_cyrillic, &[Script::Cyrillic]),
        ];
        let script = CodePointMapData::<Script>::new();
        let letters = || (char::MIN..=char::MAX).filter(|c| c.is_alphabetic());
        for (told, scripts) in cases {
            for c in letters().filter(|&c| told(c)) {
                // The mark of a long vowel is of both kana.
                assert!(scripts.contains(&script.get(c)) || script.get(c) == Script::Common, "{}", c.escape_unicode());
            }
            // None is passed over in the blocks that are written today, but for the Cyrillic of Church Slavonic.
            let passed = letters().filter(|&c| scripts.contains(&script.get(c)) && !told(c));
            let passed: Vec<char> = passed
                .filter(|c| matches!(c, '\u{400}'..='\u{4ff}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{d7ff}'))
                .collect();
            let is_cyrillic_of_slavonic = |c: &char| matches!(c, '\u{a640}'..='\u{a69f}');
            assert!(passed.iter().all(is_cyrillic_of_slavonic), "{passed:?}");
        }
    }
}
