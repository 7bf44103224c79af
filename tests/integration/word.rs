//! Word documents: what is read of them, where findings are, and what is refused.

use std::io::Cursor;

use crate::common::documents::{self, are_refused, cut_phrase, is_found_once, texts};
use crate::common::word::{SPACE, archive, docx, docx_with, package, paragraph, run};
use crate::common::{check, folder};
use comity::{BlockKind, Draft, Format, Reading, Revisions};
use proptest::prelude::*;

fn read(bytes: &[u8], revisions: Revisions) -> Draft {
    documents::read(Format::Word, bytes, revisions)
}

#[test]
fn text_is_what_a_reader_of_the_document_sees() {
    let p = |content: &str| format!("<w:p>{content}</w:p>");
    let r = |content: &str| format!("<w:r>{content}</w:r>");
    let field = |code: &str, result: &str| {
        let char = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
        let code = format!("<w:r><w:instrText>{code}</w:instrText></w:r>");
        [char("begin"), code, char("separate"), result.to_owned(), char("end")].concat()
    };
    let cases: &[(String, &[&str])] = &[
        // Text in any number of runs, and between them what is not text.
        (p(&"China".chars().map(|c| run(&c.to_string())).collect::<String>()), &["China"]),
        (
            p(&format!(
                r#"{}<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="1" w:name="x"/>{}<w:bookmarkEnd w:id="1"/>"#,
                run("Chi"),
                run("na")
            )),
            &["China"],
        ),
        (p(&r("<w:t>Chi</w:t><w:t>na</w:t><w:lastRenderedPageBreak/><w:t> it</w:t>")), &["Chinait"]),
        // White space at the ends of a text counts where it says so.
        (p(&[r("<w:t>\n  a </w:t>"), r(r#"<w:t xml:space="preserve"> b</w:t>"#)].concat()), &["a b"]),
        (p(&r("<w:t>a &amp; b&#x2014;c<![CDATA[<d>]]></w:t>")), &["a & b\u{2014}c<d>"]),
        // What an element stands for.
        (
            p(&r("<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t>")),
            &["a b c\u{2011}de"],
        ),
        (p(&r(r#"<w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Arial" w:char="00E9"/>"#)), &["αé"]),
        (
            p(&r(r#"<w:sym w:font="Symbol" w:char="F057"/><w:sym w:font="Symbol" w:char="F032"/><w:sym w:font="Wingdings" w:char="F057"/><w:sym w:font="Wingdings" w:char="F061"/><w:sym w:font="Wingdings" w:char="F032"/>"#)),
            &["Ω2\u{fffc}\u{fffc}\u{fffc}"],
        ),
        // Containers.
        (p(&format!(r#"<w:hyperlink r:id="r9">{}</w:hyperlink>{}"#, run("a "), run("b"))), &["a b"]),
        (p(&format!("<w:sdt><w:sdtPr><w:alias w:val=\"no\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", run("a"))), &["a"]),
        (format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", paragraph(&["a"])), &["a"]),
        (p(&format!("<w:smartTag>{}</w:smartTag>", run("a"))), &["a"]),
        // The result of a field, not its code; a field that is never closed hides nothing.
        (p(&[run("page "), field("PAGE", &run("7")), run(".")].concat()), &["page 7."]),
        (p(&format!(r#"<w:fldSimple w:instr="DATE">{}</w:fldSimple>"#, run("today"))), &["today"]),
        (p(&[field("IF", &field("REF x", &run("in"))), run(" out")].concat()), &["in out"]),
        (p(&[r(r#"<w:fldChar w:fldCharType="begin"/>"#), run("kept")].concat()), &["kept"]),
        (p(&[r(r#"<w:fldChar w:fldCharType="end"/>"#), run("kept")].concat()), &["kept"]),
        (p(&[field("IF</w:instrText><w:t>never</w:t><w:instrText>", &run("in")), run(" out")].concat()), &["in out"]),
        (
            p(&[
                r(r#"<w:fldChar w:fldCharType="begin"/><w:instrText>TC</w:instrText><w:fldChar w:fldCharType="end"/>"#),
                run("kept"),
            ]
            .concat()),
            &["kept"],
        ),
        // Hidden text, comments, marks of notes, formulas.
        (p(&[run("a"), r("<w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t>")].concat()), &["a"]),
        (p(&[run("a"), r(r#"<w:rPr><w:vanish w:val="true"/></w:rPr><w:t>hidden</w:t>"#)].concat()), &["a"]),
        (p(&[run("a"), r(r#"<w:rPr><w:vanish w:val="0"/></w:rPr><w:t>b</w:t>"#)].concat()), &["ab"]),
        (
            p(&[run("Chi"), r(r#"<w:footnoteReference w:id="2"/>"#), r(r#"<w:commentReference w:id="0"/>"#), run("na")].concat()),
            &["China"],
        ),
        (p(&[run("a "), "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>".to_owned(), run(" b")].concat()), &["a \u{fffc} b"]),
        (p(&[run("Sea"), r(r#"<w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>12</w:t>"#)].concat()), &["Sea\u{b9}\u{b2}"]),
        (
            p(&[run("Sea"), r(r#"<w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>3049 th</w:t>"#)].concat()),
            &["Sea\u{b3}\u{2070}\u{2074}\u{2079} th"],
        ),
        (
            p(&r("<w:ruby><w:rt><w:r><w:t>reading</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>base</w:t></w:r></w:rubyBase></w:ruby>")),
            &["base"],
        ),
        // A text box stands behind the paragraph that holds it; of alternatives one is read.
        (
            p(&[
                run("before "),
                r(&format!(
                    "<mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent>",
                    paragraph(&["boxed"])
                )),
                run("after"),
            ]
            .concat()),
            &["before after", "boxed"],
        ),
        (
            p(&[run("a"), r(r#"<w:drawing><wp:inline><wp:docPr id="1" name="x" descr="A flag"/></wp:inline></w:drawing>"#)].concat()),
            &["a\u{fffc}", "A flag"],
        ),
        // Words that are drawn, and words for those who do not see a drawing.
        (
            p(&r(r#"<w:pict><v:shape alt="A flag"><v:textpath string="Draft"/></v:shape></w:pict>"#)),
            &["A flag", "Draft"],
        ),
        (
            p(&r(r#"<w:drawing><wp:inline><wp:docPr title="Map" descr="A  bay"/><a:p><a:r><a:t>Chi</a:t></a:r><a:r><a:t>na</a:t></a:r><a:br/><a:t>it</a:t></a:p></wp:inline></w:drawing>"#)),
            &["\u{fffc}", "Map", "A bay", "China it"],
        ),
        // Of alternatives the one is read that programs know.
        (
            p(&r(&format!(
                r#"<mc:AlternateContent><mc:Choice xmlns:n="urn:new" Requires="n">{}</mc:Choice><mc:Choice xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" Requires="w14"><w:t>old</w:t></mc:Choice><mc:Fallback><w:t>oldest</w:t></mc:Fallback></mc:AlternateContent>"#,
                "<w:t>new</w:t>"
            ))),
            &["old"],
        ),
        // A large first letter, and white space that counts in all of a run.
        (
            p(&[r#"<w:pPr><w:framePr w:dropCap="drop" w:lines="3"/></w:pPr>"#, &run("C")].concat()) + &p(&run("hina")),
            &["China"],
        ),
        (p(r#"<w:r xml:space="preserve"><w:t>a </w:t></w:r><w:r><w:t> b </w:t></w:r>"#), &["a b"]),
        (p(r#"<w:r xml:space="preserve"><w:t>a</w:t><w:t> b</w:t></w:r>"#), &["a b"]),
        // A text box in hidden text is hidden.
        (
            p(&[
                run("a"),
                r(&format!("<w:rPr><w:vanish/></w:rPr><w:pict><w:txbxContent>{}</w:txbxContent></w:pict>", paragraph(&["b"]))),
            ]
            .concat()),
            &["a"],
        ),
        // Text of another namespace's element of the same name is not a run's.
        (p(&run("=ROK 한국\u{a0}은")), &["=ROK 한국 은"]),
    ];
    for (body, expected) in cases {
        assert_eq!(texts(&read(&docx(body), Revisions::Accepted)), *expected, "{body}");
    }
}

#[test]
fn hidden_text_is_not_checked_and_comity_says_so() {
    let style = |kind: &str, id: &str| {
        format!(r#"<w:style w:type="{kind}" w:styleId="{id}"><w:rPr><w:vanish/></w:rPr></w:style>"#)
    };
    let run = |style: &str, text: &str| {
        format!(r#"<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr><w:t>{text} China containment</w:t></w:r>"#)
    };
    let para = |style: &str, run: &str| format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>"#);
    // What two styles both hide is to be seen.
    let body =
        [para("P", &run("Q", "a")), para("Q", &run("R", "b")), para("P", &run("R", "c")), para("Q", &run("Q", "d"))];
    let styles = [style("paragraph", "P"), style("character", "R")].concat();
    let files = folder([("d.docx", docx_with(&body.concat(), &[("styles", &styles)]))]);
    let told = check().args(["--select", "framing", "--quiet", "--format", "short", "d.docx"]).in_dir(&files).run();
    assert_eq!(
        told.places(),
        ["d.docx:\u{b6}3:3 framing/china-containment", "d.docx:\u{b6}4:3 framing/china-containment"]
    );
    assert_eq!(told.stderr, "d.docx: hidden text in 2 paragraphs not checked\n");
}

#[test]
fn tracked_changes_are_accepted_or_not() {
    let ins = |content: &str| format!(r#"<w:ins w:id="1" w:author="A">{content}</w:ins>"#);
    let del = |text: &str| {
        format!(r#"<w:del w:id="2" w:author="B"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>"#)
    };
    let p = |content: &str| format!("<w:p>{content}</w:p>");
    let mark = |change: &str| format!(r#"<w:pPr><w:rPr><w:{change} w:id="3" w:author="A"/></w:rPr></w:pPr>"#);
    let row = |change: &str| {
        format!(
            "<w:tbl><w:tr><w:trPr><w:{change} w:id=\"4\"/></w:trPr><w:tc>{}</w:tc></w:tr></w:tbl>",
            paragraph(&["cell"])
        )
    };
    let cell = |change: &str| row("x").replace("<w:tc>", &format!("<w:tc><w:tcPr><w:{change} w:id=\"5\"/></w:tcPr>"));
    let cases: &[(String, &[&str], &[&str])] = &[
        (p(&[run("a "), ins(&run("new ")), del("old "), run("b")].concat()), &["a new b"], &["a old b"]),
        // Inserted by one and deleted by another: it is in neither text.
        (p(&[run("a"), ins(&del("gone")), run("b")].concat()), &["ab"], &["ab"]),
        (
            p(&[
                format!("<w:moveFrom w:id=\"5\">{}</w:moveFrom>", run("moved ")),
                run("stays"),
                format!("<w:moveTo w:id=\"6\">{}</w:moveTo>", run(" moved")),
            ]
            .concat()),
            &["stays moved"],
            &["moved stays"],
        ),
        // The mark at the end of a paragraph: deleted, it joins it with the next.
        (p(&[mark("del"), run("Chi")].concat()) + &p(&run("na")), &["China"], &["Chi", "na"]),
        (p(&[mark("ins"), run("Chi")].concat()) + &p(&run("na")), &["Chi", "na"], &["China"]),
        (row("ins"), &["cell"], &[]),
        (row("del"), &[], &["cell"]),
        (row("ins") + &paragraph(&["behind"]), &["cell", "behind"], &["behind"]),
        (row("del") + &paragraph(&["behind"]), &["behind"], &["cell", "behind"]),
        (cell("cellIns"), &["cell"], &[]),
        (cell("cellDel"), &[], &["cell"]),
        // It joins no paragraph with what stands in another cell, or in a table.
        (
            format!(
                "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
                p(&[mark("del"), run("Chi")].concat()),
                p(&run("na"))
            ),
            &["Chi", "na"],
            &["Chi", "na"],
        ),
        (p(&[mark("del"), run("a")].concat()) + &cell("x"), &["a", "cell"], &["a", "cell"]),
        // Formatting as it was is not formatting.
        (
            p(
                r#"<w:r><w:rPr><w:b/><w:rPrChange w:id="7"><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>a</w:t></w:r>"#,
            ),
            &["a"],
            &["a"],
        ),
    ];
    for (body, accepted, original) in cases {
        let document = docx(body);
        assert_eq!(texts(&read(&document, Revisions::Accepted)), *accepted, "{body}");
        assert_eq!(texts(&read(&document, Revisions::Original)), *original, "{body}");
    }
}

#[test]
fn blocks_are_what_their_styles_and_places_say() {
    let styles = r#"
        <w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
        <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="q"><w:name w:val="Quote"/></w:style>
        <w:style w:type="paragraph" w:styleId="c"><w:name w:val="caption"/></w:style>
        <w:style w:type="paragraph" w:styleId="l"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#;
    let styled =
        |style: &str, text: &str| format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{}</w:p>"#, run(text));
    let numbered = |id: &str, text: &str| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{id}"/></w:numPr></w:pPr>{}</w:p>"#,
            run(text)
        )
    };
    let body = [
        styled("1", "Title"),
        "<w:p/>".to_owned(),
        styled("a", "Text"),
        styled("1", "Heading"),
        r#"<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr><w:r><w:t>Outline</w:t></w:r></w:p>"#.to_owned(),
        styled("q", "Quoted"),
        styled("c", "Captioned"),
        styled("l", "Bullet"),
        numbered("3", "Numbered"),
        numbered("0", "Not numbered"),
        format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", paragraph(&["Cell"])),
        r#"<w:p><w:r><w:t>Behind</w:t><w:drawing><wp:inline><wp:docPr descr="Flag"/></wp:inline></w:drawing></w:r></w:p>"#
            .to_owned(),
    ]
    .concat();
    let note = format!(r#"<w:footnote w:id="2">{}</w:footnote>"#, paragraph(&["Note"]));
    let parts =
        [("styles", styles), ("footnotes", note.as_str()), ("header1", "<w:p><w:r><w:t>Head</w:t></w:r></w:p>")];
    let draft = read(&docx_with(&body, &parts), Revisions::Accepted);
    let blocks: Vec<(BlockKind, &str)> = draft.blocks().iter().map(|block| (block.kind(), block.text())).collect();
    assert_eq!(
        blocks,
        [
            (BlockKind::Title, "Title"),
            (BlockKind::Paragraph, "Text"),
            (BlockKind::Heading, "Heading"),
            (BlockKind::Heading, "Outline"),
            (BlockKind::Quotation, "Quoted"),
            (BlockKind::Caption, "Captioned"),
            (BlockKind::List, "Bullet"),
            (BlockKind::List, "Numbered"),
            (BlockKind::Paragraph, "Not numbered"),
            (BlockKind::Table, "Cell"),
            (BlockKind::Paragraph, "Behind\u{fffc}"),
            (BlockKind::Caption, "Flag"),
            (BlockKind::Footnote, "Note"),
            (BlockKind::Paragraph, "Head"),
        ]
    );
    // Empty paragraphs count, and each part counts for itself.
    let place = |text: &str| {
        let at = draft.source().find(text).expect("the text is there");
        let paragraph = draft.paragraph(at).expect("it stands in a paragraph");
        (paragraph.to_string(), paragraph.heading.as_deref())
    };
    assert_eq!(place("Title"), ("\u{b6}1".to_owned(), None));
    assert_eq!(place("Text"), ("\u{b6}3".to_owned(), Some("Title")));
    assert_eq!(place("Numbered"), ("\u{b6}9".to_owned(), Some("Outline")));
    assert_eq!(place("Note"), ("footnotes:\u{b6}1".to_owned(), None));
    assert_eq!(place("Head\n"), ("header1:\u{b6}1".to_owned(), None));
}

#[test]
fn a_style_tells_by_its_name_its_level_or_what_it_is_based_on_what_a_paragraph_is() {
    let style = |id: &str, within: &str| format!(r#"<w:style w:type="paragraph" w:styleId="{id}">{within}</w:style>"#);
    let styles = [
        style("sub", r#"<w:name w:val="Subtitle"/>"#),
        style("level", r#"<w:name w:val="Mine"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>"#),
        style("body", r#"<w:name w:val="heading 3"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>"#),
        style("named", r#"<w:name w:val="heading 3"/>"#),
        style("tenth", r#"<w:name w:val="heading 10"/>"#),
        style("based", r#"<w:name w:val="Mine"/><w:basedOn w:val="level"/>"#),
        style("quote", r#"<w:name w:val="Intense Quote"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>"#),
        r#"<w:style w:type="character" w:default="1" w:styleId="level2"><w:name w:val="Quote"/></w:style>"#.to_owned(),
        style("list", r#"<w:name w:val="Mine"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>"#),
    ]
    .concat();
    let cases = [
        ("sub", "", BlockKind::Heading),
        ("level", "", BlockKind::Heading),
        ("body", "", BlockKind::Paragraph),
        ("named", "", BlockKind::Heading),
        ("tenth", "", BlockKind::Paragraph),
        ("based", "", BlockKind::Heading),
        ("quote", "", BlockKind::Quotation),
        ("list", "", BlockKind::Paragraph),
        ("none", "", BlockKind::Paragraph),
        ("level", r#"<w:outlineLvl w:val="9"/>"#, BlockKind::Heading),
        ("none", r#"<w:outlineLvl w:val="8"/>"#, BlockKind::Heading),
        ("none", r#"<w:outlineLvl w:val="9"/>"#, BlockKind::Paragraph),
    ];
    for (id, within, kind) in cases {
        // The title of a document is its first heading.
        let title = r#"<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Title</w:t></w:r></w:p>"#;
        let styled = format!(r#"<w:p><w:pPr><w:pStyle w:val="{id}"/>{within}</w:pPr>{}</w:p>"#, run("x"));
        let plain = paragraph(&["y"]);
        let draft = read(&docx_with(&[title, &styled, &plain].concat(), &[("styles", &styles)]), Revisions::Accepted);
        let kinds: Vec<BlockKind> = draft.blocks().iter().map(|block| block.kind()).collect();
        assert_eq!(kinds, [BlockKind::Title, kind, BlockKind::Paragraph], "{id} {within}");
    }
}

#[test]
fn strict_documents_and_other_prefixes_are_read() {
    let strict = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    let cases = [
        format!(
            r#"<w:document xmlns:w="{strict}"><w:body><w:p><w:r><w:t>China</w:t></w:r></w:p></w:body></w:document>"#
        ),
        format!(r#"<document xmlns="{SPACE}"><body><p><r><t>China</t></r></p></body></document>"#),
        format!(
            "\u{feff}<x:document xmlns:x=\"{SPACE}\"><x:body><x:p><x:r><x:t>China</x:t></x:r></x:p></x:body></x:document>"
        ),
    ];
    for xml in cases {
        let document = package(&[("word/document.xml".to_owned(), xml.clone())]);
        assert_eq!(texts(&read(&document, Revisions::Accepted)), ["China"], "{xml}");
    }
}

#[test]
fn the_text_is_in_the_part_that_the_package_says() {
    let relationship =
        |kind: &str, target: &str| format!(r#"<Relationship Id="{kind}" Type="x/{kind}" Target="{target}"/>"#);
    let relationships =
        [relationship("core-properties", "docProps/core.xml"), relationship("officeDocument", "word/document2.xml")];
    let text =
        |text: &str| format!(r#"<w:document xmlns:w="{SPACE}"><w:body>{}</w:body></w:document>"#, paragraph(&[text]));
    let document = archive(&[
        ("_rels/.rels", format!("<Relationships>{}</Relationships>", relationships.concat())),
        ("docProps/core.xml", "<coreProperties/>".to_owned()),
        ("word/document2.xml", text("China")),
    ]);
    assert_eq!(texts(&read(&document, Revisions::Accepted)), ["China"]);
}

#[test]
fn what_lies_outside_of_the_package_is_no_part_of_the_text() {
    let relationship = |kind: &str, mode: &str| {
        format!(r#"<Relationship Id="{kind}" Type="x/{kind}" Target="../../../{kind}.xml"{mode}/>"#)
    };
    let read = |relationship: &str| {
        let document =
            format!(r#"<w:document xmlns:w="{SPACE}"><w:body>{}</w:body></w:document>"#, paragraph(&["China"]));
        let parts = [
            ("word/document.xml".to_owned(), document),
            ("word/_rels/document.xml.rels".to_owned(), format!("<Relationships>{relationship}</Relationships>")),
        ];
        let reading = Reading::default();
        let draft = Draft::from_reader("d.docx", Format::Word, Cursor::new(package(&parts)), &reading);
        draft.map(|draft| texts(&draft).join("|")).map_err(|error| error.to_string())
    };
    // Somewhere else, by its own word; or of a kind that is never read.
    for relationship in [relationship("subDocument", r#" TargetMode="External""#), relationship("image", "")] {
        assert_eq!(read(&relationship), Ok("China".to_owned()), "{relationship}");
    }
    assert!(read(&relationship("footnotes", "")).is_err());
}

#[test]
fn the_title_is_the_first_of_the_highest_headings_that_has_text() {
    let styles = r#"<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>"#;
    let title = r#"<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr><w:r><w:t>Title</w:t></w:r></w:p>"#;
    let heading = |level: u8, run: &str| format!(r#"<w:p><w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>{run}</w:p>"#);
    let cases = [
        (heading(1, &run("b")) + &heading(0, "") + &heading(0, &run("a")) + &heading(0, &run("c")), "a"),
        (paragraph(&["x"]) + &heading(0, &run("a")) + title, "Title"),
        (paragraph(&["x"]) + &heading(8, &run("a")), "a"),
    ];
    for (body, expected) in cases {
        let draft = read(&docx_with(&body, &[("styles", styles)]), Revisions::Accepted);
        let titles: Vec<&str> =
            draft.blocks().iter().filter(|block| block.kind() == BlockKind::Title).map(|block| block.text()).collect();
        assert_eq!(titles, [expected], "{body}");
    }
}

#[test]
fn findings_name_paragraph_and_character() {
    let heading = r#"<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Security</w:t></w:r></w:p>"#;
    let body = [
        heading.to_owned(),
        paragraph(&["한국\u{a0}on Chi", "na ", "contain", "ment."]),
        r#"<w:p><w:ins w:id="1" w:author="A"><w:r><w:t>China containment</w:t></w:r></w:ins></w:p>"#.to_owned(),
        r#"<w:p><w:del w:id="2" w:author="A"><w:r><w:delText>China containment.</w:delText></w:r></w:del></w:p>"#.to_owned(),
        format!(
            r#"<w:p>{}<w:del w:id="3"><w:r><w:delText xml:space="preserve">policy not </w:delText></w:r></w:del>{}</w:p>"#,
            run("China "),
            run("containment")
        ),
    ]
    .concat();
    let header = paragraph(&["China containment"]);
    let drafts = folder([("d.docx", docx_with(&body, &[("header1", &header)]))]);
    let run = || check().args(["--pack", "framing", "-q"]).in_dir(&drafts);
    let output = run().args(["--format", "short", "d.docx"]).run();
    assert_eq!(
        output.places(),
        [
            "d.docx:\u{b6}2:7 framing/china-containment",
            "d.docx:\u{b6}3:1 framing/china-containment",
            "d.docx:\u{b6}5:1 framing/china-containment",
            "d.docx:header1:\u{b6}1:1 framing/china-containment",
        ]
    );
    let human = run().arg("d.docx").run().stdout;
    for shown in [
        "d.docx:\u{b6}2:7\n",
        "2 \u{2502} 한국\u{a0}on China containment.",
        "= under: Security",
        "d.docx:header1:\u{b6}1:1\n",
    ] {
        assert!(human.contains(shown), "{shown}\n{human}");
    }
    let json = run().args(["--format", "json", "--revisions", "both", "d.docx"]).run().stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("the report is JSON");
    let findings = json["findings"].as_array().expect("findings are a list");
    let seen: Vec<(u64, u64, u64, Option<&str>)> = findings
        .iter()
        .map(|finding| {
            let document = &finding["document"];
            let number = |key: &str| document[key].as_u64().expect("a number");
            (number("paragraph"), number("start"), number("end"), finding["revision"].as_str())
        })
        .collect();
    assert_eq!(
        seen,
        [
            (2, 6, 23, None),
            (3, 0, 17, Some("brought-in-by-insertion")),
            (5, 0, 17, Some("brought-in-by-deletion")),
            (1, 0, 17, None),
            (4, 0, 17, Some("taken-out-by-deletion")),
        ]
    );
    assert_eq!(findings[0]["document"]["heading"], "Security");
    assert_eq!(json["summary"]["drafts"], 1);
}

#[test]
fn nothing_is_offered_that_would_change_the_file_by_line_and_column() {
    let document = docx(&paragraph(&["They shall meet."]));
    let drafts = folder([("d.docx", &document)]);
    let run = |format: &str| {
        check().args(["--pack", "non-binding", "--format", format, "d.docx"]).in_dir(&drafts).run().stdout
    };
    for format in ["sarif", "rdjson"] {
        let report = run(format);
        assert!(report.contains("non-binding/shall") && !report.contains("\"insertedContent\""), "{report}");
    }
    let rdjson: serde_json::Value = serde_json::from_str(&run("rdjson")).expect("the report is JSON");
    assert_eq!(rdjson["diagnostics"][0]["suggestions"], serde_json::json!([]));
    // Neither does --fix.
    let output = check().args(["--pack", "non-binding", "--fix", "--unsafe-fixes", "d.docx"]).in_dir(&drafts).run();
    assert!(output.stderr.contains("d.docx: not fixed: a document is not changed in place"), "{}", output.stderr);
    assert!(output.stdout.contains("\u{b6}1:6"), "what is found is reported: {}", output.stdout);
    assert_eq!(std::fs::read(drafts.path("d.docx")).expect("it is there"), document);
}

#[test]
fn a_note_goes_with_its_mark_and_nobody_counts_the_line_above_notes() {
    let mark = |id: u8| format!(r#"<w:r><w:footnoteReference w:id="{id}"/></w:r>"#);
    let body = format!(
        r#"<w:p>{}<w:del w:id="9">{}</w:del><w:ins w:id="8">{}</w:ins></w:p>"#,
        run("They met.") + &mark(1),
        mark(2),
        mark(3)
    );
    let note = |id: u8, text: &str| format!(r#"<w:footnote w:id="{id}">{}</w:footnote>"#, paragraph(&[text]));
    let line = r#"<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"#;
    let notes = [
        line,
        &note(1, "China containment one"),
        &note(2, "China containment two"),
        &note(3, "China containment three"),
    ];
    let drafts = folder([("d.docx", docx_with(&body, &[("footnotes", &notes.concat())]))]);
    let places = |revisions: &str| {
        let args = ["--pack", "framing", "--format", "short", "--revisions", revisions, "d.docx"];
        let output = check().args(args).in_dir(&drafts).run();
        output.places().into_iter().map(|place| place.replace(" framing/china-containment", "")).collect::<Vec<_>>()
    };
    assert_eq!(places("accepted"), ["d.docx:footnotes:\u{b6}1:1", "d.docx:footnotes:\u{b6}3:1"]);
    assert_eq!(places("original"), ["d.docx:footnotes:\u{b6}1:1", "d.docx:footnotes:\u{b6}2:1"]);
}

#[test]
fn words_of_images_diagrams_and_charts_have_a_count_of_their_own() {
    let image =
        r#"<w:p><w:r><w:drawing><wp:inline><wp:docPr descr="China containment"/></wp:inline></w:drawing></w:r></w:p>"#;
    let body = [image, &paragraph(&["China containment"])].concat();
    let art =
        "<a:p><a:r><a:t>One</a:t></a:r></a:p><a:p><a:r><a:t>China </a:t></a:r><a:r><a:t>containment</a:t></a:r></a:p>";
    let chart = r#"<c:v xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart">"#;
    let chart = format!("{chart}2.5</c:v>{chart}China containment</c:v>{chart}China containment</c:v>");
    let parts = [("header1", &*paragraph(&["China containment"])), ("diagramData1", art), ("chart1", &chart)];
    let drafts = folder([("d.docx", docx_with(&body, &parts))]);
    let output = check().args(["--pack", "framing", "--format", "short", "d.docx"]).in_dir(&drafts).run();
    let places = ["images:\u{b6}1:1", "\u{b6}2:1", "header1:\u{b6}1:1", "diagramData1:\u{b6}2:1", "chart1:\u{b6}1:1"];
    assert_eq!(output.places(), places.map(|place| format!("d.docx:{place} framing/china-containment")));
}

#[test]
fn what_one_text_lacks_and_the_other_as_well_is_said_once() {
    let pack = "schema: 1\npack: p\nrules:\n  - {id: r, kind: require, phrases: [a sunset clause], message: m, why: w, source: house, \
                severity: error, examples: {flag: [x], pass: [a sunset clause]}}\n";
    let gone = r#"<w:p><w:del w:id="1"><w:r><w:delText>Old title</w:delText></w:r></w:del></w:p>"#;
    let body = [gone, &paragraph(&["New title"])].concat();
    let drafts = folder([("d.docx", docx(&body)), ("p.yml", pack.as_bytes().to_vec())]);
    let args = ["--rules", "p.yml", "--select", "p", "--format", "short", "--revisions", "both", "d.docx"];
    assert_eq!(check().args(args).in_dir(&drafts).run().places(), ["d.docx:\u{b6}2:1 p/r"]);
}

#[test]
fn with_both_texts_checked_a_difference_says_nothing() {
    let deleted =
        r#"<w:del w:id="1"><w:r><w:delText xml:space="preserve">China containment </w:delText></w:r></w:del>"#;
    let body = format!("<w:p>{deleted}{}</w:p>{}", run("한국은 hello"), paragraph(&["They shall meet."]));
    let drafts = folder([("d.docx", docx(&body))]);
    let args = ["--revisions", "both", "--diff", "--unsafe-fixes", "--pack", "framing,non-binding", "d.docx"];
    let output = check().args(args).in_dir(&drafts).run();
    // A difference says nothing of a document.
    assert_eq!((output.code, output.stdout.as_str()), (0, ""), "{}", output.stderr);
}

#[test]
fn small_files_that_nest_take_no_time() {
    // No time is asserted: were a step quadratic, the test would not come to an end.
    let many = |start: &str, middle: &str, end: &str| [&start.repeat(30_000), middle, &end.repeat(30_000)].concat();
    let open = r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r>"#;
    let bodies = [
        format!("<w:p>{}</w:p>", many(open, &run("a").repeat(60_000), "")),
        format!(
            "<w:p><w:r>{}</w:r></w:p>",
            many("<w:drawing>", &r#"<wp:docPr descr="a"/>"#.repeat(60_000), "</w:drawing>")
        ),
        format!("<w:p><w:r>{}</w:r></w:p>", many("<w:ruby><w:rubyBase><w:t>a</w:t>", "", "</w:rubyBase></w:ruby>")),
        format!("<w:p><w:r>{}</w:r></w:p>", many("<a:p><a:t>", "a", "</a:t></a:p>")),
    ];
    for body in bodies {
        assert!(!read(&docx(&body), Revisions::Accepted).source().is_empty());
    }
}

#[test]
fn hostile_files_are_refused_with_a_remedy() {
    let sound = docx(&paragraph(&["China containment"]));
    let huge = " ".repeat(17 << 20);
    let half = " ".repeat(9 << 20);
    let with_document = |xml: &str| package(&[("word/document.xml".to_owned(), xml.to_owned())]);
    let root = |content: &str| format!(r#"<w:document xmlns:w="{SPACE}"><w:body>{content}</w:body></w:document>"#);
    let mut legacy = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    legacy.resize(4096, 0);
    let mut encrypted = legacy.clone();
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let mut without_end = docx("");
    let names: Vec<String> = (0..=10_000).map(|number| format!("{number}.xml")).collect();
    let numbered: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    let mut flipped = sound.clone();
    let at = sound.len() / 2;
    flipped[at] ^= 0xff;
    without_end.truncate(without_end.len() - 10);
    let entity = format!(
        r#"<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>{}"#,
        root("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>")
    );
    let outside = package(&[("word/document.xml".to_owned(), root("")), ("../evil.xml".to_owned(), String::new())]);
    let linked = package(&[
        ("word/document.xml".to_owned(), root("")),
        (
            "word/_rels/document.xml.rels".to_owned(),
            r#"<Relationships xmlns="x"><Relationship Id="a" Type="x/footnotes" Target="../../../etc/passwd"/></Relationships>"#.to_owned(),
        ),
    ]);
    let nested = root(&format!("{}{}", "<w:p>".repeat(200_000), "</w:p>".repeat(200_000)));
    let cases: &[(&str, Vec<u8>, &str)] = &[
        ("empty", Vec::new(), "it does not begin as a zip archive"),
        ("text", b"They met.".to_vec(), "it does not begin as a zip archive"),
        ("legacy", legacy, "(.doc), whatever it is called; open it in Word and save it as .docx"),
        ("encrypted", encrypted, "encrypted; open it in Word, take off the password"),
        ("cut off", sound[..sound.len() / 2].to_vec(), "damaged or cut off"),
        ("cut off at the end", without_end, "damaged or cut off"),
        (
            "bomb",
            with_document(&root(&huge)),
            "word/document.xml: more than 16 MiB of text when unpacked; raise the limit with --max-size",
        ),
        (
            "bomb of parts",
            docx_with(&half, &[("footnotes", &half)]),
            "word/footnotes.xml: more than 16 MiB of text when unpacked; raise the limit with --max-size",
        ),
        ("many parts", archive(&numbered), "more than 10000 parts"),
        ("a part twice", archive(&[("word/document.xml", "x"), ("Word/Document.xml", "y")]), "a part is there twice"),
        ("entity", with_document(&entity), "word/document.xml: a document type declaration"),
        ("unknown entity", with_document(&root("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>")), "a reference to an entity"),
        ("outside", outside, "`../evil.xml` lies outside the document"),
        ("linked outside", linked, "`../../../etc/passwd` lies outside the document"),
        ("no document", archive(&[("a.txt", "x")]), "not a document of Word: word/document.xml is missing"),
        ("spreadsheet", with_document(r#"<workbook xmlns="x"/>"#), "a spreadsheet or a presentation is not read"),
        ("not closed", with_document("<w:document"), "word/document.xml: "),
        ("cut in its XML", with_document(&root("<w:p/>").replace("</w:body></w:document>", "")), "it is cut off"),
        ("nothing in it", with_document(""), "word/document.xml: there is nothing in it"),
        ("two in one", with_document(&root("").repeat(2)), "something stands behind the end"),
        ("chunk", with_document(&root("<w:altChunk/>")), "a document of another format"),
        ("nested", with_document(&nested), "word/document.xml: "),
    ];
    are_refused(Format::Word, cases);
    // Whatever bit is flipped, nothing panics.
    let drafts = folder([("d.docx", flipped)]);
    let output = check().args(["--pack", "framing", "d.docx"]).in_dir(&drafts).run();
    assert!((0..=2).contains(&output.code), "{}", output.stderr);
}

#[test]
fn the_limit_can_be_raised() {
    let spaces = " ".repeat(17 << 20);
    let body = format!("{}<!--{spaces}-->", paragraph(&["China containment"]));
    let drafts = folder([("d.docx", docx(&body))]);
    let output =
        check().args(["--pack", "framing", "--max-size", "20", "--format", "short", "d.docx"]).in_dir(&drafts).run();
    assert_eq!((output.code, output.places()), (1, vec!["d.docx:\u{b6}1:1 framing/china-containment".to_owned()]));
}

/// What may stand between two characters of a phrase and hide nothing.
fn seam() -> impl Strategy<Value = String> {
    let split = |between: &str| format!(r#"</w:t></w:r>{between}<w:r><w:t xml:space="preserve">"#);
    prop_oneof![
        4 => Just(String::new()),
        2 => Just(split("")),
        1 => Just(split(r#"<w:proofErr w:type="gramStart"/><w:bookmarkStart w:id="9" w:name="b"/>"#)),
        1 => Just("</w:t><w:t xml:space=\"preserve\">".to_owned()),
        1 => Just("</w:t><w:softHyphen/><w:t xml:space=\"preserve\">".to_owned()),
        1 => Just(split(r#"<w:del w:id="8"><w:r><w:delText>gone </w:delText></w:r></w:del>"#)),
        1 => Just(split(r#"<w:r><w:footnoteReference w:id="2"/></w:r>"#)),
        1 => Just(split(r#"<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"#)),
        1 => Just("\u{200b}".to_owned()),
    ]
}

/// What may stand for the space in a phrase.
fn space() -> impl Strategy<Value = String> {
    let element = |name: &str| format!("</w:t><w:{name}/><w:t xml:space=\"preserve\">");
    prop_oneof![
        Just(" ".to_owned()),
        Just("\u{a0}".to_owned()),
        Just("&#160;".to_owned()),
        Just("-".to_owned()),
        Just(element("tab")),
        Just(element("br")),
        Just(element("noBreakHyphen")),
        Just("</w:t></w:r><w:hyperlink><w:r><w:t xml:space=\"preserve\"> </w:t></w:r></w:hyperlink><w:r><w:t xml:space=\"preserve\">".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_phrase_is_found_however_its_runs_are_cut(
        seams in proptest::collection::vec(seam(), 16),
        gap in space(),
        before in "[a-z&&[^xyz]]{0,6} ?",
        cell in any::<bool>(),
    ) {
        let text = cut_phrase(&before, &gap, &seams);
        let mut body = format!(r#"<w:p><w:r><w:t xml:space="preserve">{text} now.</w:t></w:r></w:p>"#);
        if cell {
            body = format!("<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>");
        }
        let draft = read(&docx(&body), Revisions::Accepted);
        is_found_once(&draft)?;
    }

    #[test]
    fn no_xml_makes_the_reader_panic(pieces in proptest::collection::vec(0usize..40, 0..60), cut in 0usize..2000) {
        const PIECES: &[&str] = &[
            "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "text ", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>",
            "</w:tc>", "<w:ins>", "</w:ins>", "<w:del>", "</w:del>", "<w:txbxContent>", "</w:txbxContent>", "<w:pPr>", "</w:pPr>",
            "<w:rPr>", "</w:rPr>", "<w:ins/>", "<w:del/>", "<w:fldChar w:fldCharType=\"begin\"/>", "<w:fldChar w:fldCharType=\"end\"/>",
            "<w:drawing>", "</w:drawing>", "<wp:docPr descr=\"x\"/>", "<w:ruby>", "</w:ruby>", "<w:tab/>", "<w:trPr>", "</w:trPr>",
            "<mc:AlternateContent>", "</mc:AlternateContent>", "<mc:Choice>", "</mc:Choice>", "&amp;",
        ];
        let body: String = pieces.iter().map(|&index| PIECES[index]).collect();
        let bytes = docx(&body);
        let _ = Draft::from_reader("d", Format::Word, Cursor::new(&bytes), &Reading::default());
        let _ = Draft::from_reader("d", Format::Word, Cursor::new(&bytes[..cut.min(bytes.len())]), &Reading::default());
    }
}

#[test]
fn a_part_with_two_names_is_refused() {
    let mut bytes = docx(&paragraph(&["China containment"]));
    // Where the part stands, not in the directory of the archive.
    let at = bytes.windows(17).position(|name| name == b"word/document.xml").expect("the part has a name");
    bytes[at + 5] = b'm';
    are_refused(Format::Word, &[("two names", bytes, "has another name besides")]);
}

#[test]
fn a_document_is_neither_fixed_nor_compared() {
    let drafts = folder([("d.docx", docx(&paragraph(&["On burden-sharing we agree."])))]);
    let run = |arguments: &[&str]| {
        check().args(["--pack", "framing", "--unsafe-fixes"]).args(arguments.iter().copied()).in_dir(&drafts).run()
    };
    let fixed = run(&["--fix", "d.docx"]);
    assert!(fixed.stderr.contains("d.docx: not fixed: a document is not changed in place"), "{}", fixed.stderr);
    assert!(fixed.stderr.contains("nothing fixed\n"), "{}", fixed.stderr);
    for arguments in [&["--diff", "d.docx"][..], &["--diff", "--raw", "d.docx"]] {
        let output = run(arguments);
        assert_eq!((output.code, output.stdout.contains("---")), (0, false), "{}{}", output.stdout, output.stderr);
        let said = "nothing would be fixed; 1 suggestion for 1 document, of which no difference is shown: --annotate FILE writes a copy";
        assert!(output.stderr.contains(said), "{}", output.stderr);
    }
    // Whoever pipes it would take nothing for the draft.
    let run = check().args(["--pack", "framing", "--unsafe-fixes", "--fix", "-"]);
    let output = run.stdin(docx(&paragraph(&["On burden-sharing we agree."]))).run();
    assert_eq!((output.code, output.stdout.as_str()), (2, ""), "{}", output.stderr);
    assert!(output.stderr.contains("error: <stdin>: not fixed: a document is not changed"), "{}", output.stderr);
}

#[test]
fn the_short_report_says_what_tracked_changes_do() {
    let inserted = format!(
        r#"<w:p>{}<w:ins w:id="1" w:author="A">{}</w:ins></w:p>"#,
        run("We agree"),
        run(" on China containment.")
    );
    let drafts = folder([("d.docx", docx(&inserted))]);
    let arguments = ["--pack", "framing", "--revisions", "both", "--format", "short", "d.docx"];
    let output = check().args(arguments).in_dir(&drafts).run();
    assert!(output.stdout.ends_with("; a tracked insertion brings this in)\n"), "{}", output.stdout);
}
