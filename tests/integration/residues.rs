//! What a draft carries besides its text, and `comity check --final`.

use std::io::Cursor;

use crate::common::documents::{annotate, read};
use crate::common::word::{archive, docx_with, run, unpack};
use crate::common::{check, comity, folder, odt};
use comity::{Draft, Format, Pack, Reading, ResidueKind, Revisions, RuleSet};

/// A change by somebody.
const BY: &str = r#"w:id="1" w:author="Anna Example" w:date="2026-11-30T10:00:00Z""#;

/// The rules of the pack.
fn rules() -> RuleSet {
    let pack = Pack::builtin_named("final").expect("it ships").expect("it is sound");
    RuleSet::new(pack.rules().to_vec()).expect("the rules compile")
}

/// The residues of a draft: kind, words of the text at which it stands, what it is.
fn residues(draft: &Draft) -> Vec<String> {
    let at = |residue: &comity::Residue| residue.span.map_or("-".to_owned(), |span| draft.slice(span).to_owned());
    let words = |words: &str| if words.is_empty() { String::new() } else { format!(": {words}") };
    let all = draft.residues();
    all.iter().map(|one| format!("{} | {} | {}{}", one.kind.name(), at(one), one.what, words(&one.words))).collect()
}

/// The residues of a document of Word with this in its body, and these parts beside it.
fn of_word(body: &str, parts: &[(&str, &str)]) -> Vec<String> {
    residues(&read(Format::Word, &docx_with(body, parts), Revisions::Accepted))
}

/// The residues of an OpenDocument text with this in its text.
fn of_odt(text: &str) -> Vec<String> {
    residues(&read(Format::OpenDocument, &odt::odt(text), Revisions::Accepted))
}

/// A run with this text and formatting.
fn formatted(text: &str, formatting: &str) -> String {
    format!(r#"<w:r><w:rPr>{formatting}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

/// A field of several runs with this code and result.
fn field(code: &str, result: &str) -> String {
    let mark = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let code = format!("<w:r><w:instrText> {code} </w:instrText></w:r>");
    format!("{}{code}{}{}{}", mark("begin"), mark("separate"), run(result), mark("end"))
}

#[test]
fn what_stands_in_the_text_of_a_word_document_is_told_at_its_words() {
    let deleted =
        |text: &str| format!(r#"<w:del {BY}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>"#);
    let inserted = |text: &str| format!("<w:ins {BY}>{}</w:ins>", run(text));
    let cases: Vec<(String, &[&str])> = vec![
        (format!("<w:p>{}</w:p>", run("Plain text.")), &[]),
        // What stands in runs and changes that follow on each other is one.
        (
            format!(
                "<w:p>{}{}{}{}{}</w:p>",
                run("They "),
                deleted("sh"),
                deleted("all "),
                inserted("will "),
                run("meet.")
            ),
            &[
                "deletion |  | a tracked deletion by Anna Example: shall ",
                "insertion | will  | a tracked insertion by Anna Example: will ",
            ],
        ),
        (
            format!("<w:p>{}<w:ins {BY}>{}</w:ins>{}</w:p>", run("a "), deleted("b"), run(" c")),
            &[
                "insertion |  | a tracked insertion by Anna Example",
                "deletion |  | a tracked deletion by Anna Example: b",
            ],
        ),
        (
            format!(
                "<w:p><w:moveFrom {BY}>{}</w:moveFrom></w:p><w:p><w:moveTo {BY}>{}</w:moveTo></w:p>",
                run("x"),
                run("x")
            ),
            &[
                "deletion |  | a tracked deletion by Anna Example: x",
                "insertion | x | a tracked insertion by Anna Example: x",
            ],
        ),
        (
            format!("<w:p><w:pPr><w:rPr><w:ins {BY}/></w:rPr></w:pPr>{}</w:p><w:p>{}</w:p>", run("a"), run("b")),
            &["insertion |  | a tracked insertion by Anna Example"],
        ),
        (
            format!("<w:tbl><w:tr><w:trPr><w:ins {BY}/></w:trPr><w:tc><w:p>{}</w:p></w:tc></w:tr></w:tbl>", run("a")),
            &["insertion | a | a tracked insertion by Anna Example: a"],
        ),
        (
            format!("<w:p><w:pPr><w:pPrChange {BY}><w:pPr/></w:pPrChange></w:pPr>{}</w:p>", run("a")),
            &["formatting |  | a tracked change of formatting by Anna Example"],
        ),
        (
            format!("<w:p>{}</w:p>", formatted("a", &format!("<w:b/><w:rPrChange {BY}><w:rPr/></w:rPrChange>"))),
            &["formatting | a | a tracked change of formatting by Anna Example: a"],
        ),
        (
            format!("<w:p>{}</w:p><w:sectPr><w:sectPrChange {BY}><w:sectPr/></w:sectPrChange></w:sectPr>", run("a")),
            &["formatting | - | a tracked change of formatting by Anna Example"],
        ),
        (
            format!(
                "<w:p>{}{}{}</w:p>",
                run("a "),
                formatted("b c", "<w:vanish/>"),
                formatted(" d", "<w:vanish w:val=\"0\"/>")
            ),
            &["hidden-text |  | hidden text: b c"],
        ),
        (
            format!(
                "<w:p>{}{}{}{}{}{}</w:p>",
                formatted("a", r#"<w:highlight w:val="yellow"/>"#),
                formatted("b", r#"<w:shd w:val="clear" w:fill="FFFF00"/>"#),
                formatted("c", r#"<w:highlight w:val="none"/><w:shd w:val="clear" w:fill="auto"/>"#),
                formatted("d", "<w:strike/>"),
                formatted("e", "<w:dstrike/>"),
                formatted("f", r#"<w:strike w:val="false"/>"#),
            ),
            &["highlight | ab | words highlighted: ab", "struck-out | de | words struck out: de"],
        ),
        (
            format!("<w:p>{} {}</w:p>", run("by "), field("AUTHOR", "Anna")),
            &["author | Anna | a field that shows who wrote or saved the draft (AUTHOR)"],
        ),
        (
            format!(r#"<w:p><w:fldSimple w:instr=" FILENAME \p ">{}</w:fldSimple></w:p>"#, run("v7.docx")),
            &["file-name | v7.docx | a field that shows the name of the file"],
        ),
        (
            format!("<w:p>{}{}</w:p>", field(r#"INCLUDETEXT "S:\\a.docx""#, "b"), field("PAGE", "1")),
            &[r"path | b | a field that leads to a file (INCLUDETEXT): S:\\a.docx"],
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(of_word(&body, &[]), expected, "{body}");
    }
}

#[test]
fn comments_are_told_where_they_stand_and_those_that_stand_nowhere_as_well() {
    let body = format!(
        r#"<w:p>{}<w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>
           <w:commentRangeStart w:id="1"/><w:p>{}</w:p><w:p>{}<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r></w:p>
           <w:p>{}<w:r><w:commentReference w:id="2"/></w:r></w:p>"#,
        run("The "),
        run("two sides"),
        run("met."),
        run("Again."),
        run("The end.")
    );
    let comment = |id: &str, who: &str, words: &str| {
        format!(
            r#"<w:comment w:id="{id}" w:author="{who}"><w:p>{}</w:p><w:p>{}</w:p></w:comment>"#,
            run(words),
            run("More.")
        )
    };
    let comments = [
        comment("0", "Anna", "Who?"),
        comment("1", "", "Where?"),
        comment("2", "Bo", "When?"),
        comment("3", "Cy", "Lost."),
    ];
    let found = of_word(&body, &[("comments", &comments.concat())]);
    let expected = [
        "comment | two sides | a comment by Anna: Who? More.",
        "comment | met. | a comment: Where? More.",
        "comment |  | a comment by Bo: When? More.",
        "comment | - | a comment by Cy: Lost. More.",
    ];
    assert_eq!(found, expected);
    // A part that cannot be read is told, and the text is read all the same.
    let found = of_word(&body, &[("comments", "<w:comment w:id='0'>")]);
    assert!(found.len() == 2 && found[1].contains("a part that cannot be read (word/comments.xml"), "{found:?}");
}

#[test]
fn the_parts_of_a_word_document_beside_its_text_are_looked_through() {
    let space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relationships = |list: &[(&str, &str, bool)]| {
        let one = |(index, (kind, target, is_outside)): (usize, &(&str, &str, bool))| {
            let kind = if kind.contains(':') { (*kind).to_owned() } else { format!("{space}/{kind}") };
            let mode = if *is_outside { r#" TargetMode="External""# } else { "" };
            format!(r#"<Relationship Id="r{index}" Type="{kind}" Target="{target}"{mode}/>"#)
        };
        let all: String = list.iter().enumerate().map(one).collect();
        format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#
        )
    };
    let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    let root = relationships(&[
        ("officeDocument", "word/document.xml", false),
        (core, "docProps/core.xml", false),
        ("extended-properties", "docProps/app.xml", false),
        ("custom-properties", "docProps/custom.xml", false),
    ]);
    let own = relationships(&[
        ("settings", "settings.xml", false),
        ("http://schemas.microsoft.com/office/2011/relationships/people", "people.xml", false),
        ("hyperlink", "file:///S:/drafts/a.docx", true),
        ("hyperlink", "https://example.org", true),
        ("oleObject", "embeddings/o.bin", false),
        ("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin", false),
        ("customXml", "../customXml/item1.xml", false),
        ("customXml", "../customXml/item2.xml", false),
    ]);
    let files = [
        ("_rels/.rels", root),
        ("word/document.xml", format!("<w:document xmlns:w='{word}'><w:body><w:p>{}</w:p></w:body></w:document>", run("Text."))),
        ("word/_rels/document.xml.rels", own),
        ("word/settings.xml", format!("<w:settings xmlns:w='{word}'><w:docVars><w:docVar w:name='Id' w:val='4711'/></w:docVars></w:settings>")),
        ("word/_rels/settings.xml.rels", relationships(&[("attachedTemplate", r"\\server\t\ministry.dotx", true)])),
        ("word/people.xml", "<p:people xmlns:p='urn:p'><p:person p:author='Cy'/></p:people>".to_owned()),
        ("customXml/item1.xml", "<c xmlns='urn:c'><clerk>Anna</clerk></c>".to_owned()),
        ("customXml/item2.xml", "<b:Sources xmlns:b='urn:b'/>".to_owned()),
        ("docProps/core.xml", "<c:p xmlns:c='urn:c' xmlns:d='urn:d'><d:title>T</d:title><d:creator>Anna</d:creator><c:lastModifiedBy>Bo</c:lastModifiedBy><c:keywords>k</c:keywords><d:description/><c:revision>3</c:revision></c:p>".to_owned()),
        ("docProps/app.xml", "<Properties><Template>Normal.dotm</Template><Company>M</Company><Manager>Di</Manager><Pages>1</Pages></Properties>".to_owned()),
        ("docProps/custom.xml", "<Properties xmlns:v='urn:v'><property name='Case'><v:lpwstr>12</v:lpwstr></property><property name='Empty'><v:empty/></property></Properties>".to_owned()),
    ];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let draft = read(Format::Word, &archive(&files), Revisions::Accepted);
    let expected = [
        "author | - | the author in the properties of the document: Anna",
        "author | - | who saved it last, in the properties of the document: Bo",
        "property | - | the keywords in the properties of the document: k",
        "property | - | the company in the properties of the document: M",
        "author | - | the manager in the properties of the document: Di",
        "property | - | the property \"Case\" of the document: 12",
        "property | - | the property \"Empty\" of the document",
        "path | - | a link to a file: file:///S:/drafts/a.docx",
        "embedded | - | an embedded object: word/embeddings/o.bin",
        "embedded | - | macros: word/vbaProject.bin",
        "property | - | the variable \"Id\" of the document: 4711",
        r"path | - | the template that the document is attached to: \\server\t\ministry.dotx",
        "author | - | one who commented or changed it, in the list of people: Cy",
        "embedded | - | data of a program: customXml/item1.xml",
    ];
    assert_eq!(residues(&draft), expected);
    // Who does not ask pays nothing.
    let reading = Reading { residues: false, ..Reading::default() };
    let draft = Draft::from_reader("d", Format::Word, Cursor::new(archive(&files)), &reading).expect("it is sound");
    assert!(draft.residues().is_empty());
}

#[test]
fn what_stands_in_an_opendocument_text_is_told_at_its_words() {
    let regions = r#"<text:tracked-changes>
        <text:changed-region text:id="i"><text:insertion><office:change-info><dc:creator>Anna</dc:creator></office:change-info></text:insertion></text:changed-region>
        <text:changed-region text:id="d"><text:deletion><office:change-info><dc:creator>Bo</dc:creator></office:change-info><text:p>shall </text:p></text:deletion></text:changed-region>
        <text:changed-region text:id="f"><text:format-change><office:change-info><dc:creator>Cy</dc:creator></office:change-info></text:format-change></text:changed-region>
        </text:tracked-changes>"#;
    let cases: &[(&str, &[&str])] = &[
        ("<text:p>Plain text.</text:p>", &[]),
        (
            r#"<text:p>They <text:change text:change-id="d"/><text:change-start text:change-id="i"/>will <text:span>soon </text:span><text:change-end text:change-id="i"/>meet <text:change-start text:change-id="f"/>often<text:change-end text:change-id="f"/>.</text:p>"#,
            &[
                "deletion |  | a tracked deletion by Bo: shall ",
                "insertion | will soon  | a tracked insertion by Anna: will soon ",
                "formatting |  | a tracked change of formatting by Cy",
            ],
        ),
        (
            r#"<text:p>a<office:annotation><dc:creator>Anna</dc:creator><text:p>Who?</text:p><text:p>And when?</text:p></office:annotation></text:p>"#,
            &["comment |  | a comment by Anna: Who? And when?"],
        ),
        (
            r#"<text:p>a <text:span text:style-name="Hidden">b c</text:span> d</text:p>"#,
            &["hidden-text |  | hidden text: b c"],
        ),
        (
            r#"<text:section text:display="none"><text:p>Never seen.</text:p></text:section><text:p>a</text:p>"#,
            &["hidden-text | - | hidden text: Never seen."],
        ),
        (
            r#"<text:p>a<text:hidden-text text:is-hidden="true" text:string-value="b"/></text:p>"#,
            &["hidden-text |  | hidden text: b"],
        ),
        (
            r#"<text:p>a <text:file-name>v7.odt</text:file-name> <text:initial-creator>Anna</text:initial-creator> <text:page-number>1</text:page-number></text:p>"#,
            &[
                "file-name | v7.odt | a field that shows the name of the file",
                "author | Anna | a field that shows who wrote or saved the draft (initial-creator)",
            ],
        ),
        (
            r#"<text:p><text:a xlink:href="file:///S:/a.odt">a</text:a> <text:a xlink:href="https://example.org">b</text:a></text:p>"#,
            &["path |  | a link to a file: file:///S:/a.odt"],
        ),
    ];
    for (text, expected) in cases {
        let text = if text.contains("change-id") { format!("{regions}{text}") } else { (*text).to_owned() };
        assert_eq!(of_odt(&text), *expected, "{text}");
    }
}

#[test]
fn the_properties_and_the_parts_of_an_opendocument_text_are_looked_through() {
    let meta = r#"<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"><office:meta><meta:generator>LibreOffice</meta:generator><meta:initial-creator>Anna</meta:initial-creator><dc:creator>Bo</dc:creator><dc:title>T</dc:title><meta:keyword>k</meta:keyword><meta:user-defined meta:name="Case">12</meta:user-defined><meta:template xlink:href="../t/ministry.ott"/><dc:date>1</dc:date></office:meta></office:document-meta>"#;
    let content = format!(
        "<office:document-content {}><office:body><office:text><text:p>a</text:p></office:text></office:body></office:document-content>",
        odt::SPACES
    );
    let parts = [
        ("content.xml", content.as_str()),
        ("meta.xml", meta),
        ("Basic/script-lc.xml", "x"),
        ("Basic/Standard/Module1.xml", "x"),
        ("VersionList.xml", "x"),
    ];
    let draft = read(Format::OpenDocument, &odt::package(&parts), Revisions::Accepted);
    let expected = [
        "author | - | the author in the properties of the document: Anna",
        "author | - | who saved it last, in the properties of the document: Bo",
        "property | - | the keywords in the properties of the document: k",
        "property | - | the property \"Case\" of the document: 12",
        "path | - | the template in the properties of the document: ../t/ministry.ott",
        "embedded | - | macros: Basic",
        "embedded | - | earlier versions of the document: VersionList.xml",
    ];
    assert_eq!(residues(&draft), expected);
}

#[test]
fn changes_that_no_words_show_are_told() {
    let numbers =
        format!("<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/><w:ins {BY}/></w:numPr></w:pPr>{}</w:p>", run("They met."));
    assert_eq!(of_word(&numbers, &[]), ["formatting | - | a change of numbers by Anna Example"]);
    let control =
        format!("<w:p><w:customXmlInsRangeStart {BY}/>{}<w:customXmlInsRangeEnd w:id=\"1\"/></w:p>", run("They met."));
    assert_eq!(of_word(&control, &[]), ["insertion | - | a control put in by Anna Example"]);
    let region = |mark: &str| {
        format!(
            r#"<text:tracked-changes><text:changed-region text:id="a"><text:deletion><office:change-info><dc:creator>Anna Example</dc:creator></office:change-info><text:p>quietly</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>They {mark}met.</text:p>"#
        )
    };
    assert_eq!(
        of_odt(&region("")),
        ["deletion | - | a tracked deletion that no mark in the text names by Anna Example: quietly"]
    );
    assert_eq!(of_odt(&region(r#"<text:change text:change-id="a"/>"#)).len(), 1);
    assert!(of_odt(&region(r#"<text:change text:change-id="a"/>"#))[0].contains("| a tracked deletion by Anna"));
}

#[test]
fn what_the_source_of_a_text_tells_is_found_wherever_it_stands() {
    let markdown: &[(&str, &[&str])] = &[
        (
            "They met.\n\n<!-- ask Anna\n\nThey left.\n",
            &["comment | <!-- ask Anna | a comment that nothing closes: ask Anna"],
        ),
        (
            "They met.\n\n```\nThey left.\n",
            &["hidden-text | ```\nThey left.\n | code that nothing closes: ``` They left."],
        ),
        ("```\ncode <del>x</del> {>> file:///a\n```\n\nThey met.\n", &[]),
        ("They met with `<del>` and `{>>`.\n", &[]),
        ("<div hidden>\n\nThey met.\n\n</div>\n", &["hidden-text | <div hidden> | hidden text: They met."]),
        ("<div class=\"hidden\" aria-hidden=\"false\">\n\nThey met.\n\n</div>\n", &[]),
        (
            "<del>\n\nThey met.\n\n</del>\n",
            &["deletion | <del>\n\nThey met.\n\n</del> | words marked as deleted: They met."],
        ),
        ("<ins>\n\nThey met.\n", &["insertion | <ins> | words marked as inserted: They met."]),
        (
            "<mark>\n\nThey met.\n\n</MARK>\n",
            &["highlight | <mark>\n\nThey met.\n\n</MARK> | words highlighted: They met."],
        ),
        ("They {++met.\n\nThey++} left.\n", &["insertion | {++ | words marked as inserted: met. They++"]),
        ("They met {>> ask Anna\n", &["comment | {>> | a comment: ask Anna"]),
        ("They met.\n\n[//]: # (ask Anna)\n", &["comment | [//]: # (ask Anna) | a comment: [//]: # (ask Anna)"]),
        ("They met.\n\n{/* ask Anna */}\n", &["comment | {/* ask Anna */} | a comment: ask Anna"]),
        ("They met. %% ask Anna %%\n", &["comment | %% ask Anna %% | a comment: ask Anna"]),
        ("It grew by 5%%, or 6%%.\n\nAnd 7%% more.\n", &[]),
        (
            "---\ntitle: Summit # for Anna\nstatus: draft\nauthor: \"Anna # Example\"\nlang: en\n---\n\nThey met.\n",
            &[
                "comment | # for Anna | a comment in the front matter: for Anna",
                "property | status: draft | `status` in the front matter: draft",
                "author | author: \"Anna # Example\" | `author` in the front matter: \"Anna # Example\"",
            ],
        ),
        (
            "See [a](file:///C:/a.docx), [b](https://example.org/file.docx) and [c](\\\\server\\b.docx).\n",
            &[
                "path | file:///C:/a.docx | a link to a file on a computer: file:///C:/a.docx",
                "path | \\\\server\\b.docx | a link to a file on a computer: \\\\server\\b.docx",
            ],
        ),
    ];
    let wrong: Vec<_> = markdown
        .iter()
        .map(|(source, expected)| (source, residues(&Draft::new(Format::Markdown, *source)), expected))
        .filter(|(_, found, expected)| found != *expected)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let html: &[(&str, &[&str])] = &[
        (
            "<p>They <span style=\"text-decoration: line-through\">left</span> met.</p>",
            &["struck-out | <span style=\"text-decoration: line-through\">left | words struck out: left"],
        ),
        (
            "<p>They <b style='background:#ff0'>met</b>.</p>",
            &["highlight | <b style='background:#ff0'> | words highlighted: met"],
        ),
        ("<p style=\"background: yellow\">They <b style=\"background-color: transparent\">met</b>.</p>", &[]),
        (
            "<head><meta name=\"Author\" content=\"Anna Example\"><meta name=\"viewport\" content=\"x\"></head><p>They met.</p>",
            &[
                "author | <meta name=\"Author\" content=\"Anna Example\"> | the author in the head of the page: Anna Example",
            ],
        ),
        (
            "<p>See <a href=\"C:\\a.docx\">it</a>.</p>",
            &["path | <a href=\"C:\\a.docx\"> | a link to a file on a computer: C:\\a.docx"],
        ),
    ];
    for (source, expected) in html {
        let draft = Draft::new(Format::Html, *source);
        assert_eq!(residues(&draft), *expected, "{source}");
    }
    assert_eq!(
        residues(&Draft::new(Format::Text, "See file:///C:/a.docx and <del>that</del>.\n")),
        ["path | file:///C:/a.docx | a link to a file on a computer: file:///C:/a.docx"]
    );
}

#[test]
fn no_comment_silences_what_is_looked_for_in_a_final_text() {
    let files = folder([
        ("file.md", "<!-- comity: ignore-file final -- it is done -->\n\nThey met.\n"),
        ("next.md", "<!-- comity: ignore final/comment -- it is done -->\nThey met.\n"),
    ]);
    for name in ["file.md", "next.md"] {
        let output = check().args(["--final", "--pack", "final", "--format", "short", name]).in_dir(&files).run();
        assert_eq!(output.code, 1, "{output:?}");
        assert!(output.stdout.contains("error: a comment is still in the file"), "{output:?}");
    }
}

#[test]
fn headers_footers_and_watermarks_that_call_the_text_a_draft_are_found() {
    let header = format!(
        r#"<w:p>{}</w:p><w:p><w:r><w:pict><v:shape><v:textpath string="DRAFT"/></v:shape></w:pict></w:r></w:p>"#,
        run("As of 5 May 14:00")
    );
    let document = docx_with(
        &format!("<w:p>{}</w:p>", run("Text.")),
        &[("header1", &header), ("footer1", &format!("<w:p>{}</w:p>", run("EMBARGOED until 5 May")))],
    );
    let draft = read(Format::Word, &document, Revisions::Accepted);
    let found: Vec<String> =
        rules().check(&draft).iter().map(|finding| format!("{} {}", finding.rule.id(), finding.found)).collect();
    assert_eq!(found, ["final/draft-mark As of 5 May 14:00", "final/draft-mark DRAFT", "final/draft-mark EMBARGOED"]);
}

#[test]
fn final_adds_the_pack_to_those_that_run_and_fails_the_run() {
    let draft = "They support China containment. <!-- check -->\n";
    let rules = |arguments: &[&str]| {
        let drafts = folder([("d.md", draft)]);
        let output = check().args(arguments.iter().copied()).args(["--format", "short", "d.md"]).in_dir(&drafts).run();
        let names = ["final/comment", "framing/china-containment"];
        let found: Vec<&str> = names.into_iter().filter(|name| output.stdout.contains(name)).collect();
        (output.code, found.join(" "))
    };
    let both = (1, "final/comment framing/china-containment".to_owned());
    assert_eq!(rules(&[]), (1, "framing/china-containment".to_owned()));
    assert_eq!(rules(&["--final"]), both);
    assert_eq!(rules(&["--final", "--pack", "framing"]), both);
    assert_eq!(rules(&["--pack", "final"]), (1, "final/comment".to_owned()));
    assert_eq!(rules(&["--pack", "final", "--final", "--ignore", "final/comment"]), (0, String::new()));
    assert_eq!(rules(&["--final", "--select", "final", "--fail-on", "never"]), (0, "final/comment".to_owned()));
    // A configuration names it as any other pack.
    let drafts = folder([("d.md", draft), ("comity.yml", "packs: [final]\nseverity: {final/comment: warning}\n")]);
    let output = comity().args(["check", "d.md"]).in_dir(&drafts).run();
    assert!(
        output.code == 0 && output.stdout.contains("warning") && output.stdout.contains("final/comment"),
        "{}",
        output.stdout
    );
}

#[test]
fn a_document_is_checked_for_what_it_carries_in_every_report() {
    let body = format!(
        r#"<w:p><w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/></w:p>"#,
        run("The two sides met.")
    );
    let comment = format!(r#"<w:comment w:id="0" w:author="Anna"><w:p>{}</w:p></w:comment>"#, run("Who?"));
    let drafts = folder([("d.docx", docx_with(&body, &[("comments", &comment)]))]);
    for format in
        ["human", "short", "json", "jsonl", "sarif", "junit", "checkstyle", "gitlab", "github", "html", "rdjson"]
    {
        let output = check().args(["--final", "--format", format, "d.docx"]).in_dir(&drafts).run();
        assert_eq!(output.code, 1, "{format}: {}", output.stderr);
        assert!(
            output.stdout.contains("final/comment") && output.stdout.contains("Anna"),
            "{format}: {}",
            output.stdout
        );
    }
    let output = check().args(["--format", "short", "d.docx"]).in_dir(&drafts).run();
    assert_eq!((output.code, output.stdout.as_str()), (0, ""));
    // In formats of which the text only is read that is said.
    let drafts = folder([("d.rtf", "{\\rtf1 The two sides met.}")]);
    let output = check().args(["--final", "--format", "short", "d.rtf"]).in_dir(&drafts).run();
    assert!(output.code == 0 && output.stdout.contains("final/not-looked-for"), "{}", output.stdout);
}

#[test]
fn a_copy_has_no_comments_on_comments_and_is_not_fit_to_be_issued() {
    let body = format!(
        r#"<w:p><w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/><w:ins {BY}>{}</w:ins>{}</w:p>"#,
        run("The sides met. "),
        run("Again. "),
        formatted("Hidden.", r#"<w:highlight w:val="yellow"/>"#)
    );
    let comment = format!(r#"<w:comment w:id="0" w:author="Anna"><w:p>{}</w:p></w:comment>"#, run("Who?"));
    let document = docx_with(&body, &[("comments", &comment)]);
    let (copy, said) = annotate(Format::Word, &document, &["--final"]);
    let comments = unpack(&copy, "word/comments.xml").expect("there are comments");
    assert!(comments.contains("final/highlight") && !comments.contains("final/comment"), "{said} {comments}");
    assert!(!comments.contains("final/tracked-change"), "{comments}");
    let draft = read(Format::Word, &copy, Revisions::Accepted);
    let by_comity =
        draft.residues().into_iter().filter(|one| one.kind == ResidueKind::Comment && one.what.contains("by comity"));
    assert_eq!(by_comity.count(), 1);
    let found = rules().check(&draft);
    assert_eq!(found.iter().filter(|finding| finding.rule.id().as_str() == "final/comment").count(), 2);
}

#[test]
fn both_texts_of_a_document_tell_a_change_once() {
    let body = format!(
        r#"<w:p>{}<w:del {BY}><w:r><w:delText>old</w:delText></w:r></w:del><w:ins {BY}>{}</w:ins></w:p>"#,
        run("The "),
        run("new")
    );
    for revisions in [Revisions::Accepted, Revisions::Original, Revisions::Both] {
        let reading = Reading { revisions, ..Reading::default() };
        let draft =
            Draft::from_reader("d", Format::Word, Cursor::new(docx_with(&body, &[])), &reading).expect("it is sound");
        let found = rules().check(&draft);
        assert_eq!(found.len(), 2, "{revisions:?}: {found:?}");
        assert!(found.iter().all(|finding| finding.revision.is_none()), "{revisions:?}: {found:?}");
    }
}

#[test]
fn of_many_residues_a_thousand_are_listed() {
    let source = "a <!-- b -->\n\n".repeat(1200);
    let found = rules().check(&Draft::new(Format::Markdown, source));
    assert_eq!(found.len(), 1000);
    assert_eq!(found.iter().flat_map(|finding| &finding.notes).collect::<Vec<_>>(), ["200 more are not listed"]);
}

#[test]
fn a_text_that_was_changed_is_looked_at_without_harm() {
    let marked = formatted("\u{e9}\u{e9}\u{e9}\u{e9}", r#"<w:highlight w:val="yellow"/>"#);
    let deleted = format!(r#"<w:del {BY}><w:r><w:delText>old</w:delText></w:r></w:del>"#);
    let draft = read(Format::Word, &docx_with(&format!("<w:p>{marked}{deleted}</w:p>"), &[]), Revisions::Accepted);
    for text in ["", "a", "a\u{e9}\u{e9}\n", "\n", "a longer text than before, of more words\n"] {
        let found = rules().check(&draft.with_source(text));
        assert_eq!(found.len(), 2, "{text:?}: {found:?}");
    }
}
