//! Of `src/draft/`, what folds text.

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
