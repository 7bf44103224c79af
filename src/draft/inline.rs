//! Markup inside a block that text stands in: emphasis, strong emphasis, links, inline HTML. To check a draft it is nothing; who
//! changes one must not tear it apart.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::span::Span;

/// A piece of inline markup around some text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Inline {
    /// All of it, with its marks.
    pub(crate) outer: Span,
    /// The bytes between its marks.
    pub(crate) inner: Span,
    pub(crate) is_link: bool,
    /// True if other words cannot be put into it: its text is also the name that it is looked up by (`[text]`, `[text][]`), or
    /// nothing can be escaped in it (CDATA).
    pub(crate) is_fixed: bool,
}

impl Inline {
    /// True for a mark between words, with nothing in it.
    pub(crate) fn is_mark(&self) -> bool {
        self.is_fixed && self.outer == self.inner
    }
}

/// The deepest nesting of markup that is looked through.
const MAX_DEPTH: usize = 64;

/// The markup inside the blocks of a draft, in the order in which it begins.
#[derive(Debug, Clone, Default)]
pub(crate) struct Markup {
    all: Vec<Inline>,
    /// For each the last one before it that is still open where it begins.
    around: Vec<Option<usize>>,
}

impl Markup {
    fn new(mut all: Vec<Inline>) -> Markup {
        all.sort_by_key(|inline| (inline.outer.start(), std::cmp::Reverse(inline.outer.end())));
        let mut open: Vec<usize> = Vec::new();
        let mut around = Vec::with_capacity(all.len());
        for (at, inline) in all.iter().enumerate() {
            while open.pop_if(|before| all[*before].outer.end() <= inline.outer.start()).is_some() {}
            around.push(open.last().copied());
            open.push(at);
        }
        Markup { all, around }
    }

    /// All of it.
    pub(crate) fn all(&self) -> &[Inline] {
        &self.all
    }

    /// All that shares a byte with `span`; `None` if it is nested too deeply to be looked through.
    pub(crate) fn overlapping(&self, span: Span) -> Option<Vec<Inline>> {
        let behind = self.all.partition_point(|inline| inline.outer.start() <= span.start());
        let before = std::iter::successors(behind.checked_sub(1), |at| self.around[*at]).map(|at| self.all[at]);
        let mut found: Vec<Inline> = before.take(MAX_DEPTH + 1).collect();
        if found.len() > MAX_DEPTH {
            return None;
        }
        found.retain(|inline| inline.outer.overlaps(span));
        found.extend(self.all[behind..].iter().take_while(|inline| inline.outer.start() < span.end()));
        Some(found)
    }

    /// Counts the links and images.
    pub(crate) fn links(&self) -> usize {
        self.all.iter().filter(|inline| inline.is_link).count()
    }
}

/// Collects the markup that a reader comes across.
#[derive(Debug, Default)]
pub(crate) struct Inlines {
    found: Vec<Inline>,
    open: Vec<OpenInline>,
}

#[derive(Debug)]
struct OpenInline {
    outer: Range<usize>,
    /// The bytes from the first to the last of what is in it.
    inner: Option<Range<usize>>,
    is_link: bool,
    is_fixed: bool,
}

impl Inlines {
    /// Takes notice of an event of the Markdown parser.
    pub(crate) fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => self.extend(range),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => self.open(range, None),
            Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
                self.open(range, Some(*link_type))
            }
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image) => {
                self.close(range)
            }
            Event::Start(_) | Event::End(_) => {}
            _ => self.extend(range),
        }
    }

    fn open(&mut self, range: &Range<usize>, link: Option<LinkType>) {
        use LinkType::{Collapsed, CollapsedUnknown, Shortcut, ShortcutUnknown};
        self.extend(range);
        let is_fixed = matches!(link, Some(Collapsed | CollapsedUnknown | Shortcut | ShortcutUnknown));
        self.open.push(OpenInline { outer: range.clone(), inner: None, is_link: link.is_some(), is_fixed });
    }

    /// Adds markup that was read elsewhere, such as an element of HTML.
    pub(crate) fn add(&mut self, inline: Inline) {
        self.found.push(inline);
    }

    /// Adds the markup of a text that is part of this one; `place` tells where something of it stands.
    pub(crate) fn absorb(&mut self, other: Inlines, place: impl Fn(Span) -> Span) {
        let moved = |inline: Inline| Inline { outer: place(inline.outer), inner: place(inline.inner), ..inline };
        self.found.extend(other.found.into_iter().map(moved));
    }

    fn extend(&mut self, range: &Range<usize>) {
        if let Some(open) = self.open.last_mut() {
            open.inner = Some(match &open.inner {
                Some(inner) => inner.start.min(range.start)..inner.end.max(range.end),
                None => range.clone(),
            });
        }
    }

    fn close(&mut self, range: &Range<usize>) {
        // A link that is its own address was not opened.
        let Some(open) = self.open.pop_if(|open| open.outer == *range) else {
            return;
        };
        let OpenInline { outer, inner, is_link, is_fixed } = open;
        if let Some(inner) = inner.filter(|inner| outer.start <= inner.start && inner.end <= outer.end) {
            let span = |range: Range<usize>| Span::new(range.start, range.end);
            self.found.push(Inline { outer: span(outer), inner: span(inner), is_link, is_fixed });
        }
    }

    /// The markup.
    pub(crate) fn finish(self) -> Markup {
        Markup::new(self.found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_overlaps_a_span_is_found(spans in prop::collection::vec((0usize..40, 0usize..12), 0..12), start in 0usize..50, len in 1usize..8) {
            let inline = |(start, len)| {
                let outer = Span::new(start, start + len);
                Inline { outer, inner: outer, is_link: false, is_fixed: false }
            };
            let all: Vec<Inline> = spans.into_iter().map(inline).collect();
            let span = Span::new(start, start + len);
            let sorted = |mut found: Vec<Inline>| {
                found.sort_by_key(|inline| (inline.outer.start(), inline.outer.end()));
                found
            };
            // An empty one shares no byte with anything.
            let shares = |inline: &Inline| !inline.outer.is_empty() && inline.outer.overlaps(span);
            let expected: Vec<Inline> = all.iter().copied().filter(shares).collect();
            let found = Markup::new(all).overlapping(span).unwrap();
            let found = found.into_iter().filter(|inline| !inline.outer.is_empty()).collect();
            prop_assert_eq!(sorted(found), sorted(expected));
        }
    }
}
