//! Declarations of the keys and the choices that packs and configurations have: their names, their help and their types, from
//! which the readers, the JSON Schemas and what an editor completes follow.

mod keys;
mod value;

#[cfg(feature = "schema")]
pub(crate) use keys::choice;
pub(crate) use keys::{DeclaredKeys, choices, keys};
#[cfg(feature = "schema")]
pub(crate) use value::PHRASE;
pub(crate) use value::{OfPhrases, OneOrMore, Phrases, TextList};
