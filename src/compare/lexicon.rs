//! `data/ladders.yml`: the words whose change matters, and what a step from one to another is called.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use crate::rule::inflect::Inflector;
use crate::text::fold::fold_str;
use crate::text::spelling::one_spelling;
use crate::yaml::{Document, Fields, Problems, YamlNode};

const TEXT: &str = include_str!("../../data/ladders.yml");

/// The axis on which verbs that share no ladder are compared.
const FORCE: &str = "force";

/// The sense of a wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    Negation,
    Hedge,
    Strengthener,
    Intensifier,
    /// A verb of those who tell what others say.
    Saying,
    /// What brings a thing to an end, or judges it: what it is said of may be limited.
    Ending,
    /// A number that is no figure by itself.
    Number,
    /// Steps of ladders, by the number of their list.
    Rungs(usize),
}

/// The place of a wording on a ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Rung {
    /// The number of the ladder.
    pub(super) ladder: usize,
    /// Its height: see `data/ladders.yml`.
    pub(super) at: i32,
}

/// Wordings in order of what they commit to.
#[derive(Debug, Default)]
pub(super) struct Ladder {
    pub(super) id: String,
    /// The name of a step down.
    pub(super) down: String,
    /// The name of a step up.
    pub(super) up: String,
    axis: String,
    /// True if a wording counts where it has no partner.
    pub(super) alone: bool,
    /// True if it holds behind a word that turns the sentence over, and nowhere else.
    pub(super) negated: bool,
    /// True if it holds before a number only.
    pub(super) before_number: bool,
    /// True if it holds behind words that end, condemn or turn over a thing only.
    pub(super) behind_ending: bool,
}

impl Ladder {
    /// True if its wordings say something of another thing: terms, whose names of steps have two words, are things themselves.
    pub(super) fn qualifies(&self) -> bool {
        self.alone && !self.is_of_terms()
    }

    /// True if what came or went is told by the names of its steps.
    pub(super) fn is_of_terms(&self) -> bool {
        self.down.contains(' ')
    }

    /// True if its steps are compared with those of other ladders of verbs.
    pub(super) fn has_force(&self) -> bool {
        self.axis == FORCE
    }
}

/// All wordings that are told apart.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    pub(super) ladders: Vec<Ladder>,
    rungs: Vec<Vec<Rung>>,
    /// For each first word the wordings that begin with it.
    wordings: HashMap<String, Vec<WordingTail>>,
}

/// For each further word of a wording its spellings, and what the wording means.
type WordingTail = (Vec<Vec<String>>, Sense);

impl Lexicon {
    /// The one that ships, read once.
    pub(super) fn builtin() -> &'static Lexicon {
        static BUILTIN: LazyLock<Lexicon> =
            LazyLock::new(|| Lexicon::read(TEXT).expect("a test reads the ladders that ship"));
        &BUILTIN
    }

    fn read(text: &str) -> Result<Lexicon, Problems> {
        let document = Document::parse("data/ladders.yml", text)?;
        let mut lexicon = Lexicon::default();
        let inflector = Inflector::default();
        if let Some(fields) = document.root().fields() {
            let lists = [
                ("negations", Sense::Negation),
                ("hedges", Sense::Hedge),
                ("strengtheners", Sense::Strengthener),
                ("intensifiers", Sense::Intensifier),
                ("saying", Sense::Saying),
                ("endings", Sense::Ending),
                ("numbers", Sense::Number),
            ];
            for (key, meaning) in lists {
                fields.strings(key).iter().for_each(|wording| lexicon.add(wording, meaning, &inflector));
            }
            let mut rungs: BTreeMap<String, Vec<Rung>> = BTreeMap::new();
            for node in fields.get("ladders").and_then(|node| node.items()).unwrap_or_default() {
                if let Some(fields) = node.fields() {
                    lexicon.ladder(&fields, &mut rungs);
                    fields.finish();
                }
            }
            for (wording, rungs) in rungs {
                lexicon.rungs.push(rungs);
                lexicon.add(&wording, Sense::Rungs(lexicon.rungs.len() - 1), &inflector);
            }
            fields.finish();
        }
        document.finish(Some(lexicon))
    }

    /// Reads a ladder, and adds its steps to those of each wording.
    fn ladder(&mut self, fields: &Fields<'_>, rungs: &mut BTreeMap<String, Vec<Rung>>) {
        let text = |key: &'static str| {
            let text = fields.require(key, "a ladder has an id, an axis, a reason, a source, names and steps");
            text.and_then(|node| node.text()).map(|text| text.value.to_owned()).unwrap_or_default()
        };
        let is = |key: &'static str| fields.get(key).and_then(|node| node.bool()) == Some(true);
        let _ = (text("reason"), text("source"));
        let ladder = Ladder {
            id: text("id"),
            down: text("down"),
            up: text("up"),
            axis: text("axis"),
            alone: is("alone"),
            negated: is("negated"),
            before_number: is("before-number"),
            behind_ending: is("behind-ending"),
        };
        for step in fields.get("steps").and_then(|node| node.items()).unwrap_or_default() {
            let Some(fields) = step.fields() else {
                continue;
            };
            let Some(at) = fields.require("at", "a step has its height").and_then(|node| height(&node)) else {
                continue;
            };
            for wording in fields.texts("words") {
                rungs.entry(wording.value.to_owned()).or_default().push(Rung { ladder: self.ladders.len(), at });
            }
            fields.finish();
        }
        self.ladders.push(ladder);
    }

    fn add(&mut self, wording: &str, meaning: Sense, inflector: &Inflector) {
        let one = |form: &str| one_spelling(&fold_str(form)).into_owned();
        let spellings = |word: &str| match word.strip_suffix('~') {
            Some(base) => inflector.inflections(base).iter().map(|(form, _)| one(form)).collect(),
            None => vec![one(word)],
        };
        let mut words = wording.split(' ').map(spellings);
        let first: Vec<String> = words.next().unwrap_or_default();
        let rest: Vec<Vec<String>> = words.collect();
        for spelling in first {
            self.wordings.entry(spelling).or_default().push((rest.clone(), meaning));
        }
    }

    /// True if a word says whether what is named is recognized, or still is: "former".
    pub(super) fn tells_standing(&self, word: &str) -> bool {
        let found = self.longest(&[word], |sense| matches!(sense, Sense::Rungs(_)));
        let Some((_, Sense::Rungs(list))) = found else {
            return false;
        };
        self.rungs(list).iter().any(|rung| self.ladders[rung.ladder].id == "standing")
    }

    /// The steps that a wording stands on.
    pub(super) fn rungs(&self, list: usize) -> &[Rung] {
        &self.rungs[list]
    }

    /// The longest wording at the beginning of some words, with its length, among those that `wanted` takes. Of several that are
    /// equally long one that stands on a ladder.
    pub(super) fn longest(&self, words: &[&str], wanted: impl Fn(Sense) -> bool) -> Option<(usize, Sense)> {
        let (first, others) = words.split_first()?;
        let fits = |rest: &[Vec<String>]| {
            rest.len() <= others.len()
                && rest.iter().zip(others).all(|(spellings, word)| spellings.iter().any(|s| s == word))
        };
        let found = self.wordings.get(*first)?.iter().filter(|(rest, meaning)| wanted(*meaning) && fits(rest));
        found.map(|(rest, meaning)| (rest.len() + 1, *meaning)).max_by_key(|(len, _)| *len)
    }
}

/// The height of a step, from -100 to 100.
fn height(node: &YamlNode<'_>) -> Option<i32> {
    let height = node.shown().and_then(|text| text.parse().ok()).filter(|at| (-100..=100).contains(at));
    if height.is_none() {
        node.problem("ladder", "the height of a step is a number from -100 to 100", None);
    }
    height
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wording_stands_on_one_step_of_a_ladder() {
        let lexicon = Lexicon::read(TEXT).unwrap();
        let rungs = |sense: &Sense| match sense {
            Sense::Rungs(list) => lexicon.rungs(*list).to_vec(),
            _ => Vec::new(),
        };
        for (first, wordings) in &lexicon.wordings {
            for (i, (rest, meaning)) in wordings.iter().enumerate() {
                let own = rungs(meaning);
                let twins = wordings[i + 1..].iter().filter(|(other, _)| other == rest);
                let other = twins.flat_map(|(_, twin)| rungs(twin)).chain(own.iter().copied());
                for (n, rung) in other.enumerate() {
                    let same = own.iter().find(|own| own.ladder == rung.ladder && own.at != rung.at);
                    assert!(same.is_none(), "{first} {rest:?}: {n} {rung:?} and {same:?}");
                }
            }
        }
    }

    #[test]
    fn the_longest_wording_counts_in_any_inflection() {
        let lexicon = Lexicon::builtin();
        let at = |text: &str| {
            let words: Vec<&str> = text.split(' ').collect();
            match lexicon.longest(&words, |sense| matches!(sense, Sense::Rungs(_)))? {
                (len, Sense::Rungs(list)) => {
                    let rung = lexicon.rungs(list)[0];
                    Some((len, lexicon.ladders[rung.ladder].id.as_str(), rung.at))
                }
                _ => None,
            }
        };
        assert_eq!(at("agreed to actively pursue talks"), Some((4, "commitment", 50)));
        assert_eq!(at("agreed to meet"), Some((2, "commitment", 85)));
        assert_eq!(at("noting with concern that"), Some((3, "judgement", -25)));
        assert_eq!(at("noted that"), Some((1, "judgement", 0)));
        assert_eq!(at("not recognize it"), Some((2, "judgement", -75)));
        assert_eq!(at("talks"), None);
    }
}
