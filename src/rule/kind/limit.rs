//! `limit`: reports each occurrence of a phrase past a number of them.
//!
//! ```yaml
//! - id: ironclad
//!   kind: limit
//!   phrases: ["ironclad"]
//!   max: 2
//!   per: draft          # draft, section or 1000-words
//! ```

use std::sync::Arc;

use super::declaration::{phrases, templates};
use super::hit::in_blocks;
use super::{Context, Hit, Kind, KindEntry, MOST_COUNTED, Report};
use crate::declare::{Phrases, TextList, choices, keys};
use crate::draft::count_words;
use crate::rule::inflect::Inflector;
use crate::rule::phrase::{PhraseSet, Shared};
use crate::rule::suggest::Template;
use crate::span::{Plain, Span};
use crate::text::Block;
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "limit",
    about: "reports each occurrence of a phrase past a number of them",
    message: |_| "\"{match}\" is used {count} times",
    fills: &["count"],
    keys: KEYS,
    read,
};

keys! {
    /// The phrases to count.
    phrases: Phrases,
    /// How many are not too many.
    #[cfg_attr(feature = "schema", schemars(range(max = MOST_COUNTED)))]
    max: u64,
    /// In what they are counted.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "draft")))]
    per: Option<Per>,
    /// Suggestions for the phrases.
    suggest: Option<TextList>,
}

choices! {
    /// In what occurrences are counted.
    enum Per {
        /// In the whole draft.
        Draft = "draft",
        /// In each section.
        Section = "section",
        /// So many for every thousand words that is begun.
        ThousandWords = "1000-words",
    }
}

#[derive(Debug)]
struct LimitKind {
    phrases: PhraseSet,
    max: usize,
    per: Per,
    suggestions: Vec<Template>,
    inflector: Arc<Inflector>,
}

fn read(fields: &Fields<'_>, shared: &Shared) -> Option<Box<dyn Kind>> {
    let set = phrases(fields, "phrases", Some("give the phrases to count"), shared);
    let suggestions = fields.get("suggest").map(|node| templates(&node)).unwrap_or_default();
    let max = fields.require("max", "say how many are not too many").and_then(|node| node.integer(0..=MOST_COUNTED));
    let per = fields.text("per").map_or(Some(Per::Draft), |text| text.choose("measure", Per::NAMES));
    let inflector = Arc::clone(&shared.inflector);
    let max = usize::try_from(max?).unwrap_or(usize::MAX);
    Some(Box::new(LimitKind { phrases: set, max, per: per?, suggestions, inflector }))
}

impl Kind for LimitKind {
    fn sets(&self) -> Vec<&PhraseSet> {
        vec![&self.phrases]
    }

    fn looks_at_every_draft(&self) -> bool {
        false
    }

    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let hits = context.occurrences(0);
        match self.per {
            Per::Draft => self.past(context, &hits, self.max),
            Per::Section => {
                let sections = context.sections();
                sections.iter().flat_map(|section| self.past(context, in_blocks(&hits, section), self.max)).collect()
            }
            Per::ThousandWords => {
                let words: usize = context.draft.blocks().iter().map(|block| count_words(block.text())).sum();
                // Every thousand words that is begun counts.
                self.past(context, &hits, self.max.saturating_mul(words.div_ceil(1000)))
            }
        }
    }

    fn finds_in(&self, words: &Block) -> Vec<Span<Plain>> {
        self.phrases.find_in(words)
    }

    fn looks_for(&self) -> Vec<String> {
        self.phrases.wordings(&self.inflector)
    }

    fn suggestions(&self) -> Vec<&str> {
        self.suggestions.iter().map(Template::text).collect()
    }
}

impl LimitKind {
    /// The occurrences past the first `max`.
    fn past(&self, context: &Context<'_>, hits: &[Hit], max: usize) -> Vec<Report> {
        let report = |hit: &Hit| {
            let suggestions = context.adapted(&self.suggestions, &self.phrases, hit, &self.inflector);
            let report = Report::at(hit.site()).suggest(suggestions).count(hits.len());
            match hits.first() {
                Some(first) if max > 0 => report.label(first.site(), "the first"),
                _ => report,
            }
        };
        hits.iter().skip(max).map(report).collect()
    }
}
