//! The reader for the Rich Text Format (`.rtf`): RTF Specification 1.9.1, as Word, LibreOffice and WordPad write it.
//!
//! Destinations that are not known are left out where a star says that they may be, and read where it does not, as the
//! specification asks. Notes, headers and footers are counted by themselves.

mod fonts;
mod group;
mod reader;
mod token;

use super::content::BYTE_ORDER_MARK;
use super::document::{DocumentError, whole_file};
use super::format::{Format, FormatEntry, FormatReader as Reads};
use super::layout::DocumentText;
use reader::{NAME, RtfReader};

pub(super) const FORMAT: FormatEntry = FormatEntry {
    format: Format::Rtf,
    name: "RTF",
    extensions: &["rtf"],
    languages: &[],
    is_content: |content| content.begins(BEGIN),
    has_comments: false,
    reader: Reads::Document(|stream, how| {
        let bytes = whole_file(stream, how.limit)?;
        // An editor that took it for text may have put a byte-order mark before it.
        let begin = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&bytes).trim_ascii_start();
        if !begin.starts_with(BEGIN) {
            return Err(DocumentError::NotOfFormat { format: NAME });
        }
        let read = |&version| RtfReader::new(begin, how.limit, version).read();
        let texts = how.versions.iter().map(read).collect::<Result<_, _>>()?;
        Ok(DocumentText::not_looked_for(texts, how, NAME))
    }),
};

/// The first bytes of every document.
const BEGIN: &[u8] = b"{\\rtf";
