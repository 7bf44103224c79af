//! English that is marked as another language: templates of pages say that all text is in the language of the house, and letters
//! cannot tell English from French.

use std::collections::{BTreeMap, BTreeSet};

use unicode_segmentation::UnicodeSegmentation;

use super::block::Block;
use super::language::Language;
use super::small_words::SmallWordCounts;

/// True if a text is English, whatever it is marked as: a twelfth of its words at least, and `least` different ones, are small
/// words that no other language of Latin letters has.
fn is_likely(words: &SmallWordCounts, least: usize) -> bool {
    words.english * 12 >= words.words && words.different_english() >= least
}

fn add(words: &mut SmallWordCounts, text: &str) {
    text.unicode_words().for_each(|word| words.add(&word.to_lowercase()));
}

/// The numbers of different small words that tell that a block is English, and that no mark of its language in the draft is to be
/// trusted.
const LEAST: [usize; 2] = [2, 3];

/// Forgets of blocks that are English, and of all in a draft that has one that surely is, that they are marked as another language.
pub(crate) fn unmark(blocks: &mut [Block]) {
    let mut untrusted = BTreeSet::new();
    for block in &mut *blocks {
        let mut english: BTreeMap<Language, SmallWordCounts> = BTreeMap::new();
        for (language, text) in block.marked().filter(|(language, _)| language.as_str() != "en") {
            add(english.entry(language).or_default(), text);
        }
        let likely = |least: usize| {
            english.iter().filter(move |(_, words)| is_likely(words, least)).map(|(language, _)| *language)
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
            let mut words = SmallWordCounts::default();
            add(&mut words, text);
            assert_eq!(is_likely(&words, LEAST[0]), expected, "{text}");
        }
    }

    #[test]
    fn a_twelfth_of_the_words_is_enough() {
        let likely = |others: usize| {
            let mut words = SmallWordCounts::default();
            add(&mut words, &format!("the with they of{}", " parola".repeat(others)));
            is_likely(&words, LEAST[1])
        };
        assert_eq!([0, 30, 32, 33, 100].map(likely), [true, true, true, false, false]);
    }
}
