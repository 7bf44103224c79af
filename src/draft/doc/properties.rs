//! The looks of characters and paragraphs ([MS-DOC] 2.6, 2.9.20, 2.9.32), and the styles (2.9.271).

use super::bytes::{u16_at, u32_at};
use crate::draft::paragraph::ParagraphRole;

/// The bytes of a page of looks.
const PAGE: usize = 512;

/// The longest chain of styles, each based on another, that is followed.
const MAX_CHAIN: usize = 32;

/// The look of some characters.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CharacterLook {
    pub(super) is_hidden: bool,
    pub(super) is_deleted: bool,
    pub(super) is_inserted: bool,
    pub(super) is_raised: bool,
    /// The character of a font of pictures that stands for it.
    pub(super) symbol: Option<char>,
    /// True for characters that stand for something else: pictures, marks of notes.
    pub(super) is_special: bool,
}

/// The look of a paragraph.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ParagraphProperties {
    pub(super) style: u16,
    pub(super) level: Option<u8>,
    pub(super) in_table: bool,
    /// True for the mark at the end of a row.
    pub(super) is_row_end: bool,
    pub(super) is_listed: bool,
    /// True for the large letter that the next paragraph begins with.
    pub(super) is_drop_cap: bool,
}

/// A look, and the bytes of the main stream that have it: from one up to, not including, another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run<Look> {
    pub(super) begin: usize,
    pub(super) end: usize,
    pub(super) look: Look,
}

pub(super) type CharacterRun = Run<CharacterLook>;
pub(super) type ParagraphRun = Run<ParagraphProperties>;

/// The run that holds a byte. Runs are in the order of their bytes.
pub(super) fn run_at<Look: Copy>(runs: &[Run<Look>], byte: usize) -> Option<Run<Look>> {
    let index = runs.partition_point(|run| run.end <= byte);
    runs.get(index).filter(|run| run.begin <= byte).copied()
}

/// The runs of pages that a table refers to, which have entries of so many bytes.
fn runs<Look>(main: &[u8], table: &[u8], entry: usize, look: impl Fn(&[u8], usize) -> Look) -> Vec<Run<Look>> {
    let count = table.len().saturating_sub(4) / 8;
    let mut runs = Vec::new();
    // No page is there twice.
    for index in 0..count.min(main.len() / PAGE) {
        let number = u32_at(table, (count + 1) * 4 + index * 4).unwrap_or(u32::MAX) & 0x3f_ffff;
        let Some(page) = (number as usize).checked_mul(PAGE).and_then(|at| main.get(at..at + PAGE)) else {
            continue;
        };
        let inside = usize::from(page[PAGE - 1]);
        for entry_index in 0..inside {
            let bounds = (u32_at(page, entry_index * 4), u32_at(page, entry_index * 4 + 4));
            let (Some(begin), Some(end)) = bounds else {
                continue;
            };
            let place = page.get((inside + 1) * 4 + entry_index * entry).map_or(0, |word| usize::from(*word) * 2);
            runs.push(Run { begin: begin as usize, end: end as usize, look: look(page, place) });
        }
    }
    runs.sort_by_key(|run| (run.end, run.begin));
    runs
}

/// The looks of characters. `table` refers to the pages.
pub(super) fn character_runs(main: &[u8], table: &[u8]) -> Vec<CharacterRun> {
    runs(main, table, 1, |page, place| {
        let mut look = CharacterLook::default();
        if place > 0 {
            let len = usize::from(page[place]);
            look.take(page.get(place + 1..place + 1 + len).unwrap_or_default());
        }
        look
    })
}

/// The looks of paragraphs. `table` refers to the pages.
pub(super) fn paragraph_runs(main: &[u8], table: &[u8]) -> Vec<ParagraphRun> {
    runs(main, table, 13, |page, place| {
        let mut look = ParagraphProperties::default();
        if place > 0 {
            let first = usize::from(page[place]);
            let (begin, len) = match first {
                0 => (place + 2, page.get(place + 1).map_or(0, |words| usize::from(*words) * 2)),
                words => (place + 1, words * 2 - 1),
            };
            let properties = page.get(begin..begin + len).unwrap_or_default();
            look.style = u16_at(properties, 0).unwrap_or(0);
            look.take(properties.get(2..).unwrap_or_default());
        }
        look
    })
}

/// The properties in a list, each with its operand.
fn properties(list: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let code = u16_at(list, at)?;
        let first = list.get(at + 2).map_or(0, |byte| usize::from(*byte));
        let len = match code >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            // The length of the definition of a table stands in two bytes, and counts one of them.
            _ if code == 0xd608 => usize::from(u16_at(list, at + 2)?) + 1,
            _ => first + 1,
        };
        let operand = list.get(at + 2..at + 2 + len)?;
        at += 2 + len;
        Some((code, operand))
    })
}

impl CharacterLook {
    fn take(&mut self, list: &[u8]) {
        for (code, operand) in properties(list) {
            let first = operand.first().copied().unwrap_or(0);
            // 0x80 leaves it to the style, 0x81 is the opposite of that.
            let is_on = first & 1 == 1;
            match code {
                0x0800 => self.is_deleted = is_on,
                0x0801 => self.is_inserted = is_on,
                0x083c => self.is_hidden = is_on,
                0x0855 => self.is_special = is_on,
                0x2a48 => self.is_raised = first == 1,
                0x4845 => self.is_raised = u16_at(operand, 0).is_some_and(|by| (by as i16) > 0),
                0x6a09 => self.symbol = u16_at(operand, 2).and_then(|c| char::from_u32(u32::from(c))),
                _ => {}
            }
        }
    }
}

impl ParagraphProperties {
    fn take(&mut self, list: &[u8]) {
        for (code, operand) in properties(list) {
            let first = operand.first().copied().unwrap_or(0);
            match code {
                0x2416 => self.in_table = first != 0,
                0x2417 => self.is_row_end = first != 0,
                0x2640 => self.level = Some(first),
                0x442c => self.is_drop_cap = first & 7 != 0,
                0x460b => self.is_listed = u16_at(operand, 0).is_some_and(|list| list != 0),
                _ => {}
            }
        }
    }
}

/// The styles of a document, by their numbers: which it is of those that every document has, the style it is based on.
#[derive(Debug, Default)]
pub(super) struct Styles(Vec<Option<(u16, u16)>>);

impl Styles {
    pub(super) fn read(table: &[u8]) -> Styles {
        let mut styles = Vec::new();
        let header = u16_at(table, 0).map_or(0, usize::from);
        let count = u16_at(table, 2).unwrap_or(0);
        let mut at = 2 + header;
        for _ in 0..count {
            let Some(len) = u16_at(table, at) else {
                break;
            };
            let style = if len == 0 { None } else { u16_at(table, at + 2).zip(u16_at(table, at + 4)) };
            styles.push(style.map(|(kind, base)| (kind & 0xfff, base >> 4)));
            at += 2 + usize::from(len);
        }
        Styles(styles)
    }

    /// The role of the paragraphs of a style.
    pub(super) fn role(&self, style: u16) -> ParagraphRole {
        let get = |number: u16| self.0.get(usize::from(number)).copied().flatten();
        let chain = std::iter::successors(get(style), |(_, base)| get(*base)).take(MAX_CHAIN);
        let role = |(kind, _): (u16, u16)| {
            Some(match kind {
                1..=9 => ParagraphRole::Heading(kind as u8 - 1),
                0x22 => ParagraphRole::Caption,
                0x3e => ParagraphRole::Title,
                0x4a => ParagraphRole::Heading(1),
                0x54 | 0xb4 | 0xb5 => ParagraphRole::Quotation,
                _ => return None,
            })
        };
        chain.filter_map(role).next().unwrap_or_default()
    }
}
