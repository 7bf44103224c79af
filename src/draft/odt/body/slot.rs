//! A paragraph as it is read.

use crate::draft::paper::{Piece, Role};

/// A paragraph as it is read.
#[derive(Debug, Default)]
pub(in crate::draft::odt) struct Slot {
    pub(in crate::draft::odt) text: String,
    /// Their places are relative to the text of the paragraph.
    pub(in crate::draft::odt) pieces: Vec<Piece>,
    /// What it is counted in.
    pub(in crate::draft::odt) story: usize,
    pub(in crate::draft::odt) role: Role,
    pub(in crate::draft::odt) in_table: bool,
    pub(in crate::draft::odt) is_listed: bool,
    /// Whether it is one of those that a deletion is made of, not in a table or a note of these.
    pub(in crate::draft::odt) is_deleted: bool,
    pub(in crate::draft::odt) is_hidden: bool,
    /// Whether there is hidden text in it, which is not read.
    pub(in crate::draft::odt) has_hidden: bool,
    /// Whether it is the words that stand for an image.
    pub(in crate::draft::odt) is_image: bool,
}
