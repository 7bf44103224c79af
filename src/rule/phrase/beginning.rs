//! The texts with which a phrase may begin: what is looked for in a draft for all rules together. They are told from the tree, so
//! that the program of a phrase need not be made before a draft holds one of them.

use super::program::{LeftContext, fold_between};
use super::tree::{ItemKind, PhraseItem};
use crate::rule::inflect::Inflector;

/// The number of words of a phrase that are looked for: the more, the fewer places of a draft hold one of the texts.
const WORDS: usize = 4;

/// The most texts that a phrase is looked for by; with more, fewer words have to do.
const MOST: usize = 256;

/// A text with which a phrase may begin.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Beginning {
    pub(crate) text: String,
    /// True if a word may go on behind it: it is cut in the middle of one, or what follows is glued to it.
    pub(crate) is_open: bool,
}

/// Items, and those that follow the group that they are in.
#[derive(Clone, Copy)]
struct Rest<'a> {
    items: &'a [PhraseItem],
    after: Option<&'a Rest<'a>>,
    /// True if the group around the items had read something before them.
    read: bool,
}

/// Folded texts of which every occurrence of the phrase begins with one. A word ends where the phrase does.
pub(crate) fn beginnings(phrase: &[PhraseItem], inflector: &Inflector) -> Vec<Beginning> {
    let start = LeftContext { first: true, glued: false, read: false };
    let rest = Rest { items: phrase, after: None, read: false };
    let begin = |words: usize| Finder { inflector, words }.begin(rest, start);
    let mut found = (2..=WORDS).rev().map(begin).find(|found| found.len() <= MOST).unwrap_or_else(|| begin(1));
    found.sort();
    found.dedup();
    found
}

struct Finder<'i> {
    inflector: &'i Inflector,
    /// The number of words that it tells.
    words: usize,
}

impl Finder<'_> {
    fn begin(&self, rest: Rest<'_>, before: LeftContext) -> Vec<Beginning> {
        // A gap, and the end of a phrase, are where a word ends.
        let nothing = || vec![Beginning { text: String::new(), is_open: false }];
        let Some((item, items)) = rest.items.split_first() else {
            let Some(after) = rest.after else {
                return nothing();
            };
            // What follows a group is glued to it as it says itself; if the group is left out, to what is before, if that was.
            let says = after.items.first().is_some_and(|item| item.glued);
            let glued = says && (before.read || before.glued);
            return self.begin(*after, LeftContext { glued, read: before.read || after.read, ..before });
        };
        let rest_glued = items.first().is_some_and(|item| item.glued);
        let behind = Rest { items, read: before.read, ..rest };
        let absent = LeftContext { glued: before.glued && rest_glued, ..before };
        match &item.kind {
            ItemKind::Gap(_) => nothing(),
            ItemKind::Group { alternatives, optional } => {
                let mut found: Vec<Beginning> = alternatives
                    .iter()
                    .flat_map(|items| {
                        self.begin(
                            Rest { items, after: Some(&behind), read: false },
                            LeftContext { read: false, ..before },
                        )
                    })
                    .collect();
                if *optional {
                    found.extend(self.begin(behind, absent));
                }
                found
            }
            ItemKind::Word { text, inflected, .. } => {
                let sides = (before.glued, rest_glued);
                let fold = |text: &str| fold_between(text, sides);
                let words: Vec<String> = if *inflected {
                    self.inflector.inflections(text).iter().map(|(text, _)| fold(text)).collect()
                } else {
                    vec![fold(text)]
                };
                if words.iter().all(String::is_empty) {
                    return self.begin(behind, absent);
                }
                let lead = if before.first || before.glued { "" } else { " " };
                words.iter().flat_map(|word| self.grow(lead, word, behind, rest_glued)).collect()
            }
        }
    }

    /// A word with what must follow it, as far as words are told.
    fn grow(&self, lead: &str, word: &str, behind: Rest<'_>, rest_glued: bool) -> Vec<Beginning> {
        if self.words == 1 {
            return vec![Beginning { text: format!("{lead}{word}"), is_open: behind.may_be_glued() }];
        }
        let rest = Finder { inflector: self.inflector, words: self.words - 1 };
        let next = rest.begin(behind, LeftContext { first: false, glued: rest_glued, read: true });
        let joined = |next: Beginning| Beginning { text: format!("{lead}{word}{}", next.text), ..next };
        next.into_iter().map(joined).collect()
    }
}

impl Rest<'_> {
    /// True if what comes next may be glued to what was read.
    fn may_be_glued(&self) -> bool {
        match (self.items.first(), self.after) {
            (Some(item), _) => item.glued,
            (None, Some(after)) => after.may_be_glued(),
            (None, None) => false,
        }
    }
}
