//! Where a rule looks.

use crate::declare::choices;
use crate::text::BlockKind;

/// Where a rule looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Scope {
    /// The kinds of blocks; all if empty.
    pub(crate) blocks: Vec<BlockKind>,
    /// Whether quotations are left alone.
    pub(crate) skip_quoted: bool,
}

choices! {
    /// What a rule does with block quotations and text between quotation marks.
    pub(crate) enum Quoted {
        /// Look at them.
        Check = "check",
        /// Leave them alone.
        Skip = "skip",
    }
}
