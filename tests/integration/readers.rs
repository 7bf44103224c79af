//! Reports in the hands of the programs of others that read them: what they take from a report is what was found, whatever the
//! draft, the pack and the name of the draft hold.
//!
//! `.ci/clients` installs the readers into `target/clients`; the scripts that have them read are in `tests/clients/`.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::common::{check, client, root};
use comity::Shown;
use serde_json::{Value, json};

/// Reports of one run: in the format that is read, and in JSON, which says what is to be read.
struct Reports {
    read: String,
    expected: Value,
}

/// The reports of drafts of every sort: ordinary, hostile, in UTF-16, without a finding.
fn reports(format: &str) -> Vec<Reports> {
    let of = |run: &dyn Fn(&str) -> crate::common::Output| {
        let json = run("json").stdout;
        Reports { read: run(format).stdout, expected: serde_json::from_str(&json).expect("it is JSON") }
    };
    let drafts = ["summit-draft", "hostile", "bom-utf16", "clean", "korean-japanese", "every-framing-problem"];
    let kept = drafts.map(|draft| {
        let path = format!("fixtures/{draft}.md");
        of(&|format| check().args(["-q", "--format", format]).arg(&path).run())
    });
    let dir = crate::hostile::drafts();
    let names = crate::hostile::NAMES.iter().map(|name| of(&|format| crate::hostile::report(&dir, format, name)));
    let several = of(&|format| {
        let paths = ["fixtures/wrapped.md", "fixtures/clean.md", "fixtures/plain.txt"];
        check().args(["-q", "--format", format]).args(paths).run()
    });
    kept.into_iter().chain(names).chain([several]).collect()
}

/// What a reader has to say of a report.
fn ask(reader: &mut Command, report: &str) -> Value {
    let mut child =
        reader.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("what .ci/clients runs on is installed");
    child.stdin.take().expect("it is piped").write_all(report.as_bytes()).expect("the reader reads");
    let output = child.wait_with_output().expect("it was started");
    assert!(output.status.success(), "{reader:?} on {report}");
    serde_json::from_slice(&output.stdout).expect("the script writes JSON")
}

/// The findings of a report in JSON.
fn findings(report: &Value) -> &[Value] {
    report["findings"].as_array().expect("it is a list")
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().expect("it is a text")
}

/// The message of a finding, with what to say instead.
fn advice(finding: &Value) -> String {
    let suggestions = finding["suggestions"].as_array().expect("it is a list");
    let wordings: Vec<&str> = suggestions.iter().map(|s| text(s, "text")).filter(|text| !text.is_empty()).collect();
    match (suggestions.len(), wordings.as_slice()) {
        (0, _) => text(finding, "message").to_owned(),
        (_, []) => format!("{} (remove it)", text(finding, "message")),
        _ => format!("{} (say: {})", text(finding, "message"), wordings.join("; or: ")),
    }
}

/// A text in XML, which has no place for control characters and what is no character. What begins a command of a runner is a reference
/// there, and read as what it was.
fn in_xml(text: &str) -> String {
    let shown = Shown(text).to_string().replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    shown.replace(r"\u{23}", "#").replace(r"\u{3a}", ":")
}

/// Has a program from npm read every report in a format; `expected` says what it is to take from a finding.
fn every_report_is_read(format: &str, package: &str, expected: impl Fn(&Value) -> Value) {
    let Some(package) = client(&format!("node_modules/{package}")) else {
        return;
    };
    let clients = package.ancestors().find(|folder| folder.ends_with("clients")).expect("it lies in target/clients");
    for Reports { read, expected: json } in reports(format) {
        let mut node = Command::new("node");
        let said = ask(node.arg(root().join("tests/clients/readers.mjs")).arg(clients).arg(format), &read);
        let expected: Vec<Value> = findings(&json).iter().map(&expected).collect();
        assert_eq!(said, json!({"errors": [], "read": expected}), "{read}");
    }
}

#[test]
fn danger_reads_checkstyle() {
    every_report_is_read("checkstyle", "danger-plugin-lint-report", |finding| {
        let severity = text(finding, "severity").replace("note", "info");
        let path = in_xml(text(finding, "path"));
        json!([path, finding["line"], finding["column"], severity, in_xml(&advice(finding))])
    });
}

#[test]
fn code_quality_is_of_the_types_of_code_climate() {
    every_report_is_read("gitlab", "codeclimate-types", |finding| {
        let severity = match text(finding, "severity") {
            "error" if finding["redline"] == true => "blocker",
            "error" => "major",
            "warning" => "minor",
            _ => "info",
        };
        json!([finding["path"], finding["line"], null, severity, advice(finding)])
    });
}

#[test]
fn rdjson_is_what_reviewdog_asks_for() {
    every_report_is_read("rdjson", "@umbrelladocs/rdformat-validator", |finding| {
        let path = Path::new(text(finding, "path"));
        let start = finding["span"]["start"].as_u64().and_then(|start| usize::try_from(start).ok()).expect("a number");
        // The hostile drafts have one line, and nothing before what is found.
        let source = comity::Draft::read(root().join(path)).map(|draft| draft.source()[..start].to_owned());
        let before = source.unwrap_or_default();
        let line = before.rsplit(['\n', '\r']).next().unwrap_or_default().trim_start_matches('\u{feff}');
        let severity = text(finding, "severity").to_uppercase().replace("NOTE", "INFO");
        json!([finding["path"], finding["line"], line.len() + 1, severity, advice(finding)])
    });
}

#[test]
fn junitparser_reads_junit_and_the_schema_of_jenkins_holds() {
    let (Some(python), Some(_)) = (client("bin/python"), client("bin/junitparser")) else {
        return;
    };
    let read = |report: &str| {
        let mut reader = Command::new(&python);
        let scripts = root().join("tests/clients/readers.py");
        ask(reader.arg(scripts).arg(root().join("tests/schemas/junit-10.xsd")), report)
    };
    for Reports { read: report, expected } in reports("junit") {
        let failure = |finding: &Value| {
            let path = in_xml(text(finding, "path"));
            let place = format!("{}:{}", finding["line"], finding["column"]);
            let message = in_xml(&advice(finding));
            let why = finding["why"].as_str().map(|why| why.split_whitespace().collect::<Vec<_>>().join(" "));
            let why = why.map(|why| format!("\nwhy: {}", in_xml(&why))).unwrap_or_default();
            let name = format!("{} at {place}", text(finding, "rule"));
            let said = format!("{path}:{place}: {message}{why}");
            json!([path, path, name, "failure", finding["severity"], message, said])
        };
        let found = findings(&expected);
        let drafts = expected["summary"]["drafts"].as_u64().expect("a number");
        let said = read(&report);
        assert_eq!(said["read"], Value::from_iter(found.iter().map(failure)), "{report}");
        assert_eq!(said["errors"], json!([]), "{report}");
        assert_eq!(said["counts"].as_array().map(|counts| &counts[1..]), Some(&[found.len().into(), 0.into()][..]));
        assert!(said["counts"][0].as_u64() >= Some(drafts), "a draft without a finding is a test that passes");
    }
    let said = read(&crate::hostile::broken_report(&crate::hostile::broken(), "junit").stdout);
    let error = |(index, message): (usize, &str)| {
        let name = format!("failure {}", index + 1);
        json!(["comity", "comity", name, "error", "error", Shown(message).to_string(), null])
    };
    let expected =
        Value::from_iter(crate::hostile::CAUSES.into_iter().chain(crate::hostile::UNCHECKED).enumerate().map(error));
    assert_eq!(said, json!({"errors": [], "counts": [5, 0, 5], "read": expected}));
}
