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
use super::word::{Word, words};
use super::{Name, What};
use crate::span::{Plain, Span};
use crate::text::{Block, BlockKind};
use crate::words::{is_adverb, is_auxiliary, is_bare_verb, is_determiner, is_preposition};

/// The most small words between two words of a name.
const MOST_JOINERS: usize = 3;

/// The most words of a list within a name that are looked at.
const MOST_LISTED: usize = 24;

/// What a piece of a text is to a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A name of the gazetteer.
    Known(What),
    /// A word with a capital.
    Capital,
    /// A small word that may stand between the words of a name.
    Small,
    /// Any other word.
    Other,
}

/// What stands between two pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Nothing but a space or a hyphen.
    None,
    Comma,
    /// What no name goes across.
    Break,
}

/// A word, or a name of the gazetteer.
#[derive(Debug, Clone, Copy)]
struct Piece {
    start: usize,
    /// Behind the short form in brackets, if it has one.
    end: usize,
    part: Part,
    /// What stands before it.
    gap: Gap,
    /// Whether it is a word of a title or an office: one, or what leads to one.
    office: bool,
    /// Whether it is a name of the gazetteer, or a word with a capital that is of a name.
    telling: bool,
}

/// The compounds and runs of a block, given the names of the gazetteer in it.
pub(super) fn find(block: &Block, known: &[Name]) -> Vec<Name> {
    let plain = block.text();
    if is_shouted(plain) {
        return Vec::new();
    }
    let text = Text { block, plain, pieces: pieces(plain, known) };
    if text.is_titled() {
        return text.persons();
    }
    let mut found = text.compounds();
    let compounds: HashSet<Span<Plain>> = found.iter().map(|compound| compound.span).collect();
    found.extend(text.runs().into_iter().filter(|run| !compounds.contains(&run.span)));
    found
}

/// The words of a text, with the names of the gazetteer each as one piece.
fn pieces(plain: &str, known: &[Name]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut names = known.iter().peekable();
    for word in words(plain) {
        let end = pieces.last().map_or(0, |piece| piece.end);
        if word.start < end {
            continue;
        }
        while names.next_if(|name| name.end <= word.start).is_some() {}
        let name = names.next_if(|name| name.span.start() <= word.start);
        let (start, behind, part) = match name {
            Some(name) => (name.span.start(), name.end, Part::Known(name.what)),
            None => (word.start, word.end(), part(word)),
        };
        let gap = gap(&plain[..end], plain.get(end..start).unwrap_or_default());
        let telling = name.is_some();
        pieces.push(Piece { start, end: behind, part, gap, office: false, telling });
    }
    for at in (0..pieces.len()).rev() {
        let piece = pieces[at];
        if piece.part != Part::Capital {
            continue;
        }
        let word = plain[piece.start..piece.end].to_lowercase();
        let leads = || pieces.get(at + 1).is_some_and(|next| next.office && next.gap == Gap::None);
        pieces[at].office = is_office(&word) || (is_of_office(&word) && leads());
        pieces[at].telling = is_initial(plain, &piece) || !is_plain(&word);
    }
    pieces
}

fn part(word: Word) -> Part {
    if word.is_capital() {
        Part::Capital
    } else if is_joiner(word.text) {
        Part::Small
    } else {
        Part::Other
    }
}

/// What `between` two pieces is, of which the first ends `before`.
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

/// Whether a piece is the initial of a name, such as the "A" of "John A. Smith".
fn is_initial(plain: &str, piece: &Piece) -> bool {
    plain[piece.start..piece.end].chars().count() == 1 && plain[piece.end..].starts_with('.')
}

/// Whether a word has no capital in the name of anything but a title.
fn is_small_word(word: &str) -> bool {
    is_auxiliary(word) || is_determiner(word) || is_preposition(word) || matches!(word, "and" | "or" | "to")
}

struct Text<'b> {
    block: &'b Block,
    plain: &'b str,
    pieces: Vec<Piece>,
}

impl Text<'_> {
    fn word(&self, piece: &Piece) -> &str {
        &self.plain[piece.start..piece.end]
    }

    fn as_word(&self, piece: &Piece) -> Word<'_> {
        Word { start: piece.start, text: self.word(piece) }
    }

    fn lower(&self, piece: &Piece) -> String {
        self.word(piece).to_lowercase()
    }

    /// Whether every word but small ones has a capital: capitals tell nothing there. It is so in a heading, and in a line that has
    /// small words in capitals too: "Debt Relief For Poor Countries Was Agreed".
    fn is_titled(&self) -> bool {
        let heading = matches!(self.block.kind(), BlockKind::Title | BlockKind::Heading);
        let is_small = |piece: &Piece| self.word(piece).chars().count() <= 4 || is_plain(self.word(piece));
        let is_raised = |piece: &Piece| {
            piece.part == Part::Capital
                && is_small_word(&self.lower(piece))
                && !is_initial(self.plain, piece)
                && !self.may_open(piece)
        };
        (heading || self.pieces.iter().any(is_raised))
            && self.pieces.iter().all(|piece| piece.part != Part::Other || is_small(piece))
    }

    fn is_honorific(&self, piece: &Piece) -> bool {
        piece.part == Part::Capital && is_honorific(&self.lower(piece))
    }

    /// In a heading: honorifics with the name behind them.
    fn persons(&self) -> Vec<Name> {
        let pairs = self
            .pieces
            .windows(2)
            .filter(|pair| self.is_honorific(&pair[0]) && pair[1].gap == Gap::None && pair[1].telling);
        pairs.map(|pair| Name::new(pair[0].start, pair[1].end, What::Compound)).collect()
    }

    /// Whether the capital of a piece may come from its place: it opens a sentence, a numbered paragraph or a quotation, or follows
    /// a colon.
    fn may_open(&self, piece: &Piece) -> bool {
        let before = self.plain[..piece.start].trim_end();
        let opened = before.ends_with([':', '\u{201c}', '"', '\u{2018}', '\u{ab}', '\u{2022}', '(', ';']);
        let number = before.strip_suffix([')', '.']).map(|number| number.strip_prefix('(').unwrap_or(number));
        let numbered =
            number.is_some_and(|number| number.len() <= 4 && number.chars().all(|c| c.is_ascii_alphanumeric()));
        opened || numbered || self.block.opens_sentence(piece.start)
    }

    /// `pieces` without the first words that have their capital from their place alone.
    fn trimmed<'p>(&self, pieces: &'p [Piece]) -> &'p [Piece] {
        let [first, rest @ ..] = pieces else {
            return pieces;
        };
        if first.part != Part::Capital || !self.may_open(first) || self.is_honorific(first) {
            return pieces;
        }
        let acronym = self.as_word(first).is_shouted() && self.word(first).len() <= 5;
        let of = rest.first().is_some_and(|next| next.part == Part::Small && self.word(next) == "of");
        let capitals = pieces.iter().filter(|piece| piece.part != Part::Small).count();
        let joined = rest.first().is_some_and(|next| next.part == Part::Small) && !of;
        let lower = self.lower(first);
        let verb = lower.ends_with("ing") || is_bare_verb(&lower) || is_adverb(&lower);
        let keeps = acronym || of || (capitals > 2 && !joined && !verb);
        if keeps {
            return pieces;
        }
        let next = rest.iter().position(|piece| piece.part != Part::Small).unwrap_or(rest.len());
        &rest[next..]
    }

    fn compounds(&self) -> Vec<Name> {
        let mut found = Vec::new();
        for group in self.pieces.chunk_by(|a, b| b.gap == Gap::None && a.telling && b.telling) {
            for part in group.split(|piece| piece.office).filter(|part| part.len() > 1) {
                let part = self.person(self.trimmed(part));
                if self.is_compound(part) {
                    found.push(self.name(part, What::Compound));
                }
            }
        }
        found
    }

    /// Whether pieces side by side make a name. One of a state does not with another, with "Northern" before it, or with an
    /// abbreviation behind it ("U.S. LNG").
    fn is_compound(&self, part: &[Piece]) -> bool {
        let state = |piece: &Piece| matches!(piece.part, Part::Known(What::State(_) | What::Adjective(_)));
        let first_state = part.iter().position(state);
        let is_own = |(at, piece): (usize, &Piece)| match piece.part {
            Part::Known(_) => false,
            _ if first_state.is_some_and(|state| state < at) => !self.as_word(piece).is_shouted(),
            _ => first_state.is_none() || !is_qualifier(&self.lower(piece)),
        };
        part.len() > 1 && part.iter().enumerate().any(is_own)
    }

    /// `part` without the name of a state that belongs to the office before it: "Ambassador to Mexico John Smith".
    fn person<'p>(&self, part: &'p [Piece]) -> &'p [Piece] {
        let [first, rest @ ..] = part else {
            return part;
        };
        let is_state = matches!(first.part, Part::Known(What::State(_)));
        let at = self.pieces.partition_point(|piece| piece.start < first.start);
        let mut before = self.pieces[..at].iter().rev().skip_while(|piece| self.word(piece) == "the");
        let led = before.next().is_some_and(|piece| matches!(self.word(piece), "of" | "to"))
            && before.next().is_some_and(|piece| is_office(&self.lower(piece)));
        if is_state && led && rest.len() > 1 { rest } else { part }
    }

    fn runs(&self) -> Vec<Name> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.pieces.len() {
            let end = self.run_from(at).max(at + 1);
            if end > at + 1 {
                let run = self.trimmed(&self.pieces[at..end]);
                let capitals = run.iter().filter(|piece| piece.telling).count();
                if capitals > 1 && run.iter().any(|piece| piece.part == Part::Capital && !piece.office) {
                    found.push(self.name(run, What::Run));
                }
            }
            at = end;
        }
        found
    }

    /// Where the run that begins at piece `first` ends; `first` if none does.
    fn run_from(&self, first: usize) -> usize {
        if !self.pieces[first].telling {
            return first;
        }
        let mut end = first + 1;
        loop {
            let small =
                self.pieces[end..].iter().take_while(|piece| piece.part == Part::Small && piece.gap == Gap::None);
            let next = end + small.take(MOST_JOINERS).count();
            let Some(piece) = self.pieces.get(next).filter(|piece| piece.telling) else {
                return end;
            };
            let joiners = &self.pieces[end..next];
            let joins = match piece.gap {
                Gap::None => self.may_join(&self.pieces[end - 1], joiners, piece),
                Gap::Comma => joiners.is_empty() && self.lists(&self.pieces[first..end], next),
                Gap::Break => false,
            };
            if !joins {
                return end;
            }
            end = next + 1;
        }
    }

    /// Whether small words join two pieces to one name: "and the" does not, nor what stands more often between two names.
    fn may_join(&self, before: &Piece, joiners: &[Piece], after: &Piece) -> bool {
        let [first, ..] = joiners else {
            return true;
        };
        let known = |piece: &Piece| matches!(piece.part, Part::Known(What::State(_) | What::Seat(_) | What::Body(_)));
        let parting = is_parting(self.word(first));
        let article = joiners.last().is_some_and(|last| self.word(last) == "the");
        match self.word(first) {
            "the" => false,
            "and" if article => false,
            _ => !(parting && (known(before) || known(after))),
        }
    }

    /// Whether the name that has begun goes on behind a comma with the piece at `next`, in a list that ends with "and": "Treaty of
    /// Friendship, Commerce and Navigation".
    fn lists(&self, begun: &[Piece], next: usize) -> bool {
        let listing = begun[begun.len().saturating_sub(MOST_LISTED)..]
            .windows(2)
            .any(|pair| has_subjects(&self.lower(&pair[0])) && matches!(self.word(&pair[1]), "of" | "on" | "for"));
        let subject =
            listing || begun.iter().rev().take(MOST_LISTED).any(|piece| piece.part == Part::Known(What::Instrument));
        let mut rest = self.pieces[next..].iter().skip(1).take(MOST_LISTED);
        let closes = rest.find(|piece| piece.part != Part::Capital).is_some_and(|piece| self.word(piece) == "and");
        subject && closes && self.pieces[next].part == Part::Capital
    }

    fn name(&self, pieces: &[Piece], what: What) -> Name {
        let last = pieces[pieces.len() - 1];
        let start = pieces[0].start;
        let mut end = last.end;
        // An abbreviation keeps its period.
        let word = &self.plain[last.start..last.end];
        if word.contains('.') && !word.ends_with('.') && self.plain[end..].starts_with('.') {
            end += 1;
        }
        let mut name = Name::new(start, end, what);
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
