//! A phrase read in a draft, from where it may begin: held to word boundaries, exact case, gaps and the ends of sentences.

use std::collections::HashSet;

use super::edge::Boundary;
use super::program::{EdgeLabel, Program, StateId};
use crate::rule::inflect::Forms;
use crate::span::{Folded, Plain, Span};
use crate::text::Block;
use crate::text::boundary::is_boundary;
use crate::text::fold::{CLAUSE_BREAK, OBJECT, is_in_case};
use crate::text::map::Derived;

/// The most bytes that one word in a gap may have; no word is longer.
const MAX_WORD: usize = 128;

/// The progress of a reading: a state, and a place in the text.
#[derive(Debug, Clone, Copy)]
struct Cursor {
    state: StateId,
    at: usize,
    /// The inflections that the first inflected word may be.
    forms: Option<Forms>,
    /// True if a gap was skipped.
    gapped: bool,
}

/// One folded text of a block, read from one place for one set.
pub(super) struct PhraseReader<'b> {
    pub(super) block: &'b Block,
    pub(super) folded: &'b Derived<Folded, Plain>,
    pub(super) program: &'b Program,
    pub(super) boundary: Boundary,
    pub(super) start: usize,
}

impl PhraseReader<'_> {
    /// The longest text from the start on that is the phrase, and what its first inflected word is there.
    pub(super) fn phrase(&self) -> Option<(Span<Plain>, Option<Forms>)> {
        let from = Cursor { state: self.program.start(), at: self.start, forms: None, gapped: false };
        let (end, forms) = self.read(from, &mut HashSet::new())?;
        Some((self.folded.below(Span::new(self.start, end)), forms))
    }

    /// Reads on: the farthest end of the phrase. Of several ways to fill a gap, the shortest is taken. `dead` holds the states
    /// behind gaps, and the bytes, from which nothing was found: without it, gaps behind gaps would take exponential time.
    fn read(&self, from: Cursor, dead: &mut HashSet<(StateId, usize)>) -> Option<(usize, Option<Forms>)> {
        let text = self.folded.text();
        let program = self.program;
        let may_end = program.accepts(from.state) && self.may_end(from.at, from.gapped);
        let mut best = may_end.then_some((from.at, from.forms));
        for edge in program.edges(from.state) {
            let found = match &edge.read {
                EdgeLabel::Text(wanted) => {
                    let wanted = program.text(wanted);
                    let here = text[from.at..].starts_with(wanted)
                        && edge.exact.as_deref().is_none_or(|exact| self.is_exactly(exact, wanted, from.at));
                    let forms = from.forms.or(edge.forms);
                    let to = Cursor { state: edge.to, at: from.at + wanted.len(), forms, ..from };
                    here.then(|| self.read(to, dead)).flatten()
                }
                EdgeLabel::Gap(words) => self.gap_ends(from.at, *words).into_iter().find_map(|at| {
                    if dead.contains(&(edge.to, at)) {
                        return None;
                    }
                    let found = self.read(Cursor { state: edge.to, at, gapped: true, ..from }, dead);
                    if found.is_none() {
                        dead.insert((edge.to, at));
                    }
                    found
                }),
            };
            if let Some(found) = found
                && best.is_none_or(|(end, _)| end < found.0)
            {
                best = Some(found);
            }
        }
        best
    }

    /// A phrase with a gap does not run across the end of a sentence; one without has no more than its own periods in it.
    fn may_end(&self, end: usize, gapped: bool) -> bool {
        let bounded = self.boundary != Boundary::Word || is_boundary(self.folded.text(), end);
        bounded && !(gapped && self.block.crosses_sentence(self.folded.below(Span::new(self.start, end))))
    }

    /// The places at which a gap that begins at `at` may end.
    fn gap_ends(&self, at: usize, words: u8) -> Vec<usize> {
        let text = self.folded.text();
        let boundary = self.boundary;
        if boundary == Boundary::None {
            return unspaced_gap_ends(text, at, words);
        }
        if boundary == Boundary::Word && !is_boundary(text, at) {
            return Vec::new();
        }
        let mut ends = gap_ends(text, at, words, |space| self.is_hyphen(space));
        ends.retain(|&end| is_boundary(text, end));
        ends
    }

    /// True if the space at `at` of the folded text was typed as a hyphen: then it parts no words that a drafter would count.
    fn is_hyphen(&self, at: usize) -> bool {
        let typed = self.folded.below(Span::new(at, at + 1));
        !self.block.text()[typed.range()].contains(' ')
    }

    /// True if the text that reads `wanted` at `at` was typed in exactly this case.
    fn is_exactly(&self, exact: &str, wanted: &str, at: usize) -> bool {
        let trimmed = wanted.trim_start_matches(' ');
        let start = at + wanted.len() - trimmed.len();
        let typed = self.folded.below(Span::new(start, start + trimmed.trim_end_matches(' ').len()));
        is_in_case(&self.block.text()[typed.range()], exact)
    }
}

/// The most parts of a word that count as one word: "and/or" has two, a list without spaces many.
const MAX_PARTS: usize = 8;

/// The places at which the text goes on behind a gap of at most `words` words that begins at `at`, the nearest first. A gap
/// ends at the end of a clause: at a semicolon, a colon or a dash. A hyphenated word is one word. There are [`MAX_PARTS`] ends
/// a word at most.
fn gap_ends(text: &str, at: usize, words: u8, is_hyphen: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut ends = Vec::with_capacity(usize::from(words) + 1);
    let mut seen = 0;
    let mut parts = 0;
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
            after_space |= !is_hyphen(here);
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
            parts = 0;
        }
        let letter = c.is_alphanumeric();
        if !in_word {
            if parts == MAX_PARTS {
                parts = 0;
                seen += 1;
                if seen > words {
                    break;
                }
            }
            parts += 1;
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

/// The characters that a word of a language without spaces has at most, for the length of a gap.
const UNSPACED_WORD: usize = 4;

/// [`gap_ends`] for a language without spaces: behind any character.
fn unspaced_gap_ends(text: &str, at: usize, words: u8) -> Vec<usize> {
    let stops = |c: char| matches!(c, ';' | ':' | CLAUSE_BREAK | OBJECT);
    let chars = text[at..].char_indices().take_while(|&(_, c)| !stops(c));
    chars.take(usize::from(words) * UNSPACED_WORD + 1).map(|(i, _)| at + i).collect()
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
            ("contain a,b,c d e", "abcde"),
        ];
        for (text, expected) in cases {
            let found: String =
                gap_ends(text, "contain".len(), 2, |_| false).iter().map(|&at| &text[at..=at]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_gap_has_few_ends_however_long_a_text_is_without_spaces() {
        for mark in [".", ",", "!", ":", "/", "(", "\u{b7}"] {
            let text = format!("contain{}", format!("{mark}a").repeat(1000));
            let ends = gap_ends(&text, "contain".len(), 2, |_| false).len();
            assert!((MAX_PARTS..=3 * MAX_PARTS).contains(&ends), "{mark}: {ends}");
        }
    }
}
