//! The examples of a rule.

use crate::span::Span;

/// Drafts that a rule must flag and must leave alone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Examples {
    pub(crate) flag: Vec<Example>,
    pub(crate) pass: Vec<Example>,
    /// Drafts with what the first suggestion makes of them.
    pub(crate) fixed: Vec<(Example, String)>,
}

/// A little draft in Markdown, and where it stands in its pack.
#[derive(Debug, Clone)]
pub(crate) struct Example {
    pub(crate) text: String,
    /// In bytes of the file of its pack.
    pub(crate) at: Span,
}
