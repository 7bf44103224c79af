//! What finds the phrases of all rules in a block.
//!
//! Looked for are the texts with which phrases begin, and the clauses of patterns, in one pass over a block's folded text: those
//! of the packs that ship by their index, all others by an automaton. From each beginning the phrase itself reads on.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use aho_corasick::{AhoCorasick, BuildError};

use crate::draft::Block;
use crate::draft::map::Derived;
use crate::rule::Rule;
use crate::rule::builtin::{Index, What};
use crate::rule::kind::Hit;
use crate::rule::phrase::PhraseSet;
use crate::span::{Folded, Plain, Span};

/// What a text of the automaton is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    /// A phrase of a set of a rule may begin with it.
    Phrase { rule: usize, set: usize, phrase: usize },
    /// It is one of the texts of a clause of a rule.
    Clause { rule: usize, clause: usize },
}

/// Phrases and clauses of rules, ready to be found.
#[derive(Debug)]
pub(super) struct Matcher {
    /// For each rule of the index its number among the rules of this matcher, if it is one of them.
    indexed: Vec<Option<usize>>,
    /// For each rule of this matcher where the phrases that the index names stand: set and place, told when they are needed.
    places: Vec<OnceLock<Places>>,
    automaton: Option<Automaton>,
}

/// For each phrase that the index names the sets that hold it, with its place in each.
type Places = Vec<Vec<(usize, usize)>>;

/// The texts of rules that are not in the index.
#[derive(Debug)]
struct Automaton {
    texts: AhoCorasick,
    /// For each text its stretch of `uses`.
    stretches: Vec<std::ops::Range<usize>>,
    uses: Vec<Use>,
}

/// What was found of one rule in a draft.
#[derive(Debug, Default, Clone)]
pub(super) struct Found {
    /// The hits of each of its phrase sets; those without any may be missing.
    pub(super) hits: Vec<Vec<Hit>>,
    /// The blocks that hold texts of its clauses, with a bit for each clause.
    clauses: Vec<(usize, u64)>,
}

impl Found {
    /// The blocks that hold a text of each of at least so many clauses.
    pub(super) fn blocks(&self, least: usize) -> Vec<usize> {
        let enough = |seen: &u64| seen.count_ones() as usize >= least;
        self.clauses.iter().filter(|(_, seen)| enough(seen)).map(|(block, _)| *block).collect()
    }

    fn clause(&mut self, block: usize, clause: usize) {
        match self.clauses.last_mut() {
            Some((last, seen)) if *last == block => *seen |= 1 << clause,
            _ => self.clauses.push((block, 1 << clause)),
        }
    }

    fn hit(&mut self, set: usize, hit: Hit) {
        if self.hits.len() <= set {
            self.hits.resize_with(set + 1, Vec::new);
        }
        self.hits[set].push(hit);
    }
}

impl Matcher {
    /// What finds the phrases and the clauses of these rules.
    pub(super) fn new(rules: &[Arc<Rule>]) -> Result<Matcher, BuildError> {
        let mut indexed = Vec::new();
        let mut others: HashMap<String, Vec<Use>> = HashMap::new();
        for (number, rule) in rules.iter().enumerate() {
            match rule.builtin() {
                Some((_, place)) => {
                    indexed.resize(Index::rules(), None);
                    indexed[place] = Some(number);
                }
                None => add_rule(&mut others, number, rule),
            }
        }
        let automaton = if others.is_empty() { None } else { Some(Automaton::new(&others)?) };
        Ok(Matcher { indexed, places: vec![OnceLock::new(); rules.len()], automaton })
    }

    /// Adds what is found in a block, the one with this `index`, to what was `found` of each rule.
    pub(super) fn scan<'b>(&self, block: &'b Block, index: usize, rules: Rules<'b>, found: &mut [Found]) {
        let mut candidates = Candidates::default();
        for folded in block.readings() {
            let text = Text { block, index, folded, rules };
            if !self.indexed.is_empty() {
                self.scan_by_index(text, &mut candidates, found);
            }
            if let Some(automaton) = &self.automaton {
                automaton.scan(text, found);
            }
        }
        candidates.retain_likely();
        self.read(&candidates, found);
    }

    fn scan_by_index<'b>(&self, text: Text<'b>, candidates: &mut Candidates<'b>, found: &mut [Found]) {
        let index = Index::get();
        let bytes = text.folded.text().as_bytes();
        for at in 0..bytes.len() {
            index.at(bytes, at, |place, what| {
                let Some(rule) = self.indexed[place] else {
                    return;
                };
                match what {
                    What::Clause(clause) => found[rule].clause(text.index, clause),
                    What::Later(phrase) => candidates.later(rule, phrase),
                    What::Phrase(phrase) => candidates.add(Candidate { text, rule, phrase, at }),
                }
            });
            if candidates.list.len() > MAX_CANDIDATES {
                self.read(candidates, found);
                candidates.list.clear();
            }
        }
    }

    /// Reads the phrases that may be there.
    fn read(&self, candidates: &Candidates<'_>, found: &mut [Found]) {
        for &Candidate { text, rule, phrase, at } in &candidates.list {
            for &(set, phrase) in &self.places(rule, text.rules)[phrase] {
                text.read(rule, set, phrase, at, found);
            }
        }
    }

    /// Where the phrases that the index names stand in the sets of a rule.
    fn places(&self, rule: usize, rules: Rules<'_>) -> &[Vec<(usize, usize)>] {
        self.places[rule].get_or_init(|| {
            let phrases = rules.all[rule].builtin().map_or(&[][..], |(known, _)| known.phrases);
            let sets = rules.sets(rule);
            let all = || {
                sets.iter()
                    .enumerate()
                    .flat_map(|(s, set)| set.phrases().iter().enumerate().map(move |(p, phrase)| (s, p, phrase)))
            };
            let places =
                |wanted: &str| all().filter(|(.., phrase)| *phrase.text == *wanted).map(|(s, p, _)| (s, p)).collect();
            phrases.iter().map(|phrase| places(phrase)).collect()
        })
    }
}

/// The most phrases of a block that are kept to be read: a block of megabytes may hold as many beginnings.
const MAX_CANDIDATES: usize = 1 << 16;

/// A place where a phrase of the index may begin.
#[derive(Debug, Clone, Copy)]
struct Candidate<'b> {
    text: Text<'b>,
    rule: usize,
    /// The phrase, as the index names it.
    phrase: usize,
    at: usize,
}

/// The phrases of the index that may be in a block.
#[derive(Debug, Default)]
struct Candidates<'b> {
    list: Vec<Candidate<'b>>,
    /// Phrases of which the block holds what comes behind a gap, some more than once.
    later: Vec<(usize, usize)>,
}

impl<'b> Candidates<'b> {
    fn later(&mut self, rule: usize, phrase: usize) {
        if self.later.len() >= MAX_CANDIDATES {
            self.order_later();
        }
        self.later.push((rule, phrase));
    }

    fn add(&mut self, candidate: Candidate<'b>) {
        // A phrase may begin with several texts of the index; it is read once.
        let same = |other: &Candidate<'_>| (other.rule, other.phrase) == (candidate.rule, candidate.phrase);
        let here = self
            .list
            .iter()
            .rev()
            .take_while(|other| other.at == candidate.at && std::ptr::eq(other.text.folded, candidate.text.folded));
        if !here.into_iter().any(same) {
            self.list.push(candidate);
        }
    }

    fn order_later(&mut self) {
        self.later.sort_unstable();
        self.later.dedup();
    }

    /// Leaves out phrases that lack what must come behind a gap, and exceptions to nothing.
    fn retain_likely(&mut self) {
        self.order_later();
        let known =
            |candidate: &Candidate<'_>| candidate.text.rules.all[candidate.rule].builtin().map(|(known, _)| known);
        let later = &self.later;
        self.list.retain(|candidate| {
            let gapped = known(candidate).is_some_and(|known| known.gapped.contains(&candidate.phrase));
            !gapped || later.binary_search(&(candidate.rule, candidate.phrase)).is_ok()
        });
        let is_exception =
            |candidate: &Candidate<'_>| known(candidate).is_some_and(|known| candidate.phrase >= known.exceptions);
        let mut wanted: Vec<usize> = self.list.iter().filter(|c| !is_exception(c)).map(|c| c.rule).collect();
        wanted.sort_unstable();
        wanted.dedup();
        self.list.retain(|candidate| wanted.binary_search(&candidate.rule).is_ok());
    }
}

/// Adds what a rule looks for to the texts of an automaton.
fn add_rule(texts: &mut HashMap<String, Vec<Use>>, number: usize, rule: &Rule) {
    let mut add = |text: String, used: Use| {
        let uses = texts.entry(text).or_default();
        if uses.last() != Some(&used) {
            uses.push(used);
        }
    };
    for (place, set) in rule.looker().sets().into_iter().enumerate() {
        for phrase in 0..set.phrases().len() {
            for text in set.beginnings(phrase) {
                add(text, Use::Phrase { rule: number, set: place, phrase });
            }
        }
    }
    for (clause, texts) in rule.looker().literals().iter().enumerate() {
        for text in texts {
            add(text.clone(), Use::Clause { rule: number, clause });
        }
    }
}

impl Automaton {
    fn new(texts: &HashMap<String, Vec<Use>>) -> Result<Automaton, BuildError> {
        let mut stretches = Vec::with_capacity(texts.len());
        let mut uses = Vec::new();
        for found in texts.values() {
            stretches.push(uses.len()..uses.len() + found.len());
            uses.extend(found);
        }
        Ok(Automaton { texts: AhoCorasick::new(texts.keys())?, stretches, uses })
    }

    fn scan(&self, text: Text<'_>, found: &mut [Found]) {
        for candidate in self.texts.find_overlapping_iter(text.folded.text()) {
            for &used in &self.uses[self.stretches[candidate.pattern().as_usize()].clone()] {
                match used {
                    Use::Clause { rule, clause } => found[rule].clause(text.index, clause),
                    Use::Phrase { rule, set, phrase } => text.read(rule, set, phrase, candidate.start(), found),
                }
            }
        }
    }
}

/// A folded text of a block, and the rules that are looked for in it.
#[derive(Debug, Clone, Copy)]
struct Text<'b> {
    block: &'b Block,
    /// The index of the block in the draft.
    index: usize,
    folded: &'b Derived<Folded, Plain>,
    rules: Rules<'b>,
}

/// The rules that are looked for in a draft, and the phrase sets of those that were.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules<'b> {
    all: &'b [Arc<Rule>],
    sets: &'b [OnceCell<Vec<&'b PhraseSet>>],
}

impl<'b> Rules<'b> {
    /// `sets` has room for the sets of each rule.
    pub(super) fn new(all: &'b [Arc<Rule>], sets: &'b [OnceCell<Vec<&'b PhraseSet>>]) -> Rules<'b> {
        Rules { all, sets }
    }

    /// The phrase sets of a rule, which is read for them if it was not.
    fn sets(self, rule: usize) -> &'b [&'b PhraseSet] {
        self.sets[rule].get_or_init(|| self.all[rule].looker().sets())
    }
}

impl Text<'_> {
    /// Reads the phrase of a rule from `start` on, and adds what there is of it to what was found.
    fn read(self, rule: usize, set: usize, phrase: usize, start: usize, found: &mut [Found]) {
        let phrases = self.rules.sets(rule)[set];
        let language = self.rules.all[rule].language();
        let is_foreign = |span: Span<Plain>| language.is_some_and(|language| self.block.is_foreign(span, language));
        if let Some((span, forms)) = phrases.read_at(phrase, self.block, self.folded, start)
            && !is_foreign(span)
        {
            found[rule].hit(set, Hit { block: self.index, span, phrase, forms });
        }
    }
}
