//! The insertion point of a rule in the text of a pack.

use std::ops::Range;

use crate::rule::phrase::Boundary;
use crate::yaml::{Document, YamlNode, YamlString};

/// The insertion point of a rule in the text of a pack, and the style of the rules there.
#[derive(Debug, Clone)]
pub(super) struct InsertionPoint {
    /// The bytes that are replaced: none, or the `[]` of an empty list.
    pub(super) at: Range<usize>,
    /// The indent of each line of a rule.
    pub(super) indent: String,
    /// The text before the rule: a line end, an empty line.
    pub(super) before: String,
    pub(super) line_end: &'static str,
    /// True if the pack has no rules yet.
    pub(super) is_first: bool,
    /// The boundaries of the phrases of the pack.
    pub(super) boundary: Boundary,
}

impl Default for InsertionPoint {
    fn default() -> Self {
        let boundary = Boundary::default();
        InsertionPoint {
            at: 0..0,
            indent: "  ".to_owned(),
            before: String::new(),
            line_end: "\n",
            is_first: true,
            boundary,
        }
    }
}

impl InsertionPoint {
    /// Finds the point behind the last rule of a pack. The document does not have the mark that its `text` may begin with.
    ///
    /// # Errors
    /// What is in the way.
    pub(super) fn in_pack(document: &Document, text: &str) -> Result<InsertionPoint, &'static str> {
        let fields = document.root().fields();
        let starts_line =
            |key: &YamlString<'_>| start_of_line(document.text(), key.span().start()) == key.span().start();
        let rules = fields.as_ref().and_then(|fields| fields.key("rules")).filter(|(key, _)| starts_line(key));
        let (Some(fields), Some((key, rules))) = (&fields, rules) else {
            return Err("`rules:` is not found at the beginning of a line");
        };
        let boundary = fields.text("boundary").and_then(|text| text.choose("boundary", Boundary::NAMES));
        let mark = text.len() - document.text().len();
        let text = document.text();
        let line_end = if line_at(text, key.span().start()).ends_with("\r\n") { "\r\n" } else { "\n" };
        let mut point =
            InsertionPoint { line_end, boundary: boundary.unwrap_or_default(), ..InsertionPoint::default() };
        let (span, end) = rules.place();
        let items = if rules.is_null() { Vec::new() } else { rules.items().unwrap_or_default() };
        if text[span.range()].starts_with(['[', '{']) {
            if !items.is_empty() {
                return Err("its rules stand in brackets; write each as `- id: ...` on lines of its own");
            }
            // What stands behind the brackets, a comment, would stay on its line.
            let line = line_at(text, span.start());
            if !line.trim_end().ends_with(']') {
                return Err("`[]` of `rules` is not the end of its line; write `rules:` there");
            }
            let line_end_at = start_of_line(text, span.start()) + line.len();
            point.at = mark + span.start()..mark + line_end_at;
            point.before = line_end.to_owned();
            return Ok(point);
        }
        let last = if items.is_empty() { key.span().end() } else { point.behind(text, end, &items) };
        let behind = start_of_line(text, last) + line_at(text, last).len();
        if !text[..behind].ends_with('\n') {
            point.before.insert_str(0, line_end);
        }
        point.at = mark + behind..mark + behind;
        Ok(point)
    }

    /// A byte of the last line of a list of rules in lines of their own, the comments that are set in with it among them. Takes over how
    /// they are written.
    fn behind(&mut self, text: &str, end: usize, items: &[YamlNode<'_>]) -> usize {
        // The hyphen of the first: it may have a name (`- &name`), or the rule may begin on the next line.
        let first = items[0].place().0.start();
        let line = line_at(text, first);
        let start = match line.find(|c| c != ' ').filter(|&at| line[at..].starts_with('-')) {
            Some(at) => start_of_line(text, first) + at,
            None => text[..first].trim_end().len().saturating_sub(1),
        };
        let indent = start - start_of_line(text, start);
        self.indent = " ".repeat(indent);
        self.is_first = false;
        // Rules are spaced if an empty line stands before one of them, or before the comments above it.
        let above = |item: &YamlNode<'_>| text[..start_of_line(text, item.place().0.start())].lines().rev();
        let is_spaced = |item: &YamlNode<'_>| {
            let mut lines = above(item).skip_while(|line| line.trim_start().starts_with('#'));
            lines.next().is_some_and(|line| line.trim().is_empty())
        };
        if items[1..].iter().any(is_spaced) {
            self.before = self.line_end.to_owned();
        }
        let mut last = start;
        let mut at = start;
        for line in text[start..end].split_inclusive('\n') {
            let content = line.trim_start_matches(' ');
            let is_own = at == start || !content.starts_with('#') || line.len() - content.len() > indent;
            if is_own && !line.trim().is_empty() {
                last = at;
            }
            at += line.len();
        }
        last
    }
}

/// Returns the beginning of the line that a byte stands in.
fn start_of_line(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// The line that a byte stands in, with its end.
fn line_at(text: &str, at: usize) -> &str {
    text[start_of_line(text, at)..].split_inclusive('\n').next().unwrap_or_default()
}
