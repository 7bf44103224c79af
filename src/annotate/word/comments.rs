//! The part that holds the comments of a document, and what names it.

use std::collections::{HashMap, HashSet};
use std::io::{Read, Seek};
use std::sync::Arc;

use super::Place;
use crate::annotate::copy::Changed;
use crate::annotate::{AUTHOR, AnnotateError, note};
use crate::draft::DocumentError;
use crate::draft::package::Package;
use crate::draft::word::Document;
use crate::draft::word::relationships::relationships;
use crate::draft::xml::{Node, Nodes, Space};
use crate::finding::Finding;
use crate::report::Xml;

const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

/// What every part of a strict document is a name of.
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The comments of a document, those that it has and those that are added.
pub(super) struct Comments {
    /// The name of the part, and its text where it is there.
    part: String,
    xml: Option<String>,
    /// Where comments of comity stand, each with its last paragraph.
    known: HashSet<(usize, String)>,
    next: u64,
    added: String,
    prefix: String,
}

impl Comments {
    pub(super) fn read<R: Read + Seek>(
        package: &mut Package<R>,
        document: &Document,
    ) -> Result<Comments, AnnotateError> {
        let relationships = relationships(package, &document.main)?;
        let named = relationships.into_iter().find(|relationship| relationship.kind == "comments");
        let folder = document.main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let (part, xml) = match named {
            Some(named) => {
                let xml = package.part(&named.target)?;
                (named.target, xml)
            }
            None => (free_name(package, &folder), None),
        };
        let prefix = document.stories.first().map_or_else(|| "w:".to_owned(), |story| story.prefix.clone());
        let mut comments = Comments { part, xml: None, known: HashSet::new(), next: 0, added: String::new(), prefix };
        if let Some(xml) = xml {
            comments.learn(&xml, &document.anchors)?;
            comments.xml = Some(xml);
        }
        Ok(comments)
    }

    /// Reads what there is: numbers that are taken, and which comments are comity's.
    fn learn(&mut self, xml: &str, anchors: &HashMap<String, usize>) -> Result<(), AnnotateError> {
        let failed = |error| DocumentError::xml(&self.part, error);
        let mut nodes = Nodes::of(xml);
        let mut open: Option<(usize, String)> = None;
        let mut prefix = None;
        while let Some(node) = nodes.next().map_err(failed)? {
            match node {
                Node::Start(element) => {
                    prefix.get_or_insert_with(|| element.prefix());
                    if element.space != Space::Word {
                        continue;
                    }
                    match element.name() {
                        "comment" => {
                            self.known.extend(open.take());
                            let id = element.attribute("id").unwrap_or_default();
                            self.next = self.next.max(id.parse().map_or(0, |id: u64| id + 1));
                            let is_own = element.attribute("author").is_some_and(|author| author == AUTHOR);
                            open = anchors.get(&id).filter(|_| is_own).map(|&at| (at, String::new()));
                        }
                        // The last paragraph is the one that counts.
                        "p" => open.iter_mut().for_each(|(_, text)| text.clear()),
                        _ => {}
                    }
                }
                Node::Text(text, _) => open.iter_mut().for_each(|(_, last)| last.push_str(&text)),
                Node::End(_) => {}
            }
        }
        self.known.extend(open);
        self.prefix = prefix.unwrap_or_default();
        Ok(())
    }

    /// Whether a comment on this finding stands there already.
    pub(super) fn knows(&self, place: &Place, finding: &Finding) -> bool {
        self.known.contains(&(place.at, note::signature(finding, place.elsewhere.is_some())))
    }

    /// Adds a comment, and says its number.
    pub(super) fn add(&mut self, finding: &Finding, place: &Place, date: &str) -> u64 {
        let (id, p) = (self.next, &self.prefix);
        self.next += 1;
        self.added +=
            &format!("<{p}comment {p}id=\"{id}\" {p}author=\"{AUTHOR}\" {p}date=\"{date}\" {p}initials=\"{AUTHOR}\">");
        for (index, text) in note::paragraphs(finding, place.elsewhere.as_deref()).into_iter().enumerate() {
            let bold = if index == 0 { format!("<{p}rPr><{p}b/></{p}rPr>") } else { String::new() };
            self.added +=
                &format!("<{p}p><{p}r>{bold}<{p}t xml:space=\"preserve\">{}</{p}t></{p}r></{p}p>", Xml(&text));
        }
        self.added += &format!("</{p}comment>");
        id
    }

    /// Puts the comments into their part, and names it where it is new.
    pub(super) fn finish<R: Read + Seek>(
        self,
        package: &mut Package<R>,
        document: &Document,
        changed: &mut Changed,
    ) -> Result<(), AnnotateError> {
        if self.added.is_empty() {
            return Ok(());
        }
        let p = &self.prefix;
        let Some(xml) = self.xml else {
            let is_strict = document.stories.first().is_some_and(|story| story.xml.contains(STRICT));
            let space = if is_strict { STRICT } else { TRANSITIONAL };
            let declares = if p.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{}", p.trim_end_matches(':')) };
            let xml = format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<{p}comments {declares}=\"{space}\">{}</{p}comments>",
                self.added
            );
            name(package, document, &self.part, is_strict, changed)?;
            changed.insert(Arc::from(self.part), xml);
            return Ok(());
        };
        let xml =
            inside_root(&xml, &self.added).ok_or_else(|| AnnotateError::Copy(format!("{} has no end", self.part)))?;
        changed.insert(Arc::from(self.part), xml);
        Ok(())
    }
}

/// A name for the part that no other has.
fn free_name<R: Read + Seek>(package: &Package<R>, folder: &str) -> String {
    let names = std::iter::once(String::new()).chain((2..).map(|number: usize| number.to_string()));
    let mut names = names.map(|number| format!("{folder}comments{number}.xml"));
    names.find(|name| !package.has(name)).unwrap_or_default()
}

/// Says in the package that there is a part with comments.
fn name<R: Read + Seek>(
    package: &mut Package<R>,
    document: &Document,
    part: &str,
    is_strict: bool,
    changed: &mut Changed,
) -> Result<(), AnnotateError> {
    const TYPES: &str = "[Content_Types].xml";
    let no_end = |part: &str| AnnotateError::Copy(format!("{part} has no end"));
    let types = package.needed(TYPES)?;
    let prefix = root_prefix(&types);
    let entry = format!("<{prefix}Override PartName=\"/{}\" ContentType=\"{CONTENT_TYPE}\"/>", Xml(part));
    changed.insert(Arc::from(TYPES), inside_root(&types, &entry).ok_or_else(|| no_end(TYPES))?);

    let (folder, file) = document.main.rsplit_once('/').unwrap_or(("", &document.main));
    let rels = [folder, "_rels", &format!("{file}.rels")].join("/").trim_start_matches('/').to_owned();
    let xml = package.part(&rels)?.unwrap_or_else(|| {
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>".to_owned()
    });
    let kind = if is_strict {
        "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
    } else {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    };
    let id = (1..).map(|number: usize| format!("rIdComity{number}")).find(|id| !xml.contains(id.as_str()));
    let entry = format!(
        "<{}Relationship Id=\"{}\" Type=\"{kind}\" Target=\"/{}\"/>",
        root_prefix(&xml),
        id.unwrap_or_default(),
        Xml(part)
    );
    let xml = inside_root(&xml, &entry).ok_or_else(|| no_end(&rels))?;
    changed.insert(Arc::from(rels), xml);
    Ok(())
}

fn root_prefix(xml: &str) -> String {
    let mut nodes = Nodes::of(xml);
    while let Ok(Some(node)) = nodes.next() {
        if let Node::Start(element) = node {
            return element.prefix();
        }
    }
    String::new()
}

/// The document with something at the end of its root element.
fn inside_root(xml: &str, more: &str) -> Option<String> {
    let mut nodes = Nodes::of(xml);
    let mut root = None;
    let mut last = None;
    while let Ok(Some(node)) = nodes.next() {
        match node {
            Node::Start(element) => {
                root.get_or_insert((element.span.clone(), element.is_empty, element.prefix() + element.name()));
            }
            Node::End(span) => last = Some(span),
            Node::Text(..) => {}
        }
    }
    let (tag, is_empty, name) = root?;
    if is_empty {
        let open = xml[tag.clone()].trim_end_matches("/>").trim_end();
        return Some(format!("{}{open}>{more}</{name}>{}", &xml[..tag.start], &xml[tag.end..]));
    }
    let at = last?.start;
    Some(format!("{}{more}{}", &xml[..at], &xml[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_put_at_the_end_of_the_root() {
        let cases = [
            ("<?xml version=\"1.0\"?><a><b/></a>\n", "<?xml version=\"1.0\"?><a><b/><x/></a>\n"),
            ("<a b=\"c\" />", "<a b=\"c\"><x/></a>"),
            ("<p:a xmlns:p=\"u\"/>", "<p:a xmlns:p=\"u\"><x/></p:a>"),
        ];
        for (xml, expected) in cases {
            assert_eq!(inside_root(xml, "<x/>").as_deref(), Some(expected));
        }
    }
}
