//! The words that documents of all office suites share: the versions of their texts, spans of their parts, the errors of reading one.

use std::fmt;
use std::io;
#[cfg(feature = "office")]
use std::io::Read;

use crate::span::Span;

/// The most times the size of its text that a file may have: pictures are not read.
pub(crate) const FILE_FACTOR: u64 = 8;

/// The XML of a part of a document. Marks a [`Span`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum PartXml {}

/// Bytes of a part of a document.
pub(crate) type XmlSpan = Span<PartXml>;

/// A fault in XML.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason} (byte {at})")]
pub(crate) struct XmlError {
    /// The byte where it was seen, from 0.
    pub(crate) at: usize,
    /// The fault, in words.
    pub(crate) reason: String,
}

/// The first bytes of every compound file of older programs: `.doc`, and a document with a password.
pub(crate) const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// All bytes of a file that may hold more than its text, of which at most `limit` bytes are to be read.
///
/// # Errors
/// If it cannot be read, or has more than [`FILE_FACTOR`] times as many.
#[cfg(feature = "office")]
pub(crate) fn whole_file(stream: &mut (impl Read + ?Sized), limit: u64) -> Result<Vec<u8>, DocumentError> {
    let limit = limit.saturating_mul(FILE_FACTOR);
    let mut bytes = Vec::new();
    stream.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(DocumentError::FileTooLarge { limit });
    }
    Ok(bytes)
}

/// The text of a document with tracked changes that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Revisions {
    /// The text as it is when every change is accepted.
    #[default]
    Accepted,
    /// The text as it was before the changes.
    Original,
    /// Both. The draft is the text with every change accepted; what is found in the text before them only is found as well.
    Both,
}

impl Revisions {
    /// Each with its name.
    pub const NAMES: &'static [(&'static str, Revisions)] =
        &[("accepted", Revisions::Accepted), ("original", Revisions::Original), ("both", Revisions::Both)];

    /// The versions of the text that are read, the one that is checked first.
    pub(crate) fn versions(self) -> &'static [Version] {
        match self {
            Revisions::Accepted => &[Version::Accepted],
            Revisions::Original => &[Version::Original],
            Revisions::Both => &[Version::Accepted, Version::Original],
        }
    }

    /// The version that is checked, and the other one.
    pub(crate) fn checked_and_other(self) -> [Version; 2] {
        match self {
            Revisions::Accepted | Revisions::Both => [Version::Accepted, Version::Original],
            Revisions::Original => [Version::Original, Version::Accepted],
        }
    }
}

/// One version of the text of a document with tracked changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Version {
    /// The text as it is when every change is accepted.
    #[default]
    Accepted,
    /// The text as it was before the changes.
    Original,
}

/// The way in which a document is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DocumentReading<'v> {
    /// The most bytes of text that are unpacked of all parts.
    pub(crate) limit: u64,
    /// The versions of its text that are read, one at least.
    pub(crate) versions: &'v [Version],
    /// True if what it carries besides its text is kept, as it stands in the first version.
    pub(crate) residues: bool,
}

impl<'v> DocumentReading<'v> {
    /// Reads the text, and nothing besides.
    #[cfg(feature = "office")]
    pub(crate) fn of_text(limit: u64, versions: &'v [Version]) -> DocumentReading<'v> {
        DocumentReading { limit, versions, residues: false }
    }
}

/// The marks that tracked changes have left on some text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct TrackedChange {
    pub(crate) inserted: bool,
    pub(crate) deleted: bool,
}

impl Version {
    /// True if the version has text with such marks.
    pub(crate) fn has(self, change: TrackedChange) -> bool {
        match self {
            Version::Accepted => !change.deleted,
            Version::Original => !change.inserted,
        }
    }
}

/// The program that documents of a format are opened and repaired with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Suite {
    /// Word, for `.docx`.
    Word,
    /// LibreOffice, for `.odt`.
    LibreOffice,
}

impl Suite {
    /// The ending of the names of its documents.
    pub fn ending(self) -> &'static str {
        match self {
            Suite::Word => ".docx",
            Suite::LibreOffice => ".odt",
        }
    }
}

/// The name of the program; with `#`, a document of it.
impl fmt::Display for Suite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self, f.alternate()) {
            (Suite::Word, false) => "Word",
            (Suite::Word, true) => "a document of Word",
            (Suite::LibreOffice, false) => "LibreOffice",
            (Suite::LibreOffice, true) => "an OpenDocument text",
        })
    }
}

/// The reason for which a document of an office suite could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// The file could not be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The file is not a zip archive.
    #[error("not {0:#}: it does not begin as a zip archive; open it in {0} and save it as {ending}", ending = .0.ending())]
    NotAPackage(Suite),
    /// The file does not begin as one of its format does.
    #[error("not {format}: it does not begin as one; open it in the program that made it, and save it anew")]
    NotOfFormat {
        /// A document of the format, in words.
        format: &'static str,
    },
    /// The file is of the format that its name says, but damaged.
    #[error("not sound as {format}: {reason}; ask for the document once more, or {remedy}")]
    Unsound {
        /// A document of the format, in words.
        format: &'static str,
        /// The fault, in words.
        reason: String,
        /// The other remedy, in words.
        remedy: &'static str,
    },
    /// A PDF file has a password.
    #[error("encrypted; open it with its password and print it to a new PDF file, or save it as .docx")]
    Locked,
    /// A PDF file has no text.
    #[error(
        "no text layer: its pages ({pages}) hold images at most, as of a scan; have their text recognised (OCR), or ask for the document that was printed"
    )]
    NoTextLayer {
        /// The number of pages.
        pages: usize,
    },
    /// A PDF file does not tell which letters its fonts draw.
    #[error(
        "most of its text is in fonts that do not tell which letters they draw; print it anew from the program that made it, or have its text recognised (OCR)"
    )]
    NamelessLetters,
    /// The name of the file says that it is a document of Word 97 to 2003, and it is something else.
    #[error(
        "{0}, not of Word 97-2003 as its name says; open it in the program that made it, or in LibreOffice, and save it as .docx"
    )]
    Foreign(&'static str),
    /// The file is of the format before 2007.
    #[error(
        "a document of the format before Word 2007 (.doc), whatever it is called; open it in Word and save it as .docx"
    )]
    Legacy,
    /// The document has a password.
    #[error("encrypted; open it in {0}, take off the password and save it")]
    Encrypted(Suite),
    /// The archive is damaged.
    #[error("damaged or cut off: {reason}; ask for the document once more, or let {suite} repair it and save it")]
    Damaged {
        /// The program that opens such documents.
        suite: Suite,
        /// The fault, as its reader tells it.
        reason: String,
    },
    /// The archive has more parts than are looked at.
    #[error("more than {limit} parts, which no statement has")]
    TooManyParts {
        /// The most.
        limit: usize,
    },
    /// A part is there twice.
    #[error("a part is there twice, so that programs may read different texts; open it in {0} and save it")]
    Repeated(Suite),
    /// A part has two names.
    #[error(
        "`{name}` has another name besides, so that programs may read different texts; open it in {suite} and save it"
    )]
    TwoNames {
        /// The program that opens such documents.
        suite: Suite,
        /// The name.
        name: String,
    },
    /// A name leads out of the archive.
    #[error("`{name}` lies outside the document; it may be an attack, do not open it")]
    Outside {
        /// The name.
        name: String,
    },
    /// The file is too large.
    #[error("larger than {} MiB; raise the limit with --max-size", limit >> 20)]
    FileTooLarge {
        /// The most that is read, in bytes.
        limit: u64,
    },
    /// Its text is too large.
    #[error("{part}: more than {} MiB of text when unpacked; raise the limit with --max-size", limit >> 20)]
    TooMuchText {
        /// The part that is too much.
        part: String,
        /// The most that is unpacked of all parts, in bytes.
        limit: u64,
    },
    /// A part that must be there is not.
    #[error("not {suite:#}: {part} is missing")]
    Missing {
        /// The program that opens such documents.
        suite: Suite,
        /// The part.
        part: String,
    },
    /// A part is not what it has to be.
    #[error("{part}: {reason}")]
    Part {
        /// The part.
        part: String,
        /// The fault, in words.
        reason: String,
    },
}

impl DocumentError {
    pub(crate) fn xml(part: &str, error: XmlError) -> DocumentError {
        DocumentError::Part { part: part.to_owned(), reason: error.to_string() }
    }
}
