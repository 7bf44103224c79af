//! The options that several commands share.

use std::path::PathBuf;

use clap::Args;

use crate::cli::values::{Named, Offered, mebibytes, pack_names};
use crate::config::{FAIL_ON, FailOn, Options};
use crate::rule::Detail;
use crate::session::Choice;
use crate::{Finding, MAX_BYTES, Reading, Revisions, Severity};

/// The severity from which on findings count.
#[derive(Debug, Args)]
pub(in crate::cli) struct LeastArgs {
    /// Leave out findings below this severity
    #[arg(long, value_name = "SEVERITY", value_parser = Named(Severity::NAMES))]
    min_severity: Option<Severity>,
}

impl LeastArgs {
    /// Takes out the findings that are left out, and gives them back.
    pub(in crate::cli) fn filter(&self, findings: &mut Vec<Finding>) -> Vec<Finding> {
        let is_left_out = |finding: &mut Finding| self.min_severity.is_some_and(|least| finding.severity() < least);
        findings.extract_if(.., is_left_out).collect()
    }
}

/// The severities from which findings count.
#[derive(Debug, Args)]
pub(in crate::cli) struct ThresholdArgs {
    #[command(flatten)]
    pub(in crate::cli) least: LeastArgs,
    /// Exit with code 1 for findings from this severity on: error, warning, note or never [default: error]
    #[arg(long, value_name = "SEVERITY", value_parser = Named(FAIL_ON))]
    fail_on: Option<FailOn>,
}

impl ThresholdArgs {
    /// True if one of these findings is grave enough to fail the run; `configured` is what the configuration says.
    pub(in crate::cli) fn fails(&self, findings: &[Finding], configured: Option<FailOn>) -> bool {
        fails(findings, self.fail_on.or(configured))
    }
}

/// True if one of these findings is of this severity, or of a graver one; of an error, where nothing is said.
pub(in crate::cli) fn fails(findings: &[Finding], fail_on: Option<FailOn>) -> bool {
    let least = fail_on.unwrap_or(Some(Severity::Error));
    let counts =
        |finding: &Finding| finding.suppressed.is_none() && least.is_some_and(|least| finding.severity() >= least);
    findings.iter().any(counts)
}

/// The options for documents of office suites.
#[derive(Debug, Args)]
#[command(next_help_heading = "Documents")]
pub(in crate::cli) struct DocumentArgs {
    /// The text of a document with tracked changes: as if all were accepted, as it was before them, or both; both says which
    /// findings a change brings in or takes out, or with `compare` and one draft what the changes do to it
    #[arg(long, value_name = "TEXT", default_value = "accepted", value_parser = Named(Revisions::NAMES))]
    pub(in crate::cli) revisions: Revisions,
    /// The largest draft that is read, in MiB: the text of a document when unpacked, whose file may have eight times as much
    #[arg(long, value_name = "MIB", default_value_t = MAX_BYTES >> 20, value_parser = mebibytes)]
    max_size: u64,
}

impl DocumentArgs {
    /// The limits and the choice of text that drafts are read with.
    pub(in crate::cli) fn reading(&self) -> Reading {
        Reading { max_bytes: self.max_size << 20, revisions: self.revisions, ..Reading::default() }
    }
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Rules")]
pub(in crate::cli) struct SetupArgs {
    /// The configuration to use, instead of the nearest comity.yml
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(in crate::cli) config: Option<PathBuf>,
    /// Use no configuration
    #[arg(long)]
    pub(in crate::cli) no_config: bool,
    /// A pack of comity to check with, instead of those of the configuration, or all; may be repeated
    #[arg(long = "pack", value_name = "PACK", value_delimiter = ',', value_parser = Offered(pack_names))]
    pub(in crate::cli) packs: Vec<String>,
    /// A file with a pack of your own to check with as well; may be repeated
    #[arg(long = "rules", value_name = "FILE")]
    pub(in crate::cli) rules: Vec<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Rules")]
pub(in crate::cli) struct SelectionArgs {
    /// Only these rules, packs or tags, or those that a state or body (China, CN, ASEAN) is likely to object to; may be repeated, or
    /// separated by commas
    #[arg(long, value_name = "ID|TAG|WHO", value_delimiter = ',')]
    pub(in crate::cli) select: Vec<String>,
    /// All but these rules, packs or tags, or those that a state or body is likely to object to; may be repeated, or separated by commas
    #[arg(long, value_name = "ID|TAG|WHO", value_delimiter = ',')]
    pub(in crate::cli) ignore: Vec<String>,
}

impl SetupArgs {
    /// The configuration that is asked for.
    pub(in crate::cli) fn choice(&self) -> Choice {
        match &self.config {
            _ if self.no_config => Choice::Nothing,
            Some(file) => Choice::File(file.clone()),
            None => Choice::Nearest,
        }
    }

    pub(in crate::cli) fn options(&self, selection: Option<&SelectionArgs>) -> Options {
        Options {
            packs: self.packs.clone(),
            with: Vec::new(),
            rules: self.rules.clone(),
            select: selection.map(|s| s.select.clone()).unwrap_or_default(),
            ignore: selection.map(|s| s.ignore.clone()).unwrap_or_default(),
            detail: Detail::ForChecking,
            unsaved: Default::default(),
        }
    }
}
