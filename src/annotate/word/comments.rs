//! The part that holds the comments of a document, and the relationship and the type that name it.

use std::collections::{BTreeSet, HashSet};
use std::io::{Read, Seek};
use std::sync::Arc;

use super::ids::Ids;
use super::inventory::{Inventory, WordPrefix};
use super::range::CutRange;
use super::remove::pending;
use super::runs::RunIndex;
use super::threads::Removal;
use crate::annotate::comment::{self, CommentRange, KnownComments};
use crate::annotate::copy::{self, Changed};
use crate::annotate::{AUTHOR, AnnotateError, Annotation};
use crate::draft::DocumentError;
use crate::draft::package::Package;
use crate::draft::word::WordDocument;
use crate::draft::word::comments::{WordComment, read};
use crate::draft::word::relationships::{part_for, relationships};
use crate::draft::xml::{STRICT_WORD, WORD, XmlElement, XmlNode, XmlReader};
use crate::escape::Xml;
use crate::finding::Finding;

const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

/// The comments of a document, those that it has and those that are added.
pub(super) struct Comments {
    /// The name of the part, and its text where it is there.
    part: String,
    xml: Option<String>,
    /// Those that it has.
    all: Vec<WordComment>,
    /// The numbers of comity's that still belong to a finding.
    kept: HashSet<usize>,
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
        let (known, kept) = (KnownComments::default(), HashSet::new());
        let (all, added) = (Vec::new(), String::new());
        let mut comments = Comments { part, xml: None, all, kept, is_named, known, ids, added, names };
        if let Some(xml) = xml {
            comments.learn(&xml, |id| inventory.anchors.get(id).map(|&at| runs.count_before(at)))?;
            comments.xml = Some(xml);
        }
        Ok(comments)
    }

    /// Reads what there is: numbers that are taken, and which comments are comity's.
    fn learn(&mut self, xml: &str, anchor: impl Fn(&str) -> Option<usize>) -> Result<(), AnnotateError> {
        if let Some(root) = root(xml) {
            self.names = WordPrefix::declared(xml, &root);
        }
        self.all = read(&self.part, xml)?;
        for (number, comment) in self.all.iter().enumerate() {
            self.ids.take(&comment.id);
            // The last paragraph is the one that counts.
            if let (true, Some(at), Some(last)) =
                (comment.author == AUTHOR, anchor(&comment.id), comment.paragraphs.last())
            {
                self.known.add(at, last.clone(), number);
            }
        }
        Ok(())
    }

    /// True if a comment on this finding stands there already, which is kept.
    pub(super) fn keep(&mut self, range: &CommentRange<CutRange>, finding: &Finding) -> bool {
        range.keep(finding, &self.known, str::to_owned, &mut self.kept)
    }

    /// The comments of comity's that are taken out: those that belong to no finding any more, or all.
    pub(super) fn removal<R: Read + Seek>(
        &self,
        package: &mut Package<R>,
        document: &WordDocument,
        annotation: &Annotation<'_>,
    ) -> Result<Removal, AnnotateError> {
        let is_gone = |(number, comment): &(usize, &WordComment)| {
            let last = comment.paragraphs.last().map_or("", String::as_str);
            comment.author == AUTHOR && !self.kept.contains(number) && annotation.is_gone(last)
        };
        let mut gone: BTreeSet<usize> = self.all.iter().enumerate().filter(is_gone).map(|(number, _)| number).collect();
        if !annotation.strip && !gone.is_empty() {
            let stories = document.stories.iter();
            let pending: HashSet<String> = stories.flat_map(|story| pending(&story.xml)).collect();
            gone.retain(|&number| !pending.contains(&self.all[number].id));
        }
        Removal::new(package, &document.main, &self.all, gone, annotation.strip)
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

    /// True if there is a comment of comity's that stays.
    fn has_own_but(&self, removal: &Removal) -> bool {
        let own = self.all.iter().enumerate().filter(|(_, comment)| comment.author == AUTHOR);
        own.count() > removal.len()
    }

    /// Puts the comments into their part, and names it where it is new; takes out those that go.
    pub(super) fn finish<R: Read + Seek>(
        self,
        package: &mut Package<R>,
        document: &WordDocument,
        (removal, has_changes): (&Removal, bool),
        changed: &mut Changed,
    ) -> Result<(), AnnotateError> {
        removal.finish(has_changes || !self.added.is_empty() || self.has_own_but(removal), changed)?;
        if self.added.is_empty() && removal.is_empty() {
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
        let spans = removal.numbers().map(|number| (self.all[number].span, String::new()));
        let xml = copy::replaced(&xml, spans.collect());
        let xml = if self.added.is_empty() { Some(xml) } else { inside_root(&xml, &self.added) };
        let xml = xml.ok_or_else(|| no_end(&self.part))?;
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
    root(xml).map_or_else(String::new, |root| root.prefix())
}

/// The root element.
fn root(xml: &str) -> Option<XmlElement<'_>> {
    let mut nodes = XmlReader::new(xml);
    while let Ok(Some(node)) = nodes.next() {
        if let XmlNode::Start(element) = node {
            return Some(element);
        }
    }
    None
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
