//! The comments of a document of Word (ISO/IEC 29500-1, 17.13.4): what the part that holds them says, and where each stands.

use std::collections::HashMap;
use std::ops::Range;

use crate::draft::document::{DocumentError, XmlError, XmlSpan};
use crate::draft::margin::{LinePlace, MarginComment};
use crate::draft::xml::{Namespace, XmlNode, XmlReader};
use crate::span::Span;

/// A comment, as the part for comments has it.
#[derive(Debug)]
pub(crate) struct WordComment {
    pub(crate) id: String,
    pub(crate) author: String,
    /// The bytes of the part that are the comment, tags included.
    pub(crate) span: XmlSpan,
    /// The text of each of its paragraphs.
    pub(crate) paragraphs: Vec<String>,
    /// The names of its paragraphs, by which other parts of later versions of Word refer to it (MS-DOCX, 2.5.1).
    pub(crate) paragraph_ids: Vec<String>,
}

/// Reads the part called `name` that holds the comments of a document.
///
/// # Errors
/// If the part is not well-formed.
pub(crate) fn read(name: &str, xml: &str) -> Result<Vec<WordComment>, DocumentError> {
    let mut comments = Vec::new();
    read_into(&mut comments, xml).map_err(|error| DocumentError::xml(name, error))?;
    Ok(comments)
}

/// Adds the comments of a part, up to where it is not well-formed.
pub(super) fn read_into(comments: &mut Vec<WordComment>, xml: &str) -> Result<(), XmlError> {
    let mut nodes = XmlReader::new(xml);
    // The number of elements around the comment that is open, and of all that are open.
    let (mut open, mut depth): (Option<usize>, usize) = (None, 0);
    let mut is_text = false;
    while let Some(node) = nodes.next()? {
        match node {
            XmlNode::Start(element) => {
                is_text = false;
                if element.space == Namespace::Word {
                    let comment = comments.last_mut().filter(|_| open.is_some());
                    match (element.name(), comment) {
                        ("comment", None) => {
                            open = Some(depth);
                            comments.push(WordComment {
                                id: element.attribute("id").unwrap_or_default(),
                                author: element.attribute("author").unwrap_or_default(),
                                span: element.span,
                                paragraphs: Vec::new(),
                                paragraph_ids: Vec::new(),
                            });
                        }
                        ("p", Some(comment)) => {
                            comment.paragraphs.push(String::new());
                            comment.paragraph_ids.extend(element.attribute("paraId"));
                        }
                        ("tab" | "br" | "cr", Some(comment)) => {
                            comment.paragraphs.last_mut().into_iter().for_each(|text| text.push(' '));
                        }
                        ("t", Some(_)) => is_text = true,
                        _ => {}
                    }
                }
                depth += 1;
            }
            XmlNode::Text(text, _) if is_text => {
                let paragraph = comments.last_mut().and_then(|comment| comment.paragraphs.last_mut());
                paragraph.into_iter().for_each(|paragraph| paragraph.push_str(&text));
            }
            XmlNode::Text(..) => {}
            XmlNode::End(span) => {
                is_text = false;
                depth -= 1;
                if open == Some(depth) {
                    open = None;
                    comments.last_mut().into_iter().for_each(|comment| {
                        comment.span = Span::new(comment.span.start(), span.end());
                    });
                }
            }
        }
    }
    Ok(())
}

/// The kind of a mark of a comment in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MarkKind {
    /// What it stands on begins, or ends.
    Start,
    End,
    /// The sign that refers to it.
    Reference,
}

impl MarkKind {
    /// The kind of an element of WordprocessingML by its name.
    pub(super) fn from_name(name: &str) -> Option<MarkKind> {
        match name {
            "commentRangeStart" => Some(MarkKind::Start),
            "commentRangeEnd" => Some(MarkKind::End),
            "commentReference" => Some(MarkKind::Reference),
            _ => None,
        }
    }
}

/// A mark of a comment in the text.
#[derive(Debug)]
pub(super) struct CommentMark {
    pub(super) id: String,
    pub(super) kind: MarkKind,
    /// For each version of the text the place of it.
    pub(super) at: Vec<LinePlace>,
    /// The number of references to notes before it.
    pub(super) references: usize,
}

/// The thing that a comment stands on.
#[derive(Debug)]
pub(super) struct CommentPlace<'m> {
    /// For each version of the text where it begins and ends.
    at: [&'m [LinePlace]; 2],
    /// The references to notes in it, by their indices.
    pub(super) references: Range<usize>,
}

impl<'m> CommentPlace<'m> {
    /// The places of comments, by their numbers.
    pub(super) fn all(marks: &'m [CommentMark]) -> HashMap<&'m str, CommentPlace<'m>> {
        let mut places: HashMap<&str, CommentPlace<'_>> = HashMap::new();
        let of_kind = |kind: MarkKind| marks.iter().filter(move |mark| mark.kind == kind);
        for mark in of_kind(MarkKind::Start).chain(of_kind(MarkKind::Reference)) {
            places
                .entry(&mark.id)
                .or_insert(CommentPlace { at: [&mark.at, &mark.at], references: mark.references..mark.references });
        }
        for mark in of_kind(MarkKind::End) {
            if let Some(place) = places.get_mut(mark.id.as_str()) {
                place.at[1] = &mark.at;
                place.references.end = mark.references.max(place.references.start);
            }
        }
        places
    }

    /// The beginning and the end in the version with this index.
    pub(super) fn of(&self, version: usize) -> Option<[LinePlace; 2]> {
        let [from, to] = self.at.map(|at| at.get(version).copied());
        from.zip(to).map(|(from, to)| [from, to.max(from)])
    }
}

/// A comment on what is between two places, if it speaks to comity.
pub(super) fn in_margin(comment: &WordComment, on: [LinePlace; 2]) -> Option<MarginComment> {
    MarginComment::new(&comment.author, &comment.paragraphs.join("\n"), on)
}
