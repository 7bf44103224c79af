//! The bound on what is unpacked of a file, whatever it declares.

use std::io::{self, Read};

use flate2::read::ZlibDecoder;
use hayro_syntax::object::Stream;

use crate::draft::document::{DocumentError, FILE_FACTOR};

/// A document of the format, in words.
pub(super) const NAME: &str = "a PDF file";

pub(super) fn unsound(reason: impl Into<String>) -> DocumentError {
    DocumentError::Unsound { format: NAME, reason: reason.into(), remedy: "print it to a new PDF file" }
}

/// The most bytes before a stream in which its dictionary is looked for.
const DICTIONARY_BYTES: usize = 1 << 16;

/// What may still be unpacked and read of a file.
#[derive(Debug)]
pub(super) struct Budget {
    limit: u64,
    /// The bytes that may still be unpacked.
    unpacked: u64,
    /// The operators of pages that may still be looked at.
    operators: u64,
    /// The pieces of text that may still be kept.
    fragments: u64,
}

impl Budget {
    /// A budget for a file of which so many bytes of text may be read.
    pub(super) fn new(limit: u64) -> Budget {
        let unpacked = limit.saturating_mul(FILE_FACTOR);
        Budget { limit, unpacked, operators: limit.saturating_mul(2), fragments: limit / 16 }
    }

    fn too_much(&self, part: &str) -> DocumentError {
        DocumentError::TooMuchText { part: part.to_owned(), limit: self.limit.saturating_mul(FILE_FACTOR) }
    }

    /// Looks, before any of it is unpacked to be read, at how much every stream but an image unpacks to. Images are not read.
    pub(super) fn measure(&self, bytes: &[u8]) -> Result<(), DocumentError> {
        let mut left = self.unpacked;
        let mut behind = 0;
        for at in memchr::memmem::find_iter(bytes, b"stream") {
            if at < behind || bytes[..at].ends_with(b"end") {
                continue;
            }
            let before = &bytes[behind.max(at.saturating_sub(DICTIONARY_BYTES))..at];
            let dictionary = &before[memchr::memmem::rfind(before, b"obj").unwrap_or(0)..];
            let has = |needle: &[u8]| memchr::memmem::find(dictionary, needle).is_some();
            let is_structure = has(b"ObjStm") || has(b"XRef") || has(b"#");
            if has(b"/Image") && !is_structure {
                continue;
            }
            let filters = memchr::memmem::find_iter(dictionary, b"Decode").count() - usize::from(has(b"DecodeParms"));
            if is_structure && (filters > 1 || has(b"LZW")) {
                return Err(unsound("its table of contents is packed more than once"));
            }
            let content = &bytes[at + b"stream".len()..];
            let begin = content.iter().take(2).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let mut inflated = ZlibDecoder::new(&content[begin..]).take(left.saturating_add(1));
            // What is no such stream, or is damaged, unpacks to what it does until then.
            let mut counter = Counter(0);
            let _ = io::copy(&mut inflated, &mut counter);
            left = left.checked_sub(counter.0).ok_or_else(|| self.too_much("streams"))?;
            behind = at + b"stream".len();
        }
        Ok(())
    }

    /// The content of a stream; `None` if it cannot be unpacked.
    pub(super) fn unpack(&mut self, stream: &Stream<'_>) -> Result<Option<Vec<u8>>, DocumentError> {
        let Ok(content) = stream.decoded_data() else {
            return Ok(None);
        };
        self.unpacked = self.unpacked.checked_sub(content.len() as u64).ok_or_else(|| self.too_much("pages"))?;
        Ok(Some(content.into_owned()))
    }

    /// Counts an operator.
    pub(super) fn operator(&mut self) -> Result<(), DocumentError> {
        self.operators_of(1)
    }

    /// Counts a form or an image: what it takes to find one, for forms may show forms.
    pub(super) fn form(&mut self) -> Result<(), DocumentError> {
        const AS_OPERATORS: u64 = 512;
        self.operators_of(AS_OPERATORS)
    }

    fn operators_of(&mut self, count: u64) -> Result<(), DocumentError> {
        self.operators = self.operators.checked_sub(count).ok_or_else(|| self.too_much("pages"))?;
        Ok(())
    }

    /// Counts a piece of text.
    pub(super) fn fragment(&mut self) -> Result<(), DocumentError> {
        self.fragments = self.fragments.checked_sub(1).ok_or_else(|| self.too_much("pages"))?;
        Ok(())
    }
}

/// Counts what is written to it.
struct Counter(u64);

impl io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
