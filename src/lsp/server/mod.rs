//! The state of a language server, and the life of one: from `initialize` to `exit`.

mod notifications;
mod pending;
mod requests;

use std::collections::{HashMap, VecDeque};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions, DiagnosticOptions,
    DiagnosticServerCapabilities, HoverProviderCapability, ServerCapabilities, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions,
};
use serde_json::{Value, json};

use super::check::{CheckJob, CheckResult, FinishedCheck, Worker, checker, reason_of};
use super::client::{self, Client};
use super::document::OpenDocument;
use super::kind::ContentKind;
use super::stream::Outgoing;
use super::{Exit, ServerSettings, actions, diagnostics};
use crate::escape::Shown;
use crate::session::Choice;
use crate::{config, yaml};
use pending::PendingRequest;

/// The phase of a server's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nobody has said `initialize`.
    New,
    Running,
    /// `shutdown` has been said; `exit` is to follow.
    ShutDown,
}

/// A language server.
#[derive(Debug)]
pub(super) struct Server {
    out: Sender<Outgoing>,
    worker: Worker,
    phase: Phase,
    client: Client,
    /// The settings of the command line.
    base: ServerSettings,
    /// The settings of the editor as it gave them.
    editor_settings: Value,
    /// The settings in force: both, and the texts of open packs and configurations.
    settings: Arc<ServerSettings>,
    /// Counts what may change how drafts are checked.
    generation: u64,
    /// The last number that was given to a text.
    revision: u64,
    /// The last number that was given to diagnostics.
    result_id: u64,
    documents: HashMap<String, OpenDocument>,
    /// Documents to check, the next first.
    queue: VecDeque<String>,
    /// True if a document is being checked.
    busy: bool,
    /// Requests that are answered when a check is over.
    waiting: Vec<PendingRequest>,
    /// The last number that was given to a request of the server.
    request: i32,
    /// The request for the editor's settings that has not been answered.
    asked_settings: Option<RequestId>,
}

impl Server {
    pub(super) fn new(out: Sender<Outgoing>, base: ServerSettings) -> Server {
        Server {
            out,
            worker: Worker::start(checker()),
            phase: Phase::New,
            client: Client::default(),
            settings: Arc::new(base.clone()),
            base,
            editor_settings: Value::Null,
            generation: 0,
            revision: 0,
            result_id: 0,
            documents: HashMap::new(),
            queue: VecDeque::new(),
            busy: false,
            waiting: Vec::new(),
            request: 0,
            asked_settings: None,
        }
    }

    /// The channel that finished checks come from.
    pub(super) fn outcomes(&self) -> Receiver<FinishedCheck> {
        self.worker.outcomes.clone()
    }

    /// Takes a message; says how the server ends, once it does.
    pub(super) fn message(&mut self, message: Message) -> Option<Exit> {
        match message {
            Message::Request(request) => self.request(request),
            Message::Response(response) => self.response(response),
            Message::Notification(notification) if notification.method == "exit" => return Some(self.left()),
            Message::Notification(notification) if self.phase == Phase::Running => self.notification(notification),
            Message::Notification(_) => {}
        }
        None
    }

    /// The exit of a server whose editor leaves now.
    pub(super) fn left(&self) -> Exit {
        if self.phase == Phase::ShutDown { Exit::Orderly } else { Exit::Abrupt }
    }

    /// Answers what was no message.
    pub(super) fn malformed(&mut self, reason: String) {
        self.log(&format!("what was sent is no message: {reason}"));
        let _ = self.out.send(Outgoing::NotUnderstood(reason));
    }

    fn request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let refused = match (self.phase, method.as_str()) {
            (Phase::New, "initialize") => return self.initialize(id, &params),
            (Phase::New, _) => Some((ErrorCode::ServerNotInitialized, "`initialize` comes first")),
            (Phase::Running, "shutdown") => {
                self.phase = Phase::ShutDown;
                return self.answer(id, Value::Null);
            }
            (Phase::Running, "initialize") => Some((ErrorCode::InvalidRequest, "`initialize` comes once")),
            (Phase::Running, _) => None,
            (Phase::ShutDown, _) => Some((ErrorCode::InvalidRequest, "the server is shut down")),
        };
        if let Some((code, message)) = refused {
            return self.refuse(id, code, message.to_owned());
        }
        // A broken answer to one request is no reason to leave the editor alone.
        let asked = id.clone();
        let answered = catch_unwind(AssertUnwindSafe(|| self.running(asked, &method, params)));
        if let Err(panic) = answered {
            let reason = format!("{method} failed, which is a bug of comity: {}", reason_of(&*panic));
            self.log(&reason);
            self.refuse(id, ErrorCode::InternalError, reason);
        }
    }

    fn notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        let handled = catch_unwind(AssertUnwindSafe(|| self.notified(&method, params)));
        let reason = match handled {
            Ok(Ok(())) => return,
            Ok(Err(reason)) => reason,
            Err(panic) => format!("{method} failed, which is a bug of comity: {}", reason_of(&*panic)),
        };
        self.log(&reason);
    }

    fn response(&mut self, response: Response) {
        if self.asked_settings.as_ref() != Some(&response.id) {
            return;
        }
        self.asked_settings = None;
        if let Ok(Value::Array(values)) = response.response_result {
            self.settings_changed(values.into_iter().next().unwrap_or_default());
        }
    }

    fn initialize(&mut self, id: RequestId, params: &Value) {
        self.phase = Phase::Running;
        self.client = Client::new(params);
        if let Some(root) = client::root(params) {
            self.base.root = root;
        }
        self.settings_changed(params.get("initializationOptions").cloned().unwrap_or_default());
        let capabilities = capabilities(&self.client);
        let server = json!({"name": "comity", "version": env!("CARGO_PKG_VERSION")});
        self.answer(id, json!({"capabilities": capabilities, "serverInfo": server}));
    }

    /// Takes the settings of the editor.
    fn settings_changed(&mut self, settings: Value) {
        self.editor_settings = settings;
        let (_, wrong) = self.base.with(&self.editor_settings);
        for wrong in wrong {
            self.notify("window/showMessage", json!({"type": 2, "message": format!("comity: {wrong}")}));
        }
        self.reload();
    }

    /// Checks every document anew, because a configuration, a pack or a setting may have changed.
    fn reload(&mut self) {
        self.generation += 1;
        let (mut settings, _) = self.base.with(&self.editor_settings);
        let is_read = |text: &str| text.len() as u64 <= yaml::MAX_BYTES;
        let open = self.documents.values().filter(|document| document.is_yaml() && is_read(document.text.as_str()));
        let texts = open.filter_map(|document| Some((document.path.clone()?, document.text.as_str().into())));
        settings.options.unsaved = texts.collect();
        self.settings = Arc::new(settings);
        let all: Vec<String> = self.documents.keys().cloned().collect();
        for uri in all {
            if !self.queue.contains(&uri) {
                self.queue.push_back(uri);
            }
        }
        if self.client.pulls && !self.documents.is_empty() {
            self.ask("workspace/diagnostic/refresh", Value::Null);
        }
    }

    fn kind(&self, document: &OpenDocument) -> ContentKind {
        let config = match &self.settings.choice {
            Choice::File(file) => Some(config::resolve(&self.settings.root.join(file))),
            Choice::Nearest | Choice::Nothing => None,
        };
        document.kind(config.as_deref())
    }

    fn is_current(&self, document: &OpenDocument, checked: &CheckResult) -> bool {
        checked.revision == document.revision && checked.generation == self.generation
    }

    /// Sends the next document to be checked, if none is being checked.
    pub(super) fn check_next(&mut self) {
        while !self.busy {
            let Some(uri) = self.queue.pop_front() else {
                return;
            };
            let Some(document) = self.documents.get(&uri) else {
                continue;
            };
            if document.checked.as_ref().is_some_and(|checked| self.is_current(document, checked)) {
                continue;
            }
            let job = CheckJob {
                revision: document.revision,
                generation: self.generation,
                kind: self.kind(document),
                path: document.path.clone(),
                text: document.text.as_str().into(),
                settings: Arc::clone(&self.settings),
                uri,
            };
            self.busy = self.worker.jobs.send(job).is_ok();
        }
    }

    /// Takes a finished check.
    pub(super) fn checked(&mut self, outcome: FinishedCheck) {
        self.busy = false;
        let FinishedCheck { uri, checked, broke } = outcome;
        if let Some(reason) = broke {
            self.log(&format!("the check of {uri} failed, which is a bug of comity: {reason}"));
        }
        let (generation, client) = (self.generation, &self.client);
        let Some(document) = self.documents.get_mut(&uri) else {
            return;
        };
        let checked = Arc::new(checked);
        document.checked = Some(Arc::clone(&checked));
        let is_current = checked.revision == document.revision && checked.generation == generation;
        if is_current {
            let items = diagnostics::diagnostics(document, &checked, client);
            let is_new = document.published.result_id == 0 || items != document.published.items;
            if is_new {
                self.result_id += 1;
                document.published.result_id = self.result_id;
                document.published.items = items;
            }
            let told = std::mem::replace(&mut document.published.revision, document.revision);
            if !client.pulls && (is_new || told != document.revision) {
                let (uri, version) = (&document.uri, document.version);
                let params = json!({"uri": uri, "version": version, "diagnostics": document.published.items});
                self.notify("textDocument/publishDiagnostics", params);
            }
        }
        self.answer_waiting(&uri);
    }

    fn send(&self, message: impl Into<Message>) {
        // Of an editor that has gone the end of its messages tells.
        let _ = self.out.send(Outgoing::Message(message.into()));
    }

    fn answer(&self, id: RequestId, result: Value) {
        self.send(Response { id, response_result: Ok(result) });
    }

    fn refuse(&self, id: RequestId, code: ErrorCode, message: String) {
        self.send(Response::new_err(id, code as i32, message));
    }

    fn notify(&self, method: &str, params: Value) {
        self.send(Notification { method: method.to_owned(), params });
    }

    /// Asks the editor for something.
    fn ask(&mut self, method: &str, params: Value) -> RequestId {
        self.request += 1;
        let id = RequestId::from(self.request);
        self.send(Request { id: id.clone(), method: method.to_owned(), params });
        id
    }

    /// Says what went wrong, to the log of the editor and on standard error.
    fn log(&self, message: &str) {
        let message = Shown(message).to_string();
        let _ = writeln!(std::io::stderr(), "comity lsp: {message}");
        self.notify("window/logMessage", json!({"type": 1, "message": message}));
    }
}

/// Declares the capabilities of the server.
fn capabilities(client: &Client) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(TextDocumentSyncSaveOptions::Supported(true)),
        ..TextDocumentSyncOptions::default()
    };
    let pull = DiagnosticOptions { identifier: Some(diagnostics::SOURCE.to_owned()), ..DiagnosticOptions::default() };
    ServerCapabilities {
        position_encoding: Some(client.encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        code_action_provider: client.code_actions.then(|| {
            CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, actions::FIX_ALL]),
                ..CodeActionOptions::default()
            })
        }),
        completion_provider: Some(CompletionOptions {
            resolve_provider: Some(true),
            trigger_characters: Some([" ", "/", ":", "-", "["].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        diagnostic_provider: client.pulls.then_some(DiagnosticServerCapabilities::Options(pull)),
        ..ServerCapabilities::default()
    }
}
