//! A comparison for people: what came in first, then the sentences that changed, side by side where there is room.

use std::io;
use std::ops::Range;

use termcolor::{Color, ColorSpec, WriteColor};
use unicode_width::UnicodeWidthStr;

use super::{ChangeKind, Comparison, Effect, Excerpt, SentenceChange};
use crate::escape::{Shown, show};
use crate::finding::Finding;

/// The width from which on the old and the new sentence stand side by side.
const SIDE_BY_SIDE: usize = 100;

/// The separator of the two columns.
const GAP: &str = " \u{2502} ";

impl Comparison {
    /// Writes the comparison for people, in lines of at most `width` columns where words allow it.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, out: &mut dyn WriteColor, width: usize) -> io::Result<()> {
        self.write_counts(out)?;
        for change in &self.sentences {
            writeln!(out)?;
            write_change(out, change, [&self.old, &self.new], None, width)?;
        }
        Ok(())
    }

    /// Writes how much differs, and the findings: all but the sentences.
    pub(crate) fn write_counts(&self, out: &mut dyn WriteColor) -> io::Result<()> {
        writeln!(out, "{}", self.summary())?;
        write_findings(out, "came in", &self.came, Color::Red)?;
        write_findings(out, "went out", &self.went, Color::Green)?;
        if !self.moved.is_empty() {
            writeln!(out)?;
            heading(out, "moved:", None)?;
            for (old, new) in &self.moved {
                let line = format!("{}:{} -> {new}", self.old, old.place());
                writeln!(out, "  {}", Shown(&line))?;
            }
        }
        Ok(())
    }

    /// Counts the differences, in one line.
    pub fn summary(&self) -> String {
        if self.is_empty() {
            return "nothing differs".to_owned();
        }
        let finding = if self.came.len() == 1 { "finding" } else { "findings" };
        let mut findings =
            vec![format!("{} {finding} came in", self.came.len()), format!("{} went out", self.went.len())];
        if !self.moved.is_empty() {
            findings.push(format!("{} moved", self.moved.len()));
        }
        let counts = [
            (self.count_effect(Effect::Weaker), "weakened"),
            (self.count_effect(Effect::Stronger), "strengthened"),
            (self.count(ChangeKind::Changed), "changed"),
            (self.count(ChangeKind::Added), "added"),
            (self.count(ChangeKind::Deleted), "deleted"),
            (self.count(ChangeKind::Moved), "moved"),
        ];
        let mut sentences: Vec<String> =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
        match sentences.first_mut() {
            None => sentences.push("no sentence changed".to_owned()),
            Some(first) => {
                let noun = if first.starts_with("1 ") { "1 sentence" } else { "sentences" };
                *first = match first.strip_prefix("1 ") {
                    Some(what) => format!("{noun} {what}"),
                    None => first.replacen(' ', &format!(" {noun} "), 1),
                };
            }
        }
        format!("{}; {}", findings.join(", "), sentences.join(", "))
    }
}

/// Writes findings under a title, if there are any.
pub(super) fn write_findings(
    out: &mut dyn WriteColor,
    title: &str,
    findings: &[Finding],
    color: Color,
) -> io::Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    heading(out, &format!("{title}:"), Some(color))?;
    findings.iter().try_for_each(|finding| writeln!(out, "  {finding}"))
}

/// The place of a sentence of the draft of this name.
pub(super) fn at(name: &str, Excerpt { start, paragraph, .. }: &Excerpt) -> String {
    match paragraph {
        Some(paragraph) => format!("{name}:{paragraph}"),
        None => format!("{name}:{}", start.line),
    }
}

/// Writes a sentence that changed between two drafts of these names; `also` is another place where it became the same.
pub(super) fn write_change(
    out: &mut dyn WriteColor,
    change: &SentenceChange,
    [old_name, new_name]: [&str; 2],
    also: Option<String>,
    width: usize,
) -> io::Result<()> {
    let old = change.old.as_ref().map(|place| at(old_name, place));
    let new = change.new.as_ref().map(|place| at(new_name, place));
    let new = new.into_iter().chain(also).collect::<Vec<_>>().join(", ");
    let places: Vec<String> = old.into_iter().chain((!new.is_empty()).then_some(new)).collect();
    let what = if change.moved && change.kind == ChangeKind::Changed { "changed, moved" } else { change.kind.name() };
    heading(out, &format!("{}: {what}", places.join(" -> ")), None)?;
    write_remarks(out, change, "  ")?;
    let marked = out.supports_color();
    let old = change.old.as_ref().map(|place| Column::new(place, "[-", "-]", Color::Red, marked));
    let new = change.new.as_ref().map(|place| Column::new(place, "{+", "+}", Color::Green, marked));
    match (old, new) {
        // The words are the same: once is enough.
        (Some(_), Some(new)) if change.kind == ChangeKind::Moved => one_below_another(out, "  ", &new, width),
        (Some(old), Some(new)) if width >= SIDE_BY_SIDE => side_by_side(out, &old, &new, width),
        (old, new) => {
            old.map_or(Ok(()), |old| one_below_another(out, "- ", &old, width))?;
            new.map_or(Ok(()), |new| one_below_another(out, "+ ", &new, width))
        }
    }
}

/// Writes the remarks on a change, a line each.
pub(super) fn write_remarks(out: &mut dyn WriteColor, change: &SentenceChange, indent: &str) -> io::Result<()> {
    for remark in &change.remarks {
        let color = match remark.effect {
            Effect::Weaker => Some(Color::Red),
            Effect::Stronger => Some(Color::Yellow),
            Effect::Other => None,
        };
        out.set_color(ColorSpec::new().set_fg(color).set_bold(color.is_some()))?;
        write!(out, "{indent}{}", Shown(&remark.to_string()))?;
        out.reset()?;
        writeln!(out)?;
    }
    Ok(())
}

pub(super) fn heading(out: &mut dyn WriteColor, text: &str, color: Option<Color>) -> io::Result<()> {
    out.set_color(ColorSpec::new().set_fg(color).set_bold(true))?;
    write!(out, "{}", Shown(text))?;
    out.reset()?;
    writeln!(out)
}

/// A sentence in words that a terminal may see, each in pieces that differ or do not.
pub(super) struct Column {
    words: Vec<Vec<(String, bool)>>,
    color: Color,
}

impl Column {
    /// Without colour, what differs stands between `open` and `close`.
    pub(super) fn new(place: &Excerpt, open: &str, close: &str, color: Color, colored: bool) -> Column {
        let mut column = Column { words: vec![Vec::new()], color };
        let mut done = 0;
        for range in &place.differs {
            column.add(&place.text[done..range.start], false);
            if !colored {
                column.push(open.to_owned(), true);
            }
            column.add(&place.text[range.clone()], true);
            if !colored {
                column.push(close.to_owned(), true);
            }
            done = range.end;
        }
        column.add(&place.text[done..], false);
        column.words.iter_mut().for_each(|word| show_word(word));
        column
    }

    fn push(&mut self, piece: String, differs: bool) {
        if let Some(word) = self.words.last_mut().filter(|_| !piece.is_empty()) {
            word.push((piece, differs));
        }
    }

    fn add(&mut self, text: &str, differs: bool) {
        for (at, word) in text.split(' ').enumerate() {
            if at > 0 {
                self.words.push(Vec::new());
            }
            self.push(word.to_owned(), differs);
        }
    }

    /// The words in lines of at most `width` columns; a longer word has a line of its own.
    pub(super) fn lines(&self, width: usize) -> Vec<(Range<usize>, usize)> {
        let mut lines: Vec<(Range<usize>, usize)> = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            let columns: usize = word.iter().map(|(piece, _)| piece.width()).sum();
            match lines.last_mut() {
                Some((words, used)) if *used + 1 + columns <= width => {
                    words.end = at + 1;
                    *used += 1 + columns;
                }
                _ => lines.push((at..at + 1, columns)),
            }
        }
        lines
    }

    pub(super) fn write(&self, out: &mut dyn WriteColor, words: Range<usize>) -> io::Result<()> {
        let mut before = false;
        for (at, word) in self.words[words].iter().enumerate() {
            if at > 0 {
                // The space between two words that differ differs too.
                let both = before && word.first().is_some_and(|(_, differs)| *differs);
                self.piece(out, " ", both)?;
            }
            for (piece, differs) in word {
                self.piece(out, piece, *differs)?;
            }
            before = word.last().is_some_and(|(_, differs)| *differs);
        }
        Ok(())
    }

    fn piece(&self, out: &mut dyn WriteColor, piece: &str, differs: bool) -> io::Result<()> {
        if !differs {
            return write!(out, "{piece}");
        }
        out.set_color(ColorSpec::new().set_fg(Some(self.color)).set_bold(true))?;
        write!(out, "{piece}")?;
        out.reset()
    }
}

/// Makes the pieces of a word what a terminal and a log may see, each as it stands in the word.
fn show_word(word: &mut [(String, bool)]) {
    let whole: String = word.iter().map(|(piece, _)| piece.as_str()).collect();
    let mut done = 0;
    for (piece, _) in word {
        let part = done..done + piece.len();
        done = part.end;
        piece.clear();
        // Writing to a string cannot fail.
        let _ = show(&whole, part, piece);
    }
}

/// Writes a sentence with a mark before its first line; the others are set in.
pub(super) fn one_below_another(out: &mut dyn WriteColor, mark: &str, column: &Column, width: usize) -> io::Result<()> {
    for (at, (words, _)) in column.lines(width.saturating_sub(2 + mark.width())).into_iter().enumerate() {
        write!(out, "  ")?;
        if at == 0 {
            write!(out, "{mark}")?
        } else {
            write!(out, "{:pad$}", "", pad = mark.width().min(4))?
        }
        column.write(out, words)?;
        writeln!(out)?;
    }
    Ok(())
}

fn side_by_side(out: &mut dyn WriteColor, old: &Column, new: &Column, width: usize) -> io::Result<()> {
    let half = width.saturating_sub(2 + GAP.width()) / 2;
    let (olds, news) = (old.lines(half), new.lines(half));
    for at in 0..olds.len().max(news.len()) {
        write!(out, "  ")?;
        let (left, used) = olds.get(at).cloned().unwrap_or((0..0, 0));
        old.write(out, left)?;
        match news.get(at).cloned() {
            Some((right, _)) => {
                write!(out, "{:pad$}{GAP}", "", pad = half.saturating_sub(used))?;
                new.write(out, right)?;
            }
            None => write!(out, "{:pad$}{}", "", GAP.trim_end(), pad = half.saturating_sub(used))?,
        }
        writeln!(out)?;
    }
    Ok(())
}
