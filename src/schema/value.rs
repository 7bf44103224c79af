//! Values that stand under keys of packs and of `comity.yml`.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// A kind of text.
pub(super) struct DocumentKindSchema;

impl JsonSchema for DocumentKindSchema {
    fn schema_name() -> Cow<'static, str> {
        "DocumentKind".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = crate::context::DocumentKind::NAMES.iter().map(|(name, _)| *name).collect();
        json_schema!({"type": "string", "enum": names})
    }
}

/// A name in lower-case letters, digits and single hyphens.
pub(super) struct KebabCase;

impl JsonSchema for KebabCase {
    fn schema_name() -> Cow<'static, str> {
        "KebabCase".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"})
    }
}

/// A severity.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub(super) enum SeveritySchema {
    /// The text must not be issued like this; `comity check` fails.
    Error,
    /// A person should look at it.
    Warning,
    /// Worth knowing.
    Note,
}
