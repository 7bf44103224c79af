//! Marks of languages in documents: what is marked as another language has no findings of packs in English, where its words bear that out.

use crate::common::documents;
use crate::common::odt::{SPACES, package};
use crate::common::word::docx_with;
use crate::common::{check, folder};
use comity::{Format, Revisions, RuleSet};

/// English that looks French to nobody, and French that holds what an English rule looks for.
const ENGLISH: &str = "They support China containment, and the sides will work together with the region.";
const FRENCH: &str = "Les deux pays ont r\u{e9}affirm\u{e9} leur engagement envers la paix et la s\u{e9}curit\u{e9} dans la r\u{e9}gion.";
const NAMED: &str = "Annexe : China containment";

/// A document of Word whose runs, styles and defaults say these languages, and the paragraphs of it: the style, the language of the run, the
/// text.
fn word(default: &str, paragraphs: &[(&str, &str, &str)]) -> Vec<u8> {
    let lang =
        |tag: &str| if tag.is_empty() { String::new() } else { format!(r#"<w:rPr><w:lang w:val="{tag}"/></w:rPr>"#) };
    let paragraph = |(style, tag, text): &(&str, &str, &str)| {
        format!(
            r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#,
            lang(tag)
        )
    };
    let styles = format!(
        r#"<w:docDefaults><w:rPrDefault>{0}</w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/>{0}</w:style><w:style w:type="paragraph" w:styleId="F"><w:name w:val="French"/><w:basedOn w:val="N"/>{1}</w:style><w:style w:type="paragraph" w:styleId="G"><w:name w:val="French item"/><w:basedOn w:val="F"/></w:style>"#,
        lang(default),
        lang("fr-CA")
    );
    docx_with(&paragraphs.iter().map(paragraph).collect::<String>(), &[("styles", &styles)])
}

fn found(bytes: &[u8], format: Format) -> usize {
    let draft = documents::read(format, bytes, Revisions::Accepted);
    let findings = RuleSet::builtin().unwrap().check(&draft);
    findings.iter().filter(|finding| finding.rule.id().as_str() == "framing/china-containment").count()
}

#[test]
fn a_mark_of_word_is_believed_where_words_bear_it_out() {
    type Case<'t> = (&'t str, &'t str, &'t [(&'t str, &'t str, &'t str)], usize);
    let cases: &[Case<'_>] = &[
        (
            "a column in French beside one in English",
            "en-GB",
            &[("N", "", ENGLISH), ("N", "fr-FR", FRENCH), ("N", "fr-FR", NAMED)],
            1,
        ),
        ("by its style", "en-GB", &[("N", "", ENGLISH), ("F", "", FRENCH), ("F", "", NAMED)], 1),
        ("by the style that it is based on", "", &[("N", "", ENGLISH), ("G", "", FRENCH), ("G", "", NAMED)], 1),
        ("the run counts more than the style", "", &[("N", "", FRENCH), ("F", "", FRENCH), ("F", "en-US", NAMED)], 1),
        ("the language of the keyboard", "en-US", &[("N", "fr-FR", ENGLISH), ("N", "fr-FR", NAMED)], 2),
        (
            "the same, with words in French",
            "en-US",
            &[("N", "fr-FR", ENGLISH), ("N", "fr-FR", NAMED), ("N", "fr-FR", FRENCH)],
            2,
        ),
        ("a short text that no other bears out", "en-US", &[("N", "fr-FR", "China containment")], 1),
        ("the language of the computer is no mark", "fr-FR", &[("N", "", FRENCH), ("N", "", NAMED)], 1),
        ("no Korean in Latin letters", "en-US", &[("N", "ko-KR", NAMED)], 1),
    ];
    for (case, default, paragraphs, expected) in cases {
        assert_eq!(found(&word(default, paragraphs), Format::Word), *expected, "{case}");
    }
}

#[test]
fn a_mark_on_a_part_of_a_sentence_is_believed_where_words_bear_it_out() {
    let run = |(tag, text): &(&str, &str)| {
        let mark = if tag.is_empty() { String::new() } else { format!(r#"<w:rPr><w:lang w:val="{tag}"/></w:rPr>"#) };
        format!(r#"<w:r>{mark}<w:t xml:space="preserve">{text}</w:t></w:r>"#)
    };
    let paragraph = |runs: &[(&str, &str)]| format!("<w:p>{}</w:p>", runs.iter().map(run).collect::<String>());
    type Case<'t> = (&'t str, &'t [(&'t str, &'t str)], usize);
    let cases: &[Case<'_>] = &[
        ("a run", &[("", "They join a strategy of "), ("fr-FR", "China containment"), ("", " in the region.")], 1),
        ("a word", &[("", "They join a strategy of China "), ("fr-FR", "containment"), ("", " in the region.")], 1),
        (
            "a run in English",
            &[("", "It is said. "), ("fr-FR", "They join the China containment with their partners "), ("", "now.")],
            1,
        ),
        ("a short sentence", &[("", "They met with the press. "), ("fr-FR", "China containment goes on.")], 1),
        (
            "a sentence in French",
            &[
                ("", "They met with the press. "),
                ("fr-FR", "Les deux pays ont parl\u{e9} de la China containment et de la paix."),
            ],
            0,
        ),
        (
            "a sentence in French, a part of which is marked",
            &[
                ("", "Les deux pays ont parl\u{e9} de la paix et de la mer, "),
                ("fr-FR", "China containment"),
                ("", " aussi."),
            ],
            0,
        ),
        ("a paragraph, but for its number", &[("", "12. "), ("fr-FR", NAMED)], 0),
    ];
    for (case, runs, expected) in cases {
        let body = paragraph(&[("fr-FR", FRENCH)]) + &paragraph(runs);
        assert_eq!(found(&docx_with(&body, &[]), Format::Word), *expected, "{case}");
    }
}

#[test]
fn a_mark_of_opendocument_is_believed_where_words_bear_it_out() {
    let document = |text: &str| {
        let fo = "xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\"";
        let lang = |tag: &str| format!("<style:text-properties fo:language=\"{tag}\" fo:country=\"FR\"/>");
        let styles = format!(
            "<style:style style:family=\"paragraph\" style:name=\"F\">{0}</style:style><style:style style:family=\"paragraph\" style:name=\"G\" style:parent-style-name=\"F\"/><style:style style:family=\"text\" style:name=\"T\">{0}</style:style><style:style style:family=\"text\" style:name=\"E\">{1}</style:style>",
            lang("fr"),
            lang("en")
        );
        let content = format!(
            "<office:document-content {SPACES} {fo} office:version=\"1.3\"><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{text}</office:text></office:body></office:document-content>"
        );
        let common = format!(
            "<office:document-styles {SPACES} {fo}><office:styles><style:default-style style:family=\"paragraph\">{0}</style:default-style><style:style style:family=\"paragraph\" style:name=\"Standard\">{0}</style:style></office:styles></office:document-styles>",
            lang("fr")
        );
        package(&[("content.xml", &content), ("styles.xml", &common)])
    };
    let p = |style: &str, text: &str| format!("<text:p text:style-name=\"{style}\">{text}</text:p>");
    let span = |style: &str, text: &str| format!("<text:span text:style-name=\"{style}\">{text}</text:span>");
    let cases = [
        ("by its style", p("Standard", ENGLISH) + &p("F", FRENCH) + &p("F", NAMED), 1),
        ("by its parent", p("F", FRENCH) + &p("G", NAMED), 0),
        ("by a span", p("Standard", &span("T", FRENCH)) + &p("Standard", &span("T", NAMED)), 0),
        ("a span of English", p("F", FRENCH) + &p("F", &span("E", NAMED)), 1),
        ("the language of the keyboard", p("F", ENGLISH) + &p("F", NAMED), 2),
        ("the language of the computer is no mark", p("Standard", FRENCH) + &p("Standard", NAMED), 1),
    ];
    for (case, text, expected) in cases {
        assert_eq!(found(&document(&text), Format::OpenDocument), expected, "{case}");
    }
}

#[test]
fn what_is_left_out_for_its_language_is_told() {
    let bytes = word("en-GB", &[("N", "", ENGLISH), ("F", "", FRENCH), ("F", "", NAMED)]);
    let drafts = folder([("d.docx", bytes)]);
    let output = check().args(["--pack", "framing", "d.docx"]).in_dir(&drafts).run();
    assert!(output.stderr.contains("d.docx: 2 blocks marked fr not checked by packs in en"), "{}", output.stderr);
}
