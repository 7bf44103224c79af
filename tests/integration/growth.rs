//! What a check costs grows with the draft, whatever stands in it: a draft of twice the size takes little more than twice the steps.
//!
//! A step is a stretch of instructions without a jump, as `valgrind --stats=yes` counts them: they are the same on every machine, at
//! every load. To add a kind of rule or a format, add its worst draft to [`CASES`].

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, OnceLock};

use crate::common::{Folder, comity, folder, installed, odt, word};

/// How many times the steps of a draft one of twice its size may take: sorting costs a little more than twice.
const MOST: f64 = 2.3;

/// A draft that could be made as long as one likes, and what is done with it.
struct Case {
    name: &'static str,
    /// The ending of its name, which tells the format; of a document the draft is the body.
    format: &'static str,
    /// How many units the smaller draft has.
    units: usize,
    /// The draft of so many units.
    draft: fn(usize) -> String,
    /// The keys of the only rule, in a pack of its own; a rule of comity by its name; or `all`.
    rule: &'static str,
    /// More arguments.
    args: &'static [&'static str],
}

/// A case of `comity check`.
const fn case(
    name: &'static str,
    format: &'static str,
    units: usize,
    rule: &'static str,
    draft: fn(usize) -> String,
) -> Case {
    Case { name, format, units, draft, rule, args: &["check", "-q", "--statistics"] }
}

/// A case of `comity compare`, with the same draft in other verbs.
const fn comparison(name: &'static str, units: usize, draft: fn(usize) -> String) -> Case {
    Case { name, format: "md", units, draft, rule: NOTHING, args: &["compare", "old.md"] }
}

/// A case of `comity compare` of more than two drafts.
const fn of_several(
    name: &'static str,
    units: usize,
    args: &'static [&'static str],
    draft: fn(usize) -> String,
) -> Case {
    Case { name, format: "md", units, draft, rule: NOTHING, args }
}

/// A rule that looks at everything and finds nothing: what it costs is what the reader costs.
const NOTHING: &str = "kind: pattern, regex: 'Zzyzx'";

/// One text for each number.
fn each(units: usize, text: impl Fn(usize, &mut String)) -> String {
    let mut draft = String::new();
    (0..units).for_each(|unit| text(unit, &mut draft));
    draft
}

/// As many paragraphs, each with a finding of its own.
fn many_deterrents(units: usize) -> String {
    each(units, |at, text| _ = write!(text, "The deterrence of {at}.\n\n"))
}

const CASES: &[Case] = &[
    // The kinds of rules.
    case("phrase", "md", 200, "phrases: [deterrence], except: [deterrence of], suggest: [peace]", |n| {
        "deterrence and Japan ".repeat(n)
    }),
    case("pattern", "md", 200, "kind: pattern, regex: 'deter\\w+'", |n| "deterrence and Japan ".repeat(n)),
    case("near: words", "md", 300, "kind: near, phrases: [deterrence], with: [China], within: {words: 10000}", |n| {
        "deterrence and ".repeat(n) + "China"
    }),
    case("near: sentence", "md", 200, "kind: near, phrases: [deterrence], with: [China], within: sentence", |n| {
        "Deterrence of China and ".repeat(n)
    }),
    case("require", "md", 200, "kind: require, phrases: [peace], when: [deterrence], within: section", |n| {
        "# Deterrence\n\nof\n\n".repeat(n)
    }),
    case("term", "md", 125, "kind: term, use: Deterrence Dialogue, short: EDD, not: [deterrence talk]", |n| {
        "EDD and the Deterrence Dialogue (EDD) and deterrence talk ".repeat(n)
    }),
    case("consistent", "md", 200, "kind: consistent, either: [[toward], [towards]]", |n| {
        "toward and towards ".repeat(n)
    }),
    case("limit", "md", 500, "kind: limit, phrases: [deterrence], max: 1, per: section", |n| {
        "# Deterrence\n\ndeterrence\n\n".repeat(n)
    }),
    case(
        "formula",
        "md",
        75,
        "kind: formula, text: the complete denuclearization of the peninsula, except: [x y]",
        |n| "the denuclearization of the peninsula, x y\n\n".repeat(n),
    ),
    case("figure", "md", 200, "kind: figure, units: [percent], near: [spending]", |n| {
        "spending and 3 percent, ".repeat(n)
    }),
    case("order", "md", 200, "kind: order, names: [[ROK], [Japan]]", |n| "ROK and Japan, Japan and ROK, ".repeat(n)),
    case(
        "balance",
        "md",
        150,
        "kind: balance, parties: {a: [Seoul], b: [Washington]}, verbs: [commits], ratio: 1.5",
        |n| "Together with Seoul, Washington commits and Washington commits and ".repeat(n),
    ),
    case("repeated", "md", 200, "kind: repeated", |n| "the the and Japan ".repeat(n)),
    case("weekday", "md", 200, "kind: weekday", |n| "on Monday, 3 May 2024 ".repeat(n)),
    case("numbering", "md", 400, "kind: numbering", |n| {
        each(n, |at, text| _ = write!(text, "# {}. Item\n\n", at * 2 % 900))
    }),
    case("promised: sections", "md", 125, "kind: promised", |n| {
        let items = each(n, |at, text| _ = writeln!(text, "- Trade and talks {at}"));
        let headings =
            each(n, |at, text| _ = write!(text, "# Trade and talks {}\n\n", if at % 2 == 0 { at } else { at + 9999 }));
        format!("{items}\n{headings}")
    }),
    case("promised: references", "md", 200, "kind: promised, find: references", |n| {
        each(n, |at, text| _ = write!(text, "# Section {}\n\nsee section {} below\n\n", at % 300, at % 300 + 400))
    }),
    case("spelling", "md", 150, "kind: spelling", |n| {
        let letter = |at: usize| char::from(b'a' + (at % 26) as u8);
        each(n, |at, text| _ = write!(text, "He met Kimba{}{} there. ", letter(at / 26), letter(at)))
    }),
    case("undefined", "md", 400, "kind: undefined, phrases: [=Area]", |n| {
        let letter = |at: usize| char::from(b'A' + (at % 26) as u8);
        each(n, |at, text| _ = write!(text, "the {}{} Area and ", letter(at / 26), letter(at)))
    }),
    case("ordinal", "md", 250, "kind: ordinal", |n| {
        each(n, |at, text| _ = write!(text, "the {}th Leaders Summit Meeting, ", at % 900))
    }),
    // The readers, and what is told of a draft.
    case("table", "md", 1000, NOTHING, |n| format!("|a|\n|-|\n{}", "|a|\n".repeat(n))),
    case("nested emphasis", "md", 1000, NOTHING, |n| "*a **b ".repeat(n)),
    case("footnotes", "md", 300, NOTHING, |n| each(n, |at, text| _ = write!(text, "a[^{at}]\n\n[^{at}]: b\n\n"))),
    case("text that is set in", "md", 300, NOTHING, |n| "a\n\n    The leaders met.\n    let x = 1;\n\n".repeat(n)),
    case("open syntax", "md", 750, NOTHING, |n| "{{ a {% b {#c $d [@e {: ".repeat(n)),
    case("HTML in Markdown", "md", 500, NOTHING, |n| "<b>a <i lang=fr>le ".repeat(n)),
    case("plain text", "txt", 750, NOTHING, |n| "con-\ntain \u{4e2d}\n".repeat(n)),
    case("raised digits", "txt", 1500, NOTHING, |n| "1\u{b2}".repeat(n)),
    case("unspaced stops", "txt", 1500, NOTHING, |n| "a.Bc".repeat(n)),
    case("HTML", "html", 500, NOTHING, |n| "<div>a<p>b<li>c<b>".repeat(n)),
    case("open elements", "html", 1000, NOTHING, |n| "<svg>a".repeat(n)),
    case("ends of nothing", "html", 1000, NOTHING, |n| "<b>a</i></section>".repeat(n)),
    case("comments in HTML", "html", 300, NOTHING, |n| "a<!-- comity: off a -->".repeat(n)),
    case("attributes", "html", 1000, NOTHING, |n| format!("<p {}>a", "a=b lang=ko ".repeat(n))),
    case("open quotations", "md", 750, NOTHING, |n| "\u{201c}a 'b \"c ".repeat(n)),
    case("quotations over paragraphs", "txt", 400, NOTHING, |n| "\u{201c}The side said\n\n".repeat(n)),
    case("languages", "md", 75, NOTHING, |n| {
        "Les deux pays ont affirm\u{e9} leur engagement.\n\nThe leaders met.\n\n".repeat(n)
    }),
    case("front matter", "md", 600, NOTHING, |n| {
        format!("---\n{}---\na\n", each(n, |at, text| _ = writeln!(text, "k{at}: v")))
    }),
    case("declared parties", "md", 100, NOTHING, |n| format!("---\nparties: [{}]\n---\na\n", "Japan, ".repeat(n))),
    case("voices", "md", 30, "register/take-note", |n| {
        "The Council said that it takes note of it, and Article 5 says that \"it\" takes note. ".repeat(n)
    }),
    case("names in capitals", "md", 200, "phrases: [Bank of], concern: style", |n| {
        "the Ministry Bank of the ".repeat(n)
    }),
    case("comments", "md", 75, "phrases: [deterrence]", |n| {
        "<!-- comity: off own -- so -->\n\ndeterrence <!-- comity: ignore own -- so -->\n\n<!-- comity: on own -->\n\n"
            .repeat(n)
    }),
    case("all packs", "md", 10, "all", |n| {
        "The ROK and Japan met on 3 May 2024 to discuss China containment; (b) they will work together. ".repeat(n)
    }),
    case("Word", "docx", 60, NOTHING, |n| {
        let run = |text: &str| format!("<w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r>");
        let paragraph = format!("<w:p>{}<w:hyperlink>{}</w:hyperlink></w:p>", run("a b"), run("c"));
        let change = |tag: &str, text: &str| format!("<w:{tag} w:id=\"1\" w:author=\"a\"><w:r>{text}</w:r></w:{tag}>");
        let deleted = change("del", "<w:delText>d</w:delText>") + &change("ins", "<w:t>e</w:t>");
        let row = format!("<w:tbl><w:tr><w:tc>{paragraph}</w:tc></w:tr></w:tbl>");
        format!("{paragraph}<w:p>{deleted}</w:p>{row}").repeat(n)
    }),
    case("OpenDocument", "odt", 200, NOTHING, |n| {
        let paragraph = |text: &str| format!("<text:p>{text}</text:p>");
        let regions = each(n, |at, text| {
            let deleted = paragraph("x ");
            _ = write!(
                text,
                "<text:changed-region text:id=\"c{at}\"><text:deletion>{deleted}</text:deletion></text:changed-region>"
            );
        });
        // Each deletion in a place of its own, and all of them in one.
        let marks = each(n, |at, text| _ = write!(text, "<text:change text:change-id=\"c{at}\"/>"));
        let places = each(n, |at, text| {
            let mark = format!("<text:span>a<text:change text:change-id=\"c{at}\"/></text:span>");
            text.push_str(&paragraph(&format!("{mark}<text:s text:c=\"2\"/>b")));
        });
        format!("<text:tracked-changes>{regions}</text:tracked-changes>{places}{}", paragraph(&marks))
    }),
    case("nested spans", "odt", 400, NOTHING, |n| {
        format!("<text:p>{}a{}</text:p>", "<text:span>".repeat(n), "</text:span>".repeat(n))
    }),
    Case {
        name: "baseline",
        format: "md",
        units: 200,
        draft: many_deterrents,
        rule: "phrases: [deterrence]",
        args: &["check", "-q", "--baseline", "known.yml"],
    },
    Case {
        name: "baseline that is written",
        format: "md",
        units: 200,
        draft: many_deterrents,
        rule: "phrases: [deterrence]",
        args: &["check", "-q", "--write-baseline", "known.yml"],
    },
    Case {
        name: "human report",
        format: "md",
        units: 40,
        draft: |n| "deterrence and Japan ".repeat(n),
        rule: "phrases: [deterrence], suggest: [peace]",
        args: &["check"],
    },
    Case {
        name: "fixes",
        format: "md",
        units: 60,
        draft: |n| "deterrence and Japan ".repeat(n),
        rule: "phrases: [deterrence], suggest: [peace], fix: safe",
        args: &["check", "--diff"],
    },
    comparison("comparison", 120, |n| each(n, |at, text| _ = write!(text, "The side of {at} shall support peace. "))),
    comparison("comparison of one sentence", 1_000, |n| {
        each(n, |at, text| _ = write!(text, "the side of {at} shall support peace and "))
    }),
    comparison("comparison of one sentence over and over", 200, |n| "The side shall support peace. ".repeat(n)),
    of_several("series", 120, &["compare", "--series", "old.md", "old.md"], |n| {
        each(n, |at, text| _ = write!(text, "The side of {at} shall support peace in word{at} of Lastra. "))
    }),
    of_several("series of one sentence over and over", 200, &["compare", "--series", "old.md", "old.md"], |n| {
        "The side shall support peace. ".repeat(n)
    }),
    Case {
        name: "change",
        rule: "kind: change, of: strengthened",
        args: &["compare", "--format", "short", "old.md"],
        ..comparison("", 120, |n| each(n, |at, text| _ = write!(text, "The side of {at} shall support peace. ")))
    },
    of_several("two edits of one base", 120, &["compare", "--base", "old.md", "old.md"], |n| {
        each(n, |at, text| _ = write!(text, "The side of {at} shall support peace. "))
    }),
];

/// The program under test without its names and lines, which valgrind reads anew at each start: half of what a small draft takes.
fn bare() -> &'static Path {
    static BARE: LazyLock<PathBuf> = LazyLock::new(|| {
        let program = Path::new(env!("CARGO_BIN_EXE_comity"));
        let bare = Path::new(env!("CARGO_TARGET_TMPDIR")).join("comity-bare");
        let stripped = std::process::Command::new("strip").arg("-o").args([&bare, program]).status();
        if stripped.is_ok_and(|status| status.success()) { bare } else { program.to_owned() }
    });
    &BARE
}

impl Case {
    /// The arguments before the draft, with the pack written into the folder.
    fn args(&self, dir: &Folder) -> Vec<String> {
        let own = |text: &&str| (*text).to_owned();
        let mut args: Vec<String> = self.args.iter().map(own).collect();
        args.extend(["--no-config"].iter().map(own));
        if self.rule == "all" {
            return args;
        }
        if let Some((pack, _)) = self.rule.split_once('/').filter(|(pack, _)| !pack.contains(' ')) {
            args.extend(["--pack", pack, "--select", self.rule].iter().map(own));
            return args;
        }
        let head = "schema: 1\npack: own\ntitle: own\nrules:\n";
        dir.write("own.yml", format!("{head}  - {{id: a, message: found, {}}}\n", self.rule).as_bytes());
        args.extend(["--pack", "non-binding", "--rules", "own.yml", "--select", "own"].iter().map(own));
        args
    }

    /// The steps that a draft of so many units takes.
    fn steps(&self, units: usize) -> u64 {
        let dir = folder([("old.md", "")]);
        let draft = format!("draft.{}", self.format);
        let text = (self.draft)(units);
        let bytes = match self.format {
            "docx" => word::docx(&text),
            "odt" => odt::odt(&text),
            _ => text.into_bytes(),
        };
        dir.write(&draft, &bytes);
        let args = self.args(&dir);
        if args.iter().any(|arg| arg.ends_with("baseline")) {
            // All of it is known: that is what is read, or written anew.
            let args = args.iter().map(|arg| if arg == "--baseline" { "--write-baseline" } else { arg });
            comity().args(args.chain([draft.as_str()])).in_dir(&dir).run().is(0, "", "");
        }
        if self.args[0] == "compare" {
            dir.write("old.md", (self.draft)(units).replace("shall", "will").as_bytes());
        }
        let output = std::process::Command::new("valgrind")
            .args(["--tool=none", "--stats=yes"])
            .arg(bare())
            .args(args)
            .arg(&draft)
            .current_dir(dir.as_ref())
            .output()
            .expect("valgrind is installed");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code().is_some_and(|code| code < 2), "{}: {said}", self.name);
        let count = said.lines().find_map(|line| line.strip_suffix(" event checks.")?.rsplit(' ').next());
        count.and_then(|count| count.replace(',', "").parse().ok()).expect("valgrind counts")
    }

    /// How many times the steps of the draft one of twice its size takes, without what any draft takes.
    fn growth(&self, start: u64) -> f64 {
        let [once, twice] = [1, 2].map(|times| self.steps(times * self.units).saturating_sub(start));
        assert!(once > start / 2, "{}: {once} steps are too few beside {start} of the start", self.name);
        twice as f64 / once as f64
    }
}

#[test]
fn a_draft_of_twice_the_size_takes_twice_the_steps() {
    if !installed("valgrind") {
        return;
    }
    let start: OnceLock<u64> = OnceLock::new();
    let start = || *start.get_or_init(|| case("nothing", "md", 10, NOTHING, |_| String::new()).steps(0));
    let next = AtomicUsize::new(0);
    // Two at a time: each is a process of its own.
    let grown: Vec<(&str, f64)> = std::thread::scope(|scope| {
        let work = || {
            let cases = std::iter::from_fn(|| CASES.get(next.fetch_add(1, Ordering::Relaxed)));
            cases.map(|case| (case.name, case.growth(start()))).collect::<Vec<_>>()
        };
        let workers: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("no case fails to run")).collect()
    });
    assert_eq!(grown.len(), CASES.len());
    let steep: Vec<_> = grown.iter().filter(|(_, growth)| *growth > MOST).collect();
    assert!(steep.is_empty(), "{steep:?}");
}
