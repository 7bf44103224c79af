//! Tags as they stand in a part, written once more: with another number, or so that white space counts.

use super::ids::Ids;

const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

/// The elements in the formatting of a run that are tracked changes with numbers of their own.
const CHANGES: &[&str] = &["ins", "del", "moveFrom", "moveTo", "rPrChange"];

/// The name of an element by its tag, prefix and all.
pub(super) fn name(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    name.split(|c| SPACE.contains(&c) || matches!(c, '>' | '/')).next().unwrap_or_default()
}

/// The name without its prefix.
pub(super) fn local_name(tag: &str) -> &str {
    let name = name(tag);
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The bytes of the value of the first attribute whose name is wanted.
fn value(tag: &str, is_wanted: impl Fn(&str) -> bool) -> Option<std::ops::Range<usize>> {
    let mut at = 1 + name(tag).len();
    loop {
        let equals = at + tag.get(at..)?.find('=')?;
        let open = equals + 1 + tag[equals + 1..].find(['"', '\''])?;
        let quote = char::from(tag.as_bytes()[open]);
        let close = open + 1 + tag[open + 1..].find(quote)?;
        if is_wanted(tag[at..equals].trim_matches(SPACE)) {
            return Some(open + 1..close);
        }
        at = close + 1;
    }
}

/// The start tag of a tracked change with another number.
pub(super) fn with_id(tag: &str, id: u32) -> String {
    match value(tag, |name| name.rsplit(':').next() == Some("id")) {
        Some(value) => format!("{}{id}{}", &tag[..value.start], &tag[value.end..]),
        None => tag.to_owned(),
    }
}

/// The tag without the attribute of this name, whatever its prefix.
pub(super) fn without(tag: &str, attribute: &str) -> String {
    let Some(value) = value(tag, |name| name.rsplit(':').next() == Some(attribute)) else {
        return tag.to_owned();
    };
    let before = tag[..value.start].trim_end_matches(|c| c != '=').trim_end_matches('=').trim_end_matches(SPACE);
    let before = before.trim_end_matches(|c| !SPACE.contains(&c)).trim_end_matches(SPACE);
    format!("{before}{}", &tag[value.end + 1..])
}

/// The start tag of a text element whose white space is to count.
pub(super) fn preserving(tag: &str) -> String {
    match value(tag, |name| name == "xml:space") {
        Some(value) => format!("{}preserve{}", &tag[..value.start], &tag[value.end..]),
        None => format!("{} xml:space=\"preserve\">", tag.trim_end_matches('>')),
    }
}

/// Formatting that is written once more: the tracked changes in it get numbers of their own.
pub(super) fn renumbered(xml: &str, ids: &mut Ids) -> String {
    let mut renumbered = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        renumbered += &rest[..at];
        rest = &rest[at..];
        let tag = &rest[..if rest.starts_with("<!") || rest.starts_with("<?") { 1 } else { end(rest) }];
        if CHANGES.contains(&local_name(tag)) && !tag.starts_with("</") {
            renumbered += &with_id(tag, ids.next());
        } else {
            renumbered += tag;
        }
        rest = &rest[tag.len()..];
    }
    renumbered + rest
}

/// The end of the tag that XML begins with.
fn end(xml: &str) -> usize {
    let mut quote = None;
    for (at, byte) in xml.bytes().enumerate() {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'>' => return at + 1,
            None => quote = matches!(byte, b'"' | b'\'').then_some(byte),
        }
    }
    xml.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_written_with_other_numbers() {
        let cases = [
            (r#"<w:ins w:id="7" w:author="A">"#, r#"<w:ins w:id="9" w:author="A">"#),
            ("<w:ins w:author='w:id=\"3\"' w:id = '7'>", "<w:ins w:author='w:id=\"3\"' w:id = '9'>"),
            ("<ins\n id='7'>", "<ins\n id='9'>"),
            ("<w:ins w:author='A'>", "<w:ins w:author='A'>"),
        ];
        for (tag, expected) in cases {
            assert_eq!(with_id(tag, 9), expected);
        }
        let cases = [
            ("<w:t>", "<w:t xml:space=\"preserve\">"),
            ("<w:t xml:space='default'>", "<w:t xml:space='preserve'>"),
            ("<w:t xml:space = \"preserve\" >", "<w:t xml:space = \"preserve\" >"),
        ];
        for (tag, expected) in cases {
            assert_eq!(preserving(tag), expected);
        }
        let cases = [
            ("<c:x c:p=\"1\" c:q=\"2\" c:r=\"3\"/>", "<c:x c:p=\"1\" c:r=\"3\"/>"),
            ("<c:x\n c:q = '2'>", "<c:x>"),
            ("<c:x c:p='q=2'/>", "<c:x c:p='q=2'/>"),
        ];
        for (tag, expected) in cases {
            assert_eq!(without(tag, "q"), expected);
        }
        let mut ids = Ids::from(5);
        assert_eq!(
            renumbered(
                "<rPr><!-- it's --><b/><ins id='1'/><rPrChange id=\"2\" a='>'><rPr/></rPrChange></rPr>",
                &mut ids
            ),
            "<rPr><!-- it's --><b/><ins id='5'/><rPrChange id=\"6\" a='>'><rPr/></rPrChange></rPr>"
        );
    }
}
