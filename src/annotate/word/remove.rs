//! The marks of comments in the text, taken out with their comments.

use std::collections::{HashMap, HashSet};

use super::Annotator;
use super::threads::Removal;
use crate::draft::document::XmlSpan;
use crate::draft::xml::{Namespace, XmlNode, XmlReader};
use crate::span::Span;

/// Takes out the marks of the comments that go.
pub(super) fn marks(annotator: &mut Annotator<'_>, removal: &Removal) {
    if removal.is_empty() {
        return;
    }
    let document = annotator.document;
    for (story, known) in document.stories.iter().enumerate() {
        for span in spans(&known.xml, removal.ids()) {
            annotator.cuts.entry(story).or_default().remove(span);
        }
    }
}

/// The numbers of the comments in a part that stand on tracked changes: what they are about is there again if these are rejected.
pub(super) fn pending(xml: &str) -> HashSet<String> {
    // For each comment that has begun the number of changes before it; one that stands in a change or right behind it counts that too.
    let (mut begun, mut pending): (HashMap<String, usize>, HashSet<String>) = (HashMap::new(), HashSet::new());
    let (mut seen, mut ended, mut open): (usize, usize, Vec<bool>) = (0, 0, Vec::new());
    let mut inside = 0;
    let mut nodes = XmlReader::new(xml);
    while let Ok(Some(node)) = nodes.next() {
        match node {
            XmlNode::Start(element) => {
                let is_word = element.space == Namespace::Word;
                let is_change = is_word && matches!(element.name(), "ins" | "del" | "moveFrom" | "moveTo");
                seen += usize::from(is_change);
                inside += usize::from(is_change);
                open.push(is_change);
                match element.name() {
                    "commentRangeStart" if is_word => {
                        let is_at_change = inside > 0 || ended == element.span.start();
                        let before = seen - usize::from(is_at_change && seen > 0);
                        begun.extend(element.attribute("id").map(|id| (id, before)));
                    }
                    "commentRangeEnd" if is_word => {
                        let id = element.attribute("id").unwrap_or_default();
                        if begun.get(&id).is_some_and(|before| *before < seen) {
                            pending.insert(id);
                        }
                    }
                    _ => {}
                }
            }
            XmlNode::End(span) => {
                if open.pop() == Some(true) {
                    inside -= 1;
                    ended = span.end();
                }
            }
            XmlNode::Text(..) => {}
        }
    }
    pending
}

/// An element that is open.
struct Open {
    start: usize,
    kind: OpenKind,
}

enum OpenKind {
    /// A mark that goes.
    Mark,
    /// The sign that refers to a comment that goes.
    Reference,
    /// A run: the signs in it that go, and true once there is something else in it.
    Run(Vec<XmlSpan>, bool),
    /// The formatting of a run.
    Formatting,
    Other,
}

/// The marks of comments with these numbers in a part. A run that holds nothing but the sign that refers to one goes whole.
fn spans(xml: &str, ids: &HashSet<String>) -> Vec<XmlSpan> {
    let (mut spans, mut open): (Vec<XmlSpan>, Vec<Open>) = (Vec::new(), Vec::new());
    let mut nodes = XmlReader::new(xml);
    while let Ok(Some(node)) = nodes.next() {
        match node {
            XmlNode::Start(element) => {
                let goes = || element.attribute("id").is_some_and(|id| ids.contains(&id));
                let kind = match (element.space, element.name()) {
                    (Namespace::Word, "commentRangeStart" | "commentRangeEnd") if goes() => OpenKind::Mark,
                    (Namespace::Word, "commentReference") if goes() => OpenKind::Reference,
                    (Namespace::Word, "r") => OpenKind::Run(Vec::new(), false),
                    (Namespace::Word, "rPr") => OpenKind::Formatting,
                    _ => OpenKind::Other,
                };
                if let (
                    OpenKind::Mark | OpenKind::Run(..) | OpenKind::Other,
                    Some(Open { kind: OpenKind::Run(_, holds), .. }),
                ) = (&kind, open.last_mut())
                {
                    *holds = true;
                }
                open.push(Open { start: element.span.start(), kind });
            }
            XmlNode::End(span) => {
                let Some(Open { start, kind }) = open.pop() else {
                    continue;
                };
                let whole = Span::new(start, span.end());
                match (kind, open.last_mut()) {
                    (OpenKind::Reference, Some(Open { kind: OpenKind::Run(signs, _), .. })) => signs.push(whole),
                    (OpenKind::Mark | OpenKind::Reference, _) => spans.push(whole),
                    (OpenKind::Run(signs, true), _) => spans.extend(signs),
                    (OpenKind::Run(signs, false), _) if !signs.is_empty() => spans.push(whole),
                    _ => {}
                }
            }
            XmlNode::Text(..) => {}
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::copy;

    #[test]
    fn a_comment_on_tracked_changes_waits_for_these() {
        let (change, run) = ("<w:ins w:id=\"9\"><w:r/></w:ins>", "<w:r/>");
        let (start, end) = ("<w:commentRangeStart w:id=\"1\"/>", "<w:commentRangeEnd w:id=\"1\"/>");
        let cases = [
            ([start, run, end, change], false),
            ([start, change, end, run], true),
            ([change, start, end, run], true),
            ([change, run, start, end], false),
            (["<w:del w:id=\"9\">", start, end, "</w:del>"], true),
        ];
        for (parts, is_pending) in cases {
            let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
            let xml = format!("<w:p xmlns:w=\"{space}\">{}</w:p>", parts.concat());
            assert_eq!(pending(&xml).contains("1"), is_pending, "{xml}");
        }
    }

    #[test]
    fn a_run_that_holds_but_the_sign_of_a_comment_goes_with_it() {
        let cases = [
            (
                "<w:commentRangeStart w:id=\"1\"/><w:r><w:t>a</w:t></w:r><w:commentRangeEnd w:id=\"1\"></w:commentRangeEnd>\
              <w:r><w:rPr><w:b/></w:rPr><w:commentReference w:id=\"1\"/></w:r>",
                "<w:r><w:t>a</w:t></w:r>",
            ),
            // That of another comment stays, and so does a run with more in it.
            (
                "<w:commentRangeStart w:id=\"2\"/><w:r><w:commentReference w:id=\"2\"/></w:r>",
                "<w:commentRangeStart w:id=\"2\"/><w:r><w:commentReference w:id=\"2\"/></w:r>",
            ),
            ("<w:r><w:t>a</w:t><w:commentReference w:id=\"1\"/></w:r>", "<w:r><w:t>a</w:t></w:r>"),
            (
                "<w:r><w:commentReference w:id=\"1\"/><w:commentReference w:id=\"2\"/></w:r>",
                "<w:r><w:commentReference w:id=\"2\"/></w:r>",
            ),
            ("<w:ins w:id=\"1\"><w:r><w:commentReference w:id=\"1\"/></w:r></w:ins>", "<w:ins w:id=\"1\"></w:ins>"),
        ];
        let ids = HashSet::from(["1".to_owned()]);
        for (inside, expected) in cases {
            let part = |inside: &str| {
                format!("<w:p xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{inside}</w:p>")
            };
            let xml = part(inside);
            let edits = spans(&xml, &ids).into_iter().map(|span| (span, String::new()));
            assert_eq!(copy::replaced(&xml, edits.collect()), part(expected));
        }
    }
}
