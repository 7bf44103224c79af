//! The things that stand beside the text: notes, drawings and their text boxes, the words for images, comments.

use super::paragraph::{OdtBuilder, OdtParagraph, OdtProperties};
use super::{
    CommentField, DocumentComment, ENDNOTES, FOOTNOTES, MAIN, OdtEnclosing, OdtFrame, OdtReader, StandIn, StandInPlace,
};
use crate::draft::document::XmlSpan;
use crate::draft::layout::PieceForm;
use crate::draft::margin::LinePlace;
use crate::draft::paragraph::ParagraphRole;
use crate::draft::xml::XmlElement;
use crate::span::Span;
use crate::text::collapsed;
use crate::text::fold::OBJECT;

impl OdtReader<'_> {
    /// A stand-in for what begins here: none where comments stand around something that is further out.
    fn stand_in(&mut self) -> Option<usize> {
        if self.state.around.stand_in.is_some() {
            return None;
        }
        for builder in &mut self.versions {
            let paragraphs = builder.text.open_index().map(|open| [open, open]);
            builder.places.push(StandInPlace { paragraphs, at: [builder.text.open_len(); 2] });
        }
        self.stand_ins.push(StandIn { is_elsewhere: true, ..StandIn::default() });
        Some(self.stand_ins.len() - 1)
    }

    /// Begins something inside of what is open.
    fn interrupt(&mut self, inside: OdtEnclosing) -> OdtEnclosing {
        self.versions.iter_mut().for_each(|builder| builder.text.interrupt(false));
        std::mem::replace(&mut self.state.around, inside)
    }

    /// Goes on with what is around it.
    pub(super) fn resume(&mut self, around: OdtEnclosing) {
        self.state.around = around;
        self.versions.iter_mut().for_each(|builder| builder.text.resume());
    }

    /// Begins something that has this stand-in until it ends: what is open around it is given back.
    fn enter(&mut self, stand_in: Option<usize>, boxed: Option<usize>) -> OdtEnclosing {
        let stand_in = self.state.around.stand_in.or(stand_in);
        let story = self.state.around.story;
        self.interrupt(OdtEnclosing { stand_in, boxed, story, after_space: true, ..OdtEnclosing::default() })
    }

    /// Ends it, and says where the element of its stand-in is.
    pub(super) fn leave(&mut self, stand_in: Option<usize>, around: OdtEnclosing, span: XmlSpan) {
        self.resume(around);
        let is_placed = |index: &usize| self.versions.iter().any(|builder| builder.places[*index].paragraphs.is_some());
        if let Some(index) = stand_in.filter(is_placed) {
            self.stand_ins[index].around = Some(span);
        }
    }

    pub(super) fn note(&mut self, element: &XmlElement<'_>) -> OdtFrame {
        let stand_in = self.stand_in();
        let around = self.enter(stand_in, self.state.around.boxed);
        if self.state.story == MAIN {
            let is_endnote = element.attribute("note-class").is_some_and(|class| class == "endnote");
            self.state.around.story = Some(if is_endnote { ENDNOTES } else { FOOTNOTES });
        }
        OdtFrame::Note { around, stand_in, start: element.span.start() }
    }

    pub(super) fn shape(&mut self, element: &XmlElement<'_>) -> OdtFrame {
        match element.name() {
            "text-box" => {
                let OdtEnclosing { boxed, story, .. } = self.state.around;
                let inside =
                    OdtEnclosing { stand_in: boxed, boxed, story, after_space: true, ..OdtEnclosing::default() };
                OdtFrame::Box(self.interrupt(inside))
            }
            name @ ("object" | "object-ole" | "image" | "plugin" | "applet" | "floating-frame") => {
                if name != "image" {
                    self.keep_object(element);
                }
                self.keep_link(element);
                OdtFrame::Skip
            }
            _ => {
                let is_character = element.attribute("anchor-type").is_some_and(|anchor| anchor == "as-char");
                let stand_in = self.stand_in();
                for builder in &mut self.versions {
                    builder.text.begin_object();
                    builder.text.expect_object(is_character);
                }
                if is_character {
                    self.element(OBJECT.encode_utf8(&mut [0; 4]), element.span);
                }
                let around = self.enter(stand_in, self.state.around.stand_in);
                OdtFrame::Shape { around, stand_in, start: element.span.start() }
            }
        }
    }

    /// Adds the words that stand for an image, a paragraph of its own.
    pub(super) fn caption(&mut self, text: &str, to: usize) {
        let text = collapsed(text);
        let is_in_shape = matches!(self.state.frames.last(), Some(OdtFrame::Shape { .. }));
        if !is_in_shape || text.is_empty() || self.look().is_hidden {
            return;
        }
        let (change, anchor) = (self.tracked(), self.anchor());
        let story = self.state.around.story.unwrap_or(self.state.story);
        for builder in self.versions.iter_mut().filter(|builder| builder.text.version.has(change)) {
            let more = OdtProperties { role: ParagraphRole::Caption, ..OdtProperties::default() };
            let mut caption = OdtParagraph { story, is_image: true, more, ..OdtParagraph::default() };
            caption.push(&text, Span::new(to, to), PieceForm::Element, change, anchor);
            builder.text.paragraphs.push(caption);
        }
    }

    /// Begins a comment.
    pub(super) fn comment(&mut self, element: &XmlElement<'_>) -> OdtFrame {
        let first = self.stand_ins.len();
        let at = self.places();
        if at.is_none() {
            self.keep_comment_in_deletion();
        }
        self.state.comment = at.map(|at| DocumentComment {
            at,
            to: None,
            stand_ins: first..first,
            creator: String::new(),
            paragraphs: Vec::new(),
            start: element.span.start(),
            name: element.attribute("name"),
        });
        OdtFrame::Comment
    }

    /// Takes notice of the end of what a comment stands on.
    pub(super) fn end_of_comment(&mut self, element: &XmlElement<'_>) -> OdtFrame {
        let (name, last) = (element.attribute("name"), self.stand_ins.len());
        if let Some(index) = name.and_then(|name| self.state.named.remove(&name))
            && let Some(at) = self.places()
        {
            let comment = &mut self.comments[index];
            (comment.to, comment.stand_ins.end) = (Some(at), last);
        }
        OdtFrame::Skip
    }

    /// For each version the paragraph that is open and the byte of its text; `None` where none is, or in the words of a deletion. Also
    /// what stands in what is not read has its place: programs move comments at a change into it.
    fn places(&self) -> Option<Vec<LinePlace>> {
        let at = |builder: &OdtBuilder| Some((builder.text.open_index()?, builder.text.open_len()));
        self.versions.iter().map(at).collect::<Option<Vec<LinePlace>>>().filter(|_| self.state.deleted == 0)
    }

    /// Ends a comment.
    pub(super) fn leave_comment(&mut self) {
        if let Some(comment) = self.state.comment.take() {
            self.keep_comment(&comment);
            if let Some(name) = &comment.name {
                self.state.named.insert(name.clone(), self.comments.len());
            }
            self.comments.push(comment);
        }
    }

    pub(super) fn in_comment(&mut self, element: &XmlElement<'_>) -> OdtFrame {
        match (element.name(), self.state.frames.last()) {
            ("creator", _) => OdtFrame::CommentField(CommentField::Creator),
            ("p", _) => {
                self.state.comment.iter_mut().for_each(|comment| comment.paragraphs.push(String::new()));
                OdtFrame::CommentField(CommentField::Paragraph)
            }
            ("list" | "list-item" | "list-header", _) => OdtFrame::Comment,
            (name, Some(OdtFrame::CommentField(field))) => {
                if matches!(name, "s" | "tab" | "line-break") {
                    self.state.comment.iter_mut().for_each(|comment| comment.say(" "));
                }
                OdtFrame::CommentField(*field)
            }
            _ => OdtFrame::Skip,
        }
    }
}
