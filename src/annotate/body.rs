//! The body of a document of Word that is made of drafts: its paragraphs and tables, and how they are written, with what was changed in
//! them as tracked changes.

use super::times::{ChangeTimes, TrackKind};
use super::word::{content, deleted_content};
use super::{AUTHOR, change};
use crate::draft::Draft;
use crate::draft::layout::BREAK;
use crate::escape::xml_chars;
use crate::fix::Edit;
use crate::report::Outline;
use crate::span::Span;
use crate::text::fold::OBJECT;
use crate::text::{Block, BlockKind, collapsed};

/// The indentation of each level of a list, in twentieths of a point.
const INDENT: usize = 360;

/// The deepest level of a list that is set in further.
const DEEPEST: usize = 8;

/// A paragraph of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BodyParagraph {
    /// The block of the draft that it has the text of.
    pub(super) block: Option<usize>,
    /// Its style and its indentation.
    properties: String,
    /// What marks it as an item of a list, with a tab behind it.
    marker: String,
    pub(super) text: String,
}

/// The cells of a row of a table.
pub(super) type BodyRow = Vec<BodyParagraph>;

/// A part of a body, in order.
#[derive(Debug)]
pub(super) enum BodyPart {
    Paragraph(BodyParagraph),
    /// The rows of a table, all of as many cells. An empty paragraph follows: two tables that follow on each other would be one, and none
    /// may be the last thing.
    Table(Vec<BodyRow>),
}

impl BodyPart {
    /// Its paragraphs, in order.
    pub(super) fn paragraphs(&self) -> impl Iterator<Item = &BodyParagraph> {
        let (one, rows) = match self {
            BodyPart::Paragraph(paragraph) => (Some(paragraph), [].as_slice()),
            BodyPart::Table(rows) => (None, rows.as_slice()),
        };
        one.into_iter().chain(rows.iter().flatten())
    }
}

impl BodyParagraph {
    /// A paragraph without a text.
    pub(super) fn empty() -> BodyParagraph {
        let (marker, text) = (String::new(), String::new());
        BodyParagraph { block: None, properties: "<w:pStyle w:val=\"Normal\"/>".to_owned(), marker, text }
    }

    /// The paragraph of a block, behind what marks it, at a level of a list.
    fn new(draft: &Draft, index: usize, marker: Option<&str>, level: usize) -> BodyParagraph {
        let block = &draft.blocks()[index];
        let heading = format!("Heading{}", block.level().clamp(1, 6));
        let style = match block.kind() {
            BlockKind::Title => "Title",
            BlockKind::Heading => &heading,
            BlockKind::Quotation => "Quote",
            BlockKind::List => "ListParagraph",
            BlockKind::Caption => "Caption",
            BlockKind::Footnote => "FootnoteText",
            BlockKind::Paragraph | BlockKind::Table => "Normal",
        };
        let left = INDENT * level.min(DEEPEST);
        let indent =
            if level > 0 { format!("<w:ind w:left=\"{left}\" w:hanging=\"{INDENT}\"/>") } else { String::new() };
        let marker = marker.map_or_else(String::new, |marker| format!("{}\t", shown(marker).replace('\t', " ")));
        // A further paragraph of an item stands where the text of the first does.
        let indent = if marker.is_empty() { indent.replace(" w:hanging=\"360\"", "") } else { indent };
        let properties = format!("<w:pStyle w:val=\"{style}\"/>{indent}");
        BodyParagraph { block: Some(index), properties, marker, text: printed(draft, block, block.text().len()) }
    }

    /// The paragraph in the look of another.
    pub(super) fn like(&self, other: &BodyParagraph) -> BodyParagraph {
        BodyParagraph { properties: other.properties.clone(), ..self.clone() }
    }

    /// The line that the paragraph has in a document: that of its block, if the draft is a document itself, without the number that is drawn
    /// before it.
    pub(super) fn document_line(&self, draft: &Draft) -> String {
        match self.block {
            Some(block) if !draft.is_text() => draft.source()[line_of(draft, block).range()].to_owned(),
            _ => self.text.clone(),
        }
    }

    /// The paragraph with the line that it has in a document, and no look of its own.
    pub(super) fn in_document(&self, draft: &Draft) -> BodyParagraph {
        let (properties, marker) = (String::new(), String::new());
        BodyParagraph { block: self.block, properties, marker, text: self.document_line(draft) }
    }

    /// The whole line.
    fn line(&self) -> String {
        format!("{}{}", self.marker, self.text)
    }
}

/// The bytes of the line of the source in which a block begins.
pub(super) fn line_of(draft: &Draft, block: usize) -> Span {
    let source = draft.source();
    let block = &draft.blocks()[block];
    let start = block.source(Span::new(0, block.text().len())).start();
    let from = source[..start].rfind('\n').map_or(0, |at| at + 1);
    let to = source[start..].find('\n').map_or(source.len(), |at| start + at);
    Span::new(from, to)
}

/// The text of a block as a document has it: what XML cannot hold is U+FFFD.
pub(super) fn shown(text: &str) -> String {
    text.split(BREAK).map(xml_chars).collect::<Vec<_>>().join(BREAK.encode_utf8(&mut [0; 4]))
}

/// The text of a block as a document has it, up to a byte: what is read as one thing, such as an address of the web or code, stands as it
/// is written; an image is left out.
pub(super) fn printed(draft: &Draft, block: &Block, end: usize) -> String {
    let text = &block.text()[..end];
    let mut printed = String::new();
    let mut done = 0;
    for (at, thing) in text.match_indices(OBJECT) {
        printed += &shown(&text[done..at]);
        done = at + thing.len();
        printed += &shown(&written(draft.slice(block.source(Span::new(at, done)))));
    }
    printed + &shown(&text[done..])
}

/// The words of what is read as one thing, as its source has it.
fn written(source: &str) -> String {
    if source.starts_with("![") || source == OBJECT.to_string() {
        return String::new();
    }
    let inner = source.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    match inner {
        // <https://example.org>, and not a tag
        Some(address) if address.contains([':', '@']) && !address.contains(char::is_whitespace) => address.to_owned(),
        Some(_) => String::new(),
        None => collapsed(source.trim_matches('`')),
    }
}

/// The parts of the body of a document that is made of a draft: at least one.
pub(super) fn body_parts(draft: &Draft) -> Vec<BodyPart> {
    let outline = Outline::new(draft);
    let kind = |block: usize| draft.blocks()[block].kind();
    let (notes, rows): (Vec<_>, Vec<_>) =
        outline.rows().into_iter().partition(|row| kind(row[0]) == BlockKind::Footnote);
    let mut parts: Vec<BodyPart> = Vec::new();
    let mut levels = Vec::new();
    for rows in rows.chunk_by(|a, b| kind(a[0]) == BlockKind::Table && kind(b[0]) == BlockKind::Table) {
        if kind(rows[0][0]) == BlockKind::Table {
            levels.clear();
            parts.push(table(draft, rows));
            continue;
        }
        for &block in rows.iter().flatten() {
            let is_item = kind(block) == BlockKind::List;
            if is_item {
                outline.descend(&mut levels, block)
            } else {
                levels.clear()
            }
            let marker = outline.marker(block);
            parts.push(BodyPart::Paragraph(BodyParagraph::new(draft, block, marker.as_deref(), levels.len())));
        }
    }
    for &block in notes.iter().flatten() {
        let marker = outline.marker(block);
        parts.push(BodyPart::Paragraph(BodyParagraph::new(draft, block, marker.as_deref(), 0)));
    }
    if parts.is_empty() {
        parts.push(BodyPart::Paragraph(BodyParagraph::empty()));
    }
    parts
}

/// A table of these rows, each of as many cells as the longest has.
fn table(draft: &Draft, rows: &[Vec<usize>]) -> BodyPart {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let cell = |block: Option<&usize>| {
        block.map_or_else(BodyParagraph::empty, |&block| BodyParagraph::new(draft, block, None, 0))
    };
    BodyPart::Table(rows.iter().map(|row| (0..columns).map(|column| cell(row.get(column))).collect()).collect())
}

/// The text of a document with these parts, a line a paragraph, and for each block of its draft the byte at which its own begins.
pub(super) fn text(draft: &Draft, parts: &[BodyPart]) -> (String, Vec<usize>) {
    let (mut text, mut starts) = (String::new(), vec![0; draft.blocks().len()]);
    let mut line = |paragraph: &BodyParagraph| {
        if let Some(block) = paragraph.block {
            starts[block] = text.len() + paragraph.marker.len();
        }
        text += &paragraph.line();
        text.push('\n');
    };
    for part in parts {
        match part {
            BodyPart::Paragraph(paragraph) => line(paragraph),
            BodyPart::Table(rows) => {
                rows.iter().flatten().for_each(&mut line);
                line(&BodyParagraph::empty());
            }
        }
    }
    (text, starts)
}

/// Writes the body of a document.
#[derive(Debug, Default)]
pub(super) struct BodyWriter {
    pub(super) xml: String,
    /// The number of tracked changes so far, and the one above which theirs are.
    pub(super) changes: usize,
    above: usize,
    times: ChangeTimes,
}

impl BodyWriter {
    /// Writes a part of a body, whose changes have numbers above this one.
    pub(super) fn numbered_above(above: usize) -> BodyWriter {
        BodyWriter { above, ..BodyWriter::default() }
    }

    /// The numbers of the changes.
    pub(super) fn ids(&self) -> impl Iterator<Item = usize> {
        self.above + 1..=self.above + self.changes
    }

    /// The attributes of a tracked change.
    fn attributes(&mut self) -> String {
        self.changes += 1;
        format!("w:id=\"{}\" w:author=\"{AUTHOR}\" w:date=\"{}\"", self.above + self.changes, self.times.now())
    }

    /// Writes a paragraph that is `old` without the changes and `new` with them; `mark` is what becomes of the mark at its end.
    pub(super) fn paragraph(
        &mut self,
        old: Option<&BodyParagraph>,
        new: Option<&BodyParagraph>,
        mark: Option<TrackKind>,
    ) {
        let Some(seen) = new.or(old) else {
            return;
        };
        let [before, after] = [old, new].map(|paragraph| paragraph.map_or_else(String::new, BodyParagraph::line));
        let edits = change::line_edits(&before, &after);
        self.times.begin(&before, &edits, mark);
        self.xml += &format!("<w:p><w:pPr>{}", seen.properties);
        if let Some(mark) = mark {
            let attributes = self.attributes();
            self.xml += &format!("<w:rPr><w:{} {attributes}/></w:rPr>", mark.name());
        }
        if let Some(before) = old.map(|old| &old.properties).filter(|before| **before != seen.properties) {
            let attributes = self.attributes();
            self.xml += &format!("<w:pPrChange {attributes}><w:pPr>{before}</w:pPr></w:pPrChange>");
        }
        self.xml += "</w:pPr>";
        if edits.is_empty() {
            [&seen.marker, &seen.text].into_iter().for_each(|text| self.run(text));
        } else {
            self.line(&before, edits);
        }
        self.xml += "</w:p>";
    }

    fn run(&mut self, text: &str) {
        if !text.is_empty() {
            self.xml += &format!("<w:r>{}</w:r>", content(text, "w:").unwrap_or_default());
        }
    }

    /// Writes the runs of a line that these edits were made in.
    fn line(&mut self, before: &str, edits: Vec<Edit>) {
        let mut done = 0;
        for edit in edits {
            self.run(&before[done..edit.span.start()]);
            let gone = &before[edit.span.range()];
            if !gone.is_empty() {
                let attributes = self.attributes();
                let content = deleted_content(gone, "w:").unwrap_or_default();
                self.xml += &format!("<w:del {attributes}><w:r>{content}</w:r></w:del>");
            }
            if !edit.text.is_empty() {
                let attributes = self.attributes();
                let content = content(&edit.text, "w:").unwrap_or_default();
                self.xml += &format!("<w:ins {attributes}><w:r>{content}</w:r></w:ins>");
            }
            done = edit.span.end();
        }
        self.run(&before[done..]);
    }

    /// Writes a table of these rows, each as it was and as it is.
    pub(super) fn table<'p>(
        &mut self,
        rows: impl IntoIterator<Item = (Option<&'p BodyRow>, Option<&'p BodyRow>)> + Clone,
    ) {
        let cells = |row: Option<&BodyRow>| row.map_or(0, Vec::len);
        let columns = rows.clone().into_iter().map(|(old, new)| cells(old).max(cells(new))).max().unwrap_or_default();
        let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
            .map(|side| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"))
            .concat();
        self.xml += &format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{}</w:tblGrid>",
            "<w:gridCol/>".repeat(columns)
        );
        for (old, new) in rows {
            self.xml += "<w:tr>";
            let change = TrackKind::between(old, new);
            if let Some(change) = change {
                let attributes = self.attributes();
                self.xml += &format!("<w:trPr><w:{} {attributes}/></w:trPr>", change.name());
            }
            for column in 0..columns {
                self.xml += "<w:tc><w:tcPr><w:tcW w:w=\"0\" w:type=\"auto\"/></w:tcPr>";
                let cell = |row: Option<&'p BodyRow>| row.and_then(|row| row.get(column));
                self.paragraph(cell(old), cell(new), change);
                self.xml += "</w:tc>";
            }
            self.xml += "</w:tr>";
        }
        self.xml += "</w:tbl>";
    }
}
