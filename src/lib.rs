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
//!
//! # Features
//! All are on by default; without them the library reads Markdown, plain text and HTML, and has few dependencies: `cli` the command
//! line, `config` configurations and baselines, `git` earlier versions of a draft, `lsp` the language server, `office` documents
//! of Word and OpenDocument, `report` reports, `schema` JSON Schemas.

#![cfg_attr(
    not(all(feature = "cli", feature = "git", feature = "lsp", feature = "office")),
    allow(dead_code, unreachable_pub, unused_imports, reason = "some of it is there for rooms that are left out")
)]

#[cfg(feature = "office")]
pub mod annotate;
#[cfg(feature = "config")]
mod atomic;
#[cfg(feature = "config")]
pub mod baseline;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compare;
#[cfg(feature = "config")]
pub mod config;
mod context;
mod declare;
mod draft;
mod escape;
pub mod examples;
mod finding;
mod fingerprint;
pub mod fix;
mod lint;
#[cfg(feature = "lsp")]
pub mod lsp;
mod names;
mod new_rule;
#[cfg(feature = "report")]
pub mod report;
mod rising;
mod rule;
#[cfg(feature = "schema")]
pub mod schema;
#[cfg(feature = "config")]
pub mod session;
mod span;
mod span_index;
mod suppress;
mod table;
mod text;
mod words;
mod yaml;

pub use context::{Date, Declared, DocumentKind, Inferred, Taken};
pub use draft::{
    DocumentError, Draft, DraftError, Format, MAX_BYTES, Paragraph, Reading, Residue, ResidueKind, Revisions, Suite,
    Unread, UnreadReason,
};
pub use escape::Shown;
pub use finding::{Finding, Related, Revision, Suggestion, Suppression};
pub use fingerprint::Fingerprint;
pub use lint::{RuleSet, RuleSetError, Unchecked, Unused, Usage, dedup, one_a_place};
pub use names::{Actor, BadActor, Body, Country, Objector, Role};
pub use rule::{BadRuleId, Concern, Fix, Pack, Rule, RuleId, Severity, Source};
pub use span::{Folded, Plain, Position, SourceText, Span};
pub use text::{Block, BlockKind, DecodeError, Language};
pub use yaml::{Problem, Problems, YamlError};
