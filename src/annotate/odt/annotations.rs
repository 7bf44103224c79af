//! The comments that an OpenDocument text has, as elements of it, and those of comity that are taken out.

use std::collections::{HashMap, HashSet};

use crate::annotate::AUTHOR;
use crate::draft::document::XmlSpan;
use crate::draft::xml::{Namespace, XmlNode, XmlReader};
use crate::span::Span;

/// A comment.
#[derive(Debug)]
pub(super) struct Annotation {
    /// All of it.
    pub(super) span: XmlSpan,
    /// The mark of its end.
    end: Option<XmlSpan>,
    name: Option<String>,
    /// The name of the comment that it answers.
    parent: Option<String>,
    creator: String,
    /// True if it stands on tracked changes: what it is about is there again if these are rejected.
    is_pending: bool,
    /// The number of marks of tracked changes before it.
    marks: usize,
}

/// The comments of a part, and what is to be taken out.
#[derive(Debug, Default)]
pub(super) struct Removal {
    /// The bytes of comments, and of the marks of their ends.
    pub(super) spans: Vec<XmlSpan>,
    /// The number of comments.
    pub(super) comments: usize,
    /// The number of those that stay because somebody has answered them.
    pub(super) answered: usize,
}

impl Removal {
    /// The removal of the comments of comity that begin at these bytes, or of all. Those that somebody has answered stay unless all go.
    pub(super) fn new(xml: &str, gone: &HashSet<usize>, all_go: bool) -> Removal {
        let mut removal = Removal::default();
        if gone.is_empty() && !all_go {
            return removal;
        }
        let all = read(xml);
        let people = all.iter().filter(|annotation| annotation.creator != AUTHOR);
        let answered: HashSet<&str> = people.filter_map(|annotation| annotation.parent.as_deref()).collect();
        for annotation in &all {
            let is_gone = all_go || gone.contains(&annotation.span.start());
            if annotation.creator != AUTHOR || !is_gone || !all_go && annotation.is_pending {
                continue;
            }
            if !all_go && annotation.name.as_deref().is_some_and(|name| answered.contains(name)) {
                removal.answered += 1;
                continue;
            }
            removal.comments += 1;
            removal.spans.push(annotation.span);
            removal.spans.extend(annotation.end);
        }
        removal
    }
}

/// Reads the comments of a part.
fn read(xml: &str) -> Vec<Annotation> {
    let (mut all, mut named): (Vec<Annotation>, HashMap<String, usize>) = (Vec::new(), HashMap::new());
    let mut nodes = XmlReader::new(xml);
    // The comment that is open and the number of elements around it, the number of all that are open, true in the name of an author.
    let (mut open, mut depth, mut is_creator): (Option<usize>, usize, bool) = (None, 0, false);
    // The number of marks of tracked changes, and the insertions that are open.
    let (mut marks, mut inserted): (usize, HashSet<String>) = (0, HashSet::new());
    // The mark of an end that is open, with the number of elements around it.
    let mut end: Option<(usize, String, usize)> = None;
    while let Ok(Some(node)) = nodes.next() {
        match node {
            XmlNode::Start(element) => {
                match (element.space, element.name()) {
                    (Namespace::Office, "annotation") if open.is_none() => {
                        open = Some(depth);
                        let (name, parent) = (element.attribute("name"), element.attribute("parent-name"));
                        named.extend(name.clone().map(|name| (name, all.len())));
                        all.push(Annotation {
                            span: element.span,
                            end: None,
                            name,
                            parent,
                            creator: String::new(),
                            is_pending: !inserted.is_empty(),
                            marks,
                        });
                    }
                    (Namespace::Office, "annotation-end") => {
                        let name = element.attribute("name").unwrap_or_default();
                        end = Some((element.span.start(), name, depth));
                    }
                    (Namespace::Text, name @ ("change" | "change-start" | "change-end")) if open.is_none() => {
                        marks += 1;
                        let id = element.attribute("change-id").unwrap_or_default();
                        match name {
                            "change-start" => _ = inserted.insert(id),
                            _ => _ = inserted.remove(&id),
                        }
                        // A comment that has no end stands before its words.
                        let last = all.last_mut().filter(|last| last.span.end() == element.span.start());
                        last.into_iter().for_each(|last| last.is_pending = true);
                    }
                    (_, name) => is_creator = open.is_some() && name == "creator",
                }
                depth += 1;
            }
            XmlNode::Text(text, _) if is_creator => {
                all.last_mut().into_iter().for_each(|last| last.creator.push_str(&text))
            }
            XmlNode::Text(..) => {}
            XmlNode::End(span) => {
                depth -= 1;
                is_creator = false;
                if open == Some(depth) {
                    open = None;
                    all.last_mut().into_iter().for_each(|last| last.span = Span::new(last.span.start(), span.end()));
                }
                if let Some((start, name, _)) = end.take_if(|(.., around)| *around == depth)
                    && let Some(&index) = named.get(&name)
                {
                    all[index].end.get_or_insert(Span::new(start, span.end()));
                    all[index].is_pending |= all[index].marks < marks;
                }
            }
        }
    }
    all
}
