//! The index from the source of a draft to the text of its blocks: the way from what is reported to the text that is shown.

use crate::draft::Draft;
use crate::span::{Plain, SourceText, Span};

/// The text of every block, in the order of the source.
pub(super) struct SourceIndex {
    runs: Vec<SourceRun>,
}

/// A stretch of the source that became a stretch of the text of a block.
struct SourceRun {
    from: Span<SourceText>,
    block: usize,
    at: Span<Plain>,
    /// True if it is there byte for byte; if not, the text stands for the source as a whole.
    copied: bool,
}

/// The number of runs that the end of a place is looked for back in its own block: images, whose captions are blocks of their
/// own, may lie before it.
const BACK: usize = 64;

impl SourceIndex {
    pub(super) fn new(draft: &Draft) -> SourceIndex {
        let mut runs = Vec::new();
        for (block, text) in draft.blocks().iter().enumerate() {
            let whole = Span::new(0, text.text().len());
            runs.extend(text.stretches(whole).into_iter().map(|(at, from, copied)| SourceRun {
                from,
                block,
                at,
                copied,
            }));
        }
        runs.sort_by_key(|run| (run.from.start(), run.block));
        SourceIndex { runs }
    }

    /// The block that `span` begins in, and the bytes of its text that come from it; `None` if it holds nothing that is shown.
    pub(super) fn locate(&self, span: Span) -> Option<(usize, Span<Plain>)> {
        let next = self.runs.partition_point(|run| run.from.start() <= span.start());
        let before = next.checked_sub(1).filter(|&index| {
            let end = self.runs[index].from.end();
            span.start() < end || (span.is_empty() && span.start() == end)
        });
        let behind = || Some(next).filter(|&index| self.runs.get(index).is_some_and(|p| p.from.start() < span.end()));
        let first = before.or_else(behind)?;
        let block = self.runs[first].block;
        let start = self.runs[first].text_at(span.start());
        if span.is_empty() {
            return Some((block, Span::new(start, start)));
        }
        let end = self.runs.partition_point(|run| run.from.start() < span.end());
        let inside = self.runs[first..end.max(first + 1)].iter().rev().take(BACK);
        let last = inside.into_iter().find(|run| run.block == block).unwrap_or(&self.runs[first]);
        Some((block, Span::new(start, last.text_before(span.end()).max(start))))
    }
}

impl SourceRun {
    /// Returns the beginning of the text of the source byte at `offset`.
    fn text_at(&self, offset: usize) -> usize {
        if self.copied {
            self.at.start() + offset.clamp(self.from.start(), self.from.end()) - self.from.start()
        } else {
            self.at.start()
        }
    }

    /// Returns the end of the text of the source bytes before `offset`.
    fn text_before(&self, offset: usize) -> usize {
        if self.copied { self.text_at(offset) } else { self.at.end() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Format;

    #[test]
    fn a_place_in_the_source_is_found_in_the_text_whatever_lies_between() {
        let source = "# A *bold*\n  title\n\n<!-- no text -->\n\nSee ![the **map**](m.png) &amp; [this\nlink](x).\n";
        let draft = Draft::new(Format::Markdown, source);
        let index = SourceIndex::new(&draft);
        let at = |from: &str, to: &str| {
            let start = source.find(from).unwrap();
            let end = source.find(to).unwrap() + to.len();
            index.locate(Span::new(start, end)).map(|(block, span)| &draft.blocks()[block].text()[span.range()])
        };
        assert_eq!(at("bold", "bold"), Some("bold"));
        assert_eq!(at("<!--", "-->"), None);
        assert_eq!(at("map", "map"), Some("map"));
        assert_eq!(at("&amp;", "&amp;"), Some("&"));
        assert_eq!(at("&amp;", "link"), Some("& this link"));
        assert_eq!(at("See", "&amp;"), Some("See \u{fffc} &"));
    }

    #[test]
    fn what_holds_nothing_is_found_where_it_is() {
        let draft = Draft::new(Format::Text, "One.\n\nTwo.\n");
        let index = SourceIndex::new(&draft);
        let at = |offset| index.locate(Span::new(offset, offset)).map(|(block, span)| (block, span.range()));
        assert_eq!(at(0), Some((0, 0..0)));
        assert_eq!(at(4), Some((0, 4..4)));
        assert_eq!(at(5), None);
        assert_eq!(at(8), Some((1, 2..2)));
        assert_eq!(SourceIndex::new(&Draft::new(Format::Text, "")).locate(Span::new(0, 0)), None);
    }
}
