//! From the paths of the command line to the drafts to check.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::draft::unknown_file;
use crate::{Format, report};

/// A draft to check.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Target {
    /// Its path, as it is printed.
    pub(super) path: PathBuf,
    /// Its path below the folder that the command line names; of a file that is named, its name.
    pub(super) below: PathBuf,
    /// True if the command line names it, and not only a folder above it.
    pub(super) named: bool,
}

/// The drafts that paths lead to.
#[derive(Debug, Default)]
pub(super) struct Discovered {
    /// The drafts, in the order of their paths, each once.
    pub(super) targets: Vec<Target>,
    /// The files among them that may hold words and that no reader knows, each with its extension.
    pub(super) unknown: Vec<(Target, String)>,
    /// The folders that could not be searched, each with the reason.
    pub(super) errors: Vec<String>,
}

/// The drafts that are named, and those in the folders that are named. No path means the current directory.
pub(super) fn discover(paths: &[PathBuf]) -> Discovered {
    let mut found = Discovered::default();
    let here = [PathBuf::from(".")];
    for path in if paths.is_empty() { &here } else { paths } {
        if path.is_dir() {
            walk(path, &mut found);
        } else {
            let below = path.file_name().map_or_else(|| path.clone(), PathBuf::from);
            found.targets.push(Target { path: tidy(path), below, named: true });
        }
    }
    found.targets.sort_by(|a, b| a.path.cmp(&b.path).then(b.named.cmp(&a.named)));
    found.targets.dedup_by(|a, b| a.path == b.path);
    found.unknown.sort();
    found.unknown.dedup();
    found
}

fn walk(folder: &Path, found: &mut Discovered) {
    for entry in WalkBuilder::new(folder).build() {
        match entry {
            Ok(entry) => {
                let is_file = entry.file_type().is_some_and(|kind| kind.is_file())
                    || (entry.path_is_symlink() && entry.path().is_file());
                if !is_file || is_left_behind(entry.path()) {
                    continue;
                }
                let below = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_owned();
                let target = Target { path: tidy(entry.path()), below, named: false };
                if Format::from_path(entry.path()).is_some() {
                    found.targets.push(target);
                } else if let Some(extension) = unknown_file(entry.path()) {
                    found.unknown.push((target, extension));
                }
            }
            Err(error) => found.errors.push(error.to_string()),
        }
    }
}

/// True for a file that is no draft, though its name ends as one does: what Word puts beside a document that is open, and reports of
/// comity.
fn is_left_behind(path: &Path) -> bool {
    let is_lock = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"~$"));
    is_lock || (Format::from_path(path) == Some(Format::Html) && is_report(path))
}

fn is_report(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(report::HEAD_BYTES as u64).read_to_end(&mut head));
    read.is_ok() && report::is_page(&head)
}

/// The path without `./` before it.
fn tidy(path: &Path) -> PathBuf {
    path.strip_prefix(".").unwrap_or(path).to_owned()
}
