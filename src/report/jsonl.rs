//! `jsonl`: a JSON document a line, each a finding as in `json` with the version of the shape.
//!
//! <https://jsonlines.org/>. `docs/report-json.md` describes the shape.

use std::io;

use termcolor::WriteColor;

use super::record::Line;
use super::{Format, Reporter, Settings, json_line};
use crate::draft::Draft;
use crate::finding::Finding;

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    about: "a JSON document a finding, each in a line",
    suppressed: true,
    begin: |_: &Settings| Box::new(JsonLines),
};

struct JsonLines;

impl Reporter for JsonLines {
    fn draft(&mut self, out: &mut dyn WriteColor, draft: &Draft, findings: &[Finding]) -> io::Result<()> {
        findings.iter().try_for_each(|finding| writeln!(out, "{}", json_line(&Line::new(draft, finding))?))
    }
}
