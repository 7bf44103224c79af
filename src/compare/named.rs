//! Names of two sentences: which of them are in both, alone or in a list, and which became which.

use std::ops::Range;

use super::context::CueIn;
use super::cue::{Cue, CueReader, SentenceInBlock};
use super::figure::NameClass;
use super::name_parts::is_short_for;
use super::name_set::{NameSet, are_forms_of_one, is_adjective, is_one_name};
use super::partners::CuePair;
use super::remark::Topic;
use super::sentence::SentenceToken;

/// The most tokens of a sentence that is searched for some of them.
pub(super) const SEARCHED: usize = 1_000;

/// The most names without a partner that are looked at for one.
const MOST_JOINED: usize = 32;

/// The most names of a sentence of which each is looked for in lists.
const MOST_NAMES: usize = 128;

/// What stands between the names of a list.
const JOINING: &[&str] = &[",", "and", "or", "the", "&", "as", "well"];

/// The names of a sentence.
pub(super) struct SentenceNames<'v> {
    set: NameSet<'v>,
    /// Their tokens, in order.
    names: Vec<Range<usize>>,
}

impl CueReader<'_> {
    /// The names of a sentence, of all its cues.
    pub(super) fn names(&self, side: SentenceInBlock<'_>, cues: &[Cue]) -> SentenceNames<'_> {
        let names = cues.iter().filter(|cue| cue.topic == Topic::Name).map(|cue| cue.tokens.clone());
        SentenceNames { set: NameSet::new(names.clone().map(|name| self.words(side, name))), names: names.collect() }
    }

    /// True if a cue is a name that the other sentence has as well.
    pub(super) fn stays(
        &self,
        (side, cue): CueIn<'_>,
        own: &SentenceNames<'_>,
        (other, others): (SentenceInBlock<'_>, &SentenceNames<'_>),
        is_small_edit: bool,
    ) -> bool {
        if cue.topic != Topic::Name || self.is_gone_from_list((side, cue), &own.names, (other, &others.names)) {
            return false;
        }
        if is_small_edit && self.is_fewer((side, cue), &own.names, (other, &others.names)) {
            return false;
        }
        let words = self.words(side, cue.tokens.clone());
        let is_run = matches!(cue.class, Some(NameClass::Other | NameClass::Instrument | NameClass::Body));
        let is_there = |tokens: Range<usize>| self.is_named(other, &others.names, &side.ids(tokens));
        others.set.has(&words, cue.class)
            || self.has_other_form((side, cue), (other, &others.names))
            || (is_run && is_there(cue.tokens.clone()))
            || (words.contains(&"and") && self.pieces(side, &cue.tokens).into_iter().all(is_there))
            || self.has_letters(other, &words)
    }

    /// True if the other sentence has the adjective of a state, or the state of an adjective, with the same noun: "Government of Avalon",
    /// "Avalonian Government".
    fn has_other_form(&self, (side, cue): CueIn<'_>, (other, others): (SentenceInBlock<'_>, &[Range<usize>])) -> bool {
        let word = |side: SentenceInBlock<'_>, at: Option<usize>| {
            let token = at.and_then(|at| side.sentence.tokens.get(at));
            token.map(|token| self.vocabulary.key(token.id))
        };
        // The one behind an adjective, and the one before "of" and a state.
        let noun = |side: SentenceInBlock<'_>, name: &Range<usize>| {
            let before = |by: usize| word(side, name.start.checked_sub(by));
            match (is_adjective(&self.words(side, name.clone())), before(1), before(2)) {
                (true, ..) => word(side, Some(name.end)),
                (false, Some("of"), noun) => noun,
                (false, Some("the"), Some("of")) => before(3),
                _ => None,
            }
        };
        let own = self.words(side, cue.tokens.clone());
        let is_it = |name: &&Range<usize>| {
            let shared = noun(side, &cue.tokens);
            shared.is_some()
                && shared == noun(other, name)
                && are_forms_of_one(&own, &self.words(other, (*name).clone()))
        };
        others.len() <= MOST_NAMES && others.iter().any(|name| is_it(&name))
    }

    /// True if a sentence has the letters that a name of some words is known by: "WTO".
    fn has_letters(&self, side: SentenceInBlock<'_>, name: &[&str]) -> bool {
        let tokens = &side.sentence.tokens;
        let is_it = |token: &SentenceToken| is_short_for(&self.vocabulary.key(token.id).replace('.', ""), name);
        name.len() > 2 && tokens.len() <= SEARCHED && tokens.iter().any(is_it)
    }

    /// Puts names that have no partner to those that hold all their words, or of which they hold all: "Security Council" and
    /// "Council". They need not be of one class.
    pub(super) fn join_names(
        &self,
        pairs: Vec<CuePair>,
        (old, olds): (SentenceInBlock<'_>, &[Cue]),
        (new, news): (SentenceInBlock<'_>, &[Cue]),
    ) -> Vec<CuePair> {
        let telling = |side: SentenceInBlock<'_>, cue: &Cue| -> Vec<&str> {
            let words = self.words(side, cue.tokens.clone());
            words.into_iter().filter(|word| !crate::words::is_small(word)).collect()
        };
        let holds = |one: &[&str], other: &[&str]| !other.is_empty() && other.iter().all(|word| one.contains(word));
        let (mut alone, mut joined): (Vec<usize>, Vec<CuePair>) = (Vec::new(), Vec::new());
        for pair in pairs {
            match pair {
                (None, Some(at)) if news[at].topic == Topic::Name => alone.push(at),
                pair => joined.push(pair),
            }
        }
        if alone.len() <= MOST_JOINED {
            for pair in &mut joined {
                let (Some(at), None) = *pair else { continue };
                if olds[at].topic != Topic::Name {
                    continue;
                }
                let words = telling(old, &olds[at]);
                let is_part = |&other: &usize| {
                    let others = telling(new, &news[other]);
                    holds(&words, &others) || holds(&others, &words)
                };
                if let Some(place) = alone.iter().position(is_part) {
                    pair.1 = Some(alone.remove(place));
                }
            }
        }
        joined.extend(alone.into_iter().map(|at| (None, Some(at))));
        joined
    }

    /// True if a sentence has these tokens one behind another, and they are no part of another name there: "Council" is not
    /// "Security Council". What "and" joins may be names.
    fn is_named(&self, side: SentenceInBlock<'_>, names: &[Range<usize>], ids: &[u32]) -> bool {
        let tokens = &side.sentence.tokens;
        let is_apart = |at: usize| {
            let (next, end) = (names.partition_point(|name| name.start <= at), at + ids.len());
            let Some(name) = names[..next].last().filter(|name| at < name.end && end <= name.end) else {
                return true;
            };
            let joins = |at: usize| self.words(side, at..at + 1).iter().all(|word| JOINING.contains(word));
            (at == name.start || joins(at - 1)) && (end == name.end || joins(end))
        };
        let mut runs = tokens.windows(ids.len().max(1)).enumerate();
        tokens.len() <= SEARCHED
            && runs.any(|(at, run)| run.iter().map(|token| token.id).eq(ids.iter().copied()) && is_apart(at))
    }

    /// The tokens of a name between what joins names.
    fn pieces(&self, side: SentenceInBlock<'_>, name: &Range<usize>) -> Vec<Range<usize>> {
        let words = self.words(side, name.clone());
        let mut start = name.start;
        let pieces = words.split(|word| JOINING.contains(word)).map(|piece| {
            let range = start..start + piece.len();
            start = range.end + 1;
            range
        });
        pieces.filter(|piece| !piece.is_empty()).collect()
    }

    /// True if a name went out of a list, and stands less often in the other sentence, in no list there.
    fn is_gone_from_list(
        &self,
        (side, cue): CueIn<'_>,
        names: &[Range<usize>],
        (other, others): (SentenceInBlock<'_>, &[Range<usize>]),
    ) -> bool {
        let is_one = self.pieces(side, &cue.tokens).len() == 1;
        if names.len().max(others.len()) > MOST_NAMES || !is_one || !self.is_in_list((side, cue), names) {
            return false;
        }
        // "Ulmar and Avalon" may be read as one name.
        let is_inside = |name: &Range<usize>| name.len() > cue.tokens.len();
        let longer: Vec<Range<usize>> = others.iter().filter(|name| is_inside(name)).cloned().collect();
        if longer.iter().any(|name| {
            self.pieces(other, name).into_iter().any(|piece| other.ids(piece) == side.ids(cue.tokens.clone()))
        }) {
            return false;
        }
        let words = self.words(side, cue.tokens.clone());
        let own = names.iter().filter(|name| self.words(side, (*name).clone()) == words).count();
        let is_it = |name: &&Range<usize>| is_one_name(&self.words(other, (*name).clone()), &words);
        let there: Vec<&Range<usize>> = others.iter().filter(is_it).collect();
        let is_listed =
            |name: &&Range<usize>| self.is_in_list((other, &Cue { tokens: (*name).clone(), ..cue.clone() }), others);
        own > there.len() && !there.iter().any(is_listed)
    }

    /// True if a name stands more often in its sentence than in the other one.
    fn is_fewer(
        &self,
        (side, cue): CueIn<'_>,
        names: &[Range<usize>],
        (other, others): (SentenceInBlock<'_>, &[Range<usize>]),
    ) -> bool {
        let words = self.words(side, cue.tokens.clone());
        let count = |side: SentenceInBlock<'_>, names: &[Range<usize>]| {
            names.iter().filter(|name| is_one_name(&self.words(side, (*name).clone()), &words)).count()
        };
        let there = count(other, others);
        names.len().max(others.len()) <= MOST_NAMES && there > 0 && count(side, names) > there
    }

    /// True if a name stands in a list with another one beside it.
    fn is_in_list(&self, (side, cue): CueIn<'_>, names: &[Range<usize>]) -> bool {
        let joins = |between: Range<usize>| {
            !between.is_empty() && self.words(side, between).iter().all(|word| JOINING.contains(word))
        };
        let at = names.partition_point(|name| name.start < cue.tokens.start);
        let before =
            names[..at].last().is_some_and(|name| name.end < cue.tokens.start && joins(name.end..cue.tokens.start));
        let behind = names[at..].iter().find(|name| name.start > cue.tokens.end);
        before || behind.is_some_and(|name| joins(cue.tokens.end..name.start))
    }
}
