//! What stands in a part and is not text to be issued: tracked changes, comments, hidden and marked words, fields that show names.

use super::WordReader;
use super::open::WordFrame;
use super::paragraph::WordBuilder;
use crate::draft::residue::{ResidueKind, by, is_path};
use crate::draft::word::styles::WordStyles;
use crate::draft::xml::XmlElement;

impl WordReader<'_> {
    /// The number of bytes of the paragraph that is open, in the version whose residues are kept.
    pub(super) fn open_len(&self) -> usize {
        self.versions.first().map_or(0, WordBuilder::open_len)
    }

    /// Keeps a residue from a byte of the paragraph that is open to its end, or at the next paragraph.
    fn keep_from(&mut self, kind: ResidueKind, what: String, from: usize) {
        if !self.residues.are_wanted {
            return;
        }
        match self.versions.first_mut().and_then(WordBuilder::open) {
            Some(paragraph) => paragraph.keep(kind, what, from.min(paragraph.text.len()), ""),
            None => self.residues.waiting.push((kind, what)),
        }
    }

    /// Gives a paragraph that begins the residues that stand before it.
    pub(super) fn keep_waiting(&mut self) {
        for (kind, what) in std::mem::take(&mut self.residues.waiting) {
            self.keep_from(kind, what, 0);
        }
    }

    /// Begins a tracked change that brings something in, or takes it out.
    pub(super) fn keep_change(&mut self, element: &XmlElement<'_>, is_insertion: bool) {
        let what = change(is_insertion, &element.attribute("author").unwrap_or_default());
        let kind = if is_insertion { ResidueKind::Insertion } else { ResidueKind::Deletion };
        self.keep_from(kind, what, self.open_len());
    }

    /// Keeps a tracked change of how something looks: of the run that is open, or of the paragraph.
    pub(super) fn keep_formatting(&mut self, element: &XmlElement<'_>) {
        let what = by("a tracked change of formatting", &element.attribute("author").unwrap_or_default());
        let in_run = matches!(self.state.frames.last(), Some(WordFrame::RunProperties { .. }));
        match self.state.around.runs.last_mut().filter(|_| in_run) {
            Some(run) => run.restyled = Some(what),
            None => self.keep_from(ResidueKind::Formatting, what, self.open_len()),
        }
    }

    /// Keeps what text in a run is besides text. `from` is the byte of the paragraph at which it begins, in the version that has it.
    pub(super) fn keep_text(&mut self, from: usize, words: &str) {
        if !self.residues.are_wanted || self.heeds_fields && self.state.around.codes > 0 {
            return;
        }
        let change_here = self.tracked();
        let is_hidden = self.is_hidden_here();
        let who = self.state.who.last().map_or("", String::as_str);
        let mut kept: Vec<(ResidueKind, String)> = Vec::new();
        if change_here.deleted {
            kept.push((ResidueKind::Deletion, change(false, who)));
        } else if change_here.inserted {
            kept.push((ResidueKind::Insertion, change(true, who)));
        }
        let is_read = self.versions.first().is_some_and(|builder| builder.version.has(change_here));
        if !words.trim().is_empty() && is_read {
            let run = self.state.around.runs.last();
            let of_paragraph = self
                .versions
                .first()
                .and_then(|builder| builder.paragraphs.get(builder.open_index()?)?.more.style.as_deref());
            let of_run = run.and_then(|run| run.style.as_deref());
            let by_styles =
                |is: fn(&WordStyles, Option<&str>) -> bool| is(self.styles, of_run) || is(self.styles, of_paragraph);
            let is_marked = run.is_some_and(|run| run.shaded)
                || run.and_then(|run| run.highlighted).unwrap_or_else(|| by_styles(WordStyles::is_marked));
            let is_struck = run.and_then(|run| run.struck).unwrap_or_else(|| by_styles(WordStyles::is_struck));
            let looks = [
                (is_hidden, ResidueKind::HiddenText, "hidden text"),
                (is_marked && !is_hidden, ResidueKind::Highlight, "words highlighted"),
                (is_struck && !is_hidden, ResidueKind::StruckOut, "words struck out"),
            ];
            kept.extend(looks.into_iter().filter(|(is, ..)| *is).map(|(_, kind, what)| (kind, what.to_owned())));
            let restyled = run.and_then(|run| run.restyled.clone());
            kept.extend(restyled.map(|what| (ResidueKind::Formatting, what)));
        }
        if let Some(paragraph) = self.versions.first_mut().and_then(WordBuilder::open) {
            kept.into_iter().for_each(|(kind, what)| paragraph.keep(kind, what, from, words));
        }
    }

    /// Keeps a field that shows a name or leads to a file. Its result begins at a byte of the paragraph that is open.
    pub(super) fn keep_field(&mut self, code: &str, from: usize) {
        if let Some((kind, what)) = field(code).filter(|_| self.residues.are_wanted) {
            self.keep_from(kind, what, from);
        }
    }
}

/// What a tracked change is, in words.
fn change(is_insertion: bool, who: &str) -> String {
    by(if is_insertion { "a tracked insertion" } else { "a tracked deletion" }, who)
}

/// The residue that a field is (ISO/IEC 29500-1, 17.16.5).
fn field(code: &str) -> Option<(ResidueKind, String)> {
    let (name, rest) = code.trim().split_once(char::is_whitespace).unwrap_or((code.trim(), ""));
    let name = name.to_ascii_uppercase();
    let rest = rest.trim_start();
    let address = rest.strip_prefix('"').map_or_else(
        || rest.split_whitespace().next().unwrap_or_default(),
        |quoted| quoted.split('"').next().unwrap_or_default(),
    );
    let leads = || (ResidueKind::Path, format!("a field that leads to a file ({name}): {address}"));
    Some(match name.as_str() {
        "FILENAME" => (ResidueKind::FileName, "a field that shows the name of the file".to_owned()),
        "TEMPLATE" => (ResidueKind::FileName, "a field that shows the name of the template".to_owned()),
        "AUTHOR" | "LASTSAVEDBY" | "USERNAME" | "USERINITIALS" | "USERADDRESS" => {
            (ResidueKind::Author, format!("a field that shows who wrote or saved the draft ({name})"))
        }
        "INCLUDETEXT" | "INCLUDE" | "INCLUDEPICTURE" | "IMPORT" | "RD" if !address.contains("://") => leads(),
        "LINK" | "DDE" | "DDEAUTO" | "DATABASE" => {
            (ResidueKind::Path, format!("a field that leads to a file ({name}): {rest}"))
        }
        "HYPERLINK" if is_path(address) => leads(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_that_show_names_or_lead_to_files_are_told() {
        let cases = [
            (" FILENAME \\p ", Some("file-name")),
            (" template ", Some("file-name")),
            (" LASTSAVEDBY \\* MERGEFORMAT", Some("author")),
            (" INCLUDETEXT \"C:\\\\drafts\\\\annex.docx\" ", Some("path")),
            (" HYPERLINK \"file:///S:/drafts/annex.docx\"", Some("path")),
            (" HYPERLINK \"https://example.org\" ", None),
            (" INCLUDEPICTURE \"https://example.org/a.png\" ", None),
            (" PAGE ", None),
            ("", None),
        ];
        for (code, expected) in cases {
            assert_eq!(field(code).map(|(kind, _)| kind.name()), expected, "{code}");
        }
    }
}
