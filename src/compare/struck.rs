//! Words with a line through them. They stand in the text, and are meant to go: to compare with, each is another word than the
//! same one without the line.

use crate::draft::{Draft, ResidueKind};
use crate::span::Plain;
use crate::span::Span;
use crate::text::Block;

/// What stands before the text of a struck-out word.
const SIGN: &str = "~";

/// The struck-out words of a draft, by their bytes in its source.
pub(super) struct StruckWords {
    /// In order; what stands in another is left out.
    spans: Vec<Span>,
}

impl StruckWords {
    pub(super) fn of(draft: &Draft) -> StruckWords {
        // What a tracked change of a document takes out is there in one of its two texts only.
        let is_struck = |kind| kind == ResidueKind::StruckOut || (kind == ResidueKind::Deletion && draft.is_text());
        let residues = draft.residues();
        let mut spans: Vec<Span> =
            residues.iter().filter(|residue| is_struck(residue.kind)).filter_map(|residue| residue.span).collect();
        spans.sort_by_key(|span| (span.start(), std::cmp::Reverse(span.end())));
        let mut end = 0;
        spans.retain(|span| {
            let is_apart = span.end() > end;
            end = end.max(span.end());
            is_apart
        });
        StruckWords { spans }
    }

    /// The key of a word, told from the same one without a line through it.
    pub(super) fn key(&self, block: &Block, word: Span<Plain>, key: &str) -> Option<String> {
        if self.spans.is_empty() {
            return None;
        }
        let source = block.source(word);
        let next = self.spans.partition_point(|span| span.end() <= source.start());
        let is_struck = self.spans.get(next).is_some_and(|span| span.start() <= source.start());
        is_struck.then(|| format!("{SIGN}{key}"))
    }
}
