//! A change of one delegation, by the sentences of the base that it touches and the place between them that it went to.

use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};

use super::super::align::{DiffRun, differ};
use super::super::pair::SentencePair;
use super::super::sentence::{Sentence, TokenId};
use super::super::{ChangeKind, DraftSentences, SentenceChange};
use super::collision::CollisionKind;
use crate::span::Span;

/// A change of one delegation.
pub(super) struct Edit {
    pub(super) change: SentenceChange,
    /// The sentences of the base; none if it was added.
    pub(super) base: Range<usize>,
    /// The sentences of the draft; none if it was deleted.
    new: Range<usize>,
    /// Its words in the draft.
    pub(super) words: Vec<TokenId>,
    /// Between which sentences of the base it stands in the draft: behind as many of them as these say.
    pub(super) place: RangeInclusive<usize>,
}

/// The changes of a draft against the base.
pub(super) fn edits(
    base: DraftSentences<'_>,
    draft: DraftSentences<'_>,
    changes: &[SentenceChange],
    pairs: &[SentencePair],
) -> Vec<Edit> {
    let (base_places, new_places) = (SentencesByPlace::new(base), SentencesByPlace::new(draft));
    let in_place: Vec<&SentencePair> = pairs.iter().filter(|pair| !pair.moved).collect();
    let edit = |change: &SentenceChange| {
        let range = |places: &SentencesByPlace<'_>, span: Option<Span>| span.map_or(0..0, |span| places.range(span));
        let old = range(&base_places, change.old.as_ref().map(|place| place.span));
        let new = range(&new_places, change.new.as_ref().map(|place| place.span));
        let words = draft.sentences[new.clone()].iter().flat_map(|sentence| &sentence.words).copied().collect();
        let next = in_place.partition_point(|pair| pair.new.start < new.end);
        let before = in_place[..next].iter().rev().find(|pair| pair.new.end <= new.start);
        let first = before.map_or(0, |pair| pair.old.end);
        let last = in_place.get(next).map_or(base.sentences.len(), |pair| pair.old.start);
        Edit { change: change.clone(), base: old, new, words, place: first..=last.max(first) }
    };
    changes.iter().map(edit).collect()
}

/// The sentences of a draft, to be found by their place in the source.
struct SentencesByPlace<'t> {
    text: DraftSentences<'t>,
    by_start: HashMap<usize, usize>,
}

impl<'t> SentencesByPlace<'t> {
    fn new(text: DraftSentences<'t>) -> SentencesByPlace<'t> {
        let mut by_start = HashMap::new();
        for at in 0..text.sentences.len() {
            by_start.entry(text.source(at).start()).or_insert(at);
        }
        SentencesByPlace { text, by_start }
    }

    /// The sentences of one block that stand in a span, at the start of which one begins.
    fn range(&self, span: Span) -> Range<usize> {
        let Some(&first) = self.by_start.get(&span.start()) else {
            return 0..0;
        };
        let sentences = self.text.sentences;
        let is_in =
            |at: &usize| sentences[*at].block == sentences[first].block && self.text.source(*at).end() <= span.end();
        first..(first + 1..sentences.len()).take_while(is_in).last().map_or(first + 1, |last| last + 1)
    }
}

impl Edit {
    /// The first sentence of the base that it touches, or that stands behind it.
    pub(super) fn first(&self) -> usize {
        if self.base.is_empty() { *self.place.start() } else { self.base.start }
    }

    fn is_at_place_of(&self, other: &Edit) -> bool {
        self.place.start() <= other.place.end() && other.place.start() <= self.place.end()
    }

    /// True if this, of which the other has the words and the sentences of the base, is what the other is.
    pub(super) fn is_same(&self, other: &Edit) -> bool {
        match self.change.kind {
            ChangeKind::Added | ChangeKind::Moved => self.is_at_place_of(other),
            ChangeKind::Changed => self.change.moved == other.change.moved,
            ChangeKind::Deleted => true,
        }
    }

    /// The kind of the collision with what the other side did to the same sentence; none if both can simply be made. That one changes
    /// what the other moves is no collision: it is changed, and stands elsewhere.
    pub(super) fn kind(
        &self,
        other: &Edit,
        base: DraftSentences<'_>,
        drafts: [DraftSentences<'_>; 2],
    ) -> Option<CollisionKind> {
        use ChangeKind::{Added, Changed, Deleted, Moved};
        match (self.change.kind, other.change.kind) {
            (Added, _) | (_, Added) | (Moved, Changed) | (Changed, Moved) | (Deleted, Deleted) => None,
            (Deleted, _) | (_, Deleted) => Some(CollisionKind::Deleted),
            (Moved, Moved) => Some(CollisionKind::Moved),
            (Changed, Changed) if self.base == other.base && self.is_beside(other, base, drafts) => {
                Some(CollisionKind::Beside)
            }
            (Changed, Changed) => Some(CollisionKind::Reworded),
        }
    }

    /// True if two changes of one sentence touch other words of it, but where both do the same.
    fn is_beside(&self, other: &Edit, base: DraftSentences<'_>, drafts: [DraftSentences<'_>; 2]) -> bool {
        let hunks = |edit: &Edit, draft: DraftSentences<'_>| -> Vec<(Range<usize>, Vec<TokenId>)> {
            let old = Sentence::joined(&base.sentences[edit.base.clone()]);
            let new = Sentence::joined(&draft.sentences[edit.new.clone()]);
            let ids = |run: &DiffRun| new.tokens[run.new.clone()].iter().map(|token| token.id).collect();
            differ(&old, &new).iter().filter(|run| !run.same).map(|run| (run.old.clone(), ids(run))).collect()
        };
        let (lefts, rights) = (hunks(self, drafts[0]), hunks(other, drafts[1]));
        // Both are in the order of the base.
        let mut next = 0;
        for left in &lefts {
            while rights.get(next).is_some_and(|right| right.0.end < left.0.start) {
                next += 1;
            }
            let meeting = rights[next..].iter().take_while(|right| right.0.start <= left.0.end);
            if meeting.into_iter().any(|right| right != left) {
                return false;
            }
        }
        true
    }
}
