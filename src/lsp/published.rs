//! The diagnostics that an editor has been told of.

use lsp_types::Diagnostic;

/// The diagnostics of a document, with a name for them.
#[derive(Debug, Default)]
pub(super) struct Published {
    /// Changes when, and only when, the diagnostics do.
    pub(super) result_id: u64,
    /// The text that they were last told of.
    pub(super) revision: u64,
    pub(super) items: Vec<Diagnostic>,
}
