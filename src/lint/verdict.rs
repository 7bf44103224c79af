//! The verdict on a finding in its context: if its rule holds there, how grave it is there, what may be put there unasked.

use crate::context::{TextContext, Voice};
use crate::draft::Site;
use crate::finding::Finding;
use crate::names::{Actor, Objector};
use crate::rule::holds::Unconcerned;
use crate::rule::{Concern, Fix, Rule, Severity};

/// The most signatories of a text that a rule holds in, besides the parties that it is about: an alliance of two is not the subject of
/// what twenty sign.
const OTHER_PARTIES: usize = 2;

/// True if a rule holds in a text: by what the text is, by when, and by who signs it.
pub(crate) fn holds(rule: &Rule, text: &TextContext<'_>) -> bool {
    let holds = rule.holds();
    let is_past = || holds.since.is_some_and(|since| text.dated().is_some_and(|dated| dated.value.is_before(since)));
    text.is_one_of(&holds.documents) && is_between(&holds.between, text) && !is_past()
}

/// True if these sign a text, and not many others. A text of which that is not known may be theirs.
fn is_between(parties: &[Actor], text: &TextContext<'_>) -> bool {
    if parties.is_empty() {
        return true;
    }
    let signing = &text.parties().value;
    let signs = |party: &Actor| signing.iter().any(|other| other == party);
    signing.is_empty() || (parties.iter().all(signs) && signing.len() <= parties.len() + OTHER_PARTIES)
}

/// What who is at the table makes of the findings of a rule.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// They are as grave as the pack says.
    AsGiven,
    /// They have another severity, for this reason.
    Changed(Severity, String),
    /// They are not reported: they are notes, and concern nobody there.
    Nothing,
}

/// What who is at the table makes of the findings of a rule: graver where one who objects is a party or guarded; a note, or of some rules
/// nothing, where nobody at the table cares. A red line, and a severity that a configuration sets, stay as they are.
pub(super) fn weigh(rule: &Rule, text: &TextContext<'_>) -> Weight {
    let holds = rule.holds();
    let objecting: Vec<Actor> = holds.objection.iter().filter_map(Objector::actor).collect();
    let has_role = objecting.len() < holds.objection.len();
    let nobody_named = objecting.is_empty() && holds.guard.is_empty();
    if rule.is_redline() || rule.is_set() || nobody_named || text.table().is_empty() {
        return Weight::AsGiven;
    }
    let is_there = |actor: &&Actor| actor.states().iter().any(|state| text.table().contains(state));
    // A body that signs is not each of its members, whose table it is all the same.
    let signs = |actor: &&Actor| text.parties().value.contains(actor) || text.guard().contains(actor);
    if let Some(objector) = objecting.iter().find(signs) {
        return match rule.severity() {
            Severity::Error => Weight::AsGiven,
            Severity::Warning => raised(Severity::Error, *objector, text),
            Severity::Note => raised(Severity::Warning, *objector, text),
        };
    }
    if has_role || objecting.iter().chain(&holds.guard).any(|actor| is_there(&actor)) {
        return Weight::AsGiven;
    }
    match rule.severity() {
        Severity::Note if holds.unconcerned == Unconcerned::Silent && !rule.is_asked_for() => Weight::Nothing,
        Severity::Note => Weight::AsGiven,
        severity => {
            let who: Vec<String> = holds.objection.iter().map(ToString::to_string).collect();
            let who = if who.is_empty() { "those whom it guards".to_owned() } else { who.join(", ") };
            Weight::Changed(Severity::Note, format!("{severity} lowered to note: {who} neither signs nor is guarded"))
        }
    }
}

fn raised(severity: Severity, objector: Actor, text: &TextContext<'_>) -> Weight {
    let why = if text.parties().value.contains(&objector) { "signs the text" } else { "is guarded" };
    Weight::Changed(severity, format!("raised to {severity}: {objector} {why}"))
}

/// True if a place is to be passed over by a rule: what others say is no matter of style, and a state signs by the name that it has.
pub(super) fn is_passed_over(rule: &Rule, text: &TextContext<'_>, site: Site) -> bool {
    match rule.concern() {
        Concern::Style => {
            matches!(text.voice(site.block, site.span), Some(Voice::Quoted | Voice::Cited | Voice::Reported))
        }
        Concern::Name => rule.holds().since.is_some() && text.is_signature(site.block),
        // Who passes over quotations passes over what is cited without marks.
        Concern::Substance => rule.scope().skip_quoted && text.voice(site.block, site.span) == Some(Voice::Cited),
    }
}

/// Takes from a finding what may not be done unasked where it stands: in what may be the words of others, in a sentence that cites, in a text
/// that is none of the drafters' own prose; and to a name anywhere.
pub(super) fn restrain(finding: &mut Finding, text: &TextContext<'_>, site: Site) {
    if finding.suggestions.iter().all(|suggestion| suggestion.fix != Fix::Safe) {
        return;
    }
    let is_own = || {
        let is_prose = text.document().value.is_prose() && text.treaty_marks().is_empty();
        let may_be_quoted = || text.draft().blocks()[site.block].may_be_quoted(site.span);
        is_prose && text.voice(site.block, site.span).is_none() && !may_be_quoted()
    };
    if finding.rule.concern() != Concern::Name && is_own() {
        return;
    }
    for suggestion in &mut finding.suggestions {
        if suggestion.fix == Fix::Safe {
            suggestion.fix = Fix::Unsafe;
        }
    }
}
