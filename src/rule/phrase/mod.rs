//! The phrase language: wording for people who do not read regular expressions.
//!
//! `parse` reads what a rule's author wrote, `beginning` tells by which texts it is looked for, `program` makes of it what reads it in
//! a draft, `reading` reads it there, `expand` lists every wording that it stands for. `lists` are the named
//! wordings that the phrases of a pack share.

mod beginning;
mod edge;
mod expand;
mod lists;
mod parse;
mod program;
mod reading;
mod set;
mod tree;

pub(crate) use edge::Boundary;
pub(crate) use lists::{NamedList, PhraseLists, used_by};
pub(crate) use parse::{parse_listed, sign};
pub(crate) use set::{PhraseSet, Shared};
