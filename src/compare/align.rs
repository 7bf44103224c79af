//! Alignment of two drafts: pairs of sentences of which one became the other, and the words that each pair shares.
//!
//! Equal sentences are paired first, those that are the only ones of their kind before others; what is left is paired by the
//! words that it shares. All of it takes time nearly in proportion to the drafts, whatever they hold.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::groups::Groups;
use super::pair::{AROUND, SIMILAR, SentencePair, similarity};
use super::sentence::{Sentence, TokenId, Vocabulary};
use super::telling::Weights;
use crate::rising::longest_rising;

/// A word that is in more sentences than this tells nothing of which two belong together.
const COMMON: usize = 24;

/// The least share of common words with which what ends without a stop counts as having become a sentence.
const ALIKE: f64 = 0.7;

/// The most comparisons of words that two sentences are worth: 500 words each. A longer run that differs is one change.
const MAX_CELLS: usize = 250_000;

/// Pairs the sentences of two drafts. The pairs are in the order of the new draft.
pub(super) fn align(old: &[Sentence], new: &[Sentence], vocabulary: &Vocabulary) -> Vec<SentencePair> {
    let mut partners = Partners { of_old: vec![None; old.len()], of_new: vec![None; new.len()] };
    pair_equal(old, new, &mut partners);
    let equal: Vec<bool> = partners.of_new.iter().map(Option::is_some).collect();
    let weights = Weights::new(old, new, vocabulary);
    pair_similar(old, new, vocabulary, &weights, &mut partners);
    let mut groups = Groups::new(old, new, &weights, &partners.of_new, &equal);
    groups.pair_parts();
    groups.pair_cut(vocabulary);
    groups.add_parts();
    let mut pairs = groups.pairs;
    pairs.sort_by_key(|pair| pair.new.start);
    let in_place = longest_rising(&pairs.iter().map(|pair| pair.old.start).collect::<Vec<_>>());
    pairs.iter_mut().zip(in_place).for_each(|(pair, in_place)| pair.moved = !in_place);
    pairs
}

struct Partners {
    of_old: Vec<Option<usize>>,
    of_new: Vec<Option<usize>>,
}

impl Partners {
    fn are_free(&self, old: usize, new: usize) -> bool {
        self.of_old.get(old) == Some(&None) && self.of_new.get(new) == Some(&None)
    }

    fn join(&mut self, old: usize, new: usize) {
        self.of_old[old] = Some(new);
        self.of_new[new] = Some(old);
    }
}

fn pair_equal(old: &[Sentence], new: &[Sentence], partners: &mut Partners) {
    let mut places: HashMap<&[TokenId], (Vec<usize>, Vec<usize>)> = HashMap::new();
    for (at, sentence) in old.iter().enumerate() {
        places.entry(&sentence.words).or_default().0.push(at);
    }
    for (at, sentence) in new.iter().enumerate() {
        if let Some((_, places)) = places.get_mut(sentence.words.as_slice()) {
            places.push(at);
        }
    }
    let mut only: Vec<(usize, usize)> = Vec::new();
    for (olds, news) in places.values() {
        if let ([old], [new]) = (olds.as_slice(), news.as_slice()) {
            partners.join(*old, *new);
            only.push((*old, *new));
        }
    }
    only.sort_unstable();
    // Beside those that are unmistakable, repeated ones are told by their place.
    let equal = |a: usize, b: usize| old.get(a).zip(new.get(b)).is_some_and(|(a, b)| a.words == b.words);
    for &(a, b) in &only {
        let mut step = 1;
        while partners.are_free(a + step, b + step) && equal(a + step, b + step) {
            partners.join(a + step, b + step);
            step += 1;
        }
        let mut step = 1;
        while step <= a.min(b) && partners.are_free(a - step, b - step) && equal(a - step, b - step) {
            partners.join(a - step, b - step);
            step += 1;
        }
    }
    for (olds, news) in places.values() {
        let olds: Vec<usize> = olds.iter().copied().filter(|&at| partners.of_old[at].is_none()).collect();
        let news: Vec<usize> = news.iter().copied().filter(|&at| partners.of_new[at].is_none()).collect();
        olds.into_iter().zip(news).for_each(|(old, new)| partners.join(old, new));
    }
}

/// Pairs what is left by the words that it shares, the most alike first.
fn pair_similar(
    old: &[Sentence],
    new: &[Sentence],
    vocabulary: &Vocabulary,
    weights: &Weights,
    partners: &mut Partners,
) {
    let free: Vec<usize> = (0..old.len()).filter(|&at| partners.of_old[at].is_none()).collect();
    let mut holders: HashMap<TokenId, Vec<usize>> = HashMap::new();
    for &at in &free {
        let mut bag = old[at].bag.clone();
        bag.dedup();
        for word in bag {
            let holders = holders.entry(word).or_default();
            if holders.len() <= COMMON {
                holders.push(at);
            }
        }
    }
    let mut likely: Vec<(u32, usize, usize, usize)> = Vec::new();
    let mut expected = 0;
    for (at, sentence) in new.iter().enumerate() {
        if let Some(partner) = partners.of_new[at] {
            expected = partner + 1;
            continue;
        }
        for candidate in candidates(sentence, expected, &free, &holders) {
            let score = similarity(&old[candidate].bag, &sentence.bag);
            // A heading seldom becomes a sentence.
            let is_alike = old[candidate].is_closed(vocabulary) == sentence.is_closed(vocabulary) || score >= ALIKE;
            if score >= SIMILAR && is_alike && weights.are_about_one(&old[candidate].bag, &sentence.bag) {
                // In thousandths, so that order does not hang on the last bit.
                likely.push(((1000.0 * (1.0 - score)) as u32, candidate.abs_diff(expected), candidate, at));
            }
        }
    }
    likely.sort_unstable();
    for (_, _, old, new) in likely {
        if partners.are_free(old, new) {
            partners.join(old, new);
        }
    }
}

/// Sentences of the old draft that a sentence may have come from.
fn candidates(
    sentence: &Sentence,
    expected: usize,
    free: &[usize],
    holders: &HashMap<TokenId, Vec<usize>>,
) -> Vec<usize> {
    let middle = free.partition_point(|&at| at < expected);
    let around = middle.saturating_sub(AROUND)..(middle + AROUND).min(free.len());
    let mut found: Vec<usize> = free[around].to_vec();
    let telling = sentence.bag.iter().filter_map(|word| holders.get(word)).filter(|holders| holders.len() <= COMMON);
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for &holder in telling.flatten() {
        *counts.entry(holder).or_default() += 1;
    }
    let mut counts: Vec<(usize, usize)> = counts.into_iter().map(|(at, shared)| (usize::MAX - shared, at)).collect();
    counts.sort_unstable();
    found.extend(counts.into_iter().take(2 * AROUND).map(|(_, at)| at));
    found.sort_unstable();
    found.dedup();
    found
}

/// A run of two sentences, by the numbers of their tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DiffRun {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
    /// True if the words are the same; if not, either range may be empty.
    pub(super) same: bool,
}

/// Splits two sentences into runs of words that stayed and of words that did not, in order.
pub(super) fn differ(old: &Sentence, new: &Sentence) -> Vec<DiffRun> {
    let ids = |sentence: &Sentence| sentence.tokens.iter().map(|token| token.id).collect::<Vec<_>>();
    let (a, b) = (ids(old), ids(new));
    let head = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (middle_a, middle_b) = (head..a.len() - tail, head..b.len() - tail);
    let mut runs = Vec::new();
    let mut add = |old: Range<usize>, new: Range<usize>, same: bool| {
        if old.is_empty() && new.is_empty() {
            return;
        }
        match runs.last_mut() {
            Some(DiffRun { old: last_old, new: last_new, same: last }) if *last == same => {
                (last_old.end, last_new.end) = (old.end, new.end);
            }
            _ => runs.push(DiffRun { old, new, same }),
        }
    };
    add(0..head, 0..head, true);
    if middle_a.len().saturating_mul(middle_b.len()) > MAX_CELLS {
        add(middle_a.clone(), middle_b.clone(), false);
    } else {
        for op in capture_diff_slices(Algorithm::Myers, &a[middle_a.clone()], &b[middle_b.clone()]) {
            let moved = |range: Range<usize>| range.start + head..range.end + head;
            let same = matches!(op, DiffOp::Equal { .. });
            add(moved(op.old_range()), moved(op.new_range()), same);
        }
    }
    add(middle_a.end..a.len(), middle_b.end..b.len(), true);
    runs
}

#[cfg(test)]
mod tests {
    use super::super::sentence::{Vocabulary, sentences};
    use super::*;
    use crate::draft::{Draft, Format};

    fn pairs(old: &str, new: &str) -> Vec<(usize, usize, bool, bool)> {
        let mut vocabulary = Vocabulary::default();
        let mut read = |text: &str| sentences(&Draft::new(Format::Text, text), &mut vocabulary);
        let (old, new) = (read(old), read(new));
        let pairs = align(&old, &new, &vocabulary);
        pairs.iter().map(|pair| (pair.old.start, pair.new.start, pair.equal, pair.moved)).collect()
    }

    #[test]
    fn sentences_are_paired_wherever_they_went() {
        let old = "We welcome the talks held in spring. We note the report of the panel. Trade has grown this year.";
        let cases = [
            (old.to_owned(), vec![(0, 0, true, false), (1, 1, true, false), (2, 2, true, false)]),
            (
                format!("They met.\n\n{}", old.replace("welcome", "note")),
                vec![(0, 1, false, false), (1, 2, true, false), (2, 3, true, false)],
            ),
            (
                "Trade has grown this year.\n\nWe welcome the talks held in spring. We note the report of the panel."
                    .into(),
                vec![(2, 0, true, true), (0, 1, true, false), (1, 2, true, false)],
            ),
            ("Nothing of it is left in here".into(), vec![]),
        ];
        for (new, expected) in cases {
            assert_eq!(pairs(old, &new), expected, "{new}");
        }
    }

    #[test]
    fn repeated_sentences_are_paired_by_their_place() {
        let old = "Agreed. One thing is here. Agreed. Another thing is here. Agreed.";
        let new = "Agreed. One thing is here. Agreed. Something else. Another thing is here. Agreed.";
        let expected = [(0, 0), (1, 1), (2, 2), (3, 4), (4, 5)].map(|(a, b)| (a, b, true, false));
        assert_eq!(pairs(old, new), expected);
    }

    #[test]
    fn sentences_that_were_split_merged_or_cut_are_paired() {
        let groups = |old: &str, new: &str| {
            let mut vocabulary = Vocabulary::default();
            let mut read = |text: &str| sentences(&Draft::new(Format::Text, text), &mut vocabulary);
            let (old, new) = (read(old), read(new));
            align(&old, &new, &vocabulary).into_iter().map(|pair| (pair.old, pair.new)).collect::<Vec<_>>()
        };
        let whole = "They met in Ulmar. The two sides will share data on dangerous cargo and train two hundred pilots in spring.";
        let parts = "They met in Ulmar. The two sides will share data on dangerous cargo. They will train two hundred pilots in spring.";
        assert_eq!(groups(whole, parts), [(0..1, 0..1), (1..2, 1..3)]);
        assert_eq!(groups(parts, whole), [(0..1, 0..1), (1..3, 1..2)]);
        let cut = "They met in Ulmar. They express concern over the war in Ukraine.";
        let before = "They met in Ulmar. The leaders strongly condemn the unlawful war of aggression against Ukraine by its neighbour.";
        assert_eq!(groups(before, cut), [(0..1, 0..1), (1..2, 1..2)]);
        assert_eq!(groups("They met. The cable is old.", "They met. A choir sang at noon."), [(0..1, 0..1)]);
    }
}
