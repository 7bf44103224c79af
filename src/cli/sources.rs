//! `comity rules --format sources`: the documents that rules come from, and what is known of each.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::config::Config;
use crate::escape::markdown::{link, text};
use crate::{Rule, Source};

/// A document, and the rules that come from it.
type Cited<'c> = (&'c Source, Vec<&'c Rule>);

/// Writes a table of the sources of the rules that were chosen, and counts those that name none.
pub(super) fn write(out: &mut impl Write, config: &Config) -> io::Result<()> {
    let mut cited: BTreeMap<(&str, Option<&str>), Cited<'_>> = BTreeMap::new();
    let (mut all, mut of_the_house) = (0, 0);
    for rule in &config.rules {
        all += 1;
        match rule.source() {
            Some(source) => {
                let key = (source.title.as_str(), source.url.as_deref());
                let entry = cited.entry(key).or_insert((source, Vec::new()));
                // Of several packs that cite one document, one may say more.
                if entry.0.found.is_none() {
                    entry.0 = source;
                }
                entry.1.push(rule);
            }
            None => of_the_house += 1,
        }
    }
    let looked_up = cited.values().filter(|(source, _)| source.checked.is_some()).count();
    writeln!(out, "# Sources\n")?;
    writeln!(
        out,
        "Where the rules come from: {} documents, of which {looked_up} were looked up on the day that the table gives, with what was found then. \
         {of_the_house} of {all} rules are the house's own; each of these says in its `why` what speaks for it. This page is printed by \
         `comity rules --format sources`.\n",
        cited.len()
    )?;
    writeln!(out, "| source | rules | looked up | what was found |\n|---|---|---|---|")?;
    for (source, rules) in cited.values() {
        let checked = source.checked.as_deref().unwrap_or("no");
        let found = source.found.as_deref().unwrap_or_default();
        writeln!(
            out,
            "| {} | {} | {} | {} |",
            link(&source.title, source.url.as_deref()),
            text(&names(rules)),
            text(checked),
            text(found)
        )?;
    }
    Ok(())
}

/// The rules, by pack: `names: kyiv, kharkiv; register: hype`.
fn names(rules: &[&Rule]) -> String {
    let mut packs: Vec<(&str, Vec<&str>)> = Vec::new();
    for rule in rules {
        let pack = rule.id().pack();
        let name = &rule.id().as_str()[pack.len() + 1..];
        match packs.last_mut().filter(|(last, _)| *last == pack) {
            Some((_, names)) => names.push(name),
            None => packs.push((pack, vec![name])),
        }
    }
    packs.iter().map(|(pack, names)| format!("{pack}: {}", names.join(", "))).collect::<Vec<_>>().join("; ")
}
