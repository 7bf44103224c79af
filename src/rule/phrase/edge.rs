//! Boundaries of phrases: the edges at which they may begin and end.

use crate::declare::choices;

choices! {
    /// The edges at which a phrase may begin and end.
    #[derive(Default)]
    pub(crate) enum Boundary {
        /// It begins and ends at the edge of a word.
        #[default]
        Word = "word",
        /// It begins at the edge of a word: for a language that puts particles behind its words, such as Korean.
        Left = "left",
        /// Anywhere: for a language without spaces, such as Japanese.
        None = "none",
    }
}
