//! The kinds of documents.

use crate::draft::Format;

/// The kind of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ContentKind {
    /// A draft.
    Draft(Format),
    /// A `comity.yml`.
    Config,
    /// A pack of rules.
    Pack,
    /// Something else, of which nothing is said.
    Other,
}

impl ContentKind {
    /// True if comments in it can silence rules.
    pub(super) fn has_comments(self) -> bool {
        matches!(self, ContentKind::Draft(format) if format.has_comments())
    }
}
