//! `change`: reports what has become of a draft since another of the same text.
//!
//! ```yaml
//! - id: weakened
//!   kind: change
//!   of: weakened       # or a list
//! ```
//!
//! It is at no words that could be looked for: `src/compare/` tells what changed, and `src/lint/changes.rs` reports it. A rule of this kind
//! looks at nothing by itself, and has nothing to say where one draft is checked.

use super::change::Change;
use super::{Context, Kind, KindEntry, Report};
use crate::declare::{OneOrMore, keys};
use crate::rule::phrase::Shared;
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "change",
    about: "reports what has become of a draft since another of the same text: for `comity compare`",
    message: |_| "{expected}",
    fills: &["expected", "other"],
    keys: KEYS,
    read,
};

keys! {
    /// The changes that it reports.
    of: OneOrMore<Change>,
}

#[derive(Debug)]
struct ChangeRule {
    of: Vec<Change>,
}

fn read(fields: &Fields<'_>, _: &Shared) -> Option<Box<dyn Kind>> {
    let node = fields.require("of", "say which change is reported: `of: weakened`, or a list")?;
    let of: Vec<Change> = node.texts().iter().filter_map(|text| text.choose("change", Change::NAMES)).collect();
    Some(Box::new(ChangeRule { of }))
}

impl Kind for ChangeRule {
    fn looks_at_every_draft(&self) -> bool {
        false
    }

    /// False: several rules may say something of one sentence, and each is worth saying.
    fn is_about_words(&self) -> bool {
        false
    }

    fn check(&self, _: &Context<'_>) -> Vec<Report> {
        Vec::new()
    }

    fn changes(&self) -> &[Change] {
        &self.of
    }

    fn looks_for(&self) -> Vec<String> {
        self.of.iter().map(|change| change.name().to_owned()).collect()
    }

    fn suggestions(&self) -> Vec<&str> {
        Vec::new()
    }
}
