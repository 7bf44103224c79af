//! Suggestions: wording to put in the place of what was found, in the same inflection and with the same capitals.

use super::inflect::{Form, Forms, Inflector};
use crate::span::{Plain, Span};
use crate::text::fold::fold_str;
use crate::text::{Block, collapsed};

/// A suggestion as a pack gives it: `decide~ to`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Template {
    text: String,
}

/// Words that a title does not capitalise.
const SMALL: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "nor", "of", "on", "or", "the", "to",
    "with",
];

impl Template {
    pub(crate) fn new(text: &str) -> Template {
        // Wording goes into a sentence: a line break in it would be one in a table or a heading.
        Template { text: collapsed(text) }
    }

    /// The text as the pack gives it.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The suggestion for `span` of `block`, where `phrase` was found with its first inflected word in one of `forms`.
    pub(crate) fn adapt(
        &self,
        phrase: &str,
        forms: Option<Forms>,
        block: &Block,
        span: Span<Plain>,
        inflector: &Inflector,
    ) -> String {
        let found = &block.text()[span.range()];
        let form = forms.map(|forms| forms.choose(word_before(&block.text()[..span.start()])));
        let inflected_word = |base: &str, form: Form| {
            // A noun whose plural is no verb's third person: analyses, not "analysises".
            let noun =
                forms.is_some_and(|forms| form == Form::Third && forms.has(Form::Plural)) && is_noun(base, inflector);
            inflector.inflect(base, if noun { Form::Plural } else { form })
        };
        let inflected = self
            .text
            .split(' ')
            .map(|word| match (word.split_once('~'), form) {
                (Some((base, rest)), Some(form)) => inflected_word(base, form) + rest,
                (Some((base, rest)), None) => format!("{base}{rest}"),
                (None, _) => word.to_owned(),
            })
            .collect::<Vec<_>>()
            .join(" ");
        match Capitals::infer(found, phrase, PrecedingBreak::at(block, span.start())) {
            Capitals::AsWritten => inflected,
            Capitals::First => capitalize(&inflected),
            Capitals::Title => {
                let words: Vec<_> = inflected.split(' ').map(title_word).collect();
                capitalize(&words.join(" "))
            }
            Capitals::All => inflected.to_uppercase(),
        }
    }
}

/// The word before a place that says which form a verb has there: adverbs and asides between it and the verb are passed over.
fn word_before(text: &str) -> &str {
    const PASSED_OVER: &[&str] = &[
        "also", "already", "always", "at", "both", "ever", "fully", "further", "in", "just", "last", "long", "never",
        "not", "now", "often", "once", "recently", "since", "still", "then", "therefore", "thus", "today", "yet",
    ];
    let is_passed_over =
        |word: &&str| word.ends_with("ly") || PASSED_OVER.contains(word) || word.bytes().all(|b| b.is_ascii_digit());
    let mut words = text.trim_end().rsplit(' ').take(5).map(|word| word.trim_end_matches(','));
    words.find(|word| !is_passed_over(word)).unwrap_or_default()
}

/// True if a word is inflected as a noun rather than as a verb, told by its plural.
fn is_noun(word: &str, inflector: &Inflector) -> bool {
    const VERBS: &[&str] = &["be", "do", "go", "have"];
    !VERBS.contains(&word) && inflector.inflect(word, Form::Plural) != inflector.inflect(word, Form::Third)
}

fn title_word(word: &str) -> String {
    if SMALL.contains(&word) { word.to_owned() } else { capitalize(word) }
}

/// The text with a capital at its start.
pub(super) fn capitalize(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The capitals of what was found, beyond those that its words always have.
#[derive(Debug, PartialEq, Eq)]
enum Capitals {
    AsWritten,
    First,
    Title,
    All,
}

/// The break before a place, so that a capital there may be that of the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PrecedingBreak {
    Sentence,
    /// A colon, behind which some write a capital.
    Colon,
    Nothing,
}

impl PrecedingBreak {
    fn at(block: &Block, at: usize) -> PrecedingBreak {
        if block.opens_sentence(at) {
            PrecedingBreak::Sentence
        } else if block.follows_colon(at) {
            PrecedingBreak::Colon
        } else {
            PrecedingBreak::Nothing
        }
    }
}

impl Capitals {
    fn infer(found: &str, phrase: &str, opening: PrecedingBreak) -> Capitals {
        // Names have capitals of their own: the pack writes them so.
        let own: Vec<String> =
            words(phrase).filter(|word| word.starts_with(char::is_uppercase)).map(fold_str).collect();
        let all: Vec<&str> = words(found).collect();
        let mut telling = all
            .iter()
            .enumerate()
            .filter(|(_, word)| word.contains(char::is_alphabetic) && !own.contains(&fold_str(word)))
            .peekable();
        let capital = found.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
        // Behind a colon the capital of a name tells nothing.
        let is_telling = match opening {
            PrecedingBreak::Sentence => true,
            PrecedingBreak::Colon => telling.peek().is_some_and(|(at, _)| *at == 0),
            PrecedingBreak::Nothing => false,
        };
        let first = if is_telling && capital { Capitals::First } else { Capitals::AsWritten };
        if telling.peek().is_none() {
            // Names only: they tell where they are in capitals here and are not in the pack.
            let shouted = !found.contains(char::is_lowercase) && own_has_small_letters(phrase);
            return if shouted && found.contains(char::is_alphabetic) { Capitals::All } else { first };
        }
        let telling: Vec<(usize, &&str)> = telling.collect();
        let is_upper = |word: &str| !word.contains(char::is_lowercase);
        if telling.iter().any(|(_, word)| word.chars().count() > 1) && telling.iter().all(|(_, word)| is_upper(word)) {
            return Capitals::All;
        }
        let mut weighty = telling
            .iter()
            .filter(|(at, word)| {
                !(SMALL.contains(&word.to_lowercase().as_str()) || (*at == 0 && opening != PrecedingBreak::Nothing))
            })
            .peekable();
        let is_title = weighty.peek().is_some() && weighty.all(|(_, word)| word.starts_with(char::is_uppercase));
        if is_title { Capitals::Title } else { first }
    }
}

/// True if a name in a phrase is written with small letters (Taiwan, not PRC).
fn own_has_small_letters(phrase: &str) -> bool {
    words(phrase).any(|word| word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}' | '.'))).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Draft, Format};

    /// The suggestion for the text that stands between `|` and `|` in `draft`, where `phrase` is found.
    fn adapted(phrase: &str, suggestion: &str, draft: &str) -> String {
        let start = draft.find('|').unwrap();
        let end = draft.rfind('|').unwrap() - 1;
        let draft = Draft::new(Format::Word, draft.replace('|', ""));
        let block = &draft.blocks()[0];
        let inflector = Inflector::default();
        let found = fold_str(&block.text()[start..end]);
        let inflected = phrase.split(' ').find_map(|word| word.strip_suffix('~'));
        let forms = inflected.and_then(|word| {
            let forms = inflector.inflections(word);
            forms
                .iter()
                .find(|(spelling, _)| found.split(' ').any(|w| w == fold_str(spelling)))
                .map(|(_, forms)| *forms)
        });
        Template::new(suggestion).adapt(phrase, forms, block, Span::new(start, end), &inflector)
    }

    #[test]
    fn a_suggestion_takes_inflection_and_capitals_over() {
        let peace = ("China containment", "regional stability and peace");
        let decide = ("agree~ to", "decide~ to");
        let force = ("enter~ into force", "come~ into effect");
        let (party, weak) = (("party~", "participant~"), ("weak partner~", "equal partner~"));
        let cases = [
            (peace, "importance of |China containment| now", "regional stability and peace"),
            (peace, "|China containment| matters", "Regional stability and peace"),
            (peace, "The |China Containment| Strategy", "Regional Stability and Peace"),
            (peace, "ON |CHINA CONTAINMENT| NOW", "REGIONAL STABILITY AND PEACE"),
            (peace, "We met. \u{201c}|China containment|\u{201d} it is", "Regional stability and peace"),
            (peace, "|china containment| matters", "regional stability and peace"),
            (peace, "(a) |China containment| matters", "Regional stability and peace"),
            (peace, "Note: |China containment| matters", "regional stability and peace"),
            (party, "(a) |Parties| are here", "Participants"),
            (weak, "They note: (iv) |Weak partners| are here", "Equal partners"),
            (weak, "B. |Weak partners| are here", "Equal partners"),
            (weak, "Note: |Weak partners| are here", "Equal partners"),
            (weak, "Note: |weak partners| are here", "equal partners"),
            (weak, "Note: |Weak Partners| are here", "Equal Partners"),
            (weak, "the (UN) |Weak partners| are", "equal partners"),
            (decide, "they |agreed to| meet", "decided to"),
            (decide, "he |agrees to| meet", "decides to"),
            (decide, "|Agreeing to| meet", "Deciding to"),
            (force, "it |entered into force|", "came into effect"),
            (force, "it has |entered into force|", "come into effect"),
            (force, "it has not yet |entered into force|", "come into effect"),
            (force, "it has, in 2024, |entered into force|", "come into effect"),
            (("study~", "analysis~"), "several |studies| show", "analyses"),
            (("Taiwan Question", "cross-Strait issue"), "ON THE |TAIWAN QUESTION| NOW", "CROSS-STRAIT ISSUE"),
            (force, "it |enters into force|", "comes into effect"),
            (("Party~", "Participant~"), "the |Parties| met", "Participants"),
            (("party~", "participant~"), "the |Parties| met", "Participants"),
            (("party~", "participant~"), "the |parties| met", "participants"),
        ];
        for ((phrase, suggestion), draft, expected) in cases {
            assert_eq!(adapted(phrase, suggestion, draft), expected, "{draft}");
        }
    }

    #[test]
    fn a_name_in_capitals_throughout_has_no_small_letters() {
        for (phrase, expected) in [("Taiwan", true), ("the PRC and Taiwan", true), ("PRC", false), ("PRC plan", false)]
        {
            assert_eq!(own_has_small_letters(phrase), expected, "{phrase}");
        }
    }

    #[test]
    fn a_noun_is_told_by_its_plural() {
        let inflector = Inflector::default();
        for (word, expected) in [("analysis", true), ("partner", false), ("go", false), ("have", false)] {
            assert_eq!(is_noun(word, &inflector), expected, "{word}");
        }
    }
}
