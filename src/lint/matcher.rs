//! One automaton for all phrases of all rules, and the check of what it finds.
//!
//! The automaton looks for the first segment of every wording, and for the literals of patterns, in one pass over a block's
//! folded text. What it finds is then held to word boundaries, exact case, gaps and the ends of sentences.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, BuildError};

use crate::draft::Block;
use crate::draft::boundary::is_boundary;
use crate::draft::fold::{CLAUSE_BREAK, OBJECT, fold_keeping_case};
use crate::draft::map::Derived;
use crate::rule::kind::Hit;
use crate::rule::phrase::{Boundary, PhraseSet, Wording};
use crate::span::{Folded, Plain, Span};

/// The most bytes that one word in a gap may have; no word is longer.
const MAX_WORD: usize = 128;

/// What a literal of the automaton is for.
#[derive(Debug, Clone, Copy)]
enum Use {
    /// The first segment of a wording of a set.
    Wording { set: u32, wording: u32 },
    /// A literal without which a rule has nothing to look for in a block.
    Literal { rule: u32 },
}

/// Phrases and literals, by the number that they were added under, ready to be found.
#[derive(Debug)]
pub(super) struct Matcher {
    automaton: AhoCorasick,
    /// For each literal of the automaton its stretch of `uses`.
    stretches: Vec<std::ops::Range<u32>>,
    uses: Vec<Use>,
}

/// What was found in the blocks of a draft.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The hits of each set.
    pub(super) hits: Vec<Vec<Hit>>,
    /// For each rule the blocks that hold one of its literals.
    pub(super) blocks: Vec<Vec<usize>>,
}

impl Matcher {
    /// Builds the automaton over the first segments of `sets` and the `literals` of each rule.
    pub(super) fn new<'r>(
        sets: impl Iterator<Item = &'r PhraseSet>,
        literals: impl Iterator<Item = &'r [String]>,
    ) -> Result<Matcher, BuildError> {
        let mut index: HashMap<&str, Vec<Use>> = HashMap::new();
        for (set, phrases) in sets.enumerate() {
            for (wording, segments) in phrases.wordings().iter().map(Wording::segments).enumerate() {
                let first = Use::Wording { set: set as u32, wording: wording as u32 };
                index.entry(&segments[0].folded).or_default().push(first);
            }
        }
        for (rule, texts) in literals.enumerate() {
            for text in texts {
                index.entry(text).or_default().push(Use::Literal { rule: rule as u32 });
            }
        }
        let mut literals: Vec<(&str, Vec<Use>)> = index.into_iter().collect();
        literals.sort_unstable_by_key(|(text, _)| *text);
        let mut stretches = Vec::with_capacity(literals.len());
        let mut uses = Vec::new();
        for (_, found) in &literals {
            stretches.push(uses.len() as u32..(uses.len() + found.len()) as u32);
            uses.extend(found);
        }
        let automaton = AhoCorasick::new(literals.iter().map(|(text, _)| text))?;
        Ok(Matcher { automaton, stretches, uses })
    }

    /// Adds what is found in a block, the one with this `index`, to `found`.
    pub(super) fn scan(&self, block: &Block, index: usize, sets: &[&PhraseSet], found: &mut Found) {
        for folded in block.readings() {
            for candidate in self.automaton.find_overlapping_iter(folded.text()) {
                let stretch = &self.stretches[candidate.pattern().as_usize()];
                for &used in &self.uses[stretch.start as usize..stretch.end as usize] {
                    match used {
                        Use::Literal { rule } => {
                            let blocks = &mut found.blocks[rule as usize];
                            if blocks.last() != Some(&index) {
                                blocks.push(index);
                            }
                        }
                        Use::Wording { set, wording } => {
                            let reading = Reading { block, folded, set: sets[set as usize] };
                            let first = Span::new(candidate.start(), candidate.end());
                            if let Some(span) = reading.verify(wording as usize, first) {
                                let hit = Hit { block: index, span, wording: wording as usize };
                                found.hits[set as usize].push(hit);
                            }
                        }
                    }
                }
            }
        }
    }
}

/// One folded text of a block, searched for one set.
struct Reading<'b> {
    block: &'b Block,
    folded: &'b Derived<Folded, Plain>,
    set: &'b PhraseSet,
}

impl Reading<'_> {
    /// The plain text of the whole wording whose first segment was found at `first`, if it is all there.
    fn verify(&self, wording: usize, first: Span<Folded>) -> Option<Span<Plain>> {
        let wording = &self.set.wordings()[wording];
        let end = self.segment_ends(wording, 0, first.start())?;
        let span = self.folded.below(Span::new(first.start(), end));
        (!self.block.crosses_sentence(span)).then_some(span)
    }

    /// The end of the wording whose segment number `index` begins at `at`: of several ways to fill a gap, the shortest.
    fn segment_ends(&self, wording: &Wording, index: usize, at: usize) -> Option<usize> {
        let text = self.folded.text();
        let segment = &wording.segments()[index];
        let end = at + segment.folded.len();
        if !text[at..].starts_with(&segment.folded) || !self.is_word(at, end) {
            return None;
        }
        let exact = segment.exact.iter().all(|(range, word)| {
            let typed = self.folded.below(Span::new(at + range.start, at + range.end));
            fold_keeping_case(&self.block.text()[typed.range()]) == *word
        });
        if !exact {
            return None;
        }
        match wording.gaps().get(index) {
            None => Some(end),
            Some(&words) => {
                gap_ends(text, end, words).into_iter().find_map(|next| self.segment_ends(wording, index + 1, next))
            }
        }
    }

    fn is_word(&self, start: usize, end: usize) -> bool {
        let text = self.folded.text();
        match self.set.boundary() {
            Boundary::Word => is_boundary(text, start) && is_boundary(text, end),
            Boundary::Left => is_boundary(text, start),
            Boundary::None => true,
        }
    }
}

/// Where the text goes on behind a gap of at most `words` words that begins at `at`, the nearest first. A gap ends at the end
/// of a clause: at a semicolon, a colon or a dash.
fn gap_ends(text: &str, at: usize, words: u8) -> Vec<usize> {
    let mut ends = Vec::with_capacity(usize::from(words) + 1);
    let mut seen = 0;
    let mut in_word = false;
    let mut word_start = at;
    let mut after_space = false;
    for (i, c) in text[at..].char_indices() {
        let here = at + i;
        if matches!(c, ';' | CLAUSE_BREAK | OBJECT)
            || (c == ':' && !text[here + 1..].starts_with(char::is_alphanumeric))
        {
            break;
        }
        if c == ' ' {
            after_space = true;
            in_word = false;
            continue;
        }
        if i == 0 {
            // The word before goes on, as in "China's".
            in_word = c.is_alphanumeric() || c == '\'';
            continue;
        }
        if after_space {
            if !ends.is_empty() {
                seen += 1;
            }
            if seen > words {
                break;
            }
            after_space = false;
            in_word = false;
        }
        let letter = c.is_alphanumeric();
        if !in_word {
            ends.push(here);
            word_start = here;
        }
        in_word = letter;
        if here - word_start > MAX_WORD {
            break;
        }
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_spans_words_of_one_clause() {
        // The words at which the text may go on behind `contain` and up to two words.
        let cases = [
            ("contain a b c d", "abc"),
            ("contain, a b", "ab"),
            ("contain a; b", "a"),
            ("contain a\u{2014}b", "a"),
            ("contain a/b c d", "abcd"),
            ("contain's a b", "ab"),
            ("contain", ""),
        ];
        for (text, expected) in cases {
            let found: String = gap_ends(text, "contain".len(), 2).iter().map(|&at| &text[at..=at]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
