//! Two edits of one base for programs; `docs/compare.md` describes it.

use serde_json::{Map, Value, json};

use super::super::json::{change, finding, remark, sentence};
use super::super::{ChangeKind, Comparison, Effect, SentenceChange};
use super::{CollisionKind, ThreeWay, ThreeWayFindings, base_of};

/// The version of the shape. It rises when a key changes its meaning or goes away.
const VERSION: u32 = 1;

impl ThreeWay {
    /// What the two did as one JSON document.
    pub fn to_json(&self) -> Value {
        let of_kind = |kind: CollisionKind| (kind.name().to_owned(), Value::from(self.count(kind)));
        let collisions: Map<String, Value> = CollisionKind::ALL.into_iter().map(of_kind).collect();
        let collision = |collision: &super::Collision| {
            json!({
                "what": collision.kind.name(),
                "base": base_of(collision).iter().map(sentence).collect::<Vec<_>>(),
                "left": collision.sides[0].iter().map(change).collect::<Vec<_>>(),
                "right": collision.sides[1].iter().map(change).collect::<Vec<_>>(),
            })
        };
        let both = |[left, right]: &[SentenceChange; 2]| {
            json!({
                "what": left.kind.name(),
                "moved": left.moved,
                "base": left.old.as_ref().map(sentence),
                "left": left.new.as_ref().map(sentence),
                "right": right.new.as_ref().map(sentence),
                "remarks": left.remarks.iter().map(remark).collect::<Vec<_>>(),
            })
        };
        let alone = |side: usize| self.alone[side].iter().map(change).collect::<Vec<_>>();
        json!({
            "version": VERSION,
            "base": &*self.base,
            "left": &*self.sides[0].new,
            "right": &*self.sides[1].new,
            "summary": {
                "collisions": collisions,
                "both": self.agreed.len(),
                "left": counts(&self.sides[0], self.alone[0].len()),
                "right": counts(&self.sides[1], self.alone[1].len()),
            },
            "collisions": self.collisions.iter().map(collision).collect::<Vec<_>>(),
            "both": self.agreed.iter().map(both).collect::<Vec<_>>(),
            "alone": {"left": alone(0), "right": alone(1)},
            "findings": {"came": findings(&self.came), "went": findings(&self.went)},
        })
    }
}

/// Counts all that one side did.
fn counts(side: &Comparison, alone: usize) -> Value {
    json!({
        "alone": alone,
        "weakened": side.count_effect(Effect::Weaker),
        "strengthened": side.count_effect(Effect::Stronger),
        "changed": side.count(ChangeKind::Changed),
        "added": side.count(ChangeKind::Added),
        "deleted": side.count(ChangeKind::Deleted),
        "moved": side.count(ChangeKind::Moved),
    })
}

fn findings(found: &ThreeWayFindings) -> Value {
    let list = |list: &[crate::finding::Finding]| list.iter().map(finding).collect::<Vec<_>>();
    json!({"both": list(&found.both), "left": list(&found.alone[0]), "right": list(&found.alone[1])})
}
