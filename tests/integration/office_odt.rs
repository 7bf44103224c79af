//! OpenDocument texts with LibreOffice: it makes a draft, comity annotates it, and LibreOffice shows the comments on the right words,
//! and accepts and rejects the suggestions.

use std::process::Command;

use crate::common::documents::convert;
use crate::common::{Folder, check, folder, installed};
use comity::{Draft, Reading, Revisions};

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

/// Has LibreOffice accept or reject all tracked changes of a file: the lines of its text then.
fn all_changes(drafts: &Folder, file: &str, command: &str) -> Vec<String> {
    // Its own language, and a library of the user's: the one way to give it a command that needs no other program.
    const MODULE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Changes" script:language="StarBasic">Sub All(from, command, target)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(from, "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, Array())
  Dim filter(1) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName" : filter(0).Value = "Text (encoded)"
  filter(1).Name = "FilterOptions" : filter(1).Value = "UTF8,LF"
  document.storeToURL(target, filter())
  document.close(True)
End Sub
</script:module>
"#;
    const LIBRARY: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">"#;
    let library = "profile/user/basic/Standard";
    drafts.write(&format!("{library}/Changes.xba"), MODULE.as_bytes());
    let elements = "<library:element library:name=\"Changes\"/></library:library>";
    drafts.write(&format!("{library}/script.xlb"), format!("{LIBRARY}{elements}").as_bytes());
    drafts.write(&format!("{library}/dialog.xlb"), format!("{LIBRARY}</library:library>").as_bytes());
    let url = |name: &str| format!("file://{}", drafts.path(name).display());
    let to = format!("{file}.{command}.txt");
    let call = format!("macro:///Standard.Changes.All(\"{}\",\".uno:{command}\",\"{}\")", url(file), url(&to));
    let profile = format!("-env:UserInstallation={}", url("profile"));
    let output = Command::new("soffice")
        .args([&profile, "--headless", "--norestore", &call])
        .current_dir(drafts)
        .env("HOME", drafts.path("."))
        .output()
        .expect("LibreOffice runs");
    assert!(drafts.path(&to).exists(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = drafts.read(&to);
    text.trim_start_matches('\u{feff}').lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
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

#[test]
fn libreoffice_accepts_and_rejects_the_suggestions() {
    if !installed("soffice") {
        return;
    }
    let drafts = folder([("draft.fodt", DRAFT)]);
    convert(&drafts, "draft.fodt", "odt");
    let run = |draft: &str, copy: &str| {
        let arguments = ["--pack", "framing", draft, "--fix", "--unsafe-fixes", "--annotate", copy];
        check().args(arguments).in_dir(&drafts).run().stderr
    };
    let said = run("draft.odt", "copy.odt");
    // A drawing that is no text box has none, as LibreOffice tracks nothing there.
    assert!(said.contains("copy.odt: 10 comments, 8 tracked changes; 1 had no place in the document"), "{said}");
    let accepted = all_changes(&drafts, "copy.odt", "AcceptAllTrackedChanges");
    assert_eq!(
        all_changes(&drafts, "copy.odt", "RejectAllTrackedChanges"),
        all_changes(&drafts, "draft.odt", "RejectAllTrackedChanges")
    );
    let before = all_changes(&drafts, "draft.odt", "AcceptAllTrackedChanges");
    let peace = "regional stability and peace";
    let expected = before
        .join("\n")
        .replace("\nChina containment", "\nRegional stability and peace")
        .replace("China containment", peace)
        .replace("China\ncontainment", peace)
        .replace("burden sharing", "shared responsibility");
    assert_eq!(accepted.join("\n"), expected);
    // In the footnote and in the header too, with the formatting of what they replace.
    convert(&drafts, "copy.odt", "docx");
    let copy = std::fs::read(drafts.path("copy.docx")).expect("LibreOffice has written it");
    for part in ["word/document.xml", "word/footnotes.xml", "word/header1.xml"] {
        let xml = crate::common::word::unpack(&copy, part).unwrap_or_else(|| panic!("{part} is there"));
        for change in ["<w:del ", "<w:ins "] {
            let made = xml.split(change).skip(1).filter(|rest| rest.contains("w:author=\"comity\"")).count();
            assert!(made > 0, "{part} {change}");
        }
    }
    // Saved by LibreOffice, it has nothing to add.
    convert(&drafts, "copy.odt", "fodt");
    convert(&drafts, "copy.fodt", "odt");
    let said = run("copy.odt", "again.odt");
    assert!(said.contains("again.odt: 0 comments") && said.contains(" 0 tracked changes"), "{said}");
}

#[test]
fn what_is_read_of_tracked_changes_is_what_libreoffice_makes_of_them() {
    if !installed("soffice") {
        return;
    }
    let info =
        "<office:change-info><dc:creator>A</dc:creator><dc:date>2026-01-01T00:00:00</dc:date></office:change-info>";
    let region = |id: &str, kind: &str, content: &str| {
        format!(
            "<text:changed-region xml:id=\"{id}\" text:id=\"{id}\"><text:{kind}>{info}{content}</text:{kind}></text:changed-region>"
        )
    };
    let (start, end) = (
        |id: &str| format!("<text:change-start text:change-id=\"{id}\"/>"),
        |id: &str| format!("<text:change-end text:change-id=\"{id}\"/>"),
    );
    let gone = |id: &str| format!("<text:change text:change-id=\"{id}\"/>");
    let insertions: String = ["i1", "i2", "i3"].iter().map(|id| region(id, "insertion", "")).collect();
    let changes = [
        insertions,
        region("d1", "deletion", "<text:p>old</text:p>"),
        region("d2", "deletion", "<text:p>first</text:p><text:p>second</text:p><text:p>third</text:p>"),
        region("d3", "deletion", "<text:p>cell</text:p>"),
    ]
    .concat();
    let body = [
        format!("<text:tracked-changes>{changes}</text:tracked-changes>"),
        format!("<text:p>a {}{}new{} b</text:p>", gone("d1"), start("i1"), end("i1")),
        format!("<text:p>c {}new{} d</text:p>", start("i2"), end("i2")),
        format!("<text:p>e {} f</text:p>", gone("d2")),
        // A row that goes, and one that comes.
        format!(
            "<table:table table:name=\"T\"><table:table-column/><table:table-row table:style-name=\"R\"><table:table-cell><text:p>{}</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>stays</text:p></table:table-cell></table:table-row><table:table-row table:style-name=\"R\"><table:table-cell><text:p>{}comes{}</text:p></table:table-cell></table:table-row></table:table>",
            gone("d3"),
            start("i3"),
            end("i3")
        ),
        "<text:p>end</text:p>".to_owned(),
    ]
    .concat();
    let head = DRAFT.split_once("<office:automatic-styles>").expect("a draft has styles").0;
    let head = head.replacen(
        "office:version",
        "xmlns:loext=\"urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0\" office:version",
        1,
    );
    let rows = "<style:style style:name=\"R\" style:family=\"table-row\"><style:table-row-properties loext:text-changes-only=\"false\"/></style:style>";
    let draft = format!(
        "{head}<office:automatic-styles>{rows}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document>"
    );
    let drafts = folder([("draft.fodt", draft)]);
    convert(&drafts, "draft.fodt", "odt");
    for (revisions, command, is_row) in [
        (Revisions::Accepted, "AcceptAllTrackedChanges", "comes"),
        (Revisions::Original, "RejectAllTrackedChanges", "cell"),
    ] {
        let reading = Reading { revisions, ..Reading::default() };
        let read = Draft::read_with(drafts.path("draft.odt"), &reading).expect("LibreOffice has written it");
        let read: Vec<&str> = read.source().lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(read, all_changes(&drafts, "draft.odt", command));
        assert!(read.contains(&is_row) && read.contains(&"stays"), "{read:?}");
    }
}
