//! The paragraphs of a part, as they are read.

use std::sync::Arc;

use crate::draft::paper::{Change, IMAGES, Passage, Piece, Role};
use crate::draft::word::styles::Styles;

/// A paragraph as it is read.
#[derive(Debug, Default)]
pub(in crate::draft::word) struct Slot {
    pub(in crate::draft::word) text: String,
    /// Their places are relative to the text of the paragraph.
    pub(in crate::draft::word) pieces: Vec<Piece>,
    /// The index of the story.
    pub(in crate::draft::word) story: usize,
    pub(in crate::draft::word) in_table: bool,
    pub(in crate::draft::word) is_note: bool,
    /// The number of the note that it is of.
    pub(in crate::draft::word) note: Option<String>,
    pub(super) style: Option<String>,
    pub(super) level: Option<u8>,
    pub(super) numbered: Option<bool>,
    /// Whether it is the text that stands for an image, or that is in one.
    pub(super) is_caption: bool,
    /// Whether its part is a diagram or a chart.
    pub(in crate::draft::word) is_art: bool,
    /// Whether it is the large letter that the next paragraph begins with.
    pub(super) is_drop_cap: bool,
    pub(super) has_hidden: bool,
    /// What tracked changes have done to the mark at its end.
    pub(super) mark: Change,
}

impl Slot {
    fn role(&self, styles: &Styles) -> Role {
        match self.level {
            _ if self.is_caption => Role::Caption,
            Some(level) if level < 9 => Role::Heading(level),
            _ => styles.role(self.style.as_deref()),
        }
    }

    /// The paragraph, of this part, as one of the paper.
    pub(in crate::draft::word) fn passage(self, part: Arc<str>, main: &str, styles: &Styles) -> Passage {
        let style = self.style.as_deref();
        let counted = if self.is_caption && !self.is_art { Arc::from(format!("{part}{IMAGES}")) } else { part };
        Passage {
            is_main: *counted == *main,
            part: counted,
            role: self.role(styles),
            is_note: self.is_note,
            in_table: self.in_table,
            has_hidden: self.has_hidden,
            is_listed: self.numbered.unwrap_or_else(|| styles.is_numbered(style)),
            text: self.text,
            pieces: self.pieces,
        }
    }
}
