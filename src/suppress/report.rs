//! The fault of a comment, and the finding that a rule makes of it.

use std::sync::Arc;

use crate::draft::Draft;
use crate::finding::{Finding, Related, Suggestion};
use crate::fingerprint::Fingerprint;
use crate::rule::Rule;
use crate::rule::kind::Fault;
use crate::rule::message::Values;
use crate::span::Span;

/// The fault of a comment, with its place and its remedy.
pub(super) struct FaultReport {
    pub(super) fault: Fault,
    /// The bytes that are reported, and that a suggestion replaces.
    pub(super) span: Span,
    pub(super) found: String,
    pub(super) expected: String,
    pub(super) suggestion: Option<String>,
    pub(super) related: Option<Span>,
}

/// Makes the finding of a rule about comments.
pub(super) fn finding(draft: &Draft, rule: &Arc<Rule>, report: &FaultReport) -> Finding {
    let place = |span: Span| (draft.position(span.start()), draft.position(span.end()));
    let values = Values {
        found: &report.found,
        suggestion: report.suggestion.as_deref(),
        expected: Some(&report.expected),
        ..Values::default()
    };
    let related = |span: Span| {
        let (start, end) = place(span);
        Related {
            span,
            start,
            end,
            paragraph: draft.paragraph(span.start()).cloned(),
            message: "this stays".to_owned(),
        }
    };
    Finding {
        message: rule.message_template().fill(&values),
        found: report.found.clone(),
        suggestions: report.suggestion.iter().map(|text| Suggestion { text: text.clone(), fix: rule.fix() }).collect(),
        related: report.related.into_iter().map(related).collect(),
        fingerprint: Fingerprint::outside_text(rule.id(), &report.found),
        ..Finding::outside_text(draft, rule, report.span)
    }
}
