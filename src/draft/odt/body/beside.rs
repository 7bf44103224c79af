//! What stands beside the text: notes, drawings and their text boxes, the words for images, comments.

use std::ops::Range;

use super::{Around, ENDNOTES, FOOTNOTES, Frame, HERE, MAIN, Mark, Part, Slot, Stories};
use crate::draft::paper::{Form, Piece, Role};
use crate::draft::xml::Element;
use crate::text::collapsed;
use crate::text::fold::OBJECT;

impl Stories<'_> {
    /// A mark for what begins here: none where comments stand around something that is further out.
    fn mark(&mut self, is_elsewhere: bool) -> Option<usize> {
        if self.around.mark.is_some() {
            return None;
        }
        let at = self.around.open.map_or(0, |slot| self.slots[slot].text.len());
        let open = self.around.open.map(|slot| [slot, slot]);
        self.marks.push((open, Mark { at, until: at, is_elsewhere, ..Mark::default() }));
        Some(self.marks.len() - 1)
    }

    /// What stands in this mark until it ends: what was open around it is given back.
    fn enter(&mut self, mark: Option<usize>, boxed: Option<usize>) -> Around {
        let mark = self.around.mark.or(mark);
        let inside = Around { mark, boxed, story: self.around.story, after_space: true, ..Around::default() };
        std::mem::replace(&mut self.around, inside)
    }

    /// Says where the element of a mark is.
    pub(super) fn leave(&mut self, mark: Option<usize>, around: Around, span: Range<usize>) {
        self.around = around;
        if let Some((Some(_), mark)) = mark.and_then(|mark| self.marks.get_mut(mark)) {
            mark.around = Some(span);
        }
    }

    pub(super) fn note(&mut self, element: &Element<'_>) -> Frame {
        let mark = self.mark(true);
        let around = self.enter(mark, self.around.boxed);
        if self.story == MAIN {
            let is_endnote = element.attribute("note-class").is_some_and(|class| class == "endnote");
            self.around.story = Some(if is_endnote { ENDNOTES } else { FOOTNOTES });
        }
        Frame::Note { around, mark, start: element.span.start }
    }

    pub(super) fn shape(&mut self, element: &Element<'_>) -> Frame {
        match element.name() {
            "text-box" => {
                let Around { boxed, story, .. } = self.around;
                let inside = Around { mark: boxed, boxed, story, after_space: true, ..Around::default() };
                Frame::Box(std::mem::replace(&mut self.around, inside))
            }
            "object" | "object-ole" | "image" | "plugin" | "applet" | "floating-frame" => Frame::Skip,
            _ => {
                let start = element.span.start;
                let is_character = element.attribute("anchor-type").is_some_and(|anchor| anchor == "as-char");
                let mark = self.mark(true);
                let piece = self.around.open.filter(|_| is_character).map(|slot| self.slots[slot].pieces.len());
                if is_character {
                    self.element(OBJECT.encode_utf8(&mut [0; 4]), element.span.clone());
                }
                let around = self.enter(mark, self.around.mark);
                Frame::Shape { around, mark, start, piece }
            }
        }
    }

    /// Adds the words that stand for an image, a paragraph of its own.
    pub(super) fn caption(&mut self, text: &str, to: usize) {
        let text = collapsed(text);
        let is_in_shape = matches!(self.frames.last(), Some(Frame::Shape { .. }));
        if !is_in_shape || text.is_empty() || !self.is_read() {
            return;
        }
        let run = self.around.mark.unwrap_or(HERE);
        let pieces =
            vec![Piece { text: 0..text.len(), xml: to..to, form: Form::Element, change: self.tracked(), run, node: 0 }];
        let story = self.around.story.unwrap_or(self.story);
        self.slots.push(Slot { text, pieces, story, role: Role::Caption, is_image: true, ..Slot::default() });
    }

    pub(super) fn in_comment(&mut self, element: &Element<'_>) -> Frame {
        match (element.name(), self.frames.last()) {
            ("creator", _) => Frame::Said(Part::Creator),
            ("p", _) => {
                self.comment.iter_mut().for_each(|comment| comment.last.clear());
                Frame::Said(Part::Paragraph)
            }
            ("list" | "list-item" | "list-header", _) => Frame::Comment,
            (name, Some(Frame::Said(part))) => {
                if name == "s" {
                    self.comment.iter_mut().for_each(|comment| comment.last.push(' '));
                }
                Frame::Said(*part)
            }
            _ => Frame::Skip,
        }
    }
}
