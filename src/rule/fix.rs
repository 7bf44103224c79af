//! The safety of fixes: if a suggestion may be put into a draft.

use crate::declare::choices;

choices! {
    /// The safety of a fix: if a suggestion may be put into a draft.
    #[derive(Default)]
    pub enum Fix {
        /// The first suggestion may be applied unasked.
        Safe = "safe",
        /// A person must read the sentence again.
        #[default]
        Unsafe = "unsafe",
        /// The suggestions are advice.
        None = "none",
    }
}
