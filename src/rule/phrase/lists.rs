//! The named lists of a pack: `{china}` in a phrase stands for one of the wordings of the list `china`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::tree::Sequence;
use crate::rule::kebab_case::is_kebab_case;

/// The most lists that are named in a help.
const MOST_NAMED: usize = 12;

/// The lists of a pack.
#[derive(Debug, Clone, Default)]
pub(crate) struct PhraseLists(BTreeMap<String, PhraseList>);

/// A list of wordings.
#[derive(Debug, Clone, Default)]
struct PhraseList {
    texts: Vec<String>,
    /// Their trees, read when a phrase needs them if the pack is known to be well-formed.
    trees: OnceLock<Vec<Sequence>>,
}

impl PhraseLists {
    /// Adds a list.
    pub(crate) fn insert(&mut self, name: &str, wordings: Vec<Sequence>) {
        let list = PhraseList { texts: Vec::new(), trees: OnceLock::from(wordings) };
        self.0.insert(name.to_owned(), list);
    }

    /// Adds a list of a pack that is known to be well-formed.
    pub(crate) fn insert_unread(&mut self, name: &str, texts: Vec<String>) {
        self.0.insert(name.to_owned(), PhraseList { texts, trees: OnceLock::new() });
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The wordings of a list, each read by `read` if they were not.
    pub(super) fn get(&self, name: &str, read: impl Fn(&str) -> Sequence) -> Option<&[Sequence]> {
        let list = self.0.get(name)?;
        Some(list.trees.get_or_init(|| list.texts.iter().map(|text| read(text)).collect()))
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

/// A list as a pack gives it.
#[derive(Debug, Clone)]
pub(crate) struct NamedList {
    /// Its name, which stands between braces in phrases.
    pub(crate) name: String,
    /// Its wordings, each a phrase.
    pub(crate) wordings: Vec<String>,
}

/// The lists of a pack that some phrases name, and those that these name in their turn, in the order of the pack.
pub(crate) fn used_by<'l>(lists: &'l [NamedList], phrases: &[&str]) -> Vec<&'l NamedList> {
    let mut names: Vec<&str> = phrases.iter().flat_map(|phrase| list_names(phrase)).collect();
    let mut used: Vec<&NamedList> = Vec::new();
    // A list names only those above it.
    for list in lists.iter().rev() {
        if names.contains(&list.name.as_str()) {
            names.extend(list.wordings.iter().flat_map(|wording| list_names(wording)));
            used.push(list);
        }
    }
    used.reverse();
    used
}

/// The names of lists that a phrase has: each `{name}`.
fn list_names(phrase: &str) -> impl Iterator<Item = &str> {
    phrase.match_indices('{').filter_map(|(at, _)| {
        let rest = &phrase[at + 1..];
        let name = &rest[..rest.find('}')?];
        (is_kebab_case(name) && !phrase[..at].ends_with('\\')).then_some(name)
    })
}
