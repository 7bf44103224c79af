//! The reader for documents of Word 97 to 2003 (`.doc`): the Word Binary File Format, [MS-DOC], in a compound file, [MS-CFB].
//!
//! The text is a row of characters, divided into pieces that stand anywhere in the file. Behind that of the document itself come its
//! footnotes, headers, comments, endnotes and text boxes. How they look is told in pages of their own, by their place in the file.

mod bytes;
mod file;
mod properties;
pub(super) mod streams;
mod text;

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::document::{COMPOUND, DocumentError, FILE_FACTOR, Suite, Version, whole_file};
use super::format::{Format, FormatEntry, FormatReader as Reads};
use super::layout::DocumentText;
use bytes::{NAME, unsound};
use file::WordFile;

pub(super) const FORMAT: FormatEntry = FormatEntry {
    format: Format::Doc,
    name: "Word 97-2003",
    extensions: &["doc", "dot"],
    languages: &[],
    is_content: |content| content.is_compound() && content.has_part(|part| part == "worddocument"),
    has_comments: false,
    reader: Reads::Document(|stream, how| {
        let texts = read(whole_file(stream, how.limit)?, how.limit, how.versions)?;
        Ok(DocumentText::not_looked_for(texts, how, NAME))
    }),
};

/// Reads these versions of the text.
fn read(bytes: Vec<u8>, limit: u64, versions: &[Version]) -> Result<Vec<DocumentText>, DocumentError> {
    /// The main stream.
    const MAIN: &str = "WordDocument";
    if !bytes.starts_with(COMPOUND) {
        return Err(DocumentError::NotOfFormat { format: NAME });
    }
    let mut compound = CompoundFile::open(Cursor::new(bytes)).map_err(|error| unsound(error.to_string()))?;
    if compound.exists("/EncryptedPackage") {
        return Err(DocumentError::Encrypted(Suite::Word));
    }
    let mut stream = |name: &str| -> Result<Vec<u8>, DocumentError> {
        let stream = compound.open_stream(format!("/{name}")).map_err(|error| unsound(format!("{name}: {error}")))?;
        let mut bytes = Vec::new();
        let read = stream.take(limit.saturating_mul(FILE_FACTOR)).read_to_end(&mut bytes);
        read.map_err(|error| unsound(format!("{name}: {error}")))?;
        Ok(bytes)
    };
    let main = stream(MAIN)?;
    let table = stream(file::table_of(&main)?)?;
    let file = WordFile::read(main, &table)?;
    versions.iter().map(|&version| text::read(&file, limit, version)).collect()
}
