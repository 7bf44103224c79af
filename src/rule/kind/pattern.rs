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
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Hir, HirKind};

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
    let inside = match hir.kind() {
        // Every match holds a match of each part, and one of each run of parts that ends the whole.
        HirKind::Concat(parts) => {
            let runs = (1..parts.len()).filter_map(|start| extract(&Hir::concat(parts[start..].to_vec())));
            runs.chain(parts.iter().filter_map(required_by)).max_by_key(|found| shortest(found))
        }
        HirKind::Capture(capture) => required_by(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required_by(&repetition.sub),
        HirKind::Alternation(parts) => {
            let all: Option<Vec<_>> = parts.iter().map(required_by).collect();
            all.map(|all| distinct(all.concat()))
        }
        _ => None,
    };
    inside.into_iter().chain(extract(hir)).max_by_key(|found| shortest(found))
}

/// Texts with one of which every match begins.
fn extract(hir: &Hir) -> Option<Vec<String>> {
    let sequence = Extractor::new().extract(hir);
    let literals = sequence.literals()?;
    let folded: Option<Vec<_>> =
        literals.iter().map(|literal| std::str::from_utf8(literal.as_bytes()).ok().and_then(certain)).collect();
    folded.map(distinct).filter(|found| !found.is_empty())
}

fn shortest(literals: &[String]) -> usize {
    literals.iter().map(String::len).min().unwrap_or(0)
}

fn distinct(mut literals: Vec<String>) -> Vec<String> {
    literals.sort();
    literals.dedup();
    literals
}

/// The longest part of a literal that folding is certain to keep as it is but for case: ASCII letters and digits. The last one
/// of the literal is left out, for a combining mark may follow it in a draft.
fn certain(literal: &str) -> Option<String> {
    let mut chars = literal.chars();
    chars.next_back();
    // Two letters beyond ASCII that an expression without case matches, and that folding makes ASCII.
    let literal = chars.as_str().replace('\u{17f}', "s").replace('\u{212a}', "k");
    literal
        .split(|c: char| !c.is_ascii_alphanumeric())
        .max_by_key(|part| part.len())
        .filter(|part| part.len() >= 2)
        .map(str::to_ascii_lowercase)
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
            (r"(?i)\d+ GDP growth", &["gd", "growt"]),
            (r"(foo|bar)+baz\d", &["fo", "ba"]),
            (r"\d+", &[]),
            (r"(tripling)?\d", &[]),
            (r"(?i)masga", &["masg"]),
        ];
        for (regex, expected) in cases {
            let found = required_by(&regex_syntax::parse(regex).unwrap()).unwrap_or_default();
            if expected.is_empty() {
                assert!(found.is_empty(), "{regex}: {found:?}");
            }
            for text in &found {
                assert!(expected.iter().any(|e| text.contains(e) || e.contains(text.as_str())), "{regex}: {found:?}");
            }
            assert_eq!(found.is_empty(), expected.is_empty(), "{regex}: {found:?}");
        }
    }
}
