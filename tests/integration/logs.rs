//! What people read, on a terminal or in the log of a CI runner: no text of a draft, a pack, a name or an argument is obeyed there.

use std::process::Command;

use crate::common::{Folder, Output, check, comity, folder, installed};
use crate::hostile;

/// A draft that tries it on every line: in what is found, around it, and in what a note quotes.
fn draft() -> String {
    let around =
        " ::error file=x::y\n\t::stop-commands::x\n## ##vso[a]b\n\u{1b}]0;title\u{7}\n::set-output name=a::b\r\n";
    format!("# ::error ##[t]\n\n{around}\n{}\n{around}\n::warning::They agreed to burden sharing.\n", hostile::DRAFT)
}

/// The draft under a name, in two versions.
fn drafts(name: &str) -> Folder {
    let dir = hostile::drafts();
    dir.write(name, draft().as_bytes());
    let changed =
        draft().replace("They agreed", "::debug::They never ##vso[c] agreed").replace("file=x::y", "##[x]::y");
    dir.write("changed.md", changed.as_bytes());
    dir
}

/// A text without the colours that comity brings in itself.
fn without_colors(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    let is_color = |codes: &str| codes.bytes().all(|byte| byte.is_ascii_digit() || byte == b';');
    let rest = |part: &str| match part.split_once('m') {
        Some((codes, rest)) if is_color(codes) => rest.to_owned(),
        _ => format!("\u{1b}[{part}"),
    };
    first + &parts.map(rest).collect::<String>()
}

#[track_caller]
fn assert_harmless(output: &Output, what: &str) {
    for text in [&output.stdout, &output.stderr] {
        assert_eq!(hostile::obeyed(&without_colors(text)), [""; 0], "{what}");
    }
}

#[cfg(unix)]
#[test]
fn nothing_that_people_read_is_obeyed() {
    for name in hostile::NAMES {
        let dir = drafts(name);
        let rules = ["--no-config", "--rules", "house.yml"];
        let runs: &[&[&str]] = &[
            &["check", "--format", "human"],
            &["check", "--format", "human", "--color", "always"],
            &["check", "--format", "short", "-v"],
            &["check", "--statistics", "--unused-rules"],
            &["check", "--statistics=markdown", "--unused-rules"],
            &["check", "--statistics=json", "--unused-rules"],
            &["check", "--diff", "--unsafe-fixes"],
            &["check", "--diff", "--unsafe-fixes", "--color", "always"],
            &["compare", "changed.md"],
            &["compare", "--color", "always", "changed.md"],
            &["compare", "--format", "json", "changed.md"],
        ];
        for arguments in runs {
            let output = comity().args(arguments.iter().copied()).args(rules).arg(name).in_dir(&dir).run();
            assert!(output.code < 2 && !output.stdout.is_empty(), "{arguments:?}: {output:?}");
            assert_harmless(&output, &format!("{arguments:?} {name}"));
        }
        let missing = check().arg(format!("missing {name}")).arg(format!("::{name}")).in_dir(&dir).run();
        assert_eq!(missing.code, 2);
        assert_harmless(&missing, name);
    }
}

#[cfg(unix)]
#[test]
fn nothing_of_all_that_is_told_of_a_finding_is_obeyed() {
    let dir = hostile::telling();
    let (old, new) = ("::o <b a='&/old ##vso[o].md", "::o <b a='&/new <b.md");
    let runs: &[(&[&str], &[&str])] = &[
        (&["check"], &["also house/too: ", "under: ", "who commits to what"]),
        (&["check", "--format", "short", "-v"], &["n <b a='& "]),
        (&["check", "--statistics", "--unused-rules"], &["[a] x"]),
        (&["check", "--statistics=markdown", "--unused-rules"], &["[a] x"]),
        (&["check", "--statistics=json", "--unused-rules"], &["[a] x"]),
        (&["compare", old, new], &["\nmoved:\n", "  brackets"]),
        (&["compare", "--format", "json", old, new], &["\"moved\""]),
    ];
    for (arguments, told) in runs {
        let rules = ["--no-config", "--rules", "house.yml", "--select", "house"];
        let output = comity().args(arguments.iter().copied()).args(rules).in_dir(&dir).run();
        assert!(output.code < 2, "{arguments:?}: {output:?}");
        for told in *told {
            assert!(output.stdout.contains(told), "{arguments:?} {told}: {}", output.stdout);
        }
        assert_harmless(&output, &format!("{arguments:?}"));
    }
}

#[cfg(unix)]
#[test]
fn nothing_of_a_pack_or_an_argument_is_obeyed() {
    let dir = hostile::drafts();
    let rules = ["--no-config", "--rules", "house.yml"];
    for arguments in [
        &["explain", "house/hostile"][..],
        &["rules", "--select", "house"],
        &["rules", "--select", "house", "--format", "json"],
        &["rules", "--select", "house", "--format", "markdown"],
        &["rules", "--select", "house", "--format", "index"],
    ] {
        let output = comity().args(arguments.iter().copied()).args(rules).in_dir(&dir).run();
        assert!(output.code == 0 && output.stdout.contains("house"), "{arguments:?}: {output:?}");
        assert_harmless(&output, &format!("{arguments:?}"));
    }
    let added = ["rules", "new", "junior partner", "--message", "##vso[a] \u{202e} ::m", "--pack", "new.yml"];
    let output = comity().args(added).in_dir(&dir).run();
    assert!(output.code == 0 && output.stdout.contains("message: "), "{output:?}");
    assert_harmless(&output, "a rule that was added");
    // What is near to what was typed is quoted from the pack.
    let near = "schema: 1\npack: h\nsources: {\"s\\n::error::x\": {title: t}}\nrules: [{id: a, phrases: [x], source: \"s ::error::x\"}]\n";
    dir.write("near.yml", near.as_bytes());
    let hostile = "##vso[a]\n::error::b \u{1b}[2J\n ::c";
    for arguments in [
        &["test", "house.yml"][..],
        &["test", "near.yml"],
        &["test", hostile],
        &["explain", hostile],
        &["check", "--select", hostile],
        &["check", "--pack", hostile],
        &["check", "--format", hostile],
        &["check", "--config", hostile],
        &["check", "--max-size", hostile],
        &[hostile],
        &["compare", hostile, "a.md"],
        &["compare", hostile, "--", "house.yml"],
        &["rules", "new", hostile, "--pack", hostile],
    ] {
        let output = comity().args(arguments.iter().copied()).in_dir(&dir).run();
        assert!(output.code > 0 && !output.stderr.is_empty(), "{arguments:?}: {output:?}");
        assert_harmless(&output, &format!("{arguments:?}"));
    }
    let dir = hostile::broken();
    assert_harmless(&hostile::broken_report(&dir, "human"), "broken packs");
}

const PACK: &str = "schema: 1
pack: house
rules: [{id: decide, fix: safe, swap: {\"agree~ to\": \"decide~ on\"}, message: m}]
";

/// A difference of one draft, for people or as a patch.
fn difference(dir: &Folder, name: &str, arguments: &[&str]) -> Output {
    let run = check().args(["--rules", "house.yml", "--select", "house", "--diff"]).args(arguments.iter().copied());
    run.arg(name).in_dir(dir).run()
}

#[test]
fn a_raw_difference_is_a_patch_of_exactly_the_bytes() {
    if !installed("git") {
        return;
    }
    let around = "One\u{1b}[2J.\n ::error::x\n\nThey agreed to it.\n\n##vso[a]\u{85}\u{2028}.\t\nEnd.\n";
    let drafts = [
        around.to_owned(),
        around.replace('\n', "\r\n"),
        around.replace('\n', "\r"),
        format!("\u{feff}{around}\r a \rb\r\n\nlast"),
        "They agreed to it.".to_owned(),
        "They agreed to it.\r".to_owned(),
    ];
    let mut names = vec!["a.md", "./b c.md", "folder/공동 성명.md"];
    if cfg!(unix) {
        names.extend(["a\"b\\c\td.md", "a\n::error::b\u{1b}[2J.md"]);
    }
    for (name, draft) in names.iter().flat_map(|name| drafts.iter().map(move |draft| (name, draft))) {
        let dir = folder([("house.yml", PACK)]);
        dir.write(name, draft.as_bytes());
        let patch = difference(&dir, name, &["--raw"]);
        assert_eq!((patch.code, patch.stderr.as_str()), (1, "1 would be fixed in 1 draft\n"), "{patch:?}");
        dir.write("a.patch", patch.stdout.as_bytes());
        let git = Command::new("git").args(["apply", "a.patch"]).current_dir(&dir).output().expect("git is installed");
        assert!(git.status.success(), "{git:?} {}", patch.stdout);
        assert_eq!(dir.read(name), draft.replace("agreed to", "decided on"), "{name:?}");
        // Into a file as well.
        assert_eq!(difference(&dir, name, &["--raw", "--output", "b.patch", "-q"]).stdout, "");
    }
    for draft in &drafts {
        let dir = folder([("house.yml", PACK)]);
        let run = check().args(["--rules", "house.yml", "--select", "house", "--fix", "-q", "-"]).stdin(draft.as_str());
        assert_eq!(run.in_dir(&dir).run().stdout, draft.replace("agreed to", "decided on"));
    }
}

#[test]
fn a_difference_for_people_is_a_patch_where_nothing_is_escaped_and_says_where_something_is() {
    let dir = folder([
        ("house.yml", PACK),
        ("a.md", "One\ttab.\r\nThey agreed to it.\r\n"),
        ("b.md", "They agreed to it. ##[x]\n"),
    ]);
    let said = "1 would be fixed in 1 draft\n";
    let expected = "--- a.md\n+++ a.md\n@@ -1,2 +1,2 @@\n One\ttab.\r\n-They agreed to it.\r\n+They decided on it.\r\n";
    difference(&dir, "a.md", &[]).is(1, expected, said);
    let expected =
        "--- b.md\n+++ b.md\n@@ -1 +1 @@\n-They agreed to it. #\\u{23}[x]\n+They decided on it. #\\u{23}[x]\n";
    let why = "b.md: the difference has characters escaped and is no patch; --diff --raw writes one\n";
    difference(&dir, "b.md", &[]).is(1, expected, &format!("{why}{said}"));
    // Each line of an old Mac is one.
    dir.write("c.md", b"One.\rThey agreed to it.\rThree.");
    let expected = "--- c.md\n+++ c.md\n@@ -1,3 +1,3 @@\n One.\u{240d}\n-They agreed to it.\u{240d}\n+They decided on it.\u{240d}\n Three.\n\\ No newline at end of file\n";
    assert_eq!(difference(&dir, "c.md", &["-q"]).stdout, expected);
}

#[test]
fn a_patch_of_what_no_patch_can_change_is_refused() {
    let utf16: Vec<u8> = "\u{feff}They agreed to it.\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let dir = folder([("house.yml", PACK.as_bytes()), ("a.md", &utf16)]);
    let said = "error: a.md: a patch cannot change a draft in UTF-16; --fix does\n";
    difference(&dir, "a.md", &["--raw", "-q"]).is(2, "", said);
    let alone = check().args(["--raw", "fixtures/clean.md"]).run();
    assert!(alone.code == 2 && alone.stderr.contains("--diff"), "{alone:?}");
}

#[cfg(unix)]
#[test]
fn a_patch_names_the_file_from_the_current_directory_or_says_why_it_cannot() {
    let dir = folder([("house.yml", PACK), ("work/in/a.md", "They agreed to it.\n"), ("work/house.yml", PACK)]);
    std::os::unix::fs::symlink("in/a.md", dir.path("work/link.md")).expect("a link can be made");
    std::os::unix::fs::symlink("work", dir.path("other")).expect("a link can be made");
    let run = |place: &str, args: &[&str]| {
        let run =
            check().args(["--rules", "house.yml", "--select", "house", "--diff", "--raw"]).args(args.iter().copied());
        run.stdin("They agreed to it.\n").in_dir(dir.path(place)).run()
    };
    let absolute = dir.path("work/in/a.md").display().to_string();
    for name in ["in/a.md", &absolute, "../work/in/a.md", "link.md", "../other/link.md"] {
        let patch = run("work", &[name]);
        assert!(patch.stdout.starts_with("--- a/in/a.md\n+++ b/in/a.md\n@@"), "{name}: {patch:?}");
    }
    // The link and the file are one.
    assert_eq!(run("work", &["in/a.md", "link.md"]).stdout.matches("+++").count(), 1);
    let patch = run("work", &["--stdin-filename", "in/a.md", "-"]);
    assert!(patch.stdout.starts_with("--- a/in/a.md\n"), "{patch:?}");
    for (args, why) in [
        (&["-"][..], "<stdin>: a patch names the file that it changes; say with --stdin-filename"),
        (&["../a.md"], "a.md: its file is not below the current directory"),
        (&["--stdin-filename", "none.md", "-"], "none.md: a patch changes a file, and there is none of this name"),
    ] {
        dir.write("a.md", b"They agreed to it.\n");
        let output = run("work", args);
        assert!(output.code == 2 && output.stdout.is_empty() && output.stderr.contains(why), "{args:?}: {output:?}");
    }
}

/// What a run writes to a terminal, and how it ends.
#[cfg(unix)]
fn on_a_terminal(dir: &Folder, arguments: &str) -> (i32, String) {
    let script = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(['sh', '-c', sys.argv[1]])))";
    let line = format!("stty cols 60; '{}' {arguments}", env!("CARGO_BIN_EXE_comity"));
    let mut python = Command::new("python3");
    let output = python.args(["-c", script, &line]).env("NO_COLOR", "1").current_dir(dir).output();
    let output = output.expect("python3 is installed");
    let text = String::from_utf8(output.stdout).expect("comity writes UTF-8").replace("\r\n", "\n");
    (output.status.code().expect("it ended by itself"), text)
}

#[cfg(unix)]
#[test]
fn nothing_of_a_draft_reaches_a_terminal_but_text() {
    if !installed("python3") {
        return;
    }
    let dir = drafts("a.md");
    let rules = "--no-config --rules house.yml";
    for arguments in [
        format!("check {rules} a.md"),
        format!("check {rules} --diff --unsafe-fixes a.md"),
        format!("check {rules} --fix --unsafe-fixes - <a.md"),
        format!("compare {rules} a.md changed.md"),
        format!("explain {rules} house/hostile"),
    ] {
        let (code, text) = on_a_terminal(&dir, &arguments);
        assert!(code < 2 && text.lines().count() > 5, "{arguments}: {text}");
        assert_eq!(hostile::obeyed(&text), [""; 0], "{arguments}");
    }
    for output in ["", "--output /dev/tty"] {
        let (code, text) = on_a_terminal(&dir, &format!("check {rules} --diff --raw {output} --unsafe-fixes a.md"));
        let said =
            "error: a terminal may obey what stands in a patch: send it to a file or a program, or leave out --raw\n";
        assert_eq!((code, text.as_str()), (2, said));
    }
}
