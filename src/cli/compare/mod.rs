//! `comity compare`

mod compared;
mod folders;
mod likeness;
mod several;
mod sources;
mod spec;
mod written;

use std::path::Path;

use super::args::{CompareArgs, CompareGate, fails};
use super::configurations::Configurations;
use super::output::Output;
use super::status::Status;
use super::streams::Streams;
use crate::config::resolve;
use crate::session::Setup;
use compared::{Compared, Comparer, Fate};
use sources::{VersionError, Versions, no_option_behind, versions};
use written::Writer;

/// The pack that says what changed.
const COMPARE: &str = "compare";

/// What is compared.
enum Task {
    /// Two drafts.
    Pair(Versions),
    /// Folders, or several drafts.
    Several(folders::Sides),
}

impl Task {
    fn read(args: &CompareArgs) -> Result<Task, VersionError> {
        no_option_behind(args)?;
        match folders::sides(args)? {
            Some(sides) => Ok(Task::Several(sides)),
            None => versions(args).map(Task::Pair),
        }
    }

    /// True if a draft that is compared is this file.
    fn has(&self, file: &Path) -> bool {
        let is_file = |other: &Path| resolve(other) == resolve(file);
        match self {
            Task::Pair(versions) => versions.files().any(is_file),
            Task::Several(sides) => sides.files().any(is_file),
        }
    }
}

pub(super) fn run(args: &CompareArgs, streams: &mut Streams) -> Status {
    let task = match Task::read(args) {
        Ok(task) => task,
        Err(error) => {
            streams.error(&error);
            return Status::Failed;
        }
    };
    if let Some(output) = args.output.as_deref().filter(|output| task.has(output)) {
        let remedy = "a draft that is compared cannot be the report as well; name another file";
        streams.error(&format!("{}: {remedy}", output.display()));
        return Status::Failed;
    }
    let mut configurations = Configurations::with(&args.setup, Some(&args.selection), Some(COMPARE));
    let Some(output) = Output::open(args.output.as_deref(), streams) else {
        return Status::Failed;
    };
    let mut run = Run { args, writer: Writer::new(args.format), output, status: Status::Clean };
    run.output.write(streams, |out| run.writer.start(out));
    match task {
        Task::Pair(versions) => run.pair(&versions, &mut configurations, streams),
        Task::Several(sides) => run.several(sides, &mut configurations, streams),
    }
    run.output.write(streams, |out| run.writer.finish(out));
    if run.output.finish(streams) { run.status } else { Status::Failed }
}

/// A run: its options, where it writes, and what it has come to.
struct Run<'a> {
    args: &'a CompareArgs,
    writer: Writer,
    output: Output,
    status: Status,
}

impl Run<'_> {
    /// Compares two drafts.
    fn pair(&mut self, versions: &Versions, configurations: &mut Configurations, streams: &mut Streams) {
        let Some(setup) = configurations.setup_for(&versions.path, streams) else {
            self.not_set_up(&versions.path, configurations, streams);
            return;
        };
        let comparer = Comparer { args: self.args, setup: &setup, path: &versions.path };
        match comparer.pair(versions, Fate::Kept, streams) {
            Ok(compared) => {
                self.output.write(streams, |out| self.writer.only(out, &compared));
                self.judge(&setup, &compared);
            }
            Err(errors) => self.fail(&errors, streams),
        }
    }

    /// Keeps what could not be read, and says it.
    fn fail(&mut self, errors: &[VersionError], streams: &mut Streams) {
        for error in errors {
            streams.error(error);
            self.output.write(streams, |out| self.writer.failed(out, error.to_string()));
        }
        self.status = Status::Failed;
    }

    /// Keeps that there are no rules for a draft, which has been said.
    fn not_set_up(&mut self, path: &Path, configurations: &mut Configurations, streams: &mut Streams) {
        for cause in configurations.take_causes() {
            self.output.write(streams, |out| self.writer.caused(out, &cause));
        }
        let failure =
            format!("{}: not compared, because its configuration or one of its packs is wrong", path.display());
        self.output.write(streams, |out| self.writer.failed(out, failure));
        self.status = Status::Failed;
    }

    /// Keeps whether a comparison has what the run is to fail for.
    fn judge(&mut self, setup: &Setup, compared: &Compared) {
        let args = self.args;
        let severity = args.fail_on.iter().find_map(|gate| match gate {
            CompareGate::Finding(severity) => Some(*severity),
            _ => None,
        });
        let is_asked = |gate| args.fail_on.contains(&gate);
        let is_grave = fails(&compared.findings(), severity.or(setup.fail_on))
            || (is_asked(CompareGate::Weaker) && compared.is_weaker())
            || ((args.fail_on_change || is_asked(CompareGate::Change)) && compared.is_changed());
        if is_grave {
            self.status = self.status.max(Status::Found);
        }
    }
}
