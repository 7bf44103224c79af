//! What two sides did alike, and where they collide. Takes time in proportion to the changes and to the base.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::ops::Range;

use super::super::sentence::TokenId;
use super::super::{ChangeKind, DraftSentences};
use super::collision::{Collision, CollisionKind};
use super::edit::Edit;

/// Pairs the edits that are the same on both sides, each once. Returns for each side which of its edits are among them.
pub(super) fn same_edits(all: &[Vec<Edit>; 2]) -> (Vec<(usize, usize)>, [Vec<bool>; 2]) {
    let key = |edit: &'_ Edit| -> (&'static str, Range<usize>, Vec<TokenId>) {
        (edit.change.kind.name(), edit.base.clone(), edit.words.clone())
    };
    let mut rights: HashMap<_, VecDeque<usize>> = HashMap::new();
    for (at, edit) in all[1].iter().enumerate() {
        rights.entry(key(edit)).or_default().push_back(at);
    }
    let mut is_paired: [Vec<bool>; 2] = [0, 1].map(|side: usize| vec![false; all[side].len()]);
    let mut pairs = Vec::new();
    for (at, edit) in all[0].iter().enumerate() {
        let Some(waiting) = rights.get_mut(&key(edit)) else {
            continue;
        };
        // Those that stand before it stand before all that follow it, too.
        while let Some(&other) = waiting.front() {
            let right = &all[1][other];
            if edit.is_same(right) {
                waiting.pop_front();
                (is_paired[0][at], is_paired[1][other]) = (true, true);
                pairs.push((at, other));
                break;
            }
            if right.place.start() >= edit.place.start() {
                break;
            }
            waiting.pop_front();
        }
    }
    (pairs, is_paired)
}

/// Puts what two sides did to the same place together. Returns which edits of each side are among them.
pub(super) fn collisions(
    base: DraftSentences<'_>,
    drafts: [DraftSentences<'_>; 2],
    edits: &[Vec<&Edit>; 2],
) -> (Vec<Collision>, [Vec<bool>; 2]) {
    let mut places = Places::new(edits);
    places.meet_at_sentences(base, drafts);
    places.meet_at_gaps();
    places.add_what_stands_for_deleted(base.sentences.len());
    let taken = [0, 1].map(|side: usize| (0..edits[side].len()).map(|at| places.is_taken(side, at)).collect());
    let mut found: Vec<(usize, Collision)> = Vec::new();
    for (kind, own) in places.groups().into_values() {
        let first = own.iter().map(|&(side, at)| edits[side][at].first()).min().unwrap_or_default();
        let of = |side: usize| {
            own.iter().filter(move |edit| edit.0 == side).map(move |&(_, at)| edits[side][at].change.clone())
        };
        found.push((first, Collision { kind, sides: [of(0).collect(), of(1).collect()] }));
    }
    found.sort_by_key(|(first, collision)| (collision.kind, *first));
    (found.into_iter().map(|(_, collision)| collision).collect(), taken)
}

/// Edits of both sides, of which those that meet are one group. The left ones have the first numbers.
struct Places<'e> {
    edits: &'e [Vec<&'e Edit>; 2],
    /// For each the number of one of its group that stands nearer to the root.
    parents: Vec<usize>,
    /// How two that met collide, with the number of one of them.
    kinds: Vec<(usize, CollisionKind)>,
    is_taken: Vec<bool>,
}

impl<'e> Places<'e> {
    fn new(edits: &'e [Vec<&'e Edit>; 2]) -> Places<'e> {
        let count = edits[0].len() + edits[1].len();
        Places { edits, parents: (0..count).collect(), kinds: Vec::new(), is_taken: vec![false; count] }
    }

    fn number(&self, side: usize, at: usize) -> usize {
        if side == 0 { at } else { self.edits[0].len() + at }
    }

    fn is_taken(&self, side: usize, at: usize) -> bool {
        self.is_taken[self.number(side, at)]
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parents[at] != at {
            self.parents[at] = self.parents[self.parents[at]];
            at = self.parents[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        (self.is_taken[one], self.is_taken[other]) = (true, true);
        let (one, other) = (self.root(one), self.root(other));
        self.parents[other] = one;
    }

    /// For each sentence of the base the edit of a side that touches it.
    fn owners(&self, side: usize, count: usize) -> Vec<Option<usize>> {
        let mut owners = vec![None; count];
        for (at, edit) in self.edits[side].iter().enumerate() {
            owners[edit.base.clone()].fill(Some(at));
        }
        owners
    }

    /// Joins what both did to one sentence of the base.
    fn meet_at_sentences(&mut self, base: DraftSentences<'_>, drafts: [DraftSentences<'_>; 2]) {
        let count = base.sentences.len();
        let (lefts, rights) = (self.owners(0, count), self.owners(1, count));
        let mut last = None;
        for pair in lefts.into_iter().zip(rights) {
            let (Some(left), Some(right)) = pair else {
                continue;
            };
            // Of several sentences that both changed as one it is asked once.
            if last.replace((left, right)) == Some((left, right)) {
                continue;
            }
            if let Some(kind) = self.edits[0][left].kind(self.edits[1][right], base, drafts) {
                let numbers = (self.number(0, left), self.number(1, right));
                self.join(numbers.0, numbers.1);
                self.kinds.push((numbers.0, kind));
            }
        }
    }

    /// Joins what both put in at one place.
    fn meet_at_gaps(&mut self) {
        let added = |side: usize| -> Vec<usize> {
            let edits = self.edits[side].iter().enumerate();
            edits.filter(|(_, edit)| edit.change.kind == ChangeKind::Added).map(|(at, _)| at).collect()
        };
        let (lefts, rights) = (added(0), added(1));
        // The places of both are in order, so those of the right side that meet one of the left side stand together.
        let (mut first, mut joined) = (0, 0);
        for &left in &lefts {
            let place = |side: usize, at: usize| &self.edits[side][at].place;
            while rights.get(first).is_some_and(|&right| place(1, right).end() < place(0, left).start()) {
                first += 1;
            }
            let end = rights.partition_point(|&right| place(1, right).start() <= place(0, left).end());
            let number = self.number(0, left);
            // One of those that were joined before stands for them.
            let behind = joined.max(first + 1).min(end);
            for &right in rights.get(first..end.min(first + 1)).into_iter().chain(rights.get(behind..end)).flatten() {
                self.join(number, self.number(1, right));
                self.kinds.push((number, CollisionKind::Inserted));
            }
            joined = joined.max(end);
        }
    }

    /// Puts what one side wrote in the place of a sentence that it deleted to the collision about that sentence.
    fn add_what_stands_for_deleted(&mut self, count: usize) {
        for side in 0..2 {
            // For each sentence of the base the next one, from itself on, that this side deleted and that is collided about.
            let mut next: Vec<Option<(usize, usize)>> = vec![None; count + 1];
            for (at, owner) in self.owners(side, count).into_iter().enumerate().rev() {
                let is_deleted = |&edit: &usize| {
                    self.edits[side][edit].change.kind == ChangeKind::Deleted && self.is_taken(side, edit)
                };
                next[at] = owner.filter(is_deleted).map(|edit| (at, edit)).or(next[at + 1]);
            }
            for (at, edit) in self.edits[side].iter().enumerate() {
                let is_free = edit.change.kind == ChangeKind::Added && !self.is_taken(side, at);
                if let Some((place, deleted)) = next[*edit.place.start()].filter(|_| is_free)
                    && place < *edit.place.end()
                {
                    self.join(self.number(side, deleted), self.number(side, at));
                }
            }
        }
    }

    /// The edits of each group, by side and number, with the gravest kind of their collisions.
    fn groups(mut self) -> BTreeMap<usize, (CollisionKind, Vec<(usize, usize)>)> {
        let mut groups: BTreeMap<usize, (CollisionKind, Vec<(usize, usize)>)> = BTreeMap::new();
        for (at, kind) in std::mem::take(&mut self.kinds) {
            let group = groups.entry(self.root(at)).or_insert((kind, Vec::new()));
            group.0 = group.0.min(kind);
        }
        for side in 0..2 {
            for at in 0..self.edits[side].len() {
                let root = self.root(self.number(side, at));
                if let Some(group) = groups.get_mut(&root) {
                    group.1.push((side, at));
                }
            }
        }
        groups
    }
}
