//! `comity compare`

mod compared;
mod folders;
mod likeness;
mod redline;
mod series;
mod several;
mod sources;
mod spec;
mod texts;
mod three_way;
mod written;

use std::path::Path;

use super::args::{CompareArgs, CompareFormat, CompareGate, CompareShape, fails};
use super::configurations::Configurations;
use super::output::Output;
use super::status::Status;
use super::streams::Streams;
use crate::Reading;
use crate::config::resolve;
use crate::session::Setup;
use compared::{Compared, Comparer, Fate};
use sources::{VersionError, Versions, no_option_behind, versions};
use texts::{COMPARE, Texts};
use written::Writer;

/// The reason that there is no redline of several drafts.
const ONE_REDLINE: &str =
    "--redline takes two drafts, and makes one document of them; compare one draft after the other";

/// What is compared.
enum Task {
    /// Two drafts.
    Pair(Versions),
    /// Folders, or several drafts.
    Several(folders::Sides),
    /// A base and two edits of it.
    ThreeWay(Texts),
    /// Texts of several years.
    Series(Texts),
}

impl Task {
    fn read(args: &CompareArgs) -> Result<Task, VersionError> {
        no_option_behind(args)?;
        if let Some(base) = &args.base {
            return three_way::texts(args, base).map(Task::ThreeWay);
        }
        if args.series {
            return series::texts(args).map(Task::Series);
        }
        if args.versions.len() > 2 {
            return Err(VersionError::Many(args.versions.len()));
        }
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
            Task::ThreeWay(texts) | Task::Series(texts) => texts.files().any(is_file),
        }
    }
}

pub(super) fn run(args: &CompareArgs, streams: &mut Streams) -> Status {
    if let Some(misfit) = misfit(args) {
        streams.error(&misfit);
        return Status::Failed;
    }
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
    if let Some(out) = &args.redline {
        let refused = match &task {
            Task::Pair(_) => redline::can_be_written(args, out, |file| task.has(file)).err(),
            _ => Some(ONE_REDLINE.to_owned()),
        };
        if let Some(refused) = refused {
            streams.error(&refused);
            return Status::Failed;
        }
    }
    let Some(mut output) = Output::open(args.output.as_deref(), streams) else {
        return Status::Failed;
    };
    let status = match (task, args.format) {
        (Task::ThreeWay(texts), CompareShape::Comparison(format)) => {
            three_way::run(args, format, texts, &mut output, streams)
        }
        (Task::Series(texts), CompareShape::Comparison(format)) => {
            series::run(args, format, texts, &mut output, streams)
        }
        (Task::Pair(versions), _) => {
            Run::compare(args, &mut output, streams, |run, rules, streams| run.pair(&versions, rules, streams))
        }
        (Task::Several(sides), _) => {
            Run::compare(args, &mut output, streams, |run, rules, streams| run.several(sides, rules, streams))
        }
        // It is a misfit.
        (Task::ThreeWay(_) | Task::Series(_), CompareShape::Report(_)) => Status::Failed,
    };
    if output.finish(streams) { status } else { Status::Failed }
}

/// The reason that some options do not go together.
fn misfit(args: &CompareArgs) -> Option<&'static str> {
    let is_pair = args.base.is_none() && !args.series;
    match args.format {
        CompareShape::Comparison(CompareFormat::Html) if args.base.is_some() => {
            return Some("--base has no --format html: it is written for people (human) or as json");
        }
        CompareShape::Report(_) if !is_pair => {
            return Some(
                "--base and --series are no reports of findings: --format human or json, and html of a series",
            );
        }
        _ => {}
    }
    if args.series && args.severity().is_some_and(|severity| severity.is_some()) {
        return Some("--series has no findings: --fail-on takes weaker, change or never with it");
    }
    if args.fail_on.contains(&CompareGate::Collision) && args.base.is_none() {
        return Some("--fail-on collision goes with --base: where two drafts are compared nothing collides");
    }
    None
}

/// A run: its options, where it writes, and what it has come to.
struct Run<'a> {
    args: &'a CompareArgs,
    writer: Writer,
    output: &'a mut Output,
    status: Status,
}

impl<'a> Run<'a> {
    /// Compares drafts one after the other; returns what it comes to.
    fn compare(
        args: &'a CompareArgs,
        output: &'a mut Output,
        streams: &mut Streams,
        compare: impl FnOnce(&mut Run<'a>, &mut Configurations, &mut Streams),
    ) -> Status {
        let mut configurations = Configurations::with(&args.setup, Some(&args.selection), Some(COMPARE));
        let mut run = Run { args, writer: Writer::new(args.format), output, status: Status::Clean };
        run.output.write(streams, |out| run.writer.start(out));
        compare(&mut run, &mut configurations, streams);
        run.output.write(streams, |out| run.writer.finish(out));
        run.status
    }

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
                self.redline(&compared, (versions.new.file(), &comparer.reading()), streams);
            }
            Err(errors) => self.fail(&errors, streams),
        }
    }

    /// Writes the redline of two drafts, if one is wanted, and says what is in it.
    fn redline(&mut self, compared: &Compared, source: (Option<&Path>, &Reading), streams: &mut Streams) {
        let Some(out) = &self.args.redline else {
            return;
        };
        match redline::write(self.args, out, compared, source) {
            Ok(written) => {
                written.fallback.iter().for_each(|fallback| streams.say(fallback));
                streams.say(&written.said);
            }
            Err(error) => {
                streams.error(&error);
                self.status = Status::Failed;
            }
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
        let is_grave = fails(&compared.findings(), args.severity().or(setup.fail_on))
            || (args.asks(CompareGate::Weaker) && compared.is_weaker())
            || (args.asks(CompareGate::Change) && compared.is_changed());
        if is_grave {
            self.status = self.status.max(Status::Found);
        }
    }
}
