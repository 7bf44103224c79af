//! The runs of a document and what they hold, by the places between characters at which something can be put.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::tag::local_name;
use crate::draft::document::XmlSpan;
use crate::draft::layout::{TextLayout, TextPiece};
use crate::draft::word::WordDocument;
use crate::draft::xml::{XmlNode, XmlReader};
use crate::span::Span;

/// A character of a document, as one end of something.
#[derive(Debug, Clone, Copy)]
pub(super) struct CharacterEnd {
    pub(super) run: usize,
    /// The bytes that stand for it in its part.
    xml: XmlSpan,
    /// The text element that it stands in; `None` if it is an element itself.
    node: Option<usize>,
}

impl CharacterEnd {
    /// The characters of a piece that are of the bytes `text`: the first of them before which something is cut, or the last of them
    /// behind which it is. `None` if they stand in no run.
    pub(super) fn new(piece: &TextPiece, text: Span) -> Option<CharacterEnd> {
        Some(CharacterEnd { run: piece.anchor.run()?, xml: piece.xml_of(text), node: piece.anchor.node() })
    }
}

/// The characters from one to another.
#[derive(Debug, Clone, Copy)]
pub(super) struct CharacterRange {
    pub(super) first: CharacterEnd,
    pub(super) last: CharacterEnd,
}

impl CharacterRange {
    /// The characters from one piece to another that are of the bytes `text`.
    pub(super) fn new(first: &TextPiece, last: &TextPiece, text: Span) -> Option<CharacterRange> {
        Some(CharacterRange { first: CharacterEnd::new(first, text)?, last: CharacterEnd::new(last, text)? })
    }
}

/// The way in which a place lies in its run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CutKind {
    Before,
    /// Between two elements of the run.
    Between,
    /// In this text element.
    InText(usize),
    Behind,
}

/// A place between two characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CutPoint {
    /// The byte of the part.
    pub(super) at: usize,
    pub(super) run: usize,
    pub(super) kind: CutKind,
}

/// The elements of a run.
#[derive(Debug, Default)]
struct RunChildren {
    /// The bytes of each element.
    all: Vec<XmlSpan>,
    /// The indices of those that show something, and of all between them.
    seen: Range<usize>,
}

/// The elements of a run that stand for one character each, and can be deleted as text can.
const CHARACTERS: &[&str] = &["tab", "ptab", "br", "cr", "noBreakHyphen", "softHyphen", "sym"];

/// The runs of a document.
pub(super) struct RunIndex<'d> {
    document: &'d WordDocument,
    /// The bytes from the first to the last character of each text element, with the index of its story.
    nodes: HashMap<usize, (usize, XmlSpan)>,
    /// The bytes of the document itself at which something begins that is read, in order.
    starts: Vec<usize>,
    /// The elements of each run, once somebody has asked.
    runs: HashMap<usize, Rc<RunChildren>>,
}

impl<'d> RunIndex<'d> {
    /// The runs of a document, of whose text these are both versions.
    pub(super) fn new(document: &'d WordDocument, layouts: [&TextLayout; 2]) -> RunIndex<'d> {
        let mut nodes: HashMap<usize, (usize, XmlSpan)> = HashMap::new();
        let mut starts = Vec::new();
        for piece in layouts.into_iter().flat_map(|layout| &layout.pieces) {
            let Some(run) = piece.anchor.run().and_then(|run| document.runs.get(run)) else {
                continue;
            };
            if *document.stories[run.story].name == *document.main {
                starts.push(piece.xml.start());
            }
            if let Some(node) = piece.anchor.node() {
                let (_, known) = nodes.entry(node).or_insert((run.story, piece.xml));
                *known = Span::new(known.start().min(piece.xml.start()), known.end().max(piece.xml.end()));
            }
        }
        starts.sort_unstable();
        starts.dedup();
        RunIndex { document, nodes, starts, runs: HashMap::new() }
    }

    /// The number of things of the document itself that begin before a byte: what stands between the same two characters has the same number.
    pub(super) fn count_before(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start < at)
    }

    /// The bytes from the first to the last character of a text element.
    pub(super) fn extent(&self, node: usize) -> Option<XmlSpan> {
        self.nodes.get(&node).map(|(_, extent)| *extent)
    }

    /// The text elements of a story that are read, with the bytes from the first to the last of their characters.
    pub(super) fn extents(&self, story: usize) -> impl Iterator<Item = (usize, XmlSpan)> {
        self.nodes.iter().filter(move |(_, (of, _))| *of == story).map(|(node, (_, extent))| (*node, *extent))
    }

    fn children(&mut self, run: usize) -> Rc<RunChildren> {
        let document = self.document;
        Rc::clone(self.runs.entry(run).or_insert_with(|| {
            let run = &document.runs[run];
            Rc::new(RunChildren::read(&document.stories[run.story].xml, run.span))
        }))
    }

    /// The elements of the run of a character, and the index of the one that holds it.
    fn child(&mut self, run: usize, xml: XmlSpan) -> Option<(Rc<RunChildren>, usize)> {
        let children = self.children(run);
        let index = children.all.partition_point(|child| child.start() <= xml.start()).checked_sub(1)?;
        (xml.end() <= children.all[index].end()).then_some((children, index))
    }

    /// The place before a character. Where it stands deeper in its run, as the text of an image does, that is before the element
    /// of the run that it stands in.
    pub(super) fn before(&mut self, end: CharacterEnd) -> CutPoint {
        let run = end.run;
        let before = CutPoint { at: self.document.runs[run].span.start(), run, kind: CutKind::Before };
        let Some((children, index)) = self.child(run, end.xml) else {
            return before;
        };
        match end.node.filter(|&node| self.document.nodes[node].span == children.all[index]) {
            Some(node) if self.extent(node).is_some_and(|known| end.xml.start() > known.start()) => {
                CutPoint { at: end.xml.start(), run, kind: CutKind::InText(node) }
            }
            _ if index <= children.seen.start => before,
            _ => CutPoint { at: children.all[index].start(), run, kind: CutKind::Between },
        }
    }

    /// The place behind a character.
    pub(super) fn behind(&mut self, end: CharacterEnd) -> CutPoint {
        let run = end.run;
        let behind = CutPoint { at: self.document.runs[run].span.end(), run, kind: CutKind::Behind };
        let Some((children, index)) = self.child(run, end.xml) else {
            return behind;
        };
        match end.node.filter(|&node| self.document.nodes[node].span == children.all[index]) {
            Some(node) if self.extent(node).is_some_and(|known| end.xml.end() < known.end()) => {
                CutPoint { at: end.xml.end(), run, kind: CutKind::InText(node) }
            }
            _ if index + 1 >= children.seen.end => behind,
            _ => CutPoint { at: children.all[index].end(), run, kind: CutKind::Between },
        }
    }

    /// True if a tracked change can take out the characters of a piece: they stand in their run themselves, not in something that
    /// would be taken out with them.
    pub(super) fn is_free(&mut self, piece: &TextPiece) -> bool {
        let document = self.document;
        let child = piece.anchor.run().and_then(|run| Some((run, self.child(run, piece.xml)?)));
        let Some((run, (children, index))) = child else {
            return false;
        };
        let child = children.all[index];
        match piece.anchor.node() {
            Some(node) => document.nodes[node].span == child,
            None => {
                let xml = &document.stories[document.runs[run].story].xml;
                child == piece.xml && CHARACTERS.contains(&local_name(&xml[child.range()]))
            }
        }
    }
}

/// The byte at which the first mark of a note stands between the characters of these ranges, all of one part.
pub(super) fn first_mark(document: &WordDocument, ranges: &[CharacterRange]) -> Option<usize> {
    let (first, last) = (ranges.first()?.first, ranges.last()?.last);
    let story = document.runs[first.run].story;
    let between = document
        .references
        .iter()
        .filter(|&(_, &run)| (first.run..=last.run).contains(&run) && document.runs[run].story == story);
    let marks = between.map(|((_, note), run)| mark(document, *run, note).first.xml.start());
    marks.filter(|at| (first.xml.start()..last.xml.end()).contains(at)).min()
}

/// The mark of a note in a run, or all of the run where it is not found.
pub(super) fn mark(document: &WordDocument, run: usize, note: &str) -> CharacterRange {
    let known = &document.runs[run];
    let mut nodes = XmlReader::new(&document.stories[known.story].xml[known.span.range()]);
    let mut xml = known.span;
    while let Ok(Some(node)) = nodes.next() {
        if let XmlNode::Start(element) = node
            && matches!(element.name(), "footnoteReference" | "endnoteReference")
            && element.attribute("id").as_deref() == Some(note)
        {
            xml = moved(element.span, known.span.start());
            break;
        }
    }
    let end = CharacterEnd { run, xml, node: None };
    CharacterRange { first: end, last: end }
}

/// The bytes of a part that are these of something in it which begins at this byte.
fn moved(span: XmlSpan, by: usize) -> XmlSpan {
    Span::new(span.start() + by, span.end() + by)
}

impl RunChildren {
    /// Reads the run with these bytes of a part.
    fn read(xml: &str, run: XmlSpan) -> RunChildren {
        let mut nodes = XmlReader::new(&xml[run.range()]);
        let mut children = RunChildren::default();
        let (mut depth, mut start) = (0usize, 0);
        while let Ok(Some(node)) = nodes.next() {
            match node {
                XmlNode::Start(element) => {
                    if depth == 1 {
                        start = element.span.start();
                    }
                    depth += 1;
                }
                XmlNode::End(span) => {
                    depth = depth.saturating_sub(1);
                    if depth == 1 {
                        children.all.push(moved(Span::new(start, span.end()), run.start()));
                    }
                }
                XmlNode::Text(..) => {}
            }
        }
        let is_seen = |child: &XmlSpan| !matches!(local_name(&xml[child.range()]), "rPr" | "lastRenderedPageBreak");
        let first = children.all.iter().position(is_seen).unwrap_or(0);
        let last = children.all.iter().rposition(is_seen).unwrap_or(0);
        children.seen = first..last + 1;
        children
    }
}
