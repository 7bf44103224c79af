//! Reports: findings in the shape that a reader wants.
//!
//! To add a format, add a file with a [`Reporter`] and a line to [`FORMATS`].

mod checkstyle;
mod failure;
mod github;
mod gitlab;
mod html;
mod human;
mod json;
mod jsonl;
mod junit;
mod problems;
mod rdjson;
mod record;
mod sarif;
mod short;
mod snippet;
mod statistics;
mod text;
mod view;

use std::io;

use codespan_reporting::term::termcolor::WriteColor;

use crate::context::Taken;
use crate::draft::Draft;
use crate::finding::Finding;
use crate::lint::Unused;
pub use crate::text::counted;

pub use failure::{Failure, FailurePlace};
pub use html::{HEAD_BYTES, is_page};
pub use problems::write_problems;
pub use record::json_schema;
pub(crate) use record::{Head, Place, Wording};
pub use statistics::Statistics;
pub(crate) use text::say;
use text::{Items, advice, json_line};

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
    /// Whether it says what a draft is taken for.
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
    /// Whether it shows findings that are suppressed, as such.
    pub suppressed: bool,
    /// Begins a report.
    pub begin: fn(&Settings) -> Box<dyn Reporter>,
}

/// Every format; the first is the default.
pub const FORMATS: &[Format] = &[
    human::FORMAT,
    short::FORMAT,
    json::FORMAT,
    jsonl::FORMAT,
    sarif::FORMAT,
    github::FORMAT,
    gitlab::FORMAT,
    checkstyle::FORMAT,
    junit::FORMAT,
    rdjson::FORMAT,
    html::FORMAT,
];
