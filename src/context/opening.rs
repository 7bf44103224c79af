//! The start of a text: its titles, and its first words.

use super::front_matter;
use crate::draft::Draft;
use crate::text::{Block, BlockKind};

/// The number of blocks at the start that may be a title, or stand before it.
const TITLES: usize = 8;

/// The most words of a paragraph that may be a title.
const LONGEST_TITLE: usize = 45;

/// The number of words in capitals at the start of a paragraph that make a title that ran into it.
const CAPITALS: usize = 3;

/// The length of the opening of a draft, in bytes of plain text.
const LONGEST_OPENING: usize = 4_000;

/// A line at the start of a text that may be its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    /// The words.
    pub(super) text: String,
    /// True if it is one by its format, or by the front matter.
    pub(super) is_sure: bool,
    /// True if other text may follow on it without a break.
    pub(super) runs_on: bool,
}

/// The most characters of a title that are read.
const LONGEST_LINE: usize = 600;

/// The lines that may be a title, in the order of the draft; that of the front matter first.
pub(super) fn titles(draft: &Draft) -> Vec<Title> {
    // White space as in the text of a block.
    let named = front_matter::text(draft, "title").and_then(|title| Block::of_text(BlockKind::Title, &title));
    let mut titles: Vec<Title> = named
        .map(|block| Title { text: start(block.text(), LONGEST_LINE).to_owned(), is_sure: true, runs_on: false })
        .into_iter()
        .collect();
    for (_, text, block) in opening(draft).take(TITLES) {
        if matches!(block.kind(), BlockKind::Footnote | BlockKind::Table | BlockKind::Caption) || block.is_quotation() {
            continue;
        }
        let is_sure = matches!(block.kind(), BlockKind::Title | BlockKind::Heading);
        let (head, runs_on) = if is_sure { (text, false) } else { head(text) };
        titles.push(Title { text: start(head, LONGEST_LINE).to_owned(), is_sure, runs_on });
    }
    titles
}

/// The title that a paragraph is, or that it may begin with where lines were run together, and whether they were: the words in capitals
/// at its start, or as many as a title may have.
fn head(text: &str) -> (&str, bool) {
    let shouted = shouted(text);
    if shouted.split(' ').filter(|word| word.len() > 2).count() >= CAPITALS {
        return (shouted, false);
    }
    let end = text.match_indices(' ').nth(LONGEST_TITLE).map_or(text.len(), |(at, _)| at);
    (&text[..end], end < text.len() || text.ends_with(['.', ';', ':', ',', '!', '?']))
}

/// The words at the start of a text that have no small letters.
pub(super) fn shouted(text: &str) -> &str {
    let mut end = 0;
    for word in text.split_inclusive(' ') {
        if word.contains(char::is_lowercase) {
            break;
        }
        end += word.len();
    }
    text[..end].trim_end()
}

/// The blocks at the start of a draft: the index of each, its text behind what is a comment in another format, and the block.
pub(super) fn opening(draft: &Draft) -> impl Iterator<Item = (usize, &str, &Block)> {
    let mut bytes = 0;
    let blocks = draft.blocks().iter().enumerate().take_while(move |(_, block)| {
        let before = bytes;
        bytes += block.text().len();
        before < LONGEST_OPENING
    });
    blocks.map(|(index, block)| (index, behind_comment(block.text()), block)).filter(|(_, text, _)| !text.is_empty())
}

/// The start of a text that can be the opening of one.
pub(super) fn beginning(text: &str) -> &str {
    start(text, LONGEST_OPENING)
}

/// The first characters of a text.
pub(super) fn start(text: &str, longest: usize) -> &str {
    if text.len() <= longest {
        return text;
    }
    let end = text.char_indices().nth(longest).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// A text without the comment of HTML that a plain text may begin with.
fn behind_comment(text: &str) -> &str {
    let comment = text.strip_prefix("<!--").and_then(|rest| rest.split_once("-->"));
    comment.map_or(text, |(_, behind)| behind.trim_start())
}
