//! `comity compare --redline`: two drafts as one document of Word with tracked changes.

use std::process::Command;

use comity::{Draft, Reading, Revisions};

use crate::common::word::{docx, paragraph};
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
        comparing().args(["--redline", &red, &old, &new]).in_dir(&files).run();
        expected.push(both(&files, &red));
        names.push(files.path(&red));
    }
    let script = root().join("tests/clients/redline.py");
    let output = Command::new(python).arg(script).args(&names).output().expect("Python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let seen: Vec<[Vec<String>; 2]> = serde_json::from_slice(&output.stdout).expect("it prints JSON");
    assert_eq!(seen, expected);
}
