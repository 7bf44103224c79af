//! `figure`: reports numbers that were not cleared, and two numbers for one thing.
//!
//! ```yaml
//! - id: defence-share
//!   kind: figure
//!   units: [gdp, percent]          # money, percent, gdp (a share of it), ratio (ninefold, tripling, three times)
//!   near: ["defen(c|s)e spending"] # only in a sentence that holds one of these; without it, everywhere
//!   allow: ["2.6 percent of GDP"]  # figures that were cleared, written in any way
//! ```
//!
//! Numbers are read in digits and in words. A figure is the same however it is written: "$10 billion" is "10bn dollars".
//! With `near`, a second figure of the same unit for the same phrase that differs from the first is labelled with the first,
//! and reported even if both are cleared.

use std::collections::HashMap;
use std::sync::Arc;

use super::declaration::phrases;
use super::hit::in_blocks;
use super::{Context, Hit, Kind, KindEntry, Report};
use crate::declare::{OneOrMore, Phrases, TextList, keys};
use crate::draft::Site;
use crate::rule::inflect::Inflector;
use crate::rule::phrase::{PhraseSet, Shared};
use crate::span::{Plain, Span};
use crate::text::amount::{AmountValue, Unit, amounts};
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "figure",
    about: "reports numbers that were not cleared, and two numbers for one thing",
    message: |_| "\"{match}\" has not been cleared",
    fills: &[],
    keys: KEYS,
    read,
};

keys! {
    /// What to count.
    units: OneOrMore<Unit>,
    /// Only in a sentence that holds one of these phrases; a second figure for the same phrase that differs is labelled with the
    /// first.
    near: Option<Phrases>,
    /// Figures that were cleared: "$10 billion" also clears "10bn dollars".
    allow: Option<TextList>,
}

#[derive(Debug)]
struct FigureKind {
    units: Vec<Unit>,
    near: Option<PhraseSet>,
    allow: Vec<AmountValue>,
    inflector: Arc<Inflector>,
}

fn read(fields: &Fields<'_>, shared: &Shared) -> Option<Box<dyn Kind>> {
    fields.require("units", "say what to count: `units: [money, percent, gdp, ratio]`")?;
    let units = fields.texts("units").iter().filter_map(|text| text.choose("unit", Unit::NAMES)).collect();
    let near = fields.get("near").is_some().then(|| phrases(fields, "near", None, shared));
    let mut allow = Vec::new();
    for text in fields.texts("allow") {
        let found = amounts(text.value);
        match found.first().filter(|_| found.len() == 1).and_then(|(amount, _)| amount.value()) {
            Some(value) => allow.push(value),
            None => {
                let help = "write it as a draft would: `3.8 percent of GDP`, `$10 billion`, `ninefold`".to_owned();
                text.problem("bad-figure", format!("`{}` is not one figure", text.value), Some(help));
            }
        }
    }
    Some(Box::new(FigureKind { units, near, allow, inflector: Arc::clone(&shared.inflector) }))
}

impl Kind for FigureKind {
    fn sets(&self) -> Vec<&PhraseSet> {
        self.near.iter().collect()
    }

    fn looks_at_every_draft(&self) -> bool {
        self.near.is_none()
    }

    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let near = context.occurrences(0);
        let mut reports = Vec::new();
        // For each phrase and unit the first figure.
        let mut first: HashMap<(usize, Unit), (Option<AmountValue>, Site)> = HashMap::new();
        for &index in context.blocks {
            let block = context.block(index);
            if self.near.is_some() && in_blocks(&near, &(index..index + 1)).is_empty() {
                continue;
            }
            for (amount, span) in amounts(block.text()) {
                let phrase = self.near.as_ref().map(|_| phrase_near(context, index, span, &near));
                if !self.units.contains(&amount.unit) || phrase == Some(None) || !context.in_scope(index, span) {
                    continue;
                }
                let site = Site { block: index, span };
                let value = amount.value();
                let known = phrase.flatten().and_then(|phrase| {
                    let of_it = (phrase, amount.unit);
                    let known = first.get(&of_it).copied();
                    if known.is_none() {
                        first.insert(of_it, (value, site));
                    }
                    known
                });
                let differs = known.filter(|(before, _)| *before != value);
                let cleared = value.is_some_and(|value| self.allow.contains(&value));
                if cleared && differs.is_none() {
                    continue;
                }
                let mut report = Report::at(site);
                if let Some((_, before)) = differs {
                    report = report.label(before, "another figure for the same");
                    if cleared {
                        report.notes.push("this figure is cleared, but the text has two for one thing".to_owned());
                    }
                }
                reports.push(report);
            }
        }
        reports
    }

    fn looks_for(&self) -> Vec<String> {
        let names = Unit::NAMES
            .iter()
            .filter(|(_, unit)| self.units.contains(unit))
            .map(|(name, _)| format!("figures: {name}"));
        let near = self
            .near
            .iter()
            .flat_map(|near| near.wordings(&self.inflector))
            .map(|wording| format!("... near: {wording}"));
        names.chain(near).collect()
    }

    fn suggestions(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// The phrase of the sentence of `span` that is nearest to it.
fn phrase_near(context: &Context<'_>, block: usize, span: Span<Plain>, near: &[Hit]) -> Option<usize> {
    let here = in_blocks(near, &(block..block + 1));
    // They do not overlap: where the nearest before it, or behind it, is in another sentence, so are those farther off.
    let next = here.partition_point(|hit| hit.span.start() <= span.start());
    let nearest = next.checked_sub(1).into_iter().chain([next]).filter_map(|at| here.get(at));
    let distance = |hit: &Hit| hit.span.start().abs_diff(span.start());
    let whole = |hit: &Hit| Span::new(hit.span.start().min(span.start()), hit.span.end().max(span.end()));
    let same_sentence = nearest.filter(|hit| !context.block(block).crosses_sentence(whole(hit)));
    same_sentence.min_by_key(|hit| distance(hit)).map(|hit| hit.phrase)
}
