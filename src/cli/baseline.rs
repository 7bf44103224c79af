//! `comity check --baseline` and `--write-baseline`.

use std::path::{Path, PathBuf};

use super::args::CheckArgs;
use super::status::Status;
use super::streams::Streams;
use crate::atomic;
use crate::baseline::Baseline;
use crate::report::counted;
use crate::{Finding, Suppression};

/// The baseline of a run.
pub(super) enum Accepting {
    /// There is none.
    Nothing,
    /// A file is read, and what is in it is not reported.
    Read { path: PathBuf, baseline: Baseline, accepted: usize, gone: usize },
    /// A file is written, with all that is found.
    Write { path: PathBuf, before: usize, baseline: Baseline, redlines: usize },
}

impl Accepting {
    /// Reads the file that the command line names, and says what is wrong with it.
    pub(super) fn open(args: &CheckArgs, streams: &mut Streams) -> Option<Accepting> {
        let (path, write) = match (&args.baseline, &args.write_baseline) {
            (Some(path), _) => (path, false),
            (None, Some(path)) => (path, true),
            (None, None) => return Some(Accepting::Nothing),
        };
        let read = if write && !path.exists() { Ok(Baseline::new(path)) } else { Baseline::read(path) };
        let baseline = match read {
            Ok(baseline) => baseline,
            Err(error) => {
                streams.config_error(&error.into());
                return None;
            }
        };
        let path = path.clone();
        Some(if write {
            Accepting::Write { path, before: baseline.len(), baseline, redlines: 0 }
        } else {
            Accepting::Read { path, baseline, accepted: 0, gone: 0 }
        })
    }

    pub(super) fn is_written(&self) -> bool {
        matches!(self, Accepting::Write { .. })
    }

    /// The findings that are accepted, where these are not to be reported.
    pub(super) fn baseline(&self) -> Option<&Baseline> {
        match self {
            Accepting::Read { baseline, .. } => Some(baseline),
            _ => None,
        }
    }

    /// Takes notice of the findings of a draft, and of how many entries have not occurred in it.
    pub(super) fn take(&mut self, path: &Path, findings: &mut Vec<Finding>, not_there: usize) {
        match self {
            Accepting::Nothing => {}
            Accepting::Read { accepted, gone, .. } => {
                let is_accepted = |finding: &&Finding| finding.suppressed == Some(Suppression::Baseline);
                *accepted += findings.iter().filter(is_accepted).count();
                *gone += not_there;
            }
            Accepting::Write { baseline, redlines, .. } => {
                findings.retain(|finding| finding.suppressed.is_none());
                *redlines += findings.iter().filter(|finding| finding.rule.is_redline()).count();
                baseline.accept(path, findings.iter());
                findings.clear();
            }
        }
    }

    /// Writes the file, if one is to be written, and says what has come of it.
    pub(super) fn finish(&mut self, quiet: bool, streams: &mut Streams) -> Status {
        match self {
            Accepting::Nothing => {}
            Accepting::Read { path, accepted, gone, .. } => {
                let mut said = format!("{}: {} accepted", path.display(), counted(*accepted, "finding"));
                if *gone > 0 {
                    said += &format!("; {} no longer there, --write-baseline takes them out", counted(*gone, "entry"));
                }
                if !quiet && (*accepted > 0 || *gone > 0) {
                    streams.say(&said);
                }
            }
            Accepting::Write { path, before, baseline, redlines } => {
                baseline.prune();
                if let Err(error) = write(path, baseline) {
                    streams.error(&format!("{}: {error}", path.display()));
                    return Status::Failed;
                }
                let mut said =
                    format!("{}: {} accepted, {before} before", path.display(), counted(baseline.len(), "finding"));
                if *redlines > 0 {
                    said += &format!("; {} cannot be", counted(*redlines, "red line"));
                }
                if !quiet {
                    streams.say(&said);
                }
            }
        }
        Status::Clean
    }
}

fn write(path: &Path, baseline: &Baseline) -> std::io::Result<()> {
    let mut text = Vec::new();
    baseline.write(&mut text)?;
    atomic::replace(path, baseline.before(), &text)
}
