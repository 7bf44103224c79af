//! A run: its options, where its report goes, and what it has come to.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::tally::{NotReadTally, Tally};
use crate::Usage;
use crate::cli::annotate::Copies;
use crate::cli::args::CheckArgs;
use crate::cli::baseline::Accepting;
use crate::cli::configurations::Configurations;
use crate::cli::discover::Target;
use crate::cli::fix::{self, Mode};
use crate::cli::output::Output;
use crate::cli::status::Status;
use crate::cli::streams::Streams;
use crate::report::{Failure, Reporter};
use crate::session::{Setup, Task};

/// The path of a draft, and the setup that it is checked with.
pub(super) type Job = (PathBuf, Arc<Setup>);

/// A run of `comity check`.
pub(super) struct Run<'a> {
    pub(super) args: &'a CheckArgs,
    pub(super) mode: Mode,
    /// The annotated copies, if any are wanted.
    pub(super) copies: Option<Copies<'a>>,
    pub(super) accepting: Accepting,
    pub(super) reporter: Box<dyn Reporter>,
    pub(super) output: Output,
    pub(super) status: Status,
    pub(super) tally: Tally,
    pub(super) not_read: NotReadTally,
    pub(super) fixes: fix::FixCount,
    /// What the drafts needed of the rules, if that was asked for.
    pub(super) usage: Option<Usage>,
}

impl Run<'_> {
    /// True if a draft is left out, which is said where that is wanted.
    pub(super) fn leaves_out(&self, target: &Target, setup: &Setup, streams: &mut Streams) -> bool {
        let left_out = (!target.named || self.args.force_exclude) && setup.policy.ignores(&target.path);
        if left_out && self.args.verbose {
            streams.say(&format!("{}: left out by the configuration", target.path.display()));
        }
        left_out
    }

    /// Says which configurations are used, each once.
    pub(super) fn say_configurations(&self, jobs: &[Job], configurations: &mut Configurations, streams: &mut Streams) {
        let mut said = Vec::new();
        for (path, setup) in jobs {
            let file = configurations.file_for(path);
            if !said.contains(&file) {
                let name = file.as_ref().map_or("no configuration".to_owned(), |file| file.display().to_string());
                streams.say(&format!("{name}: {} rules", setup.rules.rules().len()));
                said.push(file);
            }
        }
    }

    /// The work on each draft.
    pub(super) fn task(&self) -> Task<'_> {
        Task {
            fix: self.mode.applicability(),
            keeps_found: self.copies.is_some(),
            tells_taken: self.tells_taken(),
            baseline: self.accepting.baseline(),
        }
    }

    /// True if it is told what a draft is taken for.
    pub(super) fn tells_taken(&self) -> bool {
        self.args.verbose || self.reporter.tells_taken()
    }

    /// Keeps that something could not be checked or written, which has been said; `false` if nothing more can be written.
    pub(super) fn fail(&mut self, failure: &str, streams: &mut Streams) -> bool {
        self.status = Status::Failed;
        self.tally.failures += 1;
        self.output.write(streams, |out| self.reporter.failed(out, &Failure::Unchecked(failure.to_owned())))
    }

    /// Keeps that there are no rules for a draft. What is wrong has been said; the report is told as well.
    pub(super) fn not_set_up(&mut self, path: &Path, configurations: &mut Configurations, streams: &mut Streams) {
        for cause in configurations.take_causes() {
            self.output.write(streams, |out| self.reporter.failed(out, &cause));
        }
        let path = path.display();
        self.fail(&format!("{path}: not checked, because its configuration or one of its packs is wrong"), streams);
    }
}
