//! Edits as tracked changes: what goes stands among the changes, what comes stands in its place, in the spans of what it replaces.

use std::collections::BTreeSet;

use super::context::{ChangeList, InsertionContext, InsertionContexts};
use super::editor::PartEditor;
use super::inline::InlineWriter;
use crate::annotate::AUTHOR;
use crate::annotate::change::Change;
use crate::annotate::verify::ExpectedTexts;
use crate::draft::document::{DocumentReading, Version, XmlSpan};
use crate::draft::layout::{DocumentText, PieceForm, TextLayout, TextPiece};
use crate::draft::odt::{self, CONTENT, OdtParts};
use crate::draft::xml::{XmlNode, XmlReader};
use crate::fix::{self, Edit};
use crate::span::Span;
use crate::text::fold::OBJECT;

/// The most times that a document is written and read to see which changes read as they should.
const MAX_TRIALS: usize = 32;

/// The tracked change that is made of an edit.
#[derive(Debug)]
pub(super) struct TrackedEdit<'e> {
    edit: &'e Edit,
    /// The number of the change that it is of.
    change: usize,
    /// True if it is made among the styles, where headers and footers are.
    in_styles: bool,
    list: ChangeList,
    /// The characters that go, in their contexts.
    goes: Vec<(Segment<'e>, InsertionContext)>,
    /// The byte of the part at which the new ones come.
    comes: usize,
    /// White space behind what comes alone that does not count because of that before it.
    blanks: Vec<XmlSpan>,
}

/// Characters with nothing between them but white space that does not count.
#[derive(Debug)]
struct Segment<'d> {
    xml: XmlSpan,
    pieces: &'d [TextPiece],
    /// White space behind them that does not count because of theirs.
    blanks: Vec<XmlSpan>,
}

/// Those of the changes with which the document reads as it should: before them as it does now, and when they are accepted as the
/// edits say.
pub(super) fn fitting<'d>(
    parts: &OdtParts,
    document: &'d DocumentText,
    tracks: Vec<TrackedEdit<'d>>,
    expected: impl Fn(&[TrackedEdit<'_>]) -> ExpectedTexts,
) -> Vec<TrackedEdit<'d>> {
    let reads_well = |tracks: &[TrackedEdit<'_>]| {
        let (content, styles) = write(document, parts, tracks);
        let content = content.apply().unwrap_or_else(|| parts.content.clone());
        let copy = OdtParts { content, styles: styles.and_then(PartEditor::apply).or_else(|| parts.styles.clone()) };
        let expected = expected(tracks);
        let texts = odt::read(&copy, DocumentReading::of_text(0, expected.versions()));
        let texts = texts.and_then(|copy| copy.texts.into_iter().map(|text| Ok(text?.text)).collect());
        texts.is_ok_and(|texts: Vec<DocumentText>| expected.verify(&texts).is_ok())
    };
    // Of those that do not, one half is tried, then the other, and so on.
    let (mut kept, mut left) = (Vec::new(), vec![tracks]);
    for _ in 0..MAX_TRIALS {
        let Some(mut some) = left.pop() else {
            break;
        };
        let before = kept.len();
        kept.append(&mut some);
        if !reads_well(&kept) {
            some = kept.split_off(before);
            // Half of a change is none.
            let is_edge = |at: &usize| some[*at].change != some[at - 1].change;
            let middle = some.len() / 2;
            let edge = (middle.max(1)..some.len()).find(is_edge).or_else(|| (1..middle).rev().find(is_edge));
            if let Some(edge) = edge {
                let second = some.split_off(edge);
                left.extend([second, some]);
            }
        }
    }
    kept
}

/// The texts that a copy has to have in which these changes are made of the version that is `checked`. White space at the end of a
/// paragraph counts or not by what is not read behind it, and is nothing to anybody.
pub(super) fn expected(
    checked: Version,
    document: &DocumentText,
    original: Option<&DocumentText>,
    tracks: &[TrackedEdit<'_>],
) -> ExpectedTexts {
    let edits: Vec<Edit> = tracks.iter().map(|track| track.edit.clone()).collect();
    let text = match checked {
        Version::Accepted => fix::apply(&document.text, &edits),
        Version::Original => document.text.clone(),
    };
    let original = original.map(|original| (Version::Original, original.text.clone()));
    ExpectedTexts::new(std::iter::once((checked, text)).chain(original), |text| {
        text.lines().map(|line| line.trim_end_matches(' ')).collect::<Vec<_>>().join("\n")
    })
}

/// The number of tracked changes of comity's in these parts.
pub(super) fn own(parts: &OdtParts) -> usize {
    std::iter::once(&parts.content).chain(&parts.styles).map(|xml| own_in(xml)).sum()
}

fn own_in(xml: &str) -> usize {
    let mut nodes = XmlReader::new(xml);
    // True in what says who has changed something, and when, and in the name there.
    let (mut in_info, mut in_name, mut count) = (false, false, 0);
    while let Ok(Some(node)) = nodes.next() {
        match node {
            XmlNode::Start(element) => {
                in_info |= element.name() == "change-info";
                in_name = in_info && element.name() == "creator";
            }
            XmlNode::Text(text, _) if in_name => {
                (in_info, in_name) = (false, false);
                count += usize::from(text == AUTHOR);
            }
            XmlNode::Text(..) => {}
            XmlNode::End(_) => in_name = false,
        }
    }
    count
}

/// The parts with these changes written into them: that of the text, and that of the styles.
pub(super) fn write<'p>(
    document: &DocumentText,
    parts: &'p OdtParts,
    tracks: &[TrackedEdit<'_>],
) -> (PartEditor<'p>, Option<PartEditor<'p>>) {
    let (mut content, mut styles) = (PartEditor::new(&parts.content), parts.styles.as_deref().map(PartEditor::new));
    for track in tracks {
        let part = if track.in_styles { styles.as_mut() } else { Some(&mut content) };
        part.into_iter().for_each(|part| track.write(document, part));
    }
    (content, styles)
}

/// The edits of the changes that have a place, as far as can be told from what they stand in.
pub(super) fn planned<'d>(parts: &OdtParts, document: &'d DocumentText, changes: &'d [Change]) -> Vec<TrackedEdit<'d>> {
    let DocumentText { text, layout } = document;
    let ends: Vec<usize> = memchr::memchr_iter(b'\n', text.as_bytes()).collect();
    let line = |edit: &Edit| ends.partition_point(|&end| end < edit.span.start()) + 1;
    let in_styles =
        |edit: &Edit| layout.paragraph(line(edit)).is_some_and(|paragraph| !paragraph.part.starts_with(CONTENT));
    // A table of contents is made anew of what it lists.
    let edits = changes.iter().enumerate().flat_map(|(change, edits)| edits.iter().map(move |edit| (change, edit)));
    let free = edits.filter(|(_, edit)| !layout.is_in_index(line(edit)));
    let (of_styles, of_content): (Vec<_>, Vec<_>) = free.partition(|(_, edit)| in_styles(edit));
    let mut tracks = Vec::new();
    for (edits, xml, in_styles) in
        [(of_content, Some(parts.content.as_str()), false), (of_styles, parts.styles.as_deref(), true)]
    {
        let xml = xml.unwrap_or_default();
        let plan = |(change, edit): (usize, &'d Edit)| {
            let goes = segments(document, edit.span, xml)?;
            let comes = match goes.first() {
                Some(first) => first.xml.start(),
                None => between(layout, edit.span.start())?,
            };
            Some((change, edit, goes, comes))
        };
        let plans: Vec<_> = edits.into_iter().filter_map(plan).collect();
        let starts = |goes: &[Segment<'_>]| goes.iter().map(|segment| segment.xml.start()).collect::<Vec<_>>();
        let places: BTreeSet<usize> =
            plans.iter().flat_map(|(_, _, goes, comes)| starts(goes).into_iter().chain([*comes])).collect();
        let contexts = InsertionContexts::read(xml, &places);
        tracks.extend(plans.into_iter().filter_map(|(change, edit, goes, comes)| {
            let list = contexts.lists.get(contexts.at.get(&comes)?.list)?.clone();
            let goes: Option<Vec<_>> = goes
                .into_iter()
                .map(|segment| contexts.at.get(&segment.xml.start()).map(|context| (segment, context.clone())))
                .collect();
            let goes: Vec<_> = goes?;
            let at = edit.span.start();
            let blanks = if goes.is_empty() && text[..at].ends_with(' ') {
                let next = layout.pieces.get(layout.pieces.partition_point(|piece| piece.text.start() < at));
                blanks(xml, Span::new(comes, next.map_or(xml.len(), |next| next.xml.start()).max(comes)))
            } else {
                Vec::new()
            };
            Some(TrackedEdit { edit, change, in_styles, list, goes, comes, blanks })
        }));
    }
    let mut placed = vec![0; changes.len()];
    tracks.iter().for_each(|track| placed[track.change] += 1);
    tracks.retain(|track| placed[track.change] == changes[track.change].len());
    tracks
}

/// The characters of the bytes `span`, as they stand together; `None` if some of them cannot be taken out.
fn segments<'d>(document: &'d DocumentText, span: Span, xml: &str) -> Option<Vec<Segment<'d>>> {
    if span.is_empty() {
        return Some(Vec::new());
    }
    let layout = &document.layout;
    let pieces = layout.pieces(span);
    let is_free = |piece: &TextPiece| {
        let is_whole = span.contains(piece.text);
        // One end of a comment or of a change does not go without the other, and no base without its reading.
        let holds_more =
            |xml: &str| xml.contains("change-id=") || xml.contains("annotation") || xml.contains("ruby-base");
        let is_plain = piece.form != PieceForm::Element
            || !document.text[piece.text.range()].contains(OBJECT)
                && !xml.get(piece.xml.range()).is_none_or(holds_more);
        !piece.change.deleted && !piece.xml.is_empty() && is_plain && (is_whole || piece.form == PieceForm::Copied)
    };
    if !pieces.iter().all(is_free) {
        return None;
    }
    // A field goes as a whole or not at all.
    let (first, last) = (pieces.first()?, pieces.last()?);
    let at = layout.pieces.partition_point(|piece| piece.text.start() < first.text.start());
    let before = at.checked_sub(1).and_then(|before| layout.pieces.get(before));
    let after = layout.pieces.get(at + pieces.len());
    if before.is_some_and(|before| before.xml == first.xml) || after.is_some_and(|after| after.xml == last.xml) {
        return None;
    }
    let is_joined = |a: &TextPiece, b: &TextPiece| {
        let between = xml.get(a.xml.end()..b.xml.start());
        a.xml == b.xml || between.is_some_and(|between| between.bytes().all(|byte| byte.is_ascii_whitespace()))
    };
    let segment = |pieces: &'d [TextPiece]| {
        let (first, last) = (pieces.first()?, pieces.last()?);
        let (start, end) = (first.xml_of(span).start(), last.xml_of(span).end());
        let ends_blank =
            last.form != PieceForm::Element && document.text[..span.end().min(last.text.end())].ends_with(' ');
        let next = layout.pieces.get(layout.pieces.partition_point(|piece| piece.text.start() <= last.text.start()));
        let gap = Span::new(end, next.map_or(xml.len(), |next| next.xml.start()).max(end));
        let blanks = if ends_blank && end == last.xml.end() { blanks(xml, gap) } else { Vec::new() };
        Some(Segment { xml: Span::new(start, end), pieces, blanks })
    };
    pieces.chunk_by(is_joined).map(segment).collect()
}

/// The white space that stands in some bytes from the first on, with no other text before it.
fn blanks(xml: &str, gap: XmlSpan) -> Vec<XmlSpan> {
    let (mut blanks, mut at) = (Vec::new(), gap.start());
    while let Some(rest) = xml.get(at..gap.end()).filter(|rest| !rest.is_empty()) {
        let len = rest.len() - rest.trim_ascii_start().len();
        if len > 0 {
            blanks.push(Span::new(at, at + len));
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

/// True for XML that is the edge of spans and nothing else.
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

/// The byte of the part for this one of the text: behind the character before it, or at the beginning of a paragraph before the one
/// behind it.
fn between(layout: &TextLayout, at: usize) -> Option<usize> {
    let is_free = |piece: &&TextPiece| !piece.change.deleted && !piece.xml.is_empty();
    let before = at.checked_sub(1).and_then(|before| layout.pieces(Span::new(before, at)).first());
    match before {
        Some(before) => {
            Some(before).filter(is_free).map(|before| before.xml_of(Span::new(before.text.start(), at)).end())
        }
        None => layout.pieces(Span::new(at, at + 1)).first().filter(is_free).map(|behind| behind.xml.start()),
    }
}

impl TrackedEdit<'_> {
    fn write(&self, document: &DocumentText, part: &mut PartEditor<'_>) {
        let xml = part.xml;
        // What goes across the edges of spans goes as one: LibreOffice gives a second change the formatting of the first.
        let is_one = |(a, before): &(Segment<'_>, InsertionContext), (b, behind): &(Segment<'_>, InsertionContext)| {
            before.insertion == behind.insertion && xml.get(a.xml.end()..b.xml.start()).is_some_and(is_seam)
        };
        for group in self.goes.chunk_by(is_one) {
            let content: String =
                group.iter().map(|(segment, context)| self.gone(document, segment, context, part)).collect();
            for (at, (segment, context)) in group.iter().enumerate() {
                if at == 0 {
                    let insertion = context.insertion.map_or("", |insertion| &xml[insertion.range()]);
                    part.delete(&self.list, segment.xml, &content, insertion);
                } else {
                    part.drop(segment.xml);
                }
                segment.blanks.iter().for_each(|blank| part.drop(*blank));
            }
        }
        if !self.edit.text.is_empty() {
            let content = InlineWriter::new(&part.prefixes.text).text(&self.edit.text).finish();
            part.insert(&self.list, self.comes, &content);
        }
        self.blanks.iter().for_each(|blank| part.drop(*blank));
    }

    /// The copy that is kept of something that goes, in spans and links as it stands in.
    fn gone(
        &self,
        document: &DocumentText,
        segment: &Segment<'_>,
        context: &InsertionContext,
        part: &PartEditor<'_>,
    ) -> String {
        let (mut kept, mut last) = (InlineWriter::new(&part.prefixes.text), None);
        for piece in segment.pieces {
            let span = self.edit.span;
            let text = &document.text[piece.text.start().max(span.start())..piece.text.end().min(span.end())];
            kept = match piece.form {
                _ if last == Some(piece.xml) => kept,
                PieceForm::Reference if text.contains(' ') => kept.text(text),
                PieceForm::Copied => kept.text(text),
                PieceForm::Reference | PieceForm::Element => kept.element(&part.xml[piece.xml.range()]),
            };
            last = Some(piece.xml);
        }
        let mut content = kept.finish();
        for wrap in context.wraps.iter().rev() {
            let (open, name) = wrap.reopened(part.xml, &part.prefixes);
            if !open.is_empty() {
                content = format!("{open}{content}</{name}>");
            }
        }
        content
    }
}
