//! What became of a draft, told to the rules that are about changes.

use std::sync::Arc;

use super::{ChangeKind, ComparedTexts, Effect, Remark, SentenceChange, Topic};
use crate::context::{Declared, TextContext};
use crate::draft::{Draft, Site};
use crate::finding::Finding;
use crate::lint::{ChangeReport, RuleSet};
use crate::rule::kind::Change;
use crate::rule::message::shorten;
use crate::span::Span;
use crate::text::counted;

/// The change that a remark is about.
pub(super) fn change_of(remark: &Remark) -> Change {
    match remark.topic {
        _ if remark.turns() => Change::Reversed,
        Topic::Hedge if remark.effect == Effect::Weaker => Change::Hedged,
        Topic::Money | Topic::Percent | Topic::Date | Topic::Number => Change::Figure,
        Topic::Name => match (&remark.old, &remark.new) {
            (Some(_), None) => Change::NameDropped,
            (None, Some(_)) => Change::NameAdded,
            _ => Change::Name,
        },
        Topic::Bracket => Change::Brackets,
        _ => match remark.effect {
            Effect::Weaker => Change::Weakened,
            Effect::Stronger => Change::Strengthened,
            Effect::Other => Change::OtherVerb,
        },
    }
}

impl ComparedTexts<'_> {
    /// All that rules have to say of the new draft, in its order: [`RuleSet::check`], and of those about changes what has become of it.
    pub fn check(&self, rules: &RuleSet) -> Vec<Finding> {
        let text = TextContext::new(self.new, &Declared::default());
        let mut findings = rules.examine_changed(&text, &|rule| Some(Arc::clone(rule)), &self.reports());
        findings.retain(|finding| finding.suppressed.is_none());
        findings
    }

    /// What is to be told of a draft that came in as a whole, in the place of its sentences.
    pub(crate) fn report_added(&self) -> ChangeReport {
        whole(self.new, Change::DraftAdded, self.old.name(), counted(self.new_sentences.len(), "sentence"))
    }

    /// What is to be told of a draft that is gone as a whole, in the place of its sentences: in that draft.
    pub(crate) fn report_dropped(&self) -> ChangeReport {
        whole(self.old, Change::DraftDropped, self.old.name(), counted(self.old_sentences.len(), "sentence"))
    }

    /// What is to be told of the changes.
    pub(crate) fn reports(&self) -> Vec<ChangeReport> {
        reports(&self.changes, self.old.name())
    }
}

/// A report of a draft as a whole, at its first block.
fn whole(draft: &Draft, change: Change, other: &Arc<str>, expected: String) -> ChangeReport {
    let first = draft.blocks().iter().position(|block| !block.text().is_empty());
    let site = first.map(|block| Site { block, span: Span::new(0, draft.blocks()[block].text().len()) });
    ChangeReport { change, site, expected, other: Arc::clone(other), notes: Vec::new() }
}

/// What is to be told of these changes, each at a sentence of the new draft. `other` is what the old draft is called.
pub(super) fn reports(changes: &[SentenceChange], other: &Arc<str>) -> Vec<ChangeReport> {
    let mut reports = Vec::new();
    for change in changes {
        let place = change.new.as_ref().or(change.beside.as_ref().map(|beside| &beside.sentence));
        let site = place.map(|place| place.site);
        let mut tell = |change: Change, expected: String, notes: Vec<String>| {
            reports.push(ChangeReport { change, site, expected, other: Arc::clone(other), notes });
        };
        let said = |place: &super::Excerpt| match &place.paragraph {
            Some(paragraph) => format!("{other}:{paragraph} said: \"{}\"", place.text),
            None => format!("{other}:{} said: \"{}\"", place.start.line, place.text),
        };
        let before: Vec<String> = change.old.iter().map(said).collect();
        match (change.kind, &change.old) {
            (ChangeKind::Deleted, Some(old)) => {
                let stood = match &change.beside {
                    Some(beside) if beside.behind => "behind this one",
                    Some(_) => "before this one",
                    None => "from this draft",
                };
                tell(Change::SentenceDropped, format!("{stood}: \"{}\"", shorten(&old.text)), before);
            }
            (ChangeKind::Added, _) => tell(Change::SentenceAdded, String::new(), Vec::new()),
            (ChangeKind::Moved, _) => tell(Change::SentenceMoved, String::new(), Vec::new()),
            (_, old) => {
                if change.remarks.is_empty() {
                    let old = old.as_ref().map(|old| format!("\"{}\"", shorten(&old.text)));
                    tell(Change::Reworded, old.unwrap_or_default(), before.clone());
                }
                for remark in &change.remarks {
                    tell(change_of(remark), remark.to_string(), before.clone());
                }
                if change.moved {
                    tell(Change::SentenceMoved, String::new(), Vec::new());
                }
            }
        }
    }
    reports
}
