//! The properties of paragraphs, runs and rows: their styles, whether they are hidden, the marks of tracked changes of them as a whole.

use super::WordReader;
use super::open::WordFrame;
use super::paragraph::{WordBuilder, WordProperties};
use crate::draft::word::styles::{is_highlight, is_toggled, language};
use crate::draft::xml::XmlElement;

impl WordReader<'_> {
    pub(super) fn paragraph_property(&mut self, element: &XmlElement<'_>) -> WordFrame {
        let in_mark = matches!(self.state.frames.last(), Some(WordFrame::MarkProperties));
        if !self.is_in_paragraph() {
            return WordFrame::Skip;
        }
        let value = || element.attribute("val");
        if in_mark {
            self.mark_property(element);
            return WordFrame::Skip;
        }
        match element.name() {
            "rPr" => return WordFrame::MarkProperties,
            "numPr" => return WordFrame::ParagraphProperties,
            "numId" => {
                let list = value();
                self.set(|paragraph| paragraph.numbering.list.clone_from(&list));
            }
            "ilvl" => {
                let level = value().and_then(|level| level.parse().ok());
                self.set(|paragraph| paragraph.numbering.level = level);
            }
            "pStyle" => {
                let style = value();
                self.set(|paragraph| paragraph.style.clone_from(&style));
            }
            "outlineLvl" => {
                let level = value().and_then(|level| level.parse().ok());
                self.set(|paragraph| paragraph.level = level);
            }
            "framePr" => {
                let is_drop_cap = element.attribute("dropCap").is_some_and(|kind| kind != "none");
                self.set(|paragraph| paragraph.is_drop_cap = is_drop_cap);
            }
            _ => {}
        }
        WordFrame::Skip
    }

    /// Reads a property of the mark at the end of the paragraph that is open.
    fn mark_property(&mut self, element: &XmlElement<'_>) {
        match element.name() {
            "ins" | "moveTo" => {
                self.keep_change(element, true);
                self.set(|paragraph| paragraph.mark.change.inserted = true);
            }
            "del" | "moveFrom" => {
                self.keep_change(element, false);
                self.set(|paragraph| paragraph.mark.change.deleted = true);
            }
            "vanish" => {
                let is_hidden = is_toggled(element);
                self.set(|paragraph| paragraph.mark.hidden = Some(is_hidden));
            }
            "rStyle" => {
                let style = element.attribute("val");
                self.set(|paragraph| paragraph.mark.style.clone_from(&style));
            }
            _ => {}
        }
    }

    /// Notes that the paragraph whose properties are open ends a section.
    pub(super) fn end_of_section(&mut self) {
        if matches!(self.state.frames.last(), Some(WordFrame::ParagraphProperties)) {
            self.set(|paragraph| paragraph.mark.ends_section = true);
        }
    }

    /// Sets a property of the paragraph that is open.
    fn set(&mut self, set: impl Fn(&mut WordProperties)) {
        self.versions.iter_mut().filter_map(WordBuilder::open).for_each(|paragraph| set(&mut paragraph.more));
    }

    pub(super) fn run_property(&mut self, element: &XmlElement<'_>) -> WordFrame {
        if let Some(run) = self.state.around.runs.last_mut() {
            match element.name() {
                "vanish" => run.hidden = Some(is_toggled(element)),
                "highlight" => run.highlighted = Some(is_highlight(element)),
                "shd" => run.shaded = element.attribute("fill").is_some_and(|colour| is_colour(&colour)),
                "strike" | "dstrike" => run.struck = Some(is_toggled(element) || run.struck.unwrap_or(false)),
                "lang" => run.language = language(element),
                "rStyle" => run.style = element.attribute("val"),
                "vertAlign" => run.superscript = element.attribute("val").is_some_and(|value| value == "superscript"),
                _ => {}
            }
        }
        WordFrame::Skip
    }

    /// Reads a property of the row or the cell that is open.
    pub(super) fn whole_property(&mut self, element: &XmlElement<'_>) -> WordFrame {
        let name = element.name();
        let of = self.state.frames.len().checked_sub(2).and_then(|at| self.state.frames.get_mut(at));
        if let Some(WordFrame::Whole(_, change)) = of {
            match name {
                "ins" | "cellIns" if !change.inserted => {
                    change.inserted = true;
                    self.state.inserted += 1;
                    self.state.who.push(element.attribute("author").unwrap_or_default());
                    self.keep_change(element, true);
                }
                "del" | "cellDel" if !change.deleted => {
                    change.deleted = true;
                    self.state.deleted += 1;
                    self.state.who.push(element.attribute("author").unwrap_or_default());
                    self.keep_change(element, false);
                }
                _ => {}
            }
        }
        WordFrame::Skip
    }
}

/// True for a colour that marks what stands on it.
fn is_colour(fill: &str) -> bool {
    !matches!(fill.to_ascii_lowercase().as_str(), "auto" | "ffffff" | "")
}
