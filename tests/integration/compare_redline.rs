//! `comity compare --redline`: two drafts as one document of Word with tracked changes.

use std::process::Command;

use comity::annotate::{Redline, SharedBlocks};
use comity::compare::ComparedTexts;
use comity::{Draft, Format, Reading, Revisions};
use proptest::prelude::*;

use crate::common::word::{docx, docx_with, paragraph, run};
use crate::common::{Comity, Folder, client, comity, folder, installed, root};

fn comparing() -> Comity {
    comity().args(["compare", "--no-config"])
}

const OLD: &str = "# Talks\n\nThey met. They shall share all data on cargo.\n\n- One port opens in spring.\n- It rained.\n\n| Port | Ships |\n\
                   |---|---|\n| Ulmar | 12 |\n| Selm | 9 |\n\nThe sides thanked Ulmar.\n\nTimber is certified.\n";

const NEW: &str = "# Talks\n\nThey met again. They may share some data on cargo.\n\n- One port opens in spring.\n\n## Trade\n\n| Port | \
                   Ships |\n|---|---|\n| Ulmar | 13 |\n| Lastra | 1 |\n\nTimber is certified. China containment is a goal.\n\nThe sides thanked \
                   Ulmar.\n\nThey will \u{201c}meet\u{201d}.\n";

/// The lines of a document that hold something, in one of its versions.
fn lines(files: &Folder, name: &str, revisions: Revisions) -> Vec<String> {
    let reading = Reading { revisions, ..Reading::default() };
    let draft = Draft::read_with(files.path(name), &reading).expect("it is a document");
    draft.source().lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

fn both(files: &Folder, name: &str) -> [Vec<String>; 2] {
    [Revisions::Accepted, Revisions::Original].map(|revisions| lines(files, name, revisions))
}

/// The parts of a document as text.
fn part(files: &Folder, name: &str, part: &str) -> String {
    let bytes = std::fs::read(files.path(name)).expect("it is there");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("it is an archive");
    std::io::read_to_string(archive.by_name(part).expect("the part is there")).expect("it is text")
}

#[test]
fn who_accepts_all_has_the_new_text_and_who_rejects_all_the_old_one() {
    let html = |text: &str| format!("<h1>Talks</h1><p>{text}</p><p>They met.</p>");
    let word = |text: &str| docx(&(paragraph(&[text]) + &paragraph(&["They met."])));
    let files = folder([
        ("old.md", OLD.as_bytes().to_vec()),
        ("new.md", NEW.as_bytes().to_vec()),
        ("old.html", html("They shall pay.").into_bytes()),
        ("new.html", html("They may pay.").into_bytes()),
        ("old.txt", b"They shall pay.\n\nThey met.\n".to_vec()),
        ("old.docx", word("They shall pay.")),
        ("new.docx", word("They may pay.")),
        ("empty.md", Vec::new()),
    ]);
    let pairs = [
        ["old.md", "new.md"],
        ["new.md", "old.md"],
        ["old.html", "new.html"],
        ["old.txt", "new.docx"],
        ["old.docx", "new.html"],
        ["old.docx", "new.docx"],
        ["empty.md", "new.md"],
        ["old.md", "empty.md"],
    ];
    for [old, new] in pairs {
        let plain = |draft: &str| {
            let run = comparing().args(["--force", "--redline", "plain.docx", draft, draft]).in_dir(&files).run();
            assert_eq!(run.stderr, "plain.docx: 0 tracked changes, 0 comments\n", "{draft}");
            lines(&files, "plain.docx", Revisions::Accepted)
        };
        let expected = [plain(new), plain(old)];
        let output = comparing().args(["--force", "--redline", "red.docx", old, new]).in_dir(&files).run();
        let alone = comparing().args([old, new]).in_dir(&files).run();
        assert_eq!((output.code, output.stdout), (alone.code, alone.stdout), "{old} {new}");
        assert!(output.stderr.starts_with("red.docx: "), "{}", output.stderr);
        assert_eq!(both(&files, "red.docx"), expected, "{old} {new}");
    }
}

#[test]
fn comments_stand_on_what_was_lost_and_on_what_came_in() {
    let files = folder([("old.md", OLD), ("new.md", NEW)]);
    let output =
        comparing().args(["--redline", "red.docx", "old.md", "new.md", "--format", "json"]).in_dir(&files).run();
    assert!(output.stdout.starts_with('{'), "{}", output.stdout);
    let comments = part(&files, "red.docx", "word/comments.xml");
    let told = [
        "weakened: shall -&gt; may",
        "narrowed: all -&gt; some",
        "a sentence is gone",
        "makes China the target of the alliance",
        "Rule: compare/weakened",
    ];
    for told in told {
        assert!(comments.contains(told), "{told}: {comments}");
    }
    for silent in ["compare/sentence-added", "compare/sentence-moved", "said:"] {
        assert!(!comments.contains(silent), "{silent}: {comments}");
    }
    let document = part(&files, "red.docx", "word/document.xml");
    assert!(document.contains("w:author=\"comity\" w:date=\"20"), "{document}");
    // With fewer rules there are fewer comments, and the same changes.
    comparing()
        .args(["--redline", "bare.docx", "old.md", "new.md", "--min-severity", "error", "--ignore", "framing"])
        .in_dir(&files)
        .run();
    assert_eq!(both(&files, "bare.docx"), both(&files, "red.docx"));
    assert!(!part(&files, "bare.docx", "word/document.xml").contains("commentReference"));
}

#[test]
fn a_redline_takes_the_place_of_nothing_unasked() {
    let files = folder([
        ("old.md", OLD.as_bytes().to_vec()),
        ("new.md", NEW.as_bytes().to_vec()),
        ("d.docx", docx(&paragraph(&["They met."]))),
        ("there.docx", b"mine".to_vec()),
        ("one/a.md", OLD.as_bytes().to_vec()),
        ("two/a.md", NEW.as_bytes().to_vec()),
    ]);
    let said = |args: &[&str]| {
        let output = comparing().args(args.iter().copied()).in_dir(&files).run();
        assert_eq!((output.code, output.stdout.as_str()), (2, ""), "{args:?}");
        output.stderr
    };
    let cases: &[(&[&str], &str)] = &[
        (
            &["--redline", "red.odt", "old.md", "new.md"],
            "error: red.odt: a redline is a Word document; name a file that",
        ),
        (&["--redline", "d.docx", "old.md", "d.docx"], "error: d.docx: this is one of the drafts; name another file"),
        (&["--redline", "./d.docx", "--force", "d.docx", "new.md"], "error: ./d.docx: this is one of the drafts"),
        (
            &["--redline", "there.docx", "old.md", "new.md"],
            "error: there.docx: is there already; name another file, or",
        ),
        (
            &["--redline", "r.docx", "--output", "r.docx", "old.md", "new.md"],
            "error: r.docx: the redline cannot be the report",
        ),
        (&["--redline", "r.docx", "one", "two"], "error: --redline takes two drafts, and makes one document of them"),
        (
            &["--redline", "r.docx", "--base", "old.md", "new.md", "old.md"],
            "error: the argument '--redline <OUT.docx>' cannot",
        ),
        (
            &["--redline", "r.docx", "--series", "old.md", "new.md"],
            "error: the argument '--redline <OUT.docx>' cannot be used",
        ),
        (&["--redline", "r.docx", "old.md", "gone.md"], "error: gone.md: no such file"),
    ];
    for (args, expected) in cases {
        let error = said(args);
        assert!(error.starts_with(expected), "{args:?}: {error}");
    }
    // What cannot be written is a failure, though the comparison is told.
    let output = comparing().args(["--redline", "none/r.docx", "old.md", "old.md"]).in_dir(&files).run();
    assert_eq!((output.code, output.stdout.as_str()), (2, "nothing differs\n"));
    assert!(output.stderr.starts_with("error: none/r.docx: "), "{}", output.stderr);
    assert!(!files.path("r.docx").exists() && files.read("there.docx") == "mine");
    let output = comparing().args(["--redline", "there.docx", "--force", "old.md", "old.md"]).in_dir(&files).run();
    output.is(0, "nothing differs\n", "there.docx: 0 tracked changes, 0 comments\n");
}

#[test]
fn both_texts_of_a_document_are_a_redline() {
    let tracked = "<w:p><w:r><w:t xml:space=\"preserve\">They </w:t></w:r><w:del w:id=\"1\" w:author=\"A\"><w:r><w:delText>shall</w:delText>\
                   </w:r></w:del><w:ins w:id=\"2\" w:author=\"A\"><w:r><w:t>may</w:t></w:r></w:ins><w:r><w:t xml:space=\"preserve\"> pay.\
                   </w:t></w:r></w:p>";
    let files = folder([("d.docx", docx(tracked))]);
    let output = comparing().args(["--revisions", "both", "--redline", "red.docx", "d.docx"]).in_dir(&files).run();
    assert_eq!(output.code, 0, "{}", output.stderr);
    assert_eq!(both(&files, "red.docx"), [["They may pay."], ["They shall pay."]]);
}

/// A Word document of the new text, with formatting, a table, a note and a header.
fn dressed(sentence: &str, rows: &[[&str; 2]], note: &str, more: &str) -> Vec<u8> {
    let style = |name: &str| format!("<w:pPr><w:pStyle w:val=\"{name}\"/></w:pPr>");
    let cell =
        |text: &&str| format!("<w:tc><w:tcPr><w:tcW w:w=\"0\" w:type=\"auto\"/></w:tcPr>{}</w:tc>", paragraph(&[text]));
    let row = |cells: &[&str; 2]| format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>());
    let body = [
        format!("<w:p>{}{}</w:p>", style("Title"), run("Talks")),
        format!(
            "<w:p>{}<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{sentence}</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r>\
             {}</w:p>",
            style("Body"),
            run(" They met in Ulmar.")
        ),
        format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>()),
        paragraph(&["The end of it."]),
        more.to_owned(),
    ];
    let note = format!("<w:footnote w:id=\"2\">{}</w:footnote>", paragraph(&[note]));
    docx_with(&body.concat(), &[("footnotes", note.as_str()), ("header1", paragraph(&["A draft."]).as_str())])
}

#[test]
fn the_document_of_the_new_draft_stays_what_it_is() {
    let added = "<w:p><w:pPr><w:pStyle w:val=\"Body\"/></w:pPr><w:hyperlink w:anchor=\"a\"><w:r><w:t>Timber is certified.</w:t></w:r></w:hyperlink></w:p>";
    let old = dressed("They shall share all data.", &[["Ulmar", "12"], ["Selm", "9"]], "As agreed in spring.", "");
    let new = dressed(
        "They may share some data.",
        &[["Ulmar", "13"], ["Lastra", "1"], ["Selm", "9"]],
        "As agreed in autumn.",
        added,
    );
    let files = folder([("old.docx", old), ("new.docx", new)]);
    for [old, new] in [["old.docx", "new.docx"], ["new.docx", "old.docx"]] {
        let output = comparing().args(["--force", "--redline", "red.docx", old, new]).in_dir(&files).run();
        assert!(!output.stderr.contains("made of its text"), "{}", output.stderr);
        let expected = [new, old].map(|name| lines(&files, name, Revisions::Accepted));
        assert_eq!(both(&files, "red.docx"), expected, "{old} {new}");
        let document = part(&files, "red.docx", "word/document.xml");
        for kept in
            ["<w:pStyle w:val=\"Title\"/>", "<w:rPr><w:b/></w:rPr>", "<w:footnoteReference w:id=\"2\"/>", "<w:tcW"]
        {
            assert!(document.contains(kept), "{kept}: {document}");
        }
        let notes = part(&files, "red.docx", "word/footnotes.xml");
        assert!(notes.contains("<w:del ") && notes.contains("<w:ins "), "{notes}");
        assert_eq!(part(&files, "red.docx", "word/header1.xml"), part(&files, new, "word/header1.xml"));
    }
    // A row that came is one that is inserted.
    comparing().args(["--force", "--redline", "red.docx", "old.docx", "new.docx"]).in_dir(&files).run();
    let document = part(&files, "red.docx", "word/document.xml");
    assert_eq!(document.matches("<w:trPr><w:ins ").count(), 1, "{document}");
    assert!(document.contains("<w:hyperlink w:anchor=\"a\"><w:ins "), "{document}");
}

#[test]
fn where_the_changes_do_not_go_into_the_document_one_is_made_of_its_text() {
    let tracked = "<w:p><w:ins w:id=\"1\" w:author=\"A\"><w:r><w:t>They may pay.</w:t></w:r></w:ins></w:p>";
    let field = "<w:p><w:fldSimple w:instr=\"AUTHOR\"><w:r><w:t>Somebody came in.</w:t></w:r></w:fldSimple></w:p>";
    let boxed = "<w:p><w:sdt><w:sdtContent><w:r><w:t>They control all of it.</w:t></w:r></w:sdtContent></w:sdt></w:p>";
    let end = paragraph(&["The end of it."]);
    let note = format!("<w:footnote w:id=\"2\">{}</w:footnote>", paragraph(&["As agreed."]));
    let noted = "<w:p><w:r><w:t>They met.</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>";
    let cases: &[(&str, Vec<u8>, Vec<u8>, &str)] = &[
        ("changes", docx(&end), docx(&(tracked.to_owned() + &end)), "it has tracked changes of its own"),
        ("field", docx(&end), docx(&(field.to_owned() + &end)), "a formula, a control or a simple field came in"),
        ("control", docx(&end), docx(&(boxed.to_owned() + &end)), "a formula, a control or a simple field came in"),
        ("note", docx_with(&(noted.to_owned() + &end), &[("footnotes", note.as_str())]), docx(&end), "a note"),
        ("note", docx(&end), docx_with(&(noted.to_owned() + &end), &[("footnotes", note.as_str())]), "a note"),
    ];
    for (name, old, new, reason) in cases {
        let files = folder([("old.docx", old), ("new.docx", new)]);
        let output = comparing().args(["--redline", "red.docx", "old.docx", "new.docx"]).in_dir(&files).run();
        let expected = "new.docx: the changes do not go into the document itself, and one is made of its text alone: ";
        assert!(output.stderr.starts_with(expected), "{name}: {}", output.stderr);
        assert!(output.stderr.contains(reason), "{name}: {}", output.stderr);
        let expected = ["new.docx", "old.docx"].map(|name| lines(&files, name, Revisions::Accepted));
        assert_eq!(both(&files, "red.docx"), expected, "{name}");
    }
}

/// A paragraph or a table of a document, in runs that end anywhere.
fn part_of_body() -> impl Strategy<Value = String> {
    let word = "(They|We|will|may|share|data|cargo|“data”|1,000|&amp;|ä|now)( |[.] )?";
    let text = prop::collection::vec(word, 1..7);
    let text = prop::collection::vec((text, any::<bool>()), 1..4);
    let runs = text.prop_map(|runs| {
        let run = |(words, bold): (Vec<String>, bool)| {
            let properties = if bold { "<w:rPr><w:b/></w:rPr>" } else { "" };
            format!("<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>", words.concat())
        };
        runs.into_iter().map(run).collect::<String>()
    });
    let paragraph = (runs, 0..8).prop_map(|(runs, look)| match look {
        0 => format!("<w:p><w:pPr/>{runs}</w:p>"),
        1 => format!("<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/><w:rPr><w:i/></w:rPr></w:pPr>{runs}</w:p>"),
        2 => format!("<w:p><w:pPr><w:rPr/></w:pPr>{runs}</w:p><w:p/>"),
        3 => format!("<w:p><w:hyperlink w:anchor=\"a\">{runs}</w:hyperlink>{runs}</w:p>"),
        4 => format!("<w:p>{runs}<w:r><w:tab/><w:br/><w:t>end</w:t></w:r></w:p>"),
        5 => format!("<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r><w:r>\
                      <w:fldChar w:fldCharType=\"separate\"/></w:r>{runs}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"),
        _ => format!("<w:p>{runs}</w:p>"),
    });
    let cells = prop::collection::vec(paragraph.clone(), 2);
    let row = cells.prop_map(|cells| {
        let cells: String = cells.iter().map(|cell| format!("<w:tc>{cell}</w:tc>")).collect();
        format!("<w:tr>{cells}</w:tr>")
    });
    let table = prop::collection::vec(row, 1..4).prop_map(|rows| format!("<w:tbl>{}</w:tbl><w:p/>", rows.concat()));
    prop_oneof![5 => paragraph, 1 => table]
}

/// The parts of an old document, and how a new one is made of them: each stays, goes, or has others before it.
fn edited() -> impl Strategy<Value = (Vec<String>, Vec<String>)> {
    let step = (part_of_body(), prop::option::weighted(0.3, part_of_body()), 0..5);
    prop::collection::vec(step, 0..7).prop_map(|steps| {
        let (mut old, mut new) = (Vec::new(), Vec::new());
        for (part, before, fate) in steps {
            new.extend(before);
            old.push(part.clone());
            match fate {
                0 => {}
                1 => new.push(part.replacen("will", "may", 1).replacen("data", "all data", 2)),
                2 => new.push(part.replacen("They", "We", 1).replacen("share", "", 1)),
                _ => new.push(part),
            }
        }
        (old, new)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_document_of_paragraphs_and_tables_is_redlined_in_itself((old, new) in edited()) {
        let [old, new] = [old, new].map(|parts| docx(&(parts.concat() + "<w:p/>")));
        let read = |bytes: &[u8], revisions| {
            let reading = Reading { revisions, ..Reading::default() };
            Draft::from_reader("d.docx", Format::Word, std::io::Cursor::new(bytes), &reading).expect("it is well-formed")
        };
        let (before, after) = (read(&old, Revisions::Accepted), read(&new, Revisions::Accepted));
        let texts = ComparedTexts::new(&before, &after);
        let shared: Vec<SharedBlocks> = texts
            .aligned()
            .iter()
            .filter_map(|row| row.blocks())
            .map(|(old, new)| SharedBlocks { old, new, weight: 1 })
            .collect();
        let reading = Reading { revisions: Revisions::Accepted, ..Reading::default() };
        let redline = Redline::new(&before, &after, &shared);
        let made = redline.document().expect("one of the text can always be made");
        let inside = redline.in_document(std::io::Cursor::new(new.as_slice()), &reading);
        let inside = inside.unwrap_or_else(|error| panic!("{error}"));
        let filled = |draft: &Draft| -> Vec<String> {
            draft.source().lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
        };
        prop_assert_eq!(filled(&read(&inside.bytes, Revisions::Accepted)), filled(&after));
        prop_assert_eq!(filled(&read(&inside.bytes, Revisions::Original)), filled(&before));
        prop_assert_eq!(filled(&read(&made.bytes, Revisions::Accepted)).len(), filled(&after).len());
    }
}

#[test]
fn libreoffice_and_python_docx_read_a_redline() {
    let Some(python) = client("bin/python").filter(|_| installed("soffice")) else {
        return;
    };
    // What ends a paragraph and what begins the next, what comes and goes at the end, tables, all of a text.
    let cases = [
        (OLD, NEW),
        (NEW, OLD),
        ("It rained.\n\nThey left.\n", "It rained. So it was.\n\n## Trade\n\nThe panel meets.\n"),
        ("It rained. So it was.\n\nNow pay.\n\nEnd.\n", "It rained.\n\npay.\n\nEnd.\n"),
        ("One two.\n\nThree four.\n\nFive.\n", "One two.\n"),
        ("One two.\n", "One two.\n\nThree four.\n\nFive.\n"),
        ("| a b | c |\n|---|---|\n| d | e |\n", "| a | b | c |\n|---|---|---|\n| d | e | f |\n\nOne two.\n"),
    ];
    let files = folder::<&str>([]);
    let mut names = Vec::new();
    let mut expected = Vec::new();
    for (at, (before, after)) in cases.iter().enumerate() {
        let [red, old, new] = ["red.docx", "old.md", "new.md"].map(|name| format!("{at}{name}"));
        files.write(&old, before.as_bytes());
        files.write(&new, after.as_bytes());
        // LibreOffice without windows crashes now and then as it closes a document with comments, whoever made it.
        let silent = ["--select", "compare/draft-added"];
        comparing().args(silent).args(["--redline", &red, &old, &new]).in_dir(&files).run();
        expected.push(both(&files, &red));
        names.push(files.path(&red));
    }
    let script = root().join("tests/clients/redline.py");
    let output = Command::new(python).arg(script).args(&names).output().expect("Python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let seen: Vec<[Vec<String>; 2]> = serde_json::from_slice(&output.stdout).expect("it prints JSON");
    assert_eq!(seen, expected);
}
