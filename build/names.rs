//! The gazetteer: `data/gazetteer.yml`, checked, as a table that finds the number of an entry by the tokens of its folded name, and
//! the tables of states, bodies and entries that `src/names/gazetteer.rs` includes.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_yaml::{Mapping, Value};

use crate::span::Span;
use crate::table;
use crate::text::fold::{fold, fold_str};
use crate::text::tokens::Tokens;
use crate::texts;

const FILE: &str = "data/gazetteer.yml";

/// A name, as `GazetteerEntry` of `src/names/gazetteer.rs`.
struct NameRow {
    written: String,
    capitals: String,
    kind: &'static str,
    /// The number of the state or the body; 0 where there is none.
    number: usize,
    /// The key or the code that it stands under in the file.
    owner: String,
}

#[derive(Default)]
struct Gazetteer {
    /// By folded name.
    entries: BTreeMap<String, NameRow>,
    /// The codes of the states, in order.
    codes: Vec<String>,
    states: String,
    bodies: String,
}

/// Writes the table of names and `names.rs` into `out`.
pub(crate) fn write(root: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={FILE}");
    let text = fs::read_to_string(root.join(FILE)).map_err(|error| format!("{FILE}: {error}"))?;
    let gazetteer = read(&text).map_err(|error| format!("{FILE}: {error}"))?;
    let mut table = table::TableBuilder::default();
    let mut entries = String::new();
    for (place, (folded, entry)) in (0..).zip(&gazetteer.entries) {
        let tokens = Tokens::certain(folded, false);
        table.add(&tokens.ok_or_else(|| format!("`{folded}` may be other tokens in a text"))?, place);
        let NameRow { written, capitals, kind, number, .. } = entry;
        writeln!(
            entries,
            "GazetteerEntry {{ folded: {folded:?}, written: {written:?}, capitals: {capitals:?}, \
             kind: EntryKind::{kind}, number: {number} }},"
        )?;
    }
    table.build().write(out, "names")?;
    let Gazetteer { states, bodies, .. } = gazetteer;
    let tables = format!(
        "static STATES: &[StateRecord] = &[\n{states}];\nstatic BODIES: &[BodyRecord] = &[\n{bodies}];\n\
         static ENTRIES: &[GazetteerEntry] = &[\n{entries}];\n"
    );
    fs::write(out.join("names.rs"), tables)?;
    Ok(())
}

fn read(text: &str) -> Result<Gazetteer, Box<dyn Error>> {
    let file: Mapping = serde_yaml::from_str(text)?;
    know(&file, "the file", &["states", "bodies", "places", "instruments"])?;
    let mut gazetteer = Gazetteer::default();
    let mut states = mappings(&file, "states")?;
    states.sort_by_key(|state| text_of(state, "code").unwrap_or_default());
    for state in &states {
        let code = text_of(state, "code").ok_or("a state has no `code`")?;
        gazetteer.codes.push(code);
    }
    if let Some(twice) = gazetteer.codes.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(format!("the code `{}` stands twice", twice[0]).into());
    }
    for (number, state) in states.iter().enumerate() {
        gazetteer.add_state(number, state)?;
    }
    for (number, body) in mappings(&file, "bodies")?.iter().enumerate() {
        gazetteer.add_body(number, body)?;
    }
    for (key, kind) in [("places", "Place"), ("instruments", "Instrument")] {
        for name in texts(file.get(key)) {
            gazetteer.add(name, kind, 0, key)?;
        }
    }
    Ok(gazetteer)
}

impl Gazetteer {
    fn add_state(&mut self, number: usize, state: &Mapping) -> Result<(), Box<dyn Error>> {
        let code = self.codes[number].clone();
        let keys = ["code", "alpha3", "names", "adjectives", "people", "seats", "former"];
        know(state, &code, &keys)?;
        let is_code = |text: &str, len: usize| text.len() == len && text.bytes().all(|b| b.is_ascii_uppercase());
        let alpha3 = text_of(state, "alpha3").ok_or_else(|| format!("{code} has no `alpha3`"))?;
        if !is_code(&code, 2) || !is_code(&alpha3, 3) {
            return Err(format!("`{code}` and `{alpha3}` are not two and three capitals").into());
        }
        let names = texts(state.get("names"));
        let name = names.first().ok_or_else(|| format!("{code} has no `names`"))?;
        let mut former = String::new();
        for old in state.get("former").map(|_| mappings(state, "former")).transpose()?.unwrap_or_default() {
            know(&old, &code, &["name", "until"])?;
            let old_name = text_of(&old, "name").ok_or_else(|| format!("a former name of {code} has no `name`"))?;
            let until = text_of(&old, "until").filter(|day| is_day(day));
            let until = until.ok_or_else(|| format!("`{old_name}` of {code} is `until` no day such as 2018-04-19"))?;
            write!(former, "({old_name:?}, {until:?}), ")?;
            self.add(old_name, "Former", number, &code)?;
        }
        writeln!(
            self.states,
            "StateRecord {{ code: {code:?}, alpha3: {alpha3:?}, name: {name:?}, former: &[{former}] }},"
        )?;
        let kinds = [("names", "State"), ("adjectives", "Adjective"), ("people", "Adjective"), ("seats", "Seat")];
        for (key, kind) in kinds {
            for name in texts(state.get(key)) {
                self.add(name, kind, number, &code)?;
            }
        }
        Ok(())
    }

    fn add_body(&mut self, number: usize, body: &Mapping) -> Result<(), Box<dyn Error>> {
        let code = text_of(body, "code").ok_or("a body has no `code`")?;
        know(body, &code, &["code", "names", "members"])?;
        let names = texts(body.get("names"));
        let name = names.first().ok_or_else(|| format!("{code} has no `names`"))?;
        let mut members = String::new();
        for member in texts(body.get("members")) {
            let place = self.codes.binary_search(&member);
            let place = place.map_err(|_| format!("`{member}`, a member of {code}, is the code of no state"))?;
            write!(members, "{place}, ")?;
        }
        writeln!(self.bodies, "BodyRecord {{ code: {code:?}, name: {name:?}, members: &[{members}] }},")?;
        for name in names {
            self.add(name, "Body", number, &code)?;
        }
        Ok(())
    }

    /// Adds a name. One that a state has already, such as that of its capital, stays what it is.
    fn add(&mut self, written: String, kind: &'static str, number: usize, owner: &str) -> Result<(), Box<dyn Error>> {
        let folded = fold_str(&written);
        if folded.is_empty() || !written.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
            return Err(format!("`{written}` does not begin with a capital").into());
        }
        if let Some(known) = self.entries.get(&folded) {
            let is_state = |kind: &str| matches!(kind, "State" | "Adjective" | "Seat" | "Former");
            let same = known.number == number && is_state(known.kind) && is_state(kind) && known.kind != kind;
            if same {
                return Ok(());
            }
            let (before, other) = (&known.written, &known.owner);
            return Err(format!("`{written}` stands under {owner} and, as `{before}`, under {other}").into());
        }
        let capitals = capitals(&written);
        self.entries.insert(folded, NameRow { written, capitals, kind, number, owner: owner.to_owned() });
        Ok(())
    }
}

/// For each word of the folded name how it is written: `A` in capitals throughout, `C` with a capital first, `-` otherwise.
fn capitals(written: &str) -> String {
    let folded = fold(written, &[]);
    let mut at = 0;
    let mut kinds = String::new();
    for word in folded.text().split(' ') {
        let typed = &written[folded.below(Span::new(at, at + word.len())).range()];
        let mut letters = typed.chars().filter(|c| c.is_alphabetic());
        kinds.push(match letters.next() {
            Some(first) if !first.is_uppercase() => '-',
            Some(_) if typed.contains(char::is_lowercase) => 'C',
            Some(_) => 'A',
            None => '-',
        });
        at += word.len() + 1;
    }
    kinds
}

/// True if `text` is written as a day of the calendar, such as 2018-04-19.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &&str, len: usize| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
    matches!(&parts[..], [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2))
}

/// Refuses keys that mean nothing.
fn know(map: &Mapping, whose: &str, keys: &[&str]) -> Result<(), Box<dyn Error>> {
    let mut written = map.keys().map(|key| key.as_str().unwrap_or("that is no text"));
    match written.find(|key| !keys.contains(key)) {
        Some(key) => Err(format!("unknown key `{key}` of {whose}; the keys are {}", keys.join(", ")).into()),
        None => Ok(()),
    }
}

fn mappings(map: &Mapping, key: &str) -> Result<Vec<Mapping>, Box<dyn Error>> {
    let items = map.get(key).and_then(Value::as_sequence).ok_or_else(|| format!("`{key}` is no list"))?;
    let mapping = |item: &Value| item.as_mapping().cloned().ok_or_else(|| format!("an item of `{key}` is no mapping"));
    Ok(items.iter().map(mapping).collect::<Result<_, _>>()?)
}

fn text_of(map: &Mapping, key: &str) -> Option<String> {
    map.get(key).and_then(Value::as_str).map(str::to_owned)
}
