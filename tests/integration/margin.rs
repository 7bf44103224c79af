//! Comments in the margin of a document, in which people speak to comity.

use crate::common::documents::{annotate, read};
use crate::common::odt::odt;
use crate::common::word::{docx_with, run, unpack};
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

const BLOC: &str = "framing/bloc-confrontation";

#[test]
fn a_comment_in_the_margin_silences_the_paragraphs_that_it_stands_on() {
    let silent = |line, reason: &str| (BLOC.to_owned(), line, Some(reason.to_owned()));
    let heard = |line| (BLOC.to_owned(), line, None);
    let text = "On bloc politics now.";
    let agreed = "comity: ignore framing/bloc-confrontation -- agreed in Seoul";
    type Case<'t> = (&'t [&'t str], &'t [(&'t str, &'t str)], Vec<(String, usize, Option<String>)>);
    let cases: [Case<'_>; 9] = [
        (&["On <0>bloc</0> politics now.", text], &[("Ms A", agreed)], vec![silent(1, "agreed in Seoul"), heard(2)]),
        // On a point, on two paragraphs, and a reply, which Word puts at the same place.
        (&["On bloc politics now.<0></0>", text], &[("Ms A", agreed)], vec![silent(1, "agreed in Seoul"), heard(2)]),
        (
            &["On bloc <0>politics now.", "On bloc</0> politics now.", text],
            &[("Ms A", agreed)],
            vec![silent(1, "agreed in Seoul"), silent(2, "agreed in Seoul"), heard(3)],
        ),
        (
            &["On <0><1>bloc politics</0></1> now."],
            &[("comity", "error: no\nRule: framing/bloc-confrontation"), ("Ms A", agreed)],
            vec![silent(1, "agreed in Seoul")],
        ),
        // What Word makes of two hyphens, and of the first letter.
        (
            &["<0>On bloc politics now.</0>"],
            &[("Ms A", "Comity: ignore framing \u{2013} agreed")],
            vec![silent(1, "agreed")],
        ),
        (
            &[text, "<0>On bloc politics now.</0>"],
            &[("Ms A", "comity: ignore-file framing\n-- agreed\nin Seoul")],
            vec![silent(1, "agreed in Seoul"), silent(2, "agreed in Seoul")],
        ),
        (
            &[text, "On <0>bloc</0> politics.", text, "On bloc <1>politics</1>."],
            &[("Ms A", "comity: off framing -- agreed"), ("Mr B", "comity: on framing")],
            vec![heard(1), silent(2, "agreed"), silent(3, "agreed"), heard(4)],
        ),
        // What comity says, and what only speaks of it.
        (&["<0>On bloc politics now.</0>"], &[("comity", agreed)], vec![heard(1)]),
        (
            &["<0>On bloc politics now.</0>"],
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
        ("comity: ignore framing/bloc-confrontatoin -- agreed", "comity/unknown-suppression"),
        ("comity: ignroe framing -- agreed", "comity/unknown-suppression"),
        ("comity: off framing -- agreed", "comity/open-suppression"),
        ("comity: ignore framing/free-riding -- agreed", "comity/unused-suppression"),
    ];
    for (text, rule) in cases {
        let drafts = folder([("d.docx", document(&["One.", "On <0>bloc</0> politics."], &[("Ms A", text)]))]);
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
    let output =
        check().args(["--rules", "own.yml", "--pack", "comity", "--format", "short", "d.docx"]).in_dir(&drafts).run();
    assert!(
        output.stdout.contains("[own/line]") && output.stdout.contains("[comity/redline-suppression]"),
        "{} {}",
        output.stdout,
        output.stderr
    );
}

#[test]
fn reports_say_at_which_paragraph_the_comment_stands() {
    let text = "comity: ignore framing/bloc-confrontation -- agreed";
    let drafts = folder([("d.docx", document(&["One.", "On <0>bloc</0> politics."], &[("Ms A", text)]))]);
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
    let note = format!("<w:footnote w:id=\"2\"><w:p>{}</w:p></w:footnote>", run("On bloc politics."));
    let body = format!("<w:p>{}<0><w:r><w:footnoteReference w:id=\"2\"/></w:r></0></w:p>", run("On bloc politics."));
    let bytes = docx_with(&marked(&body, 1), &[("footnotes", &note), ("comments", &said(0, "Ms A", agreed))]);
    let reasons =
        |found: Vec<(String, usize, Option<String>)>| found.into_iter().map(|(.., reason)| reason).collect::<Vec<_>>();
    assert_eq!(reasons(found(Format::Word, &bytes)), [None, Some("agreed".to_owned())]);
    let comment = |name: &str| {
        format!(
            "<office:annotation office:name=\"{name}\"><dc:creator>Ms A</dc:creator><text:p>{agreed}</text:p></office:annotation>"
        )
    };
    let odt_note = "<text:note text:note-class=\"footnote\"><text:note-body><text:p>On bloc politics.</text:p></text:note-body></text:note>";
    let bytes = odt(&format!(
        "<text:p>On bloc politics.{}{odt_note}<office:annotation-end office:name=\"a\"/></text:p>",
        comment("a")
    ));
    assert_eq!(reasons(found(Format::OpenDocument, &bytes)), [None, Some("agreed".to_owned())]);
    let bytes = odt(&format!(
        "<text:p>On {}bloc<office:annotation-end office:name=\"a\"/> politics.</text:p><text:p>On bloc politics.</text:p>",
        comment("a")
    ));
    assert_eq!(reasons(found(Format::OpenDocument, &bytes)), [Some("agreed".to_owned()), None]);
}

#[test]
fn what_is_silenced_from_the_margin_is_not_fixed_nor_commented() {
    let text = "comity: ignore framing -- agreed";
    let bytes = document(&["On <0>bloc</0> politics.", "On bloc politics."], &[("Ms A", text)]);
    let (_, said) = annotate(Format::Word, &bytes, &["--fix", "--unsafe-fixes"]);
    assert!(said.contains("out.docx: 1 comment, 1 tracked change\n"), "{said}");
}

/// The parts of a copy that name the comment with such a text, for each of these names.
fn names_of(bytes: &[u8], parts: &[&str]) -> Vec<String> {
    parts.iter().filter_map(|part| unpack(bytes, part)).collect()
}

const EXTENDED: &str = "word/commentsExtended.xml";

/// A document in which comity has commented on two phrases, and `reply` is there for each comment that somebody has answered.
fn threaded(answered: &[usize]) -> Vec<u8> {
    let comment = |id: usize, author: &str| {
        format!(
            "<w:comment w:id=\"{id}\" w:author=\"{author}\"><w:p w14:paraId=\"0000000{id}\">{}</w:p></w:comment>",
            run(if author == "comity" { "Rule: framing/china-containment" } else { "No, it stays." })
        )
    };
    let mark = |id: usize| format!("<w:commentRangeStart w:id=\"{id}\"/>");
    let end = |id: usize| format!("<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>");
    let text = |id: usize, text: &str| {
        let reply = answered.contains(&id).then_some(id + 4);
        let (marks, ends): (String, String) =
            [Some(id), reply].into_iter().flatten().map(|id| (mark(id), end(id))).unzip();
        format!("<w:p>{}{marks}{}{ends}{}</w:p>", run("On "), run(text), run(" now."))
    };
    let body = [text(0, "China containment"), text(1, "peace"), text(2, "quiet")].concat();
    let mut comments = [0, 1, 2].map(|id| comment(id, "comity")).concat();
    let mut extended =
        [0, 1, 2].map(|id| format!("<w15:commentEx w15:paraId=\"0000000{id}\" w15:done=\"0\"/>")).concat();
    let mut ids =
        [0, 1, 2].map(|id| format!("<w:commentId w:paraId=\"0000000{id}\" w:durableId=\"1111111{id}\"/>")).concat();
    for id in answered {
        let reply = id + 4;
        comments += &comment(reply, "Ms A");
        extended +=
            &format!("<w15:commentEx w15:paraId=\"0000000{reply}\" w15:paraIdParent=\"0000000{id}\" w15:done=\"0\"/>");
        ids += &format!("<w:commentId w:paraId=\"0000000{reply}\" w:durableId=\"1111111{reply}\"/>");
    }
    let extensible = [0, 1, 2].map(|id| format!("<w:commentExtensible w:durableId=\"1111111{id}\"/>")).concat();
    let people = "<w:person w:author=\"comity\"/><w:person w:author=\"Ms A\"/>";
    let named = |xml: &str| xml.replace("w14:", "w:").replace("w15:", "w:");
    docx_with(
        &body,
        &[
            ("comments", &named(&comments)),
            ("commentsExtended", &named(&extended)),
            ("commentsIds", &ids),
            ("commentsExtensible", &extensible),
            ("people", people),
        ],
    )
}

#[test]
fn a_comment_on_what_is_found_no_more_is_taken_out_with_all_that_names_it() {
    let (copy, said) = annotate(Format::Word, &threaded(&[]), &[]);
    assert!(said.contains("out.docx: 0 comments (1 more were there), 2 taken out\n"), "{said}");
    for part in ["word/document.xml", "word/comments.xml"] {
        let xml = unpack(&copy, part).expect("it is there");
        assert!(xml.contains("w:id=\"0\"") && !xml.contains("w:id=\"1\"") && !xml.contains("w:id=\"2\""), "{xml}");
    }
    let xml = unpack(&copy, "word/document.xml").expect("it is there");
    assert_eq!((xml.matches("<w:r>").count(), xml.matches("<w:r></w:r>").count()), (10, 0), "{xml}");
    for part in names_of(&copy, &[EXTENDED, "word/commentsIds.xml", "word/commentsExtensible.xml"]) {
        assert_eq!(
            part.matches("<w:comment").count(),
            1 + usize::from(part.contains("<w:commentsE") || part.contains("<w:commentsI")),
            "{part}"
        );
    }
    // One of comity's is left.
    assert!(unpack(&copy, "word/people.xml").expect("it is there").contains("\"comity\""));
    // Nothing is left to be done.
    let (again, said) = annotate(Format::Word, &copy, &[]);
    assert!(said.contains("out.docx: 0 comments (1 more were there)\n") && again == copy, "{said}");
}

#[test]
fn a_comment_that_was_answered_stays_and_stripping_leaves_the_answer() {
    let (copy, said) = annotate(Format::Word, &threaded(&[1]), &[]);
    assert!(
        said.contains(
            "(1 more were there), 1 taken out; 1 with an answer left though nothing is found there any more\n"
        ),
        "{said}"
    );
    let comments = unpack(&copy, "word/comments.xml").expect("it is there");
    assert_eq!([0, 1, 2, 5].map(|id| comments.contains(&format!("w:id=\"{id}\""))), [true, true, false, true]);
    let (bare, said) = annotate(Format::Word, &copy, &["--strip"]);
    assert!(said.contains("out.docx: 2 comments taken out\n"), "{said}");
    let comments = unpack(&bare, "word/comments.xml").expect("it is there");
    assert_eq!([0, 1, 5].map(|id| comments.contains(&format!("w:id=\"{id}\""))), [false, false, true]);
    let extended = unpack(&bare, EXTENDED).expect("it is there");
    assert!(
        extended.contains("<w:commentEx w:paraId=\"00000005\" w:done=\"0\"/>")
            && extended.matches("<w:commentEx ").count() == 1,
        "{extended}"
    );
    let people = unpack(&bare, "word/people.xml").expect("it is there");
    assert!(!people.contains("comity") && people.contains("Ms A"), "{people}");
}

#[test]
fn comments_on_rules_that_are_not_looked_for_and_on_what_is_passed_over_stay() {
    let (copy, _) = annotate(Format::Word, &threaded(&[]), &["--select", "framing/free-riding"]);
    let comments = unpack(&copy, "word/comments.xml").expect("it is there");
    assert_eq!(comments.matches("<w:comment ").count(), 3);
    let bytes = docx_with(&format!("<w:p>{}</w:p>", run("They reject bloc politics.")), &[]);
    let (once, _) = annotate(Format::Word, &bytes, &[]);
    let (again, said) = annotate(Format::Word, &once, &["--min-severity", "error"]);
    assert!(said.contains("out.docx: 0 comments\n"), "{said}");
    assert_eq!(unpack(&again, "word/comments.xml"), unpack(&once, "word/comments.xml"));
}

#[test]
fn what_is_stripped_of_an_annotated_copy_is_the_text_of_the_document() {
    let (word, text) = (
        docx_with(&format!("<w:p>{}</w:p>", run("On China containment now.")), &[]),
        "<text:p>On China containment now.</text:p>",
    );
    for (format, bytes, part) in
        [(Format::Word, word, "word/document.xml"), (Format::OpenDocument, odt(text), "content.xml")]
    {
        let (copy, _) = annotate(format, &bytes, &[]);
        let (bare, said) = annotate(format, &copy, &["--strip"]);
        assert!(said.contains(": 1 comment taken out\n"), "{said}");
        let xml = unpack(&bare, part).expect("it is there");
        assert!(!xml.contains("omment") && !xml.contains("annotation") && !xml.contains("comity"), "{xml}");
        let read = |bytes: &[u8]| read(format, bytes, Revisions::Accepted).source().to_owned();
        assert_eq!(read(&bare), read(&bytes));
        let (tracked, _) = annotate(format, &bytes, &["--fix", "--unsafe-fixes"]);
        let (_, said) = annotate(format, &tracked, &["--strip"]);
        assert!(
            said.contains("1 comment taken out; ") && said.contains("of comity left, to be accepted or rejected\n"),
            "{said}"
        );
    }
}

#[test]
fn an_odt_loses_the_comments_on_what_is_found_no_more() {
    let comment = |name: &str, creator: &str, more: &str| {
        format!(
            "<office:annotation office:name=\"{name}\"{more}><dc:creator>{creator}</dc:creator><text:p>Rule: framing/china-containment</text:p></office:annotation>"
        )
    };
    let end = |name: &str| format!("<office:annotation-end office:name=\"{name}\"/>");
    let body = format!(
        "<text:p>On {}peace{}, {}quiet{}{}, {}trade{} and {}China containment{}.</text:p>",
        comment("a", "comity", ""),
        end("a"),
        comment("b", "comity", ""),
        end("b"),
        comment("c", "Ms A", " office:parent-name=\"b\""),
        comment("d", "Ms A", ""),
        end("d"),
        comment("e", "comity", ""),
        end("e"),
    );
    let bytes = odt(&body);
    let (copy, said) = annotate(Format::OpenDocument, &bytes, &[]);
    assert!(said.contains("0 comments (1 more were there), 1 taken out; 1 with an answer left though"), "{said}");
    let xml = unpack(&copy, "content.xml").expect("it is there");
    assert_eq!(
        xml,
        unpack(&bytes, "content.xml")
            .expect("it is there")
            .replace(&comment("a", "comity", ""), "")
            .replace(&end("a"), "")
    );
    let (bare, said) = annotate(Format::OpenDocument, &copy, &["--strip"]);
    assert!(said.contains("2 comments taken out\n"), "{said}");
    let xml = unpack(&bare, "content.xml").expect("it is there");
    assert!(!xml.contains("comity") && xml.matches("Ms A").count() == 2, "{xml}");
}

#[test]
fn a_comment_on_a_suggestion_stays_until_that_is_accepted_or_rejected() {
    let (word, text) = (
        docx_with(&format!("<w:p>{}</w:p>", run("On China containment now.")), &[]),
        "<text:p>On China containment now.</text:p>",
    );
    for (format, bytes) in [(Format::Word, word), (Format::OpenDocument, odt(text))] {
        let (tracked, said) = annotate(format, &bytes, &["--fix", "--unsafe-fixes"]);
        assert!(said.contains(": 1 comment, 1 tracked change\n"), "{said}");
        let (again, said) = annotate(format, &tracked, &[]);
        assert!(said.contains(": 0 comments\n") && again == tracked, "{said}");
    }
}
