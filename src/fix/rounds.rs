//! Fixing in rounds: a draft is fixed and checked again until there is nothing left to fix.

use std::collections::{HashMap, HashSet};

use super::{Chosen, Edit, apply, choose, edits_for, reach, together};
use crate::draft::Draft;
use crate::finding::Finding;
use crate::rule::{Fix, Severity};
use crate::span::Span;

/// The most rounds of one draft, for what overlaps.
const MAX_ROUNDS: usize = 10;

/// How often a draft is begun anew without the fixes that came to no end.
const MAX_ATTEMPTS: usize = 20;

/// A draft that was fixed.
#[derive(Debug)]
pub struct Fixed {
    /// The draft as it is now.
    pub draft: Draft,
    /// How many suggestions were put into it.
    pub applied: usize,
    /// What is found in it now.
    pub left: Vec<Finding>,
    /// Suggestions that were not applied because they would have brought in a new error, torn the draft apart or been found again.
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

/// What a fix is known by in the next round: its rule, and what it replaces.
type Name = (String, String);

fn name(finding: &Finding) -> Name {
    (finding.rule.id().to_string(), finding.found.clone())
}

/// Puts the suggestions of what `check` finds into a draft: safe ones, and with [`Fix::Unsafe`] the unsafe ones as well. Overlapping
/// ones wait for the next round. One that would bring in a new error is not applied, nor one after which its own rule finds
/// something again in what was put there, at once or when other rules have changed it: that would never end.
pub fn fix(draft: Draft, check: impl Fn(&Draft) -> Vec<Finding>, applicability: Fix) -> Fixed {
    let left = check(&draft);
    let as_it_was = Fixed::unfixed(draft, left);
    let mut endless: HashSet<Name> = HashSet::new();
    for _ in 0..MAX_ATTEMPTS {
        let mut refused = endless.clone();
        match attempt(&as_it_was, &check, applicability, &mut refused) {
            Ok(fixed) => return summed_up(fixed.unwrap_or(as_it_was), applicability, &refused),
            Err(again) => endless.extend(again),
        }
    }
    summed_up(as_it_was, applicability, &endless)
}

fn summed_up(mut fixed: Fixed, applicability: Fix, refused: &HashSet<Name>) -> Fixed {
    fixed.refused = refused.len();
    if applicability == Fix::Safe {
        fixed.more = choose(&fixed.draft, &fixed.left, Fix::Unsafe, |finding| !refused.contains(&name(finding))).len();
    }
    fixed
}

/// All rounds of a draft; `None` if there is nothing to fix.
///
/// # Errors
/// The fixes that come to no end: it is to be tried without them.
fn attempt(
    as_it_was: &Fixed,
    check: &impl Fn(&Draft) -> Vec<Finding>,
    applicability: Fix,
    refused: &mut HashSet<Name>,
) -> Result<Option<Fixed>, HashSet<Name>> {
    let mut fixed: Option<Fixed> = None;
    let mut history = History::default();
    for _ in 0..MAX_ROUNDS {
        let before = fixed.as_ref().unwrap_or(as_it_was);
        let Some(round) = round(before, check, applicability, refused, &mut history) else {
            break;
        };
        let again = history.again(&round.left);
        if !again.is_empty() {
            return Err(again);
        }
        fixed = Some(Fixed { applied: before.applied + round.applied, ..round });
    }
    Ok(fixed)
}

/// What was put into a draft, in order and without overlap: where it is, and the fixes that it has come of.
#[derive(Debug, Default)]
struct History {
    puts: Vec<(usize, usize, Vec<Name>)>,
}

impl History {
    /// Adds the fixes of one round.
    fn add(&mut self, chosen: &[Chosen<'_>], moves: &Moves) {
        let before = std::mem::take(&mut self.puts).into_iter().map(|(start, end, names)| {
            let (start, end) = moves.of_span(Span::new(start, end));
            (start, end, names)
        });
        let new = chosen.iter().map(|(finding, own)| {
            let (start, end) = moves.of_span(reach(own));
            (start, end, vec![name(finding)])
        });
        let mut all: Vec<_> = before.chain(new).collect();
        all.sort_by_key(|(start, end, _)| (*start, *end));
        for (start, end, names) in all {
            match self.puts.last_mut() {
                Some(last) if start < last.1 => {
                    last.1 = last.1.max(end);
                    last.2.extend(names);
                }
                _ => self.puts.push((start, end, names)),
            }
        }
    }

    /// The fixes whose rules find something in what has come of them.
    fn again(&self, left: &[Finding]) -> HashSet<Name> {
        let of = |finding: &Finding| {
            let behind = self.puts.partition_point(|(start, ..)| *start <= finding.span.start());
            let put = self.puts[..behind].last().filter(|(_, end, _)| finding.span.end() <= *end);
            let rule = finding.rule.id().as_str();
            put.into_iter().flat_map(|(.., names)| names).filter(|(by, _)| by == rule).cloned().collect::<Vec<_>>()
        };
        left.iter().flat_map(of).collect()
    }
}

/// Whether a rule finds something again in what the first suggestion of one of its findings puts into a draft; if so, what that is.
pub(crate) fn found_again(
    draft: &Draft,
    findings: &[Finding],
    check: impl Fn(&Draft) -> Vec<Finding>,
) -> Option<String> {
    findings.iter().find_map(|finding| {
        let suggestion = finding.suggestions.first().filter(|suggestion| suggestion.fix != Fix::None)?;
        let chosen = [(finding, edits_for(draft, finding, suggestion).filter(|edits| !edits.is_empty())?)];
        let edits = together(&chosen);
        let mut history = History::default();
        history.add(&chosen, &Moves::of(&edits));
        let left = check(&draft.with_source(apply(draft.source(), &edits)));
        (!history.again(&left).is_empty()).then(|| suggestion.text.clone())
    })
}

/// One round; `None` if there is nothing to fix.
fn round(
    before: &Fixed,
    check: &impl Fn(&Draft) -> Vec<Finding>,
    applicability: Fix,
    refused: &mut HashSet<Name>,
    history: &mut History,
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
            history.add(&chosen, &moves);
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
