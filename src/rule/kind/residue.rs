//! `residue`: reports what a draft carries besides the text that is to be issued.
//!
//! ```yaml
//! - id: tracked-change
//!   kind: residue
//!   of: [insertion, deletion, formatting]
//! ```
//!
//! It is at no words that could be looked for: the readers of drafts keep it, and `src/lint/residue.rs` reports it. A rule of this kind looks
//! at nothing by itself.

use super::{Context, Kind, KindEntry, Report};
use crate::declare::{OneOrMore, keys};
use crate::draft::ResidueKind;
use crate::rule::phrase::Shared;
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "residue",
    about: "reports what a draft carries besides its text: comments, tracked changes, hidden words, metadata",
    message: |_| "still in the file: {expected}",
    fills: &["expected"],
    keys: KEYS,
    read,
};

keys! {
    /// What it reports.
    of: OneOrMore<ResidueKind>,
}

#[derive(Debug)]
struct ResidueRule {
    of: Vec<ResidueKind>,
}

fn read(fields: &Fields<'_>, _: &Shared) -> Option<Box<dyn Kind>> {
    let node = fields.require("of", "say what is reported: `of: comment`, or a list")?;
    let of: Vec<ResidueKind> =
        node.texts().iter().filter_map(|text| text.choose("residue", ResidueKind::NAMES)).collect();
    Some(Box::new(ResidueRule { of }))
}

impl Kind for ResidueRule {
    /// False: what is said is said of the file, not of its words.
    fn is_about_words(&self) -> bool {
        false
    }

    fn check(&self, _: &Context<'_>) -> Vec<Report> {
        Vec::new()
    }

    fn residues(&self) -> &[ResidueKind] {
        &self.of
    }

    fn looks_for(&self) -> Vec<String> {
        self.of.iter().map(|kind| kind.name().to_owned()).collect()
    }

    fn suggestions(&self) -> Vec<&str> {
        Vec::new()
    }
}
