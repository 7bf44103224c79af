//! Sentences that were split, merged or cut, put to what they were.

use std::collections::HashMap;
use std::ops::Range;

use super::pair::{AROUND, SIMILAR, SentencePair, shared, similarity};
use super::sentence::{Sentence, TokenId, Vocabulary};
use super::telling::Weights;

/// The most sentences that one is split into, or that are merged to one.
const MOST_PARTS: usize = 4;

/// The fewest words of a sentence that may have been split, or merged of others.
const FEWEST_WORDS: usize = 6;

/// The gain in likeness from which on a sentence is a part of another.
const PART_GAIN: f64 = 0.05;

/// The least share of the telling words of the shorter sentence, from 0 to 1, with which what stands at one place in both drafts is
/// one sentence that was cut.
const CUT: f64 = 0.45;

/// A word that is in one of so many sentences, and in more than a few, is none that tells.
const OFTEN: usize = 12;
const FEW: usize = 4;

/// The pairs while sentences without a partner are put to them.
pub(super) struct Groups<'s> {
    old: &'s [Sentence],
    new: &'s [Sentence],
    weights: &'s Weights,
    pub(super) pairs: Vec<SentencePair>,
    /// By the number of a sentence the number of its pair.
    of_old: Vec<Option<usize>>,
    of_new: Vec<Option<usize>>,
}

impl<'s> Groups<'s> {
    pub(super) fn new(
        old: &'s [Sentence],
        new: &'s [Sentence],
        weights: &'s Weights,
        partners: &[Option<usize>],
        equal: &[bool],
    ) -> Groups<'s> {
        let (of_old, of_new) = (vec![None; old.len()], vec![None; new.len()]);
        let mut groups = Groups { old, new, weights, pairs: Vec::new(), of_old, of_new };
        for (at, partner) in partners.iter().enumerate() {
            if let Some(partner) = *partner {
                groups.add(partner..partner + 1, at..at + 1, equal[at]);
            }
        }
        groups
    }

    fn add(&mut self, old: Range<usize>, new: Range<usize>, equal: bool) {
        let number = Some(self.pairs.len());
        self.of_old[old.clone()].fill(number);
        self.of_new[new.clone()].fill(number);
        self.pairs.push(SentencePair { old, new, equal, moved: false });
    }

    /// Runs of at most so many sentences of one block, none of which has a partner, from each of them on.
    fn free_runs(sentences: &[Sentence], of: &[Option<usize>], start: usize) -> impl Iterator<Item = Range<usize>> {
        let is_free = |at: usize| of.get(at) == Some(&None) && sentences[at].block == sentences[start].block;
        let count = (start..start + MOST_PARTS).take_while(|&at| is_free(at)).count();
        (2..=count).map(move |count| start..start + count)
    }

    /// Makes each of the two drafts the other one.
    fn swap(&mut self) {
        std::mem::swap(&mut self.old, &mut self.new);
        std::mem::swap(&mut self.of_old, &mut self.of_new);
        self.pairs.iter_mut().for_each(|pair| std::mem::swap(&mut pair.old, &mut pair.new));
    }

    /// Pairs a sentence without a partner with several that are like it together.
    pub(super) fn pair_parts(&mut self) {
        for _ in 0..2 {
            self.pair_split();
            self.swap();
        }
    }

    /// Pairs sentences of the old draft with several of the new one.
    fn pair_split(&mut self) {
        let mut expected = 0;
        for at in 0..self.old.len() {
            if let Some(number) = self.of_old[at] {
                expected = self.pairs[number].new.end;
                continue;
            }
            if self.old[at].bag.len() < FEWEST_WORDS {
                continue;
            }
            let starts = expected.saturating_sub(AROUND)..(expected + AROUND).min(self.new.len());
            let runs = starts.flat_map(|start| Groups::free_runs(self.new, &self.of_new, start)).map(|run| {
                let bag = joined_bag(&self.new[run.clone()]);
                let score = similarity(&self.old[at].bag, &bag);
                let is_one = score >= SIMILAR && self.weights.are_about_one(&self.old[at].bag, &bag);
                (if is_one { score } else { 0.0 }, run)
            });
            let best = runs.filter(|(score, _)| *score >= SIMILAR).max_by(|(a, _), (b, _)| a.total_cmp(b));
            if let Some((_, run)) = best {
                self.add(at..at + 1, run, false);
            }
        }
    }

    /// Pairs what stands at one place in both drafts and shares what tells, though little else.
    pub(super) fn pair_cut(&mut self, vocabulary: &Vocabulary) {
        // What stands in many sentences, such as the names of those who speak, tells of none.
        let mut holders: HashMap<TokenId, usize> = HashMap::new();
        for sentence in self.old.iter().chain(self.new) {
            let mut bag = sentence.bag.clone();
            bag.dedup();
            bag.into_iter().for_each(|word| *holders.entry(word).or_default() += 1);
        }
        let most = FEW.max((self.old.len() + self.new.len()) / OFTEN);
        let telling = |sentence: &Sentence| -> Vec<TokenId> {
            let is_telling =
                |id: &&TokenId| holders.get(*id) <= Some(&most) && !crate::words::is_small(vocabulary.key(**id));
            sentence.bag.iter().filter(is_telling).copied().collect()
        };
        let mut start = 0;
        for at in 0..self.new.len() {
            if let Some(number) = self.of_new[at] {
                start = self.pairs[number].old.end;
                continue;
            }
            let free = (start..self.old.len().min(start + AROUND)).take_while(|&old| self.of_old[old].is_none());
            let own = telling(&self.new[at]);
            let scored = free.map(|old| {
                let other = telling(&self.old[old]);
                let shared = shared(&other, &own);
                let (bag, own_bag) = (&self.old[old].bag, &self.new[at].bag);
                let least = match own.len().min(other.len()) {
                    0..=2 => 1,
                    3..=FEW => 2,
                    _ => 3,
                };
                let is_one = shared >= least
                    && self.old[old].is_closed(vocabulary) == self.new[at].is_closed(vocabulary)
                    && self.weights.are_about_one(bag, own_bag);
                (if is_one { self.weights.held(bag, own_bag) } else { 0.0 }, old)
            });
            let best = scored.filter(|(share, _)| *share >= CUT);
            if let Some((_, old)) = best.max_by(|(a, _), (b, _)| a.total_cmp(b)) {
                self.add(old..old + 1, at..at + 1, false);
                start = old + 1;
            }
        }
    }

    /// Puts a sentence without a partner to the pair beside it, if that is more alike with it.
    pub(super) fn add_parts(&mut self) {
        for _ in 0..2 {
            self.add_new_parts();
            self.swap();
        }
    }

    fn add_new_parts(&mut self) {
        for at in 0..self.new.len() {
            for beside in [at.checked_sub(1), Some(at + 1)].into_iter().flatten() {
                if self.of_new[at].is_none()
                    && let Some(&Some(number)) = self.of_new.get(beside)
                    && self.new[beside].block == self.new[at].block
                {
                    let pair = &self.pairs[number];
                    let new = pair.new.start.min(at)..pair.new.end.max(at + 1);
                    if self.is_more_alike(pair, new.clone(), &self.new[at].bag) {
                        self.of_new[at] = Some(number);
                        self.pairs[number].new = new;
                    }
                }
            }
        }
    }

    /// True if a pair is more alike with one more sentence of the new draft, most of whose words the old one has.
    fn is_more_alike(&self, pair: &SentencePair, new: Range<usize>, added: &[TokenId]) -> bool {
        if pair.equal || new.len() > MOST_PARTS || added.is_empty() {
            return false;
        }
        let old = joined_bag(&self.old[pair.old.clone()]);
        let before = similarity(&old, &joined_bag(&self.new[pair.new.clone()]));
        let after = similarity(&old, &joined_bag(&self.new[new]));
        let held = f64::from(shared(&old, added)) / added.len() as f64;
        after > before + PART_GAIN && held >= SIMILAR
    }
}

/// The words of several sentences, in order of their number.
fn joined_bag(sentences: &[Sentence]) -> Vec<TokenId> {
    let mut bag: Vec<TokenId> = sentences.iter().flat_map(|sentence| &sentence.bag).copied().collect();
    bag.sort_unstable();
    bag
}
