//! The words of a name: letters that stand for them, and parts of a name that look like two.

/// True if letters are the first ones of the words of a name, small words counted or not: "UNCLOS".
pub(super) fn is_short_for(letters: &str, name: &[&str]) -> bool {
    /// True for letters from `at` on and the words from `word` on.
    fn fits(letters: &[char], name: &[&str]) -> bool {
        let Some((word, rest)) = name.split_first() else {
            return letters.is_empty();
        };
        let own = letters.first().is_some_and(|letter| word.starts_with(*letter)) && fits(&letters[1..], rest);
        own || ((crate::words::is_small(word) || !word.contains(char::is_alphanumeric)) && fits(letters, rest))
    }
    let is_it = |letters: &str| {
        let letters: Vec<char> = letters.chars().collect();
        (2..=8).contains(&letters.len()) && name.len() <= 16 && fits(&letters, name)
    };
    // "HRDs".
    is_it(letters) || letters.strip_suffix('s').is_some_and(is_it)
}

/// True if two names that stand one behind the other are parts of one: what stands behind the letters for it, "World Trade
/// Organization (WTO) Agreement on Fisheries", and what "and" joins, "U.S. Food and Drug Administration".
pub(super) fn are_parts_of_one(name: &[&str], between: &[&str], other: &[&str]) -> bool {
    match between {
        ["(", letters, ")"] => is_short_for(&letters.replace('.', ""), name),
        ["and"] => is_one_over_and(name, other),
        _ => false,
    }
}

/// Nouns that a name ends with whose words "and" joins, besides those for documents and institutions.
const ENDS: &[&str] = &[
    "administration", "arrangement", "bank", "corporation", "facility", "framework", "fund", "initiative", "mechanism",
    "service",
];

/// True if two names that "and" parts are one: the first one has no noun at its end that could be one, and the second one has one
/// for both.
fn is_one_over_and(first: &[&str], second: &[&str]) -> bool {
    let is_end = |word: &str| ENDS.contains(&word) || crate::names::has_subjects(word);
    let (Some(last), Some(end)) = (first.last(), second.last()) else {
        return false;
    };
    let is_whole = first.len() == 1 || crate::names::named(&first.join(" ")).is_some();
    !is_whole && second.len() > 1 && !is_end(last) && is_end(end) && crate::names::tells(last)
}
