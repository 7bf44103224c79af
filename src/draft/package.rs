//! The package that a document of an office suite is: parts in a zip archive (ISO/IEC 29500-2; OpenDocument 1.3, part 2).

use std::collections::{HashMap, HashSet};
use std::io::{self, Read, Seek, SeekFrom};

use zip::read::ZipFile;
use zip::result::ZipError;
use zip::{DateTime, ZipArchive};

use super::document::{COMPOUND, DocumentError, FILE_FACTOR, Suite};
use super::zip_names::{Directory, two_names};
use crate::text::decode::{self, Encoding};

/// The most parts that a document may have. A long one with many pictures has a few hundred.
const MAX_PARTS: usize = 10_000;

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
        let (announced, directory) = announced_parts(&mut stream, len)?;
        if let Some(directory) = directory
            && let Some(name) = two_names(&mut stream, directory)?
        {
            return Err(DocumentError::TwoNames { suite, name });
        }
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
        self.encodings.insert(name.to_owned(), Encoding::detect(&bytes));
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

    /// True if there is a part of this name, be its letters large or small.
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

/// The number of parts that the end of a zip archive announces: one that is there twice is not found by its name, and programs differ in
/// which of the two they read. With it the place of the directory. `None` if the record is not where it has to be, which the archive's
/// reader says itself.
fn announced_parts(stream: &mut (impl Read + Seek), len: u64) -> io::Result<(Option<usize>, Option<Directory>)> {
    const RECORD: usize = 22;
    let tail = len.min(RECORD as u64 + 0xffff);
    stream.seek(SeekFrom::Start(len - tail))?;
    let mut bytes = Vec::new();
    stream.take(tail).read_to_end(&mut bytes)?;
    let Some(at) = memchr::memmem::rfind(&bytes, b"PK\x05\x06").filter(|at| at + RECORD <= bytes.len()) else {
        return Ok((None, None));
    };
    let record = len - tail + at as u64;
    let number = |at: usize| u64::from(u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]));
    let (size, said) = (number(at + 12), number(at + 16));
    let directory = Directory { said, at: record.saturating_sub(size), len: size };
    match u16::from_le_bytes([bytes[at + 10], bytes[at + 11]]) {
        // The number stands in a record for large archives, which the record before this one says the place of (4.3.14).
        u16::MAX => {
            let locator =
                at.checked_sub(20).map(|from| &bytes[from..at]).filter(|record| record.starts_with(b"PK\x06\x07"));
            let place = locator.and_then(|record| Some(u64::from_le_bytes(record.get(8..16)?.try_into().ok()?)));
            let Some(place) = place.filter(|place| *place < len) else {
                return Ok((None, None));
            };
            stream.seek(SeekFrom::Start(place))?;
            let mut record = Vec::new();
            stream.take(56).read_to_end(&mut record)?;
            let number = |range: std::ops::Range<usize>| {
                let bytes = record.get(range).filter(|_| record.starts_with(b"PK\x06\x06"))?;
                Some(u64::from_le_bytes(bytes.try_into().ok()?))
            };
            let parts = number(32..40).map(|number| usize::try_from(number).unwrap_or(usize::MAX));
            let directory = number(48..56).map(|at| Directory { said: at, at, len: number(40..48).unwrap_or(0) });
            Ok((parts, directory))
        }
        number => Ok((Some(usize::from(number)), Some(directory))),
    }
}

/// The names of the parts of a zip archive of which nothing is unpacked; `None` of one that is damaged or has too many.
pub(super) fn names(stream: &mut (impl Read + Seek)) -> Option<Vec<String>> {
    let len = stream.seek(SeekFrom::End(0)).ok()?;
    if announced_parts(stream, len).ok()?.0.is_some_and(|announced| announced > MAX_PARTS) {
        return None;
    }
    stream.seek(SeekFrom::Start(0)).ok()?;
    let archive = ZipArchive::new(stream).ok().filter(|archive| archive.len() <= MAX_PARTS)?;
    let names = archive.file_names().filter_map(Result::ok).map(|name| name.to_string());
    Some(names.collect())
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Tells if a stream holds some bytes.
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

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};

    use super::*;

    /// An archive of parts that are not compressed, with a comment of so many bytes.
    fn archive(parts: &[(&str, &str)], comment: usize) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
            writer.start_file(*name, options).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.set_comment("c".repeat(comment)).unwrap();
        writer.finish().unwrap().into_inner()
    }

    fn open(bytes: &[u8], limit: u64) -> Result<Package<Cursor<&[u8]>>, DocumentError> {
        Package::open(Cursor::new(bytes), limit, Suite::Word)
    }

    fn announced(bytes: &[u8]) -> Option<usize> {
        announced_parts(&mut Cursor::new(bytes), bytes.len() as u64).unwrap().0
    }

    #[test]
    fn all_parts_together_unpack_to_so_much_and_no_more() {
        let (one, two) = ("x".repeat(600), "y".repeat(400));
        let bytes = archive(&[("one.xml", &one), ("two.xml", &two)], 0);
        let mut package = open(&bytes, 1000).unwrap();
        assert_eq!(package.part("one.xml").unwrap(), Some(one));
        assert_eq!(package.part("two.xml").unwrap(), Some(two));
        assert_eq!(package.part("three.xml").unwrap(), None);
        let mut package = open(&bytes, 999).unwrap();
        assert!(package.part("one.xml").is_ok());
        assert!(matches!(package.part("two.xml"), Err(DocumentError::TooMuchText { limit: 999, .. })));
    }

    #[test]
    fn a_file_is_at_most_so_many_times_as_long_as_its_text_may_be() {
        let rest = archive(&[("one.xml", "x")], 0).len() as u64 % FILE_FACTOR;
        let fitting = archive(&[("one.xml", "x")], (FILE_FACTOR - rest) as usize);
        let limit = fitting.len() as u64 / FILE_FACTOR;
        assert!(open(&fitting, limit).is_ok());
        let longer = archive(&[("one.xml", "x")], (FILE_FACTOR - rest) as usize + 1);
        assert!(matches!(open(&longer, limit), Err(DocumentError::FileTooLarge { .. })));
    }

    #[test]
    fn the_end_of_an_archive_announces_its_parts() {
        let long = "x".repeat(70_000);
        let two = [("one.xml", long.as_str()), ("two.xml", "")];
        for (bytes, expected) in [
            (archive(&two[1..], 0), Some(1)),
            (archive(&two, 0), Some(2)),
            (archive(&two, 0xffff), Some(2)),
            (archive(&[], 0), Some(0)),
            (b"PK and no more".to_vec(), None),
        ] {
            assert_eq!(announced(&bytes), expected, "{} bytes", bytes.len());
        }
        let cut = archive(&two, 0);
        assert_eq!(announced(&cut[..cut.len() - 1]), None);
    }

    #[test]
    fn the_parts_of_a_large_archive_are_announced_in_a_record_of_their_own() {
        // The record of 56 bytes, what says where it is, and the end that refers to it.
        let large = |place: u64| {
            let record = [&b"PK\x06\x06"[..], &[0; 28], &70_000_u64.to_le_bytes(), &[0; 16]].concat();
            let locator = [&b"PK\x06\x07"[..], &[0; 4], &place.to_le_bytes(), &[0; 4]].concat();
            let end = [&b"PK\x05\x06"[..], &[0; 6], &[0xff; 2], &[0; 10]].concat();
            [record, locator, end].concat()
        };
        assert_eq!(announced(&large(0)), Some(70_000));
        // Where there is no such record.
        assert_eq!(announced(&large(1)), None);
        assert_eq!(announced(&large(1000)), None);
        assert_eq!(announced(&large(0)[56 + 20..]), None);
    }

    #[test]
    fn a_part_that_is_there_twice_is_refused() {
        let twice = |one: &str, two: &str, placeholder: &str| {
            let mut bytes = archive(&[(one, ""), (placeholder, "")], 0);
            let ends: Vec<usize> = memchr::memmem::find_iter(&bytes, placeholder).collect();
            ends.into_iter().for_each(|at| bytes[at..at + two.len()].copy_from_slice(two.as_bytes()));
            bytes
        };
        for (one, two) in [("one.xml", "one.xml"), ("one.xml", "ONE.xml")] {
            let opened = open(&twice(one, two, "two.xml"), 1000).map(|package| package.len());
            assert!(matches!(opened, Err(DocumentError::Repeated(_))), "{one} {two}: {opened:?}");
        }
        assert!(open(&twice("one.xml", "two.xml", "two.xml"), 1000).is_ok());
    }

    #[test]
    fn a_part_is_known_by_its_name_be_its_letters_large_or_small() {
        let bytes = archive(&[("word/Comments.xml", "x")], 0);
        let mut package = open(&bytes, 1000).unwrap();
        assert!(package.has("word/comments.xml") && package.has("word/Comments.xml"));
        assert!(!package.has("word/comments2.xml"));
        assert_eq!(package.part("word/comments.xml").unwrap().as_deref(), Some("x"));
    }
}
