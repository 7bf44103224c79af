//! A configuration whose rules are compiled.

use std::path::Path;
use std::sync::Arc;

use crate::config::{Config, ConfigError, FailOn, Options, Policy};
use crate::draft::{Draft, Reading};
use crate::finding::Finding;
use crate::lint::{ChangeReport, RuleSet, RuleSetError};
use crate::rule::Pack;

/// A configuration, ready to check with.
#[derive(Debug)]
#[non_exhaustive]
pub struct Setup {
    /// The rules, ready to be looked for.
    pub rules: RuleSet,
    /// The packs that they come from.
    pub packs: Vec<Pack>,
    /// The drafts that are left out, and what holds for some only.
    pub policy: Policy,
    /// From which severity on a run fails, if the configuration says it.
    pub fail_on: Option<FailOn>,
}

/// The reason why there is nothing to check with.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// The configuration, or a pack that it names, is wrong.
    #[error(transparent)]
    Config(Arc<ConfigError>),
    /// Its rules cannot be looked for together.
    #[error(transparent)]
    Rules(Arc<RuleSetError>),
}

impl Setup {
    /// Reads a configuration, or none, and compiles its rules.
    pub(super) fn read(file: Option<&Path>, options: &Options) -> Result<Setup, SetupError> {
        let Config { rules, packs, policy, fail_on } =
            Config::load(file, options).map_err(|error| SetupError::Config(Arc::new(error)))?;
        let rules = RuleSet::new(rules).map_err(|error| SetupError::Rules(Arc::new(error)))?;
        Ok(Setup { rules, packs, policy, fail_on })
    }

    /// The way to read drafts that are checked with it: what no rule asks for is not looked for.
    pub fn reading(&self, reading: Reading) -> Reading {
        Reading { residues: reading.residues && self.rules.look_for_residues(), ..reading }
    }

    /// All that there is to say of the draft at `path`, with what is suppressed.
    pub fn examine(&self, path: &Path, draft: &Draft) -> Vec<Finding> {
        self.policy.examine(path, &self.rules, draft)
    }

    /// All that there is to say of the draft at `path`, with what has become of it since another of the same text.
    pub(crate) fn examine_changed(&self, path: &Path, draft: &Draft, changes: &[ChangeReport]) -> Vec<Finding> {
        self.policy.examine_changed(path, &self.rules, draft, changes)
    }
}
