//! What changed between two drafts, as findings of rules: severities, report formats, exit codes, comments.

use crate::common::{Comity, comity, folder, root};
use comity::compare::ComparedTexts;
use comity::{Draft, Format, Pack, RuleSet, report};
use snapbox::{Data, assert_data_eq};

fn comparing() -> Comity {
    comity().args(["compare", "--no-config", "--pack", "drafting"])
}

/// Each rule of the pack with two texts of which it speaks, and how.
const SPOKEN: &[(&str, &str, &str, &str)] = &[
    ("weakened", "They will meet in Avalon.", "They may meet in Avalon.", "weakened: will -> may"),
    ("strengthened", "They may meet in Avalon.", "They will meet in Avalon.", "strengthened: may -> will"),
    ("reversed", "They will meet in Avalon.", "They will not meet in Avalon.", "negation added: not"),
    ("hedged", "They will pay all costs.", "They will pay all costs as appropriate.", "hedge added: as appropriate"),
    ("figure-changed", "They pay $5 million.", "They pay $6 million.", "money: $5 million -> $6 million"),
    ("name-changed", "They thanked Japan for it.", "They thanked Korea for it.", "name: Japan -> Korea"),
    (
        "name-dropped",
        "They thanked Japan, Korea, and Australia for it.",
        "They thanked Japan and Australia for it.",
        "name dropped: Korea",
    ),
    (
        "name-added",
        "They thanked Japan and Australia for it.",
        "They thanked Japan, Korea, and Australia for it.",
        "name added: Korea",
    ),
    ("brackets-changed", "They will [soon] meet.", "They will soon meet.", "brackets dropped: [soon]"),
    (
        "reworded",
        "They dined by the old harbour of Avalon.",
        "They lunched by the old harbour of Avalon.",
        "in other words than old has it: \"They dined by the old harbour of Avalon.\"",
    ),
    (
        "sentence-dropped",
        "They met. The harbour stays open to ships of all states.",
        "They met.",
        "a sentence is gone behind this one: \"The harbour stays open to ships of all states.\"",
    ),
    (
        "sentence-added",
        "They met.",
        "They met. The harbour stays open to ships of all states.",
        "a sentence that old does not have",
    ),
    (
        "sentence-moved",
        "The harbour stays open.\n\nThey met here.\n\nThey thank the hosts.\n\nThe press was there.",
        "They met here.\n\nThey thank the hosts.\n\nThe press was there.\n\nThe harbour stays open.",
        "this stood elsewhere in old",
    ),
];

#[test]
fn every_rule_speaks_of_its_change_and_of_no_other() {
    let pack = Pack::builtin_named("compare").unwrap().unwrap();
    let rules = RuleSet::new(pack.rules().iter().cloned()).unwrap();
    for (id, old, new, expected) in SPOKEN {
        let draft = |text: &str, name: &str| Draft::new(Format::Markdown, text).named(name);
        let (old, new) = (draft(old, "old"), draft(new, "new"));
        let said = |from: &Draft, to: &Draft| -> Vec<(String, String)> {
            let found = ComparedTexts::new(from, to).check(&rules);
            found.iter().map(|finding| (finding.rule.id().to_string(), finding.message.clone())).collect()
        };
        let found = said(&old, &new);
        assert!(found.contains(&(format!("compare/{id}"), (*expected).to_owned())), "{id}: {found:?}");
        assert_eq!(said(&old, &old), [], "{id}");
        assert!(rules.check(&new).is_empty(), "{id}");
    }
    // The others speak of whole drafts.
    let of_drafts = ["compare/draft-dropped", "compare/draft-added"];
    let untried =
        pack.rules().iter().map(|rule| rule.id().as_str()).filter(|id| {
            !of_drafts.contains(id) && !SPOKEN.iter().any(|(spoken, ..)| *id == format!("compare/{spoken}"))
        });
    let none: [&str; 0] = [];
    // "other verb" is a matter of the ladders, which the tests of mutations hold.
    assert_eq!(untried.filter(|id| *id != "compare/verb-changed").collect::<Vec<_>>(), none);
}

#[test]
fn a_sentence_that_is_gone_is_told_where_it_stood() {
    let pack = Pack::builtin_named("compare").unwrap().unwrap();
    let rules = RuleSet::new(pack.rules().iter().cloned()).unwrap();
    let said = |old: &str, new: &str| {
        let (old, new) = (Draft::new(Format::Markdown, old), Draft::new(Format::Markdown, new));
        let found = ComparedTexts::new(&old, &new).check(&rules);
        found.iter().map(|finding| format!("{}: {}", finding.found, finding.message)).collect::<Vec<_>>()
    };
    let [first, gone, last] =
        ["The leaders met in Avalon.", "The harbour stays open to ships.", "All guests thanked the hosts."];
    let text = |sentences: &[&str]| sentences.join(" ");
    let expected = |at: &str, how: &str| vec![format!("{at}: a sentence is gone {how}: \"{gone}\"")];
    assert_eq!(said(&text(&[first, gone, last]), &text(&[first, last])), expected(first, "behind this one"));
    assert_eq!(said(&text(&[gone, first, last]), &text(&[first, last])), expected(first, "before this one"));
    assert_eq!(said(gone, ""), expected("", "from this draft"));
}

#[test]
fn every_format_of_reports_has_what_changed() {
    let (old, new) = ("fixtures/compare/rules.old.md", "fixtures/compare/rules.new.md");
    for format in report::FORMATS.iter().filter(|format| !["human", "json", "html"].contains(&format.name)) {
        let output = comparing().args(["--fail-on", "warning", "--format", format.name, old, new]).run();
        assert_eq!((output.code, output.stderr.as_str()), (1, ""), "{}", format.name);
        let golden = root().join(format!("fixtures/compare/rules.{}", format.name));
        assert_data_eq!(output.stdout, Data::read_from(&golden, None).raw());
    }
}

#[test]
fn a_report_goes_into_a_file_where_that_is_wanted() {
    let files = folder([("a.md", "They will pay.\n"), ("b.md", "They may pay.\n")]);
    let run = |args: &[&str]| comparing().args(args.iter().copied()).args(["a.md", "b.md"]).in_dir(&files).run();
    run(&["--format", "short", "--output", "report.txt"]).is(0, "", "");
    let short = run(&["--format", "short"]);
    assert_eq!(files.read("report.txt"), short.stdout);
    assert!(
        short.stdout.starts_with("b.md:1:1: warning: weakened: will -> may [compare/weakened]"),
        "{}",
        short.stdout
    );
    let into = run(&["--output", "b.md"]);
    assert_eq!(into.code, 2);
    assert!(into.stderr.contains("cannot be the report as well"), "{}", into.stderr);
    assert_eq!(files.read("b.md"), "They may pay.\n");
    assert_eq!(run(&["--output", "no/such/folder"]).code, 2);
}

#[test]
fn severities_of_what_changed_are_set_like_those_of_any_rule() {
    let files = folder([
        ("a.md", "They met in Avalon. They will pay $5 million.\n"),
        ("b.md", "They met in Avalon. They may pay $6 million.\n"),
    ]);
    let said = |config: &str, args: &[&str]| {
        files.write("comity.yml", config.as_bytes());
        let all = ["compare", "--format", "short", "a.md", "b.md"];
        let output = comity().args(all).args(args.iter().copied()).in_dir(&files).run();
        let grave =
            output.stdout.lines().filter_map(|line| Some(line.split_once(": ")?.1.split(':').next()?.to_owned()));
        let ids =
            output.stdout.lines().filter_map(|line| Some(line.rsplit_once('[')?.1.trim_end_matches(']').to_owned()));
        (output.code, grave.zip(ids).map(|(severity, id)| format!("{severity} {id}")).collect::<Vec<_>>().join(", "))
    };
    let (weak, figure) = ("warning: compare/weakened", "warning: compare/figure-changed");
    let both = format!("{figure}, {weak}");
    for (config, args, code, expected) in [
        ("packs: [names]\n", &[][..], 0, both.as_str()),
        ("packs: [names]\n", &["--fail-on", "warning"], 1, &both),
        ("packs: [names]\nfail-on: warning\n", &[], 1, &both),
        (
            "packs: [names]\nseverity: {compare/weakened: error}\n",
            &[],
            1,
            "error: compare/weakened, warning: compare/figure-changed",
        ),
        (
            "packs: [names]\nseverity: {compare: note}\n",
            &["--fail-on", "warning"],
            0,
            "note: compare/figure-changed, note: compare/weakened",
        ),
        ("packs: [names]\nseverity: {compare: note}\n", &["--min-severity", "warning"], 0, ""),
        ("packs: [names]\ndisable: [compare/figure-changed]\n", &[], 0, weak),
        ("packs: [names]\ndisable: [compare]\n", &["--fail-on", "note"], 0, ""),
        ("overrides: [{files: [b.md], disable: [weaker]}]\n", &[], 0, figure),
        ("packs: [names]\n", &["--select", "compare/weakened"], 0, weak),
        ("packs: [names]\n", &["--ignore", "weaker"], 0, figure),
        ("packs: [names]\nseverity: {compare/weaker: error}\n", &[], 2, ""),
    ] {
        let expected = expected.replace(": ", " ");
        assert_eq!(said(config, args), (code, expected), "{config}{args:?}");
    }
    let explained = comity().args(["explain", "compare/weakened"]).in_dir(root()).run();
    assert!(explained.code == 0 && explained.stdout.starts_with("compare/weakened: warning, change"), "{explained:?}");
}

#[test]
fn a_comment_silences_what_changed_and_is_idle_nowhere() {
    let comment = "<!-- comity: ignore compare/weakened -- agreed in March -->\n";
    let files = folder([
        ("a.md", "They will pay.\n".to_owned()),
        ("b.md", format!("{comment}They may pay.\n")),
        ("c.md", format!("{comment}They may pay $5.\n")),
    ]);
    let run = |args: &[&str]| {
        let all = ["compare", "--no-config", "--pack", "comity", "--format", "short"];
        comity().args(all).args(args.iter().copied()).in_dir(&files).run()
    };
    run(&["a.md", "b.md"]).is(0, "", "");
    let other = run(&["b.md", "c.md"]);
    assert!(other.stdout.lines().count() == 1 && other.stdout.contains("[compare/figure-changed]"), "{}", other.stdout);
    let checked = ["check", "--no-config", "--pack", "comity,compare", "--quiet", "b.md"];
    comity().args(checked).in_dir(&files).run().is(0, "", "");
}

#[test]
fn every_kind_of_change_is_counted() {
    let files = folder([
        ("a.md", "They will pay $5 million. They met in Avalon. The press was there.\n"),
        ("b.md", "They may pay $6 million. They met in Avalon.\n"),
    ]);
    let output = comparing().args(["--format", "json", "a.md", "b.md"]).in_dir(&files).run();
    let report: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    let counts = report["summary"]["changes"].as_object().unwrap();
    let some: Vec<_> =
        counts.iter().filter(|(_, count)| **count != 0).map(|(name, count)| format!("{name} {count}")).collect();
    assert_eq!(some, ["figure 1", "sentence-dropped 1", "weakened 1"]);
    assert_eq!(report["findings"]["told"].as_array().unwrap().len(), 3);
    assert_eq!(report["sentences"][0]["remarks"][0]["change"], "weakened");
}
