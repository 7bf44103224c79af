//! The reader for Markdown: CommonMark with tables, footnotes, strikethrough and task lists, behind front matter.
//!
//! In three things it goes beyond the standard: text that is set in by four spaces is text, syntax that programs replace or take out is
//! none, and HTML that nothing closes ends at an empty line.

mod extension;
mod marks;
mod modules;
mod prose;
mod syntax;
mod table;
mod unclosed;

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::collector::BlockCollector;
use super::comment::Comment;
use super::format::{Format, FormatEntry, FormatReader as Reads};
use super::front_matter::{self, FrontMatter};
use super::html;
use super::inline::Inline;
use super::parsed::ParsedDraft;
use super::unread::UnreadReason;
use crate::span::Span;
use crate::text::block::{BlockBuilder, BlockKind, Holder};
use extension::Surroundings;
use syntax::{Syntax, SyntaxKind};
use table::InnerTable;
use unclosed::Masks;

pub(super) const FORMAT: FormatEntry = FormatEntry {
    format: Format::Markdown,
    name: "Markdown",
    extensions: &["md", "markdown", "mdown", "mkd", "mdx", "qmd", "rmd"],
    languages: &["markdown", "md", "gfm", "mdx", "quarto", "rmd"],
    is_content: |_| false,
    has_comments: true,
    reader: Reads::Text(|source, most| (estimate(source) <= most).then(|| read(source, most))),
};

/// The blocks of a Markdown draft, the markup inside them, and its comments that speak to comity. `source` may begin with a
/// byte-order mark. Reading ends behind the first block that is more than `most`.
pub(super) fn read(source: &str, most: usize) -> ParsedDraft {
    let front_matter = front_matter::read(source);
    let data = front_matter.as_ref().and_then(FrontMatter::span);
    let start = data.map_or(if source.starts_with('\u{feff}') { 3 } else { 0 }, Span::end);
    let mut masks = Masks::default();
    loop {
        let mut reader = MarkdownReader { resumes: masks.has_room(), ..MarkdownReader::new(most) };
        front_matter.iter().for_each(|front_matter| reader.front_matter(front_matter, source));
        reader.read(source, &masks.apply(source), start, masks.spans());
        match reader.unclosed.take() {
            Some(lines) => masks.add(source, lines),
            None => return ParsedDraft { front_matter, ..reader.finish() },
        }
    }
}

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// The deepest nesting of text that is set in: what is set in deeper is passed over.
const MAX_DEPTH: usize = 3;

/// About how many blocks a source holds: the cells of its tables, its items and what stands between empty lines. It is counted before
/// a parser makes a tree of them, which takes fifty times the bytes of a table of one letter a cell.
pub(super) fn estimate(source: &str) -> usize {
    let mut count = 0;
    let mut is_parted = true;
    for line in source.lines() {
        let content = line.trim_start();
        if content.is_empty() {
            is_parted = true;
            continue;
        }
        let is_item = content.as_bytes().get(1) == Some(&b' ') && content.starts_with(['-', '*', '+', '#']);
        // Bars part cells, and stand at the edges of a row or not.
        let inner = content.trim_end().trim_matches('|');
        let cells = memchr::memchr_iter(b'|', inner.as_bytes()).count();
        count += usize::from(is_parted || is_item || inner.len() < content.trim_end().len()) + cells;
        is_parted = false;
    }
    count
}

/// A container of the text that is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Container {
    Quote,
    Item,
    Footnote,
    Cell,
}

#[derive(Default)]
struct MarkdownReader {
    collector: BlockCollector,
    containers: Vec<Container>,
    heading: Option<usize>,
    /// The depth of code blocks and of links whose text is their own address: nothing there is text.
    skipping: usize,
    /// The inline HTML of the block that is being read.
    inline: html::HtmlReader,
    /// The block of HTML, or of text that is set in, that is being read, without what its lines begin with in a quotation or a list.
    inset: String,
    /// The beginning of each of its pieces, in it and in the source.
    inset_pieces: Vec<(usize, usize)>,
    /// True if the block of code that is being read is set in, so that it may be text.
    is_inset: bool,
    /// The bytes of the paragraph, the heading, the cell or the item that is being read.
    leaf: Range<usize>,
    /// The table in that paragraph which the parser does not know, by bytes of the source.
    table: Option<InnerTable>,
    /// True in that table.
    in_table: bool,
    /// The number of links that are open.
    links: usize,
    /// The end of what was passed over last, in bytes of the source.
    passed: usize,
    /// The ends of pieces of syntax around words that are read, by bytes of the source, in order.
    closers: VecDeque<Range<usize>>,
    /// True if the draft is read once more from HTML on that nothing closes.
    resumes: bool,
    /// That HTML, behind which nothing is read.
    unclosed: Option<unclosed::Lines>,
    /// The number of blocks of text that is set in around this one.
    depth: usize,
}

impl MarkdownReader {
    fn new(most: usize) -> MarkdownReader {
        MarkdownReader { collector: BlockCollector::new(most), ..MarkdownReader::default() }
    }

    /// Reads the values of front matter that are words, and passes over all else of it.
    fn front_matter(&mut self, front_matter: &FrontMatter, source: &str) {
        let Some(data) = front_matter.span() else {
            return;
        };
        let mut done = data.start();
        for lines in front_matter.texts() {
            let (first, last) = (lines[0], lines[lines.len() - 1]);
            self.collector.pass_over(Span::new(done, first.start()), UnreadReason::FrontMatter);
            let block = self.collector.block(|| BlockBuilder::new(BlockKind::Caption, false).held_by(Holder::Verbatim));
            let mut ended = None;
            for line in lines {
                ended.into_iter().for_each(|end| block.line_break(Span::new(end, line.start())));
                block.text(&source[line.range()], line.start());
                ended = Some(line.end());
            }
            self.collector.flush();
            // What has to be quoted or escaped there is not known here.
            let whole = Span::new(first.start(), last.end());
            self.collector.inlines.add(Inline { outer: whole, inner: whole, is_link: false, is_fixed: true });
            done = last.end();
        }
        self.collector.pass_over(Span::new(done, data.end()), UnreadReason::FrontMatter);
    }

    /// Reads a source from a byte on, as it is seen by the parser: with letters in the place of HTML that nothing closes, which stands at
    /// these places.
    fn read(&mut self, source: &str, seen: &str, start: usize, unclosed: &[Span]) {
        let mut unclosed = unclosed.iter().peekable();
        for (event, range) in Parser::new_ext(&seen[start..], OPTIONS).into_offset_iter() {
            if self.collector.is_full() || self.unclosed.is_some() {
                break;
            }
            let range = start + range.start..start + range.end;
            self.collector.inlines.event(&event, &range);
            let event = match event {
                Event::Text(text) if seen.get(range.clone()) == Some(&*text) => {
                    if let Some(html) = unclosed.next_if(|html| html.start() <= range.start) {
                        self.unclosed_html(source, *html);
                    }
                    Event::Text(CowStr::Borrowed(&source[range.clone()]))
                }
                event => event,
            };
            self.event(event, range, source);
        }
    }

    /// Passes over HTML that nothing closes.
    fn unclosed_html(&mut self, source: &str, html: Span) {
        let is_comment = source[html.range()].starts_with("<!--");
        if let Some(comment) = Comment::read_open(source, html.start()).filter(|_| is_comment) {
            self.collector.comment(Comment { parts_text: true, ..comment });
        }
        self.collector.pass_over(html, UnreadReason::Unclosed);
        self.passed = html.end();
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>, source: &str) {
        match event {
            Event::Start(tag) => self.start(tag, &range, source),
            Event::End(TagEnd::HtmlBlock) => self.html_block(source),
            Event::End(TagEnd::CodeBlock) => self.code_block(source),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.is_inset => self.inset(&text, &range, source),
            Event::Text(_) if self.skipping > 0 => {}
            // It stands in a piece of syntax that was passed over.
            _ if range.start < self.passed && range.end <= self.passed => {}
            Event::Text(text) => self.text(&text, range, source),
            Event::SoftBreak | Event::HardBreak => {
                self.in_table |= self.table.as_ref().is_some_and(|table| range.end >= table.start);
                if self.in_table {
                    self.flush();
                } else {
                    self.with_block(|block| block.line_break(span(&range)));
                }
            }
            Event::Code(_) => {
                self.object(&range);
                self.collector.pass_over(span(&range), UnreadReason::CodeSpan);
            }
            Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.object(&range);
                self.collector.pass_over(span(&range), UnreadReason::Math);
            }
            Event::InlineHtml(html) => self.inline_html(&html, &range, source),
            Event::Html(_) => self.inset(source.get(range.clone()).unwrap_or_default(), &range, source),
            Event::Rule => self.flush(),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>, source: &str) {
        if matches!(tag, Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableCell) {
            self.leaf = range.clone();
        }
        match tag {
            Tag::Paragraph => self.paragraph(range, source),
            Tag::HtmlBlock => self.flush(),
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(level as usize);
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                self.flush();
                self.is_inset = true;
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) | Tag::MetadataBlock(_) => {
                self.flush();
                self.collector.pass_over(span(range), UnreadReason::Code);
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
            Tag::Link { .. } => self.links += 1,
            Tag::Image { .. } => {
                self.links += 1;
                self.object(range);
                self.collector.interrupt();
                let quoted = self.is_quoted();
                self.collector.block(|| BlockBuilder::new(BlockKind::Caption, quoted));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.flush();
                (self.table, self.in_table) = (None, false);
            }
            TagEnd::Heading(_) => {
                self.flush();
                self.heading = None;
            }
            TagEnd::MetadataBlock(_) => self.skipping -= 1,
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition | TagEnd::TableCell => {
                self.flush();
                self.containers.pop();
            }
            TagEnd::Link if self.skipping > 0 => self.skipping -= 1,
            TagEnd::Link => self.links = self.links.saturating_sub(1),
            TagEnd::Image => {
                self.links = self.links.saturating_sub(1);
                self.collector.resume();
            }
            _ => {}
        }
    }

    fn enter(&mut self, container: Container) {
        self.flush();
        self.containers.push(container);
    }

    /// Begins a paragraph, which may be code of MDX, or hold a table.
    fn paragraph(&mut self, range: &Range<usize>, source: &str) {
        self.flush();
        let paragraph = source.get(range.clone()).unwrap_or_default();
        if self.containers.is_empty() && modules::is_module_code(paragraph) {
            self.passed = range.end;
            let len = paragraph.trim_end().len();
            self.collector.pass_over(Span::new(range.start, range.start + len), UnreadReason::Extension);
        }
        self.table = table::table_in(paragraph).map(|InnerTable { start, delimiter }| InnerTable {
            start: range.start + start,
            delimiter: range.start + delimiter.start..range.start + delimiter.end,
        });
    }

    /// Reads text that the parser hands over for `range`. Syntax beyond CommonMark in it is passed over.
    fn text(&mut self, text: &str, range: Range<usize>, source: &str) {
        if self.table.as_ref().is_some_and(|table| table.delimiter.contains(&range.start)) {
            return;
        }
        if source.get(range.clone()) != Some(text) {
            self.words(text, range, source);
            return;
        }
        let mut at = range.start.max(self.passed);
        let Range { start, end } = self.leaf;
        let around = Surroundings { source, start, end, is_heading: self.heading.is_some() };
        if matches!(text, "[" | "]") && around.is_bracket_of_span(at) {
            self.hold(&range);
            return;
        }
        while at < range.end {
            while self.closers.front().is_some_and(|closer| closer.end <= at) {
                self.closers.pop_front();
            }
            let closer = self.closers.front().filter(|closer| closer.start < range.end).cloned();
            let end = closer.as_ref().map_or(range.end, |closer| closer.start.max(at));
            let Some(found) = around.find(at..end) else {
                self.row(source, at..end);
                at = end;
                if let Some(closer) = closer {
                    let behind = closer.end.min(range.end);
                    self.hold(&(at..behind));
                    at = behind;
                }
                continue;
            };
            if found.kind == SyntaxKind::Citation && self.links > 0 {
                let behind = found.bytes.end.min(range.end);
                self.row(source, at..behind);
                at = behind;
                continue;
            }
            self.row(source, at..found.bytes.start.max(at));
            at = found.bytes.end.min(range.end);
            self.syntax(found);
        }
    }

    /// Passes over a piece of syntax. Attributes and marks stand between words that belong together, all else is something between them.
    fn syntax(&mut self, syntax: Syntax) {
        let Syntax { bytes, kind, closer } = syntax;
        let reason = match kind {
            SyntaxKind::Mark => None,
            SyntaxKind::Math => Some(UnreadReason::Math),
            SyntaxKind::Deletion => Some(UnreadReason::Deleted),
            SyntaxKind::Comment => Some(UnreadReason::Comment),
            SyntaxKind::Attributes | SyntaxKind::Shortcode | SyntaxKind::Citation => Some(UnreadReason::Extension),
        };
        match kind {
            SyntaxKind::Math | SyntaxKind::Shortcode | SyntaxKind::Citation => self.object(&bytes),
            _ => self.hold(&bytes),
        }
        reason.into_iter().for_each(|reason| self.collector.pass_over(span(&bytes), reason));
        if let Some(closer) = closer {
            let at = self.closers.partition_point(|other| other.start < closer.start);
            self.closers.insert(at, closer);
        }
        self.passed = bytes.end;
    }

    /// Notes syntax between words that belong together: whoever writes other words over it must not tear it apart.
    fn hold(&mut self, range: &Range<usize>) {
        self.collector.inlines.add(Inline { outer: span(range), inner: span(range), is_link: false, is_fixed: true });
    }

    /// Reads text of a paragraph, whose bars part cells where a table has begun.
    fn row(&mut self, source: &str, range: Range<usize>) {
        let mut at = range.start;
        if self.in_table {
            let is_escaped = source[..at].ends_with('\\');
            for bar in table::bars(&source[range.clone()]).filter(|&bar| bar > 0 || !is_escaped) {
                self.words(&source[at..range.start + bar], at..range.start + bar, source);
                self.flush();
                at = range.start + bar + 1;
            }
        }
        self.words(&source[at..range.end], at..range.end, source);
    }

    fn words(&mut self, text: &str, range: Range<usize>, source: &str) {
        if text.is_empty() {
            return;
        }
        let setting = self.inline.setting();
        // A script that begins between words hides what follows in its paragraph, be it closed or not.
        let reason = setting.unread().or(setting.machine.then_some(UnreadReason::Hidden));
        if let Some(reason) = reason {
            self.collector.pass_over(span(&range), reason);
        }
        if !setting.is_silent() && !setting.drops(text) {
            self.with_block(|block| add(block, text, &range, source));
        }
    }

    fn object(&mut self, range: &Range<usize>) {
        if !self.inline.setting().is_silent() {
            self.with_block(|block| block.object(span(range)));
        }
    }

    fn inline_html(&mut self, html: &str, range: &Range<usize>, source: &str) {
        if html.starts_with("<!--") {
            let comment = Comment::read(source, span(range)).filter(|_| !self.inline.setting().is_silent());
            match comment {
                Some(comment) => self.collector.comment(comment),
                None => self.collector.pass_over(span(range), html::comment_reason(html)),
            }
            return;
        }
        if html.starts_with(html::CDATA) {
            // To a browser it is a comment, which ends where a tag would.
            let len = html.find('>').map_or(html.len(), |at| at + 1);
            self.collector.pass_over(Span::new(range.start, range.start + len), UnreadReason::Hidden);
            self.words(&html[len..], range.start + len..range.end, source);
            return;
        }
        let Some(tag) = html::tag(html) else {
            return;
        };
        if self.inline.is_outside() {
            self.inline = html::HtmlReader::new(self.setting());
        }
        // What the parser hands over is a copy of the source but where a line of it begins with the mark of a quotation.
        let text = if source.get(range.clone()) == Some(html) { html } else { "" };
        let lines = [(0, range.start)];
        self.inline.tag(html::Fragment::new(text, source, &lines), &tag, span(range), &mut self.collector);
    }

    /// Takes a piece of a block of HTML, or of one that is set in. The parser leaves out the first half of a line end of two characters.
    fn inset(&mut self, text: &str, range: &Range<usize>, source: &str) {
        let is_half = text.starts_with('\n') && source[..range.start].ends_with('\r');
        self.inset_pieces.push((self.inset.len(), range.start - usize::from(is_half)));
        self.inset.push_str(if is_half { "\r" } else { "" });
        self.inset.push_str(text);
    }

    /// Ends a block of code. One that is set in is read where it is text: each of its paragraphs by itself.
    fn code_block(&mut self, source: &str) {
        if !std::mem::take(&mut self.is_inset) {
            self.skipping -= 1;
            return;
        }
        let (text, pieces) = (std::mem::take(&mut self.inset), std::mem::take(&mut self.inset_pieces));
        let code = html::Fragment::new(&text, source, &pieces);
        let is_prose = prose::is_mostly_prose(&text);
        let mut at = 0;
        while at < text.len() && !self.collector.is_full() {
            let lines = text[at..].split_inclusive('\n');
            let len: usize = lines.take_while(|line| !line.trim().is_empty()).map(str::len).sum();
            if len == 0 {
                at += text[at..].find('\n').map_or(text.len() - at, |end| end + 1);
                continue;
            }
            let paragraph = &text[at..at + len];
            let is_text = prose::is_prose(paragraph) || (is_prose && !prose::has_statement(paragraph));
            if is_text && self.depth < MAX_DEPTH {
                self.prose(code, at..at + len);
            } else {
                let place = code.place(Span::new(at, at + paragraph.trim_end().len()));
                self.collector.pass_over(place, UnreadReason::Code);
            }
            at += len;
        }
    }

    /// Reads a paragraph of text that is set in, as if it were not.
    fn prose(&mut self, code: html::Fragment<'_>, range: Range<usize>) {
        let mut text = String::new();
        let mut pieces = Vec::new();
        let mut at = range.start;
        for line in code.text()[range].split_inclusive('\n') {
            let content = line.trim_start();
            for (piece, from) in code.pieces(Span::new(at + (line.len() - content.len()), at + line.len())) {
                pieces.push((text.len(), from));
                text.push_str(piece);
            }
            at += line.len();
        }
        let mut reader = MarkdownReader {
            containers: self.containers.clone(),
            depth: self.depth + 1,
            ..MarkdownReader::new(self.collector.most())
        };
        reader.read(&text, &text, 0, &[]);
        reader.flush();
        let paragraph = html::Fragment::new(&text, code.source(), &pieces);
        self.collector.absorb(reader.collector, &|span| {
            let span = Span::new(span.start(), span.end());
            let mut places: Vec<Span> =
                paragraph.pieces(span).map(|(piece, from)| Span::new(from, from + piece.len())).collect();
            if places.is_empty() {
                places.push(paragraph.place(span));
            }
            places
        });
    }

    fn html_block(&mut self, source: &str) {
        let (text, lines) = (std::mem::take(&mut self.inset), std::mem::take(&mut self.inset_pieces));
        let html = html::Fragment::new(&text, source, &lines);
        if self.resumes {
            self.unclosed = unclosed::first_lines(html);
        }
        if self.unclosed.is_some() {
            return;
        }
        let mut reader =
            html::HtmlReader::new(html::Setting { holder: Holder::Element, parts_text: true, ..self.setting() });
        reader.read(html, &mut self.collector);
    }

    /// The setting of HTML that begins here.
    fn setting(&self) -> html::Setting {
        let (kind, level) = self.heading.map_or((self.kind(), 0), |level| (BlockKind::Heading, level));
        let (quoted, holder) = (self.is_quoted(), Holder::Draft);
        html::Setting { kind, level, quoted, holder, ..html::Setting::default() }
    }

    /// Runs `add` on the block that is being read, which begins here if none is.
    fn with_block(&mut self, add: impl FnOnce(&mut BlockBuilder)) {
        let setting = self.setting();
        let block = self.collector.block(|| setting.begin());
        block.speak(self.inline.setting().language);
        self.inline.go_on();
        add(block);
    }

    fn is_quoted(&self) -> bool {
        self.containers.contains(&Container::Quote)
    }

    fn kind(&self) -> BlockKind {
        match self.containers.last() {
            _ if self.in_table => BlockKind::Table,
            None => BlockKind::Paragraph,
            Some(Container::Quote) => BlockKind::Quotation,
            Some(Container::Item) => BlockKind::List,
            Some(Container::Footnote) => BlockKind::Footnote,
            Some(Container::Cell) => BlockKind::Table,
        }
    }

    fn flush(&mut self) {
        self.inline.finish(&mut self.collector);
    }

    fn finish(mut self) -> ParsedDraft {
        self.flush();
        self.collector.find_title();
        self.collector.finish()
    }
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

#[cfg(test)]
mod tests;
