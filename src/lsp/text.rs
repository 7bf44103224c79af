//! The text of an open document: edits applied where they fall, and places counted as the client counts them.

use lsp_types::{Position, PositionEncodingKind, Range, TextDocumentContentChangeEvent};

use crate::span::Span;
use crate::text::lines::Lines;

/// The unit in which a client counts columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum PositionEncoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, what a client that says nothing counts.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

impl PositionEncoding {
    /// Every encoding with its name in the protocol, the one that costs least first.
    const NAMES: &[(&str, PositionEncoding)] =
        &[("utf-8", PositionEncoding::Utf8), ("utf-32", PositionEncoding::Utf32), ("utf-16", PositionEncoding::Utf16)];

    /// The best of what a client offers.
    pub(super) fn choose<'n>(offered: impl Iterator<Item = &'n str> + Clone) -> PositionEncoding {
        let found = PositionEncoding::NAMES.iter().find(|(name, _)| offered.clone().any(|offer| offer == *name));
        found.map_or(PositionEncoding::default(), |&(_, encoding)| encoding)
    }

    /// Its name in the protocol.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            PositionEncoding::Utf8 => PositionEncodingKind::UTF8,
            PositionEncoding::Utf16 => PositionEncodingKind::UTF16,
            PositionEncoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn len_of_char(self, c: char) -> usize {
        match self {
            PositionEncoding::Utf8 => c.len_utf8(),
            PositionEncoding::Utf16 => c.len_utf16(),
            PositionEncoding::Utf32 => 1,
        }
    }

    fn len_of(self, text: &str) -> usize {
        match self {
            PositionEncoding::Utf8 => text.len(),
            _ if text.is_ascii() => text.len(),
            _ => text.chars().map(|c| self.len_of_char(c)).sum(),
        }
    }
}

/// A text, and where its lines begin.
#[derive(Debug, Clone)]
pub(super) struct EditorText {
    text: String,
    lines: Lines,
    encoding: PositionEncoding,
}

impl EditorText {
    pub(super) fn new(text: String, encoding: PositionEncoding) -> EditorText {
        EditorText { lines: Lines::new(&text), text, encoding }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the beginning of a line. A byte-order mark that a client sends is a character of the first line.
    fn line_start(&self, line: usize) -> usize {
        if line == 0 { 0 } else { self.lines.range(&self.text, line).start }
    }

    /// The 0-based number of the line that holds the byte at `offset`, and that line without its end.
    pub(super) fn line_at(&self, offset: usize) -> (usize, &str) {
        let line = self.lines.index(offset);
        let start = self.line_start(line);
        (line, &self.text[start..self.lines.range(&self.text, line).end])
    }

    /// The place of the byte at `offset`, which lies on a character boundary.
    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.lines.index(offset);
        let units = self.encoding.len_of(&self.text[self.line_start(line)..offset]);
        Position { line: number(line), character: number(units) }
    }

    /// The byte offset of a place. A place behind the end of its line is the end of the line, one inside a character is where
    /// the character begins, one behind the last line is the end of the text.
    pub(super) fn offset(&self, position: Position) -> usize {
        let line = position.line as usize;
        let range = self.lines.range(&self.text, line);
        let start = self.line_start(line).min(range.end);
        let wanted = position.character as usize;
        let text = &self.text[start..range.end];
        if self.encoding != PositionEncoding::Utf8 && text.is_ascii() {
            return start + wanted.min(text.len());
        }
        let mut units = 0;
        for (at, c) in text.char_indices() {
            units += self.encoding.len_of_char(c);
            if units > wanted {
                return start + at;
            }
        }
        range.end
    }

    /// A span as the client counts it.
    pub(super) fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start()), end: self.position(span.end()) }
    }

    /// The bytes of a range.
    pub(super) fn span(&self, range: Range) -> Span {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        Span::new(start.min(end), start.max(end))
    }

    /// Applies what a client says has changed.
    pub(super) fn apply(&mut self, change: TextDocumentContentChangeEvent) {
        match change.range {
            Some(range) => self.text.replace_range(self.span(range).range(), &change.text),
            None => self.text = change.text,
        }
        self.lines = Lines::new(&self.text);
    }
}

/// A count as the protocol has it; no text that is read has more.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ENCODINGS: [PositionEncoding; 3] = [PositionEncoding::Utf8, PositionEncoding::Utf16, PositionEncoding::Utf32];

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn each_encoding_counts_its_own_units() {
        let text = "한국 𝒳\u{a0}x\r\ny\rz\n";
        let x = text.find('x').unwrap();
        for (encoding, character) in ENCODINGS.into_iter().zip([13, 6, 5]) {
            let text = EditorText::new(text.to_owned(), encoding);
            assert_eq!(text.position(x), at(0, character), "{encoding:?}");
            assert_eq!(text.offset(at(0, character)), x, "{encoding:?}");
            assert_eq!(text.offset(at(0, 99)), x + 1, "behind the end of a line");
            assert_eq!((text.offset(at(2, 0)), text.offset(at(9, 4))), (x + 5, x + 7));
        }
        assert_eq!(EditorText::new("a𝒳".to_owned(), PositionEncoding::Utf16).offset(at(0, 2)), 1, "inside a character");
    }

    #[test]
    fn a_byte_order_mark_is_a_character_that_the_client_counts() {
        let mut text = EditorText::new("\u{feff}ab\n".to_owned(), PositionEncoding::Utf16);
        assert_eq!((text.position(3), text.offset(at(0, 2))), (at(0, 1), 4));
        let change = |range, text: &str| TextDocumentContentChangeEvent {
            range: Some(range),
            range_length: None,
            text: text.to_owned(),
        };
        text.apply(change(Range { start: at(0, 1), end: at(0, 2) }, "x"));
        assert_eq!(text.as_str(), "\u{feff}xb\n");
    }

    #[test]
    fn the_best_encoding_that_is_offered_is_chosen() {
        let cases: [(&[&str], PositionEncoding); 4] = [
            (&[], PositionEncoding::Utf16),
            (&["utf-16", "utf-8"], PositionEncoding::Utf8),
            (&["utf-16", "utf-32"], PositionEncoding::Utf32),
            (&["klingon"], PositionEncoding::Utf16),
        ];
        for (offered, expected) in cases {
            assert_eq!(PositionEncoding::choose(offered.iter().copied()), expected, "{offered:?}");
        }
    }

    /// Text with everything that makes counting hard.
    fn hard_text(most: usize) -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "a", "bc ", "\n", "\r\n", "\r", "한", "é", "e\u{301}", "𝒳", "🇰🇷", "\u{a0}", "\u{feff}", "\t", "—",
        ]);
        prop::collection::vec(piece, 0..most).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn edits_applied_one_by_one_make_the_whole_text(
            start in hard_text(60),
            edits in prop::collection::vec((any::<u16>(), any::<u16>(), hard_text(6)), 0..12),
            encoding in prop::sample::select(ENCODINGS.to_vec()),
        ) {
            let mut text = EditorText::new(start.clone(), encoding);
            let mut expected = start;
            for (from, to, new) in edits {
                let boundary = |at: u16| {
                    // A client never names a place between the two characters of a line's end.
                    let places = expected.char_indices().map(|(at, _)| at).chain([expected.len()]);
                    let places: Vec<usize> =
                        places.filter(|&at| !(expected[..at].ends_with('\r') && expected[at..].starts_with('\n'))).collect();
                    places[usize::from(at) % places.len()]
                };
                let (from, to) = (boundary(from), boundary(to));
                let (from, to) = (from.min(to), from.max(to));
                let range = Some(Range { start: text.position(from), end: text.position(to) });
                expected.replace_range(from..to, &new);
                text.apply(TextDocumentContentChangeEvent { range, range_length: None, text: new });
                prop_assert_eq!(text.as_str(), &expected);
            }
        }

        #[test]
        fn places_go_there_and_back(
            source in hard_text(80),
            encoding in prop::sample::select(ENCODINGS.to_vec()),
        ) {
            let text = EditorText::new(source.clone(), encoding);
            for (at, _) in source.char_indices().chain([(source.len(), ' ')]) {
                let inside_line_end = source[..at].ends_with('\r') && source[at..].starts_with('\n');
                if !inside_line_end {
                    prop_assert_eq!(text.offset(text.position(at)), at);
                }
            }
        }

        #[test]
        fn no_place_is_out_of_bounds(source in hard_text(30), line in any::<u32>(), character in 0..200u32) {
            for encoding in ENCODINGS {
                let text = EditorText::new(source.clone(), encoding);
                for line in [line, line % 20] {
                    prop_assert!(source.is_char_boundary(text.offset(at(line, character))));
                }
            }
        }
    }
}
