//! Every draft of `fixtures/` beside exactly what comity says of it.
//!
//! To add a case, add `fixtures/NAME.md` (or `.txt`, `.html`) and run `SNAPSHOTS=overwrite cargo test --test integration golden::`; then read what
//! was written.

use std::path::PathBuf;

use crate::common::{check, root};
use comity::{Format, Pack};
use snapbox::Data;
use snapbox::assert_data_eq;

/// The drafts, by their names from the root of the repository.
fn drafts() -> Vec<PathBuf> {
    let folder = std::fs::read_dir(root().join("fixtures")).expect("the fixtures are there");
    let mut drafts: Vec<PathBuf> = folder
        .map(|entry| PathBuf::from("fixtures").join(entry.expect("the folder can be read").file_name()))
        .filter(|path| Format::from_path(path).is_some())
        .collect();
    drafts.sort();
    drafts
}

/// Compares what `--format` writes of each draft with the file beside it.
fn compare(format: &str) {
    let drafts = drafts();
    assert!(drafts.len() >= 8, "{drafts:?}");
    for draft in drafts {
        let output = check().args(["--format", format]).arg(&draft).run();
        let expected = root().join(draft.with_extension(format));
        assert_data_eq!(output.stdout, Data::read_from(&expected, None).raw());
    }
}

#[test]
fn the_human_report_of_every_fixture_is_what_lies_beside_it() {
    compare("human");
}

#[test]
fn the_short_report_of_every_fixture_is_what_lies_beside_it() {
    compare("short");
}

#[test]
fn every_report_lies_beside_a_draft() {
    for entry in std::fs::read_dir(root().join("fixtures")).expect("the fixtures are there") {
        let path = entry.expect("the folder can be read").path();
        if path.extension().is_some_and(|extension| extension == "human" || extension == "short") {
            let mut drafts = Format::extensions().map(|(extension, _)| path.with_extension(extension));
            assert!(drafts.any(|draft| draft.exists()), "{} is beside no draft", path.display());
        }
    }
}

#[test]
fn every_rule_of_framing_is_broken_in_one_fixture() {
    let output = check().args(["--pack", "framing", "--format", "short", "fixtures/every-framing-problem.md"]).run();
    let pack = Pack::builtin_named("framing").expect("framing is a pack of comity").expect("it is sound");
    for rule in pack.rules() {
        assert!(output.stdout.contains(&format!("[{}]\n", rule.id())), "{} is not broken", rule.id());
    }
}

#[test]
fn a_clean_draft_is_met_with_silence() {
    let said = "4 lines of front matter not read in 1 draft; -v says where\n1 draft checked: nothing found\n";
    check().arg("fixtures/clean.md").run().is(0, "", said);
    check().args(["-q", "fixtures/clean.md"]).run().is(0, "", "");
}
