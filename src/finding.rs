//! Findings: what a rule reports of a draft.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use crate::draft::{Draft, Paragraph, Site};
use crate::escape::Shown;
use crate::fingerprint::Fingerprint;
use crate::rule::{Fix, Rule, Severity};
use crate::span::{Position, Span};

/// Wording to put in the place of what was found, and whether it may be put there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Suggestion {
    /// The wording, with the inflection and the capitals of what was found.
    pub text: String,
    /// The safety of applying it.
    pub fix: Fix,
}

/// Another place in the draft that belongs to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Related {
    /// The source bytes from the first to the last character.
    pub span: Span,
    /// The position of its first character.
    pub start: Position,
    /// The position behind its last character.
    pub end: Position,
    /// The paragraph where it begins, in a document of an office suite.
    pub paragraph: Option<Arc<Paragraph>>,
    /// Its relation to the finding, for a person.
    pub message: String,
}

/// The reason for which a finding is silent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Suppression {
    /// A comment in the draft.
    Comment {
        /// The reason that it gives, in one line.
        reason: Arc<str>,
        /// The position of the comment, or of the words that it stands on in the margin.
        at: Position,
        /// The paragraph that these are in, in a document of an office suite.
        paragraph: Option<Arc<Paragraph>>,
    },
    /// A baseline, which accepts what is known of an archive.
    Baseline,
}

/// One place that a rule reports.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Finding {
    /// The rule.
    pub rule: Arc<Rule>,
    /// The name of the draft.
    pub draft: Arc<str>,
    /// The source bytes from the first to the last character found.
    pub span: Span,
    /// The position of its first character.
    pub start: Position,
    /// The position behind its last character.
    pub end: Position,
    /// The paragraph where it begins, in a document of an office suite: `start` counts in it, and its line is the paragraph's in
    /// the text of all parts.
    pub paragraph: Option<Arc<Paragraph>>,
    /// The message of its rule.
    pub message: String,
    /// The text found, without markup.
    pub found: String,
    /// The wordings to write instead, the best first.
    pub suggestions: Vec<Suggestion>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// Facts of this finding alone, such as what was counted.
    pub notes: Vec<String>,
    /// The block, and the bytes of its plain text; `None` for what is not in a block.
    pub(crate) site: Option<Site>,
    /// Its identity, which outlasts changes of the draft.
    pub fingerprint: Fingerprint,
    /// The reason for which it is silent; `None` if it is to be heard.
    pub suppressed: Option<Suppression>,
    /// Its relation to tracked changes, where the text before them was checked too.
    pub revision: Option<Revision>,
    /// Its severity where it stands: that of its rule, weighed by who is at the table. `notes` say why.
    pub(crate) severity: Severity,
}

/// The relation of a finding to the tracked changes of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Revision {
    /// It is in the text with all changes accepted, and was not before: text that was inserted is in it.
    BroughtInByInsertion,
    /// It is in the text with all changes accepted, and was not before, but nothing inserted is in it: what stood between its
    /// words was deleted.
    BroughtInByDeletion,
    /// It was in the text before the changes and is not with all accepted: text that was deleted is in it.
    TakenOutByDeletion,
    /// It was in the text before the changes and is not with all accepted, but nothing deleted is in it: something was inserted
    /// between its words.
    TakenOutByInsertion,
}

impl Revision {
    /// True if the finding is in the text before the changes only, which nobody can change any more.
    pub fn is_before(self) -> bool {
        matches!(self, Revision::TakenOutByDeletion | Revision::TakenOutByInsertion)
    }

    /// The name that reports give it.
    pub fn name(self) -> &'static str {
        match self {
            Revision::BroughtInByInsertion => "brought-in-by-insertion",
            Revision::BroughtInByDeletion => "brought-in-by-deletion",
            Revision::TakenOutByDeletion => "taken-out-by-deletion",
            Revision::TakenOutByInsertion => "taken-out-by-insertion",
        }
    }

    /// The note on it for a person.
    pub fn note(self) -> &'static str {
        match self {
            Revision::BroughtInByInsertion => "a tracked insertion brings this in",
            Revision::BroughtInByDeletion => "a tracked deletion brings this in",
            Revision::TakenOutByDeletion => "a tracked deletion takes this out; it stays if the change is rejected",
            Revision::TakenOutByInsertion => "a tracked insertion takes this out; it stays if the change is rejected",
        }
    }
}

impl Draft {
    /// True if a finding is in the text before tracked changes only.
    pub(crate) fn is_before(&self, finding: &Finding) -> bool {
        self.original().is_some() && finding.revision.is_some_and(Revision::is_before)
    }

    /// The draft whose text a finding's places are in: this one, or the one before tracked changes.
    pub fn version_of(&self, finding: &Finding) -> &Draft {
        self.original().filter(|_| self.is_before(finding)).unwrap_or(self)
    }
}

/// The beginning of something, as people read it: `12:34` for line and column, or `¶12:34` for paragraph and character.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'f>(pub(crate) Position, pub(crate) Option<&'f Paragraph>);

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.1 {
            Some(paragraph) => write!(f, "{paragraph}:{}", self.0.column),
            None => write!(f, "{}", self.0),
        }
    }
}

impl Finding {
    /// A finding at a place of a draft that is no text of a block. It says nothing yet.
    pub(crate) fn outside_text(draft: &Draft, rule: &Arc<Rule>, span: Span) -> Finding {
        Finding {
            draft: Arc::clone(draft.name()),
            span,
            start: draft.position(span.start()),
            end: draft.position(span.end()),
            paragraph: draft.paragraph(span.start()).cloned(),
            message: String::new(),
            found: String::new(),
            suggestions: Vec::new(),
            related: Vec::new(),
            notes: Vec::new(),
            site: None,
            fingerprint: Fingerprint::outside_text(rule.id(), ""),
            suppressed: None,
            revision: None,
            severity: rule.severity(),
            rule: Arc::clone(rule),
        }
    }

    /// The severity of its rule, raised or lowered by who is at the table.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Its beginning, as people read it.
    pub(crate) fn place(&self) -> Place<'_> {
        Place(self.start, self.paragraph.as_deref())
    }

    /// The name by which people refer to the paragraph where it begins, if a program numbers it: `paragraph 12 (b)`.
    pub(crate) fn reference(&self, draft: &Draft) -> Option<String> {
        draft.version_of(self).blocks().get(self.site?.block)?.reference()
    }

    /// The order of findings in a report: by place, then the graver first, then by rule.
    pub(crate) fn order(&self, other: &Self) -> std::cmp::Ordering {
        (self.span.start(), other.severity(), self.span.end())
            .cmp(&(other.span.start(), self.severity(), other.span.end()))
            .then_with(|| self.rule.id().cmp(other.rule.id()))
    }
}

/// Tells those apart that are alike, by their order in the draft.
pub(crate) fn number(findings: &mut [Finding]) {
    let mut seen: HashMap<Fingerprint, usize> = HashMap::with_capacity(findings.len());
    for finding in findings {
        let count = seen.entry(finding.fingerprint).or_default();
        if *count > 0 {
            finding.fingerprint = finding.fingerprint.and(&count.to_string());
        }
        *count += 1;
    }
}

/// The GNU form, `path:line:column: severity: message [pack/rule]`, fit for a terminal; in a document of an office suite the
/// paragraph stands in the place of the line.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { draft, message, .. } = self;
        let line = format!("{draft}:{}: {}: {message} [{}]", self.place(), self.severity(), self.rule.id());
        Shown(&line).fmt(f)
    }
}
