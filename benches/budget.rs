//! What comity may cost, in instructions under callgrind: they are the same on every machine, at every load. The budgets are in
//! `budget.toml`, apart for a release and for a debug build; it is an error to be more than a twentieth above one.
//!
//! `cargo bench --bench budget` counts for a release, `cargo bench --bench budget --profile dev` for a debug build, as CI does.
//! `-- --write` writes what was counted as the new budgets.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it is a program that tells what it counted")]
#![allow(clippy::disallowed_methods, reason = "it runs comity")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

/// How far above its budget a count may be.
const SLACK: f64 = 1.05;

/// The budgets of this build.
const BUILD: &str = if cfg!(debug_assertions) { "debug" } else { "release" };

/// One thing that is counted.
struct Row {
    name: &'static str,
    args: Vec<String>,
    /// The row whose count is taken off, and by how many bytes what is left is divided; as it is where there is none.
    per: Option<(&'static str, u64)>,
}

/// A check with these arguments.
fn check(name: &'static str, args: &[&str]) -> Row {
    let always = ["check", "--no-config", "--quiet", "--fail-on", "never", "--jobs", "1", "--format", "json"];
    Row { name, args: always.iter().chain(args).map(|arg| (*arg).to_owned()).collect(), per: None }
}

/// Sentences without a fault, so many bytes of them or a few more: each differs from the others.
fn statement(bytes: usize) -> String {
    const WHO: &[&str] = &["The two leaders", "Both ministers", "The two sides", "The delegations", "They"];
    const DID: &[&str] = &["welcomed", "discussed", "reaffirmed", "took note of", "underlined"];
    const WHAT: &[&str] = &[
        "the progress of the talks",
        "trade in energy",
        "the exchange of students",
        "safety at sea",
        "the new centre",
    ];
    const WHEN: &[&str] = &["this year", "in the region", "with their partners", "at the summit"];
    let mut text = String::from("# Joint statement\n\n");
    let pick = |list: &[&'static str], number: usize| list[number % list.len()];
    for number in 0.. {
        if text.len() >= bytes {
            break;
        }
        let (who, did, what, when) =
            (pick(WHO, number), pick(DID, number / 3), pick(WHAT, number / 7), pick(WHEN, number / 2));
        let end = if number % 6 == 5 { ".\n\n" } else { ".\n" };
        text += &format!("{who} {did} {what} {when}{end}");
    }
    text
}

/// A pack of so many phrases, no two alike.
fn pack(phrases: usize) -> String {
    const FIRST: &[&str] = &["maritime", "digital", "regional", "mutual", "strategic", "joint", "lasting", "open"];
    const SECOND: &[&str] = &["dialogue", "corridor", "vision", "posture", "roadmap", "forum", "charter", "facility"];
    let mut pack = String::from("schema: 1\npack: own\ntitle: Own\nlanguage: en\nrules:\n");
    for number in 0..phrases {
        let (first, second) = (FIRST[number % FIRST.len()], SECOND[number / 8 % SECOND.len()]);
        let rule = format!("  - {{id: r{number}, phrases: [\"{first} {second} q{number}\"], message: found}}\n");
        pack += &rule;
    }
    pack
}

fn rows(folder: &Path) -> std::io::Result<Vec<Row>> {
    let write = |name: &str, text: &str| -> std::io::Result<String> {
        let path = folder.join(name);
        std::fs::write(&path, text)?;
        Ok(path.to_string_lossy().into_owned())
    };
    let fixture = |name: &str| concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/").to_owned() + name;
    let line = write("line.md", "Hello.\n")?;
    let long = statement(100_000);
    let statement = write("statement.md", &statement(10_000))?;
    let bytes = long.len() as u64;
    let long = write("long.md", &long)?;
    let mut rows = vec![
        Row { name: "version", args: vec!["--version".to_owned()], per: None },
        check("line", &[&line]),
        check("statement-10-kb", &[&statement]),
        check("summit-draft", &[&fixture("summit-draft.md")]),
        Row { per: Some(("line", bytes)), ..check("byte", &[&long]) },
    ];
    for (start, byte, phrases) in [
        ("own-30-start", "own-30-byte", 30),
        ("own-1000-start", "own-1000-byte", 1_000),
        ("own-10000-start", "own-10000-byte", 10_000),
    ] {
        let pack = write(&format!("own-{phrases}.yml"), &pack(phrases))?;
        let own = |name: &'static str, draft: &str| check(name, &["--select", "own", "--rules", &pack, draft]);
        // A debug build reads ten thousand rules for a minute.
        if phrases <= 1_000 || BUILD == "release" {
            rows.push(own(start, &line));
            rows.push(Row { per: Some((start, bytes)), ..own(byte, &long) });
        }
    }
    Ok(rows)
}

/// The instructions of a run.
fn count(args: &[String]) -> Result<u64, String> {
    let run = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", env!("CARGO_BIN_EXE_comity")])
        .args(args)
        .stdout(Stdio::null())
        .output()
        .map_err(|error| format!("valgrind does not run: {error}"))?;
    let said = String::from_utf8_lossy(&run.stderr);
    let counted = said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    counted.filter(|_| run.status.success()).ok_or_else(|| format!("comity {} failed:\n{said}", args.join(" ")))
}

/// The lines `name = number` of the section of this build.
fn budgets(text: &str) -> Vec<(&str, u64)> {
    let section = text.split("\n[").find(|section| section.trim_start_matches('[').starts_with(BUILD));
    let lines = section.into_iter().flat_map(str::lines).filter_map(|line| line.split_once('='));
    lines.filter_map(|(name, number)| Some((name.trim(), number.trim().replace('_', "").parse().ok()?))).collect()
}

fn run(write: bool) -> Result<bool, String> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("budget");
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/budget.toml");
    let failed = |error: std::io::Error| error.to_string();
    std::fs::create_dir_all(&folder).map_err(failed)?;
    let text = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    let budgets = budgets(&text);
    let mut counted: Vec<(&str, u64)> = Vec::new();
    let mut is_within = true;
    let mut new = String::new();
    for Row { name, args, per } in rows(&folder).map_err(failed)? {
        let known = |other: &str| counted.iter().find(|(name, _)| *name == other).map_or(0, |(_, count)| *count);
        let all = count(&args)?;
        let cost = per.map_or(all, |(start, bytes)| all.saturating_sub(known(start)) / bytes);
        counted.push((name, cost));
        let budget = budgets.iter().find(|(budgeted, _)| *budgeted == name).map(|(_, budget)| *budget);
        let above = !write && budget.is_none_or(|budget| cost as f64 > budget as f64 * SLACK);
        is_within &= !above;
        let said = budget.map_or("no budget".to_owned(), |budget| format!("{:.3}", cost as f64 / budget as f64));
        println!("{name:18} {cost:>13}  {said}{}", if above { "  ABOVE" } else { "" });
        _ = writeln!(new, "{name} = {cost}");
    }
    if write {
        let sections = text.split("\n[").map(|section| {
            let (title, _) = section.split_once('\n').unwrap_or((section, ""));
            if title.starts_with(BUILD) { format!("{title}\n{new}") } else { section.to_owned() }
        });
        std::fs::write(file, sections.collect::<Vec<_>>().join("\n[")).map_err(failed)?;
    }
    Ok(is_within || write)
}

fn main() -> ExitCode {
    match run(std::env::args().any(|arg| arg == "--write")) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("above the budget in benches/budget.toml: make it cheaper, or write a new budget and say why");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
