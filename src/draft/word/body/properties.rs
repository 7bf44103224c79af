//! What is told of paragraphs, runs and rows: their styles, what hides them, what tracked changes have done to them as a whole.

use super::Stories;
use super::open::Frame;
use crate::draft::word::styles::is_toggled;
use crate::draft::xml::Element;

impl Stories<'_> {
    pub(super) fn paragraph_property(&mut self, element: &Element<'_>) -> Frame {
        let in_mark = matches!(self.frames.last(), Some(Frame::MarkProperties));
        let value = || element.attribute("val");
        let Some(slot) = self.open_slot() else {
            return Frame::Skip;
        };
        match element.name() {
            "rPr" => return Frame::MarkProperties,
            "numPr" => {
                slot.numbered.get_or_insert(true);
                return Frame::ParagraphProperties;
            }
            "numId" => slot.numbered = Some(value().is_some_and(|id| id != "0")),
            "pStyle" => slot.style = value(),
            "outlineLvl" => slot.level = value().and_then(|level| level.parse().ok()),
            "framePr" => slot.is_drop_cap = element.attribute("dropCap").is_some_and(|kind| kind != "none"),
            "ins" | "moveTo" if in_mark => slot.mark.inserted = true,
            "del" | "moveFrom" if in_mark => slot.mark.deleted = true,
            _ => {}
        }
        Frame::Skip
    }

    pub(super) fn run_property(&mut self, element: &Element<'_>) -> Frame {
        if let Some(run) = self.around.runs.last_mut() {
            match element.name() {
                "vanish" => run.hidden = Some(is_toggled(element)),
                "rStyle" => run.style = element.attribute("val"),
                "vertAlign" => run.superscript = element.attribute("val").is_some_and(|value| value == "superscript"),
                _ => {}
            }
        }
        Frame::Skip
    }

    /// Something told of the row or the cell that is open.
    pub(super) fn whole_property(&mut self, name: &str) -> Frame {
        let of = self.frames.len().checked_sub(2).and_then(|at| self.frames.get_mut(at));
        if let Some(Frame::Whole(_, change)) = of {
            match name {
                "ins" | "cellIns" if !change.inserted => {
                    change.inserted = true;
                    self.inserted += 1;
                }
                "del" | "cellDel" if !change.deleted => {
                    change.deleted = true;
                    self.deleted += 1;
                }
                _ => {}
            }
        }
        Frame::Skip
    }
}
