//! `undefined`: reports a term that is written with capitals, as a defined term is, and that the draft does not define.
//!
//! ```yaml
//! - id: undefined-term
//!   kind: undefined
//!   phrases: ["=Area", "=Information", "=Committee"]
//!   known: [Member State]
//! ```
//!
//! The phrases are the last words of terms; what stands before one with a capital belongs to it: "Confidential Information". A term is
//! defined where it stands in quotation marks ("hereinafter "the Area""), where a sentence says what it means ("Area means"), where it is
//! introduced ("hereby establish a Joint Committee") and in a heading. A term in which a known name stands, or behind which a name
//! follows with "of" or "for", is a name itself.

use std::collections::{HashMap, HashSet};

use super::declaration::phrases;
use super::{Context, Hit, Kind, KindEntry, Report};
use crate::declare::{Phrases, TextList, keys};
use crate::draft::Site;
use crate::rule::phrase::{PhraseSet, Shared};
use crate::span::Span;
use crate::text::BlockKind;
use crate::text::fold::fold_str;
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "undefined",
    about: "reports terms with capitals that the draft uses as if they were defined",
    message: |_| "\"{match}\" is written like a defined term, and is defined nowhere",
    fills: &["count"],
    keys: KEYS,
    read,
};

keys! {
    /// The last words of terms: `=Area` with a capital alone.
    phrases: Phrases,
    /// Terms that need no definition.
    known: Option<TextList>,
}

const SET: usize = 0;

/// The most words before the last one that a term may have.
const MOST_BEFORE: usize = 4;

/// Words behind a term that say what it means, or bring it in, in lower case.
const DEFINING: &[&str] = &[
    "means",
    "shall mean",
    "refers to",
    "shall refer to",
    "includes",
    "has the meaning",
    "denotes",
    "is established",
    "is hereby established",
    "shall be established",
    "is set up",
    "is hereby set up",
    "shall be set up",
];

/// Words before a term that bring it in, in lower case.
const INTRODUCING: &[&str] = &[
    "a", "an", "one", "called", "named", "known as", "referred to as", "designated as", "hereinafter", "hereafter",
    "term", "terms", "expression",
];

/// Words that no name of something outside of the draft goes on with.
const OWN: &[&str] = &["Contracting", "Governments", "Parties", "Party", "States"];

/// Words that may begin a sentence before a term, and are no part of it.
const ARTICLES: &[&str] =
    &["A", "All", "An", "Any", "Each", "Every", "In", "No", "Such", "That", "The", "These", "This", "Those"];

#[derive(Debug)]
struct UndefinedKind {
    phrases: PhraseSet,
    /// The terms that need no definition, as [`term_key`] has them.
    known: HashSet<String>,
    inflector: std::sync::Arc<crate::rule::inflect::Inflector>,
}

fn read(fields: &Fields<'_>, shared: &Shared) -> Option<Box<dyn Kind>> {
    let set = phrases(fields, "phrases", Some("give the last words of terms: `phrases: [=Area]`"), shared);
    let known = fields.strings("known").iter().map(|term| term_key(term)).collect();
    Some(Box::new(UndefinedKind { phrases: set, known, inflector: std::sync::Arc::clone(&shared.inflector) }))
}

impl Kind for UndefinedKind {
    fn sets(&self) -> Vec<&PhraseSet> {
        vec![&self.phrases]
    }

    fn looks_at_every_draft(&self) -> bool {
        false
    }

    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let terms: Vec<(String, Site)> = context.occurrences(SET).iter().map(|hit| term(context, hit)).collect();
        let mut settled: HashSet<String> = self.known.clone();
        for (key, _) in terms.iter().filter(|(_, site)| is_defined(context, *site)) {
            // What is called Joint Committee may be called Committee behind it.
            settled.extend(key.match_indices(' ').map(|(at, _)| key[at + 1..].to_owned()));
            settled.insert(key.clone());
        }
        let mut counts: HashMap<&str, usize> = HashMap::new();
        terms.iter().for_each(|(key, _)| *counts.entry(key).or_default() += 1);
        let mut shouted = Shouted(None);
        let mut reports: Vec<Report> = Vec::new();
        for (key, site) in &terms {
            let opens = context.block(site.block).opens_sentence(site.span.start());
            if settled.contains(key) || opens || shouted.is(context, site.block) || is_of_a_name(context, *site) {
                continue;
            }
            settled.insert(key.clone());
            reports.push(Report::at(*site).count(counts[key.as_str()]));
        }
        reports
    }

    fn looks_for(&self) -> Vec<String> {
        let heads = self.phrases.wordings(&self.inflector);
        heads.iter().map(|head| format!("a term with capitals that ends in: {head}")).collect()
    }

    fn suggestions(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// A term, however it is written: folded, in the singular.
fn term_key(term: &str) -> String {
    let folded = fold_str(term);
    match folded.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => folded.strip_suffix('s').filter(|stem| !stem.ends_with('s')).unwrap_or(&folded).to_owned(),
    }
}

/// The term whose last word was found, with the words before it that belong to it.
fn term(context: &Context<'_>, hit: &Hit) -> (String, Site) {
    let text = context.block(hit.block).text();
    let mut start = hit.span.start();
    for _ in 0..MOST_BEFORE {
        let Some(before) = text[..start].strip_suffix(' ') else {
            break;
        };
        let written = &before[before.rfind(' ').map_or(0, |at| at + 1)..];
        // A quotation mark or a bracket may open before it.
        let word = written.trim_start_matches(|c: char| !c.is_alphanumeric());
        let is_word = word.chars().all(|c| c.is_alphanumeric() || c == '-');
        if !is_word || !word.starts_with(char::is_uppercase) || ARTICLES.contains(&word) {
            break;
        }
        start = before.len() - word.len();
        if word.len() < written.len() {
            break;
        }
    }
    let span = Span::new(start, hit.span.end());
    (term_key(&text[span.range()]), Site { block: hit.block, span })
}

/// Blocks that are written with capitals throughout, where these say nothing: the last that was asked for.
struct Shouted(Option<(usize, bool)>);

impl Shouted {
    fn is(&mut self, context: &Context<'_>, block: usize) -> bool {
        let is_shouted = || context.block(block).text().chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        match self.0 {
            Some((last, is_shouted)) if last == block => is_shouted,
            _ => self.0.insert((block, is_shouted())).1,
        }
    }
}

/// True if the draft says here what a term is.
fn is_defined(context: &Context<'_>, site: Site) -> bool {
    let block = context.block(site.block);
    if matches!(block.kind(), BlockKind::Title | BlockKind::Heading) || block.is_quoted(site.span) {
        return true;
    }
    let (before, behind) = (&block.text()[..site.span.start()], &block.text()[site.span.end()..]);
    let before = before.strip_suffix("the ").unwrap_or(before);
    let in_brackets = before.ends_with('(') && behind.starts_with(')');
    let with_colon = before.is_empty() && behind.starts_with(':');
    let behind = behind.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if in_brackets || with_colon || DEFINING.iter().any(|words| behind.starts_with(words)) {
        return true;
    }
    let before = before.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    INTRODUCING.iter().any(|words| {
        let rest = before.strip_suffix(words);
        rest.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    })
}

/// True if a term is, or is a part of, the name of something outside of the draft.
fn is_of_a_name(context: &Context<'_>, site: Site) -> bool {
    let known = context.text().known_names(site.block);
    let ends = [site.span.start(), site.span.end() - 1].map(|at| Span::new(at, at + 1));
    if ends.iter().any(|end| known.holding(*end).next().is_some()) {
        return true;
    }
    let behind = &context.block(site.block).text()[site.span.end()..];
    let is_named = |word: &str| {
        let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        word.starts_with(char::is_uppercase) && !OWN.contains(&word)
    };
    let mut words = behind.split(' ').skip(1);
    let joins = words.next().is_some_and(|word| matches!(word, "of" | "for" | "on"));
    behind.starts_with(' ')
        && joins
        && words.find(|word| !matches!(*word, "the" | "both" | "each")).is_some_and(is_named)
}
