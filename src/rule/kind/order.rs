//! `order`: reports parties that are named in the wrong or in a mixed order. In each side's own copy of a text its name comes
//! first (the alternat).
//!
//! ```yaml
//! - id: alternat
//!   kind: order
//!   names: [[ROK, Republic of Korea], [U.S., United States]]
//!   first: ROK           # one of the names of the party that comes first; without it, the order that is used most
//! ```
//!
//! Without `names` the parties are those that the text is between, if that is known of two or more states. Looked at is where
//! parties are named together: "the Republic of Korea and the United States", "ROK-U.S.".

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Context, Hit, Kind, KindEntry, Report};
use crate::declare::{Phrases, keys};
use crate::draft::Site;
use crate::rule::inflect::Inflector;
use crate::rule::phrase::{PhraseSet, Shared};
use crate::span::{Plain, Span};
use crate::text::BlockKind;
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "order",
    about: "reports parties that are named in the wrong or in a mixed order",
    message: |_| "\"{match}\" names the parties in another order",
    fills: &["suggestion"],
    keys: KEYS,
    read,
};

keys! {
    #![cfg_attr(feature = "schema", schemars(extend("dependencies" = {"first": ["names"]})))]
    /// The parties, each a list of its names: `[[ROK, Republic of Korea], [U.S., United States]]`. Without this key, the states
    /// that the text is between.
    #[cfg_attr(feature = "schema", schemars(length(min = 2)))]
    names: Option<Vec<Phrases>>,
    /// A name of the party that comes first; without it, the order that is used most is right.
    first: Option<String>,
}

#[derive(Debug)]
struct OrderKind {
    /// The names of each party; those of the text if `None`.
    parties: Option<Vec<PhraseSet>>,
    /// The party that comes first, by index.
    first: Option<usize>,
    inflector: Arc<Inflector>,
}

fn read(fields: &Fields<'_>, shared: &Shared) -> Option<Box<dyn Kind>> {
    let help = "list the names of each party: `names: [[ROK, Republic of Korea], [U.S., United States]]`";
    let Some(node) = fields.get("names") else {
        if fields.get("first").is_some() {
            fields.node().problem("missing-key", "`names` is missing", Some(help.to_owned()));
        }
        return Some(Box::new(OrderKind { parties: None, first: None, inflector: Arc::clone(&shared.inflector) }));
    };
    let parties = node.items()?;
    let names: Vec<Vec<String>> =
        parties.iter().map(|party| party.texts().iter().map(|text| text.value.to_owned()).collect()).collect();
    if names.len() < 2 {
        node.problem("missing-value", "one party has no order", Some(help.to_owned()));
        return None;
    }
    let first = fields.text("first");
    let index =
        first.as_ref().and_then(|first| names.iter().position(|party| party.iter().any(|name| name == first.value)));
    if let (Some(first), None) = (&first, index) {
        let all = names.iter().flatten().map(String::as_str);
        let help =
            crate::yaml::did_you_mean(first.value, all).unwrap_or_else(|| "write one of the names above".to_owned());
        first.problem("unknown-value", format!("`{}` is no party of this rule", first.value), Some(help));
    }
    let sets = parties.iter().map(|party| PhraseSet::read(&party.texts(), shared));
    Some(Box::new(OrderKind { parties: Some(sets.collect()), first: index, inflector: Arc::clone(&shared.inflector) }))
}

/// Two parties that are named together.
struct NamedPair {
    /// The parties, by index.
    order: (usize, usize),
    block: usize,
    names: (Span<Plain>, Span<Plain>),
}

impl NamedPair {
    fn site(&self) -> Site {
        Site { block: self.block, span: Span::new(self.names.0.start(), self.names.1.end()) }
    }

    /// The pair the other way round, each name with its article, and where that is put.
    fn turned(&self, context: &Context<'_>) -> (Site, String) {
        const ARTICLE: &str = "the ";
        let text = context.block(self.block).text();
        let (first, second) = self.names;
        let between = &text[first.end()..second.start()];
        let bare = between.strip_suffix(ARTICLE).unwrap_or(between);
        let article = text[..first.start()].get(first.start().saturating_sub(ARTICLE.len())..);
        // That before "ROK-U.S. alliance" is of the alliance.
        let is_list = between.contains("and ");
        let has_article = is_list && article.is_some_and(|article| article.eq_ignore_ascii_case(ARTICLE));
        let (one, other) = (&text[first.range()], &text[second.range()]);
        let mut site = self.site();
        let turned = match (has_article, bare != between) {
            (true, false) => {
                site.span = Span::new(first.start() - ARTICLE.len(), second.end());
                format!("{other}{between}{ARTICLE}{one}")
            }
            (false, true) => format!("{ARTICLE}{other}{bare}{one}"),
            _ => format!("{other}{between}{one}"),
        };
        (site, turned)
    }

    /// True if the two are named in the name of something else, which has an order of its own: "the Chile-Peru Forum", "the Treaty
    /// between Chile and Peru".
    fn is_in_a_name(&self, context: &Context<'_>) -> bool {
        let block = context.block(self.block);
        let span = self.site().span;
        if matches!(block.kind(), BlockKind::Title | BlockKind::Heading) {
            return false;
        }
        let before = block.text()[..span.start()].trim_end().trim_end_matches(" the");
        let named = before.strip_suffix(" between").or_else(|| before.strip_suffix(" of"));
        let word = named.and_then(|named| named.rsplit(' ').next());
        let is_titled = word.is_some_and(|word| word.starts_with(char::is_uppercase));
        is_titled || context.names(self.block).holding(span).any(|name| !name.referent.is_known())
    }
}

impl Kind for OrderKind {
    fn sets(&self) -> Vec<&PhraseSet> {
        self.parties.iter().flatten().collect()
    }

    fn looks_at_every_draft(&self) -> bool {
        self.parties.is_none()
    }

    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let mut pairs = self.pairs(context);
        // Most drafts keep to one order, and then nothing more is asked of the places.
        let orders: HashSet<(usize, usize)> = pairs.iter().map(|pair| pair.order).collect();
        let is_mixed = |(a, b): (usize, usize)| self.first.is_some() || orders.contains(&(b, a));
        pairs.retain(|pair| is_mixed(pair.order) && !pair.is_in_a_name(context));
        // How often each order is used, and where first.
        let mut used: HashMap<(usize, usize), (usize, usize)> = HashMap::new();
        for (at, pair) in pairs.iter().enumerate() {
            used.entry(pair.order).or_insert((0, at)).0 += 1;
        }
        let mut reports = Vec::new();
        for pair in &pairs {
            let (a, b) = pair.order;
            let usual = used.get(&(b, a));
            let wrong = match (self.first, usual) {
                (Some(first), _) => b == first,
                // Of orders that are used equally often, the later one is mixed in.
                (None, Some(&(often, at))) => (often, used[&(a, b)].1) > (used[&(a, b)].0, at),
                (None, None) => false,
            };
            if !wrong {
                continue;
            }
            let (site, turned) = pair.turned(context);
            let report = Report::at(site).suggest(vec![turned]);
            reports.push(match usual {
                Some(&(_, at)) => report.label(pairs[at].site(), "the other order"),
                None => report,
            });
        }
        reports
    }

    fn looks_for(&self) -> Vec<String> {
        let Some(parties) = &self.parties else {
            return vec!["the names of the states that the text is between".to_owned()];
        };
        parties.iter().map(|party| party.wordings(&self.inflector).join(", ")).collect()
    }

    fn suggestions(&self) -> Vec<&str> {
        Vec::new()
    }
}

impl OrderKind {
    /// The sites where each party is named, in order.
    fn named(&self, context: &Context<'_>) -> Vec<(usize, Site)> {
        let Some(parties) = &self.parties else {
            return context.named_parties();
        };
        let sites = |party| context.occurrences(party).into_iter().map(move |hit: Hit| (party, hit.site()));
        let mut all: Vec<(usize, Site)> = (0..parties.len()).flat_map(sites).collect();
        all.sort_by_key(|(_, site)| (*site, std::cmp::Reverse(site.span.end())));
        all
    }

    fn pairs(&self, context: &Context<'_>) -> Vec<NamedPair> {
        let mut pairs = Vec::new();
        for two in self.named(context).windows(2) {
            let [(a, first), (b, second)] = two else {
                continue;
            };
            if a != b && first.block == second.block && first.span.end() <= second.span.start() {
                let between = &context.block(first.block).text()[first.span.end()..second.span.start()];
                let pair = NamedPair { order: (*a, *b), block: first.block, names: (first.span, second.span) };
                if joins(between) {
                    pairs.push(pair);
                }
            }
        }
        pairs
    }
}

/// The most bytes between two names that are named together.
const MOST_BETWEEN: usize = 24;

/// True for text between two names that puts them side by side.
fn joins(between: &str) -> bool {
    if between.len() > MOST_BETWEEN {
        return false;
    }
    let mut words = between.split([' ', ',']).filter(|word| !word.is_empty());
    let is_dash = |text: &str| text.chars().all(|c| matches!(c, '-' | '\u{2010}'..='\u{2013}' | '/' | '&'));
    match (words.next(), words.next(), words.next()) {
        (None, ..) => between.contains(','),
        (Some(and), None, _) if and.eq_ignore_ascii_case("and") => true,
        (Some(and), Some(the), None) => and.eq_ignore_ascii_case("and") && the.eq_ignore_ascii_case("the"),
        (Some(dash), None, _) => is_dash(dash),
        _ => false,
    }
}
