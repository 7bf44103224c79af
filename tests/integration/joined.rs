//! Paragraphs that are one on screen and paper: the mark between them is hidden, or the first is the large letter of the next.

use crate::common::documents::{self, texts};
use crate::common::odt::{SPACES, package};
use crate::common::word::{docx_with, run};
use comity::{BlockKind, Draft, Format, Revisions};

fn word(body: &str) -> Draft {
    const STYLES: &str = r#"<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Note"><w:name w:val="Note"/><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr></w:style>"#;
    const LISTS: &str = r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#;
    documents::read(Format::Word, &docx_with(body, &[("styles", STYLES), ("numbering", LISTS)]), Revisions::Accepted)
}

/// A paragraph of Word, its properties and those of the mark at its end.
fn p(properties: &str, mark: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}<w:rPr>{mark}</w:rPr></w:pPr>{}</w:p>", run(text))
}

#[test]
fn a_paragraph_of_word_goes_on_behind_a_hidden_mark() {
    const HIDDEN: &str = "<w:vanish/>";
    let plain = |text: &str| p("", "", text);
    let style = |style: &str| format!(r#"<w:pStyle w:val="{style}"/>"#);
    let cell = |text: &str| format!("<w:tbl><w:tr><w:tc>{text}</w:tc></w:tr></w:tbl>");
    let cases: &[(String, &[&str])] = &[
        (p("", HIDDEN, "China ") + &plain("containment"), &["China containment"]),
        (p("", HIDDEN, "a ") + &p("", HIDDEN, "b ") + &plain("c") + &plain("d"), &["a b c", "d"]),
        (p("", "<w:vanish/><w:specVanish/>", "China ") + &plain("containment"), &["China containment"]),
        (p("", r#"<w:rStyle w:val="Gone"/>"#, "China ") + &plain("containment"), &["China containment"]),
        (p("", r#"<w:vanish w:val="0"/>"#, "China ") + &plain("containment"), &["China", "containment"]),
        // A paragraph that is all hidden; its style hides what another style does not.
        (plain("a") + &p(&style("Note"), "", "never") + &plain("b"), &["a", "b"]),
        (p(&style("Note"), r#"<w:rStyle w:val="Gone"/>"#, "never") + &plain("b"), &["b"]),
        // No paragraph goes on in a table, nor behind the end of one or of a section.
        (p("", HIDDEN, "a") + &cell(&plain("b")) + &plain("c"), &["a", "b", "c"]),
        (cell(&p("", HIDDEN, "a")) + &plain("b"), &["a", "b"]),
        (p("<w:sectPr/>", HIDDEN, "a") + &plain("b"), &["a", "b"]),
        (p(r#"<w:framePr w:dropCap="drop"/>"#, "", "C") + &plain("hina containment"), &["China containment"]),
    ];
    for (body, expected) in cases {
        assert_eq!(texts(&word(body)), *expected, "{body}");
    }
}

#[test]
fn a_heading_that_text_goes_on_behind_is_its_number_and_no_heading() {
    let body = p(r#"<w:pStyle w:val="H"/>"#, "<w:vanish/><w:specVanish/>", "Scope. ") + &p("", "", "They agree.");
    let draft = word(&(body.clone() + &body));
    let kinds: Vec<(BlockKind, &str)> = draft.blocks().iter().map(|block| (block.kind(), block.text())).collect();
    assert_eq!(kinds, [(BlockKind::List, "Scope. They agree."); 2]);
    let labels: Vec<_> = [0, 20].map(|at| draft.paragraph(at).and_then(|paragraph| paragraph.label.clone())).into();
    assert_eq!(labels, [Some("1".into()), Some("2".into())]);
}

#[test]
fn a_paragraph_of_opendocument_goes_on_behind_a_hidden_mark() {
    let content = format!(
        r#"<office:document-content {SPACES} xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" office:version="1.3"><office:automatic-styles><style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style></office:automatic-styles><office:body><office:text><text:p loext:marker-style-name="T1">China </text:p><text:p>containment</text:p><text:p>b</text:p></office:text></office:body></office:document-content>"#
    );
    let draft = documents::read(Format::OpenDocument, &package(&[("content.xml", &content)]), Revisions::Accepted);
    assert_eq!(texts(&draft), ["China containment", "b"]);
}

#[test]
fn a_paragraph_of_rtf_goes_on_behind_a_hidden_mark() {
    let cases: &[(&str, &[&str])] = &[
        ("China {\\v\\par}containment\\par b\\par", &["China containment", "b"]),
        ("China {\\v hidden\\par}containment\\par", &["China containment"]),
        ("China {\\v0\\par}containment\\par", &["China", "containment"]),
        ("{\\v hidden\\par}a\\par", &["a"]),
        ("\\pard\\dropcapli3\\dropcapt1 C\\par\\pard hina containment\\par", &["China containment"]),
        ("\\pard\\dropcapli3 C\\par\\pard\\dropcapli0 hina\\par b\\par", &["China", "b"]),
        // No paragraph goes on in a table.
        ("a{\\v\\par}\\trowd\\pard\\intbl b\\cell\\row\\pard c\\par", &["a", "b", "c"]),
    ];
    for (source, expected) in cases {
        let source = format!("{{\\rtf1\\ansi {source}}}");
        let draft = documents::read(Format::Rtf, source.as_bytes(), Revisions::Accepted);
        assert_eq!(texts(&draft), *expected, "{source}");
    }
}
