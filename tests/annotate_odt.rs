//! `--annotate`: a copy of an OpenDocument text with comments on what was found.

mod common;

use std::io::Cursor;

use comity::{Draft, Format, Reading, Revisions, RuleSet};
use common::odt::{odt, odt_with, paragraph};
use common::word::unpack;
use common::{check, folder};
use proptest::prelude::*;

const CONTENT: &str = "content.xml";

/// The copy of a document that `comity check --annotate` makes with these arguments, and what it says.
fn annotate(document: &[u8], arguments: &[&str]) -> (Vec<u8>, String) {
    let drafts = folder([("d.odt", document)]);
    let run = check().args(["--pack", "framing", "--annotate", "out.odt", "d.odt"]).args(arguments.iter().copied());
    let output = run.env("SOURCE_DATE_EPOCH", "0").in_dir(&drafts).run();
    let copy = std::fs::read(drafts.path("out.odt")).unwrap_or_else(|_| panic!("{}", output.stderr));
    assert_eq!(
        std::fs::read(drafts.path("d.odt")).expect("it is there"),
        document,
        "the document itself is left alone"
    );
    (copy, output.stderr)
}

fn read(bytes: &[u8], revisions: Revisions) -> Draft {
    let reading = Reading { revisions, ..Reading::default() };
    Draft::from_reader("d.odt", Format::OpenDocument, Cursor::new(bytes), &reading).expect("the document is sound")
}

/// The text of XML, without its tags.
fn text(xml: &str) -> String {
    let mut text = String::new();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        text += &rest[..at];
        rest = rest[at..].split_once('>').map_or("", |(_, behind)| behind);
    }
    (text + rest).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
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
        said[0].starts_with("comity1970-01-01T00:00:00error: \"China containment\" makes a third country the target"),
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
        "<text:tracked-changes><text:changed-region text:id=\"d\"><text:deletion>{info}<text:p>favour China containment and </text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>They <text:change text:change-id=\"d\"/>met.</text:p>"
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
    let document = common::odt::package(&[("content.xml", xml)]);
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

#[test]
fn existing_comments_stay_and_suggestions_are_in_the_comments() {
    let own = "<office:annotation office:name=\"comity-7\"><dc:creator>Lee</dc:creator><text:p>Rule: framing/china-containment</text:p></office:annotation>";
    let document = odt(&format!("<text:p>{own}China containment.</text:p>"));
    let (copy, said) = annotate(&document, &["--fix", "--unsafe-fixes"]);
    let expected =
        "out.odt: 1 comment; in OpenDocument texts suggestions are in the comments only, not tracked changes\n";
    assert!(said.contains(expected), "{said}");
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
        Just("@<office:annotation><dc:creator>A</dc:creator><text:p>Why?</text:p></office:annotation>"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_copy_has_the_text_of_the_document_and_each_comment_its_words(
        paragraphs in proptest::collection::vec(
            proptest::collection::vec((dressed(), prop_oneof![
                3 => "[a-d한]{1,4} ?".prop_map(|text| text),
                2 => Just("China containment".to_owned()),
                1 => Just(" China ".to_owned()),
                1 => Just("containment of China ".to_owned()),
                1 => Just("bloc ".to_owned()),
                1 => Just("politics and burden-sharing".to_owned()),
            ]), 1..6),
            1..4,
        ),
    ) {
        let changes = "<text:tracked-changes><text:changed-region text:id=\"i\"><text:insertion/></text:changed-region><text:changed-region text:id=\"d\"><text:deletion><text:p>bloc politics</text:p></text:deletion></text:changed-region></text:tracked-changes>";
        let body: String = paragraphs
            .iter()
            .map(|spans| {
                let spans: String = spans.iter().map(|(dress, text)| dress.replacen('@', text, 1)).collect();
                format!("<text:p>{spans}</text:p>")
            })
            .collect();
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
            let on = on.replace("Why?", "").replace("<dc:creator>A</dc:creator>", "");
            let found = letters(draft.of(finding).slice(finding.span));
            let is_plain = finding.revision.is_none() && !on.contains("<text:change ") && !on.contains("<text:date>");
            prop_assert!(!is_plain || letters(&text(&on)) == found, "{} {}", on, found);
        }
        // Nothing twice.
        folder.write("d.odt", &copy.bytes);
        let after = Draft::read_with(&path, &reading).expect("the copy is sound");
        let again = comity::annotate::annotate(&path, &reading, &after, &rules.check(&after), None).expect("once more");
        prop_assert_eq!((again.comments, again.known), (0, findings.len()));
        prop_assert_eq!(unpack(&again.bytes, CONTENT), unpack(&copy.bytes, CONTENT));
    }
}
