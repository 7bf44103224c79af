//! What is being written at a place: told from the text before it, which is seldom whole while somebody types.

use crate::span::Span;

/// What may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
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
    /// What a comment asks for.
    Verbs,
}

/// A place, and what of it is written already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) wanted: Wanted,
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
pub(super) fn in_comment(text: &str, at: usize) -> Option<Place> {
    let open = text[..at].rfind("<!--")?;
    let inside = &text[open + 4..at];
    if inside.contains("-->") {
        return None;
    }
    let asked = inside.trim_start().strip_prefix("comity:")?.trim_start();
    let wanted = match asked.split_once(char::is_whitespace) {
        None => Wanted::Verbs,
        // Behind two hyphens stands the reason.
        Some((_, names)) if names.starts_with("--") || names.contains(" --") => return None,
        Some(("ignore" | "off" | "on" | "ignore-file", _)) => Wanted::Names,
        Some(_) => return None,
    };
    Some(Place { wanted, span: word(text, at) })
}

/// What stands at a place of a YAML file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Key,
    Item,
    Value,
}

/// The place in a `comity.yml`.
pub(super) fn in_config(text: &str, at: usize) -> Option<Place> {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = Line::read(&text[start..at])?;
    let (role, own) = role(line.content);
    let mut path = parents(&text[..start], &line);
    path.extend(own);
    let role =
        if role == Role::Key && line.dash.is_some() && path.last() != Some(&"overrides") { Role::Item } else { role };
    let in_override = path.first() == Some(&"overrides");
    let wanted = match (role, &path[usize::from(in_override)..]) {
        (Role::Key, []) if in_override => Wanted::OverrideKeys,
        (Role::Key, []) => Wanted::Keys,
        (Role::Item | Role::Value, ["packs"]) if !in_override => Wanted::Packs,
        (Role::Item | Role::Value, ["disable"]) => Wanted::Names,
        (Role::Key, ["severity"]) => Wanted::NameKeys,
        (Role::Value, ["severity", _]) => Wanted::Severities,
        (Role::Value, ["fail-on"]) if !in_override => Wanted::FailOn,
        _ => return None,
    };
    Some(Place { wanted, span: word(text, at) })
}

/// A line of YAML in block style.
#[derive(Debug, Clone, Copy)]
struct Line<'t> {
    /// The column of the hyphen of an item.
    dash: Option<usize>,
    /// The column of what stands behind it.
    column: usize,
    content: &'t str,
}

impl<'t> Line<'t> {
    /// The line; `None` inside a comment.
    fn read(line: &'t str) -> Option<Line<'t>> {
        let line = line.trim_start_matches('\u{feff}');
        let content = line.trim_start_matches(' ');
        if content.starts_with('#') || content.contains(" #") {
            return None;
        }
        let column = line.len() - content.len();
        match content.strip_prefix('-').filter(|rest| rest.is_empty() || rest.starts_with(' ')) {
            Some(rest) => {
                let inner = rest.trim_start_matches(' ');
                Some(Line { dash: Some(column), column: line.len() - inner.len(), content: inner })
            }
            None => Some(Line { dash: None, column, content }),
        }
    }

    /// The key that the line begins with.
    fn key(&self) -> Option<&'t str> {
        Some(unquoted(self.content.split_once(':')?.0))
    }
}

fn unquoted(key: &str) -> &str {
    key.trim().trim_matches(['"', '\''])
}

/// What stands at the end of a line that is cut off there, and the keys before it in the line.
fn role(content: &str) -> (Role, Vec<&str>) {
    let Some((key, value)) = content.split_once(':') else {
        return (Role::Key, Vec::new());
    };
    let mut own = vec![unquoted(key)];
    let value = value.trim_start();
    if value.starts_with('[') {
        return (if value.contains(']') { Role::Value } else { Role::Item }, own);
    }
    let Some(map) = value.strip_prefix('{') else {
        return (Role::Value, own);
    };
    let entry = map.rsplit(',').next().unwrap_or_default();
    match entry.split_once(':') {
        Some((key, list)) if !map.contains('}') => {
            own.push(unquoted(key));
            (if list.trim_start().starts_with('[') { Role::Item } else { Role::Value }, own)
        }
        // Behind the mapping nothing can follow.
        _ if map.contains('}') => (Role::Value, own),
        _ => (Role::Key, own),
    }
}

/// The keys that a line stands under, by their columns.
fn parents<'t>(above: &'t str, line: &Line<'_>) -> Vec<&'t str> {
    let mut path = Vec::new();
    let (mut column, mut is_item) = (line.dash.unwrap_or(line.column), line.dash.is_some());
    for text in above.lines().rev() {
        let Some(line) = Line::read(text).filter(|line| line.dash.is_some() || !line.content.trim().is_empty()) else {
            continue;
        };
        match line.dash {
            Some(dash) if line.column < column => {
                path.extend(line.key());
                (column, is_item) = (dash, true);
            }
            Some(dash) if dash < column => (column, is_item) = (dash, true),
            Some(_) => {}
            // A list may stand in the column of its key.
            None if line.column < column || (is_item && line.column == column) => {
                path.extend(line.key());
                (column, is_item) = (line.column, false);
            }
            None => {}
        }
        if column == 0 && !is_item {
            break;
        }
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place at `|` in a text without it.
    fn find(place: fn(&str, usize) -> Option<Place>, marked: &str) -> Option<(Wanted, String)> {
        let at = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        place(&text, at).map(|place| (place.wanted, text[place.span.range()].to_owned()))
    }

    #[test]
    fn names_are_wanted_in_the_comments_of_comity_and_nowhere_else() {
        use Wanted::{Names, Verbs};
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
        use Wanted::{FailOn, Keys, NameKeys, Names, OverrideKeys, Packs, Severities};
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
