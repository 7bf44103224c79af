//! The bodies of two documents merged into one that is the old without its changes and the new with them.

use std::collections::HashMap;

use super::body::{BodyParagraph, BodyPart, BodyRow};
use super::times::TrackKind;
use crate::rising::longest_rising;

/// Blocks of two drafts that share text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SharedBlocks {
    /// The index of the block of the old draft.
    pub old: usize,
    /// The index of the block of the new one.
    pub new: usize,
    /// How much they share, such as a number of bytes.
    pub weight: usize,
}

/// A part of a redlined body.
#[derive(Debug)]
pub(super) enum MergedPart<'p> {
    /// A paragraph as it was and as it is, and what becomes of the mark at its end.
    Paragraph { old: Option<BodyParagraph>, new: Option<BodyParagraph>, mark: Option<TrackKind> },
    /// The rows of a table, each as it was and as it is.
    Table(Vec<(Option<&'p BodyRow>, Option<&'p BodyRow>)>),
}

/// One step through two lists: an item of both, of the first alone, or of the second alone, by their indices.
type Step = (Option<usize>, Option<usize>);

/// The steps through two lists of so many items, of which those in `pairs` belong together as far as their order allows: what is gone
/// stands before what is new.
fn steps(olds: usize, news: usize, mut pairs: Vec<(usize, usize)>) -> Vec<Step> {
    pairs.sort_by_key(|(_, new)| *new);
    let rising = longest_rising(&pairs.iter().map(|(old, _)| *old).collect::<Vec<_>>());
    let kept = pairs.into_iter().zip(rising).filter(|(_, is_rising)| *is_rising).map(|(pair, _)| pair);
    let mut steps: Vec<Step> = Vec::new();
    let (mut old_done, mut new_done) = (0, 0);
    for (old, new) in kept.chain([(olds, news)]) {
        steps.extend((old_done..old).map(|old| (Some(old), None)));
        steps.extend((new_done..new).map(|new| (None, Some(new))));
        if old < olds {
            steps.push((Some(old), Some(new)));
        }
        (old_done, new_done) = (old + 1, new + 1);
    }
    steps
}

/// The same steps, where the first that is gone between two that stay becomes the first that is new, and so on: of a table of which only the
/// cells are known, one below the other, a cell becomes that at its place.
fn paired(steps: Vec<Step>) -> Vec<Step> {
    let is_kept = |(old, new): &Step| old.is_some() && new.is_some();
    let mut found = Vec::with_capacity(steps.len());
    for run in steps.chunk_by(|one, other| is_kept(one) == is_kept(other)) {
        if is_kept(&run[0]) {
            found.extend_from_slice(run);
            continue;
        }
        let (mut gone, mut added) = (run.iter().filter_map(|(old, _)| *old), run.iter().filter_map(|(_, new)| *new));
        loop {
            match (gone.next(), added.next()) {
                (None, None) => break,
                step => found.push(step),
            }
        }
    }
    found
}

/// The pairs that share the most, each item in one of them.
fn best(weights: HashMap<(usize, usize), usize>) -> Vec<(usize, usize)> {
    let mut ranked: Vec<((usize, usize), usize)> = weights.into_iter().collect();
    ranked.sort_by_key(|&((old, new), weight)| (std::cmp::Reverse(weight), old.abs_diff(new), old, new));
    let (mut olds, mut news) = (HashMap::new(), HashMap::new());
    for ((old, new), _) in ranked {
        if !olds.contains_key(&old) && !news.contains_key(&new) {
            olds.insert(old, new);
            news.insert(new, old);
        }
    }
    olds.into_iter().collect()
}

/// The index of a part, and that of a row there.
type Home = (usize, usize);

/// For each block the part and the row that have its text.
fn homes(parts: &[BodyPart]) -> HashMap<usize, Home> {
    let mut homes = HashMap::new();
    for (at, part) in parts.iter().enumerate() {
        match part {
            BodyPart::Paragraph(paragraph) => homes.extend(paragraph.block.map(|block| (block, (at, 0)))),
            BodyPart::Table(rows) => {
                for (row, cells) in rows.iter().enumerate() {
                    homes.extend(cells.iter().filter_map(|cell| cell.block).map(|block| (block, (at, row))));
                }
            }
        }
    }
    homes
}

/// The parts of a body that is the old one without the changes and the new one with them.
pub(super) fn merged<'p>(olds: &'p [BodyPart], news: &'p [BodyPart], shared: &[SharedBlocks]) -> Vec<MergedPart<'p>> {
    let (old_homes, new_homes) = (homes(olds), homes(news));
    let home =
        |shared: &SharedBlocks| Some((*old_homes.get(&shared.old)?, *new_homes.get(&shared.new)?, shared.weight));
    let shared: Vec<(Home, Home, usize)> = shared.iter().filter_map(home).collect();
    let mut weights: HashMap<(usize, usize), usize> = HashMap::new();
    for &((old, _), (new, _), weight) in &shared {
        if are_alike(&olds[old], &news[new]) {
            *weights.entry((old, new)).or_default() += weight;
        }
    }
    let mut merged: Vec<MergedPart<'p>> = Vec::new();
    for (old, new) in steps(olds.len(), news.len(), best(weights)) {
        match (old.map(|old| &olds[old]), new.map(|new| &news[new])) {
            (Some(BodyPart::Table(before)), Some(BodyPart::Table(after))) => {
                let mut weights: HashMap<(usize, usize), usize> = HashMap::new();
                for &((old_part, old_row), (new_part, new_row), weight) in &shared {
                    if Some(old_part) == old && Some(new_part) == new {
                        *weights.entry((old_row, new_row)).or_default() += weight;
                    }
                }
                let mut rows = steps(before.len(), after.len(), best(weights));
                if before.first().is_some_and(|row| row.len() == 1) {
                    rows = paired(rows);
                }
                let row = |(old, new): Step| (old.map(|old| &before[old]), new.map(|new| &after[new]));
                add_table(&mut merged, rows.into_iter().map(row).collect(), (true, true));
            }
            (Some(BodyPart::Table(rows)), _) => {
                add_table(&mut merged, rows.iter().map(|row| (Some(row), None)).collect(), (true, false));
            }
            (_, Some(BodyPart::Table(rows))) => {
                add_table(&mut merged, rows.iter().map(|row| (None, Some(row))).collect(), (false, true));
            }
            (old, new) => {
                let paragraph = |part: Option<&BodyPart>| match part {
                    Some(BodyPart::Paragraph(paragraph)) => Some(paragraph.clone()),
                    _ => None,
                };
                merged.push(MergedPart::Paragraph { old: paragraph(old), new: paragraph(new), mark: None });
            }
        }
    }
    set_marks(&mut merged);
    merged
}

/// True if one part can become another: both are paragraphs, or tables of as many columns.
fn are_alike(old: &BodyPart, new: &BodyPart) -> bool {
    match (old, new) {
        (BodyPart::Paragraph(_), BodyPart::Paragraph(_)) => true,
        (BodyPart::Table(before), BodyPart::Table(after)) => {
            before.first().map(Vec::len) == after.first().map(Vec::len)
        }
        _ => false,
    }
}

/// Adds a table that either or both texts have, and the empty paragraph behind it.
fn add_table<'p>(
    merged: &mut Vec<MergedPart<'p>>,
    rows: Vec<(Option<&'p BodyRow>, Option<&'p BodyRow>)>,
    (is_old, is_new): (bool, bool),
) {
    merged.push(MergedPart::Table(rows));
    let empty = |is_there: bool| is_there.then(BodyParagraph::empty);
    merged.push(MergedPart::Paragraph { old: empty(is_old), new: empty(is_new), mark: None });
}

/// Says what becomes of the marks at the ends of paragraphs.
fn set_marks(merged: &mut Vec<MergedPart<'_>>) {
    let mut done: Vec<MergedPart<'_>> = Vec::with_capacity(merged.len());
    let mut open: Vec<MergedPart<'_>> = Vec::new();
    for part in merged.drain(..) {
        if matches!(part, MergedPart::Table(_)) {
            done.extend(marked(std::mem::take(&mut open), false));
            done.push(part);
        } else {
            open.push(part);
        }
    }
    done.extend(marked(open, true));
    *merged = done;
}

/// Paragraphs that follow on each other up to a table or the end, with their marks. A paragraph without its mark is one with the next, so
/// that the last of them keeps its own.
fn marked(paragraphs: Vec<MergedPart<'_>>, is_end: bool) -> Vec<MergedPart<'_>> {
    let mut pairs: Vec<(Option<BodyParagraph>, Option<BodyParagraph>)> = paragraphs
        .into_iter()
        .filter_map(|part| match part {
            MergedPart::Paragraph { old, new, .. } => Some((old, new)),
            MergedPart::Table(_) => None,
        })
        .collect();
    let kept = pairs.iter().rposition(|(old, new)| old.is_some() && new.is_some());
    let tail = kept.map_or(0, |kept| kept + 1);
    let gone = pairs[tail..].iter().rposition(|(old, _)| old.is_some()).map(|at| tail + at);
    let added = pairs[tail..].iter().rposition(|(_, new)| new.is_some()).map(|at| tail + at);
    if let (Some(gone), Some(added)) = (gone, added) {
        // The last paragraph of the one text becomes the last of the other.
        pairs[added].0 = pairs[gone].0.take();
        pairs.remove(gone);
    }
    let mut marks: Vec<Option<TrackKind>> =
        pairs.iter().map(|(old, new)| TrackKind::between(old.as_ref(), new.as_ref())).collect();
    let last = pairs.len().saturating_sub(1);
    match (marks.last().copied().flatten(), kept) {
        // The last paragraph of the other text goes on where this one ends, and looks as it did.
        (Some(change), Some(kept)) => {
            marks[kept..last].fill(Some(change));
            marks[last] = None;
            let (old, new) = pairs[kept].clone();
            let look = |of: Option<BodyParagraph>| of.map(|of| BodyParagraph::empty().like(&of));
            let (last_old, last_new) = &mut pairs[last];
            *last_old = last_old.take().or_else(|| look(old));
            *last_new = last_new.take().or_else(|| look(new));
        }
        (Some(_), None) if is_end => marks[last] = None,
        _ => {}
    }
    pairs.into_iter().zip(marks).map(|((old, new), mark)| MergedPart::Paragraph { old, new, mark }).collect()
}
