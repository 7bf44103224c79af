//! XML as the readers of Word and OpenDocument see it: elements by name space and name, each at its bytes, text by the character.
//!
//! Nothing outside the document is ever fetched: a document type declaration, which could name such a thing, is refused.

use std::borrow::Cow;

use quick_xml::NsReader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{NamespaceError, QName, ResolveResult};

pub(crate) use super::document::{XmlError, XmlSpan};
use crate::span::Span;

/// The name space of WordprocessingML, transitional.
pub(crate) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// The same of strict documents.
pub(crate) const STRICT_WORD: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";

/// A name space whose elements a reader knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Namespace {
    /// WordprocessingML, transitional or strict.
    Word,
    /// Drawings in a text of WordprocessingML, and where they stand.
    Drawing,
    /// Drawings, diagrams and charts: their text.
    Art,
    /// Numbers and words that a chart shows.
    Chart,
    /// Drawings of older versions of Word.
    Vml,
    /// Formulas.
    Math,
    /// Alternatives to what a reader does not know (ISO/IEC 29500-3).
    Compatibility,
    /// The frame of OpenDocument: bodies, comments.
    Office,
    /// Paragraphs of OpenDocument, and what is in them.
    Text,
    /// Tables of OpenDocument.
    Table,
    /// Drawings of OpenDocument.
    Shape,
    /// Of drawings of OpenDocument the words for those who do not see them.
    Svg,
    /// Styles of OpenDocument, and its pages.
    Style,
    /// Additions of LibreOffice to OpenDocument.
    Extension,
    /// Any other, or none.
    Other,
}

impl Namespace {
    /// The name spaces of ISO/IEC 29500, the transitional and the strict ones, and of OpenDocument 1.3.
    const NAMES: &'static [(&'static str, Namespace)] = &[
        (WORD, Namespace::Word),
        (STRICT_WORD, Namespace::Word),
        ("http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", Namespace::Drawing),
        ("http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", Namespace::Drawing),
        ("http://schemas.openxmlformats.org/drawingml/2006/main", Namespace::Art),
        ("http://purl.oclc.org/ooxml/drawingml/main", Namespace::Art),
        ("http://schemas.openxmlformats.org/drawingml/2006/chart", Namespace::Chart),
        ("http://purl.oclc.org/ooxml/drawingml/chart", Namespace::Chart),
        ("urn:schemas-microsoft-com:vml", Namespace::Vml),
        ("http://schemas.openxmlformats.org/officeDocument/2006/math", Namespace::Math),
        ("http://purl.oclc.org/ooxml/officeDocument/math", Namespace::Math),
        ("http://schemas.openxmlformats.org/markup-compatibility/2006", Namespace::Compatibility),
        ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", Namespace::Office),
        ("urn:oasis:names:tc:opendocument:xmlns:text:1.0", Namespace::Text),
        ("urn:oasis:names:tc:opendocument:xmlns:table:1.0", Namespace::Table),
        ("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", Namespace::Shape),
        ("urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0", Namespace::Svg),
        ("urn:oasis:names:tc:opendocument:xmlns:style:1.0", Namespace::Style),
        ("urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0", Namespace::Extension),
    ];

    fn from_resolved(resolved: &ResolveResult<'_>) -> Namespace {
        let ResolveResult::Bound(namespace) = resolved else {
            return Namespace::Other;
        };
        let known = Namespace::NAMES.iter().find(|(name, _)| *name == namespace.as_ref());
        known.map_or(Namespace::Other, |&(_, space)| space)
    }
}

/// A start tag.
#[derive(Debug, Clone)]
pub(crate) struct XmlElement<'x> {
    /// The name space.
    pub(crate) space: Namespace,
    tag: BytesStart<'x>,
    /// The bytes of the tag.
    pub(crate) span: XmlSpan,
    /// True if the tag is the whole element, `<tag/>`.
    pub(crate) is_empty: bool,
    /// True if programs know all name spaces that it requires, where it is one of several versions of a thing.
    pub(crate) is_understood: bool,
}

impl<'x> XmlElement<'x> {
    /// The name without its prefix.
    pub(crate) fn name(&self) -> &str {
        self.tag.local_name().into_inner()
    }

    /// The prefix with its colon, or nothing.
    pub(crate) fn prefix(&self) -> String {
        self.tag.name().prefix().map_or_else(String::new, |prefix| format!("{}:", prefix.as_ref()))
    }

    /// A prefix, with its colon, that the tag declares for a name space; an empty one if that is declared without any only.
    pub(crate) fn declared(&self, space: &str) -> Option<String> {
        let mut attributes = self.tag.attributes();
        let declarations = attributes.with_checks(false).filter_map(Result::ok).filter(|a| a.value == space);
        let mut without = None;
        for attribute in declarations {
            let name: &str = attribute.key.as_ref();
            match name.strip_prefix("xmlns:") {
                Some(prefix) => return Some(format!("{prefix}:")),
                None if name == "xmlns" => without = Some(String::new()),
                None => {}
            }
        }
        without
    }

    /// True if the white space in it counts, false if not; `None` if the tag says nothing of that (XML 1.0, 2.10).
    pub(crate) fn preserves_space(&self) -> Option<bool> {
        let tag: &str = &self.tag;
        if !tag.contains("xml:space") {
            return None;
        }
        let mut attributes = self.tag.attributes();
        let mut found = attributes.with_checks(false).filter_map(Result::ok);
        let space = found.find(|attribute| attribute.key.as_ref() == "xml:space")?;
        Some(space.value.as_ref() == "preserve")
    }

    /// The value of the attribute with this name, whatever its prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.tag.attributes();
        let found = attributes.with_checks(false).filter_map(Result::ok);
        let mut named = found.filter(|attribute| attribute.key.local_name().into_inner() == name);
        named.next().map(|attribute| {
            let raw: &str = &attribute.value;
            quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), Cow::into_owned)
        })
    }
}

/// A part of a document.
#[derive(Debug)]
pub(crate) enum XmlNode<'x> {
    /// An element begins.
    Start(XmlElement<'x>),
    /// An element ends; an empty one too. The bytes of its end tag: none for an empty one.
    End(XmlSpan),
    /// Text, with the bytes that stand for it.
    Text(Cow<'x, str>, XmlSpan),
}

/// Reads a document node by node.
pub(crate) struct XmlReader<'x> {
    reader: NsReader<&'x [u8]>,
    /// The byte at which the text that is read begins.
    base: usize,
    /// The end of an empty element that has not been said to end yet.
    ended: Option<usize>,
    /// The number of elements that are open.
    depth: usize,
    /// True once the root has begun.
    is_begun: bool,
}

/// The most name spaces that are declared at one place. Programs declare a few dozen, sometimes again in every paragraph.
pub(crate) const MAX_DECLARED: usize = 1024;

impl<'x> XmlReader<'x> {
    pub(crate) fn new(text: &'x str) -> XmlReader<'x> {
        // The reader leaves a byte-order mark out of what it counts.
        let base = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut reader = NsReader::from_str(&text[base..]);
        reader.config_mut().check_end_names = true;
        reader.resolver_mut().set_max_namespace_bindings(MAX_DECLARED);
        XmlReader { reader, base, ended: None, depth: 0, is_begun: false }
    }

    /// The next node; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<XmlNode<'x>>, XmlError> {
        if let Some(at) = self.ended.take() {
            return Ok(Some(XmlNode::End(Span::new(at, at))));
        }
        loop {
            let from = self.base + self.reader.buffer_position() as usize;
            let (space, event) = match self.reader.read_resolved_event() {
                Ok((space, event)) => (Namespace::from_resolved(&space), event),
                Err(error) => {
                    let at = self.base + self.reader.error_position() as usize;
                    let too_many = matches!(&error, quick_xml::Error::Namespace(NamespaceError::TooManyBindings(_)));
                    let reason = if too_many {
                        format!("more than {MAX_DECLARED} name spaces are declared at one place, which no program does")
                    } else {
                        error.to_string()
                    };
                    return Err(XmlError { at, reason });
                }
            };
            let is_understood = space != Namespace::Compatibility || self.understands(&event);
            self.count(&event, from)?;
            let span = Span::new(from, self.base + self.reader.buffer_position() as usize);
            let error = |reason: &str| Err(XmlError { at: span.start(), reason: reason.to_owned() });
            return Ok(Some(match event {
                Event::Start(tag) => XmlNode::Start(XmlElement { space, tag, span, is_empty: false, is_understood }),
                Event::Empty(tag) => {
                    self.ended = Some(span.end());
                    XmlNode::Start(XmlElement { space, tag, span, is_empty: true, is_understood })
                }
                Event::End(_) => XmlNode::End(span),
                Event::Text(text) => XmlNode::Text(text.into_inner(), span),
                Event::CData(text) => XmlNode::Text(text.into_inner(), span),
                Event::GeneralRef(reference) => {
                    let c = reference
                        .resolve_char_ref()
                        .map_err(|e| XmlError { at: span.start(), reason: e.to_string() })?;
                    let text = match c {
                        Some(c) => Cow::Owned(c.to_string()),
                        None => match resolve_xml_entity(&reference) {
                            Some(text) => Cow::Borrowed(text),
                            None => return error("a reference to an entity that XML does not know"),
                        },
                    };
                    XmlNode::Text(text, span)
                }
                Event::DocType(_) => {
                    return error("a document type declaration, which a document of an office suite never has");
                }
                Event::Eof => return Ok(None),
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => continue,
            }));
        }
    }

    /// Keeps what is open.
    ///
    /// # Errors
    /// If there is not one root with all else inside it: the file was cut off, or two were put together.
    fn count(&mut self, event: &Event<'_>, at: usize) -> Result<(), XmlError> {
        let error = |reason: &str| Err(XmlError { at, reason: reason.to_owned() });
        match event {
            Event::Start(_) | Event::Empty(_) if self.depth == 0 && self.is_begun => {
                return error("something stands behind the end of the document");
            }
            Event::Start(_) => {
                self.is_begun = true;
                self.depth += 1;
            }
            Event::Empty(_) => self.is_begun = true,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Eof if !self.is_begun => return error("there is nothing in it"),
            Event::Eof if self.depth > 0 => return error("it is cut off: elements are open at its end"),
            _ => {}
        }
        Ok(())
    }

    /// Tells if programs know what a version of a thing requires: the name spaces of Office, old and new.
    fn understands(&self, event: &Event<'_>) -> bool {
        const KNOWN: &[&str] = &[
            "http://schemas.microsoft.com/office/",
            "http://schemas.openxmlformats.org/",
            "http://purl.oclc.org/ooxml/",
            "urn:schemas-microsoft-com:",
        ];
        let (Event::Start(tag) | Event::Empty(tag)) = event else {
            return true;
        };
        let mut attributes = tag.attributes();
        let requires = attributes.with_checks(false).filter_map(Result::ok).find(|a| a.key.as_ref() == "Requires");
        requires.is_none_or(|requires| {
            requires.value.split_ascii_whitespace().all(|prefix| {
                let name = format!("{prefix}:x");
                let (space, _) = self.reader.resolver().resolve(QName(&name), false);
                matches!(space, ResolveResult::Bound(space) if KNOWN.iter().any(|known| space.as_ref().starts_with(known)))
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_moves_no_place() {
        for mark in ["", "\u{feff}"] {
            let xml = format!("{mark}<?xml version=\"1.0\"?><a b=\"c\">d&amp;<e/></a>");
            let mut nodes = XmlReader::new(&xml);
            let mut seen = Vec::new();
            while let Some(node) = nodes.next().unwrap() {
                let span = match node {
                    XmlNode::Start(element) => element.span,
                    XmlNode::End(span) | XmlNode::Text(_, span) => span,
                };
                seen.push(&xml[span.range()]);
            }
            assert_eq!(seen, ["<a b=\"c\">", "d", "&amp;", "<e/>", "", "</a>"]);
        }
    }
}
