//! The parts of a draft that are not checked: text that is marked as another language than that of a pack, hidden text of documents, and
//! what of a file cannot be read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use crate::draft::Draft;
use crate::rule::Rule;
use crate::text::{Language, counted};

/// The blocks of a draft that are marked as a language, in whole or in part, the languages of the packs that do not look at
/// them, the paragraphs of a document that hold hidden text, the pages and letters that cannot be read, and the words behind its end. Its
/// `Display` is one line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unchecked {
    marked: BTreeMap<Language, usize>,
    packs: BTreeSet<Language>,
    hidden: usize,
    images: usize,
    nameless: usize,
    behind: usize,
}

impl Unchecked {
    pub(super) fn new(rules: &[Arc<Rule>], draft: &Draft) -> Unchecked {
        let mut marked = BTreeMap::new();
        for block in draft.blocks() {
            for language in block.languages().collect::<BTreeSet<_>>() {
                *marked.entry(language).or_default() += 1;
            }
        }
        let of_layout = draft.layout().map(|layout| Unchecked {
            hidden: layout.hidden,
            images: layout.images,
            nameless: layout.nameless,
            behind: layout.behind,
            ..Unchecked::default()
        });
        let unchecked = of_layout.unwrap_or_default();
        // Most drafts say nothing of languages.
        if marked.is_empty() {
            return unchecked;
        }
        let packs: BTreeSet<Language> = rules.iter().filter_map(|rule| rule.language()).collect();
        marked.retain(|language, _| packs.iter().any(|pack| pack != language));
        Unchecked { marked, packs, ..unchecked }
    }

    /// True if all packs look at all of the draft.
    pub fn is_empty(&self) -> bool {
        self.marked.is_empty() && self.hidden + self.images + self.nameless + self.behind == 0
    }

    /// For each language, how many blocks are marked as it.
    pub fn marked(&self) -> impl Iterator<Item = (Language, usize)> {
        self.marked.iter().map(|(language, blocks)| (*language, *blocks))
    }
}

impl fmt::Display for Unchecked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |names: Vec<&str>| names.join(" and ");
        let mut said: Vec<String> = Vec::new();
        for (language, blocks) in self.marked() {
            let packs = list(self.packs.iter().filter(|pack| **pack != language).map(Language::as_str).collect());
            said.push(format!("{} marked {language} not checked by packs in {packs}", counted(blocks, "block")));
        }
        if self.hidden > 0 {
            said.push(format!("hidden text in {} not checked", counted(self.hidden, "paragraph")));
        }
        if self.images > 0 {
            said.push(format!("{} of images only not checked", counted(self.images, "page")));
        }
        if self.nameless > 0 {
            said.push(format!("{} that the file does not tell not checked", counted(self.nameless, "letter")));
        }
        if self.behind > 0 {
            said.push(format!("{} behind the end of the document not checked", counted(self.behind, "word")));
        }
        f.write_str(&said.join("; "))
    }
}
