//! The documents that rules come from.

use std::collections::HashMap;

use super::holds::read_date;
use crate::yaml::{self, YamlNode, YamlString};

/// A document that a rule comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Source {
    /// The document.
    pub title: String,
    /// An address at which it can be read.
    pub url: Option<String>,
    /// The day on which it was last looked up, such as `2026-11-30`.
    pub checked: Option<String>,
    /// What was found then: where, and that it says what the rules say of it.
    pub found: Option<String>,
}

/// The value of `source` that names no document: the rule is the house's own.
pub(super) const HOUSE: &str = "house";

/// The documents under `sources`, each by its key.
pub(super) fn read_sources(node: &YamlNode<'_>) -> HashMap<String, Source> {
    let mut sources = HashMap::new();
    for (key, value) in node.entries() {
        let Some(fields) = value.fields() else {
            continue;
        };
        let title = fields.require("title", "give the title of the document").and_then(|node| node.text());
        let [url, found] = ["url", "found"].map(|key| fields.text(key).map(|text| text.value.to_owned()));
        let checked = fields.text("checked").and_then(|text| read_date(&text)).map(|date| date.to_string());
        fields.finish();
        if let Some(title) = title {
            sources.insert(key.value.to_owned(), Source { title: title.value.to_owned(), url, checked, found });
        }
    }
    sources
}

/// The document that a rule names.
pub(super) fn read_named_source(name: &YamlString<'_>, sources: &HashMap<String, Source>) -> Option<Source> {
    let found = sources.get(name.value);
    if found.is_none() {
        let names = sources.keys().map(String::as_str).chain([HOUSE]);
        let help = yaml::did_you_mean(name.value, names)
            .unwrap_or_else(|| "list it under `sources` at the top of the pack".to_owned());
        name.problem("unknown-source", format!("`{}` is no source of this pack", name.value), Some(help));
    }
    found.cloned()
}
