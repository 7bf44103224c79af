//! `suppression`: reports comments in a draft that are to silence rules, and do not do what they say.
//!
//! ```yaml
//! - id: unused-suppression
//!   kind: suppression
//!   fault: unused      # or unknown, reason, redline, open
//! ```
//!
//! The effect of a comment is known only when every other rule has been heard: `src/suppress/` tells it, and reports for the
//! rules of this kind. A rule of it looks at nothing by itself.

use super::fault::Fault;
use super::{Context, Kind, KindEntry, Report};
use crate::declare::keys;
use crate::rule::phrase::Shared;
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "suppression",
    about: "reports comments that are to silence rules, and do not do what they say",
    message: |_| "\"{match}\": {expected}",
    fills: &["expected", "suggestion"],
    keys: KEYS,
    read,
};

keys! {
    /// What is wrong with a comment that is to silence rules.
    fault: Fault,
}

#[derive(Debug)]
struct SuppressionKind {
    fault: Fault,
}

fn read(fields: &Fields<'_>, _: &Shared) -> Option<Box<dyn Kind>> {
    let node = fields.require("fault", "say what is wrong with the comment: `fault: unused`")?;
    let fault = node.text()?.choose("fault", Fault::NAMES)?;
    Some(Box::new(SuppressionKind { fault }))
}

impl Kind for SuppressionKind {
    fn looks_at_every_draft(&self) -> bool {
        false
    }

    fn check(&self, _: &Context<'_>) -> Vec<Report> {
        Vec::new()
    }

    fn fault(&self) -> Option<Fault> {
        Some(self.fault)
    }

    fn looks_for(&self) -> Vec<String> {
        vec![self.fault.about().to_owned()]
    }

    fn suggestions(&self) -> Vec<&str> {
        Vec::new()
    }
}
