//! Text of drafts, packs and file names as a terminal and the log of a CI runner may see it: control characters are shown, never
//! sent, and what a runner would take for a command is broken up.
//!
//! Runners read what a program prints: GitHub obeys `::error ...` at the start of a line and `##[...]` anywhere in it, Azure Pipelines
//! `##vso[...]` and `##[...]`, TeamCity `##teamcity[...]`. The sections of GitLab begin with an escape sequence.

use std::fmt::{self, Write};
use std::ops::Range;

use crate::draft::class::is_invisible;

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

/// JSON as a terminal and a log may see it: what is a control character to a terminal but not to JSON, and what begins a command of
/// a runner, is escaped in its strings, which stay the same strings.
pub fn shown_json(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    let mut written = 0;
    let is_plain = |byte: u8| matches!(byte, b'\n' | b' '..=b'~') && byte != b'#';
    for (at, _) in json.bytes().enumerate().filter(|&(at, byte)| !is_plain(byte) && json.is_char_boundary(at)) {
        let c = json[at..].chars().next().expect("a character begins there");
        if !is_harmless(c) || begins_bracket(json, at, c) {
            // All of them are in the basic plane.
            shown += &json[written..at];
            shown += &format!("\\u{:04x}", c as u32);
            written = at + c.len_utf8();
        }
    }
    shown + &json[written..]
}

/// Whether a terminal prints the character and does nothing else.
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

/// Whether `c`, at this byte of `text`, is the second sign of `##[`, `##vso[` or the like. Runners compare text as people sort it, so that what
/// is invisible may stand in between.
pub(crate) fn begins_bracket(text: &str, at: usize, c: char) -> bool {
    c == '#'
        && seen(text[..at].chars().rev()).next() == Some('#')
        && seen(text[at + 1..].chars()).find(|c| !(c.is_ascii_alphanumeric() || "-_.".contains(*c))) == Some('[')
}

/// Whether `c`, at this byte of `text`, is the first sign of `::`, with nothing but blanks before it.
fn begins_line(text: &str, at: usize, c: char) -> bool {
    c == ':'
        && seen(text[at + 1..].chars()).next() == Some(':')
        && seen(text[..at].chars().rev()).all(char::is_whitespace)
}

/// The characters that are not passed over where texts are compared.
fn seen(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    chars.filter(|&c| c.is_control() || !is_invisible(c))
}

/// A text with one space in the place of each stretch of white space, and none at its ends.
pub(crate) fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A number of things in words: `1 draft`, `2 drafts`, `3 entries`.
pub fn counted(n: usize, what: &str) -> String {
    match what.strip_suffix('y') {
        _ if n == 1 => format!("1 {what}"),
        Some(stem) => format!("{n} {stem}ies"),
        None => format!("{n} {what}s"),
    }
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

    #[test]
    fn json_is_harmless_and_stays_the_same() {
        let hostile = "a\u{1b}[31m\u{9b}2J\u{202e}\u{2028}\r\n\t\u{7f}\u{85}\u{feff} \u{c548}\u{1f1f0}\u{61c}\u{200e}\u{200f}\u{2067} ##[x] ##vso[y] ## z";
        let json = serde_json::to_string_pretty(&[hostile]).unwrap();
        let shown = shown_json(&json);
        // What Unicode calls controls, of the line or of the direction of writing.
        let controls = "\u{61c}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
        assert!(!shown.contains(|c: char| c != '\n' && (c.is_control() || controls.contains(c))), "{shown}");
        assert!(shown.contains(r"#\u0023[x] #\u0023vso[y] ## z"), "{shown}");
        assert_eq!(serde_json::from_str::<[String; 1]>(&shown).unwrap(), [hostile]);
    }
}
