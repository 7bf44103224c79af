//! The capabilities of the editor, and its settings.

use std::path::PathBuf;

use serde_json::Value;

use super::ServerSettings;
use super::text::PositionEncoding;
use super::uri::path_of;
use crate::session::Choice;

/// The capabilities of the editor. Read from the message itself: of an editor that says something odd, the rest still counts.
#[derive(Debug, Default, Clone)]
pub(super) struct Client {
    pub(super) encoding: PositionEncoding,
    /// It shows other places that belong to a diagnostic.
    pub(super) related: bool,
    /// It shows what is marked as unnecessary or deprecated.
    pub(super) tags: bool,
    /// It asks for diagnostics, and asks again when it is told to: they are not sent unasked.
    pub(super) pulls: bool,
    /// It takes actions that are edits.
    pub(super) code_actions: bool,
    /// It takes edits of documents in a certain version.
    pub(super) versioned_edits: bool,
    /// It shows Markdown.
    pub(super) markdown: bool,
    /// It watches files for the server.
    pub(super) watches: bool,
    /// It can be asked for its settings.
    pub(super) configuration: bool,
    /// It tells when its settings change, if it is asked to.
    pub(super) tells_settings: bool,
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub(super) fn new(params: &Value) -> Client {
        let at = |path: &str| params.pointer(&format!("/capabilities/{path}"));
        let can = |path: &str| at(path).and_then(Value::as_bool).unwrap_or(false);
        let names = |path: &str| at(path).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        let diagnostics = "textDocument/publishDiagnostics";
        Client {
            encoding: PositionEncoding::choose(names("general/positionEncodings")),
            related: can(&format!("{diagnostics}/relatedInformation")),
            // The first version of the protocol that had tags said `true`.
            tags: at(&format!("{diagnostics}/tagSupport")).is_some_and(|tags| *tags != Value::Bool(false)),
            pulls: at("textDocument/diagnostic").is_some_and(Value::is_object)
                && can("workspace/diagnostics/refreshSupport"),
            code_actions: at("textDocument/codeAction/codeActionLiteralSupport").is_some_and(Value::is_object),
            versioned_edits: can("workspace/workspaceEdit/documentChanges"),
            markdown: names("textDocument/hover/contentFormat").any(|format| format == "markdown"),
            watches: can("workspace/didChangeWatchedFiles/dynamicRegistration"),
            configuration: can("workspace/configuration"),
            tells_settings: can("workspace/didChangeConfiguration/dynamicRegistration"),
        }
    }
}

/// The folder of the workspace: the first, if there are several.
pub(super) fn root(params: &Value) -> Option<PathBuf> {
    let folder = params.pointer("/workspaceFolders/0/uri").or_else(|| params.get("rootUri"));
    let uri = folder.and_then(Value::as_str).and_then(|uri| uri.parse().ok());
    let old = || params.get("rootPath").and_then(Value::as_str).map(PathBuf::from);
    uri.and_then(|uri| path_of(&uri)).or_else(old)
}

impl ServerSettings {
    /// These settings with those of the editor, which go before those of the command line: `config`, `packs`, `select` and
    /// `ignore`, perhaps
    /// under `comity`. Values of the wrong type are told in words.
    pub(super) fn with(&self, editor: &Value) -> (ServerSettings, Vec<String>) {
        let mut settings = self.clone();
        let mut wrong = Vec::new();
        let editor = editor.get("comity").filter(|inner| inner.is_object()).unwrap_or(editor);
        match editor.get("config") {
            None | Some(Value::Null) => {}
            Some(Value::String(file)) if file.is_empty() => {}
            Some(Value::String(file)) => {
                settings.choice = Choice::File(file.into());
            }
            Some(other) => wrong.push(format!("`comity.config` is the path of a file, not {other}")),
        }
        let lists: [(&str, &str, &mut Vec<String>); 3] = [
            ("packs", "names of packs", &mut settings.options.packs),
            ("select", "rules, packs, tags, states or bodies", &mut settings.options.select),
            ("ignore", "rules, packs, tags, states or bodies", &mut settings.options.ignore),
        ];
        for (key, what, place) in lists {
            match editor.get(key) {
                None | Some(Value::Null) => {}
                Some(Value::Array(names)) if names.iter().all(Value::is_string) => {
                    let names: Vec<String> = names.iter().filter_map(Value::as_str).map(str::to_owned).collect();
                    if !names.is_empty() {
                        *place = names;
                    }
                }
                Some(other) => wrong.push(format!("`comity.{key}` is a list of {what}, not {other}")),
            }
        }
        (settings, wrong)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn settings_are_taken_with_or_without_their_name_and_what_is_wrong_is_told() {
        let cases = [
            (json!(null), None, vec![], 0),
            (json!({"config": "house.yml"}), Some("house.yml"), vec![], 0),
            (json!({"comity": {"config": "a.yml", "packs": ["framing"]}}), Some("a.yml"), vec!["framing"], 0),
            (json!({"comity": {"config": "", "packs": []}}), None, vec![], 0),
            (json!({"config": 3, "packs": "framing"}), None, vec![], 2),
            (json!({"select": "China", "ignore": [1]}), None, vec![], 2),
        ];
        for (editor, config, packs, problems) in cases {
            let (settings, wrong) = ServerSettings::default().with(&editor);
            let choice = config.map_or(Choice::Nearest, |file| Choice::File(file.into()));
            let expected = (choice, packs.iter().map(|p| (*p).to_owned()).collect(), problems);
            assert_eq!((settings.choice, settings.options.packs, wrong.len()), expected, "{editor}");
        }
    }

    #[test]
    fn an_editor_that_says_nothing_gets_what_every_editor_takes() {
        let client = Client::new(&json!({"capabilities": {"general": 5}}));
        assert_eq!(client.encoding, PositionEncoding::Utf16);
        assert!(!client.pulls && !client.related && !client.versioned_edits && !client.markdown);
    }
}
