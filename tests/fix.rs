//! Suggestions put into drafts: what is written, and what is left alone.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use comity::fix::fix;
use comity::{Draft, Fix, Format, Pack, RuleSet};
use proptest::prelude::*;

const PACK: &str = r#"
schema: 1
pack: t
rules:
  - {id: peace, fix: safe, severity: error, phrases: ["China containment"], suggest: [regional stability and peace]}
  - {id: decide, fix: safe, swap: {"agree~ to": "decide~ to", "enter~ into force": "come~ into effect", "undertake~": "carry~ out"}}
  - {id: partner, fix: safe, phrases: ["junior partner~"], suggest: ["equal partner~"]}
  - {id: plan, fix: safe, phrases: ["equal footing"], suggest: ["MOU footing"]}
  - {id: short, fix: safe, phrases: ["burden sharing"], suggest: [cooperation]}
  - {id: risky, fix: unsafe, phrases: [utilize~], suggest: [use~]}
  - {id: advice, fix: none, phrases: [synergy], suggest: [cooperation]}
  - {id: side, fix: safe, phrases: ["opposing (side|party)~"], suggest: ["other parties"]}
"#;

fn rules() -> RuleSet {
    RuleSet::new(Pack::parse("t.yml", PACK).unwrap().rules().to_vec()).unwrap()
}

fn fixed(format: Format, source: &str, applicability: Fix) -> String {
    let rules = rules();
    fix(Draft::new(format, source), |draft| rules.check(draft), applicability).draft.source().to_owned()
}

#[test]
fn a_suggestion_fits_into_its_sentence_and_its_markup() {
    let cases = [
        // inflection, capitals
        ("They agreed to meet; he agrees to it.", "They decided to meet; he decides to it."),
        ("It has entered into force. UNDERTAKING IT NOW", "It has come into effect. CARRYING OUT IT NOW"),
        (
            "China containment is it. CHINA CONTAINMENT",
            "Regional stability and peace is it. REGIONAL STABILITY AND PEACE",
        ),
        // the article, the possessive
        ("a junior partner and A JUNIOR PARTNER", "an equal partner and AN EQUAL PARTNER"),
        ("on an equal footing", "on an MOU footing"),
        ("the opposing side's aims, the opposing side\u{2019}s", "the other parties' aims, the other parties\u{2019}"),
        // markup around all of it, around a part of it, a link
        ("of **China containment** now", "of **regional stability and peace** now"),
        ("of China **containment** now", "of **regional stability and peace** now"),
        ("of **China** containment now", "of regional stability and peace now"),
        ("an **opposing** side met", "an **other parties** met"),
        ("of [China containment](https://x.org/a_b) now", "of [regional stability and peace](https://x.org/a_b) now"),
        ("of China [containment](x.org 'a') now", "of [regional stability and peace](x.org 'a') now"),
        ("of [**China**](x.org) *containment*.", "of [regional stability and peace](x.org)."),
        (
            "of <b>China containment</b> <i>China</i> containment",
            "of <b>regional stability and peace</b> regional stability and peace",
        ),
        ("***China containment***", "***Regional stability and peace***"),
        ("of \\*China \\& x", "of \\*China \\& x"),
        // quotation marks
        ("a \u{201c}China\u{201d} containment", "a regional stability and peace"),
        ("of \u{201c}China containment\u{201d} now", "of \u{201c}regional stability and peace\u{201d} now"),
        // bytes elsewhere
        ("\u{feff}of China containment  \r\nnow\t\r\n", "\u{feff}of regional stability and peace  \r\nnow\t\r\n"),
        // two in one sentence, and one that comes of another
        ("a junior partner agreed to burden sharing", "an equal partner decided to cooperation"),
    ];
    for (source, expected) in cases {
        assert_eq!(fixed(Format::Markdown, source, Fix::Safe), expected, "{source}");
    }
}

#[test]
fn a_line_that_was_wrapped_inside_a_phrase_is_wrapped_again() {
    let cases = [
        (
            "The two leaders underscored the importance of China\ncontainment in the region and beyond.\n",
            "The two leaders underscored the importance of\nregional stability and peace in the region and beyond.\n",
        ),
        (
            "> The importance of China\n> containment in the region.",
            "> The importance of regional\n> stability and peace in the region.",
        ),
        (
            "- The weight of China\n  containment, and more.",
            "- The weight of regional\n  stability and peace, and more.",
        ),
        ("They speak of the burden\nsharing in the region.", "They speak of the\ncooperation in the region."),
        (
            "They all speak at length of the fair burden\nsharing in the region, and of what comes next.",
            "They all speak at length of the fair\ncooperation in the region, and of what comes next.",
        ),
        (
            "We note the burden\nsharing - with all of them\nso it is, and so on and on.",
            "We note the\ncooperation - with all of them\nso it is, and so on and on.",
        ),
        (
            "It speaks of the burden\nsharing \nwith all of the parties here.",
            "It speaks of the\ncooperation \nwith all of the parties here.",
        ),
        ("They speak of the  burden \nsharing.", "They speak of the \ncooperation."),
        ("- Burden\n  sharing it is", "- Cooperation\n  it is"),
        ("They speak of the burden\nsharing.", "They speak of the\ncooperation."),
        ("They speak of the burden-\r\nsharing in it.", "They speak of the\r\ncooperation in it."),
    ];
    for (source, expected) in cases {
        assert_eq!(fixed(Format::Markdown, source, Fix::Safe), expected, "{source}");
    }
}

#[test]
fn what_would_be_harmed_is_left_to_a_person() {
    let cases = [
        "of China[^1] containment\n\n[^1]: note",
        "of **big China** containment",
        "of China **containment policy**",
        "of China<sup>1</sup> containment",
        "of China (containment",
        "of [China](a.org) [containment](b.org)",
        "of [China containment].\n\n[China containment]: x.org",
        "of [China containment][] and ![China containment][]\n\n[China containment]: x.org",
        "We China [^1][containment](x.org) here.\n\n[^1]: n",
        "of \\*China\\* containment",
        "of China_containment",
        "of \\China [containment](x.org)",
        "of China\\\ncontainment now",
        "of China<br>containment now",
    ];
    for source in cases {
        assert_eq!(fixed(Format::Markdown, source, Fix::Safe), source, "{source}");
    }
}

#[test]
fn a_fix_that_would_bring_in_an_error_is_not_applied() {
    let pack = r#"
schema: 1
pack: t
rules:
  - {id: close, fix: safe, phrases: [strong ties], suggest: [bloc ties]}
  - {id: bloc, severity: error, phrases: [bloc ties, bloc will, bloc shall, bloc cannot]}
  - {id: must-not, fix: safe, phrases: [must not], suggest: [cannot]}
  - {id: laud, fix: safe, phrases: [salute], suggest: [laud]}
  - {id: few, severity: error, kind: limit, phrases: [laud], max: 3}
  - {id: shall, fix: safe, phrases: [shall], suggest: [will]}
"#;
    let rules = RuleSet::new(Pack::parse("t.yml", pack).unwrap().rules().to_vec()).unwrap();
    let fixed = |source: &str| {
        let fixed = fix(Draft::new(Format::Text, source), |draft| rules.check(draft), Fix::Safe);
        (fixed.draft.source().to_owned(), fixed.applied, fixed.refused)
    };
    // The second is an error before and after, and so no new one.
    assert_eq!(
        fixed("They praise strong ties; it shall be."),
        ("They praise strong ties; it will be.".to_owned(), 1, 1)
    );
    assert_eq!(fixed("The bloc shall meet."), ("The bloc will meet.".to_owned(), 1, 0));
    // What does harm in one place is right in another.
    assert_eq!(
        fixed("The bloc must not meet. They must not meet. The bloc must not meet."),
        ("The bloc must not meet. They cannot meet. The bloc must not meet.".to_owned(), 1, 2)
    );
    // Where the draft as a whole is wrong after them.
    let many = |word: &str| vec![format!("They {word} it."); 40].join("\n\n");
    let (source, applied, refused) = fixed(&many("salute"));
    assert!(source.contains("laud") && source.contains("salute"), "{source}");
    assert_eq!((applied + refused, source.matches("laud").count()), (40, applied));
}

/// Rules whose fixes bring in what others, or they themselves, look for.
const LOOPS: &str = r#"
schema: 1
pack: l
rules:
  - {id: rok, fix: safe, phrases: ["=ROK"], suggest: [South Korea]}
  - {id: seoul, fix: safe, phrases: [South Korea], suggest: [Republic of Korea (ROK)]}
  - {id: there, fix: safe, phrases: [hither], suggest: [yon]}
  - {id: back, fix: safe, phrases: [yon], suggest: [hither]}
  - {id: first, fix: safe, phrases: [start], suggest: [hither]}
  - {id: grow, kind: pattern, fix: safe, regex: '(\w+) footing', suggest: [$1 firm footing]}
  - {id: twice, kind: repeated, fix: safe}
  - {id: long, fix: safe, phrases: [one], suggest: [two]}
  - {id: longer, fix: safe, phrases: [two three], suggest: [four]}
  - {id: longest, fix: safe, phrases: [four five], suggest: [six]}
"#;

/// The draft with the fixes of [`LOOPS`], and how many were applied and refused.
fn looped(source: &str) -> (String, usize, usize) {
    let rules = RuleSet::new(Pack::parse("l.yml", LOOPS).unwrap().rules().to_vec()).unwrap();
    let fixed = fix(Draft::new(Format::Text, source), |draft| rules.check(draft), Fix::Safe);
    (fixed.draft.source().to_owned(), fixed.applied, fixed.refused)
}

#[test]
fn a_fix_that_its_rule_finds_again_is_not_applied() {
    let cases = [
        // By the rule itself, or once another rule has changed it.
        ("on equal footing", "on equal footing", 0, 1),
        ("The ROK met.", "The ROK met.", 0, 1),
        ("South Korea met.", "South Korea met.", 0, 1),
        // Rules that undo each other's fixes do not keep others from theirs.
        ("come hither", "come hither", 0, 1),
        ("come yon", "come yon", 0, 1),
        ("at the start", "at the hither", 1, 1),
        // What is found again beside what was put there is another place.
        ("the the the end", "the end", 1, 0),
        ("one three five", "six", 3, 0),
        ("one three five on equal footing of ROK, start", "six on equal footing of ROK, hither", 4, 3),
    ];
    for (source, expected, applied, refused) in cases {
        assert_eq!(looped(source), (expected.to_owned(), applied, refused), "{source}");
        assert_eq!(looped(expected).0, expected, "{source}, again");
    }
}

#[test]
fn only_what_may_be_applied_is_applied() {
    let source = "They utilize synergy and agree to it.";
    assert_eq!(fixed(Format::Text, source, Fix::Safe), "They utilize synergy and decide to it.");
    assert_eq!(fixed(Format::Text, source, Fix::Unsafe), "They use synergy and decide to it.");
    assert_eq!(fixed(Format::Text, source, Fix::None), source);
}

/// Wording of the pack in ever other surroundings.
fn draft() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "China containment",
        "**China** containment",
        "China\ncontainment",
        "[China containment](x.org)",
        "*a junior* partner",
        "agreed to",
        "an equal footing",
        "burden-sharing",
        "opposing side's",
        "utilizing",
        "\u{201c}burden sharing\u{201d}",
        "the",
        "of a",
        "\u{d55c}\u{ad6d}",
        "it.",
        "\n\n> ",
        "\n\n- ",
        "[^1]",
        "`x`",
    ]);
    prop::collection::vec(words, 0..14).prop_map(|words| words.join(" "))
}

/// The same in a page.
fn page() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "China containment",
        "<b>China</b> containment",
        "China\ncontainment",
        "<a href='x>y'>China containment</a>",
        "<i>a junior</i> partner",
        "agreed&nbsp;to",
        "an <u>equal footing",
        "burden<wbr>-sharing</u>",
        "opposing side's",
        "&#67;hina contain&shy;ment",
        "<q>burden sharing</q>",
        "<img alt='China containment' src=x>",
        "the",
        "of a",
        "\u{d55c}\u{ad6d}",
        "it.",
        "<p>",
        "<li>",
        "<br>",
        "<!-- n -->",
        "<sup>1</sup>",
        "<code>x</code>",
    ]);
    prop::collection::vec(words, 0..14).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn what_was_fixed_has_nothing_safe_left_to_fix(source in draft(), markdown: bool) {
        let format = if markdown { Format::Markdown } else { Format::Text };
        let once = fixed(format, &source, Fix::Safe);
        prop_assert_eq!(fixed(format, &once, Fix::Safe), once);
    }

    #[test]
    fn rules_that_bring_in_what_they_look_for_come_to_an_end(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "ROK", "South Korea", "hither", "yon", "start", "on equal footing", "the the", "one", "two", "three", "four",
                "five", "of", "it.",
            ]),
            0..12,
        )
    ) {
        let once = looped(&words.join(" ")).0;
        prop_assert_eq!(looped(&once).0, once);
    }

    #[test]
    fn a_page_that_was_fixed_is_whole_and_has_nothing_safe_left_to_fix(source in page()) {
        let once = fixed(Format::Html, &source, Fix::Safe);
        prop_assert_eq!(&fixed(Format::Html, &once, Fix::Safe), &once);
        let count = |source: &str| {
            let marks = ["<p>", "<li>", "<br>", "<!-- n -->", "<sup>1</sup>", "<code>x</code>", "<a href='x>y'>", "</a>", "<img alt='", "' src=x>"];
            (Draft::new(Format::Html, source).blocks().len(), marks.map(|mark| source.matches(mark).count()))
        };
        prop_assert_eq!(count(&once), count(&source));
    }

    #[test]
    fn bytes_outside_of_the_fixed_spans_are_untouched(source in draft()) {
        let rules = rules();
        let draft = Draft::new(Format::Markdown, source.as_str());
        let edits = comity::fix::edits(&draft, &rules.check(&draft), Fix::Unsafe);
        let after = comity::fix::apply(&source, &edits);
        let (mut before_at, mut after_at) = (0, 0);
        for edit in &edits {
            let kept = edit.span.start() - before_at;
            prop_assert_eq!(&source[before_at..edit.span.start()], &after[after_at..after_at + kept]);
            prop_assert!(after[after_at + kept..].starts_with(&edit.text));
            (before_at, after_at) = (edit.span.end(), after_at + kept + edit.text.len());
        }
        prop_assert_eq!(&source[before_at..], &after[after_at..]);
    }

    #[test]
    fn the_structure_of_a_draft_outlives_its_fixes(source in draft()) {
        // As many blocks, links and footnote marks as before.
        let count = |source: &str| {
            let draft = Draft::new(Format::Markdown, source);
            (draft.blocks().len(), source.matches("](x.org)").count(), source.matches("[^1]").count(), source.matches('`').count())
        };
        prop_assert_eq!(count(&fixed(Format::Markdown, &source, Fix::Unsafe)), count(&source));
    }
}
