//! The phrase language: wording for people who do not read regular expressions.
//!
//! `parse` reads what a rule's author wrote, `program` makes of it what finds it in a draft, `expand` lists every wording that
//! it stands for.

mod beginning;
mod expand;
mod parse;
mod program;
mod set;

pub(crate) use program::{Program, Read, State};
pub(crate) use set::{Boundary, PhraseSet, Shared};
