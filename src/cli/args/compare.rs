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
}

/// The values of `--fail-on` of a comparison.
const COMPARE_GATES: &[(&str, CompareGate)] = &[
    ("error", CompareGate::Finding(Some(Severity::Error))),
    ("warning", CompareGate::Finding(Some(Severity::Warning))),
    ("note", CompareGate::Finding(Some(Severity::Note))),
    ("weaker", CompareGate::Weaker),
    ("change", CompareGate::Change),
    ("never", CompareGate::Finding(None)),
];

/// Compare two drafts of one text
///
/// Tells which findings came in, which went out and which moved, and which sentences were weakened, strengthened or changed
/// otherwise: verbs, negations, numbers, dates, names, brackets. With drafts or folders behind `--`, OLD and NEW are revisions of their git
/// repository; without NEW, the drafts as they are now. Of two folders the drafts of one path are compared, and those that are alike;
/// `REVISION:path` is a draft or a folder in a revision. With --revisions both, what the tracked changes of one document do to it.
#[derive(Debug, Args)]
#[command(
    override_usage = "comity compare [OPTIONS] OLD NEW\n       comity compare [OPTIONS] REVISION [REVISION] -- DRAFT...\n       comity compare [OPTIONS] --revisions both DRAFT",
    after_help = "Exit codes:\n  0  no finding at or above --fail-on came in\n  1  one did, or what --fail-on names besides\n  2  the command line, the configuration, a pack or a draft could not be read"
)]
pub(in crate::cli) struct CompareArgs {
    /// The old and the new draft, or two folders; `-` reads a draft from standard input, `REVISION:path` from git. With drafts behind `--`, revisions
    #[arg(value_names = ["OLD", "NEW"], num_args = 1..=2, required = true)]
    pub(in crate::cli) versions: Vec<String>,
    /// The drafts, and folders of drafts, to compare in two revisions, or in one and as they are now
    #[arg(last = true)]
    pub(in crate::cli) draft: Vec<PathBuf>,
    #[command(flatten)]
    pub(in crate::cli) setup: SetupArgs,
    #[command(flatten)]
    pub(in crate::cli) selection: SelectionArgs,
    #[command(flatten)]
    pub(in crate::cli) least: LeastArgs,
    /// Exit with code 1 for findings that came in, or of what changed (the pack `compare`), from a severity on: error, warning or note; for a sentence that was weakened, turned
    /// over or went: weaker; for any change: change; for nothing: never. Several with commas, as in `error,weaker` [default: error]
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
}
