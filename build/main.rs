//! Compiles the packs of `rules/` into the program, so that a start does no work that could be done before.
//!
//! Each pack is there as it is, for those who ask about a rule. Each rule is there once more as a pack of its own in JSON,
//! read when a draft holds something that it looks for. What each looks for is told here, by the very code that the program
//! finds it with, and goes into one index: see `src/rule/builtin/`.
//!
//! The gazetteer of `data/gazetteer.yml`, and the style and the script of the HTML report go in as well.

// The program's own modules are used in part.
#![allow(dead_code)]
#![allow(clippy::print_stdout, reason = "it is how a build script talks to cargo")]
#![allow(unreachable_pub, reason = "modules of the program are public there")]

mod automaton;
mod beginnings;
mod index;
mod lists;
mod names;
mod page;
mod rule;
#[path = "../src/span.rs"]
mod span;
#[path = "../src/table.rs"]
mod table;
mod text;

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use beginnings::PrefixTables;
use index::Index;
use serde_yaml::{Mapping, Value};

/// The schema of packs, as the program writes it.
const SCHEMA: &str = "schemas/pack.schema.json";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=rules");
    let root = env::var("CARGO_MANIFEST_DIR")?;
    let out = env::var("OUT_DIR")?;
    let mut files: Vec<_> = fs::read_dir(Path::new(&root).join("rules"))?.collect::<Result<_, _>>()?;
    files.sort_by_key(|file| file.path());
    println!("cargo::rerun-if-changed={SCHEMA}");
    let schema = fs::read_to_string(Path::new(&root).join(SCHEMA)).map_err(|error| format!("{SCHEMA}: {error}"))?;
    let mut index = Index::new(index::phrase_keys(&schema).map_err(|error| format!("{SCHEMA}: {error}"))?);
    let mut beginnings = PrefixTables::default();
    let mut table = String::from("pub(in crate::rule) const PACKS: &[Builtin] = &[\n");
    let mut packs = Vec::new();
    for file in files {
        let path = file.path();
        let (Some(name), Some("yml")) =
            (path.file_stem().and_then(|s| s.to_str()), path.extension().and_then(|e| e.to_str()))
        else {
            continue;
        };
        let text = fs::read_to_string(&path)?;
        let pack: Mapping = serde_yaml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        packs.push((name.to_owned(), path, pack));
    }
    let all: Vec<Mapping> = packs.iter().map(|(_, _, pack)| pack.clone()).collect();
    for (name, path, mut pack) in packs {
        lists::take_used(&mut pack, &all).map_err(|error| format!("{}: {error}", path.display()))?;
        let rules = write_rules(&pack, &mut index, &mut beginnings, Path::new(&out))
            .map_err(|error| format!("{}: {error}", path.display()))?;
        let title = pack.get("title").and_then(Value::as_str).unwrap_or(&name);
        let description = pack.get("description").and_then(Value::as_str);
        let language = pack.get("language").and_then(Value::as_str);
        let optional = pack.get("optional").and_then(Value::as_bool).unwrap_or(false);
        writeln!(
            table,
            "Builtin {{ name: {name:?}, file: \"rules/{name}.yml\", title: {title:?}, description: {description:?}, \
             language: {language:?}, optional: {optional}, text: include_str!({path:?}), rules: &[{rules}] }},"
        )?;
    }
    table.push_str("];\n");
    let out = Path::new(&out);
    fs::write(out.join("packs.rs"), table)?;
    index.write(out)?;
    beginnings.write(out)?;
    names::write(Path::new(&root), out)?;
    page::write(Path::new(&root), out)?;
    text::lookalike::write(out)?;
    Ok(())
}

/// A constant for each rule of a pack. Automata are written into `out`.
fn write_rules(
    pack: &Mapping,
    index: &mut Index,
    beginnings: &mut PrefixTables,
    out: &Path,
) -> Result<String, Box<dyn Error>> {
    let rules = pack.get("rules").and_then(Value::as_sequence).ok_or("`rules` is no list")?;
    let pack_name = pack.get("pack").and_then(Value::as_str).ok_or("`pack` is no text")?;
    let defaults = pack.get("defaults").and_then(Value::as_mapping);
    let lists = lists::read(pack)?;
    let mut written = String::new();
    for rule in rules {
        let rule = rule.as_mapping().ok_or("a rule is no mapping")?;
        let value = |key: &str| rule.get(key).or_else(|| defaults?.get(key));
        let text = |key: &str| value(key).and_then(Value::as_str);
        let id = text("id").ok_or("a rule has no id")?;
        if value("boundary").or_else(|| pack.get("boundary")).is_some() {
            return Err(format!("{id}: the table of tokens takes no `boundary`").into());
        }
        let id = format!("{pack_name}/{id}");
        let terms = index.add(rule, &lists).map_err(|error| format!("{id}: {error}"))?;
        let automaton = match text("regex").and_then(automaton::automaton) {
            Some(bytes) => {
                let file = out.join(format!("{}.automaton", id.replace('/', "-")));
                fs::write(&file, bytes)?;
                format!("Some(include_bytes!({file:?}))")
            }
            None => "None".to_owned(),
        };
        let severity = text("severity").unwrap_or("warning");
        let redline = rule.get("redline").and_then(Value::as_bool).unwrap_or(false);
        let tags: Vec<String> = texts(value("tags")).iter().map(|tag| format!("Cow::Borrowed({tag:?})")).collect();
        let json = serde_json::to_string(&pack_of_one(pack, rule)?)?;
        writeln!(
            written,
            "BuiltinRule {{ id: {id:?}, severity: {severity:?}, redline: {redline}, tags: &[{}], json: {json:?}, \
             phrases: &{:?}, exceptions: {}, paired: {}, first: {}, gapped: &{:?}, clauses: {}, begun: {:?}, needed: &{:?}, \
             automaton: {automaton}, prefilter: Prefilter::{:?} }},",
            tags.join(", "),
            terms.phrases,
            terms.exceptions,
            terms.paired,
            index.number_phrases(terms.phrases.len()),
            terms.gapped,
            terms.clauses,
            beginnings.add(&terms.shapes),
            terms.needed,
            terms.prefilter
        )?;
    }
    Ok(written)
}

/// The rule as the one rule of its pack, without what is not needed to check a draft.
fn pack_of_one(pack: &Mapping, rule: &Mapping) -> Result<Mapping, Box<dyn Error>> {
    let mut rule = rule.clone();
    rule.remove("examples");
    let mut one = pack.clone();
    if let (Some(sources), Some(used)) = (one.get_mut("sources").and_then(Value::as_mapping_mut), rule.get("source")) {
        sources.retain(|name, _| name == used);
        for source in sources.values_mut().filter_map(Value::as_mapping_mut) {
            source.remove("checked");
            source.remove("found");
        }
    }
    for key in ["title", "description", "optional"] {
        one.remove(key);
    }
    one.insert("rules".into(), Value::Sequence(vec![Value::Mapping(rule)]));
    lists::keep_used(&mut one)?;
    Ok(one)
}

/// The strings of a list, or a single string.
pub(crate) fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Sequence(items)) => items.iter().flat_map(|item| texts(Some(item))).collect(),
        _ => Vec::new(),
    }
}
