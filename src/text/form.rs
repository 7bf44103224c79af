//! Small forms of text: white space in one line, a number with its noun.

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
