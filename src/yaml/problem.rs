//! Problems: what is wrong with a YAML file, and where.

use std::path::PathBuf;
use std::sync::Arc;

use crate::span::{Position, Span};
use crate::text::DecodeError;
use crate::text::lines::Lines;

/// The largest YAML file that is read, in bytes.
pub(crate) const MAX_BYTES: u64 = 8 << 20;

/// One thing wrong with a YAML file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// A stable kebab-case name, such as `unknown-key`.
    pub code: &'static str,
    /// The fault.
    pub message: String,
    /// Its bytes in the file's text.
    pub span: Span,
    /// The remedy.
    pub help: Option<String>,
}

/// All that is wrong with one YAML file.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Problems {
    /// The name of the file.
    pub name: Arc<str>,
    /// The text of the file.
    pub text: Arc<str>,
    /// The problems, in the order of the file.
    pub list: Vec<Problem>,
}

impl Problems {
    /// The problems, each in a sentence: the file, the line and the column, the message, and what to do about it.
    pub fn sentences(&self) -> impl Iterator<Item = String> {
        let lines = Lines::new(&self.text);
        self.list.iter().map(move |problem| {
            let at = lines.position(&self.text, problem.span.start());
            let help = problem.help.iter().map(|help| format!("; {help}")).collect::<String>();
            format!("{}:{at}: error: {} [{}]{help}", self.name, problem.message, problem.code)
        })
    }

    /// The line and column of a byte of the file.
    pub fn position(&self, offset: usize) -> Position {
        Lines::new(&self.text).position(&self.text, offset)
    }
}

impl std::error::Error for Problems {}

impl std::fmt::Display for Problems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, sentence) in self.sentences().enumerate() {
            let separator = if i > 0 { "\n" } else { "" };
            write!(f, "{separator}{sentence}")?;
        }
        Ok(())
    }
}

/// The reason for which a YAML file could not be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum YamlError {
    /// The file could not be read.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The error of the system.
        source: std::io::Error,
    },
    /// The file is larger than comity reads.
    #[error("{}: larger than {} MiB, the most that a pack or a configuration may have", path.display(), MAX_BYTES >> 20)]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// The bytes are not text in an encoding that is read.
    #[error("{}: {source}", path.display())]
    Decode {
        /// The file.
        path: PathBuf,
        /// The byte, its place and the remedy.
        source: DecodeError,
    },
    /// The file is none of those that are read here. Nothing of it is quoted: it may be any file of the machine.
    #[error("{}: not {what}", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// The sort of file, and the keys that tell it.
        what: &'static str,
    },
    /// Its content is wrong.
    #[error(transparent)]
    Invalid(#[from] Problems),
}
