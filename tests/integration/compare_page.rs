//! `comity compare --format html`: the two texts side by side as a page.

use std::collections::BTreeSet;

use comity::compare::{AlignedRow, ChangeKind, ComparedTexts, Comparison, SideBySide};
use comity::{Draft, Format, RuleSet};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::common::word::{docx, paragraph, run};
use crate::common::{Comity, comity, folder};

fn comparing() -> Comity {
    comity().args(["compare", "--no-config", "--format", "html"])
}

/// A page as a reader sees it.
#[derive(Debug, Default)]
struct Page {
    /// The text of each cell of the old text, of the new one, and of the margin, without the numbers of lines.
    cells: [Vec<String>; 3],
    /// What is marked as deleted, and as inserted.
    marked: [Vec<String>; 2],
    ids: Vec<String>,
    links: Vec<String>,
    /// The headings of the page with their levels.
    headings: Vec<(String, String)>,
    elements: BTreeSet<String>,
    attributes: BTreeSet<String>,
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let value = tag.try_get_attribute(name).expect("it is well-formed")?;
    Some(
        quick_xml::escape::unescape(&String::from_utf8_lossy(value.value.as_bytes()))
            .expect("it is escaped")
            .into_owned(),
    )
}

/// Reads a page, which is XML.
fn read(page: &str) -> Page {
    let mut reader = Reader::from_str(page);
    reader.config_mut().check_end_names = true;
    let mut seen = Page::default();
    // The element and the class of each that is open.
    let mut open: Vec<(String, String)> = Vec::new();
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{error}: {page}"));
        match &event {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.name();
                let name: &str = name.as_ref();
                seen.elements.insert(name.to_owned());
                for attribute in tag.attributes() {
                    let key = attribute.expect("it is well-formed").key;
                    let key: &str = key.as_ref();
                    seen.attributes.insert(key.to_owned());
                }
                let class = attribute(tag, "class").unwrap_or_default();
                seen.ids.extend(attribute(tag, "id"));
                seen.links.extend(attribute(tag, "href"));
                if name == "td" {
                    seen.cells[column(&class)].push(String::new());
                }
                match name {
                    "del" => seen.marked[0].push(String::new()),
                    "ins" => seen.marked[1].push(String::new()),
                    name if name.len() == 2 && name.starts_with('h') && name != "hr" => {
                        seen.headings.push((name.to_owned(), String::new()));
                    }
                    _ => {}
                }
                if matches!(event, Event::Start(_)) {
                    open.push((name.to_owned(), class));
                }
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(_) | Event::GeneralRef(_) => {
                let text = match &event {
                    Event::Text(text) => text.to_string(),
                    Event::GeneralRef(name) => {
                        let reference = format!("&{};", &**name);
                        quick_xml::escape::unescape(&reference).expect("it is a reference").into_owned()
                    }
                    _ => String::new(),
                };
                let is_in = |name: &str| open.iter().any(|(element, _)| element == name);
                // What is no text, such as code, is shown as it stands in the draft, and characters that are not seen by a sign.
                let is_aside =
                    |class: &str| matches!(class, "line" | "object" | "unseen") || class.starts_with("marker");
                let is_aside = open.iter().any(|(_, class)| is_aside(class));
                if is_aside || is_in("style") {
                    continue;
                }
                if let Some((_, class)) = open.iter().find(|(element, _)| element == "td") {
                    seen.cells[column(class)].last_mut().expect("it is open").push_str(&text);
                }
                for (index, element) in ["del", "ins"].into_iter().enumerate() {
                    if is_in(element) {
                        seen.marked[index].last_mut().expect("it is open").push_str(&text);
                    }
                }
                if let Some((_, heading)) = seen.headings.last_mut().filter(|(level, _)| is_in(level)) {
                    heading.push_str(&text);
                }
            }
            _ => {}
        }
    }
    seen
}

/// The column of a cell, by its class.
fn column(class: &str) -> usize {
    ["old", "new", "margin"].iter().position(|name| class.starts_with(name)).expect("a cell is of a column")
}

fn draft(text: &str) -> Draft {
    Draft::new(Format::Markdown, text)
}

/// Two drafts compared with the rules that ship: the comparison, its rows, its page.
fn compared(old: &Draft, new: &Draft) -> (Comparison, Vec<AlignedRow>, String) {
    let rules = RuleSet::builtin().unwrap();
    let texts = ComparedTexts::new(old, new);
    let rows = texts.aligned();
    let comparison = texts.with_findings(rules.check(old), rules.check(new));
    let page = comparison.to_html(SideBySide::new(old, new, &rows));
    (comparison, rows, page)
}

/// The characters of a text that stand as they are in a page.
fn squeezed(text: &str) -> String {
    let is_other = |c: char| c.is_whitespace() || matches!(c, '\0'..='\u{1f}' | '\u{202e}' | '\u{2026}' | '\u{fffc}');
    text.chars().filter(|&c| !is_other(c)).collect()
}

/// Holds a page to what must hold of every page of these drafts.
fn holds(old: &Draft, new: &Draft) -> Page {
    let (comparison, _, html) = compared(old, new);
    let page = read(&html);
    // Every word of either draft stands on its side once, in its order.
    for (side, draft) in [old, new].into_iter().enumerate() {
        let blocks: String = draft.blocks().iter().map(|block| block.text()).collect();
        assert_eq!(squeezed(&page.cells[side].concat()), squeezed(&blocks), "{html}");
    }
    // What is marked is what differs, and all of it.
    let marked = |kind: ChangeKind, side: usize| -> Vec<String> {
        let mut texts: Vec<String> = Vec::new();
        for change in &comparison.sentences {
            let Some(place) = (if side == 0 { &change.old } else { &change.new }) else {
                continue;
            };
            if change.kind == kind {
                texts.push(squeezed(&place.text));
            } else {
                texts.extend(place.differs.iter().map(|range| squeezed(&place.text[range.clone()])));
            }
        }
        texts.sort();
        texts
    };
    for (side, kind) in [ChangeKind::Deleted, ChangeKind::Added].into_iter().enumerate() {
        let mut found: Vec<String> = page.marked[side].iter().map(|text| squeezed(text)).collect();
        found.sort();
        assert_eq!(found, marked(kind, side), "{html}");
    }
    // Every link leads somewhere, and every change and finding in a sentence has one.
    let ids: BTreeSet<&str> = page.ids.iter().map(String::as_str).collect();
    assert_eq!(ids.len(), page.ids.len(), "{:?}", page.ids);
    for link in &page.links {
        assert!(link.strip_prefix('#').is_some_and(|id| ids.contains(id)), "{link}: {html}");
    }
    for index in 1..=comparison.sentences.len() {
        assert!(page.links.contains(&format!("#d1c{index}")), "{index}: {html}");
    }
    page
}

#[test]
fn the_texts_stand_side_by_side_with_what_differs_marked() {
    let old = draft(
        "# Talks\n\nThey met. They shall share all data on cargo.\n\n- One port opens in spring.\n- It rained.\n\n\\* \\*\n\n## Trade\n\n\
         The two sides thanked the city of Ulmar for its welcome.\n\nTimber of both is certified. They pay.\n",
    );
    let new = draft(
        "# Talks\n\nThey met. They may share some data on cargo.\n\n- One port opens in spring.\n- China containment is a goal.\n\n\\* \
         \\*\n\n## Trade\n\nTimber of both is certified. They do not pay.\n\nThe two sides thanked the city of Ulmar for its welcome.\n",
    );
    let page = holds(&old, &new);
    assert_eq!(page.marked[0][..2], ["shall", "all"]);
    assert_eq!(page.marked[1][..2], ["may", "some"]);
    let margin = page.cells[2].join("|");
    for remark in
        ["weakened: shall -> may", "narrowed: all -> some", "deleted", "came in error", "moved to", "moved from"]
    {
        assert!(margin.contains(remark), "{remark}: {margin}");
    }
    // What was lost stands first, and of it first what turned over.
    let (comparison, _, html) = compared(&old, &new);
    let at = |text: &str| html.find(text).unwrap_or_else(|| panic!("{text}: {html}"));
    assert!(at("Weakened, turned over or gone") < at("Findings that came in"), "{html}");
    assert!(at("negation added: not</bdi></a>") < at("weakened: shall -&gt; may</bdi>"), "{html}");
    assert_eq!(comparison.came.len(), 1);
    // Both ends of what moved lead to each other.
    let moved = comparison.sentences.iter().position(|change| change.kind == ChangeKind::Moved).unwrap() + 1;
    for id in [format!("d1c{moved}"), format!("d1c{moved}o")] {
        assert!(page.ids.contains(&id) && page.links.contains(&format!("#{id}")), "{id}: {html}");
    }
    let headings: Vec<(&str, &str)> = page.headings.iter().map(|(level, text)| (level.as_str(), text.trim())).collect();
    let expected = [
        ("h1", "What changed in draft"),
        ("h2", "Changes"),
        ("h3", "Weakened, turned over or gone 3"),
        ("h3", "Findings that came in 1"),
        ("h3", "Other changes 2"),
        ("h3", "Findings that went out 1"),
        ("h2", "The texts"),
        ("h3", "Talks"),
        ("h3", "Trade"),
    ];
    assert_eq!(headings, expected, "{html}");
}

#[test]
fn what_is_long_and_the_same_is_folded() {
    let filler: Vec<String> = (0..20).map(|at| format!("Port {at} has a quay of its own.")).collect();
    let text = |end: &str| draft(&format!("They will pay.\n\n{}\n\n{end}\n", filler.join("\n\n")));
    let (_, _, html) = compared(&text("They shall meet again."), &text("They may meet again."));
    assert!(html.contains("<summary>19 paragraphs unchanged</summary>"), "{html}");
    holds(&text("They shall meet again."), &text("They may meet again."));
    let (_, _, same) = compared(&text("All is said."), &text("All is said."));
    assert!(
        same.contains("<summary>22 paragraphs unchanged</summary>") && same.contains(">nothing differs<"),
        "{same}"
    );
    assert!(!same.contains("Weakened"), "{same}");
}

#[test]
fn a_page_loads_nothing_and_nothing_breaks_out_of_it() {
    let hostile = "# <img src=x onerror=alert(1)> \" onclick=\"x\n\nThey welcome </td><script>alert(1)</script> & the \u{202e}commission \
                   on \u{1b}[31mtolls ]]> in \"Ulmar\" `</style><b onload=x>` [a](javascript:alert(1)) https://example.org/<i>.\n\n- \
                   ::error::x\n- ##vso[x]y\n\n| </table> | a |\n|---|---|\n| <!-- | --> |\n\n[^<b>]: </details>\n";
    let other = hostile.replace("welcome", "note").replace("::error", "<object data=x>").replace("<!--", "<style>");
    for (old, new) in
        [(hostile, other.as_str()), (other.as_str(), hostile), ("", hostile), (hostile, ""), (hostile, hostile)]
    {
        let name = "a\"><script>x</script>.md";
        let page = holds(&draft(old).named(name), &draft(new).named(name));
        for element in
            ["script", "img", "link", "iframe", "object", "embed", "form", "base", "svg", "video", "audio", "i"]
        {
            assert!(!page.elements.contains(element), "{element}");
        }
        let known = BTreeSet::from([
            "aria-hidden", "aria-label", "aria-labelledby", "charset", "class", "content", "dir", "href", "http-equiv",
            "id", "lang", "name", "open", "role", "scope", "tabindex",
        ]);
        let strange: Vec<&String> = page.attributes.iter().filter(|name| !known.contains(name.as_str())).collect();
        assert!(strange.is_empty(), "{strange:?}");
        let (_, _, html) = compared(&draft(old).named(name), &draft(new).named(name));
        assert!(!html.contains(['\u{1b}', '\u{202e}']), "{html}");
        assert!(
            html.contains("content=\"default-src &#39;none&#39;") || html.contains("content=\"default-src 'none'"),
            "{html}"
        );
        assert!(!html.lines().any(|line| line.starts_with("::")), "{html}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_word_of_any_two_drafts_stands_on_its_side_once(
        old in "((# |- |\\| )?([A-Z][a-z<&]{0,6} )?(They|We) (will|may|shall|do not) (share|note) (data|cargo|\"talks\")[.] ?(\n\n|\n)?|[*~]\n\n){0,10}",
        new in "((# |- |\\| )?([A-Z][a-z<&]{0,6} )?(They|We) (will|may|shall|do not) (share|note) (data|cargo|\"talks\")[.] ?(\n\n|\n)?|[*~]\n\n){0,10}",
    ) {
        holds(&draft(&old), &draft(&new));
    }
}

#[test]
fn several_drafts_have_a_section_each_and_a_table_of_contents() {
    let files = folder([
        ("old/same.md", "They met.\n"),
        ("old/terms.md", "They met. They shall share data on cargo.\n"),
        ("old/gone.md", "It rained on the quays of Selm.\n"),
        ("old/name.md", "Pilots of both train in Lastra each spring. They like it.\n"),
        ("old/wrong.docx", "no document"),
        ("new/same.md", "They met.\n"),
        ("new/terms.md", "They met. They may share data on cargo.\n"),
        ("new/other.md", "Pilots of both train in Lastra each spring. They like it.\n"),
        ("new/fresh.md", "Timber has grown by half.\n"),
        ("new/wrong.docx", "no document"),
    ]);
    let output = comparing().args(["old", "new"]).in_dir(&files).run();
    assert_eq!(output.code, 2, "{}", output.stderr);
    let page = read(&output.stdout);
    let ids: BTreeSet<&str> = page.ids.iter().map(String::as_str).collect();
    assert_eq!(ids.len(), page.ids.len(), "{:?}", page.ids);
    for link in &page.links {
        assert!(link.strip_prefix('#').is_some_and(|id| ids.contains(id)), "{link}");
    }
    let headings: Vec<&str> =
        page.headings.iter().filter(|(level, _)| level == "h2").map(|(_, heading)| heading.trim()).collect();
    let expected = [
        "Not compared",
        "Drafts",
        "fresh.md: a new draft",
        "gone.md: gone",
        "name.md -> other.md: renamed",
        "terms.md",
    ];
    assert_eq!(headings, expected);
    assert!(output.stdout.contains("<li><bdi>same.md</bdi> <span class=\"said\">nothing differs</span></li>"));
    assert!(page.headings[0].1.contains("What changed in 5 drafts"), "{:?}", page.headings);
}

#[test]
fn documents_and_files_are_told_as_a_page_too() {
    let tracked = |kind: &str, text: &str| format!("<w:{kind} w:id=\"1\" w:author=\"A\">{text}</w:{kind}>");
    let sentence = [
        run("They "),
        tracked("del", "<w:r><w:delText>will</w:delText></w:r>"),
        tracked("ins", &run("may")),
        run(" meet on 3 May."),
    ];
    let talks = format!("{}<w:p>{}</w:p>", paragraph(&["Talks"]), sentence.concat());
    let files = folder([("talks.docx", docx(&talks)), ("a.md", b"They will meet.\n".to_vec())]);
    let output = comparing().args(["--revisions", "both", "talks.docx", "--output", "page.html"]).in_dir(&files).run();
    output.is(0, "", "");
    let page = read(&files.read("page.html"));
    assert_eq!(page.marked, [vec!["will".to_owned()], vec!["may".to_owned()]]);
    assert!(page.cells[2].join("").contains("weakened: will -> may"), "{:?}", page.cells[2]);
    let output = comparing().args(["a.md", "a.md", "--output", "a.md"]).in_dir(&files).run();
    assert_eq!((output.code, files.read("a.md").as_str()), (2, "They will meet.\n"));
}
