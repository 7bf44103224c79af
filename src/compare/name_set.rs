//! The names of a sentence, and whether one says what another says in more words or in other ones.

use std::collections::HashMap;

use super::cue::Cue;
use super::figure::NameClass;
use super::lexicon::Lexicon;
use crate::names::Referent;

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

    /// True if a name is among them, as it is or in words that say the same.
    pub(super) fn has(&self, name: &[&str], class: Option<NameClass>) -> bool {
        let among = |is_last: bool| {
            let word = if is_last { name.last() } else { name.first() };
            word.and_then(|word| self.by_word.get(&(is_last, *word))).map_or(&[][..], Vec::as_slice)
        };
        let is_it = |other: &NameWords<'_>| {
            if is_state(name, class) { is_state_in_words(name, other) } else { is_one_name(name, other) }
        };
        [true, false].into_iter().flat_map(among).any(is_it)
    }
}

/// True for two cues of names of which one says what the other does: "President Biden", "President Joseph R. Biden"; "UN Charter",
/// "United Nations (UN) Charter". Two states are one only by their value.
pub(super) fn are_one((one, words): (&Cue, &[&str]), (other, others): (&Cue, &[&str])) -> bool {
    !is_state(words, one.class) && !is_state(others, other.class) && is_one_name(words, others)
}

/// True if one name is a state, and the other is its adjective: "Avalon", "Avalonian".
pub(super) fn are_forms_of_one(one: &[&str], other: &[&str]) -> bool {
    let state = |name: &[&str]| crate::names::named(&name.join(" "));
    match (state(one), state(other)) {
        (Some(one @ Referent::State(_)), Some(other @ Referent::Adjective(_)))
        | (Some(one @ Referent::Adjective(_)), Some(other @ Referent::State(_))) => one.is_of_the_same(other),
        _ => false,
    }
}

/// True for the adjective of a state.
pub(super) fn is_adjective(name: &[&str]) -> bool {
    matches!(crate::names::named(&name.join(" ")), Some(Referent::Adjective(_)))
}

/// True for the name of a state, and for none of its offices.
fn is_state(name: &[&str], class: Option<NameClass>) -> bool {
    class == Some(NameClass::State) && name.iter().all(|word| crate::words::is_small(word) || crate::names::tells(word))
}

/// True if the names of two states have the same words but for an article.
fn is_state_in_words(one: &[&str], other: &[&str]) -> bool {
    let telling = |name: &[&str]| name.iter().filter(|word| !crate::words::is_small(word)).count();
    let shared = one.iter().zip(other).filter(|(one, other)| one == other && !crate::words::is_small(one)).count();
    let ends = one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count();
    telling(one) == telling(other) && (shared == telling(one) || ends >= telling(one))
}

/// The most words of a name that is compared with another word by word.
const LONGEST: usize = 24;

/// True if two names say the same: words of one that the other has not say nothing of their own. Such are articles, letters for what
/// stands beside them ("United Nations (UN) Charter"), and, of persons, given names and a title that is there or not.
pub(super) fn is_one_name(one: &[&str], other: &[&str]) -> bool {
    if one == other {
        return true;
    }
    if one.len().max(other.len()) > LONGEST {
        return false;
    }
    if is_with_title(one, other) || is_with_title(other, one) {
        return true;
    }
    let mut alignment = NameAlignment { names: [one, other], failed: vec![false; (one.len() + 1) * (other.len() + 1)] };
    alignment.is_one((0, 0), Matched::default())
}

/// Two names while it is tried to put the words of one to those of the other.
struct NameAlignment<'n> {
    names: [&'n [&'n str]; 2],
    /// For each pair of places that nothing comes of it, where something has been matched.
    failed: Vec<bool>,
}

/// The words that are matched so far.
#[derive(Clone, Copy, Default)]
struct Matched {
    /// True if any word is.
    any: bool,
    /// True if one of them tells who is meant.
    who: bool,
    /// True if the last one, or what is left out behind it, may be followed by a name of a person.
    before_name: bool,
}

impl NameAlignment<'_> {
    fn is_one(&mut self, (i, j): (usize, usize), matched: Matched) -> bool {
        let [one, other] = self.names;
        if i == one.len() && j == other.len() {
            return matched.who;
        }
        let place = i * (other.len() + 1) + j;
        if matched.who && self.failed[place] {
            return false;
        }
        let is_one = self.matches((i, j), matched) || self.leaves_out((i, j), matched);
        if matched.who && !is_one {
            self.failed[place] = true;
        }
        is_one
    }

    /// True if something comes of it that the next words of both are the same, or letters for words.
    fn matches(&mut self, (i, j): (usize, usize), matched: Matched) -> bool {
        let [one, other] = self.names;
        let (Some(&word), Some(&partner)) = (one.get(i), other.get(j)) else {
            return false;
        };
        if word == partner {
            let is_small = is_empty(word);
            let next = Matched {
                any: true,
                who: matched.who || !(is_small || is_titular(word)),
                before_name: !is_small && (is_title(word) || !crate::names::is_of_title(word)),
            };
            return self.is_one((i + 1, j + 1), next);
        }
        let all = Matched { any: true, who: true, before_name: true };
        initials_of(word, &other[j..]).is_some_and(|count| self.is_one((i + 1, j + count), all))
            || initials_of(partner, &one[i..]).is_some_and(|count| self.is_one((i + count, j + 1), all))
    }

    /// True if something comes of it that a word of one of the two is not in the other.
    fn leaves_out(&mut self, (i, j): (usize, usize), matched: Matched) -> bool {
        let [one, other] = self.names;
        let sides = [(one, i, (i + 1, j)), (other, j, (i, j + 1))];
        sides.into_iter().any(|(name, at, next)| {
            let Some(word) = name.get(at) else {
                return false;
            };
            let is_person = name.iter().any(|word| is_title(word));
            let says_nothing = is_empty(word)
                || name[..at].iter().rposition(|before| !is_empty(before)).is_some_and(|last| {
                    (0..=last).any(|start| initials_of(word, &name[start..=last]) == Some(last + 1 - start))
                })
                // "Joseph R." between the title and the name, or behind it.
                || (is_person && matched.before_name && !is_titular(word))
                // The state that a title is of.
                || (is_person && !matched.any && crate::names::named(word).is_some());
            says_nothing && self.is_one(next, matched)
        })
    }
}

/// True if a name is that of a person with a title, and the other one is the person without it.
fn is_with_title(name: &[&str], person: &[&str]) -> bool {
    let Some(title) = name.iter().rposition(|word| is_title(word)) else {
        return false;
    };
    // "President of Avalon" is not Avalon.
    let is_apart = |at: usize| at > title && !is_empty(name[at - 1]);
    let is_person = !person.iter().any(|word| is_titular(word) || is_empty(word))
        && person.len() < name.len()
        && !name.iter().any(|word| Lexicon::builtin().tells_standing(word));
    is_person
        && ((name.ends_with(person) && is_apart(name.len() - person.len()))
            || name[title + 1..].starts_with(person) && !name[title + 1..].iter().any(|word| is_empty(word)))
}

/// True for a word that stands for nothing: an article, a joiner, a mark.
fn is_empty(word: &str) -> bool {
    crate::names::is_joiner(word)
        || matches!(word, "a" | "an" | "at" | "by" | "from" | "in" | "to" | "with")
        || !word.contains(char::is_alphanumeric)
}

/// True for a word before the name of a person: "Minister", "Vice-President".
fn is_title(word: &str) -> bool {
    word.split('-').any(crate::names::is_title)
}

/// True for a word of a title.
fn is_titular(word: &str) -> bool {
    is_title(word) || crate::names::is_of_title(word)
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
            ("mori", "president mori", true),
            ("vale", "u.s. secretary of commerce irene vale", true),
            ("secretary of commerce vale", "u.s. secretary of commerce irene vale", true),
            ("president dorn", "president dorn min ho", true),
            ("un charter", "united nations ( un ) charter", true),
            ("un convention on the law of the sea", "united nations convention on the law of the sea", true),
            ("u.s. secretary of commerce", "united states secretary of commerce", true),
            ("the charter of the commission", "charter of commission", true),
            ("president mori", "president vale", false),
            ("president", "president mori", false),
            ("deputy secretary mori", "secretary mori", false),
            ("acting president mori", "president mori", false),
            ("president of avalon", "avalon", false),
            ("secretary of state mori", "secretary of commerce mori", false),
            ("minister for trade", "minister for foreign trade", false),
            ("harbour court", "river commission", false),
            ("northern fleet", "southern fleet", false),
            ("northern fleet", "fleet", false),
            ("quad", "quad plus", false),
            ("agreement on reciprocal trade", "agreement on reciprocal , fair , and balanced trade", false),
            ("interim agreement on trade", "agreement on trade", false),
            ("permanent court of arbitration", "court of arbitration", false),
            ("people's republic of avalon", "republic of avalon", false),
            ("treaty of mutual cooperation and security", "treaty of mutual cooperation", false),
        ];
        for (one, other, expected) in cases {
            let words = |name: &'static str| name.split(' ').collect::<Vec<&str>>();
            assert_eq!(is_one_name(&words(one), &words(other)), expected, "{one} {other}");
            assert_eq!(is_one_name(&words(other), &words(one)), expected, "{other} {one}");
        }
    }
}
