//! Any phrase of any rule, planted into any block of a draft and disguised at random, is reported at exactly its bytes.
//!
//! The drafts are those of `fixtures/`, and those of the directory that `COMITY_CORPUS` names, if it is set. How many phrases
//! are planted is `COMITY_PLANTINGS` (500 without it).

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use crate::disguise::{Choices, Disguised, Freedom, disguise};
use comity::config::Policy;
use comity::{BlockKind, Concern, Draft, Format, Pack, Reading, Rule, RuleSet, SourceText, Span};
use proptest::prelude::*;
use proptest::sample::Index;

/// What the packs of comity have no phrase for: accents, scripts without case, several gaps, exact case beside inflection.
const MORE: &str = r#"
schema: 1
pack: more
rules:
  - {id: accents, phrases: ["(Côte d'Ivoire|Türkiye|São Tomé) *2 question~", "Curaçao"]}
  - {id: exact, phrases: ["=ROK *1 (side|government)~", "the (=Party|=Parties) *2 undertake~"]}
  - {id: gaps, phrases: ["note~ *4 progress *2 talks"]}
  - {id: hangul, phrases: ["중국 봉쇄", "북한의 (완전한)? 비핵화"]}
  - {id: glued, phrases: ["(pre-)?condition~ for (peace-)?talks", "China('s)? core interest~"]}
"#;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| {
    let builtin = Pack::builtin_names().map(|name| Pack::builtin_named(name).unwrap().unwrap());
    let packs = builtin.chain([Pack::parse("more.yml", MORE).unwrap()]);
    // A severity that is set is not weighed by who signs the draft.
    let set = |rule: &Arc<Rule>| Arc::new(rule.with_severity(rule.severity()));
    RuleSet::new(packs.flat_map(|pack| pack.rules().iter().map(set).collect::<Vec<_>>())).unwrap()
});

/// The most wordings of a rule that may be planted.
const MOST_WORDINGS: usize = 30;

/// A phrase rule, as far as its phrases can be planted.
struct Plantable {
    rule: &'static Arc<Rule>,
    /// The wordings that are flagged where they stand alone; the others are part of an exception of their own rule.
    wordings: Vec<String>,
    /// Whether the rule looks everywhere, in quotations too.
    everywhere: bool,
}

static RULES_WITH_WORDINGS: LazyLock<Vec<Plantable>> = LazyLock::new(|| {
    let (mut total, mut flagged) = (0, 0);
    let mut all = Vec::new();
    // What is style or a name is passed over in the words of others and inside longer names: tests/integration/context.rs is about that.
    // Nor is there anything to say between other parties, or of a name in a text that is older than it.
    let is_timeless = |rule: &Rule| rule.between().is_empty() && !rule.holds_where().contains("since");
    let is_everywhere = |rule: &&Arc<Rule>| rule.concern() == Concern::Substance && is_timeless(rule);
    for rule in RULES.rules().iter().filter(|rule| rule.kind() == "phrase").filter(is_everywhere) {
        // A phrase with lists stands for thousands of wordings, of which some are taken from all over.
        let every_wording = rule.looks_for();
        let step = every_wording.len().div_ceil(MOST_WORDINGS).max(1);
        let some: Vec<String> = every_wording.into_iter().step_by(step).collect();
        let count = some.len();
        // With nothing in its gaps a wording may be part of an exception.
        let texts =
            |wording: &String| [plain(wording), if has_gap(wording) { without_gaps(wording) } else { plain(wording) }];
        let all_texts: Vec<String> = some.iter().flat_map(texts).collect();
        let flags = are_flagged(rule, &all_texts);
        let is_plantable = flags.chunks(2).map(|flags| flags.iter().all(|flag| *flag));
        let wordings: Vec<String> = some
            .into_iter()
            .zip(is_plantable)
            .filter(|(_, plantable)| *plantable)
            .map(|(wording, _)| wording)
            .collect();
        // A rule that looks at titles alone has nothing to plant into a paragraph.
        let Some(first) = wordings.first() else {
            continue;
        };
        (total, flagged) = (total + count, flagged + wordings.len());
        let places = ["# {}", "- {}", "> {}", "| {} |\n|---|", "\u{201c}{}\u{201d}"];
        let blocks = places.map(|place| place.replace("{}", &plain(first)));
        let draft = Draft::new(Format::Markdown, blocks.join("\n\n"));
        let found = spans(rule, &draft);
        let mut start = 0;
        let everywhere = blocks.iter().all(|block| {
            let own = start..start + block.len();
            start = own.end + 2;
            found.iter().any(|span| own.contains(&span.start()))
        });
        all.push(Plantable { rule, wordings, everywhere });
    }
    assert!(flagged * 100 >= total * 98, "only {flagged} of {total} wordings are flagged");
    all
});

static DRAFTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut folders = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures")];
    folders.extend(std::env::var_os("COMITY_CORPUS").map(PathBuf::from));
    let mut files: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    let drafts: Vec<String> = files.iter().filter_map(|file| std::fs::read_to_string(file).ok()).collect();
    assert!(!drafts.is_empty());
    drafts
});

fn plantings() -> u32 {
    std::env::var("COMITY_PLANTINGS").ok().and_then(|n| n.parse().ok()).unwrap_or(500)
}

/// The wording with a filler for each gap.
fn plain(wording: &str) -> String {
    let words: Vec<&str> = wording.split(' ').map(|word| if is_gap(word) { "calm" } else { word }).collect();
    words.join(" ")
}

/// The wording with nothing in its gaps.
fn without_gaps(wording: &str) -> String {
    wording.split(' ').filter(|word| !is_gap(word)).collect::<Vec<_>>().join(" ")
}

fn has_gap(wording: &str) -> bool {
    wording.split(' ').any(is_gap)
}

fn is_gap(word: &str) -> bool {
    word.strip_prefix('*').is_some_and(|digits| digits.parse::<u8>().is_ok())
}

/// Whether a rule flags each of some texts in the middle of a paragraph of its own.
fn are_flagged(rule: &Arc<Rule>, texts: &[String]) -> Vec<bool> {
    const BEFORE: &str = "It is so; ";
    let mut source = "A title\n\n".to_owned();
    let mut expected = Vec::new();
    for text in texts {
        let start = source.len() + BEFORE.len();
        expected.push(Span::new(start, start + text.trim_end_matches('\'').len()));
        source += &format!("{BEFORE}{text}; so.\n\n");
    }
    // The rule alone: what the others find there, which is asked of each of a thousand rules, is no matter.
    let alone = RuleSet::new([Arc::clone(rule)]).expect("it is sound among the others");
    let findings = alone.check(&Draft::new(Format::Text, source));
    let found: HashSet<Span> = findings.iter().map(|finding| finding.span).collect();
    expected.iter().map(|span| found.contains(span)).collect()
}

fn spans(rule: &Rule, draft: &Draft) -> Vec<Span> {
    RULES
        .check(draft)
        .into_iter()
        .filter(|finding| finding.rule.id() == rule.id())
        .map(|finding| finding.span)
        .collect()
}

/// A place in a draft where a phrase can be planted: a space between two words.
struct Place {
    offset: usize,
    freedom: Freedom,
    /// In running text that nobody quotes.
    plain: bool,
}

fn places(source: &str) -> Vec<Place> {
    let draft = Draft::new(Format::Markdown, source);
    let mut places = Vec::new();
    // What is written into data before the text may be no data any more.
    let text_starts = source.strip_prefix("---\n").and_then(|rest| Some(rest.find("\n---\n")? + 4)).unwrap_or(0);
    for block in draft.blocks() {
        let text = block.text();
        let whole: Span<SourceText> = block.source(Span::new(0, text.len()));
        if whole.start() < text_starts {
            continue;
        }
        let freedom = freedom(source, block.kind(), whole);
        for (at, _) in text.match_indices(' ') {
            let offset = block.source(Span::new(at, at + 1)).start();
            let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
            let between_words = source[offset..].starts_with(' ')
                && is_letter(source[..offset].chars().next_back())
                && is_letter(source[offset + 1..].chars().next());
            if between_words {
                let plain = block.kind() == BlockKind::Paragraph && !block.is_quoted(Span::new(at, at + 1));
                places.push(Place { offset, freedom: freedom.clone(), plain });
            }
        }
    }
    places
}

/// What may be done to a phrase in a block without making another block of it.
fn freedom(source: &str, kind: BlockKind, whole: Span) -> Freedom {
    let line = source[..whole.start()].rfind('\n').map_or(0, |at| at + 1);
    let lead = &source[line..whole.start()];
    let one_line = matches!(kind, BlockKind::Title | BlockKind::Heading | BlockKind::Table | BlockKind::Caption);
    // The text of an HTML block goes on over several lines.
    let paragraph = source[..line].rfind("\n\n").map_or(0, |at| at + 2);
    let in_html = source[paragraph.min(line)..].trim_start_matches([' ', '>']).starts_with('<') || lead.contains('<');
    let marked_up = source[whole.range()].contains(['*', '_', '[', '<', '`', '~', '\\', '^']);
    let prefix: String = lead.chars().take_while(|c| matches!(c, ' ' | '>')).collect();
    Freedom {
        wrap: (!one_line && !in_html).then_some(prefix),
        markup: !in_html && !marked_up,
        entities: !source[whole.range()].contains('<'),
        quotes: true,
        html: false,
    }
}

/// Containers of our own, with `{}` for the phrase, and what begins a further line in them.
const CONTAINERS: &[(&str, Option<&str>, bool)] = &[
    ("{}", Some(""), true),
    ("# {}", None, true),
    ("{}\n---", None, true),
    ("> {}", Some("> "), true),
    ("> > {}", Some("> > "), true),
    ("> {}", Some(""), true),
    ("- {}", Some("  "), true),
    ("10. {}", Some("    "), true),
    ("- a\n\n  > {}", Some("  > "), true),
    ("> 1. a\n>    - {}", Some(">      "), true),
    ("| a | b |\n|---|---|\n| c | {} |", None, true),
    ("a[^1]\n\n[^1]: {}", Some("    "), true),
    ("a\n\n***\n\n**Heading**  \n{}", Some(""), true),
    ("<p>{}</p>", Some(""), false),
    ("<table><tr><td>a</td><td class=\"x>y\">\n{}\n</td></tr></table>", Some("  "), false),
    ("![{}](image.png)", None, false),
    // Text that is set in, where nothing is markup.
    ("a\n\n    {}", Some("    "), false),
    ("a\n\n\t{}", Some("\t"), false),
    ("- a\n\n      {}", Some("        "), false),
    ("> a\n>\n>     {}", Some(">     "), false),
    // Syntax beyond CommonMark.
    ("# {} {#a .b}", None, true),
    ("[{}]{.x}", Some(""), true),
    ("so $x_1$ and {{ a }} [@b, p. 1] {}", Some(""), true),
    ("They met.\na | {}\n--- | ---\nc | d", None, true),
    ("They met.\na | b\n--- | ---\nc | {}", None, true),
];

/// Containers of pages, with `{}` for the phrase, and whether there may be markup in them.
const PAGES: &[(&str, bool)] = &[
    ("<p>{}</p>", true),
    ("<!DOCTYPE html><html lang=ko><head><style>p > a</style><body>\n{}", true),
    ("<h1 id=a>{}</h1>", true),
    ("<ul><li>a<li>{}<li>b</ul>", true),
    ("<ol><li>a<ul><li>{}</ul></ol>", true),
    ("<dl><dt>a<dd>{}<dt>b</dl>", true),
    ("<table><tr><th>a<td class=\"x>y\">{}<td>b<tr><td>c</table>", true),
    ("<table><tr><td><table><tr><td><p>{}</table></div></table>", true),
    ("<blockquote cite=x><p>{}</blockquote>", true),
    ("<div lang=fr>a<div lang=en-GB>b<p>{}</div></div>", true),
    ("<p hidden>a<p>{}", true),
    ("<aside role=doc-footnote>{}</aside>", true),
    ("a<span class=footnote>{}</span> b", true),
    ("<figure><img src=x><figcaption>{}</figcaption></figure>", true),
    ("<pre>\n{}\n</pre>", true),
    ("a<br><br>{}<br><br>b", true),
    ("<select><option>a</select>{}<textarea>b</textarea>", true),
    ("<b><i>{}</b></i>", true),
    ("<p class=MsoNormal><span lang=EN-US style='mso-fareast-language:KO'>{}<o:p></o:p></span></p>", true),
    ("</td></div><svg><title>a</title></svg><p>{}", true),
    ("<title>{}</title>", false),
    ("<p>a<img src=x alt=\"{}\">b", false),
    ("<img alt='{}' src=x>", false),
    ("<![CDATA[{}]]>", false),
];

/// Whether the phrase of a container stands in a paragraph that is set in, where references are none.
fn is_set_in(template: &str) -> bool {
    template.ends_with("    {}") || template.ends_with("\t{}")
}

/// What tag soup is made of.
#[rustfmt::skip]
const SOUP: &[&str] = &[
    "China", " containment", "the the", "한국", "\u{1f1f0}", "\u{ad}", " ", "\n", "\r\n", "\r", "\0", "a", "<", ">", "</", "/>", "=", "\"",
    "'", "&", "&amp", "&#", "x41", ";", "&nbsp;", "&notit;", "<p", "<p>", "</p>", "<b>", "</b>", "<i hidden>", "</i>", "<div lang=fr>",
    "</div>", "<span lang='ko' class=footnote>", "</span>", "<sup>", "</sup>", "<code>", "</code>", "<br>", "<wbr>", "<q>", "</q>", "<li>",
    "<ul>", "</ul>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<h1>", "</h2>", "<pre>", "</pre>", "<title>", "</title>", "<script>",
    "</script>", "<style>", "</style>", "<textarea>", "</textarea>", "<select>", "</select>", "<svg>", "</svg>", "<math>", "<ruby>", "<rt>",
    "<img alt=", "<img alt='China containment'>", "alt", " lang=", " hidden", "<!--", "-->", "--!>", "<!", "<?", "?>", "<![CDATA[", "]]>",
    "<!-- comity: off framing -- x -->", "<a href=x>", "</a>", "<html lang=de>", "</html>", "<body>", "</body>", "<head>", "<button>",
];

/// Plants a disguised phrase at `offset` in place of the space there, fenced off from the words around it.
fn plant(source: &str, offset: usize, phrase: &Disguised, choices: &mut Choices) -> (String, Span) {
    const AROUND: [(&str, &str); 4] =
        [(" \u{2014} ", " \u{2014} "), ("; ", "; "), (": ", "; "), (" \u{2014} so\u{2020}", "\u{2020}so \u{2014} ")];
    let (before, after) = AROUND[choices.below(4)];
    let draft = format!("{}{before}{}{after}{}", &source[..offset], phrase.text, &source[offset + 1..]);
    let start = offset + before.len() + phrase.start;
    (draft, Span::new(start, start + phrase.end - phrase.start))
}

fn assert_found(rule: &Rule, source: &str, expected: Span, format: Format) -> Result<(), TestCaseError> {
    let draft = Draft::new(format, source);
    // A phrase may make of the draft what its rule does not hold in: "Agreement between" as a title.
    let kind = Policy::default().taken(Path::new(""), &draft).document.value;
    if !rule.documents().is_empty() && !rule.documents().contains(&kind) {
        return Ok(());
    }
    // What a comment of the draft silences is found all the same.
    let findings = RULES.examine(&draft);
    let finding = findings.iter().find(|finding| finding.rule.id() == rule.id() && finding.span == expected);
    let Some(finding) = finding else {
        let from = source[..expected.start()].char_indices().rev().nth(60).map_or(0, |(at, _)| at);
        let to = source[expected.end()..].char_indices().nth(20).map_or(source.len(), |(at, _)| expected.end() + at);
        return Err(TestCaseError::fail(format!(
            "{} does not report {:?} at {expected:?} in {:?}; it reports {:?}",
            rule.id(),
            &source[expected.range()],
            &source[from..to],
            spans(rule, &draft).iter().map(|span| &source[span.range()]).collect::<Vec<_>>()
        )));
    };
    // The position, counted in another way than comity counts it.
    let body = source.strip_prefix('\u{feff}').map_or((source, expected.start()), |body| (body, expected.start() - 3));
    let before = &body.0[..body.1];
    prop_assert_eq!(finding.start.line, before.split('\n').count());
    prop_assert_eq!(finding.start.column, before.rsplit('\n').next().unwrap_or_default().chars().count() + 1);
    Ok(())
}

/// The phrase that `wording` picks, disguised.
fn pick(wording: (Index, Index), freedom: &Freedom, choices: &mut Choices) -> (&'static Plantable, Disguised) {
    let plantable = wording.0.get(RULES_WITH_WORDINGS.as_slice());
    let text = wording.1.get(plantable.wordings.as_slice());
    let rule = plantable.rule;
    let cases = [
        crate::disguise::lower(&plain(text)),
        crate::disguise::upper(&plain(text)),
        crate::disguise::title(&plain(text)),
    ];
    let any_case = are_flagged(rule, &cases).iter().all(|flag| *flag);
    let freedom = Freedom { quotes: plantable.everywhere, ..freedom.clone() };
    (plantable, disguise(text, &freedom, any_case, choices))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: plantings(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_phrase_planted_into_a_draft_is_reported_at_its_bytes(
        wording: (Index, Index),
        draft: Index,
        place: Index,
        choices in prop::collection::vec(any::<u8>(), 48),
    ) {
        let source = draft.get(DRAFTS.as_slice());
        let places = places(source);
        prop_assume!(!places.is_empty());
        let place = place.get(&places);
        let mut choices = Choices::new(&choices);
        let (plantable, phrase) = pick(wording, &place.freedom, &mut choices);
        prop_assume!(plantable.everywhere || place.plain);
        let (planted, expected) = plant(source, place.offset, &phrase, &mut choices);
        assert_found(plantable.rule, &planted, expected, Format::Markdown)?;
    }

    #[test]
    fn a_phrase_is_reported_in_every_container_and_line_end(
        wording: (Index, Index),
        container in prop::sample::select(CONTAINERS),
        crlf: bool,
        byte_order_mark: bool,
        choices in prop::collection::vec(any::<u8>(), 48),
    ) {
        let (template, wrap, markup) = container;
        let is_image = template.starts_with('!');
        let entities = !is_image && !is_set_in(template);
        let freedom = Freedom { wrap: wrap.map(str::to_owned), markup, entities, quotes: true, html: false };
        let mut choices = Choices::new(&choices);
        let (plantable, phrase) = pick(wording, &freedom, &mut choices);
        prop_assume!(plantable.everywhere || template == "{}");
        let mut source = format!("{}한국 \u{1f1f0}\u{1f1f7}\n\n{template}\n", if byte_order_mark { "\u{feff}" } else { "" });
        let mut text = phrase.text.clone();
        let (mut start, mut end) = (phrase.start, phrase.end);
        if crlf {
            let carriage_returns = |text: &str| text.matches('\n').count();
            (start, end) = (start + carriage_returns(&text[..start]), end + carriage_returns(&text[..end]));
            text = text.replace('\n', "\r\n");
            source = source.replace('\n', "\r\n");
        }
        let at = source.find("{}").unwrap();
        let source = source.replacen("{}", &text, 1);
        assert_found(plantable.rule, &source, Span::new(at + start, at + end), Format::Markdown)?;
    }

    #[test]
    fn a_phrase_is_reported_in_every_element_of_a_page(
        wording: (Index, Index),
        page in prop::sample::select(PAGES),
        crlf: bool,
        byte_order_mark: bool,
        choices in prop::collection::vec(any::<u8>(), 48),
    ) {
        let (template, html) = page;
        let freedom = Freedom { wrap: Some("\t".to_owned()), markup: false, entities: html, quotes: true, html };
        let mut choices = Choices::new(&choices);
        let (plantable, phrase) = pick(wording, &freedom, &mut choices);
        prop_assume!(plantable.everywhere || template == "<p>{}</p>");
        // A quotation mark would end the value of an attribute.
        prop_assume!(!template.contains("alt=") || !phrase.text.contains(['\'', '"']));
        let at = template.find("{}").unwrap();
        let mark = if byte_order_mark { "\u{feff}" } else { "" };
        let lead = format!("{mark}<p>한국 \u{1f1f0}\u{1f1f7}\n{}", &template[..at]);
        let ends = |text: &str| if crlf { text.replace('\n', "\r\n") } else { text.to_owned() };
        let (start, end) = (ends(&phrase.text[..phrase.start]).len(), ends(&phrase.text[..phrase.end]).len());
        let from = ends(&lead).len();
        let source = ends(&format!("{lead}{}{}", phrase.text, &template[at + 2..]));
        assert_found(plantable.rule, &source, Span::new(from + start, from + end), Format::Html)?;
    }

    #[test]
    fn a_phrase_is_reported_in_plain_text(
        wording: (Index, Index),
        container in prop::sample::select(vec![("{}", ""), ("  - {}", "    "), ("(a) {}", ""), ("> {}", "> ")]),
        choices in prop::collection::vec(any::<u8>(), 48),
    ) {
        let (template, wrap) = container;
        let freedom = Freedom { wrap: Some(wrap.to_owned()), markup: false, entities: false, quotes: true, html: false };
        let mut choices = Choices::new(&choices);
        let (plantable, phrase) = pick(wording, &freedom, &mut choices);
        prop_assume!(plantable.everywhere || template == "{}");
        let source = format!("\u{feff}A title\n\n{template}\n");
        let at = source.find("{}").unwrap();
        let source = source.replacen("{}", &phrase.text, 1);
        assert_found(plantable.rule, &source, Span::new(at + phrase.start, at + phrase.end), Format::Text)?;
    }

    #[test]
    fn no_bytes_make_the_check_panic(
        bytes: Vec<u8>,
        format in prop::sample::select(&[Format::Markdown, Format::Text, Format::Html, Format::Word][..]),
    ) {
        if let Ok(draft) = Draft::from_reader("draft", format, bytes.as_slice(), &Reading::default()) {
            RULES.check(&draft);
        }
    }

    #[test]
    fn no_markup_makes_the_check_panic(text in "([ \n>#*_\\[\\]()<>&;`~|!\\\\:\"'-]|[ab]|China|contain|&amp;|\u{ad}|\u{301}|<!--|-->|https://|한){0,80}") {
        for format in [Format::Markdown, Format::Text, Format::Html] {
            let draft = Draft::new(format, text.as_str());
            for finding in RULES.check(&draft) {
                prop_assert!(text.get(finding.span.range()).is_some());
            }
        }
    }

    #[test]
    fn no_soup_of_tags_makes_the_check_panic(pieces in prop::collection::vec(prop::sample::select(SOUP), 0..60)) {
        let text = pieces.concat();
        for format in [Format::Html, Format::Markdown] {
            let draft = Draft::new(format, text.as_str());
            for finding in RULES.check(&draft) {
                prop_assert!(text.get(finding.span.range()).is_some());
            }
            for block in draft.blocks() {
                for (at, c) in block.text().char_indices() {
                    let from = block.source(Span::new(at, at + c.len_utf8()));
                    prop_assert!(text.get(from.range()).is_some_and(|from| !from.is_empty()), "{:?} of {:?}", from, text);
                }
            }
        }
    }
}
