//! Standard output and standard error: colours, widths, closed pipes.

use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;
use termcolor::{BufferedStandardStream, ColorChoice};

use super::status::Status;
use crate::config::ConfigError;
use crate::report::{self, ReportSettings, write_problems};
use crate::{Problems, Shown, YamlError};

/// The use of colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    fn choice(self, stream: &impl IsTerminal) -> ColorChoice {
        let on = match self {
            Color::Always => true,
            Color::Never => false,
            Color::Auto if anstyle_query::no_color() => false,
            Color::Auto if anstyle_query::clicolor_force() => true,
            Color::Auto => {
                stream.is_terminal()
                    && anstyle_query::term_supports_color()
                    && anstyle_query::clicolor().unwrap_or(true)
            }
        };
        if on { ColorChoice::AlwaysAnsi } else { ColorChoice::Never }
    }
}

/// The two streams of the process.
pub(super) struct Streams {
    /// Findings, and what was asked for.
    pub(super) out: BufferedStandardStream,
    /// Everything else.
    pub(super) err: BufferedStandardStream,
    /// The first failure to write to standard output.
    failure: Option<io::Error>,
}

impl Streams {
    pub(super) fn new(color: Color) -> Streams {
        Streams {
            out: BufferedStandardStream::stdout(color.choice(&io::stdout())),
            err: BufferedStandardStream::stderr(color.choice(&io::stderr())),
            failure: None,
        }
    }

    /// The facts of the terminal that a report may know.
    pub(super) fn settings() -> ReportSettings {
        let terminal = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
        ReportSettings { width: terminal.map_or(report::DEFAULT_WIDTH, |(width, _)| usize::from(width.0).max(60)) }
    }

    /// Keeps the first failure of standard output; `false` once there is one, so that the caller stops.
    pub(super) fn wrote(&mut self, result: io::Result<()>) -> bool {
        if let Err(error) = result {
            self.failure.get_or_insert(error);
        }
        self.failure.is_none()
    }

    /// Says one line on standard error. That it cannot be said is no reason to stop.
    pub(super) fn say(&mut self, line: &str) {
        let _ = self.out.flush();
        let _ = writeln!(self.err, "{}", Shown(line)).and_then(|()| self.err.flush());
    }

    /// Says what went wrong.
    pub(super) fn error(&mut self, error: &dyn std::fmt::Display) {
        self.say(&format!("error: {error}"));
    }

    /// Draws the problems of a pack or a configuration on standard error.
    pub(super) fn problems(&mut self, problems: &Problems) {
        let _ = self.out.flush();
        let _ = write_problems(&mut self.err, problems, &Streams::settings()).and_then(|()| self.err.flush());
    }

    pub(super) fn yaml_error(&mut self, error: &YamlError) {
        match error {
            YamlError::Invalid(problems) => self.problems(problems),
            other => self.error(other),
        }
    }

    pub(super) fn config_error(&mut self, error: &ConfigError) {
        match error {
            ConfigError::Files(files) => files.iter().for_each(|file| self.yaml_error(&file.error)),
            other => self.error(other),
        }
    }

    /// Flushes, and tells how the run ended. A closed pipe is no failure: the reader has read enough.
    pub(super) fn finish(mut self, status: Status) -> Status {
        let flushed = self.out.flush();
        self.wrote(flushed);
        match self.failure.take() {
            Some(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                self.error(&format!("standard output: {error}"));
                Status::Failed
            }
            _ => status,
        }
    }
}
