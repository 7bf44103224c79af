//! Data that have been parsed, and are read as often as somebody asks.

use std::sync::Arc;

use super::document::Document;
use super::events;
use super::problem::{Problem, Problems};
#[cfg(feature = "config")]
use super::toml;
use super::tree::{Tree, YamlValue};

/// Parsed data, and what is wrong with them besides.
#[derive(Debug, Clone)]
pub(crate) struct Data {
    tree: Arc<Tree>,
    problems: Arc<[Problem]>,
}

impl Data {
    /// Parses YAML, of which JSON is a part.
    ///
    /// # Errors
    /// The one problem that ends a parse.
    pub(crate) fn from_yaml(name: &str, text: &str) -> Result<Data, Problems> {
        let (tree, problems) = events::parse(name, text)?;
        Ok(Data { tree: Arc::new(tree), problems: problems.into() })
    }

    /// Parses TOML.
    ///
    /// # Errors
    /// The one problem that ends a parse.
    #[cfg(feature = "config")]
    pub(crate) fn from_toml(name: &str, text: &str) -> Result<Data, Problems> {
        Ok(Data { tree: Arc::new(toml::parse(name, text)?), problems: Arc::default() })
    }

    /// True if they are a mapping with something in it, each key of which is a word or a number.
    pub(crate) fn is_mapping(&self) -> bool {
        let YamlValue::Map(entries) = self.tree.value(self.tree.root()) else {
            return false;
        };
        let is_key = |value: &YamlValue| match value {
            YamlValue::Text(text) => !text.trim().is_empty(),
            YamlValue::Bool(_) | YamlValue::Number(_) => true,
            _ => false,
        };
        !entries.is_empty() && entries.iter().all(|(key, _)| is_key(self.tree.value(*key)))
    }

    /// The data, to be read.
    pub(crate) fn document(&self) -> Document {
        Document::with_problems(Arc::clone(&self.tree), &self.problems)
    }
}
