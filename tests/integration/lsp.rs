//! `comity lsp`, with an editor that is a script.

use crate::client::{Client, able, edited, places, uri};
use crate::common::{Folder, comity, folder};
use serde_json::{Value, json};

const PACK: &str = r#"schema: 1
pack: house
sources:
  paper: {title: "A *paper* [draft]", url: "https://example.org/paper"}
rules:
  - id: containment
    severity: error
    redline: true
    phrases: ["China containment"]
    suggest: [regional stability, "stability_in_the_region"]
    message: '"{match}" names *one* country'
    why: It provokes <one> neighbour.
    objection: [China]
    source: paper
  - id: close
    phrases: ["close coordination"]
    suggest: [coordination]
    fix: safe
    tags: [tone]
  - id: utilize
    severity: note
    phrases: ["utilize"]
    suggest: [use]
    fix: safe
  - {id: advice, phrases: [synergy], suggest: [cooperation], fix: none}
  - {id: state, kind: consistent, either: [[Korea], [ROK]]}
"#;

const CONFIG: &str = "packs: []\nrules: [house.yml]\n";

/// Hangul, a flag, a handshake outside the basic plane, and no-break spaces before and in the phrase.
const DRAFT: &str = "# 한미 정상 공동성명 🇰🇷\n\n양 정상은 🤝\u{a0}China\u{a0}**containment** 를 논의했다.\n\n\
                     They utilize close coordination and synergy of Korea, of Korea\r\nand of the ROK.\n";

fn workspace() -> Folder {
    folder([("comity.yml", CONFIG), ("house.yml", PACK), ("draft.md", DRAFT)])
}

fn with(mut capabilities: Value, pointer: &str, value: Value) -> Value {
    let mut at = &mut capabilities;
    for key in pointer.split('/') {
        at = &mut at[key];
    }
    *at = value;
    capabilities
}

/// An editor that has the draft open, and the URI of the draft.
fn with_draft(folder: &Folder, capabilities: Value) -> (Client, String) {
    let mut client = Client::open(&folder.path(""), capabilities);
    let draft = uri(&folder.path("draft.md"));
    client.did_open(&draft, "markdown", DRAFT);
    (client, draft)
}

#[test]
fn diagnostics_stand_where_the_client_counts_them() {
    let folder = workspace();
    let cases = [
        (json!(["utf-8", "utf-16"]), "utf-8", "2:20-2:40"),
        (json!(["utf-16"]), "utf-16", "2:9-2:28"),
        (json!(["utf-32"]), "utf-32", "2:8-2:27"),
        (json!(null), "utf-16", "2:9-2:28"),
    ];
    for (offered, chosen, place) in cases {
        let mut client = Client::start(&folder.path(""), &["--stdio"]);
        let capabilities = with(able(), "general/positionEncodings", offered);
        let server = client.initialize(&folder.path(""), capabilities, Value::Null);
        assert_eq!(server["positionEncoding"], chosen);
        let draft = uri(&folder.path("draft.md"));
        client.did_open(&draft, "markdown", DRAFT);
        let found = places(&client.diagnostics(&draft, 1));
        let rest =
            ["4:5-4:12 house/utilize", "4:13-4:31 house/close", "4:36-4:43 house/advice", "5:11-5:14 house/state"];
        let first = format!("{place} house/containment");
        assert_eq!(found, std::iter::once(first.as_str()).chain(rest).collect::<Vec<_>>(), "{chosen}");
        assert_eq!(client.leave(), Some(0));
    }
}

#[test]
fn a_diagnostic_carries_its_reason_its_source_and_related_places() {
    let folder = workspace();
    let (mut client, draft) = with_draft(&folder, able());
    let found = client.diagnostics(&draft, 1);
    let first = &found[0];
    assert_eq!(first["severity"], 1);
    assert_eq!(first["source"], "comity");
    assert_eq!(first["codeDescription"]["href"], "https://example.org/paper");
    assert_eq!(
        first["message"],
        "\"China containment\" names *one* country\nsay: regional stability; or: stability_in_the_region"
    );
    let suggestions = json!([
        {"text": "regional stability", "applicability": "unsafe", "fix": "unsafe"},
        {"text": "stability_in_the_region", "applicability": "unsafe", "fix": "unsafe"},
    ]);
    assert_eq!(first["data"]["suggestions"], suggestions);
    assert_eq!((&found[1]["severity"], &found[2]["severity"]), (&json!(3), &json!(2)));
    let related = &found[4]["relatedInformation"][0]["location"];
    assert_eq!(related["uri"], draft);
    assert_eq!(related["range"]["start"], json!({"line": 4, "character": 47}));

    let (mut plain, draft) = with_draft(&folder, json!({}));
    assert!(plain.diagnostics(&draft, 1).iter().all(|found| found.get("relatedInformation").is_none()));
}

#[test]
fn doubled_words_and_old_names_are_tagged() {
    let pack = "schema: 1\npack: slips\nrules:\n  - {id: doubled, kind: repeated}\n";
    let folder = folder([("comity.yml", "packs: [names]\nrules: [slips.yml]\n"), ("slips.yml", pack)]);
    let mut client = Client::open(&folder.path(""), able());
    let draft = uri(&folder.path("new.md"));
    client.did_open(&draft, "markdown", "They welcomed the the capital of Swaziland.\n");
    let found = client.diagnostics(&draft, 1);
    let tags = |code: &str| {
        let is_it = |found: &&Value| found["code"].as_str().is_some_and(|name| name.contains(code));
        found.iter().find(is_it).map(|found| found["tags"].clone())
    };
    assert_eq!(tags("slips/"), Some(json!([1])), "{found:?}");
    assert_eq!(tags("names/"), Some(json!([2])), "{found:?}");
}

#[test]
fn every_change_is_checked_in_the_text_that_it_makes() {
    let folder = workspace();
    let (mut client, draft) = with_draft(&folder, able());
    assert_eq!(client.diagnostics(&draft, 1).len(), 5);
    // Behind the handshake, two UTF-16 units: the no-break space and the phrase go, and another comes in a second change.
    let gone =
        json!({"range": {"start": {"line": 2, "character": 8}, "end": {"line": 2, "character": 30}}, "text": "!"});
    let added = json!({"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}},
        "text": "China containment 한\r\n"});
    client.did_change(&draft, 2, json!([gone, added]));
    let found = places(&client.diagnostics(&draft, 2));
    assert_eq!(found[..2], ["0:0-0:17 house/containment", "5:5-5:12 house/utilize"], "{found:?}");
    client.did_change(&draft, 3, json!([{"text": "Nothing."}]));
    assert_eq!(client.diagnostics(&draft, 3), Vec::<Value>::new());
}

#[test]
fn of_changes_that_come_fast_the_last_is_checked() {
    let folder = workspace();
    let (mut client, draft) = with_draft(&folder, able());
    for version in 2..200 {
        let place = json!({"line": 0, "character": 0});
        let text = if version == 199 { "China containment. " } else { "x" };
        client.did_change(&draft, version, json!([{"range": {"start": place, "end": place}, "text": text}]));
    }
    let found = places(&client.diagnostics(&draft, 199));
    assert_eq!(found[0], "0:0-0:17 house/containment");
}

#[test]
fn diagnostics_are_sent_when_they_are_asked_for_and_not_twice() {
    let folder = workspace();
    let pulls = with(able(), "textDocument/diagnostic", json!({"dynamicRegistration": false}));
    let pulls = with(pulls, "workspace/diagnostics", json!({"refreshSupport": true}));
    let (mut client, draft) = with_draft(&folder, pulls);
    let pull = |client: &mut Client, previous: Value| {
        let params = json!({"textDocument": {"uri": draft}, "previousResultId": previous});
        client.ask("textDocument/diagnostic", params)
    };
    let first = pull(&mut client, Value::Null);
    assert_eq!((&first["kind"], first["items"].as_array().map(Vec::len)), (&json!("full"), Some(5)));
    let unchanged = json!({"kind": "unchanged", "resultId": first["resultId"]});
    assert_eq!(pull(&mut client, first["resultId"].clone()), unchanged);
    // A change behind the last finding leaves the diagnostics as they are.
    let end = json!({"line": 6, "character": 0});
    client.did_change(&draft, 2, json!([{"range": {"start": end, "end": end}, "text": "End."}]));
    assert_eq!(pull(&mut client, first["resultId"].clone()), unchanged);
    client.did_change(&draft, 3, json!([{"text": "China containment"}]));
    let new = pull(&mut client, first["resultId"].clone());
    assert_eq!(places(new["items"].as_array().unwrap()), ["0:0-0:17 house/containment"]);
    // What else changes is told, so that it is asked for.
    client.did_open(&uri(&folder.path("comity.yml")), "yaml", "packs: []\n");
    client.wait_for(|message| message["method"] == "workspace/diagnostic/refresh");
    assert_eq!(pull(&mut client, new["resultId"].clone())["items"], json!([]));
    let unknown = json!({"textDocument": {"uri": "file:///not/open.md"}});
    assert_eq!(client.ask("textDocument/diagnostic", unknown), json!({"kind": "full", "items": []}));
}

fn actions(client: &mut Client, uri: &str, range: Value, context: Value) -> Vec<Value> {
    let params = json!({"textDocument": {"uri": uri}, "range": range, "context": context});
    client.ask("textDocument/codeAction", params).as_array().expect("a list").clone()
}

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().filter_map(|action| action["title"].as_str()).collect()
}

fn everywhere() -> Value {
    json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}})
}

#[test]
fn quick_fixes_put_suggestions_in_and_silence_rules() {
    let folder = workspace();
    let (mut client, draft) = with_draft(&folder, able());
    let found = client.diagnostics(&draft, 1);
    let all = actions(&mut client, &draft, everywhere(), json!({"diagnostics": [], "only": ["quickfix"]}));
    let expected = [
        "Say \"regional stability\", then read the sentence again",
        "Say \"stability_in_the_region\", then read the sentence again",
        "Say \"use\"",
        "Say \"coordination\"",
        "Ignore house/utilize in this block, with a reason",
        "Ignore house/close in this block, with a reason",
        "Ignore house/advice in this block, with a reason",
        "Ignore house/state in this block, with a reason",
    ];
    // Neither is a red line silenced, nor advice put in.
    assert_eq!(titles(&all), expected);
    let preferred: Vec<bool> = all.iter().map(|action| action["isPreferred"] == true).collect();
    assert_eq!(preferred, [false, false, true, false, false, false, false, false]);

    let changes = &all[0]["edit"]["documentChanges"][0];
    assert_eq!(changes["textDocument"], json!({"uri": draft, "version": 1}));
    assert_eq!(edited(DRAFT, &changes["edits"]), DRAFT.replace("China\u{a0}**containment**", "**regional stability**"));
    let silenced = edited(DRAFT, &all[5]["edit"]["documentChanges"][0]["edits"]);
    let comment = "<!-- comity: ignore house/close -- REASON -->\r\nThey utilize";
    assert_eq!(silenced, DRAFT.replace("They utilize", comment));

    // At one place, and for one diagnostic.
    let here = json!({"start": {"line": 4, "character": 20}, "end": {"line": 4, "character": 20}});
    let at_place = actions(&mut client, &draft, here, json!({"diagnostics": [], "only": ["quickfix"]}));
    assert_eq!(titles(&at_place), [expected[3], expected[5]]);
    let asked = json!({"diagnostics": [found[2]], "only": ["quickfix"]});
    let for_one = actions(&mut client, &draft, everywhere(), asked);
    assert_eq!(titles(&for_one), [expected[3], expected[5]]);
    assert_eq!(for_one[0]["diagnostics"], json!([found[2]]));
}

#[test]
fn no_editor_is_told_to_put_in_unasked_what_brings_in_a_finding_or_tears_the_draft() {
    const RULES: &str = "schema: 1\npack: house\nrules:\n  - {id: old, phrases: [old plan], suggest: [new plan], fix: safe}\n  - \
                         {id: new, phrases: [new plan for Seoul], suggest: [plan]}\n";
    let folder = folder([("comity.yml", CONFIG), ("house.yml", RULES)]);
    let mut client = Client::open(&folder.path(""), able());
    for (name, text, expected) in
        [("a.md", "The old plan for Busan.\n", true), ("b.md", "The old plan for Seoul.\n", false)]
    {
        let draft = uri(&folder.path(name));
        client.did_open(&draft, "markdown", text);
        client.diagnostics(&draft, 1);
        let all = actions(&mut client, &draft, everywhere(), json!({"diagnostics": [], "only": ["quickfix"]}));
        assert_eq!((&all[0]["title"], all[0]["isPreferred"] == true), (&json!("Say \"new plan\""), expected), "{text}");
    }
}

#[test]
fn rules_are_silenced_in_the_elements_of_a_page() {
    const PAGE: &str = "<title>utilize</title>\n<ul><li>a<li><b>utilize</b> it</ul>\n<img alt=\"utilize\">\n";
    let folder = folder([("comity.yml", CONFIG), ("house.yml", PACK), ("page.html", PAGE)]);
    let mut client = Client::open(&folder.path(""), able());
    let page = uri(&folder.path("page.html"));
    client.did_open(&page, "html", PAGE);
    assert_eq!(client.diagnostics(&page, 1).len(), 3);
    let all = actions(&mut client, &page, everywhere(), json!({"diagnostics": [], "only": ["quickfix"]}));
    // In a title and in an attribute a comment would be text.
    let silencing: Vec<&Value> =
        all.iter().filter(|action| action["title"].as_str().is_some_and(|title| title.starts_with("Ignore"))).collect();
    assert_eq!(silencing.len(), 1);
    let silenced = edited(PAGE, &silencing[0]["edit"]["documentChanges"][0]["edits"]);
    let comment = "<b><!-- comity: ignore house/utilize -- REASON --> utilize";
    assert_eq!(silenced, PAGE.replace("<b>utilize", comment));
    let (labels, _) = completions(&mut client, &page, "html", "<p>한국 <!-- comity: ignore house/cl| -->");
    assert!(labels.contains(&"house/close".to_owned()), "{labels:?}");
}

#[test]
fn fix_all_puts_every_safe_suggestion_in() {
    let folder = workspace();
    let capabilities = with(able(), "workspace/workspaceEdit", json!({}));
    let (mut client, draft) = with_draft(&folder, capabilities);
    for only in ["source.fixAll.comity", "source.fixAll", "source"] {
        let found = actions(&mut client, &draft, everywhere(), json!({"diagnostics": [], "only": [only]}));
        assert_eq!(titles(&found), ["Put in every safe suggestion of comity"], "{only}");
        let fixed = edited(DRAFT, &found[0]["edit"]["changes"][draft.as_str()]);
        assert_eq!(fixed, DRAFT.replace("utilize", "use").replace("close coordination", "coordination"));
    }
    let other = actions(&mut client, &draft, everywhere(), json!({"diagnostics": [], "only": ["refactor"]}));
    assert_eq!(other, Vec::<Value>::new());
}

#[test]
fn hover_tells_the_rule_its_reason_and_its_source() {
    let folder = workspace();
    let at = json!({"line": 2, "character": 12});
    let (mut client, draft) = with_draft(&folder, able());
    let hover = client.ask("textDocument/hover", json!({"textDocument": {"uri": draft}, "position": at}));
    let markdown = "`house/containment` (error, red line)\n\n\"China containment\" names \\*one\\* country\n\n\
                    **Say:**\n- regional stability (read the sentence again)\n\
                    - stability\\_in\\_the\\_region (read the sentence again)\n\n\
                    **Why:** It provokes \\<one\\> neighbour.\n\n**Likely objection:** China\n\n\
                    **Source:** [A \\*paper\\* \\[draft\\]](https://example.org/paper)";
    assert_eq!(hover["contents"], json!({"kind": "markdown", "value": markdown}));
    assert_eq!(hover["range"]["end"], json!({"line": 2, "character": 28}));
    let nothing = json!({"textDocument": {"uri": draft}, "position": {"line": 0, "character": 3}});
    assert_eq!(client.ask("textDocument/hover", nothing), Value::Null);

    let (mut plain, draft) = with_draft(&folder, json!({}));
    let hover = plain.ask("textDocument/hover", json!({"textDocument": {"uri": draft}, "position": at}));
    assert_eq!(hover["contents"]["kind"], "plaintext");
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(text.ends_with("Source: A *paper* [draft], https://example.org/paper"), "{text}");
}

/// The labels of what may be written at `|`, and the whole list.
fn completions(client: &mut Client, uri: &str, language: &str, marked: &str) -> (Vec<String>, Vec<Value>) {
    let (before, _) = marked.split_once('|').expect("a place");
    client.did_open(uri, language, &marked.replacen('|', "", 1));
    let line = before.matches('\n').count();
    let character = before.rsplit('\n').next().unwrap_or_default().encode_utf16().count();
    let params = json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}});
    let items = client.ask("textDocument/completion", params)["items"].as_array().cloned().unwrap_or_default();
    let labels = items.iter().filter_map(|item| item["label"].as_str()).map(str::to_owned).collect();
    (labels, items)
}

#[test]
fn names_are_completed_in_comments_and_in_the_configuration() {
    let folder = workspace();
    let mut client = Client::open(&folder.path(""), able());
    let (draft, config) = (uri(&folder.path("draft.md")), uri(&folder.path("comity.yml")));
    let names = ["house", "house/containment", "house/close", "house/utilize", "house/advice", "house/state", "tone"];
    let (labels, items) = completions(&mut client, &draft, "markdown", "한국 <!-- comity: ignore house/cl| -->\n");
    assert_eq!(labels, names);
    let range = json!({"start": {"line": 0, "character": 23}, "end": {"line": 0, "character": 31}});
    assert_eq!(items[1]["textEdit"], json!({"range": range, "newText": "house/containment"}));
    let resolved = client.ask("completionItem/resolve", items[1].clone());
    let documentation = resolved["documentation"]["value"].as_str().unwrap();
    assert!(documentation.contains("**Why:** It provokes \\<one\\> neighbour."), "{documentation}");
    let (labels, _) = completions(&mut client, &draft, "markdown", "<!-- comity: o|");
    assert_eq!(labels, ["ignore", "off", "on", "ignore-file"]);
    assert_eq!(completions(&mut client, &draft, "markdown", "plain text |").0, Vec::<String>::new());

    let packs: Vec<&str> = comity::Pack::builtin_names().collect();
    let cases: [(&str, &[&str]); 5] = [
        (
            "rules: [house.yml]\npacks: []\n|",
            &["disable", "document", "fail-on", "guard", "ignore", "overrides", "parties", "severity"],
        ),
        ("packs: [|]\n", &packs),
        ("packs: []\nrules: [house.yml]\ndisable: [|]\n", &names),
        ("packs: []\nrules: [house.yml]\nseverity: {|}\n", &names),
        ("packs: []\nrules: [house.yml]\nseverity:\n  house/close: |\n", &["error", "warning", "note"]),
    ];
    for (marked, expected) in cases {
        assert_eq!(completions(&mut client, &config, "yaml", marked).0, expected, "{marked:?}");
    }
}

#[test]
fn packs_and_configurations_are_checked_as_they_are_edited() {
    let folder = workspace();
    let mut client = Client::open(&folder.path(""), able());
    let (pack, config) = (uri(&folder.path("house.yml")), uri(&folder.path("comity.yml")));
    client.did_open(&pack, "yaml", PACK);
    assert_eq!(client.diagnostics(&pack, 1), Vec::<Value>::new());
    let wrong =
        PACK.replace("phrases: [\"utilize\"]", "phases: [\"utilize\"]").replace("tags: [tone]", "severity: eror");
    client.did_change(&pack, 2, json!([{"text": format!("# 한국 🇰🇷\n{wrong}")}]));
    let found = client.diagnostics(&pack, 2);
    let unknown = found.iter().find(|found| found["code"] == "unknown-key").unwrap();
    assert_eq!(unknown["message"], "unknown key `phases`\nhelp: did you mean `phrases`?");
    assert_eq!(places(std::slice::from_ref(unknown)), ["22:4-22:10 unknown-key"]);
    let typo = found.iter().find(|found| found["code"] == "unknown-value").unwrap();
    assert_eq!(typo["message"], "`eror` is no severity\nhelp: did you mean `error`?");
    assert_eq!(places(std::slice::from_ref(typo)), ["19:14-19:18 unknown-value"]);

    // A comity.yml that names the pack says so where it names it, and what else is wrong with it.
    client.did_open(&config, "yaml", "\u{feff}disabel: [x]\nrules: [house.yml]\n");
    let found = client.diagnostics(&config, 1);
    assert_eq!(places(&found), ["0:1-0:8 unknown-key", "1:8-1:17 broken-pack"]);
    client.did_change(
        &pack,
        3,
        json!([{"text": PACK.replace("- id: close", "- id: close\n    examples: {flag: [far]}")}]),
    );
    let found = client.diagnostics(&pack, 3);
    assert_eq!((found[0]["code"].as_str(), &found[0]["severity"]), (Some("failed-example"), &json!(2)));
    client.tell("textDocument/didClose", json!({"textDocument": {"uri": pack}}));
    client.wait_for(|message| message["params"]["uri"] == pack && message["params"]["diagnostics"] == json!([]));
}

#[test]
fn drafts_are_checked_again_when_the_rules_change() {
    let folder = workspace();
    let watches = with(able(), "workspace/didChangeWatchedFiles", json!({"dynamicRegistration": true}));
    let (mut client, draft) = with_draft(&folder, watches);
    let registration = client.wait_for(|message| message["method"] == "client/registerCapability");
    let watchers = &registration["params"]["registrations"][0]["registerOptions"]["watchers"];
    assert_eq!(watchers[0]["globPattern"], "**/comity.yml");
    client.send(json!({"id": registration["id"], "result": null}));
    assert_eq!(client.diagnostics(&draft, 1).len(), 5);
    let changed = json!({"changes": [{"uri": uri(&folder.path("comity.yml")), "type": 2}]});

    // On the disk.
    folder.write(
        "comity.yml",
        b"packs: []\nrules: [house.yml]\nseverity: {house/close: error}\ndisable: [house/state]\n",
    );
    client.tell("workspace/didChangeWatchedFiles", changed.clone());
    let found = client.diagnostics(&draft, 1);
    assert_eq!((found.len(), &found[2]["severity"]), (4, &json!(1)));

    // In the editor, before it is saved: the configuration, then the pack.
    let (config, pack) = (uri(&folder.path("comity.yml")), uri(&folder.path("house.yml")));
    client.did_open(&config, "yaml", "packs: []\nrules: [house.yml]\ndisable: [tone, house/state]\n");
    assert_eq!(client.diagnostics(&draft, 1).len(), 3);
    client.did_open(&pack, "yaml", &PACK.replace("[\"utilize\"]", "[\"논의\"]"));
    let found = places(&client.diagnostics(&draft, 1));
    assert!(found.iter().all(|found| !found.contains("utilize")), "{found:?}");

    // While it is wrong, the rules of before are used, and the draft says so.
    client.did_change(&config, 2, json!([{"text": "packs: [framin]\n"}]));
    let found = client.diagnostics(&draft, 1);
    assert_eq!(places(&found)[0], "0:0-0:17 configuration");
    assert!(found.len() > 1);
    let message = found[0]["message"].as_str().unwrap();
    assert!(
        message.contains("the rules of before are used\ncomity.yml:1:9: error: there is no pack `framin`"),
        "{message}"
    );
    assert_eq!(found[0]["relatedInformation"][0]["location"]["uri"], config);

    // A file that is gone.
    client.tell("textDocument/didClose", json!({"textDocument": {"uri": config}}));
    std::fs::remove_file(folder.path("comity.yml")).unwrap();
    client.tell("workspace/didChangeWatchedFiles", changed);
    client.wait_for(|message| {
        let found = message["params"]["diagnostics"].as_array().cloned().unwrap_or_default();
        message["params"]["uri"] == draft && places(&found).iter().any(|found| found.contains("framing/"))
    });
}

#[test]
fn the_editors_settings_choose_the_configuration_and_the_packs() {
    let folder = folder([
        ("comity.yml", CONFIG),
        ("house.yml", PACK),
        ("ours/other.yml", "packs: [framing]\ndisable: [framing]\n"),
    ]);
    let draft = uri(&folder.path("draft.md"));
    let text = "China containment";
    let mut client = Client::start(&folder.path(""), &[]);
    let asks = with(able(), "workspace/configuration", json!(true));
    client.initialize(&folder.path(""), asks, json!({"config": "ours/other.yml"}));
    client.did_open(&draft, "markdown", text);
    assert_eq!(client.diagnostics(&draft, 1), Vec::<Value>::new());
    let asked = client.wait_for(|message| message["method"] == "workspace/configuration");
    assert_eq!(asked["params"], json!({"items": [{"section": "comity"}]}));
    client.send(json!({"id": asked["id"], "result": [{"packs": ["framing"]}]}));
    let found = places(&client.diagnostics(&draft, 1));
    // Two rules at one place are one diagnostic.
    assert_eq!(found, ["0:0-0:17 framing/china-containment"]);
    client.tell("workspace/didChangeConfiguration", json!({"settings": {"comity": {"packs": "framing"}}}));
    let warned = client.wait_for(|message| message["method"] == "window/showMessage");
    assert!(warned["params"]["message"].as_str().unwrap().contains("`comity.packs` is a list"), "{warned}");
    client.tell("workspace/didChangeConfiguration", json!({"settings": {"comity": {"packs": ["framin"]}}}));
    let found = client.wait_for(|message| message["params"]["diagnostics"][0]["code"] == "configuration");
    let message = found["params"]["diagnostics"][0]["message"].as_str().unwrap();
    assert!(message.contains("there is no pack `framin`; did you mean `framing`?"), "{message}");
}

#[test]
fn the_command_line_chooses_rules_too() {
    let folder = workspace();
    let draft = uri(&folder.path("draft.md"));
    let mut client = Client::start(&folder.path(""), &["--no-config", "--pack", "framing"]);
    client.initialize(&folder.path(""), able(), Value::Null);
    client.did_open(&draft, "markdown", "China containment");
    assert_eq!(places(&client.diagnostics(&draft, 1)), ["0:0-0:17 framing/china-containment"]);
    // A draft that has no file is checked as well, and other languages are left alone.
    client.did_open("untitled:Untitled-1", "plaintext", "x China containment");
    assert_eq!(places(&client.diagnostics("untitled:Untitled-1", 1)), ["0:2-0:19 framing/china-containment"]);
    client.did_open("untitled:Untitled-2", "rust", "x China containment");
    assert_eq!(client.diagnostics("untitled:Untitled-2", 1), Vec::<Value>::new());
}

#[test]
fn ignored_drafts_have_no_diagnostics() {
    let folder = folder([("comity.yml", "ignore: [old/]\n")]);
    let mut client = Client::open(&folder.path(""), able());
    for (name, count) in [("old/a.md", 0), ("new.md", 1)] {
        let draft = uri(&folder.path("")) + name;
        client.did_open(&draft, "markdown", "China containment");
        assert_eq!(client.diagnostics(&draft, 1).len(), count, "{name}");
    }
}

#[test]
fn what_is_too_large_to_check_says_so() {
    let folder = workspace();
    let mut client = Client::open(&folder.path(""), able());
    let (draft, pack) = (uri(&folder.path("long.md")), uri(&folder.path("long.yml")));
    let cases = [
        (&draft, "markdown", "a ".repeat(9 << 20), "larger than 16 MiB"),
        (&pack, "yaml", format!("schema: 1\npack: a\n# {}", "a ".repeat(5 << 20)), "larger than 8 MiB"),
    ];
    for (uri, language, text, reason) in cases {
        client.did_open(uri, language, &text);
        let found = client.diagnostics(uri, 1);
        assert_eq!(found[0]["code"], "not-checked");
        let message = found[0]["message"].as_str().unwrap();
        assert!(message.contains(reason) && !message.contains("bug"), "{message}");
    }
    client.did_open(&uri(&folder.path("short.md")), "markdown", "China containment\n");
    assert!(!client.diagnostics(&uri(&folder.path("short.md")), 1).is_empty(), "it goes on");
}

#[test]
fn what_check_does_not_read_is_refused_in_the_same_words_at_its_place() {
    let (top, zero) = ("0:0-0:17 not-checked", "a zero byte is not text");
    let cases = [
        ("zero.md", "markdown", "# 한\n\n🤝 a\0 China containment\n", "2:4-2:5 not-checked", zero),
        ("mark.txt", "plaintext", "\u{feff}a\r\n\0", "1:0-1:1 not-checked", zero),
        ("draft.PAGES", "markdown", "China containment\n", top, ".pages drafts are not read"),
    ];
    let folder = workspace();
    let mut client = Client::open(&folder.path(""), able());
    for (name, language, text, place, reason) in cases {
        folder.write(name, text.as_bytes());
        let file = uri(&folder.path(name));
        client.did_open(&file, language, text);
        let found = client.diagnostics(&file, 1);
        assert_eq!(places(&found), [place], "{name}");
        let message = found[0]["message"].as_str().expect("a text");
        assert!(message.contains(reason), "{message}");
        comity().args(["check", "-q", name]).in_dir(&folder).run().is(2, "", &format!("error: {message}\n"));
    }
    // What an editor shows of a document is not what `comity check` reads.
    let file = uri(&folder.path("draft.docx"));
    client.did_open(&file, "plaintext", "China containment\n");
    let found = client.diagnostics(&file, 1);
    assert_eq!(places(&found), [top]);
    assert!(found[0]["message"].as_str().is_some_and(|message| message.contains("is not text; comity check reads it")));
    let ignored = folder.path("comity.yml");
    folder.write("comity.yml", format!("{CONFIG}ignore: [zero.md]\n").as_bytes());
    client.tell("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": uri(&ignored), "type": 2}]}));
    assert_eq!(client.diagnostics(&uri(&folder.path("zero.md")), 1), Vec::<Value>::new());
}

#[test]
fn a_zero_byte_in_a_pack_or_a_configuration_is_told_as_check_tells_it() {
    let folder = workspace();
    let mut client = Client::open(&folder.path(""), able());
    let pack = "schema: 1\npack: house\nrules: []\0\n";
    for (name, text, place) in [("comity.yml", "packs: []\n\0", "1:0-1:1 yaml"), ("house.yml", pack, "2:9-2:10 yaml")] {
        let file = uri(&folder.path(name));
        client.did_open(&file, "yaml", text);
        let found = client.diagnostics(&file, 1);
        assert_eq!(places(&found), [place], "{name}");
        let reason = found[0]["message"].as_str().expect("a text").to_owned();
        folder.write(name, text.as_bytes());
        let said = comity().args(["check", "-q", "draft.md"]).in_dir(&folder).run().stderr;
        assert!(said.ends_with(&format!("{name}: {reason}\n")), "{said} {reason}");
        folder.write(name, if name == "comity.yml" { CONFIG } else { PACK }.as_bytes());
    }
}

#[test]
fn half_of_a_surrogate_pair_keeps_nobody_from_checking() {
    let folder = workspace();
    let mut client = Client::open(&folder.path(""), able());
    let draft = uri(&folder.path("new.md"));
    let opened = json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument":
        {"uri": draft, "languageId": "markdown", "version": 1, "text": "HALF China containment"}}});
    client.send_raw(&opened.to_string().replace("HALF", "\\ud83e"));
    assert_eq!(places(&client.diagnostics(&draft, 1)), ["0:2-0:19 house/containment"]);
    // The other half is typed before it, and still is one unit.
    let place = json!({"line": 0, "character": 0});
    let changed = json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {
        "textDocument": {"uri": draft, "version": 2},
        "contentChanges": [{"range": {"start": place, "end": place}, "text": "HALF"}]}});
    client.send_raw(&changed.to_string().replace("HALF", "\\udd1d"));
    assert_eq!(places(&client.diagnostics(&draft, 2)), ["0:3-0:20 house/containment"]);
}

#[test]
fn a_life_begins_with_initialize_and_ends_with_exit() {
    const NOT_INITIALIZED: i64 = -32002;
    const INVALID_REQUEST: i64 = -32600;
    const METHOD_NOT_FOUND: i64 = -32601;
    const INVALID_PARAMS: i64 = -32602;
    let folder = workspace();
    let mut client = Client::start(&folder.path(""), &[]);
    assert_eq!(client.ask_in_vain("textDocument/hover", json!({})), NOT_INITIALIZED);
    client.tell("textDocument/didOpen", json!({"ignored": true}));
    client.initialize(&folder.path(""), json!({}), Value::Null);
    assert_eq!(client.ask_in_vain("initialize", json!({})), INVALID_REQUEST);
    assert_eq!(client.ask_in_vain("textDocument/rename", json!({})), METHOD_NOT_FOUND);
    for method in
        ["textDocument/hover", "textDocument/diagnostic", "textDocument/codeAction", "textDocument/completion"]
    {
        assert_eq!(client.ask_in_vain(method, json!({"textDocument": 5})), INVALID_PARAMS, "{method}");
    }
    for bad in
        [json!({}), json!({"textDocument": {"uri": "file:///never/opened.md", "version": 1}, "contentChanges": []})]
    {
        client.tell("textDocument/didChange", bad);
        client.wait_for(|message| message["method"] == "window/logMessage");
    }
    client.tell("$/unknown", json!({}));
    client.send_raw("{not json");
    let answer = client.wait_for(|message| message["error"]["code"] == -32700);
    assert_eq!(answer["id"], Value::Null);
    client.ask("shutdown", Value::Null);
    assert_eq!(client.ask_in_vain("textDocument/hover", json!({})), INVALID_REQUEST);
    client.tell("exit", Value::Null);
    assert_eq!(client.hang_up(), Some(0));
}

#[test]
fn an_editor_that_leaves_without_a_word_is_an_exit_code_of_1() {
    let folder = workspace();
    assert_eq!(Client::start(&folder.path(""), &[]).hang_up(), Some(1));
    let mut client = Client::open(&folder.path(""), json!({}));
    client.tell("exit", Value::Null);
    assert_eq!(client.hang_up(), Some(1));
    let mut client = Client::open(&folder.path(""), json!({}));
    client.ask("shutdown", Value::Null);
    assert_eq!(client.hang_up(), Some(0), "the end of the messages stands for `exit`");
}

#[test]
fn a_request_that_waits_can_be_taken_back() {
    let folder = workspace();
    let mut client = Client::open(&folder.path(""), able());
    // Long enough that the check is not over before the next message is read.
    let long = DRAFT.repeat(20_000);
    let draft = uri(&folder.path("draft.md"));
    client.did_open(&draft, "markdown", &long);
    let id = client
        .begin("textDocument/hover", json!({"textDocument": {"uri": draft}, "position": {"line": 2, "character": 12}}));
    client.tell("$/cancelRequest", json!({"id": id}));
    assert_eq!(client.answer(id)["error"]["code"], -32800);
    // One that waits for a document that is closed is answered.
    client.did_change(&draft, 2, json!([{"text": long}]));
    let id = client
        .begin("textDocument/hover", json!({"textDocument": {"uri": draft}, "position": {"line": 2, "character": 12}}));
    client.tell("textDocument/didClose", json!({"textDocument": {"uri": draft}}));
    assert_eq!(client.answer(id)["result"], Value::Null);
}
