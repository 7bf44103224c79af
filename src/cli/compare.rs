//! `comity compare`

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::args::{CompareArgs, CompareFormat, CompareGate, fails};
use super::configurations::{Configurations, say_unchecked};
#[cfg(feature = "git")]
use super::revision::{Repository, RevisionError};
use super::status::Status;
use super::streams::Streams;
use crate::compare::{ChangeKind, Comparison, Effect, Remark, SentenceChange, compare};
use crate::escape::shown_json;
use crate::session::Setup;
use crate::{Draft, DraftError, Format, Reading, Revisions, one_a_place};

pub(super) fn run(args: &CompareArgs, streams: &mut Streams) -> Status {
    let versions = match versions(args) {
        Ok(versions) => versions,
        Err(error) => {
            streams.error(&error);
            return Status::Failed;
        }
    };
    let mut configurations = Configurations::new(&args.setup, Some(&args.selection));
    let Some(setup) = configurations.setup_for(&versions.path, streams) else {
        return Status::Failed;
    };
    let reading = setup.reading(args.documents.reading());
    let (old, new) = if reading.revisions == Revisions::Both {
        let text = |revisions| versions.old.read_named(&Reading { revisions, ..reading });
        (text(Revisions::Original), text(Revisions::Accepted))
    } else {
        (versions.old.read(&reading), versions.new.read(&reading))
    };
    let (old, new) = match (old, new) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            [old.err(), new.err()].iter().flatten().for_each(|error| streams.error(error));
            return Status::Failed;
        }
    };
    for draft in [&old, &new] {
        say_unchecked(&setup, draft, streams);
    }
    let findings = |draft: &Draft| {
        let mut findings = setup.examine(&versions.path, draft);
        findings.retain(|finding| finding.suppressed.is_none());
        args.least.filter(&mut findings);
        one_a_place(findings)
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
    let is_weaker = || {
        let turns = |change: &SentenceChange| change.remarks.iter().any(Remark::turns);
        let is_gone = comparison.count(ChangeKind::Deleted) > 0;
        is_gone || comparison.count_effect(Effect::Weaker) > 0 || comparison.sentences.iter().any(turns)
    };
    let severity = args.fail_on.iter().find_map(|gate| match gate {
        CompareGate::Finding(severity) => Some(*severity),
        _ => None,
    });
    let is_asked = |gate| args.fail_on.contains(&gate);
    let is_grave = fails(&comparison.came, severity.or(setup.fail_on))
        || (is_asked(CompareGate::Weaker) && is_weaker())
        || ((args.fail_on_change || is_asked(CompareGate::Change)) && !comparison.sentences.is_empty());
    if is_grave { Status::Found } else { Status::Clean }
}

/// The two drafts to compare, and the path that tells which rules hold for both.
struct Versions {
    old: DraftSource,
    new: DraftSource,
    path: PathBuf,
}

enum DraftSource {
    File(PathBuf),
    Stdin(Format),
    Revision { name: String, path: PathBuf },
}

#[derive(Debug, thiserror::Error)]
enum VersionError {
    #[error(
        "give two drafts, or a revision and, behind `--`, a draft: `comity compare HEAD~1 -- draft.md`; of a document with tracked changes, --revisions both compares what they do"
    )]
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
    #[error(
        "--revisions both compares the two texts of one document with tracked changes: name it alone, as in `comity compare --revisions both draft.docx`"
    )]
    BothTexts,
    #[error("{}: no document with tracked changes; --revisions both takes a .docx or an .odt", .0.display())]
    NoDocument(PathBuf),
    #[error(transparent)]
    Draft(#[from] DraftError),
    #[cfg(feature = "git")]
    #[error(transparent)]
    Revision(#[from] RevisionError),
    #[cfg(not(feature = "git"))]
    #[error("`{0}`: this comity was built without the feature `git`, and reads no revisions")]
    NoGit(String),
}

fn versions(args: &CompareArgs) -> Result<Versions, VersionError> {
    let is_option = |path: &&PathBuf| {
        let name = path.to_string_lossy();
        name.len() > 1 && name.starts_with('-') && !path.exists()
    };
    if let Some(option) = args.draft.iter().find(is_option) {
        return Err(VersionError::OptionBehind(option.display().to_string()));
    }
    if args.draft.len() > 1 {
        return Err(VersionError::Several);
    }
    if args.documents.revisions == Revisions::Both {
        return texts(args);
    }
    if let Some(path) = args.draft.first() {
        let revision = |name: &String| DraftSource::Revision { name: name.clone(), path: path.clone() };
        let new = args.versions.get(1).map_or_else(|| DraftSource::File(path.clone()), revision);
        let old = args.versions.first().map(revision).ok_or(VersionError::One)?;
        return Ok(Versions { old, new, path: path.clone() });
    }
    let [old, new] = args.versions.as_slice() else {
        return Err(VersionError::One);
    };
    let is_stdin = |name: &String| name == "-";
    if is_stdin(old) && is_stdin(new) {
        return Err(VersionError::BothStdin);
    }
    if !is_stdin(old) && !Path::new(old).exists() && Path::new(new).exists() {
        return Err(VersionError::NoFile(old.clone(), new.clone()));
    }
    let path = PathBuf::from(if is_stdin(new) { old } else { new });
    // A draft from standard input is in the format of the other one.
    let format = Format::from_path(Path::new(if is_stdin(old) { new } else { old })).unwrap_or(Format::Markdown);
    let source =
        |name: &String| if is_stdin(name) { DraftSource::Stdin(format) } else { DraftSource::File(name.into()) };
    Ok(Versions { old: source(old), new: source(new), path })
}

/// The two texts of one document.
fn texts(args: &CompareArgs) -> Result<Versions, VersionError> {
    let ([path], []) = (args.versions.as_slice(), args.draft.as_slice()) else {
        return Err(VersionError::BothTexts);
    };
    let path = PathBuf::from(path);
    if !Format::from_path(&path).is_some_and(Format::is_document) {
        return Err(VersionError::NoDocument(path));
    }
    let file = || DraftSource::File(path.clone());
    Ok(Versions { old: file(), new: file(), path })
}

impl DraftSource {
    /// Reads one of the two texts of a document, and calls it by which it is.
    fn read_named(&self, reading: &Reading) -> Result<Draft, VersionError> {
        let draft = self.read(reading)?;
        let text = if reading.revisions == Revisions::Original { "original" } else { "accepted" };
        let name = format!("{} ({text})", draft.name());
        Ok(draft.named(&name))
    }

    fn read(&self, reading: &Reading) -> Result<Draft, VersionError> {
        match self {
            DraftSource::File(path) => Ok(Draft::read_with(path, reading)?),
            DraftSource::Stdin(format) => Ok(Draft::from_unnamed("<stdin>", *format, io::stdin().lock(), reading)?),
            #[cfg(not(feature = "git"))]
            DraftSource::Revision { name, path } => Err(VersionError::NoGit(format!("{name}:{}", path.display()))),
            #[cfg(feature = "git")]
            DraftSource::Revision { name, path } => {
                let named = Format::from_path(path);
                let limit = reading.max_file_bytes(named.unwrap_or(Format::Text));
                let bytes = Repository::discover(path)?.read(name, path, limit)?;
                let name = format!("{name}:{}", path.display());
                Ok(match named {
                    Some(format) => Draft::from_reader(&name, format, bytes.as_slice(), reading)?,
                    None => Draft::from_unnamed(&name, Format::Text, bytes.as_slice(), reading)?,
                })
            }
        }
    }
}
