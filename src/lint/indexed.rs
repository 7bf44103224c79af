//! Entries of tables of contents: what a heading holds is found once, not once more in the entry that its program has made of it.

use std::collections::{HashMap, HashSet};

use crate::draft::Draft;
use crate::finding::Finding;
use crate::rule::RuleId;
use crate::text::BlockKind;

/// The note on a finding in a heading whose entry holds it too.
const NOTE: &str = "the table of contents has it too, until it is updated";

/// The most words of the number before a heading in its entry: "Article 3".
const NUMBER_WORDS: usize = 2;

/// The key of a finding in a heading and in its entry: whether it is in the text before tracked changes, its rule, the words.
type EntryKey<'f> = (bool, &'f RuleId, &'f str);

fn key<'f>(draft: &Draft, finding: &'f Finding) -> EntryKey<'f> {
    (draft.is_before(finding), finding.rule.id(), finding.found.as_str())
}

/// Leaves out findings in entries of tables of contents that their headings have as well, which say so.
pub(crate) fn fold_entries(draft: &Draft, findings: &mut Vec<Finding>) {
    let in_index = |finding: &Finding| {
        draft.version_of(finding).layout().is_some_and(|layout| layout.is_in_index(finding.start.line))
    };
    if !findings.iter().any(in_index) {
        return;
    }
    let block = |finding: &Finding| Some(&draft.version_of(finding).blocks()[finding.site?.block]);
    let mut entries: HashMap<(EntryKey<'_>, &str), Vec<usize>> = HashMap::new();
    for (at, finding) in findings.iter().enumerate().filter(|(_, finding)| in_index(finding)) {
        for heading in block(finding).into_iter().flat_map(|block| headings(block.text())) {
            entries.entry((key(draft, finding), heading)).or_default().push(at);
        }
    }
    let (mut listed, mut noted) = (HashSet::new(), Vec::new());
    for (at, finding) in findings.iter().enumerate().filter(|(_, finding)| !in_index(finding)) {
        let is_heading = |kind| matches!(kind, BlockKind::Title | BlockKind::Heading | BlockKind::Caption);
        let Some(block) = block(finding).filter(|block| is_heading(block.kind())) else {
            continue;
        };
        if let Some(own) = entries.remove(&(key(draft, finding), block.text())) {
            noted.push(at);
            listed.extend(own);
        }
    }
    noted.into_iter().for_each(|at| findings[at].notes.push(NOTE.to_owned()));
    let mut at = 0;
    findings.retain(|_| {
        at += 1;
        !listed.contains(&(at - 1))
    });
}

/// The headings that an entry may be of: it without the page behind it, and without the number before it.
fn headings<'t>(entry: &'t str) -> impl Iterator<Item = &'t str> {
    let without_page = entry.rsplit_once(' ').filter(|(_, page)| page.len() <= 6).map(|(heading, _)| heading);
    let ends = [Some(entry), without_page].into_iter().flatten();
    ends.flat_map(|entry| {
        let next = |rest: &&'t str| rest.split_once(' ').map(|(_, rest)| rest);
        std::iter::successors(Some(entry), next).take(NUMBER_WORDS + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_of_the_heading_without_number_and_page() {
        let cases = [
            ("Trade and ports", "Trade and ports"),
            ("1. Trade and ports 12", "Trade and ports"),
            ("Article 3 Trade xiv", "Trade"),
            ("Trade 2030", "Trade 2030"),
        ];
        for (entry, heading) in cases {
            assert!(headings(entry).any(|found| found == heading), "{entry}");
        }
        assert!(headings("1. Trade and ports 12").all(|found| found != "ports"));
    }
}
