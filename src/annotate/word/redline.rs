//! Tracked changes from an old text in the document of the new one, which stays what it is in all else.

use std::collections::HashSet;
use std::io::{Read, Seek};

use super::cut::segments;
use super::paragraphs::{ParagraphPlace, Paragraphs, TagPlace};
use super::runs::{CharacterEnd, CutPoint};
use super::track::{deleted_content, last_character};
use super::{AnnotateError, Annotator, tag};
use crate::annotate::AUTHOR;
use crate::annotate::body::{BodyParagraph, BodyRow, BodyWriter, line_of};
use crate::annotate::change::line_edits;
use crate::annotate::copy;
use crate::annotate::merge::MergedPart;
use crate::annotate::times::{ChangeTimes, TrackKind};
use crate::annotate::verify::ExpectedTexts;
use crate::draft::document::{DocumentReading, Version, XmlSpan};
use crate::draft::layout::{PieceForm, TextPiece};
use crate::draft::word::{self, WordText};
use crate::draft::{Draft, Format, Reading};
use crate::fix::Edit;
use crate::span::Span;
use crate::text::BlockKind;
use crate::text::fold::OBJECT;

/// The document of `new`, which `stream` is, with tracked changes from `old`: its bytes, and the number of the changes.
///
/// # Errors
/// If the changes cannot be put into it: the document has some of its own, something other than paragraphs of its body comes or goes, or what is
/// changed cannot be.
pub(in crate::annotate) fn redline<R: Read + Seek>(
    stream: R,
    reading: &Reading,
    (old, new): (&Draft, &Draft),
    parts: &[MergedPart<'_>],
) -> Result<(Vec<u8>, usize), AnnotateError> {
    let versions = [Version::Accepted, Version::Original];
    let (document, mut package) = word::read(stream, DocumentReading::of_text(reading.max_bytes, &versions))?;
    let [checked, other] = document.texts.as_slice() else {
        unreachable!("as many versions are read as were asked for");
    };
    if checked.text.text != new.source() {
        return Err(AnnotateError::Changed);
    }
    let main = document.stories.iter().position(|story| *story.name == *document.main);
    let main = main.ok_or_else(|| no_place("it has no body"))?;
    let paragraphs = Paragraphs::read(&document.stories[main])?;
    if paragraphs.has_changes || other.text.text != checked.text.text {
        return Err(no_place("it has tracked changes of its own"));
    }
    let annotator = Annotator::new(&document, checked, other)?;
    let mut names = annotator.inventory.names.iter().flatten();
    if !names.all(|names| names.prefix == "w:" && names.declares.is_empty()) {
        return Err(no_place("its elements have another prefix than Word writes"));
    }
    let mut redliner = Redliner {
        annotator,
        paragraphs,
        main,
        old,
        new,
        times: ChangeTimes::default(),
        changes: 0,
        edits: Vec::new(),
        pending: Vec::new(),
        inserted: HashSet::new(),
        kept_rows: HashSet::new(),
        last: None,
    };
    redliner.parts(parts)?;
    let Redliner { mut annotator, edits, changes, .. } = redliner;
    if changes > 0 {
        annotator.cuts.entry(main).or_default().edit(edits);
    }
    let changed = annotator.finish();
    let expected = ExpectedTexts::new([(Version::Accepted, new.source().to_owned())], without_empty_lines);
    Ok((copy::write(&mut package, &changed, Format::Word, &expected)?, changes))
}

/// A text without the lines that hold nothing.
fn without_empty_lines(text: &str) -> String {
    text.lines().filter(|line| !line.trim().is_empty()).flat_map(|line| [line, "\n"]).collect()
}

fn no_place(reason: &str) -> AnnotateError {
    AnnotateError::NoRedline(reason.to_owned())
}

/// What is deleted and waits for the place before which it stood.
enum Deleted<'p> {
    Paragraph(&'p BodyParagraph, Option<TrackKind>),
    Table(&'p [(Option<&'p BodyRow>, Option<&'p BodyRow>)]),
}

/// Writes tracked changes into a document.
struct Redliner<'d, 'p> {
    annotator: Annotator<'d>,
    paragraphs: Paragraphs,
    /// The index of the story that is the document itself.
    main: usize,
    old: &'d Draft,
    new: &'d Draft,
    times: ChangeTimes,
    changes: usize,
    /// What is written into the document itself besides the changes of words.
    edits: Vec<(XmlSpan, String)>,
    pending: Vec<Deleted<'p>>,
    /// The paragraphs that are inserted as a whole, by their indices.
    inserted: HashSet<usize>,
    /// The rows of tables in which something is deleted.
    kept_rows: HashSet<usize>,
    /// The last paragraph of the document that was looked at.
    last: Option<usize>,
}

impl<'d, 'p> Redliner<'d, 'p> {
    fn parts(&mut self, parts: &'p [MergedPart<'p>]) -> Result<(), AnnotateError> {
        for part in parts {
            match part {
                MergedPart::Paragraph { old, new, mark } => {
                    self.paragraph(old.as_ref(), new.as_ref(), *mark, false)?;
                }
                MergedPart::Table(rows) if rows.iter().all(|(_, new)| new.is_none()) => {
                    self.pending.push(Deleted::Table(rows));
                }
                MergedPart::Table(rows) => {
                    for (old, new) in rows {
                        let cells = |row: Option<&BodyRow>| row.map_or(0, Vec::len);
                        for column in 0..cells(*old).max(cells(*new)) {
                            let cell = |row: Option<&'p BodyRow>| row.and_then(|row| row.get(column));
                            let mark = TrackKind::between(*old, *new);
                            self.paragraph(cell(*old), cell(*new), mark, true)?;
                        }
                    }
                    self.flush_behind()?;
                }
            }
        }
        self.flush_behind()?;
        self.rows();
        Ok(())
    }

    /// Writes what becomes of a paragraph.
    fn paragraph(
        &mut self,
        old: Option<&'p BodyParagraph>,
        new: Option<&'p BodyParagraph>,
        mark: Option<TrackKind>,
        is_in_table: bool,
    ) -> Result<(), AnnotateError> {
        // An empty paragraph that a made document has behind a table is none here.
        let old = old.filter(|old| old.block.is_some());
        let Some(block) = new.and_then(|new| new.block) else {
            if let Some(old) = old {
                self.is_of_body(old)?;
                self.pending.push(Deleted::Paragraph(old, mark));
            }
            return Ok(());
        };
        let line = line_of(self.new, block);
        let place = self.place(line)?;
        self.flush_before(place, is_in_table)?;
        let text = &self.new.source()[line.range()];
        let before = old.map(|old| old.document_line(self.old));
        // A row comes as a whole; a cell that stays keeps its last mark.
        let own_mark = mark.filter(|_| !is_in_table);
        if before.as_deref() == Some(text) && own_mark.is_none() {
            self.times.begin(text, &[], None);
            self.last = place.or(self.last);
            return Ok(());
        }
        let edits = line_edits(before.as_deref().unwrap_or_default(), text);
        self.times.begin(before.as_deref().unwrap_or_default(), &edits, own_mark);
        match (&before, place) {
            (Some(before), _) if self.words(before, line, &edits) => {
                if let (Some(place), Some(mark)) = (place, own_mark) {
                    self.mark(place, mark);
                }
            }
            (Some(_), Some(place)) => {
                // What cannot be changed word by word is another paragraph.
                self.pending.extend(old.map(|old| Deleted::Paragraph(old, Some(TrackKind::Deleted))));
                self.write_deleted_before(place);
                self.whole(place, Some(TrackKind::Inserted).filter(|_| self.goes_on(place)))?;
            }
            (None, Some(place)) => self.whole(place, own_mark)?,
            (_, None) => return Err(no_place("a note or a header came in, or cannot be changed word by word")),
        }
        self.last = place.or(self.last);
        Ok(())
    }

    /// Refuses what is gone if it did not stand in the body: there is no place for it.
    fn is_of_body(&self, old: &BodyParagraph) -> Result<(), AnnotateError> {
        let is_of_body = old.block.is_none_or(|block| {
            let start = line_of(self.old, block).start();
            self.old.blocks()[block].kind() != BlockKind::Footnote
                && self.old.paragraph(start).is_none_or(|paragraph| paragraph.is_main)
        });
        if is_of_body { Ok(()) } else { Err(no_place("a note or a header is gone")) }
    }

    /// True if another paragraph follows on one, and no table.
    fn goes_on(&self, index: usize) -> bool {
        let ParagraphPlace { span, row, .. } = &self.paragraphs.all[index];
        let next = self.paragraphs.all[index..].iter().find(|next| next.span.start() >= span.end());
        row.is_none() && next.is_some_and(|next| next.row.is_none() && next.is_plain)
    }

    /// The paragraph of the document itself that a line is; none for one of another part.
    fn place(&self, line: Span) -> Result<Option<usize>, AnnotateError> {
        let document = self.annotator.document;
        let pieces = self.annotator.checked.text.layout.pieces(line);
        let Some(piece) = pieces.iter().find(|piece| piece.anchor.run().is_some()) else {
            return Err(no_place("a line of it stands in no run"));
        };
        let run = piece.anchor.run().and_then(|run| document.runs.get(run));
        match run {
            Some(run) if run.story == self.main => Ok(self.paragraphs.at(piece.xml.start())),
            _ => Ok(None),
        }
    }

    /// The attributes of a tracked change.
    fn attributes(&mut self) -> String {
        self.changes += 1;
        let id = self.annotator.inventory.changes.next();
        format!("w:id=\"{id}\" w:author=\"{AUTHOR}\" w:date=\"{}\"", self.times.now())
    }

    /// Makes tracked changes of the edits that made a line of the document of what it was; `false` if one of them has no place.
    fn words(&mut self, before: &str, line: Span, edits: &[Edit]) -> bool {
        struct Place {
            /// The characters that came.
            span: Span,
            at: CutPoint,
            run: usize,
            story: usize,
            gone: Span,
        }
        let (document, text) = (self.annotator.document, self.annotator.checked);
        let mut places: Vec<Place> = Vec::new();
        let (mut removed, mut added) = (0, 0);
        for edit in edits {
            let start = line.start() + edit.span.start() - removed + added;
            let span = Span::new(start, start + edit.text.len());
            (removed, added) = (removed + edit.span.len(), added + edit.text.len());
            let pieces = text.text.layout.pieces(span);
            let covered: usize = pieces
                .iter()
                .map(|piece| piece.text.end().min(span.end()) - piece.text.start().max(span.start()))
                .sum();
            if covered < span.len() || !pieces.iter().all(|piece| self.is_free(piece, span)) {
                return false;
            }
            let place = match pieces.first() {
                Some(first) => CharacterEnd::new(first, span).map(|end| self.annotator.runs.before(end)),
                None => self.between(text, line, start),
            };
            let Some(at) = place else {
                return false;
            };
            places.push(Place { span, at, run: at.run, story: document.runs[at.run].story, gone: edit.span });
        }
        for Place { span, at, run, story, gone } in places {
            let pieces = text.text.layout.pieces(span);
            for segment in segments(document, pieces, span) {
                let (from, to) = (self.annotator.runs.before(segment.first), self.annotator.runs.behind(segment.last));
                let open = format!("<w:ins {}>", self.attributes());
                self.annotator.cuts.entry(story).or_default().insert(from, to, open);
            }
            let gone = before[gone.range()].replace(OBJECT, "");
            if !gone.is_empty() {
                let properties = document.runs[run].properties.map(|span| &document.stories[story].xml[span.range()]);
                let properties = properties
                    .map_or_else(String::new, |xml| tag::renumbered(xml, &mut self.annotator.inventory.changes));
                let deletion = deletion(&self.attributes(), &properties, &gone);
                self.annotator.cuts.entry(story).or_default().at(at).added += &deletion;
            }
        }
        true
    }

    /// The place in a line before this byte, at which nothing came.
    fn between(&mut self, text: &WordText, line: Span, at: usize) -> Option<CutPoint> {
        let layout = &text.text.layout;
        let is_free = |piece: &TextPiece| self.annotator.document.is_free(piece);
        if at > line.start() {
            let before = layout.pieces(Span::new(at - 1, at)).first().filter(|piece| is_free(piece))?;
            let end = last_character(before, Span::new(at, at))?;
            return Some(self.annotator.runs.behind(end));
        }
        let next = layout.pieces(Span::new(at, (at + 1).min(line.end()))).first().filter(|piece| is_free(piece))?;
        let end = CharacterEnd::new(next, next.text)?;
        Some(self.annotator.runs.before(end))
    }

    /// True if the part of a piece can be a tracked change of its own.
    fn is_free(&mut self, piece: &TextPiece, span: Span) -> bool {
        let is_whole = span.start() <= piece.text.start() && piece.text.end() <= span.end();
        self.annotator.document.is_free(piece)
            && (piece.form == PieceForm::Copied || is_whole)
            && self.annotator.runs.is_free(piece)
    }

    /// Makes a paragraph one that was put in as a whole, with its mark if that came with it.
    fn whole(&mut self, index: usize, mark: Option<TrackKind>) -> Result<(), AnnotateError> {
        let ParagraphPlace { is_plain, is_mixed, ends_section, .. } = self.paragraphs.all[index];
        if !is_plain {
            return Err(no_place("what came in stands in a text box, a field or a control"));
        }
        if is_mixed {
            return Err(no_place(
                "a formula, a control or a simple field came in, which no tracked change of words takes out",
            ));
        }
        if let Some(mark) = mark.filter(|_| !ends_section) {
            self.mark(index, mark);
        }
        for run in self.paragraphs.all[index].runs.clone() {
            let open = format!("<w:ins {}>", self.attributes());
            self.edits.push((Span::new(run.start(), run.start()), open));
            self.edits.push((Span::new(run.end(), run.end()), "</w:ins>".to_owned()));
        }
        self.inserted.insert(index);
        Ok(())
    }

    /// Writes that the mark at the end of a paragraph came, or goes.
    fn mark(&mut self, index: usize, mark: TrackKind) {
        let change = format!("<w:{} {}/>", mark.name(), self.attributes());
        let ParagraphPlace { tag, properties, mark, mark_at, .. } = &self.paragraphs.all[index];
        let xml = &self.annotator.document.stories[self.main].xml;
        let whole = format!("<w:rPr>{change}</w:rPr>");
        let edit = match (properties, mark) {
            (_, Some(TagPlace { span, is_empty: false })) => (Span::new(span.end(), span.end()), change),
            (_, Some(TagPlace { span, is_empty: true })) => (*span, whole),
            (Some(TagPlace { span, is_empty: true }), None) => {
                let open = xml[span.range()].trim_end_matches('>').trim_end_matches('/');
                (*span, format!("{open}>{whole}</w:pPr>"))
            }
            (Some(_), None) => (Span::new(*mark_at, *mark_at), whole),
            (None, None) => (Span::new(tag.span.end(), tag.span.end()), format!("<w:pPr>{whole}</w:pPr>")),
        };
        self.edits.push(edit);
    }

    /// Writes what is deleted before a paragraph, or before the part of the body that it is in.
    fn flush_before(&mut self, place: Option<usize>, is_in_table: bool) -> Result<(), AnnotateError> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let Some(place) = place else {
            // Notes and headers stand behind the body.
            return self.flush_behind();
        };
        let ParagraphPlace { is_plain, part, .. } = self.paragraphs.all[place];
        // What stood before a table stands before it; what was in it stands in the cell.
        let is_begun = self.last.is_some_and(|last| self.paragraphs.all[last].part == part);
        if !is_plain && is_begun {
            return Err(no_place("what is gone stood in a text box, a field or a control"));
        }
        if is_in_table && is_begun {
            self.write_deleted_before(place);
        } else {
            self.write_deleted(part.start());
        }
        Ok(())
    }

    /// Writes what is deleted behind the last paragraph.
    fn flush_behind(&mut self) -> Result<(), AnnotateError> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let Some(last) = self.last else {
            // Nothing of the text stays: it goes before the last paragraph, which holds nothing.
            let mut bare = self.paragraphs.all.iter().filter(|paragraph| paragraph.is_plain && paragraph.row.is_none());
            let at = bare.next_back().ok_or_else(|| no_place("nothing of its text stays"))?.span.start();
            self.write_deleted(at);
            return Ok(());
        };
        let ParagraphPlace { is_plain, part, .. } = self.paragraphs.all[last];
        if !is_plain {
            return Err(no_place("what is gone stood in a text box, a field or a control"));
        }
        self.write_deleted(part.end());
        Ok(())
    }

    /// Writes what is deleted before a paragraph, in the cell that this stands in.
    fn write_deleted_before(&mut self, place: usize) {
        let ParagraphPlace { span, row, .. } = self.paragraphs.all[place];
        self.kept_rows.extend(row);
        self.write_deleted(span.start());
    }

    /// Writes what is deleted at a byte of the document.
    fn write_deleted(&mut self, at: usize) {
        let mut xml = String::new();
        for deleted in std::mem::take(&mut self.pending) {
            match deleted {
                Deleted::Paragraph(old, mark) => {
                    let line = old.document_line(self.old);
                    self.times.begin(&line, &line_edits(&line, ""), mark);
                    let mark = mark.map_or_else(String::new, |mark| {
                        format!("<w:pPr><w:rPr><w:{} {}/></w:rPr></w:pPr>", mark.name(), self.attributes())
                    });
                    let run = deletion(&self.attributes(), "", &line.replace(OBJECT, ""));
                    xml += &format!("<w:p>{mark}{run}</w:p>");
                }
                Deleted::Table(rows) => {
                    let ids = &mut self.annotator.inventory.changes;
                    let mut body = BodyWriter::numbered_above(ids.next() as usize);
                    let cell = |cell: &BodyParagraph| cell.in_document(self.old);
                    let olds: Vec<BodyRow> =
                        rows.iter().filter_map(|(old, _)| *old).map(|row| row.iter().map(cell).collect()).collect();
                    body.table(olds.iter().map(|row| (Some(row), None)));
                    body.ids().for_each(|id| ids.take(&id.to_string()));
                    self.changes += body.changes;
                    xml += &body.xml;
                }
            }
        }
        self.edits.push((Span::new(at, at), xml));
    }

    /// Marks the rows of tables that came as a whole.
    fn rows(&mut self) {
        for row in 0..self.paragraphs.rows.len() {
            let place = &self.paragraphs.rows[row];
            let (paragraphs, tag, properties, at) =
                (place.paragraphs.clone(), place.tag, place.properties, place.mark_at);
            let mut own = paragraphs.clone().filter(|index| self.paragraphs.all[*index].row == Some(row)).peekable();
            let is_bare = |index: &usize| self.paragraphs.all[*index].runs.is_empty();
            let has_text = !self.kept_rows.contains(&row) && own.clone().any(|index| self.inserted.contains(&index));
            if own.peek().is_none() || !has_text || !own.all(|index| self.inserted.contains(&index) || is_bare(&index))
            {
                continue;
            }
            let change = format!("<w:ins {}/>", self.attributes());
            let edit = match properties {
                Some(TagPlace { span, is_empty: true }) => (span, format!("<w:trPr>{change}</w:trPr>")),
                Some(_) => (Span::new(at, at), change),
                None => {
                    (Span::new(at.max(tag.span.end()), at.max(tag.span.end())), format!("<w:trPr>{change}</w:trPr>"))
                }
            };
            self.edits.push(edit);
        }
    }
}

/// A run of deleted text.
fn deletion(attributes: &str, properties: &str, text: &str) -> String {
    let content = deleted_content(text, "w:").unwrap_or_default();
    format!("<w:del {attributes}><w:r>{properties}{content}</w:r></w:del>")
}
