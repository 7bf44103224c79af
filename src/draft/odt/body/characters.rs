//! The characters of paragraphs: text with its white space collapsed, and what elements stand for.

use std::ops::Range;

use super::{Frame, HERE, Part, Slot, Stories};
use crate::draft::paper::{Form, Piece, raised};

impl Stories<'_> {
    pub(super) fn characters(&mut self, text: &str, xml: Range<usize>) {
        let (is_open, is_read) = (self.around.open.is_some(), self.is_read());
        match self.frames.last_mut() {
            Some(Frame::Caption(caption)) => caption.push_str(text),
            Some(Frame::Said(part)) => {
                if let Some(comment) = &mut self.comment {
                    match part {
                        Part::Creator => comment.creator.push_str(text),
                        Part::Paragraph => comment.last.push_str(text),
                    }
                }
            }
            Some(Frame::Paragraph | Frame::Span | Frame::Through | Frame::Whole { has_text: true, .. }) if is_open => {
                if is_read {
                    self.collapsed(text, xml);
                } else if let Some(last) = text.chars().last() {
                    // White space is collapsed as it stands in the file, whatever is read of it.
                    self.around.after_space = is_space(last);
                    let is_hidden = self.is_there() && !text.trim().is_empty();
                    let slot = self.around.open.and_then(|slot| self.slots.get_mut(slot));
                    slot.into_iter().for_each(|slot| slot.has_hidden |= is_hidden);
                }
            }
            _ => {}
        }
    }

    /// Adds text with its white space collapsed (OpenDocument 1.3, part 3, 6.1.2).
    fn collapsed(&mut self, text: &str, xml: Range<usize>) {
        let mut kept: Vec<Range<usize>> = Vec::new();
        for (at, c) in text.char_indices() {
            let is_space = is_space(c);
            let is_dropped = is_space && self.around.after_space;
            self.around.after_space = is_space;
            match kept.last_mut() {
                _ if is_dropped => {}
                Some(last) if last.end == at => last.end = at + c.len_utf8(),
                _ => kept.push(at..at + c.len_utf8()),
            }
        }
        let spaced = |text: &str| text.replace(['\t', '\n', '\r'], " ");
        if text.len() != xml.len() {
            let kept: String = kept.into_iter().map(|range| spaced(&text[range])).collect();
            self.put(&kept, xml, Form::Reference);
            return;
        }
        for range in kept {
            let part = spaced(&text[range.clone()]);
            if self.look().is_raised && part.bytes().any(|byte| byte.is_ascii_digit()) {
                for (at, c) in part.char_indices() {
                    let from = xml.start + range.start + at;
                    self.put(raised(c).encode_utf8(&mut [0; 4]), from..from + c.len_utf8(), Form::Reference);
                }
            } else {
                self.put(&part, xml.start + range.start..xml.start + range.end, Form::Copied);
            }
        }
    }

    /// Adds what an element stands for.
    pub(super) fn element(&mut self, text: &str, xml: Range<usize>) {
        self.around.after_space = false;
        if self.is_read() {
            self.put(text, xml, Form::Element);
        }
    }

    fn put(&mut self, text: &str, xml: Range<usize>, form: Form) {
        let change = self.tracked();
        let run = self.around.mark.unwrap_or(HERE);
        let Some(slot) = self.around.open.and_then(|slot| self.slots.get_mut(slot)) else {
            return;
        };
        if !text.is_empty() {
            let at = slot.text.len();
            slot.text.push_str(text);
            slot.pieces.push(Piece { text: at..slot.text.len(), xml, form, change, run, node: 0 });
        }
    }
}

/// Whether a character is white space that is collapsed.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

impl Slot {
    /// Takes off the white space at the end, of which there is one character.
    pub(super) fn trim(&mut self) {
        let Some(last) = self.pieces.last_mut() else {
            return;
        };
        if !self.text.ends_with(' ') || last.form == Form::Element {
            return;
        }
        if last.text.len() == 1 {
            self.pieces.pop();
        } else if last.form == Form::Copied {
            last.text.end -= 1;
            last.xml.end -= 1;
        } else {
            return;
        }
        self.text.pop();
    }
}
