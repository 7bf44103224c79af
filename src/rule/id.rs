//! The names of rules.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use super::kebab_case::is_kebab_case;
use std::sync::Arc;

/// The name of a rule: `pack/rule`, each part in kebab case.
#[derive(Debug, Clone)]
pub struct RuleId {
    full: FullName,
    pack_len: usize,
}

/// A name that is in the program, or was read.
#[derive(Debug, Clone)]
enum FullName {
    Known(&'static str),
    Read(Arc<str>),
}

impl PartialEq for RuleId {
    fn eq(&self, other: &RuleId) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for RuleId {}

impl PartialOrd for RuleId {
    fn partial_cmp(&self, other: &RuleId) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for RuleId {
    fn cmp(&self, other: &RuleId) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for RuleId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

/// A name that is not `pack/rule` in kebab case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the name of a rule: names are written pack/rule, in lower-case letters, digits and hyphens")]
pub struct BadRuleId(String);

impl RuleId {
    /// The rule called `rule` of the pack called `pack`.
    ///
    /// # Errors
    /// If one of the names is not in kebab case.
    pub fn new(pack: &str, rule: &str) -> Result<RuleId, BadRuleId> {
        let full = format!("{pack}/{rule}");
        if is_kebab_case(pack) && is_kebab_case(rule) {
            Ok(RuleId { full: FullName::Read(full.into()), pack_len: pack.len() })
        } else {
            Err(BadRuleId(full))
        }
    }

    /// The name of a rule that ships: the build has seen that it is one.
    pub(crate) fn known(full: &'static str, pack_len: usize) -> RuleId {
        RuleId { full: FullName::Known(full), pack_len }
    }

    /// The name of the pack.
    pub fn pack(&self) -> &str {
        &self.as_str()[..self.pack_len]
    }

    /// `pack/rule`.
    pub fn as_str(&self) -> &str {
        match &self.full {
            FullName::Known(name) => name,
            FullName::Read(name) => name,
        }
    }
}

impl FromStr for RuleId {
    type Err = BadRuleId;

    fn from_str(name: &str) -> Result<RuleId, BadRuleId> {
        let (pack, rule) = name.split_once('/').ok_or_else(|| BadRuleId(name.to_owned()))?;
        RuleId::new(pack, rule)
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
