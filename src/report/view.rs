//! The lines of a draft that a diagnostic shows: cut to the width of the terminal around what was found, and harmless to it.

use std::ops::Range;

use codespan_reporting::files::{Error, Files};
use unicode_width::UnicodeWidthChar;

use crate::draft::lines::Lines;
use crate::shown::{Shown, show};
use crate::span::{Position, Span};

/// What stands where a line is cut.
const ELLIPSIS: char = '\u{2026}';

/// A few lines of a text, as codespan-reporting is shown them. It has one file, `()`.
pub(super) struct View {
    name: String,
    text: String,
    /// For each line its bytes in `text`.
    lines: Vec<Range<usize>>,
    /// Where the first line stands in the file.
    first_line: usize,
    start: Position,
    /// What was found, in bytes of `text`.
    pub(super) label: Range<usize>,
}

/// A text with its lines.
pub(super) struct Page<'t> {
    pub(super) name: &'t str,
    pub(super) text: &'t str,
    pub(super) lines: &'t Lines,
}

impl View {
    /// The lines of `page` that `span` touches, each cut to `width` columns.
    pub(super) fn new(page: &Page<'_>, span: Span, width: usize) -> View {
        let start = page.lines.position(page.text, span.start());
        let first = page.lines.index(span.start());
        // A span that ends with its line does not touch the next.
        let last = page.lines.index(span.end().max(span.start() + 1) - 1);
        let mut view = View {
            name: Shown(page.name).to_string(),
            text: String::new(),
            lines: Vec::new(),
            first_line: first,
            start,
            label: 0..0,
        };
        for index in first..=last {
            let range = page.lines.range(page.text, index);
            let focus = span.start().clamp(range.start, range.end)..span.end().clamp(range.start, range.end);
            view.line(&page.text[range.clone()], focus.start - range.start..focus.end - range.start, width);
        }
        view
    }

    /// Adds a line, of which `focus` was found.
    fn line(&mut self, line: &str, focus: Range<usize>, width: usize) {
        let begin = self.text.len();
        let is_first = self.lines.is_empty();
        let window = window(line, &focus, width);
        if window.start > 0 {
            self.text.push(ELLIPSIS);
        }
        for (at, c) in line[window.clone()].char_indices() {
            let at = window.start + at;
            if is_first && at <= focus.start {
                self.label.start = self.text.len();
            }
            // Writing to a string cannot fail.
            let _ = show(c, &mut self.text);
            if at < focus.end {
                self.label.end = self.text.len();
            }
        }
        if is_first && focus.start >= window.end {
            self.label.start = self.text.len();
        }
        self.label.end = self.label.end.max(self.label.start);
        if window.end < line.len() {
            self.text.push(ELLIPSIS);
        }
        self.lines.push(begin..self.text.len());
        self.text.push('\n');
    }
}

/// The bytes of `line` to show: all if it fits into `width` columns, or as much around `focus` as does, whole words if there is
/// room for them. Of a line of megabytes only what is near is looked at.
fn window(line: &str, focus: &Range<usize>, width: usize) -> Range<usize> {
    if line.len() <= 4 * width && columns(line) <= width {
        return 0..line.len();
    }
    let found = fitting(line[focus.clone()].chars(), width);
    // Two columns for the marks of the cuts.
    let room = width.saturating_sub(found.columns + 2);
    let left = fitting(line[..focus.start].chars().rev(), room);
    let right = fitting(line[focus.end..].chars(), room);
    let half = room / 2;
    let (left_room, right_room) = match (left.columns > half, right.columns > half) {
        (true, true) => (half, room - half),
        (true, false) => (room - right.columns, right.columns),
        _ => (left.columns, room - left.columns),
    };
    let mut start = focus.start - fitting(line[..focus.start].chars().rev(), left_room).bytes;
    let mut end = focus.start + found.bytes;
    if end == focus.end {
        end += fitting(line[focus.end..].chars(), right_room).bytes;
    }
    // Words are not cut where a space is near.
    if start > 0
        && let Some(space) = line[start..focus.start].find(' ').filter(|&at| at < 20)
    {
        start += space + 1;
    }
    if end < line.len()
        && end > focus.end
        && let Some(space) = line[focus.end..end].rfind(' ').filter(|&at| focus.end + at + 20 > end)
    {
        end = focus.end + space;
    }
    start..end
}

/// The first of some characters, as many as fit.
struct Fitting {
    bytes: usize,
    columns: usize,
}

fn fitting(chars: impl Iterator<Item = char>, columns: usize) -> Fitting {
    let mut fit = Fitting { bytes: 0, columns: 0 };
    for c in chars {
        if fit.columns + column(c) > columns {
            break;
        }
        fit.columns += column(c);
        fit.bytes += c.len_utf8();
    }
    fit
}

fn columns(text: &str) -> usize {
    text.chars().map(column).sum()
}

fn column(c: char) -> usize {
    match c {
        '\t' => 1,
        _ => c.width().unwrap_or(1),
    }
}

impl<'v> Files<'v> for View {
    type FileId = ();
    type Name = &'v str;
    type Source = &'v str;

    fn name(&'v self, (): ()) -> Result<&'v str, Error> {
        Ok(&self.name)
    }

    fn source(&'v self, (): ()) -> Result<&'v str, Error> {
        Ok(&self.text)
    }

    fn line_index(&'v self, (): (), byte: usize) -> Result<usize, Error> {
        Ok(self.lines.partition_point(|line| line.start <= byte).saturating_sub(1))
    }

    fn line_number(&'v self, (): (), index: usize) -> Result<usize, Error> {
        Ok(self.first_line + index + 1)
    }

    fn column_number(&'v self, (): (), _: usize, _: usize) -> Result<usize, Error> {
        // Asked for only where the label begins.
        Ok(self.start.column)
    }

    fn line_range(&'v self, (): (), index: usize) -> Result<Range<usize>, Error> {
        self.lines.get(index).cloned().ok_or(Error::LineTooLarge { given: index, max: self.lines.len() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(text: &str, found: &str, width: usize) -> (String, String) {
        let lines = Lines::new(text);
        let at = text.find(found).unwrap();
        let view = View::new(&Page { name: "x", text, lines: &lines }, Span::new(at, at + found.len()), width);
        (view.text[view.label.clone()].to_owned(), view.text)
    }

    #[test]
    fn a_long_line_is_cut_around_what_was_found() {
        let line = format!("{}China containment {}", "word ".repeat(30), "more ".repeat(30));
        let (label, text) = view(&line, "China containment", 50);
        assert_eq!(label, "China containment");
        assert_eq!(text, "\u{2026}word word China containment more more more\u{2026}\n");
    }

    #[test]
    fn what_was_found_is_labelled_whatever_the_line_holds() {
        let cases = [
            ("a\u{1b}[0m\tb x c\u{202e}", "b x", "b x"),
            ("한국 🇰🇷 b x", "b x", "b x"),
            ("first b\nx last", "b\nx", "b\nx"),
            ("\u{feff}b x", "b x", "b x"),
            ("c \u{7}b", "\u{7}b", "\u{2407}b"),
        ];
        for (text, found, expected) in cases {
            for width in [4, 8, 80] {
                assert_eq!(view(text, found, width).0, expected, "{text:?} {width}");
            }
        }
    }
}
