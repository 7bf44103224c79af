//! `short`: a line a finding, in the form of the GNU compilers, which vim, Emacs and VS Code read unasked.
//!
//! Of a finding in a document of an office suite it says besides the number of the paragraph, the words around, and what tracked changes have
//! to do with it.
//!
//! <https://www.gnu.org/prep/standards/html_node/Errors.html>

use std::io;

use termcolor::WriteColor;

use super::{ReportFormat, ReportSettings, Reporter};
use crate::draft::Draft;
use crate::escape::Shown;
use crate::finding::Finding;

pub(super) const FORMAT: ReportFormat = ReportFormat {
    name: "short",
    about: "path:line:col: severity: message [pack/rule]",
    suppressed: false,
    begin: |_: &ReportSettings| Box::new(Short),
};

struct Short;

impl Reporter for Short {
    fn draft(&mut self, out: &mut dyn WriteColor, draft: &Draft, findings: &[Finding]) -> io::Result<()> {
        for finding in findings {
            let mut more = Vec::new();
            // A paragraph of a document is known by the number that is drawn before it, and no editor goes to the character in it.
            more.extend(finding.reference(draft));
            if finding.paragraph.is_some() {
                more.extend(around(draft, finding));
            }
            more.extend(finding.revision.map(|revision| revision.note().to_owned()));
            match more.as_slice() {
                [] => writeln!(out, "{finding}")?,
                more => writeln!(out, "{finding} ({})", Shown(&more.join("; ")))?,
            }
        }
        Ok(())
    }
}

/// The characters that are told at each side of what was found.
const AROUND: usize = 24;

/// The words around what was found, if there is more in its paragraph.
fn around(draft: &Draft, finding: &Finding) -> Option<String> {
    let site = finding.site?;
    let block = draft.version_of(finding).blocks().get(site.block)?;
    let (text, span) = (block.text(), site.span);
    let (before, behind) = (&text[..span.start()], &text[span.end()..]);
    if span.len() > MOST_FOUND || (before.is_empty() && behind.is_empty()) {
        return None;
    }
    let first = before.char_indices().rev().nth(AROUND).map(|(at, _)| at);
    let last = behind.char_indices().nth(AROUND).map(|(at, _)| at);
    // Whole words: up to the space inside.
    let before = first.map_or(before.to_owned(), |at| {
        let cut = &before[at..];
        format!("\u{2026}{}", cut.split_once(' ').map_or(cut, |(_, rest)| rest))
    });
    let behind = last.map_or(behind.to_owned(), |at| {
        let cut = &behind[..at];
        format!("{}\u{2026}", cut.rsplit_once(' ').map_or(cut, |(rest, _)| rest))
    });
    Some(format!("\u{201c}{before}{}{behind}\u{201d}", &text[span.range()]))
}

/// The most bytes of what was found that is told with the words around it.
const MOST_FOUND: usize = 160;
