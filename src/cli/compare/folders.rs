//! Folders, and several drafts: which draft of the one side is which of the other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::compared::Fate;
use super::likeness::{Likeness, renamed};
use super::sources::{DraftSource, VersionError};
use super::spec::Spec;
use crate::cli::args::CompareArgs;
use crate::cli::discover::discover;
#[cfg(feature = "git")]
use crate::cli::revision::{Repository, RevisionError};

/// A draft of either side.
struct Listed {
    source: DraftSource,
    /// Where it is, or would be, among the files: for its configuration.
    path: PathBuf,
    /// True if the command line names it, and not only a folder above it.
    named: bool,
}

/// The drafts of one side, by what they are called on both.
type Listing = BTreeMap<PathBuf, Listed>;

/// A draft and what it was, or one of the two.
pub(super) struct Pairing {
    pub(super) fate: Fate,
    pub(super) old: Option<DraftSource>,
    pub(super) new: Option<DraftSource>,
    /// The path that tells which rules hold.
    pub(super) path: PathBuf,
    /// What it was called, and what it is, below the folders that are compared.
    pub(super) called: (PathBuf, PathBuf),
}

/// The two sides of a comparison of several drafts.
pub(super) struct Sides {
    old: Listing,
    new: Listing,
}

/// A folder, or several drafts, of one side.
enum Folder {
    Disk(PathBuf),
    Revision(Spec),
}

/// The drafts of both sides, if the command line names folders or several drafts; `None` if it names two drafts.
pub(super) fn sides(args: &CompareArgs) -> Result<Option<Sides>, VersionError> {
    if !args.draft.is_empty() {
        return of_revisions(args);
    }
    let [old, new] = args.versions.as_slice() else {
        return Ok(None);
    };
    match (folder(old)?, folder(new)?) {
        (None, None) => Ok(None),
        (Some(old), Some(new)) => Ok(Some(Sides { old: below(&old)?, new: below(&new)? })),
        (Some(_), None) => Err(VersionError::OneFolder(old.clone(), new.clone())),
        (None, Some(_)) => Err(VersionError::OneFolder(new.clone(), old.clone())),
    }
}

fn folder(given: &str) -> Result<Option<Folder>, VersionError> {
    if Path::new(given).is_dir() {
        return Ok(Some(Folder::Disk(PathBuf::from(given))));
    }
    if given == "-" {
        return Ok(None);
    }
    let spec = Spec::read(given)?;
    Ok(match spec {
        Some(spec) if is_folder(&spec.revision, &spec.path)? => Some(Folder::Revision(spec)),
        _ => None,
    })
}

/// The drafts below a folder, by their paths there.
fn below(folder: &Folder) -> Result<Listing, VersionError> {
    match folder {
        Folder::Disk(folder) => {
            let found = discover(std::slice::from_ref(folder));
            if let Some(error) = found.errors.into_iter().next() {
                return Err(VersionError::Folder(error));
            }
            let listed = |path: PathBuf| Listed { source: DraftSource::File(path.clone()), path, named: false };
            Ok(found.targets.into_iter().map(|target| (target.below, listed(target.path))).collect())
        }
        Folder::Revision(spec) => {
            let base = spec.given.trim_end_matches('/');
            let given = |below: &Path| {
                if base.ends_with(':') {
                    format!("{base}{}", below.display())
                } else {
                    format!("{base}/{}", below.display())
                }
            };
            let listed = |below: PathBuf| {
                let path = spec.path.join(&below);
                let at = Spec { given: given(&below), revision: spec.revision.clone(), path: path.clone() };
                (below, Listed { source: DraftSource::Spec(at), path, named: false })
            };
            Ok(list(&spec.revision, &spec.path)?.into_iter().map(listed).collect())
        }
    }
}

/// The drafts behind `--`, in a revision and in another or as they are now; `None` if that is one draft.
fn of_revisions(args: &CompareArgs) -> Result<Option<Sides>, VersionError> {
    let (Some(first), paths) = (args.versions.first(), &args.draft) else {
        return Ok(None);
    };
    if let [only] = paths.as_slice()
        && !only.is_dir()
        && (only.exists() || !is_folder(first, only)?)
    {
        // A draft that came or went is told as one of several is.
        let is_new = match args.versions.get(1) {
            Some(second) => is_there(second, only)?,
            None => only.exists(),
        };
        if is_new == is_there(first, only)? {
            return Ok(None);
        }
    }
    let old = in_revision(first, paths)?;
    let new = match args.versions.get(1) {
        Some(second) => in_revision(second, paths)?,
        None => on_disk(paths)?,
    };
    // A folder may be empty on both sides, which is told of all of them; a draft that is named must be somewhere.
    let is_nowhere = |path: &&PathBuf| {
        let path = tidy(path);
        !path.is_dir() && ![&old, &new].iter().any(|side| side.keys().any(|key| key.starts_with(&path)))
    };
    match paths.iter().find(is_nowhere) {
        Some(path) => Err(VersionError::Nowhere(path.display().to_string(), args.versions.join(" and "))),
        None => Ok(Some(Sides { old, new })),
    }
}

fn on_disk(paths: &[PathBuf]) -> Result<Listing, VersionError> {
    let there: Vec<PathBuf> = paths.iter().filter(|path| path.exists()).cloned().collect();
    if there.is_empty() {
        return Ok(Listing::new());
    }
    let found = discover(&there);
    if let Some(error) = found.errors.into_iter().next() {
        return Err(VersionError::Folder(error));
    }
    let listed = |path: PathBuf, named| Listed { source: DraftSource::File(path.clone()), path, named };
    Ok(found.targets.into_iter().map(|target| (target.path.clone(), listed(target.path, target.named))).collect())
}

fn in_revision(name: &str, paths: &[PathBuf]) -> Result<Listing, VersionError> {
    let mut listing = Listing::new();
    for path in paths {
        let path = tidy(path);
        let named = !is_folder(name, &path)?;
        let drafts = if named {
            if is_there(name, &path)? { vec![path] } else { Vec::new() }
        } else {
            list(name, &path)?.into_iter().map(|below| path.join(below)).collect()
        };
        for path in drafts {
            let source = DraftSource::Revision { name: name.to_owned(), path: path.clone() };
            listing.entry(path.clone()).or_insert(Listed { source, path, named });
        }
    }
    Ok(listing)
}

/// The path without `./` before it, as drafts in folders are called.
fn tidy(path: &Path) -> PathBuf {
    path.components().filter(|part| !matches!(part, std::path::Component::CurDir)).collect()
}

/// True if this is a folder in a revision; false also if it is nothing there.
#[cfg(feature = "git")]
fn is_folder(name: &str, path: &Path) -> Result<bool, VersionError> {
    match Repository::discover(path)?.is_folder(name, path) {
        Err(RevisionError::Absent { .. }) => Ok(false),
        found => Ok(found?),
    }
}

#[cfg(feature = "git")]
fn is_there(name: &str, path: &Path) -> Result<bool, VersionError> {
    match Repository::discover(path)?.is_folder(name, path) {
        Err(RevisionError::Absent { .. }) => Ok(false),
        found => Ok(!found?),
    }
}

#[cfg(feature = "git")]
fn list(name: &str, path: &Path) -> Result<Vec<PathBuf>, VersionError> {
    let files = Repository::discover(path)?.list(name, path)?;
    Ok(files.into_iter().filter(|file| crate::Format::from_path(file).is_some()).collect())
}

#[cfg(not(feature = "git"))]
fn is_folder(name: &str, path: &Path) -> Result<bool, VersionError> {
    Err(VersionError::NoGit(format!("{name}:{}", path.display())))
}

#[cfg(not(feature = "git"))]
fn is_there(name: &str, path: &Path) -> Result<bool, VersionError> {
    is_folder(name, path)
}

#[cfg(not(feature = "git"))]
fn list(name: &str, path: &Path) -> Result<Vec<PathBuf>, VersionError> {
    is_folder(name, path).map(|_| Vec::new())
}

impl Sides {
    /// True if there is no draft on either side.
    pub(super) fn is_empty(&self) -> bool {
        self.old.is_empty() && self.new.is_empty()
    }

    /// The files among the drafts.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        let all = self.old.values().chain(self.new.values());
        all.filter(|listed| matches!(listed.source, DraftSource::File(_))).map(|listed| listed.path.as_path())
    }

    /// Takes out the drafts that a configuration leaves out, unless they are named.
    pub(super) fn leave_out(&mut self, mut is_ignored: impl FnMut(&Path) -> bool) {
        for side in [&mut self.old, &mut self.new] {
            side.retain(|_, listed| listed.named || !is_ignored(&listed.path));
        }
    }

    /// Each draft with what it was, in the order of their paths: those of one path, then those that are alike. `likeness` reads a draft;
    /// one that cannot be read is like none.
    pub(super) fn pairs(self, mut likeness: impl FnMut(&DraftSource) -> Option<Likeness>) -> Vec<Pairing> {
        let Sides { mut old, mut new } = self;
        let both: BTreeSet<PathBuf> = old.keys().filter(|key| new.contains_key(*key)).cloned().collect();
        let left =
            |side: &Listing| -> Vec<PathBuf> { side.keys().filter(|key| !both.contains(*key)).cloned().collect() };
        let (olds, news) = (left(&old), left(&new));
        let mut read = |side: &Listing, keys: &[PathBuf]| -> Vec<Option<Likeness>> {
            keys.iter().map(|key| side.get(key).and_then(|listed| likeness(&listed.source))).collect()
        };
        // Without a draft on each side there is nothing to read.
        let found = if olds.is_empty() || news.is_empty() {
            Vec::new()
        } else {
            renamed(&read(&old, &olds), &read(&new, &news))
        };
        let mut fates: Vec<_> = both.into_iter().map(|key| (Fate::Kept, key.clone(), key)).collect();
        fates.extend(found.into_iter().map(|(o, n)| (Fate::Renamed, olds[o].clone(), news[n].clone())));
        let taken_old: BTreeSet<PathBuf> = fates.iter().map(|(_, key, _)| key.clone()).collect();
        let taken_new: BTreeSet<PathBuf> = fates.iter().map(|(_, _, key)| key.clone()).collect();
        fates.extend(
            olds.into_iter().filter(|key| !taken_old.contains(key)).map(|key| (Fate::Dropped, key.clone(), key)),
        );
        fates
            .extend(news.into_iter().filter(|key| !taken_new.contains(key)).map(|key| (Fate::Added, key.clone(), key)));
        fates.sort_by(|a, b| a.2.cmp(&b.2).then_with(|| a.1.cmp(&b.1)));
        let mut pairing = |(fate, before, after): (Fate, PathBuf, PathBuf)| {
            let old = old.remove(&before).filter(|_| fate != Fate::Added);
            let new = new.remove(&after).filter(|_| fate != Fate::Dropped);
            let path = new.as_ref().or(old.as_ref()).map(|listed| listed.path.clone()).unwrap_or_default();
            let source = |listed: Option<Listed>| listed.map(|listed| listed.source);
            Pairing { fate, old: source(old), new: source(new), path, called: (before, after) }
        };
        fates.into_iter().map(&mut pairing).collect()
    }
}
