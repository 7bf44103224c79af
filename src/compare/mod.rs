//! Two drafts of one text: which findings came in, went out or moved, and which sentences say something else than before.
//!
//! What is compared is text as comity reads it: a line that was wrapped anew, bold type or another kind of quotation mark is no
//! change, and neither is another way to write a date, a sum or a number. `report.rs` writes it for people, `page` as a page, `json.rs` for programs.

mod align;
mod aligned;
mod context;
mod cue;
mod excerpt;
mod figure;
mod findings;
mod groups;
#[cfg(feature = "report")]
mod json;
mod judge;
mod lexicon;
mod name_parts;
mod name_set;
mod named;
mod naming;
#[cfg(feature = "report")]
mod page;
mod pair;
mod partners;
mod relations;
mod remark;
#[cfg(feature = "report")]
mod report;
mod roles;
mod sentence;
mod series;
mod struck;
mod telling;
mod three_way;
mod told;

use std::sync::Arc;

use crate::draft::Draft;
use crate::finding::Finding;
use crate::span::Span;

pub use aligned::AlignedRow;
use cue::{CueReader, WordLetters};
use excerpt::DraftSentences;
pub use excerpt::{Beside, Excerpt};
use lexicon::Lexicon;
#[cfg(feature = "report")]
pub use page::{ComparisonPage, SideBySide};
use pair::SentencePair;
pub use remark::{Effect, Remark, Topic};
use sentence::{Sentence, Vocabulary, sentences, unify_figures};
pub use series::{NameStep, NameThread, Series, SeriesCell, Step, Thread, follow};
pub use three_way::{Collision, CollisionKind, ThreeWay, ThreeWayFindings, compare_three};

/// The kind of a change of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChangeKind {
    /// It is no longer there.
    Deleted,
    /// It was not there.
    Added,
    /// It has other words.
    Changed,
    /// It has the same words, and stands elsewhere.
    Moved,
}

impl ChangeKind {
    /// The name that reports use.
    pub fn name(self) -> &'static str {
        match self {
            ChangeKind::Deleted => "deleted",
            ChangeKind::Added => "added",
            ChangeKind::Changed => "changed",
            ChangeKind::Moved => "moved",
        }
    }
}

/// A sentence that is not in both drafts at the same place with the same words.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SentenceChange {
    /// Its kind.
    pub kind: ChangeKind,
    /// True if it stands elsewhere among the others; of a changed sentence as well.
    pub moved: bool,
    /// The sentence in the old draft; none if it was added.
    pub old: Option<Excerpt>,
    /// The sentence in the new draft; none if it was deleted.
    pub new: Option<Excerpt>,
    /// Of a sentence that was deleted, where it would stand in the new draft; none if that has no sentence.
    pub beside: Option<Beside>,
    /// The changes in it that matter, the gravest first.
    pub remarks: Vec<Remark>,
}

impl SentenceChange {
    /// True if one of its changes has this effect.
    pub fn has(&self, effect: Effect) -> bool {
        self.remarks.iter().any(|remark| remark.effect == effect)
    }
}

/// The differences between two drafts.
#[derive(Debug)]
#[non_exhaustive]
pub struct Comparison {
    /// The name of the old draft.
    pub old: Arc<str>,
    /// The name of the new draft.
    pub new: Arc<str>,
    /// Findings that only the new draft has, in its order.
    pub came: Vec<Finding>,
    /// What rules about changes say, in the order of the new draft: those of the pack `compare` do.
    pub told: Vec<Finding>,
    /// Findings that only the old draft has, in its order.
    pub went: Vec<Finding>,
    /// Findings that both have, in sentences that moved: as they were, and as they are.
    pub moved: Vec<(Finding, Finding)>,
    /// The number of findings that both have at the same place.
    pub stayed: usize,
    /// Sentences that differ, in the order of the new draft; those that were deleted behind those that they followed.
    pub sentences: Vec<SentenceChange>,
}

impl Comparison {
    /// True if nothing differs.
    pub fn is_empty(&self) -> bool {
        self.came.is_empty() && self.went.is_empty() && self.moved.is_empty() && self.sentences.is_empty()
    }

    /// Counts the sentences with this kind of change.
    pub fn count(&self, kind: ChangeKind) -> usize {
        self.sentences.iter().filter(|change| change.kind == kind).count()
    }

    /// Counts the sentences that have become weaker, or stronger.
    pub fn count_effect(&self, effect: Effect) -> usize {
        self.sentences.iter().filter(|change| change.has(effect)).count()
    }
}

/// Compares two drafts, each with its findings.
pub fn compare(old: &Draft, new: &Draft, old_findings: Vec<Finding>, new_findings: Vec<Finding>) -> Comparison {
    ComparedTexts::new(old, new).with_findings(old_findings, new_findings)
}

/// Two drafts whose sentences are compared, before anything that was found in them is.
#[derive(Debug)]
pub struct ComparedTexts<'d> {
    old: &'d Draft,
    new: &'d Draft,
    old_sentences: Vec<Sentence>,
    new_sentences: Vec<Sentence>,
    pairs: Vec<SentencePair>,
    changes: Vec<SentenceChange>,
}

impl<'d> ComparedTexts<'d> {
    /// Compares the sentences of two drafts.
    pub fn new(old: &'d Draft, new: &'d Draft) -> ComparedTexts<'d> {
        let mut vocabulary = Vocabulary::default();
        let mut old_sentences = sentences(old, &mut vocabulary);
        let mut new_sentences = sentences(new, &mut vocabulary);
        unify_figures(&mut [&mut old_sentences, &mut new_sentences], &mut vocabulary);
        let old_side = DraftSentences { draft: old, sentences: &old_sentences };
        let new_side = DraftSentences { draft: new, sentences: &new_sentences };
        let (pairs, changes) = aligned(old_side, new_side, &vocabulary);
        ComparedTexts { old, new, old_sentences, new_sentences, pairs, changes }
    }

    fn sides(&self) -> [DraftSentences<'_>; 2] {
        [
            DraftSentences { draft: self.old, sentences: &self.old_sentences },
            DraftSentences { draft: self.new, sentences: &self.new_sentences },
        ]
    }

    /// The comparison, with what was found in either draft. Findings of rules about changes are in the new one only.
    pub fn with_findings(mut self, old_findings: Vec<Finding>, new_findings: Vec<Finding>) -> Comparison {
        let changes = std::mem::take(&mut self.changes);
        let [old, new] = self.sides();
        found(old, new, &self.pairs, changes, old_findings, new_findings)
    }
}

/// Aligns the sentences of two drafts, and tells what changed.
fn aligned(
    old: DraftSentences<'_>,
    new: DraftSentences<'_>,
    vocabulary: &Vocabulary,
) -> (Vec<SentencePair>, Vec<SentenceChange>) {
    let pairs = align::align(old.sentences, new.sentences, vocabulary);
    let are_equal = pairs.iter().all(|pair| pair.equal && !pair.moved)
        && pairs.len() == old.sentences.len()
        && pairs.len() == new.sentences.len();
    let changes = if are_equal { Vec::new() } else { changes(old, new, &pairs, vocabulary) };
    (pairs, changes)
}

/// The comparison of two drafts, with what was found in either.
fn found(
    old: DraftSentences<'_>,
    new: DraftSentences<'_>,
    pairs: &[SentencePair],
    sentences: Vec<SentenceChange>,
    old_findings: Vec<Finding>,
    mut new_findings: Vec<Finding>,
) -> Comparison {
    let told = new_findings.extract_if(.., |finding| finding.rule.is_about_changes()).collect();
    let matched = findings::match_findings(old, new, pairs, old_findings, new_findings);
    Comparison {
        old: Arc::clone(old.draft.name()),
        new: Arc::clone(new.draft.name()),
        came: matched.came,
        told,
        went: matched.went,
        moved: matched.moved,
        stayed: matched.stayed,
        sentences,
    }
}

fn changes(
    old: DraftSentences<'_>,
    new: DraftSentences<'_>,
    pairs: &[SentencePair],
    vocabulary: &Vocabulary,
) -> Vec<SentenceChange> {
    let letters = WordLetters::new(old.all().chain(new.all()));
    let reader = CueReader { lexicon: Lexicon::builtin(), vocabulary, letters: &letters };
    let mut found: Vec<SentenceChange> = Vec::new();
    let mut went_with: Vec<bool> = vec![false; old.sentences.len()];
    pairs.iter().for_each(|pair| went_with[pair.old.clone()].fill(true));
    let mut deleted = (0..old.sentences.len()).filter(|&at| !went_with[at]).peekable();
    let staying: Vec<&SentencePair> = pairs.iter().filter(|pair| !pair.moved).collect();
    let deletion = |at: usize| SentenceChange {
        kind: ChangeKind::Deleted,
        moved: false,
        old: Some(old.place(at, at, Vec::new())),
        new: None,
        beside: beside(new, &staying, at),
        remarks: Vec::new(),
    };
    let mut pairs = pairs.iter().peekable();
    let mut done = 0;
    for at in 0..new.sentences.len() {
        if at < done {
            continue;
        }
        let Some(pair) = pairs.next_if(|pair| pair.new.start == at) else {
            let new = Some(new.place(at, at, Vec::new()));
            found.push(SentenceChange {
                kind: ChangeKind::Added,
                moved: false,
                old: None,
                new,
                beside: None,
                remarks: Vec::new(),
            });
            continue;
        };
        done = pair.new.end;
        if !pair.moved {
            while let Some(at) = deleted.next_if(|&at| at < pair.old.start) {
                found.push(deletion(at));
            }
        }
        if !pair.equal {
            found.push(changed(old, new, pair, &reader));
        } else if pair.moved {
            moved(old, new, pair, &mut found);
        }
    }
    found.extend(deleted.map(deletion));
    found
}

/// The sentence of the new draft beside which the one at `at` of the old stood: what became of the nearest before it that is where
/// it was, or else behind it. `staying` are those that are where they were, in order.
fn beside(new: DraftSentences<'_>, staying: &[&SentencePair], at: usize) -> Option<Beside> {
    let next = staying.partition_point(|pair| pair.old.start < at);
    let before = staying[..next].last().map(|pair| (pair.new.end - 1, true));
    let place = before.or_else(|| staying.get(next).map(|pair| (pair.new.start, false)));
    place.map(|(at, behind)| Beside { sentence: new.place(at, at, Vec::new()), behind })
}

fn changed(
    old: DraftSentences<'_>,
    new: DraftSentences<'_>,
    pair: &SentencePair,
    reader: &CueReader<'_>,
) -> SentenceChange {
    let old_sentence = &Sentence::joined(&old.sentences[pair.old.clone()]);
    let new_sentence = &Sentence::joined(&new.sentences[pair.new.clone()]);
    let (unified_old, unified_new) = (old_sentence.unified_with(new_sentence), new_sentence.unified_with(old_sentence));
    let old = DraftSentences { sentences: std::slice::from_ref(&unified_old), ..old };
    let new = DraftSentences { sentences: std::slice::from_ref(&unified_new), ..new };
    let runs = align::differ(&unified_old, &unified_new);
    let hunks = || runs.iter().filter(|run| !run.same);
    let olds = hunks().filter_map(|hunk| old.bytes(0, hunk.old.clone())).collect();
    let news = hunks().filter_map(|hunk| new.bytes(0, hunk.new.clone())).collect();
    SentenceChange {
        kind: ChangeKind::Changed,
        moved: pair.moved,
        beside: None,
        remarks: reader.remarks(old.side(0), new.side(0), &runs),
        old: Some(old.place(0, 0, olds)),
        new: Some(new.place(0, 0, news)),
    }
}

/// Adds a sentence that moved, to those that moved together with it if there are any.
fn moved(old: DraftSentences<'_>, new: DraftSentences<'_>, pair: &SentencePair, found: &mut Vec<SentenceChange>) {
    let (old_at, new_at) = (pair.old.start, pair.new.start);
    let follows = |text: DraftSentences<'_>, place: &Option<Excerpt>, at: usize| {
        at > 0
            && text.sentences[at - 1].block == text.sentences[at].block
            && place.as_ref().is_some_and(|place| place.span.end() == text.source(at - 1).end())
    };
    if let Some(last) = found.last_mut()
        && last.kind == ChangeKind::Moved
        && follows(old, &last.old, old_at)
        && follows(new, &last.new, new_at)
    {
        for (text, place, at) in [(old, &mut last.old, old_at), (new, &mut last.new, new_at)] {
            let one = text.place(at, at, Vec::new());
            if let Some(place) = place {
                place.text = format!("{} {}", place.text, one.text);
                place.span = Span::new(place.span.start(), one.span.end().max(place.span.end()));
                place.site.span = Span::new(place.site.span.start(), one.site.span.end());
                place.end = one.end;
            }
        }
        return;
    }
    let (old, new) = (old.place(old_at, old_at, Vec::new()), new.place(new_at, new_at, Vec::new()));
    found.push(SentenceChange {
        kind: ChangeKind::Moved,
        moved: true,
        old: Some(old),
        new: Some(new),
        beside: None,
        remarks: Vec::new(),
    });
}
