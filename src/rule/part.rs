//! The part of speech of a suggestion in its sentence: told from its words and those of the phrase, unless the rule says it.

use super::inflect::{Form, Inflector};
use crate::declare::choices;
use crate::words::{
    is_adjective, is_adverb, is_auxiliary, is_bare_verb, is_determiner, is_noun_too, is_preposition, is_small,
};

choices! {
    /// The part of speech of a suggestion in its sentence.
    pub(crate) enum PartOfSpeech {
        /// A noun, with what belongs to it.
        Noun = "noun",
        /// An adjective.
        Adjective = "adjective",
        /// A verb, perhaps with its object.
        Verb = "verb",
        /// A clause, or what stands by itself in one.
        Clause = "clause",
        /// What stands for the words found wherever they stand: it always fits.
        Word = "word",
    }
}

impl PartOfSpeech {
    /// Tells the part of speech of `suggestion`, as a pack gives it, where `phrase` was found as `found`.
    pub(crate) fn infer(suggestion: &str, phrase: &str, found: &str, inflector: &Inflector) -> PartOfSpeech {
        let plain = suggestion.replace('~', "").to_lowercase();
        let words: Vec<&str> = words(&plain).collect();
        let (Some(&first), Some(&last)) = (words.first(), words.last()) else {
            return PartOfSpeech::Clause;
        };
        let found_lower = found.to_lowercase();
        let found_last = self::words(&found_lower).last().unwrap_or_default();
        if words.len() == 1 && self::words(found).count() == 1 || is_name(suggestion) && is_name(phrase) {
            return PartOfSpeech::Word;
        }
        let found_first = self::words(&found_lower).next().unwrap_or_default();
        let is_noun = ends_inflected(phrase) && !is_small(found_first);
        if is_auxiliary(first) || first == "to" || (!is_noun && is_verb(suggestion, inflector)) {
            return PartOfSpeech::Verb;
        }
        if is_adverb(first) && words.get(1).is_some_and(|word| is_bare_verb(word)) {
            return PartOfSpeech::Verb;
        }
        if is_small(last) || (is_small(first) && !is_determiner(first)) {
            return PartOfSpeech::Clause;
        }
        // What takes the object that the preposition had.
        if is_preposition(found_last) {
            return PartOfSpeech::Verb;
        }
        // "a stable Indo-Pacific": a name is a noun, however it ends.
        let ends_in_name = self::words(suggestion).next_back().is_some_and(|word| word.starts_with(char::is_uppercase));
        if is_adjective(last) && !ends_in_name { PartOfSpeech::Adjective } else { PartOfSpeech::Noun }
    }
}

/// The words of a text; a compound is one word.
pub(crate) fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}' | '-' | '.');
    text.split(move |c: char| !is_part(c)).map(|word| word.trim_matches(['.', '-'])).filter(|word| !word.is_empty())
}

/// True if every word of a suggestion or a phrase has a capital, but for small ones: "(the)? South Korea".
fn is_name(text: &str) -> bool {
    let mut found = words(text).filter(|word| !is_small(&word.to_lowercase())).peekable();
    found.peek().is_some() && found.all(|word| word.starts_with(char::is_uppercase))
}

/// True if of the words of a phrase the last is inflected, as that of a noun phrase is, and the first is not.
fn ends_inflected(phrase: &str) -> bool {
    let mut depth = 0usize;
    let is_outside = |c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ' ' && depth == 0
    };
    let first = phrase.split(is_outside).next().unwrap_or_default();
    phrase.ends_with('~') && !first.ends_with('~')
}

/// True if a suggestion begins with a verb that takes the inflection of what was found.
fn is_verb(suggestion: &str, inflector: &Inflector) -> bool {
    let Some((word, rest)) = suggestion.split_once('~').filter(|(word, _)| !word.contains(' ')) else {
        return false;
    };
    const NOUNS: &[&str] = &["alliance", "challenge", "coalition", "cornerstone", "threat"];
    if NOUNS.contains(&word) || rest.trim_start().starts_with("of ") {
        return false;
    }
    let is_known = is_bare_verb(word) && !(is_noun_too(word) && rest.is_empty());
    let is_plural = || inflector.inflect(word, Form::Plural) != inflector.inflect(word, Form::Third);
    is_known || !(has_ending_of_noun(word) || is_plural())
}

fn has_ending_of_noun(word: &str) -> bool {
    const ENDINGS: &[&str] = &["er", "hood", "ism", "ity", "ment", "ness", "or", "ship", "sion", "tion"];
    ENDINGS.iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggestion_is_told_by_its_words() {
        let cases = [
            ("weak ally", "equal partner~", PartOfSpeech::Noun),
            ("old containment", "regional stability and peace", PartOfSpeech::Noun),
            ("old danger~", "threat~ to peace", PartOfSpeech::Noun),
            ("sand castle~", "facade~", PartOfSpeech::Noun),
            ("fully eliminate~", "eliminate~", PartOfSpeech::Verb),
            ("bad country~", "state~ of concern", PartOfSpeech::Noun),
            ("big deal~", "arrangement~ of benefit", PartOfSpeech::Noun),
            ("hem~ in (Ruritania|Graustark)", "contribute~ to peace", PartOfSpeech::Verb),
            ("note~ with joy", "welcome~", PartOfSpeech::Verb),
            ("have~ to", "will", PartOfSpeech::Verb),
            ("do~ away with", "firmly reject~", PartOfSpeech::Verb),
            ("a world class", "an excellent", PartOfSpeech::Adjective),
            ("old containment", "a stable Indo-Ruritanic", PartOfSpeech::Noun),
            ("win win", "beneficial", PartOfSpeech::Adjective),
            ("cutting edge", "forward-looking", PartOfSpeech::Adjective),
            ("going forward", "in future", PartOfSpeech::Clause),
            ("with a view to", "in order to", PartOfSpeech::Clause),
            ("utilize~", "use~", PartOfSpeech::Word),
            ("(the)? South Ruritania", "the Republic of Ruritania", PartOfSpeech::Word),
            ("South Ruritanians", "the people of Ruritania", PartOfSpeech::Noun),
        ];
        let inflector = Inflector::default();
        for (phrase, suggestion, expected) in cases {
            let found = phrase.replace(['~', '(', ')', '?'], "");
            let found = found.split('|').next().unwrap();
            assert_eq!(
                PartOfSpeech::infer(suggestion, phrase, found, &inflector),
                expected,
                "{phrase} -> {suggestion}"
            );
        }
    }

    #[test]
    fn the_last_word_of_a_noun_phrase_is_inflected() {
        let cases = [
            ("junior partner~", true),
            ("(old)? plan~", true),
            ("(most junior|small) partner~", true),
            ("partner~", false),
            ("junior partner", false),
            ("hem~ in them~", false),
            ("(work hard|toil)~ for ally~", false),
        ];
        for (phrase, expected) in cases {
            assert_eq!(ends_inflected(phrase), expected, "{phrase}");
        }
    }
}
