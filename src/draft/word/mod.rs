//! The reader for Word documents (`.docx`): WordprocessingML, transitional and strict (ISO/IEC 29500-1).

mod body;
pub(crate) mod relationships;
mod story;
mod styles;

use std::collections::{HashMap, HashSet};
use std::io::{Read, Seek};
use std::sync::Arc;

use super::document::{DocumentError, Revisions, Suite};
use super::format::{Format, FormatEntry, FormatReader as Reads};
use super::package::Package;
use super::paper::Paper;
pub(crate) use story::{Insertion, Run, Story, TextNode};

use body::{Reference, Stories};
use relationships::{Relationship, relationships};
use styles::Styles;

pub(super) const FORMAT: FormatEntry = FormatEntry {
    format: Format::Word,
    extensions: &["docx", "docm"],
    languages: &[],
    has_comments: false,
    reader: Reads::Document(|stream, limit, revisions| {
        let (document, _) = read(stream, limit, revisions)?;
        Ok((document.text, document.paper))
    }),
};

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
    /// By the story of notes and the number of each note: the run that refers to it.
    pub(crate) references: HashMap<(usize, String), usize>,
    /// The number of the note that each line is of.
    pub(crate) notes: Vec<Option<String>>,
}

/// The parts beside the document itself that hold text: the last word of their relationship's type.
const STORIES: &[&str] = &["footnotes", "endnotes", "header", "footer"];

/// The parts that hold diagrams and charts, by the last word of their relationship's type.
const ART: &[&str] = &["diagramData", "chart", "chartEx"];

/// Reads a document of which at most `limit` bytes are unpacked.
pub(crate) fn read<R: Read + Seek>(
    stream: R,
    limit: u64,
    revisions: Revisions,
) -> Result<(Document, Package<R>), DocumentError> {
    let mut package = Package::open(stream, limit, Suite::Word)?;
    let main = relationships(&mut package, "")?.into_iter().find(|relationship| relationship.kind == "officeDocument");
    let main = main.map_or_else(|| "word/document.xml".to_owned(), |relationship| relationship.target);
    let relationships = relationships(&mut package, &main)?;
    let of_kind = |kind: &'static str| relationships.iter().filter(move |relationship| relationship.kind == kind);
    let mut styles = Styles::default();
    if let Some(part) = of_kind("styles").next()
        && let Some(xml) = package.part(&part.target)?
    {
        styles = Styles::read(&part.target, &xml)?;
    }
    let mut stories = Stories::new(&styles, revisions);
    stories.read(&main, package.needed(&main)?, "officeDocument")?;
    let mut seen = HashSet::new();
    for kind in STORIES {
        for part in of_kind(kind).filter(|part| seen.insert(part.target.to_lowercase())) {
            if let Some(xml) = package.part(&part.target)? {
                stories.read(&part.target, xml, kind)?;
            }
        }
    }
    for part in relationships.iter().filter(|part| ART.contains(&part.kind.as_str())) {
        if let Some(xml) = package.part(&part.target)?.filter(|_| seen.insert(part.target.to_lowercase())) {
            stories.read_art(&part.target, xml)?;
        }
    }
    let Stories { slots, parts, runs, nodes, references, .. } = stories;
    let notes = slots.iter().map(|slot| slot.note.clone()).collect();
    let mut document = Document { stories: parts, runs, nodes, main, notes, ..Document::default() };
    let passages = slots.into_iter().map(|slot| {
        let part = Arc::clone(&document.stories[slot.story].name);
        slot.passage(part, &document.main, &styles)
    });
    (document.text, document.paper, _) = Paper::of(passages.collect());
    for Reference { part, note, run, .. } in references {
        let is_of = |story: &Story| part_of(&relationships, &part) == Some(&*story.name);
        if let Some(story) = document.stories.iter().position(is_of) {
            document.references.entry((story, note)).or_insert(run);
        }
    }
    Ok((document, package))
}

/// The part that holds the notes of a kind.
fn part_of<'r>(relationships: &'r [Relationship], kind: &str) -> Option<&'r str> {
    relationships.iter().find(|relationship| relationship.kind == kind).map(|relationship| relationship.target.as_str())
}
