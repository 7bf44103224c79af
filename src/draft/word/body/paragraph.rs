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
    /// The marks of tracked changes of the mark at its end.
    pub(super) mark: TrackedChange,
}

impl WordProperties {
    /// The facts on the paragraph, in a document that has these styles and whose lists have come so far.
    pub(in crate::draft::word) fn facts(&self, styles: &WordStyles, counters: &mut WordCounters<'_>) -> ParagraphFacts {
        let style = self.style.as_deref();
        let role = match self.level {
            _ if self.is_caption => ParagraphRole::Caption,
            Some(level) if level < 9 => ParagraphRole::Heading(level),
            _ => styles.role(style),
        };
        let list = self.numbering.list.clone().or_else(|| styles.numbering(style).list);
        let is_listed = list.is_some_and(|list| list != "0");
        let label = if is_listed { counters.count(&self.numbering, style) } else { None };
        let is_in_index = self.is_in_index || styles.is_of_index(style);
        ParagraphFacts { role, is_note: self.is_note, is_listed, label, is_in_index }
    }
}
