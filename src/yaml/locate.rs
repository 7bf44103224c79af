//! Where in a YAML file a value stands.
//!
//! `serde_yaml` gives no places to values, but it gives one to every error. So the file is read once more, straight to the
//! value in question, and the reading is made to fail there.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Part, Path, Step};
use crate::draft::lines::Lines;
use crate::span::{Position, Span};

/// The bytes of `text` at which the value at `path`, or its key, or a part of it, stands. Of a value that is not one plain or
/// quoted line, the first line.
pub(super) fn locate(text: &str, path: &Path, part: &Part) -> Span {
    let steps = path.steps();
    let seed = Seek { steps: &steps, key: *part == Part::Key, found: None };
    let error = seed.deserialize(serde_yaml::Deserializer::from_str(text)).err();
    let start = error.map_or(0, |error| offset(&error, text));
    let start = if *part == Part::Key { start } else { behind_properties(text, start) };
    match part {
        Part::Key => Span::new(start, end_of_key(text, start)),
        Part::Value => Span::new(start, end_of_value(text, start)),
        Part::Within(range) => within(text, start, range.clone()),
    }
}

/// Where a value begins behind its anchor (`&name`) and its tag (`!name`).
fn behind_properties(text: &str, start: usize) -> usize {
    let mut at = start;
    while text[at..].starts_with(['&', '!']) {
        let token = text[at..].find(char::is_whitespace).unwrap_or(text.len() - at);
        at += token;
        at += text[at..].len() - text[at..].trim_start_matches(' ').len();
    }
    at
}

/// The bytes `range` of the string that stands at `start`, where they can be told.
fn within(text: &str, start: usize, range: std::ops::Range<usize>) -> Span {
    let quote = text[start..].chars().next().filter(|c| matches!(c, '"' | '\''));
    let whole = Span::new(start, end_of_value(text, start));
    let body = start + usize::from(quote.is_some());
    let (from, to) = (body + range.start, body + range.end);
    // Up to there the value must stand in the file as it is.
    let is_literal = |span: &str| {
        !span.contains('\n')
            && match quote {
                Some('"') => !span.contains('\\'),
                Some(_) => !span.contains("''"),
                None => true,
            }
    };
    match text.get(body..to.max(body)) {
        Some(span) if is_literal(span) && !range.is_empty() && text.is_char_boundary(from) => Span::new(from, to),
        _ => whole,
    }
}

/// What the parser says, in words for the author of the file: the message, the bytes that it is about, and the remedy.
pub(super) fn describe(error: &serde_yaml::Error, text: &str) -> (String, Span, Option<String>) {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    let at = offset(error, text);
    if let Some((_, key)) = message.split_once("duplicate entry with key ") {
        let key = key.trim_matches('"');
        let at = second_key(text, at, key).unwrap_or(at);
        let help = "a mapping has each of its keys once: put both values under one".to_owned();
        return (format!("the key `{key}` is here a second time"), Span::new(at, end_of_word(text, at)), Some(help));
    }
    if message.contains("more than one document") {
        let at = text.match_indices("\n---").map(|(at, _)| at + 1).last().unwrap_or(0);
        let help = "a file holds one document: take the `---` line out".to_owned();
        return ("a second document begins here".to_owned(), Span::new(at, end_of_word(text, at)), Some(help));
    }
    if let Some((_, rest)) = message.split_once("invalid type: integer `") {
        let number = rest.split('`').next().unwrap_or_default();
        let help =
            "write a number that the key takes; what is no number but looks like one goes between quotation marks";
        let message = format!(
            "the number {number} is out of range: comity reads whole numbers from {} to {}",
            i64::MIN,
            u64::MAX
        );
        return (message, Span::new(at, end_of_word(text, at)), Some(help.to_owned()));
    }
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let indent = text[line_start..].split(|c: char| !c.is_whitespace()).next().unwrap_or_default();
    let syntax =
        ["mapping values", "did not find expected", "cannot start any token", "while parsing", "while scanning"];
    let help = if indent.contains('\t') {
        Some("YAML is indented with spaces, not with tabs")
    } else if syntax.iter().any(|part| message.contains(part)) {
        Some(
            "a value that holds `: ` or ` #`, or begins with a quotation mark, `*`, `[` or `{`, goes between single quotes",
        )
    } else {
        None
    };
    (format!("not YAML: {message}"), Span::new(at, end_of_word(text, at)), help.map(str::to_owned))
}

/// Where in the block mapping that begins at `start` a key stands for the second time.
fn second_key(text: &str, start: usize, key: &str) -> Option<usize> {
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let column = text[line_start..start].chars().count();
    let mut seen = 0;
    let mut at = line_start;
    for line in text[line_start..].split_inclusive('\n') {
        let indent: String = line.chars().take(column).collect();
        let is_first = at == line_start;
        let blank = line.trim().is_empty();
        if !is_first && !blank && !indent.trim().is_empty() {
            return None;
        }
        let rest = line[indent.len()..].strip_prefix(key).map(str::trim_start);
        if (is_first || indent.trim().is_empty()) && rest.is_some_and(|rest| rest.starts_with(':')) {
            seen += 1;
            if seen == 2 {
                return Some(at + indent.len());
            }
        }
        at += line.len();
    }
    None
}

fn offset(error: &serde_yaml::Error, text: &str) -> usize {
    let Some(at) = error.location() else {
        return 0;
    };
    Lines::new(text).offset(text, Position { line: at.line(), column: at.column() })
}

/// The end of the word that begins at `start`; at least one character behind it where there is one.
pub(super) fn end_of_word(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let len = rest.find(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | '}' | ']')).unwrap_or(rest.len());
    start + len.max(rest.chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8))
}

/// The end of the key that begins at `start`: of its quotation, or before its colon.
fn end_of_key(text: &str, start: usize) -> usize {
    let line = text[start..].lines().next().unwrap_or_default();
    if line.starts_with(['"', '\'']) {
        return end_of_value(text, start);
    }
    start + line.find(": ").or_else(|| line.strip_suffix(':').map(str::len)).unwrap_or(line.len())
}

/// The end of the value that begins at `start`, or of its first line.
fn end_of_value(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let line = rest.lines().next().unwrap_or_default();
    if let Some(quote) = line.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let close = line[1..].match_indices(quote).map(|(at, _)| at + 1).find(|&at| {
            let escaped = if quote == '"' { line[..at].ends_with('\\') } else { line[at + 1..].starts_with('\'') };
            let doubled = quote == '\'' && line[1..at].ends_with('\'');
            !escaped && !doubled
        });
        return start + close.map_or(line.trim_end().len(), |at| at + 1);
    }
    let in_flow = text[..start].lines().next_back().is_some_and(|line| line.contains(['[', '{']));
    let end = if in_flow { line.find([',', ']', '}']) } else { line.find(" #") };
    start + line[..end.unwrap_or(line.len())].trim_end().len()
}

/// Reads down to a value and fails there.
struct Seek<'s> {
    steps: &'s [Step],
    /// Fail at the key of the value, not at the value.
    key: bool,
    /// The key that has just been read is the one to fail at or to go on behind.
    found: Option<&'s str>,
}

impl<'de> DeserializeSeed<'de> for Seek<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        match (self.found, self.steps.first()) {
            (Some(_), _) => deserializer.deserialize_str(self),
            (None, Some(Step::Key(_))) => deserializer.deserialize_map(self),
            (None, Some(Step::Item(_))) => deserializer.deserialize_seq(self),
            // Whatever stands here, this visitor has no use for it.
            (None, None) => deserializer.deserialize_any(Stop),
        }
    }
}

impl<'de> Visitor<'de> for Seek<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the way to a value")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<bool, E> {
        let is_it = self.found == Some(key);
        if is_it && self.key && self.steps.len() == 1 { Err(E::custom("here")) } else { Ok(is_it) }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let Some(Step::Key(wanted)) = self.steps.first() else {
            return Ok(false);
        };
        while let Some(is_it) = map.next_key_seed(Seek { steps: self.steps, key: self.key, found: Some(wanted) })? {
            if is_it {
                map.next_value_seed(Seek { steps: &self.steps[1..], key: self.key, found: None })?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(false)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<bool, A::Error> {
        let Some(&Step::Item(wanted)) = self.steps.first() else {
            return Ok(false);
        };
        for _ in 0..wanted {
            seq.next_element::<IgnoredAny>()?;
        }
        seq.next_element_seed(Seek { steps: &self.steps[1..], key: self.key, found: None })?;
        Ok(false)
    }
}

/// Fails at any value.
struct Stop;

impl Visitor<'_> for Stop {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keys_and_parts_of_strings_are_found() {
        let text = "# 한국\nname: framing # c\nrules:\n  - id: \"a\"\n    phrases: [x, 'y (z', w]\n  - id: b\n    1: q\n    note: |\n      long\n      text\n";
        let root = Path::default();
        let rule = root.key("rules").item(0);
        let cases = [
            (root.key("name"), Part::Value, "framing"),
            (root.key("name"), Part::Key, "name"),
            (rule.key("id"), Part::Value, "\"a\""),
            (rule.key("phrases"), Part::Key, "phrases"),
            (rule.key("phrases").item(0), Part::Value, "x"),
            (rule.key("phrases").item(1), Part::Within(2..3), "("),
            (root.key("rules").item(1).key("id"), Part::Value, "b"),
            (root.key("rules").item(1).key("note"), Part::Value, "|"),
        ];
        for (path, part, expected) in cases {
            assert_eq!(&text[locate(text, &path, &part).range()], expected, "{path:?} {part:?}");
        }
    }
}
