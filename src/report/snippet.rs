//! A diagnostic drawn by codespan-reporting, but for the line that says where it is: a paragraph of a document has a place that no
//! name, line and column make.

use std::io::{self, Write};

use codespan_reporting::diagnostic::{Diagnostic, LabelStyle, Severity};
use codespan_reporting::files::Error;
use codespan_reporting::term::{self, Config, WriteStyle};
use termcolor::WriteColor;

use super::view::View;

/// Draws one diagnostic, with an empty line behind it.
pub(super) fn draw(out: &mut dyn WriteColor, view: &View, diagnostic: &Diagnostic<()>) -> io::Result<()> {
    let mut out = Snippet { out, place: view.place(), next: DiagnosticPart::Header };
    match term::emit_to_write_style(&mut out, &Config::default(), view, diagnostic) {
        Ok(()) => Ok(()),
        Err(Error::Io(error)) => Err(error),
        Err(other) => Err(io::Error::other(other)),
    }
}

/// Passes a diagnostic on, with `place` instead of what follows the first border: in `┌─ :1:1` all but the border. What is written
/// is told apart by its style and its line, never by its characters, for it quotes drafts.
struct Snippet<'s> {
    out: &'s mut dyn WriteColor,
    place: &'s str,
    next: DiagnosticPart,
}

/// A part of a diagnostic, in the order in which they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DiagnosticPart {
    Header,
    /// The first border, `┌─`.
    Border,
    /// The place, up to the end of its line.
    Place,
    /// The lines of the draft, and the notes.
    Lines,
}

impl Write for Snippet<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.next != DiagnosticPart::Place {
            return self.out.write(bytes);
        }
        let Some(end) = memchr::memchr(b'\n', bytes) else {
            return Ok(bytes.len());
        };
        self.next = DiagnosticPart::Lines;
        write!(self.out, " {}", self.place)?;
        self.out.write_all(&bytes[end..])?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl WriteStyle for Snippet<'_> {
    fn set_header(&mut self, severity: Severity) -> io::Result<()> {
        self.out.set_header(severity)
    }

    fn set_header_message(&mut self) -> io::Result<()> {
        self.out.set_header_message()
    }

    fn set_line_number(&mut self) -> io::Result<()> {
        self.out.set_line_number()
    }

    fn set_note_bullet(&mut self) -> io::Result<()> {
        self.out.set_note_bullet()
    }

    fn set_source_border(&mut self) -> io::Result<()> {
        if self.next == DiagnosticPart::Header {
            self.next = DiagnosticPart::Border;
        }
        self.out.set_source_border()
    }

    fn set_label(&mut self, severity: Severity, style: LabelStyle) -> io::Result<()> {
        self.out.set_label(severity, style)
    }

    fn reset(&mut self) -> io::Result<()> {
        if self.next == DiagnosticPart::Border {
            self.next = DiagnosticPart::Place;
        }
        WriteStyle::reset(&mut *self.out)
    }
}

#[cfg(test)]
mod tests {
    use codespan_reporting::diagnostic::Label;
    use proptest::prelude::*;
    use termcolor::Buffer;
    use unicode_width::UnicodeWidthChar;

    use super::*;
    use crate::escape::{Shown, show};
    use crate::report::view::ReportedText;
    use crate::span::Span;
    use crate::text::lines::Lines;

    /// The place, the line of the draft and the marks below it, of a finding at these bytes.
    fn drawn(name: &str, text: &str, found: std::ops::Range<usize>, width: usize) -> [String; 3] {
        let lines = Lines::new(text);
        let page = ReportedText { name, text, lines: &lines, layout: None };
        let view = View::new(&page, &[Span::new(found.start, found.end)], width);
        let diagnostic = Diagnostic::error().with_message("m").with_label(Label::primary((), view.labels[0].clone()));
        let mut out = Buffer::no_color();
        draw(&mut out, &view, &diagnostic).unwrap();
        let out = String::from_utf8(out.into_inner()).unwrap();
        let lines: Vec<&str> = out.split('\n').collect();
        let [header, place, border, line, marks, "", ""] = lines[..] else { panic!("{out:?}") };
        assert_eq!((header, border), ("error: m", "  \u{2502}"));
        let (number, line) = line.split_once(" \u{2502} ").unwrap();
        assert!(number.parse::<usize>().is_ok());
        [place.strip_prefix("  \u{250c}\u{2500} ").unwrap(), line, marks.strip_prefix("  \u{2502} ").unwrap()]
            .map(str::to_owned)
    }

    /// The characters of a line, but those that take no column, above the marks.
    fn marked(line: &str, marks: &str) -> String {
        let from = marks.len() - marks.trim_start_matches(' ').len();
        assert!(marks[from..].bytes().all(|byte| byte == b'^'), "{marks:?}");
        let mut column = 0;
        let mut above = String::new();
        for c in line.chars() {
            let width = c.width().unwrap_or(0);
            if width > 0 && column >= from && column + width <= marks.len() {
                above.push(c);
            }
            column += width;
        }
        above
    }

    #[test]
    fn no_character_of_a_draft_is_a_mark_of_the_report() {
        let cases = [
            ("x\u{e000}: |China| y", "x:1:5", "x\u{e000}: China y", "    ^^^^^"),
            ("x\u{e000}:12:3 |China\u{e000}:|", "x:1:9", "x\u{e000}:12:3 China\u{e000}:", "        ^^^^^^^"),
            ("\u{250c}\u{2500} :1:1 |China|", "x:1:9", "\u{250c}\u{2500} :1:1 China", "        ^^^^^"),
            ("\u{f4f4d}\u{10fffd}\u{f8ff} |China|", "x:1:5", "\u{f4f4d}\u{10fffd}\u{f8ff} China", "    ^^^^^"),
            ("\u{d55c}\u{ad6d} |\u{4e2d}\u{570b}|.", "x:1:4", "\u{d55c}\u{ad6d} \u{4e2d}\u{570b}.", "     ^^^^"),
            ("e\u{301}e\u{301} |C\u{301}|h", "x:1:6", "e\u{301}e\u{301} C\u{301}h", "   ^"),
            ("a\tb\t|c\td|\te", "x:1:5", "a b c d e", "    ^^^"),
            ("a\u{1b}[0m |b|\u{7}", "x:1:7", "a\u{241b}[0m b\u{2407}", "      ^"),
            ("\u{202e}a |\u{9b}|", "x:1:4", "\\u{202e}a \\u{9b}", "          ^^^^^^"),
            ("\u{feff}a\u{200b}|b|", "x:1:3", "a\u{200b}b", " ^"),
            ("::a ##[b] |c|", "x:1:11", "\\u{3a}:a #\\u{23}[b] c", "                    ^"),
        ];
        for (draft, place, line, marks) in cases {
            let [before, found, behind] = draft.split('|').collect::<Vec<_>>()[..] else { panic!("{draft:?}") };
            let text = [before, found, behind].concat();
            let drawn = drawn("x", &text, before.len()..before.len() + found.len(), 80);
            assert_eq!(drawn, [place, line, marks], "{draft:?}");
        }
    }

    #[test]
    fn no_character_of_a_name_is_a_mark_of_the_report() {
        for (name, shown) in
            [("a\u{e000}:b", "a\u{e000}:b"), ("\u{e000}", "\u{e000}"), ("a\n\u{250c}", "a\u{240a}\u{250c}")]
        {
            assert_eq!(drawn(name, "x\ny b", 4..5, 80), [&format!("{shown}:2:3"), "y b", "  ^"]);
        }
    }

    /// Text in one line, of characters that a terminal or a reader of the report may take for something else.
    fn line() -> impl Strategy<Value = String> {
        let c = prop_oneof![
            prop::char::range('\u{e000}', '\u{f8ff}'),
            prop::char::range('\u{f0000}', '\u{ffffd}'),
            prop::char::range('\u{100000}', '\u{10fffd}'),
            prop::char::range('\0', '\u{a0}'),
            prop::char::range('\u{300}', '\u{36f}'),
            prop::char::range('\u{2000}', '\u{206f}'),
            prop::char::range('\u{2500}', '\u{257f}'),
            prop::char::range('\u{ac00}', '\u{d7a3}'),
            prop::char::range('\u{1f300}', '\u{1faff}'),
            prop::sample::select(vec![' ', '\t', ':', '#', '[', '|', '^', '\u{2026}', '\u{fffc}', '\u{feff}']),
            any::<char>(),
        ];
        prop::collection::vec(c.prop_filter("a line end", |c| !matches!(c, '\n' | '\r')), 0..30)
            .prop_map(String::from_iter)
    }

    proptest! {
        #[test]
        fn a_line_is_quoted_as_it_is_and_marked_below_what_was_found(
            before in line(), inside in line(), behind in line(), width in 60_usize..400,
        ) {
            // So much of it as fits into the least width, however it is shown.
            let found = format!("China{}containment", inside.chars().take(3).collect::<String>());
            let whole = format!("{before}{found}{behind}");
            let at = before.len()..before.len() + found.len();
            let [place, quoted, marks] = drawn("x", &format!("y\n{whole}"), at.start + 2..at.end + 2, width);
            prop_assert_eq!(place, format!("x:2:{}", before.chars().count() + 1));

            let shown = Shown(&whole).to_string();
            if quoted != shown {
                let uncut = quoted.strip_prefix('\u{2026}').unwrap_or(&quoted);
                let uncut = uncut.strip_suffix('\u{2026}').unwrap_or(uncut);
                prop_assert!(shown.contains(uncut), "{quoted:?} of {shown:?}");
            }
            let mut expected = String::new();
            show(&whole, at, &mut expected).unwrap();
            expected.retain(|c| c.width().unwrap_or(0) > 0);
            prop_assert_eq!(marked(&quoted, &marks), expected);
        }
    }
}
