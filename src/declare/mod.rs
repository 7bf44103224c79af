//! How a file declares the keys and the choices that packs and configurations have: their names, their help and their types, from
//! which the readers, the JSON Schemas and what an editor completes follow.

mod keys;
mod value;

pub(crate) use keys::{Keys, choice, choices, keys};
pub(crate) use value::{OfPhrases, OneOrMore, PHRASE, Phrases, Texts};
