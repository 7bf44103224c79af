//! How much a word tells of what a sentence is about: what stands in many sentences, such as the names of those who speak, tells
//! little, and small words tell nothing.

use super::sentence::{Sentence, TokenId, Vocabulary};

/// The least share, from 0 to 1, of what two sentences are about with which one may have become the other.
const ABOUT: f64 = 0.3;

/// Sentences of so few telling words may share one only: "They oppose the vote", "They do not support the vote".
const FEW: usize = 3;

/// The weights of the words of two drafts.
pub(super) struct Weights {
    of: Vec<f64>,
}

impl Weights {
    pub(super) fn new(old: &[Sentence], new: &[Sentence], vocabulary: &Vocabulary) -> Weights {
        let count = |sentences: &[Sentence]| {
            let mut counts = vec![0u32; vocabulary.len()];
            for sentence in sentences {
                // Equal words stand one behind another.
                let first = |at: &usize| *at == 0 || sentence.bag[at - 1] != sentence.bag[*at];
                (0..sentence.bag.len()).filter(first).for_each(|at| counts[sentence.bag[at] as usize] += 1);
            }
            counts
        };
        let (olds, news) = (count(old), count(new));
        let all = f64::from(u32::try_from(old.len().max(new.len())).unwrap_or(u32::MAX));
        let weight = |(id, (old, new)): (usize, (&u32, &u32))| {
            let holders = *old.max(new);
            if holders == 0 || crate::words::is_small(vocabulary.key(id as TokenId)) {
                return 0.0;
            }
            (1.0 + all / f64::from(holders)).ln().powi(2)
        };
        Weights { of: olds.iter().zip(&news).enumerate().map(weight).collect() }
    }

    /// The weight of some words.
    fn of(&self, bag: &[TokenId]) -> f64 {
        bag.iter().map(|&id| self.of[id as usize]).sum()
    }

    /// The weight of the words that two bags share.
    fn shared(&self, a: &[TokenId], b: &[TokenId]) -> f64 {
        let (mut i, mut j, mut shared) = (0, 0, 0.0);
        while i < a.len() && j < b.len() {
            match a[i].cmp(&b[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    shared += self.of[a[i] as usize];
                    i += 1;
                    j += 1;
                }
            }
        }
        shared
    }

    /// True if two sentences may be about one thing.
    pub(super) fn are_about_one(&self, a: &[TokenId], b: &[TokenId]) -> bool {
        let telling = |bag: &[TokenId]| bag.iter().filter(|&&id| self.of[id as usize] > 0.0).count();
        let all = self.of(a) + self.of(b);
        telling(a).min(telling(b)) <= FEW || 2.0 * self.shared(a, b) >= ABOUT * all
    }

    /// The share of what the shorter of two sentences is about that the other one has.
    pub(super) fn held(&self, a: &[TokenId], b: &[TokenId]) -> f64 {
        let least = self.of(a).min(self.of(b));
        if least > 0.0 { self.shared(a, b) / least } else { 0.0 }
    }
}
