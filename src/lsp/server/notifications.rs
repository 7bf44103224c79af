//! Notifications from an editor: documents that come, change and go, files and settings that change.

use lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
};
use serde_json::{Value, json};

use super::Server;
use super::requests::read;
use crate::config;
use crate::lsp::document::OpenDocument;
use crate::lsp::kind::ContentKind;
use crate::lsp::published::Published;
use crate::lsp::text::EditorText;
use crate::lsp::uri::path_of;

impl Server {
    /// Takes what the editor tells.
    ///
    /// # Errors
    /// If it makes no sense, in words for the log.
    pub(super) fn notified(&mut self, method: &str, params: Value) -> Result<(), String> {
        let read_failed = |reason: String| format!("{method}: {reason}");
        match method {
            "initialized" => self.initialized(),
            "$/cancelRequest" => {
                if let Some(id) = params.get("id").and_then(|id| serde_json::from_value(id.clone()).ok()) {
                    self.cancel(&id);
                }
            }
            "textDocument/didOpen" => self.opened(read(params).map_err(read_failed)?),
            "textDocument/didChange" => self.changed(read(params).map_err(read_failed)?)?,
            "textDocument/didSave" => self.saved(&read(params).map_err(read_failed)?),
            "textDocument/didClose" => self.closed(&read(params).map_err(read_failed)?),
            "workspace/didChangeWatchedFiles" => self.reload(),
            "workspace/didChangeConfiguration" => self.configured(&params),
            // The protocol has servers pass over what they do not know.
            _ => {}
        }
        Ok(())
    }

    /// Asks the editor to watch the files that checks depend on, and for its settings.
    fn initialized(&mut self) {
        let mut registrations = Vec::new();
        if self.client.watches {
            // The second pattern is for packs, which may have any name.
            let watchers = [format!("**/{}", config::FILE_NAME), "**/*.{yml,yaml}".to_owned()];
            let watchers = watchers.map(|pattern| json!({"globPattern": pattern}));
            registrations.push(json!({
                "id": "comity-files",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": {"watchers": watchers},
            }));
        }
        if self.client.tells_settings {
            registrations.push(json!({
                "id": "comity-settings",
                "method": "workspace/didChangeConfiguration",
                "registerOptions": {"section": "comity"},
            }));
        }
        if !registrations.is_empty() {
            self.ask("client/registerCapability", json!({"registrations": registrations}));
        }
        self.ask_settings();
    }

    fn ask_settings(&mut self) {
        if self.client.configuration {
            let id = self.ask("workspace/configuration", json!({"items": [{"section": "comity"}]}));
            self.asked_settings = Some(id);
        }
    }

    fn configured(&mut self, params: &Value) {
        match params.get("settings").filter(|settings| !settings.is_null()) {
            Some(settings) => self.settings_changed(settings.clone()),
            None => self.ask_settings(),
        }
    }

    fn opened(&mut self, params: DidOpenTextDocumentParams) {
        let item = params.text_document;
        self.revision += 1;
        let document = OpenDocument {
            path: path_of(&item.uri),
            language: item.language_id,
            version: item.version,
            text: EditorText::new(item.text, self.client.encoding),
            revision: self.revision,
            checked: None,
            published: Published::default(),
            uri: item.uri,
        };
        let governs = self.governs(&document);
        let uri = document.uri.as_str().to_owned();
        self.documents.insert(uri.clone(), document);
        if governs || !self.client.watches {
            self.reload();
        }
        self.check_soon(uri);
    }

    fn changed(&mut self, params: DidChangeTextDocumentParams) -> Result<(), String> {
        let uri = params.text_document.uri.as_str().to_owned();
        let Some(mut document) = self.documents.remove(&uri) else {
            return Err(format!("{uri} changed, but it is not open"));
        };
        let governed = self.governs(&document);
        for change in params.content_changes {
            document.text.apply(change);
        }
        self.revision += 1;
        document.revision = self.revision;
        document.version = params.text_document.version;
        let governs = governed || self.governs(&document);
        self.documents.insert(uri.clone(), document);
        if governs {
            self.reload();
        }
        self.check_soon(uri);
        Ok(())
    }

    fn saved(&mut self, params: &DidSaveTextDocumentParams) {
        let uri = params.text_document.uri.as_str();
        let governs = self.documents.get(uri).is_some_and(|document| self.governs(document));
        // Nobody tells of files that have changed elsewhere.
        if governs || !self.client.watches {
            self.reload();
        }
    }

    fn closed(&mut self, params: &DidCloseTextDocumentParams) {
        let uri = params.text_document.uri.as_str();
        let Some(document) = self.documents.remove(uri) else {
            return;
        };
        self.answer_waiting(uri);
        if !self.client.pulls {
            self.notify("textDocument/publishDiagnostics", json!({"uri": uri, "diagnostics": []}));
        }
        if self.governs(&document) {
            self.reload();
        }
    }

    /// True if the checks of other documents may depend on this one.
    fn governs(&self, document: &OpenDocument) -> bool {
        matches!(self.kind(document), ContentKind::Config | ContentKind::Pack)
    }

    /// Moves a document before all others that are to be checked: somebody is looking at it.
    fn check_soon(&mut self, uri: String) {
        self.queue.retain(|queued| *queued != uri);
        self.queue.push_front(uri);
    }
}
