//! A pack, drafts and names of drafts that try to break out of every report format.

use crate::common::word::{SPACE, package, paragraph};
use crate::common::{Folder, Output, check, comity, folder};

/// What is said of a configuration that is wrong in [`broken`], and of its pack, which tries to break out of the report.
pub(crate) const CAUSES: [&str; 2] = [
    "broken/comity.yml:1:18: error: there is no pack `framng` [unknown-pack]; did you mean `framing`?",
    "broken/a\n::error::b.yml:3:41: error: `]]>\n::error::x %0A\u{1b}[2J` is no severity [unknown-value]; write `error`, `warning` or `note`",
];

/// What is said there of drafts, and of one that is missing.
pub(crate) const UNCHECKED: [&str; 3] = [
    "broken/x.md: not checked, because its configuration or one of its packs is wrong",
    "broken/y.md: not checked, because its configuration or one of its packs is wrong",
    "missing.md: No such file or directory (os error 2)",
];

/// Drafts that cannot be checked.
pub(crate) fn broken() -> Folder {
    folder([
        ("broken/comity.yml", "packs: [framing, framng]\nrules: [\"a\\n::error::b.yml\"]\n"),
        (
            "broken/a\n::error::b.yml",
            "schema: 1\npack: house\nrules: [{id: a, phrases: [x], severity: \"]]>\\n::error::x %0A\\u001b[2J\"}]\n",
        ),
        ("broken/x.md", "Peace.\n"),
        ("broken/y.md", "Peace.\n"),
    ])
}

/// The report of them.
pub(crate) fn broken_report(dir: &Folder, format: &str) -> Output {
    comity().args(["check", "-q", "--format", format, "broken", "missing.md"]).in_dir(dir).run()
}

/// A pack whose every text tries to break out of a report.
const PACK: &str = r#"
schema: 1
pack: house
title: house
sources: {s: {title: "]]>\n::error::t \u001b[2J", url: "javascript:x y"}}
rules:
  - id: hostile
    kind: pattern
    regex: "HOSTILE .* END"
    suggest: ["]]>\" -->\u001b[2J\u202e%0A##vso[s]"]
    message: "\"{match}\"\r\n::error::m ]]> {0} [a](http://b) \u2028 %0A ##[m]\n ::m"
    why: "w ]]> <b>[x](y)\n::error::w \u001b[2J \u202e ##vso[w]"
    objection: [China]
    source: s
    examples: {flag: [a, b], pass: [a, b]}
"#;

/// A draft that does, in what the pack finds.
pub(crate) const DRAFT: &str = "HOSTILE ::error file=x::y ]]> <b a=\"'&amp; \u{1b}[2J\u{7} \u{202e} \u{2028} \u{85} %0A%3A \u{fffe} \\ {1} [x](y) \
     ##[error]x ##vso[task.setvariable variable=a]b ##teamcity[x] #\u{200b}#vso[y] \u{2066}z \u{7f}\u{61c}\u{200f} END\n";

/// Names that do.
pub(crate) const NAMES: &[&str] =
    &["공동 성명 100%, v1:2.md", "::error file=a::b]]>\"'<&%0A.md", "a\n::error::b\u{1b}[2J.md", "##vso[x]##[y].md"];

/// The draft under each of the names.
pub(crate) fn drafts() -> Folder {
    let dir = folder([("house.yml", PACK)]);
    NAMES.iter().for_each(|name| dir.write(name, DRAFT.as_bytes()));
    dir
}

/// A pack that has more to tell than a message: what else is found in a place, other places, who commits to what, what never was found.
const TELLING: &str = r###"
schema: 1
pack: house
sources: {s: {title: t, url: "https://example.org/?a&b='c"}}
rules:
  - {id: says, kind: pattern, regex: "SAYS .* END", message: m, source: s}
  - {id: too, kind: pattern, regex: "SAYS .* END", message: "::t <b a='& \u001b[2J ##vso[t]"}
  - {id: unfound, phrases: ["SAYS it", "##vso[a] x"], message: m}
  - id: balance
    kind: balance
    parties: {"::p <b a='& \u001b[2J ##vso[p]": [Seoul], b: [Washington]}
    verbs: [commits]
    ratio: 1.5
    message: m
"###;

/// Drafts of which all of that is told, and why something is silenced, the mark of a note, a heading, a part of a document, what
/// moved from one to the other and what a sentence says that it did not.
pub(crate) fn telling() -> Folder {
    let heading = "<w:p><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr><w:r><w:t>::h &lt;b a='&amp; ##vso[h] \u{202e}</w:t></w:r></w:p>";
    let body = format!("{}{heading}{}", paragraph(&["Title"]), paragraph(&["SAYS it here END"]));
    let root = |name: &str, content: &str| format!("<w:{name} xmlns:w=\"{SPACE}\">{content}</w:{name}>");
    let part = "n <b a='& \u{202e}.xml";
    let commits = format!("Seoul commits to peace.{}", " Washington commits to peace.".repeat(4));
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header\" Target=\"{}\"/></Relationships>",
        part.replace('&', "&amp;").replace('<', "&lt;")
    );
    let document = package(&[
        ("word/document.xml".to_owned(), root("document", &format!("<w:body>{body}</w:body>"))),
        (format!("word/{part}"), root("hdr", &(paragraph(&["SAYS a header END"]) + &paragraph(&[&commits])))),
        ("word/_rels/document.xml.rels".to_owned(), relations),
    ]);
    let kept = "They spoke SAYS of all kinds of things END at length in the second place.";
    let old = format!("The sides will meet SAYS one END in [Seoul ##vso[r]].\n\nIt stays where it was.\n\n{kept}\n");
    let new = format!(
        "{kept}\n\nThe sides may meet SAYS one END in [Busan ##vso[q] \u{1b}[2J].\n\nIt stays where it was.\n\n\
         {commits}\n\n\
         <!-- comity: ignore house/says -- ::r <b a='& \u{1b}[2J ##vso[r] -->\nSAYS it END\n\n\
         A note.[^<b&]\n\n[^<b&]: SAYS a note END\n"
    );
    let dir = folder([("house.yml", TELLING.as_bytes()), ("b.docx", &document)]);
    dir.write("::o <b a='&/old ##vso[o].md", old.as_bytes());
    dir.write("::o <b a='&/new <b.md", new.as_bytes());
    dir
}

/// What is reported of one of the drafts.
pub(crate) fn report(dir: &Folder, format: &str, name: &str) -> Output {
    let run = check().args(["-q", "--pack", "framing", "--rules", "house.yml", "--format", format]);
    run.arg(name).in_dir(dir).run()
}

/// What of a text a terminal or the log of a CI runner would obey: lines with control characters, those in which a command of GitHub,
/// Azure Pipelines or TeamCity stands, and those that begin with a command of GitHub.
pub(crate) fn obeyed(text: &str) -> Vec<String> {
    // .NET compares text as people sort it, and passes over these.
    let seen: String =
        text.chars().filter(|c| !"\u{200b}\u{200c}\u{200d}\u{ad}\u{2060}\u{feff}".contains(*c)).collect();
    let is_command = |line: &&str| {
        // It belongs to the line end.
        let line = line.trim_end_matches('\r');
        let bracket = line.match_indices("##").any(|(at, _)| {
            let name = line[at..].trim_start_matches('#');
            name.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "-_.".contains(c)).starts_with('[')
        });
        let control = |c: char| {
            (c.is_control() && c != '\t')
                || "\u{61c}\u{200e}\u{200f}".contains(c)
                || ('\u{2028}'..='\u{202e}').contains(&c)
                || ('\u{2066}'..='\u{2069}').contains(&c)
        };
        bracket || line.trim_start().starts_with("::") || line.contains(control)
    };
    seen.split('\n').filter(is_command).map(str::to_owned).collect()
}
