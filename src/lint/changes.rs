//! Findings of what has become of a draft since another of the same text.

use std::sync::Arc;

use crate::draft::{Draft, Site};
use crate::finding::Finding;
use crate::fingerprint::Fingerprint;
use crate::rule::Rule;
use crate::rule::kind::Change;
use crate::rule::message::Values;

/// A change, and where in the new draft it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChangeReport {
    pub(crate) change: Change,
    /// The sentence that changed, or one beside which another stood; none if the draft has none.
    pub(crate) site: Option<Site>,
    /// The change in words.
    pub(crate) expected: String,
    /// What the other draft is called.
    pub(crate) other: Arc<str>,
    /// Facts for a person.
    pub(crate) notes: Vec<String>,
}

/// The findings of a rule about changes, each with the index of its block.
pub(super) fn findings(draft: &Draft, rule: &Arc<Rule>, changes: &[ChangeReport]) -> Vec<(usize, Finding)> {
    let asked = rule.checker().changes();
    let told = changes.iter().filter(|report| asked.contains(&report.change));
    told.map(|report| (report.site.map_or(usize::MAX, |site| site.block), finding(draft, rule, report))).collect()
}

fn finding(draft: &Draft, rule: &Arc<Rule>, report: &ChangeReport) -> Finding {
    let block = report.site.map(|site| (&draft.blocks()[site.block], site.span));
    let span = block.map_or(crate::span::Span::new(0, 0), |(block, span)| block.source(span));
    let found = block.map_or_else(String::new, |(block, span)| block.quote(span));
    let values =
        Values { found: &found, expected: Some(&report.expected), other: Some(&report.other), ..Values::default() };
    let known = block.map_or_else(
        || Fingerprint::outside_text(rule.id(), &report.expected),
        |(block, span)| Fingerprint::new(rule.id(), block, span).and(&report.expected),
    );
    let mut finding = Finding::outside_text(draft, rule, span);
    finding.message = rule.message_template().fill(&values);
    finding.notes.extend(report.notes.iter().cloned());
    finding.site = report.site;
    finding.fingerprint = known;
    finding.found = found;
    finding
}
