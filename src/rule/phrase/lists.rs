//! The named lists of a pack: `{china}` in a phrase stands for one of the wordings of the list `china`.

use std::collections::BTreeMap;

use super::tree::Sequence;
use crate::rule::kebab_case::is_kebab_case;

/// The most lists that are named in a help.
const MOST_NAMED: usize = 12;

/// The lists of a pack, each with the trees of its wordings.
#[derive(Debug, Clone, Default)]
pub(crate) struct PhraseLists(BTreeMap<String, Vec<Sequence>>);

impl PhraseLists {
    /// Adds a list.
    pub(crate) fn insert(&mut self, name: &str, wordings: Vec<Sequence>) {
        self.0.insert(name.to_owned(), wordings);
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The wordings of a list.
    pub(super) fn get(&self, name: &str) -> Option<&[Sequence]> {
        self.0.get(name).map(Vec::as_slice)
    }

    /// What to write in the place of a list that there is not.
    pub(super) fn help(&self) -> String {
        let names: Vec<String> = self.0.keys().take(MOST_NAMED + 1).map(|name| format!("{{{name}}}")).collect();
        match names.len() {
            0 => "declare it under `lists` at the top of the pack; for a brace write `\\{`".to_owned(),
            1..=MOST_NAMED => format!("the lists of this pack are {}; for a brace write `\\{{`", names.join(", ")),
            _ => "the lists of this pack are under `lists` at its top; for a brace write `\\{`".to_owned(),
        }
    }
}

/// The names of lists that a phrase has: each `{name}`.
pub(crate) fn list_names(phrase: &str) -> impl Iterator<Item = &str> {
    phrase.match_indices('{').filter_map(|(at, _)| {
        let rest = &phrase[at + 1..];
        let name = &rest[..rest.find('}')?];
        (is_kebab_case(name) && !phrase[..at].ends_with('\\')).then_some(name)
    })
}
