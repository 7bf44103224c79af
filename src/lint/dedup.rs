//! One verdict a place, once a draft: what is reported of all that was found.
//!
//! Fixes need every finding, reports do not: two rules that say of the same words that they are wrong say it once, and what a
//! country is called is said once with all of its places.

use std::collections::HashMap;

use crate::finding::{Finding, Related, Revision};
use crate::rule::{Concern, RuleId};
use crate::text::counted;
use crate::text::fold::fold_str;

/// The most places of a name that are listed; the others are counted.
const MAX_PLACES: usize = 20;

/// The findings of one draft that are reported, from all of them in its order. Those that are silenced stay as they are.
pub fn dedup(findings: Vec<Finding>) -> Vec<Finding> {
    once_a_draft(one_a_place(findings))
}

/// The longest finding, in bytes of the draft, that another inside it is one verdict with: a whole paragraph holds many.
const MAX_OUTER: usize = 120;

/// Of findings about the same words the gravest, or else the longest, with what the others say among its notes.
pub fn one_a_place(findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings {
        // They are in the order of their places, those that begin together the gravest first: what holds this one is near.
        let near = kept.iter().rev().take_while(|other| other.span.start() + MAX_OUTER >= finding.span.start());
        let Some(at) = near.zip((0..kept.len()).rev()).find_map(|(other, at)| is_twin(other, &finding).then_some(at))
        else {
            kept.push(finding);
            continue;
        };
        let weight = |finding: &Finding| (finding.severity(), finding.span.len());
        if weight(&finding) > weight(&kept[at]) {
            // Of those so far this one stands last in the draft.
            let other = kept.remove(at);
            kept.push(finding);
            also(kept.last_mut().expect("it was pushed"), other);
        } else {
            also(&mut kept[at], finding);
        }
    }
    kept
}

/// Adds to a finding what another says of its words.
fn also(finding: &mut Finding, other: Finding) {
    finding.notes.push(format!("also {}: {}", other.rule.id(), other.message));
    if finding.span == other.span && finding.suggestions.is_empty() {
        finding.suggestions = other.suggestions;
    }
    // What the other has swallowed itself.
    finding.notes.extend(other.notes.into_iter().filter(|note| note.starts_with("also ")));
}

/// True if two findings are about the same words: those of two rules at one place, or of one pack one inside the other.
fn is_twin(one: &Finding, other: &Finding) -> bool {
    let is_heard = |finding: &Finding| finding.suppressed.is_none() && finding.site.is_some();
    // What is said of the draft as a whole stands at its title, as do words of the title.
    let is_about_words = |finding: &Finding| finding.rule.checker().is_about_words();
    let holds = |outer: &Finding, inner: &Finding| outer.span.contains(inner.span) && outer.span.len() <= MAX_OUTER;
    let is_nested = one.rule.id().pack() == other.rule.id().pack() && (holds(one, other) || holds(other, one));
    (one.span == other.span || is_nested)
        && one.revision == other.revision
        && one.rule.id() != other.rule.id()
        && is_heard(one)
        && is_heard(other)
        && is_about_words(one)
        && is_about_words(other)
}

/// Of findings of one rule about the same name the first, with the places of the others.
fn once_a_draft(findings: Vec<Finding>) -> Vec<Finding> {
    let mut first: HashMap<(RuleId, String, Option<Revision>), usize> = HashMap::new();
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    let mut counts: Vec<usize> = Vec::with_capacity(findings.len());
    for finding in findings {
        let is_name = finding.rule.concern() == Concern::Name && !finding.rule.holds().each;
        if !is_name || finding.suppressed.is_some() || finding.site.is_none() {
            kept.push(finding);
            counts.push(1);
            continue;
        }
        let name = (finding.rule.id().clone(), fold_str(&finding.found), finding.revision);
        match first.get(&name) {
            Some(&at) => {
                counts[at] += 1;
                if counts[at] <= MAX_PLACES {
                    let related = also_here(&finding);
                    kept[at].related.push(related);
                }
            }
            None => {
                first.insert(name, kept.len());
                kept.push(finding);
                counts.push(1);
            }
        }
    }
    for (finding, count) in kept.iter_mut().zip(counts).filter(|(_, count)| *count > 1) {
        let listed = if count > MAX_PLACES { format!("; the first {MAX_PLACES} are listed") } else { String::new() };
        finding.notes.push(format!("{} in this draft{listed}", counted(count, "place")));
    }
    kept
}

fn also_here(finding: &Finding) -> Related {
    Related {
        span: finding.span,
        start: finding.start,
        end: finding.end,
        paragraph: finding.paragraph.clone(),
        message: "here as well".to_owned(),
    }
}
