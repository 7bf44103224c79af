//! The paragraphs of WordprocessingML, with what the common model does not know of them.

use crate::draft::document::TrackedChange;
use crate::draft::paragraph::{ParagraphFacts, ParagraphRole, RawParagraph, VersionBuilder};
use crate::draft::word::styles::WordStyles;

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
    pub(super) numbered: Option<bool>,
    /// True for the text that stands for an image, or that is in one.
    pub(super) is_caption: bool,
    /// True for the large letter that the next paragraph begins with.
    pub(super) is_drop_cap: bool,
    /// The marks of tracked changes of the mark at its end.
    pub(super) mark: TrackedChange,
}

impl WordProperties {
    /// The facts on the paragraph, in a document that has these styles.
    pub(in crate::draft::word) fn facts(&self, styles: &WordStyles) -> ParagraphFacts {
        let style = self.style.as_deref();
        let role = match self.level {
            _ if self.is_caption => ParagraphRole::Caption,
            Some(level) if level < 9 => ParagraphRole::Heading(level),
            _ => styles.role(style),
        };
        let is_listed = self.numbered.unwrap_or_else(|| styles.is_numbered(style));
        ParagraphFacts { role, is_note: self.is_note, is_listed }
    }
}
