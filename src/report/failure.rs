//! Failures: the drafts that could not be checked, and why, for programs that see nothing but the report.

use crate::config::ConfigError;
use crate::lint::RuleSetError;
use crate::span::Position;
use crate::text::lines::Lines;
use crate::yaml::{Problems, YamlError};

/// A failure, or the cause of one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// A draft or a folder that was not checked, in a sentence that names it.
    Unchecked(String),
    /// A fault of a configuration or a pack, for which drafts are not checked. It is told once, before those drafts.
    Cause {
        /// The fault, behind the file and the place, with what to do about it.
        message: String,
        /// The place to put right, where it is known.
        place: Option<FailurePlace>,
    },
}

/// A place in a configuration or a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FailurePlace {
    /// The file as problems show it: relative to the current directory where it lies below it.
    pub path: String,
    /// The first character.
    pub start: Position,
    /// The position behind its last character.
    pub end: Position,
}

impl Failure {
    /// Each thing that is wrong with a configuration and the packs that it names.
    pub fn causes_of_config(error: &ConfigError) -> Vec<Failure> {
        match error {
            ConfigError::Files(files) => files.iter().flat_map(|file| causes_of_file(&file.error)).collect(),
            other => vec![elsewhere(other)],
        }
    }

    /// Lists the causes for which rules could not be put together.
    pub fn causes_of_rules(error: &RuleSetError) -> Vec<Failure> {
        match error {
            RuleSetError::Pack(problems) => causes(problems),
            other => vec![elsewhere(other)],
        }
    }

    /// The message for people.
    pub fn message(&self) -> &str {
        match self {
            Failure::Unchecked(message) | Failure::Cause { message, .. } => message,
        }
    }

    /// The place to put right, where it is known.
    pub fn place(&self) -> Option<&FailurePlace> {
        match self {
            Failure::Cause { place, .. } => place.as_ref(),
            Failure::Unchecked(_) => None,
        }
    }
}

fn causes_of_file(error: &YamlError) -> Vec<Failure> {
    match error {
        YamlError::Invalid(problems) => causes(problems),
        other => vec![elsewhere(other)],
    }
}

fn causes(problems: &Problems) -> Vec<Failure> {
    let lines = Lines::new(&problems.text);
    let position = |offset| lines.position(&problems.text, offset);
    let cause = |(problem, message): (&crate::yaml::Problem, String)| Failure::Cause {
        message,
        place: Some(FailurePlace {
            path: problems.name.to_string(),
            start: position(problem.span.start()),
            end: position(problem.span.end()),
        }),
    };
    problems.list.iter().zip(problems.sentences()).map(cause).collect()
}

/// Makes a failure of an error that has no place in a file, or says it itself.
fn elsewhere(error: &impl std::fmt::Display) -> Failure {
    Failure::Cause { message: error.to_string(), place: None }
}
