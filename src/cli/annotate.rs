//! `comity check --annotate`: a copy of a document with what was found in its margin.

use std::path::Path;

use super::args::CheckArgs;
use crate::annotate::{Annotated, annotate, takes};
use crate::atomic::{self, Expected};
use crate::config::resolve;
use crate::report::counted;
use crate::{Draft, Finding, Format, Reading};

/// Refuses what cannot be done: it takes one document, and a copy that takes the place of nothing, and of the document itself never.
pub(super) fn can_be(args: &CheckArgs, out: &Path) -> Result<(), String> {
    let [draft] = args.paths.as_slice() else {
        return Err(
            "--annotate needs the one document that is to be annotated: comity check --annotate OUT.docx DRAFT.docx"
                .to_owned(),
        );
    };
    if draft == Path::new("-") {
        return Err("--annotate needs a document in a file; standard input has none".to_owned());
    }
    let format = Format::from_path(draft);
    if !draft.is_dir() && !format.is_some_and(takes) {
        let name = draft.display();
        let remedy = match format {
            Some(format) if format.is_document() => "save it as .docx",
            _ => "for other drafts see --fix and --format",
        };
        return Err(format!(
            "{name}: only Word documents (.docx) and OpenDocument texts (.odt) can be annotated; {remedy}"
        ));
    }
    if draft.is_dir() {
        return Err(format!("{}: a folder cannot be annotated; name one document", draft.display()));
    }
    if resolve(draft) == resolve(out) || same_file(draft, out) {
        return Err(format!("{}: this is the document itself; name another file for the copy", out.display()));
    }
    let extension = |path: &Path| path.extension().map(|extension| extension.to_ascii_lowercase());
    if extension(draft) != extension(out) {
        return Err(format!(
            "{}: the copy is of the format of {}, and must end in the same way",
            out.display(),
            draft.display()
        ));
    }
    if args.output.as_deref().is_some_and(|report| resolve(report) == resolve(out) || same_file(report, out)) {
        return Err(format!(
            "{}: the copy cannot be the report as well; name another file for one of them",
            out.display()
        ));
    }
    // A link that leads nowhere is there too.
    if !args.force && out.symlink_metadata().is_ok() {
        return Err(format!("{}: is there already; name another file, or say --force to replace it", out.display()));
    }
    Ok(())
}

fn same_file(one: &Path, other: &Path) -> bool {
    one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

/// Writes the copy, all of it or nothing, and says what is in it. Unless `force` is there it takes the place of nothing.
pub(super) fn write(
    path: &Path,
    (out, force): (&Path, bool),
    reading: &Reading,
    draft: &Draft,
    findings: &[Finding],
    fixed: Option<&Draft>,
) -> Result<String, String> {
    let name = path.display();
    let annotated = annotate(path, reading, draft, findings, fixed).map_err(|error| format!("{name}: {error}"))?;
    let before = if force { Expected::Anything } else { Expected::Nothing };
    atomic::replace(out, before, &annotated.bytes).map_err(|error| format!("{}: {error}", out.display()))?;
    let Annotated { comments, known, changes, without_place, .. } = annotated;
    let mut said = format!("{}: {}", out.display(), counted(comments, "comment"));
    if known > 0 {
        said += &format!(" ({known} more were there)");
    }
    if fixed.is_some() {
        said += &format!(", {}", counted(changes, "tracked change"));
    }
    if without_place > 0 {
        said += &format!("; {without_place} had no place in the document");
    }
    Ok(said)
}
