//! One wording in two rules: what they say of it may differ, and only one of them is seen to be right.

use std::collections::{HashMap, HashSet};

use super::phrase_in;
use crate::rule::{Pack, Rule};
use crate::text::fold::fold_str;
use crate::text::{Block, BlockKind};
use crate::yaml::{Document, Fields};

/// The most wordings of one phrase that are compared with those of other rules.
const MOST_COMPARED: usize = 256;

/// A rule and its keys in the file of its pack.
type Written<'p, 'd> = (&'p Rule, Fields<'d>);

/// Records each wording that two rules of the kind `phrase` have, at the later rule. `files` are the files of the packs.
pub(crate) fn repeated_wordings(packs: &[Pack], files: &[Document]) {
    let rules: Vec<Written<'_, '_>> =
        packs.iter().zip(files).flat_map(|(pack, file)| pack.rules_with_fields(file)).collect();
    let optional: HashSet<&str> = packs.iter().filter(|pack| pack.is_optional()).map(Pack::name).collect();
    // What is asked for besides, such as the style of a house, may say the same as another pack.
    let are_compared = |one: &Rule, other: &Rule| {
        let (one, other) = (one.id().pack(), other.id().pack());
        one == other || !(optional.contains(one) || optional.contains(other))
    };
    let mut first: HashMap<String, usize> = HashMap::new();
    for (number, (rule, fields)) in rules.iter().enumerate() {
        let Some(set) = rule.checker().sets().into_iter().next().filter(|_| rule.kind() == "phrase") else {
            continue;
        };
        for (at, phrase) in set.phrases().iter().enumerate() {
            let mut wordings = set.wordings_of(at, MOST_COMPARED).into_iter();
            let other = wordings.find_map(|wording| {
                let other = *first.entry(fold_str(&wording)).or_insert(number);
                let known = rules[other].0;
                let doubles = other != number && are_compared(rule, known) && meet(rule, known);
                (doubles && both_find(rule, known, &wording)).then_some((known, wording))
            });
            if let Some((known, wording)) = other
                && let Some(text) = phrase_in(fields, &phrase.text)
            {
                let message = format!("`{}` finds \"{wording}\" as well", known.id());
                let help = "leave it to one of the two, or name it under `except` of the other".to_owned();
                text.problem("repeated-wording", message, Some(help));
            }
        }
    }
}

/// True if both rules hold in the same places. One that says more of a wording in titles, or between two parties, is no double.
fn meet(one: &Rule, other: &Rule) -> bool {
    let (kinds, others) = (one.documents(), other.documents());
    let same_kind = kinds.is_empty() || others.is_empty() || kinds.iter().any(|kind| others.contains(kind));
    same_kind && one.scope().blocks == other.scope().blocks && one.between() == other.between()
}

/// True if both rules report all of a wording, their exceptions considered.
fn both_find(one: &Rule, other: &Rule, wording: &str) -> bool {
    let Some(block) = Block::of_text(BlockKind::Paragraph, wording) else {
        return false;
    };
    let finds = |rule: &Rule| rule.finds_in(&block).iter().any(|span| span.len() == block.text().len());
    finds(one) && finds(other)
}
