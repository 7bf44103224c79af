//! Comments in OpenDocument texts (OpenDocument 1.3, part 3, 14.3): each stands between two characters, in whatever span these are,
//! and ends between two others. Suggestions are in the comments only.

use std::collections::{BTreeMap, HashSet};
use std::io::{Read, Seek};
use std::ops::Range;
use std::sync::Arc;

use super::copy::{Changed, write};
use super::{AUTHOR, AnnotateError, Annotated, note};
use crate::draft::odt::{self, CONTENT, Document, HERE};
use crate::draft::paper::{Form, Piece};
use crate::draft::xml::{Node, Nodes};
use crate::draft::{Draft, Reading, Revisions};
use crate::finding::Finding;
use crate::report::Xml;

const OFFICE: &str = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
const TEXT: &str = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
const DUBLIN_CORE: &str = "http://purl.org/dc/elements/1.1/";

pub(super) fn annotate<R: Read + Seek>(
    stream: R,
    reading: &Reading,
    draft: &Draft,
    findings: &[Finding],
) -> Result<Annotated, AnnotateError> {
    let (parts, mut package) = odt::open(stream, reading.max_bytes)?;
    let checked = |draft: &Draft, revisions| {
        let document = odt::read(&parts, revisions)?;
        if document.text == draft.source() { Ok(Sheet::of(document)) } else { Err(AnnotateError::Changed) }
    };
    let is_original = reading.revisions == Revisions::Original;
    let sheet = checked(draft, if is_original { Revisions::Original } else { Revisions::Accepted })?;
    let original = draft.original().map(|original| checked(original, Revisions::Original)).transpose()?;
    let mut work = Work::new(&parts.content);
    let mut done = Annotated::default();
    for finding in findings {
        let is_before = !std::ptr::eq(draft.of(finding), draft);
        let sheet = original.as_ref().filter(|_| is_before).unwrap_or(&sheet);
        let Some(place) = sheet.place(finding) else {
            done.without_place += 1;
            continue;
        };
        if sheet.knows(&place, finding) {
            done.known += 1;
            continue;
        }
        work.comment(&place, finding);
        done.comments += 1;
    }
    let mut changed = Changed::new();
    if done.comments > 0 {
        changed.insert(Arc::from(CONTENT), work.apply());
    }
    done.bytes = write(&mut package, &changed)?;
    Ok(done)
}

/// Where a comment goes.
#[derive(Debug)]
struct Place {
    /// From where to where in the part.
    xml: Range<usize>,
    /// The bytes of the text where it may begin: by them and the rule a comment is known again.
    at: [usize; 2],
    /// What to say first where the words can have no comment, so that it stands elsewhere.
    elsewhere: Option<String>,
}

/// One text of a document, with the comments of comity that it has.
struct Sheet {
    document: Document,
    known: HashSet<(usize, String)>,
}

impl Sheet {
    fn of(document: Document) -> Sheet {
        let own = document.comments.iter().filter(|(_, creator, _)| creator == AUTHOR);
        let known = own.map(|(at, _, last)| (*at, squeezed(last))).collect();
        Sheet { document, known }
    }

    /// Where a comment on a finding goes.
    fn place(&self, finding: &Finding) -> Option<Place> {
        let pieces = self.document.paper.pieces(finding.span);
        let (first, last) = (pieces.first()?, pieces.last()?);
        let text = finding.span.range();
        let is_content = finding.paragraph.as_ref().is_some_and(|paragraph| paragraph.part.starts_with(CONTENT));
        let elsewhere = || Some(finding.place().to_string());
        let from = self.spot(first, text.start.saturating_sub(first.text.start)).filter(|_| is_content);
        let to = self.spot(last, text.end.min(last.text.end).saturating_sub(last.text.start + 1));
        match from.zip(to) {
            Some((from, _)) if from.is_elsewhere => Some(Place { xml: from.xml, at: from.at, elsewhere: elsewhere() }),
            Some((from, to)) if !to.is_elsewhere && from.xml.start < to.xml.end => {
                Some(Place { xml: from.xml.start..to.xml.end, at: from.at, elsewhere: None })
            }
            // On a header or a footer, or a drawing that stands in no paragraph, it stands at the first words.
            _ => {
                let first = self.first()?;
                Some(Place { xml: first.xml.clone(), at: [first.text.start; 2], elsewhere: elsewhere() })
            }
        }
    }

    /// Where the character is that has this byte of a piece.
    fn spot(&self, piece: &Piece, byte: usize) -> Option<Spot> {
        if piece.run != HERE {
            let mark = self.document.mark(piece.run)?;
            return Some(Spot {
                xml: mark.around.clone()?,
                at: [mark.at, mark.until],
                is_elsewhere: mark.is_elsewhere,
            });
        }
        if piece.form == Form::Copied {
            let at = piece.text.start + byte;
            return Some(Spot { xml: piece.xml_of(&(at..at + 1)), at: [at; 2], is_elsewhere: false });
        }
        // A field is one thing: what stands on a word of it stands on all of it.
        let pieces = &self.document.paper.pieces;
        let index = pieces.partition_point(|other| other.text.start < piece.text.start);
        let first = pieces[..index].iter().rev().take_while(|other| other.xml == piece.xml).last().unwrap_or(piece);
        Some(Spot { xml: piece.xml.clone(), at: [first.text.start; 2], is_elsewhere: false })
    }

    /// The first words of the document itself.
    fn first(&self) -> Option<&Piece> {
        let Document { text, paper, .. } = &self.document;
        let lines = text.split_inclusive('\n').zip(&paper.lines);
        let end: usize = lines.take_while(|(_, line)| line.paragraph.is_main).map(|(line, _)| line.len()).sum();
        paper.pieces.iter().find(|piece| piece.run == HERE).filter(|piece| piece.text.end <= end)
    }

    /// Whether a comment on this finding stands there already.
    fn knows(&self, place: &Place, finding: &Finding) -> bool {
        let signature = squeezed(&note::signature(finding, place.elsewhere.is_some()));
        place.at.iter().any(|&at| self.known.contains(&(at, signature.clone())))
    }
}

/// A text as it is written into a comment, with its white space collapsed as every program that reads it collapses it.
fn squeezed(text: &str) -> String {
    Xml(text).to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where a character, or what stands for it, is in the part.
struct Spot {
    xml: Range<usize>,
    at: [usize; 2],
    is_elsewhere: bool,
}

/// What is written at a place, in this order.
#[derive(Debug, Default)]
struct Content {
    ends: String,
    starts: String,
}

/// What is to be done to the part.
struct Work<'x> {
    xml: &'x str,
    /// The prefixes of the name spaces, and what declares those that the part does not.
    office: String,
    text: String,
    dublin_core: String,
    declares: String,
    /// The number of the next comment.
    next: usize,
    date: String,
    all: BTreeMap<usize, Content>,
}

impl<'x> Work<'x> {
    fn new(xml: &'x str) -> Work<'x> {
        let mut nodes = Nodes::of(xml);
        let root = std::iter::from_fn(|| nodes.next().ok().flatten()).find_map(|node| match node {
            Node::Start(root) => Some(root),
            _ => None,
        });
        let mut declares = String::new();
        let mut prefix = |space: &str, usual: &str| {
            // Without a prefix a name may be of another name space further in.
            let known = root.as_ref().and_then(|root| root.declared(space)).filter(|prefix| !prefix.is_empty());
            known.unwrap_or_else(|| {
                declares += &format!(" xmlns:{usual}=\"{space}\"");
                format!("{usual}:")
            })
        };
        let (office, text) = (prefix(OFFICE, "office"), prefix(TEXT, "text"));
        let dublin_core = prefix(DUBLIN_CORE, "dc");
        let numbers = xml.split("\"comity-").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<usize>().ok());
        let next = numbers.max().map_or(1, |most| most.saturating_add(1));
        // A date without a zone, as programs write it.
        let date = note::now().trim_end_matches('Z').to_owned();
        Work { xml, office, text, dublin_core, declares, next, date, all: BTreeMap::new() }
    }

    fn comment(&mut self, place: &Place, finding: &Finding) {
        let Work { office, text: p, dublin_core: dc, declares, date, next, .. } = self;
        let name = format!("comity-{next}");
        let mut comment = format!(
            "<{office}annotation{declares} {office}name=\"{name}\"><{dc}creator>{AUTHOR}</{dc}creator><{dc}date>{date}</{dc}date>"
        );
        for text in note::paragraphs(finding, place.elsewhere.as_deref()) {
            comment += &format!("<{p}p>{}</{p}p>", Xml(&text));
        }
        comment += &format!("</{office}annotation>");
        let end = format!("<{office}annotation-end{declares} {office}name=\"{name}\"/>");
        self.next += 1;
        self.all.entry(place.xml.start).or_default().starts += &comment;
        self.all.entry(place.xml.end).or_default().ends += &end;
    }

    /// The part with everything put in.
    fn apply(self) -> String {
        let mut changed = String::with_capacity(self.xml.len() * 2);
        let mut done = 0;
        for (at, Content { ends, starts }) in self.all {
            changed.push_str(&self.xml[done..at]);
            changed = changed + &ends + &starts;
            done = at;
        }
        changed.push_str(&self.xml[done..]);
        changed
    }
}
