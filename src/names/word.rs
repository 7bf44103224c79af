//! The words of a plain text, and what little the recognisers know of single words.

use crate::draft::class::is_invisible;

/// A word of a plain text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'t> {
    /// Its first byte.
    pub(super) start: usize,
    pub(super) text: &'t str,
}

impl Word<'_> {
    /// The byte behind it.
    pub(super) fn end(self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it begins with a capital.
    pub(super) fn is_capital(self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// Whether it has several letters, all of them capitals.
    pub(super) fn is_shouted(self) -> bool {
        self.text.chars().filter(|c| c.is_uppercase()).count() > 1 && !self.text.contains(char::is_lowercase)
    }
}

/// The words of `plain`: letters and digits, with the apostrophes and periods between them. A possessive ends a word, and so
/// does a period, but for one between single letters ("U.S").
pub(super) fn words(plain: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut chars = plain.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let begun = start.is_some_and(|start| start < at);
        let inside = is_letter(c)
            || (begun && is_invisible(c))
            || (begun && joins(&plain[..at], c, &plain[at + c.len_utf8()..]));
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(first), false) => {
                words.push(Word { start: first, text: &plain[first..at] });
                start = None;
            }
            _ => {}
        }
        if let (Some(first), None) = (start, chars.peek()) {
            words.push(Word { start: first, text: &plain[first..] });
        }
    }
    words
}

fn is_letter(c: char) -> bool {
    // A mark that is put on a letter by itself is of the letter.
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}')
}

/// Whether a word goes on across `c`.
fn joins(before: &str, c: char, after: &str) -> bool {
    let mut behind = after.chars();
    let Some(next) = behind.next().filter(|&next| is_letter(next)) else {
        return false;
    };
    match c {
        '\'' | '\u{2019}' | '\u{2bc}' => {
            let possessive = next == 's' && !behind.next().is_some_and(is_letter);
            !possessive
        }
        '.' => {
            let alone = before.chars().rev().take_while(|&c| is_letter(c)).count() == 1;
            alone && next.is_uppercase() && !behind.next().is_some_and(char::is_lowercase)
        }
        _ => false,
    }
}

/// Small words that stand between the words of one name. "In", "to" and "with" stand behind one far more often.
const JOINERS: &[&str] = &[
    "al", "and", "da", "das", "de", "del", "della", "der", "des", "di", "do", "dos", "du", "e", "el", "et", "for",
    "la", "le", "les", "of", "on", "the", "van", "von", "y",
];

/// Joiners that stand between two names more often than inside one, where one of the two is of a state or the like.
const PARTING: &[&str] = &["and", "on"];

/// Whether `word` may stand between words in capitals of one name.
pub(super) fn is_joiner(word: &str) -> bool {
    JOINERS.binary_search(&word).is_ok()
}

/// Whether `word` joins no name of a state to another.
pub(super) fn is_parting(word: &str) -> bool {
    PARTING.binary_search(&word).is_ok()
}

/// Titles, offices and the like, which make no other name of the name of a country that they stand before or behind.
const OFFICES: &[&str] = &[
    "administration",
    "adviser",
    "advisers",
    "advisor",
    "advisors",
    "agency",
    "ambassador",
    "ambassadors",
    "army",
    "authorities",
    "border",
    "bureau",
    "cabinet",
    "chair",
    "chairman",
    "chairperson",
    "chairwoman",
    "chancellor",
    "chargé",
    "commander",
    "commissioner",
    "congress",
    "consul",
    "consulate",
    "coordinator",
    "counsellor",
    "counselor",
    "counterpart",
    "court",
    "courts",
    "delegate",
    "delegation",
    "delegations",
    "department",
    "director",
    "economy",
    "embassy",
    "emir",
    "emperor",
    "envoy",
    "excellencies",
    "excellency",
    "force",
    "forces",
    "government",
    "governments",
    "governor",
    "head",
    "heads",
    "highness",
    "junta",
    "king",
    "leader",
    "leaders",
    "leadership",
    "majesty",
    "military",
    "minister",
    "ministers",
    "ministry",
    "mission",
    "monarch",
    "navy",
    "office",
    "officials",
    "parliament",
    "parties",
    "people",
    "peoples",
    "police",
    "premier",
    "president",
    "presidents",
    "prince",
    "princess",
    "queen",
    "regime",
    "representative",
    "representatives",
    "secretariat",
    "secretary",
    "senate",
    "side",
    "sides",
    "speaker",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "sultan",
    "troops",
    "undersecretary",
];

/// Words that are of an office where one follows: "Prime", "Foreign", "Armed".
const OF_OFFICES: &[&str] = &[
    "acting",
    "affairs",
    "air",
    "armed",
    "assistant",
    "chief",
    "crown",
    "culture",
    "defence",
    "defense",
    "deputy",
    "economic",
    "education",
    "energy",
    "environment",
    "external",
    "finance",
    "first",
    "foreign",
    "former",
    "general",
    "health",
    "high",
    "honorable",
    "honourable",
    "interior",
    "joint",
    "justice",
    "labor",
    "labour",
    "military",
    "national",
    "new",
    "outgoing",
    "permanent",
    "president",
    "prime",
    "royal",
    "security",
    "senior",
    "special",
    "state",
    "supreme",
    "trade",
    "under",
    "vice",
];

/// Whether `lower` is a title or an office.
pub(super) fn is_office(lower: &str) -> bool {
    OFFICES.binary_search(&lower).is_ok()
}

/// Whether `lower` is a word of an office that follows.
pub(super) fn is_of_office(lower: &str) -> bool {
    OF_OFFICES.binary_search(&lower).is_ok()
}

/// Words that say which part or which time of a state is meant, and make no other name of its name.
const QUALIFIERS: &[&str] = &[
    "ancient", "central", "colonial", "eastern", "greater", "lower", "mainland", "modern", "northern", "occupied",
    "postwar", "rural", "southern", "upper", "western",
];

/// Whether `lower` before the name of a state says which part or which time of it is meant.
pub(super) fn is_qualifier(lower: &str) -> bool {
    QUALIFIERS.binary_search(&lower).is_ok()
}

/// What stands before the name of a person only, in lower case without a period.
const HONORIFICS: &[&str] = &[
    "adm",
    "admiral",
    "amb",
    "brigadier",
    "capt",
    "captain",
    "col",
    "colonel",
    "congressman",
    "congresswoman",
    "dame",
    "dr",
    "gen",
    "hon",
    "judge",
    "lady",
    "lieutenant",
    "lord",
    "lt",
    "madam",
    "madame",
    "maj",
    "major",
    "miss",
    "mme",
    "mr",
    "mrs",
    "ms",
    "mx",
    "prof",
    "professor",
    "rep",
    "rev",
    "reverend",
    "sen",
    "senator",
    "sgt",
    "sir",
];

/// Whether `lower` stands before the name of a person.
pub(super) fn is_honorific(lower: &str) -> bool {
    HONORIFICS.binary_search(&lower).is_ok()
}

/// Words that are written with a capital without being of a name: at the start of a sentence, or in the calendar.
const PLAIN: &[&str] = &[
    "a",
    "about",
    "above",
    "according",
    "after",
    "again",
    "against",
    "all",
    "also",
    "although",
    "among",
    "an",
    "and",
    "any",
    "april",
    "as",
    "at",
    "august",
    "because",
    "before",
    "being",
    "below",
    "between",
    "beyond",
    "both",
    "but",
    "by",
    "december",
    "despite",
    "during",
    "each",
    "either",
    "every",
    "february",
    "finally",
    "following",
    "for",
    "friday",
    "from",
    "further",
    "furthermore",
    "given",
    "have",
    "having",
    "he",
    "her",
    "here",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "including",
    "into",
    "is",
    "it",
    "its",
    "january",
    "july",
    "june",
    "let",
    "like",
    "many",
    "march",
    "may",
    "monday",
    "moreover",
    "most",
    "my",
    "neither",
    "no",
    "nor",
    "not",
    "november",
    "now",
    "october",
    "of",
    "on",
    "once",
    "only",
    "or",
    "other",
    "our",
    "over",
    "per",
    "recently",
    "saturday",
    "september",
    "several",
    "she",
    "should",
    "since",
    "so",
    "some",
    "such",
    "sunday",
    "than",
    "that",
    "the",
    "their",
    "then",
    "there",
    "therefore",
    "these",
    "they",
    "this",
    "those",
    "though",
    "through",
    "throughout",
    "thursday",
    "thus",
    "to",
    "today",
    "together",
    "tomorrow",
    "toward",
    "towards",
    "tuesday",
    "two",
    "under",
    "until",
    "upon",
    "we",
    "wednesday",
    "were",
    "what",
    "when",
    "where",
    "whereas",
    "which",
    "while",
    "who",
    "will",
    "with",
    "within",
    "without",
    "yesterday",
    "yet",
    "you",
    "your",
];

/// Whether `lower` is no part of a name although it has a capital.
pub(super) fn is_plain(lower: &str) -> bool {
    PLAIN.binary_search(&lower).is_ok()
}

/// What a document or an institution is called by, before "of" or "on" and the list of what it is about.
const SUBJECTS: &[&str] = &[
    "act",
    "agency",
    "agreement",
    "association",
    "centre",
    "center",
    "charter",
    "commission",
    "committee",
    "compact",
    "conference",
    "convention",
    "council",
    "declaration",
    "department",
    "dialogue",
    "forum",
    "group",
    "institute",
    "memorandum",
    "ministry",
    "office",
    "organisation",
    "organization",
    "partnership",
    "programme",
    "program",
    "protocol",
    "summit",
    "treaty",
];

/// Whether `lower` may be followed by a list of what it is about ("Treaty of Friendship, Commerce and Navigation").
pub(super) fn has_subjects(lower: &str) -> bool {
    SUBJECTS.contains(&lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_in_order() {
        for list in [JOINERS, PARTING, OFFICES, OF_OFFICES, HONORIFICS, PLAIN, QUALIFIERS] {
            assert!(list.is_sorted(), "{:?}", list.windows(2).find(|pair| pair[0] > pair[1]));
        }
    }

    #[test]
    fn a_possessive_and_a_period_end_a_word() {
        let cases = [
            ("The U.S.-ROK alliance", "The|U.S|ROK|alliance"),
            ("Korea\u{2019}s people's d\u{2019}Ivoire O'Brien", "Korea|s|people|s|d\u{2019}Ivoire|O'Brien"),
            ("region.China and J. Smith", "region|China|and|J|Smith"),
        ];
        for (text, expected) in cases {
            let found: Vec<&str> = words(text).iter().map(|word| word.text).collect();
            assert_eq!(found.join("|"), expected);
        }
    }
}
