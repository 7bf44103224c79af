//! Diagrams and charts, parts of their own: the paragraphs of their text, and the words that a chart takes from its table.

use std::collections::HashSet;
use std::sync::Arc;

use super::WordReader;
use super::paragraph::{WordParagraph, WordProperties};
use crate::draft::document::{DocumentError, TrackedChange, XmlSpan};
use crate::draft::layout::{Anchor, PieceForm};
use crate::draft::word::Story;
use crate::draft::xml::{Namespace, XmlNode, XmlReader};
use crate::span::Span;
use crate::text::collapsed;

impl WordReader<'_> {
    /// Reads a part that holds a diagram or a chart.
    pub(in crate::draft::word) fn read_art(&mut self, name: &str, xml: String) -> Result<(), DocumentError> {
        let mut nodes = XmlReader::new(&xml);
        // The paragraph that is open, where it begins, and how deep in it the reader is.
        let mut open: Option<(String, usize, usize)> = None;
        let mut is_text = false;
        // A chart has the names of its categories once a series.
        let mut words: HashSet<String> = HashSet::new();
        while let Some(node) = nodes.next().map_err(|error| DocumentError::xml(name, error))? {
            match node {
                XmlNode::Start(element) => match (&mut open, element.space, element.name()) {
                    (None, Namespace::Art, "p") | (None, Namespace::Chart, "v") => {
                        is_text = element.space == Namespace::Chart;
                        open = Some((String::new(), element.span.start(), 0));
                    }
                    (Some((text, _, depth)), space, name) => {
                        *depth += 1;
                        is_text |= (space, name) == (Namespace::Art, "t");
                        if (space, name) == (Namespace::Art, "br") {
                            text.push(' ');
                        }
                    }
                    _ => {}
                },
                XmlNode::Text(text, _) => open.iter_mut().filter(|_| is_text).for_each(|open| open.0.push_str(&text)),
                XmlNode::End(span) => {
                    is_text = false;
                    match &mut open {
                        Some((_, _, depth @ 1..)) => *depth -= 1,
                        _ => {
                            let closed = open.take().filter(|(text, ..)| words.insert(text.clone()));
                            closed
                                .into_iter()
                                .for_each(|(text, start, _)| self.add_art(&text, Span::new(start, span.end())));
                        }
                    }
                }
            }
        }
        self.stories.push(Story { name: Arc::from(name), xml });
        Ok(())
    }

    fn add_art(&mut self, text: &str, xml: XmlSpan) {
        let text = collapsed(text);
        if !text.contains(char::is_alphabetic) {
            return;
        }
        let story = self.stories.len();
        for builder in &mut self.versions {
            let more = WordProperties { is_caption: true, ..WordProperties::default() };
            let mut paragraph = WordParagraph { story, more, ..WordParagraph::default() };
            paragraph.push(&text, xml, PieceForm::Element, TrackedChange::default(), Anchor::Nothing);
            builder.paragraphs.push(paragraph);
        }
    }
}
