//! `comity check`

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use codespan_reporting::term::termcolor::WriteColor;
use comity::config::FailOn;
use comity::report::Reporter;
use comity::{Draft, DraftError, Finding, Format, Severity, Usage};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::discover::{Target, discover};
use super::setup::{Setup, Setups};
use super::streams::Streams;
use super::{CheckArgs, Status};

/// Drafts that are checked before any is reported: enough for every thread, few enough to hold in memory.
const BATCH: usize = 64;

/// How long a run takes before its progress is shown.
const PATIENCE: Duration = Duration::from_millis(700);

pub(super) fn run(args: &CheckArgs, streams: &mut Streams) -> Status {
    let mut run = Run {
        args,
        reporter: match args.statistics {
            Some(shape) => shape.begin(),
            None => (args.format.begin)(&Streams::settings()),
        },
        status: Status::Clean,
        tally: Tally::default(),
        usage: args.unused_rules.then(Usage::default),
    };
    let mut setups = Setups::new(&args.setup, Some(&args.selection));
    if args.paths.iter().any(|path| path == Path::new("-")) {
        if args.paths.len() > 1 {
            streams.error(&"`-` reads one draft from standard input and cannot be checked together with other paths");
            return Status::Failed;
        }
        run.stdin(&mut setups, streams);
    } else {
        run.paths(&mut setups, streams);
    }
    if let Some(usage) = &run.usage {
        run.reporter.unused(usage.unused());
    }
    let finished = run.reporter.finish(&mut streams.out);
    streams.wrote(finished);
    // Statistics end with a summary of their own, which knows nothing of drafts that could not be checked.
    if !args.quiet && (args.statistics.is_none() || run.tally.failed > 0) {
        streams.say(&run.tally.summary());
    }
    // The process ends here: to take the rules apart would only take time.
    std::mem::forget(setups);
    run.status
}

struct Run<'a> {
    args: &'a CheckArgs,
    reporter: Box<dyn Reporter>,
    status: Status,
    tally: Tally,
    /// What the drafts needed of the rules, if that was asked for.
    usage: Option<Usage>,
}

impl Run<'_> {
    fn stdin(&mut self, setups: &mut Setups<'_>, streams: &mut Streams) {
        let path = self.args.stdin_filename.as_deref();
        let Some(setup) = setups.of(path.unwrap_or(Path::new("draft")), streams) else {
            self.fail();
            return;
        };
        let job = (path.unwrap_or(Path::new("draft")).to_owned(), setup);
        if self.args.verbose {
            self.say_configurations(std::slice::from_ref(&job), setups, streams);
        }
        let (_, setup) = job;
        if path.is_some_and(|path| setup.policy.ignores(path)) {
            return;
        }
        let name = path.map_or_else(|| "<stdin>".to_owned(), |path| path.display().to_string());
        let format = path.and_then(Format::of).unwrap_or(Format::Markdown);
        let draft = Draft::from_reader(&name, format, io::stdin().lock());
        let result = draft.map(|draft| check(draft, &setup, path.unwrap_or(Path::new("")), self.usage.is_some()));
        self.report(result, &setup, streams);
    }

    fn paths(&mut self, setups: &mut Setups<'_>, streams: &mut Streams) {
        let discovered = discover(&self.args.paths);
        for error in &discovered.errors {
            streams.error(error);
            self.fail();
        }
        let mut jobs = Vec::with_capacity(discovered.targets.len());
        for target in discovered.targets {
            match setups.of(&target.path, streams) {
                Some(setup) if self.leaves_out(&target, &setup, streams) => {}
                Some(setup) => jobs.push((target.path, setup)),
                None => self.fail(),
            }
        }
        if self.args.verbose {
            self.say_configurations(&jobs, setups, streams);
        }
        let mut progress = Progress::new(jobs.len(), self.args.quiet);
        for batch in jobs.chunks(BATCH) {
            let results = check_all(batch, self.usage.is_some());
            progress.hide();
            for ((_, setup), result) in batch.iter().zip(results) {
                if !self.report(result, setup, streams) {
                    return;
                }
            }
            progress.advance(batch.len());
        }
        progress.hide();
    }

    fn leaves_out(&self, target: &Target, setup: &Setup, streams: &mut Streams) -> bool {
        let left_out = (!target.named || self.args.force_exclude) && setup.policy.ignores(&target.path);
        if left_out && self.args.verbose {
            streams.say(&format!("{}: left out by the configuration", target.path.display()));
        }
        left_out
    }

    fn say_configurations(&self, jobs: &[(PathBuf, Arc<Setup>)], setups: &mut Setups<'_>, streams: &mut Streams) {
        let mut said = Vec::new();
        for (path, setup) in jobs {
            let file = setups.file_for(path);
            if !said.contains(&file) {
                let name = file.as_ref().map_or("no configuration".to_owned(), |file| file.display().to_string());
                streams.say(&format!("{name}: {} rules", setup.rules.rules().len()));
                said.push(file);
            }
        }
    }

    /// Reports one draft; `false` if nothing more can be written.
    fn report(&mut self, result: Result<Checked, DraftError>, setup: &Setup, streams: &mut Streams) -> bool {
        let Checked { draft, mut findings, usage } = match result {
            Ok(checked) => checked,
            Err(error) => {
                streams.error(&error);
                self.fail();
                return true;
            }
        };
        if let (Some(all), Some(usage)) = (&mut self.usage, usage) {
            all.add(usage);
        }
        if let Some(least) = self.args.min_severity {
            findings.retain(|finding| finding.severity() >= least);
        }
        self.tally.add(&findings);
        let fail_on = self.args.fail_on.or(setup.fail_on).unwrap_or(Some(Severity::Error));
        if findings.iter().any(|finding| fails(finding, fail_on)) {
            self.status = self.status.max(Status::Found);
        }
        let out: &mut dyn WriteColor = &mut streams.out;
        let written = self.reporter.draft(out, &draft, &findings);
        streams.wrote(written)
    }

    fn fail(&mut self) {
        self.status = Status::Failed;
        self.tally.failed += 1;
    }
}

fn fails(finding: &Finding, fail_on: FailOn) -> bool {
    fail_on.is_some_and(|least| finding.severity() >= least)
}

struct Checked {
    draft: Draft,
    findings: Vec<Finding>,
    usage: Option<Usage>,
}

fn check(draft: Draft, setup: &Setup, path: &Path, with_usage: bool) -> Checked {
    let (findings, usage) = if with_usage {
        let (findings, usage) = setup.rules.check_with_usage(&draft);
        (findings, Some(usage))
    } else {
        (setup.rules.check(&draft), None)
    };
    Checked { findings: setup.policy.apply(path, findings), draft, usage }
}

fn check_all(batch: &[(PathBuf, Arc<Setup>)], with_usage: bool) -> Vec<Result<Checked, DraftError>> {
    let one = |(path, setup): &(PathBuf, Arc<Setup>)| Ok(check(Draft::read(path)?, setup, path, with_usage));
    match batch {
        // The threads of rayon cost more than one draft.
        [job] => vec![one(job)],
        jobs => jobs.par_iter().map(one).collect(),
    }
}

/// What was checked and found.
#[derive(Default)]
struct Tally {
    drafts: usize,
    /// Drafts and directories that could not be read, or not be checked.
    failed: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
}

impl Tally {
    fn add(&mut self, findings: &[Finding]) {
        self.drafts += 1;
        for finding in findings {
            match finding.severity() {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Note => self.notes += 1,
            }
        }
    }

    fn summary(&self) -> String {
        let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let mut drafts = format!("{} checked", count(self.drafts, "draft"));
        if self.failed > 0 {
            drafts += &format!(", {} could not be checked", self.failed);
            if self.drafts == 0 {
                return drafts;
            }
        }
        if self.errors + self.warnings + self.notes == 0 {
            return format!("{drafts}: nothing found");
        }
        let Tally { errors, warnings, notes, .. } = *self;
        format!("{drafts}: {}, {}, {}", count(errors, "error"), count(warnings, "warning"), count(notes, "note"))
    }
}

/// A progress bar on standard error, where that is a terminal and the run takes long.
struct Progress {
    bar: Option<ProgressBar>,
    started: Instant,
    total: u64,
    done: u64,
}

impl Progress {
    fn new(total: usize, quiet: bool) -> Progress {
        let wanted = !quiet && total > BATCH && io::stderr().is_terminal();
        let bar = wanted.then(|| {
            let style = ProgressStyle::with_template("{bar:30} {pos}/{len} drafts")
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::hidden().with_style(style)
        });
        Progress { bar, started: Instant::now(), total: total as u64, done: 0 }
    }

    fn advance(&mut self, drafts: usize) {
        self.done += drafts as u64;
        let Some(bar) = &self.bar else {
            return;
        };
        if self.started.elapsed() > PATIENCE {
            bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
            bar.set_length(self.total);
            bar.set_position(self.done);
        }
    }

    /// Takes the bar off the terminal, so that findings can be printed.
    fn hide(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
            bar.reset();
        }
    }
}
