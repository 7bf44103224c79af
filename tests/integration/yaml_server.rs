//! The schemas in a real editor's hands: yaml-language-server, which `.ci/clients` brings, asked by `tests/clients/yaml.js`.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::common::{Folder, client, comity, folder, installed, root};
use serde_json::{Value, json};

/// What the server says of a file, and its answers to questions; `None` where there is no server.
fn ask(files: &Folder, name: &str, questions: &str) -> Option<Value> {
    let server = client("node_modules/yaml-language-server/bin/yaml-language-server").filter(|_| installed("node"))?;
    let mut client = Command::new("node")
        .arg(root().join("tests/clients/yaml.js"))
        .arg(server)
        .arg(files.path(name))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node is installed");
    let mut stdin = client.stdin.take().expect("standard input is piped");
    stdin.write_all(questions.as_bytes()).expect("the client reads its questions");
    drop(stdin);
    let output = client.wait_with_output().expect("the client was started");
    assert!(output.status.success());
    Some(serde_json::from_slice(&output.stdout).expect("the client prints JSON"))
}

const PACK: &str = "# yaml-language-server: $schema=schemas/pack.schema.json
schema: 1
pack: house
rules:
  - id: a
    kind: figure
    units: [percent]
    \n  - id: b
    phrases: [x]
    sugest: [y]
    severity: eror
";

#[test]
fn an_editor_completes_the_keys_of_a_kind_and_says_which_are_misspelled() {
    let files = folder([("house.yml", PACK)]);
    assert_eq!(comity().args(["init", "--schema"]).in_dir(&files).run().code, 0);
    // Behind `units`, on `units`, on `kind`.
    let Some(said) = ask(&files, "house.yml", "complete 7 4\nhover 6 6\nhover 5 6\n") else {
        return;
    };
    let expected = json!([
        "11:14 Value is not accepted. Valid values: \"error\", \"warning\", \"note\".",
        "10:4 Property sugest is not allowed.",
    ]);
    assert_eq!(said["diagnostics"], expected);
    let keys: Vec<&str> = said["answers"][0].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    for key in ["near", "allow", "severity", "why", "examples"] {
        assert!(keys.contains(&key), "{key}: {keys:?}");
    }
    for key in ["units", "phrases", "suggest", "swap", "regex", "within"] {
        assert!(!keys.contains(&key), "{key}: {keys:?}");
    }
    assert!(said["answers"][1].as_str().is_some_and(|text| text.contains("What to count.")), "{said}");
    assert!(said["answers"][2].as_str().is_some_and(|text| text.contains("`figure`: reports numbers")), "{said}");
}

#[test]
fn an_editor_completes_a_configuration() {
    let files = folder([("d.md", "Peace.\n")]);
    assert_eq!(comity().args(["init", "--schema"]).in_dir(&files).run().code, 0);
    let untouched = files.read("comity.yml");
    let Some(said) = ask(&files, "comity.yml", "") else {
        return;
    };
    assert_eq!(said["diagnostics"], json!([]), "what init writes has no problem");
    let modeline = untouched.lines().next().expect("there is a first line");
    files.write("comity.yml", format!("{modeline}\npacks: [framing, ]\nfail-on: note\nignor: [a]\n").as_bytes());
    let said = ask(&files, "comity.yml", "complete 1 17\ncomplete 2 9\n").expect("the server was there");
    assert_eq!(said["diagnostics"], json!(["3:0 Property ignor is not allowed."]));
    let names: Vec<&str> = ["default"].into_iter().chain(comity::Pack::builtin_names()).collect();
    assert_eq!(said["answers"], json!([names, ["error", "warning", "note", "never"]]));
}

#[test]
fn the_packs_that_ship_have_no_problem_in_an_editor() {
    let files = folder([("schemas/pack.schema.json", "")]);
    files.write(
        "schemas/pack.schema.json",
        &std::fs::read(root().join("schemas/pack.schema.json")).expect("it is there"),
    );
    for name in comity::Pack::builtin_names() {
        let file = format!("rules/{name}.yml");
        files.write(&file, &std::fs::read(root().join(&file)).expect("the pack is there"));
        let Some(said) = ask(&files, &file, "hover 20 0\n") else {
            return;
        };
        assert_eq!(said["diagnostics"], json!([]), "{name}");
    }
}
