//! `ordinal`: reports a meeting that the draft counts in two ways: "the 11th Security Consultative Meeting", "the twelfth".
//!
//! ```yaml
//! - id: number-of-the-meeting
//!   kind: ordinal
//! ```
//!
//! An ordinal stands right before words with capitals that end in Meeting, Summit, Dialogue, Session, Conference, Round,
//! Consultations or Forum. Two such names are one meeting if they are the same, or if the longer ends in the shorter and that
//! has two words before the last. A sentence that speaks of the next or the last one may differ by one, and one that names a year which
//! the other does not speaks of that year's. The rarer ordinal is
//! reported, and of those that are as frequent the later.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use memchr::memmem;

use super::{Context, Kind, KindEntry, Report};
use crate::declare::keys;
use crate::draft::Site;
use crate::rule::phrase::Shared;
use crate::rule::suggest::capitalize;
use crate::span::{Plain, Span};
use crate::text::ordinal;
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "ordinal",
    about: "reports ordinals of one meeting that disagree",
    message: |_| "\"{match}\": elsewhere it is the {expected}",
    fills: &["expected", "suggestion"],
    keys: KEYS,
    read,
};

keys! {}

/// Last words of the names of meetings.
const MEETINGS: &[&str] =
    &["Meeting", "Summit", "Dialogue", "Session", "Conference", "Round", "Consultations", "Forum"];

/// Words of a sentence that speaks of another meeting than this one.
const NEIGHBOURS: &[&str] = &[
    "next", "previous", "previously", "last", "following", "since", "earlier", "host", "hosting", "hosts", "hold",
    "convene", "forthcoming", "upcoming", "future",
];

/// The most meetings that are compared with each other; no text counts as many.
const MAX_MEETINGS: usize = 200;

/// The most words between the ordinal and what the name ends in.
const MAX_WORDS: usize = 7;

#[derive(Debug)]
struct OrdinalKind;

fn read(_fields: &Fields<'_>, _shared: &Shared) -> Option<Box<dyn Kind>> {
    Some(Box::new(OrdinalKind))
}

/// A meeting with its number.
#[derive(Debug)]
struct Counted<'d> {
    number: u32,
    /// The words of the name behind the ordinal, the party names among them.
    name: Vec<&'d str>,
    site: Site,
    /// The bytes of the ordinal.
    ordinal: Span<Plain>,
}

impl Counted<'_> {
    fn is_same_meeting(&self, other: &Counted<'_>) -> bool {
        let (long, short) = if self.name.len() > other.name.len() { (self, other) } else { (other, self) };
        long.name == short.name || (short.name.len() > 2 && long.name.ends_with(&short.name))
    }
}

impl Kind for OrdinalKind {
    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let mut all: Vec<Counted<'_>> = Vec::new();
        for &block in context.blocks {
            let text = context.block(block).text();
            if MEETINGS.iter().any(|meeting| memmem::find(text.as_bytes(), meeting.as_bytes()).is_some()) {
                all.extend(counted(text, block).filter(|found| context.in_scope(block, found.site.span)));
            }
        }
        all.truncate(MAX_MEETINGS);
        let mut reports: Vec<Report> = all.iter().filter_map(|found| report(context, &all, found)).collect();
        reports.sort_by_key(|report| report.site);
        reports
    }

    fn looks_for(&self) -> Vec<String> {
        vec![format!("two ordinals before one name that ends in {}", MEETINGS.join(", "))]
    }

    fn suggestions(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// The report on the number of one meeting, if another is more usual.
fn report(context: &Context<'_>, all: &[Counted<'_>], found: &Counted<'_>) -> Option<Report> {
    // How often each number is used of it, and where first.
    let mut uses: BTreeMap<u32, (usize, &Counted<'_>)> = BTreeMap::new();
    for other in all.iter().filter(|other| other.is_same_meeting(found)) {
        uses.entry(other.number).or_insert((0, other)).0 += 1;
    }
    let rank = |number: u32| uses.get(&number).map(|(count, first)| (*count, Reverse(first.site)));
    let others = uses.values().map(|(_, first)| *first).filter(|first| first.number != found.number);
    let usual = others.max_by_key(|first| rank(first.number))?;
    if rank(usual.number) < rank(found.number) || may_differ(context, found, usual) {
        return None;
    }
    let text = context.block(found.site.block).text();
    let ordinal = written_like(&text[found.ordinal.range()], usual.number);
    let suggestion = format!("{ordinal}{}", &text[found.ordinal.end()..found.site.span.end()]);
    let report = Report::at(found.site).label(usual.site, "counted like this elsewhere");
    Some(report.expect(ordinal).suggest(vec![suggestion]))
}

/// True if two numbers of one meeting agree: one sentence speaks of both, or of the one before or behind.
fn may_differ(context: &Context<'_>, one: &Counted<'_>, other: &Counted<'_>) -> bool {
    let (sentence, its) = (sentence(context, one.site), self::sentence(context, other.site));
    if one.site.block == other.site.block && sentence == its {
        return true;
    }
    // "the 8th Forum, held in 2020": a meeting with a year of its own is that year's.
    let years = |site: Site, span: Span<Plain>| years(&context.block(site.block).text()[span.range()]);
    let (of_one, of_other) = (years(one.site, sentence), years(other.site, its));
    if (!of_one.is_empty() || !of_other.is_empty()) && !of_one.iter().any(|year| of_other.contains(year)) {
        return true;
    }
    let speaks_of_another = |site: Site, span: Span<Plain>| {
        let text = &context.block(site.block).text()[span.range()];
        text.split(|c: char| !c.is_alphabetic())
            .any(|word| NEIGHBOURS.iter().any(|near| word.eq_ignore_ascii_case(near)))
    };
    one.number.abs_diff(other.number) == 1
        && (speaks_of_another(one.site, sentence) || speaks_of_another(other.site, its))
}

/// The years that a text names, in digits.
fn years(text: &str) -> Vec<&str> {
    let is_year = |word: &&str| {
        word.len() == 4
            && word.bytes().all(|b| b.is_ascii_digit())
            && (word.starts_with("19") || word.starts_with("20"))
    };
    text.split(|c: char| !c.is_alphanumeric()).filter(is_year).collect()
}

/// The sentence that holds a place.
fn sentence(context: &Context<'_>, site: Site) -> Span<Plain> {
    let block = context.block(site.block);
    let mut start = 0;
    loop {
        let end = block.sentence_end(start);
        if end > site.span.start() || end <= start {
            return Span::new(start, end.max(start));
        }
        start = end;
    }
}

/// The meetings of a text that stand behind an ordinal.
fn counted(text: &str, block: usize) -> impl Iterator<Item = Counted<'_>> {
    let starts = text.match_indices(' ').map(|(at, _)| at + 1);
    std::iter::once(0).chain(starts).filter_map(move |start| {
        let start = text.len() - text[start..].trim_start_matches(['(', '"', '\u{201c}', '[']).len();
        let (number, ordinal) = ordinal::at(text, start)?;
        let mut name = Vec::new();
        let mut at = ordinal.end();
        while let Some(rest) = text[at..].strip_prefix(' ')
            && name.len() <= MAX_WORDS
        {
            let len = rest.find([' ', ',', ';', ':', ')', '(', '"', '\u{201c}', '\u{201d}']);
            let word = &rest[..len.unwrap_or(rest.len())];
            let bare = word.trim_end_matches(['.', '!', '?']);
            let bare =
                ["'s", "\u{2019}s", "'", "\u{2019}"].iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare);
            if !word.starts_with(char::is_uppercase) {
                return None;
            }
            at += 1 + word.len();
            name.push(word);
            if MEETINGS.contains(&bare) {
                let end = at - (word.len() - bare.len());
                name.pop();
                name.push(bare);
                let span = Span::new(ordinal.start(), end);
                return (name.len() > 1).then_some(Counted { number, name, site: Site { block, span }, ordinal });
            }
        }
        None
    })
}

/// The ordinal of `number` in the manner of another: in digits or in words, with its capital.
fn written_like(found: &str, number: u32) -> String {
    let in_words =
        Some(number).filter(|_| !found.starts_with(|c: char| c.is_ascii_digit())).and_then(ordinal::in_words);
    match in_words {
        Some(word) if found.starts_with(char::is_uppercase) => capitalize(&word),
        Some(word) => word,
        None => ordinal::in_digits(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinal_is_written_like_another() {
        let cases = [
            ("11th", 21, "21st"),
            ("11th", 112, "112th"),
            ("third", 9, "ninth"),
            ("third", 20, "twentieth"),
            ("third", 21, "twenty-first"),
            ("Third", 90, "Ninetieth"),
            ("third", 99, "ninety-ninth"),
            ("third", 100, "100th"),
        ];
        for (found, number, expected) in cases {
            assert_eq!(written_like(found, number), expected, "{found}, {number}");
        }
    }

    #[test]
    fn a_year_is_four_digits_of_this_century_or_the_last() {
        assert_eq!(years("in 2024 and 1999, 20ab, 19890, 2300, 20"), ["2024", "1999"]);
    }
}
