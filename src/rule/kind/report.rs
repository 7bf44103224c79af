//! Reports of a kind, before a rule makes findings of them.

use crate::draft::Site;
use crate::rule::part::PartOfSpeech;

/// Wording that a kind proposes for a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Proposal {
    pub(crate) text: String,
    /// Its part of speech; `None` of wording that was made for the place.
    pub(crate) part: Option<PartOfSpeech>,
}

impl From<String> for Proposal {
    fn from(text: String) -> Proposal {
        Proposal { text, part: None }
    }
}

/// A report of a kind: a place, and what to say there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) site: Site,
    pub(crate) suggestions: Vec<Proposal>,
    /// Other places that belong to it, each with what to say there.
    pub(crate) labels: Vec<(Site, String)>,
    /// Facts of this finding alone.
    pub(crate) notes: Vec<String>,
    /// The value of `{count}` in the message.
    pub(crate) count: Option<usize>,
    /// The value of `{expected}` in the message.
    pub(crate) expected: Option<String>,
    /// The value of `{other}` in the message.
    pub(crate) other: Option<String>,
}

impl Report {
    pub(crate) fn at(site: Site) -> Report {
        Report {
            site,
            suggestions: Vec::new(),
            labels: Vec::new(),
            notes: Vec::new(),
            count: None,
            expected: None,
            other: None,
        }
    }

    pub(crate) fn suggest(mut self, suggestions: Vec<impl Into<Proposal>>) -> Report {
        self.suggestions = suggestions.into_iter().map(Into::into).collect();
        self
    }

    pub(crate) fn label(mut self, site: Site, text: impl Into<String>) -> Report {
        self.labels.push((site, text.into()));
        self
    }

    pub(crate) fn count(mut self, count: usize) -> Report {
        self.count = Some(count);
        self
    }

    pub(crate) fn expect(mut self, expected: impl Into<String>) -> Report {
        self.expected = Some(expected.into());
        self
    }
}
