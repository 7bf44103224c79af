//! Runs cut in pieces, so that a comment or a tracked change begins and ends at a character.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::draft::paper::{Form, Paper, Piece};
use crate::draft::word::Document;

/// A character of a document, as one end of something.
#[derive(Debug, Clone)]
pub(super) struct End {
    pub(super) run: usize,
    /// What stands for it in its part.
    xml: Range<usize>,
    /// The text element that it stands in; `None` if it is an element itself.
    node: Option<usize>,
}

impl End {
    /// The characters of a piece that are of the bytes `text`: the first of them before which something is cut, or the last of them
    /// behind which it is.
    pub(super) fn of(piece: &Piece, text: &Range<usize>) -> End {
        let node = (piece.form != Form::Element).then_some(piece.node);
        End { run: piece.run, xml: piece.xml_of(text), node }
    }
}

/// From one character to another.
#[derive(Debug, Clone)]
pub(super) struct Reach {
    pub(super) first: End,
    pub(super) last: End,
}

impl Reach {
    /// All of a run.
    pub(super) fn of_run(document: &Document, run: usize) -> Reach {
        let end = End { run, xml: document.runs[run].span.clone(), node: None };
        Reach { first: end.clone(), last: end }
    }

    /// The characters of `pieces` in the bytes `text`; `None` if there are none.
    pub(super) fn of(pieces: &[Piece], text: &Range<usize>) -> Option<Reach> {
        Some(Reach { first: End::of(pieces.first()?, text), last: End::of(pieces.last()?, text) })
    }
}

/// The stretches to delete of the bytes `text`: each in one run, with nothing between its characters that is not text.
pub(super) fn segments(document: &Document, pieces: &[Piece], text: &Range<usize>) -> Vec<Reach> {
    let joined = |a: &Piece, b: &Piece| {
        let Some(run) = document.runs.get(a.run) else {
            return false;
        };
        let xml = &document.stories[run.story].xml;
        a.run == b.run && a.xml.end <= b.xml.start && is_only_text(&xml[a.xml.end..b.xml.start])
    };
    let in_runs = |some: &&[Piece]| some.iter().all(|piece| piece.run < document.runs.len());
    pieces.chunk_by(joined).filter(in_runs).filter_map(|some| Reach::of(some, text)).collect()
}

/// Whether XML between two characters of a run holds nothing but ends and starts of text elements.
fn is_only_text(xml: &str) -> bool {
    xml.split('<').skip(1).all(|tag| {
        let name = tag.trim_start_matches('/').split(['>', ' ', '/', '\t', '\r', '\n']).next().unwrap_or_default();
        matches!(name.rsplit(':').next(), Some("t" | "delText" | "lastRenderedPageBreak"))
    })
}

/// The start tag of a tracked change with another number.
pub(super) fn with_id(tag: &str, prefix: &str, id: u64) -> String {
    let key = format!("{prefix}id=\"");
    let Some(at) = tag.find(&key).map(|at| at + key.len()) else {
        return tag.to_owned();
    };
    let end = tag[at..].find('"').map_or(tag.len(), |len| at + len);
    format!("{}{id}{}", &tag[..at], &tag[end..])
}

/// How a place lies in its run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Before,
    /// Between two elements of the run.
    Between,
    /// In this text element.
    InText(usize),
    Behind,
}

/// What is put where a run is cut, in this order.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) insertion: String,
    pub(super) ends: String,
    pub(super) starts: String,
}

/// The cuts of one part.
pub(super) struct Cuts<'d> {
    document: &'d Document,
    story: usize,
    /// By where they are: the byte of the part, the run, how it lies in it.
    all: BTreeMap<(usize, usize, Kind), Content>,
    /// What is deleted: the bytes, and the start tag of the tracked change.
    deleted: Vec<(Range<usize>, String)>,
    /// Where the characters of each run begin and end.
    extents: HashMap<usize, Range<usize>>,
    /// The same of each text element.
    nodes: HashMap<usize, Range<usize>>,
}

impl<'d> Cuts<'d> {
    pub(super) fn new(document: &'d Document, papers: &[&Paper], story: usize) -> Cuts<'d> {
        let mut cuts = Cuts {
            document,
            story,
            all: BTreeMap::new(),
            deleted: Vec::new(),
            extents: HashMap::new(),
            nodes: HashMap::new(),
        };
        let grow = |known: &mut Range<usize>, more: &Range<usize>| {
            *known = known.start.min(more.start)..known.end.max(more.end);
        };
        let pieces = papers.iter().flat_map(|paper| &paper.pieces);
        for piece in pieces.filter(|piece| document.runs.get(piece.run).is_some_and(|run| run.story == story)) {
            grow(cuts.extents.entry(piece.run).or_insert(piece.xml.clone()), &piece.xml);
            if piece.form != Form::Element {
                grow(cuts.nodes.entry(piece.node).or_insert(piece.xml.clone()), &piece.xml);
            }
        }
        cuts
    }

    /// The cut before a character.
    pub(super) fn before(&mut self, end: &End) -> &mut Content {
        let key = self.key_before(end);
        self.all.entry(key).or_default()
    }

    /// The cut behind a character.
    pub(super) fn behind(&mut self, end: &End) -> &mut Content {
        let key = self.key_behind(end);
        self.all.entry(key).or_default()
    }

    fn key_before(&self, end: &End) -> (usize, usize, Kind) {
        let run = &self.document.runs[end.run];
        let at = end.xml.start;
        if self.extents.get(&end.run).is_none_or(|extent| at <= extent.start) {
            return (run.span.start, end.run, Kind::Before);
        }
        match end.node {
            None => (at, end.run, Kind::Between),
            Some(node) if self.nodes.get(&node).is_none_or(|known| at <= known.start) => {
                (self.document.nodes[node].span.start, end.run, Kind::Between)
            }
            Some(node) => (at, end.run, Kind::InText(node)),
        }
    }

    fn key_behind(&self, end: &End) -> (usize, usize, Kind) {
        let run = &self.document.runs[end.run];
        let at = end.xml.end;
        if self.extents.get(&end.run).is_none_or(|extent| at >= extent.end) {
            return (run.span.end, end.run, Kind::Behind);
        }
        match end.node {
            None => (at, end.run, Kind::Between),
            Some(node) if self.nodes.get(&node).is_none_or(|known| at >= known.end) => {
                (self.document.nodes[node].span.end, end.run, Kind::Between)
            }
            Some(node) => (at, end.run, Kind::InText(node)),
        }
    }

    /// Deletes a stretch of one run by a tracked change that begins with this tag.
    pub(super) fn delete(&mut self, reach: Reach, tag: String) {
        let (from, to) = (self.key_before(&reach.first), self.key_behind(&reach.last));
        self.all.entry(from).or_default();
        self.all.entry(to).or_default();
        self.deleted.push((from.0..to.0, tag));
    }

    /// The tag of the deletion that what stands right before, or right behind, a byte is in.
    fn deletion(&self, at: usize, is_behind: bool) -> Option<&str> {
        let next = self.deleted.partition_point(|(span, _)| span.start < at || is_behind && span.start == at);
        let (span, tag) = next.checked_sub(1).map(|last| &self.deleted[last])?;
        let holds = if is_behind { at < span.end } else { at <= span.end };
        holds.then_some(tag.as_str())
    }

    /// The part with all cuts made.
    pub(super) fn apply(mut self) -> String {
        self.deleted.sort_by_key(|(span, _)| span.start);
        let xml = &self.document.stories[self.story].xml;
        // What is put in the place of which bytes.
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        for (&(at, run, kind), content) in &self.all {
            edits.push((at..at, self.cut(at, run, kind, content)));
            if let Kind::InText(node) = kind {
                edits.extend(self.preserved(node));
            }
        }
        for (&node, extent) in &self.nodes {
            edits.extend(self.renamed(node, extent));
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

    /// What is written at a cut.
    fn cut(&self, at: usize, run: usize, kind: Kind, content: &Content) -> String {
        let story = &self.document.stories[self.story];
        let p = &story.prefix;
        let Content { insertion, ends, starts } = content;
        // A cut at the edge of a run is not inside what is deleted of a neighbour.
        let left = if kind == Kind::Before { None } else { self.deletion(at, false) };
        let right = if kind == Kind::Behind { None } else { self.deletion(at, true) };
        let mut text = String::new();
        if let Kind::InText(node) = kind {
            text += &format!("</{}>", self.node_name(node, left.is_some()));
        }
        if matches!(kind, Kind::InText(_) | Kind::Between) {
            text += &format!("</{p}r>");
        }
        if left.is_some() {
            text += &format!("</{p}del>");
        }
        text = text + insertion + ends + starts;
        text += right.unwrap_or_default();
        if matches!(kind, Kind::InText(_) | Kind::Between) {
            let run = &self.document.runs[run];
            text += &story.xml[run.tag.clone()];
            text += run.properties.clone().map_or("", |span| &story.xml[span]);
        }
        if let Kind::InText(node) = kind {
            text += &format!("<{} xml:space=\"preserve\">", self.node_name(node, right.is_some()));
        }
        text
    }

    /// The name of a text element, as it is or as it is when deleted.
    fn node_name(&self, node: usize, is_deleted: bool) -> String {
        let story = &self.document.stories[self.story];
        if is_deleted {
            return format!("{}delText", story.prefix);
        }
        let tag = &story.xml[self.document.nodes[node].tag.clone()];
        tag.trim_start_matches('<').split(['>', ' ', '/', '\t', '\r', '\n']).next().unwrap_or_default().to_owned()
    }

    /// A text element that is cut keeps the white space at its ends; what did not count before is taken out.
    fn preserved(&self, node: usize) -> Vec<(Range<usize>, String)> {
        let known = &self.document.nodes[node];
        let Some(extent) = self.nodes.get(&node).filter(|_| !known.preserves) else {
            return Vec::new();
        };
        let mut edits =
            vec![(known.tag.end..extent.start, String::new()), (extent.end..self.close(node), String::new())];
        if self.deletion(extent.start, true).is_none() {
            edits.push((known.tag.end - 1..known.tag.end - 1, " xml:space=\"preserve\"".to_owned()));
        }
        edits.retain(|(span, text)| !span.is_empty() || !text.is_empty());
        edits
    }

    /// Where the end tag of a text element begins.
    fn close(&self, node: usize) -> usize {
        let xml = &self.document.stories[self.story].xml;
        let known = &self.document.nodes[node];
        xml[known.tag.end..known.span.end].rfind("</").map_or(known.span.end, |at| known.tag.end + at)
    }

    /// The tags of a text element as they are when what stands at them is deleted.
    fn renamed(&self, node: usize, extent: &Range<usize>) -> Vec<(Range<usize>, String)> {
        let known = &self.document.nodes[node];
        let name = self.node_name(node, true);
        let mut edits = Vec::new();
        // White space that did not count does not count now.
        let (from, to) = if known.preserves { (known.tag.end, self.close(node)) } else { (extent.start, extent.end) };
        if self.deletion(extent.start, true).is_some() {
            edits.push((known.tag.start..from, format!("<{name} xml:space=\"preserve\">")));
        }
        if self.deletion(extent.end, false).is_some() {
            edits.push((to..known.span.end, format!("</{name}>")));
        }
        edits
    }
}
