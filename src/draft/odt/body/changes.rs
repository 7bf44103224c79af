//! Tracked changes: what was inserted stands in the text, what was deleted stands among the changes until its place comes.

use super::paragraph::{OdtBuilder, OdtParagraph};
use super::{OdtEnclosing, OdtFrame, OdtReader, StandIn, StandInPlace};
use crate::draft::document::{TrackedChange, Version, XmlSpan};
use crate::draft::xml::XmlElement;

/// The depth to which deletions may stand in each other: what is in one is put into the next, and into the next. Programs write one in another
/// at most.
const MAX_NESTING: usize = 16;

impl OdtReader<'_> {
    /// A region of tracked changes, of which nothing has been read yet.
    pub(super) fn region(&mut self, element: &XmlElement<'_>) -> OdtFrame {
        let id = element.attribute("id").unwrap_or_default();
        // Whether it is there or not cannot be told any more of what stands at its marks.
        if self.state.unknown.contains(&id) {
            self.original_fails("a tracked change stands behind the text that it is of, which no program writes");
        }
        self.state.regions.entry(id.clone()).or_default();
        OdtFrame::Region(id)
    }

    /// Says that the text before the changes cannot be read.
    fn original_fails(&mut self, reason: &str) {
        let fault = self.fault(reason);
        if let Some(original) = self.versions.iter_mut().find(|builder| builder.text.version == Version::Original) {
            original.fault.get_or_insert(fault);
        }
    }

    /// Reads what a region of tracked changes says of it.
    pub(super) fn change(&mut self, name: &str) -> OdtFrame {
        let Some(OdtFrame::Region(id)) = self.state.frames.last() else {
            return OdtFrame::Skip;
        };
        let Some(region) = self.state.regions.get_mut(id) else {
            return OdtFrame::Skip;
        };
        match name {
            "insertion" => {
                region.is_insertion = true;
                OdtFrame::Skip
            }
            "deletion" => {
                let stand_in = Some(self.stand_ins.len());
                region.stand_in = stand_in;
                self.stand_ins.push(StandIn::default());
                self.state.deleted += 1;
                let nesting = std::mem::take(&mut self.state.nesting);
                let inside = OdtEnclosing {
                    is_deletion: true,
                    stand_in,
                    boxed: stand_in,
                    after_space: true,
                    ..OdtEnclosing::default()
                };
                let around = std::mem::replace(&mut self.state.around, inside);
                for builder in &mut self.versions {
                    builder.places.push(StandInPlace::default());
                    builder.text.interrupt(false);
                    builder.text.remember(builder.text.paragraphs.len());
                }
                OdtFrame::Deletion { around, nesting }
            }
            _ => OdtFrame::Skip,
        }
    }

    /// Reads a mark where a tracked change begins, ends, or has deleted something.
    pub(super) fn change_mark(&mut self, element: &XmlElement<'_>) {
        let id = element.attribute("change-id").unwrap_or_default();
        self.keep_mark(element, &id);
        let Some(region) = self.state.regions.get_mut(&id) else {
            self.state.unknown.insert(id);
            return;
        };
        match element.name() {
            "change-start" => {
                // What was inserted by one and deleted by another is both.
                if region.is_insertion {
                    self.state.inserted.insert(id.clone());
                }
                if region.stand_in.is_some() {
                    self.state.erased.insert(id);
                }
            }
            "change-end" => {
                let is_known = self.state.inserted.remove(&id) | self.state.erased.remove(&id);
                // A paragraph that was inserted whole does not go on in the one behind it.
                if is_known && !self.is_in_paragraph() {
                    self.carry_nothing();
                }
            }
            "change" => self.deletion(&id, element.span),
            _ => {}
        }
    }

    /// Puts what was deleted where it stood.
    fn deletion(&mut self, id: &str, span: XmlSpan) {
        let (is_open, outer) = (self.is_in_paragraph(), self.state.around.stand_in);
        let Some(region) = self.state.regions.get_mut(id) else {
            return;
        };
        let number = region.stand_in;
        if let Some(stand_in) = number.and_then(|number| self.stand_ins.get_mut(number))
            && stand_in.around.is_none()
            && outer != number
        {
            stand_in.outer = outer;
            stand_in.around = is_open.then_some(span);
            for OdtBuilder { text, places, .. } in &mut self.versions {
                // A paragraph that is deleted itself has no place yet.
                let here = text.open_index().filter(|_| self.state.deleted == 0).map(|open| [open, open]);
                number.and_then(|number| places.get_mut(number)).into_iter().for_each(|place| {
                    *place = StandInPlace { paragraphs: here, at: [text.open_len(); 2] };
                });
            }
        }
        let deleted = region.deleted.take().unwrap_or_default();
        let original = self.versions.iter_mut().find(|builder| builder.text.version == Version::Original);
        let original = original.filter(|builder| builder.fault.is_none());
        let Some(original) = original.filter(|_| !region.is_insertion && self.state.inserted.is_empty()) else {
            return;
        };
        if self.state.deleted > 0 {
            self.state.nesting = self.state.nesting.max(region.nesting + 1);
            if self.state.nesting > MAX_NESTING {
                return self.original_fails(
                    "tracked deletions stand in each other more than 16 deep, which no program writes",
                );
            }
        }
        let text = &mut original.text;
        let mut deleted = deleted.into_iter().peekable();
        let story = self.state.around.story.unwrap_or(self.state.story);
        if let Some(open) = text.open()
            && let Some(first) = deleted.next_if(|first| first.more.is_deleted)
        {
            open.append(first);
        }
        // The last paragraph goes on with what stands behind the deletion.
        let mut last = None;
        for mut paragraph in deleted {
            if paragraph.more.is_deleted {
                last = Some(text.paragraphs.len());
            } else if paragraph.in_table {
                last = None;
            }
            if paragraph.story == self.state.story {
                paragraph.story = story;
            }
            // What is deleted in something that is deleted is one of its paragraphs.
            paragraph.more.is_deleted &= self.state.around.is_deletion;
            text.paragraphs.push(paragraph);
        }
        if let Some(open) = text.open_index() {
            let open = last.unwrap_or(open);
            text.switch_to(open);
            if let Some(StandInPlace { paragraphs: Some([_, end]), at: [_, until] }) =
                number.and_then(|number| original.places.get_mut(number))
            {
                (*end, *until) = (open, text.open_len());
            }
        }
    }

    /// Keeps what a deletion holds until its place comes.
    pub(super) fn end_of_deletion(&mut self, around: OdtEnclosing, outer: usize) {
        self.state.around = around;
        self.state.deleted -= 1;
        let nesting = std::mem::replace(&mut self.state.nesting, outer);
        let mut kept: Option<Vec<OdtParagraph>> = None;
        for OdtBuilder { text, .. } in &mut self.versions {
            text.resume();
            let first = text.recall().min(text.paragraphs.len());
            let deleted = text.paragraphs.split_off(first);
            if text.version == Version::Original {
                kept = Some(deleted);
            }
        }
        if let Some(OdtFrame::Region(id)) = self.state.frames.last()
            && let Some(region) = self.state.regions.get_mut(id)
        {
            region.nesting = region.nesting.max(nesting);
            if region.deleted.is_none() {
                region.deleted = kept;
            }
        }
    }

    /// The marks of tracked changes of what stands here.
    pub(super) fn tracked(&self) -> TrackedChange {
        TrackedChange {
            inserted: !self.state.inserted.is_empty(),
            deleted: self.state.deleted > 0 || !self.state.erased.is_empty(),
        }
    }
}
