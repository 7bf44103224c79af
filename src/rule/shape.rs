//! Shapes: how the matches of a regular expression begin, character by character. A text that holds none of them holds no
//! match, so that the expression need not be compiled. The build script tells them; the program tests this file.

use regex_syntax::hir::{Class, Hir, HirKind};

use super::layout::TOLD;

/// The most shapes of one expression; with more, shorter ones have to do.
const MAX_SHAPES: usize = 64;

/// The characters that may stand at one place: ranges, both ends included, in order.
pub(crate) type Chars = Vec<(char, char)>;

/// The characters with which a match begins.
pub(crate) type Shape = Vec<Chars>;

/// Shapes of which every match of the expression begins with one; `None` if one may begin with anything.
pub(crate) fn shapes(hir: &Hir) -> Option<Vec<Shape>> {
    let up_to = |most: usize| {
        let found = MatchPrefixes::new().then(hir, most)?;
        let mut shapes: Vec<Shape> = found.0.into_iter().map(|beginning| beginning.chars).collect();
        shapes.sort();
        shapes.dedup();
        Some(shapes).filter(|shapes| shapes.iter().all(|shape| !shape.is_empty()))
    };
    (1..=TOLD).rev().find_map(up_to)
}

/// The most characters of which a match may have to hold one.
const MAX_NEEDED: usize = 8;

/// Characters of which every match of the expression holds one at least: marks, as letters stand in every text. `None` if there is
/// no such set, or only a large one.
pub(crate) fn needed(hir: &Hir) -> Option<Vec<char>> {
    let is_mark =
        |chars: &Vec<char>| chars.len() <= MAX_NEEDED && !chars.iter().any(|c| c.is_alphanumeric() || *c == ' ');
    let found = match hir.kind() {
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            text.chars().map(|c| vec![c]).find(|chars| is_mark(chars))
        }
        HirKind::Class(Class::Unicode(class)) => {
            Some(class.ranges().iter().flat_map(|range| range.start()..=range.end()).take(MAX_NEEDED + 1).collect())
        }
        HirKind::Capture(capture) => needed(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => needed(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(needed).min_by_key(Vec::len),
        HirKind::Alternation(parts) => {
            let each: Option<Vec<Vec<char>>> = parts.iter().map(needed).collect();
            let mut all = each?.concat();
            all.sort_unstable();
            all.dedup();
            Some(all)
        }
        _ => None,
    };
    found.filter(|chars| !chars.is_empty() && is_mark(chars))
}

/// A beginning of a match.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct MatchPrefix {
    chars: Shape,
    /// True if more characters follow that are not told.
    open: bool,
}

#[derive(Debug, Clone)]
struct MatchPrefixes(Vec<MatchPrefix>);

impl MatchPrefixes {
    fn new() -> MatchPrefixes {
        MatchPrefixes(vec![MatchPrefix { chars: Vec::new(), open: false }])
    }

    /// These beginnings, followed by the expression, as far as shapes of `most` characters tell it; `None` if there are too many.
    fn then(self, hir: &Hir, most: usize) -> Option<MatchPrefixes> {
        let mut found = match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => self,
            HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
                Ok(text) => text.chars().fold(self, |found, c| found.then_one_of(&vec![(c, c)], most)),
                Err(_) => self.opened(),
            },
            HirKind::Class(Class::Unicode(class)) => {
                let chars = class.ranges().iter().map(|range| (range.start(), range.end())).collect();
                self.then_one_of(&chars, most)
            }
            HirKind::Class(Class::Bytes(_)) => self.opened(),
            HirKind::Capture(capture) => self.then(&capture.sub, most)?,
            HirKind::Concat(parts) => parts.iter().try_fold(self, |found, part| found.then(part, most))?,
            HirKind::Alternation(parts) => {
                let each: Option<Vec<MatchPrefixes>> = parts.iter().map(|part| self.clone().then(part, most)).collect();
                MatchPrefixes(each?.into_iter().flat_map(|found| found.0).collect())
            }
            HirKind::Repetition(repetition) => {
                let least = (repetition.min as usize).min(most);
                let mut found = self;
                for _ in 0..least {
                    found = found.then(&repetition.sub, most)?;
                }
                match repetition.max.map(|max| max.saturating_sub(repetition.min)) {
                    Some(0) => found,
                    Some(1) => {
                        let more = found.clone().then(&repetition.sub, most)?;
                        MatchPrefixes(found.0.into_iter().chain(more.0).collect())
                    }
                    // Once more, or whatever follows.
                    _ => {
                        let more = found.clone().then(&repetition.sub, most)?.opened();
                        MatchPrefixes(found.0.into_iter().chain(more.0).collect())
                    }
                }
            }
        };
        found.0.sort();
        found.0.dedup();
        (found.0.len() <= MAX_SHAPES).then_some(found)
    }

    fn then_one_of(mut self, chars: &Chars, most: usize) -> MatchPrefixes {
        for beginning in self.0.iter_mut().filter(|beginning| !beginning.open) {
            beginning.chars.push(chars.clone());
            beginning.open = beginning.chars.len() >= most;
        }
        self
    }

    fn opened(mut self) -> MatchPrefixes {
        self.0.iter_mut().for_each(|beginning| beginning.open = true);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_tell_how_a_match_begins() {
        let show = |shape: &Shape| -> String {
            let each = shape.iter().map(|chars| match chars.as_slice() {
                [(a, b)] if a == b => a.to_string(),
                many => format!(
                    "<{}>",
                    many.iter()
                        .map(|(a, b)| if a == b { a.to_string() } else { format!("{a}-{b}") })
                        .collect::<String>()
                ),
            });
            each.collect()
        };
        let cases: &[(&str, &[&str])] = &[
            ("abc", &["abc"]),
            ("abcdefgh", &["abcde"]),
            ("a?bc+", &["abc", "abcc", "bc", "bcc"]),
            (r"\[ ?[A-Z]", &["[ <A-Z>", "[<A-Z>"]),
            ("(?:x|yz)w{2}", &["xww", "yzww"]),
            ("^[ab]*c$", &["<a-b>", "c"]),
        ];
        for (regex, expected) in cases {
            let mut found: Vec<String> =
                shapes(&regex_syntax::parse(regex).unwrap()).unwrap().iter().map(show).collect();
            found.sort();
            assert_eq!(found, *expected, "{regex}");
        }
        assert_eq!(shapes(&regex_syntax::parse(".*a").unwrap()).map(|s| s.len()), Some(2));
        assert!(shapes(&regex_syntax::parse("a?").unwrap()).is_none());
    }

    #[test]
    fn a_match_holds_what_is_needed() {
        let cases = [
            ("a\"b", Some("\"")),
            (r"\([^()]*$|^[^()]*\)", Some("()")),
            ("^[^\"]*(?:\"|[0-9]+\"(?: |$))[^\"]*$|\u{201c}[a-z]*$", Some("\"\u{201c}")),
            ("[,;]+a?", Some(",;")),
            (r"a\(?b", None),
            ("a|,", None),
            ("[^a]", None),
            ("ab c", None),
        ];
        for (regex, expected) in cases {
            let found = needed(&regex_syntax::parse(regex).unwrap()).map(|chars| chars.into_iter().collect::<String>());
            assert_eq!(found.as_deref(), expected, "{regex}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_text_that_matches_holds_a_shape(text in "[ab,. ]{0,12}", pick in 0usize..8) {
            let regex = ["a+b", r"([^,a]) ?\.", "(a|b,)*,a", ",,|b{2,3}", "(?i)A.?B", "[ab]+?,", "a(b|$)", "(ab|a)(, |.a)"][pick];
            let shapes = shapes(&regex_syntax::parse(regex).unwrap()).unwrap();
            let begins = |at: usize, shape: &Shape| {
                let mut rest = text[at..].chars();
                shape.iter().all(|chars| rest.next().is_some_and(|c| chars.iter().any(|r| r.0 <= c && c <= r.1)))
            };
            if let Some(found) = regex::Regex::new(regex).unwrap().find(&text) {
                let needed = needed(&regex_syntax::parse(regex).unwrap());
                proptest::prop_assert!(needed.is_none_or(|chars| found.as_str().contains(chars.as_slice())), "{regex}");
                proptest::prop_assert!(shapes.iter().any(|shape| begins(found.start(), shape)), "{regex}");
            }
        }
    }
}
