//! The reader for HTML: pages, and what of a Markdown draft is HTML.
//!
//! Text is what a reader of the page sees, and the words that stand for its images. The elements around it tell what a block
//! is, as the HTML standard nests them: where end tags are missing, and where tags are not balanced. What is not seen is not
//! text; what makes a block invisible by a style sheet is not known here, and such text is read.

mod charset;
mod element;
mod entity;
mod fragment;
mod ordered;
mod stack;
mod token;

use std::sync::Arc;

pub(super) use charset::{declared, seven_bit};
pub(super) use fragment::Fragment;
pub(super) use stack::Setting;

use super::block::{BlockBuilder, BlockKind, Holder, ListLabel};
use super::collector::BlockCollector;
use super::comment::Comment;
use super::format::{Format, FormatEntry, FormatReader as Reads};
use super::inline::Inline;
use super::parsed::ParsedDraft;
use super::unread::UnreadReason;
use crate::span::Span;
use entity::ReferenceContext;
use fragment::HtmlSource;
use ordered::ListPart;
use stack::{Stack, StackElement};
use token::{HtmlToken, Tag};

pub(super) const FORMAT: FormatEntry = FormatEntry {
    format: Format::Html,
    name: "HTML",
    extensions: &["html", "htm", "xhtml", "shtml"],
    languages: &["html", "xhtml"],
    is_content: |content| matches!(content.first_element().as_str(), "html" | "!doctype html"),
    has_comments: true,
    reader: Reads::Text(|source, most| Some(read(source, most))),
};

/// The blocks of a page, the markup inside them, and its comments that speak to comity. `source` may begin with a byte-order
/// mark. Reading ends behind the first block that is more than `most`.
pub(super) fn read(source: &str, most: usize) -> ParsedDraft {
    let mut collector = BlockCollector::new(most);
    let mut reader = HtmlReader::new(Setting::default());
    reader.read(Fragment::new(source, source, &[(0, 0)]), &mut collector);
    let headed = collector.find_title().is_some();
    if let Some(name) = reader.name.filter(|_| !headed) {
        collector.set_kind(name, BlockKind::Title);
    }
    collector.finish()
}

/// The tag that some HTML begins with.
pub(super) fn tag(html: &str) -> Option<Tag> {
    let mut first = None;
    token::read(html, true, |token| {
        if let (None, HtmlToken::Tag(tag)) = (&first, token) {
            first = Some(tag);
        }
    });
    first
}

/// The reader of HTML: the stack of open elements, and what they make of the text in them.
#[derive(Debug, Default)]
pub(super) struct HtmlReader {
    stack: Stack,
    /// True if there is only white space behind the last `<br>`: another one ends the paragraph.
    broken: bool,
    /// The block that is the name of the page, in its `<title>`.
    name: Option<usize>,
    /// The number of the item that has begun, until there is text in it.
    label: Option<Arc<ListLabel>>,
}

impl HtmlReader {
    /// A reader of HTML that stands in this setting.
    pub(super) fn new(setting: Setting) -> HtmlReader {
        HtmlReader { stack: Stack::new(setting), ..HtmlReader::default() }
    }

    /// The setting of text at the reader's position.
    pub(super) fn setting(&self) -> Setting {
        self.stack.setting()
    }

    /// True if no element is open.
    pub(super) fn is_outside(&self) -> bool {
        self.stack.is_empty()
    }

    /// Takes notice of text that stands behind the last tag.
    pub(super) fn go_on(&mut self) {
        self.broken = false;
    }

    /// Reads all of some HTML; what is open at its end ends there.
    pub(super) fn read(&mut self, html: Fragment<'_>, collector: &mut BlockCollector) {
        // In Markdown a section of CDATA is raw HTML, which to a browser is a comment.
        let has_sections = !self.setting().parts_text;
        token::read(html.text(), has_sections, |token| match token {
            _ if collector.is_full() => {}
            HtmlToken::Text(span) => self.text(html, span, collector),
            HtmlToken::Tag(tag) => self.tag(html, &tag, html.place(tag.span), collector),
            HtmlToken::Comment(span) => self.comment(html, span, collector),
            HtmlToken::Unclosed(span) => self.unclosed(html, span, collector),
        });
        self.finish(collector);
    }

    /// Ends all that is open.
    pub(super) fn finish(&mut self, collector: &mut BlockCollector) {
        self.close(0, collector);
        self.flush(collector);
    }

    /// Reads a tag, which stands at this place of the source.
    pub(super) fn tag(&mut self, html: Fragment<'_>, tag: &Tag, place: Span, collector: &mut BlockCollector) {
        let breaks_out =
            if tag.is_end { matches!(tag.name.as_str(), "p" | "br") } else { element::breaks_out(&tag.name) };
        if let Some(root) = self.stack.foreign().filter(|_| breaks_out) {
            self.close(root, collector);
        }
        match (tag.name.as_str(), tag.is_end) {
            ("br", _) => self.line_break(place, collector),
            ("html" | "body", true) => self.flush(collector),
            (_, true) => self.end(&tag.name, place, collector),
            ("img", false) => self.image(html, tag, place, collector),
            // Another name of it, but in drawings.
            ("image", false) if self.stack.foreign().is_none() => self.image(html, tag, place, collector),
            _ => {
                let has_words = |name: &&str| tag.value(name).contains(char::is_alphanumeric);
                if element::field_attributes(tag).iter().any(has_words) {
                    collector.pass_over(place, UnreadReason::Hidden);
                }
                self.start(tag, place, collector);
                self.attribute(html, tag, place, collector);
            }
        }
    }

    fn start(&mut self, tag: &Tag, place: Span, collector: &mut BlockCollector) {
        let name = tag.name.as_str();
        if name == "html" {
            // A page behind another one.
            self.close(0, collector);
        }
        let is_stray = element::is_of_table(name) && !self.stack.has("table") && !self.setting().parts_text;
        if is_stray || (name == "form" && self.stack.has("form")) {
            // Outside of a table, or in another one, it is none.
            self.flush(collector);
            return;
        }
        // What stands in a drawing ends nothing around it.
        let ended = if self.stack.foreign().is_some() { &[] } else { element::ended_by(name) };
        for ends in ended {
            if let Some(at) = self.stack.implied(ends) {
                self.close(at, collector);
                if name == "select" {
                    // It is taken for an end tag.
                    return;
                }
            }
        }
        let is_block = element::is_block(name) || element::is_shown_as_block(tag);
        if is_block {
            self.flush(collector);
        }
        let before = self.setting();
        let inside = before.inside(tag);
        // Code is something of which nothing is told; what is not seen is not there.
        let is_thing = element::is_thing(name) || (inside.code && !before.code && !is_block);
        if is_thing && !before.is_silent() && !element::is_concealed(tag) {
            self.object(place, collector);
        }
        if tag.is_empty || element::is_void(name) {
            return;
        }
        let interrupts =
            !is_block && !inside.is_silent() && (name == "svg" || element::is_footnote(tag)) && self.stack.has_room();
        if interrupts {
            collector.interrupt();
        }
        let list = self.stack.list_part(tag, !inside.is_silent());
        if let ListPart::Item(label) = &list {
            self.label.clone_from(label);
        }
        let element = StackElement { name: tag.name.clone(), tag: place, is_block, interrupts, before, list };
        self.stack.push(element, inside);
        if name == "q" {
            self.put("\u{201c}", place, collector);
        }
    }

    fn end(&mut self, name: &str, place: Span, collector: &mut BlockCollector) {
        let is_deep = self.stack.is_deep();
        let Some(at) = self.stack.ended(name) else {
            // An end tag of nothing parts nothing, but that `</p>` is an empty paragraph.
            if name == "p" || (is_deep && element::is_block(name)) {
                self.flush(collector);
            }
            return;
        };
        let Some(&StackElement { tag, is_block, interrupts, .. }) = self.stack.get(at) else {
            return;
        };
        if name == "q" {
            self.put("\u{201d}", place, collector);
        }
        if !self.stack.end_around_blocks(at) {
            self.close(at, collector);
        }
        if !is_block && !interrupts && tag.end() <= place.start() {
            collector.inlines.add(Inline {
                outer: Span::new(tag.start(), place.end()),
                inner: Span::new(tag.end(), place.start()),
                is_link: name == "a",
                is_fixed: false,
            });
        }
        if name == "button" {
            self.object(place, collector);
        }
    }

    /// Ends open elements, back to `depth` of them.
    fn close(&mut self, depth: usize, collector: &mut BlockCollector) {
        while self.stack.len() > depth {
            if self.stack.get(self.stack.len() - 1).is_some_and(|element| element.is_block) {
                self.flush(collector);
            }
            let closed = self.stack.pop();
            if closed.as_ref().is_some_and(|element| matches!(element.list, ListPart::Item(_))) {
                self.label = None;
            }
            if closed.is_some_and(|element| element.interrupts) {
                self.flush(collector);
                collector.resume();
            }
        }
    }

    fn flush(&mut self, collector: &mut BlockCollector) {
        let index = collector.flush();
        if self.setting().holder == Holder::Name && self.name.is_none() {
            self.name = index;
        }
        self.broken = false;
    }

    fn comment(&mut self, html: Fragment<'_>, span: Span<HtmlSource>, collector: &mut BlockCollector) {
        let place = html.place(span);
        if self.setting().is_unseen() {
            return;
        }
        if !html.slice(span).starts_with("<!--") {
            if html.slice(span).starts_with(CDATA) {
                collector.pass_over(place, UnreadReason::Hidden);
            }
            return;
        }
        match Comment::read(html.source(), place) {
            Some(comment) => {
                let parts_text = self.parts_text(html, span);
                collector.comment(Comment { parts_text, ..comment });
            }
            None => collector.pass_over(place, comment_reason(html.slice(span))),
        }
    }

    /// Reads what begins markup that nothing closes.
    fn unclosed(&mut self, html: Fragment<'_>, span: Span<HtmlSource>, collector: &mut BlockCollector) {
        let span = Span::new(span.start(), span.start() + html.slice(span).trim_end().len());
        let place = html.place(span);
        let is_comment = html.slice(span).starts_with("<!--") && !self.setting().is_unseen();
        if let Some(comment) = Comment::read_open(html.source(), place.start()).filter(|_| is_comment) {
            let parts_text = self.parts_text(html, span);
            collector.comment(Comment { parts_text, ..comment });
        }
        if html.slice(span).contains(char::is_alphanumeric) {
            collector.pass_over(place, UnreadReason::Unclosed);
        }
    }

    fn parts_text(&self, html: Fragment<'_>, span: Span<HtmlSource>) -> bool {
        self.setting().parts_text && html.slice(Span::new(0, span.start())).trim_end().is_empty()
    }

    /// Reads text.
    fn text(&mut self, html: Fragment<'_>, span: Span<HtmlSource>, collector: &mut BlockCollector) {
        if self.setting().is_silent() {
            self.pass_over(html, span, collector);
            return;
        }
        let mut at = span.start();
        while at < span.end() {
            let rest = html.slice(Span::new(at, span.end()));
            let plain = memchr::memchr2(b'&', b'<', rest.as_bytes()).unwrap_or(rest.len());
            self.plain(html, Span::new(at, at + plain), collector);
            let mark = &rest[plain..];
            at += plain;
            at += match entity::decode(mark, ReferenceContext::Text) {
                Some((text, len)) => {
                    self.reference(&text, html.place(Span::new(at, at + len)), collector);
                    len
                }
                None if mark.starts_with(CDATA) => self.section(html, at, mark, collector),
                // The end tag of nothing.
                None if mark.starts_with("</>") => "</>".len(),
                None => {
                    let len = mark.len().min(1);
                    self.plain(html, Span::new(at, at + len), collector);
                    len
                }
            };
        }
    }

    /// Notes text that is not read, if there are letters or digits in it.
    fn pass_over(&self, html: Fragment<'_>, span: Span<HtmlSource>, collector: &mut BlockCollector) {
        let text = html.slice(span);
        if let Some(reason) = self.setting().unread()
            && text.contains(char::is_alphanumeric)
        {
            let start = span.start() + (text.len() - text.trim_start().len());
            collector.pass_over(html.place(Span::new(start, start + text.trim().len())), reason);
        }
    }

    /// Reads a section of CDATA at byte `at`; its length.
    fn section(&mut self, html: Fragment<'_>, at: usize, mark: &str, collector: &mut BlockCollector) -> usize {
        let inner = &mark[CDATA.len()..];
        let len = inner.find("]]>").unwrap_or(inner.len());
        let start = at + CDATA.len();
        let whole = (CDATA.len() + len + "]]>".len()).min(mark.len());
        self.plain(html, Span::new(start, start + len), collector);
        // Nothing can be escaped in it.
        let outer = html.place(Span::new(at, at + whole));
        collector.inlines.add(Inline { outer, inner: outer, is_link: false, is_fixed: true });
        whole
    }

    /// Adds text that stands in the HTML as it is. In `<pre>` an empty line ends a paragraph.
    fn plain(&mut self, html: Fragment<'_>, span: Span<HtmlSource>, collector: &mut BlockCollector) {
        for (text, from) in html.pieces(span) {
            if !self.setting().preserved {
                self.add(text, from, collector);
                continue;
            }
            let mut at = 0;
            for line in text.split_inclusive('\n') {
                if line.trim().is_empty() && line.ends_with('\n') && self.broken {
                    self.flush(collector);
                } else {
                    self.add(line, from + at, collector);
                }
                self.broken |= line.ends_with('\n');
                at += line.len();
            }
        }
    }

    fn add(&mut self, text: &str, from: usize, collector: &mut BlockCollector) {
        let is_space = text.trim().is_empty();
        if (is_space && !collector.is_open()) || self.setting().drops(text) {
            return;
        }
        self.broken &= is_space;
        self.block(collector).text(text, from);
    }

    /// Adds the characters of a reference.
    fn reference(&mut self, text: &str, from: Span, collector: &mut BlockCollector) {
        let is_space = text.trim().is_empty();
        if (is_space && !collector.is_open()) || self.setting().drops(text) {
            return;
        }
        self.broken &= is_space;
        self.put(text, from, collector);
    }

    /// Adds text that stands for all of `from`.
    fn put(&mut self, text: &str, from: Span, collector: &mut BlockCollector) {
        if !self.setting().is_silent() {
            self.block(collector).replacement(text, from);
        }
    }

    /// Adds the mark of something that no phrase crosses.
    fn object(&mut self, from: Span, collector: &mut BlockCollector) {
        if collector.is_open() && !self.setting().is_silent() {
            self.broken = false;
            self.block(collector).object(from);
        }
    }

    fn line_break(&mut self, from: Span, collector: &mut BlockCollector) {
        if self.setting().is_silent() || !collector.is_open() {
            return;
        }
        // Where lines are kept, a `<br>` at the end of one is often no more than that.
        let preserved = self.setting().preserved;
        if self.broken && !preserved {
            self.flush(collector);
            return;
        }
        self.block(collector).line_break(from);
        self.broken = !preserved;
    }

    /// An image without words is nothing, as it is drawn between letters too.
    fn image(&mut self, html: Fragment<'_>, tag: &Tag, place: Span, collector: &mut BlockCollector) {
        let is_shown =
            tag.value("alt").contains(|c: char| !c.is_whitespace()) && !self.setting().inside(tag).is_silent();
        if is_shown {
            self.object(place, collector);
        }
        self.attribute(html, tag, place, collector);
    }

    /// The words that an attribute shows in the place of its element are a block of their own.
    fn attribute(&mut self, html: Fragment<'_>, tag: &Tag, place: Span, collector: &mut BlockCollector) {
        let words = element::words_attribute(tag).and_then(|name| tag.attribute(name));
        let Some(words) = words.filter(|words| !words.value.trim().is_empty()) else {
            return;
        };
        let inside = self.setting().inside(tag);
        if inside.is_silent() {
            inside.unread().into_iter().for_each(|reason| collector.pass_over(place, reason));
            return;
        }
        collector.interrupt();
        let (quote, value) = value_at(html, tag, words.at);
        let holder = Holder::Attribute(quote);
        let setting = Setting { kind: BlockKind::Caption, level: 0, holder, ..inside };
        let block = collector.block(|| setting.begin());
        block.speak(setting.language);
        add_value(block, html, value);
        collector.resume();
    }

    /// The block that is being read, which begins here if none is.
    fn block<'g>(&mut self, collector: &'g mut BlockCollector) -> &'g mut BlockBuilder {
        let setting = self.setting();
        let block = collector.block(|| setting.begin().labelled(self.label.take()));
        block.speak(setting.language);
        block
    }
}

/// The reason for which a comment is not read. One in which another begins was most likely never closed.
pub(super) fn comment_reason(comment: &str) -> UnreadReason {
    let inner = comment.strip_prefix("<!--").unwrap_or(comment);
    if inner.contains("<!--") { UnreadReason::Unclosed } else { UnreadReason::Comment }
}

/// The mark that begins a section of text in which nothing is markup.
pub(super) const CDATA: &str = "<![CDATA[";

/// The value of an attribute that begins at byte `at`, and the quotation mark around it, if there is one.
fn value_at(html: Fragment<'_>, tag: &Tag, at: usize) -> (Option<char>, Span<HtmlSource>) {
    let rest = html.slice(Span::new(at.min(tag.span.end()), tag.span.end()));
    let before = html.slice(Span::new(tag.span.start(), at.max(tag.span.start())));
    let quote = before.chars().next_back().filter(|c| matches!(c, '"' | '\''));
    let len = match quote {
        Some(quote) => rest.find(quote),
        None => rest.find(|c: char| c.is_ascii_whitespace() || c == '>'),
    };
    (quote, Span::new(at, at + len.unwrap_or(rest.len())))
}

/// Adds the value of an attribute.
fn add_value(block: &mut BlockBuilder, html: Fragment<'_>, value: Span<HtmlSource>) {
    let mut at = value.start();
    while at < value.end() {
        let rest = html.slice(Span::new(at, value.end()));
        let reference = entity::decode(rest, ReferenceContext::Attribute);
        if let Some((text, len)) = reference {
            block.replacement(&text, html.place(Span::new(at, at + len)));
            at += len;
            continue;
        }
        // An ampersand that begins no reference is text.
        let len = memchr::memchr_iter(b'&', rest.as_bytes()).find(|&at| at > 0).unwrap_or(rest.len());
        for (piece, from) in html.pieces(Span::new(at, at + len)) {
            block.text(piece, from);
        }
        at += len.max(1);
    }
}
