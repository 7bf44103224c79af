//! Drafts in which editors count columns differently, and what is found in them.

use crate::common::{Folder, folder};

pub(crate) const CONTAINMENT: &str =
    "\"China containment\" makes China the target of the alliance, and China will object [framing/china-containment]";
pub(crate) const BLOC: &str =
    "\"bloc politics\" divides the region into opposing groups of states [framing/bloc-confrontation]";
pub(crate) const MARKET: &str =
    "\"burden-sharing\" describes the alliance as a cost that one side pays for the other [framing/burden-sharing]";

/// Drafts, each with something before what is found that one editor or another counts differently.
pub(crate) fn drafts() -> Folder {
    folder([
        ("comity.yml", "packs: [framing]\n"),
        ("ascii.md", "They know: China containment.\n"),
        ("bom.md", "\u{feff}The 한국 China containment.\r\n\r\nNow bloc politics.\r\n"),
        // Hangul, a no-break space, and what is quoted over a line break, in bold.
        (
            "draft.md",
            "# 제목\n\n한국과\u{a0}미국은 China containment 문제를 논의했다.\n\n> Now bloc\n> **politics**, please.\n",
        ),
        // A tab, decomposed letters, an emoji.
        ("공동 성명/초안 two.txt", "\tCafe\u{301} \u{1112}\u{1161}\u{11ab} 🇰🇷 China containment.\n"),
    ])
}

/// For each finding of the drafts: file, line, column in characters, column in bytes, severity, message, the rest of the line.
pub(crate) type Finding = (&'static str, usize, usize, usize, &'static str, &'static str, &'static str);

pub(crate) const FINDINGS: [Finding; 6] = [
    ("ascii.md", 1, 12, 12, "error", CONTAINMENT, "China containment."),
    ("bom.md", 1, 8, 12, "error", CONTAINMENT, "China containment."),
    ("bom.md", 3, 5, 5, "warning", BLOC, "bloc politics."),
    ("draft.md", 3, 9, 22, "error", CONTAINMENT, "China containment 문제를 논의했다."),
    ("draft.md", 5, 7, 7, "warning", BLOC, "bloc"),
    ("공동 성명/초안 two.txt", 1, 15, 28, "error", CONTAINMENT, "China containment."),
];
