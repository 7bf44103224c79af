//! Files of YAML: the sort of each, told before anything of it is said.

use std::io;
use std::path::Path;

use serde::Serialize;

use super::problem::{MAX_BYTES, YamlError};
use super::{YamlValue, events};
use crate::text::decode::decode;

/// A sort of file, and how it is told from all others.
#[derive(Debug)]
pub(crate) struct Sort {
    /// The sort of file, and the keys that tell it.
    pub(crate) what: &'static str,
    /// A file of this sort has all keys of one of these lists.
    pub(crate) keys: &'static [&'static [&'static str]],
    /// True if a file with nothing in it is one.
    pub(crate) may_be_empty: bool,
}

impl Sort {
    /// True if a text is to be a file of this sort, whatever else is wrong with it.
    fn is_meant(&self, text: &str) -> bool {
        if self.has_keys(|key| text.lines().any(|line| begins_with_key(line, key))) {
            return true;
        }
        let Ok((tree, _)) = events::parse("", text) else {
            return false;
        };
        match tree.value(tree.root()) {
            YamlValue::Map(map) if map.is_empty() => self.may_be_empty,
            YamlValue::Map(map) => self.has_keys(|key| tree.entry(map, key).is_some()),
            YamlValue::Null => self.may_be_empty,
            _ => false,
        }
    }

    fn has_keys(&self, has: impl Fn(&str) -> bool) -> bool {
        self.keys.iter().any(|keys| keys.iter().all(|key| has(key)))
    }
}

/// True if a line of YAML, which may be broken, begins with a key of the outermost mapping.
fn begins_with_key(line: &str, key: &str) -> bool {
    let line = line.trim_start_matches(['\u{feff}', '{', '"', '\'']);
    line.strip_prefix(key).is_some_and(|rest| rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':'))
}

/// The text of a YAML file of this sort.
pub(crate) fn read_file(path: &Path, sort: &Sort) -> Result<String, YamlError> {
    decode_file(path, read_bytes(path)?, sort)
}

/// The bytes of a YAML file.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, YamlError> {
    use std::io::Read;
    let io = |source| YamlError::Io { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(io)?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(YamlError::TooLarge { path: path.to_owned() });
    }
    Ok(bytes)
}

/// The text of the bytes of a YAML file of this sort.
pub(crate) fn decode_file(path: &Path, bytes: Vec<u8>, sort: &Sort) -> Result<String, YamlError> {
    let text = decode(bytes).map_err(|source| YamlError::Decode { path: path.to_owned(), source })?;
    if sort.is_meant(&text) { Ok(text) } else { Err(YamlError::Foreign { path: path.to_owned(), what: sort.what }) }
}

/// A value as the text of a YAML file.
pub(crate) fn to_text(value: &impl Serialize) -> io::Result<String> {
    serde_yaml::to_string(value).map_err(io::Error::other)
}
