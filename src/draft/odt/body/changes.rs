//! Tracked changes: what was inserted stands in the text, what was deleted stands among the changes until its place comes.

use std::ops::Range;

use super::{Around, Frame, Mark, Revisions, Slot, Stories};
use crate::draft::paper::Change;
use crate::draft::xml::Element;

/// How deep deletions may stand in each other: what is in one is put into the next, and into the next. Programs write one in another
/// at most.
const MAX_NESTING: usize = 16;

impl Stories<'_> {
    /// A region of tracked changes, of which nothing has been read yet.
    pub(super) fn region(&mut self, element: &Element<'_>) -> Result<Frame, &'static str> {
        let id = element.attribute("id").unwrap_or_default();
        // Whether it is there or not cannot be told any more of what stands at its marks.
        if self.revisions == Revisions::Original && self.unknown.contains(&id) {
            return Err("a tracked change stands behind the text that it is of, which no program writes");
        }
        self.regions.entry(id.clone()).or_default();
        Ok(Frame::Region(id))
    }

    /// What a region of tracked changes says of it.
    pub(super) fn change(&mut self, name: &str) -> Frame {
        let Some(Frame::Region(id)) = self.frames.last() else {
            return Frame::Skip;
        };
        let Some(region) = self.regions.get_mut(id) else {
            return Frame::Skip;
        };
        match name {
            "insertion" => {
                region.is_insertion = true;
                Frame::Skip
            }
            "deletion" => {
                self.marks.push((None, Mark::default()));
                let mark = self.marks.len() - 1;
                region.mark = Some(mark);
                self.deleted += 1;
                let nesting = std::mem::take(&mut self.nesting);
                let mark = Some(mark);
                let inside = Around { is_deletion: true, mark, boxed: mark, after_space: true, ..Around::default() };
                let around = std::mem::replace(&mut self.around, inside);
                Frame::Deletion { around, first: self.slots.len(), nesting }
            }
            _ => Frame::Skip,
        }
    }

    /// Where a tracked change begins, ends, or has deleted something.
    pub(super) fn change_mark(&mut self, element: &Element<'_>) -> Result<(), &'static str> {
        let id = element.attribute("change-id").unwrap_or_default();
        let Some(region) = self.regions.get_mut(&id) else {
            self.unknown.insert(id);
            return Ok(());
        };
        match element.name() {
            "change-start" => {
                // What was inserted by one and deleted by another is both.
                if region.is_insertion {
                    self.inserted.insert(id.clone());
                }
                if region.mark.is_some() {
                    self.erased.insert(id);
                }
            }
            "change-end" => {
                let is_known = self.inserted.remove(&id) | self.erased.remove(&id);
                // A paragraph that was inserted whole does not go on in the one behind it.
                if is_known && self.around.open.is_none() {
                    self.around.carried = None;
                }
            }
            "change" => self.deletion(&id, element.span.clone())?,
            _ => {}
        }
        Ok(())
    }

    /// Puts what was deleted where it stood.
    fn deletion(&mut self, id: &str, span: Range<usize>) -> Result<(), &'static str> {
        let (open, outer) = (self.around.open, self.around.mark);
        let at = open.map_or(0, |slot| self.slots[slot].text.len());
        let Some(region) = self.regions.get_mut(id) else {
            return Ok(());
        };
        let number = region.mark;
        if let Some((slots, mark)) = number.and_then(|number| self.marks.get_mut(number))
            && mark.around.is_none()
            && outer != number
        {
            // A paragraph that is deleted itself has no place yet.
            let here = open.filter(|_| self.deleted == 0).map(|slot| [slot, slot]);
            (*slots, mark.at, mark.until, mark.outer) = (here, at, at, outer);
            mark.around = open.map(|_| span);
        }
        let deleted = region.deleted.take().unwrap_or_default();
        let is_read = self.revisions == Revisions::Original && !region.is_insertion && self.inserted.is_empty();
        if !is_read {
            return Ok(());
        }
        if self.deleted > 0 {
            self.nesting = self.nesting.max(region.nesting + 1);
            if self.nesting > MAX_NESTING {
                return Err("tracked deletions stand in each other more than 16 deep, which no program writes");
            }
        }
        let mut deleted = deleted.into_iter().peekable();
        let story = self.around.story.unwrap_or(self.story);
        if let Some(slot) = open
            && let Some(first) = deleted.next_if(|first| first.is_deleted)
        {
            self.slots[slot].take(first);
        }
        // The last paragraph goes on with what stands behind the deletion.
        let mut last = None;
        for slot in deleted {
            if slot.is_deleted {
                last = Some(self.slots.len());
            } else if slot.in_table {
                last = None;
            }
            let story = if slot.story == self.story { story } else { slot.story };
            // What is deleted in something that is deleted is one of its paragraphs.
            let is_deleted = slot.is_deleted && self.around.is_deletion;
            self.slots.push(Slot { story, is_deleted, ..slot });
        }
        if let Some(open) = open {
            let open = last.unwrap_or(open);
            self.around.open = Some(open);
            if let Some((Some(slots), mark)) = number.and_then(|number| self.marks.get_mut(number)) {
                (slots[1], mark.until) = (open, self.slots[open].text.len());
            }
        }
        Ok(())
    }

    /// Keeps what a deletion holds until its place comes.
    pub(super) fn end_of_deletion(&mut self, around: Around, first: usize, outer: usize) {
        self.around = around;
        self.deleted -= 1;
        let nesting = std::mem::replace(&mut self.nesting, outer);
        let deleted = self.slots.split_off(first.min(self.slots.len()));
        if let Some(Frame::Region(id)) = self.frames.last()
            && let Some(region) = self.regions.get_mut(id)
        {
            region.nesting = region.nesting.max(nesting);
            region.deleted.get_or_insert(deleted);
        }
    }

    /// Whether what stands here is of the version that is read.
    pub(super) fn is_there(&self) -> bool {
        match self.revisions {
            Revisions::Accepted | Revisions::Both => self.deleted == 0 && self.erased.is_empty(),
            Revisions::Original => self.inserted.is_empty(),
        }
    }

    /// Whether it is text as well.
    pub(super) fn is_read(&self) -> bool {
        self.is_there() && !self.look().is_hidden
    }

    /// What tracked changes have done to what stands here.
    pub(super) fn tracked(&self) -> Change {
        Change { inserted: !self.inserted.is_empty(), deleted: self.deleted > 0 || !self.erased.is_empty() }
    }
}

impl Slot {
    /// Adds the text of another paragraph.
    fn take(&mut self, other: Slot) {
        let at = self.text.len();
        self.text.push_str(&other.text);
        self.pieces.extend(other.pieces.into_iter().map(|mut piece| {
            piece.text = piece.text.start + at..piece.text.end + at;
            piece
        }));
    }
}
