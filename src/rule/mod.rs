//! Rules: a name, a severity, reasons, and a kind that looks at drafts.

pub(crate) mod builtin;
pub(crate) mod content;
mod example;
pub(crate) mod expression;
mod fix;
mod forms;
pub(crate) mod holds;
mod id;
pub(crate) mod inflect;
pub(crate) mod kebab_case;
pub(crate) mod kind;
mod layout;
mod lists;
pub(crate) mod literal;
pub(crate) mod message;
mod pack;
pub(crate) mod part;
pub(crate) mod phrase;
pub(crate) mod scope;
pub(crate) mod self_flagged;
mod settings;
mod severity;
#[cfg(test)]
mod shape;
mod source;
mod suggest;
pub(crate) mod text_role;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

pub(crate) use builtin::Detail;
pub(crate) use example::{Example, Examples};
pub use fix::Fix;
pub use holds::Concern;
pub use id::{BadRuleId, RuleId};
pub(crate) use kebab_case::is_kebab_case;
pub use pack::Pack;
pub(crate) use settings::SettingValue;
pub use severity::Severity;
pub use source::Source;

use crate::context::{DocumentKind, TextContext};
use crate::names::{Actor, Objector};
use crate::span::{Plain, Span};
use crate::text::{Block, Language};
use builtin::{BuiltinRule, Prefilter};
use holds::Holds;
use kind::{Context, Exceptions, Fault, Hit, KINDS, Kind, KindEntry, Report};
use message::Message;
use part::PartOfSpeech;
use phrase::PhraseSet;
use scope::Scope;

/// One thing to look for in drafts.
#[derive(Debug, Clone)]
pub struct Rule {
    id: RuleId,
    severity: Severity,
    /// True if a configuration gave it the severity.
    set: bool,
    /// True if it was asked for by the name of one whom it concerns.
    asked_for: bool,
    redline: bool,
    tags: Cow<'static, [Cow<'static, str>]>,
    language: Option<Language>,
    body: Arc<LazyDetails>,
}

/// The details of a rule, read only when they are needed: a draft holds nothing of most rules.
#[derive(Debug)]
struct LazyDetails {
    /// A rule that ships with the program, and its number.
    builtin: Option<Unread>,
    read: OnceLock<Details>,
}

/// A rule that ships with the program.
#[derive(Debug, Clone, Copy)]
struct Unread {
    rule: &'static BuiltinRule,
    number: usize,
    /// Reads it: packs stand above the rules that they are made of.
    read: fn(&BuiltinRule) -> Rule,
}

impl LazyDetails {
    fn unread(rule: &'static BuiltinRule, number: usize, read: fn(&BuiltinRule) -> Rule) -> LazyDetails {
        LazyDetails { builtin: Some(Unread { rule, number, read }), read: OnceLock::new() }
    }

    fn read(details: Details) -> LazyDetails {
        LazyDetails { builtin: None, read: OnceLock::from(details) }
    }

    fn get(&self) -> &Details {
        self.read.get_or_init(|| match self.builtin {
            Some(Unread { rule, read, .. }) => {
                let body = Arc::into_inner(read(rule).body).and_then(|body| body.read.into_inner());
                body.expect("a rule that was just read is there")
            }
            None => unreachable!("a rule of a user's pack is read at once"),
        })
    }
}

/// All of a rule but its name, its severity and its tags.
#[derive(Debug)]
struct Details {
    kind_name: &'static str,
    kind: Box<dyn Kind>,
    scope: Scope,
    message: Message,
    why: Option<String>,
    holds: Holds,
    source: Option<Source>,
    fix: Fix,
    /// The part of speech of its suggestions, if it says so.
    part: Option<PartOfSpeech>,
    /// The phrases that are left alone.
    except: PhraseSet,
    examples: Examples,
}

impl Rule {
    /// The name.
    pub fn id(&self) -> &RuleId {
        &self.id
    }

    /// The severity of its findings.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// True if neither a comment in the draft nor a baseline can silence it.
    pub fn is_redline(&self) -> bool {
        self.redline
    }

    /// The name of its kind: `phrase`, `pattern`, ...
    pub fn kind(&self) -> &'static str {
        self.body.get().kind_name
    }

    /// The description of its kind, in a few words.
    pub fn about_kind(&self) -> &'static str {
        self.kind_entry().map_or("", |entry| entry.about)
    }

    /// The placeholders that its kind fills in messages by itself.
    pub(crate) fn fills(&self) -> &'static [&'static str] {
        self.kind_entry().map_or(&[], |entry| entry.fills)
    }

    fn kind_entry(&self) -> Option<&'static KindEntry> {
        KINDS.iter().find(|entry| entry.name == self.kind())
    }

    /// The message as the pack gives it, with its placeholders.
    pub fn message(&self) -> &str {
        self.body.get().message.template()
    }

    /// The reason that the wording is not wanted.
    pub fn why(&self) -> Option<&str> {
        self.body.get().why.as_deref()
    }

    /// Who is likely to object to the wording.
    pub fn objection(&self) -> &[String] {
        &self.holds().objectors
    }

    /// The concern of the rule: style, a name, or the substance.
    pub fn concern(&self) -> Concern {
        self.holds().concern
    }

    /// The kinds of text in which it holds; all if empty.
    pub fn documents(&self) -> &[DocumentKind] {
        &self.holds().documents
    }

    /// Whose sensitivity it guards, besides those who are likely to object.
    pub fn guard(&self) -> &[Actor] {
        &self.holds().guard
    }

    /// The parties between which a text must be for the rule to hold; any if empty.
    pub fn between(&self) -> &[Actor] {
        &self.holds().between
    }

    /// In which texts it holds, and whom it guards, in a line; empty if it holds everywhere.
    pub fn holds_where(&self) -> String {
        self.holds().to_string()
    }

    /// In which texts it holds, and whom it concerns.
    pub(crate) fn holds(&self) -> &Holds {
        &self.body.get().holds
    }

    /// The document that the rule comes from; `None` if it is the house's own.
    pub fn source(&self) -> Option<&Source> {
        self.body.get().source.as_ref()
    }

    /// The safety of its fixes: if its suggestions may be put into a draft.
    pub fn fix(&self) -> Fix {
        self.body.get().fix
    }

    /// The part of speech of its suggestions, if it says so: else each is told from its words.
    pub(crate) fn part(&self) -> Option<PartOfSpeech> {
        self.body.get().part
    }

    /// Its tags.
    pub fn tags(&self) -> &[Cow<'static, str>] {
        &self.tags
    }

    /// The wordings that it looks for, one line each, or the expression.
    pub fn looks_for(&self) -> Vec<String> {
        self.checker().looks_for()
    }

    /// Its suggestions as the pack gives them.
    pub fn suggestions(&self) -> Vec<&str> {
        self.body.get().kind.suggestions()
    }

    /// Drafts that it must flag.
    pub fn flag_examples(&self) -> impl Iterator<Item = &str> {
        self.examples().flag.iter().map(|example| example.text.as_str())
    }

    /// Drafts that it must leave alone.
    pub fn pass_examples(&self) -> impl Iterator<Item = &str> {
        self.examples().pass.iter().map(|example| example.text.as_str())
    }

    /// Drafts, each with what the first suggestion makes of it.
    pub fn fixed_examples(&self) -> impl Iterator<Item = (&str, &str)> {
        self.examples().fixed.iter().map(|(before, after)| (before.text.as_str(), after.as_str()))
    }

    /// The language of its pack: text that is marked as another language is left alone. `None` if it looks at all text.
    pub fn language(&self) -> Option<Language> {
        self.language
    }

    /// True if `name` means this rule: its own name, its pack or one of its tags.
    pub fn answers_to(&self, name: &str) -> bool {
        name == self.id.as_str() || name == self.id.pack() || self.tags.iter().any(|tag| tag == name)
    }

    /// True if this state or body, or one of its members, is likely to object, or is guarded by the rule.
    pub fn concerns(&self, actor: Actor) -> bool {
        let holds = self.holds();
        let objecting = holds.objection.iter().filter_map(Objector::actor);
        objecting.chain(holds.guard.iter().copied()).any(|other| other.covers(actor))
    }

    /// True if its severity was set by somebody who knows it, and is not weighed by who is at the table.
    pub(crate) fn is_set(&self) -> bool {
        self.set
    }

    /// True if it was asked for by the name of one whom it concerns: a finding then concerns somebody, whoever is at the table.
    pub(crate) fn is_asked_for(&self) -> bool {
        self.asked_for
    }

    /// The same rule, asked for by the name of one whom it concerns.
    pub(crate) fn asked_for(&self) -> Rule {
        Rule { asked_for: true, ..self.clone() }
    }

    /// The same rule with another severity, which who is at the table does not change. A red line that is no longer an error is
    /// no longer a red line.
    #[must_use]
    pub fn with_severity(&self, severity: Severity) -> Rule {
        Rule { set: true, severity, redline: self.redline && severity == Severity::Error, ..self.clone() }
    }

    /// The record of a rule that ships with the program, which is there before it is read, and its number among them.
    pub(crate) fn builtin(&self) -> Option<(&'static BuiltinRule, usize)> {
        self.body.builtin.map(|Unread { rule, number, .. }| (rule, number))
    }

    pub(crate) fn examples(&self) -> &Examples {
        &self.body.get().examples
    }

    pub(crate) fn checker(&self) -> &dyn Kind {
        &*self.body.get().kind
    }

    /// The phrases that are to be found for it: the sets of its kind, and as the last its exceptions.
    pub(crate) fn sets(&self) -> Vec<&PhraseSet> {
        let Details { kind, except, .. } = self.body.get();
        let mut sets = kind.sets();
        sets.push(except);
        sets
    }

    /// The index from which its sets are exceptions.
    pub(crate) fn exceptions(&self) -> usize {
        self.checker().sets().len()
    }

    /// Reports on a draft, but for what lies wholly inside one of its exceptions. `hits` are the occurrences of
    /// [`Rule::sets`].
    pub(crate) fn reports(&self, text: &TextContext<'_>, hits: &[Vec<Hit>], blocks: &[usize]) -> Vec<Report> {
        let exceptions = hits.get(self.exceptions()).map_or(&[][..], Vec::as_slice);
        let inside = Exceptions::new(exceptions);
        let of_set = |hits: &Vec<Hit>| hits.iter().filter(|hit| !inside.contain(hit.site())).copied().collect();
        let hits = if exceptions.is_empty() { hits.into() } else { hits.iter().map(of_set).collect() };
        let about = (self.concern(), self.language);
        let checker = self.checker();
        let mut reports = checker.check(&Context::new(text, self.scope(), about, hits, exceptions, blocks));
        if !checker.is_about_the_draft() {
            reports.retain(|report| !inside.contain(report.site));
        }
        reports
    }

    /// Finds what it would report of a few words wherever they stand.
    pub(crate) fn finds_in(&self, words: &Block) -> Vec<Span<Plain>> {
        let mut found = self.checker().finds_in(words);
        if !found.is_empty() {
            let exceptions = self.body.get().except.find_in(words);
            found.retain(|span| !exceptions.iter().any(|exception| exception.contains(*span)));
        }
        found
    }

    /// The fault of comments that it reports, if it is about comments that are to silence rules. A rule that ships and is
    /// not is not read for it.
    pub(crate) fn fault(&self) -> Option<Fault> {
        match self.builtin() {
            Some((known, _)) if known.prefilter != Prefilter::Comments => None,
            _ => self.checker().fault(),
        }
    }

    /// True if it reports nothing but what its program shows in the margin of a document: comments and tracked changes.
    pub(crate) fn is_of_margin(&self) -> bool {
        use crate::draft::ResidueKind::{Comment, Deletion, Formatting, Insertion};
        let is_shown = |kind| matches!(kind, &(Comment | Deletion | Formatting | Insertion));
        self.is_about_residues() && self.checker().residues().iter().all(is_shown)
    }

    /// True if it reports what a draft carries besides its text. A rule that ships and does not is not read for it.
    pub(crate) fn is_about_residues(&self) -> bool {
        match self.builtin() {
            Some((known, _)) => known.prefilter == Prefilter::Residues,
            None => !self.checker().residues().is_empty(),
        }
    }

    /// True if it reports what has become of a draft since another of the same text. A rule that ships and does not is not read for it.
    pub(crate) fn is_about_changes(&self) -> bool {
        match self.builtin() {
            Some((known, _)) => known.prefilter == Prefilter::Changes,
            None => !self.checker().changes().is_empty(),
        }
    }

    pub(crate) fn scope(&self) -> &Scope {
        &self.body.get().scope
    }

    pub(crate) fn message_template(&self) -> &Message {
        &self.body.get().message
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_rule_is_two_kebab_case_names() {
        let id: RuleId = "framing/china-containment".parse().unwrap();
        assert_eq!((id.pack(), id.as_str()), ("framing", "framing/china-containment"));
        for bad in ["framing", "framing/", "Framing/x", "framing/a--b", "a/b/c", "a/-b", "a b/c"] {
            assert!(bad.parse::<RuleId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_rule_says_in_which_texts_it_holds_and_whom_it_guards() {
        let pack = "schema: 1\npack: t\nrules:\n  - {id: a, phrases: [x], documents: [statement], guard: [CN], between: [KR, US]}\n  - \
                    {id: b, phrases: [y]}\n";
        let pack = Pack::parse("t.yml", pack).unwrap();
        let said = |rule: &Rule| {
            let names = |actors: &[Actor]| actors.iter().map(Actor::to_string).collect::<Vec<_>>();
            let documents: Vec<_> = rule.documents().iter().map(|kind| kind.name()).collect();
            (documents.join(" "), names(rule.guard()), names(rule.between()))
        };
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            said(&pack.rules()[0]),
            ("statement".to_owned(), names(&["China"]), names(&["Republic of Korea", "United States"]))
        );
        assert_eq!(said(&pack.rules()[1]), (String::new(), vec![], vec![]));
    }
}
