//! The copy of a package in which some parts are changed.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek, Write};
use std::sync::Arc;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::verify::{ExpectedTexts, verify};
use super::{AnnotateError, well_formed};
use crate::draft::Format;
use crate::draft::document::XmlSpan;
use crate::draft::package::Package;

/// Parts with a new text, by name.
pub(super) type Changed = BTreeMap<Arc<str>, String>;

/// The texts that are put in at a place, in this order.
#[derive(Debug, Default)]
pub(super) struct Inserts {
    /// New text behind the character before.
    pub(super) added: String,
    /// The ends of comments, and the starts of others.
    pub(super) ends: String,
    pub(super) starts: String,
    /// The marks of what is taken out behind the place, and what stands for it.
    pub(super) change: String,
}

impl Inserts {
    pub(super) fn concat(&self) -> String {
        [self.added.as_str(), &self.ends, &self.starts, &self.change].concat()
    }
}

/// A part in which each of these spans has another text. Of spans that overlap each takes out what is left of it.
pub(super) fn replaced(xml: &str, mut edits: Vec<(XmlSpan, String)>) -> String {
    edits.sort_by_key(|(span, _)| *span);
    let mut changed = String::with_capacity(xml.len() * 2);
    let mut done = 0;
    for (span, text) in edits {
        changed.push_str(&xml[done..span.start().max(done)]);
        changed.push_str(&text);
        done = done.max(span.end());
    }
    changed.push_str(&xml[done..]);
    changed
}

/// The package with some parts changed; all others are copied as they are, unread. If there are any, the copy is read.
///
/// # Errors
/// If a changed part is not well-formed, or the copy has not these texts.
pub(super) fn write<R: Read + Seek>(
    package: &mut Package<R>,
    changed: &Changed,
    format: Format,
    expected: &ExpectedTexts,
) -> Result<Vec<u8>, AnnotateError> {
    #[cfg(test)]
    let changed = &fault::spoiled(changed);
    for (part, xml) in changed {
        if let Some(fault) = well_formed::fault(xml) {
            return Err(AnnotateError::Unsound(format!("{part}: {fault}")));
        }
    }
    let failed = |error: zip::result::ZipError| AnnotateError::Copy(error.to_string());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut written: Vec<&str> = Vec::new();
    // Names are told apart without case (ISO/IEC 29500-2, 6.2.2.3).
    let named = |name: &str| changed.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
    let encoded = |name: &str, text: &str, package: &Package<R>| package.encoding(name).encode(text);
    for index in 0..package.len() {
        let (name, modified) = package.entry(index)?;
        match named(&name) {
            Some((asked, text)) => {
                let options = SimpleFileOptions::default().last_modified_time(modified.unwrap_or_default());
                writer.start_file(&*name, options).map_err(failed)?;
                writer.write_all(&encoded(asked, text, package))?;
                written.push(asked);
            }
            None => writer.raw_copy_file(package.raw(index)?).map_err(failed)?,
        }
    }
    for (name, text) in changed.iter().filter(|(name, _)| !written.contains(&&***name)) {
        writer.start_file(&**name, SimpleFileOptions::default()).map_err(failed)?;
        writer.write_all(&encoded(name, text, package))?;
    }
    let copy = writer.finish().map_err(failed)?.into_inner();
    if !changed.is_empty() {
        verify(format, &copy, expected)?;
    }
    Ok(copy)
}

/// A fault that tests bring about: a copy in which a word is lost.
#[cfg(test)]
pub(super) mod fault {
    use std::cell::Cell;

    use super::Changed;

    thread_local! {
        pub(in crate::annotate) static LOSES: Cell<Option<&'static str>> = const { Cell::new(None) };
    }

    pub(super) fn spoiled(changed: &Changed) -> Changed {
        let without = |text: &String| LOSES.get().map_or_else(|| text.clone(), |word| text.replacen(word, "", 1));
        changed.iter().map(|(name, text)| (name.clone(), without(text))).collect()
    }
}
