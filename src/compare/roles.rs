//! Names that change their places in a sentence: who does a thing, and to whom.

use std::collections::HashMap;

use super::context::CueIn;
use super::cue::{Cue, CueReader, SentenceInBlock};
use super::remark::{Effect, Remark, Topic};

/// The name of the remark.
const SWAPPED: &str = "names change places";

/// The most words between two names that change their places.
const BETWEEN: usize = 12;

/// What joins names to a list, in any order.
const JOINING: &[&str] =
    &[",", "and", "or", "the", "as", "well", "with", "together", "along", "alongside", "&", "(", ")", "both"];

impl CueReader<'_> {
    /// The remark on two names, one behind another with a verb or "to" between them, that stand the other way round in the new
    /// sentence.
    pub(super) fn roles(
        &self,
        (old, olds): (SentenceInBlock<'_>, &[Cue]),
        (new, news): (SentenceInBlock<'_>, &[Cue]),
    ) -> Option<Remark> {
        let ids = |side: SentenceInBlock<'_>, cue: &Cue| side.ids(cue.tokens.clone());
        let between = |side: SentenceInBlock<'_>, pair: &(&Cue, &Cue)| side.ids(pair.0.tokens.end..pair.1.tokens.start);
        let after = self.neighbours(new, news);
        let turned: HashMap<_, _> =
            after.iter().map(|pair| ((ids(new, pair.1), between(new, pair), ids(new, pair.0)), pair)).collect();
        self.neighbours(old, olds).iter().find_map(|pair| {
            let (one, other) = (ids(old, pair.0), ids(old, pair.1));
            let is_one = one == other;
            let swapped = turned.get(&(one, between(old, pair), other)).filter(|_| !is_one)?;
            let whole = |pair: &(&Cue, &Cue)| Cue { tokens: pair.0.tokens.start..pair.1.tokens.end, ..pair.0.clone() };
            let (was, is) = (whole(pair), whole(swapped));
            let (was, is): (CueIn<'_>, CueIn<'_>) = ((old, &was), (new, &is));
            Some(Remark { topic: Topic::Name, ..self.told(None, Effect::Other, SWAPPED, Some(was), Some(is)) })
        })
    }

    /// Names one behind another that are no list.
    fn neighbours<'c>(&self, side: SentenceInBlock<'_>, cues: &'c [Cue]) -> Vec<(&'c Cue, &'c Cue)> {
        let names: Vec<&Cue> = cues.iter().filter(|cue| cue.topic == Topic::Name).collect();
        let pairs = names.windows(2).map(|pair| (pair[0], pair[1]));
        let is_apart = |(one, other): &(&Cue, &Cue)| {
            let between = one.tokens.end..other.tokens.start.max(one.tokens.end);
            between.len() <= BETWEEN && self.words(side, between).iter().any(|word| !JOINING.contains(word))
        };
        pairs.filter(is_apart).collect()
    }
}
