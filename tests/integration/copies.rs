//! `--annotate` for folders, and for drafts of which a Word document is made.

use std::fs;

use crate::common::documents::{convert, read, text};
use crate::common::odt::odt;
use crate::common::word::{docx, paragraph, unpack};
use crate::common::{check, folder, installed, missing};
use comity::{Format, Revisions};

const CHINA: &str = "On China containment now.";

fn word() -> Vec<u8> {
    docx(&paragraph(&[CHINA]))
}

#[test]
fn each_document_of_a_folder_has_its_copy_below_another() {
    let drafts = folder([
        ("in/a.docx", word()),
        ("in/deep/er/b.odt", odt(&format!("<text:p>{CHINA}</text:p>"))),
        ("in/c.md", CHINA.into()),
    ]);
    let run =
        |arguments: &[&str]| check().args(["--pack", "framing"]).args(arguments.iter().copied()).in_dir(&drafts).run();
    let output = run(&["--annotate", "out", "in"]);
    assert_eq!(output.code, 1, "{}", output.stderr);
    for said in [
        "out/a.docx: 1 comment\n",
        "out/deep/er/b.odt: 1 comment\n",
        "1 draft checked only: ",
        "3 drafts checked: 3 errors",
    ] {
        assert!(output.stderr.contains(said), "{said} {}", output.stderr);
    }
    assert!(unpack(&fs::read(drafts.path("out/a.docx")).expect("it is there"), "word/comments.xml").is_some());
    assert!(!drafts.path("out/c.md").exists());
    // Nothing is replaced unasked, and the drafts are checked all the same.
    let output = run(&["--annotate", "out", "in"]);
    assert_eq!(output.code, 2);
    assert!(
        output.stderr.contains("out/a.docx: is there already") && output.stdout.contains("in/a.docx"),
        "{}",
        output.stderr
    );
    assert!(output.stderr.contains("3 drafts checked, 2 could not be written"), "{}", output.stderr);
    assert_eq!(run(&["--annotate", "out", "--force", "in"]).code, 1);
    // A folder of copies in the folder itself is none of its drafts.
    fs::rename(drafts.path("out"), drafts.path("in/out")).expect("it can be moved");
    let output = run(&["--annotate", "in/out", "--force", "in"]);
    assert!(output.stderr.contains("3 drafts checked: "), "{}", output.stderr);
    assert!(!drafts.path("in/out/out").exists());
    for name in ["in/a.docx", "in/deep/er/b.odt"] {
        assert!(
            !fs::read(drafts.path(name)).expect("it is there").windows(6).any(|window| window == b"comity"),
            "{name}"
        );
    }
}

#[test]
fn two_drafts_never_have_one_copy_and_no_copy_takes_the_place_of_a_draft() {
    let drafts =
        folder([("a/d.docx", word()), ("b/d.docx", word()), ("b/broken.docx", b"PK".to_vec()), ("b/e.docx", word())]);
    let run =
        |arguments: &[&str]| check().args(["--pack", "framing"]).args(arguments.iter().copied()).in_dir(&drafts).run();
    let output = run(&["--annotate", "out", "a", "b"]);
    assert_eq!(output.code, 2);
    assert!(
        output.stderr.contains("b/d.docx: its copy would be out/d.docx, as that of a/d.docx is"),
        "{}",
        output.stderr
    );
    // The others have theirs.
    assert!(
        drafts.path("out/d.docx").exists()
            && drafts.path("out/e.docx").exists()
            && !drafts.path("out/broken.docx").exists()
    );
    let before = fs::read(drafts.path("b/d.docx")).expect("it is there");
    let output = run(&["--annotate", "b", "--force", "a", "b/d.docx"]);
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("its copy would be b/d.docx, which is a draft itself"), "{}", output.stderr);
    assert_eq!(fs::read(drafts.path("b/d.docx")).expect("it is there"), before);
    for (arguments, said) in [
        (&["--annotate", "b", "b"][..], "b: this is the folder of the documents themselves"),
        (&["--annotate", "a/d.docx", "b"], "a/d.docx: not a folder"),
        (&["--annotate", "new.docx", "a", "b"], "new.docx: not a folder"),
        (&["--annotate", "new.docx"], "--annotate needs the draft, or the folder"),
        (&["--annotate", "new.odt", "a/d.docx"], "must end in the same way"),
    ] {
        let output = run(arguments);
        assert!(output.code == 2 && output.stderr.contains(said), "{arguments:?} {}", output.stderr);
    }
    // One document goes into a folder that is there, or that says it is one.
    assert_eq!(run(&["--annotate", "c/", "a/d.docx"]).code, 1);
    assert!(drafts.path("c/d.docx").exists());
}

const DRAFT: &str = "# Joint statement\n\nThe leaders spoke of **China** containment & <b>more</b>.\n\n## Aims\n\n1. On China\n   containment:\n   - China containment below.\n2. Peace.\n\n> Quoted: China containment.\n\n| Aim | Means |\n|---|---|\n| Peace | China containment |\n\nA note.[^n]\n\n[^n]: On China containment.\n";

/// The words that each comment of a document stands on.
fn commented(document: &[u8]) -> Vec<String> {
    let xml = unpack(document, "word/document.xml").expect("there is a document");
    let words = |id: usize| {
        let behind = xml.split_once(&format!("<w:commentRangeStart w:id=\"{id}\"/>"))?.1;
        Some(text(behind.split_once(&format!("<w:commentRangeEnd w:id=\"{id}\"/>"))?.0))
    };
    (0..).map_while(words).collect()
}

#[test]
fn a_word_document_is_made_of_a_draft_with_a_comment_on_the_very_words() {
    let html = "<h1>Joint statement</h1><p>The leaders spoke of <i>China</i> containment.</p><ol start=3><li>China containment</ol>";
    for (name, draft, count) in
        [("d.md", DRAFT, 6), ("d.html", html, 2), ("d.txt", "On China\ncontainment.\n\nPeace.\n", 1)]
    {
        let drafts = folder([(name, draft)]);
        let output = check().args(["--pack", "framing", "--annotate", "out.docx", name]).in_dir(&drafts).run();
        assert!(output.stderr.contains(&format!("out.docx: {count} comment")), "{name} {}", output.stderr);
        assert_eq!(drafts.read(name), draft);
        let made = fs::read(drafts.path("out.docx")).expect("it is there");
        assert_eq!(commented(&made), vec!["China containment"; count], "{name}");
        // It is read as the draft is, block by block.
        let blocks = |draft: &comity::Draft| {
            let mut blocks: Vec<(usize, String)> = draft
                .blocks()
                .iter()
                .map(|block| (draft.source().find(block.text()).unwrap_or(0), block.text().to_owned()))
                .collect();
            blocks.sort();
            let mut texts: Vec<String> = blocks.into_iter().map(|(_, text)| text).collect();
            texts.sort();
            texts
        };
        let word = read(Format::Word, &made, Revisions::Accepted);
        let own = comity::Draft::read(drafts.path(name)).expect("it can be read");
        for block in own.blocks() {
            assert!(
                word.blocks().iter().any(|other| other.text().ends_with(block.text())),
                "{name} {:?}",
                block.text()
            );
        }
        assert!(blocks(&word).len() >= own.blocks().len());
    }
}

#[test]
fn the_blocks_of_a_draft_are_those_of_the_document_that_is_made_of_it() {
    let drafts = folder([("d.md", DRAFT)]);
    check().args(["--annotate", "out.docx", "d.md"]).in_dir(&drafts).run();
    let made = fs::read(drafts.path("out.docx")).expect("it is there");
    let word = read(Format::Word, &made, Revisions::Accepted);
    let blocks: Vec<String> =
        word.blocks().iter().map(|block| format!("{:?}: {}", block.kind(), block.text())).collect();
    assert_eq!(
        blocks,
        [
            "Title: Joint statement",
            "Paragraph: The leaders spoke of China containment & more.",
            "Heading: Aims",
            "Paragraph: 1. On China containment:",
            "Paragraph: \u{2022} China containment below.",
            "Paragraph: 2. Peace.",
            "Quotation: Quoted: China containment.",
            "Table: Aim",
            "Table: Means",
            "Table: Peace",
            "Table: China containment",
            "Paragraph: A note.",
            "Paragraph: n On China containment.",
        ]
    );
}

#[test]
fn suggestions_are_tracked_changes_in_the_document_that_is_made_of_a_draft() {
    let drafts = folder([("d.md", "The leaders spoke of **China** containment.\n")]);
    let output = check()
        .args(["--pack", "framing", "--fix", "--unsafe-fixes", "--annotate", "out.docx", "d.md"])
        .in_dir(&drafts)
        .run();
    assert!(output.stderr.contains("out.docx: 1 comment, 1 tracked change\n"), "{}", output.stderr);
    assert_eq!(drafts.read("d.md"), "The leaders spoke of **China** containment.\n");
    let made = fs::read(drafts.path("out.docx")).expect("it is there");
    for (revisions, expected) in [
        (Revisions::Original, "The leaders spoke of China containment.\n"),
        (Revisions::Accepted, "The leaders spoke of regional stability and peace.\n"),
    ] {
        assert_eq!(read(Format::Word, &made, revisions).source(), expected);
    }
}

#[test]
fn what_cannot_be_made_is_said_and_the_advice_of_fix_can_be_followed() {
    let rtf = r"{\rtf1\ansi On China containment now.\par}";
    let drafts = folder([("d.rtf", rtf), ("d.md", CHINA), ("pasted.docx", rtf)]);
    let run =
        |arguments: &[&str]| check().args(["--pack", "framing"]).args(arguments.iter().copied()).in_dir(&drafts).run();
    let output = run(&["--fix", "--unsafe-fixes", "d.rtf"]);
    assert!(
        output
            .stderr
            .contains("with --annotate FILE.docx a Word document made of it has the suggestions as tracked changes"),
        "{}",
        output.stderr
    );
    let output = run(&["--fix", "--unsafe-fixes", "--annotate", "out.docx", "d.rtf"]);
    assert!(output.stderr.contains("out.docx: 1 comment, 1 tracked change\n"), "{}", output.stderr);
    for (arguments, said) in [
        (
            &["--annotate", "out.odt", "d.md"][..],
            "out.odt: what is made of d.md is a Word document; name a file that ends in .docx",
        ),
        (&["--annotate", "new.docx", "--strip", "d.md"], "d.md: no comments of comity are in it"),
        (&["--annotate", "out.docx", "d.md"], "out.docx: is there already"),
    ] {
        let output = run(arguments);
        assert!(output.code == 2 && output.stderr.contains(said), "{arguments:?} {}", output.stderr);
    }
}

#[test]
fn a_document_that_is_made_holds_every_character_that_it_may() {
    let drafts = folder([("d.txt", "On <tags> & \"marks\" \u{1} China containment \u{ad6d}.\n")]);
    let output = check().args(["--pack", "framing", "--annotate", "out.docx", "d.txt"]).in_dir(&drafts).run();
    assert!(output.stderr.contains("out.docx: 1 comment\n"), "{}", output.stderr);
    let made = fs::read(drafts.path("out.docx")).expect("it is there");
    assert_eq!(commented(&made), ["China containment"]);
    assert_eq!(
        read(Format::Word, &made, Revisions::Accepted).source(),
        "On <tags> & \"marks\" \u{fffd} China containment \u{ad6d}.\n"
    );
}

#[test]
fn addresses_and_code_stand_in_the_document_that_is_made_as_they_are_written() {
    let draft =
        "See https://example.org/a, <https://example.org/b> and `code here`![a flag](a.png): China containment.\n";
    let drafts = folder([("a.md", draft)]);
    check().args(["--pack", "framing", "--annotate", "a.docx", "a.md"]).in_dir(&drafts).run();
    let copy = fs::read(drafts.path("a.docx")).expect("it is there");
    let made = read(Format::Word, &copy, Revisions::Accepted);
    let read = made.source();
    assert!(
        read.starts_with("See https://example.org/a, https://example.org/b and code here: China containment."),
        "{read}"
    );
    assert_eq!(commented(&copy), ["China containment"]);
}

#[test]
fn libreoffice_opens_a_document_that_was_made_and_takes_its_comments() {
    if !installed("soffice") && missing("LibreOffice is not installed") {
        return;
    }
    let drafts = folder([("d.md", DRAFT)]);
    check().args(["--pack", "framing", "--annotate", "out.docx", "d.md"]).in_dir(&drafts).run();
    convert(&drafts, "out.docx", "txt:Text (encoded):UTF8");
    let shown = drafts.read("out.txt");
    for words in [
        "Joint statement",
        "The leaders spoke of China containment & more.",
        "1.\tOn China containment:",
        "Aim",
        "Means",
        "A note.",
        "n\tOn China containment.",
    ] {
        assert!(shown.contains(words), "{words} {shown}");
    }
    convert(&drafts, "out.docx", "odt");
    let odt = fs::read(drafts.path("out.odt")).expect("it is there");
    let content = unpack(&odt, "content.xml").expect("there is a text");
    assert_eq!(content.matches("<office:annotation ").count(), 6);
    // What LibreOffice makes of the comments is known again, and taken out whole.
    for name in ["out.odt", "again.docx"] {
        if name == "again.docx" {
            fs::copy(drafts.path("out.odt"), drafts.path("again.odt")).expect("it can be copied");
            convert(&drafts, "again.odt", "docx");
        }
        let output = check()
            .args(["--pack", "framing", "--force", "--annotate", &format!("twice-{name}"), name])
            .in_dir(&drafts)
            .run();
        assert!(output.stderr.contains(": 0 comments (6 more were there)\n"), "{name} {}", output.stderr);
        let output = check()
            .args(["--pack", "framing", "--force", "--strip", "--annotate", &format!("bare-{name}"), name])
            .in_dir(&drafts)
            .run();
        assert!(output.stderr.contains(": 6 comments taken out\n"), "{name} {}", output.stderr);
        convert(&drafts, format!("bare-{name}"), "txt:Text (encoded):UTF8");
    }
}
