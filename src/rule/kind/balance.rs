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
//! Without `parties` they are the states that the text is between, if that is known of two or more.
//!
//! A commitment is a party that is the subject of one of the verbs: its name, at most three words, the verb, in the same sentence.
//! What parties do together counts for each: "the ROK and the United States will", "Together with the ROK, the United States
//! will". A name that another word governs ("for the ROK"), one in a list with names of others, and a verb that is denied ("will not
//! pay") are no commitment. Fewer than three commitments are no pattern, and a draft that does not name all the parties is not one
//! between them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::declaration::phrases;
use super::{Context, Hit, Kind, KindEntry, Report};
use crate::declare::{Phrases, keys};
use crate::draft::{Site, count_words};
use crate::rule::inflect::Inflector;
use crate::rule::phrase::{PhraseSet, Shared};
use crate::span::{Span, ceil_char};
use crate::words::is_negation;
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "balance",
    about: "counts who commits to what, and reports a draft whose commitments fall on one side",
    message: |_| "{expected} commits to {count} things, {other}",
    fills: &["count", "expected", "other"],
    keys: KEYS,
    read,
};

keys! {
    /// What each party is called in the list, and its names: `{rok: [ROK], us: [U.S., United States]}`. Without this key, the
    /// states that the text is between.
    #[cfg_attr(feature = "schema", schemars(extend("minProperties" = 2)))]
    parties: Option<BTreeMap<String, Phrases>>,
    /// The verbs of a commitment: `[will, "commit~ to"]`.
    verbs: Phrases,
    /// One side may have up to so many times as many commitments as another.
    #[cfg_attr(feature = "schema", schemars(extend("exclusiveMinimum" = 0, "default" = 2)))]
    ratio: Option<f64>,
}

/// The most words between a party and its verb.
const REACH: usize = 3;

/// The fewest commitments of one side that are reported.
const FEWEST: usize = 3;

/// The most characters of a commitment that the table quotes.
const QUOTED: usize = 60;

#[derive(Debug)]
struct BalanceKind {
    /// Each party: what it is called in the table, and its names; those of the text if there are none.
    parties: Vec<(String, PhraseSet)>,
    verbs: PhraseSet,
    ratio: f64,
    inflector: Arc<Inflector>,
}

fn read(fields: &Fields<'_>, shared: &Shared) -> Option<Box<dyn Kind>> {
    let help = "list the names of each party: `parties: {rok: [ROK], us: [U.S., United States]}`";
    let listed = fields.get("parties");
    let entries = listed.as_ref().map(|node| node.entries()).unwrap_or_default();
    let parties: Vec<(String, PhraseSet)> =
        entries.iter().map(|(name, names)| (name.value.to_owned(), PhraseSet::read(&names.texts(), shared))).collect();
    let verbs = phrases(fields, "verbs", Some("list the verbs of a commitment: `verbs: [will, commit~ to]`"), shared);
    let ratio = fields.get("ratio").map_or(Some(2.0), |node| node.positive());
    if let Some(node) = listed.filter(|_| parties.len() < 2) {
        node.problem("missing-value", "one party is always in balance", Some(help.to_owned()));
        return None;
    }
    Some(Box::new(BalanceKind { parties, verbs, ratio: ratio?, inflector: Arc::clone(&shared.inflector) }))
}

impl Kind for BalanceKind {
    fn sets(&self) -> Vec<&PhraseSet> {
        std::iter::once(&self.verbs).chain(self.parties.iter().map(|(_, names)| names)).collect()
    }

    fn looks_at_every_draft(&self) -> bool {
        false
    }

    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let verbs = context.occurrences(VERBS);
        if verbs.is_empty() {
            return Vec::new();
        }
        let (names, named) = self.named(context);
        // A text that does not name them all is not one between them.
        if names.len() < 2 || (0..names.len()).any(|party| !named.iter().any(|(other, _)| *other == party)) {
            return Vec::new();
        }
        let commitments = commitments(context, names.len(), &named, &verbs);
        let counts: Vec<usize> = commitments.iter().map(Vec::len).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        let least = counts.iter().copied().min().unwrap_or(0);
        if most < FEWEST || most as f64 <= self.ratio * least as f64 {
            return Vec::new();
        }
        let side = |wanted: usize| counts.iter().position(|&count| count == wanted);
        let (Some(heavy), Some(light)) = (side(most), side(least)) else {
            return Vec::new();
        };
        let Some((first, rest)) = commitments[heavy].split_first() else {
            return Vec::new();
        };
        let mut report = Report::at(*first).count(most).expect(&names[heavy]);
        report.other = Some(format!("{} to {least}", names[light]));
        report.notes.push(table(context, &names, &commitments));
        for site in rest {
            report = report.label(*site, format!("{} again", names[heavy]));
        }
        for (party, sites) in commitments.iter().enumerate().filter(|(party, _)| *party != heavy) {
            for site in sites {
                report = report.label(*site, names[party].clone());
            }
        }
        vec![report]
    }

    fn looks_for(&self) -> Vec<String> {
        let party =
            |(name, names): &(String, PhraseSet)| format!("{name}: {}", names.wordings(&self.inflector).join(", "));
        let verbs = format!("verbs: {}", self.verbs.wordings(&self.inflector).join(", "));
        if self.parties.is_empty() {
            return vec!["parties: the states that the text is between".to_owned(), verbs];
        }
        self.parties.iter().map(party).chain([verbs]).collect()
    }

    fn suggestions(&self) -> Vec<&str> {
        Vec::new()
    }
}

const VERBS: usize = 0;

/// Words that govern a name behind them, so that it is not the subject: "for the ROK".
const GOVERNING: &[&str] = &[
    "about", "against", "among", "around", "at", "behind", "between", "beyond", "by", "for", "from", "in", "into",
    "near", "on", "outside", "over", "to", "toward", "towards", "under", "upon", "with", "within", "without",
];

/// Words that may stand before "of" and a name, and act for it: "the Government of the ROK will".
const ACTING: &[&str] = &[
    "cabinet", "forces", "government", "leader", "leaders", "minister", "ministry", "parliament", "people",
    "president", "secretary", "side",
];

/// The number of bytes of a sentence before a name that tell if that is its subject: a few words, the longest among them.
const NEAR: usize = 80;

/// Verbs behind a verb that deny it, as negations do.
const ENDINGS: &[&str] = &["cease", "refrain", "stop"];

impl BalanceKind {
    /// The names of the parties in the list, and the sites where they are named, in the order of the draft.
    fn named(&self, context: &Context<'_>) -> (Vec<String>, Vec<(usize, Site)>) {
        if self.parties.is_empty() {
            return (context.parties_called(), context.named_parties());
        }
        let sites = |party: usize| context.occurrences(party + 1).into_iter().map(move |hit: Hit| (party, hit.site()));
        let mut named: Vec<(usize, Site)> = (0..self.parties.len()).flat_map(sites).collect();
        named.sort_by_key(|(_, site)| *site);
        (self.parties.iter().map(|(name, _)| name.clone()).collect(), named)
    }
}

/// For each party its commitments: from the name to the verb.
fn commitments(context: &Context<'_>, parties: usize, named: &[(usize, Site)], verbs: &[Hit]) -> Vec<Vec<Site>> {
    let mut found = vec![Vec::new(); parties];
    let mut sites = vec![Vec::new(); parties];
    named.iter().for_each(|&(party, site)| sites[party].push(site));
    let mut at = 0;
    while at < named.len() {
        let subject = subject(context, &named[at..]);
        let (names, rest) = named[at..].split_at(subject);
        at += subject;
        let Some((_, last)) = names.last() else {
            break;
        };
        let first = names[0].1;
        let block = context.block(last.block);
        let next = verbs.partition_point(|verb| verb.site() < *last);
        let Some(verb) = verbs.get(next).filter(|verb| verb.block == last.block) else {
            continue;
        };
        let whole = Span::new(first.span.start(), verb.span.end().max(last.span.end()));
        let text = block.text();
        let between = &text[last.span.end().min(verb.span.start())..verb.span.start()];
        let is_interrupted = rest.first().is_some_and(|(_, other)| *other < verb.site());
        let is_near = !is_interrupted && count_words(between) <= REACH && !between.contains([';', ':']);
        let is_denied = text[verb.span.end()..].split_whitespace().take(2).any(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            is_negation(&word) || ENDINGS.contains(&word.as_str())
        });
        if !is_near
            || is_denied
            || block.crosses_sentence(whole)
            || !is_subject(text, block.sentence_start(first.span.start()), first, *last)
        {
            continue;
        }
        let site = Site { block: last.block, span: whole };
        let mut acting: Vec<usize> = names.iter().map(|(party, _)| *party).collect();
        acting.extend(together_with(context, &sites, first));
        acting.sort_unstable();
        acting.dedup();
        acting.into_iter().for_each(|party| found[party].push(site));
    }
    found
}

/// Counts the names from the next on that are joined into one subject: "the ROK and the United States".
fn subject(context: &Context<'_>, named: &[(usize, Site)]) -> usize {
    let joined = |two: &[(usize, Site)]| {
        let (one, other) = (two[0].1, two[1].1);
        if one.block != other.block || one.span.end() > other.span.start() {
            return false;
        }
        let between = &context.block(one.block).text()[one.span.end()..other.span.start()];
        // "Together with the ROK, the United States will": the comma ends what opens the sentence.
        joins(between) && !(between.starts_with(',') && opens_with_others(opening(context, one)))
    };
    1 + named.windows(2).take_while(|two| joined(two)).count()
}

/// The text before a name in its sentence.
fn opening<'c>(context: &Context<'c>, name: Site) -> &'c str {
    let block = context.block(name.block);
    let start = name.span.start();
    block.text()[block.sentence_start(start).min(start)..start].trim_start()
}

/// True if a sentence that begins so names those who act with its subject.
fn opens_with_others(opening: &str) -> bool {
    let opens = |words: &str| opening.get(..words.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(words));
    ["together with", "along with", "jointly with"].iter().any(|words| opens(words))
}

/// True for text between two names that makes one subject of them.
fn joins(between: &str) -> bool {
    let between = between.trim().to_lowercase();
    matches!(
        between.as_str(),
        "and" | "and the" | ", and" | ", and the" | "," | ", the" | "and its ally the" | "and its ally, the"
    )
}

/// True if names are what a sentence is about: no word governs them, and they are no part of a list with others.
fn is_subject(text: &str, sentence: usize, first: Site, last: Site) -> bool {
    let before = text[sentence..first.span.start()].trim_end();
    let lower = before[ceil_char(before, before.len().saturating_sub(NEAR))..].to_lowercase();
    let before_article = lower.strip_suffix(" the").unwrap_or(if lower == "the" { "" } else { &lower }).trim_end();
    let mut words = before_article.rsplit(' ').map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let word = words.next().unwrap_or_default();
    if word == "of" {
        return words.next().is_some_and(|word| ACTING.contains(&word));
    }
    // "Japan, Australia and the ROK will", "the ROK, Japan and others will": others act as well, and the list is theirs.
    let in_list = before_article.ends_with(',') && !is_aside(before) || matches!(word, "and" | "or" | "nor");
    let behind = text[last.span.end()..].trim_start();
    let goes_on = behind.strip_prefix(',').is_some_and(|rest| rest.trim_start().starts_with(char::is_uppercase))
        || behind.strip_prefix("and ").is_some_and(|rest| {
            rest.strip_prefix("the ").unwrap_or(rest).starts_with(char::is_uppercase) || rest.starts_with("other")
        });
    !GOVERNING.contains(&word) && !in_list && !goes_on
}

/// True if what ends in a comma opens its sentence: "In 2026, ", "To this end, ", "Together with the ROK, ".
fn is_aside(before: &str) -> bool {
    const OPENERS: &[&str] = &[
        "accordingly", "additionally", "along", "also", "as", "after", "at", "based", "building", "by", "consistent",
        "finally", "following", "for", "further", "furthermore", "given", "if", "in", "jointly", "moreover", "on",
        "recognizing", "recognising", "separately", "similarly", "through", "to", "today", "together", "toward",
        "under", "upon", "when", "where", "while", "with", "working",
    ];
    let first = before.split_whitespace().next().unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    OPENERS.iter().any(|opener| opener.eq_ignore_ascii_case(first))
}

/// The parties that act with the subject that begins at `first`: "Together with the ROK, ". `sites` are where each is named.
fn together_with(context: &Context<'_>, sites: &[Vec<Site>], first: Site) -> Vec<usize> {
    if !opens_with_others(opening(context, first)) {
        return Vec::new();
    }
    let sentence = context.block(first.block).sentence_start(first.span.start());
    let is_before = |sites: &[Site]| {
        let last = sites.partition_point(|site| *site < first).checked_sub(1).map(|at| sites[at]);
        last.is_some_and(|site| site.block == first.block && site.span.start() >= sentence)
    };
    (0..sites.len()).filter(|&party| is_before(&sites[party])).collect()
}

fn table(context: &Context<'_>, names: &[String], commitments: &[Vec<Site>]) -> String {
    let mut table = String::from("who commits to what:");
    for (name, sites) in names.iter().zip(commitments) {
        table += &format!("\n  {name}: {}", sites.len());
        for site in sites {
            let block = context.block(site.block);
            let at = context.draft.position(block.source(site.span).start());
            let sentence = &block.text()[site.span.start()..block.sentence_end(site.span.start())];
            let quoted: String = sentence.chars().take(QUOTED).collect();
            let cut = if quoted.len() < sentence.len() { "\u{2026}" } else { "" };
            table += &format!("\n    {}: {}{cut}", at.line, quoted.trim_end_matches('.'));
        }
    }
    table
}
