//! Names in the text of a block: those of the gazetteer, and runs of words in capitals.
//!
//! The meaning of a name to a rule is decided elsewhere: see the verdict of `src/lint/`. The names of a block are wanted only
//! where something was found in it, so nothing here is kept.

mod actor;
mod gazetteer;
mod known;
mod lists;
mod membership;
mod name;
mod run;
mod word;

pub use actor::{Actor, BadActor, Objector, Role};
pub use gazetteer::{Body, Country};
pub(crate) use membership::named;
pub(crate) use name::{Name, NameList, Referent};

use crate::text::Block;

/// The names of the gazetteer in a block, in order.
pub(crate) fn known(block: &Block) -> NameList {
    NameList::new(known::find(block))
}

/// The names in a block, of which those of the gazetteer are known already. Names of the gazetteer do not overlap one another; a
/// compound or a run may hold some.
pub(crate) fn find_among(block: &Block, known: &[Name]) -> NameList {
    let mut names = known.to_vec();
    names.extend(run::find(block, known));
    names.sort_by_key(|name| (name.span.start(), std::cmp::Reverse(name.end), !name.referent.is_known()));
    NameList::new(names)
}

/// True if a word with a capital tells that a name is meant; "Leaders", "Summit" and "Ministers" do not.
pub(crate) fn tells(lower: &str) -> bool {
    !lists::is_plain(lower) && !lists::is_office(lower) && !lists::is_honorific(lower)
}

/// True for a noun for a document or an institution: "agreement", "council".
pub(crate) fn has_subjects(lower: &str) -> bool {
    lists::has_subjects(lower)
}

/// True for a word that joins the words of one name: "of", "and".
pub(crate) fn is_joiner(lower: &str) -> bool {
    lists::is_joiner(lower)
}

/// True for a word before the name of a person: "President", "Mr".
pub(crate) fn is_title(lower: &str) -> bool {
    lists::is_post(lower) || lists::is_honorific(lower)
}

/// True for a word of a title that another one follows: "Deputy", "Foreign".
pub(crate) fn is_of_title(lower: &str) -> bool {
    lists::is_of_office(lower)
}

/// All names in a block.
#[cfg(test)]
pub(crate) fn find(block: &Block) -> NameList {
    find_among(block, &known(block))
}

#[cfg(test)]
mod tests;
