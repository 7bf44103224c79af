//! The summary of a run.

use crate::report::counted;
use crate::{Finding, Severity};

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
        if unchecked > 0 && self.drafts == 0 {
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
