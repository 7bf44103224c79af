//! What recurs in texts of several years for people: a table where the terminal has room for one, else one thread below another.

use std::io;

use termcolor::{Color, ColorSpec, WriteColor};
use unicode_width::UnicodeWidthStr;

use super::{NameStep, NameThread, Series, SeriesCell, Step};
use crate::compare::report::heading;
use crate::compare::{Effect, Remark};
use crate::escape::Shown;
use crate::text::counted;

/// The columns that a text has at least in a table, and at most.
const TEXT: (usize, usize) = (16, 26);

/// The columns that the sentence has at least.
const SENTENCE: usize = 34;

/// The gap between two columns.
const GAP: &str = "  ";

impl Step {
    fn color(self) -> Option<Color> {
        match self {
            Step::Weakened | Step::Turned | Step::Dropped => Some(Color::Red),
            Step::Strengthened => Some(Color::Yellow),
            Step::New => Some(Color::Green),
            _ => None,
        }
    }
}

impl Series {
    /// Writes what recurs for people, in lines of at most `width` columns where words allow it.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, out: &mut dyn WriteColor, width: usize) -> io::Result<()> {
        writeln!(out, "{}", self.summary())?;
        let labels = self.labels();
        let count = self.texts.len();
        let left = width.saturating_sub(SENTENCE + GAP.len() * count) / count.max(1);
        let column = left.min(TEXT.1);
        if column >= TEXT.0 {
            self.table(out, &labels, (width - (column + GAP.len()) * count, column))?;
        } else {
            self.list(out, &labels, width)?;
        }
        self.write_formulas(out, &labels, width)?;
        self.write_names(out, &labels, width)?;
        if self.once.iter().any(|once| *once > 0) {
            writeln!(out)?;
            heading(out, "in one text only:", None)?;
        }
        for (label, once) in labels.iter().zip(&self.once).filter(|(_, once)| **once > 0) {
            writeln!(out, "  {}: {}", Shown(label), counted(*once, "sentence"))?;
        }
        Ok(())
    }

    /// What the columns are called: the files without their folders, where that tells them apart.
    pub(super) fn labels(&self) -> Vec<String> {
        let short = |name: &str| {
            let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
            file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned()
        };
        let labels: Vec<String> = self.texts.iter().map(|name| short(name)).collect();
        let distinct: std::collections::HashSet<&String> = labels.iter().collect();
        if distinct.len() == labels.len() { labels } else { self.texts.iter().map(ToString::to_string).collect() }
    }

    fn table(&self, out: &mut dyn WriteColor, labels: &[String], widths: (usize, usize)) -> io::Result<()> {
        if self.threads.is_empty() {
            return Ok(());
        }
        writeln!(out)?;
        let mut head = vec![Lines { lines: vec![String::new()], color: None }];
        head.extend(labels.iter().map(|label| Lines::new(std::slice::from_ref(label), widths.1, None)));
        write_row(out, &head, widths, true)?;
        for thread in &self.threads {
            let mut row = vec![Lines::new(&[thread.last().to_owned()], widths.0, None)];
            row.extend(thread.cells.iter().map(|cell| Lines::new(&cell_lines(cell), widths.1, cell.step.color())));
            writeln!(out)?;
            write_row(out, &row, widths, false)?;
        }
        Ok(())
    }

    fn list(&self, out: &mut dyn WriteColor, labels: &[String], width: usize) -> io::Result<()> {
        for thread in &self.threads {
            writeln!(out)?;
            for line in wrapped(&Shown(thread.last()).to_string(), width) {
                heading(out, &line, None)?;
            }
            for (label, cell) in labels.iter().zip(&thread.cells) {
                let told = cell_lines(cell);
                let Some((first, remarks)) = told.split_first() else {
                    continue;
                };
                write!(out, "  {}: ", Shown(label))?;
                out.set_color(ColorSpec::new().set_fg(cell.step.color()))?;
                write!(out, "{}", Shown(first))?;
                out.reset()?;
                writeln!(out)?;
                for line in
                    remarks.iter().flat_map(|remark| wrapped(&Shown(remark).to_string(), width.saturating_sub(4)))
                {
                    writeln!(out, "    {line}")?;
                }
            }
        }
        Ok(())
    }

    /// Writes the formulas, each with how often the texts have it.
    fn write_formulas(&self, out: &mut dyn WriteColor, labels: &[String], width: usize) -> io::Result<()> {
        if self.formulas.is_empty() {
            return Ok(());
        }
        writeln!(out)?;
        heading(out, "formulas in other sentences:", None)?;
        for formula in self.formulas.iter().take(MOST_FORMULAS) {
            let line = format!("\"{}\": {}", formula.name, counts(formula, labels));
            write_set_in(out, &line, width)?;
        }
        let rest = self.formulas.len().saturating_sub(MOST_FORMULAS);
        if rest > 0 { writeln!(out, "  and {rest} more, with --format html and json") } else { Ok(()) }
    }

    /// Writes for each text who came in, came back or went.
    fn write_names(&self, out: &mut dyn WriteColor, labels: &[String], width: usize) -> io::Result<()> {
        let mut is_first = true;
        for (text, label) in labels.iter().enumerate() {
            for step in NameStep::ALL {
                let names = self.named(text, step);
                if names.is_empty() {
                    continue;
                }
                if std::mem::take(&mut is_first) {
                    writeln!(out)?;
                    heading(out, "names:", None)?;
                }
                let line = format!("{label}: {}: {}", step.name(), names.join(", "));
                write_set_in(out, &line, width)?;
            }
        }
        Ok(())
    }

    /// The names that take this step in a text, by its number.
    pub(super) fn named(&self, text: usize, step: NameStep) -> Vec<&str> {
        let taking = self.names.iter().filter(|name| name.step(text) == Some(step));
        taking.map(|name| name.name.as_str()).collect()
    }
}

/// How often each text has a formula: `2024 2, 2025 -, 2026 1`.
pub(super) fn counts(formula: &NameThread, labels: &[String]) -> String {
    let count = |(label, count): (&String, &usize)| match count {
        0 => format!("{label} -"),
        count => format!("{label} {count}"),
    };
    labels.iter().zip(&formula.counts).map(count).collect::<Vec<_>>().join(", ")
}

/// Writes a line, which is set in the deeper from its second one on.
fn write_set_in(out: &mut dyn WriteColor, line: &str, width: usize) -> io::Result<()> {
    for (at, line) in wrapped(&Shown(line).to_string(), width.saturating_sub(4)).into_iter().enumerate() {
        writeln!(out, "{}{line}", if at == 0 { "  " } else { "    " })?;
    }
    Ok(())
}

/// The most formulas that are told in a terminal.
const MOST_FORMULAS: usize = 40;

/// The most remarks that are told of a thread in a text, and the most names in one of them.
const MOST: usize = 4;

/// What is told of a thread in a text: what became of it, and the remarks, those on several names as one.
pub(super) fn cell_lines(cell: &SeriesCell) -> Vec<String> {
    let told = cell.told();
    if told.is_empty() {
        return Vec::new();
    }
    let grave = |remark: &&Remark| remark.effect != Effect::Other || remark.turns();
    // Names and figures of another year are what changes anyhow: they are told where nothing graver is.
    let mut remarks: Vec<&Remark> = cell.remarks.iter().filter(grave).collect();
    if remarks.is_empty() {
        remarks = cell.remarks.iter().collect();
    }
    let mut lines: Vec<(&str, Vec<String>)> = Vec::new();
    for remark in remarks {
        let what = match (&remark.old, &remark.new) {
            (Some(old), Some(new)) => format!("{old} -> {new}"),
            (one, other) => one.clone().or_else(|| other.clone()).unwrap_or_default(),
        };
        match lines.iter_mut().find(|(name, _)| *name == remark.name) {
            Some((_, all)) => all.push(what),
            None => lines.push((&remark.name, vec![what])),
        }
    }
    let and_more = |shown: &mut Vec<String>, more: usize| {
        if more > 0 {
            shown.push(format!("and {more} more"));
        }
    };
    let rest = lines.len().saturating_sub(MOST);
    let line = |(name, all): (&str, Vec<String>)| {
        let mut shown: Vec<String> = all.iter().take(MOST).cloned().collect();
        and_more(&mut shown, all.len().saturating_sub(MOST));
        format!("{name}: {}", shown.join(", "))
    };
    let mut shown: Vec<String> = std::iter::once(told).chain(lines.into_iter().take(MOST).map(line)).collect();
    and_more(&mut shown, rest);
    shown
}

/// Lines of a cell of the table.
struct Lines {
    lines: Vec<String>,
    /// The colour of the first one.
    color: Option<Color>,
}

impl Lines {
    fn new(texts: &[String], width: usize, color: Option<Color>) -> Lines {
        Lines { lines: texts.iter().flat_map(|text| wrapped(&Shown(text).to_string(), width)).collect(), color }
    }
}

fn write_row(out: &mut dyn WriteColor, row: &[Lines], widths: (usize, usize), bold: bool) -> io::Result<()> {
    let height = row.iter().map(|cell| cell.lines.len()).max().unwrap_or_default();
    for line in 0..height {
        let last = row.iter().rposition(|cell| cell.lines.len() > line).unwrap_or_default();
        for (at, cell) in row[..=last].iter().enumerate() {
            let text = cell.lines.get(line).map_or("", String::as_str);
            out.set_color(ColorSpec::new().set_fg(cell.color.filter(|_| line == 0)).set_bold(bold))?;
            write!(out, "{text}")?;
            out.reset()?;
            if at < last {
                let width = if at == 0 { widths.0 } else { widths.1 };
                write!(out, "{:pad$}{GAP}", "", pad = width.saturating_sub(text.width()))?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

/// A text in lines of at most `width` columns; a longer word is cut, behind a hyphen if it has one.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        let mut rest = word;
        loop {
            if let Some(last) = lines.last_mut().filter(|last| last.width() + 1 + rest.width() <= width) {
                last.push(' ');
                last.push_str(rest);
                break;
            }
            let mut used = 0;
            let fits = |(_, c): &(usize, char)| {
                used += unicode_width::UnicodeWidthChar::width(*c).unwrap_or(0);
                used > width.max(2)
            };
            match rest.char_indices().find(fits) {
                Some((at, _)) => {
                    let at = rest[..at].rfind('-').map_or(at, |hyphen| hyphen + 1);
                    lines.push(rest[..at].to_owned());
                    rest = &rest[at..];
                }
                None => {
                    lines.push(rest.to_owned());
                    break;
                }
            }
        }
    }
    lines
}
