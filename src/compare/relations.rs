//! Small words that turn a sentence: what stands before a date, a figure or a name, and a modal before a verb.

use super::context::CueIn;
use super::cue::{Cue, CueReader, SentenceInBlock};
use super::remark::{Effect, Remark, Topic};

/// What stands before a date, in groups of those that say nearly the same: by when, from when, for how long.
const BEFORE_DATES: &[&[&str]] = &[
    &["before", "by", "later", "sooner"],
    &["after", "earlier"],
    &["since", "from"],
    &["until", "till", "through"],
    &["in", "on", "at", "during"],
];

/// What stands before a figure: by how much, to how much.
const BEFORE_FIGURES: &[&[&str]] =
    &[&["by"], &["to"], &["from"], &["below", "under"], &["above", "over"], &["within"], &["beyond", "outside"]];

/// What stands before a name, and what makes the contrary of it: who does a thing, and to whom.
const BEFORE_NAMES: &[(&[&str], &[&str])] = &[
    (&["by"], &["on", "against", "upon", "toward", "towards"]),
    (&["from"], &["to", "against", "toward", "towards"]),
    (&["with", "for"], &["against"]),
];

/// What is counted of time and of space.
const UNITS: &[&str] = &[
    "hour", "hours", "day", "days", "week", "weeks", "month", "months", "year", "years", "decade", "decades", "metres",
    "meters", "kilometres", "kilometers", "miles", "tonnes", "tons", "kilograms", "megawatts", "gigawatts",
];

/// Modals that leave a thing open, where none says that it is so.
const OPEN: &[&str] = &["may", "might", "can", "could", "should"];

/// The most words between a modal and its verb.
const APART: usize = 3;

impl CueReader<'_> {
    /// The remark on what stands in both sentences, behind another small word: "before 5 May", "after 5 May".
    pub(super) fn relation(&self, old: CueIn<'_>, new: CueIn<'_>) -> Option<Remark> {
        if let Some(remark) = self.unit(old, new) {
            return Some(remark);
        }
        let is_other = |was: &str, is: &str| match old.1.topic {
            Topic::Date => group(BEFORE_DATES, was) != group(BEFORE_DATES, is),
            Topic::Percent | Topic::Money | Topic::Number => group(BEFORE_FIGURES, was) != group(BEFORE_FIGURES, is),
            Topic::Name => BEFORE_NAMES.iter().any(|(one, other)| {
                (one.contains(&was) && other.contains(&is)) || (one.contains(&is) && other.contains(&was))
            }),
            _ => false,
        };
        let before = |(side, cue): CueIn<'_>| {
            let start = cue.tokens.start;
            let words = self.words(side, start.saturating_sub(2)..start);
            match words.as_slice() {
                [] => None,
                [before, "the"] => Some((*before, start - 2)),
                // "the end of 2027"
                [before, "of"] if old.1.topic == Topic::Date => Some((*before, start - 2)),
                // "no later than", "no earlier than"
                [before, "than"] => Some((*before, start - 2)),
                [.., before] => Some((*before, start - 1)),
            }
        };
        let ((was, old_start), (is, new_start)) = (before(old)?, before(new)?);
        let is_known = |word: &str| match old.1.topic {
            Topic::Date => group(BEFORE_DATES, word).is_some(),
            Topic::Name => true,
            _ => group(BEFORE_FIGURES, word).is_some(),
        };
        if !is_known(was) || !is_known(is) || !is_other(was, is) {
            return None;
        }
        let whole = |cue: &Cue, start: usize| Cue { tokens: start..cue.tokens.end, ..cue.clone() };
        let (was, is) = (whole(old.1, old_start), whole(new.1, new_start));
        let name = old.1.topic.shown();
        let remark = self.told(None, Effect::Other, name, Some((old.0, &was)), Some((new.0, &is)));
        Some(Remark { topic: old.1.topic, ..remark })
    }

    /// The remark on a number that counts another thing: "five years", "five months".
    fn unit(&self, old: CueIn<'_>, new: CueIn<'_>) -> Option<Remark> {
        let behind = |(side, cue): CueIn<'_>| {
            let unit = self.words(side, cue.tokens.end..(cue.tokens.end + 1).min(side.sentence.tokens.len()));
            unit.first().copied().filter(|word| UNITS.contains(word))
        };
        let (was, is) = (behind(old)?, behind(new)?);
        if old.1.topic != Topic::Number || was.trim_end_matches('s') == is.trim_end_matches('s') {
            return None;
        }
        let whole = |cue: &Cue| Cue { tokens: cue.tokens.start..cue.tokens.end + 1, ..cue.clone() };
        let (was, is) = (whole(old.1), whole(new.1));
        let remark = self.told(None, Effect::Other, Topic::Number.shown(), Some((old.0, &was)), Some((new.0, &is)));
        Some(Remark { topic: Topic::Number, ..remark })
    }

    /// The remark on a modal that came before a verb which said that it is so, or went: "enters", "may enter".
    pub(super) fn modal(&self, (side, cue): CueIn<'_>, other: SentenceInBlock<'_>, is_dropped: bool) -> Option<Remark> {
        let words = self.words(side, cue.tokens.start..(cue.tokens.end + APART).min(side.sentence.tokens.len()));
        let [modal, behind @ ..] = words.as_slice() else {
            return None;
        };
        if cue.tokens.len() > 1 || !OPEN.contains(modal) || cue.is_negated {
            return None;
        }
        let at = behind.iter().position(|word| !crate::words::is_adverb(word))?;
        let verb = crate::words::verb_of(behind[at]).filter(|verb| verb == behind[at])?;
        let others = self.words(other, 0..other.sentence.tokens.len());
        // It is so already where a modal, or "to", stands before it there as well.
        let is_bare = |at: usize| {
            let before = others[..at].iter().rev().take_while(|word| !matches!(**word, "." | ";" | ":"));
            !before.into_iter().any(|word| crate::words::is_modal(word) || matches!(*word, "to" | "not"))
        };
        let is_said = |(at, word): (usize, &&str)| {
            word != modal
                && !word.ends_with("ing")
                && crate::words::verb_of(word).as_ref() == Some(&verb)
                && is_bare(at)
        };
        let partner = others.iter().enumerate().position(is_said)?;
        let own = Cue { tokens: cue.tokens.start..cue.tokens.end + at + 1, ..cue.clone() };
        let partner = Cue { tokens: partner..partner + 1, ..cue.clone() };
        let (own, partner) = ((side, &own), (other, &partner));
        let rung = cue.rungs.first()?;
        let ladder = &self.lexicon.ladders[rung.ladder];
        let (effect, name, old, new) = if is_dropped {
            (Effect::Stronger, &ladder.up, own, partner)
        } else {
            (Effect::Weaker, &ladder.down, partner, own)
        };
        Some(self.told(Some((rung.ladder, ladder.id.clone())), effect, name, Some(old), Some(new)))
    }
}

/// The number of the group that a word is in.
fn group(groups: &[&[&str]], word: &str) -> Option<usize> {
    groups.iter().position(|group| group.contains(&word))
}
