//! Edits: text to put in the place of some bytes of a draft.

use crate::span::Span;

/// Text to put in the place of some bytes of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The bytes of the source that are replaced.
    pub span: Span,
    /// The text that is put there.
    pub text: String,
}

/// The bytes from the first to the last that edits in order replace.
pub(super) fn reach(edits: &[Edit]) -> Span {
    let start = edits.first().map_or(0, |edit| edit.span.start());
    Span::new(start, edits.last().map_or(start, |edit| edit.span.end()))
}

/// The text with edits made that are in order and do not overlap.
pub fn apply(source: &str, edits: &[Edit]) -> String {
    let mut fixed = String::with_capacity(source.len());
    let mut done = 0;
    for edit in edits {
        fixed.push_str(&source[done..edit.span.start()]);
        fixed.push_str(&edit.text);
        done = edit.span.end();
    }
    fixed.push_str(&source[done..]);
    fixed
}
