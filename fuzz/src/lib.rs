//! The targets of fuzzing, for the programs in `fuzz/targets/`.

mod common;
mod targets;

pub use targets::*;
