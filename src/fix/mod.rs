//! Turns findings into a changed draft: suggestions put in the place of what was found.
//!
//! What is put there takes over the markup around the old words, their line breaks, the article before them. Where that cannot
//! be done without harm a finding is left to a person.

mod agree;
mod edit;
mod fit;
mod history;
mod marks;
mod moves;
mod replacement;
mod rounds;

use edit::reach;
pub use edit::{Edit, apply};
pub use rounds::{Fixed, fix};
pub(crate) use rounds::{harmless_edits, is_harmless, recurrence};

use crate::draft::Draft;
use crate::finding::{Finding, Suggestion};
use crate::rule::kind::Proposal;
use crate::rule::{Concern, Fix, Rule};
use crate::span::{Plain, Span};
use crate::text::Block;

/// Lists the suggestions of a rule for a place, with what may be done with each; none where they do not fit. The reasons are told
/// with them, for people.
pub(crate) fn fitting(
    rule: &Rule,
    block: &Block,
    span: Span<Plain>,
    found: &str,
    proposals: Vec<Proposal>,
) -> (Vec<Suggestion>, Vec<String>) {
    let mut misfits = Vec::new();
    let suggestion = |Proposal { text, part }: Proposal| {
        let part = rule.part().or(part).filter(|_| rule.fix() != Fix::None);
        // A rule of substance suggests another policy.
        let another = rule.concern() == Concern::Substance;
        let misfit = part
            .and_then(|part| fit::fits(block, span, found, &text, (part, another)).err())
            .or_else(|| fit::doubles(block, span, found, &text));
        misfits.extend(misfit.map(|misfit| (text.clone(), misfit)));
        Suggestion { text, fix: if misfit.is_some() { Fix::None } else { rule.fix() } }
    };
    let suggestions: Vec<Suggestion> = proposals.into_iter().map(suggestion).collect();
    let notes = match misfits.as_slice() {
        [(_, first), rest @ ..]
            if misfits.len() == suggestions.len() && rest.iter().all(|(_, misfit)| misfit == first) =>
        {
            vec![format!("the suggestion does not fit as it is: {first}")]
        }
        some => some.iter().map(|(text, misfit)| format!("\"{text}\" does not fit as it is: {misfit}")).collect(),
    };
    (suggestions, notes)
}

/// The edits that put a suggestion into the draft, in order and without overlap: one for the words, and one each for what has to
/// agree with them. `None` if it cannot be put there without harm to what surrounds it.
pub fn edits_for(draft: &Draft, finding: &Finding, suggestion: &Suggestion) -> Option<Vec<Edit>> {
    let Some(site) = finding.site else {
        return Some(vec![Edit { span: finding.span, text: suggestion.text.clone() }]);
    };
    replacement::edits(draft, &draft.blocks()[site.block], site.span, &suggestion.text)
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
    together(&choose(draft, findings, applicability, |_| true))
}

/// A finding that is to be fixed, with its edits, of which there is one at least.
type Chosen<'f> = (&'f Finding, Vec<Edit>);

/// The findings to fix together, each with its edits.
fn choose<'f>(
    draft: &Draft,
    findings: &'f [Finding],
    applicability: Fix,
    wanted: impl Fn(&Finding) -> bool,
) -> Vec<Chosen<'f>> {
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
        let whole = reach(&edits);
        let before = taken.range(..=whole.end()).next_back();
        if before.is_some_and(|(_, &taken_to)| taken_to >= whole.start()) {
            continue;
        }
        taken.insert(whole.start(), whole.end());
        chosen.push((finding, edits));
    }
    chosen
}

/// The edits of several findings, in order.
fn together(chosen: &[Chosen<'_>]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = chosen.iter().flat_map(|(_, edits)| edits).cloned().collect();
    edits.sort_by_key(|edit| (edit.span.start(), edit.span.end()));
    edits
}

/// The draft with the first suggestion of each finding put in its place as it is, whatever may be around it and its rule says of
/// fixes, but for mere advice; of findings that overlap, the first. The examples of packs show this.
pub(crate) fn apply_first_suggestions(draft: &Draft, findings: &[Finding]) -> String {
    let mut edits: Vec<Edit> = Vec::new();
    for finding in findings {
        let suggestion = finding.suggestions.first().filter(|suggestion| suggestion.fix != Fix::None);
        let is_free = edits.last().is_none_or(|last| finding.span.start() >= last.span.end());
        edits.extend(suggestion.filter(|_| is_free).map(|s| Edit { span: finding.span, text: s.text.clone() }));
    }
    apply(draft.source(), &edits)
}

#[cfg(test)]
mod tests {
    use crate::draft::Format;
    use crate::lint::RuleSet;
    use crate::rule::Pack;

    use super::*;

    #[test]
    fn examples_show_the_first_suggestion_of_each_finding() {
        let pack = "schema: 1\npack: t\nrules:\n  - {id: plan, phrases: [old plan], suggest: [new plan, plan], fix: unsafe}\n  - \
                    {id: whole, phrases: [plan for all], suggest: [scheme]}\n  - {id: advice, phrases: [synergy], suggest: \
                    [cooperation], fix: none}\n";
        let rules = RuleSet::new(Pack::parse("t.yml", pack).unwrap().rules().to_vec()).unwrap();
        let shown = |source: &str| {
            let draft = Draft::new(Format::Text, source);
            apply_first_suggestions(&draft, &rules.check(&draft))
        };
        assert_eq!(shown("One old plan, an old plan, synergy."), "One new plan, an new plan, synergy.");
        // Of those that overlap, the first.
        assert_eq!(shown("Our old plan for all, a plan for all."), "Our new plan for all, a scheme.");
    }
}
