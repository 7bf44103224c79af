//! What must be found and what must not, in the shapes that drafts have had. Each row once went wrong, or could.

use comity::{Draft, Format, Pack, RuleSet};

/// The texts that a rule with these keys finds in a draft.
fn found(format: Format, pack_keys: &str, rule_keys: &str, source: &str) -> Vec<String> {
    let pack = format!("schema: 1\npack: t\n{pack_keys}\nrules:\n  - {{id: r, {rule_keys}}}\n");
    let pack = Pack::parse("t.yml", &pack).unwrap();
    let rules = RuleSet::new(pack.rules().to_vec()).unwrap();
    let draft = Draft::new(format, source);
    rules.check(&draft).iter().map(|finding| draft.slice(finding.span).to_owned()).collect()
}

/// A draft, and what is found in it.
type Case = (&'static str, &'static [&'static str]);

fn check(format: Format, keys: &str, cases: &[Case]) {
    for (source, expected) in cases {
        assert_eq!(found(format, "", keys, source), *expected, "{keys}: {source:?}");
    }
}

const CONTAINMENT: &str = "phrases: [China containment]";

#[test]
fn markdown_hides_no_phrase() {
    check(
        Format::Markdown,
        CONTAINMENT,
        &[
            ("---\n\n# On China containment\n\n---\n\nText\n", &["China containment"]),
            ("---\n- China containment\n---\n", &["China containment"]),
            ("---\n\n[China containment]\n\n---\n", &["China containment"]),
            ("---\nThe leaders spoke: China containment\n\n- It is so.\n---\n", &["China containment"]),
            ("China[1] containment", &["China[1] containment"]),
            ("China[^1] containment", &["China[^1] containment"]),
            ("China<sup>a</sup> containment", &["China<sup>a</sup> containment"]),
            ("<p data-x=O'Brien>China containment</p>", &["China containment"]),
            ("<p>a <?php it's ?> China containment</p>", &["China containment"]),
            ("<table><tr><td>a</td><td>China\ncontainment</td></tr></table>", &["China\ncontainment"]),
            ("a\n\n<!-- b\n\nc -->\n\nChina containment", &["China containment"]),
            ("> China\ncontainment", &["China\ncontainment"]),
            ("> > China\n> > containment", &["China\n> > containment"]),
            ("- a\n\n      China\n  containment\n", &[]),
            ("1. a\n   - China\n     containment", &["China\n     containment"]),
            ("[China][x] containment\n\n[x]: https://e.org/China-containment", &["China][x] containment"]),
            ("![China containment](x.png)", &["China containment"]),
            ("China  \ncontainment\\\nof", &["China  \ncontainment"]),
            ("China\n=====\ncontainment", &[]),
            ("www.a.org/x,China containment", &["China containment"]),
            ("CHINA CONTAIN-\nMENT", &["CHINA CONTAIN-\nMENT"]),
            ("China con\u{ad}\ntainment", &["China con\u{ad}\ntainment"]),
            ("~~China~~ containment", &["China~~ containment"]),
            ("China\rcontainment\r\rfoo", &["China\rcontainment"]),
            ("\u{201c}China containment\u{201d}\u{c744}", &["China containment"]),
            ("China containment\u{c744}", &["China containment"]),
        ],
    );
}

#[test]
fn what_is_not_text_is_left_alone() {
    check(
        Format::Markdown,
        CONTAINMENT,
        &[
            ("---\ntitle: China containment\nReply to: China containment\n---\nx", &[]),
            ("+++\ntitle = \"China containment\"\n+++\nx", &[]),
            ("---\ntitle: >\n  China\n  containment\ntags:\n- China containment\n\n---\nx", &[]),
            ("a <code>China containment</code> <kbd>China containment</kbd> b", &[]),
            ("a <script>China containment</script> <style>China containment</style> b", &[]),
            ("`China containment` China `x` containment", &[]),
            ("```\nChina containment\n```\n\n    let x = f(\"China containment\");\n", &[]),
            ("<!-- China containment --> <b title=\"China containment\">x</b>", &[]),
            ("<https://e.org/China-containment> https://e.org/China-containment [a](China-containment)", &[]),
            ("China-containment@example.org", &[]),
            ("China. Containment", &[]),
            ("China\u{2014}containment, China \u{2013} containment, China - containment", &[]),
            ("| China | containment |\n|---|---|\n", &[]),
            ("- China\n- containment", &[]),
            ("China\n\ncontainment", &[]),
            ("Indochina containment, China containments", &[]),
        ],
    );
}

#[test]
fn plain_text_hides_no_phrase() {
    check(
        Format::Text,
        CONTAINMENT,
        &[
            ("China\r\ncontainment", &["China\r\ncontainment"]),
            ("> China\n> containment", &["China\n> containment"]),
            ("    China\n    containment", &["China\n    containment"]),
            ("*China* _containment_", &["China* _containment"]),
            ("China contain-\nment", &["China contain-\nment"]),
            ("China\n\ncontainment", &[]),
            ("a\rb\r\rChina\rcontainment", &["China\rcontainment"]),
        ],
    );
    check(Format::Text, "phrases: [China in 2025]", &[("with China in\n2025. The", &["China in\n2025"])]);
}

#[test]
fn phrases_mean_what_they_say() {
    let cases: &[(&str, &[Case])] = &[
        (
            "phrases: ['((the)? (US|ROK)?) alliance']",
            &[("alliance, our alliance, the ROK alliance", &["alliance", "alliance", "the ROK alliance"])],
        ),
        ("phrases: ['a (b)? (c)?d']", &[("a d, a b d, a b cd, a cd", &["a d", "a b d", "a b cd", "a cd"])]),
        ("phrases: ['U.S. and the ROK']", &[("# The U.S. And The ROK", &["U.S. And The ROK"])]),
        ("phrases: ['U.S. and ROK forces']", &[("# U.S. AND ROK FORCES", &["U.S. AND ROK FORCES"])]),
        ("phrases: ['=ROK']", &[("the rok, the ROK, the Rok", &["ROK"])]),
        ("phrases: [endiguement de la Chine]", &[("L\u{2019}endiguement de la Chine", &["endiguement de la Chine"])]),
        (
            "phrases: ['deter~ *3 Beijing']",
            &[
                ("We deter it.\u{b9} Beijing is. We deter it.[1] Beijing is. We deter it.Beijing is", &[]),
                ("We deter, for now, Beijing", &["deter, for now, Beijing"]),
                ("We deter; Beijing", &[]),
                ("We deter a well-known high-tech Beijing", &["deter a well-known high-tech Beijing"]),
            ],
        ),
        ("phrases: ['a *1 b'], except: ['a x b']", &[("a b a x b a y b", &["a b", "a y b"])]),
        // Where what is behind a gap may be left out, the phrase ends before the gap.
        (
            "phrases: ['end coal *1 (use|power)?']",
            &[
                ("to end coal now, to end coal", &["end coal", "end coal"]),
                ("to end coal\u{2020}so", &["end coal"]),
                ("to end coal\u{2020} so", &["end coal"]),
                ("to end coal in use", &["end coal in use"]),
            ],
        ),
        // Two gaps with nothing between them are one.
        (
            "phrases: ['shut the *1 (dark)? *1 chapter']",
            &[
                ("shut the chapter", &["shut the chapter"]),
                ("shut the very long chapter", &["shut the very long chapter"]),
                ("shut the long dark chapter", &["shut the long dark chapter"]),
                ("shut the very long sad chapter", &[]),
            ],
        ),
        (
            "phrases: ['a *1 (b)? *1 (c)?']",
            &[("a x y a", &["a", "a"]), ("a x y c", &["a x y c"]), ("a x b y", &["a x b"])],
        ),
        (
            "phrases: [junior partner], quoted: skip",
            &[
                (
                    "a \u{201c}foo said junior partner. Then the junior partner; \u{201c}x\u{201d} end",
                    &["junior partner", "junior partner"],
                ),
                ("\u{201e}junior partner\u{201d} \"junior partner\" <q>x</q>", &[]),
                ("<blockquote>junior partner</blockquote>", &[]),
                ("> junior partner", &[]),
            ],
        ),
        ("phrases: [xx], scope: [title]", &[("## xx\n\n### xx", &["xx"]), ("<h1>xx</h1>\n\n# xx", &["xx"])]),
        ("phrases: [xx], scope: [list, table]", &[("xx\n\n- xx\n\n| xx |\n|---|\n", &["xx", "xx"])]),
        (
            "kind: pattern, regex: 'Cote\u{301} d .*?([0-9]+)', suggest: ['$1']",
            &[("Cote\u{301} d 5", &["Cote\u{301} d 5"])],
        ),
    ];
    for (keys, cases) in cases {
        check(Format::Markdown, keys, cases);
    }
}

#[test]
fn languages_without_spaces_or_with_particles_are_read() {
    let cases: &[(&str, &str, &str, &[&str])] = &[
        ("boundary: left", "봉쇄 *2 정책", "봉쇄를 위한 정책은", &["봉쇄를 위한 정책"]),
        ("boundary: left", "중국", "중국은 한중국", &["중국"]),
        ("boundary: none", "中国封じ込め", "これは中国封\nじ込めです", &["中国封\nじ込め"]),
        ("boundary: none", "台湾 *3 独立", "台湾の独立。台湾独立", &["台湾の独立", "台湾独立"]),
        ("boundary: none", "中国封じ込め", "詳細はhttps://example.jp/を参照し中国封じ込めを。", &["中国封じ込め"]),
    ];
    for (pack, phrase, source, expected) in cases {
        let keys = format!("phrases: ['{phrase}']");
        assert_eq!(found(Format::Markdown, pack, &keys, source), *expected, "{phrase}: {source}");
    }
}

#[test]
fn no_phrase_and_no_draft_takes_exponential_time() {
    let gaps = format!("phrases: ['{}xyz']", "the *20 ".repeat(8));
    assert!(found(Format::Text, "", &gaps, &"the ".repeat(600)).is_empty());
    let brackets = format!("phrases: ['a {}b']", "[ ".repeat(60));
    assert_eq!(found(Format::Text, "", &brackets, "a b"), ["a b"]);
    let optional = format!("phrases: ['{}b']", "(a)? ".repeat(12));
    assert_eq!(found(Format::Text, "", &optional, "a a a b"), ["a a a b"]);
}

#[test]
fn a_name_that_stands_often_is_reported_once_with_its_places() {
    let pack = "schema: 1\npack: t\nrules:\n  - {id: r, concern: name, phrases: [Kiev]}\n";
    let rules = RuleSet::new(Pack::parse("t.yml", pack).unwrap().rules().to_vec()).unwrap();
    let cases = [
        (1, "", 0),
        (2, "2 places in this draft", 1),
        (20, "20 places in this draft", 19),
        (21, "21 places in this draft; the first 20 are listed", 19),
        (22, "22 places in this draft; the first 20 are listed", 19),
    ];
    for (count, note, others) in cases {
        let findings = comity::dedup(rules.check(&Draft::new(Format::Text, "They saw Kiev. ".repeat(count))));
        let told: Vec<(String, usize)> =
            findings.iter().map(|finding| (finding.notes.concat(), finding.related.len())).collect();
        assert_eq!(told, [(note.to_owned(), others)], "{count}");
    }
}
