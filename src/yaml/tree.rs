//! A YAML file as its values, each with the place where it stands.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use serde_yaml::Number;

use crate::span::Span;

/// A value of a file, by its place among them.
pub(crate) type At = u32;

/// A value.
#[derive(Debug, PartialEq)]
pub(crate) enum YamlValue {
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'static, str>),
    List(Vec<At>),
    /// Keys and values, in the order of the file.
    Map(Vec<(At, At)>),
    /// A value with a tag of its author's.
    Tagged,
}

#[derive(Debug)]
pub(super) struct TreeItem {
    pub(super) value: YamlValue,
    /// Its bytes in the file.
    pub(super) bytes: (u32, u32),
    /// True if it stands in brackets or quotation marks.
    pub(super) is_marked: bool,
}

/// A parsed YAML file. Values may stand in it at several places: each alias stands for what it names.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(super) name: Arc<str>,
    pub(super) text: Arc<str>,
    pub(super) items: Vec<TreeItem>,
    pub(super) root: At,
}

impl Tree {
    /// A file with nothing in it.
    pub(crate) fn empty(name: &str) -> Arc<Tree> {
        let mut tree = Tree::new(name.into(), "".into());
        tree.push(YamlValue::Null, (0, 0), false);
        Arc::new(tree)
    }

    /// A file whose values have not been read.
    pub(super) fn new(name: Arc<str>, text: Arc<str>) -> Tree {
        Tree { name, text, items: Vec::new(), root: 0 }
    }

    /// Adds a value.
    pub(super) fn push(&mut self, value: YamlValue, bytes: (u32, u32), is_marked: bool) -> At {
        self.items.push(TreeItem { value, bytes, is_marked });
        u32::try_from(self.items.len() - 1).unwrap_or(u32::MAX)
    }

    /// The name of the file.
    pub(crate) fn name(&self) -> &Arc<str> {
        &self.name
    }

    pub(crate) fn root(&self) -> At {
        self.root
    }

    pub(crate) fn value(&self, at: At) -> &YamlValue {
        &self.items[at as usize].value
    }

    /// The text of a value that is one.
    pub(crate) fn text_at(&self, at: At) -> Option<&str> {
        match self.value(at) {
            YamlValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The key of a mapping with this text, and its value.
    pub(super) fn entry(&self, map: &[(At, At)], key: &str) -> Option<(At, At)> {
        map.iter().copied().find(|(known, _)| self.text_at(*known) == Some(key))
    }

    /// The bytes of a value. Of one that goes on over several lines, the first.
    pub(super) fn span(&self, at: At) -> Span {
        let TreeItem { value, bytes, is_marked } = &self.items[at as usize];
        let start = behind_properties(&self.text, bytes.0 as usize);
        let line = self.text[start..].lines().next().unwrap_or_default();
        // A list or a mapping without brackets ends where the next thing begins.
        let len = match value {
            YamlValue::List(_) | YamlValue::Map(_) if !is_marked => line.find(" #").unwrap_or(line.len()),
            _ => line.len().min((bytes.1 as usize).saturating_sub(start)),
        };
        Span::new(start, start + line[..len].trim_end().len())
    }

    /// The bytes in the file of the bytes `range` of a text; those of the whole text where they are written there in another way.
    pub(super) fn span_within(&self, at: At, range: &Range<usize>) -> Span {
        let whole = self.span(at);
        let literal = || {
            let body = whole.start() + usize::from(self.items[at as usize].is_marked);
            let value = self.text_at(at)?.get(..range.end)?;
            let stands = !range.is_empty() && self.text.get(body..body + range.end)? == value;
            stands.then(|| Span::new(body + range.start, body + range.end))
        };
        literal().unwrap_or(whole)
    }

    /// The end of a value as the parser tells it, in bytes: of a list or a mapping without brackets, the start of the next thing.
    pub(crate) fn end(&self, at: At) -> usize {
        self.items[at as usize].bytes.1 as usize
    }
}

/// Returns the start of a value behind its anchor (`&name`) and its tag (`!name`).
fn behind_properties(text: &str, start: usize) -> usize {
    let mut at = start;
    while text[at..].starts_with(['&', '!']) {
        let token = text[at..].find(char::is_whitespace).unwrap_or(text.len() - at);
        at += token;
        at += text[at..].len() - text[at..].trim_start_matches(' ').len();
    }
    at
}
