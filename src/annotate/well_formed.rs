//! The check that a part that is handed out is well-formed: stricter than the readers, which take what they can understand.

use std::collections::HashSet;

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use crate::draft::xml::MAX_DECLARED;

/// The first fault of the XML of a part, if there is any.
pub(super) fn fault(xml: &str) -> Option<String> {
    let mut reader = NsReader::from_str(xml.trim_start_matches('\u{feff}'));
    reader.config_mut().check_end_names = true;
    reader.resolver_mut().set_max_namespace_bindings(MAX_DECLARED);
    let (mut depth, mut roots) = (0usize, 0usize);
    loop {
        let event = match reader.read_resolved_event() {
            Ok((ResolveResult::Unknown(prefix), Event::Start(_) | Event::Empty(_))) => {
                return Some(unbound(&prefix));
            }
            Ok((_, event)) => event,
            Err(error) => return Some(error.to_string()),
        };
        let fault = match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                roots += usize::from(depth == 0);
                depth += usize::from(matches!(event, Event::Start(_)));
                attributes(&reader, tag)
            }
            Event::End(_) => {
                depth -= 1;
                None
            }
            Event::Text(text) if depth == 0 && !text.trim().is_empty() => Some("text outside the root".to_owned()),
            Event::Eof if depth > 0 => Some("an element is open at the end".to_owned()),
            Event::Eof if roots != 1 => Some(format!("{roots} root elements")),
            Event::Eof => return None,
            _ => None,
        };
        if fault.is_some() {
            return fault;
        }
    }
}

fn unbound(prefix: &str) -> String {
    format!("nothing says what the prefix {prefix} means")
}

/// The first fault of the attributes of a tag: one that is there twice, be it by another prefix, or whose prefix means nothing.
fn attributes(reader: &NsReader<&[u8]>, tag: &BytesStart<'_>) -> Option<String> {
    let mut seen = HashSet::new();
    for attribute in tag.attributes() {
        let attribute = match attribute {
            Ok(attribute) => attribute,
            Err(error) => return Some(error.to_string()),
        };
        let name: &str = attribute.key.as_ref();
        if name.starts_with("xml:") || name == "xmlns" || name.starts_with("xmlns:") {
            continue;
        }
        match reader.resolver().resolve(attribute.key, false) {
            (ResolveResult::Unknown(prefix), _) => return Some(unbound(&prefix)),
            (ResolveResult::Bound(space), local) => {
                let local: &str = local.into_inner();
                if !seen.insert((space.as_ref().to_owned(), local.to_owned())) {
                    return Some(format!("the attribute {name} is there twice"));
                }
            }
            (ResolveResult::Unbound, _) => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_well_formed_is_seen() {
        let cases = [
            ("<a x='1' y='2'><b/>t&amp;</a>\n", true),
            ("\u{feff}<?xml version=\"1.0\"?><p:a xmlns:p='u' p:x='1' x='2' xml:space='preserve'/>", true),
            ("<a x='1' x='1'/>", false),
            ("<a xmlns:p='u' xmlns:q='u' p:x='1' q:x='1'/>", false),
            ("<p:a/>", false),
            ("<a p:x='1'/>", false),
            ("<a><b></a></b>", false),
            ("<a>", false),
            ("<a/><a/>", false),
            ("<a/>t", false),
            ("", false),
        ];
        for (xml, is_well_formed) in cases {
            assert_eq!(fault(xml).is_none(), is_well_formed, "{xml} {:?}", fault(xml));
        }
    }
}
