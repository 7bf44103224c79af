//! The notes in the margin: beside which row each stands, and by what name it is linked.

use std::collections::HashMap;

use crate::compare::{AlignedRow, Comparison, Excerpt};
use crate::finding::Finding;

/// The notes of a comparison.
pub(super) struct Margin {
    /// The number of the comparison in the page.
    number: usize,
    /// For each row the findings that came in there, and those that went out, by their indices.
    came: HashMap<usize, Vec<usize>>,
    went: HashMap<usize, Vec<usize>>,
    /// For each change the first row of its old sentence, and of its new one.
    first: HashMap<usize, (Option<usize>, Option<usize>)>,
    /// The findings that stand beside a row: of those that came in, and of those that went out.
    placed: [Vec<bool>; 2],
}

impl Margin {
    pub(super) fn new(comparison: &Comparison, rows: &[AlignedRow], number: usize) -> Margin {
        let (came, came_placed) = placed(&comparison.came, rows, |row| row.new.as_ref());
        let (went, went_placed) = placed(&comparison.went, rows, |row| row.old.as_ref());
        let mut first: HashMap<usize, (Option<usize>, Option<usize>)> = HashMap::new();
        for (at, row) in rows.iter().enumerate() {
            let Some(change) = row.change else {
                continue;
            };
            let (old, new) = first.entry(change).or_default();
            *old = old.or(row.old.as_ref().map(|_| at));
            *new = new.or(row.new.as_ref().map(|_| at));
        }
        Margin { number, came, went, first, placed: [came_placed, went_placed] }
    }

    /// The findings that came in at a row, and those that went out there.
    pub(super) fn findings(&self, row: usize) -> (&[usize], &[usize]) {
        let [came, went] = [&self.came, &self.went].map(|findings| findings.get(&row).map(Vec::as_slice));
        (came.unwrap_or_default(), went.unwrap_or_default())
    }

    /// The name of a change in the page: of its new sentence, or the old one if that is gone.
    pub(super) fn change_id(&self, change: usize) -> String {
        format!("d{}c{}", self.number, change + 1)
    }

    /// The name of the old sentence of a change that stands in two places.
    pub(super) fn old_id(&self, change: usize) -> String {
        format!("{}o", self.change_id(change))
    }

    /// The name of the note on a finding that came in, or went out; `None` if no sentence has it.
    pub(super) fn finding_id(&self, finding: usize, is_in: bool) -> Option<String> {
        let (placed, letter) = if is_in { (&self.placed[0], 'i') } else { (&self.placed[1], 'o') };
        placed[finding].then(|| format!("d{}{letter}{}", self.number, finding + 1))
    }

    /// The name of a row: that of its change, if it is the first of that.
    pub(super) fn row_id(&self, at: usize, row: &AlignedRow) -> Option<String> {
        let change = row.change?;
        match self.first.get(&change)? {
            (_, Some(new)) if *new == at => Some(self.change_id(change)),
            (Some(old), Some(_)) if *old == at => Some(self.old_id(change)),
            (Some(old), None) if *old == at => Some(self.change_id(change)),
            _ => None,
        }
    }

    /// True if a row is the first of its old sentence, or of its new one.
    pub(super) fn is_first(&self, at: usize, change: usize) -> bool {
        self.first.get(&change).is_some_and(|(old, new)| *old == Some(at) || *new == Some(at))
    }
}

/// For each row the findings in its sentence; and which findings are in one.
fn placed<'r>(
    findings: &[Finding],
    rows: &'r [AlignedRow],
    side: impl Fn(&'r AlignedRow) -> Option<&'r Excerpt>,
) -> (HashMap<usize, Vec<usize>>, Vec<bool>) {
    let place = |(at, row)| {
        let Excerpt { span, .. } = side(row)?;
        Some((span.start(), span.end(), at))
    };
    let mut places: Vec<(usize, usize, usize)> = rows.iter().enumerate().filter_map(place).collect();
    places.sort_unstable();
    let (mut found, mut is_placed): (HashMap<usize, Vec<usize>>, _) = (HashMap::new(), vec![false; findings.len()]);
    for (index, finding) in findings.iter().enumerate() {
        let start = finding.span.start();
        let next = places.partition_point(|(first, ..)| *first <= start);
        if let Some(&(_, end, row)) = places[..next].last()
            && start < end
        {
            found.entry(row).or_default().push(index);
            is_placed[index] = true;
        }
    }
    (found, is_placed)
}
