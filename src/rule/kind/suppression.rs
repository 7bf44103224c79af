//! `suppression`: reports comments in a draft that are to silence rules, and do not do what they say.
//!
//! ```yaml
//! - id: unused-suppression
//!   kind: suppression
//!   fault: unused      # or unknown, reason, redline, open
//! ```
//!
//! What a comment silences is known only when every other rule has been heard: `src/suppress/` tells it, and reports for the
//! rules of this kind. A rule of it looks at nothing by itself.

use super::{Context, Entry, Kind, Report, Shared};
use crate::schema::{choices, keys};
use crate::yaml::Fields;

pub(super) const ENTRY: Entry = Entry {
    name: "suppression",
    about: "reports comments that are to silence rules, and do not do what they say",
    message: |_| "\"{match}\": {expected}",
    keys: KEYS,
    read,
};

keys! {
    /// What is wrong with a comment that is to silence rules.
    fault: Fault,
}

choices! {
    /// What may be wrong with a comment.
    pub(crate) enum Fault {
        /// It silences nothing.
        Unused = "unused",
        /// It has a command or a name that means nothing.
        Unknown = "unknown",
        /// It gives no reason.
        Reason = "reason",
        /// It is to silence a red line.
        Redline = "redline",
        /// It is never ended.
        Open = "open",
    }
}

impl Fault {
    fn about(self) -> &'static str {
        match self {
            Fault::Unused => "a comment that silences nothing",
            Fault::Unknown => "a comment with a command or a name that means nothing",
            Fault::Reason => "a comment without a reason",
            Fault::Redline => "a comment that is to silence a red line",
            Fault::Open => "a comment that is never ended",
        }
    }
}

#[derive(Debug)]
struct Suppression {
    fault: Fault,
}

fn read(fields: &Fields<'_>, _: &Shared) -> Option<Box<dyn Kind>> {
    let node = fields.require("fault", "say what is wrong with the comment: `fault: unused`")?;
    let fault = node.text()?.choose("fault", Fault::NAMES)?;
    Some(Box::new(Suppression { fault }))
}

impl Kind for Suppression {
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
