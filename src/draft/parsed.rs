//! The result of reading a source.

use super::comment::Comment;
use super::front_matter::FrontMatter;
use super::inline::Markup;
use super::unread::Unread;
use crate::text::block::Block;

/// The parts of a draft that a reader finds in a source.
#[derive(Debug, Default)]
pub(super) struct ParsedDraft {
    pub(super) blocks: Vec<Block>,
    /// What stands before the text as data, or looks like it.
    pub(super) front_matter: Option<FrontMatter>,
    /// The markup inside the blocks.
    pub(super) markup: Markup,
    /// The comments that speak to comity.
    pub(super) comments: Vec<Comment>,
    /// What is not read, in the order of the source.
    pub(super) unread: Vec<Unread>,
}
