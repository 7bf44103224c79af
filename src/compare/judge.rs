//! The changes of a sentence that matter: verbs weakened or strengthened, qualifiers, negations, numbers, dates, names and brackets.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::ops::Range;

use super::align::DiffRun;
use super::context::CueIn;
use super::cue::{Cue, CueReader, SentenceInBlock};
use super::figure::NameClass;
use super::lexicon::{Rung, Sense};
use super::name_set::are_one;
use super::partners::{drop_unchanged, pairs};
use super::remark::{Effect, REVERSED, Remark, Topic};
use super::sentence::SentenceToken;

/// The most characters of a draft that a remark quotes at each end of a longer text.
const MAX_QUOTED: usize = 40;

/// The heights of steps of two ladders are told apart from here on.
const FAR: i32 = 40;

/// What stands no higher takes no side.
const NEUTRAL: i32 = 15;

/// The heights of the steps that count where a wording has no partner: those above give force, those below take it.
const ALONE: (i32, i32) = (20, 80);

/// The most words between a verb that tells what others say and what is said.
const FARTHEST: usize = 40;

/// The verb of a sentence stands among so many of its first words.
const MAIN: usize = 12;

/// The most tokens of a sentence that is searched for some of them.
const SEARCHED: usize = 1_000;

/// The most words of both sentences in a small edit.
const SMALL_EDIT: usize = 8;

/// The most words that a verb is told to have become.
const MOST_WORDS: usize = 4;

impl CueReader<'_> {
    /// Finds the changes that matter between two sentences.
    pub(super) fn remarks(&self, old: SentenceInBlock<'_>, new: SentenceInBlock<'_>, runs: &[DiffRun]) -> Vec<Remark> {
        let (mut olds, mut news) = (self.cues(old), self.cues(new));
        let names = [(old, &olds), (new, &news)].map(|(side, cues)| self.names(side, cues));
        let roles = self.roles((old, &olds), (new, &news));
        let unchanged = drop_unchanged(&mut olds, &mut news, runs);
        let mut hunks: Vec<&DiffRun> = runs.iter().filter(|run| !run.same).collect();
        // In a sentence of which little changed what went is meant, though it stands elsewhere in it as well.
        let is_small_edit = hunks.iter().map(|hunk| hunk.old.len() + hunk.new.len()).sum::<usize>() <= SMALL_EDIT;
        let pairs = pairs(self.lexicon, (old, &olds), (new, &news), &hunks);
        let pairs = self.join_names(pairs, (old, &olds), (new, &news));
        let mut remarks = Vec::new();
        // Words that turn a sentence over, and are part of a verb of which is told.
        let mut told: [Vec<Range<usize>>; 2] = Default::default();
        for (one, other) in &pairs {
            let cue = (one.map(|at| (old, &olds[at])), other.map(|at| (new, &news[at])));
            let remark = match cue {
                (Some(old), Some(new)) if is_on_ladder(old.1) => self.step(old, new),
                (Some(cue), None) if is_on_ladder(cue.1) => {
                    self.alone(cue, new, true).or_else(|| self.modal(cue, new, true))
                }
                (None, Some(cue)) if is_on_ladder(cue.1) => {
                    self.alone(cue, old, false).or_else(|| self.modal(cue, old, false))
                }
                _ => continue,
            };
            if let Some(remark) = remark {
                let sides = [cue.0.map(|(_, cue)| cue), cue.1.map(|(_, cue)| cue)];
                for (told, cue) in told.iter_mut().zip(sides) {
                    told.extend(cue.map(|cue| cue.tokens.clone()));
                }
                remarks.push(remark);
            }
        }
        // Verbs of which nothing else in their place tells what they became.
        told.iter_mut().for_each(|told| told.sort_by_key(|range| range.start));
        let meets = |told: &[Range<usize>], hunk: &Range<usize>| {
            let next = told.partition_point(|told| told.start < hunk.end);
            told[..next].last().is_some_and(|told| hunk.start < told.end)
        };
        hunks.retain(|hunk| !meets(&told[0], &hunk.old) && !meets(&told[1], &hunk.new));
        let lost = pairs.iter().filter(|(_, other)| other.is_none()).filter_map(|(one, _)| Some(&olds[(*one)?]));
        remarks.extend(lost.filter_map(|cue| self.lost((old, cue), new, &hunks)));
        for (one, other) in &pairs {
            let (one, other) = (one.map(|at| (old, &olds[at])), other.map(|at| (new, &news[at])));
            if one.or(other).is_none_or(|(_, cue)| is_on_ladder(cue)) {
                continue;
            }
            let is_told = |cue: Option<CueIn<'_>>, told: &[Range<usize>]| {
                cue.is_some_and(|(_, cue)| {
                    let next = told.partition_point(|range| range.start <= cue.tokens.start);
                    let is_inside = told[..next].last().is_some_and(|range| cue.tokens.end <= range.end);
                    cue.topic == Topic::Negation && is_inside
                })
            };
            // Nor has a small number in words that only went with a noun: "the two Presidents", "we".
            let is_word = |(side, cue): CueIn<'_>| {
                cue.topic == Topic::Number
                    && !side.token_text(cue.tokens.start).starts_with(|c: char| c.is_ascii_digit())
                    && !self.is_bounded((side, cue))
                    && (!is_small_edit || self.is_of_those_who_speak((side, cue)))
            };
            if one.xor(other).is_some_and(is_word) {
                continue;
            }
            let one = one.filter(|&cue| !self.stays(cue, &names[0], (new, &names[1]), is_small_edit));
            let other = other.filter(|&cue| !self.stays(cue, &names[1], (old, &names[0]), is_small_edit));
            if is_told(one, &told[0]) || is_told(other, &told[1]) {
                continue;
            }
            match (one, other) {
                // Each tells for itself.
                (Some(one), Some(other)) if !self.are_partners(one, other) => {
                    let sides = [(Some(one), None), (None, Some(other))];
                    let told = sides.into_iter().filter(|(one, other)| !one.xor(*other).is_some_and(is_word));
                    remarks.extend(told.filter_map(|(one, other)| self.change(one, other)));
                }
                // What was turned over, or qualified, is gone as well.
                (Some(one), None) if !self.counts_alone(one, new) => {}
                (None, Some(other)) if !self.counts_alone(other, old) => {}
                (one, other) => remarks.extend(self.change(one, other)),
            }
        }
        if roles.is_none() {
            remarks.extend(unchanged.iter().filter_map(|[one, other]| self.relation((old, one), (new, other))));
        }
        remarks.extend(roles);
        // What is said of one place is said once.
        let mut seen = HashSet::new();
        remarks.retain(|remark| seen.insert(remark.to_string()));
        // What is gravest first; the rest in the order of the sentence.
        remarks.sort_by_key(|remark| (remark.effect == Effect::Other, remark.topic != Topic::Negation));
        remarks
    }

    /// The remark on a verb, or another wording of a ladder, that became another one.
    fn step(&self, old: CueIn<'_>, new: CueIn<'_>) -> Option<Remark> {
        let (before, after) = (old.1, new.1);
        // What was turned over is told by the word that turns it.
        if before.is_negated != after.is_negated || self.is_reported(old, new) {
            return None;
        }
        // "Recognize", "do not recognize": the word between them tells.
        let turns = |(side, cue): CueIn<'_>| {
            let is_negation = |sense: Sense| sense == Sense::Negation;
            self.words(side, cue.tokens.clone())
                .iter()
                .any(|word| self.lexicon.longest(&[*word], is_negation).is_some())
        };
        let verb = |(side, cue): CueIn<'_>| {
            let words = self.words(side, cue.tokens.clone());
            words.iter().rev().find_map(|word| crate::words::verb_of(word))
        };
        if turns(old) != turns(new) && verb(old).is_some() && verb(old) == verb(new) {
            return None;
        }
        let shared = before.rungs.iter().find_map(|rung| {
            let other = after.rungs.iter().find(|other| other.ladder == rung.ladder)?;
            Some((*rung, *other))
        });
        let Some((one, other)) = shared else {
            return if self.share_object(old, new, 5) { self.other_verb(old, new) } else { None };
        };
        let ladder = &self.lexicon.ladders[one.ladder];
        // Acts on two things are no step from one to another.
        let near = if ladder.id == "acts" { 3 } else { 5 };
        let is_main =
            |(side, cue): CueIn<'_>| cue.tokens.start <= MAIN && ladder.id != "acts" && !self.is_gerund(side, cue);
        if ladder.has_force() && !(is_main(old) && is_main(new)) && !self.share_object(old, new, near) {
            return None;
        }
        let (effect, name) = match order(height(one, before), height(other, after)) {
            Some(Ordering::Equal) => return None,
            // Of verbs that are turned over none knows which says less, but where their ladder is of such.
            Some(_) if before.is_negated && !ladder.negated => (Effect::Other, "other verb"),
            Some(Ordering::Greater) => (Effect::Weaker, ladder.down.as_str()),
            Some(Ordering::Less) => (Effect::Stronger, ladder.up.as_str()),
            None => {
                if turns(old) != turns(new) {
                    return None;
                }
                (Effect::Other, REVERSED)
            }
        };
        // Whether one of two things is enough may be more or less.
        let effect = if matches!(ladder.down.as_str(), "weakened" | "narrowed") { effect } else { Effect::Other };
        let ladder = Some((one.ladder, ladder.id.clone()));
        Some(self.told(ladder, effect, name, Some(old), Some(new)))
    }

    /// The remark on a verb that became one of another ladder.
    fn other_verb(&self, old: CueIn<'_>, new: CueIn<'_>) -> Option<Remark> {
        let highest = |cue: &Cue| {
            let has_force = |rung: &&Rung| self.lexicon.ladders[rung.ladder].has_force();
            cue.rungs.iter().filter(has_force).map(|rung| height(*rung, cue)).max_by_key(|height| height.abs())
        };
        let (before, after) = (highest(old.1)?, highest(new.1)?);
        let (effect, name) = match before.abs() - after.abs() {
            _ if old.1.is_negated => (Effect::Other, "other verb"),
            less if less >= FAR => (Effect::Weaker, "weakened"),
            more if -more >= FAR => (Effect::Stronger, "strengthened"),
            _ => (Effect::Other, "other verb"),
        };
        Some(self.told(None, effect, name, Some(old), Some(new)))
    }

    /// The remark on a wording of a ladder that was put in or taken out without a partner.
    fn alone(&self, cue: CueIn<'_>, other: SentenceInBlock<'_>, is_dropped: bool) -> Option<Remark> {
        let alone = || cue.1.rungs.iter().filter(|rung| self.lexicon.ladders[rung.ladder].alone);
        let rung = alone().find(|rung| self.lexicon.ladders[rung.ladder].behind_ending).or_else(|| alone().next())?;
        let ladder = &self.lexicon.ladders[rung.ladder];
        // A limit that the other sentence has as well limits what it did: another word came before it.
        let is_word_of = |token: &SentenceToken| other.sentence.bag.binary_search(&token.id).is_ok();
        if ladder.behind_ending && cue.0.sentence.tokens[cue.1.tokens.clone()].iter().all(is_word_of) {
            return None;
        }
        // A term that the other sentence has in a name, or elsewhere, is not gone.
        if ladder.is_of_terms() && contains(other, &cue.0.ids(cue.1.tokens.clone())) {
            return None;
        }
        // "Full implementation" is "fully implement".
        if ladder.id == "extent" && self.has_step(other, *rung) {
            return None;
        }
        // Of a number only the number tells, of anything else what stands near.
        let is_of_number = ladder.before_number;
        let number = cue.0.sentence.tokens.get(cue.1.tokens.end).filter(|_| is_of_number);
        if number.is_some_and(|token| !contains(other, &[token.id])) || !(is_of_number || self.goes_with(cue, other, 2))
        {
            return None;
        }
        let gives = match rung.at {
            at if at <= ALONE.0 => false,
            at if at >= ALONE.1 => true,
            _ => return None,
        };
        let has_side = matches!(ladder.down.as_str(), "weakened" | "narrowed");
        let effect = match (gives == is_dropped, cue.1.is_negated && !ladder.behind_ending) {
            (_, true) => Effect::Other,
            _ if !has_side => Effect::Other,
            (true, false) => Effect::Weaker,
            (false, false) => Effect::Stronger,
        };
        let name = match (gives, is_dropped) {
            (_, true) if ladder.is_of_terms() => ladder.down.as_str(),
            (_, false) if ladder.is_of_terms() => ladder.up.as_str(),
            (true, true) => "qualifier dropped",
            (true, false) => "qualifier added",
            (false, true) => "limit dropped",
            (false, false) => "limit added",
        };
        let (old, new) = if is_dropped { (Some(cue), None) } else { (None, Some(cue)) };
        Some(self.told(Some((rung.ladder, ladder.id.clone())), effect, name, old, new))
    }

    /// The remark on a verb in the place of which stand a few words that are on no ladder.
    fn lost(&self, cue: CueIn<'_>, new: SentenceInBlock<'_>, hunks: &[&DiffRun]) -> Option<Remark> {
        if !cue.1.rungs.iter().any(|rung| self.lexicon.ladders[rung.ladder].has_force()) {
            return None;
        }
        // What turns it over, or strengthens it, may stay before it.
        let next = hunks.partition_point(|hunk| hunk.old.end < cue.1.tokens.end);
        let hunk = hunks.get(next).filter(|hunk| hunk.old.start < cue.1.tokens.end)?;
        if hunk.new.len() > MOST_WORDS || hunk.old.len() > cue.1.tokens.len() + 1 {
            return None;
        }
        let words = self.words(new, hunk.new.clone());
        let verb = words.iter().position(|word| crate::words::verb_of(word).is_some());
        // What stands where a verb stood is one, if it is no small word.
        let was_verb =
            self.words(cue.0, cue.1.tokens.clone()).last().and_then(|word| crate::words::verb_of(word)).is_some();
        let is_small = |word: &&str| crate::words::is_small(word) && !matches!(*word, "and" | "or");
        let is_in_its_place =
            was_verb && words.split_first().is_some_and(|(word, rest)| !is_small(word) && rest.iter().all(is_small));
        let verb = verb.or(is_in_its_place.then_some(0))?;
        let verb = hunk.new.start + verb;
        let partner = Cue { tokens: verb..hunk.new.end, rungs: Vec::new(), ..cue.1.clone() };
        Some(self.told(None, Effect::Other, "other verb", Some(cue), Some((new, &partner))))
    }

    /// True if the words of somebody else only came to be told in the past: "says that it will", "said that it would".
    fn is_reported(&self, old: CueIn<'_>, new: CueIn<'_>) -> bool {
        const TENSES: [[&str; 2]; 4] = [["will", "would"], ["may", "might"], ["can", "could"], ["shall", "should"]];
        let words = |(side, cue): CueIn<'_>| self.words(side, cue.tokens.clone());
        let is_shift = |pair: &[&str; 2]| match (words(old).as_slice(), words(new).as_slice()) {
            ([one], [other]) => (pair[0] == *one && pair[1] == *other) || (pair[1] == *one && pair[0] == *other),
            _ => false,
        };
        let is_saying = |sense: Sense| sense == Sense::Saying;
        let tells = |(side, cue): CueIn<'_>| {
            let end = cue.tokens.start;
            let words = self.words(side, end.saturating_sub(FARTHEST)..end);
            words.windows(2).any(|pair| {
                self.lexicon.longest(&pair[..1], is_saying).is_some() && matches!(pair[1], "that" | "it" | "they")
            })
        };
        TENSES.iter().any(is_shift) && tells(old) && tells(new)
    }

    /// The remark on any other cue.
    fn change(&self, old: Option<CueIn<'_>>, new: Option<CueIn<'_>>) -> Option<Remark> {
        let topic = old.or(new)?.1.topic;
        let (name, effect) = match (topic, old, new) {
            (Topic::Hedge, Some(_), None) => ("hedge dropped".to_owned(), Effect::Stronger),
            (Topic::Hedge, None, Some(_)) => ("hedge added".to_owned(), Effect::Weaker),
            (Topic::Qualifier, Some(_), None) => ("qualifier dropped".to_owned(), Effect::Weaker),
            (Topic::Qualifier, None, Some(_)) => ("qualifier added".to_owned(), Effect::Stronger),
            (topic, Some(_), None) => (format!("{} dropped", topic.shown()), Effect::Other),
            (topic, None, Some(_)) => (format!("{} added", topic.shown()), Effect::Other),
            (topic, ..) => (topic.shown().to_owned(), Effect::Other),
        };
        if let (Topic::Name, Some((side, one)), Some((others, other))) = (topic, old, new)
            && are_one((one, &self.words(side, one.tokens.clone())), (other, &self.words(others, other.tokens.clone())))
        {
            return None;
        }
        // Words that only stand elsewhere, or a figure that is only written in another way.
        let words = |(side, cue): CueIn<'_>| side.ids(cue.tokens.clone());
        if old.map(words) == new.map(words) {
            return None;
        }
        let remark = self.told(None, effect, &name, old, new);
        // A name that only stands in other brackets, or a number that another word was written around.
        let letters = |text: &Option<String>| match (topic, text) {
            (Topic::Name, Some(text)) => Some(text.replace('.', "")),
            (_, text) => text.clone(),
        };
        (letters(&remark.old) != letters(&remark.new)).then_some(Remark { topic, ..remark })
    }

    /// True if one name may have become another, and one number another: a name of any kind that stands where the other stood, or
    /// shares a word with it; a number of the same things.
    fn are_partners(&self, old: CueIn<'_>, new: CueIn<'_>) -> bool {
        let words = |(side, cue): CueIn<'_>| self.words(side, cue.tokens.clone());
        let beside = |(side, cue): CueIn<'_>| {
            let id = |at: Option<usize>| at.and_then(|at| side.sentence.tokens.get(at)).map(|token| token.id);
            (id(cue.tokens.start.checked_sub(1)), id(Some(cue.tokens.end)))
        };
        let ((before, behind), (others_before, others_behind)) = (beside(old), beside(new));
        match old.1.topic {
            Topic::Name if old.1.class == Some(NameClass::Other) => {
                let others = words(new);
                let shares = words(old).iter().any(|word| !crate::words::is_small(word) && others.contains(word));
                shares || before == others_before || behind == others_behind
            }
            Topic::Number => {
                let is_figure = |cue: CueIn<'_>| words(cue)[0].starts_with(|c: char| c.is_ascii_digit());
                is_figure(old) == is_figure(new) || behind == others_behind
            }
            _ => true,
        }
    }

    /// True for a number of those who make the statement: "the two Presidents" are "the Presidents".
    fn is_of_those_who_speak(&self, (side, cue): CueIn<'_>) -> bool {
        const SPEAKERS: &[&str] = &[
            "countries", "delegations", "governments", "leaders", "ministers", "nations", "parties", "presidents",
            "sides", "states",
        ];
        let next = side.sentence.tokens.get(cue.tokens.end).map(|token| self.vocabulary.key(token.id));
        // "Once more", and "million" behind what is no figure, count nothing either.
        let words = self.words(side, cue.tokens.clone());
        let is_no_count =
            matches!(words.as_slice(), ["once" | "hundred" | "thousand" | "million" | "billion" | "trillion"]);
        is_no_count || next.is_some_and(|word| SPEAKERS.contains(&word))
    }

    /// True for a number behind "up to", "at least" and the like.
    fn is_bounded(&self, (side, cue): CueIn<'_>) -> bool {
        let end = cue.tokens.start;
        let is_bound = |sense: Sense| match sense {
            Sense::Rungs(list) => {
                self.lexicon.rungs(list).iter().any(|rung| self.lexicon.ladders[rung.ladder].before_number)
            }
            _ => false,
        };
        (end.saturating_sub(3)..end).any(|start| {
            let words = self.words(side, start..end);
            self.lexicon.longest(&words, is_bound).is_some_and(|(len, _)| len == words.len())
        })
    }

    /// True if a sentence has a wording of one step.
    fn has_step(&self, side: SentenceInBlock<'_>, step: Rung) -> bool {
        let tokens = &side.sentence.tokens;
        let is_it = |token: &SentenceToken| {
            let found =
                self.lexicon.longest(&[self.vocabulary.key(token.id)], |sense| matches!(sense, Sense::Rungs(_)));
            matches!(found, Some((_, Sense::Rungs(list))) if self.lexicon.rungs(list).contains(&step))
        };
        tokens.len() <= SEARCHED && tokens.iter().any(is_it)
    }

    /// True if what a word turns over or qualifies is in the other sentence.
    fn counts_alone(&self, cue: CueIn<'_>, other: SentenceInBlock<'_>) -> bool {
        match cue.1.topic {
            Topic::Negation => self.goes_with(cue, other, 3),
            Topic::Qualifier => self.goes_with(cue, other, 2),
            _ => true,
        }
    }

    /// True for "promoting": it is seldom what the sentence says.
    fn is_gerund(&self, side: SentenceInBlock<'_>, cue: &Cue) -> bool {
        self.vocabulary.key(side.sentence.tokens[cue.tokens.start].id).ends_with("ing")
    }

    pub(super) fn told(
        &self,
        ladder: Option<(usize, String)>,
        effect: Effect,
        name: &str,
        old: Option<CueIn<'_>>,
        new: Option<CueIn<'_>>,
    ) -> Remark {
        let quoted = |(side, cue): CueIn<'_>| quote(side, cue.tokens.clone());
        let topic = ladder.as_ref().map_or(Topic::Verb, |(number, _)| Topic::Ladder(*number));
        let ladder = ladder.map(|(_, id)| id);
        Remark { topic, ladder, effect, name: name.to_owned(), old: old.map(quoted), new: new.map(quoted) }
    }
}

/// True if a sentence has these tokens one behind another; one of very many words is not searched.
fn contains(side: SentenceInBlock<'_>, ids: &[u32]) -> bool {
    let tokens = &side.sentence.tokens;
    let mut runs = tokens.windows(ids.len().max(1));
    tokens.len() <= SEARCHED && runs.any(|run| run.iter().map(|token| token.id).eq(ids.iter().copied()))
}

fn is_on_ladder(cue: &Cue) -> bool {
    matches!(cue.topic, Topic::Ladder(_))
}

/// The height of a step, with what is added to it: away from 0.
fn height(rung: Rung, cue: &Cue) -> i32 {
    rung.at + if rung.at < 0 { -cue.more } else { cue.more }
}

/// The order of what two heights say; `None` if one speaks for a thing and the other against it.
fn order(before: i32, after: i32) -> Option<Ordering> {
    let is_neutral = |height: i32| height.abs() <= NEUTRAL;
    if before.signum() * after.signum() < 0 && !is_neutral(before) && !is_neutral(after) {
        return None;
    }
    Some(before.abs().cmp(&after.abs()))
}

/// The words as they were typed; the middle of a long text is left out.
fn quote(side: SentenceInBlock<'_>, tokens: Range<usize>) -> String {
    let first = side.sentence.tokens[tokens.start].span.start();
    let text = &side.block.text()[first..side.sentence.tokens[tokens.end - 1].span.end()];
    let cut = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at += 1;
        }
        at
    };
    if text.len() <= 2 * MAX_QUOTED + 8 {
        return text.to_owned();
    }
    format!("{}\u{2026}{}", &text[..cut(MAX_QUOTED)], &text[cut(text.len() - MAX_QUOTED)..])
}

#[cfg(test)]
mod tests {
    use crate::draft::{Draft, Format};

    /// Lists the remarks on the change of one sentence.
    fn said(old: &str, new: &str) -> Vec<String> {
        let read = |text: &str| Draft::new(Format::Text, text);
        let comparison = super::super::compare(&read(old), &read(new), Vec::new(), Vec::new());
        comparison.sentences.iter().flat_map(|change| &change.remarks).map(ToString::to_string).collect()
    }

    #[test]
    fn changes_that_matter_are_named() {
        let cases: &[(&str, &str, &[&str])] = &[
            ("The two sides will meet in Seoul.", "The two sides may meet in Seoul.", &["weakened: will -> may"]),
            ("The sides shall share the costs.", "The sides will share the costs.", &["weakened: shall -> will"]),
            ("They may open an office.", "They will open an office.", &["strengthened: may -> will"]),
            (
                "The leaders condemn the launches of the DPRK.",
                "The leaders note with concern the launches of the DPRK.",
                &["weakened: condemn -> note with concern"],
            ),
            (
                "They welcomed the plan of the panel.",
                "They noted the plan of the panel.",
                &["weakened: welcomed -> noted"],
            ),
            (
                "They commended the plan of the panel.",
                "They welcomed the plan of the panel.",
                &["weakened: commended -> welcomed"],
            ),
            (
                "They agreed to a common standard for cables.",
                "They agreed to actively pursue a common standard for cables.",
                &["weakened: agreed to -> agreed to actively pursue"],
            ),
            ("They reaffirm the pledge of 2023.", "They recall the pledge of 2023.", &["weakened: reaffirm -> recall"]),
            ("They do not accept the claim.", "They do accept the claim.", &["negation dropped: not"]),
            ("They share all the data.", "They share some of the data.", &["narrowed: all -> some"]),
            ("Ships and aircraft take part.", "Ships or aircraft take part.", &["loosened: and -> or"]),
            (
                "They will invest $10 billion by 5 May 2027 in it.",
                "They will invest $12 billion by 9 May 2027 in it.",
                &["money: $10 billion -> $12 billion", "date: 5 May 2027 -> 9 May 2027"],
            ),
            (
                "It rises by 5 percent in all years.",
                "It rises by 3 percent in all years.",
                &["per cent: 5 percent -> 3 percent"],
            ),
            ("It has three parts to be built.", "It has five parts to be built.", &["number: three -> five"]),
            (
                "They stand with Japan in this matter.",
                "They stand with Korea in this matter.",
                &["name: Japan -> Korea"],
            ),
            ("They meet in May with ministers.", "They meet in June with ministers.", &["date: May -> June"]),
            ("They [will] meet again in spring.", "They will meet again in spring.", &["brackets dropped: [will]"]),
            (
                "They will share data on launches.",
                "They will, as appropriate, share data on launches.",
                &["hedge added: as appropriate"],
            ),
            ("They agreed to meet in the spring.", "They agree to meet in the spring.", &[]),
            ("They will meet in **spring** again.", "They will\nmeet in \u{201c}spring\u{201d} again.", &[]),
        ];
        for (old, new, expected) in cases {
            assert_eq!(said(old, new), *expected, "{old} => {new}");
        }
    }
}
