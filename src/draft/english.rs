//! English that is marked as another language: templates of pages say that all text is in the language of the house, and letters
//! cannot tell English from French.

use std::collections::{BTreeMap, BTreeSet};

use unicode_segmentation::UnicodeSegmentation;

use super::block::Block;
use super::language::Language;

/// Small words of English that no other language of Latin letters has, or uses often.
const ENGLISH: &[&str] = &[
    "and", "are", "been", "from", "its", "our", "shall", "should", "that", "the", "their", "these", "they", "this",
    "those", "which", "with",
];

/// How much of a text is English, whatever it is marked as.
#[derive(Debug, Default)]
struct English {
    words: usize,
    own: usize,
    seen: BTreeSet<&'static str>,
}

impl English {
    fn add(&mut self, text: &str) {
        for word in text.unicode_words() {
            self.words += 1;
            if let Ok(at) = ENGLISH.binary_search(&&*word.to_lowercase()) {
                self.own += 1;
                self.seen.insert(ENGLISH[at]);
            }
        }
    }

    /// Whether the text is one: a twelfth of its words at least, and `least` different ones, are small words of English.
    fn is_likely(&self, least: usize) -> bool {
        self.own * 12 >= self.words && self.seen.len() >= least
    }
}

/// How many different small words tell that a block is English, and how many that no mark of its language in the draft is to be trusted.
const LEAST: [usize; 2] = [2, 3];

/// Forgets of blocks that are English, and of all in a draft that has one that surely is, that they are marked as another language.
pub(super) fn unmark(blocks: &mut [Block]) {
    let mut untrusted = BTreeSet::new();
    for block in &mut *blocks {
        let mut english: BTreeMap<Language, English> = BTreeMap::new();
        for (language, text) in block.marked().filter(|(language, _)| language.as_str() != "en") {
            english.entry(language).or_default().add(text);
        }
        let likely = |least: usize| {
            english.iter().filter(move |(_, english)| english.is_likely(least)).map(|(language, _)| *language)
        };
        untrusted.extend(likely(LEAST[1]));
        block.unmark(&likely(LEAST[0]).collect());
    }
    if !untrusted.is_empty() {
        blocks.iter_mut().for_each(|block| block.unmark(&untrusted));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_tell_english() {
        assert!(ENGLISH.is_sorted());
        let cases = [
            ("The leaders reaffirmed that they shall work with the region.", true),
            ("The Leaders met in Lisbon on 3 May and issued a statement", true),
            ("Joint Statement", false),
            ("Les deux dirigeants ont r\u{e9}affirm\u{e9} leur engagement envers la paix.", false),
            (
                "Le ministre a cit\u{e9} \u{ab} The Spirit of Lisbon and Beyond \u{bb}, texte sign\u{e9} par les deux pays au mois de mai dernier \u{e0} Lisbonne apr\u{e8}s de longs pourparlers.",
                false,
            ),
            ("Die Parteien haben am Abend vereinbart, dass sie von der Region aus weiter zusammenarbeiten.", false),
            ("De partijen komen overeen dat de regio of de staten van de unie er mee instemmen.", false),
            ("Los l\u{ed}deres reafirmaron su compromiso con la paz en la regi\u{f3}n.", false),
            ("Lederne har m\u{f8}ttes for at dr\u{f8}fte and og g\u{e5}s til middag.", false),
        ];
        for (text, expected) in cases {
            let mut english = English::default();
            english.add(text);
            assert_eq!(english.is_likely(LEAST[0]), expected, "{text}");
        }
    }
}
