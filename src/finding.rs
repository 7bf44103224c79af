//! Findings: what a rule reports of a draft.

use std::fmt;
use std::sync::Arc;

use crate::fingerprint::Fingerprint;
use crate::rule::kind::Site;
use crate::rule::{Fix, Rule, Severity};
use crate::shown::Shown;
use crate::span::{Position, Span};

/// Wording to put in the place of what was found, and whether it may be put there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The wording, with the inflection and the capitals of what was found.
    pub text: String,
    /// Whether it may be applied.
    pub fix: Fix,
}

/// Another place in the draft that belongs to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The source bytes from the first to the last character.
    pub span: Span,
    /// Where the first character stands.
    pub start: Position,
    /// Behind the last character.
    pub end: Position,
    /// What it has to do with the finding.
    pub message: String,
}

/// What silences a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Suppression {
    /// A comment in the draft.
    Comment {
        /// The reason that it gives, in one line.
        reason: Arc<str>,
        /// Where it begins.
        at: Position,
    },
    /// A baseline, which accepts what is known of an archive.
    Baseline,
}

/// One place that a rule reports.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule.
    pub rule: Arc<Rule>,
    /// The name of the draft.
    pub draft: Arc<str>,
    /// The source bytes from the first to the last character found.
    pub span: Span,
    /// Where the first character stands.
    pub start: Position,
    /// Behind the last character.
    pub end: Position,
    /// What is wrong.
    pub message: String,
    /// The text found, without markup.
    pub found: String,
    /// What to write instead, the best first.
    pub suggestions: Vec<Suggestion>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// Facts of this finding alone, such as what was counted.
    pub notes: Vec<String>,
    /// The block, and the bytes of its plain text; `None` for what is not in a block.
    pub(crate) site: Option<Site>,
    /// By what it is known again when the draft has changed.
    pub fingerprint: Fingerprint,
    /// What silences it; `None` if it is to be heard.
    pub suppressed: Option<Suppression>,
}

impl Finding {
    /// How grave it is: the severity of its rule.
    pub fn severity(&self) -> Severity {
        self.rule.severity()
    }

    /// The order of findings in a report: by place, then the graver first, then by rule.
    pub(crate) fn order(&self, other: &Self) -> std::cmp::Ordering {
        (self.span.start(), other.severity(), self.span.end())
            .cmp(&(other.span.start(), self.severity(), other.span.end()))
            .then_with(|| self.rule.id().cmp(other.rule.id()))
    }
}

/// The GNU form, `path:line:column: severity: message [pack/rule]`, fit for a terminal.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { draft, start, message, .. } = self;
        let (draft, message) = (Shown(draft), Shown(message));
        write!(f, "{draft}:{start}: {}: {message} [{}]", self.severity(), self.rule.id())
    }
}
