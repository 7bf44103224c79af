//! What a comment says of a finding, and when.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::finding::Finding;
use crate::report::say;
use crate::text::collapsed;

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

/// What the last paragraph of a comment says: the rule, and of one that does not stand on the words also these, as others of the
/// rule may stand at the same place. White space in them is one space each, as it is when a program has saved the comment.
pub(super) fn signature(finding: &Finding, is_elsewhere: bool) -> String {
    let rule = finding.rule.id();
    if !is_elsewhere {
        return format!("Rule: {rule}");
    }
    format!("Rule: {rule}, on \"{}\"", collapsed(&finding.found))
}

/// Now, in UTC, as the type `xsd:dateTime` has it. `SOURCE_DATE_EPOCH` is honoured
/// (<https://reproducible-builds.org/specs/source-date-epoch/>), so that a run can be repeated to the byte.
pub(super) fn now() -> String {
    let given = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let since = given.map(Duration::from_secs).or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).ok());
    date_time(since.unwrap_or_default().as_secs())
}

/// The date and the time so many seconds after the beginning of 1970.
fn date_time(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60)
}

/// The year, month and day so many days after 1 January 1970: `civil_from_days` of Howard Hinnant
/// (<https://howardhinnant.github.io/date_algorithms.html>), which counts years from 1 March.
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
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
