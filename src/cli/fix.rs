//! `comity check --fix`: drafts written back, and what that has come to.

use std::io;
use std::path::Path;

use super::args::CheckArgs;
use crate::atomic::{self, Expected};
use crate::fix::Fixed;
use crate::report::counted;
use crate::{Draft, Fix};

/// The use that is made of suggestions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// They are reported.
    Report,
    /// They are put into the drafts.
    Write(Fix),
    /// The drafts are shown with them, and left as they are.
    Diff(Fix),
}

impl Mode {
    pub(super) fn new(args: &CheckArgs) -> Mode {
        let applicability = if args.unsafe_fixes { Fix::Unsafe } else { Fix::Safe };
        match (args.diff, args.fix) {
            (true, _) => Mode::Diff(applicability),
            (false, true) => Mode::Write(applicability),
            (false, false) => Mode::Report,
        }
    }

    /// The suggestions that are applied, if any are.
    pub(super) fn applicability(self) -> Option<Fix> {
        match self {
            Mode::Report => None,
            Mode::Write(applicability) | Mode::Diff(applicability) => Some(applicability),
        }
    }
}

/// Puts a fixed draft in the place of the file that it was read from, all of it or nothing.
///
/// # Errors
/// If the file is no longer what was read, or cannot be replaced; it is then as it was.
pub(super) fn write_back(path: &Path, before: &Draft, after: &Draft) -> io::Result<()> {
    atomic::replace(path, Expected::Read(&before.encoded()), &after.encoded())
}

/// The fixes of all drafts, counted.
#[derive(Debug, Default)]
pub(super) struct FixCount {
    applied: usize,
    drafts: usize,
    refused: usize,
    more: usize,
    /// The suggestions for documents, which are not changed themselves, and the number of those documents.
    suggested: usize,
    documents: usize,
}

impl FixCount {
    pub(super) fn add(&mut self, fixed: &Fixed) {
        if !fixed.draft.is_text() {
            self.suggested += fixed.applied;
            self.documents += usize::from(fixed.applied > 0);
            return;
        }
        self.applied += fixed.applied;
        self.drafts += usize::from(fixed.applied > 0);
        self.refused += fixed.refused;
        self.more += fixed.more;
    }

    pub(super) fn summary(&self, mode: Mode) -> Option<String> {
        let done = match mode {
            Mode::Report => return None,
            Mode::Write(_) => "fixed",
            Mode::Diff(_) => "would be fixed",
        };
        let mut also = String::new();
        if self.more > 0 {
            also += &format!("; {} more with --unsafe-fixes", self.more);
        }
        if self.refused > 0 {
            also += &format!(
                "; {} left, which would have brought in a new finding, torn the text or been found again",
                self.refused
            );
        }
        if self.suggested > 0 && matches!(mode, Mode::Diff(_)) {
            also += &format!(
                "; {} for {}, of which no difference is shown: --annotate FILE writes a copy with them as tracked changes",
                counted(self.suggested, "suggestion"),
                counted(self.documents, "document")
            );
        }
        Some(match self.applied {
            0 => format!("nothing {done}{also}"),
            applied => format!("{applied} {done} in {}{also}", counted(self.drafts, "draft")),
        })
    }
}
