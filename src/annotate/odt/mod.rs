//! Comments and tracked changes in OpenDocument texts (OpenDocument 1.3, part 3, 14.3 and 5.5): each stands between two characters, in
//! whatever span these are, and ends between two others.

mod ground;
mod part;
mod place;
mod prefixes;
mod track;
mod written;

use crate::text::collapsed;
use std::collections::HashSet;
use std::io::{Cursor, Read, Seek};
use std::ops::Range;
use std::sync::Arc;

use super::copy::{Changed, LIMIT, write};
use super::{AUTHOR, AnnotateError, Annotated, note};
use crate::draft::odt::{self, CONTENT, Document, HERE, STYLES};
use crate::draft::paper::{Form, IMAGES, Piece};
use crate::draft::{Draft, Reading, Revisions};
use crate::escape::Xml;
use crate::finding::Finding;
use crate::fix::Edit;
use part::Part;
use place::Place;

pub(super) fn annotate<R: Read + Seek>(
    stream: R,
    reading: &Reading,
    draft: &Draft,
    findings: &[Finding],
    edits: &[Edit],
) -> Result<Annotated, AnnotateError> {
    let (parts, mut package) = odt::open(stream, reading.max_bytes)?;
    let checked = |draft: &Draft, revisions| {
        let document = odt::read(&parts, revisions)?;
        if document.text == draft.source() { Ok(Sheet::of(document)) } else { Err(AnnotateError::Changed) }
    };
    let revisions = if reading.revisions == Revisions::Original { Revisions::Original } else { Revisions::Accepted };
    let sheet = checked(draft, revisions)?;
    let original = draft.original().map(|original| checked(original, Revisions::Original)).transpose()?;
    let tracks = track::fitting(&parts, &sheet.document, revisions, edits);
    let mut done =
        Annotated { changes: tracks.len(), without_place: edits.len() - tracks.len(), ..Annotated::default() };
    let (mut content, styles) = track::write(&sheet.document, &parts, &tracks);
    for finding in findings {
        let sheet = original.as_ref().filter(|_| draft.is_before(finding)).unwrap_or(&sheet);
        if let Some(place) = done.admit(sheet.place(finding), |place| sheet.knows(place, finding))? {
            content.comment(&place, finding);
        }
    }
    let mut changed = Changed::new();
    for (name, part) in [(CONTENT, Some(content)), (STYLES, styles)] {
        changed.extend(part.and_then(Part::apply).map(|xml| (Arc::from(name), xml)));
    }
    done.bytes = write(&mut package, &changed)?;
    if !changed.is_empty() {
        let (copy, _) =
            odt::open(Cursor::new(&done.bytes), LIMIT).map_err(|error| AnnotateError::Unsound(error.to_string()))?;
        if !track::Texts::of(&parts).are_those_of(&copy, &sheet.document, revisions, &tracks) {
            return Err(AnnotateError::Unsound("its text would be another".to_owned()));
        }
    }
    Ok(done)
}

/// One text of a document, with the comments of comity that it has.
struct Sheet {
    document: Document,
    known: HashSet<(usize, String)>,
}

impl Sheet {
    fn of(document: Document) -> Sheet {
        let own = document.comments.iter().filter(|(_, creator, _)| creator == AUTHOR);
        let known = own.map(|(at, _, last)| (*at, squeezed(last))).collect();
        Sheet { document, known }
    }

    /// Where a comment on a finding goes.
    fn place(&self, finding: &Finding) -> Option<Place> {
        let pieces = self.document.paper.pieces(finding.span);
        let (first, last) = (pieces.first()?, pieces.last()?);
        let text = finding.span.range();
        let is_content = finding.paragraph.as_ref().is_some_and(|paragraph| paragraph.part.starts_with(CONTENT));
        let elsewhere = || Some(finding.place().to_string());
        let from = self.spot(first, text.start.saturating_sub(first.text.start)).filter(|_| is_content);
        let to = self.spot(last, text.end.min(last.text.end).saturating_sub(last.text.start + 1));
        match from.zip(to) {
            Some((from, _)) if from.is_elsewhere => Some(Place { xml: from.xml, at: from.at, elsewhere: elsewhere() }),
            Some((from, to)) if !to.is_elsewhere && from.xml.start < to.xml.end => {
                Some(Place { xml: from.xml.start..to.xml.end, at: from.at, elsewhere: None })
            }
            // On a header or a footer, or a drawing that stands in no paragraph, it stands at the first words.
            _ => {
                let first = self.first()?;
                Some(Place { xml: first.xml.clone(), at: [first.text.start; 2], elsewhere: elsewhere() })
            }
        }
    }

    /// Where the character is that has this byte of a piece.
    fn spot(&self, piece: &Piece, byte: usize) -> Option<Spot> {
        if piece.run != HERE {
            let mark = self.document.mark(piece.run)?;
            return Some(Spot {
                xml: mark.around.clone()?,
                at: [mark.at, mark.until],
                is_elsewhere: mark.is_elsewhere,
            });
        }
        if piece.form == Form::Copied {
            let at = piece.text.start + byte;
            return Some(Spot { xml: piece.xml_of(&(at..at + 1)), at: [at; 2], is_elsewhere: false });
        }
        // A field is one thing: what stands on a word of it stands on all of it.
        let pieces = &self.document.paper.pieces;
        let index = pieces.partition_point(|other| other.text.start < piece.text.start);
        let first = pieces[..index].iter().rev().take_while(|other| other.xml == piece.xml).last().unwrap_or(piece);
        Some(Spot { xml: piece.xml.clone(), at: [first.text.start; 2], is_elsewhere: false })
    }

    /// The first words of the document itself.
    fn first(&self) -> Option<&Piece> {
        let Document { text, paper, .. } = &self.document;
        let lines = text.split_inclusive('\n').zip(&paper.lines);
        let end: usize = lines
            .take_while(|(_, line)| line.paragraph.part.trim_end_matches(IMAGES) == CONTENT)
            .map(|(line, _)| line.len())
            .sum();
        paper.pieces.iter().find(|piece| piece.run == HERE).filter(|piece| piece.text.end <= end)
    }

    /// Whether a comment on this finding stands there already.
    fn knows(&self, place: &Place, finding: &Finding) -> bool {
        let signature = squeezed(&note::signature(finding, place.elsewhere.is_some()));
        place.at.iter().any(|&at| self.known.contains(&(at, signature.clone())))
    }
}

/// A text as it is written into a comment, with its white space collapsed as every program that reads it collapses it.
fn squeezed(text: &str) -> String {
    collapsed(&Xml(text).to_string())
}

/// Where a character, or what stands for it, is in the part.
struct Spot {
    xml: Range<usize>,
    at: [usize; 2],
    is_elsewhere: bool,
}
