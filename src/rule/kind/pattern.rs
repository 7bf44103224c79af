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

use regex_automata::meta::Regex;
use regex_automata::util::captures::Captures;
use regex_syntax::hir::Hir;

use super::declaration::{not_wanted, templates};
use super::{Context, Kind, KindEntry, Report};
use crate::declare::{TextList, keys};
use crate::draft::Site;
use crate::rule::expression;
use crate::rule::literal::{Clause, required_by};
use crate::rule::phrase::Shared;
use crate::rule::suggest::Template;
use crate::span::{Plain, Span};
use crate::text::Block;
use crate::yaml::{Fields, YamlString};

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "pattern",
    about: "reports each match of a regular expression",
    message: not_wanted,
    fills: &[],
    keys: KEYS,
    read,
};

keys! {
    /// A regular expression of the Rust crate regex, between single quotes. It sees a block's plain text, where a line break is
    /// one space; `(?i)` where case does not matter.
    regex: String,
    /// Suggestions; `$1` is the first group of the expression.
    suggest: Option<TextList>,
}

#[derive(Debug)]
struct PatternKind {
    source: Box<str>,
    /// Compiled when a block may hold a match: most expressions are never needed.
    regex: OnceLock<Option<Regex>>,
    literals: OnceLock<Vec<Clause>>,
    suggestions: Vec<Template>,
}

fn read(fields: &Fields<'_>, shared: &Shared) -> Option<Box<dyn Kind>> {
    let help = "give the regular expression to look for, between single quotes";
    let text = fields.require("regex", help).and_then(|node| node.text());
    let suggestions = fields.get("suggest").map(|node| templates(&node)).unwrap_or_default();
    let text = text?;
    let mut pattern =
        PatternKind { source: text.value.into(), regex: OnceLock::new(), literals: OnceLock::new(), suggestions };
    // Those of the packs that come with the program are compiled, and told apart, by the build and in a test.
    if !shared.tested {
        let hir = parse(&text)?;
        check_groups(fields, text.value);
        pattern.literals = OnceLock::from(required_by(&hir));
        pattern.regex = OnceLock::from(Some(compile(&text)?));
    }
    Some(Box::new(pattern))
}

fn parse(text: &YamlString<'_>) -> Option<Hir> {
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

fn compile(text: &YamlString<'_>) -> Option<Regex> {
    match expression::build(text.value) {
        Ok(regex) => Some(regex),
        Err(error) => {
            text.problem("bad-regex", format!("the regular expression: {error}"), None);
            None
        }
    }
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

/// Finds each `$name` of a replacement, as the crate `regex` reads it: its start, and the name.
pub(crate) fn references(text: &str) -> Vec<(usize, &str)> {
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

impl Kind for PatternKind {
    fn literals(&self) -> &[Clause] {
        let tell = || regex_syntax::parse(&self.source).map(|hir| required_by(&hir)).unwrap_or_default();
        self.literals.get_or_init(tell)
    }

    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let mut reports = Vec::new();
        let Some(regex) = self.regex.get_or_init(|| expression::build(&self.source).ok()) else {
            return reports;
        };
        for &block in context.blocks {
            for captures in regex.captures_iter(context.block(block).text()) {
                let Some(found) = captures.get_match().filter(|found| !found.is_empty()) else {
                    continue;
                };
                let span = Span::new(found.start(), found.end());
                if context.in_scope(block, span) {
                    let suggestions = self.suggest(&captures, context.block(block).text());
                    reports.push(Report::at(Site { block, span }).suggest(suggestions));
                }
            }
        }
        reports
    }

    fn finds_in(&self, words: &Block) -> Vec<Span<Plain>> {
        let regex = self.regex.get_or_init(|| expression::build(&self.source).ok());
        let found = regex.iter().flat_map(|regex| regex.find_iter(words.text()));
        found.map(|found| Span::new(found.start(), found.end())).filter(|span| !span.is_empty()).collect()
    }

    fn looks_for(&self) -> Vec<String> {
        vec![self.source.to_string()]
    }

    fn suggestions(&self) -> Vec<&str> {
        self.suggestions.iter().map(Template::text).collect()
    }
}

impl PatternKind {
    fn suggest(&self, captures: &Captures, text: &str) -> Vec<String> {
        let expand = |template: &Template| captures.interpolate_string(text, template.text());
        self.suggestions.iter().map(expand).collect()
    }
}
