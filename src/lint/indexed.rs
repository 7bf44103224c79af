//! Entries of tables of contents: what a heading holds is found once, not once more in the entry that its program has made of it.

use std::collections::{HashMap, HashSet};

use crate::draft::Draft;
use crate::finding::Finding;
use crate::rule::RuleId;
use crate::span::Span;
use crate::text::{Block, BlockKind, collapsed, numeral};

/// The note on a finding in a heading whose entry holds it too.
const NOTE: &str = "the table of contents has it too, until it is updated";

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
    let mut entries: HashMap<(EntryKey<'_>, String), Vec<usize>> = HashMap::new();
    for (at, finding) in findings.iter().enumerate().filter(|(_, finding)| in_index(finding)) {
        let source = |block: &Block| {
            let version = draft.version_of(finding);
            version.slice(block.source(Span::new(0, block.text().len()))).to_owned()
        };
        for heading in block(finding).into_iter().flat_map(|block| headings(&source(block))) {
            entries.entry((key(draft, finding), heading)).or_default().push(at);
        }
    }
    let (mut listed, mut noted) = (HashSet::new(), Vec::new());
    for (at, finding) in findings.iter().enumerate().filter(|(_, finding)| !in_index(finding)) {
        let is_heading = |kind| matches!(kind, BlockKind::Title | BlockKind::Heading | BlockKind::Caption);
        let Some(block) = block(finding).filter(|block| is_heading(block.kind())) else {
            continue;
        };
        if let Some(own) = entries.remove(&(key(draft, finding), collapsed(block.text()))) {
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

/// The headings that an entry may be of: it as it is, without the page behind it, and without the number before it that its program
/// draws before the heading. What is no page and no number is of the heading.
fn headings(entry: &str) -> Vec<String> {
    let (entry, is_tabbed) = match entry.rsplit_once('\t') {
        Some((heading, page)) if is_page(page.trim()) => (heading, true),
        _ => (entry, false),
    };
    let entry = entry.trim();
    let mut found = vec![entry];
    found.extend(entry.rsplit_once(' ').filter(|(_, page)| !is_tabbed && is_page(page)).map(|(heading, _)| heading));
    let numbered: Vec<&str> = found.iter().filter_map(|entry| without_number(entry)).collect();
    found.extend(numbered);
    found.into_iter().map(collapsed).collect()
}

/// An entry without the number that it begins with: `1.`, `2.3`, `(a)`, `IV.`, `Article 3`.
fn without_number(entry: &str) -> Option<&str> {
    let (first, rest) = entry.split_once(char::is_whitespace)?;
    if is_number(first) {
        return Some(rest.trim_start());
    }
    // The name of what is counted, such as an article.
    let (second, behind) = rest.trim_start().split_once(char::is_whitespace)?;
    let is_name = first.starts_with(char::is_uppercase) && first.chars().all(char::is_alphabetic);
    (is_name && is_number(second)).then(|| behind.trim_start())
}

/// True for a word that counts: digits, one letter, Roman or other numerals, with full stops, brackets and the like.
fn is_number(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_counted = |part: &str| {
        let is_alone = part.chars().count() == 1;
        let is_digits = !part.is_empty() && part.chars().all(char::is_numeric);
        is_digits || (is_alone && bare.len() < word.len()) || numeral::from_roman(&part.to_uppercase()).is_some()
    };
    bare.split(['.', '-', '\u{2013}']).all(is_counted)
}

/// True for the number of a page: digits, with a chapter before them perhaps, or Roman numerals.
fn is_page(word: &str) -> bool {
    const LONGEST: usize = 6;
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let numbered = match word.rsplit_once(['-', '\u{2013}']) {
        Some((chapter, page)) => is_digits(page) && (is_digits(chapter) || chapter.len() == 1),
        None => is_digits(word),
    };
    word.len() <= LONGEST && numbered || numeral::from_roman(&word.to_uppercase()).is_some()
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
            ("Trade 2030\t4", "Trade 2030"),
            ("2.1\tTrade and\tports\t4", "Trade and ports"),
            ("(b) Trade 3", "Trade"),
            ("IV.\tTrade\tA-12", "Trade"),
            ("A joint plan\t3", "A joint plan"),
        ];
        for (entry, heading) in cases {
            assert!(headings(entry).iter().any(|found| found == heading), "{entry}: {:?}", headings(entry));
        }
        // Words that are neither number nor page are of another heading.
        for (entry, heading) in [
            ("1. Trade and ports 12", "ports"),
            ("Strengthen trade and ports 12", "trade and ports"),
            ("A joint plan 3", "joint plan"),
            ("On trade\t3", "trade"),
            ("Trade and ports today", "Trade and ports"),
            ("Trade mix", "Trade"),
            ("Trade 2030\t4", "Trade"),
        ] {
            assert!(headings(entry).iter().all(|found| found != heading), "{entry}: {:?}", headings(entry));
        }
    }
}
