//! Comments in the margin of a document, in which people speak to comity.

use crate::common::documents::read;
use crate::common::odt::odt;
use crate::common::word::{docx_with, run};
use crate::common::{check, folder};
use comity::{Format, Revisions, RuleSet, Suppression};

/// A comment of Word with this number, author and text; paragraphs are parted by line breaks.
fn said(id: usize, author: &str, text: &str) -> String {
    let paragraphs: String = text.lines().map(|line| format!("<w:p>{}</w:p>", run(line))).collect();
    format!("<w:comment w:id=\"{id}\" w:author=\"{author}\">{paragraphs}</w:comment>")
}

/// XML in which `<N>` and `</N>` are the marks of the comment with this number.
fn marked(xml: &str, count: usize) -> String {
    (0..count).fold(xml.to_owned(), |xml, id| {
        let end = format!("<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>");
        xml.replace(&format!("<{id}>"), &format!("<w:commentRangeStart w:id=\"{id}\"/>"))
            .replace(&format!("</{id}>"), &end)
    })
}

/// A document with these paragraphs, and comments in its margin.
fn document(paragraphs: &[&str], comments: &[(&str, &str)]) -> Vec<u8> {
    let text = |paragraph: &&str| {
        // Marks part the text into runs.
        let mut xml = String::from("<w:p>");
        let mut rest = *paragraph;
        while let Some(at) = rest.find('<') {
            let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
            xml += &format!("{}{}", run(&rest[..at]), &rest[at..end]);
            rest = &rest[end..];
        }
        xml + &run(rest) + "</w:p>"
    };
    let body: String = paragraphs.iter().map(text).collect();
    let said: String = comments.iter().enumerate().map(|(id, (author, text))| said(id, author, text)).collect();
    docx_with(&marked(&body, comments.len()), &[("comments", &said)])
}

/// For each finding its rule, the paragraph, and the reason for which it is silent.
fn found(format: Format, bytes: &[u8]) -> Vec<(String, usize, Option<String>)> {
    let draft = read(format, bytes, Revisions::Accepted);
    let findings = RuleSet::builtin().expect("the packs are well-formed").examine(&draft);
    let reason = |suppression: &Suppression| match suppression {
        Suppression::Comment { reason, .. } => reason.to_string(),
        _ => String::new(),
    };
    let one = |finding: &comity::Finding| {
        (finding.rule.id().to_string(), finding.start.line, finding.suppressed.as_ref().map(reason))
    };
    findings.iter().filter(|finding| finding.rule.id().pack() != "house").map(one).collect()
}

const CHINA: &str = "framing/china-containment";

#[test]
fn a_comment_in_the_margin_silences_the_paragraphs_that_it_stands_on() {
    let silent = |line, reason: &str| (CHINA.to_owned(), line, Some(reason.to_owned()));
    let heard = |line| (CHINA.to_owned(), line, None);
    let text = "On China containment now.";
    let agreed = "comity: ignore framing/china-containment -- agreed in Seoul";
    type Case<'t> = (&'t [&'t str], &'t [(&'t str, &'t str)], Vec<(String, usize, Option<String>)>);
    let cases: Vec<Case<'_>> = vec![
        (
            &["On <0>China</0> containment now.", text],
            &[("Ms A", agreed)],
            vec![silent(1, "agreed in Seoul"), heard(2)],
        ),
        // On a point, on two paragraphs, and a reply, which Word puts at the same place.
        (
            &["On China containment now.<0></0>", text],
            &[("Ms A", agreed)],
            vec![silent(1, "agreed in Seoul"), heard(2)],
        ),
        (
            &["On China <0>containment now.", "On China</0> containment now.", text],
            &[("Ms A", agreed)],
            vec![silent(1, "agreed in Seoul"), silent(2, "agreed in Seoul"), heard(3)],
        ),
        (
            &["On <0><1>China containment</0></1> now."],
            &[("comity", "error: no\nRule: framing/china-containment"), ("Ms A", agreed)],
            vec![silent(1, "agreed in Seoul")],
        ),
        // What Word makes of two hyphens, and of the first letter.
        (
            &["<0>On China containment now.</0>"],
            &[("Ms A", "Comity: ignore framing \u{2013} agreed")],
            vec![silent(1, "agreed")],
        ),
        (
            &[text, "<0>On China containment now.</0>"],
            &[("Ms A", "comity: ignore-file framing\n-- agreed\nin Seoul")],
            vec![silent(1, "agreed in Seoul"), silent(2, "agreed in Seoul")],
        ),
        (
            &[text, "On <0>China</0> containment.", text, "On China <1>containment</1>."],
            &[("Ms A", "comity: off framing -- agreed"), ("Mr B", "comity: on framing")],
            vec![heard(1), silent(2, "agreed"), silent(3, "agreed"), heard(4)],
        ),
        // What comity says, and what only speaks of it.
        (&["<0>On China containment now.</0>"], &[("comity", agreed)], vec![heard(1)]),
        (
            &["<0>On China containment now.</0>"],
            &[("Ms A", "Should we say comity: ignore framing -- agreed?")],
            vec![heard(1)],
        ),
    ];
    for (paragraphs, comments, expected) in cases {
        assert_eq!(found(Format::Word, &document(paragraphs, comments)), expected, "{paragraphs:?} {comments:?}");
    }
}

#[test]
fn what_is_wrong_with_a_comment_in_the_margin_is_said_at_its_paragraph() {
    let cases = [
        ("comity: ignore framing", "comity/suppression-without-reason"),
        ("comity: ignore framing/china-containmnet -- agreed", "comity/unknown-suppression"),
        ("comity: ignroe framing -- agreed", "comity/unknown-suppression"),
        ("comity: off framing -- agreed", "comity/open-suppression"),
        ("comity: ignore framing/free-riding -- agreed", "comity/unused-suppression"),
    ];
    for (text, rule) in cases {
        let drafts = folder([("d.docx", document(&["One.", "On <0>China</0> containment."], &[("Ms A", text)]))]);
        let output = check().args(["--pack", "framing,comity", "--format", "short", "d.docx"]).in_dir(&drafts).run();
        let line = output
            .stdout
            .lines()
            .find(|line| line.contains(rule))
            .unwrap_or_else(|| panic!("{text} {}", output.stdout));
        assert!(line.starts_with("d.docx:\u{b6}2:4: "), "{line}");
        // There is nothing in the text to change.
        let json =
            check().args(["--pack", "framing,comity", "--format", "json", "d.docx"]).in_dir(&drafts).run().stdout;
        let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        let findings = json["findings"].as_array().expect("it has findings");
        let fault = findings.iter().find(|finding| finding["rule"] == rule).expect("it is there");
        assert_eq!(fault["suggestions"], serde_json::json!([]), "{text}");
    }
}

#[test]
fn a_red_line_is_not_silenced_from_the_margin() {
    let pack = "schema: 1\npack: own\nrules: [{id: line, phrases: [two states], severity: error, redline: true}]\n";
    let text = "comity: ignore own/line -- agreed";
    let drafts = folder([
        ("d.docx", document(&["On <0>two</0> states."], &[("Ms A", text)])),
        ("own.yml", pack.as_bytes().to_vec()),
    ]);
    let output = check()
        .args(["--no-config", "--rules", "own.yml", "--pack", "comity", "--format", "short", "d.docx"])
        .in_dir(&drafts)
        .run();
    assert!(
        output.stdout.contains("[own/line]") && output.stdout.contains("[comity/redline-suppression]"),
        "{} {}",
        output.stdout,
        output.stderr
    );
}

#[test]
fn reports_say_at_which_paragraph_the_comment_stands() {
    let text = "comity: ignore framing/china-containment -- agreed";
    let drafts = folder([("d.docx", document(&["One.", "On <0>China</0> containment."], &[("Ms A", text)]))]);
    let run = |format: &str| {
        let run = check().args(["--pack", "framing,comity", "--format", format, "d.docx"]).in_dir(&drafts).run();
        assert_eq!(run.code, 0, "{} {}", run.stdout, run.stderr);
        serde_json::from_str::<serde_json::Value>(&run.stdout).expect("it is JSON")
    };
    let json = run("json");
    let expected = serde_json::json!({"by": "comment", "reason": "agreed", "line": 2, "part": "word/document.xml", "paragraph": 2});
    assert_eq!(json["findings"][0]["suppressed"], expected);
    let sarif = run("sarif");
    let suppression = &sarif["runs"][0]["results"][0]["suppressions"][0];
    assert_eq!(
        suppression["location"]["logicalLocations"][0]["fullyQualifiedName"], "word/document.xml#2",
        "{suppression}"
    );
}

#[test]
fn a_comment_on_the_mark_of_a_note_is_about_the_note() {
    let agreed = "comity: ignore framing -- agreed";
    let note = format!("<w:footnote w:id=\"2\"><w:p>{}</w:p></w:footnote>", run("On China containment."));
    let body =
        format!("<w:p>{}<0><w:r><w:footnoteReference w:id=\"2\"/></w:r></0></w:p>", run("On China containment."));
    let bytes = docx_with(&marked(&body, 1), &[("footnotes", &note), ("comments", &said(0, "Ms A", agreed))]);
    let reasons =
        |found: Vec<(String, usize, Option<String>)>| found.into_iter().map(|(.., reason)| reason).collect::<Vec<_>>();
    assert_eq!(reasons(found(Format::Word, &bytes)), [None, Some("agreed".to_owned())]);
    let comment = |name: &str| {
        format!(
            "<office:annotation office:name=\"{name}\"><dc:creator>Ms A</dc:creator><text:p>{agreed}</text:p></office:annotation>"
        )
    };
    let odt_note = "<text:note text:note-class=\"footnote\"><text:note-body><text:p>On China containment.</text:p></text:note-body></text:note>";
    let bytes = odt(&format!(
        "<text:p>On China containment.{}{odt_note}<office:annotation-end office:name=\"a\"/></text:p>",
        comment("a")
    ));
    assert_eq!(reasons(found(Format::OpenDocument, &bytes)), [None, Some("agreed".to_owned())]);
    let bytes = odt(&format!(
        "<text:p>On {}China<office:annotation-end office:name=\"a\"/> containment.</text:p><text:p>On China containment.</text:p>",
        comment("a")
    ));
    assert_eq!(reasons(found(Format::OpenDocument, &bytes)), [Some("agreed".to_owned()), None]);
}

#[test]
fn what_is_silenced_from_the_margin_is_not_fixed_nor_commented() {
    let text = "comity: ignore framing -- agreed";
    let bytes = document(&["On <0>China</0> containment.", "On China containment."], &[("Ms A", text)]);
    let (_, said) = crate::common::documents::annotate(Format::Word, &bytes, &["--fix", "--unsafe-fixes"]);
    assert!(said.contains("out.docx: 1 comment, 1 tracked change\n"), "{said}");
}
