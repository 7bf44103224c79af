//! Of `src/draft/`, what folds text and tells its tokens.

#[path = "../src/draft/boundary.rs"]
pub(crate) mod boundary;
#[path = "../src/draft/class.rs"]
pub(crate) mod class;
#[path = "../src/draft/fold.rs"]
pub(crate) mod fold;
#[path = "lookalike.rs"]
pub(crate) mod lookalike;
#[path = "../src/draft/map.rs"]
pub(crate) mod map;
#[allow(dead_code, reason = "folding asks for classes only")]
#[path = "../src/draft/marks.rs"]
mod marks;
#[path = "../src/draft/script.rs"]
mod script;
#[path = "../src/draft/tokens.rs"]
pub(crate) mod tokens;
