//! `comity compare`

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use comity::compare::{Comparison, compare};
use comity::{Draft, DraftError, Format, Reading, Severity, shown_json};

use super::Status;
use super::args::{CompareArgs, CompareFormat};
use super::revision::{Repository, RevisionError};
use super::setup::{Setup, Setups};
use super::streams::Streams;

pub(super) fn run(args: &CompareArgs, streams: &mut Streams) -> Status {
    let sources = match sources(args) {
        Ok(sources) => sources,
        Err(error) => {
            streams.error(&error);
            return Status::Failed;
        }
    };
    let mut setups = Setups::new(&args.setup, Some(&args.selection));
    let Some(setup) = setups.of(&sources.path, streams) else {
        return Status::Failed;
    };
    let (old, new) = (sources.old.read(), sources.new.read());
    let (old, new) = match (old, new) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            [old.err(), new.err()].iter().flatten().for_each(|error| streams.error(error));
            return Status::Failed;
        }
    };
    for draft in [&old, &new] {
        setup.say_unchecked(draft, streams);
    }
    let findings = |draft: &Draft| {
        let mut findings = setup.policy.examine(&sources.path, &setup.rules, draft);
        findings.retain(|finding| finding.suppressed.is_none());
        findings.retain(|finding| args.min_severity.is_none_or(|least| finding.severity() >= least));
        findings
    };
    let comparison = compare(&old, &new, findings(&old), findings(&new));
    let written = match args.format {
        CompareFormat::Human => comparison.write(&mut streams.out, Streams::settings().width),
        CompareFormat::Json => {
            let text = shown_json(&format!("{:#}", comparison.to_json()));
            writeln!(streams.out, "{text}")
        }
    };
    streams.wrote(written);
    status(args, &setup, &comparison)
}

fn status(args: &CompareArgs, setup: &Setup, comparison: &Comparison) -> Status {
    let fail_on = args.fail_on.or(setup.fail_on).unwrap_or(Some(Severity::Error));
    let grave = comparison.came.iter().any(|finding| fail_on.is_some_and(|least| finding.severity() >= least));
    if grave || (args.fail_on_change && !comparison.sentences.is_empty()) { Status::Found } else { Status::Clean }
}

/// The two drafts to compare, and the path that tells which rules hold for both.
struct Sources {
    old: Source,
    new: Source,
    path: PathBuf,
}

enum Source {
    File(PathBuf),
    Stdin(Format),
    Revision { name: String, path: PathBuf },
}

#[derive(Debug, thiserror::Error)]
enum SourceError {
    #[error("give two drafts, or a revision and, behind `--`, a draft: `comity compare HEAD~1 -- draft.md`")]
    One,
    #[error("{0}: no such file; if it is a revision, write `comity compare {0} -- {1}`")]
    NoFile(String, String),
    #[error("one draft stands behind `--`, and no more")]
    Several,
    #[error(
        "`{0}` stands behind `--`, where nothing but the draft goes: put options before it, as in `comity compare --no-config HEAD~1 -- draft.md`"
    )]
    OptionBehind(String),
    #[error("only one of the drafts can be read from standard input")]
    BothStdin,
    #[error(transparent)]
    Draft(#[from] DraftError),
    #[error(transparent)]
    Revision(#[from] RevisionError),
}

fn sources(args: &CompareArgs) -> Result<Sources, SourceError> {
    let is_option = |path: &&PathBuf| {
        let name = path.to_string_lossy();
        name.len() > 1 && name.starts_with('-') && !path.exists()
    };
    if let Some(option) = args.draft.iter().find(is_option) {
        return Err(SourceError::OptionBehind(option.display().to_string()));
    }
    if args.draft.len() > 1 {
        return Err(SourceError::Several);
    }
    if let Some(path) = args.draft.first() {
        let revision = |name: &String| Source::Revision { name: name.clone(), path: path.clone() };
        let new = args.versions.get(1).map_or_else(|| Source::File(path.clone()), revision);
        let old = args.versions.first().map(revision).ok_or(SourceError::One)?;
        return Ok(Sources { old, new, path: path.clone() });
    }
    let [old, new] = args.versions.as_slice() else {
        return Err(SourceError::One);
    };
    let is_stdin = |name: &String| name == "-";
    if is_stdin(old) && is_stdin(new) {
        return Err(SourceError::BothStdin);
    }
    if !is_stdin(old) && !Path::new(old).exists() && Path::new(new).exists() {
        return Err(SourceError::NoFile(old.clone(), new.clone()));
    }
    let path = PathBuf::from(if is_stdin(new) { old } else { new });
    // A draft from standard input is in the format of the other one.
    let format = Format::of(Path::new(if is_stdin(old) { new } else { old })).unwrap_or(Format::Markdown);
    let source = |name: &String| if is_stdin(name) { Source::Stdin(format) } else { Source::File(name.into()) };
    Ok(Sources { old: source(old), new: source(new), path })
}

impl Source {
    fn read(&self) -> Result<Draft, SourceError> {
        match self {
            Source::File(path) => Ok(Draft::read(path)?),
            Source::Stdin(format) => {
                Ok(Draft::from_reader("<stdin>", *format, io::stdin().lock(), &Reading::default())?)
            }
            Source::Revision { name, path } => {
                let bytes = Repository::of(path)?.read(name, path)?;
                let format = Format::of(path).unwrap_or(Format::Text);
                Ok(Draft::from_reader(
                    &format!("{name}:{}", path.display()),
                    format,
                    bytes.as_slice(),
                    &Reading::default(),
                )?)
            }
        }
    }
}
