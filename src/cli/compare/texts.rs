//! Texts that are compared all at once, a base with two edits of it or a series: files, standard input for one of them, places in
//! revisions, revisions of one draft.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::sources::{DraftSource, VersionError, named_sources};
use crate::cli::args::CompareArgs;
use crate::cli::configurations::{Configurations, say_unchecked};
use crate::cli::streams::Streams;
use crate::session::Setup;
use crate::{Draft, Revisions};

/// The pack that says what changed.
pub(super) const COMPARE: &str = "compare";

/// Texts to compare, and the path that tells which rules hold for them.
pub(super) struct Texts {
    sources: Vec<DraftSource>,
    path: PathBuf,
}

/// Texts that were read, with their rules.
pub(super) struct ReadTexts {
    pub(super) drafts: Vec<Draft>,
    pub(super) setup: Arc<Setup>,
    pub(super) path: PathBuf,
}

impl Texts {
    /// The texts of these names. With a draft behind `--` they are revisions; with `as_it_is` the draft as it is now comes last.
    pub(super) fn named(args: &CompareArgs, names: &[&String], as_it_is: bool) -> Result<Texts, VersionError> {
        if args.documents.revisions == Revisions::Both {
            return Err(VersionError::NoBoth);
        }
        let [path] = args.draft.as_slice() else {
            if !args.draft.is_empty() {
                return Err(VersionError::Several);
            }
            let (sources, path) = named_sources(names)?;
            return Ok(Texts { sources, path });
        };
        let revision = |name: &&String| DraftSource::Revision { name: (*name).clone(), path: path.clone() };
        let file = as_it_is.then(|| DraftSource::File(path.clone()));
        Ok(Texts { sources: names.iter().map(revision).chain(file).collect(), path: path.clone() })
    }

    /// The files among them.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        self.sources.iter().filter_map(DraftSource::file)
    }

    /// Reads the texts and their rules; says why one cannot be read.
    pub(super) fn read(self, args: &CompareArgs, streams: &mut Streams) -> Option<ReadTexts> {
        let mut configurations = Configurations::with(&args.setup, Some(&args.selection), Some(COMPARE));
        let setup = configurations.setup_for(&self.path, streams)?;
        // Words that are struck out are told apart, whatever rules look for.
        let reading = args.documents.reading();
        let mut drafts: Vec<Draft> = Vec::new();
        for source in &self.sources {
            match source.read(&reading) {
                Ok(draft) => drafts.push(draft),
                Err(error) => streams.error(&error),
            }
        }
        if drafts.len() < self.sources.len() {
            return None;
        }
        drafts.iter().for_each(|draft| say_unchecked(&setup, draft, streams));
        Some(ReadTexts { drafts, setup, path: self.path })
    }
}
