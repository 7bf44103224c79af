//! The check of one document, on a thread of its own so that the editor is answered meanwhile.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::Settings;
use super::kind::Kind;
use super::setups::{Found, Setups};
use crate::config::{self, BrokenFile, ConfigError};
use crate::draft::{self, Draft, DraftError, Format};
use crate::examples;
use crate::finding::Finding;
use crate::rule::Pack;
use crate::session::SetupError;
use crate::span::Span;
use crate::yaml::{self, Problem, YamlError};

/// The stack of the thread that checks: as much as the main thread of `comity check` has.
const STACK: usize = 8 << 20;

/// A document to check, as it was when the check was asked for.
#[derive(Debug, Clone)]
pub(super) struct Job {
    pub(super) uri: String,
    pub(super) revision: u64,
    /// Counts how often configurations and packs may have changed.
    pub(super) generation: u64,
    pub(super) kind: Kind,
    pub(super) path: Option<PathBuf>,
    pub(super) text: Arc<str>,
    pub(super) settings: Arc<Settings>,
}

/// The result of a check.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) revision: u64,
    pub(super) generation: u64,
    /// The setup of the check.
    pub(super) found: Found,
    pub(super) content: Content,
}

/// The content of a result, by the kind of the document.
#[derive(Debug)]
pub(super) enum Content {
    /// A draft and its findings.
    Draft(Box<Draft>, Vec<Finding>),
    /// The problems of a pack or a configuration.
    Yaml(Vec<Problem>),
    /// Something that comity does not check.
    Nothing,
    /// The document could not be checked: why, and the byte that is to blame, if it is one.
    Failed(String, Option<usize>),
}

/// A finished check, and what broke in it.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) uri: String,
    pub(super) checked: Checked,
    pub(super) broke: Option<String>,
}

/// The thread that checks, a document at a time.
#[derive(Debug)]
pub(super) struct Worker {
    pub(super) jobs: Sender<Job>,
    pub(super) outcomes: Receiver<Outcome>,
}

impl Worker {
    /// Starts the thread. It ends with the sender of its jobs.
    pub(super) fn start(mut check: impl FnMut(&Job) -> (Found, Content) + Send + 'static) -> Worker {
        let (jobs, to_do) = unbounded::<Job>();
        let (done, outcomes) = unbounded();
        // Without a thread nothing takes the jobs, and the server says that it has ended.
        let _ = thread::Builder::new().stack_size(STACK).spawn(move || {
            for job in to_do {
                // Whatever state a panic leaves behind are caches of what was read, each put in whole.
                let result = catch_unwind(AssertUnwindSafe(|| check(&job)));
                let (broke, (found, content)) = match result {
                    Ok(said) => (None, said),
                    Err(panic) => {
                        let reason = reason_of(&*panic);
                        let message = format!("comity failed on this document, which is a bug of comity: {reason}");
                        (Some(reason), (Found::default(), Content::Failed(message, None)))
                    }
                };
                let checked = Checked { revision: job.revision, generation: job.generation, found, content };
                if done.send(Outcome { uri: job.uri, checked, broke }).is_err() {
                    return;
                }
            }
        });
        Worker { jobs, outcomes }
    }
}

/// Returns the message of a panic.
pub(super) fn reason_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no reason given").to_owned()
}

/// Checks documents, with the configurations that it has read so far.
pub(super) fn checker() -> impl FnMut(&Job) -> (Found, Content) + Send + 'static {
    let mut setups = Setups::default();
    move |job| {
        setups.renew(job.generation, &job.settings);
        match job.kind {
            Kind::Other => (Found::default(), Content::Nothing),
            Kind::Config | Kind::Pack if job.text.len() as u64 > yaml::MAX_BYTES => {
                let path = name_of(job).into();
                (Found::default(), Content::Failed(YamlError::TooLarge { path }.to_string(), None))
            }
            Kind::Draft(format) => {
                let found = setups.of(job.path.as_deref());
                let content = check_draft(&found, job, format);
                (found, content)
            }
            Kind::Config => {
                let found = setups.at(job.path.clone());
                let problems = config_problems(&found, job);
                (found, Content::Yaml(problems))
            }
            Kind::Pack => (setups.of(job.path.as_deref()), Content::Yaml(pack_problems(job))),
        }
    }
}

fn name_of(job: &Job) -> String {
    job.path.as_deref().map_or_else(|| job.uri.clone(), config::shown_path)
}

/// Checks a draft. What `comity check` would not read is not checked here either.
fn check_draft(found: &Found, job: &Job, format: Format) -> Content {
    let (name, path) = (name_of(job), job.path.as_deref());
    let is_ignored = path.is_some_and(|path| found.setup.as_ref().is_some_and(|setup| setup.policy.ignores(path)));
    match draft::could_be_read(&name, &job.text) {
        Err(_) if is_ignored => return Content::Nothing,
        Err(error) => {
            let at = match &error {
                DraftError::Decode { source, .. } => Some(source.offset),
                _ => None,
            };
            return Content::Failed(error.to_string(), at);
        }
        Ok(()) => {}
    }
    let draft = Draft::new(format, &*job.text).named(&name);
    let findings = if is_ignored { Vec::new() } else { findings(found, path, &draft) };
    Content::Draft(Box::new(draft), findings)
}

/// Returns the findings, of the rules of a configuration in the draft at `path`, that nothing silences.
pub(super) fn findings(found: &Found, path: Option<&Path>, draft: &Draft) -> Vec<Finding> {
    let Some(setup) = &found.setup else {
        return Vec::new();
    };
    let mut findings = setup.examine(path.unwrap_or(Path::new("")), draft);
    findings.retain(|finding| finding.suppressed.is_none());
    findings
}

/// Lists the problems of a pack; of one that has none, the examples that fail.
fn pack_problems(job: &Job) -> Vec<Problem> {
    match Pack::parse(&name_of(job), &job.text) {
        Err(problems) => problems.list,
        Ok(pack) => match examples::run(&pack) {
            Ok(outcome) => outcome.failures.list,
            Err(error) => vec![at_the_top(&job.text, "bad-rules", error.to_string())],
        },
    }
}

/// Lists the problems of a configuration, its own packs among it.
fn config_problems(found: &Found, job: &Job) -> Vec<Problem> {
    let (Some(trouble), Some(path)) = (&found.trouble, job.path.as_deref()) else {
        return Vec::new();
    };
    let error = match trouble {
        SetupError::Config(error) => error,
        SetupError::Rules(error) => return vec![at_the_top(&job.text, "bad-rules", error.to_string())],
    };
    match &**error {
        ConfigError::Files(files) => {
            let shown = config::shown_path(path);
            let own = files.iter().filter_map(|file| match &file.error {
                YamlError::Invalid(problems) if *problems.name == *shown => Some(problems.list.clone()),
                _ => None,
            });
            let pack = |file: &BrokenFile| {
                let message = format!("this pack cannot be used: {}", file.error);
                Some(Problem { code: "broken-pack", message, span: file.named?, help: None })
            };
            own.flatten().chain(files.iter().filter_map(pack)).collect()
        }
        ConfigError::Repeated { .. } => vec![at_the_top(&job.text, "repeated-id", error.to_string())],
        // What the command line or the editor's settings name is not in this file.
        ConfigError::UnknownPack { .. } | ConfigError::UnknownName { .. } => Vec::new(),
    }
}

/// A problem of a whole file, at its first line.
fn at_the_top(text: &str, code: &'static str, message: String) -> Problem {
    let text = text.trim_start_matches('\u{feff}');
    Problem { code, message, span: Span::new(0, text.lines().next().map_or(0, str::len)), help: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_in_a_check_is_told_and_the_next_check_runs() {
        let worker = Worker::start(|job| {
            assert!(&*job.text != "bad", "this draft is {}", &job.text);
            (Found::default(), Content::Nothing)
        });
        let job = |text: &str| Job {
            uri: "untitled:a".to_owned(),
            revision: 1,
            generation: 1,
            kind: Kind::Draft(Format::Markdown),
            path: None,
            text: text.into(),
            settings: Arc::default(),
        };
        for text in ["bad", "good"] {
            worker.jobs.send(job(text)).unwrap();
        }
        let bad = worker.outcomes.recv().unwrap();
        assert_eq!(bad.broke.as_deref(), Some("this draft is bad"));
        assert!(matches!(bad.checked.content, Content::Failed(..)));
        assert!(worker.outcomes.recv().unwrap().broke.is_none());
    }
}
