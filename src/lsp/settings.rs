//! What a language server is started with, and how it ends.

use std::path::PathBuf;

use crate::config::Options;

/// What the command line says of a language server. The settings of the editor go before it.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Which packs and rules to check with.
    pub options: Options,
    /// The configuration to use, instead of the nearest to each draft.
    pub config: Option<PathBuf>,
    /// Use no configuration.
    pub no_config: bool,
    /// The folder that a relative path of a configuration starts from, until the editor names one.
    pub root: PathBuf,
}

/// How a language server ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// As the editor asked for.
    Orderly,
    /// The editor went away, or left without a word.
    Abrupt,
}
