//! The characters of paragraphs: text with its white space collapsed, and the signs that elements stand for.

use std::ops::Range;

use super::{CommentField, Look, OdtFrame, OdtReader};
use crate::draft::document::{TrackedChange, XmlSpan};
use crate::draft::layout::{Anchor, PieceForm};
use crate::draft::paragraph::raised;
use crate::span::Span;

impl OdtReader<'_> {
    pub(super) fn characters(&mut self, text: &str, xml: XmlSpan) {
        let is_open = self.is_in_paragraph();
        match self.state.frames.last_mut() {
            Some(OdtFrame::Caption(caption)) => caption.push_str(text),
            Some(OdtFrame::CommentField(field)) => {
                if let Some(comment) = &mut self.state.comment {
                    match field {
                        CommentField::Creator => comment.creator.push_str(text),
                        CommentField::Paragraph => comment.say(text),
                    }
                }
            }
            Some(OdtFrame::Concealed) => self.keep_hidden(text),
            Some(OdtFrame::Paragraph | OdtFrame::Span | OdtFrame::Through | OdtFrame::Whole { has_text: true, .. })
                if is_open =>
            {
                self.collapsed(text, xml)
            }
            _ => {}
        }
    }

    /// Adds text with its white space collapsed (OpenDocument 1.3, part 3, 6.1.2), as it stands in the file, whatever is read of it.
    fn collapsed(&mut self, text: &str, xml: XmlSpan) {
        let is_after_space = self.state.around.after_space;
        if let Some(last) = text.chars().last() {
            self.state.around.after_space = is_space(last);
        }
        let change = self.tracked();
        let look = self.look();
        let from = self.open_len();
        self.add(text, xml, is_after_space, change, look);
        self.keep_text(from, text, look);
    }

    /// Adds text to the versions that have it.
    fn add(&mut self, text: &str, xml: XmlSpan, is_after_space: bool, change: TrackedChange, look: Look) {
        if !self.versions.iter().any(|builder| builder.text.version.has(change)) {
            return;
        }
        if look.is_hidden {
            let is_blank = text.trim().is_empty();
            for builder in self.versions.iter_mut().filter(|builder| builder.text.version.has(change)) {
                builder.text.open().into_iter().for_each(|paragraph| paragraph.has_hidden |= !is_blank);
            }
            return;
        }
        if !text.trim().is_empty() {
            let here = self.versions.iter_mut().filter(|builder| builder.text.version.has(change));
            here.filter_map(|builder| builder.text.open()).for_each(|paragraph| paragraph.speak(look.language));
        }
        let kept = kept(text, is_after_space);
        let spaced = |text: &str| text.replace(['\t', '\n', '\r'], " ");
        if text.len() != xml.len() {
            let kept: String = kept.into_iter().map(|range| spaced(&text[range])).collect();
            self.put(&kept, xml, PieceForm::Reference);
            return;
        }
        for range in kept {
            let part = spaced(&text[range.clone()]);
            let from = xml.start() + range.start;
            if look.is_raised && part.bytes().any(|byte| byte.is_ascii_digit()) {
                for (at, c) in part.char_indices() {
                    let xml = Span::new(from + at, from + at + c.len_utf8());
                    self.put(raised(c).encode_utf8(&mut [0; 4]), xml, PieceForm::Reference);
                }
            } else {
                self.put(&part, Span::new(from, xml.start() + range.end), PieceForm::Copied);
            }
        }
    }

    /// Adds what an element stands for.
    pub(super) fn element(&mut self, text: &str, xml: XmlSpan) {
        self.state.around.after_space = false;
        if !self.look().is_hidden {
            self.put(text, xml, PieceForm::Element);
        }
    }

    /// Adds characters to the versions that have what stands here.
    fn put(&mut self, text: &str, xml: XmlSpan, form: PieceForm) {
        let (change, anchor) = (self.tracked(), self.anchor());
        for builder in self.versions.iter_mut().filter(|builder| builder.text.version.has(change)) {
            builder.text.open().into_iter().for_each(|open| open.push(text, xml, form, change, anchor));
        }
    }

    /// The thing that a comment on what stands here is put at.
    pub(super) fn anchor(&self) -> Anchor {
        self.state.around.stand_in.map_or(Anchor::Characters, Anchor::StandIn)
    }
}

/// The stretches of a text that are kept when its white space is collapsed.
fn kept(text: &str, mut is_after_space: bool) -> Vec<Range<usize>> {
    let mut kept: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices() {
        let is_dropped = is_space(c) && is_after_space;
        is_after_space = is_space(c);
        match kept.last_mut() {
            _ if is_dropped => {}
            Some(last) if last.end == at => last.end = at + c.len_utf8(),
            _ => kept.push(at..at + c.len_utf8()),
        }
    }
    kept
}

/// True for white space that is collapsed.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}
