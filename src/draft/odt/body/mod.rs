//! The text of a part of a document: paragraphs with their spans and fields, tracked changes accepted or not.

mod beside;
mod changes;
mod characters;
mod region;
mod slot;

use std::collections::{HashMap, HashSet};

use super::styles::Styles;
use super::{DocumentError, ENDNOTES, FOOTNOTES, HERE, MAIN, Mark, Revisions};
use crate::draft::paper::{BREAK, Form, Role};
use crate::draft::xml::{Element, Node, Nodes, Space};
use region::Region;
pub(super) use slot::Slot;

/// The most spaces that one element stands for.
const MAX_SPACES: usize = 80;

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
    /// A section that is hidden: nothing in it counts, but how much that is.
    Concealed,
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
    /// What counts as one character or more, but is not theirs: a field, a ruby. How many pieces of the paragraph stand before it;
    /// `None` in another one, which is whole itself.
    Whole {
        start: usize,
        pieces: Option<usize>,
        /// Whether text directly in it counts.
        has_text: bool,
    },
    /// A region of tracked changes, by its name.
    Region(String),
    /// What was deleted: what was open around it, its first paragraph, and how deep deletions stand in the one that it is in.
    Deletion {
        around: Around,
        first: usize,
        nesting: usize,
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
    /// Whether a field is open.
    is_whole: bool,
    tables: usize,
    lists: usize,
    /// What is counted in, if not the part itself.
    story: Option<usize>,
    /// Where comments stand.
    mark: Option<usize>,
    /// Where those on the text of a text box stand.
    boxed: Option<usize>,
    is_deletion: bool,
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
    /// How deep deletions stand in the one that is open.
    nesting: usize,
    /// What is named by marks of changes, but not known yet.
    unknown: HashSet<String>,
    /// The comment that is open: where it stands, who wrote it, its last paragraph.
    comment: Option<Remark>,
    /// How many paragraphs are in sections that are hidden.
    pub(super) concealed: usize,
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
            nesting: 0,
            unknown: HashSet::new(),
            comment: None,
            concealed: 0,
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
        self.unknown.clear();
        (self.deleted, self.nesting, self.comment) = (0, 0, None);
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
            Some(Frame::Concealed) => {
                self.concealed += usize::from(space == Space::Text && matches!(name, "p" | "h"));
                Frame::Concealed
            }
            None if space == Space::Office && matches!(name, "document-content" | "document-styles") => Frame::Outside,
            None => return Err(NOT_A_TEXT),
            Some(Frame::Outside) => match (space, name) {
                (Space::Office, "body" | "master-styles") | (Space::Style, "master-page") => Frame::Outside,
                (Space::Office, "text") => Frame::Through,
                (Space::Office, "spreadsheet" | "presentation" | "drawing" | "chart" | "image" | "database") => {
                    return Err(NOT_A_TEXT);
                }
                (Space::Style | Space::Extension, name) if name.starts_with("header") || name.starts_with("footer") => {
                    let is_shown = element.attribute("display").is_none_or(|display| display != "false");
                    if is_shown { Frame::Through } else { Frame::Skip }
                }
                _ => Frame::Skip,
            },
            Some(Frame::Comment | Frame::Said(_)) => self.in_comment(element),
            _ => match space {
                Space::Text => self.text_element(element)?,
                Space::Table => self.table_element(name),
                Space::Shape => self.shape(element),
                Space::Svg if matches!(name, "title" | "desc") => Frame::Caption(String::new()),
                Space::Office if name == "annotation" => {
                    // Also one in what is not read has its place: programs move those at a change into it.
                    self.comment = self.around.open.filter(|_| self.deleted == 0).map(|slot| {
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

    fn text_element(&mut self, element: &Element<'_>) -> Result<Frame, &'static str> {
        let name = element.name();
        match name {
            "p" | "h" => return Ok(self.paragraph(element)),
            "list" => {
                self.around.lists += 1;
                return Ok(Frame::List);
            }
            "section" => {
                let display = element.attribute("display").unwrap_or_default();
                let is_hidden = element.attribute("is-hidden").is_some_and(|hidden| hidden == "true");
                return Ok(if display == "none" || is_hidden { Frame::Concealed } else { Frame::Through });
            }
            "tracked-changes" => return Ok(Frame::Through),
            "changed-region" => return self.region(element),
            "insertion" | "deletion" | "format-change" => return Ok(self.change(name)),
            "change-start" | "change-end" | "change" => {
                self.change_mark(element)?;
                return Ok(Frame::Skip);
            }
            // What an index is made from, and numbers and code, which are not text.
            "number" | "script" | "note-citation" => return Ok(Frame::Skip),
            name if name.ends_with("-source") => return Ok(Frame::Skip),
            _ => {}
        }
        Ok(match self.around.open {
            Some(slot) => self.in_paragraph(element, slot),
            None => Frame::Through,
        })
    }

    /// An element of text in the paragraph `slot`.
    fn in_paragraph(&mut self, element: &Element<'_>, slot: usize) -> Frame {
        match element.name() {
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
                let is_inner = std::mem::replace(&mut self.around.is_whole, true);
                let pieces = (!is_inner).then(|| self.slots[slot].pieces.len());
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
            Some(Frame::Whole { start, pieces: Some(pieces), .. }) => {
                self.around.is_whole = false;
                let slot = self.around.open.and_then(|slot| self.slots.get_mut(slot));
                let inside = slot.and_then(|slot| slot.pieces.get_mut(pieces..));
                for piece in inside.unwrap_or_default() {
                    (piece.xml, piece.form) = (start..to, Form::Element);
                }
            }
            Some(Frame::Deletion { around, first, nesting }) => self.end_of_deletion(around, first, nesting),
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
            slot.has_hidden |= !slot.text.trim().is_empty();
            slot.text.clear();
            slot.pieces.clear();
        }
        // What was deleted before the end of a paragraph is followed by the rest of another; what is not read may be the last.
        if !slot.is_deleted && around.after_space {
            slot.trim();
        }
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
