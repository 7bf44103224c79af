//! Names of the gazetteer in a block, with the short forms that they introduce.

use super::gazetteer::{self, Body, Country, EntryKind, GazetteerEntry};
use super::word::words;
use super::{Name, Referent};
use crate::span::{Folded, Plain, Span};
use crate::text::Block;
use crate::text::boundary::is_boundary;
use crate::text::fold::fold_str;
use crate::text::map::Derived;
use crate::text::tokens::Tokens;

/// Names in capitals that are words as well: in a text in capitals throughout they are names only behind "the".
const ALSO_WORDS: &[&str] = &["car", "oas", "us", "who"];

/// The longest short form in brackets, in bytes.
const LONGEST_SHORT: usize = 16;

/// The names of the gazetteer in a block, in order: of those that overlap the first, of those that begin together the longest.
pub(super) fn find(block: &Block) -> Vec<Name> {
    let plain = block.text();
    let shouted = is_shouted(plain);
    let mut names: Vec<Name> = Vec::new();
    for (folded, tokens) in block.readings().zip(block.tokens()) {
        GazetteerSearch { plain, shouted, folded, tokens }.find(&mut names);
    }
    // Two readings tell most names twice.
    names.sort_by_key(|name| (name.span.start(), std::cmp::Reverse(name.end)));
    let mut end = 0;
    names.retain(|name| {
        let first = name.span.start() >= end;
        end = if first { name.end } else { end };
        first
    });
    names
}

/// True if a text is in capitals throughout.
pub(super) fn is_shouted(plain: &str) -> bool {
    !plain.contains(char::is_lowercase) && words(plain).iter().filter(|word| word.is_shouted()).count() > 2
}

struct GazetteerSearch<'b> {
    plain: &'b str,
    shouted: bool,
    folded: &'b Derived<Folded, Plain>,
    tokens: &'b Tokens,
}

impl GazetteerSearch<'_> {
    fn find(&self, names: &mut Vec<Name>) {
        let mut behind = 0;
        for (token, &start) in self.tokens.starts().iter().enumerate() {
            let start = start as usize;
            if start >= behind
                && let Some((end, entry)) = self.at(token, start)
            {
                names.push(self.name(Span::new(start, end), entry));
                behind = end;
            }
        }
    }

    /// The longest name that begins with a token, at byte `start` of the folded text, and the byte behind it.
    fn at(&self, token: usize, start: usize) -> Option<(usize, &'static GazetteerEntry)> {
        let mut longest = None;
        gazetteer::at(self.folded.text(), self.tokens, token, |entry| {
            let end = start + entry.folded.len();
            if self.begins_name(start)
                && self.ends_word(start, end)
                && self.is_capitalised(Span::new(start, end), entry)
            {
                longest = Some((end, entry));
            }
        });
        longest
    }

    /// True if a name may begin with the token at byte `at`: where a capital or a digit was typed.
    fn begins_name(&self, at: usize) -> bool {
        let text = self.folded.text();
        let first = text[at..].chars().next().map_or(0, char::len_utf8);
        let typed = self.typed(Span::new(at, at + first)).chars().next();
        typed.is_some_and(|typed| typed.is_uppercase() || typed.is_ascii_digit())
    }

    fn typed(&self, span: Span<Folded>) -> &str {
        &self.plain[self.folded.below(span).range()]
    }

    /// True if the name of these bytes is a word by itself: an abbreviation with periods is not a part of a longer one, and "US$"
    /// is a currency.
    fn ends_word(&self, start: usize, end: usize) -> bool {
        let text = self.folded.text();
        let behind = &self.plain[self.folded.below(Span::new(start, end)).end()..];
        let dotted = text[start..end].contains('.');
        let goes_on = dotted && behind.trim_start_matches('.').starts_with(char::is_alphanumeric);
        let went_before = dotted && text[..start].ends_with('.') && text[..start - 1].ends_with(char::is_alphanumeric);
        is_boundary(text, end) && !behind.starts_with('$') && !goes_on && !went_before
    }

    /// True if the capitals of the name were typed.
    fn is_capitalised(&self, span: Span<Folded>, entry: &GazetteerEntry) -> bool {
        let text = self.folded.text();
        let mut at = span.start();
        for (word, kind) in text[span.range()].split(' ').zip(entry.capitals.bytes()) {
            let mut typed = self.typed(Span::new(at, at + word.len())).chars().filter(|c| c.is_alphabetic());
            let fits = match kind {
                b'A' => typed.all(|c| !c.is_lowercase()),
                b'C' => typed.next().is_some_and(char::is_uppercase),
                _ => true,
            };
            if !fits {
                return false;
            }
            at += word.len() + 1;
        }
        let is_word = self.shouted && ALSO_WORDS.contains(&&text[span.range()]);
        !is_word || text[..span.start()].ends_with("the ")
    }

    fn name(&self, span: Span<Folded>, entry: &GazetteerEntry) -> Name {
        let below = self.folded.below(span);
        let mut name = Name::new(below.start(), below.end(), referent(entry));
        if let Some((short, end)) = introduced(self.plain, below.end())
            && is_short_for(&self.plain[short.range()], entry)
        {
            name.short = Some(short);
            name.end = end;
        }
        name
    }
}

/// The referent of an entry of the gazetteer.
pub(super) fn referent(entry: &GazetteerEntry) -> Referent {
    match entry.kind {
        EntryKind::State | EntryKind::Former => Referent::State(Country::numbered(entry.number)),
        EntryKind::Adjective => Referent::Adjective(Country::numbered(entry.number)),
        EntryKind::Seat => Referent::Seat(Country::numbered(entry.number)),
        EntryKind::Body => Referent::Body(Body::numbered(entry.number)),
        EntryKind::Place => Referent::Place,
        EntryKind::Instrument => Referent::Instrument,
    }
}

/// True if `short`, in brackets behind the name of `entry`, is a name in capitals of the same state or body; the short form of
/// a document begins as its name does.
fn is_short_for(short: &str, entry: &GazetteerEntry) -> bool {
    match entry.kind {
        EntryKind::State | EntryKind::Former | EntryKind::Body => {
            let known = gazetteer::entry(&fold_str(short));
            known.is_some_and(|known| {
                known.number == entry.number && (known.kind == EntryKind::Body) == (entry.kind == EntryKind::Body)
            })
        }
        EntryKind::Instrument => short.chars().next() == entry.written.chars().next(),
        EntryKind::Adjective | EntryKind::Seat | EntryKind::Place => false,
    }
}

/// The short form in capitals that is introduced in brackets behind byte `at`, a possessive between or not, and the byte behind
/// the bracket: `(ROK)`, `(“the ROK”)`, `(hereinafter referred to as the ROK)`.
pub(super) fn introduced(plain: &str, at: usize) -> Option<(Span<Plain>, usize)> {
    let rest = &plain[at..];
    let rest = rest.strip_prefix("'s").or_else(|| rest.strip_prefix("\u{2019}s")).unwrap_or(rest);
    let inner = rest.strip_prefix(' ').unwrap_or(rest).strip_prefix('(')?;
    let close = inner.find(')')?;
    let start = plain.len() - inner.len();
    let content = &inner[..close];
    let introduces = content.trim_start().starts_with("herein") || content.trim_start().starts_with("hereafter");
    let content = if introduces { content.rsplit(' ').next().unwrap_or(content) } else { content };
    let is_mark = |c: char| !c.is_alphanumeric() && c != '.';
    let content = content.trim_start_matches(is_mark);
    let content = content.strip_prefix("the ").unwrap_or(content);
    let short = content.trim_matches(is_mark);
    let fits = |c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '.' | '-' | '&');
    let is_short = short.len() <= LONGEST_SHORT && short.starts_with(char::is_uppercase) && short.chars().all(fits);
    if !is_short || short.len() < 2 {
        return None;
    }
    let offset = start + inner[..close].rfind(short)?;
    Some((Span::new(offset, offset + short.len()), start + close + 1))
}
