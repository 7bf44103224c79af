//! `pattern`: reports each match of a regular expression in the plain text of a block, where a line break is one space.
//!
//! ```yaml
//! - id: share-of-gdp
//!   kind: pattern
//!   regex: '(?i)\d+(\.\d+)?\s?(%|per cent|percent) of GDP'
//!   suggest: ["$1 $2"]
//! ```
//!
//! The syntax is that of the crate `regex`. Text that every match must hold is looked for first, in the same pass as the
//! phrases of all rules, so that a pattern costs nothing in a block that has none of it.

use std::sync::OnceLock;

use regex::{Captures, Regex, RegexBuilder};
use regex_syntax::hir::{Class, Hir, HirKind};

use super::{Context, Entry, Kind, Report, Shared, templates};
use crate::rule::suggest::Template;
use crate::span::Span;
use crate::yaml::{Fields, Text};

pub(super) const ENTRY: Entry = Entry { name: "pattern", read };

/// The largest compiled expression, in bytes.
const SIZE_LIMIT: usize = 1 << 20;

#[derive(Debug)]
struct Pattern {
    source: Box<str>,
    /// Compiled when a block may hold a match: most expressions are never needed.
    regex: OnceLock<Option<Regex>>,
    literals: Vec<String>,
    suggestions: Vec<Template>,
}

fn read(fields: &Fields<'_>, shared: &Shared) -> Option<Box<dyn Kind>> {
    let help = "give the regular expression to look for, between single quotes";
    let text = fields.require("regex", help).and_then(|node| node.text());
    let suggestions = fields.get("suggest").map(|node| templates(&node)).unwrap_or_default();
    let text = text?;
    let hir = parse(&text)?;
    // The expressions of the packs that come with the program are compiled in a test.
    let regex = if shared.tested { OnceLock::new() } else { OnceLock::from(Some(compile(&text)?)) };
    let literals = required_by(&hir).unwrap_or_default();
    Some(Box::new(Pattern { source: text.value.into(), regex, literals, suggestions }))
}

fn parse(text: &Text<'_>) -> Option<Hir> {
    let (message, span) = match regex_syntax::parse(text.value) {
        Ok(hir) if hir.properties().minimum_len() == Some(0) => {
            let help = "make sure that a match holds at least one character".to_owned();
            text.problem("bad-regex", "the regular expression matches where there is nothing", Some(help));
            return None;
        }
        Ok(hir) => return Some(hir),
        Err(regex_syntax::Error::Parse(error)) => (error.kind().to_string(), *error.span()),
        Err(regex_syntax::Error::Translate(error)) => (error.kind().to_string(), *error.span()),
        Err(other) => {
            text.problem("bad-regex", other.to_string(), None);
            return None;
        }
    };
    let bytes = span.start.offset..span.end.offset;
    text.problem_within("bad-regex", bytes, format!("the regular expression: {message}"), "");
    None
}

fn compile(text: &Text<'_>) -> Option<Regex> {
    match build(text.value) {
        Ok(regex) => Some(regex),
        Err(error) => {
            text.problem("bad-regex", format!("the regular expression: {error}"), None);
            None
        }
    }
}

fn build(regex: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(regex).size_limit(SIZE_LIMIT).build()
}

/// Folded texts of which every match of the expression holds one; `None` if that cannot be told.
fn required_by(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Concat(parts) => {
            let mut found: Vec<Vec<String>> = Vec::new();
            let mut run = String::new();
            for part in parts {
                match folded(part) {
                    Some(text) => run.push_str(&text),
                    None => {
                        found.extend(certain(&std::mem::take(&mut run)).map(|text| vec![text]));
                        found.extend(required_by(part));
                    }
                }
            }
            found.extend(certain(&run).map(|text| vec![text]));
            found.into_iter().max_by_key(|texts| texts.iter().map(String::len).min())
        }
        HirKind::Capture(capture) => required_by(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required_by(&repetition.sub),
        HirKind::Alternation(parts) => {
            let all: Option<Vec<_>> = parts.iter().map(required_by).collect();
            let mut texts = all?.concat();
            texts.sort();
            texts.dedup();
            Some(texts)
        }
        _ => certain(&folded(hir)?).map(|text| vec![text]),
    }
}

/// The one text that all matches of an expression are once folded, if they are: a literal, or the cases of one letter. What
/// folding may change in ways that depend on its neighbours is a space here.
fn folded(hir: &Hir) -> Option<String> {
    let fold = |c: char| match c {
        // Two letters beyond ASCII that an expression without case matches, and that folding makes ASCII.
        '\u{17f}' => 's',
        '\u{212a}' => 'k',
        c if c.is_ascii_alphanumeric() => c.to_ascii_lowercase(),
        _ => ' ',
    };
    match hir.kind() {
        HirKind::Literal(literal) => Some(std::str::from_utf8(&literal.0).ok()?.chars().map(fold).collect()),
        HirKind::Class(Class::Unicode(class)) => {
            let mut chars = class.ranges().iter().flat_map(|range| (range.start()..=range.end()).take(4)).map(fold);
            let first = chars.next()?;
            (first != ' ' && chars.take(8).all(|c| c == first)).then(|| first.to_string())
        }
        _ => None,
    }
}

/// The longest word of a folded text, without the last character: a combining mark may follow it in a draft.
fn certain(text: &str) -> Option<String> {
    let mut chars = text.chars();
    chars.next_back();
    let longest = chars.as_str().split(' ').max_by_key(|part| part.len())?;
    (longest.len() >= 2).then(|| longest.to_owned())
}

impl Kind for Pattern {
    fn literals(&self) -> &[String] {
        &self.literals
    }

    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let mut reports = Vec::new();
        if context.blocks.is_empty() {
            return reports;
        }
        let Some(regex) = self.regex.get_or_init(|| build(&self.source).ok()) else {
            return reports;
        };
        for &block in context.blocks {
            for captures in regex.captures_iter(context.block(block).text()) {
                let Some(found) = captures.get(0).filter(|found| !found.is_empty()) else {
                    continue;
                };
                let span = Span::new(found.start(), found.end());
                if context.in_scope(block, span) {
                    reports.push(Report { block, span, suggestions: self.suggest(&captures) });
                }
            }
        }
        reports
    }

    fn looks_for(&self) -> Vec<String> {
        vec![self.source.to_string()]
    }

    fn suggestions(&self) -> Vec<&str> {
        self.suggestions.iter().map(Template::text).collect()
    }
}

impl Pattern {
    fn suggest(&self, captures: &Captures<'_>) -> Vec<String> {
        let expand = |template: &Template| {
            let mut text = String::new();
            captures.expand(template.text(), &mut text);
            text
        };
        self.suggestions.iter().map(expand).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_match_must_hold_is_told() {
        let cases: &[(&str, &[&str])] = &[
            (r"\d+ per cent", &["cen"]),
            (r"(?i)\d+ GDP growth", &["growt"]),
            (r"(foo|bar)+baz\d", &["ba"]),
            (r"\d+", &[]),
            (r"(tripling)?\d", &[]),
            (r"(?i)(MASGA|SKATER)\b", &["masg", "skate"]),
            (r"(?i)a[bc]d é xyz", &["xy"]),
        ];
        for (regex, expected) in cases {
            let found = required_by(&regex_syntax::parse(regex).unwrap()).unwrap_or_default();
            assert_eq!(found, *expected, "{regex}");
        }
    }
}
