//! The texts with which a phrase may begin: what the one automaton of all rules looks for. They are told from the tree, so that
//! the program of a phrase need not be made before a draft holds one of them.

use super::parse::{Item, ItemKind};
use super::program::fold_between;
use crate::rule::inflect::Inflector;

/// How much of a phrase is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reach {
    /// So many words at most.
    words: usize,
    /// Only behind a word of at most so many bytes ("the", "a") the next is looked for as well.
    short: usize,
    /// The most texts that a phrase is looked for by; with more, fewer words have to do.
    most: usize,
}

impl Reach {
    /// The first word, where it is short also the one behind it: few texts, soon told.
    pub(crate) const FIRST_WORD: Reach = Reach { words: 2, short: 3, most: 256 };

    /// Several words: more texts, of which a draft holds fewer.
    #[allow(dead_code, reason = "the build script looks so far")]
    pub(crate) const SEVERAL_WORDS: Reach = Reach { words: 4, short: usize::MAX, most: 512 };

    const fn one_less(self) -> Reach {
        Reach { words: self.words - 1, ..self }
    }
}

/// Items, and those that follow the group that they are in.
#[derive(Clone, Copy)]
struct Rest<'a> {
    items: &'a [Item],
    after: Option<&'a Rest<'a>>,
    /// Whether the group around the items had read something before them.
    read: bool,
}

/// What comes before some items, as in the program of a phrase.
#[derive(Clone, Copy)]
struct Before {
    first: bool,
    glued: bool,
    read: bool,
}

/// Folded texts of which every occurrence of the phrase begins with one.
pub(crate) fn beginnings(phrase: &[Item], inflector: &Inflector, reach: Reach) -> Vec<String> {
    let start = Before { first: true, glued: false, read: false };
    let rest = Rest { items: phrase, after: None, read: false };
    let found = Finder { inflector, reach }.begin(rest, start);
    if found.len() > reach.most && reach.words > 1 {
        return beginnings(phrase, inflector, reach.one_less());
    }
    let mut found = found;
    found.sort();
    found.dedup();
    found
}

struct Finder<'i> {
    inflector: &'i Inflector,
    reach: Reach,
}

impl Finder<'_> {
    fn begin(&self, rest: Rest<'_>, before: Before) -> Vec<String> {
        let Some((item, items)) = rest.items.split_first() else {
            let Some(after) = rest.after else {
                return vec![String::new()];
            };
            // What follows a group is glued to it as it says itself; if the group is left out, to what is before, if that was.
            let says = after.items.first().is_some_and(|item| item.glued);
            let glued = says && (before.read || before.glued);
            return self.begin(*after, Before { glued, read: before.read || after.read, ..before });
        };
        let rest_glued = items.first().is_some_and(|item| item.glued);
        let behind = Rest { items, read: before.read, ..rest };
        let absent = Before { glued: before.glued && rest_glued, ..before };
        match &item.kind {
            ItemKind::Gap(_) => vec![String::new()],
            ItemKind::Group { alternatives, optional } => {
                let mut found: Vec<String> = alternatives
                    .iter()
                    .flat_map(|items| {
                        self.begin(Rest { items, after: Some(&behind), read: false }, Before { read: false, ..before })
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

    /// A word with what must follow it, as far as the reach goes.
    fn grow(&self, lead: &str, word: &str, behind: Rest<'_>, rest_glued: bool) -> Vec<String> {
        if self.reach.words == 1 || word.len() > self.reach.short {
            return vec![format!("{lead}{word}")];
        }
        let rest = Finder { inflector: self.inflector, reach: self.reach.one_less() };
        let next = rest.begin(behind, Before { first: false, glued: rest_glued, read: true });
        next.iter().map(|next| format!("{lead}{word}{next}")).collect()
    }
}
