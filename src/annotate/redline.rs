//! Two drafts as one document of Word: the new text, with tracked changes from the old one.
//!
//! All that is not the same to the letter is a change, whatever it says: who accepts all has the new text, and who rejects all the old one.

use std::collections::HashMap;
use std::io::Cursor;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::body::{BodyParagraph, BodyPart, BodyRow, BodyWriter, WholeChange, body_parts, text};
use super::made::{MadeDocument, order, packed};
use super::verify::LIMIT;
use super::{AnnotateError, Annotated, Annotation, word};
use crate::draft::document::{DocumentReading, Version};
use crate::draft::{Draft, Format, Reading, read_versions};
use crate::finding::Finding;

/// Blocks of two drafts that share text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SharedBlocks {
    /// The index of the block of the old draft.
    pub old: usize,
    /// The index of the block of the new one.
    pub new: usize,
    /// How much they share, such as a number of bytes.
    pub weight: usize,
}

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

/// The lines of a text that hold something. The cells of rows that are gone leave empty ones.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').filter(|line| !line.trim().is_empty())
}

/// Holds both versions of a document to the texts that they have to have.
fn verify(bytes: &[u8], expected: &[(Version, &str)]) -> Result<(), AnnotateError> {
    let versions: Vec<Version> = expected.iter().map(|(version, _)| *version).collect();
    let read = read_versions(Format::Word, &mut Cursor::new(bytes), DocumentReading::of_text(LIMIT, &versions))?;
    for ((version, expected), read) in expected.iter().zip(&read) {
        if !lines(&read.text).eq(lines(expected)) {
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

/// A part of a redlined body.
#[derive(Debug)]
enum MergedPart<'p> {
    /// A paragraph as it was and as it is, and what becomes of the mark at its end.
    Paragraph { old: Option<BodyParagraph>, new: Option<BodyParagraph>, mark: Option<WholeChange> },
    /// The rows of a table, each as it was and as it is.
    Table(Vec<(Option<&'p BodyRow>, Option<&'p BodyRow>)>),
}

fn write(body: &mut BodyWriter, parts: &[MergedPart<'_>]) {
    for part in parts {
        match part {
            MergedPart::Paragraph { old, new, mark } => body.paragraph(old.as_ref(), new.as_ref(), *mark),
            MergedPart::Table(rows) => body.table(rows.iter().copied()),
        }
    }
}

/// One step through two lists: an item of both, of the first alone, or of the second alone, by their indices.
type Step = (Option<usize>, Option<usize>);

/// The steps through two lists of so many items, of which those in `pairs` belong together as far as their order allows: what is gone
/// stands before what is new.
fn steps(olds: usize, news: usize, pairs: &[(usize, usize)]) -> Vec<Step> {
    let of_new: HashMap<usize, usize> = pairs.iter().map(|&(old, new)| (new, old)).collect();
    let old_keys: Vec<usize> = (0..olds).collect();
    let new_keys: Vec<usize> = (0..news).map(|new| of_new.get(&new).copied().unwrap_or(olds + new)).collect();
    let mut steps: Vec<Step> = Vec::new();
    let (mut gone, mut added): (Vec<Step>, Vec<Step>) = (Vec::new(), Vec::new());
    for op in capture_diff_slices(Algorithm::Myers, &old_keys, &new_keys) {
        if matches!(op, DiffOp::Equal { .. }) {
            steps.append(&mut gone);
            steps.append(&mut added);
            steps.extend(op.old_range().zip(op.new_range()).map(|(old, new)| (Some(old), Some(new))));
        } else {
            gone.extend(op.old_range().map(|old| (Some(old), None)));
            added.extend(op.new_range().map(|new| (None, Some(new))));
        }
    }
    steps.append(&mut gone);
    steps.append(&mut added);
    steps
}

/// The pairs that share the most, each item in one of them.
fn best(weights: HashMap<(usize, usize), usize>) -> Vec<(usize, usize)> {
    let mut ranked: Vec<((usize, usize), usize)> = weights.into_iter().collect();
    ranked.sort_by_key(|&((old, new), weight)| (std::cmp::Reverse(weight), old.abs_diff(new), old, new));
    let (mut olds, mut news) = (HashMap::new(), HashMap::new());
    for ((old, new), _) in ranked {
        if !olds.contains_key(&old) && !news.contains_key(&new) {
            olds.insert(old, new);
            news.insert(new, old);
        }
    }
    olds.into_iter().collect()
}

/// For each block the index of the part that has its text, and that of the row there.
fn homes(parts: &[BodyPart]) -> HashMap<usize, (usize, usize)> {
    let mut homes = HashMap::new();
    for (at, part) in parts.iter().enumerate() {
        match part {
            BodyPart::Paragraph(paragraph) => homes.extend(paragraph.block.map(|block| (block, (at, 0)))),
            BodyPart::Table(rows) => {
                for (row, cells) in rows.iter().enumerate() {
                    homes.extend(cells.iter().filter_map(|cell| cell.block).map(|block| (block, (at, row))));
                }
            }
        }
    }
    homes
}

/// The parts of a body that is the old one without the changes and the new one with them.
fn merged<'p>(olds: &'p [BodyPart], news: &'p [BodyPart], shared: &[SharedBlocks]) -> Vec<MergedPart<'p>> {
    let (old_homes, new_homes) = (homes(olds), homes(news));
    let home =
        |shared: &SharedBlocks| Some((*old_homes.get(&shared.old)?, *new_homes.get(&shared.new)?, shared.weight));
    let shared: Vec<((usize, usize), (usize, usize), usize)> = shared.iter().filter_map(home).collect();
    let mut weights: HashMap<(usize, usize), usize> = HashMap::new();
    for &((old, _), (new, _), weight) in &shared {
        if are_alike(&olds[old], &news[new]) {
            *weights.entry((old, new)).or_default() += weight;
        }
    }
    let mut merged: Vec<MergedPart<'p>> = Vec::new();
    for (old, new) in steps(olds.len(), news.len(), &best(weights)) {
        match (old.map(|old| &olds[old]), new.map(|new| &news[new])) {
            (Some(BodyPart::Table(before)), Some(BodyPart::Table(after))) => {
                let mut weights: HashMap<(usize, usize), usize> = HashMap::new();
                for &((old_part, old_row), (new_part, new_row), weight) in &shared {
                    if Some(old_part) == old && Some(new_part) == new {
                        *weights.entry((old_row, new_row)).or_default() += weight;
                    }
                }
                let rows = steps(before.len(), after.len(), &best(weights));
                let row = |(old, new): Step| (old.map(|old| &before[old]), new.map(|new| &after[new]));
                add_table(&mut merged, rows.into_iter().map(row).collect(), (true, true));
            }
            (Some(BodyPart::Table(rows)), _) => {
                add_table(&mut merged, rows.iter().map(|row| (Some(row), None)).collect(), (true, false));
            }
            (_, Some(BodyPart::Table(rows))) => {
                add_table(&mut merged, rows.iter().map(|row| (None, Some(row))).collect(), (false, true));
            }
            (old, new) => {
                let paragraph = |part: Option<&BodyPart>| match part {
                    Some(BodyPart::Paragraph(paragraph)) => Some(paragraph.clone()),
                    _ => None,
                };
                merged.push(MergedPart::Paragraph { old: paragraph(old), new: paragraph(new), mark: None });
            }
        }
    }
    set_marks(&mut merged);
    merged
}

/// True if one part can become another: both are paragraphs, or tables of as many columns.
fn are_alike(old: &BodyPart, new: &BodyPart) -> bool {
    match (old, new) {
        (BodyPart::Paragraph(_), BodyPart::Paragraph(_)) => true,
        (BodyPart::Table(before), BodyPart::Table(after)) => {
            before.first().map(Vec::len) == after.first().map(Vec::len)
        }
        _ => false,
    }
}

/// Adds a table that either or both texts have, and the empty paragraph behind it.
fn add_table<'p>(
    merged: &mut Vec<MergedPart<'p>>,
    rows: Vec<(Option<&'p BodyRow>, Option<&'p BodyRow>)>,
    (is_old, is_new): (bool, bool),
) {
    merged.push(MergedPart::Table(rows));
    let empty = |is_there: bool| is_there.then(BodyParagraph::empty);
    merged.push(MergedPart::Paragraph { old: empty(is_old), new: empty(is_new), mark: None });
}

/// Says what becomes of the marks at the ends of paragraphs.
fn set_marks(merged: &mut Vec<MergedPart<'_>>) {
    let mut done: Vec<MergedPart<'_>> = Vec::with_capacity(merged.len());
    let mut open: Vec<MergedPart<'_>> = Vec::new();
    for part in merged.drain(..) {
        if matches!(part, MergedPart::Table(_)) {
            done.extend(marked(std::mem::take(&mut open), false));
            done.push(part);
        } else {
            open.push(part);
        }
    }
    done.extend(marked(open, true));
    *merged = done;
}

/// Paragraphs that follow on each other up to a table or the end, with their marks. A paragraph without its mark is one with the next, so
/// that the last of them keeps its own.
fn marked(paragraphs: Vec<MergedPart<'_>>, is_end: bool) -> Vec<MergedPart<'_>> {
    let mut pairs: Vec<(Option<BodyParagraph>, Option<BodyParagraph>)> = paragraphs
        .into_iter()
        .filter_map(|part| match part {
            MergedPart::Paragraph { old, new, .. } => Some((old, new)),
            MergedPart::Table(_) => None,
        })
        .collect();
    let kept = pairs.iter().rposition(|(old, new)| old.is_some() && new.is_some());
    let tail = kept.map_or(0, |kept| kept + 1);
    let gone = pairs[tail..].iter().rposition(|(old, _)| old.is_some()).map(|at| tail + at);
    let added = pairs[tail..].iter().rposition(|(_, new)| new.is_some()).map(|at| tail + at);
    if let (Some(gone), Some(added)) = (gone, added) {
        // The last paragraph of the one text becomes the last of the other.
        pairs[added].0 = pairs[gone].0.take();
        pairs.remove(gone);
    }
    let mut marks: Vec<Option<WholeChange>> =
        pairs.iter().map(|(old, new)| WholeChange::between(old.as_ref(), new.as_ref())).collect();
    let last = pairs.len().saturating_sub(1);
    match (marks.last().copied().flatten(), kept) {
        // The last paragraph of the other text goes on where this one ends, and looks as it did.
        (Some(change), Some(kept)) => {
            marks[kept..last].fill(Some(change));
            marks[last] = None;
            let (old, new) = pairs[kept].clone();
            let look = |of: Option<BodyParagraph>| of.map(|of| BodyParagraph::empty().like(&of));
            let (last_old, last_new) = &mut pairs[last];
            *last_old = last_old.take().or_else(|| look(old));
            *last_new = last_new.take().or_else(|| look(new));
        }
        (Some(_), None) if is_end => marks[last] = None,
        _ => {}
    }
    pairs.into_iter().zip(marks).map(|((old, new), mark)| MergedPart::Paragraph { old, new, mark }).collect()
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
