//! What a run did not read: told to the report, and to people in a line each for files and for parts of drafts.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use super::run::{Job, Run};
use crate::cli::configurations::Configurations;
use crate::cli::discover::Target;
use crate::cli::streams::Streams;
use crate::config::{self, FILE_NAME};
use crate::draft::{Draft, UnreadReason};
use crate::report::{NotRead, NotReadReason, words};
use crate::session::{Choice, Setup};

impl Run<'_> {
    /// Tells what of a draft was not read. `false` if nothing more can be written.
    pub(super) fn tell_not_read(&mut self, setup: &Setup, draft: &Draft, streams: &mut Streams) -> bool {
        for part in NotRead::of_draft(draft, &setup.rules.unchecked(draft)) {
            match part.reason {
                // Also with --quiet: who hears nothing of a draft takes it for clean.
                NotReadReason::Unchecked => streams.say(&format!("{}: {}", part.path, part.message)),
                _ if self.args.verbose => streams.say(&format!("{}: not read: {}", part.path, part.message)),
                // Of a comment its author knows that it is no text.
                NotReadReason::Part(UnreadReason::Comment) => {}
                NotReadReason::Part(reason) => self.not_read.add_part(words(reason), &part),
                NotReadReason::Format | NotReadReason::Name => {}
            }
            if !self.report_not_read(&part, streams) {
                return false;
            }
        }
        true
    }

    /// Tells which files of the folders that were searched were not read.
    pub(super) fn tell_unknown(
        &mut self,
        unknown: Vec<(Target, String)>,
        configurations: &mut Configurations,
        streams: &mut Streams,
    ) {
        for (target, extension) in unknown {
            let setup = configurations.setup_for(&target.path, streams);
            if setup.is_some_and(|setup| self.leaves_out(&target, &setup, streams)) {
                continue;
            }
            let file = NotRead::format(&target.path, &extension);
            if self.args.verbose {
                streams.say(&format!("{}: {}", file.path, file.message));
            }
            self.report_not_read(&file, streams);
            self.not_read.add_file(extension);
        }
    }

    /// Tells which files would be configurations of these drafts if they had the name of one.
    pub(super) fn tell_misnamed(&mut self, jobs: &[Job], streams: &mut Streams) {
        if !matches!(self.args.setup.choice(), Choice::Nearest) {
            return;
        }
        let mut folders: HashSet<PathBuf> = HashSet::new();
        let mut misnamed = BTreeSet::new();
        // Many drafts stand in a few folders; the current one counts as well.
        let parents: BTreeSet<&Path> =
            jobs.iter().filter_map(|(path, _)| path.parent()).chain([Path::new("")]).collect();
        for parent in parents {
            let path = config::resolve(&parent.join("draft"));
            for folder in path.ancestors().skip(1) {
                if !folders.insert(folder.to_owned()) {
                    break;
                }
                misnamed.extend(config::misnamed(folder));
            }
        }
        for path in misnamed {
            let file = NotRead::misnamed(Path::new(&config::shown_path(&path)), FILE_NAME);
            streams.say(&format!("{}: {}", file.path, file.message));
            self.report_not_read(&file, streams);
        }
    }

    fn report_not_read(&mut self, not_read: &NotRead, streams: &mut Streams) -> bool {
        self.output.write(streams, |out| self.reporter.not_read(out, not_read))
    }
}
