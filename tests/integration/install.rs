//! What a package installs beside the program: completion scripts that shells take, and manual pages that readers of them take.

use std::path::Path;
use std::process::Command;

use crate::common::{Folder, comity, folder, installed};

/// Standard output of a command that must succeed without a word on standard error.
fn says(program: &str, args: &[&str], folder: &Path) -> String {
    let output = Command::new(program).args(args).current_dir(folder).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success() && stderr.is_empty(), "{program} {args:?}: {stdout}{stderr}");
    stdout
}

/// The script for a shell.
fn script(shell: &str) -> String {
    let output = comity().args(["completions", shell]).run();
    assert_eq!((output.code, output.stderr.as_str()), (0, ""), "{shell}");
    output.stdout
}

#[test]
fn every_shell_has_a_script() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(script(shell).contains("force-exclude"), "{shell}");
    }
    assert_eq!(comity().args(["completions", "tcsh"]).run().code, 2);
}

#[test]
fn bash_completes_options_packs_and_rules() {
    let files = folder([("comity.bash", script("bash"))]);
    says("bash", &["-n", "comity.bash"], files.as_ref());
    // As bash does when the tabulator is struck behind these words.
    let complete = |words: &str| {
        let count = words.split(' ').count();
        let command = format!(
            "source ./comity.bash; complete -p comity >/dev/null || exit 1; COMP_WORDS=({words}); COMP_CWORD={}; \
             _comity comity \"${{COMP_WORDS[-1]}}\" \"${{COMP_WORDS[-2]}}\"; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            count - 1
        );
        says("bash", &["--norc", "-c", &command], files.as_ref())
    };
    assert_eq!(complete("comity compl"), "completions\n");
    assert_eq!(complete("comity check --force-"), "--force-exclude\n");
    assert_eq!(complete("comity check --pack fr"), "framing\n");
    assert_eq!(complete("comity explain framing/china-contain"), "framing/china-containment\n");
}

#[test]
fn zsh_takes_its_script() {
    if !installed("zsh") {
        return;
    }
    let files = folder([("_comity", script("zsh"))]);
    says("zsh", &["-f", "-n", "_comity"], files.as_ref());
    // Run as a function it would complete; sourced, it must announce itself.
    let command = "autoload -U compinit; compinit -D -u; source ./_comity; print -r -- $_comps[comity]";
    assert_eq!(says("zsh", &["-f", "-c", command], files.as_ref()), "_comity\n");
}

#[test]
fn fish_takes_its_script() {
    if !installed("fish") {
        return;
    }
    let files = folder([("comity.fish", script("fish"))]);
    says("fish", &["--no-config", "-n", "comity.fish"], files.as_ref());
    let command = "source comity.fish; complete -C 'comity check --force-'";
    let stdout = says("fish", &["--no-config", "-c", command], files.as_ref());
    assert!(stdout.starts_with("--force-exclude\t"), "{stdout}");
}

/// Has the manual pages written; their names.
fn manual_pages(files: &Folder) -> Vec<String> {
    let output = comity().args(["man", "man/man1"]).in_dir(files).run();
    let pages: Vec<String> = std::fs::read_dir(files.path("man/man1"))
        .expect("the folder was made")
        .map(|page| page.expect("it can be read").file_name().to_string_lossy().into_owned())
        .collect();
    output.is(0, "", &format!("wrote {} manual pages into man/man1\n", pages.len()));
    pages
}

/// Has a reader of manual pages, which must find no fault in any, read them all.
fn read_manual_pages(reader: &str, args: &[&str]) {
    if !installed(reader) {
        return;
    }
    let files = folder([("d.md", "")]);
    for page in manual_pages(&files) {
        says(reader, &[args, &[&format!("man/man1/{page}")]].concat(), files.as_ref());
    }
}

#[test]
fn mandoc_takes_every_manual_page() {
    read_manual_pages("mandoc", &["-Tlint", "-Werror"]);
}

#[test]
fn groff_takes_every_manual_page() {
    read_manual_pages("groff", &["-man", "-ww", "-z", "-Tutf8"]);
}

#[test]
fn every_command_has_a_manual_page() {
    let files = folder([("d.md", "")]);
    let pages = manual_pages(&files);
    let help = comity().arg("help").run().stdout;
    let listed = help.split_once("Commands:\n").expect("there are commands").1.split("\n\n").next().unwrap_or_default();
    // What an explanation goes on with is indented more.
    let commands = listed.lines().filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
    let commands = commands.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    let mut expected: Vec<String> = commands.map(|name| format!("comity-{name}.1")).collect();
    expected.push("comity.1".to_owned());
    for page in &expected {
        assert!(pages.contains(page), "{page}: {pages:?}");
        assert!(files.read(&format!("man/man1/{page}")).contains("comity 0."), "{page}");
    }
    assert_eq!(pages.len(), expected.len(), "{pages:?}");
    assert_eq!(comity().arg("man").run().stdout, files.read("man/man1/comity.1"));
    assert_eq!(comity().args(["man", "d.md/x"]).in_dir(&files).run().code, 2);
}
