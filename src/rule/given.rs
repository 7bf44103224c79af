//! The keys of a rule as its pack gives them, for those who show a rule rather than check with it: `contain~ China`, and not
//! every wording that it stands for.

use serde_yaml::Value;

use super::Pack;
use crate::yaml::Document;

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
    /// For each rule, in the order of [`Pack::rules`], the keys that say how and where it looks and what to say instead. The
    /// file is parsed once more for it.
    pub fn given(&self) -> Vec<Vec<(String, Given)>> {
        // A pack that was read can be read again, and each item of its list is a rule.
        let Ok(document) = Document::parse(self.file(), self.text()) else {
            return Vec::new();
        };
        let rules = document.root().value().get("rules").and_then(Value::as_sequence);
        rules.into_iter().flatten().map(keys).collect()
    }
}

fn keys(rule: &Value) -> Vec<(String, Given)> {
    match given(rule) {
        Given::Map(keys) => keys.into_iter().filter(|(key, _)| !TOLD.contains(&key.as_str())).collect(),
        _ => Vec::new(),
    }
}

fn given(value: &Value) -> Given {
    match value {
        Value::Null => Given::List(Vec::new()),
        Value::Bool(value) => Given::Text(value.to_string()),
        Value::Number(value) => Given::Text(value.to_string()),
        Value::String(value) => Given::Text(value.clone()),
        Value::Sequence(items) => Given::List(items.iter().map(given).collect()),
        Value::Mapping(map) => Given::Map(
            // Keys that are not text do not occur in a pack that was read.
            map.iter().filter_map(|(key, value)| Some((key.as_str()?.to_owned(), given(value)))).collect(),
        ),
        Value::Tagged(tagged) => given(&tagged.value),
    }
}

impl Given {
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
