//! The text of a document: tokens in their groups, one version at a time.

use std::collections::HashMap;
use std::sync::Arc;

use super::fonts::{Fonts, Letters};
use super::group::{Begun, Destination, ENDNOTES, FOOTNOTES, Group, Look, MAIN, ParagraphLook, STORIES, character};
use super::token::{Token, Tokens};
use crate::draft::code_page::Utf16;
use crate::draft::document::{DocumentError, TrackedChange, Version};
use crate::draft::layout::DocumentText;
use crate::draft::paragraph::{ParagraphFacts, ParagraphRole, raised};
use crate::draft::stories::{Stories, StoryParagraph};

/// A document of the format, in words.
pub(super) const NAME: &str = "a document in the Rich Text Format";

/// The most groups that may be open at once. Word writes a few dozen.
const MAX_DEPTH: usize = 4096;

/// The most styles that are known, and the longest name of one, in bytes.
const MAX_STYLES: usize = 4096;
const MAX_STYLE_NAME: usize = 256;

/// The properties of shapes whose values are words: of WordArt and watermarks, and of pictures for those who do not see them.
const WORDS: &[&str] = &["gtextUNICODE", "wzDescription"];

/// Reads one version of the text.
pub(super) struct RtfReader<'r> {
    tokens: Tokens<'r>,
    version: Version,
    stories: Stories,
    fonts: Fonts,
    /// The roles of styles by their numbers.
    styles: HashMap<i32, ParagraphRole>,
    /// The style that is being declared: its number, its name, the level of its outline.
    style: (Option<i32>, String, Option<ParagraphRole>),
    groups: Vec<Group>,
    group: Group,
    /// True behind the start of a group, where a word may begin a destination; and behind `\*` there.
    is_start: bool,
    is_starred: bool,
    /// The font that is in force where none is set.
    font: Option<i32>,
    /// Bytes of text that are not decoded yet, and the byte of the file at which they begin.
    bytes: Vec<u8>,
    begin: usize,
    wide: Utf16,
    /// The number of characters that stand for one of Unicode, and are still to come.
    substitutes: usize,
    open: StoryParagraph,
    /// True if something of the open paragraph has been seen, be it that nothing of it is read.
    is_begun: bool,
    /// The paragraphs that are interrupted, and their groups' story.
    interrupted: Vec<(StoryParagraph, bool)>,
    /// The number of letters of code pages that are not known.
    nameless: usize,
    /// The name of the property of a shape that is being read, and its value.
    property: [String; 2],
}

impl<'r> RtfReader<'r> {
    pub(super) fn new(bytes: &'r [u8], limit: u64, version: Version) -> RtfReader<'r> {
        RtfReader {
            tokens: Tokens::new(bytes),
            version,
            stories: Stories::new(limit),
            fonts: Fonts::default(),
            styles: HashMap::new(),
            style: (None, String::new(), None),
            groups: Vec::new(),
            group: Group { substitutes: 1, ..Group::default() },
            is_start: false,
            is_starred: false,
            font: None,
            bytes: Vec::new(),
            begin: 0,
            wide: Utf16::default(),
            substitutes: 0,
            open: StoryParagraph::default(),
            is_begun: false,
            interrupted: Vec::new(),
            nameless: 0,
            property: [String::new(), String::new()],
        }
    }

    /// Reads to the end of the document, which is that of its outermost group.
    pub(super) fn read(mut self) -> Result<DocumentText, DocumentError> {
        loop {
            let at = self.tokens.at;
            let Some(token) = self.tokens.next() else {
                break;
            };
            if !matches!(token, Token::Byte(_)) {
                self.flush()?;
            }
            match token {
                Token::Open => self.open_group()?,
                Token::Close => {
                    if self.groups.len() == 1 {
                        self.end_of_story()?;
                    }
                    self.close_group()?;
                    if self.groups.is_empty() {
                        break;
                    }
                }
                Token::Word(word, number) => self.word(word, number, at)?,
                Token::Symbol(symbol) => self.symbol(symbol, at)?,
                Token::Byte(byte) => {
                    (self.is_start, self.is_starred) = (false, false);
                    if self.substitutes > 0 {
                        self.substitutes -= 1;
                    } else {
                        if self.bytes.is_empty() {
                            self.begin = at;
                        }
                        self.bytes.push(byte);
                    }
                }
            }
        }
        self.flush()?;
        let behind = if self.groups.is_empty() { self.tokens.words_left() } else { 0 };
        // A document that is cut off keeps what was read of it.
        while !self.groups.is_empty() {
            self.close_group()?;
        }
        self.end_of_story()?;
        let mut text = self.stories.assemble(&STORIES.map(Arc::<str>::from), STORIES[MAIN]);
        (text.layout.nameless, text.layout.behind) = (self.nameless, behind);
        Ok(text)
    }

    fn open_group(&mut self) -> Result<(), DocumentError> {
        if self.groups.len() >= MAX_DEPTH {
            let reason = format!("more than {MAX_DEPTH} groups, one in the other");
            return Err(DocumentError::Unsound { format: NAME, reason, remedy: "save it as .docx" });
        }
        let inner = Group { interrupts: false, ..self.group.clone() };
        self.groups.push(std::mem::replace(&mut self.group, inner));
        (self.is_start, self.is_starred, self.substitutes, self.wide) = (true, false, 0, Utf16::default());
        Ok(())
    }

    fn close_group(&mut self) -> Result<(), DocumentError> {
        match self.group.destination {
            Destination::Property => {
                let [name, value] = std::mem::take(&mut self.property);
                if WORDS.contains(&name.as_str()) && !value.trim().is_empty() {
                    self.caption(&value)?;
                }
            }
            Destination::Styles => self.end_of_style(),
            _ => {}
        }
        if self.group.interrupts {
            self.end_of_story()?;
            (self.open, self.is_begun) = self.interrupted.pop().unwrap_or_default();
        }
        self.group = self.groups.pop().unwrap_or_default();
        (self.is_start, self.is_starred, self.substitutes, self.wide) = (false, false, 0, Utf16::default());
        Ok(())
    }

    /// Ends what is left of a story that ends without the end of a paragraph.
    fn end_of_story(&mut self) -> Result<(), DocumentError> {
        if self.is_begun { self.end_of_paragraph() } else { Ok(()) }
    }

    fn word(&mut self, word: &str, number: Option<i32>, at: usize) -> Result<(), DocumentError> {
        let (is_start, is_starred) = (std::mem::take(&mut self.is_start), std::mem::take(&mut self.is_starred));
        if self.substitutes > 0 && word != "bin" {
            self.substitutes -= 1;
            return Ok(());
        }
        match word {
            "bin" => {
                self.tokens.pass_over(usize::try_from(number.unwrap_or(0)).unwrap_or(0));
                return Ok(());
            }
            "uc" => self.group.substitutes = usize::try_from(number.unwrap_or(1)).unwrap_or(0).min(16),
            "u" => return self.unicode(number.unwrap_or(0), at),
            _ => {}
        }
        if is_start && self.group.destination != Destination::Skip {
            match Begun::of(word, is_starred) {
                Some(Begun::Into(destination)) => self.group.destination = destination,
                Some(Begun::Story(story)) => self.interrupt(story),
                Some(Begun::Box) => self.interrupt(self.open.story),
                None => {}
            }
        }
        match self.group.destination {
            Destination::Text => self.text_word(word, number, at),
            Destination::Fonts => {
                self.fonts.declare(word, number);
                Ok(())
            }
            Destination::Styles => {
                match word {
                    "s" => self.style.0 = number,
                    "outlinelevel" => self.style.2 = level(number),
                    _ => {}
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// A word among the text, or in what is before it.
    fn text_word(&mut self, word: &str, number: Option<i32>, at: usize) -> Result<(), DocumentError> {
        let is_on = number != Some(0);
        let (look, paragraph) = (&mut self.group.look, &mut self.group.paragraph);
        match word {
            "ansicpg" => self.fonts.set_page(number.unwrap_or(0)),
            "mac" => self.fonts.set_page(10000),
            "pc" => self.fonts.set_page(437),
            "pca" => self.fonts.set_page(850),
            "deff" => self.font = number,
            "plain" => *look = Look::default(),
            "f" => look.font = number,
            "v" => look.is_hidden = is_on,
            "super" => look.is_raised = is_on,
            "up" => look.is_raised = number.unwrap_or(6) > 0,
            "nosupersub" | "sub" | "dn" => look.is_raised = false,
            "deleted" | "mvf" => look.change.deleted = is_on,
            "revised" | "mvt" => look.change.inserted = is_on,
            "pard" => *paragraph = ParagraphLook::default(),
            "s" => paragraph.style = number.unwrap_or(0),
            "intbl" => paragraph.in_table = true,
            "itap" => paragraph.in_table = number.unwrap_or(0) > 0,
            "dropcapli" => paragraph.is_drop_cap = number.unwrap_or(0) > 0,
            "ls" => paragraph.is_listed = number.unwrap_or(0) > 0,
            "outlinelevel" => paragraph.role = level(number),
            "ftnalt" if self.open.story == FOOTNOTES => self.open.story = ENDNOTES,
            "par" | "cell" | "nestcell" | "sect" => {
                self.is_begun |= word != "sect";
                let Look { change, is_hidden, .. } = self.group.look;
                let is_carried = is_hidden || self.group.paragraph.is_drop_cap || !self.version.has(change);
                let goes_on = word == "par" && is_carried;
                if self.is_begun && !goes_on {
                    self.open.in_table |= word.ends_with("cell");
                    self.end_of_paragraph()?;
                }
            }
            "row" | "nestrow" => self.end_of_story()?,
            // No paragraph goes on in a table.
            "trowd" if !paragraph.in_table && !self.open.text.trim().is_empty() => self.end_of_paragraph()?,
            _ => {
                if let Some(c) = character(word) {
                    return self.emit(c.encode_utf8(&mut [0; 4]), at);
                }
            }
        }
        Ok(())
    }

    fn symbol(&mut self, symbol: u8, at: usize) -> Result<(), DocumentError> {
        if symbol == b'*' && self.is_start {
            self.is_starred = true;
            return Ok(());
        }
        (self.is_start, self.is_starred) = (false, false);
        if self.substitutes > 0 {
            self.substitutes -= 1;
            return Ok(());
        }
        match symbol {
            b'\n' | b'\r' => self.word("par", None, at),
            b'\t' => self.emit("\t", at),
            b'~' => self.emit("\u{a0}", at),
            b'-' => self.emit("\u{ad}", at),
            b'_' => self.emit("\u{2011}", at),
            b'{' | b'}' | b'\\' => self.emit(char::from(symbol).encode_utf8(&mut [0; 4]), at),
            _ => Ok(()),
        }
    }

    /// A unit of UTF-16, which a number below zero stands for as well.
    fn unicode(&mut self, number: i32, at: usize) -> Result<(), DocumentError> {
        self.substitutes = self.group.substitutes;
        self.wide.push(number as u16).try_for_each(|c| self.emit(c.encode_utf8(&mut [0; 4]), at))
    }

    /// Decodes the bytes that have been read.
    fn flush(&mut self) -> Result<(), DocumentError> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        let (bytes, begin) = (std::mem::take(&mut self.bytes), self.begin);
        let text = match self.fonts.letters(self.group.look.font.or(self.font)) {
            Letters::In(page) => page.decode(&bytes),
            // As Word names the pictures of such fonts; what is no letter anywhere stays what it is.
            Letters::Pictures => bytes.iter().map(|&byte| if byte > b' ' { pictured(byte) } else { ' ' }).collect(),
            Letters::Unknown => {
                if self.group.destination == Destination::Text {
                    self.nameless += bytes.iter().filter(|byte| !byte.is_ascii()).count();
                }
                let known = |&byte: &u8| if byte.is_ascii() { byte.into() } else { char::REPLACEMENT_CHARACTER };
                bytes.iter().map(known).collect()
            }
        };
        self.emit(&text, begin)
    }

    /// Puts text where it goes.
    fn emit(&mut self, text: &str, at: usize) -> Result<(), DocumentError> {
        match self.group.destination {
            Destination::PropertyName => push(&mut self.property[0], text, MAX_STYLE_NAME),
            Destination::PropertyValue => push(&mut self.property[1], text, usize::from(u16::MAX)),
            Destination::Styles => push(&mut self.style.1, text, MAX_STYLE_NAME),
            Destination::Text if self.groups.is_empty() => {}
            Destination::Text => {
                let Look { is_hidden, is_raised, change, .. } = self.group.look;
                self.is_begun = true;
                if is_hidden {
                    self.open.has_hidden |= !text.trim().is_empty();
                } else if self.version.has(change) {
                    let shown = |c| if matches!(c, '\n' | '\r') { ' ' } else { c };
                    let text: String =
                        text.chars().map(|c| if is_raised { raised(shown(c)) } else { shown(c) }).collect();
                    self.stories.push(&mut self.open, &text, [at, self.tokens.at], change)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Begins a story, or the text of a box, in the middle of a paragraph.
    fn interrupt(&mut self, story: usize) {
        let inside = StoryParagraph { story, ..StoryParagraph::default() };
        self.interrupted.push((std::mem::replace(&mut self.open, inside), std::mem::take(&mut self.is_begun)));
        let (change, is_hidden) = (self.group.look.change, self.group.look.is_hidden);
        // What is deleted or hidden takes what is in it along.
        self.group.look = Look { change, is_hidden, ..Look::default() };
        self.group.paragraph = ParagraphLook::default();
        self.group.interrupts = true;
        self.group.destination = Destination::Text;
    }

    fn end_of_paragraph(&mut self) -> Result<(), DocumentError> {
        let ParagraphLook { in_table, is_listed, style, role, .. } = self.group.paragraph;
        let story = self.open.story;
        let mut ended = std::mem::replace(&mut self.open, StoryParagraph { story, ..StoryParagraph::default() });
        ended.in_table |= in_table;
        let role = role.or_else(|| self.styles.get(&style).copied()).unwrap_or_default();
        ended.more = ParagraphFacts {
            role,
            is_note: matches!(story, FOOTNOTES | ENDNOTES),
            is_listed,
            ..ParagraphFacts::default()
        };
        self.is_begun = false;
        self.stories.add(ended)
    }

    /// Adds the words that stand for a picture, or are one.
    fn caption(&mut self, text: &str) -> Result<(), DocumentError> {
        if self.group.look.is_hidden || !self.version.has(self.group.look.change) {
            return Ok(());
        }
        let mut caption = StoryParagraph { story: MAIN, is_image: true, ..StoryParagraph::default() };
        let at = [self.tokens.at; 2];
        self.stories.push(&mut caption, &text.replace(['\r', '\n'], " "), at, TrackedChange::default())?;
        self.stories.add(caption)
    }

    /// Keeps the role of a style whose group ends.
    fn end_of_style(&mut self) {
        let (number, name, outline) = std::mem::take(&mut self.style);
        let name = name.trim().trim_end_matches(';').trim().to_lowercase();
        // A style of paragraphs without a number is the normal one.
        let role = ParagraphRole::from_style(&name, outline, 9);
        if let (Some(number), Some(role)) = (number, role)
            && self.styles.len() < MAX_STYLES
        {
            self.styles.insert(number, role);
        }
    }
}

/// The role of paragraphs of this level of the outline; 9 is body text.
fn level(number: Option<i32>) -> Option<ParagraphRole> {
    let level = u8::try_from(number?).ok()?;
    Some(if level < 9 { ParagraphRole::Heading(level) } else { ParagraphRole::Body })
}

/// The character of a font of pictures.
fn pictured(byte: u8) -> char {
    char::from_u32(0xf000 + u32::from(byte)).unwrap_or(' ')
}

fn push(to: &mut String, text: &str, most: usize) {
    if to.len() + text.len() <= most {
        to.push_str(text);
    }
}
