//! What a document is to comity.

use crate::draft::Format;

/// What a document is to comity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A draft.
    Draft(Format),
    /// A `comity.yml`.
    Config,
    /// A pack of rules.
    Pack,
    /// Something else, of which nothing is said.
    Other,
}

impl Kind {
    /// Whether comments in it can silence rules.
    pub(super) fn has_comments(self) -> bool {
        matches!(self, Kind::Draft(format) if format.has_comments())
    }
}
