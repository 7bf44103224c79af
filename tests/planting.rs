//! Any phrase of any rule, planted into any block of a draft and disguised at random, is reported at exactly its bytes.
//!
//! The drafts are those of `fixtures/`, and those of the directory that `COMITY_CORPUS` names, if it is set. How many phrases
//! are planted is `COMITY_PLANTINGS` (2,000 without it).

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod disguise;

use std::path::PathBuf;
use std::sync::LazyLock;

use comity::{BlockKind, Draft, Format, Pack, Rule, RuleSet, SourceText, Span};
use disguise::{Choices, Disguised, Freedom, disguise};
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
    let packs = Pack::builtin().unwrap().into_iter().chain([Pack::parse("more.yml", MORE).unwrap()]);
    RuleSet::new(packs.flat_map(|pack| pack.rules().to_vec())).unwrap()
});

/// Every phrase rule, with those of its wordings that are flagged where they stand alone.
static WORDINGS: LazyLock<Vec<(&'static Rule, Vec<String>)>> = LazyLock::new(|| {
    let (mut total, mut flagged) = (0, 0);
    let mut all = Vec::new();
    for rule in RULES.rules().iter().filter(|rule| rule.kind() == "phrase") {
        let mut wordings = rule.looks_for();
        total += wordings.len();
        wordings.retain(|wording| is_flagged(rule, &plain(wording)));
        flagged += wordings.len();
        all.push((&**rule, wordings));
    }
    // The others are part of an exception of their own rule.
    assert!(flagged * 100 >= total * 99, "only {flagged} of {total} wordings are flagged");
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
    std::env::var("COMITY_PLANTINGS").ok().and_then(|n| n.parse().ok()).unwrap_or(2000)
}

/// The wording with a filler for each gap.
fn plain(wording: &str) -> String {
    let words: Vec<&str> = wording.split(' ').map(|word| if is_gap(word) { "calm" } else { word }).collect();
    words.join(" ")
}

fn is_gap(word: &str) -> bool {
    word.strip_prefix('*').is_some_and(|digits| digits.parse::<u8>().is_ok())
}

fn is_flagged(rule: &Rule, text: &str) -> bool {
    let draft = Draft::new(Format::Text, format!("so; {text}; so"));
    spans(rule, &draft).contains(&Span::new(4, 4 + text.trim_end_matches('\'').len()))
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
}

fn places(source: &str) -> Vec<Place> {
    let draft = Draft::new(Format::Markdown, source);
    let mut places = Vec::new();
    for block in draft.blocks() {
        let text = block.text();
        let whole: Span<SourceText> = block.source(Span::new(0, text.len()));
        let freedom = freedom(source, block.kind(), whole);
        for (at, _) in text.match_indices(' ') {
            let offset = block.source(Span::new(at, at + 1)).start();
            let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
            let between_words = source[offset..].starts_with(' ')
                && is_letter(source[..offset].chars().next_back())
                && is_letter(source[offset + 1..].chars().next());
            if between_words {
                places.push(Place { offset, freedom: freedom.clone() });
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
    let in_html = source[line..].trim_start_matches([' ', '>']).starts_with('<') || lead.contains('<');
    let marked_up = source[whole.range()].contains(['*', '_', '[', '<', '`', '~', '\\', '^']);
    let prefix: String = lead.chars().take_while(|c| matches!(c, ' ' | '>')).collect();
    Freedom {
        wrap: (!one_line && !in_html).then_some(prefix),
        markup: !in_html && !marked_up,
        entities: !source[whole.range()].contains('<'),
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
];

/// Plants a disguised phrase at `offset` in place of the space there, fenced off from the words around it.
fn plant(source: &str, offset: usize, phrase: &Disguised, choices: &mut Choices) -> (String, Span) {
    let (before, after) = [(" \u{2014} ", " \u{2014} "), ("; ", "; "), (": ", "; ")][choices.below(3)];
    let draft = format!("{}{before}{}{after}{}", &source[..offset], phrase.text, &source[offset + 1..]);
    let start = offset + before.len() + phrase.start;
    (draft, Span::new(start, start + phrase.end - phrase.start))
}

fn assert_found(rule: &Rule, source: &str, expected: Span, format: Format) -> Result<(), TestCaseError> {
    let draft = Draft::new(format, source);
    let findings = RULES.check(&draft);
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
fn pick((rule, wording): (Index, Index), freedom: &Freedom, choices: &mut Choices) -> (&'static Rule, Disguised) {
    let (rule, wordings) = rule.get(WORDINGS.as_slice());
    let wording = wording.get(wordings.as_slice());
    let any_case = is_flagged(rule, &plain(wording).to_lowercase()) && is_flagged(rule, &plain(wording).to_uppercase());
    (rule, disguise(wording, freedom, any_case, choices))
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
        let (rule, phrase) = pick(wording, &place.freedom, &mut choices);
        let (planted, expected) = plant(source, place.offset, &phrase, &mut choices);
        assert_found(rule, &planted, expected, Format::Markdown)?;
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
        let freedom = Freedom { wrap: wrap.map(str::to_owned), markup, entities: !is_image };
        let mut choices = Choices::new(&choices);
        let (rule, phrase) = pick(wording, &freedom, &mut choices);
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
        assert_found(rule, &source, Span::new(at + start, at + end), Format::Markdown)?;
    }

    #[test]
    fn a_phrase_is_reported_in_plain_text(
        wording: (Index, Index),
        container in prop::sample::select(vec![("{}", ""), ("  - {}", "    "), ("(a) {}", ""), ("> {}", "> ")]),
        choices in prop::collection::vec(any::<u8>(), 48),
    ) {
        let (template, wrap) = container;
        let freedom = Freedom { wrap: Some(wrap.to_owned()), markup: false, entities: false };
        let mut choices = Choices::new(&choices);
        let (rule, phrase) = pick(wording, &freedom, &mut choices);
        let source = format!("\u{feff}A title\n\n{template}\n");
        let at = source.find("{}").unwrap();
        let source = source.replacen("{}", &phrase.text, 1);
        assert_found(rule, &source, Span::new(at + phrase.start, at + phrase.end), Format::Text)?;
    }

    #[test]
    fn no_bytes_make_the_check_panic(bytes: Vec<u8>, markdown: bool) {
        let format = if markdown { Format::Markdown } else { Format::Text };
        if let Ok(draft) = Draft::from_reader("draft", format, bytes.as_slice()) {
            RULES.check(&draft);
        }
    }

    #[test]
    fn no_markup_makes_the_check_panic(text in "([ \n>#*_\\[\\]()<>&;`~|!\\\\:\"'-]|[ab]|China|contain|&amp;|\u{ad}|\u{301}|<!--|-->|https://|한){0,80}") {
        for format in [Format::Markdown, Format::Text] {
            let draft = Draft::new(format, text.as_str());
            for finding in RULES.check(&draft) {
                prop_assert!(text.get(finding.span.range()).is_some());
            }
        }
    }
}
