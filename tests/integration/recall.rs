//! Sentences that a desk officer would want flagged, and their innocent neighbours: how many of them a rule of the right pack finds, and
//! leaves alone. `cargo test --test integration recall:: -- --nocapture` prints the table.
//!
//! `fixtures/recall/PACK.tsv` has a line each: what it is about, `flag` or `pass`, and the text, in which `\n` is the end of a line. The
//! packs were written with most of them at hand, so that the shares say what is covered, and not how well a text would fare that nobody has
//! looked at.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::common::root;
use comity::{Draft, Format, Pack, RuleSet};

/// The least share of the sentences of a pack that are to be flagged, and of those that are to be left alone.
const LEAST: f64 = 0.95;

/// The numbers of one subject: sentences and those of them that fare as they should, to be flagged and to be left alone.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    flag: (usize, usize),
    pass: (usize, usize),
}

impl Tally {
    fn add(&mut self, other: Tally) {
        for (mine, theirs) in [(&mut self.flag, other.flag), (&mut self.pass, other.pass)] {
            *mine = (mine.0 + theirs.0, mine.1 + theirs.1);
        }
    }
}

/// The share of sentences that fare as they should.
fn share((all, right): (usize, usize)) -> f64 {
    if all == 0 { 1.0 } else { right as f64 / all as f64 }
}

#[test]
fn nearly_all_of_what_should_be_flagged_is_flagged_by_a_rule_of_its_pack_and_nearly_nothing_else() {
    let folder = std::fs::read_dir(root().join("fixtures/recall")).expect("the sentences are there");
    let mut files: Vec<_> = folder.map(|entry| entry.expect("the folder can be read").path()).collect();
    files.sort();
    let (mut table, mut missed, mut short) = (String::new(), String::new(), Vec::new());
    for file in files {
        let name = file.file_stem().and_then(|stem| stem.to_str()).expect("it has a name").to_owned();
        let pack = Pack::builtin_named(&name).expect("it is called like a pack").expect("the pack is sound");
        let rules = RuleSet::new(pack.rules().to_vec()).expect("the rules compile");
        let mut subjects: BTreeMap<String, Tally> = BTreeMap::new();
        for line in std::fs::read_to_string(&file).expect("it is text").lines().filter(|line| !line.is_empty()) {
            let [subject, wanted, text] = line.splitn(3, '\t').collect::<Vec<_>>()[..] else {
                panic!("{}: {line}", file.display());
            };
            let draft = Draft::new(Format::Markdown, text.replace("\\n", "\n"));
            let found = !rules.check(&draft).is_empty();
            let tally = subjects.entry(subject.to_owned()).or_default();
            let (of, is_right) = match wanted {
                "flag" => (&mut tally.flag, found),
                "pass" => (&mut tally.pass, !found),
                _ => panic!("{}: {line}", file.display()),
            };
            *of = (of.0 + 1, of.1 + usize::from(is_right));
            if !is_right {
                _ = writeln!(missed, "{name}: {line}");
            }
        }
        let mut all = Tally::default();
        subjects.values().for_each(|tally| all.add(*tally));
        for (subject, tally) in subjects.iter().map(|(subject, tally)| (subject.as_str(), *tally)).chain([("all", all)])
        {
            let (flag, pass) = (tally.flag, tally.pass);
            _ = writeln!(
                table,
                "{name:22} {subject:28} {:4} of {:4} flagged, {:4} of {:4} left alone",
                flag.1, flag.0, pass.1, pass.0
            );
        }
        if share(all.flag) < LEAST || share(all.pass) < LEAST {
            short.push(name);
        }
    }
    println!("{table}\n{missed}");
    assert!(short.is_empty(), "{short:?}\n{table}\n{missed}");
}
