//! `--annotate`: a copy of a Word document with comments on what was found, and suggestions as tracked changes.

use crate::common::documents::{self, paragraphs, text};
use crate::common::word::{SPACE, docx, docx_with, package, paragraph, run, unpack};
use crate::common::{check, folder};
use comity::fix::fix;
use comity::{Draft, Fix, Format, Reading, Revisions, RuleSet};
use proptest::prelude::*;

const DOCUMENT: &str = "word/document.xml";
const COMMENTS: &str = "word/comments.xml";

fn annotate(document: &[u8], arguments: &[&str]) -> (Vec<u8>, String) {
    documents::annotate(Format::Word, document, arguments)
}

fn read(bytes: &[u8], revisions: Revisions) -> Draft {
    documents::read(Format::Word, bytes, revisions)
}

/// What each comment stands on, and what it says.
fn comments(document: &[u8]) -> Vec<(String, String)> {
    let xml = unpack(document, DOCUMENT).expect("there is a document");
    let said = unpack(document, COMMENTS).unwrap_or_default();
    let mut found = Vec::new();
    for (id, comment) in said.split("<w:comment ").skip(1).enumerate() {
        let (start, end) =
            (format!("<w:commentRangeStart w:id=\"{id}\"/>"), format!("<w:commentRangeEnd w:id=\"{id}\"/>"));
        let behind = xml.split_once(&start).expect("the comment begins").1;
        let on = behind.split_once(&end).expect("the comment ends").0;
        assert!(xml.contains(&format!("<w:commentReference w:id=\"{id}\"/>")), "{xml}");
        found.push((text(on), text(&comment.split_once('>').expect("a tag ends").1.replace("</w:p>", "\n"))));
    }
    found
}

#[test]
fn every_finding_is_a_comment_on_its_words() {
    let body = [
        paragraph(&["The leaders spoke of Chi", "na contain", "ment and more."]),
        r#"<w:p><w:r><w:t>Noted</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>"#.to_owned(),
        r#"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>China</w:t><w:br/><w:t>containment</w:t></w:r></w:p>"#.to_owned(),
    ]
    .concat();
    let header = paragraph(&["China containment"]);
    let note = format!("<w:footnote w:id=\"2\">{}</w:footnote>", paragraph(&["See bloc politics."]));
    let document = docx_with(&body, &[("header1", &header), ("footnotes", &note)]);
    let (copy, said) = annotate(&document, &[]);
    assert!(said.contains("out.docx: 4 comments\n"), "{said}");
    let xml = unpack(&copy, COMMENTS).expect("there are comments");
    assert!(xml.contains("w:author=\"comity\" w:date=\"1970-01-01T00:00:00Z\""), "{xml}");
    // Word takes no comment in a header or a note: it stands at the beginning or at the mark, and says what it is about.
    for part in ["word/header1.xml", "word/footnotes.xml"] {
        assert_eq!(unpack(&copy, part), unpack(&document, part));
    }
    let document = unpack(&copy, DOCUMENT).expect("there is a document");
    for (id, on) in [(0, "China containment"), (1, "Chinacontainment"), (3, "The leaders spoke of Chi")] {
        let range = document.split_once(&format!("<w:commentRangeStart w:id=\"{id}\"/>")).expect("it begins").1;
        let range = range.split_once(&format!("<w:commentRangeEnd w:id=\"{id}\"/>")).expect("it ends").0;
        assert_eq!(text(range), on);
    }
    assert!(document.contains("<w:commentRangeStart w:id=\"2\"/><w:r><w:footnoteReference w:id=\"2\"/></w:r><w:commentRangeEnd w:id=\"2\"/>"), "{document}");
    for said in [
        "footnotes:\u{b6}1:5: warning: ",
        "header1:\u{b6}1:1: error: ",
        "Rule: framing/china-containment, on \"China containment\"",
    ] {
        assert!(text(&xml).contains(said), "{said} {xml}");
    }
    for part in ["[Content_Types].xml", "word/_rels/document.xml.rels"] {
        let xml = unpack(&copy, part).expect("the part is there");
        assert_eq!(xml.matches("/word/comments.xml\"").count(), 1, "{xml}");
    }
}

#[test]
fn a_comment_stands_on_its_words_beside_raised_digits() {
    let raised = r#"<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>"#;
    let body = format!("<w:p>{}<w:r>{raised}<w:t>12 China containment 3</w:t></w:r></w:p>", run("On "));
    let (copy, _) = annotate(&docx(&body), &[]);
    assert_eq!(comments(&copy).into_iter().map(|(on, _)| on).collect::<Vec<_>>(), ["China containment"]);
}

#[test]
fn a_comment_says_what_the_report_says() {
    let (copy, _) = annotate(&docx(&paragraph(&["On China <containment>? On China containment & co."])), &[]);
    let found = comments(&copy);
    assert_eq!(found.len(), 1);
    let (on, said) = &found[0];
    assert_eq!(on, "China containment");
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[0], "error: \"China containment\" makes China the target of the alliance, and China will object");
    assert_eq!(lines[1], "Say: regional stability and peace; or: a stable Indo-Pacific");
    assert!(lines.iter().any(|line| line.starts_with("Why: ")) && lines.contains(&"Likely objection: China"), "{said}");
    assert_eq!(lines.last(), Some(&"Rule: framing/china-containment"));
}

#[test]
fn suggestions_are_tracked_changes_in_the_formatting_of_what_they_replace() {
    let bold = "<w:rPr><w:b/></w:rPr>";
    let inserted = r#"<w:ins w:id="7" w:author="A" w:date="2026-01-01T00:00:00Z">"#;
    let cases = [
        (
            format!("<w:p><w:r>{bold}<w:t>On China containment now</w:t></w:r></w:p>"),
            format!(
                "<w:p><w:r>{bold}<w:t xml:space=\"preserve\">On </w:t></w:r>[<w:del><w:r>{bold}<w:delText xml:space=\"preserve\">China containment</w:delText></w:r></w:del><w:ins><w:r>{bold}<w:t xml:space=\"preserve\">regional stability and peace</w:t></w:r></w:ins>]<w:r>{bold}<w:t xml:space=\"preserve\"> now</w:t></w:r></w:p>"
            ),
        ),
        // Over runs: each is deleted by itself.
        (
            format!("<w:p>{}<w:r>{bold}<w:t>ment.</w:t></w:r></w:p>", run("China contain")),
            format!(
                "<w:p>[<w:del><w:r><w:delText xml:space=\"preserve\">China contain</w:delText></w:r></w:del><w:del><w:r>{bold}<w:delText xml:space=\"preserve\">ment</w:delText></w:r></w:del><w:ins><w:r><w:t xml:space=\"preserve\">Regional stability and peace</w:t></w:r></w:ins>]<w:r>{bold}<w:t xml:space=\"preserve\">.</w:t></w:r></w:p>"
            ),
        ),
        // In the insertion of somebody else.
        (
            format!("<w:p>{inserted}{}</w:ins></w:p>", run("On China containment.")),
            format!(
                "<w:p>{inserted}<w:r><w:t xml:space=\"preserve\">On </w:t></w:r>[<w:del><w:r><w:delText xml:space=\"preserve\">China containment</w:delText></w:r></w:del></w:ins><w:ins><w:r><w:t xml:space=\"preserve\">regional stability and peace</w:t></w:r></w:ins><w:ins w:id=\"10\" w:author=\"A\" w:date=\"2026-01-01T00:00:00Z\">]<w:r><w:t xml:space=\"preserve\">.</w:t></w:r></w:ins></w:p>"
            ),
        ),
        // A mark of a footnote stays.
        (
            r#"<w:p><w:r><w:t>China</w:t><w:footnoteReference w:id="2"/><w:t xml:space="preserve"> containment</w:t></w:r></w:p>"#.to_owned(),
            "<w:p>[<w:del><w:r><w:delText xml:space=\"preserve\">China</w:delText></w:r></w:del><w:r><w:footnoteReference w:id=\"2\"/></w:r><w:del><w:r><w:delText xml:space=\"preserve\"> containment</w:delText></w:r></w:del><w:ins><w:r><w:t xml:space=\"preserve\">Regional stability and peace</w:t></w:r></w:ins>]</w:p>".to_owned(),
        ),
    ];
    for (body, expected) in cases {
        let document = docx(&body);
        let (copy, said) = annotate(&document, &["--fix", "--unsafe-fixes"]);
        assert!(said.contains("out.docx: 1 comment, 1 tracked change\n"), "{said}");
        let xml = unpack(&copy, DOCUMENT).expect("there is a document");
        let body = xml.split_once("<w:body>").and_then(|(_, rest)| rest.split_once("</w:body>")).expect("a body").0;
        // The comment is told by brackets, comity's changes without their attributes.
        let shown = body
            .replace("<w:commentRangeStart w:id=\"0\"/>", "[")
            .replace("<w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r>", "]");
        let shown = (0..20).fold(shown, |shown, id| {
            let attributes = format!(" w:id=\"{id}\" w:author=\"comity\" w:date=\"1970-01-01T00:00:00Z\"");
            shown.replace(&attributes, "")
        });
        assert_eq!(shown, expected);
        assert_eq!(
            read(&copy, Revisions::Accepted).source().trim(),
            read(&document, Revisions::Accepted).source().trim().replace(
                "China containment",
                if body.contains("On ") { "regional stability and peace" } else { "Regional stability and peace" }
            )
        );
    }
}

#[test]
fn what_a_change_has_taken_out_is_not_fixed() {
    let deleted = r#"<w:del w:id="1" w:author="A"><w:r><w:delText xml:space="preserve">China containment and </w:delText></w:r></w:del>"#;
    let document = docx(&format!("<w:p>{}{deleted}{}</w:p>", run("They met in Seoul "), run("to speak of peace.")));
    let (copy, said) = annotate(&document, &["--fix", "--unsafe-fixes", "--revisions", "both"]);
    assert!(said.contains("out.docx: 1 comment, 0 tracked changes\n"), "{said}");
    for revisions in [Revisions::Accepted, Revisions::Original] {
        let (before, after) = (read(&document, revisions), read(&copy, revisions));
        assert_eq!(after.source(), before.source());
    }
}

#[test]
fn existing_comments_stay_and_nothing_is_added_twice() {
    let own = r#"<w:comment w:id="4" w:author="Lee"><w:p><w:r><w:t>Rule: framing/china-containment</w:t></w:r></w:p></w:comment>"#;
    let body = [
        format!(
            "<w:p><w:commentRangeStart w:id=\"4\"/>{}<w:commentRangeEnd w:id=\"4\"/></w:p>",
            run("China containment")
        ),
        paragraph(&["And China containment once more."]),
    ]
    .concat();
    let document = docx_with(&body, &[("comments", own)]);
    let (once, said) = annotate(&document, &[]);
    assert!(said.contains("out.docx: 2 comments\n"), "{said}");
    let xml = unpack(&once, COMMENTS).expect("there are comments");
    assert!(
        xml.contains(own) && xml.contains("<w:comment w:id=\"5\"") && xml.contains("<w:comment w:id=\"6\""),
        "{xml}"
    );
    assert_eq!(unpack(&once, "[Content_Types].xml"), unpack(&document, "[Content_Types].xml"));
    let (twice, said) = annotate(&once, &[]);
    assert!(said.contains("out.docx: 0 comments (2 more were there)\n"), "{said}");
    assert!(once == twice, "the second copy is the first");
    // What is silenced by a baseline has no comment.
    let document = docx_with(&paragraph(&["The text of bloc politics."]), &[("comments", own)]);
    let drafts = folder([("d.docx", &document)]);
    let run = |arguments: &[&str]| {
        check().args(["--pack", "framing", "d.docx"]).args(arguments.iter().copied()).in_dir(&drafts).run()
    };
    assert_eq!(run(&["--write-baseline", "b.yml"]).code, 0);
    assert_eq!(run(&["--baseline", "b.yml", "--annotate", "out.docx"]).code, 0);
    let copy = std::fs::read(drafts.path("out.docx")).expect("it was written");
    assert_eq!(unpack(&copy, COMMENTS), unpack(&document, COMMENTS));
}

#[test]
fn parts_may_begin_with_a_byte_order_mark_or_be_in_utf_16() {
    let xml = |mark: &str| {
        format!(
            "{mark}<w:document xmlns:w=\"{SPACE}\"><w:body>{}</w:body></w:document>",
            paragraph(&["On China containment."])
        )
    };
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(xml("").encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [xml("\u{feff}").into_bytes(), utf16] {
        let document = package(&[("word/document.xml".to_owned(), bytes)]);
        let (copy, said) = annotate(&document, &["--fix", "--unsafe-fixes"]);
        assert!(said.contains("out.docx: 1 comment, 1 tracked change\n"), "{said}");
        assert_eq!(read(&copy, Revisions::Accepted).source(), "On regional stability and peace.\n");
        assert_eq!(read(&copy, Revisions::Original).source(), "On China containment.\n");
    }
}

#[test]
fn what_cannot_be_annotated_is_said() {
    let document = docx(&paragraph(&["China containment"]));
    let drafts = folder([("d.docx", document.as_slice()), ("e.docx", &document), ("d.md", b"China containment")]);
    let cases: &[(&[&str], &str)] = &[
        (&["d.docx"], "d.docx: this is the document itself; name another file for the copy"),
        (&["out.docx", "e.docx"], "out.docx: not a folder; the copies of several drafts go into one"),
        (&["out.md"], "out.md: the copy is of the format of d.docx, and must end in the same way"),
        (&["nowhere/out.docx"], "nowhere/out.docx: there is no folder nowhere"),
    ];
    for (arguments, expected) in cases {
        let output = check()
            .args(["--pack", "framing", "d.docx", "--annotate"])
            .args(arguments.iter().copied())
            .in_dir(&drafts)
            .run();
        assert!(
            output.code == 2 && output.stderr.contains(expected),
            "{arguments:?} {} {}",
            output.code,
            output.stderr
        );
    }
    for draft in ["-", ".", "no.md"] {
        let output = check().args(["--annotate", "out.docx", draft]).in_dir(&drafts).run();
        assert_eq!(output.code, 2, "{draft} {}", output.stderr);
    }
    assert!(!drafts.path("out.docx").exists());
    assert_eq!(std::fs::read(drafts.path("d.docx")).expect("it is there"), document);
}

/// A run, with or without formatting, and what may stand around one.
fn dressed() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("<w:r><w:t xml:space=\"preserve\">@</w:t></w:r>"),
        Just("<w:r><w:t>@</w:t></w:r>"),
        Just(
            "<w:r w:rsidR=\"00A1\"><w:rPr><w:b/><w:sz w:val=\"20\"/></w:rPr><w:t xml:space=\"preserve\">@</w:t></w:r>"
        ),
        Just("<w:hyperlink r:id=\"x\"><w:r><w:t xml:space=\"preserve\">@</w:t></w:r></w:hyperlink>"),
        Just("<w:ins w:id=\"1\" w:author=\"A\"><w:r><w:t xml:space=\"preserve\">@</w:t></w:r></w:ins>"),
        Just(
            "<w:ins w:id=\"2\" w:author=\"A\"><w:smartTag><w:r><w:t xml:space=\"preserve\">@</w:t></w:r></w:smartTag></w:ins>"
        ),
        Just("<w:r><w:t xml:space=\"preserve\">@</w:t><w:tab/><w:t>x</w:t></w:r>"),
        Just(
            "<w:del w:id=\"3\" w:author=\"B\"><w:r><w:delText>never</w:delText></w:r></w:del><w:r><w:t xml:space=\"preserve\">@</w:t></w:r>"
        ),
        Just("<w:proofErr w:type=\"gramEnd\"/><w:r><w:t xml:space=\"preserve\">@ &amp; &#233;</w:t></w:r>"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_copy_has_the_text_of_the_document_and_with_fixes_that_of_the_fixed_draft(
        paragraphs in paragraphs(dressed()),
    ) {
        let body: String = paragraphs.iter().map(|content| format!("<w:p>{content}</w:p>")).collect();
        let document = docx(&body);
        let rules = RuleSet::builtin().expect("the packs are sound");
        let draft = read(&document, Revisions::Accepted);
        let findings = rules.check(&draft);
        let folder = folder([("d.docx", &document)]);
        let path = folder.path("d.docx");
        let reading = Reading::default();

        let copy = comity::annotate::annotate(&path, &reading, &draft, &findings, None).expect("it can be annotated");
        prop_assert_eq!(copy.comments, findings.len());
        let after = read(&copy.bytes, Revisions::Accepted);
        prop_assert_eq!(after.source(), draft.source());
        let before = read(&document, Revisions::Original);
        let original = read(&copy.bytes, Revisions::Original);
        prop_assert_eq!(original.source(), before.source());
        // Each comment stands on the words of its finding, in the order of the report.
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        let on: Vec<String> =
            comments(&copy.bytes).iter().map(|(on, _)| letters(&on.replace("never", ""))).collect();
        let found: Vec<String> = findings.iter().map(|finding| letters(draft.slice(finding.span))).collect();
        prop_assert_eq!(on, found);
        for part in ["[Content_Types].xml", "_rels/.rels"] {
            prop_assert!(unpack(&copy.bytes, part).expect("it is there").starts_with(unpack(&document, part).expect("it is there").trim_end_matches("</Types>")));
        }
        // Nothing twice.
        folder.write("d.docx", &copy.bytes);
        let again = comity::annotate::annotate(&path, &reading, &after, &rules.check(&after), None).expect("once more");
        prop_assert_eq!((again.comments, again.known), (0, findings.len()));
        prop_assert_eq!(unpack(&again.bytes, DOCUMENT), unpack(&copy.bytes, DOCUMENT));

        // With fixes: accepted, it is the fixed draft; not accepted, it is what it was.
        folder.write("d.docx", &document);
        let fixed = fix(draft.clone(), |draft| rules.check(draft), Fix::Unsafe);
        let copy =
            comity::annotate::annotate(&path, &reading, &draft, &findings, Some(&fixed.draft)).expect("it can be fixed");
        let accepted = read(&copy.bytes, Revisions::Accepted);
        if copy.without_place == 0 {
            prop_assert_eq!(accepted.source(), fixed.draft.source());
        }
        let original = read(&copy.bytes, Revisions::Original);
        prop_assert_eq!(original.source(), before.source());
    }
}
