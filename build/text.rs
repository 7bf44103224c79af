//! Of `src/text/`, what folds text and tells its tokens.

#[path = "../src/text/boundary.rs"]
pub(crate) mod boundary;
#[path = "../src/text/class.rs"]
pub(crate) mod class;
#[path = "../src/text/fold.rs"]
pub(crate) mod fold;
#[path = "lookalike.rs"]
pub(crate) mod lookalike;
#[path = "../src/text/map.rs"]
pub(crate) mod map;
#[allow(dead_code, reason = "folding asks for classes only")]
#[path = "../src/text/marks.rs"]
mod marks;
#[path = "../src/text/script.rs"]
mod script;
#[path = "../src/text/tokens.rs"]
pub(crate) mod tokens;
