//! What each open document is checked with: configurations found, read and compiled once, until something changes.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Settings;
use crate::config::{self, Config, ConfigError, Policy};
use crate::lint::RuleSet;
use crate::rule::Pack;

/// A configuration, ready to check with.
#[derive(Debug)]
pub(super) struct Setup {
    pub(super) rules: RuleSet,
    pub(super) policy: Policy,
    /// The packs, with all their rules.
    pub(super) packs: Vec<Pack>,
}

/// Why a configuration cannot be used.
#[derive(Debug)]
pub(super) enum Trouble {
    /// It, or a pack that it names, is wrong.
    Config(ConfigError),
    /// Its rules cannot be looked for together.
    Rules(String),
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Trouble::Config(error) => error.fmt(f),
            Trouble::Rules(error) => f.write_str(error),
        }
    }
}

/// What a document is checked with.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    /// The rules: of a configuration that is wrong at the moment, those that it had before.
    pub(super) setup: Option<Arc<Setup>>,
    /// What is wrong with the configuration.
    pub(super) trouble: Option<Arc<Trouble>>,
}

/// The configurations of the open documents.
#[derive(Debug, Default)]
pub(super) struct Setups {
    settings: Arc<Settings>,
    generation: u64,
    current: HashMap<Option<PathBuf>, Found>,
    /// What each configuration was when it was last right.
    last_good: HashMap<Option<PathBuf>, Arc<Setup>>,
}

impl Setups {
    /// Forgets what was read under other settings, or before a file changed.
    pub(super) fn renew(&mut self, generation: u64, settings: &Arc<Settings>) {
        if self.generation != generation {
            self.generation = generation;
            self.settings = Arc::clone(settings);
            self.current.clear();
        }
    }

    /// What the draft at `path` is checked with; without a path, one in the folder of the workspace.
    pub(super) fn of(&mut self, path: Option<&Path>) -> Found {
        self.at(self.settings.file_for(path))
    }

    /// The configuration in `file`.
    pub(super) fn at(&mut self, file: Option<PathBuf>) -> Found {
        if let Some(found) = self.current.get(&file) {
            return found.clone();
        }
        let found = match load(file.as_deref(), &self.settings) {
            Ok(setup) => {
                let setup = Arc::new(setup);
                self.last_good.insert(file.clone(), Arc::clone(&setup));
                Found { setup: Some(setup), trouble: None }
            }
            Err(trouble) => Found { setup: self.last_good.get(&file).cloned(), trouble: Some(Arc::new(trouble)) },
        };
        self.current.insert(file, found.clone());
        found
    }
}

impl Settings {
    /// The configuration for the draft at `path`.
    pub(super) fn file_for(&self, path: Option<&Path>) -> Option<PathBuf> {
        if self.no_config {
            return None;
        }
        if let Some(file) = &self.config {
            return Some(config::resolve(&self.root.join(file)));
        }
        let folder = match path {
            Some(path) => config::resolve(path).parent().map(Path::to_owned).unwrap_or_default(),
            None => self.root.canonicalize().unwrap_or_else(|_| self.root.clone()),
        };
        let unsaved =
            |folder: &Path| Some(folder.join(config::FILE_NAME)).filter(|f| self.options.unsaved.contains_key(f));
        let on_disk = config::find(&folder);
        // One that is open in the editor and was never saved counts where it is nearer.
        let open = folder.ancestors().find_map(unsaved);
        [on_disk, open].into_iter().flatten().max_by_key(|file| file.components().count())
    }
}

fn load(file: Option<&Path>, settings: &Settings) -> Result<Setup, Trouble> {
    let config = Config::load(file, &settings.options).map_err(Trouble::Config)?;
    let rules = RuleSet::new(config.rules).map_err(|error| Trouble::Rules(error.to_string()))?;
    Ok(Setup { rules, policy: config.policy, packs: config.packs })
}
