//! `lookalike`: reports words with letters of another alphabet that only look like Latin ones.
//!
//! ```yaml
//! - id: other-alphabet
//!   kind: lookalike
//! ```
//!
//! A word is reported that has Latin letters and such letters side by side: "cоntainment" with a Cyrillic o. So is one that has nothing but
//! such letters, if words in Latin letters stand on both sides of it: "сome" is one kind, "а" in the middle of an English sentence the
//! other. An abbreviation in capitals, such as that of a name in Russian, is left alone. The suggestion is the word in Latin letters.

use super::{Context, Entry, Kind, Report, Shared, Site};
use crate::draft::class::is_invisible;
use crate::draft::lookalike::lookalike;
use crate::span::{Plain, Span};
use crate::yaml::Fields;

pub(super) const ENTRY: Entry = Entry {
    name: "lookalike",
    about: "reports words with letters of another alphabet that look like Latin ones",
    read,
};

#[derive(Debug)]
struct Lookalike;

fn read(fields: &Fields<'_>, _shared: &Shared) -> Option<Box<dyn Kind>> {
    fields.know(&[]);
    Some(Box::new(Lookalike))
}

/// What the letters of a word are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letters {
    Latin,
    /// Of another alphabet, all of them like Latin ones.
    Alike,
    /// Some Latin, the others like them.
    Mixed,
    Other,
}

struct Word {
    span: Span<Plain>,
    letters: Letters,
}

fn letters(word: &str) -> Letters {
    let (mut latin, mut alike) = (false, false);
    for c in word.chars().filter(|c| c.is_alphabetic()) {
        match lookalike(c) {
            Some(_) => alike = true,
            None if c.is_ascii() || ('\u{c0}'..='\u{24f}').contains(&c) => latin = true,
            None => return Letters::Other,
        }
    }
    match (latin, alike) {
        (true, true) => Letters::Mixed,
        (false, true) => Letters::Alike,
        (true, false) => Letters::Latin,
        (false, false) => Letters::Other,
    }
}

/// The words of a text: letters, with what shows nothing between them.
fn words(text: &str) -> Vec<Word> {
    let is_part = |c: char| c.is_alphabetic() || is_invisible(c);
    let mut words = Vec::new();
    let mut at = 0;
    for piece in text.split(|c: char| !is_part(c)) {
        let word = piece.trim_matches(is_invisible);
        if !word.is_empty() {
            let start = at + (piece.len() - piece.trim_start_matches(is_invisible).len());
            words.push(Word { span: Span::new(start, start + word.len()), letters: letters(word) });
        }
        at += piece.len() + text[at + piece.len()..].chars().next().map_or(0, char::len_utf8);
    }
    words
}

/// Whether a word of letters that look like Latin ones is no word of its own language: it stands between words in Latin letters.
fn is_among_latin(words: &[Word], at: usize, text: &str) -> bool {
    let word = &text[words[at].span.range()];
    let is_abbreviation = word.chars().nth(1).is_some() && !word.contains(char::is_lowercase);
    let is_latin = |word: Option<&Word>| word.is_some_and(|word| word.letters == Letters::Latin);
    let gap = |from: usize, to: usize| &text[from..to] == " ";
    !is_abbreviation
        && is_latin(at.checked_sub(1).and_then(|before| words.get(before)))
        && is_latin(words.get(at + 1))
        && gap(words[at - 1].span.end(), words[at].span.start())
        && gap(words[at].span.end(), words[at + 1].span.start())
}

impl Kind for Lookalike {
    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let mut reports = Vec::new();
        for &block in context.blocks {
            let text = context.block(block).text();
            if !text.chars().any(|c| lookalike(c).is_some()) {
                continue;
            }
            let words = words(text);
            for (at, word) in words.iter().enumerate() {
                let is_wrong = match word.letters {
                    Letters::Mixed => true,
                    Letters::Alike => is_among_latin(&words, at, text),
                    Letters::Latin | Letters::Other => false,
                };
                if is_wrong && context.in_scope(block, word.span) {
                    let latin: String = text[word.span.range()].chars().map(|c| lookalike(c).unwrap_or(c)).collect();
                    reports.push(Report::at(Site { block, span: word.span }).expect(&latin).suggest(vec![latin]));
                }
            }
        }
        reports
    }

    fn looks_for(&self) -> Vec<String> {
        vec!["a word with letters of another alphabet that look like Latin ones".to_owned()]
    }

    fn suggestions(&self) -> Vec<&str> {
        Vec::new()
    }
}
