//! Reading values strictly: what is missing, unknown or of the wrong type is recorded, and the reading goes on.

use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::RangeInclusive;

use serde_yaml::Number;

use super::Document;
use super::tree::{At, Tree, YamlValue};
use crate::span::{Position, Span};
use crate::text::lines::Lines;

/// A value of a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct YamlNode<'d> {
    document: &'d Document,
    at: At,
}

/// A string of a file: a value or a key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct YamlString<'d> {
    document: &'d Document,
    pub(crate) value: &'d str,
    at: At,
}

impl Document {
    /// Its outermost value.
    pub(crate) fn root(&self) -> YamlNode<'_> {
        YamlNode { document: self, at: self.tree.root() }
    }
}

impl<'d> YamlString<'d> {
    /// Its bytes in the file.
    pub(crate) fn span(&self) -> Span {
        self.document.tree.span(self.at)
    }

    /// The line and column at which it stands.
    pub(crate) fn position(&self) -> Position {
        let text = self.document.text();
        Lines::new(text).position(text, self.span().start())
    }

    /// Records a problem with the string.
    pub(crate) fn problem(&self, code: &'static str, message: impl Into<String>, help: Option<String>) {
        self.document.problem(code, self.span(), message.into(), help);
    }

    /// Records a problem with some bytes of the string.
    pub(crate) fn problem_within(
        &self,
        code: &'static str,
        bytes: std::ops::Range<usize>,
        message: String,
        help: &str,
    ) {
        let help = Some(help.to_owned()).filter(|help| !help.is_empty());
        self.document.problem(code, self.document.tree.span_within(self.at, &bytes), message, help);
    }

    /// The value that the string names.
    pub(crate) fn choose<T: Copy>(&self, what: &str, choices: &[(&'static str, T)]) -> Option<T> {
        let found = choices.iter().find(|(name, _)| *name == self.value);
        if found.is_none() {
            let names: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
            let help =
                did_you_mean(self.value, names.iter().copied()).unwrap_or_else(|| format!("write {}", list(&names)));
            self.problem("unknown-value", format!("`{}` is no {what}", self.value), Some(help));
        }
        found.map(|&(_, choice)| choice)
    }
}

impl<'d> YamlNode<'d> {
    fn node(&self, at: At) -> YamlNode<'d> {
        YamlNode { document: self.document, at }
    }

    fn tree(&self) -> &'d Tree {
        &self.document.tree
    }

    fn value(&self) -> &'d YamlValue {
        self.tree().value(self.at)
    }

    fn text_at(&self, at: At) -> Option<YamlString<'d>> {
        Some(YamlString { document: self.document, value: self.tree().text_at(at)?, at })
    }

    /// Its bytes in the file, and the end of what it holds.
    pub(crate) fn place(&self) -> (Span, usize) {
        (self.tree().span(self.at), self.tree().end(self.at))
    }

    /// Records a problem with the value.
    pub(crate) fn problem(&self, code: &'static str, message: impl Into<String>, help: Option<String>) {
        self.document.problem(code, self.tree().span(self.at), message.into(), help);
    }

    fn wrong_type(&self, expected: &str) {
        let message = format!("expected {expected}, found {}", type_name(self.value()));
        let quoted = matches!(self.value(), YamlValue::Bool(_) | YamlValue::Number(_) | YamlValue::Null);
        let help = (expected == "text" && quoted).then(|| "put it between quotation marks".to_owned());
        self.problem("wrong-type", message, help);
    }

    /// The value as a mapping.
    pub(crate) fn fields(&self) -> Option<Fields<'d>> {
        let YamlValue::Map(map) = self.value() else {
            self.wrong_type("a mapping");
            return None;
        };
        Some(Fields { node: *self, map, known: RefCell::default() })
    }

    pub(crate) fn is_null(&self) -> bool {
        *self.value() == YamlValue::Null
    }

    pub(crate) fn is_mapping(&self) -> bool {
        matches!(self.value(), YamlValue::Map(_))
    }

    pub(crate) fn text(&self) -> Option<YamlString<'d>> {
        let text = self.text_at(self.at);
        if text.is_none() {
            self.wrong_type("text");
        }
        text
    }

    /// A text, or a number as it is shown; of anything else nothing, and nothing is recorded.
    pub(crate) fn shown(&self) -> Option<String> {
        match self.value() {
            YamlValue::Text(text) => Some(text.to_string()),
            YamlValue::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    pub(crate) fn bool(&self) -> Option<bool> {
        let YamlValue::Bool(value) = self.value() else {
            self.wrong_type("true or false");
            return None;
        };
        Some(*value)
    }

    fn number(&self) -> Option<&'d Number> {
        match self.value() {
            YamlValue::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The number of a schema.
    pub(crate) fn version(&self) -> Option<u64> {
        let number = self.number().and_then(Number::as_u64);
        if number.is_none() {
            self.wrong_number("a whole number");
        }
        number
    }

    /// A whole number in this range.
    pub(crate) fn integer(&self, range: RangeInclusive<u64>) -> Option<u64> {
        let number = self.number().and_then(Number::as_u64).filter(|number| range.contains(number));
        if number.is_none() {
            self.wrong_number(&format!("a whole number from {} to {}", range.start(), range.end()));
        }
        number
    }

    /// A number from 0 to 1.
    pub(crate) fn fraction(&self) -> Option<f64> {
        let number = self.number().and_then(Number::as_f64).filter(|number| (0.0..=1.0).contains(number));
        if number.is_none() {
            self.wrong_number("a number from 0 to 1");
        }
        number
    }

    /// A number above 0.
    pub(crate) fn positive(&self) -> Option<f64> {
        let number = self.number().and_then(Number::as_f64).filter(|number| *number > 0.0 && number.is_finite());
        if number.is_none() {
            self.wrong_number("a number above 0");
        }
        number
    }

    /// Reports a value that is no number, or one out of range.
    fn wrong_number(&self, expected: &str) {
        match self.value() {
            YamlValue::Number(number) => {
                self.problem("wrong-type", format!("expected {expected}, found {number}"), None)
            }
            _ => self.wrong_type(expected),
        }
    }

    /// The items of a list; `None` if the value is none.
    pub(crate) fn items(&self) -> Option<Vec<YamlNode<'d>>> {
        let YamlValue::List(items) = self.value() else {
            self.wrong_type("a list");
            return None;
        };
        Some(items.iter().map(|&item| self.node(item)).collect())
    }

    /// The strings of a list, or a single string.
    pub(crate) fn texts(&self) -> Vec<YamlString<'d>> {
        match self.value() {
            YamlValue::Text(_) => self.text().into_iter().collect(),
            _ => self.items().unwrap_or_default().iter().filter_map(YamlNode::text).collect(),
        }
    }

    /// Every text in the value, however deep, keys of mappings among them.
    pub(crate) fn texts_below(&self) -> Vec<YamlString<'d>> {
        match self.value() {
            YamlValue::Text(_) => self.text_at(self.at).into_iter().collect(),
            YamlValue::List(items) => items.iter().flat_map(|&item| self.node(item).texts_below()).collect(),
            YamlValue::Map(map) => {
                let entry = |&(key, value): &(At, At)| {
                    self.text_at(key).into_iter().chain(self.node(value).texts_below()).collect::<Vec<_>>()
                };
                map.iter().flat_map(entry).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The keys and values of a mapping.
    pub(crate) fn entries(&self) -> Vec<(YamlString<'d>, YamlNode<'d>)> {
        let Some(fields) = self.fields() else {
            return Vec::new();
        };
        let entry = |&(key, value): &(At, At)| Some((self.key_text(key)?, self.node(value)));
        fields.map.iter().filter_map(entry).collect()
    }

    /// A key of the mapping; one that is no text is recorded.
    fn key_text(&self, key: At) -> Option<YamlString<'d>> {
        let text = self.text_at(key);
        if text.is_none() {
            self.node(key).problem("wrong-type", "a key of this mapping is not text", None);
        }
        text
    }
}

/// The keys of a mapping that has fixed keys. What has not been asked for when it is finished is unknown.
#[derive(Debug)]
pub(crate) struct Fields<'d> {
    node: YamlNode<'d>,
    map: &'d [(At, At)],
    known: RefCell<Vec<&'static str>>,
}

impl<'d> Fields<'d> {
    /// The mapping as a value.
    pub(crate) fn node(&self) -> &YamlNode<'d> {
        &self.node
    }

    /// The value of a key that may be missing. A key without a value counts as missing.
    pub(crate) fn get(&self, key: &'static str) -> Option<YamlNode<'d>> {
        self.known.borrow_mut().push(key);
        let (_, value) = self.node.tree().entry(self.map, key)?;
        Some(self.node.node(value)).filter(|node| !node.is_null())
    }

    /// A key that may be missing, and its value, which may be nothing.
    pub(crate) fn key(&self, key: &'static str) -> Option<(YamlString<'d>, YamlNode<'d>)> {
        let (key, value) = self.node.tree().entry(self.map, key)?;
        Some((self.node.text_at(key)?, self.node.node(value)))
    }

    /// Takes keys for known, though nothing asks for them: what is wrong with another key keeps their kind from being read.
    pub(crate) fn know(&self, keys: impl IntoIterator<Item = &'static str>) {
        self.known.borrow_mut().extend(keys);
    }

    /// The value of a key that must be there.
    pub(crate) fn require(&self, key: &'static str, help: &str) -> Option<YamlNode<'d>> {
        let found = self.get(key);
        if found.is_none() {
            self.node.problem("missing-key", format!("`{key}` is missing"), Some(help.to_owned()));
        }
        found
    }

    pub(crate) fn text(&self, key: &'static str) -> Option<YamlString<'d>> {
        self.get(key)?.text()
    }

    pub(crate) fn texts(&self, key: &'static str) -> Vec<YamlString<'d>> {
        self.get(key).map(|node| node.texts()).unwrap_or_default()
    }

    pub(crate) fn strings(&self, key: &'static str) -> Vec<String> {
        self.texts(key).iter().map(|text| text.value.to_owned()).collect()
    }

    /// Reports every key that was not asked for.
    pub(crate) fn finish(&self) {
        let known = self.known.borrow();
        for key in self.map.iter().filter_map(|&(key, _)| self.node.key_text(key)) {
            if !known.contains(&key.value) {
                // One that is common to all kinds may have been asked for besides.
                let mut once = known.clone();
                let mut seen = HashSet::new();
                once.retain(|key| seen.insert(*key));
                let help = did_you_mean(key.value, once.iter().copied())
                    .unwrap_or_else(|| format!("the keys here are {}", list(&once)));
                key.problem("unknown-key", format!("unknown key `{}`", key.value), Some(help));
            }
        }
    }
}

fn type_name(value: &YamlValue) -> &'static str {
    match value {
        YamlValue::Null => "nothing",
        YamlValue::Bool(_) => "true or false",
        YamlValue::Number(_) => "a number",
        YamlValue::Text(_) => "text",
        YamlValue::List(_) => "a list",
        YamlValue::Map(_) => "a mapping",
        YamlValue::Tagged => "a tagged value",
    }
}

fn list(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// `did you mean ...?`, if one of the names is near.
pub(crate) fn did_you_mean<'n>(typed: &str, names: impl IntoIterator<Item = &'n str>) -> Option<String> {
    nearest(typed, names).map(|name| format!("did you mean `{name}`?"))
}

/// The name that was probably meant.
pub(crate) fn nearest<'n>(typed: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let lower = typed.to_lowercase();
    names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&lower, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= (name.chars().count() / 3).max(1))
        .min()
        .map(|(_, name)| name)
}
