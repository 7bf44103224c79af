//! Comments in a draft that silence rules: what stays, what goes, and what is said of the comments themselves.

use std::sync::LazyLock;

use crate::common::{comity, folder};
use comity::{Draft, Finding, Fix, Format, Pack, RuleSet, Suppression};

/// Three rules, one of them a red line, and those about comments.
static RULES: LazyLock<RuleSet> = LazyLock::new(|| {
    let pack = "schema: 1\npack: t\nrules:\n\
                - {id: bloc, phrases: [bloc], tags: [slogan, war]}\n\
                - {id: ally, phrases: [ally], tags: [slogan]}\n\
                - {id: red, phrases: [red], severity: error, redline: true, tags: [war]}\n";
    let pack = Pack::parse("t.yml", pack).unwrap();
    let own = Pack::builtin_named("comity").unwrap().unwrap();
    RuleSet::new(pack.rules().iter().chain(own.rules()).cloned()).unwrap()
});

/// What is said of a draft, each as `line:column rule`, the rule without the pack `t`.
fn said(format: Format, draft: &str) -> Vec<String> {
    let draft = Draft::new(format, draft);
    let place = |finding: &Finding| format!("{} {}", finding.start, finding.rule.id().as_str().replace("t/", ""));
    RULES.check(&draft).iter().map(place).collect()
}

/// Compares all at once, so that a failure shows everything that is not as it should be.
#[track_caller]
fn check(cases: &[(&str, &[&str])]) {
    check_in(Format::Markdown, cases);
}

#[track_caller]
fn check_in(format: Format, cases: &[(&str, &[&str])]) {
    let wrong = |(draft, expected): &(&str, &[&str])| {
        let said = said(format, draft);
        (said != *expected).then(|| format!("{draft:?}\n  is {said:?}\n  not {expected:?}"))
    };
    let wrong: Vec<String> = cases.iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const UNUSED: &str = "comity/unused-suppression";

#[test]
fn a_comment_silences_the_next_block_alone() {
    check(&[
        ("<!-- comity: ignore t/bloc -- why -->\nA bloc.\n\nA bloc.\n", &["4:3 bloc"]),
        ("<!-- comity: ignore t/bloc -- why -->\n\n\nA bloc\nand a bloc.\n", &[]),
        ("<!-- comity: ignore t/bloc -- why -->\n# A bloc\n\nA bloc.\n", &["4:3 bloc"]),
        ("<!-- comity: ignore t/bloc -- why --> A bloc.\n", &[]),
        ("A bloc.\n<!-- comity: ignore t/bloc -- why -->\nA bloc.\n", &["1:3 bloc"]),
        ("A bloc, ally.\n\n<!-- comity: ignore t/bloc, t/ally -- why -->\n\nA bloc, ally.", &["1:3 bloc", "1:9 ally"]),
        ("<!-- comity: ignore t -- why -->\nbloc, ally\n", &[]),
        ("<!-- comity: ignore slogan -- why -->\nbloc, ally\n", &[]),
        ("<!--comity:ignore t/bloc--why-->\nbloc\n", &[]),
        ("<!-- comity: ignore t/bloc \u{2014} why -->\nbloc\n", &[]),
        ("<!--\ncomity: ignore t/bloc,\n  t/ally\n  -- why\n-->\nbloc, ally\n", &[]),
        ("<!-- comity: ignore t/bloc -- why -->\n<!-- comity: ignore t/ally -- why -->\nbloc, ally\n", &[]),
    ]);
}

#[test]
fn a_comment_in_a_block_silences_that_block() {
    check(&[
        ("A bloc. <!-- comity: ignore t/bloc -- why -->\n\nA bloc.\n", &["3:3 bloc"]),
        ("One\n    <!-- comity: ignore t/bloc -- why -->\nA bloc.\n", &[]),
        ("One <!-- comity: ignore t/bloc -- why --> bloc\nbloc\n\nbloc", &["4:1 bloc"]),
        ("# A bloc <!-- comity: ignore t/bloc -- why -->\n\nbloc\n", &["3:1 bloc"]),
        ("**bloc <!-- comity: ignore t/bloc -- why -->** [bloc](x)", &[]),
        ("a ![bloc](x) bloc <!-- comity: ignore t/bloc -- why -->", &["1:5 bloc"]),
        ("a ![bloc <!-- comity: ignore t/bloc -- why -->](x) bloc", &["1:52 bloc"]),
    ]);
}

#[test]
fn lists_tables_quotations_footnotes_and_html_have_blocks_too() {
    check(&[
        ("- bloc <!-- comity: ignore t/bloc -- why -->\n- bloc\n", &["2:3 bloc"]),
        ("- <!-- comity: ignore t/bloc -- why -->\n  bloc\n- bloc\n", &["3:3 bloc"]),
        ("<!-- comity: ignore t/bloc -- why -->\n\n- bloc\n  - bloc\n", &["4:5 bloc"]),
        ("| bloc <!-- comity: ignore t/bloc -- why --> | bloc |\n|---|---|\n", &["1:48 bloc"]),
        ("| a | b |\n|---|---|\n| <!-- comity: ignore t/bloc -- why --> bloc | bloc |\n", &["3:48 bloc"]),
        ("> <!-- comity: ignore t/bloc -- why -->\n> bloc\n>\n> bloc\n", &["4:3 bloc"]),
        ("> <!-- comity: ignore\n> t/bloc -- why\n> and more -->\n> bloc\n", &[]),
        ("> a <!-- comity: ignore\n> t/bloc -- why\n> and more --> bloc\n", &[]),
        ("a[^1]\n\n[^1]: bloc <!-- comity: ignore t/bloc -- why -->\n", &[]),
        ("<div>\n<!-- comity: ignore t/bloc -- why -->\n<p>bloc</p>\n<p>bloc</p>\n</div>\n", &["4:4 bloc"]),
        ("<p>bloc <!-- comity: ignore t/bloc -- why --> x</p><p>bloc</p>\n", &["1:55 bloc"]),
        ("<div title=\"<!-- comity: ignore t/bloc -- why -->\">bloc</div>\n", &["1:52 bloc"]),
    ]);
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    check(&[
        ("\u{feff}<!-- comity: ignore t/bloc -- why -->\r\nbloc\r\n\r\nbloc\r\n", &["4:1 bloc"]),
        (
            "a\r\n\r\n<!-- comity: off\r\n  t/bloc -- why -->\r\nbloc\r\n\r\n<!-- comity: on -->\r\nbloc\r\n",
            &["8:1 bloc"],
        ),
        ("---\ntitle: x\n---\n<!-- comity: ignore t/bloc -- why -->\nbloc\n", &[]),
    ]);
}

#[test]
fn a_region_is_silent_between_off_and_on() {
    check(&[
        (
            "<!-- comity: off t/bloc -- why -->\nbloc ally\n\nbloc\n\n<!-- comity: on t/bloc -->\nbloc\n",
            &["2:6 ally", "7:1 bloc"],
        ),
        ("<!-- comity: off t -- why -->\nbloc ally\n\n<!-- comity: on -->\nbloc\n", &["5:1 bloc"]),
        ("bloc <!-- comity: off t/bloc -- why --> bloc <!-- comity: on --> bloc", &["1:1 bloc", "1:66 bloc"]),
        (
            "<!-- comity: off t/bloc, t/ally -- why -->\nbloc ally\n\n<!-- comity: on t/ally -->\nbloc ally\n\n<!-- comity: on -->\nbloc\n",
            &["5:6 ally", "8:1 bloc"],
        ),
        ("<!-- comity: ignore-file t/bloc -- why -->\n# bloc\n\nbloc\n\nally\n", &["6:1 ally"]),
        ("bloc\n\n<!-- comity: ignore-file t/bloc -- why -->\n", &[]),
        // What is never ended is reported, and holds.
        ("bloc\n\n<!-- comity: off t/bloc -- why -->\nbloc\n", &["1:1 bloc", "3:1 comity/open-suppression"]),
    ]);
}

#[test]
fn comments_in_pages_silence_as_those_in_markdown() {
    check_in(
        Format::Html,
        &[
            ("<!-- comity: ignore t/bloc -- why --><p>A bloc.</p>\n<p>A bloc.</p>", &["2:6 bloc"]),
            ("<p>A bloc. <!-- comity: ignore t/bloc -- why --></p>\n<p>A bloc.", &["2:6 bloc"]),
            ("<ul><!-- comity: ignore t/bloc -- why -->\n<li>bloc\n<li>bloc</ul>", &["3:5 bloc"]),
            ("<table><tr><td>a<td><!-- comity: ignore t/bloc -- why --><p>bloc\n<td>bloc</table>", &["2:5 bloc"]),
            ("<!-- comity: ignore t/bloc -- why -->\n<title>bloc</title><p>bloc", &["2:23 bloc"]),
            ("<!-- comity: ignore t/bloc -- why -->\n<img alt=bloc><p>bloc", &["2:18 bloc"]),
            ("<p>bloc<!-- comity: off t -- why --><p>bloc ally<!-- comity: on -->\n<p>bloc", &["1:4 bloc", "2:4 bloc"]),
            ("<p>bloc<p>bloc</p><!-- comity: ignore-file t/bloc -- why --></html>", &[]),
            ("<p><!--\ncomity: ignore t/bloc,\n t/ally -- why -->\nbloc <b>ally", &[]),
            ("<!-- comity: ignore t -- why -->\n<p>red", &["1:21 comity/redline-suppression", "2:4 red"]),
            ("<!-- comity: ignore t/ally -- why -->\n<p>red", &["1:1 comity/unused-suppression", "2:4 red"]),
            // What is no comment, or is not seen, says nothing.
            ("<script><!-- comity: ignore-file t -- why --></script>\n<p>bloc", &["2:4 bloc"]),
            ("<div hidden><!-- comity: ignore-file t -- why --></div>\n<p>bloc", &["2:4 bloc"]),
            ("<p title=\"<!-- comity: ignore-file t -- why -->\">\nbloc", &["2:1 bloc"]),
            ("<title>\nbloc<!-- comity: ignore t/bloc -- why --></title>", &["2:1 bloc", "2:27 bloc"]),
            ("<p>bloc\n<!-- comity: off t/bloc -- why", &["1:4 bloc", "2:1 comity/unknown-suppression"]),
        ],
    );
}

#[test]
fn an_unused_comment_in_a_page_goes_with_its_line() {
    let cases = [
        ("<p>a</p>\n<!-- comity: ignore t/bloc -- why -->\n<p>b</p>\n", "<p>a</p>\n<p>b</p>\n"),
        ("<p>a <!-- comity: ignore t/bloc -- why --> b</p>\r\n", "<p>a b</p>\r\n"),
        (
            "<p><!-- comity: off t/bloc, t/ally -- why -->ally<!-- comity: on -->",
            "<p><!-- comity: off t/ally -- why -->ally<!-- comity: on -->",
        ),
    ];
    for (source, expected) in cases {
        let fixed = comity::fix::fix(Draft::new(Format::Html, source), |draft| RULES.check(draft), Fix::Safe);
        assert_eq!(fixed.draft.source(), expected);
    }
}

#[test]
fn what_silences_nothing_is_reported() {
    check(&[
        ("<!-- comity: ignore t/bloc -- why -->\nPeace.\n", &["1:1 comity/unused-suppression"]),
        ("<!-- comity: ignore t/bloc -- why -->\n", &["1:1 comity/unused-suppression"]),
        // Each name by itself.
        ("<!-- comity: ignore t/bloc, t/ally -- why -->\nbloc\n", &["1:27 comity/unused-suppression"]),
        ("<!-- comity: ignore t/ally, t/bloc -- why -->\nbloc\n", &["1:21 comity/unused-suppression"]),
        // The second of two that say the same.
        (
            "<!-- comity: off t/bloc -- a -->\n\n<!-- comity: off t/bloc -- b -->\nbloc\n\n<!-- comity: on -->\n",
            &["3:1 comity/unused-suppression"],
        ),
        ("<!-- comity: ignore t/bloc, t/bloc -- a -->\nbloc\n", &["1:27 comity/unused-suppression"]),
        ("<!-- comity: on -->\nbloc\n", &["1:1 comity/unused-suppression", "2:1 bloc"]),
        (
            "<!-- comity: off t/bloc -- a -->\nbloc\n\n<!-- comity: on t/bloc, t/ally -->\n",
            &["4:23 comity/unused-suppression"],
        ),
        // Of a rule that is not checked with nobody knows.
        ("<!-- comity: ignore framing/bloc-confrontation, framing, china -- why -->\nPeace.\n", &[]),
        // Nothing silences what is said of comments.
        ("<!-- comity: ignore-file comity -- why -->\n", &["1:1 comity/unused-suppression"]),
    ]);
}

#[test]
fn a_slip_of_the_pen_is_reported_and_silences_nothing() {
    let message = |source: &str| {
        let draft = Draft::new(Format::Markdown, source);
        let findings = RULES.check(&draft);
        assert_eq!(findings.len(), 2, "{source:?}: {findings:?}");
        assert_eq!(findings[0].rule.id().as_str(), "comity/unknown-suppression");
        (draft.slice(findings[0].span).to_owned(), findings[0].message.clone())
    };
    let cases = [
        ("ignore t/blok -- why", "t/blok", "\"t/blok\": there is no such rule, pack or tag; did you mean `t/bloc`?"),
        ("ignore bloc -- why", "bloc", "\"bloc\": there is no such rule, pack or tag; did you mean `t/bloc`?"),
        (
            "ignore framing/china-contanment -- why",
            "framing/china-contanment",
            "\"framing/china-contanment\": there is no such rule, pack or tag; did you mean `framing/china-containment`?",
        ),
        (
            "ignore nowhere -- why",
            "nowhere",
            "\"nowhere\": there is no such rule, pack or tag; `comity rules` lists them",
        ),
        (
            "ignore t/bloc t/ally -- why",
            "t/bloc t/ally",
            "\"t/bloc t/ally\": there is no such rule, pack or tag; names are parted by commas",
        ),
        ("ingore t/bloc -- why", "ingore", "\"ingore\": this is no command; did you mean `ignore`?"),
        ("silence t/bloc", "silence", "\"silence\": this is no command; write `ignore`, `off`, `on` or `ignore-file`"),
        ("", "<!-- comity:  -->", "\"comity:\": write `ignore`, `off`, `on` or `ignore-file` behind it"),
        ("off -- why", "<!-- comity: off -- why -->", "\"off\": it names no rule, pack or tag"),
    ];
    for (text, span, expected) in cases {
        let source = format!("<!-- comity: {text} -->\nbloc\n");
        assert_eq!(message(&source), (span.to_owned(), expected.to_owned()), "{text}");
    }
}

#[test]
fn a_comment_that_is_not_closed_hides_its_paragraph_and_is_reported() {
    check(&[
        ("a\n\n<!-- comity: off t/bloc -- why --\n\nally\n", &["3:1 comity/unknown-suppression", "5:1 ally"]),
        ("> <!-- comity: off t/bloc -- why\n\nally\n", &["1:3 comity/unknown-suppression", "3:1 ally"]),
        ("<!-- a comment\n\nally\n", &["3:1 ally"]),
        ("a <!-- comity: off t/bloc -- why\nally\n", &["1:22 bloc", "2:1 ally"]),
    ]);
}

#[test]
fn without_a_reason_nothing_is_silenced() {
    let reason = "1:1 comity/suppression-without-reason";
    check(&[
        ("<!-- comity: ignore t/bloc -->\nbloc\n", &[reason, "2:1 bloc"]),
        ("<!-- comity: ignore t/bloc -- -->\nbloc\n", &[reason, "2:1 bloc"]),
        ("<!-- comity: ignore-file t/bloc -- ... -->\nbloc\n", &[reason, "2:1 bloc"]),
        ("<!-- comity: off t/bloc -->\nbloc\n\n<!-- comity: on t/bloc -->\n", &[reason, "2:1 bloc"]),
    ]);
}

#[test]
fn a_red_line_is_not_silenced_and_the_comment_that_tried_is_reported() {
    check(&[
        ("<!-- comity: ignore t/red -- why -->\nred\n", &["1:21 comity/redline-suppression", "2:1 red"]),
        ("<!-- comity: ignore t/red -- why -->\nPeace.\n", &["1:21 comity/redline-suppression"]),
        ("<!-- comity: ignore war -- why -->\nred bloc\n", &["1:21 comity/redline-suppression", "2:1 red"]),
        ("<!-- comity: ignore war -- why -->\nbloc\n", &[]),
        (
            "red red\n\n<!-- comity: ignore-file t -- why -->\n",
            &["1:1 red", "1:5 red", "3:26 comity/redline-suppression"],
        ),
    ]);
    let draft = Draft::new(Format::Markdown, "<!-- comity: ignore war -- why -->\nred\n");
    let finding = RULES.check(&draft).swap_remove(0);
    assert_eq!(finding.message, "\"war\" cannot silence t/red: this rule is a red line");
    assert_eq!(draft.slice(finding.related[0].span), "red");
}

#[test]
fn comments_in_code_in_front_matter_and_in_plain_text_say_nothing() {
    check(&[
        ("`<!-- comity: ignore t/bloc -- why -->` bloc", &["1:41 bloc"]),
        ("```\n<!-- comity: ignore-file t/bloc -- why -->\n```\nbloc", &["4:1 bloc"]),
        ("    <!-- comity: ignore-file t/bloc -- why -->\n\nbloc", &["3:1 bloc"]),
        ("---\nx: '<!-- comity: ignore-file t/bloc -- why -->'\n---\nbloc", &["2:32 bloc", "4:1 bloc"]),
        ("<code><!-- comity: ignore-file t/bloc -- why --></code> bloc", &["1:57 bloc"]),
        ("a <code><!-- comity: ignore-file t/bloc -- why --></code> bloc", &["1:59 bloc"]),
        ("\\<!-- comity: ignore-file t/bloc -- why --> bloc", &["1:29 bloc", "1:45 bloc"]),
        ("<!-- A comity: ignore-file t/bloc -- why -->\nbloc", &["2:1 bloc"]),
        ("<!-- bloc -- bloc --> a <!-- bloc -- bloc --> b", &[]),
    ]);
    let text = Draft::new(Format::Text, "<!-- comity: ignore-file t/ally -- why -->\nbloc\n");
    assert_eq!(RULES.check(&text).len(), 2);
}

#[test]
fn what_is_silenced_is_there_with_its_reason_for_who_asks() {
    let draft = Draft::new(Format::Markdown, "a\n\n<!-- comity: ignore t/bloc -- agreed\nin March -->\nbloc ally\n");
    let all = RULES.examine(&draft);
    let reasons: Vec<Option<(String, String)>> = all
        .iter()
        .map(|finding| match &finding.suppressed {
            Some(Suppression::Comment { reason, at, .. }) => Some((reason.to_string(), at.to_string())),
            _ => None,
        })
        .collect();
    assert_eq!(reasons, [Some(("agreed in March".to_owned(), "3:1".to_owned())), None]);
    assert_eq!(RULES.check(&draft).len(), 1);
    let draft = "<!-- comity: ignore-file t -- far -->\n\n<!-- comity: ignore slogan -- near -->\nbloc\n";
    let near = RULES.examine(&Draft::new(Format::Markdown, draft));
    assert!(
        matches!(&near[0].suppressed, Some(Suppression::Comment { reason, .. }) if &**reason == "near"),
        "{near:?}"
    );
}

#[test]
fn what_is_unused_is_gone_once_its_fixes_are_made() {
    let cases = [
        ("a\n\n<!-- comity: ignore t/bloc -- why -->\nb\n", "a\n\nb\n"),
        ("a\n<!-- comity: ignore t/bloc -- why -->\nb\n", "a\n\nb\n"),
        ("<!-- comity: ignore t/ally, t/bloc -- why -->\nbloc\n", "<!-- comity: ignore t/bloc -- why -->\nbloc\n"),
        ("<!-- comity: ignore t/bloc, t/ally -- why -->\nbloc\n", "<!-- comity: ignore t/bloc -- why -->\nbloc\n"),
        (
            "<!-- comity: ignore t/ally, war, t/bloc -- why -->\nbloc\n",
            "<!-- comity: ignore war, t/bloc -- why -->\nbloc\n",
        ),
        ("a\n\n<!-- comity: off t/bloc -- why -->\nb\n\n<!-- comity: on -->\n", "a\n\nb\n\n"),
        ("<!-- comity: off t/bloc -- why -->\r\nb\r\n\r\n<!-- comity: on -->\r\n", "b\r\n\r\n"),
    ];
    for (before, after) in cases {
        let mut source = before.to_owned();
        for _ in 0..3 {
            let findings = RULES.check(&Draft::new(Format::Markdown, source.as_str()));
            let Some(finding) = findings.iter().find(|finding| finding.rule.id().as_str() == UNUSED) else {
                break;
            };
            assert_eq!((finding.suggestions[0].text.as_str(), finding.suggestions[0].fix), ("", Fix::Safe));
            source.replace_range(finding.span.range(), "");
        }
        assert_eq!(source, after, "{before:?}");
    }
}

#[test]
fn the_summary_and_the_exit_code_count_what_is_heard() {
    let draft = "<!-- comity: ignore framing -- agreed -->\nThey reject bloc politics.\n";
    let files = folder([("d.md", draft)]);
    let run =
        |args: &[&str]| comity().args(["check", "--no-config", "d.md"]).args(args.iter().copied()).in_dir(&files).run();
    run(&[]).is(0, "", "1 draft checked: nothing found; 1 suppressed\n");
    run(&["--fail-on", "note", "--format", "short"]).is(0, "", "1 draft checked: nothing found; 1 suppressed\n");
    let statistics = run(&["--statistics", "-q"]);
    assert!(statistics.stdout.contains("0 warnings"), "{statistics:?}");
    // Checked with others, the comment is not unused.
    run(&["--select", "names,comity"]).is(0, "", "1 draft checked: nothing found\n");
    run(&["--pack", "names,comity"]).is(0, "", "1 draft checked: nothing found\n");
}

#[test]
fn a_configuration_decides_what_is_a_red_line_before_comments_are_read() {
    let draft = "<!-- comity: ignore framing/china-containment -- agreed -->\nThey support China containment.\n";
    let config = "overrides:\n  - {files: [open/**], severity: {framing/china-containment: warning}}\n  \
                  - {files: [gone/**], disable: [framing]}\n  - {files: [quiet/**], disable: [comity]}\n";
    let files = folder([
        ("comity.yml", config),
        ("d.md", draft),
        ("open/d.md", draft),
        ("gone/d.md", draft),
        ("quiet/d.md", draft),
    ]);
    let run = |path| comity().args(["check", "-q", "--format", "short", path]).in_dir(&files).run();
    assert_eq!(run("d.md").places(), ["d.md:1:21 comity/redline-suppression", "d.md:2:14 framing/china-containment"]);
    assert_eq!(run("open/d.md").places(), [""; 0]);
    assert_eq!(run("gone/d.md").places(), [""; 0]);
    assert_eq!(run("quiet/d.md").places(), ["quiet/d.md:2:14 framing/china-containment"]);
}

#[test]
fn the_rules_about_comments_are_rules_like_others() {
    let files = folder([
        ("d.md", "<!-- comity: ignore names -- why -->\n"),
        ("comity.yml", "severity: {comity/unused-suppression: error}\n"),
    ]);
    let run = |args: &[&str]| {
        comity().args(["check", "-q", "--format", "short", "d.md"]).args(args.iter().copied()).in_dir(&files).run()
    };
    let line = "d.md:1:1: error: \"ignore names\" silences nothing [comity/unused-suppression]\n";
    run(&[]).is(1, line, "");
    run(&["--ignore", "suppression"]).is(0, "", "");
    let explained = comity().args(["explain", UNUSED]).run();
    assert_eq!(explained.code, 0);
    assert!(explained.stdout.contains("a comment that silences nothing"), "{}", explained.stdout);
}

#[test]
fn nothing_that_a_comment_holds_reaches_the_terminal() {
    let draft =
        "<!-- comity: ig\u{1b}[2Jnore t -- why -->\n\n<!-- comity: ignore a\u{1b}[31m\u{202e} -- \u{1b}[0m -->\nbloc\n";
    let files = folder([("d.md", draft)]);
    for format in ["human", "short"] {
        let output = comity().args(["check", "--no-config", "d.md", "--format", format]).in_dir(&files).run();
        assert!(output.stdout.contains("unknown-suppression"), "{output:?}");
        assert!(!output.stdout.contains(['\u{1b}', '\u{202e}']), "{output:?}");
    }
}

#[test]
fn many_comments_take_time_in_their_number_alone() {
    let many = 20_000;
    let drafts = [
        "<!-- comity: off t/bloc -- a -->\n".repeat(many),
        "bloc <!-- comity: ignore t/bloc -- a --> ".repeat(many),
        "<!-- comity: off t/bloc, t/ally -- a --> bloc <!-- comity: on --> ".repeat(many / 2),
        (0..many).map(|i| format!("<!-- comity: ignore x{i} -->")).collect(),
        format!("<!-- comity: off {} -- a -->\nbloc", "t/bloc,".repeat(many)),
        format!("{}{}", " ".repeat(many * 10), "<!-- comity: on -->".repeat(many)),
        "<!-- comity: ignore t/red -- a --> red ".repeat(many),
        "<!-- comity: ".repeat(many),
        format!("a {}", "<!-- comity: ".repeat(many)),
        format!("bloc {}<!-- comity: ignore-file t -- {} -->", "bloc ".repeat(many), "why ".repeat(many)),
    ];
    for draft in drafts {
        RULES.examine(&Draft::new(Format::Markdown, draft));
    }
}
