//! Fixing in rounds: a draft is fixed and checked again until there is nothing left to fix.

use std::collections::{HashMap, HashSet};

use super::history::{FixKey, History, Refused};
use super::moves::Moves;
use super::{Chosen, Edit, applicable, apply, choose, edits_for, reach, together};
use crate::draft::Draft;
use crate::finding::Finding;
use crate::rule::{Fix, Severity};

/// The most rounds of one draft, for what overlaps.
const MAX_ROUNDS: usize = 10;

/// The most times that a draft is begun anew without the fixes that came to no end.
const MAX_ATTEMPTS: usize = 20;

/// A draft that was fixed.
#[derive(Debug)]
#[non_exhaustive]
pub struct Fixed {
    /// The draft as it is now.
    pub draft: Draft,
    /// The number of suggestions that were put into it.
    pub applied: usize,
    /// The findings that are left in it.
    pub left: Vec<Finding>,
    /// Suggestions that were not applied because they would have brought in a new finding, torn the draft apart or been found again.
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

/// Puts the suggestions of what `check` finds into a draft: safe ones, and with [`Fix::Unsafe`] the unsafe ones as well. Overlapping
/// ones wait for the next round. What is suppressed is left alone. A suggestion that would bring in a finding of another rule (an error
/// or a warning anywhere, a note on what was put there), or bring to light what is suppressed, is not applied, nor one after which
/// its own rule finds something again in what was put there, at once or when other rules have changed it: that would never end.
/// Of a document that is checked with and without its tracked changes, the text with them is fixed.
pub fn fix(draft: Draft, check: impl Fn(&Draft) -> Vec<Finding>, applicability: Fix) -> Fixed {
    let draft = draft.accepted();
    let left = check(&draft);
    let as_it_was = Fixed::unfixed(draft, left);
    let mut endless: HashSet<FixKey> = HashSet::new();
    for _ in 0..MAX_ATTEMPTS {
        let mut refused = Refused::everywhere(endless.clone());
        match attempt(&as_it_was, &check, applicability, &mut refused) {
            Ok(fixed) => return summed_up(fixed.unwrap_or(as_it_was), applicability, &refused),
            Err(recurring) => endless.extend(recurring),
        }
    }
    summed_up(as_it_was, applicability, &Refused::everywhere(endless))
}

fn summed_up(mut fixed: Fixed, applicability: Fix, refused: &Refused) -> Fixed {
    let is_refused = |finding: &&Finding| {
        finding.suppressed.is_none() && refused.holds(finding) && applicable(finding, applicability).is_some()
    };
    fixed.refused = fixed.left.iter().filter(is_refused).count();
    if applicability == Fix::Safe {
        fixed.more = choose(&fixed.draft, &fixed.left, Fix::Unsafe, |finding| refused.allows(finding)).len();
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
    refused: &mut Refused,
) -> Result<Option<Fixed>, HashSet<FixKey>> {
    let mut fixed: Option<Fixed> = None;
    let mut history = History::default();
    for _ in 0..MAX_ROUNDS {
        let before = fixed.as_ref().unwrap_or(as_it_was);
        let Some(round) = round(before, check, applicability, refused, &mut history) else {
            break;
        };
        let recurring = history.recurring(&round.left);
        if !recurring.is_empty() {
            return Err(recurring);
        }
        fixed = Some(Fixed { applied: before.applied + round.applied, ..round });
    }
    Ok(fixed)
}

/// Finds what a rule would report once more in what the first suggestion of one of its findings puts into a draft; `None` if
/// nothing.
pub(crate) fn recurrence(
    draft: &Draft,
    findings: &[Finding],
    check: impl Fn(&Draft) -> Vec<Finding>,
) -> Option<String> {
    findings.iter().find_map(|finding| {
        let suggestion = finding.suggestions.first().filter(|suggestion| suggestion.fix != Fix::None)?;
        let chosen = [(finding, edits_for(draft, finding, suggestion).filter(|edits| !edits.is_empty())?)];
        let edits = together(&chosen);
        let mut history = History::default();
        history.add(&chosen, &Moves::new(&edits));
        let left = check(&draft.with_source(apply(draft.source(), &edits)));
        (!history.recurring(&left).is_empty()).then(|| suggestion.text.clone())
    })
}

/// Fixes that do no harm together, and what becomes of a draft by them.
struct Harmless<'f> {
    chosen: Vec<Chosen<'f>>,
    moves: Moves,
    draft: Draft,
    left: Vec<Finding>,
}

/// One round; `None` if there is nothing to fix.
fn round(
    before: &Fixed,
    check: &impl Fn(&Draft) -> Vec<Finding>,
    applicability: Fix,
    refused: &mut Refused,
    history: &mut History,
) -> Option<Fixed> {
    let Harmless { chosen, moves, draft, left } = harmless(&before.draft, &before.left, check, applicability, refused)?;
    history.add(&chosen, &moves);
    refused.follow(&moves);
    Some(Fixed { applied: chosen.len(), ..Fixed::unfixed(draft, left) })
}

/// The edits of all suggestions of some findings that may be put into a draft at once and bring in nothing new: as [`fix`] does in
/// its first round.
pub(crate) fn harmless_edits(
    draft: &Draft,
    findings: &[Finding],
    check: impl Fn(&Draft) -> Vec<Finding>,
    applicability: Fix,
) -> Vec<Edit> {
    let mut refused = Refused::everywhere(HashSet::new());
    let found = harmless(draft, findings, &check, applicability, &mut refused);
    found.map_or_else(Vec::new, |found| together(&found.chosen))
}

/// True if putting a suggestion of a finding into a draft, by its edits, brings in nothing new.
pub(crate) fn is_harmless(
    draft: &Draft,
    findings: &[Finding],
    edits: &[Edit],
    check: impl Fn(&Draft) -> Vec<Finding>,
) -> bool {
    let fixed = draft.with_source(apply(draft.source(), edits));
    outlives(draft, &fixed) && brought_in(findings, &check(&fixed), &Moves::new(edits)).is_empty()
}

/// The fixes of some findings that do no harm together; `None` if there are none. Those that would are added to what is refused.
fn harmless<'f>(
    draft: &Draft,
    findings: &'f [Finding],
    check: &impl Fn(&Draft) -> Vec<Finding>,
    applicability: Fix,
    refused: &mut Refused,
) -> Option<Harmless<'f>> {
    // Where it is not told which fixes do harm, more and more of them are left out: one after the other would take for ever.
    let mut most = 1;
    loop {
        let chosen = choose(draft, findings, applicability, |finding| refused.allows(finding));
        if chosen.is_empty() {
            return None;
        }
        let edits = together(&chosen);
        let fixed = draft.with_source(apply(draft.source(), &edits));
        if !outlives(draft, &fixed) {
            torn(draft, &chosen, most).into_iter().for_each(|finding| refused.add(finding));
            most *= 2;
            continue;
        }
        let left = check(&fixed);
        let moves = Moves::new(&edits);
        let new = brought_in(findings, &left, &moves);
        if new.is_empty() {
            return Some(Harmless { chosen, moves, draft: fixed, left });
        }
        guilty(&chosen, &new, &moves, most).into_iter().for_each(|finding| refused.add(finding));
        most *= 2;
    }
}

/// The findings whose fixes brought in something new: all that touch it, or else as many as `most` that are near the first.
fn guilty<'f>(chosen: &[Chosen<'f>], new: &[&Finding], moves: &Moves, most: usize) -> Vec<&'f Finding> {
    let mut fixes: Vec<_> = chosen.iter().map(|(finding, own)| (moves.follow(reach(own)), *finding)).collect();
    fixes.sort_by_key(|(place, _)| *place);
    let distance = |fix: &((usize, usize), &Finding), new: &Finding| {
        let ((start, end), _) = *fix;
        start.saturating_sub(new.span.end()).max(new.span.start().saturating_sub(end))
    };
    let touching = |new: &&Finding| {
        let behind = fixes.partition_point(|((start, _), _)| *start <= new.span.end());
        let before = fixes[..behind].iter().rev().take_while(|fix| distance(fix, new) == 0);
        before.map(|(_, finding)| *finding).collect::<Vec<_>>()
    };
    let found: Vec<&Finding> = new.iter().flat_map(touching).collect();
    match new.first().filter(|_| found.is_empty()) {
        Some(first) => {
            fixes.sort_by_key(|fix| distance(fix, first));
            fixes.into_iter().take(most).map(|(_, finding)| finding).collect()
        }
        None => found,
    }
}

/// True if the structure of a draft is there after a fix: as many blocks of each kind in the same order, links and footnote
/// marks.
fn outlives(before: &Draft, after: &Draft) -> bool {
    let same_blocks = before.blocks().len() == after.blocks().len()
        && before.blocks().iter().zip(after.blocks()).all(|(a, b)| a.kind() == b.kind());
    let notes = |draft: &Draft| draft.source().matches("[^").count();
    same_blocks && before.markup().links() == after.markup().links() && notes(before) == notes(after)
}

/// The findings whose fixes change the structure of a draft, told by halving: each by itself, or else as many as `most`.
fn torn<'f>(draft: &Draft, chosen: &[Chosen<'f>], most: usize) -> Vec<&'f Finding> {
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
    if found.is_empty() { chosen.iter().map(|(finding, _)| *finding).take(most).collect() } else { found }
}

/// Lists the findings that are new after some fixes and must not be: errors and warnings wherever they are, notes on what was put
/// there, and what was silenced or accepted and is no longer recognized. What its rule had found there before is not new.
fn brought_in<'f>(before: &[Finding], after: &'f [Finding], moves: &Moves) -> Vec<&'f Finding> {
    let places = |silenced: bool| {
        let mut places: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
        for finding in before.iter().filter(|finding| finding.suppressed.is_some() == silenced) {
            places.entry(finding.rule.id().as_str()).or_default().push(moves.follow(finding.span));
        }
        places.values_mut().for_each(|places| places.sort_unstable());
        places
    };
    let (known, silenced) = (places(false), places(true));
    let is_in = |places: &HashMap<&str, Vec<(usize, usize)>>, finding: &Finding| {
        let places = places.get(finding.rule.id().as_str()).map_or(&[][..], Vec::as_slice);
        let next = places.partition_point(|&(start, _)| start < finding.span.end());
        // Findings of one rule do not overlap, so that the last one before its end is the one to look at.
        places[..next].last().is_some_and(|&(_, end)| end > finding.span.start())
    };
    let is_new = |finding: &&Finding| {
        let matters =
            finding.severity() >= Severity::Warning || moves.put_in(finding.span) || is_in(&silenced, finding);
        finding.suppressed.is_none() && matters && !is_in(&known, finding)
    };
    after.iter().filter(is_new).collect()
}
