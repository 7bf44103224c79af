//! The comments that are taken out, and what parts of later versions of Word say of them beside their own (MS-DOCX, 2.5): which one
//! answers which, numbers that last, the people who write.

use std::collections::{BTreeSet, HashSet};
use std::io::{Read, Seek};
use std::sync::Arc;

use super::tag;
use crate::annotate::copy::{self, Changed};
use crate::annotate::{AUTHOR, AnnotateError};
use crate::draft::DocumentError;
use crate::draft::document::XmlSpan;
use crate::draft::package::Package;
use crate::draft::word::comments::WordComment;
use crate::draft::word::relationships::relationships;
use crate::draft::xml::{XmlElement, XmlNode, XmlReader};
use crate::span::Span;

/// The parts that say something of comments, by the last word of the type of their relationship; of people last.
const PARTS: [&str; 4] = ["commentsExtended", "commentsIds", "commentsExtensible", "people"];

/// The comments of comity that are taken out.
#[derive(Debug, Default)]
pub(super) struct Removal {
    /// By their place in their part.
    numbers: BTreeSet<usize>,
    ids: HashSet<String>,
    /// The names of their paragraphs.
    paragraphs: HashSet<String>,
    answered: usize,
    /// The other parts that may speak of them, by the kind of each: its name and its text.
    parts: Vec<(&'static str, String, String)>,
}

impl Removal {
    /// The removal of these of all comments of a document. Those that somebody has answered stay unless all go.
    pub(super) fn new<R: Read + Seek>(
        package: &mut Package<R>,
        main: &str,
        all: &[WordComment],
        gone: BTreeSet<usize>,
        all_go: bool,
    ) -> Result<Removal, AnnotateError> {
        let mut removal = Removal { numbers: gone, ..Removal::default() };
        if removal.is_empty() {
            return Ok(removal);
        }
        let relationships = relationships(package, main)?;
        for kind in PARTS {
            let named = relationships.iter().find(|relationship| relationship.kind == kind);
            if let Some(part) = named
                && let Some(xml) = package.part(&part.target)?
            {
                removal.parts.push((kind, part.target.clone(), xml));
            }
        }
        if !all_go {
            let answered = removal.answers(all)?;
            let count = removal.numbers.len();
            removal.numbers.retain(|&number| !all[number].paragraph_ids.iter().any(|id| answered.contains(&name(id))));
            removal.answered = count - removal.numbers.len();
        }
        let gone = || removal.numbers.iter().map(|&number| &all[number]);
        removal.ids = gone().map(|comment| comment.id.clone()).collect();
        removal.paragraphs = gone().flat_map(|comment| comment.paragraph_ids.iter().map(|id| name(id))).collect();
        Ok(removal)
    }

    /// The names of the paragraphs of comments that people have answered.
    fn answers(&self, all: &[WordComment]) -> Result<HashSet<String>, DocumentError> {
        let people = all.iter().filter(|comment| comment.author != AUTHOR);
        let people: HashSet<String> =
            people.flat_map(|comment| comment.paragraph_ids.iter().map(|id| name(id))).collect();
        let mut answered = HashSet::new();
        for (_, part, xml) in self.parts.iter().filter(|(kind, ..)| *kind == PARTS[0]) {
            each(part, xml, |element, _| {
                let parent = element.attribute("paraIdParent").filter(|_| named(element, "paraId", &people));
                answered.extend(parent.map(|id| name(&id)));
            })?;
        }
        Ok(answered)
    }

    /// True if nothing is taken out.
    pub(super) fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// The number of comments that are taken out.
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The number of those that stay because somebody has answered them.
    pub(super) fn answered(&self) -> usize {
        self.answered
    }

    /// Each by its place in its part.
    pub(super) fn numbers(&self) -> impl Iterator<Item = usize> {
        self.numbers.iter().copied()
    }

    /// The numbers by which the text refers to them.
    pub(super) fn ids(&self) -> &HashSet<String> {
        &self.ids
    }

    /// Takes what is said of them out of the other parts; comity itself out of the people who write, unless something of its own is
    /// left.
    pub(super) fn finish(&self, has_own: bool, changed: &mut Changed) -> Result<(), AnnotateError> {
        if self.is_empty() {
            return Ok(());
        }
        let mut lasting: HashSet<String> = HashSet::new();
        for (kind, part, xml) in &self.parts {
            let mut edits: Vec<(XmlSpan, String)> = Vec::new();
            each(part, xml, |element, whole| {
                let goes = match *kind {
                    "commentsExtensible" => named(element, "durableId", &lasting),
                    "people" => !has_own && element.attribute("author").is_some_and(|author| author == AUTHOR),
                    _ => named(element, "paraId", &self.paragraphs),
                };
                if goes {
                    lasting.extend(element.attribute("durableId").map(|id| name(&id)));
                    edits.push((whole, String::new()));
                } else if named(element, "paraIdParent", &self.paragraphs) {
                    // An answer to what is gone stands by itself.
                    let tag = &xml[element.span.range()];
                    edits.push((element.span, tag::without(tag, "paraIdParent")));
                }
            })?;
            if !edits.is_empty() {
                changed.insert(Arc::from(part.as_str()), copy::replaced(xml, edits));
            }
        }
        Ok(())
    }
}

/// The name of a paragraph or of a comment, a number of base 16, as it is compared.
fn name(id: &str) -> String {
    id.trim().to_ascii_uppercase()
}

fn named(element: &XmlElement<'_>, attribute: &str, names: &HashSet<String>) -> bool {
    element.attribute(attribute).is_some_and(|id| names.contains(&name(&id)))
}

/// Looks at each child of the root of a part, with all of its bytes.
fn each(part: &str, xml: &str, mut look: impl FnMut(&XmlElement<'_>, XmlSpan)) -> Result<(), DocumentError> {
    let mut nodes = XmlReader::new(xml);
    let (mut depth, mut open): (usize, Option<XmlElement<'_>>) = (0, None);
    while let Some(node) = nodes.next().map_err(|error| DocumentError::xml(part, error))? {
        match node {
            XmlNode::Start(element) => {
                if depth == 1 {
                    open = Some(element);
                }
                depth += 1;
            }
            XmlNode::End(span) => {
                depth -= 1;
                if depth == 1
                    && let Some(element) = open.take()
                {
                    look(&element, Span::new(element.span.start(), span.end()));
                }
            }
            XmlNode::Text(..) => {}
        }
    }
    Ok(())
}
