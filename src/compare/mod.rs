//! Two drafts of one text: which findings came in, went out or moved, and which sentences say something else than before.
//!
//! What is compared is text as comity reads it: a line that was wrapped anew, bold type or another kind of quotation mark is no
//! change, and neither is another way to write a date, a sum or a number. `report.rs` writes it for people, `json.rs` for programs.

mod align;
mod cue;
mod excerpt;
mod figure;
mod findings;
mod groups;
#[cfg(feature = "report")]
mod json;
mod judge;
mod lexicon;
mod naming;
mod pair;
mod partners;
mod remark;
#[cfg(feature = "report")]
mod report;
mod sentence;
mod series;
mod three_way;

use std::collections::HashSet;
use std::sync::Arc;

use crate::draft::Draft;
use crate::finding::Finding;
use crate::span::Span;

use cue::CueReader;
use excerpt::DraftSentences;
pub use excerpt::Excerpt;
use lexicon::Lexicon;
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
    let mut vocabulary = Vocabulary::default();
    let mut old_sentences = sentences(old, &mut vocabulary);
    let mut new_sentences = sentences(new, &mut vocabulary);
    unify_figures(&mut [&mut old_sentences, &mut new_sentences], &mut vocabulary);
    let (old_side, new_side) = (
        DraftSentences { draft: old, sentences: &old_sentences },
        DraftSentences { draft: new, sentences: &new_sentences },
    );
    compare_sentences(old_side, new_side, &vocabulary, old_findings, new_findings).0
}

/// Compares two drafts by their sentences; returns which of these belong together as well.
fn compare_sentences(
    old: DraftSentences<'_>,
    new: DraftSentences<'_>,
    vocabulary: &Vocabulary,
    old_findings: Vec<Finding>,
    new_findings: Vec<Finding>,
) -> (Comparison, Vec<SentencePair>) {
    let pairs = align::align(old.sentences, new.sentences, vocabulary);
    let sentences = if pairs.iter().all(|pair| pair.equal && !pair.moved)
        && pairs.len() == old.sentences.len()
        && pairs.len() == new.sentences.len()
    {
        Vec::new()
    } else {
        changes(old, new, &pairs, vocabulary)
    };
    let matched = findings::match_findings(old, new, &pairs, old_findings, new_findings);
    let comparison = Comparison {
        old: Arc::clone(old.draft.name()),
        new: Arc::clone(new.draft.name()),
        came: matched.came,
        went: matched.went,
        moved: matched.moved,
        stayed: matched.stayed,
        sentences,
    };
    (comparison, pairs)
}

fn changes(
    old: DraftSentences<'_>,
    new: DraftSentences<'_>,
    pairs: &[SentencePair],
    vocabulary: &Vocabulary,
) -> Vec<SentenceChange> {
    let lexicon = Lexicon::builtin();
    let mut names = HashSet::new();
    for text in [old, new] {
        (0..text.sentences.len()).for_each(|at| names.extend(text.side(at).capitals()));
    }
    let reader = CueReader { lexicon, vocabulary, names: &names };
    let mut found: Vec<SentenceChange> = Vec::new();
    let mut went_with: Vec<bool> = vec![false; old.sentences.len()];
    pairs.iter().for_each(|pair| went_with[pair.old.clone()].fill(true));
    let mut deleted = (0..old.sentences.len()).filter(|&at| !went_with[at]).peekable();
    let deletion = |at: usize| SentenceChange {
        kind: ChangeKind::Deleted,
        moved: false,
        old: Some(old.place(at, at, Vec::new())),
        new: None,
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
            found.push(SentenceChange { kind: ChangeKind::Added, moved: false, old: None, new, remarks: Vec::new() });
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
        remarks: Vec::new(),
    });
}
