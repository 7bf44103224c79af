//! Names that no gazetteer has: words in capitals in the middle of a sentence.
//!
//! Two are told apart. A *compound* is words in capitals side by side ("Bombay Stock Exchange"): a name inside it names something
//! else than alone. A *run* has small words as well ("Treaty of Mutual Cooperation and Security"): its wording is not the
//! drafters' to choose. Titles and offices make no other name of a country ("Macedonia Prime Minister", "President of Macedonia").

use std::collections::HashSet;

use super::known::{introduced, is_shouted};
use super::lists::{
    has_subjects, is_honorific, is_joiner, is_of_office, is_office, is_parting, is_plain, is_qualifier,
};
use super::word::{PlainWord, words};
use super::{Name, Referent};
use crate::span::{Plain, Span};
use crate::text::{Block, BlockKind};
use crate::words::{is_adverb, is_auxiliary, is_bare_verb, is_determiner, is_preposition};

/// The most small words between two words of a name.
const MOST_JOINERS: usize = 3;

/// The most words of a list within a name that are looked at.
const MOST_LISTED: usize = 24;

/// The class of a token in the search for names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NameTokenKind {
    /// A name of the gazetteer.
    Known(Referent),
    /// A word with a capital.
    Capital,
    /// A small word that may stand between the words of a name.
    Small,
    /// Any other word.
    Other,
}

/// The text between two tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Nothing but a space or a hyphen.
    None,
    Comma,
    /// A break that no name goes across.
    Break,
}

/// A word, or a name of the gazetteer.
#[derive(Debug, Clone, Copy)]
struct NameToken {
    start: usize,
    /// Behind the short form in brackets, if it has one.
    end: usize,
    kind: NameTokenKind,
    /// The text before it.
    gap: Gap,
    /// True for a word of a title or an office: one, or what leads to one.
    office: bool,
    /// True for a name of the gazetteer, or a word with a capital that is of a name.
    telling: bool,
}

/// The compounds and runs of a block, given the names of the gazetteer in it.
pub(super) fn find(block: &Block, known: &[Name]) -> Vec<Name> {
    let plain = block.text();
    if is_shouted(plain) {
        return Vec::new();
    }
    let text = TokenizedBlock { block, plain, tokens: tokens(plain, known) };
    if text.is_titled() {
        return text.persons();
    }
    let mut found = text.compounds();
    let compounds: HashSet<Span<Plain>> = found.iter().map(|compound| compound.span).collect();
    found.extend(text.runs().into_iter().filter(|run| !compounds.contains(&run.span)));
    found
}

/// The words of a text, with the names of the gazetteer each as one token.
fn tokens(plain: &str, known: &[Name]) -> Vec<NameToken> {
    let mut tokens: Vec<NameToken> = Vec::new();
    let mut names = known.iter().peekable();
    for word in words(plain) {
        let end = tokens.last().map_or(0, |token| token.end);
        if word.start < end {
            continue;
        }
        while names.next_if(|name| name.end <= word.start).is_some() {}
        let name = names.next_if(|name| name.span.start() <= word.start);
        let (start, behind, kind) = match name {
            Some(name) => (name.span.start(), name.end, NameTokenKind::Known(name.referent)),
            None => (word.start, word.end(), token_kind(word)),
        };
        let gap = gap(&plain[..end], plain.get(end..start).unwrap_or_default());
        let telling = name.is_some();
        tokens.push(NameToken { start, end: behind, kind, gap, office: false, telling });
    }
    for at in (0..tokens.len()).rev() {
        let token = tokens[at];
        if token.kind != NameTokenKind::Capital {
            continue;
        }
        let word = plain[token.start..token.end].to_lowercase();
        let leads = || tokens.get(at + 1).is_some_and(|next| next.office && next.gap == Gap::None);
        tokens[at].office = is_office(&word) || (is_of_office(&word) && leads());
        tokens[at].telling = is_initial(plain, &token) || !is_plain(&word);
    }
    tokens
}

fn token_kind(word: PlainWord) -> NameTokenKind {
    if word.is_capital() {
        NameTokenKind::Capital
    } else if is_joiner(word.text) {
        NameTokenKind::Small
    } else {
        NameTokenKind::Other
    }
}

/// The gap that the text `between` two tokens is, of which the first ends `before`.
fn gap(before: &str, between: &str) -> Gap {
    if between == " " {
        return Gap::None;
    }
    let bare: String = between.chars().filter(|c| !matches!(c, '[' | ']' | '*' | '_')).collect();
    let is_shortened = || {
        let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        word.starts_with(char::is_uppercase) && (word.chars().count() == 1 || is_honorific(&word.to_lowercase()))
    };
    match bare.as_str() {
        " " | "-" | "- " | "\u{2010}" | "\u{2011}" | "\u{2013}" | " & " => Gap::None,
        ". " if is_shortened() => Gap::None,
        ", " => Gap::Comma,
        _ => Gap::Break,
    }
}

/// True if a token is the initial of a name, such as the "A" of "John A. Smith".
fn is_initial(plain: &str, token: &NameToken) -> bool {
    plain[token.start..token.end].chars().count() == 1 && plain[token.end..].starts_with('.')
}

/// True if a word has no capital in the name of anything but a title.
fn is_small_word(word: &str) -> bool {
    is_auxiliary(word) || is_determiner(word) || is_preposition(word) || matches!(word, "and" | "or" | "to")
}

struct TokenizedBlock<'b> {
    block: &'b Block,
    plain: &'b str,
    tokens: Vec<NameToken>,
}

impl TokenizedBlock<'_> {
    fn word(&self, token: &NameToken) -> &str {
        &self.plain[token.start..token.end]
    }

    fn as_word(&self, token: &NameToken) -> PlainWord<'_> {
        PlainWord { start: token.start, text: self.word(token) }
    }

    fn lower(&self, token: &NameToken) -> String {
        self.word(token).to_lowercase()
    }

    /// True if every word but small ones has a capital: capitals tell nothing there. It is so in a heading, and in a line that has
    /// small words in capitals too: "Debt Relief For Poor Countries Was Agreed".
    fn is_titled(&self) -> bool {
        let heading = matches!(self.block.kind(), BlockKind::Title | BlockKind::Heading);
        let is_small = |token: &NameToken| self.word(token).chars().count() <= 4 || is_plain(self.word(token));
        let is_raised = |token: &NameToken| {
            token.kind == NameTokenKind::Capital
                && is_small_word(&self.lower(token))
                && !is_initial(self.plain, token)
                && !self.may_open(token)
        };
        (heading || self.tokens.iter().any(is_raised))
            && self.tokens.iter().all(|token| token.kind != NameTokenKind::Other || is_small(token))
    }

    fn is_honorific(&self, token: &NameToken) -> bool {
        token.kind == NameTokenKind::Capital && is_honorific(&self.lower(token))
    }

    /// In a heading: honorifics with the name behind them.
    fn persons(&self) -> Vec<Name> {
        let pairs = self
            .tokens
            .windows(2)
            .filter(|pair| self.is_honorific(&pair[0]) && pair[1].gap == Gap::None && pair[1].telling);
        pairs.map(|pair| Name::new(pair[0].start, pair[1].end, Referent::Compound)).collect()
    }

    /// True if the capital of a token may come from its place: it opens a sentence, a numbered paragraph or a quotation, or follows
    /// a colon.
    fn may_open(&self, token: &NameToken) -> bool {
        let before = self.plain[..token.start].trim_end();
        let opened = before.ends_with([':', '\u{201c}', '"', '\u{2018}', '\u{ab}', '\u{2022}', '(', ';']);
        let number = before.strip_suffix([')', '.']).map(|number| number.strip_prefix('(').unwrap_or(number));
        let numbered =
            number.is_some_and(|number| number.len() <= 4 && number.chars().all(|c| c.is_ascii_alphanumeric()));
        opened || numbered || self.block.opens_sentence(token.start)
    }

    /// `tokens` without the first words that have their capital from their place alone.
    fn trimmed<'p>(&self, tokens: &'p [NameToken]) -> &'p [NameToken] {
        let [first, rest @ ..] = tokens else {
            return tokens;
        };
        if first.kind != NameTokenKind::Capital || !self.may_open(first) || self.is_honorific(first) {
            return tokens;
        }
        let acronym = self.as_word(first).is_shouted() && self.word(first).len() <= 5;
        let of = rest.first().is_some_and(|next| next.kind == NameTokenKind::Small && self.word(next) == "of");
        let capitals = tokens.iter().filter(|token| token.kind != NameTokenKind::Small).count();
        let joined = rest.first().is_some_and(|next| next.kind == NameTokenKind::Small) && !of;
        let lower = self.lower(first);
        let verb = lower.ends_with("ing") || is_bare_verb(&lower) || is_adverb(&lower);
        let keeps = acronym || of || (capitals > 2 && !joined && !verb);
        if keeps {
            return tokens;
        }
        let next = rest.iter().position(|token| token.kind != NameTokenKind::Small).unwrap_or(rest.len());
        &rest[next..]
    }

    fn compounds(&self) -> Vec<Name> {
        let mut found = Vec::new();
        for group in self.tokens.chunk_by(|a, b| b.gap == Gap::None && a.telling && b.telling) {
            for part in group.split(|token| token.office).filter(|part| part.len() > 1) {
                let part = self.person(self.trimmed(part));
                if self.is_compound(part) {
                    found.push(self.name(part, Referent::Compound));
                }
            }
        }
        found
    }

    /// True if tokens side by side make a name. One of a state does not with another, with "Northern" before it, or with an
    /// abbreviation behind it ("U.S. LNG").
    fn is_compound(&self, part: &[NameToken]) -> bool {
        let state =
            |token: &NameToken| matches!(token.kind, NameTokenKind::Known(Referent::State(_) | Referent::Adjective(_)));
        let first_state = part.iter().position(state);
        let is_own = |(at, token): (usize, &NameToken)| match token.kind {
            NameTokenKind::Known(_) => false,
            _ if first_state.is_some_and(|state| state < at) => !self.as_word(token).is_shouted(),
            _ => first_state.is_none() || !is_qualifier(&self.lower(token)),
        };
        part.len() > 1 && part.iter().enumerate().any(is_own)
    }

    /// `part` without the name of a state that belongs to the office before it: "Ambassador to Mexico John Smith".
    fn person<'p>(&self, part: &'p [NameToken]) -> &'p [NameToken] {
        let [first, rest @ ..] = part else {
            return part;
        };
        let is_state = matches!(first.kind, NameTokenKind::Known(Referent::State(_)));
        let at = self.tokens.partition_point(|token| token.start < first.start);
        let mut before = self.tokens[..at].iter().rev().skip_while(|token| self.word(token) == "the");
        let led = before.next().is_some_and(|token| matches!(self.word(token), "of" | "to"))
            && before.next().is_some_and(|token| is_office(&self.lower(token)));
        if is_state && led && rest.len() > 1 { rest } else { part }
    }

    fn runs(&self) -> Vec<Name> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let end = self.run_from(at).max(at + 1);
            if end > at + 1 {
                let run = self.trimmed(&self.tokens[at..end]);
                let capitals = run.iter().filter(|token| token.telling).count();
                if capitals > 1 && run.iter().any(|token| token.kind == NameTokenKind::Capital && !token.office) {
                    found.push(self.name(run, Referent::Run));
                }
            }
            at = end;
        }
        found
    }

    /// The end of the run that begins at token `first`; `first` if none does.
    fn run_from(&self, first: usize) -> usize {
        if !self.tokens[first].telling {
            return first;
        }
        let mut end = first + 1;
        loop {
            let small = self.tokens[end..]
                .iter()
                .take_while(|token| token.kind == NameTokenKind::Small && token.gap == Gap::None);
            let next = end + small.take(MOST_JOINERS).count();
            let Some(token) = self.tokens.get(next).filter(|token| token.telling) else {
                return end;
            };
            let joiners = &self.tokens[end..next];
            let joins = match token.gap {
                Gap::None => self.may_join(&self.tokens[end - 1], joiners, token),
                Gap::Comma => joiners.is_empty() && self.lists(&self.tokens[first..end], next),
                Gap::Break => false,
            };
            if !joins {
                return end;
            }
            end = next + 1;
        }
    }

    /// True if small words join two tokens to one name: "and the" does not, nor what stands more often between two names.
    fn may_join(&self, before: &NameToken, joiners: &[NameToken], after: &NameToken) -> bool {
        let [first, ..] = joiners else {
            return true;
        };
        let known = |token: &NameToken| {
            matches!(token.kind, NameTokenKind::Known(Referent::State(_) | Referent::Seat(_) | Referent::Body(_)))
        };
        let parting = is_parting(self.word(first));
        let article = joiners.last().is_some_and(|last| self.word(last) == "the");
        match self.word(first) {
            "the" => false,
            "and" if article => false,
            _ => !(parting && (known(before) || known(after))),
        }
    }

    /// True if the name that has begun goes on behind a comma with the token at `next`, in a list that ends with "and": "Treaty of
    /// Friendship, Commerce and Navigation".
    fn lists(&self, begun: &[NameToken], next: usize) -> bool {
        let listing = begun[begun.len().saturating_sub(MOST_LISTED)..]
            .windows(2)
            .any(|pair| has_subjects(&self.lower(&pair[0])) && matches!(self.word(&pair[1]), "of" | "on" | "for"));
        let subject = listing
            || begun
                .iter()
                .rev()
                .take(MOST_LISTED)
                .any(|token| token.kind == NameTokenKind::Known(Referent::Instrument));
        let mut rest = self.tokens[next..].iter().skip(1).take(MOST_LISTED);
        let closes =
            rest.find(|token| token.kind != NameTokenKind::Capital).is_some_and(|token| self.word(token) == "and");
        subject && closes && self.tokens[next].kind == NameTokenKind::Capital
    }

    fn name(&self, tokens: &[NameToken], referent: Referent) -> Name {
        let last = tokens[tokens.len() - 1];
        let start = tokens[0].start;
        let mut end = last.end;
        // An abbreviation keeps its period.
        let word = &self.plain[last.start..last.end];
        if word.contains('.') && !word.ends_with('.') && self.plain[end..].starts_with('.') {
            end += 1;
        }
        let mut name = Name::new(start, end, referent);
        let first = self.plain[start..].chars().next();
        if let Some((short, behind)) = introduced(self.plain, end)
            && self.plain[short.range()].chars().next() == first
        {
            name.short = Some(Span::new(short.start(), short.end()));
            name.end = behind;
        }
        name
    }
}
