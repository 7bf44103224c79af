//! The two texts side by side: a row for each sentence that changed, and for the sentences of a paragraph between two that did. Where
//! much is the same on both sides it is folded.

use std::fmt::{self, Write};
use std::ops::Range;

use super::contents::finding_said;
use super::margin::Margin;
use super::place::Place;
use super::rank::{Rank, remark_class};
use super::side::{Marking, Side};
use crate::compare::{AlignedRow, ChangeKind, Comparison, Excerpt};
use crate::draft::Draft;
use crate::escape::Xml;
use crate::finding::Finding;
use crate::report::Tone;
use crate::text::counted;

/// The fewest rows in a stretch without a change that are folded.
const FOLDED: usize = 4;

/// The rows on each side of a change that are not folded.
const BESIDE: usize = 2;

/// The two texts of a comparison, side by side.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct SideBySide<'a> {
    /// The old draft.
    pub old: &'a Draft,
    /// The new draft.
    pub new: &'a Draft,
    /// Their sentences, as [`ComparedTexts::aligned`](crate::compare::ComparedTexts::aligned) has them.
    pub rows: &'a [AlignedRow],
}

impl<'a> SideBySide<'a> {
    /// Two drafts with their rows.
    pub fn new(old: &'a Draft, new: &'a Draft, rows: &'a [AlignedRow]) -> SideBySide<'a> {
        SideBySide { old, new, rows }
    }
}

/// Writes the two texts.
pub(super) struct SideTable<'a> {
    comparison: &'a Comparison,
    rows: &'a [AlignedRow],
    old: Side<'a>,
    new: Side<'a>,
    margin: Margin,
    place: Place,
}

/// A row of the table: some rows of the alignment.
struct TableRow {
    rows: Range<usize>,
    /// True if there is nothing to say of it.
    is_same: bool,
}

impl<'a> SideTable<'a> {
    pub(super) fn new(
        comparison: &'a Comparison,
        SideBySide { old, new, rows }: SideBySide<'a>,
        margin: Margin,
        place: Place,
    ) -> SideTable<'a> {
        let old = Side::new(old, rows.iter().filter_map(|row| row.old.as_ref()), "del");
        let new = Side::new(new, rows.iter().filter_map(|row| row.new.as_ref()), "ins");
        SideTable { comparison, rows, old, new, margin, place }
    }

    pub(super) fn write(&self, page: &mut String) -> fmt::Result {
        let Place { number, level } = self.place;
        writeln!(page, "<section class=\"texts\" aria-labelledby=\"d{number}texts\">")?;
        writeln!(page, "<h{level} class=\"unsaid\" id=\"d{number}texts\">The texts</h{level}>")?;
        writeln!(
            page,
            "<div class=\"columns\" aria-hidden=\"true\"><p><bdi>{}</bdi></p><p><bdi>{}</bdi></p></div>",
            Xml(&self.comparison.old),
            Xml(&self.comparison.new)
        )?;
        let rows = self.table_rows();
        if rows.is_empty() {
            writeln!(page, "<p class=\"empty\">There is no text in these drafts.</p>")?;
        }
        for stretch in stretches(&rows) {
            let is_folded = stretch.is_folded;
            let rows = &rows[stretch.rows];
            if is_folded {
                let paragraphs = self.paragraphs(rows);
                let count = counted(paragraphs, "paragraph");
                writeln!(page, "<details class=\"unchanged\"><summary>{count} unchanged</summary>")?;
            }
            self.table(page, rows)?;
            if is_folded {
                writeln!(page, "</details>")?;
            }
        }
        writeln!(page, "</section>")
    }

    /// The rows of the table: those of the alignment, where sentences that stayed together in their paragraph are one.
    fn table_rows(&self) -> Vec<TableRow> {
        let mut found: Vec<TableRow> = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let (came, went) = self.margin.findings(at);
            let is_same = row.change.is_none() && came.is_empty() && went.is_empty();
            let last = found.last_mut().filter(|last| is_same && last.is_same);
            match last.filter(|last| self.rows[last.rows.start].blocks() == row.blocks() && row.blocks().is_some()) {
                Some(last) => last.rows.end = at + 1,
                None => found.push(TableRow { rows: at..at + 1, is_same }),
            }
        }
        found
    }

    /// The number of paragraphs of the new draft that some rows begin, or of the old one where there are none.
    fn paragraphs(&self, rows: &[TableRow]) -> usize {
        let blocks = |side: fn(&AlignedRow) -> Option<&Excerpt>| {
            let all = rows.iter().flat_map(|row| &self.rows[row.rows.clone()]).filter_map(side);
            let mut blocks: Vec<usize> = all.map(|excerpt| excerpt.site.block).collect();
            blocks.dedup();
            blocks.len()
        };
        blocks(|row| row.new.as_ref()).max(blocks(|row| row.old.as_ref()))
    }

    fn table(&self, page: &mut String, rows: &[TableRow]) -> fmt::Result {
        // The roles say again what a browser forgets when the rows are laid out as a grid.
        writeln!(
            page,
            "<table class=\"pairs\" role=\"table\">\n<thead class=\"unsaid\" role=\"rowgroup\"><tr role=\"row\">\
             <th scope=\"col\" role=\"columnheader\">Old: <bdi>{}</bdi></th>\
             <th scope=\"col\" role=\"columnheader\">New: <bdi>{}</bdi></th>\
             <th scope=\"col\" role=\"columnheader\">Remarks</th></tr></thead>\n<tbody role=\"rowgroup\">",
            Xml(&self.comparison.old),
            Xml(&self.comparison.new)
        )?;
        rows.iter().try_for_each(|row| self.row(page, row))?;
        writeln!(page, "</tbody>\n</table>")
    }

    fn row(&self, page: &mut String, row: &TableRow) -> fmt::Result {
        let rows = &self.rows[row.rows.clone()];
        let change = rows[0].change.map(|index| (index, &self.comparison.sentences[index]));
        let class = match change {
            None => "same",
            Some((_, change)) => change.kind.name(),
        };
        let excerpts = |side: fn(&AlignedRow) -> Option<&Excerpt>, whole: ChangeKind| -> Vec<(&Excerpt, Marking)> {
            let marking = match change {
                Some((_, change)) if change.kind == whole => Marking::Whole,
                Some((_, change)) if change.kind == ChangeKind::Changed => Marking::Differing,
                _ => Marking::Nothing,
            };
            rows.iter().filter_map(side).map(|excerpt| (excerpt, marking)).collect()
        };
        let olds = excerpts(|row| row.old.as_ref(), ChangeKind::Deleted);
        let news = excerpts(|row| row.new.as_ref(), ChangeKind::Added);
        let begins = olds.first().is_some_and(|(excerpt, _)| self.old.begins_block(excerpt))
            || news.first().is_some_and(|(excerpt, _)| self.new.begins_block(excerpt));
        let begins = if begins { " begins" } else { "" };
        write!(page, "<tr role=\"row\" class=\"pair {class}{begins}\"")?;
        if let Some(id) = self.margin.row_id(row.rows.start, &rows[0]) {
            write!(page, " id=\"{id}\" tabindex=\"-1\"")?;
        }
        writeln!(page, ">")?;
        // A heading that both drafts have is one heading of the page.
        let level = self.place.level + 1;
        let old_level = Some(level).filter(|_| news.is_empty());
        self.cell(page, "old", &self.old, &olds, old_level)?;
        self.cell(page, "new", &self.new, &news, Some(level))?;
        write!(page, "<td role=\"cell\" class=\"margin\">")?;
        self.notes(page, row)?;
        writeln!(page, "</td></tr>")
    }

    fn cell(
        &self,
        page: &mut String,
        class: &str,
        side: &Side<'_>,
        excerpts: &[(&Excerpt, Marking)],
        level: Option<usize>,
    ) -> fmt::Result {
        let empty = if excerpts.is_empty() { " none" } else { "" };
        write!(page, "<td role=\"cell\" class=\"{class}{empty}\" lang=\"{}\">", side.lang())?;
        side.paragraph(page, excerpts, level)?;
        writeln!(page, "</td>")
    }

    /// Writes what is to be said of a row.
    fn notes(&self, page: &mut String, row: &TableRow) -> fmt::Result {
        let first = &self.rows[row.rows.start];
        if let Some(index) = first.change
            && self.margin.is_first(row.rows.start, index)
        {
            self.change(page, index, first)?;
        }
        for at in row.rows.clone() {
            let (came, went) = self.margin.findings(at);
            came.iter().try_for_each(|&index| self.finding(page, index, true))?;
            went.iter().try_for_each(|&index| self.finding(page, index, false))?;
        }
        Ok(())
    }

    fn change(&self, page: &mut String, index: usize, row: &AlignedRow) -> fmt::Result {
        let change = &self.comparison.sentences[index];
        let class = Rank::new(change).class();
        let id = self.margin.change_id(index);
        match (change.moved, &row.old, &row.new) {
            (true, _, None) => {
                let place = change.new.as_ref().map(Excerpt::label).unwrap_or_default();
                return write!(page, "<p class=\"kind\">moved to <a href=\"#{id}\">{}</a></p>", Xml(&place));
            }
            (true, ..) => {
                let place = change.old.as_ref().map(Excerpt::label).unwrap_or_default();
                let what = if change.kind == ChangeKind::Changed { "changed, moved" } else { "moved" };
                let from = self.margin.old_id(index);
                write!(page, "<p class=\"kind {class}\">{what} from <a href=\"#{from}\">{}</a></p>", Xml(&place))?;
            }
            // Remarks say more than that it changed.
            _ if change.kind == ChangeKind::Changed && !change.remarks.is_empty() => {}
            _ => write!(page, "<p class=\"kind {class}\">{}</p>", change.kind.name())?,
        }
        if change.remarks.is_empty() {
            return Ok(());
        }
        write!(page, "<ul>")?;
        for remark in &change.remarks {
            let (class, sign) = remark_class(remark);
            write!(page, "<li class=\"remark {class}\">")?;
            if let Some((sign, name)) = sign {
                write!(page, "<span class=\"sign\" role=\"img\" aria-label=\"{name}:\">{sign}</span> ")?;
            }
            write!(page, "<bdi>{}</bdi></li>", Xml(&remark.to_string()))?;
        }
        write!(page, "</ul>")
    }

    fn finding(&self, page: &mut String, index: usize, is_in: bool) -> fmt::Result {
        let comparison = self.comparison;
        let finding: &Finding = if is_in { &comparison.came[index] } else { &comparison.went[index] };
        let id = self.margin.finding_id(index, is_in).unwrap_or_default();
        let (class, what) = if is_in { (Tone::new(finding).class(), "came in") } else { ("is-suppressed", "went out") };
        write!(
            page,
            "<p class=\"found {class}\" id=\"{id}\" tabindex=\"-1\"><span class=\"kind\">{what}</span> <bdi>{}</bdi></p>",
            Xml(&finding_said(finding))
        )
    }
}

/// Some rows of the table that are folded together, or not.
struct Stretch {
    rows: Range<usize>,
    is_folded: bool,
}

/// The rows in stretches: what is the same on both sides is folded where it is long, but for what stands next to a change.
fn stretches(rows: &[TableRow]) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    let mut at = 0;
    let mut add = |rows: Range<usize>, is_folded: bool| match found.last_mut() {
        _ if rows.is_empty() => {}
        Some(last) if !last.is_folded && !is_folded => last.rows.end = rows.end,
        _ => found.push(Stretch { rows, is_folded }),
    };
    for run in rows.chunk_by(|one, other| one.is_same == other.is_same) {
        let end = at + run.len();
        let before = if at == 0 { 0 } else { BESIDE };
        let behind = if end == rows.len() { 0 } else { BESIDE };
        if run[0].is_same && run.len() >= before + FOLDED + behind {
            add(at..at + before, false);
            add(at + before..end - behind, true);
            add(end - behind..end, false);
        } else {
            add(at..end, false);
        }
        at = end;
    }
    found
}
