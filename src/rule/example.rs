//! The source of a rule, and its examples.

use crate::span::Span;

/// A document that a rule comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Source {
    /// The document.
    pub title: String,
    /// An address at which it can be read.
    pub url: Option<String>,
}

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
