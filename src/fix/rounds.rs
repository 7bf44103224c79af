//! Fixing in rounds: a draft is fixed and checked again until there is nothing left to fix.

use std::collections::{HashMap, HashSet};

use super::{Edit, apply, choose, in_order};
use crate::draft::Draft;
use crate::finding::Finding;
use crate::rule::{Fix, Severity};

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
    /// Suggestions that were not applied because they would have brought in a new error.
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
    let mut seen: HashSet<String> = HashSet::new();
    for _ in 0..MAX_ROUNDS {
        seen.insert(fixed.draft.source().to_owned());
        let Some(round) = round(&fixed, &check, applicability, &mut refused) else {
            break;
        };
        // Rules that undo each other's fixes: the text as it was is as good.
        if seen.contains(round.draft.source()) {
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
    let errors = count_errors(&before.left);
    loop {
        let chosen = choose(&before.draft, &before.left, applicability, |finding| !refused.contains(&name(finding)));
        if chosen.is_empty() {
            return None;
        }
        let edits = in_order(chosen.iter().flat_map(|(_, edits)| edits.clone()).collect());
        let draft = before.draft.with_source(apply(before.draft.source(), &edits));
        let left = check(&draft);
        let new = new_errors(&errors, &left);
        let Some(new) = new else {
            return Some(Fixed { applied: chosen.len(), ..Fixed::unfixed(draft, left) });
        };
        // The fix that brought it in is the nearest one before its end; if none is, the last.
        let guilty = chosen.iter().min_by_key(|(_, own)| {
            let (start, end) = moved(&edits, own);
            let apart = start.saturating_sub(new.span.end()).max(new.span.start().saturating_sub(end));
            (apart, start)
        });
        refused.extend(guilty.map(|(finding, _)| name(finding)));
    }
}

/// Where the edits of one finding are once all are made: from the first to the last byte.
fn moved(all: &[Edit], own: &[Edit]) -> (usize, usize) {
    let at = |offset: usize| {
        let before = all.iter().filter(|edit| edit.span.end() <= offset && edit.span.start() < offset);
        before.fold(offset as isize, |at, edit| at + edit.text.len() as isize - edit.span.len() as isize).max(0)
            as usize
    };
    let start = own.iter().map(|edit| edit.span.start()).min().unwrap_or(0);
    let end = own.iter().map(|edit| edit.span.end()).max().unwrap_or(0);
    (at(start), at(end))
}

/// How often each error occurs: by rule and text.
fn count_errors(findings: &[Finding]) -> HashMap<Name, usize> {
    let mut count = HashMap::new();
    for finding in findings.iter().filter(|finding| finding.severity() == Severity::Error) {
        *count.entry(name(finding)).or_insert(0) += 1;
    }
    count
}

/// The first error that was not there before.
fn new_errors<'f>(before: &HashMap<Name, usize>, after: &'f [Finding]) -> Option<&'f Finding> {
    let mut left = before.clone();
    after.iter().filter(|finding| finding.severity() == Severity::Error).find(|finding| {
        match left.get_mut(&name(finding)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        }
    })
}
