//! Splits a page into tags, comments and the text between them, as the HTML standard tokenizes it.

use html5gum::{Emitter, Error, State, Tokenizer};

use super::fragment::HtmlSource;
use crate::span::Span;

/// A piece of HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::draft) enum HtmlToken {
    /// Text, with its references and sections of CDATA.
    Text(Span<HtmlSource>),
    Tag(Tag),
    /// A comment, a declaration or a processing instruction.
    Comment(Span<HtmlSource>),
    /// A comment, or what is in a script or the like, that nothing closes, up to the next empty line.
    Unclosed(Span<HtmlSource>),
}

/// A tag, as far as it matters to a reader of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::draft) struct Tag {
    /// The name, in lower case.
    pub(in crate::draft) name: String,
    pub(in crate::draft) is_end: bool,
    /// True if it ends with `/>`. What XHTML has empty is taken to be so in HTML too, and hides nothing that follows.
    pub(in crate::draft) is_empty: bool,
    pub(in crate::draft) span: Span<HtmlSource>,
    attributes: Vec<Attribute>,
}

/// An attribute of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::draft) struct Attribute {
    name: &'static str,
    /// The value, with its references decoded.
    pub(in crate::draft) value: String,
    /// The start of the value; what opens its quotation stands before that.
    pub(in crate::draft) at: usize,
}

/// The attributes that matter.
const ATTRIBUTES: &[&str] = &[
    "alt", "aria-hidden", "aria-level", "class", "epub:type", "hidden", "label", "lang", "open", "placeholder",
    "reversed", "role", "shadowrootmode", "srcdoc", "start", "style", "type", "value", "xml:lang",
];

impl Tag {
    pub(in crate::draft) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// The value of an attribute; empty if there is none.
    pub(in crate::draft) fn value(&self, name: &str) -> &str {
        self.attribute(name).map_or("", |attribute| &attribute.value)
    }
}

/// The most places at which HTML is read on behind what nothing closes; the last such piece hides all behind it.
const MAX_UNCLOSED: usize = 8;

/// Reads HTML, and hands over its tokens in order. Where it has sections of CDATA they are text; elsewhere comments, which end at the first
/// `>`. What nothing closes, and hides all behind it from a browser, ends at the next empty line.
pub(in crate::draft) fn read(text: &str, has_sections: bool, mut sink: impl FnMut(HtmlToken)) {
    let mut at = 0;
    for count in 0..=MAX_UNCLOSED {
        match read_from(text, at, has_sections, count < MAX_UNCLOSED, &mut sink) {
            Some(next) => at = next,
            None => return,
        }
    }
}

/// Reads HTML from a byte on; the byte at which to read on, behind what nothing closes.
fn read_from(
    text: &str,
    at: usize,
    has_sections: bool,
    resumes: bool,
    sink: &mut impl FnMut(HtmlToken),
) -> Option<usize> {
    let mut done = at;
    // The element whose content is no markup, until its end.
    let mut raw: Option<String> = None;
    let end_of = |start: usize| if resumes { empty_line(text, start) } else { None };
    let emitter = MarkupEmitter { has_sections, position: at, ..MarkupEmitter::default() };
    for found in Tokenizer::new_with_emitter(&text[at..], emitter) {
        let Ok(token) = found;
        let span = match &token {
            HtmlToken::Tag(tag) => tag.span,
            HtmlToken::Comment(span) | HtmlToken::Text(span) | HtmlToken::Unclosed(span) => *span,
        };
        if raw.is_some() && matches!(token, HtmlToken::Text(_)) {
            // The beginning of an end tag.
            break;
        }
        if span.start() > done {
            sink(HtmlToken::Text(Span::new(done, span.start())));
        }
        done = span.end().max(done);
        match token {
            // An empty text ends what is read: a tag that is not finished is none.
            HtmlToken::Text(_) | HtmlToken::Unclosed(_) => {}
            HtmlToken::Comment(_) if span.end() >= text.len() && !is_closed(&text[span.range()]) => {
                let next = end_of(span.start());
                sink(HtmlToken::Unclosed(Span::new(span.start(), next.unwrap_or(text.len()))));
                return next;
            }
            HtmlToken::Tag(tag) => {
                let is_raw = !tag.is_end
                    && !tag.is_empty
                    && content_of(&tag.name).is_some_and(|state| !matches!(state, State::PlainText));
                raw = is_raw.then(|| tag.name.clone());
                sink(HtmlToken::Tag(tag));
            }
            token => sink(token),
        }
    }
    if done >= text.len() {
        return None;
    }
    let Some(name) = raw else {
        sink(HtmlToken::Text(Span::new(done, text.len())));
        return None;
    };
    let next = end_of(done);
    let span = Span::new(done, next.unwrap_or(text.len()));
    // The name of a page is read, and what is in a field is told.
    sink(if matches!(name.as_str(), "title" | "textarea") { HtmlToken::Text(span) } else { HtmlToken::Unclosed(span) });
    if let Some(next) = next {
        let span = Span::new(next, next);
        sink(HtmlToken::Tag(Tag { name, is_end: true, is_empty: false, span, attributes: Vec::new() }));
    }
    next
}

/// True if a comment, a declaration or a processing instruction at the end of a text is finished.
fn is_closed(comment: &str) -> bool {
    match comment.strip_prefix("<!--") {
        Some(">" | "->") => true,
        Some(inner) => inner.ends_with("-->") || inner.ends_with("--!>"),
        None => comment.ends_with('>'),
    }
}

/// The beginning of the first empty line behind a byte; `None` if there is none, or nothing behind it.
fn empty_line(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    for (index, line) in text[from..].split_inclusive('\n').enumerate() {
        if index > 0 && line.trim().is_empty() {
            return (!text[at..].trim().is_empty()).then_some(at);
        }
        at += line.len();
    }
    None
}

/// The marks that the tokenizer comes across. Text is what stands between them.
#[derive(Debug, Default)]
struct MarkupEmitter {
    /// True if sections of CDATA are text, as in XHTML.
    has_sections: bool,
    position: usize,
    /// The offset of the last `<`.
    opened: usize,
    tag: Option<Tag>,
    attribute: Option<Pending>,
    /// The name of the last start tag: only its end tag ends a script.
    last_start: String,
    found: Option<HtmlToken>,
}

/// An attribute that is being read.
#[derive(Debug, Default)]
struct Pending {
    name: Vec<u8>,
    value: Vec<u8>,
    at: usize,
}

/// The most bytes that are kept of the name of an attribute: no name that matters is longer.
const MAX_NAME: usize = 16;

impl MarkupEmitter {
    fn span(&self) -> Span<HtmlSource> {
        Span::new(self.opened.min(self.position), self.position)
    }

    fn begin_tag(&mut self, is_end: bool) {
        let span = Span::new(self.opened, self.opened);
        self.tag = Some(Tag { name: String::new(), is_end, is_empty: false, span, attributes: Vec::new() });
        self.attribute = None;
    }

    /// Puts the attribute that was read on its tag. Of several with one name the first counts.
    fn end_attribute(&mut self) {
        let (Some(Pending { name, value, at }), Some(tag)) = (self.attribute.take(), &mut self.tag) else {
            return;
        };
        let known = ATTRIBUTES.iter().find(|known| known.as_bytes() == name);
        if let Some(name) = known.filter(|name| tag.attribute(name).is_none()) {
            let value = String::from_utf8_lossy(&value).into_owned();
            tag.attributes.push(Attribute { name, value, at });
        }
    }
}

impl Emitter for MarkupEmitter {
    type Token = HtmlToken;

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<HtmlToken> {
        self.found.take()
    }

    fn start_open_tag(&mut self) {
        self.opened = self.position.saturating_sub(1);
    }

    fn emit_eof(&mut self) {
        if self.tag.is_some() {
            self.found = Some(HtmlToken::Text(self.span()));
        }
    }

    fn emit_string(&mut self, _: &[u8]) {
        // What looked like the end of a script was part of it.
        self.tag = None;
    }

    fn init_start_tag(&mut self) {
        self.begin_tag(false);
    }

    fn init_end_tag(&mut self) {
        self.begin_tag(true);
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        if let Some(tag) = &mut self.tag {
            tag.name.push_str(&String::from_utf8_lossy(name));
        }
    }

    fn set_self_closing(&mut self) {
        if let Some(tag) = &mut self.tag {
            tag.is_empty = !tag.is_end;
        }
    }

    fn init_attribute(&mut self) {
        self.end_attribute();
        self.attribute = Some(Pending::default());
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        if let Some(Pending { name: all, .. }) = &mut self.attribute
            && all.len() <= MAX_NAME
        {
            all.extend_from_slice(name);
        }
    }

    fn init_attribute_value(&mut self) {
        if let Some(attribute) = &mut self.attribute {
            attribute.at = self.position;
        }
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        if let Some(attribute) = &mut self.attribute
            && ATTRIBUTES.iter().any(|known| known.as_bytes() == attribute.name)
        {
            attribute.value.extend_from_slice(value);
        }
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_attribute();
        let mut tag = self.tag.take()?;
        tag.span = self.span();
        if !tag.is_end {
            self.last_start.clone_from(&tag.name);
        }
        let next = if tag.is_end || tag.is_empty { None } else { content_of(&tag.name) };
        self.found = Some(HtmlToken::Tag(tag));
        next
    }

    fn emit_current_comment(&mut self) {
        self.found = Some(HtmlToken::Comment(self.span()));
    }

    fn emit_current_doctype(&mut self) {
        self.found = Some(HtmlToken::Comment(self.span()));
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.tag.as_ref().is_some_and(|tag| tag.is_end && tag.name == self.last_start)
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.has_sections
    }

    fn set_last_start_tag(&mut self, _: Option<&[u8]>) {}
    fn emit_error(&mut self, _: Error) {}
    fn init_comment(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn init_doctype(&mut self) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_force_quirks(&mut self) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
}

/// The state in which the content of an element that is no markup is tokenized. What is in `<noscript>` is, for readers without
/// scripts.
fn content_of(name: &str) -> Option<State> {
    match name {
        "title" | "textarea" => Some(State::RcData),
        "script" => Some(State::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" => Some(State::RawText),
        "plaintext" => Some(State::PlainText),
        _ => None,
    }
}
