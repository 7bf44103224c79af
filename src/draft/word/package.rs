//! The package that a Word document is: parts in a zip archive, and the relationships that name them (ISO/IEC 29500-2).

use std::collections::{HashMap, HashSet};
use std::io::{self, Read, Seek, SeekFrom};

use zip::read::ZipFile;
use zip::result::ZipError;
use zip::{DateTime, ZipArchive};

use super::DocumentError;
use crate::draft::decode::{self, Encoding};
use crate::draft::xml::{Node, Nodes};

/// The most parts that a document may have. A long one with many pictures has a few hundred.
const MAX_PARTS: usize = 10_000;

/// How many times the size of its text a file may have: pictures are not read.
pub(crate) const FILE_FACTOR: u64 = 8;

/// What every compound file of older programs begins with: `.doc`, and a document with a password.
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// An open package.
pub(crate) struct Package<R> {
    archive: ZipArchive<R>,
    limit: u64,
    /// The bytes of text that may still be unpacked.
    left: u64,
    /// The encodings of the parts that were read.
    encodings: HashMap<String, Encoding>,
}

/// What one part says of another.
#[derive(Debug)]
pub(crate) struct Relationship {
    /// The last word of its type, such as `footnotes`; the same in transitional and in strict documents.
    pub(crate) kind: String,
    /// The name of the part, from the root of the package.
    pub(crate) target: String,
}

impl<R: Read + Seek> Package<R> {
    /// Opens a package of which at most `limit` bytes of text are to be unpacked.
    pub(crate) fn open(mut stream: R, limit: u64) -> Result<Package<R>, DocumentError> {
        let len = stream.seek(SeekFrom::End(0))?;
        if len > limit.saturating_mul(FILE_FACTOR) {
            return Err(DocumentError::FileTooLarge { limit: limit.saturating_mul(FILE_FACTOR) });
        }
        let mut head = Vec::new();
        stream.seek(SeekFrom::Start(0))?;
        stream.by_ref().take(COMPOUND.len() as u64).read_to_end(&mut head)?;
        if head == COMPOUND {
            return Err(if holds(&mut stream, &utf16("EncryptedPackage"))? {
                DocumentError::Encrypted
            } else {
                DocumentError::Legacy
            });
        }
        if !head.starts_with(b"PK") {
            return Err(DocumentError::NotAPackage);
        }
        let announced = announced_parts(&mut stream, len)?;
        if announced.is_some_and(|announced| announced > MAX_PARTS) {
            return Err(DocumentError::TooManyParts { limit: MAX_PARTS });
        }
        stream.seek(SeekFrom::Start(0))?;
        let archive = ZipArchive::new(stream).map_err(|error| DocumentError::damaged(&error))?;
        if archive.len() > MAX_PARTS {
            return Err(DocumentError::TooManyParts { limit: MAX_PARTS });
        }
        if announced.is_some_and(|announced| announced != archive.len()) {
            return Err(DocumentError::Repeated);
        }
        let mut package = Package { archive, limit, left: limit, encodings: HashMap::new() };
        package.inspect()?;
        Ok(package)
    }

    /// Looks at every part, unread, for what no honest document has.
    fn inspect(&mut self) -> Result<(), DocumentError> {
        let mut seen = HashSet::new();
        for index in 0..self.archive.len() {
            let part = self.archive.by_index_raw(index).map_err(|error| DocumentError::damaged(&error))?;
            let name = part.name().map_err(|error| DocumentError::damaged(&error))?.into_owned();
            if part.enclosed_name().is_none() || name.starts_with('/') || name.contains('\\') {
                return Err(DocumentError::Outside { name });
            }
            if part.encrypted() {
                return Err(DocumentError::Encrypted);
            }
            // Names are told apart without case (ISO/IEC 29500-2, 6.2.2.3).
            if !seen.insert(name.to_lowercase()) {
                return Err(DocumentError::Repeated);
            }
        }
        Ok(())
    }

    /// The text of the part called `name`; `None` where there is none.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<String>, DocumentError> {
        let index = self.archive.index_for_name(name).or_else(|| {
            let names = self.archive.file_names().filter_map(Result::ok);
            names.into_iter().position(|other| other.eq_ignore_ascii_case(name))
        });
        let Some(index) = index else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        let part = self.archive.by_index(index).map_err(|error| DocumentError::damaged(&error))?;
        part.take(self.left + 1).read_to_end(&mut bytes).map_err(|error| DocumentError::unpack(name, &error))?;
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

    /// Whether there is a part of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The part with this index, as it is packed.
    pub(crate) fn raw(&mut self, index: usize) -> Result<ZipFile<'_, R>, DocumentError> {
        self.archive.by_index_raw(index).map_err(|error| DocumentError::damaged(&error))
    }

    /// The name of the part with this index, and when it was changed.
    pub(crate) fn entry(&mut self, index: usize) -> Result<(String, Option<DateTime>), DocumentError> {
        let part = self.raw(index)?;
        let name = part.name().map_err(|error| DocumentError::damaged(&error))?.into_owned();
        Ok((name, part.last_modified()))
    }

    /// The text of a part that has to be there.
    pub(crate) fn needed(&mut self, name: &str) -> Result<String, DocumentError> {
        self.part(name)?.ok_or_else(|| DocumentError::Missing { part: name.to_owned() })
    }

    /// What the part called `name`, or with an empty name the package, says of others inside the package.
    pub(crate) fn relationships(&mut self, name: &str) -> Result<Vec<Relationship>, DocumentError> {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let rels = [folder, "_rels", &format!("{file}.rels")].join("/");
        let rels = rels.trim_start_matches('/').to_owned();
        let Some(xml) = self.part(&rels)? else {
            return Ok(Vec::new());
        };
        let mut nodes = Nodes::of(&xml);
        let mut found = Vec::new();
        while let Some(node) = nodes.next().map_err(|error| DocumentError::xml(&rels, error))? {
            let Node::Start(element) = node else {
                continue;
            };
            let external = element.attribute("TargetMode").is_some_and(|mode| mode == "External");
            if element.name() != "Relationship" || external {
                continue;
            }
            if let (Some(kind), Some(target)) = (element.attribute("Type"), element.attribute("Target")) {
                let target = resolve(folder, &target).ok_or(DocumentError::Outside { name: target })?;
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                found.push(Relationship { kind, target });
            }
        }
        Ok(found)
    }
}

/// The name of the part that `target` names from a folder; `None` if it lies outside the package.
fn resolve(folder: &str, target: &str) -> Option<String> {
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split(['#', '?']).next().unwrap_or_default().split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()?),
            step => path.push(step),
        }
    }
    path.retain(|step| !step.is_empty());
    Some(path.join("/"))
}

/// How many parts the end of a zip archive announces: one that is there twice is not found by its name, and programs differ in
/// which of the two they read. `None` if the record is not where it has to be, which the archive's reader says itself.
fn announced_parts(stream: &mut (impl Read + Seek), len: u64) -> io::Result<Option<usize>> {
    const RECORD: usize = 22;
    let tail = len.min(RECORD as u64 + 0xffff);
    stream.seek(SeekFrom::Start(len - tail))?;
    let mut bytes = Vec::new();
    stream.take(tail).read_to_end(&mut bytes)?;
    let at = memchr::memmem::rfind(&bytes, b"PK\x05\x06").filter(|at| at + RECORD <= bytes.len());
    Ok(at.map(|at| usize::from(u16::from_le_bytes([bytes[at + 10], bytes[at + 11]]))))
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

impl DocumentError {
    fn damaged(error: &ZipError) -> DocumentError {
        DocumentError::Damaged { reason: error.to_string() }
    }

    fn unpack(part: &str, error: &io::Error) -> DocumentError {
        DocumentError::Part { part: part.to_owned(), reason: error.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved_inside_the_package() {
        let cases = [
            ("word", "styles.xml", Some("word/styles.xml")),
            ("word", "/word/styles.xml", Some("word/styles.xml")),
            ("", "word/document.xml", Some("word/document.xml")),
            ("word/a", "../b.xml#x", Some("word/b.xml")),
            ("word", "../../etc/passwd", None),
        ];
        for (folder, target, expected) in cases {
            assert_eq!(resolve(folder, target).as_deref(), expected, "{folder} {target}");
        }
    }
}
