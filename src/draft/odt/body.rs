//! The text of a part of a document: paragraphs with their spans and fields, tracked changes accepted or not.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::styles::Styles;
use super::{DocumentError, ENDNOTES, FOOTNOTES, HERE, Mark, Revisions};
use crate::draft::fold::OBJECT;
use crate::draft::paper::{BREAK, Change, Form, Piece, Role, raised};
use crate::draft::xml::{Element, Node, Nodes, Space};

/// The most spaces that one element stands for.
const MAX_SPACES: usize = 80;

/// A paragraph as it is read.
#[derive(Debug, Default)]
pub(super) struct Slot {
    pub(super) text: String,
    /// Their places are relative to the text of the paragraph.
    pub(super) pieces: Vec<Piece>,
    /// What it is counted in.
    pub(super) story: usize,
    pub(super) role: Role,
    pub(super) in_table: bool,
    pub(super) is_listed: bool,
    /// Whether it is one of those that a deletion is made of, not in a table or a note of these.
    is_deleted: bool,
    is_hidden: bool,
}

/// A comment that the document has.
#[derive(Debug)]
pub(super) struct Remark {
    /// The paragraph, and the byte of its text before which it stands.
    pub(super) slot: usize,
    pub(super) at: usize,
    pub(super) creator: String,
    /// The text of its last paragraph.
    pub(super) last: String,
}

/// An element that is open.
#[derive(Debug)]
enum Frame {
    /// Nothing in it counts, except what is known to hold text.
    Outside,
    /// What is in it counts as if it were not there.
    Through,
    /// Nothing in it counts.
    Skip,
    Paragraph,
    Span,
    Table,
    Cell,
    List,
    /// The paragraphs of a text box: what was open around it.
    Box(Around),
    Note {
        around: Around,
        mark: Option<usize>,
        start: usize,
    },
    /// A drawing, the character that stands for it, and what was open around it.
    Shape {
        around: Around,
        mark: Option<usize>,
        start: usize,
        piece: Option<usize>,
    },
    /// The words that stand for an image, as they come.
    Caption(String),
    /// What counts as one character or more, but is not theirs: a field, a ruby. How many pieces of the paragraph stand before it.
    Whole {
        start: usize,
        pieces: usize,
        /// Whether text directly in it counts.
        has_text: bool,
    },
    /// A region of tracked changes, by its name.
    Region(String),
    Deletion {
        around: Around,
        first: usize,
    },
    Comment,
    /// In a comment: who wrote it, or what it says.
    Said(Part),
}

#[derive(Debug, Clone, Copy)]
enum Part {
    Creator,
    Paragraph,
}

/// How text is formatted, as far as it matters.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    is_hidden: bool,
    is_raised: bool,
}

/// What a note or a text box interrupts.
#[derive(Debug, Default)]
struct Around {
    open: Option<usize>,
    /// The paragraph that goes on in the next one, because its end was inserted.
    carried: Option<usize>,
    /// Whether white space is one with what stands before it.
    after_space: bool,
    looks: Vec<Look>,
    tables: usize,
    lists: usize,
    /// What is counted in, if not the part itself.
    story: Option<usize>,
    /// Where comments stand.
    mark: Option<usize>,
    is_deletion: bool,
}

/// What a tracked change has done.
#[derive(Debug, Default)]
struct Region {
    is_insertion: bool,
    /// What was deleted.
    deleted: Option<Vec<Slot>>,
    mark: Option<usize>,
}

/// Reads the parts of a document that hold text, one after the other.
pub(super) struct Stories<'s> {
    styles: Option<Styles<'s>>,
    revisions: Revisions,
    pub(super) slots: Vec<Slot>,
    /// Each with the paragraphs in which it begins and ends.
    pub(super) marks: Vec<(Option<[usize; 2]>, Mark)>,
    pub(super) remarks: Vec<Remark>,
    story: usize,
    frames: Vec<Frame>,
    around: Around,
    regions: HashMap<String, Region>,
    /// The tracked insertions that are open.
    inserted: HashSet<String>,
    /// The tracked deletions that are open whose words stand where they stood.
    erased: HashSet<String>,
    /// How many deletions are open whose words stand among the tracked changes.
    deleted: usize,
    /// The comment that is open: where it stands, who wrote it, its last paragraph.
    comment: Option<Remark>,
}

impl<'s> Stories<'s> {
    pub(super) fn new(revisions: Revisions) -> Stories<'s> {
        Stories {
            styles: None,
            revisions,
            slots: Vec::new(),
            marks: Vec::new(),
            remarks: Vec::new(),
            story: 0,
            frames: Vec::new(),
            around: Around::default(),
            regions: HashMap::new(),
            inserted: HashSet::new(),
            erased: HashSet::new(),
            deleted: 0,
            comment: None,
        }
    }

    /// Reads a part, whose paragraphs are counted in `story`.
    pub(super) fn read(
        &mut self,
        part: &str,
        xml: &str,
        story: usize,
        styles: Styles<'s>,
    ) -> Result<(), DocumentError> {
        (self.story, self.styles) = (story, Some(styles));
        self.frames.clear();
        self.around = Around::default();
        self.regions.clear();
        self.inserted.clear();
        self.erased.clear();
        (self.deleted, self.comment) = (0, None);
        let mut nodes = Nodes::of(xml);
        while let Some(node) = nodes.next().map_err(|error| DocumentError::xml(part, error))? {
            match node {
                Node::Start(element) => {
                    let frame = self.start(&element);
                    let frame = frame
                        .map_err(|reason| DocumentError::Part { part: part.to_owned(), reason: reason.to_owned() })?;
                    self.frames.push(frame);
                }
                Node::End(span) => self.end(span.end),
                Node::Text(text, span) => self.characters(&text, span),
            }
        }
        Ok(())
    }

    /// What an element is where it begins.
    fn start(&mut self, element: &Element<'_>) -> Result<Frame, &'static str> {
        const NOT_A_TEXT: &str = "not a text of OpenDocument; a spreadsheet or a presentation is not read";
        let (space, name) = (element.space, element.name());
        Ok(match self.frames.last() {
            Some(Frame::Skip) => Frame::Skip,
            None if space == Space::Office && matches!(name, "document-content" | "document-styles") => Frame::Outside,
            None => return Err(NOT_A_TEXT),
            Some(Frame::Outside) => match (space, name) {
                (Space::Office, "body" | "master-styles") | (Space::Style, "master-page") => Frame::Outside,
                (Space::Office, "text") => Frame::Through,
                (Space::Office, "spreadsheet" | "presentation" | "drawing" | "chart" | "image" | "database") => {
                    return Err(NOT_A_TEXT);
                }
                (Space::Style, name) if name.starts_with("header") || name.starts_with("footer") => {
                    let is_shown = element.attribute("display").is_none_or(|display| display != "false");
                    if is_shown { Frame::Through } else { Frame::Skip }
                }
                _ => Frame::Skip,
            },
            Some(Frame::Comment | Frame::Said(_)) => self.in_comment(element),
            _ => match space {
                Space::Text => self.text_element(element),
                Space::Table => self.table_element(name),
                Space::Shape => self.shape(element),
                Space::Svg if matches!(name, "title" | "desc") => Frame::Caption(String::new()),
                Space::Office if name == "annotation" => {
                    self.comment = self.around.open.filter(|_| self.is_there()).map(|slot| {
                        let at = self.slots[slot].text.len();
                        Remark { slot, at, creator: String::new(), last: String::new() }
                    });
                    Frame::Comment
                }
                Space::Office | Space::Svg | Space::Style => Frame::Skip,
                _ => Frame::Through,
            },
        })
    }

    fn in_comment(&mut self, element: &Element<'_>) -> Frame {
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

    fn table_element(&mut self, name: &str) -> Frame {
        match name {
            "table" => {
                self.around.tables += 1;
                Frame::Table
            }
            "table-cell" => Frame::Cell,
            "covered-table-cell" | "title" | "desc" => Frame::Skip,
            _ => Frame::Through,
        }
    }

    fn text_element(&mut self, element: &Element<'_>) -> Frame {
        let name = element.name();
        match name {
            "p" | "h" => return self.paragraph(element),
            "list" => {
                self.around.lists += 1;
                return Frame::List;
            }
            "section" => {
                let display = element.attribute("display").unwrap_or_default();
                let is_hidden = element.attribute("is-hidden").is_some_and(|hidden| hidden == "true");
                return if display == "none" || is_hidden { Frame::Skip } else { Frame::Through };
            }
            "tracked-changes" => return Frame::Through,
            "changed-region" => {
                let id = element.attribute("id").unwrap_or_default();
                self.regions.entry(id.clone()).or_default();
                return Frame::Region(id);
            }
            "insertion" | "deletion" | "format-change" => return self.change(name),
            "change-start" | "change-end" | "change" => {
                self.change_mark(element);
                return Frame::Skip;
            }
            // What an index is made from, and numbers and code, which are not text.
            "number" | "script" | "note-citation" => return Frame::Skip,
            name if name.ends_with("-source") => return Frame::Skip,
            _ => {}
        }
        let Some(slot) = self.around.open else {
            return Frame::Through;
        };
        match name {
            "span" => self.span(element),
            "a" | "meta" | "meta-field" | "reference-mark" | "ruby-base" => Frame::Span.with(self),
            "s" => {
                let count = element.attribute("c").map_or(1, |count| count.parse().unwrap_or(MAX_SPACES));
                self.element(&" ".repeat(count.min(MAX_SPACES)), element.span.clone());
                Frame::Skip
            }
            "tab" => {
                self.element("\t", element.span.clone());
                Frame::Skip
            }
            "line-break" => {
                self.element(BREAK.encode_utf8(&mut [0; 4]), element.span.clone());
                Frame::Skip
            }
            "note" => self.note(element),
            "ruby-text" => Frame::Skip,
            // A field: what is shown of it.
            name => {
                let is_set = |key: &str, value: &str| element.attribute(key).is_some_and(|given| given == value);
                if name == "hidden-paragraph" {
                    self.slots[slot].is_hidden |= is_set("is-hidden", "true");
                    return Frame::Skip;
                }
                if is_set("display", "none") || name == "hidden-text" && is_set("is-hidden", "true") {
                    return Frame::Skip;
                }
                let pieces = self.slots[slot].pieces.len();
                Frame::Whole { start: element.span.start, pieces, has_text: name != "ruby" }
            }
        }
    }

    fn paragraph(&mut self, element: &Element<'_>) -> Frame {
        if self.around.open.is_some() {
            return Frame::Through;
        }
        let styles = self.styles;
        let style = element.attribute("style-name");
        let of_style = styles.map_or(Role::Body, |styles| styles.role(style.as_deref()));
        let role = match (element.name(), of_style) {
            ("h", Role::Title) => Role::Title,
            ("h", _) => {
                let level = element.attribute("outline-level").and_then(|level| level.parse().ok());
                Role::Heading(level.unwrap_or(1u8).saturating_sub(1))
            }
            (_, role) => role,
        };
        let around = &mut self.around;
        let slot = around.carried.take().unwrap_or(self.slots.len());
        if slot == self.slots.len() {
            self.slots.push(Slot {
                story: around.story.unwrap_or(self.story),
                in_table: around.tables > 0,
                is_listed: around.lists > 0,
                is_deleted: around.is_deletion && around.tables == 0,
                ..Slot::default()
            });
        }
        // A paragraph of which nothing is left but its end is the one that it ends in.
        if self.slots[slot].text.is_empty() {
            self.slots[slot].role = role;
        }
        let is = |of: fn(Styles<'s>, &str, Option<&str>) -> Option<bool>| {
            styles.and_then(|styles| of(styles, "paragraph", style.as_deref())).unwrap_or(false)
        };
        let look = Look { is_hidden: is(Styles::is_hidden), is_raised: is(Styles::is_raised) };
        around.open = Some(slot);
        around.after_space = true;
        around.looks = vec![look];
        Frame::Paragraph
    }

    fn span(&mut self, element: &Element<'_>) -> Frame {
        let style = element.attribute("style-name");
        let mut look = self.look();
        if let (Some(styles), Some(style)) = (self.styles, style) {
            look.is_hidden = styles.is_hidden("text", Some(&style)).unwrap_or(look.is_hidden);
            look.is_raised = styles.is_raised("text", Some(&style)).unwrap_or(look.is_raised);
        }
        self.around.looks.push(look);
        Frame::Span
    }

    fn look(&self) -> Look {
        self.around.looks.last().copied().unwrap_or_default()
    }

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
    fn enter(&mut self, mark: Option<usize>) -> Around {
        let mark = self.around.mark.or(mark);
        let inside = Around { mark, story: self.around.story, after_space: true, ..Around::default() };
        std::mem::replace(&mut self.around, inside)
    }

    /// Says where the element of a mark is.
    fn leave(&mut self, mark: Option<usize>, around: Around, span: Range<usize>) {
        self.around = around;
        if let Some((Some(_), mark)) = mark.and_then(|mark| self.marks.get_mut(mark)) {
            mark.around = Some(span);
        }
    }

    fn note(&mut self, element: &Element<'_>) -> Frame {
        let mark = self.mark(true);
        let around = self.enter(mark);
        if self.story == super::MAIN {
            let is_endnote = element.attribute("note-class").is_some_and(|class| class == "endnote");
            self.around.story = Some(if is_endnote { ENDNOTES } else { FOOTNOTES });
        }
        Frame::Note { around, mark, start: element.span.start }
    }

    fn shape(&mut self, element: &Element<'_>) -> Frame {
        match element.name() {
            "text-box" => {
                let outer = self.frames.iter().rev().find_map(|frame| match frame {
                    Frame::Shape { around, .. } => Some(around.mark),
                    _ => None,
                });
                let mark = outer.flatten();
                let story = self.around.story;
                let inside = Around { mark, story, after_space: true, ..Around::default() };
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
                let around = self.enter(mark);
                Frame::Shape { around, mark, start, piece }
            }
        }
    }

    /// What a region of tracked changes says of it.
    fn change(&mut self, name: &str) -> Frame {
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
                let inside = Around { is_deletion: true, mark: Some(mark), after_space: true, ..Around::default() };
                Frame::Deletion { around: std::mem::replace(&mut self.around, inside), first: self.slots.len() }
            }
            _ => Frame::Skip,
        }
    }

    /// Where a tracked change begins, ends, or has deleted something.
    fn change_mark(&mut self, element: &Element<'_>) {
        let id = element.attribute("change-id").unwrap_or_default();
        let Some(region) = self.regions.get_mut(&id) else {
            return;
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
            "change" => self.deletion(&id, element.span.clone()),
            _ => {}
        }
    }

    /// Puts what was deleted where it stood.
    fn deletion(&mut self, id: &str, span: Range<usize>) {
        let (open, outer) = (self.around.open, self.around.mark);
        let at = open.map_or(0, |slot| self.slots[slot].text.len());
        let Some(region) = self.regions.get_mut(id) else {
            return;
        };
        let number = region.mark;
        if let Some((slots, mark)) = number.and_then(|number| self.marks.get_mut(number))
            && mark.around.is_none()
            && outer != number
        {
            (*slots, mark.at, mark.until, mark.outer) = (open.map(|slot| [slot, slot]), at, at, outer);
            mark.around = open.map(|_| span);
        }
        let deleted = region.deleted.take().unwrap_or_default();
        if self.revisions != Revisions::Original || region.is_insertion || !self.inserted.is_empty() {
            return;
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
    }

    fn end(&mut self, to: usize) {
        match self.frames.pop() {
            Some(Frame::Paragraph) => self.end_of_paragraph(),
            Some(Frame::Span) => drop(self.around.looks.pop()),
            Some(Frame::Table) => {
                self.around.tables -= 1;
                self.around.carried = None;
            }
            Some(Frame::Cell) => self.around.carried = None,
            Some(Frame::List) => self.around.lists -= 1,
            Some(Frame::Box(around)) => self.around = around,
            Some(Frame::Note { around, mark, start }) => self.leave(mark, around, start..to),
            Some(Frame::Shape { around, mark, start, piece }) => {
                self.leave(mark, around, start..to);
                let slot = self.around.open.and_then(|slot| self.slots.get_mut(slot));
                if let Some(piece) = slot.zip(piece).and_then(|(slot, piece)| slot.pieces.get_mut(piece)) {
                    piece.xml.end = to;
                }
            }
            Some(Frame::Caption(text)) => self.caption(&text, to),
            Some(Frame::Whole { start, pieces, .. }) => {
                let slot = self.around.open.and_then(|slot| self.slots.get_mut(slot));
                let inside = slot.and_then(|slot| slot.pieces.get_mut(pieces..));
                for piece in inside.unwrap_or_default() {
                    (piece.xml, piece.form) = (start..to, Form::Element);
                }
            }
            Some(Frame::Deletion { around, first }) => {
                self.around = around;
                self.deleted -= 1;
                let deleted = self.slots.split_off(first.min(self.slots.len()));
                let count = self.slots.len();
                self.remarks.retain(|remark| remark.slot < count);
                for (slots, _) in &mut self.marks {
                    *slots = slots.filter(|slots| slots.iter().all(|&slot| slot < count));
                }
                if let Some(Frame::Region(id)) = self.frames.last()
                    && let Some(region) = self.regions.get_mut(id)
                {
                    region.deleted.get_or_insert(deleted);
                }
            }
            Some(Frame::Comment) if !matches!(self.frames.last(), Some(Frame::Comment)) => {
                self.remarks.extend(self.comment.take());
            }
            _ => {}
        }
    }

    fn end_of_paragraph(&mut self) {
        let around = &mut self.around;
        around.looks.clear();
        let Some(index) = around.open.take() else {
            return;
        };
        let is_gone = match self.revisions {
            Revisions::Accepted | Revisions::Both => !self.erased.is_empty(),
            Revisions::Original => !self.inserted.is_empty(),
        };
        if is_gone {
            around.carried = Some(index);
            return;
        }
        let slot = &mut self.slots[index];
        if slot.is_hidden {
            slot.text.clear();
            slot.pieces.clear();
        }
        // What was deleted before the end of a paragraph is followed by the rest of another.
        if !slot.is_deleted {
            slot.trim();
        }
    }

    /// Whether what stands here is of the version that is read.
    fn is_there(&self) -> bool {
        match self.revisions {
            Revisions::Accepted | Revisions::Both => self.deleted == 0 && self.erased.is_empty(),
            Revisions::Original => self.inserted.is_empty(),
        }
    }

    /// Whether it is text as well.
    fn is_read(&self) -> bool {
        self.is_there() && !self.look().is_hidden
    }

    fn characters(&mut self, text: &str, xml: Range<usize>) {
        let is_text = self.around.open.is_some() && self.is_read();
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
            Some(Frame::Paragraph | Frame::Span | Frame::Through | Frame::Whole { has_text: true, .. }) if is_text => {
                self.collapsed(text, xml);
            }
            _ => {}
        }
    }

    /// Adds text with its white space collapsed (OpenDocument 1.3, part 3, 6.1.2).
    fn collapsed(&mut self, text: &str, xml: Range<usize>) {
        let mut kept: Vec<Range<usize>> = Vec::new();
        for (at, c) in text.char_indices() {
            let is_space = matches!(c, ' ' | '\t' | '\n' | '\r');
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
    fn element(&mut self, text: &str, xml: Range<usize>) {
        if self.is_read() {
            self.around.after_space = false;
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

    fn tracked(&self) -> Change {
        Change { inserted: !self.inserted.is_empty(), deleted: self.deleted > 0 || !self.erased.is_empty() }
    }

    /// Adds the words that stand for an image, a paragraph of its own.
    fn caption(&mut self, text: &str, to: usize) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_in_shape = matches!(self.frames.last(), Some(Frame::Shape { .. }));
        if !is_in_shape || text.is_empty() || !self.is_read() {
            return;
        }
        let run = self.around.mark.unwrap_or(HERE);
        let pieces =
            vec![Piece { text: 0..text.len(), xml: to..to, form: Form::Element, change: self.tracked(), run, node: 0 }];
        let story = self.around.story.unwrap_or(self.story);
        self.slots.push(Slot { text, pieces, story, role: Role::Caption, ..Slot::default() });
    }
}

impl Frame {
    /// A frame whose text looks as that around it does.
    fn with(self, stories: &mut Stories<'_>) -> Frame {
        let look = stories.look();
        stories.around.looks.push(look);
        self
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

    /// Takes off the white space at the end, of which there is one character.
    fn trim(&mut self) {
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
