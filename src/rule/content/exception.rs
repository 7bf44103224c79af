//! Exceptions in which nothing that the rule looks for can stand.

use super::wording::{gap, without_gaps};
use crate::rule::Rule;
use crate::rule::phrase::PhraseSet;
use crate::text::{Block, BlockKind};

/// The kinds of which it can be told from the words of an exception alone whether they find something there.
const TOLD: &[&str] = &["phrase", "pattern", "limit", "near", "consistent", "term"];

/// The most texts that are tried for one exception: of one with more it is not said.
const MOST_TRIED: usize = 4_000;

/// The exceptions of a rule, as the pack gives them, that exclude nothing.
pub(super) fn idle(rule: &Rule) -> Vec<String> {
    if !TOLD.contains(&rule.kind()) {
        return Vec::new();
    }
    let sets = rule.sets();
    let Some((except, sets)) = sets.split_last() else {
        return Vec::new();
    };
    let finder = Finder { rule, sets, fillings: fillings(sets) };
    let is_idle = |&at: &usize| finder.finds_in(except, at) == Some(false);
    (0..except.phrases().len()).filter(is_idle).map(|at| except.phrases()[at].text.to_string()).collect()
}

/// Words that may stand in a gap of an exception: those of the phrases.
fn fillings(sets: &[&PhraseSet]) -> Vec<Vec<String>> {
    const MOST: usize = 100;
    let wordings = sets.iter().flat_map(|set| (0..set.phrases().len()).flat_map(|at| set.wordings_of(at, 8)));
    wordings.take(MOST).map(|wording| without_gaps(&wording).split(' ').map(str::to_owned).collect()).collect()
}

struct Finder<'r> {
    rule: &'r Rule,
    sets: &'r [&'r PhraseSet],
    fillings: Vec<Vec<String>>,
}

impl Finder<'_> {
    /// True if the rule finds something in a text of an exception; `None` if there are too many texts to tell.
    fn finds_in(&self, except: &PhraseSet, at: usize) -> Option<bool> {
        let mut tried = 0;
        let wordings = except.wordings_of(at, MOST_TRIED + 1);
        // An expression tells no words that could stand in a gap.
        let is_told = self.rule.kind() != "pattern" || wordings.iter().all(|wording| without_gaps(wording) == *wording);
        for wording in wordings {
            for text in self.texts(&wording) {
                tried += 1;
                if tried > MOST_TRIED {
                    return None;
                }
                if self.finds(&text) {
                    return Some(true);
                }
            }
        }
        is_told.then_some(false)
    }

    fn finds(&self, text: &str) -> bool {
        let Some(block) = Block::of_text(BlockKind::Paragraph, text) else {
            return false;
        };
        self.sets.iter().any(|set| !set.find_in(&block).is_empty()) || !self.rule.checker().finds_in(&block).is_empty()
    }

    /// The texts of a wording: with nothing in its gaps, and with the beginning or the end of a phrase in one of them.
    fn texts(&self, wording: &str) -> Vec<String> {
        let words: Vec<&str> = wording.split(' ').collect();
        let mut texts = vec![without_gaps(wording)];
        for (place, word) in words.iter().enumerate() {
            let Some(most) = gap(word) else {
                continue;
            };
            let (before, after) = (words[..place].join(" "), words[place + 1..].join(" "));
            let filled = |filling: &[String]| without_gaps(&format!("{before} {} {after}", filling.join(" ")));
            for filling in &self.fillings {
                let most = most.min(filling.len());
                texts.extend((1..=most).map(|n| filled(&filling[..n])));
                texts.extend((1..=most).map(|n| filled(&filling[filling.len() - n..])));
            }
        }
        texts
    }
}
