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

use super::{Context, Entry, Kind, Report, Shared, Site, templates};
use crate::rule::suggest::Template;
use crate::span::Span;
use crate::yaml::{Fields, Text};

pub(super) const ENTRY: Entry = Entry { name: "pattern", about: "reports each match of a regular expression", read };

/// The largest compiled expression, in bytes.
const SIZE_LIMIT: usize = 1 << 20;

#[derive(Debug)]
struct Pattern {
    source: Box<str>,
    /// Compiled when a block may hold a match: most expressions are never needed.
    regex: OnceLock<Option<Regex>>,
    literals: Vec<String>,
    /// Where there are no such literals: texts of which every match holds one as it is, punctuation too.
    signs: Vec<String>,
    suggestions: Vec<Template>,
}

fn read(fields: &Fields<'_>, shared: &Shared) -> Option<Box<dyn Kind>> {
    let help = "give the regular expression to look for, between single quotes";
    let text = fields.require("regex", help).and_then(|node| node.text());
    let suggestions = fields.get("suggest").map(|node| templates(&node)).unwrap_or_default();
    let text = text?;
    let hir = parse(&text)?;
    if !shared.tested {
        check_groups(fields, text.value);
    }
    // The expressions of the packs that come with the program are compiled in a test.
    let regex = if shared.tested { OnceLock::new() } else { OnceLock::from(Some(compile(&text)?)) };
    let literals = required_by(&hir).unwrap_or_default();
    let signs = if literals.is_empty() { signs_of(&hir).unwrap_or_default() } else { Vec::new() };
    Some(Box::new(Pattern { source: text.value.into(), regex, literals, signs, suggestions }))
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
        c if c.is_ascii() => ' ',
        _ => BEYOND_ASCII,
    };
    match hir.kind() {
        HirKind::Literal(literal) => Some(std::str::from_utf8(&literal.0).ok()?.chars().map(fold).collect()),
        HirKind::Class(Class::Unicode(class)) => {
            let mut chars = class.ranges().iter().flat_map(|range| (range.start()..=range.end()).take(4)).map(fold);
            let first = chars.next()?;
            (first.is_ascii_alphanumeric() && chars.take(8).all(|c| c == first)).then(|| first.to_string())
        }
        _ => None,
    }
}

/// Texts, as they are, of which every match of the expression holds one; `None` if that cannot be told.
fn signs_of(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => Some(vec![std::str::from_utf8(&literal.0).ok()?.to_owned()]),
        HirKind::Concat(parts) => {
            let found = parts.iter().filter_map(signs_of);
            found.max_by_key(|texts| texts.iter().map(|text| text.trim().len()).min())
        }
        HirKind::Capture(capture) => signs_of(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => signs_of(&repetition.sub),
        HirKind::Alternation(parts) => {
            let all: Option<Vec<_>> = parts.iter().map(signs_of).collect();
            all.map(|all| all.concat())
        }
        HirKind::Class(Class::Unicode(class)) => {
            let count: usize =
                class.ranges().iter().map(|range| range.end() as usize - range.start() as usize + 1).sum();
            let chars = || class.ranges().iter().flat_map(|range| range.start()..=range.end());
            (count <= 8).then(|| chars().map(String::from).collect())
        }
        _ => None,
    }
}

/// What stands for a character that folding may join with the one before it.
const BEYOND_ASCII: char = '\u{1}';

/// The longest word of a folded text that folding is certain to leave together. What may be joined by a combining mark behind
/// it, in the expression or in a draft, is left out.
fn certain(text: &str) -> Option<String> {
    let sure =
        text.split(BEYOND_ASCII).map(|part| part.char_indices().next_back().map_or("", |(last, _)| &part[..last]));
    let longest = sure.flat_map(|part| part.split(' ')).max_by_key(|word| word.len())?;
    (longest.len() >= 2).then(|| longest.to_owned())
}

/// Records every `$1` and `$name` of the suggestions that is no group of the expression.
fn check_groups(fields: &Fields<'_>, regex: &str) {
    let Ok(ast) = regex_syntax::ast::parse::Parser::new().parse(regex) else {
        return;
    };
    let mut groups = Groups::default();
    // The visitor cannot fail.
    let _ = regex_syntax::ast::visit(&ast, &mut groups);
    for text in fields.texts("suggest") {
        for (at, name) in references(text.value) {
            let number = name.parse::<u32>();
            if !number.map_or(groups.names.iter().any(|known| known == name), |number| number <= groups.last) {
                let message = format!("`${name}` is no group of the regular expression");
                text.problem_within(
                    "unknown-group",
                    at..at + 1 + name.len(),
                    message,
                    "write `${1}x` where a letter follows, `$$` for a dollar sign",
                );
            }
        }
    }
}

/// The groups of an expression: the highest number, and the names.
#[derive(Default)]
struct Groups {
    last: u32,
    names: Vec<String>,
}

impl regex_syntax::ast::Visitor for &mut Groups {
    type Output = ();
    type Err = std::convert::Infallible;

    fn finish(self) -> Result<(), Self::Err> {
        Ok(())
    }

    fn visit_pre(&mut self, ast: &regex_syntax::ast::Ast) -> Result<(), Self::Err> {
        if let regex_syntax::ast::Ast::Group(group) = ast {
            self.last = self.last.max(group.capture_index().unwrap_or(0));
            if let regex_syntax::ast::GroupKind::CaptureName { name, .. } = &group.kind {
                self.names.push(name.name.clone());
            }
        }
        Ok(())
    }
}

/// Where each `$name` of a replacement stands, as the crate `regex` reads it, and the name.
fn references(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(dollar) = text[at..].find('$').map(|i| at + i) {
        let rest = &text[dollar + 1..];
        if rest.starts_with('$') {
            at = dollar + 2;
            continue;
        }
        let (name, skip) = match rest.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
            Some((name, _)) => (name, 2),
            None => (&rest[..rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len())], 0),
        };
        if !name.is_empty() {
            found.push((dollar, name));
        }
        at = dollar + 1 + name.len() + skip;
    }
    found
}

impl Kind for Pattern {
    fn literals(&self) -> &[String] {
        &self.literals
    }

    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let mut reports = Vec::new();
        // Most drafts hold nothing of what most expressions need: then there is nothing to compile.
        let may_match = |block: &usize| {
            let text = context.block(*block).text();
            self.signs.is_empty() || self.signs.iter().any(|sign| text.contains(sign.as_str()))
        };
        if !context.blocks.iter().any(may_match) {
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
                    reports.push(Report::at(Site { block, span }).suggest(self.suggest(&captures)));
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
            ("Cote\u{301} d", &["cot"]),
        ];
        for (regex, expected) in cases {
            let found = required_by(&regex_syntax::parse(regex).unwrap()).unwrap_or_default();
            assert_eq!(found, *expected, "{regex}");
        }
        let signs = |regex: &str| signs_of(&regex_syntax::parse(regex).unwrap()).unwrap_or_default();
        assert_eq!(signs(r"\[[a-z ]+\]"), ["]"]);
        assert_eq!(signs(r"[.;]\s?(,,|\?\?)"), [",,", "??"]);
        assert!(signs(r"\s+\w").is_empty());
    }
}
