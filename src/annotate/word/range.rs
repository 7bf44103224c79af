//! The range that the comment on a finding is put around.

use super::Annotator;
use super::runs::{self, CharacterRange, CutKind, CutPoint};
use crate::annotate::comment::CommentRange;
use crate::draft::layout::{PieceForm, TextPiece};
use crate::draft::word::{WordDocument, WordText};
use crate::finding::Finding;
use crate::span::Span;

/// The cuts between which the range of a comment lies.
#[derive(Debug)]
pub(super) struct CutRange {
    from: CutPoint,
    to: CutPoint,
}

impl Annotator<'_> {
    /// The range of a comment on a finding, which is in the text before tracked changes or in the one that is checked; `None` if
    /// there is not a word in the document itself.
    pub(super) fn range(&mut self, finding: &Finding, is_before: bool) -> Option<CommentRange<CutRange>> {
        let text = if is_before { self.other } else { self.checked };
        let pieces = text.text.layout.pieces(finding.span);
        let is_main = |piece: &&TextPiece| is_main(self.document, piece);
        if let (Some(first), Some(last)) = (pieces.iter().find(is_main), pieces.iter().rfind(is_main)) {
            let range = CharacterRange::new(first, last, finding.span)?;
            if let Some(range) = self.outside(range) {
                return Some(range);
            }
            let range = self.nearest_free(text, finding.span)?;
            return Some(self.at(range, Some(finding.place().to_string())));
        }
        // Word takes comments in the document itself only: that on a note stands at the mark of the note, that on a header or a
        // footer at the first words. What stands in no run, as a formula does, has its comment at what stands beside it.
        let range = match note(self.document, text, finding).or_else(|| self.neighbour(text, finding.span)) {
            Some(range) => range,
            None => self.first()?,
        };
        Some(self.at(range, Some(finding.place().to_string())))
    }

    /// The range of a comment on some characters, around the fields and the content controls that they stand in; `None` where one of
    /// these is more than a part of a paragraph.
    fn outside(&mut self, range: CharacterRange) -> Option<CommentRange<CutRange>> {
        let document = self.document;
        let [first, last] = [range.first, range.last].map(|end| document.seal(end.run));
        if [first, last].into_iter().flatten().any(|seal| !seal.is_inline) {
            return None;
        }
        let edge = |at, run, kind| CutPoint { at, run, kind };
        let from = match first {
            Some(seal) => edge(seal.span.start(), range.first.run, CutKind::Before),
            None => self.runs.before(range.first),
        };
        let to = match last {
            Some(seal) => edge(seal.span.end(), range.last.run, CutKind::Behind),
            None => self.runs.behind(range.last),
        };
        Some(self.between(from, to, range, None))
    }

    /// The character nearest to a finding, before it if there is one, that something can be put at.
    fn nearest_free(&self, text: &WordText, span: Span) -> Option<CharacterRange> {
        let pieces = &text.text.layout.pieces;
        let at = pieces.partition_point(|piece| piece.text.end() <= span.start());
        let is_free = |piece: &&TextPiece| is_main(self.document, piece) && self.document.is_free(piece);
        let before = pieces[..at].iter().rev().find(is_free);
        let piece = before.or_else(|| pieces[at..].iter().find(is_free))?;
        CharacterRange::new(piece, piece, piece.text)
    }

    fn at(&mut self, range: CharacterRange, elsewhere: Option<String>) -> CommentRange<CutRange> {
        let from = self.runs.before(range.first);
        let to = self.runs.behind(range.last);
        self.between(from, to, range, elsewhere)
    }

    fn between(
        &mut self,
        from: CutPoint,
        to: CutPoint,
        range: CharacterRange,
        elsewhere: Option<String>,
    ) -> CommentRange<CutRange> {
        // What a text box holds is text behind that of the paragraph around it, and may stand before it.
        let to = if to > from { to } else { self.runs.behind(range.first) };
        // What stands between the same two characters has the same number of things before it.
        let at = [self.runs.count_before(from.at); 2];
        CommentRange { place: CutRange { from, to }, at, elsewhere }
    }

    /// The character right before or right behind a finding in its paragraph.
    fn neighbour(&self, text: &WordText, span: Span) -> Option<CharacterRange> {
        let (pieces, text) = (&text.text.layout.pieces, &text.text.text);
        let from = pieces.partition_point(|piece| piece.text.end() <= span.start());
        let to = pieces.partition_point(|piece| piece.text.start() < span.end());
        let before = text.get(..span.start())?.chars().next_back().map_or(0, char::len_utf8);
        let behind = text.get(span.end()..)?.chars().next().map_or(0, char::len_utf8);
        let neighbours = [
            (from.checked_sub(1), Span::new(span.start() - before, span.start())),
            (Some(to), Span::new(span.end(), span.end() + behind)),
        ];
        neighbours.into_iter().find_map(|(index, character)| {
            let piece = pieces.get(index?).filter(|piece| is_main(self.document, piece))?;
            let is_free = self.document.is_free(piece);
            CharacterRange::new(piece, piece, character).filter(|_| is_free && piece.text.overlaps(character))
        })
    }

    /// The first words of the document itself, or else the first thing.
    fn first(&mut self) -> Option<CharacterRange> {
        let (document, layout) = (self.document, &self.checked.text.layout);
        *self.first.get_or_insert_with(|| {
            let is_free = |piece: &&TextPiece| is_main(document, piece) && document.is_free(piece);
            let mut all = layout.pieces.iter().filter(is_free);
            let words = all.clone().find(|piece| piece.form != PieceForm::Element);
            words.or_else(|| all.next()).and_then(|piece| CharacterRange::new(piece, piece, piece.text))
        })
    }

    /// Marks where a comment with this number begins and ends.
    pub(super) fn comment(&mut self, range: &CommentRange<CutRange>, id: u32) {
        let story = self.document.runs[range.place.from.run].story;
        let Some(names) = &self.inventory.names[story] else {
            return;
        };
        let (p, declares) = (&names.prefix, &names.declares);
        let start = format!("<{p}commentRangeStart{declares} {p}id=\"{id}\"/>");
        let end = format!(
            "<{p}commentRangeEnd{declares} {p}id=\"{id}\"/><{p}r{declares}><{p}commentReference {p}id=\"{id}\"/></{p}r>"
        );
        let cuts = self.cuts.entry(story).or_default();
        cuts.at(range.place.from).starts += &start;
        cuts.at(range.place.to).ends += &end;
    }
}

/// True for a piece that stands in a run of the document itself.
fn is_main(document: &WordDocument, piece: &TextPiece) -> bool {
    let run = piece.anchor.run().and_then(|run| document.runs.get(run));
    run.is_some_and(|run| *document.stories[run.story].name == *document.main)
}

/// The mark of the note that a finding is in.
fn note(document: &WordDocument, text: &WordText, finding: &Finding) -> Option<CharacterRange> {
    let note = text.notes.get(finding.start.line.checked_sub(1)?)?.clone()?;
    let pieces = text.text.layout.pieces(finding.span);
    let story = pieces.iter().find_map(|piece| document.runs.get(piece.anchor.run()?))?.story;
    let &run = document.references.get(&(story, note.clone()))?;
    Some(runs::mark(document, run, &note))
}
