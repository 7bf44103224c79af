//! From the text of a phrase to its tree.

use std::borrow::Cow;
use std::ops::Range;

use icu_normalizer::ComposingNormalizerBorrowed;

use super::lists::PhraseLists;
use super::tree::{ItemKind, PhraseItem, Sequence, depth, size};
use crate::rule::kebab_case::is_kebab_case;
use crate::text::class::{is_invisible, joins};

/// The most words that a gap may span.
const MAX_GAP: u8 = 20;

/// The deepest nesting of groups.
const MAX_DEPTH: usize = 16;

/// The most words, gaps and groups that one phrase may have, those of its lists among them.
pub(crate) const MAX_ITEMS: usize = 512;

/// A fault of a phrase.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(crate) struct PhraseError {
    /// The bytes of the phrase that are wrong.
    pub(crate) at: Range<usize>,
    pub(crate) message: String,
    pub(crate) help: Cow<'static, str>,
}

/// Reads a phrase of a pack with these lists.
///
/// # Errors
/// What is wrong, where, and what to write instead.
pub(crate) fn parse(phrase: &str, lists: &PhraseLists) -> Result<Sequence, PhraseError> {
    let mut parser = Parser { phrase, lists, at: 0, depth: 0, listed: 0 };
    let items = parser.sequence()?;
    if parser.at < phrase.len() {
        let message = match parser.peek() {
            Some('|') => "`|` stands outside of parentheses",
            _ => "this `)` closes nothing",
        };
        return Err(parser.error_here(message, "alternatives are written (a|b)"));
    }
    if items.is_empty() {
        return Err(error(0..phrase.len(), "the phrase is empty", "write the wording to look for"));
    }
    check_gaps(&items, phrase)?;
    Ok(items)
}

/// Reads a wording of a list, which may name the lists that there are already.
///
/// # Errors
/// As [`parse`].
pub(crate) fn parse_listed(wording: &str, lists: &PhraseLists) -> Result<Sequence, PhraseError> {
    let tree = parse(wording, lists)?;
    if depth(&tree) > MAX_DEPTH {
        let help = "write the wordings of the lists in it out";
        return Err(error(0..wording.len(), "with its lists the wording is nested too deep", help));
    }
    Ok(tree)
}

/// The first sign of phrases in a text that is written as it stands, in bytes: `|` between parentheses, `)?`, the gap `*3`, and `~`
/// unless the text may be inflected, and the list `{name}`.
pub(crate) fn sign(text: &str, may_be_inflected: bool) -> Option<Range<usize>> {
    text.char_indices().find_map(|(at, c)| {
        let rest = &text[at + c.len_utf8()..];
        let is_inside = || {
            let opened = text[..at].rfind('(').is_some_and(|open| !text[open..at].contains(')'));
            opened && rest.find(')').is_some_and(|close| !rest[..close].contains('('))
        };
        let is_gap = || rest.starts_with(|c: char| c.is_ascii_digit()) && !text[..at].ends_with(|c: char| c != ' ');
        match c {
            '|' if is_inside() => Some(at..at + 1),
            ')' if rest.starts_with('?') => Some(at..at + 2),
            '*' if is_gap() => Some(at..at + 2),
            '~' if !may_be_inflected => Some(at..at + 1),
            // `${1}` is a group of a regular expression.
            '{' if !text[..at].ends_with('$') => {
                rest.find('}').filter(|&len| is_kebab_case(&rest[..len])).map(|len| at..at + len + 2)
            }
            _ => None,
        }
    })
}

fn error(at: Range<usize>, message: impl Into<String>, help: impl Into<Cow<'static, str>>) -> PhraseError {
    PhraseError { at, message: message.into(), help: help.into() }
}

fn check_gaps(items: &Sequence, phrase: &str) -> Result<(), PhraseError> {
    let is_gap = |item: Option<&PhraseItem>| matches!(item.map(|item| &item.kind), Some(ItemKind::Gap(_)));
    if is_gap(items.first()) || is_gap(items.last()) {
        return Err(error(0..phrase.len(), "a phrase neither begins nor ends with a gap", "put words around `*N`"));
    }
    if items.windows(2).any(|pair| is_gap(pair.first()) && is_gap(pair.last())) {
        return Err(error(0..phrase.len(), "two gaps stand side by side", "write one gap, such as `*3`"));
    }
    Ok(())
}

struct Parser<'p> {
    phrase: &'p str,
    lists: &'p PhraseLists,
    at: usize,
    depth: usize,
    /// The number of words, gaps and groups that lists have brought into the phrase.
    listed: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.phrase[self.at..].chars().next()
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    fn error_here(&self, message: &str, help: &'static str) -> PhraseError {
        let len = self.peek().map_or(0, char::len_utf8);
        error(self.at..self.at + len, message, help)
    }

    fn sequence(&mut self) -> Result<Sequence, PhraseError> {
        let mut items: Sequence = Vec::new();
        let mut glued = false;
        while let Some(c) = self.peek() {
            if c.is_whitespace() {
                self.at += c.len_utf8();
                glued = false;
                continue;
            }
            let kind = match c {
                '|' | ')' => break,
                '(' => self.group()?,
                '{' => self.list()?,
                '*' => self.gap(glued)?,
                '~' => {
                    return Err(
                        self.error_here("`~` stands behind no word", "write it right behind the word: contain~")
                    );
                }
                '?' => {
                    return Err(
                        self.error_here("`?` stands behind no group", "write (word)? for a word that may be missing")
                    );
                }
                _ => self.word(glued)?,
            };
            if glued && matches!(items.last(), Some(PhraseItem { kind: ItemKind::Gap(_), .. })) {
                return Err(self.error_here("a gap is glued to a word", "put spaces around `*N`"));
            }
            items.push(PhraseItem { kind, glued: glued && !items.is_empty() });
            glued = true;
        }
        Ok(items)
    }

    fn group(&mut self) -> Result<ItemKind, PhraseError> {
        let open = self.at;
        self.at += 1;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(error(open..open + 1, "the parentheses are nested too deep", "split the phrase into several"));
        }
        let mut alternatives = Vec::new();
        loop {
            let start = self.at;
            let items = self.sequence()?;
            if items.is_empty() {
                let at = start..(self.at + 1).min(self.phrase.len());
                return Err(error(at, "an alternative is empty", "write (a)? for a word that may be missing"));
            }
            check_gaps(&items, &self.phrase[..self.at])?;
            alternatives.push(items);
            if self.take('|') {
                continue;
            }
            if self.take(')') {
                break;
            }
            return Err(error(open..open + 1, "this `(` is never closed", "close it with `)`, or write `\\(`"));
        }
        self.depth -= 1;
        self.choice(alternatives)
    }

    /// `{name}`: the wordings of a list.
    fn list(&mut self) -> Result<ItemKind, PhraseError> {
        let open = self.at;
        let Some(len) = self.phrase[open + 1..].find('}') else {
            let help = "a list is written {name}; for a brace write `\\{`";
            return Err(error(open..open + 1, "this `{` is never closed", help));
        };
        let name = &self.phrase[open + 1..open + 1 + len];
        self.at = open + len + 2;
        let lists = self.lists;
        let read = |wording: &str| parse_listed(wording, lists).unwrap_or_default();
        let Some(alternatives) = lists.get(name, read) else {
            return Err(error(open..self.at, format!("there is no list `{name}`"), self.lists.help()));
        };
        self.listed += alternatives.iter().map(size).sum::<usize>();
        if self.listed > MAX_ITEMS {
            let message = format!("with its lists the phrase has more than {MAX_ITEMS} words");
            return Err(error(open..self.at, message, "split it into several phrases, or the list into several lists"));
        }
        self.choice(alternatives.to_vec())
    }

    /// What may stand behind alternatives: `~` and `?`.
    fn choice(&mut self, mut alternatives: Vec<Sequence>) -> Result<ItemKind, PhraseError> {
        let close = self.at;
        if self.take('~') && !inflect_all(&mut alternatives) {
            let help = "write the `~` behind the word inside: (carry~ out|undertake~)";
            return Err(error(close..close + 1, "`~` stands behind alternatives of more than one word", help));
        }
        let optional = self.take('?');
        Ok(ItemKind::Group { alternatives, optional })
    }

    fn gap(&mut self, glued: bool) -> Result<ItemKind, PhraseError> {
        let start = self.at;
        self.at += 1;
        let digits = self.phrase[self.at..].bytes().take_while(u8::is_ascii_digit).count();
        let words = self.phrase[self.at..self.at + digits].parse::<u8>();
        self.at += digits;
        match words {
            Ok(words @ 1..=MAX_GAP) if !glued => Ok(ItemKind::Gap(words)),
            Ok(_) if glued => Err(error(start..self.at, "a gap is glued to a word", "put spaces around `*N`")),
            _ => Err(error(
                start..self.at,
                format!("`*` needs a number of words from 1 to {MAX_GAP}"),
                "write `*3` for up to three words, or `\\*` for an asterisk",
            )),
        }
    }

    fn word(&mut self, glued: bool) -> Result<ItemKind, PhraseError> {
        let start = self.at;
        let exact = !glued && self.take('=');
        let mut text = String::new();
        while let Some(c) = self.peek() {
            if c.is_whitespace() || matches!(c, '(' | ')' | '{' | '|' | '~' | '*' | '?') {
                break;
            }
            self.at += c.len_utf8();
            if c != '\\' {
                text.push(c);
                continue;
            }
            let Some(escaped) = self.peek() else {
                return Err(error(self.at - 1..self.at, "`\\` stands before nothing", "write `\\\\` for a backslash"));
            };
            text.push(escaped);
            self.at += escaped.len_utf8();
        }
        if text.is_empty() {
            return Err(error(start..self.at, "`=` stands before no word", "write it right before the word: =ROK"));
        }
        if glued && text.chars().find(|&c| !is_invisible(c)).is_some_and(joins) {
            let help = "write it behind a letter, in each alternative by itself";
            return Err(error(start..self.at, "an accent or another mark stands on no letter", help));
        }
        // File systems and editors of macOS part letters from their accents.
        let text = ComposingNormalizerBorrowed::new_nfc().normalize(&text).into_owned();
        let inflected = self.take('~');
        if inflected && !text.ends_with(char::is_alphabetic) {
            return Err(error(start..self.at, "`~` stands behind no word", "write it right behind the word: contain~"));
        }
        Ok(ItemKind::Word { text, inflected, exact })
    }
}

/// Puts `~` on every alternative but those that have it on a word of theirs; `false` if another is more than a word.
fn inflect_all(alternatives: &mut [Sequence]) -> bool {
    let is_inflected =
        |items: &Sequence| items.iter().any(|item| matches!(item.kind, ItemKind::Word { inflected: true, .. }));
    alternatives.iter_mut().filter(|items| !is_inflected(items)).all(|items| match items.as_mut_slice() {
        [PhraseItem { kind: ItemKind::Word { inflected, .. }, .. }] => {
            *inflected = true;
            true
        }
        [PhraseItem { kind: ItemKind::Group { alternatives, .. }, .. }] => inflect_all(alternatives),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_of_phrases_is_seen_in_what_is_no_phrase() {
        let cases = [
            ("Organi(s|z)ation", Some("|")),
            ("the (Asia-Pacific)? region", Some(")?")),
            ("peace *2 stability", Some("*2")),
            ("*2 x", Some("*2")),
            ("welcome~", Some("~")),
            ("to {china}", Some("{china}")),
            ("to {China}", None),
            ("${1}ence", None),
            ("peace (and stability)", None),
            ("a|b (c) | d", None),
            ("the plan* of 2*2 (which?)", None),
        ];
        for (text, expected) in cases {
            assert_eq!(sign(text, false).map(|at| &text[at]), expected, "{text}");
        }
        assert_eq!(sign("welcome~ peace", true), None);
    }

    #[test]
    fn a_bad_phrase_is_refused_at_the_place() {
        let cases = [
            ("", 0..0, "the phrase is empty"),
            ("China|PRC", 5..6, "`|` stands outside of parentheses"),
            ("China) x", 5..6, "this `)` closes nothing"),
            ("the (China x", 4..5, "this `(` is never closed"),
            ("((((((((((((((((( x", 16..17, "the parentheses are nested too deep"),
            ("(China|) x", 7..8, "an alternative is empty"),
            ("China ~", 6..7, "`~` stands behind no word"),
            ("China? x", 5..6, "`?` stands behind no group"),
            ("contain * China", 8..9, "`*` needs a number of words from 1 to 20"),
            ("contain *99 China", 8..11, "`*` needs a number of words from 1 to 20"),
            ("contain*3 China", 7..9, "a gap is glued to a word"),
            ("*3 China", 0..8, "a phrase neither begins nor ends with a gap"),
            ("a *3 *2 b", 0..9, "two gaps stand side by side"),
            ("(enter into|come)~ force", 17..18, "`~` stands behind alternatives of more than one word"),
            ("= ROK", 0..1, "`=` stands before no word"),
            ("a\\", 1..2, "`\\` stands before nothing"),
            ("{china policy", 0..1, "this `{` is never closed"),
            ("the {chian} policy", 4..11, "there is no list `chian`"),
            ("{china}~ policy", 7..8, "`~` stands behind alternatives of more than one word"),
            ("(a|b)\u{308}", 5..7, "an accent or another mark stands on no letter"),
            ("(a|b)\u{200d}\u{308} c", 5..10, "an accent or another mark stands on no letter"),
            ("(accord)?\u{301}", 9..11, "an accent or another mark stands on no letter"),
            ("accord~\u{301}s", 7..10, "an accent or another mark stands on no letter"),
        ];
        for (phrase, at, message) in cases {
            let found = parse(phrase, &lists()).unwrap_err();
            assert_eq!((found.at, found.message.as_str()), (at, message), "{phrase:?}");
        }
    }

    #[test]
    fn a_letter_and_its_accent_are_one_however_they_are_stored() {
        let parse = |phrase: &str| parse(phrase, &lists());
        assert_eq!(parse("prote\u{301}ge\u{301}~ (de\u{301}tente|x)"), parse("prot\u{e9}g\u{e9}~ (d\u{e9}tente|x)"));
    }

    #[test]
    fn special_characters_can_be_escaped() {
        for (phrase, expected) in [("\\(China\\)", "(China)"), ("\\{china}", "{china}")] {
            let PhraseItem { kind: ItemKind::Word { text, .. }, .. } = &parse(phrase, &lists()).unwrap()[0] else {
                panic!("not a word");
            };
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn a_list_is_a_group_of_its_wordings() {
        let parse = |phrase: &str| parse(phrase, &lists()).unwrap();
        for (phrase, group) in [
            ("{china} policy", "(China|(the)? PRC) policy"),
            ("{china}('s)? rise", "(China|(the)? PRC)('s)? rise"),
            ("{contain}~ ({china})?", "(contain|check)~ (China|(the)? PRC)?"),
            ("a {contain}? b", "a (contain|check)? b"),
            ("(carry~ out|do)~ it", "(carry~ out|do~) it"),
        ] {
            assert_eq!(show(&parse(phrase)), show(&parse(group)), "{phrase}");
        }
    }

    /// The tree of a phrase without groups around a single group.
    fn show(items: &Sequence) -> String {
        format!(
            "{:?}",
            crate::rule::phrase::expand::expand(items, &crate::rule::inflect::Inflector::default(), usize::MAX)
        )
    }

    fn lists() -> PhraseLists {
        let mut lists = PhraseLists::default();
        for (name, wordings) in [("china", ["China", "(the)? PRC"]), ("contain", ["contain", "check"])] {
            let wordings = wordings.map(|wording| parse_listed(wording, &lists).unwrap());
            lists.insert(name, wordings.to_vec());
        }
        lists
    }
}
