//! Text of drafts, packs and file names inside of something else: a terminal, Markdown, XML, a page, a URI, a patch. Whatever the text
//! holds, nothing in it is taken for a part of what it stands in.
//!
//! A file a target, which names the standard that it follows. None of them knows what a finding, a draft or a report is.

mod git;
mod html;
mod json;
pub(crate) mod markdown;
mod sarif;
mod terminal;
mod uri;
mod workflow;
mod xml;
mod yaml;

pub(crate) use git::git_path;
pub(crate) use html::{html_attribute, html_text};
pub(crate) use json::shown_json;
pub(crate) use sarif::sarif_text;
pub use terminal::Shown;
pub(crate) use terminal::shown_lines;
pub(crate) use terminal::{is_harmless, show};
pub(crate) use uri::{is_web_url, slashes, uri, web_url};
pub(crate) use workflow::{workflow_data, workflow_property};
pub(crate) use xml::Xml;
#[cfg(feature = "office")]
pub(crate) use xml::{xml_chars, xml_text};
pub(crate) use yaml::yaml_scalar;
