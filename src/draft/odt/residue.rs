//! What an OpenDocument text carries beside its text: who made its tracked changes, the facts in its properties, links to files.

use std::collections::{BTreeMap, HashMap};
use std::io::{Read, Seek};

use crate::draft::package::Package;
use crate::draft::residue::{Residue, ResidueKind, by, is_path};
use crate::draft::xml::{Namespace, XmlNode, XmlReader};
use crate::text::collapsed;

/// The part that holds the properties.
const META: &str = "meta.xml";

/// The facts in the properties that name persons (OpenDocument 1.3, part 3, 4.3).
const AUTHORS: &[(&str, &str)] = &[
    ("initial-creator", "the author in the properties of the document"),
    ("creator", "who saved it last, in the properties of the document"),
    ("printed-by", "who printed it, in the properties of the document"),
];

/// Other facts there that readers of an issued text have no use for.
const PROPERTIES: &[(&str, &str)] = &[
    ("subject", "the subject in the properties of the document"),
    ("keyword", "the keywords in the properties of the document"),
    ("description", "the comments in the properties of the document"),
];

/// Parts of another kind that a document may hold, by how their names begin.
const EMBEDDED: &[(&str, &str)] =
    &[("Basic/", "macros"), ("Scripts/", "macros"), ("VersionList.xml", "earlier versions of the document")];

/// A region of tracked changes: who made the change, and what it has taken out.
#[derive(Debug, Clone, Default)]
pub(super) struct RegionFacts {
    pub(super) who: String,
    pub(super) words: String,
}

/// The regions of the tracked changes of a part, by their names. The part is well-formed: its text has been read.
pub(super) fn regions(xml: &str) -> HashMap<String, RegionFacts> {
    let mut regions: HashMap<String, RegionFacts> = HashMap::new();
    let mut open: Option<(String, RegionFacts)> = None;
    let mut depth = 0usize;
    // The depths at which the region, what is told of the change, a comment and a paragraph of the region are open, and its author.
    let (mut region, mut info, mut comment, mut paragraph) = (None, None, None, None);
    let mut is_creator = false;
    let mut nodes = XmlReader::new(xml);
    while let Ok(Some(node)) = nodes.next() {
        match node {
            XmlNode::Start(element) => {
                depth += 1;
                is_creator = element.name() == "creator";
                match (element.space, element.name()) {
                    (Namespace::Text, "changed-region") if open.is_none() => {
                        open = Some((element.attribute("id").unwrap_or_default(), RegionFacts::default()));
                        region = Some(depth);
                    }
                    _ if open.is_none() => {}
                    (Namespace::Office, "change-info") => _ = info.get_or_insert(depth),
                    (Namespace::Office, "annotation") => _ = comment.get_or_insert(depth),
                    (Namespace::Text, "p" | "h") if info.is_none() => _ = paragraph.get_or_insert(depth),
                    _ => {}
                }
            }
            XmlNode::End(_) => {
                is_creator = false;
                for at in [&mut info, &mut comment, &mut paragraph] {
                    at.take_if(|at| *at == depth);
                }
                if region.take_if(|at| *at == depth).is_some() {
                    regions.extend(open.take());
                }
                depth = depth.saturating_sub(1);
            }
            XmlNode::Text(text, _) => match &mut open {
                Some((_, facts)) if info.is_some() && comment.is_none() && is_creator => facts.who.push_str(&text),
                Some((_, facts)) if paragraph.is_some() && comment.is_none() => facts.words.push_str(&text),
                _ => {}
            },
        }
    }
    regions
}

/// What tracked changes have taken out that no mark in the text names: it stands in the file still.
pub(super) fn unmarked(xml: &str) -> Vec<Residue> {
    let mut regions: BTreeMap<String, RegionFacts> = regions(xml).into_iter().collect();
    let mut nodes = XmlReader::new(xml);
    while let Ok(Some(node)) = nodes.next() {
        if let XmlNode::Start(element) = node
            && (element.space, element.name()) != (Namespace::Text, "changed-region")
            && let Some(id) = element.attribute("change-id")
        {
            regions.remove(&id);
        }
    }
    let deleted = regions.into_values().filter(|facts| !facts.words.trim().is_empty());
    let what = |facts: &RegionFacts| by("a tracked deletion that no mark in the text names", &facts.who);
    deleted.map(|facts| Residue::of_document(ResidueKind::Deletion, what(&facts), &facts.words)).collect()
}

/// The residues in the properties of a document, which stand in this XML: a part, or the whole of a flat file.
pub(super) fn properties(xml: &str) -> Vec<Residue> {
    let mut found = Vec::new();
    let mut open: Option<(String, String, String)> = None;
    let (mut is_inside, mut in_script) = (false, false);
    let mut nodes = XmlReader::new(xml);
    loop {
        match nodes.next() {
            Ok(Some(XmlNode::Start(element))) => {
                if (element.space, element.name()) == (Namespace::Office, "body") {
                    // In a flat file the properties come first.
                    return found;
                }
                if is_inside {
                    let name = element.attribute("name").unwrap_or_default();
                    open = Some((element.name().to_owned(), name, String::new()));
                    if element.name() == "template"
                        && let Some(address) = element.attribute("href").filter(|address| !address.is_empty())
                    {
                        let what = "the template in the properties of the document";
                        found.push(Residue::of_document(ResidueKind::Path, what, &address));
                    }
                }
                match (element.space, element.name()) {
                    (Namespace::Office, "meta") => is_inside = true,
                    (Namespace::Office, "scripts" | "font-face-decls" | "styles" | "settings") => is_inside = false,
                    _ => {}
                }
                in_script = (element.space, element.name()) == (Namespace::Office, "script");
            }
            Ok(Some(XmlNode::Text(text, _))) if in_script => {
                if !text.trim().is_empty() {
                    found.push(Residue::of_document(ResidueKind::Embedded, "macros", &text));
                }
            }
            Ok(Some(XmlNode::Text(text, _))) => open.iter_mut().for_each(|(.., value)| value.push_str(&text)),
            Ok(Some(XmlNode::End(_))) => {
                in_script = false;
                found.extend(open.take().and_then(|(name, own, value)| property(&name, &own, &value)))
            }
            Ok(None) => return found,
            Err(error) => {
                let what = format!("a part that cannot be read ({META}: {error})");
                found.push(Residue::of_document(ResidueKind::Property, what, ""));
                return found;
            }
        }
    }
}

/// The residue that a property is, by the name of its element and its own, if it has one.
fn property(name: &str, own: &str, value: &str) -> Option<Residue> {
    if value.trim().is_empty() {
        return None;
    }
    if name == "user-defined" {
        let what = format!("the property \"{}\" of the document", collapsed(own));
        return Some(Residue::of_document(ResidueKind::Property, what, value));
    }
    let of = |names: &'static [(&str, &str)], kind| {
        let (_, what) = names.iter().find(|(known, _)| *known == name)?;
        Some(Residue::of_document(kind, *what, value))
    };
    of(AUTHORS, ResidueKind::Author).or_else(|| of(PROPERTIES, ResidueKind::Property))
}

/// The residues in the parts of a package beside its text.
pub(super) fn parts<R: Read + Seek>(package: &mut Package<R>) -> Vec<Residue> {
    let mut found = match package.part(META) {
        Ok(Some(xml)) => properties(&xml),
        Ok(None) => Vec::new(),
        Err(error) => {
            let what = format!("a part that cannot be read ({error})");
            vec![Residue::of_document(ResidueKind::Property, what, "")]
        }
    };
    // A text that cannot be read has been told of.
    if let Ok(Some(content)) = package.part("content.xml") {
        found.extend(unmarked(&content));
    }
    let mut seen = Vec::new();
    for index in 0..package.len() {
        let Ok((name, _)) = package.entry(index) else {
            continue;
        };
        // The folders of macros are there when there are none.
        let is_empty = name.ends_with('/') || name.ends_with("-lc.xml") || name.ends_with("-lb.xml");
        let kind = EMBEDDED.iter().find(|(begin, _)| name.starts_with(begin)).filter(|_| !is_empty);
        if let Some((_, what)) = kind {
            let whole = name.split('/').next().unwrap_or_default().to_owned();
            if !seen.contains(&whole) {
                found.push(Residue::of_document(ResidueKind::Embedded, *what, &whole));
                seen.push(whole);
            }
        }
    }
    found
}

/// The residue that an address is, if it leads to a file.
pub(super) fn link(address: &str) -> Option<(ResidueKind, String)> {
    is_path(address).then(|| (ResidueKind::Path, format!("a link to a file: {}", collapsed(address))))
}

/// The residue that a field is, by its name (OpenDocument 1.3, part 3, 7.3 to 7.7).
pub(super) fn field(name: &str) -> Option<(ResidueKind, String)> {
    Some(match name {
        "file-name" => (ResidueKind::FileName, "a field that shows the name of the file".to_owned()),
        "template-name" => (ResidueKind::FileName, "a field that shows the name of the template".to_owned()),
        "author-name" | "author-initials" | "initial-creator" | "creator" | "printed-by" => {
            (ResidueKind::Author, format!("a field that shows who wrote or saved the draft ({name})"))
        }
        name if name.starts_with("sender-") => {
            (ResidueKind::Author, format!("a field that shows who wrote or saved the draft ({name})"))
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_tells_who_changed_what() {
        let xml = r#"<o:text xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:d="x">
            <t:tracked-changes><t:changed-region t:id="a"><t:insertion><o:change-info><d:creator>Anna</d:creator><d:date>1</d:date></o:change-info></t:insertion></t:changed-region>
            <t:changed-region t:id="b"><t:deletion><o:change-info><d:creator>Bo</d:creator></o:change-info><t:p>gone<o:annotation><d:creator>Cy</d:creator><t:p>c</t:p></o:annotation></t:p></t:deletion></t:changed-region></t:tracked-changes><t:p>text</t:p></o:text>"#;
        let regions = regions(xml);
        assert_eq!((regions["a"].who.as_str(), regions["a"].words.trim()), ("Anna", ""));
        assert_eq!((regions["b"].who.as_str(), regions["b"].words.trim()), ("Bo", "gone"));
    }
}
