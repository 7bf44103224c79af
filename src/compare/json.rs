//! A comparison for programs; `docs/compare.md` describes it.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::told::{change_of, reports};
use super::{ChangeKind, Comparison, Effect, Remark, SentenceChange};
use crate::finding::Finding;
use crate::report::{Head, PlaceRecord};
use crate::rule::kind::Change;

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
                    "told": self.told.len(),
                },
                "changes": self.changes(),
                "sentences": {
                    "weakened": self.count_effect(Effect::Weaker),
                    "strengthened": self.count_effect(Effect::Stronger),
                    "changed": self.count(ChangeKind::Changed),
                    "added": self.count(ChangeKind::Added),
                    "deleted": self.count(ChangeKind::Deleted),
                    "moved": self.count(ChangeKind::Moved),
                },
            },
            "findings": {
                "came": self.came.iter().map(finding).collect::<Vec<_>>(),
                "went": self.went.iter().map(finding).collect::<Vec<_>>(),
                "told": self.told.iter().map(finding).collect::<Vec<_>>(),
                "moved": self.moved.iter().map(moved).collect::<Vec<_>>(),
            },
            "sentences": self.sentences.iter().map(change).collect::<Vec<_>>(),
        })
    }
}

/// A number for each kind of change, those that did not occur among them.
pub(super) type ChangeCounts = BTreeMap<&'static str, usize>;

impl Comparison {
    /// Counts the changes of each kind, as rules are told of them.
    fn changes(&self) -> ChangeCounts {
        let mut counts: ChangeCounts = Change::NAMES.iter().map(|(name, _)| (*name, 0)).collect();
        for report in reports(&self.sentences, &self.old) {
            *counts.entry(report.change.name()).or_default() += 1;
        }
        counts
    }
}

/// A finding, the places of which are those of a report of `comity check`.
#[derive(Debug, Serialize)]
struct ComparedFinding<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    found: &'a str,
    /// The wordings alone, the best first.
    suggestions: Vec<&'a str>,
}

pub(super) fn finding(finding: &Finding) -> Value {
    let suggestions = finding.suggestions.iter().map(|suggestion| suggestion.text.as_str()).collect();
    json!(ComparedFinding { head: Head::new(finding), found: &finding.found, suggestions })
}

pub(super) fn change(change: &SentenceChange) -> Value {
    json!({
        "what": change.kind.name(),
        "moved": change.moved,
        "old": change.old.as_ref().map(sentence),
        "new": change.new.as_ref().map(sentence),
        "remarks": change.remarks.iter().map(remark).collect::<Vec<_>>(),
    })
}

/// A sentence, or a part of one.
#[derive(Debug, Serialize)]
struct ExcerptRecord<'a> {
    text: &'a str,
    differs: Vec<&'a str>,
    #[serde(flatten)]
    place: PlaceRecord<'a>,
}

pub(super) fn sentence(place: &super::Excerpt) -> Value {
    json!(ExcerptRecord {
        text: &place.text,
        differs: place.differs.iter().map(|range| &place.text[range.clone()]).collect(),
        place: PlaceRecord::new(place.span, place.start, place.end, place.paragraph.as_deref()),
    })
}

pub(super) fn remark(remark: &Remark) -> Value {
    let effect = match remark.effect {
        Effect::Weaker => "weaker",
        Effect::Stronger => "stronger",
        Effect::Other => "other",
    };
    let (ladder, change) = (&remark.ladder, change_of(remark).name());
    json!({"topic": remark.topic.name(), "ladder": ladder, "effect": effect, "change": change, "name": remark.name, "old": remark.old, "new": remark.new})
}

#[cfg(test)]
mod tests {
    use crate::compare::compare;
    use crate::draft::{Draft, Format};
    use crate::rule::RuleId;
    use crate::{Pack, RuleSet};

    #[test]
    fn a_finding_is_the_same_json_wherever_it_is_written() {
        let pack = "schema: 1\npack: t\nrules: [{id: talks, phrases: [talks], suggest: [dialogue], message: no}]\n";
        let rules = RuleSet::new(Pack::parse("t.yml", pack).unwrap().rules().to_vec()).unwrap();
        let old = Draft::new(Format::Markdown, "They met.\n");
        let new = Draft::new(Format::Markdown, "They met.\n\nThe talks go on.\n");
        let found = rules.check(&new);
        let [finding] =
            found.iter().filter(|f| f.rule.id() == &RuleId::new("t", "talks").unwrap()).collect::<Vec<_>>()[..]
        else {
            panic!("{found:?}");
        };
        let json = finding.to_json(&new);
        let compared = compare(&old, &new, Vec::new(), found.clone()).to_json();
        let came = &compared["findings"]["came"][0];
        for key in ["rule", "severity", "message", "line", "column", "end_line", "end_column", "span", "document"] {
            assert_eq!(json.get(key), came.get(key), "{key}");
            assert!(json.get(key).is_some(), "{key}");
        }
        assert_eq!((&json["match"], &json["suggestions"][0]["text"]), (&came["found"], &came["suggestions"][0]));
        let sentence = &compared["sentences"][0]["new"];
        assert_eq!(sentence["span"], serde_json::json!({"start": 11, "end": 27}));
    }
}
