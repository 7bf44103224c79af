//! What has to be known of the parts of a document before anything is written into them.

use std::collections::HashMap;

use super::ids::Ids;
use crate::draft::DocumentError;
use crate::draft::word::Document;
use crate::draft::xml::{Element, Node, Nodes, STRICT_WORD, Space, WORD};

/// How elements and attributes of WordprocessingML are written into a part.
#[derive(Debug)]
pub(super) struct Names {
    /// A prefix, with its colon: attributes need one.
    pub(super) prefix: String,
    /// What each outermost element that is written has to declare: the prefix, where the part has none.
    pub(super) declares: String,
    pub(super) space: &'static str,
}

impl Names {
    /// The names in a part with this text and this root.
    pub(super) fn of(xml: &str, root: &Element<'_>) -> Names {
        let strict = root.declared(STRICT_WORD).filter(|_| root.declared(WORD).is_none());
        let space = if strict.is_some() { STRICT_WORD } else { WORD };
        if let Some(prefix) = root.declared(space).filter(|prefix| !prefix.is_empty()) {
            return Names { prefix, declares: String::new(), space };
        }
        // One that means something else where other elements stand in those that are written must not be taken.
        let mut free = std::iter::once("w".to_owned()).chain((1..).map(|number: usize| format!("w{number}")));
        let prefix = free.find(|prefix| !xml.contains(&format!("xmlns:{prefix}"))).unwrap_or_default();
        Names { declares: format!(" xmlns:{prefix}=\"{space}\""), prefix: prefix + ":", space }
    }
}

/// What the parts of a document have.
#[derive(Debug)]
pub(super) struct Survey {
    /// By the index of the story; none of one that is not of WordprocessingML.
    pub(super) names: Vec<Option<Names>>,
    /// Numbers for tracked changes.
    pub(super) changes: Ids,
    /// Numbers for comments, of which those in the part for comments are still to be taken.
    pub(super) comments: Ids,
    /// Where in the document itself each comment begins: the byte of its part.
    pub(super) anchors: HashMap<String, usize>,
}

impl Survey {
    pub(super) fn of(document: &Document) -> Result<Survey, DocumentError> {
        let (changes, comments) = (Ids::from(1), Ids::from(0));
        let mut survey = Survey { names: Vec::new(), changes, comments, anchors: HashMap::new() };
        for story in &document.stories {
            let mut nodes = Nodes::of(&story.xml);
            let mut names = None;
            let mut is_begun = false;
            while let Some(node) = nodes.next().map_err(|error| DocumentError::xml(&story.name, error))? {
                let Node::Start(element) = node else {
                    continue;
                };
                let is_word = element.space == Space::Word;
                if !std::mem::replace(&mut is_begun, true) && is_word {
                    names = Some(Names::of(&story.xml, &element));
                }
                if is_word && let Some(id) = element.attribute("id") {
                    survey.number(&element, id, *story.name == *document.main);
                }
            }
            survey.names.push(names);
        }
        Ok(survey)
    }

    fn number(&mut self, element: &Element<'_>, id: String, is_main: bool) {
        self.changes.take(&id);
        let name = element.name();
        if matches!(name, "commentRangeStart" | "commentRangeEnd" | "commentReference") {
            self.comments.take(&id);
        }
        if name == "commentRangeStart" && is_main {
            self.anchors.insert(id, element.span.start);
        }
    }
}
