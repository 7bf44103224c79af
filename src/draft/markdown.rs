//! The reader for Markdown: CommonMark with tables, footnotes, strikethrough and task lists, behind front matter.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::block::{BlockBuilder, BlockKind};
use super::comment::Comment;
use super::gather::Gatherer;
use super::{Parts, html};
use crate::span::Span;

/// The blocks of a Markdown draft, the markup inside them, and its comments that speak to comity. `source` may begin with a
/// byte-order mark.
pub(super) fn read(source: &str) -> Parts {
    let start = body_start(source);
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut reader = Reader::default();
    for (event, range) in Parser::new_ext(&source[start..], options).into_offset_iter() {
        let range = start + range.start..start + range.end;
        reader.gatherer.inlines.event(&event, &range);
        reader.event(event, range, source);
    }
    reader.finish()
}

/// Where the body begins: behind a byte-order mark and front matter. Front matter is a `---` (YAML) or `+++` (TOML) line at the
/// very start, lines of data, and the same line again. Two thematic breaks around prose, a heading or a list are not.
fn body_start(source: &str) -> usize {
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = source[start..].split_inclusive('\n');
    let fence = lines.next().unwrap_or_default();
    let closers: &[&str] = match fence.trim_end() {
        "---" => &["---", "..."],
        "+++" => &["+++"],
        _ => return start,
    };
    let separator = if fence.starts_with('+') { '=' } else { ':' };
    let mut at = start + fence.len();
    let mut has_key = false;
    for line in lines {
        at += line.len();
        let content = line.trim_end();
        if closers.contains(&content) {
            return if has_key { at } else { start };
        }
        let is_data = match content.split_once(separator) {
            _ if content.starts_with('#') => true,
            Some((key, value)) if is_key(key, value, separator, has_key) => {
                has_key = true;
                true
            }
            // What belongs to the value of a key: a list, a block of text, an empty line.
            _ => has_key && (content.is_empty() || line.starts_with([' ', '\t', '-', '[', ']', '{', '}', '"', '\''])),
        };
        if !is_data {
            return start;
        }
    }
    start
}

/// Whether a line of front matter may begin with `key`: a word or a quoted text, and behind another key a few words.
fn is_key(key: &str, value: &str, separator: char, has_key: bool) -> bool {
    let key = key.trim_end();
    let words = key.split(' ').count();
    let shape = key.starts_with(['"', '\'']) || words == 1 || (has_key && words <= 3);
    !key.is_empty()
        && !key.starts_with(char::is_whitespace)
        && shape
        && (separator == '=' || value.is_empty() || value.starts_with([' ', '\t']))
}

/// What surrounds the text that is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Container {
    Quote,
    Item,
    Footnote,
    Cell,
}

#[derive(Default)]
struct Reader {
    gatherer: Gatherer,
    containers: Vec<Container>,
    heading: Option<usize>,
    /// In a code block or a link whose text is its own address: nothing is text.
    skipping: usize,
    /// In `<sup>`.
    raised: bool,
    /// In an inline element whose content is not text, such as `<code>`.
    hidden: Option<String>,
    html: html::Scanner,
    /// Where the block of HTML begins that is being read.
    html_start: Option<usize>,
    html_kind: Option<BlockKind>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>, range: Range<usize>, source: &str) {
        match event {
            Event::Start(tag) => self.start(tag, &range),
            Event::End(tag) => {
                // It hides what is behind it.
                if let Some(start) = self.html.open_comment() {
                    Comment::read_open(source, start).into_iter().for_each(|comment| self.gatherer.comment(comment));
                }
                self.end(tag);
            }
            Event::Text(_) if self.skipping > 0 || self.hidden.is_some() => {}
            Event::Text(text) => self.text(&text, range, source),
            Event::SoftBreak | Event::HardBreak => self.with_block(|block| block.line_break(span(&range))),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.object(&range),
            Event::InlineHtml(html) => self.inline_html(&html, &range, source),
            Event::Html(html) => self.html_block(&html, &range, source),
            Event::Rule => self.flush(),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => self.flush(),
            Tag::HtmlBlock => {
                self.flush();
                self.html_start = Some(range.start);
            }
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(level as usize);
            }
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => {
                self.flush();
                self.skipping += 1;
            }
            Tag::BlockQuote(_) => self.enter(Container::Quote),
            Tag::Item => self.enter(Container::Item),
            Tag::FootnoteDefinition(_) => self.enter(Container::Footnote),
            Tag::TableCell => self.enter(Container::Cell),
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => {
                self.object(range);
                self.skipping += 1;
            }
            Tag::Image { .. } => {
                self.object(range);
                self.gatherer.interrupt();
                let quoted = self.is_quoted();
                self.gatherer.block(|| BlockBuilder::new(BlockKind::Caption, quoted));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.flush(),
            TagEnd::HtmlBlock => {
                self.flush();
                self.html = html::Scanner::default();
                self.html_start = None;
                self.html_kind = None;
                self.heading = None;
            }
            TagEnd::Heading(_) => {
                self.flush();
                self.heading = None;
            }
            TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => self.skipping -= 1,
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition | TagEnd::TableCell => {
                self.flush();
                self.containers.pop();
            }
            TagEnd::Link if self.skipping > 0 => self.skipping -= 1,
            TagEnd::Image => self.gatherer.resume(),
            _ => {}
        }
    }

    fn enter(&mut self, container: Container) {
        self.flush();
        self.containers.push(container);
    }

    fn text(&mut self, text: &str, range: Range<usize>, source: &str) {
        // Digits and signs in `<sup>` are a footnote mark, and so is a letter; the "th" of an ordinal is text.
        if self.raised && (!text.contains(char::is_alphabetic) || text.chars().count() == 1) {
            return;
        }
        self.with_block(|block| add(block, text, &range, source));
    }

    fn object(&mut self, range: &Range<usize>) {
        self.with_block(|block| block.object(span(range)));
    }

    fn inline_html(&mut self, html: &str, range: &Range<usize>, source: &str) {
        if html.starts_with("<!--") {
            if self.hidden.is_none() {
                self.comment(span(range), source);
            }
            return;
        }
        let Some(tag) = html::Tag::parse(html) else {
            return;
        };
        self.gatherer.inlines.tag(&tag, span(range));
        match (tag.name.as_str(), tag.end) {
            ("br", _) => self.with_block(|block| block.line_break(span(range))),
            ("sup", end) => self.raised = !end,
            (name, true) if self.hidden.as_deref() == Some(name) => self.hidden = None,
            (name, false) if html::HIDDEN.contains(&name) && !html.ends_with("/>") => {
                self.hidden = Some(name.to_owned());
                self.object(range);
            }
            _ if tag.is_block() => _ = self.gatherer.flush(),
            _ => {}
        }
    }

    fn html_block(&mut self, html: &str, range: &Range<usize>, source: &str) {
        // What the parser hands over is a copy of the source but where it had to expand a tab.
        if source.get(range.clone()) != Some(html) {
            self.with_block(|block| block.replacement(html, span(range)));
            return;
        }
        let mut scanner = std::mem::take(&mut self.html);
        scanner.read(html, range.start, &mut |piece| match piece {
            html::Piece::Text(text, from) => {
                if self.gatherer.is_open() || !text.trim().is_empty() {
                    self.with_block(|block| block.text(text, from));
                }
            }
            html::Piece::Entity(text, from) => self.with_block(|block| block.replacement(&text, from)),
            html::Piece::Tag(tag, from) if !tag.is_block() && tag.name != "br" => self.gatherer.inlines.tag(&tag, from),
            html::Piece::Tag(tag, _) if tag.is_block() => {
                self.flush();
                self.html_kind = if tag.end { None } else { html_kind(&tag.name) };
                self.heading = heading_level(&tag.name).filter(|_| !tag.end);
            }
            html::Piece::Tag(tag, from) if tag.name == "br" => self.with_block(|block| block.line_break(from)),
            html::Piece::Tag(..) => {}
            html::Piece::Comment(at) => self.comment(at, source),
        });
        self.html = scanner;
    }

    fn comment(&mut self, at: Span, source: &str) {
        let Some(mut comment) = Comment::read(source, at) else {
            return;
        };
        let before = self.html_start.and_then(|start| source.get(start..at.start()));
        comment.parts_text = before.is_some_and(|before| before.trim_end().is_empty());
        self.gatherer.comment(comment);
    }

    /// Runs `add` on the block that is being read, which begins here if none is.
    fn with_block(&mut self, add: impl FnOnce(&mut BlockBuilder)) {
        let (kind, quoted, heading) = (self.kind(), self.is_quoted(), self.heading);
        add(self.gatherer.block(|| match heading {
            Some(level) => BlockBuilder::heading(level, quoted),
            None => BlockBuilder::new(kind, quoted),
        }));
    }

    fn is_quoted(&self) -> bool {
        self.containers.contains(&Container::Quote) || self.html_kind == Some(BlockKind::Quotation)
    }

    fn kind(&self) -> BlockKind {
        if let Some(kind) = self.html_kind {
            return kind;
        }
        match self.containers.last() {
            None => BlockKind::Paragraph,
            Some(Container::Quote) => BlockKind::Quotation,
            Some(Container::Item) => BlockKind::List,
            Some(Container::Footnote) => BlockKind::Footnote,
            Some(Container::Cell) => BlockKind::Table,
        }
    }

    fn flush(&mut self) {
        self.raised = false;
        self.hidden = None;
        self.gatherer.flush();
    }

    fn finish(mut self) -> Parts {
        self.flush();
        self.gatherer.find_title();
        self.gatherer.finish()
    }
}

fn html_kind(name: &str) -> Option<BlockKind> {
    match name {
        "li" | "dt" | "dd" => Some(BlockKind::List),
        "td" | "th" => Some(BlockKind::Table),
        "blockquote" => Some(BlockKind::Quotation),
        "caption" | "figcaption" => Some(BlockKind::Caption),
        _ => None,
    }
}

/// The level of `h1` to `h6`.
fn heading_level(name: &str) -> Option<usize> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

fn span(range: &Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

/// Adds text that the parser hands over for `range`: a copy of the source, or the characters of an entity.
fn add(block: &mut BlockBuilder, text: &str, range: &Range<usize>, source: &str) {
    if source.get(range.clone()) == Some(text) {
        block.text(text, range.start);
    } else {
        block.replacement(text, span(range));
    }
}
