//! Text with what was found in it: marks, the numbers of the findings behind them, places that belong to one.
//!
//! Findings may overlap, elements may not: the text is cut wherever something begins or ends, and each cut says all that it is part of.

use std::fmt::{self, Write};

use super::Tone;
use crate::draft::Draft;
use crate::escape::{Xml, is_harmless};
use crate::span::{Plain, Span};
use crate::text::Block;
use crate::text::fold::OBJECT;

/// A finding in a text.
pub(super) struct FindingMark {
    pub(super) span: Span<Plain>,
    /// The number of the finding in its draft, from 1.
    pub(super) number: usize,
    pub(super) tone: Tone,
    /// True if nothing is marked, because something is missing here.
    pub(super) absence: bool,
}

/// A place in a text that belongs to a finding somewhere.
pub(super) struct LinkTarget {
    pub(super) span: Span<Plain>,
    /// Its name in the page.
    pub(super) id: String,
}

/// A text and what is in it.
pub(super) struct MarkedText<'d> {
    pub(super) text: &'d str,
    /// The block whose text it is, and its draft; `None` for what stands in the draft beside its text.
    pub(super) origin: Option<(&'d Draft, &'d Block)>,
    /// The number of the draft in the page, from 1.
    pub(super) page_number: usize,
    pub(super) marks: Vec<FindingMark>,
    pub(super) spots: Vec<LinkTarget>,
}

/// The most findings that a stretch of text names; the others are reached by their numbers behind it.
const NAMED: usize = 12;

/// The most characters that are shown of what is not text, such as a URL.
const OBJECT_CHARS: usize = 48;

impl MarkedText<'_> {
    /// Writes the text with all that is in it.
    pub(super) fn write(&mut self, page: &mut dyn Write) -> fmt::Result {
        self.marks.sort_by_key(|mark| (mark.span.start(), mark.number));
        self.spots.sort_by(|a, b| (a.span, &a.id).cmp(&(b.span, &b.id)));
        self.spots.dedup_by(|a, b| a.id == b.id);
        let len = self.text.len();
        // The number of a finding stands behind its last character.
        let mut numbers: Vec<(usize, &FindingMark)> = self.marks.iter().map(|mark| (mark.span.end(), mark)).collect();
        numbers.sort_by_key(|(at, mark)| (*at, mark.number));
        let unseen = self.unseen();
        let mut cuts: Vec<usize> = vec![0, len];
        cuts.extend(self.marks.iter().filter(|mark| !mark.absence).map(|mark| mark.span.start()));
        cuts.extend(numbers.iter().map(|(at, _)| *at));
        cuts.extend(self.spots.iter().flat_map(|spot| [spot.span.start(), spot.span.end()]));
        cuts.extend(unseen.iter().map(|(at, _)| *at));
        cuts.sort_unstable();
        cuts.dedup();
        let (mut marks, mut spots) =
            (self.marks.iter().filter(|m| !m.absence).peekable(), self.spots.iter().peekable());
        let (mut numbers, mut unseen) = (numbers.into_iter().peekable(), unseen.into_iter().peekable());
        let (mut here, mut near): (Vec<&FindingMark>, Vec<&LinkTarget>) = (Vec::new(), Vec::new());
        for (index, &at) in cuts.iter().enumerate() {
            here.retain(|mark| mark.span.end() > at);
            near.retain(|spot| spot.span.end() > at);
            while let Some((_, mark)) = numbers.next_if(|(end, _)| *end <= at) {
                super::write_number(page, self.page_number, mark.number, mark.tone, mark.absence)?;
            }
            while let Some(spot) = spots.next_if(|spot| spot.span.start() <= at) {
                write!(page, "<span id=\"{}\" tabindex=\"-1\"></span>", spot.id)?;
                near.extend(Some(spot).filter(|spot| spot.span.end() > at));
            }
            while let Some(mark) = marks.next_if(|mark| mark.span.start() <= at) {
                here.extend(Some(mark).filter(|mark| mark.span.end() > at));
            }
            if let Some(&end) = cuts.get(index + 1) {
                let first = unseen.next_if(|(offset, _)| *offset <= at).map(|(_, characters)| characters);
                self.stretch(page, Span::new(at, end), first.as_deref(), &here, &near)?;
            }
        }
        Ok(())
    }

    /// Writes a stretch of the text, all of which belongs to the same findings and the same places. `unseen` stands before it.
    fn stretch(
        &self,
        page: &mut dyn Write,
        span: Span<Plain>,
        unseen: Option<&str>,
        here: &[&FindingMark],
        near: &[&LinkTarget],
    ) -> fmt::Result {
        let spots: Vec<&str> = near.iter().take(NAMED).map(|spot| spot.id.as_str()).collect();
        let spots = if spots.is_empty() { String::new() } else { format!(" data-s=\"{}\"", spots.join(" ")) };
        let element = match here.iter().map(|mark| mark.tone).max() {
            Some(gravest) => {
                // The innermost first: it is the one that is meant when somebody points at it.
                let mut inner: Vec<&&FindingMark> = here.iter().collect();
                inner.sort_by_key(|mark| (mark.span.len(), mark.number));
                let numbers: Vec<String> = inner.iter().take(NAMED).map(|mark| mark.number.to_string()).collect();
                let several = if here.len() > 1 { " several" } else { "" };
                let class = gravest.class();
                write!(page, "<mark class=\"{class}{several}\" data-f=\"{}\"{spots}>", numbers.join(" "))?;
                "</mark>"
            }
            None if spots.is_empty() => "",
            None => {
                write!(page, "<span class=\"spot\"{spots}>")?;
                "</span>"
            }
        };
        if let Some(characters) = unseen {
            write_unseen(page, characters)?;
        }
        self.text(page, span)?;
        page.write_str(element)
    }

    /// Writes text, and for what is not text, such as a URL or an image, what stands there in the draft.
    fn text(&self, page: &mut dyn Write, span: Span<Plain>) -> fmt::Result {
        let mut at = span.start();
        for part in self.text.get(span.range()).unwrap_or_default().split_inclusive(is_special) {
            let special = part.char_indices().next_back().filter(|&(_, c)| is_special(c));
            let text = special.map_or(part, |(from, _)| &part[..from]);
            write!(page, "{}", Xml(text))?;
            match (special, self.origin) {
                (Some((from, OBJECT)), Some((draft, block))) => {
                    let object = Span::new(at + from, at + part.len());
                    write_object(page, draft.slice(block.source(object)))?;
                }
                (Some((from, _)), _) => write_unseen(page, &part[from..])?,
                (None, _) => {}
            }
            at += part.len();
        }
        Ok(())
    }

    /// Lists the characters of the draft, between those of the text, that control how it is shown, such as the direction of
    /// writing, each with its place.
    fn unseen(&self) -> Vec<(usize, String)> {
        let Some((draft, block)) = self.origin else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for pair in block.stretches(Span::new(0, self.text.len())).windows(2) {
            let gap = draft.source().get(pair[0].1.end()..pair[1].1.start()).unwrap_or_default();
            let characters: String = gap.chars().filter(|&c| is_control(c)).take(OBJECT_CHARS).collect();
            if !characters.is_empty() {
                found.push((pair[1].0.start(), characters));
            }
        }
        found
    }
}

/// Writes a part of the text of a block, with nothing marked in it.
pub(crate) fn write_text(page: &mut dyn Write, draft: &Draft, block: &Block, span: Span<Plain>) -> fmt::Result {
    let origin = Some((draft, block));
    MarkedText { text: block.text(), origin, page_number: 0, marks: Vec::new(), spots: Vec::new() }.text(page, span)
}

/// True if a character is not seen and does something.
fn is_control(c: char) -> bool {
    !is_harmless(c) && !c.is_whitespace()
}

/// True if a character of a text is shown by something else.
fn is_special(c: char) -> bool {
    c == OBJECT || is_control(c)
}

fn write_unseen(page: &mut dyn Write, characters: &str) -> fmt::Result {
    write!(page, "<span class=\"unseen\">{}</span>", Xml(characters))
}

fn write_object(page: &mut dyn Write, source: &str) -> fmt::Result {
    if source.starts_with("![") {
        return page.write_str("<span class=\"object\">[image]</span>");
    }
    let mut chars = source.chars();
    let shown: String = chars.by_ref().take(OBJECT_CHARS).collect();
    let rest = if chars.next().is_some() { "\u{2026}" } else { "" };
    write!(page, "<code class=\"object\">{}{rest}</code>", Xml(&shown))
}
