//! Faults of comments that are to silence rules.

use crate::declare::choices;

choices! {
    /// A fault of a comment.
    pub(crate) enum Fault {
        /// It silences nothing.
        Unused = "unused",
        /// It has a command or a name that means nothing.
        Unknown = "unknown",
        /// It gives no reason.
        Reason = "reason",
        /// It is to silence a red line.
        Redline = "redline",
        /// It is never ended.
        Open = "open",
    }
}

impl Fault {
    pub(super) fn about(self) -> &'static str {
        match self {
            Fault::Unused => "a comment that silences nothing",
            Fault::Unknown => "a comment with a command or a name that means nothing",
            Fault::Reason => "a comment without a reason",
            Fault::Redline => "a comment that is to silence a red line",
            Fault::Open => "a comment that is never ended",
        }
    }
}
