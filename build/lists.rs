//! The named lists of packs: those that a pack uses of others are put into it, and each rule keeps those that it names.

use std::error::Error;

use serde_yaml::{Mapping, Value};

use crate::rule::phrase::lists::{NamedList, PhraseLists, used_by};
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

/// The lists of a pack as it gives them.
fn named(pack: &Mapping) -> Result<Vec<NamedList>, Box<dyn Error>> {
    let lists = pack.get(LISTS).and_then(Value::as_mapping).into_iter().flatten();
    let list = |(name, wordings): (&Value, &Value)| {
        let name = name.as_str().ok_or("the name of a list is no text")?.to_owned();
        Ok(NamedList { name, wordings: texts(Some(wordings)) })
    };
    lists.map(list).collect()
}

/// The lists of a pack.
pub(crate) fn read(pack: &Mapping) -> Result<PhraseLists, Box<dyn Error>> {
    let mut lists = PhraseLists::default();
    for NamedList { name, wordings } in named(pack)? {
        let trees = wordings.iter().map(|wording| parse_listed(wording, &lists)).collect::<Result<_, _>>();
        lists.insert(&name, trees.map_err(|error| format!("list `{name}`: {error}"))?);
    }
    Ok(lists)
}

/// Leaves a pack of one rule only the lists that the rule names, and those that these name.
pub(crate) fn keep_used(pack: &mut Mapping) -> Result<(), Box<dyn Error>> {
    let lists = named(pack)?;
    let mut phrases = Vec::new();
    pack.get("rules").into_iter().for_each(|rules| add_texts(rules, &mut phrases));
    let used = used_by(&lists, &phrases).into_iter();
    let used: Mapping = used.map(|list| (list.name.clone().into(), list.wordings.clone().into())).collect();
    pack.remove(LISTS);
    if !used.is_empty() {
        pack.insert(LISTS.into(), Value::Mapping(used));
    }
    Ok(())
}

/// All texts of a value, keys among them.
fn add_texts<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Sequence(items) => items.iter().for_each(|item| add_texts(item, found)),
        Value::Mapping(map) => map.iter().for_each(|(key, value)| {
            add_texts(key, found);
            add_texts(value, found);
        }),
        _ => {}
    }
}
