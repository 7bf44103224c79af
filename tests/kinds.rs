//! The kinds of rules beside `phrase`, in and out of their limits.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use comity::{Draft, Format, Pack, RuleSet};

/// What a rule with these keys reports: for each finding the text, its labels behind `<`, its first suggestion behind `>`.
fn reported(keys: &str, source: &str) -> Vec<String> {
    let pack = Pack::parse("t.yml", &format!("schema: 1\npack: t\nrules:\n  - {{id: r, {keys}}}\n"))
        .unwrap_or_else(|problems| panic!("{problems}"));
    let rules = RuleSet::new(pack.rules().to_vec()).unwrap();
    let draft = Draft::new(Format::Markdown, source);
    let findings = rules.check(&draft);
    let shown = findings.iter().map(|finding| {
        let labels = finding.related.iter().map(|related| format!(" < {}", draft.slice(related.span)));
        let suggestion = finding.suggestions.first().map(|s| format!(" > {}", s.text)).unwrap_or_default();
        format!("{}{}{suggestion}", draft.slice(finding.span), labels.collect::<String>())
    });
    shown.collect()
}

/// A draft, and what is reported of it.
type Case = (&'static str, &'static [&'static str]);

fn check(cases: &[(&str, &[Case])]) {
    for (keys, drafts) in cases {
        for (source, expected) in *drafts {
            assert_eq!(reported(keys, source), *expected, "{keys}: {source:?}");
        }
    }
}

#[test]
fn near_reports_the_pair() {
    check(&[
        (
            "kind: near, phrases: ['extended deterrence'], with: [China, Beijing], within: {words: 3}, suggest: [deterrence]",
            &[
                ("extended deterrence against all of China", &["extended deterrence < China > deterrence"]),
                ("China and extended deterrence, Beijing", &["extended deterrence < Beijing > deterrence"]),
                ("extended deterrence against all of one China", &[]),
                ("Extended deterrence\n\nChina", &[]),
                ("extended deterrence", &[]),
            ],
        ),
        (
            "kind: near, phrases: [deter~], with: [China], within: sentence, except: [deterring crime]",
            &[
                ("We deter much and, a long way on in the very same sentence, China.", &["deter < China"]),
                ("We deter it. China is there.", &[]),
                ("China is deterring crime.", &[]),
            ],
        ),
        (
            "kind: near, phrases: [deter~], with: [China], within: paragraph",
            &[("We deter it. China is there.\n\nDeter.", &["deter < China"])],
        ),
    ]);
}

#[test]
fn require_reports_an_absence() {
    check(&[
        (
            "kind: require, phrases: ['regional stability', 'peace']",
            &[
                ("x\n\n# The title\n\ny", &["The title"]),
                ("Only a paragraph.", &["Only a paragraph."]),
                ("# The title\n\nPeace", &[]),
                ("", &[]),
            ],
        ),
        (
            "kind: require, phrases: [denuclearization], when: [DPRK, North Korea], within: draft",
            &[
                ("On North Korea and the DPRK", &["North Korea"]),
                ("Denuclearization of the DPRK", &[]),
                ("On Japan", &[]),
            ],
        ),
        (
            "kind: require, phrases: [dialogue], when: [DPRK], within: section",
            &[
                ("# A\n\nDPRK\n\n# B\n\ndialogue, DPRK\n\n## C\n\nthe DPRK", &["DPRK", "DPRK"]),
                ("DPRK, dialogue\n\n# A\n\nx", &[]),
            ],
        ),
        ("kind: require, phrases: [dialogue], within: paragraph, scope: [list]", &[("x\n\n- a dialogue\n- b", &["b"])]),
    ]);
}

#[test]
fn consistent_reports_the_rarer_way() {
    check(&[(
        "kind: consistent, either: [[East Sea], [Sea of Japan, Japan Sea], [Eastern Sea]]",
        &[
            ("the Sea of Japan, the East Sea, the Japan Sea", &["East Sea < Sea of Japan"]),
            ("the East Sea, the Sea of Japan", &["Sea of Japan < East Sea"]),
            (
                "the East Sea, the Eastern Sea, the Sea of Japan, the East Sea",
                &["Eastern Sea < East Sea", "Sea of Japan < East Sea"],
            ),
            ("the East Sea, the East Sea", &[]),
            ("nothing", &[]),
        ],
    )]);
}

#[test]
fn limit_reports_what_is_past_it() {
    check(&[
        (
            "kind: limit, phrases: [ironclad], max: 1, except: [ironclad ship], suggest: [firm]",
            &[("ironclad, ironclad ship\n\nIronclad", &["Ironclad < ironclad > Firm"]), ("ironclad", &[])],
        ),
        (
            "kind: limit, phrases: [ironclad], max: 1, per: section",
            &[("ironclad\n\n# A\n\nironclad, ironclad\n\n# B\n\nironclad", &["ironclad < ironclad"])],
        ),
        ("kind: limit, phrases: [ironclad], max: 0", &[("ironclad", &["ironclad"])]),
        (
            "kind: limit, phrases: [ironclad], max: 2, per: 1000-words",
            &[("ironclad ironclad ironclad", &["ironclad < ironclad"])],
        ),
    ]);
    let long = format!("ironclad ironclad ironclad {}", "word ".repeat(1000));
    assert!(reported("kind: limit, phrases: [ironclad], max: 2, per: 1000-words", &long).is_empty());
}

#[test]
fn term_holds_to_one_long_and_one_short_form() {
    const KEYS: &str = "kind: term, use: [Republic of Korea], short: ['=ROK'], not: [Korean Republic, Korea]";
    check(&[
        (
            KEYS,
            &[
                ("The Republic of Korea (ROK) met. The ROK spoke.", &[]),
                ("The Republic of Korea (\u{201c}ROK\u{201d}) met. The ROK spoke.", &[]),
                ("The Republic of Korea (hereinafter ROK) met. The ROK spoke.", &[]),
                ("The Korean Republic met.", &["Korean Republic > Republic of Korea"]),
                ("The Republic of Korea met Korea.", &["Korea > Republic of Korea"]),
                ("The ROK met.", &[]),
                (
                    "The ROK met. The Republic of Korea (ROK) spoke.",
                    &["ROK < Republic of Korea (ROK > Republic of Korea"],
                ),
                ("The Republic of Korea met. The ROK spoke.", &["ROK < Republic of Korea"]),
                (
                    "The Republic of Korea (ROK) met. The Republic of Korea (ROK) spoke.",
                    &["Republic of Korea (ROK < Republic of Korea (ROK > ROK"],
                ),
                (
                    "The Republic of Korea (ROK) met. The Republic of Korea spoke.",
                    &["Republic of Korea < Republic of Korea (ROK > ROK"],
                ),
                ("# The ROK\n\nThe Republic of Korea (ROK) met.\n\n## The Republic of Korea\n\nx", &[]),
            ],
        ),
        ("kind: term, use: Kyiv, not: [Kiev]", &[("In Kiev and Kyiv", &["Kiev > Kyiv"])]),
    ]);
}

#[test]
fn formula_reports_what_is_nearly_quoted_and_labels_each_word_that_differs() {
    const STRAIT: &str = "kind: formula, text: peace and stability across the Taiwan Strait";
    check(&[
        (
            STRAIT,
            &[
                ("We stress peace and stability across the Taiwan Strait.", &[]),
                ("We stress **peace** and\nstability across the Taiwan-Strait.", &[]),
                (
                    "We stress peace and stability in the Taiwan Strait.",
                    &["peace and stability in the Taiwan Strait < in > peace and stability across the Taiwan Strait"],
                ),
                (
                    "Peace and security across the Taiwan Strait matter.",
                    &[
                        "Peace and security across the Taiwan Strait < security > Peace and stability across the Taiwan Strait",
                    ],
                ),
                (
                    "We want peace and lasting stability across the Taiwan Strait, peace and stability across Taiwan Strait.",
                    &[
                        "peace and lasting stability across the Taiwan Strait < lasting > peace and stability across the Taiwan Strait",
                        "peace and stability across Taiwan Strait < Taiwan > peace and stability across the Taiwan Strait",
                    ],
                ),
                ("Peace and stability matter. Across the Taiwan Strait ships sail.", &[]),
                ("The Taiwan Strait is a strait.", &[]),
            ],
        ),
        (
            "kind: formula, similarity: 0.9, text: [a free and open Indo-Pacific, free and open Indo-Pacific region]",
            &[("a free and open Indo-Pacific region", &[]), ("a free and prosperous Indo-Pacific", &[])],
        ),
    ]);
}

#[test]
fn formula_leaves_exceptions_and_inflections_alone() {
    const EXCEPT: &str = "kind: formula, text: peace and stability across the Taiwan Strait, except: [in the Taiwan Strait, peace treaty]";
    const INFLECTED: &str = "kind: formula, inflected: true, similarity: 0.8, text: unilateral attempts to change the status quo by force or coercion";
    check(&[
        (
            EXCEPT,
            &[
                ("We stress peace and stability in the\nTaiwan Strait.", &[]),
                ("A peace treaty and stability across the Taiwan Strait.", &[]),
                (
                    "A peace treaty. Peace and security across the Taiwan Strait.",
                    &[
                        "Peace and security across the Taiwan Strait < security > Peace and stability across the Taiwan Strait",
                    ],
                ),
                (
                    "We stress peace and security across the Taiwan Strait. In the Taiwan Strait ships sail.",
                    &[
                        "peace and security across the Taiwan Strait < security > peace and stability across the Taiwan Strait",
                    ],
                ),
            ],
        ),
        (
            INFLECTED,
            &[
                ("any unilateral attempt to change the status quo by force or coercion", &[]),
                (
                    "the unilateral attempt of changing the status quo by force or coercion",
                    &[
                        "unilateral attempt of changing the status quo by force or coercion < of > unilateral attempt to changing the status quo by force or coercion",
                    ],
                ),
                (
                    "a unilateral attempt to alter the status quo by force or coercion",
                    &[
                        "unilateral attempt to alter the status quo by force or coercion < alter > unilateral attempt to change the status quo by force or coercion",
                    ],
                ),
            ],
        ),
        (
            "kind: formula, inflected: true, text: reaffirmed their ironclad commitments",
            &[
                ("reaffirms their ironclad commitment", &[]),
                (
                    "reaffirming their firm commitment",
                    &["reaffirming their firm commitment < firm > reaffirming their ironclad commitment"],
                ),
                (
                    "They met, REAFFIRMING THEIR FIRM COMMITMENT.",
                    &["REAFFIRMING THEIR FIRM COMMITMENT < FIRM > reaffirming their ironclad commitment"],
                ),
            ],
        ),
        (
            "kind: formula, inflected: false, text: reaffirmed their ironclad commitments",
            &[(
                "reaffirmed their ironclad commitment",
                &["reaffirmed their ironclad commitment < commitment > reaffirmed their ironclad commitments"],
            )],
        ),
        // Only regular inflections, and no short words.
        (
            "kind: formula, inflected: true, text: a nuclear war that was fought once",
            &[(
                "a nuclear war that was fight once",
                &["a nuclear war that was fight once < fight > a nuclear war that was fought once"],
            )],
        ),
    ]);
}

#[test]
fn figure_reports_numbers_that_were_not_cleared() {
    check(&[
        (
            "kind: figure, units: [gdp], near: ['defense spending'], allow: [2.6 percent of GDP]",
            &[
                ("raise defense spending to 3.8% of GDP", &["3.8% of GDP"]),
                ("defense spending of 2.6 per cent of its gross domestic product", &[]),
                ("defense spending of five percent of GDP", &["five percent of GDP"]),
                ("exports of 3.8% of GDP", &[]),
                ("defense spending fell. 3.8% of GDP", &[]),
                ("defense spending rose by 3.8%", &[]),
                ("defense spending of 2.6% of GDP; defense spending of 3.0% of GDP", &["3.0% of GDP < 2.6% of GDP"]),
            ],
        ),
        (
            "kind: figure, units: [money], allow: ['$350 billion', 10bn won]",
            &[
                ("an investment of 350 billion U.S. dollars, US$350 billion, USD 350,000 million", &[]),
                ("\u{20a9}10 billion and ten billion won", &[]),
                ("$10 billion a year, twenty-five million euros", &["$10 billion", "twenty-five million euros"]),
                ("10 billion people", &[]),
            ],
        ),
        (
            "kind: figure, units: [ratio]",
            &[
                (
                    "a ninefold increase, 9-fold, three times, tripling, doubled",
                    &["ninefold", "9-fold", "three times", "tripling", "doubled"],
                ),
                ("double its share", &["double its"]),
                ("many times, the fold, a double standard", &[]),
            ],
        ),
    ]);
}

#[test]
fn order_reports_the_wrong_and_the_mixed_order() {
    const NAMES: &str = "kind: order, names: [[ROK, Republic of Korea], [U.S., United States], [Japan]]";
    check(&[
        (
            NAMES,
            &[
                (
                    "The ROK and the U.S. met. ROK-U.S. ties. The United States and the Republic of Korea agreed.",
                    &[
                        "United States and the Republic of Korea < ROK and the U.S. > Republic of Korea and the United States",
                    ],
                ),
                ("The U.S. and the ROK. The ROK-U.S. alliance.", &["ROK-U.S. < U.S. and the ROK > U.S.-ROK"]),
                ("The ROK met, and later the U.S. did. U.S. and ROK.", &[]),
                ("ROK, U.S. and Japan", &[]),
            ],
        ),
        (
            "kind: order, names: [[ROK, Republic of Korea], [U.S., United States]], first: ROK",
            &[("the U.S.-ROK alliance", &["U.S.-ROK > ROK-U.S."]), ("the ROK-U.S. alliance", &[])],
        ),
    ]);
}

#[test]
fn balance_reports_commitments_on_one_side() {
    const KEYS: &str =
        "kind: balance, parties: {rok: [ROK], us: [U.S., United States]}, verbs: [will, commit~ to], ratio: 2";
    check(&[(
        KEYS,
        &[
            (
                "The ROK will pay. The ROK commits to buy. The ROK also will host.\n\nThe U.S. will consult.",
                &["ROK will < ROK commits to < ROK also will < U.S. will"],
            ),
            ("The ROK will pay. The ROK will buy. The ROK will host. The U.S. will help. The U.S. will stay.", &[]),
            ("The ROK and the U.S. will meet. The ROK will pay. The U.S. will help. The ROK will host.", &[]),
            ("The ROK will pay. The ROK will buy.", &[]),
            ("The ROK will pay. The ROK will buy. The ROK will host. Japan will help.", &[]),
            ("The ROK paid. A will is a will. The ROK met. The ROK sat.", &[]),
        ],
    )]);
    let pack = Pack::parse(
        "t.yml",
        &format!("schema: 1\npack: t\nrules:\n  - {{id: r, message: '{{expected}} has {{count}}', {KEYS}}}\n"),
    );
    let rules = RuleSet::new(pack.unwrap().rules().to_vec()).unwrap();
    let draft = Draft::new(Format::Text, "The ROK will pay. The ROK will buy. The ROK will host the U.S.");
    let findings = rules.check(&draft);
    assert_eq!(findings[0].message, "rok has 3");
    assert_eq!(
        findings[0].notes,
        [
            "who commits to what:\n  rok: 3\n    1: ROK will pay\n    1: ROK will buy\n    1: ROK will host the U.S\n  us: 0"
        ]
    );
}

#[test]
fn what_is_wrong_with_the_keys_of_a_kind_is_said() {
    let cases = [
        ("kind: near, phrases: [a], with: [b]", "missing-key"),
        ("kind: near, phrases: [a], with: [b], within: {word: 3}", "unknown-key"),
        ("kind: require, phrases: [a], within: page", "unknown-value"),
        ("kind: consistent, either: [[a]]", "missing-value"),
        ("kind: limit, phrases: [a]", "missing-key"),
        ("kind: limit, phrases: [a], max: -1", "wrong-type"),
        ("kind: term, use: a", "missing-key"),
        ("kind: formula, text: two words", "bad-formula"),
        ("kind: formula, text: a b c d, similarity: 2", "wrong-type"),
        ("kind: formula, text: a b c d, inflected: often", "wrong-type"),
        ("kind: formula, text: a b c d, except: ['(a']", "bad-phrase"),
        ("kind: figure, units: [gold]", "unknown-value"),
        ("kind: figure, units: [money], allow: [much]", "bad-figure"),
        ("kind: order, names: [[a]]", "missing-value"),
        ("kind: order, names: [[a], [b]], first: c", "unknown-value"),
        ("kind: balance, parties: {a: [b]}, verbs: [c]", "missing-value"),
        ("kind: balance, parties: {a: [b], c: [d]}, verbs: [e], ratio: 0", "wrong-type"),
    ];
    for (keys, code) in cases {
        let pack = Pack::parse("t.yml", &format!("schema: 1\npack: t\nrules:\n  - {{id: r, {keys}}}\n"));
        let problems = pack.unwrap_err();
        assert!(problems.list.iter().any(|problem| problem.code == code), "{keys}: {problems}");
    }
}
