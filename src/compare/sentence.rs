//! The sentences of a draft as words: what two drafts are aligned by.
//!
//! Of a figure that is written in several ways in the two drafts the first stands for all.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::figure::{Counts, FigureValue, MeasuredFigure, figures};
use super::naming::named_parts;
use super::struck::StruckWords;
use crate::draft::Draft;
use crate::span::{Plain, Span};
use crate::text::class::is_invisible;
use crate::text::fold::{OBJECT, fold_str, note_mark};
use crate::text::script::{is_accent, is_unspaced};
use crate::text::spelling::one_spelling;

/// A word, a bracket or a punctuation mark, by what it is folded to: two that read alike have one number.
pub(super) type TokenId = u32;

/// One token of a sentence.
#[derive(Debug, Clone)]
pub(super) struct SentenceToken {
    pub(super) id: TokenId,
    /// Its bytes in the plain text of the block.
    pub(super) span: Span<Plain>,
}

/// A figure or a name of a sentence.
#[derive(Debug, Clone)]
pub(super) struct FigureTokens {
    pub(super) tokens: Range<usize>,
    pub(super) counts: Counts,
    /// Its value, if that is known and it is these tokens whole.
    value: Option<FigureValue>,
    /// The token that may stand for it, if it is written in several ways.
    varied: Option<TokenId>,
}

/// One sentence, or what stands for one: a heading, a cell.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    pub(super) block: usize,
    /// Its bytes in the plain text of the block, without white space around it.
    pub(super) span: Span<Plain>,
    pub(super) tokens: Vec<SentenceToken>,
    /// Its figures and names, in order.
    pub(super) figures: Vec<FigureTokens>,
    /// The ids of its tokens, where figures of one value have one spelling.
    pub(super) words: Vec<TokenId>,
    /// The ids of its words in order of their number, for a quick look at how much two sentences share.
    pub(super) bag: Vec<TokenId>,
}

/// The numbers of tokens, of all drafts.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    ids: HashMap<String, TokenId>,
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

    /// A token of its own for a figure.
    fn figure(&mut self) -> TokenId {
        // To the words around it it is a number in digits.
        self.keys.push("0".to_owned());
        self.keys.len() as TokenId - 1
    }

    /// The number of tokens.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The text that the token is folded to.
    pub(super) fn key(&self, id: TokenId) -> &str {
        &self.keys[id as usize]
    }

    pub(super) fn is_word(&self, id: TokenId) -> bool {
        self.key(id).starts_with(char::is_alphanumeric)
    }
}

/// The sentences of a draft, in the order of its blocks.
pub(super) fn sentences(draft: &Draft, vocabulary: &mut Vocabulary) -> Vec<Sentence> {
    let struck = StruckWords::of(draft);
    let mut found = Vec::new();
    for (index, block) in draft.blocks().iter().enumerate() {
        let text = block.text();
        let names = named_parts(block);
        let mut start = 0;
        for &end in block.sentence_ends().iter().chain([&text.len()]) {
            let mut tokens = tokens(text, start..end, vocabulary);
            for token in &mut tokens {
                if let Some(key) = struck.key(block, token.span, vocabulary.key(token.id)) {
                    token.id = vocabulary.id(key);
                }
            }
            if let (Some(first), true) = (tokens.first(), tokens.iter().any(|t| vocabulary.is_word(t.id))) {
                let from = text[start..first.span.start()].rfind(' ').map_or(start, |space| start + space + 1);
                let span = Span::new(from, start + text[start..end].trim_end().len());
                let figures = figures_of(&text[start..end], start, &names, &tokens);
                let words: Vec<TokenId> = tokens.iter().map(|token| token.id).collect();
                let bag = bag(&words, vocabulary);
                found.push(Sentence { block: index, span, tokens, figures, words, bag });
            }
            start = end;
        }
    }
    found
}

fn bag(words: &[TokenId], vocabulary: &Vocabulary) -> Vec<TokenId> {
    let mut bag: Vec<TokenId> = words.iter().copied().filter(|&id| vocabulary.is_word(id)).collect();
    bag.sort_unstable();
    bag
}

/// The figures of a sentence, which begins at a byte of the text that the tokens are of, and the names in it, in order.
fn figures_of(sentence: &str, start: usize, names: &[MeasuredFigure], tokens: &[SentenceToken]) -> Vec<FigureTokens> {
    let mut done = 0;
    let read = |figure: MeasuredFigure| {
        let span = figure.span;
        let first = tokens.partition_point(|token| token.span.end() <= span.start());
        let last = tokens.partition_point(|token| token.span.start() < span.end());
        // What begins inside a word is part of it.
        if first < done || first >= last || tokens[first].span.start() != span.start() {
            return None;
        }
        done = last;
        let value = figure.value.filter(|_| tokens[last - 1].span.end() == span.end());
        Some(FigureTokens { tokens: first..last, counts: figure.counts, value, varied: None })
    };
    let moved = |span: Span<Plain>| Span::new(start + span.start(), start + span.end());
    let figures = figures(sentence).into_iter().map(|figure| MeasuredFigure { span: moved(figure.span), ..figure });
    let own = start..start + sentence.len();
    let first = names.partition_point(|name| name.span.start() < own.start);
    let names: Vec<MeasuredFigure> =
        names[first..].iter().take_while(|name| name.span.end() <= own.end).copied().collect();
    // A name that has a value goes before what is counted in it, any other behind it.
    let (valued, others): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| name.value.is_some());
    let mut all: Vec<MeasuredFigure> = figures.filter(|figure| !overlaps_any(figure, &valued)).collect();
    let others: Vec<MeasuredFigure> = others.into_iter().filter(|name| !overlaps_any(name, &all)).collect();
    all.extend(valued.into_iter().chain(others));
    all.sort_by_key(|figure| figure.span.start());
    all.into_iter().filter_map(read).collect()
}

/// True if a figure shares bytes with one of some others, which stand in order and apart.
fn overlaps_any(figure: &MeasuredFigure, others: &[MeasuredFigure]) -> bool {
    let next = others.partition_point(|other| other.span.end() <= figure.span.start());
    others.get(next).is_some_and(|other| other.span.overlaps(figure.span))
}

/// Spells each figure in one way in the words of all sentences.
pub(super) fn unify_figures(drafts: &mut [&mut Vec<Sentence>], vocabulary: &mut Vocabulary) {
    let mut spellings: HashMap<FigureValue, Vec<TokenId>> = HashMap::new();
    let mut varied: HashMap<FigureValue, TokenId> = HashMap::new();
    for sentence in drafts.iter().flat_map(|sentences| sentences.iter()) {
        for figure in &sentence.figures {
            let Some(value) = figure.value else {
                continue;
            };
            let spelling = sentence.spelling(figure);
            let first = spellings.entry(value).or_insert_with(|| spelling.to_vec());
            if *first != spelling {
                varied.entry(value).or_insert_with(|| vocabulary.figure());
            }
        }
    }
    for sentence in drafts.iter_mut().flat_map(|sentences| sentences.iter_mut()) {
        for figure in &mut sentence.figures {
            figure.varied = figure.value.and_then(|value| varied.get(&value).copied());
        }
        if sentence.figures.iter().any(|figure| figure.varied.is_some()) {
            let spelling = |figure: &FigureTokens| spellings.get(&figure.value?).filter(|_| figure.varied.is_some());
            let mut words = Vec::new();
            let mut done = 0;
            for (figure, spelling) in sentence.figures.iter().filter_map(|figure| Some((figure, spelling(figure)?))) {
                words.extend_from_slice(&sentence.words[done..figure.tokens.start]);
                words.extend_from_slice(spelling);
                done = figure.tokens.end;
            }
            words.extend_from_slice(&sentence.words[done..]);
            sentence.words = words;
            sentence.bag = bag(&sentence.words, vocabulary);
        }
    }
}

impl Sentence {
    /// True if a mark ends it: a heading has none.
    pub(super) fn is_closed(&self, vocabulary: &Vocabulary) -> bool {
        let last = self.words.iter().rev().find(|&&id| !matches!(vocabulary.key(id), ")" | "]"));
        last.is_some_and(|&id| matches!(vocabulary.key(id), "." | "!" | "?" | ";" | ":" | ","))
    }

    /// Sentences of one block as one.
    pub(super) fn joined(sentences: &[Sentence]) -> Sentence {
        let mut joined = sentences[0].clone();
        for sentence in &sentences[1..] {
            let before = joined.tokens.len();
            joined.span = Span::new(joined.span.start(), sentence.span.end());
            joined.tokens.extend_from_slice(&sentence.tokens);
            joined.words.extend_from_slice(&sentence.words);
            joined.bag.extend_from_slice(&sentence.bag);
            joined.figures.extend(sentence.figures.iter().map(|figure| FigureTokens {
                tokens: figure.tokens.start + before..figure.tokens.end + before,
                ..figure.clone()
            }));
        }
        joined.bag.sort_unstable();
        joined
    }

    /// The figure or the name that begins at a token.
    pub(super) fn figure_at(&self, token: usize) -> Option<&FigureTokens> {
        let next = self.figures.partition_point(|figure| figure.tokens.start < token);
        self.figures.get(next).filter(|figure| figure.tokens.start == token)
    }

    /// The tokens of a figure, while its words are those of its tokens.
    fn spelling(&self, figure: &FigureTokens) -> &[TokenId] {
        &self.words[figure.tokens.clone()]
    }

    /// The sentence with one token for each figure that `other` writes in another way.
    pub(super) fn unified_with(&self, other: &Sentence) -> Sentence {
        let ids = |sentence: &Sentence, figure: &FigureTokens| -> Vec<TokenId> {
            sentence.tokens[figure.tokens.clone()].iter().map(|token| token.id).collect()
        };
        let mut spellings: HashMap<TokenId, HashSet<Vec<TokenId>>> = HashMap::new();
        for figure in &other.figures {
            if let Some(id) = figure.varied {
                spellings.entry(id).or_default().insert(ids(other, figure));
            }
        }
        for figure in &self.figures {
            if let Some(spellings) = figure.varied.and_then(|id| spellings.get_mut(&id)) {
                spellings.insert(ids(self, figure));
            }
        }
        let mut unified = Sentence { tokens: Vec::new(), ..self.clone() };
        let mut done = 0;
        for figure in &mut unified.figures {
            unified.tokens.extend_from_slice(&self.tokens[done..figure.tokens.start]);
            done = figure.tokens.end;
            let start = unified.tokens.len();
            let tokens = &self.tokens[figure.tokens.clone()];
            match figure.varied.filter(|id| spellings.get(id).is_some_and(|spellings| spellings.len() > 1)) {
                Some(id) => {
                    let span = Span::new(tokens[0].span.start(), tokens[tokens.len() - 1].span.end());
                    unified.tokens.push(SentenceToken { id, span });
                }
                None => unified.tokens.extend_from_slice(tokens),
            }
            figure.tokens = start..unified.tokens.len();
        }
        unified.tokens.extend_from_slice(&self.tokens[done..]);
        unified
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

fn tokens(text: &str, range: Range<usize>, vocabulary: &mut Vocabulary) -> Vec<SentenceToken> {
    let mut found = Vec::new();
    let mut at = range.start;
    while let Some(c) = text[at..range.end].chars().next() {
        let rest = &text[at..range.end];
        let mark = note_mark(rest);
        let len = if c.is_alphanumeric() { word_len(rest) } else { c.len_utf8() };
        let prefix = prefix_len(rest, len);
        let key = match c {
            _ if mark > 0 => None,
            _ if prefix > 0 => {
                Some(fold_word(&rest[..len]) + &fold_word(&rest[prefix..prefix + word_len(&rest[prefix..])]))
            }
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
        let len = if prefix > 0 { prefix + word_len(&rest[prefix..]) } else { len };
        if let Some(key) = key.filter(|key| !key.is_empty()) {
            let mut add = |key: &str, from: usize, to: usize| {
                found.push(SentenceToken {
                    id: vocabulary.id(one_spelling(key).into_owned()),
                    span: Span::new(from, to),
                });
            };
            match contraction(&key, &rest[..len]) {
                Some((first, second, split)) => {
                    add(&first, at, at + split);
                    add(second, at + split, at + len);
                }
                None => match possessive(&key, &rest[..len]) {
                    Some(split) => {
                        add(&key[..key.len() - POSSESSIVE.len()], at, at + split);
                        add(POSSESSIVE, at + split, at + len);
                    }
                    None => add(&key, at, at + len),
                },
            }
        }
        at += len;
    }
    found
}

/// The ending of what belongs to somebody, as it is folded.
const POSSESSIVE: &str = "'s";

/// The bytes of a word as it was typed before its possessive ending, if it has one.
fn possessive(folded: &str, typed: &str) -> Option<usize> {
    folded.strip_suffix(POSSESSIVE).filter(|word| !word.is_empty())?;
    Some(typed.char_indices().rev().nth(POSSESSIVE.len() - 1)?.0)
}

/// The endings of words that are two in one, as they are folded, and the words that they stand for.
const CONTRACTED: &[(&str, &str)] =
    &[("n't", "not"), ("'re", "are"), ("'ll", "will"), ("'ve", "have"), ("'m", "am"), ("not", "not")];

/// The two words that a folded word such as "don't", "they'll" and "cannot" is, and the bytes of the first as it was typed.
fn contraction(folded: &str, typed: &str) -> Option<(String, &'static str, usize)> {
    let (first, ending, second) = CONTRACTED.iter().find_map(|(ending, second)| {
        let first = folded.strip_suffix(ending).filter(|first| !first.is_empty())?;
        (*ending != "not" || folded == "cannot").then_some((first, *ending, *second))
    })?;
    let first = match (first, ending) {
        ("ca", "n't") => "can",
        ("wo", "n't") => "will",
        ("sha", "n't") => "shall",
        (first, _) => first,
    };
    let (split, _) = typed.char_indices().rev().nth(ending.len() - 1)?;
    (split > 0).then(|| (first.to_owned(), second, split))
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

/// Beginnings of words that are written with a hyphen or without one: "co-operation", "cooperation".
const PREFIXES: &[&str] = &["co", "counter", "multi", "pre"];

/// The bytes of such a beginning and of its hyphen, if the word of so many bytes is one; else 0.
fn prefix_len(text: &str, word: usize) -> usize {
    let is_prefix = PREFIXES.iter().any(|prefix| text[..word].eq_ignore_ascii_case(prefix));
    let mut rest = text[word..].chars();
    let hyphen = rest.next().filter(|c| matches!(c, '-' | '\u{2010}' | '\u{2011}'));
    match (is_prefix, hyphen, rest.next()) {
        (true, Some(hyphen), Some(next)) if next.is_lowercase() => word + hyphen.len_utf8(),
        _ => 0,
    }
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
            ("The U.S. and the ROK\u{2019}s 28,500 troops.", "the u.s. and the rok 's 28,500 troops ."),
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
