//! Suggestions as tracked changes.

use super::cut::segments;
use super::grid::End;
use super::survey::Names;
use super::{Work, tag};
use crate::annotate::AUTHOR;
use crate::draft::paper::{BREAK, Form, Piece};
use crate::draft::word::Insertion;
use crate::escape::xml_text;
use crate::fix::Edit;

impl Work<'_> {
    /// Makes a tracked change of an edit; `false` if it has no place.
    pub(super) fn track(&mut self, edit: &Edit) -> bool {
        let document = self.document;
        let (paper, span) = (&document.paper, edit.span);
        let pieces = paper.pieces(span);
        let anchor: Option<&Piece> = if span.is_empty() {
            // An insertion stands behind the character before it, in its formatting.
            let before = paper.pieces.partition_point(|piece| piece.text.end < span.start());
            paper.pieces.get(before).filter(|piece| piece.text.contains(&span.start().saturating_sub(1)))
        } else {
            pieces.first()
        };
        let Some(anchor) = anchor.filter(|anchor| self.takes(anchor, edit)) else {
            return false;
        };
        let story = document.runs[anchor.run].story;
        let Some(p) = self.survey.names[story].as_ref().map(|names| names.prefix.clone()) else {
            return false;
        };
        let Some(content) = content(&edit.text, &p).filter(|_| pieces.iter().all(|piece| self.takes(piece, edit)))
        else {
            return false;
        };
        let (mut behind, mut around) = (None, anchor.run);
        for segment in segments(document, pieces, &span.range()) {
            let (from, to) = (self.grid.before(&segment.first), self.grid.behind(&segment.last));
            let open = self.open(story, "del");
            self.cuts.entry(story).or_default().delete(from, to, open);
            (behind, around) = (Some(to), segment.last.run);
        }
        if !edit.text.is_empty() {
            let to = match behind {
                Some(to) => to,
                None => self.grid.behind(&End::of(anchor, &(anchor.text.start..span.start()))),
            };
            let insertion = self.insertion(story, anchor.run, around, &content, &p);
            self.cuts.entry(story).or_default().at(to).insertion += &insertion;
        }
        self.placed.push(edit.clone());
        true
    }

    /// Whether an edit can change its part of a piece: not what somebody else has deleted, or has inserted where that insertion
    /// cannot be divided, and what stands for more than a character as a whole only.
    fn takes(&mut self, piece: &Piece, edit: &Edit) -> bool {
        let span = edit.span;
        let run = self.document.runs.get(piece.run);
        let is_whole = || {
            let from = if span.is_empty() { piece.text.start } else { span.start() };
            from <= piece.text.start && piece.text.end <= span.end()
        };
        run.is_some_and(|run| run.insertion != Insertion::Inside)
            && !piece.change.deleted
            && (piece.form == Form::Copied || is_whole())
            && self.grid.is_free(piece)
    }

    /// The start tag of a tracked change of comity.
    fn open(&mut self, story: usize, name: &str) -> String {
        let id = self.survey.changes.next();
        self.survey.names[story].as_ref().map_or_else(String::new, |Names { prefix: p, declares, .. }| {
            format!("<{p}{name}{declares} {p}id=\"{id}\" {p}author=\"{AUTHOR}\" {p}date=\"{}\">", self.date)
        })
    }

    /// A tracked insertion of some content in the formatting of the run `like`, to stand behind something in the run `behind`.
    fn insertion(&mut self, story: usize, like: usize, behind: usize, content: &str, p: &str) -> String {
        let document = self.document;
        let xml = &document.stories[story].xml;
        let open = self.open(story, "ins");
        let properties = document.runs[like].properties.clone().map(|span| &xml[span]);
        let properties = properties.map_or_else(String::new, |xml| tag::renumbered(xml, &mut self.survey.changes));
        let insertion = format!("{open}<{p}r>{properties}{content}</{p}r></{p}ins>");
        let Insertion::Child(around) = &document.runs[behind].insertion else {
            return insertion;
        };
        // Text of one author does not stand in the insertion of another: that one is divided.
        let again = tag::with_id(&xml[around.clone()], self.survey.changes.next());
        format!("</{}>{insertion}{again}", tag::name(&again))
    }
}

/// What a run holds of a text: text elements, and elements for what is none. `None` if there is something in it that XML cannot
/// hold.
fn content(text: &str, p: &str) -> Option<String> {
    let mut content = String::new();
    for piece in text.split_inclusive(['\t', BREAK]) {
        let plain = piece.trim_end_matches(['\t', BREAK]);
        if !plain.is_empty() {
            let escaped = xml_text(plain);
            if quick_xml::escape::unescape(&escaped).ok()? != plain {
                return None;
            }
            content += &format!("<{p}t xml:space=\"preserve\">{escaped}</{p}t>");
        }
        match piece.chars().last() {
            Some('\t') => content += &format!("<{p}tab/>"),
            Some(BREAK) => content += &format!("<{p}br/>"),
            _ => {}
        }
    }
    Some(content)
}
