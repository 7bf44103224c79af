//! The phrases of one key of a rule, ready to be looked for.

use super::{MAX_WORDINGS, Wording, expand, parse};
use crate::rule::inflect::Overrides;
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

/// Every wording of some phrases.
#[derive(Debug, Clone, Default)]
pub(crate) struct PhraseSet {
    wordings: Vec<Wording>,
    /// For each wording the index of its phrase.
    phrases: Vec<u32>,
    boundary: Boundary,
}

impl PhraseSet {
    /// Reads phrases from a pack and records what is wrong with them. The result holds those that are sound.
    pub(crate) fn read(phrases: &[Text<'_>], boundary: Boundary, overrides: &Overrides) -> PhraseSet {
        let mut set = PhraseSet { boundary, ..PhraseSet::default() };
        for (index, phrase) in phrases.iter().enumerate() {
            match parse(phrase.value) {
                Ok(tree) => match expand(&tree, overrides) {
                    Some(wordings) => set.add(index, wordings, phrase),
                    None => {
                        let message = format!("the phrase stands for more than {MAX_WORDINGS} wordings");
                        phrase.problem("too-many-wordings", message, Some("split it into several phrases".into()));
                    }
                },
                Err(error) => phrase.problem_within("bad-phrase", error.at, error.message, error.help),
            }
        }
        set
    }

    fn add(&mut self, index: usize, wordings: Vec<Wording>, phrase: &Text<'_>) {
        if wordings.is_empty() {
            let help = "quotation marks, brackets, asterisks and invisible characters are not looked at".to_owned();
            phrase.problem("bad-phrase", "nothing is left to look for in this phrase", Some(help));
        }
        for wording in wordings {
            self.wordings.push(wording);
            self.phrases.push(index as u32);
        }
    }

    pub(crate) fn wordings(&self) -> &[Wording] {
        &self.wordings
    }

    /// The index of the phrase that a wording belongs to.
    pub(crate) fn phrase_of(&self, wording: usize) -> usize {
        self.phrases[wording] as usize
    }

    pub(crate) fn boundary(&self) -> Boundary {
        self.boundary
    }
}
