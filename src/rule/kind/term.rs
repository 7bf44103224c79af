//! `term`: holds a draft to one long form and one short form of a name.
//!
//! ```yaml
//! - id: dprk
//!   kind: term
//!   use: "Democratic People's Republic of Korea"
//!   short: "DPRK"
//!   not: ["North Korea"]
//! ```
//!
//! Reported are: each wrong variant (`not`); the first use of the short form before the long form has introduced it, as in
//! "Democratic People's Republic of Korea (DPRK)"; a second introduction; and the long form where the short form has been
//! introduced. Headings may have either form. Without `short`, only the variants are reported.

use std::sync::Arc;

use super::declaration::{is_wording, phrases};
use super::{Context, Exceptions, Hit, Kind, KindEntry, Report};
use crate::declare::{Phrases, keys};
use crate::draft::Site;
use crate::rule::inflect::Inflector;
use crate::rule::phrase::{PhraseSet, Shared};
use crate::span::Span;
use crate::text::BlockKind;
use crate::text::marks::closes_quotation;
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "term",
    about: "holds a draft to one long form and one short form of a name",
    message: |_| "\"{match}\": write \"{expected}\"",
    fills: &["expected", "suggestion"],
    keys: KEYS,
    read,
};

keys! {
    #![cfg_attr(feature = "schema", schemars(extend("anyOf" = [{"required": ["short"]}, {"required": ["not"]}])))]
    /// The long form, or the only one.
    r#use: Phrases,
    /// The short form, which the long form must introduce: "Republic of Korea (ROK)".
    short: Option<Phrases>,
    /// Variants that are wrong.
    not: Option<Phrases>,
}

#[derive(Debug)]
struct TermKind {
    long: PhraseSet,
    short: PhraseSet,
    variants: PhraseSet,
    /// The long form, and the short form, as the pack gives them.
    names: (String, Option<String>),
    inflector: Arc<Inflector>,
}

fn read(fields: &Fields<'_>, shared: &Shared) -> Option<Box<dyn Kind>> {
    let long = phrases(fields, "use", Some("give the name to use"), shared);
    let short = phrases(fields, "short", None, shared);
    let variants = phrases(fields, "not", None, shared);
    // What is looked for first is also what is written.
    let written = |key: &'static str| fields.texts(key).into_iter().next().filter(|text| is_wording(text, false));
    let first = |key: &'static str| written(key).map(|text| text.value.replace('=', ""));
    let names = (first("use")?, first("short"));
    if fields.get("short").is_none() && fields.get("not").is_none() {
        let help = "give a `short` form, or the variants `not` to use".to_owned();
        fields.node().problem("missing-key", "the rule has nothing to report", Some(help));
    }
    Some(Box::new(TermKind { long, short, variants, names, inflector: Arc::clone(&shared.inflector) }))
}

const LONG: usize = 0;
const SHORT: usize = 1;
const VARIANTS: usize = 2;

impl Kind for TermKind {
    fn sets(&self) -> Vec<&PhraseSet> {
        vec![&self.long, &self.short, &self.variants]
    }

    fn looks_at_every_draft(&self) -> bool {
        false
    }

    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let long = context.occurrences(LONG);
        // A short form or a variant that is part of the long form is the long form.
        let names = Exceptions::new(&long);
        let is_part = |hit: &Hit| names.contain(hit.site());
        let others = |set: usize| context.occurrences(set).into_iter().filter(|hit| !is_part(hit));
        let short: Vec<Hit> = others(SHORT).collect();
        let introduced: Vec<Site> = long.iter().filter_map(|long| introduction(context, *long, &short)).collect();
        let first = introduced.first().copied();
        let mut reports: Vec<Report> = others(VARIANTS).map(|hit| self.variant(context, hit, first)).collect();
        reports.extend(self.introductions(context, &long, &short, &introduced));
        reports.sort_by_key(|report| report.site);
        reports
    }

    fn looks_for(&self) -> Vec<String> {
        let wordings = |what: &str, set: &PhraseSet| -> Vec<String> {
            set.wordings(&self.inflector).into_iter().map(|wording| format!("{what}: {wording}")).collect()
        };
        [wordings("use", &self.long), wordings("short", &self.short), wordings("not", &self.variants)].concat()
    }

    fn suggestions(&self) -> Vec<&str> {
        vec![&self.names.0]
    }
}

impl TermKind {
    /// The long form belongs in the place of a variant, or the short one where that has been introduced.
    fn variant(&self, context: &Context<'_>, hit: Hit, introduced: Option<Site>) -> Report {
        let (long, short) = &self.names;
        let has_short = introduced.is_some_and(|first| first < hit.site()) && !is_heading(context, &hit);
        let name = short.as_ref().filter(|_| has_short).unwrap_or(long);
        Report::at(hit.site()).suggest(vec![name.clone()]).expect(name)
    }

    fn introductions(&self, context: &Context<'_>, long: &[Hit], short: &[Hit], introduced: &[Site]) -> Vec<Report> {
        let Some(short_name) = &self.names.1 else {
            return Vec::new();
        };
        let mut reports = Vec::new();
        let is_heading = |hit: &Hit| is_heading(context, hit);
        let Some(first) = introduced.first().copied() else {
            // Never introduced: say so where it is first used, if the long form is there to introduce it.
            let used = short.iter().find(|hit| !is_heading(hit));
            return match (used, long.iter().find(|hit| !is_heading(hit))) {
                (Some(used), Some(name)) => {
                    let expected = format!("{} ({short_name})", self.names.0);
                    vec![Report::at(used.site()).label(name.site(), "introduce it here").expect(expected)]
                }
                _ => reports,
            };
        };
        let before = short.iter().find(|hit| !is_heading(hit) && hit.site() < first);
        reports.extend(before.map(|hit| {
            Report::at(hit.site())
                .label(first, "introduced only here")
                .suggest(vec![self.names.0.clone()])
                .expect(&self.names.0)
        }));
        reports.extend(introduced.iter().skip(1).map(|repeat| {
            Report::at(*repeat)
                .label(first, "already introduced here")
                .suggest(vec![short_name.clone()])
                .expect(short_name)
        }));
        let later = long.iter().find(|hit| {
            let is_introduced = introduced.iter().any(|i| i.block == hit.block && i.span.contains(hit.span));
            hit.site() > first && !is_heading(hit) && !is_introduced
        });
        reports.extend(later.map(|hit| {
            Report::at(hit.site())
                .label(first, "the short form is introduced here")
                .suggest(vec![short_name.clone()])
                .expect(short_name)
        }));
        reports
    }
}

fn is_heading(context: &Context<'_>, hit: &Hit) -> bool {
    matches!(context.block(hit.block).kind(), BlockKind::Title | BlockKind::Heading)
}

/// The long form together with the short form in parentheses behind it, if it is there.
fn introduction(context: &Context<'_>, long: Hit, short: &[Hit]) -> Option<Site> {
    let text = context.block(long.block).text();
    let follows = |hit: &&Hit| {
        hit.block == long.block && hit.span.start() >= long.span.end() && {
            let between = &text[long.span.end()..hit.span.start()];
            // "the Republic of Korea's (ROK) plan"
            let between = ["'s", "\u{2019}s"].iter().find_map(|end| between.strip_prefix(end)).unwrap_or(between);
            let opened = between.trim_start().strip_prefix(['(', '[', ',']);
            opened.is_some_and(|rest| rest.len() <= 40 && !rest.contains(['.', ')', ']', ';']))
                && text[hit.span.end()..]
                    .trim_start_matches(|c| c == ' ' || closes_quotation(c))
                    .starts_with([')', ']'])
        }
    };
    let next = short.partition_point(|hit| (hit.block, hit.span.start()) < (long.block, long.span.end()));
    let found = short.get(next).filter(follows)?;
    Some(Site { block: long.block, span: Span::new(long.span.start(), found.span.end()) })
}
