//! Requests from an editor. One that needs a check of the text as it is now waits for it.

use lsp_server::{ErrorCode, RequestId};
use lsp_types::{
    CodeActionParams, CompletionItem, CompletionParams, DocumentDiagnosticParams, HoverParams,
    TextDocumentPositionParams,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Server;
use super::pending::{Ask, PendingRequest};
use crate::lsp::document::OpenDocument;
use crate::lsp::{actions, completion, hover};

impl Server {
    /// Answers a request, or has it wait.
    pub(super) fn running(&mut self, id: RequestId, method: &str, params: Value) {
        let ask = match method {
            "textDocument/diagnostic" => read(params).map(|params: DocumentDiagnosticParams| {
                (params.text_document.uri, Ask::Diagnostics(params.previous_result_id))
            }),
            "textDocument/hover" => read(params).map(|params: HoverParams| {
                let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
                (text_document.uri, Ask::Hover(position))
            }),
            "textDocument/codeAction" => read(params)
                .map(|params: CodeActionParams| (params.text_document.uri.clone(), Ask::Actions(Box::new(params)))),
            "textDocument/completion" => read(params).map(|params: CompletionParams| {
                let TextDocumentPositionParams { text_document, position } = params.text_document_position;
                (text_document.uri, Ask::Completion(position))
            }),
            "completionItem/resolve" => {
                return match read(params) {
                    Ok(item) => self.resolve(id, item),
                    Err(reason) => self.refuse(id, ErrorCode::InvalidParams, reason),
                };
            }
            _ => return self.refuse(id, ErrorCode::MethodNotFound, format!("there is no {method} here")),
        };
        match ask {
            Ok((uri, ask)) => {
                self.waiting.push(PendingRequest { id, uri: uri.as_str().to_owned(), ask });
                self.answer_waiting(uri.as_str());
            }
            Err(reason) => self.refuse(id, ErrorCode::InvalidParams, reason),
        }
    }

    fn resolve(&self, id: RequestId, mut item: CompletionItem) {
        let checked = self.documents.values().filter_map(|document| document.checked.as_deref());
        completion::resolve(&mut item, &checked.collect::<Vec<_>>(), self.client.markdown);
        self.answer(id, to_value(item));
    }

    /// Answers what can be answered now of the requests that wait for a document.
    pub(super) fn answer_waiting(&mut self, uri: &str) {
        let (ready, waiting) = std::mem::take(&mut self.waiting)
            .into_iter()
            .partition(|waiting: &PendingRequest| waiting.uri == uri && self.can_answer(waiting));
        self.waiting = waiting;
        let ready: Vec<PendingRequest> = ready;
        for PendingRequest { id, uri, ask } in ready {
            let answer = match self.documents.get(&uri) {
                Some(document) => self.answer_of(document, ask),
                // It has been closed, or was never opened.
                None if matches!(ask, Ask::Diagnostics(_)) => json!({"kind": "full", "items": []}),
                None => Value::Null,
            };
            self.answer(id, answer);
        }
    }

    fn can_answer(&self, waiting: &PendingRequest) -> bool {
        let Some(document) = self.documents.get(&waiting.uri) else {
            return true;
        };
        let Some(checked) = &document.checked else {
            return false;
        };
        // What may be written at a place depends on the configuration alone.
        matches!(waiting.ask, Ask::Completion(_)) || self.is_current(document, checked)
    }

    fn answer_of(&self, document: &OpenDocument, ask: Ask) -> Value {
        let Some(checked) = document.checked.as_deref() else {
            return Value::Null;
        };
        match ask {
            Ask::Diagnostics(previous) => {
                let id = document.published.result_id.to_string();
                if previous.as_deref() == Some(&id) {
                    return json!({"kind": "unchanged", "resultId": id});
                }
                json!({"kind": "full", "resultId": id, "items": document.published.items})
            }
            Ask::Hover(position) => to_value(hover::at(document, checked, position, &self.client)),
            Ask::Actions(params) => {
                let has_comments = self.kind(document).has_comments();
                to_value(actions::actions(document, checked, &params, &self.client, has_comments))
            }
            Ask::Completion(position) => to_value(completion::at(document, self.kind(document), checked, position)),
        }
    }

    /// Takes a request back.
    pub(super) fn cancel(&mut self, id: &RequestId) {
        if let Some(at) = self.waiting.iter().position(|waiting| waiting.id == *id) {
            let waiting = self.waiting.remove(at);
            self.refuse(waiting.id, ErrorCode::RequestCanceled, "cancelled".to_owned());
        }
    }
}

/// The parameters of a message, or why they are none.
pub(super) fn read<P: DeserializeOwned>(params: Value) -> Result<P, String> {
    serde_json::from_value(params).map_err(|error| format!("the parameters are not what they should be: {error}"))
}

fn to_value(answer: impl Serialize) -> Value {
    serde_json::to_value(answer).unwrap_or_default()
}
