//! What programs make or bind in a document of Word: the results of fields (ISO/IEC 29500-1, 17.16) and content controls (17.5.2). Nothing
//! is written into it: a program would lose it, or the words with it, when it works out the field again or fills the control.

use crate::draft::document::XmlSpan;
use crate::span::Span;

/// A field or a content control.
#[derive(Debug, Clone)]
pub(crate) struct Seal {
    /// All of it: the element, or the runs from the one in which a field begins to the one in which it ends.
    pub(crate) span: XmlSpan,
    /// The field or the control that it stands in.
    outer: Option<usize>,
    /// True if nothing is to be written into it.
    is_closed: bool,
    /// True if it lies in one paragraph.
    pub(crate) is_inline: bool,
}

/// The fields and the controls of a document.
#[derive(Debug, Default)]
pub(crate) struct Seals {
    /// In the order in which they begin.
    all: Vec<Seal>,
    /// For each, once all are known, the outermost around it that nothing is to be written into.
    closed: Vec<Option<usize>>,
}

impl Seals {
    /// The outermost field or control around the one with this index that nothing is to be written into.
    pub(crate) fn around(&self, index: Option<usize>) -> Option<&Seal> {
        self.all.get((*self.closed.get(index?)?)?)
    }

    /// Works out which nothing is to be written into, once all are known.
    pub(super) fn settle(&mut self) {
        self.closed.clear();
        for (index, seal) in self.all.iter().enumerate() {
            let around = seal.outer.and_then(|outer| self.closed.get(outer).copied().flatten());
            self.closed.push(around.or(seal.is_closed.then_some(index)));
        }
    }

    /// Begins one at a byte of its part.
    pub(super) fn open(&mut self, start: usize, outer: Option<usize>) -> usize {
        self.all.push(Seal { span: Span::new(start, start), outer, is_closed: false, is_inline: true });
        self.all.len() - 1
    }

    /// Says that it ends at this byte, whether it is closed, and whether it lies in one paragraph.
    pub(super) fn end(&mut self, index: usize, end: usize, is_closed: bool, is_inline: bool) {
        if let Some(seal) = self.all.get_mut(index) {
            let span = Span::new(seal.span.start(), end.max(seal.span.start()));
            *seal = Seal { span, is_closed, is_inline, ..*seal };
        }
    }

    /// The field or the control that one stands in.
    pub(super) fn outer(&self, index: usize) -> Option<usize> {
        self.all.get(index)?.outer
    }

    /// The number of them.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Forgets those from this one on.
    pub(super) fn truncate(&mut self, len: usize) {
        self.all.truncate(len);
    }
}

/// A field that is open.
#[derive(Debug, Default)]
pub(super) struct OpenField {
    /// True if what comes is its result, not its code.
    pub(super) in_result: bool,
    pub(super) code: String,
    /// True in the result of one that makes a table of contents or the like.
    pub(super) is_index: bool,
    /// Its seal, and the paragraph in which it begins.
    pub(super) seal: Option<usize>,
    pub(super) paragraph: usize,
    /// The byte of its paragraph at which its result begins.
    pub(super) from: usize,
}

impl OpenField {
    /// The name of the field in capitals: `REF`, `TOC`.
    fn name(&self) -> String {
        self.code.split_whitespace().next().unwrap_or_default().to_ascii_uppercase()
    }

    /// True if it makes a table of contents or the like.
    pub(super) fn makes_index(&self) -> bool {
        matches!(self.name().as_str(), "TOC" | "INDEX" | "TOA" | "BIBLIOGRAPHY")
    }

    /// True if its result is made by Word. That of a link is what somebody wrote.
    pub(super) fn is_made(&self) -> bool {
        self.name() != "HYPERLINK"
    }
}

/// A content control that is open.
#[derive(Debug, Default)]
pub(super) struct OpenControl {
    pub(super) seal: usize,
    /// True if its properties say that nothing is to be written into it.
    pub(super) is_closed: bool,
    /// The number of paragraphs that had begun before it.
    pub(super) paragraphs: usize,
    /// True if it stands in a paragraph.
    pub(super) in_paragraph: bool,
}

impl OpenControl {
    /// Takes notice of a property of it, by its name and its value. Closed is what is bound to data, chosen from a list, a prompt,
    /// locked, plain text, or made by Word as a table of contents is.
    pub(super) fn take(&mut self, name: &str, value: Option<&str>) {
        self.is_closed |= match name {
            "dataBinding" | "text" | "date" | "dropDownList" | "comboBox" | "picture" | "checkbox" | "docPartObj"
            | "docPartList" | "citation" | "bibliography" | "equation" => true,
            "showingPlcHdr" => value.is_none_or(|value| !matches!(value, "0" | "false" | "off")),
            "lock" => value.is_some_and(|lock| matches!(lock, "contentLocked" | "sdtContentLocked")),
            _ => false,
        };
    }
}
