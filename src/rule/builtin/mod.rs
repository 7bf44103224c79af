//! The packs that are compiled into the program, as `build/main.rs` wrote them: their rules, each read when it is needed, and
//! the index of all that they look for.
//!
//! A check goes through a draft with the table and the index alone. Only the rules of which they find something there are read, and of
//! those only the phrases that were found.

mod automaton;
mod beginnings;
pub(super) mod declared;
mod detail;
mod within;

use std::borrow::Cow;
use std::sync::Arc;

use declared::{Builtin, PACKS};
pub(crate) use declared::{BuiltinRule, Prefilter};
pub(crate) use detail::Detail;

use super::pack::Pack;
pub(crate) use super::text_role::TextRole;
use super::text_role::unpacked;
use super::{LazyDetails, Rule, RuleId, Severity};
use crate::table::Table;
use crate::text::Language;
use crate::text::tokens::Tokens;
use crate::yaml::{Document, Problems};
pub(crate) use beginnings::Beginnings;

impl Builtin {
    /// The number of the pack's first rule among the rules of all packs.
    fn first(&self) -> usize {
        PACKS.iter().take_while(|pack| pack.name != self.name).map(|pack| pack.rules.len()).sum()
    }

    pub(super) fn read(&self, detail: Detail) -> Result<Pack, Problems> {
        match detail {
            Detail::Everything => Pack::from_document(Document::parse(self.file, self.text)?, true),
            Detail::ForChecking => {
                let first = self.first();
                let language = self.language.and_then(Language::from_tag);
                let unread = |(i, rule): (usize, &'static BuiltinRule)| {
                    Arc::new(Rule { language, ..rule.unread(self.name, first + i) })
                };
                Ok(Pack::unread(self, self.rules.iter().enumerate().map(unread).collect()))
            }
        }
    }
}

impl Pack {
    /// The packs that are compiled into the program, in the order of their names.
    ///
    /// # Errors
    /// None that a user can cause; a test holds every pack in `rules/` to it.
    pub fn builtin() -> Result<Vec<Pack>, Problems> {
        PACKS.iter().map(|pack| pack.read(Detail::Everything)).collect()
    }

    /// The names of the packs that a check runs unless others are asked for: those that are compiled into the program, but for the
    /// [optional](Pack::is_optional) ones.
    pub fn default_names() -> impl Iterator<Item = &'static str> {
        PACKS.iter().filter(|pack| !pack.optional).map(|pack| pack.name)
    }

    /// The names of the packs that are compiled into the program.
    pub fn builtin_names() -> impl Iterator<Item = &'static str> {
        PACKS.iter().map(|pack| pack.name)
    }

    /// The pack with this name that is compiled into the program, if there is one.
    ///
    /// # Errors
    /// As [`Pack::builtin`].
    pub fn builtin_named(name: &str) -> Option<Result<Pack, Problems>> {
        Pack::builtin_with(name, Detail::Everything)
    }

    /// As much of a pack that is compiled into the program as is wanted, if there is one with this name.
    ///
    /// # Errors
    /// As [`Pack::builtin`].
    pub(crate) fn builtin_with(name: &str, detail: Detail) -> Option<Result<Pack, Problems>> {
        PACKS.iter().find(|pack| pack.name == name).map(|pack| pack.read(detail))
    }
}

impl BuiltinRule {
    fn unread(&'static self, pack: &str, number: usize) -> Rule {
        let severity = Severity::NAMES.iter().find(|(name, _)| *name == self.severity);
        Rule {
            id: RuleId::known(self.id, pack.len()),
            severity: severity.expect("a test reads every pack that ships").1,
            set: false,
            asked_for: false,
            redline: self.redline,
            tags: Cow::Borrowed(self.tags),
            language: None,
            body: Arc::new(LazyDetails::unread(self, number, BuiltinRule::read)),
        }
    }

    /// Reads the rule.
    pub(super) fn read(&self) -> Rule {
        let read = || {
            let document = Document::from_json(self.id, self.json)?;
            Pack::from_document(document, true).map(|pack| pack.rules().first().cloned())
        };
        let rule = read().ok().flatten().expect("a test reads every rule that ships");
        Arc::into_inner(rule).expect("nothing else holds a rule that was just read")
    }
}

/// The texts that are found by their tokens.
static TABLE: Table = Table::laid_out(
    include_bytes!(concat!(env!("OUT_DIR"), "/table-steps.bin")),
    include_bytes!(concat!(env!("OUT_DIR"), "/table-firsts.bin")),
    include_bytes!(concat!(env!("OUT_DIR"), "/table-uses.bin")),
);

/// The number of rules of all packs.
pub(crate) fn count() -> usize {
    PACKS.iter().map(|pack| pack.rules.len()).sum()
}

/// The number of phrases of the rules of all packs.
pub(crate) fn phrase_count() -> usize {
    let last = PACKS.iter().rev().find_map(|pack| pack.rules.last());
    last.map_or(0, |rule| rule.first + rule.phrases.len())
}

/// Calls `found` for each text of the table and of the index that a folded text of these tokens holds, with its place and each rule
/// that it is of, by its number.
pub(crate) fn find(text: &str, tokens: &Tokens, mut found: impl FnMut(usize, usize, TextRole)) {
    let mut add = |at: usize, used: u32| {
        let (rule, role) = unpacked(used);
        found(at, rule, role);
    };
    TABLE.find(tokens.numbers(), |token, used| add(tokens.start(token), used));
    within::find(text, add);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Draft, Format};
    use crate::finding::Finding;
    use crate::lint::RuleSet;

    fn all() -> Vec<Arc<Rule>> {
        PACKS.iter().flat_map(|pack| pack.read(Detail::ForChecking).unwrap().rules().to_vec()).collect()
    }

    #[test]
    fn no_two_rules_have_one_name_and_every_name_is_one() {
        let rules = all();
        let names: std::collections::HashSet<&RuleId> = rules.iter().map(|rule| rule.id()).collect();
        assert_eq!(names.len(), rules.len());
        for name in names {
            assert_eq!(name.as_str().parse::<RuleId>().as_ref(), Ok(name));
        }
    }

    #[test]
    fn every_phrase_of_every_rule_is_in_the_index() {
        for rule in all() {
            let (known, _) = rule.builtin().unwrap();
            let checker = rule.checker();
            assert!(
                !checker.looks_at_every_draft() || known.prefilter != Prefilter::Phrases,
                "{} looks at every draft",
                rule.id()
            );
            for set in rule.sets() {
                for phrase in set.phrases() {
                    assert!(known.phrases.contains(&&*phrase.text), "{} of {}", phrase.text, rule.id());
                }
            }
        }
    }

    #[test]
    fn a_rule_is_the_same_whether_it_is_read_at_once_or_when_it_is_needed() {
        let at_once = PACKS.iter().flat_map(|pack| pack.read(Detail::Everything).unwrap().rules().to_vec());
        for (read, unread) in at_once.zip(all()) {
            let show = |rule: &Rule| {
                let facts =
                    (rule.id().as_str(), rule.severity(), rule.is_redline(), rule.tags(), rule.kind(), rule.fix());
                // When a source was looked up is not kept with a rule.
                let source = rule.source().map(|source| (&source.title, &source.url));
                format!("{facts:?} {:?} {source:?} {:?}", rule.message(), rule.looks_for())
            };
            assert_eq!(show(&read), show(&unread));
        }
    }

    /// The examples of all rules and the drafts of `fixtures/`, each checked by rules that the index finds and by the same
    /// rules found without it.
    #[test]
    fn the_index_finds_what_is_found_without_it() {
        let packs: Vec<Pack> = PACKS.iter().map(|pack| pack.read(Detail::Everything).unwrap()).collect();
        let read: Vec<Arc<Rule>> = packs.iter().flat_map(|pack| pack.rules().to_vec()).collect();
        let mut drafts: Vec<String> = read
            .iter()
            .flat_map(|rule| rule.flag_examples().chain(rule.pass_examples()).map(str::to_owned).collect::<Vec<_>>())
            .collect();
        let fixtures = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures")).unwrap();
        drafts.extend(fixtures.filter_map(|file| std::fs::read_to_string(file.unwrap().path()).ok()));
        // Together in drafts of some size: to check each by itself against all rules would take minutes.
        let drafts: Vec<String> = drafts.chunks(20).map(|some| some.join("\n\n")).collect();
        let (with, without) = (RuleSet::new(all()).unwrap(), RuleSet::new(read).unwrap());
        let show = |findings: Vec<Finding>| -> Vec<String> {
            findings
                .iter()
                .map(|finding| format!("{finding} {:?} {:?}", finding.suggestions, finding.related))
                .collect()
        };
        for draft in drafts {
            let draft = Draft::new(Format::Markdown, draft);
            assert_eq!(show(with.check(&draft)), show(without.check(&draft)), "{}", draft.source());
        }
    }
}
