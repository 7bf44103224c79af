//! The arguments of `comity compare`

use std::path::PathBuf;

use clap::Args;

use super::compare_format::{CompareShape, CompareShapes};
use super::shared::{DocumentArgs, LeastArgs, SelectionArgs, SetupArgs};
use crate::Severity;
use crate::cli::values::Named;
use crate::config::FailOn;

/// What makes a comparison fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum CompareGate {
    /// A finding that came in, from this severity on.
    Finding(FailOn),
    /// A sentence that was weakened or turned over, or that is no longer there.
    Weaker,
    /// Any change.
    Change,
    /// A place at which two delegations changed the same.
    Collision,
}

/// The values of `--fail-on` of a comparison.
const COMPARE_GATES: &[(&str, CompareGate)] = &[
    ("error", CompareGate::Finding(Some(Severity::Error))),
    ("warning", CompareGate::Finding(Some(Severity::Warning))),
    ("note", CompareGate::Finding(Some(Severity::Note))),
    ("weaker", CompareGate::Weaker),
    ("change", CompareGate::Change),
    ("collision", CompareGate::Collision),
    ("never", CompareGate::Finding(None)),
];

/// Compare two drafts of one text
///
/// Tells which findings came in, which went out and which moved, and which sentences were weakened, strengthened or changed
/// otherwise: verbs, negations, numbers, dates, names, brackets. With drafts or folders behind `--`, OLD and NEW are revisions of their git
/// repository; without NEW, the drafts as they are now. Of two folders the drafts of one path are compared, and those that are alike;
/// `REVISION:path` is a draft or a folder in a revision. With --revisions both, what the tracked changes of one document do to it.
///
/// With --base, what two delegations did to one base, and where they collide. With --series, how each sentence and name that recurs
/// moved from text to text.
#[derive(Debug, Args)]
#[command(
    override_usage = "comity compare [OPTIONS] OLD NEW
       comity compare [OPTIONS] REVISION [REVISION] -- DRAFT...
       comity compare [OPTIONS] --revisions both DRAFT
       comity compare [OPTIONS] --base BASE LEFT RIGHT
       comity compare [OPTIONS] --series TEXT TEXT...",
    after_help = "Exit codes:
  0  no finding at or above --fail-on came in
  1  one did, or what --fail-on names besides
  2  the command line, the configuration, a pack or a draft could not be read"
)]
pub(in crate::cli) struct CompareArgs {
    /// The old and the new draft, or two folders; `-` reads a draft from standard input, `REVISION:path` from git. With drafts behind `--`, revisions.
    /// With --series, any number of texts
    #[arg(value_name = "TEXT", num_args = 1.., required = true)]
    pub(in crate::cli) versions: Vec<String>,
    /// The drafts, and folders of drafts, to compare in two revisions, or in one and as they are now
    #[arg(last = true)]
    pub(in crate::cli) draft: Vec<PathBuf>,
    /// Compare two drafts that were made of this one: what each changed, what both changed alike, and where they collide
    #[arg(long, value_name = "BASE", conflicts_with = "series")]
    pub(in crate::cli) base: Option<String>,
    /// Compare texts of several years, in the order of time: what recurs in at least two of them, and how it moved
    #[arg(long)]
    pub(in crate::cli) series: bool,
    #[command(flatten)]
    pub(in crate::cli) setup: SetupArgs,
    #[command(flatten)]
    pub(in crate::cli) selection: SelectionArgs,
    #[command(flatten)]
    pub(in crate::cli) least: LeastArgs,
    /// Exit with code 1 for findings that came in, or of what changed (the pack `compare`), from a severity on: error, warning or note; for a sentence that was weakened, turned
    /// over or went: weaker; for any change: change; for a collision of --base: collision; for nothing: never. Several with commas, as in `error,weaker` [default: error]
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = Named(COMPARE_GATES))]
    pub(in crate::cli) fail_on: Vec<CompareGate>,
    /// The same as `change` among the values of --fail-on
    #[arg(long)]
    pub(in crate::cli) fail_on_change: bool,
    #[command(flatten)]
    pub(in crate::cli) documents: DocumentArgs,
    /// The shape of the comparison, or a format of reports: findings that came in, and what became of the text as findings of the pack `compare`
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = CompareShapes)]
    pub(in crate::cli) format: CompareShape,
    /// Write it into this file, which is replaced whole when it is complete, instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Write a Word document as well: the new text with tracked changes from the old one, and comments on what was weakened, turned over or dropped and
    /// on findings that came in
    #[arg(long, value_name = "OUT.docx", help_heading = "Documents", conflicts_with_all = ["base", "series"])]
    pub(in crate::cli) redline: Option<PathBuf>,
    /// Replace a file that --redline would write if there is one already; never one of the drafts
    #[arg(long, help_heading = "Documents", requires = "redline")]
    pub(in crate::cli) force: bool,
}

impl CompareArgs {
    /// True if the run is to fail for something.
    pub(in crate::cli) fn asks(&self, gate: CompareGate) -> bool {
        self.fail_on.contains(&gate) || (gate == CompareGate::Change && self.fail_on_change)
    }

    /// The severity from which on a finding counts, if the command line says.
    pub(in crate::cli) fn severity(&self) -> Option<FailOn> {
        self.fail_on.iter().find_map(|gate| match gate {
            CompareGate::Finding(severity) => Some(*severity),
            _ => None,
        })
    }
}
