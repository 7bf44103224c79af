//! The names of a sentence, and whether one says what another says in more words or in other ones.

use std::collections::HashMap;

use super::cue::Cue;
use super::figure::NameClass;

/// The words of a name, as they are folded.
pub(super) type NameWords<'v> = Vec<&'v str>;

/// The names of a sentence.
pub(super) struct NameSet<'v> {
    /// By the first word of each, and by the last, none of which is looked at behind the first few.
    by_word: HashMap<(bool, &'v str), Vec<NameWords<'v>>>,
}

impl<'v> NameSet<'v> {
    /// The most names with one first or last word.
    const MOST: usize = 8;

    pub(super) fn new(names: impl Iterator<Item = NameWords<'v>>) -> NameSet<'v> {
        let mut by_word: HashMap<(bool, &str), Vec<NameWords<'_>>> = HashMap::new();
        for name in names {
            for (is_last, word) in [(false, name.first()), (true, name.last())] {
                let same = by_word.entry((is_last, word.copied().unwrap_or_default())).or_default();
                if same.len() < NameSet::MOST {
                    same.push(name.clone());
                }
            }
        }
        NameSet { by_word }
    }

    /// True if a name is among them, or what is left of one without a title ("Mori" of "President Mori"), or more of one.
    pub(super) fn has(&self, name: &[&str], class: Option<NameClass>) -> bool {
        let among = |is_last: bool| {
            let word = if is_last { name.last() } else { name.first() };
            word.and_then(|word| self.by_word.get(&(is_last, *word))).map_or(&[][..], Vec::as_slice)
        };
        let is_end = |other: &NameWords<'_>| other.ends_with(name) || name.ends_with(other);
        among(true).iter().any(is_end)
            || (!is_state(name, class)
                && [true, false].into_iter().flat_map(among).any(|other| is_one_name(name, other)))
    }
}

/// True for two cues of names of which one says what the other does: "President Biden", "President Joseph R. Biden"; "UN Charter",
/// "United Nations (UN) Charter". Two states are one only by their value.
pub(super) fn are_one((one, words): (&Cue, &[&str]), (other, others): (&Cue, &[&str])) -> bool {
    !is_state(words, one.class) && !is_state(others, other.class) && is_one_name(words, others)
}

/// True for the name of a state, and for none of its offices.
fn is_state(name: &[&str], class: Option<NameClass>) -> bool {
    class == Some(NameClass::State) && name.iter().all(|word| crate::words::is_small(word) || crate::names::tells(word))
}

/// True if all words of the shorter of two names stand in the other one in their order, letters standing for what they are the
/// first ones of, and both begin or end alike.
pub(super) fn is_one_name(one: &[&str], other: &[&str]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    holds(long, short) || (short.len() > 1 && holds(short, long))
}

/// True if all of `short` stands in `long` in its order.
fn holds(long: &[&str], short: &[&str]) -> bool {
    let (mut i, mut j) = (0, 0);
    let mut meets_first = false;
    let mut meets_last = false;
    while i < short.len() && j < long.len() {
        let step = match () {
            () if short[i] == long[j] => Some((1, 1)),
            () => {
                let more = initials_of(short[i], &long[j..]).map(|count| (1, count));
                more.or_else(|| initials_of(long[j], &short[i..]).map(|count| (count, 1)))
            }
        };
        match step {
            Some((own, others)) => {
                meets_first |= i == 0 && j == 0;
                (i, j) = (i + own, j + others);
                meets_last |= i == short.len() && j == long.len();
            }
            None => j += 1,
        }
    }
    i == short.len() && (meets_first || meets_last)
}

/// The number of words that a word consists of the first letters of.
fn initials_of(letters: &str, words: &[&str]) -> Option<usize> {
    let letters: Vec<char> = letters.chars().filter(|c| *c != '.').collect();
    let is_initial = |(letter, word): (&char, &&str)| word.len() > 1 && word.starts_with(*letter);
    let fits = (2..=6).contains(&letters.len()) && letters.len() <= words.len();
    (fits && letters.iter().zip(words).all(is_initial)).then_some(letters.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_more_words_is_the_same_name() {
        let cases = [
            ("president biden", "president joseph r biden", true),
            ("un charter", "united nations ( un ) charter", true),
            ("un convention on the law of the sea", "united nations convention on the law of the sea", true),
            ("u.s. secretary of commerce", "united states secretary of commerce", true),
            ("quad", "quad summit", true),
            ("president mori", "president vale", false),
            ("harbour court", "river commission", false),
            ("northern fleet", "southern fleet", false),
        ];
        for (one, other, expected) in cases {
            let words = |name: &'static str| name.split(' ').collect::<Vec<&str>>();
            assert_eq!(is_one_name(&words(one), &words(other)), expected, "{one} {other}");
            assert_eq!(is_one_name(&words(other), &words(one)), expected, "{other} {one}");
        }
    }
}
