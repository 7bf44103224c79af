//! The interface of report formats.

use std::io;

use termcolor::WriteColor;

use super::{Failure, NotRead};
use crate::context::Taken;
use crate::draft::Draft;
use crate::finding::Finding;
use crate::lint::Unused;

/// The width, in columns of a terminal, that lines are cut to where there is no terminal.
pub const DEFAULT_WIDTH: usize = 160;

/// The settings of reports.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct ReportSettings {
    /// The columns of the terminal.
    pub width: usize,
}

impl Default for ReportSettings {
    fn default() -> ReportSettings {
        ReportSettings { width: DEFAULT_WIDTH }
    }
}

/// Writes findings in one format, a draft at a time.
pub trait Reporter {
    /// True if it says what a draft is taken for.
    fn tells_taken(&self) -> bool {
        false
    }

    /// Keeps what the next draft is taken for.
    fn taken(&mut self, _draft: &Draft, _taken: &Taken) {}

    /// Writes what comes before the first draft.
    ///
    /// # Errors
    /// If it cannot be written.
    fn start(&mut self, _out: &mut dyn WriteColor) -> io::Result<()> {
        Ok(())
    }

    /// Writes the findings of one draft, which are in the order of the draft.
    ///
    /// # Errors
    /// If they cannot be written.
    fn draft(&mut self, out: &mut dyn WriteColor, draft: &Draft, findings: &[Finding]) -> io::Result<()>;

    /// Takes note of what could not be checked, or of why. People are told on standard error; this is for programs that see
    /// nothing but the report.
    ///
    /// # Errors
    /// If it cannot be written.
    fn failed(&mut self, _out: &mut dyn WriteColor, _failure: &Failure) -> io::Result<()> {
        Ok(())
    }

    /// Takes note of what was not read of a folder or a draft. People are told on standard error; this is for who sees nothing but the
    /// report.
    ///
    /// # Errors
    /// If it cannot be written.
    fn not_read(&mut self, _out: &mut dyn WriteColor, _not_read: &NotRead) -> io::Result<()> {
        Ok(())
    }

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
#[non_exhaustive]
pub struct ReportFormat {
    /// The name that `--format` takes.
    pub name: &'static str,
    /// Its purpose, in a few words.
    pub about: &'static str,
    /// True if it shows findings that are suppressed, as such.
    pub suppressed: bool,
    /// Begins a report.
    pub begin: fn(&ReportSettings) -> Box<dyn Reporter>,
}
