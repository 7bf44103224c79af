//! Occurrences of phrases in a draft.

use crate::draft::Site;
use crate::rule::inflect::Forms;
use crate::span::{Plain, Span};

/// One occurrence of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// The index of the block in the draft.
    pub(crate) block: usize,
    pub(crate) span: Span<Plain>,
    /// The phrase, by its place in its set.
    pub(crate) phrase: usize,
    /// The inflections that its first inflected word may be here.
    pub(crate) forms: Option<Forms>,
}

impl Hit {
    pub(crate) fn site(&self) -> Site {
        Site { block: self.block, span: self.span }
    }
}

/// Of occurrences in the order of the draft those that stand in these blocks.
pub(super) fn in_blocks<'h>(hits: &'h [Hit], blocks: &std::ops::Range<usize>) -> &'h [Hit] {
    let from = hits.partition_point(|hit| hit.block < blocks.start);
    let until = hits.partition_point(|hit| hit.block < blocks.end);
    &hits[from..until.max(from)]
}

/// Stretches of a draft, to ask whether something lies inside one of them.
pub(crate) struct Exceptions {
    /// For each stretch, in order, its block and start, and the farthest end of all so far in its block.
    reach: Vec<(usize, usize, usize)>,
}

impl Exceptions {
    pub(crate) fn new(hits: &[Hit]) -> Exceptions {
        let mut reach: Vec<_> = hits.iter().map(|hit| (hit.block, hit.span.start(), hit.span.end())).collect();
        reach.sort_unstable();
        for i in 1..reach.len() {
            if reach[i].0 == reach[i - 1].0 {
                reach[i].2 = reach[i].2.max(reach[i - 1].2);
            }
        }
        Exceptions { reach }
    }

    pub(crate) fn contain(&self, site: Site) -> bool {
        let next = self.reach.partition_point(|&(block, start, _)| (block, start) <= (site.block, site.span.start()));
        self.reach[..next].last().is_some_and(|&(block, _, end)| block == site.block && site.span.end() <= end)
    }
}
