//! Where in the text of a pack a rule goes.

use std::ops::Range;

use crate::rule::phrase::Boundary;
use crate::yaml::Document;

/// Where in the text of a pack a rule is to be put, and how the rules there are written.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// What is replaced: nothing, or the `[]` of an empty list.
    pub(super) at: Range<usize>,
    /// What stands before each line of a rule.
    pub(super) indent: String,
    /// What goes before the rule: a line end, an empty line.
    pub(super) before: String,
    pub(super) line_end: &'static str,
    /// Whether the pack has no rules yet.
    pub(super) is_first: bool,
    /// Where the phrases of the pack may begin and end.
    pub(super) boundary: Boundary,
}

impl Default for Place {
    fn default() -> Self {
        let boundary = Boundary::default();
        Place { at: 0..0, indent: "  ".to_owned(), before: String::new(), line_end: "\n", is_first: true, boundary }
    }
}

impl Place {
    /// Behind the last rule of the pack with this text.
    ///
    /// # Errors
    /// What is in the way.
    pub(super) fn in_pack(text: &str) -> Result<Place, &'static str> {
        let mut at = 0;
        let lines: Vec<(usize, &str)> = text
            .split_inclusive('\n')
            .map(|line| {
                at += line.len();
                (at - line.len(), line)
            })
            .collect();
        let content = |line: &str| line.trim_start_matches('\u{feff}').trim_end().to_owned();
        let head = lines.iter().position(|(_, line)| {
            content(line).strip_prefix("rules").is_some_and(|rest| rest.trim_start().starts_with(':'))
        });
        let head = head.ok_or("`rules:` is not found at the beginning of a line")?;
        let (start, line) = lines[head];
        let line_end = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
        let colon = line.find(':').map_or(0, |colon| colon + 1);
        let value = &line[colon..];
        let value = value.split(" #").next().unwrap_or_default().trim();
        let mut place = Place { line_end, boundary: boundary_of(text), ..Place::default() };
        let behind_line = |index: usize| lines[index].0 + lines[index].1.len();
        if value == "[]" {
            let open = start + colon + line[colon..].find("[]").unwrap_or(0);
            // What stands behind the brackets, a comment, stays on its line.
            if !line[colon..].trim_end().ends_with("[]") {
                return Err("a comment stands behind `rules: []`; write `rules:` there");
            }
            place.at = open..start + line.len();
            place.before = line_end.to_owned();
            return Ok(place);
        }
        if !value.is_empty() {
            return Err("its rules stand in brackets; write each as `- id: ...` on lines of its own");
        }
        let is_item = |line: &str| line.trim_start_matches(' ').starts_with("- ") || line.trim() == "-";
        let indent_of = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let is_blank = |line: &str| line.trim().is_empty();
        let is_comment = |line: &str| line.trim_start().starts_with('#');
        let first = (head + 1..lines.len()).find(|&i| !is_blank(lines[i].1) && !is_comment(lines[i].1));
        let first = first.filter(|&i| is_item(lines[i].1));
        let mut last = head;
        if let Some(first) = first {
            let indent = indent_of(lines[first].1);
            place.indent = " ".repeat(indent);
            place.is_first = false;
            let mut spaced = false;
            last = first;
            for (index, (_, line)) in lines.iter().enumerate().skip(first) {
                if is_blank(line) {
                    continue;
                }
                let depth = indent_of(line);
                let item = depth == indent && is_item(line) && !line.starts_with("---");
                if depth > indent || item {
                    let above = (first..index).rev().find(|&above| !is_comment(lines[above].1));
                    spaced |= item && above.is_some_and(|above| is_blank(lines[above].1));
                    last = index;
                } else if !is_comment(line) {
                    break;
                }
            }
            if spaced {
                place.before = line_end.to_owned();
            }
        }
        if !lines[last].1.ends_with('\n') {
            place.before.insert_str(0, line_end);
        }
        place.at = behind_line(last)..behind_line(last);
        Ok(place)
    }
}

/// Where the phrases of the pack with this text may begin and end. What is wrong with the pack is told when it is read.
fn boundary_of(text: &str) -> Boundary {
    let document = Document::parse("the pack", text).ok();
    let given = document.as_ref().and_then(|document| document.root().value().get("boundary")?.as_str());
    Boundary::NAMES
        .iter()
        .find(|(name, _)| Some(*name) == given)
        .map_or_else(Boundary::default, |(_, boundary)| *boundary)
}
