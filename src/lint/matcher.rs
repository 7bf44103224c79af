//! The search for the phrases of all rules in a block.
//!
//! Looked for are the texts with which phrases begin, by the numbers of their tokens in a table: one that was laid out for the packs
//! that ship, and one for all others. What may stand within words or in other tokens, the clauses of patterns among it, is looked for
//! in the text: by the index of the packs that ship, and by an automaton. From each beginning the phrase itself reads on.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use aho_corasick::{AhoCorasick, BuildError};

use crate::rule::Rule;
use crate::rule::builtin::{self, BuiltinRule, TextRole};
use crate::rule::kind::Hit;
use crate::rule::phrase::{Boundary, PhraseSet};
use crate::span::{Folded, Plain, Span};
use crate::table::{self, Table};
use crate::text::Block;
use crate::text::map::Derived;
use crate::text::tokens::Tokens;

/// A use of a text that is looked for: the rule, and the role that the text has for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct PatternUse {
    rule: usize,
    role: TextRole,
}

/// Phrases and clauses of rules, ready to be found.
#[derive(Debug)]
pub(super) struct Matcher {
    /// For each rule of the index its number among the rules of this matcher, if it is one of them.
    indexed: Vec<Option<usize>>,
    /// For each rule of this matcher where its phrases stand: set and place, told when they are needed.
    places: Vec<OnceLock<SetPositions>>,
    /// The rules that are not in the index.
    others: Option<Others>,
}

/// For each phrase of a rule, as the index or [`Others`] number them, the sets that hold it, with its place in each.
type SetPositions = Vec<Vec<(usize, usize)>>;

/// Texts that rules look for that are not in the index.
#[derive(Debug)]
struct Others {
    /// Texts that are found by their tokens: their uses are places among `uses`.
    table: Table,
    uses: Vec<PatternUse>,
    automaton: Option<SubstringSearcher>,
}

/// Texts that may stand within words, or in other tokens.
#[derive(Debug)]
struct SubstringSearcher {
    texts: AhoCorasick,
    /// The uses of each text.
    uses: Vec<Vec<PatternUse>>,
}

/// Hits in a draft, for the rules that have any, by their numbers among those of the matcher.
#[derive(Debug, Default)]
pub(super) struct Touched(BTreeMap<usize, RuleHits>);

impl Touched {
    fn get_or_insert(&mut self, rule: usize) -> &mut RuleHits {
        self.0.entry(rule).or_default()
    }

    /// The hits of a rule.
    pub(super) fn get(&self, rule: usize) -> &RuleHits {
        static NOTHING: RuleHits = RuleHits { hits: Vec::new(), clauses: Vec::new() };
        self.0.get(&rule).unwrap_or(&NOTHING)
    }

    /// The rules of which anything was found, in order.
    pub(super) fn rules(&self) -> impl Iterator<Item = usize> {
        self.0.keys().copied()
    }
}

/// The hits of one rule in a draft.
#[derive(Debug, Default)]
pub(super) struct RuleHits {
    /// The hits of each of its phrase sets; those without any may be missing.
    pub(super) hits: Vec<Vec<Hit>>,
    /// The blocks that hold texts of its clauses, with a bit for each clause.
    clauses: Vec<(usize, u64)>,
}

impl RuleHits {
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
    /// A matcher for the phrases and the clauses of these rules.
    pub(super) fn new(rules: &[Arc<Rule>]) -> Result<Matcher, BuildError> {
        let mut indexed = Vec::new();
        let mut others = OthersBuilder::default();
        for (number, rule) in rules.iter().enumerate() {
            match rule.builtin() {
                Some((_, place)) => {
                    indexed.resize(builtin::count(), None);
                    indexed[place] = Some(number);
                }
                None => others.add(number, rule),
            }
        }
        Ok(Matcher { indexed, places: vec![OnceLock::new(); rules.len()], others: others.make()? })
    }

    /// Adds what is found in a block, the one with this `index`, to what was `found` of each rule.
    pub(super) fn scan<'b>(&self, block: &'b Block, index: usize, rules: &Rules<'b>, found: &mut Touched) {
        let mut candidates = Candidates::default();
        rules.later.borrow_mut().next_block();
        let texts: Vec<FoldedBlock<'_, 'b>> =
            block.readings().map(|folded| FoldedBlock { block, index, folded, rules }).collect();
        for (reading, (text, tokens)) in texts.iter().zip(block.tokens()).enumerate() {
            let mut add = |used: PatternUse, at: usize| {
                match used.role {
                    TextRole::Clause(clause) => found.get_or_insert(used.rule).clause(index, clause),
                    TextRole::Later(phrase) => rules.note_later(used.rule, phrase, at),
                    TextRole::Phrase(phrase) => {
                        candidates.list.push(Candidate { reading, at, rule: used.rule, phrase })
                    }
                }
                if candidates.list.len() > MAX_CANDIDATES {
                    self.read(&candidates.take(rules), &texts, found);
                }
            };
            if !self.indexed.is_empty() {
                builtin::find(text.folded.text(), tokens, |at, place, role| {
                    if let Some(rule) = self.indexed[place] {
                        add(PatternUse { rule, role }, at);
                    }
                });
            }
            if let Some(others) = &self.others {
                others.find(text.folded.text(), tokens, add);
            }
        }
        let likely = candidates.take_likely(rules, texts.len() == 1);
        self.read(&likely, &texts, found);
    }

    /// Reads the phrases that may be there.
    fn read(&self, candidates: &[Candidate], texts: &[FoldedBlock<'_, '_>], found: &mut Touched) {
        for &Candidate { reading, at, rule, phrase } in candidates {
            let text = texts[reading];
            for &(set, phrase) in &self.places(rule, text.rules)[phrase] {
                text.read(rule, set, phrase, at, found);
            }
        }
    }

    /// The places of the phrases of a rule in its sets.
    fn places(&self, rule: usize, rules: &Rules<'_>) -> &[Vec<(usize, usize)>] {
        self.places[rule].get_or_init(|| {
            let sets = rules.all[rule].sets();
            let all = || {
                sets.iter()
                    .enumerate()
                    .flat_map(|(s, set)| set.phrases().iter().enumerate().map(move |(p, phrase)| (s, p, phrase)))
            };
            let Some((known, _)) = rules.all[rule].builtin() else {
                return all().map(|(s, p, _)| vec![(s, p)]).collect();
            };
            let places =
                |wanted: &str| all().filter(|(.., phrase)| *phrase.text == *wanted).map(|(s, p, _)| (s, p)).collect();
            known.phrases.iter().map(|phrase| places(phrase)).collect()
        })
    }
}

/// The most candidates of a block that are kept to be read: a block of megabytes may hold as many beginnings.
const MAX_CANDIDATES: usize = 1 << 16;

/// A place where a phrase may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    /// The index of the reading among those of the block.
    reading: usize,
    /// A byte of the folded text.
    at: usize,
    rule: usize,
    /// The phrase, as the index or [`Others`] number those of its rule.
    phrase: usize,
}

/// The phrases that may be in a block.
#[derive(Debug, Default)]
struct Candidates {
    /// A phrase may begin with several texts at one place, and stand here as often.
    list: Vec<Candidate>,
    /// The rules of which candidates were taken that are no exceptions.
    taken: HashSet<usize>,
}

impl Candidates {
    /// Takes all candidates, each once, in the order of the text.
    fn take(&mut self, rules: &Rules<'_>) -> Vec<Candidate> {
        let mut list = std::mem::take(&mut self.list);
        list.sort_unstable();
        list.dedup();
        self.taken
            .extend(list.iter().filter(|candidate| !rules.is_exception(candidate)).map(|candidate| candidate.rule));
        list
    }

    /// Takes all candidates but phrases that lack what must come behind a gap, those of a rule that needs two in a block and has one, and
    /// exceptions to nothing. Where the block has one reading, what comes behind a gap stands behind what the phrase begins with.
    fn take_likely(&mut self, rules: &Rules<'_>, in_order: bool) -> Vec<Candidate> {
        self.list.retain(|candidate| !rules.is_gapped(candidate) || rules.has_later(candidate, in_order));
        let mut halves: HashMap<usize, [bool; 2]> = HashMap::new();
        for (rule, half) in self.list.iter().filter_map(|candidate| Some((candidate.rule, rules.half(candidate)?))) {
            halves.entry(rule).or_default()[half] = true;
        }
        self.list.retain(|candidate| halves.get(&candidate.rule).is_none_or(|halves| halves.iter().all(|half| *half)));
        let mut list = self.take(rules);
        list.retain(|candidate| self.taken.contains(&candidate.rule));
        list
    }
}

/// [`Others`] that are being made.
#[derive(Default)]
struct OthersBuilder {
    table: table::TableBuilder,
    uses: Vec<PatternUse>,
    texts: HashMap<String, Vec<PatternUse>>,
}

impl OthersBuilder {
    /// Adds what a rule looks for.
    fn add(&mut self, rule: usize, looks: &Rule) {
        let mut phrases = 0..;
        for set in looks.sets() {
            for (place, phrase) in (0..set.phrases().len()).zip(&mut phrases) {
                let used = PatternUse { rule, role: TextRole::Phrase(phrase) };
                for begun in set.beginnings(place) {
                    let tokens = match set.boundary() {
                        Boundary::Word => Tokens::certain(&begun.text, begun.is_open),
                        Boundary::Left => Tokens::certain(&begun.text, true),
                        Boundary::None => None,
                    };
                    match tokens {
                        Some(tokens) => self.add_tokens(&tokens, used),
                        None => self.add_text(begun.text, used),
                    }
                }
            }
        }
        let are_words = looks.checker().literals_are_words();
        for (clause, texts) in looks.checker().literals().iter().enumerate() {
            let used = PatternUse { rule, role: TextRole::Clause(clause) };
            for text in texts {
                match are_words.then(|| Tokens::certain(text, false)).flatten() {
                    Some(tokens) => self.add_tokens(&tokens, used),
                    None => self.add_text(text.clone(), used),
                }
            }
        }
    }

    fn add_tokens(&mut self, tokens: &[u32], used: PatternUse) {
        if self.uses.last() != Some(&used) {
            self.uses.push(used);
        }
        self.table.add(tokens, self.uses.len() as u32 - 1);
    }

    fn add_text(&mut self, text: String, used: PatternUse) {
        let uses = self.texts.entry(text).or_default();
        if uses.last() != Some(&used) {
            uses.push(used);
        }
    }

    /// `None` if nothing was added.
    fn make(self) -> Result<Option<Others>, BuildError> {
        let automaton = if self.texts.is_empty() { None } else { Some(SubstringSearcher::new(self.texts)?) };
        let is_needed = automaton.is_some() || !self.table.is_empty();
        Ok(is_needed.then(|| Others { table: self.table.build(), uses: self.uses, automaton }))
    }
}

impl Others {
    fn find(&self, text: &str, tokens: &Tokens, mut add: impl FnMut(PatternUse, usize)) {
        self.table.find(tokens.numbers(), |token, used| add(self.uses[used as usize], tokens.start(token)));
        if let Some(automaton) = &self.automaton {
            for found in automaton.texts.find_overlapping_iter(text) {
                automaton.uses[found.pattern().as_usize()].iter().for_each(|&used| add(used, found.start()));
            }
        }
    }
}

impl SubstringSearcher {
    fn new(texts: HashMap<String, Vec<PatternUse>>) -> Result<SubstringSearcher, BuildError> {
        let (texts, uses): (Vec<String>, Vec<Vec<PatternUse>>) = texts.into_iter().unzip();
        Ok(SubstringSearcher { texts: AhoCorasick::new(texts)?, uses })
    }
}

/// A folded text of a block, and the rules that are looked for in it.
#[derive(Debug, Clone, Copy)]
struct FoldedBlock<'r, 'b> {
    block: &'b Block,
    /// The index of the block in the draft.
    index: usize,
    folded: &'b Derived<Folded, Plain>,
    rules: &'r Rules<'b>,
}

/// The rules that are looked for in a draft, and the phrase sets of those that were read for it.
#[derive(Debug)]
pub(super) struct Rules<'b> {
    all: &'b [Arc<Rule>],
    sets: RefCell<HashMap<usize, Vec<&'b PhraseSet>>>,
    later: RefCell<LaterTexts>,
}

/// Where a block holds what comes behind the gaps of phrases.
#[derive(Debug)]
struct LaterTexts {
    /// The number of the block that is looked at, from 1 on.
    block: usize,
    /// For each phrase that ships the block in which this was last found, and the last byte of its folded text there.
    last: Vec<(usize, usize)>,
}

impl LaterTexts {
    fn next_block(&mut self) {
        self.block += 1;
    }
}

impl<'b> Rules<'b> {
    pub(super) fn new(all: &'b [Arc<Rule>]) -> Rules<'b> {
        let phrases = if all.iter().any(|rule| rule.builtin().is_some()) { builtin::phrase_count() } else { 0 };
        Rules { all, sets: RefCell::default(), later: LaterTexts { block: 0, last: vec![(0, 0); phrases] }.into() }
    }

    /// Notes that a block holds what comes behind the gap of a phrase that ships.
    fn note_later(&self, rule: usize, phrase: usize, at: usize) {
        let Some((known, _)) = self.all[rule].builtin() else {
            return;
        };
        let mut later = self.later.borrow_mut();
        let block = later.block;
        let last = &mut later.last[known.first + phrase];
        *last = (block, if last.0 == block { at.max(last.1) } else { at });
    }

    /// True if the block holds what comes behind the gap of a candidate, and behind the candidate itself where places are `in_order`.
    fn has_later(&self, candidate: &Candidate, in_order: bool) -> bool {
        let later = self.later.borrow();
        let (block, at) = self.known(candidate).map_or((0, 0), |known| later.last[known.first + candidate.phrase]);
        block == later.block && (!in_order || at > candidate.at)
    }

    /// The record of the rule of a candidate, which is there before the rule is read, if it is one that ships.
    fn known(&self, candidate: &Candidate) -> Option<&'static BuiltinRule> {
        self.all[candidate.rule].builtin().map(|(known, _)| known)
    }

    /// True if a candidate is known to be an exception.
    fn is_exception(&self, candidate: &Candidate) -> bool {
        self.known(candidate).is_some_and(|known| candidate.phrase >= known.exceptions)
    }

    /// True if a candidate is known to be a phrase with a gap, of which what comes behind it is looked for as well.
    fn is_gapped(&self, candidate: &Candidate) -> bool {
        self.known(candidate).is_some_and(|known| known.gapped.contains(&candidate.phrase))
    }

    /// Of a rule that reports two phrases in one block, which of the two a candidate is.
    fn half(&self, candidate: &Candidate) -> Option<usize> {
        let known = self.known(candidate).filter(|known| known.paired > 0 && candidate.phrase < known.exceptions)?;
        Some(usize::from(candidate.phrase >= known.paired))
    }

    /// A phrase set of a rule, which is read for it if it was not.
    fn set(&self, rule: usize, set: usize) -> &'b PhraseSet {
        self.sets.borrow_mut().entry(rule).or_insert_with(|| self.all[rule].sets())[set]
    }
}

impl FoldedBlock<'_, '_> {
    /// Reads the phrase of a rule from `start` on, and adds what there is of it to what was found.
    fn read(self, rule: usize, set: usize, phrase: usize, start: usize, found: &mut Touched) {
        let phrases = self.rules.set(rule, set);
        let language = self.rules.all[rule].language();
        let is_foreign = |span: Span<Plain>| language.is_some_and(|language| self.block.is_foreign(span, language));
        if let Some((span, forms)) = phrases.read_at(phrase, self.block, self.folded, start)
            && !is_foreign(span)
        {
            found.get_or_insert(rule).hit(set, Hit { block: self.index, span, phrase, forms });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Draft, Format};
    use crate::rule::{Detail, Pack};

    /// The occurrences of phrases that a rule looks for, of each set but exceptions.
    fn looked_for(rule: &Rule, mut of_set: impl FnMut(usize, &PhraseSet) -> Vec<Span<Plain>>) -> Vec<Vec<Span<Plain>>> {
        let sets = rule.sets();
        let mut found: Vec<_> = (0..rule.exceptions()).map(|set| of_set(set, sets[set])).collect();
        found.iter_mut().for_each(|spans| spans.sort_by_key(|span| (span.start(), span.end())));
        found
    }

    /// The occurrences of a rule that are found in a block, and those that can be read at any place there.
    fn found_and_read(rule: &Arc<Rule>, block: &Block) -> [Vec<Vec<Span<Plain>>>; 2] {
        let rules = std::slice::from_ref(rule);
        let mut found = Touched::default();
        let matcher = Matcher::new(rules).unwrap();
        matcher.scan(block, 0, &Rules::new(rules), &mut found);
        let hits =
            |set: usize, _: &PhraseSet| found.get(0).hits.get(set).into_iter().flatten().map(|hit| hit.span).collect();
        let read = |_: usize, set: &PhraseSet| -> Vec<Span<Plain>> {
            let every = |folded: &Derived<Folded, Plain>| {
                let places = folded.text().char_indices().map(|(at, _)| at);
                let pairs = places.flat_map(|at| (0..set.phrases().len()).map(move |phrase| (at, phrase)));
                pairs.filter_map(|(at, phrase)| set.read_at(phrase, block, folded, at)).collect::<Vec<_>>()
            };
            block.readings().flat_map(every).map(|(span, _)| span).collect()
        };
        [looked_for(rule, hits), looked_for(rule, read)]
    }

    /// Every phrase of every rule, looked for at every place of an example: as one of a pack that ships, and as one of any other.
    #[test]
    fn what_is_found_is_what_can_be_read_anywhere() {
        let rules = |detail: Detail| -> Vec<Arc<Rule>> {
            let packs = Pack::builtin_names().map(|name| Pack::builtin_with(name, detail).unwrap().unwrap());
            packs.flat_map(|pack| pack.rules().to_vec()).collect()
        };
        let mut seen = 0;
        for (whole, unread) in rules(Detail::Everything).iter().zip(&rules(Detail::ForChecking)) {
            for example in whole.flag_examples().take(1) {
                for block in Draft::new(Format::Markdown, example).blocks() {
                    for rule in [whole, unread] {
                        let [found, read] = found_and_read(rule, block);
                        assert_eq!(found, read, "{} in `{example}`", rule.id());
                        seen += found.iter().map(Vec::len).sum::<usize>();
                    }
                }
            }
        }
        assert!(seen > 1_000, "{seen}");
    }

    /// Its exception is found by another way than its phrase, behind more candidates than are kept.
    #[test]
    fn an_exception_is_found_however_much_a_block_holds() {
        let rule = |name: &str| -> Arc<Rule> {
            let (pack, _) = name.split_once('/').unwrap();
            let pack = Pack::builtin_with(pack, Detail::ForChecking).unwrap().unwrap();
            Arc::clone(pack.rules().iter().find(|rule| rule.id().as_str() == name).unwrap())
        };
        let rules = [rule("framing/containing-china"), rule("register/utilize")];
        let text = format!("They contain China's exports. {}", "utilize ".repeat(MAX_CANDIDATES + 1));
        let draft = Draft::new(Format::Text, text);
        let mut found = Touched::default();
        Matcher::new(&rules).unwrap().scan(&draft.blocks()[0], 0, &Rules::new(&rules), &mut found);
        let exceptions = found.get(0).hits.get(rules[0].exceptions());
        assert!(exceptions.is_some_and(|hits| !hits.is_empty()), "{:?}", found.get(0));
        let utilized: usize = found.get(1).hits.iter().map(Vec::len).sum();
        assert!(utilized > MAX_CANDIDATES, "{utilized}");
    }
}
