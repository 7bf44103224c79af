//! The report for people who look, `--format html`, in Chromium: what clicks, keys and filters do, what is seen without a script, on
//! paper and on a phone, and that a hostile draft does nothing.
//!
//! `tests/clients/browser.mjs` drives the browser with playwright-core, which `.ci/clients` brings.

use std::path::PathBuf;
use std::process::Command;

use crate::common::{Folder, check, client, folder, installed, root};
use serde_json::{Value, json};

/// Two packs, overlapping findings, a finding that is an absence, one that points at another place, a suppressed one.
const PACK: &str = r#"
schema: 1
pack: house
sources: {guide: {title: The guide of the house, url: "https://example.org/guide?a=1&b=2"}}
rules:
  - {id: close, phrases: [close coordination], suggest: [coordination], why: Everything is close., source: guide}
  - {id: coordination, severity: note, phrases: [coordination (in|at) the], why: The word is worn., objection: [China]}
  - {id: harbour, severity: note, kind: consistent, either: [[harbour], [harbor]], why: One spelling serves.}
  - {id: peace, severity: note, kind: require, phrases: [peace and prosperity], why: It is always said.}
"#;

const DRAFT: &str = "# Joint Statement on the Harbour

The two sides discussed China containment and a new Cold War.

Ministers value close coordination in the harbour; [see](https://example.org) and coordination at the harbor.

<!-- comity: ignore framing/bloc-confrontation -- agreed on 3 March -->
They reject bloc politics.
";

/// What a scenario saw of the report on these drafts; `None` where there is no browser.
fn browse(scenario: &str, files: &Folder, paths: &[&str]) -> Option<Value> {
    if !["node", "chromium"].map(installed).into_iter().all(|there| there) {
        return None;
    }
    let playwright = client("node_modules/playwright-core")?;
    let run =
        check().args(["-q", "--pack", "framing", "--rules", "house.yml", "--format", "html", "--output", "page.html"]);
    let output = run.args(paths.iter().copied()).in_dir(files).run();
    assert_eq!(output.stdout, "");
    let page = files.read("page.html");
    let output = Command::new("node")
        .arg(root().join("tests/clients/browser.mjs"))
        .arg(scenario)
        .arg(files.path("page.html"))
        .env("PLAYWRIGHT", playwright)
        .env("CHROMIUM", chromium())
        .env("XML", xhtml(&page))
        .output()
        .expect("Node is installed");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let mut seen: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {errors}"));
    let noise = seen.as_object_mut().and_then(|seen| seen.remove("noise"));
    assert_eq!(noise, Some(json!([])), "{scenario}");
    Some(seen)
}

fn chromium() -> PathBuf {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let mut paths = std::env::split_paths(&folders).map(|folder| folder.join("chromium"));
    paths.find(|path| path.is_file()).expect("it is installed")
}

/// The page as a document of XML: its style and its script are text there.
fn xhtml(page: &str) -> String {
    let page = page.replace("<html ", "<html xmlns=\"http://www.w3.org/1999/xhtml\" ");
    let (head, body) = page.split_once("<style>").expect("it has a style");
    let (_, body) = body.split_once("</script>").expect("it has a script");
    format!("{head}{body}")
}

fn drafts() -> Folder {
    folder([("house.yml", PACK), ("draft.md", DRAFT)])
}

#[test]
fn a_mark_opens_its_note_and_one_is_open_at_a_time() {
    let Some(seen) = browse("marks", &drafts(), &["draft.md"]) else {
        return;
    };
    let expected = json!({
        "before": [[], []],
        "mark": [["d1n2"], ["Say instead", "Found", "Why", "Likely objection", "Source", "Place", "Rule"]],
        "first": ["d1n4"],
        "second": ["d1n5"],
        "colours": ["coordination", " in the"],
        "note": ["d1n1"],
        "next": ["d1n2"],
        "closed": [],
        "number": ["d1n7"],
        "near": ["Harbour"],
        "related": "d1s25-32",
        "hash": "#d1n7",
    });
    assert_eq!(seen, expected);
}

#[test]
fn severities_packs_and_words_narrow_what_is_shown() {
    let shown = |notes: &[usize], status: &str| {
        let notes: Vec<String> = notes.iter().map(|number| format!("d1n{number}")).collect();
        json!([notes, ["d1"], status])
    };
    let Some(seen) = browse("filters", &drafts(), &["draft.md"]) else {
        return;
    };
    let expected = json!({
        "labels": ["1 error", "2 warnings", "4 notes", "1 suppressed"],
        "all": shown(&[1, 2, 3, 4, 5, 6, 7], "7 findings"),
        "without_warnings": shown(&[1, 2, 5, 6, 7], "5 of 7 findings"),
        "still_marked": 0,
        "without_framing": shown(&[1, 4, 5, 6, 7], "5 of 7 findings"),
        "with_suppressed": shown(&[1, 2, 3, 4, 5, 6, 7, 8], "8 findings"),
        "words": shown(&[2], "1 of 8 findings"),
        "nothing": [[], [], "0 of 8 findings"],
    });
    assert_eq!(seen, expected);
}

#[test]
fn keys_move_open_and_close() {
    let Some(seen) = browse("keys", &drafts(), &["draft.md"]) else {
        return;
    };
    let expected = json!({
        // For each key: what has the focus then, and which note is open.
        "steps": [
            ["n", "d1f1", "d1n1"],
            ["j", "d1f2", "d1n2"],
            ["ArrowRight", "d1f3", "d1n3"],
            ["p", "d1f2", "d1n2"],
            ["k", "d1f1", "d1n1"],
            ["ArrowLeft", "d1f7", "d1n7"],
            ["ArrowDown", "d1f1", "d1n1"],
            ["ArrowUp", "d1f7", "d1n7"],
            ["Enter", "d1n7", "d1n7"],
            ["Escape", "d1f7", ""],
            ["Control+n", "d1f7", ""],
            ["/", "input", ""],
            ["n", "input", ""],
            ["Escape", "body", ""],
            ["?", "button", ""],
            // Single letters are switched off here.
            ["n", "body", ""],
            ["ArrowRight", "d1f1", "d1n1"],
        ],
        "outline": "solid",
        "typed": "n",
        "help": 7,
    });
    assert_eq!(seen, expected);
}

#[test]
fn it_is_readable_in_light_and_dark_and_on_a_phone() {
    let looks = |paper: &str, wide: bool| json!({"paper": paper, "poor": null, "scrolls": false, "beside": wide, "below": !wide});
    let Some(seen) = browse("looks", &drafts(), &["draft.md"]) else {
        return;
    };
    let expected = json!({
        "light 1280": looks("rgb(251, 250, 246)", true),
        "light 360": looks("rgb(251, 250, 246)", false),
        "dark 1280": looks("rgb(25, 24, 21)", true),
        "dark 360": looks("rgb(25, 24, 21)", false),
    });
    assert_eq!(seen, expected);
}

#[test]
fn all_is_there_without_a_script_and_with_one_that_fails() {
    let Some(seen) = browse("plain", &drafts(), &["draft.md"]) else {
        return;
    };
    let expected = json!({
        // Notes, notes that are seen, reasons that are seen, filters that are seen.
        "no script 1280": [8, 8, 17, 0],
        "no script 360": [8, 8, 17, 0],
        "failing script 1280": [8, 8, 17, 0],
        "failing script 360": [8, 8, 17, 0],
    });
    assert_eq!(seen, expected);
}

#[test]
fn on_paper_every_note_is_open() {
    let Some(seen) = browse("print", &drafts(), &["draft.md"]) else {
        return;
    };
    let expected = json!({
        // The one that is suppressed was not asked for.
        "notes": [8, 7],
        "reasons": 12,
        "see": ["Reasonas at 5"],
        "filters": 0,
        "address": "\" <https://koreaonpoint.org/articles/article_detail.php?idx=446&topic_idx=178>\"",
        "ink": "rgb(36, 33, 28)",
    });
    assert_eq!(seen, expected);
}

#[test]
fn many_drafts_are_folded_and_a_finding_unfolds_its_own() {
    let files = drafts();
    for name in ["b.md", "c.md", "d.md", "e.md"] {
        files.write(name, b"They discussed China containment.\n");
    }
    files.write("a.md", b"Nothing, but peace and prosperity.\n");
    let Some(seen) = browse("folded", &files, &["a.md", "b.md", "c.md", "d.md", "e.md"]) else {
        return;
    };
    let expected = json!({
        "before": [[], ["a.md", "b.md", "c.md", "d.md", "e.md"]],
        "last": [["d5"], "d5f2"],
        "linked": [["d3"], ["d3n1"]],
        // Drafts that are folded on the screen and on paper, and unfolded ones while it is printed and afterwards.
        "paper": [4, 0, 5, 1],
    });
    assert_eq!(seen, expected);
}

/// A pack whose every text tries to be markup.
const HOSTILE_PACK: &str = r#"
schema: 1
pack: house
sources: {s: {title: "<script>alert(3)</script>", url: "javascript:alert(4)"}}
rules:
  - id: hostile
    kind: pattern
    regex: "HOSTILE .* END"
    suggest: ["<img src=x onerror=alert(5)>"]
    message: "</p><script>alert(6)</script> \"{match}\""
    why: "</dd></dl><svg onload=alert(7)>"
    objection: [China]
    source: s
"#;

const HOSTILE_DRAFT: &str = "# HOSTILE \\<script>alert(1)\\</script> END

HOSTILE \\</mark>\\</style>\\</title>\\<script>alert(2)//]]>--> \" ' ` &amp;lt; \u{2028} \u{202e}drow\u{202c} ${1} {{2}} END

- `<img src=x onerror=alert(9)>` <https://example.org/?\"><script>alert(1)</script>> HOSTILE ![<b onclick=alert(1)>](x) END

| HOSTILE \\<iframe srcdoc=x> END | \\<base href=//example.org> |
|--|--|
| \\<meta http-equiv=refresh content=0> | HOSTILE javascript:alert(1) END |
";

#[cfg(unix)]
#[test]
fn a_draft_full_of_scripts_runs_nothing() {
    let files = folder([("house.yml", HOSTILE_PACK)]);
    let name = "\"><img src=x onerror=alert(0)>\u{202e}.md";
    files.write(name, HOSTILE_DRAFT.as_bytes());
    let Some(seen) = browse("hostile", &files, &[name, "<script>alert(0)<script>.md"]) else {
        return;
    };
    let expected = json!({
        "text": [
            "HOSTILE <script>alert(1)</script> END1",
            "HOSTILE </mark></style></title><script>alert(2)//]]>--> \" ' ` &lt; \\u{202e}drow\\u{202c} ${1} {{2}} END2",
            "\u{2022}`<img src=x onerror=alert(9)>` <https://example.org/?\">> HOSTILE [image] END3",
            "HOSTILE <iframe srcdoc=x> END4",
            "<base href=//example.org>",
            "<meta http-equiv=refresh content=0>",
            "HOSTILE javascript:alert(1) END5",
        ],
        "first": "1 warning</p><script>alert(6)</script> \"HOSTILE <script>alert(1)</script> END\"Say instead\
                  <img src=x onerror=alert(5)>Then read the sentence again.Why</dd></dl><svg onload=alert(7)>\
                  Likely objectionChinaSource<script>alert(3)</script>Placeline 1, column 3\
                  Rulehouse/hostile",
        "notes": 5,
        "failures": "<script>alert(0)<script>.md: No such file or directory (os error 2)",
        "title": "\"><img src=x onerror=alert(0)>\\u{202e}.md \u{b7} comity",
        "elements": [
            "a", "bdi", "button", "code", "dd", "details", "dialog", "div", "dl", "dt", "fieldset", "footer", "form", "h1", "h2", "h3",
            "header", "input", "kbd", "label", "legend", "li", "main", "mark", "option", "output", "p", "section", "select", "span",
            "summary", "sup", "ul",
        ],
        "scripts": 1,
        "handlers": [],
        "links": ["file:"],
        "opened": "#d1n2",
        "same": true,
        "quiet": [],
        "blocked": 2,
    });
    assert_eq!(seen, expected);
}
