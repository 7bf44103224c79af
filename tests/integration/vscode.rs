//! VS Code itself, as its server and a page in Chromium: the tasks of `editors/vscode/` with their problem matchers, and `comity lsp` in
//! the client library that extensions of VS Code are built on.
//!
//! `.ci/clients` puts VS Code into `target/clients`; what it is to do is an extension in `tests/clients/vscode/`.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::{Folder, binaries, client, folder, installed, path_behind, root};
use crate::drafts::{FINDINGS, drafts};
use serde_json::{Value, json};

/// A process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// No question is asked of a user, nothing is looked for in a network.
const SETTINGS: &str = r#"{
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "workbench.startupEditor": "none",
  "git.enabled": false
}"#;

/// The server of VS Code, with the extension of this test, and the address that it is at.
fn server(code: &Path, data: &Folder, workspace: &Folder) -> (Running, String) {
    for file in ["package.json", "extension.js"] {
        let content = std::fs::read(root().join("tests/clients/vscode").join(file)).expect("it is there");
        data.write(&format!("extensions/comity.comity-test-0.0.0/{file}"), &content);
    }
    for level in ["Machine", "User"] {
        data.write(&format!("data/{level}/settings.json"), SETTINGS.as_bytes());
    }
    let tasks = std::fs::read(root().join("editors/vscode/tasks.json")).expect("it is there");
    workspace.write(".vscode/tasks.json", &tasks);
    let mut child = Command::new("node")
        .arg(code.join("out/server-main.js"))
        .args(["--host", "127.0.0.1", "--port", "0", "--without-connection-token", "--accept-server-license-terms"])
        .args(["--telemetry-level", "off", "--disable-workspace-trust", "--force-disable-user-env"])
        .arg("--server-data-dir")
        .arg(data.path(""))
        .env("PATH", path_behind([binaries()]))
        .env("HOME", data.path(""))
        .env("COMITY", env!("CARGO_BIN_EXE_comity"))
        .env("CLIENTS", code.parent().expect("it lies in target/clients"))
        .env("RESULT", data.path("result.json"))
        .envs([("LC_ALL", "C.UTF-8"), ("DRAFT", "draft.md")])
        .env("PROBLEMS", FINDINGS.len().to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Node is installed");
    let mut lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    let running = Running(child);
    let listening = "Extension host agent listening on ";
    let port = lines.find_map(|line| line.ok()?.strip_prefix(listening).map(str::to_owned)).expect("the server starts");
    // What else it says is read, so that it goes on.
    std::thread::spawn(move || lines.for_each(drop));
    let address = format!("http://127.0.0.1:{port}/?folder={}", workspace.path("").display());
    (running, address)
}

/// What the extension has written, when VS Code has been opened in a browser.
fn opened(address: &str, data: &Folder) -> Value {
    let profile = format!("--user-data-dir={}", data.path("chromium").display());
    let browser = Command::new("chromium")
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
        .args(["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", &profile, address])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("Chromium is installed");
    let _browser = Running(browser);
    let started = Instant::now();
    while !data.path("result.json").exists() {
        assert!(started.elapsed() < Duration::from_secs(240), "VS Code does not come to an end");
        std::thread::sleep(Duration::from_millis(50));
    }
    serde_json::from_str(&data.read("result.json")).expect("the extension writes JSON")
}

#[test]
fn vs_code_shows_each_finding_of_the_tasks_and_of_the_server_and_applies_a_quick_fix() {
    let Some(code) = client("vscode").filter(|_| installed("chromium") && installed("node")) else {
        return;
    };
    let (data, workspace) = (folder::<&str>([]), drafts());
    let (_server, address) = server(&code, &data, &workspace);
    let shown = opened(&address, &data);

    let severity = |name: &str| if name == "error" { 0 } else { 1 };
    // VS Code takes the column of characters for one of UTF-16 units, as editors/vscode/README.md says.
    let matched = FINDINGS.iter().map(|&(file, line, column, _, kind, message, _)| {
        let (text, rule) = message.trim_end_matches(']').split_once(" [").expect("a message ends with its rule");
        let (line, column) = (line - 1, column - 1);
        json!([file, line, column, line, column, severity(kind), rule, text])
    });
    let matched: Vec<Value> = matched.collect();
    assert_eq!(shown["all"], json!(matched), "{shown}");
    let of_one: Vec<&Value> = matched.iter().filter(|found| found[0] == "draft.md").collect();
    assert_eq!(shown["one"], json!(of_one), "{shown}");

    let bloc = |message: &str| json!(["draft.md", 4, 6, 5, 12, 1, "framing/bloc-confrontation", message]);
    let bloc = bloc("\"bloc politics\" divides the region into opposing groups of states");
    let china = "\"China containment\" makes China the target of the alliance, and China will object";
    let china = json!(["draft.md", 2, 8, 2, 25, 0, "framing/china-containment", china]);
    assert_eq!(shown["before"], json!([china, bloc]), "{shown}");
    let fixed = [
        "Say \"regional stability and peace\", then read the sentence again",
        "한국과\u{a0}미국은 regional stability and peace 문제를 논의했다.",
    ];
    assert_eq!((&shown["fixed"], &shown["after"]), (&json!(fixed), &json!([bloc])), "{shown}");
}
