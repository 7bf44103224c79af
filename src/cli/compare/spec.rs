//! `REV:path`: a draft, or a folder, in a revision.

use std::path::{Path, PathBuf};

#[cfg(feature = "git")]
use crate::cli::revision::Repository;

/// The reason that a place in a revision cannot be told.
#[cfg(feature = "git")]
pub(super) type SpecError = crate::cli::revision::RevisionError;

/// There is none: without git no revision is read.
#[cfg(not(feature = "git"))]
pub(super) type SpecError = std::convert::Infallible;

/// A place in a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spec {
    /// It as it was given.
    pub(super) given: String,
    pub(super) revision: String,
    /// The path in the work tree, where there need be no such file.
    pub(super) path: PathBuf,
}

impl Spec {
    /// The place that an argument means; `None` if it is no `REV:path`, or a file of this very name.
    ///
    /// # Errors
    /// If the current directory is in no git repository.
    pub(super) fn read(given: &str) -> Result<Option<Spec>, SpecError> {
        if Path::new(given).exists() {
            return Ok(None);
        }
        // On Windows one letter before a colon is a drive.
        let parted = given.split_once(':').filter(|(name, _)| name.len() > usize::from(cfg!(windows)));
        let Some((revision, path)) = parted else {
            return Ok(None);
        };
        let path = in_work_tree(path)?;
        Ok(Some(Spec { given: given.to_owned(), revision: revision.to_owned(), path }))
    }
}

/// The path that is meant, as git reads it: from the top of the repository, or from here if it begins with `./` or `../`.
#[cfg(feature = "git")]
fn in_work_tree(path: &str) -> Result<PathBuf, SpecError> {
    if path.starts_with("./") || path.starts_with("../") {
        return Ok(PathBuf::from(path));
    }
    Ok(Repository::discover(Path::new("draft"))?.work().join(path))
}

#[cfg(not(feature = "git"))]
#[allow(clippy::unnecessary_wraps, reason = "with git it may fail")]
fn in_work_tree(path: &str) -> Result<PathBuf, SpecError> {
    Ok(PathBuf::from(path))
}
