//! What stands at the start of a text: its titles, and its first words.

use super::front_matter::FrontMatter;
use crate::draft::{Block, BlockKind, Draft};

/// How many blocks may be a title, or stand before it.
const TITLES: usize = 8;

/// The most words of a paragraph that may be a title.
const LONGEST_TITLE: usize = 45;

/// How many words in capitals at the start of a paragraph are a title that ran into it.
const CAPITALS: usize = 3;

/// How much of a draft is its opening, in bytes of plain text.
const LONGEST_OPENING: usize = 4_000;

/// A line at the start of a text that may be its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    /// The words.
    pub(super) text: String,
    /// Whether it is one by its format, or by the front matter.
    pub(super) is_sure: bool,
    /// The index of its block; `None` for front matter.
    pub(super) block: Option<usize>,
}

/// The lines that may be a title, in the order of the draft; that of the front matter first.
pub(super) fn titles(draft: &Draft, front: Option<&FrontMatter<'_>>) -> Vec<Title> {
    let named = front.and_then(|front| front.text("title"));
    let mut titles: Vec<Title> = named.into_iter().map(|text| Title { text, is_sure: true, block: None }).collect();
    for (index, block) in draft.blocks().iter().enumerate().take(TITLES) {
        if matches!(block.kind(), BlockKind::Footnote | BlockKind::Table | BlockKind::Caption) || block.is_quotation() {
            continue;
        }
        let is_sure = matches!(block.kind(), BlockKind::Title | BlockKind::Heading);
        if let Some(text) = if is_sure { Some(block.text()) } else { head(block.text()) } {
            titles.push(Title { text: text.to_owned(), is_sure, block: Some(index) });
        }
    }
    titles
}

/// The title that a paragraph is, or that it begins with where lines were run together: the words in capitals at its start, or all of
/// it if it is short and no sentence.
fn head(text: &str) -> Option<&str> {
    let shouted = shouted(text);
    if shouted.split(' ').filter(|word| word.len() > 2).count() >= CAPITALS {
        return Some(shouted);
    }
    let is_sentence = text.ends_with(['.', ';', ':', ',', '!', '?']);
    let words = text.split(' ').take(LONGEST_TITLE + 1).count();
    (!is_sentence && words <= LONGEST_TITLE).then_some(text)
}

/// The words at the start of a text that have no small letters.
pub(super) fn shouted(text: &str) -> &str {
    let mut end = 0;
    for word in text.split_inclusive(' ') {
        // The first letters of a word that is cut by a digit or a mark tell nothing.
        if word.contains(char::is_lowercase) {
            break;
        }
        end += word.len();
    }
    // An "A" or an initial belongs to what follows.
    text[..end].trim_end()
}

/// The blocks of running text at the start of a draft, with their indices.
pub(super) fn opening(draft: &Draft) -> impl Iterator<Item = (usize, &Block)> {
    let mut bytes = 0;
    draft.blocks().iter().enumerate().take_while(move |(_, block)| {
        let before = bytes;
        bytes += block.text().len();
        before < LONGEST_OPENING
    })
}
