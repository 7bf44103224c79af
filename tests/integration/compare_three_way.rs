//! `comity compare --base`: two delegations' edits of one base.

use std::path::PathBuf;

use crate::common::{Comity, comity, folder, root};
use comity::compare::{CollisionKind, ThreeWay, compare_three};
use comity::{Draft, Format};
use snapbox::Data;
use snapbox::assert_data_eq;

fn comparing() -> Comity {
    comity().args(["compare", "--no-config"])
}

fn three(base: &str, left: &str, right: &str) -> ThreeWay {
    let [base, left, right] = [("base", base), ("left", left), ("right", right)]
        .map(|(name, text)| Draft::new(Format::Text, text).named(name));
    compare_three((&base, Vec::new()), (&left, Vec::new()), (&right, Vec::new()))
}

/// What collides, how much both did, and how much each did alone.
type Told<'a> = (&'a [CollisionKind], usize, [usize; 2]);

#[test]
fn what_each_did_is_put_together_by_the_sentences_of_the_base() {
    use CollisionKind::{Beside, Deleted, Inserted, Moved, Reworded};
    let base =
        "They met in Ulmar in spring. They will share radar data on cargo. They welcome the talks on river tolls.";
    let with = |from: &str, to: &str| base.replace(from, to);
    let behind = |text: &str| format!("{base} {text}");
    let without = with(" They will share radar data on cargo.", "");
    let last_first =
        "They welcome the talks on river tolls. They met in Ulmar in spring. They will share radar data on cargo.";
    let cases: &[(&str, String, String, Told<'_>)] = &[
        ("nothing", base.into(), base.into(), (&[], 0, [0, 0])),
        ("one side", with("will", "may"), base.into(), (&[], 0, [1, 0])),
        ("other sentences", with("will", "may"), with("welcome", "note"), (&[], 0, [1, 1])),
        ("the same", with("will", "may"), with("will", "may"), (&[], 1, [0, 0])),
        ("the same words", with("will", "may"), with("will", "shall"), (&[Reworded], 0, [0, 0])),
        ("words side by side", with("will", "may"), with("will share", "will not share"), (&[Reworded], 0, [0, 0])),
        ("other words", with("will", "may"), with("cargo", "fish"), (&[Beside], 0, [0, 0])),
        (
            "one more word",
            with("will", "may"),
            with("will share radar data on cargo", "may share radar data on fish"),
            (&[Beside], 0, [0, 0]),
        ),
        ("deleted by both", without.clone(), without.clone(), (&[], 1, [0, 0])),
        ("deleted and changed", without.clone(), with("will", "may"), (&[Deleted], 0, [0, 0])),
        ("changed and deleted", with("will", "may"), without.clone(), (&[Deleted], 0, [0, 0])),
        ("inserted by both", behind("A panel meets in May."), behind("A panel meets in May."), (&[], 1, [0, 0])),
        (
            "inserted otherwise",
            behind("A panel meets in May."),
            behind("Trade has grown much."),
            (&[Inserted], 0, [0, 0]),
        ),
        (
            "inserted in part",
            behind("A panel meets in May. Trade has grown much."),
            behind("Trade has grown much."),
            (&[], 1, [1, 0]),
        ),
        (
            "inserted elsewhere",
            behind("A panel meets in May."),
            format!("Trade has grown much. {base}"),
            (&[], 0, [1, 1]),
        ),
        (
            "replaced and changed",
            with("They will share radar data on cargo.", "Trade in timber has grown."),
            with("will", "may"),
            (&[Deleted], 0, [0, 0]),
        ),
        ("moved by both", last_first.into(), last_first.into(), (&[], 1, [0, 0])),
        ("moved and changed", last_first.into(), with("welcome", "note"), (&[], 0, [1, 1])),
        (
            "moved and deleted",
            last_first.into(),
            with(" They welcome the talks on river tolls.", ""),
            (&[Deleted], 0, [0, 0]),
        ),
        (
            "moved elsewhere",
            last_first.into(),
            "They met in Ulmar in spring. They welcome the talks on river tolls. They will share radar data on cargo."
                .into(),
            (&[Moved], 0, [0, 0]),
        ),
        (
            "another spelling of a figure",
            with("in spring", "on 3 May 2027"),
            with("in spring", "on May 3, 2027"),
            (&[], 1, [0, 0]),
        ),
        ("the other wrapped it", with("will", "may"), with(" on cargo", "\non  cargo"), (&[], 0, [1, 0])),
    ];
    for (name, left, right, expected) in cases {
        for (left, right, swapped) in [(left, right, false), (right, left, true)] {
            let told = three(base, left, right);
            let kinds: Vec<CollisionKind> = told.collisions.iter().map(|collision| collision.kind).collect();
            let mut alone = [told.alone[0].len(), told.alone[1].len()];
            if swapped {
                alone.reverse();
            }
            assert_eq!((kinds.as_slice(), told.agreed.len(), alone), *expected, "{name}: {left} | {right}");
        }
    }
}

#[test]
fn a_sentence_that_one_split_and_the_other_changed_is_one_collision() {
    let base =
        "They met in Ulmar. The two sides will share data on dangerous cargo and train two hundred pilots in spring.";
    let split = base.replace(" and train", ". They will train");
    for (other, kind) in [
        (base.replace("will share", "may share"), CollisionKind::Beside),
        (base.replace("cargo and train", "cargo or train"), CollisionKind::Reworded),
    ] {
        let told = three(base, &split, &other);
        let [collision] = told.collisions.as_slice() else { panic!("{told:?}") };
        assert_eq!((collision.kind, &told.alone), (kind, &[Vec::new(), Vec::new()]), "{other}");
    }
}

#[test]
fn what_stands_for_a_deleted_sentence_is_told_with_the_collision() {
    let base = "They met in Ulmar. They will share radar data on cargo. They welcome the talks on tolls.";
    let left = base.replace("They will share radar data on cargo.", "Trade in timber has grown.");
    let told = three(base, &left, &base.replace("will", "may"));
    let [collision] = told.collisions.as_slice() else { panic!("{told:?}") };
    assert_eq!(collision.sides[0].len(), 2, "{collision:?}");
    assert_eq!(collision.sides[1][0].remarks[0].to_string(), "weakened: will -> may");
    assert!(told.is_weaker());
}

#[test]
fn a_three_way_comparison_is_told_in_every_format() {
    let place = |name: &str| PathBuf::from("fixtures/compare/three-way").join(name);
    for format in ["human", "json"] {
        let output = comparing()
            .args(["--format", format, "--base"])
            .arg(place("base.md"))
            .arg(place("left.md"))
            .arg(place("right.md"))
            .run();
        assert_eq!(output.stderr, "");
        let golden = root().join(place("three-way").with_extension(format));
        assert_data_eq!(output.stdout, Data::read_from(&golden, None).raw());
    }
}

#[test]
fn the_code_tells_of_a_collision_where_it_is_asked_for() {
    let base = "They met. They will pay all costs.\n";
    let files = folder([
        ("base.md", base.to_owned()),
        ("may.md", base.replace("will", "may")),
        ("shall.md", base.replace("will", "shall")),
        ("bad.md", format!("{base}\nChina containment is a goal.\n")),
    ]);
    let done = |args: &[&str]| comparing().args(["--base", "base.md"]).args(args.iter().copied()).in_dir(&files).run();
    let code = |args: &[&str]| done(args).code;
    assert_eq!(code(&["may.md", "shall.md"]), 0);
    assert_eq!(code(&["may.md", "shall.md", "--fail-on", "collision"]), 1);
    assert_eq!(code(&["may.md", "may.md", "--fail-on", "collision"]), 0);
    assert_eq!(code(&["base.md", "may.md", "--fail-on", "weaker"]), 1);
    assert_eq!(code(&["base.md", "shall.md", "--fail-on", "weaker"]), 0);
    assert_eq!(code(&["base.md", "shall.md", "--fail-on", "change"]), 1);
    assert_eq!(code(&["base.md", "base.md", "--fail-on-change"]), 0);
    assert_eq!(code(&["base.md", "bad.md"]), 1);
    assert_eq!(code(&["bad.md", "base.md", "--fail-on", "never"]), 0);
    done(&["base.md", "base.md"]).is(0, "nothing differs\n", "");
    let both = done(&["bad.md", "bad.md"]).stdout;
    assert!(both.contains("came in, by bad.md and bad.md:\n") && !both.contains("only"), "{both}");
    let from_stdin = comparing().args(["--base", "-", "may.md", "shall.md"]).stdin(base).in_dir(&files).run();
    assert!(from_stdin.stdout.starts_with("1 collision; 0 changes of both"), "{from_stdin:?}");

    let said = |args: &[&str]| {
        let output = comparing().args(args.iter().copied()).in_dir(&files).run();
        assert_eq!((output.code, output.stdout.as_str()), (2, ""), "{args:?}");
        output.stderr
    };
    assert!(said(&["--base", "base.md", "may.md"]).starts_with("error: --base takes the two drafts"));
    assert!(said(&["--base", "base.md", "a.md", "b.md", "c.md"]).starts_with("error: --base takes the two drafts"));
    assert!(said(&["--base", "-", "may.md", "-"]).starts_with("error: only one of the drafts"));
    assert!(
        said(&["--base", "main", "may.md", "shall.md"]).starts_with("error: main: no such file; if it is a revision")
    );
    assert!(
        said(&["may.md", "shall.md", "--fail-on", "collision"])
            .starts_with("error: --fail-on collision goes with --base")
    );
    assert!(said(&["a.md", "b.md", "c.md"]).starts_with("error: 3 drafts, where two are compared"));
    assert!(
        said(&["--base", "base.md", "may.md", "shall.md", "--format", "html"])
            .starts_with("error: --base has no --format html")
    );
    assert!(
        said(&["--base", "base.md", "may.md", "shall.md", "--revisions", "both"])
            .starts_with("error: --revisions both")
    );
}

#[test]
fn revisions_are_compared_with_their_base() {
    let files = folder([("draft.md", "They will meet in Ulmar.\n")]);
    let git = |args: &[&str]| {
        let mut command = std::process::Command::new("git");
        command.current_dir(&files).args(["-c", "user.name=A", "-c", "user.email=a@example.org"]).args(args);
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("GIT_CONFIG_NOSYSTEM", "1");
        command.output().is_ok_and(|output| output.status.success())
    };
    if !git(&["init", "-q"]) {
        // Without git there is no repository to read.
        return;
    }
    for (tag, text) in [("base", "will"), ("left", "may"), ("right", "shall")] {
        files.write("draft.md", format!("They {text} meet in Ulmar.\n").as_bytes());
        assert!(git(&["add", "."]) && git(&["commit", "-q", "-m", tag]) && git(&["tag", tag]));
    }
    files.write("draft.md", b"They must meet in Ulmar.\n");
    let told = |args: &[&str]| comparing().args(args.iter().copied()).in_dir(&files).run();
    let tagged = told(&["--base", "base", "left", "right", "--fail-on", "collision,never", "--", "draft.md"]);
    assert_eq!(tagged.code, 1, "{tagged:?}");
    assert!(
        tagged.stdout.contains("  left:draft.md: They {+may+} meet in Ulmar.\n    weakened: will -> may\n"),
        "{tagged:?}"
    );
    let now = told(&["--base", "base", "left", "--fail-on", "never", "--", "draft.md"]);
    assert!(
        now.stdout.contains("  draft.md: They {+must+} meet in Ulmar.\n    strengthened: will -> must\n"),
        "{now:?}"
    );
}

#[test]
fn nothing_of_several_drafts_reaches_the_terminal_unescaped() {
    let hostile = "They will share \u{1b}[31mradar\u{202e} data on cargo.\n";
    let files = folder([
        ("a.md", hostile.to_owned()),
        ("b.md", hostile.replace("will", "may")),
        ("c.md", hostile.replace("will", "shall") + "It was \u{1b}]0;x\u{7} late.\n"),
    ]);
    for format in ["human", "json"] {
        for args in [&["--base", "a.md", "b.md", "c.md"][..], &["--series", "a.md", "b.md", "c.md"]] {
            let output = comparing().args(["--format", format]).args(args.iter().copied()).in_dir(&files).run();
            assert!(output.stdout.contains("will") && output.stdout.contains("radar"), "{output:?}");
            assert!(!output.stdout.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{output:?}");
        }
    }
}

#[test]
fn hostile_edits_come_to_an_end() {
    // Everything is put in at one place by both, and nothing of it is the same.
    let many = |word: &str| (0..4000).map(|at| format!("{word}{at} is.\n\n")).collect::<String>();
    let (left, right) = (many("left"), many("right"));
    let told = three("They met.", &left, &right);
    assert_eq!(told.collisions.len(), 1);
}
