//! Collects the blocks of marked-up formats, with the comments and the markup inside them.

use super::comment::Comment;
use super::inline::Inlines;
use super::parsed::ParsedDraft;
use super::unread::{Unread, UnreadReason};
use crate::span::Span;
use crate::text::block::{Block, BlockBuilder, BlockKind, Holder};
use crate::text::english;

/// Collects the blocks of a draft in the order in which they end.
#[derive(Debug, Default)]
pub(super) struct BlockCollector {
    blocks: Vec<Block>,
    /// The most blocks that a draft may have.
    most: usize,
    comments: Vec<Comment>,
    open: OpenBlock,
    /// Blocks that go on behind what interrupts them, such as the description of an image.
    interrupted: Vec<OpenBlock>,
    pub(super) inlines: Inlines,
    unread: Vec<Unread>,
    /// True if nothing was read behind the last of these.
    is_passing: bool,
}

/// A block that is being read.
#[derive(Debug, Default)]
struct OpenBlock {
    block: Option<BlockBuilder>,
    /// The comments, by their indices, that stand in it.
    comments: Vec<usize>,
}

impl BlockCollector {
    /// A collector of so many blocks, and one more.
    pub(super) fn new(most: usize) -> BlockCollector {
        BlockCollector { most, ..BlockCollector::default() }
    }

    /// True if there are more blocks than a draft may have, so that nothing more is to be read.
    pub(super) fn is_full(&self) -> bool {
        self.blocks.len() > self.most
    }

    /// The most blocks that a draft may have.
    pub(super) fn most(&self) -> usize {
        self.most
    }

    /// Takes in all that was collected of a text that is part of this one, and in which nothing can be escaped. `places` tells the bytes of
    /// the source that some of that text come from, in order; there is one at least.
    pub(super) fn absorb(&mut self, other: BlockCollector, places: &dyn Fn(Span) -> Vec<Span>) {
        let place = |span: Span| {
            let places = places(span);
            Span::new(places[0].start(), places[places.len() - 1].end())
        };
        self.flush();
        self.blocks.extend(other.blocks.into_iter().map(|block| block.moved(Holder::Verbatim, places)));
        self.inlines.absorb(other.inlines, place);
        // Other programs show a comment there, so that it says nothing to comity.
        let comments =
            other.comments.iter().map(|comment| Unread { span: comment.span, reason: UnreadReason::Comment });
        let mut unread: Vec<Unread> = other.unread.into_iter().chain(comments).collect();
        unread.sort_by_key(|unread| unread.span.start());
        unread.into_iter().for_each(|unread| self.pass_over(place(unread.span), unread.reason));
        self.is_passing = false;
    }

    /// True if some block is being read.
    pub(super) fn is_open(&self) -> bool {
        self.open.block.is_some()
    }

    /// The block that is being read, which begins here if none is.
    pub(super) fn block(&mut self, begin: impl FnOnce() -> BlockBuilder) -> &mut BlockBuilder {
        self.is_passing = false;
        self.open.block.get_or_insert_with(begin)
    }

    /// Ends the block that is being read; its index, if there is any text in it.
    pub(super) fn flush(&mut self) -> Option<usize> {
        let OpenBlock { block, comments } = std::mem::take(&mut self.open);
        let block = block.and_then(BlockBuilder::finish)?;
        let index = self.blocks.len();
        for comment in comments {
            self.comments[comment].block = Some(index);
        }
        self.blocks.push(block);
        Some(index)
    }

    /// Begins another block inside of the one that is being read.
    pub(super) fn interrupt(&mut self) {
        self.interrupted.push(std::mem::take(&mut self.open));
    }

    /// Ends the block inside, and goes on with the one that was interrupted.
    pub(super) fn resume(&mut self) {
        self.flush();
        self.open = self.interrupted.pop().unwrap_or_default();
    }

    /// Adds a comment, which stands in the block that is being read.
    pub(super) fn comment(&mut self, comment: Comment) {
        if self.is_open() {
            self.open.comments.push(self.comments.len());
        }
        self.comments.push(comment);
    }

    /// Notes that `span` is not read. Hidden text that follows on hidden text, with nothing that is read between, goes on with it.
    pub(super) fn pass_over(&mut self, span: Span, reason: UnreadReason) {
        match self.unread.last_mut() {
            // What is in a part that is passed over as a whole is passed over with it.
            Some(last) if span.end() <= last.span.end() => {}
            Some(last) if self.is_passing && last.reason == reason && reason == UnreadReason::Hidden => {
                last.span = Span::new(last.span.start(), span.end());
            }
            last => {
                // A shortcode may end within a comment.
                let start = last.map_or(0, |last| last.span.end()).max(span.start());
                self.unread.push(Unread { span: Span::new(start, span.end()), reason });
            }
        }
        self.is_passing = true;
    }

    /// Changes what a block is, once the whole draft has told.
    pub(super) fn set_kind(&mut self, block: usize, kind: BlockKind) {
        self.blocks[block].set_kind(kind);
    }

    /// Makes the first heading of the highest level the title; `None` if there is no heading.
    pub(super) fn find_title(&mut self) -> Option<usize> {
        let headings = self.blocks.iter().enumerate().filter(|(_, block)| block.kind() == BlockKind::Heading);
        let (_, title) = headings.map(|(index, block)| (block.level(), index)).min()?;
        self.set_kind(title, BlockKind::Title);
        Some(title)
    }

    /// Returns all that was collected.
    pub(super) fn finish(mut self) -> ParsedDraft {
        english::unmark(&mut self.blocks);
        let BlockCollector { blocks, comments, inlines, unread, .. } = self;
        ParsedDraft { blocks, markup: inlines.finish(), comments, unread, front_matter: None }
    }
}
