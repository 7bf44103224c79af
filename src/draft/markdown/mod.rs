//! The reader for Markdown: CommonMark with tables, footnotes, strikethrough and task lists, behind front matter.
//!
//! In two things it goes beyond the standard: text that is set in by four spaces is text, and syntax that programs replace or take out is
//! none.

mod extension;
mod prose;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::collector::BlockCollector;
use super::comment::Comment;
use super::format::{Format, FormatEntry, FormatReader as Reads};
use super::front_matter::{self, FrontMatter};
use super::html;
use super::inline::Inline;
use super::parsed::ParsedDraft;
use super::text::list_marker;
use super::unread::UnreadReason;
use crate::span::Span;
use crate::text::block::{BlockBuilder, BlockKind, Holder};
use extension::{InnerTable, Surroundings, SyntaxKind};

pub(super) const FORMAT: FormatEntry = FormatEntry {
    format: Format::Markdown,
    name: "Markdown",
    extensions: &["md", "markdown", "mdown", "mkd"],
    languages: &["markdown", "md", "gfm", "quarto", "rmd"],
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
}

impl MarkdownReader {
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
        if self.containers.is_empty() && extension::is_module_code(paragraph) {
            self.passed = range.end;
            let len = paragraph.trim_end().len();
            self.collector.pass_over(Span::new(range.start, range.start + len), UnreadReason::Extension);
        }
        self.table = extension::table_in(paragraph).map(|InnerTable { start, delimiter }| InnerTable {
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
        while let Some(found) = around.find(at..range.end) {
            if found.kind == SyntaxKind::Citation && self.links > 0 {
                let behind = found.bytes.end.min(range.end);
                self.row(source, at..behind);
                at = behind;
                continue;
            }
            self.row(source, at..found.bytes.start.max(at));
            self.syntax(found.kind, &found.bytes);
            at = found.bytes.end.min(range.end);
        }
        self.row(source, at..range.end);
    }

    /// Passes over a piece of syntax. Attributes stand between words that belong together, all else is something between them.
    fn syntax(&mut self, kind: SyntaxKind, range: &Range<usize>) {
        let reason = match kind {
            SyntaxKind::Math => UnreadReason::Math,
            SyntaxKind::Attributes | SyntaxKind::Shortcode | SyntaxKind::Citation => UnreadReason::Extension,
        };
        if kind == SyntaxKind::Attributes {
            self.hold(range);
        } else {
            self.object(range);
        }
        self.collector.pass_over(span(range), reason);
        self.passed = range.end;
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
            for bar in extension::bars(&source[range.clone()]).filter(|&bar| bar > 0 || !is_escaped) {
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
        let mut at = 0;
        while at < text.len() && !self.collector.is_full() {
            let lines = text[at..].split_inclusive('\n');
            let len: usize = lines.take_while(|line| !line.trim().is_empty()).map(str::len).sum();
            if len == 0 {
                at += text[at..].find('\n').map_or(text.len() - at, |end| end + 1);
                continue;
            }
            let paragraph = &text[at..at + len];
            if prose::is_prose(paragraph) {
                self.prose(code, at..at + len);
            } else {
                let place = code.place(Span::new(at, at + paragraph.trim_end().len()));
                self.collector.pass_over(place, UnreadReason::Code);
            }
            at += len;
        }
    }

    /// Reads a paragraph of text that is set in, as plain text: each item of a list is a block.
    fn prose(&mut self, code: html::Fragment<'_>, range: Range<usize>) {
        let setting = html::Setting { holder: Holder::Verbatim, ..self.setting() };
        let mut at = range.start;
        let mut ended = None;
        for line in code.text()[range].split_inclusive('\n') {
            let content = line.trim();
            let start = at + (line.len() - line.trim_start().len());
            let marker = list_marker(content);
            if marker > 0 {
                self.flush();
            }
            let kind = if marker > 0 { BlockKind::List } else { setting.kind };
            let place = code.place(Span::new(start, start + content.len()));
            let is_open = self.collector.is_open();
            let block = self.collector.block(|| html::Setting { kind, ..setting }.begin());
            if let Some(end) = ended.filter(|_| is_open) {
                block.line_break(Span::new(end, place.start()));
            }
            for (text, from) in code.pieces(Span::new(start + marker, start + content.len())) {
                block.text(text, from);
            }
            ended = Some(place.end());
            at += line.len();
        }
        self.flush();
    }

    fn html_block(&mut self, source: &str) {
        let (text, lines) = (std::mem::take(&mut self.inset), std::mem::take(&mut self.inset_pieces));
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

    /// The blocks of a draft, and what of it is not read.
    fn read(source: &str) -> (Vec<String>, Vec<String>) {
        let draft = Draft::new(Format::Markdown, source);
        let blocks = draft.blocks().iter().map(|block| format!("{}: {}", block.kind().name(), block.text()));
        let unread = draft.unread().iter().map(|unread| draft.slice(unread.span).to_owned());
        (blocks.collect(), unread.collect())
    }

    #[track_caller]
    fn check(cases: &[(&str, &[&str], &[&str])]) {
        for (source, blocks, unread) in cases {
            let (read, passed) = read(source);
            assert_eq!(
                (read, passed),
                (blocks.iter().map(|s| (*s).to_owned()).collect(), unread.iter().map(|s| (*s).to_owned()).collect()),
                "{source:?}"
            );
        }
    }

    #[test]
    fn text_that_is_set_in_is_text_and_code_is_not() {
        check(&[
            ("    The junior partner\n    shall act.\n", &["paragraph: The junior partner shall act."], &[]),
            (
                "\tThe junior partner\r\n\tshall act.\r\n\r\n\tThey met.",
                &["paragraph: The junior partner shall act.", "paragraph: They met."],
                &[],
            ),
            ("- a\n\n      The junior\n      partner\n", &["list: a", "list: The junior partner"], &[]),
            ("-\ta\n\n\t\tThe junior\n\t\tpartner\n", &["list: a", "list: The junior partner"], &[]),
            ("> a\n>\n>     The junior\n>     partner\n", &["quotation: a", "quotation: The junior partner"], &[]),
            (
                "    They will:\n    - meet;\n      and talk;\n    2. act.\n",
                &["paragraph: They will:", "list: meet; and talk;", "list: act."],
                &[],
            ),
            (
                "    They met.\n\n    let x = 1;\n\n    They went on.\n",
                &["paragraph: They met.", "paragraph: They went on."],
                &["let x = 1;"],
            ),
            ("```\nThey met.\n```\n", &[], &["```\nThey met.\n```"]),
            ("a\n\n    **b** &amp; [c](d)\n", &["paragraph: a", "paragraph: **b** &amp; [c](d)"], &[]),
        ]);
        let source = "> a\n>\n>     of China\r\n>     containment\n";
        let draft = Draft::new(Format::Markdown, source);
        let block = &draft.blocks()[1];
        let at = block.text().find("China").unwrap();
        assert_eq!(draft.slice(block.source(Span::new(at, block.text().len()))), "China\r\n>     containment");
        assert_eq!(draft.slice(block.source(Span::new(at + 5, at + 6))), "\r\n>     ");
    }

    #[test]
    fn syntax_that_programs_take_out_is_no_text() {
        const THING: &str = "\u{fffc}";
        let thing = |text: &str| text.replace('@', THING);
        let cases: &[(&str, &str, &[&str])] = &[
            ("# Burden sharing {#burden-sharing}\n", "title: Burden sharing", &["{#burden-sharing}"]),
            ("Burden sharing {#a .b}\n===\n", "title: Burden sharing", &["{#a .b}"]),
            ("# The {draft} text\n", "title: The {draft} text", &[]),
            (
                "the [words [a]]{.x} and **bold**{lang=fr} on",
                "paragraph: the words [a] and bold on",
                &["{.x}", "{lang=fr}"],
            ),
            ("so $x_1 * y$ and $z*w$ on", "paragraph: so @ and @ on", &["$x_1 * y$", "$z*w$"]),
            ("from $350 billion to $10", "paragraph: from $350 billion to $10", &[]),
            ("a {{< b c=\"d *e* f\" >}} g", "paragraph: a @ g", &["{{< b c=\"d *e* f\" >}}"]),
            ("a {{<b c>}} d {% e <f> %} g", "paragraph: a @ d @ g", &["{{<b c>}}", "{% e <f> %}"]),
            ("a [see @key, p. 3] b [@c](d) e", "paragraph: a [see @, p. 3] b %c e", &["@key"]),
            ("> a $x\n> y$ b", "quotation: a $x y$ b", &[]),
            (
                "import a from 'b'\nexport const c = {\n  d: 1,\n}\n\nThey met.",
                "paragraph: They met.",
                &["import a from 'b'\nexport const c = {\n  d: 1,\n}"],
            ),
            ("a <![CDATA[b]]> c", "paragraph: a c", &["<![CDATA[b]]>"]),
            ("<![CDATA[\nb\n\nc]]>\nd", "paragraph: d", &["<![CDATA[\nb\n\nc]]>"]),
        ];
        for (source, expected, unread) in cases {
            let (read, passed) = read(source);
            assert_eq!(read, [thing(expected).replace('%', "@")], "{source}");
            assert_eq!(passed, *unread, "{source}");
        }
    }

    #[test]
    fn a_table_in_a_paragraph_has_cells() {
        check(&[(
            "They met.\n*a* | `b` c\n--- | ---\nd \\| e | f\n\ng | h",
            &["paragraph: They met.", "table: a", "table: \u{fffc} c", "table: d | e", "table: f", "paragraph: g | h"],
            &["`b`"],
        )]);
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
