//! `comity check --statistics`: counts by rule in place of the findings.

use crate::common::{Folder, check, comity, folder};

/// Three drafts: two errors in one, an error and two warnings in another, nothing in the last.
fn drafts() -> Folder {
    folder([
        ("a.md", "China containment, and once more China\ncontainment.\n"),
        ("b.md", "# Bloc politics\n\nChina containment is *bloc politics*.\n"),
        ("c.txt", "Peace - and 2 words more.\n"),
    ])
}

const FRAMING: &[&str] = &["--pack", "framing", "--select", "framing/china-containment,framing/bloc-confrontation"];

#[test]
fn findings_are_counted_by_rule_the_gravest_first() {
    let files = drafts();
    let run = |args: &[&str]| check().args(FRAMING.iter().copied()).args(args.iter().copied()).in_dir(&files).run();
    let table = "\
rule                        severity    hits  drafts
framing/china-containment   error          3       2
framing/bloc-confrontation  warning        2       1

3 drafts of 19 words: 3 errors, 2 warnings, 0 notes; 105.26 warnings per 1000 words; errors in 2 drafts (66.7 %)
";
    run(&["--statistics"]).is(1, table, "");
    run(&["--statistics=human", "-q"]).is(1, table, "");
    run(&["--statistics", "--format", "short", "--fail-on", "never"]).is(0, table, "");
    let markdown = "\
3 drafts of 19 words: 3 errors, 0 warnings, 0 notes; 0.00 warnings per 1000 words; errors in 2 drafts (66.7 %).

| rule | severity | hits | drafts |
|---|---|---:|---:|
| framing/china-containment | error | 3 | 2 |
";
    run(&["--statistics=markdown", "--min-severity", "error"]).is(1, markdown, "");
}

#[test]
fn counts_are_written_for_programs() {
    let files = drafts();
    let run = |args: &[&str]| check().args(FRAMING.iter().copied()).args(args.iter().copied()).in_dir(&files).run();
    let output = run(&["--statistics=json"]);
    for format in ["json", "jsonl"] {
        run(&["--statistics", "--format", format]).is(1, &output.stdout, "");
    }
    assert!(run(&["--statistics=markdown", "--format", "json"]).stdout.starts_with("3 drafts of "));
    let found: serde_json::Value = serde_json::from_str(&output.stdout).expect("it is JSON");
    let expected = serde_json::json!({
        "version": 1,
        "rules": [
            {"rule": "framing/china-containment", "severity": "error", "hits": 3, "drafts": 2},
            {"rule": "framing/bloc-confrontation", "severity": "warning", "hits": 2, "drafts": 1},
        ],
        "totals": {
            "drafts": 3, "words": 19, "errors": 3, "warnings": 2, "notes": 0, "warnings_per_1000_words": 105.26,
            "drafts_with_errors": 2, "drafts_with_errors_percent": 66.67,
        },
    });
    assert_eq!((output.code, output.stderr.as_str(), found), (1, "", expected));
}

#[test]
fn nothing_found_and_nothing_checked_are_counted_too() {
    let none = "0 warnings, 0 notes; 0.00 warnings per 1000 words; errors in 0 drafts (0.0 %)\n";
    let run = |args: &[&str], stdin: &str| check().arg("--statistics").args(args.iter().copied()).stdin(stdin).run();
    run(&["-"], "Peace.\n").is(0, &format!("1 draft of 1 word: 0 errors, {none}"), "");
    let said = "0 drafts checked, 1 could not be checked\n";
    let missing = run(&["missing.md"], "");
    assert_eq!((missing.code, missing.stdout), (2, format!("0 drafts of 0 words: 0 errors, {none}")));
    assert!(missing.stderr.starts_with("error: missing.md: ") && missing.stderr.ends_with(said), "{}", missing.stderr);
}

#[test]
fn a_rule_has_a_line_for_each_severity_that_a_configuration_gives_it() {
    let files = drafts();
    files.write("comity.yml", b"packs: [framing]\noverrides: [{files: [a.md], severity: {framing: note}}]\n");
    let output = comity().args(["check", "--statistics=markdown", "--select", "third-country"]).in_dir(&files).run();
    let rows: Vec<&str> = output.stdout.lines().skip(4).collect();
    assert_eq!(rows, ["| framing/china-containment | error | 1 | 1 |", "| framing/china-containment | note | 2 | 1 |"]);
}

#[test]
fn the_shape_must_be_one_that_there_is_and_is_no_path() {
    let unknown = check().arg("--statistics=xml").run();
    assert_eq!((unknown.code, unknown.stdout.as_str()), (2, ""));
    assert!(unknown.stderr.contains("[possible values: human, json, markdown]"), "{}", unknown.stderr);
    let path = check().args(["--statistics", "fixtures/clean.md"]).run();
    assert!(path.stdout.starts_with("1 draft of "), "{path:?}");
}

#[test]
fn what_matches_nothing_in_an_archive_is_listed() {
    let files = drafts();
    let pack = r#"
schema: 1
pack: house
rules:
  - {id: never, phrases: ["zeppelin~"]}
  - {id: some, phrases: ["China containment", "containment of\u009b China"], except: ["China containment of it"]}
  - {id: held, phrases: ["China"], except: ["China containment"]}
  - {id: pair, kind: near, phrases: ["China"], with: ["containment", "airship"], within: sentence}
"#;
    files.write("house.yml", pack.as_bytes());
    let run = |shape: &str| {
        let args = [
            "check", "--no-config", "--pack", "framing", "--rules", "house.yml", "--select", "house", "--unused-rules",
        ];
        comity().args(args).arg(shape).in_dir(&files).run()
    };
    let human = run("--statistics").stdout;
    let expected = "
rules that reported nothing: 2
  house/held
  house/never

phrases that were not found, of the other rules: 2
  house/pair: airship
  house/some: containment of\\u{9b} China
";
    assert!(human.ends_with(expected), "{human}");
    let json = run("--statistics=json").stdout;
    let found: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let phrases = [("house/pair", "airship"), ("house/some", "containment of\u{9b} China")];
    let phrases = phrases.map(|(rule, phrase)| serde_json::json!({"rule": rule, "phrase": phrase}));
    assert_eq!(found["unused"], serde_json::json!({"rules": ["house/held", "house/never"], "phrases": phrases}));
    assert!(!json.contains('\u{9b}'));
    let markdown = run("--statistics=markdown").stdout;
    assert!(markdown.contains("\n- house/never\n") && markdown.contains("- house/pair: `` airship ``\n"), "{markdown}");
    let alone = comity().args(["check", "--unused-rules"]).in_dir(&files).run();
    assert_eq!(alone.code, 2, "{alone:?}");
}
