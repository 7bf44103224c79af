//! Phrases that no text matches, told by what was meant by them.

use std::ops::Range;

use crate::rule::phrase::PhraseSet;
use crate::text::{Block, BlockKind};

/// The most wordings of a phrase that are looked for in themselves.
const MOST_TRIED: usize = 64;

/// What is wrong with a phrase, and what to write instead.
pub(super) struct WordingFault {
    /// The bytes of the phrase.
    pub(super) at: Range<usize>,
    pub(super) message: String,
    pub(super) help: &'static str,
}

/// The reason why a phrase, by its place in its set, or a wording of it can never match, if there is one.
pub(super) fn fault(set: &PhraseSet, phrase: usize) -> Option<WordingFault> {
    let text = &*set.phrases()[phrase].text;
    escaped_letter(text).or_else(|| glued_brackets(text)).or_else(|| {
        let wordings = set.wordings_of(phrase, MOST_TRIED).into_iter();
        let mut lost = wordings.map(|wording| without_gaps(&wording)).filter(|wording| {
            Block::of_text(BlockKind::Paragraph, wording).is_some_and(|block| !set.is_in(phrase, &block))
        });
        lost.next().map(|wording| {
            let marks = ("its marks are no part of a word", "write the words without the marks around them");
            let (reason, help) = barrier(&wording).unwrap_or(marks);
            WordingFault { at: 0..text.len(), message: format!("no text matches \"{wording}\": {reason}"), help }
        })
    })
}

/// `\b`, `\n`: signs of regular expressions and of other notations, which are letters here.
fn escaped_letter(text: &str) -> Option<WordingFault> {
    let at = text.match_indices('\\').map(|(at, _)| at).find(|&at| {
        let is_escaped = text[..at].bytes().rev().take_while(|&byte| byte == b'\\').count() % 2 == 1;
        !is_escaped && text[at + 1..].starts_with(char::is_alphanumeric)
    })?;
    let sign = &text[at..at + 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8)];
    Some(WordingFault {
        at: at..at + sign.len(),
        message: format!("`{sign}` is only the letter `{}` in a phrase", &sign[1..]),
        help: "phrases begin and end at the edges of words by themselves; `kind: pattern` takes regular expressions",
    })
}

/// `[Dd]onor`: brackets are not looked at in a draft, nor in a phrase.
fn glued_brackets(text: &str) -> Option<WordingFault> {
    let (open, close) = text.match_indices('[').find_map(|(open, _)| {
        let close = open + text[open..].find(']')?;
        let inside = &text[open + 1..close];
        let is_glued =
            text[..open].ends_with(char::is_alphanumeric) || text[close + 1..].starts_with(char::is_alphanumeric);
        (is_glued && !inside.is_empty() && !inside.contains(' ')).then_some((open, close + 1))
    })?;
    Some(WordingFault {
        at: open..close,
        message: format!(
            "in a phrase `{}` reads `{}`: brackets are not looked at",
            &text[open..close],
            &text[open + 1..close - 1]
        ),
        help: "write (a|b) for one of several; small letters stand for capitals as well",
    })
}

/// The most words that a gap of a wording may span, if a word of it is a gap: `*3`.
pub(super) fn gap(word: &str) -> Option<usize> {
    word.strip_prefix('*')?.parse().ok()
}

/// A wording with nothing in its gaps.
pub(crate) fn without_gaps(wording: &str) -> String {
    wording.split(' ').filter(|word| gap(word).is_none()).collect::<Vec<_>>().join(" ")
}

/// What in a text no phrase crosses, and what to do about it.
pub(crate) fn barrier(text: &str) -> Option<(&'static str, &'static str)> {
    let has = |marks: &[&str]| marks.iter().any(|mark| text.contains(mark));
    if has(&["\u{2014}", "\u{2015}", " - ", " \u{2013} ", " -- "]) {
        Some(("a phrase does not cross a dash", "look for what stands on one side of it"))
    } else if has(&[". ", "? ", "! "]) {
        Some(("a phrase does not cross the end of a sentence", "look for what stands in one sentence"))
    } else {
        None
    }
}
