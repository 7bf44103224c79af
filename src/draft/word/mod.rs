//! The reader for Word documents (`.docx`): WordprocessingML, transitional and strict (ISO/IEC 29500-1).

mod body;
pub(crate) mod package;
mod styles;

use std::collections::HashMap;
use std::io::{self, Read, Seek};
use std::ops::Range;
use std::sync::Arc;

use super::block::BlockKind;
use super::paper::{Line, Paper, Paragraph};
use super::xml::XmlError;
use body::{Reference, Slot, Stories};
use package::{Package, Relationship};
use styles::{Role, Styles};

/// Which text of a document with tracked changes is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Revisions {
    /// The text as it is when every change is accepted.
    #[default]
    Accepted,
    /// The text as it was before the changes.
    Original,
    /// Both. The draft is the text with every change accepted; what is found in the text before them only is found as well.
    Both,
}

impl Revisions {
    /// Each with its name.
    pub const NAMES: &'static [(&'static str, Revisions)] =
        &[("accepted", Revisions::Accepted), ("original", Revisions::Original), ("both", Revisions::Both)];
}

/// Why a document of an office suite could not be read.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// The file could not be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The file is not a zip archive.
    #[error("not a document of Word: it does not begin as a zip archive; open it in Word and save it as .docx")]
    NotAPackage,
    /// The file is of the format before 2007.
    #[error(
        "a document of the format before Word 2007 (.doc), whatever it is called; open it in Word and save it as .docx"
    )]
    Legacy,
    /// The document has a password.
    #[error("encrypted; open it in Word, take off the password and save it")]
    Encrypted,
    /// The archive is damaged.
    #[error("damaged or cut off: {reason}; ask for the document once more, or let Word repair it and save it")]
    Damaged {
        /// What its reader says.
        reason: String,
    },
    /// The archive has more parts than are looked at.
    #[error("more than {limit} parts, which no statement has")]
    TooManyParts {
        /// The most.
        limit: usize,
    },
    /// A part is there twice.
    #[error("a part is there twice, so that programs may read different texts; open it in Word and save it")]
    Repeated,
    /// A name leads out of the archive.
    #[error("`{name}` lies outside the document; it may be an attack, do not open it")]
    Outside {
        /// The name.
        name: String,
    },
    /// The file is too large.
    #[error("larger than {} MiB; raise the limit with --max-size", limit >> 20)]
    FileTooLarge {
        /// The most that is read, in bytes.
        limit: u64,
    },
    /// Its text is too large.
    #[error("{part}: more than {} MiB of text when unpacked; raise the limit with --max-size", limit >> 20)]
    TooMuchText {
        /// The part that is too much.
        part: String,
        /// The most that is unpacked of all parts, in bytes.
        limit: u64,
    },
    /// A part that must be there is not.
    #[error("not a document of Word: {part} is missing")]
    Missing {
        /// The part.
        part: String,
    },
    /// A part is not what it has to be.
    #[error("{part}: {reason}")]
    Part {
        /// The part.
        part: String,
        /// What is wrong.
        reason: String,
    },
}

impl DocumentError {
    pub(crate) fn xml(part: &str, error: XmlError) -> DocumentError {
        DocumentError::Part { part: part.to_owned(), reason: error.to_string() }
    }
}

/// A part of a document whose text is read.
#[derive(Debug)]
pub(crate) struct Story {
    pub(crate) name: Arc<str>,
    pub(crate) xml: String,
    /// The prefix of WordprocessingML in it, with its colon.
    pub(crate) prefix: String,
}

/// A run: text of one formatting.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// The index of its story.
    pub(crate) story: usize,
    /// All of it, tags included.
    pub(crate) span: Range<usize>,
    /// Its start tag.
    pub(crate) tag: Range<usize>,
    /// Its formatting, the whole element.
    pub(crate) properties: Option<Range<usize>>,
    pub(crate) insertion: Insertion,
}

/// Whether a run stands in a tracked insertion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Insertion {
    None,
    /// It is a child of the insertion that has this start tag.
    Child(Range<usize>),
    /// It is somewhere in one.
    Inside,
}

/// A `w:t` element.
#[derive(Debug, Clone)]
pub(crate) struct TextNode {
    pub(crate) tag: Range<usize>,
    pub(crate) span: Range<usize>,
    /// Whether white space at its ends counts.
    pub(crate) preserves: bool,
}

/// A document, read.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// The text, a line a paragraph.
    pub(crate) text: String,
    pub(crate) paper: Paper,
    pub(crate) stories: Vec<Story>,
    pub(crate) runs: Vec<Run>,
    pub(crate) nodes: Vec<TextNode>,
    /// The part that is the document itself.
    pub(crate) main: String,
    /// By the number of each comment the byte of the text where what it is about begins.
    pub(crate) anchors: HashMap<String, usize>,
    /// By the story of notes and the number of each note: the run that refers to it, and the byte of the text where that stands.
    pub(crate) references: HashMap<(usize, String), (usize, usize)>,
    /// The number of the note that each line is of.
    pub(crate) notes: Vec<Option<String>>,
}

/// The parts beside the document itself that hold text: the last word of their relationship's type.
const STORIES: &[&str] = &["footnotes", "endnotes", "header", "footer"];

/// Reads a document of which at most `limit` bytes are unpacked.
pub(crate) fn read<R: Read + Seek>(
    stream: R,
    limit: u64,
    revisions: Revisions,
) -> Result<(Document, Package<R>), DocumentError> {
    let mut package = Package::open(stream, limit)?;
    let main = package.relationships("")?.into_iter().find(|relationship| relationship.kind == "officeDocument");
    let main = main.map_or_else(|| "word/document.xml".to_owned(), |relationship| relationship.target);
    let relationships = package.relationships(&main)?;
    let of_kind = |kind: &'static str| relationships.iter().filter(move |relationship| relationship.kind == kind);
    let mut styles = Styles::default();
    if let Some(part) = of_kind("styles").next()
        && let Some(xml) = package.part(&part.target)?
    {
        styles = Styles::read(&part.target, &xml)?;
    }
    let mut stories = Stories::new(&styles, revisions);
    stories.read(&main, package.needed(&main)?, false)?;
    for kind in STORIES {
        for part in of_kind(kind) {
            if let Some(xml) = package.part(&part.target)? {
                stories.read(&part.target, xml, matches!(*kind, "footnotes" | "endnotes"))?;
            }
        }
    }
    let Stories { slots, parts, runs, nodes, anchors, references, .. } = stories;
    let notes = slots.iter().map(|slot| slot.note.clone()).collect();
    let mut document = Document { stories: parts, runs, nodes, main, notes, ..Document::default() };
    let starts = document.assemble(slots, &styles);
    for Reference { part, note, run, slot, at } in references {
        let is_of = |story: &Story| part_of(&relationships, &part) == Some(&*story.name);
        if let Some(story) = document.stories.iter().position(is_of) {
            document.references.entry((story, note)).or_insert((run, starts[slot] + at));
        }
    }
    document.anchors = anchors.into_iter().map(|(id, slot, at)| (id, starts[slot] + at)).collect();
    Ok((document, package))
}

/// The part that holds the notes of a kind.
fn part_of<'r>(relationships: &'r [Relationship], kind: &str) -> Option<&'r str> {
    relationships.iter().find(|relationship| relationship.kind == kind).map(|relationship| relationship.target.as_str())
}

impl Document {
    /// Puts the paragraphs together, a line each, and says where each begins.
    fn assemble(&mut self, slots: Vec<Slot>, styles: &Styles) -> Vec<usize> {
        let mut starts = Vec::with_capacity(slots.len());
        let roles: Vec<Role> = slots.iter().map(|slot| slot.role(styles)).collect();
        let title = title(&slots, &roles);
        let (mut story, mut number, mut heading) = (usize::MAX, 0, None);
        for (index, (slot, role)) in slots.into_iter().zip(roles).enumerate() {
            if story != slot.story {
                (story, number, heading) = (slot.story, 0, None);
            }
            number += 1;
            let is_heading = matches!(role, Role::Title | Role::Heading(_));
            let paragraph = Paragraph {
                part: Arc::clone(&self.stories[story].name),
                number,
                heading: heading.clone(),
                is_main: *self.stories[story].name == *self.main,
            };
            if is_heading && !slot.text.trim().is_empty() {
                heading = Some(Arc::from(slot.text.split_whitespace().collect::<Vec<_>>().join(" ")));
            }
            let kind = match role {
                _ if slot.is_note => BlockKind::Footnote,
                _ if title == Some(index) => BlockKind::Title,
                Role::Title | Role::Heading(_) => BlockKind::Heading,
                Role::Caption => BlockKind::Caption,
                _ if slot.in_table => BlockKind::Table,
                Role::Quotation => BlockKind::Quotation,
                Role::Body if slot.is_numbered(styles) => BlockKind::List,
                Role::Body => BlockKind::Paragraph,
            };
            let quoted = role == Role::Quotation;
            self.paper.lines.push(Line { kind, quoted, paragraph: Arc::new(paragraph) });
            let at = self.text.len();
            starts.push(at);
            self.paper.pieces.extend(slot.pieces.into_iter().map(|mut piece| {
                piece.text = piece.text.start + at..piece.text.end + at;
                piece
            }));
            self.text.push_str(&slot.text);
            self.text.push('\n');
        }
        starts
    }
}

/// The paragraph that is the title: the first of the style for it, or else the first of the highest headings.
fn title(slots: &[Slot], roles: &[Role]) -> Option<usize> {
    let level = |index: &usize| match roles[*index] {
        Role::Title => Some(0),
        Role::Heading(level) => Some(u16::from(level) + 1),
        _ => None,
    };
    let candidates = (0..slots.len()).filter(|&index| !slots[index].is_note && !slots[index].text.trim().is_empty());
    candidates.filter(|index| level(index).is_some()).min_by_key(|index| (level(index), *index))
}
