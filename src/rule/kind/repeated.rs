//! `repeated`: reports a word that stands there twice.
//!
//! ```yaml
//! - id: doubled-word
//!   kind: repeated
//!   except: ["had had", "Pago Pago"]   # phrases in which a word may be doubled
//! - id: doubled-perhaps
//!   kind: repeated
//!   words: [that, is]                  # only these
//! ```
//!
//! Only white space stands between the two, in the source perhaps with markup: what a comma, a hyphen, a bracket or the end of a
//! sentence parts is not doubled. Case does not matter. The suggestion is the first of the two. Two words with capitals may be a
//! name that nobody has listed, so they are reported without one.

use std::collections::HashSet;

use super::{Context, Kind, KindEntry, Report};
use crate::declare::{TextList, keys};
use crate::draft::Site;
use crate::rule::phrase::Shared;
use crate::span::{Plain, Span};
use crate::text::fold::fold_str;
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "repeated",
    about: "reports words that stand twice in a row",
    message: |_| "\"{match}\": the word is there twice",
    fills: &["suggestion"],
    keys: KEYS,
    read,
};

keys! {
    /// Only these words; any without this key.
    words: Option<TextList>,
}

#[derive(Debug)]
struct RepeatedKind {
    /// The folded words to look at; all if empty.
    words: HashSet<String>,
}

fn read(fields: &Fields<'_>, _: &Shared) -> Option<Box<dyn Kind>> {
    let words = fields.texts("words").iter().map(|text| fold_str(text.value)).collect();
    Some(Box::new(RepeatedKind { words }))
}

impl Kind for RepeatedKind {
    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let mut reports = Vec::new();
        for &Doubled { site: Site { block, span }, word } in context.text().shared(|| all_doubled(context)).iter() {
            let text = context.block(block).text();
            let word = &text[word.range()];
            let wanted = self.words.is_empty() || self.words.contains(&fold_str(word));
            if !wanted || !context.in_scope(block, span) {
                continue;
            }
            let second = &text[span.end() - word_len_at_end(text, span)..span.end()];
            let name = second.starts_with(char::is_uppercase);
            let suggestions = if name { Vec::new() } else { vec![word.to_owned()] };
            reports.push(Report::at(Site { block, span }).suggest(suggestions));
        }
        reports
    }

    fn looks_for(&self) -> Vec<String> {
        let mut words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        words.sort_unstable();
        let what = if words.is_empty() { "any word".to_owned() } else { words.join(", ") };
        vec![format!("twice in a row: {what}")]
    }

    fn suggestions(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// The length of the word at the end of `span`.
fn word_len_at_end(text: &str, span: Span<Plain>) -> usize {
    let found = &text[span.range()];
    found.len() - found.rfind(' ').map_or(0, |at| at + 1)
}

/// A word that stands twice, with the first of the two.
#[derive(Debug, Clone, Copy)]
struct Doubled {
    site: Site,
    word: Span<Plain>,
}

/// Every word of the draft that stands twice.
fn all_doubled(context: &Context<'_>) -> Vec<Doubled> {
    let of_block = |block: usize| {
        let found = doubled(context.block(block).text()).into_iter();
        found.map(move |(span, word)| Doubled {
            site: Site { block, span },
            word: Span::new(span.start(), span.start() + word.len()),
        })
    };
    (0..context.draft.blocks().len()).flat_map(of_block).collect()
}

/// The stretches of a text that are one word twice, each with its first word. Of three in a row all are one stretch.
fn doubled(text: &str) -> Vec<(Span<Plain>, &str)> {
    let mut found: Vec<(Span<Plain>, &str)> = Vec::new();
    for at in memchr::memchr_iter(b' ', text.as_bytes()) {
        if begin_differently(text.as_bytes(), at) {
            continue;
        }
        let Some((before, after)) = text[..at].chars().next_back().zip(text[at + 1..].chars().next()) else {
            continue;
        };
        if !before.is_alphabetic() || !after.is_alphabetic() {
            continue;
        }
        let first = last_word(&text[..at]);
        let second = first_word(&text[at + 1..]);
        let (Some(first), Some(second)) = (first, second) else {
            continue;
        };
        if !is_same(first, second) {
            continue;
        }
        let span = Span::new(at - first.len(), at + 1 + second.len());
        match found.last_mut() {
            Some((last, _)) if last.overlaps(span) => *last = Span::new(last.start(), span.end()),
            _ => found.push((span, first)),
        }
    }
    found
}

fn is_same(first: &str, second: &str) -> bool {
    let is_ascii = first.is_ascii() && second.is_ascii();
    let same = if is_ascii { first.eq_ignore_ascii_case(second) } else { fold_str(first) == fold_str(second) };
    if !same {
        return false;
    }
    // "GENEVA Geneva": a heading and what follows it.
    let is_shouted = |word: &str| word.chars().nth(1).is_some() && !word.contains(char::is_lowercase);
    let is_heading = is_shouted(first) && !is_shouted(second) && second.starts_with(char::is_uppercase);
    // "A a": initials, or the letter and the article.
    !is_heading && (first.chars().nth(1).is_some() || (first == second && first.starts_with(char::is_lowercase)))
}

/// True if the words before and behind the space at `at`, of ASCII letters, begin with different letters: most do.
fn begin_differently(bytes: &[u8], at: usize) -> bool {
    let letters = bytes[..at].iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let start = at - letters;
    let is_whole = letters > 0 && (start == 0 || bytes[start - 1] == b' ');
    let second = bytes.get(at + 1).filter(|byte| byte.is_ascii());
    is_whole && second.is_some_and(|second| !second.eq_ignore_ascii_case(&bytes[start]))
}

/// The word that a text ends with, unless it is part of something longer: a compound, an address.
fn last_word(text: &str) -> Option<&str> {
    let start = text.char_indices().rev().find(|&(_, c)| !c.is_alphabetic()).map_or(0, |(at, c)| at + c.len_utf8());
    let stands_alone = text[..start].chars().next_back().is_none_or(|c| c.is_whitespace() || is_opener(c));
    stands_alone.then_some(&text[start..])
}

/// The word that a text begins with, unless it is part of something longer.
fn first_word(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let rest = &text[end..];
    let mut chars = rest.chars();
    let goes_on = match chars.next() {
        Some('-' | '\u{2010}'..='\u{2013}' | '.' | '@' | '_') => chars.next().is_some_and(char::is_alphanumeric),
        // "it it's" is a slip of another kind; the possessive of a doubled name is not.
        Some('\'' | '\u{2019}') => {
            let is_name = text.starts_with(char::is_uppercase) && is_possessive(rest);
            chars.next().is_some_and(char::is_alphabetic) && !is_name
        }
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    (!goes_on).then_some(&text[..end])
}

fn is_possessive(rest: &str) -> bool {
    let mut chars = rest.chars().skip(1);
    chars.next() == Some('s') && !chars.next().is_some_and(char::is_alphanumeric)
}

fn is_opener(c: char) -> bool {
    matches!(c, '(' | '[' | '"' | '\u{201c}' | '\u{2018}' | '\u{ab}' | '\u{2014}' | ',' | ';' | ':')
}
