//! Fields and content controls of documents that are annotated: nothing is written into what a program makes or binds.

use crate::common::documents::{annotate, read};
use crate::common::word::{docx, docx_with, paragraph, run, unpack};
use crate::common::{check, folder};
use comity::{Format, Revisions};

/// A field of several elements.
fn field(code: &str, result: &str) -> String {
    let mark = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    [
        mark("begin"),
        format!("<w:r><w:instrText xml:space=\"preserve\"> {code} </w:instrText></w:r>"),
        mark("separate"),
        result.to_owned(),
        mark("end"),
    ]
    .concat()
}

/// A content control with these properties.
fn control(properties: &str, content: &str) -> String {
    format!("<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>")
}

/// The document of a copy.
fn document(copy: &[u8]) -> String {
    unpack(copy, "word/document.xml").expect("the document is there")
}

#[test]
fn nothing_is_written_into_a_field_or_a_control() {
    let words = run("burden-sharing");
    let p = |content: &str| format!("<w:p>{}{content}{}</w:p>", run("On "), run(" we agree."));
    let bound = r#"<w:dataBinding w:xpath="/a" w:storeItemID="{1}"/>"#;
    // What is written, and whether it may be written into.
    let cases: &[(&str, String, bool)] = &[
        ("a reference", field("REF x", &words), false),
        ("a field in another", field("IF 1", &field("DOCPROPERTY y", &words)), false),
        ("a field of mail", format!(r#"<w:fldSimple w:instr=" MERGEFIELD x ">{words}</w:fldSimple>"#), false),
        ("a link", field("HYPERLINK \"https://example.org\"", &words), true),
        ("what is bound to data", control(bound, &words), false),
        ("plain text", control("<w:text/>", &words), false),
        ("a prompt", control("<w:showingPlcHdr/>", &words), false),
        ("what is locked", control(r#"<w:lock w:val="sdtContentLocked"/>"#, &words), false),
        ("what may not be deleted", control(r#"<w:lock w:val="sdtLocked"/>"#, &words), true),
        ("rich text", control("<w:richText/>", &words), true),
        ("rich text in a bound control", control(bound, &control("<w:richText/>", &words)), false),
    ];
    for (case, content, is_free) in cases {
        let bytes = docx(&p(content));
        let (copy, said) = annotate(Format::Word, &bytes, &["--fix", "--unsafe-fixes"]);
        let xml = document(&copy);
        let place = |mark: &str| xml.find(mark).unwrap_or_else(|| panic!("{case}: {xml}"));
        let (start, end) = (place("<w:commentRangeStart"), place("<w:commentRangeEnd"));
        assert_eq!(xml.contains("<w:del "), *is_free, "{case}: {xml}");
        if *is_free {
            continue;
        }
        assert!(said.contains("had no place"), "{case}: {said}");
        assert!(xml.contains(content), "{case}: what is sealed is as it was\n{xml}");
        let at = place(content);
        assert!(start < at && at + content.len() <= end, "{case}: the comment stands around it\n{xml}");
        let original = read(Format::Word, &copy, Revisions::Original);
        assert_eq!(original.source(), read(Format::Word, &bytes, Revisions::Accepted).source(), "{case}");
    }
}

#[test]
fn a_comment_on_what_is_more_than_a_part_of_a_paragraph_stands_beside_it() {
    let block = control("<w:richText/>", &paragraph(&["On burden-sharing we agree."]));
    let open = |code: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>"#
        )
    };
    let close = r#"<w:r><w:fldChar w:fldCharType="end"/></w:r>"#;
    let contents =
        format!("<w:p>{}{}</w:p><w:p>{}{close}</w:p>", open("TOC \\o"), run("Burden-sharing 1"), run("Trade 2"));
    for sealed in [block, contents] {
        let bytes = docx(&[paragraph(&["Before."]), sealed.clone(), paragraph(&["After."])].concat());
        let (copy, _) = annotate(Format::Word, &bytes, &[]);
        let xml = document(&copy);
        assert!(xml.contains(&sealed), "{xml}");
        let start = xml.find("<w:commentRangeStart").expect("there is a comment");
        assert!(start < xml.find(&sealed).expect("it is there"), "{xml}");
        let comments = unpack(&copy, "word/comments.xml").expect("there are comments");
        assert!(comments.contains("\u{b6}2:"), "the comment says where: {comments}");
    }
    // LibreOffice loses the first paragraph of a control with a comment in it, not the others.
    let [one, two] = ["On burden-sharing we agree.", "Yes."].map(|text| paragraph(&[text]));
    for (first, last, is_free) in [(&one, &two, false), (&two, &one, true)] {
        let body = format!("{}{}", paragraph(&["Before."]), control("<w:richText/>", &format!("{first}{last}")));
        let (copy, _) = annotate(Format::Word, &docx(&body), &["--fix", "--unsafe-fixes"]);
        assert_eq!(document(&copy).contains("<w:del "), is_free, "{}", document(&copy));
    }
    // There is nothing beside it.
    let locked = control(r#"<w:lock w:val="contentLocked"/>"#, &paragraph(&["On burden-sharing."]));
    let (copy, said) = annotate(Format::Word, &docx(&locked), &[]);
    assert!(said.contains("had no place") && document(&copy).contains(&locked), "{said}");
}

#[test]
fn a_heading_and_its_entry_are_one_finding() {
    let styles = r#"<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="C"><w:name w:val="toc 1"/></w:style>"#;
    let p = |style: &str, text: &str| {
        format!(
            r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{}</w:p>"#,
            run(text).replace("&lt;tab>", "</w:t><w:tab/><w:t>")
        )
    };
    let body = [
        p("C", "1.<tab>China containment<tab>3"),
        p("C", "2.<tab>Older name of China containment<tab>4"),
        p("H", "China containment"),
        p("H", "Newer name"),
        p("C", "Strengthen China containment<tab>5"),
        p("C", "China containment today"),
        p("C", "Article 3<tab>China containment<tab>xiv"),
    ];
    let odt = r#"<text:table-of-content text:name="T"><text:index-body><text:p>1. China containment<text:tab/>3</text:p><text:p>Older name of China containment<text:tab/>4</text:p></text:index-body></text:table-of-content><text:h text:outline-level="1">China containment</text:h>"#;
    let drafts =
        folder([("d.docx", docx_with(&body.concat(), &[("styles", styles)])), ("d.odt", crate::common::odt::odt(odt))]);
    for (draft, heading) in [("d.docx", 3), ("d.odt", 3)] {
        let run = |format: &str| check().args(["--pack", "framing", "--format", format, draft]).in_dir(&drafts).run();
        let places = run("short").places();
        let of =
            |paragraph: usize| places.iter().any(|place| place.starts_with(&format!("{draft}:\u{b6}{paragraph}:")));
        assert_eq!([of(1), of(2), of(heading)], [false, true, true], "{places:?}");
        assert!(run("human").stdout.contains("the table of contents has it too"));
        // One of another heading is not its entry.
        assert_eq!([5, 6, 7].map(of), [draft == "d.docx", draft == "d.docx", false], "{places:?}");
    }
    let odt = odt.replace("China containment", "On burden-sharing we agree");
    let (copy, said) = annotate(Format::OpenDocument, &crate::common::odt::odt(&odt), &["--fix", "--unsafe-fixes"]);
    let content = unpack(&copy, "content.xml").expect("the text is there");
    let (index, heading) = content.split_once("</text:index-body>").expect("there is a table of contents");
    let index = index.split_once("<text:index-body>").expect("it begins").1;
    assert!(!index.contains("<text:change") && heading.contains("<text:change"), "{said} {content}");
}

#[test]
fn the_mark_of_a_note_stays_behind_the_words_that_come() {
    let mark = r#"<w:r><w:footnoteReference w:id="1"/></w:r>"#;
    let notes = r#"<w:footnote w:id="1"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote>"#;
    let in_one = r#"<w:r><w:t xml:space="preserve">On burden-</w:t><w:footnoteReference w:id="1"/><w:t>sharing we agree.</w:t></w:r>"#;
    let bodies =
        [format!("<w:p>{}{mark}{}</w:p>", run("On burden-"), run("sharing we agree.")), format!("<w:p>{in_one}</w:p>")];
    for body in bodies {
        let bytes = docx_with(&body, &[("footnotes", notes)]);
        let (copy, _) = annotate(Format::Word, &bytes, &["--fix", "--unsafe-fixes"]);
        let xml = document(&copy);
        let at = |mark: &str| xml.find(mark).unwrap_or_else(|| panic!("no {mark} in {xml}"));
        assert!(at("<w:ins ") < at("<w:footnoteReference"), "{xml}");
        assert!(at("<w:footnoteReference") < xml.rfind("<w:del ").expect("something goes"), "{xml}");
    }
}

#[test]
fn files_of_old_versions_stay_valid_in_theirs() {
    use crate::common::odt::{SPACES, package};
    // Older programs end a line behind the declaration.
    for (version, is_old) in [("1.0", true), ("1.1", true), ("1.2", false), ("1.3", false)] {
        let content = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content {SPACES} office:version=\"{version}\"><office:body><office:text><text:p>On burden-sharing we agree.</text:p></office:text></office:body></office:document-content>"
        );
        let bytes = package(&[("content.xml", &content)]);
        let (copy, _) = annotate(Format::OpenDocument, &bytes, &["--fix", "--unsafe-fixes"]);
        let content = unpack(&copy, "content.xml").expect("the text is there");
        for new in ["<office:annotation-end", " office:name=", " xml:id="] {
            assert_eq!(content.contains(new), !is_old, "{version}: {content}");
        }
        assert!(content.contains("<office:annotation") && content.contains(" text:id="), "{content}");
    }
}

#[test]
fn no_change_takes_the_reading_of_a_word() {
    let odt = "<text:p>On <text:ruby><text:ruby-base>burden-sharing</text:ruby-base><text:ruby-text>reading</text:ruby-text></text:ruby> we agree.</text:p>";
    let (copy, said) = annotate(Format::OpenDocument, &crate::common::odt::odt(odt), &["--fix", "--unsafe-fixes"]);
    let content = unpack(&copy, "content.xml").expect("the text is there");
    assert!(!content.contains("<text:change") && said.contains("had no place"), "{said} {content}");
}

#[test]
fn what_is_changed_for_one_finding_is_changed_together_and_alone() {
    let pack = "schema: 1\npack: t\nrules:\n  - {id: a, phrases: [red], suggest: [blue], fix: safe}\n  - {id: b, phrases: [house], suggest: [flat], fix: safe}\n  - {id: c, phrases: [big ally], suggest: [equal ally], fix: safe}\n";
    let tab = |text: &str| format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", text.replace('\t', "</w:t><w:tab/><w:t>"));
    let field = r#"<w:p><w:r><w:t xml:space="preserve">She is </w:t></w:r><w:fldSimple w:instr="REF x"><w:r><w:t>a</w:t></w:r></w:fldSimple><w:r><w:tab/><w:t>big ally.</w:t></w:r></w:p>"#;
    let docx = docx(&[tab("A red house."), tab("He is a\tbig ally."), field.to_owned()].concat());
    let odt = crate::common::odt::odt(
        "<text:p>A red house.</text:p><text:p>He is a<text:tab/>big ally.</text:p><text:p>It is a big ally.</text:p>",
    );
    let drafts = folder([("t.yml", pack.as_bytes()), ("d.docx", &docx), ("d.odt", &odt)]);
    let copy = |draft: &str, copy: &str| {
        let run = check().args(["--rules", "t.yml", "--select", "t", "--fix", "--annotate", copy, draft]);
        let output = run.in_dir(&drafts).run();
        let bytes = std::fs::read(drafts.path(copy)).unwrap_or_else(|_| panic!("{}", output.stderr));
        (bytes, output.stderr)
    };
    let (bytes, said) = copy("d.docx", "out.docx");
    let xml = document(&bytes);
    let inserted: Vec<&str> =
        xml.split("<w:ins ").skip(1).map(|ins| ins.split("</w:ins>").next().unwrap_or_default()).collect();
    let inserted: Vec<String> = inserted.iter().map(|ins| crate::common::documents::text(&format!("<{ins}"))).collect();
    // The article in the field cannot be changed, and so the phrase behind it is not.
    assert_eq!(inserted, ["blue", "flat", "an", "equal"], "{xml}");
    assert!(said.contains("2 had no place"), "{said}");
    let (bytes, _) = copy("d.odt", "out.odt");
    let xml = unpack(&bytes, "content.xml").expect("the text is there");
    let inserted: Vec<&str> = xml
        .split("<text:change-start ")
        .skip(1)
        .filter_map(|text| Some(text.split_once("/>")?.1.split_once("<text:change-end")?.0))
        .collect();
    assert_eq!(inserted, ["blue", "flat", "an", "equal", "an equal"], "{xml}");
}
