//! The reader for flat OpenDocument texts (`.fodt`): the whole document is one XML file (OpenDocument 1.3, part 3, 3.1.2).

use super::residue::{properties, unmarked};
use super::{OdtParts, read};
use crate::draft::content::{Content, HEAD_BYTES};
use crate::draft::document::{DocumentError, whole_file};
use crate::draft::format::{Format, FormatEntry, FormatReader as Reads};
use crate::text::decode;

pub(in crate::draft) const FORMAT: FormatEntry = FormatEntry {
    format: Format::FlatOpenDocument,
    name: "flat OpenDocument",
    extensions: &["fodt"],
    languages: &[],
    is_content: begins,
    has_comments: false,
    reader: Reads::Document(|stream, how| {
        let part = |reason: String| DocumentError::Part { part: "the document".to_owned(), reason };
        let bytes = whole_file(stream, how.limit)?;
        if !begins(&Content::from_head(bytes[..bytes.len().min(HEAD_BYTES)].to_vec())) {
            return Err(DocumentError::NotOfFormat { format: "a flat OpenDocument text" });
        }
        let xml = decode::decode(bytes).map_err(|error| part(error.to_string()))?;
        let parts = OdtParts { styles: Some(xml.clone()), content: xml };
        let residues =
            if how.residues { [properties(&parts.content), unmarked(&parts.content)].concat() } else { Vec::new() };
        read(&parts, how)?.into_texts(residues)
    }),
};

/// True for what begins as a flat file does.
fn begins(content: &Content) -> bool {
    let root = content.first_element();
    root.rsplit(':').next() == Some("document") && content.holds(b"urn:oasis:names:tc:opendocument:xmlns:office:1.0")
}
