//! `--annotate`: a copy of an OpenDocument text with comments on what was found, and suggestions as tracked changes.

use crate::common::documents::{self, paragraphs, text};
use crate::common::odt::{odt, odt_with, package, paragraph};
use crate::common::word::unpack;
use crate::common::{check, folder};
use comity::fix::fix;
use comity::{Draft, Fix, Format, Reading, Revisions, RuleSet};
use proptest::prelude::*;

const CONTENT: &str = "content.xml";

fn annotate(document: &[u8], arguments: &[&str]) -> (Vec<u8>, String) {
    documents::annotate(Format::OpenDocument, document, arguments)
}

fn read(bytes: &[u8], revisions: Revisions) -> Draft {
    documents::read(Format::OpenDocument, bytes, revisions)
}

/// The paragraphs of a draft, without white space at their ends.
fn lines(draft: &Draft) -> Vec<&str> {
    draft.source().lines().map(|line| line.trim_end_matches(' ')).collect()
}

/// XML without the comments of comity.
fn bare(xml: &str) -> String {
    let mut bare = String::new();
    for (index, piece) in xml.split("<office:annotation office:name=\"comity-").enumerate() {
        bare += if index == 0 { piece } else { piece.split_once("</office:annotation>").expect("a comment ends").1 };
    }
    let ends = bare.matches("<office:annotation-end office:name=\"comity-").count();
    (0..ends).fold(bare, |bare, _| {
        let (before, behind) =
            bare.split_once("<office:annotation-end office:name=\"comity-").expect("there is one more");
        before.to_owned() + behind.split_once("/>").expect("a tag ends").1
    })
}

/// What each comment of comity stands on, as it is in the file, and what it says, in the order of their numbers.
fn comments(document: &[u8]) -> Vec<(String, String)> {
    let xml = unpack(document, CONTENT).expect("there is a text");
    let mut found = Vec::new();
    for number in 1.. {
        let start = format!("<office:annotation office:name=\"comity-{number}\">");
        let Some((_, behind)) = xml.split_once(&start) else {
            break;
        };
        let (said, behind) = behind.split_once("</office:annotation>").expect("the comment ends");
        let end = format!("<office:annotation-end office:name=\"comity-{number}\"/>");
        let on = behind.split_once(&end).expect("what it stands on ends").0;
        found.push((bare(on), text(&said.replace("</text:p>", "\n"))));
    }
    found
}

fn words(document: &[u8]) -> Vec<String> {
    comments(document).into_iter().map(|(on, _)| on).collect()
}

#[test]
fn a_comment_stands_on_its_words_beside_raised_digits() {
    let body = "<text:p>On <text:span text:style-name=\"Raised\">12 China containment 3</text:span></text:p>";
    let (copy, _) = annotate(&odt(body), &[]);
    assert_eq!(words(&copy), ["China containment"]);
}

#[test]
fn a_comment_stands_on_its_words_whatever_white_space_is_around_them() {
    let ruby =
        "<text:ruby><text:ruby-base>China containment</text:ruby-base><text:ruby-text>x</text:ruby-text></text:ruby>";
    let cases = [
        ("\n  On   China  containment \n", "China  containment"),
        ("On\n China containment ", "China containment"),
        ("On  <text:span text:style-name=\"Raised\">  12   China containment</text:span>", "China containment"),
        ("On China<text:s/>containment<text:s/>", "China<text:s/>containment"),
        // What is all one is not parted.
        (&format!("On {ruby}, too"), ruby),
    ];
    for (content, expected) in cases {
        let (copy, _) = annotate(&odt(&format!("<text:p>{content}</text:p>")), &[]);
        assert_eq!(words(&copy), [expected], "{content}");
    }
}

#[test]
fn every_finding_is_a_comment_on_its_words() {
    let note = "<text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation><text:note-body><text:p>See bloc politics.</text:p></text:note-body></text:note>";
    let body = [
        paragraph(&["The leaders spoke of Chi", "na contain", "ment and more."]),
        format!("<text:p>Noted{note}.</text:p>"),
        "<text:p>China<text:line-break/>containment</text:p>".to_owned(),
        "<text:p>A<draw:custom-shape><text:p>China containment</text:p></draw:custom-shape></text:p>".to_owned(),
    ]
    .concat();
    let document = odt_with(&body, "<text:p>China containment</text:p>");
    let (copy, said) = annotate(&document, &[]);
    assert!(said.contains("out.odt: 5 comments\n"), "{said}");
    let span = "<text:span text:style-name=\"B\">";
    assert_eq!(
        words(&copy),
        [
            &format!("Chi</text:span>{span}na contain</text:span>{span}ment"),
            "China<text:line-break/>containment",
            "<draw:custom-shape><text:p>China containment</text:p></draw:custom-shape>",
            note,
            "The leaders spoke of Chi",
        ]
    );
    let said: Vec<String> = comments(&copy).into_iter().map(|(_, said)| said).collect();
    assert!(
        said[0].starts_with("comity1970-01-01T00:00:00error: \"China containment\" makes China the target"),
        "{said:?}"
    );
    let lines: Vec<&str> = said[0].lines().collect();
    assert_eq!(lines[1], "Say: regional stability and peace; or: a stable Indo-Pacific");
    assert_eq!(lines.last(), Some(&"Rule: framing/china-containment"));
    for (index, start) in
        [(2, "\u{b6}5:1: error: "), (3, "footnotes:\u{b6}1:5: warning: "), (4, "styles:\u{b6}1:1: error: ")]
    {
        assert!(said[index].starts_with(&format!("comity1970-01-01T00:00:00{start}")), "{said:?}");
        assert!(said[index].contains(", on \""), "{said:?}");
    }
    // All else is as it was, and what programs look at first is where they look.
    assert_eq!(bare(&unpack(&copy, CONTENT).expect("it is there")), unpack(&document, CONTENT).expect("it is there"));
    for part in ["styles.xml", "META-INF/manifest.xml"] {
        assert_eq!(unpack(&copy, part), unpack(&document, part));
    }
    assert_eq!(&copy[30..77], b"mimetypeapplication/vnd.oasis.opendocument.text");
}

#[test]
fn a_comment_on_what_was_deleted_stands_at_the_change() {
    let info = "<office:change-info><dc:creator>A</dc:creator></office:change-info>";
    let body = format!(
        "<text:tracked-changes><text:changed-region text:id=\"d\"><text:deletion>{info}<text:p>favour against China containment </text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>They <text:change text:change-id=\"d\"/>met.</text:p>"
    );
    let document = odt(&body);
    let (copy, said) = annotate(&document, &["--revisions", "both"]);
    assert!(said.contains("out.odt: 1 comment\n"), "{said}");
    assert_eq!(words(&copy), ["<text:change text:change-id=\"d\"/>"]);
    let (again, said) = annotate(&copy, &["--revisions", "both"]);
    assert!(said.contains("out.odt: 0 comments (1 more were there)\n"), "{said}");
    assert!(again == copy);
}

#[test]
fn prefixes_are_those_of_the_part() {
    let xml = r#"<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><o:body><o:text><p>China containment</p></o:text></o:body></o:document-content>"#;
    let document = crate::common::odt::package(&[("content.xml", xml)]);
    let (copy, _) = annotate(&document, &[]);
    let xml = unpack(&copy, CONTENT).expect("it is there");
    for part in [
        r#"<o:annotation xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" o:name="comity-1"><dc:creator>comity<"#,
        "</o:annotation>China containment<o:annotation-end",
    ] {
        assert!(xml.contains(part), "{xml}");
    }
    assert!(annotate(&copy, &[]).1.contains("out.odt: 0 comments (1 more were there)\n"));
}

/// What a part says of a text and its tracked changes: each comment is told by brackets, and of a change not who made it when.
fn shown(xml: &str, from: &str, to: &str) -> String {
    let inside = xml.split_once(from).and_then(|(_, rest)| rest.split_once(to)).expect("there is a text").0;
    let mut shown = String::new();
    for (index, piece) in inside.split("<office:annotation office:name=\"comity-").enumerate() {
        let piece =
            if index == 0 { piece } else { piece.split_once("</office:annotation>").expect("a comment ends").1 };
        shown = shown + if index == 0 { "" } else { "[" } + piece;
    }
    for number in 1..30 {
        shown = shown.replace(&format!("<office:annotation-end office:name=\"comity-{number}\"/>"), "]");
        let name = format!("comity-{number}\"");
        shown = shown
            .replace(&format!("<text:changed-region xml:id=\"{name} text:id=\"{name}>"), &format!("{{{number} "))
            .replace(&format!("<text:change text:change-id=\"{name}/>"), &format!("-{number}-"))
            .replace(&format!("<text:change-start text:change-id=\"{name}/>"), &format!("+{number}("))
            .replace(&format!("<text:change-end text:change-id=\"{name}/>"), ")");
    }
    shown
        .replace("<office:change-info><dc:creator>comity</dc:creator><dc:date>1970-01-01T00:00:00</dc:date></office:change-info>", "")
        .replace("<text:insertion></text:insertion>", "+")
        .replace("<text:deletion><text:p>", "-")
        .replace("</text:p></text:deletion>", "")
        .replace("</text:changed-region>", "}")
}

#[test]
fn suggestions_are_tracked_changes_in_the_spans_of_what_they_replace() {
    let list =
        |content: &str| format!("<text:tracked-changes text:track-changes=\"false\">{content}</text:tracked-changes>");
    let info =
        "<office:change-info><dc:creator>A</dc:creator><dc:date>2026-01-01T00:00:00</dc:date></office:change-info>";
    let inserted = format!("<text:insertion>{info}</text:insertion>");
    let known = format!("<text:changed-region xml:id=\"c\" text:id=\"c\">{inserted}</text:changed-region>");
    let note =
        "<text:note text:note-class=\"footnote\"><text:note-body><text:p>It.</text:p></text:note-body></text:note>";
    let peace = "regional stability and peace";
    let cases = [
        (
            "<text:p>On <text:span text:style-name=\"B\">China containment</text:span> now</text:p>".to_owned(),
            format!(
                "{}<text:p>On <text:span text:style-name=\"B\">[-1-+2({peace})]</text:span> now</text:p>",
                list("{1 -<text:span text:style-name=\"B\">China containment</text:span>}{2 +}")
            ),
        ),
        // Over spans: all of it goes as one, each part in its span; what comes stands in the first.
        (
            "<text:p>On China<text:span text:style-name=\"B\"> contain</text:span><text:span>ment</text:span></text:p>"
                .to_owned(),
            format!(
                "{}<text:p>On [-1-+2({peace})<text:span text:style-name=\"B\"></text:span><text:span>]</text:span></text:p>",
                list("{1 -China<text:span text:style-name=\"B\"><text:s/>contain</text:span>ment}{2 +}")
            ),
        ),
        // A mark of a note stays, what stands for white space goes.
        (
            format!("<text:p>On China{note}<text:line-break/> containment.</text:p>"),
            format!(
                "{}<text:p>On [-1-+3({peace}){note}-2-].</text:p>",
                list("{1 -China}{2 -<text:line-break/> containment}{3 +}")
            ),
        ),
        // In a link.
        (
            "<text:p>On <text:a xlink:href=\"x\">China containment</text:a>.</text:p>".to_owned(),
            format!(
                "{}<text:p>On <text:a xlink:href=\"x\">[-1-+2({peace})]</text:a>.</text:p>",
                list("{1 -<text:a xlink:href=\"x\">China containment</text:a>}{2 +}")
            ),
        ),
        // In the insertion of somebody else: what goes is inserted and deleted.
        (
            format!(
                "<text:tracked-changes>{known}</text:tracked-changes><text:p>We <text:change-start text:change-id=\"c\"/>met on China containment.<text:change-end text:change-id=\"c\"/></text:p>"
            ),
            format!(
                "<text:tracked-changes>{known}{{1 -China containment{inserted}}}{{2 +}}</text:tracked-changes><text:p>We <text:change-start text:change-id=\"c\"/>met on [-1-+2({peace})].<text:change-end text:change-id=\"c\"/></text:p>"
            ),
        ),
        // Where the list of changes is, or is to be.
        (
            "<text:tracked-changes/><text:p>On China containment</text:p>".to_owned(),
            format!(
                "<text:tracked-changes>{{1 -China containment}}{{2 +}}</text:tracked-changes><text:p>On [-1-+2({peace})]</text:p>"
            ),
        ),
        (
            "<office:forms form:automatic-focus=\"false\" xmlns:form=\"f\"/><text:p>On China containment</text:p>"
                .to_owned(),
            format!(
                "<office:forms form:automatic-focus=\"false\" xmlns:form=\"f\"/>{}<text:p>On [-1-+2({peace})]</text:p>",
                list("{1 -China containment}{2 +}")
            ),
        ),
    ];
    for (body, expected) in cases {
        let document = odt(&body);
        let (copy, said) = annotate(&document, &["--fix", "--unsafe-fixes"]);
        assert!(said.contains("out.odt: 1 comment, 1 tracked change\n"), "{said}");
        let xml = unpack(&copy, CONTENT).expect("it is there");
        assert_eq!(shown(&xml, "<office:text>", "</office:text>"), expected.replace("</text:changed-region>", "}"));
        let fixed = read(&copy, Revisions::Accepted);
        assert!(fixed.source().contains(peace) && !fixed.source().contains("China"), "{}", fixed.source());
        assert_eq!(read(&copy, Revisions::Original).source(), read(&document, Revisions::Original).source());
        for revisions in ["accepted", "both"] {
            let (again, said) = annotate(&copy, &["--fix", "--unsafe-fixes", "--revisions", revisions]);
            assert!(said.contains("out.odt: 0 comments") && said.contains(", 0 tracked changes\n"), "{said}");
            assert!(again == copy, "nothing is added twice");
        }
    }
}

#[test]
fn notes_headers_and_text_boxes_have_tracked_changes_and_drawings_have_none() {
    let words = "<text:p>On China containment</text:p>";
    let body = [
        format!("<text:p>A<text:note><text:note-body>{words}</text:note-body></text:note></text:p>"),
        format!("<text:p>B<draw:frame><draw:text-box>{words}</draw:text-box></draw:frame></text:p>"),
        format!("<text:p>C<draw:custom-shape>{words}</draw:custom-shape></text:p>"),
        "<text:p>D<text:date>On China containment</text:date></text:p>".to_owned(),
        "<text:p>E<draw:frame><draw:image/><svg:title>China containment</svg:title></draw:frame></text:p>".to_owned(),
    ]
    .concat();
    let document = odt_with(&body, words);
    let (copy, said) = annotate(&document, &["--fix", "--unsafe-fixes"]);
    assert!(said.contains("out.odt: 6 comments, 3 tracked changes; 3 had no place in the document\n"), "{said}");
    assert_eq!(
        read(&copy, Revisions::Accepted).source(),
        "A\nB\nOn regional stability and peace\nC\nOn China containment\nDOn China containment\nE\nChina containment\nOn regional stability and peace\nOn regional stability and peace\n"
    );
    assert_eq!(read(&copy, Revisions::Original).source(), read(&document, Revisions::Original).source());
    let styles = unpack(&copy, "styles.xml").expect("it is there");
    assert_eq!(
        shown(&styles, "<style:header>", "</style:header>"),
        "<text:tracked-changes text:track-changes=\"false\">{1 -China containment}{2 +}</text:tracked-changes><text:p>On -1-+2(regional stability and peace)</text:p>"
    );
    let without_changes = unpack(&document, "styles.xml").expect("it is there");
    let (before, behind) = styles.split_once("<style:header>").expect("there is a header");
    assert!(without_changes.starts_with(before));
    assert!(without_changes.ends_with(behind.split_once("</style:header>").expect("it ends").1));
}

#[test]
fn what_a_change_has_taken_out_is_not_fixed() {
    let info = "<office:change-info><dc:creator>A</dc:creator></office:change-info>";
    let document = odt(&format!(
        "<text:tracked-changes><text:changed-region text:id=\"d\"><text:deletion>{info}<text:p>about China containment </text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>They met in Seoul <text:change text:change-id=\"d\"/>to speak of peace.</text:p>"
    ));
    for revisions in ["original", "both"] {
        let (copy, said) = annotate(&document, &["--fix", "--unsafe-fixes", "--revisions", revisions]);
        let without = if revisions == "original" { "; 1 had no place in the document" } else { "" };
        assert!(said.contains(&format!("out.odt: 1 comment, 0 tracked changes{without}\n")), "{said}");
        assert_eq!(
            bare(&unpack(&copy, CONTENT).expect("it is there")),
            unpack(&document, CONTENT).expect("it is there")
        );
    }
}

#[test]
fn a_comment_that_another_program_has_written_anew_is_known_again() {
    let (copy, said) = annotate(&odt("<text:p>On China containment.</text:p>"), &[]);
    assert!(said.contains("out.odt: 1 comment\n"), "{said}");
    let [content, styles] = [CONTENT, "styles.xml"].map(|part| unpack(&copy, part).expect("it is there"));
    let rule = "<text:p>Rule: framing/china-containment</text:p>";
    assert!(content.contains(rule), "{content}");
    for anew in [
        "<text:p>Rule:<text:s/>framing/china-containment</text:p>",
        "<text:p><text:span text:style-name=\"B\">Rule: framing/<text:span>china</text:span></text:span>-containment</text:p>",
        "<text:list><text:list-item><text:p>Rule: framing/china-containment</text:p></text:list-item></text:list>",
    ] {
        let content = content.replace(rule, anew);
        let (again, said) = annotate(&package(&[(CONTENT, &content), ("styles.xml", &styles)]), &[]);
        assert!(said.contains("out.odt: 0 comments (1 more were there)\n"), "{said}");
        assert_eq!(unpack(&again, CONTENT), Some(content));
    }
}

#[test]
fn existing_comments_stay() {
    let own = "<office:annotation office:name=\"comity-7\"><dc:creator>Lee</dc:creator><text:p>Rule: framing/china-containment</text:p></office:annotation>";
    let document = odt(&format!("<text:p>{own}China containment.</text:p>"));
    let (copy, said) = annotate(&document, &[]);
    assert!(said.contains("out.odt: 1 comment\n"), "{said}");
    let xml = unpack(&copy, CONTENT).expect("it is there");
    assert!(xml.contains(&format!("{own}<office:annotation office:name=\"comity-8\">")), "{xml}");
    // What is silenced by a baseline has no comment.
    let drafts = folder([("d.odt", odt("<text:p>The text of bloc politics.</text:p>"))]);
    let run = |arguments: &[&str]| {
        check().args(["--pack", "framing", "d.odt"]).args(arguments.iter().copied()).in_dir(&drafts).run()
    };
    assert_eq!(run(&["--write-baseline", "b.yml"]).code, 0);
    assert!(run(&["--baseline", "b.yml", "--annotate", "out.odt"]).stderr.contains("out.odt: 0 comments"));
    assert!(run(&["--annotate", "out.docx"]).stderr.contains("must end in the same way"));
}

/// What may stand around a text.
fn dressed() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("@"),
        Just("<text:span text:style-name=\"B\">@</text:span>"),
        Just("<text:a xlink:href=\"x\"><text:span>@</text:span></text:a>"),
        Just("<text:change-start text:change-id=\"i\"/>@<text:change-end text:change-id=\"i\"/>"),
        Just("<text:change text:change-id=\"d\"/>@"),
        Just("@<text:tab/>x"),
        Just("@ &amp; &#233;"),
        Just("<text:date>@</text:date>"),
        Just("<text:span text:style-name=\"B\"> @ </text:span>"),
        Just("\n  @\n  <!-- x -->"),
        Just("<text:s/>@<text:span/>"),
        Just("<text:meta>@</text:meta><text:bookmark text:name=\"b\"/>"),
        Just("@<text:note><text:note-body><text:p>On bloc politics.</text:p></text:note-body></text:note>"),
        Just("@<office:annotation><dc:creator>A</dc:creator><text:p>Why?</text:p></office:annotation>"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_copy_has_the_text_of_the_document_and_each_comment_its_words(
        paragraphs in paragraphs(dressed()),
    ) {
        let changes = "<text:tracked-changes><text:changed-region text:id=\"i\"><text:insertion/></text:changed-region><text:changed-region text:id=\"d\"><text:deletion><text:p>bloc politics</text:p></text:deletion></text:changed-region></text:tracked-changes>";
        let body: String = paragraphs.iter().map(|content| format!("<text:p>{content}</text:p>")).collect();
        let document = odt(&(changes.to_owned() + &body));
        let rules = RuleSet::builtin().expect("the packs are sound");
        let folder = folder([("d.odt", &document)]);
        let path = folder.path("d.odt");
        let reading = Reading { revisions: Revisions::Both, ..Reading::default() };
        let draft = Draft::read_with(&path, &reading).expect("the document is sound");
        let findings = rules.check(&draft);

        let copy = comity::annotate::annotate(&path, &reading, &draft, &findings, None).expect("it can be annotated");
        prop_assert_eq!(copy.comments + copy.known, findings.len());
        for revisions in [Revisions::Accepted, Revisions::Original] {
            let (before, after) = (read(&document, revisions), read(&copy.bytes, revisions));
            prop_assert_eq!(after.source(), before.source());
        }
        prop_assert_eq!(
            bare(&unpack(&copy.bytes, CONTENT).expect("it is there")),
            unpack(&document, CONTENT).expect("it is there")
        );
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        for ((on, _), finding) in comments(&copy.bytes).iter().zip(&findings) {
            let is_on_note = on.starts_with("<text:note>");
            let on = on.replace("Why?", "").replace("<dc:creator>A</dc:creator>", "").replace("On bloc politics.", "");
            let found = letters(draft.version_of(finding).slice(finding.span));
            let is_plain = !is_on_note && finding.revision.is_none() && !on.contains("<text:change ") && !on.contains("<text:date>");
            prop_assert!(!is_plain || letters(&text(&on)) == found, "{} {}", on, found);
        }
        // Nothing twice.
        folder.write("d.odt", &copy.bytes);
        let after = Draft::read_with(&path, &reading).expect("the copy is sound");
        let again = comity::annotate::annotate(&path, &reading, &after, &rules.check(&after), None).expect("once more");
        prop_assert_eq!((again.comments, again.known), (0, findings.len()));
        prop_assert_eq!(unpack(&again.bytes, CONTENT), unpack(&copy.bytes, CONTENT));

        // With fixes: accepted, it is the fixed draft; not accepted, it is what it was. Only what is in a field may have no place.
        folder.write("d.odt", &document);
        let fixed = fix(draft.clone(), |draft| rules.check(draft), Fix::Unsafe);
        let copy =
            comity::annotate::annotate(&path, &reading, &draft, &findings, Some(&fixed.draft)).expect("it can be fixed");
        prop_assert!(copy.without_place == 0 || body.contains("<text:date>"), "{}", body);
        let original = [&document, &copy.bytes].map(|bytes| read(bytes, Revisions::Original));
        prop_assert_eq!(lines(&original[0]), lines(&original[1]));
        folder.write("d.odt", &copy.bytes);
        let after = Draft::read_with(&path, &reading).expect("the copy is sound");
        if copy.without_place == 0 {
            prop_assert_eq!(lines(&after), lines(&fixed.draft));
            let findings = rules.check(&after);
            let fixed = fix(after.clone(), |draft| rules.check(draft), Fix::Unsafe);
            let again =
                comity::annotate::annotate(&path, &reading, &after, &findings, Some(&fixed.draft)).expect("once more");
            prop_assert_eq!((again.changes, again.without_place), (0, 0));
            // What the suggestions have taken out has its comment.
            let is_there = |finding: &&comity::Finding| !finding.revision.is_some_and(comity::Revision::is_before);
            prop_assert!(again.comments <= findings.iter().filter(is_there).count());
        }
    }
}
