//! The outcome of one draft: reported, written back, counted.

use std::path::Path;
use std::sync::Arc;

use super::run::Run;
use crate::annotate::takes;
use crate::cli::annotate::Outcome;
use crate::cli::diff;
use crate::cli::fix::{self, Mode};
use crate::cli::status::Status;
use crate::cli::streams::Streams;
use crate::fix::Fixed;
use crate::lint::fold_entries;
use crate::session::{Checked, Setup, Task};
use crate::{Declared, Draft, DraftError, Finding, dedup};

impl Run<'_> {
    /// Reports one draft, and fixes its file where it is one and that is wanted; `false` if nothing more can be written.
    pub(super) fn report(
        &mut self,
        path: Option<&Path>,
        result: Result<Checked, DraftError>,
        setup: &Arc<Setup>,
        streams: &mut Streams,
    ) -> bool {
        let mut checked = match result {
            Ok(checked) => checked,
            Err(error) => {
                streams.error(&error);
                return self.fail(&error.to_string(), streams);
            }
        };
        // What a draft from standard input is called.
        let name = path.or(self.args.stdin_filename.as_deref()).unwrap_or(Path::new(""));
        if let Some(before) = &checked.before
            && let Err(failure) = self.put(path, before, &checked.fixed, streams)
        {
            streams.error(&failure);
            self.tally.unwritten += 1;
            self.fail(&failure, streams);
            // The draft is as it was, with all that there is to say of it.
            if let Some(before) = checked.before.take() {
                checked = setup.check(name, before, Task { baseline: self.accepting.baseline(), ..Task::default() });
            }
        }
        let Checked { before, found, fixed, gone, taken } = checked;
        self.fixes.add(&fixed);
        if !self.tell_not_read(setup, &fixed.draft, streams) {
            return false;
        }
        let is_annotated = self.copies.is_some();
        let fixed_draft = (is_annotated && self.args.fix).then(|| fixed.draft.clone());
        let (draft, mut findings) = match before {
            // A document is not changed itself, nor is what a copy is made of: what was found in it is still there.
            Some(before) if !before.is_text() || is_annotated => (before, found),
            _ => (fixed.draft, fixed.left),
        };
        if let Some(usage) = &mut self.usage {
            usage.add(setup.rules.usage(&draft, &findings));
        }
        self.accepting.take(name, &mut findings, gone);
        for problem in Declared::problems(&draft) {
            streams.error(&problem);
            if !self.fail(&problem, streams) {
                return false;
            }
        }
        if self.tells_taken() {
            let taken = taken.unwrap_or_else(|| setup.policy.taken(name, &draft));
            if self.args.verbose {
                streams.say(&format!("{}: {taken}", draft.name()));
            }
            self.reporter.taken(&draft, &taken);
        }
        fold_entries(&draft, &mut findings);
        findings = dedup(findings);
        let mut passed_over = self.args.thresholds.least.filter(&mut findings);
        self.tally.add(&findings);
        if self.args.statistics.is_some() || !self.args.format.suppressed {
            findings.retain(|finding| finding.suppressed.is_none());
        }
        if let (Some(copies), Some(path)) = (&mut self.copies, path) {
            let is_heard = |finding: &Finding| finding.suppressed.is_none();
            passed_over.retain(is_heard);
            let heard = findings.iter().filter(|finding| is_heard(finding)).cloned().collect();
            copies.add(path, setup, Outcome { draft: &draft, findings: heard, passed_over, fixed: fixed_draft });
        }
        if !self.args.diff && self.args.thresholds.fails(&findings, setup.fail_on) {
            self.status = self.status.max(Status::Found);
        }
        if path.is_none() && matches!(self.mode, Mode::Write(_)) {
            // Standard output has the draft.
            let written = self.reporter.draft(&mut streams.err, &draft, &findings);
            return streams.wrote(written);
        }
        self.output.write(streams, |out| self.reporter.draft(out, &draft, &findings))
    }

    /// Puts a fixed draft where it is wanted: into its file, on standard output, or beside what it was as a difference.
    fn put(&mut self, path: Option<&Path>, before: &Draft, fixed: &Fixed, streams: &mut Streams) -> Result<(), String> {
        let changed = fixed.draft.source() != before.source();
        match (self.mode, path) {
            // What is suggested of a document is seen in an annotated copy.
            (Mode::Diff(_), _) if changed && before.is_text() => {
                self.status = self.status.max(Status::Found);
                self.diff(path.or(self.args.stdin_filename.as_deref()), before, &fixed.draft, streams)?;
            }
            (Mode::Write(_), _) if self.args.annotate.is_some() => {}
            (Mode::Write(_), None) if !before.is_text() => {
                let why = "a document is not changed, so there is none to write to standard output";
                let remedy = "check it as a file with --fix --annotate FILE, which writes a copy with the suggestions as tracked changes";
                return Err(format!("{}: not fixed: {why}; {remedy}", before.name()));
            }
            (Mode::Write(_), _) if changed && !before.is_text() => {
                let copy = if takes(before.format()) {
                    "--annotate FILE a copy has"
                } else {
                    "--annotate FILE.docx a Word document made of it has"
                };
                let why = "a document is not changed in place; with";
                streams.say(&format!("{}: not fixed: {why} {copy} the suggestions as tracked changes", before.name()));
            }
            (Mode::Write(_), _) if !before.is_text() => {}
            (Mode::Write(_), Some(path)) if changed => {
                let written = fix::write_back(path, before, &fixed.draft);
                written.map_err(|error| format!("{}: not fixed: {error}", path.display()))?;
            }
            (Mode::Write(_), None) if self.output.is_terminal() => {
                self.output.write(streams, |out| write!(out, "{}", crate::escape::shown_lines(fixed.draft.source())));
            }
            (Mode::Write(_), None) => {
                self.output.write(streams, |out| out.write_all(&fixed.draft.encoded()));
            }
            _ => {}
        }
        Ok(())
    }

    /// Writes what has changed, for people or as a patch.
    fn diff(
        &mut self,
        path: Option<&Path>,
        before: &Draft,
        after: &Draft,
        streams: &mut Streams,
    ) -> Result<(), String> {
        if !self.args.raw {
            let mut is_escaped = false;
            self.output.write(streams, |out| diff::write(out, before, after).map(|escaped| is_escaped = escaped));
            if is_escaped && !self.args.quiet {
                let why = "the difference has characters escaped and is no patch; --diff --raw writes one";
                streams.say(&format!("{}: {why}", before.name()));
            }
            return Ok(());
        }
        let name = diff::patch_name(path, before).map_err(|why| format!("{}: {why}", before.name()))?;
        self.output.write(streams, |out| diff::write_patch(out, &name, before, after));
        Ok(())
    }
}
