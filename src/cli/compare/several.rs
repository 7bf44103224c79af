//! Where several drafts come from that are compared at once: files, standard input for one of them, revisions of one draft.

use std::path::{Path, PathBuf};

use super::sources::{DraftSource, VersionError, draft_behind};
use crate::cli::args::CompareArgs;
use crate::{Format, Revisions};

/// Drafts to compare, and the path that tells which rules hold for them.
pub(super) struct SeveralDrafts {
    pub(super) sources: Vec<DraftSource>,
    pub(super) path: PathBuf,
}

/// The drafts of these names. With a draft behind `--` they are revisions; with `as_it_is` the draft as it is now comes last.
pub(super) fn several(args: &CompareArgs, names: &[&String], as_it_is: bool) -> Result<SeveralDrafts, VersionError> {
    let behind = draft_behind(args)?;
    if args.documents.revisions == Revisions::Both {
        return Err(VersionError::NoBoth);
    }
    if let Some(path) = behind {
        let revision = |name: &&String| DraftSource::Revision { name: (*name).clone(), path: path.clone() };
        let file = as_it_is.then(|| DraftSource::File(path.clone()));
        return Ok(SeveralDrafts { sources: names.iter().map(revision).chain(file).collect(), path: path.clone() });
    }
    let is_stdin = |name: &&&String| name.as_str() == "-";
    if names.iter().filter(is_stdin).count() > 1 {
        return Err(VersionError::BothStdin);
    }
    let files = || names.iter().filter(|name| !is_stdin(name));
    if let Some(missing) = files().find(|name| !Path::new(name).exists())
        && let Some(there) = files().find(|name| Path::new(name).exists())
    {
        return Err(VersionError::NoFile((*missing).clone(), (*there).clone()));
    }
    // A draft from standard input is in the format of the last of the others.
    let path = files().next_back().map(PathBuf::from).unwrap_or_default();
    let format = Format::from_path(&path).unwrap_or(Format::Markdown);
    let source = |name: &&String| {
        if name.as_str() == "-" { DraftSource::Stdin(format) } else { DraftSource::File(PathBuf::from(name)) }
    };
    Ok(SeveralDrafts { sources: names.iter().map(source).collect(), path })
}
