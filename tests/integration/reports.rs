//! Report formats: what each writes of the same drafts, held to files, to published schemas, and to hostile drafts.
//!
//! `SNAPSHOTS=overwrite cargo test --test integration reports::` rewrites `fixtures/reports/` and the JSON Schema; then read what was written.

#[cfg(unix)]
use std::process::Stdio;

use crate::common::{check, folder, root};
use pulldown_cmark::{Event as Markdown, Tag};
use quick_xml::XmlVersion;
use quick_xml::events::Event;
use serde_json::{Value, json};
use snapbox::{Data, assert_data_eq};

/// Every format that programs read, and the page that browsers do.
const FORMATS: &[&str] = &["json", "jsonl", "sarif", "github", "gitlab", "checkstyle", "junit", "rdjson", "html"];

/// The drafts whose reports are kept.
const DRAFTS: &[&str] = &["summit-draft", "hostile", "bom-utf16"];

/// What `--format` writes of this draft.
fn report(format: &str, draft: &str) -> String {
    check().args(["-q", "--format", format, draft]).run().stdout
}

/// A page without its style and its script, which are files of their own, and without their hashes.
fn without_style(page: &str) -> String {
    let mut page = page.to_owned();
    for (start, end) in [("<style>", "</style>"), ("<script>", "</script>"), ("'sha256-", "'"), ("'sha256-", "'")] {
        let from = page.find(start).map(|at| at + start.len()).expect("it is there");
        let to = page[from..].find(end).map(|at| from + at).expect("it ends");
        let tag = if start.starts_with('<') { "" } else { "..." };
        page.replace_range(from - if tag.is_empty() { 0 } else { "sha256-".len() }..to, tag);
    }
    page
}

/// The documents of a report that is JSON.
fn documents(format: &str, report: &str) -> Vec<Value> {
    let read = |text: &str| serde_json::from_str(text).unwrap_or_else(|error| panic!("{format}: {error}\n{text}"));
    if format == "jsonl" { report.lines().map(read).collect() } else { vec![read(report)] }
}

/// Each element of a report that is XML with its attributes; fails if it is not well-formed.
fn elements(report: &str) -> Vec<(String, Vec<(String, String)>)> {
    assert!(!report.contains(['\u{fffe}', '\u{ffff}']), "XML has none of these");
    let mut reader = quick_xml::Reader::from_str(report);
    let mut elements = Vec::new();
    let mut open = 0;
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}\n{report}")) {
            Event::Start(element) => {
                open += 1;
                elements.push(element.into_owned());
            }
            Event::Empty(element) => elements.push(element.into_owned()),
            Event::End(_) => open -= 1,
            Event::DocType(_) if report.starts_with("<!DOCTYPE html>") && elements.is_empty() => {}
            Event::CData(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {
                panic!("comity writes none\n{report}")
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0, "{report}");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it is UTF-8");
    let attributes = |element: &quick_xml::events::BytesStart<'_>| {
        let attribute = |attribute: Result<quick_xml::events::attributes::Attribute<'_>, _>| {
            let attribute = attribute.expect("it is well-formed");
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).expect("its references are known");
            (text(attribute.key.as_ref().as_ref()), value.into_owned())
        };
        element.attributes().map(attribute).collect()
    };
    elements.iter().map(|element| (text(element.name().as_ref().as_ref()), attributes(element))).collect()
}

/// The values of an attribute of every element of this name.
fn values(report: &str, element: &str, attribute: &str) -> Vec<String> {
    let elements = elements(report).into_iter().filter(|(name, _)| name == element);
    let value =
        |(_, attributes): (String, Vec<(String, String)>)| attributes.into_iter().find(|(name, _)| name == attribute);
    elements.filter_map(value).map(|(_, value)| value).collect()
}

/// Asserts that `document` is what `schema` describes.
#[track_caller]
fn assert_valid(schema: &Value, document: &Value) {
    let validator = jsonschema::validator_for(schema).expect("the schema is one");
    let errors: Vec<String> =
        validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

fn schema(path: &str) -> Value {
    let text = std::fs::read_to_string(root().join(path)).expect("the schema is there");
    serde_json::from_str(&text).expect("it is JSON")
}

/// The published schema of SARIF. What it has for the names of languages is no regular expression of Unicode, a stray bracket
/// ends it; comity writes none.
fn sarif_schema() -> Value {
    let mut schema = schema("tests/schemas/sarif-2.1.0.json");
    for object in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][object]["properties"]["language"];
        assert!(language.as_object_mut().and_then(|language| language.remove("pattern")).is_some(), "{object}");
    }
    schema
}

#[test]
fn every_format_is_tested_and_described() {
    let formats: Vec<&str> = comity::report::FORMATS.iter().map(|format| format.name).collect();
    assert_eq!(formats[2..], *FORMATS);
    for page in ["README.md", "docs/formats.md"] {
        let page = std::fs::read_to_string(root().join(page)).expect("it is there");
        let cells: String = page.lines().filter(|line| line.starts_with('|')).collect();
        for format in &formats {
            assert!(cells.contains(&format!("`{format}`")), "{format}");
        }
    }
}

#[test]
fn every_report_is_what_is_kept() {
    for draft in DRAFTS {
        for format in FORMATS {
            let kept = root().join(format!("fixtures/reports/{draft}.{format}"));
            let report = report(format, &format!("fixtures/{draft}.md"));
            let report = if *format == "html" { without_style(&report) } else { report };
            assert_data_eq!(report, Data::read_from(&kept, None).raw());
        }
    }
}

#[test]
fn the_json_schema_is_made_of_what_is_written() {
    let made = serde_json::to_string_pretty(&comity::report::json_schema()).expect("it is JSON") + "\n";
    assert_data_eq!(made, Data::read_from(&root().join("docs/report.schema.json"), None).raw());
}

#[test]
fn json_is_what_its_schema_describes_and_its_spans_are_exact() {
    let document_schema = schema("docs/report.schema.json");
    let mut line_schema = document_schema.clone();
    line_schema["$ref"] = "#/$defs/Line".into();
    for key in ["properties", "required", "type"] {
        line_schema.as_object_mut().expect("it is an object").remove(key);
    }
    for draft in DRAFTS {
        let path = format!("fixtures/{draft}.md");
        let document = &documents("json", &report("json", &path))[0];
        assert_valid(&document_schema, document);
        let lines = documents("jsonl", &report("jsonl", &path));
        lines.iter().for_each(|line| assert_valid(&line_schema, line));
        let findings = document["findings"].as_array().expect("it is a list");
        assert!(!findings.is_empty());
        let versioned = findings.iter().map(|finding| {
            let mut finding = finding.clone();
            finding["version"] = 1.into();
            finding
        });
        assert_eq!(lines, versioned.collect::<Vec<_>>());
        let source = comity::Draft::read(root().join(&path)).expect("it can be read");
        for finding in findings {
            let at = |key: &str| usize::try_from(finding["span"][key].as_u64().expect("a number")).expect("it fits");
            assert_eq!(source.source()[at("start")..at("end")], *finding["source_text"].as_str().expect("a text"));
        }
    }
    let missing = json!({"version": 1, "findings": [{"path": "a"}], "failures": [], "summary": {}});
    assert!(!jsonschema::is_valid(&document_schema, &missing));
}

#[test]
fn sarif_is_valid_and_its_regions_are_exact() {
    let schema = sarif_schema();
    for draft in DRAFTS.iter().chain(&["clean", "korean-japanese", "every-framing-problem", "wrapped"]) {
        let path = format!("fixtures/{draft}.md");
        let document = &documents("sarif", &report("sarif", &path))[0];
        assert_valid(&schema, document);
        let run = &document["runs"][0];
        let source = comity::Draft::read(root().join(&path)).expect("it can be read");
        let text: Vec<char> = source.source().trim_start_matches('\u{feff}').chars().collect();
        for result in run["results"].as_array().expect("it is a list") {
            let index = usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("it fits");
            assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
            let location = &result["locations"][0]["physicalLocation"];
            assert_eq!(location["artifactLocation"]["uri"], path.as_str());
            let region = &location["region"];
            let number = |key: &str| usize::try_from(region[key].as_u64().expect("a number")).expect("it fits");
            let found: String = text[number("charOffset")..][..number("charLength")].iter().collect();
            assert_eq!(found, region["snippet"]["text"].as_str().expect("a text"));
            for fix in result["fixes"].as_array().expect("it is a list") {
                assert_eq!(fix["artifactChanges"][0]["replacements"][0]["deletedRegion"], *region);
            }
        }
    }
}

#[test]
fn columns_of_reviewdog_count_bytes() {
    for draft in DRAFTS.iter().chain(&["korean-japanese"]) {
        let path = format!("fixtures/{draft}.md");
        let source = comity::Draft::read(root().join(&path)).expect("it can be read");
        let lines: Vec<&str> = source.source().trim_start_matches('\u{feff}').lines().collect();
        let findings = documents("json", &report("json", &path))[0]["findings"].clone();
        let diagnostics = documents("rdjson", &report("rdjson", &path))[0]["diagnostics"].clone();
        let findings = findings.as_array().expect("it is a list");
        assert_eq!(diagnostics.as_array().map(Vec::len), Some(findings.len()));
        for (index, finding) in findings.iter().enumerate() {
            let range = &diagnostics[index]["location"]["range"];
            let number =
                |end: &str, key: &str| usize::try_from(range[end][key].as_u64().expect("a number")).expect("fits");
            if number("start", "line") == number("end", "line") {
                let line = lines[number("start", "line") - 1];
                let found = &line[number("start", "column") - 1..number("end", "column") - 1];
                assert_eq!(found, finding["source_text"].as_str().expect("a text"));
            }
        }
    }
}

#[test]
fn xml_is_well_formed_and_counts_right() {
    for draft in DRAFTS.iter().chain(&["clean", "every-framing-problem"]) {
        let path = format!("fixtures/{draft}.md");
        let count = report("short", &path).lines().count();
        let checkstyle = report("checkstyle", &path);
        assert_eq!(values(&checkstyle, "file", "name"), [path.as_str()]);
        assert_eq!(values(&checkstyle, "error", "message").len(), count);
        let junit = report("junit", &path);
        // Behind the suite of the draft stands that of what was not read.
        let skipped = values(&junit, "skipped", "message").len();
        let suites = if skipped > 0 { 2 } else { 1 };
        let [tests, failures] = [[count.max(1), skipped], [count, 0]].map(|counts| counts.map(|n| n.to_string()));
        assert_eq!(values(&junit, "testsuite", "failures"), failures[..suites]);
        assert_eq!(values(&junit, "testsuite", "tests"), tests[..suites]);
        assert_eq!(values(&junit, "failure", "message").len(), count);
        assert_eq!(values(&junit, "testcase", "name").len(), count.max(1) + skipped);
        let page = without_style(&report("html", &path));
        assert_eq!((notes(&page).len(), values(&page, "div", "data-tone").len()), (count, count));
    }
}

/// What `::x a=b::c` says: its command, its properties, its data, as GitHub reads them.
fn command(line: &str) -> (String, Vec<(String, String)>, String) {
    let unescape = |text: &str| {
        let text = text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",");
        text.replace("%25", "%")
    };
    let (head, data) = line.strip_prefix("::").and_then(|rest| rest.split_once("::")).expect("it is a command");
    let (name, properties) = head.split_once(' ').expect("it has properties");
    let property = |text: &str| {
        let (key, value) = text.split_once('=').expect("it is a property");
        (key.to_owned(), unescape(value))
    };
    (name.to_owned(), properties.split(',').map(property).collect(), unescape(data))
}

#[cfg(unix)]
#[test]
fn nothing_in_a_draft_a_name_or_a_pack_breaks_out_of_a_report() {
    let dir = crate::hostile::drafts();
    for name in crate::hostile::NAMES {
        for format in FORMATS {
            let output = crate::hostile::report(&dir, format, name);
            assert_eq!((output.code, output.stderr.as_str()), (0, ""), "{format}");
            // Of `github` the commands are all that there is; they are read below.
            let obeyed = crate::hostile::obeyed(&if *format == "github" {
                output.stdout.replace("::", ":")
            } else {
                output.stdout.clone()
            });
            assert_eq!(obeyed, [""; 0], "{format}");
            let count = match *format {
                "github" => {
                    let lines: Vec<_> = output.stdout.lines().map(command).collect();
                    for (kind, properties, data) in &lines {
                        assert_eq!(kind, "warning");
                        let keys: Vec<&str> = properties.iter().map(|(key, _)| key.as_str()).collect();
                        assert_eq!(keys, ["file", "line", "col", "endColumn", "endLine", "title"]);
                        // What a log would obey is shown there.
                        if !name.contains('\u{1b}') && !name.contains("##") {
                            assert_eq!(properties[0].1, *name);
                        }
                        assert!(data.contains("HOSTILE ::error file=x::y ]]>"), "{data}");
                        assert!(data.contains("\r\n::error::m ]]>"), "{data}");
                    }
                    lines.len()
                }
                "checkstyle" | "junit" => {
                    let element = if *format == "junit" { "failure" } else { "error" };
                    let messages = values(&output.stdout, element, "message");
                    assert!(messages.iter().all(|message| message.contains(" ##[error]x ")), "{messages:?}");
                    messages.len()
                }
                "json" => {
                    let findings = documents(format, &output.stdout)[0]["findings"].clone();
                    assert_eq!(findings[0]["path"], *name);
                    assert_eq!(findings[0]["source_text"], crate::hostile::DRAFT.trim_end());
                    findings.as_array().map_or(0, Vec::len)
                }
                "jsonl" => documents(format, &output.stdout).len(),
                "gitlab" => documents(format, &output.stdout)[0].as_array().map_or(0, Vec::len),
                "rdjson" => {
                    let document = &documents(format, &output.stdout)[0];
                    assert_eq!(document["diagnostics"][0]["location"]["path"], *name);
                    assert_eq!(document["diagnostics"][0]["code"]["url"], Value::Null);
                    document["diagnostics"].as_array().map_or(0, Vec::len)
                }
                "sarif" => {
                    let document = &documents(format, &output.stdout)[0];
                    assert_valid(&sarif_schema(), document);
                    let message = document["runs"][0]["results"][0]["message"]["text"].as_str().expect("a text");
                    assert!(message.contains("\\[a\\](http://b)") && message.contains("{{0}}"), "{message}");
                    let help = document["runs"][0]["tool"]["driver"]["rules"][0]["help"]["markdown"].as_str();
                    let mut events = pulldown_cmark::Parser::new(help.expect("a text"));
                    let is_markup =
                        |event| matches!(event, Markdown::InlineHtml(_) | Markdown::Start(Tag::Link { .. }));
                    assert!(!events.any(is_markup), "{help:?}");
                    document["runs"][0]["results"].as_array().map_or(0, Vec::len)
                }
                "html" => {
                    let page = without_style(&output.stdout);
                    let addresses = values(&page, "a", "href");
                    assert!(addresses.iter().all(|address| address.starts_with("#d1")), "{addresses:?}");
                    notes(&page).len()
                }
                other => panic!("{other} is not tested"),
            };
            assert_eq!(count, 1, "{format}: {}", output.stdout);
        }
    }
}

#[cfg(unix)]
#[test]
fn nothing_of_all_that_is_told_of_a_finding_breaks_out_of_a_report() {
    let dir = crate::hostile::telling();
    for format in FORMATS {
        let run = check().args(["-q", "--rules", "house.yml", "--select", "house", "--format", format]).in_dir(&dir);
        let output = run.run();
        assert_eq!((output.code, output.stderr.as_str()), (0, ""), "{format}");
        let shown = if *format == "github" { output.stdout.replace("::", ":") } else { output.stdout.clone() };
        assert_eq!(crate::hostile::obeyed(&shown), [""; 0], "{format}");
        let parts = match *format {
            "github" => output.stdout.lines().map(command).count(),
            "checkstyle" | "junit" => elements(&output.stdout).len(),
            "html" => {
                let page = without_style(&output.stdout);
                let told = ["also house/too: ", "Suppressed", "who commits to what", "n &lt;b a='&amp; ", "?a&amp;b="];
                told.iter().for_each(|told| assert!(page.contains(told), "{told}"));
                elements(&page).len()
            }
            _ => documents(format, &output.stdout).len(),
        };
        assert!(parts > 0, "{format}");
    }
}

/// What a page says of its findings: for each the number and the severity, and its message.
fn notes(page: &str) -> Vec<(String, String)> {
    let text = |from: &str, start: &str, end: &str| {
        let rest = from.split_once(start).map(|(_, rest)| rest).unwrap_or_default();
        rest.split_once(end).map(|(text, _)| text.to_owned()).unwrap_or_default()
    };
    let note = |note: &str| (text(note, "aria-label=\"", "\""), text(note, "dir=\"auto\">", "</p>"));
    page.split("<div class=\"note ").skip(1).map(note).collect()
}

#[test]
fn a_page_marks_each_finding_in_its_place() {
    let pack = r#"
schema: 1
pack: house
rules:
  - {id: close, phrases: [close coordination], message: m}
  - {id: of, phrases: [coordination of policy], severity: note, message: m}
  - {id: peace, kind: require, phrases: [peace], message: m}
  - {id: map, phrases: [map], severity: error, message: m}
  - {id: harbour, kind: consistent, either: [[harbour], [harbor]], message: m}
"#;
    let mark = |class: &str, of: &str, text: &str| format!("<mark class=\"{class}\" data-f=\"{of}\">{text}</mark>");
    let number = |class: &str, n: usize| {
        let name = class.trim_end_matches(" absence").trim_start_matches("is-");
        format!(
            "<sup><a class=\"ref {class}\" id=\"d1f{n}\" href=\"#d1n{n}\" aria-label=\"Finding {n}, {name}\" \
             aria-describedby=\"d1m{n}\">{n}</a></sup>"
        )
    };
    let cases = [
        // Overlapping findings: what belongs to both is marked as the graver.
        (
            "a.md",
            "Peace by close\n**coordination** of policy.\n",
            format!(
                "Peace by {}{}{}{}{}.",
                mark("is-warning", "1", "close "),
                mark("is-warning several", "1 2", "coordination"),
                number("is-warning", 1),
                mark("is-note", "2", " of policy"),
                number("is-note", 2)
            ),
        ),
        // An absence marks no words; what is silenced is told apart.
        (
            "b.md",
            "# A title\n\n<!-- comity: ignore house/map -- a test -->\nThe map.\n",
            format!(
                "A title{}|The {}{}.",
                number("is-warning absence", 1),
                mark("is-suppressed", "2", "map"),
                number("is-suppressed", 2)
            ),
        ),
        // The text for an image is a block; a place that belongs to a finding is named.
        (
            "c.txt",
            "Peace in the harbour, the harbour, the harbor.\n",
            format!(
                "Peace in the <span id=\"d1s13-20\" tabindex=\"-1\"></span><span class=\"spot\" data-s=\"d1s13-20\">harbour</span>\
                 , the harbour, the {}{}.",
                mark("is-warning", "1", "harbor"),
                number("is-warning", 1)
            ),
        ),
        (
            "d.md",
            "Peace <https://example.org/map> ![a map](map.png) `map` end.\n",
            format!(
                "Peace <code class=\"object\">&lt;https://example.org/map&gt;</code> <span class=\"object\">[image]</span> \
                 <code class=\"object\">`map`</code> end.|a {}{}",
                mark("is-error", "1", "map"),
                number("is-error", 1)
            ),
        ),
        (
            "e.txt",
            "Peace, with all of it marked:\nmap",
            format!("Peace, with all of it marked: {}{}", mark("is-error", "1", "map"), number("is-error", 1)),
        ),
    ];
    let dir = folder([("house.yml", pack)]);
    for (name, draft, expected) in cases {
        dir.write(name, draft.as_bytes());
        let run = check().args(["-q", "--rules", "house.yml", "--select", "house", "--format", "html", name]);
        let page = run.in_dir(&dir).run().stdout;
        let blocks = page.split(" dir=\"auto\">").skip(1).filter(|part| !part.contains("class=\"more\""));
        let end = |block: &str| ["</p>", "</h3>"].iter().filter_map(|end| block.find(end)).min().unwrap_or(block.len());
        let text: Vec<&str> = blocks.map(|block| &block[..end(block)]).collect();
        assert_eq!(text.join("|"), expected, "{name}");
    }
}

#[test]
fn a_page_keeps_the_numbers_and_the_depth_of_lists_and_tells_languages() {
    let draft = "# 공동성명\n\n9. The first of the two.\n10. The second and the last.\n    - Deeper.\n\n      Still there.\n- [ ] Out.\n\n\
                 양측은 협력하기로 하였다.\n\n| 가 | 나 |\n|----|----|\n| 다 | 라 |\n";
    let page = check().args(["-q", "--format", "html", "-"]).stdin(draft).run().stdout;
    let page = without_style(&page);
    assert_eq!(values(&page, "li", "class"), ["row", "row", "row deep-1", "row deep-1", "row"]);
    let markers: Vec<&str> =
        page.split("<span class=\"marker\">").skip(1).filter_map(|rest| rest.split('<').next()).collect();
    assert_eq!(markers, ["9.", "10.", "\u{2022}", "\u{2022}"]);
    let sheet: Vec<String> = values(&page, "div", "lang").into_iter().filter(|lang| lang != "en").collect();
    assert_eq!((sheet, values(&page, "p", "lang")), (vec!["ko".to_owned()], vec!["en".to_owned(), "en".to_owned()]));
    assert_eq!(values(&page, "div", "class").iter().filter(|class| *class == "cells").count(), 2);
}

#[test]
fn a_page_counts_what_other_reports_count_and_says_what_is_suppressed() {
    let page = report("html", "fixtures/suppressed.md");
    let said = notes(&page);
    let findings = documents("json", &report("json", "fixtures/suppressed.md"))[0]["findings"].clone();
    let findings = findings.as_array().expect("it is a list");
    assert_eq!(said.len(), findings.len());
    for (finding, (_, message)) in findings.iter().zip(&said) {
        let escaped = finding["message"].as_str().expect("a text").replace('"', "&quot;");
        assert_eq!(*message, escaped);
    }
    assert!(page.contains("by a comment in line 7: quotes the host's speech, agreed on 3 March"), "{page}");
    assert!(page.contains("<span class=\"count is-suppressed\">4 suppressed</span>"), "{page}");
}

#[test]
fn a_report_is_whole_when_nothing_was_found_or_could_be_read() {
    let sarif = sarif_schema();
    let dir = folder([
        ("clean.md", "Peace.\n"),
        ("broken/comity.yml", "packs: [no-such-pack]\n"),
        ("broken/a.md", "Peace.\n"),
    ]);
    let run = |format: &str, paths: &[&str]| {
        let args = ["check", "-q", "--format", format].into_iter().chain(paths.iter().copied());
        crate::common::comity().args(args).in_dir(&dir).run()
    };
    // The last says why as well.
    for (paths, drafts, failures, said) in [
        (&["clean.md"][..], 1, 0, 0),
        (&["missing.md"], 0, 1, 1),
        (&["clean.md", "missing.md", "broken/a.md"], 1, 2, 3),
    ] {
        let code = if failures > 0 { 2 } else { 0 };
        let report = |format| {
            let output = run(format, paths);
            assert_eq!(output.code, code, "{output:?}");
            output.stdout
        };
        let document = &documents("json", &report("json"))[0];
        assert_valid(&schema("docs/report.schema.json"), document);
        let expected =
            json!({"drafts": drafts, "failures": failures, "errors": 0, "warnings": 0, "notes": 0, "suppressed": 0});
        assert_eq!((&document["summary"], &document["findings"]), (&expected, &json!([])));
        assert_eq!(document["failures"].as_array().map(Vec::len), Some(said));
        let document = &documents("sarif", &report("sarif"))[0];
        assert_valid(&sarif, document);
        assert_eq!(document["runs"][0]["invocations"][0]["executionSuccessful"], failures == 0);
        assert_eq!(documents("gitlab", &report("gitlab")), [json!([])]);
        assert_eq!(documents("rdjson", &report("rdjson"))[0]["diagnostics"], json!([]));
        assert_eq!(report("jsonl"), "");
        assert_eq!(report("github").lines().map(command).count(), said);
        assert_eq!(values(&report("checkstyle"), "file", "name").len(), drafts);
        let page = without_style(&report("html"));
        assert_eq!(
            values(&page, "section", "class").iter().filter(|class| *class == "failures").count(),
            failures.min(1)
        );
        assert_eq!(values(&page, "div", "class").iter().filter(|class| *class == "sheet").count(), drafts);
        let junit = report("junit");
        assert_eq!(values(&junit, "error", "message").len(), said);
        assert_eq!(values(&junit, "testsuite", "name").len(), drafts + usize::from(failures > 0));
    }
}

#[cfg(unix)]
#[test]
fn a_report_says_once_what_is_wrong_with_a_configuration_and_its_packs_and_where() {
    let dir = crate::hostile::broken();
    let report = |format: &str| {
        let output = crate::hostile::broken_report(&dir, format);
        assert_eq!(output.code, 2, "{output:?}");
        output.stdout
    };
    let said: Vec<&str> = crate::hostile::CAUSES.into_iter().chain(crate::hostile::UNCHECKED).collect();
    // Path, line, first and last column.
    let places = [("broken/comity.yml", 1, 18, 24), ("broken/a\n::error::b.yml", 3, 41, 71)];

    let document = &documents("json", &report("json"))[0];
    assert_valid(&schema("docs/report.schema.json"), document);
    assert_eq!(document["failures"], json!(said));
    assert_eq!(
        document["summary"]["failures"],
        crate::hostile::UNCHECKED.len(),
        "causes are not what could not be checked"
    );

    let document = &documents("sarif", &report("sarif"))[0];
    assert_valid(&sarif_schema(), document);
    let invocation = &document["runs"][0]["invocations"][0];
    let notification = |message: &str| json!({"level": "error", "message": {"text": message}});
    assert_eq!(invocation["toolExecutionNotifications"], json!(crate::hostile::UNCHECKED.map(notification)));
    let causes = crate::hostile::CAUSES.into_iter().zip(places).map(|(message, (path, line, start, end))| {
        let region = json!({"startLine": line, "startColumn": start, "endLine": line, "endColumn": end});
        let uri = path.replace('\n', "%0A").replace(':', "%3A");
        let mut cause = notification(message);
        cause["locations"] = json!([{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}]);
        cause
    });
    assert_eq!(invocation["toolConfigurationNotifications"], Value::from_iter(causes));
    assert_eq!(invocation["executionSuccessful"], false);

    let commands: Vec<_> = report("github").lines().map(command).collect();
    let title = [("title".to_owned(), "comity".to_owned())];
    let expected = said.iter().enumerate().map(|(index, message)| {
        let place = places.get(index).map(|&(path, line, start, end)| {
            let numbers = [("line", line), ("col", start), ("endColumn", end), ("endLine", line)];
            let numbers = numbers.map(|(key, number)| (key.to_owned(), number.to_string()));
            std::iter::once(("file".to_owned(), path.to_owned())).chain(numbers)
        });
        let properties = place.into_iter().flatten().chain(title.clone()).collect();
        ("error".to_owned(), properties, message.replace('\u{1b}', "\u{241b}"))
    });
    assert_eq!(commands, expected.collect::<Vec<_>>());

    let shown: Vec<String> = said.iter().map(|message| comity::Shown(message).to_string()).collect();
    assert_eq!(values(&report("junit"), "error", "message"), shown);

    let page = without_style(&report("html"));
    let (_, list) = page.split_once("<ul>").expect("it lists them");
    let items = list.split_once("</ul>").expect("it ends").0.lines().filter(|line| !line.is_empty());
    let items: Vec<String> = items
        .map(|line| line.trim_start_matches("<li dir=\"auto\">").trim_end_matches("</li>").replace("&gt;", ">"))
        .collect();
    assert_eq!(items, shown);
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    for format in FORMATS {
        let (reader, writer) = std::io::pipe().expect("pipes can be made");
        drop(reader);
        let mut command = check().args(["--format", format, "fixtures/summit-draft.md"]).command();
        let output = command.stdin(Stdio::null()).stdout(writer).stderr(Stdio::piped()).output().expect("it runs");
        assert_eq!(output.status.code(), Some(1), "{format}: {output:?}");
        assert!(!String::from_utf8_lossy(&output.stderr).contains("error:"), "{format}: {output:?}");
    }
}

#[test]
fn the_same_finding_in_two_files_is_two_for_gitlab() {
    let dir = folder([("a.md", "China containment.\n"), ("b.md", "China containment.\n\nChina containment.\n")]);
    let output = check().args(["-q", "--pack", "framing", "--format", "gitlab"]).in_dir(&dir).run();
    let document = documents("gitlab", &output.stdout).remove(0);
    let entries = document.as_array().expect("it is a list");
    let fingerprints: std::collections::BTreeSet<&str> =
        entries.iter().filter_map(|entry| entry["fingerprint"].as_str()).collect();
    assert_eq!((entries.len(), fingerprints.len()), (3, 3));
}

#[test]
fn a_report_goes_into_a_file_and_nothing_to_standard_output() {
    let dir = folder([("a.md", "China containment.\n"), ("old.txt", "old")]);
    let run = |output: &str, args: &[&str]| {
        let args = ["--pack", "framing", "--output", output].into_iter().chain(args.iter().copied());
        check().args(args).arg("a.md").in_dir(&dir).run()
    };
    let said = "1 draft checked: 1 error, 0 warnings, 0 notes\n";
    run("old.txt", &["--format", "short"]).is(1, "", said);
    assert!(dir.read("old.txt").starts_with("a.md:1:1: error: "), "{}", dir.read("old.txt"));
    run("new.txt", &["--color", "always", "-q"]).is(1, "", "");
    assert!(dir.read("new.txt").starts_with("error[framing/china-containment]"), "{}", dir.read("new.txt"));
    run("counts.json", &["--format", "json", "--statistics"]).is(1, "", "");
    assert_eq!(documents("json", &dir.read("counts.json"))[0]["totals"]["errors"], 1);
    let standard = run("-", &["--format", "jsonl", "-q"]);
    assert_eq!(documents("jsonl", &standard.stdout).len(), 1);
}

#[test]
fn a_file_that_cannot_be_written_is_a_failure_and_the_old_one_stays() {
    let dir = folder([("a.md", "China containment.\n".repeat(200).as_str()), ("old.txt", "old")]);
    let missing = check().args(["--output", "no/report.txt", "a.md"]).in_dir(&dir).run();
    missing.is(2, "", "error: no/report.txt: there is no folder no\n");
    let is_folder = check().args(["--output", ".", "a.md"]).in_dir(&dir).run();
    is_folder.is(2, "", "error: .: not a file\n");
    let draft = dir.read("a.md");
    let is_draft = check().args(["-q", "--output", "a.md", "a.md"]).in_dir(&dir).run();
    is_draft.is(2, "", "error: a.md: a draft that is checked cannot be the report as well; name another file\n");
    assert_eq!(dir.read("a.md"), draft);
    #[cfg(target_os = "linux")]
    {
        let full = check().args(["-q", "--output", "/dev/full", "a.md"]).in_dir(&dir).run();
        full.is(2, "", "error: /dev/full: No space left on device (os error 28)\n");
        // A file that may have one block is as good as a full disk.
        let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" check --no-config -q --output old.txt a.md";
        let mut command = std::process::Command::new("sh");
        command.args(["-c", script, env!("CARGO_BIN_EXE_comity")]).current_dir(&dir);
        let output = command.output().expect("there is a shell");
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]), "{output:?}");
        assert!(output.stderr.starts_with(b"error: old.txt: File too large"), "{output:?}");
        assert_eq!(dir.read("old.txt"), "old");
        let names = std::fs::read_dir(dir.path("")).expect("it is a folder");
        assert_eq!(names.count(), 2, "nothing is left behind");
    }
}

#[test]
fn a_report_that_lies_beside_the_drafts_is_none_of_them() {
    let drafts =
        folder([("a.html", "<p>China containment</p>"), ("~$b.docx", "what Word leaves beside an open document")]);
    let run =
        |arguments: &[&str]| check().args(["--pack", "framing"]).args(arguments.iter().copied()).in_dir(&drafts).run();
    for _ in 0..2 {
        let output = run(&["--format", "html", "--output", "report.html"]);
        assert_eq!((output.code, output.stderr.as_str()), (1, "1 draft checked: 1 error, 0 warnings, 0 notes\n"));
    }
    // Who names it has it checked.
    assert!(run(&["report.html"]).stdout.contains("report.html:"));
}
