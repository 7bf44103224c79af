//! Where the two drafts of a comparison come from: files, standard input, revisions.

use std::io;
use std::path::{Path, PathBuf};

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

pub(super) enum DraftSource {
    File(PathBuf),
    Stdin(Format),
    Revision { name: String, path: PathBuf },
}

#[derive(Debug, thiserror::Error)]
pub(super) enum VersionError {
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
    #[error(
        "{0} drafts, where two are compared; --series compares more, and --base takes what two of them were made of"
    )]
    Many(usize),
    #[error(
        "--base takes the two drafts that were made of it: `comity compare --base base.md left.md right.md`, or revisions, as in `comity compare --base main left right -- draft.md`"
    )]
    BaseOfTwo,
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

pub(super) fn versions(args: &CompareArgs) -> Result<Versions, VersionError> {
    let draft = draft_behind(args)?;
    if args.documents.revisions == Revisions::Both {
        return texts(args);
    }
    if args.versions.len() > 2 {
        return Err(VersionError::Many(args.versions.len()));
    }
    if let Some(path) = draft {
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

/// The draft behind `--`, if there is one.
pub(super) fn draft_behind(args: &CompareArgs) -> Result<Option<&PathBuf>, VersionError> {
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
    Ok(args.draft.first())
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
