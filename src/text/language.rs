//! The language that a text is marked as, and whether its letters agree.

use icu_properties::CodePointMapData;
use icu_properties::props::Script;

use super::script::{is_cyrillic, is_hangul};

/// A language, by the first part of its tag (BCP 47): `en` of `en-GB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 3]);

/// Other names of languages: three letters where there are two, and names of old.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("ara", "ar"),
    ("chi", "zh"),
    ("cmn", "zh"),
    ("deu", "de"),
    ("eng", "en"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("ger", "de"),
    ("in", "id"),
    ("ita", "it"),
    ("iw", "he"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("nld", "nl"),
    ("por", "pt"),
    ("rus", "ru"),
    ("spa", "es"),
    ("ukr", "uk"),
    ("vie", "vi"),
    ("yue", "zh"),
    ("zho", "zh"),
];

/// Tags that name no language: several, unknown, none, or those that have no code.
const NO_LANGUAGE: &[&str] = &["mis", "mul", "und", "zxx"];

/// The languages that are not written in Latin letters, with the scripts that they are written in.
const SCRIPTS: &[(&[&str], &[Script])] = &[
    (&["ko"], &[Script::Hangul, Script::Han]),
    (&["ja"], &[Script::Hiragana, Script::Katakana, Script::Han]),
    (&["zh"], &[Script::Han, Script::Bopomofo]),
    (&["be", "bg", "ky", "mk", "ru", "tg", "uk"], &[Script::Cyrillic]),
    (&["az", "bs", "kk", "mn", "sr", "tk", "tt", "uz"], &[Script::Cyrillic, Script::Latin, Script::Arabic]),
    (&["ar", "ckb", "fa", "ps", "sd", "ug", "ur"], &[Script::Arabic]),
    (&["ku", "ms"], &[Script::Latin, Script::Arabic]),
    (&["he", "yi"], &[Script::Hebrew]),
    (&["hi", "mr", "ne", "sa"], &[Script::Devanagari]),
    (&["pa"], &[Script::Gurmukhi, Script::Arabic]),
    (&["as", "bn"], &[Script::Bengali]),
    (&["gu"], &[Script::Gujarati]),
    (&["or"], &[Script::Oriya]),
    (&["ta"], &[Script::Tamil]),
    (&["te"], &[Script::Telugu]),
    (&["kn"], &[Script::Kannada]),
    (&["ml"], &[Script::Malayalam]),
    (&["si"], &[Script::Sinhala]),
    (&["th"], &[Script::Thai]),
    (&["lo"], &[Script::Lao]),
    (&["km"], &[Script::Khmer]),
    (&["my"], &[Script::Myanmar]),
    (&["ka"], &[Script::Georgian]),
    (&["hy"], &[Script::Armenian]),
    (&["el"], &[Script::Greek]),
    (&["am", "ti"], &[Script::Ethiopic]),
    (&["bo", "dz"], &[Script::Tibetan]),
    (&["dv"], &[Script::Thaana]),
];

impl Language {
    /// The language that a tag names: `en`, `en-GB`, `en_US`; `None` if it names none.
    pub fn from_tag(tag: &str) -> Option<Language> {
        let name = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        let name = OTHER_NAMES.iter().find(|(other, _)| *other == name).map_or(name.as_str(), |(_, name)| name);
        let is_name = matches!(name.len(), 2 | 3) && name.bytes().all(|byte| byte.is_ascii_lowercase());
        if !is_name || NO_LANGUAGE.contains(&name) {
            return None;
        }
        let mut letters = [0; 3];
        letters[..name.len()].copy_from_slice(name.as_bytes());
        Some(Language(letters))
    }

    /// The tag, of two or three lower-case letters.
    pub fn as_str(&self) -> &str {
        let len = if self.0[2] == 0 { 2 } else { 3 };
        std::str::from_utf8(&self.0[..len]).unwrap_or_default()
    }

    /// The language that a letter tells by its script; `None` for Latin letters, and for those of scripts of many languages.
    pub(crate) fn written_in(c: char) -> Option<Language> {
        let tag = match c {
            ..='\u{36f}' => return None,
            '\u{404}' | '\u{406}' | '\u{407}' | '\u{454}' | '\u{456}' | '\u{457}' | '\u{490}' | '\u{491}' => "uk",
            _ if is_cyrillic(c) => "ru",
            _ if is_hangul(c) => "ko",
            _ => match CodePointMapData::<Script>::new().get(c) {
                Script::Hiragana | Script::Katakana => "ja",
                // Korean and Japanese have it too, and are told by their other letters.
                Script::Han => "zh",
                script => SCRIPTS.iter().find(|(_, scripts)| scripts == &[script])?.0.first()?,
            },
        };
        Language::from_tag(tag)
    }

    /// True if the language is written in Latin letters alone.
    pub(crate) fn is_in_latin_letters(self) -> bool {
        !SCRIPTS.iter().any(|(names, _)| names.contains(&self.as_str()))
    }

    /// True if most letters of the texts are such as the language is written in. One letter at least must be.
    pub(crate) fn is_written_as<'t>(self, texts: impl Iterator<Item = &'t str>) -> bool {
        let found = SCRIPTS.iter().find(|(names, _)| names.contains(&self.as_str()));
        let scripts = found.map_or(&[Script::Latin][..], |(_, scripts)| scripts);
        let script_of = CodePointMapData::<Script>::new();
        let letters = texts.flat_map(str::chars).filter(|c| c.is_alphabetic());
        let (own, others) = letters.fold((0usize, 0usize), |(own, others), c| {
            // A letter of no script of its own, such as a modifier, says nothing.
            match script_of.get(c) {
                Script::Common | Script::Inherited => (own, others),
                script if scripts.contains(&script) => (own + 1, others),
                _ => (own, others + 1),
            }
        });
        own > 0 && own >= others
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_part_of_a_tag_is_the_language() {
        let cases = [
            ("en", Some("en")),
            ("EN-GB", Some("en")),
            (" en_US ", Some("en")),
            ("kor", Some("ko")),
            ("zh-Hant-TW", Some("zh")),
            ("cmn", Some("zh")),
            ("haw", Some("haw")),
            ("iw", Some("he")),
            ("", None),
            ("und", None),
            ("x-private", None),
            ("english", None),
            ("e1", None),
            ("{{ lang }}", None),
            ("한국", None),
        ];
        for (tag, expected) in cases {
            assert_eq!(Language::from_tag(tag).as_ref().map(Language::as_str), expected, "{tag}");
        }
    }

    #[test]
    fn a_language_is_written_in_its_own_letters() {
        let cases = [
            ("en", "The leaders", true),
            ("en", "정상", false),
            ("ko", "The leaders met.", false),
            ("ko", "두 정상은 ROK", true),
            ("ko", "두 G20 Summit", false),
            ("ja", "中国封じ込め", true),
            ("zh", "遏制中国 China", false),
            ("ru", "сдерживание Китая", true),
            ("ar", "China", false),
            ("ar", "احتواء الصين", true),
            ("sr", "obuzdavanje Kine", true),
            ("fr", "l\u{2019}endiguement", true),
            ("tlh", "tlhIngan", true),
            ("en", "2025", false),
        ];
        for (tag, text, expected) in cases {
            let language = Language::from_tag(tag).unwrap();
            assert_eq!(language.is_written_as(std::iter::once(text)), expected, "{tag}: {text}");
        }
    }

    #[test]
    fn a_modifier_is_a_letter_of_no_script() {
        assert!(Language::from_tag("ko").unwrap().is_written_as(["두 \u{2bb}\u{2bb}\u{2bb}"].into_iter()));
        assert!(!Language::from_tag("ko").unwrap().is_written_as(["두 abc"].into_iter()));
    }

    #[test]
    fn some_languages_are_written_in_latin_letters_alone() {
        for (tag, expected) in [("fr", true), ("de", true), ("ko", false), ("ja", false), ("zh", false), ("ru", false)]
        {
            assert_eq!(Language::from_tag(tag).unwrap().is_in_latin_letters(), expected, "{tag}");
        }
    }
}
