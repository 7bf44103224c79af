//! The editors of `editors/`, run as their users run them: the cursor is on what comity found.
//!
//! The scripts that drive them are in `tests/clients/`. Columns are where this goes wrong: comity counts characters, Vim bytes, and
//! Emacs, left alone, columns of the screen.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::{Folder, binaries, comity, folder, installed, path_behind, root};
use crate::drafts::{BLOC, CONTAINMENT, FINDINGS, MARKET, drafts};
use serde_json::{Value, json};

/// Runs an editor in `drafts`, with comity and what it is asked to write to in its environment, and returns what it wrote.
fn run(editor: &mut Command, drafts: &Folder) -> BTreeMap<String, Value> {
    let result = tempfile::NamedTempFile::new().expect("there is room for temporary files");
    let mut child = editor
        .current_dir(drafts)
        .env("PATH", path_behind([binaries()]))
        .env("RESULT", result.path())
        .envs([("LC_ALL", "C.UTF-8"), ("TERM", "dumb"), ("HOME", "/nonexistent")])
        .env_remove("VIMINIT")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the editor is installed");
    let started = Instant::now();
    while child.try_wait().expect("the editor was started").is_none() {
        if started.elapsed() > Duration::from_secs(120) {
            child.kill().expect("the editor runs");
            panic!("{editor:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let written = std::fs::read_to_string(result.path()).expect("the editor writes UTF-8");
    serde_json::from_str(&written).unwrap_or_else(|error| panic!("{editor:?}: {error}: {written:?}"))
}

/// Each way to a quickfix list leads to each finding.
fn quickfix(editor: &mut Command) {
    let plugin = format!("set runtimepath^={}", root().join("editors/vim").display());
    let script = root().join("tests/clients/quickfix.vim");
    let editor = editor.args(["-u", "NONE", "-i", "NONE", "--cmd", &plugin, "-S"]).arg(script);
    let mut lists = run(editor, &drafts());
    assert_eq!(lists.remove("error"), None);
    // Columns of bytes that another command has found.
    assert_eq!(lists.remove("vimgrep"), Some(json!([18])));
    let entries: Vec<Value> = FINDINGS
        .iter()
        .map(|&(file, line, _, byte, severity, message, rest)| json!([file, line, byte, severity[..1], message, rest]))
        .collect();
    let jumped = json!(["cursor", "ascii.md", 1, 12]);
    let made: Vec<Value> = std::iter::once(jumped).chain(entries.clone()).collect();
    let expected = [("cgetexpr", entries), ("lmake", made.clone()), ("make", made)];
    assert_eq!(lists, expected.map(|(way, entries)| (way.to_owned(), Value::Array(entries))).into());
}

#[test]
fn vim_puts_the_cursor_on_each_finding() {
    if installed("vim") {
        quickfix(Command::new("vim").args(["-N", "-es"]));
    }
}

#[test]
fn neovim_puts_the_cursor_on_each_finding() {
    if installed("nvim") {
        quickfix(Command::new("nvim").arg("--headless"));
    }
}

#[test]
fn emacs_puts_point_on_each_finding_and_underlines_it() {
    if !installed("emacs") {
        return;
    }
    let lisp = root().join("editors/emacs");
    let script = root().join("tests/clients/emacs.el");
    let mut found = run(Command::new("emacs").args(["--batch", "-Q", "-L"]).arg(lisp).arg("-l").arg(script), &drafts());
    assert_eq!(found.remove("error"), None);
    let places: Vec<Value> =
        FINDINGS.iter().map(|&(file, line, column, _, _, _, rest)| json!([file, line, column, rest])).collect();
    let underlined = json!([
        [3, 9, ":error", "China containment", CONTAINMENT],
        [5, 7, ":warning", "bloc\n> **politics", BLOC],
        // What the script has written at the end, and not saved.
        [7, 5, ":warning", "burden-sharing", MARKET],
        [
            7,
            5,
            ":note",
            "burden-sharing",
            "the text mentions \"burden-sharing\" but not the U.S. commitment to maintain its forces in Korea [framing/usfk-commitment-missing]"
        ],
    ]);
    // The compile command that Emacs has, in a line where a character is a byte and a column.
    let plain = json!([places[0]]);
    let expected = [("plain", plain), ("check", Value::Array(places)), ("flymake", underlined)];
    assert_eq!(found, expected.map(|(way, places)| (way.to_owned(), places)).into());
}

#[test]
fn comity_el_compiles_without_a_warning() {
    if !installed("emacs") {
        return;
    }
    let copy = folder([("comity.el", std::fs::read(root().join("editors/emacs/comity.el")).expect("it is there"))]);
    let output = Command::new("emacs")
        .args([
            "--batch",
            "-Q",
            "--eval",
            "(setq byte-compile-error-on-warn t)",
            "-f",
            "batch-byte-compile",
            "comity.el",
        ])
        .current_dir(&copy)
        .output()
        .expect("Emacs is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_matchers_of_vs_code_and_sublime_text_take_each_line_apart() {
    if !installed("node") {
        return;
    }
    let drafts = drafts();
    let report = comity().args(["check", "--format", "short", "--quiet"]).in_dir(&drafts).run().stdout;
    let mut child = Command::new("node")
        .arg(root().join("tests/clients/matchers.mjs"))
        .args(["editors/vscode/tasks.json", "editors/sublime/comity.sublime-build"].map(|file| root().join(file)))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node is installed");
    std::io::Write::write_all(&mut child.stdin.take().expect("it is piped"), report.as_bytes()).expect("Node reads");
    let output = child.wait_with_output().expect("Node was started");
    let taken: Value = serde_json::from_slice(&output.stdout).expect("the script writes JSON");
    let expected: Vec<Value> = FINDINGS
        .iter()
        .map(|&(file, line, column, _, severity, message, _)| {
            let (text, rule) = message.trim_end_matches(']').split_once(" [").expect("a message ends with its rule");
            let [line, column] = [line, column].map(|number| number.to_string());
            json!({
                "vscode": {"file": file, "line": line, "column": column, "severity": severity, "message": text, "code": rule},
                "sublime": [file, line, column, format!("{severity}: {message}")],
            })
        })
        .collect();
    assert_eq!(taken, Value::Array(expected));
}

#[test]
fn what_the_editors_are_told_to_run_is_what_comity_understands() {
    let runs = |file: &str| -> Vec<Vec<String>> {
        let text = std::fs::read_to_string(root().join(file)).expect("it is there");
        let value: Value = serde_json::from_str(&text).expect("it is JSON");
        let strings = |value: &Value| serde_json::from_value(value.clone()).unwrap_or_default();
        let tasks = value["tasks"].as_array().into_iter().flatten().map(|task| strings(&task["args"]));
        let builds = [&value["cmd"], &value["variants"][0]["cmd"]].map(strings);
        tasks
            .chain(builds.map(|build: Vec<String>| build.into_iter().skip(1).collect()))
            .filter(|run| !run.is_empty())
            .collect()
    };
    let drafts = drafts();
    let mut seen = 0;
    for run in ["editors/vscode/tasks.json", "editors/sublime/comity.sublime-build"].into_iter().flat_map(runs) {
        let run = run.iter().map(|arg| match arg.as_str() {
            "${file}" | "$file" => "draft.md",
            "$file_path" => ".",
            arg => arg,
        });
        let output = comity().args(run).in_dir(AsRef::<Path>::as_ref(&drafts)).run();
        assert_eq!((output.code, output.stderr.as_str()), (1, ""));
        seen += 1;
    }
    assert_eq!(seen, 4);
}
