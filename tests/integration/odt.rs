//! OpenDocument texts: what is read of them, where findings are, and what is refused.

use std::io::Cursor;

use crate::common::documents::{self, are_refused, cut_phrase, is_found_once, texts};
use crate::common::odt::{SPACES, archive, odt, odt_with, package, paragraph};
use crate::common::{check, folder};
use comity::{BlockKind, Draft, Format, Reading, Revisions};
use proptest::prelude::*;

fn read(bytes: &[u8], revisions: Revisions) -> Draft {
    documents::read(Format::OpenDocument, bytes, revisions)
}

fn p(content: &str) -> String {
    format!("<text:p>{content}</text:p>")
}

#[test]
fn text_is_what_a_reader_of_the_document_sees() {
    let frame = |content: &str| format!("<draw:frame draw:name=\"f\">\n {content}\n</draw:frame>");
    let cases: &[(String, &[&str])] = &[
        // Text in any number of spans, and between them what is not text.
        (paragraph(&["C", "h", "i", "n", "a"]), &["China"]),
        (
            p("Chi<text:bookmark-start text:name=\"x\"/>n<text:soft-page-break/>a<text:bookmark-end text:name=\"x\"/>"),
            &["China"],
        ),
        (p("<text:a xlink:href=\"x\">a <text:span>b</text:span></text:a> c"), &["a b c"]),
        (p("a &amp; b&#x2014;c<![CDATA[<d>]]>"), &["a & b\u{2014}c<d>"]),
        // What an element stands for; a line break is one space in a block.
        (p("a<text:s text:c=\"3\"/>b<text:tab/>c<text:line-break/>d"), &["a b c d"]),
        // Containers.
        (format!("<text:section>{}</text:section>", p("a")), &["a"]),
        (
            format!(
                "<text:table-of-content><text:table-of-content-source><text:index-title-template>never</text:index-title-template></text:table-of-content-source><text:index-body><text:index-title>{}</text:index-title>{}</text:index-body></text:table-of-content>",
                p("Contents"),
                p("One")
            ),
            &["Contents", "One"],
        ),
        (p("<text:meta>a</text:meta><text:number>1.</text:number>"), &["a"]),
        // What is shown of a field.
        (p("page <text:page-number>7</text:page-number>, <text:date>1 May</text:date>"), &["page 7, 1 May"]),
        (p("a<text:variable-set text:display=\"none\">never</text:variable-set>"), &["a"]),
        // Hidden text, comments, marks of notes, formulas.
        (
            p(
                "a<text:span text:style-name=\"Hidden\">hidden<text:span text:style-name=\"B\">too</text:span></text:span>",
            ),
            &["a"],
        ),
        (p("a<text:hidden-text text:is-hidden=\"true\">never</text:hidden-text>b"), &["ab"]),
        (p("a<text:hidden-text text:is-hidden=\"false\"> or </text:hidden-text>b"), &["a or b"]),
        (p("a<text:hidden-paragraph text:is-hidden=\"false\"/>"), &["a"]),
        (p("never<text:hidden-paragraph text:is-hidden=\"true\"/>") + &p("a"), &["a"]),
        (format!("<text:section text:display=\"none\">{}</text:section>{}", p("never"), p("a")), &["a"]),
        (
            format!(
                "<text:section text:display=\"condition\" text:is-hidden=\"true\">{}</text:section>{}",
                p("never"),
                p("a")
            ),
            &["a"],
        ),
        (
            format!("<text:section text:display=\"condition\" text:is-hidden=\"false\">{}</text:section>", p("a")),
            &["a"],
        ),
        (
            p(
                "Chi<office:annotation office:name=\"1\"><dc:creator>A</dc:creator><text:p>never</text:p></office:annotation>na<office:annotation-end office:name=\"1\"/>",
            ),
            &["China"],
        ),
        (
            p(
                "Chi<text:note text:note-class=\"footnote\"><text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p></text:note-body></text:note>na",
            ),
            &["China", "note"],
        ),
        (
            p(&format!(
                "a {} b",
                "<draw:frame text:anchor-type=\"as-char\"><draw:object><office:p>x</office:p></draw:object></draw:frame>"
            )),
            &["a \u{fffc} b"],
        ),
        (p("Sea<text:span text:style-name=\"Raised\">12</text:span>"), &["Sea\u{b9}\u{b2}"]),
        (p("Sea<text:span text:style-name=\"Raised\">34 th</text:span>"), &["Sea\u{b3}\u{2074} th"]),
        (p("Sea<text:span text:style-name=\"Level\">12</text:span>"), &["Sea12"]),
        (
            p("<text:ruby><text:ruby-base>base</text:ruby-base> <text:ruby-text>reading</text:ruby-text></text:ruby>"),
            &["base"],
        ),
        // A text box stands behind the paragraph that holds it.
        (
            p(&format!("before {}after", frame(&format!("<draw:text-box>{}</draw:text-box>", p("boxed"))))),
            &["before after", "boxed"],
        ),
        (p(&format!("a<draw:custom-shape>{}</draw:custom-shape>b", p("in a shape"))), &["ab", "in a shape"]),
        (
            p(&format!("a{}", frame("<draw:image/><svg:title>A flag</svg:title><svg:desc> of\n Korea</svg:desc>"))),
            &["a", "A flag", "of Korea"],
        ),
        (p(&format!("a{}", frame("<draw:image><text:p>never</text:p></draw:image>"))), &["a"]),
        (
            format!(
                "<table:table><table:table-row><table:table-cell>{}</table:table-cell><table:covered-table-cell>{}</table:covered-table-cell></table:table-row></table:table>",
                p("cell"),
                p("never")
            ),
            &["cell"],
        ),
        (p("=ROK 한국\u{a0}은"), &["=ROK 한국 은"]),
    ];
    for (body, expected) in cases {
        assert_eq!(texts(&read(&odt(body), Revisions::Accepted)), *expected, "{body}");
    }
}

#[test]
fn white_space_is_collapsed_as_the_standard_says() {
    let cases = [
        ("\n  a\n\tb  ", "a b"),
        ("a <text:span text:style-name=\"B\"> b</text:span> c", "a b c"),
        ("a<text:s/> b", "a  b"),
        ("a <text:s text:c=\"2\"/>b", "a   b"),
        (" <text:tab/> a<text:line-break/> b", "\t a\u{b} b"),
        ("a&#10;&#32;b", "a b"),
        ("<text:span> </text:span>a<text:span> </text:span>", "a"),
    ];
    for (content, expected) in cases {
        assert_eq!(read(&odt(&p(content)), Revisions::Accepted).source().trim_end_matches('\n'), expected, "{content}");
    }
}

/// Regions of tracked changes: what each is, and what it has deleted.
fn regions(regions: &[(&str, &str)]) -> String {
    let info =
        "<office:change-info><dc:creator>A</dc:creator><dc:date>2026-01-01T00:00:00</dc:date></office:change-info>";
    let regions: String = regions
        .iter()
        .map(|(id, kinds)| {
            let kinds: String = kinds
                .split('+')
                .map(|kind| match kind {
                    "insertion" => format!("<text:insertion>{info}</text:insertion>"),
                    "format" => format!("<text:format-change>{info}</text:format-change>"),
                    deleted => format!("<text:deletion>{info}{deleted}</text:deletion>"),
                })
                .collect();
            format!("<text:changed-region xml:id=\"{id}\" text:id=\"{id}\">{kinds}</text:changed-region>")
        })
        .collect();
    format!("<text:tracked-changes>{regions}</text:tracked-changes>")
}

fn start(id: &str) -> String {
    format!("<text:change-start text:change-id=\"{id}\"/>")
}

fn end(id: &str) -> String {
    format!("<text:change-end text:change-id=\"{id}\"/>")
}

fn deleted(id: &str) -> String {
    format!("<text:change text:change-id=\"{id}\"/>")
}

/// A table of rows that a program has inserted or deleted.
fn table(rows: &[&[String]]) -> String {
    let cell = |text: &String| format!("<table:table-cell>{text}</table:table-cell>");
    let row = |cells: &&[String]| {
        let cells: String = cells.iter().map(cell).collect();
        format!("<table:table-row table:style-name=\"T.1\">{cells}</table:table-row>")
    };
    format!("<table:table>{}</table:table>", rows.iter().map(row).collect::<String>())
}

#[test]
fn tracked_changes_are_accepted_or_not() {
    let ins = |text: &str| format!("{}{text}{}", start("i"), end("i"));
    let cases: &[(String, &[&str], &[&str])] = &[
        (
            regions(&[("i", "insertion"), ("d", &p("old "))]) + &p(&format!("a {}{}b", ins("new "), deleted("d"))),
            &["a new b"],
            &["a old b"],
        ),
        // Inserted by one and deleted by another: it is in neither text.
        (regions(&[("d", &format!("{}+insertion", p("gone")))]) + &p(&format!("a{}b", deleted("d"))), &["ab"], &["ab"]),
        (
            regions(&[("i", "insertion"), ("d", &p("gone"))]) + &p(&format!("a{}b", ins(&deleted("d")))),
            &["ab"],
            &["ab"],
        ),
        // The end of a paragraph.
        (
            regions(&[("i", "insertion")]) + &p(&format!("Chi{}", start("i"))) + &p(&format!("{}na", end("i"))),
            &["Chi", "na"],
            &["China"],
        ),
        (regions(&[("d", &(p("") + &p("")))]) + &p(&format!("Chi{}na", deleted("d"))), &["China"], &["Chi", "na"]),
        (
            regions(&[("d", &(p("b") + &p("c") + &p("d ")))]) + &p(&format!("a{}e", deleted("d"))) + &p("f"),
            &["ae", "f"],
            &["ab", "c", "d e", "f"],
        ),
        // Deleted in what was deleted later.
        (
            regions(&[("d", &p("b")), ("e", &(p(&format!("a{}c", deleted("d"))) + &p("d")))]) + &p(&deleted("e")),
            &[],
            &["abc", "d"],
        ),
        // A row of a table, of which LibreOffice tracks the text; that the row goes or comes with it its style says.
        (
            regions(&[("d", &p("a1")), ("e", &(p("b1") + &p("more"))), ("i", "insertion")])
                + &table(&[&[p(&deleted("d")), p(&deleted("e"))], &[p("a2"), p("b2")], &[p(&ins("China new")), p("")]]),
            &["a2", "b2", "China new"],
            &["a1", "b1", "more", "a2", "b2"],
        ),
        (
            regions(&[("d", ""), ("e", ""), ("i", "insertion")])
                + &table(&[
                    &[
                        p(&format!("{}a1{}", start("d"), end("d"))),
                        p(&format!("{}b1", start("e"))) + &p(&format!("more{}", end("e"))),
                    ],
                    &[p("a2"), p(&format!("{}b2", start("i"))) + &p(&format!("new{}", end("i")))],
                ]),
            &["a2", "b2", "new"],
            &["a1", "b1", "more", "a2"],
        ),
        // LibreOffice may leave what was deleted where it stood.
        (regions(&[("d", "")]) + &p(&format!("a {}old {}b", start("d"), end("d"))), &["a b"], &["a old b"]),
        (regions(&[("d", "")]) + &p(&format!("a{}", start("d"))) + &p(&format!("{}b", end("d"))), &["ab"], &["a", "b"]),
        // The words of an image go with it.
        (
            regions(&[("d", &p("old <draw:frame><svg:title>flag</svg:title></draw:frame>"))])
                + &p(&format!("a {}b", deleted("d"))),
            &["a b"],
            &["a old b", "flag"],
        ),
        // It joins no paragraph with what stands in another cell.
        (
            regions(&[("i", "insertion")])
                + &table(&[&[p(&format!("Chi{}", start("i"))), p(&format!("{}na", end("i")))]]),
            &["Chi", "na"],
            &["Chi", "na"],
        ),
        // Whole paragraphs.
        (
            regions(&[("i", "insertion"), ("d", &p("old"))])
                + &start("i")
                + &p("new")
                + &end("i")
                + &deleted("d")
                + &p("a"),
            &["new", "a"],
            &["old", "a"],
        ),
        (
            regions(&[(
                "d",
                "<text:p/><table:table><table:table-row><table:table-cell><text:p>cell</text:p></table:table-cell></table:table-row></table:table><text:p/>",
            )]) + &p(&format!("a{}b", deleted("d"))),
            &["ab"],
            &["a", "cell", "b"],
        ),
        // A change of formatting, and a change that nothing is known of, change no text.
        (
            regions(&[("f", "format")]) + &p(&format!("a{}b{}{}c{}", start("f"), end("f"), start("x"), end("x"))),
            &["abc"],
            &["abc"],
        ),
    ];
    for (body, accepted, original) in cases {
        let document = odt(body);
        assert_eq!(texts(&read(&document, Revisions::Accepted)), *accepted, "{body}");
        assert_eq!(texts(&read(&document, Revisions::Original)), *original, "{body}");
    }
}

#[test]
fn white_space_is_collapsed_as_it_stands_in_the_file_whatever_is_read() {
    let cases = [
        (format!("a {}{}new{} b", deleted("d"), start("i"), end("i")), "a new b", "a old b"),
        (format!("a {}new{} b", start("i"), end("i")), "a new b", "a  b"),
        (format!("a {}new {}b", start("i"), end("i")), "a new b", "a b"),
        (format!("a{} new{} b", start("i"), end("i")), "a new b", "a b"),
        (format!("a {}old{} b", start("e"), end("e")), "a  b", "a old b"),
        (format!("a {}<text:s/>{} b", start("i"), end("i")), "a   b", "a  b"),
        (format!("a {}new{}", start("i"), end("i")), "a new", "a "),
        (format!("a {}new{} ", start("i"), end("i")), "a new", "a "),
        (format!("a {} b {}", start("i"), end("i")), "a b", "a"),
    ];
    let regions = regions(&[("i", "insertion"), ("d", &p("old")), ("e", "")]);
    for (content, accepted, original) in cases {
        let document = odt(&(regions.clone() + &p(&content)));
        let line = |revisions| read(&document, revisions).source().trim_end_matches('\n').to_owned();
        assert_eq!(
            (line(Revisions::Accepted).as_str(), line(Revisions::Original).as_str()),
            (accepted, original),
            "{content}"
        );
    }
}

#[test]
fn blocks_are_what_their_styles_and_places_say() {
    let styled = |style: &str, text: &str| format!("<text:p text:style-name=\"{style}\">{text}</text:p>");
    let note = |class: &str, text: &str| {
        format!("<text:note text:note-class=\"{class}\"><text:note-body>{}</text:note-body></text:note>", p(text))
    };
    let body = [
        styled("Title", "Title"),
        "<text:p/>".to_owned(),
        p(&format!("Text{}{}", note("endnote", "End"), note("footnote", "Note"))),
        "<text:h text:outline-level=\"1\">Heading</text:h>".to_owned(),
        styled("Heading_20_1", "Styled"),
        styled("P1", "Quoted"),
        styled("Subtitle", "Below"),
        styled("Caption", "Captioned"),
        format!("<text:list><text:list-item>{}</text:list-item></text:list>", p("Item")),
        format!(
            "<table:table><table:table-row><table:table-cell>{}</table:table-cell></table:table-row></table:table>",
            p("Cell")
        ),
        p(&format!("Last{}", note("footnote", "Second"))),
    ]
    .concat();
    let draft = read(&odt_with(&body, &p("Head")), Revisions::Accepted);
    let blocks: Vec<(BlockKind, &str)> = draft.blocks().iter().map(|block| (block.kind(), block.text())).collect();
    assert_eq!(
        blocks,
        [
            (BlockKind::Title, "Title"),
            (BlockKind::Paragraph, "Text"),
            (BlockKind::Heading, "Heading"),
            (BlockKind::Heading, "Styled"),
            (BlockKind::Quotation, "Quoted"),
            (BlockKind::Heading, "Below"),
            (BlockKind::Caption, "Captioned"),
            (BlockKind::List, "Item"),
            (BlockKind::Table, "Cell"),
            (BlockKind::Paragraph, "Last"),
            (BlockKind::Footnote, "Note"),
            (BlockKind::Footnote, "Second"),
            (BlockKind::Footnote, "End"),
            (BlockKind::Paragraph, "Head"),
        ]
    );
    // Empty paragraphs count, and notes and each part count for themselves.
    let place = |text: &str| {
        let at = draft.source().find(text).expect("the text is there");
        let paragraph = draft.paragraph(at).expect("it stands in a paragraph");
        (paragraph.to_string(), paragraph.part.to_string(), paragraph.heading.as_deref())
    };
    let place_is = |text: &str, shown: &str, part: &str, heading: Option<&str>| {
        assert_eq!(place(text), (shown.to_owned(), part.to_owned(), heading), "{text}");
    };
    place_is("Text", "\u{b6}3", "content.xml", Some("Title"));
    place_is("Item", "\u{b6}9", "content.xml", Some("Below"));
    place_is("Second", "footnotes:\u{b6}2", "content.xml#footnotes", None);
    place_is("End", "endnotes:\u{b6}1", "content.xml#endnotes", None);
    place_is("Head\n", "styles:\u{b6}1", "styles.xml", None);
}

#[test]
fn findings_name_paragraph_and_character() {
    let changes = regions(&[("i", "insertion"), ("d", &p("China containment.")), ("e", &p("policy not "))]);
    let body = [
        changes,
        "<text:h text:outline-level=\"1\">Security</text:h>".to_owned(),
        p("한국\u{a0}on Chi<text:span>na contain</text:span>ment."),
        p(&format!("{}China containment{}", start("i"), end("i"))),
        p(&deleted("d")),
        p(&format!("China {}containment", deleted("e"))),
    ]
    .concat();
    let drafts = folder([("d.odt", odt_with(&body, &p("China\ncontainment")))]);
    let run = || check().args(["--pack", "framing", "-q"]).in_dir(&drafts);
    assert_eq!(
        run().args(["--format", "short", "d.odt"]).run().places(),
        [
            "d.odt:\u{b6}2:7 framing/china-containment",
            "d.odt:\u{b6}3:1 framing/china-containment",
            "d.odt:\u{b6}5:1 framing/china-containment",
            "d.odt:styles:\u{b6}1:1 framing/china-containment",
        ]
    );
    let human = run().arg("d.odt").run().stdout;
    assert!(
        human.contains("2 \u{2502} 한국\u{a0}on China containment.") && human.contains("= under: Security"),
        "{human}"
    );
    let json = run().args(["--format", "json", "--revisions", "both", "d.odt"]).run().stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("the report is JSON");
    let findings = json["findings"].as_array().expect("findings are a list");
    let seen: Vec<(u64, Option<&str>)> = findings
        .iter()
        .map(|finding| (finding["document"]["paragraph"].as_u64().expect("a number"), finding["revision"].as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            (2, None),
            (3, Some("brought-in-by-insertion")),
            (5, Some("brought-in-by-deletion")),
            (1, None),
            (4, Some("taken-out-by-deletion")),
        ]
    );
}

#[test]
fn words_of_images_have_a_count_of_their_own_and_hidden_text_is_not_passed_over_in_silence() {
    let said = "China containment";
    let body = [
        p(&format!(
            "<draw:frame text:anchor-type=\"as-char\"><svg:title> </svg:title><svg:desc>{said}</svg:desc></draw:frame>"
        )),
        p(said),
        format!("<text:section text:display=\"none\">{}{}</text:section>", p("b<text:span>b</text:span>"), p("c")),
        p("<text:span text:style-name=\"Hidden\">hidden</text:span>"),
        p("hidden<text:hidden-paragraph text:is-hidden=\"true\"/>"),
        // Nothing that anybody would read.
        p(" <text:hidden-paragraph text:is-hidden=\"true\"/>"),
        p("a<text:span text:style-name=\"Hidden\"> </text:span>"),
    ];
    // What LibreOffice calls the header of a first page where OpenDocument has none.
    let first = format!(
        "</style:header><loext:header-first xmlns:loext=\"urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0\">{}\
         </loext:header-first><style:header>",
        p(said)
    );
    let drafts = folder([("d.odt", odt_with(&body.concat(), &first))]);
    let told = check().args(["--pack", "framing", "-q", "--format", "short", "d.odt"]).in_dir(&drafts).run();
    let places = ["images:\u{b6}1:1", "\u{b6}2:1", "styles:\u{b6}1:1"];
    assert_eq!(told.places(), places.map(|place| format!("d.odt:{place} framing/china-containment")));
    assert_eq!(told.stderr, "d.odt: hidden text in 4 paragraphs not checked\n");
}

#[test]
fn hostile_files_are_refused_with_a_remedy() {
    let sound = odt(&p("China containment"));
    let huge = " ".repeat(17 << 20);
    let root = |content: &str| {
        format!(
            "<office:document-content {SPACES}><office:body><office:text>{content}</office:text></office:body></office:document-content>"
        )
    };
    let with = |xml: &str| package(&[("content.xml", xml)]);
    let manifest = "<m:manifest xmlns:m=\"x\"><m:file-entry m:full-path=\"content.xml\"><m:encryption-data/></m:file-entry></m:manifest>";
    let text = "application/vnd.oasis.opendocument.text";
    let entity = format!("<!DOCTYPE x [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>{}", root("<text:p>&x;</text:p>"));
    let nested = root(&format!("{}{}", "<text:span>".repeat(200_000), "</text:span>".repeat(200_000)));
    let cases: &[(&str, Vec<u8>, &str)] = &[
        (
            "empty",
            Vec::new(),
            "not an OpenDocument text: it does not begin as a zip archive; open it in LibreOffice and save it as .odt",
        ),
        ("cut off", sound[..sound.len() / 2].to_vec(), "damaged or cut off"),
        (
            "encrypted",
            archive(&[("mimetype", text), ("content.xml", "x"), ("META-INF/manifest.xml", manifest)]),
            "encrypted; open it in LibreOffice, take off the password",
        ),
        (
            "spreadsheet",
            archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]),
            "mimetype: not that of a text",
        ),
        (
            "spreadsheet in disguise",
            with(&format!(
                "<office:document-content {SPACES}><office:body><office:spreadsheet/></office:body></office:document-content>"
            )),
            "content.xml: not a text of OpenDocument",
        ),
        (
            "bomb",
            with(&root(&huge)),
            "content.xml: more than 16 MiB of text when unpacked; raise the limit with --max-size",
        ),
        (
            "bomb of parts",
            odt_with(&huge[..9 << 20], &huge[..9 << 20]),
            "styles.xml: more than 16 MiB of text when unpacked; raise the limit with --max-size",
        ),
        ("entity", with(&entity), "content.xml: a document type declaration"),
        ("a part twice", archive(&[("content.xml", "x"), ("Content.xml", "y")]), "a part is there twice"),
        (
            "outside",
            package(&[("content.xml", &root("")), ("../evil.xml", "")]),
            "`../evil.xml` lies outside the document",
        ),
        ("not closed", with("<office:document-content"), "content.xml: "),
        ("nested", with(&nested[..nested.len() - 300]), "content.xml: "),
    ];
    are_refused(Format::OpenDocument, cases);
    let flat = folder([("d.fodt", "x")]);
    let output = check().arg("d.fodt").in_dir(&flat).run();
    assert!(output.stderr.contains("d.fodt: not a flat OpenDocument text"), "{}", output.stderr);
}

#[test]
fn hostile_texts_take_time_in_proportion_to_their_size() {
    const COUNT: usize = 60_000;
    const DEPTH: usize = 30_000;
    let many = |texts: &dyn Fn(usize) -> String| (0..COUNT).map(texts).collect::<String>();
    let region = |id: usize, text: &str| {
        format!(
            "<text:changed-region text:id=\"c{id}\"><text:deletion><text:p>{text}</text:p></text:deletion></text:changed-region>"
        )
    };
    let regions = |content: &str| many(&|id| region(id, content));
    let mark = |id: usize| deleted(&format!("c{id}"));
    let nested = |open: &str, close: &str| format!("{}x{}", open.repeat(DEPTH), close.repeat(DEPTH));
    let bodies = [
        // Deletions, each in a place of its own, one with the others, and with notes and comments in them.
        format!("<text:tracked-changes>{}</text:tracked-changes>{}", regions("x "), many(&|id| p(&mark(id)))),
        format!("<text:tracked-changes>{}</text:tracked-changes>{}", regions("x "), p(&many(&mark))),
        format!(
            "<text:tracked-changes>{}</text:tracked-changes>{}",
            regions("<text:note><text:note-body><text:p>x</text:p></text:note-body></text:note><office:annotation/>"),
            p(&many(&mark))
        ),
        nested("<text:span>", "</text:span>"),
        p(&nested("<text:date>a", "</text:date>")),
        p(&nested("<text:span>", &format!("<draw:text-box>{}</draw:text-box></text:span>", p("a")))),
        p(&nested("<text:ruby><text:ruby-base>a", "</text:ruby-base></text:ruby>")),
    ];
    for body in bodies {
        let document = odt(&(body + &p("China containment")));
        for revisions in [Revisions::Accepted, Revisions::Original] {
            assert!(read(&document, revisions).source().lines().any(|line| line == "China containment"));
        }
    }
}

#[test]
fn deletions_in_deletions_are_read_or_refused() {
    // Each holds the one before it, or the one behind it, which is not known yet.
    let document = |count: usize, step: usize| {
        let held = |id: usize| deleted(&format!("c{}", (id + step).wrapping_sub(1)));
        let all: Vec<(String, String)> =
            (0..count).map(|id| (format!("c{id}"), p(&format!("x{}", held(id))))).collect();
        let all: Vec<(&str, &str)> = all.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        let last = if step == 0 { count - 1 } else { 0 };
        odt(&(regions(&all) + &p(&format!("a {}b", deleted(&format!("c{last}"))))))
    };
    let sound = document(17, 0);
    assert_eq!(texts(&read(&sound, Revisions::Accepted)), ["a b"]);
    assert_eq!(texts(&read(&sound, Revisions::Original)), [format!("a {}b", "x".repeat(17))]);
    for (hostile, expected) in [
        (document(18, 0), "content.xml: tracked deletions stand in each other more than 16 deep"),
        (document(50_000, 0), "content.xml: tracked deletions stand in each other more than 16 deep"),
        (document(2, 2), "content.xml: a tracked change stands behind the text that it is of"),
    ] {
        assert_eq!(texts(&read(&hostile, Revisions::Accepted)), ["a b"]);
        let drafts = folder([("d.odt", hostile)]);
        for revisions in ["original", "both"] {
            let output = check().args(["--pack", "framing", "--revisions", revisions, "d.odt"]).in_dir(&drafts).run();
            assert!(output.code == 2 && output.stderr.contains(expected), "{} {}", output.code, output.stderr);
        }
    }
}

/// What may stand between two characters of a phrase and hide nothing.
fn seam() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(String::new()),
        2 => Just("</text:span><text:span text:style-name=\"B\">".to_owned()),
        1 => Just("<text:bookmark text:name=\"b\"/><text:soft-page-break/>".to_owned()),
        1 => Just("<text:change text:change-id=\"d\"/>".to_owned()),
        1 => Just("<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>See</text:p></text:note-body></text:note>".to_owned()),
        1 => Just("<text:span text:style-name=\"Hidden\"> hidden </text:span>".to_owned()),
        1 => Just("<office:annotation><dc:creator>A</dc:creator><text:p>Why?</text:p></office:annotation>".to_owned()),
        1 => Just("<!-- x -->".to_owned()),
        1 => Just("\u{200b}".to_owned()),
    ]
}

/// What may stand for the space in a phrase.
fn space() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just(" "),
        Just("\n   "),
        Just("\u{a0}"),
        Just("&#160;"),
        Just("-"),
        Just("<text:s/>"),
        Just(" <text:s text:c=\"2\"/>"),
        Just("<text:tab/>"),
        Just("<text:line-break/>"),
        Just(" </text:span>\n<text:span> "),
        Just("<text:a xlink:href=\"x\"> </text:a>"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_phrase_is_found_however_its_spans_are_cut(
        seams in proptest::collection::vec(seam(), 17),
        gap in space(),
        before in "[a-z&&[^xyz]]{0,6} ?",
    ) {
        let text = cut_phrase(&before, gap, &seams);
        let body = regions(&[("d", &p("gone "))]) + &p(&format!("<text:span>{text} now.</text:span>"));
        let draft = read(&odt(&body), Revisions::Accepted);
        is_found_once(&draft)?;
    }

    #[test]
    fn no_xml_makes_the_reader_panic(pieces in proptest::collection::vec(0usize..44, 0..60), original in any::<bool>()) {
        const NAMES: &[&str] = &[
            "text:p", "text:h", "text:span", "text:list", "table:table", "table:table-cell", "text:note", "text:tracked-changes",
            "text:changed-region", "text:deletion", "draw:frame", "draw:text-box", "draw:custom-shape", "svg:title", "text:ruby",
            "text:date", "office:annotation", "text:section",
        ];
        const MARKS: &[&str] = &["<text:change-start text:change-id=\"\"/>", "<text:change-end text:change-id=\"\"/>", "<text:change text:change-id=\"\"/>",
            "<text:insertion/>", "<text:s text:c=\"999999999\"/>", " text ", "&amp;", "1"];
        // Well formed whatever is drawn, so that the reader gets far.
        let mut body = String::new();
        let mut open: Vec<&str> = Vec::new();
        for index in pieces {
            match NAMES.get(index) {
                Some(name) => { body += &format!("<{name}>"); open.push(name) }
                None if index % 3 == 0 => if let Some(name) = open.pop() { body += &format!("</{name}>") },
                None => body += MARKS[index % MARKS.len()],
            }
        }
        while let Some(name) = open.pop() { body += &format!("</{name}>") }
        let reading = Reading { revisions: if original { Revisions::Original } else { Revisions::Accepted }, ..Reading::default() };
        let bytes = odt(&body);
        let draft = Draft::from_reader("d", Format::OpenDocument, Cursor::new(&bytes), &reading);
        // In the text before the changes a change may stand behind what it is of.
        let refused = draft.err().map(|error| error.to_string()).filter(|reason| !original || !reason.contains("tracked change"));
        prop_assert_eq!(refused, None);
    }
}
