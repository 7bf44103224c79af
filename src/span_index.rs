//! An index of spans that tells which of them hold a given one, without a look at each.

use crate::span::Span;

/// Spans of one text, which may overlap and lie inside one another, in the order of their starts.
///
/// Above them stands a tree that knows the farthest end of each half, quarter and so on: stretches that end too early are passed
/// over as a whole, so that a question costs the logarithm of the number of spans for each answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct SpanIndex {
    starts: Vec<u32>,
    /// The farthest ends; the children of node `n` are `2n` and `2n + 1`, the spans themselves are the last level.
    farthest: Vec<u32>,
}

impl SpanIndex {
    /// The index of no spans.
    pub(crate) const EMPTY: SpanIndex = SpanIndex { starts: Vec::new(), farthest: Vec::new() };

    /// The index of spans that are in the order of their starts.
    pub(crate) fn new<In>(spans: impl ExactSizeIterator<Item = Span<In>>) -> SpanIndex {
        if spans.len() == 0 {
            return SpanIndex::EMPTY;
        }
        let leaves = spans.len().next_power_of_two();
        let mut farthest = vec![0; 2 * leaves];
        let mut starts = Vec::with_capacity(spans.len());
        for (at, span) in spans.enumerate() {
            starts.push(span.start() as u32);
            farthest[leaves + at] = span.end() as u32;
        }
        for node in (1..leaves).rev() {
            farthest[node] = farthest[2 * node].max(farthest[2 * node + 1]);
        }
        SpanIndex { starts, farthest }
    }

    /// The places, among all, of the spans that `span` lies wholly inside of, in order.
    pub(crate) fn holding<In>(&self, span: Span<In>) -> impl Iterator<Item = usize> {
        let behind = self.starts.partition_point(|&start| start as usize <= span.start());
        let leaves = self.farthest.len() / 2;
        let mut open = if behind > 0 { vec![(1, 0, leaves)] } else { Vec::new() };
        std::iter::from_fn(move || {
            while let Some((node, first, len)) = open.pop() {
                if first >= behind || (self.farthest[node] as usize) < span.end() {
                    continue;
                }
                if len == 1 {
                    return Some(first);
                }
                let half = len / 2;
                open.push((2 * node + 1, first + half, half));
                open.push((2 * node, first, half));
            }
            None
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Plain;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_span_that_holds_another_is_found_in_order(
            mut spans in prop::collection::vec((0usize..40, 0usize..12), 0..20),
            start in 0usize..50,
            len in 0usize..8,
        ) {
            spans.sort_unstable();
            let spans: Vec<Span<Plain>> = spans.iter().map(|&(start, len)| Span::new(start, start + len)).collect();
            let span = Span::new(start, start + len);
            let expected: Vec<usize> = (0..spans.len()).filter(|&at| spans[at].contains(span)).collect();
            let found: Vec<usize> = SpanIndex::new(spans.iter().copied()).holding(span).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
