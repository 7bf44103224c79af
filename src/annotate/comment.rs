//! The words of a comment on a finding, and its date.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;

use crate::finding::Finding;
use crate::report::say;
use crate::text::collapsed;

/// The range that a comment is put around.
#[derive(Debug)]
pub(super) struct CommentRange<Place> {
    /// Its place in the file, by the format.
    pub(super) place: Place,
    /// The points at which it may begin, as the format counts them: by them and the rule a comment is known again.
    pub(super) at: [usize; 2],
    /// The words to begin with where what was found can have no comment, so that it stands elsewhere.
    pub(super) elsewhere: Option<String>,
}

/// The comments of comity that a document has, each by a number that its format gives it.
#[derive(Debug, Default)]
pub(super) struct KnownComments {
    /// By the point at which each begins, and its last paragraph.
    places: HashMap<(usize, String), Vec<usize>>,
}

impl KnownComments {
    /// Adds one.
    pub(super) fn add(&mut self, at: usize, last: String, number: usize) {
        self.places.entry((at, last)).or_default().push(number);
    }
}

impl<Place> CommentRange<Place> {
    /// True if a comment on this finding stands there already, whose last paragraph a program may have changed in this way. Those that
    /// do are kept.
    pub(super) fn keep(
        &self,
        finding: &Finding,
        known: &KnownComments,
        saved: fn(&str) -> String,
        kept: &mut HashSet<usize>,
    ) -> bool {
        let signature = saved(&signature(finding, self.elsewhere.is_some()));
        let there = self.at.iter().filter_map(|&at| known.places.get(&(at, signature.clone())));
        there.fold(false, |_, numbers| {
            kept.extend(numbers);
            true
        })
    }
}

/// The paragraphs of a comment; `elsewhere` is the place of a finding that it cannot stand at. By the last one a comment is known
/// again.
pub(super) fn paragraphs(finding: &Finding, elsewhere: Option<&str>) -> Vec<String> {
    let rule = &finding.rule;
    let at = elsewhere.map_or_else(String::new, |place| format!("{place}: "));
    let mut paragraphs = vec![format!("{at}{}: {}", finding.severity(), finding.message)];
    if !finding.suggestions.is_empty() {
        let say = say(finding);
        let mut letters = say.chars();
        paragraphs.extend(letters.next().map(|first| format!("{}{}", first.to_uppercase(), letters.as_str())));
    }
    paragraphs.extend(finding.notes.iter().flat_map(|note| note.lines()).map(str::to_owned));
    paragraphs.extend(finding.revision.map(|revision| format!("Note: {}", revision.note())));
    paragraphs.extend(rule.why().map(|why| format!("Why: {why}")));
    if !rule.objection().is_empty() {
        paragraphs.push(format!("Likely objection: {}", rule.objection().join(", ")));
    }
    paragraphs.extend(rule.source().map(|source| match &source.url {
        Some(url) => format!("Source: {}, {url}", source.title),
        None => format!("Source: {}", source.title),
    }));
    paragraphs.push(signature(finding, elsewhere.is_some()));
    paragraphs
}

/// The last paragraph of a comment: the rule, and of one that does not stand on the words also these, as others of the
/// rule may stand at the same place. White space in them is one space each, as it is when a program has saved the comment.
fn signature(finding: &Finding, is_elsewhere: bool) -> String {
    let rule = finding.rule.id();
    if !is_elsewhere {
        return format!("{RULE}{rule}");
    }
    format!("{RULE}{rule}, on \"{}\"", collapsed(&finding.found))
}

/// The rule that a comment of comity's is about, by its last paragraph.
pub(super) fn rule(last: &str) -> Option<&str> {
    let rule = last.trim().strip_prefix(RULE)?;
    Some(rule.split_once(',').map_or(rule, |(rule, _)| rule).trim())
}

/// The beginning of the last paragraph of a comment.
const RULE: &str = "Rule: ";

/// Now, in UTC, as the type `xsd:dateTime` has it. `SOURCE_DATE_EPOCH` is honoured
/// (<https://reproducible-builds.org/specs/source-date-epoch/>), so that a run can be repeated to the byte.
pub(super) fn now() -> String {
    date_time(seconds())
}

/// Now, and another time more than a minute away: LibreOffice takes changes for one that one author made within a minute, at the end of one
/// paragraph and at the beginning of the next, and the mark between them for a part of it.
pub(super) fn two_times() -> [String; 2] {
    const APART: u64 = 120;
    let now = seconds();
    [now, now.checked_sub(APART).unwrap_or(now + APART)].map(date_time)
}

/// The seconds since the beginning of 1970.
fn seconds() -> u64 {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let since = epoch.map(Duration::from_secs).or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).ok());
    since.unwrap_or_default().as_secs()
}

/// The date and the time so many seconds after the beginning of 1970, or the last that there are.
fn date_time(seconds: u64) -> String {
    let time = i64::try_from(seconds).ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    time.unwrap_or(Timestamp::MAX).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_told_from_seconds() {
        let cases = [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_767_225_599, "2025-12-31T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ];
        for (seconds, expected) in cases {
            assert_eq!(date_time(seconds), expected);
        }
    }
}
