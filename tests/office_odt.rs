//! OpenDocument texts with LibreOffice: it makes a draft, comity annotates it, and LibreOffice shows the comments on the right words.

mod common;

use std::path::Path;
use std::process::Command;

use common::{Folder, check, folder, installed};

/// A draft that holds what LibreOffice keeps in different ways: spans inside a phrase, a note, changes of others, a break in a
/// phrase, a table, a text box and a drawing.
const DRAFT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles><style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style><style:page-layout style:name="L"><style:header-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L"><style:header><text:p>Draft on bloc politics</text:p></style:header></style:master-page></office:master-styles>
<office:body><office:text>
<text:tracked-changes><text:changed-region text:id="c1" xml:id="c1"><text:insertion><office:change-info><dc:creator>A</dc:creator><dc:date>2026-01-01T00:00:00</dc:date></office:change-info></text:insertion></text:changed-region>
<text:changed-region text:id="c2" xml:id="c2"><text:deletion><office:change-info><dc:creator>B</dc:creator><dc:date>2026-01-01T00:00:00</dc:date></office:change-info><text:p>China containment and </text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:h text:outline-level="1">Joint Statement</text:h>
<text:p>The leaders spoke of Chi<text:span text:style-name="B">na con</text:span>tainment<text:note text:id="n1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>See bloc politics.</text:p></text:note-body></text:note> in the region.</text:p>
<text:p>They <text:change-start text:change-id="c1"/>decided on China containment and <text:change-end text:change-id="c1"/><text:change text:change-id="c2"/>met.</text:p>
<text:list><text:list-item><text:p>한국은 China<text:line-break/>containment 이라는 말을 <text:a xlink:href="https://example.org/">burden<text:s/>sharing</text:a></text:p></text:list-item></text:list>
<table:table><table:table-column/><table:table-row><table:table-cell><text:p>China containment</text:p></table:table-cell></table:table-row></table:table>
<text:p>Boxed<draw:frame text:anchor-type="paragraph" svg:width="5cm" svg:height="2cm"><draw:text-box><text:p>China containment</text:p></draw:text-box></draw:frame> and drawn<draw:custom-shape text:anchor-type="as-char" svg:width="5cm" svg:height="2cm"><text:p>China containment</text:p></draw:custom-shape> here.</text:p>
</office:text></office:body></office:document>
"#;

/// Has LibreOffice convert a file to another format beside it.
fn convert(drafts: &Folder, file: &str, to: &str) {
    let profile = format!("-env:UserInstallation=file://{}", drafts.path("profile").display());
    let output = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", to])
        .arg(Path::new(file))
        .current_dir(drafts)
        .env("HOME", drafts.path("."))
        .output()
        .expect("LibreOffice runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !said.contains("could not be loaded"), "{said}");
}

/// Flat XML without the comments in it.
fn without_comments(xml: &str) -> String {
    let pieces = xml.split("<office:annotation ");
    pieces.map(|piece| piece.split_once("</office:annotation>").map_or(piece, |(_, rest)| rest)).collect()
}

/// The text of flat XML: no tags, and of a note neither its number nor its words.
fn text(xml: &str) -> String {
    let mut text = String::new();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        text += &rest[..at];
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        if rest[at..].starts_with("<text:line-break") || rest[at..].starts_with("<text:s/") {
            text.push(' ');
        }
        rest = &rest[end..];
    }
    (text + rest).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What LibreOffice shows: each comment of comity, what it says and the XML that it stands on, in the order of the document.
fn comments(flat: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = flat[at..].find("<office:annotation ").map(|start| at + start) {
        let (annotation, behind) = flat[start..].split_once("</office:annotation>").expect("a comment ends");
        at = flat.len() - behind.len();
        let name = annotation.split("office:name=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a name");
        if annotation.contains("<dc:creator>comity</dc:creator>") {
            let end = format!("<office:annotation-end office:name=\"{name}\"/>");
            let on = behind.split_once(&end).expect("what it stands on ends").0;
            let said = annotation.split_once("<text:p").map_or("", |(_, said)| said);
            found.push((text(&format!("<text:p{said}")), without_comments(on)));
        }
    }
    found
}

#[test]
fn a_draft_of_libreoffice_comes_back_annotated() {
    if !installed("soffice") {
        return;
    }
    let drafts = folder([("draft.fodt", DRAFT)]);
    convert(&drafts, "draft.fodt", "odt");
    let run =
        |arguments: &[&str]| check().args(["--pack", "framing"]).args(arguments.iter().copied()).in_dir(&drafts).run();
    let report = run(&["draft.odt", "--format", "short", "--revisions", "both", "--annotate", "copy.odt"]);
    assert_eq!(
        report.places(),
        [
            "draft.odt:\u{b6}2:22 framing/china-containment",
            "draft.odt:\u{b6}3:17 framing/china-containment",
            "draft.odt:\u{b6}4:5 framing/china-containment",
            "draft.odt:\u{b6}4:30 framing/burden-sharing",
            "draft.odt:\u{b6}4:30 framing/usfk-commitment-missing",
            "draft.odt:\u{b6}5:1 framing/china-containment",
            "draft.odt:\u{b6}7:1 framing/china-containment",
            "draft.odt:\u{b6}8:1 framing/china-containment",
            "draft.odt:footnotes:\u{b6}1:5 framing/bloc-confrontation",
            "draft.odt:styles:\u{b6}1:10 framing/bloc-confrontation",
            "draft.odt:\u{b6}3:6 framing/china-containment",
        ],
        "{}",
        report.stderr
    );
    convert(&drafts, "copy.odt", "fodt");
    let flat = drafts.read("copy.fodt");
    let shown = comments(&flat);
    let on: Vec<String> = shown.iter().map(|(_, on)| text(on)).collect();
    assert_eq!(shown.len(), 11, "{shown:?}");
    let of = |words: &str| on.iter().filter(|on| *on == words).count();
    // Those in the text, with a break in it or not, in the list, the table, the text box and the drawing. That on what was deleted
    // stands at the change, behind which LibreOffice puts it.
    assert_eq!((of("China containment"), of("burden sharing"), of("Joint Statement")), (6, 2, 1), "{shown:?}");
    let at_the_change: Vec<&str> =
        shown.iter().filter(|(_, on)| text(on).is_empty()).map(|(said, _)| said.as_str()).collect();
    assert_eq!(at_the_change.len(), 1, "{shown:?}");
    assert!(at_the_change[0].contains("a tracked deletion takes this out"), "{shown:?}");
    let says = |what: &str| shown.iter().filter(|(said, _)| said.contains(what)).count();
    for place in ["footnotes:\u{b6}1:5: warning: ", "styles:\u{b6}1:10: warning: ", "\u{b6}8:1: error: "] {
        assert_eq!(says(place), 1, "{place} {shown:?}");
    }
    // The words of others are what they were.
    convert(&drafts, "draft.odt", "txt:Text");
    let before = drafts.read("draft.txt");
    convert(&drafts, "copy.odt", "txt:Text");
    assert_eq!(drafts.read("copy.txt"), before);
    // Saved by LibreOffice, every comment is known again.
    convert(&drafts, "copy.fodt", "odt");
    let again = run(&["copy.odt", "--revisions", "both", "--annotate", "again.odt"]);
    assert!(again.stderr.contains("again.odt: 0 comments (11 more were there)"), "{}", again.stderr);
}
