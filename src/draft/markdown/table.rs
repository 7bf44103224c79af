//! Tables that the parser does not know, behind lines of a paragraph.

use std::ops::Range;

/// A table in a paragraph, by bytes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct InnerTable {
    /// The beginning of its first row.
    pub(super) start: usize,
    /// The row below, which only draws columns.
    pub(super) delimiter: Range<usize>,
}

/// The table in a paragraph. The parser knows tables without bars at the edges where they begin a paragraph, GitHub's parser also
/// behind its lines.
pub(super) fn table_in(paragraph: &str) -> Option<InnerTable> {
    memchr::memchr(b'|', paragraph.as_bytes())?;
    let mut at = 0;
    let mut head: Option<(usize, &str)> = None;
    for line in paragraph.split_inclusive('\n') {
        let content = line.trim_matches(|c: char| c.is_whitespace() || c == '>');
        if let Some((start, above)) = head
            && is_delimiter(content)
            && cells(content) == cells(above)
        {
            return Some(InnerTable { start, delimiter: at..at + line.len() });
        }
        head = Some((at, content));
        at += line.len();
    }
    None
}

fn is_delimiter(line: &str) -> bool {
    line.contains('|') && line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// The number of cells of a row.
fn cells(line: &str) -> usize {
    let row = line.strip_prefix('|').unwrap_or(line);
    let row = row.strip_suffix('|').filter(|row| !row.ends_with('\\')).unwrap_or(row);
    1 + bars(row).count()
}

/// The bars that part cells.
pub(super) fn bars(text: &str) -> impl Iterator<Item = usize> {
    memchr::memchr_iter(b'|', text.as_bytes()).filter(|&at| !text[..at].ends_with('\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_found_in_a_paragraph() {
        let cases = [
            ("They met.\na | b\n--- | ---\nc | d", Some(10)),
            ("They met.\r\na | b\r\n:-: | -:\r\n", Some(11)),
            ("They met.\n> a \\| b | c\n> --|--", Some(10)),
            ("They met.\na | b | c\n--- | ---", None),
            ("They met.\na | b", None),
            ("They met -- and went | on", None),
        ];
        for (paragraph, expected) in cases {
            assert_eq!(table_in(paragraph).map(|table| table.start), expected, "{paragraph}");
        }
    }
}
