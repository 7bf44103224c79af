//! Where the comment on a finding goes.

use super::Work;
use super::grid::{End, Key, Reach};
use crate::draft::paper::{Form, Piece};
use crate::draft::word::Document;
use crate::finding::Finding;
use crate::span::Span;

/// Where a comment goes.
pub(super) struct Place {
    /// How much of the document begins before it: by that and the rule a comment is known again.
    pub(super) at: usize,
    from: Key,
    to: Key,
    /// What to say first where the words can have no comment, so that it stands elsewhere.
    pub(super) elsewhere: Option<String>,
}

impl Work<'_> {
    /// Where a comment on a finding goes, which is in the text before tracked changes or in the one that is checked; `None` if there
    /// is not a word in the document itself.
    pub(super) fn place(&mut self, finding: &Finding, is_before: bool) -> Option<Place> {
        let of = if is_before { self.other } else { self.document };
        let pieces = of.paper.pieces(finding.span);
        let is_main = |piece: &&Piece| is_main(of, piece);
        if let (Some(first), Some(last)) = (pieces.iter().find(is_main), pieces.iter().rfind(is_main)) {
            let text = finding.span.range();
            let reach = Reach { first: End::of(first, &text), last: End::of(last, &text) };
            return Some(self.at(&reach, None));
        }
        // Word takes comments in the document itself only: that on a note stands at the mark of the note, that on a header or a
        // footer at the first words. What stands in no run, as a formula does, has its comment at what stands beside it.
        let reach = match note(of, finding).or_else(|| self.beside(of, finding.span)) {
            Some(reach) => reach,
            None => self.first()?,
        };
        Some(self.at(&reach, Some(finding.place().to_string())))
    }

    fn at(&mut self, reach: &Reach, elsewhere: Option<String>) -> Place {
        let from = self.grid.before(&reach.first);
        let to = self.grid.behind(&reach.last);
        // What a text box holds is text behind that of the paragraph around it, and may stand before it.
        let to = if to > from { to } else { self.grid.behind(&reach.first) };
        Place { at: self.grid.count_before(from.at), from, to, elsewhere }
    }

    /// The character right before or right behind a finding in its paragraph.
    fn beside(&self, of: &Document, span: Span) -> Option<Reach> {
        let pieces = &of.paper.pieces;
        let from = pieces.partition_point(|piece| piece.text.end <= span.start());
        let to = pieces.partition_point(|piece| piece.text.start < span.end());
        let before = of.text.get(..span.start())?.chars().next_back().map_or(0, char::len_utf8);
        let behind = of.text.get(span.end()..)?.chars().next().map_or(0, char::len_utf8);
        let beside =
            [(from.checked_sub(1), span.start() - before..span.start()), (Some(to), span.end()..span.end() + behind)];
        beside.into_iter().find_map(|(index, character)| {
            let piece = pieces.get(index?).filter(|piece| is_main(of, piece))?;
            let is_beside = piece.text.start < character.end && character.start < piece.text.end;
            let end = End::of(piece, &character);
            is_beside.then(|| Reach { first: end.clone(), last: end })
        })
    }

    /// The first words of the document itself, or else the first thing.
    fn first(&mut self) -> Option<Reach> {
        let document = self.document;
        let found = self.first.get_or_insert_with(|| {
            let mut all = document.paper.pieces.iter().filter(|piece| is_main(document, piece));
            let words = all.clone().find(|piece| piece.form != Form::Element);
            words.or_else(|| all.next()).map(Reach::of)
        });
        found.clone()
    }

    /// Marks where a comment with this number begins and ends.
    pub(super) fn comment(&mut self, place: &Place, id: u32) {
        let story = self.document.runs[place.from.run].story;
        let Some(names) = &self.survey.names[story] else {
            return;
        };
        let (p, declares) = (&names.prefix, &names.declares);
        let start = format!("<{p}commentRangeStart{declares} {p}id=\"{id}\"/>");
        let end = format!(
            "<{p}commentRangeEnd{declares} {p}id=\"{id}\"/><{p}r{declares}><{p}commentReference {p}id=\"{id}\"/></{p}r>"
        );
        let cuts = self.cuts.entry(story).or_default();
        cuts.at(place.from).starts += &start;
        cuts.at(place.to).ends += &end;
    }
}

/// Whether a piece stands in a run of the document itself.
fn is_main(document: &Document, piece: &Piece) -> bool {
    let run = document.runs.get(piece.run);
    run.is_some_and(|run| *document.stories[run.story].name == *document.main)
}

/// The mark of the note that a finding is in.
fn note(document: &Document, finding: &Finding) -> Option<Reach> {
    let note = document.notes.get(finding.start.line.checked_sub(1)?)?.clone()?;
    let story = document.paper.pieces(finding.span).iter().find_map(|piece| document.runs.get(piece.run))?.story;
    let &run = document.references.get(&(story, note.clone()))?;
    Some(super::grid::mark(document, run, &note))
}
