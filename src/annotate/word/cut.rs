//! Runs cut in pieces, so that a comment or a tracked change begins and ends at a character.

use std::collections::BTreeMap;
use std::ops::Range;

use super::grid::{End, Grid, Key, Kind, Reach};
use super::ids::Ids;
use super::survey::Names;
use super::tag;
use crate::draft::paper::Piece;
use crate::draft::word::Document;

/// The stretches to delete of the bytes `text`: each in one run, with nothing between its characters that is not text.
pub(super) fn segments(document: &Document, pieces: &[Piece], text: &Range<usize>) -> Vec<Reach> {
    let joined = |a: &Piece, b: &Piece| {
        let Some(run) = document.runs.get(a.run) else {
            return false;
        };
        let xml = &document.stories[run.story].xml;
        a.run == b.run && a.xml.end <= b.xml.start && is_only_text(&xml[a.xml.end..b.xml.start])
    };
    let reach = |some: &[Piece]| {
        let (first, last) = (some.first()?, some.last()?);
        Some(Reach { first: End::of(first, text), last: End::of(last, text) })
    };
    pieces.chunk_by(joined).filter_map(reach).collect()
}

/// Whether XML between two characters of a run holds nothing but ends and starts of text elements.
fn is_only_text(xml: &str) -> bool {
    xml.split('<').skip(1).all(|tag| matches!(tag::local_name(tag), "t" | "delText" | "lastRenderedPageBreak"))
}

/// What is put where a run is cut, in this order.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) insertion: String,
    pub(super) ends: String,
    pub(super) starts: String,
}

/// The cuts of one part.
#[derive(Debug, Default)]
pub(super) struct Cuts {
    all: BTreeMap<Key, Content>,
    /// What is deleted: the bytes, and the start tag of the tracked change.
    deleted: Vec<(Range<usize>, String)>,
}

impl Cuts {
    /// What is put at a place.
    pub(super) fn at(&mut self, key: Key) -> &mut Content {
        self.all.entry(key).or_default()
    }

    /// Deletes a stretch of one run by a tracked change that begins with this tag.
    pub(super) fn delete(&mut self, from: Key, to: Key, tag: String) {
        self.all.entry(from).or_default();
        self.all.entry(to).or_default();
        self.deleted.push((from.at..to.at, tag));
    }

    /// The deletion that what stands right before, or right behind, a byte is in.
    fn deletion(&self, at: usize, is_behind: bool) -> Option<&(Range<usize>, String)> {
        let next = self.deleted.partition_point(|(span, _)| span.start < at || is_behind && span.start == at);
        let last = next.checked_sub(1).map(|last| &self.deleted[last])?;
        let holds = if is_behind { at < last.0.end } else { at <= last.0.end };
        holds.then_some(last)
    }

    /// The part, which is this story of the document, with all cuts made.
    pub(super) fn apply(
        mut self,
        document: &Document,
        story: usize,
        grid: &Grid<'_>,
        names: &Names,
        ids: &mut Ids,
    ) -> String {
        self.deleted.sort_by_key(|(span, _)| span.start);
        let cutter = Cutter { document, story, grid, names, cuts: &self };
        let xml = &document.stories[story].xml;
        // What is put in the place of which bytes.
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        for (key, content) in &self.all {
            edits.push((key.at..key.at, cutter.cut(key, content, ids)));
            if let Kind::InText(node) = key.kind {
                edits.extend(cutter.preserved(node));
            }
        }
        if !self.deleted.is_empty() {
            for (node, extent) in grid.extents(story) {
                edits.extend(cutter.renamed(node, extent));
            }
        }
        edits.sort_by_key(|(span, _)| (span.start, span.end));
        edits.dedup();
        let mut changed = String::with_capacity(xml.len() * 2);
        let mut done = 0;
        for (span, text) in edits {
            // Two may take out the same white space.
            changed.push_str(&xml[done..span.start.max(done)]);
            changed.push_str(&text);
            done = done.max(span.end);
        }
        changed.push_str(&xml[done..]);
        changed
    }
}

/// Writes what is cut.
struct Cutter<'d> {
    document: &'d Document,
    story: usize,
    grid: &'d Grid<'d>,
    names: &'d Names,
    cuts: &'d Cuts,
}

impl Cutter<'_> {
    fn xml(&self) -> &str {
        &self.document.stories[self.story].xml
    }

    /// What is written at a cut.
    fn cut(&self, key: &Key, content: &Content, ids: &mut Ids) -> String {
        let Content { insertion, ends, starts } = content;
        let run = &self.document.runs[key.run];
        let run_tag = &self.xml()[run.tag.clone()];
        // A cut at the edge of a run is not inside what is deleted of a neighbour.
        let left = if key.kind == Kind::Before { None } else { self.cuts.deletion(key.at, false) };
        let right = if key.kind == Kind::Behind { None } else { self.cuts.deletion(key.at, true) };
        let mut text = String::new();
        if let Kind::InText(node) = key.kind {
            text += &format!("</{}>", self.node_name(node, left.is_some()));
        }
        if matches!(key.kind, Kind::InText(_) | Kind::Between) {
            text += &format!("</{}>", tag::name(run_tag));
        }
        if left.is_some() {
            text += &format!("</{}del>", self.names.prefix);
        }
        text = text + insertion + ends + starts;
        if let Some((span, open)) = right {
            // One that goes on behind a comment is another change.
            text += &if span.start == key.at { open.clone() } else { tag::with_id(open, ids.next()) };
        }
        if matches!(key.kind, Kind::InText(_) | Kind::Between) {
            text += run_tag;
            text += &run.properties.clone().map_or_else(String::new, |span| tag::renumbered(&self.xml()[span], ids));
        }
        if let Kind::InText(node) = key.kind {
            text += &if right.is_some() {
                format!("<{} xml:space=\"preserve\">", self.node_name(node, true))
            } else {
                tag::preserving(&self.xml()[self.document.nodes[node].tag.clone()])
            };
        }
        text
    }

    /// The name of a text element, as it is or as it is when deleted.
    fn node_name(&self, node: usize, is_deleted: bool) -> String {
        if is_deleted {
            return format!("{}delText", self.names.prefix);
        }
        tag::name(&self.xml()[self.document.nodes[node].tag.clone()]).to_owned()
    }

    /// A text element that is cut keeps the white space at its ends; what did not count before is taken out.
    fn preserved(&self, node: usize) -> Vec<(Range<usize>, String)> {
        let known = &self.document.nodes[node];
        let Some(extent) = self.grid.extent(node).filter(|_| !known.preserves) else {
            return Vec::new();
        };
        let mut edits =
            vec![(known.tag.end..extent.start, String::new()), (extent.end..self.close(node), String::new())];
        if self.cuts.deletion(extent.start, true).is_none() {
            edits.push((known.tag.clone(), tag::preserving(&self.xml()[known.tag.clone()])));
        }
        edits.retain(|(span, text)| !span.is_empty() || !text.is_empty());
        edits
    }

    /// Where the end tag of a text element begins.
    fn close(&self, node: usize) -> usize {
        let known = &self.document.nodes[node];
        self.xml()[known.tag.end..known.span.end].rfind("</").map_or(known.span.end, |at| known.tag.end + at)
    }

    /// The tags of a text element as they are when what stands at them is deleted.
    fn renamed(&self, node: usize, extent: &Range<usize>) -> Vec<(Range<usize>, String)> {
        let known = &self.document.nodes[node];
        let name = self.node_name(node, true);
        let mut edits = Vec::new();
        // White space that did not count does not count now.
        let (from, to) = if known.preserves { (known.tag.end, self.close(node)) } else { (extent.start, extent.end) };
        if self.cuts.deletion(extent.start, true).is_some() {
            edits.push((known.tag.start..from, format!("<{name} xml:space=\"preserve\">")));
        }
        if self.cuts.deletion(extent.end, false).is_some() {
            edits.push((to..known.span.end, format!("</{name}>")));
        }
        edits
    }
}
