//! `near`: reports a phrase that has another one near it, with a label on the other.
//!
//! ```yaml
//! - id: deterrence-beside-china
//!   kind: near
//!   phrases: ["extended deterrence"]
//!   with: ["(China|Beijing)"]
//!   within: {words: 8}        # or: sentence, paragraph
//! ```

use super::declaration::{phrases, templates};
use super::{Context, Hit, Kind, KindEntry, MOST_WORDS, Report};
use crate::declare::{Phrases, TextList, choices, keys};
use crate::rule::phrase::{PhraseSet, Shared};
use crate::rule::suggest::Template;
use crate::span::{Plain, Span};
use crate::text::Block;
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "near",
    about: "reports a phrase that has another one near it",
    message: |_| "\"{match}\" stands near what it should not stand near",
    fills: &[],
    keys: KEYS,
    read,
};

keys! {
    /// The phrases to report.
    phrases: Phrases,
    /// The phrases that may not be near.
    with: Phrases,
    /// How near: `{words: 8}`, `sentence` or `paragraph`.
    within: NearLimit,
    /// Suggestions for the phrases.
    suggest: Option<TextList>,
}

/// The distance within which the other phrase must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(untagged))]
enum NearLimit {
    // With at most so many words between.
    #[cfg_attr(feature = "schema", schemars(with = "Distance"))]
    Words(usize),
    Stretch(TextUnit),
}

// The keys of a distance.
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[expect(dead_code, reason = "it describes files; nothing is read into it")]
struct Distance {
    /// The most words between.
    #[cfg_attr(feature = "schema", schemars(range(max = MOST_WORDS)))]
    words: u64,
}

choices! {
    /// The unit of text that may not hold both phrases.
    enum TextUnit {
        /// In the same sentence.
        Sentence = "sentence",
        /// In the same paragraph.
        Paragraph = "paragraph",
    }
}

#[derive(Debug)]
struct NearKind {
    phrases: PhraseSet,
    with: PhraseSet,
    within: NearLimit,
    suggestions: Vec<Template>,
    inflector: std::sync::Arc<crate::rule::inflect::Inflector>,
}

fn read(fields: &Fields<'_>, shared: &Shared) -> Option<Box<dyn Kind>> {
    let set = phrases(fields, "phrases", Some("give the phrases to report"), shared);
    let with = phrases(fields, "with", Some("give the phrases that may not be near"), shared);
    let suggestions = fields.get("suggest").map(|node| templates(&node)).unwrap_or_default();
    let help = "say how near: `within: {words: 8}`, `within: sentence` or `within: paragraph`";
    let within = read_within(fields, help)?;
    let inflector = shared.inflector.clone();
    Some(Box::new(NearKind { phrases: set, with, within, suggestions, inflector }))
}

fn read_within(fields: &Fields<'_>, help: &str) -> Option<NearLimit> {
    let node = fields.require("within", help)?;
    if node.is_mapping() {
        let fields = node.fields()?;
        let words = fields
            .require("words", "say how many words: `within: {words: 8}`")
            .and_then(|node| node.integer(0..=MOST_WORDS));
        fields.finish();
        return words.map(|words| NearLimit::Words(usize::try_from(words).unwrap_or(usize::MAX)));
    }
    node.text()?.choose("distance", TextUnit::NAMES).map(NearLimit::Stretch)
}

const PHRASES: usize = 0;
const WITH: usize = 1;

impl Kind for NearKind {
    fn sets(&self) -> Vec<&PhraseSet> {
        vec![&self.phrases, &self.with]
    }

    fn looks_at_every_draft(&self) -> bool {
        false
    }

    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let others = context.occurrences(WITH);
        let mut words = None;
        let report = |hit: Hit| {
            // The nearest is the one before or the one behind, but for those that overlap.
            let next = others.partition_point(|other| other.site() < hit.site());
            let around = &others[next.saturating_sub(2)..(next + 3).min(others.len())];
            let here = around.iter().filter(|other| other.block == hit.block && !other.span.overlaps(hit.span));
            let near = here.filter(|other| self.is_near(context, hit, **other, &mut words));
            let nearest = near.min_by_key(|other| between(hit, **other).len())?;
            let suggestions = context.adapted(&self.suggestions, &self.phrases, &hit, &self.inflector);
            Some(Report::at(hit.site()).suggest(suggestions).label(nearest.site(), "near this"))
        };
        context.occurrences(PHRASES).into_iter().filter_map(report).collect()
    }

    fn finds_in(&self, words: &Block) -> Vec<Span<Plain>> {
        self.phrases.find_in(words)
    }

    fn looks_for(&self) -> Vec<String> {
        let with = self.with.wordings(&self.inflector).into_iter().map(|wording| format!("... near: {wording}"));
        self.phrases.wordings(&self.inflector).into_iter().chain(with).collect()
    }

    fn suggestions(&self) -> Vec<&str> {
        self.suggestions.iter().map(Template::text).collect()
    }
}

impl NearKind {
    /// True if the two stand near enough. `words` keeps the words of the block that was looked at last.
    fn is_near<'c>(
        &self,
        context: &Context<'c>,
        hit: Hit,
        other: Hit,
        words: &mut Option<(usize, WordStarts<'c>)>,
    ) -> bool {
        let block = context.block(hit.block);
        match self.within {
            NearLimit::Words(most) => {
                if words.as_ref().is_none_or(|(of, _)| *of != hit.block) {
                    *words = Some((hit.block, WordStarts::new(block.text())));
                }
                words.as_ref().is_some_and(|(_, words)| words.count(between(hit, other)) <= most)
            }
            NearLimit::Stretch(TextUnit::Sentence) => {
                let both = Span::new(hit.span.start().min(other.span.start()), hit.span.end().max(other.span.end()));
                !block.crosses_sentence(both)
            }
            NearLimit::Stretch(TextUnit::Paragraph) => true,
        }
    }
}

/// The words of a text, as [`count_words`] counts them, to count those of its stretches without a look at each.
///
/// [`count_words`]: crate::draft::count_words
struct WordStarts<'t> {
    text: &'t str,
    /// The first letter or digit of each.
    starts: Vec<usize>,
}

impl<'t> WordStarts<'t> {
    fn new(text: &'t str) -> WordStarts<'t> {
        let mut starts = Vec::new();
        let mut at = 0;
        for word in text.split(' ') {
            starts.extend(word.find(char::is_alphanumeric).map(|first| at + first));
            at += word.len() + 1;
        }
        WordStarts { text, starts }
    }

    /// The number of words in a stretch, of which the first may be the rest of one.
    fn count(&self, stretch: Span<Plain>) -> usize {
        let text = &self.text[stretch.range()];
        let from = self.starts.partition_point(|first| *first < stretch.start());
        let until = self.starts.partition_point(|first| *first < stretch.end());
        // What the stretch begins with, up to a space, is a word as well if the one that it is the rest of began before it.
        let rest = text.find(|c: char| c == ' ' || c.is_alphanumeric()).filter(|at| !text[*at..].starts_with(' '));
        let is_begun = rest.is_some_and(|at| self.starts.get(from) != Some(&(stretch.start() + at)));
        until.saturating_sub(from) + usize::from(is_begun)
    }
}

/// The text between two places of one block.
fn between(a: Hit, b: Hit) -> Span<Plain> {
    let (first, second) = if a.span < b.span { (a.span, b.span) } else { (b.span, a.span) };
    Span::new(first.end(), second.start().max(first.end()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::count_words;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_of_a_stretch_are_counted_as_those_of_a_text(text in "[a1\u{e9} '-]{0,24}", from in 0usize..30, len in 0usize..30) {
            let at = |byte: usize| crate::span::floor_char(&text, byte);
            let stretch = Span::new(at(from), at(from + len));
            prop_assert_eq!(WordStarts::new(&text).count(stretch), count_words(&text[stretch.range()]));
        }
    }
}
