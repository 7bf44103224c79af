//! An inventory of the parts of a document, taken before anything is written into them: prefixes, numbers that are taken, comments.

use std::collections::HashMap;

use super::ids::Ids;
use crate::annotate::AUTHOR;
use crate::draft::DocumentError;
use crate::draft::word::WordDocument;
use crate::draft::xml::{Namespace, STRICT_WORD, WORD, XmlElement, XmlNode, XmlReader};

/// The prefix of elements and attributes of WordprocessingML in a part.
#[derive(Debug)]
pub(super) struct WordPrefix {
    /// A prefix, with its colon: attributes need one.
    pub(super) prefix: String,
    /// The declaration that each outermost element that is written has to have: the prefix, where the part has none.
    pub(super) declares: String,
    pub(super) space: &'static str,
}

impl WordPrefix {
    /// The names in a part with this text and this root.
    pub(super) fn declared(xml: &str, root: &XmlElement<'_>) -> WordPrefix {
        let strict = root.declared(STRICT_WORD).filter(|_| root.declared(WORD).is_none());
        let space = if strict.is_some() { STRICT_WORD } else { WORD };
        if let Some(prefix) = root.declared(space).filter(|prefix| !prefix.is_empty()) {
            return WordPrefix { prefix, declares: String::new(), space };
        }
        // One that means something else where other elements stand in those that are written must not be taken.
        let mut free = std::iter::once("w".to_owned()).chain((1..).map(|number: usize| format!("w{number}")));
        let prefix = free.find(|prefix| !xml.contains(&format!("xmlns:{prefix}"))).unwrap_or_default();
        WordPrefix { declares: format!(" xmlns:{prefix}=\"{space}\""), prefix: prefix + ":", space }
    }
}

/// The inventory of the parts of a document.
#[derive(Debug)]
pub(super) struct Inventory {
    /// By the index of the story; none of one that is not of WordprocessingML.
    pub(super) names: Vec<Option<WordPrefix>>,
    /// Numbers for tracked changes.
    pub(super) changes: Ids,
    /// Numbers for comments, of which those in the part for comments are still to be taken.
    pub(super) comments: Ids,
    /// The byte of the document itself at which each comment begins.
    pub(super) anchors: HashMap<String, usize>,
    /// The number of tracked changes of comity's.
    pub(super) own_changes: usize,
}

impl Inventory {
    pub(super) fn read(document: &WordDocument) -> Result<Inventory, DocumentError> {
        let (changes, comments) = (Ids::from(1), Ids::from(0));
        let mut inventory = Inventory { names: Vec::new(), changes, comments, anchors: HashMap::new(), own_changes: 0 };
        for story in &document.stories {
            let mut nodes = XmlReader::new(&story.xml);
            let mut names = None;
            let mut is_begun = false;
            while let Some(node) = nodes.next().map_err(|error| DocumentError::xml(&story.name, error))? {
                let XmlNode::Start(element) = node else {
                    continue;
                };
                let is_word = element.space == Namespace::Word;
                if !std::mem::replace(&mut is_begun, true) && is_word {
                    names = Some(WordPrefix::declared(&story.xml, &element));
                }
                if is_word && let Some(id) = element.attribute("id") {
                    inventory.number(&element, id, *story.name == *document.main);
                }
            }
            inventory.names.push(names);
        }
        Ok(inventory)
    }

    fn number(&mut self, element: &XmlElement<'_>, id: String, is_main: bool) {
        self.changes.take(&id);
        let name = element.name();
        if matches!(name, "commentRangeStart" | "commentRangeEnd" | "commentReference") {
            self.comments.take(&id);
        }
        match name {
            "commentRangeStart" if is_main => _ = self.anchors.insert(id, element.span.start()),
            // One on nothing has no range.
            "commentReference" if is_main => _ = self.anchors.entry(id).or_insert(element.span.start()),
            "ins" | "del" if element.attribute("author").is_some_and(|author| author == AUTHOR) => {
                self.own_changes += 1
            }
            _ => {}
        }
    }
}
