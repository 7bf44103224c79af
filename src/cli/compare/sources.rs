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
        [&self.old, &self.new].into_iter().filter_map(DraftSource::file)
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
    #[error(
        "{0} drafts, where two are compared; --series compares more, and --base takes what two of them were made of"
    )]
    Many(usize),
    #[error(
        "--base takes the two drafts that were made of it: `comity compare --base base.md left.md right.md`, or revisions, as in `comity compare --base main left right -- draft.md`"
    )]
    BaseOfTwo,
    #[error("one draft stands behind `--` with --base and --series, and no more")]
    Several,
    #[error("--series takes at least two texts, in the order of time: `comity compare --series 2025.md 2026.md`")]
    SeriesOfTwo,
    #[error("--revisions both compares the two texts of one document, and goes neither with --base nor with --series")]
    NoBoth,
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
    let (sources, path) = named_sources(&[old, new])?;
    let Ok([old, new]) = <[DraftSource; 2]>::try_from(sources) else {
        return Err(VersionError::One);
    };
    Ok(Versions { old, new, path })
}

/// The drafts that are called by names: files, places in revisions, and standard input for one of them. The path behind them tells
/// which rules hold: that of the last one that has any.
pub(super) fn named_sources(names: &[&String]) -> Result<(Vec<DraftSource>, PathBuf), VersionError> {
    let is_stdin = |name: &str| name == "-";
    if names.iter().filter(|name| is_stdin(name)).count() > 1 {
        return Err(VersionError::BothStdin);
    }
    let named = |name: &&String| Ok(if is_stdin(name) { None } else { Some(source_of(name)?) });
    let mut sources: Vec<Option<DraftSource>> = names.iter().map(named).collect::<Result<_, VersionError>>()?;
    let mut files = sources.iter().flatten().filter_map(DraftSource::file);
    if let Some(missing) = files.clone().find(|file| !file.exists())
        && let Some(there) = files.find(|file| file.exists())
    {
        return Err(VersionError::NoFile(missing.display().to_string(), there.display().to_string()));
    }
    let path = sources.iter().flatten().next_back().map(|source| source.path().to_owned()).unwrap_or_default();
    // A draft from standard input is in the format of the others.
    let format = Format::from_path(&path).unwrap_or(Format::Markdown);
    let sources = sources.drain(..).map(|source| source.unwrap_or(DraftSource::Stdin(format))).collect();
    Ok((sources, path))
}

/// The file or the place in a revision that a name means.
fn source_of(name: &str) -> Result<DraftSource, VersionError> {
    Ok(Spec::read(name)?.map_or_else(|| DraftSource::File(name.into()), DraftSource::Spec))
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
    /// The file that it is.
    pub(super) fn file(&self) -> Option<&Path> {
        match self {
            DraftSource::File(path) => Some(path),
            _ => None,
        }
    }

    /// Where the draft is, or would be, among the files; standard input is nowhere.
    fn path(&self) -> &Path {
        match self {
            DraftSource::File(path) | DraftSource::Revision { path, .. } => path,
            DraftSource::Spec(spec) => &spec.path,
            DraftSource::Stdin(_) => Path::new(""),
        }
    }

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
