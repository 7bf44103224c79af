//! The generated pages of `docs/rules/`: held to what the program prints now, and safe whatever a pack holds.
//!
//! `SNAPSHOTS=overwrite cargo test --test integration docs::` rewrites them; then read what was written.

use std::collections::BTreeSet;

use crate::common::{comity, folder, root};
use comity::Pack;
use pulldown_cmark::{Event, Options, Parser, Tag};
use snapbox::{Data, assert_data_eq};

/// What `comity rules` prints with these arguments.
fn printed(args: &[&str]) -> String {
    let output = comity().args(["rules", "--no-config"]).args(args.iter().copied()).run();
    assert_eq!((output.code, output.stderr.as_str()), (0, ""), "{args:?}");
    output.stdout
}

/// A page of `docs/rules/`.
fn page(name: &str) -> Data {
    Data::read_from(&root().join("docs/rules").join(name).with_extension("md"), None).raw()
}

#[test]
fn every_pack_has_a_page_that_is_what_the_program_prints() {
    for pack in Pack::builtin_names() {
        assert_data_eq!(printed(&["--format", "markdown", "--pack", pack]), page(pack));
    }
}

#[test]
fn the_index_is_what_the_program_prints() {
    assert_data_eq!(printed_of_all("index"), page("README"));
}

#[test]
fn the_page_of_the_sources_is_what_the_program_prints() {
    assert_data_eq!(printed_of_all("sources"), Data::read_from(&root().join("docs/sources.md"), None).raw());
}

/// What `comity rules` prints of all packs that ship, those that run only where they are asked for among them.
fn printed_of_all(format: &str) -> String {
    let packs = Pack::builtin_names().flat_map(|name| ["--pack", name]);
    printed(&["--format", format].into_iter().chain(packs).collect::<Vec<_>>())
}

#[test]
fn no_page_is_left_of_a_pack_that_is_gone() {
    let files = std::fs::read_dir(root().join("docs/rules")).expect("the pages are there");
    let files: BTreeSet<String> =
        files.map(|file| file.expect("the folder can be read").file_name().to_string_lossy().into_owned()).collect();
    let expected = Pack::builtin_names().chain(["README"]).map(|name| format!("{name}.md")).collect();
    assert_eq!(files, expected);
}

#[test]
fn every_link_of_a_page_leads_to_a_heading_of_it_or_to_the_web() {
    for pack in Pack::builtin_names() {
        let page = printed(&["--format", "markdown", "--pack", pack]);
        let headings: BTreeSet<String> = page
            .lines()
            .filter_map(|line| line.strip_prefix("### "))
            .map(|heading| format!("#{}", heading.replace('/', "")))
            .collect();
        let links: Vec<String> = links(&page);
        let inside: BTreeSet<String> = links.iter().filter(|link| link.starts_with('#')).cloned().collect();
        assert_eq!(inside, headings, "{pack}");
        assert!(links.iter().all(|link| link.starts_with('#') || link.starts_with("http")), "{links:?}");
    }
}

/// Where the links of a page lead.
fn links(page: &str) -> Vec<String> {
    let link = |event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    };
    Parser::new_ext(page, Options::all()).filter_map(link).collect()
}

#[test]
fn nothing_in_a_pack_becomes_markup_of_its_page() {
    // Every text of the pack is the same: HTML, links, code, a cell's edge, a heading and an escape sequence.
    let hostile = "# <script>x</script> [a](http://evil) ![b](c) `d` | e ``` \\u001b[2J <!-- f";
    let text = format!("\"{}\"", hostile.replace('"', "\\\""));
    let pack = format!(
        "schema: 1\npack: house\ntitle: {text}\ndescription: {text}\n\
         sources: {{s: {{title: {text}, url: \"javascript:x\"}}}}\n\
         rules:\n  - id: a\n    kind: pattern\n    regex: \"(?x)\\n<script>[`|]\"\n    suggest: [{text}, \"``` <b>\\n<b>\"]\n\
         \x20   message: {text}\n    why: {text}\n    objection: [China]\n    source: s\n    tags: [{text}]\n\
         \x20   examples: {{flag: [{text}], pass: [\"<b>\\n```\\e[2J\\n<b>\"], fixed: {{{text}: {text}}}}}\n\
         \x20 - {{id: b, message: m, swap: {{\"<b> a\": \"<i> c\"}}}}\n"
    );
    let files = folder([("house.yml", pack)]);
    let args = ["rules", "--no-config", "--pack", "framing", "--select", "house", "--rules", "house.yml"];
    let output = comity().args(args).args(["--format", "markdown"]).in_dir(&files).run();
    assert_eq!((output.code, output.stderr.as_str()), (0, ""));
    assert!(!output.stdout.contains('\u{1b}'), "{}", output.stdout);
    let html = |event: &Event<'_>| matches!(event, Event::Html(_) | Event::InlineHtml(_));
    assert!(!Parser::new_ext(&output.stdout, Options::all()).any(|event| html(&event)), "{}", output.stdout);
    assert_eq!(links(&output.stdout), ["#housea", "#houseb"], "{}", output.stdout);
    let headings: Vec<&str> = output.stdout.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(headings[1..], ["## Sources", "## Rules", "### house/a", "### house/b"]);
    let index = comity().args(args).args(["--format", "index"]).in_dir(&files).run();
    assert_eq!(links(&index.stdout), ["house.md"], "{}", index.stdout);
}

#[test]
fn rules_that_were_not_chosen_are_not_on_the_page() {
    let page = printed(&["--format", "markdown", "--select", "framing/free-riding,names/turkey"]);
    let headings: Vec<&str> = page.lines().filter(|line| line.starts_with("### ")).collect();
    assert_eq!(headings, ["### framing/free-riding", "### names/turkey"]);
    assert!(page.contains("\n1 rule of the pack `framing`"), "{page}");
}
