//! The reader for OpenDocument text (`.odt`): OpenDocument 1.3, part 3, of any version before it too.
//!
//! Footnotes and endnotes stand inside the paragraphs of `content.xml`; here they are counted by themselves, as if each kind were a
//! part of its own: `content.xml#footnotes`.

mod body;
pub(super) mod flat;
mod item;
mod list;
mod residue;
mod stand_in;
mod styles;

use std::collections::HashMap;
use std::io::{Read, Seek};
use std::sync::Arc;

use super::document::{DocumentError, DocumentReading, Suite};
use super::format::{Format, FormatEntry, FormatReader as Reads};
use super::layout::{Anchor, DocumentText};
use super::list::ListCounters;
use super::margin::{LinePlace, MarginComment};
use super::package::Package;
use super::residue::Residue;
use super::xml::{XmlNode, XmlReader};
pub(crate) use stand_in::StandIns;

use body::{DocumentComment, OdtBuilder, OdtParagraph, OdtReader};
use stand_in::{ENDNOTES, FOOTNOTES, MAIN, PAGES, StandInPlace};
use styles::{PartStyles, VisibleStyles};

pub(super) const FORMAT: FormatEntry = FormatEntry {
    format: Format::OpenDocument,
    name: "OpenDocument",
    extensions: &["odt", "ott"],
    languages: &[],
    is_content: |content| content.has_part(|part| part == CONTENT),
    has_comments: false,
    reader: Reads::Document(|stream, how| {
        let (parts, mut package) = open(stream, how.limit)?;
        let document = read(&parts, how)?;
        document.into_texts(if how.residues { residue::parts(&mut package) } else { Vec::new() })
    }),
};

/// The part that holds the text.
pub(crate) const CONTENT: &str = "content.xml";

/// The part that holds headers, footers and the styles that have names.
pub(crate) const STYLES: &str = "styles.xml";

/// The stories that paragraphs are counted in, in the order in which they are read.
const STORIES: [&str; 4] = [CONTENT, "content.xml#footnotes", "content.xml#endnotes", STYLES];

/// The kind that every text, and every template of one, says it is of.
const MIMETYPE: &str = "application/vnd.oasis.opendocument.text";

/// The parts of a document, unpacked.
#[derive(Debug)]
pub(crate) struct OdtParts {
    pub(crate) content: String,
    pub(crate) styles: Option<String>,
}

/// A document, read.
#[derive(Debug)]
pub(crate) struct OdtDocument {
    /// The versions of its text, as they were asked for; one that cannot be read has an error.
    pub(crate) texts: Vec<Result<OdtText, DocumentError>>,
    pub(crate) stand_ins: StandIns,
    /// Residues that no paragraph has, if they were asked for.
    residues: Vec<Residue>,
}

impl OdtDocument {
    /// The versions of the text. What is of the document as a whole is added to the first.
    fn into_texts(self, residues: Vec<Residue>) -> Result<Vec<DocumentText>, DocumentError> {
        let texts = self.texts.into_iter().map(|text| text.map(|text| text.text));
        let mut texts = texts.collect::<Result<Vec<DocumentText>, DocumentError>>()?;
        texts.iter_mut().take(1).for_each(|first| {
            first.layout.residues.extend(self.residues.iter().cloned().chain(residues.iter().cloned()))
        });
        Ok(texts)
    }
}

/// One version of its text.
#[derive(Debug)]
pub(crate) struct OdtText {
    pub(crate) text: DocumentText,
    /// For each stand-in the bytes of the text at which it begins and ends: programs may put a comment on it at either.
    pub(crate) places: Vec<[usize; 2]>,
    /// The comments that stand in the text.
    pub(crate) comments: Vec<OdtComment>,
}

/// A comment that stands in the text.
#[derive(Debug)]
pub(crate) struct OdtComment {
    /// The byte of the text before which it stands.
    pub(crate) at: usize,
    pub(crate) author: String,
    /// The text of its last paragraph.
    pub(crate) last: String,
    /// The byte of [`CONTENT`] at which it begins.
    pub(crate) start: usize,
}

/// Opens a document of which at most `limit` bytes are unpacked.
pub(crate) fn open<R: Read + Seek>(stream: R, limit: u64) -> Result<(OdtParts, Package<R>), DocumentError> {
    const MANIFEST: &str = "META-INF/manifest.xml";
    let mut package = Package::open(stream, limit, Suite::LibreOffice)?;
    let mimetype = package.part("mimetype")?.unwrap_or_else(|| MIMETYPE.to_owned());
    if !mimetype.trim().starts_with(MIMETYPE) {
        let reason = "not that of a text; a spreadsheet or a presentation is not read".to_owned();
        return Err(DocumentError::Part { part: "mimetype".to_owned(), reason });
    }
    if let Some(manifest) = package.part(MANIFEST)? {
        let mut nodes = XmlReader::new(&manifest);
        while let Some(node) = nodes.next().map_err(|error| DocumentError::xml(MANIFEST, error))? {
            if matches!(node, XmlNode::Start(element) if element.name() == "encryption-data") {
                return Err(DocumentError::Encrypted(Suite::LibreOffice));
            }
        }
    }
    let (content, styles) = (package.needed(CONTENT)?, package.part(STYLES)?);
    Ok((OdtParts { content, styles }, package))
}

/// Reads the text of a document in this way.
pub(crate) fn read(parts: &OdtParts, how: DocumentReading<'_>) -> Result<OdtDocument, DocumentError> {
    let pages = match &parts.styles {
        Some(xml) => PartStyles::read(STYLES, xml)?,
        None => PartStyles::default(),
    };
    let content = PartStyles::read(CONTENT, &parts.content)?;
    let mut reader = OdtReader::new(how);
    let visible = VisibleStyles { own: &content, common: &pages };
    let of_pages = VisibleStyles { own: &pages, common: &pages };
    reader.read(CONTENT, &parts.content, MAIN, visible)?;
    if let Some(xml) = &parts.styles {
        reader.read(STYLES, xml, PAGES, of_pages)?;
    }
    let styles_of = |story: usize| if story == PAGES { of_pages } else { visible };
    let OdtReader { versions, stand_ins, comments, concealed, residues, .. } = reader;
    let parts = STORIES.map(Arc::<str>::from);
    let text = |(version, builder): (usize, OdtBuilder)| {
        let OdtBuilder { text, places, fault } = builder;
        if let Some(fault) = fault {
            return Err(fault);
        }
        // Notes stand where their marks do, but are read behind the text; the order in each story is that of the file.
        let mut paragraphs: Vec<(usize, OdtParagraph)> = text.paragraphs.into_iter().enumerate().collect();
        paragraphs.sort_by_key(|(_, paragraph)| paragraph.story);
        let mut starts = vec![0; paragraphs.len()];
        let mut counters: HashMap<usize, ListCounters> = HashMap::new();
        let (order, paragraphs): (Vec<usize>, Vec<_>) = paragraphs
            .into_iter()
            .map(|(index, raw)| {
                let is_note = matches!(raw.story, FOOTNOTES | ENDNOTES);
                (index, raw.with_facts(|raw| raw.more.facts(is_note, styles_of(raw.story), &mut counters)))
            })
            .unzip();
        let (mut text, begins) = DocumentText::assemble(paragraphs, &parts, CONTENT);
        text.layout.hidden += concealed;
        let mut lines = vec![0; order.len()];
        for (line, (index, start)) in order.into_iter().zip(begins.iter().copied()).enumerate() {
            (starts[index], lines[index]) = (start, line);
        }
        let place = |StandInPlace { paragraphs, at }: StandInPlace| {
            let [first, last] = paragraphs.map_or([0, 0], |paragraphs| paragraphs.map(|index| starts[index]));
            [at[0] + first, at[1] + last]
        };
        let places = places.into_iter().map(place).collect();
        let mut noted: HashMap<usize, [LinePlace; 2]> = HashMap::new();
        for (line, first) in begins.iter().enumerate().filter(|_| !comments.is_empty()) {
            let piece = text.layout.pieces.partition_point(|piece| piece.text.start() < *first);
            if let Some(Anchor::StandIn(index)) = text.layout.pieces.get(piece).map(|piece| piece.anchor) {
                noted.entry(index).or_insert([(line, 0); 2])[1] = (line, 0);
            }
        }
        let in_margin = |comment: &DocumentComment| {
            let DocumentComment { at, to, stand_ins, creator, paragraphs, .. } = comment;
            let line = |(paragraph, byte): LinePlace| (lines[paragraph], byte);
            let (from, to) = (line(at[version]), line(to.as_ref().unwrap_or(at)[version]));
            // A comment on nothing but the mark of a note is about the note, whose paragraphs have this stand-in.
            let note = || stand_ins.clone().find_map(|index| noted.get(&index).copied());
            let on = Some([from, to.max(from)]).filter(|_| from != to).or_else(note).unwrap_or([from, from]);
            MarginComment::new(creator, &paragraphs.join("\n"), on)
        };
        let margin = comments.iter().filter_map(in_margin).collect();
        let comments = comments.iter().map(|DocumentComment { at, creator, paragraphs, start, .. }| {
            let (paragraph, byte) = at[version];
            let (author, last) = (creator.clone(), paragraphs.last().cloned().unwrap_or_default());
            OdtComment { at: starts[paragraph] + byte, author, last, start: *start }
        });
        let comments = comments.collect();
        text.layout.comments = margin;
        Ok(OdtText { text, places, comments })
    };
    let texts = versions.into_iter().enumerate().map(text).collect();
    Ok(OdtDocument { texts, stand_ins: StandIns(stand_ins), residues })
}
