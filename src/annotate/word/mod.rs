//! Comments and tracked changes in documents of Word (ISO/IEC 29500-1, 17.13).

mod annotator;
mod carry;
mod comments;
mod cut;
mod ids;
mod inventory;
mod paragraphs;
mod range;
mod redline;
mod remove;
mod runs;
mod tag;
mod threads;
mod track;

use std::io::{Read, Seek};

use super::change::Change;
use super::{AnnotateError, Annotated, Annotation, comment, copy};
use crate::draft::document::DocumentReading;
use crate::draft::word::{self, WordText};
use crate::draft::{Draft, Format, Reading};
use annotator::Annotator;
use comments::Comments;
pub(super) use redline::redline;
pub(super) use track::{content, deleted_content};

pub(super) fn annotate<R: Read + Seek>(
    stream: R,
    reading: &Reading,
    draft: &Draft,
    annotation: &Annotation<'_>,
    changes: &[Change],
) -> Result<Annotated, AnnotateError> {
    let versions = reading.revisions.checked_and_other();
    let (document, mut package) = word::read(stream, DocumentReading::of_text(reading.max_bytes, &versions))?;
    let [checked, other] = document.texts.as_slice() else {
        unreachable!("as many versions are read as were asked for");
    };
    let is_same = |text: &WordText, draft: &Draft| text.text.text == draft.source();
    if !is_same(checked, draft) || draft.original().is_some_and(|original| !is_same(other, original)) {
        return Err(AnnotateError::Changed);
    }
    let mut annotator = Annotator::new(&document, checked, other)?;
    let mut comments = Comments::read(&mut package, &document, &mut annotator.inventory, &annotator.runs)?;
    let mut done = Annotated::default();
    for change in changes {
        if annotator.track(change) { done.changes += change.len() } else { done.without_place += change.len() }
    }
    let findings = Some(annotation.findings).filter(|_| !annotation.strip).unwrap_or_default();
    for finding in findings {
        let range = annotator.range(finding, draft.is_before(finding));
        if let Some(range) = done.admit(range, |range| comments.keep(range, finding))? {
            let id = comments.add(finding, &range, &annotator.date);
            annotator.comment(&range, id);
        }
    }
    for finding in annotation.passed_over {
        let range = annotator.range(finding, draft.is_before(finding));
        range.into_iter().for_each(|range| _ = comments.keep(&range, finding));
    }
    let removal = comments.removal(&mut package, &document, annotation)?;
    (done.removed, done.answered) = (removal.len(), removal.answered());
    done.old_changes = annotator.inventory.own_changes;
    remove::marks(&mut annotator, &removal);
    let expected = annotator.expected(versions);
    let mut changed = annotator.finish();
    let has_changes = done.changes + done.old_changes > 0;
    comments.finish(&mut package, &document, (&removal, has_changes), &mut changed)?;
    done.bytes = copy::write(&mut package, &changed, Format::Word, &expected)?;
    Ok(done)
}
