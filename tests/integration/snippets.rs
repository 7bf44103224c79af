//! What readers copy: each block of YAML or JSON in the documentation, and each file that is there to be copied, can be read.

use std::path::{Path, PathBuf};

use crate::common::root;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use serde::Deserialize as _;

/// The files below a folder of the repository that end so.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found
}

/// The fenced blocks of a page: language and text.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = false;
    for event in Parser::new_ext(page, Options::all()) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                open = true;
                found.push((language.into_string(), String::new()));
            }
            Event::End(TagEnd::CodeBlock) => open = false,
            Event::Text(text) if open => {
                if let Some((_, block)) = found.last_mut() {
                    block.push_str(&text);
                }
            }
            _ => {}
        }
    }
    found
}

/// Reads all documents of a text.
fn read_yaml(text: &str) -> Result<(), serde_yaml::Error> {
    serde_yaml::Deserializer::from_str(text).try_for_each(|document| serde_yaml::Value::deserialize(document).map(drop))
}

fn pages() -> Vec<PathBuf> {
    let mut pages = files(&root().join("docs"), ".md");
    pages.extend(files(&root().join("editors"), ".md"));
    pages.extend(["README.md", "CONTRIBUTING.md"].map(|page| root().join(page)));
    pages
}

#[test]
fn every_block_of_the_documentation_can_be_read() {
    let mut seen = 0;
    for page in pages() {
        let text = std::fs::read_to_string(&page).expect("the page is UTF-8");
        for (language, block) in blocks(&text) {
            let read = match language.as_str() {
                "yaml" | "yml" => read_yaml(&block).map_err(|error| error.to_string()),
                "json" => {
                    serde_json::from_str::<serde_json::Value>(&block).map(drop).map_err(|error| error.to_string())
                }
                _ => continue,
            };
            assert_eq!(read, Ok(()), "{}:\n{block}", page.display());
            seen += 1;
        }
    }
    assert!(seen > 10, "only {seen} blocks");
}

#[test]
fn every_link_to_a_file_of_the_repository_leads_to_one() {
    for page in pages() {
        let text = std::fs::read_to_string(&page).expect("the page is UTF-8");
        let folder = page.parent().expect("a page lies in a folder");
        for event in Parser::new_ext(&text, Options::all()) {
            let Event::Start(Tag::Link { dest_url, .. }) = event else {
                continue;
            };
            let file = dest_url.split('#').next().unwrap_or_default();
            if !file.is_empty() && !file.contains(':') {
                assert!(folder.join(file).exists(), "{}: {dest_url}", page.display());
            }
        }
    }
}

#[test]
fn the_hooks_take_the_drafts_that_comity_reads_and_nothing_else() {
    let text = std::fs::read_to_string(root().join(".pre-commit-hooks.yaml")).expect("it is there");
    let hooks: Vec<serde_yaml::Value> = serde_yaml::from_str(&text).expect("it is a list");
    let names: Vec<&str> = hooks.iter().filter_map(|hook| hook["id"].as_str()).collect();
    assert_eq!(names, ["comity", "comity-fix", "comity-system", "comity-fix-system"]);
    for hook in &hooks {
        let files = regex::Regex::new(hook["files"].as_str().expect("it is text")).expect("it is a regular expression");
        for (name, expected) in
            [("b/A.MD", true), ("a.mdz", false), ("a.md.yml", false), ("LICENSE", false), ("md", false)]
        {
            assert_eq!(files.is_match(name), expected, "{name}");
        }
        // Documents are checked, and not fixed in place.
        let fixes = hook["id"].as_str().is_some_and(|id| id.contains("fix"));
        for (extension, format) in comity::Format::extensions() {
            assert_eq!(files.is_match(&format!("a.{extension}")), !(fixes && format.is_document()), "{extension}");
        }
    }
}
