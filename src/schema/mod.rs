//! JSON Schemas of packs and of `comity.yml`, for editors that complete and check YAML.
//!
//! The structs of this module are never made: they are the shape of the files, and their comments are what an editor shows.
//! The readers in `src/rule/` and `src/config.rs` stay the ones that decide; `tests/integration/schema.rs` changes every value of sound
//! files in many ways and holds the schemas to what the readers say of it. One thing is stricter here: a key without a value,
//! which the readers take for a missing one.

#![expect(dead_code, reason = "the structs describe files; nothing is read into them")]

mod config;
mod pack;
mod value;

use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use crate::declare::PHRASE;
use crate::rule::kind::KINDS;

/// The JSON Schema of a pack.
pub fn pack() -> Value {
    generate::<pack::PackSchema>("pack", "comity pack")
}

/// The JSON Schema of `comity.yml`.
pub fn config() -> Value {
    generate::<config::ConfigSchema>("config", "comity.yml")
}

/// Draft 7, which every editor's YAML extension reads. Nothing refers to anything: a description beside `$ref` would be lost.
fn generator() -> SchemaGenerator {
    SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true).into_generator()
}

fn generate<T: JsonSchema>(name: &str, title: &str) -> Value {
    let mut schema = generator().into_root_schema_for::<T>();
    RecursiveTransform(tidy).transform(&mut schema);
    schema.insert("$id".to_owned(), json!(format!("urn:comity:schema:{name}:1")));
    schema.insert("title".to_owned(), json!(title));
    schema.to_value()
}

/// Makes of a rule's common keys the schema of a rule: the keys of its kind as well, and no others.
fn add_kinds(rule: &mut Schema) {
    let (names, abouts): (Vec<_>, Vec<_>) = KINDS.iter().map(|kind| (kind.name, kind.about)).unzip();
    let Some(common) = rule.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    if let Some(kind) = common.get_mut("kind").and_then(Value::as_object_mut) {
        kind.insert("enum".to_owned(), json!(names));
        kind.insert("enumDescriptions".to_owned(), json!(abouts));
    }
    // What they hold is said above; here they are only let pass.
    let known: Map<String, Value> = common.keys().map(|key| (key.clone(), json!(true))).collect();
    let mut all = vec![
        json!({
            "if": {"properties": {"redline": {"const": true}}, "required": ["redline"]},
            "then": {"properties": {"severity": {"const": "error"}}, "required": ["severity"]},
        }),
        json!({
            "if": {"properties": {"source": {"const": "house"}}, "required": ["source"]},
            "then": {"required": ["why"]},
        }),
    ];
    for (index, kind) in KINDS.iter().enumerate() {
        let mut keys = (kind.keys.schema)(&mut generator());
        keys.remove("type");
        keys.insert("additionalProperties".to_owned(), json!(false));
        let own = keys.ensure_object().entry("properties").or_insert_with(|| json!({}));
        if let Some(own) = own.as_object_mut() {
            own.extend(known.clone());
        }
        // A rule without the key is of the first kind.
        let required = if index == 0 { json!([]) } else { json!(["kind"]) };
        let of_kind = json!({"properties": {"kind": {"const": kind.name}}, "required": required});
        all.push(json!({"if": of_kind, "then": keys}));
    }
    rule.insert("allOf".to_owned(), Value::Array(all));
}

/// Takes away what a Rust type says and a file does not mean, and puts descriptions where editors look for them.
fn tidy(schema: &mut Schema) {
    let Some(keys) = schema.as_object_mut() else {
        return;
    };
    // The size of the number, and a name that only the struct has.
    for key in ["format", "title"] {
        if keys.get(key).is_some_and(|value| value.is_string() && value != PHRASE) {
            keys.remove(key);
        }
    }
    if let Some(Value::String(description)) = keys.get_mut("description") {
        *description = description.replace('\n', " ");
    }
    without_null(keys);
    choices_together(keys);
}

/// `Option` lets `null` pass; a key may be missing, but not empty.
fn without_null(keys: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = keys.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            keys.insert("type".to_owned(), only);
        }
    }
    for key in ["enum", "anyOf"] {
        if let Some(Value::Array(choices)) = keys.get_mut(key) {
            choices.retain(|choice| !choice.is_null() && choice != &json!({"type": "null"}));
        }
    }
    if let Some([Value::Object(only)]) = keys.get("anyOf").and_then(Value::as_array).map(Vec::as_slice) {
        let only = only.clone();
        keys.remove("anyOf");
        for (key, value) in only {
            keys.entry(key).or_insert(value);
        }
    }
}

/// A choice of constants, each with its description, as one `enum`: editors say which values there are.
fn choices_together(keys: &mut Map<String, Value>) {
    let Some(choices) = keys.get("oneOf").and_then(Value::as_array) else {
        return;
    };
    let constants: Option<Vec<Value>> = choices.iter().map(|choice| choice.get("const").cloned()).collect();
    let Some(constants) = constants else {
        return;
    };
    let descriptions: Vec<Value> =
        choices.iter().map(|choice| choice.get("description").cloned().unwrap_or_default()).collect();
    keys.remove("oneOf");
    keys.insert("type".to_owned(), json!("string"));
    keys.insert("enum".to_owned(), Value::Array(constants));
    keys.insert("enumDescriptions".to_owned(), Value::Array(descriptions));
}
