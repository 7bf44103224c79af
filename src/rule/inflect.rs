//! The inflections of English words: what `~` stands for in a phrase and in a suggestion.
//!
//! Forms come from the `english` crate. A phrase matches every attested variant (focused, focussed); a suggestion takes the
//! shortest, which is the American spelling and the irregular form where there is one (traveled, led).

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use english::{English, Form as VerbForm, Number, Person, Tense};

/// One way in which a word is inflected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// contain; treaty
    Base,
    /// contains
    Third,
    /// contained; undertook
    Past,
    /// contained; undertaken
    Participle,
    /// containing
    Gerund,
    /// treaties
    Plural,
}

impl Form {
    /// Every form.
    pub(crate) const ALL: &[Form] =
        &[Form::Base, Form::Third, Form::Past, Form::Participle, Form::Gerund, Form::Plural];
}

/// The forms that one spelling may be: "contained" is past and participle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Forms(u8);

impl Forms {
    pub(crate) fn from_form(form: Form) -> Forms {
        Forms(1 << form as u8)
    }

    pub(crate) fn has(self, form: Form) -> bool {
        self.0 & (1 << form as u8) != 0
    }

    fn with(self, other: Forms) -> Forms {
        Forms(self.0 | other.0)
    }

    /// The one form to give a suggestion, in a sentence where `before` is the word before what was found.
    pub(crate) fn choose(self, before: &str) -> Form {
        const BEFORE_A_PARTICIPLE: &[&str] =
            &["am", "are", "be", "been", "being", "had", "has", "have", "having", "is", "was", "were"];
        let order = if BEFORE_A_PARTICIPLE.contains(&before.to_lowercase().as_str()) {
            [Form::Participle, Form::Base, Form::Third, Form::Past, Form::Gerund, Form::Plural]
        } else {
            [Form::Base, Form::Third, Form::Past, Form::Participle, Form::Gerund, Form::Plural]
        };
        order.into_iter().find(|&form| self.has(form)).unwrap_or(Form::Base)
    }
}

/// Inflects words; keeps what it has inflected.
#[derive(Debug, Default)]
pub(crate) struct Inflector {
    /// The inflections that a rule gives in `forms`, by word.
    overrides: BTreeMap<String, Vec<String>>,
}

/// The inflections of a word and what each may be.
pub(crate) type Inflections = Arc<[(String, Forms)]>;

/// Inflections of words without overrides, kept: packs use the same few hundred words over and over.
static KNOWN: LazyLock<Mutex<HashMap<String, Inflections>>> = LazyLock::new(Mutex::default);

impl Inflector {
    pub(crate) fn new(overrides: BTreeMap<String, Vec<String>>) -> Inflector {
        Inflector { overrides }
    }

    /// Every inflection of `word` and what it may be, the word itself first. A compound is inflected at its end (free-ride,
    /// free-rode). The capitals of the word stay.
    pub(crate) fn inflections(&self, word: &str) -> Inflections {
        if let Some(forms) = self.overrides.get(word) {
            return overridden(word, forms).into();
        }
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(inflections) = known.get(word) {
            return Arc::clone(inflections);
        }
        let inflections: Inflections = attested(word).into();
        known.insert(word.to_owned(), Arc::clone(&inflections));
        inflections
    }

    /// The inflections of a folded word that may be inflected itself: those of the word, and those of each word that it may be
    /// a regular inflection of. Short words, such as "of", have none.
    pub(crate) fn relatives(&self, word: &str) -> Vec<String> {
        let is_word = |word: &str| word.len() >= 3 && word.chars().all(char::is_alphabetic);
        let mut found = Vec::new();
        if word.len() <= 3 || !is_word(word) {
            return found;
        }
        for base in std::iter::once(word.to_owned()).chain(bases(word)).filter(|base| is_word(base)) {
            let forms = self.inflections(&base);
            if forms.iter().any(|(form, _)| form == word) {
                found.extend(forms.iter().map(|(form, _)| form.clone()));
            }
        }
        found
    }

    /// The spelling of `word` in `form` that a suggestion takes.
    pub(crate) fn inflect(&self, word: &str, form: Form) -> String {
        if let Some(forms) = self.overrides.get(word) {
            let found = overridden(word, forms).into_iter().find(|(_, forms)| forms.has(form));
            return found.map_or_else(|| word.to_owned(), |(spelling, _)| spelling);
        }
        let (head, tail) = split_compound(word);
        let spellings = variants(tail, form);
        // The first plural is the standard one: focuses, not foci.
        let best = if form == Form::Plural { spellings.first() } else { spellings.iter().min_by_key(|s| s.len()) };
        format!("{head}{}", best.map_or(tail, String::as_str))
    }
}

/// Words that a word may be a regular inflection of; not all of them are English.
fn bases(word: &str) -> Vec<String> {
    let mut found = Vec::new();
    for ending in ["s", "es", "d", "ed", "ing"] {
        let Some(stem) = word.strip_suffix(ending) else {
            continue;
        };
        found.push(stem.to_owned());
        found.push(format!("{stem}e"));
        if let Some(stem) = stem.strip_suffix('i') {
            found.push(format!("{stem}y"));
        }
        // committed, committing
        let mut letters = stem.chars().rev();
        if let (Some(last), true) = (letters.next(), letters.next() == stem.chars().next_back()) {
            found.push(stem[..stem.len() - last.len_utf8()].to_owned());
        }
    }
    found
}

fn attested(word: &str) -> Vec<(String, Forms)> {
    let (head, tail) = split_compound(word);
    let mut found: Vec<(String, Forms)> = vec![(tail.to_owned(), Forms::from_form(Form::Base))];
    for form in [Form::Third, Form::Past, Form::Participle, Form::Gerund, Form::Plural] {
        for spelling in variants(tail, form) {
            match found.iter_mut().find(|(known, _)| *known == spelling) {
                Some((_, forms)) => *forms = forms.with(Forms::from_form(form)),
                None => found.push((spelling, Forms::from_form(form))),
            }
        }
    }
    found.into_iter().map(|(tail, forms)| (format!("{head}{tail}"), forms)).collect()
}

fn split_compound(word: &str) -> (&str, &str) {
    word.split_at(word.rfind('-').map_or(0, |at| at + 1))
}

/// The attested spellings of one form. The crate keeps homographs and variants under numbered keys.
fn variants(word: &str, form: Form) -> Vec<String> {
    let mut found = Vec::new();
    for key in [word.to_owned(), format!("{word}_2"), format!("{word}_3")] {
        let third = Person::Third;
        let one = Number::Singular;
        let spelling = match form {
            Form::Base => word.to_owned(),
            Form::Third => English::verb(&key, &third, &one, &Tense::Present, &VerbForm::Finite),
            Form::Past => English::verb(&key, &third, &one, &Tense::Past, &VerbForm::Finite),
            Form::Participle => English::verb(&key, &third, &one, &Tense::Past, &VerbForm::Participle),
            Form::Gerund => English::verb(&key, &third, &one, &Tense::Present, &VerbForm::Participle),
            Form::Plural => English::noun(&key, &Number::Plural),
        };
        if !spelling.contains('_') && !found.contains(&spelling) {
            found.push(spelling);
        }
    }
    found
}

/// The inflections that a rule lists: `-ing` the gerund, `-s` the third person and plural, the first other one the past, a
/// second other one the participle. The word itself among them is a past too (cost, cost).
fn overridden(word: &str, listed: &[String]) -> Vec<(String, Forms)> {
    let mut found = vec![(word.to_owned(), Forms::from_form(Form::Base))];
    let is_past = |form: &String| !form.ends_with("ing") && (form == word || !form.ends_with('s'));
    let pasts: Vec<&String> = listed.iter().filter(|form| is_past(form)).collect();
    for form in listed {
        let forms = if form.ends_with("ing") {
            Forms::from_form(Form::Gerund)
        } else if !is_past(form) {
            Forms::from_form(Form::Third).with(Forms::from_form(Form::Plural))
        } else if pasts.len() > 1 && pasts[0] == form {
            Forms::from_form(Form::Past)
        } else if pasts.len() > 1 {
            Forms::from_form(Form::Participle)
        } else {
            Forms::from_form(Form::Past).with(Forms::from_form(Form::Participle))
        };
        match found.iter_mut().find(|(known, _)| known == form) {
            Some((_, known)) => *known = known.with(forms),
            None => found.push((form.clone(), forms)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spellings(word: &str, inflector: &Inflector) -> Vec<String> {
        inflector.inflections(word).iter().map(|(spelling, _)| spelling.clone()).collect()
    }

    #[test]
    fn every_inflection_of_a_word_is_found() {
        let none = Inflector::default();
        let cases: &[(&str, &[&str])] = &[
            ("contain", &["contain", "contains", "contained", "containing"]),
            ("undertake", &["undertake", "undertakes", "undertook", "undertaken", "undertaking"]),
            ("deter", &["deter", "deters", "deterred", "deterring"]),
            ("party", &["party", "parties"]),
            ("travel", &["traveled", "travelled", "travelling"]),
            ("focus", &["focused", "focussed"]),
            ("free-ride", &["free-ride", "free-riding"]),
            ("obligation", &["obligation", "obligations"]),
        ];
        for (word, expected) in cases {
            let found = spellings(word, &none);
            for form in *expected {
                assert!(found.iter().any(|known| known == form), "{form} of {word}: {found:?}");
            }
        }
    }

    #[test]
    fn a_suggestion_takes_one_form() {
        let none = Inflector::default();
        let cases = [
            ("decide", Form::Past, "decided"),
            ("come", Form::Past, "came"),
            ("come", Form::Participle, "come"),
            ("carry", Form::Gerund, "carrying"),
            ("set", Form::Past, "set"),
            ("focus", Form::Past, "focused"),
            ("Participant", Form::Plural, "Participants"),
        ];
        for (word, form, expected) in cases {
            assert_eq!(none.inflect(word, form), expected);
        }
    }

    #[test]
    fn a_rule_overrides_the_forms_of_a_word() {
        let listed = vec!["inputs".into(), "input".into(), "inputting".into()];
        let inflector = Inflector::new(BTreeMap::from([("input".to_owned(), listed)]));
        assert_eq!(spellings("input", &inflector), ["input", "inputs", "inputting"]);
        assert_eq!(inflector.inflect("input", Form::Past), "input");
        assert_eq!(inflector.inflect("input", Form::Gerund), "inputting");
    }

    #[test]
    fn a_word_is_related_to_those_that_it_is_inflected_from() {
        let inflector = Inflector::default();
        let cases: &[(&str, &[&str], &[&str])] = &[
            ("committed", &["commit", "commits", "committing"], &[]),
            ("parties", &["party", "parties"], &["partiee"]),
            ("reaffirms", &["reaffirm", "reaffirmed"], &[]),
            ("the", &[], &["the", "they"]),
            ("covid19", &[], &["covid19"]),
        ];
        for (word, related, others) in cases {
            let found = inflector.relatives(word);
            assert!(related.iter().all(|form| found.iter().any(|known| known == form)), "{word}: {found:?}");
            assert!(!others.iter().any(|form| found.iter().any(|known| known == form)), "{word}: {found:?}");
        }
    }

    #[test]
    fn of_two_pasts_that_a_rule_lists_the_first_is_the_past_and_the_second_the_participle() {
        let cases = [
            ("shrink", "shrinks shrank shrunk shrinking", "shrank", "shrunk"),
            ("beat", "beats beat beaten beating", "beat", "beaten"),
            ("wed", "weds wedded wedding", "wedded", "wedded"),
        ];
        for (word, forms, past, participle) in cases {
            let forms = forms.split(' ').map(str::to_owned).collect();
            let inflections = Inflector::new(BTreeMap::from([(word.to_owned(), forms)])).inflections(word);
            let inflected = |form: Form| -> Vec<&str> {
                inflections.iter().filter(|(_, forms)| forms.has(form)).map(|(spelling, _)| spelling.as_str()).collect()
            };
            assert_eq!((inflected(Form::Past), inflected(Form::Participle)), (vec![past], vec![participle]), "{word}");
        }
    }
}
