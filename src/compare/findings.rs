//! Pairs of findings of two drafts that are the same finding.
//!
//! The same finding is one of the same rule, of the same folded words, in the same sentence or in what became of it; failing
//! that, anywhere.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use super::DraftSentences;
use super::pair::SentencePair;
use super::sentence::fold_with_figures;
use crate::finding::Finding;

/// Findings by what became of them.
#[derive(Default)]
pub(super) struct Matched {
    pub(super) came: Vec<Finding>,
    pub(super) went: Vec<Finding>,
    pub(super) moved: Vec<(Finding, Finding)>,
    pub(super) stayed: usize,
}

/// The key by which a finding is recognized, besides its sentence.
type MatchKey = (String, String);

pub(super) fn match_findings<'p>(
    old: DraftSentences<'_>,
    new: DraftSentences<'_>,
    pairs: &'p [SentencePair],
    olds: Vec<Finding>,
    news: Vec<Finding>,
) -> Matched {
    let (old_homes, new_homes) = (SentenceIndex::new(old), SentenceIndex::new(new));
    let each = |pair: &'p SentencePair, range: &Range<usize>| range.clone().map(move |at| (at, pair));
    let became: HashMap<usize, &SentencePair> = pairs.iter().flat_map(|pair| each(pair, &pair.old)).collect();
    let came_from: HashMap<usize, &SentencePair> = pairs.iter().flat_map(|pair| each(pair, &pair.new)).collect();
    // Of several sentences that were one, the first stands for all.
    let new_home = |finding: &Finding| {
        let home = new_homes.sentence(finding)?;
        Some(came_from.get(&home).map_or(home, |pair| pair.new.start))
    };
    let mut there: HashMap<(MatchKey, Option<usize>), VecDeque<usize>> = HashMap::new();
    for (at, finding) in news.iter().enumerate() {
        there.entry((key(finding), new_home(finding))).or_default().push_back(at);
    }
    let mut partners: Vec<Option<usize>> = vec![None; olds.len()];
    let mut taken = vec![false; news.len()];
    let mut join = |old: usize, new: usize, partners: &mut Vec<Option<usize>>| {
        partners[old] = Some(new);
        taken[new] = true;
    };
    let mut moved = vec![false; olds.len()];
    for (at, finding) in olds.iter().enumerate() {
        let home = old_homes.sentence(finding);
        let pair = home.and_then(|home| became.get(&home));
        // A sentence that was deleted holds nothing any more; what is in no sentence is in none afterwards.
        if home.is_some() && pair.is_none() {
            continue;
        }
        let place = there.get_mut(&(key(finding), pair.map(|pair| pair.new.start)));
        if let Some(new) = place.and_then(VecDeque::pop_front) {
            join(at, new, &mut partners);
            moved[at] = pair.is_some_and(|pair| pair.moved);
        }
    }
    let mut left: HashMap<MatchKey, VecDeque<usize>> = HashMap::new();
    let mut rest: Vec<usize> = there.into_values().flatten().collect();
    rest.sort_unstable();
    rest.into_iter().for_each(|at| left.entry(key(&news[at])).or_default().push_back(at));
    for (at, finding) in olds.iter().enumerate() {
        if partners[at].is_none()
            && let Some(new) = left.get_mut(&key(finding)).and_then(VecDeque::pop_front)
        {
            join(at, new, &mut partners);
            moved[at] = true;
        }
    }
    sort_out(olds, news, &partners, &moved, &taken)
}

fn sort_out(
    olds: Vec<Finding>,
    news: Vec<Finding>,
    partners: &[Option<usize>],
    moved: &[bool],
    taken: &[bool],
) -> Matched {
    let mut matched = Matched::default();
    for ((finding, partner), moved) in olds.into_iter().zip(partners).zip(moved) {
        match partner {
            None => matched.went.push(finding),
            Some(new) if *moved => matched.moved.push((finding, news[*new].clone())),
            Some(_) => matched.stayed += 1,
        }
    }
    matched.moved.sort_by_key(|(_, new)| new.span.start());
    matched.came = news.into_iter().zip(taken).filter(|(_, taken)| !**taken).map(|(finding, _)| finding).collect();
    matched
}

fn key(finding: &Finding) -> MatchKey {
    (finding.rule.id().to_string(), fold_with_figures(&finding.found))
}

/// The sentences of a draft, to be found by a byte of the source.
struct SentenceIndex {
    /// The first byte of each sentence, its last, and its number.
    sentences: Vec<(usize, usize, usize)>,
}

impl SentenceIndex {
    fn new(text: DraftSentences<'_>) -> SentenceIndex {
        let place = |at: usize| (text.source(at).start(), text.source(at).end(), at);
        let mut sentences: Vec<_> = (0..text.sentences.len()).map(place).collect();
        sentences.sort_unstable();
        SentenceIndex { sentences }
    }

    fn sentence(&self, finding: &Finding) -> Option<usize> {
        let at = finding.span.start();
        let next = self.sentences.partition_point(|(start, ..)| *start <= at);
        let &(_, end, sentence) = self.sentences[..next].last()?;
        (at < end).then_some(sentence)
    }
}
