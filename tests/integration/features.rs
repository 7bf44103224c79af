//! The library without what it need not have: `docs/architecture.md` tells of its features.

use std::collections::BTreeSet;
use std::process::Command;

/// The most crates that the library stands on without its features, itself among them.
const MOST: usize = 80;

/// The crates that comity is built from with these features, by name and version.
fn crates(features: &[&str]) -> BTreeSet<String> {
    let mut tree = Command::new(env!("CARGO"));
    tree.args(["tree", "--locked", "--offline", "--edges", "normal", "--prefix", "none", "--format", "{p}"]);
    let output = tree.args(features).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let listed = String::from_utf8(output.stdout).unwrap();
    // What is listed again has a mark behind it, and comity itself its folder.
    listed.lines().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn without_its_features_the_library_stands_on_few_crates() {
    let few = crates(&["--no-default-features"]);
    assert!((10..=MOST).contains(&few.len()), "{} crates: {few:?}", few.len());
    let all = crates(&[]);
    assert!(all.len() > few.len(), "{} crates", all.len());
    for left_out in ["clap", "gix-odb", "ignore", "lsp-types", "quick-xml", "schemars", "zip"] {
        let has = |crates: &BTreeSet<String>| crates.iter().any(|name| name.starts_with(&format!("{left_out} ")));
        assert!(has(&all) && !has(&few), "{left_out}");
    }
}
