//! Texts of several years: how each sentence and each name that recurs moved from one to the next.
//!
//! A thread is a sentence that recurs in at least two of the texts, in the same or in other words, and however many it skips.
//! `threads.rs` finds them, `formulas.rs` shorter runs of words, `names.rs` those who are named; `report.rs` writes them for people, `html.rs` as a page, `json.rs` for
//! programs.

mod formulas;
#[cfg(feature = "report")]
mod html;
#[cfg(feature = "report")]
mod json;
mod names;
#[cfg(feature = "report")]
mod report;
mod threads;

use std::sync::Arc;

use super::cue::{CueReader, WordLetters};
use super::lexicon::Lexicon;
use super::pair::SentencePair;
use super::sentence::{Sentence, Vocabulary, sentences, unify_figures};
use super::{DraftSentences, Effect, Excerpt, Remark, SentenceChange, changed};
use crate::draft::Draft;
use crate::text::counted;
pub use names::{NameStep, NameThread};
use threads::{Link, Weights, threads};

/// What became of a thread in one of the texts, against the last text before it that has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Step {
    /// It is not there yet.
    Before,
    /// It is in the first text.
    First,
    /// It came in.
    New,
    /// It has the same words.
    Same,
    /// It promises, condemns or asks for less.
    Weakened,
    /// It says the contrary.
    Turned,
    /// It promises, condemns or asks for more.
    Strengthened,
    /// It has other words.
    Changed,
    /// It is a part of another sentence that recurs, and what became of it is told there.
    Merged,
    /// It is not there any more.
    Dropped,
    /// It has been dropped before.
    Absent,
}

impl Step {
    /// The name that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Step::Before => "before",
            Step::First => "first",
            Step::New => "new",
            Step::Same => "same",
            Step::Weakened => "weakened",
            Step::Turned => "turned",
            Step::Strengthened => "strengthened",
            Step::Changed => "changed",
            Step::Merged => "merged",
            Step::Dropped => "dropped",
            Step::Absent => "absent",
        }
    }

    /// True if a thread says less there, or nothing any more.
    pub fn is_weaker(self) -> bool {
        matches!(self, Step::Weakened | Step::Turned | Step::Dropped)
    }
}

/// A thread in one of the texts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SeriesCell {
    /// What became of it.
    pub step: Step,
    /// True if it is there again after a text without it.
    pub back: bool,
    /// Where it stands; none if it is not there. What differs is against the last text before that has it.
    pub place: Option<Excerpt>,
    /// The changes that matter, the gravest first.
    pub remarks: Vec<Remark>,
}

impl SeriesCell {
    /// What became of it, in words: `back, weakened`.
    pub fn told(&self) -> String {
        match (self.back, self.step) {
            (true, Step::Same) => "back".to_owned(),
            (true, step) => format!("back, {}", step.name()),
            (false, Step::First) => "first text".to_owned(),
            (false, Step::Before | Step::Absent) => String::new(),
            (false, step) => step.name().to_owned(),
        }
    }
}

/// A sentence that recurs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Thread {
    /// What it is in each text, in order.
    pub cells: Vec<SeriesCell>,
}

impl Thread {
    /// The sentence as it stands in the last text that has it by itself.
    pub fn last(&self) -> &str {
        let own = self.cells.iter().rev().filter(|cell| cell.step != Step::Merged);
        own.filter_map(|cell| cell.place.as_ref()).next().map_or("", |place| &place.text)
    }

    /// The gravest step of it: what it is listed under.
    pub fn gravest(&self) -> Step {
        self.cells.iter().map(|cell| cell.step).min_by_key(|step| order(*step)).unwrap_or(Step::Same)
    }
}

/// The order in which threads are listed: what says less first.
fn order(step: Step) -> usize {
    match step {
        Step::Turned => 0,
        Step::Weakened => 1,
        Step::Dropped => 2,
        Step::Strengthened => 3,
        Step::Changed => 4,
        Step::Merged => 5,
        Step::New => 6,
        Step::Same => 7,
        Step::First | Step::Before | Step::Absent => 8,
    }
}

/// The steps that are counted, what says less first.
const COUNTED: [Step; 8] = [
    Step::Turned,
    Step::Weakened,
    Step::Dropped,
    Step::Strengthened,
    Step::Changed,
    Step::Merged,
    Step::New,
    Step::Same,
];

/// Texts in the order of time, and what recurs in them.
#[derive(Debug)]
#[non_exhaustive]
pub struct Series {
    /// What the texts are called.
    pub texts: Vec<Arc<str>>,
    /// The sentences that recur: those that were turned over, weakened or dropped first.
    pub threads: Vec<Thread>,
    /// Those who are named, in the order in which they come in.
    pub names: Vec<NameThread>,
    /// Runs of words that recur in sentences of several threads, or of none: those that the last text does not have first, then those
    /// that are most frequent.
    pub formulas: Vec<NameThread>,
    /// For each text how many of its sentences are in no other.
    pub once: Vec<usize>,
}

impl Series {
    /// Counts the threads that take such a step in a text, by its number.
    pub fn count(&self, text: usize, step: Step) -> usize {
        self.threads.iter().filter(|thread| thread.cells[text].step == step).count()
    }

    /// Counts what recurs, in one line.
    pub fn summary(&self) -> String {
        let last = self.texts.len().saturating_sub(1);
        let told = COUNTED.iter().map(|step| (self.count(last, *step), step.name())).filter(|(count, _)| *count > 0);
        let told: Vec<String> = told.map(|(count, name)| format!("{count} {name}")).collect();
        let recur = if self.threads.len() == 1 { "recurs" } else { "recur" };
        let recurring =
            format!("{} {recur} in {}", counted(self.threads.len(), "sentence"), counted(self.texts.len(), "text"));
        if told.is_empty() { recurring } else { format!("{recurring}; in the last: {}", told.join(", ")) }
    }
}

/// Follows what recurs through texts that are given in the order of time.
pub fn follow(drafts: &[Draft]) -> Series {
    let mut vocabulary = Vocabulary::default();
    let mut all: Vec<Vec<Sentence>> = drafts.iter().map(|draft| sentences(draft, &mut vocabulary)).collect();
    unify_figures(&mut all.iter_mut().collect::<Vec<_>>(), &mut vocabulary);
    let texts: Vec<DraftSentences<'_>> =
        drafts.iter().zip(&all).map(|(draft, sentences)| DraftSentences { draft, sentences }).collect();
    let letters = WordLetters::new(texts.iter().flat_map(|text| text.all()));
    let reader = CueReader { lexicon: Lexicon::builtin(), vocabulary: &vocabulary, letters: &letters };
    let mut once: Vec<usize> = vec![0; texts.len()];
    let mut recurring: Vec<Thread> = Vec::new();
    let weights = Weights::new(&texts, &vocabulary);
    let links = threads(&texts, &weights);
    let formulas = formulas::formulas(&texts, &links, &weights);
    for links in &links {
        if let [only] = links.as_slice() {
            once[only.text] += only.sentences.len();
            continue;
        }
        recurring.push(thread(&texts, links, &reader));
    }
    let last_place = |thread: &Thread| {
        let cells = thread.cells.iter().enumerate().rev();
        cells.filter_map(|(text, cell)| Some((usize::MAX - text, cell.place.as_ref()?.span.start()))).next()
    };
    recurring.sort_by_cached_key(|thread| (order(thread.gravest()), last_place(thread)));
    let names = names::names(&texts);
    Series {
        texts: drafts.iter().map(|draft| Arc::clone(draft.name())).collect(),
        threads: recurring,
        names,
        formulas,
        once,
    }
}

/// True if a sentence says the contrary. Where most of what it said was written anew, a word that turned a part of it over tells nothing;
/// what came in besides may be much.
fn turns(change: &SentenceChange) -> bool {
    let stays = |place: &Option<Excerpt>, part: usize| {
        place.as_ref().is_some_and(|place| {
            part * place.differs.iter().map(|range| range.len()).sum::<usize>() < (part - 1) * place.text.len()
        })
    };
    let old_stays = change
        .old
        .as_ref()
        .is_some_and(|place| 3 * place.differs.iter().map(|range| range.len()).sum::<usize>() < place.text.len());
    change.remarks.iter().any(Remark::turns) && old_stays && stays(&change.new, 4)
}

/// A thread of sentences, each of another text, in order.
fn thread(texts: &[DraftSentences<'_>], links: &[Link], reader: &CueReader<'_>) -> Thread {
    let mut cells: Vec<SeriesCell> = Vec::new();
    // The last text that has it, and the last one where it stands for itself.
    let (mut last_link, mut before): (Option<&Link>, Option<&Link>) = (None, None);
    let mut links = links.iter().peekable();
    for (text, side) in texts.iter().enumerate() {
        let link = links.next_if(|link| link.text == text);
        let cell = |step, place, remarks| SeriesCell { step, back: false, place, remarks };
        cells.push(match (link, last_link) {
            (None, None) => cell(Step::Before, None, Vec::new()),
            (None, Some(last)) if last.text + 1 == text => cell(Step::Dropped, None, Vec::new()),
            (None, Some(_)) => cell(Step::Absent, None, Vec::new()),
            (Some(link), None) => {
                let place = side.place(link.sentences.start, link.sentences.end - 1, Vec::new());
                cell(if text == 0 { Step::First } else { Step::New }, Some(place), Vec::new())
            }
            (Some(link), Some(last)) => {
                let back = last.text + 1 < text;
                let old_link = before.unwrap_or(last);
                let old = texts[old_link.text];
                let words = |side: DraftSentences<'_>, link: &Link| -> Vec<u32> {
                    side.sentences[link.sentences.clone()]
                        .iter()
                        .flat_map(|sentence| &sentence.words)
                        .copied()
                        .collect()
                };
                let equal = words(old, old_link) == words(*side, link);
                let was = link.was.as_ref().unwrap_or(&old_link.sentences);
                let pair = SentencePair { old: was.clone(), new: link.sentences.clone(), equal, moved: false };
                if link.merged.is_some() && !equal && link.was.is_none() {
                    // It stood elsewhere than what it is a part of now: what it lost is told here.
                    let change = changed(old, *side, &pair, reader);
                    let is_lost =
                        |remark: &Remark| remark.old.is_some() && (remark.effect == Effect::Weaker || remark.turns());
                    let remarks: Vec<Remark> = change.remarks.into_iter().filter(is_lost).collect();
                    let step = if remarks.is_empty() { Step::Merged } else { Step::Weakened };
                    SeriesCell { back, ..cell(step, change.new, remarks) }
                } else if equal || link.merged.is_some() {
                    let place = side.place(link.sentences.start, link.sentences.end - 1, Vec::new());
                    let step = if link.merged.is_some() { Step::Merged } else { Step::Same };
                    SeriesCell { back, ..cell(step, Some(place), Vec::new()) }
                } else {
                    let change = changed(old, *side, &pair, reader);
                    let step = if turns(&change) {
                        Step::Turned
                    } else if change.has(Effect::Weaker) {
                        Step::Weakened
                    } else if change.has(Effect::Stronger) {
                        Step::Strengthened
                    } else {
                        Step::Changed
                    };
                    SeriesCell { back, ..cell(step, change.new, change.remarks) }
                }
            }
        });
        last_link = link.or(last_link);
        before = link.filter(|link| link.merged.is_none()).or(before);
    }
    Thread { cells }
}
