//! The scope of a rule: the blocks and the quotations that it looks at.

use crate::declare::choices;
use crate::text::BlockKind;

/// The blocks and the quotations that a rule looks at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Scope {
    /// The kinds of blocks; all if empty.
    pub(crate) blocks: Vec<BlockKind>,
    /// True if quotations are left alone.
    pub(crate) skip_quoted: bool,
}

choices! {
    /// The treatment of block quotations and of text between quotation marks.
    pub(crate) enum Quoted {
        /// Look at them.
        Check = "check",
        /// Leave them alone.
        Skip = "skip",
    }
}
