//! The prefixes of the name spaces in a part of an OpenDocument text.

use crate::draft::xml::{XmlNode, XmlReader};

const OFFICE: &str = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
const TEXT: &str = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";
const DUBLIN_CORE: &str = "http://purl.org/dc/elements/1.1/";

/// The prefixes of the name spaces, and declarations of those that the part does not declare.
#[derive(Debug, Clone)]
pub(super) struct Prefixes {
    pub(super) office: String,
    pub(super) text: String,
    pub(super) dublin_core: String,
    pub(super) declares: String,
}

impl Prefixes {
    pub(super) fn read(xml: &str) -> Prefixes {
        let mut nodes = XmlReader::new(xml);
        let root = std::iter::from_fn(|| nodes.next().ok().flatten()).find_map(|node| match node {
            XmlNode::Start(root) => Some(root),
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
        Prefixes { office, text, dublin_core, declares }
    }
}
