//! What finds the phrases of all rules in a block, and the machines that read on from what it finds.
//!
//! Looked for are the texts with which phrases begin, and the clauses of patterns, in one pass over a block's folded text: those
//! of the packs that ship by their index, all others by an automaton. From each beginning the phrase's program reads on; what
//! it reads is held to word boundaries, exact case, gaps and the ends of sentences.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use aho_corasick::{AhoCorasick, BuildError};

use crate::draft::Block;
use crate::draft::boundary::is_boundary;
use crate::draft::fold::{CLAUSE_BREAK, OBJECT, fold_keeping_case};
use crate::draft::map::Derived;
use crate::rule::Rule;
use crate::rule::builtin::{Index, What};
use crate::rule::inflect::Forms;
use crate::rule::kind::Hit;
use crate::rule::phrase::{Boundary, PhraseSet, Program, Read, State};
use crate::span::{Folded, Plain, Span};

/// The most bytes that one word in a gap may have; no word is longer.
const MAX_WORD: usize = 128;

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
    pub(super) fn scan(&self, block: &Block, index: usize, rules: &[Arc<Rule>], found: &mut [Found]) {
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
    fn places(&self, rule: usize, rules: &[Arc<Rule>]) -> &[Vec<(usize, usize)>] {
        self.places[rule].get_or_init(|| {
            let phrases = rules[rule].builtin().map_or(&[][..], |(known, _)| known.phrases);
            let sets = rules[rule].looker().sets();
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
    /// Phrases of which the block holds what comes behind a gap.
    later: HashSet<(usize, usize)>,
}

impl<'b> Candidates<'b> {
    fn later(&mut self, rule: usize, phrase: usize) {
        self.later.insert((rule, phrase));
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

    /// Leaves out phrases that lack what must come behind a gap, and exceptions to nothing.
    fn retain_likely(&mut self) {
        let known = |candidate: &Candidate<'_>| candidate.text.rules[candidate.rule].builtin().map(|(known, _)| known);
        let later = &self.later;
        self.list.retain(|candidate| {
            let gapped = known(candidate).is_some_and(|known| known.gapped.contains(&candidate.phrase));
            !gapped || later.contains(&(candidate.rule, candidate.phrase))
        });
        let is_exception =
            |candidate: &Candidate<'_>| known(candidate).is_some_and(|known| candidate.phrase >= known.exceptions);
        let wanted: HashSet<usize> = self.list.iter().filter(|c| !is_exception(c)).map(|c| c.rule).collect();
        self.list.retain(|candidate| wanted.contains(&candidate.rule));
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
    rules: &'b [Arc<Rule>],
}

impl Text<'_> {
    /// Reads the phrase of a rule from `start` on, and adds what there is of it to what was found.
    fn read(self, rule: usize, set: usize, phrase: usize, start: usize, found: &mut [Found]) {
        let Text { block, folded, .. } = self;
        let sets = self.rules[rule].looker().sets();
        let phrases: &PhraseSet = sets[set];
        let boundary = phrases.boundary();
        if boundary != Boundary::None && !is_boundary(folded.text(), start) {
            return;
        }
        let reading = Reading { block, folded, program: phrases.program(phrase), boundary, start };
        let is_foreign =
            |span: Span<Plain>| self.rules[rule].language().is_some_and(|language| block.is_foreign(span, language));
        if let Some((span, forms)) = reading.phrase()
            && !is_foreign(span)
        {
            found[rule].hit(set, Hit { block: self.index, span, phrase, forms });
        }
    }
}

/// How far a phrase has been read.
#[derive(Debug, Clone, Copy)]
struct Place {
    state: State,
    at: usize,
    /// What the first inflected word is.
    forms: Option<Forms>,
    /// Whether a gap was skipped.
    gapped: bool,
}

/// One folded text of a block, read from one place for one set.
struct Reading<'b> {
    block: &'b Block,
    folded: &'b Derived<Folded, Plain>,
    program: &'b Program,
    boundary: Boundary,
    start: usize,
}

impl Reading<'_> {
    /// The longest text from the start on that is the phrase, and what its first inflected word is there.
    fn phrase(&self) -> Option<(Span<Plain>, Option<Forms>)> {
        let from = Place { state: self.program.start(), at: self.start, forms: None, gapped: false };
        let (end, forms) = self.read(from, &mut HashSet::new())?;
        Some((self.folded.below(Span::new(self.start, end)), forms))
    }

    /// Reads on: the farthest end of the phrase. Of several ways to fill a gap, the shortest is taken. `dead` holds the states
    /// behind gaps, and the bytes, from which nothing was found: without it, gaps behind gaps would take exponential time.
    fn read(&self, from: Place, dead: &mut HashSet<(State, usize)>) -> Option<(usize, Option<Forms>)> {
        let text = self.folded.text();
        let program = self.program;
        let may_end = program.accepts(from.state) && self.may_end(from.at, from.gapped);
        let mut best = may_end.then_some((from.at, from.forms));
        for edge in program.edges(from.state) {
            let found = match &edge.read {
                Read::Text(wanted) => {
                    let wanted = program.text(wanted);
                    let here = text[from.at..].starts_with(wanted)
                        && edge.exact.as_deref().is_none_or(|exact| self.is_exactly(exact, wanted, from.at));
                    let forms = from.forms.or(edge.forms);
                    let to = Place { state: edge.to, at: from.at + wanted.len(), forms, ..from };
                    here.then(|| self.read(to, dead)).flatten()
                }
                Read::Gap(words) => self.gap_ends(from.at, *words).into_iter().find_map(|at| {
                    if dead.contains(&(edge.to, at)) {
                        return None;
                    }
                    let found = self.read(Place { state: edge.to, at, gapped: true, ..from }, dead);
                    if found.is_none() {
                        dead.insert((edge.to, at));
                    }
                    found
                }),
            };
            if let Some(found) = found
                && best.is_none_or(|(end, _)| end < found.0)
            {
                best = Some(found);
            }
        }
        best
    }

    /// A phrase with a gap does not run across the end of a sentence; one without has no more than its own periods in it.
    fn may_end(&self, end: usize, gapped: bool) -> bool {
        let bounded = self.boundary != Boundary::Word || is_boundary(self.folded.text(), end);
        bounded && !(gapped && self.block.crosses_sentence(self.folded.below(Span::new(self.start, end))))
    }

    /// Where a gap that begins at `at` may end.
    fn gap_ends(&self, at: usize, words: u8) -> Vec<usize> {
        let text = self.folded.text();
        let boundary = self.boundary;
        if boundary == Boundary::None {
            return unspaced_gap_ends(text, at, words);
        }
        if boundary == Boundary::Word && !is_boundary(text, at) {
            return Vec::new();
        }
        let mut ends = gap_ends(text, at, words, |space| self.is_hyphen(space));
        ends.retain(|&end| is_boundary(text, end));
        ends
    }

    /// Whether the space at `at` of the folded text was typed as a hyphen: then it parts no words that a drafter would count.
    fn is_hyphen(&self, at: usize) -> bool {
        let typed = self.folded.below(Span::new(at, at + 1));
        !self.block.text()[typed.range()].contains(' ')
    }

    /// Whether the text that reads `wanted` at `at` was typed in exactly this case.
    fn is_exactly(&self, exact: &str, wanted: &str, at: usize) -> bool {
        let trimmed = wanted.trim_start_matches(' ');
        let start = at + wanted.len() - trimmed.len();
        let typed = self.folded.below(Span::new(start, start + trimmed.trim_end_matches(' ').len()));
        fold_keeping_case(&self.block.text()[typed.range()]) == exact
    }
}

/// Where the text goes on behind a gap of at most `words` words that begins at `at`, the nearest first. A gap ends at the end
/// of a clause: at a semicolon, a colon or a dash. A hyphenated word is one word.
fn gap_ends(text: &str, at: usize, words: u8, is_hyphen: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut ends = Vec::with_capacity(usize::from(words) + 1);
    let mut seen = 0;
    let mut in_word = false;
    let mut word_start = at;
    let mut after_space = false;
    for (i, c) in text[at..].char_indices() {
        let here = at + i;
        if matches!(c, ';' | CLAUSE_BREAK | OBJECT)
            || (c == ':' && !text[here + 1..].starts_with(char::is_alphanumeric))
        {
            break;
        }
        if c == ' ' {
            after_space |= !is_hyphen(here);
            in_word = false;
            continue;
        }
        if i == 0 {
            // The word before goes on, as in "China's".
            in_word = c.is_alphanumeric() || c == '\'';
            continue;
        }
        if after_space {
            if !ends.is_empty() {
                seen += 1;
            }
            if seen > words {
                break;
            }
            after_space = false;
            in_word = false;
        }
        let letter = c.is_alphanumeric();
        if !in_word {
            ends.push(here);
            word_start = here;
        }
        in_word = letter;
        if here - word_start > MAX_WORD {
            break;
        }
    }
    ends
}

/// The characters that a word of a language without spaces has at most, for the length of a gap.
const UNSPACED_WORD: usize = 4;

/// [`gap_ends`] for a language without spaces: behind any character.
fn unspaced_gap_ends(text: &str, at: usize, words: u8) -> Vec<usize> {
    let stops = |c: char| matches!(c, ';' | ':' | CLAUSE_BREAK | OBJECT);
    let chars = text[at..].char_indices().take_while(|&(_, c)| !stops(c));
    chars.take(usize::from(words) * UNSPACED_WORD + 1).map(|(i, _)| at + i).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_spans_words_of_one_clause() {
        // The words at which the text may go on behind `contain` and up to two words.
        let cases = [
            ("contain a b c d", "abc"),
            ("contain, a b", "ab"),
            ("contain a; b", "a"),
            ("contain a\u{2014}b", "a"),
            ("contain a/b c d", "abcd"),
            ("contain's a b", "ab"),
            ("contain", ""),
        ];
        for (text, expected) in cases {
            let found: String =
                gap_ends(text, "contain".len(), 2, |_| false).iter().map(|&at| &text[at..=at]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
