//! Sentences that belong together, and how alike two are.

use std::ops::Range;

use super::sentence::TokenId;

/// The least share of common words, from 0 to 1, with which one sentence counts as having become another.
pub(super) const SIMILAR: f64 = 0.5;

/// The sentences around the place of a sentence that are looked at whatever words they share with it.
pub(super) const AROUND: usize = 4;

/// Sentences that belong together, by their numbers in their drafts: one on each side, or several in one block that are one on the
/// other side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SentencePair {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
    /// True if they have the same words.
    pub(super) equal: bool,
    /// True if it stands elsewhere among the others.
    pub(super) moved: bool,
}

/// The share of the words of two sentences that is in both (Dice). Takes no longer than the shorter one needs.
pub(super) fn similarity(a: &[TokenId], b: &[TokenId]) -> f64 {
    let all = (a.len() + b.len()) as f64;
    if 2.0 * a.len().min(b.len()) as f64 / all < SIMILAR {
        return 0.0;
    }
    2.0 * f64::from(shared(a, b)) / all
}

/// The number of words that two bags share.
pub(super) fn shared(a: &[TokenId], b: &[TokenId]) -> u32 {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    shared
}
