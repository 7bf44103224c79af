//! Tracked changes of a document, and the findings that they bring in or take out.

use std::collections::HashSet;
use std::ops::Range;

use crate::draft::Draft;
use crate::draft::layout::TextPiece;
use crate::finding::{Finding, Revision};
use crate::rule::RuleId;
use crate::span::Span;

/// The key of a finding in both texts: its rule, and the part of the file and the bytes there. One that is said of the draft as a
/// whole is at no place.
type FindingKey = (RuleId, String, Range<usize>);

/// Says of each finding in a text with its changes accepted what they have to do with it, and adds what is found in the text before
/// them only.
pub(super) fn tell_apart(draft: &Draft, findings: &mut Vec<Finding>, original: &Draft, mut before: Vec<Finding>) {
    let known: HashSet<FindingKey> = before.iter().map(|finding| place(original, finding)).collect();
    let accepted: HashSet<FindingKey> = findings.iter().map(|finding| place(draft, finding)).collect();
    // What is no text is of neither version.
    let is_text = |finding: &&mut Finding| finding.site.is_some();
    for finding in findings.iter_mut().filter(is_text).filter(|finding| !known.contains(&place(draft, finding))) {
        let is_new = pieces(draft, finding.span).iter().any(|piece| piece.change.inserted);
        finding.revision = Some(if is_new { Revision::BroughtInByInsertion } else { Revision::BroughtInByDeletion });
    }
    before.retain(|finding| finding.site.is_some() && !accepted.contains(&place(original, finding)));
    for finding in &mut before {
        let is_gone = pieces(original, finding.span).iter().any(|piece| piece.change.deleted);
        finding.revision = Some(if is_gone { Revision::TakenOutByDeletion } else { Revision::TakenOutByInsertion });
    }
    findings.append(&mut before);
}

fn pieces(draft: &Draft, span: Span) -> &[TextPiece] {
    draft.layout().map_or(&[], |layout| layout.pieces(span))
}

fn place(draft: &Draft, finding: &Finding) -> FindingKey {
    if finding.rule.checker().is_about_the_draft() {
        return (finding.rule.id().clone(), String::new(), 0..0);
    }
    let pieces = pieces(draft, finding.span);
    // What is found at no character stands where its paragraph does.
    let number = finding.paragraph.as_ref().map_or(0, |paragraph| paragraph.number);
    let text = finding.span;
    let start = pieces.first().map_or(number, |piece| piece.xml_of(text).start());
    let end = pieces.last().map_or(start, |piece| piece.xml_of(text).end());
    let part = finding.paragraph.as_ref().map(|paragraph| paragraph.part.to_string()).unwrap_or_default();
    (finding.rule.id().clone(), part, start..end)
}
