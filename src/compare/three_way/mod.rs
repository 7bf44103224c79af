//! Two delegations' edits of one base: what each changed by itself, what both changed alike, and where they collide.
//!
//! Each edited draft is compared with the base as any two drafts are; what the two did is put together by the sentences of the base
//! that it touches, and by the places between them. `report.rs` writes it for people, `json.rs` for programs.

mod collide;
mod collision;
mod edit;
#[cfg(feature = "report")]
mod json;
#[cfg(feature = "report")]
mod report;

use std::sync::Arc;

use super::sentence::{Vocabulary, sentences, unify_figures};
use super::{ChangeKind, Comparison, DraftSentences, Effect, Excerpt, SentenceChange, aligned, found};
use crate::draft::Draft;
use crate::finding::Finding;
pub use collision::{Collision, CollisionKind};
use edit::{Edit, edits};

/// Findings by who brought them in or took them out.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ThreeWayFindings {
    /// Those of both delegations, as they are in the left draft, or as they were in the base.
    pub both: Vec<Finding>,
    /// Those of one of them, the left one first.
    pub alone: [Vec<Finding>; 2],
}

/// What two delegations did to one base.
#[derive(Debug)]
#[non_exhaustive]
pub struct ThreeWay {
    /// The name of the base.
    pub base: Arc<str>,
    /// The comparison of the base with each draft, the left one first: all that each of them did.
    pub sides: [Comparison; 2],
    /// The places where they collide, the gravest kind first, in the order of the base.
    pub collisions: Vec<Collision>,
    /// What both did, as it is in the left and in the right draft.
    pub agreed: Vec<[SentenceChange; 2]>,
    /// What each did by itself, and the other left as it was.
    pub alone: [Vec<SentenceChange>; 2],
    /// The findings that came in.
    pub came: ThreeWayFindings,
    /// The findings that went out.
    pub went: ThreeWayFindings,
}

impl ThreeWay {
    /// True if neither draft differs from the base.
    pub fn is_empty(&self) -> bool {
        self.sides.iter().all(Comparison::is_empty)
    }

    /// Counts the collisions of a kind.
    pub fn count(&self, kind: CollisionKind) -> usize {
        self.collisions.iter().filter(|collision| collision.kind == kind).count()
    }
}

/// Compares two drafts with the base of both, each draft with its findings.
pub fn compare_three(
    base: (&Draft, Vec<Finding>),
    left: (&Draft, Vec<Finding>),
    right: (&Draft, Vec<Finding>),
) -> ThreeWay {
    let mut vocabulary = Vocabulary::default();
    let mut texts = [base.0, left.0, right.0].map(|draft| sentences(draft, &mut vocabulary));
    unify_figures(&mut texts.iter_mut().collect::<Vec<_>>(), &mut vocabulary);
    let side = |draft, at: usize| DraftSentences { draft, sentences: &texts[at] };
    let (base_side, drafts) = (side(base.0, 0), [side(left.0, 1), side(right.0, 2)]);
    let compared = [(drafts[0], left.1), (drafts[1], right.1)].map(|(draft, findings)| {
        let (pairs, changes) = aligned(base_side, draft, &vocabulary);
        (found(base_side, draft, &pairs, changes, base.1.clone(), findings), pairs)
    });
    let all: [Vec<Edit>; 2] =
        std::array::from_fn(|at| edits(base_side, drafts[at], &compared[at].0.sentences, &compared[at].1));
    let sides = compared.map(|(comparison, _)| comparison);

    let (same, partners) = collide::same_edits(&all);
    let agreed: Vec<[SentenceChange; 2]> =
        same.iter().map(|&(left, right)| [all[0][left].change.clone(), all[1][right].change.clone()]).collect();
    let left: [Vec<&Edit>; 2] = [0, 1].map(|side: usize| {
        let own = all[side].iter().zip(&partners[side]);
        own.filter(|(_, agrees)| !**agrees).map(|(edit, _)| edit).collect()
    });
    let (collisions, taken) = collide::collisions(base_side, drafts, &left);
    let alone = [0, 1].map(|side: usize| {
        let own = left[side].iter().zip(&taken[side]).filter(|(_, taken)| !**taken);
        own.map(|(edit, _)| edit.change.clone()).collect()
    });
    let came = sort_out([&sides[0].came, &sides[1].came], |left, right| {
        left.rule.id() == right.rule.id() && left.found == right.found && stands_in_both(left, right, &agreed)
    });
    let went = sort_out([&sides[0].went, &sides[1].went], |left, right| {
        left.rule.id() == right.rule.id() && left.span == right.span
    });
    ThreeWay { base: Arc::clone(base.0.name()), sides, collisions, agreed, alone, came, went }
}

/// True if two findings stand in what both sides did.
fn stands_in_both(left: &Finding, right: &Finding, agreed: &[[SentenceChange; 2]]) -> bool {
    let is_in = |finding: &Finding, change: &SentenceChange| {
        let place = change.new.as_ref().map(|place| place.span);
        place.is_some_and(|span| span.start() <= finding.span.start() && finding.span.end() <= span.end())
    };
    agreed.iter().any(|[one, other]| is_in(left, one) && is_in(right, other))
}

/// Parts findings into those of both sides and those of one.
fn sort_out(sides: [&Vec<Finding>; 2], is_same: impl Fn(&Finding, &Finding) -> bool) -> ThreeWayFindings {
    let mut sorted = ThreeWayFindings { alone: [Vec::new(), sides[1].clone()], ..ThreeWayFindings::default() };
    for finding in sides[0] {
        match sorted.alone[1].iter().position(|other| is_same(finding, other)) {
            Some(at) => {
                sorted.alone[1].remove(at);
                sorted.both.push(finding.clone());
            }
            None => sorted.alone[0].push(finding.clone()),
        }
    }
    sorted
}

/// The text of the base at the place of a collision; none where both only put something in.
#[cfg(feature = "report")]
fn base_of(collision: &Collision) -> Vec<Excerpt> {
    let mut found: Vec<Excerpt> = Vec::new();
    for place in collision.sides.iter().flatten().filter_map(|change| change.old.as_ref()) {
        match found.iter_mut().find(|other| other.span == place.span) {
            Some(other) => other.differs = joined(&other.differs, &place.differs),
            None => found.push(place.clone()),
        }
    }
    found.sort_by_key(|place| place.span.start());
    found
}

/// Some ranges and some others, in order, those that touch as one.
#[cfg(feature = "report")]
fn joined(one: &[std::ops::Range<usize>], other: &[std::ops::Range<usize>]) -> Vec<std::ops::Range<usize>> {
    let mut all: Vec<_> = one.iter().chain(other).cloned().collect();
    all.sort_by_key(|range| range.start);
    let mut joined: Vec<std::ops::Range<usize>> = Vec::new();
    for range in all {
        match joined.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => joined.push(range),
        }
    }
    joined
}

/// True if a change has one of these effects, or turns its sentence over.
fn is_weaker(change: &SentenceChange) -> bool {
    change.kind == ChangeKind::Deleted || change.has(Effect::Weaker) || change.remarks.iter().any(super::Remark::turns)
}

impl ThreeWay {
    /// True if either of the two weakened, turned over or deleted a sentence of the base.
    pub fn is_weaker(&self) -> bool {
        self.sides.iter().flat_map(|side| &side.sentences).any(is_weaker)
    }
}
