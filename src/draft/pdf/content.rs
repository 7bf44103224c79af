//! The content of a page: the operators that show text, and where on the page it comes to stand.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use hayro_syntax::page::{Page, Resources};

use super::bound::{Budget, unsound};
use super::encoding::plain;
use super::font::{Font, Letter};
use super::lines::{Fragment, Fragments};
use super::matrix::Matrix;
use crate::draft::document::DocumentError;

/// The most forms that may stand one in the other.
const MAX_FORMS: usize = 16;

/// The most states that are saved at once, and marked contents that are open.
const MAX_SAVED: usize = 512;

/// The state that `q` saves.
#[derive(Debug, Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    /// The scale of the width of letters, 1 as a rule.
    scale: f64,
    leading: f64,
    rise: f64,
}

/// Some marked content.
#[derive(Debug, Clone, Default)]
struct Marked {
    /// True for what belongs to the page and not to its text: headers, footers, the numbers of pages.
    is_artifact: bool,
    /// The text that stands for what is shown, as long as it has not been put anywhere.
    instead: Option<String>,
    /// True if what is shown is not read, because there is such a text.
    is_replaced: bool,
}

/// Reads a page.
pub(super) struct PageReader<'p, 'a> {
    page: &'p Page<'a>,
    budget: &'p mut Budget,
    fonts: HashMap<*const u8, Rc<Font>>,
    state: State,
    saved: Vec<State>,
    /// The matrix of the text that comes next, and that of the line it is in.
    text: Matrix,
    line: Matrix,
    marked: Vec<Marked>,
    pub(super) fragments: Fragments,
    /// The number of letters of which the file does not tell what they are, and of the others.
    pub(super) unknown: usize,
    pub(super) known: usize,
    /// True if an image is on the page.
    pub(super) has_image: bool,
}

impl<'p, 'a> PageReader<'p, 'a> {
    pub(super) fn new(page: &'p Page<'a>, budget: &'p mut Budget) -> PageReader<'p, 'a> {
        let transform = page.initial_transform(false).as_coeffs();
        let matrix = Matrix(transform);
        let matrix = if matrix.is_sane() { matrix } else { Matrix::IDENTITY };
        let state = State {
            matrix,
            font: None,
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        PageReader {
            page,
            budget,
            fonts: HashMap::new(),
            state,
            saved: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            marked: Vec::new(),
            fragments: Fragments::default(),
            unknown: 0,
            known: 0,
            has_image: false,
        }
    }

    /// Reads the page and what is put on it: fields of forms, stamps.
    pub(super) fn read(&mut self) -> Result<(), DocumentError> {
        let mut content = Vec::new();
        match self.page.raw().get::<Object<'a>>("Contents") {
            Some(Object::Stream(stream)) => content.extend(self.content_of(&stream)?),
            Some(Object::Array(array)) => {
                for stream in array.iter::<Stream<'a>>() {
                    content.extend(self.content_of(&stream)?);
                    // Between streams there is space.
                    content.push(b'\n');
                }
            }
            _ => {}
        }
        let initial = self.state.clone();
        self.run(&content, self.page.resources(), 0)?;
        for annotation in self.page.raw().get::<Array<'a>>("Annots").into_iter().flat_map(|all| all.iter::<Dict<'a>>())
        {
            self.state = initial.clone();
            self.annotation(&annotation)?;
        }
        self.fragments.end();
        Ok(())
    }

    /// The content of the page, or a part of it.
    fn content_of(&mut self, stream: &Stream<'a>) -> Result<Vec<u8>, DocumentError> {
        self.budget.unpack(stream)?.ok_or_else(|| unsound("the content of a page cannot be unpacked"))
    }

    /// Reads what is shown of a field, a stamp or a text that was put on the page. Comments are not read.
    fn annotation(&mut self, annotation: &Dict<'a>) -> Result<(), DocumentError> {
        const HIDDEN: i32 = 2;
        let kind = annotation.get::<Name<'a>>("Subtype").map(|name| name.as_str().to_owned()).unwrap_or_default();
        let is_shown = annotation.get::<i32>("F").unwrap_or(0) & HIDDEN == 0;
        if !is_shown || !matches!(kind.as_str(), "Widget" | "FreeText" | "Stamp") {
            return Ok(());
        }
        let appearance = annotation.get::<Dict<'a>>("AP").and_then(|appearances| appearances.get::<Stream<'a>>("N"));
        if let Some(form) = appearance {
            if let Some(place) = annotation.get::<Array<'a>>("Rect") {
                let mut corner = place.iter::<f64>();
                let shift = Matrix::shift(corner.next().unwrap_or(0.0), corner.next().unwrap_or(0.0));
                self.state.matrix = shift.then(self.state.matrix);
            }
            self.form(&form, self.page.resources(), 0)?;
        }
        Ok(())
    }

    /// Reads a form, which has a content of its own.
    fn form(&mut self, form: &Stream<'a>, around: &Resources<'a>, depth: usize) -> Result<(), DocumentError> {
        let Some(content) = self.budget.unpack(form)? else {
            return Ok(());
        };
        let before = (self.state.clone(), self.text, self.line, self.saved.len(), self.marked.len());
        if let Some(matrix) = form.dict().get::<[f64; 6]>("Matrix") {
            self.state.matrix = Matrix(matrix).then(self.state.matrix);
        }
        let own = form.dict().get::<Dict<'a>>("Resources").map(Resources::new);
        self.run(&content, own.as_ref().unwrap_or(around), depth + 1)?;
        let (state, text, line, saved, marked) = before;
        (self.state, self.text, self.line) = (state, text, line);
        self.saved.truncate(saved);
        self.marked.truncate(marked);
        Ok(())
    }

    /// Runs the operators of a content.
    fn run(&mut self, content: &[u8], resources: &Resources<'a>, depth: usize) -> Result<(), DocumentError> {
        let mut operators = TypedIter::new(content);
        while let Some(operator) = operators.next() {
            self.budget.operator()?;
            match operator {
                Op::SaveState(_) if self.saved.len() < MAX_SAVED => self.saved.push(self.state.clone()),
                Op::RestoreState(_) => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
                Op::Transform(m) => {
                    let matrix = Matrix([m.0, m.1, m.2, m.3, m.4, m.5].map(|number| number.as_f64()));
                    self.state.matrix = matrix.then(self.state.matrix);
                }
                Op::CharacterSpacing(space) => self.state.letter_space = space.0.as_f64(),
                Op::WordSpacing(space) => self.state.word_space = space.0.as_f64(),
                Op::HorizontalScaling(scale) => self.state.scale = scale.0.as_f64() / 100.0,
                Op::TextLeading(leading) => self.state.leading = leading.0.as_f64(),
                Op::TextRise(rise) => self.state.rise = rise.0.as_f64(),
                Op::TextFont(font) => {
                    self.state.size = font.1.as_f64();
                    self.state.font = match resources.get_font(font.0) {
                        Some(dict) => Some(self.font(&dict)?),
                        None => None,
                    };
                }
                Op::BeginText(_) => (self.text, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
                Op::NextLine(by) => self.next_line(by.0.as_f64(), by.1.as_f64()),
                Op::NextLineAndSetLeading(by) => {
                    self.state.leading = -by.1.as_f64();
                    self.next_line(by.0.as_f64(), by.1.as_f64());
                }
                Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
                Op::SetTextMatrix(m) => {
                    self.line = Matrix([m.0, m.1, m.2, m.3, m.4, m.5].map(|number| number.as_f64()));
                    self.text = self.line;
                }
                Op::ShowText(text) => self.show(text.0.as_bytes())?,
                Op::NextLineAndShowText(text) => {
                    self.next_line(0.0, -self.state.leading);
                    self.show(text.0.as_bytes())?;
                }
                Op::ShowTextWithParameters(text) => {
                    self.state.word_space = text.0.as_f64();
                    self.state.letter_space = text.1.as_f64();
                    self.next_line(0.0, -self.state.leading);
                    self.show(text.2.as_bytes())?;
                }
                Op::ShowTexts(texts) => {
                    for text in texts.0.iter::<Object<'_>>() {
                        self.budget.operator()?;
                        match text {
                            Object::String(text) => self.show(text.as_bytes())?,
                            Object::Number(number) => {
                                let by = -number.as_f64() / 1000.0 * self.state.size;
                                self.advance(by);
                            }
                            _ => {}
                        }
                    }
                }
                Op::XObject(name) => self.object(name.0, resources, depth)?,
                Op::InlineImage(_) => self.has_image = true,
                Op::BeginMarkedContent(name) => self.begin_marked(name.0, None),
                Op::BeginMarkedContentWithProperties(content) => {
                    let properties = if let Object::Dict(dict) = content.1 { Some(dict) } else { None };
                    self.begin_marked(content.0, properties.and_then(|dict| dict.get::<PdfString<'_>>("ActualText")));
                }
                Op::EndMarkedContent(_) => drop(self.marked.pop()),
                _ => {}
            }
        }
        Ok(())
    }

    fn object(&mut self, name: &Name<'_>, resources: &Resources<'a>, depth: usize) -> Result<(), DocumentError> {
        self.budget.form()?;
        let Some(stream) = resources.get_x_object(name) else {
            return Ok(());
        };
        let kind = stream.dict().get::<Name<'_>>("Subtype").map(|name| name.as_str().to_owned());
        match kind.as_deref() {
            Some("Image") => self.has_image = true,
            _ if depth < MAX_FORMS => self.form(&stream, resources, depth)?,
            _ => {}
        }
        Ok(())
    }

    /// The font of a dictionary, which is read once.
    fn font(&mut self, dict: &Dict<'a>) -> Result<Rc<Font>, DocumentError> {
        let key = dict.data().as_ptr();
        if let Some(font) = self.fonts.get(&key) {
            return Ok(Rc::clone(font));
        }
        let font = Rc::new(Font::read(dict, self.budget)?);
        self.fonts.insert(key, Rc::clone(&font));
        Ok(font)
    }

    fn begin_marked(&mut self, name: &Name<'_>, instead: Option<PdfString<'_>>) {
        if self.marked.len() >= MAX_SAVED {
            return;
        }
        let around = self.marked.last().cloned().unwrap_or_default();
        let is_artifact = around.is_artifact || name.as_str() == "Artifact";
        let is_replaced = around.is_replaced || instead.is_some();
        let instead = instead.filter(|_| !around.is_replaced).map(|text| plain(&unicode(text.as_bytes())));
        self.marked.push(Marked { is_artifact, instead, is_replaced });
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.text = self.line;
    }

    /// Goes on by so much along the line.
    fn advance(&mut self, by: f64) {
        let is_vertical = self.state.font.as_ref().is_some_and(|font| font.is_vertical);
        let (x, y) = if is_vertical { (0.0, by) } else { (by * self.state.scale, 0.0) };
        self.text = Matrix::shift(x, y).then(self.text);
    }

    /// Shows a string.
    fn show(&mut self, bytes: &[u8]) -> Result<(), DocumentError> {
        let Some(font) = self.state.font.clone() else {
            return Ok(());
        };
        for letter in font.letters(bytes) {
            let matrix = self.text.then(self.state.matrix);
            let (size, rise) = (self.state.size, self.state.rise);
            let word_space = if letter.is_space { self.state.word_space } else { 0.0 };
            let width = letter.width / 1000.0 * size;
            // Letters of vertical text are as high as they are wide.
            let by = if font.is_vertical { -size } else { width + self.state.letter_space + word_space };
            let begin = matrix.apply(0.0, rise);
            // What is spaced out is still one word.
            let ends = if font.is_vertical {
                [0.0, rise - size]
            } else {
                [(width + self.state.letter_space.max(0.0)) * self.state.scale, rise]
            };
            let end = matrix.apply(ends[0], ends[1]);
            let [up, zero] = [matrix.apply(0.0, size), matrix.apply(0.0, 0.0)];
            let height = (up[0] - zero[0]).hypot(up[1] - zero[1]);
            if matrix.is_sane() {
                self.letter(&letter, begin, end, height, font.is_vertical)?;
            }
            self.advance(by);
        }
        Ok(())
    }

    fn letter(
        &mut self,
        letter: &Letter,
        begin: [f64; 2],
        end: [f64; 2],
        size: f64,
        is_vertical: bool,
    ) -> Result<(), DocumentError> {
        let marked = self.marked.last_mut();
        let is_artifact = marked.as_ref().is_some_and(|marked| marked.is_artifact);
        let text = match marked {
            // All of the text stands where the first letter does.
            Some(marked) if marked.is_replaced => marked.instead.take().unwrap_or_default(),
            _ => match &letter.text {
                Some(text) => {
                    self.known += usize::from(!text.trim().is_empty());
                    text.clone()
                }
                None => {
                    self.unknown += 1;
                    char::REPLACEMENT_CHARACTER.to_string()
                }
            },
        };
        let fragment = Fragment::new(text, begin, end, size, is_artifact, is_vertical);
        if self.fragments.push(fragment) {
            self.budget.fragment()?;
        }
        Ok(())
    }
}

/// The text of a string that is text (ISO 32000-2, 7.9.2.2).
fn unicode(bytes: &[u8]) -> String {
    let units = |bytes: &[u8], from: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| from([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xfe, 0xff, rest @ ..] => units(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => crate::draft::code_page::decode(bytes, encoding_rs::WINDOWS_1252),
    }
}
