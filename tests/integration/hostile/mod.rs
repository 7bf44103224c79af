//! A pack, drafts and names of drafts that try to break out of every report format.

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
    why: "w ]]>\n::error::w \u001b[2J \u202e ##vso[w]"
    objection: [China]
    source: s
    examples: {flag: [a, b], pass: [a, b]}
"#;

/// A draft that does, in what the pack finds.
pub(crate) const DRAFT: &str = "HOSTILE ::error file=x::y ]]> <b a=\"'&amp; \u{1b}[2J\u{7} \u{202e} \u{2028} \u{85} %0A%3A \u{fffe} \\ {1} [x](y) \
     ##[error]x ##vso[task.setvariable variable=a]b ##teamcity[x] #\u{200b}#vso[y] \u{2066}z END\n";

/// Names that do.
pub(crate) const NAMES: &[&str] =
    &["공동 성명 100%, v1:2.md", "::error file=a::b]]>\"'<&%0A.md", "a\n::error::b\u{1b}[2J.md", "##vso[x]##[y].md"];

/// The draft under each of the names.
pub(crate) fn drafts() -> Folder {
    let dir = folder([("house.yml", PACK)]);
    NAMES.iter().for_each(|name| dir.write(name, DRAFT.as_bytes()));
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
                || ('\u{2028}'..='\u{202e}').contains(&c)
                || ('\u{2066}'..='\u{2069}').contains(&c)
        };
        bracket || line.trim_start().starts_with("::") || line.contains(control)
    };
    seen.split('\n').filter(is_command).map(str::to_owned).collect()
}
