//! The interface of a kind: its declaration, and the trait of its rules.

use std::fmt::Debug;

use super::change::Change;
use super::context::Context;
use super::fault::Fault;
use super::report::Report;
use crate::declare::DeclaredKeys;
use crate::draft::ResidueKind;
use crate::rule::literal::Clause;
use crate::rule::phrase::{PhraseSet, Shared, sign};
use crate::rule::suggest::Template;
use crate::span::{Plain, Span};
use crate::text::Block;
use crate::yaml::{Fields, YamlNode, YamlString};

/// The most that `max` of a `limit` may be.
pub(crate) const MOST_COUNTED: u64 = 1_000_000;

/// The most that `words` of a `near` may be.
pub(crate) const MOST_WORDS: u64 = 10_000;

/// A kind as packs name it.
pub(crate) struct KindEntry {
    /// Its name in packs: the value of `kind`.
    pub(crate) name: &'static str,
    /// Its description, in a few words that follow its name.
    pub(crate) about: &'static str,
    /// The message of a rule that has none of its own, with suggestions and without.
    pub(crate) message: fn(bool) -> &'static str,
    /// The placeholders that it fills in messages by itself, besides `match`; `suggestion` if it proposes what a rule need not say.
    pub(crate) fills: &'static [&'static str],
    /// Its keys.
    pub(crate) keys: DeclaredKeys,
    /// Reads them from a rule; `None` if there is nothing to look for. What is wrong is recorded.
    pub(crate) read: fn(&Fields<'_>, &Shared) -> Option<Box<dyn Kind>>,
}

/// The message of a rule that only knows what it does not want, and what it would have, if it does.
pub(super) fn not_wanted(has_suggestions: bool) -> &'static str {
    if has_suggestions {
        "\"{match}\" should read \"{suggestion}\""
    } else {
        "\"{match}\" is not wanted in this statement"
    }
}

/// The part of a rule that looks at a draft.
pub(crate) trait Kind: Debug + Send + Sync {
    /// The phrases that are to be found for it. [`Context::hits`] gives them by their index here.
    fn sets(&self) -> Vec<&PhraseSet> {
        Vec::new()
    }

    /// Clauses of folded text: a block that lacks all texts of one of them has nothing for this kind. None if every block must
    /// be looked at.
    fn literals(&self) -> &[Clause] {
        &[]
    }

    /// True if each text of [`Kind::literals`] stands there as a whole word.
    fn literals_are_words(&self) -> bool {
        false
    }

    /// True if there may be something to report of a draft that holds none of its phrases, or of its literals.
    fn looks_at_every_draft(&self) -> bool {
        self.literals().is_empty()
    }

    /// True if what is reported is said of the draft as a whole, wherever it stands.
    fn is_about_the_draft(&self) -> bool {
        false
    }

    /// True if what is reported is said of words, so that it is one verdict with what another rule says of the same words.
    fn is_about_words(&self) -> bool {
        !self.is_about_the_draft()
    }

    /// Checks a draft, and returns what is to be reported of it.
    fn check(&self, context: &Context<'_>) -> Vec<Report>;

    /// The fault of comments that it reports, if it is about comments that are to silence rules.
    fn fault(&self) -> Option<Fault> {
        None
    }

    /// The kinds of residues that it reports, if it is about what a draft carries besides its text.
    fn residues(&self) -> &[ResidueKind] {
        &[]
    }

    /// The changes that it reports, if it is about what became of a draft since another of the same text.
    fn changes(&self) -> &[Change] {
        &[]
    }

    /// Finds what it would report of a few words wherever they stand, exceptions among them. It is asked of
    /// suggestions; nothing of kinds for which it cannot be told from the words alone.
    fn finds_in(&self, _words: &Block) -> Vec<Span<Plain>> {
        Vec::new()
    }

    /// The wordings that the rule looks for, a line each, for `comity explain`.
    fn looks_for(&self) -> Vec<String>;

    /// The suggestions as the pack gives them.
    fn suggestions(&self) -> Vec<&str>;
}

/// The phrases that stand under a key, which must be there unless `help` is `None`.
pub(super) fn phrases(fields: &Fields<'_>, key: &'static str, help: Option<&str>, shared: &Shared) -> PhraseSet {
    let node = match help {
        Some(help) => fields.require(key, help),
        None => fields.get(key),
    };
    let texts = node.map(|node| node.texts()).unwrap_or_default();
    PhraseSet::read(&texts, shared)
}

/// The suggestions that stand under a key: one, or a list. What is wrong with them is recorded.
pub(super) fn templates(node: &YamlNode<'_>) -> Vec<Template> {
    node.texts().iter().filter(|text| is_wording(text, true)).map(|text| Template::new(text.value)).collect()
}

/// True if a text can be written into a draft as it stands: a sign of phrases in it is recorded as a problem.
pub(super) fn is_wording(text: &YamlString<'_>, may_be_inflected: bool) -> bool {
    let Some(at) = sign(text.value, may_be_inflected) else {
        return true;
    };
    let message =
        format!("`{}` is a sign of phrases; this text is written into drafts as it stands", &text.value[at.clone()]);
    text.problem_within("sign-of-phrases", at, message, "write it out; several wordings are a list");
    false
}
