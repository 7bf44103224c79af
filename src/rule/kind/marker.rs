//! The markers of what is numbered: "1.", "(b)", "IV.", "2.3", "Section 4:". For the kinds that count.
//!
//! Readers take the marker of a list item out of the text of its block, so it is looked for in the source before the block. A number
//! that a program draws, as Word does, stands nowhere in the source: it is the label of the block.

use super::Context;
use crate::draft::Site;
use crate::span::{Plain, Span, ceil_char};
use crate::text::{BlockKind, numeral};

/// Words that stand before the number of a part of a text, in lower case.
pub(super) const LABELS: &[&str] =
    &["annex", "appendix", "article", "chapter", "paragraph", "part", "pillar", "schedule", "section"];

/// The number of bytes before a block in which its marker is looked for.
const REACH: usize = 96;

/// The numerals of a marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Alphabet {
    Arabic,
    Letter,
    Capital,
    Roman,
    CapitalRoman,
}

/// The position of a marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MarkerPosition {
    /// Before a heading of this level.
    Heading(usize),
    /// Before a list item that is indented so far.
    Item(usize),
    /// At the beginning of a text.
    Text,
    /// Inside of a text, in brackets.
    Inside,
}

/// One way to read a number. "i" is a letter and a Roman number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NumberReading {
    pub(super) alphabet: Alphabet,
    /// The numbers before the last: 2 of "2.3".
    pub(super) above: Vec<u32>,
    pub(super) value: u32,
}

/// A marker as it is written.
#[derive(Debug, Clone)]
pub(super) struct Marker {
    pub(super) place: MarkerPosition,
    /// The marker, or the first word behind it if the marker itself is not text.
    pub(super) site: Site,
    /// The text before the number: "Section ", "(".
    pub(super) before: String,
    /// The text behind it: ")", ".".
    pub(super) behind: String,
    pub(super) readings: Vec<NumberReading>,
    pub(super) written: String,
    /// The byte of the block at which the text behind it begins.
    pub(super) end: usize,
}

impl Marker {
    /// The label before the number in lower case, if it has one.
    pub(super) fn label(&self) -> Option<String> {
        let label = self.before.trim().to_lowercase();
        LABELS.contains(&label.as_str()).then_some(label)
    }

    /// Another number in the manner of this one.
    pub(super) fn with(&self, reading: &NumberReading, value: u32) -> String {
        let above: String = reading.above.iter().map(|number| format!("{number}.")).collect();
        format!("{}{above}{}{}", self.before, write(reading.alphabet, value), self.behind)
    }
}

/// The number that a program draws before a block, and that which is written at its beginning.
pub(super) fn beginnings(context: &Context<'_>, index: usize) -> impl Iterator<Item = Marker> {
    drawn(context, index).into_iter().chain(of_block(context, index))
}

/// The number that a program draws before a block. Something else may be written at the beginning of its text all the same.
fn drawn(context: &Context<'_>, index: usize) -> Option<Marker> {
    let block = context.block(index);
    let label = block.list_label().filter(|label| label.number.is_some())?;
    let place = match block.kind() {
        BlockKind::Table | BlockKind::Caption | BlockKind::Footnote => return None,
        BlockKind::Title | BlockKind::Heading => MarkerPosition::Heading(block.level()),
        // Where it is typed it stands at the beginning of the text, and both may be of one list.
        _ if label.level == 0 => MarkerPosition::Text,
        _ => MarkerPosition::Item(label.level * LEVEL_INDENT),
    };
    let (before, readings, behind) = drawn_number(&label.drawn)?;
    let text = block.text();
    let site = Site { block: index, span: Span::new(0, text.find(' ').unwrap_or(text.len())) };
    let written = label.drawn.trim().to_owned();
    Some(Marker { place, site, before, behind, readings, written, end: 0 })
}

/// A label taken apart: the text before its number, the number, the text behind.
fn drawn_number(label: &str) -> Option<(String, Vec<NumberReading>, String)> {
    let label = label.trim();
    let worded = label.rfind(' ').map_or(0, |at| at + 1);
    let marked = worded + label[worded..].find(|c: char| c.is_ascii_alphanumeric())?;
    let rest = &label[marked..];
    let number = rest.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    Some((label[..marked].to_owned(), read(number)?, rest[number.len()..].to_owned()))
}

/// The columns by which the items of a level stand further in than those of the one above.
const LEVEL_INDENT: usize = 4;

/// The marker that a block begins with.
pub(super) fn of_block(context: &Context<'_>, index: usize) -> Option<Marker> {
    let block = context.block(index);
    let text = block.text();
    let kind = block.kind();
    if matches!(kind, BlockKind::Table | BlockKind::Caption | BlockKind::Footnote) {
        return None;
    }
    let is_heading = matches!(kind, BlockKind::Title | BlockKind::Heading);
    if kind == BlockKind::List
        && let Some((number, indent)) = item_number(line_before(context, index))
        && let Some((before, readings, behind)) = number_of(number)
    {
        let first = text.find(' ').unwrap_or(text.len());
        let site = Site { block: index, span: Span::new(0, first) };
        let (before, behind) = (before.to_owned(), behind.to_owned());
        let written = number.to_owned();
        return Some(Marker { place: MarkerPosition::Item(indent), site, before, behind, readings, written, end: 0 });
    }
    let place = if is_heading { MarkerPosition::Heading(block.level()) } else { MarkerPosition::Text };
    // Asterisks that Markdown does not take for emphasis ("**6. Trade: ** We") stay in the text.
    let inner = text.trim_start_matches(['*', '_', ' ']);
    let start = text.len() - inner.len();
    let (before, number, behind) = labelled(inner, is_heading).or_else(|| bare(inner))?;
    let mut readings = read(number)?;
    if !is_heading && before.is_empty() {
        // "A. Smith said": an initial.
        readings.retain(|reading| reading.alphabet != Alphabet::Capital);
    }
    let end = start + before.len() + number.len() + behind.len();
    let opens = text[end..].trim_start().starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic());
    if place == MarkerPosition::Text && !opens {
        // "1.5 million people".
        readings.retain(|reading| reading.above.is_empty());
    }
    let marker = Marker {
        place,
        site: Site { block: index, span: Span::new(start, end) },
        before: before.to_owned(),
        behind: behind.to_owned(),
        readings,
        written: text[start..end].to_owned(),
        end,
    };
    (!marker.readings.is_empty()).then_some(marker)
}

/// The markers in brackets inside the text of a block: "(a) ...; (b) ...; and (c) ...". A reference is none: "paragraph (b)".
pub(super) fn inside(text: &str, index: usize) -> impl Iterator<Item = Marker> + '_ {
    text.match_indices('(').skip_while(|&(at, _)| at == 0).filter_map(move |(at, _)| {
        let rest = &text[at + 1..];
        let len = rest.bytes().take(5).position(|byte| byte == b')')?;
        let number = &rest[..len];
        let behind = rest[len + 1..].strip_prefix(' ')?;
        let follower = behind.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        if !behind.starts_with(char::is_alphabetic) || matches!(follower, "and" | "or" | "to" | "above" | "below") {
            return None;
        }
        let readings = read(number)?;
        let before = text[..at].strip_suffix(' ')?;
        let first = readings.iter().any(|reading| reading.value == 1);
        if !(before.ends_with([';', ',', '.', ':']) || ["and", "or"].contains(&last_word(before)) || first)
            || refers(last_word(before))
        {
            return None;
        }
        let span: Span<Plain> = Span::new(at, at + len + 2);
        Some(Marker {
            place: MarkerPosition::Inside,
            site: Site { block: index, span },
            before: "(".to_owned(),
            behind: ")".to_owned(),
            readings,
            written: text[span.range()].to_owned(),
            end: span.end(),
        })
    })
}

/// True if a number in brackets behind this word is that of a part of some text.
fn refers(word: &str) -> bool {
    let word = word.to_lowercase();
    let word = word.trim_start_matches("sub").trim_start_matches('-').trim_end_matches('s');
    LABELS.contains(&word) || matches!(word, "clause" | "item" | "point" | "option" | "footnote" | "note")
}

fn last_word(text: &str) -> &str {
    text.rsplit(' ').next().unwrap_or_default()
}

/// The line of the source up to where the text of a block begins; empty if it began too far away.
fn line_before<'c>(context: &Context<'c>, index: usize) -> &'c str {
    let block = context.block(index);
    let source = context.draft.source();
    let first = block.text().chars().next().map_or(0, char::len_utf8);
    let end = block.source(Span::new(0, first)).start();
    let start = ceil_char(source, end.saturating_sub(REACH));
    let window = &source[start..end];
    match window.rfind(['\n', '\r']) {
        Some(at) => &window[at + 1..],
        None if start == 0 => window.trim_start_matches('\u{feff}'),
        None => "",
    }
}

/// The last number among the marks before the text of a list item, and how far it is indented.
fn item_number(line: &str) -> Option<(&str, usize)> {
    let line =
        line.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '[' | '~' | '"' | '\u{201c}'));
    let start =
        line.rfind([' ', '\t', '\u{a0}', '>']).map_or(0, |at| at + line[at..].chars().next().map_or(1, char::len_utf8));
    let indent = line[..start].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
    Some((&line[start..], indent)).filter(|(number, _)| !number.is_empty())
}

/// A number with its brackets or its full stop, taken apart; nothing else may stand there.
fn number_of(marker: &str) -> Option<(&str, Vec<NumberReading>, &str)> {
    let inner = marker.strip_prefix('(').unwrap_or(marker);
    let number = inner.trim_end_matches(['.', ')']);
    let behind = &inner[number.len()..];
    let before = &marker[..marker.len() - inner.len()];
    (behind.len() == 1).then_some((before, read(number)?, behind))
}

/// What may part the number of a heading from its title.
const DASHES: [char; 5] = ['-', '\u{2013}', '\u{2014}', '|', ')'];

/// The most bytes of a line that may be a heading, though it is a paragraph of its own.
const MAX_LINE: usize = 80;

/// "Section 4:" and "Article 4 Scope" at the beginning of a heading, "Section 4." also of a paragraph.
fn labelled(text: &str, is_heading: bool) -> Option<(&str, &str, &str)> {
    let (label, rest) = text.split_once(' ')?;
    if label.len() > 12 || !LABELS.contains(&label.to_lowercase().as_str()) {
        return None;
    }
    let number = &rest[..rest.find(|c: char| !(c.is_ascii_alphanumeric())).unwrap_or(rest.len())];
    let behind = &rest[number.len()..];
    let after = behind.trim_start();
    let is_line = is_heading || (text.len() <= MAX_LINE && !text.ends_with(['.', ';', ',', ':']));
    let opens_title = after.len() < behind.len() && after.starts_with(|c: char| c == '(' || c.is_uppercase());
    let ends = behind.is_empty()
        || (is_line && opens_title)
        || (is_heading && after.starts_with(DASHES))
        || (is_line
            && after.strip_prefix(DASHES).is_some_and(|title| title.trim_start().starts_with(char::is_uppercase)))
        || ((behind.starts_with([':', '.'])) && !behind[1..].starts_with(|c: char| c.is_ascii_digit()));
    ends.then_some((&text[..label.len() + 1], number, ""))
}

/// "1.", "(a)", "IV)", "2.3" at the beginning of a text.
fn bare(text: &str) -> Option<(&str, &str, &str)> {
    let (marker, rest) = text.split_once(' ')?;
    if marker.len() > 12 || rest.is_empty() {
        return None;
    }
    let inner = marker.strip_prefix('(').unwrap_or(marker);
    let number = inner.trim_end_matches(['.', ')', ':']);
    let behind = &inner[number.len()..];
    let is_marked = behind.len() == 1 || (behind.is_empty() && number.contains('.'));
    let closed = inner.len() == marker.len() || behind == ")";
    (is_marked && closed).then_some((&marker[..marker.len() - inner.len()], number, behind))
}

/// Every way to read a number.
pub(super) fn read(number: &str) -> Option<Vec<NumberReading>> {
    let plain = |alphabet, value| NumberReading { alphabet, above: Vec::new(), value };
    if number.starts_with(|c: char| c.is_ascii_digit()) {
        // A year, or what counts people, is no marker.
        let part = |part: &str| {
            let fits = (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            fits.then(|| part.parse().ok()).flatten()
        };
        let mut above: Vec<u32> = number.split('.').map(part).collect::<Option<_>>()?;
        let value = above.pop()?;
        return Some(vec![NumberReading { alphabet: Alphabet::Arabic, above, value }]);
    }
    let mut readings = Vec::new();
    if let [letter] = number.as_bytes() {
        match letter {
            b'a'..=b'z' => readings.push(plain(Alphabet::Letter, u32::from(letter - b'a') + 1)),
            b'A'..=b'Z' => readings.push(plain(Alphabet::Capital, u32::from(letter - b'A') + 1)),
            _ => {}
        }
    }
    if let Some(value) = numeral::from_roman(&number.to_ascii_uppercase()) {
        if number.bytes().all(|byte| byte.is_ascii_lowercase()) {
            readings.push(plain(Alphabet::Roman, value));
        } else if number.bytes().all(|byte| byte.is_ascii_uppercase()) {
            readings.push(plain(Alphabet::CapitalRoman, value));
        }
    }
    (!readings.is_empty()).then_some(readings)
}

fn write(alphabet: Alphabet, value: u32) -> String {
    let letter = |first: u8| match u8::try_from(value) {
        Ok(value @ 1..=26) => char::from(first + value - 1).to_string(),
        _ => value.to_string(),
    };
    match alphabet {
        Alphabet::Arabic => value.to_string(),
        Alphabet::Letter => letter(b'a'),
        Alphabet::Capital => letter(b'A'),
        Alphabet::Roman => numeral::roman(value).unwrap_or_default().to_lowercase(),
        Alphabet::CapitalRoman => numeral::roman(value).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_taken_apart_where_it_begins_a_text() {
        let cases = [
            ("1. Trade", Some(("", "1", "."))),
            ("(a) Trade", Some(("(", "a", ")"))),
            ("IV) Trade", Some(("", "IV", ")"))),
            ("2.3 Trade", Some(("", "2.3", ""))),
            ("10.11.12.13. Trade", Some(("", "10.11.12.13", "."))),
            ("(1 Trade", None),
            ("1. ", None),
            ("1.", None),
            ("a word", None),
            ("2024 was", None),
        ];
        for (text, expected) in cases {
            assert_eq!(bare(text), expected, "{text}");
        }
    }

    #[test]
    fn a_label_is_taken_apart_where_it_begins_a_text() {
        let heading = [
            ("Section 4", Some(("Section ", "4", ""))),
            ("Section 4: Trade", Some(("Section ", "4", ""))),
            ("Section 4 \u{2013} Trade", Some(("Section ", "4", ""))),
            ("ANNEX B | Ports", Some(("ANNEX ", "B", ""))),
            ("Part 2 of the agreement", None),
            ("Article 4 Scope", Some(("Article ", "4", ""))),
            ("ARTICLE IV (Scope)", Some(("ARTICLE ", "IV", ""))),
            ("Section 4.2 Trade", None),
            ("Trade 4: Ports", None),
        ];
        let paragraph = [
            ("Section 4. The sides agree", Some(("Section ", "4", ""))),
            ("Section 4: the sides agree", Some(("Section ", "4", ""))),
            ("Section 4 \u{2013} the sides agree", None),
            ("Section 4 agrees", None),
            ("Article 4 Scope", Some(("Article ", "4", ""))),
            ("Article 4 The sides agree.", None),
        ];
        for (cases, is_heading) in [(&heading[..], true), (&paragraph, false)] {
            for (text, expected) in cases {
                assert_eq!(labelled(text, is_heading), *expected, "{text}");
            }
        }
    }

    #[test]
    fn a_number_is_read_in_every_alphabet_that_it_may_be_of() {
        let cases: &[(&str, &[(Alphabet, u32)])] = &[
            ("7", &[(Alphabet::Arabic, 7)]),
            ("b", &[(Alphabet::Letter, 2)]),
            ("B", &[(Alphabet::Capital, 2)]),
            ("z", &[(Alphabet::Letter, 26)]),
            ("i", &[(Alphabet::Letter, 9), (Alphabet::Roman, 1)]),
            ("X", &[(Alphabet::Capital, 24), (Alphabet::CapitalRoman, 10)]),
            ("xii", &[(Alphabet::Roman, 12)]),
            ("Xii", &[]),
            ("ab", &[]),
        ];
        for (number, expected) in cases {
            let readings = read(number).unwrap_or_default();
            let found: Vec<_> = readings.iter().map(|reading| (reading.alphabet, reading.value)).collect();
            assert_eq!(found, *expected, "{number}");
        }
    }

    #[test]
    fn markers_inside_a_text_are_told_from_references() {
        let cases: &[(&str, &[&str])] = &[
            ("They will (a) meet; (b) trade; and (c) talk.", &["(a)", "(b)", "(c)"]),
            ("They agree on (a) and (b) above.", &[]),
            ("They met (b) there.", &[]),
            ("Under paragraph (a) they meet, under sub-paragraphs (a) they trade.", &[]),
            ("In footnote (a) they say so.", &[]),
            ("They agree (a) 5 times.", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(inside(text, 0).map(|marker| marker.written).collect::<Vec<_>>(), *expected, "{text}");
        }
    }

    #[test]
    fn a_drawn_label_is_taken_apart() {
        let cases = [
            ("1.", Some(("", "."))),
            ("12", Some(("", ""))),
            ("(b)", Some(("(", ")"))),
            ("1.2.3", Some(("", ""))),
            ("Article 3.", Some(("Article ", "."))),
            ("\u{a7} iv)", Some(("\u{a7} ", ")"))),
            ("\u{4e00}\u{3001}", None),
            ("\u{2022}", None),
        ];
        for (label, expected) in cases {
            let found = drawn_number(label).map(|(before, _, behind)| (before, behind));
            let expected = expected.map(|(before, behind): (&str, &str)| (before.to_owned(), behind.to_owned()));
            assert_eq!(found, expected, "{label}");
        }
    }

    #[test]
    fn an_item_is_indented_by_the_white_space_before_its_number() {
        let cases = [
            ("1. ", Some(("1.", 0))),
            ("  (a) ", Some(("(a)", 2))),
            ("\t(a) ", Some(("(a)", 4))),
            (" \t1. **", Some(("1.", 5))),
            ("  ", None),
        ];
        for (line, expected) in cases {
            assert_eq!(item_number(line), expected, "{line}");
        }
    }
}
