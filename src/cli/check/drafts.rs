//! From the paths of the command line, or standard input, to drafts that are checked.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use super::progress::Progress;
use super::run::Run;
use super::workers::{Workers, stretches};
use crate::cli::annotate::Copies;
use crate::cli::configurations::Configurations;
use crate::cli::discover::discover;
use crate::cli::status::Status;
use crate::cli::streams::Streams;
use crate::config::resolve;
use crate::{Draft, Format};

/// Drafts that are checked before any is reported: enough for every thread, few enough to hold in memory.
const BATCH: usize = 64;

impl Run<'_> {
    /// Checks the draft from standard input.
    pub(super) fn stdin(&mut self, configurations: &mut Configurations, streams: &mut Streams) {
        let path = self.args.stdin_filename.as_deref();
        let Some(setup) = configurations.setup_for(path.unwrap_or(Path::new("draft")), streams) else {
            self.not_set_up(path.unwrap_or(Path::new("<stdin>")), configurations, streams);
            return;
        };
        let job = (path.unwrap_or(Path::new("draft")).to_owned(), setup);
        if self.args.verbose {
            self.say_configurations(std::slice::from_ref(&job), configurations, streams);
        }
        let (_, setup) = job;
        if path.is_some_and(|path| setup.policy.ignores(path)) {
            return;
        }
        let name = path.map_or_else(|| "<stdin>".to_owned(), |path| path.display().to_string());
        let (stdin, reading) = (io::stdin().lock(), setup.reading(self.args.documents.reading()));
        let draft = match path.and_then(Format::from_path) {
            Some(format) => Draft::from_reader(&name, format, stdin, &reading),
            None => Draft::from_unnamed(&name, Format::Markdown, stdin, &reading),
        };
        let result = draft.map(|draft| setup.check(path.unwrap_or(Path::new("")), draft, self.task()));
        self.report(None, result, &setup, streams);
    }

    /// Says that there is no draft where the command line leads. Who named a folder is not told that all is well.
    fn finds_nothing(&mut self, streams: &mut Streams) {
        let folders: Vec<String> = self.args.paths.iter().map(|path| path.display().to_string()).collect();
        let place = if folders.is_empty() {
            "below the current folder".to_owned()
        } else {
            format!("in {}", folders.join(", "))
        };
        streams.say(&format!("warning: there is no draft {place}: {} are looked for", Format::list()));
        if !folders.is_empty() {
            self.status = Status::Failed;
        }
    }

    /// Writes the copies of the drafts that were checked, as many at once as there are threads.
    fn write_copies(&mut self, workers: &Workers, streams: &mut Streams) {
        let jobs = self.copies.as_mut().map(Copies::take).unwrap_or_default();
        let (args, reading) = (self.args, self.args.documents.reading());
        for written in workers.map(&jobs, |job| job.write(args, &reading)) {
            match written {
                Ok(said) if !args.quiet => streams.say(&said),
                Ok(_) => {}
                Err(failure) => self.is_unwritten(&failure, streams),
            }
        }
    }

    /// Says that a copy could not be written. Its draft was checked, and so are the others.
    fn is_unwritten(&mut self, failure: &str, streams: &mut Streams) {
        streams.error(&failure);
        self.tally.unwritten += 1;
        self.fail(failure, streams);
    }

    /// Checks the drafts that the command line leads to.
    pub(super) fn paths(&mut self, configurations: &mut Configurations, streams: &mut Streams) {
        let mut discovered = discover(&self.args.paths);
        if let Some(copies) = &self.copies {
            for copy in discovered.targets.extract_if(.., |target| copies.holds(target)) {
                if self.args.verbose {
                    streams.say(&format!("{}: left out as a copy", copy.path.display()));
                }
            }
        }
        for error in &discovered.errors {
            streams.error(error);
            self.fail(error, streams);
        }
        let finds_nothing = discovered.targets.is_empty() && discovered.errors.is_empty();
        let mut jobs = Vec::with_capacity(discovered.targets.len());
        let mut kept = Vec::new();
        let mut fixed: HashSet<PathBuf> = HashSet::new();
        for target in discovered.targets {
            match configurations.setup_for(&target.path, streams) {
                Some(setup) if self.leaves_out(&target, &setup, streams) => {}
                // A file that a link leads to as well is written once, and changed once by a patch.
                Some(_)
                    if (self.args.fix || self.args.raw)
                        && self.copies.is_none()
                        && target.path.canonicalize().is_ok_and(|path| !fixed.insert(path)) => {}
                Some(setup) => {
                    jobs.push((target.path.clone(), setup));
                    kept.push(target);
                }
                None => self.not_set_up(&target.path, configurations, streams),
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
        let faults = self.copies.as_mut().map(|copies| copies.plan(&kept)).unwrap_or_default();
        for fault in faults {
            self.is_unwritten(&fault, streams);
        }
        if self.args.verbose {
            self.say_configurations(&jobs, configurations, streams);
        }
        self.tell_misnamed(&jobs, streams);
        self.tell_unknown(discovered.unknown, configurations, streams);
        if finds_nothing {
            self.finds_nothing(streams);
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
        let mut progress = Progress::new(jobs.len(), !self.args.quiet && jobs.len() > BATCH);
        for batch in jobs.chunks(BATCH) {
            for part in stretches(batch, &reading) {
                let task = self.task();
                let results = workers.map(part, |(path, setup)| {
                    Ok(setup.check(path, Draft::read_with(path, &setup.reading(reading))?, task))
                });
                progress.hide();
                let reported = part
                    .iter()
                    .zip(results)
                    .all(|((path, setup), result)| self.report(Some(path), result, setup, streams));
                self.write_copies(&workers, streams);
                if !reported {
                    return;
                }
            }
            progress.advance(batch.len());
        }
        progress.hide();
    }
}
