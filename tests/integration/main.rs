//! All tests that run the binary or use the library from outside, as one program: it is linked once, and a slow test keeps no other
//! waiting. `cargo test --test integration lsp::` runs those of one file.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]
#![allow(clippy::disallowed_methods, reason = "tests run comity and what reads what it writes")]

mod annotate;
mod annotate_fields;
mod annotate_odt;
mod annotate_well_formed;
mod baseline;
mod cli;
mod client;
mod common;
mod commonmark;
mod compare;
mod compare_folders;
mod compare_page;
mod compare_redline;
mod compare_rules;
mod compare_series;
mod compare_three_way;
mod context;
mod copies;
mod disguise;
mod docs;
mod drafts;
mod editors;
mod example;
#[cfg(unix)]
mod faults;
mod features;
mod fits;
mod fix;
mod fix_files;
mod formats;
mod found;
mod fuzzed;
mod golden;
mod growth;
mod hostile;
mod html;
mod install;
mod joined;
mod kinds;
mod layers;
mod logs;
mod lsp;
mod lsp_editors;
mod margin;
mod marked_languages;
#[cfg(target_os = "linux")]
mod memory;
mod mutations;
mod numbers;
mod odt;
mod office;
mod office_odt;
mod packs;
mod page;
mod planting;
mod pre_commit;
#[cfg(unix)]
mod readers;
mod recall;
mod reports;
mod residues;
mod restyled;
mod rules_new;
mod schema;
mod snippets;
mod statistics;
mod suppress;
mod trust;
#[cfg(unix)]
mod vscode;
mod word;
mod yaml_server;
