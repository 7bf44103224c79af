//! Fixing in rounds: a draft is fixed and checked again until there is nothing left to fix.

use std::collections::{HashMap, HashSet};

use super::{Chosen, Edit, apply, choose, reach, together};
use crate::draft::Draft;
use crate::finding::Finding;
use crate::rule::{Fix, Severity};
use crate::span::Span;

/// The most rounds of one draft: rules that undo each other's fixes would go on forever.
const MAX_ROUNDS: usize = 10;

/// A draft that was fixed.
#[derive(Debug)]
pub struct Fixed {
    /// The draft as it is now.
    pub draft: Draft,
    /// How many suggestions were put into it.
    pub applied: usize,
    /// What is found in it now.
    pub left: Vec<Finding>,
    /// Suggestions that were not applied because they would have brought in a new error, or torn the draft apart.
    pub refused: usize,
    /// Suggestions that could be applied if unsafe ones were.
    pub more: usize,
}

impl Fixed {
    /// A draft as it is, with what is found in it.
    pub fn unfixed(draft: Draft, left: Vec<Finding>) -> Fixed {
        Fixed { draft, applied: 0, left, refused: 0, more: 0 }
    }
}

/// What a fix is known by in the next round: what it replaces by what, for which rule.
type Name = (String, String);

fn name(finding: &Finding) -> Name {
    (finding.rule.id().to_string(), finding.found.clone())
}

/// Puts the suggestions of what `check` finds into a draft: safe ones, and with [`Fix::Unsafe`] the unsafe ones as well. Overlapping
/// ones wait for the next round, and one that would bring in a new error is not applied.
pub fn fix(draft: Draft, check: impl Fn(&Draft) -> Vec<Finding>, applicability: Fix) -> Fixed {
    let left = check(&draft);
    let mut fixed = Fixed::unfixed(draft, left);
    let mut refused: HashSet<Name> = HashSet::new();
    let mut seen: Vec<(String, usize)> = Vec::new();
    for _ in 0..MAX_ROUNDS {
        seen.push((fixed.draft.source().to_owned(), fixed.applied));
        let Some(round) = round(&fixed, &check, applicability, &mut refused) else {
            break;
        };
        // Rules that undo each other's fixes: the text as it was when they began is as good, and a second run leaves it so.
        if let Some((_, applied)) = seen.iter().find(|(source, _)| source == round.draft.source()) {
            fixed = Fixed { applied: *applied, ..round };
            break;
        }
        fixed = Fixed { applied: fixed.applied + round.applied, ..round };
    }
    fixed.refused = refused.len();
    if applicability == Fix::Safe {
        fixed.more = choose(&fixed.draft, &fixed.left, Fix::Unsafe, |finding| !refused.contains(&name(finding))).len();
    }
    fixed
}

/// One round; `None` if there is nothing to fix.
fn round(
    before: &Fixed,
    check: &impl Fn(&Draft) -> Vec<Finding>,
    applicability: Fix,
    refused: &mut HashSet<Name>,
) -> Option<Fixed> {
    loop {
        let chosen = choose(&before.draft, &before.left, applicability, |finding| !refused.contains(&name(finding)));
        if chosen.is_empty() {
            return None;
        }
        let edits = together(&chosen);
        let draft = before.draft.with_source(apply(before.draft.source(), &edits));
        if !outlives(&before.draft, &draft) {
            refused.extend(torn(&before.draft, &chosen).into_iter().map(name));
            continue;
        }
        let left = check(&draft);
        let moves = Moves::of(&edits);
        let Some(new) = new_error(&before.left, &left, &moves) else {
            return Some(Fixed { applied: chosen.len(), ..Fixed::unfixed(draft, left) });
        };
        // The fix that brought it in is the one that is nearest to it.
        let guilty = chosen.iter().min_by_key(|(_, own)| {
            let (start, end) = moves.of_span(reach(own));
            (start.saturating_sub(new.span.end()).max(new.span.start().saturating_sub(end)), start)
        });
        refused.extend(guilty.map(|(finding, _)| name(finding)));
    }
}

/// Whether the structure of a draft is there after a fix: as many blocks of each kind in the same order, links and footnote marks.
fn outlives(before: &Draft, after: &Draft) -> bool {
    let same_blocks = before.blocks().len() == after.blocks().len()
        && before.blocks().iter().zip(after.blocks()).all(|(a, b)| a.kind() == b.kind());
    let notes = |draft: &Draft| draft.source().matches("[^").count();
    same_blocks && before.markup().links() == after.markup().links() && notes(before) == notes(after)
}

/// The findings whose fixes change the structure of a draft, told by halving: each by itself, or else the first of them all.
fn torn<'f>(draft: &Draft, chosen: &[Chosen<'f>]) -> Vec<&'f Finding> {
    let tears = |some: &[Chosen<'_>]| !outlives(draft, &draft.with_source(apply(draft.source(), &together(some))));
    let mut found = Vec::new();
    let mut open = vec![chosen];
    while let Some(some) = open.pop() {
        match some {
            [] => {}
            [(finding, _)] => found.extend(tears(some).then_some(*finding)),
            _ if !tears(some) => {}
            _ => {
                let (left, right) = some.split_at(some.len() / 2);
                open.extend([right, left]);
            }
        }
    }
    // Each is harmless, and all together are not.
    if found.is_empty() { chosen.iter().map(|(finding, _)| *finding).take(1).collect() } else { found }
}

/// Where the bytes of a draft are once edits are made.
struct Moves {
    /// For each edit what it replaces, and what is there then.
    edits: Vec<(std::ops::Range<usize>, std::ops::Range<usize>)>,
}

impl Moves {
    /// The edits are in order and do not overlap.
    fn of(edits: &[Edit]) -> Moves {
        let mut grown = 0isize;
        let moved = |edit: &Edit| {
            let start = edit.span.start().saturating_add_signed(grown);
            grown += edit.text.len() as isize - edit.span.len() as isize;
            (edit.span.range(), start..start + edit.text.len())
        };
        Moves { edits: edits.iter().map(moved).collect() }
    }

    /// Where some bytes are: what was partly replaced goes to the edge of what replaced it.
    fn of_span(&self, span: Span) -> (usize, usize) {
        let (start, end) = (span.start(), span.end());
        let from = self.edits.partition_point(|(old, _)| old.end <= start);
        let to = self.edits.partition_point(|(old, _)| old.start < end);
        let behind = |at: usize, edit: Option<&(std::ops::Range<usize>, std::ops::Range<usize>)>| {
            edit.map_or(at, |(old, new)| new.end + (at - old.end))
        };
        let first = match self.edits.get(from) {
            Some((old, new)) if old.start <= start => new.start,
            _ => behind(start, from.checked_sub(1).and_then(|at| self.edits.get(at))),
        };
        let last = match to.checked_sub(1).and_then(|at| self.edits.get(at)) {
            Some((old, new)) if end <= old.end => new.end,
            before => behind(end, before),
        };
        (first, last.max(first))
    }
}

/// The first error that was not there before: none of its rule was there where it is.
fn new_error<'f>(before: &[Finding], after: &'f [Finding], moves: &Moves) -> Option<&'f Finding> {
    let is_error = |finding: &&Finding| finding.severity() == Severity::Error;
    let mut known: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
    for finding in before.iter().filter(is_error) {
        let place = moves.of_span(finding.span);
        known.entry(finding.rule.id().as_str()).or_default().push(place);
    }
    known.values_mut().for_each(|places| places.sort_unstable());
    after.iter().filter(is_error).find(|finding| {
        let places = known.get(finding.rule.id().as_str()).map_or(&[][..], Vec::as_slice);
        let next = places.partition_point(|&(start, _)| start < finding.span.end());
        // Findings of one rule do not overlap, so that the last one before its end is the one to look at.
        places[..next].last().is_none_or(|&(_, end)| end <= finding.span.start())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_followed_through_edits() {
        // "abcdefgh" -> "aXYZdeh"
        let edit = |start, end, text: &str| Edit { span: Span::new(start, end), text: text.to_owned() };
        let moves = Moves::of(&[edit(1, 3, "XYZ"), edit(5, 7, "")]);
        let cases = [
            ((0, 1), (0, 1)),
            ((1, 3), (1, 4)),
            ((3, 5), (4, 6)),
            ((7, 8), (6, 7)),
            ((0, 8), (0, 7)),
            ((2, 4), (1, 5)),
        ];
        for ((start, end), expected) in cases {
            assert_eq!(moves.of_span(Span::new(start, end)), expected, "{start}..{end}");
        }
        assert_eq!(Moves::of(&[]).of_span(Span::new(2, 3)), (2, 3));
    }
}
