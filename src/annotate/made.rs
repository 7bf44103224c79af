//! A document of Word made of the text of a draft in another format: its paragraphs, headings, lists, quotations and tables, with the
//! notes behind them. Of the look of the draft nothing is kept; all text that is checked is there.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::AnnotateError;
use super::word::content;
use crate::draft::Draft;
use crate::draft::layout::BREAK;
use crate::draft::xml::WORD;
use crate::escape::xml_chars;
use crate::finding::Finding;
use crate::fix::{self, Edit};
use crate::report::Outline;
use crate::span::{Plain, Span};
use crate::text::{Block, BlockKind};

/// The styles of paragraphs: the name that the file has for each, the name that every language of Word knows, the properties of its
/// paragraphs and of its runs.
const STYLES: &[(&str, &str, &str, &str)] = &[
    ("Normal", "Normal", "<w:spacing w:after=\"120\"/>", ""),
    ("Title", "Title", "<w:spacing w:after=\"240\"/>", "<w:b/><w:sz w:val=\"40\"/>"),
    (
        "Heading1",
        "heading 1",
        "<w:keepNext/><w:spacing w:before=\"360\" w:after=\"120\"/><w:outlineLvl w:val=\"0\"/>",
        "<w:b/><w:sz w:val=\"32\"/>",
    ),
    (
        "Heading2",
        "heading 2",
        "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\"/><w:outlineLvl w:val=\"1\"/>",
        "<w:b/><w:sz w:val=\"28\"/>",
    ),
    (
        "Heading3",
        "heading 3",
        "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\"/><w:outlineLvl w:val=\"2\"/>",
        "<w:b/><w:sz w:val=\"24\"/>",
    ),
    (
        "Heading4",
        "heading 4",
        "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\"/><w:outlineLvl w:val=\"3\"/>",
        "<w:b/><w:i/>",
    ),
    (
        "Heading5",
        "heading 5",
        "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\"/><w:outlineLvl w:val=\"4\"/>",
        "<w:i/>",
    ),
    (
        "Heading6",
        "heading 6",
        "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\"/><w:outlineLvl w:val=\"5\"/>",
        "<w:i/>",
    ),
    ("Quote", "Quote", "<w:spacing w:after=\"120\"/><w:ind w:left=\"720\" w:right=\"720\"/>", "<w:i/>"),
    ("ListParagraph", "List Paragraph", "<w:spacing w:after=\"60\"/>", ""),
    ("Caption", "caption", "<w:spacing w:after=\"120\"/>", "<w:i/><w:sz w:val=\"20\"/>"),
    (
        "FootnoteText",
        "footnote text",
        "<w:spacing w:after=\"60\"/><w:ind w:left=\"360\" w:hanging=\"360\"/>",
        "<w:sz w:val=\"20\"/>",
    ),
];

/// The indentation of each level of a list, in twentieths of a point.
const INDENT: usize = 360;

/// The deepest level of a list that is set in further.
const DEEPEST: usize = 8;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A document that was made of a draft.
pub(super) struct MadeDocument {
    /// The bytes of its file.
    pub(super) bytes: Vec<u8>,
    /// The text that it has, a line a paragraph.
    pub(super) text: String,
    /// For each block of the draft the byte of the text at which its own begins.
    starts: Vec<usize>,
    /// The beginning of each block in the draft, in order, with its index.
    order: Vec<(usize, usize)>,
}

/// Makes a document of a draft.
///
/// # Errors
/// If it cannot be packed.
pub(super) fn made(draft: &Draft) -> Result<MadeDocument, AnnotateError> {
    let mut body = BodyWriter { starts: vec![0; draft.blocks().len()], ..BodyWriter::default() };
    let outline = Outline::new(draft);
    let kind = |block: usize| draft.blocks()[block].kind();
    let (notes, rows): (Vec<_>, Vec<_>) =
        outline.rows().into_iter().partition(|row| kind(row[0]) == BlockKind::Footnote);
    let mut levels = Vec::new();
    for rows in rows.chunk_by(|a, b| kind(a[0]) == BlockKind::Table && kind(b[0]) == BlockKind::Table) {
        if kind(rows[0][0]) == BlockKind::Table {
            levels.clear();
            body.table(draft, rows);
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
            body.block(draft, block, marker.as_deref(), levels.len());
        }
    }
    for &block in notes.iter().flatten() {
        let marker = outline.marker(block);
        body.block(draft, block, marker.as_deref(), 0);
    }
    if body.text.is_empty() {
        body.paragraph("Normal", "", "", "");
    }
    let failed = |error: zip::result::ZipError| AnnotateError::Copy(error.to_string());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts(&body.xml) {
        writer.start_file(name, SimpleFileOptions::default()).map_err(failed)?;
        writer.write_all(xml.as_bytes())?;
    }
    let bytes = writer.finish().map_err(failed)?.into_inner();
    let mut order: Vec<_> = (0..draft.blocks().len()).map(|block| (outline.start(block), block)).collect();
    order.sort_unstable();
    Ok(MadeDocument { bytes, text: body.text, starts: body.starts, order })
}

/// The text of a block as a document has it: what XML cannot hold is U+FFFD.
pub(super) fn shown(text: &str) -> String {
    text.split(BREAK).map(xml_chars).collect::<Vec<_>>().join(BREAK.encode_utf8(&mut [0; 4]))
}

/// The bytes, from the beginning of a block, that these of its text are in a document.
fn place(block: &Block, span: Span<Plain>) -> Span<Plain> {
    let at = |byte: usize| shown(&block.text()[..byte]).len();
    Span::new(at(span.start()), at(span.end()))
}

impl MadeDocument {
    /// A finding in the draft as one in the document; `None` if this has no words for it. What is found in no block, such as a comment,
    /// is at the next one.
    pub(super) fn moved(&self, finding: &Finding, draft: &Draft, document: &Draft) -> Option<Finding> {
        if draft.is_before(finding) {
            return None;
        }
        let (block, span) = match finding.site {
            Some(site) => (site.block, site.span),
            None => {
                let next = self.order.partition_point(|(start, _)| *start < finding.span.start());
                let (_, block) = self.order.get(next).or(self.order.last())?;
                (*block, Span::new(0, draft.blocks()[*block].text().len()))
            }
        };
        let (place, start) = (place(draft.blocks().get(block)?, span), self.starts[block]);
        let span = Span::new(start + place.start(), start + place.end());
        let mut moved = finding.clone();
        (moved.span, moved.site) = (span, None);
        (moved.start, moved.end) = (document.position(span.start()), document.position(span.end()));
        moved.paragraph = document.paragraph(span.start()).cloned();
        Some(moved)
    }

    /// The text of the document with that of each block of the draft when it is fixed.
    pub(super) fn fixed(&self, draft: &Draft, fixed: &Draft) -> String {
        let mut edits: Vec<Edit> = Vec::new();
        for ((before, after), &start) in draft.blocks().iter().zip(fixed.blocks()).zip(&self.starts) {
            if before.text() != after.text() {
                let span = Span::new(start, start + shown(before.text()).len());
                edits.push(Edit { span, text: shown(after.text()) });
            }
        }
        edits.sort_by_key(|edit| edit.span.start());
        fix::apply(&self.text, &edits)
    }
}

/// Writes the body of a document, and the text that it has.
#[derive(Default)]
struct BodyWriter {
    xml: String,
    text: String,
    starts: Vec<usize>,
}

impl BodyWriter {
    /// Writes a block, behind what marks it, at a level of a list.
    fn block(&mut self, draft: &Draft, index: usize, marker: Option<&str>, level: usize) {
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
        self.starts[index] = self.text.len() + marker.len();
        self.paragraph(style, &indent, &marker, &shown(block.text()));
    }

    fn paragraph(&mut self, style: &str, indent: &str, marker: &str, text: &str) {
        self.xml += &format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{indent}</w:pPr>");
        for text in [marker, text].into_iter().filter(|text| !text.is_empty()) {
            self.xml += &format!("<w:r>{}</w:r>", content(text, "w:").unwrap_or_default());
            self.text += text;
        }
        self.xml += "</w:p>";
        self.text.push('\n');
    }

    /// Writes a table of these rows.
    fn table(&mut self, draft: &Draft, rows: &[Vec<usize>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
            .map(|side| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"))
            .concat();
        self.xml += &format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{}</w:tblGrid>",
            "<w:gridCol/>".repeat(columns)
        );
        for row in rows {
            self.xml += "<w:tr>";
            for column in 0..columns {
                self.xml += "<w:tc><w:tcPr><w:tcW w:w=\"0\" w:type=\"auto\"/></w:tcPr>";
                match row.get(column) {
                    Some(&block) => self.block(draft, block, None, 0),
                    None => self.paragraph("Normal", "", "", ""),
                }
                self.xml += "</w:tc>";
            }
            self.xml += "</w:tr>";
        }
        self.xml += "</w:tbl>";
        // Two tables that follow on each other would be one, and none may be the last thing.
        self.paragraph("Normal", "", "", "");
    }
}

/// The parts of a document with this body.
fn parts(body: &str) -> [(&'static str, String); 5] {
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let relation = |kind: &str, target: &str| {
        format!(
            "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let types = format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"{TYPE}.document.main+xml\"/><Override PartName=\"/word/styles.xml\" ContentType=\"{TYPE}.styles+xml\"/></Types>"
    );
    let document = format!(
        "{HEAD}<w:document xmlns:w=\"{WORD}\"><w:body>{body}<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1440\" w:right=\"1440\" w:bottom=\"1440\" w:left=\"1440\" w:header=\"720\" w:footer=\"720\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    );
    let style = |(id, name, paragraph, run): &(&str, &str, &str, &str)| {
        let default = if *id == "Normal" { " w:default=\"1\"" } else { "" };
        let based = if *id == "Normal" { "" } else { "<w:basedOn w:val=\"Normal\"/>" };
        format!(
            "<w:style w:type=\"paragraph\"{default} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{based}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        )
    };
    let styles = format!(
        "{HEAD}<w:styles xmlns:w=\"{WORD}\"><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val=\"22\"/></w:rPr></w:rPrDefault></w:docDefaults>{}</w:styles>",
        STYLES.iter().map(style).collect::<String>()
    );
    [
        ("[Content_Types].xml", types),
        ("_rels/.rels", relation("officeDocument", "word/document.xml")),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", relation("styles", "styles.xml")),
        ("word/styles.xml", styles),
    ]
}
