//! The residues of a document of Word while its parts are read: those that wait for a paragraph.

use crate::draft::residue::{Residue, ResidueKind};

/// The residues that are not of a paragraph, or that wait for one.
#[derive(Debug, Default)]
pub(in crate::draft::word) struct WordResidues {
    /// True if residues are wanted.
    pub(super) are_wanted: bool,
    /// Those of which no paragraph came.
    pub(in crate::draft::word) loose: Vec<Residue>,
    /// Those that stand before a paragraph.
    pub(super) waiting: Vec<(ResidueKind, String)>,
}

impl WordResidues {
    /// None yet, and none ever unless they are wanted.
    pub(super) fn wanted(are_wanted: bool) -> WordResidues {
        WordResidues { are_wanted, ..WordResidues::default() }
    }

    /// The number of those that are of no paragraph.
    pub(super) fn len(&self) -> usize {
        self.loose.len()
    }

    /// Forgets what came since.
    pub(super) fn truncate(&mut self, loose: usize) {
        self.loose.truncate(loose);
        self.waiting.clear();
    }

    /// Ends a part, behind which no paragraph comes for what waits.
    pub(super) fn end_part(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        self.loose.extend(waiting.into_iter().map(|(kind, what)| Residue::of_document(kind, what, "")));
    }
}
