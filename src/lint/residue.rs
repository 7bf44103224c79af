//! Findings of what a draft carries besides its text.

use std::sync::Arc;

use crate::draft::{Draft, Residue};
use crate::finding::Finding;
use crate::fingerprint::Fingerprint;
use crate::rule::Rule;
use crate::rule::message::Values;
use crate::span::Span;
use crate::text::BlockKind;

/// The most findings of one rule in one draft. Who has as many to look at need not be told of each.
const MAX_FINDINGS: usize = 1000;

/// The findings of a rule about residues.
pub(super) fn findings(draft: &Draft, rule: &Arc<Rule>) -> Vec<Finding> {
    let kinds = rule.checker().residues();
    let mut all = draft.residues();
    all.retain(|residue| kinds.contains(&residue.kind));
    let more = all.len().saturating_sub(MAX_FINDINGS);
    all.truncate(MAX_FINDINGS);
    let mut findings: Vec<Finding> = all.iter().map(|residue| finding(draft, rule, residue)).collect();
    if let Some(last) = findings.last_mut().filter(|_| more > 0) {
        last.notes.push(format!("{more} more are not listed"));
    }
    findings
}

fn finding(draft: &Draft, rule: &Arc<Rule>, residue: &Residue) -> Finding {
    let Residue { span, what, words, .. } = residue;
    let expected = if words.is_empty() { what.clone() } else { format!("{what}: \"{words}\"") };
    let values = Values { found: words, expected: Some(&expected), ..Values::default() };
    let mut finding =
        Finding::outside_text(draft, rule, span.map_or_else(|| title(draft), |span| words_at(draft, span)));
    finding.message = rule.message_template().fill(&values);
    finding.found = words.clone();
    finding.fingerprint = Fingerprint::outside_text(rule.id(), &expected);
    if span.is_none() {
        finding.notes.push("this is of the document as a whole, not of the words here".to_owned());
    }
    finding
}

/// The place of what is of the draft as a whole: its title, or else its first words.
fn title(draft: &Draft) -> Span {
    let blocks = draft.blocks();
    let title = blocks.iter().find(|block| block.kind() == BlockKind::Title).or(blocks.first());
    title.map_or(Span::new(0, 0), |block| block.source(Span::new(0, block.text().len())))
}

/// The place of what stands between words: the word before it in its line, or else the one behind it.
fn words_at(draft: &Draft, span: Span) -> Span {
    if !span.is_empty() {
        return span;
    }
    let (before, behind) = draft.source().split_at(span.start());
    let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    let until = before.len() - (line.len() - line.trim_end().len());
    if let Some(word) = line.split_whitespace().next_back() {
        return Span::new(until - word.len(), until);
    }
    let line = behind.split('\n').next().unwrap_or_default();
    let from = before.len() + (line.len() - line.trim_start().len());
    line.split_whitespace().next().map_or(span, |word| Span::new(from, from + word.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Format;

    #[test]
    fn what_stands_between_words_is_told_at_one_of_them() {
        let draft = Draft::new(Format::Text, "The Leaders met.\n  \n  again\n");
        let at = |at: usize| draft.slice(words_at(&draft, Span::new(at, at))).to_owned();
        let cases =
            [(0, "The"), (3, "The"), (4, "The"), (11, "Leaders"), (16, "met."), (18, ""), (21, "again"), (27, "again")];
        for (place, expected) in cases {
            assert_eq!(at(place), expected, "{place}");
        }
        assert_eq!(draft.slice(title(&draft)), "The Leaders met.");
    }
}
