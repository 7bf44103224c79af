//! The named lists of packs: those that a pack uses of others are put into it, and each rule keeps those that it names.

use std::error::Error;

use serde_yaml::{Mapping, Value};

use crate::rule::phrase::lists::{PhraseLists, list_names};
use crate::rule::phrase::parse::parse_listed;
use crate::texts;

/// The keys of a pack for lists of its own and of others.
const LISTS: &str = "lists";
const USE: &str = "use";

/// Puts the lists that a pack uses of others, which ship as well, before its own.
pub(crate) fn take_used(pack: &mut Mapping, all: &[Mapping]) -> Result<(), Box<dyn Error>> {
    let mut lists = Mapping::new();
    add_lists(pack, all, &mut lists, 0)?;
    pack.remove(USE);
    if !lists.is_empty() {
        pack.insert(LISTS.into(), Value::Mapping(lists));
    }
    Ok(())
}

fn add_lists(pack: &Mapping, all: &[Mapping], lists: &mut Mapping, depth: usize) -> Result<(), Box<dyn Error>> {
    for name in texts(pack.get(USE)) {
        let used = all.iter().find(|other| other.get("pack").and_then(Value::as_str) == Some(&name));
        let used = used.filter(|_| depth < all.len()).ok_or_else(|| format!("`use: {name}` names no other pack"))?;
        add_lists(used, all, lists, depth + 1)?;
    }
    for (name, wordings) in pack.get(LISTS).and_then(Value::as_mapping).into_iter().flatten() {
        lists.insert(name.clone(), wordings.clone());
    }
    Ok(())
}

/// The lists of a pack.
pub(crate) fn read(pack: &Mapping) -> Result<PhraseLists, Box<dyn Error>> {
    let mut lists = PhraseLists::default();
    for (name, wordings) in pack.get(LISTS).and_then(Value::as_mapping).into_iter().flatten() {
        let name = name.as_str().ok_or("the name of a list is no text")?;
        let wordings = texts(Some(wordings));
        let trees = wordings.iter().map(|wording| parse_listed(wording, &lists)).collect::<Result<_, _>>();
        lists.insert(name, trees.map_err(|error| format!("list `{name}`: {error}"))?);
    }
    Ok(lists)
}

/// Leaves a pack of one rule only the lists that the rule names, and those that these name.
pub(crate) fn keep_used(pack: &mut Mapping) {
    let Some(Value::Mapping(lists)) = pack.remove(LISTS) else {
        return;
    };
    let mut names: Vec<String> = Vec::new();
    if let Some(rules) = pack.get("rules") {
        add_names(rules, &mut names);
    }
    // A list names only those above it.
    let entries: Vec<(Value, Value)> = lists.into_iter().collect();
    let mut used: Vec<(Value, Value)> = Vec::new();
    for (name, wordings) in entries.into_iter().rev() {
        if name.as_str().is_some_and(|name| names.iter().any(|known| known == name)) {
            add_names(&wordings, &mut names);
            used.push((name, wordings));
        }
    }
    if !used.is_empty() {
        pack.insert(LISTS.into(), Value::Mapping(used.into_iter().rev().collect()));
    }
}

/// The names of lists in all texts of a value, keys among them.
fn add_names(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::String(text) => names.extend(list_names(text).map(str::to_owned)),
        Value::Sequence(items) => items.iter().for_each(|item| add_names(item, names)),
        Value::Mapping(map) => map.iter().for_each(|(key, value)| {
            add_names(key, names);
            add_names(value, names);
        }),
        _ => {}
    }
}
