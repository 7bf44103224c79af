//! What is wrong with the content of a pack that can be read: wordings that never match, exceptions that exclude nothing, inflections that
//! nothing uses, placeholders that stay empty. `comity test` says it.

mod exception;
mod repeated;
mod wording;

pub(crate) use repeated::repeated_wordings;
pub(crate) use wording::{barrier, without_gaps};

use super::message::placeholders;
use super::phrase::PhraseSet;
use super::{Fix, Pack, Rule};
use crate::yaml::{Document, Fields, YamlString};

/// Records what is wrong with the content of a pack, each at its place in `document`, the file of the pack.
pub(crate) fn report(pack: &Pack, document: &Document) {
    for (rule, fields) in pack.rules_with_fields(document) {
        RuleContent { rule, fields: &fields }.report();
    }
}

/// The text of a phrase in the keys of its rule, but for the examples.
fn phrase_in<'d>(fields: &Fields<'d>, phrase: &str) -> Option<YamlString<'d>> {
    const NOT_PHRASES: &[&str] = &["id", "message", "why", "examples", "tags", "source", "suggest"];
    let entries = fields.node().entries().into_iter().filter(|(key, _)| !NOT_PHRASES.contains(&key.value));
    entries.flat_map(|(_, node)| node.texts_below()).find(|text| text.value == phrase)
}

/// A rule and its keys in the file of its pack.
struct RuleContent<'r, 'd> {
    rule: &'r Rule,
    fields: &'r Fields<'d>,
}

impl RuleContent<'_, '_> {
    fn report(&self) {
        for set in self.rule.sets() {
            self.wordings(set);
        }
        self.exceptions();
        self.forms();
        self.placeholders();
        self.fix();
        self.examples();
    }

    /// Phrases that no text matches.
    fn wordings(&self, set: &PhraseSet) {
        for (at, phrase) in set.phrases().iter().enumerate() {
            if let Some(fault) = wording::fault(set, at)
                && let Some(text) = phrase_in(self.fields, &phrase.text)
            {
                text.problem_within("never-matches", fault.at, fault.message, fault.help);
            }
        }
    }

    /// Exceptions in which nothing of the rule can stand.
    fn exceptions(&self) {
        let texts = self.fields.texts("except");
        for phrase in exception::idle(self.rule) {
            if let Some(text) = texts.iter().find(|text| text.value == phrase) {
                let message = "this exception excludes nothing: the rule finds nothing in it".to_owned();
                let help =
                    "an exception holds all of a phrase of the rule, and more: leave it out, or write it so".to_owned();
                text.problem("idle-exception", message, Some(help));
            }
        }
    }

    /// Inflections of words that have no `~` anywhere.
    fn forms(&self) {
        let Some(forms) = self.fields.get("forms") else {
            return;
        };
        let sets = self.rule.sets();
        let mut used: Vec<&str> = sets.iter().flat_map(|set| set.inflected_words()).collect();
        let suggestions = self.rule.suggestions();
        used.extend(
            suggestions.iter().flat_map(|text| text.split(' ')).filter_map(|word| Some(word.split_once('~')?.0)),
        );
        for (word, _) in forms.entries() {
            if !used.iter().any(|used| used.eq_ignore_ascii_case(word.value)) {
                let message = format!("nothing in this rule inflects `{}`", word.value);
                word.problem("unused-forms", message, Some(format!("write `{}~`, or leave the forms out", word.value)));
            }
        }
    }

    /// Placeholders that a finding of this kind never fills.
    fn placeholders(&self) {
        let Some(message) = self.fields.text("message") else {
            return;
        };
        let fills = self.rule.fills();
        let has_suggestions = !self.rule.suggestions().is_empty();
        let is_filled = |name: &str| match name {
            "match" => true,
            // What should be there is the suggestion, where a kind tells nothing else.
            "suggestion" | "expected" => has_suggestions || fills.contains(&name) || fills.contains(&"suggestion"),
            name => fills.contains(&name),
        };
        for (at, name) in placeholders(message.value).filter(|(_, name)| !is_filled(name)) {
            let at = at..at + name.len() + 2;
            let why = if matches!(name, "suggestion" | "expected") { ", and it has no suggestions" } else { "" };
            let message_text = format!("a rule of the kind `{}` does not fill `{{{name}}}`{why}", self.rule.kind());
            message.problem_within("empty-placeholder", at, message_text, "`{match}` is the text found");
        }
    }

    /// `fix: safe` where there is nothing to put into a draft.
    fn fix(&self) {
        let proposes = self.rule.fills().contains(&"suggestion");
        if self.rule.fix() == Fix::Safe
            && self.rule.suggestions().is_empty()
            && !proposes
            && let Some(fix) = self.fields.text("fix")
        {
            let help = "give `suggest`, or leave `fix` out".to_owned();
            fix.problem("nothing-to-fix", "the rule has no suggestion that could be applied", Some(help));
        }
    }

    /// Both sorts of examples; none of what is said of two drafts, for an example is one.
    fn examples(&self) {
        let (flags, passes) = (self.rule.flag_examples().count(), self.rule.pass_examples().count());
        if (flags == 0 || passes == 0)
            && !self.rule.is_about_changes()
            && let Some(id) = self.fields.text("id")
        {
            let missing = match (flags, passes) {
                (0, 0) => "no examples",
                (0, _) => "no example that it must flag",
                _ => "no example that it must leave alone",
            };
            let help = "write `examples: {flag: [...], pass: [...]}`: a text that it must flag, and its nearest innocent neighbour";
            id.problem("no-examples", format!("`{}` has {missing}", id.value), Some(help.to_owned()));
        }
    }
}
