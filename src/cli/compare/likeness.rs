//! Drafts that were given another path, found by their words.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use crate::Draft;

/// The least share of common words, in per cent, with which one draft counts as another with a new path: that of git.
const ALIKE: usize = 50;

/// The most pairs of drafts that are compared. Where there are more, only drafts of the same words are the same.
const MOST_PAIRS: usize = 40_000;

/// The words of a draft: how often each occurs, by its hash.
pub(super) struct Likeness {
    words: HashMap<u64, usize>,
    count: usize,
    /// The hash of all of them in their order.
    whole: u64,
}

impl Likeness {
    pub(super) fn new(draft: &Draft) -> Likeness {
        let mut likeness = Likeness { words: HashMap::new(), count: 0, whole: 0 };
        let mut whole = DefaultHasher::new();
        for word in draft.blocks().iter().flat_map(|block| block.text().split_whitespace()) {
            let mut hasher = DefaultHasher::new();
            word.hash(&mut hasher);
            word.hash(&mut whole);
            *likeness.words.entry(hasher.finish()).or_default() += 1;
            likeness.count += 1;
        }
        likeness.whole = whole.finish();
        likeness
    }

    /// The share of words that are in both, in per cent. Two drafts without words are not alike.
    fn share(&self, other: &Likeness) -> usize {
        let all = self.count + other.count;
        // As the shorter one is at most in the other, much longer ones need not be looked at.
        if all == 0 || 200 * self.count.min(other.count) / all < ALIKE {
            return 0;
        }
        let (few, many) = if self.words.len() < other.words.len() { (self, other) } else { (other, self) };
        let shared = |(word, count): (&u64, &usize)| many.words.get(word).map_or(0, |other| *other.min(count));
        200 * few.words.iter().map(shared).sum::<usize>() / all
    }
}

/// Pairs of an old and a new draft that are alike, by their numbers: the most alike first, each in one pair at most.
pub(super) fn renamed(olds: &[Option<Likeness>], news: &[Option<Likeness>]) -> Vec<(usize, usize)> {
    let read = |drafts: &[Option<Likeness>]| drafts.iter().flatten().count();
    let may_differ = read(olds).saturating_mul(read(news)) <= MOST_PAIRS;
    let mut by_whole: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, new) in news.iter().enumerate() {
        if let Some(new) = new {
            by_whole.entry(new.whole).or_default().push(at);
        }
    }
    let mut alike: Vec<(usize, usize, usize)> = Vec::new();
    for (o, old) in olds.iter().enumerate() {
        let Some(old) = old else {
            continue;
        };
        // A draft of the same words is among the others where they are looked at.
        let same = by_whole.get(&old.whole).into_iter().flatten().take(1).copied();
        let looked_at: Vec<usize> = if may_differ { (0..news.len()).collect() } else { same.collect() };
        for n in looked_at {
            let share = news[n].as_ref().map_or(0, |new| old.share(new));
            if share >= ALIKE {
                alike.push((share, o, n));
            }
        }
    }
    alike.sort_by_key(|&(share, o, n)| (std::cmp::Reverse(share), o, n));
    let (mut taken_old, mut taken_new) = (vec![false; olds.len()], vec![false; news.len()]);
    let mut pairs = Vec::new();
    for (_, o, n) in alike {
        if !taken_old[o] && !taken_new[n] {
            (taken_old[o], taken_new[n]) = (true, true);
            pairs.push((o, n));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Format;

    #[test]
    fn drafts_are_alike_by_half_of_their_words() {
        let of = |text: &str| Some(Likeness::new(&Draft::new(Format::Markdown, text)));
        let olds = [of("one two three four"), of("red green blue black"), of(""), None];
        let news = [of("red green blue white"), of("one two three four five"), of(""), of("one two"), None];
        assert_eq!(renamed(&olds, &news), [(0, 1), (1, 0)]);
        assert_eq!(renamed(&olds[..1], &news[..1]), []);
        // Where there are too many to look at, those of the same words.
        let many = |from: usize| (0..300).map(|n| of(&format!("same w{} x y z", n + from))).collect::<Vec<_>>();
        let found = renamed(&many(0), &many(1));
        assert_eq!(found.len(), 299);
        assert!(found.iter().all(|(old, new)| *old == new + 1));
    }
}
