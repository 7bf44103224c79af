//! The rules that each draft is checked with; what is wrong with a configuration is said when it is first wanted.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::{SelectionArgs, SetupArgs};
use super::streams::Streams;
use crate::Draft;
use crate::config::Config;
use crate::report::Failure;
use crate::rule::Detail;
use crate::session::{Session, Setup, SetupError};

/// Says what of a draft is not checked because it is marked as another language, or hidden.
pub(super) fn say_unchecked(setup: &Setup, draft: &Draft, streams: &mut Streams) {
    let unchecked = setup.rules.unchecked(draft);
    if !unchecked.is_empty() {
        streams.say(&format!("{}: {unchecked}", draft.name()));
    }
}

/// The configurations of a run.
pub(super) struct Configurations {
    session: Session,
    /// Those of which it has been said that they are broken.
    said: HashSet<Option<PathBuf>>,
    /// The problems of those that are broken, until a report is told.
    causes: Vec<Failure>,
}

impl Configurations {
    /// Configurations with a pack besides those that they, or the command line, name.
    pub(super) fn with(args: &SetupArgs, selection: Option<&SelectionArgs>, pack: Option<&str>) -> Self {
        let mut options = args.options(selection);
        options.with.extend(pack.map(str::to_owned));
        Configurations { session: Session::new(options, args.choice()), said: HashSet::new(), causes: Vec::new() }
    }

    /// The setup for the draft at `path`. Says what is wrong the first time that a configuration is wanted.
    pub(super) fn setup_for(&mut self, path: &Path, streams: &mut Streams) -> Option<Arc<Setup>> {
        let file = self.file_for(path);
        let error = match self.session.setup_of(file.clone()) {
            Ok(setup) => return Some(setup),
            Err(error) => error,
        };
        if self.said.insert(file) {
            self.causes.extend(match error {
                SetupError::Config(error) => {
                    streams.config_error(&error);
                    Failure::causes_of_config(&error)
                }
                SetupError::Rules(error) => {
                    streams.error(&error);
                    Failure::causes_of_rules(&error)
                }
            });
        }
        None
    }

    /// The problems of configurations that drafts have wanted since this was last asked.
    pub(super) fn take_causes(&mut self) -> Vec<Failure> {
        std::mem::take(&mut self.causes)
    }

    /// The configuration for the draft at `path`.
    pub(super) fn file_for(&mut self, path: &Path) -> Option<PathBuf> {
        self.session.file_for(Some(path))
    }

    /// The rules for the current directory, for the commands that check no draft.
    pub(super) fn here(
        args: &SetupArgs,
        selection: Option<&SelectionArgs>,
        detail: Detail,
        streams: &mut Streams,
    ) -> Option<Config> {
        let mut session = session(args, selection, detail);
        let file = session.file_for(Some(Path::new("draft.md")));
        match Config::load(file.as_deref(), session.options()) {
            Ok(config) => Some(config),
            Err(error) => {
                streams.config_error(&error);
                None
            }
        }
    }
}

fn session(args: &SetupArgs, selection: Option<&SelectionArgs>, detail: Detail) -> Session {
    let mut options = args.options(selection);
    options.detail = detail;
    Session::new(options, args.choice())
}
