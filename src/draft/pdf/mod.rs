//! The reader for PDF files (`.pdf`): ISO 32000-2, as far as text goes.
//!
//! A PDF has no paragraphs, no lines and not even words: it says which letter stands where. What is read is what a person who looks
//! at the page would put together of that. Each page is a part of its own.

mod bound;
mod content;
mod drop_cap;
mod encoding;
mod font;
mod join;
mod lines;
mod matrix;
mod paragraphs;

use std::sync::Arc;

use hayro_syntax::{LoadPdfError, Pdf};

use super::document::{DocumentError, whole_file};
use super::format::{Format, FormatEntry, FormatReader as Reads};
use super::layout::DocumentText;
use super::stories::Stories;
use bound::{Budget, NAME, unsound};
use content::PageReader;
use join::Pages;

pub(super) const FORMAT: FormatEntry = FormatEntry {
    format: Format::Pdf,
    name: "PDF",
    extensions: &["pdf"],
    languages: &[],
    is_content: |content| content.begins(BEGIN),
    has_comments: false,
    reader: Reads::Document(|stream, how| {
        let text = read(whole_file(stream, how.limit)?, how.limit)?;
        // A PDF knows no tracked changes.
        Ok(DocumentText::not_looked_for(vec![text; how.versions.len()], how, NAME))
    }),
};

/// The first bytes of every file.
const BEGIN: &[u8] = b"%PDF-";

/// The bytes within which a file begins: programs put others before it.
const BEGIN_WITHIN: usize = 1024;

/// Reads the text of a file.
fn read(bytes: Vec<u8>, limit: u64) -> Result<DocumentText, DocumentError> {
    let head = &bytes[..bytes.len().min(BEGIN_WITHIN)];
    if memchr::memmem::find(head, BEGIN).is_none() {
        return Err(DocumentError::NotOfFormat { format: NAME });
    }
    let mut budget = Budget::new(limit);
    budget.measure(&bytes)?;
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => DocumentError::Locked,
        LoadPdfError::Invalid => unsound("its pages are not to be found"),
    })?;
    let mut pages = Pages::default();
    let (mut unknown, mut known) = (0, 0);
    for page in pdf.pages().iter() {
        let mut reader = PageReader::new(page, &mut budget);
        reader.read()?;
        unknown += reader.unknown;
        known += reader.known;
        pages.add(reader.fragments, reader.has_image);
    }
    if known == 0 && unknown == 0 {
        return Err(DocumentError::NoTextLayer { pages: pages.len() });
    }
    if unknown > known {
        return Err(DocumentError::NamelessLetters);
    }
    let names: Vec<Arc<str>> = (1..=pages.len()).map(|number| Arc::from(format!("page{number}"))).collect();
    let mut stories = Stories::new(limit);
    let unread = pages.paragraphs(&mut stories)?;
    let mut text = stories.assemble(&names, "");
    text.layout.images = unread;
    text.layout.nameless = unknown;
    Ok(text)
}
