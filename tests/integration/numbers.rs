//! Numbers and bullets that programs draw before paragraphs: worked out, told in places, and seen by the rules that count.

use crate::common::documents;
use crate::common::odt::{SPACES, package};
use crate::common::word::{docx_with, run};
use crate::common::{check, folder};
use comity::{Draft, Format, Pack, Revisions, RuleSet};
use serde_json::Value;

/// A paragraph of Word with this text and these properties.
fn p(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", run(text))
}

/// An item of a list of Word.
fn item(list: usize, level: usize, text: &str) -> String {
    p(&format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#), text)
}

/// A level of a list of Word, and what else it says.
fn level(index: usize, format: &str, text: &str, more: &str) -> String {
    format!(
        r#"<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>"#
    )
}

/// The lists of the documents of Word here.
fn numbering() -> String {
    let definition = |id: usize, levels: &[String]| {
        format!(r#"<w:abstractNum w:abstractNumId="{id}">{}</w:abstractNum>"#, levels.concat())
    };
    let list = |id: usize, definition: usize, more: &str| {
        format!(r#"<w:num w:numId="{id}"><w:abstractNumId w:val="{definition}"/>{more}</w:num>"#)
    };
    let begins_at =
        |start: usize| format!(r#"<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>"#);
    let capital = format!(r#"<w:lvlOverride w:ilvl="1">{}</w:lvlOverride>"#, level(1, "upperLetter", "%2.", ""));
    [
        definition(
            0,
            &[
                level(0, "decimal", "%1.", ""),
                level(1, "lowerLetter", "(%2)", ""),
                level(2, "lowerRoman", "%3)", ""),
                level(3, "decimal", "%1.%2.%4", "<w:isLgl/>"),
            ],
        ),
        definition(
            1,
            &[
                level(0, "upperRoman", "Article %1", r#"<w:pStyle w:val="One"/>"#),
                level(1, "decimal", "%1.%2", r#"<w:pStyle w:val="Two"/>"#),
                level(2, "lowerLetter", "(%3)", r#"<w:lvlRestart w:val="0"/>"#),
            ],
        ),
        definition(2, &[level(0, "bullet", "\u{f0b7}", ""), level(1, "hebrew1", "%2", "")]),
        definition(
            4,
            &[
                level(0, "ordinalText", "%1.", ""),
                level(1, "ganada", "%2.", ""),
                level(2, "decimalEnclosedCircle", "%3", ""),
            ],
        ),
        r#"<w:abstractNum w:abstractNumId="3"><w:numStyleLink w:val="Linked"/></w:abstractNum>"#.to_owned(),
        list(1, 0, ""),
        list(2, 0, &begins_at(5)),
        list(3, 0, &begins_at(1)),
        list(4, 1, ""),
        list(5, 2, ""),
        list(6, 0, &capital),
        list(7, 3, ""),
        list(8, 4, ""),
    ]
    .concat()
}

const STYLES: &str = r#"<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="One"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Two"><w:name w:val="heading 2"/><w:basedOn w:val="One"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="Two"/></w:style><w:style w:type="paragraph" w:styleId="Item"><w:name w:val="List Number"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="numbering" w:styleId="Linked"><w:name w:val="Linked"/><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>"#;

fn word(body: &str) -> Vec<u8> {
    docx_with(body, &[("numbering", &numbering()), ("styles", STYLES)])
}

/// The number of each paragraph that has text, empty where it has none.
fn labels(draft: &Draft) -> Vec<(&str, String)> {
    let mut at = 0;
    let mut labels = Vec::new();
    for line in draft.source().split_inclusive('\n') {
        let label = draft.paragraph(at).and_then(|paragraph| paragraph.label.as_deref()).unwrap_or_default();
        labels.push((line.trim_end(), label.to_owned()));
        at += line.len();
    }
    labels
}

fn are_numbered(draft: &Draft, expected: &[(&str, &str)]) {
    let found = labels(draft);
    let found: Vec<(&str, &str)> = found.iter().map(|(text, label)| (*text, label.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn paragraphs_of_word_are_numbered_as_word_draws_them() {
    let style = |style: &str, more: &str, text: &str| p(&format!(r#"<w:pStyle w:val="{style}"/>{more}"#), text);
    let body = [
        item(1, 0, "one"),
        item(1, 1, "a"),
        item(1, 1, "b"),
        item(1, 2, "i"),
        item(1, 3, "legal"),
        p("", "plain"),
        item(1, 0, "two"),
        item(1, 1, "a again"),
        item(2, 0, "five"),
        item(2, 0, "six"),
        item(1, 0, "seven"),
        item(3, 0, "one again"),
        item(2, 0, "two again"),
        item(6, 1, "a capital"),
        item(5, 0, "bullet"),
        item(5, 1, "not known"),
        item(7, 0, "linked"),
        item(99, 0, "no list"),
        item(8, 0, "in words"),
        item(8, 1, "in Hangul"),
        item(8, 1, "the next"),
        item(8, 2, "in a circle"),
        style("Item", "", "by style"),
        style("Item", r#"<w:numPr><w:ilvl w:val="1"/></w:numPr>"#, "by style, deeper"),
        style("Item", r#"<w:numPr><w:numId w:val="0"/></w:numPr>"#, "off"),
        style("Two", "", "first below"),
        style("One", "", "Scope"),
        style("Own", "", "below"),
        item(4, 2, "point"),
        style("One", "", "Aims"),
        item(4, 2, "further point"),
    ];
    let draft = documents::read(Format::Word, &word(&body.concat()), Revisions::Accepted);
    are_numbered(
        &draft,
        &[
            ("one", "1"),
            ("a", "1 (a)"),
            ("b", "1 (b)"),
            ("i", "1 (b) i"),
            ("legal", "1.2.1"),
            ("plain", ""),
            ("two", "2"),
            ("a again", "2 (a)"),
            ("five", "5"),
            ("six", "6"),
            ("seven", "7"),
            ("one again", "1"),
            ("two again", "2"),
            ("a capital", "2 A"),
            ("bullet", ""),
            ("not known", ""),
            ("linked", ""),
            ("no list", ""),
            ("in words", "First"),
            ("in Hangul", "First \u{ac00}"),
            ("the next", "First \u{b098}"),
            ("in a circle", "First \u{b098} \u{2460}"),
            ("by style", "3"),
            ("by style, deeper", "3 (a)"),
            ("off", ""),
            // It begins the level above it as well.
            ("first below", "I.1"),
            ("Scope", "Article II"),
            ("below", "II.1"),
            ("point", "II.1 (a)"),
            ("Aims", "Article III"),
            ("further point", "Article III (b)"),
        ],
    );
}

#[test]
fn a_tracked_change_numbers_what_stands_behind_it_anew() {
    let gone = r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr><w:del w:id="2" w:author="A"><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"#;
    let body = [item(1, 0, "one"), gone.to_owned(), item(1, 0, "last")].concat();
    let accepted = documents::read(Format::Word, &word(&body), Revisions::Accepted);
    are_numbered(&accepted, &[("one", "1"), ("last", "2")]);
    let original = documents::read(Format::Word, &word(&body), Revisions::Original);
    are_numbered(&original, &[("one", "1"), ("gone", "2"), ("last", "3")]);
}

#[test]
fn items_of_opendocument_are_numbered_as_libreoffice_draws_them() {
    let level = |index: usize, format: &str, more: &str| {
        format!(r#"<text:list-level-style-number text:level="{index}" style:num-format="{format}" {more}/>"#)
    };
    let styles = [
        r#"<text:list-style style:name="L1">"#.to_owned(),
        level(1, "1", r#"style:num-suffix=".""#),
        level(2, "a", r#"style:num-prefix="(" style:num-suffix=")""#),
        level(3, "i", r#"text:display-levels="3""#),
        r#"</text:list-style><text:list-style style:name="L2">"#.to_owned(),
        level(1, "I", r#"text:start-value="4" style:num-list-format="%1%:""#),
        r#"<text:list-level-style-bullet text:level="2" text:bullet-char="•"/></text:list-style>"#.to_owned(),
        r#"<style:style style:family="paragraph" style:name="P2" style:list-style-name="L2"/>"#.to_owned(),
    ]
    .concat();
    let outline = r#"<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/><text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/><text:outline-level-style text:level="3" style:num-format=""/></text:outline-style>"#;
    let text = r#"<text:h text:outline-level="1">Scope</text:h><text:h text:outline-level="2">Below</text:h><text:h text:outline-level="3">No number</text:h><text:h text:outline-level="1" text:is-list-header="true">Not counted</text:h><text:h text:outline-level="1" text:restart-numbering="true" text:start-value="7">Seven</text:h>
<text:list xml:id="list1" text:style-name="L1"><text:list-header><text:p>header</text:p></text:list-header><text:list-item><text:p>one</text:p><text:p>further</text:p><text:list><text:list-item><text:p>a</text:p></text:list-item><text:list-item><text:p>b</text:p><text:list><text:list-item><text:p>deep</text:p></text:list-item></text:list></text:list-item></text:list></text:list-item><text:list-item text:start-value="12"><text:p>twelve</text:p></text:list-item></text:list>
<text:p>between</text:p>
<text:list text:style-name="L1" text:continue-numbering="true"><text:list-item><text:p>thirteen</text:p></text:list-item></text:list>
<text:list text:style-name="L2"><text:list-item><text:p>four</text:p><text:list><text:list-item><text:p>bullet</text:p></text:list-item></text:list></text:list-item></text:list>
<text:list text:continue-list="list1"><text:list-item><text:p text:style-name="P2">styled</text:p></text:list-item></text:list>
<text:list text:style-name="L1"><text:list-item><text:p>anew<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:list text:style-name="L1"><text:list-item><text:p>noted</text:p></text:list-item></text:list></text:note-body></text:note></text:p></text:list-item></text:list>
<text:numbered-paragraph text:list-id="n" text:level="1" text:style-name="L1"><text:p>alone</text:p></text:numbered-paragraph><text:numbered-paragraph text:list-id="n" text:level="2" text:style-name="L1"><text:p>below it</text:p></text:numbered-paragraph>"#;
    let content = format!(
        "<office:document-content {SPACES} office:version=\"1.3\"><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{text}</office:text></office:body></office:document-content>"
    );
    let common =
        format!("<office:document-styles {SPACES}><office:styles>{outline}</office:styles></office:document-styles>");
    let bytes = package(&[("content.xml", &content), ("styles.xml", &common)]);
    let draft = documents::read(Format::OpenDocument, &bytes, Revisions::Accepted);
    are_numbered(
        &draft,
        &[
            ("Scope", "1"),
            ("Below", "1.1"),
            ("No number", ""),
            ("Not counted", ""),
            ("Seven", "7"),
            ("header", ""),
            ("one", "1"),
            ("further", ""),
            ("a", "1 (a)"),
            ("b", "1 (b)"),
            ("deep", "1.b.i"),
            ("twelve", "12"),
            ("between", ""),
            ("thirteen", "13"),
            ("four", "IV"),
            ("bullet", ""),
            ("styled", "XIV"),
            ("anew", "1"),
            ("alone", "1"),
            ("below it", "1 (a)"),
            ("noted", "1"),
        ],
    );
}

/// What the rule that counts reports of a draft.
fn counted(draft: &Draft) -> Vec<String> {
    let pack =
        "schema: 1\npack: t\nrules:\n  - {id: n, kind: numbering}\n  - {id: r, kind: promised, find: references}\n";
    let rules = RuleSet::new(Pack::parse("t.yml", pack).unwrap().rules().iter().cloned()).unwrap();
    rules.check(draft).into_iter().map(|finding| finding.message).collect()
}

#[test]
fn numbers_that_are_drawn_count_with_those_that_are_typed() {
    // As a statement is that was put together of several: some numbers typed, others drawn.
    let body = [
        item(1, 0, "The sides met."),
        item(1, 0, "They agreed."),
        p("", "3. They signed."),
        item(2, 0, "They will meet again."),
        p("", "6. They left."),
    ];
    let draft = documents::read(Format::Word, &word(&body.concat()), Revisions::Accepted);
    assert_eq!(counted(&draft), ["the numbers do not follow each other: 4. should stand here"]);
    let items: String = (1..=5).map(|number| item(1, 0, &format!("Item {number} says so."))).collect();
    let body = items + &p("", "As paragraph 4 says, and paragraph 9 above does not.");
    let draft = documents::read(Format::Word, &word(&body), Revisions::Accepted);
    assert_eq!(counted(&draft), ["\"paragraph 9\" is not in the text"]);
    let page = |list: &str| Draft::new(Format::Html, format!("{list}<li>A.<li>B.<li value=5>C.</ol>"));
    assert_eq!(counted(&page("<ol>")), ["the numbers do not follow each other: 3. should stand here"]);
    assert_eq!(counted(&page("<ol start=3 type=a>")), Vec::<String>::new());
    assert_eq!(counted(&page("<ol style=\"list-style-type: none\">")), Vec::<String>::new());
}

#[test]
fn every_report_tells_the_number_that_is_drawn() {
    let body = (0..12).map(|_| item(1, 0, "Nothing here.")).collect::<String>()
        + &item(1, 1, "The sides met.")
        + &item(1, 1, "They will support China containment and every other attempt of the same kind in the region.");
    let drafts = folder([
        ("d.docx", word(&body)),
        ("d.html", b"<ol start=12><li>One.<ol type=a><li>Two.<li>Of China containment.</ol></ol>".to_vec()),
    ]);
    let run = |format: &str, draft: &str| {
        check().args(["--pack", "framing", "--format", format, draft]).in_dir(&drafts).run().stdout
    };
    let short = run("short", "d.docx");
    let told = "(paragraph 12 (b); \u{201c}They will support China containment and every other\u{2026}\u{201d})\n";
    assert!(short.starts_with("d.docx:\u{b6}14:19: error: ") && short.ends_with(told), "{short}");
    assert!(run("short", "d.html").ends_with("(paragraph 12 b)\n"));
    assert!(run("human", "d.docx").contains("in: paragraph 12 (b)\n"));
    let json: Value = serde_json::from_str(&run("json", "d.docx")).unwrap();
    assert_eq!(json["findings"][0]["document"]["label"], "12 (b)");
    let sarif: Value = serde_json::from_str(&run("sarif", "d.docx")).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["locations"][0]["properties"]["label"], "12 (b)");
    let page = run("html", "d.docx");
    assert!(page.contains("<span class=\"marker\">12.</span>") && page.contains("<span class=\"marker\">(b)</span>"));
    assert!(run("html", "d.html").contains("<span class=\"marker\">b.</span>"));
}
