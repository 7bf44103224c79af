//! Numbers in a document, and what is said of one that is not sound.

use crate::draft::document::DocumentError;

/// A document of the format, in words.
pub(super) const NAME: &str = "a document of Word 97-2003";

pub(super) fn unsound(reason: impl Into<String>) -> DocumentError {
    DocumentError::Unsound { format: NAME, reason: reason.into(), remedy: "open it in Word and save it as .docx" }
}

/// The little-endian number of two bytes that begins at one.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// The same of four bytes.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}
