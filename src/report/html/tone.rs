//! The tone of a finding on the page: how loud it is.

use crate::finding::Finding;
use crate::rule::Severity;

/// The tone of a finding: how loud it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tone {
    Suppressed,
    Note,
    Warning,
    Error,
}

impl Tone {
    pub(crate) fn new(finding: &Finding) -> Tone {
        match finding.severity() {
            _ if finding.suppressed.is_some() => Tone::Suppressed,
            Severity::Error => Tone::Error,
            Severity::Warning => Tone::Warning,
            Severity::Note => Tone::Note,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Tone::Suppressed => "suppressed",
            Tone::Note => "note",
            Tone::Warning => "warning",
            Tone::Error => "error",
        }
    }

    /// The class of all that has it.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Tone::Suppressed => "is-suppressed",
            Tone::Note => "is-note",
            Tone::Warning => "is-warning",
            Tone::Error => "is-error",
        }
    }
}
