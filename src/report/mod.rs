//! Reports: findings in the shape that a reader wants.
//!
//! To add a format, add a file with a [`Reporter`] and a line to [`FORMATS`].

mod human;
mod problems;
mod short;
mod statistics;
mod view;

use std::io;

use codespan_reporting::term::termcolor::WriteColor;

use crate::draft::Draft;
use crate::finding::Finding;
use crate::lint::Unused;

pub use problems::write_problems;
pub use statistics::Statistics;

/// The width, in columns of a terminal, that lines are cut to where there is no terminal.
pub const DEFAULT_WIDTH: usize = 160;

/// What a format may need to know.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The columns of the terminal.
    pub width: usize,
}

/// Writes findings in one format, a draft at a time.
pub trait Reporter {
    /// Writes the findings of one draft, which are in the order of the draft.
    ///
    /// # Errors
    /// If they cannot be written.
    fn draft(&mut self, out: &mut dyn WriteColor, draft: &Draft, findings: &[Finding]) -> io::Result<()>;

    /// Takes what matched nothing in any draft, before the end. Only statistics tell it.
    fn unused(&mut self, _unused: Unused) {}

    /// Writes what comes after the last draft.
    ///
    /// # Errors
    /// If it cannot be written.
    fn finish(&mut self, _out: &mut dyn WriteColor) -> io::Result<()> {
        Ok(())
    }
}

/// A format: its name, what it is for, and how to begin a report in it.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// What `--format` says.
    pub name: &'static str,
    /// What it is for, in a few words.
    pub about: &'static str,
    /// Begins a report.
    pub begin: fn(&Settings) -> Box<dyn Reporter>,
}

/// Every format; the first is the default.
pub const FORMATS: &[Format] = &[human::FORMAT, short::FORMAT];
