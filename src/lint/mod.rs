//! Checking: the rules that were chosen, against one draft.

mod changes;
mod dedup;
mod indexed;
mod matcher;
mod residue;
mod revisions;
mod unchecked;
mod usage;
mod verdict;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use crate::context::{Declared, TextContext};
use crate::draft::{Draft, Site};
use crate::finding::{self, Finding, Related};
use crate::fingerprint::Fingerprint;
use crate::fix;
use crate::rule::builtin::{Beginnings, Prefilter};
use crate::rule::kind::Report;
use crate::rule::message::Values;
use crate::rule::{Detail, Pack, Rule};
use crate::suppress::{self, AdjustRule, RuleNames};
use crate::yaml::Problems;
pub(crate) use changes::ChangeReport;
pub use dedup::{dedup, one_a_place};
pub(crate) use indexed::fold_entries;
use matcher::{Matcher, RuleHits, Rules, Touched};
pub use unchecked::Unchecked;
pub use usage::{Unused, Usage};
use verdict::Weight;
pub(crate) use verdict::holds;

/// Rules that are checked together, compiled for it.
#[derive(Debug)]
pub struct RuleSet {
    rules: Vec<Arc<Rule>>,
    matcher: Matcher,
    beginnings: Beginnings,
    /// The rules that may have something to report of a draft of which the matcher finds nothing of them, by their numbers, in order.
    untouched: Vec<usize>,
    /// The meaning of the names in comments, made when a draft has some.
    names: OnceLock<RuleNames>,
}

/// The reason that rules cannot be put together.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RuleSetError {
    /// A pack is wrong.
    #[error(transparent)]
    Pack(#[from] Problems),
    /// The texts that rules look for within words are more than one automaton can hold.
    #[error("the phrases of these packs are too many to look for together: {0}")]
    TooLarge(#[from] aho_corasick::BuildError),
}

impl RuleSet {
    /// All rules of the packs that are compiled into the program.
    ///
    /// # Errors
    /// As [`RuleSet::new`].
    pub fn builtin() -> Result<RuleSet, RuleSetError> {
        let packs = Pack::default_names().filter_map(|name| Pack::builtin_with(name, Detail::ForChecking));
        let packs = packs.collect::<Result<Vec<Pack>, Problems>>()?;
        RuleSet::new(packs.iter().flat_map(|pack| pack.rules().iter().cloned()))
    }

    /// These rules.
    ///
    /// # Errors
    /// If their phrases together are too many.
    pub fn new(rules: impl IntoIterator<Item = Arc<Rule>>) -> Result<RuleSet, RuleSetError> {
        let rules: Vec<Arc<Rule>> = rules.into_iter().collect();
        let matcher = Matcher::new(&rules)?;
        let beginnings = Beginnings::new(rules.iter().filter_map(|rule| rule.builtin()));
        let untouched = (0..rules.len()).filter(|&rule| looks_untouched(&rules[rule])).collect();
        Ok(RuleSet { rules, matcher, beginnings, untouched, names: OnceLock::new() })
    }

    /// The rules.
    pub fn rules(&self) -> &[Arc<Rule>] {
        &self.rules
    }

    /// True if what a draft carries besides its text matters to them: [`Reading::residues`](crate::Reading::residues).
    pub fn look_for_residues(&self) -> bool {
        self.rules.iter().any(|rule| rule.is_about_residues())
    }

    /// Checks a draft: the findings in the order of the draft, without those that its comments silence.
    pub fn check(&self, draft: &Draft) -> Vec<Finding> {
        let mut findings = self.examine(draft);
        findings.retain(|finding| finding.suppressed.is_none());
        findings
    }

    /// All that the rules have to say of a draft, in the order of the draft. What its comments silence says so.
    pub fn examine(&self, draft: &Draft) -> Vec<Finding> {
        self.examine_adjusted(&TextContext::new(draft, &Declared::default()), &|rule| Some(Arc::clone(rule)))
    }

    /// Examines a draft in its context, with each rule as it is to be for this draft, or left out. That is told before
    /// comments are read: a red line that is none here can be silenced.
    pub(crate) fn examine_adjusted(&self, text: &TextContext<'_>, adjust: AdjustRule<'_>) -> Vec<Finding> {
        // Of one draft rules about changes say nothing, and no comment is idle for that.
        self.examine_changed(text, &|rule| if rule.is_about_changes() { None } else { adjust(rule) }, &[])
    }

    /// Examines a draft as [`RuleSet::examine_adjusted`] does, with what has become of it since another of the same text.
    pub(crate) fn examine_changed(
        &self,
        text: &TextContext<'_>,
        adjust: AdjustRule<'_>,
        changes: &[ChangeReport],
    ) -> Vec<Finding> {
        let draft = text.draft();
        let mut found = self.find(draft, text, adjust);
        if !changes.is_empty() {
            let rules = self.rules.iter().filter(|rule| rule.is_about_changes());
            let rules = rules.filter_map(adjust).filter(|rule| holds(rule, text));
            found.extend(rules.flat_map(|rule| changes::findings(draft, &rule, changes)));
        }
        if !draft.comments().is_empty() {
            let names = self.names.get_or_init(|| RuleNames::new(&self.rules));
            suppress::apply(draft, &self.rules, names, adjust, &mut found);
        }
        let mut findings: Vec<Finding> = found.into_iter().map(|(_, finding)| finding).collect();
        findings.sort_by(Finding::order);
        if let Some(original) = draft.original() {
            let before = self.examine_adjusted(&TextContext::new(original, text.declared()), adjust);
            revisions::tell_apart(draft, &mut findings, original, before);
        }
        finding::number(&mut findings);
        findings
    }

    /// The blocks of a draft that are marked as a language that some of the rules are not about.
    pub fn unchecked(&self, draft: &Draft) -> Unchecked {
        Unchecked::new(&self.rules, draft)
    }

    /// The rules and phrases that a draft needed: those that were found, even if nothing was reported of them.
    pub fn usage(&self, draft: &Draft, findings: &[Finding]) -> Usage {
        let mut usage = Usage::default();
        usage.count(&self.rules, &self.scan(draft), findings);
        usage
    }

    /// Finds the phrases and clauses of each rule in the text of a draft.
    fn scan(&self, draft: &Draft) -> Touched {
        let mut found = Touched::default();
        let rules = Rules::new(&self.rules);
        for (index, block) in draft.blocks().iter().enumerate() {
            self.matcher.scan(block, index, &rules, &mut found);
        }
        found
    }

    /// For rules that ship, by their numbers, the blocks in which a match of an expression may begin, where tables tell that.
    fn begun(&self, draft: &Draft) -> HashMap<usize, Vec<usize>> {
        let mut begun: HashMap<usize, Vec<usize>> = HashMap::new();
        for (index, block) in draft.blocks().iter().enumerate() {
            self.beginnings.find(block.text(), |rule| begun.entry(rule).or_default().push(index));
        }
        begun
    }

    /// The findings of the rules, each as it is to be for this draft, with the index of the block.
    fn find(&self, draft: &Draft, text: &TextContext<'_>, adjust: AdjustRule<'_>) -> Vec<(usize, Finding)> {
        let found = self.scan(draft);
        let every_block: Vec<usize> = (0..draft.blocks().len()).collect();
        let begun = self.begun(draft);
        let mut findings = Vec::new();
        let mut rules: Vec<usize> = found.rules().chain(self.untouched.iter().copied()).collect();
        rules.sort_unstable();
        rules.dedup();
        for number in rules {
            let (rule, found) = (&self.rules[number], found.get(number));
            let Some(blocks) = blocks_to_look_at(rule, found, draft, &begun, &every_block) else {
                continue;
            };
            let Some(rule) = adjust(rule).filter(|rule| holds(rule, text)) else {
                continue;
            };
            if rule.is_about_residues() {
                // No comment in the draft reaches them by a block.
                findings.extend(residue::findings(draft, &rule).into_iter().map(|finding| (usize::MAX, finding)));
                continue;
            }
            let reports = rule.reports(text, &found.hits, &blocks);
            if reports.is_empty() {
                continue;
            }
            let (severity, why) = match verdict::weigh(&rule, text) {
                Weight::AsGiven => (rule.severity(), None),
                Weight::Changed(severity, why) => (severity, Some(why)),
                Weight::Nothing => continue,
            };
            findings.extend(reports.into_iter().filter_map(|report| {
                let site = report.site;
                if verdict::is_passed_over(&rule, text, site) {
                    return None;
                }
                let mut finding = finding(&rule, draft, report);
                finding.severity = severity;
                finding.notes.extend(why.clone());
                verdict::restrain(&mut finding, text, site);
                Some((site.block, finding))
            }));
        }
        findings
    }
}

/// True if a rule may have something to report of a draft that holds none of its phrases and clauses.
fn looks_untouched(rule: &Rule) -> bool {
    match rule.builtin().map(|(known, _)| (known, known.prefilter)) {
        Some((known, Prefilter::Text)) => known.clauses == 0,
        Some((_, Prefilter::Always | Prefilter::Residues)) => true,
        Some((_, Prefilter::Comments | Prefilter::Changes | Prefilter::Phrases)) => false,
        None => rule.checker().looks_at_every_draft(),
    }
}

/// The blocks that a rule has to look at; `None` if it has nothing to report of the draft. A rule that ships need not be read
/// to tell that.
fn blocks_to_look_at<'b>(
    rule: &Rule,
    found: &RuleHits,
    draft: &Draft,
    begun: &'b HashMap<usize, Vec<usize>>,
    all: &'b [usize],
) -> Option<Cow<'b, [usize]>> {
    let with_clauses = |least: usize| if least > 0 { found.blocks(least).into() } else { Cow::from(all) };
    let something = |blocks: Cow<'b, [usize]>| (!blocks.is_empty()).then_some(blocks);
    match rule.builtin().map(|(known, number)| (known, number, known.prefilter)) {
        Some((known, number, Prefilter::Text)) => {
            let blocks =
                if known.begun.is_some() { Cow::from(begun.get(&number)?) } else { with_clauses(known.clauses) };
            let may_match = |block: &usize| known.may_match(draft.blocks()[*block].text());
            something(blocks.iter().copied().filter(may_match).collect::<Vec<_>>().into())
        }
        // What is to be said of comments and of changes is told when all else is.
        Some((_, _, Prefilter::Comments | Prefilter::Changes)) => None,
        Some((_, _, Prefilter::Always | Prefilter::Residues)) => Some(Cow::from(all)),
        Some((_, _, Prefilter::Phrases)) => (!found.hits.is_empty()).then_some(Cow::from(all)),
        None => {
            let checker = rule.checker();
            let clauses = checker.literals().len();
            if checker.looks_at_every_draft() || !found.hits.is_empty() {
                return Some(with_clauses(clauses));
            }
            if clauses > 0 { something(found.blocks(clauses).into()) } else { None }
        }
    }
}

fn finding(rule: &Arc<Rule>, draft: &Draft, report: Report) -> Finding {
    let place = |site: Site| {
        let span = draft.blocks()[site.block].source(site.span);
        (span, draft.position(span.start()), draft.position(span.end()))
    };
    let (span, start, end) = place(report.site);
    let found = draft.blocks()[report.site.block].quote(report.site.span);
    let block = &draft.blocks()[report.site.block];
    let (suggestions, misfits) = fix::fitting(rule, block, report.site.span, &found, report.suggestions);
    let values = Values {
        found: &found,
        suggestion: suggestions.first().map(|suggestion| suggestion.text.as_str()),
        count: report.count,
        expected: report.expected.as_deref(),
        other: report.other.as_deref(),
    };
    let related = report.labels.into_iter().map(|(site, message)| {
        let (span, start, end) = place(site);
        Related { span, start, end, paragraph: draft.paragraph(span.start()).cloned(), message }
    });
    Finding {
        message: rule.message_template().fill(&values),
        draft: Arc::clone(draft.name()),
        span,
        start,
        end,
        paragraph: draft.paragraph(span.start()).cloned(),
        related: related.collect(),
        notes: report.notes.into_iter().chain(misfits).collect(),
        site: Some(report.site),
        fingerprint: Fingerprint::new(rule.id(), &draft.blocks()[report.site.block], report.site.span),
        suppressed: None,
        revision: None,
        severity: rule.severity(),
        suggestions,
        found,
        rule: Arc::clone(rule),
    }
}
