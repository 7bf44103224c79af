//! The paragraphs of OpenDocument, with what the common model does not know of them.

use std::collections::HashMap;

use crate::draft::document::DocumentError;
use crate::draft::layout::PieceForm;
use crate::draft::list::ListCounters;
use crate::draft::odt::item::OdtItem;
use crate::draft::odt::stand_in::StandInPlace;
use crate::draft::odt::styles::VisibleStyles;
use crate::draft::paragraph::{ParagraphFacts, ParagraphRole, RawParagraph, VersionBuilder};
use crate::span::Span;

/// A paragraph as it is read.
pub(in crate::draft::odt) type OdtParagraph = RawParagraph<OdtProperties>;

/// The properties of a paragraph.
#[derive(Debug, Default)]
pub(in crate::draft::odt) struct OdtProperties {
    pub(in crate::draft::odt) role: ParagraphRole,
    pub(in crate::draft::odt) is_listed: bool,
    /// The item of a list that it is the first paragraph of.
    pub(super) item: Option<OdtItem>,
    /// True for one of those that a deletion is made of, not in a table or a note of these.
    pub(super) is_deleted: bool,
    pub(super) is_hidden: bool,
    /// True if the mark at its end is hidden: it goes on in the next paragraph.
    pub(super) has_hidden_mark: bool,
    /// True if it is of a table of contents or the like.
    pub(super) is_in_index: bool,
}

impl OdtProperties {
    /// The facts on the paragraph, in a document whose lists have come so far.
    pub(in crate::draft::odt) fn facts(
        &self,
        is_note: bool,
        styles: VisibleStyles<'_>,
        counters: &mut HashMap<usize, ListCounters>,
    ) -> ParagraphFacts {
        let label = self.item.as_ref().and_then(|item| item.count(styles, counters));
        ParagraphFacts { role: self.role, is_note, is_listed: self.is_listed, label, is_in_index: self.is_in_index }
    }
}

/// One version of the text, as it is read.
pub(in crate::draft::odt) struct OdtBuilder {
    pub(in crate::draft::odt) text: VersionBuilder<OdtProperties>,
    /// The places of all stand-ins.
    pub(in crate::draft::odt) places: Vec<StandInPlace>,
    /// The reason for which this version cannot be read, though the file can.
    pub(in crate::draft::odt) fault: Option<DocumentError>,
}

impl OdtParagraph {
    /// Takes off the white space at the end, of which there is one character.
    pub(super) fn trim(&mut self) {
        let Some(last) = self.pieces.last_mut() else {
            return;
        };
        if !self.text.ends_with(' ') || last.form == PieceForm::Element {
            return;
        }
        if last.text.len() == 1 {
            self.pieces.pop();
        } else if last.form == PieceForm::Copied {
            last.text = Span::new(last.text.start(), last.text.end() - 1);
            last.xml = Span::new(last.xml.start(), last.xml.end() - 1);
        } else {
            return;
        }
        self.text.pop();
    }
}
