//! The lines of a draft that a diagnostic shows: cut to the width of the terminal around what was found, and harmless to it.

use std::ops::Range;

use codespan_reporting::files::{Error, Files};
use unicode_width::UnicodeWidthChar;

use crate::draft::Paragraph;
use crate::draft::layout::TextLayout;
use crate::escape::{Shown, is_harmless, show};
use crate::span::Span;
use crate::text::lines::Lines;

/// The mark where a line is cut.
const ELLIPSIS: char = '\u{2026}';

/// A few lines of a text, as codespan-reporting is shown them. It has one file, `()`.
pub(super) struct View {
    /// The beginning of the first label, fit for a terminal.
    place: String,
    text: String,
    /// For each line its index in the file, and its bytes in `text`.
    lines: Vec<(usize, Range<usize>)>,
    /// The number of each line, where that is not its index.
    numbers: Vec<usize>,
    /// The labels, in bytes of `text`.
    pub(super) labels: Vec<Range<usize>>,
}

/// A text with its lines.
pub(super) struct ReportedText<'t> {
    pub(super) name: &'t str,
    pub(super) text: &'t str,
    pub(super) lines: &'t Lines,
    /// The document of an office suite that the text comes from, if it does: its paragraphs are counted in the place of lines.
    pub(super) layout: Option<&'t TextLayout>,
}

impl ReportedText<'_> {
    fn paragraph(&self, index: usize) -> Option<&Paragraph> {
        self.layout?.paragraph(index + 1).map(|paragraph| &**paragraph)
    }

    /// A place as `name:line:column` or `name:¶paragraph:column`, fit for a terminal.
    fn place(&self, offset: usize) -> String {
        let position = self.lines.position(self.text, offset);
        let name = Shown(self.name);
        match self.paragraph(self.lines.index(offset)) {
            Some(paragraph) => format!("{name}:{}:{}", Shown(&paragraph.to_string()), position.column),
            None => format!("{name}:{}:{}", position.line, position.column),
        }
    }
}

impl View {
    /// The lines of `page` that `spans` touch, each cut to `width` columns around what the first of the spans in it covers.
    pub(super) fn new(page: &ReportedText<'_>, spans: &[Span], width: usize) -> View {
        let first = spans.first().map_or(0, |span| span.start());
        let mut view = View {
            place: page.place(first),
            numbers: Vec::new(),
            text: String::new(),
            lines: Vec::new(),
            labels: vec![0..0; spans.len()],
        };
        for index in touched(page, spans) {
            let range = page.lines.range(page.text, index);
            let line = &page.text[range.clone()];
            let here = |offset: usize| offset.clamp(range.start, range.end) - range.start;
            let focuses: Vec<Range<usize>> = spans.iter().map(|span| here(span.start())..here(span.end())).collect();
            let ends: Vec<(bool, bool)> = spans
                .iter()
                .map(|span| (page.lines.index(span.start()) == index, last_line(page, *span) == index))
                .collect();
            view.line(index, line, &focuses, &ends, width);
            view.numbers.push(page.paragraph(index).map_or(index + 1, |paragraph| paragraph.number));
        }
        view
    }

    /// Adds a line. `focuses` is what each label covers of it; `ends` says whether the label begins and whether it ends here.
    fn line(&mut self, index: usize, line: &str, focuses: &[Range<usize>], ends: &[(bool, bool)], width: usize) {
        let begin = self.text.len();
        let touching = || focuses.iter().zip(ends).filter(|(focus, ends)| ends.0 || ends.1 || !focus.is_empty());
        let hull = touching().map(|(focus, _)| focus.clone()).reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
        let hull = hull.filter(|hull| fitting(line[hull.clone()].chars(), width).bytes == hull.len());
        let focus = hull.or_else(|| touching().map(|(focus, _)| focus.clone()).next()).unwrap_or(0..0);
        let window = window(line, &focus, width);
        if window.start > 0 {
            self.text.push(ELLIPSIS);
        }
        // Where each character of the line stands in the view.
        let mut places: Vec<(usize, usize)> = Vec::with_capacity(window.len() + 1);
        for (at, c) in line[window.clone()].char_indices() {
            places.push((window.start + at, self.text.len()));
            // Writing to a string cannot fail.
            let from = window.start + at;
            let _ = show(line, from..from + c.len_utf8(), &mut self.text);
        }
        places.push((window.end, self.text.len()));
        let place = |at: usize| {
            let next = places.partition_point(|(from, _)| *from < at);
            places.get(next).or(places.last()).map_or(begin, |(_, to)| *to)
        };
        for ((label, focus), (begins, ends)) in self.labels.iter_mut().zip(focuses).zip(ends) {
            if *begins {
                *label = place(focus.start)..place(focus.end);
            } else if *ends {
                label.end = place(focus.end);
            }
        }
        if window.end < line.len() {
            self.text.push(ELLIPSIS);
        }
        self.lines.push((index, begin..self.text.len()));
        self.text.push('\n');
    }

    /// The beginning of the first label, for the line above the lines of the draft.
    pub(super) fn place(&self) -> &str {
        &self.place
    }

    fn line_at(&self, index: usize) -> Option<&Range<usize>> {
        let found = self.lines.binary_search_by_key(&index, |(line, _)| *line).ok()?;
        self.lines.get(found).map(|(_, range)| range)
    }
}

/// The line on which a span ends: one that ends with its line does not touch the next.
fn last_line(page: &ReportedText<'_>, span: Span) -> usize {
    page.lines.index(span.end().max(span.start() + 1) - 1)
}

/// The indices of the lines that are shown: those that the spans touch, and a single line between two of them.
fn touched(page: &ReportedText<'_>, spans: &[Span]) -> Vec<usize> {
    let mut lines: Vec<usize> =
        spans.iter().flat_map(|span| page.lines.index(span.start())..=last_line(page, *span)).collect();
    lines.sort_unstable();
    lines.dedup();
    let between: Vec<usize> =
        lines.windows(2).filter_map(|pair| (pair[1] - pair[0] == 2).then_some(pair[0] + 1)).collect();
    lines.extend(between);
    lines.sort_unstable();
    lines
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

/// The columns that a character takes as [`show`] writes it, but for the few signs that it breaks up.
fn column(c: char) -> usize {
    if c.is_ascii() || is_harmless(c) {
        // ASCII controls have a picture.
        return c.width().unwrap_or(1);
    }
    c.escape_unicode().len()
}

impl<'v> Files<'v> for View {
    type FileId = ();
    type Name = &'static str;
    type Source = &'v str;

    /// Nothing: [`View::place`] has the name.
    fn name(&'v self, (): ()) -> Result<&'static str, Error> {
        Ok("")
    }

    fn source(&'v self, (): ()) -> Result<&'v str, Error> {
        Ok(&self.text)
    }

    fn line_index(&'v self, (): (), byte: usize) -> Result<usize, Error> {
        let next = self.lines.partition_point(|(_, line)| line.start <= byte);
        Ok(next.checked_sub(1).and_then(|i| self.lines.get(i)).map_or(0, |(index, _)| *index))
    }

    fn line_number(&'v self, (): (), index: usize) -> Result<usize, Error> {
        let found = self.lines.binary_search_by_key(&index, |(line, _)| *line).ok();
        Ok(found.and_then(|at| self.numbers.get(at)).copied().unwrap_or(index + 1))
    }

    fn line_range(&'v self, (): (), index: usize) -> Result<Range<usize>, Error> {
        self.line_at(index).cloned().ok_or(Error::LineTooLarge { given: index, max: self.lines.len() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(text: &str, found: &str, width: usize) -> (String, String) {
        let lines = Lines::new(text);
        let at = text.find(found).unwrap();
        let view = View::new(
            &ReportedText { name: "x", text, lines: &lines, layout: None },
            &[Span::new(at, at + found.len())],
            width,
        );
        (view.text[view.labels[0].clone()].to_owned(), view.text)
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

    #[test]
    fn several_places_are_labelled_each() {
        let text = "one China here\ntwo\nthree\nfour\nfive China there, and PRC\n";
        let lines = Lines::new(text);
        let span = |found: &str| text.find(found).map(|at| Span::new(at, at + found.len())).unwrap();
        let spans = [span("PRC"), span("one China"), span("five China")];
        let view = View::new(&ReportedText { name: "x", text, lines: &lines, layout: None }, &spans, 80);
        let labelled: Vec<&str> = view.labels.iter().map(|label| &view.text[label.clone()]).collect();
        assert_eq!(labelled, ["PRC", "one China", "five China"]);
        assert_eq!(view.lines.iter().map(|(index, _)| *index).collect::<Vec<_>>(), [0, 4]);
    }
}
