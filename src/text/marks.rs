//! Quotation marks and brackets: one table for folding, for quotations, for the ends of sentences and for fixing.
//!
//! Every part that has to know whether a character opens or closes something asks here: [`super::class`] for what the mark is
//! folded to, the recogniser of quotations for the pairs that nations write, the end of a sentence for what may stand behind the
//! full stop, and the fixer for the marks that a change must leave in pairs and for what may stand between an article and its
//! noun. What is only sometimes typed for a mark, such as a prime, is known to [`super::class`] alone.
//!
//! A mark is one character. Two that are typed for one, as in ``` ``so'' ```, are two single marks in a row.

/// The class of a character in folding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Part of the text.
    Text,
    /// White space.
    Space,
    /// A hyphen or minus sign, or an en dash: one space when it is closed up, a clause break between spaces.
    Hyphen,
    /// An em dash or its like: always a clause break.
    Dash,
    /// `_`: nothing at the edge of a word, one space inside.
    LowLine,
    /// `[`, a bracket of a text under negotiation: nothing.
    Open,
    /// `]`.
    Close,
    /// Nothing at all.
    Nothing,
    /// An apostrophe or single quotation mark: kept between two letters, nothing elsewhere.
    Apostrophe,
}

/// The side of the words that a mark stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DelimiterSide {
    /// It stands before them.
    Opening,
    /// It stands behind them.
    Closing,
    /// It stands before or behind them: straight marks and accents.
    Either,
}

/// The thing that a mark makes of the words that it encloses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Make {
    /// A quotation, by a mark that is an apostrophe as well, or half of a double one.
    Single,
    /// A quotation.
    Double,
    /// A bracket, of any shape.
    Bracket,
}

/// A quotation mark or a bracket.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Delimiter {
    /// The character.
    pub(crate) char: char,
    /// Its side in English, or in the language that it is made for.
    pub(crate) side: DelimiterSide,
    /// The thing that it makes of the words.
    pub(crate) make: Make,
    /// The marks that close what it opens, the usual one first; empty where it opens nothing in any language.
    pub(crate) closed_by: &'static [char],
    /// Its class in folding.
    pub(super) class: Class,
}

impl Delimiter {
    /// True if it opens something in some language: `”` does in Swedish, `»` in Danish and in German books.
    pub(crate) fn opens(&self) -> bool {
        !self.closed_by.is_empty()
    }

    /// True if it closes something in some language: `“` does in German.
    pub(crate) fn closes(&self) -> bool {
        self.side != DelimiterSide::Opening || MARKS.iter().any(|other| other.is_closed_by(self.char))
    }

    /// True if `closing` may close what it opens.
    pub(crate) fn is_closed_by(&self, closing: char) -> bool {
        self.closed_by.contains(&closing)
    }

    /// True if it is a quotation mark.
    pub(crate) fn is_quotation(&self) -> bool {
        self.make != Make::Bracket
    }
}

/// The mark that `c` is.
pub(crate) fn mark(c: char) -> Option<&'static Delimiter> {
    MARKS.binary_search_by_key(&c, |mark| mark.char).ok().map(|at| &MARKS[at])
}

/// True if `c` is a mark that stands before words in English: one that opens, or a straight one.
pub(crate) fn is_opening(c: char) -> bool {
    mark(c).is_some_and(|mark| mark.side != DelimiterSide::Closing)
}

/// True if `c` is a mark that stands nowhere but before words in English.
pub(crate) fn is_opening_alone(c: char) -> bool {
    mark(c).is_some_and(|mark| mark.side == DelimiterSide::Opening)
}

/// True if a quotation mark may stand behind words.
pub(crate) fn closes_quotation(c: char) -> bool {
    mark(c).is_some_and(|mark| mark.is_quotation() && mark.closes())
}

/// True if `c` is a mark that stands behind words in English: one that closes, or a straight one.
pub(crate) fn is_closing(c: char) -> bool {
    mark(c).is_some_and(|mark| mark.side != DelimiterSide::Opening)
}

/// A mark before the words.
const fn opening(char: char, make: Make, closed_by: &'static [char], class: Class) -> Delimiter {
    Delimiter { char, side: DelimiterSide::Opening, make, closed_by, class }
}

/// A mark behind the words, in English at least.
const fn closing(char: char, make: Make, closed_by: &'static [char], class: Class) -> Delimiter {
    Delimiter { char, side: DelimiterSide::Closing, make, closed_by, class }
}

/// A mark on both sides of the words.
const fn straight(char: char, make: Make, closed_by: &'static [char], class: Class) -> Delimiter {
    Delimiter { char, side: DelimiterSide::Either, make, closed_by, class }
}

/// All marks, in the order of their characters.
pub(super) const MARKS: &[Delimiter] = {
    use Class::{Apostrophe, Close, Nothing, Open, Text};
    use Make::{Bracket, Double, Single};
    &[
        straight('"', Double, &['"'], Nothing),
        straight('\'', Single, &['\''], Apostrophe),
        opening('(', Bracket, &[')'], Text),
        closing(')', Bracket, &[], Text),
        opening('[', Bracket, &[']'], Open),
        closing(']', Bracket, &[], Close),
        straight('`', Single, &['\'', '`', '\u{b4}', '\u{2019}'], Apostrophe),
        opening('{', Bracket, &['}'], Text),
        closing('}', Bracket, &[], Text),
        // «so», and »so« in Danish.
        opening('\u{ab}', Double, &['\u{bb}'], Nothing),
        straight('\u{b4}', Single, &['\u{b4}', '\''], Apostrophe),
        closing('\u{bb}', Double, &['\u{ab}', '\u{bb}'], Nothing),
        // ‘so’, ‚so‘ in German, ’so’ in Swedish, ‛so’ with a mark turned over.
        opening('\u{2018}', Single, &['\u{2019}', '\''], Apostrophe),
        closing('\u{2019}', Single, &['\u{2019}'], Apostrophe),
        opening('\u{201a}', Single, &['\u{2018}', '\u{2019}'], Apostrophe),
        opening('\u{201b}', Single, &['\u{2019}', '\u{2018}'], Apostrophe),
        // “so”, „so“ in German, „so” in Polish, ”so” in Swedish, ‟so” with a mark turned over.
        opening('\u{201c}', Double, &['\u{201d}', '"'], Nothing),
        closing('\u{201d}', Double, &['\u{201d}'], Nothing),
        opening('\u{201e}', Double, &['\u{201c}', '\u{201d}', '\u{201f}'], Nothing),
        opening('\u{201f}', Double, &['\u{201d}', '\u{201c}'], Nothing),
        // ‹so›, and ›so‹ in Danish.
        opening('\u{2039}', Single, &['\u{203a}'], Apostrophe),
        closing('\u{203a}', Single, &['\u{2039}', '\u{203a}'], Apostrophe),
        // Chinese and Japanese: 〈〉《》「」『』【】〔〕 and 〝〞〟.
        opening('\u{3008}', Bracket, &['\u{3009}'], Text),
        closing('\u{3009}', Bracket, &[], Text),
        opening('\u{300a}', Bracket, &['\u{300b}'], Text),
        closing('\u{300b}', Bracket, &[], Text),
        opening('\u{300c}', Double, &['\u{300d}'], Text),
        closing('\u{300d}', Double, &[], Text),
        opening('\u{300e}', Double, &['\u{300f}'], Text),
        closing('\u{300f}', Double, &[], Text),
        opening('\u{3010}', Bracket, &['\u{3011}'], Text),
        closing('\u{3011}', Bracket, &[], Text),
        opening('\u{3014}', Bracket, &['\u{3015}'], Text),
        closing('\u{3015}', Bracket, &[], Text),
        opening('\u{301d}', Double, &['\u{301e}', '\u{301f}'], Nothing),
        closing('\u{301e}', Double, &[], Nothing),
        closing('\u{301f}', Double, &[], Nothing),
        // Forms for vertical and half-width text.
        opening('\u{fe41}', Double, &['\u{fe42}'], Text),
        closing('\u{fe42}', Double, &[], Text),
        opening('\u{fe43}', Double, &['\u{fe44}'], Text),
        closing('\u{fe44}', Double, &[], Text),
        opening('\u{fe47}', Bracket, &['\u{fe48}'], Open),
        closing('\u{fe48}', Bracket, &[], Close),
        straight('\u{ff02}', Double, &['\u{ff02}'], Nothing),
        straight('\u{ff07}', Single, &['\u{ff07}'], Apostrophe),
        opening('\u{ff08}', Bracket, &['\u{ff09}'], Text),
        closing('\u{ff09}', Bracket, &[], Text),
        opening('\u{ff3b}', Bracket, &['\u{ff3d}'], Open),
        closing('\u{ff3d}', Bracket, &[], Close),
        straight('\u{ff40}', Single, &['\u{ff07}', '\u{ff40}'], Apostrophe),
        opening('\u{ff5b}', Bracket, &['\u{ff5d}'], Text),
        closing('\u{ff5d}', Bracket, &[], Text),
        opening('\u{ff62}', Double, &['\u{ff63}'], Text),
        closing('\u{ff63}', Double, &[], Text),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_every_pair_is_in_it() {
        assert!(MARKS.is_sorted_by(|one, other| one.char < other.char));
        for mark in MARKS {
            assert!(mark.opens() || mark.closes(), "{mark:?}");
            for closing in mark.closed_by {
                let other = super::mark(*closing).unwrap();
                assert!(other.closes() && other.make == mark.make, "{mark:?} {other:?}");
            }
        }
    }

    #[test]
    fn marks_open_and_close_as_nations_write_them() {
        let pairs = [
            "“”", "””", "„“", "„”", "‟”", "\"\"", "«»", "»«", "‹›", "›‹", "‘’", "’’", "‚‘", "‚’", "‛’", "''", "`'",
            "´´", "「」", "『』", "〝〟", "＂＂", "＇＇", "()", "[]", "{}", "［］", "（）", "〔〕",
        ];
        for pair in pairs {
            let mut both = pair.chars();
            let (open, close) = (both.next().unwrap(), both.next().unwrap());
            assert!(mark(open).unwrap().is_closed_by(close), "{pair}");
            assert!(mark(close).unwrap().closes(), "{pair}");
        }
        for apart in ["“»", "(]", "‘”", ")(", "[［"] {
            let mut both = apart.chars();
            let (open, close) = (both.next().unwrap(), both.next().unwrap());
            assert!(!mark(open).unwrap().is_closed_by(close), "{apart}");
        }
    }

    #[test]
    fn a_side_is_that_of_english() {
        for (c, opens, closes) in [
            ('“', true, false),
            ('”', false, true),
            ('"', true, true),
            ('[', true, false),
            ('’', false, true),
            ('a', false, false),
        ] {
            assert_eq!((is_opening(c), is_closing(c)), (opens, closes), "{c}");
        }
    }

    #[test]
    fn a_mark_opens_or_closes_what_it_does_in_some_language() {
        let cases = [
            ('(', true, false),
            (')', false, true),
            ('\u{201e}', true, false),
            ('\u{201c}', true, true),
            ('\u{201d}', true, true),
            ('\u{bb}', true, true),
            ('\u{300d}', false, true),
        ];
        for (c, opens, closes) in cases {
            let found = mark(c).map(|mark| (mark.opens(), mark.closes()));
            assert_eq!(found, Some((opens, closes)), "{c}");
        }
    }
}
