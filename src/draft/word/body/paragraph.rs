//! The paragraphs of WordprocessingML, with what the common model does not know of them.

use crate::draft::document::TrackedChange;
use crate::draft::paragraph::{ParagraphFacts, ParagraphRole, RawParagraph, VersionBuilder};
use crate::draft::word::numbering::WordCounters;
use crate::draft::word::styles::{NumberingPlace, WordStyles};

/// A paragraph as it is read.
pub(in crate::draft::word) type WordParagraph = RawParagraph<WordProperties>;

/// One version of the text, as it is read.
pub(in crate::draft::word) type WordBuilder = VersionBuilder<WordProperties>;

/// The properties of a paragraph.
#[derive(Debug, Default)]
pub(in crate::draft::word) struct WordProperties {
    pub(in crate::draft::word) is_note: bool,
    /// The number of the note that it is of.
    pub(in crate::draft::word) note: Option<String>,
    pub(super) style: Option<String>,
    pub(super) level: Option<u8>,
    /// The list that it says it is an item of.
    pub(super) numbering: NumberingPlace,
    /// True for the text that stands for an image, or that is in one.
    pub(super) is_caption: bool,
    /// True for the large letter that the next paragraph begins with.
    pub(super) is_drop_cap: bool,
    /// True if it is of a table of contents or the like.
    pub(super) is_in_index: bool,
    /// The mark at its end.
    pub(super) mark: ParagraphMark,
    /// The style and the list of the first of several that are one, because the marks between them are hidden: Word draws its number.
    pub(super) first: Option<(Option<String>, NumberingPlace)>,
}

/// The mark at the end of a paragraph.
#[derive(Debug, Default)]
pub(super) struct ParagraphMark {
    /// The marks of tracked changes of it.
    pub(super) change: TrackedChange,
    /// True or false where it says itself whether it is hidden.
    pub(super) hidden: Option<bool>,
    pub(super) style: Option<String>,
    /// True for one that ends a section, too.
    pub(super) ends_section: bool,
}

impl ParagraphMark {
    /// True if it is hidden, at the end of a paragraph of this style: the paragraph then goes on in the next one on screen and on paper
    /// (ISO/IEC 29500-1, 17.3.2.41).
    fn is_hidden(&self, paragraph: Option<&str>, styles: &WordStyles) -> bool {
        let is_hidden =
            self.hidden.unwrap_or_else(|| self.style.is_some() && styles.hides(self.style.as_deref(), paragraph));
        is_hidden && !self.ends_section
    }
}

impl WordProperties {
    /// True if the paragraph goes on in the next one, because the mark at its end is hidden or is that of a large first letter.
    pub(super) fn goes_on(&self, styles: &WordStyles) -> bool {
        self.is_drop_cap || self.has_hidden_mark(styles)
    }

    fn has_hidden_mark(&self, styles: &WordStyles) -> bool {
        self.mark.is_hidden(self.style.as_deref(), styles)
    }

    /// Begins the paragraph that this one goes on in, which says anew what it is; `is_begun` is true if there is text already.
    pub(super) fn go_on(&mut self, is_begun: bool, styles: &WordStyles) {
        if self.has_hidden_mark(styles) {
            let (style, numbering) = (self.style.take(), std::mem::take(&mut self.numbering));
            self.level = None;
            if is_begun {
                self.first.get_or_insert((style, numbering));
            }
        }
        self.mark = ParagraphMark::default();
        self.is_drop_cap = false;
    }

    /// The facts on the paragraph, in a document that has these styles and whose lists have come so far.
    pub(in crate::draft::word) fn facts(&self, styles: &WordStyles, counters: &mut WordCounters<'_>) -> ParagraphFacts {
        let style = self.style.as_deref();
        let (first, numbering) = match &self.first {
            Some((style, numbering)) => (style.as_deref(), numbering),
            None => (style, &self.numbering),
        };
        let role = match self.level {
            _ if self.is_caption => ParagraphRole::Caption,
            Some(level) if level < 9 => ParagraphRole::Heading(level),
            _ => styles.role(style),
        };
        let list = numbering.list.clone().or_else(|| styles.numbering(first).list);
        let is_listed = list.is_some_and(|list| list != "0");
        let label = if is_listed { counters.count(numbering, first) } else { None };
        let is_in_index = self.is_in_index || styles.is_of_index(style);
        ParagraphFacts { role, is_note: self.is_note, is_listed, label, is_in_index }
    }
}
