//! The counts of a run: its summary, and what it did not read.

use std::collections::{BTreeMap, BTreeSet};

use crate::report::{NotRead, counted};
use crate::{Finding, Format, Severity};

/// The number of drafts checked and of findings in them.
#[derive(Default)]
pub(super) struct Tally {
    drafts: usize,
    /// Drafts and directories that could not be read, not be checked or not be written.
    pub(super) failures: usize,
    /// Drafts among them that were checked, and could not be written once they were fixed.
    pub(super) unwritten: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    /// Findings that are silenced; the others do not count them.
    suppressed: usize,
}

impl Tally {
    pub(super) fn add(&mut self, findings: &[Finding]) {
        self.drafts += 1;
        for finding in findings {
            match finding.severity() {
                _ if finding.suppressed.is_some() => self.suppressed += 1,
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Note => self.notes += 1,
            }
        }
    }

    pub(super) fn summary(&self) -> String {
        let mut drafts = format!("{} checked", counted(self.drafts, "draft"));
        let unchecked = self.failures - self.unwritten;
        for (count, what) in [(self.unwritten, "written"), (unchecked, "checked")] {
            if count > 0 {
                drafts += &format!(", {count} could not be {what}");
            }
        }
        if self.drafts == 0 {
            return drafts;
        }
        let Tally { errors, warnings, notes, suppressed, .. } = *self;
        let silenced = if suppressed > 0 { format!("; {suppressed} suppressed") } else { String::new() };
        if errors + warnings + notes == 0 {
            return format!("{drafts}: nothing found{silenced}");
        }
        let found = [counted(errors, "error"), counted(warnings, "warning"), counted(notes, "note")].join(", ");
        format!("{drafts}: {found}{silenced}")
    }
}

/// The counts of what a run did not read.
#[derive(Debug, Default)]
pub(super) struct NotReadTally {
    /// The number of files of kinds that are not read, by extension.
    files: BTreeMap<String, usize>,
    /// The number of lines of drafts, by what they are taken for.
    lines: BTreeMap<&'static str, usize>,
    /// The drafts that have them.
    drafts: BTreeSet<String>,
}

impl NotReadTally {
    /// Counts a file with this extension.
    pub(super) fn add_file(&mut self, extension: String) {
        *self.files.entry(extension).or_default() += 1;
    }

    /// Counts the lines of a part of a draft, which has this name in a sentence.
    pub(super) fn add_part(&mut self, words: &'static str, part: &NotRead) {
        *self.lines.entry(words).or_default() += part.line_count();
        self.drafts.insert(part.path.clone());
    }

    /// The files that were not read, in a line.
    pub(super) fn files(&self) -> Option<String> {
        let total: usize = self.files.values().sum();
        let kind = |(extension, count): (&String, &usize)| match extension.as_str() {
            "" => format!("{count} without an ending"),
            extension => format!("{count} .{extension}"),
        };
        let kinds: Vec<String> = self.files.iter().map(kind).collect();
        let remedy = format!("save them as {}; what is plain text is read where it is named", Format::list());
        (total > 0).then(|| format!("{} not read: {}; {remedy}", counted(total, "file"), kinds.join(", ")))
    }

    /// The lines of drafts that were not read, in a line.
    pub(super) fn lines(&self) -> Option<String> {
        let kinds = self.lines.iter().map(|(words, lines)| format!("{} of {words}", counted(*lines, "line")));
        let kinds = kinds.collect::<Vec<_>>().join(", ");
        let drafts = counted(self.drafts.len(), "draft");
        (!kinds.is_empty()).then(|| format!("{kinds} not read in {drafts}; -v says where"))
    }
}
