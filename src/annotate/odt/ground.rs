//! Where text stands in a part: in which spans and links, in which insertion of somebody else, and where the tracked changes of it
//! are listed.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::prefixes::Prefixes;
use crate::draft::xml::{Element, Node, Nodes, Space};
use crate::escape::Xml;

/// The most spans and links in each other in which a tracked change is made.
const MAX_WRAPS: usize = 64;

/// Where a character stands.
#[derive(Debug, Clone)]
pub(super) struct Ground {
    /// The list of its tracked changes, by its number.
    pub(super) list: usize,
    /// What the spans and links that it stands in begin with, from outside inwards.
    pub(super) wraps: Vec<Wrap>,
    /// The element that says who inserted it, if its insertion is tracked.
    pub(super) insertion: Option<Range<usize>>,
}

/// A span or a link.
#[derive(Debug, Clone)]
pub(super) struct Wrap {
    /// Its name with its prefix.
    pub(super) name: String,
    pub(super) tag: Range<usize>,
    /// The name of its style, if it is a span.
    pub(super) style: Option<String>,
    pub(super) is_link: bool,
}

/// Where the tracked changes of a text are listed: of the document itself, or of a header or a footer.
#[derive(Debug, Clone)]
pub(super) struct List {
    /// Where the list goes if there is none.
    pub(super) start: usize,
    /// The one that there is: its start tag, and where its end tag begins; `None` if it is empty.
    pub(super) known: Option<(Range<usize>, Option<usize>)>,
}

/// What a part is, as far as tracked changes have to know.
#[derive(Debug, Default)]
pub(super) struct Grounds {
    /// By the bytes of the part that were asked for; where no tracked change can be made there is none.
    pub(super) at: HashMap<usize, Ground>,
    pub(super) lists: Vec<List>,
}

/// An element that is open.
enum Open {
    /// The text of the document, a header or a footer: the number of its list.
    Text(usize),
    Paragraph,
    Wrap(Wrap),
    /// What may stand between a paragraph and its text and changes nothing.
    Inline,
    /// No tracked change is made in it.
    Closed,
    /// A list of tracked changes: its number, if it is the first of its text.
    Changes(Option<usize>),
    /// What stands before that list.
    Forms,
    /// One of them, by its name.
    Region(String),
    /// What says who inserted something: where it begins.
    Insertion(usize),
    Other,
}

impl Wrap {
    /// What begins the same in another place, and the name of the element; nothing where it makes no difference there.
    pub(super) fn again(&self, xml: &str, prefixes: &Prefixes) -> (String, String) {
        let p = &prefixes.text;
        let tag = &xml[self.tag.clone()];
        match &self.style {
            // A name that is there once only cannot be there again.
            _ if self.is_link && !tag.contains(":id=") => (tag.to_owned(), self.name.clone()),
            Some(style) if !self.is_link => (format!("<{p}span {p}style-name=\"{}\">", Xml(style)), format!("{p}span")),
            _ => (String::new(), String::new()),
        }
    }
}

/// What is known while a part is read.
#[derive(Default)]
struct Reader {
    /// What is open, and whether no tracked change is made in it.
    open: Vec<(Open, bool)>,
    /// In how many of the open elements no tracked change is made, and how many of these are lists of tracked changes.
    closed: usize,
    listed: usize,
    grounds: Grounds,
    /// Who inserted something, by the name of the region.
    insertions: HashMap<String, Range<usize>>,
    /// The insertions that are open, in their order, and the number of each.
    inserted: BTreeMap<usize, Range<usize>>,
    numbers: HashMap<String, usize>,
}

impl Grounds {
    /// Looks at what stands at some bytes of a part.
    pub(super) fn of(xml: &str, places: &BTreeSet<usize>) -> Grounds {
        let mut reader = Reader::default();
        let mut places = places.iter().copied().peekable();
        let mut nodes = Nodes::of(xml);
        while let Ok(Some(node)) = nodes.next() {
            // What stands at a byte is what is open before the tag there, or around the text that holds it.
            let known_to = match &node {
                Node::Start(element) => element.span.start + 1,
                Node::End(span) if span.is_empty() => 0,
                Node::End(span) => span.start + 1,
                Node::Text(_, span) => span.end,
            };
            while let Some(place) = places.next_if(|&place| place < known_to) {
                let ground = reader.ground();
                reader.grounds.at.extend(ground.map(|ground| (place, ground)));
            }
            match node {
                Node::Start(element) => reader.start(&element, &xml[element.span.clone()]),
                Node::End(span) => reader.end(span),
                Node::Text(..) => {}
            }
        }
        reader.grounds
    }
}

impl Reader {
    fn ground(&self) -> Option<Ground> {
        let list =
            self.open.iter().find_map(|open| if let (Open::Text(list), _) = open { Some(*list) } else { None })?;
        if self.closed > 0 {
            return None;
        }
        let mut wraps = Vec::new();
        for (open, _) in self.open.iter().rev().take(MAX_WRAPS) {
            match open {
                Open::Wrap(wrap) => wraps.push(wrap.clone()),
                Open::Inline => {}
                Open::Paragraph => {
                    wraps.reverse();
                    let insertion = self.inserted.last_key_value().map(|(_, insertion)| insertion.clone());
                    return Some(Ground { list, wraps, insertion });
                }
                _ => return None,
            }
        }
        None
    }

    fn start(&mut self, element: &Element<'_>, tag: &str) {
        let (space, name) = (element.space, element.name());
        let open = match (space, name) {
            (Space::Office, "text") => self.text(element),
            (Space::Style, name) if name.starts_with("header") || name.starts_with("footer") => self.text(element),
            (Space::Office, "annotation") => Open::Closed,
            (Space::Office, "forms") => Open::Forms,
            (Space::Text, "tracked-changes") => Open::Changes(self.list(element)),
            (Space::Text, "changed-region") => Open::Region(element.attribute("id").unwrap_or_default()),
            (Space::Text, "insertion") => Open::Insertion(element.span.start),
            (Space::Text, "change-start" | "change-end") => {
                self.mark(name, &element.attribute("change-id").unwrap_or_default());
                Open::Other
            }
            (Space::Text, "p" | "h") => Open::Paragraph,
            (Space::Text, "span" | "a") => Open::Wrap(Wrap {
                name: format!("{}{name}", element.prefix()),
                tag: element.span.clone(),
                style: element.attribute("style-name"),
                is_link: name == "a",
            }),
            (Space::Text, "meta" | "meta-field") => Open::Inline,
            // In other drawings than text boxes programs track nothing.
            (Space::Shape, "frame" | "text-box" | "a") => Open::Other,
            (Space::Shape, _) => Open::Closed,
            _ => Open::Other,
        };
        // What is written among the tracked changes does not know prefixes that are declared further in than their text.
        let declares = !matches!(open, Open::Text(_)) && self.open.len() > 1 && tag.contains("xmlns");
        let is_closed = declares || matches!(open, Open::Closed | Open::Changes(_));
        self.closed += usize::from(is_closed);
        self.listed += usize::from(matches!(open, Open::Changes(_)));
        self.open.push((open, is_closed));
    }

    fn text(&mut self, element: &Element<'_>) -> Open {
        self.grounds.lists.push(List { start: element.span.end, known: None });
        Open::Text(self.grounds.lists.len() - 1)
    }

    /// The number of the list of tracked changes that begins here, if it is the first of its text.
    fn list(&mut self, element: &Element<'_>) -> Option<usize> {
        let Some(&(Open::Text(number), _)) = self.open.last() else {
            return None;
        };
        let list = self.grounds.lists.get_mut(number).filter(|list| list.known.is_none())?;
        list.known = Some((element.span.clone(), None));
        Some(number)
    }

    /// Where a tracked change begins or ends; what was deleted may hold marks of its own.
    fn mark(&mut self, name: &str, id: &str) {
        if self.listed > 0 {
            return;
        }
        if name == "change-end" {
            self.numbers.remove(id).map(|number| self.inserted.remove(&number));
        } else if let Some(insertion) = self.insertions.get(id) {
            let number = self.inserted.last_key_value().map_or(0, |(last, _)| last + 1);
            self.inserted.insert(number, insertion.clone());
            self.numbers.insert(id.to_owned(), number);
        }
    }

    fn end(&mut self, span: Range<usize>) {
        let Some((open, is_closed)) = self.open.pop() else {
            return;
        };
        self.closed -= usize::from(is_closed);
        self.listed -= usize::from(matches!(open, Open::Changes(_)));
        match (open, self.open.last().map(|(outer, _)| outer)) {
            (Open::Changes(Some(list)), _) => {
                if let Some((_, close)) = &mut self.grounds.lists[list].known {
                    *close = (!span.is_empty()).then_some(span.start);
                }
            }
            (Open::Forms, Some(&Open::Text(list))) => self.grounds.lists[list].start = span.end,
            (Open::Insertion(start), Some(Open::Region(id))) => {
                self.insertions.insert(id.clone(), start..span.end);
            }
            _ => {}
        }
    }
}
