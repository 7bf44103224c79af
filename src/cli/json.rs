//! JSON on standard output, harmless to a terminal.

use std::io::{self, Write};

use comity::Shown;
use serde::Serialize;

/// Writes a value. What is no control character to JSON may still be one to a terminal: escaped, it is the same string.
pub(super) fn write(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    let harmless = |c: char| {
        matches!(c, '\n' | ' '..='~' | '\u{a0}'..) && Shown(c.encode_utf8(&mut [0; 4])).to_string().starts_with(c)
    };
    for c in text.chars() {
        if harmless(c) || c == '\n' { write!(out, "{c}")? } else { write!(out, "\\u{:04x}", c as u32)? }
    }
    writeln!(out)
}
