//! Whether a copy is what it should be, before it is handed out: the text of the document with nothing but what was meant to be changed.

use std::collections::HashMap;
use std::io::Cursor;

use crate::annotate::AnnotateError;
use crate::annotate::copy::LIMIT;
use crate::draft::Revisions;
use crate::draft::paper::raised;
use crate::draft::word::{self, Document};
use crate::fix::Edit;
use crate::span::Span;

/// The texts that a copy has to have.
pub(super) struct Texts {
    pub(super) accepted: String,
    pub(super) original: String,
}

/// Reads a copy again.
///
/// # Errors
/// If it has not these texts.
pub(super) fn verify(copy: &[u8], texts: &Texts) -> Result<(), AnnotateError> {
    let all = [(Revisions::Accepted, &texts.accepted), (Revisions::Original, &texts.original)];
    for (revisions, expected) in all {
        let text = match word::read(Cursor::new(copy), LIMIT, revisions) {
            Ok((document, _)) => document.text,
            Err(error) => return Err(AnnotateError::Unsound(error.to_string())),
        };
        if let Some(line) = difference(&text, expected) {
            let with = if revisions == Revisions::Accepted { "with" } else { "without" };
            return Err(AnnotateError::Unsound(format!(
                "{with} the changes, line {line} of its text would be another"
            )));
        }
    }
    Ok(())
}

/// The first line, from 1, that two texts do not share. Digits may be raised by the formatting that they come into.
fn difference(one: &str, other: &str) -> Option<usize> {
    if one == other {
        return None;
    }
    let raise = |text: &str| text.chars().map(raised).collect::<String>();
    let (one, other) = (raise(one), raise(other));
    let same = one.lines().zip(other.lines()).take_while(|(one, other)| one == other).count();
    (one != other).then_some(same + 1)
}

/// Edits of the text before tracked changes as edits of the text with them.
pub(super) fn carried(original: &Document, accepted: &Document, edits: &[Edit]) -> Vec<Edit> {
    // Where what stands at a byte of a story is in the text with the changes.
    let at = |document: &Document, run: usize, byte| document.runs.get(run).map(|run| (run.story, byte));
    let known: HashMap<_, _> = accepted
        .paper
        .pieces
        .iter()
        .filter_map(|piece| Some((at(accepted, piece.run, piece.xml.start)?, piece.text.start)))
        .collect();
    let mut carried = Vec::new();
    for edit in edits {
        let first = carried.len();
        let (span, text) = (edit.span.range(), &edit.text);
        let before = Span::new(span.start.saturating_sub(usize::from(span.is_empty())), span.end);
        for piece in original.paper.pieces(before) {
            let Some(start) = at(original, piece.run, piece.xml.start).and_then(|at| known.get(&at)) else {
                continue;
            };
            let moved = |byte: usize| start + byte.clamp(piece.text.start, piece.text.end) - piece.text.start;
            carried.push(Edit { span: Span::new(moved(span.start), moved(span.end)), text: String::new() });
        }
        // What comes stands behind the last that goes.
        if let Some(last) = carried[first..].last_mut() {
            last.text.clone_from(text);
        }
    }
    carried.sort_by_key(|edit| (edit.span.start(), edit.span.end()));
    carried
}
