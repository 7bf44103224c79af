//! The list of what changed, which stands before the texts: what was lost first, then the findings that came in.

use std::fmt::{self, Write};

use super::margin::Margin;
use super::place::Place;
use super::rank::{Rank, remark_class};
use crate::compare::{ChangeKind, Comparison, Remark, SentenceChange};
use crate::escape::Xml;
use crate::finding::Finding;
use crate::report::Tone;
use crate::rule::message::shorten;
use crate::text::fold::OBJECT;

/// Writes the list of a comparison.
pub(super) fn write(page: &mut String, comparison: &Comparison, margin: &Margin, place: Place) -> fmt::Result {
    if comparison.is_empty() {
        return Ok(());
    }
    let Place { number, level } = place;
    writeln!(page, "<nav class=\"changes\" aria-labelledby=\"d{number}changes\">")?;
    writeln!(page, "<h{level} id=\"d{number}changes\">Changes</h{level}>")?;
    let mut ranked: Vec<(Rank, usize, &SentenceChange)> =
        comparison.sentences.iter().enumerate().map(|(index, change)| (Rank::new(change), index, change)).collect();
    ranked.sort_by_key(|(rank, index, _)| (*rank, *index));
    let some = |is: fn(Rank) -> bool| -> Vec<&(Rank, usize, &SentenceChange)> {
        ranked.iter().filter(|(rank, ..)| is(*rank)).collect()
    };
    let mut list = ListWriter { page, margin, level: level + 1 };
    list.changes("Weakened, turned over or gone", &some(Rank::is_loss), true)?;
    list.findings("Findings that came in", &comparison.came, true)?;
    list.changes("Strengthened", &some(|rank| rank == Rank::Stronger), true)?;
    list.changes("Other changes", &some(|rank| rank > Rank::Stronger), false)?;
    list.findings("Findings that went out", &comparison.went, false)?;
    list.moved(&comparison.moved)?;
    writeln!(page, "</nav>")
}

struct ListWriter<'p> {
    page: &'p mut String,
    margin: &'p Margin,
    level: usize,
}

impl ListWriter<'_> {
    /// Writes the beginning of a list of so many items, which is unfolded or not.
    fn opening(&mut self, title: &str, count: usize, is_open: bool) -> fmt::Result {
        let open = if is_open { " open=\"\"" } else { "" };
        let level = self.level;
        writeln!(
            self.page,
            "<details{open}><summary><h{level}>{title} <span class=\"number\">{count}</span></h{level}></summary>\n<ol>"
        )
    }

    fn closing(&mut self) -> fmt::Result {
        writeln!(self.page, "</ol></details>")
    }

    fn changes(&mut self, title: &str, changes: &[&(Rank, usize, &SentenceChange)], is_open: bool) -> fmt::Result {
        if changes.is_empty() {
            return Ok(());
        }
        self.opening(title, changes.len(), is_open)?;
        for (rank, index, change) in changes {
            let excerpt = if change.kind == ChangeKind::Deleted { &change.old } else { &change.new };
            let Some(excerpt) = excerpt.as_ref().or(change.old.as_ref()) else {
                continue;
            };
            let id = self.margin.change_id(*index);
            write!(self.page, "<li class=\"{}\"><a href=\"#{id}\">", rank.class())?;
            self.what(change)?;
            writeln!(
                self.page,
                "</a> <span class=\"where\">{}</span> <q dir=\"auto\">{}</q></li>",
                Xml(&excerpt.label()),
                Xml(&shorten(&excerpt.text))
            )?;
        }
        self.closing()
    }

    /// Writes what became of a sentence: the remarks on it that count, or its kind.
    fn what(&mut self, change: &SentenceChange) -> fmt::Result {
        let grave = |remark: &&Remark| remark_class(remark).1.is_some();
        let mut remarks: Vec<_> = change.remarks.iter().filter(grave).collect();
        if remarks.is_empty() {
            remarks = change.remarks.iter().collect();
        }
        if remarks.is_empty() {
            return write!(self.page, "{}", change.kind.name());
        }
        for (at, remark) in remarks.iter().enumerate() {
            let separator = if at > 0 { "; " } else { "" };
            write!(self.page, "{separator}<bdi>{}</bdi>", Xml(&remark.to_string()))?;
        }
        Ok(())
    }

    fn findings(&mut self, title: &str, findings: &[Finding], is_in: bool) -> fmt::Result {
        if findings.is_empty() {
            return Ok(());
        }
        self.opening(title, findings.len(), is_in)?;
        for (index, finding) in findings.iter().enumerate() {
            let said = finding_said(finding);
            write!(self.page, "<li class=\"{}\">", Tone::new(finding).class())?;
            match self.margin.finding_id(index, is_in) {
                Some(id) => write!(self.page, "<a href=\"#{id}\"><bdi>{}</bdi></a>", Xml(&said))?,
                None => write!(self.page, "<bdi>{}</bdi>", Xml(&said))?,
            }
            writeln!(self.page, " <span class=\"where\">{}</span></li>", Xml(&finding.place().to_string()))?;
        }
        self.closing()
    }

    fn moved(&mut self, moved: &[(Finding, Finding)]) -> fmt::Result {
        if moved.is_empty() {
            return Ok(());
        }
        self.opening("Findings that moved", moved.len(), false)?;
        for (old, new) in moved {
            let places = format!("{} -> {}", old.place(), new.place());
            writeln!(
                self.page,
                "<li class=\"{}\"><bdi>{}</bdi> <span class=\"where\">{}</span></li>",
                Tone::new(new).class(),
                Xml(&finding_said(new)),
                Xml(&places)
            )?;
        }
        self.closing()
    }
}

/// A finding in a line: its severity, its message and its rule.
pub(super) fn finding_said(finding: &Finding) -> String {
    format!("{}: {} [{}]", finding.severity(), finding.message.replace(OBJECT, "\u{2026}"), finding.rule.id())
}
