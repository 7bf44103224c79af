//! `jsonl`: a JSON document a line, each a finding as in `json` with the version of the shape.
//!
//! <https://jsonlines.org/>. `docs/report-json.md` describes the shape.

use std::io;

use termcolor::WriteColor;

use super::record::JsonLine;
use super::{ReportFormat, ReportSettings, Reporter, json_line};
use crate::draft::Draft;
use crate::finding::Finding;

pub(super) const FORMAT: ReportFormat = ReportFormat {
    name: "jsonl",
    about: "a JSON document a finding, each in a line",
    suppressed: true,
    begin: |_: &ReportSettings| Box::new(JsonLines),
};

struct JsonLines;

impl Reporter for JsonLines {
    fn draft(&mut self, out: &mut dyn WriteColor, draft: &Draft, findings: &[Finding]) -> io::Result<()> {
        findings.iter().try_for_each(|finding| writeln!(out, "{}", json_line(&JsonLine::new(draft, finding))?))
    }
}
