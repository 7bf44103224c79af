//! Several drafts compared: folders, revisions, `REV:path`, drafts that came, went or have another path; shallow clones.

use crate::common::{Comity, Folder, Output, comity, folder};
use serde_json::{Value, json};

fn comparing() -> Comity {
    comity().args(["compare", "--no-config", "--pack", "framing"])
}

const TALKS: &str = "They will meet in Avalon.\n";
const TALKS_NOW: &str = "They may meet in Avalon.\n";
const HARBOUR: &str =
    "The harbour of Lyonesse stays open to ships of all states.\n\nBoth sides thank the keepers of the light.\n";
const HARBOUR_NOW: &str = "The harbour of Lyonesse stays open to ships of all friendly states.\n\nBoth sides thank the keepers of the light.\n";
const PRESS: &str = "No questions were taken.\n";
const GOAL: &str = "They support China containment.\n";

/// The drafts before and after: one changed, one with another path and other words, one gone, one new, one as it was.
const OLD: [(&str, &str); 4] =
    [("talks.md", TALKS), ("a/harbour.md", HARBOUR), ("press.md", PRESS), ("same.md", "Peace.\n")];
const NEW: [(&str, &str); 4] =
    [("talks.md", TALKS_NOW), ("b/port.md", HARBOUR_NOW), ("goal.md", GOAL), ("same.md", "Peace.\n")];

/// Both in folders `old` and `new`.
fn two_folders() -> Folder {
    let files = folder::<&str>([]);
    for (side, drafts) in [("old", OLD), ("new", NEW)] {
        drafts.iter().for_each(|(path, text)| files.write(&format!("{side}/{path}"), text.as_bytes()));
    }
    files
}

#[test]
fn drafts_of_two_folders_are_compared_in_pairs() {
    let files = two_folders();
    let run = |args: &[&str]| comparing().args(args.iter().copied()).args(["old", "new"]).in_dir(&files).run();
    let human = run(&[]);
    let expected = "\
== a/harbour.md -> b/port.md: renamed
0 findings came in, 0 went out; 1 sentence changed

old/a/harbour.md:1 -> new/b/port.md:1: changed
  The harbour of Lyonesse stays open to ships of all states.                    \u{2502} The harbour of Lyonesse stays open to ships of all {+friendly+} states.

== goal.md: a new draft
1 finding came in, 0 went out; 1 sentence added

came in:
  new/goal.md:1:14: error: \"China containment\" frames the alliance as directed against a third country [framing/china-containment]

== press.md: gone
0 findings came in, 0 went out; 1 sentence deleted

== talks.md
0 findings came in, 0 went out; 1 sentence weakened, 1 changed

old/talks.md:1 -> new/talks.md:1: changed
  weakened: will -> may
  They [-will-] meet in Avalon.                                                 \u{2502} They {+may+} meet in Avalon.

5 drafts: 1 same, 1 changed, 1 renamed, 1 added, 1 dropped
";
    let at = |text: &str| text.find(": error: ").unwrap_or(0);
    let message = &human.stdout[at(&human.stdout)..];
    let message = &message[..message.find('\n').unwrap_or(0)];
    let expected =
        expected.replace(&expected[at(expected)..at(expected) + expected[at(expected)..].find('\n').unwrap()], message);
    human.is(1, &expected, "");
    let report: Value = serde_json::from_str(&run(&["--format", "json"]).stdout).unwrap();
    assert_eq!(report["version"], 1);
    let counts = json!({"same": 1, "changed": 1, "renamed": 1, "added": 1, "dropped": 1});
    assert_eq!(report["summary"]["drafts"], counts);
    assert_eq!(report["summary"]["findings"]["came"], 1);
    assert_eq!(report["summary"]["sentences"]["weakened"], 1);
    let drafts: Vec<Value> = report["drafts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|draft| json!([draft["what"], draft["old"], draft["new"]]))
        .collect();
    assert_eq!(
        drafts,
        [
            json!(["renamed", "old/a/harbour.md", "new/b/port.md"]),
            json!(["added", null, "new/goal.md"]),
            json!(["dropped", "old/press.md", null]),
            json!(["kept", "old/talks.md", "new/talks.md"]),
        ]
    );
    let short = run(&["--format", "short", "--min-severity", "warning"]);
    let places: Vec<String> = short
        .stdout
        .lines()
        .map(|line| line.split(": ").next().unwrap().to_owned() + line.rsplit(' ').next().unwrap())
        .collect();
    assert_eq!(
        places,
        [
            "new/goal.md:1:14[framing/china-containment]",
            "old/press.md:1:1[compare/draft-dropped]",
            "new/talks.md:1:1[compare/weakened]",
        ]
    );
    let code = |args: &[&str]| run(args).code;
    assert_eq!((code(&["--fail-on", "never"]), code(&["--fail-on", "never,weaker"])), (0, 1));
    comparing().args(["old", "old"]).in_dir(&files).run().is(0, "4 drafts: nothing differs\n", "");
}

#[test]
fn what_a_configuration_leaves_out_is_left_out() {
    let files = two_folders();
    for side in ["old", "new"] {
        files.write(&format!("{side}/comity.yml"), b"packs: [framing]\nignore: [talks.md, goal.md]\n");
    }
    let output = comity().args(["compare", "old", "new", "--format", "json"]).in_dir(&files).run();
    let report: Value = serde_json::from_str(&output.stdout).unwrap();
    let counts = json!({"same": 1, "changed": 0, "renamed": 1, "added": 0, "dropped": 1});
    assert_eq!((output.code, &report["summary"]["drafts"]), (0, &counts));
}

#[test]
fn what_cannot_be_paired_is_said() {
    let files = two_folders();
    std::fs::create_dir(files.path("empty")).unwrap();
    let said = |args: &[&str]| {
        let output = comparing().args(args.iter().copied()).in_dir(&files).run();
        assert_eq!((output.code, output.stdout.as_str()), (2, ""), "{args:?}");
        output.stderr
    };
    let mixed = "error: old is a folder, and new/talks.md is none: give two folders, or two drafts\n";
    assert_eq!(said(&["old", "new/talks.md"]), mixed);
    assert_eq!(said(&["new/talks.md", "old"]), mixed);
    assert_eq!(said(&["empty", "empty"]), "error: there is no draft in empty, empty\n");
}

/// A repository with the drafts of `OLD` in `drafts/`, then those of `NEW`; `None` where there is no git.
fn repository() -> Option<Folder> {
    let files = folder([("README.md", "Drafts.\n")]);
    if !git(&files, &["init", "-q", "-b", "main"]) {
        return None;
    }
    for drafts in [OLD, NEW] {
        let _ = std::fs::remove_dir_all(files.path("drafts"));
        for (path, text) in drafts {
            files.write(&format!("drafts/{path}"), text.as_bytes());
        }
        assert!(git(&files, &["add", "-A"]) && git(&files, &["commit", "-q", "-m", "x"]));
    }
    Some(files)
}

fn git(dir: &impl AsRef<std::path::Path>, args: &[&str]) -> bool {
    let mut command = std::process::Command::new("git");
    command
        .current_dir(dir)
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always"])
        .args(args);
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("GIT_CONFIG_NOSYSTEM", "1");
    command.output().is_ok_and(|output| output.status.success())
}

/// For each draft what became of it, and what it was and is called.
fn drafts(output: &Output) -> Vec<String> {
    let report: Value = serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"));
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let of = |draft: &Value| [&draft["what"], &draft["old"], &draft["new"]].map(text).join(" ");
    report["drafts"].as_array().unwrap_or_else(|| panic!("{output:?}")).iter().map(of).collect()
}

#[test]
fn folders_and_several_drafts_are_compared_in_revisions() {
    let Some(files) = repository() else {
        return;
    };
    let run = |args: &[&str]| comparing().args(["--format", "json"]).args(args.iter().copied()).in_dir(&files).run();
    let renamed = |new: &str| format!("renamed HEAD~1:drafts/a/harbour.md {new}drafts/b/port.md");
    let all = |new: &str| {
        vec![
            renamed(new),
            format!("added - {new}drafts/goal.md"),
            "dropped drafts/press.md -".to_owned(),
            format!("kept HEAD~1:drafts/talks.md {new}drafts/talks.md"),
        ]
    };
    assert_eq!(drafts(&run(&["HEAD~1", "--", "drafts/"])), all(""));
    assert_eq!(drafts(&run(&["HEAD~1", "--", "./drafts"])), all(""));
    assert_eq!(drafts(&run(&["HEAD~1", "HEAD", "--", "drafts"])), all("HEAD:"));
    assert_eq!(drafts(&run(&["HEAD", "--", "drafts"])), [""; 0]);
    assert_eq!(
        drafts(&run(&["HEAD~1", "--", "drafts/talks.md", "drafts/same.md", "README.md", "drafts/b"])),
        ["added - drafts/b/port.md", "kept HEAD~1:drafts/talks.md drafts/talks.md"]
    );
    let missing = run(&["HEAD~1", "--", "drafts/talks.md", "drafts/no.md"]);
    missing.is(2, "", "error: drafts/no.md: neither here nor in HEAD~1\n");
    // A draft alone that came or went.
    assert_eq!(drafts(&run(&["HEAD~1", "--", "drafts/press.md"])), ["dropped drafts/press.md -"]);
    assert_eq!(drafts(&run(&["HEAD~1", "HEAD", "--", "drafts/goal.md"])), ["added - HEAD:drafts/goal.md"]);
    let nowhere = run(&["HEAD~1", "--", "drafts/no.md"]);
    assert!(nowhere.code == 2 && nowhere.stderr.starts_with("error: "), "{nowhere:?}");
    // A folder that is gone is in the revision.
    std::fs::remove_dir_all(files.path("drafts/b")).unwrap();
    assert_eq!(drafts(&run(&["HEAD", "--", "drafts/b"])), ["dropped drafts/b/port.md -"]);
    // A report calls what is gone by where it was.
    let short = comparing().args(["--format", "short", "HEAD", "--", "drafts"]).in_dir(&files).run();
    let expected = "drafts/b/port.md:1:1: warning: this draft is gone: 2 sentences [compare/draft-dropped]\n";
    short.is(0, expected, "");
}

#[test]
fn a_draft_or_a_folder_is_named_in_a_revision() {
    let Some(files) = repository() else {
        return;
    };
    let run = |args: &[&str]| comparing().args(["--format", "json"]).args(args.iter().copied()).in_dir(&files).run();
    let names = |args: &[&str]| {
        let output = run(args);
        let report: Value = serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"));
        ["old", "new"].map(|side| report[side].as_str().unwrap_or_default().to_owned()).join(" ")
            + &format!(" {}", report["summary"]["sentences"]["weakened"])
    };
    assert_eq!(names(&["HEAD~1:drafts/talks.md", "drafts/talks.md"]), "HEAD~1:drafts/talks.md drafts/talks.md 1");
    assert_eq!(
        names(&["main~1:drafts/talks.md", "main:drafts/talks.md"]),
        "main~1:drafts/talks.md main:drafts/talks.md 1"
    );
    assert_eq!(names(&["drafts/talks.md", "main~1:./drafts/talks.md"]), "drafts/talks.md main~1:./drafts/talks.md 0");
    let folders = drafts(&run(&["HEAD~1:drafts", "drafts"]));
    assert_eq!(folders[0], "renamed HEAD~1:drafts/a/harbour.md drafts/b/port.md");
    assert_eq!(folders.len(), 4);
    let below =
        comparing().args(["--format", "json", "HEAD~1:./talks.md", "talks.md"]).in_dir(files.path("drafts")).run();
    assert_eq!(below.code, 0, "{below:?}");
    let unknown = run(&["HEAD:drafts/no.md", "drafts/talks.md"]);
    assert!(unknown.code == 2 && unknown.stderr.contains("no.md: not in revision `HEAD`"), "{unknown:?}");
    let none = run(&["main-1:drafts/talks.md", "drafts/talks.md"]);
    assert!(none.code == 2 && none.stderr.starts_with("error: `main-1` is no revision"), "{none:?}");
}

#[test]
fn a_shallow_clone_is_said_to_be_shallow() {
    let Some(files) = repository() else {
        return;
    };
    let from = format!("file://{}", files.path("").display());
    assert!(git(&files, &["clone", "-q", "--depth", "1", &from, "clone"]));
    let clone = files.path("clone");
    let first = std::process::Command::new("git").current_dir(&files).args(["rev-parse", "HEAD~1"]).output().unwrap();
    let first = String::from_utf8(first.stdout).unwrap();
    let remedy = "Fetch the rest with `git fetch --unshallow`, or have it cloned whole (`fetch-depth: 0` for actions/checkout)\n";
    for name in ["HEAD~1", "HEAD^", "v1", first.trim()] {
        let output = comparing().args([name, "--", "drafts/talks.md"]).in_dir(&clone).run();
        let begin = format!("error: `{name}` is not in this clone, which is shallow: ");
        assert!(output.code == 2 && output.stderr.starts_with(&begin) && output.stderr.ends_with(remedy), "{output:?}");
    }
    comparing().args(["HEAD", "--", "drafts/talks.md"]).in_dir(&clone).run().is(0, "nothing differs\n", "");
    assert!(git(&clone, &["fetch", "-q", "--unshallow"]));
    assert_eq!(comparing().args(["HEAD~1", "--", "drafts/talks.md"]).in_dir(&clone).run().stderr, "");
}
