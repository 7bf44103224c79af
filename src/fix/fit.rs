//! The fit of a suggestion in its sentence, by what stands right before and behind the words that it replaces.
//!
//! A phrase is found wherever its words stand in a row; what they are a part of there is not looked at. So a suggestion that is
//! right of the phrase may break the sentence: of "to push back against Ruritania's claims" the name is not the end of the
//! object. What does not fit is still advice to a person.

use std::fmt;

use crate::rule::part::{PartOfSpeech, words};
use crate::span::{Plain, Span, ceil_char, floor_char};
use crate::text::fold::fold_str;
use crate::text::marks::closes_quotation;
use crate::text::{Block, BlockKind};
use crate::words::{
    is_adjective, is_adverb, is_auxiliary, is_bare_verb, is_be, is_determiner, is_modal, is_negation, is_noun_too,
    is_particle, is_past, is_preposition, is_pronoun, is_rejection, is_small, verb_of,
};

/// The reason for which a suggestion does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Misfit {
    /// "the old claim's"
    Possessive,
    /// "the old claim and threat"
    Coordinated,
    /// "the old claim of"
    OfPhrase,
    /// "the old claim policy"
    Noun,
    /// "the Old Claim Act"
    LongerName,
    /// "agreed to talks"
    ToNoun,
    /// "the old claim is Ruritania"
    Identity,
    /// "notes with regret that", where it should be "regrets"
    Complement,
    /// "will undertake to", where it should be "will"
    Auxiliary,
    /// "the demands", where it should be "urges"
    NounHere,
    /// "are undertaking to", where it should be "will"
    Gerund,
    /// "our old claim", where it should be "a new one"
    Article,
    /// "they reject the old claim", where it should be "the new one"
    Negated,
    /// "the old claim in the region", where it should be "peace in the region"
    Doubled,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Misfit::Possessive => "a possessive follows",
            Misfit::Coordinated => "only half of a coordinated pair would be replaced",
            Misfit::OfPhrase => "an of-phrase follows",
            Misfit::Noun => "another noun follows",
            Misfit::LongerName => "it would cut a longer name",
            Misfit::ToNoun => "`to` is followed by a noun",
            Misfit::Identity => "the sentence goes on to say what it is",
            Misfit::Complement => "what follows does not go with it",
            Misfit::Auxiliary => "the verb before it asks for another form",
            Misfit::NounHere => "a noun stands here, and not a verb",
            Misfit::Gerund => "the form in -ing stands here",
            Misfit::Article => "an article or the like stands before it",
            Misfit::Negated => "the sentence denies or rejects it, and would turn against what is suggested",
            Misfit::Doubled => "words of it stand beside it already",
        })
    }
}

/// Checks that `suggestion`, which is this `part` of a sentence, fits in the place of `span` of a block, where `found` stands;
/// `another` is true if it says another thing, and not the same in other words.
///
/// # Errors
/// Why it does not fit.
pub(crate) fn fits(
    block: &Block,
    span: Span<Plain>,
    found: &str,
    suggestion: &str,
    (part, another): (PartOfSpeech, bool),
) -> Result<(), Misfit> {
    let context = Surroundings::new(block, span, found, suggestion, part);
    let negated = || (another && context.is_negated()).then_some(Misfit::Negated);
    let misfit = context.around().or_else(negated).or_else(|| context.before()).or_else(|| context.behind());
    misfit.map_or(Ok(()), Err)
}

/// The misfit of a suggestion, whatever part of a sentence it is, that would say twice what stands right before or behind what was
/// found.
pub(crate) fn doubles(block: &Block, span: Span<Plain>, found: &str, suggestion: &str) -> Option<Misfit> {
    // In few sentences the word beside it is one of the suggestion.
    let text = block.text();
    let is_edge = |c: char| !c.is_alphanumeric();
    let behind = text[span.end()..].trim_start_matches(is_edge).split(is_edge).next().unwrap_or_default();
    let before = text[..span.start()].trim_end_matches(is_edge).rsplit(is_edge).next().unwrap_or_default();
    let has =
        |beside: &str| !beside.is_empty() && suggestion.split(is_edge).any(|word| word.eq_ignore_ascii_case(beside));
    if !has(behind) && !has(before) {
        return None;
    }
    Surroundings::new(block, span, found, suggestion, PartOfSpeech::Word).is_doubled().then_some(Misfit::Doubled)
}

/// The verbs that an infinitive follows, in their bare form.
const BEFORE_AN_INFINITIVE: &[&str] = &[
    "agree", "aim", "aspire", "choose", "commit", "decide", "endeavor", "endeavour", "expect", "hope", "intend",
    "plan", "pledge", "promise", "resolve", "seek", "strive", "undertake", "vow", "wish", "work",
];

/// Words that a noun may have behind it although they are adjectives.
const BEHIND_A_NOUN: &[&str] =
    &["alone", "available", "likely", "necessary", "overseas", "possible", "unlikely", "worldwide"];

/// Things that no text turns against: a suggestion that speaks of one does not fit under a negation. In singular, and of verbs
/// the bare form.
const GOODS: &[&str] = &[
    "advance", "autonomy", "balanced", "contribute", "cooperation", "coordination", "development", "dialogue",
    "effective", "equal", "friendship", "harmony", "inclusive", "mutual", "open", "partner", "partnership", "peace",
    "preserve", "promote", "prosperity", "resilience", "resilient", "respect", "safeguard", "security", "shared",
    "solidarity", "stability", "stable", "strengthen", "support", "trust", "welcome",
];

/// Nouns that are not counted.
const UNCOUNTED: &[&str] = &["advice", "cooperation", "coordination", "help", "peace", "progress", "trade", "work"];

/// What is found, what is to be put there, and the words around it.
struct Surroundings<'c> {
    part: PartOfSpeech,
    /// The words found, in small letters.
    found: Vec<String>,
    /// The words of the suggestion, in small letters.
    words: Vec<String>,
    before: Vec<NearbyWord>,
    behind: Vec<NearbyWord>,
    /// The text right behind the words found, as it is typed.
    rest: &'c str,
    /// True, of the first and of the last word found, if it has a capital that makes a name of it.
    named: (bool, bool),
}

/// A word near what was found.
#[derive(Debug)]
struct NearbyWord {
    /// Its letters, small.
    text: String,
    /// True if it has a capital that makes a name of it.
    named: bool,
    /// True if a comma stands between it and the word nearer to what was found.
    comma: bool,
}

/// The number of words around what was found that are looked at.
const NEAR: usize = 8;

/// The distance before what was found in which a negation is looked for, in words.
const NEGATION: usize = 24;

/// The most bytes before and behind what was found that are looked at: a text may have no end of a sentence.
const NEAR_BYTES: usize = 320;

/// The number of words that tell a title.
const TITLE: usize = 24;

impl<'c> Surroundings<'c> {
    fn new(block: &'c Block, span: Span<Plain>, found: &str, suggestion: &str, part: PartOfSpeech) -> Surroundings<'c> {
        let text = block.text();
        let tells = !is_titled(block);
        let is_named = |word: &str| tells && word.starts_with(char::is_uppercase);
        let sentence = block.sentence_start(span.start());
        let (mut before, mut behind) = (Vec::new(), Vec::new());
        // Up to the edge of the clause: a semicolon, a dash, a bracket, the end of the sentence.
        let near = floor_char(text, span.start().saturating_sub(NEAR_BYTES));
        let head = &text[sentence.min(span.start()).max(near)..span.start()];
        let edge = head.char_indices().rev().find(|(_, c)| is_clause_edge(*c));
        let head = &head[edge.map_or(0, |(at, c)| at + c.len_utf8())..];
        let head = head.trim_start();
        for token in head.rsplit(' ').map(bare).filter(|token| !token.is_empty()).take(NEGATION) {
            let word = token.trim_end_matches(',');
            let opens = head.starts_with(token) && block.opens_sentence(span.start() - head.len());
            let named = is_named(word) && !opens && !is_small(&word.to_lowercase());
            before.push(NearbyWord { text: word.to_lowercase(), named, comma: token.ends_with(',') });
        }
        let end = block.sentence_end(span.end().saturating_sub(1)).max(span.end());
        let rest = &text[span.end()..end.min(ceil_char(text, span.end() + NEAR_BYTES))];
        // A dash between spaces ends a clause as a long one does.
        let dash = [" \u{2013} ", " - "].iter().filter_map(|dash| rest.find(dash)).min();
        let edge = rest.find(is_clause_edge).into_iter().chain(dash).min();
        let tail = &rest[..edge.unwrap_or(rest.len())];
        let mut comma = false;
        for token in tail.split(' ').map(bare) {
            let word = token.trim_matches([',', '.', '!', '?']);
            comma |= token.starts_with(',');
            if !word.is_empty() {
                behind.push(NearbyWord { text: word.to_lowercase(), named: is_named(word), comma });
                comma = false;
            }
            comma |= token.ends_with(',');
            if behind.len() == NEAR {
                break;
            }
        }
        let lower = |text: &str| -> Vec<String> { words(text).map(str::to_lowercase).collect() };
        let opens = block.opens_sentence(span.start());
        let first = words(found).next().is_some_and(is_named) && !opens;
        let last = words(found).last().is_some_and(is_named) && (words(found).count() > 1 || !opens);
        Surroundings { part, found: lower(found), words: lower(suggestion), before, behind, rest, named: (first, last) }
    }

    fn previous(&self) -> &str {
        self.before.first().map_or("", |word| &word.text)
    }

    /// The nearest word before that is no adverb.
    fn governor(&self) -> &str {
        self.before.iter().map(|word| word.text.as_str()).find(|word| !is_adverb(word)).unwrap_or_default()
    }

    /// The word so many words behind, from 0, if nothing but a space stands before it.
    fn next(&self, at: usize) -> &str {
        self.behind.get(at).filter(|word| !word.comma).map_or("", |word| &word.text)
    }

    /// True if words follow without a mark between.
    fn runs_on(&self) -> bool {
        self.rest.trim_start_matches(is_mark).starts_with(' ') && self.behind.first().is_some_and(|word| !word.comma)
    }

    fn same_last(&self) -> bool {
        matches!((self.found.last(), self.words.last()), (Some(one), Some(other)) if fold_str(one) == fold_str(other))
    }

    /// True if the words found are a verb with what belongs to it, and end with a noun.
    fn ends_in_object(&self) -> bool {
        let mut words = self.found.iter().map(String::as_str);
        let is_before_a_verb =
            |word: &str| is_auxiliary(word) || is_adverb(word) || ["and", "that", "to", "which"].contains(&word);
        let verb = words.by_ref().find(|word| !is_before_a_verb(word));
        let rest: Vec<&str> = words.collect();
        let last = rest.last().copied().unwrap_or_default();
        let is_pair = rest.len() == 2 && ["and", "or"].contains(&rest[0]);
        let is_open = is_small(last) || is_particle(last) || last.ends_with("ing") || is_adjective(last);
        verb.is_some() && !rest.is_empty() && !is_pair && !is_open
    }
}

impl Surroundings<'_> {
    /// True if the words at an edge of the suggestion stand beside it, and not at that edge of what was found.
    fn is_doubled(&self) -> bool {
        let says = |count: usize, words: &[String]| count > 1 || words.iter().any(|word| !is_small(word));
        let is_behind = |count: usize| {
            let own = &self.words[self.words.len() - count..];
            let is_said = |(own, word): (&String, &NearbyWord)| fold_str(own) == word.text && !word.comma;
            let beside = &self.behind[..count];
            says(count, own) && own.iter().zip(beside).all(is_said) && !self.found.ends_with(own)
        };
        let is_before = |count: usize| {
            let own = &self.words[..count];
            let is_said = |(own, word): (&String, &NearbyWord)| fold_str(own) == word.text;
            let beside = self.before[..count].iter().rev();
            let is_apart = self.before[..count].iter().any(|word| word.comma);
            says(count, own) && own.iter().zip(beside).all(is_said) && !is_apart && !self.found.starts_with(own)
        };
        (1..=self.words.len().min(self.behind.len())).any(is_behind)
            || (1..=self.words.len().min(self.before.len())).any(is_before)
    }

    /// Finds the misfit with a longer expression that the words are a part of.
    fn around(&self) -> Option<Misfit> {
        if self.part == PartOfSpeech::Word {
            return None;
        }
        let follows = self.named.1 && self.runs_on() && self.behind[0].named && !is_small(&self.behind[0].text);
        let mut before = self.before.iter();
        let precedes = self.named.0
            && match before.next() {
                Some(word) if word.comma => false,
                Some(word) if word.text == "of" => before.next().is_some_and(|word| word.named && !word.comma),
                Some(word) => word.named,
                None => false,
            };
        let is_kept = (follows && self.same_last()) || (precedes && self.words.first() == self.found.first());
        ((follows || precedes) && !is_kept).then_some(Misfit::LongerName)
    }

    /// True if the clause denies or rejects what was found, and would deny what it is to say in its place.
    fn is_negated(&self) -> bool {
        let is_good = |word: &str| {
            GOODS.contains(&word.trim_end_matches('s'))
                || verb_of(word).is_some_and(|verb| GOODS.contains(&verb.as_str()))
        };
        let turns = !matches!(self.part, PartOfSpeech::Adjective | PartOfSpeech::Word)
            && self.words.iter().any(|word| is_good(word));
        turns && (self.is_denied() || self.denial_follows())
    }

    /// True if a negation or a rejection stands before, in the clause: "not", "rejects", "far from".
    fn is_denied(&self) -> bool {
        let mut nearer = "";
        for word in &self.before {
            if word.comma || word.text == "but" {
                return false;
            }
            let is_far = matches!((word.text.as_str(), nearer), ("far", "from") | ("short", "of"));
            // "not only", "no doubt"
            let is_open = ["only", "doubt", "longer", "less"].contains(&nearer);
            if is_far || (is_negation(&word.text) && !is_open) || is_rejection(&word.text) {
                return true;
            }
            nearer = &word.text;
        }
        false
    }

    /// True if what is found is said not to be: "the claim is no aim", "the claim, they said, will not be made".
    fn denial_follows(&self) -> bool {
        self.part == PartOfSpeech::Noun
            && self.behind.windows(2).any(|pair| is_auxiliary(&pair[0].text) && is_negation(&pair[1].text))
    }

    /// Finds the misfit with the words before.
    fn before(&self) -> Option<Misfit> {
        let (first, first_found) = (self.words.first()?.as_str(), self.found.first()?.as_str());
        if ["a", "an", "the"].contains(&first) && is_determiner(self.previous()) && !is_determiner(first_found) {
            return Some(Misfit::Article);
        }
        if ["a", "an"].contains(&self.previous()) && self.part == PartOfSpeech::Noun && self.takes_no_article() {
            return Some(Misfit::Article);
        }
        let is_coordinated = ["and", "or", "nor", "&"].contains(&self.previous());
        let takes_object =
            self.part == PartOfSpeech::Noun || (self.part == PartOfSpeech::Verb && self.ends_in_object());
        if is_coordinated && takes_object && !self.same_last() && first != first_found {
            return Some(Misfit::Coordinated);
        }
        let governor = self.governor();
        let is_verb =
            self.part == PartOfSpeech::Verb || (self.part == PartOfSpeech::Word && self.is_only_a_verb(first));
        let is_base = !first_found.ends_with("ing") && !first_found.ends_with("ed");
        if is_verb && is_base && !is_auxiliary(first_found) && self.stands_for_a_noun(governor) {
            return Some(Misfit::NounHere);
        }
        if self.part != PartOfSpeech::Verb {
            return None;
        }
        let verb = |words: &[String]| words.iter().find(|word| !is_adverb(word)).cloned().unwrap_or_default();
        let (verb, verb_found) = (verb(&self.words), verb(&self.found));
        if is_gerund(&verb_found) && !verb.ends_with("ing") {
            return Some(Misfit::Gerund);
        }
        let is_finite = is_modal(&verb) || ["are", "has", "have", "is", "was", "were"].contains(&verb.as_str());
        let is_governed = is_auxiliary(governor) || governor == "to";
        let replaces_one = is_auxiliary(&verb_found) || ["to", "not", "never"].contains(&verb_found.as_str());
        (is_finite && is_governed && !replaces_one).then_some(Misfit::Auxiliary)
    }

    /// Finds the misfit with the words behind.
    fn behind(&self) -> Option<Misfit> {
        let last = self.words.last()?.as_str();
        if last == "to" && self.found.last()? == "to" && self.is_before_an_infinitive() {
            let is_changed = self.words.first() != self.found.first();
            return (is_changed && self.runs_on() && !self.verb_follows(0)).then_some(Misfit::ToNoun);
        }
        if self.part == PartOfSpeech::Noun
            && self.runs_on()
            && is_be_or_remain(self.next(0))
            && self.behind_is_a_name(1)
        {
            return Some(Misfit::Identity);
        }
        if self.same_last() || self.part == PartOfSpeech::Word {
            return None;
        }
        let is_object = self.part == PartOfSpeech::Noun || (self.part == PartOfSpeech::Verb && self.ends_in_object());
        if self.possessive_follows() {
            let may_be_possessed = self.part == PartOfSpeech::Noun
                && !self.words.iter().any(|word| is_small(word) && !is_determiner(word));
            return (!may_be_possessed).then_some(Misfit::Possessive);
        }
        if is_object {
            if self.coordination_follows() {
                return Some(Misfit::Coordinated);
            }
            if self.runs_on() && self.next(0) == "of" {
                return Some(Misfit::OfPhrase);
            }
            if self.noun_follows() {
                return Some(Misfit::Noun);
            }
        }
        // "cooperate together and with others", where it should be "cooperate"
        let drops_adverb = self.found.last().is_some_and(|word| is_adverb(word) || word == "together");
        if drops_adverb && self.runs_on() && ["and", "or"].contains(&self.next(0)) && is_preposition(self.next(1)) {
            return Some(Misfit::Coordinated);
        }
        self.lacks_its_object(last).then_some(Misfit::Complement)
    }
}

impl Surroundings<'_> {
    /// True if an infinitive belongs behind the `to` that ends the suggestion.
    fn is_before_an_infinitive(&self) -> bool {
        let verb = self.words.iter().rev().nth(1);
        let verb = verb.and_then(|word| verb_of(word));
        verb.is_some_and(|verb| BEFORE_AN_INFINITIVE.contains(&verb.as_str()))
    }

    /// True if the word so many words behind is a bare verb, perhaps with adverbs before it.
    fn verb_follows(&self, at: usize) -> bool {
        let Some(word) = self.behind.get(at).filter(|word| !word.comma) else {
            return false;
        };
        if word.text != "further" && is_bare_verb(&word.text) {
            // "agreed to trade talks"
            return !(is_noun_too(&word.text) && self.is_plural_noun(at + 1));
        }
        (is_adverb(&word.text) || word.text == "not") && self.verb_follows(at + 1)
    }

    fn is_plural_noun(&self, at: usize) -> bool {
        let word = self.next(at);
        // "to support efforts" and "to trade talks" are told by nobody; what is a verb as well is taken for the second.
        word.ends_with('s')
            && !word.ends_with("ss")
            && verb_of(word).is_some_and(|verb| is_noun_too(&verb))
            && !is_determiner(word)
    }

    fn behind_is_a_name(&self, at: usize) -> bool {
        let at = at + usize::from(["a", "an", "the"].contains(&self.next(at)));
        self.behind.get(at).is_some_and(|word| word.named && !word.comma && !is_small(&word.text))
    }

    /// "claim's", "claims'"
    fn possessive_follows(&self) -> bool {
        let mut rest = self.rest.chars();
        let is_apostrophe = rest.next().is_some_and(|c| matches!(c, '\'' | '\u{2019}'));
        let behind = rest.next();
        let ends = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        let is_s = behind.is_some_and(|c| matches!(c, 's' | 'S')) && ends(rest.next());
        let is_plural = self.found.last().is_some_and(|word| word.ends_with('s')) && behind == Some(' ');
        is_apostrophe && (is_s || is_plural)
    }

    /// "claim and threat", "claim/threat", "claim, threat and attack"
    fn coordination_follows(&self) -> bool {
        let joins = |word: &str| ["&", "and", "and/or", "nor", "or"].contains(&word);
        // "the claim (and threat)", "the claim\u{2014}and threat"
        let inserted = self.rest.trim_start().strip_prefix(['(', '\u{2014}', '\u{2013}', '-']);
        if inserted.and_then(|inserted| inserted.split_whitespace().next()).is_some_and(joins) {
            return true;
        }
        if self.rest.starts_with('/') {
            return true;
        }
        let Some(first) = self.behind.first() else {
            return false;
        };
        if joins(&first.text) {
            // Behind a comma it is the end of a list, or something new.
            let is_list = !first.comma || first.text == "nor" || self.before.first().is_some_and(|word| word.comma);
            let are_names = self.named.1 && self.behind.get(1).is_some_and(|word| word.named);
            return (is_list || are_names) && (first.text == "nor" || !self.another_clause(1));
        }
        if first.text == "as" && self.next(1) == "well" && self.next(2) == "as" {
            return true;
        }
        // A list: words without a verb up to the next "and".
        first.comma && (first.named || !is_small(&first.text)) && {
            let more = self.behind.iter().skip(1);
            let until = more
                .take_while(|word| !is_auxiliary(&word.text) && !is_pronoun(&word.text) && !is_relative(&word.text));
            until.take(5).any(|word| joins(&word.text))
        }
    }

    /// True if what begins so many words behind, where a conjunction has stood, is not of the pair that the words found may be
    /// in.
    fn another_clause(&self, at: usize) -> bool {
        let Some(word) = self.behind.get(at) else {
            return true;
        };
        let text = word.text.as_str();
        if is_pronoun(text) || is_auxiliary(text) || is_adverb(text) || ["to", "not", "will"].contains(&text) {
            return true;
        }
        if is_preposition(text) {
            return !self.found.iter().any(|own| own == text);
        }
        if word.named {
            return false;
        }
        let like = |ending: &str| text.ends_with(ending) && self.found.first().is_some_and(|own| own.ends_with(ending));
        let is_past = is_past(text);
        let is_verb = verb_of(text).is_some_and(|verb| !is_noun_too(&verb));
        match self.part {
            PartOfSpeech::Verb => like("ing") || is_past || (is_verb && !text.ends_with("ing")),
            // "claim and left", "claim and met with the others"
            _ => is_past && (self.next(at + 1).is_empty() || is_small(self.next(at + 1))),
        }
    }

    /// True if the words found are the first part of a longer noun: "claim policy", "claim-related".
    fn noun_follows(&self) -> bool {
        let mut rest = self.rest.chars();
        let hyphen = rest.next().is_some_and(|c| matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}'));
        if hyphen && rest.next().is_some_and(char::is_alphanumeric) {
            return true;
        }
        let Some(word) = self.behind.first().filter(|_| self.runs_on()) else {
            return false;
        };
        let text = word.text.as_str();
        // A letter that counts, a particle of another language.
        if !text.is_ascii() || text.len() < 2 {
            return false;
        }
        if word.named && !is_small(text) {
            return true;
        }
        if is_small(text) || BEHIND_A_NOUN.contains(&text) || is_past(text) {
            return false;
        }
        let next = self.next(1);
        let takes_object = is_determiner(next) || is_pronoun(next) || ["to", "them", "him", "it"].contains(&next);
        if text.ends_with("ing") {
            return !takes_object;
        }
        match verb_of(text) {
            // "claim matters": where no verb stands before, and it may be one, it is.
            Some(verb) if is_noun_too(&verb) => !takes_object && (!text.ends_with('s') || self.verb_stands_before()),
            Some(_) => false,
            None => true,
        }
    }

    /// True if "a" does not stand before what is suggested: it is two things, several, or not counted.
    fn takes_no_article(&self) -> bool {
        let last = self.words.last().map_or("", String::as_str);
        let is_plural = last.ends_with('s') && !last.ends_with("ss") && !last.ends_with("us");
        let is_uncounted = UNCOUNTED.contains(&last) || last.ends_with("ness") || last.ends_with("bility");
        let is_whole = self.part == PartOfSpeech::Noun && !self.words.iter().any(|word| is_preposition(word));
        is_whole && !self.same_last() && (is_plural || is_uncounted || self.words.iter().any(|word| word == "and"))
    }

    fn verb_stands_before(&self) -> bool {
        let is_verb =
            |word: &NearbyWord| is_auxiliary(&word.text) || is_past(&word.text) || verb_of(&word.text).is_some();
        self.before.iter().any(is_verb)
    }

    /// True if the suggestion ends with a word that an object belongs to, and none follows.
    fn lacks_its_object(&self, last: &str) -> bool {
        let found_last = self.found.last().map_or("", String::as_str);
        if !(is_preposition(last) || is_particle(last)) || is_preposition(found_last) || last == "to" {
            return false;
        }
        let next = self.next(0);
        let is_infinitive = next == "to" && self.verb_follows(1);
        if is_infinitive || ["how", "that", "whether", "why"].contains(&next) {
            return true;
        }
        // "carry out" needs none that stands behind: what is carried out may stand before.
        let has_object = self.runs_on() && !is_preposition(next) && !["and", "as", "but", "or"].contains(&next);
        !is_particle(last) && !has_object
    }

    /// True if the bare word, or the one in -s, behind this one is a noun.
    fn stands_for_a_noun(&self, before: &str) -> bool {
        let is_possessor = before.ends_with("'s") || before.ends_with("\u{2019}s") || before.ends_with("s\u{2019}");
        const BEFORE_A_NOUN: &[&str] =
            &["a", "an", "her", "his", "its", "my", "our", "the", "their", "these", "those", "your"];
        BEFORE_A_NOUN.contains(&before) || is_possessor
    }

    fn is_only_a_verb(&self, word: &str) -> bool {
        verb_of(word).is_some_and(|verb| !is_noun_too(&verb))
    }
}

fn is_gerund(word: &str) -> bool {
    word.ends_with("ing") && verb_of(word).is_some_and(|verb| verb != word)
}

fn is_be_or_remain(word: &str) -> bool {
    is_be(word) || ["remain", "remained", "remains"].contains(&word)
}

fn is_relative(word: &str) -> bool {
    ["that", "when", "where", "which", "while", "who", "whose"].contains(&word)
}

/// True if a mark may stand right behind a word and be none of the sentence's: the end of a quotation or of emphasis.
fn is_mark(c: char) -> bool {
    closes_quotation(c) || matches!(c, '*' | '_')
}

fn is_clause_edge(c: char) -> bool {
    matches!(c, ';' | ':' | '(' | ')' | '\u{2014}' | crate::text::fold::OBJECT)
}

/// A word without the marks around it.
fn bare(token: &str) -> &str {
    token.trim_matches(|c: char| !(c.is_alphanumeric() || matches!(c, ',' | '.' | '&')))
}

/// True if the words of a block have capitals that make no names of them, as those of a title have.
fn is_titled(block: &Block) -> bool {
    let is_heading = matches!(block.kind(), BlockKind::Title | BlockKind::Heading);
    let long = words(block.text()).take(2 * TITLE).filter(|word| word.chars().count() > 3).take(TITLE);
    let (mut all, mut capital) = (0, 0);
    for word in long {
        all += 1;
        capital += usize::from(word.starts_with(char::is_uppercase));
    }
    is_heading || (all > 2 && capital * 10 >= all * 7)
}
