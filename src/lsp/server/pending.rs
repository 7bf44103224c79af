//! Requests that wait for a check.

use lsp_server::RequestId;
use lsp_types::{CodeActionParams, Position};

/// A request that cannot be answered yet.
#[derive(Debug)]
pub(super) struct PendingRequest {
    pub(super) id: RequestId,
    pub(super) uri: String,
    pub(super) ask: Ask,
}

/// The question that a request has about a document.
#[derive(Debug)]
pub(super) enum Ask {
    /// Its diagnostics, if they are not those of this name.
    Diagnostics(Option<String>),
    Hover(Position),
    Actions(Box<CodeActionParams>),
    Completion(Position),
}
