//! The keys of a rule as its pack gives them, for those who show a rule rather than check with it: `contain~ China`, and not
//! every wording that it stands for.

use super::Pack;
use crate::yaml::{Tree, YamlValue};

/// The value of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// A text, a number, true or false.
    Text(String),
    /// A list.
    List(Vec<Given>),
    /// A mapping, in the order of the file.
    Map(Vec<(String, Given)>),
}

/// The keys that every rule has, and that say nothing of how it looks: [`super::Rule`] tells them.
const TOLD: &[&str] = &[
    "id",
    "severity",
    "redline",
    "kind",
    "message",
    "why",
    "objection",
    "guard",
    "between",
    "concern",
    "documents",
    "since",
    "each",
    "source",
    "tags",
    "fix",
    "as",
    "examples",
];

impl Pack {
    /// For each rule, in the order of [`Pack::rules`], the keys that say how and where it looks and what to say instead; nothing of a
    /// pack that was read only to check with.
    pub fn given(&self) -> Vec<Vec<(String, Given)>> {
        let tree = self.tree();
        // A pack that was read has a list of rules.
        match Given::of(tree, tree.root()).get("rules") {
            Some(Given::List(rules)) => rules.iter().map(keys).collect(),
            _ => Vec::new(),
        }
    }
}

fn keys(rule: &Given) -> Vec<(String, Given)> {
    match rule {
        Given::Map(keys) => keys.iter().filter(|(key, _)| !TOLD.contains(&key.as_str())).cloned().collect(),
        _ => Vec::new(),
    }
}

impl Given {
    fn of(tree: &Tree, at: u32) -> Given {
        match tree.value(at) {
            YamlValue::Null | YamlValue::Tagged => Given::List(Vec::new()),
            YamlValue::Bool(value) => Given::Text(value.to_string()),
            YamlValue::Number(value) => Given::Text(value.to_string()),
            YamlValue::Text(value) => Given::Text(value.to_string()),
            YamlValue::List(items) => Given::List(items.iter().map(|&item| Given::of(tree, item)).collect()),
            YamlValue::Map(entries) => {
                // Keys that are not text do not occur in a pack that was read.
                let entry = |&(key, value)| Some((tree.text_at(key)?.to_owned(), Given::of(tree, value)));
                Given::Map(entries.iter().filter_map(entry).collect())
            }
        }
    }

    fn get(&self, key: &str) -> Option<&Given> {
        match self {
            Given::Map(entries) => entries.iter().find(|(known, _)| known == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Every text in it, in order; of a mapping also the keys.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Given::Text(text) => vec![text],
            Given::List(items) => items.iter().flat_map(Given::texts).collect(),
            Given::Map(entries) => {
                entries.iter().flat_map(|(key, value)| std::iter::once(key.as_str()).chain(value.texts())).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_a_rule_are_told_as_the_pack_gives_them() {
        let pack = "schema: 1\npack: house\nrules:\n  - {id: a, kind: near, phrases: [contain~ China], with: ally, \
                    within: {words: 8}, why: It grates., examples: {flag: [x]}}\n  - {id: b, swap: {use~: [draw~ on]}}\n";
        let pack = Pack::parse("house.yml", pack).unwrap();
        let text = |text: &str| Given::Text(text.to_owned());
        let list = |texts: &[&str]| Given::List(texts.iter().map(|t| text(t)).collect());
        let expected = [
            vec![
                ("phrases".to_owned(), list(&["contain~ China"])),
                ("with".to_owned(), text("ally")),
                ("within".to_owned(), Given::Map(vec![("words".to_owned(), text("8"))])),
            ],
            vec![("swap".to_owned(), Given::Map(vec![("use~".to_owned(), list(&["draw~ on"]))]))],
        ];
        assert_eq!(pack.given(), expected);
        assert_eq!(pack.given()[1][0].1.texts(), ["use~", "draw~ on"]);
    }
}
