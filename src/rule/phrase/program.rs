//! Phrases as little machines that read folded text from left to right.
//!
//! A phrase of a few words may stand for thousands of wordings. Listing them would make every start slow; instead a phrase
//! becomes states joined by edges, each of which reads a literal or skips a gap. It reads from where one of its
//! [beginnings](super::beginning) was found.

use std::ops::Range;

use super::tree::{ItemKind, PhraseItem};
use crate::rule::inflect::{Forms, Inflector};
use crate::text::fold::{fold, fold_keeping_case};

/// The label of an edge: the text that it reads, or a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum EdgeLabel {
    /// This text.
    Text(Range<u32>),
    /// Up to so many words.
    Gap(u8),
}

/// A way from one state to another.
#[derive(Debug, Clone)]
pub(crate) struct Edge {
    pub(crate) read: EdgeLabel,
    /// The text, without space around it, as it must be but for what folding makes alike: the case counts.
    pub(crate) exact: Option<Box<str>>,
    /// The inflections that an inflected word may be in this spelling.
    pub(crate) forms: Option<Forms>,
    pub(crate) to: StateId,
}

/// A state: the index of its edges.
pub(crate) type StateId = u32;

/// The states of a phrase.
#[derive(Debug, Clone, Default)]
pub(crate) struct Program {
    text: String,
    edges: Vec<Edge>,
    states: Vec<StateEdges>,
    start: StateId,
}

#[derive(Debug, Clone)]
struct StateEdges {
    edges: Range<u32>,
    /// True if a phrase may end here.
    accepts: bool,
}

impl Program {
    /// The program of a phrase.
    pub(super) fn new(phrase: &[PhraseItem], inflector: &Inflector) -> Program {
        let mut program = Program::default();
        let end = program.push(Vec::new(), true);
        let mut builder = ProgramBuilder { program: &mut program, inflector };
        let before = LeftContext { first: true, glued: false, read: false };
        program.start = builder.sequence(phrase, before, Continuation { read: end, absent: end });
        program
    }

    /// True if the phrase could end without having read anything.
    pub(super) fn may_read_nothing(&self) -> bool {
        self.accepts(self.start)
    }

    /// True if the phrase could begin with a gap.
    pub(super) fn may_begin_with_gap(&self) -> bool {
        self.edges(self.start).iter().any(|edge| matches!(edge.read, EdgeLabel::Gap(_)))
    }

    /// The state in which the phrase begins.
    pub(crate) fn start(&self) -> StateId {
        self.start
    }

    pub(crate) fn edges(&self, state: StateId) -> &[Edge] {
        let edges = &self.states[state as usize].edges;
        &self.edges[edges.start as usize..edges.end as usize]
    }

    pub(crate) fn accepts(&self, state: StateId) -> bool {
        self.states[state as usize].accepts
    }

    pub(crate) fn text(&self, range: &Range<u32>) -> &str {
        &self.text[range.start as usize..range.end as usize]
    }

    fn push(&mut self, edges: Vec<Edge>, accepts: bool) -> StateId {
        let start = self.edges.len() as u32;
        self.edges.extend(edges);
        self.states.push(StateEdges { edges: start..self.edges.len() as u32, accepts });
        self.states.len() as u32 - 1
    }

    fn intern(&mut self, before: &str, text: &str) -> Range<u32> {
        let start = self.text.len() as u32;
        self.text.push_str(before);
        self.text.push_str(text);
        start..self.text.len() as u32
    }
}

struct ProgramBuilder<'b> {
    program: &'b mut Program,
    inflector: &'b Inflector,
}

/// The context to the left of some items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LeftContext {
    /// No space parts the items from what was read: nothing was, or a gap.
    pub(super) first: bool,
    /// The first item is glued to what was read.
    pub(super) glued: bool,
    /// Something has been read since the group began that the items belong to.
    pub(super) read: bool,
}

/// The states to go on in behind some items.
#[derive(Debug, Clone, Copy)]
struct Continuation {
    /// If the group has read something.
    read: StateId,
    /// If all of it was optional and left out.
    absent: StateId,
}

impl ProgramBuilder<'_> {
    /// The state that reads `items` and then goes on in one of the states of `after`.
    fn sequence(&mut self, items: &[PhraseItem], before: LeftContext, after: Continuation) -> StateId {
        let Some((item, rest)) = items.split_first() else {
            return if before.read { after.read } else { after.absent };
        };
        let rest_glued = rest.first().is_some_and(|item| item.glued);
        let behind = LeftContext { first: false, glued: rest_glued, read: true };
        // If the item is left out, what is glued to it is glued to what is before it, if it was.
        let absent = LeftContext { glued: before.glued && rest_glued, ..before };
        let lead = if before.first || before.glued { "" } else { " " };
        match &item.kind {
            // Quotation marks and the like are nothing once folded.
            ItemKind::Word { text, .. } if is_nothing(text, (before.glued, rest_glued)) => {
                self.sequence(rest, absent, after)
            }
            ItemKind::Gap(words) => {
                // A gap leads to the beginning of a word.
                let behind = self.sequence(rest, LeftContext { first: true, glued: false, read: true }, after);
                self.gap(*words, behind)
            }
            ItemKind::Word { text, inflected, exact } => {
                let to = self.sequence(rest, behind, after);
                let glued = (before.glued, rest_glued);
                let edges = if *inflected {
                    let spellings = self.inflector.inflections(text);
                    spellings
                        .iter()
                        .map(|(text, forms)| self.word(text, lead, glued, *exact, Some(*forms), to))
                        .collect()
                } else {
                    vec![self.word(text, lead, glued, *exact, None, to)]
                };
                self.program.push(edges, false)
            }
            ItemKind::Group { alternatives, optional } => {
                let read = self.sequence(rest, behind, after);
                let may_be_absent = *optional || alternatives.iter().any(|items| is_optional(items));
                let absent = if may_be_absent && absent != behind { self.sequence(rest, absent, after) } else { read };
                let mut edges = Vec::new();
                let mut accepts = false;
                let mut add = |program: &Program, state: StateId| {
                    edges.extend_from_slice(program.edges(state));
                    accepts |= program.accepts(state);
                };
                for alternative in alternatives {
                    let state = self.sequence(
                        alternative,
                        LeftContext { read: false, ..before },
                        Continuation { read, absent },
                    );
                    add(self.program, state);
                }
                if *optional {
                    add(self.program, absent);
                }
                self.program.push(edges, accepts)
            }
        }
    }

    /// The state that skips up to so many words and goes on in `behind`. Where all that is behind may be left out, the phrase ends
    /// before the gap, and never in it; where what stands between two gaps may be, they are one gap.
    fn gap(&mut self, words: u8, behind: StateId) -> StateId {
        let ends = self.program.accepts(behind);
        let skip = |words, to| Edge { read: EdgeLabel::Gap(words), exact: None, forms: None, to };
        let is_gap = |edge: &Edge| matches!(edge.read, EdgeLabel::Gap(_));
        let (gaps, texts): (Vec<Edge>, Vec<Edge>) = self.program.edges(behind).iter().cloned().partition(is_gap);
        let mut edges: Vec<Edge> = Vec::with_capacity(gaps.len() + 1);
        for edge in &gaps {
            if let EdgeLabel::Gap(more) = edge.read {
                edges.push(skip(words.saturating_add(more), edge.to));
            }
        }
        if !texts.is_empty() {
            let to = if gaps.is_empty() && !ends { behind } else { self.program.push(texts, false) };
            edges.insert(0, skip(words, to));
        }
        self.program.push(edges, ends)
    }

    fn word(
        &mut self,
        text: &str,
        lead: &str,
        glued: (bool, bool),
        exact: bool,
        forms: Option<Forms>,
        to: StateId,
    ) -> Edge {
        let read = self.program.intern(lead, &fold_between(text, glued));
        let exact = exact.then(|| fold_keeping_case(text).into());
        Edge { read: EdgeLabel::Text(read), exact, forms, to }
    }
}

/// True if items may all be left out.
fn is_optional(items: &[PhraseItem]) -> bool {
    items.iter().all(|item| match &item.kind {
        ItemKind::Group { alternatives, optional } => *optional || alternatives.iter().any(|items| is_optional(items)),
        _ => false,
    })
}

/// True if nothing is left of a word once it is folded.
fn is_nothing(text: &str, glued: (bool, bool)) -> bool {
    !text.bytes().all(|b| b.is_ascii_alphanumeric()) && fold_between(text, glued).is_empty()
}

/// Folds a word with something glued to its left or right: a hyphen or an apostrophe at its edge then counts.
pub(super) fn fold_between(text: &str, (left, right): (bool, bool)) -> String {
    if text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return text.to_ascii_lowercase();
    }
    const NEIGHBOUR: &str = "x";
    let before = if left { NEIGHBOUR } else { "" };
    let after = if right { NEIGHBOUR } else { "" };
    let folded = fold(&format!("{before}{text}{after}"), &[]);
    let folded = folded.text();
    folded[before.len()..folded.len() - after.len()].to_owned()
}
