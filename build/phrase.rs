//! Of `src/rule/phrase/`, what tells how a phrase may begin.

#[path = "../src/rule/phrase/beginning.rs"]
pub(crate) mod beginning;
#[path = "../src/rule/phrase/lists.rs"]
pub(crate) mod lists;
#[path = "../src/rule/phrase/parse.rs"]
pub(crate) mod parse;
#[path = "../src/rule/phrase/program.rs"]
pub(crate) mod program;
#[path = "../src/rule/phrase/tree.rs"]
pub(crate) mod tree;
