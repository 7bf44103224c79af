//! Which rules each draft is checked with: configurations found, read and compiled once each.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use comity::config::{self, Config, FailOn, Options, Policy};
use comity::report::Failure;
use comity::{Detail, Draft, RuleSet};

use super::args::{SelectionArgs, SetupArgs};
use super::streams::Streams;

/// A configuration, ready to check with.
pub(super) struct Setup {
    pub(super) rules: RuleSet,
    pub(super) policy: Policy,
    pub(super) fail_on: Option<FailOn>,
}

impl Setup {
    /// Says what of a draft is not checked because it is marked as another language, or hidden.
    pub(super) fn say_unchecked(&self, draft: &Draft, streams: &mut Streams) {
        let unchecked = self.rules.unchecked(draft);
        if !unchecked.is_empty() {
            streams.say(&format!("{}: {unchecked}", draft.name()));
        }
    }
}

/// The configurations of a run.
pub(super) struct Setups<'a> {
    args: &'a SetupArgs,
    options: Options,
    /// For each folder the configuration that holds in it.
    files: HashMap<PathBuf, Option<PathBuf>>,
    /// Each configuration; `None` if it is broken, which has been said.
    loaded: HashMap<Option<PathBuf>, Option<Arc<Setup>>>,
    /// What is wrong with those that are broken, until a report is told.
    causes: Vec<Failure>,
}

impl<'a> Setups<'a> {
    pub(super) fn new(args: &'a SetupArgs, selection: Option<&SelectionArgs>) -> Self {
        Setups {
            args,
            options: args.options(selection),
            files: HashMap::new(),
            loaded: HashMap::new(),
            causes: Vec::new(),
        }
    }

    /// What the draft at `path` is checked with. Says what is wrong the first time that a configuration is wanted.
    pub(super) fn of(&mut self, path: &Path, streams: &mut Streams) -> Option<Arc<Setup>> {
        let file = self.file_for(path);
        if let Some(known) = self.loaded.get(&file) {
            return known.clone();
        }
        let setup = match load(file.as_deref(), &self.options, streams) {
            Ok(setup) => Some(Arc::new(setup)),
            Err(causes) => {
                self.causes.extend(causes);
                None
            }
        };
        self.loaded.insert(file, setup.clone());
        setup
    }

    /// What is wrong with configurations that drafts have wanted since this was last asked.
    pub(super) fn take_causes(&mut self) -> Vec<Failure> {
        std::mem::take(&mut self.causes)
    }

    /// The configuration for the draft at `path`.
    pub(super) fn file_for(&mut self, path: &Path) -> Option<PathBuf> {
        if self.args.no_config {
            return None;
        }
        if self.args.config.is_some() {
            return self.args.config.as_deref().map(config::resolve);
        }
        let folder = config::resolve(path).parent().map(Path::to_owned).unwrap_or_default();
        self.files.entry(folder).or_insert_with_key(|folder| config::find(folder)).clone()
    }

    /// The rules for the current directory, for the commands that check no draft.
    pub(super) fn here(
        args: &'a SetupArgs,
        selection: Option<&SelectionArgs>,
        detail: Detail,
        streams: &mut Streams,
    ) -> Option<Config> {
        let mut setups = Setups::new(args, selection);
        setups.options.detail = detail;
        let file = setups.file_for(Path::new("draft.md"));
        match Config::load(file.as_deref(), &setups.options) {
            Ok(config) => Some(config),
            Err(error) => {
                streams.config_error(&error);
                None
            }
        }
    }
}

/// Reads a configuration. Says what is wrong, and returns it for the report.
fn load(file: Option<&Path>, options: &Options, streams: &mut Streams) -> Result<Setup, Vec<Failure>> {
    let config = Config::load(file, options).map_err(|error| {
        streams.config_error(&error);
        Failure::causes_of_config(&error)
    })?;
    let rules = RuleSet::new(config.rules).map_err(|error| {
        streams.error(&error);
        Failure::causes_of_rules(&error)
    })?;
    Ok(Setup { rules, policy: config.policy, fail_on: config.fail_on })
}
