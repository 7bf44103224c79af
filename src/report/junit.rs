//! `junit`: the XML of JUnit, as Jenkins and GitLab read it: a suite a draft, a failing test a finding, a passing one if there is none.
//!
//! <https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd>

use std::io;

use termcolor::WriteColor;

use super::{Failure, NotRead, ReportFormat, ReportSettings, Reporter, advice};
use crate::draft::Draft;
use crate::escape::{Xml, slashes};
use crate::finding::Finding;
use crate::text::collapsed;

pub(super) const FORMAT: ReportFormat = ReportFormat {
    name: "junit",
    about: "the XML of JUnit: a suite a draft, a failing test a finding",
    suppressed: false,
    begin: |_: &ReportSettings| Box::new(Junit::default()),
};

#[derive(Default)]
struct Junit {
    failures: Vec<String>,
    not_read: Vec<NotRead>,
}

impl Reporter for Junit {
    fn start(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"comity\">")
    }

    fn draft(&mut self, out: &mut dyn WriteColor, draft: &Draft, findings: &[Finding]) -> io::Result<()> {
        let name = slashes(draft.name());
        let name = Xml(&name);
        let (tests, failures) = (findings.len().max(1), findings.len());
        writeln!(out, "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">")?;
        if findings.is_empty() {
            writeln!(out, "    <testcase classname=\"{name}\" name=\"comity\"/>")?;
        }
        for finding in findings {
            let (id, start, severity) = (finding.rule.id(), finding.start, finding.severity());
            writeln!(out, "    <testcase classname=\"{name}\" name=\"{id} at {start}\">")?;
            let message = advice(finding);
            let why = finding.rule.why().map(collapsed);
            let why = why.map(|why| format!("\nwhy: {}", Xml(&why))).unwrap_or_default();
            writeln!(
                out,
                "      <failure type=\"{severity}\" message=\"{0}\">{name}:{start}: {0}{why}</failure>",
                Xml(&message)
            )?;
            writeln!(out, "    </testcase>")?;
        }
        writeln!(out, "  </testsuite>")
    }

    fn failed(&mut self, _: &mut dyn WriteColor, failure: &Failure) -> io::Result<()> {
        self.failures.push(failure.message().to_owned());
        Ok(())
    }

    fn not_read(&mut self, _: &mut dyn WriteColor, not_read: &NotRead) -> io::Result<()> {
        self.not_read.push(not_read.clone());
        Ok(())
    }

    /// Writes the failures as a suite of its own, of tests that did not run, and what was not read as one of tests that were skipped.
    fn finish(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        if !self.failures.is_empty() {
            let count = self.failures.len();
            writeln!(out, "  <testsuite name=\"comity\" tests=\"{count}\" failures=\"0\" errors=\"{count}\">")?;
            for (number, failure) in self.failures.iter().enumerate() {
                writeln!(out, "    <testcase classname=\"comity\" name=\"failure {}\">", number + 1)?;
                writeln!(out, "      <error type=\"error\" message=\"{}\"/>\n    </testcase>", Xml(failure))?;
            }
            writeln!(out, "  </testsuite>")?;
        }
        if !self.not_read.is_empty() {
            let count = self.not_read.len();
            writeln!(
                out,
                "  <testsuite name=\"comity: not read\" tests=\"{count}\" failures=\"0\" errors=\"0\" skipped=\"{count}\">"
            )?;
            for NotRead { path, reason, message, .. } in &self.not_read {
                let path = slashes(path);
                let (path, message) = (Xml(&path), Xml(message));
                writeln!(out, "    <testcase classname=\"{path}\" name=\"{}\">", reason.name())?;
                writeln!(out, "      <skipped message=\"{message}\"/>\n    </testcase>")?;
            }
            writeln!(out, "  </testsuite>")?;
        }
        writeln!(out, "</testsuites>")
    }
}
