//! Completions: names of rules, packs and tags in comments and in `comity.yml`, and its keys.

mod cursor;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionResponse, CompletionTextEdit, Documentation,
    Position, Range, TextEdit,
};
use serde_json::{Value, json};

use super::check::CheckResult;
use super::document::OpenDocument;
use super::hover;
use super::kind::ContentKind;
use crate::config::FAIL_ON;
use crate::rule::{Detail, Pack, Rule, Severity};
use crate::schema;
use cursor::{Completing, CompletionCursor};

/// Keys, and what each is for, as the schema of `comity.yml` has them.
type KeysHelp = Vec<(String, String)>;

/// The keys of `comity.yml`, and those of an item of `overrides`.
static KEYS: LazyLock<(KeysHelp, KeysHelp)> = LazyLock::new(|| {
    let schema = schema::config();
    let keys = |schema: &Value| {
        let about = |key: &Value| key.get("description").and_then(Value::as_str).unwrap_or_default().to_owned();
        let keys = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        keys.map(|(name, key)| (name.clone(), about(key))).collect()
    };
    (keys(&schema), schema.pointer("/properties/overrides/items").map(keys).unwrap_or_default())
});

/// The verbs of comments, each with what it asks for.
const VERBS: &[(&str, &str)] = &[
    ("ignore", "Silence rules in the next block: `<!-- comity: ignore pack/rule -- reason -->`."),
    ("off", "Silence rules from here on: `<!-- comity: off pack/rule -- reason -->`."),
    ("on", "Let rules speak again: `<!-- comity: on pack/rule -->`."),
    ("ignore-file", "Silence rules in the whole draft: `<!-- comity: ignore-file pack/rule -- reason -->`."),
];

/// Lists the completions at a place of a document. `checked` is the last check of it, which may be of an older text.
pub(super) fn at(
    document: &OpenDocument,
    kind: ContentKind,
    checked: &CheckResult,
    position: Position,
) -> Option<CompletionResponse> {
    let text = document.text.as_str();
    let at = document.text.offset(position);
    let CompletionCursor { wanted, span } = match kind {
        kind if kind.has_comments() => cursor::in_comment(text, at),
        ContentKind::Config => cursor::in_config(text, at),
        _ => None,
    }?;
    let range = document.text.range(span);
    let packs = match &checked.found.setup {
        Some(setup) => Cow::from(&setup.packs),
        None => packs_of_comity().into(),
    };
    // A key that is there already has its colon.
    let colon = if text[span.end()..].starts_with(':') { "" } else { ":" };
    let items = match wanted {
        Completing::Names => names(&packs, range),
        Completing::Severities => plain(Severity::NAMES.iter().map(|(name, _)| (*name, "")), range, ""),
        Completing::FailOn => plain(FAIL_ON.iter().map(|(name, _)| (*name, "")), range, ""),
        Completing::Packs => packs_of_comity().iter().map(|pack| pack_item(pack, range)).collect(),
        Completing::NameKeys => names(&packs, range).into_iter().map(|item| with_suffix(item, colon)).collect(),
        Completing::Keys => plain(pairs(&KEYS.0).filter(|(key, _)| !has_key(text, key)), range, colon),
        Completing::OverrideKeys => plain(pairs(&KEYS.1), range, colon),
        Completing::Verbs => plain(VERBS.iter().copied(), range, ""),
    };
    Some(CompletionResponse::List(CompletionList { is_incomplete: false, items }))
}

/// Adds to an item what is only wanted of the one that the editor shows.
pub(super) fn resolve(item: &mut CompletionItem, checked: &[&CheckResult], markdown: bool) {
    let Some(id) = item.data.as_ref().and_then(|data| data.get("rule")).and_then(Value::as_str) else {
        return;
    };
    let find = |packs: &[Pack]| packs.iter().flat_map(Pack::rules).find(|rule| rule.id().as_str() == id).cloned();
    let setups = checked.iter().filter_map(|checked| checked.found.setup.as_ref());
    if let Some(rule) =
        setups.map(|setup| find(&setup.packs)).find(Option::is_some).unwrap_or_else(|| find(&packs_of_comity()))
    {
        item.documentation = Some(Documentation::MarkupContent(hover::of_rule(&rule, markdown)));
    }
}

fn has_key(text: &str, key: &str) -> bool {
    text.lines().any(|line| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':')))
}

fn item(name: &str, kind: CompletionItemKind, detail: &str, range: Range) -> CompletionItem {
    CompletionItem {
        label: name.to_owned(),
        kind: Some(kind),
        detail: Some(detail.to_owned()).filter(|detail| !detail.is_empty()),
        // An editor that takes `/` or `-` for the end of a word would look for less.
        filter_text: Some(name.to_owned()),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: name.to_owned() })),
        ..CompletionItem::default()
    }
}

/// The item with something more to write behind it.
fn with_suffix(mut item: CompletionItem, suffix: &str) -> CompletionItem {
    if let Some(CompletionTextEdit::Edit(edit)) = &mut item.text_edit {
        edit.new_text.push_str(suffix);
    }
    item
}

fn plain<'n>(names: impl Iterator<Item = (&'n str, &'n str)>, range: Range, suffix: &str) -> Vec<CompletionItem> {
    let items = names.map(|(name, about)| CompletionItem {
        documentation: Some(Documentation::String(about.to_owned())).filter(|_| !about.is_empty()),
        ..item(name, CompletionItemKind::KEYWORD, "", range)
    });
    items.map(|item| with_suffix(item, suffix)).collect()
}

fn pairs(keys: &KeysHelp) -> impl Iterator<Item = (&str, &str)> {
    keys.iter().map(|(name, about)| (name.as_str(), about.as_str()))
}

fn packs_of_comity() -> Vec<Pack> {
    Pack::builtin_names().filter_map(|name| Pack::builtin_with(name, Detail::ForChecking)?.ok()).collect()
}

fn pack_item(pack: &Pack, range: Range) -> CompletionItem {
    CompletionItem {
        documentation: pack.description().map(|about| Documentation::String(about.trim().to_owned())),
        ..item(pack.name(), CompletionItemKind::MODULE, pack.title(), range)
    }
}

/// Rules, packs and tags.
fn names(packs: &[Pack], range: Range) -> Vec<CompletionItem> {
    let mut items = Vec::new();
    let mut tags: BTreeMap<&str, usize> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for pack in packs.iter().filter(|pack| seen.insert(pack.name())) {
        items.push(pack_item(pack, range));
    }
    for rule in packs.iter().flat_map(Pack::rules) {
        items.push(rule_item(rule, range));
        for tag in rule.tags() {
            *tags.entry(tag).or_default() += 1;
        }
    }
    let tags = tags.into_iter().filter(|(tag, _)| !seen.contains(tag));
    items.extend(tags.map(|(tag, rules)| {
        let detail = format!("tag of {rules} rule{}", if rules == 1 { "" } else { "s" });
        item(tag, CompletionItemKind::ENUM, &detail, range)
    }));
    items
}

fn rule_item(rule: &Rule, range: Range) -> CompletionItem {
    CompletionItem {
        data: Some(json!({"rule": rule.id().as_str()})),
        ..item(rule.id().as_str(), CompletionItemKind::VALUE, rule.severity().name(), range)
    }
}
