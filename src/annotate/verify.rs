//! The last check of a copy before it is handed out: read once, it has the text of the document with nothing but what was meant to be
//! changed, in both versions.

use std::io::Cursor;

use super::AnnotateError;
use crate::draft::document::{DocumentReading, Version};
use crate::draft::layout::DocumentText;
use crate::draft::{Format, read_versions};

/// The most bytes that are unpacked of a copy: what it holds was in memory already.
pub(super) const LIMIT: u64 = u64::MAX >> 8;

/// The texts that a copy has to have.
pub(super) struct ExpectedTexts {
    /// The versions that are read, and the text of each.
    versions: Vec<Version>,
    texts: Vec<String>,
    /// Makes texts the same that differ in nothing that counts.
    normal: fn(&str) -> String,
}

impl ExpectedTexts {
    pub(super) fn new(texts: impl IntoIterator<Item = (Version, String)>, normal: fn(&str) -> String) -> ExpectedTexts {
        let (versions, texts) = texts.into_iter().unzip();
        ExpectedTexts { versions, texts, normal }
    }

    /// The versions that are expected.
    pub(super) fn versions(&self) -> &[Version] {
        &self.versions
    }

    /// Holds the versions of a copy, as they were read, to what is expected.
    ///
    /// # Errors
    /// If one has another text.
    pub(super) fn verify(&self, copy: &[DocumentText]) -> Result<(), AnnotateError> {
        for ((version, expected), read) in self.versions.iter().zip(&self.texts).zip(copy) {
            if let Some(line) = self.difference(&read.text, expected) {
                let with = if *version == Version::Accepted { "with" } else { "without" };
                return Err(AnnotateError::Unsound(format!(
                    "{with} the changes, line {line} of its text would be another"
                )));
            }
        }
        Ok(())
    }

    /// The first line, from 1, that two texts do not share.
    fn difference(&self, one: &str, other: &str) -> Option<usize> {
        if one == other {
            return None;
        }
        let (one, other) = ((self.normal)(one), (self.normal)(other));
        let same = one.lines().zip(other.lines()).take_while(|(one, other)| one == other).count();
        (one != other).then_some(same + 1)
    }
}

/// Reads a copy.
///
/// # Errors
/// If it cannot be read, or has not these texts.
pub(super) fn verify(format: Format, copy: &[u8], expected: &ExpectedTexts) -> Result<(), AnnotateError> {
    let texts = read_versions(format, &mut Cursor::new(copy), DocumentReading::of_text(LIMIT, &expected.versions));
    expected.verify(&texts.map_err(|error| AnnotateError::Unsound(error.to_string()))?)
}
