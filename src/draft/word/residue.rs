//! What a document carries beside its text, by its parts: its comments, the names in its properties, links to files, programs, data.
//!
//! What Word's Document Inspector lists is looked for, but for headers and footers, whose text is read as all text is, and headings that are
//! collapsed, whose text is read as well.

use std::collections::{HashMap, HashSet};
use std::fmt::Display;
use std::io::{Read, Seek};

use super::body::{WordBuilder, WordResidues};
use super::comments::{CommentPlace, WordComment};
use super::relationships::{Relationship, Relationships, read_relationships};
use crate::draft::document::DocumentError;
use crate::draft::package::Package;
use crate::draft::residue::{Residue, ResidueKind, by, is_path};
use crate::draft::xml::{XmlNode, XmlReader};
use crate::span::Span;
use crate::text::collapsed;

/// The facts in the properties of a document that name persons (ISO/IEC 29500-2, 8.3, and 29500-1, 15.2.12.3).
const AUTHORS: &[(&str, &str)] = &[
    ("creator", "the author in the properties of the document"),
    ("lastModifiedBy", "who saved it last, in the properties of the document"),
    ("Manager", "the manager in the properties of the document"),
];

/// Other facts there that readers of an issued text have no use for.
const PROPERTIES: &[(&str, &str)] = &[
    ("Company", "the company in the properties of the document"),
    ("subject", "the subject in the properties of the document"),
    ("keywords", "the keywords in the properties of the document"),
    ("description", "the comments in the properties of the document"),
    ("category", "the category in the properties of the document"),
    ("contentStatus", "the status in the properties of the document"),
    ("version", "the version in the properties of the document"),
];

/// Things of another kind that a document holds, by the last word of the type of their relationship.
const EMBEDDED: &[(&str, &str)] = &[
    ("oleObject", "an embedded object"),
    ("package", "an embedded document"),
    ("vbaProject", "macros"),
    ("control", "an ActiveX control"),
    ("attachedToolbars", "toolbars"),
    ("keyMapCustomizations", "keys of its own"),
    ("webextensiontaskpanes", "an add-in"),
    ("ink", "ink"),
];

/// The templates that every document has.
const USUAL_TEMPLATES: &[&str] = &["normal.dotm", "normal.dotx", "normal.dot", "normal"];

/// The comments of a document and their places, by their numbers.
pub(super) type PlacedComments<'c> = (&'c [WordComment], &'c HashMap<&'c str, CommentPlace<'c>>);

/// The residues of a document as a whole, and the comments that have no place in its text. The others are given to their paragraphs in
/// `builder`, the first version of the text. A part that cannot be read is told as one.
pub(super) fn keep<R: Read + Seek>(
    package: &mut Package<R>,
    main: &str,
    relationships: &Relationships,
    residues: WordResidues,
    comments: PlacedComments<'_>,
    builder: Option<&mut WordBuilder>,
) -> Vec<Residue> {
    let mut reader = PartsReader { package, found: residues.loose };
    reader.properties();
    reader.changes(main);
    reader.links(relationships);
    for Relationship { kind, target } in &relationships.inside {
        match kind.as_str() {
            "people" => reader.people(target),
            "settings" => reader.settings(target),
            "customXml" => reader.data(target),
            _ => {}
        }
    }
    let mut found = reader.found;
    found.extend(place(comments, builder));
    found
}

/// The residue of a part that cannot be read for this reason.
pub(super) fn unreadable(kind: ResidueKind, error: &impl Display) -> Residue {
    Residue::of_document(kind, format!("a part that cannot be read ({error})"), "")
}

/// Gives comments to the paragraphs in which they stand, and returns the others.
fn place((comments, places): PlacedComments<'_>, builder: Option<&mut WordBuilder>) -> Vec<Residue> {
    let mut paragraphs = builder.map(|builder| &mut builder.paragraphs);
    let mut loose = Vec::new();
    for WordComment { id, author, paragraphs: words, .. } in comments {
        let (what, words) = (by("a comment", author), collapsed(&words.join(" ")));
        let here = places.get(id.as_str()).and_then(|place| {
            let [from, to] = place.of(0)?;
            Some((paragraphs.as_mut()?.get_mut(from.0)?, from, to))
        });
        let Some((paragraph, (index, from), (last, to))) = here else {
            loose.push(Residue::of_document(ResidueKind::Comment, what, &words));
            continue;
        };
        // One on several paragraphs stands at the first.
        let len = paragraph.text.len();
        let to = if last == index { to } else { len };
        let span = Span::new(from.min(len), to.min(len).max(from.min(len)));
        paragraph.residues.push(Residue::at(ResidueKind::Comment, span, what, &words));
    }
    loose
}

/// Reads the parts of a document beside its text.
struct PartsReader<'p, R> {
    package: &'p mut Package<R>,
    found: Vec<Residue>,
}

impl<R: Read + Seek> PartsReader<'_, R> {
    fn add(&mut self, kind: ResidueKind, what: impl Into<String>, words: &str) {
        self.found.push(Residue::of_document(kind, what, words));
    }

    /// Looks at the nodes of a part. What is wrong with the part is told as a residue of this kind.
    fn each(&mut self, part: &str, kind: ResidueKind, mut see: impl FnMut(&mut Self, &XmlNode<'_>)) {
        let xml = match self.package.part(part) {
            Ok(Some(xml)) => xml,
            Ok(None) => return,
            Err(error) => return self.found.push(unreadable(kind, &error)),
        };
        let mut nodes = XmlReader::new(&xml);
        loop {
            match nodes.next() {
                Ok(Some(node)) => see(self, &node),
                Ok(None) => return,
                Err(error) => return self.found.push(unreadable(kind, &DocumentError::xml(part, error))),
            }
        }
    }

    /// The relationships of a part; none of one whose relationships cannot be read.
    fn relationships(&mut self, part: &str) -> Relationships {
        match read_relationships(self.package, part) {
            Ok(relationships) => relationships,
            Err(error) => {
                self.add(ResidueKind::Path, format!("a part that cannot be read ({error})"), "");
                Relationships::default()
            }
        }
    }

    /// The properties of the document: who wrote it, and what else it says of itself.
    fn properties(&mut self) {
        for Relationship { kind, target } in self.relationships("").inside {
            match kind.as_str() {
                "core-properties" | "extended-properties" => self.named(&target),
                "custom-properties" => self.own(&target),
                kind => {
                    if let Some(what) = embedded(kind) {
                        self.add(ResidueKind::Embedded, what, &target);
                    }
                }
            }
        }
    }

    /// Properties that have names of their own.
    fn named(&mut self, part: &str) {
        let mut open: Option<(String, String)> = None;
        self.each(part, ResidueKind::Property, |reader, node| match node {
            XmlNode::Start(element) => open = Some((element.name().to_owned(), String::new())),
            XmlNode::Text(text, _) => open.iter_mut().for_each(|(_, value)| value.push_str(text)),
            XmlNode::End(_) => {
                let Some((name, value)) = open.take().filter(|(_, value)| !value.trim().is_empty()) else {
                    return;
                };
                let find = |names: &'static [(&str, &str)]| names.iter().find(|(known, _)| *known == name);
                if let Some((_, what)) = find(AUTHORS) {
                    reader.add(ResidueKind::Author, *what, &value);
                } else if let Some((_, what)) = find(PROPERTIES) {
                    reader.add(ResidueKind::Property, *what, &value);
                } else if name == "HyperlinkBase" {
                    reader.add(ResidueKind::Path, "the base of links in the properties of the document", &value);
                } else if name == "Template" && !USUAL_TEMPLATES.contains(&value.trim().to_lowercase().as_str()) {
                    reader.add(ResidueKind::Path, "the template in the properties of the document", &value);
                }
            }
        });
    }

    /// Properties that somebody has made (ISO/IEC 29500-1, 22.3).
    fn own(&mut self, part: &str) {
        let mut open: Option<(String, String)> = None;
        self.each(part, ResidueKind::Property, |reader, node| match node {
            XmlNode::Start(element) if element.name() == "property" => {
                reader.flush_own(open.take());
                open = Some((element.attribute("name").unwrap_or_default(), String::new()));
            }
            XmlNode::Text(text, _) => open.iter_mut().for_each(|(_, value)| value.push_str(text)),
            XmlNode::Start(element) if element.name() == "Properties" => {}
            XmlNode::Start(_) | XmlNode::End(_) => {
                if open.as_ref().is_some_and(|(_, value)| !value.is_empty()) {
                    reader.flush_own(open.take());
                }
            }
        });
        self.flush_own(open);
    }

    fn flush_own(&mut self, property: Option<(String, String)>) {
        if let Some((name, value)) = property {
            self.add(ResidueKind::Property, format!("the property \"{}\" of the document", collapsed(&name)), &value);
        }
    }

    /// Tracked changes that no words show: of the numbers of paragraphs, of controls around words (ISO/IEC 29500-1, 17.13.5).
    fn changes(&mut self, part: &str) {
        // The depth at which the numbers of a paragraph are open.
        let (mut depth, mut numbers) = (0usize, None);
        let mut seen: HashSet<(ResidueKind, String)> = HashSet::new();
        self.each(part, ResidueKind::Formatting, |reader, node| {
            let element = match node {
                XmlNode::Start(element) => element,
                XmlNode::End(_) => {
                    numbers.take_if(|at| *at == depth);
                    depth = depth.saturating_sub(1);
                    return;
                }
                XmlNode::Text(..) => return,
            };
            depth += 1;
            let (kind, what) = match element.name() {
                "numPr" => {
                    numbers = Some(depth);
                    return;
                }
                "ins" | "del" | "numberingChange" if numbers.is_some() => {
                    (ResidueKind::Formatting, "a change of numbers")
                }
                "customXmlInsRangeStart" | "customXmlMoveToRangeStart" => (ResidueKind::Insertion, "a control put in"),
                "customXmlDelRangeStart" | "customXmlMoveFromRangeStart" => {
                    (ResidueKind::Deletion, "a control taken out")
                }
                _ => return,
            };
            let what = by(what, &element.attribute("author").unwrap_or_default());
            if seen.insert((kind, what.clone())) {
                reader.add(kind, what, "");
            }
        });
    }

    /// The names of those who wrote comments and changes.
    fn people(&mut self, part: &str) {
        self.each(part, ResidueKind::Author, |reader, node| {
            if let XmlNode::Start(element) = node
                && element.name() == "person"
                && let Some(who) = element.attribute("author").filter(|who| !who.trim().is_empty())
            {
                reader.add(ResidueKind::Author, "one who commented or changed it, in the list of people", &who);
            }
        });
    }

    /// Variables that programs have put into the document, and the template that it is attached to.
    fn settings(&mut self, part: &str) {
        self.each(part, ResidueKind::Property, |reader, node| {
            if let XmlNode::Start(element) = node
                && element.name() == "docVar"
            {
                let (name, value) = (element.attribute("name"), element.attribute("val").unwrap_or_default());
                let what = format!("the variable \"{}\" of the document", collapsed(&name.unwrap_or_default()));
                reader.add(ResidueKind::Property, what, &value);
            }
        });
        let relationships = self.relationships(part);
        self.links(&relationships);
    }

    /// Data of another program, if there is any in the part.
    fn data(&mut self, part: &str) {
        let (mut elements, mut has_text) = (0, false);
        self.each(part, ResidueKind::Embedded, |_, node| match node {
            XmlNode::Start(_) => elements += 1,
            XmlNode::Text(text, _) => has_text |= !text.trim().is_empty(),
            XmlNode::End(_) => {}
        });
        if elements > 1 || has_text {
            self.add(ResidueKind::Embedded, "data of a program", part);
        }
    }

    /// What the relationships of a part lead to: files on a computer, things in the document that are no text.
    fn links(&mut self, relationships: &Relationships) {
        for Relationship { kind, target } in &relationships.outside {
            let is_template = kind == "attachedTemplate";
            let is_usual = USUAL_TEMPLATES.iter().any(|usual| {
                let name = target.rsplit(['/', '\\']).next().unwrap_or_default();
                name.eq_ignore_ascii_case(usual)
            });
            if is_template && (is_path(target) || !is_usual) {
                self.add(ResidueKind::Path, "the template that the document is attached to", target);
            } else if is_path(target) {
                self.add(ResidueKind::Path, "a link to a file", target);
            }
        }
        for Relationship { kind, target } in &relationships.inside {
            if let Some(what) = embedded(kind) {
                self.add(ResidueKind::Embedded, what, target);
            }
        }
    }
}

/// What a thing is that a relationship of this kind leads to, if it is of another kind than the document.
fn embedded(kind: &str) -> Option<&'static str> {
    EMBEDDED.iter().find(|(known, _)| *known == kind).map(|(_, what)| *what)
}
