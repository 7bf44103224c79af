//! Comments and tracked changes in documents of Word (ISO/IEC 29500-1, 17.13).

mod comments;
mod cut;

use std::collections::BTreeMap;
use std::io::{Read, Seek};
use std::sync::Arc;

use super::change::escaped;
use super::copy::{Changed, write};
use super::{AUTHOR, AnnotateError, Annotated, note};
use crate::draft::paper::{BREAK, Paper, Piece};
use crate::draft::word::{self, Document, Insertion};
use crate::draft::{Draft, Reading, Revisions};
use crate::finding::Finding;
use crate::fix::Edit;
use comments::Comments;
use cut::{Cuts, Reach};

pub(super) fn annotate<R: Read + Seek>(
    stream: R,
    reading: &Reading,
    draft: &Draft,
    findings: &[Finding],
    edits: &[Edit],
) -> Result<Annotated, AnnotateError> {
    let revisions = if reading.revisions == Revisions::Original { Revisions::Original } else { Revisions::Accepted };
    let (document, mut package) = word::read(stream, reading.max_bytes, revisions)?;
    if document.text != draft.source() {
        return Err(AnnotateError::Changed);
    }
    let mut comments = Comments::read(&mut package, &document)?;
    let papers = std::iter::once(&document.paper).chain(draft.original().and_then(Draft::paper)).collect();
    let (ids, date) = (Ids::of(&document), note::now());
    let mut work = Work { document: &document, papers, ids, date, cuts: BTreeMap::new() };
    let mut done = Annotated::default();
    for edit in edits {
        if work.track(edit) { done.changes += 1 } else { done.without_place += 1 }
    }
    for finding in findings {
        let place = work.place(draft.of(finding), finding);
        let Some(place) = place else {
            done.without_place += 1;
            continue;
        };
        if comments.knows(&place, finding) {
            done.known += 1;
            continue;
        }
        let id = comments.add(finding, &place, &work.date);
        work.comment(&place, id);
        done.comments += 1;
    }
    let mut changed = work.finish();
    comments.finish(&mut package, &document, &mut changed)?;
    done.bytes = write(&mut package, &changed)?;
    Ok(done)
}

/// Numbers for tracked changes that no other has.
struct Ids(u64);

impl Ids {
    /// Numbers above all that the document has.
    fn of(document: &Document) -> Ids {
        let mut most = 0;
        for story in &document.stories {
            for (at, _) in story.xml.match_indices(":id=\"") {
                let digits = story.xml[at + 5..].bytes().take_while(u8::is_ascii_digit).take(10);
                let number = digits.fold(0u64, |number, digit| number * 10 + u64::from(digit - b'0'));
                most = most.max(number);
            }
        }
        Ids(most)
    }

    fn next(&mut self) -> u64 {
        self.0 += 1;
        self.0
    }
}

/// Where a comment goes.
struct Place {
    /// The byte of the text where it begins: by it and the rule a comment is known again.
    at: usize,
    reach: Reach,
    /// What to say first where Word takes no comment, so that it stands elsewhere.
    elsewhere: Option<String>,
}

/// What is to be done to a document.
struct Work<'d> {
    document: &'d Document,
    /// The texts that comments may stand in: that of the document, and the one before tracked changes.
    papers: Vec<&'d Paper>,
    ids: Ids,
    date: String,
    /// By the index of the story.
    cuts: BTreeMap<usize, Cuts<'d>>,
}

impl<'d> Work<'d> {
    fn cuts(&mut self, story: usize) -> &mut Cuts<'d> {
        let (document, papers) = (self.document, &self.papers);
        self.cuts.entry(story).or_insert_with(|| Cuts::new(document, papers, story))
    }

    /// Where a comment on a finding goes.
    fn place(&self, draft: &Draft, finding: &Finding) -> Option<Place> {
        let pieces = draft.paper()?.pieces(finding.span);
        let reach = Reach::of(pieces, &finding.span.range())?;
        let document = self.document;
        let story = document.runs.get(pieces.first()?.run)?.story;
        if *document.stories[story].name == *document.main {
            return Some(Place { at: finding.span.start(), reach, elsewhere: None });
        }
        // Word takes comments in the document itself only: that on a note stands at the mark of the note, that on a header or a
        // footer at the first words.
        let reference = self.note(finding).and_then(|note| document.references.get(&(story, note.clone())));
        let (reach, at) = match reference {
            Some(&(run, at)) => (Reach::of_run(document, run), at),
            None => {
                let first = document.paper.pieces.iter().find(|piece| {
                    let run = document.runs.get(piece.run);
                    run.is_some_and(|run| *document.stories[run.story].name == *document.main)
                })?;
                (Reach::of(std::slice::from_ref(first), &first.text)?, first.text.start)
            }
        };
        Some(Place { at, reach, elsewhere: Some(finding.place().to_string()) })
    }

    /// The number of the note that a finding is in.
    fn note(&self, finding: &Finding) -> Option<&String> {
        self.document.notes.get(finding.start.line - 1)?.as_ref()
    }

    fn comment(&mut self, place: &Place, id: u64) {
        let story = self.document.runs[place.reach.first.run].story;
        let p = self.document.stories[story].prefix.clone();
        let start = format!("<{p}commentRangeStart {p}id=\"{id}\"/>");
        let end = format!("<{p}commentRangeEnd {p}id=\"{id}\"/><{p}r><{p}commentReference {p}id=\"{id}\"/></{p}r>");
        let cuts = self.cuts(story);
        cuts.before(&place.reach.first).starts += &start;
        cuts.behind(&place.reach.last).ends += &end;
    }

    /// Makes a tracked change of an edit; `false` if it has no place.
    fn track(&mut self, edit: &Edit) -> bool {
        let paper = &self.document.paper;
        let span = edit.span;
        let pieces = paper.pieces(span);
        let anchor: Option<&Piece> = if span.is_empty() {
            // An insertion stands behind the character before it, in its formatting.
            let before = paper.pieces.partition_point(|piece| piece.text.end < span.start());
            paper.pieces.get(before).filter(|piece| piece.text.contains(&span.start().saturating_sub(1)))
        } else {
            pieces.first()
        };
        let runs = &self.document.runs;
        let Some(anchor) = anchor.filter(|piece| piece.run < runs.len()) else {
            return false;
        };
        let inside = |piece: &Piece| runs.get(piece.run).is_none_or(|run| run.insertion == Insertion::Inside);
        if inside(anchor) || pieces.iter().any(inside) {
            return false;
        }
        let story = self.document.runs[anchor.run].story;
        let (author, date) = (AUTHOR, self.date.clone());
        let p = self.document.stories[story].prefix.clone();
        let tag = |name: &str, ids: &mut Ids| {
            format!("<{p}{name} {p}id=\"{}\" {p}author=\"{author}\" {p}date=\"{date}\">", ids.next())
        };
        let (mut behind, mut around) = (None, anchor.run);
        for segment in cut::segments(self.document, pieces, &span.range()) {
            let open = tag("del", &mut self.ids);
            (behind, around) = (Some(segment.last.clone()), segment.last.run);
            self.cuts(story).delete(segment, open);
        }
        if edit.text.is_empty() {
            return true;
        }
        let run = &self.document.runs[anchor.run];
        let xml = &self.document.stories[story].xml;
        let properties = run.properties.clone().map_or("", |span| &xml[span]);
        let open = tag("ins", &mut self.ids);
        let mut insertion = format!("{open}<{p}r>{properties}{}</{p}r></{p}ins>", content(&edit.text, &p));
        if let Insertion::Child(around) = &self.document.runs[around].insertion {
            // Text of one author does not stand in the insertion of another: that one is divided.
            let again = cut::with_id(&xml[around.clone()], &p, self.ids.next());
            let name = again.trim_start_matches('<').split([' ', '>', '/']).next().unwrap_or_default().to_owned();
            insertion = format!("</{name}>{insertion}{again}");
        }
        let last = behind.unwrap_or_else(|| cut::End::of(anchor, &(anchor.text.start..span.start())));
        self.cuts(story).behind(&last).insertion += &insertion;
        true
    }

    /// The parts that have changed, by name.
    fn finish(self) -> Changed {
        let stories = &self.document.stories;
        self.cuts.into_iter().map(|(story, cuts)| (Arc::clone(&stories[story].name), cuts.apply())).collect()
    }
}

/// What a run holds of a text: text elements, and elements for what is none.
fn content(text: &str, p: &str) -> String {
    let mut content = String::new();
    for piece in text.split_inclusive(['\t', BREAK]) {
        let plain = piece.trim_end_matches(['\t', BREAK]);
        if !plain.is_empty() {
            content += &format!("<{p}t xml:space=\"preserve\">{}</{p}t>", escaped(plain));
        }
        match piece.chars().last() {
            Some('\t') => content += &format!("<{p}tab/>"),
            Some(BREAK) => content += &format!("<{p}br/>"),
            _ => {}
        }
    }
    content
}
