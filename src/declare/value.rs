//! Values that stand under several keys.

#[cfg(feature = "schema")]
use std::borrow::Cow;
use std::marker::PhantomData;

#[cfg(feature = "schema")]
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
#[cfg(feature = "schema")]
use serde_json::json;

/// One text, or a list of texts.
pub(crate) struct TextList;

#[cfg(feature = "schema")]
impl JsonSchema for TextList {
    fn schema_name() -> Cow<'static, str> {
        "Texts".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": ["string", "array"], "items": {"type": "string"}})
    }
}

/// One phrase, or a list of phrases. The build script looks for the phrases of the packs that ship under the keys that hold these.
pub(crate) struct Phrases;

#[cfg(feature = "schema")]
impl JsonSchema for Phrases {
    fn schema_name() -> Cow<'static, str> {
        "Phrases".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let phrase = json!({"type": "string", "format": PHRASE});
        json_schema!({"type": ["string", "array"], "format": PHRASE, "items": phrase})
    }
}

/// Texts under phrases, as the keys of a mapping.
pub(crate) struct OfPhrases;

#[cfg(feature = "schema")]
impl JsonSchema for OfPhrases {
    fn schema_name() -> Cow<'static, str> {
        "OfPhrases".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let texts = generator.subschema_for::<TextList>();
        json_schema!({"type": "object", "propertyNames": {"format": PHRASE}, "additionalProperties": texts})
    }
}

/// The `format` of a phrase in a schema.
#[cfg(feature = "schema")]
pub(crate) const PHRASE: &str = "phrase";

/// One value, or a list of values.
pub(crate) struct OneOrMore<T>(PhantomData<T>);

#[cfg(feature = "schema")]
impl<T: JsonSchema> JsonSchema for OneOrMore<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("OneOrMore{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({"anyOf": [one, {"type": "array", "items": one}]})
    }
}
