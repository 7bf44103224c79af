//! `gitlab`: a Code Quality report, which GitLab shows in merge requests.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>; it is a part of the format of Code Climate, whose
//! other required keys are written as well: <https://github.com/codeclimate/platform/blob/master/spec/analyzers/SPEC.md>

use std::io;

use serde_json::json;
use termcolor::WriteColor;

use super::{Items, ReportFormat, ReportSettings, Reporter, advice};
use crate::draft::Draft;
use crate::escape::slashes;
use crate::finding::Finding;
use crate::rule::Severity;

pub(super) const FORMAT: ReportFormat = ReportFormat {
    name: "gitlab",
    about: "a Code Quality report of GitLab",
    suppressed: false,
    begin: |_: &ReportSettings| Box::new(Gitlab::default()),
};

#[derive(Default)]
struct Gitlab {
    findings: Items,
}

impl Reporter for Gitlab {
    fn start(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        write!(out, "[")
    }

    fn draft(&mut self, out: &mut dyn WriteColor, _: &Draft, findings: &[Finding]) -> io::Result<()> {
        for finding in findings {
            let path = slashes(&finding.draft);
            let entry = json!({
                "type": "issue",
                "categories": ["Style"],
                "description": advice(finding),
                "check_name": finding.rule.id().as_str(),
                // GitLab takes findings with the same fingerprint for one, even if they are in two files.
                "fingerprint": finding.fingerprint.and(&path).to_string(),
                "severity": severity(finding),
                "location": {"path": path, "lines": {"begin": finding.start.line, "end": finding.end.line}},
            });
            self.findings.write(out, &entry)?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        writeln!(out, "\n]")
    }
}

fn severity(finding: &Finding) -> &'static str {
    match finding.severity() {
        Severity::Error if finding.rule.is_redline() => "blocker",
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    }
}
