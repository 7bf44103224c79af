//! The contexts into which text is inserted: the spans and links around it, the insertion of somebody else that it is in, and the
//! list of the tracked changes of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::prefixes::Prefixes;
use crate::draft::document::XmlSpan;
use crate::draft::xml::{Namespace, XmlElement, XmlNode, XmlReader};
use crate::escape::Xml;
use crate::span::Span;

/// The most spans and links in each other in which a tracked change is made.
const MAX_WRAPS: usize = 64;

/// The context of a character.
#[derive(Debug, Clone)]
pub(super) struct InsertionContext {
    /// The list of its tracked changes, by its number.
    pub(super) list: usize,
    /// The spans and links that it stands in, from outside inwards.
    pub(super) wraps: Vec<Wrap>,
    /// The element that says who inserted it, if its insertion is tracked.
    pub(super) insertion: Option<XmlSpan>,
}

/// A span or a link.
#[derive(Debug, Clone)]
pub(super) struct Wrap {
    /// Its name with its prefix.
    pub(super) name: String,
    pub(super) tag: XmlSpan,
    /// The name of its style, if it is a span.
    pub(super) style: Option<String>,
    pub(super) is_link: bool,
}

/// The list of the tracked changes of a text: of the document itself, or of a header or a footer.
#[derive(Debug, Clone)]
pub(super) struct ChangeList {
    /// The byte at which the list goes if there is none.
    pub(super) start: usize,
    /// The one that there is: its start tag, and where its end tag begins; `None` if it is empty.
    pub(super) known: Option<(XmlSpan, Option<usize>)>,
}

/// The contexts in a part.
#[derive(Debug, Default)]
pub(super) struct InsertionContexts {
    /// Those at the bytes of the part that were asked for; none where no tracked change can be made.
    pub(super) at: HashMap<usize, InsertionContext>,
    pub(super) lists: Vec<ChangeList>,
}

/// An element that is open.
enum OpenElement {
    /// The text of the document, a header or a footer: the number of its list.
    Text(usize),
    Paragraph,
    Wrap(Wrap),
    /// An element between a paragraph and its text that changes nothing.
    Inline,
    /// An element in which no tracked change is made.
    Closed,
    /// A list of tracked changes: its number, if it is the first of its text.
    Changes(Option<usize>),
    /// The forms, which stand before that list.
    Forms,
    /// One of them, by its name.
    Region(String),
    /// The element that says who inserted something, by its first byte.
    Insertion(usize),
    Other,
}

impl Wrap {
    /// A start tag for the same in another place, and the name of the element; nothing where it makes no difference there.
    pub(super) fn reopened(&self, xml: &str, prefixes: &Prefixes) -> (String, String) {
        let p = &prefixes.text;
        let tag = &xml[self.tag.range()];
        match &self.style {
            // A name that is there once only cannot be there reopened.
            _ if self.is_link && !tag.contains(":id=") => (tag.to_owned(), self.name.clone()),
            Some(style) if !self.is_link => (format!("<{p}span {p}style-name=\"{}\">", Xml(style)), format!("{p}span")),
            _ => (String::new(), String::new()),
        }
    }
}

/// Reads the contexts in a part.
#[derive(Default)]
struct ContextReader {
    /// The elements that are open, and true for each in which no tracked change is made.
    open: Vec<(OpenElement, bool)>,
    /// The number of open elements in which no tracked change is made, and of those that are lists of tracked changes.
    closed: usize,
    listed: usize,
    contexts: InsertionContexts,
    /// The elements that say who inserted something, by the name of the region.
    insertions: HashMap<String, XmlSpan>,
    /// The insertions that are open, in their order, and the number of each.
    inserted: BTreeMap<usize, XmlSpan>,
    numbers: HashMap<String, usize>,
}

impl InsertionContexts {
    /// Reads what stands at some bytes of a part.
    pub(super) fn read(xml: &str, places: &BTreeSet<usize>) -> InsertionContexts {
        let mut reader = ContextReader::default();
        let mut places = places.iter().copied().peekable();
        let mut nodes = XmlReader::new(xml);
        while let Ok(Some(node)) = nodes.next() {
            // What stands at a byte is what is open before the tag there, or around the text that holds it.
            let known_to = match &node {
                XmlNode::Start(element) => element.span.start() + 1,
                XmlNode::End(span) if span.is_empty() => 0,
                XmlNode::End(span) => span.start() + 1,
                XmlNode::Text(_, span) => span.end(),
            };
            while let Some(place) = places.next_if(|&place| place < known_to) {
                let context = reader.context();
                reader.contexts.at.extend(context.map(|context| (place, context)));
            }
            match node {
                XmlNode::Start(element) => reader.start(&element, &xml[element.span.range()]),
                XmlNode::End(span) => reader.end(span),
                XmlNode::Text(..) => {}
            }
        }
        reader.contexts
    }
}

impl ContextReader {
    fn context(&self) -> Option<InsertionContext> {
        let list = self
            .open
            .iter()
            .find_map(|open| if let (OpenElement::Text(list), _) = open { Some(*list) } else { None })?;
        if self.closed > 0 {
            return None;
        }
        let mut wraps = Vec::new();
        for (open, _) in self.open.iter().rev().take(MAX_WRAPS) {
            match open {
                OpenElement::Wrap(wrap) => wraps.push(wrap.clone()),
                OpenElement::Inline => {}
                OpenElement::Paragraph => {
                    wraps.reverse();
                    let insertion = self.inserted.last_key_value().map(|(_, insertion)| *insertion);
                    return Some(InsertionContext { list, wraps, insertion });
                }
                _ => return None,
            }
        }
        None
    }

    fn start(&mut self, element: &XmlElement<'_>, tag: &str) {
        let (space, name) = (element.space, element.name());
        let open = match (space, name) {
            (Namespace::Office, "text") => self.text(element),
            (Namespace::Style, name) if name.starts_with("header") || name.starts_with("footer") => self.text(element),
            (Namespace::Office, "annotation") => OpenElement::Closed,
            (Namespace::Office, "forms") => OpenElement::Forms,
            (Namespace::Text, "tracked-changes") => OpenElement::Changes(self.list(element)),
            (Namespace::Text, "changed-region") => OpenElement::Region(element.attribute("id").unwrap_or_default()),
            (Namespace::Text, "insertion") => OpenElement::Insertion(element.span.start()),
            (Namespace::Text, "change-start" | "change-end") => {
                self.mark(name, &element.attribute("change-id").unwrap_or_default());
                OpenElement::Other
            }
            (Namespace::Text, "p" | "h") => OpenElement::Paragraph,
            (Namespace::Text, "span" | "a") => OpenElement::Wrap(Wrap {
                name: format!("{}{name}", element.prefix()),
                tag: element.span,
                style: element.attribute("style-name"),
                is_link: name == "a",
            }),
            (Namespace::Text, "meta" | "meta-field") => OpenElement::Inline,
            // In other drawings than text boxes programs track nothing.
            (Namespace::Shape, "frame" | "text-box" | "a") => OpenElement::Other,
            (Namespace::Shape, _) => OpenElement::Closed,
            _ => OpenElement::Other,
        };
        // What is written among the tracked changes does not know prefixes that are declared further in than their text.
        let declares = !matches!(open, OpenElement::Text(_)) && self.open.len() > 1 && tag.contains("xmlns");
        let is_closed = declares || matches!(open, OpenElement::Closed | OpenElement::Changes(_));
        self.closed += usize::from(is_closed);
        self.listed += usize::from(matches!(open, OpenElement::Changes(_)));
        self.open.push((open, is_closed));
    }

    fn text(&mut self, element: &XmlElement<'_>) -> OpenElement {
        self.contexts.lists.push(ChangeList { start: element.span.end(), known: None });
        OpenElement::Text(self.contexts.lists.len() - 1)
    }

    /// The number of the list of tracked changes that begins here, if it is the first of its text.
    fn list(&mut self, element: &XmlElement<'_>) -> Option<usize> {
        let Some(&(OpenElement::Text(number), _)) = self.open.last() else {
            return None;
        };
        let list = self.contexts.lists.get_mut(number).filter(|list| list.known.is_none())?;
        list.known = Some((element.span, None));
        Some(number)
    }

    /// Reads a mark where a tracked change begins or ends; what was deleted may hold marks of its own.
    fn mark(&mut self, name: &str, id: &str) {
        if self.listed > 0 {
            return;
        }
        if name == "change-end" {
            self.numbers.remove(id).map(|number| self.inserted.remove(&number));
        } else if let Some(insertion) = self.insertions.get(id) {
            let number = self.inserted.last_key_value().map_or(0, |(last, _)| last + 1);
            self.inserted.insert(number, *insertion);
            self.numbers.insert(id.to_owned(), number);
        }
    }

    fn end(&mut self, span: XmlSpan) {
        let Some((open, is_closed)) = self.open.pop() else {
            return;
        };
        self.closed -= usize::from(is_closed);
        self.listed -= usize::from(matches!(open, OpenElement::Changes(_)));
        match (open, self.open.last().map(|(outer, _)| outer)) {
            (OpenElement::Changes(Some(list)), _) => {
                if let Some((_, close)) = &mut self.contexts.lists[list].known {
                    *close = (!span.is_empty()).then_some(span.start());
                }
            }
            (OpenElement::Forms, Some(&OpenElement::Text(list))) => self.contexts.lists[list].start = span.end(),
            (OpenElement::Insertion(start), Some(OpenElement::Region(id))) => {
                self.insertions.insert(id.clone(), Span::new(start, span.end()));
            }
            _ => {}
        }
    }
}
