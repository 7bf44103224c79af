//! `comity rules new`: a rule added to a pack of one's own, from outside.

use crate::common::{Output, comity, folder};

const NONE: [(&str, &str); 0] = [];

fn add(files: &crate::common::Folder, args: &[&str]) -> Output {
    comity().args(["rules", "new"]).args(args.iter().copied()).in_dir(files).run()
}

#[test]
fn a_rule_goes_into_a_new_pack_and_another_one_behind_it() {
    let files = folder(NONE);
    let first = add(&files, &["junior partner~", "--suggest", "strategic partner~", "--pack", "house.yml"]);
    assert_eq!(
        (first.code, first.stderr.as_str()),
        (0, "house.yml: house/junior-partner was added; its examples hold\n")
    );
    assert!(
        first.stdout.starts_with("  - id: junior-partner\n    phrases: [\"junior partner~\"]\n"),
        "{}",
        first.stdout
    );
    let before = files.read("house.yml");
    let more = ["--severity", "error", "--fix", "safe", "--why", "It's \"old\": really", "--message", "not {match}"];
    let args = ["burden sharing", "--id", "burden", "--suggest", "shared effort", "--pack", "house.yml"];
    let examples = ["--flag", "Burden-sharing pays.", "--pass", "Shared burdens."];
    let second = add(&files, &[&args[..], &more, &examples].concat());
    assert_eq!(second.code, 0, "{second:?}");
    let after = files.read("house.yml");
    let rule = r#"  - id: burden
    severity: error
    phrases: ["burden sharing"]
    suggest: ["shared effort"]
    fix: safe
    message: "not {match}"
    why: "It's \"old\": really"
    source: house
    examples:
      flag:
        - "Burden-sharing pays."
      pass:
        - "Shared burdens."
      fixed:
        "Burden-sharing pays.": "Shared effort pays."
"#;
    assert_eq!(after, before + rule);
    let tested = comity().args(["test", "house.yml"]).in_dir(&files).run();
    tested.is(0, "", "house: 2 rules, 6 of 6 examples hold\n");
}

#[test]
fn nothing_is_written_unless_all_of_it_holds() {
    let pack = "schema: 1\npack: house\nrules:\n  - {id: x, phrases: [y]}\n";
    let files = folder([("house.yml", pack), ("latin.yml", "x")]);
    files.write("latin.yml", b"schema: 1\npack: \xe9\n");
    let cases: &[(&[&str], &str)] = &[
        (&["(z", "--pack", "house.yml"], "house.yml: nothing was written\n"),
        (&["z", "--pack", "house.yml", "--flag", "No."], "house.yml: nothing was written\n"),
        (&["z", "--pack", "house.yml", "--id", "x"], "house.yml: nothing was written\n"),
        (&["z", "--pack", "house.yml", "--message", "{what}"], "house.yml: nothing was written\n"),
        (&["z", "--pack", "latin.yml"], "error: latin.yml: not in UTF-8, in which it would be written\n"),
        (&["z", "--pack", "missing/house.yml"], "; nothing was written\n"),
        (
            &["z\nq", "--pack", "house.yml"],
            "error: the phrase holds a line break (U+000A), and must be one line of plain text; nothing was written\n",
        ),
        (
            &["중국", "--pack", "house.yml"],
            "give one with --id, in lower-case letters from a to z, digits and hyphens\n",
        ),
        (
            &["z", "--suggest", "not z", "--pack", "house.yml"],
            "error: the suggestion `not z` holds \"z\", which the rule would flag again: suggest other words, or say with --fix none that it is advice\n",
        ),
    ];
    for (args, said) in cases {
        let output = add(&files, args);
        assert_eq!((output.code, output.stdout.as_str()), (2, ""), "{args:?}");
        assert!(output.stderr.ends_with(said), "{args:?}: {}", output.stderr);
        assert_eq!(files.read("house.yml"), pack);
    }
    let left = std::fs::read_dir(files.path("")).expect("the folder is there").count();
    assert_eq!(left, 2, "no file is left behind");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::PermissionsExt;
    let files = folder([("real/pack.yml", "schema: 1\npack: house\nrules: []\n")]);
    let real = files.path("real/pack.yml");
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).expect("it is ours");
    std::os::unix::fs::symlink("real/pack.yml", files.path("house.yml")).expect("links can be made");
    assert_eq!(add(&files, &["z", "--pack", "house.yml"]).code, 0);
    assert!(files.path("house.yml").is_symlink() && files.read("real/pack.yml").contains("id: z\n"));
    assert_eq!(std::fs::metadata(&real).map(|m| m.permissions().mode() & 0o777).ok(), Some(0o640));
}

#[test]
fn a_rule_in_korean_finds_its_phrase_before_a_particle() {
    let files = folder([("d.md", "한국은 하위 동반자가 아니다.\n비하위 동반자 x\n")]);
    let args = ["하위 동반자", "--suggest", "전략적 동반자", "--id", "junior-partner", "--pack", "우리.yml"];
    let said = "우리.yml: house/junior-partner was added; its examples hold\n\
                우리.yml: the pack is called `house`, for the name of a pack has letters from a to z, digits and hyphens; \
                `pack: house` in the file can be changed\n";
    let added = add(&files, &args);
    assert_eq!((added.code, added.stderr.as_str()), (0, said));
    let check = ["check", "--no-config", "--rules", "우리.yml", "--select", "house", "--format", "short", "-q", "d.md"];
    let found = comity().args(check).in_dir(&files).run();
    assert_eq!(found.places(), ["d.md:1:5 house/junior-partner"]);
    comity().args(["test", "-q", "우리.yml"]).in_dir(&files).run().is(0, "", "");
}

#[test]
fn without_new_the_rules_are_listed() {
    let output = comity().args(["rules", "--no-config", "--pack", "framing"]).run();
    assert!(output.code == 0 && output.stdout.contains("framing/china-containment"), "{output:?}");
    let both = comity().args(["rules", "--no-config", "new", "x", "--pack", "y.yml"]).run();
    assert_eq!(both.code, 2);
}
