//! Baselines through the binary: what is accepted, what is new, what is gone.

use crate::common::{Folder, Output, comity, folder};

const PACK: &str = "schema: 1
pack: t
rules:
  - {id: share, phrases: [burden sharing], message: shared}
  - {id: line, severity: error, redline: true, phrases: [China containment], message: line}
";

fn run(files: &Folder, args: &[&str]) -> Output {
    let all = ["check", "--rules", "t.yml", "--select", "t", "--format", "short"];
    comity().args(all.into_iter().chain(args.iter().copied())).in_dir(files).run()
}

fn archive() -> Folder {
    folder([
        ("t.yml", PACK),
        ("a/one.md", "They praise burden sharing in Seoul.\n\nOn China containment they differ.\n"),
        ("a/two.md", "The burden sharing of costs is fair.\n"),
    ])
}

#[test]
fn what_is_accepted_is_not_reported_and_what_is_new_is() {
    let files = archive();
    run(&files, &["--write-baseline", "known.yml", "a"]).is(
        0,
        "",
        "known.yml: 2 findings accepted, 0 before; 1 red line cannot be\n",
    );
    let written = files.read("known.yml");
    run(&files, &["-q", "--write-baseline", "known.yml", "a"]).is(0, "", "");
    assert_eq!(files.read("known.yml"), written);

    let line = "a/one.md:3:4: error: line [t/line]\n";
    let said = "known.yml: 2 findings accepted\n2 drafts checked: 1 error, 0 warnings, 0 notes; 2 suppressed\n";
    run(&files, &["--baseline", "known.yml", "a"]).is(1, line, said);
    // Moved, wrapped anew, and a paragraph that is new.
    let moved = "A new burden sharing.\n\nOn China containment they differ.\n\nThey praise burden\nsharing in Seoul.\n";
    files.write("a/one.md", moved.as_bytes());
    let expected = "a/one.md:1:7: warning: shared [t/share]\na/one.md:3:4: error: line [t/line]\n";
    run(&files, &["-q", "--baseline", "known.yml", "a"]).is(1, expected, "");
}

#[test]
fn what_is_gone_is_counted_and_forgotten() {
    let files = archive();
    run(&files, &["-q", "--write-baseline", "known.yml", "a"]).is(0, "", "");
    files.write("a/two.md", b"The costs are fair.\n");
    let said = "known.yml: 0 findings accepted; 1 entry no longer there, --write-baseline takes them out\n\
                1 draft checked: nothing found\n";
    run(&files, &["--baseline", "known.yml", "a/two.md"]).is(0, "", said);
    // The draft that is not checked keeps its entry.
    run(&files, &["-q", "--write-baseline", "known.yml", "a/two.md"]).is(0, "", "");
    let known = files.read("known.yml");
    assert!(known.contains("a/one.md:") && !known.contains("a/two.md"), "{known}");
    // A draft that is no longer there does not.
    std::fs::remove_file(files.path("a/one.md")).expect("it is there");
    run(&files, &["-q", "--write-baseline", "known.yml", "a"]).is(0, "", "");
    assert!(!files.read("known.yml").contains("a/one.md"));
}

#[test]
fn what_is_accepted_is_not_fixed_and_is_told_in_json() {
    let files = archive();
    files.write(
        "t.yml",
        PACK.replace("phrases: [burden sharing]", "phrases: [burden sharing], suggest: [cooperation], fix: safe")
            .as_bytes(),
    );
    run(&files, &["-q", "--write-baseline", "known.yml", "a/two.md"]).is(0, "", "");
    let before = files.read("a/two.md");
    run(&files, &["-q", "--fix", "--baseline", "known.yml", "a/two.md"]).is(0, "", "");
    assert_eq!(files.read("a/two.md"), before);
    let args =
        ["check", "--rules", "t.yml", "--select", "t", "-q", "--format", "json", "--baseline", "known.yml", "a/two.md"];
    let json = comity().args(args).in_dir(&files).run().stdout;
    assert!(json.contains("\"suppressed\":{\"by\":\"baseline\",\"reason\":null,\"line\":null"), "{json}");
}

#[test]
fn a_fix_that_would_make_new_what_is_accepted_is_not_applied() {
    let pack = "schema: 1
pack: t
rules:
  - {id: agree, fix: safe, phrases: ['agree~ to'], suggest: ['decide~ to'], message: agreed}
  - {id: share, fix: safe, phrases: [burden sharing], suggest: [shared responsibility], message: shared}
";
    let draft = "They agreed to seek burden sharing.\n\nThey agreed to meet.\n";
    for severity in ["note", "error"] {
        let files = folder([("d.md", draft)]);
        files.write("t.yml", pack.replace("id: share,", &format!("id: share, severity: {severity},")).as_bytes());
        let accept =
            ["check", "--rules", "t.yml", "--select", "t/share", "-q", "--write-baseline", "known.yml", "d.md"];
        comity().args(accept).in_dir(&files).run().is(0, "", "");
        let said = "known.yml: 1 finding accepted
1 fixed in 1 draft; 1 left, which would have brought in a new finding, torn the text or been found again
1 draft checked: 0 errors, 1 warning, 0 notes; 1 suppressed
";
        run(&files, &["--fix", "--baseline", "known.yml", "d.md"]).is(0, "d.md:1:6: warning: agreed [t/agree]\n", said);
        assert_eq!(files.read("d.md"), draft.replace("agreed to meet", "decided to meet"));
    }
}

#[test]
fn a_draft_from_standard_input_is_known_by_the_name_that_is_given() {
    let files = archive();
    let draft = files.read("a/two.md");
    let run = |args: &[&str]| {
        let all = ["check", "--rules", "t.yml", "--select", "t", "--format", "short", "-q", "-"];
        comity().args(all.into_iter().chain(args.iter().copied())).in_dir(&files).stdin(draft.as_str()).run()
    };
    // Whether the file is there or not.
    for name in ["a/two.md", "a/new.md"] {
        run(&["--stdin-filename", name, "--write-baseline", "known.yml"]).is(0, "", "");
        assert!(files.read("known.yml").contains(&format!("\n  {name}:\n  - rule: t/share\n")));
        run(&["--stdin-filename", name, "--baseline", "known.yml"]).is(0, "", "");
    }
    let said = "error: a baseline knows drafts by their files: say with --stdin-filename which one this draft is\n";
    run(&["--write-baseline", "known.yml"]).is(2, "", said);
    run(&["--baseline", "known.yml"]).is(2, "", said);
}

#[test]
fn a_baseline_that_is_wrong_is_said_at_its_place_and_left_alone() {
    let files = archive();
    let wrong = "schema: 1\ndrafts:\n  a/one.md:\n  - {rule: t/share, fingerprint: x}\n";
    files.write("known.yml", wrong.as_bytes());
    for option in ["--baseline", "--write-baseline"] {
        let output = run(&files, &[option, "known.yml", "a"]);
        assert_eq!((output.code, output.stdout.as_str()), (2, ""), "{output:?}");
        assert!(output.stderr.contains("known.yml:4:34"), "{output:?}");
        assert_eq!(files.read("known.yml"), wrong);
    }
}
