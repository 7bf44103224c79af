//! What a draft is: its source, its blocks of text, and the way from any of that text back to line and column.
//!
//! One reader a format turns the source into blocks. To add a format, add a file with a `read` function and a line to
//! [`Format`].

pub(crate) mod block;
pub(crate) mod boundary;
pub(crate) mod comment;
pub(crate) mod decode;
pub(crate) mod fold;
mod gather;
mod html;
pub(crate) mod inline;
pub(crate) mod language;
pub(crate) mod lines;
pub(crate) mod map;
mod markdown;
mod sentence;
mod text;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) use block::Holder;
pub use block::{Block, BlockKind};
pub use decode::DecodeError;
pub use language::Language;

use crate::span::{Position, Span};
use comment::Comment;
use decode::Encoding;
use inline::Markup;
use lines::Lines;

/// The largest draft that is read, in bytes. A long joint statement has 100 KB.
pub const MAX_BYTES: u64 = 16 << 20;

/// A format that drafts are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// CommonMark with tables, footnotes, strikethrough and task lists.
    Markdown,
    /// Plain text.
    Text,
    /// HTML and XHTML.
    Html,
}

impl Format {
    /// File name extensions, in lower case, and the format of each. A directory is searched for files that have one.
    pub const EXTENSIONS: &'static [(&'static str, Format)] = &[
        ("md", Format::Markdown),
        ("markdown", Format::Markdown),
        ("mdown", Format::Markdown),
        ("mkd", Format::Markdown),
        ("txt", Format::Text),
        ("text", Format::Text),
        ("html", Format::Html),
        ("htm", Format::Html),
        ("xhtml", Format::Html),
    ];

    /// The format that the name of a file tells; `None` where it tells nothing.
    pub fn of(path: &Path) -> Option<Format> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Format::EXTENSIONS.iter().find(|(name, _)| *name == extension).map(|&(_, format)| format)
    }
}

/// Extensions of documents that are not text, so that reading them as text would be wrong.
const NOT_TEXT: &[&str] = &["doc", "docx", "odt", "pdf", "rtf"];

/// Why a draft could not be read.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// The file could not be opened or read.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
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
    /// The file is larger than [`MAX_BYTES`].
    #[error("{name}: larger than {} MiB, the most that a draft may have", MAX_BYTES >> 20)]
    TooLarge {
        /// The name of the draft.
        name: String,
    },
    /// The file is a document of a kind that is not read.
    #[error("{}: .{extension} drafts are not read; save the draft as Markdown (.md) or plain text (.txt)", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// Its extension.
        extension: String,
    },
}

/// What a reader takes out of a source.
#[derive(Debug, Default)]
struct Parts {
    blocks: Vec<Block>,
    /// The markup inside the blocks.
    markup: Markup,
    /// The comments that speak to comity.
    comments: Vec<Comment>,
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
}

impl Draft {
    /// Reads the draft at `path`. A file whose name does not tell its format is read as plain text.
    ///
    /// # Errors
    /// If the file cannot be read, is too large, is a document that is not text, or is in another encoding than UTF-8 or
    /// UTF-16 with a byte-order mark.
    pub fn read(path: impl AsRef<Path>) -> Result<Draft, DraftError> {
        let path = path.as_ref();
        let extension = path.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
        if let Some(extension) = extension.filter(|e| NOT_TEXT.contains(&e.as_str())) {
            let path = path.to_owned();
            return Err(DraftError::Format { path, extension });
        }
        let io_error = |source| DraftError::Io { path: path.to_owned(), source };
        let file = File::open(path).map_err(io_error)?;
        let name = path.display().to_string();
        Draft::from_reader(&name, Format::of(path).unwrap_or(Format::Text), file)
    }

    /// Reads a draft called `name` from a stream, such as standard input.
    ///
    /// # Errors
    /// As [`Draft::read`].
    pub fn from_reader(name: &str, format: Format, stream: impl Read) -> Result<Draft, DraftError> {
        let mut bytes = Vec::new();
        stream
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|source| DraftError::Io { path: name.into(), source })?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(DraftError::TooLarge { name: name.to_owned() });
        }
        let encoding = Encoding::of(&bytes);
        let declared = if format == Format::Html { html::declared(&bytes) } else { None };
        let source = decode::decode(bytes).map_err(|error| {
            let declared = declared.filter(|name| !name.starts_with("utf"));
            let source = declared.map_or_else(|| error.clone(), |declared| error.clone().of_page(&declared));
            DraftError::Decode { name: name.to_owned(), source }
        })?;
        Ok(Draft { encoding, ..Draft::new(format, source).named(name) })
    }

    /// A draft with this text.
    pub fn new(format: Format, source: impl Into<String>) -> Draft {
        let source = source.into();
        let Parts { blocks, markup, comments } = match format {
            Format::Markdown => markdown::read(&source),
            Format::Text => Parts { blocks: text::read(&source), ..Parts::default() },
            Format::Html => html::read(&source),
        };
        let (name, lines, encoding) = (Arc::from("draft"), Lines::new(&source), Encoding::Utf8);
        Draft { name, lines, blocks, markup, comments, format, encoding, source }
    }

    /// The same draft with another text.
    #[must_use]
    pub fn with_source(&self, source: impl Into<String>) -> Draft {
        Draft { name: Arc::clone(&self.name), encoding: self.encoding, ..Draft::new(self.format, source) }
    }

    /// The bytes of a file that holds the text, in the encoding that the draft was read in.
    pub fn encoded(&self) -> Vec<u8> {
        self.encoding.encode(&self.source)
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

    /// What the draft is called: the path it was read from.
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

    /// The comments that speak to comity, in the order of the source.
    pub(crate) fn comments(&self) -> &[Comment] {
        &self.comments
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

    /// Which byte of its line the source byte at `offset` is, from 1.
    pub(crate) fn byte_column(&self, offset: usize) -> usize {
        let line = self.lines.range(&self.source, self.lines.index(offset));
        offset.saturating_sub(line.start) + 1
    }

    /// The source bytes as text.
    pub fn slice(&self, span: Span) -> &str {
        &self.source[span.range()]
    }

    pub(crate) fn lines(&self) -> &Lines {
        &self.lines
    }
}

/// The number of words of a plain text: what stands between spaces and holds a letter or a digit.
pub(crate) fn count_words(text: &str) -> usize {
    text.split(' ').filter(|word| word.contains(char::is_alphanumeric)).count()
}
