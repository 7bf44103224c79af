//! Packs and configurations that are wrong, with what is said of them; examples that fail; and the packs that ship.
//!
//! To add a broken pack, add `fixtures/packs/NAME.yml` and run `SNAPSHOTS=overwrite cargo test --test integration packs::`; then read what
//! was written.

use std::path::{Path, PathBuf};

use crate::common::{check, comity, folder, root};
use comity::{Pack, Rule};
use snapbox::{Data, assert_data_eq};

/// The pack whose examples fail; everything else about it is right.
const FAILING: &str = "fixtures/packs/failing-examples.yml";

/// The broken packs, by their names from the root of the repository.
fn broken_packs() -> Vec<PathBuf> {
    let folder = std::fs::read_dir(root().join("fixtures/packs")).expect("the fixtures are there");
    let mut packs: Vec<PathBuf> = folder
        .map(|entry| PathBuf::from("fixtures/packs").join(entry.expect("the folder can be read").file_name()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "yml"))
        .filter(|path| path != Path::new(FAILING))
        .collect();
    packs.sort();
    packs
}

#[test]
fn all_that_is_wrong_with_a_pack_is_said_at_its_place() {
    let packs = broken_packs();
    assert!(packs.len() >= 10, "{packs:?}");
    for pack in packs {
        let output = comity().args(["check", "--no-config", "-q", "fixtures/clean.md", "--rules"]).arg(&pack).run();
        assert_eq!((output.code, output.stdout.as_str()), (2, ""), "{}", pack.display());
        let expected = root().join(pack.with_extension("stderr"));
        assert_data_eq!(output.stderr, Data::read_from(&expected, None).raw());
    }
}

#[test]
fn of_a_pack_that_is_wrong_throughout_some_is_listed_and_the_rest_counted() {
    let head = "schema: 1\npack: own\ntitle: own\nrules:\n";
    let deep = format!("{head}  - id: a\n    phrases: {}\n", "[".repeat(100_000));
    let files = folder([
        ("deep.yml", deep),
        ("small.yml", head.to_owned() + &"  - a\n".repeat(300)),
        ("large.yml", head.to_owned() + &format!("  - \"{}\"\n", "a".repeat(1000)).repeat(1000)),
        ("a.md", "Peace.\n".to_owned()),
    ]);
    let said = |pack: &str| {
        let output = comity().args(["check", "--no-config", "-q", "a.md", "--rules", pack]).in_dir(&files).run();
        assert_eq!((output.code, output.stdout.as_str()), (2, ""), "{pack}");
        output.stderr
    };
    let deep = said("deep.yml");
    assert!(deep.starts_with("error[yaml]: nested more than 128 levels deep\n"), "{deep}");
    let listed = 200;
    for (pack, all) in [("small.yml", 300), ("large.yml", 1000)] {
        let said = said(pack);
        assert_eq!(said.matches("error[wrong-type]").count(), listed, "{pack}");
        assert!(
            said.contains(&format!("error[too-many-problems]: {} more problems in this file\n", all - listed)),
            "{said}"
        );
    }
}

#[test]
fn a_pack_gives_its_rules_their_source_unless_that_is_the_house() {
    let source = |default: &str, own: &str| {
        let pack = format!(
            "schema: 1\npack: t\nsources:\n  paper: {{title: A paper}}\n  other: {{title: Another}}\ndefaults: {{source: \
             {default}}}\nrules:\n  - {{id: r, phrases: [x], why: It is so.{own}}}\n"
        );
        let pack = Pack::parse("t.yml", &pack).unwrap_or_else(|problems| panic!("{problems}"));
        pack.rules()[0].source().map(|source| source.title.clone())
    };
    assert_eq!(source("paper", "").as_deref(), Some("A paper"));
    assert_eq!(source("paper", ", source: other").as_deref(), Some("Another"));
    assert_eq!(source("paper", ", source: house"), None);
    assert_eq!(source("house", ""), None);
    assert_eq!(source("house", ", source: other").as_deref(), Some("Another"));
}

#[test]
fn every_command_that_reads_a_pack_says_the_same_of_it() {
    let pack = "fixtures/packs/all-at-once.yml";
    let expected = std::fs::read_to_string(root().join(pack).with_extension("stderr")).expect("it is there");
    for command in
        [&["test", "-q"][..], &["rules", "--no-config", "--rules"], &["explain", "x/y", "--no-config", "--rules"]]
    {
        let output = comity().args(command.iter().copied()).arg(pack).run();
        assert_eq!((output.code, output.stdout.as_str()), (2, ""), "{command:?}");
        assert!(output.stderr.starts_with(&expected), "{command:?}: {}", output.stderr);
    }
}

#[test]
fn a_broken_pack_does_not_keep_the_others_from_being_tested() {
    let output = comity().args(["test", "fixtures/packs/bad-regex.yml", FAILING, "rules/framing.yml"]).run();
    assert_eq!(output.code, 2);
    assert!(output.stdout.contains("failed-example"), "{output:?}");
    assert!(output.stderr.contains("\nframing: "), "{output:?}");
}

#[test]
fn an_example_that_fails_is_said_at_its_line() {
    let output = comity().args(["test", FAILING]).run();
    assert_eq!((output.code, output.stderr.as_str()), (1, "house: 2 rules, 3 of 6 examples hold\n"));
    let blocks: Vec<&str> = output.stdout.split_terminator("\n\n").collect();
    let expected = [
        ("error[failed-example]: `house/plain-words` does not flag this\n", "9:11\n", "They use it."),
        (
            "error[failed-example]: `house/plain-words` flags \"leverage\" in this\n",
            "12:11\n",
            "The leverage of the fund",
        ),
        (
            "error[failed-example]: `house/plain-words` does not make of this what the example says\n",
            "15:9\n",
            "= help: it makes: They draw on it.",
        ),
        ("error[no-examples]: `without-examples` has no examples\n", "16:9\n", "= help: write `examples:"),
    ];
    assert_eq!(blocks.len(), expected.len(), "{}", output.stdout);
    for (block, (message, place, rest)) in blocks.iter().zip(expected) {
        assert!(block.starts_with(message), "{block}");
        assert!(block.contains(&format!("\u{250c}\u{2500} {FAILING}:{place}")), "{block}");
        assert!(block.contains(rest), "{block}");
    }
}

#[test]
fn all_that_is_wrong_with_the_content_of_a_pack_is_said_at_its_place() {
    let pack = "fixtures/content/faults.yml";
    let output = comity().args(["test", pack]).run();
    assert_eq!(output.code, 1);
    assert_data_eq!(output.stdout, Data::read_from(&root().join("fixtures/content/faults.stdout"), None).raw());
    // It can be checked with.
    let args = ["check", "--no-config", "--select", "house", "--format", "short", "--rules", pack, "-"];
    let output = comity().args(args).stdin("The giver states met.\n").run();
    assert_eq!(output.places(), ["<stdin>:1:5 house/lesser-allies"]);
}

#[test]
fn phrases_share_lists_of_their_own_pack_of_a_file_and_of_a_pack_that_ships() {
    let pack = |uses: &str, phrase: &str| {
        format!(
            "schema: 1\npack: house\n{uses}lists: {{near: [close, \"{{warm}} and close\"]}}\nrules:\n  - {{id: a, phrases: [\"{phrase}\"]}}\n"
        )
    };
    let warm = "lists: {warm: [warm, cordial]}\nrules: anything\n";
    let files = folder([
        ("shared/words.yml", warm.to_owned()),
        ("packs/house.yml", pack("use: [../shared/words.yml, framing]\n", "{near} {weaker} partner~")),
        ("packs/bomb.yml", String::new()),
        ("d.md", "A close junior partner and cordial and close lesser partners.\n".to_owned()),
    ]);
    let args = ["check", "--no-config", "--select", "house", "--format", "short", "d.md", "--rules"];
    let output = comity().args(args).arg("packs/house.yml").in_dir(&files).run();
    assert_eq!(output.places(), ["d.md:1:3 house/a", "d.md:1:28 house/a"], "{output:?}");
    let explained =
        comity().args(["explain", "--no-config", "--rules", "packs/house.yml", "house/a"]).in_dir(&files).run();
    let lists = "\nLists:\n  {warm}: warm | cordial\n  {weaker}: ";
    assert!(explained.stdout.contains(lists), "{}", explained.stdout);
    assert!(explained.stdout.contains("\n  {near}: close | {warm} and close\n"), "{}", explained.stdout);
    // Lists of lists grow without bound.
    let lists: String = (1..40).map(|n| format!("  l{n}: [\"{{l{}}} {{l{}}}\"]\n", n - 1, n - 1)).collect();
    let bomb =
        format!("schema: 1\npack: house\nlists:\n  l0: [a, b]\n{lists}rules:\n  - {{id: a, phrases: [\"{{l39}}\"]}}\n");
    files.write("packs/bomb.yml", bomb.as_bytes());
    let output = comity().args(args).arg("packs/bomb.yml").in_dir(&files).run();
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("with its lists the phrase has more than 512 words"), "{output:?}");
}

#[test]
fn an_optional_pack_that_ships_runs_only_where_it_is_asked_for() {
    let optional: Vec<&str> =
        Pack::builtin_names().filter(|name| !Pack::default_names().any(|default| default == *name)).collect();
    assert!(optional.contains(&"un-style"), "{optional:?}");
    let files = folder([("d.md", "They gave 20 percent.\n")]);
    let places = |args: &[&'static str]| {
        let output = comity()
            .args(["check", "--no-config", "--format", "short", "d.md"])
            .args(args.iter().copied())
            .in_dir(&files)
            .run();
        output.places().iter().any(|place| place.contains(" un-style/"))
    };
    let asked =
        [&[][..], &["--pack", "un-style"], &["--pack", "default", "--pack", "un-style"], &["--select", "un-style"]];
    assert_eq!(asked.map(places), [false, true, true, true]);
}

#[test]
fn a_suggestion_that_its_own_rule_flags_is_no_suggestion() {
    let pack = "schema: 1
pack: house
rules:
  - id: partner
    phrases: [partner]
    suggest: [equal partner]
  - id: footing
    kind: pattern
    regex: '(\\w+) footing'
    suggest: $1 firm footing
    examples: {flag: [On equal footing.]}
";
    let files = folder([("house.yml", pack), ("d.md", "A partner on equal footing.\n")]);
    let said = "house: 2 rules, 0 of 1 examples hold\n";
    let output = comity().args(["test", "house.yml"]).in_dir(&files).run();
    assert_eq!((output.code, output.stderr.as_str()), (1, said));
    let blocks = output.stdout.split_terminator("\n\n").filter(|block| !block.starts_with("error[no-examples]"));
    let found: Vec<String> = blocks.filter_map(|block| summary(block, "house.yml")).collect();
    let expected = [
        "error[flagged-again]: this suggestion holds \"partner\", which the rule itself flags|6:15|suggest other words, or name what may stay so under `except`",
        "error[failed-example]: `house/footing` flags what it suggests for this: \"equal firm footing\"|11:23|suggest other words, or mark them as advice: `fix: none`",
    ];
    assert_eq!(found, expected, "{}", output.stdout);
    // A person reads it again, so that the pack can be checked with; it is never put into a draft.
    let args = ["check", "--no-config", "--rules", "house.yml", "--select", "house", "--format", "short"];
    let output = comity().args(args).args(["--fix", "--unsafe-fixes", "d.md"]).in_dir(&files).run();
    assert_eq!(output.places(), ["d.md:1:3 house/partner", "d.md:1:14 house/footing"]);
    let said = "nothing fixed; 2 left, which would have brought in a new finding, torn the text or been found again\n";
    assert!(output.stderr.starts_with(said), "{output:?}");
    assert_eq!(files.read("d.md"), "A partner on equal footing.\n");
}

#[test]
fn a_suggestion_that_is_flagged_again_is_found_among_many() {
    let words: Vec<String> = (0..2000).map(|n| format!("      w{n}our~: w{n}or~\n")).collect();
    let pack = format!(
        "schema: 1\npack: house\nrules:\n  - id: spelling\n    fix: safe\n    swap:\n{}      honour~: the w7our\n",
        words.concat()
    );
    let files = folder([("house.yml", pack)]);
    let output = comity().args(["test", "-q", "house.yml"]).in_dir(&files).run();
    let found: Vec<String> =
        output.stderr.split_terminator("\n\n").filter_map(|block| summary(block, "house.yml")).collect();
    let message = "error[flagged-again]: this suggestion holds \"w7our\", which the rule itself flags";
    let help = "suggest other words, or name what may stay so under `except`";
    assert_eq!(found, [format!("{message}|2007:16|{help}")], "{output:?}");
}

#[test]
fn the_examples_of_every_pack_that_ships_hold_and_those_of_a_configuration_s_own_are_run() {
    let shipped = std::fs::read_dir(root().join("rules")).expect("the packs are there").count();
    assert_eq!(shipped, Pack::builtin_names().count(), "every file in rules/ is compiled into the program");
    let files = folder([("comity.yml", "packs: [non-binding]\nrules: [house.yml]\n"), ("house.yml", "")]);
    files.write("house.yml", &std::fs::read(root().join(FAILING)).expect("it is there"));
    let output = comity().arg("test").in_dir(&files).run();
    assert_eq!(output.code, 1);
    assert!(output.stderr.contains("house: 2 rules, 3 of 6 examples hold\n"), "{output:?}");
    assert!(output.stderr.contains("non-binding: "), "{output:?}");
    // What fails is of that pack alone.
    let said = output.stderr.lines().last().expect("the sum is said last");
    let (packs, examples) = said.split_once(" packs, ").expect(said);
    let (held, all) = examples.split_once(" of ").expect(said);
    let all = all.split(' ').next().expect(said);
    let number = |text: &str| text.parse::<usize>().expect(text);
    assert_eq!((number(packs), number(all) - number(held)), (shipped + 1, 3), "{said}");
    let elsewhere = |line: &&str| line.contains("\u{250c}\u{2500}") && !line.contains("house.yml:");
    assert_eq!(output.stderr.lines().find(elsewhere), None);
    comity().args(["test", "-q"]).arg(root().join("rules/final.yml")).run().is(0, "", "");
}

#[test]
fn all_that_is_wrong_with_a_configuration_is_said_at_its_place() {
    let cases = [
        (
            "severty: {framing: note}\nfail-on: eror\npacks: [framin]\n",
            "error[unknown-key]: unknown key `severty`|1:1|did you mean `severity`?
error[unknown-value]: `eror` is no severity|2:10|did you mean `error`?
error[unknown-pack]: there is no pack `framin`|3:9|did you mean `framing`?",
        ),
        (
            "disable: [framing/china-contanment]\nseverity:\n  chna: note\n",
            "error[unknown-rule]: `framing/china-contanment` is no rule, pack or tag|1:11|did you mean `framing/china-containment`?
error[unknown-rule]: `chna` is no rule, pack or tag|3:3|did you mean `china`?",
        ),
        (
            "ignore: 7\noverrides:\n  - file: a\n    severity: {framing: fatal}\n",
            "error[wrong-type]: expected a list, found a number|1:9|
error[unknown-key]: unknown key `file`|3:5|did you mean `files`?
error[missing-key]: `files` is missing|3:5|say which drafts: `files: [drafts/**]`
error[unknown-value]: `fatal` is no severity|4:25|write `error`, `warning` or `note`",
        ),
        ("- framing\n", ""),
        ("rules: [missing.yml]\n", ""),
    ];
    for (config, expected) in cases {
        let files = folder([("d.md", "Peace.\n"), ("comity.yml", config)]);
        let output = comity().args(["check", "-q"]).in_dir(&files).run();
        assert_eq!((output.code, output.stdout.as_str()), (2, ""), "{config}");
        let found: Vec<String> =
            output.stderr.split_terminator("\n\n").filter_map(|block| summary(block, "comity.yml")).collect();
        assert_eq!(found.join("\n"), expected, "{}", output.stderr);
    }
}

#[test]
fn a_file_that_is_none_of_comitys_is_not_quoted() {
    let secrets = [
        "root:$6$salt$hash:19000:0:99999:7:::\n",
        "-----BEGIN PRIVATE KEY-----\nhash\n",
        "# hash\n",
        "- hash\n",
        "password: hash\n",
        "a: b: hash\n  pack: x\n",
        "schema: hash\n",
        "\thash\n",
        "\"hash\n",
        "",
    ];
    let sorts = [
        ("pack", "not a pack of rules, which has the keys `schema`, `pack` and `rules`"),
        ("config", "not a configuration, which has keys such as `packs` and `rules`; `comity init` writes one"),
        ("baseline", "not a baseline, which has the keys `schema` and `drafts`; `--write-baseline` writes one"),
    ];
    for secret in secrets {
        let files = folder([("d.md", "Peace.\n"), ("secret", secret), ("by-config.yml", "rules: [secret]\n")]);
        for (arguments, sort) in [
            (&["--no-config", "--rules", "secret"][..], 0),
            (&["--config", "by-config.yml"], 0),
            (&["--config", "secret"], 1),
            (&["--no-config", "--baseline", "secret"], 2),
        ] {
            for format in ["human", "json", "github", "junit"] {
                let run = comity().args(["check", "-q", "--format", format, "d.md"]).args(arguments.iter().copied());
                let output = run.in_dir(&files).run();
                assert!(!(output.stdout.clone() + &output.stderr).contains("hash"), "{secret:?}: {output:?}");
                // Nothing, or comments alone, make no wrong configuration and no wrong baseline.
                if sort == 0 || !secret.trim_start_matches("# hash").trim().is_empty() {
                    let said = format!("error: secret: {}\n", sorts[sort].1);
                    assert_eq!((output.code, output.stderr), (2, said), "{} {secret:?}", sorts[sort].0);
                }
            }
        }
        let test = comity().args(["test", "-q", "secret"]).in_dir(&files).run();
        assert_eq!((test.code, test.stderr), (2, format!("error: secret: {}\n", sorts[0].1)));
    }
    // What is meant to be one is shown where it is wrong, also if it is no YAML.
    let pack = "\u{feff}\"pack\" : house\nschema: 1\nrules: [{id: a, message: b: c}]\n";
    let files = folder([("d.md", "Peace.\n"), ("house.yml", pack)]);
    let output = check().args(["-q", "--rules", "house.yml", "d.md"]).in_dir(&files).run();
    assert!(output.code == 2 && output.stderr.contains("rules: [{id: a, message: b: c}]"), "{output:?}");
}

#[test]
fn a_number_out_of_range_is_told_with_the_range() {
    let cases = [
        ("kind: limit, phrases: [x], max: 1000001", "expected a whole number from 0 to 1000000, found 1000001"),
        ("kind: limit, phrases: [x], max: -1", "expected a whole number from 0 to 1000000, found -1"),
        ("kind: limit, phrases: [x], max: 0.5", "expected a whole number from 0 to 1000000, found 0.5"),
        ("kind: limit, phrases: [x], max: many", "expected a whole number from 0 to 1000000, found text"),
        (
            "phrases: [x], with: [y], kind: near, within: {words: 10001}",
            "expected a whole number from 0 to 10000, found 10001",
        ),
        ("kind: formula, text: peace and stability, similarity: 1.5", "expected a number from 0 to 1, found 1.5"),
        ("kind: balance, verbs: [x], ratio: .inf", "expected a number above 0, found .inf"),
        (
            "kind: limit, phrases: [x], max: 99999999999999999999999",
            "the number 99999999999999999999999 is out of range: comity reads whole numbers from -9223372036854775808 to 18446744073709551615",
        ),
        (
            "kind: limit, phrases: [x], max: -99999999999999999999999",
            "the number -99999999999999999999999 is out of range: comity reads whole numbers from -9223372036854775808 to 18446744073709551615",
        ),
    ];
    for (rule, expected) in cases {
        let pack = format!("schema: 1\npack: house\nrules: [{{id: a, message: m, {rule}}}]\n");
        let files = folder([("d.md", "Peace.\n"), ("house.yml", &pack)]);
        let output = check().args(["-q", "--rules", "house.yml", "d.md"]).in_dir(&files).run();
        assert_eq!(output.code, 2, "{rule}");
        let said: Vec<&str> = output
            .stderr
            .lines()
            .filter_map(|line| line.strip_prefix("error[")?.split_once("]: "))
            .map(|(_, said)| said)
            .collect();
        assert_eq!(said, [expected], "{rule}");
    }
    for size in ["0", "2049", "-1", "1.5", "99999999999999999999999", "x"] {
        let output = check().arg(format!("--max-size={size}")).arg("fixtures/clean.md").run();
        assert_eq!(output.code, 2);
        let said =
            format!("error: invalid value '{size}' for '--max-size <MIB>': write a whole number from 1 to 2048\n");
        assert!(output.stderr.starts_with(&said), "{output:?}");
    }
}

/// `message|line:column|help` of a diagnostic in `file`; `None` of another error.
fn summary(block: &str, file: &str) -> Option<String> {
    let message = block.lines().next()?;
    let place = block.lines().nth(1)?.split_once(file)?.1.strip_prefix(':')?;
    let help = block.rsplit_once("= help: ").map_or("", |(_, help)| help);
    Some(format!("{message}|{place}|{help}"))
}

/// That the examples in the files hold as well, which are the same, is a step of the checks of its own: `comity test rules/*.yml`.
/// Whether the pack says `source: house` of the rule: the library tells no source then, as it does where the key is missing.
fn is_of_the_house(rule: &Rule) -> bool {
    let file = root().join("rules").join(rule.id().pack()).with_extension("yml");
    let text = std::fs::read_to_string(file).expect("the pack is there");
    let name = rule.id().as_str().rsplit('/').next().expect("a name has a last part");
    let body = text.split_once(&format!("- id: {name}\n")).expect("the rule is there").1;
    body.split("\n  - id: ").next().is_some_and(|body| body.contains("\n    source: house\n"))
}

#[test]
fn every_rule_that_ships_gives_its_reason_its_source_and_its_examples() {
    for rule in Pack::builtin().expect("the packs that ship are sound").iter().flat_map(Pack::rules) {
        let id = rule.id();
        assert!(rule.why().is_some_and(|why| why.len() > 40), "{id} has no reason of more than 40 bytes");
        assert!(rule.source().is_some() || is_of_the_house(rule), "{id} has no source");
        if rule.kind() == "change" {
            // One draft is no example of a change: `compare_rules.rs` has two for each.
            continue;
        }
        assert!(rule.flag_examples().count() >= 2, "{id} has too few examples of what it flags");
        assert!(rule.pass_examples().count() >= 2, "{id} has too few examples of what it leaves alone");
        let fixed = rule.fixed_examples().count();
        let replaces = rule.kind() == "phrase" && rule.fix() != comity::Fix::None && !rule.suggestions().is_empty();
        assert!(!replaces || fixed > 0, "{id} has no example of its suggestions");
    }
}
