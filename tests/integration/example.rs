//! The repository in `examples/comity-statement-check/` that newcomers copy: its own pack holds, and its page says what they see.

use crate::common::{comity, folder, root};
use serde_yaml::Value;

const EXAMPLE: &str = "examples/comity-statement-check";

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(EXAMPLE).join(name)).expect("the example has it")
}

#[test]
fn the_page_of_the_example_shows_what_a_newcomer_sees() {
    let run = |args: &[&str]| comity().args(args.iter().copied()).in_dir(root().join(EXAMPLE)).run();
    let output = run(&["check", "--format", "short"]);
    assert_eq!((output.code, output.stderr.as_str()), (1, "2 drafts checked: 3 errors, 2 warnings, 1 note\n"));
    let page = read("README.md");
    let shown =
        page.split_once("```text\n").and_then(|(_, rest)| rest.split_once("```")).expect("it shows the output").0;
    assert_eq!(output.stdout, shown);
    run(&["check", "drafts/summit-clean.md", "--fail-on", "note", "--quiet"]).is(0, "", "");
}

#[test]
fn the_example_s_own_pack_holds() {
    let output = comity().args(["test", "house.yml"]).in_dir(root().join(EXAMPLE)).run();
    output.is(0, "", "house: 3 rules, 10 of 10 examples hold\n");
}

#[test]
fn the_hooks_of_the_example_are_commands_that_comity_knows() {
    let hooks: Value = serde_yaml::from_str(&read(".pre-commit-config.yaml")).expect("it is YAML");
    let files = ["drafts/summit-draft.md", "house.yml"];
    for (hook, (file, code)) in files.iter().zip([1, 0]).enumerate() {
        let entry = hooks["repos"][0]["hooks"][hook]["entry"].as_str().expect("a hook has an entry");
        let args = entry.strip_prefix("comity ").expect("it runs comity").split(' ');
        let output = comity().args(args).arg(file).in_dir(root().join(EXAMPLE)).run();
        assert_eq!((output.code, output.stderr.as_str()), (code, ""), "{entry} {file}");
    }
}

#[test]
fn a_copy_of_the_example_needs_nothing_from_around_it() {
    let files = folder([("x", "")]);
    for name in ["comity.yml", "house.yml", "drafts/summit-draft.md"] {
        files.write(name, read(name).as_bytes());
    }
    let output = comity().args(["check", "--format", "short", "--quiet"]).in_dir(&files).run();
    assert_eq!((output.code, output.stdout.lines().count()), (1, 6), "{output:?}");
}

/// What an example of the library prints, with these arguments.
fn program(name: &str, args: &[&str]) -> String {
    let mut run = std::process::Command::new(env!("CARGO"));
    run.args(["run", "--locked", "--offline", "--quiet", "--example", name, "--"]).args(args).current_dir(root());
    let output = run.output().expect("cargo runs");
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it prints UTF-8")
}

#[test]
fn the_programs_that_use_the_library_print_what_they_are_for() {
    let text = program("check_string", &["They support China\n**containment**."]);
    assert!(
        text.starts_with("draft:1:14: error: ") && text.contains("\n    say: regional stability and peace\n"),
        "{text}"
    );
    let folder = folder([
        ("one.md", "They support China containment.\n"),
        ("left/two.md", "They support China containment.\n"),
        ("left/comity.yml", "disable: [framing]\n"),
        ("notes.rs", "China containment\n"),
    ]);
    let at = folder.path("").display().to_string();
    let found = program("check_folder", &[&at]);
    assert!(found.contains("one.md:1:14: error: ") && found.ends_with("1 found in 2 drafts\n"), "{found}");
    let table = program("custom_report", &[&folder.path("one.md").display().to_string()]);
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(rows.len(), 2, "{table}");
    let row = "one.md\",\"1\",\"14\",\"error\",\"framing/china-containment\",\"China containment\",\"";
    assert!(rows[1].contains(row) && rows[1].ends_with("\"China\""), "{table}");
}
