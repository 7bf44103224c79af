//! Diagrams and charts, parts of their own: the paragraphs of their text, and the words that a chart takes from its table.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::slot::Slot;
use super::{NO_RUN, Stories};
use crate::draft::document::DocumentError;
use crate::draft::paper::{Change, Form, Piece};
use crate::draft::word::Story;
use crate::draft::xml::{Node, Nodes, Space};
use crate::text::collapsed;

impl Stories<'_> {
    /// Reads a part that holds a diagram or a chart.
    pub(in crate::draft::word) fn read_art(&mut self, name: &str, xml: String) -> Result<(), DocumentError> {
        let mut nodes = Nodes::of(&xml);
        // The paragraph that is open, where it begins, and how deep in it the reader is.
        let mut open: Option<(String, usize, usize)> = None;
        let mut is_text = false;
        // A chart has the names of its categories once a series.
        let mut words: HashSet<String> = HashSet::new();
        while let Some(node) = nodes.next().map_err(|error| DocumentError::xml(name, error))? {
            match node {
                Node::Start(element) => match (&mut open, element.space, element.name()) {
                    (None, Space::Art, "p") | (None, Space::Chart, "v") => {
                        is_text = element.space == Space::Chart;
                        open = Some((String::new(), element.span.start, 0));
                    }
                    (Some((text, _, depth)), space, name) => {
                        *depth += 1;
                        is_text |= (space, name) == (Space::Art, "t");
                        if (space, name) == (Space::Art, "br") {
                            text.push(' ');
                        }
                    }
                    _ => {}
                },
                Node::Text(text, _) => open.iter_mut().filter(|_| is_text).for_each(|open| open.0.push_str(&text)),
                Node::End(span) => {
                    is_text = false;
                    match &mut open {
                        Some((_, _, depth @ 1..)) => *depth -= 1,
                        _ => {
                            let closed = open.take().filter(|(text, ..)| words.insert(text.clone()));
                            closed.into_iter().for_each(|(text, start, _)| self.add_art(&text, start..span.end));
                        }
                    }
                }
            }
        }
        self.parts.push(Story { name: Arc::from(name), xml });
        Ok(())
    }

    fn add_art(&mut self, text: &str, xml: Range<usize>) {
        let text = collapsed(text);
        if !text.contains(char::is_alphabetic) {
            return;
        }
        let change = Change::default();
        let piece = Piece { text: 0..text.len(), xml, form: Form::Element, change, run: NO_RUN, node: 0 };
        let (story, pieces) = (self.parts.len(), vec![piece]);
        self.slots.push(Slot { text, pieces, story, is_caption: true, is_art: true, ..Slot::default() });
    }
}
