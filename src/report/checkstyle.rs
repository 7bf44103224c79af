//! `checkstyle`: the XML of Checkstyle, which many servers and bots read.
//!
//! <https://github.com/checkstyle/checkstyle/blob/master/src/main/java/com/puppycrawl/tools/checkstyle/XMLLogger.java>; there is
//! no other specification.

use std::io;

use termcolor::WriteColor;

use super::{ReportFormat, ReportSettings, Reporter, advice};
use crate::draft::Draft;
use crate::escape::{Xml, slashes};
use crate::finding::Finding;
use crate::rule::Severity;

pub(super) const FORMAT: ReportFormat = ReportFormat {
    name: "checkstyle",
    about: "the XML of Checkstyle",
    suppressed: false,
    begin: |_: &ReportSettings| Box::new(Checkstyle),
};

struct Checkstyle;

impl Reporter for Checkstyle {
    fn start(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"8.0\">")
    }

    fn draft(&mut self, out: &mut dyn WriteColor, draft: &Draft, findings: &[Finding]) -> io::Result<()> {
        writeln!(out, "  <file name=\"{}\">", Xml(&slashes(draft.name())))?;
        for finding in findings {
            let (start, severity, id) = (finding.start, severity(finding.severity()), finding.rule.id());
            writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{}\" source=\"comity.{id}\"/>",
                start.line,
                start.column,
                Xml(&advice(finding)),
            )?;
        }
        writeln!(out, "  </file>")
    }

    fn finish(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        writeln!(out, "</checkstyle>")
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "info",
    }
}
