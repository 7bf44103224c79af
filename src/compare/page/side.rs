//! One of the two texts: its sentences as they stand in their paragraphs, with what differs marked.

use std::collections::HashMap;
use std::fmt::{self, Write};
use std::ops::Range;

use crate::compare::Excerpt;
use crate::draft::Draft;
use crate::escape::Xml;
use crate::report::{Outline, page_text, text_language};
use crate::span::Span;
use crate::text::BlockKind;

/// The deepest level that items of lists are shown at.
const DEEPEST: usize = 3;

/// How a sentence is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marking {
    /// Nothing of it.
    Nothing,
    /// What differs.
    Differing,
    /// All of it.
    Whole,
}

/// One of the two texts.
pub(super) struct Side<'a> {
    draft: &'a Draft,
    outline: Outline<'a>,
    /// The element of what the other text does not have.
    mark: &'static str,
    /// The language of the whole text.
    language: Option<&'static str>,
    /// For each block how deep in a list it is.
    depths: Vec<usize>,
    /// By the block and the first byte of each excerpt the bytes of the block that are shown with it: what stands before and behind the
    /// words of a block belongs to the first and to the last.
    stretches: HashMap<(usize, usize), Range<usize>>,
}

impl<'a> Side<'a> {
    pub(super) fn new<'r>(
        draft: &'a Draft,
        excerpts: impl Iterator<Item = &'r Excerpt>,
        mark: &'static str,
    ) -> Side<'a> {
        let outline = Outline::new(draft);
        let blocks = draft.blocks();
        let text: String = blocks.iter().flat_map(|block| [block.text(), "\n"]).collect();
        let mut depths = vec![0; blocks.len()];
        let mut levels: Vec<usize> = Vec::new();
        for block in outline.rows().into_iter().flatten() {
            if blocks[block].kind() == BlockKind::List {
                outline.descend(&mut levels, block);
                depths[block] = levels.len().saturating_sub(1).min(DEEPEST);
            } else {
                levels.clear();
            }
        }
        let mut places: Vec<(usize, usize, usize)> =
            excerpts.map(|excerpt| (excerpt.site.block, excerpt.site.span.start(), excerpt.site.span.end())).collect();
        places.sort_unstable();
        let mut stretches = HashMap::new();
        for (at, &(block, start, end)) in places.iter().enumerate() {
            let before = at.checked_sub(1).map(|before| places[before]).filter(|(other, ..)| *other == block);
            let is_last = places.get(at + 1).is_none_or(|(other, ..)| *other != block);
            let end = if is_last { blocks[block].text().len() } else { end };
            stretches.insert((block, start), before.map_or(0, |(.., end)| end)..end);
        }
        Side { draft, outline, mark, language: text_language(&text), depths, stretches }
    }

    /// True if an excerpt begins its block.
    pub(super) fn begins_block(&self, excerpt: &Excerpt) -> bool {
        self.stretch(excerpt).start == 0
    }

    /// True if it is the text of a title or a heading.
    pub(super) fn is_heading(&self, excerpt: &Excerpt) -> bool {
        matches!(self.draft.blocks()[excerpt.site.block].kind(), BlockKind::Title | BlockKind::Heading)
    }

    fn stretch(&self, excerpt: &Excerpt) -> Range<usize> {
        let span = excerpt.site.span;
        self.stretches.get(&(excerpt.site.block, span.start())).cloned().unwrap_or_else(|| span.range())
    }

    /// The language of the text, as an attribute; it is empty where it is not known.
    pub(super) fn lang(&self) -> &'static str {
        self.language.unwrap_or_default()
    }

    /// Writes excerpts of one block as a paragraph. `level` is that of a heading, if it is to be one.
    pub(super) fn paragraph(
        &self,
        page: &mut String,
        excerpts: &[(&Excerpt, Marking)],
        level: Option<usize>,
    ) -> fmt::Result {
        let Some(&(first, _)) = excerpts.first() else {
            return Ok(());
        };
        let index = first.site.block;
        let block = &self.draft.blocks()[index];
        let is_first = self.begins_block(first);
        let class = match block.kind() {
            BlockKind::Title => "title",
            BlockKind::Heading => "heading",
            BlockKind::Quotation => "quotation",
            BlockKind::Paragraph => "paragraph",
            BlockKind::List => "item",
            BlockKind::Table => "cell",
            BlockKind::Footnote => "footnote",
            BlockKind::Caption => "caption",
        };
        let element = match level {
            Some(level) if self.is_heading(first) => format!("h{level}"),
            _ => "p".to_owned(),
        };
        let depth = self.depths[index];
        let deep = if depth > 0 { format!(" deep-{depth}") } else { String::new() };
        let further = if is_first { "" } else { " further" };
        write!(page, "<{element} class=\"{class}{deep}{further}\"")?;
        if let Some(language) = text_language(block.text()).filter(|&own| Some(own) != self.language) {
            write!(page, " lang=\"{language}\"")?;
        }
        page.write_str(" dir=\"auto\">")?;
        if is_first {
            let label = first.label();
            let number = label.strip_prefix("line ").unwrap_or(&label);
            write!(page, "<span class=\"line\" aria-hidden=\"true\">{}</span>", Xml(number))?;
            if let Some(marker) = self.outline.marker(index) {
                write!(page, "<span class=\"marker inline\">{}</span> ", Xml(&marker))?;
            }
        }
        for (excerpt, marking) in excerpts {
            self.excerpt(page, excerpt, *marking)?;
        }
        write!(page, "</{element}>")
    }

    fn excerpt(&self, page: &mut String, excerpt: &Excerpt, marking: Marking) -> fmt::Result {
        let stretch = self.stretch(excerpt);
        let own = excerpt.site.span.range();
        let differs: Vec<Range<usize>> = match marking {
            Marking::Nothing => Vec::new(),
            Marking::Differing => {
                excerpt.differs.iter().map(|range| own.start + range.start..own.start + range.end).collect()
            }
            Marking::Whole => vec![own],
        };
        let mut done = stretch.start;
        for range in differs {
            self.text(page, excerpt.site.block, done..range.start)?;
            write!(page, "<{}>", self.mark)?;
            self.text(page, excerpt.site.block, range.clone())?;
            write!(page, "</{}>", self.mark)?;
            done = range.end;
        }
        self.text(page, excerpt.site.block, done..stretch.end)
    }

    fn text(&self, page: &mut String, block: usize, range: Range<usize>) -> fmt::Result {
        page_text(page, self.draft, &self.draft.blocks()[block], Span::new(range.start, range.end))
    }
}
