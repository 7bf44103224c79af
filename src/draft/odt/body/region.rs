//! The regions of tracked changes.

use super::paragraph::OdtParagraph;

/// A region of tracked changes: what one of them has done.
#[derive(Debug, Default)]
pub(super) struct ChangedRegion {
    pub(super) is_insertion: bool,
    /// The paragraphs that were deleted, as the text before the changes has them.
    pub(super) deleted: Option<Vec<OdtParagraph>>,
    /// The depth to which others stand in that deletion.
    pub(super) nesting: usize,
    pub(super) stand_in: Option<usize>,
}
