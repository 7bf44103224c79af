//! The layout of a document of an office suite: its paragraphs, a line each of its text, and the way back into the parts of its file.
//!
//! Such a file has no lines to speak of. What readers, rules and reports see in its place is this text; a finding's line is the
//! paragraph's, and [`Paragraph`] says which paragraph of which part that is.

use std::fmt;
use std::sync::Arc;

#[cfg(feature = "office")]
use super::document::DocumentReading;
use super::document::{TrackedChange, XmlSpan};
use super::margin::MarginComment;
use super::residue::Residue;
#[cfg(feature = "office")]
use super::residue::ResidueKind;
use crate::span::{SourceText, Span, floor_char};
pub(crate) use crate::text::block::BREAK;
use crate::text::block::{Block, BlockBuilder, BlockKind, ListLabel};
use crate::text::{Language, english, language_id};

/// The end of the name under which the texts of a part's images are counted. They are no paragraphs to those who count them.
pub(crate) const IMAGES: &str = "#images";

/// The paragraph of a document in which something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Paragraph {
    /// The part of the file, such as `word/document.xml`. Notes that stand in the part of the document itself, as those of
    /// OpenDocument do, are counted by themselves: `content.xml#footnotes`; so are the texts of images: `word/document.xml#images`.
    pub part: Arc<str>,
    /// The number of the paragraph in its part, from 1. Paragraphs of tables, text boxes and lists count, and empty ones.
    pub number: usize,
    /// The text of the last heading above it in its part.
    pub heading: Option<Arc<str>>,
    /// The number that its program draws before it, which is not in the text, with those above that it does not show: `12 (b)`.
    pub label: Option<Arc<str>>,
    /// True if the part is the document itself, not its footnotes or the like.
    pub is_main: bool,
}

/// `¶12` in the document itself, `footnotes:¶3` in another part or in notes.
impl fmt::Display for Paragraph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_main {
            let file = self.part.rsplit(['/', '#']).next().unwrap_or(&self.part);
            write!(f, "{}:", file.strip_suffix(".xml").unwrap_or(file))?;
        }
        write!(f, "\u{b6}{}", self.number)
    }
}

/// The way in which characters of a text stand in a part of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PieceForm {
    /// Copied byte for byte.
    Copied,
    /// One thing in text: a reference such as `&amp;`.
    Reference,
    /// An element, such as a tab.
    Element,
}

/// The thing in a part of the file that a comment on some characters is put at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// The run with this index, of all runs of a document of Word. Characters that are not elements stand in the text element with
    /// the index `node`.
    Run {
        /// The index of the run.
        run: usize,
        /// The index of the text element.
        node: Option<usize>,
    },
    /// The characters themselves.
    Characters,
    /// The stand-in with this index, of all stand-ins of an OpenDocument text: a note, a shape, a deletion.
    StandIn(usize),
    /// Nothing: characters outside of all runs, such as those of a formula.
    Nothing,
}

impl Anchor {
    /// The index of the run.
    pub(crate) fn run(self) -> Option<usize> {
        if let Anchor::Run { run, .. } = self { Some(run) } else { None }
    }

    /// The index of the text element.
    pub(crate) fn node(self) -> Option<usize> {
        if let Anchor::Run { node, .. } = self { node } else { None }
    }
}

/// Some characters that stand together in a part of the file: of the text of a document, or of a paragraph of it.
#[derive(Debug, Clone)]
pub(crate) struct TextPiece<In = SourceText> {
    /// Their bytes in the text.
    pub(crate) text: Span<In>,
    /// The bytes of the part that stand for them.
    pub(crate) xml: XmlSpan,
    pub(crate) form: PieceForm,
    pub(crate) change: TrackedChange,
    pub(crate) anchor: Anchor,
}

impl<In> TextPiece<In> {
    /// The bytes of the part that stand for those of the bytes `text` that are of this piece.
    pub(crate) fn xml_of(&self, text: Span<In>) -> XmlSpan {
        let at = |byte: usize| self.xml.start() + byte.clamp(self.text.start(), self.text.end()) - self.text.start();
        match self.form {
            PieceForm::Copied => Span::new(at(text.start()), at(text.end())),
            PieceForm::Reference | PieceForm::Element => self.xml,
        }
    }

    /// The same piece in another text, which begins so many bytes before this one.
    pub(crate) fn moved<To>(self, by: usize) -> TextPiece<To> {
        let TextPiece { text, xml, form, change, anchor } = self;
        TextPiece { text: Span::new(text.start() + by, text.end() + by), xml, form, change, anchor }
    }
}

/// The bytes of the text of a paragraph from which on it is marked as a language, or as none, in order.
pub(crate) type LanguageMarks = Vec<(usize, Option<Language>)>;

/// A paragraph of a document, a line of its text.
#[derive(Debug, Clone)]
pub(crate) struct LayoutLine {
    pub(crate) kind: BlockKind,
    pub(crate) quoted: bool,
    /// The number or the bullet that its program draws before it.
    pub(crate) label: Option<Arc<ListLabel>>,
    pub(crate) languages: LanguageMarks,
    /// True if it is of a table of contents or the like, which its program makes of the rest.
    pub(crate) is_in_index: bool,
    pub(crate) paragraph: Arc<Paragraph>,
}

/// The layout of a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct TextLayout {
    /// One for each line of the text.
    pub(crate) lines: Vec<LayoutLine>,
    /// In the order of the text, without overlap.
    pub(crate) pieces: Vec<TextPiece>,
    /// The comments in the margin that speak to comity.
    pub(crate) comments: Vec<MarginComment>,
    /// The number of paragraphs that hold hidden text, which is not read.
    pub(crate) hidden: usize,
    /// The number of pages that hold images and no text.
    pub(crate) images: usize,
    /// The number of letters of which the file does not tell what they are, or in a way that is not known.
    pub(crate) nameless: usize,
    /// The number of words behind the end of the document, which no program shows.
    pub(crate) behind: usize,
    /// What the document carries besides its text, if that was asked for.
    pub(crate) residues: Vec<Residue>,
}

/// One text of a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct DocumentText {
    /// The text, a line a paragraph.
    pub(crate) text: String,
    pub(crate) layout: TextLayout,
}

impl DocumentText {
    /// Says of the versions of a document that a reader of its format, which has this name, has not looked for residues, if they are wanted.
    #[cfg(feature = "office")]
    pub(super) fn not_looked_for(
        mut texts: Vec<DocumentText>,
        how: DocumentReading<'_>,
        name: &str,
    ) -> Vec<DocumentText> {
        if let Some(first) = texts.first_mut().filter(|_| how.residues) {
            let what = format!(
                "what {name} may hold besides its text (comments, changes, hidden text, names) is not looked for"
            );
            first.layout.residues.push(Residue::of_document(ResidueKind::NotLookedFor, what, ""));
        }
        texts
    }
}

impl TextLayout {
    /// The blocks of a text whose lines are the paragraphs. A text with other lines than these, which nothing makes, has
    /// paragraphs only.
    pub(crate) fn blocks(&self, text: &str, most: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut at = 0;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            if blocks.len() > most {
                break;
            }
            let known = self.lines.get(index);
            let (kind, quoted) = known.map_or((BlockKind::Paragraph, false), |line| (line.kind, line.quoted));
            let label = known.and_then(|line| line.label.clone());
            let mut builder = BlockBuilder::new(kind, quoted).labelled(label);
            let text = line.trim_end_matches('\n');
            let marks = known.map_or(&[][..], |line| &line.languages);
            let mut done = 0;
            for &(from, language) in marks {
                // A text that was changed may be shorter, or have another character there.
                let from = floor_char(text, from.min(text.len())).max(done);
                builder.text(&text[done..from], at + done);
                builder.speak(language);
                done = from;
            }
            builder.text(&text[done..], at + done);
            at += line.len();
            blocks.extend(builder.finish());
        }
        language_id::unmark_unproven(&mut blocks);
        language_id::unmark_parts(&mut blocks);
        english::unmark(&mut blocks);
        blocks
    }

    /// The paragraph that is the line with this number, from 1.
    pub(crate) fn paragraph(&self, line: usize) -> Option<&Arc<Paragraph>> {
        self.lines.get(line.checked_sub(1)?).map(|line| &line.paragraph)
    }

    /// True if the line with this number, from 1, is of a table of contents or the like.
    pub(crate) fn is_in_index(&self, line: usize) -> bool {
        line.checked_sub(1).and_then(|index| self.lines.get(index)).is_some_and(|line| line.is_in_index)
    }

    /// The pieces that share a byte with `span`.
    pub(crate) fn pieces(&self, span: Span) -> &[TextPiece] {
        let first = self.pieces.partition_point(|piece| piece.text.end() <= span.start());
        let last = self.pieces.partition_point(|piece| piece.text.start() < span.end());
        &self.pieces[first..last.max(first)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_named_by_part_and_number() {
        let paragraph =
            |part: &str, is_main| Paragraph { part: part.into(), number: 3, heading: None, label: None, is_main };
        assert_eq!(paragraph("word/document.xml", true).to_string(), "\u{b6}3");
        assert_eq!(paragraph("word/footnotes.xml", false).to_string(), "footnotes:\u{b6}3");
        assert_eq!(paragraph("content.xml#footnotes", false).to_string(), "footnotes:\u{b6}3");
    }
}
