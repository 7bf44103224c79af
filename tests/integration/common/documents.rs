//! The helpers that the tests of documents of office suites share, whatever the format.

use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use comity::{BlockKind, Draft, Format, Reading, Revisions, RuleSet};
use proptest::prelude::*;

use super::{Folder, check, folder};

/// A document of Word or an OpenDocument text, read. Where both versions of its text are read at once, each is as it is alone.
pub(crate) fn read(format: Format, bytes: &[u8], revisions: Revisions) -> Draft {
    let read = |revisions| {
        let reading = Reading { revisions, ..Reading::default() };
        Draft::from_reader("d", format, Cursor::new(bytes), &reading)
    };
    let draft = read(revisions).expect("the document is well-formed");
    // Of some hostile texts one version can be read, and the other cannot.
    if let Ok(both) = read(Revisions::Both) {
        let original = both.original().filter(|_| revisions == Revisions::Original);
        let blocks = |draft: &Draft| {
            let blocks = draft.blocks().iter().map(|block| (block.kind(), block.text().to_owned()));
            blocks.collect::<Vec<(BlockKind, String)>>()
        };
        assert_eq!(blocks(original.unwrap_or(&both)), blocks(&draft), "{revisions:?}");
    }
    draft
}

/// The texts of the blocks of a draft.
pub(crate) fn texts(draft: &Draft) -> Vec<&str> {
    draft.blocks().iter().map(|block| block.text()).collect()
}

/// The names of a draft and of its copy.
fn names(format: Format) -> [&'static str; 2] {
    if format == Format::Word { ["d.docx", "out.docx"] } else { ["d.odt", "out.odt"] }
}

/// The copy of a document that `comity check --annotate` makes with these arguments, and what it says.
pub(crate) fn annotate(format: Format, document: &[u8], arguments: &[&str]) -> (Vec<u8>, String) {
    let [draft, copy] = names(format);
    let drafts = folder([(draft, document)]);
    let run = check().args(["--pack", "framing", "--annotate", copy, draft]).args(arguments.iter().copied());
    let output = run.env("SOURCE_DATE_EPOCH", "0").in_dir(&drafts).run();
    let copy = std::fs::read(drafts.path(copy)).unwrap_or_else(|_| panic!("{}", output.stderr));
    assert_eq!(std::fs::read(drafts.path(draft)).expect("it is there"), document, "the document itself is left alone");
    (copy, output.stderr)
}

/// Holds that each of these files is refused for such a reason, and nothing else said.
pub(crate) fn are_refused(format: Format, cases: &[(&str, Vec<u8>, &str)]) {
    let [draft, _] = names(format);
    for (name, bytes, expected) in cases {
        let drafts = folder([(draft, bytes)]);
        let output = check().args(["--pack", "framing", draft]).in_dir(&drafts).run();
        assert!(output.code == 2 && output.stderr.contains(expected), "{name}: {} {}", output.code, output.stderr);
        assert!(output.stderr.starts_with(&format!("error: {draft}: ")), "{name}: {}", output.stderr);
        assert_eq!(output.stdout, "", "{name}");
    }
}

/// A phrase behind some words, with a gap in the place of its space and seams between its letters.
pub(crate) fn cut_phrase(before: &str, gap: &str, seams: &[String]) -> String {
    let phrase = "China containment";
    let mut text = format!("한국 {before} ");
    for (index, c) in phrase.chars().enumerate() {
        if c == ' ' {
            text += gap
        } else {
            text.push(c)
        }
        if c != ' ' && index < 16 && phrase.as_bytes()[index + 1] != b' ' {
            text += &seams[index];
        }
    }
    text
}

/// Holds that this phrase is found once in a draft, and from its first letter to its last.
pub(crate) fn is_found_once(draft: &Draft) -> Result<(), TestCaseError> {
    let findings = RuleSet::builtin().expect("the packs are well-formed").check(draft);
    let of_rule = findings.iter().filter(|finding| finding.rule.id().as_str() == "framing/china-containment");
    let found: Vec<&str> = of_rule.map(|finding| draft.slice(finding.span)).collect();
    prop_assert_eq!(found.len(), 1, "{}", draft.source());
    prop_assert!(found[0].starts_with('C') && found[0].ends_with('t'), "{:?}", found);
    let letters: String = found[0].chars().filter(char::is_ascii_alphabetic).collect();
    prop_assert_eq!(letters, "Chinacontainment");
    Ok(())
}

/// Has LibreOffice convert a file to another format beside it.
pub(crate) fn convert(drafts: &Folder, file: impl AsRef<Path>, to: &str) {
    let profile = format!("-env:UserInstallation=file://{}", drafts.path("profile").display());
    let output = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", to])
        .arg(file.as_ref())
        .current_dir(drafts)
        .env("HOME", drafts.path("."))
        .output()
        .expect("LibreOffice runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !said.contains("could not be loaded"), "{said}");
}

/// The text of XML, without its tags.
pub(crate) fn text(xml: &str) -> String {
    let mut text = String::new();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        text += &rest[..at];
        rest = rest[at..].split_once('>').map_or("", |(_, behind)| behind);
    }
    (text + rest).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Paragraphs of texts, some of which hold what the packs find, or parts of it. Each is dressed in XML that has `@` in its place.
pub(crate) fn paragraphs(dressed: impl Strategy<Value = &'static str>) -> impl Strategy<Value = Vec<String>> {
    let text = prop_oneof![
        3 => "[a-d한]{1,4} ?".prop_map(|text| text),
        2 => Just("China containment".to_owned()),
        1 => Just(" China ".to_owned()),
        1 => Just("containment of China ".to_owned()),
        1 => Just("bloc ".to_owned()),
        1 => Just("politics and burden-sharing".to_owned()),
    ];
    let paragraph = prop::collection::vec((dressed, text), 1..6).prop_map(|texts| {
        let dress = |(dress, text): &(&'static str, String)| dress.replacen('@', text, 1);
        texts.iter().map(dress).collect::<String>()
    });
    prop::collection::vec(paragraph, 1..4)
}
