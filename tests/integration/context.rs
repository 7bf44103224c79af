//! What comity knows of the text that it reads: names, voices, kinds of text, parties. A table of cases for each kind of fault.

use crate::common::{check, comity, folder};
use comity::{Draft, Finding, Fix, Format, RuleSet, dedup};
use tempfile::TempDir;

/// What the packs find in a draft, as rules.
fn found(rules: &RuleSet, text: &str) -> Vec<Finding> {
    dedup(rules.check(&Draft::new(Format::Markdown, text)))
}

fn ids(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.rule.id().as_str()).collect()
}

/// The draft with what `--fix` makes of it; `unsafe` fixes as well if that is said.
fn fixed(rules: &RuleSet, text: &str, applicability: Fix) -> String {
    let draft = Draft::new(Format::Markdown, text);
    comity::fix::fix(draft, |draft| rules.examine(draft), applicability).draft.source().to_owned()
}

#[test]
fn a_match_inside_a_longer_name_is_none() {
    let rules = RuleSet::builtin().unwrap();
    let cases = [
        // What is found in it must not be reported.
        ("They opened an office of the Bombay Stock Exchange.", "names/", false),
        ("They thanked Mr. Richard Holland for his report.", "names/", false),
        ("The envoy studied at IIT Bombay.", "names/", false),
        ("The two sides opened a consulate in Bombay.", "names/", true),
        ("The Prime Minister of Burma arrived on Monday.", "names/", true),
        ("They recalled the Treaty of Mutual Cooperation and Security.", "register/", false),
        ("The Mutual Cooperation Working Group met twice.", "register/", false),
    ];
    for (text, pack, expected) in cases {
        let findings = found(&rules, text);
        let is_found = ids(&findings).iter().any(|id| id.starts_with(pack));
        assert_eq!(is_found, expected, "{text}: {:?}", ids(&findings));
    }
}

#[test]
fn the_one_korea_is_never_taken_for_the_other() {
    let rules = RuleSet::builtin().unwrap();
    let text = "The Republic of Korea (ROK) and Japan met in Seoul. They urged the Democratic People's Republic of Korea \
                (DPRK) to return to talks, and asked North Korea to answer.";
    let fixed = fixed(&rules, text, Fix::Unsafe);
    assert!(!fixed.contains("People's ROK") && !fixed.contains("People\u{2019}s ROK"), "{fixed}");
    for finding in found(&rules, "The Democratic People's Republic of Korea's (DPRK) envoy met the ROK's.") {
        assert!(finding.suggestions.iter().all(|suggestion| suggestion.text != "ROK"), "{finding}");
    }
}

#[test]
fn what_others_say_is_no_matter_of_style_and_is_never_changed_unasked() {
    let rules = RuleSet::builtin().unwrap();
    let own = "The two sides will utilize the fund.";
    assert!(ids(&found(&rules, own)).contains(&"register/utilize"));
    let quoted = [
        "He said: \u{201c}We will utilize the fund.\u{201d}",
        "He said: \u{2018}We will utilize the fund.\u{2019}",
        "He said: 'We will utilize the fund.'",
        "He said: \u{2039}We will utilize the fund.\u{203a}",
        "He said: \u{bb}We will utilize the fund.\u{ab}",
        "He said: \u{201d}We will utilize the fund.\u{201d}",
        "He said: ``We will utilize the fund.''",
        "He said: \u{201e}We will utilize the fund.\u{201c}",
        "\u{201c}We came to talk.\n\n\u{201c}We will utilize the fund.\n\n\u{201c}And we will stay.\u{201d}",
        "Article 5 reads: The Parties will utilize all means.",
        "Resolution 4711 (1999) provides that States will utilize all means.",
    ];
    for text in quoted {
        assert!(!ids(&found(&rules, text)).contains(&"register/utilize"), "{text}");
        assert_eq!(fixed(&rules, text, Fix::Safe), text);
    }
}

#[test]
fn a_substance_is_found_whoever_speaks() {
    let rules = RuleSet::builtin().unwrap();
    for text in [
        "He spoke of \u{201c}China containment\u{201d} at length.",
        "The paper reads: China containment is the aim.",
        "The Indo-Pacific China Containment Initiative was launched.",
    ] {
        assert!(ids(&found(&rules, text)).contains(&"framing/china-containment"), "{text}");
    }
}

const TREATY: &str = "# Treaty between the Republic of Ruritania and the Kingdom of Sylvania on Extradition\n\n\
                      The Contracting Parties have agreed as follows:\n\n## Article 1\n\nEach Party shall extradite to the other \
                      any person found in its territory.\n\n## Article 2\n\nThe requested Party shall decide without delay.\n\n\
                      IN WITNESS WHEREOF the undersigned, being duly authorized, have signed this Treaty.\n\nDone at Zenda, in \
                      duplicate, on 3 May 2019.\n";

#[test]
fn a_text_is_read_as_what_it_is() {
    let rules = RuleSet::builtin().unwrap();
    let resolution = "# Resolution 12/7\n\nThe General Assembly,\n\n*Recalling* its resolution 11/4,\n\n1. *Decides* that the \
                      Committee shall meet twice;\n\n2. *Takes note with appreciation* of the report;\n\n3. *Requests* the \
                      Secretary-General to report.\n";
    let transcript = "# Joint press conference with the Prime Minister\n\nPRIME MINISTER SMITH: I shall be signing it today, and \
                      we will utilize it [applause].\n\nQUESTION: Prime Minister, will you utilize the fund?\n\nPRIME MINISTER \
                      SMITH: It [sic] is what the [Nations] said.\n\nQUESTION: Thank you.\n";
    for text in [TREATY, resolution, transcript] {
        assert_eq!(fixed(&rules, text, Fix::Safe), text);
        let findings = found(&rules, text);
        assert!(!ids(&findings).iter().any(|id| id.starts_with("non-binding/")), "{text}: {:?}", ids(&findings));
    }
    let statement = "# Joint Statement\n\nThe two sides shall meet again.\n";
    assert!(ids(&found(&rules, statement)).iter().any(|id| id.starts_with("non-binding/")));
}

#[test]
fn a_statement_drafted_as_a_treaty_gets_one_finding() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("draft.md"), TREATY).unwrap();
    std::fs::write(folder.path().join("comity.yml"), "document: statement\npacks: [non-binding]\n").unwrap();
    let output = comity().args(["check", "--format", "short", "draft.md"]).in_dir(folder.path()).run();
    let lines: Vec<&str> = output.stdout.lines().collect();
    assert!(matches!(lines.as_slice(), [line] if line.contains("non-binding/reads-as-a-treaty")), "{}", output.stdout);
    let memorandum = TREATY.replace("Treaty between", "Memorandum of Understanding between");
    let findings = found(&RuleSet::builtin().unwrap(), &memorandum);
    let non_binding: Vec<&str> = ids(&findings).into_iter().filter(|id| id.starts_with("non-binding/")).collect();
    assert_eq!(non_binding, ["non-binding/reads-as-a-treaty"]);
}

/// A draft under the title of a statement of two parties.
fn statement(text: &str) -> String {
    format!("# Joint Statement of the Republic of Korea and the United States\n\n{text}\n")
}

#[test]
fn a_text_that_speaks_of_a_treaty_is_none() {
    let rules = RuleSet::builtin().unwrap();
    let cases = [
        "# Special Measures Agreement Consultations between the ROK and the U.S.\n\nBoth sides shall meet.\n"
            .to_owned(),
        "# Trade Agreement between the ROK and the U.S.: Outcomes\n\nBoth sides shall meet.\n".to_owned(),
        "# Agreement on Tariffs\n\nThe presidents spoke of tariffs. Both sides shall meet.\n".to_owned(),
        "# Memorandum of Understanding between the ROK and Norway\n\nThis Memorandum may be terminated by either \
         Participant. Both sides shall meet.\n\nSigned in duplicate in Bergen on 4 April 2023.\n"
            .to_owned(),
        statement("They have agreed as follows: Much has been done at the border. Both sides shall meet."),
        statement("They agreed on the following: all Contracting States will meet. Both sides shall meet."),
        statement("The envoys, duly authorized by their leaders, agreed on the following: both sides shall meet."),
        statement("The Treaty was done in duplicate, and its Contracting Parties met. Both sides shall meet."),
    ];
    for text in cases {
        let found = found(&rules, &text);
        assert!(ids(&found).contains(&"non-binding/parties-shall"), "{text}: {:?}", ids(&found));
        assert!(!ids(&found).contains(&"non-binding/reads-as-a-treaty"), "{text}");
    }
}

#[test]
fn what_third_parties_say_keeps_its_style_and_what_the_drafters_say_does_not() {
    let rules = RuleSet::builtin().unwrap();
    let cases = [
        ("China vows to utilize the fund.", false),
        ("According to Iran, they utilize the fund.", false),
        ("As Russia put it, they utilize the fund.", false),
        ("In Moscow's words, they utilize the fund.", false),
        ("The IAEA found that Iran utilized the fund.", false),
        ("The Security Council noted progress, and both leaders will utilize the fund.", true),
        ("We welcome the Agreement, and the United States states that it will utilize the fund.", true),
        ("Following the conclusion of the Agreement, President Lee said that both sides will utilize the fund.", true),
        ("As the Security Council noted, we will utilize the fund.", true),
    ];
    for (text, expected) in cases {
        let text = statement(text);
        assert_eq!(ids(&found(&rules, &text)).contains(&"register/utilize"), expected, "{text}");
        assert_eq!(fixed(&rules, &text, Fix::Safe) != text, expected, "{text}");
    }
}

#[test]
fn what_is_cited_is_no_duty_of_the_drafters() {
    let rules = RuleSet::builtin().unwrap();
    let shall = |text: &str| ids(&found(&rules, &statement(text))).iter().any(|id| id.ends_with("shall"));
    for text in [
        "Article 3 of the Mutual Defense Treaty reads as follows:\n\n- The two sides shall utilize all means.",
        "They recalled UNCLOS, Article 87 of which provides that the high seas shall be open.",
        "Article 5 reads: The Parties shall meet.",
        "The Agreement is old. It provides that the Parties shall consult.",
        "In the words of the Niue Treaty, the Parties shall cooperate.",
    ] {
        assert!(!shall(text), "{text}");
    }
    for text in [
        "Article 5 is old. The Parties shall meet.",
        "They spoke of the Charter. Both sides shall meet.",
        "In line with the Charter, both sides shall meet.",
        "Both sides shall meet, as the Charter provides.",
    ] {
        assert!(shall(text), "{text}");
    }
}

#[test]
fn another_language_is_told_by_its_words() {
    let rules = RuleSet::builtin().unwrap();
    let text = "# Joint Statement\n\nThe two sides met in Geneva and will continue their talks.\n\nLe ministre utilise tous les moyens pour \
                que les deux pays trouvent une solution, en en prenant soin.\n";
    let findings = found(&rules, text);
    assert!(findings.iter().all(|finding| finding.start.line < 5), "{:?}", ids(&findings));
    assert_eq!(fixed(&rules, text, Fix::Unsafe), text);
    let output = check().args(["--stdin-filename", "draft.md", "-"]).stdin(text).run();
    assert!(output.stderr.contains("marked fr not checked") || output.stderr.contains("in fr"), "{}", output.stderr);
}

#[test]
fn a_red_line_is_found_beside_another_language() {
    let rules = RuleSet::builtin().unwrap();
    let french = "Les deux parties r\u{e9}affirment leur attachement \u{e0} la paix et \u{e0} la coop\u{e9}ration dans la r\u{e9}gion.";
    let line = "Both sides pursue China containment.";
    let cases = [
        format!("{french}\n\n{line}\n\n{french}"),
        format!("{french}\n\n- {line}"),
        format!("{french}\n\n# China containment\n\n{french}"),
        format!("{french} {line}"),
        format!("| {line} | {french} |\n|---|---|\n| x | {french} |"),
        format!("Under the motto \u{201c}La paix par le dialogue et pour les peuples\u{201d}, they met.\n\n{line}"),
        format!("Ambassadors Ana da Silva, Jos\u{e9} dos Santos and Maria de Souza took part. {line}"),
    ];
    for text in cases {
        assert!(ids(&found(&rules, &text)).contains(&"framing/china-containment"), "{text}");
    }
    let other = format!("{french} FYROM et Kiev.\n\nD\u{e9}claration commune\n\n{french}");
    assert!(found(&rules, &other).is_empty(), "{:?}", found(&rules, &other));
}

#[test]
fn a_stray_mark_makes_no_quotation() {
    let rules = RuleSet::builtin().unwrap();
    let line = "The two sides will utilize the fund.";
    let cases = [
        format!("The leaders' view of the 'new way is this. {line} It is the leaders' own."),
        format!("The leaders\u{2019} view of the \u{2018}new way is this. {line} It is the leaders\u{2019} own."),
        format!("Since the \u{2018}90s they have met. {line} It is the leaders\u{2019}."),
        format!("They spoke of the \u{201c}new way. {line} They want \"peace\" now."),
        format!("\"We met, and {line}\n\n\"Peace\" is our aim."),
        format!("They said \u{201c}we met. {line}\n\n\u{201c}Peace\u{201d} is our aim."),
        format!("* \"Growth: {line}\n* \"Trade\": they will talk."),
    ];
    for text in cases {
        assert!(ids(&found(&rules, &text)).contains(&"register/utilize"), "{text}");
    }
    // What may yet be somebody's words is not changed unasked.
    let text = format!("They said \u{201c}we go on. {line}");
    assert_eq!(fixed(&rules, &text, Fix::Safe), text);
    assert_ne!(fixed(&rules, line, Fix::Safe), line);
}

#[test]
fn names_have_a_time() {
    let rules = RuleSet::builtin().unwrap();
    let statement = |date: &str, name: &str| {
        format!(
            "# Joint Statement\n\nLisbon, {date}\n\nThe Ministers met to discuss the future of {name} and its people.\n"
        )
    };
    let cases = [
        ("12 March 1999", "East Timor", false),
        ("12 March 2015", "East Timor", true),
        ("12 March 2005", "Swaziland", false),
        ("12 March 2021", "Swaziland", true),
    ];
    for (date, name, expected) in cases {
        let text = statement(date, name);
        let findings = found(&rules, &text);
        let is_found = findings.iter().any(|finding| finding.found.contains(name));
        assert_eq!(is_found, expected, "{text}: {:?}", ids(&findings));
        assert_eq!(fixed(&rules, &text, Fix::Safe), text, "a name is never changed unasked");
    }
}

/// The severity of the finding of `rule` in a draft under a configuration; `None` if there is none.
fn severity(config: &str, draft: &str, rule: &str) -> Option<String> {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("draft.md"), draft).unwrap();
    std::fs::write(folder.path().join("comity.yml"), config).unwrap();
    let output = comity().args(["check", "--format", "json", "draft.md"]).in_dir(folder.path()).run();
    assert_ne!(output.code, 2, "{}", output.stderr);
    let report: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let found = findings.iter().find(|finding| finding["rule"] == rule)?;
    Some(found["severity"].as_str().unwrap().to_owned())
}

const HOUSE: &str = "schema: 1\npack: house\nlanguage: en\nrules:\n\
                     - {id: dam, severity: warning, phrases: [upper dam], objection: [Egypt], why: x, source: house}\n\
                     - {id: lake, severity: note, phrases: [great lake], objection: [Egypt, Sudan], why: x, source: house}\n\
                     - {id: law, severity: warning, phrases: [binding rule], objection: [legal advisers], why: x, source: house}\n\
                     - {id: shores, severity: warning, phrases: [far shores], objection: [Chile], guard: [KR], why: x, source: house}\n\
                     - {id: pact, severity: error, phrases: [old pact], between: [KR, US], why: x, source: house}\n\
                     - {id: line, severity: error, redline: true, phrases: [red line], objection: [Chile], why: x, source: house}\n";

#[test]
fn who_is_at_the_table_raises_and_lowers() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("house.yml"), HOUSE).unwrap();
    let rules = format!("packs: []\nrules: [{}]\n", folder.path().join("house.yml").display());
    let draft =
        "They spoke of the upper dam, the great lake, a binding rule, far shores, the old pact and a red line.\n";
    let of = |config: &str| {
        let one = |rule: &str| severity(&format!("{rules}{config}"), draft, &format!("house/{rule}"));
        ["dam", "lake", "law", "shores", "pact", "line"].map(|rule| one(rule).unwrap_or_else(|| "-".to_owned()))
    };
    // It is not known who signs.
    assert_eq!(of(""), ["warning", "note", "warning", "warning", "error", "error"]);
    assert_eq!(of("parties: [EG, Chad]\n"), ["error", "warning", "warning", "note", "-", "error"]);
    assert_eq!(of("parties: [ROK, USA]\n"), ["note", "note", "warning", "warning", "error", "error"]);
    assert_eq!(of("parties: [KR, US]\nguard: [Egypt]\n"), ["error", "warning", "warning", "warning", "error", "error"]);
    assert_eq!(of("parties: [G20]\n"), ["note", "note", "warning", "warning", "-", "error"]);
    // A severity that somebody has set is not weighed.
    assert_eq!(of("parties: [KR, US]\nseverity: {house/dam: warning}\n")[0], "warning");
    // An override for some drafts.
    assert_eq!(of("parties: [KR, US]\noverrides: [{files: ['*.md'], parties: [EG, SD]}]\n")[0], "error");
}

#[test]
fn who_signs_is_told_by_title_opening_and_front_matter() {
    let cases = [
        ("# Joint Statement between the Republic of Korea and Japan\n\nThey met.\n", vec!["KR", "JP"]),
        ("# Japan-Australia Joint Statement\n\nThe Ministers met.\n", vec!["JP", "AU"]),
        ("---\nparties: [Chile, PE]\n---\n\n# Joint Statement\n\nThe Ministers of Japan met.\n", vec!["CL", "PE"]),
        ("# Joint Statement\n\nThe Ministers met and discussed trade with Brazil.\n", vec![]),
    ];
    for (draft, expected) in cases {
        let output = check().args(["--format", "json", "--fail-on", "never", "-"]).stdin(draft).run();
        let report: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
        let mut parties: Vec<&str> =
            report["drafts"][0]["parties"].as_array().unwrap().iter().filter_map(|code| code.as_str()).collect();
        let mut expected = expected;
        parties.sort_unstable();
        expected.sort_unstable();
        assert_eq!(parties, expected, "{draft}: {}", report["drafts"][0]["parties_because"]);
    }
}

#[test]
fn what_front_matter_says_wrong_is_told_with_its_line() {
    let draft = "---\ntitle: x\ndocument: treatie\n---\n\nThey met.\n";
    let output = check().args(["--stdin-filename", "a.md", "-"]).stdin(draft).run();
    assert_eq!(output.code, 2, "{}", output.stderr);
    assert!(output.stderr.contains("a.md:3:"), "{}", output.stderr);
    assert!(output.stderr.contains("did you mean `treaty`?"), "{}", output.stderr);
}

#[test]
fn a_configuration_names_nobody_in_vain() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("draft.md"), "They met.\n").unwrap();
    std::fs::write(folder.path().join("comity.yml"), "parties: [Republic of Koreaa, US]\ndocument: memo\n").unwrap();
    let output = comity().args(["check", "draft.md"]).in_dir(folder.path()).run();
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("did you mean `Republic of Korea`?"), "{}", output.stderr);
    assert!(output.stderr.contains("comity.yml:1:") && output.stderr.contains("comity.yml:2:"), "{}", output.stderr);
}

#[test]
fn a_draft_is_read_as_one_capital_would_read_it() {
    let draft = "The leaders spoke of China containment and utilize the fund.\n";
    let select = |who: &str| check().args(["--format", "short", "--select", who, "-"]).stdin(draft).run();
    for who in ["China", "CN", "People's Republic of China"] {
        let output = select(who);
        assert!(output.stdout.contains("framing/china-containment"), "{who}: {}", output.stderr);
        assert!(!output.stdout.contains("register/utilize"), "{}", output.stdout);
    }
    let output = select("Chinna");
    assert_eq!(output.code, 2);
}

#[test]
fn one_place_has_one_verdict_and_a_name_is_told_once() {
    let draft = "They spoke of North Korea.\n\nNorth Korea answered, and North Korea left.\n";
    let findings = found(&RuleSet::builtin().unwrap(), draft);
    let of_name: Vec<&Finding> =
        findings.iter().filter(|finding| finding.rule.id().as_str() == "names/north-korea").collect();
    assert_eq!(of_name.len(), 1);
    assert_eq!(of_name[0].related.len(), 2);
    assert!(of_name[0].notes.iter().any(|note| note.contains("3 places")), "{:?}", of_name[0].notes);
    for (one, other) in findings.iter().zip(&findings[1..]) {
        assert_ne!(one.span, other.span, "{one} and {other}");
    }
}

/// Where a finding swallows one before it, the order stays that of the draft.
#[test]
fn verdicts_stand_in_the_order_of_the_draft_and_the_graver_swallows_the_lesser() {
    let pack = "schema: 1\npack: house\nrules:\n  \
                - {id: long, severity: note, phrases: [a shared plan of the bloc]}\n  \
                - {id: short, severity: error, phrases: [bloc]}\n  \
                - {id: same, severity: warning, phrases: [bloc]}\n";
    let folder =
        folder([("house.yml", pack), ("a.md", "The bloc met. They saw a shared plan of the bloc, and a bloc.\n")]);
    let args = ["check", "--no-config", "--select", "house", "--rules", "house.yml", "--format", "json", "a.md"];
    let output = comity().args(args).in_dir(&folder).run();
    let report: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let places: Vec<(&str, u64)> = findings
        .iter()
        .map(|finding| (finding["rule"].as_str().unwrap(), finding["column"].as_u64().unwrap()))
        .collect();
    assert_eq!(places, [("house/short", 5), ("house/short", 45), ("house/short", 57)], "{}", output.stdout);
    let also =
        |finding: &serde_json::Value, rule: &str| finding["notes"].to_string().contains(&format!("also {rule}: "));
    assert!(findings.iter().all(|finding| also(finding, "house/same")), "{}", output.stdout);
    assert!(also(&findings[1], "house/long") && !also(&findings[0], "house/long"), "{}", output.stdout);
}
