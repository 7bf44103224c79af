//! Text of drafts, packs and file names as a terminal may see it: control characters are shown, never sent.

use std::fmt::{self, Write};

/// A text whose control characters, escape sequences and bidirectional controls are replaced by what shows them.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'t>(
    /// The text.
    pub &'t str,
);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| show(c, f))
    }
}

/// JSON as a terminal may see it: what is a control character to a terminal but not to JSON is escaped in its strings, which stay
/// the same strings.
pub fn shown_json(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    for c in json.chars() {
        if c == '\n' || is_harmless(c) {
            shown.push(c);
        } else {
            // All of them are in the basic plane.
            shown += &format!("\\u{:04x}", c as u32);
        }
    }
    shown
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

/// Writes one character so that a terminal prints it and does nothing else. Tabs become one space.
pub(crate) fn show(c: char, out: &mut impl Write) -> fmt::Result {
    match c {
        '\t' => out.write_char(' '),
        // Unicode has a picture of each control character of ASCII.
        '\0'..='\u{1f}' => out.write_char(char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}')),
        '\u{7f}' => out.write_char('\u{2421}'),
        _ if is_harmless(c) => out.write_char(c),
        _ => write!(out, "\\u{{{:x}}}", c as u32),
    }
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
    fn json_is_harmless_and_stays_the_same() {
        let hostile = "a\u{1b}[31m\u{9b}2J\u{202e}\u{2028}\r\n\t\u{7f}\u{85}\u{feff} \u{c548}\u{1f1f0}";
        let json = serde_json::to_string_pretty(&[hostile]).unwrap();
        let shown = shown_json(&json);
        assert!(!shown.contains(|c| c != '\n' && !is_harmless(c)), "{shown}");
        assert_eq!(serde_json::from_str::<[String; 1]>(&shown).unwrap(), [hostile]);
    }
}
