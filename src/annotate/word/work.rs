//! A Word document while it is annotated.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cut::Cuts;
use super::grid::{self, Grid};
use super::survey::Survey;
use super::verify::{Texts, carried};
use super::{AnnotateError, note};
use crate::annotate::copy::Changed;
use crate::draft::word::Document;
use crate::fix::{self, Edit};

/// What is to be done to a document.
pub(super) struct Work<'d> {
    /// The document as its text is checked.
    pub(super) document: &'d Document,
    /// The same with the other text: that before its tracked changes, or that with them.
    pub(super) other: &'d Document,
    pub(super) grid: Grid<'d>,
    pub(super) survey: Survey,
    pub(super) date: String,
    /// The place of what has none of its own, once somebody has asked.
    pub(super) first: Option<Option<grid::Reach>>,
    /// By the index of the story.
    pub(super) cuts: BTreeMap<usize, Cuts>,
    /// The edits that are tracked changes.
    pub(super) placed: Vec<Edit>,
}

impl<'d> Work<'d> {
    pub(super) fn new(document: &'d Document, other: &'d Document) -> Result<Work<'d>, AnnotateError> {
        Ok(Work {
            document,
            other,
            grid: Grid::new(document, [&document.paper, &other.paper]),
            survey: Survey::of(document)?,
            date: note::now(),
            first: None,
            cuts: BTreeMap::new(),
            placed: Vec::new(),
        })
    }

    /// The texts that the copy has to have.
    pub(super) fn texts(&self, is_original: bool) -> Texts {
        let (text, other) = (&self.document.text, &self.other.text);
        if is_original {
            let edits = carried(self.document, self.other, &self.placed);
            Texts { accepted: fix::apply(other, &edits), original: text.clone() }
        } else {
            Texts { accepted: fix::apply(text, &self.placed), original: other.clone() }
        }
    }

    /// The parts that have changed, by name.
    pub(super) fn finish(self) -> Changed {
        let Work { document, grid, mut survey, cuts, .. } = self;
        let mut changed = Changed::new();
        for (story, cuts) in cuts {
            if let Some(names) = &survey.names[story] {
                let text = cuts.apply(document, story, &grid, names, &mut survey.changes);
                changed.insert(Arc::clone(&document.stories[story].name), text);
            }
        }
        changed
    }
}
