//! `numbering`: reports gaps, repeats and steps back in what is numbered: headings, paragraphs, list items.
//!
//! ```yaml
//! - id: numbering
//!   kind: numbering
//! ```
//!
//! Markers that are written alike and stand alike are of one list, even with other text between: "1." "2.", "(a)" "(b)", "II."
//! "III.", "1.1" "1.2", "Section 1" "Section 2". What begins at 1 is a new list, and the one around it may go on behind it. A list
//! that does not begin at 1 counts once two of its numbers have followed each other. The number in the source counts, whatever a
//! renderer of Markdown would make of it; where there is none, as in documents of Word and in `<ol>`, the one that is drawn.

use super::marker::{self, Marker, MarkerPosition, NumberReading};
use super::{Context, Kind, KindEntry, Report};
use crate::declare::keys;
use crate::draft::Site;
use crate::rule::phrase::Shared;
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "numbering",
    about: "reports gaps, repeats and steps back in numbered paragraphs, headings and lists",
    message: |_| "the numbers do not follow each other: {expected} should stand here",
    fills: &["expected"],
    keys: KEYS,
    read,
};

keys! {}

/// The most lists that are kept in mind at a time.
const MAX_LISTS: usize = 64;

#[derive(Debug)]
struct NumberingKind;

fn read(_fields: &Fields<'_>, _shared: &Shared) -> Option<Box<dyn Kind>> {
    Some(Box::new(NumberingKind))
}

/// A list that is being read.
#[derive(Debug)]
struct OpenList {
    /// Its last item, which says how the list is written.
    last: Marker,
    reading: NumberReading,
    /// True if it began at 1, or two of its numbers followed each other.
    established: bool,
}

impl OpenList {
    /// True if a marker that is read like this belongs to a list of this kind.
    fn fits(&self, marker: &Marker, reading: &NumberReading) -> bool {
        self.is_written_like(marker, reading) && self.stands_like(marker)
    }

    /// True if the marker is written as those of the list are.
    fn is_written_like(&self, marker: &Marker, reading: &NumberReading) -> bool {
        self.last.before == marker.before
            && self.last.behind == marker.behind
            && self.reading.alphabet == reading.alphabet
            && self.reading.above == reading.above
    }

    /// True if the marker stands as those of the list do.
    fn stands_like(&self, marker: &Marker) -> bool {
        match (self.last.place, marker.place) {
            // Numbers of one and of two digits may be aligned at their right.
            (MarkerPosition::Item(one), MarkerPosition::Item(other)) => one.abs_diff(other) <= 1,
            // "(a) ...; (b) ...": the first may be at the beginning, where the reader takes it for the marker of an item.
            (one, other) if (one == MarkerPosition::Inside) != (other == MarkerPosition::Inside) => {
                !matches!((one, other), (MarkerPosition::Heading(_), _) | (_, MarkerPosition::Heading(_)))
            }
            (one, other) => one == other,
        }
    }
}

impl Kind for NumberingKind {
    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let mut lists = Vec::new();
        let mut reports = Vec::new();
        for &block in context.blocks {
            let text = context.block(block).text();
            if !context.in_scope(block, context.whole(block).span) {
                continue;
            }
            for marker in marker::beginnings(context, block).chain(marker::inside(text, block)) {
                reports.extend(next(context, &mut lists, marker));
            }
        }
        reports
    }

    fn looks_for(&self) -> Vec<String> {
        vec!["numbers of headings, paragraphs and list items that do not follow each other".to_owned()]
    }

    fn suggestions(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// Puts a marker into its list, the last that it fits; a report if its number is not the next.
fn next(context: &Context<'_>, lists: &mut Vec<OpenList>, marker: Marker) -> Option<Report> {
    // The paragraphs of an article are numbered by themselves.
    if marker.label().is_some_and(|label| label == "article") {
        lists.retain(|list| list.last.label().is_some());
    }
    let follows = |list: &OpenList, stands_like: bool| {
        let next = |reading: &&NumberReading| {
            list.is_written_like(&marker, reading)
                && (!stands_like || list.stands_like(&marker))
                && reading.value == list.reading.value + 1
        };
        marker.readings.iter().find(next).cloned()
    };
    // An item may be indented otherwise than the one before it: then its number tells where it belongs.
    let find = |stands_like: bool| {
        lists.iter().enumerate().rev().find_map(|(at, list)| Some((at, follows(list, stands_like)?)))
    };
    if let Some((index, reading)) = find(true).or_else(|| find(false)) {
        // The lists inside of it are at their end.
        let mut at = 0;
        lists.retain(|list| {
            at += 1;
            at <= index + 1 || !list.fits(&marker, &reading)
        });
        lists[index] = OpenList { last: marker, reading, established: true };
        return None;
    }
    if let Some(reading) = marker.readings.iter().find(|reading| reading.value <= 1).cloned() {
        return open(lists, marker, reading, true);
    }
    let fitting = |list: &OpenList| marker.readings.iter().find(|reading| list.fits(&marker, reading)).cloned();
    let found = lists.iter().enumerate().rev().find_map(|(at, list)| Some((at, fitting(list)?)));
    let is_inside = marker.place == MarkerPosition::Inside;
    match found {
        Some((index, reading))
            if lists[index].established && !(is_inside && lists[index].last.site.block != marker.site.block) =>
        {
            let list = &mut lists[index];
            let expected = marker.with(&reading, list.reading.value + 1);
            let skips = reading.value > list.reading.value;
            let is_hidden = skips && stands_between(context, &list.last, &marker, &expected);
            let report = report(&list.last, &marker, expected);
            // Behind a repeat or a step back the list goes on where it was.
            if skips {
                *list = OpenList { last: marker, reading, established: true };
            }
            (!is_hidden).then_some(report)
        }
        Some((index, reading)) if !lists[index].established => {
            lists[index] = OpenList { last: marker, reading, established: false };
            None
        }
        Some(_) => None,
        None => {
            let reading = marker.readings.first().cloned()?;
            open(lists, marker, reading, false)
        }
    }
}

fn open(lists: &mut Vec<OpenList>, marker: Marker, reading: NumberReading, established: bool) -> Option<Report> {
    if lists.len() == MAX_LISTS {
        lists.remove(0);
    }
    lists.push(OpenList { last: marker, reading, established });
    None
}

/// True if a line of the source between two markers begins with the number that seems to be missing, whatever markup it is in: a
/// heading that is only a line of a paragraph.
fn stands_between(context: &Context<'_>, last: &Marker, marker: &Marker, expected: &str) -> bool {
    let offset = |site: Site| context.block(site.block).source(site.span).start();
    let between = context.draft.source().get(offset(last.site)..offset(marker.site)).unwrap_or_default();
    between.lines().skip(1).any(|line| {
        let mut rest = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '#' | '>'));
        while let Some((_, behind)) = rest.strip_prefix('<').and_then(|tag| tag.split_once('>')) {
            rest = behind.trim_start_matches(['*', '_', ' ']);
        }
        rest.strip_prefix(expected).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

fn report(last: &Marker, marker: &Marker, expected: String) -> Report {
    let mut report = Report::at(marker.site).label(last.site, format!("this is {}", last.written));
    report.notes.push(format!("{} follows {}", marker.written, last.written));
    report.expect(expected)
}
