//! `comity check`

mod drafts;
mod not_read;
mod outcome;
mod progress;
mod reporter;
mod run;
mod tally;
mod workers;

use std::path::Path;

use super::annotate::Copies;
use super::args::CheckArgs;
use super::baseline::Accepting;
use super::configurations::Configurations;
use super::fix::{self, Mode};
use super::output::Output;
use super::status::Status;
use super::streams::Streams;
use crate::Usage;
use reporter::reporter;
use run::Run;
use tally::{NotReadTally, Tally};

/// The pack that `--final` adds.
const FINAL: &str = "final";

pub(super) fn run(args: &CheckArgs, streams: &mut Streams) -> Status {
    let is_stdin = args.paths.iter().any(|path| path == Path::new("-"));
    let copies = match Copies::new(args) {
        Ok(copies) => copies,
        Err(error) => {
            streams.error(&error);
            return Status::Failed;
        }
    };
    if is_stdin && args.paths.len() > 1 {
        streams.error(&"`-` reads one draft from standard input and cannot be checked together with other paths");
        return Status::Failed;
    }
    if is_stdin && args.stdin_filename.is_none() && (args.baseline.is_some() || args.write_baseline.is_some()) {
        streams.error(&"a baseline knows drafts by their files: say with --stdin-filename which one this draft is");
        return Status::Failed;
    }
    let Some(output) = Output::open(args.output.as_deref(), streams) else {
        return Status::Failed;
    };
    if args.raw && output.is_terminal() {
        streams
            .error(&"a terminal may obey what stands in a patch: send it to a file or a program, or leave out --raw");
        return Status::Failed;
    }
    let Some(accepting) = Accepting::open(args, streams) else {
        return Status::Failed;
    };
    let (tally, not_read, fixes) = (Tally::default(), NotReadTally::default(), fix::FixCount::default());
    let mode = Mode::new(args);
    let (reporter, status) = (reporter(args), Status::Clean);
    let usage = args.unused_rules.then(Usage::default);
    let mut run = Run { args, mode, copies, accepting, reporter, output, status, tally, not_read, fixes, usage };
    let mut configurations = Configurations::with(&args.setup, Some(&args.selection), args.is_final.then_some(FINAL));
    if run.output.write(streams, |out| run.reporter.start(out)) {
        if is_stdin {
            run.stdin(&mut configurations, streams);
        } else {
            run.paths(&mut configurations, streams);
        }
        if let Some(usage) = &run.usage {
            run.reporter.unused(usage.unused());
        }
        run.output.write(streams, |out| run.reporter.finish(out));
    }
    if !run.output.finish(streams) {
        run.status = Status::Failed;
    }
    let accepted = run.accepting.finish(args.quiet, streams);
    run.status = run.status.max(accepted);
    if let Some(left) = run.copies.as_ref().and_then(Copies::left).filter(|_| !args.quiet) {
        streams.say(&left);
    }
    if let Some(files) = run.not_read.files() {
        streams.say(&files);
    }
    if let Some(lines) = run.not_read.lines().filter(|_| !args.quiet) {
        streams.say(&lines);
    }
    // Statistics end with a summary of their own, which knows nothing of drafts that could not be checked.
    if !args.quiet && (args.statistics.is_none() || run.tally.failures > 0) {
        // Of a copy with tracked changes it is said what is in it.
        if let Some(fixed) = run.fixes.summary(mode).filter(|_| args.annotate.is_none()) {
            streams.say(&fixed);
        }
        let has_report = !matches!(mode, Mode::Diff(_)) && !run.accepting.is_written();
        if has_report || run.tally.failures > 0 {
            streams.say(&run.tally.summary());
        }
    }
    // The process ends here: to take the rules apart would only take time.
    std::mem::forget(configurations);
    run.status
}
