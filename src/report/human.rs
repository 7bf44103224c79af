//! `human`: compiler-style diagnostics, drawn by codespan-reporting.

use std::io;

use codespan_reporting::diagnostic::{Diagnostic, Label, Severity as Level};
use termcolor::WriteColor;

use super::snippet::draw;
use super::view::{ReportedText, View};
use super::{ReportFormat, ReportSettings, Reporter, say};
use crate::draft::Draft;
use crate::escape::Shown;
use crate::finding::Finding;
use crate::rule::Severity;
use crate::text::collapsed;

pub(super) const FORMAT: ReportFormat = ReportFormat {
    name: "human",
    about: "a diagnostic a finding, with its line of the draft",
    suppressed: false,
    begin: |settings: &ReportSettings| Box::new(Human { width: settings.width }),
};

/// The columns that the line number and the border take at most.
const GUTTER: usize = 8;

struct Human {
    width: usize,
}

impl Reporter for Human {
    fn draft(&mut self, out: &mut dyn WriteColor, draft: &Draft, findings: &[Finding]) -> io::Result<()> {
        for finding in findings {
            let reference = finding.reference(draft);
            let draft = draft.version_of(finding);
            let page =
                ReportedText { name: draft.name(), text: draft.source(), lines: draft.lines(), layout: draft.layout() };
            let spans: Vec<_> = std::iter::once(finding.span).chain(finding.related.iter().map(|r| r.span)).collect();
            let view = View::new(&page, &spans, self.width.saturating_sub(GUTTER).max(40));
            draw(out, &view, &diagnostic(finding, &view, reference))?;
        }
        Ok(())
    }
}

fn diagnostic(finding: &Finding, view: &View, reference: Option<String>) -> Diagnostic<()> {
    let level = match finding.severity() {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Note => Level::Note,
    };
    let mut label = Label::primary((), view.labels[0].clone());
    if !finding.suggestions.is_empty() {
        label = label.with_message(Shown(&say(finding)));
    }
    let mut labels = vec![label];
    for (related, place) in finding.related.iter().zip(&view.labels[1..]) {
        labels.push(Label::secondary((), place.clone()).with_message(Shown(&related.message)));
    }
    Diagnostic::new(level)
        .with_code(finding.rule.id().as_str())
        .with_message(Shown(&finding.message))
        .with_labels(labels)
        .with_notes(notes(finding, reference))
}

/// What is told below the lines; `reference` is the number that the paragraph is known by.
fn notes(finding: &Finding, reference: Option<String>) -> Vec<String> {
    let rule = &finding.rule;
    let mut notes: Vec<String> = finding.notes.iter().map(|note| lines_shown(note)).collect();
    notes.extend(finding.revision.map(|revision| revision.note().to_owned()));
    notes.extend(reference.map(|reference| format!("in: {}", Shown(&reference))));
    if let Some(heading) = finding.paragraph.as_ref().and_then(|paragraph| paragraph.heading.as_deref()) {
        notes.push(format!("under: {}", Shown(&shortened(heading))));
    }
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

/// A heading as a note names it: one that goes on like a paragraph is cut.
fn shortened(heading: &str) -> String {
    const MOST: usize = 80;
    match heading.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}\u{2026}", heading[..at].trim_end()),
        None => heading.to_owned(),
    }
}

/// A note of several lines, each fit for a terminal.
fn lines_shown(note: &str) -> String {
    let lines: Vec<String> = note.lines().map(|line| Shown(line).to_string()).collect();
    lines.join("\n")
}

/// A sentence as it reads behind a colon: in one line, a small word at its start in lower case.
fn continued(sentence: &str) -> String {
    const SMALL: &[&str] = &[
        "A", "An", "As", "Any", "Each", "Even", "If", "In", "It", "On", "Such", "The", "These", "This", "To", "What",
        "When",
    ];
    let line = collapsed(sentence);
    let first = line.split(' ').next().unwrap_or_default();
    if SMALL.contains(&first) { format!("{}{}", first.to_lowercase(), &line[first.len()..]) } else { line }
}
