//! The outline of a draft: its blocks in the order in which they are read, the rows of its tables, the levels and the marks of its lists.

use crate::draft::Draft;
use crate::span::Span;
use crate::text::BlockKind;

/// The most characters of a line before its text that tell of what marks an item of a list.
const LEAD_CHARS: usize = 64;

/// The most characters of a label that a program draws.
const MARKER_CHARS: usize = 32;

/// The outline of a draft.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outline<'d> {
    draft: &'d Draft,
}

impl<'d> Outline<'d> {
    pub(crate) fn new(draft: &'d Draft) -> Outline<'d> {
        Outline { draft }
    }

    fn kind(&self, block: usize) -> BlockKind {
        self.draft.blocks()[block].kind()
    }

    /// Returns the beginning of a block in the source.
    pub(crate) fn start(&self, block: usize) -> usize {
        let block = &self.draft.blocks()[block];
        block.source(Span::new(0, block.text().len())).start()
    }

    /// The blocks, by their indices, in the order of the source: each by itself, or the cells of a line of a table together.
    pub(crate) fn rows(&self) -> Vec<Vec<usize>> {
        let mut rows: Vec<Vec<usize>> = Vec::new();
        let mut blocks: Vec<usize> = (0..self.draft.blocks().len()).collect();
        blocks.sort_by_key(|&block| self.start(block));
        let mut line_before = 0;
        for block in blocks {
            let line = self.draft.position(self.start(block)).line;
            let is_cell = self.kind(block) == BlockKind::Table;
            match rows.last_mut() {
                Some(cells) if is_cell && line == line_before && self.kind(cells[0]) == BlockKind::Table => {
                    cells.push(block);
                }
                _ => rows.push(vec![block]),
            }
            line_before = line;
        }
        rows
    }

    /// Returns the text before a block in its line, or the end of that.
    fn lead(&self, index: usize) -> &'d str {
        let before = &self.draft.source()[..self.start(index)];
        let near = before.char_indices().rev().take(LEAD_CHARS).last().map_or(before.len(), |(at, _)| at);
        before[near..].rsplit(['\n', '\r']).next().unwrap_or_default()
    }

    /// Goes to the level of a list of an item; `levels` are the columns of the items at each level of the list that it is in.
    pub(crate) fn descend(&self, levels: &mut Vec<usize>, index: usize) {
        match self.draft.blocks()[index].list_label() {
            Some(label) => *levels = (0..=label.level).collect(),
            // A further paragraph of an item of a document, whose lines are not indented.
            None if !self.draft.is_text() => levels.resize(levels.len().max(1), 0),
            None => descend(levels, self.lead(index)),
        }
    }

    /// Returns the mark of a list item or a footnote in the draft: its number or its bullet, or what its program draws before a
    /// block. `None` for a further paragraph of an item.
    pub(crate) fn marker(&self, index: usize) -> Option<String> {
        let kind = self.kind(index);
        if let Some(label) = self.draft.blocks()[index].list_label() {
            return Some(label.drawn.chars().take(MARKER_CHARS).collect());
        }
        if !self.draft.is_text() {
            return None;
        }
        if !matches!(kind, BlockKind::List | BlockKind::Footnote) {
            return None;
        }
        let lead = self.lead(index);
        let marker = lead.trim_start_matches(is_indentation).trim_end();
        if let Some(name) = marker.strip_prefix("[^").and_then(|rest| rest.strip_suffix("]:")) {
            return Some(name.chars().take(8).collect());
        }
        let is_number = marker.len() <= 8 && marker.ends_with(['.', ')']) && marker.contains(char::is_alphanumeric);
        match kind {
            BlockKind::List if is_number => Some(marker.to_owned()),
            BlockKind::List if is_further(lead) => None,
            BlockKind::List => Some("\u{2022}".to_owned()),
            _ => None,
        }
    }
}

fn is_indentation(c: char) -> bool {
    c.is_whitespace() || c == '>'
}

/// True if the text before an item of a list says that it is a further paragraph of the item before.
fn is_further(lead: &str) -> bool {
    !lead.is_empty() && lead.chars().all(is_indentation)
}

/// Goes to the level of a list of the item that `lead` stands before.
fn descend(levels: &mut Vec<usize>, lead: &str) {
    let column = lead.chars().take_while(|&c| is_indentation(c)).count();
    let is_further = is_further(lead);
    while levels.len() > 1 && levels.last().is_some_and(|&level| column < level || (is_further && column == level)) {
        levels.pop();
    }
    // The numbers of a list may be aligned at their ends.
    if levels.last().is_none_or(|&level| !is_further && column > level + 1) {
        levels.push(column);
    }
}
