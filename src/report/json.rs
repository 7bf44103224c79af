//! `json`: one document, versioned, with everything that is known of each finding.
//!
//! `docs/report-json.md` describes the shape, [`super::record`] has it.

use std::io;

use termcolor::WriteColor;

use super::record::{FindingRecord, NotReadRecord, Summary, TakenRecord, VERSION};
use super::{Failure, Items, NotRead, ReportFormat, ReportSettings, Reporter, json_line};
use crate::context::Taken;
use crate::draft::Draft;
use crate::finding::Finding;

pub(super) const FORMAT: ReportFormat = ReportFormat {
    name: "json",
    about: "one document with all that is known of each finding",
    suppressed: true,
    begin: |_: &ReportSettings| Box::new(Json::default()),
};

#[derive(Default)]
struct Json {
    findings: Items,
    drafts: Vec<TakenRecord>,
    not_read: Vec<NotReadRecord>,
    failures: Vec<String>,
    summary: Summary,
}

impl Reporter for Json {
    fn tells_taken(&self) -> bool {
        true
    }

    fn taken(&mut self, draft: &Draft, taken: &Taken) {
        self.drafts.push(TakenRecord::new(draft, taken));
    }

    fn start(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        write!(out, "{{\"version\":{VERSION},\"findings\":[")
    }

    fn draft(&mut self, out: &mut dyn WriteColor, draft: &Draft, findings: &[Finding]) -> io::Result<()> {
        self.summary.add(findings);
        findings.iter().try_for_each(|finding| self.findings.write(out, &FindingRecord::new(draft, finding)))
    }

    fn failed(&mut self, _: &mut dyn WriteColor, failure: &Failure) -> io::Result<()> {
        self.failures.push(failure.message().to_owned());
        self.summary.failures += usize::from(matches!(failure, Failure::Unchecked(_)));
        Ok(())
    }

    fn not_read(&mut self, _: &mut dyn WriteColor, not_read: &NotRead) -> io::Result<()> {
        self.not_read.push(NotReadRecord::new(not_read));
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        let not_read = json_line(&self.not_read)?;
        let (drafts, failures) = (json_line(&self.drafts)?, json_line(&self.failures)?);
        let summary = json_line(&self.summary)?;
        writeln!(out, "\n],\"drafts\":{drafts},\"not_read\":{not_read},\"failures\":{failures},\"summary\":{summary}}}")
    }
}
