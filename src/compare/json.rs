//! A comparison for programs; `docs/compare.md` describes it.

use serde_json::{Value, json};

use super::{Change, Comparison, Effect, Place, Remark, Topic, What};
use crate::draft::Paragraph;
use crate::finding::Finding;
use crate::report::InDocument;
use crate::span::Position;

/// The version of the shape. It rises when a key changes its meaning or goes away.
const VERSION: u32 = 1;

impl Comparison {
    /// The comparison as one JSON document.
    pub fn to_json(&self) -> Value {
        let moved = |(old, new): &(Finding, Finding)| json!({"old": finding(old), "new": finding(new)});
        json!({
            "version": VERSION,
            "old": &*self.old,
            "new": &*self.new,
            "summary": {
                "findings": {
                    "came": self.came.len(), "went": self.went.len(), "moved": self.moved.len(), "stayed": self.stayed,
                },
                "sentences": {
                    "weakened": self.count_effect(Effect::Weaker),
                    "strengthened": self.count_effect(Effect::Stronger),
                    "changed": self.count(What::Changed),
                    "added": self.count(What::Added),
                    "deleted": self.count(What::Deleted),
                    "moved": self.count(What::Moved),
                },
            },
            "findings": {
                "came": self.came.iter().map(finding).collect::<Vec<_>>(),
                "went": self.went.iter().map(finding).collect::<Vec<_>>(),
                "moved": self.moved.iter().map(moved).collect::<Vec<_>>(),
            },
            "sentences": self.sentences.iter().map(change).collect::<Vec<_>>(),
        })
    }
}

fn finding(finding: &Finding) -> Value {
    json!({
        "rule": finding.rule.id().as_str(),
        "severity": finding.severity().name(),
        "message": finding.message,
        "found": finding.found,
        "suggestions": finding.suggestions.iter().map(|suggestion| &suggestion.text).collect::<Vec<_>>(),
        "line": finding.start.line,
        "column": finding.start.column,
        "end_line": finding.end.line,
        "end_column": finding.end.column,
        "document": in_document(finding.paragraph.as_deref(), finding.start, finding.end),
    })
}

/// As in the report of `comity check`.
fn in_document(paragraph: Option<&Paragraph>, start: Position, end: Position) -> Value {
    json!(paragraph.map(|paragraph| InDocument::new(paragraph, start, end)))
}

fn change(change: &Change) -> Value {
    json!({
        "what": change.what.name(),
        "moved": change.moved,
        "old": change.old.as_ref().map(place),
        "new": change.new.as_ref().map(place),
        "remarks": change.remarks.iter().map(remark).collect::<Vec<_>>(),
    })
}

fn place(place: &Place) -> Value {
    json!({
        "text": place.text,
        "differs": place.differs.iter().map(|range| &place.text[range.clone()]).collect::<Vec<_>>(),
        "line": place.start.line,
        "column": place.start.column,
        "end_line": place.end.line,
        "end_column": place.end.column,
        "document": in_document(place.paragraph.as_deref(), place.start, place.end),
    })
}

fn remark(remark: &Remark) -> Value {
    let topic = match remark.topic {
        Topic::Ladder(_) => "ladder",
        Topic::Negation => "negation",
        Topic::Hedge => "hedge",
        Topic::Money => "money",
        Topic::Percent => "percent",
        Topic::Date => "date",
        Topic::Number => "number",
        Topic::Name => "name",
        Topic::Bracket => "bracket",
    };
    let effect = match remark.effect {
        Effect::Weaker => "weaker",
        Effect::Stronger => "stronger",
        Effect::Other => "other",
    };
    let ladder = &remark.ladder;
    json!({"topic": topic, "ladder": ladder, "effect": effect, "name": remark.name, "old": remark.old, "new": remark.new})
}
