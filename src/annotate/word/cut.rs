//! Runs cut in pieces, so that a comment or a tracked change begins and ends at a character.

use std::collections::BTreeMap;

use super::ids::Ids;
use super::inventory::WordPrefix;
use super::runs::{CharacterRange, CutKind, CutPoint, RunIndex};
use super::tag;
use crate::annotate::copy::{self, Inserts};
use crate::annotate::times::TrackKind;
use crate::draft::document::XmlSpan;
use crate::draft::layout::TextPiece;
use crate::draft::word::WordDocument;
use crate::span::Span;

/// The stretches to delete of the bytes `text`: each in one run, with nothing between its characters that is not text.
pub(super) fn segments(document: &WordDocument, pieces: &[TextPiece], text: Span) -> Vec<CharacterRange> {
    let joined = |a: &TextPiece, b: &TextPiece| {
        let Some(run) = a.anchor.run().and_then(|run| document.runs.get(run)) else {
            return false;
        };
        let xml = &document.stories[run.story].xml;
        a.anchor.run() == b.anchor.run()
            && a.xml.end() <= b.xml.start()
            && is_only_text(&xml[a.xml.end()..b.xml.start()])
    };
    let range = |some: &[TextPiece]| CharacterRange::new(some.first()?, some.last()?, text);
    pieces.chunk_by(joined).filter_map(range).collect()
}

/// True for XML between two characters of a run that holds nothing but ends and starts of text elements.
fn is_only_text(xml: &str) -> bool {
    xml.split('<').skip(1).all(|tag| matches!(tag::local_name(tag), "t" | "delText" | "lastRenderedPageBreak"))
}

/// The cuts of one part.
#[derive(Debug, Default)]
pub(super) struct Cuts {
    all: BTreeMap<CutPoint, Inserts>,
    /// The stretches that are deleted, or that count as inserted.
    tracked: Vec<TrackedStretch>,
    /// The bytes that are taken out, which hold no text: marks of comments.
    removed: Vec<XmlSpan>,
    /// What is written between the paragraphs and into their properties.
    edits: Vec<(XmlSpan, String)>,
}

/// Some bytes of one run that are a tracked change.
#[derive(Debug)]
struct TrackedStretch {
    span: XmlSpan,
    kind: TrackKind,
    /// The start tag of the change.
    open: String,
}

impl Cuts {
    /// The texts that are put in at a place.
    pub(super) fn at(&mut self, key: CutPoint) -> &mut Inserts {
        self.all.entry(key).or_default()
    }

    /// Takes out some bytes that hold no text.
    pub(super) fn remove(&mut self, xml: XmlSpan) {
        self.removed.push(xml);
    }

    /// Deletes a stretch of one run by a tracked change that begins with this tag.
    pub(super) fn delete(&mut self, from: CutPoint, to: CutPoint, tag: String) {
        self.track(from, to, TrackKind::Deleted, tag);
    }

    /// Makes a stretch of one run one that was inserted, by a tracked change that begins with this tag.
    pub(super) fn insert(&mut self, from: CutPoint, to: CutPoint, tag: String) {
        self.track(from, to, TrackKind::Inserted, tag);
    }

    fn track(&mut self, from: CutPoint, to: CutPoint, kind: TrackKind, open: String) {
        self.all.entry(from).or_default();
        self.all.entry(to).or_default();
        self.tracked.push(TrackedStretch { span: Span::new(from.at, to.at), kind, open });
    }

    /// Writes something between the paragraphs, or into their properties.
    pub(super) fn edit(&mut self, edits: Vec<(XmlSpan, String)>) {
        self.edits.extend(edits);
    }

    /// The stretch that what stands right before, or right behind, a byte is in.
    fn stretch(&self, at: usize, is_behind: bool) -> Option<&TrackedStretch> {
        let next =
            self.tracked.partition_point(|known| known.span.start() < at || is_behind && known.span.start() == at);
        let last = next.checked_sub(1).map(|last| &self.tracked[last])?;
        let holds = if is_behind { at < last.span.end() } else { at <= last.span.end() };
        holds.then_some(last)
    }

    /// True if what stands right before, or right behind, a byte is deleted.
    fn is_deleted(&self, at: usize, is_behind: bool) -> bool {
        self.stretch(at, is_behind).is_some_and(|known| known.kind == TrackKind::Deleted)
    }

    /// The part, which is this story of the document, with all cuts made.
    pub(super) fn apply(
        mut self,
        document: &WordDocument,
        story: usize,
        runs: &RunIndex<'_>,
        names: &WordPrefix,
        ids: &mut Ids,
    ) -> String {
        self.tracked.sort_by_key(|known| known.span.start());
        // The properties of a paragraph stand before its runs.
        let mut edits = std::mem::take(&mut self.edits);
        let cutter = Cutter { document, story, runs, names, cuts: &self };
        let xml = &document.stories[story].xml;
        for (key, inserts) in &self.all {
            edits.push((Span::new(key.at, key.at), cutter.cut(key, inserts, ids)));
            if let CutKind::InText(node) = key.kind {
                edits.extend(cutter.preserved(node));
            }
        }
        if !self.tracked.is_empty() {
            for (node, extent) in runs.extents(story) {
                edits.extend(cutter.renamed(node, extent));
            }
        }
        edits.extend(self.removed.iter().map(|xml| (*xml, String::new())));
        // Two may take out the same white space.
        edits.sort_by_key(|(span, _)| *span);
        edits.dedup();
        copy::replaced(xml, edits)
    }
}

/// Writes the texts at the cuts.
struct Cutter<'d> {
    document: &'d WordDocument,
    story: usize,
    runs: &'d RunIndex<'d>,
    names: &'d WordPrefix,
    cuts: &'d Cuts,
}

impl Cutter<'_> {
    fn xml(&self) -> &str {
        &self.document.stories[self.story].xml
    }

    /// The text that is written at a cut.
    fn cut(&self, key: &CutPoint, inserts: &Inserts, ids: &mut Ids) -> String {
        let run = &self.document.runs[key.run];
        let run_tag = &self.xml()[run.tag.range()];
        // A cut at the edge of a run is not inside what is deleted of a neighbour.
        let left = if key.kind == CutKind::Before { None } else { self.cuts.stretch(key.at, false) };
        let right = if key.kind == CutKind::Behind { None } else { self.cuts.stretch(key.at, true) };
        let is_deleted = |stretch: Option<&TrackedStretch>| stretch.is_some_and(|it| it.kind == TrackKind::Deleted);
        let mut text = String::new();
        if let CutKind::InText(node) = key.kind {
            text += &format!("</{}>", self.node_name(node, is_deleted(left)));
        }
        if matches!(key.kind, CutKind::InText(_) | CutKind::Between) {
            text += &format!("</{}>", tag::name(run_tag));
        }
        if let Some(left) = left {
            text += &format!("</{}{}>", self.names.prefix, left.kind.name());
        }
        text += &inserts.concat();
        if let Some(TrackedStretch { span, open, .. }) = right {
            // One that goes on behind a comment is another change.
            text += &if span.start() == key.at { open.clone() } else { tag::with_id(open, ids.next()) };
        }
        if matches!(key.kind, CutKind::InText(_) | CutKind::Between) {
            text += run_tag;
            text += &run.properties.map_or_else(String::new, |span| tag::renumbered(&self.xml()[span.range()], ids));
        }
        if let CutKind::InText(node) = key.kind {
            text += &if is_deleted(right) {
                format!("<{} xml:space=\"preserve\">", self.node_name(node, true))
            } else {
                tag::preserving(&self.xml()[self.document.nodes[node].tag.range()])
            };
        }
        text
    }

    /// The name of a text element, as it is or as it is when deleted.
    fn node_name(&self, node: usize, is_deleted: bool) -> String {
        if is_deleted {
            return format!("{}delText", self.names.prefix);
        }
        tag::name(&self.xml()[self.document.nodes[node].tag.range()]).to_owned()
    }

    /// A text element that is cut keeps the white space at its ends; what did not count before is taken out.
    fn preserved(&self, node: usize) -> Vec<(XmlSpan, String)> {
        let known = &self.document.nodes[node];
        let Some(extent) = self.runs.extent(node).filter(|_| !known.preserves) else {
            return Vec::new();
        };
        let blanks = [Span::new(known.tag.end(), extent.start()), Span::new(extent.end(), self.close(node))];
        let mut edits: Vec<_> =
            blanks.into_iter().filter(|blank| !blank.is_empty()).map(|b| (b, String::new())).collect();
        if !self.cuts.is_deleted(extent.start(), true) {
            edits.push((known.tag, tag::preserving(&self.xml()[known.tag.range()])));
        }
        edits
    }

    /// The byte at which the end tag of a text element begins.
    fn close(&self, node: usize) -> usize {
        let known = &self.document.nodes[node];
        self.xml()[known.tag.end()..known.span.end()].rfind("</").map_or(known.span.end(), |at| known.tag.end() + at)
    }

    /// The tags of a text element as they are when what stands at them is deleted.
    fn renamed(&self, node: usize, extent: XmlSpan) -> Vec<(XmlSpan, String)> {
        let known = &self.document.nodes[node];
        let name = self.node_name(node, true);
        let mut edits = Vec::new();
        // White space that did not count does not count now.
        let text = if known.preserves { Span::new(known.tag.end(), self.close(node)) } else { extent };
        if self.cuts.is_deleted(extent.start(), true) {
            let tag = Span::new(known.tag.start(), text.start());
            edits.push((tag, format!("<{name} xml:space=\"preserve\">")));
        }
        if self.cuts.is_deleted(extent.end(), false) {
            edits.push((Span::new(text.end(), known.span.end()), format!("</{name}>")));
        }
        edits
    }
}
