//! `comity compare --redline`: a Word document with the new text, and tracked changes from the old one.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use super::compared::{Compared, ComparedSides};
use crate::annotate::{Annotated, Redline, SharedBlocks};
use crate::atomic::{self, Expected};
use crate::cli::annotate::{is_free, same_file};
use crate::cli::args::CompareArgs;
use crate::compare::{AlignedRow, Excerpt};
use crate::config::resolve;
use crate::report::counted;
use crate::{Finding, Format, Reading, Revisions, Severity};

/// Refuses a document that cannot be written. `has` tells whether a file is one of the drafts.
pub(super) fn can_be_written(args: &CompareArgs, out: &Path, has: impl Fn(&Path) -> bool) -> Result<(), String> {
    let copy = out.display();
    if Format::from_path(out) != Some(Format::Word) {
        return Err(format!("{copy}: a redline is a Word document; name a file that ends in .docx"));
    }
    if has(out) {
        return Err(format!("{copy}: this is one of the drafts; name another file for the redline"));
    }
    if args.output.as_deref().is_some_and(|report| resolve(report) == resolve(out) || same_file(report, out)) {
        return Err(format!("{copy}: the redline cannot be the report as well; name another file for one of them"));
    }
    is_free(args.force, out)
}

/// A redline that was written, in words.
pub(super) struct Written {
    pub(super) said: String,
    /// The reason that it is not the document of the new draft, where that is a Word document.
    pub(super) fallback: Option<String>,
}

/// Writes the document, all of it or nothing. `file` is the file of the new draft, which was read in this way.
pub(super) fn write(
    args: &CompareArgs,
    out: &Path,
    compared: &Compared,
    (file, reading): (Option<&Path>, &Reading),
) -> Result<Written, String> {
    let Some(ComparedSides { old, new, rows }) = &compared.sides else {
        return Err(format!("{}: there are no two drafts to make it of", out.display()));
    };
    is_free(args.force, out)?;
    let shared: Vec<SharedBlocks> = rows.iter().filter_map(shared).collect();
    // What adds to a text, or says the same in other words, is seen by the change.
    let is_told = |finding: &Finding| !finding.rule.is_about_changes() || finding.severity() >= Severity::Warning;
    let mut findings = compared.findings();
    findings.retain(is_told);
    // What the old draft said stands in the document.
    findings.iter_mut().filter(|finding| finding.rule.is_about_changes()).for_each(|finding| finding.notes.clear());
    let mut redline = Redline::new(old, new, &shared);
    redline.findings = &findings;
    let (mut fallback, mut made) = (None, None);
    if new.format() == Format::Word {
        match in_document(&redline, out, file, reading) {
            Ok(done) => made = Some(done),
            Err(reason) => {
                fallback = Some(format!(
                    "{}: the changes do not go into the document itself, and one is made of its text alone: {reason}",
                    new.name()
                ));
            }
        }
    }
    let done = match made {
        Some(done) => done,
        None => redline.document().map_err(|error| format!("{}: {error}", out.display()))?,
    };
    let before = if args.force { Expected::Anything } else { Expected::Nothing };
    atomic::replace(out, before, &done.bytes).map_err(|error| format!("{}: {error}", out.display()))?;
    let Annotated { changes, comments, without_place, .. } = done;
    let mut said =
        format!("{}: {}, {}", out.display(), counted(changes, "tracked change"), counted(comments, "comment"));
    if without_place > 0 {
        said += &format!("; {without_place} had no place in the document");
    }
    Ok(Written { said, fallback })
}

/// The document of the new draft with the changes in it, or the reason that they cannot be put there.
fn in_document(redline: &Redline<'_>, out: &Path, file: Option<&Path>, reading: &Reading) -> Result<Annotated, String> {
    let extension = |path: &Path| path.extension().map(|extension| extension.to_ascii_lowercase());
    let file = file.ok_or("it is no file")?;
    if reading.revisions != Revisions::Accepted {
        return Err("it is read as it was before its tracked changes, or with them".to_owned());
    }
    if extension(file) != extension(out) {
        return Err("it is a document of another kind".to_owned());
    }
    let stream = BufReader::new(File::open(file).map_err(|error| error.to_string())?);
    redline.in_document(stream, reading).map_err(|error| error.to_string())
}

/// The blocks of a row of both drafts.
fn shared(row: &AlignedRow) -> Option<SharedBlocks> {
    let (old, new) = row.blocks()?;
    let length = |excerpt: &Option<Excerpt>| excerpt.as_ref().map_or(0, |excerpt| excerpt.text.len());
    Some(SharedBlocks { old, new, weight: length(&row.old).min(length(&row.new)) })
}
