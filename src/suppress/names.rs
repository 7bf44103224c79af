//! The names that comments may use: of rules of a set, or of packs of comity that are not checked with.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::rule::kind::Fault;
use crate::rule::{Detail, Pack, Rule};
use crate::yaml::nearest;

/// The longest name, in bytes, for which another is proposed.
const MAX_LEN: usize = 80;

/// The names that rules answer to.
#[derive(Debug, Default)]
pub(crate) struct RuleNames {
    /// For each name the rules of the set that answer to it.
    set: HashMap<String, Vec<usize>>,
    /// Names that only packs of comity have that are not in the set.
    elsewhere: HashSet<String>,
    /// The rules of the set about comments.
    about_comments: Vec<(Fault, usize)>,
}

impl RuleNames {
    pub(crate) fn new(rules: &[Arc<Rule>]) -> RuleNames {
        let mut names = RuleNames::default();
        for (number, rule) in rules.iter().enumerate() {
            for name in answers(rule) {
                names.set.entry(name.to_owned()).or_default().push(number);
            }
            if let Some(fault) = rule.fault() {
                names.about_comments.push((fault, number));
            }
        }
        for pack in Pack::builtin_names() {
            let Some(Ok(read)) = Pack::builtin_with(pack, Detail::ForChecking) else {
                continue;
            };
            let all = read.rules().iter().flat_map(|rule| answers(rule));
            let missing = all.chain([pack]).filter(|name| !names.set.contains_key(*name));
            names.elsewhere.extend(missing.map(str::to_owned));
        }
        names
    }

    /// The rules of the set that answer to a name, by their numbers.
    pub(super) fn rules(&self, name: &str) -> &[usize] {
        self.set.get(name).map_or(&[], Vec::as_slice)
    }

    /// True if a name means something.
    pub(super) fn know(&self, name: &str) -> bool {
        self.set.contains_key(name) || self.elsewhere.contains(name)
    }

    /// The rules about comments that report this fault, by their numbers.
    pub(super) fn about(&self, fault: Fault) -> impl Iterator<Item = usize> + '_ {
        self.about_comments.iter().filter(move |(of, _)| *of == fault).map(|(_, rule)| *rule)
    }

    /// The name that was meant by one that means nothing.
    pub(super) fn meant(&self, name: &str) -> Option<&str> {
        if name.len() > MAX_LEN {
            return None;
        }
        let all = || self.set.keys().chain(&self.elsewhere).map(String::as_str);
        // A rule without its pack.
        let same = all().filter(|other| other.split_once('/').is_some_and(|(_, rule)| rule == name)).min();
        same.or_else(|| nearest(name, all()))
    }
}

/// Everything that a rule answers to.
pub(super) fn answers(rule: &Rule) -> impl Iterator<Item = &str> {
    let tags = rule.tags().iter().map(|tag| &**tag);
    std::iter::once(rule.id().as_str()).chain(tags).chain([rule.id().pack()])
}
