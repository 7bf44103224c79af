//! The relationships between the parts of a Word document (ISO/IEC 29500-2): which one is the document, its styles, its footnotes.

use std::io::{Read, Seek};

use crate::draft::document::DocumentError;
use crate::draft::package::Package;
use crate::draft::xml::{XmlNode, XmlReader};

/// Kinds of parts that are not read: where a picture is said to be harms nobody.
const NOT_READ: &[&str] =
    &["attachedTemplate", "font", "hyperlink", "image", "oleObject", "theme", "thumbnail", "video"];

/// A relationship of a part to another.
#[derive(Debug)]
pub(crate) struct Relationship {
    /// The last word of its type, such as `footnotes`; the same in transitional and in strict documents.
    pub(crate) kind: String,
    /// The name of the part, from the root of the package.
    pub(crate) target: String,
}

/// The relationships of a part.
#[derive(Debug, Default)]
pub(crate) struct Relationships {
    /// To other parts.
    pub(crate) inside: Vec<Relationship>,
    /// To what is not in the package: their targets are as they stand there.
    pub(crate) outside: Vec<Relationship>,
}

/// The part that tells the relationships of the part called `name`, or with an empty name of the package.
pub(crate) fn part_for(name: &str) -> String {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    [folder, "_rels", &format!("{file}.rels")].join("/").trim_start_matches('/').to_owned()
}

/// The relationships of the part called `name`, or with an empty name of the package, to others inside the package.
pub(crate) fn relationships<R: Read + Seek>(
    package: &mut Package<R>,
    name: &str,
) -> Result<Vec<Relationship>, DocumentError> {
    read_relationships(package, name).map(|relationships| relationships.inside)
}

/// The relationships of the part called `name`, or with an empty name of the package.
pub(crate) fn read_relationships<R: Read + Seek>(
    package: &mut Package<R>,
    name: &str,
) -> Result<Relationships, DocumentError> {
    let (rels, folder) = (part_for(name), name.rsplit_once('/').map_or("", |(folder, _)| folder));
    let Some(xml) = package.part(&rels)? else {
        return Ok(Relationships::default());
    };
    let mut nodes = XmlReader::new(&xml);
    let mut found = Relationships::default();
    while let Some(node) = nodes.next().map_err(|error| DocumentError::xml(&rels, error))? {
        let XmlNode::Start(element) = node else {
            continue;
        };
        let external = element.attribute("TargetMode").is_some_and(|mode| mode == "External");
        if element.name() != "Relationship" {
            continue;
        }
        if let (Some(kind), Some(target)) = (element.attribute("Type"), element.attribute("Target")) {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            if external {
                found.outside.push(Relationship { kind, target });
                continue;
            }
            match resolve(folder, &target) {
                Some(target) => found.inside.push(Relationship { kind, target }),
                None if NOT_READ.contains(&kind.as_str()) => {}
                None => return Err(DocumentError::Outside { name: target }),
            }
        }
    }
    Ok(found)
}

/// The name of the part that `target` names from a folder; `None` if it lies outside the package.
fn resolve(folder: &str, target: &str) -> Option<String> {
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split(['#', '?']).next().unwrap_or_default().split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()?),
            step => path.push(step),
        }
    }
    path.retain(|step| !step.is_empty());
    Some(path.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved_inside_the_package() {
        let cases = [
            ("word", "styles.xml", Some("word/styles.xml")),
            ("word", "/word/styles.xml", Some("word/styles.xml")),
            ("", "word/document.xml", Some("word/document.xml")),
            ("word/a", "../b.xml#x", Some("word/b.xml")),
            ("word", "../../etc/passwd", None),
        ];
        for (folder, target, expected) in cases {
            assert_eq!(resolve(folder, target).as_deref(), expected, "{folder} {target}");
        }
    }
}
