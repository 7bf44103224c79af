//! `spelling`: reports the name of a person that the draft spells in two ways.
//!
//! ```yaml
//! - id: names-of-persons
//!   kind: spelling
//!   titles: [Rapporteur]     # beside President, Minister, Mr. and the like
//! ```
//!
//! A name is the run of words with capitals behind a title. Two names are one name spelled in two ways if only hyphens, spaces or
//! capitals differ ("Jae-myung", "Jae Myung"), or if a word of at least five letters differs in a letter or two and begins alike
//! ("Zelenskyy", "Zelensky"). A full name and the surname alone are no difference. The rarer way is reported.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::{Context, Kind, KindEntry, Report};
use crate::declare::{TextList, keys};
use crate::draft::Site;
use crate::rule::phrase::Shared;
use crate::span::{Plain, Span};
use crate::yaml::Fields;

pub(super) const ENTRY: KindEntry = KindEntry {
    name: "spelling",
    about: "reports names of persons that are spelled two ways",
    message: |_| "\"{match}\" here, \"{expected}\" elsewhere",
    fills: &["expected", "suggestion"],
    keys: KEYS,
    read,
};

keys! {
    /// More titles that stand before names, beside President, Minister, Mr. and the like.
    titles: Option<TextList>,
}

/// The titles that everybody knows, in order.
const TITLES: &[&str] = &[
    "Admiral", "Adviser", "Advisor", "Ambassador", "Amir", "Chair", "Chairman", "Chairperson", "Chairwoman",
    "Chancellor", "Commissioner", "Director", "Dr", "Emir", "Emperor", "Empress", "General", "Governor", "King",
    "Minister", "Mr", "Mrs", "Ms", "Premier", "President", "Prince", "Princess", "Queen", "Representative",
    "Secretary", "Senator", "Sheikh", "Speaker", "Sultan", "Taoiseach",
];

/// The most words of a name; a longer run of capitals is a headline.
const MAX_WORDS: usize = 4;

/// The most names that are compared with each other; no text has as many.
const MAX_NAMES: usize = 120;

#[derive(Debug)]
struct SpellingKind {
    titles: Vec<String>,
}

fn read(fields: &Fields<'_>, _shared: &Shared) -> Option<Box<dyn Kind>> {
    let titles = fields.strings("titles").into_iter().map(|title| title.trim_end_matches('.').to_owned());
    Some(Box::new(SpellingKind { titles: titles.collect() }))
}

/// One spelling of a name.
#[derive(Debug)]
struct SpellingVariant<'d> {
    text: &'d str,
    /// Its words without hyphens, in lower case.
    words: Vec<String>,
    sites: Vec<Site>,
}

impl SpellingVariant<'_> {
    fn letters(&self) -> String {
        self.words.concat()
    }

    /// True if one of the two is the other with a first name or a surname more.
    fn extends(&self, other: &SpellingVariant<'_>) -> bool {
        let (long, short) = if self.words.len() > other.words.len() { (self, other) } else { (other, self) };
        long.words.len() > short.words.len()
            && (long.words.ends_with(&short.words) || long.words.starts_with(&short.words))
    }

    /// True if the two are one name in two spellings.
    fn is_near(&self, other: &SpellingVariant<'_>) -> bool {
        if is_shouted(self.text) != is_shouted(other.text) || self.extends(other) {
            return false;
        }
        if self.letters() == other.letters() {
            // The surname in capitals is a habit, not a spelling.
            let has_shouted =
                |form: &SpellingVariant<'_>| form.text.split([' ', '-']).any(|word| word.len() > 1 && is_shouted(word));
            return self.text != other.text && has_shouted(self) == has_shouted(other);
        }
        let (mine, theirs) = (self.words.len(), other.words.len());
        if mine == theirs {
            return are_near(&self.words, &other.words);
        }
        // A surname against a full name.
        match (self.words.as_slice(), other.words.as_slice()) {
            ([word], [first, .., last]) | ([first, .., last], [word]) => {
                word != first && word != last && is_near_alone(word, last)
            }
            _ => false,
        }
    }
}

/// True if two names of as many words differ only in words that are near.
fn are_near(one: &[String], other: &[String]) -> bool {
    if let ([one], [other]) = (one, other) {
        return is_near_alone(one, other);
    }
    let mut different = one.iter().zip(other).filter(|(one, other)| one != other);
    let (Some((one, other)), None) = (different.next(), different.next()) else {
        return false;
    };
    begins_alike(one, other) && strsim::damerau_levenshtein(one, other) <= 2
}

/// True if two surnames are near, where no other word says that one person is meant.
fn is_near_alone(one: &str, other: &str) -> bool {
    let most = if one.chars().count().min(other.chars().count()) < 8 { 1 } else { 2 };
    // "General Ruling", "General Rulings": what a title may stand before that is no person.
    let is_plural = |one: &str, other: &str| one.strip_suffix('s') == Some(other);
    begins_alike(one, other)
        && one != other
        && !is_plural(one, other)
        && !is_plural(other, one)
        && strsim::damerau_levenshtein(one, other) <= most
}

fn begins_alike(one: &str, other: &str) -> bool {
    let long = |word: &str| word.chars().count() >= 5;
    long(one) && long(other) && one.chars().next() == other.chars().next()
}

fn is_shouted(text: &str) -> bool {
    !text.contains(char::is_lowercase)
}

impl Kind for SpellingKind {
    fn check(&self, context: &Context<'_>) -> Vec<Report> {
        let forms = self.forms(context);
        // A full name counts for its surname too: both say how it is spelled.
        let weight = |form: &SpellingVariant<'_>| {
            let alike = forms.iter().filter(|other| other.text == form.text || other.extends(form));
            alike.map(|other| other.sites.len()).sum::<usize>()
        };
        let rank = |form: &SpellingVariant<'_>| (weight(form), Reverse(form.sites.first().copied()));
        let mut reports = Vec::new();
        for form in &forms {
            let near = forms.iter().filter(|other| form.is_near(other) && !are_two_persons(&forms, form, other));
            let Some(usual) = near.filter(|other| rank(other) > rank(form)).max_by_key(|other| rank(other)) else {
                continue;
            };
            let Some(&first) = usual.sites.first() else {
                continue;
            };
            let expected = in_the_place_of(form, usual);
            let report = |&site: &Site| {
                let report = Report::at(site).label(first, "spelled like this elsewhere");
                report.expect(&*expected).suggest(vec![expected.clone()])
            };
            reports.extend(form.sites.iter().map(report));
        }
        reports.sort_by_key(|report| report.site);
        reports
    }

    fn looks_for(&self) -> Vec<String> {
        let more = self.titles.iter().map(|title| format!("... {title}"));
        let line = "a name spelled in two ways behind a title: President, Minister, Mr., ...".to_owned();
        std::iter::once(line).chain(more).collect()
    }

    fn suggestions(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// True if the draft has full names for two surnames that are near, and these are two persons'.
fn are_two_persons(forms: &[SpellingVariant<'_>], one: &SpellingVariant<'_>, other: &SpellingVariant<'_>) -> bool {
    if one.words.len() > 1 && other.words.len() > 1 {
        return false;
    }
    let full = |form: &SpellingVariant<'_>| -> Vec<usize> {
        let is_full =
            |(_, full): &(usize, &SpellingVariant<'_>)| full.words.len() > 1 && full.words.last() == form.words.last();
        forms.iter().enumerate().filter(is_full).map(|(index, _)| index).collect()
    };
    let (ones, others) = (full(one), full(other));
    ones.iter().any(|&a| others.iter().any(|&b| !forms[a].is_near(&forms[b]) && !forms[a].extends(&forms[b])))
}

/// The usual spelling for `form`: the whole name, or the one word that the two have in common.
fn in_the_place_of(form: &SpellingVariant<'_>, usual: &SpellingVariant<'_>) -> String {
    let last = |text: &str| text.rfind(' ').map_or(0, |at| at + 1);
    match (form.text.contains(' '), usual.text.contains(' ')) {
        (false, true) if form.words.len() < usual.words.len() => usual.text[last(usual.text)..].to_owned(),
        (true, false) if form.words.len() > usual.words.len() => {
            format!("{}{}", &form.text[..last(form.text)], usual.text)
        }
        _ => usual.text.to_owned(),
    }
}

impl SpellingKind {
    /// Every spelling of every name in scope, in the order of the draft.
    fn forms<'d>(&self, context: &Context<'d>) -> Vec<SpellingVariant<'d>> {
        let mut forms: Vec<SpellingVariant<'d>> = Vec::new();
        let mut known: HashMap<&'d str, usize> = HashMap::new();
        for &block in context.blocks {
            let text = context.block(block).text();
            for span in self.names(text) {
                if !context.in_scope(block, span) {
                    continue;
                }
                let name = &text[span.range()];
                if !known.contains_key(name) && forms.len() == MAX_NAMES {
                    continue;
                }
                let index = *known.entry(name).or_insert_with(|| {
                    let words = name.split([' ', '-', '\u{2010}', '\u{2011}']).map(str::to_lowercase).collect();
                    forms.push(SpellingVariant { text: name, words, sites: Vec::new() });
                    forms.len() - 1
                });
                forms[index].sites.push(Site { block, span });
            }
        }
        forms
    }

    fn is_title(&self, word: &str) -> bool {
        let word = word.trim_end_matches('.');
        TITLES.binary_search(&word).is_ok() || self.titles.iter().any(|title| title == word)
    }

    /// The names behind titles.
    fn names(&self, text: &str) -> Vec<Span<Plain>> {
        let mut names = Vec::new();
        let mut at = 0;
        // Whether the word before is a title.
        let mut titled = false;
        while at < text.len() {
            let end = memchr::memchr(b' ', &text.as_bytes()[at..]).map_or(text.len(), |len| at + len);
            let word = &text[at..end];
            // Most words are neither a title nor a name.
            if word.starts_with(|c: char| c.is_ascii_lowercase()) {
                titled = false;
                at = end + 1;
                continue;
            }
            if titled && word.starts_with(char::is_uppercase) && !self.is_title(word) {
                let (span, next) = name_at(text, at);
                names.extend(span);
                titled = false;
                at = next;
                continue;
            }
            let opened = word.trim_start_matches(['(', '"', '\u{201c}', '\u{2018}', '[']);
            titled = opened.starts_with(|c: char| c.is_ascii_uppercase()) && self.is_title(opened);
            at = end + 1;
        }
        names
    }
}

/// The name that begins at byte `at`, unless it is too long for one, and where to read on.
fn name_at(text: &str, mut at: usize) -> (Option<Span<Plain>>, usize) {
    let start = at;
    let mut end = at;
    let mut words = 0;
    while text[at..].starts_with(char::is_uppercase) {
        let rest = &text[at..];
        let len = rest.find(|c: char| !(c.is_alphabetic() || is_hyphen(c))).unwrap_or(rest.len());
        let mut word_end = at + rest[..len].trim_end_matches(is_hyphen).len();
        let is_initial = rest[..len].chars().count() == 1 && rest[len..].starts_with('.');
        if is_initial {
            word_end += 1;
        }
        end = word_end;
        words += 1;
        match text[end..].strip_prefix(' ') {
            Some(_) => at = end + 1,
            None => {
                at = end;
                break;
            }
        }
    }
    let fits = words <= MAX_WORDS && text[start..end].chars().filter(|c| c.is_alphabetic()).count() > 1;
    (fits.then_some(Span::new(start, end)), at.max(end))
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> SpellingVariant<'_> {
        let words = text.split([' ', '-']).map(str::to_lowercase).collect();
        SpellingVariant { text, words, sites: Vec::new() }
    }

    #[test]
    fn two_spellings_of_one_name_are_near() {
        let near = [
            ("Lee Jae-myung", "Lee Jae Myung"),
            ("Lee Jae-myung", "Lee Jae-myeong"),
            ("Volodymyr Zelensky", "Zelenskyy"),
            ("Kim Y Ong", "Kim Yong"),
            ("ZELENSKY", "ZELENSKYY"),
        ];
        let apart = [
            ("Joseph Biden", "Biden"),
            ("Joseph Biden", "Joseph"),
            ("ZELENSKY", "Zelenskyy"),
            ("LEE Jae-myung", "Lee Jae-myung"),
            // Words that are too short, that begin differently or that differ too much may be another person's.
            ("Kim Jong-un", "Kim Jong-il"),
            ("Smith", "Smit"),
            ("Hansen", "Jansen"),
            ("Lee Hartmann", "Lee Hartling"),
            ("Ruling", "Rulings"),
        ];
        for (cases, expected) in [(&near[..], true), (&apart, false)] {
            for (one, other) in cases {
                assert_eq!(form(one).is_near(&form(other)), expected, "{one}, {other}");
                assert_eq!(form(other).is_near(&form(one)), expected, "{other}, {one}");
            }
        }
    }

    #[test]
    fn a_name_is_replaced_as_far_as_the_two_have_it_in_common() {
        let cases = [
            ("Zelensky", "Volodymyr Zelenskyy", "Zelenskyy"),
            ("Volodymyr Zelensky", "Zelenskyy", "Volodymyr Zelenskyy"),
            ("Lee Jae Myung", "Lee Jae-myung", "Lee Jae-myung"),
            ("Abdel-Rahman", "Abdel Rahmaan", "Abdel Rahmaan"),
            ("Abdel Rahman", "Abdel-Rahmaan", "Abdel-Rahmaan"),
        ];
        for (written, usual, expected) in cases {
            assert_eq!(in_the_place_of(&form(written), &form(usual)), expected, "{written}, {usual}");
        }
    }
}
