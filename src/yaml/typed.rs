//! Finds the key, list item or value that is being written at a place of a YAML file, which is not whole there, and the keys
//! above it.

use granit_parser::{ErrorKind, Event};

use super::events::{byte, parser};

/// The syntactic role of what is written at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SyntaxRole {
    Key,
    Item,
    Value,
}

/// A character that stands in the text for what is being written, where something has to. The file may hold it too, elsewhere.
const MARK: char = '\u{f4f4d}';

/// The texts that may have to follow, for a parser to read up to the place; brackets that are open besides.
const MORE: &[&str] = &["", ": ", "\"", "\": ", "'", "': "];

/// The most brackets that are closed to read up to the place.
const MOST_OPEN: usize = 8;

/// Lists what may be being written at byte `at`, the likeliest first, each with the keys above it; of a value its own key is the
/// last. Nothing inside a comment, and where what stands before is no YAML.
pub(crate) fn typed_at(text: &str, at: usize) -> Vec<(SyntaxRole, Vec<String>)> {
    let before = text[..at].trim_start_matches('\u{feff}');
    let mut found = Vec::new();
    for more in MORE {
        let mut text = format!("{before}{MARK}{more}");
        for _ in 0..=MOST_OPEN {
            match typed(&text, before.len()) {
                Ok(typed) => {
                    found.extend(typed.filter(|typed| !found.contains(typed)));
                    break;
                }
                Err(open) => text.push(if open == '[' { ']' } else { '}' }),
            }
        }
    }
    found
}

/// Returns the role of the scalar with the mark at byte `mark`, and the keys above it.
///
/// # Errors
/// The bracket that is open at the end.
fn typed(text: &str, mark: usize) -> Result<Option<(SyntaxRole, Vec<String>)>, char> {
    // Of each list or mapping that is open: whether it is a mapping, and the key whose value is read.
    let mut open: Vec<(bool, Option<String>)> = Vec::new();
    for event in parser(text) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => match *error.kind() {
                ErrorKind::UnclosedFlowCollection { open } => return Err(open),
                _ => return Ok(None),
            },
        };
        let text = match event {
            Event::Scalar(text, ..) => Some(text.into_owned()),
            Event::Alias(_) => Some(String::new()),
            Event::SequenceStart(..) => {
                open.push((false, None));
                continue;
            }
            Event::MappingStart(..) => {
                open.push((true, None));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                open.pop();
                None
            }
            _ => continue,
        };
        let top = open.last_mut();
        if byte(span.end) as usize > mark && text.as_ref().is_some_and(|text| text.contains(MARK)) {
            let role = match top {
                Some((true, None)) => SyntaxRole::Key,
                Some((false, _)) => SyntaxRole::Item,
                _ => SyntaxRole::Value,
            };
            return Ok(Some((role, open.into_iter().filter_map(|(_, key)| key).collect())));
        }
        if let Some((true, key)) = top {
            *key = if key.is_none() { Some(text.unwrap_or_default()) } else { None };
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_may_hold_any_character() {
        for text in [
            "a: b\nc: ",
            "a: \u{f4f4d}\nc: ",
            "\u{f4f4d}: b\nc: ",
            "a: |\n  \u{f4f4d}\n# \u{f4f4d}\nc: ",
            "\u{feff}a: b\nc: ",
        ] {
            let typed = typed_at(text, text.len());
            assert_eq!(typed.first(), Some(&(SyntaxRole::Value, vec!["c".to_owned()])), "{text:?}");
        }
        let text = "a: b # \u{f4f4d}";
        assert_eq!(typed_at(text, text.len()), []);
    }
}
