//! The examples of packs, run: what a rule must flag, must leave alone, and what its first suggestion makes of a draft; and what is wrong with
//! the content of a pack besides.

mod nearest;

use std::sync::Arc;

use crate::draft::{Draft, Format, Reading};
use crate::finding::Finding;
use crate::fix::{apply_first_suggestions, recurrence};
use crate::lint::{RuleSet, RuleSetError};
use crate::rule::content;
use crate::rule::self_flagged::SelfFlagged;
use crate::rule::{Detail, Example, Pack, Rule};
use crate::yaml::{Document, Problems};

/// The outcome of the examples of a pack.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome {
    /// Examples that were run.
    pub run: usize,
    /// The number of those that hold.
    pub held: usize,
    /// Examples that failed, and what else is wrong with the content of the pack, each at its line in its file.
    pub failures: Problems,
}

/// Runs every example of every rule of a pack, each rule by itself.
///
/// # Errors
/// If the rules cannot be compiled.
pub fn run(pack: &Pack) -> Result<Outcome, RuleSetError> {
    run_in(pack, pack.document())
}

/// Runs every example as [`run`] does, and looks for what is wrong in the content of the pack: wordings that never match, exceptions that
/// exclude nothing, placeholders that stay empty, rules without examples.
///
/// # Errors
/// If the rules cannot be compiled.
pub fn run_and_inspect(pack: &Pack) -> Result<Outcome, RuleSetError> {
    let document = pack.document();
    content::report(pack, &document);
    run_in(pack, document)
}

fn run_in(pack: &Pack, document: Document) -> Result<Outcome, RuleSetError> {
    let mut tally = ExampleTally { document: &document, run: 0, failed: 0 };
    pack.self_flagged(&document).iter().for_each(SelfFlagged::report);
    for rule in pack.rules() {
        tally.rule(rule)?;
    }
    let (run, held) = (tally.run, tally.run - tally.failed);
    let none = Problems { name: Arc::clone(document.name()), text: Arc::clone(document.text()), list: Vec::new() };
    let failures = document.finish(Some(())).err().unwrap_or(none);
    Ok(Outcome { run, held, failures })
}

/// Wordings that two rules of these packs have: each is reported at the later rule, in the file of its pack.
pub fn repeated(packs: &[Pack]) -> Vec<Problems> {
    let files: Vec<Document> = packs.iter().map(Pack::document).collect();
    content::repeated_wordings(packs, &files);
    files.into_iter().filter_map(|file| file.finish(Some(())).err()).collect()
}

/// The rules that an example of a rule is checked with: the rule by itself. One about comments that silence rules has something to say only
/// beside others, those of comity.
fn rules_for(rule: &Arc<Rule>) -> Vec<Arc<Rule>> {
    let mut rules = vec![Arc::clone(rule)];
    if rule.fault().is_some() {
        let packs = Pack::builtin_names().filter_map(|name| Pack::builtin_with(name, Detail::ForChecking)?.ok());
        let others = packs.flat_map(|pack| pack.rules().to_vec()).filter(|other| other.id() != rule.id());
        rules.extend(others);
    }
    rules
}

struct ExampleTally<'d> {
    document: &'d Document,
    run: usize,
    failed: usize,
}

impl ExampleTally<'_> {
    fn rule(&mut self, rule: &Arc<Rule>) -> Result<(), RuleSetError> {
        let rules = RuleSet::new(rules_for(rule))?;
        let examples = rule.examples();
        for example in &examples.flag {
            let (draft, findings) = self.check(&rules, rule, example);
            if findings.is_empty() {
                self.fail(example, format!("`{}` does not flag this", rule.id()), nearest::reason(rule, &draft));
            } else if let Some(wording) = recurrence(&draft, &findings, |draft| rules.check(draft)) {
                let message = format!("`{}` flags what it suggests for this: \"{wording}\"", rule.id());
                let help = "suggest other words, or mark them as advice: `fix: none`".to_owned();
                self.fail(example, message, Some(help));
            }
        }
        for example in &examples.pass {
            if let Some(finding) = self.check(&rules, rule, example).1.first() {
                let message = format!("`{}` flags \"{}\" in this", rule.id(), finding.found);
                let help = "name under `except` what may stand so, or make the phrase narrower".to_owned();
                self.fail(example, message, Some(help));
            }
        }
        for (before, after) in &examples.fixed {
            let (draft, findings) = self.check(&rules, rule, before);
            let fixed = apply_first_suggestions(&draft, &findings);
            if fixed != *after {
                let message = format!("`{}` does not make of this what the example says", rule.id());
                self.fail(before, message, Some(format!("it makes: {fixed}")));
            }
        }
        Ok(())
    }

    fn check(&mut self, rules: &RuleSet, rule: &Rule, example: &Example) -> (Draft, Vec<Finding>) {
        self.run += 1;
        // An example that begins as a document or a page does is one; all others are Markdown.
        let text = example.text.as_str();
        let draft = Draft::from_unnamed("draft", Format::Markdown, text.as_bytes(), &Reading::default());
        let draft = draft.unwrap_or_else(|_| Draft::new(Format::Markdown, text));
        let mut findings = rules.check(&draft);
        findings.retain(|finding| finding.rule.id() == rule.id());
        (draft, findings)
    }

    fn fail(&mut self, example: &Example, message: String, help: Option<String>) {
        self.failed += 1;
        self.document.problem("failed-example", example.at, message, help);
    }
}
