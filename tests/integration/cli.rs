//! The command line from outside: what is checked with what, where it is written to, and how the run ends.

use std::fs::File;
use std::process::Stdio;

use crate::common::{check, comity, folder};

const ERROR: &str = "They support China containment.\n";
const WARNING: &str = "They reject bloc politics.\n";
const NOTE: &str = "They welcomed progress on defense cost-sharing.\n";

/// `comity check --no-config --format short -q`.
fn short() -> crate::common::Comity {
    check().args(["--pack", "framing", "--format", "short", "-q"])
}

#[test]
fn the_exit_code_tells_whether_something_is_at_or_above_the_threshold() {
    let drafts = folder([("error.md", ERROR), ("warning.md", WARNING), ("note.md", NOTE), ("clean.md", "Peace.\n")]);
    let cases: [(&[&str], i32); 12] = [
        (&["clean.md"], 0),
        (&["error.md"], 1),
        (&["warning.md"], 0),
        (&["warning.md", "error.md"], 1),
        (&["warning.md", "--fail-on", "warning"], 1),
        (&["note.md", "--fail-on", "warning"], 0),
        (&["note.md", "--fail-on", "note"], 1),
        (&["error.md", "--fail-on", "never"], 0),
        (&["note.md", "--fail-on", "note", "--min-severity", "warning"], 0),
        (&["missing.md", "--fail-on", "never"], 2),
        (&["clean.md", "--fail-on", "sometimes"], 2),
        (&["clean.md", "--no-such-option"], 2),
    ];
    for (args, code) in cases {
        let output = short().args(args.iter().copied()).in_dir(&drafts).run();
        assert_eq!(output.code, code, "{args:?}: {output:?}");
    }
}

#[test]
fn a_draft_that_cannot_be_read_does_not_keep_the_others_from_being_reported() {
    let drafts = folder([
        ("a.md", ERROR.as_bytes()),
        ("latin.md", b"Peace\nin Cura\xe7ao"),
        ("utf16.md", b"C\0h\0i\0n\0a\0"),
        ("image.txt", b"\x89PNG\r\n\x1a\n\0\0"),
        ("apple.pages", b"PK"),
        ("z.md", WARNING.as_bytes()),
    ]);
    let files = ["a.md", "latin.md", "missing.md", "utf16.md", "image.txt", "apple.pages", "z.md"];
    let output = check().args(files).args(["--format", "short"]).in_dir(&drafts).run();
    assert_eq!(output.places(), ["a.md:1:14 framing/china-containment", "z.md:1:13 framing/bloc-confrontation"]);
    assert_eq!(output.code, 2);
    let (errors, summary) = output.stderr.trim_end().rsplit_once('\n').expect("there are several lines");
    assert_eq!(summary, "2 drafts checked, 5 could not be checked: 1 error, 1 warning, 0 notes");
    let zero = "a zero byte is not text; if this is UTF-16, save it with a byte-order mark, or as UTF-8";
    let expected = [
        &format!("error: image.txt: byte 0x00 at offset 8 (line 3): {zero}"),
        &format!("error: latin.md: byte 0xE7 at offset 13 (line 2): {LATIN}"),
        &format!("error: utf16.md: byte 0x00 at offset 1 (line 1): {zero}"),
    ];
    let unknown = "error: apple.pages: .pages drafts are not read; save the draft as Word (.docx), OpenDocument (.odt)";
    assert!(errors.lines().any(|line| line.starts_with(unknown)), "{errors}");
    for line in errors.lines().filter(|line| !line.contains("missing.md") && !line.starts_with(unknown)) {
        assert!(expected.iter().any(|known| known.as_str() == line), "{line}");
    }
    assert_eq!(errors.lines().count(), 5);
    assert!(errors.contains("error: missing.md: "), "{errors}");
}

#[test]
fn what_is_not_read_is_told() {
    let drafts = folder([
        ("a.md", "---\ntitle: Joint Statement\n---\n\nPeace `here`.\n\n```\ncode\n```\n\n<!-- x -->\n"),
        ("old/b.hwp", ""),
        ("old/c.PAGES", ""),
        ("old/d.pages", ""),
        ("old/e.rs", ""),
        ("old/LETTER", "They support China containment."),
        ("old/draft v1.2", "They support China containment."),
        ("old/h.log", ""),
        ("old/i.png", ""),
        ("more/j.mdx", "Peace.\n"),
        ("more/k.Rmd", "Peace.\n"),
        ("more/l.shtml", "<p>Peace.\n"),
        ("left/f.pages", ""),
        ("comity.yml", "ignore: [left/]\n"),
        ("old/comity.yaml", ""),
        ("other/.comity.yml", ""),
        ("other/g.md", "Peace.\n"),
    ]);
    let told = |args: &[&str]| comity().arg("check").args(args.iter().copied()).in_dir(&drafts).run();
    let files = "6 files not read: 2 without an ending, 1 .hwp, 1 .log, 2 .pages; save them as ";
    let lines =
        "3 lines of code, 1 line of code between words, 3 lines of front matter not read in 1 draft; -v says where";
    let output = told(&[]);
    assert_eq!(output.code, 0, "{output:?}");
    let said: Vec<&str> = output.stderr.lines().collect();
    assert_eq!(said[0], "other/.comity.yml: not read: a configuration is called comity.yml");
    assert!(said[1].starts_with(files), "{said:?}");
    assert_eq!(said[2..], [lines, "5 drafts checked: nothing found"]);
    // Who asks for nothing is told of files all the same.
    let output = told(&["-q"]);
    assert!(output.stderr.contains(files) && !output.stderr.contains("front matter"), "{output:?}");
    let output = told(&["-v"]);
    for line in [
        "old/b.hwp: .hwp files are not read",
        "old/LETTER: files without an ending are not read in a folder",
        "a.md: not read: front matter in lines 1-3",
        "a.md: not read: code between words in line 5",
        "a.md: not read: code in lines 7-9",
        "a.md: not read: comments in line 11",
    ] {
        assert!(output.stderr.lines().any(|said| said == line), "{line}: {output:?}");
    }
    assert!(!output.stderr.contains("f.pages: .pages"), "{output:?}");
    // A folder that has no draft, and that was named, is no success.
    let output = told(&["old"]);
    assert_eq!(output.code, 2, "{output:?}");
    assert!(output.stderr.contains("warning: there is no draft in old: "), "{output:?}");
    assert!(output.stderr.ends_with("0 drafts checked\n"), "{output:?}");
    let report = told(&["--format", "json"]).stdout;
    let report: serde_json::Value = serde_json::from_str(&report).expect("it is JSON");
    let not_read: Vec<&str> =
        report["not_read"].as_array().expect("a list").iter().filter_map(|part| part["reason"].as_str()).collect();
    assert_eq!(
        not_read,
        [
            "name", "format", "format", "format", "format", "format", "format", "front-matter", "code-span", "code",
            "comment"
        ]
    );
}

#[test]
fn markup_that_nothing_closes_is_told_and_hides_no_more_than_a_paragraph() {
    let told = || comity().args(["check", "--no-config", "--pack", "framing", "--format", "short"]);
    let rest = "\n\nThey support China containment.\n";
    for (name, begin, at) in [
        ("a.md", "<!-- TODO", 1),
        ("b.md", "Peace.\n\n<?php x", 3),
        ("c.md", "<script>x", 1),
        ("d.html", "<p>Peace.\n<!-- TODO", 2),
        ("e.html", "<style>x", 1),
    ] {
        let drafts = folder([(name, format!("{begin}{rest}"))]);
        let output = told().arg(name).in_dir(&drafts).run();
        assert_eq!(output.places(), [format!("{name}:{}:14 framing/china-containment", at + 2)], "{output:?}");
        let line = "1 line of markup that nothing closes not read in 1 draft; -v says where\n";
        assert!(output.stderr.contains(line), "{output:?}");
    }
    let drafts = folder([("a.md", format!("<!-- comity: off framing -- why{rest}"))]);
    let output = told().arg("a.md").in_dir(&drafts).run();
    assert_eq!(output.places().len(), 1, "{output:?}");
    assert!(output.stderr.contains("1 line of markup that nothing closes not read"), "{output:?}");
}

const LATIN: &str = "not UTF-8, it looks like Windows-1252 or Latin-1; save the file as UTF-8";

#[test]
fn the_name_of_standard_input_tells_its_format_and_its_place() {
    // Between fences it is code in Markdown.
    let draft = "Peace.\n\n```\nThey support China containment.\n```\n";
    short().arg("-").stdin(draft).run().is(0, "", "");
    short().args(["--stdin-filename", "a/b.md", "-"]).stdin(draft).run().is(0, "", "");
    let output = short().args(["--stdin-filename", "a/b.txt", "-"]).stdin(draft).run();
    assert_eq!(output.places(), ["a/b.txt:4:14 framing/china-containment"]);
    let output = short().arg("-").stdin(ERROR).run();
    assert_eq!(output.places(), ["<stdin>:1:14 framing/china-containment"]);
}

#[test]
fn standard_input_is_checked_with_the_configuration_of_the_folder_of_its_name() {
    let files = folder([("press/comity.yml", "disable: [china]\n")]);
    let run = |name: &str| {
        let args = ["check", "-q", "--format", "short", "-", "--stdin-filename", name];
        comity().args(args).stdin(ERROR).in_dir(&files).run().code
    };
    assert_eq!((run("press/new.md"), run("drafts/new.md")), (0, 1));
}

#[test]
fn standard_input_goes_with_no_other_path() {
    let message = "error: `-` reads one draft from standard input and cannot be checked together with other paths\n";
    short().args(["-", "fixtures/clean.md"]).run().is(2, "", message);
}

#[test]
fn a_folder_is_searched_for_drafts_that_version_control_does_not_ignore() {
    let files = folder([
        (".git/HEAD", "ref: refs/heads/main\n"),
        (".gitignore", "old/\n*.tmp.md\n"),
        ("b/z.md", ERROR),
        ("b/a.txt", ERROR),
        ("a.markdown", ERROR),
        ("c.md", ERROR),
        ("c.tmp.md", ERROR),
        ("old/d.md", ERROR),
        (".hidden/e.md", ERROR),
        ("f.rs", ERROR),
    ]);
    let found = ["a.markdown:1:14", "b/a.txt:1:14", "b/z.md:1:14", "c.md:1:14"];
    let found = found.map(|place| format!("{place} framing/china-containment"));
    assert_eq!(short().in_dir(&files).run().places(), found, "no path is the current directory");
    assert_eq!(short().arg(".").in_dir(&files).run().places(), found);
    assert_eq!(short().args(["c.md", ".", "b"]).in_dir(&files).run().places(), found, "in order, and each once");
    let named = short().args(["old/d.md", "f.rs"]).in_dir(&files).run().places();
    let expected = ["f.rs:1:14 framing/china-containment", "old/d.md:1:14 framing/china-containment"];
    assert_eq!(named, expected, "what is named is checked");
}

#[test]
fn the_order_of_the_report_does_not_depend_on_threads() {
    let files = folder(Vec::<(&str, &str)>::new());
    let names: Vec<String> = (0..150).map(|n| format!("draft-{n:03}.md")).collect();
    names.iter().for_each(|name| files.write(name, ERROR.as_bytes()));
    let expected: Vec<String> = names.iter().map(|name| format!("{name}:1:14 framing/china-containment")).collect();
    assert_eq!(short().in_dir(&files).run().places(), expected);
}

#[test]
fn rules_are_chosen_by_name_pack_or_tag() {
    let files = folder([("d.md", format!("{ERROR}\n{WARNING}\n{NOTE}\nThey flummox it and maintain USFK.\n"))]);
    files.write("house.yml", HOUSE.as_bytes());
    let all = ["framing/china-containment", "framing/bloc-confrontation", "framing/cost-sharing"];
    let cases: [(&[&str], &[&str]); 9] = [
        (&[], &all),
        (&["--select", "framing/cost-sharing"], &all[2..]),
        (&["--select", "china,entanglement"], &all[..2]),
        (&["--select", "framing", "--ignore", "entanglement"], &[all[0], all[2]]),
        (&["--ignore", "framing"], &[]),
        (&["--min-severity", "warning"], &all[..2]),
        (&["--pack", "framing", "--min-severity", "error"], &all[..1]),
        (&["--rules", "house.yml", "--select", "house"], &["house/plain-words"]),
        (&["--rules", "house.yml"], &[all[0], all[1], all[2], "house/plain-words"]),
    ];
    for (args, expected) in cases {
        let output = short().arg("d.md").args(args.iter().copied()).in_dir(&files).run();
        let rules: Vec<_> = output.places().iter().map(|place| place.rsplit(' ').next().map(str::to_owned)).collect();
        let expected: Vec<_> = expected.iter().map(|&rule| Some(rule.to_owned())).collect();
        assert_eq!(rules, expected, "{args:?} {}", output.stderr);
    }
}

const HOUSE: &str = "schema: 1\npack: house\nrules:\n  - {id: plain-words, phrases: [flummox~], suggest: use~}\n";

#[test]
fn a_name_that_means_nothing_is_refused_with_the_nearest() {
    let cases = [
        (
            "--select",
            "framing/china-containmnt",
            "is no rule, pack, tag, state or body; did you mean `framing/china-containment`?",
        ),
        ("--ignore", "chna", "is no rule, pack, tag, state or body; did you mean `china`?"),
        ("--select", "xyzzy", "is no rule, pack, tag, state or body; `comity rules` lists them"),
    ];
    for (option, name, message) in cases {
        short().args(["fixtures/clean.md", option, name]).run().is(2, "", &format!("error: `{name}` {message}\n"));
    }
    let unknown_pack = "error: there is no pack `framming`; did you mean `framing`?\n";
    short().args(["fixtures/clean.md", "--pack", "framming"]).run().is(2, "", unknown_pack);
    let unknown_rule = "error: there is no rule `framing/patron-cliet`; did you mean `framing/patron-client`?\n";
    comity().args(["explain", "framing/patron-cliet", "--no-config"]).run().is(2, "", unknown_rule);
    let without_pack = "error: there is no rule `patron-client`; did you mean `framing/patron-client`?\n";
    comity().args(["explain", "patron-client", "--no-config"]).run().is(2, "", without_pack);
}

#[test]
fn each_draft_is_checked_with_the_configuration_nearest_above_it() {
    let files = folder([
        ("comity.yml", "disable: [entanglement]\n"),
        ("top.md", WARNING),
        ("a/comity.yml", "disable: [china]\nseverity: {framing/bloc-confrontation: error}\n"),
        ("a/deep/down/both.md", "They support China containment and bloc politics.\n"),
        ("b/comity.yml", "packs: []\nrules: [own/house.yml]\n"),
        ("b/own/house.yml", HOUSE),
        ("b/words.md", "They flummox China containment.\n"),
    ]);
    let run = |args: &[&str]| {
        let output = comity().args(["check", "-q", "--format", "short"]).args(args.iter().copied());
        let output = output.in_dir(&files).run();
        (output.code, output.places())
    };
    let places = |places: &[&str]| places.iter().map(|&place| place.to_owned()).collect::<Vec<_>>();
    let down = "a/deep/down/both.md:1:36 framing/bloc-confrontation";
    assert_eq!(run(&[]), (1, places(&[down, "b/words.md:1:6 house/plain-words"])));
    assert_eq!(run(&["a", "b", "--config", "comity.yml"]).1, CHINA);
    assert_eq!(run(&["top.md", "--no-config", "--fail-on", "warning"]).0, 1);
    assert_eq!(run(&["b", "--pack", "framing"]).1.len(), 2, "the command line goes before the configuration");
}

const CHINA: [&str; 2] =
    ["a/deep/down/both.md:1:14 framing/china-containment", "b/words.md:1:14 framing/china-containment"];

#[test]
fn a_configuration_may_ask_more_of_some_drafts_and_leave_others_out() {
    let files = folder([
        (
            "comity.yml",
            "ignore: [/old/]\nfail-on: never\noverrides:\n  - files: ['press/**']\n    disable: [china]\n    severity: {framing: note}\n",
        ),
        ("drafts/a.md", "China containment and bloc politics\n"),
        ("old/a.md", ERROR),
        ("press/deep/a.md", "China containment and bloc politics\n"),
    ]);
    let run = |args: &[&str]| {
        let output = comity().args(["check", "-q", "--format", "short"]).args(args.iter().copied());
        output.in_dir(&files).run()
    };
    let output = run(&[]);
    let note = "press/deep/a.md:1:23: note: \"bloc politics\" divides the region into opposing groups of states [framing/bloc-confrontation]";
    assert_eq!((output.code, output.stdout.lines().count(), output.stdout.lines().last()), (0, 3, Some(note)));
    assert_eq!(run(&["--fail-on", "error"]).code, 1, "the command line goes before the configuration");
    assert_eq!(run(&["old"]).stdout, "");
    assert_eq!(run(&["old/a.md"]).places(), ["old/a.md:1:14 framing/china-containment"], "what is named is checked");
    assert_eq!(run(&["old/a.md", "--force-exclude"]).stdout, "");
}

#[test]
fn findings_go_to_standard_output_and_everything_else_to_standard_error() {
    let finding = "<stdin>:1:13: warning: \"bloc politics\" divides the region into opposing groups of states [framing/bloc-confrontation]\n";
    let run = |args: &[&str]| check().args(["--format", "short", "-"]).args(args.iter().copied()).stdin(WARNING).run();
    run(&[]).is(0, finding, "1 draft checked: 0 errors, 1 warning, 0 notes\n");
    run(&["-q"]).is(0, finding, "");
}

#[test]
fn colour_comes_only_when_it_is_asked_for() {
    let colour = |args: &[&str], env: &[(&str, &str)]| {
        let run = check().arg("-").args(args.iter().copied()).stdin(ERROR);
        env.iter().fold(run, |run, (name, value)| run.env(name, value)).run().stdout.contains('\u{1b}')
    };
    assert!(!colour(&[], &[]), "no terminal");
    assert!(!colour(&[], &[("CLICOLOR", "1")]));
    assert!(!colour(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colour(&[], &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]));
    assert!(!colour(&["--color", "always", "--format", "short"], &[]), "what editors read has no colour");
    assert!(colour(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(colour(&["--color", "always"], &[]));
    assert!(colour(&["--color", "always"], &[("NO_COLOR", "1")]), "the command line goes before the environment");
}

#[test]
fn no_control_character_of_a_draft_or_its_name_or_a_pack_reaches_the_terminal() {
    let draft =
        "\u{1b}]0;owned\u{7}They support China\u{1b} \u{7f}containment\u{8}. \u{9b}2J They \u{202e}flummox it.\n";
    let pack = "schema: 1\npack: house\nrules:\n  - {id: a, phrases: [flummox~], suggest: \"\\e[1muse~\", \
                message: \"\\e[31m{match}\", why: \"\\e[2J\", source: house, tags: [\"\\e[3m\"]}\n";
    let name = "a\u{1b}[31mb.md";
    let files = folder([("house.yml", pack)]);
    files.write(name, draft.as_bytes());
    let runs: [&[&str]; 7] = [
        &["check", "-v", name],
        &["check", "-v", "--format", "short", name],
        &["check", "missing\u{1b}[31m.md"],
        &["check", "--select", "x\u{1b}[31m"],
        &["explain", "house/a"],
        &["explain", "x\u{1b}[31m"],
        &["rules"],
    ];
    for args in runs {
        let output = comity().args(args.iter().copied()).args(["--no-config", "--rules", "house.yml"]);
        let output = output.in_dir(&files).run();
        let written = format!("{}{}", output.stdout, output.stderr);
        let raw = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!written.contains(raw), "{args:?} {written:?}");
    }
    let human = check().arg("-").stdin(draft).run();
    assert!(human.stdout.contains("error[framing/china-containment]: \"China\u{241b} \u{2421}containment\" makes"));
}

#[test]
fn a_word_divided_at_the_end_of_a_line_is_found() {
    let output =
        short().args(["--stdin-filename", "d.txt", "-"]).stdin("They support China con-\r\ntainment.\r\n").run();
    assert_eq!(output.places(), ["d.txt:1:14 framing/china-containment"]);
}

#[test]
fn init_writes_a_configuration_that_check_accepts_and_replaces_none() {
    let files = folder([("d.md", "Peace.\n")]);
    let run = |args: &[&str]| comity().args(args.iter().copied()).in_dir(&files).run();
    let wrote = "wrote comity.yml; every line in it is a comment until you take the # away\n";
    run(&["init"]).is(0, "", wrote);
    let written = files.read("comity.yml");
    run(&["check", "-q"]).is(0, "", "");
    files.write("comity.yml", b"fail-on: note\n");
    run(&["init"]).is(2, "", "error: comity.yml is already there; `comity init --force` replaces it\n");
    assert_eq!(files.read("comity.yml"), "fail-on: note\n");
    run(&["init", "--force"]).is(0, "", wrote);
    assert_eq!(files.read("comity.yml"), written);
}

#[test]
fn rules_are_listed_for_people_and_for_programs() {
    let run = |args: &[&str]| comity().args(["rules", "--no-config"]).args(args.iter().copied()).run();
    let human = run(&["--select", "framing/campaign-slogan,framing/burden-sharing"]);
    let lines: Vec<&str> = human.stdout.lines().map(str::trim_end).collect();
    let expected = [
        "framing/burden-sharing   warning  phrase   say: shared responsibility (and 6 more)",
        "framing/campaign-slogan  warning  phrase",
    ];
    assert_eq!((human.code, lines.as_slice()), (0, expected.as_slice()));
    assert_eq!(human.stderr, "2 rules; `comity explain RULE` tells more\n");
    let json = run(&["--format", "json", "--select", "framing/campaign-slogan"]);
    assert_eq!((json.code, json.stderr.as_str()), (0, ""));
    let rules: serde_json::Value = serde_json::from_str(&json.stdout).expect("it is JSON");
    assert_eq!(rules[0]["id"], "framing/campaign-slogan");
    assert_eq!((rules[0]["severity"].as_str(), rules[0]["redline"].as_bool()), (Some("warning"), Some(false)));
    assert_eq!(rules.as_array().map(Vec::len), Some(1));
}

#[test]
fn explain_tells_all_of_a_rule() {
    let output = comity().args(["explain", "framing/china-containment", "--no-config"]).run();
    assert_eq!((output.code, output.stderr.as_str()), (0, ""));
    assert!(output.stdout.starts_with("framing/china-containment: error, red line, phrase, fix: unsafe\n"));
    let parts = [
        "Why:",
        "Likely objection:\n  China",
        "Source:",
        "Pack:\n  Framing the",
        "Kind:\n  phrase: reports",
        "Tags:",
        "As the pack says it:\n  swap:\n    (China|Chinese|PRC) containment -> regional stability and peace | a stable Indo-Pacific\n",
        "Looks for (",
        "Say instead:",
        "Flags:",
    ];
    for part in parts.iter().chain(&["Leaves alone:", "Fixed:", "  China's containment of the virus was discussed."]) {
        assert!(output.stdout.contains(&format!("\n{part}")), "{part}: {}", output.stdout);
    }
}

#[test]
fn explain_keeps_the_lines_of_what_a_pack_has_in_lines() {
    let pack = "schema: 1\npack: house\nrules:\n  - id: a\n    kind: pattern\n    regex: |-\n      (?x)\n      use\n\
                \x20   examples: {flag: [\"They\\nuse it.\"]}\n";
    let files = folder([("house.yml", pack)]);
    let output = comity().args(["explain", "house/a", "--no-config", "--rules", "house.yml"]).in_dir(&files).run();
    let expected =
        "As the pack says it:\n  regex: (?x)\n  use\n\nFlags:\n  They\n  use it.\n\nLooks for (1):\n  (?x)\n  use\n";
    assert!(output.stdout.ends_with(expected), "{}", output.stdout);
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let (reader, writer) = std::io::pipe().expect("pipes can be made");
    drop(reader);
    let mut command = comity().arg("rules").arg("--no-config").command();
    let output = command.stdin(Stdio::null()).stdout(writer).stderr(Stdio::piped()).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(!String::from_utf8_lossy(&output.stderr).contains("error"), "{output:?}");
}

/// What prints help or the version instead of a run.
const INSTEAD: [&[&str]; 5] = [&["--help"], &["-h"], &["--version"], &["help", "check"], &["lsp", "--help"]];

#[test]
fn a_closed_pipe_is_no_failure_of_help_and_version() {
    for args in INSTEAD {
        let (reader, writer) = std::io::pipe().expect("pipes can be made");
        drop(reader);
        let mut command = comity().args(args.iter().copied()).command();
        let output = command.stdin(Stdio::null()).stdout(writer).stderr(Stdio::piped()).output().expect("it runs");
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_was_asked_for_and_cannot_be_written_is_a_failure() {
    let commands: [&[&str]; 5] = [
        &["rules"],
        &["explain", "framing/china-containment"],
        &["schema", "config"],
        &["man"],
        &["completions", "bash"],
    ];
    for args in INSTEAD.iter().chain(&commands) {
        let full = File::options().write(true).open("/dev/full").expect("Linux has it");
        let mut command = comity().args(args.iter().copied()).command();
        let output = command.stdin(Stdio::null()).stdout(full).output().expect("it runs");
        let said = "error: standard output: No space left on device (os error 28)\n";
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(String::from_utf8_lossy(&output.stderr).ends_with(said), "{args:?} {output:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_written_is_a_failure() {
    let full = File::options().write(true).open("/dev/full").expect("Linux has it");
    let mut command = check().args(["-q", "fixtures/summit-draft.md"]).command();
    let output = command.stdin(Stdio::null()).stdout(full).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: standard output: "), "{output:?}");
}
