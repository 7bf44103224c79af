//! Changes of a text, as rules about them name them.

use crate::declare::choices;

choices! {
    /// A change of a text.
    pub(crate) enum Change {
        /// A sentence promises, condemns or asks for less.
        Weakened = "weakened",
        /// A sentence promises, condemns or asks for more.
        Strengthened = "strengthened",
        /// A sentence says the contrary: a negation came or went, or praise became blame.
        Reversed = "reversed",
        /// Words came in that take force out of a sentence, such as "as appropriate".
        Hedged = "hedged",
        /// A verb became another, and neither says clearly less.
        OtherVerb = "other-verb",
        /// A sum, a share, a date or a number became another, came or went.
        Figure = "figure",
        /// A name became another.
        Name = "name",
        /// A name is gone.
        NameDropped = "name-dropped",
        /// A name came in.
        NameAdded = "name-added",
        /// Square brackets came or went.
        Brackets = "brackets",
        /// A sentence has other words, and nothing else is told of it.
        Reworded = "reworded",
        /// A sentence is gone.
        SentenceDropped = "sentence-dropped",
        /// A sentence came in.
        SentenceAdded = "sentence-added",
        /// A sentence stands elsewhere.
        SentenceMoved = "sentence-moved",
        /// A draft is gone.
        DraftDropped = "draft-dropped",
        /// A draft came in.
        DraftAdded = "draft-added",
    }
}
