//! YAML files that people write, packs and configurations, and the data before a draft, which may be TOML: parsed, read strictly, every
//! problem at its line and column.
//!
//! A file is parsed once, into a [`Tree`] of values that know where they stand.

mod data;
mod document;
mod events;
mod fields;
mod file;
mod json;
mod problem;
#[cfg(feature = "config")]
mod toml;
mod tree;
mod typed;

pub(crate) use data::Data;
pub(crate) use document::Document;
pub(crate) use events::is_mapping;
pub(crate) use fields::{Fields, YamlNode, YamlString, did_you_mean, nearest};
pub(crate) use file::{Sort, decode_file, read_bytes, read_file, to_text};
pub(crate) use problem::MAX_BYTES;
pub use problem::{Problem, Problems, YamlError};
pub(crate) use tree::{Tree, YamlValue};
pub(crate) use typed::{SyntaxRole, typed_at};
