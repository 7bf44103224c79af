//! Edits as tracked changes: what goes stands among the changes, what comes stands in its place, in the spans of what it replaces.

use std::collections::BTreeSet;
use std::ops::Range;

use super::ground::{Ground, Grounds, List};
use super::part::Part;
use super::written::Written;
use crate::draft::Revisions;
use crate::draft::odt::{self, CONTENT, Document, Parts};
use crate::draft::paper::{Form, Paper, Piece};
use crate::fix::{self, Edit};
use crate::span::Span;
use crate::text::fold::OBJECT;

/// How often a document is written and read to see which changes read as they should.
const MAX_TRIALS: usize = 32;

/// The tracked change that is made of an edit.
#[derive(Debug)]
pub(super) struct Track<'e> {
    edit: &'e Edit,
    /// Whether it is made among the styles, where headers and footers are.
    in_styles: bool,
    list: List,
    /// What goes, and where it stands.
    goes: Vec<(Segment<'e>, Ground)>,
    /// Where what comes does.
    comes: usize,
    /// White space behind what comes alone that does not count because of that before it.
    blanks: Vec<Range<usize>>,
}

/// Characters with nothing between them but white space that does not count.
#[derive(Debug)]
struct Segment<'d> {
    xml: Range<usize>,
    pieces: &'d [Piece],
    /// White space behind them that does not count because of theirs.
    blanks: Vec<Range<usize>>,
}

/// The changes of those edits that have a place, and with which the document reads as it should: before them as it does now, and
/// when they are accepted as the edits say.
pub(super) fn fitting<'d>(
    parts: &Parts,
    document: &'d Document,
    revisions: Revisions,
    edits: &'d [Edit],
) -> Vec<Track<'d>> {
    let tracks = planned(parts, document, edits);
    if tracks.is_empty() {
        return tracks;
    }
    let texts = Texts::of(parts);
    let reads_well = |tracks: &[Track<'_>]| {
        let (content, styles) = write(document, parts, tracks);
        let content = content.apply().unwrap_or_else(|| parts.content.clone());
        let copy = Parts { content, styles: styles.and_then(Part::apply).or_else(|| parts.styles.clone()) };
        texts.are_those_of(&copy, document, revisions, tracks)
    };
    // Nearly always all do. Of those that do not, one half is tried, then the other, and so on.
    let (mut kept, mut left) = (Vec::new(), vec![tracks]);
    for _ in 0..MAX_TRIALS {
        let Some(mut some) = left.pop() else {
            break;
        };
        let before = kept.len();
        kept.append(&mut some);
        if !reads_well(&kept) {
            some = kept.split_off(before);
            if some.len() > 1 {
                let second = some.split_off(some.len() / 2);
                left.extend([second, some]);
            }
        }
    }
    kept
}

/// What a document has to read as once changes are written into it.
pub(super) struct Texts {
    /// The text before all tracked changes, if it can be read.
    original: Option<Vec<String>>,
}

impl Texts {
    pub(super) fn of(parts: &Parts) -> Texts {
        Texts { original: text(parts, Revisions::Original) }
    }

    /// Whether the parts of a copy read as those of the `document` with these changes: before them as it does, and when they are
    /// accepted as their edits say.
    pub(super) fn are_those_of(
        &self,
        copy: &Parts,
        document: &Document,
        revisions: Revisions,
        tracks: &[Track<'_>],
    ) -> bool {
        let edits: Vec<Edit> = tracks.iter().map(|track| track.edit.clone()).collect();
        let accepted = || trimmed(&fix::apply(&document.text, &edits));
        text(copy, Revisions::Original) == self.original
            && (revisions != Revisions::Accepted || text(copy, Revisions::Accepted) == Some(accepted()))
    }
}

fn text(parts: &Parts, revisions: Revisions) -> Option<Vec<String>> {
    odt::read(parts, revisions).ok().map(|document| trimmed(&document.text))
}

/// White space at the end of a paragraph counts or not by what is not read behind it, and is nothing to anybody.
fn trimmed(text: &str) -> Vec<String> {
    text.lines().map(|line| line.trim_end_matches(' ').to_owned()).collect()
}

/// The parts with these changes written into them: that of the text, and that of the styles.
pub(super) fn write<'p>(document: &Document, parts: &'p Parts, tracks: &[Track<'_>]) -> (Part<'p>, Option<Part<'p>>) {
    let (mut content, mut styles) = (Part::new(&parts.content), parts.styles.as_deref().map(Part::new));
    for track in tracks {
        let part = if track.in_styles { styles.as_mut() } else { Some(&mut content) };
        part.into_iter().for_each(|part| track.write(document, part));
    }
    (content, styles)
}

/// The changes of the edits that have a place, as far as can be told from what they stand in.
fn planned<'d>(parts: &Parts, document: &'d Document, edits: &'d [Edit]) -> Vec<Track<'d>> {
    let Document { text, paper, .. } = document;
    let ends: Vec<usize> = memchr::memchr_iter(b'\n', text.as_bytes()).collect();
    let in_styles = |edit: &Edit| {
        let line = ends.partition_point(|&end| end < edit.span.start());
        paper.paragraph(line + 1).is_some_and(|paragraph| !paragraph.part.starts_with(CONTENT))
    };
    let (of_styles, of_content): (Vec<&Edit>, Vec<&Edit>) = edits.iter().partition(|edit| in_styles(edit));
    let mut tracks = Vec::new();
    for (edits, xml, in_styles) in
        [(of_content, Some(parts.content.as_str()), false), (of_styles, parts.styles.as_deref(), true)]
    {
        let xml = xml.unwrap_or_default();
        let plan = |edit: &'d Edit| {
            let goes = segments(document, edit.span, xml)?;
            let comes = match goes.first() {
                Some(first) => first.xml.start,
                None => between(paper, edit.span.start())?,
            };
            Some((edit, goes, comes))
        };
        let plans: Vec<_> = edits.into_iter().filter_map(plan).collect();
        let starts = |goes: &[Segment<'_>]| goes.iter().map(|segment| segment.xml.start).collect::<Vec<_>>();
        let places: BTreeSet<usize> =
            plans.iter().flat_map(|(_, goes, comes)| starts(goes).into_iter().chain([*comes])).collect();
        let grounds = Grounds::of(xml, &places);
        tracks.extend(plans.into_iter().filter_map(|(edit, goes, comes)| {
            let list = grounds.lists.get(grounds.at.get(&comes)?.list)?.clone();
            let goes: Option<Vec<_>> = goes
                .into_iter()
                .map(|segment| grounds.at.get(&segment.xml.start).map(|ground| (segment, ground.clone())))
                .collect();
            let goes: Vec<_> = goes?;
            let at = edit.span.start();
            let blanks = if goes.is_empty() && text[..at].ends_with(' ') {
                let next = paper.pieces.get(paper.pieces.partition_point(|piece| piece.text.start < at));
                blanks(xml, comes..next.map_or(xml.len(), |next| next.xml.start).max(comes))
            } else {
                Vec::new()
            };
            Some(Track { edit, in_styles, list, goes, comes, blanks })
        }));
    }
    tracks
}

/// The characters of the bytes `span`, as they stand together; `None` if some of them cannot be taken out.
fn segments<'d>(document: &'d Document, span: Span, xml: &str) -> Option<Vec<Segment<'d>>> {
    if span.is_empty() {
        return Some(Vec::new());
    }
    let paper = &document.paper;
    let pieces = paper.pieces(span);
    let text = span.range();
    let is_free = |piece: &Piece| {
        let is_whole = text.start <= piece.text.start && piece.text.end <= text.end;
        // One end of a comment or of a change does not go without the other.
        let holds_ends = |xml: &str| xml.contains("change-id=") || xml.contains("annotation");
        let is_plain = piece.form != Form::Element
            || !document.text[piece.text.clone()].contains(OBJECT)
                && !xml.get(piece.xml.clone()).is_none_or(holds_ends);
        !piece.change.deleted && !piece.xml.is_empty() && is_plain && (is_whole || piece.form == Form::Copied)
    };
    if !pieces.iter().all(is_free) {
        return None;
    }
    // A field goes as a whole or not at all.
    let (first, last) = (pieces.first()?, pieces.last()?);
    let at = paper.pieces.partition_point(|piece| piece.text.start < first.text.start);
    let before = at.checked_sub(1).and_then(|before| paper.pieces.get(before));
    let after = paper.pieces.get(at + pieces.len());
    if before.is_some_and(|before| before.xml == first.xml) || after.is_some_and(|after| after.xml == last.xml) {
        return None;
    }
    let is_joined = |a: &Piece, b: &Piece| {
        let between = xml.get(a.xml.end..b.xml.start);
        a.xml == b.xml || between.is_some_and(|between| between.bytes().all(|byte| byte.is_ascii_whitespace()))
    };
    let segment = |pieces: &'d [Piece]| {
        let (first, last) = (pieces.first()?, pieces.last()?);
        let (start, end) = (first.xml_of(&text).start, last.xml_of(&text).end);
        let ends_blank = last.form != Form::Element && document.text[..text.end.min(last.text.end)].ends_with(' ');
        let next = paper.pieces.get(paper.pieces.partition_point(|piece| piece.text.start <= last.text.start));
        let gap = end..next.map_or(xml.len(), |next| next.xml.start);
        let blanks = if ends_blank && end == last.xml.end { blanks(xml, gap) } else { Vec::new() };
        Some(Segment { xml: start..end, pieces, blanks })
    };
    pieces.chunk_by(is_joined).map(segment).collect()
}

/// The white space that stands in some bytes from the first on, with no other text before it.
fn blanks(xml: &str, gap: Range<usize>) -> Vec<Range<usize>> {
    let (mut blanks, mut at) = (Vec::new(), gap.start);
    while let Some(rest) = xml.get(at..gap.end).filter(|rest| !rest.is_empty()) {
        let len = rest.len() - rest.trim_ascii_start().len();
        if len > 0 {
            blanks.push(at..at + len);
            at += len;
            continue;
        }
        at += match aside(rest) {
            Some(len) => len,
            None => break,
        };
    }
    blanks
}

/// The length of what XML begins with, if it is none of the text around it: a tag of a span or the like, a note, a comment.
fn aside(xml: &str) -> Option<usize> {
    let to = |end: &str| xml.find(end).map(|at| at + end.len());
    if xml.starts_with("<!--") {
        return to("-->");
    }
    let tag = &xml[1..to(">").filter(|_| xml.starts_with('<'))? - 1];
    // The tag may not be at its end yet: `>` may stand in an attribute.
    if ['"', '\''].iter().any(|&quote| tag.matches(quote).count() % 2 == 1) {
        return None;
    }
    let name = tag.trim_start_matches('/').split_ascii_whitespace().next()?;
    match name.rsplit(':').next()? {
        _ if tag.ends_with('/') => Some(tag.len() + 2),
        "span" | "a" | "meta" | "meta-field" => Some(tag.len() + 2),
        "note" | "annotation" if !tag.starts_with('/') => to(&format!("</{name}>")),
        _ => None,
    }
}

/// Whether XML is the edge of spans and nothing else.
fn is_seam(xml: &str) -> bool {
    let mut rest = xml;
    while let Some(len) = aside(rest).filter(|_| rest.starts_with('<') && !rest.starts_with("<!")) {
        let name = rest[1..len].trim_start_matches('/').split(['>', ' ', '\n', '\t', '\r']).next().unwrap_or_default();
        if name.rsplit(':').next() != Some("span") || rest[..len].ends_with("/>") {
            return false;
        }
        rest = &rest[len..];
    }
    rest.is_empty()
}

/// Where something stands at this byte of the text: behind the character before it, or at the beginning of a paragraph before the one
/// behind it.
fn between(paper: &Paper, at: usize) -> Option<usize> {
    let is_free = |piece: &&Piece| !piece.change.deleted && !piece.xml.is_empty();
    let before = at.checked_sub(1).and_then(|before| paper.pieces(Span::new(before, at)).first());
    match before {
        Some(before) => Some(before).filter(is_free).map(|before| before.xml_of(&(before.text.start..at)).end),
        None => paper.pieces(Span::new(at, at + 1)).first().filter(is_free).map(|behind| behind.xml.start),
    }
}

impl Track<'_> {
    fn write(&self, document: &Document, part: &mut Part<'_>) {
        let xml = part.xml;
        // What goes across the edges of spans goes as one: LibreOffice gives a second change the formatting of the first.
        let is_one = |(a, before): &(Segment<'_>, Ground), (b, behind): &(Segment<'_>, Ground)| {
            before.insertion == behind.insertion && xml.get(a.xml.end..b.xml.start).is_some_and(is_seam)
        };
        for group in self.goes.chunk_by(is_one) {
            let content: String =
                group.iter().map(|(segment, ground)| self.gone(document, segment, ground, part)).collect();
            for (at, (segment, ground)) in group.iter().enumerate() {
                if at == 0 {
                    let insertion = ground.insertion.clone().map_or("", |insertion| &xml[insertion]);
                    part.delete(&self.list, &segment.xml, &content, insertion);
                } else {
                    part.drop(&segment.xml);
                }
                segment.blanks.iter().for_each(|blank| part.drop(blank));
            }
        }
        if !self.edit.text.is_empty() {
            let content = Written::new(&part.prefixes.text).text(&self.edit.text).finish();
            part.insert(&self.list, self.comes, &content);
        }
        self.blanks.iter().for_each(|blank| part.drop(blank));
    }

    /// What is kept of something that goes, in spans and links as it stands in.
    fn gone(&self, document: &Document, segment: &Segment<'_>, ground: &Ground, part: &Part<'_>) -> String {
        let (mut written, mut last) = (Written::new(&part.prefixes.text), None);
        for piece in segment.pieces {
            let span = self.edit.span;
            let text = &document.text[piece.text.start.max(span.start())..piece.text.end.min(span.end())];
            written = match piece.form {
                _ if last == Some(&piece.xml) => written,
                Form::Reference if text.contains(' ') => written.text(text),
                Form::Copied => written.text(text),
                Form::Reference | Form::Element => written.element(&part.xml[piece.xml.clone()]),
            };
            last = Some(&piece.xml);
        }
        let mut content = written.finish();
        for wrap in ground.wraps.iter().rev() {
            let (open, name) = wrap.again(part.xml, &part.prefixes);
            if !open.is_empty() {
                content = format!("{open}{content}</{name}>");
            }
        }
        content
    }
}
