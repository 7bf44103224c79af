//! The cursor and what is being written at it: told from the text before it, which is seldom whole while somebody types.

use crate::span::Span;
use crate::yaml::{SyntaxRole, typed_at};

/// The set of words that may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Completing {
    /// Rules, packs and tags.
    Names,
    /// The same, as keys.
    NameKeys,
    Severities,
    FailOn,
    /// Packs of comity.
    Packs,
    /// Keys of `comity.yml`.
    Keys,
    /// Keys of an item of `overrides`.
    OverrideKeys,
    /// The verbs of comments.
    Verbs,
}

/// A cursor, and the word that is written at it already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CompletionCursor {
    pub(super) wanted: Completing,
    /// The word at the place, which is replaced.
    pub(super) span: Span,
}

/// The characters that names and keys are written in.
fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '_')
}

/// The word that byte `at` lies in, or at the edge of.
fn word(text: &str, at: usize) -> Span {
    let start = at - text[..at].chars().rev().take_while(|&c| is_name(c)).count();
    let behind = &text[at..];
    let mut len = behind.chars().take_while(|&c| is_name(c)).count();
    // The end of a comment is not part of a name.
    if let Some(end) = behind[..len].find("--") {
        len = end;
    }
    Span::new(start, at + len)
}

/// The place in a comment `<!-- comity: ... -->` of a draft.
pub(super) fn in_comment(text: &str, at: usize) -> Option<CompletionCursor> {
    let open = text[..at].rfind("<!--")?;
    let inside = &text[open + 4..at];
    if inside.contains("-->") {
        return None;
    }
    let asked = inside.trim_start().strip_prefix("comity:")?.trim_start();
    let wanted = match asked.split_once(char::is_whitespace) {
        None => Completing::Verbs,
        // Behind two hyphens stands the reason.
        Some((_, names)) if names.starts_with("--") || names.contains(" --") => return None,
        Some(("ignore" | "off" | "on" | "ignore-file", _)) => Completing::Names,
        Some(_) => return None,
    };
    Some(CompletionCursor { wanted, span: word(text, at) })
}

/// The place in a `comity.yml`.
pub(super) fn in_config(text: &str, at: usize) -> Option<CompletionCursor> {
    let wanted = typed_at(text, at).into_iter().find_map(|(role, path)| wanted(role, &path))?;
    Some(CompletionCursor { wanted, span: word(text, at) })
}

/// Returns the set of words that may be written in this role under these keys.
fn wanted(role: SyntaxRole, path: &[String]) -> Option<Completing> {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let in_override = path.first() == Some(&"overrides");
    match (role, &path[usize::from(in_override)..]) {
        (SyntaxRole::Key, []) if in_override => Some(Completing::OverrideKeys),
        (SyntaxRole::Key, []) => Some(Completing::Keys),
        (SyntaxRole::Item | SyntaxRole::Value, ["packs"]) if !in_override => Some(Completing::Packs),
        (SyntaxRole::Item | SyntaxRole::Value, ["disable"]) => Some(Completing::Names),
        (SyntaxRole::Key, ["severity"]) => Some(Completing::NameKeys),
        (SyntaxRole::Value, ["severity", _]) => Some(Completing::Severities),
        (SyntaxRole::Value, ["fail-on"]) if !in_override => Some(Completing::FailOn),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place at `|` in a text without it.
    fn find(place: fn(&str, usize) -> Option<CompletionCursor>, marked: &str) -> Option<(Completing, String)> {
        let at = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        place(&text, at).map(|place| (place.wanted, text[place.span.range()].to_owned()))
    }

    #[test]
    fn names_are_wanted_in_the_comments_of_comity_and_nowhere_else() {
        use Completing::{Names, Verbs};
        let cases = [
            ("한국 <!-- comity: ignore |", Some((Names, ""))),
            ("<!-- comity: ignore framing/chi| -->", Some((Names, "framing/chi"))),
            ("<!-- comity: off fra|ming/x-->", Some((Names, "framing/x"))),
            ("<!-- comity: on a/b, c|-->", Some((Names, "c"))),
            ("<!--comity: ignore-file\n a|", Some((Names, "a"))),
            ("<!-- comity: ig| -->", Some((Verbs, "ig"))),
            ("<!-- comity: |", Some((Verbs, ""))),
            ("<!-- comity: ignore a/b -- because of |", None),
            ("<!-- comity: ignore a/b --|", None),
            ("<!-- comity: ignore a/b -- x --> |", None),
            ("<!-- other |", None),
            ("text |", None),
        ];
        for (marked, expected) in cases {
            let expected = expected.map(|(wanted, word)| (wanted, word.to_owned()));
            assert_eq!(find(in_comment, marked), expected, "{marked:?}");
        }
    }

    #[test]
    fn what_is_wanted_in_a_configuration_depends_on_the_keys_above() {
        use Completing::{FailOn, Keys, NameKeys, Names, OverrideKeys, Packs, Severities};
        let cases = [
            ("|", Some((Keys, ""))),
            ("# c\npacks: [framing]\ndis|able", Some((Keys, "disable"))),
            ("packs: [framing, no|]", Some((Packs, "no"))),
            ("packs:\n  - fr|", Some((Packs, "fr"))),
            ("packs:\n- |", Some((Packs, ""))),
            ("disable:\n  # c\n  - a\n\n  - framing/chi|na", Some((Names, "framing/china"))),
            ("disable: [\"fra|", Some((Names, "fra"))),
            ("disable: fra|", Some((Names, "fra"))),
            ("severity:\n  framing/|", Some((NameKeys, "framing/"))),
            ("severity:\n  framing/a: no|", Some((Severities, "no"))),
            ("severity: {framing/a: note, fr|", Some((NameKeys, "fr"))),
            ("severity: {framing/a: |", Some((Severities, ""))),
            ("fail-on: w|", Some((FailOn, "w"))),
            ("overrides:\n  - |", Some((OverrideKeys, ""))),
            ("overrides:\n  - files: [a]\n    dis|", Some((OverrideKeys, "dis"))),
            ("overrides:\n  - files: [a]\n    disable: [x, |", Some((Names, ""))),
            ("overrides:\n- files: [a]\n  disable:\n  - |", Some((Names, ""))),
            ("overrides:\n  - severity:\n      |", Some((NameKeys, ""))),
            ("overrides:\n  - severity: {a: |", Some((Severities, ""))),
            ("rules: [|", None),
            ("ignore:\n  - a|", None),
            ("overrides:\n  - files: [a|", None),
            ("packs: [a] # no|", None),
            ("severity: {a: note} |", None),
        ];
        for (marked, expected) in cases {
            let expected = expected.map(|(wanted, word)| (wanted, word.to_owned()));
            assert_eq!(find(in_config, marked), expected, "{marked:?}");
        }
    }
}
