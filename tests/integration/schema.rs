//! The JSON Schemas: current as they are checked in, and never of another mind than the readers of packs and configurations.
//!
//! `SNAPSHOTS=overwrite cargo test --test integration schema::` writes them anew. Files that are sound, one for each kind of rule with all of
//! its keys, are changed at every value in many ways; a schema must refuse exactly what the reader refuses.

use std::collections::BTreeSet;

use crate::common::{comity, folder, root};
use comity::config::{Config, ConfigError, Options};
use comity::{Pack, Problem, Problems, Span, YamlError, schema};
use jsonschema::{ValidationError, Validator, error::ValidationErrorKind};
use serde_json::{Value, json};
use snapbox::{Data, assert_data_eq};

/// A text that is no key and no value anywhere, and near none.
const STRANGER: &str = "zzzzzzzzzzzzzzzz";

/// What a reader says of the shape of a file. What it says of phrases, figures, sources and the like, no schema can tell.
const OF_SHAPE: &[&str] = &[
    "wrong-type", "unknown-key", "unknown-value", "unknown-schema", "unknown-pack", "missing-key", "missing-value",
    "bad-name", "bad-redline",
];

/// For each kind, all of its own keys.
const KINDS: &[&str] = &[
    "kind: phrase, phrases: [a b], suggest: [c, d], swap: {e~: f~, g: [h, i]}",
    "phrases: a b, scope: heading, tags: t, objection: China, forms: {a: b}, examples: {flag: x, pass: y}",
    "kind: pattern, regex: 'a(b)', suggest: ['$1']",
    "kind: near, phrases: [a], with: [b], within: {words: 8}, suggest: [c]",
    "kind: near, phrases: [a], with: [b], within: sentence",
    "kind: require, phrases: [a], when: [b], within: section",
    "kind: term, use: Alpha Beta, short: =AB, not: [Alfa Beta]",
    "kind: consistent, either: [[a], b]",
    "kind: limit, phrases: [a], max: 2, per: 1000-words, suggest: [b]",
    "kind: formula, text: [one two three], similarity: 0.8, inflected: true",
    "kind: figure, units: [money, percent], near: [a], allow: [10 percent]",
    "kind: order, names: [[ROK, Korea], US], first: ROK",
    "kind: balance, parties: {rok: [ROK], us: US}, verbs: [will], ratio: 2.5",
    "kind: repeated, words: [that]",
    "kind: lookalike",
    "kind: weekday, find: impossible",
    "kind: suppression, fault: unused",
    "kind: numbering",
    "kind: promised, find: references",
    "kind: spelling, titles: [Rapporteur]",
    "kind: ordinal",
    "kind: undefined, phrases: [=Area], known: [Free Area]",
    "kind: reads-as, document: treaty",
    "kind: residue, of: [comment, insertion]",
    "kind: change, of: [weakened, name-dropped]",
];

/// The keys that every rule has, and that the rules above do not have already.
const COMMON: &str = "id: r, severity: error, redline: true, message: '{match}', why: w, objection: [China], guard: [KR], between: [KR], concern: style, documents: [statement, letter], \
                      since: 2002-05-20, each: true, unconcerned: silent, as: noun, source: house, tags: [t], \
                      fix: safe, except: [z], scope: [title, list], quoted: skip, boundary: left, forms: {input: [inputs, input, inputting]}, \
                      examples: {flag: [x], pass: [y], fixed: {x: y}}";

const CONFIG: &str = "{packs: [framing], rules: [house.yml], disable: [slogan], severity: {framing: note, house/a: error}, \
                      ignore: [old/], fail-on: never, document: memorandum, parties: [KR, US], guard: [China], \
                      overrides: [{files: [a], document: treaty, parties: [JP], guard: ASEAN, disable: [china], severity: {names: warning}}, {files: b}]}";

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// A sound pack for each kind of rule.
fn packs() -> Vec<Value> {
    let pack = |own: &&str| {
        let mut rule = yaml(&format!("{{{COMMON}}}"));
        let rule_keys = rule.as_object_mut().expect("it is a mapping");
        rule_keys.extend(yaml(&format!("{{{own}}}")).as_object().expect("it is a mapping").clone());
        json!({
            "schema": 1, "pack": "t", "title": "T", "description": "D", "language": "en", "boundary": "left",
            "sources": {"s": {"title": "S", "url": "https://example.org", "checked": "2026-11-30", "found": "F"}},
            "optional": true, "lists": {"china": ["China", "the PRC"]}, "rules": [rule],
        })
    };
    KINDS.iter().map(pack).collect()
}

/// What the reader of packs says of the shape of a file.
fn pack_faults(file: &Value) -> Vec<Problem> {
    of_shape(Pack::parse("t.yml", &file.to_string()).err())
}

/// What the reader of configurations says of the shape of a file.
fn config_faults(file: &Value) -> Vec<Problem> {
    let files = folder([("comity.yml", file.to_string())]);
    let Err(ConfigError::Files(broken)) = Config::load(Some(&files.path("comity.yml")), &Options::default()) else {
        return Vec::new();
    };
    // The packs that it names are other files.
    match broken.into_iter().find(|file| file.named.is_none()).map(|file| file.error) {
        None => Vec::new(),
        Some(YamlError::Invalid(problems)) => of_shape(Some(problems)),
        Some(error @ YamlError::Foreign { .. }) => {
            vec![Problem { code: "wrong-type", message: error.to_string(), span: Span::new(0, 0), help: None }]
        }
        Some(error) => panic!("{error}"),
    }
}

fn of_shape(problems: Option<Problems>) -> Vec<Problem> {
    let all = problems.map(|problems| problems.list).unwrap_or_default().into_iter();
    // A name that the same rule must have elsewhere is no value of a fixed choice.
    all.filter(|problem| OF_SHAPE.contains(&problem.code) && !problem.message.ends_with("is no party of this rule"))
        .collect()
}

fn validator(schema: &Value) -> Validator {
    jsonschema::draft7::new(schema).unwrap_or_else(|error| panic!("{error}"))
}

/// The errors of a file, those of each alternative among them.
fn errors(validator: &Validator, file: &Value) -> Vec<(String, Value)> {
    fn add(error: &ValidationError<'_>, found: &mut Vec<(String, Value)>) {
        if let ValidationErrorKind::AnyOf { context } = error.kind() {
            context.iter().flatten().for_each(|error| add(error, found));
        }
        found.push((error.schema_path().as_str().to_owned(), error.instance().clone().into_owned()));
    }
    let mut found = Vec::new();
    validator.iter_errors(file).for_each(|error| add(&error, &mut found));
    found
}

/// The ways to every value of a file, as JSON pointers.
fn pointers(value: &Value) -> Vec<String> {
    let below: Vec<(String, &Value)> = match value {
        Value::Object(map) => {
            map.iter().map(|(key, value)| (key.replace('~', "~0").replace('/', "~1"), value)).collect()
        }
        Value::Array(items) => items.iter().enumerate().map(|(i, value)| (i.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    let mut found = vec![String::new()];
    found.extend(
        below.iter().flat_map(|(step, value)| pointers(value).into_iter().map(move |rest| format!("/{step}{rest}"))),
    );
    found
}

/// The file with something else at one place, in every way that is tried.
fn changed(file: &Value) -> Vec<(String, Value)> {
    let others = [
        json!(true),
        json!(0),
        json!(3),
        json!(-1),
        json!(0.5),
        json!(""),
        json!(STRANGER),
        json!([]),
        json!({}),
        json!([STRANGER]),
        json!([7]),
        json!([[]]),
        json!({STRANGER: 7}),
        json!({STRANGER: STRANGER}),
        json!({STRANGER: {}}),
    ];
    let mut all = Vec::new();
    for pointer in pointers(file) {
        let mut put = |what: String, change: &dyn Fn(&mut Value)| {
            let mut copy = file.clone();
            change(copy.pointer_mut(&pointer).expect("the file has this value"));
            all.push((format!("{what} at `{pointer}`"), copy));
        };
        for other in &others {
            put(other.to_string(), &|value| *value = other.clone());
        }
        let Some(map) = file.pointer(&pointer).and_then(Value::as_object) else {
            continue;
        };
        put("a strange key".to_owned(), &|value| value[STRANGER] = json!(STRANGER));
        for key in map.keys() {
            put(format!("no `{key}`"), &|value| {
                value.as_object_mut().expect("it is a mapping").remove(key);
            });
        }
    }
    all
}

/// The names between backticks.
fn names(help: &str) -> BTreeSet<String> {
    help.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Where the reader lists the keys or values that may stand somewhere, the schema must have the same.
fn compare_lists(schema: &Value, faults: &[Problem], errors: &[(String, Value)], what: &str) {
    let texts = |value: &Value| -> BTreeSet<String> {
        value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    for fault in faults {
        let (keyword, prefix) = match fault.code {
            "unknown-key" if fault.message.contains(STRANGER) => ("additionalProperties", "the keys here are "),
            "unknown-value" if fault.message.contains(STRANGER) => ("enum", "write "),
            _ => continue,
        };
        let help = fault.help.as_deref().unwrap_or_default();
        let Some(listed) = help.strip_prefix(prefix).map(names) else {
            panic!("{what}: the reader lists nothing: {help}");
        };
        let places = errors.iter().filter_map(|(path, _)| path.strip_suffix(&format!("/{keyword}")));
        let known: Vec<BTreeSet<String>> = places
            .filter_map(|place| schema.pointer(place))
            .map(|place| match keyword {
                "enum" => texts(&place["enum"]),
                _ => place["properties"].as_object().map(|keys| keys.keys().cloned().collect()).unwrap_or_default(),
            })
            .collect();
        assert!(known.contains(&listed), "{what}: the reader knows {listed:?}, the schema {known:?}");
    }
}

/// Holds a schema to a reader over every change of some sound files.
fn hold(schema: &Value, sound: &[Value], faults_of: impl Fn(&Value) -> Vec<Problem>) {
    let validator = validator(schema);
    let (mut refused, mut accepted) = (0, 0);
    for file in sound {
        assert_eq!((faults_of(file), errors(&validator, file)), (vec![], vec![]), "{file}");
        for (what, file) in changed(file) {
            let (faults, errors) = (faults_of(&file), errors(&validator, &file));
            assert_eq!(faults.is_empty(), errors.is_empty(), "{what}: reader {faults:?}, schema {errors:?}\n{file}");
            compare_lists(schema, &faults, &errors, &what);
            if faults.is_empty() { accepted += 1 } else { refused += 1 }
        }
    }
    assert!(refused > 100 && accepted > 30, "{refused} refused, {accepted} accepted");
}

#[test]
fn the_schema_of_packs_refuses_what_their_reader_refuses_and_nothing_else() {
    let schema = schema::pack();
    let kinds: BTreeSet<&str> =
        KINDS.iter().filter_map(|keys| keys.strip_prefix("kind: ")?.split(',').next()).collect();
    let known = &schema["properties"]["rules"]["items"]["properties"]["kind"]["enum"];
    let known: BTreeSet<&str> = known.as_array().expect("there are kinds").iter().filter_map(Value::as_str).collect();
    assert_eq!(kinds, known, "every kind is tried");
    hold(&schema, &packs(), pack_faults);
}

#[test]
fn the_schema_of_configurations_refuses_what_their_reader_refuses_and_nothing_else() {
    hold(&schema::config(), &[yaml(CONFIG)], config_faults);
}

#[test]
fn a_schema_knows_every_key_of_a_kind_and_no_key_of_another() {
    let schema = schema::pack();
    let mut seen = BTreeSet::new();
    for pack in packs() {
        let rule = pack["rules"][0].as_object().expect("a rule is a mapping");
        let kind = rule.get("kind").and_then(Value::as_str).unwrap_or("phrase");
        let all = schema["properties"]["rules"]["items"]["allOf"].as_array().expect("it is a list");
        let of_kind = all.iter().find(|one| one["if"]["properties"]["kind"]["const"] == kind).expect("it has the kind");
        let known: BTreeSet<&String> = of_kind["then"]["properties"].as_object().expect("it has keys").keys().collect();
        let used: BTreeSet<&String> = rule.keys().collect();
        // The first rule of a kind has every key.
        if seen.insert(kind.to_owned()) {
            assert_eq!(used, known, "{kind}");
        }
    }
}

#[test]
fn the_packs_that_ship_are_sound_by_their_schema() {
    let validator = validator(&schema::pack());
    for name in Pack::builtin_names() {
        let text = std::fs::read_to_string(root().join("rules").join(name).with_extension("yml")).unwrap();
        assert_eq!(errors(&validator, &yaml(&text)), [], "{name}");
        assert!(text.starts_with("# yaml-language-server: $schema=../schemas/pack.schema.json\n"), "{name}");
    }
}

#[test]
fn a_broken_pack_whose_shape_is_wrong_is_refused() {
    let validator = validator(&schema::pack());
    let (mut refused, mut accepted) = (Vec::new(), Vec::new());
    for file in std::fs::read_dir(root().join("fixtures/packs")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "yml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        // What is no YAML has no shape.
        let Ok(file) = serde_yaml::from_str::<Value>(&text) else {
            continue;
        };
        let faults = of_shape(Pack::parse("t.yml", &text).err());
        assert_eq!(faults.is_empty(), validator.is_valid(&file), "{name}: {faults:?}");
        if faults.is_empty() { accepted.push(name) } else { refused.push(name) }
    }
    assert!(refused.len() >= 6 && accepted.len() >= 3, "{refused:?} {accepted:?}");
}

/// The YAML in the fenced blocks of a page.
fn blocks(page: &str) -> Vec<String> {
    let text = std::fs::read_to_string(root().join(page)).expect("the page is there");
    let fenced = text.split("\n```").skip(1).step_by(2);
    fenced.filter_map(|block| block.strip_prefix("yaml\n")).map(str::to_owned).collect()
}

#[test]
fn the_examples_of_the_manual_are_sound_by_their_schema() {
    let (packs, configs) = (validator(&schema::pack()), validator(&schema::config()));
    let mut tried = 0;
    for text in ["docs/packs.md", "README.md"].into_iter().flat_map(blocks) {
        let file = match yaml(&text) {
            rules @ Value::Array(_) => json!({"schema": 1, "pack": "t", "rules": rules}),
            other if other.get("schema").is_some() => other,
            _ => continue,
        };
        assert_eq!(errors(&packs, &file), [], "{text}");
        tried += 1;
    }
    for text in blocks("docs/configuration.md") {
        assert_eq!(errors(&configs, &yaml(&text)), [], "{text}");
        tried += 1;
    }
    assert!(tried >= 18, "{tried}");
}

#[test]
fn the_template_of_init_is_sound_once_its_comments_are_taken_away() {
    let text = std::fs::read_to_string(root().join("src/cli/init.yml")).unwrap();
    // Each paragraph is prose, and then a key.
    let is_key = |line: &str| {
        line.split(':').next().is_some_and(|key| key[2..].bytes().all(|b| b == b'-' || b.is_ascii_lowercase()))
    };
    let keys = text.split("\n\n").flat_map(|part| part.lines().skip_while(|line| !line.contains(':') || !is_key(line)));
    let file = yaml(&keys.map(|line| &line[2..]).collect::<Vec<_>>().join("\n"));
    assert_eq!(file.as_object().map(serde_json::Map::len), Some(10), "{file}");
    assert_eq!(errors(&validator(&schema::config()), &file), []);
}

#[test]
fn the_schemas_that_are_checked_in_are_what_the_program_prints() {
    for (what, name) in [("pack", "pack.schema.json"), ("config", "comity.schema.json")] {
        let output = comity().args(["schema", what]).run();
        assert_eq!((output.code, output.stderr.as_str()), (0, ""));
        for folder in ["schemas", "examples/comity-statement-check/schemas"] {
            assert_data_eq!(output.stdout.as_str(), Data::read_from(&root().join(folder).join(name), None).raw());
        }
    }
    assert_eq!(comity().arg("schema").run().stdout, comity().args(["schema", "pack"]).run().stdout);
}

#[test]
fn init_writes_the_schemas_beside_the_configuration_that_names_them() {
    let files = folder([("d.md", "Peace.\n")]);
    let run = |args: &[&str]| comity().args(args.iter().copied()).in_dir(&files).run();
    let output = run(&["init", "--schema"]);
    assert_eq!((output.code, output.stdout.as_str()), (0, ""), "{output:?}");
    assert!(
        output.stderr.contains("\nwrote schemas/comity.schema.json\nwrote schemas/pack.schema.json\n"),
        "{output:?}"
    );
    let modeline = "# yaml-language-server: $schema=schemas/comity.schema.json\n";
    assert!(files.read("comity.yml").starts_with(modeline));
    assert_eq!(files.read("schemas/comity.schema.json"), run(&["schema", "config"]).stdout);
    assert_eq!(files.read("schemas/pack.schema.json"), run(&["schema", "pack"]).stdout);
    assert_eq!(run(&["check", "-q"]).code, 0);
    files.write("schemas/pack.schema.json", b"{}");
    assert_eq!(run(&["init", "--schema"]).code, 2, "a configuration that is there stays");
    assert_eq!(files.read("schemas/pack.schema.json"), "{}");
    assert_eq!(run(&["init", "--schema", "--force"]).code, 0);
    assert_eq!(files.read("schemas/pack.schema.json"), run(&["schema", "pack"]).stdout);
}
