//! Why a rule does not flag a text that it should: what keeps it away, or how far its nearest wording is from the text.

use std::ops::Range;

use crate::context::{Declared, TextContext};
use crate::draft::Draft;
use crate::lint::holds;
use crate::rule::Rule;
use crate::rule::content::{barrier, without_gaps};
use crate::rule::phrase::PhraseSet;
use crate::text::Block;
use crate::text::fold::fold_str;

/// The most wordings of a rule that are compared with a text.
const MOST_WORDINGS: usize = 4_000;

/// The most words of a block that are compared.
const MOST_WORDS: usize = 400;

/// The reason why a rule does not flag a draft, in a sentence; `None` of a kind of which that cannot be told.
pub(super) fn reason(rule: &Rule, draft: &Draft) -> Option<String> {
    let text = TextContext::new(draft, &Declared::default());
    if !holds(rule, &text) {
        let kind = text.document().value.name();
        return Some(format!("this is taken for a {kind}, and the rule holds {}", rule.holds_where()));
    }
    let sets = rule.sets();
    let (except, sets) = sets.split_last()?;
    let missing = sets.iter().find(|set| !draft.blocks().iter().any(|block| is_in(set, block)));
    match missing {
        Some(set) => nearest(set, draft),
        None => sets.first().and_then(|set| kept_away(set, except, draft)),
    }
}

fn is_in(set: &PhraseSet, block: &Block) -> bool {
    !set.find_in(block).is_empty()
}

/// What keeps a rule from what it finds.
fn kept_away(set: &PhraseSet, except: &PhraseSet, draft: &Draft) -> Option<String> {
    let found = draft.blocks().iter().find_map(|block| Some((block, *set.find_in(block).first()?)));
    let (block, span) = found?;
    let words = &block.text()[span.range()];
    if let Some(exception) = except.find_in(block).iter().find(|exception| exception.contains(span)) {
        return Some(format!(
            "an exception of the rule leaves \"{words}\" alone in \"{}\"",
            &block.text()[exception.range()]
        ));
    }
    Some(format!(
        "\"{words}\" is found, but not reported where it stands: see `concern`, `scope`, `quoted` and `language`"
    ))
}

/// A word of a block: its bytes, and the word folded.
struct Word {
    at: Range<usize>,
    folded: String,
}

/// The wording of a set that has the most words in common with a draft, and what parts it from the draft.
fn nearest(set: &PhraseSet, draft: &Draft) -> Option<String> {
    let blocks: Vec<(&Block, Vec<Word>)> = draft.blocks().iter().map(|block| (block, words(block.text()))).collect();
    let wordings = (0..set.phrases().len()).flat_map(|at| set.wordings_of(at, MOST_WORDINGS)).take(MOST_WORDINGS);
    let mut best: Option<(f64, String, usize, Vec<Option<usize>>)> = None;
    for wording in wordings {
        let wanted: Vec<String> = fold_words(&wording);
        for (number, (_, words)) in blocks.iter().enumerate() {
            let matched = common(&wanted, words);
            let count = matched.iter().flatten().count();
            let share = count as f64 / wanted.len().max(1) as f64;
            if count > 0 && best.as_ref().is_none_or(|(most, ..)| share > *most) {
                best = Some((share, wording.clone(), number, matched));
            }
        }
    }
    let (_, wording, number, matched) = best?;
    let (block, words) = &blocks[number];
    Some(format!("the nearest wording is \"{wording}\"{}", difference(&wording, block.text(), words, &matched)))
}

/// What parts a wording from a text of which it has some words, with the place of each word that the text has as well.
fn difference(wording: &str, text: &str, words: &[Word], matched: &[Option<usize>]) -> String {
    let wanted = fold_words(wording);
    let lacking: Vec<&str> =
        wanted.iter().zip(matched).filter(|(_, at)| at.is_none()).map(|(word, _)| word.as_str()).collect();
    if !lacking.is_empty() {
        return format!("; \"{}\" is not in the text there", lacking.join(" "));
    }
    let places: Vec<usize> = matched.iter().flatten().copied().collect();
    for pair in places.windows(2) {
        let (one, other) = (&words[pair[0]], &words[pair[1]]);
        let between = &text[one.at.end..other.at.start];
        if between.trim_matches([' ', '-']).is_empty() {
            continue;
        }
        let (before, after) = (&text[one.at.clone()], &text[other.at.clone()]);
        let has_words = between.chars().any(char::is_alphanumeric);
        let why = match barrier(between) {
            Some((why, _)) => why,
            None if has_words => "the wording has no such words, and no gap `*N` that is long enough",
            None => "the wording has no such mark",
        };
        return format!("; between \"{before}\" and \"{after}\" stands \"{}\": {why}", between.trim());
    }
    "; it begins or ends within a word of the text, or its capitals differ".to_owned()
}

/// The words of a wording, folded, without its gaps.
fn fold_words(wording: &str) -> Vec<String> {
    words(&without_gaps(wording)).into_iter().map(|word| word.folded).collect()
}

fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut start = None;
    let ends = text.char_indices().map(|(at, c)| (at, Some(c))).chain([(text.len(), None)]);
    for (at, c) in ends {
        match (c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}')), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(Word { at: from..at, folded: fold_str(&text[from..at]) });
                start = None;
            }
            _ => {}
        }
        if words.len() == MOST_WORDS {
            break;
        }
    }
    words
}

/// For each word that is wanted its place among the words of a text, in the longest common subsequence.
fn common(wanted: &[String], words: &[Word]) -> Vec<Option<usize>> {
    let columns = words.len() + 1;
    let mut longest = vec![0u16; (wanted.len() + 1) * columns];
    for i in (0..wanted.len()).rev() {
        for j in (0..words.len()).rev() {
            longest[i * columns + j] = if wanted[i] == words[j].folded {
                longest[(i + 1) * columns + j + 1] + 1
            } else {
                longest[(i + 1) * columns + j].max(longest[i * columns + j + 1])
            };
        }
    }
    let mut matched = vec![None; wanted.len()];
    let (mut i, mut j) = (0, 0);
    while i < wanted.len() && j < words.len() {
        if wanted[i] == words[j].folded {
            matched[i] = Some(j);
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * columns + j] >= longest[i * columns + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    matched
}
