//! The phrases of one key of a rule, ready to be looked for.

use super::expand::{MAX_WORDINGS, count, expand};
use super::parse::{Item, ItemKind, Sequence, parse};
use super::program::{Program, State};
use crate::rule::inflect::Inflector;
use crate::yaml::Text;

/// Which edges of a match must be the edges of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Boundary {
    /// Both: the default.
    #[default]
    Word,
    /// The beginning: for languages that put particles behind words, such as Korean.
    Left,
    /// None: for languages without spaces, such as Japanese and Chinese.
    None,
}

impl Boundary {
    pub(crate) const NAMES: &'static [(&'static str, Boundary)] =
        &[("word", Boundary::Word), ("left", Boundary::Left), ("none", Boundary::None)];
}

/// The most words, gaps and groups that one phrase may have.
const MAX_ITEMS: usize = 512;

/// Phrases that are looked for together.
#[derive(Debug, Default)]
pub(crate) struct PhraseSet {
    phrases: Vec<Phrase>,
    program: Program,
    boundary: Boundary,
}

/// One phrase.
#[derive(Debug)]
pub(crate) struct Phrase {
    /// Which of the phrases of the rule it is; those that are wrong are left out of the set.
    pub(crate) index: usize,
    /// As the pack gives it.
    pub(crate) text: Box<str>,
    tree: Sequence,
    /// The state in which its program begins.
    pub(crate) start: State,
}

impl PhraseSet {
    /// Reads phrases from a pack and records what is wrong with them. The result holds those that are sound.
    pub(crate) fn read(phrases: &[Text<'_>], boundary: Boundary, inflector: &Inflector) -> PhraseSet {
        let mut set = PhraseSet { boundary, ..PhraseSet::default() };
        for (index, phrase) in phrases.iter().enumerate() {
            match parse(phrase.value) {
                Ok(tree) => set.add(index, tree, phrase, inflector),
                Err(error) => phrase.problem_within("bad-phrase", error.at, error.message, error.help),
            }
        }
        set
    }

    fn add(&mut self, index: usize, tree: Sequence, phrase: &Text<'_>, inflector: &Inflector) {
        if size(&tree) > MAX_ITEMS {
            let message = format!("the phrase has more than {MAX_ITEMS} words");
            phrase.problem("too-many-words", message, Some("a phrase of fewer words finds the same places".into()));
            return;
        }
        if count(&tree, inflector) > MAX_WORDINGS {
            let message = format!("the phrase stands for more than {MAX_WORDINGS} wordings");
            phrase.problem("too-many-wordings", message, Some("split it into several phrases".into()));
            return;
        }
        let Some(start) = self.program.add(&tree, inflector) else {
            let help =
                "not everything in it may be optional; quotation marks, brackets and asterisks are not looked at";
            phrase.problem("bad-phrase", "the phrase may stand for nothing", Some(help.into()));
            return;
        };
        self.phrases.push(Phrase { index, text: phrase.value.into(), tree, start });
    }

    pub(crate) fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }

    pub(crate) fn program(&self) -> &Program {
        &self.program
    }

    pub(crate) fn boundary(&self) -> Boundary {
        self.boundary
    }

    /// The first wording of the first phrase.
    pub(crate) fn first_wording(&self, inflector: &Inflector) -> String {
        let first = self.phrases.first().map(|phrase| expand(&phrase.tree, inflector));
        first.into_iter().flatten().next().unwrap_or_default()
    }

    /// Every wording that the phrases stand for.
    pub(crate) fn wordings(&self, inflector: &Inflector) -> Vec<String> {
        let mut all: Vec<String> = self.phrases.iter().flat_map(|phrase| expand(&phrase.tree, inflector)).collect();
        let mut seen = std::collections::HashSet::new();
        all.retain(|wording| seen.insert(wording.clone()));
        all
    }
}

/// The number of words, gaps and groups of a phrase.
fn size(items: &Sequence) -> usize {
    let inside = |item: &Item| match &item.kind {
        ItemKind::Group { alternatives, .. } => alternatives.iter().map(size).sum(),
        _ => 0,
    };
    items.len() + items.iter().map(inside).sum::<usize>()
}
