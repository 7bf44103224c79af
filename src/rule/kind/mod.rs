//! The kinds of rules: how a rule looks.
//!
//! To add a kind, add a file with an [`Entry`] and a line to [`KINDS`].

mod balance;
mod consistent;
mod figure;
mod formula;
mod limit;
mod lookalike;
mod marker;
mod near;
mod numbering;
mod order;
mod ordinal;
mod pattern;
mod phrase;
mod promised;
mod reads_as;
mod repeated;
mod require;
mod spelling;
mod suppression;
mod term;
#[cfg(test)]
mod toy;
mod weekday;

use std::borrow::Cow;
use std::fmt::Debug;

pub(crate) use pattern::references;
pub(crate) use suppression::Fault;

use super::inflect::{Forms, Inflector};
use super::literal::Clause;
use super::part::Part;
use super::phrase::{PhraseSet, Shared, sign};
use super::suggest::Template;
use super::{Concern, Rule};
use crate::context::TextContext;
use crate::draft::{Block, BlockKind, Draft, Language, count_words};
use crate::names::{self, Country, Name, Names, What};
use crate::schema::Keys;
use crate::span::{Plain, Span};
use crate::yaml::{Fields, Node, Text};

/// The most that `max` of a `limit` may be.
pub(crate) const MOST_COUNTED: u64 = 1_000_000;

/// The most that `words` of a `near` may be.
pub(crate) const MOST_WORDS: u64 = 10_000;

/// A kind as packs name it.
pub(crate) struct Entry {
    /// What `kind` says.
    pub(crate) name: &'static str,
    /// What it does, in a few words that follow its name.
    pub(crate) about: &'static str,
    /// What a rule without a message says, where it has suggestions and where it has none.
    pub(crate) message: fn(bool) -> &'static str,
    /// Its keys.
    pub(crate) keys: Keys,
    /// Reads them from a rule; `None` if there is nothing to look for. What is wrong is recorded.
    pub(crate) read: fn(&Fields<'_>, &Shared) -> Option<Box<dyn Kind>>,
}

/// What a rule says that only knows what it does not want, and what it would have, if it does.
fn not_wanted(has_suggestions: bool) -> &'static str {
    if has_suggestions {
        "\"{match}\" should read \"{suggestion}\""
    } else {
        "\"{match}\" is not wanted in this statement"
    }
}

/// Every kind; the first is the default.
pub(crate) const KINDS: &[Entry] = &[
    phrase::ENTRY,
    pattern::ENTRY,
    near::ENTRY,
    require::ENTRY,
    term::ENTRY,
    consistent::ENTRY,
    limit::ENTRY,
    formula::ENTRY,
    figure::ENTRY,
    order::ENTRY,
    balance::ENTRY,
    repeated::ENTRY,
    lookalike::ENTRY,
    weekday::ENTRY,
    numbering::ENTRY,
    promised::ENTRY,
    spelling::ENTRY,
    ordinal::ENTRY,
    reads_as::ENTRY,
    suppression::ENTRY,
    #[cfg(test)]
    toy::ENTRY,
];

/// How a rule looks at a draft.
pub(crate) trait Kind: Debug + Send + Sync {
    /// The phrases that are to be found for it. [`Context::hits`] gives them by their index here.
    fn sets(&self) -> Vec<&PhraseSet> {
        Vec::new()
    }

    /// Clauses of folded text: a block that lacks all texts of one of them has nothing for this kind. None if every block must
    /// be looked at.
    fn literals(&self) -> &[Clause] {
        &[]
    }

    /// Whether each text of [`Kind::literals`] stands there as a whole word.
    fn literals_are_words(&self) -> bool {
        false
    }

    /// Whether there may be something to report of a draft that holds none of its phrases, or of its literals.
    fn looks_at_every_draft(&self) -> bool {
        self.literals().is_empty()
    }

    /// Whether what is reported is said of the draft as a whole, wherever it stands.
    fn is_about_the_draft(&self) -> bool {
        false
    }

    /// Whether what is reported is said of words, so that it is one verdict with what another rule says of the same words.
    fn is_about_words(&self) -> bool {
        !self.is_about_the_draft()
    }

    /// What is to be reported of a draft.
    fn check(&self, context: &Context<'_>) -> Vec<Report>;

    /// What it reports of comments that are to silence rules, if that is what it does.
    fn fault(&self) -> Option<Fault> {
        None
    }

    /// What it would report of a few words wherever they stand, exceptions among them. It is asked of suggestions;
    /// nothing of kinds for which it cannot be told from the words alone.
    fn finds_in(&self, _words: &Block) -> Vec<Span<Plain>> {
        Vec::new()
    }

    /// What the rule looks for, a line each, for `comity explain`.
    fn looks_for(&self) -> Vec<String>;

    /// The suggestions as the pack gives them.
    fn suggestions(&self) -> Vec<&str>;
}

/// One occurrence of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// The index of the block in the draft.
    pub(crate) block: usize,
    pub(crate) span: Span<Plain>,
    /// The phrase, by its place in its set.
    pub(crate) phrase: usize,
    /// What its first inflected word is here.
    pub(crate) forms: Option<Forms>,
}

/// A place in a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Site {
    /// The index of the block.
    pub(crate) block: usize,
    pub(crate) span: Span<Plain>,
}

/// Wording that a kind proposes for a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Proposal {
    pub(crate) text: String,
    /// What it is in its sentence; `None` of wording that was made for the place.
    pub(crate) part: Option<Part>,
}

impl From<String> for Proposal {
    fn from(text: String) -> Proposal {
        Proposal { text, part: None }
    }
}

/// What a kind reports: a place, and what to say there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) site: Site,
    pub(crate) suggestions: Vec<Proposal>,
    /// Other places that belong to it, each with what to say there.
    pub(crate) labels: Vec<(Site, String)>,
    /// Facts of this finding alone.
    pub(crate) notes: Vec<String>,
    /// What `{count}` stands for in the message.
    pub(crate) count: Option<usize>,
    /// What `{expected}` stands for in the message.
    pub(crate) expected: Option<String>,
    /// What `{other}` stands for in the message.
    pub(crate) other: Option<String>,
}

impl Report {
    pub(crate) fn at(site: Site) -> Report {
        Report {
            site,
            suggestions: Vec::new(),
            labels: Vec::new(),
            notes: Vec::new(),
            count: None,
            expected: None,
            other: None,
        }
    }

    pub(crate) fn suggest(mut self, suggestions: Vec<impl Into<Proposal>>) -> Report {
        self.suggestions = suggestions.into_iter().map(Into::into).collect();
        self
    }

    pub(crate) fn label(mut self, site: Site, text: impl Into<String>) -> Report {
        self.labels.push((site, text.into()));
        self
    }

    pub(crate) fn count(mut self, count: usize) -> Report {
        self.count = Some(count);
        self
    }

    pub(crate) fn expect(mut self, expected: impl Into<String>) -> Report {
        self.expected = Some(expected.into());
        self
    }
}

/// Where a rule looks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Scope {
    /// The kinds of blocks; all if empty.
    pub(crate) blocks: Vec<BlockKind>,
    /// Whether quotations are left alone.
    pub(crate) skip_quoted: bool,
}

/// Words behind the name of a place that say what kind of place it is.
const FEATURES: &[&str] = &[
    "Archipelago",
    "Canal",
    "City",
    "Coast",
    "Dao",
    "Gulf",
    "Heights",
    "Island",
    "Islands",
    "Isles",
    "Jiao",
    "Peninsula",
    "Plateau",
    "Province",
    "Qundao",
    "Reef",
    "Reefs",
    "Region",
    "River",
    "SAR",
    "Sea",
    "Shoal",
    "State",
    "Strait",
    "Straits",
    "Territories",
    "Territory",
    "Valley",
];

/// A draft as one rule sees it.
pub(crate) struct Context<'c> {
    draft: &'c Draft,
    text: &'c TextContext<'c>,
    scope: &'c Scope,
    concern: Concern,
    /// The language that the rule is about, if it is about one.
    language: Option<Language>,
    /// The occurrences of each set, but for those that are excepted.
    hits: Cow<'c, [Vec<Hit>]>,
    /// The occurrences of what is excepted, in the order of the draft.
    exceptions: &'c [Hit],
    /// The blocks that hold one of the kind's literals; all where it has none.
    blocks: &'c [usize],
}

impl Hit {
    pub(crate) fn site(&self) -> Site {
        Site { block: self.block, span: self.span }
    }
}

impl<'c> Context<'c> {
    /// What a rule reports of a draft, but for what lies wholly inside one of its exceptions. `hits` are the occurrences of
    /// [`Rule::sets`].
    pub(crate) fn reports(text: &TextContext<'_>, rule: &Rule, hits: &[Vec<Hit>], blocks: &[usize]) -> Vec<Report> {
        let exceptions = hits.get(rule.exceptions()).map_or(&[][..], Vec::as_slice);
        let inside = Exceptions::new(exceptions);
        let of_set = |hits: &Vec<Hit>| hits.iter().filter(|hit| !inside.contain(hit.site())).copied().collect();
        let hits = if exceptions.is_empty() { hits.into() } else { hits.iter().map(of_set).collect() };
        let (draft, scope, concern) = (text.draft(), rule.scope(), rule.concern());
        let looker = rule.looker();
        let mut reports =
            looker.check(&Context { draft, text, scope, concern, language: rule.language(), hits, exceptions, blocks });
        if !looker.is_about_the_draft() {
            reports.retain(|report| !inside.contain(report.site));
        }
        reports
    }

    /// What the draft stands in.
    pub(crate) fn text(&self) -> &'c TextContext<'c> {
        self.text
    }

    pub(crate) fn block(&self, index: usize) -> &'c Block {
        &self.draft.blocks()[index]
    }

    /// The occurrences of the phrases of one set, wherever they are, in the order of the draft.
    fn hits(&self, set: usize) -> &[Hit] {
        self.hits.get(set).map_or(&[], Vec::as_slice)
    }

    /// The suggestions for an occurrence of a phrase of `set`, with its inflection and its capitals.
    fn adapted(&self, templates: &[Template], set: &PhraseSet, hit: &Hit, inflector: &Inflector) -> Vec<Proposal> {
        let phrase = &set.phrases()[hit.phrase].text;
        let block = self.block(hit.block);
        let found = &block.text()[hit.span.range()];
        let adapt = |template: &Template| Proposal {
            text: template.adapt(phrase, hit.forms, block, hit.span, inflector),
            part: Some(Part::of(template.text(), phrase, found, inflector)),
        };
        templates.iter().map(adapt).collect()
    }

    /// Whether the rule looks at this place.
    fn in_scope(&self, index: usize, span: Span<Plain>) -> bool {
        self.is_read(index, span) && !self.is_part_of_a_name(index, span)
    }

    /// Whether the rule looks at text here, whatever the text is.
    fn is_read(&self, index: usize, span: Span<Plain>) -> bool {
        let block = self.block(index);
        (self.scope.blocks.is_empty() || self.scope.blocks.contains(&block.kind()))
            && !(self.scope.skip_quoted && block.is_quoted(span))
            && !self.is_foreign(block, span)
    }

    /// Whether this place is a part of a longer name, which is not what the words mean by themselves. What counts as a name is
    /// told by what the rule is about: a run of capitals may be the very wording that a policy does not want.
    fn is_part_of_a_name(&self, block: usize, span: Span<Plain>) -> bool {
        let text = &self.block(block).text()[span.range()];
        // No name is longer than the whole of a block.
        if text.len() == self.block(block).text().len() {
            return false;
        }
        // A known name that holds the name of another: "Republic of Korea" in that of the DPRK, "China" in "South China Sea". What
        // is no name by itself is what the rule looks for, whatever it stands in.
        let is_of_another = |longer: &Name| {
            let of_another = |what: What| what != What::Place && !what.is_of_the_same(longer.what);
            longer.span != span && names::named(text).is_some_and(of_another)
        };
        match self.concern {
            Concern::Substance if names::named(text).is_none() => false,
            Concern::Substance => self.text.known_names(block).holding(span).any(is_of_another),
            Concern::Style => self.text.names(block).holding(span).any(|name| name.span != span),
            // "Senkaku Islands" is what "Senkaku" is.
            Concern::Name => self.text.names(block).holding(span).any(|name| match name.what {
                What::Compound => name.span != span && !self.is_feature(block, name.span, span),
                What::Run => false,
                _ => is_of_another(name),
            }),
        }
    }

    /// Whether what a name holds besides `span` is only what kind of place that is.
    fn is_feature(&self, block: usize, name: Span<Plain>, span: Span<Plain>) -> bool {
        let text = self.block(block).text();
        let rest = [&text[name.start()..span.start()], &text[span.end()..name.end()]];
        let mut words =
            rest.iter().flat_map(|part| part.split(|c: char| !c.is_alphanumeric())).filter(|w| !w.is_empty());
        words.all(|word| FEATURES.contains(&word))
    }

    /// Whether this place is marked as being in another language than the rule's.
    fn is_foreign(&self, block: &Block, span: Span<Plain>) -> bool {
        self.language.is_some_and(|language| block.is_foreign(span, language))
    }

    /// The first block that a rule may report the whole draft at: the title, or else the first in scope.
    fn title(&self) -> Option<Site> {
        let is_read = |index: &usize| !self.is_foreign(self.block(*index), self.whole(*index).span);
        let mut read = (0..self.draft.blocks().len()).filter(is_read);
        let first = read.clone().next()?;
        let title = read.find(|&index| self.block(index).kind() == BlockKind::Title);
        Some(self.whole(title.unwrap_or(first)))
    }

    /// All names in a block.
    fn names(&self, block: usize) -> &'c Names {
        self.text.names(block)
    }

    /// Where the states that the text is between are named, in the order of the draft, each by its place among them; nothing if it
    /// is not known that it is between two or more.
    fn named_parties(&self) -> Vec<(usize, Site)> {
        let named = self.text.shared(|| NamedParties::of(self.text));
        // A name of the gazetteer is a part of no other.
        named.0.iter().filter(|(_, site)| self.is_read(site.block, site.span)).copied().collect()
    }

    /// What the states that the text is between are called, in the order of [`Context::named_parties`].
    fn parties_called(&self) -> Vec<String> {
        self.text.parties().value.iter().filter_map(|party| Some(party.state()?.to_string())).collect()
    }

    /// All of a block.
    fn whole(&self, block: usize) -> Site {
        Site { block, span: Span::new(0, self.block(block).text().len()) }
    }

    /// The sections of the draft, as stretches of block indices: what a heading, and the text before the next, make up.
    fn sections(&self) -> Vec<std::ops::Range<usize>> {
        let blocks = self.draft.blocks();
        let is_heading = |block: &Block| matches!(block.kind(), BlockKind::Title | BlockKind::Heading);
        let mut starts: Vec<usize> = (0..blocks.len()).filter(|&i| is_heading(&blocks[i])).collect();
        if starts.first() != Some(&0) {
            starts.insert(0, 0);
        }
        let ends = starts.iter().skip(1).copied().chain([blocks.len()]);
        starts.iter().copied().zip(ends).map(|(start, end)| start..end).filter(|section| !section.is_empty()).collect()
    }

    /// Whether anything of one set was found, in scope or not.
    fn is_there(&self, set: usize) -> bool {
        !self.hits(set).is_empty()
    }

    /// The occurrences of one set that are in scope; of those that overlap, the leftmost, and of those that begin together, the
    /// longest.
    fn occurrences(&self, set: usize) -> Vec<Hit> {
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

/// Where the states that a text is between are named, in the order of the draft, each by its place among them.
struct NamedParties(Vec<(usize, Site)>);

impl NamedParties {
    fn of(text: &TextContext<'_>) -> NamedParties {
        let states: Vec<Country> = text.parties().value.iter().filter_map(|party| party.state()).collect();
        if states.len() < 2 {
            return NamedParties(Vec::new());
        }
        let party = |name: &Name| match name.what {
            What::State(country) => states.iter().position(|state| *state == country),
            _ => None,
        };
        let of_block = |block: usize| {
            let named = text.known_names(block).iter().filter_map(move |name| Some((party(name)?, name.span)));
            named.map(move |(party, span)| (party, Site { block, span }))
        };
        NamedParties((0..text.draft().blocks().len()).flat_map(of_block).collect())
    }
}

/// Of occurrences in the order of the draft those that stand in these blocks.
fn in_blocks<'h>(hits: &'h [Hit], blocks: &std::ops::Range<usize>) -> &'h [Hit] {
    let from = hits.partition_point(|hit| hit.block < blocks.start);
    let until = hits.partition_point(|hit| hit.block < blocks.end);
    &hits[from..until.max(from)]
}

/// Stretches of a draft, to ask whether something lies inside one of them.
struct Exceptions {
    /// For each stretch, in order, its block and start, and the farthest end of all so far in its block.
    reach: Vec<(usize, usize, usize)>,
}

impl Exceptions {
    fn new(hits: &[Hit]) -> Exceptions {
        let mut reach: Vec<_> = hits.iter().map(|hit| (hit.block, hit.span.start(), hit.span.end())).collect();
        reach.sort_unstable();
        for i in 1..reach.len() {
            if reach[i].0 == reach[i - 1].0 {
                reach[i].2 = reach[i].2.max(reach[i - 1].2);
            }
        }
        Exceptions { reach }
    }

    fn contain(&self, site: Site) -> bool {
        let next = self.reach.partition_point(|&(block, start, _)| (block, start) <= (site.block, site.span.start()));
        self.reach[..next].last().is_some_and(|&(block, _, end)| block == site.block && site.span.end() <= end)
    }
}

/// The phrases that stand under a key, which must be there unless `help` is `None`.
fn phrases(fields: &Fields<'_>, key: &'static str, help: Option<&str>, shared: &Shared) -> PhraseSet {
    let node = match help {
        Some(help) => fields.require(key, help),
        None => fields.get(key),
    };
    let texts = node.map(|node| node.texts()).unwrap_or_default();
    PhraseSet::read(&texts, shared)
}

/// The suggestions that stand under a key: one, or a list. What is wrong with them is recorded.
fn templates(node: &Node<'_>) -> Vec<Template> {
    node.texts().iter().filter(|text| is_wording(text, true)).map(|text| Template::new(text.value)).collect()
}

/// Whether a text can be written into a draft as it stands: a sign of phrases in it is recorded as a problem.
fn is_wording(text: &Text<'_>, may_be_inflected: bool) -> bool {
    let Some(at) = sign(text.value, may_be_inflected) else {
        return true;
    };
    let message =
        format!("`{}` is a sign of phrases; this text is written into drafts as it stands", &text.value[at.clone()]);
    text.problem_within("sign-of-phrases", at, message, "write it out; several wordings are a list");
    false
}
