//! Comments and tracked changes in OpenDocument texts (OpenDocument 1.3, part 3, 14.3 and 5.5): each stands between two characters, in
//! whatever span these are, and ends between two others.

mod annotations;
mod context;
mod editor;
mod inline;
mod prefixes;
mod track;

use std::collections::HashSet;
use std::io::{Read, Seek};
use std::sync::Arc;

use super::change::Change;
use super::comment::{CommentRange, KnownComments};
use super::copy::{self, Changed};
use super::{AUTHOR, AnnotateError, Annotated, Annotation};
use crate::draft::document::{DocumentReading, Version, XmlSpan};
use crate::draft::layout::{Anchor, DocumentText, IMAGES, PieceForm, TextPiece};
use crate::draft::odt::{self, CONTENT, OdtComment, OdtDocument, OdtText, STYLES, StandIns};
use crate::draft::{Draft, Format, Reading, Revisions};
use crate::escape::Xml;
use crate::finding::Finding;
use crate::span::Span;
use crate::text::collapsed;
use annotations::Removal;
use editor::PartEditor;
use track::TrackedEdit;

pub(super) fn annotate<R: Read + Seek>(
    stream: R,
    reading: &Reading,
    draft: &Draft,
    annotation: &Annotation<'_>,
    changes: &[Change],
) -> Result<Annotated, AnnotateError> {
    let (parts, mut package) = odt::open(stream, reading.max_bytes)?;
    let versions = if reading.revisions == Revisions::Original {
        [Version::Original].as_slice()
    } else {
        &[Version::Accepted, Version::Original]
    };
    let OdtDocument { texts, stand_ins, .. } =
        odt::read(&parts, DocumentReading::of_text(reading.max_bytes, versions))?;
    let same = |text: OdtText, draft: &Draft| {
        if text.text.text == draft.source() { Ok(text) } else { Err(AnnotateError::Changed) }
    };
    let mut texts = texts.into_iter();
    let checked = same(texts.next().expect("one version is read at least")?, draft)?;
    let other = match (texts.next(), draft.original()) {
        (Some(other), Some(original)) => Some(same(other?, original)?),
        (other, _) => other.and_then(Result::ok),
    };
    let checked = CommentedText::new(checked, &stand_ins);
    let other = other.map(|other| CommentedText::new(other, &stand_ins));
    let document = &checked.text;
    let all: usize = changes.iter().map(Vec::len).sum();
    let expected = |tracks: &[TrackedEdit<'_>]| {
        track::expected(versions[0], document, other.as_ref().map(|other| &other.text), tracks)
    };
    let mut copy = |tracks: &[TrackedEdit<'_>]| {
        let mut done = Annotated { changes: tracks.len(), without_place: all - tracks.len(), ..Annotated::default() };
        let (mut content, styles) = track::write(document, &parts, tracks);
        let text_of = |finding| other.as_ref().filter(|_| draft.is_before(finding)).unwrap_or(&checked);
        let mut kept: HashSet<usize> = HashSet::new();
        for finding in Some(annotation.findings).filter(|_| !annotation.strip).unwrap_or_default() {
            let text = text_of(finding);
            let known = |range: &CommentRange<XmlSpan>| range.keep(finding, &text.known, squeezed, &mut kept);
            if let Some(range) = done.admit(text.range(finding), known)? {
                content.comment(&range, finding);
            }
        }
        for finding in annotation.passed_over {
            let text = text_of(finding);
            text.range(finding).into_iter().for_each(|range| _ = range.keep(finding, &text.known, squeezed, &mut kept));
        }
        let own = checked.own.iter().chain(other.iter().flat_map(|other| &other.own));
        let gone = own.filter(|(start, last)| !kept.contains(start) && annotation.is_gone(last));
        let removal = Removal::new(&parts.content, &gone.map(|(start, _)| *start).collect(), annotation.strip);
        (done.removed, done.answered) = (removal.comments, removal.answered);
        removal.spans.into_iter().for_each(|span| content.remove(span));
        if annotation.strip {
            done.old_changes = track::own(&parts);
        }
        let mut changed = Changed::new();
        for (name, part) in [(CONTENT, Some(content)), (STYLES, styles)] {
            changed.extend(part.and_then(PartEditor::apply).map(|xml| (Arc::from(name), xml)));
        }
        done.bytes = copy::write(&mut package, &changed, Format::OpenDocument, &expected(tracks))?;
        Ok(done)
    };
    let tracks = track::planned(&parts, document, changes);
    match copy(&tracks) {
        // Nearly always all changes read as they should. Where they do not, those are left out that are to blame.
        Err(AnnotateError::Unsound(_)) if !tracks.is_empty() => {
            copy(&track::fitting(&parts, document, tracks, expected))
        }
        done => done,
    }
}

/// One version of the text of a document, with the comments of comity that it has.
struct CommentedText<'d> {
    text: DocumentText,
    stand_ins: &'d StandIns,
    /// For each stand-in the bytes of the text at which it begins and ends.
    places: Vec<[usize; 2]>,
    known: KnownComments,
    /// The byte of its part at which each of them begins, and its last paragraph.
    own: Vec<(usize, String)>,
}

impl CommentedText<'_> {
    fn new(text: OdtText, stand_ins: &StandIns) -> CommentedText<'_> {
        let OdtText { text, places, comments } = text;
        let (mut known, mut own) = (KnownComments::default(), Vec::new());
        for OdtComment { at, last, start, .. } in comments.into_iter().filter(|comment| comment.author == AUTHOR) {
            known.add(at, squeezed(&last), start);
            own.push((start, last));
        }
        CommentedText { text, stand_ins, places, known, own }
    }

    /// The range that a comment on a finding is put around.
    fn range(&self, finding: &Finding) -> Option<CommentRange<XmlSpan>> {
        let pieces = self.text.layout.pieces(finding.span);
        let (first, last) = (pieces.first()?, pieces.last()?);
        let span = finding.span;
        let is_content = finding.paragraph.as_ref().is_some_and(|paragraph| paragraph.part.starts_with(CONTENT));
        let elsewhere = || Some(finding.place().to_string());
        let from = self.character(first, span.start().saturating_sub(first.text.start())).filter(|_| is_content);
        let to = self.character(last, span.end().min(last.text.end()).saturating_sub(last.text.start() + 1));
        match from.zip(to) {
            Some((from, _)) if from.is_elsewhere => {
                Some(CommentRange { place: from.xml, at: from.at, elsewhere: elsewhere() })
            }
            Some((from, to)) if !to.is_elsewhere && from.xml.start() < to.xml.end() => {
                let place = Span::new(from.xml.start(), to.xml.end());
                Some(CommentRange { place, at: from.at, elsewhere: None })
            }
            // On a header or a footer, or a drawing that stands in no paragraph, it stands at the first words.
            _ => {
                let first = self.first_words()?;
                Some(CommentRange { place: first.xml, at: [first.text.start(); 2], elsewhere: elsewhere() })
            }
        }
    }

    /// The character that has this byte of a piece.
    fn character(&self, piece: &TextPiece, byte: usize) -> Option<CharacterPlace> {
        if let Anchor::StandIn(index) = piece.anchor {
            let (index, stand_in) = self.stand_ins.outermost(index)?;
            let (xml, at, is_elsewhere) = (stand_in.around?, *self.places.get(index)?, stand_in.is_elsewhere);
            return Some(CharacterPlace { xml, at, is_elsewhere });
        }
        if piece.form == PieceForm::Copied {
            let at = piece.text.start() + byte;
            return Some(CharacterPlace { xml: piece.xml_of(Span::new(at, at + 1)), at: [at; 2], is_elsewhere: false });
        }
        // A field is one thing: what stands on a word of it stands on all of it.
        let pieces = &self.text.layout.pieces;
        let index = pieces.partition_point(|other| other.text.start() < piece.text.start());
        let first = pieces[..index].iter().rev().take_while(|other| other.xml == piece.xml).last().unwrap_or(piece);
        Some(CharacterPlace { xml: piece.xml, at: [first.text.start(); 2], is_elsewhere: false })
    }

    /// The first words of the document itself.
    fn first_words(&self) -> Option<&TextPiece> {
        let DocumentText { text, layout } = &self.text;
        let lines = text.split_inclusive('\n').zip(&layout.lines);
        let end: usize = lines
            .take_while(|(_, line)| line.paragraph.part.trim_end_matches(IMAGES) == CONTENT)
            .map(|(line, _)| line.len())
            .sum();
        layout.pieces.iter().find(|piece| piece.anchor == Anchor::Characters).filter(|piece| piece.text.end() <= end)
    }
}

/// A text as it is written into a comment, with its white space collapsed as every program that reads it collapses it.
fn squeezed(text: &str) -> String {
    collapsed(&Xml(text).to_string())
}

/// The place of a character, or of its stand-in.
struct CharacterPlace {
    xml: XmlSpan,
    at: [usize; 2],
    is_elsewhere: bool,
}
