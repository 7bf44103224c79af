//! Where something can be put between the characters of a document: runs and what they hold.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::tag::local_name;
use crate::draft::paper::{Form, Paper, Piece};
use crate::draft::word::Document;
use crate::draft::xml::{Node, Nodes};

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
    /// All of a piece.
    pub(super) fn of(piece: &Piece) -> Reach {
        let end = End::of(piece, &piece.text);
        Reach { first: end.clone(), last: end }
    }
}

/// How a place lies in its run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Before,
    /// Between two elements of the run.
    Between,
    /// In this text element.
    InText(usize),
    Behind,
}

/// A place between two characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// The byte of the part.
    pub(super) at: usize,
    pub(super) run: usize,
    pub(super) kind: Kind,
}

/// What a run holds.
#[derive(Debug, Default)]
struct Children {
    /// The bytes of each element.
    all: Vec<Range<usize>>,
    /// From which to behind which of them there is something to see.
    seen: Range<usize>,
}

/// The elements of a run that stand for one character each, and can be deleted as text can.
const CHARACTERS: &[&str] = &["tab", "ptab", "br", "cr", "noBreakHyphen", "softHyphen", "sym"];

/// The runs of a document.
pub(super) struct Grid<'d> {
    document: &'d Document,
    /// Where the characters of each text element begin and end, with the index of its story.
    nodes: HashMap<usize, (usize, Range<usize>)>,
    /// The bytes of the document itself at which something begins that is read, in order.
    starts: Vec<usize>,
    /// What each run holds, once somebody has asked.
    runs: HashMap<usize, Rc<Children>>,
}

impl<'d> Grid<'d> {
    /// The runs of a document, of which these are the texts.
    pub(super) fn new(document: &'d Document, papers: [&Paper; 2]) -> Grid<'d> {
        let mut nodes: HashMap<usize, (usize, Range<usize>)> = HashMap::new();
        let mut starts = Vec::new();
        for piece in papers.into_iter().flat_map(|paper| &paper.pieces) {
            let Some(run) = document.runs.get(piece.run) else {
                continue;
            };
            if *document.stories[run.story].name == *document.main {
                starts.push(piece.xml.start);
            }
            if piece.form != Form::Element {
                let (_, known) = nodes.entry(piece.node).or_insert((run.story, piece.xml.clone()));
                *known = known.start.min(piece.xml.start)..known.end.max(piece.xml.end);
            }
        }
        starts.sort_unstable();
        starts.dedup();
        Grid { document, nodes, starts, runs: HashMap::new() }
    }

    /// How much of the document itself begins before a byte: what stands between the same two characters has the same number.
    pub(super) fn count_before(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start < at)
    }

    /// Where the characters of a text element begin and end.
    pub(super) fn extent(&self, node: usize) -> Option<&Range<usize>> {
        self.nodes.get(&node).map(|(_, extent)| extent)
    }

    /// The text elements of a story that are read, with where their characters begin and end.
    pub(super) fn extents(&self, story: usize) -> impl Iterator<Item = (usize, &Range<usize>)> {
        self.nodes.iter().filter(move |(_, (of, _))| *of == story).map(|(node, (_, extent))| (*node, extent))
    }

    fn children(&mut self, run: usize) -> Rc<Children> {
        let document = self.document;
        Rc::clone(self.runs.entry(run).or_insert_with(|| {
            let run = &document.runs[run];
            Rc::new(Children::of(&document.stories[run.story].xml, &run.span))
        }))
    }

    /// What the run of a character holds, and which of it holds the character.
    fn child(&mut self, run: usize, xml: &Range<usize>) -> Option<(Rc<Children>, usize)> {
        let children = self.children(run);
        let index = children.all.partition_point(|child| child.start <= xml.start).checked_sub(1)?;
        (xml.end <= children.all[index].end).then_some((children, index))
    }

    /// The place before a character. Where it stands deeper in its run, as the text of an image does, that is before the element
    /// of the run that it stands in.
    pub(super) fn before(&mut self, end: &End) -> Key {
        let run = end.run;
        let before = Key { at: self.document.runs[run].span.start, run, kind: Kind::Before };
        let Some((children, index)) = self.child(run, &end.xml) else {
            return before;
        };
        match end.node.filter(|&node| self.document.nodes[node].span == children.all[index]) {
            Some(node) if self.extent(node).is_some_and(|known| end.xml.start > known.start) => {
                Key { at: end.xml.start, run, kind: Kind::InText(node) }
            }
            _ if index <= children.seen.start => before,
            _ => Key { at: children.all[index].start, run, kind: Kind::Between },
        }
    }

    /// The place behind a character.
    pub(super) fn behind(&mut self, end: &End) -> Key {
        let run = end.run;
        let behind = Key { at: self.document.runs[run].span.end, run, kind: Kind::Behind };
        let Some((children, index)) = self.child(run, &end.xml) else {
            return behind;
        };
        match end.node.filter(|&node| self.document.nodes[node].span == children.all[index]) {
            Some(node) if self.extent(node).is_some_and(|known| end.xml.end < known.end) => {
                Key { at: end.xml.end, run, kind: Kind::InText(node) }
            }
            _ if index + 1 >= children.seen.end => behind,
            _ => Key { at: children.all[index].end, run, kind: Kind::Between },
        }
    }

    /// Whether a tracked change can take out the characters of a piece: they stand in their run themselves, not in something that
    /// would be taken out with them.
    pub(super) fn is_free(&mut self, piece: &Piece) -> bool {
        let Some(run) = self.document.runs.get(piece.run) else {
            return false;
        };
        let Some((children, index)) = self.child(piece.run, &piece.xml) else {
            return false;
        };
        let child = &children.all[index];
        if piece.form != Form::Element {
            return self.document.nodes[piece.node].span == *child;
        }
        *child == piece.xml && CHARACTERS.contains(&local_name(&self.document.stories[run.story].xml[child.clone()]))
    }
}

/// The mark of a note in a run, or all of the run where it is not found.
pub(super) fn mark(document: &Document, run: usize, note: &str) -> Reach {
    let known = &document.runs[run];
    let mut nodes = Nodes::of(&document.stories[known.story].xml[known.span.clone()]);
    let mut xml = known.span.clone();
    while let Ok(Some(node)) = nodes.next() {
        if let Node::Start(element) = node
            && matches!(element.name(), "footnoteReference" | "endnoteReference")
            && element.attribute("id").as_deref() == Some(note)
        {
            xml = element.span.start + known.span.start..element.span.end + known.span.start;
            break;
        }
    }
    let end = End { run, xml, node: None };
    Reach { first: end.clone(), last: end }
}

impl Children {
    /// What the run with these bytes of a part holds.
    fn of(xml: &str, run: &Range<usize>) -> Children {
        let mut nodes = Nodes::of(&xml[run.clone()]);
        let mut children = Children::default();
        let (mut depth, mut start) = (0usize, 0);
        while let Ok(Some(node)) = nodes.next() {
            match node {
                Node::Start(element) => {
                    if depth == 1 {
                        start = element.span.start + run.start;
                    }
                    depth += 1;
                }
                Node::End(span) => {
                    depth = depth.saturating_sub(1);
                    if depth == 1 {
                        children.all.push(start..span.end + run.start);
                    }
                }
                Node::Text(..) => {}
            }
        }
        let is_seen =
            |child: &Range<usize>| !matches!(local_name(&xml[child.clone()]), "rPr" | "lastRenderedPageBreak");
        let first = children.all.iter().position(is_seen).unwrap_or(0);
        let last = children.all.iter().rposition(is_seen).unwrap_or(0);
        children.seen = first..last + 1;
        children
    }
}
