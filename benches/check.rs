//! What a check costs: reading the packs, reading a draft, finding the phrases. `cargo bench` runs it; the whole process is
//! timed from outside (see CONTRIBUTING.md).

use comity::{Draft, Format, Pack, RuleSet};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// About 10 KB of statement: the demonstration draft, repeated, with a phrase in every third paragraph or so.
fn draft_text() -> String {
    let draft = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/summit-draft.md"));
    let draft = draft.unwrap_or_default();
    let times = (10_000 / draft.len().max(1)).max(1);
    draft.repeat(times)
}

/// A text in which nothing is found.
fn clean_text() -> String {
    "The two leaders met in the capital and spoke of trade, energy and the security of the region.\n\n".repeat(100)
}

#[divan::bench]
fn read_the_packs() -> Vec<Pack> {
    Pack::builtin().expect("the packs are tested")
}

#[divan::bench]
fn compile_the_rules(bencher: Bencher<'_, '_>) {
    let packs = Pack::builtin().expect("the packs are tested");
    bencher.bench(|| RuleSet::new(packs.iter().flat_map(|pack| pack.rules().iter().cloned())));
}

#[divan::bench(args = ["clean", "full of findings"])]
fn read_a_draft(bencher: Bencher<'_, '_>, what: &str) {
    let text = text(what);
    bencher.counter(BytesCount::of_str(&text)).bench(|| Draft::new(Format::Markdown, black_box(text.as_str())));
}

#[divan::bench(args = ["clean", "full of findings"])]
fn check_a_draft(bencher: Bencher<'_, '_>, what: &str) {
    let rules = RuleSet::builtin().expect("the packs are tested");
    let text = text(what);
    let draft = Draft::new(Format::Markdown, text.as_str());
    bencher.counter(BytesCount::of_str(&text)).bench(|| rules.check(black_box(&draft)));
}

fn text(what: &str) -> String {
    if what == "clean" { clean_text() } else { draft_text() }
}
