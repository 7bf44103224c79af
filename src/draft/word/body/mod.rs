//! The text of a part of a document: runs put together to paragraphs, with tracked changes accepted and without them.

mod art;
mod field;
mod kept;
mod open;
mod paragraph;
mod properties;
mod residue;
mod text;

use std::collections::HashMap;
use std::sync::Arc;

use super::comments::{CommentMark, MarkKind};
use super::styles::WordStyles;
use super::{RunInsertion, Seals, Story, TextNode, WordRun};
use crate::draft::document::{DocumentError, DocumentReading, TrackedChange, XmlSpan};
use crate::draft::xml::{Namespace, XmlElement, XmlNode, XmlReader};
use crate::span::Span;
pub(super) use kept::WordResidues;
use open::{OpenRun, OpenText, Whole, WordEnclosing, WordFrame};
pub(super) use paragraph::WordBuilder;
use paragraph::{WordParagraph, WordProperties};

/// A mark that refers to a note.
#[derive(Debug)]
pub(super) struct NoteReference {
    /// The kind of the part that holds the note.
    pub(super) part: String,
    /// The number of the note.
    pub(super) note: String,
    pub(super) run: usize,
    /// The marks of tracked changes of the mark.
    change: TrackedChange,
}

/// The state of the reader of a part.
#[derive(Default)]
struct WordPartState {
    /// The number of the note that is open.
    note: Option<String>,
    /// The elements that are open.
    frames: Vec<WordFrame>,
    around: WordEnclosing,
    inserted: usize,
    deleted: usize,
    /// Who made the tracked changes that are open.
    who: Vec<String>,
    /// The start tags of the tracked insertions that are open, each with the number of frames around it.
    insertions: Vec<(XmlSpan, usize)>,
    /// True where white space counts, false where not, by the elements that say so, each with the number of frames around it.
    spaces: Vec<(usize, bool)>,
    /// The text of the paragraph of a drawing that is open.
    art: Option<String>,
    /// The number of rubies that are open.
    rubies: usize,
    /// The number of paragraphs that have begun.
    paragraphs: usize,
    /// The seal of a field that ends in the run that is open.
    ended: Vec<(usize, bool, bool)>,
    /// True once a field was left open, so that its code cannot be told from text.
    unbalanced: bool,
}

/// Reads the parts of a document that hold text, one after the other, every version of it at once.
pub(super) struct WordReader<'s> {
    styles: &'s WordStyles,
    pub(super) versions: Vec<WordBuilder>,
    pub(super) stories: Vec<Story>,
    pub(super) runs: Vec<WordRun>,
    pub(super) nodes: Vec<TextNode>,
    pub(super) seals: Seals,
    pub(super) references: Vec<NoteReference>,
    pub(super) residues: WordResidues,
    /// The marks of comments.
    pub(super) marks: Vec<CommentMark>,
    state: WordPartState,
    /// The marks that tracked changes have left on all references to a note, by its number.
    fates: HashMap<String, TrackedChange>,
    is_note: bool,
    /// True where fields are told apart from text.
    heeds_fields: bool,
}

impl<'s> WordReader<'s> {
    pub(super) fn new(styles: &'s WordStyles, how: DocumentReading<'_>) -> WordReader<'s> {
        WordReader {
            styles,
            versions: WordBuilder::for_each(how.versions),
            stories: Vec::new(),
            runs: Vec::new(),
            nodes: Vec::new(),
            seals: Seals::default(),
            references: Vec::new(),
            residues: WordResidues::wanted(how.residues),
            marks: Vec::new(),
            state: WordPartState::default(),
            fates: HashMap::new(),
            is_note: false,
            heeds_fields: true,
        }
    }

    /// Reads a part of a kind, by the last word of the type of its relationship.
    pub(super) fn read(&mut self, name: &str, xml: String, kind: &str) -> Result<(), DocumentError> {
        self.is_note = matches!(kind, "footnotes" | "endnotes");
        // A note goes with its mark.
        self.fates.clear();
        for reference in self.references.iter().filter(|reference| reference.part == kind) {
            let fate = self.fates.entry(reference.note.clone()).or_insert(reference.change);
            fate.inserted &= reference.change.inserted;
            fate.deleted &= reference.change.deleted;
        }
        let paragraphs: Vec<usize> = self.versions.iter().map(|builder| builder.paragraphs.len()).collect();
        let (runs, nodes, references) = (self.runs.len(), self.nodes.len(), self.references.len());
        let (seals, marks, residues) = (self.seals.len(), self.marks.len(), self.residues.len());
        self.heeds_fields = true;
        self.part(name, &xml)?;
        if self.state.unbalanced {
            // To read a field's code as text is better than to miss the text behind it.
            for (builder, len) in self.versions.iter_mut().zip(paragraphs) {
                builder.paragraphs.truncate(len);
            }
            self.runs.truncate(runs);
            self.nodes.truncate(nodes);
            self.seals.truncate(seals);
            self.marks.truncate(marks);
            self.references.truncate(references);
            self.residues.truncate(residues);
            self.heeds_fields = false;
            self.part(name, &xml)?;
        }
        self.stories.push(Story { name: Arc::from(name), xml });
        Ok(())
    }

    fn part(&mut self, name: &str, xml: &str) -> Result<(), DocumentError> {
        self.state = WordPartState::default();
        self.versions.iter_mut().for_each(WordBuilder::reset);
        let mut nodes = XmlReader::new(xml);
        let mut is_begun = false;
        while let Some(node) = nodes.next().map_err(|error| DocumentError::xml(name, error))? {
            match node {
                XmlNode::Start(element) => {
                    if !std::mem::replace(&mut is_begun, true) && element.space != Namespace::Word {
                        let reason = "not a text of Word; a spreadsheet or a presentation is not read".to_owned();
                        return Err(DocumentError::Part { part: name.to_owned(), reason });
                    }
                    let depth = self.state.frames.len();
                    self.state.spaces.extend(element.preserves_space().map(|preserves| (depth, preserves)));
                    let frame = self.start(name, &element)?;
                    self.state.frames.push(frame);
                }
                XmlNode::End(span) => self.end(span.end()),
                XmlNode::Text(text, span) => match self.state.frames.last_mut() {
                    Some(WordFrame::Text(open)) => open.chunks.push((text.into_owned(), span)),
                    Some(WordFrame::Code) => {
                        let field = self.state.around.fields.last_mut().filter(|field| !field.in_result);
                        field.into_iter().for_each(|field| field.code.push_str(&text));
                    }
                    Some(WordFrame::ArtText) => self.state.art.iter_mut().for_each(|art| art.push_str(&text)),
                    _ => {}
                },
            }
        }
        self.state.unbalanced |= !self.state.around.fields.is_empty();
        self.residues.end_part();
        Ok(())
    }

    /// The frame of an element that begins.
    fn start(&mut self, part: &str, element: &XmlElement<'_>) -> Result<WordFrame, DocumentError> {
        let name = element.name();
        match self.state.frames.last() {
            Some(WordFrame::Skip | WordFrame::Formula { .. } | WordFrame::Code) => {
                if element.space == Namespace::Word && name.ends_with("PrChange") {
                    self.keep_formatting(element);
                }
                return Ok(WordFrame::Skip);
            }
            // Properties of controls stand in name spaces of later versions of Word as well.
            Some(WordFrame::ControlProperties) => {
                let of = self.state.frames.iter_mut().rev().find_map(|frame| match frame {
                    WordFrame::Control(control, _) => Some(control),
                    _ => None,
                });
                of.into_iter().for_each(|control| control.take(name, element.attribute("val").as_deref()));
                return Ok(WordFrame::Skip);
            }
            _ => {}
        }
        Ok(match element.space {
            Namespace::Word => return self.word(part, element),
            Namespace::Compatibility => self.alternative(element),
            Namespace::Math if name == "oMath" => {
                self.begin_object();
                self.object(element.span);
                WordFrame::Formula { start: element.span.start() }
            }
            _ => self.drawn(element),
        })
    }

    /// Reads an element of a drawing: the words for those who do not see it, and its own.
    fn drawn(&mut self, element: &XmlElement<'_>) -> WordFrame {
        let said = |names: &[&str]| names.iter().filter_map(|name| element.attribute(name)).collect::<Vec<_>>();
        match (element.space, element.name()) {
            (Namespace::Drawing, "inline") => self.object(element.span),
            (Namespace::Drawing, "docPr") => {
                said(&["title", "descr"]).iter().for_each(|text| self.image(text));
                return WordFrame::Skip;
            }
            (Namespace::Vml, "textpath") => said(&["string"]).iter().for_each(|text| self.image(text)),
            (Namespace::Vml, _) => said(&["alt"]).iter().for_each(|text| self.image(text)),
            (Namespace::Art, "p") if self.state.art.is_none() => {
                self.state.art = Some(String::new());
                return WordFrame::Art;
            }
            (Namespace::Art, "t") if self.state.art.is_some() => return WordFrame::ArtText,
            (Namespace::Art, "br") => self.state.art.iter_mut().for_each(|art| art.push(' ')),
            _ => {}
        }
        WordFrame::Through
    }

    /// The first alternative is the one that is read whose name spaces are known, as Word does.
    fn alternative(&mut self, element: &XmlElement<'_>) -> WordFrame {
        match (element.name(), self.state.frames.last_mut()) {
            ("AlternateContent", _) => WordFrame::Alternatives { chosen: false },
            ("Choice" | "Fallback", Some(WordFrame::Alternatives { chosen })) => {
                if !element.is_understood || std::mem::replace(chosen, true) {
                    WordFrame::Skip
                } else {
                    WordFrame::Through
                }
            }
            _ => WordFrame::Through,
        }
    }

    fn word(&mut self, part: &str, element: &XmlElement<'_>) -> Result<WordFrame, DocumentError> {
        let name = element.name();
        if let Some(kind) = MarkKind::from_name(name) {
            self.comment_mark(element, kind);
            return Ok(WordFrame::Through);
        }
        Ok(match name {
            // Formatting as it was before a tracked change of it, and what is told of a thing but is not text.
            "pPrChange" | "rPrChange" | "trPrChange" | "tcPrChange" | "tblPrChange" | "sectPrChange"
            | "numberingChange" => {
                self.keep_formatting(element);
                WordFrame::Skip
            }
            "sdtEndPr" | "tblPr" | "tblGrid" | "delInstrText" | "fldData" | "ffData" | "rt" | "rubyPr" => {
                WordFrame::Skip
            }
            "sectPr" => {
                self.end_of_section();
                WordFrame::Skip
            }
            "instrText" => WordFrame::Code,
            "sdt" => self.control(element),
            "sdtPr" => WordFrame::ControlProperties,
            "fldSimple" => self.simple_field(element),
            "altChunk" | "subDoc" => {
                let reason = "part of the text is a document of another format (an imported chunk or a subdocument), which \
                              is not read; open it in Word and save it as one document";
                return Err(DocumentError::Part { part: part.to_owned(), reason: reason.to_owned() });
            }
            "p" => {
                self.begin_first(element.span.start());
                self.paragraph()
            }
            "r" => self.run(element),
            "t" | "delText" => {
                let preserves = self.state.spaces.last().is_some_and(|(_, preserves)| *preserves);
                WordFrame::Text(OpenText { tag: element.span, preserves, chunks: Vec::new() })
            }
            "footnote" | "endnote" => {
                self.state.note = element.attribute("id");
                let change =
                    self.state.note.as_ref().and_then(|note| self.fates.get(note)).copied().unwrap_or_default();
                self.state.inserted += usize::from(change.inserted);
                self.state.deleted += usize::from(change.deleted);
                let changes = usize::from(change.inserted) + usize::from(change.deleted);
                self.state.who.extend((0..changes).map(|_| String::new()));
                if element.attribute("type").is_none_or(|kind| kind == "normal") {
                    return Ok(WordFrame::Whole(Whole::Note, change));
                }
                self.versions.iter_mut().for_each(|builder| builder.remember(builder.paragraphs.len()));
                WordFrame::Whole(Whole::Separator { references: self.references.len() }, change)
            }
            "tbl" => {
                self.state.around.tables += 1;
                self.carry_nothing();
                WordFrame::Table
            }
            "tr" => WordFrame::Whole(Whole::Row, TrackedChange::default()),
            "tc" => WordFrame::Whole(Whole::Cell, TrackedChange::default()),
            "txbxContent" => self.text_box(),
            "drawing" | "pict" | "object" => {
                self.begin_object();
                if name == "object" {
                    self.object(element.span);
                }
                WordFrame::Drawing { start: element.span.start() }
            }
            "ruby" => {
                // One in another is all one.
                if self.state.rubies == 0 {
                    self.versions.iter_mut().for_each(|builder| builder.remember(builder.open_pieces()));
                }
                self.state.rubies += 1;
                WordFrame::Ruby { start: element.span.start() }
            }
            _ => match self.state.frames.last() {
                Some(WordFrame::Paragraph) if name == "pPr" => WordFrame::ParagraphProperties,
                Some(WordFrame::ParagraphProperties | WordFrame::MarkProperties) => self.paragraph_property(element),
                Some(WordFrame::Run) if name == "rPr" => WordFrame::RunProperties { start: element.span.start() },
                Some(WordFrame::Run) => self.character(element),
                Some(WordFrame::RunProperties { .. }) => self.run_property(element),
                Some(WordFrame::Whole(..)) if matches!(name, "trPr" | "tcPr") => WordFrame::WholeProperties,
                Some(WordFrame::WholeProperties) => self.whole_property(element),
                _ => self.change(element),
            },
        })
    }

    /// Takes notice of a mark of a comment.
    fn comment_mark(&mut self, element: &XmlElement<'_>, kind: MarkKind) {
        let at = self.versions.iter().map(|builder| builder.place(kind == MarkKind::End)).collect();
        let (id, references) = (element.attribute("id").unwrap_or_default(), self.references.len());
        self.marks.push(CommentMark { id, kind, at, references });
    }

    /// A tracked change around runs or paragraphs; anything else that is not known is looked through.
    fn change(&mut self, element: &XmlElement<'_>) -> WordFrame {
        match element.name() {
            "ins" | "moveTo" => {
                self.keep_change(element, true);
                self.state.who.push(element.attribute("author").unwrap_or_default());
                self.state.inserted += 1;
                self.state.insertions.push((element.span, self.state.frames.len()));
                WordFrame::Inserted
            }
            "del" | "moveFrom" => {
                self.keep_change(element, false);
                self.state.who.push(element.attribute("author").unwrap_or_default());
                self.state.deleted += 1;
                WordFrame::Deleted
            }
            _ => WordFrame::Through,
        }
    }

    fn paragraph(&mut self) -> WordFrame {
        let (story, in_table, is_note) = (self.stories.len(), self.state.around.tables > 0, self.is_note);
        self.state.paragraphs += 1;
        for builder in &mut self.versions {
            let paragraph = builder.begin(|| {
                let more = WordProperties { is_note, note: self.state.note.clone(), ..WordProperties::default() };
                WordParagraph { story, in_table, more, ..WordParagraph::default() }
            });
            let is_begun = !paragraph.text.trim().is_empty();
            paragraph.more.go_on(is_begun, self.styles);
        }
        self.keep_waiting();
        WordFrame::Paragraph
    }

    fn is_in_paragraph(&self) -> bool {
        self.versions.iter().any(|builder| builder.open_index().is_some())
    }

    /// Makes no paragraph go on in the next.
    fn carry_nothing(&mut self) {
        self.versions.iter_mut().for_each(|builder| builder.carry(None));
    }

    fn run(&mut self, element: &XmlElement<'_>) -> WordFrame {
        if self.state.rubies == 0 {
            let insertion = match self.state.insertions.last() {
                None => RunInsertion::None,
                Some((tag, depth)) if depth + 1 == self.state.frames.len() => RunInsertion::Child(*tag),
                Some(_) => RunInsertion::Inside,
            };
            let (story, tag) = (self.stories.len(), element.span);
            let seal = self.state.around.seal;
            self.runs.push(WordRun { story, span: tag, tag, properties: None, insertion, seal });
            self.state.around.runs.push(OpenRun { index: self.runs.len() - 1, ..OpenRun::default() });
        } else {
            // A run inside a ruby stands for the whole of it.
            let index = self.state.around.runs.last().map_or(0, |run| run.index);
            self.state.around.runs.push(OpenRun { index, ..OpenRun::default() });
        }
        WordFrame::Run
    }

    fn end(&mut self, to: usize) {
        let frame = self.state.frames.pop();
        self.state.spaces.pop_if(|(depth, _)| *depth >= self.state.frames.len());
        match frame {
            Some(WordFrame::Paragraph) => {
                self.end_first(to);
                for builder in &mut self.versions {
                    if let Some(index) = builder.end() {
                        let more = &builder.paragraphs[index].more;
                        let is_gone = !builder.version.has(more.mark.change);
                        let goes_on = is_gone || more.goes_on(self.styles);
                        builder.carry(goes_on.then_some(index));
                    }
                }
            }
            Some(WordFrame::Run) => {
                if let Some(run) = self.state.around.runs.pop()
                    && let Some(known) = self.runs.get_mut(run.index)
                {
                    known.span = Span::new(known.span.start(), known.span.end().max(to));
                }
                self.end_fields(to);
            }
            Some(WordFrame::Field { seal, outer, paragraphs, is_closed, code, from }) => {
                self.keep_field(&code, if paragraphs == self.state.paragraphs { from } else { 0 });
                self.seals.end(seal, to, is_closed, paragraphs == self.state.paragraphs);
                self.state.around.seal = outer;
            }
            Some(WordFrame::Control(control, outer)) => self.end_control(&control, outer, to),
            Some(WordFrame::RunProperties { start }) => {
                let run = self.state.around.runs.last().map(|run| run.index);
                if let Some(run) = run.and_then(|index| self.runs.get_mut(index)).filter(|run| run.tag.end() <= start) {
                    run.properties.get_or_insert(Span::new(start, to));
                }
            }
            Some(WordFrame::Text(open)) => self.text(open, to),
            Some(WordFrame::Inserted) => {
                self.state.inserted -= 1;
                self.state.who.pop();
                self.state.insertions.pop();
            }
            Some(WordFrame::Deleted) => {
                self.state.deleted -= 1;
                self.state.who.pop();
            }
            Some(WordFrame::Table) => {
                self.state.around.tables -= 1;
                self.carry_nothing();
            }
            Some(WordFrame::Whole(whole, change)) => {
                self.state.inserted -= usize::from(change.inserted);
                self.state.deleted -= usize::from(change.deleted);
                let changes = usize::from(change.inserted) + usize::from(change.deleted);
                self.state.who.truncate(self.state.who.len().saturating_sub(changes));
                self.carry_nothing();
                if let Whole::Separator { references } = whole {
                    self.end_separator(references);
                }
            }
            Some(WordFrame::Box(around)) => {
                self.state.unbalanced |= !self.state.around.fields.is_empty();
                self.state.around = around;
                self.versions.iter_mut().for_each(WordBuilder::resume);
            }
            Some(WordFrame::Art) => {
                let text = self.state.art.take().unwrap_or_default();
                self.image(&text);
            }
            Some(WordFrame::Drawing { start } | WordFrame::Formula { start }) => {
                self.end_object(Span::new(start, to));
            }
            Some(WordFrame::Ruby { start }) => {
                self.state.rubies -= 1;
                if self.state.rubies == 0 {
                    for builder in &mut self.versions {
                        let first = builder.recall();
                        builder.open().into_iter().for_each(|open| open.join(first, Span::new(start, to)));
                    }
                }
            }
            _ => {}
        }
    }

    /// Leaves out the paragraphs of the line that parts notes from the text, unless somebody has written into it: nobody counts it.
    fn end_separator(&mut self, references: usize) {
        for (index, builder) in self.versions.iter_mut().enumerate() {
            let first = builder.recall();
            if builder.paragraphs[first..].iter().all(|paragraph| paragraph.text.trim().is_empty()) {
                builder.paragraphs.truncate(first);
                if index == 0 {
                    self.references.truncate(references);
                }
            }
        }
    }
}
