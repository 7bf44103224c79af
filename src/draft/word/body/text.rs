//! The characters of a part: what is text, what stands for a character, what is left out.

use std::ops::Range;

use super::open::{Around, Frame, InSlot, OpenText};
use super::slot::Slot;
use super::{NO_RUN, Reference, Stories};
use crate::draft::paper::{BREAK, Change, Form, Piece, raised};
use crate::draft::word::{Revisions, TextNode};
use crate::draft::xml::Element;
use crate::text::collapsed;
use crate::text::fold::OBJECT;

impl Stories<'_> {
    /// Whether what stands here is text of the version that is read, and is to be seen.
    pub(super) fn is_read(&self) -> bool {
        self.is_there() && !self.is_hidden()
    }

    /// Whether what stands here is text of the version that is read, be it hidden or not.
    fn is_there(&self) -> bool {
        let is_there = match self.revisions {
            Revisions::Accepted | Revisions::Both => self.deleted == 0,
            Revisions::Original => self.inserted == 0,
        };
        let is_code = self.heeds_fields && self.around.codes > 0;
        is_there && !is_code
    }

    /// What two styles both hide is to be seen (ISO/IEC 29500-1, 17.7.3).
    pub(super) fn is_hidden(&self) -> bool {
        let by_run = self.around.runs.last().is_some_and(|run| {
            let paragraph = self.around.open.last().and_then(|&slot| self.slots[slot].style.as_deref());
            let by_styles = || self.styles.is_hidden(run.style.as_deref()) != self.styles.is_hidden(paragraph);
            run.hidden.unwrap_or_else(by_styles)
        });
        self.around.hidden || by_run
    }

    /// What stands in a run beside text.
    pub(super) fn character(&mut self, element: &Element<'_>) -> Frame {
        let c = match element.name() {
            "tab" | "ptab" => Some('\t'),
            "br" | "cr" => Some(BREAK),
            "noBreakHyphen" => Some('\u{2011}'),
            "softHyphen" => Some('\u{ad}'),
            "sym" => Some(symbol(
                &element.attribute("font").unwrap_or_default(),
                element.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok()).unwrap_or(0),
            )),
            "footnoteReference" | "endnoteReference" => {
                self.reference(element);
                None
            }
            "fldChar" => {
                self.field(&element.attribute("fldCharType").unwrap_or_default());
                return Frame::Through;
            }
            _ => None,
        };
        if let Some(c) = c {
            self.element(c, element.span.clone());
        }
        Frame::Through
    }

    fn field(&mut self, mark: &str) {
        let Around { fields, codes, .. } = &mut self.around;
        match mark {
            "begin" => {
                fields.push(false);
                *codes += 1;
            }
            "separate" => {
                if let Some(in_result) = fields.last_mut() {
                    *codes -= usize::from(!std::mem::replace(in_result, true));
                }
            }
            "end" => *codes -= usize::from(fields.pop() == Some(false)),
            _ => {}
        }
    }

    fn reference(&mut self, element: &Element<'_>) {
        let slot = self.around.open.last().copied();
        let (Some(slot), Some(run), Some(note)) = (slot, self.around.runs.last(), element.attribute("id")) else {
            return;
        };
        // "footnotes" holds what a "footnoteReference" refers to.
        let part = element.name().replace("Reference", "s");
        let (run, change) = (run.index, self.tracked());
        self.references.push(Reference { part, note, run, slot, change });
    }

    pub(super) fn text(&mut self, open: OpenText, to: usize) {
        let OpenText { tag, preserves, mut chunks } = open;
        // Every node is kept, so that it has the same index whichever text is read.
        let node = self.nodes.len();
        self.nodes.push(TextNode { tag: tag.clone(), span: tag.start..to, preserves });
        if !self.is_read() {
            if self.is_there() && chunks.iter().any(|(text, _)| !text.trim().is_empty()) {
                self.open_slot().into_iter().for_each(|slot| slot.has_hidden = true);
            }
            return;
        }
        if !preserves {
            trim(&mut chunks);
        }
        let superscript = self.around.runs.last().is_some_and(|run| run.superscript);
        for (text, xml) in chunks {
            // In a text of Word a line break is an element; one in the file is white space.
            let text = text.replace(['\n', '\r', '\t'], " ");
            if text.len() != xml.len() {
                self.put(&text, xml, Form::Reference, node);
            } else if superscript && text.bytes().any(|byte| byte.is_ascii_digit()) {
                for (at, c) in text.char_indices() {
                    let from = xml.start + at;
                    let raised = raised(c).encode_utf8(&mut [0; 4]).to_owned();
                    self.put(&raised, from..from + c.len_utf8(), Form::Reference, node);
                }
            } else {
                self.put(&text, xml, Form::Copied, node);
            }
        }
    }

    /// Adds a character that an element stands for, and says which piece that is.
    pub(super) fn element(&mut self, c: char, xml: Range<usize>) -> Option<InSlot> {
        if !self.is_read() {
            return None;
        }
        self.put(c.encode_utf8(&mut [0; 4]), xml, Form::Element, 0);
        let slot = *self.around.open.last()?;
        let piece = self.slots.get(slot)?.pieces.len().checked_sub(1)?;
        Some(InSlot { slot, piece })
    }

    /// Says from where to where the element goes that stands for a character.
    pub(super) fn stretch(&mut self, object: Option<InSlot>, xml: Range<usize>) {
        let piece = object.and_then(|InSlot { slot, piece }| self.slots.get_mut(slot)?.pieces.get_mut(piece));
        if let Some(piece) = piece {
            piece.xml = xml;
        }
    }

    /// What tracked changes have done to what stands here.
    pub(super) fn tracked(&self) -> Change {
        Change { inserted: self.inserted > 0, deleted: self.deleted > 0 }
    }

    fn put(&mut self, text: &str, xml: Range<usize>, form: Form, node: usize) {
        let change = self.tracked();
        let run = self.around.runs.last().map_or(NO_RUN, |run| run.index);
        let Some(slot) = self.open_slot() else {
            return;
        };
        if text.is_empty() {
            return;
        }
        let at = slot.text.len();
        slot.text.push_str(text);
        slot.pieces.push(Piece { text: at..slot.text.len(), xml, form, change, run, node });
    }

    /// Adds the text that stands for an image, a paragraph of its own.
    pub(super) fn image(&mut self, text: &str) {
        let text = collapsed(text);
        if !self.is_read() {
            return;
        }
        let run = self.around.runs.last().map(|run| run.index);
        let drawing = self.drawings.last().and_then(|&at| self.frames.get_mut(at)).and_then(|frame| match frame {
            Frame::Drawing { captions, .. } => Some(captions),
            _ => None,
        });
        let (Some(run), Some(captions), false) = (run, drawing, text.is_empty()) else {
            return;
        };
        captions.push(self.slots.len());
        let change = self.tracked();
        let piece = Piece { text: 0..text.len(), xml: 0..0, form: Form::Element, change, run, node: 0 };
        self.slots.push(Slot {
            text,
            pieces: vec![piece],
            story: self.parts.len(),
            is_caption: true,
            is_note: self.is_note,
            ..Slot::default()
        });
    }
}

/// Takes off the white space at both ends, as XML does where nothing says that it counts.
fn trim(chunks: &mut Vec<(String, Range<usize>)>) {
    const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];
    while let Some((text, xml)) = chunks.first_mut().filter(|(text, xml)| text.len() == xml.len()) {
        let rest = text.trim_start_matches(SPACE);
        (xml.start, *text) = (xml.start + text.len() - rest.len(), rest.to_owned());
        if !text.is_empty() {
            break;
        }
        chunks.remove(0);
    }
    while let Some((text, xml)) = chunks.last_mut().filter(|(text, xml)| text.len() == xml.len()) {
        text.truncate(text.trim_end_matches(SPACE).len());
        xml.end = xml.start + text.len();
        if !text.is_empty() {
            break;
        }
        chunks.pop();
    }
}

/// The character of a symbol. Fonts of symbols have theirs in the private use area, at 0xF000 and their own code; what a letter is
/// in them is a picture, except in Symbol, whose letters are Greek and whose other signs are those of ASCII.
fn symbol(font: &str, code: u32) -> char {
    const GREEK: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
    const SMALL: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
    let plain = if (0xf000..0xf100).contains(&code) { code - 0xf000 } else { code };
    let found = match u8::try_from(plain).unwrap_or(0) {
        _ if plain == code => char::from_u32(code).filter(|c| !c.is_control()),
        letter @ b'A'..=b'Z' if font == "Symbol" => GREEK.chars().nth(usize::from(letter - b'A')),
        letter @ b'a'..=b'z' if font == "Symbol" => SMALL.chars().nth(usize::from(letter - b'a')),
        sign @ b' '..=b'?' if font == "Symbol" => Some(char::from(sign)),
        _ => None,
    };
    found.unwrap_or(OBJECT)
}
