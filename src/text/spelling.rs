//! The spellings of one English word: British and American ones become one.
//!
//! What comes out is a key to compare words by, and no word to show: it is no matter that it makes "exercize" of "exercise", as long
//! as no two words that say different things become one.

use std::borrow::Cow;

/// Endings that are spelt in two ways, with the one that stands for both, and the fewest letters before them.
const ENDINGS: &[(&str, &str, usize)] = &[
    ("isation", "ization", 3),
    ("isations", "izations", 3),
    ("ise", "ize", 3),
    ("ises", "izes", 3),
    ("ised", "ized", 3),
    ("ising", "izing", 3),
    ("yse", "yze", 3),
    ("ysed", "yzed", 3),
    ("ysing", "yzing", 3),
    ("our", "or", 3),
    ("ours", "ors", 3),
    ("oured", "ored", 3),
    ("ouring", "oring", 3),
    ("ourable", "orable", 3),
    ("ourably", "orably", 3),
    ("elled", "eled", 3),
    ("elling", "eling", 3),
    ("ogue", "og", 3),
    ("ogues", "ogs", 3),
];

/// Words that are spelt in two ways for themselves, with the spelling that stands for both.
const WORDS: &[(&str, &str)] = &[
    ("acknowledgement", "acknowledgment"),
    ("centre", "center"),
    ("centred", "centered"),
    ("centres", "centers"),
    ("defence", "defense"),
    ("defences", "defenses"),
    ("enrol", "enroll"),
    ("enrolment", "enrollment"),
    ("fibre", "fiber"),
    ("fulfil", "fulfill"),
    ("fulfilment", "fulfillment"),
    ("fulfils", "fulfills"),
    ("grey", "gray"),
    ("judgement", "judgment"),
    ("judgements", "judgments"),
    ("kilometre", "kilometer"),
    ("kilometres", "kilometers"),
    ("licence", "license"),
    ("licences", "licenses"),
    ("litre", "liter"),
    ("litres", "liters"),
    ("manoeuvre", "maneuver"),
    ("manoeuvres", "maneuvers"),
    ("metre", "meter"),
    ("metres", "meters"),
    ("offence", "offense"),
    ("offences", "offenses"),
    ("practise", "practice"),
    ("practised", "practiced"),
    ("practising", "practicing"),
    ("programme", "program"),
    ("programmes", "programs"),
    ("sceptical", "skeptical"),
    ("skilful", "skillful"),
    ("theatre", "theater"),
    ("theatres", "theaters"),
    ("towards", "toward"),
    ("unshakeable", "unshakable"),
];

/// The spelling that stands for all spellings of a folded word.
pub(crate) fn one_spelling(word: &str) -> Cow<'_, str> {
    if let Ok(at) = WORDS.binary_search_by_key(&word, |(spelling, _)| spelling) {
        return Cow::Borrowed(WORDS[at].1);
    }
    let ending = ENDINGS.iter().find_map(|(ending, one, least)| {
        let stem = word.strip_suffix(ending)?;
        (stem.len() >= *least).then_some((stem, one))
    });
    match ending {
        Some((stem, one)) => Cow::Owned(format!("{stem}{one}")),
        None => Cow::Borrowed(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_become_one_and_other_words_do_not() {
        let same = [
            ("organise", "organize"),
            ("organisations", "organizations"),
            ("labour", "labor"),
            ("favourable", "favorable"),
            ("defence", "defense"),
            ("programme", "program"),
            ("dialogue", "dialog"),
            ("travelled", "traveled"),
            ("analysed", "analyzed"),
        ];
        for (one, other) in same {
            assert_eq!(one_spelling(one), one_spelling(other), "{one} {other}");
        }
        for (one, other) in [("four", "for"), ("hour", "hor"), ("rise", "rize"), ("wise", "wize"), ("our", "or")] {
            assert_ne!(one_spelling(one), one_spelling(other), "{one} {other}");
        }
        assert!(WORDS.is_sorted());
    }
}
