//! Settings that a language server is started with, and the ways in which it ends.

use std::path::PathBuf;

use crate::config::Options;
use crate::session::Choice;

/// The settings of a language server on the command line. Those of the editor go before them.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ServerSettings {
    /// The packs and rules to check with.
    pub options: Options,
    /// The configuration to check with.
    pub choice: Choice,
    /// The folder that a relative path of a configuration starts from, until the editor names one.
    pub root: PathBuf,
}

/// The way in which a language server ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Exit {
    /// The editor asked for it.
    Orderly,
    /// The editor went away, or left without a word.
    Abrupt,
}
