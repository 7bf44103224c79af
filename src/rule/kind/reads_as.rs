//! `reads-as`: reports a statement or a memorandum that is drafted as a treaty, once.
//!
//! ```yaml
//! - id: reads-as-a-treaty
//!   kind: reads-as
//!   document: treaty
//! ```
//!
//! Marks such as "IN WITNESS WHEREOF", full powers, Contracting Parties or a depositary make a text read as a treaty. One of them
//! may be a slip, which other rules report; where there are marks of two kinds or more, this is all that is said of them, since
//! rules that do not hold in a treaty do not hold in a text that reads as one.

use super::{Context, Kind, KindEntry, Report};
use crate::context::FormulaMatch;
use crate::declare::{choices, keys};
use crate::draft::Site;
use crate::rule::phrase::Shared;
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "reads-as",
    about: "reports a statement or a memorandum that is drafted as a treaty",
    message: |_| "this {expected} reads as a treaty: is it meant to be one?",
    fills: &["count", "expected"],
    keys: KEYS,
    read,
};

keys! {
    /// What the text must not read as.
    document: ReadAs,
}

choices! {
    /// The kind of document that a text may read as.
    enum ReadAs {
        /// A treaty: "IN WITNESS WHEREOF", full powers, Contracting Parties, a depositary.
        Treaty = "treaty",
    }
}

#[derive(Debug)]
struct ReadsAsKind;

fn read(fields: &Fields<'_>, _shared: &Shared) -> Option<Box<dyn Kind>> {
    let node = fields.require("document", "say what the text must not read as: `document: treaty`")?;
    node.text()?.choose("kind of text that another may read as", ReadAs::NAMES)?;
    Some(Box::new(ReadsAsKind))
}

impl Kind for ReadsAsKind {
    fn looks_at_every_draft(&self) -> bool {
        true
    }

    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let marks = context.text().treaty_marks();
        let Some((first, rest)) = marks.split_first() else {
            return Vec::new();
        };
        let site = |mark: &FormulaMatch| Site { block: mark.block, span: mark.span };
        let labelled = |report: Report, mark: &FormulaMatch| report.label(site(mark), mark.label);
        let report = Report::at(site(first)).count(marks.len()).expect(context.text().document().value.name());
        vec![rest.iter().fold(report, labelled)]
    }

    fn looks_for(&self) -> Vec<String> {
        vec!["marks of a treaty of two kinds or more, in a statement or a memorandum".to_owned()]
    }

    fn suggestions(&self) -> Vec<&str> {
        Vec::new()
    }
}
