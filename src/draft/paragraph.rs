//! The paragraphs of a document of an office suite while its parts are read, whatever the format: one builder a version of its text,
//! and the text that is made of them.

use std::collections::HashMap;
use std::sync::Arc;

use super::document::{TrackedChange, Version, XmlSpan};
use super::layout::{Anchor, DocumentText, IMAGES, LanguageMarks, LayoutLine, Paragraph, PieceForm, TextPiece};
use super::margin::LinePlace;
use super::residue::{Residue, ResidueKind};
use crate::span::Span;
use crate::text::block::{BlockKind, ListLabel};
use crate::text::{Language, collapsed};

/// The text of one paragraph. Marks a [`Span`].
#[derive(Debug, Clone, Copy)]
pub(crate) enum InParagraph {}

/// A paragraph as a reader builds it, with what its format keeps of it besides.
#[derive(Debug, Default)]
pub(crate) struct RawParagraph<More> {
    pub(crate) text: String,
    pub(crate) pieces: Vec<TextPiece<InParagraph>>,
    /// The bytes of the text from which on it is marked as another language, or as none.
    pub(crate) languages: LanguageMarks,
    /// The index of the story that it is of: of what it is counted in.
    pub(crate) story: usize,
    pub(crate) in_table: bool,
    /// True for the text that stands for an image or is in one, which is counted apart.
    pub(crate) is_image: bool,
    /// True if there is text in it that is hidden, and not read.
    pub(crate) has_hidden: bool,
    /// What it carries besides its text, if that is wanted.
    pub(crate) residues: Vec<Residue<InParagraph>>,
    pub(crate) more: More,
}

impl<More> RawParagraph<More> {
    /// Adds some characters.
    pub(crate) fn push(&mut self, text: &str, xml: XmlSpan, form: PieceForm, change: TrackedChange, anchor: Anchor) {
        if !text.is_empty() {
            let at = self.text.len();
            self.text.push_str(text);
            self.pieces.push(TextPiece { text: Span::new(at, self.text.len()), xml, form, change, anchor });
        }
    }

    /// Tells the language that the text goes on in, if it is marked as one. That it is English is what is thought of all text.
    pub(crate) fn speak(&mut self, language: Option<Language>) {
        let language = language.filter(|language| language.as_str() != "en");
        if self.languages.last().map_or(language.is_some(), |(_, last)| *last != language) {
            self.languages.push((self.text.len(), language));
        }
    }

    /// Adds the text of another paragraph.
    pub(crate) fn append(&mut self, other: RawParagraph<More>) {
        let at = self.text.len();
        self.speak(None);
        self.languages.extend(other.languages.into_iter().map(|(from, language)| (from + at, language)));
        self.text.push_str(&other.text);
        self.pieces.extend(other.pieces.into_iter().map(|piece| piece.moved(at)));
        let len = other.text.len();
        self.residues.extend(other.residues.into_iter().map(|residue| residue.moved(at, len)));
    }

    /// Keeps a residue that stands from a byte of the text to its end, or at its end where it is not in the text. It goes on with one of
    /// the same kind that ends there.
    pub(crate) fn keep(&mut self, kind: ResidueKind, what: String, from: usize, words: &str) {
        // Those of other kinds may end there as well.
        const NEAR: usize = 8;
        let span = Span::new(from, self.text.len());
        let mut near = self.residues.iter_mut().rev().take(NEAR);
        let last = near
            .find(|last| last.kind == kind && last.what == what && last.span.is_some_and(|last| last.end() == from));
        match last.filter(|_| kind != ResidueKind::Comment) {
            Some(last) => {
                last.span = last.span.map(|last| Span::new(last.start(), span.end()));
                last.add_words(words);
            }
            None => self.residues.push(Residue::at(kind, span, what, words)),
        }
    }

    /// Makes the pieces from the one with this index on stand for an element as a whole.
    pub(crate) fn join(&mut self, first: usize, element: XmlSpan) {
        for piece in self.pieces.get_mut(first..).unwrap_or_default() {
            (piece.xml, piece.form) = (element, PieceForm::Element);
            if let Anchor::Run { node, .. } = &mut piece.anchor {
                *node = None;
            }
        }
    }
}

/// The role of a paragraph by its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum ParagraphRole {
    /// The title of the document.
    Title,
    /// A heading of this level, from 0.
    Heading(u8),
    Quotation,
    Caption,
    #[default]
    Body,
}

impl ParagraphRole {
    /// The role that a style gives to its paragraphs, by its name, which is the same in every language, in lower case, or else by
    /// the level of its outline, or else by the number of a heading in its name, up to `most`; `None` if it leaves that to the style
    /// that it is based on.
    pub(crate) fn from_style(name: &str, level: Option<ParagraphRole>, most: u8) -> Option<ParagraphRole> {
        match name {
            "title" => return Some(ParagraphRole::Title),
            "quotations" | "quote" | "intense quote" | "block text" => return Some(ParagraphRole::Quotation),
            "caption" => return Some(ParagraphRole::Caption),
            "subtitle" => return Some(ParagraphRole::Heading(1)),
            _ => {}
        }
        level.or_else(|| {
            let number = name.strip_prefix("heading ")?.trim().parse().ok()?;
            (1..=most).contains(&number).then(|| ParagraphRole::Heading(number - 1))
        })
    }
}

/// The paragraphs that are open in a text, and around the text box or the note that is.
#[derive(Debug, Default)]
struct OpenParagraphs {
    /// The indices of those that are open, the innermost last.
    open: Vec<usize>,
    /// The index of the one that goes on in the next, because its end does not count.
    carried: Option<usize>,
    /// True in a text box that is hidden.
    is_hidden: bool,
}

/// An element that is open and stands for a character, such as a drawing.
#[derive(Debug, Default)]
struct OpenObject {
    /// The index of the piece that is the character, if it is read.
    piece: Option<usize>,
    /// The indices of the paragraphs that stand for its images.
    captions: Vec<usize>,
}

/// Builds one version of the text of a document: its paragraphs, in the order in which they begin.
#[derive(Debug, Default)]
pub(crate) struct VersionBuilder<More> {
    pub(crate) version: Version,
    pub(crate) paragraphs: Vec<RawParagraph<More>>,
    scope: OpenParagraphs,
    /// The scopes that text boxes and notes interrupt.
    outer: Vec<OpenParagraphs>,
    objects: Vec<OpenObject>,
    /// Numbers of pieces or paragraphs at the starts of elements that are open, the innermost last.
    starts: Vec<usize>,
}

impl<More: Default> VersionBuilder<More> {
    /// A builder for each of these versions.
    pub(crate) fn for_each(versions: &[Version]) -> Vec<VersionBuilder<More>> {
        versions.iter().map(|&version| VersionBuilder { version, ..VersionBuilder::default() }).collect()
    }

    /// Forgets what is open, before another part is read.
    pub(crate) fn reset(&mut self) {
        self.scope = OpenParagraphs::default();
        self.outer.clear();
        self.objects.clear();
        self.starts.clear();
    }

    /// The index of the paragraph that is open.
    pub(crate) fn open_index(&self) -> Option<usize> {
        self.scope.open.last().copied()
    }

    /// The paragraph that is open.
    pub(crate) fn open(&mut self) -> Option<&mut RawParagraph<More>> {
        self.paragraphs.get_mut(*self.scope.open.last()?)
    }

    /// The number of bytes of its text.
    pub(crate) fn open_len(&self) -> usize {
        self.open_index().map_or(0, |open| self.paragraphs[open].text.len())
    }

    /// The place that is read: the paragraph that is open and the byte of its text. Between two paragraphs that is the end of the one
    /// before for what `ends` there, and the beginning of the next for what begins.
    pub(crate) fn place(&self, ends: bool) -> LinePlace {
        let between = || if ends { self.paragraphs.len().checked_sub(1) } else { None };
        match self.open_index().or(self.scope.carried).or_else(between) {
            Some(index) => (index, self.paragraphs.get(index).map_or(0, |paragraph| paragraph.text.len())),
            None => (self.paragraphs.len(), 0),
        }
    }

    /// Begins a paragraph, or goes on with the one whose end does not count.
    pub(crate) fn begin(&mut self, new: impl FnOnce() -> RawParagraph<More>) -> &mut RawParagraph<More> {
        let index = self.scope.carried.take().unwrap_or(self.paragraphs.len());
        if index == self.paragraphs.len() {
            self.paragraphs.push(new());
        }
        self.scope.open.push(index);
        &mut self.paragraphs[index]
    }

    /// Ends the paragraph that is open, and says its index.
    pub(crate) fn end(&mut self) -> Option<usize> {
        self.scope.open.pop()
    }

    /// Makes the next paragraph go on with this one.
    pub(crate) fn carry(&mut self, index: Option<usize>) {
        self.scope.carried = index;
    }

    /// Makes another paragraph the one that is open.
    pub(crate) fn switch_to(&mut self, index: usize) {
        if let Some(open) = self.scope.open.last_mut() {
            *open = index;
        }
    }

    /// Begins a text box or a note: the paragraphs in it are none of those around it.
    pub(crate) fn interrupt(&mut self, is_hidden: bool) {
        let inside = OpenParagraphs { is_hidden, ..OpenParagraphs::default() };
        self.outer.push(std::mem::replace(&mut self.scope, inside));
    }

    /// Ends it, and goes on with what is around it.
    pub(crate) fn resume(&mut self) {
        self.scope = self.outer.pop().unwrap_or_default();
    }

    /// True in a text box that is hidden.
    pub(crate) fn is_hidden(&self) -> bool {
        self.scope.is_hidden
    }

    /// The number of pieces of the paragraph that is open.
    pub(crate) fn open_pieces(&self) -> usize {
        self.open_index().map_or(0, |open| self.paragraphs[open].pieces.len())
    }

    /// Remembers a number at the start of an element.
    pub(crate) fn remember(&mut self, number: usize) {
        self.starts.push(number);
    }

    /// The number that was remembered at the start of the element that ends.
    pub(crate) fn recall(&mut self) -> usize {
        self.starts.pop().unwrap_or_default()
    }

    /// Begins an element that stands for a character, which may come further in.
    pub(crate) fn begin_object(&mut self) {
        self.objects.push(OpenObject::default());
    }

    /// Makes the piece that comes next the character of the innermost object, if it is read.
    pub(crate) fn expect_object(&mut self, is_read: bool) {
        let piece = self.open_index().filter(|_| is_read).map(|open| self.paragraphs[open].pieces.len());
        if let Some(object) = self.objects.last_mut() {
            object.piece = piece;
        }
    }

    /// Adds a paragraph that stands for an image of the innermost object, if one is open.
    pub(crate) fn caption(&mut self, caption: impl FnOnce() -> RawParagraph<More>) {
        if let Some(object) = self.objects.last_mut() {
            object.captions.push(self.paragraphs.len());
            self.paragraphs.push(caption());
        }
    }

    /// Ends an object, whose element is known now.
    pub(crate) fn end_object(&mut self, element: XmlSpan) {
        let OpenObject { piece, captions } = self.objects.pop().unwrap_or_default();
        let character = piece.and_then(|piece| self.open()?.pieces.get_mut(piece));
        character.into_iter().for_each(|piece| piece.xml = element);
        for caption in captions {
            self.paragraphs[caption].pieces.iter_mut().for_each(|piece| piece.xml = element);
        }
    }
}

/// The facts on a paragraph that are known once its document has been read to the end.
#[derive(Debug, Default)]
pub(crate) struct ParagraphFacts {
    pub(crate) role: ParagraphRole,
    pub(crate) is_note: bool,
    /// True for an item of a list.
    pub(crate) is_listed: bool,
    /// The number or the bullet that its program draws before it.
    pub(crate) label: Option<ListLabel>,
    /// True if it is of a table of contents or the like, which its program makes of the rest.
    pub(crate) is_in_index: bool,
}

impl RawParagraph<ParagraphFacts> {
    fn kind(&self, is_title: bool) -> BlockKind {
        match self.more.role {
            _ if self.more.is_note => BlockKind::Footnote,
            _ if is_title => BlockKind::Title,
            ParagraphRole::Title | ParagraphRole::Heading(_) => BlockKind::Heading,
            ParagraphRole::Caption => BlockKind::Caption,
            _ if self.in_table => BlockKind::Table,
            ParagraphRole::Quotation => BlockKind::Quotation,
            ParagraphRole::Body if self.more.is_listed => BlockKind::List,
            ParagraphRole::Body => BlockKind::Paragraph,
        }
    }
}

impl<More> RawParagraph<More> {
    /// The same paragraph, with the facts on it in the place of what its format keeps.
    pub(crate) fn with_facts(self, facts: impl FnOnce(&Self) -> ParagraphFacts) -> RawParagraph<ParagraphFacts> {
        let more = facts(&self);
        let RawParagraph { text, pieces, languages, story, in_table, is_image, has_hidden, residues, .. } = self;
        RawParagraph { text, pieces, languages, story, in_table, is_image, has_hidden, residues, more }
    }
}

impl DocumentText {
    /// Puts paragraphs together, a line each, and says the byte at which each begins. `parts` are the names of the stories, of which
    /// the one called `main` is the document itself. Paragraphs of a story stand together.
    pub(crate) fn assemble(
        paragraphs: Vec<RawParagraph<ParagraphFacts>>,
        parts: &[Arc<str>],
        main: &str,
    ) -> (DocumentText, Vec<usize>) {
        let (mut done, mut starts) = (DocumentText::default(), Vec::with_capacity(paragraphs.len()));
        let DocumentText { text, layout } = &mut done;
        let title = title(&paragraphs);
        let mut images: HashMap<usize, Arc<str>> = HashMap::new();
        let mut numbers: HashMap<Arc<str>, usize> = HashMap::new();
        let (mut held_by, mut heading): (Option<Arc<str>>, _) = (None, None);
        for (index, raw) in paragraphs.into_iter().enumerate() {
            let holder = &parts[raw.story];
            if held_by.as_ref() != Some(holder) {
                (held_by, heading) = (Some(Arc::clone(holder)), None);
            }
            let part = if raw.is_image {
                images.entry(raw.story).or_insert_with(|| Arc::from(format!("{holder}{IMAGES}")))
            } else {
                holder
            };
            let number = numbers.entry(Arc::clone(part)).or_default();
            *number += 1;
            let is_main = !raw.is_image && **holder == *main;
            let label = raw.more.label.as_ref().and_then(|label| label.number.as_deref()).map(Arc::from);
            let paragraph =
                Paragraph { part: Arc::clone(part), number: *number, heading: heading.clone(), label, is_main };
            let (kind, role) = (raw.kind(title == Some(index)), raw.more.role);
            if matches!(role, ParagraphRole::Title | ParagraphRole::Heading(_)) && !raw.text.trim().is_empty() {
                heading = Some(Arc::from(collapsed(&raw.text)));
            }
            let quoted = role == ParagraphRole::Quotation;
            layout.hidden += usize::from(raw.has_hidden);
            let label = raw.more.label.map(Arc::new);
            let (languages, is_in_index) = (raw.languages, raw.more.is_in_index);
            layout.lines.push(LayoutLine {
                kind,
                quoted,
                label,
                languages,
                is_in_index,
                paragraph: Arc::new(paragraph),
            });
            starts.push(text.len());
            layout.pieces.extend(raw.pieces.into_iter().map(|piece| piece.moved(text.len())));
            let len = raw.text.len();
            layout.residues.extend(raw.residues.into_iter().map(|residue| residue.moved(text.len(), len)));
            text.push_str(&raw.text);
            text.push('\n');
        }
        (done, starts)
    }
}

/// The paragraph that is the title: the first of the style for it, or else the first of the highest headings.
fn title(paragraphs: &[RawParagraph<ParagraphFacts>]) -> Option<usize> {
    let level = |role| match role {
        ParagraphRole::Title => Some(0),
        ParagraphRole::Heading(level) => Some(u16::from(level) + 1),
        _ => None,
    };
    let candidates = paragraphs.iter().enumerate();
    let candidates = candidates.filter(|(_, raw)| !raw.more.is_note && !raw.text.trim().is_empty());
    candidates.filter_map(|(index, raw)| Some((level(raw.more.role)?, index))).min().map(|(_, index)| index)
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
