//! Quotations in the plain text of a block, by their marks.
//!
//! Which mark closes which is told by [`super::marks`]. What is hard is told here: an apostrophe is the closing single mark, and
//! a mark that closes in one language opens in another.

use super::marks::{Delimiter, DelimiterSide, Make, is_closing, mark};
use crate::span::{Plain, Span};

/// Words behind a plural that its possessive does not stand before: a mark between the two closes a quotation.
const NO_NOUNS: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "but", "by", "can", "for", "from", "had", "has", "have", "in", "into", "is",
    "may", "must", "nor", "of", "on", "or", "over", "shall", "should", "so", "than", "that", "the", "they", "this",
    "to", "under", "was", "we", "were", "when", "which", "who", "will", "with", "would",
];

/// Words that begin with an apostrophe.
const CLIPPED: &[&str] = &["bout", "cause", "em", "n", "neath", "round", "til", "till", "tis", "twas", "tween"];

/// Verbs that the words of somebody follow.
const SAYS: &[&str] = &[
    "add", "added", "adds", "affirm", "affirmed", "affirms", "asked", "asks", "declare", "declared", "declares",
    "noted", "notes", "observed", "read", "reads", "remarked", "replied", "said", "say", "saying", "says", "state",
    "stated", "states", "stressed", "thus", "told", "wrote",
];

/// The distance behind the plural that may close a quotation in which another mark is looked for, in bytes.
const FARTHEST: usize = 300;

/// The quotations of a block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Quotations {
    /// Those that are closed, marks included, in order and side by side.
    pub(super) closed: Vec<Span<Plain>>,
    /// The last double mark that opens and that nothing closes, with its offset.
    pub(super) open: Option<(usize, char)>,
    /// The offset of the first double mark that opens and that nothing closes.
    pub(super) unclosed: Option<usize>,
}

impl Quotations {
    /// Takes notice that nothing closes the mark that opens at byte `start`.
    fn add_unclosed(&mut self, opening: &OpeningMark, start: usize) {
        self.open = opening.open(start).or(self.open);
        if opening.mark.make == Make::Double {
            self.unclosed.get_or_insert(start);
        }
    }
}

/// Finds the texts between quotation marks of any kind in `plain`. A double mark that opens once more begins anew; what stands
/// inside of a quotation is part of it.
pub(super) fn quotations(plain: &str) -> Quotations {
    let mut found = Quotations::default();
    // Marks of which one was looked for in vain: another one of them further on is not closed either.
    let mut unclosed: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some((start, opening)) = next_opening(plain, at) {
        at = start + opening.text.len();
        if unclosed.contains(&opening.text) {
            found.add_unclosed(&opening, start);
            continue;
        }
        match opening.end(plain, start) {
            QuotationEnd::Closed(end) => {
                found.closed.push(Span::new(start, end));
                found.open = None;
                at = end;
            }
            QuotationEnd::Anew => found.add_unclosed(&opening, start),
            QuotationEnd::Never => {
                unclosed.push(opening.text);
                found.add_unclosed(&opening, start);
            }
        }
    }
    found
}

/// The end of a quotation.
enum QuotationEnd {
    /// It ends behind its closing mark.
    Closed(usize),
    /// A mark opens another one where it has to be closed.
    Anew,
    /// Nothing closes it in the block.
    Never,
}

/// A mark that opens a quotation where it stands.
struct OpeningMark<'t> {
    mark: &'static Delimiter,
    /// The mark as it is typed: two single ones may stand for a double one.
    text: &'t str,
}

impl<'t> OpeningMark<'t> {
    /// The opening mark that stands at byte `at`, if one does.
    fn at(plain: &'t str, at: usize, mark: &'static Delimiter) -> Option<OpeningMark<'t>> {
        let len = mark.char.len_utf8();
        let rest = &plain[at + len..];
        let doubled = matches!(mark.char, '\'' | '`') && rest.starts_with(mark.char);
        let text = &plain[at..at + if doubled { 2 * len } else { len }];
        let behind = &plain[at + text.len()..];
        let opens_word = !plain[..at].ends_with(char::is_alphanumeric)
            && !plain[..at].ends_with(mark.char)
            && behind.starts_with(|c: char| !c.is_whitespace() && c != mark.char);
        let opening = OpeningMark { mark, text };
        let opens = match (mark.make, mark.side) {
            (Make::Bracket, _) => false,
            (Make::Double, DelimiterSide::Opening) => true,
            (Make::Double, _) => opens_word,
            // An apostrophe, or an inch.
            (Make::Single, _) => opens_word && behind.starts_with(is_begun_by) && (doubled || !is_clipped(behind)),
        };
        (mark.opens() && opens).then_some(opening)
    }

    /// Returns the mark and its offset, if it is one for which the next paragraph may have its like.
    fn open(&self, start: usize) -> Option<(usize, char)> {
        (self.mark.make == Make::Double || self.mark.side == DelimiterSide::Opening).then_some((start, self.mark.char))
    }

    /// Finds the end of the quotation that it opens at byte `start`.
    fn end(&self, plain: &str, start: usize) -> QuotationEnd {
        let from = start + self.text.len();
        if self.text.len() > self.mark.char.len_utf8() {
            let closing = plain[from..].find("''").map(|at| from + at + 2);
            return closing.map_or(QuotationEnd::Never, QuotationEnd::Closed);
        }
        if self.mark.make == Make::Single && self.mark.char != '\u{2039}' && self.mark.char != '\u{203a}' {
            return self.end_of_single(plain, from);
        }
        for (at, c) in plain[from..].char_indices().map(|(at, c)| (from + at, c)) {
            if self.begins_anew(plain, at, c) {
                return QuotationEnd::Anew;
            }
            if self.mark.is_closed_by(c) {
                return QuotationEnd::Closed(at + c.len_utf8());
            }
        }
        QuotationEnd::Never
    }

    /// Finds the end of the quotation whose single mark stands before byte `from`. Most marks that may close it are apostrophes.
    fn end_of_single(&self, plain: &str, from: usize) -> QuotationEnd {
        // Behind a plural; where the text has paused since, that is no end any more.
        let mut possessive = None;
        let (mut has_paused, mut has_ended) = (false, false);
        for (at, c) in plain[from..].char_indices().map(|(at, c)| (from + at, c)) {
            // The letters are most of a text.
            if c.is_ascii_alphanumeric() || c == ' ' {
                continue;
            }
            let end = at + c.len_utf8();
            if self.begins_anew(plain, at, c) {
                return possessive.map_or(QuotationEnd::Anew, QuotationEnd::Closed);
            }
            has_paused |= is_pause(plain, at, c);
            has_ended |= !matches!(c, ',' | ':') && is_pause(plain, at, c);
            // What is closed sentences after a plural that closes it as well was closed there.
            if let Some(near) = possessive.filter(|near| has_ended || at > near + FARTHEST) {
                return QuotationEnd::Closed(near);
            }
            if !self.mark.is_closed_by(c) || !closes_word(plain, at, end) {
                continue;
            }
            if is_possessive(&plain[..at], &plain[end..]) {
                possessive = possessive.or((!has_paused).then_some(end));
                continue;
            }
            if !has_ended || may_close_sentences(&plain[from..at]) {
                return QuotationEnd::Closed(end);
            }
        }
        possessive.map_or(QuotationEnd::Never, QuotationEnd::Closed)
    }

    /// True if the character at byte `at` opens a quotation where this one has to be closed.
    fn begins_anew(&self, plain: &str, at: usize, c: char) -> bool {
        if c != self.mark.char && !self.mark.is_closed_by(c) {
            return false;
        }
        if !self.mark.is_closed_by(c) {
            return true;
        }
        let (before, behind) = (&plain[..at], &plain[at + c.len_utf8()..]);
        let stands_before_word = match self.mark.make {
            // What stands behind a closing mark may be the number of a footnote.
            Make::Double => before.ends_with(|c: char| c.is_whitespace() || matches!(c, '(' | '[')),
            _ => !before.ends_with(char::is_alphanumeric) && !is_clipped(behind),
        };
        stands_before_word && behind.starts_with(char::is_alphanumeric) && mark(c).is_some_and(Delimiter::opens)
    }
}

/// True if the character at byte `at` ends a sentence or a part of one.
fn is_pause(plain: &str, at: usize, c: char) -> bool {
    let is_mark = match c {
        ',' | ';' | ':' | '?' | '!' => true,
        // Not that of an abbreviation such as "U.S.".
        '.' => !plain[..at].ends_with(char::is_uppercase),
        _ => false,
    };
    is_mark && plain[at + 1..].starts_with(char::is_whitespace)
}

/// True if a single mark may close several sentences: behind the full stop of the last, or where no plural has an apostrophe and
/// what is quoted began as a sentence does.
fn may_close_sentences(inner: &str) -> bool {
    let is_sentence = inner.starts_with(|c: char| !c.is_lowercase());
    inner.ends_with(['.', '!', '?', ',', '\u{2026}']) || (is_sentence && !inner.ends_with(['s', 'S', 'z', 'x']))
}

/// The first mark behind byte `from` that opens a quotation where it stands.
fn next_opening(plain: &str, from: usize) -> Option<(usize, OpeningMark<'_>)> {
    plain[from..].char_indices().find_map(|(at, c)| {
        // The letters are most of a text.
        if c.is_ascii_alphanumeric() || c == ' ' {
            return None;
        }
        let mark = mark(c).filter(|mark| mark.is_quotation())?;
        Some((from + at, OpeningMark::at(plain, from + at, mark)?))
    })
}

/// True if a quotation in single marks may begin with `c`.
fn is_begun_by(c: char) -> bool {
    c.is_alphanumeric()
        || mark(c).is_some_and(|mark| mark.side != DelimiterSide::Closing)
        || matches!(c, '\u{2026}' | '.' | '$')
}

/// True if `text` goes on with what an apostrophe stands before: a decade, or a word that is clipped.
fn is_clipped(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let word = &text[..end];
    let decade = word.strip_suffix('s').unwrap_or(word);
    let is_year = decade.len() == 2 && decade.bytes().all(|byte| byte.is_ascii_digit());
    let is_closed = text[end..].starts_with(is_closing);
    (is_year && !is_closed) || CLIPPED.iter().any(|clipped| clipped.eq_ignore_ascii_case(word))
}

/// True if the mark between these bytes stands behind a word and not within one.
fn closes_word(plain: &str, at: usize, end: usize) -> bool {
    !plain[..at].ends_with(char::is_whitespace) && !plain[end..].starts_with(char::is_alphanumeric)
}

/// True if the mark between the two texts is the apostrophe of a plural: a noun follows.
fn is_possessive(before: &str, after: &str) -> bool {
    let noun = after.strip_prefix(' ').filter(|rest| rest.starts_with(char::is_alphabetic));
    let Some(noun) = noun.filter(|_| before.ends_with(['s', 'S', 'z', 'x'])) else {
        return false;
    };
    let end = noun.find(|c: char| !c.is_alphabetic()).unwrap_or(noun.len());
    !NO_NOUNS.contains(&noun[..end].to_lowercase().as_str())
}

pub(super) fn is_verb_of_speech(word: &str) -> bool {
    SAYS.contains(&word.to_lowercase().as_str())
}

/// True if a paragraph of a quotation may begin with `c`.
pub(super) fn is_first(c: char) -> bool {
    !c.is_alphanumeric()
        && mark(c).is_some_and(|mark| {
            mark.opens() && mark.is_quotation() && (mark.make == Make::Double || mark.side == DelimiterSide::Opening)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("‘“Small” words’ they said", &["‘“Small” words’"]),
            // The number of a footnote may stand behind it.
            ("\"It is so.\"1 Then it went on.", &["\"It is so.\""]),
            // Between spaces a mark opens nothing.
            ("a \" b\" c", &[]),
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
            ("the ‘U.S. partners’ role", &["‘U.S. partners’"]),
            // A mark that was forgotten is not closed by a possessive far behind.
            ("the 'new way is this: both shall meet. It is the leaders' own.", &[]),
            ("the ‘new way is this: both shall meet. It is the leaders’ own.", &[]),
            ("the 'new way is this. It is the leaders'.", &[]),
            ("the ‘new way is this, as in the leaders’ view.", &[]),
            ("the 'new way is this. It is the 'old way' of all", &["'old way'"]),
            ("Since the ‘90s the two sides meet. It is the leaders’ view.", &[]),
            ("a ‘5G’ network and a ‘24’ mark", &["‘5G’", "‘24’"]),
            // Several sentences.
            ("He said ‘we came. We saw.’ and left", &["‘we came. We saw.’"]),
            ("He said: 'We came. We saw the leaders' view.' and left", &["'We came. We saw the leaders' view.'"]),
            ("He said: ‘We came. The leaders saw it’.", &["‘We came. The leaders saw it’"]),
            ("it’s ‘Korea’s word’, isn’t it", &["‘Korea’s word’"]),
            ("Côte d’Ivoire’s and Côte d'Ivoire's ports", &[]),
            ("18.00” N and 6\" of rain", &[]),
            ("the rock ’n’ roll years", &[]),
            ("minutes ('), seconds, and all of it’ so", &[]),
            ("the ‘new way is this: both shall meet. It is the partner’ of it", &[]),
        ];
        for (plain, expected) in cases {
            assert_eq!(quoted(plain), *expected, "{plain}");
        }
    }

    #[test]
    fn a_mark_far_behind_a_plural_does_not_close_what_the_plural_may_have_closed() {
        let with = |words: usize| format!("the ‘junior partners’ {}role of each’ that", "own ".repeat(words));
        assert_eq!(quoted(&with(2)), ["‘junior partners’ own own role of each’"]);
        assert_eq!(quoted(&with(200)), ["‘junior partners’"]);
    }

    #[test]
    fn a_mark_that_opens_again_begins_anew() {
        assert_eq!(quoted("“one and “two” three"), ["“two”"]);
        assert_eq!(quoted("“one and «two» three"), ["«two»"]);
        assert_eq!(quoted("“one and \"two\" three"), ["\"two\""]);
        assert_eq!(quoted("“one and «two» and “three” four"), ["«two»", "“three”"]);
        assert_eq!(quotations("so “it goes on").open, Some((3, '“')));
        assert_eq!(quotations("so “it” ends").open, None);
        assert_eq!(quotations("so “it “goes on").unclosed, Some(3));
        assert_eq!(quotations("so “it goes “on” ends").unclosed, Some(3));
        assert_eq!(quotations("so “it” ends, as 'it does").unclosed, None);
    }

    #[test]
    fn a_long_text_of_marks_is_read_once() {
        for marks in [
            "‘a “b «c ‹d „e 'f ",
            "'as' x ",
            "'as x' ",
            "\"a \"b ",
            "‘as’ x ",
            "the 'leaders' view, ",
            "`a' ",
            "-'as' x ",
            "'$as' x ",
        ] {
            // Minutes, where what follows is read again for each mark.
            let plain = marks.repeat(20_000);
            let found = quotations(&plain);
            assert!(found.closed.is_sorted_by(|one, other| one.end() <= other.start()), "{marks}");
        }
    }
}
