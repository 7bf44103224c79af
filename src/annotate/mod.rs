//! Documents handed back with what was found in them: comments in the margin, and suggestions as tracked changes.
//!
//! All else stays as it is, byte for byte.

mod annotated;
mod body;
mod change;
mod comment;
mod copy;
mod made;
mod merge;
mod odt;
mod redline;
mod times;
mod verify;
mod well_formed;
mod word;

pub use annotated::{AUTHOR, AnnotateError, Annotated, Annotation, MAX_COMMENTS};
pub use merge::SharedBlocks;
pub use redline::Redline;

use std::fs::File;
use std::io::{BufReader, Cursor};
use std::path::Path;

use crate::draft::{Draft, Format, Reading};
use crate::finding::Finding;
use crate::span::Span;

/// The document at `path`, of which `draft` is the text and `findings` what was found in it, with a comment on each finding and,
/// where there is a `fixed` draft, with the difference to it as tracked changes. Findings about comments and tracked changes get none.
///
/// # Errors
/// If the draft is not a document of an office suite, if its file cannot be read again or is no longer the same, if there are more
/// than [`MAX_COMMENTS`] comments, or if the copy would not be what it should be.
pub fn annotate(
    path: &Path,
    reading: &Reading,
    draft: &Draft,
    findings: &[Finding],
    fixed: Option<&Draft>,
) -> Result<Annotated, AnnotateError> {
    annotate_with(path, reading, draft, &Annotation { fixed, ..Annotation::new(findings) })
}

/// The document at `path`, of which `draft` is the text, with what it is to have.
///
/// # Errors
/// As [`annotate`].
pub fn annotate_with(
    path: &Path,
    reading: &Reading,
    draft: &Draft,
    annotation: &Annotation<'_>,
) -> Result<Annotated, AnnotateError> {
    // What stands in the margin already needs no comment there.
    let findings: Vec<Finding> =
        annotation.findings.iter().filter(|finding| !finding.rule.is_of_margin()).cloned().collect();
    let annotation = &Annotation { findings: &findings, ..*annotation };
    let stream = BufReader::new(File::open(path)?);
    let own = findings.iter().filter(|finding| !draft.is_before(finding));
    let places: Vec<Span> = own.map(|finding| finding.span).collect();
    let changes =
        annotation.fixed.map_or_else(Vec::new, |fixed| change::between(draft.source(), fixed.source(), &places));
    match draft.format() {
        Format::Word => word::annotate(stream, reading, draft, annotation, &changes),
        Format::OpenDocument => odt::annotate(stream, reading, draft, annotation, &changes),
        _ => Err(AnnotateError::NotADocument),
    }
}

/// A document of Word with the text of a draft in another format, annotated: for those who receive such documents only.
///
/// # Errors
/// If there are more than [`MAX_COMMENTS`] comments, or if the document would not have all of the text.
pub fn as_word(draft: &Draft, annotation: &Annotation<'_>) -> Result<Annotated, AnnotateError> {
    let made = made::made(draft)?;
    let reading = Reading { max_bytes: verify::LIMIT, ..Reading::default() };
    let document = Draft::from_reader(draft.name(), Format::Word, Cursor::new(made.bytes.as_slice()), &reading);
    let document = document.map_err(|error| AnnotateError::Copy(error.to_string()))?;
    if document.source() != made.text {
        return Err(AnnotateError::Unsound("its text would be another".to_owned()));
    }
    let found = annotation.findings.iter().filter_map(|finding| made.moved(finding, draft, &document));
    let found: Vec<Finding> = found.collect();
    let changes = match annotation.fixed {
        Some(fixed) if fixed.blocks().len() == draft.blocks().len() => {
            let places: Vec<Span> = found.iter().map(|finding| finding.span).collect();
            change::between(&made.text, &made.fixed(draft, fixed), &places)
        }
        _ => Vec::new(),
    };
    let without_place = annotation.findings.len() - found.len();
    let of_document = Annotation { findings: &found, strip: annotation.strip, ..Annotation::default() };
    let mut done = word::annotate(Cursor::new(made.bytes), &reading, &document, &of_document, &changes)?;
    done.without_place += without_place;
    Ok(done)
}

/// True if a document of the format can be annotated.
pub(crate) fn takes(format: Format) -> bool {
    matches!(format, Format::Word | Format::OpenDocument)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::draft::Revisions;
    use crate::fix::fix;
    use crate::rule::Fix;
    use crate::{Pack, RuleSet};

    const PACK: &str = "schema: 1\npack: t\nrules: [{id: talks, phrases: [talks], suggest: [dialogue], fix: safe}]\n";

    /// A document with these parts.
    fn document(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, xml) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(xml.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_copy_that_reads_otherwise_than_it_should_is_not_handed_out() {
        let word = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>\
                    <w:p><w:r><w:t>The talks go on.</w:t></w:r></w:p></w:body></w:document>";
        let odt = "<o:document-content xmlns:o=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
                   xmlns:t=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><o:body><o:text>\
                   <t:p>The talks go on.</t:p></o:text></o:body></o:document-content>";
        let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"></Types>";
        let documents = [
            ("d.docx", document(&[("[Content_Types].xml", types), ("word/document.xml", word)])),
            ("d.odt", document(&[("content.xml", odt)])),
        ];
        let rules = RuleSet::new(Pack::parse("t.yml", PACK).unwrap().rules().to_vec()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in documents {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            for revisions in [Revisions::Accepted, Revisions::Original] {
                let reading = Reading { revisions, ..Reading::default() };
                let draft = Draft::read_with(&path, &reading).unwrap();
                let findings = rules.check(&draft);
                assert_eq!(findings.len(), 1, "{name}");
                let fixed = fix(draft.clone(), |draft| rules.check(draft), Fix::Safe).draft;
                for fixed in [None, Some(&fixed)] {
                    annotate(&path, &reading, &draft, &findings, fixed).unwrap();
                    // What stands around the finding, and what is deleted for a fix.
                    for word in [" go on", "The "] {
                        copy::fault::LOSES.set(Some(word));
                        let copy = annotate(&path, &reading, &draft, &findings, fixed);
                        copy::fault::LOSES.set(None);
                        assert!(matches!(copy, Err(AnnotateError::Unsound(_))), "{name} without {word}");
                    }
                }
            }
        }
    }
}
