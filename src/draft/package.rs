//! The package that a document of an office suite is: parts in a zip archive (ISO/IEC 29500-2; OpenDocument 1.3, part 2).

use std::collections::{HashMap, HashSet};
use std::io::{self, Read, Seek, SeekFrom};

use zip::read::ZipFile;
use zip::result::ZipError;
use zip::{DateTime, ZipArchive};

use super::decode::{self, Encoding};
use super::document::{DocumentError, Suite};

/// The most parts that a document may have. A long one with many pictures has a few hundred.
const MAX_PARTS: usize = 10_000;

/// How many times the size of its text a file may have: pictures are not read.
pub(crate) const FILE_FACTOR: u64 = 8;

/// What every compound file of older programs begins with: `.doc`, and a document with a password.
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// An open package.
pub(crate) struct Package<R> {
    archive: ZipArchive<R>,
    suite: Suite,
    limit: u64,
    /// The bytes of text that may still be unpacked.
    left: u64,
    /// The encodings of the parts that were read.
    encodings: HashMap<String, Encoding>,
}

impl<R: Read + Seek> Package<R> {
    /// Opens a package, made by such a suite, of which at most `limit` bytes of text are to be unpacked.
    pub(crate) fn open(mut stream: R, limit: u64, suite: Suite) -> Result<Package<R>, DocumentError> {
        let len = stream.seek(SeekFrom::End(0))?;
        if len > limit.saturating_mul(FILE_FACTOR) {
            return Err(DocumentError::FileTooLarge { limit: limit.saturating_mul(FILE_FACTOR) });
        }
        let mut head = Vec::new();
        stream.seek(SeekFrom::Start(0))?;
        stream.by_ref().take(COMPOUND.len() as u64).read_to_end(&mut head)?;
        if head == COMPOUND {
            return Err(if holds(&mut stream, &utf16("EncryptedPackage"))? {
                DocumentError::Encrypted(suite)
            } else {
                DocumentError::Legacy
            });
        }
        if !head.starts_with(b"PK") {
            return Err(DocumentError::NotAPackage(suite));
        }
        let announced = announced_parts(&mut stream, len)?;
        if announced.is_some_and(|announced| announced > MAX_PARTS) {
            return Err(DocumentError::TooManyParts { limit: MAX_PARTS });
        }
        stream.seek(SeekFrom::Start(0))?;
        let archive = ZipArchive::new(stream).map_err(|error| damaged(suite, &error))?;
        if archive.len() > MAX_PARTS {
            return Err(DocumentError::TooManyParts { limit: MAX_PARTS });
        }
        if announced.is_some_and(|announced| announced != archive.len()) {
            return Err(DocumentError::Repeated(suite));
        }
        let mut package = Package { archive, suite, limit, left: limit, encodings: HashMap::new() };
        package.inspect()?;
        Ok(package)
    }

    /// Looks at every part, unread, for what no honest document has.
    fn inspect(&mut self) -> Result<(), DocumentError> {
        let suite = self.suite;
        let mut seen = HashSet::new();
        for index in 0..self.len() {
            let part = self.raw(index)?;
            let name = part.name().map_err(|error| damaged(suite, &error))?.into_owned();
            if part.enclosed_name().is_none() || name.starts_with('/') || name.contains('\\') {
                return Err(DocumentError::Outside { name });
            }
            if part.encrypted() {
                return Err(DocumentError::Encrypted(suite));
            }
            // Names are told apart without case (ISO/IEC 29500-2, 6.2.2.3).
            if !seen.insert(name.to_lowercase()) {
                return Err(DocumentError::Repeated(suite));
            }
        }
        Ok(())
    }

    /// The text of the part called `name`; `None` where there is none.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<String>, DocumentError> {
        let Some(index) = self.index(name) else {
            return Ok(None);
        };
        let (mut bytes, suite) = (Vec::new(), self.suite);
        let part = self.archive.by_index(index).map_err(|error| damaged(suite, &error))?;
        part.take(self.left + 1).read_to_end(&mut bytes).map_err(|error| unpacked(name, &error))?;
        if bytes.len() as u64 > self.left {
            return Err(DocumentError::TooMuchText { part: name.to_owned(), limit: self.limit });
        }
        self.left -= bytes.len() as u64;
        self.encodings.insert(name.to_owned(), Encoding::of(&bytes));
        let text = decode::decode(bytes);
        text.map(Some).map_err(|error| DocumentError::Part { part: name.to_owned(), reason: error.to_string() })
    }

    /// The encoding of a part that was read.
    pub(crate) fn encoding(&self, name: &str) -> Encoding {
        self.encodings.get(name).copied().unwrap_or(Encoding::Utf8)
    }

    /// The number of parts.
    pub(crate) fn len(&self) -> usize {
        self.archive.len()
    }

    /// Whether there is a part of this name, be its letters large or small.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    fn index(&self, name: &str) -> Option<usize> {
        self.archive.index_for_name(name).or_else(|| {
            let names = self.archive.file_names().filter_map(Result::ok);
            names.into_iter().position(|other| other.eq_ignore_ascii_case(name))
        })
    }

    /// The part with this index, as it is packed.
    pub(crate) fn raw(&mut self, index: usize) -> Result<ZipFile<'_, R>, DocumentError> {
        let suite = self.suite;
        self.archive.by_index_raw(index).map_err(|error| damaged(suite, &error))
    }

    /// The name of the part with this index, and when it was changed.
    pub(crate) fn entry(&mut self, index: usize) -> Result<(String, Option<DateTime>), DocumentError> {
        let suite = self.suite;
        let part = self.raw(index)?;
        let name = part.name().map_err(|error| damaged(suite, &error))?.into_owned();
        Ok((name, part.last_modified()))
    }

    /// The text of a part that has to be there.
    pub(crate) fn needed(&mut self, name: &str) -> Result<String, DocumentError> {
        self.part(name)?.ok_or_else(|| DocumentError::Missing { suite: self.suite, part: name.to_owned() })
    }
}

/// How many parts the end of a zip archive announces: one that is there twice is not found by its name, and programs differ in
/// which of the two they read. `None` if the record is not where it has to be, which the archive's reader says itself.
fn announced_parts(stream: &mut (impl Read + Seek), len: u64) -> io::Result<Option<usize>> {
    const RECORD: usize = 22;
    let tail = len.min(RECORD as u64 + 0xffff);
    stream.seek(SeekFrom::Start(len - tail))?;
    let mut bytes = Vec::new();
    stream.take(tail).read_to_end(&mut bytes)?;
    let Some(at) = memchr::memmem::rfind(&bytes, b"PK\x05\x06").filter(|at| at + RECORD <= bytes.len()) else {
        return Ok(None);
    };
    match u16::from_le_bytes([bytes[at + 10], bytes[at + 11]]) {
        // The number stands in a record for large archives, which the record before this one says the place of (4.3.14).
        u16::MAX => {
            let locator =
                at.checked_sub(20).map(|from| &bytes[from..at]).filter(|record| record.starts_with(b"PK\x06\x07"));
            let place = locator.and_then(|record| Some(u64::from_le_bytes(record.get(8..16)?.try_into().ok()?)));
            let Some(place) = place.filter(|place| *place < len) else {
                return Ok(None);
            };
            stream.seek(SeekFrom::Start(place))?;
            let mut record = Vec::new();
            stream.take(40).read_to_end(&mut record)?;
            let number = record.get(32..40).filter(|_| record.starts_with(b"PK\x06\x06"));
            let number = number.and_then(|number| Some(u64::from_le_bytes(number.try_into().ok()?)));
            Ok(number.map(|number| usize::try_from(number).unwrap_or(usize::MAX)))
        }
        number => Ok(Some(usize::from(number))),
    }
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Whether a stream holds some bytes.
fn holds(stream: &mut (impl Read + Seek), needle: &[u8]) -> io::Result<bool> {
    stream.seek(SeekFrom::Start(0))?;
    let mut window = Vec::new();
    let mut chunk = vec![0; 1 << 16];
    loop {
        let read = stream.read(&mut chunk)?;
        if read == 0 {
            return Ok(false);
        }
        window.extend_from_slice(&chunk[..read]);
        if memchr::memmem::find(&window, needle).is_some() {
            return Ok(true);
        }
        let keep = window.len().saturating_sub(needle.len());
        window.drain(..keep);
    }
}

fn damaged(suite: Suite, error: &ZipError) -> DocumentError {
    DocumentError::Damaged { suite, reason: error.to_string() }
}

fn unpacked(part: &str, error: &io::Error) -> DocumentError {
    DocumentError::Part { part: part.to_owned(), reason: error.to_string() }
}
