//! Remarks on a changed sentence: verbs weakened or strengthened, negations, numbers, dates, names and brackets that it had not.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::Range;

use super::align::DiffRun;
use super::figure::Counts;
use super::lexicon::{Lexicon, Sense};
use super::sentence::{Sentence, Vocabulary};

/// The topic of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Topic {
    /// A verb, a modal or another word took a step on a ladder of `data/ladders.yml`, by its number there.
    Ladder(usize),
    /// A word that turns a sentence over.
    Negation,
    /// Words that take force out of a sentence.
    Hedge,
    /// A sum of money.
    Money,
    /// A share.
    Percent,
    /// A date, a month, a year.
    Date,
    /// Any other number.
    Number,
    /// Words with capitals.
    Name,
    /// Square brackets of a text under negotiation.
    Bracket,
}

/// The effect of a change on the force of its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Effect {
    /// It promises, condemns or asks for less.
    Weaker,
    /// It promises, condemns or asks for more.
    Stronger,
    /// Something else.
    Other,
}

/// One change of a sentence that matters.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Remark {
    /// Its topic.
    pub topic: Topic,
    /// The ladder of `data/ladders.yml` on which a step was taken.
    pub ladder: Option<String>,
    /// Its effect on the force of the sentence.
    pub effect: Effect,
    /// Its name: `weakened`, `number`, `name added`.
    pub name: String,
    /// The words as they were.
    pub old: Option<String>,
    /// The words as they are.
    pub new: Option<String>,
}

/// `weakened: will -> may`. What stands in a draft is given as it is: show it through [`crate::Shown`].
impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.old, &self.new) {
            (Some(old), Some(new)) => write!(f, "{}: {old} -> {new}", self.name),
            (Some(only), None) | (None, Some(only)) => write!(f, "{}: {only}", self.name),
            (None, None) => f.write_str(&self.name),
        }
    }
}

/// A sentence, and the plain text that it stands in.
#[derive(Clone, Copy)]
pub(super) struct SentenceInBlock<'s> {
    pub(super) sentence: &'s Sentence,
    pub(super) text: &'s str,
}

/// Words of a sentence whose change matters, by the numbers of their tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cue {
    topic: Topic,
    /// The step of a ladder.
    step: usize,
    tokens: Range<usize>,
}

/// The dictionaries and names that sentences are read with.
pub(super) struct CueReader<'r> {
    pub(super) lexicon: &'r Lexicon,
    pub(super) vocabulary: &'r Vocabulary,
    /// Words that are written with a capital in the middle of a sentence of either draft.
    pub(super) names: &'r HashSet<u32>,
}

/// The most characters of a draft that a remark quotes at each end of a longer text.
const MAX_QUOTED: usize = 40;

impl CueReader<'_> {
    /// Finds the changes that matter between two sentences.
    pub(super) fn remarks(&self, old: SentenceInBlock<'_>, new: SentenceInBlock<'_>, runs: &[DiffRun]) -> Vec<Remark> {
        let (mut olds, mut news) = (self.cues(old), self.cues(new));
        drop_unchanged(&mut olds, &mut news, runs);
        let hunks: Vec<&DiffRun> = runs.iter().filter(|run| !run.same).collect();
        let mut taken = vec![false; news.len()];
        let mut waiting = PendingCues::by_topic(&news);
        let mut remarks = Vec::new();
        for cue in &olds {
            let touched = touched(cue, &hunks);
            let partner = waiting.get_mut(&cue.topic).and_then(|waiting| waiting.take(&news, touched));
            if let Some(at) = partner {
                taken[at] = true;
            }
            remarks.extend(self.remark(Some((old, cue)), partner.map(|at| (new, &news[at]))));
        }
        for (cue, _) in news.iter().zip(taken).filter(|(_, taken)| !taken) {
            remarks.extend(self.remark(None, Some((new, cue))));
        }
        // What is gravest first; the rest in the order of the sentence.
        remarks.sort_by_key(|remark| (remark.effect == Effect::Other, remark.topic != Topic::Negation));
        remarks
    }

    fn remark(
        &self,
        old: Option<(SentenceInBlock<'_>, &Cue)>,
        new: Option<(SentenceInBlock<'_>, &Cue)>,
    ) -> Option<Remark> {
        let topic = old.or(new)?.1.topic;
        let (name, effect) = match (topic, old, new) {
            (Topic::Ladder(ladder), Some((_, old)), Some((_, new))) => {
                let ladder = &self.lexicon.ladders[ladder];
                let changes_force = ladder.down == "weakened";
                let effect = |effect| if changes_force { effect } else { Effect::Other };
                match old.step.cmp(&new.step) {
                    std::cmp::Ordering::Greater => (ladder.down.clone(), effect(Effect::Weaker)),
                    std::cmp::Ordering::Less => (ladder.up.clone(), effect(Effect::Stronger)),
                    std::cmp::Ordering::Equal => return None,
                }
            }
            (Topic::Ladder(_), ..) => return None,
            (Topic::Hedge, Some(_), None) => ("hedge dropped".to_owned(), Effect::Stronger),
            (Topic::Hedge, None, Some(_)) => ("hedge added".to_owned(), Effect::Weaker),
            (topic, Some(_), None) => (format!("{} dropped", topic_name(topic)), Effect::Other),
            (topic, None, Some(_)) => (format!("{} added", topic_name(topic)), Effect::Other),
            (topic, ..) => (topic_name(topic).to_owned(), Effect::Other),
        };
        // Words that only stand elsewhere, or a figure that is only written in another way.
        let words = |(side, cue): (SentenceInBlock<'_>, &Cue)| -> Vec<_> {
            side.sentence.tokens[cue.tokens.clone()].iter().map(|token| token.id).collect()
        };
        if old.map(words) == new.map(words) {
            return None;
        }
        let quoted = |(side, cue): (SentenceInBlock<'_>, &Cue)| quote(side, cue.tokens.clone());
        let (old, new) = (old.map(quoted), new.map(quoted));
        // A name that only stands in other brackets, or a number that another word was written around.
        let ladder = match topic {
            Topic::Ladder(number) => Some(self.lexicon.ladders[number].id.clone()),
            _ => None,
        };
        (old != new).then_some(Remark { topic, ladder, effect, name, old, new })
    }

    fn cues(&self, side: SentenceInBlock<'_>) -> Vec<Cue> {
        let tokens = &side.sentence.tokens;
        let words: Vec<&str> = tokens.iter().map(|token| self.vocabulary.key(token.id)).collect();
        let mut cues = brackets(&words);
        let has_names = !is_title(side);
        let mut at = 0;
        while at < words.len() {
            let found = self.lexicon.longest(&words[at..], |meaning| self.may_mean(side, &words, at, meaning));
            let len = match found {
                _ if self.figure(side, &words, at).is_some() => {
                    let (topic, end) = self.figures(side, &words, at);
                    cues.push(Cue { topic, step: 0, tokens: at..end });
                    end - at
                }
                Some((len, meaning)) => {
                    let (topic, step) = match meaning {
                        Sense::Step { ladder, step } => (Topic::Ladder(ladder), step),
                        Sense::Negation => (Topic::Negation, 0),
                        _ => (Topic::Hedge, 0),
                    };
                    cues.push(Cue { topic, step, tokens: at..at + len });
                    len
                }
                None if has_names && self.is_name(side, at) => {
                    let end = (at + 1..words.len()).find(|&next| !self.is_name(side, next)).unwrap_or(words.len());
                    cues.push(Cue { topic: Topic::Name, step: 0, tokens: at..end });
                    end - at
                }
                None => 1,
            };
            at += len;
        }
        cues.sort_by_key(|cue| (cue.tokens.start, cue.tokens.end));
        cues
    }

    /// True if a wording of the lexicon at a word may have this sense: "may" no month, a name no verb.
    fn may_mean(&self, side: SentenceInBlock<'_>, words: &[&str], at: usize, meaning: Sense) -> bool {
        match meaning {
            Sense::Step { .. } => {
                let precedes_number = is_digits(words.get(at + 1).copied().unwrap_or_default())
                    || at.checked_sub(1).is_some_and(|before| is_digits(words[before]));
                !(capital(side, at) && at > 0 && (precedes_number || self.names.contains(&side.sentence.tokens[at].id)))
            }
            Sense::Negation | Sense::Hedge => true,
            Sense::Number => false,
        }
    }

    /// Returns the number of tokens of the figure that begins at a token, and what it counts: one that was read, a word of a
    /// number, or a token that begins with a digit.
    fn figure(&self, side: SentenceInBlock<'_>, words: &[&str], at: usize) -> Option<(usize, Counts)> {
        let figures = &side.sentence.figures;
        let next = figures.partition_point(|figure| figure.tokens.start < at);
        if let Some(figure) = figures.get(next).filter(|figure| figure.tokens.start == at) {
            return Some((figure.tokens.len(), figure.counts));
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

    fn is_name(&self, side: SentenceInBlock<'_>, at: usize) -> bool {
        let id = side.sentence.tokens[at].id;
        capital(side, at) && (at > 0 || self.names.contains(&id))
    }
}

/// The ids of the words of a sentence that are written with a capital though no sentence begins there.
pub(super) fn names(side: SentenceInBlock<'_>) -> Vec<u32> {
    if is_title(side) {
        return Vec::new();
    }
    (1..side.sentence.tokens.len()).filter(|&at| capital(side, at)).map(|at| side.sentence.tokens[at].id).collect()
}

fn token_text(side: SentenceInBlock<'_>, at: usize) -> &str {
    &side.text[side.sentence.tokens[at].span.range()]
}

fn capital(side: SentenceInBlock<'_>, at: usize) -> bool {
    token_text(side, at).starts_with(char::is_uppercase)
}

/// True if most words have capitals, as in a title: then a capital tells nothing.
fn is_title(side: SentenceInBlock<'_>) -> bool {
    let words = side.sentence.bag.len();
    let capitals = (0..side.sentence.tokens.len()).filter(|&at| capital(side, at)).count();
    words >= 3 && capitals * 2 > words
}

fn is_digits(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// Pairs of square brackets, and those without a partner.
fn brackets(words: &[&str]) -> Vec<Cue> {
    let cue = |tokens| Cue { topic: Topic::Bracket, step: 0, tokens };
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

/// Leaves out what is in both sentences at the same place.
fn drop_unchanged(olds: &mut Vec<Cue>, news: &mut Vec<Cue>, runs: &[DiffRun]) {
    let at_new = |token: usize| {
        let next = runs.partition_point(|run| run.old.end <= token);
        let run = runs.get(next).filter(|run| run.same && run.old.contains(&token))?;
        Some(run.new.start + (token - run.old.start))
    };
    let image = |cue: &Cue| -> Option<Cue> {
        let (first, last) = (at_new(cue.tokens.start)?, at_new(cue.tokens.end - 1)?);
        // What stands between two brackets may change without them.
        let whole = cue.topic == Topic::Bracket
            || cue.tokens.clone().zip(first..).all(|(token, image)| at_new(token) == Some(image));
        whole.then(|| Cue { tokens: first..last + 1, ..cue.clone() })
    };
    let known: HashSet<(usize, usize, Topic, usize)> = news.iter().map(key).collect();
    let mut seen = HashSet::new();
    olds.retain(|cue| match image(cue).map(|image| key(&image)).filter(|key| known.contains(key)) {
        Some(key) => {
            seen.insert(key);
            false
        }
        None => true,
    });
    news.retain(|cue| !seen.contains(&key(cue)));
}

fn key(cue: &Cue) -> (usize, usize, Topic, usize) {
    (cue.tokens.start, cue.tokens.end, cue.topic, cue.step)
}

/// The changes that touch a cue of the old text: words that were put in behind "agreed to" touch it.
fn touched<'h>(old: &Cue, hunks: &'h [&'h DiffRun]) -> &'h [&'h DiffRun] {
    let first = hunks.partition_point(|hunk| hunk.old.end < old.tokens.start);
    let count = hunks[first..].partition_point(|hunk| hunk.old.start <= old.tokens.end);
    &hunks[first..first + count]
}

/// Cues of the new text of one topic, in its order, that are no partners yet. There may be as many as words, and all in one change.
#[derive(Default)]
struct PendingCues {
    /// Their places among all cues.
    cues: Vec<usize>,
    /// For each the farthest end of it and those before it.
    reach: Vec<usize>,
    /// For each the next one, from itself on, that may wait still: a forest whose roots do, or are behind the last.
    next: Vec<usize>,
}

impl PendingCues {
    fn by_topic(news: &[Cue]) -> HashMap<Topic, PendingCues> {
        let mut all: HashMap<Topic, PendingCues> = HashMap::new();
        for (at, cue) in news.iter().enumerate() {
            let waiting = all.entry(cue.topic).or_default();
            let reach = waiting.reach.last().copied().unwrap_or(0).max(cue.tokens.end);
            waiting.reach.push(reach);
            waiting.cues.push(at);
        }
        all.values_mut().for_each(|waiting| waiting.next = (0..=waiting.cues.len()).collect());
        all
    }

    /// The first one, from `place` on, that waits still.
    fn first(&mut self, mut place: usize) -> usize {
        while self.next[place] != place {
            // Halves the way for those who ask later.
            self.next[place] = self.next[self.next[place]];
            place = self.next[place];
        }
        place
    }

    /// Takes the first cue that one of these changes touches.
    fn take(&mut self, news: &[Cue], hunks: &[&DiffRun]) -> Option<usize> {
        let (first, last) = (hunks.first()?, hunks.last()?);
        let mut place = self.first(self.reach.partition_point(|&end| end < first.new.start));
        while let Some(&at) = self.cues.get(place) {
            let tokens = &news[at].tokens;
            if tokens.start > last.new.end {
                return None;
            }
            // Changes are in the order of both texts.
            let next = hunks.get(hunks.partition_point(|hunk| hunk.new.end < tokens.start));
            if next.is_some_and(|hunk| hunk.new.start <= tokens.end) {
                self.next[place] = place + 1;
                return Some(at);
            }
            place = self.first(place + 1);
        }
        None
    }
}

fn topic_name(topic: Topic) -> &'static str {
    match topic {
        Topic::Ladder(_) => "ladder",
        Topic::Negation => "negation",
        Topic::Hedge => "hedge",
        Topic::Money => "money",
        Topic::Percent => "per cent",
        Topic::Date => "date",
        Topic::Number => "number",
        Topic::Name => "name",
        Topic::Bracket => "brackets",
    }
}

/// The words as they were typed; the middle of a long text is left out.
fn quote(side: SentenceInBlock<'_>, tokens: Range<usize>) -> String {
    let span = &side.sentence.tokens[tokens.start].span.start();
    let text = &side.text[*span..side.sentence.tokens[tokens.end - 1].span.end()];
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
