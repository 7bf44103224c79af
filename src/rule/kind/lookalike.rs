//! `lookalike`: reports words with letters of another alphabet that only look like Latin ones.
//!
//! ```yaml
//! - id: other-alphabet
//!   kind: lookalike
//! ```
//!
//! A word is reported that has Latin letters and such letters side by side: "cоntainment" with a Cyrillic o. So is one of nothing but such
//! letters, if it looks like a small word of English and stands between words in Latin letters: "as а partner". A word of Russian that is
//! cited, an abbreviation in capitals and a Greek letter that is a symbol are left alone. The suggestion is the word in Latin letters.

use icu_properties::CodePointMapData;
use icu_properties::props::Script;

use super::{Context, Kind, KindEntry, Report};
use crate::declare::keys;
use crate::draft::Site;
use crate::rule::phrase::Shared;
use crate::span::{Plain, Span};
use crate::text::class::{is_invisible, joins};
use crate::text::lookalike::lookalike;
use crate::words::is_small;
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "lookalike",
    about: "reports words with letters of another alphabet that look like Latin ones",
    message: |_| "\"{match}\" has letters of another alphabet that only look like those of \"{expected}\"",
    fills: &["expected", "suggestion"],
    keys: KEYS,
    read,
};

keys! {}

#[derive(Debug)]
struct LookalikeKind;

fn read(_fields: &Fields<'_>, _shared: &Shared) -> Option<Box<dyn Kind>> {
    Some(Box::new(LookalikeKind))
}

/// The script of the letters of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WordScript {
    Latin,
    /// Of another alphabet, all of them like Latin ones.
    Alike,
    /// Some Latin, the others like them.
    Mixed,
    Other,
}

/// The most letters of a symbol that has one of Greek.
const LONGEST_SYMBOL: usize = 3;

/// Behind these words a letter or a word is cited.
const CITING: &[&str] = &["letter", "letters", "word", "words", "character", "vowel", "preposition", "conjunction"];

struct ScriptWord {
    span: Span<Plain>,
    letters: WordScript,
}

fn letters(word: &str) -> WordScript {
    let (mut latin, mut alike, mut greek) = (0, 0, 0);
    for c in word.chars().filter(|&c| c.is_alphabetic() && !joins(c)) {
        match (lookalike(c), script(c)) {
            (Some(_), Script::Greek) => greek += 1,
            (Some(_), _) => alike += 1,
            (None, Script::Latin) => latin += 1,
            (None, _) => return WordScript::Other,
        }
    }
    // A symbol, by itself or with the letters that it is of.
    if greek > 0 && latin + alike + greek <= LONGEST_SYMBOL {
        return WordScript::Other;
    }
    match (latin > 0, alike + greek > 0) {
        (true, true) => WordScript::Mixed,
        (false, true) => WordScript::Alike,
        (true, false) => WordScript::Latin,
        (false, false) => WordScript::Other,
    }
}

fn script(c: char) -> Script {
    CodePointMapData::<Script>::new().get(c)
}

/// The words of a text: letters, with their accents and what shows nothing between them.
fn words(text: &str) -> Vec<ScriptWord> {
    let is_part = |c: char| c.is_alphabetic() || joins(c) || is_invisible(c);
    let mut words = Vec::new();
    let mut at = 0;
    for piece in text.split(|c: char| !is_part(c)) {
        let word = piece.trim_matches(is_invisible);
        let word = if word.contains(char::is_alphabetic) { word } else { "" };
        if !word.is_empty() {
            let start = at + (piece.len() - piece.trim_start_matches(is_invisible).len());
            words.push(ScriptWord { span: Span::new(start, start + word.len()), letters: letters(word) });
        }
        at += piece.len() + text[at + piece.len()..].chars().next().map_or(0, char::len_utf8);
    }
    words
}

/// True if a word of letters that look like Latin ones is a small word of English: it looks like one, and stands between words in Latin
/// letters, none of which says that it is cited.
fn is_among_latin(words: &[ScriptWord], at: usize, text: &str) -> bool {
    let Some([before, word, after]) = at.checked_sub(1).and_then(|first| words.get(first..first + 3)) else {
        return false;
    };
    let text_of = |word: &ScriptWord| &text[word.span.range()];
    let is_adjacent = |one: &ScriptWord, other: &ScriptWord| &text[one.span.end()..other.span.start()] == " ";
    is_small(&in_latin(text_of(word)).to_lowercase())
        && [before, after].iter().all(|word| word.letters == WordScript::Latin)
        && is_adjacent(before, word)
        && is_adjacent(word, after)
        && !CITING.contains(&text_of(before).to_lowercase().as_str())
}

/// A word in the letters of ASCII that its own look like.
fn in_latin(word: &str) -> String {
    word.chars().map(|c| lookalike(c).unwrap_or(c)).collect()
}

impl Kind for LookalikeKind {
    /// It is about letters: what they may hide is said of the word besides.
    fn is_about_words(&self) -> bool {
        false
    }

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
                    WordScript::Mixed => true,
                    WordScript::Alike => is_among_latin(&words, at, text),
                    WordScript::Latin | WordScript::Other => false,
                };
                if is_wrong && context.in_scope(block, word.span) {
                    let latin = in_latin(&text[word.span.range()]);
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
