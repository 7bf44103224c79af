//! Documents of the programs that delegations use: python-docx and LibreOffice make them, comity annotates them, and both read what
//! it has made. `.ci/clients` installs them.

use std::process::Command;

use crate::common::documents::convert;
use crate::common::word::{SPACE, package};
use crate::common::{Folder, binaries, check, client, folder, installed, root};
use serde_json::Value;

/// Runs `tests/clients/office.py`; `None` where python-docx is not installed.
fn python(arguments: &[&str], drafts: &Folder) -> Option<String> {
    let python = client("bin/python")?;
    let script = root().join("tests/clients/office.py");
    let output = Command::new(python).arg(script).args(arguments).current_dir(drafts).output().expect("Python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).expect("it prints JSON"))
}

/// A comment and what it stands on, or the kind of a change and its words.
type Pairs = Vec<(String, String)>;

/// What LibreOffice shows of a document: for each comment of comity its text and what it stands on, and for each tracked change of
/// comity whether it is a deletion or an insertion, and of what.
fn seen(flat: &str) -> (Pairs, Pairs) {
    let mut comments = Vec::new();
    for (at, _) in flat.match_indices("<office:annotation ") {
        let annotation = &flat[at..];
        let name = annotation.split("office:name=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a name");
        let (said, whole) = annotation.split_once("</office:annotation>").expect("a comment ends");
        if !said.contains("<dc:creator>comity</dc:creator>") {
            continue;
        }
        let said = said.split_once("<text:p").map_or("", |(_, rest)| rest);
        let end = whole.find(&format!("<office:annotation-end office:name=\"{name}\"/>")).expect("the comment ends");
        let mut on = String::new();
        for piece in whole[..end].split("<office:annotation ") {
            on += piece.split_once("</office:annotation>").map_or(piece, |(_, rest)| rest);
        }
        comments.push((text(&format!("<text:p{said}").replace("</text:p>", "\n")), text(&on)));
    }
    let mut changes = Vec::new();
    for region in flat.split("<text:changed-region ").skip(1) {
        let (region, _) = region.split_once("</text:changed-region>").expect("a region ends");
        let id = region.split("text:id=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id");
        let first = region.split("<dc:creator>").nth(1).expect("an author");
        if !first.starts_with("comity<") {
            continue;
        }
        let kind = if region.contains("<text:deletion") { "del" } else { "ins" };
        let start = format!("<text:change-start text:change-id=\"{id}\"/>");
        let behind = flat.split_once(&start).expect("the change begins").1;
        let on = behind.split_once(&format!("<text:change-end text:change-id=\"{id}\"/>")).expect("it ends").0;
        let on: String = on
            .split("<office:annotation ")
            .map(|piece| piece.split_once("</office:annotation>").map_or(piece, |(_, rest)| rest))
            .collect();
        changes.push((kind.to_owned(), text(&on)));
    }
    (comments, changes)
}

/// The text of flat XML: no tags, no white space between them.
fn text(xml: &str) -> String {
    let mut text = String::new();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        text += &rest[..at];
        let tag = &rest[at..rest[at..].find('>').map_or(rest.len(), |end| at + end + 1)];
        text += if tag.starts_with("<text:line-break") || tag.starts_with("<text:s") && !tag.starts_with("<text:span") {
            " "
        } else {
            ""
        };
        rest = &rest[at + tag.len()..];
    }
    let text = (text + rest).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    text.lines().map(str::trim).collect::<Vec<_>>().join("\n").trim().replace("&amp;", "&")
}

/// The words that comments of comity stand on, in the order of the document.
fn words(comments: &[(String, String)]) -> Vec<&str> {
    comments.iter().map(|(_, on)| on.as_str()).collect()
}

#[test]
fn a_document_of_python_docx_comes_back_annotated() {
    let drafts = folder::<&[u8]>([]);
    if !installed("soffice") || python(&["make", "draft.docx"], &drafts).is_none() {
        return;
    }
    let run = |arguments: &[&str]| {
        check().args(["--pack", "framing", "draft.docx"]).args(arguments.iter().copied()).in_dir(&drafts).run()
    };
    let report = run(&["--format", "short", "--revisions", "both", "--annotate", "copy.docx"]);
    assert_eq!(
        report.places(),
        [
            "draft.docx:\u{b6}3:24 framing/china-containment",
            "draft.docx:\u{b6}4:6 framing/denial-names-china",
            "draft.docx:\u{b6}5:5 framing/bloc-confrontation",
            "draft.docx:\u{b6}6:5 framing/burden-sharing",
            "draft.docx:\u{b6}6:5 framing/usfk-commitment-missing",
            "draft.docx:\u{b6}7:12 framing/burden-sharing",
            "draft.docx:header1:\u{b6}1:10 framing/bloc-confrontation",
            "draft.docx:\u{b6}4:13 framing/china-containment",
        ],
        "{}",
        report.stderr
    );
    let seen_by_python = |file: &str| -> Value {
        serde_json::from_str(&python(&["read", file], &drafts).expect("python-docx is there")).expect("JSON")
    };
    let python = seen_by_python("copy.docx");
    let authors: Vec<&str> = python["comments"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|comment| comment["author"].as_str())
        .collect();
    assert_eq!(authors, ["A. Editor", "comity", "comity", "comity", "comity", "comity", "comity", "comity", "comity"]);
    assert_eq!(python["comments"][0]["text"], "Is this agreed?");
    assert!(python["comments"][1]["text"].as_str().expect("a text").ends_with("\nRule: framing/china-containment"));
    assert_eq!(python["paragraphs"], seen_by_python("draft.docx")["paragraphs"]);

    convert(&drafts, "copy.docx", "fodt");
    let (comments, changes) = seen(&drafts.read("copy.fodt"));
    assert_eq!(
        words(&comments),
        [
            "Joint Statement on a Visit",
            "China containment",
            "oppose China containment",
            "China containment",
            "bloc politics",
            "burden\u{2011}sharing",
            "burden\u{2011}sharing",
            "burden sharing",
        ]
    );
    assert!(comments[0].0.starts_with("header1:\u{b6}1:10: warning: "), "{comments:?}");
    assert_eq!(changes, []);

    assert_eq!(run(&["--fix", "--unsafe-fixes", "--annotate", "fixed.docx"]).code, 1);
    convert(&drafts, "fixed.docx", "fodt");
    let (comments, changes) = seen(&drafts.read("fixed.fodt"));
    assert_eq!(comments.len(), 7);
    let of = |kind: &str| -> String {
        changes.iter().filter(|(of, _)| of == kind).map(|(_, on)| on.as_str()).collect::<Vec<_>>().join("|")
    };
    let deleted = of("del").replace('|', "");
    assert!(deleted.contains("China containment") && deleted.contains("burden\u{2011}sharing"), "{changes:?}");
    let inserted = of("ins");
    assert!(
        inserted.contains("regional stability and peace") && inserted.contains("shared responsibility"),
        "{changes:?}"
    );
}

#[test]
fn a_document_of_libreoffice_comes_back_annotated() {
    if !installed("soffice") {
        return;
    }
    let fodt = std::fs::read(root().join("tests/clients/statement.fodt")).expect("the draft is there");
    let drafts = folder([("draft.fodt", fodt)]);
    convert(&drafts, "draft.fodt", "docx");
    let run = |arguments: &[&str]| {
        check().args(["--pack", "framing", "draft.docx"]).args(arguments.iter().copied()).in_dir(&drafts).run()
    };
    let report = run(&["--format", "short", "--fix", "--unsafe-fixes", "--annotate", "copy.docx"]);
    assert_eq!(
        report.places(),
        [
            "draft.docx:\u{b6}2:22 framing/china-containment",
            "draft.docx:\u{b6}3:17 framing/china-containment",
            "draft.docx:\u{b6}4:5 framing/china-containment",
            "draft.docx:\u{b6}4:30 framing/burden-sharing",
            "draft.docx:\u{b6}4:30 framing/usfk-commitment-missing",
            "draft.docx:\u{b6}5:1 framing/china-containment",
            "draft.docx:footnotes:\u{b6}1:6 framing/bloc-confrontation",
        ],
        "{}",
        report.stderr
    );
    convert(&drafts, "copy.docx", "fodt");
    let flat = drafts.read("copy.fodt");
    let (comments, changes) = seen(&flat);
    assert_eq!(comments.len(), 7);
    let on_the_note = comments.iter().find(|(said, _)| said.starts_with("footnotes:\u{b6}1:6: warning: "));
    assert!(on_the_note.is_some(), "{comments:?}");
    let inserted: Vec<&str> = changes.iter().filter(|(kind, _)| kind == "ins").map(|(_, on)| on.as_str()).collect();
    for expected in ["regional stability and peace", "Regional stability and peace", "division among states"] {
        assert!(inserted.contains(&expected), "{changes:?}");
    }
    // Once more, and all that LibreOffice has saved is known again.
    convert(&drafts, "copy.docx", "docx:MS Word 2007 XML");
    let again = check().args(["--pack", "framing", "copy.docx", "--annotate", "again.docx"]).in_dir(&drafts).run();
    assert!(again.stderr.contains("again.docx: 0 comments"), "{}", again.stderr);
}

#[test]
fn libreoffice_sees_comments_in_a_part_whose_names_have_no_prefix() {
    if !installed("soffice") {
        return;
    }
    let xml = format!("<document xmlns=\"{SPACE}\"><body><p><r><t>On China containment.</t></r></p></body></document>");
    let drafts = folder([("draft.docx", package(&[("word/document.xml".to_owned(), xml)]))]);
    let run = check().args(["--pack", "framing", "--fix", "--unsafe-fixes", "--annotate", "copy.docx", "draft.docx"]);
    assert_eq!(run.in_dir(&drafts).run().code, 1);
    convert(&drafts, "copy.docx", "fodt");
    let (comments, changes) = seen(&drafts.read("copy.fodt"));
    assert_eq!(comments.len(), 1, "{comments:?}");
    assert!(comments[0].1.contains("China containment"), "{comments:?}");
    assert_eq!(changes.len(), 2, "{changes:?}");
}

#[test]
fn documents_with_every_construct_are_read_annotated_and_undone() {
    if !installed("soffice") || !installed("python3") {
        return;
    }
    let drafts = folder::<&[u8]>([]);
    let python = |script: &str, arguments: &[&str]| {
        let script = root().join("tests/clients").join(script);
        let mut command = Command::new("python3");
        let output = command.arg("-B").arg(script).args(arguments).current_dir(&drafts).output().expect("Python runs");
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        assert!(output.status.success(), "{said}");
        said
    };
    python("documents_own.py", &["own"]);
    let copy = |from: std::path::PathBuf, name: &str| {
        drafts.write(&format!("documents/{name}"), &std::fs::read(from).expect("the document is there"));
    };
    for name in ["word-all.docx", "odf-all.odt", "odf-flat.fodt"] {
        copy(drafts.path("own").join(name), name);
    }
    for name in ["statement-97.doc", "statement-rtf.rtf", "statement-print.pdf", "statement-flat.fodt"] {
        copy(root().join("fixtures").join(name), name);
    }
    let comity = binaries().join("comity").with_extension(std::env::consts::EXE_EXTENSION);
    let said = python("documents.py", &["documents", "--comity", &comity.to_string_lossy()]);
    assert!(said.contains("\n7 documents, 0 with faults\n"), "{said}");
}
