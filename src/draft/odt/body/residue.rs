//! What stands in a part and is not text to be issued: tracked changes, hidden and marked words, fields that show names, links to files.

use super::{DocumentComment, Look, OdtReader};
use crate::draft::odt::residue::{field, link};
use crate::draft::residue::{Residue, ResidueKind, by};
use crate::draft::xml::XmlElement;
use crate::span::Span;
use crate::text::collapsed;

impl OdtReader<'_> {
    /// The number of bytes of the paragraph that is open, in the version whose residues are kept.
    pub(super) fn open_len(&self) -> usize {
        self.versions.first().map_or(0, |builder| builder.text.open_len())
    }

    /// Keeps a residue from a byte of the paragraph that is open to its end; of the document as a whole where none is open.
    fn keep_from(&mut self, kind: ResidueKind, what: String, from: usize, words: &str) {
        if !self.keeps_residues {
            return;
        }
        match self.versions.first_mut().and_then(|builder| builder.text.open()) {
            Some(paragraph) => paragraph.keep(kind, what, from.min(paragraph.text.len()), words),
            None => self.residues.push(Residue::of_document(kind, what, words)),
        }
    }

    /// Who made a change, and what it has taken out.
    fn facts(&self, id: &str) -> (&str, &str) {
        self.facts.get(id).map_or(("", ""), |facts| (facts.who.as_str(), facts.words.as_str()))
    }

    /// The change among these that is told, if there are several.
    fn first(ids: &std::collections::HashSet<String>) -> &str {
        ids.iter().map(String::as_str).min().unwrap_or_default()
    }

    /// Keeps a mark at which a tracked change begins, or has taken something out.
    pub(super) fn keep_mark(&mut self, element: &XmlElement<'_>, id: &str) {
        let Some(region) = self.state.regions.get(id).filter(|_| self.keeps_residues && element.name() != "change-end")
        else {
            return;
        };
        let (who, words) = self.facts(id);
        let (kind, what, words) = match (region.is_insertion, region.stand_in.is_some()) {
            (_, true) => (ResidueKind::Deletion, by("a tracked deletion", who), words.to_owned()),
            (true, false) => (ResidueKind::Insertion, by("a tracked insertion", who), String::new()),
            (false, false) => (ResidueKind::Formatting, by("a tracked change of formatting", who), String::new()),
        };
        self.keep_from(kind, what, self.open_len(), &words);
    }

    /// Keeps what text that was just read is besides text. `from` is the byte of the paragraph at which it begins.
    pub(super) fn keep_text(&mut self, from: usize, words: &str, look: Look) {
        if !self.keeps_residues {
            return;
        }
        let change = self.tracked();
        let mut kept: Vec<(ResidueKind, String)> = Vec::new();
        if !self.state.erased.is_empty() {
            kept.push((ResidueKind::Deletion, by("a tracked deletion", self.facts(Self::first(&self.state.erased)).0)));
        } else if change.inserted && self.state.deleted == 0 {
            kept.push((
                ResidueKind::Insertion,
                by("a tracked insertion", self.facts(Self::first(&self.state.inserted)).0),
            ));
        }
        let is_read = self.versions.first().is_some_and(|builder| builder.text.version.has(change));
        if is_read && !words.trim().is_empty() {
            let looks = [
                (look.is_hidden, ResidueKind::HiddenText, "hidden text"),
                (look.is_marked && !look.is_hidden, ResidueKind::Highlight, "words highlighted"),
                (look.is_struck && !look.is_hidden, ResidueKind::StruckOut, "words struck out"),
            ];
            kept.extend(looks.into_iter().filter(|(is, ..)| *is).map(|(_, kind, what)| (kind, what.to_owned())));
        }
        kept.into_iter().for_each(|(kind, what)| self.keep_from(kind, what, from, words));
    }

    /// Keeps words that are not read because something around them is hidden.
    pub(super) fn keep_hidden(&mut self, words: &str) {
        if !words.trim().is_empty() {
            self.keep_from(ResidueKind::HiddenText, "hidden text".to_owned(), self.open_len(), words);
        }
    }

    /// Keeps a field that shows a name, which begins at a byte of the paragraph that is open.
    pub(super) fn keep_field(&mut self, name: &str, from: usize) {
        if let Some((kind, what)) = field(name) {
            self.keep_from(kind, what, from, "");
        }
    }

    /// Keeps an object of another kind: a table, a chart, another document.
    pub(super) fn keep_object(&mut self, element: &XmlElement<'_>) {
        let address = element.attribute("href").unwrap_or_default();
        self.keep_from(ResidueKind::Embedded, "an embedded object".to_owned(), self.open_len(), &address);
    }

    /// Keeps an address that leads to a file.
    pub(super) fn keep_link(&mut self, element: &XmlElement<'_>) {
        if self.keeps_residues
            && let Some((kind, what)) = element.attribute("href").as_deref().and_then(link)
        {
            self.keep_from(kind, what, self.open_len(), "");
        }
    }

    /// Keeps the words of a paragraph, by its index, that is hidden as a whole.
    pub(super) fn keep_hidden_paragraph(&mut self, index: usize, words: &str) {
        let paragraph = self.versions.first_mut().and_then(|first| first.text.paragraphs.get_mut(index));
        if let Some(paragraph) = paragraph.filter(|_| self.keeps_residues && !words.trim().is_empty()) {
            paragraph.keep(ResidueKind::HiddenText, "hidden text".to_owned(), 0, words);
        }
    }

    /// Keeps that there is a comment in words that are deleted, where it has no place.
    pub(super) fn keep_comment_in_deletion(&mut self) {
        if self.keeps_residues {
            let what = "a comment in words that are deleted";
            self.residues.push(Residue::of_document(ResidueKind::Comment, what, ""));
        }
    }

    /// Keeps a comment, which is a residue of the paragraph in which it stands.
    pub(super) fn keep_comment(&mut self, comment: &DocumentComment) {
        if let Some(&(index, at)) = comment.at.first().filter(|_| self.keeps_residues)
            && let Some(paragraph) = self.versions.first_mut().and_then(|first| first.text.paragraphs.get_mut(index))
        {
            let at = at.min(paragraph.text.len());
            let what = by("a comment", &comment.creator);
            let words = collapsed(&comment.paragraphs.join(" "));
            paragraph.residues.push(Residue::at(ResidueKind::Comment, Span::new(at, at), what, &words));
        }
    }
}
