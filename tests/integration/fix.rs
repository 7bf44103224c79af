//! Suggestions put into drafts: what is written, and what is left alone.

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
fn the_edits_of_a_draft_are_those_that_may_be_put_in() {
    let source = "China containment is it. They utilized burden sharing, and synergy.";
    let draft = Draft::new(Format::Text, source);
    let findings = rules().check(&draft);
    let edits = |fix: Fix| -> Vec<(String, String)> {
        let edits = comity::fix::edits(&draft, &findings, fix);
        edits.into_iter().map(|edit| (draft.slice(edit.span).to_owned(), edit.text)).collect()
    };
    let edit = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    let (first, last) =
        (edit("China containment", "Regional stability and peace"), edit("burden sharing", "cooperation"));
    assert_eq!(edits(Fix::Safe), [first.clone(), last.clone()]);
    assert_eq!(edits(Fix::Unsafe), [first, edit("utilized", "used"), last]);
}

#[test]
fn a_suggestion_fits_into_its_sentence_and_its_markup() {
    let cases = [
        // inflection, capitals
        ("They agreed to meet; he agrees to come.", "They decided to meet; he decides to come."),
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
        ("of an **opposing** side", "of an **opposing** side"),
        ("the **opposing** side met", "the **other parties** met"),
        ("of [China containment](https://x.org/a_b) now", "of [regional stability and peace](https://x.org/a_b) now"),
        ("of China [containment](x.org 'a') now", "of [regional stability and peace](x.org 'a') now"),
        ("of [**China**](x.org) *containment*.", "of [regional stability and peace](x.org)."),
        (
            "of <b>China containment</b>, of <i>China</i> containment",
            "of <b>regional stability and peace</b>, of regional stability and peace",
        ),
        ("***China containment***", "***Regional stability and peace***"),
        ("of \\*China \\& x", "of \\*China \\& x"),
        // quotation marks
        ("of \u{201c}China\u{201d} containment", "of regional stability and peace"),
        ("\u{201c}China containment\u{201d}\u{b97c}", "\u{201c}Regional stability and peace\u{201d}\u{b97c}"),
        ("of \u{201c}China containment\u{201d} now", "of \u{201c}regional stability and peace\u{201d} now"),
        // bytes elsewhere
        ("\u{feff}of China containment  \r\nnow\t\r\n", "\u{feff}of regional stability and peace  \r\nnow\t\r\n"),
        // two in one sentence, and one that comes of another
        ("a junior partner agreed to seek burden sharing", "an equal partner decided to seek cooperation"),
    ];
    for (source, expected) in cases {
        // In a quotation nothing is changed unasked.
        let is_quoted = source.starts_with('>') || source.contains('\u{201d}');
        let applicability = if is_quoted { Fix::Unsafe } else { Fix::Safe };
        assert_eq!(fixed(Format::Markdown, source, applicability), expected, "{source}");
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
        // In a quotation nothing is changed unasked.
        let is_quoted = source.starts_with('>') || source.contains('\u{201d}');
        let applicability = if is_quoted { Fix::Unsafe } else { Fix::Safe };
        assert_eq!(fixed(Format::Markdown, source, applicability), expected, "{source}");
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
        // Signs that lead to a note, and marks that part the words from a letter.
        "of China\u{2020} containment, China\u{b9} containment",
        "of [counter]utilizement, \u{201c}China containment\u{201d}and more",
        "of China containment\u{2020}and more",
    ];
    for source in cases {
        assert_eq!(fixed(Format::Markdown, source, Fix::Safe), source, "{source}");
    }
}

/// Every format, with what makes a paragraph of a text in it.
const FORMATS: [(Format, &str, &str); 5] = [
    (Format::Markdown, "", "\n"),
    (Format::Text, "", "\n"),
    (Format::Html, "<p>", "</p>\n"),
    (Format::Word, "", ""),
    (Format::OpenDocument, "", ""),
];

#[test]
fn what_stands_around_a_fix_stays_whole_in_every_format() {
    let pack = r#"
schema: 1
pack: t
rules:
  - {id: partner, fix: safe, phrases: ["junior partner~"], suggest: ["equal partner~"]}
  - {id: ally, fix: safe, phrases: ["(a|the) minor ally"], suggest: ["an equal ally"]}
  - {id: peace, fix: safe, phrases: ["China containment"], suggest: [regional stability and peace]}
  - {id: use, fix: safe, phrases: [utilize~], suggest: [use~]}
"#;
    let cases = [
        // Every mark stays in pairs, and the article goes across it.
        ("a \u{201c}junior partner\u{201d} role", "an \u{201c}equal partner\u{201d} role"),
        ("a \u{2018}junior partner\u{2019} role", "an \u{2018}equal partner\u{2019} role"),
        ("a 'junior partner' role", "an 'equal partner' role"),
        ("a \"junior partner\" role", "an \"equal partner\" role"),
        ("a \u{201e}junior partner\u{201c} role", "an \u{201e}equal partner\u{201c} role"),
        ("a \u{201a}junior partner\u{2018} role", "an \u{201a}equal partner\u{2018} role"),
        ("a \u{2039}junior partner\u{203a} role", "an \u{2039}equal partner\u{203a} role"),
        ("a \u{ab}junior partner\u{bb} role", "an \u{ab}equal partner\u{bb} role"),
        ("a \u{b4}junior partner\u{b4} role", "an \u{b4}equal partner\u{b4} role"),
        ("a \u{ff02}junior partner\u{ff02} role", "an \u{ff02}equal partner\u{ff02} role"),
        ("a \u{ff3b}junior partner\u{ff3d} role", "an \u{ff3b}equal partner\u{ff3d} role"),
        ("a (junior) partner and a (junior partner)", "a (junior) partner and an (equal partner)"),
        // Those that stand between an article and what it belongs to, where both are replaced.
        ("the \u{2018}minor ally\u{2019} role", "an \u{2018}equal ally\u{2019} role"),
        ("a \u{201e}minor ally\u{201c} role", "an \u{201e}equal ally\u{201c} role"),
        ("A 'minor ally' role", "An 'equal ally' role"),
        ("a [minor ally] role", "an [equal ally] role"),
        ("a minor ally role", "an equal ally role"),
        // Those around a part of what is replaced go together.
        ("a \u{2018}junior\u{2019} partner", "an equal partner"),
        ("a \u{201a}junior\u{2018} partner", "an equal partner"),
        ("a junior \u{2039}partner\u{203a}", "an equal partner"),
        (
            "a \u{2018}very junior\u{2019} partner; a very \u{b4}junior partner\u{b4}",
            "a \u{2018}very junior\u{2019} partner; a very \u{b4}equal partner\u{b4}",
        ),
        ("a very junior \u{2018}partner of old\u{2019}", "a very junior \u{2018}partner of old\u{2019}"),
        // A bracket is a reservation.
        ("A [junior] partner met.", "A [junior] partner met."),
        ("A junior [partner] met.", "A junior [partner] met."),
        ("A \u{ff3b}junior\u{ff3d} partner met.", "A \u{ff3b}junior\u{ff3d} partner met."),
        ("A [junior partner] met.", "An [equal partner] met."),
        ("A [junior][partner] met.", "A [junior][partner] met."),
        // A capital that opens something.
        ("(a) Junior partners are here.", "(a) Equal partners are here."),
        ("(iv) \u{201c}Junior partners\u{201d} are here.", "(iv) \u{201c}Equal partners\u{201d} are here."),
        ("They note: (b) Junior partners are here.", "They note: (b) Equal partners are here."),
        ("They note: Junior partners are here.", "They note: Equal partners are here."),
        ("They note: junior partners are here.", "They note: equal partners are here."),
        ("They note: China containment is here.", "They note: regional stability and peace is here."),
        ("(a) China containment is here.", "(a) Regional stability and peace is here."),
        ("2.1 Utilizing it is here.", "2.1 Using it is here."),
        ("(a) junior partners are here.", "(a) equal partners are here."),
    ];
    let rules = RuleSet::new(Pack::parse("t.yml", pack).unwrap().rules().to_vec()).unwrap();
    for (format, before, behind) in FORMATS {
        for (source, expected) in cases {
            let page = |text: &str| format!("{before}{text}{behind}");
            // In quotation marks nothing is changed unasked.
            let fixed = fix(Draft::new(format, page(source)), |draft| rules.check(draft), Fix::Unsafe);
            assert_eq!(fixed.draft.source(), page(expected), "{format:?}: {source}");
        }
    }
    let marks =
        "<p>a &lsquo;junior partner&rsquo;, a &ldquo;<i>junior</i> partner&rdquo;, the &#39;minor ally&#39;</p>";
    let expected = "<p>an &lsquo;equal partner&rsquo;, an &ldquo;equal partner&rdquo;, an &#39;equal ally&#39;</p>";
    let fixed = fix(Draft::new(Format::Html, marks), |draft| rules.check(draft), Fix::Unsafe);
    assert_eq!(fixed.draft.source(), expected);
}

#[test]
fn what_does_not_fit_is_advice_and_says_so() {
    const NEGATED: &str = "the sentence denies or rejects it, and would turn against what is suggested";
    let pack = r#"
schema: 1
pack: t
rules:
  - {id: peace, fix: safe, phrases: ["China containment", "push~ back against China"], suggest: ["contribute~ to peace"], as: verb}
  - {id: noun, fix: safe, phrases: ["the old plan"], suggest: ["peace in the region"]}
  - {id: world, fix: safe, phrases: [third world], suggest: [developing countries]}
  - {id: together, fix: safe, concern: style, phrases: ["cooperate~ together"], suggest: ["cooperate~"]}
  - {id: plain, fix: none, phrases: [synergy], suggest: [cooperation]}
"#;
    let cases = [
        ("They push back against China.", "They contribute to peace.", ""),
        ("They push back against China\u{2019}s claims.", "", "a possessive follows"),
        ("They push back against China and Russia.", "", "only half of a coordinated pair would be replaced"),
        ("Aid for the third world recipients came.", "", "another noun follows"),
        ("Aid for the third world came.", "Aid for the developing countries came.", ""),
        ("The synergy\u{2019}s end", "", ""),
        ("They spoke of the third world and left.", "They spoke of the developing countries and left.", ""),
        ("They will not push back against China.", "", NEGATED),
        ("They reject attempts to push back against China.", "", NEGATED),
        ("They do not rest, but push back against China.", "They do not rest, but contribute to peace.", ""),
        ("They not only push back against China.", "They not only contribute to peace.", ""),
        ("They don\u{2019}t want to push back against China.", "", NEGATED),
        ("They stopped short of pushing back against China.", "", NEGATED),
        ("They reject the idea of a plan by which the two might push back against China.", "", NEGATED),
        ("Nobody will push back against China.", "", NEGATED),
        ("They push back against China (and Russia).", "", "only half of a coordinated pair would be replaced"),
        ("They push back against China\u{2014}and Russia.", "", "only half of a coordinated pair would be replaced"),
        ("The third world is no market.", "The developing countries is no market.", ""),
        ("The old plan, they said, is no aim.", "", NEGATED),
        ("They cooperate together.", "They cooperate.", ""),
        ("They cooperate together and with others.", "", "only half of a coordinated pair would be replaced"),
        ("A third world was named.", "", "an article or the like stands before it"),
    ];
    let rules = RuleSet::new(Pack::parse("t.yml", pack).unwrap().rules().to_vec()).unwrap();
    for (source, expected, reason) in cases {
        let expected = if expected.is_empty() { source } else { expected };
        let fixed = fix(Draft::new(Format::Text, source), |draft| rules.check(draft), Fix::Safe);
        assert_eq!(fixed.draft.source(), expected, "{source}");
        let notes: Vec<&String> = fixed.left.iter().flat_map(|finding| &finding.notes).collect();
        let note = format!("the suggestion does not fit as it is: {reason}");
        assert_eq!(notes, if reason.is_empty() { vec![] } else { vec![&note] }, "{source}");
    }
}

#[test]
fn wording_is_written_as_its_place_asks() {
    let pack = r#"
schema: 1
pack: t
rules:
  - {id: peace, fix: safe, phrases: ["China containment"], suggest: [regional stability and peace]}
  - {id: partner, fix: safe, phrases: ["(a|the) junior partner"], suggest: ["an equal partner"]}
  - {id: lt, fix: safe, phrases: ["word lt"], suggest: ["a <b> c"]}
  - {id: amp, fix: safe, phrases: ["word amp"], suggest: ["R&D; and so on"]}
  - {id: ampersand, fix: safe, phrases: ["word and"], suggest: ["R&D and so on"]}
  - {id: pipe, fix: safe, phrases: ["word pipe"], suggest: ["a|b c"]}
  - {id: under, fix: safe, phrases: ["word under"], suggest: ["a_b _c_ d"]}
"#;
    let cases = [
        (Format::Markdown, "of word lt now", "of a &lt;b> c now"),
        (Format::Markdown, "of word amp now", "of R&amp;D; and so on now"),
        (Format::Markdown, "of word and now", "of R&D and so on now"),
        (Format::Markdown, "of word pipe now", "of a|b c now"),
        (Format::Markdown, "| a | b |\n|---|---|\n| word pipe | c |", "| a | b |\n|---|---|\n| a\\|b c | c |"),
        (Format::Markdown, "of word under now", "of a_b \\_c\\_ d now"),
        (Format::Markdown, "of (China containment)x", "of (China containment)x"),
        (Format::Markdown, "of x(China containment)", "of x(China containment)"),
        (Format::Markdown, "a \u{201c}junior partner\u{201d}", "an \u{201c}equal partner\u{201d}"),
        (Format::Markdown, "a \u{201c}junior\u{201d} partner", "an equal partner"),
        (
            Format::Markdown,
            "China\ncontainment it is and so it goes on and on.\n",
            "Regional stability and peace\nit is and so it goes on and on.\n",
        ),
        (Format::Markdown, "of China **containment** now", "of **regional stability and peace** now"),
        (Format::Markdown, "of \\China containment", "of \\China containment"),
        (Format::Markdown, "of China <!-- x --> containment", "of China <!-- x --> containment"),
        (Format::Text, "of word lt now", "of a <b> c now"),
    ];
    let rules = RuleSet::new(Pack::parse("t.yml", pack).unwrap().rules().to_vec()).unwrap();
    for (format, source, expected) in cases {
        let fixed = fix(Draft::new(format, source), |draft| rules.check(draft), Fix::Safe);
        assert_eq!(fixed.draft.source(), expected, "{source}");
    }
}

#[test]
fn a_fix_that_would_make_another_block_of_its_own_is_not_applied() {
    let pack = r##"
schema: 1
pack: t
rules:
  - {id: one, fix: safe, phrases: ["item one"], suggest: ["1. item"]}
  - {id: two, fix: safe, phrases: ["item two"], suggest: ["# item"]}
"##;
    let cases = [
        // Behind a word it is text; at the start of a line it would be an item of a list, or a heading.
        (
            "Item one.\n\nItem two.\n\nOf item one, of item two.\n",
            "Item one.\n\nItem two.\n\nOf 1. item, of # item.\n",
            (2, 2),
        ),
        ("Of item one.\n\nOf item two.\n\nOf item one.\n", "Of 1. item.\n\nOf # item.\n\nOf 1. item.\n", (3, 0)),
        ("Item one.\n\nOf item one.\n\nOf item two.\n", "Item one.\n\nOf 1. item.\n\nOf # item.\n", (2, 1)),
    ];
    let rules = RuleSet::new(Pack::parse("t.yml", pack).unwrap().rules().to_vec()).unwrap();
    for (source, expected, counts) in cases {
        let fixed = fix(Draft::new(Format::Markdown, source), |draft| rules.check(draft), Fix::Safe);
        assert_eq!(fixed.draft.source(), expected);
        assert_eq!((fixed.applied, fixed.refused), counts, "{source}");
    }
}

#[test]
fn the_forms_that_a_rule_lists_are_those_of_its_suggestion() {
    let pack = r#"
schema: 1
pack: t
rules:
  - {id: three, fix: safe, phrases: ["bring~ forth"], suggest: ["plend~"], forms: {plend: [plends, plond, plunden, plending]}}
  - {id: two, fix: safe, phrases: ["hold~ back"], suggest: ["plind~"], forms: {plind: [plinds, plound, plinding]}}
  - {id: itself, fix: safe, phrases: ["drive~ off"], suggest: ["plost~"], forms: {plost: [plosts, plost, plosting]}}
  - {id: compound, fix: safe, phrases: ["drift~ away"], suggest: ["out-grow~"]}
"#;
    let cases = [
        ("They bring forth. He brings forth.", "They plend. He plends."),
        ("They hold back. He holds back, holding back.", "They plind. He plinds, plinding."),
        ("He held back. He has held back.", "He plound. He has plound."),
        ("They drove off. It was driven off, driving off.", "They plost. It was plost, plosting."),
        ("They drifted away. He drifts away.", "They out-grew. He out-grows."),
    ];
    let rules = RuleSet::new(Pack::parse("t.yml", pack).unwrap().rules().to_vec()).unwrap();
    for (source, expected) in cases {
        let fixed = fix(Draft::new(Format::Text, source), |draft| rules.check(draft), Fix::Safe);
        assert_eq!(fixed.draft.source(), expected);
    }
}

#[test]
fn a_fix_that_would_bring_in_a_finding_is_not_applied() {
    let pack = r#"
schema: 1
pack: t
rules:
  - {id: close, fix: safe, phrases: [strong ties], suggest: [bloc ties]}
  - {id: good, fix: safe, phrases: [good ties], suggest: [warm ties]}
  - {id: warm, severity: warning, phrases: [warm ties]}
  - {id: fine, fix: safe, phrases: [fine words], suggest: [lofty words]}
  - {id: lofty, severity: note, phrases: [lofty]}
  - {id: pals, fix: safe, phrases: [old pals], suggest: [friends]}
  - {id: rare, severity: note, kind: limit, phrases: [friends], max: 1}
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
    // A warning, and a note on what was put there, are as little wanted; a note elsewhere may come.
    assert_eq!(fixed("They have good ties."), ("They have good ties.".to_owned(), 0, 1));
    assert_eq!(fixed("They said fine words."), ("They said fine words.".to_owned(), 0, 1));
    assert_eq!(fixed("They met old pals, then friends."), ("They met friends, then friends.".to_owned(), 1, 0));
    assert_eq!(fixed("They met friends, then old pals."), ("They met friends, then old pals.".to_owned(), 0, 1));
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
        ("at the start", "at the start", 0, 1),
        // What is found again beside what was put there is another place.
        ("the the the end", "the end", 1, 0),
        // Nor is one that another rule finds, though it would change it in its turn.
        ("one three five", "one three five", 0, 1),
        ("two three five on equal footing, ROK, start", "two three five on equal footing, ROK, start", 0, 3),
        ("two three on equal footing, ROK, start", "four on equal footing, ROK, start", 1, 3),
    ];
    for (source, expected, applied, refused) in cases {
        assert_eq!(looped(source), (expected.to_owned(), applied, refused), "{source}");
        assert_eq!(looped(expected).0, expected, "{source}, again");
    }
}

#[test]
fn only_what_may_be_applied_is_applied() {
    let source = "They utilize synergy and agree to meet.";
    assert_eq!(fixed(Format::Text, source, Fix::Safe), "They utilize synergy and decide to meet.");
    assert_eq!(fixed(Format::Text, source, Fix::Unsafe), "They use synergy and decide to meet.");
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
