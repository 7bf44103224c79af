//! The HTML that is read, and where it stands in the source: a whole draft, or what of another draft is HTML.

use crate::span::Span;

/// The HTML that is read. Marks a [`Span`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::draft) enum HtmlSource {}

/// Some HTML, with the way back to the source. In a quotation or a list of Markdown it comes in chunks, without the marks at
/// the starts of its lines.
#[derive(Debug, Clone, Copy)]
pub(in crate::draft) struct Fragment<'t> {
    text: &'t str,
    /// The source that it is part of.
    source: &'t str,
    /// The beginning of each chunk, in `text` and in the source. The first begins with the text.
    chunks: &'t [(usize, usize)],
}

impl<'t> Fragment<'t> {
    /// The chunks of `text`: each with where it begins there and in the source.
    pub(in crate::draft) fn new(text: &'t str, source: &'t str, chunks: &'t [(usize, usize)]) -> Self {
        Fragment { text, source, chunks }
    }

    pub(in crate::draft) fn text(self) -> &'t str {
        self.text
    }

    pub(in crate::draft) fn source(self) -> &'t str {
        self.source
    }

    pub(in crate::draft) fn slice(self, span: Span<HtmlSource>) -> &'t str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The bytes of the source from the first to the last that a span comes from.
    pub(in crate::draft) fn place(self, span: Span<HtmlSource>) -> Span {
        let start = self.origin(span.start());
        let end = if span.is_empty() { start } else { self.origin(span.end() - 1) + 1 };
        Span::new(start, end.max(start))
    }

    fn origin(self, at: usize) -> usize {
        let chunk = self.chunks.partition_point(|&(begin, _)| begin <= at).saturating_sub(1);
        self.chunks.get(chunk).map_or(at, |&(begin, from)| from + (at - begin))
    }

    /// The text of a span, in the pieces that stand together in the source, each with where it begins there.
    pub(in crate::draft) fn pieces(self, span: Span<HtmlSource>) -> impl Iterator<Item = (&'t str, usize)> {
        let mut at = span.start();
        std::iter::from_fn(move || {
            let chunk = self.chunks.partition_point(|&(begin, _)| begin <= at);
            let end = self.chunks.get(chunk).map_or(span.end(), |&(next, _)| next.min(span.end()));
            let piece = self.text.get(at..end).filter(|piece| !piece.is_empty())?;
            let from = self.origin(at);
            at = end;
            Some((piece, from))
        })
    }
}
