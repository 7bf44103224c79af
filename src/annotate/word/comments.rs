//! The part that holds the comments of a document, and the relationship and the type that name it.

use std::io::{Read, Seek};
use std::sync::Arc;

use super::ids::Ids;
use super::inventory::{Inventory, WordPrefix};
use super::range::CutRange;
use super::runs::RunIndex;
use crate::annotate::comment::{self, CommentRange, KnownComments};
use crate::annotate::copy::Changed;
use crate::annotate::{AUTHOR, AnnotateError};
use crate::draft::DocumentError;
use crate::draft::package::Package;
use crate::draft::word::WordDocument;
use crate::draft::word::relationships::{part_for, relationships};
use crate::draft::xml::{Namespace, STRICT_WORD, WORD, XmlNode, XmlReader};
use crate::escape::Xml;
use crate::finding::Finding;

const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

/// The comments of a document, those that it has and those that are added.
pub(super) struct Comments {
    /// The name of the part, and its text where it is there.
    part: String,
    xml: Option<String>,
    /// True if the document names a part for comments, be it there or not.
    is_named: bool,
    known: KnownComments,
    ids: Ids,
    added: String,
    names: WordPrefix,
}

impl Comments {
    pub(super) fn read<R: Read + Seek>(
        package: &mut Package<R>,
        document: &WordDocument,
        inventory: &mut Inventory,
        runs: &RunIndex<'_>,
    ) -> Result<Comments, AnnotateError> {
        let relationships = relationships(package, &document.main)?;
        let named = relationships.into_iter().find(|relationship| relationship.kind == "comments");
        let folder = document.main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let is_named = named.is_some();
        let part = named.map_or_else(|| free_name(package, &folder), |named| named.target);
        let xml = if is_named { package.part(&part)? } else { None };
        let space = inventory.names.first().and_then(Option::as_ref).map_or(WORD, |names| names.space);
        let names = WordPrefix { prefix: "w:".to_owned(), declares: String::new(), space };
        let ids = std::mem::replace(&mut inventory.comments, Ids::from(0));
        let mut comments =
            Comments { part, xml: None, is_named, known: KnownComments::new(), ids, added: String::new(), names };
        if let Some(xml) = xml {
            comments.learn(&xml, |id| inventory.anchors.get(id).map(|&at| runs.count_before(at)))?;
            comments.xml = Some(xml);
        }
        Ok(comments)
    }

    /// Reads what there is: numbers that are taken, and which comments are comity's.
    fn learn(&mut self, xml: &str, anchor: impl Fn(&str) -> Option<usize>) -> Result<(), AnnotateError> {
        let failed = |error| DocumentError::xml(&self.part, error);
        let mut nodes = XmlReader::new(xml);
        // The comment that is open: where it stands, and the text of its last paragraph.
        let mut open: Option<(usize, String)> = None;
        let (mut depth, mut is_text) = (0usize, false);
        while let Some(node) = nodes.next().map_err(failed)? {
            match node {
                XmlNode::Start(element) => {
                    if depth == 0 {
                        self.names = WordPrefix::declared(xml, &element);
                    }
                    depth += 1;
                    is_text = element.space == Namespace::Word && element.name() == "t";
                    match element.name() {
                        "comment" if element.space == Namespace::Word => {
                            self.known.extend(open.take());
                            let id = element.attribute("id").unwrap_or_default();
                            self.ids.take(&id);
                            let is_own = element.attribute("author").is_some_and(|author| author == AUTHOR);
                            open = anchor(&id).filter(|_| is_own).map(|at| (at, String::new()));
                        }
                        // The last paragraph is the one that counts.
                        "p" if element.space == Namespace::Word => open.iter_mut().for_each(|(_, text)| text.clear()),
                        _ => {}
                    }
                }
                XmlNode::Text(text, _) if is_text => open.iter_mut().for_each(|(_, last)| last.push_str(&text)),
                XmlNode::Text(..) => {}
                XmlNode::End(_) => {
                    depth = depth.saturating_sub(1);
                    is_text = false;
                }
            }
        }
        self.known.extend(open);
        Ok(())
    }

    /// True if a comment on this finding stands there already.
    pub(super) fn have(&self, range: &CommentRange<CutRange>, finding: &Finding) -> bool {
        range.has_comment(finding, &self.known, str::to_owned)
    }

    /// Adds a comment, and says its number.
    pub(super) fn add(&mut self, finding: &Finding, range: &CommentRange<CutRange>, date: &str) -> u32 {
        let WordPrefix { prefix: p, declares, .. } = &self.names;
        let id = self.ids.next();
        self.added += &format!(
            "<{p}comment{declares} {p}id=\"{id}\" {p}author=\"{AUTHOR}\" {p}date=\"{date}\" {p}initials=\"{AUTHOR}\">"
        );
        for (index, text) in comment::paragraphs(finding, range.elsewhere.as_deref()).into_iter().enumerate() {
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
        document: &WordDocument,
        changed: &mut Changed,
    ) -> Result<(), AnnotateError> {
        if self.added.is_empty() {
            return Ok(());
        }
        let WordPrefix { prefix: p, space, .. } = self.names;
        let Some(xml) = self.xml else {
            let xml = format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<{p}comments xmlns:{}=\"{space}\">{}</{p}comments>",
                p.trim_end_matches(':'),
                self.added
            );
            say_type(package, &self.part, changed)?;
            if !self.is_named {
                name(package, document, &self.part, space == STRICT_WORD, changed)?;
            }
            changed.insert(Arc::from(self.part), xml);
            return Ok(());
        };
        let xml = inside_root(&xml, &self.added).ok_or_else(|| no_end(&self.part))?;
        changed.insert(Arc::from(self.part), xml);
        Ok(())
    }
}

fn no_end(part: &str) -> AnnotateError {
    AnnotateError::Copy(format!("{part} has no end"))
}

/// A name for the part that no other has.
fn free_name<R: Read + Seek>(package: &Package<R>, folder: &str) -> String {
    let names = std::iter::once(String::new()).chain((2..).map(|number: usize| number.to_string()));
    let mut names = names.map(|number| format!("{folder}comments{number}.xml"));
    names.find(|name| !package.has(name)).unwrap_or_default()
}

/// Says in the package which type the part with the comments has, unless that is said.
fn say_type<R: Read + Seek>(package: &mut Package<R>, part: &str, changed: &mut Changed) -> Result<(), AnnotateError> {
    const TYPES: &str = "[Content_Types].xml";
    let types = package.needed(TYPES)?;
    let part = format!("/{part}");
    let mut nodes = XmlReader::new(&types);
    while let Some(node) = nodes.next().map_err(|error| DocumentError::xml(TYPES, error))? {
        if let XmlNode::Start(element) = node
            && element.name() == "Override"
            && element.attribute("PartName").is_some_and(|name| name.eq_ignore_ascii_case(&part))
        {
            return Ok(());
        }
    }
    let prefix = root_prefix(&types);
    let entry = format!("<{prefix}Override PartName=\"{}\" ContentType=\"{CONTENT_TYPE}\"/>", Xml(&part));
    changed.insert(Arc::from(TYPES), inside_root(&types, &entry).ok_or_else(|| no_end(TYPES))?);
    Ok(())
}

/// Says of the document that it has a part with comments.
fn name<R: Read + Seek>(
    package: &mut Package<R>,
    document: &WordDocument,
    part: &str,
    is_strict: bool,
    changed: &mut Changed,
) -> Result<(), AnnotateError> {
    let rels = part_for(&document.main);
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
    let mut nodes = XmlReader::new(xml);
    while let Ok(Some(node)) = nodes.next() {
        if let XmlNode::Start(element) = node {
            return element.prefix();
        }
    }
    String::new()
}

/// The document with something at the end of its root element.
fn inside_root(xml: &str, more: &str) -> Option<String> {
    let mut nodes = XmlReader::new(xml);
    let mut root = None;
    let mut last = None;
    while let Ok(Some(node)) = nodes.next() {
        match node {
            XmlNode::Start(element) => {
                root.get_or_insert((element.span, element.is_empty, element.prefix() + element.name()));
            }
            XmlNode::End(span) => last = Some(span),
            XmlNode::Text(..) => {}
        }
    }
    let (tag, is_empty, name) = root?;
    if is_empty {
        let open = xml[tag.range()].trim_end_matches("/>").trim_end();
        return Some(format!("{}{open}>{more}</{name}>{}", &xml[..tag.start()], &xml[tag.end()..]));
    }
    let at = last?.start();
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
