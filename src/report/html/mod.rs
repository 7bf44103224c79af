//! `html`: a page for those who would rather look than read a terminal: each draft as a page, with its findings in the margin.
//!
//! The page is complete in itself. It is all there without its script, which only folds, filters and moves; its policy lets a browser
//! use the style and the script that are in it, and load nothing. It is well-formed as XML too, so that a test can tell that all is
//! escaped.

mod anchor;
mod inline;
mod language;
mod note;
mod page;
mod sheet;
mod source_index;
mod tone;

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Read, Seek, Write as _};

use tempfile::SpooledTempFile;
use termcolor::WriteColor;

use super::record::Summary;
use super::{Failure, NotRead, ReportFormat, ReportSettings, Reporter};
use crate::draft::Draft;
use crate::finding::Finding;
use anchor::{spot_id, write_number};
pub(crate) use inline::write_text as page_text;
pub(crate) use language::language as text_language;
use page::DraftPage;
pub(crate) use page::{foot as page_foot, page_opening};
use sheet::DraftSheet;
pub(crate) use tone::Tone;

pub(super) const FORMAT: ReportFormat = ReportFormat {
    name: "html",
    about: "a page to read in a browser: the drafts, with the findings in the margin",
    suppressed: true,
    begin: |_: &ReportSettings| Box::new(Html::default()),
};

/// The bytes of pages that are kept in memory; what is more goes into a temporary file without a name.
const IN_MEMORY: usize = 16 << 20;

/// The bytes that are written at a time.
const PEN_BYTES: usize = 64 << 10;

/// The page begins with what there is in all, so nothing is written before the last draft.
struct Html {
    summary: Summary,
    /// The number of findings of each pack.
    packs: BTreeMap<String, usize>,
    /// The number of findings that each is likely to object to.
    objectors: BTreeMap<String, usize>,
    failures: Vec<String>,
    not_read: Vec<NotRead>,
    drafts: Vec<DraftPage>,
    /// The page of each draft, one behind the other.
    sheets: SpooledTempFile,
}

impl Default for Html {
    fn default() -> Self {
        Html {
            summary: Summary::default(),
            packs: BTreeMap::new(),
            objectors: BTreeMap::new(),
            failures: Vec::new(),
            not_read: Vec::new(),
            drafts: Vec::new(),
            sheets: SpooledTempFile::new(IN_MEMORY),
        }
    }
}

/// The bytes of a page that have to be looked at to tell whether it is a report.
pub const HEAD_BYTES: usize = 4096;

/// True if a page that begins with these bytes is a report of comity, not a draft.
pub fn is_page(head: &[u8]) -> bool {
    let holds = |text: &str| memchr::memmem::find(head, text.as_bytes()).is_some();
    holds("content=\"default-src 'none'; style-src 'sha256-") && holds("<meta name=\"generator\" content=\"comity ")
}

impl Html {
    /// Adds the page of a text.
    fn sheet(&mut self, draft: &Draft, findings: &[Finding], name: String) -> io::Result<()> {
        let mut summary = Summary::default();
        summary.add(findings);
        let mut pen = Pen { file: &mut self.sheets, text: String::new(), len: 0, error: None };
        let number = self.drafts.len() + 1;
        let written = DraftSheet::new(draft, findings, number).write(&mut pen).and_then(|()| pen.put());
        written.map_err(|error| pen.error.take().unwrap_or_else(|| io::Error::other(error)))?;
        self.drafts.push(DraftPage { name, summary, len: pen.len });
        Ok(())
    }
}

impl Reporter for Html {
    fn draft(&mut self, _: &mut dyn WriteColor, draft: &Draft, findings: &[Finding]) -> io::Result<()> {
        self.summary.add(findings);
        for finding in findings {
            *self.packs.entry(finding.rule.id().pack().to_owned()).or_default() += 1;
            for who in finding.rule.objection() {
                *self.objectors.entry(who.clone()).or_default() += 1;
            }
        }
        // What only the text before tracked changes holds comes last, and is shown in that text.
        let taken_out = findings.iter().position(|finding| draft.is_before(finding));
        let (accepted, taken_out) = findings.split_at(taken_out.unwrap_or(findings.len()));
        self.sheet(draft, accepted, draft.name().to_string())?;
        match draft.original() {
            Some(original) if !taken_out.is_empty() => {
                self.sheet(original, taken_out, format!("{}, before its tracked changes", draft.name()))
            }
            _ => Ok(()),
        }
    }

    fn failed(&mut self, _: &mut dyn WriteColor, failure: &Failure) -> io::Result<()> {
        self.failures.push(failure.message().to_owned());
        Ok(())
    }

    fn not_read(&mut self, _: &mut dyn WriteColor, not_read: &NotRead) -> io::Result<()> {
        self.not_read.push(not_read.clone());
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn WriteColor) -> io::Result<()> {
        self.summary.failures = self.failures.len();
        let written = |page: fmt::Result, text: String| page.map(|()| text).map_err(io::Error::other);
        let mut text = String::new();
        let head = page::head(
            &mut text,
            &self.summary,
            (&self.packs, &self.objectors),
            &self.drafts,
            (&self.failures, &self.not_read),
        );
        out.write_all(written(head, text)?.as_bytes())?;
        self.sheets.rewind()?;
        for (index, entry) in self.drafts.iter().enumerate() {
            let mut text = String::new();
            let opening = entry.opening(&mut text, index + 1, self.drafts.len());
            out.write_all(written(opening, text)?.as_bytes())?;
            io::copy(&mut Read::by_ref(&mut self.sheets).take(entry.len), out)?;
            out.write_all(page::closing(self.drafts.len()).as_bytes())?;
        }
        let mut text = String::new();
        let foot = page::foot(&mut text);
        out.write_all(written(foot, text)?.as_bytes())
    }
}

/// Writes text into a file, many small pieces at a time.
struct Pen<'f> {
    file: &'f mut SpooledTempFile,
    text: String,
    /// The bytes that are in the file.
    len: u64,
    /// The error for which they could not be written: an error of formatting has no room for it.
    error: Option<io::Error>,
}

impl Pen<'_> {
    fn put(&mut self) -> fmt::Result {
        self.len += self.text.len() as u64;
        let written = self.file.write_all(self.text.as_bytes());
        self.text.clear();
        written.map_err(|error| {
            self.error = Some(error);
            fmt::Error
        })
    }
}

impl fmt::Write for Pen<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.text.push_str(text);
        if self.text.len() < PEN_BYTES { Ok(()) } else { self.put() }
    }
}
