//! The rules, and the phrases of each, that an archive ever needs.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::matcher::Touched;
use crate::finding::Finding;
use crate::rule::Rule;

/// The rules and phrases that were found in some drafts. Rules are known by their names, so that those of several configurations add up.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Usage {
    /// Each rule that was checked with, and the phrases of it that were found.
    rules: HashMap<String, (Arc<Rule>, HashSet<Box<str>>)>,
    /// The rules that reported something.
    fired: HashSet<String>,
}

/// The rules and phrases that matched nothing in any of some drafts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unused {
    /// Rules that reported nothing, in the order of their names.
    pub rules: Vec<String>,
    /// Phrases, as the pack gives them, that were found nowhere, of rules that reported something.
    pub phrases: Vec<(String, String)>,
}

impl Usage {
    /// Adds what was found in one draft with these rules.
    pub(super) fn count(&mut self, rules: &[Arc<Rule>], found: &Touched, findings: &[Finding]) {
        for (number, rule) in rules.iter().enumerate() {
            let found = found.get(number);
            let id = rule.id().as_str();
            if !self.rules.contains_key(id) {
                self.rules.insert(id.to_owned(), (Arc::clone(rule), HashSet::new()));
            }
            let Some((_, phrases)) = self.rules.get_mut(id).filter(|_| !found.hits.is_empty()) else {
                continue;
            };
            for (set, hits) in rule.sets().iter().zip(&found.hits) {
                for hit in hits {
                    let text = &set.phrases()[hit.phrase].text;
                    if !phrases.contains(text) {
                        phrases.insert(text.clone());
                    }
                }
            }
        }
        self.fired.extend(findings.iter().map(|finding| finding.rule.id().to_string()));
    }

    /// Adds what was found in other drafts.
    pub fn add(&mut self, other: Usage) {
        for (id, (rule, phrases)) in other.rules {
            self.rules.entry(id).or_insert_with(|| (rule, HashSet::new())).1.extend(phrases);
        }
        self.fired.extend(other.fired);
    }

    /// The rules and phrases that matched nothing. Exceptions are left aside: that nothing had to be excepted is no fault.
    pub fn unused(&self) -> Unused {
        let rules: BTreeMap<&String, _> = self.rules.iter().collect();
        let mut unused = Unused { rules: Vec::new(), phrases: Vec::new() };
        for (id, (rule, found)) in rules {
            if !self.fired.contains(id) {
                unused.rules.push(id.clone());
                continue;
            }
            let sets = rule.sets().into_iter().take(rule.exceptions());
            let mut seen = BTreeSet::new();
            for phrase in sets.flat_map(|set| set.phrases()) {
                if !found.contains(&phrase.text) && seen.insert(&phrase.text) {
                    unused.phrases.push((id.clone(), phrase.text.to_string()));
                }
            }
        }
        unused
    }
}
