//! Comments and tracked changes in documents of Word (ISO/IEC 29500-1, 17.13).

mod comments;
mod cut;
mod grid;
mod ids;
mod place;
mod survey;
mod tag;
mod track;
mod verify;

use std::collections::BTreeMap;
use std::io::{Read, Seek};
use std::sync::Arc;

use super::copy::{Changed, write};
use super::{AnnotateError, Annotated, note};
use crate::draft::word::{self, Document};
use crate::draft::{Draft, Reading, Revisions};
use crate::finding::Finding;
use crate::fix::{self, Edit};
use comments::Comments;
use cut::Cuts;
use grid::Grid;
use place::Place;
use survey::Survey;
use verify::{Texts, carried, verify};

pub(super) fn annotate<R: Read + Seek>(
    mut stream: R,
    reading: &Reading,
    draft: &Draft,
    findings: &[Finding],
    edits: &[Edit],
) -> Result<Annotated, AnnotateError> {
    let is_original = reading.revisions == Revisions::Original;
    let (checked, other) = if is_original {
        (Revisions::Original, Revisions::Accepted)
    } else {
        (Revisions::Accepted, Revisions::Original)
    };
    let (other, _) = word::read(&mut stream, reading.max_bytes, other)?;
    let (document, mut package) = word::read(stream, reading.max_bytes, checked)?;
    let is_same = |document: &Document, draft: &Draft| document.text == draft.source();
    if !is_same(&document, draft) || draft.original().is_some_and(|original| !is_same(&other, original)) {
        return Err(AnnotateError::Changed);
    }
    let mut work = Work::new(&document, &other)?;
    let mut comments = Comments::read(&mut package, &document, &mut work.survey, &work.grid)?;
    let mut done = Annotated::default();
    for edit in edits {
        if work.track(edit) { done.changes += 1 } else { done.without_place += 1 }
    }
    for finding in findings {
        let place = work.place(finding, draft.is_before(finding));
        if let Some(place) = done.admit(place, |place| comments.knows(place, finding))? {
            let id = comments.add(finding, &place, &work.date);
            work.comment(&place, id);
        }
    }
    let texts = work.texts(is_original);
    let mut changed = work.finish();
    comments.finish(&mut package, &document, &mut changed)?;
    done.bytes = write(&mut package, &changed)?;
    if !changed.is_empty() {
        verify(&done.bytes, &texts)?;
    }
    Ok(done)
}

/// What is to be done to a document.
struct Work<'d> {
    /// The document as its text is checked.
    document: &'d Document,
    /// The same with the other text: that before its tracked changes, or that with them.
    other: &'d Document,
    grid: Grid<'d>,
    survey: Survey,
    date: String,
    /// The place of what has none of its own, once somebody has asked.
    first: Option<Option<grid::Reach>>,
    /// By the index of the story.
    cuts: BTreeMap<usize, Cuts>,
    /// The edits that are tracked changes.
    placed: Vec<Edit>,
}

impl<'d> Work<'d> {
    fn new(document: &'d Document, other: &'d Document) -> Result<Work<'d>, AnnotateError> {
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
    fn texts(&self, is_original: bool) -> Texts {
        let (text, other) = (&self.document.text, &self.other.text);
        if is_original {
            let edits = carried(self.document, self.other, &self.placed);
            Texts { accepted: fix::apply(other, &edits), original: text.clone() }
        } else {
            Texts { accepted: fix::apply(text, &self.placed), original: other.clone() }
        }
    }

    /// The parts that have changed, by name.
    fn finish(self) -> Changed {
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
