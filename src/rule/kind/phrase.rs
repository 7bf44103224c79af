//! `phrase`: reports each occurrence of a phrase. The default kind.
//!
//! ```yaml
//! - id: junior-partner
//!   phrases: ["junior partner~"]
//!   suggest: [equal partner~]
//! - id: treaty-words
//!   swap: {"enter~ into force": "come~ into effect", "undertake~": ["carry~ out", "intend~"]}
//!   except: ["enter~ into force agreements"]
//! ```

use std::sync::Arc;

use super::declaration::{not_wanted, templates};
use super::{Context, Hit, Kind, KindEntry, Report};
use crate::declare::{OfPhrases, Phrases, TextList, keys};
use crate::rule::inflect::Inflector;
use crate::rule::phrase::{PhraseSet, Shared};
use crate::rule::suggest::Template;
use crate::span::{Plain, Span};
use crate::text::Block;
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "phrase",
    about: "reports each occurrence of a phrase",
    message: not_wanted,
    fills: &[],
    keys: KEYS,
    read,
};

keys! {
    #![cfg_attr(feature = "schema", schemars(extend("anyOf" = [{"required": ["phrases"]}, {"required": ["swap"]}])))]
    /// The phrases to find: `contain~ China` in any inflection, `(China|PRC) containment`, `contain~ *3 China` with up to three
    /// words between, `=ROK` in this case.
    phrases: Option<Phrases>,
    /// Suggestions for all of the phrases: one, or a list, the best first.
    suggest: Option<TextList>,
    /// Phrases that have suggestions of their own: `{"undertake~": ["carry~ out", "intend~"]}`.
    swap: Option<OfPhrases>,
}

#[derive(Debug)]
struct PhraseKind {
    set: PhraseSet,
    /// The suggestions of each phrase.
    suggestions: Vec<Vec<Template>>,
    inflector: Arc<Inflector>,
}

const SET: usize = 0;

fn read(fields: &Fields<'_>, shared: &Shared) -> Option<Box<dyn Kind>> {
    let listed = fields.get("phrases");
    let mut phrases = listed.iter().filter(|node| !node.is_mapping()).flat_map(|node| node.texts()).collect::<Vec<_>>();
    let common = fields.get("suggest").map(|node| templates(&node)).unwrap_or_default();
    let mut suggestions = vec![common; phrases.len()];
    for (phrase, node) in fields.get("swap").map(|node| node.entries()).unwrap_or_default() {
        phrases.push(phrase);
        suggestions.push(templates(&node));
    }
    if let Some(node) = listed.as_ref().filter(|node| node.is_mapping()) {
        let help = "phrases with suggestions of their own go under `swap`".to_owned();
        node.problem("wrong-type", "expected a list, found a mapping", Some(help));
        return None;
    }
    if phrases.is_empty() && listed.is_none() {
        let help = "give `phrases: [...]`, or `swap: {phrase: suggestion}`".to_owned();
        fields.node().problem("missing-key", "the rule has nothing to look for", Some(help));
        return None;
    }
    let set = PhraseSet::read(&phrases, shared);
    Some(Box::new(PhraseKind { set, suggestions, inflector: Arc::clone(&shared.inflector) }))
}

impl Kind for PhraseKind {
    fn sets(&self) -> Vec<&PhraseSet> {
        vec![&self.set]
    }

    fn looks_at_every_draft(&self) -> bool {
        false
    }

    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let report = |hit: Hit| {
            let templates = &self.suggestions[self.set.phrases()[hit.phrase].index];
            let suggestions = context.adapted(templates, &self.set, &hit, &self.inflector);
            Report::at(hit.site()).suggest(suggestions)
        };
        context.occurrences(SET).into_iter().map(report).collect()
    }

    fn finds_in(&self, words: &Block) -> Vec<Span<Plain>> {
        self.set.find_in(words)
    }

    fn looks_for(&self) -> Vec<String> {
        self.set.wordings(&self.inflector)
    }

    fn suggestions(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.suggestions.iter().flatten().map(Template::text).collect();
        let mut seen = std::collections::HashSet::new();
        all.retain(|text| seen.insert(*text));
        all
    }
}
