//! A configuration. `src/config.rs` reads it.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

use super::value::{DocumentKindSchema, SeveritySchema};
use crate::config::DEFAULT_PACKS;
use crate::declare::{OneOrMore, TextList};
use crate::rule::{Detail, Pack};

/// What comity checks the drafts of a folder, and below it, with.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ConfigSchema {
    /// The packs of comity to check with; all without this key.
    packs: Option<OneOrMore<PackName>>,
    /// Files of your own packs, relative to this file.
    rules: Option<TextList>,
    /// Rules, packs or tags to leave out.
    disable: Option<TextList>,
    /// Other severities for rules, packs or tags; a rule's own name goes first.
    severity: Option<Severities>,
    /// Drafts to leave out, as in .gitignore.
    ignore: Option<TextList>,
    /// The severity from which on `comity check` exits with code 1.
    #[schemars(extend("default" = "error"))]
    fail_on: Option<FailOnSchema>,
    /// What the drafts are, where their own text does not tell it rightly.
    document: Option<DocumentKindSchema>,
    /// Who signs: states by ISO 3166 code or usual name, and bodies.
    parties: Option<TextList>,
    /// Whose sensitivities count besides.
    guard: Option<TextList>,
    /// What holds for some drafts only.
    overrides: Option<Vec<OverrideSchema>>,
}

/// The severity from which on a run fails.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case")]
enum FailOnSchema {
    /// Only for errors.
    Error,
    /// For errors and warnings.
    Warning,
    /// For anything that is reported.
    Note,
    /// Never for what was found in a draft.
    Never,
}

/// What holds for some drafts only.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct OverrideSchema {
    /// Which drafts, as in .gitignore: `[press/**]`.
    files: TextList,
    /// What the drafts are, where their own text does not tell it rightly.
    document: Option<DocumentKindSchema>,
    /// Who signs: states by ISO 3166 code or usual name, and bodies.
    parties: Option<TextList>,
    /// Whose sensitivities count besides.
    guard: Option<TextList>,
    /// Rules, packs or tags to leave out.
    disable: Option<TextList>,
    /// Other severities for rules, packs or tags; a rule's own name goes first.
    severity: Option<Severities>,
}

/// The name of a pack that is compiled into the program.
struct PackName;

impl JsonSchema for PackName {
    fn schema_name() -> Cow<'static, str> {
        "PackName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // Those that come with the program are sound.
        let title = |name| Some(Pack::builtin_with(name, Detail::ForChecking)?.ok()?.title().to_owned());
        let all = Pack::builtin_names().map(|name| (name, title(name)));
        let defaults = (DEFAULT_PACKS, Some("All packs that run where none is named".to_owned()));
        let (names, titles): (Vec<&str>, Vec<Option<String>>) = [defaults].into_iter().chain(all).unzip();
        json_schema!({"type": "string", "enum": names, "enumDescriptions": titles})
    }
}

/// Severities by the names of rules, packs and tags; those of the packs of comity are offered.
struct Severities;

impl JsonSchema for Severities {
    fn schema_name() -> Cow<'static, str> {
        "Severities".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let severity = generator.subschema_for::<SeveritySchema>();
        let packs: Map<String, Value> =
            Pack::builtin_names().map(|name| (name.to_owned(), severity.clone().to_value())).collect();
        json_schema!({"type": "object", "properties": packs, "additionalProperties": severity})
    }
}
