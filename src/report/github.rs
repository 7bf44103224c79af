//! `github`: workflow commands of GitHub Actions, which become annotations of the lines of a pull request.
//!
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use std::io;

use termcolor::WriteColor;

use super::{Failure, FailurePlace, NotRead, ReportFormat, ReportSettings, Reporter, advice};
use crate::draft::Draft;
use crate::escape::{slashes, workflow_data, workflow_property};
use crate::finding::Finding;
use crate::rule::Severity;

pub(super) const FORMAT: ReportFormat = ReportFormat {
    name: "github",
    about: "workflow commands of GitHub Actions: annotations",
    suppressed: false,
    begin: |_: &ReportSettings| Box::new(Github),
};

struct Github;

impl Reporter for Github {
    fn draft(&mut self, out: &mut dyn WriteColor, _: &Draft, findings: &[Finding]) -> io::Result<()> {
        for finding in findings {
            let Finding { start, end, .. } = finding;
            let file = workflow_property(&slashes(&finding.draft));
            write!(out, "::{} file={file},line={}", command(finding.severity()), start.line)?;
            // Columns are taken only of what is in one line.
            if start.line == end.line {
                write!(out, ",col={},endColumn={}", start.column, end.column)?;
            }
            write!(out, ",endLine={},title={}", end.line, workflow_property(finding.rule.id().as_str()))?;
            writeln!(out, "::{}", workflow_data(&text(finding)))?;
        }
        Ok(())
    }

    fn failed(&mut self, out: &mut dyn WriteColor, failure: &Failure) -> io::Result<()> {
        write!(out, "::error ")?;
        if let Some(FailurePlace { path, start, end }) = failure.place() {
            write!(out, "file={},line={}", workflow_property(&slashes(path)), start.line)?;
            if start.line == end.line {
                write!(out, ",col={},endColumn={}", start.column, end.column)?;
            }
            write!(out, ",endLine={},", end.line)?;
        }
        writeln!(out, "title=comity::{}", workflow_data(failure.message()))
    }

    fn not_read(&mut self, out: &mut dyn WriteColor, not_read: &NotRead) -> io::Result<()> {
        // Every page has as much of these, and GitHub shows ten notices a step.
        if not_read.reason.is_ordinary() {
            return Ok(());
        }
        let path = slashes(&not_read.path);
        write!(out, "::notice file={}", workflow_property(&path))?;
        if let [(first, last)] = not_read.lines.as_slice() {
            write!(out, ",line={first},endLine={last}")?;
        }
        writeln!(out, ",title=not read::{}", workflow_data(&format!("{path}: {}", not_read.message)))
    }
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

fn text(finding: &Finding) -> String {
    let mut text = advice(finding);
    for note in &finding.notes {
        text += &format!("\n{note}");
    }
    if let Some(why) = finding.rule.why() {
        text += &format!("\nwhy: {why}");
    }
    text
}
