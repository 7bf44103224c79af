//! `balance`: counts who commits to what, and reports a draft whose commitments fall on one side.
//!
//! ```yaml
//! - id: commitments
//!   kind: balance
//!   parties: {rok: [ROK, Republic of Korea], us: [U.S., United States]}
//!   verbs: ["will", "commit~ to", "pledge~ to"]
//!   ratio: 2          # one side may have up to twice as many as the other
//! ```
//!
//! A commitment is a party followed, with at most three words between and in the same sentence, by one of the verbs. What both
//! do together counts for both: a party right before "and" another. Fewer than three commitments are no pattern, and a draft that
//! does not name all the parties is not one between them.

use std::sync::Arc;

use super::{Context, Entry, Hit, Kind, Report, Shared, count_words};
use crate::rule::inflect::Inflector;
use crate::rule::phrase::PhraseSet;
use crate::span::Span;
use crate::yaml::Fields;

pub(super) const ENTRY: Entry = Entry {
    name: "balance",
    about: "counts who commits to what, and reports a draft whose commitments fall on one side",
    read,
};

/// The most words between a party and its verb.
const REACH: usize = 3;

/// The fewest commitments of one side that are reported.
const FEWEST: usize = 3;

/// The most characters of a commitment that the table quotes.
const QUOTED: usize = 60;

#[derive(Debug)]
struct Balance {
    /// Each party: what it is called in the table, and its names.
    parties: Vec<(String, PhraseSet)>,
    verbs: PhraseSet,
    ratio: f64,
    inflector: Arc<Inflector>,
}

fn read(fields: &Fields<'_>, shared: &Shared) -> Option<Box<dyn Kind>> {
    fields.know(&["parties", "verbs", "ratio"]);
    let help = "list the names of each party: `parties: {rok: [ROK], us: [U.S., United States]}`";
    let node = fields.require("parties", help)?;
    let entries = node.entries();
    let parties: Vec<(String, PhraseSet)> =
        entries.iter().map(|(name, names)| (name.value.to_owned(), PhraseSet::read(&names.texts(), shared))).collect();
    let verbs =
        super::phrases(fields, "verbs", Some("list the verbs of a commitment: `verbs: [will, commit~ to]`"), shared);
    let ratio = fields.get("ratio").map_or(Some(2.0), |node| node.positive());
    if parties.len() < 2 {
        node.problem("missing-value", "one party is always in balance", Some(help.to_owned()));
        return None;
    }
    Some(Box::new(Balance { parties, verbs, ratio: ratio?, inflector: Arc::clone(&shared.inflector) }))
}

impl Kind for Balance {
    fn sets(&self) -> Vec<&PhraseSet> {
        std::iter::once(&self.verbs).chain(self.parties.iter().map(|(_, names)| names)).collect()
    }

    fn looks_at_every_draft(&self) -> bool {
        false
    }

    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        // A text that does not name them all is not one between them.
        if (0..self.parties.len()).any(|party| context.hits(party + 1).is_empty()) {
            return Vec::new();
        }
        let commitments = self.commitments(context);
        let counts: Vec<usize> = commitments.iter().map(Vec::len).collect();
        let (Some(&most), Some(&least)) = (counts.iter().max(), counts.iter().min()) else {
            return Vec::new();
        };
        if most < FEWEST || most as f64 <= self.ratio * least as f64 {
            return Vec::new();
        }
        let Some(heavy) = counts.iter().position(|&count| count == most) else {
            return Vec::new();
        };
        let Some(first) = commitments[heavy].first() else {
            return Vec::new();
        };
        let mut report = Report::at(first.site()).count(most).expect(&self.parties[heavy].0);
        report.notes.push(self.table(context, &commitments));
        let rest = commitments[heavy].iter().skip(1);
        let others = commitments.iter().enumerate().filter(|(party, _)| *party != heavy).flat_map(|(_, all)| all);
        for commitment in rest {
            report = report.label(commitment.site(), format!("{} again", self.parties[heavy].0));
        }
        for commitment in others {
            report = report.label(commitment.site(), "the other side");
        }
        vec![report]
    }

    fn looks_for(&self) -> Vec<String> {
        let party =
            |(name, names): &(String, PhraseSet)| format!("{name}: {}", names.wordings(&self.inflector).join(", "));
        let verbs = format!("verbs: {}", self.verbs.wordings(&self.inflector).join(", "));
        self.parties.iter().map(party).chain([verbs]).collect()
    }

    fn suggestions(&self) -> Vec<&str> {
        Vec::new()
    }
}

const VERBS: usize = 0;

impl Balance {
    /// For each party its commitments: from the name to the verb.
    fn commitments(&self, context: &Context<'_>) -> Vec<Vec<Hit>> {
        let verbs = context.occurrences(VERBS, None);
        let mut all: Vec<(usize, Hit)> = (0..self.parties.len())
            .flat_map(|party| context.occurrences(party + 1, None).into_iter().map(move |hit| (party, hit)))
            .collect();
        all.sort_by_key(|(_, hit)| hit.site());
        let mut found = vec![Vec::new(); self.parties.len()];
        for (i, (party, hit)) in all.iter().enumerate() {
            let next = verbs.partition_point(|verb| verb.site() < hit.site());
            let Some(verb) = verbs.get(next).filter(|verb| verb.block == hit.block) else {
                continue;
            };
            let text = context.block(hit.block).text();
            let whole = Span::new(hit.span.start(), verb.span.end().max(hit.span.end()));
            let between = &text[hit.span.end().min(verb.span.start())..verb.span.start()];
            // "The ROK and the United States will": another party between counts as one word.
            let other =
                all.get(i + 1).filter(|(_, other)| other.block == hit.block && other.span.end() <= verb.span.start());
            let reach = match other {
                Some((_, other)) if is_and(&text[hit.span.end()..other.span.start().max(hit.span.end())]) => {
                    REACH + 2 + count_words(&text[other.span.range()])
                }
                Some(_) => 0,
                None => REACH,
            };
            let near = reach > 0 && count_words(between) <= reach && !between.contains([';', ':']);
            if near && !context.block(hit.block).crosses_sentence(whole) {
                found[*party].push(Hit { span: whole, ..*hit });
            }
        }
        found
    }

    fn table(&self, context: &Context<'_>, commitments: &[Vec<Hit>]) -> String {
        let mut table = String::from("who commits to what:");
        for ((name, _), all) in self.parties.iter().zip(commitments) {
            table += &format!("\n  {name}: {}", all.len());
            for hit in all {
                let block = context.block(hit.block);
                let at = context.draft.position(block.source(hit.span).start());
                let sentence = &block.text()[hit.span.start()..block.sentence_end(hit.span.start())];
                let quoted: String = sentence.chars().take(QUOTED).collect();
                let cut = if quoted.len() < sentence.len() { "\u{2026}" } else { "" };
                table += &format!("\n    {}: {}{cut}", at.line, quoted.trim_end_matches('.'));
            }
        }
        table
    }
}

/// Whether two names are joined: they act together.
fn is_and(between: &str) -> bool {
    matches!(between.trim().to_lowercase().as_str(), "and" | "and the" | ", and" | ", and the")
}
