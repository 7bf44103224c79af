//! What a tracked change has done.

use super::slot::Slot;

/// What a tracked change has done.
#[derive(Debug, Default)]
pub(super) struct Region {
    pub(super) is_insertion: bool,
    /// What was deleted.
    pub(super) deleted: Option<Vec<Slot>>,
    /// How deep others stand in that deletion.
    pub(super) nesting: usize,
    pub(super) mark: Option<usize>,
}
