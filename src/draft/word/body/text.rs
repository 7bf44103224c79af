//! The characters of a part: text, signs that elements stand for, and all that is left out.

use super::open::{OpenRun, OpenText, WordFrame};
use super::paragraph::{WordBuilder, WordParagraph, WordProperties};
use super::{NoteReference, WordReader};
use crate::draft::document::{TrackedChange, Version, XmlSpan};
use crate::draft::layout::{Anchor, BREAK, PieceForm};
use crate::draft::paragraph::raised;
use crate::draft::word::TextNode;
use crate::draft::word::styles::WordStyles;
use crate::draft::xml::XmlElement;
use crate::span::Span;
use crate::text::fold::OBJECT;
use crate::text::{Language, collapsed};

/// The circumstances of the place that is read, by which text counts or not.
struct Here<'r> {
    change: TrackedChange,
    /// True in the code of a field.
    is_code: bool,
    run: Option<&'r OpenRun>,
    styles: &'r WordStyles,
}

impl Here<'_> {
    /// True if a version has what stands here, be it hidden or not.
    fn is_in(&self, version: Version) -> bool {
        version.has(self.change) && !self.is_code
    }

    /// True if it is not to be seen.
    fn is_hidden(&self, builder: &WordBuilder) -> bool {
        let by_run = self.run.is_some_and(|run| {
            let by_styles = || {
                let open = builder.open_index().map(|open| &builder.paragraphs[open]);
                let paragraph = open.and_then(|open| open.more.style.as_deref());
                self.styles.hides(run.style.as_deref(), paragraph)
            };
            run.hidden.unwrap_or_else(by_styles)
        });
        builder.is_hidden() || by_run
    }

    /// The language that text here is marked as, in a paragraph of this style.
    fn language(&self, paragraph: Option<&str>) -> Option<Language> {
        let own = self.run.and_then(|run| run.language);
        let of_run = || self.styles.language(Some(self.run?.style.as_deref()?));
        own.or_else(of_run).or_else(|| self.styles.language(paragraph)).flatten()
    }

    fn is_read(&self, builder: &WordBuilder) -> bool {
        self.is_in(builder.version) && !self.is_hidden(builder)
    }

    fn anchor(&self, node: Option<usize>) -> Anchor {
        self.run.map_or(Anchor::Nothing, |run| Anchor::Run { run: run.index, node })
    }
}

impl WordReader<'_> {
    /// The place that is read, and the versions that may have text there.
    fn here(&mut self) -> (Here<'_>, &mut [WordBuilder]) {
        let (change, is_code) = (self.tracked(), self.heeds_fields && self.state.around.codes > 0);
        (Here { change, is_code, run: self.state.around.runs.last(), styles: self.styles }, &mut self.versions)
    }

    /// Begins a text box, which is hidden where what stands around it is.
    pub(super) fn text_box(&mut self) -> WordFrame {
        let (here, versions) = self.here();
        for builder in versions {
            builder.interrupt(here.is_hidden(builder));
        }
        WordFrame::Box(std::mem::take(&mut self.state.around))
    }

    /// Reads an element of a run that is no text element.
    pub(super) fn character(&mut self, element: &XmlElement<'_>) -> WordFrame {
        let c = match element.name() {
            "tab" | "ptab" => Some('\t'),
            "br" | "cr" => Some(BREAK),
            "noBreakHyphen" => Some('\u{2011}'),
            "softHyphen" => Some('\u{ad}'),
            "sym" => Some(symbol(
                &element.attribute("font").unwrap_or_default(),
                element.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok()).unwrap_or(0),
            )),
            "footnoteReference" | "endnoteReference" => {
                self.reference(element);
                None
            }
            "fldChar" => {
                self.field(&element.attribute("fldCharType").unwrap_or_default());
                None
            }
            _ => None,
        };
        if let Some(c) = c {
            let from = self.open_len();
            let (here, versions) = self.here();
            for builder in versions.iter_mut().filter(|builder| here.is_read(builder)) {
                put(builder, c, element.span, &here);
            }
            self.keep_text(from, c.encode_utf8(&mut [0; 4]));
        }
        WordFrame::Through
    }

    fn reference(&mut self, element: &XmlElement<'_>) {
        let run = self.state.around.runs.last().filter(|_| self.is_in_paragraph());
        let (Some(run), Some(note)) = (run, element.attribute("id")) else {
            return;
        };
        // "footnotes" holds what a "footnoteReference" refers to.
        let part = element.name().replace("Reference", "s");
        self.references.push(NoteReference { part, note, run: run.index, change: self.tracked() });
    }

    pub(super) fn text(&mut self, open: OpenText, to: usize) {
        let OpenText { tag, preserves, mut chunks } = open;
        let node = self.nodes.len();
        self.nodes.push(TextNode { tag, span: Span::new(tag.start(), to), preserves });
        let is_blank = chunks.iter().all(|(text, _)| text.trim().is_empty());
        if !preserves {
            trim(&mut chunks);
        }
        // In a text of Word a line break is an element; one in the file is white space.
        const SPACE: [char; 3] = ['\n', '\r', '\t'];
        for (text, _) in chunks.iter_mut().filter(|(text, _)| text.contains(SPACE)) {
            *text = text.replace(SPACE, " ");
        }
        let (in_index, from) = (self.is_in_index(), self.open_len());
        let (here, versions) = self.here();
        let (change, anchor) = (here.change, here.anchor(Some(node)));
        let superscript = here.run.is_some_and(|run| run.superscript);
        for builder in versions.iter_mut().filter(|builder| here.is_in(builder.version)) {
            let is_hidden = here.is_hidden(builder);
            let Some(paragraph) = builder.open() else {
                continue;
            };
            if is_hidden {
                paragraph.has_hidden |= !is_blank;
                continue;
            }
            paragraph.more.is_in_index |= in_index;
            if !is_blank {
                let language = here.language(paragraph.more.style.as_deref());
                paragraph.speak(language);
            }
            for (text, xml) in &chunks {
                if text.len() != xml.len() {
                    paragraph.push(text, *xml, PieceForm::Reference, change, anchor);
                } else if superscript && text.bytes().any(|byte| byte.is_ascii_digit()) {
                    for (at, c) in text.char_indices() {
                        let from = xml.start() + at;
                        let xml = Span::new(from, from + c.len_utf8());
                        let raised = raised(c).encode_utf8(&mut [0; 4]).to_owned();
                        paragraph.push(&raised, xml, PieceForm::Reference, change, anchor);
                    }
                } else {
                    paragraph.push(text, *xml, PieceForm::Copied, change, anchor);
                }
            }
        }
        if self.residues.are_wanted {
            let words: String = chunks.into_iter().map(|(text, _)| text).collect();
            self.keep_text(from, &words);
        }
    }

    /// True if what stands here is not to be seen, in the first version.
    pub(super) fn is_hidden_here(&mut self) -> bool {
        let (here, versions) = self.here();
        versions.first().is_some_and(|builder| here.is_hidden(builder))
    }

    /// Begins an element that stands for a character, as a drawing or a formula does.
    pub(super) fn begin_object(&mut self) {
        self.versions.iter_mut().for_each(WordBuilder::begin_object);
    }

    /// Adds the character that the innermost object stands for.
    pub(super) fn object(&mut self, xml: XmlSpan) {
        let (here, versions) = self.here();
        for builder in versions {
            let is_read = here.is_read(builder);
            builder.expect_object(is_read);
            if is_read {
                put(builder, OBJECT, xml, &here);
            }
        }
    }

    pub(super) fn end_object(&mut self, element: XmlSpan) {
        self.versions.iter_mut().for_each(|builder| builder.end_object(element));
    }

    /// The marks of tracked changes of what stands here.
    pub(super) fn tracked(&self) -> TrackedChange {
        TrackedChange { inserted: self.state.inserted > 0, deleted: self.state.deleted > 0 }
    }

    /// Adds the text that stands for an image, a paragraph of its own.
    pub(super) fn image(&mut self, text: &str) {
        let text = collapsed(text);
        let (story, is_note) = (self.stories.len(), self.is_note);
        let (here, versions) = self.here();
        if here.run.is_none() || text.is_empty() {
            return;
        }
        for builder in versions.iter_mut().filter(|builder| here.is_read(builder)) {
            builder.caption(|| {
                let more = WordProperties { is_caption: true, is_note, ..WordProperties::default() };
                let mut caption = WordParagraph { story, is_image: true, more, ..WordParagraph::default() };
                // The bytes of the drawing are known at its end.
                caption.push(&text, Span::new(0, 0), PieceForm::Element, here.change, here.anchor(None));
                caption
            });
        }
    }
}

/// Adds a character that an element stands for.
fn put(builder: &mut WordBuilder, c: char, xml: XmlSpan, here: &Here<'_>) {
    if let Some(paragraph) = builder.open() {
        paragraph.push(c.encode_utf8(&mut [0; 4]), xml, PieceForm::Element, here.change, here.anchor(None));
    }
}

/// Takes off the white space at both ends, as XML does where nothing says that it counts.
fn trim(chunks: &mut Vec<(String, XmlSpan)>) {
    const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];
    while let Some((text, xml)) = chunks.first_mut().filter(|(text, xml)| text.len() == xml.len()) {
        let rest = text.trim_start_matches(SPACE);
        (*xml, *text) = (Span::new(xml.start() + text.len() - rest.len(), xml.end()), rest.to_owned());
        if !text.is_empty() {
            break;
        }
        chunks.remove(0);
    }
    while let Some((text, xml)) = chunks.last_mut().filter(|(text, xml)| text.len() == xml.len()) {
        text.truncate(text.trim_end_matches(SPACE).len());
        *xml = Span::new(xml.start(), xml.start() + text.len());
        if !text.is_empty() {
            break;
        }
        chunks.pop();
    }
}

/// The character of a symbol. Fonts of symbols have theirs in the private use area, at 0xF000 and their own code; what a letter is
/// in them is a picture, except in Symbol, whose letters are Greek and whose other signs are those of ASCII.
fn symbol(font: &str, code: u32) -> char {
    const GREEK: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
    const SMALL: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
    let plain = if (0xf000..0xf100).contains(&code) { code - 0xf000 } else { code };
    let found = match u8::try_from(plain).unwrap_or(0) {
        _ if plain == code => char::from_u32(code).filter(|c| !c.is_control()),
        letter @ b'A'..=b'Z' if font == "Symbol" => GREEK.chars().nth(usize::from(letter - b'A')),
        letter @ b'a'..=b'z' if font == "Symbol" => SMALL.chars().nth(usize::from(letter - b'a')),
        sign @ b' '..=b'?' if font == "Symbol" => Some(char::from(sign)),
        _ => None,
    };
    found.unwrap_or(OBJECT)
}
