//! The arguments of `comity compare`

use std::path::PathBuf;

use clap::{Args, ValueEnum};

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
/// otherwise: verbs, negations, numbers, dates, names, brackets. With a draft behind `--`, OLD and NEW are revisions of its git
/// repository; without NEW, the draft as it is now. With --revisions both, what the tracked changes of one document do to it.
///
/// With --base, what two delegations did to one base, and where they collide. With --series, how each sentence and name that recurs
/// moved from text to text.
#[derive(Debug, Args)]
#[command(
    override_usage = "comity compare [OPTIONS] OLD NEW\n       comity compare [OPTIONS] REVISION [REVISION] -- DRAFT\n       comity compare [OPTIONS] --revisions both DRAFT\n       comity compare [OPTIONS] --base BASE LEFT RIGHT\n       comity compare [OPTIONS] --series TEXT TEXT...",
    after_help = "Exit codes:\n  0  no finding at or above --fail-on came in\n  1  one did, or what --fail-on names is there\n  2  the command line, the configuration, a pack or a draft could not be read"
)]
pub(in crate::cli) struct CompareArgs {
    /// The old and the new draft; `-` reads one of them from standard input. With a draft behind `--`, revisions. With --series,
    /// any number of texts
    #[arg(value_name = "TEXT", num_args = 1.., required = true)]
    pub(in crate::cli) versions: Vec<String>,
    /// The draft to compare in two revisions, or in one and as it is now
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
    /// Exit with code 1 for findings that came in, from a severity on: error, warning or note; for a sentence that was weakened, turned
    /// over or went: weaker; for any change: change; for a collision of --base: collision; for nothing: never. Several with commas, as in `error,weaker` [default: error]
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = Named(COMPARE_GATES))]
    pub(in crate::cli) fail_on: Vec<CompareGate>,
    /// The same as `change` among the values of --fail-on
    #[arg(long)]
    pub(in crate::cli) fail_on_change: bool,
    #[command(flatten)]
    pub(in crate::cli) documents: DocumentArgs,
    /// The shape of the comparison
    #[arg(long, value_enum, default_value_t = CompareFormat::Human)]
    pub(in crate::cli) format: CompareFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CompareFormat {
    /// The sentences side by side, or one below the other where there is no room
    Human,
    /// One JSON document
    Json,
    /// A page to read in a browser, of a series
    Html,
}
