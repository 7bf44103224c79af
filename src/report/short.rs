//! `short`: a line a finding, in the form of the GNU compilers, which vim, Emacs and VS Code read unasked.
//!
//! <https://www.gnu.org/prep/standards/html_node/Errors.html>

use std::io;

use termcolor::WriteColor;

use super::{ReportFormat, ReportSettings, Reporter};
use crate::draft::Draft;
use crate::finding::Finding;

pub(super) const FORMAT: ReportFormat = ReportFormat {
    name: "short",
    about: "path:line:col: severity: message [pack/rule]",
    suppressed: false,
    begin: |_: &ReportSettings| Box::new(Short),
};

struct Short;

impl Reporter for Short {
    fn draft(&mut self, out: &mut dyn WriteColor, _: &Draft, findings: &[Finding]) -> io::Result<()> {
        findings.iter().try_for_each(|finding| writeln!(out, "{finding}"))
    }
}
