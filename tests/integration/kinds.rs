//! The kinds of rules beside `phrase`, in and out of their limits.

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

/// Holds each draft to what is expected of it, and says all that differ.
fn check(cases: &[(&str, &[Case])]) {
    let mut wrong = String::new();
    for (keys, drafts) in cases {
        for (source, expected) in *drafts {
            let found = reported(keys, source);
            if found != *expected {
                wrong.push_str(&format!("{keys}: {source:?}\n  expected {expected:?}\n  found    {found:?}\n"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn a_part_of_a_longer_name_is_reported_as_the_concern_says() {
    let draft = "the Senkaku Islands, the Senkaku Report; the Democratic People's Republic of Korea, the Republic of Korea; the \
                 South China Sea, the China Daily, China; the Seoul Plan of Action, a Plan";
    let reported = |concern: &str| {
        reported(
            &format!("kind: phrase, concern: {concern}, phrases: [Senkaku, Plan, Republic of Korea, China]"),
            draft,
        )
    };
    // What kind of place it is does not make another name of it.
    assert_eq!(reported("name"), ["Senkaku", "Republic of Korea", "China", "Plan"]);
    assert_eq!(reported("style"), ["Republic of Korea", "China", "Plan"]);
    assert_eq!(reported("substance"), ["Senkaku", "Senkaku", "Republic of Korea", "China", "China", "Plan", "Plan"]);
}

#[test]
fn a_phrase_has_so_many_words_wordings_and_parentheses() {
    let problem = |phrase: &str| {
        let pack = format!("schema: 1\npack: t\nrules:\n  - {{id: r, phrases: ['{phrase}']}}\n");
        Pack::parse("t.yml", &pack).err().map(|problems| problems.to_string()).unwrap_or_default()
    };
    let words = |count: usize| vec!["peace"; count].join(" ");
    let groups = |count: usize| vec!["(peace|calm)"; count].join(" ");
    let nested = |depth: usize| format!("{}peace{}", "(".repeat(depth), ")".repeat(depth));
    let cases = [
        (words(512), ""),
        (words(513), "the phrase has more than 512 words"),
        (format!("({}|{})", words(255), words(256)), ""),
        (format!("({}|{})", words(256), words(256)), "the phrase has more than 512 words"),
        (groups(12), ""),
        (groups(13), "the phrase stands for more than 4096 wordings"),
        (nested(16), ""),
        (nested(17), "the parentheses are nested too deep"),
        ("(peace)?".to_owned(), "the phrase may stand for nothing"),
        ("(peace)? (and calm)?".to_owned(), "the phrase may stand for nothing"),
        ("[] \"\"".to_owned(), "the phrase may stand for nothing"),
        ("(peace)? *2 calm".to_owned(), "the phrase may begin with a gap"),
        ("(a)? peace (and calm)?".to_owned(), ""),
    ];
    for (phrase, expected) in cases {
        let found = problem(&phrase);
        assert!(if expected.is_empty() { found.is_empty() } else { found.contains(expected) }, "{phrase:.60}: {found}");
    }
}

#[test]
fn alternatives_within_alternatives_are_inflected_together() {
    check(&[(
        "kind: phrase, phrases: ['((deter|contain)|block)~ war']",
        &[(
            "deterring war, it contained war, blocks war, detering war",
            &["deterring war", "contained war", "blocks war"],
        )],
    )]);
}

#[test]
fn of_two_rules_about_the_same_words_one_is_reported_with_what_the_other_suggests() {
    let pack = "schema: 1\npack: t\nrules:\n  - {id: a, severity: error, phrases: [old plan]}\n  - {id: b, severity: note, phrases: \
                [old plan], suggest: [new plan]}\n  - {id: c, severity: error, phrases: [big plan]}\n  - {id: d, severity: note, \
                phrases: [big plan for all], suggest: [plan]}\n";
    let rules = RuleSet::new(Pack::parse("t.yml", pack).unwrap().rules().to_vec()).unwrap();
    let findings = comity::one_a_place(rules.check(&Draft::new(Format::Text, "An old plan and a big plan for all.")));
    let found: Vec<_> = findings
        .iter()
        .map(|finding| {
            (finding.rule.id().as_str(), finding.suggestions.iter().map(|s| s.text.as_str()).collect::<Vec<_>>())
        })
        .collect();
    // What is suggested for more words is none for fewer.
    assert_eq!(found, [("t/a", vec!["new plan"]), ("t/c", vec![])]);
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
    check(&[
        (
            "kind: near, phrases: ['extended deterrence'], with: [China, Beijing], within: {words: 3}, except: [extended deterrence ship]",
            &[(
                "extended deterrence and China\n\nextended deterrence and a b c Beijing",
                &["extended deterrence < China"],
            )],
        ),
        (
            "kind: near, phrases: [China sea], with: [China, sea ships], within: {words: 2}",
            &[("the China sea of China", &["China sea < China"])],
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
    check(&[("kind: require, phrases: [peace], when: [war], within: paragraph", &[("Calm.\n\nWar.", &["War"])])]);
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
    check(&[(
        "kind: consistent, either: [[East Sea], [Sea of Japan]], scope: [list]",
        &[("- East Sea\n\nSea of Japan\n\n# Sea of Japan, Sea of Japan", &[])],
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
    check(&[(
        "kind: limit, phrases: [ironclad~], max: 1, per: 1000-words, except: [ironclad ship~]",
        &[("ironclad ironclads ironclad ship", &["ironclads < ironclad"])],
    )]);
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
                ("The Republic of Korea\u{2019}s (\u{201c}ROK\u{201d}) plan. The ROK spoke.", &[]),
                ("The Korean Republic met.", &["Korean Republic > Republic of Korea"]),
                ("The Republic of Korea (ROK) met. A Korean Republic.", &["Korean Republic > ROK"]),
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
    check(&[(
        "kind: term, use: [Republic of Korea], short: ['=ROK'], not: [Korean Republic]",
        &[
            ("The Republic of Korea (see; ROK) met.", &["ROK < Republic of Korea"]),
            ("The ROK.\n\nThe Republic of Korea (ROK).", &["ROK < Republic of Korea (ROK > Republic of Korea"]),
        ],
    )]);
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
    check(&[
        (
            "kind: formula, text: [a calm sea, one two three four]",
            &[("It is one two three.", &["one two three < three > one two three four"])],
        ),
        (
            "kind: formula, text: peace and stability across the Taiwan Strait",
            &[(
                "peace and stability across the Taiwan",
                &["peace and stability across the Taiwan < Taiwan > peace and stability across the Taiwan Strait"],
            )],
        ),
        (
            "kind: formula, text: [peace and stability across the Taiwan Strait, peace and prosperity across the Taiwan Strait]",
            &[("peace and prosperity across the Taiwan Strait", &[])],
        ),
        (
            "kind: formula, inflected: true, text: The States Oppose attempts to change borders",
            &[(
                "The States Opposed attempts to alter borders.",
                &[
                    "The States Opposed attempts to alter borders < alter > The States Opposed attempts to change borders",
                ],
            )],
        ),
    ]);
}

#[test]
fn formula_labels_say_what_was_agreed_and_where() {
    let pack =
        "schema: 1\npack: t\nrules:\n  - {id: r, kind: formula, text: peace and stability across the Taiwan Strait}\n";
    let rules = RuleSet::new(Pack::parse("t.yml", pack).unwrap().rules().to_vec()).unwrap();
    let cases = [
        ("peace and stability across Taiwan Strait", "Taiwan", "before this, agreed: the"),
        ("peace and stability across the Taiwan", "Taiwan", "behind this, agreed: Strait"),
        ("and stability across the Taiwan Strait", "and", "before this, agreed: peace"),
        ("peace and stability in the Taiwan Strait", "in", "agreed: across"),
        ("peace and lasting stability across the Taiwan Strait", "lasting", "not in the agreed language"),
    ];
    for (source, word, label) in cases {
        let draft = Draft::new(Format::Text, source);
        let findings = rules.check(&draft);
        let labels = findings.iter().flat_map(|finding| &finding.related);
        let found: Vec<_> = labels.map(|related| (draft.slice(related.span), related.message.as_str())).collect();
        assert_eq!(found, [(word, label)], "{source}");
    }
}

#[test]
fn a_formula_has_three_to_sixty_words() {
    let is_read = |words: usize| {
        let text = vec!["peace"; words].join(" ");
        Pack::parse("t.yml", &format!("schema: 1\npack: t\nrules:\n  - {{id: r, kind: formula, text: {text}}}\n"))
            .is_ok()
    };
    assert_eq!([2, 3, 60, 61].map(is_read), [false, true, true, false]);
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
    check(&[
        (
            "kind: figure, units: [money], allow: ['$6,000', '\u{a3}5', 'ten yuan', 'A$7', 'C$8', '300 won', 'two trillion yen', '9 mn euros', '4 tn won']",
            &[
                ("They gave $6,000 and 6 thousand dollars and 60 hundred dollars.", &[]),
                ("They gave JPY 2 trillion, \u{a5}2,000 bn.", &[]),
                ("They gave \u{20a9}4,000,000 million.", &[]),
                (
                    "They gave half a million dollars, a million dollars.",
                    &["half a million dollars", "a million dollars"],
                ),
            ],
        ),
        (
            "kind: figure, units: [percent], allow: ['1.5%', '20.25%', '1234.5%', '3.07%', '32%', '45%', '19%', '0.5%', '1,234%', '12.75%', '99%', '60%']",
            &[
                ("twenty and a quarter percent, twenty and one quarter percent", &[]),
                ("three point zero seven percent, 3\u{b7}07%, 3,07%", &[]),
                ("three point seven percent", &["three point seven percent"]),
                ("TEN PERCENT", &["TEN PERCENT"]),
            ],
        ),
        (
            "kind: figure, units: [ratio], allow: ['doubled', 'tripled', 'fourfold', 'fivefold']",
            &[("It doubles; it triples; it quadruples; it quintuples; it is halved.", &["halved"])],
        ),
        (
            "kind: figure, units: [percent], near: ['the levy', 'the quota']",
            &[("The levy is 5%. The levy is 6%. The quota is 7%.", &["5%", "6% < 5%", "7%"])],
        ),
        (
            "kind: figure, units: [money]",
            &[
                ("They gave ten yen.", &["ten yen"]),
                ("They gave ten pounds.", &["ten pounds"]),
                ("They gave ten yuan.", &["ten yuan"]),
                ("They gave ten CNY.", &["ten CNY"]),
                ("THEY GAVE TEN DOLLARS.", &["TEN DOLLARS"]),
            ],
        ),
        (
            "kind: figure, units: [money], allow: ['$5']",
            &[
                ("USD 5, GBP 5, JPY 5, KRW 5, CNY 5, EUR 5", &["GBP 5", "JPY 5", "KRW 5", "CNY 5", "EUR 5"]),
                (
                    "$5, \u{a3}5, \u{a5}5, \u{20a9}5, \u{20ac}5, A$5, C$5",
                    &["\u{a3}5", "\u{a5}5", "\u{20a9}5", "\u{20ac}5", "A$5", "C$5"],
                ),
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
                // Each has its own article.
                (
                    "ROK-U.S. ties. Their ROK-U.S. plan. The U.S. and ROK met, and so did U.S. and the ROK.",
                    &[
                        "The U.S. and ROK < ROK-U.S. > ROK and the U.S.",
                        "U.S. and the ROK < ROK-U.S. > the ROK and U.S.",
                    ],
                ),
                // What has its own name has its own order.
                ("The ROK-U.S. ties. The ROK-U.S. plan. They met in the U.S.-ROK Forum.", &[]),
                (
                    "The ROK-U.S. ties. The ROK-U.S. plan. They cite the Treaty between the U.S. and the ROK on aid.",
                    &[],
                ),
            ],
        ),
        (
            "kind: order, names: [[ROK, Republic of Korea], [U.S., United States]], first: ROK",
            &[("the U.S.-ROK alliance", &["U.S.-ROK > ROK-U.S."]), ("the ROK-U.S. alliance", &[])],
        ),
    ]);
    check(&[
        (
            "kind: order, names: [[ROK], [U.S.], [Japan]]",
            &[
                ("ROK & U.S.; the U.S. and ROK. ROK-U.S.", &["the U.S. and ROK < ROK & U.S. > ROK and the U.S."]),
                (
                    "ROK \u{2013} U.S.; U.S. and the ROK. ROK and U.S.",
                    &["U.S. and the ROK < ROK \u{2013} U.S. > the ROK and U.S."],
                ),
                ("ROK but U.S.; U.S. and ROK.", &[]),
                ("U.S., ROK; ROK, U.S.", &["ROK, U.S. < U.S., ROK > U.S., ROK"]),
                ("ROK and U.S. The U.S.-ROK Forum met.", &[]),
                ("ROK\n\nmore of the U.S.", &[]),
            ],
        ),
        ("kind: order, names: [[ROK], [U.S.]], first: U.S.", &[("ROK and U.S.", &["ROK and U.S. > U.S. and ROK"])]),
        // Without names, those of the states that the text is between.
        (
            "kind: order",
            &[(
                "# Joint Statement of Japan, the Republic of Korea and the United States\n\nJapan and the United States met. \
                 The United States and Japan agreed. Japan and the United States left.",
                &["The United States and Japan < Japan and the United States > Japan and the United States"],
            )],
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
            (
                "The ROK will pay. The ROK will buy. The ROK will host. The U.S. and the ROK will meet. The U.S. and the ROK \
                 will talk. The U.S. and the ROK will act. The U.S. and the ROK will go.",
                &[],
            ),
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
    check(&[
        (
            "kind: balance, parties: {rok: [ROK, Seoul], us: [U.S., Washington]}, verbs: [will, commit~ to]",
            &[
                ("The ROK will go. The ROK will pay. The ROK will not act. The U.S. is there.", &[]),
                ("The ROK will go. The ROK will pay. The ROK and others will act. The U.S. is there.", &[]),
                (
                    "The ROK will go. The ROK will pay. The U.S. met. Together with Japan, the ROK will act. The U.S. is there.",
                    &["ROK will < ROK will < ROK will"],
                ),
                (
                    "The ROK will go. The ROK will pay. Together with the ROK, the U.S. will act. The ROK will rest. The U.S. is there.",
                    &["ROK will < ROK will < U.S. will < ROK will < U.S. will"],
                ),
                (
                    "The ROK will go. The ROK will pay. The U.S. met.\n\nTogether with Japan, the ROK will act. The U.S. is there.",
                    &["ROK will < ROK will < ROK will"],
                ),
                (
                    "The ROK will go. The ROK will pay. Together with the U.S., the ROK will act. The U.S. is there.",
                    &["ROK will < ROK will < ROK will < ROK will"],
                ),
                ("The ROK will go. The ROK will pay. The ROK or the U.S. will act. The U.S. is there.", &[]),
                (
                    "The ROK will go, the U.S. will pay. The ROK will act. The ROK will stay.",
                    &["ROK will < ROK will < ROK will"],
                ),
            ],
        ),
        (
            "kind: balance, parties: {a: [Aland], b: [Bland], c: [Cland]}, verbs: [will], ratio: 3",
            &[
                ("Aland will go. Aland will pay. Aland will act. Bland.", &[]),
                (
                    "Aland will go. Aland will pay. Aland will act. Aland, Bland and Cland will pay. Aland, Bland and Cland will act.",
                    &[],
                ),
                // Talks are what goes on, not the state that they are with.
                ("Aland will go. Aland will pay. Talks with Aland will go on. Bland, Cland.", &[]),
                (
                    "Along with Bland and Cland, Aland will go. Aland will be. Aland will pay. Aland will act.",
                    &["Aland will < Aland will < Aland will < Aland will < Aland will < Aland will"],
                ),
            ],
        ),
    ]);
}

#[test]
fn repeated_reports_a_word_that_stands_there_twice() {
    check(&[
        (
            "kind: repeated, except: [had had, Pago Pago]",
            &[
                ("the the report", &["the the > the"]),
                ("The the report", &["The the > The"]),
                ("the report of\nof **of** trade", &["of\nof **of > of"]),
                ("> the **the**\n> report", &["the **the > the"]),
                ("a a plan; Plan A a success", &["a a > a"]),
                ("with with, and (with with)", &["with with > with", "with with > with"]),
                ("Korea Korea's plan", &["Korea Korea"]),
                ("the\u{ad} the \u{a0}plan", &["the\u{ad} the > the"]),
                ("l\u{e9}gat L\u{c9}GAT", &["l\u{e9}gat L\u{c9}GAT"]),
                ("They had had talks in Pago Pago.", &[]),
                ("what it is for, for whom; for. For", &[]),
                ("a day-to-day to-do, Boutros Boutros-Ghali, U U.S., it it's", &[]),
                ("up-to to, 10 10, J J Kim, the *the*ory", &[]),
                ("the\n\nthe", &[]),
                ("the [the] plan", &[]),
                ("We We\u{2019}d go, We We've met", &[]),
                ("the \u{ff54}he plan", &["the \u{ff54}he > the"]),
            ],
        ),
        ("kind: repeated, words: [That, is]", &[("that that is is the the", &["that that > that", "is is > is"])]),
    ]);
    check(&[(
        "kind: repeated",
        &[
            ("GENEVA Geneva is there.", &[]),
            ("a a plan", &["a a > a"]),
            ("We met in Seoul Seoul's hall.", &["Seoul Seoul"]),
            ("\u{e9}t\u{e9} \u{c9}t\u{e9} came", &["\u{e9}t\u{e9} \u{c9}t\u{e9}"]),
            ("bon Bon bon", &["bon Bon bon > bon"]),
        ],
    )]);
}

#[test]
fn lookalike_reports_letters_of_another_alphabet_in_latin_words() {
    check(&[(
        "kind: lookalike",
        &[
            ("the c\u{43e}ntainment of", &["c\u{43e}ntainment > containment"]),
            ("**\u{421}**hina's plan", &["\u{421}**hina > China"]),
            ("R\u{41e}K and \u{39d}ato", &["R\u{41e}K > ROK", "\u{39d}ato > Nato"]),
            ("junior pa\u{440}\u{301}tner", &["pa\u{440}\u{301}tner > pap\u{301}tner"]),
            ("\u{1e24}\u{430}m\u{430}s today", &["\u{1e24}\u{430}m\u{430}s > \u{1e24}amas"]),
            // Symbols, numerals, what is cited.
            ("the \u{3b3} rays, H\u{3b1} and K\u{3b1} lines, \u{394}t, an \u{3b1} particle, the \u{3c1} value", &[]),
            ("Article \u{2164} of Part \u{2160} of item \u{2170} of", &[]),
            ("the word \u{445}\u{43e}\u{440} is, the letter \u{430} is", &[]),
            (
                "as \u{430} partner \u{43e}f \u{441}\u{43e}urse",
                &["\u{430} > a", "\u{43e}f > of", "\u{441}\u{43e}urse > course"],
            ),
            ("p\u{ad}e\u{430}ce", &["p\u{ad}e\u{430}ce > peace"]),
            // Words of Russian and Greek, an abbreviation, accents, a symbol by itself, other scripts.
            ("the newspaper \u{420}\u{43e}\u{441}\u{441}\u{438}\u{44f} (\u{421}\u{421}\u{421}\u{420}) said", &[]),
            ("of \u{43c}\u{438}\u{440}, \u{43e}\u{442} and \u{3b1}\u{3b2}", &[]),
            ("the \u{421}\u{421}\u{421}\u{420} said", &[]),
            ("d\u{e9}tente na\u{ef}ve \u{130}stanbul \u{141}\u{f3}d\u{17a}", &[]),
            ("\u{d55c}\u{ad6d}a b\u{4e2d}", &[]),
        ],
    )]);
    check(&[("kind: lookalike", &[("a\u{435}b \u{441}\u{435}", &["a\u{435}b > aeb"])])]);
}

#[test]
fn weekday_reports_dates_that_do_not_agree_with_the_calendar() {
    check(&[
        (
            "kind: weekday",
            &[
                ("on Tuesday, 25 August 2025", &["Tuesday, 25 August 2025 > Monday, 25 August 2025"]),
                ("on Sunday, August\n25th, 2025", &["Sunday, August\n25th, 2025 > Monday, August 25th, 2025"]),
                ("(Tue) 25 Aug. 2025", &["Tue) 25 Aug. 2025 > Mon) 25 Aug. 2025"]),
                ("25 August 2025 (Friday)", &["25 August 2025 (Friday > 25 August 2025 (Monday"]),
                ("FRIDAY, THE 25TH OF AUGUST 2025", &[]),
                ("FRIDAY, 25 AUGUST 2025", &["FRIDAY, 25 AUGUST 2025 > MONDAY, 25 AUGUST 2025"]),
                (
                    "Friday, the 25th of August 2025",
                    &["Friday, the 25th of August 2025 > Monday, the 25th of August 2025"],
                ),
                (
                    "Thurs. Sept. 1, 2025; 2025-08-25 (Sun)",
                    &["Thurs. Sept. 1, 2025 > Mon. Sept. 1, 2025", "2025-08-25 (Sun > 2025-08-25 (Mon"],
                ),
                ("Monday, 25 August 2025; (Mon) 25 Aug 2025; August 25, 2025 (Monday); Monday, 2025-08-25", &[]),
                ("Thursday, 29 February 2024 and Tuesday, 29 February 2023", &[]),
                ("on Tuesday. On 25 August 2025", &[]),
                ("Tuesday, 25 August; Tuesday, 1.25 August 2025; Tuesday 25 may 2025", &[]),
                ("Good Friday Agreement of 10 April 1998", &[]),
            ],
        ),
        (
            "kind: weekday, find: impossible",
            &[
                ("by 31 June 2025, February 29, 2025 and 31 April", &["31 June 2025", "February 29, 2025", "31 April"]),
                ("on 2025-02-30 and on 45 May 2025", &["2025-02-30", "45 May 2025"]),
                ("by 30 June 2025, February 29, 2024 and 29 February", &[]),
                ("In June 31 states joined; since 1900 March; 45 May be", &[]),
            ],
        ),
    ]);
    check(&[(
        "kind: weekday",
        &[
            ("On Monday, 30 June 2026", &["Monday, 30 June 2026 > Tuesday, 30 June 2026"]),
            ("1 June 2026 (Tuesday)", &["1 June 2026 (Tuesday > 1 June 2026 (Monday"]),
        ],
    )]);
    check(&[(
        "kind: weekday, find: impossible",
        &[
            ("On 2026-02-30 they met.", &["2026-02-30"]),
            ("x2026-02-30", &[]),
            ("2026-02-30x", &[]),
            ("3026-02-30", &[]),
            ("2026-13-30", &[]),
        ],
    )]);
}

#[test]
fn numbering_reports_gaps_repeats_and_steps_back() {
    check(&[(
        "kind: numbering",
        &[
            ("1. One\n2. Two\n4. Four\n5. Five", &["Four < Two"]),
            ("1. One\n\n2. Two\n\n   More.\n\n2. Three\n\n3. Four", &["Three < Two"]),
            ("1. **One** a\n\nText.\n\n3. [Three](x) b", &["Three < One"]),
            ("## II. One\n\n## I. Two\n\n## IV. Three\n\n## II. Four", &["IV. < I.", "II. < IV."]),
            ("## I. A\n\n## II. B\n\n## IV. C\n\n## V. D", &["IV. < II."]),
            ("## Section 1\n\n## Section 3: Trade", &["Section 3 < Section 1"]),
            ("# T\n\n## 1.1 A\n\n## 1.2 B\n\n## 2.1 C\n\n## 2.3 D", &["2.3 < 2.1"]),
            ("They will (a) train; (b) meet; and (d) pay.", &["(d) < (b)"]),
            ("(a) train;\n(b) meet;\n(d) pay.", &["(d) < (b)"]),
            ("(a) train\n\n(b) meet\n\n(d) pay", &["(d) < (b)"]),
            ("5) five\n6) six\n8) eight", &["eight < six"]),
            ("**1. One:** a\n\n**2. Two: ** b\n\n**3. Three:** c\n\n**5. Five: ** d", &["5. < 3."]),
            ("Text\n\n**I. One**\n\nText.  \n**<u>II. Two</u>**\n\n**III. Three**", &[]),
            // What begins at 1 is a new list; the outer list goes on behind it.
            ("1. One\n2. Two\n\nText\n\n1. One\n2. Two\n3. Three", &[]),
            ("1. One\n   1. Inner\n   2. Inner\n2. Two\n   - a\n3. Three", &[]),
            ("1. One\n1. One\n1. One", &[]),
            ("(h) x; (i) y; (j) z. (i) one; (ii) two; (iii) three; (iv) four", &[]),
            (" 8. a\n 9. b\n10. c\n11. d", &[]),
            ("They met in\n2025. Trade grew.\n\n2027. It fell.", &[]),
            ("7. seven\n\nText.\n\n12. twelve", &[]),
            ("as in paragraph (a), and under (c) they act; (d) no", &[]),
            ("A. Smith met.\n\nC. Jones met.\n\n## Section 232 tariffs\n\n## Section 301 tariffs", &[]),
            ("1.1 million people\n\n1.5 million people", &[]),
            ("| 1. a | 3. b |\n|---|---|\n| 5. c | 9. d |", &[]),
        ],
    )]);
    check(&[(
        "kind: numbering",
        &[
            ("2. A\n\n4. B\n\n5. C\n\n7. D", &["D < C"]),
            ("(a) One; (b) two\n\n(d) three", &["(d) < (b)"]),
            ("They seek (a) one; (b) and (c) above.", &[]),
            ("# A. A\n\n# B. B\n\n# D. C", &["D. < B."]),
            ("# Annex A\n\n# Annex B\n\n# Annex D", &["Annex D < Annex B"]),
            ("1.1 One\n\n1.2 Two\n\n1.4 Four", &["1.4 < 1.2"]),
            ("2020. A\n\n2021. B\n\n2023. C", &[]),
            ("(iii) A\n\n(iv) B\n\n(vi) C", &["(vi) < (iv)"]),
            ("(1. A\n\n(2. B\n\n(4. C", &[]),
            // An item that is indented otherwise goes on where its number belongs.
            ("   1. One\n\n2. Two\n\n4. Four", &["Four < Two"]),
            // What is written otherwise, or in another alphabet, is another list.
            ("1. A\n\n2. B\n\n1) c\n\n3) d", &["d < c"]),
            ("# 1. A\n\n# 2. B\n\n# A. c\n\n# C. d", &["C. < A."]),
            ("> 1. A\n> 2. B\n> 4. C", &["C < B"]),
        ],
    )]);
}

#[test]
fn numbering_counts_on_in_plain_text() {
    let pack = Pack::parse("t.yml", "schema: 1\npack: t\nrules:\n  - {id: r, kind: numbering}\n").unwrap();
    let rules = RuleSet::new(pack.rules().to_vec()).unwrap();
    let source =
        "They will\n(a) train; (b) meet; and (d) pay.\n\n1. One\n2. Two\n   more\n4. Four\n\nIV. Not\n\nVI. it\n";
    let findings = rules.check(&Draft::new(Format::Text, source));
    let said: Vec<_> = findings.iter().map(|f| (f.start.line, f.message.as_str(), f.notes[0].as_str())).collect();
    assert_eq!(
        said,
        [
            (2, "the numbers do not follow each other: (c) should stand here", "(d) follows (b)"),
            (7, "the numbers do not follow each other: 3. should stand here", "4. follows 2."),
        ]
    );
}

#[test]
fn promised_reports_sections_and_parts_that_are_not_there() {
    check(&[
        (
            "kind: promised",
            &[
                (
                    "The areas are:\n\n- Security\n- Trade and investment\n- **Energy**\n\n## 1. Security\n\nx.\n\n## Energy\n\ny.",
                    &["Trade and investment < 1. Security"],
                ),
                (
                    "1. Security .... 3\n2. Trade .... 4\n3. Energy .... 5\n\n**Security**\n\nx.\n\n**Energy**\n\ny.",
                    &["Trade .... 4 < Security"],
                ),
                ("- Security\n- Trade\n- Energy\n\n## Security\n\n## Trade and investment\n\n## Energy", &[]),
                ("- Security\n- Trade\n- Energy\n- Ships\n- Steel\n\n## Security\n\n## Energy", &[]),
                ("- ships\n- chips\n- steel\n\n## Security\n\n## Steel", &[]),
            ],
        ),
        (
            "kind: promised, find: references",
            &[
                ("## Annex A\n\nAs in Annex C and Annex B.\n\n## Annex B\n\nx", &["Annex C < Annex B"]),
                ("See section 4, section 2.\n\n## 1. A\n\n## 2. B\n\n## 3. C", &["section 4 < 3."]),
                ("1. a\n2. b\n3. c\n4. see paragraph 12 below, paragraph 3 above", &["paragraph 12 < see"]),
                (
                    "## Article 1\n\nArticle 5 of the Treaty, Tariff Act Section 4, UNCLOS Article 3, Article 300.\n\n## Article 2\n\nx",
                    &[],
                ),
                ("See section V.\n\n## I. A\n\n## II. B", &["section V < II."]),
                ("See section 4 and Annex B.", &[]),
                ("## Part I\n\nthe part I played, part 2\n\n## Part II\n\nx", &[]),
            ],
        ),
    ]);
    check(&[
        (
            "kind: promised, find: references",
            &[
                (
                    "# Section 1: A\n\n# Section 2: B\n\nSee section 3.2, subsection 3, sections 3, section 3a, section a.",
                    &[],
                ),
                (
                    "# Section 1: A\n\n# Section 2: B\n\nSee section 3 of the Treaty. See their section 3. The UN\u{2019}s section 3. The pact's section 3. In the Charter, section 3.",
                    &[],
                ),
                ("# Section 2: A\n\n# Section 1: B\n\nSee section 3.", &["section 3 < Section 2"]),
                // Far behind the last: of another text.
                ("# Section 1: A\n\n# Section 2: B\n\nSee section 7.", &["section 7 < Section 2"]),
                ("# Section 1: A\n\n# Section 2: B\n\nSee section 8.", &[]),
            ],
        ),
        (
            "kind: promised, find: sections",
            &[
                ("- Trade\n- Climate\n- Agenda 2030\n\n# Trade\n\nx.\n\n# Climate\n\nx.\n\n# Agenda\n\nx.", &[]),
                ("- Trade\n- Climate\n- Health\n\nTrade\n\nClimate\n\nx.", &["Health < Trade"]),
                (
                    "- Trade\n- Climate\n- Agenda 2030\n\n# Trade\n\n# Climate\n\n# Agenda 2063",
                    &["Agenda 2030 < Trade"],
                ),
                (
                    "- Trade\n- Climate\n- Ports\n- Steel\n- Ships\n- Chips\n\n# Trade\n\n# Climate\n\n# Ports",
                    &["Steel < Trade", "Ships < Trade", "Chips < Trade"],
                ),
                ("- Trade\n- Climate\n- Health\n\nTrade.\n\nClimate.\n\nx.", &[]),
                ("- Trade\n- Climate\n\nx.\n\n- Health\n\n# Trade\n\nx.\n\n# Climate\n\nx.", &[]),
                (
                    "- Trade\n- Climate\n- long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long long \n\n# Trade\n\n# Climate\n",
                    &[],
                ),
            ],
        ),
    ]);
}

#[test]
fn spelling_reports_a_name_in_two_spellings() {
    check(&[
        (
            "kind: spelling",
            &[
                (
                    "President Lee Jae-myung met President Lee Jae-myung. President Lee Jae Myung left.",
                    &["Lee Jae Myung < Lee Jae-myung > Lee Jae-myung"],
                ),
                ("President Lee Jae-myung and Mr. Lee Jae-myeong", &["Lee Jae-myeong < Lee Jae-myung > Lee Jae-myung"]),
                (
                    "President Zelenskyy met. President Volodymyr Zelensky\u{2019}s team and President Zelenskyy agreed.",
                    &["Volodymyr Zelensky < Zelenskyy > Volodymyr Zelenskyy"],
                ),
                (
                    "President Zelensky met President Volodymyr Zelenskyy and President Zelenskyy.",
                    &["Zelensky < Volodymyr Zelenskyy > Zelenskyy"],
                ),
                ("President Joe Biden, President Biden and President Joseph R. Biden met.", &[]),
                ("Minister Lee Jae-myung and Minister Lee Jong-seok; Minister Kim, Minister Lim", &[]),
                ("Minister Karl Hansen met Minister Lars Hanson. Minister Hansen and Minister Hanson left.", &[]),
                // Others who have full names do not make two of one.
                (
                    "President John Peterson and Minister Lars Svensson met Minister Hansen, Minister Hansen and Minister \
                     Hanson.",
                    &["Hanson < Hansen > Hansen"],
                ),
                (
                    "Minister Karl Hansen and Minister Karl Hansen met Minister Karl Hanson. Minister Hanson left.",
                    &["Karl Hanson < Karl Hansen > Karl Hansen", "Hanson < Karl Hansen > Hansen"],
                ),
                ("# PRESIDENT LEE JAE-MYUNG\n\nPresident Lee Jae-myung and President LEE Jae-myung", &[]),
                ("Secretary General Antonio Rossi; President Martin and President Merlin", &[]),
                ("the president Zelensky, a Zelenskyy", &[]),
            ],
        ),
        (
            "kind: spelling, titles: [Rapporteur]",
            &[("Rapporteur Peterson met Rapporteur Petersen.", &["Petersen < Peterson > Peterson"])],
        ),
    ]);
    check(&[
        (
            "kind: spelling",
            &[
                (
                    "President Zelensky met. President Volodymyr Zelenskyy spoke. President Volodymyr Zelenskyy left.",
                    &["Zelensky < Volodymyr Zelenskyy > Zelenskyy"],
                ),
                (
                    "President Volodymyr Zelensky met. President Zelenskyy spoke. President Zelenskyy left.",
                    &["Volodymyr Zelensky < Zelenskyy > Volodymyr Zelenskyy"],
                ),
                ("Minister CHO Tae-yul met. Minister Cho Tae-yul spoke. Minister Cho Tae-yul.", &[]),
                ("President Abcd met. President Abce spoke. President Abce.", &[]),
                (
                    "President Abcdefgh met. President Abcdefxx spoke. President Abcdefxx.",
                    &["Abcdefgh < Abcdefxx > Abcdefxx"],
                ),
                (
                    "President John Abcdef met. President John Abcdeg spoke. President Abcdeg.",
                    &["John Abcdef < John Abcdeg > John Abcdeg"],
                ),
                ("President A Abcdef. President B. President Abcdeg. President Abcdeg.", &[]),
                ("President Aa Bb Cc Dd Abcdef met. President Aa Bb Cc Dd Abcdeg spoke.", &[]),
                (
                    "President Abcdef-Smith met. President Abcdeg-Smith spoke. President Abcdeg-Smith.",
                    &["Abcdef-Smith < Abcdeg-Smith > Abcdeg-Smith"],
                ),
                ("Envoy Abcdef met. Envoy Abcdeg spoke.", &[]),
            ],
        ),
        (
            "kind: spelling, titles: [Envoy, 'Hon.']",
            &[("Hon. Abcdef met. Envoy Abcdeg spoke.", &["Abcdeg < Abcdef > Abcdef"])],
        ),
    ]);
}

#[test]
fn undefined_reports_terms_that_are_written_as_if_they_were_defined() {
    let keys =
        "kind: undefined, phrases: [=Area, =Areas, =Information, =Committee, =Data, =Project], known: [Free Area]";
    check(&[(
        keys,
        &[
            (
                "The sides protect the Area and Confidential Information. The Area is large; the Areas are open.",
                &["Area", "Confidential Information"],
            ),
            // Defined: in quotation marks, by a sentence, by an introduction, by a heading; in the plural or the singular.
            ("\"Personal Data\" means facts on persons. They share Personal Data.", &[]),
            ("Area means the sea. They patrol the Area and the Areas.", &[]),
            ("The work (hereinafter referred to as \"the Project\") ends. They fund the Project.", &[]),
            (
                "They establish a Joint Committee. The Joint Committee meets; the Border Committee does not.",
                &["Border Committee"],
            ),
            ("# Article 1: Protected Area\n\nThey patrol the Protected Area.", &[]),
            ("The waters off Arica (hereinafter the Area) are open. They patrol the Area.", &[]),
            ("The work (the **Project**) ends. They fund the Project.", &[]),
            ("The Border Committee is hereby established. The Border Committee meets; the Committee votes.", &[]),
            ("They share the Data of the Parties.", &["Data"]),
            // A definition of one term is none of a longer one.
            ("\"Data\" means facts. They share the Data and the Personal Data.", &["Personal Data"]),
            // No terms: the beginning of a sentence, a text in capitals, small letters, names.
            ("Information is shared. The area and the information are known. THEY PATROL THE AREA.", &[]),
            ("They met the Committee of the Regions and the Committee on Fisheries; the Free Area is known.", &[]),
            ("They fund the Korea Project and the Committee for Trade.", &[]),
        ],
    )]);
}

#[test]
fn ordinal_reports_a_meeting_that_is_counted_in_two_ways() {
    check(&[(
        "kind: ordinal",
        &[
            (
                "The 11th ROK-U.S. Security Consultative Meeting opened.\n\nThe twelfth Security Consultative Meeting closed.",
                &[
                    "twelfth Security Consultative Meeting < 11th ROK-U.S. Security Consultative Meeting > eleventh Security Consultative Meeting",
                ],
            ),
            (
                "The 2nd Energy Policy Dialogue.\n\nThe third Energy Policy Dialogue. The 3rd Energy Policy Dialogue's report.",
                &["2nd Energy Policy Dialogue < third Energy Policy Dialogue > 3rd Energy Policy Dialogue"],
            ),
            (
                "At the Twenty-First Quad Summit. The 23rd Quad Summit.",
                &["23rd Quad Summit < Twenty-First Quad Summit > 21st Quad Summit"],
            ),
            ("The 11th Joint Forum met. The next, the 12th Joint Forum, will be held in Seoul.", &[]),
            (
                "The 11th Joint Forum met. They will host the 13th Joint Forum.",
                &["13th Joint Forum < 11th Joint Forum > 11th Joint Forum"],
            ),
            ("The 11th Joint Forum and the 13th Joint Forum met.", &[]),
            ("The 31st Japan-U.S. Security Meeting. The 57th ROK-U.S. Security Meeting.", &[]),
            ("The 2nd Economic Dialogue. The 3rd High-Level Economic Dialogue.", &[]),
            ("The 11th meeting. The 12th Meeting. The first Quad summit. The second Quad Summit.", &[]),
        ],
    )]);
    check(&[(
        "kind: ordinal",
        &[
            (
                "The 1st Sea Forum met. The 2nd Sea Forum spoke. The 2nd Sea Forum ended.",
                &["1st Sea Forum < 2nd Sea Forum > 2nd Sea Forum"],
            ),
            (
                "The twentieth Sea Forum met. The thirtieth Sea Forum spoke. The thirtieth Sea Forum.",
                &["twentieth Sea Forum < thirtieth Sea Forum > thirtieth Sea Forum"],
            ),
            (
                "The First Sea Forum met. The 112th Sea Forum spoke. The 112th Sea Forum.",
                &["First Sea Forum < 112th Sea Forum > 112th Sea Forum"],
            ),
            ("The 1st Forum met. The 3rd Forum met. The 3rd Forum.", &[]),
            ("The 1st Sea Forum met in 2020. The 3rd Sea Forum met in 2022. The 3rd Sea Forum.", &[]),
            ("The 1st Sea Forum met in 2020. The 3rd Sea Forum met. The 3rd Sea Forum.", &[]),
            (
                "The 1st Sea Forum met in 1822. The 3rd Sea Forum met. The 3rd Sea Forum spoke.",
                &["1st Sea Forum < 3rd Sea Forum > 3rd Sea Forum"],
            ),
            ("The 1st Sea Forum met. The next, the 2nd Sea Forum, spoke. The 2nd Sea Forum ended.", &[]),
            ("The 1234th Sea Forum. The 3rd Sea Forum. The 3rd Sea Forum.", &[]),
            ("The 1st Old Sea Forum. The 3rd Sea Forum. The 3rd Sea Forum.", &[]),
            (
                "The twenty-tenth Sea Forum. The seventy-seventh Sea Forum. The seventy-seventh Sea Forum. The 1st Sea Forum.",
                &["1st Sea Forum < seventy-seventh Sea Forum > 77th Sea Forum"],
            ),
        ],
    )]);
}

#[test]
fn residue_reports_what_is_not_text() {
    let cases: &[(&str, &[Case])] = &[
        (
            "kind: residue, of: comment",
            &[
                ("A <!-- b --> <!-- comity: on --> c", &["<!-- b -->", "<!-- comity: on -->"]),
                ("A `<!-- b -->` c.\n\n```\n<!-- d -->\n```\n", &[]),
                ("> A\n> <!-- b\n> c -->\n", &["<!-- b\n> c -->"]),
                ("<!-- b -->\n", &["<!-- b -->"]),
            ],
        ),
        (
            "kind: residue, of: [struck-out, deletion, insertion]",
            &[
                ("A ~~b~~ <s>c</s> <del>d</del> <ins>e</ins>", &["~~b~~", "<s>c</s>", "<del>d</del>", "<ins>e</ins>"]),
                ("A <span>b</span> <strong>c</strong> <!-- d -->", &[]),
            ],
        ),
        ("kind: residue, of: [highlight]", &[("A <MARK class=x>b</MARK>", &["<MARK class=x>b</MARK>"])]),
        ("kind: residue, of: hidden-text", &[("A <span hidden>b</span> c", &["b"])]),
        ("kind: residue, of: [author, path]", &[("A <!-- b -->", &[])]),
    ];
    check(cases);
}

#[test]
fn a_rule_of_each_kind_tells_what_it_looks_for_and_what_it_suggests() {
    let cases: &[(&str, &[&str], &[&str])] = &[
        (
            "kind: near, phrases: [deter~], with: [China], within: paragraph, suggest: [dissuade~]",
            &["deter", "deters", "deterred", "deterring", "... near: China"],
            &["dissuade~"],
        ),
        ("kind: require, phrases: [peace], when: [war], within: draft", &["peace", "... when: war"], &[]),
        (
            "kind: consistent, either: [[East Sea], [Sea of Japan, Japan Sea]]",
            &["either: East Sea", "either: Sea of Japan; Japan Sea"],
            &[],
        ),
        ("kind: limit, phrases: [ironclad], max: 1, suggest: [firm]", &["ironclad"], &["firm"]),
        ("kind: term, use: [Kyiv], not: [Kiev]", &["use: Kyiv", "not: Kiev"], &["Kyiv"]),
        ("kind: formula, text: a calm sea", &["nearly: a calm sea"], &["a calm sea"]),
        (
            "kind: figure, units: [money, gdp], near: [the levy]",
            &["figures: money", "figures: gdp", "... near: the levy"],
            &[],
        ),
        ("kind: order, names: [[ROK, Korea], [Japan]]", &["ROK, Korea", "Japan"], &[]),
        ("kind: order", &["the names of the states that the text is between"], &[]),
        ("kind: balance, parties: {a: [A], b: [B, C]}, verbs: [will]", &["a: A", "b: B, C", "verbs: will"], &[]),
        ("kind: balance, verbs: [will]", &["parties: the states that the text is between", "verbs: will"], &[]),
        ("kind: repeated, words: [of, a], except: [of of]", &["twice in a row: a, of"], &[]),
        ("kind: repeated", &["twice in a row: any word"], &[]),
        ("kind: lookalike", &["a word with letters of another alphabet that look like Latin ones"], &[]),
        (
            "kind: reads-as, document: treaty",
            &["marks of a treaty of two kinds or more, in a statement or a memorandum"],
            &[],
        ),
        ("kind: weekday", &["a date with another day of the week than the calendar has"], &[]),
        ("kind: numbering", &["numbers of headings, paragraphs and list items that do not follow each other"], &[]),
        ("kind: promised, find: sections", &["items of a list of contents that are no heading"], &[]),
        (
            "kind: promised, find: references",
            &["references to a section, an annex or a paragraph that the draft does not have"],
            &[],
        ),
        (
            "kind: spelling, titles: [Envoy]",
            &["a name spelled in two ways behind a title: President, Minister, Mr., ...", "... Envoy"],
            &[],
        ),
        (
            "kind: ordinal",
            &[
                "two ordinals before one name that ends in Meeting, Summit, Dialogue, Session, Conference, Round, Consultations, Forum",
            ],
            &[],
        ),
        ("kind: undefined, phrases: [=Area]", &["a term with capitals that ends in: Area"], &[]),
        ("kind: residue, of: [comment, hidden-text]", &["comment", "hidden-text"], &[]),
        ("kind: change, of: [weakened, hedged]", &["weakened", "hedged"], &[]),
    ];
    for (keys, looks_for, suggestions) in cases {
        let pack = Pack::parse("t.yml", &format!("schema: 1\npack: t\nrules:\n  - {{id: r, {keys}}}\n")).unwrap();
        let rule = &pack.rules()[0];
        assert_eq!(rule.looks_for(), *looks_for, "{keys}");
        assert_eq!(rule.suggestions(), *suggestions, "{keys}");
    }
}

#[test]
fn a_rule_without_a_message_has_that_of_its_kind() {
    let cases = [
        (
            "kind: near, phrases: [peace], with: [war], within: paragraph",
            "Peace, war.",
            "\"Peace\" stands near what it should not stand near",
        ),
        ("kind: require, phrases: [peace], within: draft", "War.", "\"peace\", or the like, is missing"),
        ("kind: term, use: [Kyiv], not: [Kiev]", "Kiev", "\"Kiev\": write \"Kyiv\""),
        (
            "kind: consistent, either: [[East Sea], [Japan Sea]]",
            "East Sea, Japan Sea, East Sea",
            "\"Japan Sea\" here, \"East Sea\" elsewhere",
        ),
        ("kind: limit, phrases: [firm], max: 1", "firm, firm", "\"firm\" is used 2 times"),
        (
            "kind: formula, text: a calm sea of peace",
            "a calm lake of peace",
            "nearly the agreed language: a calm sea of peace",
        ),
        ("kind: figure, units: [percent]", "by 5%", "\"5%\" has not been cleared"),
        (
            "kind: order, names: [[ROK], [U.S.]], first: U.S.",
            "ROK and U.S.",
            "\"ROK and U.S.\" names the parties in another order",
        ),
        (
            "kind: balance, parties: {us: [U.S.], rok: [ROK]}, verbs: [will]",
            "The ROK will go. The ROK will pay. The ROK will act. The U.S. is there.",
            "rok commits to 3 things, us to 0",
        ),
        ("kind: repeated", "the the", "\"the the\": the word is there twice"),
        (
            "kind: lookalike",
            "\u{421}hina",
            "\"\u{421}hina\" has letters of another alphabet that only look like those of \"China\"",
        ),
        ("kind: weekday", "Tuesday, 1 June 2026", "\"Tuesday, 1 June 2026\" does not agree with the calendar: Monday"),
        (
            "kind: weekday, find: impossible",
            "31 June 2026",
            "\"31 June 2026\" does not agree with the calendar: June has 30 days",
        ),
        (
            "kind: weekday, find: impossible",
            "29 February 2026",
            "\"29 February 2026\" does not agree with the calendar: February 2026 has 28 days",
        ),
        ("kind: numbering", "1. A\n2. B\n4. C", "the numbers do not follow each other: 3. should stand here"),
        (
            "kind: promised, find: references",
            "# Section 1: A\n\n# Section 2: B\n\nSee section 3.",
            "\"section 3\" is not in the text",
        ),
        ("kind: spelling", "President Smith, President Smyth, President Smyth", "\"Smith\" here, \"Smyth\" elsewhere"),
        (
            "kind: ordinal",
            "The 1st Sea Forum. The 3rd Sea Forum. The 3rd Sea Forum.",
            "\"1st Sea Forum\": elsewhere it is the 3rd",
        ),
        (
            "kind: undefined, phrases: [=Area]",
            "They patrol the Area.",
            "\"Area\" is written like a defined term, and is defined nowhere",
        ),
        (
            "kind: reads-as, document: treaty",
            "# Memorandum of Understanding\n\nThis Memorandum shall enter into force on signature.\n\nDone at Lima.",
            "this memorandum reads as a treaty: is it meant to be one?",
        ),
        ("kind: residue, of: comment", "They met. <!-- when? -->", "still in the file: a comment: \"when?\""),
        (
            "kind: balance, verbs: [will]",
            "# Joint Statement of Japan and the United States\n\nJapan will pay. Japan will go. Japan will be. Japan will act. \
             The United States will rest.",
            "Japan commits to 4 things, United States to 1",
        ),
        ("phrases: [peace], suggest: [calm]", "peace", "\"peace\" should read \"calm\""),
        ("phrases: [peace]", "peace", "\"peace\" is not wanted in this statement"),
    ];
    for (keys, source, message) in cases {
        let pack = Pack::parse("t.yml", &format!("schema: 1\npack: t\nrules:\n  - {{id: r, {keys}}}\n")).unwrap();
        let findings = RuleSet::new(pack.rules().to_vec()).unwrap().check(&Draft::new(Format::Markdown, source));
        let messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(messages, [message], "{keys}");
    }
}

/// A rule of each kind that has exceptions, and a draft in which it fires.
#[test]
fn an_exception_that_nothing_matches_is_not_unused() {
    let cases = [
        ("phrases: [peace, calm], except: [peace pipe]", "Peace."),
        ("kind: near, phrases: [peace], with: [war, calm], except: [peace pipe], within: paragraph", "Peace and war."),
        ("kind: limit, phrases: [peace, calm], except: [peace pipe], max: 0", "Peace."),
        (
            "kind: formula, text: peace across the whole strait, except: [peace pipe, calm]",
            "peace across a whole strait",
        ),
        ("kind: repeated, except: [peace pipe, calm]", "the the"),
    ];
    for (keys, source) in cases {
        let pack = Pack::parse("t.yml", &format!("schema: 1\npack: t\nrules:\n  - {{id: r, {keys}}}\n")).unwrap();
        let rules = RuleSet::new(pack.rules().to_vec()).unwrap();
        let draft = Draft::new(Format::Text, source);
        let unused = rules.usage(&draft, &rules.check(&draft)).unused();
        let phrases: Vec<&str> = unused.phrases.iter().map(|(_, phrase)| phrase.as_str()).collect();
        let is_all = keys.contains("formula") || keys.contains("repeated");
        assert_eq!((unused.rules.len(), phrases), (0, if is_all { vec![] } else { vec!["calm"] }), "{keys}");
    }
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
        ("phrases: ['(a)? *3 b']", "bad-phrase"),
        ("kind: formula, text: two words", "bad-formula"),
        ("kind: formula, text: peace (and|or) stability", "sign-of-phrases"),
        ("kind: term, use: Organi(s|z)ation, short: ORG", "sign-of-phrases"),
        ("kind: term, use: Organisation of States, short: (the)? ORG", "sign-of-phrases"),
        ("phrases: [peace], suggest: calm *2 peace", "sign-of-phrases"),
        ("swap: {peace: [calm, (calm|quiet)]}", "sign-of-phrases"),
        ("phrases: [peace], suggest: [peace now], fix: safe", "flagged-again"),
        ("kind: formula, text: peace and stability, similarity: 2", "wrong-type"),
        ("kind: formula, text: peace and stability, inflected: often", "wrong-type"),
        ("kind: formula, text: peace and stability, except: ['(a']", "bad-phrase"),
        ("kind: figure, units: [gold]", "unknown-value"),
        ("kind: figure, units: [money], allow: [much]", "bad-figure"),
        ("kind: order, names: [[a]]", "missing-value"),
        ("kind: order, names: [[a], [b]], first: c", "unknown-value"),
        ("kind: balance, parties: {a: [b]}, verbs: [c]", "missing-value"),
        ("kind: balance, parties: {a: [b], c: [d]}, verbs: [e], ratio: 0", "wrong-type"),
        ("kind: repeated, word: [a]", "unknown-key"),
        ("kind: weekday, find: day", "unknown-value"),
        ("kind: promised, find: section", "unknown-value"),
        ("kind: spelling, titles: 7", "wrong-type"),
        ("kind: numbering, phrases: [a]", "unknown-key"),
        ("kind: ordinal, either: [a]", "unknown-key"),
        ("kind: undefined, known: [a]", "missing-key"),
        ("kind: residue", "missing-key"),
        ("kind: residue, of: coment", "unknown-value"),
        ("kind: change", "missing-key"),
        ("kind: change, of: weaker", "unknown-value"),
    ];
    for (keys, code) in cases {
        let pack = Pack::parse("t.yml", &format!("schema: 1\npack: t\nrules:\n  - {{id: r, {keys}}}\n"));
        let problems = pack.unwrap_err();
        assert!(problems.list.iter().any(|problem| problem.code == code), "{keys}: {problems}");
    }
}

#[test]
fn a_group_that_an_expression_does_not_have_is_told_at_its_place() {
    let cases = [
        ("(a)(?<end>b)", "x $2 y", ""),
        ("(a)(?<end>b)", "x $end y ${end} $$3", ""),
        ("(a)(?<end>b)", "x $3 y", "$3"),
        ("(a)(?<end>b)", "$$ $begin y", "$begin"),
        ("(a)(?<end>b)", "$1 $$ $4", "$4"),
        ("(?:a)b", "$1", "$1"),
    ];
    for (regex, suggestion, wrong) in cases {
        let keys = format!("kind: pattern, regex: '{regex}', suggest: ['{suggestion}']");
        let told = match Pack::parse("t.yml", &format!("schema: 1\npack: t\nrules:\n  - {{id: r, {keys}}}\n")) {
            Ok(_) => String::new(),
            Err(problems) => problems.list.iter().map(|problem| &problems.text[problem.span.range()]).collect(),
        };
        assert_eq!(told, wrong, "{regex} {suggestion}");
    }
}

#[test]
fn every_kind_leaves_alone_what_is_excepted() {
    // The keys of a rule, phrases for `except`, and a draft with what is reported of it without them and with them.
    type Excepted = (&'static str, &'static str, &'static str, &'static [&'static str], &'static [&'static str]);
    #[rustfmt::skip]
    let cases: &[Excepted] = &[
        ("kind: phrase, phrases: [force]", "use of force", "The force of law, the use of force.", &["force", "force"], &["force"]),
        ("kind: pattern, regex: 'f[a-z]+e'", "use~ of force", "The force of law, uses of force.", &["force", "force"], &["force"]),
        ("kind: pattern, regex: '[0-9]+'", "Resolution 2625", "In 7 days; resolution 2625.", &["7", "2625"], &["7"]),
        ("kind: near, phrases: [support], with: [China], within: sentence", "technical support", "China has technical support and support.",
            &["support < China", "support < China"], &["support < China"]),
        ("kind: near, phrases: [support], with: [China], within: sentence", "China Daily", "Support in the China Daily.", &["Support < China"], &[]),
        ("kind: require, phrases: [Charter], when: [force]", "Charter flight~", "They use force. A charter flight.", &[], &["force"]),
        ("kind: require, phrases: [Charter], when: [force]", "task force", "The task force met.", &["force"], &[]),
        ("kind: term, use: Organization, not: [Organisation]", "Organisation for Economic Co-operation",
            "An Organisation, and the Organisation for Economic Co-operation.", &["Organisation > Organization", "Organisation > Organization"],
            &["Organisation > Organization"]),
        ("kind: consistent, either: [[programme], [program]]", "computer program~", "A programme, a programme and a computer program.",
            &["program < programme"], &[]),
        ("kind: limit, phrases: [ironclad], max: 1", "ironclad proof", "Ironclad, ironclad proof, ironclad.",
            &["ironclad < Ironclad", "ironclad < Ironclad"], &["ironclad < Ironclad"]),
        ("kind: formula, text: peace and stability across the Taiwan Strait", "stability in the Taiwan Strait",
            "They want peace and stability in the Taiwan Strait.",
            &["peace and stability in the Taiwan Strait < in > peace and stability across the Taiwan Strait"], &[]),
        ("kind: figure, units: [percent]", "3 percent rule", "They grow 3 percent, by the 3 percent rule.", &["3 percent", "3 percent"], &["3 percent"]),
        ("kind: order, names: [[ROK], [US]], first: ROK", "the US and ROK Forum", "The US and ROK Forum met.", &["The US and ROK > ROK and the US"], &[]),
        ("kind: balance, parties: {rok: [ROK], us: [US]}, verbs: [will]", "the ROK will note",
            "The ROK will note it. The ROK will pay. The US will see. The ROK will note that.", &["ROK will < ROK will < ROK will < US will"], &[]),
        ("kind: repeated", "had had', 'that that", "They had had it, the the end.", &["had had > had", "the the > the"], &["the the > the"]),
        ("kind: lookalike", "Раck", "A Раck of wolves, a Раcе.", &["Раck > Pack", "Раcе > Pace"], &["Раcе > Pace"]),
        ("kind: weekday", "Monday, 2 January 2024", "On Monday, 2 January 2024 and Monday, 3 January 2024.",
            &["Monday, 2 January 2024 > Tuesday, 2 January 2024", "Monday, 3 January 2024 > Wednesday, 3 January 2024"],
            &["Monday, 3 January 2024 > Wednesday, 3 January 2024"]),
        ("kind: numbering", "Four score", "1. One\n2. Two\n4. Four score", &["Four < Two"], &[]),
        ("kind: promised, find: references", "as section 4 has it", "See as section 4 has it, section 5.\n\n## 1. A\n\n## 2. B\n\n## 3. C",
            &["section 4 < 3.", "section 5 < 3."], &["section 5 < 3."]),
        ("kind: spelling", "President Lee Jae Myung left", "President Lee Jae-myung met President Lee Jae-myung. President Lee Jae Myung left.",
            &["Lee Jae Myung < Lee Jae-myung > Lee Jae-myung"], &[]),
        ("kind: ordinal", "the 23rd Quad Summit", "At the Twenty-First Quad Summit. The 23rd Quad Summit.",
            &["23rd Quad Summit < Twenty-First Quad Summit > 21st Quad Summit"], &[]),
        ("kind: undefined, phrases: [=Area, =Site]", "the Green Area", "They patrol the Green Area and the Site.",
            &["Green Area", "Site"], &["Site"]),
    ];
    let mut wrong = String::new();
    for (keys, except, source, without, with) in cases {
        for (keys, expected) in [((*keys).to_owned(), without), (format!("{keys}, except: ['{except}']"), with)] {
            let found = reported(&keys, source);
            if found != **expected {
                wrong.push_str(&format!("{keys}: {source:?}\n  expected {expected:?}\n  found    {found:?}\n"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
