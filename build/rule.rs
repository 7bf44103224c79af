//! Of `src/rule/`, what tells which text a rule looks for.

#[path = "../src/rule/inflect.rs"]
pub(crate) mod inflect;
#[path = "../src/rule/kebab_case.rs"]
pub(crate) mod kebab_case;
#[path = "../src/rule/literal.rs"]
pub(crate) mod literal;

#[path = "../src/rule/layout.rs"]
pub(crate) mod layout;
#[path = "../src/rule/shape.rs"]
pub(crate) mod shape;

#[path = "../src/rule/text_role.rs"]
pub(crate) mod text_role;

/// The phrase language.
#[path = "phrase.rs"]
pub(crate) mod phrase;
