//! The text of a part of a document: runs put together to paragraphs, tracked changes accepted or not.

mod art;
mod open;
mod properties;
mod slot;
mod text;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::styles::Styles;
use super::{Insertion, Run, Story, TextNode};
use crate::draft::document::{DocumentError, Revisions};
use crate::draft::paper::{Change, Form};
use crate::draft::xml::{Element, Node, Nodes, Space};
use crate::text::fold::OBJECT;
use open::{Around, Frame, OpenRun, OpenText, Whole};
use slot::Slot;

/// The run of a character that stands in none: a formula.
const NO_RUN: usize = usize::MAX;

/// A mark that refers to a note.
#[derive(Debug)]
pub(super) struct Reference {
    /// The kind of the part that holds the note.
    pub(super) part: String,
    /// The number of the note.
    pub(super) note: String,
    pub(super) run: usize,
    /// The paragraph in which the mark stands.
    slot: usize,
    /// What tracked changes have done to the mark.
    change: Change,
}

/// Reads the parts of a document that hold text, one after the other.
pub(super) struct Stories<'s> {
    styles: &'s Styles,
    revisions: Revisions,
    pub(super) slots: Vec<Slot>,
    pub(super) parts: Vec<Story>,
    pub(super) runs: Vec<Run>,
    pub(super) nodes: Vec<TextNode>,
    pub(super) references: Vec<Reference>,
    /// The number of the note that is open.
    note: Option<String>,
    /// What is open; empty between parts.
    frames: Vec<Frame>,
    around: Around,
    inserted: usize,
    deleted: usize,
    /// The start tags of the tracked insertions that are open, each with the number of frames around it.
    insertions: Vec<(Range<usize>, usize)>,
    /// Which of the frames are drawings.
    drawings: Vec<usize>,
    /// Whether white space counts, where an element says so, each with the number of frames around it.
    spaces: Vec<(usize, bool)>,
    /// The text of the paragraph of a drawing that is open.
    art: Option<String>,
    /// What tracked changes have done to all marks of a note, by its number.
    fates: HashMap<String, Change>,
    /// How many rubies are open.
    rubies: usize,
    is_note: bool,
    /// Whether a field was left open, so that what is code cannot be told.
    unbalanced: bool,
    /// Whether fields are told apart from text.
    heeds_fields: bool,
}

impl<'s> Stories<'s> {
    pub(super) fn new(styles: &'s Styles, revisions: Revisions) -> Stories<'s> {
        Stories {
            styles,
            revisions,
            slots: Vec::new(),
            parts: Vec::new(),
            runs: Vec::new(),
            nodes: Vec::new(),
            references: Vec::new(),
            note: None,
            frames: Vec::new(),
            around: Around::default(),
            inserted: 0,
            deleted: 0,
            insertions: Vec::new(),
            drawings: Vec::new(),
            spaces: Vec::new(),
            art: None,
            fates: HashMap::new(),
            rubies: 0,
            is_note: false,
            unbalanced: false,
            heeds_fields: true,
        }
    }

    /// Reads a part of a kind, by the last word of the type of its relationship.
    pub(super) fn read(&mut self, name: &str, xml: String, kind: &str) -> Result<(), DocumentError> {
        self.is_note = matches!(kind, "footnotes" | "endnotes");
        // A note goes with its mark.
        self.fates.clear();
        for reference in self.references.iter().filter(|reference| reference.part == kind) {
            let fate = self.fates.entry(reference.note.clone()).or_insert(reference.change);
            fate.inserted &= reference.change.inserted;
            fate.deleted &= reference.change.deleted;
        }
        let (slots, runs, nodes) = (self.slots.len(), self.runs.len(), self.nodes.len());
        let references = self.references.len();
        self.heeds_fields = true;
        self.part(name, &xml)?;
        if self.unbalanced {
            // To read a field's code as text is better than to miss the text behind it.
            self.slots.truncate(slots);
            self.runs.truncate(runs);
            self.nodes.truncate(nodes);
            self.references.truncate(references);
            self.heeds_fields = false;
            self.part(name, &xml)?;
        }
        self.parts.push(Story { name: Arc::from(name), xml });
        Ok(())
    }

    fn part(&mut self, name: &str, xml: &str) -> Result<(), DocumentError> {
        self.frames.clear();
        self.around = Around::default();
        (self.inserted, self.deleted, self.rubies, self.unbalanced) = (0, 0, 0, false);
        self.note = None;
        self.insertions.clear();
        self.drawings.clear();
        self.spaces.clear();
        self.art = None;
        let mut nodes = Nodes::of(xml);
        let mut is_begun = false;
        while let Some(node) = nodes.next().map_err(|error| DocumentError::xml(name, error))? {
            match node {
                Node::Start(element) => {
                    if !std::mem::replace(&mut is_begun, true) && element.space != Space::Word {
                        let reason = "not a text of Word; a spreadsheet or a presentation is not read".to_owned();
                        return Err(DocumentError::Part { part: name.to_owned(), reason });
                    }
                    let depth = self.frames.len();
                    self.spaces.extend(element.preserves_space().map(|preserves| (depth, preserves)));
                    let frame = self.start(name, &element)?;
                    if matches!(frame, Frame::Drawing { .. }) {
                        self.drawings.push(depth);
                    }
                    self.frames.push(frame);
                }
                Node::End(span) => self.end(span.end),
                Node::Text(text, span) => match self.frames.last_mut() {
                    Some(Frame::Text(open)) => open.chunks.push((text.into_owned(), span)),
                    Some(Frame::ArtText) => self.art.iter_mut().for_each(|art| art.push_str(&text)),
                    _ => {}
                },
            }
        }
        self.unbalanced |= !self.around.fields.is_empty();
        Ok(())
    }

    /// What an element is where it begins.
    fn start(&mut self, part: &str, element: &Element<'_>) -> Result<Frame, DocumentError> {
        let name = element.name();
        if matches!(self.frames.last(), Some(Frame::Skip | Frame::Formula { .. })) {
            return Ok(Frame::Skip);
        }
        Ok(match element.space {
            Space::Word => return self.word(part, element),
            Space::Compatibility => self.alternative(element),
            Space::Math if name == "oMath" => {
                let object = self.element(OBJECT, element.span.clone());
                Frame::Formula { start: element.span.start, object }
            }
            _ => self.drawn(element),
        })
    }

    /// What is in a drawing: the words for those who do not see it, and its own.
    fn drawn(&mut self, element: &Element<'_>) -> Frame {
        let said = |names: &[&str]| names.iter().filter_map(|name| element.attribute(name)).collect::<Vec<_>>();
        match (element.space, element.name()) {
            (Space::Drawing, "inline") => self.object(element),
            (Space::Drawing, "docPr") => {
                said(&["title", "descr"]).iter().for_each(|text| self.image(text));
                return Frame::Skip;
            }
            (Space::Vml, "textpath") => said(&["string"]).iter().for_each(|text| self.image(text)),
            (Space::Vml, _) => said(&["alt"]).iter().for_each(|text| self.image(text)),
            (Space::Art, "p") if self.art.is_none() => {
                self.art = Some(String::new());
                return Frame::Art;
            }
            (Space::Art, "t") if self.art.is_some() => return Frame::ArtText,
            (Space::Art, "br") => self.art.iter_mut().for_each(|art| art.push(' ')),
            _ => {}
        }
        Frame::Through
    }

    /// An object mark for the drawing that is open.
    fn object(&mut self, element: &Element<'_>) {
        let mark = self.element(OBJECT, element.span.clone());
        let drawing = self.drawings.last().and_then(|&at| self.frames.get_mut(at));
        if let Some(Frame::Drawing { object, .. }) = drawing {
            *object = mark;
        }
    }

    /// The first alternative is the one that is read whose name spaces are known, as Word does.
    fn alternative(&mut self, element: &Element<'_>) -> Frame {
        match (element.name(), self.frames.last_mut()) {
            ("AlternateContent", _) => Frame::Alternatives { chosen: false },
            ("Choice" | "Fallback", Some(Frame::Alternatives { chosen })) => {
                if !element.is_understood || std::mem::replace(chosen, true) { Frame::Skip } else { Frame::Through }
            }
            _ => Frame::Through,
        }
    }

    fn word(&mut self, part: &str, element: &Element<'_>) -> Result<Frame, DocumentError> {
        let name = element.name();
        Ok(match name {
            // Formatting as it was before a tracked change of it, and what is told of a thing but is not text.
            "pPrChange" | "rPrChange" | "trPrChange" | "tcPrChange" | "tblPrChange" | "sectPrChange"
            | "numberingChange" | "sdtPr" | "sdtEndPr" | "sectPr" | "tblPr" | "tblGrid" | "instrText"
            | "delInstrText" | "fldData" | "ffData" | "rt" | "rubyPr" => Frame::Skip,
            "altChunk" | "subDoc" => {
                let reason = "part of the text is a document of another format (an imported chunk or a subdocument), which \
                              is not read; open it in Word and save it as one document";
                return Err(DocumentError::Part { part: part.to_owned(), reason: reason.to_owned() });
            }
            "p" => self.paragraph(),
            "r" => self.run(element),
            "t" | "delText" => {
                let preserves = self.spaces.last().is_some_and(|(_, preserves)| *preserves);
                Frame::Text(OpenText { tag: element.span.clone(), preserves, chunks: Vec::new() })
            }
            "footnote" | "endnote" => {
                self.note = element.attribute("id");
                let parts = element.attribute("type").is_some_and(|kind| kind != "normal");
                let change = self.note.as_ref().and_then(|note| self.fates.get(note)).copied().unwrap_or_default();
                self.inserted += usize::from(change.inserted);
                self.deleted += usize::from(change.deleted);
                Frame::Whole(Whole::Note { parts_at: parts.then_some(self.slots.len()) }, change)
            }
            "tbl" => {
                self.around.tables += 1;
                self.around.carried = None;
                Frame::Table
            }
            "tr" => Frame::Whole(Whole::Row, Change::default()),
            "tc" => Frame::Whole(Whole::Cell, Change::default()),
            "txbxContent" => {
                let inside = Around { hidden: self.is_hidden(), ..Around::default() };
                Frame::Box(std::mem::replace(&mut self.around, inside))
            }
            "drawing" | "pict" | "object" => {
                let object = if name == "object" { self.element(OBJECT, element.span.clone()) } else { None };
                Frame::Drawing { start: element.span.start, captions: Vec::new(), object }
            }
            "ruby" => {
                self.rubies += 1;
                let pieces = self.around.open.last().map_or(0, |&slot| self.slots[slot].pieces.len());
                Frame::Ruby { start: element.span.start, pieces }
            }
            _ => match self.frames.last() {
                Some(Frame::Paragraph) if name == "pPr" => Frame::ParagraphProperties,
                Some(Frame::ParagraphProperties | Frame::MarkProperties) => self.paragraph_property(element),
                Some(Frame::Run) if name == "rPr" => Frame::RunProperties { start: element.span.start },
                Some(Frame::Run) => self.character(element),
                Some(Frame::RunProperties { .. }) => self.run_property(element),
                Some(Frame::Whole(..)) if matches!(name, "trPr" | "tcPr") => Frame::WholeProperties,
                Some(Frame::WholeProperties) => self.whole_property(name),
                _ => self.change(element),
            },
        })
    }

    /// A tracked change around runs or paragraphs; anything else that is not known is looked through.
    fn change(&mut self, element: &Element<'_>) -> Frame {
        match element.name() {
            "ins" | "moveTo" => {
                self.inserted += 1;
                self.insertions.push((element.span.clone(), self.frames.len()));
                Frame::Inserted
            }
            "del" | "moveFrom" => {
                self.deleted += 1;
                Frame::Deleted
            }
            _ => Frame::Through,
        }
    }

    fn paragraph(&mut self) -> Frame {
        let slot = self.around.carried.take().unwrap_or_else(|| {
            let in_table = self.around.tables > 0;
            let note = self.note.clone();
            self.slots.push(Slot { story: self.parts.len(), in_table, is_note: self.is_note, note, ..Slot::default() });
            self.slots.len() - 1
        });
        self.slots[slot].mark = Change::default();
        self.slots[slot].is_drop_cap = false;
        self.around.open.push(slot);
        Frame::Paragraph
    }

    fn open_slot(&mut self) -> Option<&mut Slot> {
        let slot = *self.around.open.last()?;
        self.slots.get_mut(slot)
    }

    fn run(&mut self, element: &Element<'_>) -> Frame {
        if self.rubies == 0 {
            let insertion = match self.insertions.last() {
                None => Insertion::None,
                Some((tag, depth)) if depth + 1 == self.frames.len() => Insertion::Child(tag.clone()),
                Some(_) => Insertion::Inside,
            };
            let (story, tag) = (self.parts.len(), element.span.clone());
            self.runs.push(Run { story, span: tag.clone(), tag, properties: None, insertion });
            self.around.runs.push(OpenRun { index: self.runs.len() - 1, ..OpenRun::default() });
        } else {
            // A run inside a ruby stands for the whole of it.
            let index = self.around.runs.last().map_or(0, |run| run.index);
            self.around.runs.push(OpenRun { index, ..OpenRun::default() });
        }
        Frame::Run
    }

    fn end(&mut self, to: usize) {
        let frame = self.frames.pop();
        self.spaces.pop_if(|(depth, _)| *depth >= self.frames.len());
        match frame {
            Some(Frame::Paragraph) => {
                let Some(slot) = self.around.open.pop() else {
                    return;
                };
                let Slot { mark, is_drop_cap, .. } = self.slots[slot];
                let is_gone = match self.revisions {
                    Revisions::Accepted | Revisions::Both => mark.deleted,
                    Revisions::Original => mark.inserted,
                };
                self.around.carried = (is_gone || is_drop_cap).then_some(slot);
            }
            Some(Frame::Run) => {
                if let Some(run) = self.around.runs.pop()
                    && let Some(known) = self.runs.get_mut(run.index)
                {
                    known.span.end = known.span.end.max(to);
                }
            }
            Some(Frame::RunProperties { start }) => {
                let run = self.around.runs.last().map(|run| run.index);
                if let Some(run) = run.and_then(|index| self.runs.get_mut(index)).filter(|run| run.tag.end <= start) {
                    run.properties.get_or_insert(start..to);
                }
            }
            Some(Frame::Text(open)) => self.text(open, to),
            Some(Frame::Inserted) => {
                self.inserted -= 1;
                self.insertions.pop();
            }
            Some(Frame::Deleted) => self.deleted -= 1,
            Some(Frame::Table) => {
                self.around.tables -= 1;
                self.around.carried = None;
            }
            Some(Frame::Whole(whole, change)) => {
                self.inserted -= usize::from(change.inserted);
                self.deleted -= usize::from(change.deleted);
                self.around.carried = None;
                if let Whole::Note { parts_at: Some(first) } = whole {
                    self.uncount(first);
                }
            }
            Some(Frame::Box(around)) => {
                self.unbalanced |= !self.around.fields.is_empty();
                self.around = around;
            }
            Some(Frame::Formula { start, object }) => self.stretch(object, start..to),
            Some(Frame::Art) => {
                let text = self.art.take().unwrap_or_default();
                self.image(&text);
            }
            Some(Frame::Drawing { start, captions, object }) => {
                self.drawings.pop();
                self.stretch(object, start..to);
                for slot in captions {
                    self.slots[slot].pieces.iter_mut().for_each(|piece| piece.xml = start..to);
                }
            }
            Some(Frame::Ruby { start, pieces }) => {
                self.rubies -= 1;
                // One in another is all one.
                if self.rubies == 0
                    && let Some(slot) = self.open_slot()
                {
                    slot.pieces[pieces..].iter_mut().for_each(|piece| {
                        piece.xml = start..to;
                        piece.form = Form::Element;
                    });
                }
            }
            _ => {}
        }
    }

    /// Leaves out the paragraphs from `first` on, if they are the line that parts notes from the text: nobody counts it.
    fn uncount(&mut self, first: usize) {
        if self.slots[first..].iter().all(|slot| slot.text.trim().is_empty()) {
            self.slots.truncate(first);
            self.references.retain(|reference| reference.slot < first);
        }
    }
}
