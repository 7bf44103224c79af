//! A document of Word made of the text of a draft in another format: its paragraphs, headings, lists, quotations and tables, with the
//! notes behind them. Of the look of the draft nothing is kept; all text that is checked is there.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::AnnotateError;
use super::body::{BodyParagraph, BodyPart, BodyWriter, body_parts, printed, text};
use crate::draft::Draft;
use crate::draft::xml::WORD;
use crate::finding::Finding;
use crate::fix::{self, Edit};
use crate::report::Outline;
use crate::span::{Plain, Span};
use crate::text::Block;

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

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A document that was made of a draft.
pub(super) struct MadeDocument {
    /// The bytes of its file.
    pub(super) bytes: Vec<u8>,
    /// The text that it has, a line a paragraph.
    pub(super) text: String,
    /// For each block of the draft the byte of the text at which its own begins.
    pub(super) starts: Vec<usize>,
    /// The beginning of each block in the draft, in order, with its index.
    pub(super) order: Vec<(usize, usize)>,
}

/// Makes a document of a draft.
///
/// # Errors
/// If it cannot be packed.
pub(super) fn made(draft: &Draft) -> Result<MadeDocument, AnnotateError> {
    let parts = body_parts(draft);
    let mut body = BodyWriter::default();
    for part in &parts {
        match part {
            BodyPart::Paragraph(paragraph) => body.paragraph(Some(paragraph), Some(paragraph), None),
            BodyPart::Table(rows) => body.table(rows.iter().map(|row| (Some(row), Some(row)))),
        }
        if matches!(part, BodyPart::Table(_)) {
            body.paragraph(Some(&BodyParagraph::empty()), Some(&BodyParagraph::empty()), None);
        }
    }
    let (text, starts) = text(draft, &parts);
    Ok(MadeDocument { bytes: packed(&body.xml)?, text, starts, order: order(draft) })
}

/// The beginning of each block of a draft, in order, with its index.
pub(super) fn order(draft: &Draft) -> Vec<(usize, usize)> {
    let outline = Outline::new(draft);
    let mut order: Vec<_> = (0..draft.blocks().len()).map(|block| (outline.start(block), block)).collect();
    order.sort_unstable();
    order
}

/// The file of a document with this body.
///
/// # Errors
/// If it cannot be packed.
pub(super) fn packed(body: &str) -> Result<Vec<u8>, AnnotateError> {
    let failed = |error: zip::result::ZipError| AnnotateError::Copy(error.to_string());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts(body) {
        writer.start_file(name, SimpleFileOptions::default()).map_err(failed)?;
        writer.write_all(xml.as_bytes())?;
    }
    Ok(writer.finish().map_err(failed)?.into_inner())
}

/// A finding at other bytes, of this document.
pub(super) fn relocated(finding: &Finding, span: Span, document: &Draft) -> Finding {
    let mut moved = finding.clone();
    (moved.span, moved.site) = (span, None);
    (moved.start, moved.end) = (document.position(span.start()), document.position(span.end()));
    moved.paragraph = document.paragraph(span.start()).cloned();
    moved
}

/// The bytes, from the beginning of a block, that these of its text are in a document.
fn place(draft: &Draft, block: &Block, span: Span<Plain>) -> Span<Plain> {
    let at = |byte: usize| printed(draft, block, byte).len();
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
        let (place, start) = (place(draft, draft.blocks().get(block)?, span), self.starts[block]);
        let span = Span::new(start + place.start(), start + place.end());
        Some(relocated(finding, span, document))
    }

    /// The text of the document with that of each block of the draft when it is fixed.
    pub(super) fn fixed(&self, draft: &Draft, fixed: &Draft) -> String {
        let mut edits: Vec<Edit> = Vec::new();
        for ((before, after), &start) in draft.blocks().iter().zip(fixed.blocks()).zip(&self.starts) {
            if before.text() != after.text() {
                let all = |draft: &Draft, block: &Block| printed(draft, block, block.text().len());
                let span = Span::new(start, start + all(draft, before).len());
                edits.push(Edit { span, text: all(fixed, after) });
            }
        }
        edits.sort_by_key(|edit| edit.span.start());
        fix::apply(&self.text, &edits)
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
