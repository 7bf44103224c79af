//! Drafts: the source, its blocks of text, and the way from any of that text back to line and column.
//!
//! One reader a format turns the source into blocks. To add a format, add a variant of [`Format`], a file with a
//! `FORMAT` and its `mod`, and a line to `FORMATS` in `formats.rs`. A draft is in the format that its name tells, unless its content
//! tells another.

#[cfg(feature = "office")]
mod code_page;
mod collector;
pub(crate) mod comment;
mod content;
#[cfg(feature = "office")]
mod doc;
pub(crate) mod document;
mod format;
mod formats;
pub(crate) mod front_matter;
mod html;
pub(crate) mod inline;
pub(crate) mod layout;
#[cfg(feature = "office")]
mod list;
mod margin;
mod markdown;
#[cfg(feature = "office")]
pub(crate) mod odt;
#[cfg(feature = "office")]
mod oem_pages;
#[cfg(feature = "office")]
pub(crate) mod package;
#[cfg(feature = "office")]
pub(crate) mod paragraph;
mod parsed;
#[cfg(feature = "pdf")]
mod pdf;
pub(crate) mod residue;
#[cfg(feature = "office")]
mod rtf;
mod site;
mod source_residue;
#[cfg(feature = "office")]
mod stories;
mod text;
mod unknown;
mod unread;
#[cfg(feature = "office")]
pub(crate) mod word;
#[cfg(feature = "office")]
pub(crate) mod xml;
#[cfg(feature = "office")]
mod zip_names;

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use document::{DocumentError, Revisions, Suite};
pub use format::Format;
use format::{FormatReader, ReadsDocument};
pub use layout::Paragraph;
pub use residue::{Residue, ResidueKind};
pub(crate) use site::Site;
pub(crate) use unknown::unknown_file;
pub use unread::{Unread, UnreadReason};

use crate::span::{Position, Span};
use crate::text::block::{self, Block};
use crate::text::decode::{self, DecodeError, Encoding};
use crate::text::language_id;
use crate::text::lines::Lines;
use comment::Comment;
use content::Content;
use document::DocumentReading;
use front_matter::FrontMatter;
use inline::Markup;
use layout::{DocumentText, TextLayout};
use parsed::ParsedDraft;
use unknown::unknown_binary;

/// The largest draft that is read unless [`Reading`] says otherwise, in bytes. A long joint statement has 100 KB.
pub const MAX_BYTES: u64 = 16 << 20;

/// The fewest bytes that a block counts for: a paragraph or a cell of one letter takes as much memory as one of a few words. A draft
/// that holds more blocks than bytes of that size may be read is refused.
const MIN_BLOCK_BYTES: u64 = 64;

/// Settings for reading drafts.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// The largest draft that is read, in bytes; of a document in a zip archive, the most text that is unpacked.
    pub max_bytes: u64,
    /// The text of a document with tracked changes that is read.
    pub revisions: Revisions,
    /// True if what a document carries besides its text is looked for as well, for [`Draft::residues`].
    pub residues: bool,
}

impl Reading {
    /// The largest file that is read, in bytes: a document may hold more than its text.
    pub fn max_file_bytes(&self, format: Format) -> u64 {
        self.max_bytes.saturating_mul(if format.is_document() { document::FILE_FACTOR } else { 1 })
    }

    /// The most blocks of a draft that is read.
    fn max_blocks(&self) -> usize {
        usize::try_from(self.max_bytes / MIN_BLOCK_BYTES).unwrap_or(usize::MAX)
    }

    fn too_many(&self, name: &str) -> DraftError {
        DraftError::TooManyBlocks { name: name.to_owned(), limit: self.max_blocks() }
    }
}

impl Default for Reading {
    fn default() -> Reading {
        Reading { max_bytes: MAX_BYTES, revisions: Revisions::default(), residues: true }
    }
}

/// The reason for which a draft could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DraftError {
    /// The file could not be opened or read.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// The bytes are not text in an encoding that is read.
    #[error("{name}: {source}")]
    Decode {
        /// The name of the draft.
        name: String,
        /// The byte, its place and the remedy.
        source: DecodeError,
    },
    /// The file is larger than [`Reading::max_bytes`].
    #[error("{name}: larger than {} MiB; raise the limit with --max-size", limit >> 20)]
    TooLarge {
        /// The name of the draft.
        name: String,
        /// The most that is read, in bytes.
        limit: u64,
    },
    /// The draft has more paragraphs, items and cells than [`Reading::max_bytes`] is enough for.
    #[error(
        "{name}: more than {limit} paragraphs, headings, items and cells; take large tables out, or raise the limit with --max-size"
    )]
    TooManyBlocks {
        /// The name of the draft.
        name: String,
        /// The most that are read.
        limit: usize,
    },
    /// The text that an editor shows of the file is not its text.
    #[error("{name}: a document of an office suite is not text; comity check reads it from its file")]
    NotText {
        /// The name of the draft.
        name: String,
    },
    /// The file is not a document of the office suite that its name says, or not one that can be trusted.
    #[error("{name}: {source}")]
    Document {
        /// The name of the draft.
        name: String,
        /// The fault and the remedy.
        source: DocumentError,
    },
    /// The name of the file does not tell what it is, and its content is that of no document that is read.
    #[error("{name}: neither text nor a document that is read; save the draft as {}", Format::list())]
    Content {
        /// The name of the draft.
        name: String,
    },
    /// The file is a document of a kind that is not read.
    #[error("{}: .{extension} drafts are not read; save the draft as {}", path.display(), Format::list())]
    Format {
        /// The file.
        path: PathBuf,
        /// Its extension.
        extension: String,
    },
}

/// One document to check.
#[derive(Debug, Clone)]
pub struct Draft {
    name: Arc<str>,
    source: String,
    lines: Lines,
    blocks: Vec<Block>,
    markup: Markup,
    format: Format,
    encoding: Encoding,
    comments: Vec<Comment>,
    unread: Vec<Unread>,
    front_matter: Option<FrontMatter>,
    /// The places of the text in the file, if it is a document of an office suite.
    layout: Option<Arc<TextLayout>>,
    /// The text before tracked changes, where both are to be checked.
    original: Option<Arc<Draft>>,
}

impl Draft {
    /// Reads the draft at `path`, in the format that its name tells, unless its content is that of a document or a page, whatever it
    /// is called. Where neither tells anything it is plain text.
    ///
    /// # Errors
    /// If the file cannot be read, is too large, is a document of a kind that is not read, or is in another encoding than UTF-8 or
    /// UTF-16 with a byte-order mark.
    pub fn read(path: impl AsRef<Path>) -> Result<Draft, DraftError> {
        Draft::read_with(path, &Reading::default())
    }

    /// Reads the draft at `path` as [`Draft::read`] does, in this way.
    ///
    /// # Errors
    /// As [`Draft::read`].
    pub fn read_with(path: impl AsRef<Path>, reading: &Reading) -> Result<Draft, DraftError> {
        let path = path.as_ref();
        is_text_file(path)?;
        let io_error = |source| DraftError::Io { path: path.to_owned(), source };
        let file = File::open(path).map_err(io_error)?;
        let name = path.display().to_string();
        let named = Format::from_path(path);
        if !file.metadata().is_ok_and(|metadata| metadata.is_file()) {
            return Draft::from_stream(&name, named, Format::Text, file, reading);
        }
        let mut file = BufReader::new(file);
        if let Some(draft) = Draft::from_named(&name, named, &mut file, reading)? {
            return Ok(draft);
        }
        let content = Content::of(&mut file).map_err(io_error)?;
        let format = Draft::format_of(&name, named, Format::Text, &content)?;
        match format.entry().reader {
            FormatReader::Document(read) => Draft::from_document(&name, format, read, file, reading),
            FormatReader::Text(_) => {
                Draft::from_bytes(&name, format, limited(&name, file, reading.max_bytes)?, reading)
            }
        }
    }

    /// Reads a document in a zip archive whose name is right, as nearly every one's is, without looking into it for what it is: its
    /// directory is read once. `None` if it is no such document.
    fn from_named(
        name: &str,
        named: Option<Format>,
        stream: &mut (impl Read + Seek),
        reading: &Reading,
    ) -> Result<Option<Draft>, DraftError> {
        let Some((format, FormatReader::Document(read))) = named.map(|format| (format, format.entry().reader)) else {
            return Ok(None);
        };
        let io_error = |source| DraftError::Io { path: name.into(), source };
        if !format.is_archive() || !Content::beginning(stream).map_err(io_error)?.is_archive() {
            return Ok(None);
        }
        match Draft::from_document(name, format, read, stream, reading) {
            Err(DraftError::Document { source: DocumentError::Missing { .. }, .. }) => Ok(None),
            done => done.map(Some),
        }
    }

    /// The format of a draft that its name says is in one, or else in another, unless its content tells which it is.
    fn format_of(name: &str, named: Option<Format>, other: Format, content: &Content) -> Result<Format, DraftError> {
        let told = Format::from_content(content, named);
        #[cfg(feature = "office")]
        if told.is_none() && named == Some(Format::Doc) {
            if let Some(what) = content.foreign() {
                return Err(DraftError::Document { name: name.to_owned(), source: DocumentError::Foreign(what) });
            }
            // Many a text is called so.
            if content.is_text() {
                return Ok(Format::Text);
            }
        }
        match told.or(named) {
            Some(format) => Ok(format),
            None if content.is_binary() => Err(DraftError::Content { name: name.to_owned() }),
            None => Ok(other),
        }
    }

    /// Reads a draft called `name`, whose name tells this format, from a stream. What is said of content at [`Draft::read`] is true
    /// here.
    ///
    /// # Errors
    /// As [`Draft::read`].
    pub fn from_reader(name: &str, format: Format, stream: impl Read, reading: &Reading) -> Result<Draft, DraftError> {
        Draft::from_stream(name, Some(format), format, stream, reading)
    }

    /// Reads a draft from a stream that has no name, such as standard input. Where the content does not tell the format, it is
    /// `other`.
    ///
    /// # Errors
    /// As [`Draft::read`].
    pub fn from_unnamed(name: &str, other: Format, stream: impl Read, reading: &Reading) -> Result<Draft, DraftError> {
        Draft::from_stream(name, None, other, stream, reading)
    }

    /// Reads a draft from a stream, whose name tells that it is in one format or else in another.
    fn from_stream(
        name: &str,
        named: Option<Format>,
        other: Format,
        mut stream: impl Read,
        reading: &Reading,
    ) -> Result<Draft, DraftError> {
        let io_error = |source| DraftError::Io { path: name.into(), source };
        let mut head = Vec::new();
        stream.by_ref().take(content::HEAD_BYTES as u64).read_to_end(&mut head).map_err(io_error)?;
        let beginning = Content::from_head(head.clone());
        let told = Format::from_content(&beginning, named).or(named);
        let may_be_document = beginning.is_binary() || told.is_some_and(Format::is_document);
        let factor = if may_be_document { document::FILE_FACTOR } else { 1 };
        let bytes = limited(name, io::Cursor::new(head).chain(stream), reading.max_bytes.saturating_mul(factor))?;
        let mut bytes = io::Cursor::new(bytes);
        if let Some(draft) = Draft::from_named(name, named, &mut bytes, reading)? {
            return Ok(draft);
        }
        let content = Content::of(&mut bytes).map_err(io_error)?;
        let format = Draft::format_of(name, named, other, &content)?;
        match format.entry().reader {
            FormatReader::Document(read) => Draft::from_document(name, format, read, bytes, reading),
            FormatReader::Text(_) => Draft::from_bytes(name, format, bytes.into_inner(), reading),
        }
    }

    /// Reads a draft that is text.
    fn from_bytes(name: &str, format: Format, bytes: Vec<u8>, reading: &Reading) -> Result<Draft, DraftError> {
        let encoding = Encoding::detect(&bytes);
        let declared = if format == Format::Html { html::declared(&bytes) } else { None };
        if let Some(declared) = &declared
            && let Some(at) = html::seven_bit(&bytes, declared)
        {
            let source = decode::error(&bytes, at, decode::NOT_UTF8).of_page(declared);
            return Err(DraftError::Decode { name: name.to_owned(), source });
        }
        let source = decode::decode(bytes).map_err(|error| {
            let declared = declared.filter(|name| !name.starts_with("utf"));
            let source = declared.map_or_else(|| error.clone(), |declared| error.clone().of_page(&declared));
            DraftError::Decode { name: name.to_owned(), source }
        })?;
        let draft = Draft::with_blocks(format, source, reading.max_blocks());
        draft.map(|draft| Draft { encoding, ..draft.named(name) }).ok_or_else(|| reading.too_many(name))
    }

    /// Reads a document of an office suite.
    fn from_document(
        name: &str,
        format: Format,
        read_text: ReadsDocument,
        mut stream: impl Read + Seek,
        reading: &Reading,
    ) -> Result<Draft, DraftError> {
        let Reading { max_bytes: limit, revisions, residues } = *reading;
        let how = DocumentReading { limit, versions: revisions.versions(), residues };
        let texts =
            read_text(&mut stream, how).map_err(|source| DraftError::Document { name: name.to_owned(), source })?;
        let mut drafts = Vec::with_capacity(texts.len());
        for DocumentText { text, layout } in texts {
            let draft = Draft::from_layout(format, text, Arc::new(layout), reading.max_blocks());
            drafts.push(draft.ok_or_else(|| reading.too_many(name))?.named(name));
        }
        let mut drafts = drafts.into_iter();
        let draft = drafts.next().expect("one version is read at least");
        Ok(Draft { original: drafts.next().map(Arc::new), ..draft })
    }

    /// `None` if there are more blocks than `most`.
    fn from_layout(format: Format, source: String, layout: Arc<TextLayout>, most: usize) -> Option<Draft> {
        let (blocks, comments) = (layout.blocks(&source, most), margin::comments(&layout.comments, &source));
        let parts = ParsedDraft { blocks, comments, ..ParsedDraft::default() };
        (parts.blocks.len() <= most)
            .then(|| Draft { layout: Some(layout), ..Draft::from_parsed(format, source, parts) })
    }

    /// A draft with this text. That of a document of an office suite has a paragraph in each line.
    pub fn new(format: Format, source: impl Into<String>) -> Draft {
        Draft::with_blocks(format, source.into(), usize::MAX).expect("no text has so many blocks")
    }

    /// A draft with this text, if there are no more blocks in it than `most`. A reader ends behind the first that is too many.
    fn with_blocks(format: Format, source: String, most: usize) -> Option<Draft> {
        let parts = match format.entry().reader {
            FormatReader::Text(read) => read(&source, most)?,
            FormatReader::Document(_) => return Draft::from_layout(format, source, Arc::default(), most),
        };
        (parts.blocks.len() <= most).then(|| Draft::from_parsed(format, source, parts))
    }

    fn from_parsed(format: Format, source: String, parts: ParsedDraft) -> Draft {
        let ParsedDraft { mut blocks, front_matter, markup, comments, unread } = parts;
        block::run_over(&mut blocks);
        language_id::mark(&mut blocks);
        let (name, lines, encoding) = (Arc::from("draft"), Lines::new(&source), Encoding::Utf8);
        let (layout, original) = (None, None);
        Draft {
            name,
            source,
            lines,
            blocks,
            markup,
            format,
            encoding,
            comments,
            unread,
            front_matter,
            layout,
            original,
        }
    }

    /// The same draft with another text.
    #[must_use]
    pub fn with_source(&self, source: impl Into<String>) -> Draft {
        let draft = match &self.layout {
            Some(layout) => Draft::from_layout(self.format, source.into(), Arc::clone(layout), usize::MAX)
                .expect("no text has so many blocks"),
            None => Draft::new(self.format, source),
        };
        Draft { name: Arc::clone(&self.name), encoding: self.encoding, ..draft }
    }

    /// The bytes of a file that holds the text, in the encoding that the draft was read in.
    pub fn encoded(&self) -> Vec<u8> {
        self.encoding.encode(&self.source)
    }

    /// The places of the text in the file of an office suite. Its pieces are those of the text as it was read.
    pub(crate) fn layout(&self) -> Option<&TextLayout> {
        self.layout.as_deref()
    }

    /// The paragraph of a document of an office suite in which the source byte at `offset` stands; `None` in other drafts.
    pub fn paragraph(&self, offset: usize) -> Option<&Arc<Paragraph>> {
        self.layout()?.paragraph(self.lines.index(offset) + 1)
    }

    /// The text before tracked changes, where it is checked as well.
    pub fn original(&self) -> Option<&Draft> {
        self.original.as_deref()
    }

    /// The same draft without the text before tracked changes.
    pub(crate) fn accepted(self) -> Draft {
        Draft { original: None, ..self }
    }

    /// True if the source is what stands in the file, so that a change of it is a change of the file.
    pub fn is_text(&self) -> bool {
        self.layout.is_none()
    }

    /// The format that the draft is read in.
    pub fn format(&self) -> Format {
        self.format
    }

    pub(crate) fn markup(&self) -> &Markup {
        &self.markup
    }

    /// The same draft, called `name` in findings.
    #[must_use]
    pub fn named(mut self, name: &str) -> Draft {
        self.name = Arc::from(name);
        self
    }

    /// The name of the draft: the path it was read from.
    pub fn name(&self) -> &Arc<str> {
        &self.name
    }

    /// The whole text, with its markup.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The blocks, in the order in which they end in the source.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The comments that speak to comity, in the order of the source; those in the margin of a document in that of what they stand on.
    pub(crate) fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// What of the source is not read though words may stand there, in its order; no two share a byte. Of a document of an office
    /// suite nothing is listed: its source is the text that is read.
    pub fn unread(&self) -> &[Unread] {
        &self.unread
    }

    /// What it carries besides its text: comments, tracked changes, hidden text, names of people. Of a document of an office suite it is known
    /// if [`Reading::residues`] asked for it.
    pub fn residues(&self) -> Vec<Residue> {
        match self.layout() {
            Some(layout) => layout.residues.iter().map(|residue| residue.within(&self.source)).collect(),
            None => {
                let mut all = residue::of_text(&self.source, &self.comments, &self.unread, &self.markup);
                all.extend(source_residue::residues(&self.source, self.format, &self.unread, &all));
                residue::sort(&mut all);
                all
            }
        }
    }

    /// The number of words in all blocks.
    pub fn words(&self) -> usize {
        self.blocks.iter().map(|block| count_words(block.text())).sum()
    }

    /// The line and column of the source byte at `offset`, which lies on a character boundary.
    pub fn position(&self, offset: usize) -> Position {
        self.lines.position(&self.source, offset)
    }

    /// The number of characters before the source byte at `offset`, which lies on a character boundary. A byte-order mark at the
    /// start is not counted.
    pub(crate) fn chars_before(&self, offset: usize) -> usize {
        self.lines.chars_before(&self.source, offset) - usize::from(offset > 0 && self.source.starts_with('\u{feff}'))
    }

    /// Returns the byte of its line that the source byte at `offset` is, from 1.
    pub(crate) fn byte_column(&self, offset: usize) -> usize {
        let line = self.lines.range(&self.source, self.lines.index(offset));
        offset.saturating_sub(line.start) + 1
    }

    /// The data that stand before the text of a Markdown draft, or what looks like data and is none.
    pub(crate) fn front_matter(&self) -> Option<&FrontMatter> {
        self.front_matter.as_ref()
    }

    /// The source bytes as text.
    pub fn slice(&self, span: Span) -> &str {
        &self.source[span.range()]
    }

    pub(crate) fn lines(&self) -> &Lines {
        &self.lines
    }
}

/// All bytes of a stream, if there are no more of them than so many.
fn limited(name: &str, stream: impl Read, limit: u64) -> Result<Vec<u8>, DraftError> {
    let mut bytes = Vec::new();
    stream
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|source| DraftError::Io { path: name.into(), source })?;
    if bytes.len() as u64 > limit {
        return Err(DraftError::TooLarge { name: name.to_owned(), limit });
    }
    Ok(bytes)
}

/// Reads a document of an office suite in this way: the versions of its text; none of a draft that is text.
///
/// # Errors
/// If it is not such a document, or is too large.
#[cfg(feature = "office")]
pub(crate) fn read_versions(
    format: Format,
    stream: &mut (impl Read + Seek),
    how: DocumentReading<'_>,
) -> Result<Vec<DocumentText>, DocumentError> {
    match format.entry().reader {
        FormatReader::Document(read) => read(stream, how),
        FormatReader::Text(_) => Ok(Vec::new()),
    }
}

/// Checks that the name of a file does not tell of a document that is not text.
fn is_text_file(path: &Path) -> Result<(), DraftError> {
    match unknown_binary(path) {
        Some(extension) => Err(DraftError::Format { path: path.to_owned(), extension }),
        None => Ok(()),
    }
}

/// Checks that a draft which somebody else has read, such as an editor, could be read from its file as well. `name` is its name.
///
/// # Errors
/// As [`Draft::read`].
pub(crate) fn could_be_read(name: &str, text: &str) -> Result<(), DraftError> {
    is_text_file(Path::new(name))?;
    if Format::from_path(Path::new(name)).is_some_and(Format::is_document) {
        return Err(DraftError::NotText { name: name.to_owned() });
    }
    if text.len() as u64 > MAX_BYTES {
        return Err(DraftError::TooLarge { name: name.to_owned(), limit: MAX_BYTES });
    }
    decode::is_text(text.as_bytes()).map_err(|source| DraftError::Decode { name: name.to_owned(), source })
}

/// The number of words of a plain text: what stands between spaces and holds a letter or a digit.
pub(crate) fn count_words(text: &str) -> usize {
    text.split(' ').filter(|word| word.contains(char::is_alphanumeric)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(format: Format, source: &str, max_bytes: u64) -> Result<Draft, DraftError> {
        let reading = Reading { max_bytes, ..Reading::default() };
        Draft::from_reader("d", format, source.as_bytes(), &reading)
    }

    #[test]
    fn a_draft_has_so_many_bytes_and_no_more() {
        for format in [Format::Text, Format::Markdown, Format::Html] {
            assert!(read(format, &"a".repeat(500), 500).is_ok(), "{format:?}");
            let longer = read(format, &"a".repeat(501), 500);
            assert!(matches!(longer, Err(DraftError::TooLarge { limit: 500, .. })), "{format:?}");
        }
    }

    #[test]
    fn a_draft_has_so_many_blocks_and_no_more() {
        let most = 10;
        let paragraphs = |count: usize| "a\n\n".repeat(count);
        let cells = |count: usize| format!("|{}\n|{}\n", "a|".repeat(count), "-|".repeat(count));
        let elements = |count: usize| "<p>a".repeat(count);
        let cases: [(Format, &dyn Fn(usize) -> String); 3] =
            [(Format::Text, &paragraphs), (Format::Markdown, &paragraphs), (Format::Html, &elements)];
        for (format, source) in cases {
            assert!(read(format, &source(most), 640).is_ok(), "{format:?}");
            let more = read(format, &source(most + 1), 640);
            assert!(matches!(more, Err(DraftError::TooManyBlocks { limit: 10, .. })), "{format:?}");
        }
        // The row below the head of a table is counted before it is read.
        assert!(read(Format::Markdown, &cells(5), 640).is_ok());
        assert!(matches!(read(Format::Markdown, &cells(11), 640), Err(DraftError::TooManyBlocks { .. })));
    }

    #[test]
    fn what_a_text_carries_is_told_by_its_source() {
        let shown = |format, source: &str| {
            let draft = Draft::new(format, source);
            let place = |residue: &Residue| residue.span.map_or("", |span| draft.slice(span)).to_owned();
            let show = |residue: &Residue| format!("{} {}", residue.kind.name(), place(residue));
            draft.residues().iter().map(show).collect::<Vec<String>>()
        };
        let source = "Text <!-- a --> <!-- comity: ignore x -- y --> ~~b~~ <del>c</del> <ins\nclass=d>e</ins> <mark>f</mark> <s>g</s> \
                      <span>h</span> <small>i</small>\n\n<!-- j\n\nk -->\n\n<p hidden>l</p>\n";
        let expected = [
            "comment <!-- a -->",
            "comment <!-- comity: ignore x -- y -->",
            "struck-out ~~b~~",
            "deletion <del>c</del>",
            "insertion <ins\nclass=d>e</ins>",
            "highlight <mark>f</mark>",
            "struck-out <s>g</s>",
            "comment <!-- j\n\nk -->",
            "hidden-text l",
        ];
        assert_eq!(shown(Format::Markdown, source), expected);
        let expected: Vec<&str> = expected.into_iter().filter(|shown| !shown.contains('~')).collect();
        assert_eq!(shown(Format::Html, source), expected);
        assert_eq!(shown(Format::Text, source), [""; 0]);
        assert_eq!(shown(Format::Markdown, "Text `<!-- a -->` [b] *c* [d](e)\n\n```\n<del>a</del>\n```\n"), [""; 0]);
    }

    #[test]
    fn a_byte_order_mark_is_no_character() {
        let draft = Draft::new(Format::Text, "\u{feff}a\u{e9}b");
        assert_eq!([0, 3, 4, 6].map(|offset| draft.chars_before(offset)), [0, 0, 1, 2]);
        let draft = Draft::new(Format::Text, "a\u{e9}b");
        assert_eq!([0, 1, 3].map(|offset| draft.chars_before(offset)), [0, 1, 2]);
    }
}
