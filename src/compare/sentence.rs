//! The sentences of a draft as words: what two drafts are aligned by.
//!
//! A figure that is written in several ways in the two drafts is one word in all of them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::figure::{Counts, Figure, Value, figures};
use crate::draft::Draft;
use crate::span::{Plain, Span};
use crate::text::class::is_invisible;
use crate::text::fold::{OBJECT, fold_str, note_mark};
use crate::text::script::{is_accent, is_unspaced};

/// A word, a bracket or a punctuation mark, by what it is folded to: two that read alike have one number.
pub(super) type TokenId = u32;

/// One token of a sentence.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) id: TokenId,
    /// Where it stands in the plain text of the block.
    pub(super) span: Span<Plain>,
}

/// A figure of a sentence.
#[derive(Debug, Clone)]
pub(super) struct FigureTokens {
    pub(super) tokens: Range<usize>,
    pub(super) counts: Counts,
    /// What it says, if that is known and it is these tokens whole.
    value: Option<Value>,
}

/// One sentence, or what stands for one: a heading, a cell.
#[derive(Debug)]
pub(super) struct Sentence {
    pub(super) block: usize,
    /// Its bytes in the plain text of the block, without white space around it.
    pub(super) span: Span<Plain>,
    pub(super) tokens: Vec<Token>,
    /// In order.
    pub(super) figures: Vec<FigureTokens>,
    /// The ids of its words in order of their number, for a quick look at how much two sentences share.
    pub(super) bag: Vec<TokenId>,
}

/// The numbers of tokens, of both drafts.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    ids: HashMap<String, TokenId>,
    values: HashMap<Value, TokenId>,
    keys: Vec<String>,
}

impl Vocabulary {
    fn id(&mut self, key: String) -> TokenId {
        let next = self.keys.len() as TokenId;
        *self.ids.entry(key).or_insert_with_key(|key| {
            self.keys.push(key.clone());
            next
        })
    }

    /// The token that a figure is of which the drafts have several spellings.
    fn value_id(&mut self, value: Value) -> TokenId {
        let next = self.keys.len() as TokenId;
        *self.values.entry(value).or_insert_with(|| {
            // To the words around it it is a number in digits.
            self.keys.push("0".to_owned());
            next
        })
    }

    /// What the token is folded to.
    pub(super) fn key(&self, id: TokenId) -> &str {
        &self.keys[id as usize]
    }

    pub(super) fn is_word(&self, id: TokenId) -> bool {
        self.key(id).starts_with(char::is_alphanumeric)
    }
}

/// The sentences of a draft, in the order of its blocks.
pub(super) fn sentences(draft: &Draft, vocabulary: &mut Vocabulary) -> Vec<Sentence> {
    let mut found = Vec::new();
    for (index, block) in draft.blocks().iter().enumerate() {
        let text = block.text();
        let mut start = 0;
        for &end in block.sentence_ends().iter().chain([&text.len()]) {
            let tokens = tokens(text, start..end, vocabulary);
            if let (Some(first), true) = (tokens.first(), tokens.iter().any(|t| vocabulary.is_word(t.id))) {
                let from = text[start..first.span.start()].rfind(' ').map_or(start, |space| start + space + 1);
                let span = Span::new(from, start + text[start..end].trim_end().len());
                let figures = figures_of(&text[start..end], start, &tokens);
                let bag = bag(&tokens, vocabulary);
                found.push(Sentence { block: index, span, tokens, figures, bag });
            }
            start = end;
        }
    }
    found
}

fn bag(tokens: &[Token], vocabulary: &Vocabulary) -> Vec<TokenId> {
    let mut bag: Vec<TokenId> = tokens.iter().map(|t| t.id).filter(|&id| vocabulary.is_word(id)).collect();
    bag.sort_unstable();
    bag
}

/// The figures of a sentence, which begins at a byte of the text that the tokens are of.
fn figures_of(sentence: &str, start: usize, tokens: &[Token]) -> Vec<FigureTokens> {
    let mut done = 0;
    let read = |figure: Figure| {
        let span = Span::<Plain>::new(start + figure.span.start(), start + figure.span.end());
        let first = tokens.partition_point(|token| token.span.end() <= span.start());
        let last = tokens.partition_point(|token| token.span.start() < span.end());
        if first < done || first >= last {
            return None;
        }
        done = last;
        let is_whole = tokens[first].span.start() == span.start() && tokens[last - 1].span.end() == span.end();
        Some(FigureTokens { tokens: first..last, counts: figure.counts, value: figure.value.filter(|_| is_whole) })
    };
    figures(sentence).into_iter().filter_map(read).collect()
}

/// Makes one token of each figure that the drafts write in several ways.
pub(super) fn unify_figures(drafts: [&mut Vec<Sentence>; 2], vocabulary: &mut Vocabulary) {
    let mut spellings: HashMap<Value, Vec<TokenId>> = HashMap::new();
    let mut varied: HashSet<Value> = HashSet::new();
    for sentence in drafts.iter().flat_map(|sentences| sentences.iter()) {
        for figure in &sentence.figures {
            let Some(value) = figure.value else {
                continue;
            };
            let spelling = || sentence.tokens[figure.tokens.clone()].iter().map(|token| token.id);
            let first = spellings.entry(value).or_insert_with(|| spelling().collect());
            if !first.iter().copied().eq(spelling()) {
                varied.insert(value);
            }
        }
    }
    let is_varied = |figure: &FigureTokens| figure.value.is_some_and(|value| varied.contains(&value));
    for sentence in drafts.into_iter().flatten().filter(|sentence| sentence.figures.iter().any(is_varied)) {
        let old = std::mem::take(&mut sentence.tokens);
        let mut done = 0;
        for figure in &mut sentence.figures {
            sentence.tokens.extend_from_slice(&old[done..figure.tokens.start]);
            done = figure.tokens.end;
            let first = sentence.tokens.len();
            match figure.value.filter(|value| varied.contains(value)) {
                Some(value) => {
                    let span = Span::new(old[figure.tokens.start].span.start(), old[done - 1].span.end());
                    sentence.tokens.push(Token { id: vocabulary.value_id(value), span });
                }
                None => sentence.tokens.extend_from_slice(&old[figure.tokens.clone()]),
            }
            figure.tokens = first..sentence.tokens.len();
        }
        sentence.tokens.extend_from_slice(&old[done..]);
        sentence.bag = bag(&sentence.tokens, vocabulary);
    }
}

/// A text folded as its sentence is read: its words, and its figures by what they say.
pub(super) fn fold_with_figures(text: &str) -> String {
    let mut folded = String::new();
    let mut done = 0;
    for (span, value) in figures(text).into_iter().filter_map(|figure| Some((figure.span, figure.value?))) {
        folded += &fold_str(&text[done..span.start()]);
        folded += &format!("{value:?}");
        done = span.end();
    }
    folded + &fold_str(&text[done..])
}

fn tokens(text: &str, range: Range<usize>, vocabulary: &mut Vocabulary) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = range.start;
    while let Some(c) = text[at..range.end].chars().next() {
        let rest = &text[at..range.end];
        let mark = note_mark(rest);
        let len = if c.is_alphanumeric() { word_len(rest) } else { c.len_utf8() };
        let key = match c {
            _ if mark > 0 => None,
            _ if c.is_alphanumeric() => Some(fold_word(&rest[..len])),
            '\u{2014}' | '\u{2015}' => Some("\u{2014}".to_owned()),
            // A dash between spaces; a hyphen or a closed-up dash is a space to readers.
            '-' | '\u{2013}' if text[..at].ends_with(' ') && rest[len..].starts_with(' ') => {
                Some("\u{2014}".to_owned())
            }
            '[' | ']' | '(' | ')' | ',' | ';' | ':' | '.' | '!' | '?' | '%' | OBJECT => Some(c.to_string()),
            '$' | '\u{a3}' | '\u{a5}' | '\u{20a9}' | '\u{20ac}' => Some(c.to_string()),
            _ => None,
        };
        let len = len.max(mark);
        if let Some(key) = key.filter(|key| !key.is_empty()) {
            found.push(Token { id: vocabulary.id(key), span: Span::new(at, at + len) });
        }
        at += len;
    }
    found
}

/// The length of the word that `text` begins with: an apostrophe, a period or a comma between its letters or digits belongs to
/// it, and the last period of "U.S.". A character of a script without spaces is a word.
fn word_len(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut len = 0;
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |&(_, c)| c);
        let joins = match c {
            _ if is_unspaced(c) => at == 0,
            '\'' | '\u{2019}' => before.is_alphabetic() && next.is_alphabetic(),
            '.' => {
                (before.is_ascii_digit() && next.is_ascii_digit())
                    || (before.is_alphabetic() && next.is_alphabetic())
                    || (text[..at].contains('.') && before.is_alphabetic() && at <= 8)
            }
            ',' => before.is_ascii_digit() && next.is_ascii_digit(),
            _ => c.is_alphanumeric() || is_invisible(c) || is_combining(c),
        };
        if !joins || (at > 0 && is_unspaced(before)) {
            break;
        }
        len = at + c.len_utf8();
        before = c;
    }
    len.max(text.chars().next().map_or(0, char::len_utf8))
}

fn is_combining(c: char) -> bool {
    is_accent(c) || matches!(c, '\u{1160}'..='\u{11ff}' | '\u{3099}' | '\u{309a}' | '\u{ff9e}' | '\u{ff9f}')
}

fn fold_word(word: &str) -> String {
    if word.is_ascii() { word.to_ascii_lowercase() } else { fold_str(word) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Format;

    #[test]
    fn a_sentence_is_its_words_brackets_and_marks_however_it_was_typed() {
        let cases = [
            ("The U.S. and the ROK\u{2019}s 28,500 troops.", "the u.s. and the rok's 28,500 troops ."),
            ("**Burden-sharing**[^1] is \u{201c}fair\u{201d} [and\nopen]", "burden sharing is fair [ and open ]"),
            ("It costs $3.5 billion, or 2.6% \u{2014} today", "it costs $ 3.5 billion , or 2.6 % \u{2014} today"),
            ("We met. \u{6211}\u{4eec}", "we met .|\u{6211} \u{4eec}"),
            ("\u{ff32}\u{ff2f}\u{ff2b} e\u{301}t\u{e9}", "rok \u{e9}t\u{e9}"),
        ];
        for (source, expected) in cases {
            let mut vocabulary = Vocabulary::default();
            let draft = Draft::new(Format::Markdown, format!("{source}\n\n[^1]: ...\n"));
            let found = sentences(&draft, &mut vocabulary);
            let words = |s: &Sentence| s.tokens.iter().map(|t| vocabulary.key(t.id)).collect::<Vec<_>>().join(" ");
            assert_eq!(found.iter().map(words).collect::<Vec<_>>().join("|"), expected, "{source}");
        }
    }
}
