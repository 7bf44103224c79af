//! The line index of a text, made once, so that every position is a binary search.

use std::ops::Range;

use crate::span::Position;

/// The starts of the lines of one text. A line ends at `\n`, at `\r\n`, or at `\r` alone.
#[derive(Debug, Clone)]
pub(crate) struct Lines {
    /// Byte offsets, the first is where the text begins (behind a byte-order mark).
    starts: Vec<usize>,
    /// The characters before every `STRIDE`th byte: what makes a column in a line of megabytes cheap.
    chars_before: Vec<u32>,
}

/// The distance of the bytes that [`Lines`] knows the number of characters before.
const STRIDE: usize = 4096;

impl Lines {
    pub(crate) fn new(text: &str) -> Self {
        let first = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let mut starts = vec![first];
        let bytes = text.as_bytes();
        let ends_line = |at: &usize| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
        starts.extend(memchr::memchr2_iter(b'\n', b'\r', bytes).filter(ends_line).map(|at| at + 1));
        let mut chars = 0;
        let chars_before = text
            .as_bytes()
            .chunks(STRIDE)
            .map(|chunk| {
                let before = chars;
                chars += count_chars(chunk) as u32;
                before
            })
            .collect();
        Lines { starts, chars_before }
    }

    /// The number of characters before the byte at `offset`, which lies on a character boundary.
    pub(crate) fn chars_before(&self, text: &str, offset: usize) -> usize {
        let stride = offset / STRIDE;
        match self.chars_before.get(stride) {
            Some(&before) => before as usize + count_chars(&text.as_bytes()[stride * STRIDE..offset]),
            None => count_chars(&text.as_bytes()[..offset]),
        }
    }

    /// The 0-based index of the line that holds the byte at `offset`.
    pub(crate) fn index(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// The bytes of the line with 0-based `index`, without its line end.
    pub(crate) fn range(&self, text: &str, index: usize) -> Range<usize> {
        let start = self.starts.get(index).copied().unwrap_or(text.len());
        let end = self.starts.get(index + 1).copied().unwrap_or(text.len());
        let line = &text[start..end];
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        start..start + line.len()
    }

    /// The bytes of the line with 0-based `index`, with its line end.
    pub(crate) fn range_with_end(&self, text: &str, index: usize) -> Range<usize> {
        self.range(text, index).start..self.starts.get(index + 1).copied().unwrap_or(text.len())
    }

    /// The position of the byte at `offset`, which lies on a character boundary of `text`.
    pub(crate) fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.index(offset);
        let start = self.starts[line].min(offset);
        // Lines are short as a rule, and what stands before them in the text need not be counted.
        let before = if offset - start <= STRIDE {
            count_chars(&text.as_bytes()[start..offset])
        } else {
            self.chars_before(text, offset) - self.chars_before(text, start)
        };
        Position { line: line + 1, column: before + 1 }
    }
}

/// The number of characters that begin in `bytes` of UTF-8.
fn count_chars(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_scalar_values_and_skip_a_byte_order_mark() {
        let text = "\u{feff}a\r\n한국 b\n";
        let lines = Lines::new(text);
        let at = |needle: &str| lines.position(text, text.find(needle).unwrap());
        assert_eq!(at("a"), Position { line: 1, column: 1 });
        assert_eq!(at("b"), Position { line: 2, column: 4 });
        assert_eq!(lines.range(text, 0), 3..4);
        let old = "a\rb";
        assert_eq!(Lines::new(old).position(old, 2), Position { line: 2, column: 1 });
        assert_eq!(lines.position(text, text.len()), Position { line: 3, column: 1 });
    }

    #[test]
    fn columns_of_long_lines_are_counted_exactly() {
        let text = format!("a\n{}", "한é🇰x".repeat(3000));
        let lines = Lines::new(&text);
        for (index, (at, _)) in text[2..].char_indices().enumerate().step_by(97) {
            assert_eq!(lines.position(&text, at + 2), Position { line: 2, column: index + 1 });
        }
    }
}
