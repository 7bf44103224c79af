//! From findings to a changed draft: suggestions put in the place of what was found.
//!
//! What is put there takes over the markup around the old words, their line breaks, the article before them. Where that cannot
//! be done without harm a finding is left to a person.

mod agree;
mod place;
mod rounds;

pub use rounds::{Fixed, fix};

use crate::draft::Draft;
use crate::finding::{Finding, Suggestion};
use crate::rule::Fix;
use crate::span::Span;

/// Text to put in the place of some bytes of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes of the source that are replaced.
    pub span: Span,
    /// What is put there.
    pub text: String,
}

/// The edits that put a suggestion into the draft, in order and without overlap: one for the words, and one each for what has to
/// agree with them. `None` if it cannot be put there without harm to what surrounds it.
pub fn edits_for(draft: &Draft, finding: &Finding, suggestion: &Suggestion) -> Option<Vec<Edit>> {
    let Some(site) = finding.site else {
        return Some(vec![Edit { span: finding.span, text: suggestion.text.clone() }]);
    };
    place::edits(draft, &draft.blocks()[site.block], site.span, &suggestion.text)
}

/// The first suggestion of a finding that may be applied: a safe one, or with [`Fix::Unsafe`] also an unsafe one.
fn applicable(finding: &Finding, applicability: Fix) -> Option<&Suggestion> {
    finding.suggestions.iter().find(|suggestion| match suggestion.fix {
        Fix::Safe => applicability != Fix::None,
        Fix::Unsafe => applicability == Fix::Unsafe,
        Fix::None => false,
    })
}

/// The edits that put a suggestion of each finding into the draft, in the order of the draft: safe ones, and with
/// [`Fix::Unsafe`] the unsafe ones as well. Of findings that touch, the graver is fixed, or else the first.
pub fn edits(draft: &Draft, findings: &[Finding], applicability: Fix) -> Vec<Edit> {
    let chosen = choose(draft, findings, applicability, |_| true);
    in_order(chosen.into_iter().flat_map(|(_, edits)| edits).collect())
}

/// The findings to fix together, each with its edits.
fn choose<'f>(
    draft: &Draft,
    findings: &'f [Finding],
    applicability: Fix,
    wanted: impl Fn(&Finding) -> bool,
) -> Vec<(&'f Finding, Vec<Edit>)> {
    let mut order: Vec<&Finding> = findings.iter().filter(|finding| wanted(finding)).collect();
    order.sort_by_key(|finding| (std::cmp::Reverse(finding.severity()), finding.span.start()));
    let mut taken: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    let mut chosen = Vec::new();
    for finding in order {
        let edits = applicable(finding, applicability).and_then(|suggestion| edits_for(draft, finding, suggestion));
        let Some(edits) = edits.filter(|edits| !edits.is_empty()) else {
            continue;
        };
        // The whole stretch between the edits of one finding is its own: two fixes in one phrase would not agree.
        let start = edits.iter().map(|edit| edit.span.start()).min().unwrap_or(0);
        let end = edits.iter().map(|edit| edit.span.end()).max().unwrap_or(0);
        let before = taken.range(..=end).next_back();
        if before.is_some_and(|(_, &taken_to)| taken_to >= start) {
            continue;
        }
        taken.insert(start, end);
        chosen.push((finding, edits));
    }
    chosen
}

fn in_order(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| (edit.span.start(), edit.span.end()));
    edits
}

/// The text with edits made that are in order and do not overlap.
pub fn apply(source: &str, edits: &[Edit]) -> String {
    let mut fixed = String::with_capacity(source.len());
    let mut done = 0;
    for edit in edits {
        fixed.push_str(&source[done..edit.span.start()]);
        fixed.push_str(&edit.text);
        done = edit.span.end();
    }
    fixed.push_str(&source[done..]);
    fixed
}
