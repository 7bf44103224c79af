//! What a check takes of memory is bounded by the size of the draft, whatever stands in it.

use crate::common::{check, comity, folder};

/// How many times the bytes of a draft its check may take, beside what any check takes.
const MOST: u64 = 40;

/// How many bytes each paragraph, heading, item and cell may take, however little it holds.
const BLOCK: u64 = 512;

/// The most memory that a run took, in bytes, with how it ended.
fn peak(dir: &crate::common::Folder, args: &[&str]) -> (u64, i32, String) {
    let run = check().args(["-q", "--statistics"]).args(args.iter().copied()).in_dir(dir);
    let run = run.command();
    // Time is that of GNU: its first line is the number of kilobytes.
    let output = std::process::Command::new("/usr/bin/env")
        .args(["time", "--format=%M", "--output=peak"])
        .arg(run.get_program())
        .args(run.get_args())
        .current_dir(dir)
        .output()
        .expect("the system has env");
    let peak = dir.read("peak").lines().last().and_then(|line| line.parse::<u64>().ok()).expect("a number");
    (peak * 1024, output.status.code().expect("it ended"), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// A draft of 2 MiB of the same text.
fn filled(head: &str, text: &str) -> String {
    head.to_owned() + &text.repeat((2 << 20) / text.len())
}

#[test]
fn a_draft_takes_no_more_than_forty_times_its_bytes() {
    if !crate::common::installed("time") {
        return;
    }
    let row = "|a".repeat(50) + "|\n";
    let table = row.clone() + &"|-".repeat(50) + "|\n";
    let cases = [
        ("cells.md", filled(&table, &row), 2),
        ("paragraphs.md", filled("", "a\n\n"), 2),
        ("items.md", filled("", "- a\n"), 2),
        ("lines.txt", filled("", "a\n\n"), 2),
        ("cells.html", filled("<table>", "<td>a"), 2),
        ("prose.md", filled("", "The leaders met in Seoul, and they spoke at length of the peace.\n\n"), 0),
    ];
    let dir = folder([("empty.md", "")]);
    let (base, ..) = peak(&dir, &["empty.md"]);
    for (name, draft, code) in cases {
        dir.write(name, draft.as_bytes());
        let (peak, ended, said) = peak(&dir, &[name]);
        assert_eq!(ended, code, "{name}: {said}");
        if code == 2 {
            let expected = format!(
                "error: {name}: more than 262144 paragraphs, headings, items and cells; take large tables out, or raise the limit with --max-size\n"
            );
            assert_eq!(said, expected);
        }
        assert!(peak <= base + MOST * draft.len() as u64, "{name}: {peak} of {} bytes beside {base}", draft.len());
    }
    // Of many drafts no more are in memory together than one may have of bytes.
    let dir = folder([("empty.md", "")]);
    let half = "The leaders met in Seoul, and they spoke at length of the peace.\n\n".repeat((1 << 19) / 70);
    (0..16).for_each(|number| dir.write(&format!("{number}.md"), half.as_bytes()));
    let (peak, ended, said) = peak(&dir, &["--pack", "framing", "--max-size", "1", "."]);
    assert!(ended == 0 && peak <= base + (MOST << 20), "{peak} of 16 times {} bytes beside {base}: {said}", half.len());
}

#[test]
fn a_paragraph_of_one_letter_takes_no_more_than_half_a_kilobyte() {
    if !crate::common::installed("time") {
        return;
    }
    let blocks = 100_000;
    let row = "|a".repeat(50) + "|\n";
    let table = row.clone() + &"|-".repeat(50) + "|\n" + &row.repeat(blocks / 50 - 1);
    let cases = [
        ("cells.md", table),
        ("paragraphs.md", "a\n\n".repeat(blocks)),
        ("lines.txt", "a\n\n".repeat(blocks)),
        ("cells.html", "<table>".to_owned() + &"<td>a".repeat(blocks)),
    ];
    let dir = folder([("empty.md", "")]);
    let (base, ..) = peak(&dir, &["empty.md"]);
    for (name, draft) in cases {
        dir.write(name, draft.as_bytes());
        let (peak, ended, said) = peak(&dir, &[name]);
        assert_eq!(ended, 0, "{name}: {said}");
        assert!(peak <= base + BLOCK * blocks as u64, "{name}: {peak} of {blocks} blocks beside {base}");
    }
}

#[test]
fn drafts_are_reported_in_their_order_however_many_are_checked_at_once() {
    let dir = folder([("a.md", "puppet state\n"), ("b.md", "Peace.\n"), ("c.md", "puppet state\n")]);
    let pack = "schema: 1\npack: own\ntitle: own\nrules:\n  - {id: a, phrases: [puppet state], message: found}\n";
    dir.write("own.yml", pack.as_bytes());
    let report = |more: &[&str]| {
        let args = ["check", "--no-config", "--rules", "own.yml", "--select", "own", "--format", "short", "-q"];
        comity().args(args).args(more.iter().copied()).in_dir(&dir).run().stdout
    };
    let expected = report(&[]);
    assert_eq!(expected.lines().count(), 2, "{expected}");
    for jobs in ["1", "2", "7"] {
        assert_eq!(report(&["--jobs", jobs]), expected, "{jobs}");
    }
    let output = check().args(["--jobs", "0", "a.md"]).in_dir(&dir).run();
    assert!(output.code == 2 && output.stderr.contains("'--jobs <N>'"), "{output:?}");
}
