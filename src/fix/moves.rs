//! Bytes of a draft followed through edits.

use super::Edit;
use crate::span::Span;

/// Offsets in a draft before some edits, mapped to those behind them.
pub(super) struct Moves {
    /// For each edit what it replaces, and what is there then.
    edits: Vec<(std::ops::Range<usize>, std::ops::Range<usize>)>,
}

impl Moves {
    /// The edits are in order and do not overlap.
    pub(super) fn new(edits: &[Edit]) -> Moves {
        let mut grown = 0isize;
        let moved = |edit: &Edit| {
            let start = edit.span.start().saturating_add_signed(grown);
            grown += edit.text.len() as isize - edit.span.len() as isize;
            (edit.span.range(), start..start + edit.text.len())
        };
        Moves { edits: edits.iter().map(moved).collect() }
    }

    /// The new range of some bytes: what was partly replaced goes to the edge of what replaced it.
    pub(super) fn follow(&self, span: Span) -> (usize, usize) {
        let (start, end) = (span.start(), span.end());
        let from = self.edits.partition_point(|(old, _)| old.end <= start);
        let to = self.edits.partition_point(|(old, _)| old.start < end);
        let behind = |at: usize, edit: Option<&(std::ops::Range<usize>, std::ops::Range<usize>)>| {
            edit.map_or(at, |(old, new)| new.end + (at - old.end))
        };
        let first = match self.edits.get(from) {
            Some((old, new)) if old.start <= start => new.start,
            _ => behind(start, from.checked_sub(1).and_then(|at| self.edits.get(at))),
        };
        let last = match to.checked_sub(1).and_then(|at| self.edits.get(at)) {
            Some((old, new)) if end <= old.end => new.end,
            before => behind(end, before),
        };
        (first, last.max(first))
    }

    /// True if some bytes of the changed draft hold any of what was put there, or lie across a place where something was taken
    /// out.
    pub(super) fn put_in(&self, span: Span) -> bool {
        let next = self.edits.partition_point(|(_, new)| new.end <= span.start());
        let is_held = |new: &std::ops::Range<usize>| {
            new.start < span.end() && if new.is_empty() { span.start() < new.start } else { span.start() < new.end }
        };
        self.edits[next..].iter().take_while(|(_, new)| new.start < span.end()).any(|(_, new)| is_held(new))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_followed_through_edits() {
        // "abcdefgh" -> "aXYZdeh"
        let edit = |start, end, text: &str| Edit { span: Span::new(start, end), text: text.to_owned() };
        let moves = Moves::new(&[edit(1, 3, "XYZ"), edit(5, 7, "")]);
        let cases = [
            ((0, 1), (0, 1)),
            ((1, 3), (1, 4)),
            ((3, 5), (4, 6)),
            ((7, 8), (6, 7)),
            ((0, 8), (0, 7)),
            ((2, 4), (1, 5)),
        ];
        for ((start, end), expected) in cases {
            assert_eq!(moves.follow(Span::new(start, end)), expected, "{start}..{end}");
        }
        assert_eq!(Moves::new(&[]).follow(Span::new(2, 3)), (2, 3));
    }

    #[test]
    fn what_was_put_in_is_told_from_what_stood_there() {
        // "abcdefgh" -> "aXYZdeh"
        let edit = |start, end, text: &str| Edit { span: Span::new(start, end), text: text.to_owned() };
        let moves = Moves::new(&[edit(1, 3, "XYZ"), edit(5, 7, "")]);
        let cases = [((0, 1), false), ((0, 2), true), ((2, 3), true), ((4, 6), false), ((5, 7), true), ((6, 7), false)];
        for ((start, end), expected) in cases {
            assert_eq!(moves.put_in(Span::new(start, end)), expected, "{start}..{end}");
        }
    }
}
