//! Text without which a rule has nothing to look for: told from a regular expression, so that it need not be compiled, or run,
//! where a draft has none of it. The program and its build script both tell it.
//!
//! A requirement is a list of clauses, each a list of texts: of every clause one text must be there.

use regex_syntax::hir::{Class, Hir, HirKind};

use crate::text::fold::fold_str;

/// The most clauses of one rule.
#[allow(dead_code, reason = "the build script holds the packs to it")]
pub(crate) const MAX_CLAUSES: usize = 64;

/// The most clauses that are told of an expression: each further one costs more than it spares.
const BEST: usize = 3;

/// The fewest bytes of a text that is looked for besides better ones: shorter ones are in every sentence.
pub(crate) const TELLING: usize = 4;

/// The share of a formula that must be there without `similarity`.
pub(crate) const SIMILARITY: f64 = 0.75;

/// Characters between the words of a formula.
pub(crate) const JOINTS: [char; 2] = [' ', '-'];

/// One of these texts must be there.
pub(crate) type Clause = Vec<String>;

/// Clauses of folded text that every match of the expression holds; none if that cannot be told.
pub(crate) fn required_by(hir: &Hir) -> Vec<Clause> {
    best(all_required(hir))
}

fn all_required(hir: &Hir) -> Vec<Clause> {
    match hir.kind() {
        HirKind::Concat(parts) => {
            let mut found = Vec::new();
            let mut run = String::new();
            for part in parts {
                match folded(part) {
                    Some(text) => run.push_str(&text),
                    None => {
                        found.extend(certain(&std::mem::take(&mut run)));
                        found.extend(all_required(part));
                    }
                }
            }
            found.extend(certain(&run));
            found
        }
        HirKind::Capture(capture) => all_required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => all_required(&repetition.sub),
        HirKind::Alternation(parts) => either(parts),
        _ => folded(hir).as_deref().and_then(certain).into_iter().collect(),
    }
}

/// The one clause of alternatives: the best of each.
fn either(parts: &[Hir]) -> Vec<Clause> {
    let all: Option<Vec<Clause>> = parts.iter().map(|part| required_by(part).into_iter().next()).collect();
    let Some(all) = all else {
        return Vec::new();
    };
    let mut texts = all.concat();
    texts.sort();
    texts.dedup();
    vec![texts]
}

/// The clauses that leave out most, the best first.
fn best(mut clauses: Vec<Clause>) -> Vec<Clause> {
    let shortest = |texts: &Clause| texts.iter().map(String::len).min().unwrap_or(0);
    clauses.sort_by_key(|texts| (std::cmp::Reverse(shortest(texts)), texts.len()));
    clauses.dedup();
    let telling = clauses.iter().take_while(|texts| shortest(texts) >= TELLING).count();
    clauses.truncate(telling.clamp(1, BEST));
    clauses
}

/// A mark for a character that folding may join with the one before it.
const BEYOND_ASCII: char = '\u{1}';

/// A mark for a character of which nothing may be left, or something else.
const UNSURE: char = '\u{2}';

/// The one text that all matches of an expression are once folded, if they are: a literal, the cases of one letter, white
/// space. White space and hyphens are a space here, which folding makes of them between two letters.
fn folded(hir: &Hir) -> Option<String> {
    let fold = |c: char| match c {
        // Two letters beyond ASCII that an expression without case matches, and that folding makes ASCII.
        '\u{17f}' => 's',
        '\u{212a}' => 'k',
        c if c.is_ascii_alphanumeric() => c.to_ascii_lowercase(),
        ' ' | '-' => ' ',
        c if c.is_ascii() => UNSURE,
        _ => BEYOND_ASCII,
    };
    match hir.kind() {
        HirKind::Literal(literal) => Some(std::str::from_utf8(&literal.0).ok()?.chars().map(fold).collect()),
        HirKind::Class(Class::Unicode(class)) => {
            let all = || class.ranges().iter().flat_map(|range| (range.start()..=range.end()).take(16)).take(64);
            if all().all(|c| c.is_whitespace() || c == '-') && all().any(|c| c == ' ') {
                return Some(" ".to_owned());
            }
            let mut chars = all().map(fold);
            let first = chars.next()?;
            (first.is_ascii_alphanumeric() && chars.take(8).all(|c| c == first)).then(|| first.to_string())
        }
        _ => None,
    }
}

/// The longest stretch of a folded text that folding is certain to leave together. What may be joined by a combining mark
/// behind it, in the expression or in a draft, is left out.
fn certain(text: &str) -> Option<Clause> {
    let sure = text.split(BEYOND_ASCII).map(|part| match part.char_indices().next_back() {
        Some((last, _)) => &part[..last],
        None => "",
    });
    let stretches = sure.flat_map(|part| part.split(UNSURE)).flat_map(|part| part.split("  "));
    let longest = stretches.map(|part| part.trim_matches(' ')).max_by_key(|part| part.len())?;
    (longest.len() >= 2).then(|| vec![longest.to_owned()])
}

/// The words of a formula, as the pack gives them and folded.
pub(crate) fn formula_words(formula: &str) -> Vec<(String, String)> {
    let words = formula.split(JOINTS).map(|word| (word.to_owned(), bare(&fold_str(word)).to_owned()));
    words.filter(|(_, folded)| !folded.is_empty()).collect()
}

/// Counts the words of a formula of so many words that may be changed, missing or added.
pub(crate) fn may_differ(words: usize, similarity: f64) -> usize {
    (words as f64 * (1.0 - similarity) + 1e-9).floor() as usize
}

/// True if a word of a formula tells enough to be looked for.
pub(crate) fn is_telling(folded: &str) -> bool {
    folded.len() >= 5
}

/// A folded word without the punctuation around it.
pub(crate) fn bare(word: &str) -> &str {
    word.trim_matches(is_punctuation)
}

/// True for a folded character that is no part of a word and no break between clauses.
pub(crate) fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric() && c != crate::text::fold::CLAUSE_BREAK
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_match_must_hold_is_told() {
        let cases: &[(&str, &[&[&str]])] = &[
            (r"\d+ per cent", &[&["per cen"]]),
            (r"(?i)\d+ GDP growth", &[&["gdp growt"]]),
            (r"(foo|bar)+baz\d", &[&["ba"]]),
            (r"\d+", &[]),
            (r"(tripling)?\d", &[]),
            (r"(?i)(MASGA|SKATER)\b", &[&["masg", "skate"]]),
            (r"(?i)a[bc]d é xyz", &[&["xy"]]),
            ("Cote\u{301} d", &[&["cot"]]),
            (r"entry\sinto[ -]force\b", &[&["entry into forc"]]),
            (r"(terms|conditions)\sof\s(this\s)?(memorandum|text)", &[&["condition", "term"]]),
            (r"a\.b  cd ef", &[&["cd e"]]),
        ];
        for (regex, expected) in cases {
            let found = required_by(&regex_syntax::parse(regex).unwrap());
            assert_eq!(found, *expected, "{regex}");
        }
    }
}
