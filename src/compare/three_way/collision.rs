//! A place at which two delegations did not do the same.

use super::super::SentenceChange;

/// The kind of a collision, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CollisionKind {
    /// One deleted what the other changed or moved.
    Deleted,
    /// Both changed the same words of a sentence, each in another way.
    Reworded,
    /// Both put a text at the same place, each another one.
    Inserted,
    /// Both moved the same text, each elsewhere.
    Moved,
    /// Both changed a sentence, each other words of it: both changes may stand.
    Beside,
}

impl CollisionKind {
    /// All of them, in order.
    pub const ALL: [CollisionKind; 5] = [
        CollisionKind::Deleted,
        CollisionKind::Reworded,
        CollisionKind::Inserted,
        CollisionKind::Moved,
        CollisionKind::Beside,
    ];

    /// The name that reports use.
    pub fn name(self) -> &'static str {
        match self {
            CollisionKind::Deleted => "deleted",
            CollisionKind::Reworded => "reworded",
            CollisionKind::Inserted => "inserted",
            CollisionKind::Moved => "moved",
            CollisionKind::Beside => "beside",
        }
    }
}

/// A place of the base at which both delegations changed something, each in another way.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Collision {
    /// Its kind.
    pub kind: CollisionKind,
    /// What each of the two did there, the left one first; in the order of its draft.
    pub sides: [Vec<SentenceChange>; 2],
}
