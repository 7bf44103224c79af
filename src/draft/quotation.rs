//! What stands between quotation marks, in the plain text of a block and over several blocks.
//!
//! Which mark closes which is told by [`super::marks`]. What is hard is told here: an apostrophe is the closing single mark, and
//! a mark that closes in one language opens in another.

use super::block::Block;
use super::marks::{Make, Mark, Side, mark};
use crate::span::{Plain, Span};

/// Words behind a plural that its possessive does not stand before: a mark between the two closes a quotation.
const NO_NOUNS: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "but", "by", "can", "for", "from", "had", "has", "have", "in", "into", "is",
    "may", "must", "nor", "of", "on", "or", "over", "shall", "should", "so", "than", "that", "the", "they", "this",
    "to", "under", "was", "we", "were", "when", "which", "who", "will", "with", "would",
];

/// Words that begin with an apostrophe.
const CLIPPED: &[&str] = &["bout", "cause", "em", "n", "neath", "round", "til", "till", "tis", "twas", "tween"];

/// The quotations of a block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Quotations {
    /// Those that are closed, marks included, in order and side by side.
    pub(super) closed: Vec<Span<Plain>>,
    /// Where the last double mark stands that opens and that nothing closes, and which it is.
    pub(super) open: Option<(usize, char)>,
}

/// What stands between quotation marks of any kind in `plain`. A double mark that opens once more begins anew; what stands inside of
/// a quotation is part of it.
pub(super) fn quotations(plain: &str) -> Quotations {
    let mut found = Quotations::default();
    // Marks of which one was looked for in vain: another one of them further on is not closed either.
    let mut unclosed: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some((start, opening)) = next_opening(plain, at) {
        at = start + opening.text.len();
        if unclosed.contains(&opening.text) {
            found.open = opening.open(start).or(found.open);
            continue;
        }
        match opening.end(plain, start) {
            End::Closed(end) => {
                found.closed.push(Span::new(start, end));
                found.open = None;
                at = end;
            }
            End::Anew(next) => at = next,
            End::Never => {
                unclosed.push(opening.text);
                found.open = opening.open(start).or(found.open);
            }
        }
    }
    found
}

/// Where a quotation ends.
enum End {
    /// Behind its closing mark.
    Closed(usize),
    /// Its opening mark opens again at this byte.
    Anew(usize),
    /// Nothing closes it in the block.
    Never,
}

/// A mark that opens a quotation where it stands.
struct Opening<'t> {
    mark: &'static Mark,
    /// The mark as it is typed: two single ones may stand for a double one.
    text: &'t str,
}

impl<'t> Opening<'t> {
    /// The opening mark that stands at byte `at`, if one does.
    fn at(plain: &'t str, at: usize, mark: &'static Mark) -> Option<Opening<'t>> {
        let len = mark.char.len_utf8();
        let rest = &plain[at + len..];
        let doubled = matches!(mark.char, '\'' | '`') && rest.starts_with(mark.char);
        let text = &plain[at..at + if doubled { 2 * len } else { len }];
        let behind = &plain[at + text.len()..];
        let opens_word = !plain[..at].ends_with(char::is_alphanumeric)
            && !plain[..at].ends_with(mark.char)
            && behind.starts_with(|c: char| !c.is_whitespace() && c != mark.char);
        let opening = Opening { mark, text };
        let opens = match (mark.make, mark.side) {
            (Make::Bracket, _) => false,
            (Make::Double, Side::Opening) => true,
            (Make::Double, _) => opens_word,
            // An apostrophe, or an inch.
            (Make::Single, Side::Opening) => opens_word && behind.starts_with(is_begun_by),
            (Make::Single, _) => opens_word && behind.starts_with(is_begun_by) && (doubled || !is_clipped(behind)),
        };
        (mark.opens() && opens).then_some(opening)
    }

    /// Where it stands, if it is one for which the next paragraph may have its like.
    fn open(&self, start: usize) -> Option<(usize, char)> {
        (self.mark.make == Make::Double || self.mark.side == Side::Opening).then_some((start, self.mark.char))
    }

    /// Where the quotation that it opens at byte `start` ends.
    fn end(&self, plain: &str, start: usize) -> End {
        let from = start + self.text.len();
        if self.text.len() > self.mark.char.len_utf8() {
            let closing = plain[from..].find("''").map(|at| from + at + 2);
            return closing.map_or(End::Never, End::Closed);
        }
        let closers =
            |(at, c): (usize, char)| (self.mark.is_closed_by(c) || c == self.mark.char).then_some((from + at, c));
        let mut possessive = None;
        for (at, c) in plain[from..].char_indices().filter_map(closers) {
            let end = at + c.len_utf8();
            if !self.mark.is_closed_by(c) || (self.mark.make == Make::Double && self.opens_again(plain, at, c)) {
                return End::Anew(at);
            }
            if self.mark.make == Make::Single && c != '\u{203a}' && c != '\u{2039}' {
                if !closes_word(plain, at, end) {
                    continue;
                }
                if is_possessive(&plain[..at], &plain[end..]) {
                    possessive = possessive.or(Some(end));
                    continue;
                }
                // What is closed sentences after a plural that closes it as well was closed there.
                let near = possessive.filter(|&near| plain[near..at].contains(['.', ';', '?', '!']));
                return End::Closed(near.unwrap_or(end));
            }
            return End::Closed(end);
        }
        possessive.map_or(End::Never, End::Closed)
    }

    /// Whether the mark at byte `at`, which may close what is open, stands as one does that opens.
    fn opens_again(&self, plain: &str, at: usize, c: char) -> bool {
        let spaced = plain[..at].ends_with(char::is_whitespace);
        let behind = &plain[at + c.len_utf8()..];
        c == self.mark.char && spaced && behind.starts_with(char::is_alphanumeric)
    }
}

/// The first mark behind byte `from` that opens a quotation where it stands.
fn next_opening(plain: &str, from: usize) -> Option<(usize, Opening<'_>)> {
    plain[from..].char_indices().find_map(|(at, c)| {
        // The letters are most of a text.
        if c.is_ascii_alphanumeric() || c == ' ' {
            return None;
        }
        let mark = mark(c).filter(|mark| mark.is_quotation())?;
        Some((from + at, Opening::at(plain, from + at, mark)?))
    })
}

/// Whether a quotation in single marks may begin with `c`.
fn is_begun_by(c: char) -> bool {
    c.is_alphanumeric() || mark(c).is_some_and(|mark| mark.side != Side::Closing) || matches!(c, '\u{2026}' | '.' | '$')
}

/// Whether `text` goes on with what an apostrophe stands before: a decade, or a word that is clipped.
fn is_clipped(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let word = &text[..end];
    let is_year = word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 3;
    is_year || CLIPPED.iter().any(|clipped| clipped.eq_ignore_ascii_case(word))
}

/// Whether the mark between these bytes stands behind a word and not within one.
fn closes_word(plain: &str, at: usize, end: usize) -> bool {
    !plain[..at].ends_with(char::is_whitespace) && !plain[end..].starts_with(char::is_alphanumeric)
}

/// Whether the mark between the two texts is the apostrophe of a plural: a noun follows.
fn is_possessive(before: &str, after: &str) -> bool {
    let noun = after.strip_prefix(' ').filter(|rest| rest.starts_with(char::is_alphabetic));
    let Some(noun) = noun.filter(|_| before.ends_with(['s', 'S', 'z', 'x'])) else {
        return false;
    };
    let end = noun.find(|c: char| !c.is_alphabetic()).unwrap_or(noun.len());
    !NO_NOUNS.contains(&noun[..end].to_lowercase().as_str())
}

/// Marks what is quoted over several blocks: each begins with the mark that opened the first, and only the last has one that
/// closes.
pub(super) fn run_over(blocks: &mut [Block]) {
    let mut at = 1;
    while at < blocks.len() {
        let opens = |block: &Block| block.text().chars().next().filter(|c| is_first(*c));
        // Of most blocks the first character says that they are none of these.
        let Some(c) = opens(&blocks[at]) else {
            at += 1;
            continue;
        };
        let first = at - 1;
        while at < blocks.len() && opens(&blocks[at]) == Some(c) && blocks[at - 1].open_quotation(c).is_some() {
            at += 1;
        }
        let last = at - 1;
        let is_closed = last > first && blocks[last].open_quotation(c).is_none();
        if is_closed {
            for block in &mut blocks[first..last] {
                if let Some(start) = block.open_quotation(c) {
                    block.quote_from(start);
                }
            }
        }
        at = at.max(first + 2);
    }
}

/// Whether a paragraph of a quotation may begin with `c`.
fn is_first(c: char) -> bool {
    !c.is_alphanumeric()
        && mark(c).is_some_and(|mark| {
            mark.opens() && mark.is_quotation() && (mark.make == Make::Double || mark.side == Side::Opening)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Draft, Format};

    /// The quotations of a text, each with its marks.
    fn quoted(plain: &str) -> Vec<&str> {
        quotations(plain).closed.iter().map(|span| &plain[span.range()]).collect()
    }

    #[test]
    fn every_kind_of_mark_encloses_a_quotation() {
        let cases: &[(&str, &[&str])] = &[
            ("They said “so it is” and \"never\" today.", &["“so it is”", "\"never\""]),
            ("«so» and »so« and « so »", &["«so»", "»so«", "« so »"]),
            ("„so“ and „so” and ”so” and ‟so”", &["„so“", "„so”", "”so”", "‟so”"]),
            ("‹so› and ›so‹ there", &["‹so›", "›so‹"]),
            ("a ‘junior’ and a ‚junior‘ and a ‛junior’ side", &["‘junior’", "‚junior‘", "‛junior’"]),
            ("a 'junior' side and a ´junior´ one", &["'junior'", "´junior´"]),
            ("a ``junior'' side, a `junior' side, ''junior'' sides", &["``junior''", "`junior'", "''junior''"]),
            ("「甲」と『乙』 〝丙〟", &["「甲」", "『乙』", "〝丙〟"]),
            ("＂so＂ and ＇so＇", &["＂so＂", "＇so＇"]),
            ("“a ‘small’ word”, ‘a “small” word’", &["“a ‘small’ word”", "‘a “small” word’"]),
            ("a “half typed\" one", &["“half typed\""]),
        ];
        for (plain, expected) in cases {
            assert_eq!(quoted(plain), *expected, "{plain}");
        }
    }

    #[test]
    fn an_apostrophe_closes_nothing() {
        let cases: &[(&str, &[&str])] = &[
            ("the leaders’ view of the parties’ commitments", &[]),
            ("the leaders' view of the parties' commitments", &[]),
            ("in the ’90s and the '80s, the two sides’ work", &[]),
            ("'Tis the allies' turn, and 'til the leaders' meeting", &[]),
            ("‘the leaders’ view’ of it", &["‘the leaders’ view’"]),
            ("'the leaders' view' of it", &["'the leaders' view'"]),
            ("the ‘junior partners’ in the alliance and the leaders’.", &["‘junior partners’"]),
            ("the ‘junior partners’ role. It is the states’ own.", &["‘junior partners’"]),
            ("it’s ‘Korea’s word’, isn’t it", &["‘Korea’s word’"]),
            ("Côte d’Ivoire’s and Côte d'Ivoire's ports", &[]),
            ("18.00” N and 6\" of rain", &[]),
            ("the rock ’n’ roll years", &[]),
        ];
        for (plain, expected) in cases {
            assert_eq!(quoted(plain), *expected, "{plain}");
        }
    }

    #[test]
    fn a_mark_that_opens_again_begins_anew() {
        assert_eq!(quoted("“one and “two” three"), ["“two”"]);
        assert_eq!(quoted("“one and «two» three"), ["«two»"]);
        assert_eq!(quotations("so “it goes on").open, Some((3, '“')));
        assert_eq!(quotations("so “it” ends").open, None);
    }

    #[test]
    fn a_quotation_runs_over_paragraphs_that_each_open_it() {
        let quoted = |source: &str| -> Vec<String> {
            let draft = Draft::new(Format::Markdown, source);
            let texts = |block: &Block| {
                block.quotations().iter().map(|span| block.text()[span.range()].to_owned()).collect::<Vec<_>>()
            };
            draft.blocks().iter().flat_map(texts).collect()
        };
        let cases: &[(&str, &[&str])] = &[
            (
                "He said: \u{201c}one.\n\n\u{201c}Two.\n\n\u{201c}Three.\u{201d} Four.",
                &["\u{201c}one.", "\u{201c}Two.", "\u{201c}Three.\u{201d}"],
            ),
            ("\"One.\n\n\"Two.\" Three.", &["\"One.", "\"Two.\""]),
            ("\u{2018}One.\n\n\u{2018}Two.\u{2019} Three.", &["\u{2018}One.", "\u{2018}Two.\u{2019}"]),
            ("\u{ab}One.\n\n\u{ab}Two.\u{bb} Three.", &["\u{ab}One.", "\u{ab}Two.\u{bb}"]),
            // Never closed, or not opened again: a mark that was forgotten.
            ("\u{201c}One.\n\n\u{201c}Two.\n\nThree.", &[]),
            ("\u{201c}One.\n\nTwo.\n\n\u{201c}Three.\u{201d}", &["\u{201c}Three.\u{201d}"]),
            ("\u{2019}90s and the allies\u{2019} view.\n\n\u{2019}90s again.", &[]),
        ];
        for (source, expected) in cases {
            assert_eq!(quoted(source), *expected, "{source}");
        }
    }

    #[test]
    fn a_long_text_of_marks_is_read_once() {
        let plain = "‘a “b «c ‹d „e 'f ".repeat(20_000);
        assert!(quotations(&plain).closed.is_empty());
    }
}
