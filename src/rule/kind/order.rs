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

use std::sync::Arc;

use super::{Context, Entry, Hit, Kind, Report, Shared, Site};
use crate::rule::inflect::Inflector;
use crate::rule::phrase::PhraseSet;
use crate::span::{Plain, Span};
use crate::yaml::Fields;

pub(super) const ENTRY: Entry =
    Entry { name: "order", about: "reports parties that are named in the wrong or in a mixed order", read };

#[derive(Debug)]
struct Order {
    /// The names of each party; those of the text if `None`.
    parties: Option<Vec<PhraseSet>>,
    /// The party that comes first, by index.
    first: Option<usize>,
    inflector: Arc<Inflector>,
}

fn read(fields: &Fields<'_>, shared: &Shared) -> Option<Box<dyn Kind>> {
    fields.know(&["names", "first"]);
    let help = "list the names of each party: `names: [[ROK, Republic of Korea], [U.S., United States]]`";
    let Some(node) = fields.get("names") else {
        if fields.get("first").is_some() {
            fields.node().problem("missing-key", "`names` is missing", Some(help.to_owned()));
        }
        return Some(Box::new(Order { parties: None, first: None, inflector: Arc::clone(&shared.inflector) }));
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
    Some(Box::new(Order { parties: Some(sets.collect()), first: index, inflector: Arc::clone(&shared.inflector) }))
}

/// Two parties that are named together.
struct Pair {
    /// The parties, by index.
    order: (usize, usize),
    block: usize,
    names: (Span<Plain>, Span<Plain>),
}

impl Pair {
    fn site(&self) -> Site {
        Site { block: self.block, span: Span::new(self.names.0.start(), self.names.1.end()) }
    }

    /// The pair the other way round.
    fn turned(&self, context: &Context<'_>) -> String {
        let text = context.block(self.block).text();
        let (first, second) = self.names;
        let between = &text[first.end()..second.start()];
        format!("{}{between}{}", &text[second.range()], &text[first.range()])
    }
}

impl Kind for Order {
    fn sets(&self) -> Vec<&PhraseSet> {
        self.parties.iter().flatten().collect()
    }

    fn looks_at_every_draft(&self) -> bool {
        self.parties.is_none()
    }

    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let pairs = self.pairs(context);
        let mut reports = Vec::new();
        for (i, pair) in pairs.iter().enumerate() {
            let (a, b) = pair.order;
            let turned = |other: &&Pair| other.order == (b, a);
            let wrong = match self.first {
                Some(first) => b == first,
                None => {
                    let same = pairs.iter().filter(|other| other.order == pair.order).count();
                    let other = pairs.iter().filter(turned).count();
                    // Of orders that are used equally often, the later one is mixed in.
                    let later = pairs[..i].iter().any(|other| turned(&other));
                    other > same || (other == same && later)
                }
            };
            if !wrong {
                continue;
            }
            let report = Report::at(pair.site()).suggest(vec![pair.turned(context)]);
            reports.push(match pairs.iter().find(turned) {
                Some(usual) => report.label(usual.site(), "the other order"),
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

impl Order {
    /// Where each party is named, in order.
    fn named(&self, context: &Context<'_>) -> Vec<(usize, Site)> {
        let Some(parties) = &self.parties else {
            return context.named_parties();
        };
        let of = |party| context.occurrences(party, None).into_iter().map(move |hit: Hit| (party, hit.site()));
        let mut all: Vec<(usize, Site)> = (0..parties.len()).flat_map(of).collect();
        all.sort_by_key(|(_, site)| (*site, std::cmp::Reverse(site.span.end())));
        all
    }

    fn pairs(&self, context: &Context<'_>) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for two in self.named(context).windows(2) {
            let [(a, first), (b, second)] = two else {
                continue;
            };
            if a != b && first.block == second.block && first.span.end() <= second.span.start() {
                let between = &context.block(first.block).text()[first.span.end()..second.span.start()];
                if joins(between) {
                    pairs.push(Pair { order: (*a, *b), block: first.block, names: (first.span, second.span) });
                }
            }
        }
        pairs
    }
}

/// Whether what stands between two names puts them side by side.
fn joins(between: &str) -> bool {
    let words: Vec<String> = between.split([' ', ',']).map(str::to_lowercase).filter(|word| !word.is_empty()).collect();
    let is_dash =
        |text: &str| !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '\u{2010}'..='\u{2013}' | '/' | '&'));
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => between.contains(','),
        ["and"] | ["and", "the"] => true,
        [dash] => is_dash(dash),
        _ => false,
    }
}
