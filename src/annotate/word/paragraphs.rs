//! The paragraphs of the document itself, where they stand in its part, and what a change of one as a whole is written at.

use std::ops::Range;

use crate::draft::DocumentError;
use crate::draft::document::XmlSpan;
use crate::draft::word::Story;
use crate::draft::xml::{Namespace, XmlNode, XmlReader};
use crate::span::Span;

/// An element that may hold others: its tag, and whether that is the whole of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct TagPlace {
    pub(super) span: XmlSpan,
    pub(super) is_empty: bool,
}

/// A paragraph in its part.
#[derive(Debug)]
pub(super) struct ParagraphPlace {
    pub(super) span: XmlSpan,
    pub(super) tag: TagPlace,
    pub(super) properties: Option<TagPlace>,
    /// The properties of the mark at its end, in its properties.
    pub(super) mark: Option<TagPlace>,
    /// The byte of its properties before which those of the mark can stand.
    pub(super) mark_at: usize,
    /// True if a section ends with it.
    pub(super) ends_section: bool,
    /// The runs in it, but for those in other runs.
    pub(super) runs: Vec<XmlSpan>,
    /// True if it holds something that is not taken out with the runs: a formula, a control, a field that is one element.
    pub(super) is_mixed: bool,
    /// The index of the row of a table that it stands in.
    pub(super) row: Option<usize>,
    /// True if it stands in the body of the document, or in a cell of a table there, and in nothing else.
    pub(super) is_plain: bool,
    /// The part of the body that it is, or is in.
    pub(super) part: XmlSpan,
}

/// A row of a table.
#[derive(Debug)]
pub(super) struct RowPlace {
    pub(super) tag: TagPlace,
    pub(super) properties: Option<TagPlace>,
    /// The byte at which the mark of a tracked change of it can stand in its properties, or these themselves.
    pub(super) mark_at: usize,
    /// The indices of its paragraphs.
    pub(super) paragraphs: Range<usize>,
}

/// The paragraphs of the document itself.
#[derive(Debug, Default)]
pub(super) struct Paragraphs {
    /// In the order in which they begin.
    pub(super) all: Vec<ParagraphPlace>,
    pub(super) rows: Vec<RowPlace>,
    /// True if there are tracked changes in it.
    pub(super) has_changes: bool,
}

/// An element that is open.
struct Open {
    name: String,
    start: usize,
    /// The index of the paragraph or the row that it is.
    index: Option<usize>,
}

impl Paragraphs {
    /// Reads the part of the document itself.
    ///
    /// # Errors
    /// If it is not well-formed.
    pub(super) fn read(story: &Story) -> Result<Paragraphs, DocumentError> {
        let mut found = Paragraphs::default();
        let mut nodes = XmlReader::new(&story.xml);
        let mut open: Vec<Open> = Vec::new();
        // The end of the last tag, which is that of an element that ends without one.
        let mut to = 0;
        let mut parts: Vec<(usize, XmlSpan)> = Vec::new();
        while let Some(node) = nodes.next().map_err(|error| DocumentError::xml(&story.name, error))? {
            match node {
                XmlNode::Start(element) => {
                    to = element.span.end();
                    let tag = TagPlace { span: element.span, is_empty: element.is_empty };
                    let is_word = element.space == Namespace::Word;
                    let name = if is_word { element.name() } else { "" };
                    let index = found.start(name, tag, &open);
                    found.has_changes |= is_word
                        && matches!(name, "ins" | "del" | "moveFrom" | "moveTo" | "cellIns" | "cellDel" | "cellMerge");
                    if element.space == Namespace::Math || matches!(name, "fldSimple" | "sdt") {
                        found.mixed(&open);
                    }
                    open.push(Open { name: name.to_owned(), start: element.span.start(), index });
                }
                XmlNode::End(span) => {
                    let end = if span.is_empty() { to } else { span.end() };
                    if let Some(closed) = open.pop() {
                        if open.len() == 2 {
                            parts.push((closed.start, Span::new(closed.start, end)));
                        }
                        found.end(&closed, Span::new(closed.start, end), span, &open);
                    }
                }
                XmlNode::Text(..) => {}
            }
        }
        for paragraph in &mut found.all {
            let next = parts.partition_point(|(start, _)| *start <= paragraph.span.start());
            paragraph.part = next.checked_sub(1).map_or(paragraph.span, |last| parts[last].1);
        }
        Ok(found)
    }

    /// Takes notice of an element that begins; its index if it is a paragraph or a row.
    fn start(&mut self, name: &str, tag: TagPlace, open: &[Open]) -> Option<usize> {
        let parent = open.last();
        let is_in = |name: &str| parent.is_some_and(|parent| parent.name == name);
        let paragraph = |open: &[Open]| open.iter().rev().find(|open| open.name == "p").and_then(|open| open.index);
        match name {
            "p" => {
                let names = |open: &Open| matches!(open.name.as_str(), "document" | "body" | "tbl" | "tr" | "tc");
                let row = open.iter().rev().find(|open| open.name == "tr").and_then(|open| open.index);
                self.all.push(ParagraphPlace {
                    span: tag.span,
                    tag,
                    properties: None,
                    mark: None,
                    mark_at: tag.span.end(),
                    ends_section: false,
                    runs: Vec::new(),
                    is_mixed: false,
                    row,
                    is_plain: open.iter().all(names),
                    part: tag.span,
                });
                Some(self.all.len() - 1)
            }
            "tr" => {
                let next = self.all.len();
                self.rows.push(RowPlace { tag, properties: None, mark_at: tag.span.end(), paragraphs: next..next });
                Some(self.rows.len() - 1)
            }
            "pPr" if is_in("p") => {
                let paragraph = paragraph(open)?;
                self.all[paragraph].properties = Some(tag);
                None
            }
            "rPr" | "sectPr" | "pPrChange" if is_in("pPr") => {
                let paragraph = &mut self.all[paragraph(open)?];
                if name == "rPr" {
                    paragraph.mark = Some(tag);
                } else {
                    paragraph.ends_section |= name == "sectPr";
                    if paragraph.mark_at <= paragraph.tag.span.end() {
                        paragraph.mark_at = tag.span.start();
                    }
                }
                None
            }
            "tblPrEx" if is_in("tr") => None,
            "trPr" if is_in("tr") => {
                let row = parent.and_then(|parent| parent.index)?;
                self.rows[row].properties = Some(tag);
                None
            }
            "trPrChange" if is_in("trPr") => {
                let row = open.iter().rev().find(|open| open.name == "tr").and_then(|open| open.index)?;
                self.rows[row].mark_at = tag.span.start();
                None
            }
            _ => None,
        }
    }

    /// Takes notice of something that stays when the runs are taken out.
    fn mixed(&mut self, open: &[Open]) {
        let inner = open.iter().rev().find(|open| matches!(open.name.as_str(), "p" | "r"));
        if let Some(paragraph) = inner.filter(|open| open.name == "p").and_then(|open| open.index) {
            self.all[paragraph].is_mixed = true;
        }
    }

    fn end(&mut self, closed: &Open, span: XmlSpan, end_tag: XmlSpan, open: &[Open]) {
        let outer = |name: &str| open.iter().rev().find(|open| open.name == name).and_then(|open| open.index);
        let is_in = |name: &str| open.last().is_some_and(|parent| parent.name == name);
        match (closed.name.as_str(), closed.index) {
            ("p", Some(index)) => self.all[index].span = span,
            ("tr", Some(index)) => self.rows[index].paragraphs.end = self.all.len(),
            ("r", _) => {
                let inner = open.iter().rev().find(|open| matches!(open.name.as_str(), "p" | "r"));
                if let Some(paragraph) = inner.filter(|open| open.name == "p").and_then(|open| open.index) {
                    self.all[paragraph].runs.push(span);
                }
            }
            ("pPr", _) if is_in("p") => {
                if let Some(paragraph) = outer("p").map(|index| &mut self.all[index])
                    && paragraph.mark_at <= paragraph.tag.span.end()
                {
                    paragraph.mark_at = end_tag.start();
                }
            }
            ("tblPrEx", _) if is_in("tr") => {
                if let Some(row) = outer("tr").map(|index| &mut self.rows[index]) {
                    row.mark_at = span.end();
                }
            }
            ("trPr", _) if is_in("tr") => {
                if let Some(row) = outer("tr").map(|index| &mut self.rows[index])
                    && row.properties.is_some_and(|tag| row.mark_at < tag.span.end())
                {
                    row.mark_at = end_tag.start();
                }
            }
            _ => {}
        }
    }

    /// The innermost paragraph that a byte of the part stands in.
    pub(super) fn at(&self, byte: usize) -> Option<usize> {
        let next = self.all.partition_point(|paragraph| paragraph.span.start() <= byte);
        (0..next).rev().find(|&index| byte < self.all[index].span.end())
    }
}
