//! The check of one document, on a thread of its own so that the editor is answered meanwhile.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::ServerSettings;
use super::kind::ContentKind;
use super::setups::{DocumentSetups, FoundSetup};
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
pub(super) struct CheckJob {
    pub(super) uri: String,
    pub(super) revision: u64,
    /// Counts how often configurations and packs may have changed.
    pub(super) generation: u64,
    pub(super) kind: ContentKind,
    pub(super) path: Option<PathBuf>,
    pub(super) text: Arc<str>,
    pub(super) settings: Arc<ServerSettings>,
}

/// The result of a check.
#[derive(Debug)]
pub(super) struct CheckResult {
    pub(super) revision: u64,
    pub(super) generation: u64,
    /// The setup of the check.
    pub(super) found: FoundSetup,
    pub(super) content: CheckContent,
}

/// The content of a result, by the kind of the document.
#[derive(Debug)]
pub(super) enum CheckContent {
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
pub(super) struct FinishedCheck {
    pub(super) uri: String,
    pub(super) checked: CheckResult,
    pub(super) broke: Option<String>,
}

/// The thread that checks, a document at a time.
#[derive(Debug)]
pub(super) struct Worker {
    pub(super) jobs: Sender<CheckJob>,
    pub(super) outcomes: Receiver<FinishedCheck>,
}

impl Worker {
    /// Starts the thread. It ends with the sender of its jobs.
    pub(super) fn start(mut check: impl FnMut(&CheckJob) -> (FoundSetup, CheckContent) + Send + 'static) -> Worker {
        let (jobs, to_do) = unbounded::<CheckJob>();
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
                        (Some(reason), (FoundSetup::default(), CheckContent::Failed(message, None)))
                    }
                };
                let checked = CheckResult { revision: job.revision, generation: job.generation, found, content };
                if done.send(FinishedCheck { uri: job.uri, checked, broke }).is_err() {
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
pub(super) fn checker() -> impl FnMut(&CheckJob) -> (FoundSetup, CheckContent) + Send + 'static {
    let mut setups = DocumentSetups::default();
    move |job| {
        setups.renew(job.generation, &job.settings);
        match job.kind {
            ContentKind::Other => (FoundSetup::default(), CheckContent::Nothing),
            ContentKind::Config | ContentKind::Pack if job.text.len() as u64 > yaml::MAX_BYTES => {
                let path = name_of(job).into();
                (FoundSetup::default(), CheckContent::Failed(YamlError::TooLarge { path }.to_string(), None))
            }
            ContentKind::Draft(format) => {
                let found = setups.find(job.path.as_deref());
                let content = check_draft(&found, job, format);
                (found, content)
            }
            ContentKind::Config => {
                let found = setups.at(job.path.clone());
                let problems = config_problems(&found, job);
                (found, CheckContent::Yaml(problems))
            }
            ContentKind::Pack => (setups.find(job.path.as_deref()), CheckContent::Yaml(pack_problems(job))),
        }
    }
}

fn name_of(job: &CheckJob) -> String {
    job.path.as_deref().map_or_else(|| job.uri.clone(), config::shown_path)
}

/// Checks a draft. What `comity check` would not read is not checked here either.
fn check_draft(found: &FoundSetup, job: &CheckJob, format: Format) -> CheckContent {
    let (name, path) = (name_of(job), job.path.as_deref());
    let is_ignored = path.is_some_and(|path| found.setup.as_ref().is_some_and(|setup| setup.policy.ignores(path)));
    match draft::could_be_read(&name, &job.text) {
        Err(_) if is_ignored => return CheckContent::Nothing,
        Err(error) => {
            let at = match &error {
                DraftError::Decode { source, .. } => Some(source.offset),
                _ => None,
            };
            return CheckContent::Failed(error.to_string(), at);
        }
        Ok(()) => {}
    }
    let draft = Draft::new(format, &*job.text).named(&name);
    let findings = if is_ignored { Vec::new() } else { findings(found, path, &draft) };
    CheckContent::Draft(Box::new(draft), findings)
}

/// Returns the findings, of the rules of a configuration in the draft at `path`, that nothing silences.
pub(super) fn findings(found: &FoundSetup, path: Option<&Path>, draft: &Draft) -> Vec<Finding> {
    let Some(setup) = &found.setup else {
        return Vec::new();
    };
    let mut findings = setup.examine(path.unwrap_or(Path::new("")), draft);
    findings.retain(|finding| finding.suppressed.is_none());
    findings
}

/// Lists the problems of a pack; of one that has none, the examples that fail.
fn pack_problems(job: &CheckJob) -> Vec<Problem> {
    match Pack::parse(&name_of(job), &job.text) {
        Err(problems) => problems.list,
        Ok(pack) => match examples::run(&pack) {
            Ok(outcome) => outcome.failures.list,
            Err(error) => vec![at_the_top(&job.text, "bad-rules", error.to_string())],
        },
    }
}

/// Lists the problems of a configuration, its own packs among it.
fn config_problems(found: &FoundSetup, job: &CheckJob) -> Vec<Problem> {
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
            (FoundSetup::default(), CheckContent::Nothing)
        });
        let job = |text: &str| CheckJob {
            uri: "untitled:a".to_owned(),
            revision: 1,
            generation: 1,
            kind: ContentKind::Draft(Format::Markdown),
            path: None,
            text: text.into(),
            settings: Arc::default(),
        };
        for text in ["bad", "good"] {
            worker.jobs.send(job(text)).unwrap();
        }
        let bad = worker.outcomes.recv().unwrap();
        assert_eq!(bad.broke.as_deref(), Some("this draft is bad"));
        assert!(matches!(bad.checked.content, CheckContent::Failed(..)));
        assert!(worker.outcomes.recv().unwrap().broke.is_none());
    }
}
