//! A part of an OpenDocument text while things are written into it and taken out of it.

use std::collections::BTreeMap;

use super::context::ChangeList;
use super::prefixes::Prefixes;
use crate::annotate::AUTHOR;
use crate::annotate::comment::{self, CommentRange};
use crate::annotate::copy::{self, Inserts};
use crate::draft::document::XmlSpan;
use crate::draft::xml::{XmlNode, XmlReader};
use crate::escape::Xml;
use crate::finding::Finding;
use crate::span::Span;

/// The edits of a part.
#[derive(Debug)]
pub(super) struct PartEditor<'x> {
    pub(super) xml: &'x str,
    pub(super) prefixes: Prefixes,
    /// The number of the next comment or tracked change.
    next: usize,
    date: String,
    /// True in a file of OpenDocument 1.0 or 1.1, where a comment has no end and no change an `xml:id`.
    is_old: bool,
    all: BTreeMap<usize, Inserts>,
    /// The ends of what is taken out, by its starts.
    removed: BTreeMap<usize, usize>,
    /// Comments that are taken out, and their ends.
    dropped: Vec<XmlSpan>,
    /// New tracked changes, by the byte at which their list goes.
    regions: BTreeMap<usize, (ChangeList, String)>,
}

impl<'x> PartEditor<'x> {
    pub(super) fn new(xml: &'x str) -> PartEditor<'x> {
        // However it is quoted, and in whatever it stands.
        let number = |rest: &str| {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            rest[..digits].parse::<u32>().ok()
        };
        let most = xml.split("comity-").skip(1).filter_map(number).max();
        let next = most.map_or(1, |most| most as usize + 1);
        // A date without a zone, as programs write it.
        let date = comment::now().trim_end_matches('Z').to_owned();
        let (all, removed, regions) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let is_old = is_old(xml);
        let dropped = Vec::new();
        PartEditor { xml, prefixes: Prefixes::read(xml), next, date, is_old, all, removed, dropped, regions }
    }

    /// A name that nothing else has in the part.
    fn name(&mut self) -> String {
        let name = format!("comity-{}", self.next);
        self.next += 1;
        name
    }

    pub(super) fn comment(&mut self, range: &CommentRange<XmlSpan>, finding: &Finding) {
        let name = self.name();
        let Prefixes { office, text: p, dublin_core: dc, declares } = &self.prefixes;
        let named = if self.is_old { String::new() } else { format!(" {office}name=\"{name}\"") };
        let mut text = format!(
            "<{office}annotation{declares}{named}><{dc}creator>{AUTHOR}</{dc}creator><{dc}date>{}</{dc}date>",
            self.date
        );
        for paragraph in comment::paragraphs(finding, range.elsewhere.as_deref()) {
            text += &format!("<{p}p>{}</{p}p>", Xml(&paragraph));
        }
        text += &format!("</{office}annotation>");
        let end = format!("<{office}annotation-end{declares} {office}name=\"{name}\"/>");
        // What is taken out is taken out whole.
        let start = self.removed_around(range.place.start()).map_or(range.place.start(), |removed| removed.start());
        let behind = self.removed_around(range.place.end()).map_or(range.place.end(), |removed| removed.end());
        self.all.entry(start).or_default().starts += &text;
        if !self.is_old {
            self.all.entry(behind).or_default().ends += &end;
        }
    }

    /// Takes out a comment, or the mark of its end.
    pub(super) fn remove(&mut self, xml: XmlSpan) {
        self.dropped.push(xml);
    }

    /// The bytes that are taken out, if they begin before this one and end behind it.
    fn removed_around(&self, at: usize) -> Option<XmlSpan> {
        let (&start, &end) = self.removed.range(..at).next_back()?;
        (at < end).then(|| Span::new(start, end))
    }

    /// A new tracked change in a list: its name.
    fn region(&mut self, list: &ChangeList, change: &str) -> String {
        let name = self.name();
        let Prefixes { text: p, declares, .. } = &self.prefixes;
        let id = if self.is_old { String::new() } else { format!(" xml:id=\"{name}\"") };
        let region = format!("<{p}changed-region{declares}{id} {p}id=\"{name}\">{change}</{p}changed-region>");
        self.regions.entry(list.start).or_insert_with(|| (list.clone(), String::new())).1 += &region;
        name
    }

    /// The element that says who has changed something, and when.
    fn info(&self) -> String {
        let Prefixes { office, dublin_core: dc, .. } = &self.prefixes;
        format!(
            "<{office}change-info><{dc}creator>{AUTHOR}</{dc}creator><{dc}date>{}</{dc}date></{office}change-info>",
            self.date
        )
    }

    /// Takes something out as a tracked change: `content` is what is kept of it among the changes, `insertion` says who has
    /// inserted it, if that is a tracked change too.
    pub(super) fn delete(&mut self, list: &ChangeList, xml: XmlSpan, content: &str, insertion: &str) {
        let p = self.prefixes.text.clone();
        let change = format!("<{p}deletion>{}<{p}p>{content}</{p}p></{p}deletion>{insertion}", self.info());
        let name = self.region(list, &change);
        let mark = format!("<{p}change{} {p}change-id=\"{name}\"/>", self.prefixes.declares);
        self.all.entry(xml.start()).or_default().change += &mark;
        self.removed.insert(xml.start(), xml.end());
    }

    /// Takes out white space that does not count.
    pub(super) fn drop(&mut self, xml: XmlSpan) {
        self.removed.entry(xml.start()).or_insert(xml.end());
    }

    /// Puts something in as a tracked change: in the place of what is taken out there, or else behind the character before.
    pub(super) fn insert(&mut self, list: &ChangeList, at: usize, content: &str) {
        let p = self.prefixes.text.clone();
        let name = self.region(list, &format!("<{p}insertion>{}</{p}insertion>", self.info()));
        let mark = |kind: &str| format!("<{p}change-{kind}{} {p}change-id=\"{name}\"/>", self.prefixes.declares);
        let text = format!("{}{content}{}", mark("start"), mark("end"));
        let is_replacement = self.removed.contains_key(&at);
        let place = self.all.entry(at).or_default();
        if is_replacement { place.change += &text } else { place.added += &text }
    }

    /// The part with everything done; `None` if there is nothing to do.
    pub(super) fn apply(self) -> Option<String> {
        let mut edits: Vec<(XmlSpan, String)> = Vec::new();
        for (at, inserts) in self.all {
            edits.push((Span::new(at, at), inserts.concat()));
        }
        edits.extend(self.removed.into_iter().map(|(start, end)| (Span::new(start, end), String::new())));
        edits.extend(self.dropped.into_iter().map(|xml| (xml, String::new())));
        for (ChangeList { start, known }, regions) in self.regions.into_values() {
            let Prefixes { text: p, declares, .. } = &self.prefixes;
            edits.push(match known {
                None => {
                    // That there are changes does not mean that more are to be tracked.
                    let tag = format!("<{p}tracked-changes{declares} {p}track-changes=\"false\">");
                    (Span::new(start, start), format!("{tag}{regions}</{p}tracked-changes>"))
                }
                Some((_, Some(close))) => (Span::new(close, close), regions),
                Some((tag, None)) => {
                    let open = self.xml[tag.range()].trim_end_matches('>').trim_end_matches('/');
                    let name = open.trim_start_matches('<').split_whitespace().next().unwrap_or_default();
                    (tag, format!("{open}>{regions}</{name}>"))
                }
            });
        }
        (!edits.is_empty()).then(|| copy::replaced(self.xml, edits))
    }
}

/// True for a part that says it is of OpenDocument 1.0 or 1.1.
fn is_old(xml: &str) -> bool {
    let mut nodes = XmlReader::new(xml);
    // A line end may stand before the root.
    while let Ok(Some(node)) = nodes.next() {
        if let XmlNode::Start(root) = node {
            return matches!(root.attribute("version").as_deref(), Some("1.0" | "1.1"));
        }
    }
    false
}
