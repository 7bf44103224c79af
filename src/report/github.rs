//! `github`: workflow commands of GitHub Actions, which become annotations of the lines of a pull request.
//!
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>; what is escaped is in
//! <https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts>

use std::io;

use termcolor::WriteColor;

use super::{Failure, FailurePlace, Format, Reporter, Settings, advice, slashes};
use crate::draft::Draft;
use crate::finding::Finding;
use crate::rule::Severity;
use crate::shown::Shown;

pub(super) const FORMAT: Format = Format {
    name: "github",
    about: "workflow commands of GitHub Actions: annotations",
    suppressed: false,
    begin: |_: &Settings| Box::new(Github),
};

struct Github;

impl Reporter for Github {
    fn draft(&mut self, out: &mut dyn WriteColor, _: &Draft, findings: &[Finding]) -> io::Result<()> {
        for finding in findings {
            let Finding { start, end, .. } = finding;
            let file = property(&slashes(&finding.draft));
            write!(out, "::{} file={file},line={}", command(finding.severity()), start.line)?;
            // Columns are taken only of what is in one line.
            if start.line == end.line {
                write!(out, ",col={},endColumn={}", start.column, end.column)?;
            }
            write!(out, ",endLine={},title={}", end.line, property(finding.rule.id().as_str()))?;
            writeln!(out, "::{}", data(&text(finding)))?;
        }
        Ok(())
    }

    fn failed(&mut self, out: &mut dyn WriteColor, failure: &Failure) -> io::Result<()> {
        write!(out, "::error ")?;
        if let Some(FailurePlace { path, start, end }) = failure.place() {
            write!(out, "file={},line={}", property(&slashes(path)), start.line)?;
            if start.line == end.line {
                write!(out, ",col={},endColumn={}", start.column, end.column)?;
            }
            write!(out, ",endLine={},", end.line)?;
        }
        writeln!(out, "title=comity::{}", data(failure.message()))
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

/// Text behind the command. What is left of control characters is shown: the log is read in terminals too.
fn data(text: &str) -> String {
    Shown(&encoded(text)).to_string()
}

/// The value of a property.
fn property(text: &str) -> String {
    Shown(&encoded(text).replace(':', "%3A").replace(',', "%2C")).to_string()
}

fn encoded(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}
