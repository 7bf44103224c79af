//! Formulas: runs of words that recur in texts of several years, whatever sentence they stand in. Takes time in proportion to the texts.

use std::collections::HashMap;
use std::ops::Range;

use super::super::DraftSentences;
use super::super::sentence::TokenId;
use super::NameThread;
use super::threads::{Link, Weights, is_prose};

/// The words of the shortest formula.
const SHORTEST: usize = 4;

/// The fewest of them that tell, and the fewest of these that are written without a capital: a name alone is no formula.
const TELLING: (usize, usize) = (3, 2);

/// Finds the formulas that recur in at least two texts and that no thread of sentences has told already, those that the last text does
/// not have first.
pub(super) fn formulas(texts: &[DraftSentences<'_>], threads: &[Vec<Link>], weights: &Weights<'_>) -> Vec<NameThread> {
    let sides = texts.iter().enumerate();
    let sentences: Vec<WordsOfSentence<'_>> = sides
        .flat_map(|(text, side)| (0..side.sentences.len()).map(move |at| (text, *side, at)))
        .filter(|(_, side, at)| is_prose(*side, *at))
        .map(|(text, side, at)| WordsOfSentence::new(text, side, at, weights))
        .collect();
    // In which texts a run of the least length stands, a bit for each.
    let mut runs: HashMap<[TokenId; SHORTEST], u128> = HashMap::new();
    for sentence in &sentences {
        for run in sentence.runs() {
            *runs.entry(run).or_default() |= 1 << (sentence.text % 128);
        }
    }
    let mut thread_of: HashMap<(usize, usize), usize> = HashMap::new();
    for (number, links) in threads.iter().enumerate().filter(|(_, links)| links.len() > 1) {
        for link in links.iter().filter(|link| link.merged.is_none()) {
            thread_of.extend(link.sentences.clone().map(|at| ((link.text, at), number)));
        }
    }
    let mut found: Vec<Found> = Vec::new();
    let mut known: HashMap<Vec<TokenId>, usize> = HashMap::new();
    for sentence in &sentences {
        let home = thread_of.get(&(sentence.text, sentence.at)).copied();
        for range in sentence.recurring(&runs) {
            let number = *known.entry(sentence.ids[range.clone()].to_vec()).or_insert_with(|| {
                let thread = NameThread { name: String::new(), counts: vec![0; texts.len()] };
                found.push(Found { thread, home, last: usize::MAX });
                found.len() - 1
            });
            let one = &mut found[number];
            one.thread.counts[sentence.text] += 1;
            one.home = one.home.filter(|_| one.home == home);
            if one.last != sentence.text {
                one.last = sentence.text;
                sentence.shown(range).clone_into(&mut one.thread.name);
            }
        }
    }
    let recurs = |thread: &NameThread| thread.counts.iter().filter(|count| **count > 0).count() > 1;
    let mut found: Vec<NameThread> =
        found.into_iter().filter(|one| one.home.is_none() && recurs(&one.thread)).map(|one| one.thread).collect();
    let total = |thread: &NameThread| usize::MAX - thread.counts.iter().sum::<usize>();
    found.sort_by_key(|thread| (thread.counts.last() > Some(&0), total(thread)));
    found
}

/// A formula while it is counted.
struct Found {
    thread: NameThread,
    /// The thread of sentences that all of it stands in so far.
    home: Option<usize>,
    /// The last text that it was found in.
    last: usize,
}

/// The words of a sentence without its punctuation.
struct WordsOfSentence<'t> {
    text: usize,
    at: usize,
    side: DraftSentences<'t>,
    /// The numbers of the tokens that are words.
    tokens: Vec<usize>,
    ids: Vec<TokenId>,
    /// For each word whether it tells.
    tells: Vec<bool>,
}

impl<'t> WordsOfSentence<'t> {
    fn new(text: usize, side: DraftSentences<'t>, at: usize, weights: &Weights<'_>) -> WordsOfSentence<'t> {
        let all = &side.sentences[at].tokens;
        let tokens: Vec<usize> = (0..all.len()).filter(|&token| weights.is_word(all[token].id)).collect();
        let ids: Vec<TokenId> = tokens.iter().map(|&token| all[token].id).collect();
        let tells = ids.iter().map(|&id| weights.is_telling(id)).collect();
        WordsOfSentence { text, at, side, tokens, ids, tells }
    }

    /// All runs of the least length, in order.
    fn runs(&self) -> impl Iterator<Item = [TokenId; SHORTEST]> {
        self.ids.windows(SHORTEST).filter_map(|run| run.try_into().ok())
    }

    /// The runs of words that stand in several texts, each as long as the same texts have it.
    fn recurring(&self, runs: &HashMap<[TokenId; SHORTEST], u128>) -> Vec<Range<usize>> {
        let mut found: Vec<(Range<usize>, u128)> = Vec::new();
        for (start, run) in self.runs().enumerate() {
            let Some(&texts) = runs.get(&run).filter(|texts| texts.count_ones() > 1) else {
                continue;
            };
            match found.last_mut() {
                Some((last, same)) if *same == texts && start < last.end => last.end = start + SHORTEST,
                // What more texts have is one formula; of what fewer have the rest is left, before it or behind it.
                Some((last, same)) if start < last.end && texts.count_ones() > same.count_ones() => {
                    last.end = start;
                    found.push((start..start + SHORTEST, texts));
                }
                Some((last, _)) if start < last.end => {
                    let from = last.end;
                    found.push((from..start + SHORTEST, texts));
                }
                _ => found.push((start..start + SHORTEST, texts)),
            }
        }
        found.into_iter().filter_map(|(range, _)| self.trimmed(range)).collect()
    }

    /// A run from its first word that tells to its last one, if enough of them do.
    fn trimmed(&self, range: Range<usize>) -> Option<Range<usize>> {
        let telling: Vec<usize> = range.clone().filter(|&word| self.tells[word]).collect();
        let is_small = |&&word: &&usize| {
            let token = self.tokens[word];
            !self.side.side(self.at).token_text(token).starts_with(char::is_uppercase)
        };
        let (mut first, mut last) = (*telling.first()?, *telling.last()?);
        // The other parts of a compound belong to it: "free and open Indo-Pacific".
        while first > range.start && self.is_compound(first - 1) {
            first -= 1;
        }
        while last + 1 < range.end && self.is_compound(last) {
            last += 1;
        }
        let is_formula = telling.len() >= TELLING.0
            && telling.iter().filter(is_small).count() >= TELLING.1
            && last + 1 - first >= SHORTEST;
        is_formula.then_some(first..last + 1)
    }

    /// True if a word and the next one are parts of a compound, such as "rules-based".
    fn is_compound(&self, word: usize) -> bool {
        let tokens = &self.side.sentences[self.at].tokens;
        let text = self.side.side(self.at).block.text();
        let next = tokens[self.tokens[word + 1]].span.start();
        text.get(tokens[self.tokens[word]].span.end()..next).is_some_and(|between| between == "-")
    }

    /// The words as they were typed.
    fn shown(&self, words: Range<usize>) -> &'t str {
        let one = self.side.side(self.at);
        let (first, last) = (self.tokens[words.start], self.tokens[words.end - 1]);
        let tokens = &one.sentence.tokens;
        &one.block.text()[tokens[first].span.start()..tokens[last].span.end()]
    }
}
