//! `comity check --annotate`: copies of documents with what was found in their margins, and documents made of other drafts for it.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::CheckArgs;
use super::discover::Target;
use crate::annotate::{Annotated, Annotation, annotate_with, as_word, takes};
use crate::atomic::{self, Expected};
use crate::config::resolve;
use crate::report::counted;
use crate::session::Setup;
use crate::{Draft, Finding, Format, Reading};

/// The copies that a run writes.
pub(super) struct Copies<'a> {
    args: &'a CheckArgs,
    /// The file, or the folder, that `--annotate` names.
    out: &'a Path,
    is_folder: bool,
    /// By the path of each draft of which there is to be a copy the path of that.
    planned: HashMap<PathBuf, PathBuf>,
    /// The drafts that were checked, and whose copies are not written yet.
    waiting: Vec<CopyJob>,
    /// The number of drafts in folders that were checked, and of which no copy is made.
    checked_only: usize,
}

/// A copy that is to be written.
pub(super) struct CopyJob {
    path: PathBuf,
    out: PathBuf,
    draft: Draft,
    findings: Vec<Finding>,
    passed_over: Vec<Finding>,
    fixed: Option<Draft>,
    setup: Arc<Setup>,
    /// True if the folder that it goes into is made if it is missing.
    makes_folder: bool,
}

/// What is written of a draft that was checked.
pub(super) struct Outcome<'o> {
    pub(super) draft: &'o Draft,
    /// The findings that have a comment.
    pub(super) findings: Vec<Finding>,
    /// Those that are not grave enough to have one.
    pub(super) passed_over: Vec<Finding>,
    /// The draft with suggestions, if they are wanted.
    pub(super) fixed: Option<Draft>,
}

impl<'a> Copies<'a> {
    /// The copies that the arguments ask for, if they ask for any.
    ///
    /// # Errors
    /// If they cannot be made: a copy takes the place of nothing, and of the document itself never.
    pub(super) fn new(args: &'a CheckArgs) -> Result<Option<Copies<'a>>, String> {
        let Some(out) = args.annotate.as_deref() else {
            return Ok(None);
        };
        if args.paths.is_empty() {
            return Err("--annotate needs the draft, or the folder of drafts, that is to be annotated: comity check --annotate \
                        OUT.docx DRAFT.docx"
                .to_owned());
        }
        if args.paths.iter().any(|path| path == Path::new("-")) {
            return Err("--annotate needs a draft in a file; standard input has none".to_owned());
        }
        let is_folder = match args.paths.as_slice() {
            [draft] => draft.is_dir() || out.is_dir() || ends_as_folder(out),
            _ => true,
        };
        if is_folder {
            can_be_folder(args, out)?
        } else {
            can_be_file(args, &args.paths[0], out)?
        }
        let (planned, waiting) = (HashMap::new(), Vec::new());
        Ok(Some(Copies { args, out, is_folder, planned, waiting, checked_only: 0 }))
    }

    /// True if a draft that was found in a folder is a copy of an earlier run: it lies in the folder for copies, which lies in the one that
    /// is searched.
    pub(super) fn holds(&self, target: &Target) -> bool {
        let folder = |path: &Path| path.canonicalize().ok().filter(|path| path.is_dir());
        let Some(out) = folder(self.out).filter(|_| self.is_folder && !target.named) else {
            return false;
        };
        let is_below = |path: &PathBuf| folder(path).is_some_and(|around| out != around && out.starts_with(around));
        self.args.paths.iter().any(is_below) && resolve(&target.path).starts_with(out)
    }

    /// Plans a copy for each of these drafts. Those of which none can be made are told, each with the reason.
    pub(super) fn plan(&mut self, targets: &[Target]) -> Vec<String> {
        let mut faults = Vec::new();
        let drafts: HashSet<PathBuf> = targets.iter().map(|target| resolve(&target.path)).collect();
        let report = self.args.output.as_deref().map(resolve);
        // On some systems names are the same whose letters differ in case.
        let mut taken: HashMap<String, &Path> = HashMap::new();
        for Target { path, below, .. } in targets {
            let out = if self.is_folder { self.out.join(below) } else { self.out.to_owned() };
            if self.is_folder && !Format::from_path(path).is_some_and(takes) {
                self.checked_only += 1;
                continue;
            }
            let (name, copy) = (path.display(), out.display());
            let place = resolve(&out);
            let key = place.to_string_lossy().to_lowercase();
            if let Some(other) = taken.get(&key) {
                faults.push(format!(
                    "{name}: its copy would be {copy}, as that of {} is; annotate them into different folders",
                    other.display()
                ));
            } else if drafts.contains(&place) || out.canonicalize().is_ok_and(|out| drafts.contains(&out)) {
                faults.push(format!("{name}: its copy would be {copy}, which is a draft itself; name another folder"));
            } else if report.as_ref() == Some(&place) {
                faults
                    .push(format!("{copy}: the copy cannot be the report as well; name another file for one of them"));
            } else {
                taken.insert(key, path);
                self.planned.insert(path.clone(), out);
            }
        }
        faults
    }

    /// Keeps what a copy is made of until it is written.
    pub(super) fn add(&mut self, path: &Path, setup: &Arc<Setup>, outcome: Outcome<'_>) {
        let Outcome { draft, findings, passed_over, fixed } = outcome;
        if let Some(out) = self.planned.remove(path) {
            let (path, draft, setup) = (path.to_owned(), draft.clone(), Arc::clone(setup));
            let makes_folder = self.is_folder;
            self.waiting.push(CopyJob { path, out, draft, findings, passed_over, fixed, setup, makes_folder });
        }
    }

    /// Takes what is waiting to be written.
    pub(super) fn take(&mut self) -> Vec<CopyJob> {
        std::mem::take(&mut self.waiting)
    }

    /// The drafts of which no copy is made, in a line.
    pub(super) fn left(&self) -> Option<String> {
        let drafts = counted(self.checked_only, "draft");
        let kinds = "in a folder, copies are made of Word documents (.docx) and OpenDocument texts (.odt)";
        (self.checked_only > 0).then(|| format!("{drafts} checked only: {kinds}"))
    }
}

impl CopyJob {
    /// Writes the copy, all of it or nothing, and says what is in it. Unless `--force` is there it takes the place of nothing.
    pub(super) fn write(&self, args: &CheckArgs, reading: &Reading) -> Result<String, String> {
        let CopyJob { path, out, draft, findings, passed_over, fixed, setup, makes_folder } = self;
        is_free(args.force, out)?;
        let name = path.display();
        let mut annotation = Annotation::new(findings);
        annotation.passed_over = passed_over;
        annotation.fixed = fixed.as_ref();
        annotation.rules = setup.rules.rules();
        annotation.strip = args.strip;
        let annotated = match Format::from_path(out) {
            Some(format) if format == draft.format() => annotate_with(path, reading, draft, &annotation),
            Some(Format::Word) if !takes(draft.format()) => as_word(draft, &annotation),
            _ => {
                return Err(format!(
                    "{name}: by its content a document of another format than that of {}",
                    out.display()
                ));
            }
        };
        let annotated = annotated.map_err(|error| format!("{name}: {error}"))?;
        let failed = |error: std::io::Error| format!("{}: {error}", out.display());
        if let Some(folder) = out.parent().filter(|_| *makes_folder) {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let before = if args.force { Expected::Anything } else { Expected::Nothing };
        atomic::replace(out, before, &annotated.bytes).map_err(failed)?;
        Ok(format!("{}: {}", out.display(), told(&annotated, args)))
    }
}

/// What is in a copy, in words.
fn told(annotated: &Annotated, args: &CheckArgs) -> String {
    let Annotated { comments, known, removed, answered, old_changes, changes, without_place, .. } = annotated;
    let mut parts = Vec::new();
    if args.strip {
        parts.push(format!("{} taken out", counted(*removed, "comment")));
    } else {
        let there = if *known > 0 { format!(" ({known} more were there)") } else { String::new() };
        parts.push(format!("{}{there}", counted(*comments, "comment")));
        parts.extend((*removed > 0).then(|| format!("{removed} taken out")));
    }
    parts.extend(args.fix.then(|| counted(*changes, "tracked change")));
    let mut said = parts.join(", ");
    if *answered > 0 {
        said += &format!("; {answered} with an answer left though nothing is found there any more");
    }
    if args.strip && *old_changes > 0 {
        said += &format!("; {} of comity left, to be accepted or rejected", counted(*old_changes, "tracked change"));
    }
    if *without_place > 0 {
        said += &format!("; {without_place} had no place in the document");
    }
    said
}

/// True for the name of a folder, be it there or not.
fn ends_as_folder(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().last().is_some_and(|last| std::path::is_separator(char::from(*last)))
}

/// Refuses a copy of one draft that cannot be written.
fn can_be_file(args: &CheckArgs, draft: &Path, out: &Path) -> Result<(), String> {
    let (name, copy) = (draft.display(), out.display());
    let extension = |path: &Path| path.extension().map(|extension| extension.to_ascii_lowercase());
    if Format::from_path(draft).is_some_and(takes) {
        if resolve(draft) == resolve(out) || same_file(draft, out) {
            return Err(format!("{copy}: this is the document itself; name another file for the copy"));
        }
        if extension(draft) != extension(out) {
            return Err(format!("{copy}: the copy is of the format of {name}, and must end in the same way"));
        }
    } else if args.strip {
        return Err(format!(
            "{name}: no comments of comity are in it; --strip is for Word documents (.docx) and OpenDocument texts (.odt)"
        ));
    } else if extension(out).is_none_or(|extension| extension != "docx") {
        return Err(format!("{copy}: what is made of {name} is a Word document; name a file that ends in .docx"));
    } else if resolve(draft) == resolve(out) || same_file(draft, out) {
        return Err(format!("{copy}: this is the draft itself; name another file for the copy"));
    }
    if args.output.as_deref().is_some_and(|report| resolve(report) == resolve(out) || same_file(report, out)) {
        return Err(format!("{copy}: the copy cannot be the report as well; name another file for one of them"));
    }
    is_free(args.force, out)
}

/// Refuses a folder for copies that cannot be one.
fn can_be_folder(args: &CheckArgs, out: &Path) -> Result<(), String> {
    let copy = out.display();
    if !out.is_dir() && (out.symlink_metadata().is_ok() || Format::from_path(out).is_some()) {
        return Err(format!(
            "{copy}: not a folder; the copies of several drafts go into one, which is made if there is none"
        ));
    }
    if args.paths.iter().any(|path| path.is_dir() && same_file(path, out)) {
        return Err(format!("{copy}: this is the folder of the documents themselves; name another for the copies"));
    }
    Ok(())
}

/// Refuses to take the place of a file unasked. A link that leads nowhere is there too.
pub(super) fn is_free(force: bool, out: &Path) -> Result<(), String> {
    if !force && out.symlink_metadata().is_ok() {
        return Err(format!("{}: is there already; name another file, or say --force to replace it", out.display()));
    }
    Ok(())
}

/// True if two paths lead to one file.
pub(super) fn same_file(one: &Path, other: &Path) -> bool {
    one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}
