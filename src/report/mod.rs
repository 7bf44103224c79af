//! Reports: findings in the shape that a reader wants.
//!
//! To add a format, add a file with a [`Reporter`] and a line to [`FORMATS`].

mod checkstyle;
mod failure;
mod github;
mod gitlab;
mod html;
mod human;
mod json;
mod jsonl;
mod junit;
mod not_read;
mod outline;
mod problems;
mod rdjson;
mod record;
mod reporter;
mod sarif;
mod short;
mod snippet;
mod statistics;
mod text;
mod view;

pub use crate::text::counted;

pub use failure::{Failure, FailurePlace};
pub use html::{HEAD_BYTES, is_page};
pub(crate) use html::{Tone, page_foot, page_opening, page_text, text_language};
pub(crate) use not_read::words;
pub use not_read::{NotRead, NotReadReason};
pub(crate) use outline::Outline;
pub use problems::write_problems;
pub use record::json_schema;
pub(crate) use record::{Head, PlaceRecord, SuggestionRecord};
pub use reporter::{DEFAULT_WIDTH, ReportFormat, ReportSettings, Reporter};
pub use statistics::Statistics;
pub(crate) use text::say;
use text::{Items, advice, json_line};

/// Every format; the first is the default.
pub const FORMATS: &[ReportFormat] = &[
    human::FORMAT,
    short::FORMAT,
    json::FORMAT,
    jsonl::FORMAT,
    sarif::FORMAT,
    github::FORMAT,
    gitlab::FORMAT,
    checkstyle::FORMAT,
    junit::FORMAT,
    rdjson::FORMAT,
    html::FORMAT,
];
