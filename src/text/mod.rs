//! Text without markup: its lines and its encoding, the blocks of a draft, what they are folded to, their tokens and sentences, the
//! language that they are in, and the amounts and dates in them.
//!
//! Nothing here knows of a format or of a rule.

pub(crate) mod amount;
pub(crate) mod block;
pub(crate) mod boundary;
pub(crate) mod class;
pub(crate) mod date;
pub(crate) mod decode;
pub(crate) mod english;
pub(crate) mod fold;
mod form;
pub(crate) mod language;
pub(crate) mod language_id;
pub(crate) mod lines;
pub(crate) mod lookalike;
pub(crate) mod map;
pub(crate) mod marks;
pub(crate) mod number;
pub(crate) mod numeral;
pub(crate) mod ordinal;
mod quotation;
pub(crate) mod script;
pub(crate) mod sentence;
mod small_words;
pub(crate) mod spelling;
pub(crate) mod tokens;

pub(crate) use block::Holder;
pub use block::{Block, BlockKind};
pub use decode::DecodeError;
pub(crate) use form::collapsed;
pub use form::counted;
pub use language::Language;
