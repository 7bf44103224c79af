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
mod work;

use std::io::{Read, Seek};

use super::copy::write;
use super::{AnnotateError, Annotated, note};
use crate::draft::word::{self, Document};
use crate::draft::{Draft, Reading, Revisions};
use crate::finding::Finding;
use crate::fix::Edit;
use comments::Comments;
use place::Place;
use verify::verify;
use work::Work;

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
