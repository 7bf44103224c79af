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

/// Writes one character so that a terminal prints it and does nothing else. Tabs become one space.
pub(crate) fn show(c: char, out: &mut impl Write) -> fmt::Result {
    match c {
        '\t' => out.write_char(' '),
        // Unicode has a picture of each control character of ASCII.
        '\0'..='\u{1f}' => out.write_char(char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}')),
        '\u{7f}' => out.write_char('\u{2421}'),
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => write!(out, "\\u{{{:x}}}", c as u32),
        _ => out.write_char(c),
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
}
