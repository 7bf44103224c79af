//! `comity check`

use std::cell::Cell;
use std::collections::HashSet;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use comity::baseline::Baseline;
use comity::config::{FailOn, resolve};
use comity::fix::Fixed;
use comity::report::{Failure, Reporter, Statistics, counted};
use comity::session::Setup;
use comity::{Declared, Draft, DraftError, Finding, Format, Reading, Severity, Taken, Usage, gather};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use termcolor::WriteColor;

use super::args::CheckArgs;
use super::baseline::Accepting;
use super::discover::{Target, discover};
use super::fix::{self, Mode};
use super::output::Output;
use super::setup::{Setups, say_unchecked};
use super::status::Status;
use super::streams::Streams;
use super::{annotate, diff};

/// Drafts that are checked before any is reported: enough for every thread, few enough to hold in memory.
const BATCH: usize = 64;

/// How long a run takes before its progress is shown.
const PATIENCE: Duration = Duration::from_millis(700);

pub(super) fn run(args: &CheckArgs, streams: &mut Streams) -> Status {
    let is_stdin = args.paths.iter().any(|path| path == Path::new("-"));
    if let Some(out) = &args.annotate
        && let Err(error) = annotate::can_be(args, out)
    {
        streams.error(&error);
        return Status::Failed;
    }
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
    let Some(accepting) = Accepting::of(args, streams) else {
        return Status::Failed;
    };
    let (tally, fixes) = (Tally::default(), fix::Tally::default());
    let mode = Mode::of(args);
    let (reporter, status) = (reporter(args), Status::Clean);
    let usage = args.unused_rules.then(Usage::default);
    let mut run = Run { args, mode, accepting, reporter, output, status, tally, fixes, usage };
    let mut setups = Setups::new(&args.setup, Some(&args.selection));
    if run.output.write(streams, |out| run.reporter.start(out)) {
        if is_stdin {
            run.stdin(&mut setups, streams);
        } else {
            run.paths(&mut setups, streams);
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
    std::mem::forget(setups);
    run.status
}

/// What writes the report, or counts in its place.
fn reporter(args: &CheckArgs) -> Box<dyn Reporter> {
    if args.diff || args.write_baseline.is_some() {
        return Box::new(Nothing);
    }
    let shape = match args.format.name {
        "json" | "jsonl" => Statistics::Json,
        _ => Statistics::Human,
    };
    match args.statistics {
        Some(given) => given.unwrap_or(shape).begin(),
        None => (args.format.begin)(&Streams::settings()),
    }
}

/// No report: a difference, or a baseline, takes its place.
struct Nothing;

impl Reporter for Nothing {
    fn draft(&mut self, _: &mut dyn WriteColor, _: &Draft, _: &[Finding]) -> io::Result<()> {
        Ok(())
    }
}

/// A draft to check, and with what.
type Job = (PathBuf, Arc<Setup>);

struct Run<'a> {
    args: &'a CheckArgs,
    mode: Mode,
    accepting: Accepting,
    reporter: Box<dyn Reporter>,
    output: Output,
    status: Status,
    tally: Tally,
    fixes: fix::Tally,
    /// What the drafts needed of the rules, if that was asked for.
    usage: Option<Usage>,
}

impl Run<'_> {
    fn stdin(&mut self, setups: &mut Setups, streams: &mut Streams) {
        let path = self.args.stdin_filename.as_deref();
        let Some(setup) = setups.of(path.unwrap_or(Path::new("draft")), streams) else {
            self.not_set_up(path.unwrap_or(Path::new("<stdin>")), setups, streams);
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
        let format = path.and_then(Format::from_path).unwrap_or(Format::Markdown);
        let draft = Draft::from_reader(&name, format, io::stdin().lock(), &self.args.documents.reading());
        let result = draft.map(|draft| {
            let mode = (self.mode, self.tells_taken());
            check(draft, &setup, path.unwrap_or(Path::new("")), mode, self.accepting.baseline())
        });
        self.report(None, result, &setup, streams);
    }

    fn paths(&mut self, setups: &mut Setups, streams: &mut Streams) {
        let discovered = discover(&self.args.paths);
        for error in &discovered.errors {
            streams.error(error);
            self.fail(error, streams);
        }
        let mut jobs = Vec::with_capacity(discovered.targets.len());
        let mut fixed: HashSet<PathBuf> = HashSet::new();
        for target in discovered.targets {
            match setups.of(&target.path, streams) {
                Some(setup) if self.leaves_out(&target, &setup, streams) => {}
                // A file that a link leads to as well is written once.
                Some(_) if self.args.fix && target.path.canonicalize().is_ok_and(|path| !fixed.insert(path)) => {}
                Some(setup) => jobs.push((target.path, setup)),
                None => self.not_set_up(&target.path, setups, streams),
            }
        }
        if let Some(output) = self.args.output.as_deref()
            && jobs.iter().any(|(path, _)| resolve(path) == resolve(output))
        {
            let error = format!(
                "{}: a draft that is checked cannot be the report as well; name another file",
                output.display()
            );
            streams.error(&error);
            self.output.give_up();
            self.status = Status::Failed;
            return;
        }
        if self.args.verbose {
            self.say_configurations(&jobs, setups, streams);
        }
        let reading = self.args.documents.reading();
        let workers = match Workers::new(self.args.jobs) {
            Ok(workers) => workers,
            Err(error) => {
                streams.error(&error);
                self.fail(&error, streams);
                return;
            }
        };
        let mut progress = Progress::new(jobs.len(), self.args.quiet);
        for batch in jobs.chunks(BATCH) {
            for part in stretches(batch, &reading) {
                let (mode, baseline) = ((self.mode, self.tells_taken()), self.accepting.baseline());
                let results = workers.map(part, |(path, setup)| {
                    Ok(check(Draft::read_with(path, &reading)?, setup, path, mode, baseline))
                });
                progress.hide();
                for ((path, setup), result) in part.iter().zip(results) {
                    if !self.report(Some(path), result, setup, streams) {
                        return;
                    }
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

    fn say_configurations(&self, jobs: &[Job], setups: &mut Setups, streams: &mut Streams) {
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

    /// Reports one draft, and fixes its file where it is one and that is wanted; `false` if nothing more can be written.
    fn report(
        &mut self,
        path: Option<&Path>,
        result: Result<Checked, DraftError>,
        setup: &Setup,
        streams: &mut Streams,
    ) -> bool {
        let mut checked = match result {
            Ok(checked) => checked,
            Err(error) => {
                streams.error(&error);
                return self.fail(&error.to_string(), streams);
            }
        };
        // What a draft from standard input is called.
        let name = path.or(self.args.stdin_filename.as_deref()).unwrap_or(Path::new(""));
        if let Some(before) = &checked.before
            && let Err(failure) = self.put(path, before, &checked.fixed, streams)
        {
            streams.error(&failure);
            self.tally.unwritten += 1;
            self.fail(&failure, streams);
            // The draft is as it was, with all that there is to say of it.
            if let Some(before) = checked.before.take() {
                checked = check(before, setup, name, (Mode::Report, false), self.accepting.baseline());
            }
        }
        let Checked { before, found, fixed, gone, taken } = checked;
        self.fixes.add(&fixed);
        // Also with --quiet: who hears nothing of a draft takes it for clean.
        say_unchecked(setup, &fixed.draft, streams);
        let fixed_draft = (self.args.annotate.is_some() && self.args.fix).then(|| fixed.draft.clone());
        let (draft, mut findings) = match before {
            // A document is not changed itself: what was found in it is still there.
            Some(before) if !before.is_text() => (before, found),
            _ => (fixed.draft, fixed.left),
        };
        if let Some(usage) = &mut self.usage {
            usage.add(setup.rules.usage(&draft, &findings));
        }
        self.accepting.take(name, &mut findings, gone);
        for problem in Declared::problems(&draft) {
            streams.error(&problem);
            if !self.fail(&problem, streams) {
                return false;
            }
        }
        if self.tells_taken() {
            let taken = taken.unwrap_or_else(|| setup.policy.taken(name, &draft));
            if self.args.verbose {
                streams.say(&format!("{}: {taken}", draft.name()));
            }
            self.reporter.taken(&draft, &taken);
        }
        findings = gather(findings);
        if let Some(least) = self.args.min_severity {
            findings.retain(|finding| finding.severity() >= least);
        }
        self.tally.add(&findings);
        if self.args.statistics.is_some() || !self.args.format.suppressed {
            findings.retain(|finding| finding.suppressed.is_none());
        }
        if let (Some(out), Some(path)) = (&self.args.annotate, path) {
            let heard: Vec<Finding> = findings.iter().filter(|finding| finding.suppressed.is_none()).cloned().collect();
            match annotate::write(
                path,
                (out, self.args.force),
                &self.args.documents.reading(),
                &draft,
                &heard,
                fixed_draft.as_ref(),
            ) {
                Ok(said) if !self.args.quiet => streams.say(&said),
                Ok(_) => {}
                Err(failure) => {
                    streams.error(&failure);
                    return self.fail(&failure, streams);
                }
            }
        }
        let fail_on = self.args.fail_on.or(setup.fail_on).unwrap_or(Some(Severity::Error));
        if !self.args.diff && findings.iter().any(|finding| fails(finding, fail_on)) {
            self.status = self.status.max(Status::Found);
        }
        if path.is_none() && matches!(self.mode, Mode::Write(_)) {
            // Standard output has the draft.
            let written = self.reporter.draft(&mut streams.err, &draft, &findings);
            return streams.wrote(written);
        }
        self.output.write(streams, |out| self.reporter.draft(out, &draft, &findings))
    }

    /// Puts a fixed draft where it is wanted: into its file, on standard output, or beside what it was as a difference.
    fn put(&mut self, path: Option<&Path>, before: &Draft, fixed: &Fixed, streams: &mut Streams) -> Result<(), String> {
        let changed = fixed.draft.source() != before.source();
        match (self.mode, path) {
            (Mode::Diff(_), _) if changed => {
                self.status = self.status.max(Status::Found);
                self.diff(before, &fixed.draft, streams)?;
            }
            (Mode::Write(_), _) if self.args.annotate.is_some() => {}
            (Mode::Write(_), _) if changed && !before.is_text() => {
                let why = "a document is not changed in place; with --annotate FILE a copy has the suggestions as tracked changes";
                streams.say(&format!("{}: not fixed: {why}", before.name()));
            }
            (Mode::Write(_), _) if !before.is_text() => {}
            (Mode::Write(_), Some(path)) if changed => {
                let written = fix::write_back(path, before, &fixed.draft);
                written.map_err(|error| format!("{}: not fixed: {error}", path.display()))?;
            }
            (Mode::Write(_), None) if self.output.is_terminal() => {
                self.output.write(streams, |out| write!(out, "{}", comity::escape::shown_lines(fixed.draft.source())));
            }
            (Mode::Write(_), None) => {
                self.output.write(streams, |out| out.write_all(&fixed.draft.encoded()));
            }
            _ => {}
        }
        Ok(())
    }

    /// Writes what has changed, for people or as a patch.
    fn diff(&mut self, before: &Draft, after: &Draft, streams: &mut Streams) -> Result<(), String> {
        if !self.args.raw {
            let mut is_escaped = false;
            self.output.write(streams, |out| diff::write(out, before, after).map(|escaped| is_escaped = escaped));
            if is_escaped && before.is_text() && !self.args.quiet {
                let why = "the difference has characters escaped and is no patch; --diff --raw writes one";
                streams.say(&format!("{}: {why}", before.name()));
            }
            return Ok(());
        }
        if let Some(why) = diff::no_patch(before) {
            return Err(format!("{}: {why}", before.name()));
        }
        self.output.write(streams, |out| diff::write_patch(out, before, after));
        Ok(())
    }

    /// Whether what a draft is taken for is told.
    fn tells_taken(&self) -> bool {
        self.args.verbose || self.reporter.tells_taken()
    }

    /// Keeps that something could not be checked or written, which has been said; `false` if nothing more can be written.
    fn fail(&mut self, failure: &str, streams: &mut Streams) -> bool {
        self.status = Status::Failed;
        self.tally.failures += 1;
        self.output.write(streams, |out| self.reporter.failed(out, &Failure::Unchecked(failure.to_owned())))
    }

    /// Keeps that there are no rules for a draft. What is wrong has been said; the report is told as well.
    fn not_set_up(&mut self, path: &Path, setups: &mut Setups, streams: &mut Streams) {
        for cause in setups.take_causes() {
            self.output.write(streams, |out| self.reporter.failed(out, &cause));
        }
        let path = path.display();
        self.fail(&format!("{path}: not checked, because its configuration or one of its packs is wrong"), streams);
    }
}

fn fails(finding: &Finding, fail_on: FailOn) -> bool {
    finding.suppressed.is_none() && fail_on.is_some_and(|least| finding.severity() >= least)
}

/// A draft that was checked, and fixed if that is wanted.
struct Checked {
    /// As it was, where it may have been fixed.
    before: Option<Draft>,
    /// What was found in it then.
    found: Vec<Finding>,
    fixed: Fixed,
    /// What it is taken for, where that is wanted and it was not fixed.
    taken: Option<Taken>,
    /// How many entries of the baseline have not occurred.
    gone: usize,
}

/// Checks a draft, and fixes it if that is wanted. `tells` is whether what it is taken for is to be told as well.
fn check(
    draft: Draft,
    setup: &Setup,
    path: &Path,
    (mode, tells): (Mode, bool),
    baseline: Option<&Baseline>,
) -> Checked {
    let taken = Cell::new(None);
    let examine = |draft: &Draft| {
        let mut findings = match mode {
            Mode::Report if tells => {
                let (findings, told) = setup.policy.examine_taken(path, &setup.rules, draft);
                taken.set(Some(told));
                findings
            }
            _ => setup.policy.examine(path, &setup.rules, draft),
        };
        let gone = baseline.map_or(0, |baseline| baseline.mark(path, &setup.rules, &mut findings));
        (findings, gone)
    };
    let Some(applicability) = mode.applicability() else {
        let (left, gone) = examine(&draft);
        return Checked {
            before: None,
            found: Vec::new(),
            fixed: Fixed::unfixed(draft, left),
            gone,
            taken: taken.take(),
        };
    };
    let before = draft.clone();
    let (found, _) = if draft.is_text() { (Vec::new(), 0) } else { examine(&draft) };
    let fixed = comity::fix::fix(draft, |draft| examine(draft).0, applicability);
    let gone = if baseline.is_some() { examine(&fixed.draft).1 } else { 0 };
    Checked { before: Some(before), found, fixed, gone, taken: None }
}

/// What a zip archive of XML unpacks to at most, but for one that was made to be small, times its own size.
const UNPACKED: u64 = 64;

/// The most bytes that a draft has in memory as it is read. A file that cannot be looked at has none: it is said when it is read.
fn bytes_of(path: &Path, reading: &Reading) -> u64 {
    let size = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    let factor = if Format::from_path(path).is_some_and(Format::is_document) { UNPACKED } else { 1 };
    size.saturating_mul(factor).min(reading.max_bytes)
}

/// The threads that check drafts.
enum Workers {
    /// This one alone.
    None,
    /// One for each processor.
    Default,
    Pool(rayon::ThreadPool),
}

impl Workers {
    fn new(jobs: Option<u16>) -> Result<Workers, String> {
        match jobs {
            None => Ok(Workers::Default),
            Some(1) => Ok(Workers::None),
            Some(jobs) => {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.into()).build();
                pool.map(Workers::Pool).map_err(|error| format!("--jobs {jobs}: {error}; ask for fewer"))
            }
        }
    }

    /// What `one` makes of each, in order.
    fn map<T: Sync, R: Send>(&self, all: &[T], one: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
        match self {
            // The threads of rayon cost more than one draft.
            _ if all.len() < 2 => all.iter().map(one).collect(),
            Workers::None => all.iter().map(one).collect(),
            Workers::Default if has_threads() => all.par_iter().map(one).collect(),
            Workers::Default => all.iter().map(one).collect(),
            Workers::Pool(pool) => pool.install(|| all.par_iter().map(one).collect()),
        }
    }
}

/// Stretches of a batch that are in memory together until they are reported: of no more bytes than one draft may have, so that large
/// ones wait for one another.
fn stretches<'b>(batch: &'b [Job], reading: &Reading) -> impl Iterator<Item = &'b [Job]> {
    let mut rest = batch;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fits = |(path, _): &&Job| {
            bytes += bytes_of(path, reading);
            bytes <= reading.max_bytes
        };
        let len = rest.iter().take_while(fits).count();
        let (part, behind) = rest.split_at(len);
        rest = behind;
        (!part.is_empty()).then_some(part)
    })
}

/// Starts the threads that check drafts, once; `false` if the system lets there be none.
fn has_threads() -> bool {
    static STARTED: LazyLock<bool> = LazyLock::new(|| rayon::ThreadPoolBuilder::new().build_global().is_ok());
    *STARTED
}

/// What was checked and found.
#[derive(Default)]
struct Tally {
    drafts: usize,
    /// Drafts and directories that could not be read, not be checked or not be written.
    failures: usize,
    /// Drafts among them that were checked, and could not be written once they were fixed.
    unwritten: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    /// Findings that are silenced; the others do not count them.
    suppressed: usize,
}

impl Tally {
    fn add(&mut self, findings: &[Finding]) {
        self.drafts += 1;
        for finding in findings {
            match finding.severity() {
                _ if finding.suppressed.is_some() => self.suppressed += 1,
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Note => self.notes += 1,
            }
        }
    }

    fn summary(&self) -> String {
        let mut drafts = format!("{} checked", counted(self.drafts, "draft"));
        let unchecked = self.failures - self.unwritten;
        for (count, what) in [(self.unwritten, "written"), (unchecked, "checked")] {
            if count > 0 {
                drafts += &format!(", {count} could not be {what}");
            }
        }
        if unchecked > 0 && self.drafts == 0 {
            return drafts;
        }
        let Tally { errors, warnings, notes, suppressed, .. } = *self;
        let silenced = if suppressed > 0 { format!("; {suppressed} suppressed") } else { String::new() };
        if errors + warnings + notes == 0 {
            return format!("{drafts}: nothing found{silenced}");
        }
        let found = [counted(errors, "error"), counted(warnings, "warning"), counted(notes, "note")].join(", ");
        format!("{drafts}: {found}{silenced}")
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
