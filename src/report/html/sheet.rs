//! One draft as a page: its blocks in the order in which they are read, each with its line and with the notes on it.

use std::collections::{BTreeMap, HashMap};
use std::fmt::{self, Write};

use super::inline::{FindingMark, LinkTarget, MarkedText};
use super::language::language;
use super::note::{self, Numbers};
use super::source_index::SourceIndex;
use super::{Tone, spot_id};
use crate::draft::Draft;
use crate::escape::Xml;
use crate::finding::Finding;
use crate::report::Outline;
use crate::rule::RuleId;
use crate::span::{Plain, Span};
use crate::text::{Block, BlockKind};

/// The most bytes that are shown of what is outside the text, such as a comment.
const OUTSIDE_BYTES: usize = 600;

/// The most characters of a label that has its place in the margin of an item.
const MARGIN_CHARS: usize = 5;

/// The deepest level that items of lists are shown at.
const DEEPEST: usize = 3;

/// A draft with its findings, as they come onto its page.
pub(super) struct DraftSheet<'d> {
    draft: &'d Draft,
    outline: Outline<'d>,
    findings: &'d [Finding],
    /// The number of the draft in the page, from 1.
    number: usize,
    language: Option<&'static str>,
    /// For each block the findings in it, and where.
    inside: HashMap<usize, Vec<(usize, Span<Plain>)>>,
    /// For each block the places in it that belong to findings.
    spots: HashMap<usize, Vec<LinkTarget>>,
    /// The first finding of each rule.
    first: HashMap<&'d RuleId, usize>,
}

/// The content of one row of the page.
enum SheetRow {
    /// Blocks: one, or the cells of a line of a table.
    Blocks(Vec<usize>),
    /// Findings that are in no block, and what is shown for them: the comment that they are in, or what was found.
    Outside(Span, Vec<usize>),
}

impl<'d> DraftSheet<'d> {
    pub(super) fn new(draft: &'d Draft, findings: &'d [Finding], number: usize) -> DraftSheet<'d> {
        let text: String = draft.blocks().iter().flat_map(|block| [block.text(), "\n"]).collect();
        let (inside, spots, first) = (HashMap::new(), HashMap::new(), HashMap::new());
        let mut sheet = DraftSheet {
            draft,
            outline: Outline::new(draft),
            findings,
            number,
            language: language(&text),
            inside,
            spots,
            first,
        };
        let places = SourceIndex::new(draft);
        for (index, finding) in findings.iter().enumerate() {
            if let Some((block, span)) = places.locate(finding.span) {
                sheet.inside.entry(block).or_default().push((index, span));
            }
            for related in &finding.related {
                if let Some((block, span)) = places.locate(related.span) {
                    let id = spot_id(number, related.span);
                    sheet.spots.entry(block).or_default().push(LinkTarget { span, id });
                }
            }
            sheet.first.entry(finding.rule.id()).or_insert(index);
        }
        sheet
    }

    /// Writes the page.
    pub(super) fn write(&mut self, page: &mut dyn Write) -> fmt::Result {
        // An empty `lang` says that the language is not known.
        writeln!(page, "<div class=\"sheet\" lang=\"{}\">", self.language.unwrap_or_default())?;
        let rows = self.rows();
        if rows.is_empty() {
            writeln!(page, "<p class=\"empty\" lang=\"en\">There is no text in this draft.</p>")?;
        }
        // The column of the items at each level of the list that this one is in.
        let mut levels: Vec<usize> = Vec::new();
        for row in rows {
            let item = match &row {
                SheetRow::Blocks(blocks) => Some(blocks[0]).filter(|&block| self.kind(block) == BlockKind::List),
                SheetRow::Outside(..) => None,
            };
            if item.is_some() == levels.is_empty() {
                page.write_str(if item.is_some() { "<ul class=\"items\" role=\"list\">\n" } else { "</ul>\n" })?;
            }
            match item {
                Some(block) => self.outline.descend(&mut levels, block),
                None => levels.clear(),
            }
            self.row(page, &row, levels.len().saturating_sub(1))?;
        }
        if !levels.is_empty() {
            page.write_str("</ul>\n")?;
        }
        page.write_str("</div>\n")
    }

    fn kind(&self, block: usize) -> BlockKind {
        self.draft.blocks()[block].kind()
    }

    /// The rows, in the order of the source.
    fn rows(&self) -> Vec<SheetRow> {
        let mut inside = vec![false; self.findings.len()];
        self.inside.values().flatten().for_each(|&(index, _)| inside[index] = true);
        let mut rows: Vec<(usize, SheetRow)> = Vec::new();
        for blocks in self.outline.rows() {
            rows.push((self.outline.start(blocks[0]), SheetRow::Blocks(blocks)));
        }
        let mut outside: BTreeMap<Span, Vec<usize>> = BTreeMap::new();
        for (index, _) in inside.iter().enumerate().filter(|(_, inside)| !**inside) {
            outside.entry(self.around(self.findings[index].span)).or_default().push(index);
        }
        rows.extend(outside.into_iter().map(|(shown, findings)| (shown.start(), SheetRow::Outside(shown, findings))));
        rows.sort_by_key(|(start, _)| *start);
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// The comment that holds what was found outside the text, or what was found.
    fn around(&self, found: Span) -> Span {
        let comments = self.draft.comments();
        let before = comments.partition_point(|comment| comment.span.start() <= found.start());
        let comment = before.checked_sub(1).map(|index| comments[index].span);
        comment.filter(|comment| comment.contains(found) && comment.len() <= OUTSIDE_BYTES).unwrap_or(found)
    }

    fn row(&mut self, page: &mut dyn Write, row: &SheetRow, depth: usize) -> fmt::Result {
        let (start, first) = match row {
            SheetRow::Blocks(blocks) => (self.outline.start(blocks[0]), Some(blocks[0])),
            SheetRow::Outside(shown, _) => (shown.start(), None),
        };
        let kind = first.map(|block| self.kind(block));
        let element = if kind == Some(BlockKind::List) { "li" } else { "div" };
        let line = self.draft.position(start).line;
        let deep = if depth > 0 { format!(" deep-{}", depth.min(DEEPEST)) } else { String::new() };
        write!(
            page,
            "<{element} class=\"row{deep}\"><span class=\"line\"><span class=\"unsaid\">line </span>{line}</span>"
        )?;
        let mut notes = Vec::new();
        match row {
            SheetRow::Outside(shown, findings) => {
                self.outside(page, *shown, findings)?;
                notes.extend(findings);
            }
            SheetRow::Blocks(blocks) if kind == Some(BlockKind::Table) => {
                page.write_str("<div class=\"cells\">")?;
                for &block in blocks {
                    self.block(page, block, &mut notes)?;
                }
                page.write_str("</div>")?;
            }
            SheetRow::Blocks(blocks) => self.block(page, blocks[0], &mut notes)?,
        }
        if !notes.is_empty() {
            notes.sort_unstable();
            writeln!(page, "<div class=\"notes\" lang=\"en\">")?;
            for index in notes {
                self.note(page, index)?;
            }
            page.write_str("</div>")?;
        }
        writeln!(page, "</{element}>")
    }

    fn note(&self, page: &mut dyn Write, index: usize) -> fmt::Result {
        let finding = &self.findings[index];
        let first = self.first.get(finding.rule.id()).copied().filter(|&first| first != index);
        let numbers = Numbers { draft: self.number, finding: index + 1, first: first.map(|first| first + 1) };
        note::write(page, finding, numbers)
    }

    /// Writes what stands beside the text of the draft, such as a comment, with what was found in it.
    fn outside(&self, page: &mut dyn Write, shown: Span, findings: &[usize]) -> fmt::Result {
        let source = self.draft.slice(shown);
        let end = source.char_indices().map(|(at, _)| at).find(|&at| at >= OUTSIDE_BYTES).unwrap_or(source.len());
        let text = source[..end].replace(['\n', '\r', '\t'], " ");
        let place = |offset: usize| offset.saturating_sub(shown.start()).min(end);
        let mark = |&index: &usize| {
            let finding = &self.findings[index];
            let span = Span::new(place(finding.span.start()), place(finding.span.end()));
            FindingMark { span, number: index + 1, tone: Tone::new(finding), absence: false }
        };
        let marks = findings.iter().map(mark).collect();
        page.write_str("<p class=\"outside\"><code>")?;
        MarkedText { text: &text, origin: None, page_number: self.number, marks, spots: Vec::new() }.write(page)?;
        write!(page, "{}</code></p>", if end < source.len() { "\u{2026}" } else { "" })
    }

    /// Writes a block, and adds the findings in it to `notes`.
    fn block(&mut self, page: &mut dyn Write, index: usize, notes: &mut Vec<usize>) -> fmt::Result {
        let block = &self.draft.blocks()[index];
        let inside = self.inside.remove(&index).unwrap_or_default();
        notes.extend(inside.iter().map(|(finding, _)| *finding));
        let marks = inside.into_iter().map(|(finding, span)| self.mark(block, finding, span)).collect();
        let spots = self.spots.remove(&index).unwrap_or_default();
        let (before, behind) = match block.kind() {
            BlockKind::Title => ("<h3 class=\"title\"", "</h3>"),
            BlockKind::Heading => ("<h4 class=\"heading\"", "</h4>"),
            BlockKind::Quotation => ("<blockquote class=\"quotation\"", "</blockquote>"),
            BlockKind::Paragraph => ("<p class=\"paragraph\"", "</p>"),
            BlockKind::List => ("<p class=\"item\"", "</p>"),
            BlockKind::Table => ("<p class=\"cell\"", "</p>"),
            BlockKind::Footnote => ("<p class=\"footnote\"", "</p>"),
            BlockKind::Caption => ("<p class=\"caption\"", "</p>"),
        };
        page.write_str(before)?;
        if let Some(language) = language(block.text()).filter(|&own| Some(own) != self.language) {
            write!(page, " lang=\"{language}\"")?;
        }
        page.write_str(" dir=\"auto\">")?;
        if let Some(marker) = self.outline.marker(index) {
            // A label in the margin of its item, or one too long for that.
            let is_long = marker.chars().count() > MARGIN_CHARS;
            let is_aside = matches!(block.kind(), BlockKind::List | BlockKind::Footnote) && !is_long;
            let (class, space) = if is_aside { ("marker", "") } else { ("marker inline", " ") };
            write!(page, "<span class=\"{class}\">{}</span>{space}", Xml(&marker))?;
        }
        let origin = Some((self.draft, block));
        MarkedText { text: block.text(), origin, page_number: self.number, marks, spots }.write(page)?;
        page.write_str(behind)
    }

    /// A finding as it is marked in its block. What is missing is reported at the whole of a title, a heading or a paragraph: there is
    /// nothing wrong with these words.
    fn mark(&self, block: &Block, index: usize, span: Span<Plain>) -> FindingMark {
        let finding = &self.findings[index];
        let absence = finding.rule.kind() == "require" && span.len() == block.text().len();
        FindingMark { span, number: index + 1, tone: Tone::new(finding), absence }
    }
}
