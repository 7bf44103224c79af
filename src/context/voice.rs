//! Who speaks: the stretches of a block that are not the drafters' own words.

use std::borrow::Cow;

use crate::draft::Draft;
use crate::names::{Actor, Body, Name, Referent};
use crate::span::{Plain, Span};
use crate::text::date::dates;
use crate::text::{Block, BlockKind};

/// Whose words a stretch of text is, if not the drafters'.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Voice {
    /// It stands between quotation marks or in a block quotation.
    Quoted,
    /// It says what a treaty, a resolution or the like says.
    Cited,
    /// It says what somebody says who is no party.
    Reported,
    /// It is a sentence of the drafters that cites an instrument by article, number or date.
    Citing,
}

/// The stretches of the block with this `index` that are not the drafters' own words, in order; they may overlap. `names` are the
/// names in the block, `parties` those whose text it is.
pub(crate) fn voices(draft: &Draft, index: usize, names: &[Name], parties: &[Actor]) -> Vec<(Span<Plain>, Voice)> {
    let block = &draft.blocks()[index];
    let whole = Span::new(0, block.text().len());
    if block.is_quotation() {
        return vec![(whole, Voice::Quoted)];
    }
    let mut voices: Vec<_> = block.quotations().iter().map(|quotation| (*quotation, Voice::Quoted)).collect();
    if follows_citation(draft.blocks(), index) {
        voices.push((whole, Voice::Cited));
    }
    // Whether "it" is an instrument, of which the sentence before spoke.
    let mut is_of_instrument = false;
    for sentence in sentences(block) {
        let sentence = TokenizedSentence::new(block, sentence, names);
        voices.extend(sentence.cited(is_of_instrument).map(|span| (span, Voice::Cited)));
        voices.extend(sentence.reported(parties).map(|span| (span, Voice::Reported)));
        voices.extend(sentence.attributed(parties));
        is_of_instrument = sentence.speaks_of_instrument() || (is_of_instrument && sentence.begins_with_it());
        if sentence.cites() {
            voices.push((sentence.span, Voice::Citing));
        }
    }
    voices.sort_by_key(|(span, voice)| (span.start(), span.end(), *voice));
    voices.dedup();
    voices
}

/// The sentences of a block, without white space around them.
fn sentences(block: &Block) -> impl Iterator<Item = Span<Plain>> {
    let text = block.text();
    let ends = block.sentence_ends().iter().copied().chain([text.len()]);
    ends.scan(0, move |start, end| {
        let sentence = text.get(*start..end).unwrap_or_default();
        let from = *start + sentence.len() - sentence.trim_start().len();
        *start = end;
        Some(Span::new(from, end.max(from)))
    })
    .filter(|sentence| !sentence.is_empty())
}

/// The most items of a list that may be what is cited.
const LONGEST_LIST: usize = 50;

/// The most characters of a date.
const LONGEST_DATE: usize = 40;

/// The most bytes at the end of a block that tell what is cited below it.
const LONGEST_INTRODUCTION: usize = 400;

/// True for a block that the one before it cites: "Article 5 reads:", and each item of a list below that.
fn follows_citation(blocks: &[Block], index: usize) -> bool {
    let is_list = |block: &&Block| blocks[index].kind() == BlockKind::List && block.kind() == BlockKind::List;
    let mut before = blocks[..index].iter().rev().take(LONGEST_LIST).skip_while(is_list);
    let cites = |block: &Block| {
        let text = block.text();
        let earliest = text.len().saturating_sub(LONGEST_INTRODUCTION);
        let ends = block.sentence_ends().iter().rev().copied().filter(|end| *end < text.len());
        let start = ends.take(1).next().unwrap_or(0).max(earliest);
        let start = (start..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
        TokenizedSentence::new(block, Span::new(start, text.len()), &[]).cited(false).next().is_some()
    };
    before.next().is_some_and(|block| block.text().ends_with(':') && cites(block))
}

/// Nouns for what is cited, in lower case.
const INSTRUMENTS: &[&str] = &[
    "accord", "accords", "act", "agreement", "annex", "article", "articles", "chapter", "charter", "clause",
    "communique", "communiqu\u{e9}", "constitution", "convention", "conventions", "covenant", "covenants", "decision",
    "declaration", "directive", "paragraph", "paragraphs", "preamble", "principle", "protocol", "protocols",
    "regulation", "resolution", "resolutions", "rule", "section", "statute", "treaties", "treaty", "unscr", "unscrs",
];

/// Verbs of such a text when it is cited.
const PROVIDES: &[&str] = &[
    "affirms", "calls", "confirms", "declares", "demands", "establishes", "guarantees", "mandates", "obligates",
    "obliges", "prescribes", "proclaims", "prohibits", "provide", "provided", "provides", "read", "reads", "reaffirms",
    "recognises", "recognizes", "requires", "said", "says", "specifies", "state", "stated", "states", "stipulate",
    "stipulated", "stipulates",
];

/// Before the noun, these say that it is this text.
const OWN: &[&str] = &["this", "these", "our", "present", "their", "its"];

/// Organs that decide and demand, by the last word of their names.
const ORGANS: &[&str] = &[
    "agency", "assembly", "board", "commission", "committee", "congress", "council", "court", "secretariat", "tribunal",
];

/// Offices of organs, by the last word of what they are called.
const OFFICES: &[&str] = &[
    "commissioner", "director-general", "envoy", "rapporteur", "secretary-general", "spokesman", "spokesperson",
    "spokeswoman",
];

/// Offices and organs of states.
const OF_STATES: &[&str] = &[
    "authorities", "chancellor", "government", "leader", "leadership", "minister", "ministry", "parliament",
    "president", "regime", "spokesperson", "army", "military",
];

/// Verbs by which reports put what one says, asks for and finds.
const REPORTS: &[&str] = &[
    "acknowledged", "acknowledges", "admits", "admitted", "affirmed", "affirms", "alleged", "alleges", "announced",
    "announces", "argued", "argues", "asked", "asks", "asserted", "asserts", "boasted", "boasts", "called", "calls",
    "claimed", "claims", "complained", "complains", "concluded", "concludes", "condemned", "condemns", "confirmed",
    "contended", "contends", "decided", "decides", "declared", "declares", "demanded", "demands", "denied", "denies",
    "deplored", "determined", "determines", "emphasised", "emphasises", "emphasized", "emphasizes", "encouraged",
    "encourages", "estimated", "estimates", "expects", "explained", "explains", "expressed", "finds", "forecast",
    "forecasts", "found", "held", "indicated", "indicates", "informed", "insinuated", "insisted", "insists", "invited",
    "invites", "maintained", "maintains", "noted", "notes", "notified", "observed", "observes", "ordered", "pledged",
    "pledges", "predicted", "predicts", "projected", "projects", "promised", "promises", "proposed", "proposes",
    "reaffirmed", "reaffirms", "reassured", "recalled", "recalls", "recognised", "recognises", "recognized",
    "recognizes", "recommended", "recommends", "reiterated", "reiterates", "rejected", "rejects", "remarked",
    "replied", "replies", "reported", "reports", "requested", "requests", "ruled", "said", "says", "signaled",
    "signalled", "stated", "states", "stressed", "stresses", "suggested", "suggests", "threatened", "threatens",
    "told", "underlined", "underlines", "underscored", "underscores", "urged", "urges", "vowed", "vows", "warned",
    "warns", "welcomed", "welcomes", "writes", "wrote",
];

/// Words that may stand between who speaks and what they do.
const BETWEEN: &[&str] =
    &["again", "also", "further", "had", "has", "have", "itself", "recently", "then", "therefore", "today"];

/// Before the name of an organ, these say that it is not who speaks, or not alone.
const NOT_SUBJECT: &[&str] = &[
    "and", "about", "against", "at", "between", "by", "for", "from", "in", "of", "on", "or", "through", "to", "under",
    "with", "within",
];

/// Words for the parties together, in lower case.
const TOGETHER: &[&str] = &[
    "capitals", "countries", "delegations", "governments", "leaders", "ministers", "nations", "participants",
    "parties", "presidents", "principals", "secretaries", "sides",
];

/// Verbs of the parties in a clause of their own behind what others said.
const ACTS: &[&str] = &[
    "affirm", "affirmed", "agree", "agreed", "are", "call", "called", "commit", "committed", "concur", "condemn",
    "condemned", "confirm", "confirmed", "decide", "decided", "emphasize", "emphasized", "express", "expressed",
    "have", "intend", "look", "note", "noted", "plan", "pledge", "pledged", "reaffirm", "reaffirmed", "recognize",
    "recognized", "reiterate", "reiterated", "remain", "resolve", "resolved", "seek", "shall", "share", "stand",
    "support", "underline", "underlined", "underscore", "underscored", "urge", "urged", "welcome", "welcomed", "will",
];

/// The most words of a subject.
const LONGEST_SUBJECT: usize = 20;

/// A word of a sentence.
#[derive(Debug)]
struct SentenceWord<'b> {
    span: Span<Plain>,
    /// In lower case, without a possessive.
    lower: Cow<'b, str>,
    is_capital: bool,
}

/// A sentence, word by word.
struct TokenizedSentence<'b> {
    text: &'b str,
    span: Span<Plain>,
    words: Vec<SentenceWord<'b>>,
    names: &'b [Name],
}

/// Words that ascribe what stands around them: where they begin, the first and the last word of who it is, and the word behind them.
struct Attribution {
    at: usize,
    who: (usize, usize),
    end: usize,
    /// True if they have a verb of their own, as "as the Council noted" has: what follows may be the drafters' then.
    is_verb: bool,
}

impl<'b> TokenizedSentence<'b> {
    fn new(block: &'b Block, span: Span<Plain>, names: &'b [Name]) -> TokenizedSentence<'b> {
        let text = block.text();
        let mut words = Vec::new();
        let mut at = span.start();
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '\u{2019}' | '/' | '\u{2011}');
        for part in text[span.range()].split(|c| !is_part(c)) {
            if !part.is_empty() {
                let lower = if part.bytes().all(|byte| byte.is_ascii_lowercase()) {
                    Cow::Borrowed(part)
                } else {
                    let lower = part.to_lowercase().replace(['\'', '\u{2019}', '\u{2011}'], "-");
                    Cow::Owned(lower.trim_end_matches("-s").to_owned())
                };
                let is_capital = part.starts_with(|c: char| !c.is_lowercase());
                words.push(SentenceWord { span: Span::new(at, at + part.len()), lower, is_capital });
            }
            at += part.len();
            at += text[at..].chars().next().map_or(0, char::len_utf8);
        }
        TokenizedSentence { text, span, words, names }
    }

    /// The text between the word with this index and the one before it, or the start of the sentence.
    fn gap(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(self.span.start(), |before| self.words[before].span.end());
        let end = self.words.get(at).map_or(self.span.end(), |word| word.span.start());
        &self.text[start..end]
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        self.words.get(at).is_some_and(|word| words.contains(&word.lower.as_ref()))
    }

    /// From what is cited to the end of the sentence. What "it" provides is if it is an instrument.
    fn cited(&self, is_of_instrument: bool) -> impl Iterator<Item = Span<Plain>> {
        let is_it = |verb: usize| {
            let first = if self.is(1, &["also", "further", "then"]) { 2 } else { 1 };
            is_of_instrument && verb == first && self.begins_with_it()
        };
        let noun = (1..self.words.len())
            .filter(|&verb| is_among(PROVIDES, &self.words[verb].lower) && self.introduces(verb))
            .find_map(|verb| self.instrument_before(verb).or(is_it(verb).then_some(0)));
        noun.map(|noun| Span::new(self.words[noun].span.start(), self.span.end())).into_iter()
    }

    fn begins_with_it(&self) -> bool {
        self.is(0, &["it"])
    }

    /// True for a sentence on an instrument: its subject is one that is not the drafters' own text.
    fn speaks_of_instrument(&self) -> bool {
        let noun = (0..self.words.len().min(LONGEST_SUBJECT)).find(|&at| {
            let word = &self.words[at];
            self.is_instrument(word.span) || (word.is_capital && is_instrument(&word.lower))
        });
        noun.is_some_and(|noun| !self.words[..noun].iter().any(|word| OWN.contains(&word.lower.as_ref())))
    }

    /// True if what a verb says follows: "that", a colon, a quotation.
    fn introduces(&self, verb: usize) -> bool {
        let behind = self.text[self.words[verb].span.end()..self.span.end()].trim_start_matches([' ', ',']);
        let words = ["that ", "as follows", "in part", ":", "\"", "\u{201c}", "\u{2018}", "\u{ab}", "'"];
        words.iter().any(|word| behind.starts_with(word))
    }

    /// The noun, or the name, of the instrument that is the subject of the verb with this index: "paragraph 3 of the Convention".
    fn instrument_before(&self, verb: usize) -> Option<usize> {
        if self.is_said_by_actor(verb) {
            return None;
        }
        let mut noun = None;
        let mut at = verb;
        // What stands between commas: "the Convention, in its third part, provides".
        if self.gap(verb).starts_with(',') {
            at = (1..verb).rev().take(12).find(|&at| self.gap(at).starts_with(','))?;
        }
        let subject = at;
        while let Some(before) = at.checked_sub(1).filter(|before| before + 14 >= verb) {
            // What stands before a comma is no subject of the verb, but for "Article 5, paragraph 3".
            if at < subject && self.gap(at).contains([',', ';', ':']) && !self.goes_on_before(at) {
                break;
            }
            at = before;
            let word = &self.words[at];
            let lower = word.lower.as_ref();
            let is_named = self.is_instrument(word.span) && self.goes_on_to(self.end_of_instrument(at), subject);
            if is_named || (is_among(INSTRUMENTS, lower) && self.goes_on_to(at, subject)) {
                noun = Some(at);
                continue;
            }
            if OWN.contains(&lower) {
                return noun.filter(|noun| *noun != at + 1);
            }
            let joins = matches!(
                lower,
                "of" | "the" | "and" | "on" | "for" | "to" | "between" | "with" | "clearly" | "also" | "which"
            );
            if !(word.is_capital || is_number(lower) || joins) {
                break;
            }
        }
        noun
    }

    /// True if the citation that begins at the word with this index goes on the one before the comma: "Article 5, paragraph 3".
    fn goes_on_before(&self, at: usize) -> bool {
        is_among(INSTRUMENTS, &self.words[at].lower)
            && at.checked_sub(1).is_some_and(|before| {
                let word = &self.words[before];
                is_number(&word.lower) || is_among(INSTRUMENTS, &word.lower) || self.is_instrument(word.span)
            })
    }

    /// True if states or bodies are the subject of the verb with this index, whatever stands before them: "In the Declaration Japan
    /// and Kenya state"; in "the Treaty between Japan and Kenya" they are not.
    fn is_said_by_actor(&self, verb: usize) -> bool {
        let mut is_actor = false;
        for at in (0..verb).rev().take(LONGEST_SUBJECT) {
            let word = &self.words[at];
            if self.actor_at(word.span).is_some() {
                is_actor = true;
            } else if is_actor && self.gap(at + 1).contains([';', ':']) {
                return true;
            } else if !matches!(word.lower.as_ref(), "and" | "the" | "also" | "both") {
                let is_of = matches!(
                    word.lower.as_ref(),
                    "of" | "between" | "with" | "among" | "to" | "by" | "on" | "for" | "in" | "at" | "from"
                );
                return is_actor && !is_of;
            }
        }
        is_actor
    }

    /// The state or body of whose name the word with these bytes is.
    fn actor_at(&self, word: Span<Plain>) -> Option<Actor> {
        let until = self.names.partition_point(|name| name.span.start() <= word.start());
        let near = self.names[..until].iter().rev().take(8);
        near.filter(|name| name.span.start() <= word.start() && word.start() < name.whole().end())
            .find_map(|name| name.referent.actor().filter(|_| !matches!(name.referent, Referent::Adjective(_))))
    }

    /// The index of the last word of the name of an instrument of which the word with this index is.
    fn end_of_instrument(&self, at: usize) -> usize {
        let is_of = |at: usize| self.words.get(at).is_some_and(|word| self.is_instrument(word.span));
        (at..self.words.len()).take(LONGEST_SUBJECT).take_while(|&at| is_of(at)).last().unwrap_or(at)
    }

    /// True if the word with these bytes is of the name of an instrument.
    fn is_instrument(&self, word: Span<Plain>) -> bool {
        let until = self.names.partition_point(|name| name.span.start() <= word.start());
        // A name holds few others.
        let near = self.names[..until].iter().rev().take(8);
        near.into_iter().any(|name| name.referent == Referent::Instrument && name.span.contains(word))
    }

    /// The names that lie in these bytes.
    fn names_in(&self, span: Span<Plain>) -> impl Iterator<Item = &Name> {
        let from = self.names.partition_point(|name| name.span.start() < span.start());
        let until = self.names.partition_point(|name| name.span.start() < span.end());
        self.names[from..until].iter().filter(move |name| span.contains(name.span))
    }

    /// True if the noun with this index is what the verb is said of, though a number and what it is of stand between: in "Article IV
    /// Each Party recognizes" it is not.
    fn goes_on_to(&self, noun: usize, verb: usize) -> bool {
        let is_number = |word: &str| is_number(word) || (word.len() == 1 && word != "a");
        let next = (noun + 1..verb).find(|&at| !is_number(&self.words[at].lower));
        next.is_none_or(|at| match self.words[at].lower.as_ref() {
            // "The Agreement and its Annex", and not "the Agreement and Japan".
            "and" => (at + 1..verb).take(4).any(|at| {
                is_number(&self.words[at].lower)
                    || is_among(INSTRUMENTS, &self.words[at].lower)
                    || self.is_instrument(self.words[at].span)
            }),
            word => matches!(
                word,
                "of" | "on" | "for" | "to" | "between" | "with" | "clearly" | "also" | "which" | "itself" | "in"
            ),
        })
    }

    /// From who speaks to where the drafters do again.
    fn reported(&self, parties: &[Actor]) -> impl Iterator<Item = Span<Plain>> {
        let mut found: Vec<Span<Plain>> = Vec::new();
        for verb in 1..self.words.len() {
            let word = &self.words[verb];
            // "States" in capitals is a noun.
            if word.is_capital || !is_among(REPORTS, &word.lower) {
                continue;
            }
            let behind = found.last().map_or(0, |last| last.end());
            if word.span.start() < behind {
                continue;
            }
            let Some(subject) = self.subject(verb).filter(|subject| self.is_third(*subject, parties)) else {
                continue;
            };
            let mut start = self.words[subject.0].span.start();
            // "They left, Russia said."
            if verb + 1 == self.words.len() && self.gap(subject.0).contains(',') && !self.is_own(0, parties) {
                start = self.span.start();
            }
            if start >= behind {
                found.push(Span::new(start, self.own_clause(verb + 1, parties).max(start)));
            }
        }
        found.into_iter()
    }

    /// Stretches that a few words ascribe to others: "according to", "in the words of", "as it puts it".
    fn attributed(&self, parties: &[Actor]) -> Vec<(Span<Plain>, Voice)> {
        let mut found: Vec<(Span<Plain>, Voice)> = Vec::new();
        for at in 0..self.words.len() {
            if found.last().is_some_and(|(last, _)| self.words[at].span.start() < last.end()) {
                continue;
            }
            found.extend(self.attribution(at).and_then(|attribution| self.ascribed(&attribution, parties)));
        }
        found
    }

    /// The attribution that begins at the word with this index.
    fn attribution(&self, at: usize) -> Option<Attribution> {
        let word = self.words[at].lower.as_ref();
        match word {
            "according" if self.is(at + 1, &["to"]) => {
                let last = self.end_of_phrase(at + 2)?;
                Some(Attribution { at, who: (at + 2, last), end: last + 1, is_verb: false })
            }
            "in" if self.is(at + 1, &["the"]) && self.is(at + 2, &["words"]) && self.is(at + 3, &["of"]) => {
                let last = self.end_of_phrase(at + 4)?;
                Some(Attribution { at, who: (at + 4, last), end: last + 1, is_verb: false })
            }
            "in" => {
                let last = self.end_of_phrase(at + 1).filter(|last| self.is(last + 1, &["words"]))?;
                Some(Attribution { at, who: (at + 1, last), end: last + 2, is_verb: false })
            }
            "as" => {
                let last = self.end_of_phrase(at + 1)?;
                let verb = if self.is(last + 1, BETWEEN) { last + 2 } else { last + 1 };
                if self.is(verb, &["put", "puts"]) && self.is(verb + 1, &["it"]) {
                    return Some(Attribution { at, who: (at + 1, last), end: verb + 2, is_verb: false });
                }
                let says = self.is(verb, REPORTS) || self.is(verb, PROVIDES);
                says.then_some(Attribution { at, who: (at + 1, last), end: verb + 1, is_verb: true })
            }
            _ => None,
        }
    }

    /// The last word of the name or the office that begins at the word with this index.
    fn end_of_phrase(&self, first: usize) -> Option<usize> {
        let is_noun = |at: usize| {
            let word = &self.words[at];
            word.is_capital || [ORGANS, OFFICES, OF_STATES].iter().any(|list| list.contains(&word.lower.as_ref()))
        };
        let is_part = |at: usize| {
            is_noun(at) || self.is(at, &["the", "of", "on", "for", "and"]) || is_number(&self.words[at].lower)
        };
        let end = (first..self.words.len())
            .take(LONGEST_SUBJECT)
            .take_while(|&at| is_part(at) && (at == first || self.gap(at).chars().all(|c| matches!(c, ' ' | '.'))));
        let last = end.filter(|&at| is_noun(at) || is_number(&self.words[at].lower)).last()?;
        // A sentence may go on with a capital after the name.
        Some(last)
    }

    /// The stretch that an attribution ascribes, and the voice, if that is no party and nothing of the drafters'.
    fn ascribed(&self, attribution: &Attribution, parties: &[Actor]) -> Option<(Span<Plain>, Voice)> {
        let Attribution { at, who: (first, last), end, is_verb } = *attribution;
        let voice = if self.is_named_instrument(first, last) {
            Voice::Cited
        } else if self.is_of_third((first, last), parties) {
            Voice::Reported
        } else {
            return None;
        };
        let opens = at == 0 || self.gap(at).contains([',', ';', ':', '\u{2013}', '\u{2014}', '(']);
        let is_that = at > 0 && self.is(at - 1, &["that", "and", "but", "while"]);
        if end >= self.words.len() {
            // It stands behind what is said.
            let is_own = self.is_own(0, parties) && !self.is(1, &["parties"]);
            return (opens && at > 0 && !is_own).then_some((self.span, voice));
        }
        if !(opens || is_that) || !self.gap(end).contains([',', ':']) {
            return None;
        }
        // "As the Council noted, we will".
        let is_own = is_verb || voice == Voice::Cited;
        if is_own && self.is_own(end, parties) && !self.is(end + 1, &["parties"]) {
            return None;
        }
        let until = match voice {
            Voice::Cited => self.span.end(),
            _ => self.own_clause(end + 1, parties),
        };
        Some((Span::new(self.words[at].span.start(), until), voice))
    }

    /// True if these words name a treaty or another document that is not the drafters' own.
    fn is_named_instrument(&self, first: usize, last: usize) -> bool {
        let words = &self.words[first..=last];
        let is_one = |word: &SentenceWord| self.is_instrument(word.span) || is_among(INSTRUMENTS, &word.lower);
        // "The DOC": what the gazetteer does not know by its letters is no body either.
        let is_short = |word: &SentenceWord| {
            let letters = &self.text[word.span.range()];
            (2..=6).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_uppercase())
        };
        let is_known = words.iter().any(|word| self.actor_at(word.span).is_some());
        words.iter().any(is_one) || (words.len() == 2 && words[0].lower == "the" && is_short(&words[1]) && !is_known)
    }

    /// The words that are the subject of the verb with this index: the first, and the last.
    fn subject(&self, verb: usize) -> Option<(usize, usize)> {
        let mut last = verb.checked_sub(1)?;
        let is_between = |word: &SentenceWord| {
            BETWEEN.contains(&word.lower.as_ref()) || (word.lower.ends_with("ly") && !word.is_capital)
        };
        while is_between(&self.words[last]) {
            last = last.checked_sub(1)?;
        }
        // What stands between commas, or in brackets: "the Council, in its resolution 2334 (2016), demanded".
        let gap = &self.text[self.words[last].span.end()..self.words[(last + 1).min(verb)].span.start()];
        if gap.starts_with(',') {
            let open = (0..last).rev().take(12).find(|&at| self.text[self.words[at].span.end()..].starts_with(','))?;
            last = open;
        } else if !gap.trim().is_empty() && !gap.starts_with(')') {
            return None;
        }
        let head = &self.words[last];
        let is_head =
            head.is_capital || [ORGANS, OFFICES, OF_STATES].iter().any(|list| list.contains(&head.lower.as_ref()));
        if !is_head || matches!(head.lower.as_ref(), "and" | "or") {
            return None;
        }
        let mut first = last;
        while let Some(before) = first.checked_sub(1).filter(|before| before + LONGEST_SUBJECT > last) {
            let joined = self.text[self.words[before].span.end()..self.words[first].span.start()]
                .chars()
                .all(|c| matches!(c, ' ' | '(' | ')' | '.'));
            let word = &self.words[before];
            let is_part =
                word.is_capital || matches!(word.lower.as_ref(), "the" | "of" | "on" | "for" | "a" | "an" | "united");
            if !(joined && is_part) {
                break;
            }
            first = before;
        }
        while matches!(self.words[first].lower.as_ref(), "of" | "on" | "for") && first < last {
            first += 1;
        }
        Some((first, last))
    }

    /// True if the words are an organ, an office or a state that is no party, and the whole subject.
    fn is_third(&self, (first, last): (usize, usize), parties: &[Actor]) -> bool {
        let before = first.checked_sub(1).map(|before| self.words[before].lower.as_ref());
        let parted = first > 0
            && self.text[self.words[first - 1].span.end()..self.words[first].span.start()].contains([',', ';', ':']);
        if before.is_some_and(|before| NOT_SUBJECT.contains(&before)) && !parted {
            return false;
        }
        self.is_of_third((first, last), parties)
    }

    /// True if the words name an organ, an office or a state that is no party.
    fn is_of_third(&self, (first, last): (usize, usize), parties: &[Actor]) -> bool {
        let words = &self.words[first..=last];
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.lower.as_ref()));
        if has(&["joint", "our", "leaders", "ministers", "sides", "parties"]) {
            return false;
        }
        let subject = Span::<Plain>::new(words[0].span.start(), words[words.len() - 1].span.end());
        let actors: Vec<Actor> = self.names_in(subject).filter_map(|name| name.referent.actor()).collect();
        if actors.iter().any(|actor| is_party(*actor, parties)) {
            return false;
        }
        let head = words.iter().position(|word| word.lower == "of").map_or(words.len(), |of| of).checked_sub(1);
        let head = head.map_or("", |head| words[head].lower.as_ref());
        let is_definite = words[0].lower == "the" || actors.iter().any(|actor| matches!(actor, Actor::Body(_)));
        let is_state = actors.iter().any(|actor| matches!(actor, Actor::State(_)));
        // "The WTO Agreement" is no body, and an organ that no body is named for may be one of a party.
        let ends = |name: &Name| name.span.end() == subject.end() && matches!(name.referent, Referent::Body(_));
        let is_body = self.names_in(subject).any(ends);
        let is_organ = ORGANS.contains(&head) || OFFICES.contains(&head);
        let has_body = |actors: &[Actor]| actors.iter().any(|actor| matches!(actor, Actor::Body(_)));
        if is_body || (is_organ && is_definite && (has_body(&actors) || !has_body(parties))) {
            return true;
        }
        let is_of_state = is_organ || OF_STATES.contains(&head);
        let is_alone = words.len() <= 1 || !words.iter().any(|word| word.lower == "of") || is_of_state;
        is_state && !parties.is_empty() && is_alone
    }

    /// The end of what others say behind the word with this index: the start of a clause of which the parties are the subject, at the
    /// latest the end of the sentence.
    fn own_clause(&self, from: usize, parties: &[Actor]) -> usize {
        for at in from.max(1)..self.words.len() {
            let conjunction = usize::from(self.is(at - 1, &["and", "but", "while", "whereas", "yet"]));
            let last = at - 1 - conjunction.min(at - 1);
            let parted = |at: usize| self.gap(at).contains([',', ';', '\u{2013}', '\u{2014}']);
            if conjunction == 0 && !parted(at) {
                continue;
            }
            let Some(end) = self.own_subject(at, parties) else {
                continue;
            };
            let is_clause = (conjunction == 1 && parted(at - 1)) || self.gap(at).contains(';');
            let verb =
                (end..self.words.len()).find(|&at| !self.is(at, BETWEEN) && !self.words[at].lower.ends_with("ly"));
            let acts = verb.is_some_and(|verb| self.is(verb, ACTS));
            let goes_on = verb.is_some_and(|verb| !self.is(verb, &["to", "and", "of", "in"]));
            if self.is(at, &["we"]) || acts || (is_clause && goes_on) {
                return self.words[last].span.end();
            }
        }
        self.span.end()
    }

    /// True if the subject that begins at the word with this index is the drafters'.
    fn is_own(&self, at: usize, parties: &[Actor]) -> bool {
        self.own_subject(at, parties).is_some()
    }

    /// Behind the subject that begins at the word with this index, if it is "we", "both sides", "the leaders" or the parties by name.
    fn own_subject(&self, at: usize, parties: &[Actor]) -> Option<usize> {
        match self.words.get(at)?.lower.as_ref() {
            "we" => return Some(at + 1),
            "both" if self.is(at + 1, TOGETHER) => return Some(at + 2),
            "the" if self.is(at + 1, &["two", "three"]) && at + 2 < self.words.len() => return Some(at + 3),
            "the" if self.is(at + 1, TOGETHER) => return Some(at + 2),
            _ => {}
        }
        let mut end = None;
        let mut next = at;
        while next < self.words.len() && next < at + LONGEST_SUBJECT {
            let first = next + usize::from(self.is(next, &["the"]));
            let of_party = |at: usize| {
                let word = self.words.get(at)?;
                self.actor_at(word.span).filter(|actor| is_party(*actor, parties))
            };
            if of_party(first).is_none() {
                break;
            }
            let last = self.words.len().min(first + LONGEST_SUBJECT);
            next = (first..last).find(|&at| of_party(at).is_none()).unwrap_or(last);
            end = Some(next);
            next += usize::from(self.is(next, &["and"]));
        }
        end
    }

    /// True if an instrument is cited by article, number or date.
    fn cites(&self) -> bool {
        let is = |at: usize, test: fn(&str) -> bool| self.words.get(at).is_some_and(|word| test(&word.lower));
        (0..self.words.len()).any(|at| {
            let word = &self.words[at];
            match word.lower.as_ref() {
                "article" | "articles" | "art" | "arts" | "chapter" | "regulation" | "directive" => {
                    is(at + 1, is_number)
                }
                "resolution" | "resolutions" | "unscr" | "unscrs" | "decision" | "decisions" => {
                    is(at + 1, is_figure) || (is(at + 1, |word| word == "no" || word == "nos") && is(at + 2, is_figure))
                }
                "paragraph" | "paragraphs" | "section" => {
                    is(at + 1, is_figure) && is(at + 2, |word| word == "of") && !is(at + 3, |word| OWN.contains(&word))
                }
                lower if lower.starts_with("a/res/") || lower.starts_with("s/res/") || lower.contains("/res/") => true,
                lower if is_instrument(lower) => {
                    let by_year = at > 0
                        && (is_year(&self.words[at - 1].lower) || (at > 1 && word.is_capital && self.year_before(at)));
                    let dated = is(at + 1, |word| matches!(word, "of" | "dated")) && self.is_date(at + 2);
                    by_year || dated
                }
                _ => false,
            }
        })
    }

    /// True if the name in capitals that ends with the word with this index begins with a year: "the 1982 Law of the Sea Convention".
    fn year_before(&self, at: usize) -> bool {
        let name = (0..at).rev().take(7).take_while(|&before| {
            self.words[before].is_capital || matches!(self.words[before].lower.as_ref(), "of" | "on" | "the" | "and")
        });
        name.into_iter().any(|before| is_year(&self.words[before].lower))
    }

    /// True if a date stands at the word with this index: "10 December 1982", "September 24, 1992".
    fn is_date(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else {
            return false;
        };
        let rest = &self.text[word.span.start()..self.span.end()];
        let end = rest.char_indices().nth(LONGEST_DATE).map_or(rest.len(), |(at, _)| at);
        dates(&rest[..end]).first().is_some_and(|date| date.span.start() == 0) || is_year(&word.lower)
    }
}

/// True if somebody is a party, an organ of one, or a group of parties.
fn is_party(actor: Actor, parties: &[Actor]) -> bool {
    let is_of = |party: &Actor| match (party, actor) {
        // The Commission and the Council are the Union.
        (Actor::Body(one), Actor::Body(other)) => is_of_union(*one) && is_of_union(other),
        _ => false,
    };
    let members = actor.states();
    let is_group = members.len() > 1 && members.iter().all(|state| parties.contains(&Actor::State(*state)));
    parties.contains(&actor) || is_group || parties.iter().any(is_of)
}

fn is_of_union(body: Body) -> bool {
    body.name().starts_with("European ")
}

/// True if a word is in a list that is in order.
fn is_among(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

fn is_instrument(lower: &str) -> bool {
    is_among(INSTRUMENTS, lower) && !matches!(lower, "act" | "principle" | "rule" | "clause")
}

fn is_number(lower: &str) -> bool {
    let is_roman = !lower.is_empty() && lower.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x' | b'l'));
    is_roman || is_figure(lower)
}

fn is_figure(lower: &str) -> bool {
    lower.starts_with(|c: char| c.is_ascii_digit()) || lower.starts_with("es-")
}

fn is_year(lower: &str) -> bool {
    lower.len() == 4 && lower.parse().is_ok_and(|year: u32| (1800..2200).contains(&year))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Format;
    use crate::names;

    /// Stretches of a text that are not the drafters' own, each as its voice and its words.
    fn heard(source: &str, parties: &[&str]) -> Vec<(Voice, String)> {
        let draft = Draft::new(Format::Markdown, source);
        let parties: Vec<Actor> = parties.iter().filter_map(|name| Actor::named(name)).collect();
        let mut heard = Vec::new();
        for (index, block) in draft.blocks().iter().enumerate() {
            let found = voices(&draft, index, &names::find(block), &parties);
            heard.extend(found.into_iter().map(|(span, voice)| (voice, block.text()[span.range()].to_owned())));
        }
        heard
    }

    #[test]
    fn the_lists_that_are_searched_are_in_order() {
        for list in [INSTRUMENTS, PROVIDES, REPORTS] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }

    #[test]
    fn what_others_say_is_told_from_what_the_drafters_say() {
        use Voice::{Cited, Citing, Quoted, Reported};
        let cases: &[(&str, &[(Voice, &str)])] = &[
            ("We call it a \u{201c}shared task\u{201d}.", &[(Quoted, "\u{201c}shared task\u{201d}")]),
            ("> We will utilize it.", &[(Quoted, "We will utilize it.")]),
            (
                "The Charter states that all members shall act. We agree.",
                &[(Cited, "Charter states that all members shall act.")],
            ),
            (
                "Paragraph 3 of the Convention stipulates that ships shall pass.",
                &[
                    (Citing, "Paragraph 3 of the Convention stipulates that ships shall pass."),
                    (Cited, "Paragraph 3 of the Convention stipulates that ships shall pass."),
                ],
            ),
            ("This Statement provides that we shall meet.", &[]),
            ("Our Agreement provides for talks.", &[]),
            (
                "The Council demanded that all sides withdraw.",
                &[(Reported, "The Council demanded that all sides withdraw.")],
            ),
            (
                "Last year the UN Secretary-General noted that hunger grows, and we share that view.",
                &[(Reported, "the UN Secretary-General noted that hunger grows")],
            ),
            (
                "The Court has repeatedly held that force is no title.",
                &[(Reported, "The Court has repeatedly held that force is no title.")],
            ),
            ("The two leaders reaffirmed the alliance.", &[]),
            ("President Kim and Prime Minister Mori urged restraint.", &[]),
            ("The work of the Council demanded patience.", &[]),
            ("The Joint Committee noted progress.", &[]),
            ("Japan reaffirmed its pledge.", &[]),
            ("Russia announced that it had left.", &[(Reported, "Russia announced that it had left.")]),
            (
                "In line with resolution 2625 we shall recognize none.",
                &[(Citing, "In line with resolution 2625 we shall recognize none.")],
            ),
            ("We uphold the 1951 Convention.", &[(Citing, "We uphold the 1951 Convention.")]),
            (
                "We uphold the Agreement of 24 September 1992.",
                &[(Citing, "We uphold the Agreement of 24 September 1992.")],
            ),
            ("We uphold the Convention and meet in 2026.", &[]),
            ("See paragraph 3 of this Statement.", &[]),
            (
                "Article 4 Each side recognizes that peace is dear.",
                &[(Citing, "Article 4 Each side recognizes that peace is dear.")],
            ),
            ("They spoke of the Council and expressed hope.", &[]),
            ("The UN Member States to act, and to call on others.", &[]),
            ("Russia\u{2019}s war, including the blockade, has claimed lives.", &[]),
            ("The WTO Agreement recognizes this.", &[]),
            (
                "The Council, in its earlier words, demanded that all leave.",
                &[(Reported, "The Council, in its earlier words, demanded that all leave.")],
            ),
        ];
        for (source, expected) in cases {
            let mut found = heard(source, &["KR", "JP"]);
            let mut expected: Vec<(Voice, String)> =
                expected.iter().map(|(voice, text)| (*voice, (*text).to_owned())).collect();
            found.sort();
            expected.sort();
            assert_eq!(found, expected, "{source}");
        }
    }

    #[test]
    fn third_parties_are_heard_however_they_are_said_to_speak() {
        let whole = [
            "China vows to utilize it.",
            "The President of Russia promised to utilize it.",
            "According to Iran, they utilize it.",
            "In Moscow\u{2019}s words, they will utilize it.",
            "In the words of the Russian Government, both sides will utilize it.",
            "As Russia put it, they will utilize it.",
            "Tehran pledged that it would utilize it.",
            "The IMF projects that they will utilize it.",
            "The IAEA found that Iran utilized it.",
            "Russia threatens that it shall utilize it.",
            "They utilize it, according to the IAEA.",
            "They utilize it, Russia said.",
            "As the Security Council noted, Iran will utilize it.",
        ];
        for source in whole {
            assert_eq!(heard(source, &["KR", "US"]), [(Voice::Reported, source.to_owned())], "{source}");
        }
    }

    #[test]
    fn the_drafters_are_heard_behind_others() {
        let cases = [
            ("The Council noted progress, and both leaders will utilize it.", "both leaders"),
            ("The Council noted the case and Japan and Kenya will utilize it.", "Japan and Kenya"),
            ("The Council noted the case; Japan will utilize it.", "Japan will"),
            ("The Council noted the case, while the two leaders utilize it.", "the two"),
            ("We welcome the Agreement, and Japan states that it will utilize it.", "utilize"),
            (
                "Following the conclusion of the Agreement, President Mori said that both sides will utilize it.",
                "utilize",
            ),
            ("In the Joint Declaration Japan and Kenya state that they will utilize it.", "utilize"),
            ("We welcome the Agreement and Japan states that it will utilize it.", "utilize"),
            ("As the Council noted, we will utilize it.", "utilize"),
            ("As the Charter provides, both sides will utilize it.", "utilize"),
            ("Both sides will utilize it, as the Charter provides.", "utilize"),
            ("According to Japan, they utilize it.", "utilize"),
            ("Both sides will act according to the Council and utilize it.", "utilize"),
            ("In other words, they utilize it.", "utilize"),
            ("The project will go on, and Japan projects that they utilize it.", "utilize"),
        ];
        for (source, own) in cases {
            let heard = heard(source, &["JP", "KE"]);
            assert!(!heard.iter().any(|(_, text)| text.contains(own)), "{source}: {heard:?}");
        }
    }

    #[test]
    fn what_instruments_provide_is_cited() {
        let cases = [
            (
                "Article 3 of the Mutual Defense Treaty reads as follows:\n\n- The two sides shall utilize it.",
                "The two sides shall utilize it.",
            ),
            ("UNCLOS, Article 87 of which provides that the seas shall be open.", "the seas shall be open."),
            ("The Convention, in its third part, provides that all shall meet.", "all shall meet."),
            ("Article 5, paragraph 3, provides that all shall meet.", "all shall meet."),
            ("The Agreement is old. It provides that the Parties shall consult.", "the Parties shall consult."),
            (
                "The Agreement is old. It is in force. It also provides that the Parties shall consult.",
                "the Parties shall consult.",
            ),
            ("In the words of the Niue Treaty, the Parties shall consult.", "the Parties shall consult."),
            (
                "The Parties concerned undertake to rest, as the DOC provides.",
                "The Parties concerned undertake to rest",
            ),
            ("According to the Agreement, the Parties shall consult.", "the Parties shall consult."),
            ("The Treaty between Japan and Kenya provides that each shall consult.", "each shall consult."),
        ];
        for (source, cited) in cases {
            let heard = heard(source, &["KR", "US"]);
            let is_cited = |(voice, text): &(Voice, String)| *voice == Voice::Cited && text.contains(cited);
            assert!(heard.iter().any(is_cited), "{source}: {heard:?}");
        }
        for source in [
            "This Agreement is new. It provides that the Parties shall consult.",
            "The plan is new. It provides that the Parties shall consult.",
            "According to this Agreement, the Parties shall consult.",
        ] {
            assert!(!heard(source, &["KR", "US"]).iter().any(|(voice, _)| *voice == Voice::Cited), "{source}");
        }
    }

    #[test]
    fn a_body_that_is_a_party_speaks_for_itself() {
        assert_eq!(heard("The Commission welcomed the step.", &["US", "EU"]), []);
        assert_eq!(heard("The European Commission welcomed the step.", &["US", "EU"]), []);
        assert_eq!(heard("The Security Council welcomed the step.", &["US", "EU"]).len(), 1);
    }

    #[test]
    fn what_stands_below_a_citation_is_cited() {
        let heard = heard("Article 5 reads:\n\nThe Parties will utilize all means.\n\nWe agree.", &[]);
        assert!(heard.contains(&(Voice::Cited, "The Parties will utilize all means.".to_owned())), "{heard:?}");
        assert!(!heard.iter().any(|(_, text)| text == "We agree."));
    }
}
