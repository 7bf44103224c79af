//! `consistent`: reports the rarer of two or more ways to say one thing, with a label on the first use of the other.
//!
//! ```yaml
//! - id: sea-names
//!   kind: consistent
//!   either: [["East Sea"], ["Sea of Japan"]]
//! ```
//!
//! Of ways that are used equally often, the one that comes later is reported.

use std::sync::Arc;

use super::{Context, Exceptions, Hit, Kind, KindEntry, Report};
use crate::declare::{Phrases, keys};
use crate::rule::inflect::Inflector;
use crate::rule::phrase::{PhraseSet, Shared};
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "consistent",
    about: "reports the rarer of two or more ways to say one thing",
    message: |_| "\"{match}\" here, \"{expected}\" elsewhere",
    fills: &["count", "expected"],
    keys: KEYS,
    read,
};

keys! {
    /// The ways to say one thing, each a list of phrases: `[["East Sea"], ["Sea of Japan"]]`.
    #[cfg_attr(feature = "schema", schemars(length(min = 2)))]
    either: Vec<Phrases>,
}

#[derive(Debug)]
struct ConsistentKind {
    ways: Vec<PhraseSet>,
    inflector: Arc<Inflector>,
}

fn read(fields: &Fields<'_>, shared: &Shared) -> Option<Box<dyn Kind>> {
    let help = "list the ways to say it: `either: [[East Sea], [Sea of Japan]]`";
    let node = fields.require("either", help)?;
    let ways = node.items()?;
    if ways.len() < 2 {
        node.problem("missing-value", "one way to say it is always consistent", Some(help.to_owned()));
        return None;
    }
    let read = |way: &crate::yaml::YamlNode<'_>| PhraseSet::read(&way.texts(), shared);
    let inflector = Arc::clone(&shared.inflector);
    Some(Box::new(ConsistentKind { ways: ways.iter().map(read).collect(), inflector }))
}

impl Kind for ConsistentKind {
    fn sets(&self) -> Vec<&PhraseSet> {
        self.ways.iter().collect()
    }

    fn looks_at_every_draft(&self) -> bool {
        false
    }

    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        // Most drafts keep to one way, and then nothing more is asked of the places.
        if (0..self.ways.len()).filter(|&way| context.is_there(way)).count() < 2 {
            return Vec::new();
        }
        let mut all: Vec<Vec<Hit>> = (0..self.ways.len()).map(|way| context.occurrences(way)).collect();
        // What is part of a longer name is no use of the shorter: "East Sea" in "Sea of Japan/East Sea".
        let whole: Vec<Exceptions> = all.iter().map(|hits| Exceptions::new(hits)).collect();
        for (way, hits) in all.iter_mut().enumerate() {
            let longer =
                |hit: &Hit| whole.iter().enumerate().any(|(other, places)| other != way && places.contain(hit.site()));
            hits.retain(|hit| !longer(hit));
        }
        let used = all.iter().filter(|hits| !hits.is_empty());
        let place = |hit: &Hit| (hit.block, hit.span.start());
        let main = used.max_by_key(|hits| (hits.len(), std::cmp::Reverse(hits.first().map(place))));
        let Some((main, first)) = main.and_then(|main| Some((main, main.first()?))) else {
            return Vec::new();
        };
        let usual = &context.block(first.block).text()[first.span.range()];
        let others = all.iter().filter(|hits| !std::ptr::eq(*hits, main)).flatten();
        let mut reports: Vec<Report> = others
            .map(|hit| {
                let label = format!("{} times like this", main.len());
                let label = if main.len() == 1 { "here it is this".to_owned() } else { label };
                Report::at(hit.site()).label(first.site(), label).expect(usual).count(main.len())
            })
            .collect();
        reports.sort_by_key(|report| report.site);
        reports
    }

    fn looks_for(&self) -> Vec<String> {
        let either = |way: &PhraseSet| format!("either: {}", way.wordings(&self.inflector).join("; "));
        self.ways.iter().map(either).collect()
    }

    fn suggestions(&self) -> Vec<&str> {
        Vec::new()
    }
}
