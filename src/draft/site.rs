//! A place in a draft, as rules and findings know it.

use crate::span::{Plain, Span};

/// A place in a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Site {
    /// The index of the block.
    pub(crate) block: usize,
    pub(crate) span: Span<Plain>,
}
