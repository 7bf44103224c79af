//! The phrase language: wording for people who do not read regular expressions.
//!
//! [`parse`] reads what a rule's author wrote, [`expand`] lists every wording that it stands for.

mod expand;
mod parse;
mod set;

pub(crate) use expand::Wording;
pub(crate) use expand::{MAX_WORDINGS, expand};
pub(crate) use parse::parse;
pub(crate) use set::{Boundary, PhraseSet};
