//! The text of a document of an office suite: its paragraphs, a line each, with the way back into the parts of its file.
//!
//! Such a file has no lines to speak of. What readers, rules and reports see in its place is this text; a finding's line is the
//! paragraph's, and [`Paragraph`] says which paragraph of which part that is.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::span::Span;
pub(crate) use crate::text::block::BREAK;
use crate::text::block::{Block, BlockBuilder, BlockKind};
use crate::text::collapsed;
/// Behind the name of a part: where the texts of its images are counted. They are no paragraphs to those who count them.
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
    /// Whether the part is the document itself, not its footnotes or the like.
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

/// What tracked changes have done to some text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Change {
    pub(crate) inserted: bool,
    pub(crate) deleted: bool,
}

/// How characters of a paper stand in a part of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// As they are, byte for byte.
    Copied,
    /// As a whole, in text: a reference such as `&amp;`.
    Reference,
    /// As an element, such as a tab.
    Element,
}

/// Some characters of a paper that stand together in a part of the file.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    /// Their bytes in the text of the paper.
    pub(crate) text: Range<usize>,
    /// What stands for them in the part.
    pub(crate) xml: Range<usize>,
    pub(crate) form: Form,
    pub(crate) change: Change,
    /// The index of the run that holds them, of all runs of the document.
    pub(crate) run: usize,
    /// The index of the text element that holds them, of all of the document; means nothing where they are elements.
    pub(crate) node: usize,
}

impl Piece {
    /// What stands in the part for those of the bytes `text` that are of this piece.
    pub(crate) fn xml_of(&self, text: &Range<usize>) -> Range<usize> {
        let at = |byte: usize| self.xml.start + byte.clamp(self.text.start, self.text.end) - self.text.start;
        match self.form {
            Form::Copied => at(text.start)..at(text.end),
            Form::Reference | Form::Element => self.xml.clone(),
        }
    }
}

/// What a paragraph is in its document.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) kind: BlockKind,
    pub(crate) quoted: bool,
    pub(crate) paragraph: Arc<Paragraph>,
}

/// What a paragraph is by its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Role {
    /// The title of the document.
    Title,
    /// A heading of this level, from 0.
    Heading(u8),
    Quotation,
    Caption,
    #[default]
    Body,
}

/// A paragraph as a reader makes it, before it is put together with the others.
#[derive(Debug)]
pub(crate) struct Passage {
    pub(crate) text: String,
    /// Their places are relative to the text of the paragraph.
    pub(crate) pieces: Vec<Piece>,
    /// The part that it is counted in.
    pub(crate) part: Arc<str>,
    pub(crate) is_main: bool,
    pub(crate) role: Role,
    pub(crate) is_note: bool,
    pub(crate) in_table: bool,
    /// Whether it is an item of a list.
    pub(crate) is_listed: bool,
    /// Whether there is text in it that is hidden, and not read.
    pub(crate) has_hidden: bool,
}

/// The text of a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Paper {
    /// One for each line of the text.
    pub(crate) lines: Vec<Line>,
    /// In the order of the text, without overlap.
    pub(crate) pieces: Vec<Piece>,
    /// How many of the paragraphs hold hidden text, which is not read.
    pub(crate) hidden: usize,
}

impl Paper {
    /// Puts paragraphs together, a line each: the text, the paper, and where in the text each begins. Those of a part stand
    /// together.
    pub(crate) fn of(passages: Vec<Passage>) -> (String, Paper, Vec<usize>) {
        let (mut text, mut paper, mut starts) = (String::new(), Paper::default(), Vec::with_capacity(passages.len()));
        let title = title(&passages);
        let mut numbers: HashMap<Arc<str>, usize> = HashMap::new();
        let (mut held_by, mut heading): (Option<Arc<str>>, _) = (None, None);
        for (index, passage) in passages.into_iter().enumerate() {
            let holder = passage.part.strip_suffix(IMAGES).unwrap_or(&passage.part);
            if held_by.as_deref() != Some(holder) {
                (held_by, heading) = (Some(Arc::from(holder)), None);
            }
            let number = numbers.entry(Arc::clone(&passage.part)).or_default();
            *number += 1;
            let number = *number;
            paper.hidden += usize::from(passage.has_hidden);
            let kind = passage.kind(title == Some(index));
            let Passage { text: own, pieces, part, is_main, role, .. } = passage;
            let paragraph = Paragraph { part, number, heading: heading.clone(), is_main };
            if matches!(role, Role::Title | Role::Heading(_)) && !own.trim().is_empty() {
                heading = Some(Arc::from(collapsed(&own)));
            }
            paper.lines.push(Line { kind, quoted: role == Role::Quotation, paragraph: Arc::new(paragraph) });
            let at = text.len();
            starts.push(at);
            paper.pieces.extend(pieces.into_iter().map(|mut piece| {
                piece.text = piece.text.start + at..piece.text.end + at;
                piece
            }));
            text.push_str(&own);
            text.push('\n');
        }
        (text, paper, starts)
    }

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
            let mut builder = BlockBuilder::new(kind, quoted);
            builder.text(line.trim_end_matches('\n'), at);
            at += line.len();
            blocks.extend(builder.finish());
        }
        blocks
    }

    /// The paragraph that is the line with this number, from 1.
    pub(crate) fn paragraph(&self, line: usize) -> Option<&Arc<Paragraph>> {
        self.lines.get(line.checked_sub(1)?).map(|line| &line.paragraph)
    }

    /// The pieces that share a byte with `span`.
    pub(crate) fn pieces(&self, span: Span) -> &[Piece] {
        let first = self.pieces.partition_point(|piece| piece.text.end <= span.start());
        let last = self.pieces.partition_point(|piece| piece.text.start < span.end());
        &self.pieces[first..last.max(first)]
    }
}

impl Passage {
    fn kind(&self, is_title: bool) -> BlockKind {
        match self.role {
            _ if self.is_note => BlockKind::Footnote,
            _ if is_title => BlockKind::Title,
            Role::Title | Role::Heading(_) => BlockKind::Heading,
            Role::Caption => BlockKind::Caption,
            _ if self.in_table => BlockKind::Table,
            Role::Quotation => BlockKind::Quotation,
            Role::Body if self.is_listed => BlockKind::List,
            Role::Body => BlockKind::Paragraph,
        }
    }
}

/// The paragraph that is the title: the first of the style for it, or else the first of the highest headings.
fn title(passages: &[Passage]) -> Option<usize> {
    let level = |passage: &Passage| match passage.role {
        Role::Title => Some(0),
        Role::Heading(level) => Some(u16::from(level) + 1),
        _ => None,
    };
    let candidates =
        passages.iter().enumerate().filter(|(_, passage)| !passage.is_note && !passage.text.trim().is_empty());
    candidates.filter_map(|(index, passage)| Some((level(passage)?, index))).min().map(|(_, index)| index)
}

/// A digit as a raised one, which is how a mark of a note that was typed by hand looks.
pub(crate) fn raised(c: char) -> char {
    match c {
        '1' => '\u{b9}',
        '2' => '\u{b2}',
        '3' => '\u{b3}',
        '0' | '4'..='9' => char::from_u32(0x2070 + c as u32 - '0' as u32).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_named_by_part_and_number() {
        let paragraph = |part: &str, is_main| Paragraph { part: part.into(), number: 3, heading: None, is_main };
        assert_eq!(paragraph("word/document.xml", true).to_string(), "\u{b6}3");
        assert_eq!(paragraph("word/footnotes.xml", false).to_string(), "footnotes:\u{b6}3");
        assert_eq!(paragraph("content.xml#footnotes", false).to_string(), "footnotes:\u{b6}3");
    }
}
