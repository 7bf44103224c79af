//! Sentences of several texts that are one in other words: found by the words that tell, which are in few sentences.
//!
//! Texts of several years are rarely alike, and neither place nor frequent words say which sentence became which. A word weighs the
//! more the fewer sentences hold it; small words and figures, which change from year to year, weigh nothing. Takes time nearly in
//! proportion to the texts.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use super::super::DraftSentences;
use super::super::cue::is_digits;
use super::super::sentence::{Sentence, TokenId, Vocabulary};
use crate::text::BlockKind;

/// The least share of the weight of two sentences, from 0 to 1, that is in both of one thread (Dice).
const LIKE: f64 = 0.45;

/// The least share of the weight of the shorter one that is in the longer one where one was cut out of the other, and the least share
/// of both.
const HELD: (f64, f64) = (0.75, 0.36);

/// The least share of the weight of a sentence that was split from another.
const PART: f64 = 0.6;

/// The fewest words that weigh and are shared, of sentences that are not the same.
const FEWEST: usize = 3;

/// A word that so many sentences of earlier texts hold does not lead to one of them.
const COMMON: usize = 48;

/// A word that is in one of so many sentences, and in more than a few, is none that tells.
const OFTEN: f64 = 7.0;
const FEW: f64 = 4.0;

/// The sentences of earlier texts that are looked at for each one: those that share most.
const LOOKED_AT: usize = 8;

/// The words that two sentences begin with, at least two of which tell, if they are one formula and the rest was written anew: "we
/// reaffirm our commitment to the complete demining of".
const OPENING: usize = 7;
const OPENING_TELLS: usize = 2;

/// The place of a thread in a text: sentences of one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) text: usize,
    pub(super) sentences: Range<usize>,
    /// The thread of which it is a part there: the two sentences are one.
    pub(super) merged: Option<usize>,
    /// The sentences of the text before that became these, if they were more than the thread itself was.
    pub(super) was: Option<Range<usize>>,
}

/// What a thread looks like in the last text that has it.
#[derive(Default)]
struct Head {
    /// All its words, in their order.
    spelling: Vec<TokenId>,
    /// Those it begins with, if enough of them tell.
    opening: Option<[TokenId; OPENING]>,
    /// The words that weigh something, in order of their number.
    words: Vec<(TokenId, f64)>,
    weight: f64,
}

/// Finds the threads of some texts, each in their order, also those that are in one text only.
pub(super) fn threads(texts: &[DraftSentences<'_>], weights: &Weights<'_>) -> Vec<Vec<Link>> {
    let mut threads: Vec<Vec<Link>> = Vec::new();
    let mut heads: Vec<Head> = Vec::new();
    for (text, side) in texts.iter().enumerate() {
        let own: Vec<usize> = (0..side.sentences.len()).filter(|&at| is_prose(*side, at)).collect();
        let mut news: Vec<Head> = own.iter().map(|&at| weights.head(&side.sentences[at..at + 1])).collect();
        let partners = pair(&heads, &news);
        let mut places: Vec<Range<usize>> = own.iter().map(|&at| at..at + 1).collect();
        // A sentence without a partner may be a part that was split from the one beside it.
        for part in 0..news.len() {
            let beside = [part.checked_sub(1), Some(part + 1)].into_iter().flatten();
            let whole = beside.into_iter().find(|&whole| {
                let Some(thread) = partners.get(whole).copied().flatten().filter(|_| partners[part].is_none()) else {
                    return false;
                };
                let (place, at) = (&places[whole], own[part]);
                side_by_side(*side, place, &(at..at + 1)) && is_part(&news[part], &news[whole], &heads[thread])
            });
            if let Some(whole) = whole {
                let place = places[whole].start.min(own[part])..places[whole].end.max(own[part] + 1);
                news[whole] = weights.head(&side.sentences[place.clone()]);
                places[whole] = place;
                places[part] = 0..0;
            }
        }
        let merged = merged(&threads, &heads, &partners, &news);
        let known = threads.len();
        let mut links: Vec<Option<Link>> = vec![None; known];
        let mut changed: Vec<(usize, Head)> = Vec::new();
        for ((place, head), partner) in places.into_iter().zip(news).zip(partners) {
            if place.is_empty() {
                continue;
            }
            let link = Link { text, sentences: place, merged: None, was: None };
            match partner {
                Some(thread) => {
                    links[thread] = Some(link);
                    changed.push((thread, head));
                }
                None => {
                    threads.push(vec![link]);
                    heads.push(head);
                }
            }
        }
        for (part, whole) in merged {
            let Some(link) = links[whole].as_mut() else { continue };
            // Both stood side by side: what became of them is one comparison.
            let (before, own) = (threads[whole].last(), threads[part].last());
            if let (Some(before), Some(own)) = (before, own)
                && own.merged.is_none()
                && own.text == before.text
                && side_by_side(texts[own.text], link.was.as_ref().unwrap_or(&before.sentences), &own.sentences)
            {
                let was = link.was.clone().unwrap_or_else(|| before.sentences.clone());
                let was = was.start.min(own.sentences.start)..was.end.max(own.sentences.end);
                let part_was = Some(own.sentences.clone());
                link.was = Some(was);
                links[part] = Some(Link { merged: Some(whole), was: part_was, ..link.clone() });
                continue;
            }
            links[part] = Some(Link { merged: Some(whole), was: None, ..link.clone() });
        }
        for (thread, link) in links.into_iter().enumerate() {
            threads[thread].extend(link);
        }
        for (thread, head) in changed {
            heads[thread] = head;
        }
    }
    threads
}

/// True if two places stand one behind the other in one block.
fn side_by_side(side: DraftSentences<'_>, one: &Range<usize>, other: &Range<usize>) -> bool {
    let is_beside = one.end == other.start || other.end == one.start;
    is_beside && side.sentences[one.start].block == side.sentences[other.start].block
}

/// Threads that are a part of another one in a text, each with that one: two sentences that became one, or still are.
fn merged(threads: &[Vec<Link>], heads: &[Head], partners: &[Option<usize>], news: &[Head]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut is_there = vec![false; heads.len()];
    partners.iter().flatten().for_each(|&thread| is_there[thread] = true);
    let mut holders: HashMap<TokenId, Vec<usize>> = HashMap::new();
    for (at, new) in news.iter().enumerate().filter(|(at, _)| partners[*at].is_some()) {
        for (word, _) in &new.words {
            holders.entry(*word).or_default().push(at);
        }
    }
    for part in (0..heads.len()).filter(|&at| !is_there[at]) {
        let stays = threads[part].last().and_then(|link| link.merged);
        let mut shared: HashMap<usize, f64> = HashMap::new();
        for (word, weight) in &heads[part].words {
            for &holder in holders.get(word).filter(|holders| holders.len() <= COMMON).into_iter().flatten() {
                *shared.entry(holder).or_default() += weight;
            }
        }
        let mut shared: Vec<(u32, usize)> =
            shared.into_iter().map(|(at, weight)| (u32::MAX - (1000.0 * weight) as u32, at)).collect();
        shared.sort_unstable();
        let whole = shared.into_iter().take(LOOKED_AT).find_map(|(_, at)| {
            let whole = partners[at]?;
            let is_merged = if stays == Some(whole) {
                // It was a part of it before.
                is_part(&heads[part], &Head::default(), &news[at])
            } else {
                is_part(&heads[part], &heads[whole], &news[at])
            };
            is_merged.then_some(whole)
        });
        found.extend(whole.map(|whole| (part, whole)));
    }
    found
}

/// True if a sentence says something: a heading only tells of what comes, and so does a number without words.
pub(super) fn is_prose(side: DraftSentences<'_>, at: usize) -> bool {
    let one = side.side(at);
    let has_words = one.sentence.bag.len() >= FEWEST;
    has_words && !matches!(one.block.kind(), BlockKind::Title | BlockKind::Heading) && !one.is_title()
}

/// How much each word tells.
pub(super) struct Weights<'v> {
    vocabulary: &'v Vocabulary,
    /// The sentences of the longest text.
    sentences: f64,
    /// For each word the sentences that hold it in the text where these are most: what recurs tells no less than what does not.
    holders: HashMap<TokenId, u32>,
}

impl Weights<'_> {
    pub(super) fn new<'v>(texts: &[DraftSentences<'_>], vocabulary: &'v Vocabulary) -> Weights<'v> {
        let mut holders: HashMap<TokenId, u32> = HashMap::new();
        for text in texts {
            let mut own: HashMap<TokenId, u32> = HashMap::new();
            for sentence in text.sentences {
                let mut bag = sentence.bag.clone();
                bag.dedup();
                bag.into_iter().for_each(|word| *own.entry(word).or_default() += 1);
            }
            for (word, count) in own {
                let most = holders.entry(word).or_default();
                *most = count.max(*most);
            }
        }
        let sentences = texts.iter().map(|text| text.sentences.len()).max().unwrap_or_default() as f64;
        Weights { vocabulary, sentences, holders }
    }

    /// The weight of a word; it is squared, so that some words that tell outweigh many that do not.
    fn weight(&self, word: TokenId) -> f64 {
        let key = self.vocabulary.key(word);
        if crate::words::is_small(key) || is_digits(key) {
            return 0.0;
        }
        (1.0 + self.sentences / f64::from(self.holders(word))).ln().powi(2)
    }

    fn holders(&self, word: TokenId) -> u32 {
        self.holders.get(&word).copied().unwrap_or(1)
    }

    pub(super) fn is_word(&self, word: TokenId) -> bool {
        self.vocabulary.is_word(word)
    }

    /// True for a word that weighs something and stands in few of all sentences.
    pub(super) fn is_telling(&self, word: TokenId) -> bool {
        let is_rare = f64::from(self.holders(word)) <= (self.sentences / OFTEN).max(FEW);
        is_rare && self.weight(word) > 0.0
    }

    fn head(&self, sentences: &[Sentence]) -> Head {
        let mut bag: Vec<TokenId> = sentences.iter().flat_map(|sentence| &sentence.bag).copied().collect();
        bag.sort_unstable();
        bag.dedup();
        let words: Vec<(TokenId, f64)> =
            bag.into_iter().map(|word| (word, self.weight(word))).filter(|(_, weight)| *weight > 0.0).collect();
        let weight = words.iter().map(|(_, weight)| weight).sum();
        let spelling: Vec<TokenId> = sentences.iter().flat_map(|sentence| &sentence.words).copied().collect();
        let opening = spelling.first_chunk::<OPENING>().copied();
        let tells = |opening: &[TokenId; OPENING]| {
            opening.iter().filter(|&&word| self.is_telling(word)).count() >= OPENING_TELLS
        };
        Head { opening: opening.filter(tells), spelling, words, weight }
    }
}

/// True if most of what weighs in a sentence is in what a thread was, and not in the sentence that it is now.
fn is_part(part: &Head, whole: &Head, before: &Head) -> bool {
    let has = |head: &Head, word: TokenId| head.words.binary_search_by_key(&word, |(other, _)| *other).is_ok();
    let gained = part.words.iter().filter(|(word, _)| has(before, *word) && !has(whole, *word));
    let (count, weight) = gained.fold((0, 0.0), |(count, sum), (_, weight)| (count + 1, sum + weight));
    count >= FEWEST && weight >= PART * part.weight
}

/// For each new sentence the number of the one that it was, each once, the most alike first.
fn pair(heads: &[Head], news: &[Head]) -> Vec<Option<usize>> {
    let mut holders: HashMap<TokenId, Vec<usize>> = HashMap::new();
    let mut same: HashMap<&[TokenId], VecDeque<usize>> = HashMap::new();
    let mut openings: HashMap<[TokenId; OPENING], Vec<usize>> = HashMap::new();
    for (at, head) in heads.iter().enumerate() {
        for (word, _) in &head.words {
            holders.entry(*word).or_default().push(at);
        }
        same.entry(&head.spelling).or_default().push_back(at);
        if let Some(opening) = head.opening {
            openings.entry(opening).or_default().push(at);
        }
    }
    // In thousandths, so that order does not hang on the last bit.
    let mut likely: Vec<(u32, usize, usize)> = Vec::new();
    let mut partners: Vec<Option<usize>> = vec![None; news.len()];
    let mut taken = vec![false; heads.len()];
    for (at, new) in news.iter().enumerate() {
        if let Some(head) = same.get_mut(new.spelling.as_slice()).and_then(VecDeque::pop_front) {
            (partners[at], taken[head]) = (Some(head), true);
            continue;
        }
        let mut shared: HashMap<usize, (f64, usize)> = HashMap::new();
        for (word, weight) in &new.words {
            for &holder in holders.get(word).filter(|holders| holders.len() <= COMMON).into_iter().flatten() {
                let sum = shared.entry(holder).or_default();
                (sum.0, sum.1) = (sum.0 + weight, sum.1 + 1);
            }
        }
        let mut shared: Vec<(u32, usize)> =
            shared.into_iter().map(|(at, (weight, _))| (u32::MAX - (1000.0 * weight) as u32, at)).collect();
        shared.sort_unstable();
        for (_, head) in shared.into_iter().take(LOOKED_AT) {
            if let Some(score) = likeness(&heads[head], new) {
                likely.push((distance(score), at, head));
            }
        }
        // One that begins in the same way comes behind all that are alike.
        let opened = new.opening.and_then(|opening| openings.get(&opening)).into_iter().flatten();
        likely
            .extend(opened.take(LOOKED_AT).map(|&head| (distance(shared_parts(&heads[head], new).0 - 1.0), at, head)));
    }
    likely.sort_unstable();
    for (_, at, head) in likely {
        if partners[at].is_none() && !taken[head] {
            (partners[at], taken[head]) = (Some(head), true);
        }
    }
    partners
}

/// A likeness as a number to sort by: what is most alike first.
fn distance(likeness: f64) -> u32 {
    (1000.0 * (1.0 - likeness)) as u32
}

/// How alike two sentences are, from 0 to 1; none if too little for one thread.
fn likeness(one: &Head, other: &Head) -> Option<f64> {
    let (both, held, count) = shared_parts(one, other);
    let is_like = both >= LIKE || (held >= HELD.0 && both >= HELD.1);
    let is_short = one.words.len().min(other.words.len()) <= FEWEST;
    (is_like && (count >= FEWEST || (is_short && both >= 2.0 * HELD.1))).then_some(both)
}

/// The share of the weight of two sentences that is in both, the share of the shorter one's, and the number of words that are in both.
fn shared_parts(one: &Head, other: &Head) -> (f64, f64, usize) {
    let (mut i, mut j, mut shared, mut count) = (0, 0, 0.0, 0);
    while let (Some((a, weight)), Some((b, _))) = (one.words.get(i), other.words.get(j)) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                (shared, count) = (shared + weight, count + 1);
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    let both = 2.0 * shared / (one.weight + other.weight);
    (both, shared / one.weight.min(other.weight), count)
}
