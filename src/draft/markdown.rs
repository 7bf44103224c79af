//! The reader for Markdown: CommonMark with tables, footnotes, strikethrough and task lists, behind front matter.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::collector::BlockCollector;
use super::comment::Comment;
use super::format::{Format, FormatEntry, FormatReader as Reads};
use super::front_matter::{self, FrontMatter};
use super::html;
use super::parsed::ParsedDraft;
use super::unread::UnreadReason;
use crate::span::Span;
use crate::text::block::{BlockBuilder, BlockKind, Holder};

pub(super) const FORMAT: FormatEntry = FormatEntry {
    format: Format::Markdown,
    name: "Markdown",
    extensions: &["md", "markdown", "mdown", "mkd"],
    languages: &["markdown", "md", "gfm", "quarto", "rmd"],
    has_comments: true,
    reader: Reads::Text(|source, most| (estimate(source) <= most).then(|| read(source, most))),
};

/// The blocks of a Markdown draft, the markup inside them, and its comments that speak to comity. `source` may begin with a
/// byte-order mark. Reading ends behind the first block that is more than `most`.
pub(super) fn read(source: &str, most: usize) -> ParsedDraft {
    let front_matter = front_matter::read(source);
    let data = front_matter.as_ref().and_then(FrontMatter::span);
    let start = data.map_or(if source.starts_with('\u{feff}') { 3 } else { 0 }, Span::end);
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut reader = MarkdownReader { collector: BlockCollector::new(most), ..MarkdownReader::default() };
    data.into_iter().for_each(|data| reader.collector.pass_over(data, UnreadReason::FrontMatter));
    for (event, range) in Parser::new_ext(&source[start..], options).into_offset_iter() {
        if reader.collector.is_full() {
            break;
        }
        let range = start + range.start..start + range.end;
        reader.collector.inlines.event(&event, &range);
        reader.event(event, range, source);
    }
    ParsedDraft { front_matter, ..reader.finish() }
}

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
    /// The block of HTML that is being read, without what its lines begin with in a quotation or a list.
    html: String,
    /// The beginning of each of its lines, in it and in the source.
    html_lines: Vec<(usize, usize)>,
}

impl MarkdownReader {
    fn event(&mut self, event: Event<'_>, range: Range<usize>, source: &str) {
        match event {
            Event::Start(tag) => self.start(tag, &range),
            Event::End(TagEnd::HtmlBlock) => self.html_block(source),
            Event::End(tag) => self.end(tag),
            Event::Text(_) if self.skipping > 0 => {}
            Event::Text(text) => self.text(&text, range, source),
            Event::SoftBreak | Event::HardBreak => self.with_block(|block| block.line_break(span(&range))),
            Event::Code(_) => {
                self.object(&range);
                self.collector.pass_over(span(&range), UnreadReason::CodeSpan);
            }
            Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.object(&range);
                self.collector.pass_over(span(&range), UnreadReason::Math);
            }
            Event::InlineHtml(html) => self.inline_html(&html, &range, source),
            Event::Html(_) => {
                self.html_lines.push((self.html.len(), range.start));
                self.html.push_str(source.get(range).unwrap_or_default());
            }
            Event::Rule => self.flush(),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.flush(),
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(level as usize);
            }
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => {
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
            Tag::Image { .. } => {
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
            TagEnd::Paragraph => self.flush(),
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
            TagEnd::Image => self.collector.resume(),
            _ => {}
        }
    }

    fn enter(&mut self, container: Container) {
        self.flush();
        self.containers.push(container);
    }

    fn text(&mut self, text: &str, range: Range<usize>, source: &str) {
        let setting = self.inline.setting();
        if let Some(reason) = setting.unread() {
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
                None => self.collector.pass_over(span(range), UnreadReason::Comment),
            }
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

    fn html_block(&mut self, source: &str) {
        let (text, lines) = (std::mem::take(&mut self.html), std::mem::take(&mut self.html_lines));
        let mut reader =
            html::HtmlReader::new(html::Setting { holder: Holder::Element, parts_text: true, ..self.setting() });
        reader.read(html::Fragment::new(&text, source, &lines), &mut self.collector);
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
mod tests {
    use super::*;
    use crate::draft::{Draft, Format};

    #[test]
    fn blocks_are_counted_before_they_are_read() {
        let cases = [
            ("", 0),
            ("One.\n\nTwo.", 2),
            ("One\ngoes on.\n", 1),
            ("- a\n- b\n* c\n+ d\n# e", 5),
            ("a dash\n-is no item\na b", 1),
            // Cells, and the line below the head of a table.
            ("| a | b |\n| c | d |", 4),
            ("|a|\n|b|\n|c|", 3),
            ("a | b\n--- | ---\nc | d", 4),
        ];
        for (source, expected) in cases {
            assert_eq!(estimate(source), expected, "{source}");
        }
    }

    #[test]
    fn what_is_not_read_is_listed() {
        use UnreadReason::{Code, CodeSpan, Comment, FrontMatter, Hidden, Math};
        let source = "\u{feff}---\ntitle: x\n---\nThey `met` and <!-- TODO --> went <span hidden>by *car* today</span> on.\n\n> ```\n> \
                      code\n> ```\n\n<!-- comity: off -- here -->\n\n<div>A<p hidden>one</p>\n<p hidden>two</p> <b>B</b><!-- c \
                      --><pre><code>f(x)</code></pre><kbd>q</kbd><script>s</script><math><mi>n</mi></math></div>\n";
        let draft = Draft::new(Format::Markdown, source);
        let listed: Vec<_> = draft.unread().iter().map(|unread| (unread.reason, draft.slice(unread.span))).collect();
        let expected = [
            (FrontMatter, "---\ntitle: x\n---\n"),
            (CodeSpan, "`met`"),
            (Comment, "<!-- TODO -->"),
            (Hidden, "by *car* today"),
            (Code, "```\n> code\n> ```"),
            (Hidden, "one</p>\n<p hidden>two"),
            (Comment, "<!-- c -->"),
            (Code, "f(x)"),
            (CodeSpan, "q"),
            (Math, "n"),
        ];
        assert_eq!(listed, expected);
    }

    #[test]
    fn each_block_is_of_its_kind() {
        let source = "# Title\n\nText.[^1]\n\n- item\n\n  more\n\n> quoted\n\n| cell |\n|---|\n\n[^1]: A \
                      note.\n\nBehind.";
        let draft = Draft::new(Format::Markdown, source);
        let read: Vec<_> = draft.blocks().iter().map(|block| (block.kind(), block.text())).collect();
        let expected = [
            (BlockKind::Title, "Title"),
            (BlockKind::Paragraph, "Text."),
            (BlockKind::List, "item"),
            (BlockKind::List, "more"),
            (BlockKind::Quotation, "quoted"),
            (BlockKind::Table, "cell"),
            (BlockKind::Footnote, "A note."),
            (BlockKind::Paragraph, "Behind."),
        ];
        assert_eq!(read, expected);
    }
}
