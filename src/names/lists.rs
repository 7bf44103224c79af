//! Word lists for the recognisers of names, each in order and in lower case.

/// Small words that stand between the words of one name. "In", "to" and "with" stand behind one far more often.
const JOINERS: &[&str] = &[
    "al", "and", "da", "das", "de", "del", "della", "der", "des", "di", "do", "dos", "du", "e", "el", "et", "for",
    "la", "le", "les", "of", "on", "the", "van", "von", "y",
];

/// Joiners that stand between two names more often than inside one, where one of the two is of a state or the like.
const PARTING: &[&str] = &["and", "on"];

/// True if `word` may stand between words in capitals of one name.
pub(super) fn is_joiner(word: &str) -> bool {
    JOINERS.binary_search(&word).is_ok()
}

/// True if `word` joins no name of a state to another.
pub(super) fn is_parting(word: &str) -> bool {
    PARTING.binary_search(&word).is_ok()
}

/// Titles and offices of persons, which make no other name of the name of a country that they stand before or behind.
const POSTS: &[&str] = &[
    "adviser", "advisers", "advisor", "advisors", "ambassador", "ambassadors", "chair", "chairman", "chairperson",
    "chairwoman", "chancellor", "chargé", "commander", "commissioner", "consul", "coordinator", "counsellor",
    "counselor", "counterpart", "delegate", "director", "emir", "emperor", "envoy", "excellencies", "excellency",
    "governor", "head", "heads", "highness", "king", "leader", "leaders", "majesty", "minister", "ministers",
    "monarch", "premier", "president", "presidents", "prince", "princess", "queen", "representative",
    "representatives", "secretary", "speaker", "spokesman", "spokesperson", "spokeswoman", "sultan", "undersecretary",
];

/// Those of bodies, and of people without a name.
const INSTITUTIONS: &[&str] = &[
    "administration", "agency", "army", "authorities", "border", "bureau", "cabinet", "congress", "consulate", "court",
    "courts", "delegation", "delegations", "department", "economy", "embassy", "force", "forces", "government",
    "governments", "junta", "leadership", "military", "ministry", "mission", "navy", "office", "officials",
    "parliament", "parties", "people", "peoples", "police", "regime", "secretariat", "senate", "side", "sides",
    "troops",
];

/// Words that are of an office where one follows: "Prime", "Foreign", "Armed".
const OF_OFFICES: &[&str] = &[
    "acting", "affairs", "air", "armed", "assistant", "chief", "crown", "culture", "defence", "defense", "deputy",
    "economic", "education", "energy", "environment", "external", "finance", "first", "foreign", "former", "general",
    "health", "high", "honorable", "honourable", "interior", "joint", "justice", "labor", "labour", "military",
    "national", "new", "outgoing", "permanent", "president", "prime", "royal", "security", "senior", "special",
    "state", "supreme", "trade", "under", "vice",
];

/// True if `lower` is a title or an office.
pub(super) fn is_office(lower: &str) -> bool {
    is_post(lower) || INSTITUTIONS.binary_search(&lower).is_ok()
}

/// True if `lower` is a title or an office of a person.
pub(super) fn is_post(lower: &str) -> bool {
    POSTS.binary_search(&lower).is_ok()
}

/// True if `lower` is a word of an office that follows.
pub(super) fn is_of_office(lower: &str) -> bool {
    OF_OFFICES.binary_search(&lower).is_ok()
}

/// Words that say which part or which time of a state is meant, and make no other name of its name.
const QUALIFIERS: &[&str] = &[
    "ancient", "central", "colonial", "eastern", "greater", "lower", "mainland", "modern", "northern", "occupied",
    "postwar", "rural", "southern", "upper", "western",
];

/// True if `lower` before the name of a state says which part or which time of it is meant.
pub(super) fn is_qualifier(lower: &str) -> bool {
    QUALIFIERS.binary_search(&lower).is_ok()
}

/// Words before the names of persons only, in lower case without a period.
const HONORIFICS: &[&str] = &[
    "adm", "admiral", "amb", "brigadier", "capt", "captain", "col", "colonel", "congressman", "congresswoman", "dame",
    "dr", "gen", "hon", "judge", "lady", "lieutenant", "lord", "lt", "madam", "madame", "maj", "major", "miss", "mme",
    "mr", "mrs", "ms", "mx", "prof", "professor", "rep", "rev", "reverend", "sen", "senator", "sgt", "sir",
];

/// True if `lower` stands before the name of a person.
pub(super) fn is_honorific(lower: &str) -> bool {
    HONORIFICS.binary_search(&lower).is_ok()
}

/// Words that are written with a capital without being of a name: at the start of a sentence, or in the calendar.
const PLAIN: &[&str] = &[
    "a", "about", "above", "according", "after", "again", "against", "all", "also", "although", "among", "an", "and",
    "any", "april", "as", "at", "august", "because", "before", "being", "below", "between", "beyond", "both", "but",
    "by", "december", "despite", "during", "each", "either", "every", "february", "finally", "following", "for",
    "friday", "from", "further", "furthermore", "given", "have", "having", "he", "her", "here", "his", "how",
    "however", "i", "if", "in", "including", "into", "is", "it", "its", "january", "july", "june", "let", "like",
    "many", "march", "may", "monday", "moreover", "most", "my", "neither", "no", "nor", "not", "november", "now",
    "october", "of", "on", "once", "only", "or", "other", "our", "over", "per", "recently", "saturday", "september",
    "several", "she", "should", "since", "so", "some", "such", "sunday", "than", "that", "the", "their", "then",
    "there", "therefore", "these", "they", "this", "those", "though", "through", "throughout", "thursday", "thus",
    "to", "today", "together", "tomorrow", "toward", "towards", "tuesday", "two", "under", "until", "upon", "we",
    "wednesday", "were", "what", "when", "where", "whereas", "which", "while", "who", "will", "with", "within",
    "without", "yesterday", "yet", "you", "your",
];

/// True if `lower` is no part of a name although it has a capital.
pub(super) fn is_plain(lower: &str) -> bool {
    PLAIN.binary_search(&lower).is_ok()
}

/// Nouns for a document or an institution, before "of" or "on" and the list of what it is about.
const SUBJECTS: &[&str] = &[
    "act", "agency", "agreement", "association", "center", "centre", "charter", "commission", "committee", "compact",
    "conference", "convention", "council", "declaration", "department", "dialogue", "forum", "group", "institute",
    "memorandum", "ministry", "office", "organisation", "organization", "partnership", "program", "programme",
    "protocol", "summit", "treaty",
];

/// True if `lower` may be followed by a list of what it is about ("Treaty of Friendship, Commerce and Navigation").
pub(super) fn has_subjects(lower: &str) -> bool {
    SUBJECTS.binary_search(&lower).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_in_order() {
        for list in [JOINERS, PARTING, POSTS, INSTITUTIONS, OF_OFFICES, HONORIFICS, PLAIN, QUALIFIERS, SUBJECTS] {
            assert!(list.is_sorted(), "{:?}", list.windows(2).find(|pair| pair[0] > pair[1]));
        }
    }
}
