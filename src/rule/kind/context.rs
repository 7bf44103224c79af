//! A draft as one rule sees it.

use std::borrow::Cow;

use super::hit::Hit;
use super::report::Proposal;
use crate::context::TextContext;
use crate::draft::{Draft, Site};
use crate::names::{self, Country, Name, NameList, Referent};
use crate::rule::Concern;
use crate::rule::inflect::Inflector;
use crate::rule::part::PartOfSpeech;
use crate::rule::phrase::PhraseSet;
use crate::rule::scope::Scope;
use crate::rule::suggest::Template;
use crate::span::{Plain, Span};
use crate::text::{Block, BlockKind, Language};

/// Words behind the name of a place that say what kind of place it is.
const FEATURES: &[&str] = &[
    "Archipelago", "Canal", "City", "Coast", "Dao", "Gulf", "Heights", "Island", "Islands", "Isles", "Jiao",
    "Peninsula", "Plateau", "Province", "Qundao", "Reef", "Reefs", "Region", "River", "SAR", "Sea", "Shoal", "State",
    "Strait", "Straits", "Territories", "Territory", "Valley",
];

/// A draft as one rule sees it.
pub(crate) struct Context<'c> {
    pub(super) draft: &'c Draft,
    pub(super) text: &'c TextContext<'c>,
    pub(super) scope: &'c Scope,
    pub(super) concern: Concern,
    /// The language that the rule is about, if it is about one.
    pub(super) language: Option<Language>,
    /// The occurrences of each set, but for those that are excepted.
    pub(super) hits: Cow<'c, [Vec<Hit>]>,
    /// The occurrences of what is excepted, in the order of the draft.
    pub(super) exceptions: &'c [Hit],
    /// The blocks that hold one of the kind's literals; all where it has none.
    pub(super) blocks: &'c [usize],
}

impl<'c> Context<'c> {
    /// A draft for one rule: with `hits`, the occurrences of each of its sets, of which the last are its exceptions, and
    /// `blocks`, those that hold one of its literals.
    pub(crate) fn new(
        text: &'c TextContext<'c>,
        scope: &'c Scope,
        (concern, language): (Concern, Option<Language>),
        hits: Cow<'c, [Vec<Hit>]>,
        exceptions: &'c [Hit],
        blocks: &'c [usize],
    ) -> Context<'c> {
        Context { draft: text.draft(), text, scope, concern, language, hits, exceptions, blocks }
    }

    /// The draft in its context.
    pub(crate) fn text(&self) -> &'c TextContext<'c> {
        self.text
    }

    pub(crate) fn block(&self, index: usize) -> &'c Block {
        &self.draft.blocks()[index]
    }

    /// The occurrences of the phrases of one set, wherever they are, in the order of the draft.
    pub(super) fn hits(&self, set: usize) -> &[Hit] {
        self.hits.get(set).map_or(&[], Vec::as_slice)
    }

    /// The suggestions for an occurrence of a phrase of `set`, with its inflection and its capitals.
    pub(super) fn adapted(
        &self,
        templates: &[Template],
        set: &PhraseSet,
        hit: &Hit,
        inflector: &Inflector,
    ) -> Vec<Proposal> {
        let phrase = &set.phrases()[hit.phrase].text;
        let block = self.block(hit.block);
        let found = &block.text()[hit.span.range()];
        let adapt = |template: &Template| Proposal {
            text: template.adapt(phrase, hit.forms, block, hit.span, inflector),
            part: Some(PartOfSpeech::infer(template.text(), phrase, found, inflector)),
        };
        templates.iter().map(adapt).collect()
    }

    /// True if the rule looks at this place.
    pub(super) fn in_scope(&self, index: usize, span: Span<Plain>) -> bool {
        self.is_read(index, span) && !self.is_part_of_a_name(index, span)
    }

    /// True if the rule looks at text here, whatever the text is.
    pub(super) fn is_read(&self, index: usize, span: Span<Plain>) -> bool {
        let block = self.block(index);
        (self.scope.blocks.is_empty() || self.scope.blocks.contains(&block.kind()))
            && !(self.scope.skip_quoted && block.is_quoted(span))
            && !self.is_foreign(block, span)
    }

    /// True if this place is a part of a longer name, which is not what the words mean by themselves. The concern of the rule
    /// tells what counts as a name: a run of capitals may be the very wording that a policy does not want.
    pub(super) fn is_part_of_a_name(&self, block: usize, span: Span<Plain>) -> bool {
        let text = &self.block(block).text()[span.range()];
        // No name is longer than the whole of a block.
        if text.len() == self.block(block).text().len() {
            return false;
        }
        // A known name that holds the name of another: "Republic of Korea" in that of the DPRK, "China" in "South China Sea". What
        // is no name by itself is what the rule looks for, whatever it stands in.
        let is_of_another = |longer: &Name| {
            let of_another = |what: Referent| what != Referent::Place && !what.is_of_the_same(longer.referent);
            longer.span != span && names::named(text).is_some_and(of_another)
        };
        match self.concern {
            Concern::Substance if names::named(text).is_none() => false,
            Concern::Substance => self.text.known_names(block).holding(span).any(is_of_another),
            Concern::Style => self.text.names(block).holding(span).any(|name| name.span != span),
            // "Senkaku Islands" is what "Senkaku" is.
            Concern::Name => self.text.names(block).holding(span).any(|name| match name.referent {
                Referent::Compound => name.span != span && !self.is_feature(block, name.span, span),
                Referent::Run => false,
                _ => is_of_another(name),
            }),
        }
    }

    /// True if a name holds besides `span` only what kind of place that is.
    pub(super) fn is_feature(&self, block: usize, name: Span<Plain>, span: Span<Plain>) -> bool {
        let text = self.block(block).text();
        let rest = [&text[name.start()..span.start()], &text[span.end()..name.end()]];
        let mut words =
            rest.iter().flat_map(|part| part.split(|c: char| !c.is_alphanumeric())).filter(|w| !w.is_empty());
        words.all(|word| FEATURES.contains(&word))
    }

    /// True if this place is marked as being in another language than the rule's.
    pub(super) fn is_foreign(&self, block: &Block, span: Span<Plain>) -> bool {
        self.language.is_some_and(|language| block.is_foreign(span, language))
    }

    /// The first block that a rule may report the whole draft at: the title, or else the first in scope.
    pub(super) fn title(&self) -> Option<Site> {
        let is_read = |index: &usize| !self.is_foreign(self.block(*index), self.whole(*index).span);
        let mut read = (0..self.draft.blocks().len()).filter(is_read);
        let first = read.clone().next()?;
        let title = read.find(|&index| self.block(index).kind() == BlockKind::Title);
        Some(self.whole(title.unwrap_or(first)))
    }

    /// All names in a block.
    pub(super) fn names(&self, block: usize) -> &'c NameList {
        self.text.names(block)
    }

    /// The sites where the states that the text is between are named, in the order of the draft, each with its place among them;
    /// none if it is not known that it is between two or more.
    pub(super) fn named_parties(&self) -> Vec<(usize, Site)> {
        let named = self.text.shared(|| NamedParties::find(self.text));
        // A name of the gazetteer is a part of no other.
        named.0.iter().filter(|(_, site)| self.is_read(site.block, site.span)).copied().collect()
    }

    /// The names of the states that the text is between, in the order of [`Context::named_parties`].
    pub(super) fn parties_called(&self) -> Vec<String> {
        self.text.parties().value.iter().filter_map(|party| Some(party.state()?.to_string())).collect()
    }

    /// All of a block.
    pub(super) fn whole(&self, block: usize) -> Site {
        Site { block, span: Span::new(0, self.block(block).text().len()) }
    }

    /// The sections of the draft, as stretches of block indices: what a heading, and the text before the next, make up.
    pub(super) fn sections(&self) -> Vec<std::ops::Range<usize>> {
        let blocks = self.draft.blocks();
        let is_heading = |block: &Block| matches!(block.kind(), BlockKind::Title | BlockKind::Heading);
        let mut starts: Vec<usize> = (0..blocks.len()).filter(|&i| is_heading(&blocks[i])).collect();
        if starts.first() != Some(&0) {
            starts.insert(0, 0);
        }
        let ends = starts.iter().skip(1).copied().chain([blocks.len()]);
        starts.iter().copied().zip(ends).map(|(start, end)| start..end).filter(|section| !section.is_empty()).collect()
    }

    /// True if anything of one set was found, in scope or not.
    pub(super) fn is_there(&self, set: usize) -> bool {
        !self.hits(set).is_empty()
    }

    /// The occurrences of one set that are in scope; of those that overlap, the leftmost, and of those that begin together, the
    /// longest.
    pub(super) fn occurrences(&self, set: usize) -> Vec<Hit> {
        let mut kept: Vec<Hit> = Vec::new();
        let mut hits: Vec<Hit> =
            self.hits(set).iter().filter(|hit| self.in_scope(hit.block, hit.span)).copied().collect();
        hits.sort_by_key(|hit| (hit.block, hit.span.start(), std::cmp::Reverse(hit.span.end()), hit.phrase));
        for hit in hits {
            if kept.last().is_none_or(|last| last.block != hit.block || !last.span.overlaps(hit.span)) {
                kept.push(hit);
            }
        }
        kept
    }
}

/// The sites where the states that a text is between are named, in the order of the draft, each with its place among them.
struct NamedParties(Vec<(usize, Site)>);

impl NamedParties {
    fn find(text: &TextContext<'_>) -> NamedParties {
        let states: Vec<Country> = text.parties().value.iter().filter_map(|party| party.state()).collect();
        if states.len() < 2 {
            return NamedParties(Vec::new());
        }
        let party = |name: &Name| match name.referent {
            Referent::State(country) => states.iter().position(|state| *state == country),
            _ => None,
        };
        let of_block = |block: usize| {
            let named = text.known_names(block).iter().filter_map(move |name| Some((party(name)?, name.span)));
            named.map(move |(party, span)| (party, Site { block, span }))
        };
        NamedParties((0..text.draft().blocks().len()).flat_map(of_block).collect())
    }
}
