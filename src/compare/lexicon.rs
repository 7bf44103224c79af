//! `data/ladders.yml`: the words whose change matters, and what a step from one to another is called.

use std::collections::HashMap;

use crate::rule::inflect::Inflector;
use crate::text::fold::fold_str;
use crate::yaml::{Document, Problems};

const TEXT: &str = include_str!("../../data/ladders.yml");

/// The sense of a wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// A step of a ladder, by its number from the weakest.
    Step {
        ladder: usize,
        step: usize,
    },
    Negation,
    Hedge,
    /// A number that is no figure by itself.
    Number,
}

/// Wordings in order of what they commit to.
#[derive(Debug)]
pub(super) struct Ladder {
    pub(super) id: String,
    /// The name of a step down.
    pub(super) down: String,
    /// The name of a step up.
    pub(super) up: String,
}

/// All wordings that are told apart.
#[derive(Debug)]
pub(super) struct Lexicon {
    pub(super) ladders: Vec<Ladder>,
    /// For each first word the wordings that begin with it.
    wordings: HashMap<String, Vec<WordingTail>>,
}

/// For each further word of a wording its spellings, and what the wording means.
type WordingTail = (Vec<Vec<String>>, Sense);

impl Lexicon {
    /// The one that ships.
    pub(super) fn builtin() -> Lexicon {
        Lexicon::read(TEXT).expect("a test reads the ladders that ship")
    }

    fn read(text: &str) -> Result<Lexicon, Problems> {
        let document = Document::parse("data/ladders.yml", text)?;
        let mut lexicon = Lexicon { ladders: Vec::new(), wordings: HashMap::new() };
        let inflector = Inflector::default();
        if let Some(fields) = document.root().fields() {
            let ladders = fields.get("ladders").and_then(|node| node.items()).unwrap_or_default();
            for (number, node) in ladders.iter().enumerate() {
                let Some(fields) = node.fields() else {
                    continue;
                };
                let text = |key: &'static str| {
                    let text = fields.require(key, "a ladder has an id, a reason, a source, names and steps");
                    text.and_then(|node| node.text()).map(|text| text.value.to_owned()).unwrap_or_default()
                };
                let _ = (text("reason"), text("source"));
                lexicon.ladders.push(Ladder { id: text("id"), down: text("down"), up: text("up") });
                let steps = fields.get("steps").and_then(|node| node.items()).unwrap_or_default();
                for (step, wordings) in steps.iter().enumerate() {
                    for wording in wordings.texts() {
                        lexicon.add(wording.value, Sense::Step { ladder: number, step }, &inflector);
                    }
                }
                fields.finish();
            }
            let lists = [("negations", Sense::Negation), ("hedges", Sense::Hedge), ("numbers", Sense::Number)];
            for (key, meaning) in lists {
                fields.strings(key).iter().for_each(|wording| lexicon.add(wording, meaning, &inflector));
            }
            fields.finish();
        }
        document.finish(Some(lexicon))
    }

    fn add(&mut self, wording: &str, meaning: Sense, inflector: &Inflector) {
        let spellings = |word: &str| match word.strip_suffix('~') {
            Some(base) => inflector.inflections(base).iter().map(|(form, _)| fold_str(form)).collect(),
            None => vec![fold_str(word)],
        };
        let mut words = wording.split(' ').map(spellings);
        let first: Vec<String> = words.next().unwrap_or_default();
        let rest: Vec<Vec<String>> = words.collect();
        for spelling in first {
            self.wordings.entry(spelling).or_default().push((rest.clone(), meaning));
        }
    }

    /// The longest wording at the beginning of some words, with its length; of several that are equally long the one that
    /// `wanted` takes.
    pub(super) fn longest(&self, words: &[&str], wanted: impl Fn(Sense) -> bool) -> Option<(usize, Sense)> {
        let (first, others) = words.split_first()?;
        let fits = |rest: &[Vec<String>]| {
            rest.len() <= others.len()
                && rest.iter().zip(others).all(|(spellings, word)| spellings.iter().any(|s| s == word))
        };
        let found = self.wordings.get(*first)?.iter().filter(|(rest, meaning)| fits(rest) && wanted(*meaning));
        found.map(|(rest, meaning)| (rest.len() + 1, *meaning)).max_by_key(|(len, _)| *len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wording_stands_on_one_step() {
        let lexicon = Lexicon::read(TEXT).unwrap();
        for (first, wordings) in &lexicon.wordings {
            for (i, (rest, meaning)) in wordings.iter().enumerate() {
                let twin = wordings[i + 1..].iter().find(|(other, twin)| other == rest && twin != meaning);
                assert!(twin.is_none(), "{first} {rest:?}: {meaning:?} and {twin:?}");
            }
        }
    }

    #[test]
    fn the_longest_wording_counts_in_any_inflection() {
        let lexicon = Lexicon::builtin();
        let at = |text: &str| {
            let words: Vec<&str> = text.split(' ').collect();
            let found = lexicon.longest(&words, |_| true)?;
            match found {
                (len, Sense::Step { ladder, step }) => Some((len, lexicon.ladders[ladder].id.as_str(), step)),
                _ => None,
            }
        };
        assert_eq!(at("agreed to actively pursue talks"), Some((4, "agreement", 2)));
        assert_eq!(at("agreed to meet"), Some((2, "agreement", 3)));
        assert_eq!(at("noting with concern that"), Some((3, "concern", 0)));
        assert_eq!(at("noted that"), Some((1, "taking-note", 0)));
        assert_eq!(at("talks"), None);
    }
}
