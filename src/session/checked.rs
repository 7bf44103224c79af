//! One draft, checked and fixed.

use std::cell::Cell;
use std::path::Path;

use super::setup::Setup;
use crate::baseline::Baseline;
use crate::context::Taken;
use crate::draft::Draft;
use crate::finding::Finding;
use crate::fix::{Fixed, fix};
use crate::rule::Fix;

/// The work that is done on a draft besides looking for what the rules name.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Task<'b> {
    /// The suggestions that are put into it, if any are.
    pub(crate) fix: Option<Fix>,
    /// True if what was found in it before it was fixed is wanted as well.
    pub(crate) keeps_found: bool,
    /// True if what it is taken for is wanted as well; of a draft that is fixed it is not told.
    pub(crate) tells_taken: bool,
    /// The findings that are accepted.
    pub(crate) baseline: Option<&'b Baseline>,
}

/// A draft that was checked, and fixed if that is wanted.
#[derive(Debug)]
pub(crate) struct Checked {
    /// The draft as it was, where it may have been fixed.
    pub(crate) before: Option<Draft>,
    /// The findings in it then.
    pub(crate) found: Vec<Finding>,
    pub(crate) fixed: Fixed,
    /// The kind of text, the parties and the like, where that is wanted.
    pub(crate) taken: Option<Taken>,
    /// The number of entries of the baseline that have not occurred.
    pub(crate) gone: usize,
}

impl Setup {
    /// Checks the draft at `path`, and fixes it if that is wanted. No file is written.
    pub(crate) fn check(&self, path: &Path, draft: Draft, task: Task<'_>) -> Checked {
        let taken = Cell::new(None);
        let examine = |draft: &Draft| {
            let mut findings = if task.tells_taken && task.fix.is_none() {
                let (findings, told) = self.policy.examine_taken(path, &self.rules, draft);
                taken.set(Some(told));
                findings
            } else {
                self.examine(path, draft)
            };
            let gone = task.baseline.map_or(0, |baseline| baseline.mark(path, &self.rules, &mut findings));
            (findings, gone)
        };
        let Some(applicability) = task.fix else {
            let (left, gone) = examine(&draft);
            let fixed = Fixed::unfixed(draft, left);
            return Checked { before: None, found: Vec::new(), fixed, taken: taken.take(), gone };
        };
        let before = draft.clone();
        let found = if draft.is_text() && !task.keeps_found { Vec::new() } else { examine(&draft).0 };
        let fixed = fix(draft, |draft| examine(draft).0, applicability);
        let gone = if task.baseline.is_some() { examine(&fixed.draft).1 } else { 0 };
        Checked { before: Some(before), found, fixed, taken: None, gone }
    }
}
