//! Text for a terminal (ECMA-48) and the log of a CI runner: control characters are shown, never sent, and what a runner would take for a command is broken up.
//!
//! Runners read what a program prints: GitHub obeys `::error ...` at the start of a line and `##[...]` anywhere in it, Azure Pipelines
//! `##vso[...]` and `##[...]`, TeamCity `##teamcity[...]`. The sections of GitLab begin with an escape sequence.

use std::fmt::{self, Write};
use std::ops::Range;

use crate::text::class::is_invisible;

/// A text whose control characters, escape sequences and bidirectional controls are replaced by what shows them, and in which no
/// runner finds a command, even if a line begins with it.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'t>(
    /// The text.
    pub &'t str,
);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(self.0, 0..self.0.len(), f)
    }
}

/// True if a terminal prints the character and does nothing else.
pub(crate) fn is_harmless(c: char) -> bool {
    !matches!(
        c,
        '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
    )
}

/// Writes these bytes of a text as [`Shown`] writes them in it. Tabs become one space.
pub(crate) fn show(text: &str, part: Range<usize>, out: &mut impl Write) -> fmt::Result {
    text[part.clone()].char_indices().try_for_each(|(at, c)| match c {
        '\t' => out.write_char(' '),
        // Unicode has a picture of each control character of ASCII.
        '\0'..='\u{1f}' => out.write_char(char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}')),
        '\u{7f}' => out.write_char('\u{2421}'),
        '#' | ':' if begins_bracket(text, part.start + at, c) || begins_line(text, part.start + at, c) => code(c, out),
        _ if is_harmless(c) => out.write_char(c),
        _ => code(c, out),
    })
}

fn code(c: char, out: &mut impl Write) -> fmt::Result {
    write!(out, "\\u{{{:x}}}", c as u32)
}

/// True if `c`, at this byte of `text`, is the second sign of `##[`, `##vso[` or the like. Runners compare text as people sort
/// it, so that what is invisible may stand in between.
pub(crate) fn begins_bracket(text: &str, at: usize, c: char) -> bool {
    c == '#'
        && seen(text[..at].chars().rev()).next() == Some('#')
        && seen(text[at + 1..].chars()).find(|c| !(c.is_ascii_alphanumeric() || "-_.".contains(*c))) == Some('[')
}

/// True if `c`, at this byte of `text`, is the first sign of `::`, with nothing but blanks before it.
fn begins_line(text: &str, at: usize, c: char) -> bool {
    c == ':'
        && seen(text[at + 1..].chars()).next() == Some(':')
        && seen(text[..at].chars().rev()).all(char::is_whitespace)
}

/// The characters that are not passed over where texts are compared.
fn seen(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    chars.filter(|&c| c.is_control() || !is_invisible(c))
}

/// Text of several lines as a terminal may see it; line feeds and tabs stay.
pub(crate) fn shown_lines(text: &str) -> String {
    let parts: Vec<String> = text
        .split_inclusive(['\n', '\t'])
        .map(|part| match part.strip_suffix(['\n', '\t']) {
            Some(line) => format!("{}{}", Shown(line), &part[line.len()..]),
            None => Shown(part).to_string(),
        })
        .collect();
    parts.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal_but_text() {
        let hostile = "a\u{1b}[31mb\u{9b}2J\u{202e}c\r\n\td\u{7f}\u{85}";
        let shown = Shown(hostile).to_string();
        assert_eq!(shown, "a\u{241b}[31mb\\u{9b}2J\\u{202e}c\u{240d}\u{240a} d\u{2421}\\u{85}");
        assert!(!shown.contains(char::is_control));
    }

    #[test]
    fn no_runner_finds_a_command() {
        let cases = [
            ("##[error]x", "#\\u{23}[error]x"),
            ("a ###vso[task.x y=z]b", "a ##\\u{23}vso[task.x y=z]b"),
            ("##teamcity[x]##[y]", "#\\u{23}teamcity[x]#\\u{23}[y]"),
            ("#\u{200b}#v\u{ad}so[x]", "#\u{200b}\\u{23}v\u{ad}so[x]"),
            ("::error::x", "\\u{3a}:error::x"),
            ("\u{a0}\t\u{feff}:\u{200b}:stop-commands::x", "\u{a0} \u{feff}\\u{3a}\u{200b}:stop-commands::x"),
            ("\u{1b}[0Ksection_start:1:x\r\u{1b}[0K", "\u{241b}[0Ksection_start:1:x\u{240d}\u{241b}[0K"),
        ];
        for (text, expected) in cases {
            assert_eq!(Shown(text).to_string(), expected, "{text:?}");
        }
        for harmless in ["## Peace [1]", "# #[x]", "a::b", "##", "#[x]", ": :", "a ##é[", "\u{201c}::x"] {
            assert_eq!(Shown(harmless).to_string(), harmless);
        }
    }

    #[test]
    fn a_part_is_shown_as_in_the_whole() {
        let text = " ::x ##vso[y] \u{202e}\u{e000}";
        for at in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
            let mut shown = String::new();
            show(text, 0..at, &mut shown).unwrap();
            show(text, at..text.len(), &mut shown).unwrap();
            assert_eq!(shown, " \\u{3a}:x #\\u{23}vso[y] \\u{202e}\u{e000}");
        }
    }
}
