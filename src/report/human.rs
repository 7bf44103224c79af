//! `human`: compiler-style diagnostics, drawn by codespan-reporting.

use std::io;

use codespan_reporting::diagnostic::{Diagnostic, Label, Severity as Level};
use codespan_reporting::term::termcolor::WriteColor;
use codespan_reporting::term::{self, Config};

use super::view::{Page, View};
use super::{Format, Reporter, Settings};
use crate::draft::Draft;
use crate::finding::Finding;
use crate::rule::{Rule, Severity};
use crate::shown::Shown;

pub(super) const FORMAT: Format = Format {
    name: "human",
    about: "a diagnostic a finding, with its line of the draft",
    begin: |settings: &Settings| Box::new(Human { width: settings.width }),
};

/// The columns that the line number and the border take at most.
const GUTTER: usize = 8;

struct Human {
    width: usize,
}

impl Reporter for Human {
    fn draft(&mut self, out: &mut dyn WriteColor, draft: &Draft, findings: &[Finding]) -> io::Result<()> {
        let page = Page { name: draft.name(), text: draft.source(), lines: draft.lines() };
        for finding in findings {
            let view = View::new(&page, &[finding.span], self.width.saturating_sub(GUTTER).max(40));
            emit(out, &view, &diagnostic(finding, &view))?;
        }
        Ok(())
    }
}

/// Draws one diagnostic, with an empty line behind it.
pub(super) fn emit(out: &mut dyn WriteColor, view: &View, diagnostic: &Diagnostic<()>) -> io::Result<()> {
    let config = Config::default();
    match term::emit_to_write_style(&mut &mut *out, &config, view, diagnostic) {
        Ok(()) => Ok(()),
        Err(codespan_reporting::files::Error::Io(error)) => Err(error),
        Err(other) => Err(io::Error::other(other)),
    }
}

fn diagnostic(finding: &Finding, view: &View) -> Diagnostic<()> {
    let level = match finding.severity() {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Note => Level::Note,
    };
    let mut label = Label::primary((), view.labels[0].clone());
    if !finding.suggestions.is_empty() {
        let all: Vec<_> = finding.suggestions.iter().map(|s| Shown(&s.text).to_string()).collect();
        label = label.with_message(format!("say: {}", all.join("; or: ")));
    }
    Diagnostic::new(level)
        .with_code(finding.rule.id().as_str())
        .with_message(Shown(&finding.message))
        .with_labels(vec![label])
        .with_notes(notes(&finding.rule))
}

fn notes(rule: &Rule) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(why) = rule.why() {
        notes.push(format!("why: {}", Shown(&continued(why))));
    }
    if !rule.objection().is_empty() {
        notes.push(format!("likely objection: {}", Shown(&rule.objection().join(", "))));
    }
    let explain = format!("comity explain {}", rule.id());
    notes.push(match rule.source() {
        Some(source) => format!("source: {}; {explain}", Shown(&source.title)),
        None => explain,
    });
    notes
}

/// A sentence as it reads behind a colon: in one line, a small word at its start in lower case.
fn continued(sentence: &str) -> String {
    const SMALL: &[&str] = &[
        "A", "An", "As", "Any", "Each", "Even", "If", "In", "It", "On", "Such", "The", "These", "This", "To", "What",
        "When",
    ];
    let line = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    let first = line.split(' ').next().unwrap_or_default();
    if SMALL.contains(&first) { format!("{}{}", first.to_lowercase(), &line[first.len()..]) } else { line }
}
