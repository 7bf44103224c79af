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
