//! The phrases of one key of a rule, ready to be looked for.

use std::sync::{Arc, OnceLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::beginning::{Beginning, beginnings};
use super::edge::Boundary;
use super::expand::{MAX_WORDINGS, count, expand};
use super::lists::PhraseLists;
use super::parse::{MAX_ITEMS, parse};
use super::program::Program;
use super::reading::PhraseReader;
use super::tree::{Sequence, inflected_words, size};
use crate::rule::inflect::{Forms, Inflector};
use crate::span::{Folded, Plain, Span};
use crate::text::Block;
use crate::text::boundary::is_boundary;
use crate::text::map::Derived;
use crate::yaml::YamlString;

/// The most phrases that are each tried at each place of a few words; of more it is told first where they may begin.
const FEW: usize = 64;

/// The settings of a pack and a rule that phrases need.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shared {
    pub(crate) boundary: Boundary,
    pub(crate) inflector: Arc<Inflector>,
    /// The named lists of the pack.
    pub(crate) lists: Arc<PhraseLists>,
    /// True if the pack comes with the program, whose tests have run all of it: what is slow may wait until it is needed.
    pub(crate) tested: bool,
}

/// Phrases that are looked for together.
#[derive(Debug, Default)]
pub(crate) struct PhraseSet {
    phrases: Vec<Phrase>,
    shared: Shared,
    /// The texts with which phrases begin, and the phrase of each; made when a few words are asked for many phrases.
    many: OnceLock<Option<(AhoCorasick, Vec<usize>)>>,
}

/// One phrase.
#[derive(Debug)]
pub(crate) struct Phrase {
    /// The index among the phrases of the rule; those that are wrong are left out of the set.
    pub(crate) index: usize,
    /// The phrase as the pack gives it.
    pub(crate) text: Box<str>,
    /// Read when it is needed, if the pack is known to be well-formed.
    tree: OnceLock<Sequence>,
    /// Made when a draft holds one of the texts with which the phrase may begin.
    program: OnceLock<Program>,
}

impl PhraseSet {
    /// Reads phrases from a pack and records what is wrong with them. The result holds those that are well-formed.
    pub(crate) fn read(phrases: &[YamlString<'_>], shared: &Shared) -> PhraseSet {
        let mut set =
            PhraseSet { phrases: Vec::with_capacity(phrases.len()), shared: shared.clone(), many: OnceLock::new() };
        for (index, phrase) in phrases.iter().enumerate() {
            let (text, program) = (phrase.value.into(), OnceLock::new());
            if shared.tested {
                set.phrases.push(Phrase { index, text, tree: OnceLock::new(), program });
                continue;
            }
            match parse(phrase.value, &shared.lists) {
                Ok(tree) if set.is_well_formed(&tree, phrase) => {
                    set.phrases.push(Phrase { index, text, tree: OnceLock::from(tree), program });
                }
                Ok(_) => {}
                Err(error) => phrase.problem_within("bad-phrase", error.at, error.message, &error.help),
            }
        }
        set
    }

    fn is_well_formed(&self, tree: &Sequence, phrase: &YamlString<'_>) -> bool {
        if size(tree) > MAX_ITEMS {
            let message = format!("the phrase has more than {MAX_ITEMS} words");
            phrase.problem("too-many-words", message, Some("a phrase of fewer words finds the same places".into()));
            return false;
        }
        if count(tree, &self.shared.inflector) > MAX_WORDINGS {
            let message = format!("the phrase stands for more than {MAX_WORDINGS} wordings");
            phrase.problem("too-many-wordings", message, Some("split it into several phrases".into()));
            return false;
        }
        let program = Program::new(tree, &self.shared.inflector);
        if program.may_begin_with_gap() {
            let help = "what stands before its first `*` must not all be optional";
            phrase.problem("bad-phrase", "the phrase may begin with a gap", Some(help.into()));
            return false;
        }
        if program.may_read_nothing() {
            let help =
                "not everything in it may be optional; quotation marks, brackets and asterisks are not looked at";
            phrase.problem("bad-phrase", "the phrase may stand for nothing", Some(help.into()));
            return false;
        }
        true
    }

    /// The longest occurrence of a phrase, by its place in the set, that begins at `start` of a folded text of `block`, and what
    /// its first inflected word is there.
    pub(crate) fn read_at(
        &self,
        phrase: usize,
        block: &Block,
        folded: &Derived<Folded, Plain>,
        start: usize,
    ) -> Option<(Span<Plain>, Option<Forms>)> {
        let boundary = self.shared.boundary;
        if boundary != Boundary::None && !is_boundary(folded.text(), start) {
            return None;
        }
        PhraseReader { block, folded, program: self.program(phrase), boundary, start }.phrase()
    }

    /// Every occurrence of every phrase in a block of a few words. In a draft the phrases of all rules are found together.
    pub(crate) fn find_in(&self, block: &Block) -> Vec<Span<Plain>> {
        let in_reading = |folded: &Derived<Folded, Plain>| -> Vec<Span<Plain>> {
            let places = self.may_begin(folded.text()).into_iter();
            places.filter_map(|(phrase, at)| Some(self.read_at(phrase, block, folded, at)?.0)).collect()
        };
        block.readings().flat_map(in_reading).collect()
    }

    /// The phrases that may begin in a folded text, each with the place.
    fn may_begin(&self, text: &str) -> Vec<(usize, usize)> {
        if self.phrases.len() <= FEW {
            let at = |(at, _)| (0..self.phrases.len()).map(move |phrase| (phrase, at));
            return text.char_indices().flat_map(at).collect();
        }
        let begun = |phrase: usize| self.beginnings(phrase).into_iter().map(move |begun| (begun.text, phrase));
        let many = self.many.get_or_init(|| {
            let (texts, phrases): (Vec<_>, Vec<_>) = (0..self.phrases.len()).flat_map(begun).unzip();
            let texts = AhoCorasick::builder().kind(Some(AhoCorasickKind::NoncontiguousNFA)).build(texts);
            texts.ok().map(|texts| (texts, phrases))
        });
        let found = many.iter().flat_map(|(texts, phrases)| {
            texts.find_overlapping_iter(text).map(|found| (phrases[found.pattern().as_usize()], found.start()))
        });
        found.collect()
    }

    /// The program of a phrase, by its place in the set.
    fn program(&self, phrase: usize) -> &Program {
        let phrase = &self.phrases[phrase];
        phrase.program.get_or_init(|| Program::new(phrase.tree(&self.shared.lists), &self.shared.inflector))
    }

    /// Folded texts of which every occurrence of a phrase, by its place in the set, begins with one.
    pub(crate) fn beginnings(&self, phrase: usize) -> Vec<Beginning> {
        beginnings(self.phrases[phrase].tree(&self.shared.lists), &self.shared.inflector)
    }

    /// The edges of a match that must be the edges of words.
    pub(crate) fn boundary(&self) -> Boundary {
        self.shared.boundary
    }

    pub(crate) fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }

    /// True if a phrase, by its place in the set, stands in a block of a few words.
    pub(crate) fn is_in(&self, phrase: usize, block: &Block) -> bool {
        let in_reading = |folded: &Derived<Folded, Plain>| {
            folded.text().char_indices().any(|(at, _)| self.read_at(phrase, block, folded, at).is_some())
        };
        block.readings().any(in_reading)
    }

    /// The first wordings that a phrase, by its place in the set, stands for, with their gaps as `*N`: no more than `most`.
    pub(crate) fn wordings_of(&self, phrase: usize, most: usize) -> Vec<String> {
        let mut wordings = expand(self.phrases[phrase].tree(&self.shared.lists), &self.shared.inflector, most);
        wordings.truncate(most);
        wordings
    }

    /// The words of the phrases that have `~`.
    pub(crate) fn inflected_words(&self) -> Vec<&str> {
        self.phrases.iter().flat_map(|phrase| inflected_words(phrase.tree(&self.shared.lists))).collect()
    }

    /// The first wording of the first phrase.
    pub(crate) fn first_wording(&self, inflector: &Inflector) -> String {
        let first = self.phrases.first().map(|phrase| expand(phrase.tree(&self.shared.lists), inflector, 1));
        first.into_iter().flatten().next().unwrap_or_default()
    }

    /// Every wording that the phrases stand for.
    pub(crate) fn wordings(&self, inflector: &Inflector) -> Vec<String> {
        let mut all: Vec<String> = self
            .phrases
            .iter()
            .flat_map(|phrase| expand(phrase.tree(&self.shared.lists), inflector, usize::MAX))
            .collect();
        let mut seen = std::collections::HashSet::new();
        all.retain(|wording| seen.insert(wording.clone()));
        all
    }
}

impl Phrase {
    fn tree(&self, lists: &PhraseLists) -> &Sequence {
        // What is wrong with a phrase of a user's pack was said when it was read.
        self.tree.get_or_init(|| parse(&self.text, lists).unwrap_or_default())
    }
}
