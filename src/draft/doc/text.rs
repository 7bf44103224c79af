//! The text of a document: its characters, the results of its fields, one version at a time.

use std::sync::Arc;

use encoding_rs::WINDOWS_1252;

use super::bytes::u16_at;
use super::file::{Piece, StoryKind, WordFile};
use super::properties::{CharacterLook, ParagraphProperties, run_at};
use crate::draft::code_page::{self, Utf16};
use crate::draft::document::{DocumentError, TrackedChange, Version};
use crate::draft::layout::{BREAK, DocumentText};
use crate::draft::paragraph::{ParagraphFacts, ParagraphRole, raised};
use crate::draft::stories::{Stories, StoryParagraph};

/// The stories that paragraphs are counted in, in the order in which they are read.
const STORIES: [&str; 4] = ["text", "footnotes", "endnotes", "headers"];

/// The most fields that may be open, one in the other.
const MAX_FIELDS: usize = 64;

/// Reads one version of the text.
pub(super) fn read(file: &WordFile, limit: u64, version: Version) -> Result<DocumentText, DocumentError> {
    let mut stories = Stories::new(limit);
    for &(kind, begin, end) in &file.stories {
        let story = match kind {
            StoryKind::Main | StoryKind::Boxes => 0,
            StoryKind::Footnotes => 1,
            StoryKind::Endnotes => 2,
            StoryKind::Headers | StoryKind::HeaderBoxes => 3,
            StoryKind::Unread => continue,
        };
        let open = StoryParagraph { story, ..StoryParagraph::default() };
        let keeps_empty = kind == StoryKind::Main;
        let fields = Vec::new();
        let (wide, carried) = (Utf16::default(), None);
        StoryReader { file, version, stories: &mut stories, open, keeps_empty, fields, wide, carried }
            .read(begin, end)?;
    }
    Ok(stories.assemble(&STORIES.map(Arc::<str>::from), STORIES[0]))
}

/// A character, and where it stands.
struct Character {
    unit: u16,
    /// The byte of the main stream.
    at: usize,
    /// The byte behind it.
    end: usize,
    is_byte: bool,
}

/// Reads a story.
struct StoryReader<'f> {
    file: &'f WordFile,
    version: Version,
    stories: &'f mut Stories,
    open: StoryParagraph,
    /// True where empty paragraphs count.
    keeps_empty: bool,
    /// For each field that is open whether its result has begun.
    fields: Vec<bool>,
    wide: Utf16,
    /// The look of the paragraph that goes on in the next because its mark is hidden or deleted, or is that of a large first letter.
    carried: Option<ParagraphProperties>,
}

impl StoryReader<'_> {
    /// Reads the characters from one up to, not including, another.
    fn read(mut self, begin: usize, end: usize) -> Result<(), DocumentError> {
        let first = self.file.pieces.partition_point(|piece| piece.end <= begin);
        for &piece in self.file.pieces[first..].iter().take_while(|piece| piece.begin < end) {
            for number in piece.begin.max(begin)..piece.end.min(end) {
                if let Some(character) = self.character(piece, number) {
                    self.take(&character)?;
                }
            }
        }
        if !self.open.text.is_empty() {
            self.end_of_paragraph(&ParagraphProperties::default())?;
        }
        Ok(())
    }

    fn character(&self, piece: Piece, number: usize) -> Option<Character> {
        let offset = number - piece.begin;
        let (at, len) = if piece.is_bytes { (piece.at + offset, 1) } else { (piece.at + offset * 2, 2) };
        let main = &self.file.main;
        let unit = if piece.is_bytes { u16::from(*main.get(at)?) } else { u16_at(main, at)? };
        Some(Character { unit, at, end: at + len, is_byte: piece.is_bytes })
    }

    fn take(&mut self, character: &Character) -> Result<(), DocumentError> {
        if let Some(carried) = self.carried.take() {
            // No paragraph goes on in a table.
            let next = run_at(&self.file.paragraphs, character.at).map(|run| run.look).unwrap_or_default();
            if next.in_table && !carried.in_table && !self.open.text.is_empty() {
                self.end_of_paragraph(&carried)?;
            }
        }
        let look = run_at(&self.file.characters, character.at).map(|run| run.look).unwrap_or_default();
        match character.unit {
            0x13 if self.fields.len() < MAX_FIELDS => self.fields.push(false),
            0x14 => self.fields.iter_mut().next_back().into_iter().for_each(|has_result| *has_result = true),
            0x15 => drop(self.fields.pop()),
            0x0d | 0x07 | 0x0c => return self.mark(character, &look),
            0x09 => return self.push("\t", character, &look),
            0x0b | 0x0e => return self.push(BREAK.encode_utf8(&mut [0; 4]), character, &look),
            0x1e => return self.push("\u{2011}", character, &look),
            0x1f => return self.push("\u{ad}", character, &look),
            // Marks of notes, pictures, and what else is none.
            0x00..0x20 => {}
            0x28 if look.is_special => {
                let symbol = look.symbol.map(String::from).unwrap_or_default();
                return self.push(&symbol, character, &look);
            }
            unit if character.is_byte => {
                let text = code_page::decode(&[unit as u8], WINDOWS_1252);
                return self.push(&text, character, &look);
            }
            unit => {
                for c in self.wide.push(unit) {
                    self.push(c.encode_utf8(&mut [0; 4]), character, &look)?;
                }
            }
        }
        Ok(())
    }

    /// Reads the mark at the end of a paragraph, a cell, a row, a section or a page.
    fn mark(&mut self, character: &Character, look: &CharacterLook) -> Result<(), DocumentError> {
        let run = run_at(&self.file.paragraphs, character.at);
        let paragraph = run.map(|run| run.look).unwrap_or_default();
        // A page may end within a paragraph, which is known where the paragraph ends.
        if character.unit == 0x0c && run.is_some_and(|run| run.end != character.end) {
            return self.push(BREAK.encode_utf8(&mut [0; 4]), character, look);
        }
        let is_empty = self.open.text.is_empty() && !self.open.has_hidden;
        let is_row_end = character.unit == 0x07 && paragraph.is_row_end;
        if is_empty && (is_row_end || character.unit == 0x0c || !self.keeps_empty) {
            return Ok(());
        }
        let goes_on = || look.is_hidden || paragraph.is_drop_cap || !self.version.has(change(look));
        if character.unit == 0x0d && goes_on() {
            self.carried = Some(paragraph);
            return Ok(());
        }
        self.open.in_table |= character.unit == 0x07;
        self.end_of_paragraph(&paragraph)
    }

    fn end_of_paragraph(&mut self, properties: &ParagraphProperties) -> Result<(), DocumentError> {
        let story = self.open.story;
        let mut ended = std::mem::replace(&mut self.open, StoryParagraph { story, ..StoryParagraph::default() });
        ended.in_table |= properties.in_table;
        let role = match properties.level {
            Some(level @ 0..9) => ParagraphRole::Heading(level),
            _ => self.file.styles.role(properties.style),
        };
        ended.more = ParagraphFacts {
            role,
            is_note: matches!(story, 1 | 2),
            is_listed: properties.is_listed,
            ..ParagraphFacts::default()
        };
        self.stories.add(ended)
    }

    /// Adds text that is shown, which the code of a field is not.
    fn push(&mut self, text: &str, character: &Character, look: &CharacterLook) -> Result<(), DocumentError> {
        let change = change(look);
        if self.fields.contains(&false) || !self.version.has(change) {
            return Ok(());
        }
        if look.is_hidden {
            self.open.has_hidden |= !text.trim().is_empty();
            return Ok(());
        }
        let text: String = if look.is_raised { text.chars().map(raised).collect() } else { text.to_owned() };
        self.stories.push(&mut self.open, &text, [character.at, character.end], change)
    }
}

fn change(look: &CharacterLook) -> TrackedChange {
    TrackedChange { inserted: look.is_inserted, deleted: look.is_deleted }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::doc::properties::{Run, Styles};

    /// A document of paragraphs: the text of each, the look of its mark, its own.
    fn paragraphs(all: &[(&str, CharacterLook, ParagraphProperties)]) -> Vec<String> {
        let (mut main, mut characters, mut paragraphs) = (Vec::new(), Vec::new(), Vec::new());
        for (text, mark, properties) in all {
            let begin = main.len();
            main.extend(text.bytes());
            let end = main.len();
            main.push(if properties.in_table { 0x07 } else { 0x0d });
            characters.push(Run { begin, end, look: CharacterLook::default() });
            characters.push(Run { begin: end, end: end + 1, look: *mark });
            paragraphs.push(Run { begin, end: end + 1, look: *properties });
        }
        let len = main.len();
        let pieces = vec![Piece { begin: 0, end: len, at: 0, is_bytes: true }];
        let stories = vec![(StoryKind::Main, 0, len)];
        let file = WordFile { main, pieces, stories, characters, paragraphs, styles: Styles::default() };
        read(&file, 1 << 20, Version::Accepted).unwrap().text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_paragraph_goes_on_behind_a_hidden_mark_and_behind_a_large_letter() {
        let (plain, shown) = (ParagraphProperties::default(), CharacterLook::default());
        let hidden = CharacterLook { is_hidden: true, ..shown };
        let large = ParagraphProperties { is_drop_cap: true, ..plain };
        let cell = ParagraphProperties { in_table: true, ..plain };
        type Case<'t> = (&'t [(&'t str, CharacterLook, ParagraphProperties)], &'t [&'t str]);
        let cases: &[Case<'_>] = &[
            (
                &[("China ", hidden, plain), ("containment", shown, plain), ("b", shown, plain)],
                &["China containment", "b"],
            ),
            (&[("C", shown, large), ("hina", shown, plain)], &["China"]),
            // No paragraph goes on in a table.
            (&[("a", hidden, plain), ("b", shown, cell), ("c", shown, plain)], &["a", "b", "c"]),
            (&[("a", hidden, plain)], &["a"]),
        ];
        for (all, expected) in cases {
            assert_eq!(paragraphs(all), *expected);
        }
    }
}
