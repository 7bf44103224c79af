//! The reader for plain text: paragraphs between blank lines, list items, quoted lines.

use super::format::{Format, FormatEntry, FormatReader as Reads};
use super::parsed::ParsedDraft;
use crate::span::Span;
use crate::text::block::{Block, BlockBuilder, BlockKind};
use crate::text::sentence::{is_bullet, is_item_number};

pub(super) const FORMAT: FormatEntry = FormatEntry {
    format: Format::Text,
    name: "plain text",
    extensions: &["txt", "text"],
    languages: &["plaintext", "text", "txt"],
    is_content: |_| false,
    has_comments: false,
    reader: Reads::Text(|source, most| Some(ParsedDraft { blocks: read(source, most), ..ParsedDraft::default() })),
};

/// The blocks of a plain text. `source` may begin with a byte-order mark. Reading ends behind the first block that is more than `most`.
pub(crate) fn read(source: &str, most: usize) -> Vec<Block> {
    let mut reader = PlainTextReader::default();
    let mut at = if source.starts_with('\u{feff}') { 3 } else { 0 };
    while at < source.len() && reader.blocks.len() <= most {
        let rest = &source[at..];
        let len = rest.find(['\n', '\r']).unwrap_or(rest.len());
        reader.line(&rest[..len], at);
        at += len + if rest[len..].starts_with("\r\n") { 2 } else { 1 };
    }
    reader.part(false);
    reader.blocks
}

#[derive(Default)]
struct PlainTextReader {
    blocks: Vec<Block>,
    current: Option<BlockBuilder>,
    quoted: bool,
    /// Lines in the current block.
    lines: usize,
    /// True if the current block ends as a sentence does.
    sentence: bool,
}

impl PlainTextReader {
    fn line(&mut self, line: &str, from: usize) {
        let content = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
        let quoted = line.trim_start().starts_with('>');
        if is_rule(content) {
            self.part(!content.is_empty());
            return;
        }
        let from = from + line.len() - content.len();
        let marker = list_marker(content);
        if marker > 0 || quoted != self.quoted {
            self.flush();
        }
        self.quoted = quoted;
        match &mut self.current {
            Some(block) => block.line_break(Span::new(from, from)),
            None => {
                let kind = match (marker > 0, quoted) {
                    (true, _) => BlockKind::List,
                    (_, true) => BlockKind::Quotation,
                    _ => BlockKind::Paragraph,
                };
                self.current = Some(BlockBuilder::new(kind, quoted));
            }
        }
        self.lines += 1;
        self.sentence = content.trim_end().ends_with(['.', ':', ';', ',', '!', '?']);
        if let Some(block) = &mut self.current {
            block.text(&content[marker..], from + marker);
        }
    }

    /// Ends the block at a blank line or under a rule. One line that is no sentence is the title at the start of the draft,
    /// and a heading where it is underlined.
    fn part(&mut self, underlined: bool) {
        if let Some(block) = &mut self.current
            && self.lines == 1
            && !self.sentence
        {
            if self.blocks.is_empty() {
                block.set_kind(BlockKind::Title);
            } else if underlined {
                block.set_kind(BlockKind::Heading);
            }
        }
        self.flush();
    }

    fn flush(&mut self) {
        self.lines = 0;
        self.blocks.extend(self.current.take().and_then(BlockBuilder::finish));
    }
}

/// True if a line holds no letter and no digit, so that it only parts what is above from what is below.
fn is_rule(line: &str) -> bool {
    line.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '=' | '_' | '*' | '~' | '#' | '\u{2014}'))
}

/// The length of a list marker with the space behind it: `-`, `*`, `•`, `1.`, `2)`, `(a)`, `iv.`. 0 if there is none.
fn list_marker(line: &str) -> usize {
    let Some((marker, rest)) = line.split_once([' ', '\t', '\u{a0}']) else {
        return 0;
    };
    if rest.is_empty() {
        return 0;
    }
    let mut signs = marker.chars();
    // A letter, or a sign of other uses, is one only before a space.
    let bullet =
        signs.next().is_some_and(|c| is_bullet(c) || matches!(c, '-' | '*' | '+' | 'o')) && signs.next().is_none();
    let number = marker.strip_prefix('(').unwrap_or(marker);
    let number = number.strip_suffix([')', '.']).unwrap_or("");
    if bullet || is_item_number(number) { line.len() - rest.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_lists_and_quoted_lines_are_blocks() {
        let source = "JOINT STATEMENT\n===============\n\nThe two\r\nleaders met.\r\n\r\n- first\n  item\n2. second\n\n> quoted\n> words\nplain again\n\nNEXT STEPS\n----\n";
        let blocks: Vec<_> = read(source, usize::MAX).iter().map(|b| (b.kind(), b.text().to_owned())).collect();
        let expected = [
            (BlockKind::Title, "JOINT STATEMENT"),
            (BlockKind::Paragraph, "The two leaders met."),
            (BlockKind::List, "first item"),
            (BlockKind::List, "second"),
            (BlockKind::Quotation, "quoted words"),
            (BlockKind::Paragraph, "plain again"),
            (BlockKind::Heading, "NEXT STEPS"),
        ];
        assert_eq!(blocks, expected.map(|(kind, text)| (kind, text.to_owned())));
    }
}
