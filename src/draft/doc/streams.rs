//! The streams of a compound file, by their names.

use std::io::{Read, Seek};

use cfb::CompoundFile;

/// The names of those at its root; `None` of a file that is damaged.
pub(in crate::draft) fn names(stream: &mut (impl Read + Seek)) -> Option<Vec<String>> {
    let file = CompoundFile::open(stream).ok()?;
    Some(file.read_root_storage().map(|entry| entry.name().to_owned()).collect())
}
