//! The reader for Word documents (`.docx`): WordprocessingML, transitional and strict (ISO/IEC 29500-1).

mod body;
pub(crate) mod comments;
mod numbering;
pub(crate) mod relationships;
mod residue;
mod seal;
mod story;
mod styles;

use std::collections::{HashMap, HashSet};
use std::io::{Read, Seek};
use std::sync::Arc;

use super::document::{DocumentError, DocumentReading, Suite};
use super::format::{Format, FormatEntry, FormatReader as Reads};
use super::layout::{DocumentText, TextPiece};
use super::margin::LinePlace;
use super::package::Package;
use super::residue::ResidueKind;
pub(crate) use seal::{Seal, Seals};
pub(crate) use story::{RunInsertion, Story, TextNode, WordRun};

use body::{NoteReference, WordReader};
use comments::CommentPlace;
use numbering::{WordCounters, WordNumbering};
use relationships::{Relationship, read_relationships, relationships};
use styles::WordStyles;

pub(super) const FORMAT: FormatEntry = FormatEntry {
    format: Format::Word,
    name: "Word",
    extensions: &["docx", "docm", "dotx", "dotm"],
    languages: &[],
    is_content: |content| content.has_part(|part| part.starts_with("word/") || part == "encryptedpackage"),
    has_comments: false,
    reader: Reads::Document(|stream, how| {
        let (document, _) = read(stream, how)?;
        Ok(document.texts.into_iter().map(|text| text.text).collect())
    }),
};

/// A document, read.
#[derive(Debug, Default)]
pub(crate) struct WordDocument {
    /// The versions of its text, as they were asked for.
    pub(crate) texts: Vec<WordText>,
    pub(crate) stories: Vec<Story>,
    pub(crate) runs: Vec<WordRun>,
    pub(crate) nodes: Vec<TextNode>,
    /// The fields and the content controls.
    pub(crate) seals: Seals,
    /// The part that is the document itself.
    pub(crate) main: String,
    /// By the story of notes and the number of each note: the run that refers to it.
    pub(crate) references: HashMap<(usize, String), usize>,
}

impl WordDocument {
    /// The outermost field or content control around a run, by its index, that nothing is to be written into.
    pub(crate) fn seal(&self, run: usize) -> Option<&Seal> {
        self.seals.around(self.runs.get(run)?.seal)
    }

    /// True if something may be written at the characters of a piece: they stand in a run, which no such field or control is around.
    pub(crate) fn is_free(&self, piece: &TextPiece) -> bool {
        piece.anchor.run().is_some_and(|run| self.seal(run).is_none())
    }
}

/// One version of its text.
#[derive(Debug, Default)]
pub(crate) struct WordText {
    pub(crate) text: DocumentText,
    /// The number of the note that each line is of.
    pub(crate) notes: Vec<Option<String>>,
}

/// The parts beside the document itself that hold text: the last word of their relationship's type.
const STORIES: &[&str] = &["footnotes", "endnotes", "header", "footer"];

/// The parts that hold diagrams and charts, by the last word of their relationship's type.
const ART: &[&str] = &["diagramData", "chart", "chartEx"];

/// Reads a document in this way.
pub(crate) fn read<R: Read + Seek>(
    stream: R,
    how: DocumentReading<'_>,
) -> Result<(WordDocument, Package<R>), DocumentError> {
    let mut package = Package::open(stream, how.limit, Suite::Word)?;
    let main = relationships(&mut package, "")?.into_iter().find(|relationship| relationship.kind == "officeDocument");
    let main = main.map_or_else(|| "word/document.xml".to_owned(), |relationship| relationship.target);
    let all = read_relationships(&mut package, &main)?;
    let relationships = &all.inside;
    let of_kind = |kind: &'static str| relationships.iter().filter(move |relationship| relationship.kind == kind);
    let mut styles = WordStyles::default();
    if let Some(part) = of_kind("styles").next()
        && let Some(xml) = package.part(&part.target)?
    {
        styles = WordStyles::read(&part.target, &xml)?;
    }
    let mut numbering = WordNumbering::default();
    if let Some(part) = of_kind("numbering").next()
        && let Some(xml) = package.part(&part.target)?
    {
        numbering = WordNumbering::read(&part.target, &xml)?;
    }
    let mut reader = WordReader::new(&styles, how);
    reader.read(&main, package.needed(&main)?, "officeDocument")?;
    let mut seen = HashSet::new();
    for kind in STORIES {
        for part in of_kind(kind).filter(|part| seen.insert(part.target.to_lowercase())) {
            if let Some(xml) = package.part(&part.target)? {
                reader.read(&part.target, xml, kind)?;
            }
        }
    }
    for part in relationships.iter().filter(|part| ART.contains(&part.kind.as_str())) {
        if let Some(xml) = package.part(&part.target)?.filter(|_| seen.insert(part.target.to_lowercase())) {
            reader.read_art(&part.target, xml)?;
        }
    }
    let WordReader { mut versions, stories, runs, nodes, mut seals, references, marks, residues, .. } = reader;
    seals.settle();
    let (mut comments, mut fault) = (Vec::new(), None);
    if let Some(part) = of_kind("comments").next().filter(|_| how.residues || !marks.is_empty())
        && let Some(xml) = package.part(&part.target)?
    {
        fault = comments::read_into(&mut comments, &xml).err().map(|error| DocumentError::xml(&part.target, error));
    }
    // Where not all of them can be read none silences; the text is there all the same.
    let speaking = if fault.is_none() { comments.as_slice() } else { &[] };
    let places = CommentPlace::all(&marks);
    let parts: Vec<Arc<str>> = stories.iter().map(|story| Arc::clone(&story.name)).collect();
    let mut document = WordDocument { stories, runs, nodes, seals, main, ..WordDocument::default() };
    let mut found = Vec::new();
    if how.residues {
        found = residue::keep(&mut package, &document.main, &all, residues, (&comments, &places), versions.first_mut());
        found.extend(fault.map(|error| residue::unreadable(ResidueKind::Comment, &error)));
    }
    for (version, builder) in versions.into_iter().enumerate() {
        let notes: Vec<_> = builder.paragraphs.iter().map(|paragraph| paragraph.more.note.clone()).collect();
        // A comment on nothing but the mark of a note is about the note.
        let mut lines: HashMap<(usize, &str), [LinePlace; 2]> = HashMap::new();
        for (line, (paragraph, note)) in builder.paragraphs.iter().zip(&notes).enumerate() {
            if let Some(note) = note.as_deref().filter(|_| !speaking.is_empty()) {
                lines.entry((paragraph.story, note)).or_insert([(line, 0); 2])[1] = (line, 0);
            }
        }
        let note = |place: &CommentPlace<'_>| {
            let NoteReference { part, note, .. } = references.get(place.references.clone())?.first()?;
            let story = document.stories.iter().position(|story| part_of(relationships, part) == Some(&*story.name))?;
            lines.get(&(story, note.as_str())).copied()
        };
        let in_margin = |comment: &comments::WordComment| {
            let place = places.get(comment.id.as_str())?;
            let [from, to] = place.of(version)?;
            let on = Some([from, to]).filter(|_| from != to).or_else(|| note(place)).unwrap_or([from, to]);
            comments::in_margin(comment, on)
        };
        let margin = speaking.iter().filter_map(in_margin).collect();
        drop(lines);
        // Each part counts for itself.
        let mut counters: HashMap<usize, WordCounters<'_>> = HashMap::new();
        let facts = builder.paragraphs.into_iter().map(|raw| {
            let counters = counters.entry(raw.story).or_insert_with(|| WordCounters::new(&numbering, &styles));
            raw.with_facts(|raw| raw.more.facts(&styles, counters))
        });
        let (mut text, _) = DocumentText::assemble(facts.collect(), &parts, &document.main);
        text.layout.comments = margin;
        document.texts.push(WordText { text, notes });
    }
    if let Some(first) = document.texts.first_mut() {
        first.text.layout.residues.extend(found);
    }
    drop(places);
    for NoteReference { part, note, run, .. } in references {
        let is_of = |story: &Story| part_of(relationships, &part) == Some(&*story.name);
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
