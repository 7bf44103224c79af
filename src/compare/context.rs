//! Whether what stands around a wording is in the other sentence too: what was said with words that are gone tells nothing of those
//! that came.

use std::collections::HashSet;

use super::cue::{Cue, CueReader, SentenceInBlock};
use super::lexicon::Sense;
use super::remark::Topic;

/// The most words behind a wording that are looked at.
const NEAR: usize = 10;

/// A cue of a sentence.
pub(super) type CueIn<'s> = (SentenceInBlock<'s>, &'s Cue);

impl CueReader<'_> {
    /// True if what a wording goes with, one of so many words that tell behind it or the one before it, is in the other sentence.
    pub(super) fn goes_with(&self, (side, cue): CueIn<'_>, other: SentenceInBlock<'_>, count: usize) -> bool {
        let is_there = |id: &u32| other.sentence.bag.binary_search(id).is_ok();
        let behind = self.telling_behind((side, cue), count);
        // "All" and "not" go with what is behind them; what stands at the end goes with what is before it.
        let is_determiner = cue.topic == Topic::Negation
            || cue.rungs.first().is_some_and(|rung| self.lexicon.ladders[rung.ladder].down == "narrowed");
        let before_count = match (behind.is_empty(), is_determiner) {
            (true, _) => 3,
            (false, true) => 0,
            (false, false) => 1,
        };
        let start = cue.tokens.start.saturating_sub(NEAR / 2);
        let ids = side.ids(start..cue.tokens.start);
        let before = ids.iter().rev().filter(|&&id| self.tells(id)).take(before_count);
        behind.iter().any(is_there) || before.into_iter().any(is_there)
    }

    /// True if one of the words that tell behind one cue stands near behind the other.
    pub(super) fn share_object(&self, old: CueIn<'_>, new: CueIn<'_>, count: usize) -> bool {
        let others: HashSet<u32> = self.telling_behind(new, count).into_iter().collect();
        self.telling_behind(old, count).iter().any(|id| others.contains(id))
    }

    /// The first words that tell behind a cue, of its clause.
    fn telling_behind(&self, (side, cue): CueIn<'_>, count: usize) -> Vec<u32> {
        let end = (cue.tokens.end + NEAR).min(side.sentence.tokens.len());
        let ids = side.ids(cue.tokens.end..end);
        let is_inside = |id: &&u32| !matches!(self.vocabulary.key(**id), "." | ";");
        ids.iter().take_while(is_inside).filter(|&&id| self.tells(id)).take(count).copied().collect()
    }

    /// True for a word that tells what is spoken of.
    fn tells(&self, id: u32) -> bool {
        let word = self.vocabulary.key(id);
        let is_qualifier = |sense: Sense| match sense {
            Sense::Rungs(list) => {
                self.lexicon.rungs(list).iter().any(|rung| self.lexicon.ladders[rung.ladder].qualifies())
            }
            sense => matches!(sense, Sense::Strengthener | Sense::Intensifier | Sense::Negation),
        };
        self.vocabulary.is_word(id)
            && !crate::words::is_small(word)
            && self.lexicon.longest(&[word], is_qualifier).is_none()
    }
}
