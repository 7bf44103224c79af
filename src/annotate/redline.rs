//! Two drafts as one document of Word: the new text, with tracked changes from the old one.
//!
//! All that is not the same to the letter is a change, whatever it says: who accepts all has the new text, and who rejects all the old one.

use std::io::{Cursor, Read, Seek};

use super::body::{BodyPart, BodyWriter, body_parts, text};
use super::made::{MadeDocument, order, packed, relocated};
use super::merge::{MergedPart, SharedBlocks, merged};
use super::verify::LIMIT;
use super::{AnnotateError, Annotated, Annotation, word};
use crate::draft::document::{DocumentReading, Version};
use crate::draft::{Draft, Format, Reading, read_versions};
use crate::finding::Finding;
use crate::span::Span;
use crate::text::fold::OBJECT;

/// What a redlined document is made of.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Redline<'a> {
    /// The old draft.
    pub old: &'a Draft,
    /// The new draft.
    pub new: &'a Draft,
    /// The blocks of both that belong together, as far as is known: these are changed word by word, others as a whole.
    pub shared: &'a [SharedBlocks],
    /// The findings in the new draft that have a comment each.
    pub findings: &'a [Finding],
}

impl<'a> Redline<'a> {
    /// A redline without a comment.
    pub fn new(old: &'a Draft, new: &'a Draft, shared: &'a [SharedBlocks]) -> Redline<'a> {
        Redline { old, new, shared, findings: &[] }
    }

    /// The redlined document.
    ///
    /// # Errors
    /// If there are more comments than can be put into a document, or if it would have another text than both drafts have.
    pub fn document(&self) -> Result<Annotated, AnnotateError> {
        let (olds, news) = (body_parts(self.old), body_parts(self.new));
        let ((old_text, _), (new_text, starts)) = (text(self.old, &olds), text(self.new, &news));
        let mut body = BodyWriter::default();
        write(&mut body, &merged(&olds, &news, self.shared));
        let bytes = packed(&body.xml)?;
        let reading = Reading { max_bytes: LIMIT, ..Reading::default() };
        let document = Draft::from_reader(self.new.name(), Format::Word, Cursor::new(bytes.as_slice()), &reading);
        let document = document.map_err(|error| AnnotateError::Copy(error.to_string()))?;
        let starts = carried(&starts, &new_text, document.source());
        let made =
            MadeDocument { text: document.source().to_owned(), starts, order: order(self.new), bytes: Vec::new() };
        let found: Vec<Finding> =
            self.findings.iter().filter_map(|finding| made.moved(finding, self.new, &document)).collect();
        let mut done = word::annotate(Cursor::new(bytes), &reading, &document, &Annotation::new(&found), &[])?;
        done.without_place += self.findings.len() - found.len();
        done.changes = body.changes;
        verify(&done.bytes, &[(Version::Accepted, &new_text), (Version::Original, &old_text)])?;
        Ok(done)
    }
}

impl Redline<'_> {
    /// The document that the new draft is, read from `stream` in this way, redlined: all else in it stays as it is.
    ///
    /// # Errors
    /// If not all changes can be put into it, if there are more comments than can be, or if it would have another text than both drafts have.
    pub fn in_document(&self, stream: impl Read + Seek, reading: &Reading) -> Result<Annotated, AnnotateError> {
        let (olds, news) = (body_parts(self.old), body_parts(self.new));
        let parts = merged(&olds, &news, self.shared);
        let unsound = |error| match error {
            AnnotateError::Unsound(_) => AnnotateError::NoRedline(
                "with the changes in it, it would have another text than the two drafts".to_owned(),
            ),
            error => error,
        };
        let redlined = word::redline(stream, reading, (self.old, self.new), &parts);
        let (bytes, changes) = redlined.map_err(unsound)?;
        let reading = Reading { max_bytes: LIMIT, ..*reading };
        let document = Draft::from_reader(self.new.name(), Format::Word, Cursor::new(bytes.as_slice()), &reading);
        let document = document.map_err(|error| AnnotateError::Copy(error.to_string()))?;
        let ends: Vec<usize> =
            self.findings.iter().flat_map(|finding| [finding.span.start(), finding.span.end()]).collect();
        let ends = carried(&ends, self.new.source(), document.source());
        let moved = |(finding, ends): (&Finding, &[usize])| {
            (!self.new.is_before(finding)).then(|| relocated(finding, Span::new(ends[0], ends[1]), &document))
        };
        let found: Vec<Finding> = self.findings.iter().zip(ends.chunks(2)).filter_map(moved).collect();
        let mut done = word::annotate(Cursor::new(bytes), &reading, &document, &Annotation::new(&found), &[])?;
        done.without_place += self.findings.len() - found.len();
        done.changes = changes;
        let old_text: String = if self.old.is_text() {
            let paragraphs = olds.iter().flat_map(BodyPart::paragraphs);
            paragraphs.flat_map(|paragraph| [paragraph.document_line(self.old), "\n".to_owned()]).collect()
        } else {
            self.old.source().to_owned()
        };
        verify(&done.bytes, &[(Version::Accepted, self.new.source()), (Version::Original, &old_text)])
            .map_err(unsound)?;
        Ok(done)
    }
}

/// The lines of a text that hold something. The cells of rows that are gone leave empty ones.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').filter(|line| !line.trim().is_empty())
}

/// Holds both versions of a document to the texts that they have to have.
fn verify(bytes: &[u8], expected: &[(Version, &str)]) -> Result<(), AnnotateError> {
    let versions: Vec<Version> = expected.iter().map(|(version, _)| *version).collect();
    let read = read_versions(Format::Word, &mut Cursor::new(bytes), DocumentReading::of_text(LIMIT, &versions))?;
    for ((version, expected), read) in expected.iter().zip(&read) {
        // An image that is gone does not come back.
        let texts = [&read.text, *expected].map(|text| text.replace(OBJECT, ""));
        if !lines(&texts[0]).eq(lines(&texts[1])) {
            let with = if *version == Version::Accepted { "with" } else { "without" };
            return Err(AnnotateError::Unsound(format!("{with} the changes its text would be another")));
        }
    }
    Ok(())
}

/// Some bytes of a text by the same ones of another, which differs in empty lines alone.
fn carried(starts: &[usize], text: &str, other: &str) -> Vec<usize> {
    let begin = |text: &'_ str, line: &'_ str| line.as_ptr() as usize - text.as_ptr() as usize;
    let places: Vec<(usize, usize)> =
        lines(text).zip(lines(other)).map(|(line, there)| (begin(text, line), begin(other, there))).collect();
    let moved = |&start: &usize| {
        let next = places.partition_point(|(line, _)| *line <= start);
        next.checked_sub(1).map_or(0, |last| places[last].1 + start - places[last].0)
    };
    starts.iter().map(moved).collect()
}

fn write(body: &mut BodyWriter, parts: &[MergedPart<'_>]) {
    for part in parts {
        match part {
            MergedPart::Paragraph { old, new, mark } => body.paragraph(old.as_ref(), new.as_ref(), *mark),
            MergedPart::Table(rows) => body.table(rows.iter().copied()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::draft::Revisions;

    fn draft(text: &str) -> Draft {
        Draft::new(Format::Markdown, text)
    }

    /// The lines of the text of a document with and without its tracked changes.
    fn versions(bytes: &[u8]) -> [Vec<String>; 2] {
        [Revisions::Accepted, Revisions::Original].map(|revisions| {
            let reading = Reading { revisions, ..Reading::default() };
            let read = Draft::from_reader("r.docx", Format::Word, Cursor::new(bytes), &reading).unwrap();
            lines(read.source()).map(str::to_owned).collect()
        })
    }

    fn own(draft: &Draft) -> Vec<String> {
        lines(&text(draft, &body_parts(draft)).0).map(str::to_owned).collect()
    }

    /// All pairs of blocks of which some hold the same words.
    fn shared(old: &Draft, new: &Draft) -> Vec<SharedBlocks> {
        let words = |draft: &Draft, block: usize| -> Vec<String> {
            draft.blocks()[block].text().split(' ').map(str::to_owned).collect()
        };
        let mut found = Vec::new();
        for (one, _) in old.blocks().iter().enumerate() {
            for (other, _) in new.blocks().iter().enumerate() {
                let (a, b) = (words(old, one), words(new, other));
                let weight = a.iter().filter(|word| b.contains(word)).count();
                if weight > 0 {
                    found.push(SharedBlocks { old: one, new: other, weight });
                }
            }
        }
        found
    }

    fn document(old: &Draft, new: &Draft, shared: &[SharedBlocks]) -> String {
        let done = Redline::new(old, new, shared).document().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(versions(&done.bytes), [own(new), own(old)]);
        let mut archive = zip::ZipArchive::new(Cursor::new(done.bytes)).unwrap();
        std::io::read_to_string(archive.by_name("word/document.xml").unwrap()).unwrap()
    }

    #[test]
    fn what_is_changed_is_changed_word_by_word_and_what_comes_or_goes_as_a_whole() {
        /// Elements of the document without what does not matter: `[-deleted-]`, `{+inserted+}`, and for each paragraph its mark.
        fn told(xml: &str) -> String {
            let mut told = String::new();
            let mut rest = xml.split_once("<w:body>").unwrap().1;
            while let Some(at) = rest.find('<') {
                told += &rest[..at];
                rest = &rest[at..];
                let end = rest.find('>').unwrap() + 1;
                let tag = &rest[1..end - 1];
                let is_empty = tag.ends_with('/');
                let name = tag.split([' ', '/']).find(|name| !name.is_empty()).unwrap();
                told += match (name, tag.starts_with('/'), is_empty) {
                    ("w:del", false, false) => "[-",
                    ("w:del", true, _) => "-]",
                    ("w:ins", false, false) => "{+",
                    ("w:ins", true, _) => "+}",
                    ("w:del", _, true) => "(gone)",
                    ("w:ins", _, true) => "(new)",
                    ("w:pPrChange", false, _) => "(look)",
                    ("w:tab", ..) => "\t",
                    ("w:tr", false, _) => "|",
                    ("w:p", true, _) => "\n",
                    _ => "",
                };
                rest = &rest[end..];
            }
            told
        }
        let cases = [
            ("They shall pay.\n", "They may pay.\n", "They [-shall-]{+may+} pay.\n"),
            ("# A\n\nOne two.\n\nThree.\n", "# A\n\nThree.\n", "A\n(gone)[-One two.-]\nThree.\n"),
            ("# A\n\nThree.\n", "# A\n\nOne two.\n\nThree.\n", "A\n(new){+One two.+}\nThree.\n"),
            // The last paragraph keeps its mark, and that before it goes or comes.
            ("One two.\n\nThree four.\n", "One two.\n", "(gone)One two.\n[-Three four.-]\n"),
            ("One two.\n", "One two.\n\nThree four.\n", "(new)One two.\n{+Three four.+}\n"),
            ("# One two\n", "# One two\n\nThree four.\n", "(new)One two\n(look){+Three four.+}\n"),
            ("One two.\n\nThree.\n", "One two.\n\nFive.\n", "One two.\n[-Three-]{+Five+}.\n"),
            // Another look.
            ("# One two\n\nEnd.\n", "One two\n\nEnd.\n", "(look)One two\nEnd.\n"),
            ("- One two\n\nEnd.\n", "1. One two\n\nEnd.\n", "[-\u{2022}-]{+1.+}\tOne two\nEnd.\n"),
            // What moves is deleted here and comes in there.
            (
                "One two.\n\nThree four.\n\nFive six.\n\nEnd.\n",
                "Three four.\n\nFive six.\n\nOne two.\n\nEnd.\n",
                "(gone)[-One two.-]\nThree four.\nFive six.\n(new){+One two.+}\nEnd.\n",
            ),
            (
                "| a b | c |\n|---|---|\n| d e | f |\n\nEnd.\n",
                "| a b | c |\n|---|---|\n| g h | i |\n| d e | j |\n\nEnd.\n",
                "|a b\nc\n|(new)(new){+g h+}\n(new){+i+}\n|d e\n[-f-]{+j+}\n\nEnd.\n",
            ),
            ("End of it.\n", "", "[-End of it.-]\n"),
            ("", "", "\n"),
        ];
        for (old, new, expected) in cases {
            let (old, new) = (draft(old), draft(new));
            assert_eq!(
                told(&document(&old, &new, &shared(&old, &new))),
                expected,
                "{} | {}",
                old.source(),
                new.source()
            );
        }
    }

    #[test]
    fn what_xml_cannot_hold_and_what_says_the_same_is_told_to_the_letter() {
        let cases = [
            ("They \u{1b} <met> & \"said\" so.\n", "They \u{0}met & \u{201c}said\u{201d} so.\n"),
            ("It is 1,000 tons.\n", "It is 1 000  tons.\n"),
            ("a\u{2028}b \u{fffe} c\n", "a b \u{ffff} c\n"),
            ("| a |\n|---|\n| b |\n", "| a | c |\n|---|---|\n| b | d |\n"),
            ("| a |\n|---|\n| b |\n", ""),
            ("", "| a |\n|---|\n| b |\n"),
            ("So.\n\n| a |\n|---|\n| b |\n\n| c |\n|---|\n| d |\n", "| c |\n|---|\n| d |\n\nSo.\n"),
            ("One[^1] two.\n\n[^1]: A note.\n", "One two.\n\n[^1]: A note.\n\nThree[^1].\n"),
        ];
        for (old, new) in cases {
            let (old, new) = (draft(old), draft(new));
            document(&old, &new, &shared(&old, &new));
            document(&old, &new, &[]);
        }
    }

    #[test]
    fn hostile_drafts_come_to_an_end() {
        let many = |text: fn(usize) -> String| draft(&(0..600).map(text).collect::<Vec<_>>().join("\n\n"));
        let all = [
            many(|at| format!("Paragraph {at} of many.")),
            many(|at| format!("Paragraph {} of many.", 600 - at)),
            many(|at| format!("word{at}")),
            draft(&(0..12_000).map(|at| format!("word{at} ")).collect::<String>()),
            draft(&(0..12_000).map(|at| format!("other{at} ")).collect::<String>()),
        ];
        let all_shared: Vec<SharedBlocks> =
            (0..600).map(|old| SharedBlocks { old, new: 599 - old, weight: 1 }).collect();
        let pairs = [(0, 1), (0, 2), (2, 3), (3, 4)];
        for (old, new) in pairs.map(|(old, new)| (&all[old], &all[new])) {
            let one = [SharedBlocks { old: 0, new: 0, weight: 1 }];
            let shared = if old.blocks().len() == 1 { one.as_slice() } else { all_shared.as_slice() };
            assert!(Redline::new(old, new, shared).document().is_ok());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn who_accepts_all_has_the_new_text_and_who_rejects_all_the_old_one(
            old in "((# |> |- |1[.] |  - )?((they|we) (will|may|share|\u{201c}data\u{201d}|\"data\"|1,000|\u{e4}) ?){1,3}[.]?(\n\n|\n)|[|] a [|] b [|]\n[|]-[|]-[|]\n([|] (will|may) [|] (they|we) x [|]\n){1,3}\n){0,8}",
            new in "((# |> |- |1[.] |  - )?((they|we) (will|may|share|\u{201c}data\u{201d}|\"data\"|1,000|\u{e4}) ?){1,3}[.]?(\n\n|\n)|[|] a [|] b [|]\n[|]-[|]-[|]\n([|] (will|may) [|] (they|we) x [|]\n){1,3}\n){0,8}",
            pairs in prop::collection::vec((0..8usize, 0..8usize, 0..9usize), 0..8),
        ) {
            let (old, new) = (draft(&old), draft(&new));
            document(&old, &new, &shared(&old, &new));
            let pairs: Vec<SharedBlocks> =
                pairs.into_iter().map(|(old, new, weight)| SharedBlocks { old, new, weight }).collect();
            document(&old, &new, &pairs);
        }
    }
}
