//! The text of a part of a document: paragraphs with their spans and fields, tracked changes accepted or not.

mod changes;
mod characters;
mod objects;
mod paragraph;
mod region;
mod residue;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::item::{KnownLists, OUTLINE, OdtItem, OpenOdtList, start};
use super::stand_in::{ENDNOTES, FOOTNOTES, MAIN, StandIn, StandInPlace};
use super::styles::VisibleStyles;
use crate::draft::document::{DocumentError, DocumentReading, TrackedChange};
use crate::draft::layout::BREAK;
use crate::draft::margin::LinePlace;
use crate::draft::odt::residue::{RegionFacts, regions};
use crate::draft::paragraph::{ParagraphRole, VersionBuilder};
use crate::draft::residue::Residue;
use crate::draft::xml::{Namespace, XmlElement, XmlNode, XmlReader};
use crate::span::Span;
use crate::text::Language;
use paragraph::OdtProperties;
pub(super) use paragraph::{OdtBuilder, OdtParagraph};
use region::ChangedRegion;

/// The most spaces that one element stands for.
const MAX_SPACES: usize = 80;

/// A comment that the document has.
#[derive(Debug, Default)]
pub(super) struct DocumentComment {
    /// For each version the paragraph, and the byte of its text before which it stands.
    pub(super) at: Vec<LinePlace>,
    /// The same of its end, if it has one.
    pub(super) to: Option<Vec<LinePlace>>,
    /// The stand-ins between.
    pub(super) stand_ins: Range<usize>,
    pub(super) creator: String,
    /// The text of each of its paragraphs.
    pub(super) paragraphs: Vec<String>,
    /// The byte of its part at which it begins.
    pub(super) start: usize,
    name: Option<String>,
}

impl DocumentComment {
    /// Adds to the text of its last paragraph.
    fn say(&mut self, text: &str) {
        self.paragraphs.last_mut().into_iter().for_each(|paragraph| paragraph.push_str(text));
    }
}

/// An element that is open.
#[derive(Debug)]
enum OdtFrame {
    /// One whose content does not count, except what is known to hold text.
    Outside,
    /// One whose content counts as if it were not there.
    Through,
    /// One whose content does not count.
    Skip,
    /// A section that is hidden: nothing in it counts, but how much that is.
    Concealed,
    Paragraph,
    Span,
    Table,
    Cell,
    List,
    /// The text of a table of contents or the like.
    Index,
    /// The paragraphs of a text box, with what is open around it.
    Box(OdtEnclosing),
    Note {
        around: OdtEnclosing,
        stand_in: Option<usize>,
        start: usize,
    },
    /// A drawing, with what is open around it.
    Shape {
        around: OdtEnclosing,
        stand_in: Option<usize>,
        start: usize,
    },
    /// The words that stand for an image, as they come.
    Caption(String),
    /// A field or a ruby, which counts as a whole: its characters are not theirs.
    Whole {
        start: usize,
        /// True for one in another, which is whole itself.
        is_inner: bool,
        /// True if text directly in it counts.
        has_text: bool,
        /// The name of a field, and the byte of its paragraph at which it begins.
        field: String,
        from: usize,
    },
    /// A region of tracked changes, by its name.
    Region(String),
    /// The words that a change has deleted, with what is open around them and the depth to which deletions stand in the one that it
    /// is in.
    Deletion {
        around: OdtEnclosing,
        nesting: usize,
    },
    Comment,
    CommentField(CommentField),
}

/// A field of a comment that is read.
#[derive(Debug, Clone, Copy)]
enum CommentField {
    Creator,
    Paragraph,
}

/// The formatting of text, as far as it matters.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    is_hidden: bool,
    is_raised: bool,
    /// True if there is a line through it.
    is_struck: bool,
    /// True if it is marked with a colour.
    is_marked: bool,
    /// The language that it is marked as.
    language: Option<Language>,
}

/// The things that are open, which a note or a text box interrupts.
#[derive(Debug, Default)]
struct OdtEnclosing {
    /// True if white space is one with what stands before it.
    after_space: bool,
    looks: Vec<Look>,
    /// True while a field is open.
    is_whole: bool,
    tables: usize,
    lists: Vec<OpenOdtList>,
    /// The story that paragraphs are counted in, if not that of the part itself.
    story: Option<usize>,
    /// The stand-in that comments are put at.
    stand_in: Option<usize>,
    /// The one for the text of a text box.
    boxed: Option<usize>,
    is_deletion: bool,
}

/// The state of the reader of a part.
#[derive(Default)]
struct OdtPartState {
    /// The name of the part, and the story that its paragraphs are counted in.
    part: String,
    story: usize,
    /// True for a file that is the whole document.
    is_flat: bool,
    /// The elements that are open.
    frames: Vec<OdtFrame>,
    around: OdtEnclosing,
    regions: HashMap<String, ChangedRegion>,
    /// The tracked insertions that are open.
    inserted: HashSet<String>,
    /// The tracked deletions that are open whose words stand where they stood.
    erased: HashSet<String>,
    /// The number of tables of contents and the like that are open.
    indexes: usize,
    /// The number of deletions that are open whose words stand among the tracked changes.
    deleted: usize,
    /// The depth to which deletions stand in the one that is open.
    nesting: usize,
    /// The names of regions that marks of changes have named, but that are not known yet.
    unknown: HashSet<String>,
    /// The comment that is open.
    comment: Option<DocumentComment>,
    /// The comments whose ends have not come yet, by their names.
    named: HashMap<String, usize>,
}

/// Reads the parts of a document that hold text, one after the other, every version of it at once.
#[derive(Default)]
pub(super) struct OdtReader<'s> {
    styles: Option<VisibleStyles<'s>>,
    pub(super) versions: Vec<OdtBuilder>,
    pub(super) stand_ins: Vec<StandIn>,
    pub(super) comments: Vec<DocumentComment>,
    state: OdtPartState,
    /// The number of paragraphs in sections that are hidden.
    pub(super) concealed: usize,
    lists: KnownLists,
    /// True if residues are wanted.
    keeps_residues: bool,
    /// Those that no paragraph has.
    pub(super) residues: Vec<Residue>,
    /// What is known of the tracked changes of the part that is read, by the names of their regions.
    facts: HashMap<String, RegionFacts>,
}

impl<'s> OdtReader<'s> {
    pub(super) fn new(how: DocumentReading<'_>) -> OdtReader<'s> {
        let builder = |text| OdtBuilder { text, places: Vec::new(), fault: None };
        let versions = VersionBuilder::for_each(how.versions).into_iter().map(builder).collect();
        OdtReader { versions, keeps_residues: how.residues, ..OdtReader::default() }
    }

    /// Reads a part, whose paragraphs are counted in `story`.
    pub(super) fn read(
        &mut self,
        part: &str,
        xml: &str,
        story: usize,
        styles: VisibleStyles<'s>,
    ) -> Result<(), DocumentError> {
        self.styles = Some(styles);
        self.state = OdtPartState { part: part.to_owned(), story, ..OdtPartState::default() };
        self.versions.iter_mut().for_each(|builder| builder.text.reset());
        if self.keeps_residues {
            self.facts = regions(xml);
        }
        let mut nodes = XmlReader::new(xml);
        while let Some(node) = nodes.next().map_err(|error| DocumentError::xml(part, error))? {
            match node {
                XmlNode::Start(element) => {
                    let frame = self.start(&element)?;
                    self.state.frames.push(frame);
                }
                XmlNode::End(span) => self.end(span.end()),
                XmlNode::Text(text, span) => self.characters(&text, span),
            }
        }
        Ok(())
    }

    /// The frame of an element that begins.
    fn start(&mut self, element: &XmlElement<'_>) -> Result<OdtFrame, DocumentError> {
        const NOT_A_TEXT: &str = "not a text of OpenDocument; a spreadsheet or a presentation is not read";
        let (space, name) = (element.space, element.name());
        Ok(match self.state.frames.last() {
            Some(OdtFrame::Skip) => OdtFrame::Skip,
            Some(OdtFrame::Concealed) => {
                self.concealed += usize::from(space == Namespace::Text && matches!(name, "p" | "h"));
                OdtFrame::Concealed
            }
            None if space == Namespace::Office
                && matches!(name, "document-content" | "document-styles" | "document") =>
            {
                self.state.is_flat = name == "document";
                OdtFrame::Outside
            }
            None => return Err(self.fault(NOT_A_TEXT)),
            Some(OdtFrame::Outside) => match (space, name) {
                // A flat file is read once for its text, and once for its pages.
                (Namespace::Office, "body") if self.state.is_flat && self.state.story != MAIN => OdtFrame::Skip,
                (Namespace::Office, "master-styles") if self.state.is_flat && self.state.story == MAIN => {
                    OdtFrame::Skip
                }
                (Namespace::Office, "body" | "master-styles") | (Namespace::Style, "master-page") => OdtFrame::Outside,
                (Namespace::Office, "text") => OdtFrame::Through,
                (Namespace::Office, "spreadsheet" | "presentation" | "drawing" | "chart" | "image" | "database") => {
                    return Err(self.fault(NOT_A_TEXT));
                }
                (Namespace::Style | Namespace::Extension, name)
                    if name.starts_with("header") || name.starts_with("footer") =>
                {
                    let is_shown = element.attribute("display").is_none_or(|display| display != "false");
                    if is_shown { OdtFrame::Through } else { OdtFrame::Skip }
                }
                _ => OdtFrame::Skip,
            },
            Some(OdtFrame::Comment | OdtFrame::CommentField(_)) => self.in_comment(element),
            _ => match space {
                Namespace::Text => self.text_element(element),
                Namespace::Table => self.table_element(name),
                Namespace::Shape => self.shape(element),
                Namespace::Svg if matches!(name, "title" | "desc") => OdtFrame::Caption(String::new()),
                Namespace::Office if name == "annotation" => self.comment(element),
                Namespace::Office if name == "annotation-end" => self.end_of_comment(element),
                Namespace::Office | Namespace::Svg | Namespace::Style => OdtFrame::Skip,
                _ => OdtFrame::Through,
            },
        })
    }

    fn fault(&self, reason: &str) -> DocumentError {
        DocumentError::Part { part: self.state.part.clone(), reason: reason.to_owned() }
    }

    fn table_element(&mut self, name: &str) -> OdtFrame {
        match name {
            "table" => {
                self.state.around.tables += 1;
                OdtFrame::Table
            }
            "table-cell" => OdtFrame::Cell,
            "covered-table-cell" | "title" | "desc" => OdtFrame::Skip,
            _ => OdtFrame::Through,
        }
    }

    fn text_element(&mut self, element: &XmlElement<'_>) -> OdtFrame {
        match element.name() {
            "p" | "h" => self.paragraph(element),
            "list" => {
                let list = self.lists.open(element, self.state.around.lists.last());
                self.state.around.lists.push(list);
                OdtFrame::List
            }
            "index-body" => {
                self.state.indexes += 1;
                OdtFrame::Index
            }
            "numbered-paragraph" => {
                let list = self.lists.open_numbered(element);
                self.state.around.lists.push(list);
                OdtFrame::List
            }
            "list-item" | "list-header" => {
                let item = (element.name() == "list-item").then(|| start(element));
                if let Some(list) = self.state.around.lists.last_mut() {
                    list.item = item;
                }
                OdtFrame::Through
            }
            "section" => {
                let display = element.attribute("display").unwrap_or_default();
                let is_hidden = element.attribute("is-hidden").is_some_and(|hidden| hidden == "true");
                if display == "none" || is_hidden { OdtFrame::Concealed } else { OdtFrame::Through }
            }
            "tracked-changes" => OdtFrame::Through,
            "changed-region" => self.region(element),
            name @ ("insertion" | "deletion" | "format-change") => self.change(name),
            "change-start" | "change-end" | "change" => {
                self.change_mark(element);
                OdtFrame::Skip
            }
            // The sources of an index, and numbers and code, which are not text.
            "number" | "script" | "note-citation" => OdtFrame::Skip,
            name if name.ends_with("-source") => {
                self.keep_link(element);
                OdtFrame::Skip
            }
            _ if self.is_in_paragraph() => self.in_paragraph(element),
            _ => OdtFrame::Through,
        }
    }

    /// Reads an element of text in a paragraph.
    fn in_paragraph(&mut self, element: &XmlElement<'_>) -> OdtFrame {
        match element.name() {
            "span" => self.span(element),
            "a" | "meta" | "meta-field" | "reference-mark" | "ruby-base" => {
                self.keep_link(element);
                self.state.around.looks.push(self.look());
                OdtFrame::Span
            }
            "s" => {
                let count = element.attribute("c").map_or(1, |count| count.parse().unwrap_or(MAX_SPACES));
                self.element(&" ".repeat(count.min(MAX_SPACES)), element.span);
                OdtFrame::Skip
            }
            "tab" => {
                self.element("\t", element.span);
                OdtFrame::Skip
            }
            "line-break" => {
                self.element(BREAK.encode_utf8(&mut [0; 4]), element.span);
                OdtFrame::Skip
            }
            "note" => self.note(element),
            "ruby-text" => OdtFrame::Skip,
            // A field: what is shown of it.
            name => {
                let is_set = |key: &str, value: &str| element.attribute(key).is_some_and(|set| set == value);
                if name == "hidden-paragraph" {
                    let is_hidden = is_set("is-hidden", "true");
                    let open = self.versions.iter_mut().filter_map(|builder| builder.text.open());
                    open.for_each(|paragraph| paragraph.more.is_hidden |= is_hidden);
                    return OdtFrame::Skip;
                }
                if is_set("display", "none") || name == "hidden-text" && is_set("is-hidden", "true") {
                    self.keep_hidden(&element.attribute("string-value").unwrap_or_default());
                    return OdtFrame::Skip;
                }
                let is_inner = std::mem::replace(&mut self.state.around.is_whole, true);
                if !is_inner {
                    self.versions.iter_mut().for_each(|builder| builder.text.remember(builder.text.open_pieces()));
                }
                let from = self.open_len();
                OdtFrame::Whole {
                    start: element.span.start(),
                    is_inner,
                    has_text: name != "ruby",
                    field: name.to_owned(),
                    from,
                }
            }
        }
    }

    fn paragraph(&mut self, element: &XmlElement<'_>) -> OdtFrame {
        if self.is_in_paragraph() {
            return OdtFrame::Through;
        }
        let styles = self.styles;
        let style = element.attribute("style-name");
        let of_style = styles.map_or(ParagraphRole::Body, |styles| styles.role(style.as_deref()));
        let role = match (element.name(), of_style) {
            ("h", ParagraphRole::Title) => ParagraphRole::Title,
            ("h", _) => {
                let level = element.attribute("outline-level").and_then(|level| level.parse().ok());
                ParagraphRole::Heading(level.unwrap_or(1u8).saturating_sub(1))
            }
            (_, role) => role,
        };
        let item = self.item(element, style.as_deref());
        // The look of the mark at the end, which LibreOffice writes and the standard does not know.
        let mark = element.attribute("marker-style-name");
        let mark = mark.and_then(|mark| styles?.is_hidden("text", Some(&mark)));
        let around = &mut self.state.around;
        let (story, in_table) = (around.story.unwrap_or(self.state.story), around.tables > 0);
        for builder in &mut self.versions {
            let paragraph = builder.text.begin(|| {
                let is_deleted = around.is_deletion && !in_table;
                let is_listed = !around.lists.is_empty();
                let is_in_index = self.state.indexes > 0;
                let more = OdtProperties { is_listed, is_deleted, is_in_index, ..OdtProperties::default() };
                OdtParagraph { story, in_table, more, ..OdtParagraph::default() }
            });
            // A paragraph of which nothing is left but its end is the one that it ends in.
            let goes_on = std::mem::replace(&mut paragraph.more.has_hidden_mark, mark == Some(true));
            if paragraph.text.is_empty() {
                paragraph.more.item.clone_from(&item);
            }
            if paragraph.text.is_empty() || goes_on {
                paragraph.more.role = role;
            }
        }
        let is = |of: fn(VisibleStyles<'s>, &str, Option<&str>) -> Option<bool>| {
            styles.and_then(|styles| of(styles, "paragraph", style.as_deref())).unwrap_or(false)
        };
        let language = styles.and_then(|styles| styles.language("paragraph", style.as_deref())).flatten();
        let look = Look {
            is_hidden: is(VisibleStyles::is_hidden),
            is_raised: is(VisibleStyles::is_raised),
            is_struck: is(VisibleStyles::is_struck),
            is_marked: is(VisibleStyles::is_marked),
            language,
        };
        around.after_space = true;
        around.looks = vec![look];
        OdtFrame::Paragraph
    }

    /// The item of a list, or of the numbered headings, that a paragraph begins.
    fn item(&mut self, element: &XmlElement<'_>, style: Option<&str>) -> Option<OdtItem> {
        let Some(open) = self.state.around.lists.last_mut() else {
            let is_set = |name: &str| element.attribute(name).is_some_and(|set| set == "true");
            if element.name() != "h" || is_set("is-list-header") {
                return None;
            }
            let level: usize = element.attribute("outline-level").and_then(|level| level.parse().ok()).unwrap_or(1);
            let starts = start(element).or(is_set("restart-numbering").then_some(1));
            return Some(OdtItem { list: OUTLINE, level: level.saturating_sub(1), style: None, starts });
        };
        let starts = open.item.take()?;
        let of_paragraph = || self.styles?.list_of(style).cloned();
        let style = open.style.clone().or_else(of_paragraph)?;
        Some(OdtItem { list: open.list, level: open.level, style: Some(style), starts })
    }

    fn is_in_paragraph(&self) -> bool {
        self.versions.iter().any(|builder| builder.text.open_index().is_some())
    }

    /// Makes no paragraph go on in the next.
    fn carry_nothing(&mut self) {
        self.versions.iter_mut().for_each(|builder| builder.text.carry(None));
    }

    fn span(&mut self, element: &XmlElement<'_>) -> OdtFrame {
        let style = element.attribute("style-name");
        let mut look = self.look();
        if let (Some(styles), Some(style)) = (self.styles, style) {
            look.is_hidden = styles.is_hidden("text", Some(&style)).unwrap_or(look.is_hidden);
            look.is_raised = styles.is_raised("text", Some(&style)).unwrap_or(look.is_raised);
            look.is_struck = styles.is_struck("text", Some(&style)).unwrap_or(look.is_struck);
            look.is_marked = styles.is_marked("text", Some(&style)).unwrap_or(look.is_marked);
            look.language = styles.language("text", Some(&style)).unwrap_or(look.language);
        }
        self.state.around.looks.push(look);
        OdtFrame::Span
    }

    fn look(&self) -> Look {
        self.state.around.looks.last().copied().unwrap_or_default()
    }

    fn end(&mut self, to: usize) {
        match self.state.frames.pop() {
            Some(OdtFrame::Paragraph) => self.end_of_paragraph(),
            Some(OdtFrame::Span) => drop(self.state.around.looks.pop()),
            Some(OdtFrame::Table) => {
                self.state.around.tables -= 1;
                self.carry_nothing();
            }
            Some(OdtFrame::Cell) => self.carry_nothing(),
            Some(OdtFrame::Index) => self.state.indexes -= 1,
            Some(OdtFrame::List) => drop(self.state.around.lists.pop()),
            Some(OdtFrame::Box(around)) => self.resume(around),
            Some(OdtFrame::Note { around, stand_in, start }) => self.leave(stand_in, around, Span::new(start, to)),
            Some(OdtFrame::Shape { around, stand_in, start }) => {
                self.leave(stand_in, around, Span::new(start, to));
                self.versions.iter_mut().for_each(|builder| builder.text.end_object(Span::new(start, to)));
            }
            Some(OdtFrame::Caption(text)) => self.caption(&text, to),
            Some(OdtFrame::Whole { start, is_inner: false, field, from, .. }) => {
                self.keep_field(&field, from);
                self.state.around.is_whole = false;
                for builder in &mut self.versions {
                    let first = builder.text.recall();
                    builder.text.open().into_iter().for_each(|open| open.join(first, Span::new(start, to)));
                }
            }
            Some(OdtFrame::Deletion { around, nesting }) => self.end_of_deletion(around, nesting),
            Some(OdtFrame::Comment) if !matches!(self.state.frames.last(), Some(OdtFrame::Comment)) => {
                self.leave_comment();
            }
            _ => {}
        }
    }

    fn end_of_paragraph(&mut self) {
        self.state.around.looks.clear();
        let mark = TrackedChange { inserted: !self.state.inserted.is_empty(), deleted: !self.state.erased.is_empty() };
        let mut hidden: Option<(usize, String)> = None;
        for OdtBuilder { text, .. } in &mut self.versions {
            let Some(index) = text.end() else {
                continue;
            };
            if !text.version.has(mark) || text.paragraphs[index].more.has_hidden_mark {
                text.carry(Some(index));
                continue;
            }
            let paragraph = &mut text.paragraphs[index];
            if paragraph.more.is_hidden {
                hidden.get_or_insert_with(|| (index, paragraph.text.clone()));
                paragraph.has_hidden |= !paragraph.text.trim().is_empty();
                paragraph.text.clear();
                paragraph.languages.clear();
                paragraph.pieces.clear();
            }
            // What was deleted before the end of a paragraph is followed by the rest of another; what is not read may be the last.
            if !paragraph.more.is_deleted && self.state.around.after_space {
                paragraph.trim();
            }
        }
        if let Some((index, words)) = hidden {
            self.keep_hidden_paragraph(index, &words);
        }
    }
}
