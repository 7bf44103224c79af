//! Where the two drafts of a comparison come from: files, standard input, revisions.

use std::io;
use std::path::{Path, PathBuf};

use super::spec::Spec;
use crate::cli::args::CompareArgs;
#[cfg(feature = "git")]
use crate::cli::revision::{Repository, RevisionError};
use crate::{Draft, DraftError, Format, Reading, Revisions};

/// The two drafts to compare, and the path that tells which rules hold for both.
pub(super) struct Versions {
    pub(super) old: DraftSource,
    pub(super) new: DraftSource,
    pub(super) path: PathBuf,
}

impl Versions {
    /// The files among the two.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        [&self.old, &self.new].into_iter().filter_map(|source| match source {
            DraftSource::File(path) => Some(path.as_path()),
            _ => None,
        })
    }
}

pub(super) enum DraftSource {
    File(PathBuf),
    Stdin(Format),
    Revision { name: String, path: PathBuf },
    Spec(Spec),
}

#[derive(Debug, thiserror::Error)]
pub(super) enum VersionError {
    #[error(
        "give two drafts, or a revision and, behind `--`, a draft: `comity compare HEAD~1 -- draft.md`; of a document with tracked changes, --revisions both compares what they do"
    )]
    One,
    #[error("{0}: no such file; if it is a revision, write `comity compare {0} -- {1}`")]
    NoFile(String, String),
    #[error("{0} is a folder, and {1} is none: give two folders, or two drafts")]
    OneFolder(String, String),
    #[error("{0}: neither here nor in {1}")]
    Nowhere(String, String),
    #[error("{0}")]
    Folder(String),
    #[error("there is no draft in {0}")]
    NoDrafts(String),
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

#[cfg(not(feature = "git"))]
impl From<std::convert::Infallible> for VersionError {
    fn from(never: std::convert::Infallible) -> VersionError {
        match never {}
    }
}

/// Refuses an option that stands where a draft is meant.
pub(super) fn no_option_behind(args: &CompareArgs) -> Result<(), VersionError> {
    let is_option = |path: &&PathBuf| {
        let name = path.to_string_lossy();
        name.len() > 1 && name.starts_with('-') && !path.exists()
    };
    if let Some(option) = args.draft.iter().find(is_option) {
        return Err(VersionError::OptionBehind(option.display().to_string()));
    }
    Ok(())
}

/// The two drafts of a comparison of two.
pub(super) fn versions(args: &CompareArgs) -> Result<Versions, VersionError> {
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
    let specs = [old, new].map(|name| if is_stdin(name) { Ok(None) } else { Spec::read(name) });
    let [old_spec, new_spec] = specs;
    let (old_spec, new_spec) = (old_spec?, new_spec?);
    if !is_stdin(old) && old_spec.is_none() && !Path::new(old).exists() && Path::new(new).exists() {
        return Err(VersionError::NoFile(old.clone(), new.clone()));
    }
    let place =
        |name: &String, spec: &Option<Spec>| spec.as_ref().map_or(PathBuf::from(name), |spec| spec.path.clone());
    let path = if is_stdin(new) { place(old, &old_spec) } else { place(new, &new_spec) };
    // A draft from standard input is in the format of the other one.
    let format = Format::from_path(Path::new(if is_stdin(old) { new } else { old })).unwrap_or(Format::Markdown);
    let source = |name: &String, spec: Option<Spec>| match spec {
        Some(spec) => DraftSource::Spec(spec),
        None if is_stdin(name) => DraftSource::Stdin(format),
        None => DraftSource::File(name.into()),
    };
    Ok(Versions { old: source(old, old_spec), new: source(new, new_spec), path })
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
    pub(super) fn read_named(&self, reading: &Reading) -> Result<Draft, VersionError> {
        let draft = self.read(reading)?;
        let text = if reading.revisions == Revisions::Original { "original" } else { "accepted" };
        let name = format!("{} ({text})", draft.name());
        Ok(draft.named(&name))
    }

    pub(super) fn read(&self, reading: &Reading) -> Result<Draft, VersionError> {
        match self {
            DraftSource::File(path) => Ok(Draft::read_with(path, reading)?),
            DraftSource::Stdin(format) => Ok(Draft::from_unnamed("<stdin>", *format, io::stdin().lock(), reading)?),
            DraftSource::Revision { name, path } => {
                in_revision(&format!("{name}:{}", path.display()), name, path, reading)
            }
            DraftSource::Spec(Spec { given, revision, path }) => in_revision(given, revision, path, reading),
        }
    }
}

/// Reads a draft from a revision. `called` is what the draft is called.
#[cfg(feature = "git")]
fn in_revision(called: &str, revision: &str, path: &Path, reading: &Reading) -> Result<Draft, VersionError> {
    let named = Format::from_path(path);
    let limit = reading.max_file_bytes(named.unwrap_or(Format::Text));
    let bytes = Repository::discover(path)?.read(revision, path, limit)?;
    Ok(match named {
        Some(format) => Draft::from_reader(called, format, bytes.as_slice(), reading)?,
        None => Draft::from_unnamed(called, Format::Text, bytes.as_slice(), reading)?,
    })
}

#[cfg(not(feature = "git"))]
fn in_revision(called: &str, _: &str, _: &Path, _: &Reading) -> Result<Draft, VersionError> {
    Err(VersionError::NoGit(called.to_owned()))
}
