//! Edits of one version of a text, carried over to the other.

use std::collections::HashMap;

use crate::draft::layout::{DocumentText, TextPiece};
use crate::draft::word::WordDocument;
use crate::fix::Edit;
use crate::span::Span;

/// Edits of the text before tracked changes as edits of the text with them.
pub(super) fn carried(
    document: &WordDocument,
    original: &DocumentText,
    accepted: &DocumentText,
    edits: &[Edit],
) -> Vec<Edit> {
    // The same characters stand at the same byte of the same story.
    let at = |piece: &TextPiece| Some((document.runs.get(piece.anchor.run()?)?.story, piece.xml.start()));
    let known: HashMap<_, _> =
        accepted.layout.pieces.iter().filter_map(|piece| Some((at(piece)?, piece.text.start()))).collect();
    let mut carried = Vec::new();
    for edit in edits {
        let first = carried.len();
        let (span, text) = (edit.span, &edit.text);
        let before = Span::new(span.start().saturating_sub(usize::from(span.is_empty())), span.end());
        for piece in original.layout.pieces(before) {
            let Some(start) = at(piece).and_then(|at| known.get(&at)) else {
                continue;
            };
            let moved = |byte: usize| start + byte.clamp(piece.text.start(), piece.text.end()) - piece.text.start();
            carried.push(Edit { span: Span::new(moved(span.start()), moved(span.end())), text: String::new() });
        }
        // What comes stands behind the last that goes.
        if let Some(last) = carried[first..].last_mut() {
            last.text.clone_from(text);
        }
    }
    carried.sort_by_key(|edit| (edit.span.start(), edit.span.end()));
    carried
}
