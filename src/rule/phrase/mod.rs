//! The phrase language: wording for people who do not read regular expressions.
//!
//! `parse` reads what a rule's author wrote, `program` makes of it what reads it in a draft, `expand` lists every wording that
//! it stands for, `reading` finds it.

mod beginning;
mod expand;
mod parse;
mod program;
mod reading;
mod set;

pub(crate) use set::{Boundary, PhraseSet, Shared};
