//! A piece of syntax beyond CommonMark.

use std::ops::Range;

/// The kind of a piece of syntax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SyntaxKind {
    /// `{#id .class key=value}` behind a heading, an element or a link, or alone in a line (Pandoc), and `{: .class}` (kramdown).
    Attributes,
    /// `{{< name >}}`, `{{% name %}}` (Hugo), `{% tag %}`, `{{ name }}` (Liquid, Jinja).
    Shortcode,
    /// `$x$` and `$$x$$`.
    Math,
    /// The `@key` of `[see @key, p. 3]` (Pandoc).
    Citation,
    /// `==` and `++` around words, `^` and `~` before and behind what is raised or lowered, `\ ` of Pandoc; `{++` and `{==` of CriticMarkup.
    Mark,
    /// `{--words--}` and the first half of `{~~words~>words~~}`.
    Deletion,
    /// `{>>words<<}`.
    Comment,
}

/// A piece of syntax: its bytes in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Syntax {
    pub(super) bytes: Range<usize>,
    pub(super) kind: SyntaxKind,
    /// The mark that ends it behind words that are text.
    pub(super) closer: Option<Range<usize>>,
}
