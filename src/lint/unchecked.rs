//! What of a draft is not checked because it is marked as another language than that of a pack.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use crate::draft::{Draft, Language};
use crate::rule::Rule;

/// The blocks of a draft that are marked as a language, in whole or in part, and the languages of the packs that do not look at
/// them. Its `Display` is one line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unchecked {
    marked: BTreeMap<Language, usize>,
    packs: BTreeSet<Language>,
}

impl Unchecked {
    pub(super) fn of(rules: &[Arc<Rule>], draft: &Draft) -> Unchecked {
        let mut marked = BTreeMap::new();
        for block in draft.blocks() {
            for language in block.languages().collect::<BTreeSet<_>>() {
                *marked.entry(language).or_default() += 1;
            }
        }
        // Most drafts say nothing of languages.
        if marked.is_empty() {
            return Unchecked::default();
        }
        let packs: BTreeSet<Language> = rules.iter().filter_map(|rule| rule.language()).collect();
        marked.retain(|language, _| packs.iter().any(|pack| pack != language));
        Unchecked { marked, packs }
    }

    /// Whether all packs look at all of the draft.
    pub fn is_empty(&self) -> bool {
        self.marked.is_empty()
    }

    /// For each language, how many blocks are marked as it.
    pub fn marked(&self) -> impl Iterator<Item = (Language, usize)> {
        self.marked.iter().map(|(language, blocks)| (*language, *blocks))
    }
}

impl fmt::Display for Unchecked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |names: Vec<&str>| names.join(" and ");
        for (at, (language, blocks)) in self.marked().enumerate() {
            let packs = list(self.packs.iter().filter(|pack| **pack != language).map(Language::as_str).collect());
            let parted = if at > 0 { "; " } else { "" };
            let plural = if blocks == 1 { "block" } else { "blocks" };
            write!(f, "{parted}{blocks} {plural} marked {language} not checked by packs in {packs}")?;
        }
        Ok(())
    }
}
