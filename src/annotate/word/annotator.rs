//! A document of Word while it is annotated.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::carry::carried;
use super::cut::Cuts;
use super::inventory::Inventory;
use super::runs::{CharacterRange, RunIndex};
use super::{AnnotateError, comment};
use crate::annotate::copy::Changed;
use crate::annotate::verify::ExpectedTexts;
use crate::draft::document::Version;
use crate::draft::paragraph::raised;
use crate::draft::word::{WordDocument, WordText};
use crate::fix::{self, Edit};

/// A document while comments and tracked changes are put into it.
pub(super) struct Annotator<'d> {
    pub(super) document: &'d WordDocument,
    /// The version of its text that is checked.
    pub(super) checked: &'d WordText,
    /// The other one: that before its tracked changes, or that with them.
    pub(super) other: &'d WordText,
    pub(super) runs: RunIndex<'d>,
    pub(super) inventory: Inventory,
    pub(super) date: String,
    /// The characters that what has no place of its own is put at, once somebody has asked.
    pub(super) first: Option<Option<CharacterRange>>,
    /// By the index of the story.
    pub(super) cuts: BTreeMap<usize, Cuts>,
    /// The edits that are tracked changes.
    pub(super) placed: Vec<Edit>,
}

impl<'d> Annotator<'d> {
    pub(super) fn new(
        document: &'d WordDocument,
        checked: &'d WordText,
        other: &'d WordText,
    ) -> Result<Annotator<'d>, AnnotateError> {
        Ok(Annotator {
            document,
            checked,
            other,
            runs: RunIndex::new(document, [checked, other].map(|text| &text.text.layout)),
            inventory: Inventory::read(document)?,
            date: comment::now(),
            first: None,
            cuts: BTreeMap::new(),
            placed: Vec::new(),
        })
    }

    /// The texts that the copy has to have. Digits may be raised by the formatting that they come into.
    pub(super) fn expected(&self, [checked, other]: [Version; 2]) -> ExpectedTexts {
        let (text, others) = (&self.checked.text, &self.other.text);
        let texts = match checked {
            Version::Accepted => [fix::apply(&text.text, &self.placed), others.text.clone()],
            Version::Original => {
                let edits = carried(self.document, text, others, &self.placed);
                [text.text.clone(), fix::apply(&others.text, &edits)]
            }
        };
        ExpectedTexts::new([checked, other].into_iter().zip(texts), |text| text.chars().map(raised).collect())
    }

    /// The parts that have changed, by name.
    pub(super) fn finish(self) -> Changed {
        let Annotator { document, runs, mut inventory, cuts, .. } = self;
        let mut changed = Changed::new();
        for (story, cuts) in cuts {
            if let Some(names) = &inventory.names[story] {
                let text = cuts.apply(document, story, &runs, names, &mut inventory.changes);
                changed.insert(Arc::clone(&document.stories[story].name), text);
            }
        }
        changed
    }
}
