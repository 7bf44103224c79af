//! `--annotate`: copies of Word documents are sound, whatever the document holds, or there is none.

use std::collections::HashSet;
use std::io::Cursor;

use crate::common::documents;
use crate::common::word::{SPACE, archive, docx, docx_with, paragraph, run, unpack};
use crate::common::{check, folder};
use comity::annotate::annotate;
use comity::fix::fix;
use comity::{Draft, Fix, Format, Reading, Revisions, RuleSet};
use proptest::prelude::*;

const DOCUMENT: &str = "word/document.xml";
const COMMENTS: &str = "word/comments.xml";

/// A pack with two rules: one finds everything, one puts a 9 before each word.
const WORDS: &str = r"schema: 1
pack: words
title: Words
language: en
rules:
  - {id: any, severity: note, kind: pattern, regex: '\S+', message: something, why: a reason, source: house, examples: {flag: [aa, bb], pass: ['', ' ']}}
  - {id: word, severity: note, kind: pattern, regex: '\b[a-zA-Z]+\b', message: a word, suggest: ['9$0'], fix: safe, why: a reason, source: house, examples: {flag: [aa, bb], pass: ['', ' ']}}
";

/// The copy of a document, if there is one, the exit code and what was said.
fn copy(document: &[u8], arguments: &[&str]) -> (Option<Vec<u8>>, i32, String) {
    let drafts = folder([("d.docx", document), ("words.yml", WORDS.as_bytes())]);
    let run = check().args(["--annotate", "out.docx", "d.docx"]).args(arguments.iter().copied());
    let output = run.env("SOURCE_DATE_EPOCH", "0").in_dir(&drafts).run();
    (std::fs::read(drafts.path("out.docx")).ok(), output.code, output.stderr)
}

/// The copy that the pack `framing` makes, and what was said.
fn framed(document: &[u8], arguments: &[&str]) -> (Vec<u8>, String) {
    let (made, _, said) = copy(document, &[&["--pack", "framing"], arguments].concat());
    (made.unwrap_or_else(|| panic!("{said}")), said)
}

/// What the body of a copy holds, with comments as brackets and without who has changed what when.
fn body(copy: &[u8]) -> String {
    let xml = unpack(copy, DOCUMENT).expect("there is a document");
    let (_, xml) = xml.split_once("body>").expect("there is a body");
    let mut shown = xml.rsplit_once("</").and_then(|(xml, _)| xml.rsplit_once("</")).expect("it ends").0.to_owned();
    for id in 0..60 {
        shown = shown
            .replace(&format!("<w:commentRangeStart w:id=\"{id}\"/>"), "[")
            .replace(&format!("<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>"), "]")
            .replace(&format!(" w:id=\"{id}\" w:author=\"comity\" w:date=\"1970-01-01T00:00:00Z\""), "");
    }
    shown.replace(" xml:space=\"preserve\"", "")
}

fn read(bytes: &[u8], revisions: Revisions) -> Draft {
    documents::read(Format::Word, bytes, revisions)
}

/// The numbers of the tracked changes of a document.
fn changes(document: &[u8]) -> Vec<String> {
    let xml = unpack(document, DOCUMENT).expect("there is a document");
    let tags = xml.split('<').filter(|tag| {
        let name = tag.split([' ', '>']).next().unwrap_or_default();
        matches!(name, "w:ins" | "w:del" | "w:rPrChange")
    });
    tags.map(|tag| {
        tag.split(" w:id=").nth(1).expect("a number")[1..].split(['"', '\'']).next().expect("it ends").to_owned()
    })
    .collect()
}

const PICTURE: &str = "<w:drawing><wp:inline><wp:docPr id=\"1\" name=\"n\" descr=\"@\"/></wp:inline></w:drawing>";
const RUBY: &str =
    "<w:ruby><w:rubyPr/><w:rt><w:r><w:t>x</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>@</w:t></w:r></w:rubyBase></w:ruby>";

#[test]
fn what_stands_deeper_in_a_run_has_a_comment_and_is_left_as_it_is() {
    let picture = PICTURE.replace('@', "of China containment here");
    let ruby = RUBY.replace('@', "our China containment");
    let version = "<mc:AlternateContent><mc:Choice Requires=\"w\"><w:t>on China containment b</w:t></mc:Choice></mc:AlternateContent>";
    let cases = [
        format!("<w:p>{}[<w:r>{picture}</w:r>]{}</w:p>", run("before "), run(" behind")),
        // In a run with text: only the picture has the comment.
        format!("<w:p><w:r><w:t>before </w:t></w:r>[<w:r>{picture}</w:r>]<w:r><w:t> behind</w:t></w:r></w:p>"),
        format!("<w:p>[<w:r>{ruby}</w:r>]{}</w:p>", run(" behind")),
        "<w:p>[<w:r><w:t><![CDATA[on China containment b]]></w:t></w:r>]</w:p>".to_owned(),
        format!("<w:p>[<w:r>{version}</w:r>]</w:p>"),
    ];
    for expected in cases {
        let expected = expected.replace(" xml:space=\"preserve\"", "");
        let plain = expected.replace("<w:t> ", "<w:t xml:space=\"preserve\"> ").replace(" </w:t>", "&#32;</w:t>");
        let document = docx(&plain.replace(['[', ']'], ""));
        // What CDATA begins with is no comment.
        let document = if expected.contains("CDATA") {
            docx("<w:p><w:r><w:t><![CDATA[on China containment b]]></w:t></w:r></w:p>")
        } else {
            document
        };
        let (once, said) = framed(&document, &["--fix", "--unsafe-fixes"]);
        assert!(said.contains("out.docx: 1 comment, 0 tracked changes; 1 had no place in the document\n"), "{said}");
        assert_eq!(body(&once).replace("&#32;", " "), expected);
        let (twice, said) = framed(&once, &[]);
        assert!(said.contains("out.docx: 0 comments (1 more were there)\n"), "{said}");
        assert!(once == twice);
    }
}

#[test]
fn a_comment_goes_to_the_nearest_place_that_can_have_one() {
    let header = paragraph(&["China containment"]);
    let formula = "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>";
    let picture = PICTURE.replace('@', "");
    let cases = [
        // The first words, not the picture before them.
        (
            docx_with(&format!("<w:p><w:r>{picture}</w:r></w:p>{}", paragraph(&["Text"])), &[("header1", &header)]),
            vec!["--pack", "framing"],
            format!("<w:p><w:r>{picture}</w:r></w:p><w:p>[<w:r><w:t>Text</w:t></w:r>]</w:p>"),
        ),
        // Words that end at a formula, which can have none itself; a formula between white space.
        (
            docx(&format!("<w:p>{}{formula}</w:p>", run("A"))),
            vec!["--rules", "words.yml", "--select", "words/any"],
            format!("<w:p>[<w:r><w:t>A</w:t></w:r>]{formula}</w:p>"),
        ),
        (
            docx(&format!("<w:p>{}{formula}</w:p>", run("A "))),
            vec!["--rules", "words.yml", "--select", "words/any"],
            format!("<w:p>[<w:r><w:t>A</w:t></w:r>][<w:r><w:t> </w:t></w:r>]{formula}</w:p>"),
        ),
    ];
    for (document, arguments, expected) in cases {
        let (made, code, said) = copy(&document, &arguments);
        let made = made.unwrap_or_else(|| panic!("{code} {said}"));
        assert_eq!(body(&made), expected, "{said}");
        assert!(copy(&made, &arguments).0.as_ref() == Some(&made), "nothing twice");
    }
}

#[test]
fn a_note_has_its_comment_at_its_own_mark_whichever_text_it_is_found_in() {
    let mark = |id: u8| format!("<w:footnoteReference w:id=\"{id}\"/>");
    let gone = "<w:p><w:pPr><w:rPr><w:del w:id=\"9\" w:author=\"A\"/></w:rPr></w:pPr><w:del w:id=\"8\" w:author=\"A\"><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>";
    // The second mark is in a run with text.
    let text = format!("<w:p><w:r>{}</w:r><w:r><w:t>y</w:t>{}<w:t>z</w:t></w:r></w:p>", mark(2), mark(3));
    let notes = format!(
        "<w:footnote w:id=\"2\"><w:p><w:del w:id=\"7\" w:author=\"A\"><w:r><w:delText>On China containment.</w:delText></w:r></w:del></w:p></w:footnote><w:footnote w:id=\"3\">{}</w:footnote>",
        paragraph(&["On bloc politics."])
    );
    let (made, said) = framed(&docx_with(&format!("{gone}{text}"), &[("footnotes", &notes)]), &["--revisions", "both"]);
    assert!(said.contains("out.docx: 2 comments\n"), "{said}");
    let expected = format!(
        "{gone}<w:p>[<w:r>{}</w:r>]<w:r><w:t>y</w:t></w:r>[<w:r>{}</w:r>]<w:r><w:t>z</w:t></w:r></w:p>",
        mark(2),
        mark(3)
    );
    assert_eq!(body(&made), expected);
    let (again, said) = framed(&made, &["--revisions", "both"]);
    assert!(said.contains("out.docx: 0 comments (2 more were there)\n") && again == made, "{said}");
}

#[test]
fn what_others_have_deleted_is_not_deleted_again() {
    let body_of = format!(
        "<w:p>{}<w:del w:id=\"2\" w:author=\"A\"><w:r><w:delText>China containment</w:delText></w:r></w:del>{}</w:p>",
        run("On "),
        run(" and on China containment.")
    );
    let (made, said) = framed(&docx(&body_of), &["--revisions", "original", "--fix", "--unsafe-fixes"]);
    assert!(said.contains(", 1 tracked change; 1 had no place in the document\n"), "{said}");
    assert_eq!(read(&made, Revisions::Original).source(), "On China containment and on China containment.\n");
    assert_eq!(read(&made, Revisions::Accepted).source(), "On  and on regional stability and peace.\n");
}

#[test]
fn numbers_are_new_and_prefixes_bound() {
    let formatting = "<w:rPr><w:b/><w:rPrChange w:id='50' w:author='A'><w:rPr/></w:rPrChange></w:rPr>";
    let dangling = "<w:commentRangeStart w:id='7'/><w:commentRangeEnd w:id='7'/>";
    let text =
        format!("<w:p>{dangling}<w:r>{formatting}<w:t xml:space=\"default\">On China containment.</w:t></w:r></w:p>");
    let (made, _) = framed(&docx(&text), &["--fix", "--unsafe-fixes"]);
    let xml = unpack(&made, DOCUMENT).expect("there is a document");
    assert!(xml.contains("<w:commentRangeStart w:id=\"8\"/>"), "{xml}");
    let numbers = changes(&made);
    assert_eq!(numbers.iter().collect::<HashSet<_>>().len(), numbers.len(), "{numbers:?}");
    assert!(numbers.len() == 6 && numbers.iter().all(|id| id.parse::<u32>().is_ok_and(|id| id >= 50)), "{numbers:?}");

    // Without a prefix for the name space: attributes need one.
    for declared in ["", " xmlns:z=\"u:z\"", &format!(" xmlns:x=\"{SPACE}\""), " xmlns:w=\"u:w\""] {
        let xml = format!(
            "<document xmlns=\"{SPACE}\"{declared}><body><p><r><t>On China containment.</t></r></p></body></document>"
        );
        let document = crate::common::word::package(&[(DOCUMENT.to_owned(), xml)]);
        let (made, said) = framed(&document, &["--fix", "--unsafe-fixes"]);
        assert!(said.contains("out.docx: 1 comment, 1 tracked change\n"), "{said}");
        let xml = unpack(&made, DOCUMENT).expect("there is a document");
        let prefix = if declared.contains(SPACE) {
            "x"
        } else if declared.contains("xmlns:w") {
            "w1"
        } else {
            "w"
        };
        assert!(xml.contains(":author=\"comity\"") && xml.contains(&format!("<{prefix}:del ")), "{xml}");
        assert_eq!(
            xml.contains(&format!("<{prefix}:del xmlns:{prefix}=\"{SPACE}\" {prefix}:id=")),
            prefix != "x",
            "{xml}"
        );
        assert_eq!(read(&made, Revisions::Accepted).source(), "On regional stability and peace.\n");
    }
}

#[test]
fn a_part_is_named_and_written_once() {
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let xml = |root: &str, content: &str| format!("<w:{root} xmlns:w=\"{SPACE}\">{content}</w:{root}>");
    let related = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" Type=\"{relations}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/word/Comments.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml\"/></Types>";
    // Letters large and small, and a part for comments that is named but not there.
    let document = archive(&[
        ("[content_types].xml", types.to_owned()),
        ("_rels/.rels", related("officeDocument", "Word/Document.xml")),
        ("word/document.xml", xml("document", &format!("<w:body>{}</w:body>", paragraph(&["On China containment."])))),
        ("word/_RELS/document.xml.rels", related("comments", "comments.xml")),
    ]);
    let (made, said) = framed(&document, &[]);
    assert!(said.contains("out.docx: 1 comment\n"), "{said}");
    let mut names: Vec<String> = zip::ZipArchive::new(Cursor::new(&made))
        .expect("it is a package")
        .file_names()
        .map(|name| name.expect("it is text").to_lowercase())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "[content_types].xml",
            "_rels/.rels",
            "word/_rels/document.xml.rels",
            "word/comments.xml",
            "word/document.xml"
        ]
    );
    for part in ["[content_types].xml", "word/_RELS/document.xml.rels"] {
        let xml = unpack(&made, part).expect("the part is there");
        assert_eq!(xml.to_lowercase().matches("comments.xml\"").count(), 1, "{xml}");
    }
    assert!(framed(&made, &[]).1.contains("out.docx: 0 comments (1 more were there)\n"));
    // What stands behind a comment, or between its elements, is not what it says.
    let comments = unpack(&made, "Word/comments.xml").or_else(|| unpack(&made, "word/comments.xml")).expect("comments");
    let spaced = comments.replace("</w:comment>", "\n</w:comment>\n ").replace("</w:p>", "\n</w:p>\n");
    let mut files: Vec<(String, String)> = Vec::new();
    for name in zip::ZipArchive::new(Cursor::new(&made)).expect("it is a package").file_names().flatten() {
        let text = unpack(&made, &name).expect("it is there");
        files.push((name.to_string(), if name.ends_with("omments.xml") { spaced.clone() } else { text }));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert!(framed(&archive(&files), &[]).1.contains("out.docx: 0 comments (1 more were there)\n"));
}

#[test]
fn a_copy_that_would_not_be_sound_is_not_written() {
    let nested = "<w:p><w:r><w:t>China</w:t><w:r><w:lastRenderedPageBreak/><w:t>Section two paragraph</w:t></w:r><w:t>containment</w:t></w:r></w:p>";
    let twice = "<w:p w:rsidR=\"1\" w:rsidR=\"2\"><w:r><w:t>Text</w:t></w:r></w:p>";
    let unbound = "<w:p z:a=\"1\"><w:r><w:t>Text</w:t></w:r></w:p>";
    for text in [nested, twice, unbound] {
        let (made, code, said) = copy(&docx(text), &["--rules", "words.yml", "--select", "words/word", "--fix"]);
        assert!(made.is_none() && code == 2, "{code} {said}");
        assert!(
            said.contains("d.docx: no sound copy can be made of it, and none is written: word/document.xml: "),
            "{said}"
        );
    }
}

#[test]
fn more_comments_than_anybody_reads_are_refused() {
    let text = "On China containment. ".repeat(comity::annotate::MAX_COMMENTS);
    let (made, code, said) = copy(&docx(&paragraph(&[&text, "On China containment."])), &["--pack", "framing"]);
    assert!(made.is_none() && code == 2, "{code} {said}");
    assert!(said.contains("d.docx: more than 10000 comments; "), "{said}");
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_that_is_said() {
    let document = docx(&paragraph(&["China containment"]));
    let drafts = folder([("d.docx", document.as_slice()), ("other.docx", b"precious")]);
    let run = |arguments: &[&str]| {
        check().args(["--pack", "framing", "d.docx"]).args(arguments.iter().copied()).in_dir(&drafts).run()
    };
    let cases: &[(&[&str], &str)] = &[
        (
            &["--annotate", "other.docx"],
            "other.docx: is there already; name another file, or say --force to replace it",
        ),
        (&["--annotate", "d.docx", "--force"], "d.docx: this is the document itself"),
        (
            &["--annotate", "new.docx", "--output", "./new.docx"],
            "new.docx: the copy cannot be the report as well; name another file for one of them",
        ),
        (&["--force"], "--annotate <COPY>"),
    ];
    for (arguments, expected) in cases {
        let output = run(arguments);
        assert!(output.code == 2 && output.stderr.contains(expected), "{arguments:?} {}", output.stderr);
        assert_eq!(output.stdout, "", "nothing is checked");
    }
    #[cfg(target_os = "linux")]
    if crate::common::installed("strace") {
        // Another program has made it since it was looked for.
        let mut strace = std::process::Command::new("strace");
        strace.args(["-f", "-o", "/dev/null", "-P", "other.docx", "--inject=?lstat,?newfstatat,statx:error=ENOENT"]);
        strace.arg(env!("CARGO_BIN_EXE_comity")).args(["check", "d.docx", "--annotate", "other.docx"]);
        let output = strace.current_dir(&drafts).output().expect("strace runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(2) && said.contains("error: other.docx: "), "{said}");
    }
    assert_eq!(std::fs::read(drafts.path("other.docx")).expect("it is there"), b"precious");
    assert!(!drafts.path("new.docx").exists());
    assert_eq!(run(&["--annotate", "other.docx", "--force"]).code, 1);
    assert!(unpack(&std::fs::read(drafts.path("other.docx")).expect("it is there"), COMMENTS).is_some());
    assert_eq!(std::fs::read(drafts.path("d.docx")).expect("it is there"), document);
}

/// What documents hold that is more than text in runs.
fn dressed() -> impl Strategy<Value = String> {
    let picture = |text: &str| text.replace("PICTURE", PICTURE).replace("RUBY", RUBY);
    let all = [
        "<w:r><w:t xml:space=\"preserve\">@</w:t></w:r>",
        "<w:r><w:t xml:space='default'>@</w:t></w:r>",
        "<w:r><w:t><![CDATA[@]]></w:t></w:r>",
        "<w:r><w:t xml:space=\"preserve\">a <![CDATA[@]]>&amp;@</w:t></w:r>",
        "<w:r>PICTURE</w:r>",
        "<w:r><w:t>@</w:t>PICTURE<w:tab/><w:t>@</w:t></w:r>",
        "<w:r>RUBY<w:t xml:space=\"preserve\"> @</w:t></w:r>",
        "<m:oMath><m:r><m:t>@</m:t></m:r></m:oMath>",
        "<w:r><w:t>@</w:t><w:footnoteReference w:id='2'/></w:r>",
        "<w:r><w:endnoteReference w:id=\"2\"/><w:t xml:space=\"preserve\"> @</w:t></w:r>",
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"w\"><w:t>@</w:t></mc:Choice></mc:AlternateContent></w:r>",
        "<w:r><w:rPr><w:i/><w:rPrChange w:id='7' w:author='A'><w:rPr/></w:rPrChange></w:rPr><w:t>@ @</w:t></w:r>",
        "<w:ins w:id='8' w:author='A'><w:r><w:t>@</w:t></w:r><w:del w:id='9' w:author='B'><w:r><w:delText>@</w:delText></w:r></w:del></w:ins>",
        "<w:del w:id='10' w:author='A'><w:r><w:delText xml:space=\"preserve\">@ </w:delText></w:r></w:del>",
        "<w:moveTo w:id='11' w:author='A'><w:r><w:t>@</w:t></w:r></w:moveTo>",
        "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>@12</w:t></w:r>",
        "<w:r><w:t>@</w:t><w:pict><w:txbxContent><w:p><w:r><w:t>@</w:t></w:r></w:p></w:txbxContent></w:pict><w:t>@</w:t></w:r>",
        "<w:t>@</w:t>",
    ];
    proptest::sample::select(all.map(picture).to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_document_holds_its_copy_has_its_texts_and_nothing_twice(
        paragraphs in proptest::collection::vec(
            proptest::collection::vec((dressed(), prop_oneof![
                2 => "[a-d한]{1,4} ?",
                2 => Just("China containment".to_owned()),
                1 => Just(" China ".to_owned()),
                1 => Just("containment of bloc politics ".to_owned()),
            ]), 1..6),
            1..4,
        ),
        revisions in prop_oneof![Just(Revisions::Accepted), Just(Revisions::Original), Just(Revisions::Both)],
    ) {
        let mut body = String::new();
        for runs in &paragraphs {
            let runs: String = runs.iter().map(|(dress, text)| dress.replace('@', text)).collect();
            body += &format!("<w:p>{runs}</w:p>");
        }
        let notes = format!("<w:footnote w:id=\"2\">{}</w:footnote>", paragraph(&["On China containment."]));
        let document = docx_with(&body, &[("footnotes", &notes)]);
        let rules = RuleSet::builtin().expect("the packs are sound");
        let folder = folder([("d.docx", &document)]);
        let path = folder.path("d.docx");
        let reading = Reading { revisions, ..Reading::default() };
        let findings = |draft: &Draft| rules.check(draft);
        let draft = read(&document, revisions);
        let found = findings(&draft);

        let copy = annotate(&path, &reading, &draft, &found, None).expect("it can be annotated");
        prop_assert_eq!(copy.comments + copy.without_place, found.len());
        for revisions in [Revisions::Accepted, Revisions::Original] {
            let (before, after) = (read(&document, revisions), read(&copy.bytes, revisions));
            prop_assert_eq!(after.source(), before.source());
        }
        folder.write("d.docx", &copy.bytes);
        let after = read(&copy.bytes, revisions);
        let again = annotate(&path, &reading, &after, &findings(&after), None).expect("once more");
        prop_assert_eq!((again.comments, again.known), (0, copy.comments));
        prop_assert_eq!(unpack(&again.bytes, DOCUMENT), unpack(&copy.bytes, DOCUMENT));

        folder.write("d.docx", &document);
        let fixed = fix(draft.clone(), findings, Fix::Unsafe);
        let copy = annotate(&path, &reading, &draft, &found, Some(&fixed.draft)).expect("it can be fixed");
        let is_original = revisions == Revisions::Original;
        let checked = if is_original { Revisions::Original } else { Revisions::Accepted };
        let before = read(&document, Revisions::Original);
        let original = read(&copy.bytes, Revisions::Original);
        prop_assert_eq!(original.source(), before.source());
        if copy.without_place == 0 && !is_original {
            let after = read(&copy.bytes, checked);
            prop_assert_eq!(after.source(), fixed.draft.source());
        }
        // Numbers that the document has not given twice itself are there once.
        let own = changes(&document);
        let numbers = changes(&copy.bytes);
        let mut new: Vec<&String> = numbers.iter().filter(|id| !own.contains(id)).collect();
        let len = new.len();
        new.sort();
        new.dedup();
        prop_assert_eq!(new.len(), len);
        prop_assert_eq!(numbers.len() - len, own.len());
    }
}
