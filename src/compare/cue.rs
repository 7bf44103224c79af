//! The words of a sentence whose change matters: steps of ladders, negations, qualifiers, figures, names, brackets.

use std::collections::HashSet;
use std::ops::Range;

use super::figure::{Counts, NameClass};
use super::lexicon::{Lexicon, Rung, Sense};
use super::name_parts::are_parts_of_one;
use super::remark::Topic;
use super::sentence::{Sentence, Vocabulary};
use crate::text::{Block, BlockKind};

/// The most words between a word that turns a sentence over and the verb that it turns.
const TURNS: usize = 4;

/// What a word that turns a sentence over does not reach across.
const PARTING: &[&str] = &[",", ";", ":", ".", "and", "but", "or", "that", "\u{2014}"];

/// What stands behind the name of a person, and is none.
const BEHIND_NAMES: &[&str] = &["jr", "jr.", "sr", "sr."];

/// The most words of a wording that has adverbs between its words.
const SPREAD: usize = 8;

/// The most words between a limit and what ends, condemns or turns over what it limits.
const ENDS: usize = 5;

/// The force that an intensifier adds to a step.
const INTENSE: i32 = 5;

/// A sentence, and the block that it stands in.
#[derive(Clone, Copy)]
pub(super) struct SentenceInBlock<'s> {
    pub(super) sentence: &'s Sentence,
    pub(super) block: &'s Block,
}

impl<'s> SentenceInBlock<'s> {
    pub(super) fn token_text(self, at: usize) -> &'s str {
        &self.block.text()[self.sentence.tokens[at].span.range()]
    }

    fn is_capital(self, at: usize) -> bool {
        self.token_text(at).starts_with(char::is_uppercase)
    }

    /// True if a capital tells nothing: in a heading, and in what ends without a stop, if most of its words have one.
    pub(super) fn is_title(self) -> bool {
        let is_heading = matches!(self.block.kind(), BlockKind::Title | BlockKind::Heading);
        // A block may hold a heading and sentences behind it.
        let is_last = |c: char| c.is_whitespace() || is_closing(c) || c == '*';
        let text = self.block.text()[..self.sentence.span.end()].trim_end_matches(is_last);
        if !is_heading && text.ends_with(['.', '!', '?', ';', ':']) {
            return false;
        }
        let words = self.sentence.bag.len();
        let capitals = (0..self.sentence.tokens.len()).filter(|&at| self.is_capital(at)).count();
        words >= 3 && capitals * 2 > words
    }

    /// The ids of the words that are written with a capital though no sentence begins there.
    fn capitals(self) -> Vec<u32> {
        if self.is_title() {
            return Vec::new();
        }
        let tokens = &self.sentence.tokens;
        (1..tokens.len()).filter(|&at| self.is_capital(at)).map(|at| tokens[at].id).collect()
    }

    /// The ids of the words that are written without a capital.
    fn small_letters(self) -> impl Iterator<Item = u32> {
        let tokens = &self.sentence.tokens;
        (0..tokens.len()).filter(move |&at| self.token_text(at).starts_with(char::is_lowercase)).map(|at| tokens[at].id)
    }

    /// The ids of some tokens.
    pub(super) fn ids(self, tokens: Range<usize>) -> Vec<u32> {
        self.sentence.tokens[tokens].iter().map(|token| token.id).collect()
    }
}

/// Makes names that are parts of one name one.
fn join_names(words: &[&str], cues: &mut Vec<Cue>) {
    let is_name = |cue: &Cue| cue.topic == Topic::Name;
    let mut at = 0;
    while at + 1 < cues.len() {
        // "And" between them may be a cue as well.
        let near = if is_name(&cues[at]) { &cues[at + 1..(at + 4).min(cues.len())] } else { &[] };
        let next = near.iter().position(is_name).map(|next| at + 1 + next);
        let joins = |next: &usize| {
            let (name, other) = (cues[at].tokens.clone(), cues[*next].tokens.clone());
            let between = &words[name.end.min(other.start)..other.start];
            are_parts_of_one(&words[name], between, &words[other])
        };
        match next.filter(joins) {
            Some(next) => {
                let tokens = cues[at].tokens.start..cues[next].tokens.end;
                cues[at] = Cue { tokens, ..cues[next].clone() };
                cues.drain(at + 1..=next);
            }
            None => at += 1,
        }
    }
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '\u{201d}' | '\u{2019}' | ')' | ']')
}

/// Words of a sentence whose change matters, by the numbers of their tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cue {
    pub(super) topic: Topic,
    /// The steps of ladders that they stand on.
    pub(super) rungs: Vec<Rung>,
    /// The force that is added to the step.
    pub(super) more: i32,
    /// True if it stands behind a word that turns it over.
    pub(super) is_negated: bool,
    /// Of a name, what it is of.
    pub(super) class: Option<NameClass>,
    pub(super) tokens: Range<usize>,
}

impl Cue {
    fn new(topic: Topic, tokens: Range<usize>) -> Cue {
        Cue { topic, rungs: Vec::new(), more: 0, is_negated: false, class: None, tokens }
    }
}

/// What stands between "no", or "not", and "than" where a bound is told.
const BOUNDS: &[&str] = &["earlier", "fewer", "higher", "larger", "later", "less", "longer", "lower", "more", "sooner"];

/// The dictionaries and names that sentences are read with.
pub(super) struct CueReader<'r> {
    pub(super) lexicon: &'r Lexicon,
    pub(super) vocabulary: &'r Vocabulary,
    pub(super) letters: &'r WordLetters,
}

/// The letters that the words of some drafts begin with.
#[derive(Default)]
pub(super) struct WordLetters {
    /// Words that are written with a capital in the middle of a sentence of a draft.
    names: HashSet<u32>,
    /// Words that are written without a capital somewhere in a draft: alone they name nothing.
    small: HashSet<u32>,
}

impl WordLetters {
    pub(super) fn new<'d>(sentences: impl Iterator<Item = SentenceInBlock<'d>>) -> WordLetters {
        let mut letters = WordLetters::default();
        for sentence in sentences {
            letters.names.extend(sentence.capitals());
            letters.small.extend(sentence.small_letters());
        }
        letters
    }
}

impl CueReader<'_> {
    /// What some tokens are folded to.
    pub(super) fn words(&self, side: SentenceInBlock<'_>, tokens: Range<usize>) -> Vec<&str> {
        side.sentence.tokens[tokens].iter().map(|token| self.vocabulary.key(token.id)).collect()
    }

    /// The cues of a sentence, in order.
    pub(super) fn cues(&self, side: SentenceInBlock<'_>) -> Vec<Cue> {
        let words = self.words(side, 0..side.sentence.tokens.len());
        let mut cues = brackets(&words);
        let has_names = !side.is_title();
        let mut at = 0;
        while at < words.len() {
            let wanted = |sense: Sense| match sense {
                Sense::Rungs(_) => !self.is_name_or_month(side, &words, at),
                Sense::Negation | Sense::Hedge | Sense::Strengthener => true,
                Sense::Intensifier | Sense::Saying | Sense::Ending | Sense::Number => false,
            };
            let len = if let Some((len, class)) = name(side, at) {
                // In a title all words have capitals: only what is known as a name is one.
                let is_run = matches!(class, NameClass::Other | NameClass::Instrument);
                let is_plain =
                    class == NameClass::Other && len == 1 && self.letters.small.contains(&side.sentence.tokens[at].id);
                if !is_plain && (has_names || !is_run) && !is_short_form(side, &words, at..at + len, class) {
                    cues.push(Cue { class: Some(class), ..Cue::new(Topic::Name, at..at + len) });
                }
                len
            } else if self.figure(side, &words, at).is_some() {
                let (topic, end) = self.figures(side, &words, at);
                cues.push(Cue::new(topic, at..end));
                end - at
            } else if let Some((len, sense)) = self.longest(&words[at..], wanted) {
                self.read(side, &words, at..at + len, sense, &mut cues)
            } else if has_names && self.is_capital_name(side, at) {
                let end = (at + 1..words.len()).find(|&next| !self.is_capital_name(side, next)).unwrap_or(words.len());
                let is_plain = end == at + 1 && self.letters.small.contains(&side.sentence.tokens[at].id);
                if !is_plain && !is_short_form(side, &words, at..end, NameClass::Other) {
                    cues.push(Cue { class: Some(NameClass::Other), ..Cue::new(Topic::Name, at..end) });
                }
                end - at
            } else {
                1
            };
            at += len;
        }
        join_names(&words, &mut cues);
        self.turn_over(&words, &mut cues);
        self.intensify(&words, &mut cues);
        cues.sort_by_key(|cue| (cue.tokens.start, cue.tokens.end));
        cues
    }

    /// The longest wording at the beginning of some words; an adverb may stand in one: "will immediately consider".
    fn longest(&self, words: &[&str], wanted: impl Fn(Sense) -> bool) -> Option<(usize, Sense)> {
        let found = self.lexicon.longest(words, &wanted);
        let is_step = |sense: Sense| matches!(sense, Sense::Rungs(_)) && wanted(sense);
        let places: Vec<usize> =
            (0..words.len().min(SPREAD)).filter(|&at| at == 0 || !crate::words::is_adverb(words[at])).collect();
        if places.len() == words.len().min(SPREAD) || !matches!(found, Some((_, Sense::Rungs(_)))) {
            return found;
        }
        let plain: Vec<&str> = places.iter().map(|&at| words[at]).collect();
        let spread = self.lexicon.longest(&plain, is_step).map(|(len, sense)| (places[len - 1] + 1, sense));
        match (found, spread) {
            (Some((len, _)), Some((longer, sense))) if longer > len => Some((longer, sense)),
            _ => found,
        }
    }

    /// Adds the cue of a wording, and says how many words to go on behind.
    fn read(
        &self,
        side: SentenceInBlock<'_>,
        words: &[&str],
        tokens: Range<usize>,
        sense: Sense,
        cues: &mut Vec<Cue>,
    ) -> usize {
        let topic = match sense {
            Sense::Negation => Topic::Negation,
            Sense::Hedge => Topic::Hedge,
            Sense::Strengthener => Topic::Qualifier,
            _ => Topic::Verb,
        };
        let Sense::Rungs(list) = sense else {
            let len = tokens.len();
            // "No later than" denies nothing.
            if let ([bound, "than", ..], Topic::Negation) = (&words[tokens.end..], topic)
                && BOUNDS.contains(bound)
            {
                return len;
            }
            cues.push(Cue::new(topic, tokens));
            return len;
        };
        let is_before_number = tokens.end < words.len() && self.figure(side, words, tokens.end).is_some();
        let is_ended = || {
            let start = tokens.start.saturating_sub(ENDS);
            let ends = |sense: Sense| matches!(sense, Sense::Ending | Sense::Negation);
            let is_inside = |at: &usize| !words[*at..tokens.start].iter().any(|word| matches!(*word, "." | ";" | ":"));
            (start..tokens.start)
                .filter(is_inside)
                .any(|at| self.lexicon.longest(&words[at..tokens.start], ends).is_some())
        };
        let holds = |rung: &&Rung| {
            let ladder = &self.lexicon.ladders[rung.ladder];
            (!ladder.before_number || is_before_number) && (!ladder.behind_ending || is_ended())
        };
        let mut rungs: Vec<Rung> = self.lexicon.rungs(list).iter().filter(holds).copied().collect();
        // "Some 5,000" is about as many.
        if rungs.iter().any(|rung| self.lexicon.ladders[rung.ladder].before_number) {
            rungs.retain(|rung| self.lexicon.ladders[rung.ladder].before_number);
        }
        // What turns it over is part of the wording, and counts for itself as well.
        let is_turned =
            |at: &usize| self.lexicon.longest(&words[*at..=*at], |sense| sense == Sense::Negation).is_some();
        // "No fewer than" denies nothing.
        let is_bound = rungs.iter().any(|rung| self.lexicon.ladders[rung.ladder].before_number);
        let turning = tokens.clone().find(is_turned).filter(|_| !is_bound);
        cues.extend(turning.map(|at| Cue::new(Topic::Negation, at..at + 1)));
        if let Some(rung) = rungs.first() {
            cues.push(Cue { rungs: rungs.clone(), ..Cue::new(Topic::Ladder(rung.ladder), tokens.clone()) });
        }
        tokens.len()
    }

    /// Marks the verbs behind words that turn a sentence over, and leaves each on the ladders that hold for it.
    fn turn_over(&self, words: &[&str], cues: &mut Vec<Cue>) {
        let mut negations: Vec<usize> =
            cues.iter().filter(|cue| cue.topic == Topic::Negation).map(|cue| cue.tokens.start).collect();
        negations.sort_unstable();
        for cue in cues.iter_mut().filter(|cue| !cue.rungs.is_empty()) {
            let (start, end) = (cue.tokens.start, cue.tokens.end);
            let near = &negations[negations.partition_point(|&at| at + TURNS < start)..];
            // "Need not" forbids nothing: it is a modal there.
            let is_modal = crate::words::is_modal(words[end - 1]) || words[end - 1] == "need";
            cue.is_negated = near.iter().take_while(|&&at| at <= end).any(|&at| {
                (at < start && !words[at..start].iter().any(|word| PARTING.contains(word))) || (is_modal && at == end)
            });
        }
        for cue in cues.iter_mut() {
            let is_negated = cue.is_negated;
            let ladders = &self.lexicon.ladders;
            // Of the other ladders of a verb that is turned over none holds, but nothing is known of their order then.
            let has_own = cue.rungs.iter().any(|rung| ladders[rung.ladder].negated);
            cue.rungs.retain(|rung| ladders[rung.ladder].negated == (is_negated && has_own));
        }
        cues.retain(|cue| !matches!(cue.topic, Topic::Ladder(_)) || !cue.rungs.is_empty());
        for cue in cues {
            if let (Topic::Ladder(_), Some(rung)) = (cue.topic, cue.rungs.first()) {
                cue.topic = Topic::Ladder(rung.ladder);
            }
        }
    }

    /// Makes an intensifier beside a verb one with it: "strongly condemn".
    fn intensify(&self, words: &[&str], cues: &mut Vec<Cue>) {
        let is_intensifier = |sense: Sense| sense == Sense::Intensifier;
        let before = |end: usize| {
            let starts = end.saturating_sub(2)..end;
            starts.into_iter().find(|&start| {
                self.lexicon.longest(&words[start..end], is_intensifier).is_some_and(|(len, _)| start + len == end)
            })
        };
        let mut merged: Vec<Range<usize>> = Vec::new();
        for cue in cues.iter_mut() {
            if !cue.rungs.iter().any(|rung| self.lexicon.ladders[rung.ladder].has_force()) {
                continue;
            }
            // Between them may stand "express their".
            let own = cue.tokens.clone();
            if let Some(start) = before(own.start) {
                merged.push(start..own.start);
                (cue.tokens.start, cue.more) = (start, cue.more + INTENSE);
            }
            if let Some((len, _)) = self.lexicon.longest(&words[own.end..], is_intensifier) {
                // "Strongly" behind a verb is of the next one, unless nothing follows.
                let is_last = words.get(own.end + len).is_none_or(|next| !next.starts_with(char::is_alphanumeric));
                if len > 1 || is_last {
                    merged.push(own.end..own.end + len);
                    (cue.tokens.end, cue.more) = (own.end + len, cue.more + INTENSE);
                }
            }
        }
        merged.sort_by_key(|range| range.start);
        let is_merged = |tokens: &Range<usize>| {
            let next = merged.partition_point(|range| range.start <= tokens.start);
            merged[..next].last().is_some_and(|range| tokens.end <= range.end)
        };
        cues.retain(|cue| !cue.rungs.is_empty() && cue.more > 0 || !is_merged(&cue.tokens));
    }

    /// True if a wording of a ladder at a word may be something else: "May" a month, a name no verb.
    fn is_name_or_month(&self, side: SentenceInBlock<'_>, words: &[&str], at: usize) -> bool {
        let is_beside_number = is_digits(words.get(at + 1).copied().unwrap_or_default())
            || at.checked_sub(1).is_some_and(|before| is_digits(words[before]));
        let id = side.sentence.tokens[at].id;
        side.is_capital(at) && at > 0 && (is_beside_number || self.letters.names.contains(&id))
    }

    /// Returns the number of tokens of the figure that begins at a token, and what it counts: one that was read, a word of a
    /// number, or a token that begins with a digit.
    fn figure(&self, side: SentenceInBlock<'_>, words: &[&str], at: usize) -> Option<(usize, Counts)> {
        if let Some(figure) = side.sentence.figure_at(at) {
            return Some((figure.tokens.len(), figure.counts)).filter(|(_, counts)| !matches!(counts, Counts::Name(_)));
        }
        let word = self.lexicon.longest(&words[at..], |meaning| meaning == Sense::Number).map(|(len, _)| len);
        Some((word.or_else(|| is_digits(words[at]).then_some(1))?, Counts::Number))
    }

    /// Returns the topic and the end of the figures that stand one behind another from a token on: a range, a day of the week
    /// with its date.
    fn figures(&self, side: SentenceInBlock<'_>, words: &[&str], start: usize) -> (Topic, usize) {
        let mut end = start;
        let mut counted = Vec::new();
        while end < words.len() {
            if let Some((len, counts)) = self.figure(side, words, end) {
                counted.push(counts);
                end += len;
            } else if words[end] == ","
                && counted.contains(&Counts::Calendar)
                && end + 1 < words.len()
                && self.figure(side, words, end + 1).is_some()
            {
                end += 1;
            } else {
                break;
            }
        }
        let year = |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        let topic = if counted.contains(&Counts::Calendar) {
            Topic::Date
        } else if counted.contains(&Counts::Money) {
            Topic::Money
        } else if counted.contains(&Counts::Percent) {
            Topic::Percent
        } else if end == start + 1 && year(words[start]) {
            Topic::Date
        } else {
            Topic::Number
        };
        (topic, end)
    }

    /// True for a word with a capital where no sentence begins, unless it is one that texts write with a capital for respect.
    fn is_capital_name(&self, side: SentenceInBlock<'_>, at: usize) -> bool {
        let id = side.sentence.tokens[at].id;
        let is_name = side.is_capital(at)
            && (at > 0 || self.letters.names.contains(&id))
            && side.sentence.figure_at(at).is_none();
        let word = self.vocabulary.key(id);
        is_name && !BEHIND_NAMES.contains(&word) && !crate::words::is_pronoun(word) && crate::names::tells(word)
    }
}

/// The number of tokens of the name that begins at a token, and what it is of.
fn name(side: SentenceInBlock<'_>, at: usize) -> Option<(usize, NameClass)> {
    let figure = side.sentence.figure_at(at)?;
    match figure.counts {
        Counts::Name(class) => Some((figure.tokens.len(), class)),
        _ => None,
    }
}

pub(super) fn is_digits(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// True for letters in brackets that stand for what is before them: "(UNCLOS)".
fn is_short_form(side: SentenceInBlock<'_>, words: &[&str], tokens: Range<usize>, class: NameClass) -> bool {
    let is_in_brackets = tokens.start > 1 && words[tokens.start - 1] == "(" && words.get(tokens.end) == Some(&")");
    let text = side.token_text(tokens.start);
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    let is_state = matches!(class, NameClass::State | NameClass::Adjective);
    tokens.len() == 1 && is_in_brackets && !is_state && capitals > 1 && 2 * capitals > text.len()
}

/// Pairs of square brackets, and those without a partner.
fn brackets(words: &[&str]) -> Vec<Cue> {
    let cue = |tokens| Cue::new(Topic::Bracket, tokens);
    let mut open = Vec::new();
    let mut cues = Vec::new();
    for (at, word) in words.iter().enumerate() {
        match *word {
            "[" => open.push(at),
            "]" => cues.push(cue(open.pop().unwrap_or(at)..at + 1)),
            _ => {}
        }
    }
    cues.extend(open.into_iter().map(|at| cue(at..at + 1)));
    cues
}
