//! What a reader passes over in a draft though words may stand there, so that it can be told.
//!
//! Marks of markup, targets of links, scripts and style sheets are not listed: nobody takes them for words of a statement.

use crate::declare::choices;
use crate::span::Span;

choices! {
    /// The reason for which some of a draft is not read.
    #[non_exhaustive]
    pub enum UnreadReason {
        /// A block of code.
        Code = "code",
        /// Code between words.
        CodeSpan = "code-span",
        /// Data about the draft before its text, with the lines that enclose them.
        FrontMatter = "front-matter",
        /// A comment that does not speak to comity.
        Comment = "comment",
        /// HTML that nothing closes, such as a comment or a script, up to the next empty line.
        Unclosed = "unclosed",
        /// Text that CriticMarkup takes out.
        Deleted = "deleted",
        /// Text that readers of the page do not see, or a field of a form.
        Hidden = "hidden",
        /// A formula.
        Math = "math",
        /// Syntax beyond CommonMark, which a program replaces or takes out: attributes, shortcodes, citations.
        Extension = "extension",
    }
}

/// Part of a draft that is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unread {
    /// The bytes of the source, with the marks around code and comments.
    pub span: Span,
    /// The reason.
    pub reason: UnreadReason,
}
