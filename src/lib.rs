//! comity checks the language of draft joint statements, the texts that governments issue together, the way a compiler checks
//! a program.
//!
//! Packs of rules name wording that a delegation does not want, why, and what to say instead. A [`Draft`] is read into blocks
//! of text, a [`RuleSet`] finds the wording in them however it was typed, wrapped or marked up, and every [`Finding`] names
//! the exact bytes, line and column.
//!
//! ```
//! use comity::{Draft, Format, RuleSet};
//!
//! let rules = RuleSet::builtin()?;
//! let draft = Draft::new(Format::Markdown, "They support China\n**containment**.");
//! for finding in rules.check(&draft) {
//!     println!("{finding}");
//! }
//! # Ok::<(), comity::RuleSetError>(())
//! ```

pub mod annotate;
pub mod atomic;
pub mod baseline;
pub mod compare;
pub mod config;
mod context;
mod draft;
pub mod escape;
pub mod examples;
mod finding;
mod fingerprint;
pub mod fix;
mod lint;
pub mod lsp;
mod names;
mod new_rule;
pub mod report;
mod rule;
pub mod schema;
mod span;
mod span_index;
mod suppress;
mod table;
mod text;
mod words;
mod yaml;

pub use context::{Date, Declared, DocumentKind, Taken, Told};
pub use draft::{
    Block, BlockKind, DecodeError, DocumentError, Draft, DraftError, Format, Language, MAX_BYTES, Paragraph, Reading,
    Revisions, Suite,
};
pub use escape::{Shown, shown_json};
pub use finding::{Finding, Related, Revision, Suggestion, Suppression};
pub use fingerprint::Fingerprint;
pub use lint::{RuleSet, RuleSetError, Unchecked, Unused, Usage, gather, one_a_place};
pub use names::{Actor, BadActor, Body, Country, Objector, Role};
pub use new_rule::{Added, NewRule, NewRuleError, new_pack, pack_name};
pub use rule::{BadRuleId, Concern, Detail, Fix, Given, Pack, Rule, RuleId, Severity, Source};
pub use span::{Folded, Plain, Position, Source as SourceText, Span};
pub use yaml::{Problem, Problems, YamlError};
