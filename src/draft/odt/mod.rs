//! The reader for OpenDocument text (`.odt`): OpenDocument 1.3, part 3, of any version before it too.
//!
//! Footnotes and endnotes stand inside the paragraphs of `content.xml`; here they are counted by themselves, as if each kind were a
//! part of its own: `content.xml#footnotes`.

mod body;
mod mark;
mod styles;

use std::io::{Read, Seek};
use std::sync::Arc;

use super::document::{DocumentError, Revisions, Suite};
use super::format::{Format, FormatEntry, FormatReader as Reads};
use super::package::Package;
use super::paper::{IMAGES, Paper, Passage};
use super::xml::{Node, Nodes};
pub(crate) use mark::{HERE, Mark};

use body::{Remark, Stories};
use mark::{ENDNOTES, FOOTNOTES, MAIN, PAGES};
use styles::{Sheets, Styles};

pub(super) const FORMAT: FormatEntry = FormatEntry {
    format: Format::OpenDocument,
    extensions: &["odt"],
    languages: &[],
    has_comments: false,
    reader: Reads::Document(|stream, limit, revisions| {
        let (parts, _) = open(stream, limit)?;
        let document = read(&parts, revisions)?;
        Ok((document.text, document.paper))
    }),
};

/// The part that holds the text.
pub(crate) const CONTENT: &str = "content.xml";

/// The part that holds headers, footers and the styles that have names.
pub(crate) const STYLES: &str = "styles.xml";

/// What paragraphs are counted in, in the order in which they are read.
const STORIES: [&str; 4] = [CONTENT, "content.xml#footnotes", "content.xml#endnotes", STYLES];

/// The kind that every text, and every template of one, says it is of.
const MIMETYPE: &str = "application/vnd.oasis.opendocument.text";

/// The parts of a document, unpacked.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) content: String,
    pub(crate) styles: Option<String>,
}

/// A document, read.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// The text, a line a paragraph.
    pub(crate) text: String,
    pub(crate) paper: Paper,
    marks: Vec<Mark>,
    /// The comments that stand in the text: the byte before which each does, its author, its last paragraph.
    pub(crate) comments: Vec<(usize, String, String)>,
}

/// Opens a document of which at most `limit` bytes are unpacked.
pub(crate) fn open<R: Read + Seek>(stream: R, limit: u64) -> Result<(Parts, Package<R>), DocumentError> {
    const MANIFEST: &str = "META-INF/manifest.xml";
    let mut package = Package::open(stream, limit, Suite::LibreOffice)?;
    let mimetype = package.part("mimetype")?.unwrap_or_else(|| MIMETYPE.to_owned());
    if !mimetype.trim().starts_with(MIMETYPE) {
        let reason = "not that of a text; a spreadsheet or a presentation is not read".to_owned();
        return Err(DocumentError::Part { part: "mimetype".to_owned(), reason });
    }
    if let Some(manifest) = package.part(MANIFEST)? {
        let mut nodes = Nodes::of(&manifest);
        while let Some(node) = nodes.next().map_err(|error| DocumentError::xml(MANIFEST, error))? {
            if matches!(node, Node::Start(element) if element.name() == "encryption-data") {
                return Err(DocumentError::Encrypted(Suite::LibreOffice));
            }
        }
    }
    let (content, styles) = (package.needed(CONTENT)?, package.part(STYLES)?);
    Ok((Parts { content, styles }, package))
}

/// Reads the text of a document.
pub(crate) fn read(parts: &Parts, revisions: Revisions) -> Result<Document, DocumentError> {
    let pages = match &parts.styles {
        Some(xml) => Sheets::read(STYLES, xml)?,
        None => Sheets::default(),
    };
    let content = Sheets::read(CONTENT, &parts.content)?;
    let mut stories = Stories::new(revisions);
    stories.read(CONTENT, &parts.content, MAIN, Styles { own: &content.automatic, common: &pages.common })?;
    if let Some(xml) = &parts.styles {
        stories.read(STYLES, xml, PAGES, Styles { own: &pages.automatic, common: &pages.common })?;
    }
    let Stories { slots, marks, remarks, concealed, .. } = stories;
    // Notes stand where their marks do, but are read behind the text; the order in each story is that of the file.
    let mut order: Vec<usize> = (0..slots.len()).collect();
    order.sort_by_key(|&index| slots[index].story);
    let mut slots: Vec<Option<body::Slot>> = slots.into_iter().map(Some).collect();
    let names = STORIES.map(Arc::<str>::from);
    let images = STORIES.map(|name| Arc::<str>::from(format!("{name}{IMAGES}")));
    let passages = order.iter().filter_map(|&index| slots[index].take()).map(|slot| Passage {
        has_hidden: slot.has_hidden,
        part: if slot.is_image { Arc::clone(&images[slot.story]) } else { Arc::clone(&names[slot.story]) },
        is_main: slot.story == MAIN && !slot.is_image,
        role: slot.role,
        is_note: matches!(slot.story, FOOTNOTES | ENDNOTES),
        in_table: slot.in_table,
        is_listed: slot.is_listed,
        text: slot.text,
        pieces: slot.pieces,
    });
    let (text, mut paper, begins) = Paper::of(passages.collect());
    paper.hidden += concealed;
    let mut starts = vec![0; order.len()];
    order.into_iter().zip(begins).for_each(|(index, start)| starts[index] = start);
    let marks = marks.into_iter().map(|(slots, mark)| {
        let [first, last] = slots.map_or([0, 0], |slots| slots.map(|slot| starts[slot]));
        Mark { at: mark.at + first, until: mark.until + last, ..mark }
    });
    let marks = marks.collect();
    let comments = remarks.into_iter().map(|Remark { slot, at, creator, last }| (starts[slot] + at, creator, last));
    Ok(Document { text, paper, marks, comments: comments.collect() })
}

impl Document {
    /// Where a comment on a piece with this `run` stands: `None` if it has no mark, or one that is nowhere.
    pub(crate) fn mark(&self, run: usize) -> Option<&Mark> {
        // Marks that stand in each other do so a few deep, except where somebody plays a trick.
        const MAX_DEPTH: usize = 16;
        let outer = |mark: &&Mark| self.marks.get(mark.outer?);
        let mut marks = std::iter::successors(self.marks.get(run), outer).take(MAX_DEPTH);
        marks.find(|mark| mark.around.is_some() && mark.outer.is_none())
    }
}
