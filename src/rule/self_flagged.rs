//! Suggestions that their own rule would flag again: who follows one is told to write it once more, and a fix would never end.

use super::Rule;
use super::forms::read_forms;
use super::inflect::{Form, Inflector};
use super::kind::references;
use crate::text::{Block, BlockKind};
use crate::yaml::{Fields, YamlString};

/// A suggestion that its rule would flag again.
#[derive(Debug)]
pub(crate) struct SelfFlagged<'d> {
    /// The suggestion in the pack.
    pub(crate) suggestion: YamlString<'d>,
    kind: &'static str,
    /// The words of it that the rule would flag.
    pub(crate) found: String,
}

impl SelfFlagged<'_> {
    /// Records it as a problem of the pack.
    pub(crate) fn report(&self) {
        let message = format!("this suggestion holds \"{}\", which the rule itself flags", self.found);
        let help = match self.kind {
            "pattern" => "suggest other words, or make the expression narrower",
            _ => "suggest other words, or name what may stay so under `except`",
        };
        self.suggestion.problem("flagged-again", message, Some(help.to_owned()));
    }
}

/// The suggestions of a rule that it would flag again, by its own phrases and exceptions. `fields` is the rule in its pack.
pub(super) fn self_flagged<'d>(rule: &Rule, fields: &Fields<'d>) -> Vec<SelfFlagged<'d>> {
    if rule.suggestions().is_empty() {
        return Vec::new();
    }
    let swapped = fields.get("swap").map(|node| node.entries()).unwrap_or_default();
    let swapped = swapped.iter().flat_map(|(_, node)| node.texts());
    let suggestions = fields.texts("suggest").into_iter().chain(swapped);
    let inflector = fields.get("forms").map(|node| read_forms(&node)).unwrap_or_default();
    let flag = |suggestion: YamlString<'d>| {
        let found = wordings(suggestion.value, rule.kind(), &inflector).iter().find_map(|words| flagged(rule, words));
        found.map(|found| SelfFlagged { suggestion, kind: rule.body.get().kind_name, found })
    };
    suggestions.filter_map(flag).collect()
}

/// The wordings of a suggestion: all of its words with `~` in one inflection and the other. None if groups of a regular
/// expression are to go into it.
fn wordings(suggestion: &str, kind: &str, inflector: &Inflector) -> Vec<String> {
    if kind == "pattern" {
        let is_whole = references(suggestion).is_empty();
        return if is_whole { vec![suggestion.replace("$$", "$")] } else { Vec::new() };
    }
    let inflected = |form: Form| {
        let word = |word: &str| match word.split_once('~') {
            Some((base, rest)) => inflector.inflect(base, form) + rest,
            None => word.to_owned(),
        };
        suggestion.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
    };
    let forms = if suggestion.contains('~') { Form::ALL } else { &[Form::Base] };
    forms.iter().map(|&form| inflected(form)).collect()
}

/// The first words that a rule would flag of a few words.
fn flagged(rule: &Rule, words: &str) -> Option<String> {
    let block = Block::of_text(BlockKind::Paragraph, words)?;
    let mut spans = rule.finds_in(&block).into_iter();
    let found = spans.find(|span| !(rule.scope().skip_quoted && block.is_quoted(*span)))?;
    Some(block.text()[found.range()].to_owned())
}
