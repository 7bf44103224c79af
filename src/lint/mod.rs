//! Checking: the rules that were chosen, against one draft.

mod matcher;

use std::sync::Arc;

use crate::draft::Draft;
use crate::finding::{Finding, Related, Suggestion};
use crate::rule::kind::{Context, Report, Site};
use crate::rule::message::Values;
use crate::rule::phrase::PhraseSet;
use crate::rule::{Detail, Fix, Pack, Rule};
use crate::yaml::Problems;
use matcher::{Found, Matcher};

/// Rules that are checked together, compiled for it.
#[derive(Debug)]
pub struct RuleSet {
    rules: Vec<Arc<Rule>>,
    matcher: Matcher,
    /// For each rule the number of its first phrase set.
    first_sets: Vec<usize>,
}

/// Why rules could not be put together.
#[derive(Debug, thiserror::Error)]
pub enum RuleSetError {
    /// A pack is wrong.
    #[error(transparent)]
    Pack(#[from] Problems),
    /// The phrases of all rules together are more than one automaton can hold.
    #[error("the phrases of these packs are too many to look for together: {0}")]
    TooLarge(#[from] aho_corasick::BuildError),
}

impl RuleSet {
    /// All rules of the packs that are compiled into the program.
    ///
    /// # Errors
    /// As [`RuleSet::new`].
    pub fn builtin() -> Result<RuleSet, RuleSetError> {
        let packs = Pack::builtin_names().filter_map(|name| Pack::builtin_named(name, Detail::ForChecking));
        let packs = packs.collect::<Result<Vec<Pack>, Problems>>()?;
        RuleSet::new(packs.iter().flat_map(|pack| pack.rules().iter().cloned()))
    }

    /// These rules.
    ///
    /// # Errors
    /// If their phrases together are too many.
    pub fn new(rules: impl IntoIterator<Item = Arc<Rule>>) -> Result<RuleSet, RuleSetError> {
        let rules: Vec<Arc<Rule>> = rules.into_iter().collect();
        let mut first_sets = Vec::with_capacity(rules.len());
        let mut sets: Vec<&PhraseSet> = Vec::new();
        for rule in &rules {
            first_sets.push(sets.len());
            sets.extend(rule.looker().sets());
        }
        let literals = rules.iter().map(|rule| rule.looker().literals());
        let matcher = Matcher::new(sets.into_iter(), literals)?;
        Ok(RuleSet { rules, matcher, first_sets })
    }

    /// The rules.
    pub fn rules(&self) -> &[Arc<Rule>] {
        &self.rules
    }

    /// What the rules have to say of a draft, in the order of the draft.
    pub fn check(&self, draft: &Draft) -> Vec<Finding> {
        let sets: Vec<&PhraseSet> = self.rules.iter().flat_map(|rule| rule.looker().sets()).collect();
        let mut found = Found { hits: vec![Vec::new(); sets.len()], blocks: vec![Vec::new(); self.rules.len()] };
        for (index, block) in draft.blocks().iter().enumerate() {
            self.matcher.scan(block, index, &sets, &mut found);
        }
        let every_block: Vec<usize> = (0..draft.blocks().len()).collect();
        let mut findings = Vec::new();
        for (number, rule) in self.rules.iter().enumerate() {
            let looker = rule.looker();
            let first = self.first_sets[number];
            let end = self.first_sets.get(number + 1).copied().unwrap_or(sets.len());
            let blocks = if looker.literals().is_empty() { &every_block } else { &found.blocks[number] };
            let context = Context::new(draft, rule.scope(), &found.hits[first..end], blocks);
            findings.extend(looker.check(&context).into_iter().map(|report| finding(rule, draft, report)));
        }
        findings.sort_by(Finding::order);
        findings
    }
}

fn finding(rule: &Arc<Rule>, draft: &Draft, report: Report) -> Finding {
    let place = |site: Site| {
        let span = draft.blocks()[site.block].source(site.span);
        (span, draft.position(span.start()), draft.position(span.end()))
    };
    let (span, start, end) = place(report.site);
    let found = draft.blocks()[report.site.block].quote(report.site.span);
    let suggestions: Vec<Suggestion> =
        report.suggestions.into_iter().map(|text| Suggestion { text, fix: rule.fix() }).collect();
    let values = Values {
        found: &found,
        suggestion: suggestions.first().map(|suggestion| suggestion.text.as_str()),
        count: report.count,
        expected: report.expected.as_deref(),
    };
    let related = report.labels.into_iter().map(|(site, message)| {
        let (span, start, end) = place(site);
        Related { span, start, end, message }
    });
    Finding {
        message: rule.message_template().fill(&values),
        draft: Arc::clone(draft.name()),
        span,
        start,
        end,
        related: related.collect(),
        notes: report.notes,
        suggestions,
        found,
        rule: Arc::clone(rule),
    }
}

/// The draft with the first suggestion of each finding put in its place, whatever its rule says of fixes; of findings that
/// overlap, the first.
pub(crate) fn apply_first_suggestions(draft: &Draft, findings: &[Finding]) -> String {
    let source = draft.source();
    let mut fixed = String::with_capacity(source.len());
    let mut done = 0;
    for finding in findings {
        let Some(suggestion) = finding.suggestions.first().filter(|s| s.fix != Fix::None) else {
            continue;
        };
        if finding.span.start() < done {
            continue;
        }
        fixed.push_str(&source[done..finding.span.start()]);
        fixed.push_str(&suggestion.text);
        done = finding.span.end();
    }
    fixed.push_str(&source[done..]);
    fixed
}
