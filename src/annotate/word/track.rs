//! Suggestions as tracked changes.

use super::cut::segments;
use super::inventory::WordPrefix;
use super::runs::CharacterEnd;
use super::{Annotator, runs, tag};
use crate::annotate::AUTHOR;
use crate::draft::layout::{BREAK, PieceForm, TextPiece};
use crate::draft::word::RunInsertion;
use crate::escape::xml_text;
use crate::fix::Edit;
use crate::span::Span;

/// The place of an edit.
struct EditPlace<'d> {
    /// The characters in whose formatting the new ones are.
    anchor: &'d TextPiece,
    run: usize,
    story: usize,
    /// The prefix of elements there, and the content of the run with the new characters.
    prefix: String,
    content: String,
}

impl<'d> Annotator<'d> {
    /// Makes tracked changes of the edits of a change; `false` if one of them has no place: half of a change is none.
    pub(super) fn track(&mut self, change: &[Edit]) -> bool {
        let places: Option<Vec<EditPlace<'d>>> = change.iter().map(|edit| self.place(edit)).collect();
        let Some(places) = places else {
            return false;
        };
        change.iter().zip(places).for_each(|(edit, place)| self.write(edit, place));
        true
    }

    /// The place of an edit, if it has one.
    fn place(&mut self, edit: &Edit) -> Option<EditPlace<'d>> {
        let (document, checked) = (self.document, self.checked);
        let (layout, span) = (&checked.text.layout, edit.span);
        let pieces = layout.pieces(span);
        let anchor: Option<&TextPiece> = if span.is_empty() {
            // An insertion stands behind the character before it, in its formatting.
            let before = layout.pieces.partition_point(|piece| piece.text.end() < span.start());
            layout.pieces.get(before).filter(|piece| piece.text.range().contains(&span.start().saturating_sub(1)))
        } else {
            pieces.first()
        };
        let anchor = anchor.filter(|anchor| self.takes(anchor, edit))?;
        let run = anchor.anchor.run()?;
        let story = document.runs[run].story;
        let prefix = self.inventory.names[story].as_ref()?.prefix.clone();
        let content = content(&edit.text, &prefix)?;
        let is_free = pieces.iter().all(|piece| self.takes(piece, edit))
            && (edit.text.is_empty() || !pieces.is_empty() || last_character(anchor, span).is_some());
        is_free.then_some(EditPlace { anchor, run, story, prefix, content })
    }

    /// Makes a tracked change of an edit at its place.
    fn write(&mut self, edit: &Edit, place: EditPlace<'d>) {
        let EditPlace { anchor, run, story, prefix: p, content } = place;
        let (document, span) = (self.document, edit.span);
        let pieces = self.checked.text.layout.pieces(span);
        let (mut behind, mut around) = (None, run);
        let segments = segments(document, pieces, span);
        // The mark of a note between the words that go stays behind those that come.
        let mark = runs::first_mark(document, &segments);
        for segment in segments {
            let (from, to) = (self.runs.before(segment.first), self.runs.behind(segment.last));
            let open = self.open(story, "del");
            self.cuts.entry(story).or_default().delete(from, to, open);
            if behind.is_none() || mark.is_none_or(|mark| to.at <= mark) {
                (behind, around) = (Some(to), segment.last.run);
            }
        }
        let behind = behind.or_else(|| Some(self.runs.behind(last_character(anchor, span)?)));
        if let Some(to) = behind.filter(|_| !edit.text.is_empty()) {
            let insertion = self.insertion(story, run, around, &content, &p);
            self.cuts.entry(story).or_default().at(to).added += &insertion;
        }
        self.placed.push(edit.clone());
    }

    /// True if an edit can change its part of a piece: not what a program makes or binds, not what somebody else has deleted, or has inserted where that insertion
    /// cannot be divided, and what stands for more than a character as a whole only.
    fn takes(&mut self, piece: &TextPiece, edit: &Edit) -> bool {
        let span = edit.span;
        let run = piece.anchor.run().and_then(|run| self.document.runs.get(run));
        let is_whole = || {
            let from = if span.is_empty() { piece.text.start() } else { span.start() };
            from <= piece.text.start() && piece.text.end() <= span.end()
        };
        run.is_some_and(|run| run.insertion != RunInsertion::Inside)
            && self.document.is_free(piece)
            && !piece.change.deleted
            && (piece.form == PieceForm::Copied || is_whole())
            && self.runs.is_free(piece)
    }

    /// The start tag of a tracked change of comity.
    fn open(&mut self, story: usize, name: &str) -> String {
        let id = self.inventory.changes.next();
        self.inventory.names[story].as_ref().map_or_else(String::new, |WordPrefix { prefix: p, declares, .. }| {
            format!("<{p}{name}{declares} {p}id=\"{id}\" {p}author=\"{AUTHOR}\" {p}date=\"{}\">", self.date)
        })
    }

    /// A tracked insertion of some content in the formatting of the run `like`, to stand behind something in the run `behind`.
    fn insertion(&mut self, story: usize, like: usize, behind: usize, content: &str, p: &str) -> String {
        let document = self.document;
        let xml = &document.stories[story].xml;
        let open = self.open(story, "ins");
        let properties = document.runs[like].properties.map(|span| &xml[span.range()]);
        let properties = properties.map_or_else(String::new, |xml| tag::renumbered(xml, &mut self.inventory.changes));
        let insertion = format!("{open}<{p}r>{properties}{content}</{p}r></{p}ins>");
        let RunInsertion::Child(around) = &document.runs[behind].insertion else {
            return insertion;
        };
        // Text of one author does not stand in the insertion of another: that one is divided.
        let reopened = tag::with_id(&xml[around.range()], self.inventory.changes.next());
        format!("</{}>{insertion}{reopened}", tag::name(&reopened))
    }
}

/// The last character of a piece before some bytes of the text.
pub(super) fn last_character(piece: &TextPiece, span: Span) -> Option<CharacterEnd> {
    CharacterEnd::new(piece, Span::new(piece.text.start(), span.start()))
}

/// The content of a run that has a text: text elements, and elements for what is none. `None` if there is something in it that XML cannot
/// hold.
pub(in crate::annotate) fn content(text: &str, p: &str) -> Option<String> {
    content_in(text, p, "t")
}

/// The content of a run that has a text which is deleted.
pub(in crate::annotate) fn deleted_content(text: &str, p: &str) -> Option<String> {
    content_in(text, p, "delText")
}

/// The content of a run that has a text in elements of this name.
fn content_in(text: &str, p: &str, name: &str) -> Option<String> {
    let mut content = String::new();
    for piece in text.split_inclusive(['\t', BREAK]) {
        let plain = piece.trim_end_matches(['\t', BREAK]);
        if !plain.is_empty() {
            let escaped = xml_text(plain);
            if quick_xml::escape::unescape(&escaped).ok()? != plain {
                return None;
            }
            content += &format!("<{p}{name} xml:space=\"preserve\">{escaped}</{p}{name}>");
        }
        match piece.chars().last() {
            Some('\t') => content += &format!("<{p}tab/>"),
            Some(BREAK) => content += &format!("<{p}br/>"),
            _ => {}
        }
    }
    Some(content)
}
