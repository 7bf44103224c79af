//! Folding: the canonical form in which phrases are found, however they were typed.
//!
//! Unicode NFKC and full case folding make one of letters that read alike; every run of white space, hyphens and closed-up
//! en dashes becomes one space; an em dash, or a dash between spaces, becomes `—`, which no phrase crosses. What a reader does
//! not read as part of a word vanishes: zero-width characters, soft hyphens, quotation marks and square brackets around words,
//! asterisks, footnote marks. The map back to the text before folding is exact.

use std::cell::Cell;

use icu_casemap::{CaseMapper, CaseMapperBorrowed};
use icu_normalizer::ComposingNormalizerBorrowed;

use super::class::{ASCII, Class, class, is_asterisk, is_invisible, is_superscript_digit, joins};
use super::lookalike::lookalike;
use super::map::Derived;
use super::marks::is_opening_alone;
use super::script::is_unspaced;
use crate::span::{Folded, Plain, Span};

/// The folded form of an em dash, or of a dash between spaces.
pub(crate) const CLAUSE_BREAK: char = '\u{2014}';

/// The sign in plain text for something inline that is not text: code, an image, a URL. No phrase contains it.
pub(crate) const OBJECT: char = '\u{fffc}';

pub(super) const NFKC: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfkc();
const CASE: CaseMapperBorrowed<'static> = CaseMapper::new();

/// The length of the footnote mark `[1]` or `[^note]` that `text` begins with; 0 if there is none.
pub(crate) fn note_mark(text: &str) -> usize {
    let Some(inner) = text.strip_prefix('[') else {
        return 0;
    };
    let (inner, most, named) = match inner.strip_prefix('^') {
        Some(inner) => (inner, 16, true),
        None => (inner, 3, false),
    };
    let fits = |c: char| c.is_ascii_digit() || (named && (c.is_alphanumeric() || c == '-'));
    let len = inner.find(|c| !fits(c)).unwrap_or(inner.len());
    let closes = inner[len..].starts_with(']') && (1..=most).contains(&len);
    if closes { text.len() - inner.len() + len + 1 } else { 0 }
}

/// Folds the plain text of a block. `divided` are the offsets of the spaces that stand for a line break behind a hyphen, or
/// behind Han or kana; where any are given, the word that may be divided there is put together.
pub(crate) fn fold(plain: &str, divided: &[usize]) -> Derived<Folded, Plain> {
    let mut folder = Folder::new(plain);
    folder.run(divided);
    folder.out
}

/// The plain text of a block folded in each way in which it can be read. The first is [`fold`] without `divided`. In the others the
/// words that may be divided are put together; or marks within a word part two words, and letters are what they look like: a drafter
/// reads `“partner”and` as two words, and `сhina` as one that begins with a Latin letter.
pub(crate) fn readings(plain: &str, divided: &[usize]) -> (Derived<Folded, Plain>, Vec<Derived<Folded, Plain>>) {
    let mut folder = Folder::new(plain);
    folder.run(&[]);
    let mut others = Vec::new();
    if !divided.is_empty() {
        others.push(fold(plain, divided));
    }
    if folder.is_ambiguous {
        let mut loose = Folder { is_loose: true, ..Folder::new(plain) };
        loose.run(&[]);
        others.push(loose.out);
    }
    (folder.out, others)
}

/// Folds a phrase, or a piece of one.
pub(crate) fn fold_str(text: &str) -> String {
    fold(text, &[]).text().trim_matches(' ').to_owned()
}

/// Folds everything but case: what an exact-case word of a phrase is compared by.
pub(crate) fn fold_keeping_case(text: &str) -> String {
    keeping_case(text, false)
}

/// True if a text is `exact` once everything but case is folded, be it with letters that only look alike.
pub(crate) fn is_in_case(text: &str, exact: &str) -> bool {
    keeping_case(text, false) == exact || keeping_case(text, true) == exact
}

fn keeping_case(text: &str, is_loose: bool) -> String {
    let mut folder = Folder { keep_case: true, is_loose, ..Folder::new(text) };
    folder.run(&[]);
    folder.out.text().trim_matches(' ').to_owned()
}

struct Folder<'t> {
    plain: &'t str,
    out: Derived<Folded, Plain>,
    keep_case: bool,
    /// True if marks within words part them, and letters are what they look like.
    is_loose: bool,
    /// True if that makes a difference.
    is_ambiguous: bool,
    /// The length of what is written that has been looked at for [`Folder::is_behind_word`], and whether its last word has a
    /// letter.
    last_word: Cell<(usize, bool)>,
}

/// Counts the bytes at the start of a text that are one character with all that joins it: accents, vowels, variation selectors,
/// and what shows nothing between them.
fn joined(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if at == 0 || joins(c) {
            end = at + c.len_utf8();
        } else if class(c) != Class::Nothing || !is_invisible(c) {
            break;
        }
    }
    end
}

/// The content of a run of characters between two words.
#[derive(Default)]
struct WordGap {
    end: usize,
    spaces: bool,
    hyphens: usize,
    dash: bool,
    /// A hyphen with white space (or the edge of the block) before it.
    spaced_before: bool,
    space_last: bool,
    low_line: bool,
    /// `]` and, later, `[`: two bracketed words side by side.
    closed: bool,
    reopened: bool,
    /// The fewest letters of each of two words that its marks part, which are seen and nothing once they are folded; `None` without any.
    parted: Option<usize>,
}

/// The fewest letters of each of two words that brackets part: `[junior]partner` is two words, `[inter]national` and `contain[ment]` one.
const PARTED_BY_BRACKETS: usize = 6;

/// The fewest letters of each of two words that an asterisk parts, which may be emphasis within a word.
const PARTED_BY_ASTERISKS: usize = 3;

/// The fewest letters of each of two words that an apostrophe may part, as closing quotation marks do; what it joins is shorter.
const PARTED_BY_APOSTROPHES: usize = 3;

impl WordGap {
    /// True if nothing in the run separates words.
    fn is_nothing(&self) -> bool {
        !(self.spaces || self.hyphens > 0 || self.dash || self.low_line || self.reopened)
    }
}

impl<'t> Folder<'t> {
    fn new(plain: &'t str) -> Folder<'t> {
        Folder {
            plain,
            out: Derived::with_capacity(plain.len()),
            keep_case: false,
            is_loose: false,
            is_ambiguous: false,
            last_word: Cell::default(),
        }
    }

    fn run(&mut self, divided: &[usize]) {
        let bytes = self.plain.as_bytes();
        let is_text = |at: usize| bytes.get(at).is_some_and(|&b| b.is_ascii() && ASCII[b as usize] == Class::Text);
        let mut at = 0;
        while at < bytes.len() {
            // The fast path: ASCII words with single spaces between them. A byte before a non-ASCII one is left to
            // `text`, for a combining mark may follow.
            let single_space = |at: usize| bytes[at] == b' ' && is_text(at + 1) && at > 0 && is_text(at - 1);
            let mut end = at;
            while end < bytes.len()
                && (is_text(end) || single_space(end))
                && bytes.get(end + 1).is_none_or(u8::is_ascii)
            {
                end += 1;
            }
            if end > at {
                self.out.copy_ascii(&self.plain[at..end], at, !self.keep_case);
                at = end;
                continue;
            }
            at = match self.class_at(at) {
                Class::Text => self.text(at),
                Class::Apostrophe if self.between_letters(at) && !self.parts_words(at) => {
                    let end = at + self.char_at(at).map_or(1, char::len_utf8);
                    self.out.replace("'", Span::new(at, end));
                    end
                }
                _ => {
                    let run = self.read_run(at);
                    self.write_run(at, &run, divided);
                    run.end
                }
            };
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.plain[at..].chars().next()
    }

    fn class_at(&self, at: usize) -> Class {
        let Some(c) = self.char_at(at) else {
            return Class::Text;
        };
        // A footnote mark behind a word; elsewhere ("10²") it is a digit.
        if is_superscript_digit(c) {
            return if self.is_behind_word() { Class::Nothing } else { Class::Text };
        }
        // A mark on nothing, or on what is nothing: on the letter before that it would be another letter.
        if joins(c) { Class::Nothing } else { class(c) }
    }

    /// True if the last word of what is written has a letter. What has been looked at once is not looked at a second time.
    fn is_behind_word(&self) -> bool {
        let (seen, has_letter) = self.last_word.get();
        let text = self.out.text();
        let goes_on = |has_letter: bool, c: char| c.is_alphanumeric() && (has_letter || c.is_alphabetic());
        let has_letter = text[seen..].chars().fold(has_letter, goes_on);
        self.last_word.set((text.len(), has_letter));
        has_letter
    }

    fn between_letters(&self, at: usize) -> bool {
        let mut after = self.plain[at..].chars();
        after.next();
        // The Greek iota that stands on a space, and jamo that stand on nothing, are letters to Unicode.
        let is_letter = |c: char| c.is_alphanumeric() && class(c) == Class::Text && !joins(c);
        self.out.text().ends_with(char::is_alphanumeric) && after.find(|&c| !is_invisible(c)).is_some_and(is_letter)
    }

    /// True if the apostrophe at `at` is read as a quotation mark between two words.
    fn parts_words(&mut self, at: usize) -> bool {
        let opens = self.char_at(at).is_some_and(is_opening_alone);
        let behind = at + self.char_at(at).map_or(0, char::len_utf8);
        let is_between = opens || self.is_between(at, behind, PARTED_BY_APOSTROPHES);
        self.is_ambiguous |= is_between;
        self.is_loose && is_between
    }

    /// True if at least so many letters stand before `at`, and as many follow at `behind`.
    fn is_between(&self, at: usize, behind: usize, fewest: usize) -> bool {
        let letters = |chars: &mut dyn Iterator<Item = char>| {
            let seen = chars.filter(|&c| !is_invisible(c) && !joins(c));
            seen.take_while(|c| c.is_alphanumeric()).take(fewest).count()
        };
        letters(&mut self.plain[..at].chars().rev()) == fewest && letters(&mut self.plain[behind..].chars()) == fewest
    }

    /// Folds the character at `at`, with all that may join it, and returns where the next one begins.
    fn text(&mut self, at: usize) -> usize {
        let rest = &self.plain[at..];
        let end = joined(rest);
        let chunk = &rest[..end];
        // What shows nothing keeps no accent from its letter, nor makes another letter of it.
        let visible: String;
        let is_one = chunk.chars().nth(1).is_none();
        let shown = match !is_one && chunk.contains(is_invisible) {
            true => {
                visible = chunk.chars().filter(|&c| !is_invisible(c)).collect();
                &visible
            }
            false => chunk,
        };
        let looks = self.as_it_looks(shown);
        let composed = NFKC.normalize(looks.as_deref().unwrap_or(shown));
        let folded = if self.keep_case {
            composed.into_owned()
        } else {
            let folded = CASE.fold_string(&composed);
            let mut folded = NFKC.normalize(&folded).into_owned();
            // The Turkish capital İ folds to an i with a second dot, which no lower-case spelling has.
            if folded.starts_with("i\u{307}") {
                folded.remove(1);
            }
            folded
        };
        // What NFKC makes a space, or another character that is not text, in the middle of.
        let is_text = folded == chunk || folded.chars().all(|c| class(c) == Class::Text);
        let folded = match (is_text, self.keep_case) {
            (true, _) => folded,
            (false, false) => fold_str(&folded),
            (false, true) => fold_keeping_case(&folded),
        };
        if folded == chunk {
            self.out.copy(chunk, at);
        } else {
            self.out.replace(&folded, Span::new(at, at + end));
        }
        at + end
    }

    /// A letter and what joins it as the letter of ASCII that it looks like, where that is how it is read.
    fn as_it_looks(&mut self, shown: &str) -> Option<String> {
        let first = shown.chars().next()?;
        let letter = lookalike(first)?;
        self.is_ambiguous = true;
        self.is_loose.then(|| format!("{letter}{}", &shown[first.len_utf8()..]))
    }

    fn read_run(&mut self, start: usize) -> WordGap {
        let mut run = WordGap { end: start, space_last: start == 0, ..WordGap::default() };
        let mut hyphens_in_a_row = 0;
        while let Some(c) = self.char_at(run.end) {
            let note = note_mark(&self.plain[run.end..]);
            if note > 0 {
                run.end += note;
                run.parted = Some(1);
                continue;
            }
            let class = self.class_at(run.end);
            let may_keep = class == Class::Apostrophe && run.is_nothing() && self.between_letters(run.end);
            // With another mark before it, it is one too.
            self.is_ambiguous |= may_keep && run.parted.is_some();
            let kept = may_keep && !(run.parted.is_some() && self.is_loose) && !self.parts_words(run.end);
            if class == Class::Text || kept {
                break;
            }
            if class == Class::Hyphen {
                hyphens_in_a_row += 1;
                run.hyphens += 1;
                run.spaced_before |= run.space_last;
                run.dash |= hyphens_in_a_row > 2;
            } else if class != Class::Nothing {
                hyphens_in_a_row = 0;
            }
            match class {
                Class::Space => run.spaces = true,
                Class::Dash => run.dash = true,
                Class::LowLine => run.low_line = true,
                Class::Close => run.closed = true,
                Class::Open => run.reopened |= run.closed,
                _ => {}
            }
            let parted = match class {
                Class::Open | Class::Close => Some(PARTED_BY_BRACKETS),
                Class::Apostrophe if is_opening_alone(c) => Some(1),
                Class::Apostrophe => Some(PARTED_BY_APOSTROPHES),
                Class::Nothing if is_asterisk(c) => Some(PARTED_BY_ASTERISKS),
                Class::Nothing if !is_invisible(c) && !joins(c) => Some(1),
                _ => None,
            };
            // Of several marks the one that surely parts.
            run.parted = run.parted.into_iter().chain(parted).min();
            if class != Class::Nothing {
                run.space_last = class == Class::Space;
            }
            run.end += c.len_utf8();
        }
        run
    }

    /// True if a word goes on across a run that holds a line end: behind a hyphen, or between Han and kana.
    fn joins_across(&self, start: usize, run: &WordGap) -> bool {
        // An accent that stands by itself is a part of the letter before it.
        let before = self.plain[..start].chars().rev().find(|&c| !joins(c));
        let (Some(before), Some(after)) = (before, self.char_at(run.end)) else {
            return false;
        };
        let same_case = after.is_lowercase() || (before.is_uppercase() && after.is_uppercase());
        let hyphenated = run.hyphens == 1 && !run.spaced_before && before.is_alphabetic() && same_case;
        hyphenated || (run.hyphens == 0 && is_unspaced(before) && is_unspaced(after))
    }

    fn write_run(&mut self, start: usize, run: &WordGap, divided: &[usize]) {
        let span = Span::new(start, run.end);
        let at_end = run.end == self.plain.len();
        let dash_between_spaces = run.hyphens > 0 && run.spaced_before && (run.space_last || at_end);
        if run.dash || dash_between_spaces {
            self.out.replace("\u{2014}", span);
            return;
        }
        let line_ends =
            divided.get(divided.partition_point(|&at| at < span.start())).is_some_and(|&at| at < span.end());
        let joins = line_ends && self.joins_across(start, run);
        let inner = || {
            self.out.text().ends_with(char::is_alphanumeric) && self.char_at(run.end).is_some_and(char::is_alphanumeric)
        };
        let parts = run.is_nothing() && run.parted.is_some_and(|fewest| self.is_between(start, run.end, fewest));
        let separates = run.spaces
            || run.hyphens > 0
            || (run.closed && run.reopened)
            || (run.low_line && inner())
            || (parts && self.is_loose);
        self.is_ambiguous |= parts;
        if separates && !joins && !self.out.is_empty() && !at_end {
            self.out.replace(" ", span);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_reads_alike_folds_alike() {
        let cases = [
            ("China Containment", "china containment"),
            ("burden-sharing", "burden sharing"),
            ("burden\u{2011}\u{a0} sharing", "burden sharing"),
            ("burden\u{2013}sharing", "burden sharing"),
            ("burden -\tsharing", "burden\u{2014}sharing"),
            ("burden \u{2013} sharing", "burden\u{2014}sharing"),
            ("burden\u{2014}sharing", "burden\u{2014}sharing"),
            ("burden---sharing", "burden\u{2014}sharing"),
            ("burden \u{2014} sharing", "burden\u{2014}sharing"),
            ("burden\u{2015}sharing", "burden\u{2014}sharing"),
            ("burden--sharing", "burden sharing"),
            ("burden- sharing", "burden sharing"),
            ("\u{ff23}\u{ff48}\u{ff49}\u{ff4e}\u{ff41}", "china"),
            ("of\u{fb01}ce", "office"),
            ("Co\u{302}te d\u{2019}Ivoire", "c\u{f4}te d'ivoire"),
            ("STRASSE Stra\u{df}e", "strasse strasse"),
            ("\u{ff76}\u{309b} \u{30b7}_\u{3099} e\"\u{301}", "\u{30ab} \u{30b7} e"),
            ("T\u{dc}RK\u{130}YE Tu\u{308}rkI\u{307}ye", "t\u{fc}rkiye t\u{fc}rkiye"),
            ("\u{1112}\u{1161}\u{11ab}\u{ad6d}", "\u{d55c}\u{ad6d}"),
            ("Chi\u{ad}na\u{200b} con\u{2060}tainment", "china containment"),
            ("the \u{201c}China\u{201d} \u{2018}containment\u{2019}", "the china containment"),
            ("allies\u{2019} China\u{2019}s", "allies china's"),
            ("[China] [containment], contain[ing] [China][PRC]", "china containment, containing china prc"),
            ("_China_ *containment*", "china containment"),
            ("China_containment", "china containment"),
            ("China\u{b9} containment\u{2020} G7\u{b2} 10\u{b2}", "china containment g7 102"),
            ("China[1] containment [12] x[^a] [2021]", "china containment x 2021"),
            ("Chi\u{1b}na", "china"),
            // An accent is of its letter behind what shows nothing, but not behind a mark that is seen.
            ("de\u{ad}\u{301}tente de\u{2020}\u{301}tente", "d\u{e9}tente detente"),
            ("burden-\u{ad}--sharing", "burden\u{2014}sharing"),
            ("_China_, _Japan_", "china, japan"),
            ("China\u{fe0f} cont\u{e0100}ain\u{34f}ment\u{200d}\u{fe0e}s", "china containments"),
            ("d\u{200d}e\u{fe00}\u{301}\u{34f}tente \u{d55c}\u{1160}\u{ad6d}", "d\u{e9}tente \u{d55c}\u{ad6d}"),
            ("\u{2800}China\u{3000}\u{85}containment ", "china containment"),
        ];
        for (typed, folded) in cases {
            assert_eq!(fold(typed, &[]).text(), folded, "{typed:?}");
        }
    }

    #[test]
    fn what_can_be_read_otherwise_is_read_in_both_ways() {
        let cases = [
            ("the \u{201c}junior partner\u{201d}and", "the junior partnerand", Some("the junior partner and")),
            ("[junior]partner[s]", "juniorpartners", Some("junior partners")),
            ("[dis]agree Korea[n] contain[ment] [inter]national", "disagree korean containment international", None),
            ("S*no*w and un**in**formed", "snow and uninformed", None),
            (
                "partner*and, partner\u{2020}and x\u{b9}y z[1]y",
                "partnerand, partnerand xy zy",
                Some("partner and, partner and x y z y"),
            ),
            ("cafe\u{301}\u{2020}so", "caf\u{e9}so", Some("caf\u{e9} so")),
            ("\u{2018}partner\u{2019}and don't Xi'an", "partner'and don't xi'an", Some("partner and don't xi'an")),
            ("so\u{2020}\u{2018}has\u{2019} a\u{2018}pact", "so'has a'pact", Some("so has a pact")),
            ("S\u{430}\u{303}o", "s\u{430}\u{303}o", Some("s\u{e3}o")),
            ("cont\u{430}inment \u{421}\u{41d}INA", "cont\u{430}inment \u{441}\u{43d}ina", Some("containment china")),
            ("the \"partner\", [and] so* \u{2018}on\u{2019}", "the partner, and so on", None),
            ("Chi\u{ad}na\u{200b}'s", "china's", None),
        ];
        for (typed, first, otherwise) in cases {
            let (folded, others) = readings(typed, &[]);
            assert_eq!(folded.text(), first, "{typed}");
            assert_eq!(others.first().map(|other| other.text()), otherwise, "{typed}");
        }
        assert!(is_in_case("R\u{41e}K", "ROK") && !is_in_case("R\u{43e}K", "ROK"));
    }

    #[test]
    fn a_word_divided_at_the_end_of_a_line_is_put_together() {
        let plain = "China contain- ment, CON- TAIN, self- Reliance, \u{4e2d} \u{56fd}";
        let breaks: Vec<_> = plain.match_indices(['-', '\u{4e2d}']).map(|(at, c)| at + c.len()).collect();
        assert_eq!(fold(plain, &breaks).text(), "china containment, contain, self reliance, \u{4e2d}\u{56fd}");
        // An accent that stands by itself is a part of its letter.
        assert_eq!(fold("cafe\u{301}- teria", &["cafe\u{301}-".len()]).text(), "caf\u{e9}teria");
        // Behind two hyphens no word goes on, nor does one of Han in Latin letters.
        assert_eq!(fold("contain-- ment", &[9]).text(), "contain ment");
        assert_eq!(fold("\u{4e2d} G7", &[3]).text(), "\u{4e2d} g7");
    }

    #[test]
    fn a_footnote_mark_is_as_long_as_it_is_typed() {
        let cases = [
            ("[1] x", 3),
            ("[123]", 5),
            ("[^note]", 7),
            ("[^a-1].", 6),
            ("[2021]", 0),
            ("[a]", 0),
            ("[]", 0),
            ("[^]", 0),
            ("[1", 0),
            ("1]", 0),
        ];
        for (text, expected) in cases {
            assert_eq!(note_mark(text), expected, "{text}");
        }
    }

    /// Puts it in the middle of a word, between words, at the edge of one, behind a number, between brackets, and between Han and
    /// kana.
    fn surroundings(c: &str) -> String {
        format!("a{c}b a {c} b a{c} {c}b 1{c}2 ({c}) \u{3041}\u{a0}{c} \u{4e00}{c}")
    }

    #[test]
    fn every_character_folds_as_what_nfkc_makes_of_it() {
        // Apostrophes and quotation marks to those who type them; a footnote mark; what vanishes where nothing is before it.
        let otherwise =
            ['\u{b4}', '\u{1ffd}', '\u{149}', '\u{b9}', '\u{b2}', '\u{b3}', '\u{2070}', '\u{e33}', '\u{eb3}'];
        let otherwise =
            |c| otherwise.contains(&c) || matches!(c, '\u{2033}' | '\u{2034}' | '\u{2057}' | '\u{2074}'..='\u{2079}');
        let mut tried = 0;
        for c in '\u{80}'..=char::MAX {
            let typed = c.to_string();
            let normal = NFKC.normalize(&typed);
            if normal == typed && class(c) == Class::Text && !joins(c) {
                continue;
            }
            tried += 1;
            let once = fold_str(&surroundings(&typed));
            assert_eq!(fold_str(&once), once, "{}", c.escape_unicode());
            if !otherwise(c) {
                assert_eq!(once, fold_str(&surroundings(&normal)), "{}", c.escape_unicode());
            }
        }
        assert!(tried > 10_000, "{tried}");
    }

    #[test]
    fn a_mark_that_stands_on_a_space_is_white_space() {
        let marks = [
            '\u{a8}', '\u{af}', '\u{b8}', '\u{2d8}', '\u{2d9}', '\u{2da}', '\u{2db}', '\u{2dc}', '\u{2dd}', '\u{37a}',
            '\u{384}', '\u{385}', '\u{1fbd}', '\u{1fbf}', '\u{1fc0}', '\u{1fc1}', '\u{1fcd}', '\u{1fdd}', '\u{1fed}',
            '\u{1ffe}', '\u{2017}', '\u{203e}', '\u{309b}', '\u{309c}', '\u{fc5e}', '\u{fe49}', '\u{fe70}', '\u{ffe3}',
        ];
        for mark in marks {
            let cases = [
                (format!("China{mark}containment"), "china containment", (5, 6)),
                (format!("China {mark}\u{a0}containment"), "china containment", (5, 6)),
                (format!("China -{mark}containment"), "china\u{2014}containment", (5, 8)),
                (format!("{mark}China{mark}"), "china", (0, 5)),
                (format!("\u{3041}\u{a0}{mark} \u{4e00}"), "\u{3041} \u{4e00}", (3, 4)),
            ];
            for (typed, expected, (start, end)) in cases {
                let folded = fold(&typed, &[]);
                assert_eq!((folded.text(), fold_str(expected).as_str()), (expected, expected), "{typed:?}");
                // The space, or the word, is all that was typed between the letters, or the letters alone.
                let back = &typed[folded.below(Span::new(start, end)).range()];
                let letters = |c: char| c.is_ascii_alphabetic() || matches!(c, '\u{3041}' | '\u{4e00}');
                let typed = if start == 0 { "China" } else { typed.trim_matches(letters) };
                assert_eq!(back, typed);
            }
        }
    }

    #[test]
    fn every_folded_word_maps_back_to_the_bytes_it_was_typed_with() {
        let plain = "the \u{201c}Chi\u{ad}na\u{201d}\u{a0}\u{2013}con\u{fb01}ne, \u{ff23}\u{ff49}";
        let folded = fold(plain, &[]);
        assert_eq!(folded.text(), "the china confine, ci");
        let back = |word: &str| {
            let at = folded.text().find(word).unwrap();
            &plain[folded.below(Span::new(at, at + word.len())).range()]
        };
        assert_eq!(back("china"), "Chi\u{ad}na");
        assert_eq!(back("confine"), "con\u{fb01}ne");
        assert_eq!(back("ci"), "\u{ff23}\u{ff49}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(2000), failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn folding_does_not_change_what_is_folded(text in "[ -~\u{a0}¨´¯¸À-ňŊ-ž˘-˝ͺ΄᾽゛゜ㄱ-ㆎﾡ-ￜ￣\u{ad}\u{200b}\u{2010}-\u{201f}가-힣ｦ-ﾝＡ-ｚ一-龥ぁ-ヶ😀]{0,40}") {
            let once = fold_str(&text);
            prop_assert_eq!(fold_str(&once), once);
        }

        #[test]
        fn composed_and_decomposed_text_fold_alike(text in "[a-zA-ZÀ-ňŊ-ž가-힣ｦ-ﾝ .,'-]{0,40}") {
            let decomposed = icu_normalizer::DecomposingNormalizerBorrowed::new_nfkd().normalize(&text).into_owned();
            prop_assert_eq!(fold_str(&decomposed), fold_str(&text));
        }

        #[test]
        fn every_byte_maps_back_in_order(text in any::<String>()) {
            let folded = fold(&text, &[]);
            let mut last = 0;
            for (at, c) in folded.text().char_indices() {
                let span = folded.below(Span::new(at, at + c.len_utf8()));
                prop_assert!(text.get(span.range()).is_some());
                prop_assert!(span.start() >= last);
                last = span.start();
            }
        }
    }
}
