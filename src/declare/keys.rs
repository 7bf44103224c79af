//! Macros by which a file declares its keys and choices once: its reader, its schema, the editor and the errors go by that.

#[cfg(feature = "schema")]
use schemars::{Schema, SchemaGenerator, json_schema};
#[cfg(feature = "schema")]
use serde_json::{Value, json};

/// The keys of a mapping, as [`keys!`] declares them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DeclaredKeys {
    pub(crate) declared: &'static [&'static str],
    /// Makes their schema.
    #[cfg(feature = "schema")]
    pub(crate) schema: fn(&mut SchemaGenerator) -> Schema,
}

impl DeclaredKeys {
    /// The names of the keys.
    pub(crate) fn names(self) -> impl Iterator<Item = &'static str> {
        // A key that is a word of Rust is declared as a raw name.
        self.declared.iter().map(|name| name.strip_prefix("r#").unwrap_or(name))
    }
}

/// Declares the keys of a mapping with the types of their values, as a constant `KEYS`. The comment of each is what an editor shows.
macro_rules! keys {
    ($(#![$of:meta])* $( $(#[$meta:meta])* $key:ident: $type:ty ),* $(,)?) => {
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        $(#[$of])*
        #[allow(dead_code, reason = "it describes files; nothing is read into it")]
        struct KeysShape { $( $(#[$meta])* $key: $type ),* }

        const KEYS: $crate::declare::DeclaredKeys = $crate::declare::DeclaredKeys {
            declared: &[$(stringify!($key)),*],
            #[cfg(feature = "schema")]
            schema: <KeysShape as schemars::JsonSchema>::json_schema,
        };
    };
}
pub(crate) use keys;

/// Declares values that a file chooses from by name, as an enumeration with `NAMES`. The comment of each is what an editor shows.
macro_rules! choices {
    ($(#[$of:meta])* $vis:vis enum $Choice:ident { $( $(#[doc = $doc:literal])+ $(#[$default:ident])? $Value:ident = $name:literal ),+ $(,)? }) => {
        $(#[$of])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        $vis enum $Choice { $( $(#[doc = $doc])+ $(#[$default])? $Value ),+ }

        impl $Choice {
            /// Every value with its name in files.
            $vis const NAMES: &'static [(&'static str, $Choice)] = &[$( ($name, $Choice::$Value) ),+];

            /// Its name in files.
            #[allow(dead_code, reason = "not all of them are written")]
            $vis fn name(self) -> &'static str {
                match self { $( $Choice::$Value => $name ),+ }
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $Choice {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($Choice).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::declare::choice(&[$( ($name, concat!($($doc),+)) ),+])
            }
        }
    };
}
pub(crate) use choices;

/// The schema of a choice of these names, each with what it means.
#[cfg(feature = "schema")]
pub(crate) fn choice(names: &[(&str, &str)]) -> Schema {
    let constants: Vec<Value> =
        names.iter().map(|(name, about)| json!({"const": name, "description": about.trim()})).collect();
    json_schema!({"oneOf": constants})
}
