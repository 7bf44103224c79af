//! `comity compare`: two drafts of one text, from outside.

use std::path::PathBuf;

use crate::common::word::{docx, paragraph, run};
use crate::common::{Comity, comity, folder, root};
use comity::compare::compare;
use comity::{Draft, Format, RuleSet};
use proptest::prelude::*;
use snapbox::Data;
use snapbox::assert_data_eq;

/// `comity compare --no-config`.
fn comparing() -> Comity {
    comity().args(["compare", "--no-config"])
}

#[test]
fn every_pair_of_fixtures_has_its_comparison_beside_it() {
    let folder = std::fs::read_dir(root().join("fixtures/compare")).expect("the fixtures are there");
    let mut olds: Vec<PathBuf> = folder
        .map(|entry| PathBuf::from("fixtures/compare").join(entry.expect("the folder can be read").file_name()))
        .filter(|path| path.to_string_lossy().ends_with(".old.md"))
        .collect();
    olds.sort();
    assert!(!olds.is_empty());
    for old in olds {
        let name = old.to_string_lossy().replace(".old.md", "");
        for format in ["human", "json", "html"] {
            let output = comparing().args(["--format", format]).arg(&old).arg(format!("{name}.new.md")).run();
            assert_eq!(output.stderr, "");
            assert_data_eq!(output.stdout, Data::read_from(&root().join(format!("{name}.{format}")), None).raw());
        }
    }
}

#[test]
fn the_code_tells_whether_something_grave_came_in() {
    let bad = "They met. China containment is a goal.\n";
    let good = "They met. Peace is a goal of both.\n";
    let files = folder([("bad.md", bad), ("good.md", good), ("same.md", "They  met.\nPeace is a **goal** of both.\n")]);
    let code = |args: &[&str]| comparing().args(args.iter().copied()).in_dir(&files).run().code;
    assert_eq!(code(&["good.md", "bad.md"]), 1);
    assert_eq!(code(&["good.md", "bad.md", "--fail-on", "never"]), 0);
    assert_eq!(code(&["good.md", "bad.md", "--select", "balance-of-power-unknown"]), 2);
    assert_eq!(code(&["bad.md", "good.md"]), 0);
    assert_eq!(code(&["bad.md", "good.md", "--fail-on-change"]), 1);
    assert_eq!(code(&["bad.md", "good.md", "--fail-on", "change"]), 1);
    files.write("will.md", b"They met. They will pay all costs.\n");
    files.write("may.md", b"They met. They may pay all costs.\n");
    files.write("less.md", b"They met.\n");
    assert_eq!(code(&["will.md", "may.md"]), 0);
    assert_eq!(code(&["will.md", "may.md", "--fail-on", "weaker"]), 1);
    assert_eq!(code(&["will.md", "less.md", "--fail-on", "never,weaker"]), 1);
    assert_eq!(code(&["may.md", "will.md", "--fail-on", "weaker"]), 0);
    files.write("not.md", b"They met. They will not pay all costs.\n");
    assert_eq!(code(&["will.md", "not.md", "--fail-on", "weaker"]), 1);
    assert_eq!(code(&["not.md", "will.md", "--fail-on", "weaker"]), 1);
    assert_eq!(code(&["good.md", "bad.md", "--fail-on", "never,weaker"]), 0);
    assert_eq!(code(&["good.md", "bad.md", "--fail-on", "stronger"]), 2);
    assert_eq!(code(&["good.md", "same.md", "--fail-on-change"]), 0);
    comparing().args(["good.md", "same.md"]).in_dir(&files).run().is(0, "nothing differs\n", "");
    comparing().args(["good.md", "-"]).stdin(good).in_dir(&files).run().is(0, "nothing differs\n", "");
}

#[test]
fn what_cannot_be_read_is_said() {
    let files = folder([("a.md", "Peace.\n")]);
    let said = |args: &[&str]| {
        let output = comparing().args(args.iter().copied()).in_dir(&files).run();
        assert_eq!((output.code, output.stdout.as_str()), (2, ""), "{args:?}");
        output.stderr
    };
    assert!(said(&["a.md", "b.md"]).starts_with("error: b.md: "));
    assert!(said(&["a.md"]).starts_with("error: give two drafts, or a revision"));
    assert!(said(&["-", "-"]).starts_with("error: only one of the drafts"));
    assert_eq!(said(&["HEAD", "--", "a.md"]), "error: a.md: not in a git repository\n");
    let hint = "error: HEAD: no such file; if it is a revision, write `comity compare HEAD -- a.md`\n";
    assert_eq!(said(&["HEAD", "a.md"]), hint);
    for behind in [&["a.md", "--select", "names"][..], &["--select", "names", "a.md"], &["--select"]] {
        let expected = "error: `--select` stands behind `--`, where nothing but the draft goes: put options before it, \
                        as in `comity compare --no-config HEAD~1 -- draft.md`\n";
        assert_eq!(said(&[&["HEAD", "--"], behind].concat()), expected);
    }
    assert_eq!(said(&["HEAD", "--", "a.md", "b.md"]), "error: a.md: not in a git repository\n");
}

#[test]
fn documents_are_compared_by_their_paragraphs_and_by_what_their_tracked_changes_do() {
    let tracked = |kind: &str, text: &str| format!("<w:{kind} w:id=\"1\" w:author=\"A\">{text}</w:{kind}>");
    let deleted = "<w:r><w:delText>will</w:delText></w:r>";
    let sentence = [run("They "), tracked("del", deleted), tracked("ins", &run("may")), run(" meet on 3 May.")];
    let talks = format!("{}<w:p>{}</w:p>", paragraph(&["Talks"]), sentence.concat());
    let framed = paragraph(&["This serves China containment."]);
    let files = folder([
        ("talks.docx", docx(&talks)),
        ("new.docx", docx(&(talks.replace('3', "4") + &framed))),
        ("a.md", b"Peace.\n".to_vec()),
    ]);
    let told = |args: &[&str]| comparing().args(args.iter().copied()).in_dir(&files).run();
    let done = told(&["--revisions", "both", "talks.docx"]);
    done.is(
        0,
        "0 findings came in, 0 went out; 1 sentence weakened, 1 changed\n\n\
         talks.docx (original):\u{b6}2 -> talks.docx (accepted):\u{b6}2: changed\n  weakened: will -> may\n  \
         They [-will-] meet on 3 May.                                                  \u{2502} They {+may+} meet on 3 May.\n",
        "",
    );
    let versions = told(&["talks.docx", "new.docx"]);
    assert_eq!(versions.code, 1, "{}", versions.stdout);
    assert!(versions.stdout.contains("\n  new.docx:\u{b6}3:13: error: \"China containment\" "), "{}", versions.stdout);
    assert!(versions.stdout.contains("\ntalks.docx:\u{b6}2 -> new.docx:\u{b6}2: changed\n  date: 3 May -> 4 May\n"));
    // Before the changes both said "will".
    let before = told(&["--revisions", "original", "talks.docx", "new.docx", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&before.stdout).unwrap();
    let sentence = &report["sentences"][0]["new"];
    assert_eq!(sentence["text"], "They will meet on 4 May.");
    let place = serde_json::json!({"part": "word/document.xml", "paragraph": 2, "start": 0, "end": 24, "heading": null, "label": null});
    assert_eq!(sentence["document"], place);
    assert_eq!(report["findings"]["came"][0]["document"]["paragraph"], 3);

    let two = told(&["--revisions", "both", "talks.docx", "new.docx"]);
    assert!(two.stderr.starts_with("error: --revisions both compares the two texts of one document"), "{}", two.stderr);
    let text = told(&["--revisions", "both", "a.md"]);
    text.is(2, "", "error: a.md: no document with tracked changes; --revisions both takes a .docx or an .odt\n");
}

/// The repository of a test, written by the git of the machine.
fn git(dir: &impl AsRef<std::path::Path>, args: &[&str]) -> bool {
    let mut command = std::process::Command::new("git");
    command.current_dir(dir).args(["-c", "user.name=A", "-c", "user.email=a@example.org"]).args(args);
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("GIT_CONFIG_NOSYSTEM", "1");
    command.output().is_ok_and(|output| output.status.success())
}

#[test]
fn revisions_of_a_draft_are_read_from_the_repository() {
    let files = folder([("texts/draft.md", "They will meet in Seoul.\n")]);
    if !git(&files, &["init", "-q"]) {
        // Without git there is no repository to read.
        return;
    }
    let commit = |text: &str| {
        files.write("texts/draft.md", text.as_bytes());
        assert!(git(&files, &["add", "."]) && git(&files, &["commit", "-q", "-m", "x"]));
    };
    commit("They shall meet in Seoul.\n");
    commit("They will meet in Seoul.\n");
    assert!(git(&files, &["tag", "-a", "v1", "-m", "x"]));
    // Packed and not packed alike.
    assert!(git(&files, &["gc", "-q"]));
    commit("They may meet in Seoul.\n");
    files.write("texts/draft.md", b"They may not meet in Seoul.\n");
    let remarks = |args: &[&str]| {
        let output = comparing().args(["--min-severity", "error"]).args(args.iter().copied()).in_dir(&files).run();
        assert_eq!((output.code, output.stderr.as_str()), (0, ""), "{args:?}");
        output
            .stdout
            .lines()
            .filter(|line| line.contains(": ") && line.starts_with("  "))
            .map(str::trim)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let draft = "texts/draft.md";
    assert_eq!(remarks(&["HEAD", "--", draft]), ["negation added: not"]);
    assert_eq!(remarks(&["HEAD~2", "HEAD~1", "--", draft]), ["weakened: shall -> will"]);
    assert_eq!(remarks(&["v1^", "@", "--", draft]), ["weakened: shall -> may"]);
    assert_eq!(remarks(&["v1", "HEAD^1", "--", draft]), [""; 0]);
    for (args, expected) in [
        (["nothing", "--", draft], "error: `nothing` is no revision: there is no such branch, tag or commit\n"),
        (["HEAD~9", "--", draft], "error: `HEAD~9` is no revision: its history does not go back so far\n"),
        (["HEAD", "--", "other.md"], "error: other.md: not in revision `HEAD`\nerror: other.md: "),
    ] {
        let output = comparing().args(args).in_dir(&files).run();
        assert!(output.code == 2 && output.stderr.starts_with(expected), "{output:?}");
    }
}

/// What git keeps of an object that says that it has `size` bytes, and has few.
fn loose_object(size: u64) -> Vec<u8> {
    let content = format!("blob {size}\0Peace.\n").into_bytes();
    let (a, b) = content.iter().fold((1u32, 0u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65521;
        (a, (a + b) % 65521)
    });
    let len = content.len() as u16;
    // One block that is not compressed.
    let mut bytes = vec![0x78, 1, 1];
    bytes.extend(len.to_le_bytes().into_iter().chain((!len).to_le_bytes()).chain(content));
    bytes.extend(((b << 16) | a).to_be_bytes());
    bytes
}

#[test]
fn a_draft_that_is_too_large_in_a_revision_is_refused_before_it_is_unpacked() {
    let files = folder([("draft.md", "They will meet.\n")]);
    if !git(&files, &["init", "-q"]) {
        return;
    }
    assert!(git(&files, &["add", "."]) && git(&files, &["commit", "-q", "-m", "x"]));
    let folders = std::fs::read_dir(files.path(".git/objects")).unwrap().map(|entry| entry.unwrap().path());
    let objects = folders.filter(|path| path.file_name().unwrap().len() == 2);
    let mut blob = objects.flat_map(|folder| std::fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    let blob = blob.find(|path| git_says(&files, path, "blob")).expect("the draft is kept");
    std::fs::remove_file(&blob).unwrap();
    std::fs::write(&blob, loose_object(4 << 30)).unwrap();
    let output = comparing().args(["HEAD", "--", "draft.md"]).in_dir(&files).run();
    let expected = "error: draft.md: in revision `HEAD` larger than 16 MiB; raise the limit with --max-size\n";
    output.is(2, "", expected);
}

/// Whether the object that git keeps in this file is of a kind.
fn git_says(dir: &impl AsRef<std::path::Path>, object: &std::path::Path, kind: &str) -> bool {
    let names: Vec<_> = object.iter().rev().take(2).map(|name| name.to_string_lossy()).collect();
    let command = std::process::Command::new("git")
        .current_dir(dir)
        .args(["cat-file", "-t", &format!("{}{}", names[1], names[0])])
        .output();
    command.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim() == kind)
}

/// Two drafts of these sentences, a paragraph each, compared as JSON.
fn compared(sentences: &[(&str, &str)]) -> serde_json::Value {
    let draft =
        |text: &dyn Fn(&(&str, &str)) -> String| sentences.iter().map(|pair| text(pair) + "\n\n").collect::<String>();
    let files = folder([("old.md", draft(&|pair| pair.0.to_owned())), ("new.md", draft(&|pair| pair.1.to_owned()))]);
    let output = comparing().args(["old.md", "new.md", "--select", "framing", "--format", "json"]).in_dir(&files).run();
    assert_eq!((output.code, output.stderr.as_str()), (0, ""));
    serde_json::from_str(&output.stdout).expect("it is JSON")
}

#[test]
fn a_figure_that_is_only_written_in_another_way_is_no_change() {
    let same = [
        ("They signed the accord on 12 March 2024 in Avalon.", "They signed the accord on March 12, 2024 in Avalon."),
        ("They renewed it on 12th March 2025.", "They renewed it on the 12th of March 2025."),
        ("They amended it on 13 March 2025.", "They amended it on 2025-03-13."),
        (
            "They meet again in Sept. 2027 and on Friday, 3 December.",
            "They meet again in September 2027 and on Friday, December 3.",
        ),
        ("They will invest $500 million in cables.", "They will invest 500 million dollars in cables."),
        ("They will invest $0.5 billion in ports.", "They will invest US$500m in ports."),
        ("They will invest $10 billion in ships.", "They will invest 10bn dollars in ships."),
        ("They will invest \u{20ac}2.5 billion in roads.", "They will invest 2,500 million euros in roads."),
        ("All 28,500 troops will stay.", "All 28500 troops will stay."),
        ("It pays 50% of all costs.", "It pays 50 percent of all costs."),
        ("It pays 40 per cent of the rent.", "It pays forty percent of the rent."),
        ("It spends 2.6% of its GDP on defence.", "It spends 2.6 per cent of its GDP on defence."),
        ("They held the 10th round of talks.", "They held the tenth round of talks."),
        ("It has three parts to be built.", "It has 3 parts to be built."),
    ];
    let report = compared(&same);
    assert_eq!(report["sentences"], serde_json::json!([]));
    // Beside a change of words it is none either.
    let changed: Vec<String> = same.iter().map(|(_, new)| new.replacen("They ", "They together ", 1)).collect();
    let pairs: Vec<(&str, &str)> = same.iter().zip(&changed).map(|(pair, new)| (pair.0, new.as_str())).collect();
    for sentence in compared(&pairs)["sentences"].as_array().expect("a list") {
        let differs = [&sentence["old"]["differs"], &sentence["new"]["differs"]];
        assert_eq!(differs, [&serde_json::json!([]), &serde_json::json!(["together"])], "{sentence}");
        assert_eq!(sentence["remarks"], serde_json::json!([]), "{sentence}");
    }
}

#[test]
fn a_figure_of_another_value_is_told_with_both() {
    let cases = [
        ("They give $500 million to it.", "They give $500 billion to it.", "money: $500 million -> $500 billion"),
        (
            "They lend $600 million to it.",
            "They lend 650 million dollars to it.",
            "money: $600 million -> 650 million dollars",
        ),
        ("They owe US$70 million to us.", "They owe A$70 million to us.", "money: US$70 million -> A$70 million"),
        (
            "They send \u{20ac}80 million to us.",
            "They send $80 million to us.",
            "money: \u{20ac}80 million -> $80 million",
        ),
        ("They meet the press on 5 May here.", "They meet the press on 6 May here.", "date: 5 May -> 6 May"),
        ("They dine with us on 7 May 2027.", "They dine with us on May 7, 2028.", "date: 7 May 2027 -> May 7, 2028"),
        (
            "Taxes rise by 3 percent in spring.",
            "Taxes rise by 3 percentage points in spring.",
            "per cent: 3 percent -> 3 percentage points",
        ),
        ("Fees fall by 4% in autumn.", "Fees fall by 5 per cent in autumn.", "per cent: 4% -> 5 per cent"),
        ("Shares of 9% of GDP go to schools.", "Shares of 9 percent of GNP go to schools.", "name: GDP -> GNP"),
        ("The tenth round was the best.", "The 11th round was the best.", "number: tenth -> 11th"),
        ("All 28,500 troops will stay.", "All 28000 troops will stay.", "number: 28,500 -> 28000"),
        // What may mean two things is not known to be the same.
        (
            "It was signed by us on 03/04/2027.",
            "It was signed by us on 04/03/2027.",
            "number: 03/04/2027 -> 04/03/2027",
        ),
        ("See section 1.1 for the list.", "See section 1.10 for the list.", "number: 1.1 -> 1.10"),
        ("A wall of 5 m will be built.", "A wall of 5 million will be built.", "number: 5 -> 5 million"),
    ];
    let pairs: Vec<(&str, &str)> = cases.iter().map(|(old, new, _)| (*old, *new)).collect();
    let report = compared(&pairs);
    let sentences = report["sentences"].as_array().expect("a list");
    assert_eq!(sentences.len(), cases.len(), "{report:#}");
    for (sentence, (old, _, expected)) in sentences.iter().zip(cases) {
        let remark = &sentence["remarks"][0];
        let said = ["name", "old", "new"].map(|key| remark[key].as_str().unwrap_or_default());
        assert_eq!(format!("{}: {} -> {}", said[0], said[1], said[2]), expected, "{old}");
    }
}

#[test]
fn a_finding_on_a_figure_stays_however_the_figure_is_written() {
    let rule = "schema: 1\npack: own\ntitle: Own\nrules:\n  - id: sum\n    kind: figure\n    units: [money]\n    why: It is.\n    \
                source: house\n    examples: {flag: [\"It costs $5.\", \"It costs $6.\"], pass: [\"None.\", \"Nothing.\"]}\n";
    let files = folder([
        ("own.yml", rule),
        ("a.md", "They will pay $10 billion for it.\n"),
        ("b.md", "They will pay 10bn dollars for it.\n"),
        ("c.md", "They will pay 11bn dollars for it.\n"),
    ]);
    let told =
        |new: &str| comparing().args(["--rules", "own.yml", "--select", "own", "a.md", new]).in_dir(&files).run();
    told("b.md").is(0, "nothing differs\n", "");
    let other = told("c.md");
    assert!(other.stdout.starts_with("1 finding came in, 1 went out; 1 sentence changed\n"), "{}", other.stdout);
}

#[test]
fn nothing_of_a_draft_reaches_the_terminal_unescaped() {
    let files = folder([
        ("a.md", "They will \u{1b}[31mmeet\u{202e} soon.\n"),
        ("b.md", "They may \u{1b}[31mmeet\u{202e} \u{9b}2J soon.\n"),
    ]);
    for args in [&["a.md", "b.md"][..], &["a.md", "b.md", "--format", "json"]] {
        let output = comparing().args(args.iter().copied()).in_dir(&files).run();
        assert!(!output.stdout.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{}", output.stdout);
    }
}

#[test]
fn what_is_not_text_is_shown_as_left_out() {
    let files =
        folder([("a.md", "See `code` and [x](y), it will do.\n"), ("b.md", "See `code` and [x](y), it may do.\n")]);
    let output = comparing().args(["a.md", "b.md"]).in_dir(&files).run();
    let sides = output.stdout.lines().last().unwrap_or_default().split(" \u{2502} ").map(str::trim).collect::<Vec<_>>();
    assert_eq!(sides, ["See \u{2026} and x, it [-will-] do.", "See \u{2026} and x, it {+may+} do."]);
}

#[test]
fn hostile_drafts_take_time_in_proportion() {
    // No time is asserted: were a step quadratic, the test would not come to an end.
    let repeated = "A b. ".repeat(60_000);
    let long = "word other ".repeat(60_000);
    let rising: String = (0..40_000).map(|n| format!("w{n} x{n} same. ")).collect();
    let verbs = "they do not strongly condemn Japan, or said that it will fully note other talks, ".repeat(4_000);
    for text in [repeated, long, rising, verbs] {
        let old = Draft::new(Format::Text, text.clone());
        let new = Draft::new(
            Format::Text,
            text.replace("other", "another").replace("same", "like").replace("b.", "c.").replace("will", "would"),
        );
        let comparison = compare(&old, &new, Vec::new(), Vec::new());
        assert!(!comparison.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_draft_does_not_differ_from_itself(
        sentences in proptest::collection::vec("([A-Z\\[][a-z]{0,3}( [a-z0-9\\[\\]$%,*_-]{1,4}){0,5}[.?]|China containment\\.|\\PC{0,12})[ \n]{1,2}", 0..12)
    ) {
        let rules = RuleSet::builtin().expect("the packs are sound");
        let draft = Draft::new(Format::Markdown, sentences.concat());
        let comparison = compare(&draft, &draft, rules.check(&draft), rules.check(&draft));
        prop_assert!(comparison.is_empty(), "{comparison:?}");
        prop_assert_eq!(comparison.stayed, rules.check(&draft).len());
    }
}
