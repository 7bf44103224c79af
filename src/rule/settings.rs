//! The keys of a rule as its pack gives them, for those who show a rule rather than check with it: `contain~ China`, and not
//! every wording that it stands for.

use super::Pack;
use super::phrase::used_by;
use crate::yaml::{Tree, YamlValue};

/// The value of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingValue {
    /// A text, a number, true or false.
    Text(String),
    /// A list.
    List(Vec<SettingValue>),
    /// A mapping, in the order of the file.
    Map(Vec<(String, SettingValue)>),
}

/// The keys that every rule has, and that say nothing of how it looks: [`super::Rule`] tells them.
const TOLD: &[&str] = &[
    "id", "severity", "redline", "kind", "message", "why", "objection", "guard", "between", "concern", "documents",
    "since", "each", "unconcerned", "source", "tags", "fix", "as", "examples",
];

impl Pack {
    /// For each rule, in the order of [`Pack::rules`], the keys that say how and where it looks and what to say instead; nothing of a
    /// pack that was read only to check with.
    pub fn settings(&self) -> Vec<Vec<(String, SettingValue)>> {
        let tree = self.tree();
        // A pack that was read has a list of rules.
        match SettingValue::from_tree(tree, tree.root()).get("rules") {
            Some(SettingValue::List(rules)) => rules.iter().map(keys).collect(),
            _ => Vec::new(),
        }
    }

    /// The named lists, each with its wordings, that the phrases under some keys of a rule stand for, those that are named in others
    /// first.
    pub fn lists_used(&self, keys: &[(String, SettingValue)]) -> Vec<(&str, &[String])> {
        let phrases: Vec<&str> = keys.iter().flat_map(|(_, value)| value.texts()).collect();
        let used = used_by(self.lists(), &phrases).into_iter();
        used.map(|list| (list.name.as_str(), list.wordings.as_slice())).collect()
    }
}

fn keys(rule: &SettingValue) -> Vec<(String, SettingValue)> {
    match rule {
        SettingValue::Map(keys) => keys.iter().filter(|(key, _)| !TOLD.contains(&key.as_str())).cloned().collect(),
        _ => Vec::new(),
    }
}

impl SettingValue {
    fn from_tree(tree: &Tree, at: u32) -> SettingValue {
        match tree.value(at) {
            YamlValue::Null | YamlValue::Tagged => SettingValue::List(Vec::new()),
            YamlValue::Bool(value) => SettingValue::Text(value.to_string()),
            YamlValue::Number(value) => SettingValue::Text(value.to_string()),
            YamlValue::Text(value) => SettingValue::Text(value.to_string()),
            YamlValue::List(items) => {
                SettingValue::List(items.iter().map(|&item| SettingValue::from_tree(tree, item)).collect())
            }
            YamlValue::Map(entries) => {
                // Keys that are not text do not occur in a pack that was read.
                let entry = |&(key, value)| Some((tree.text_at(key)?.to_owned(), SettingValue::from_tree(tree, value)));
                SettingValue::Map(entries.iter().filter_map(entry).collect())
            }
        }
    }

    fn get(&self, key: &str) -> Option<&SettingValue> {
        match self {
            SettingValue::Map(entries) => entries.iter().find(|(known, _)| known == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Every text in it, in order; of a mapping also the keys.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            SettingValue::Text(text) => vec![text],
            SettingValue::List(items) => items.iter().flat_map(SettingValue::texts).collect(),
            SettingValue::Map(entries) => {
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
        let text = |text: &str| SettingValue::Text(text.to_owned());
        let list = |texts: &[&str]| SettingValue::List(texts.iter().map(|t| text(t)).collect());
        let expected = [
            vec![
                ("phrases".to_owned(), list(&["contain~ China"])),
                ("with".to_owned(), text("ally")),
                ("within".to_owned(), SettingValue::Map(vec![("words".to_owned(), text("8"))])),
            ],
            vec![("swap".to_owned(), SettingValue::Map(vec![("use~".to_owned(), list(&["draw~ on"]))]))],
        ];
        assert_eq!(pack.settings(), expected);
        assert_eq!(pack.settings()[1][0].1.texts(), ["use~", "draw~ on"]);
    }
}
