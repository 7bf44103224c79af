//! How much a change weighs on the page: what comes first, and how loud it is.

use crate::compare::{ChangeKind, Effect, Remark, SentenceChange};

/// The weight of a change, the heaviest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// The sentence says the contrary of what it said.
    Turned,
    Weaker,
    Deleted,
    Stronger,
    /// Something else in it changed.
    Changed,
    Added,
    Moved,
}

impl Rank {
    pub(super) fn new(change: &SentenceChange) -> Rank {
        match change.kind {
            _ if change.remarks.iter().any(Remark::turns) => Rank::Turned,
            _ if change.has(Effect::Weaker) => Rank::Weaker,
            ChangeKind::Deleted => Rank::Deleted,
            _ if change.has(Effect::Stronger) => Rank::Stronger,
            ChangeKind::Added => Rank::Added,
            ChangeKind::Moved => Rank::Moved,
            ChangeKind::Changed => Rank::Changed,
        }
    }

    /// True if something is lost.
    pub(super) fn is_loss(self) -> bool {
        self <= Rank::Deleted
    }

    /// The class of its colour.
    pub(super) fn class(self) -> &'static str {
        match self {
            Rank::Turned | Rank::Weaker | Rank::Deleted => "is-error",
            Rank::Stronger => "is-warning",
            Rank::Added => "is-note",
            Rank::Changed | Rank::Moved => "is-suppressed",
        }
    }
}

/// The class of the colour of a remark, and a sign for those who see no colours, with its name.
pub(super) fn remark_class(remark: &Remark) -> (&'static str, Option<(&'static str, &'static str)>) {
    match remark.effect {
        _ if remark.turns() => ("is-error", Some(("\u{21c4}", "the contrary"))),
        Effect::Weaker => ("is-error", Some(("\u{25bc}", "weaker"))),
        Effect::Stronger => ("is-warning", Some(("\u{25b2}", "stronger"))),
        Effect::Other => ("is-suppressed", None),
    }
}
